"""How long a folder of communes' forms takes to read, and what memory: 200 files of 75 indicators unless said.

    python benchmarks/tables.py [FILES ...]

Each count of files is read in a process of its own; the peak is that process's.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl

import ntm_rules as ntm
from ntm_rules.layout.files import Asked, read_file
from ntm_rules.layout.lookup import Items
from ntm_rules.pack.catalogue import installed
from ntm_rules.pack.condition import measures_asked, walk
from ntm_rules.territory import Level, Region
from ntm_rules.units import Listed, register

PACK, ROWS, DAY = "vn/commune-advanced@2021-2025", 75, "2024-06-30"
COUNTS = (25, 50, 100, 200)


def communes(count: int) -> list[Listed]:
    """Communes of Thanh Hóa as they were before July 2025."""
    return [unit for unit in register(DAY, province="38") if unit.kind == "commune"][:count]


def write(folder: Path, count: int) -> None:
    pack = ntm.load_pack(PACK)
    items = [*pack.prerequisites, *pack.indicators()][:ROWS]
    asked = {item.code: {m for _, one in walk(item.requires) for m in measures_asked(one)} for item in items}
    shares = {code for code, names in asked.items() if {installed().measures[m].unit for m in names} == {"percent"}}
    for number, unit in enumerate(communes(count)):
        book = openpyxl.Workbook()
        sheet = book.worksheets[0]
        sheet.append([f"KẾT QUẢ TỰ ĐÁNH GIÁ CỦA {unit.name.upper()}, {unit.parent.upper()}"])
        sheet.append(["Đến ngày 30/6/2024"])
        sheet.append(["TT", "Nội dung", "Chỉ tiêu", "Kết quả", "Đánh giá", "Ghi chú"])
        for item in items:
            one = len(asked[item.code]) == 1 and item.code in shares
            sheet.append([item.code, item.text.vi, "Đạt", "97,5%" if one else None, "Đạt", "QĐ 12"])
        book.save(folder / f"{number:03}.xlsx")


def measure(folder: Path, count: int) -> None:
    """Read the first files of the folder, in this process, by the layout proposed for the first."""
    asked = Asked(ntm.load_pack(PACK), province="38", level=Level.COMMUNE, region=Region.BTB)
    files = sorted(folder.iterdir())[:count]
    plan = read_file(files[0], asked).proposals[0][1].kept
    assert plan is not None
    items = Items(asked.pack)
    start, facts, units = time.process_time(), 0, set()
    for file in files:
        done = read_file(file, asked, plan, items=items)
        assert not done.refused, done.refused[0].text("en")
        facts += sum(one.count("value") + one.count("mark") for one in done.reads)
        units |= {snapshot.unit.id for snapshot in done.snapshots}
    took = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    assert len(units) == count
    sys.stdout.write(f"{count:5} files  {facts:6} facts  {took:6.1f} s of processor  peak {peak:5.0f} MB\n")


def main(counts: list[int]) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        write(folder, max(counts))
        for count in counts:
            subprocess.run([sys.executable, __file__, "--one", name, str(count)], check=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        measure(Path(sys.argv[2]), int(sys.argv[3]))
    else:
        main([int(count) for count in sys.argv[1:]] or list(COUNTS))
