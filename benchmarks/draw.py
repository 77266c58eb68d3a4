"""How fast snapshots are drawn: 1,000 complete ones of the largest shipped pack, Hypothesis's own work included."""

from __future__ import annotations

import time

from hypothesis import HealthCheck, Phase, given, settings

import ntm_rules as ntm
from ntm_rules.testing import snapshots

COUNT = 1_000


def main() -> None:
    """Draw and print the time."""
    packs = [ntm.load_pack(info.reference) for info in ntm.packs()]
    largest = max(packs, key=lambda pack: sum(1 for _ in pack.indicators()))
    drawn = 0

    @settings(
        max_examples=COUNT,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(snapshots(largest))
    def draw(snapshot: ntm.Snapshot) -> None:
        nonlocal drawn
        drawn += 1

    start = time.perf_counter()
    draw()
    seconds = time.perf_counter() - start
    indicators = sum(1 for _ in largest.indicators())
    print(f"{drawn} complete snapshots of {largest.reference} ({indicators} indicators): {seconds:.1f} s")


if __name__ == "__main__":
    main()
