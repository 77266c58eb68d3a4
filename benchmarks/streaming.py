"""A partitioned Parquet of many units through polars, streaming: time, and the most memory the process held.

    python benchmarks/streaming.py 2_000_000

Parts are written one after another and judged from their files; the answer goes to a file as well. Memory is flat if it
is the same for many units as for few.
"""

from __future__ import annotations

import random
import resource
import sys
import tempfile
import time
from pathlib import Path

import polars as pl

import ntm_rules as ntm

PACK, DAY, PART = "hatinh/commune", "2023-08-17", 100_000


def write(folder: Path, units: int) -> int:
    """Units with every measure and finding the pack asks for, in parts; their size on disk in bytes."""
    chance = random.Random(0)
    columns = ntm.pack_columns(PACK)
    for number, start in enumerate(range(0, units, PART)):
        size = min(PART, units - start)
        draw = pl.Series(chance.choices(range(1000), k=size))
        made = [
            (pl.lit(draw) * (place + 7) % 1000 / 10).alias(c.name)
            for place, c in enumerate(columns)
            if c.kind == "measure"
        ]
        made += [
            pl.when(pl.lit(draw) % (place + 5) > 0).then(pl.lit("met")).otherwise(pl.lit("not_met")).alias(c.name)
            for place, c in enumerate(columns)
            if c.kind == "finding" and c.pack == PACK
        ]
        ids = pl.Series("id", range(start, start + size)).cast(pl.String)
        frame = pl.DataFrame({"id": ids}).with_columns(pl.lit("btb").alias("region"), *made)
        frame.write_parquet(folder / f"{number:05}.parquet")
    return sum(path.stat().st_size for path in folder.iterdir())


def main(units: int) -> None:
    """Write, judge, and say what it took."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "units"
        folder.mkdir()
        size = write(folder, units)
        before = resource.getrusage(resource.RUSAGE_SELF)
        began = time.perf_counter()
        lazy = pl.scan_parquet(folder / "*.parquet")
        answer = ntm.evaluate_frame(PACK, lazy, as_of=DAY, output="summary").frame
        answer.sink_parquet(Path(name) / "answer.parquet")
        took, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF)
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        print(f"{units:,} units, {size / 1e6:,.0f} MB of Parquet: {took:.1f} s ({cpu:.1f} s of processor)")
        print(f"most memory: {before.ru_maxrss / 1e3:,.0f} MB before judging, {after.ru_maxrss / 1e3:,.0f} MB after")


if __name__ == "__main__":
    main(int(sys.argv[1].replace("_", "")) if len(sys.argv) > 1 else 10_000_000)
