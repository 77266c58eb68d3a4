"""Updates of one district through a live session, beside re-running the evaluator on every update.

``python benchmarks/live.py [updates]``: 100,000 unless said. Needs ``pip install 'ntm-rules[live]'``.
"""

from __future__ import annotations

import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

import ntm_rules as ntm
from ntm_rules.live import LiveSession

DAY = "2023-08-17"
PACKS = ["vn/commune", "vn/commune-advanced", "vn/district", "vn/district-advanced"]
UNITS = [
    ntm.Unit(id="h", level="district", region="btb"),
    *(ntm.Unit(id=f"x{n}", level="commune", parent="h", region="btb") for n in range(18)),
]
# On both sides of the thresholds of one or both commune packs.
VALUES = {
    "health_insurance_share": ("85 %", "92 %", "97 %"),
    "clean_water_centralised_share": ("20 %", "45 %", "60 %"),
    "multidimensional_poverty_rate": ("12 %", "4,5 %", "2 %"),
    "farmland_irrigated_share": ("70 %", "85 %", "95 %"),
    "waste_sorting_household_share": ("10 %", "35 %", "55 %"),
    "public_green_land_per_capita": ("1 m²/người", "2,5 m²/người", "4 m²/người"),
    "electronic_health_book_share": ("30 %", "60 %", "75 %"),
}
Update = tuple[str, str, str]


def updates(seed: int) -> Iterator[Update]:
    """An endless stream of figures."""
    draw = random.Random(seed)
    names = list(VALUES)
    while True:
        measure = draw.choice(names)
        yield f"x{draw.randrange(18)}", measure, draw.choice(VALUES[measure])


def resident() -> float:
    """Memory of this process now, in MB; the highest so far where the system does not tell."""
    status = Path("/proc/self/statm")
    if status.exists():
        return int(status.read_text().split()[1]) * resource.getpagesize() / 1e6
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


def rate(run: Callable[[Update], object], stream: Iterator[Update], times: int) -> float:
    """Updates per second."""
    start = time.perf_counter()
    for update in islice(stream, times):
        run(update)
    return times / (time.perf_counter() - start)


def evaluator(packs: list[str], whole_tree: bool) -> Callable[[Update], object]:
    """What one would do without a session: take the figure into a snapshot and judge again."""
    loaded = [ntm.load_pack(pack, on=DAY) for pack in packs]
    held = {unit.id: ntm.Snapshot(unit=unit, as_of=DAY) for unit in UNITS}

    def run(update: Update) -> object:
        unit, measure, value = update
        snapshot = held[unit]
        observed = (ntm.snapshot.observation.Observation(value=ntm.Amount.of(value)),)
        held[unit] = snapshot.model_copy(update={"measures": {**snapshot.measures, measure: observed}})
        if whole_tree:
            return ntm.evaluate_tree(UNITS, held.values(), packs, as_of=DAY)
        return [ntm.evaluate(pack, held[unit]) for pack in loaded[:2]]

    return run


def main(times: int) -> None:
    before = resident()
    start = time.perf_counter()
    session = LiveSession(UNITS, packs=PACKS, as_of=DAY)
    print(f"opening: {len(UNITS)} units, {len(PACKS)} packs, {time.perf_counter() - start:.2f} s")
    changes = 0

    def observe(update: Update) -> None:
        nonlocal changes
        changes += len(session.observe(*update))

    stream = updates(1)
    rate(observe, stream, times // 20)
    opened = resident()
    live = rate(observe, stream, times)
    after = resident()
    print(f"live session:                 {live:8,.0f} updates/s, {changes:,} changes told and checked")
    print(f"  memory: {before:.0f} MB before, {opened:.0f} MB warm, {after:.0f} MB after {times:,} more")
    with tempfile.TemporaryDirectory() as folder:
        session.journal(Path(folder) / "journal", sync="system")
        print(f"  with a journal (system):    {rate(observe, stream, times // 10):8,.0f} updates/s")
        session.close()
        with LiveSession.replay(Path(folder) / "journal") as again:
            again.journal(Path(folder) / "journal", sync="each")
            session = again
            print(f"  with a journal (fsync each):{rate(observe, stream, times // 50):8,.0f} updates/s")
    print(f"  memory after closing: {resident():.0f} MB")
    unit = rate(evaluator(PACKS, False), updates(1), times // 10)
    print(f"evaluate(), that unit only:   {unit:8,.0f} updates/s; no changes told, the district not looked at")
    tree = rate(evaluator(PACKS, True), updates(1), max(50, times // 500))
    print(f"evaluate_tree(), the district:{tree:8,.0f} updates/s; the session is {live / tree:.0f} times as fast")


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 100_000)
