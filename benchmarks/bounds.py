"""What small hostile files cost: CPU seconds and the most memory of a process that reads one and stops.

Run as ``python benchmarks/bounds.py``; the table in ``benchmarks/README.md`` is what it printed last.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

HEAD = """id: t/p
edition: "1"
title: {vi: T, en: T}
applies_to: [commune]
valid: {from: 2023-01-01, to: 2025-12-31}
legal_basis: [{id: q, number: 1/QD, issuer: X, issued: 2022-12-20}]
source: {basis: q, verification: stated, checked_against: [x]}
criteria:
  - code: "1"
    title: {vi: c, en: c}
    indicators:
"""
READ = """
import json, resource, sys, time
import ntm_rules as ntm
idle = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
path, begun, faults = sys.argv[1], time.process_time(), 0
try:
    ntm.load_pack(path) if path.endswith("pack.yaml") else ntm.read_snapshots(path)
except ntm.NtmError as error:
    faults = len(error.problems)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps([time.process_time() - begun, peak / 1024, (peak - idle) / 1024, faults]))
"""


def hostile() -> Iterator[tuple[str, str, str]]:
    """What it is, the file's ending, and its text."""
    for count in (2_000, 8_000, 32_000):
        titles = ",".join(f"#c{n}" for n in range(count))
        yield f"a table of {count:,} columns", "csv", f"id,{titles}\nx{',' * count}\n"
    for count in (2_000, 8_000, 32_000):
        rows = (
            f'      - {{code: "1.{n}", text: {{vi: i, en: i}}, requires: {{finding: met}}}}\n' for n in range(count)
        )
        yield f"a pack of {count:,} indicators", "pack.yaml", HEAD + "".join(rows)
    for count in (10_000, 40_000, 160_000):
        yield f"{count:,} unknown keys", "pack.yaml", "\n".join(f"k{n}: 1" for n in range(count))
    same = '      - {code: "1.1", text: {vi: i, en: i}, requires: {finding: met}}\n'
    yield "20,000 indicators of one code", "pack.yaml", HEAD + same * 20_000
    yield "4 MB of short list items", "pack.yaml", "a: [" + "1," * 1_990_000 + "1]"
    yield "4 MB of short keys", "pack.yaml", "\n".join(f"k{n}: 1" for n in range(360_000))


def main() -> None:
    print("| input | bytes | seconds | MB in all | MB more than idle | faults told |\n|---|--:|--:|--:|--:|--:|")
    with tempfile.TemporaryDirectory() as folder:
        for number, (what, ending, text) in enumerate(hostile()):
            path = Path(folder) / f"{number}.{ending}"
            path.write_text(text, encoding="utf-8")
            command = [sys.executable, "-c", READ, str(path)]
            out = subprocess.run(command, capture_output=True, text=True, check=True).stdout
            seconds, peak, more, faults = json.loads(out)
            print(f"| {what} | {len(text):,} | {seconds:.2f} | {peak:.0f} | {more:.0f} | {faults} |", flush=True)


if __name__ == "__main__":
    main()
