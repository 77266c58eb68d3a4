"""Every engine against the evaluator written from the laws alone, for as long as is wanted.

    python tests/long/agree.py [--comparisons 10000000] [--seed 0] [--engines polars,duckdb]

Packs are random ones and the shipped ones in turn. A few snapshots of each are drawn, then crossed: every figure,
conclusion, count and title is one parent's, the other's, or missing. Verdict by verdict, `evaluate` is held against the
naive evaluator, and the columns of `evaluate_frame` against `evaluate`. The first disagreement stops the run and shows
the pack and the facts; the last line counts what was compared.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
import warnings
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import seed as seeded
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[1]))

from test_frame_engines import agree, as_read, available
from test_oracle import assert_agree

from ntm_rules.errors import EvaluationError
from ntm_rules.pack.catalogue import installed
from ntm_rules.pack.legal import Verification
from ntm_rules.snapshot.cells import SnapshotWarning
from ntm_rules.snapshot.model import Snapshot
from ntm_rules.testing import snapshots, worlds
from ntm_rules.testing.writing import World

KINDS = ("partial", "complete", "hostile") * 2
CROSSED, FRAMED = 1_000, 40


def parents(number: int, seed: int) -> Iterator[tuple[World, list[Snapshot]]]:
    """So many packs, each with a few snapshots of every kind."""
    found: list[tuple[World, list[Snapshot]]] = []
    shipped = [World(installed().load(info.reference), installed()) for info in installed().packs()]

    @seeded(seed)
    @settings(
        max_examples=number,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(worlds() | st.sampled_from(shipped), st.data())
    def draw(world: World, data: st.DataObject) -> None:
        found.append((world, [data.draw(snapshots(world.pack, kind, catalogue=world.catalogue)) for kind in KINDS]))

    draw()
    yield from found


def crossed(one: Snapshot, other: Snapshot, chance: random.Random, number: int) -> Snapshot:
    """A snapshot each fact of which is one parent's, the other's, or missing."""

    def of(first: Mapping[Any, Any], second: Mapping[Any, Any]) -> dict[Any, Any]:
        chosen = {}
        for key in {**first, **second}:
            value = chance.choice((first, second)).get(key)
            if value is not None and chance.random() > 0.05:
                chosen[key] = value
        return chosen

    unit, day = chance.choice((one, other)).unit, chance.choice((one, other)).as_of
    names = {**one.findings, **other.findings}
    return Snapshot(
        unit=unit.model_copy(update={"id": f"u{number}"}),
        as_of=day,
        measures=of(one.measures, other.measures),
        findings={name: of(one.findings.get(name, {}), other.findings.get(name, {})) for name in names},
        children=of(one.children, other.children),
        recognitions=chance.choice((one, other)).recognitions,
    )


def main() -> None:
    """Compare until so many verdicts agreed."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--comparisons", type=int, default=10_000_000)
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--engines", default="polars,duckdb")
    given_ = options.parse_args()
    engines = [name for name in given_.engines.split(",") if available(name)]
    # Random figures are doubted often; here it is the verdicts that are compared.
    warnings.simplefilter("ignore", SnapshotWarning)
    chance, seen, compared, packs = random.Random(given_.seed), Counter[str](), Counter[str](), 0
    start, batch = time.monotonic(), given_.seed
    while compared.total() < given_.comparisons:
        for world, drawn in parents(20, batch):
            packs += 1
            trust = chance.choice(list(Verification))
            mixed = [crossed(*chance.choices(drawn, k=2), chance, number) for number in range(CROSSED)]
            before = sum(count for what, count in seen.items() if what.startswith("an answer"))
            for snapshot in mixed:
                with suppress(EvaluationError):  # a level that had ended by then, crossed with a later day
                    assert_agree(world.pack, snapshot, world.catalogue, trust, seen)
            told = sum(count for what, count in seen.items() if what.startswith("an answer"))
            compared["evaluate"] += told - before
            if world.catalogue is installed():
                continue  # how frames name the columns of the shipped sets is tested beside them
            # A row holds one figure of a kind: what several reports of one thing come to is not asked of frames.
            tame = [drawn[at] for at, kind in enumerate(KINDS) if kind != "hostile"]
            rows = [crossed(*chance.choices(tame, k=2), chance, number) for number in range(FRAMED)]
            for engine in engines:
                rows_read = [as_read(row, number, world.catalogue) for number, row in enumerate(rows)]
                compared[engine] += agree(engine, world, rows_read)
        batch += 1
        minutes = (time.monotonic() - start) / 60
        print(
            f"{compared.total():,} verdicts of {packs:,} packs agree after {minutes:.1f} min: {dict(compared)}",
            flush=True,
        )
    print({what: count for what, count in sorted(seen.items()) if what.startswith("an answer")})


if __name__ == "__main__":
    main()
