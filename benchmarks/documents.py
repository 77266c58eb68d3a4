"""Packs written out as annexes in four formats and read back: how many figures are right, reported, wrong; how long.

    python benchmarks/documents.py [SEEDS]

Each figure has a value of its own, so that one read at the wrong place counts as wrong.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from annex import SAVE, Layout, values, written

from ntm_rules import Pack, load_pack, packs
from ntm_rules.document import State, match, read_document

CODES = ("{code}. {text}", "- {code}. {text}", "{code} {text}")


def layout(seed: int) -> Layout:
    """A layout for each seed, all its choices told apart by small primes."""
    return Layout(
        seed=seed,
        order=seed,
        common=seed % 2 == 0,
        merge_down=seed % 3 != 1,
        merge_across=seed % 3 != 2,
        repeat_heading=(0, 4, 0, 7)[seed % 4],
        sections=seed % 2 == 1,
        marks=seed % 3 == 0,
        numbered_columns=seed % 5 == 2,
        spaced_percent=seed % 2 == 1,
        year_in_text=seed % 2 == 0,
        code=CODES[seed % 3],
    )


def counted(pack: Pack, kind: str, seed: int) -> Counter[str]:
    """The outcomes of one annex."""
    drawn = values(pack, seed)
    annex = written(pack, layout(seed), drawn)
    with TemporaryDirectory() as folder:
        path = Path(folder, f"annex{kind}")
        SAVE[kind](annex, path)
        reading = match(read_document(path), pack)
    counts: Counter[str] = Counter()
    for found in reading.found:
        expected = annex.expected.get(found.address)
        if found.value and found.state in (State.AGREES, State.NEW, State.DIFFERS):
            counts["right" if found.value == expected else "wrong"] += 1
        elif expected is not None:
            counts["reported"] += 1
    return counts


def main(seeds: int) -> None:
    sets = [load_pack(info.reference) for info in packs()]
    sets = [pack for pack in sets if any(criterion.indicators for criterion in pack.criteria)]
    for kind in SAVE:
        began, counts = time.perf_counter(), Counter[str]()
        for pack in sets:
            for seed in range(seeds):
                counts += counted(pack, kind, seed)
        spent = time.perf_counter() - began
        total = ", ".join(f"{name} {counts[name]}" for name in ("right", "reported", "wrong"))
        print(f"{kind}: {total}; {len(sets) * seeds} documents in {spent:.0f} s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1)
