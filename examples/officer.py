"""From a decision's own file to an evaluation in which only what was read in it counts: the commands of the how-to.

    python examples/officer.py [DOCUMENT [PACK]]

What a person does between the commands is two cells of the worksheet: all rows that agree or are new are confirmed at
once, with the name of who looked. Everything is written to a folder that is removed in the end.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl

from ntm_rules import load_pack
from ntm_rules.cli import main

DECISION = Path(__file__).parents[1] / "tests" / "data" / "documents" / "qd_51_2025_ttg.docx"


def confirm(worksheet: Path, by: str) -> None:
    """The officer's two cells: everything that agrees or is new was looked at, by whom."""
    book = openpyxl.load_workbook(worksheet)
    sheet = book.worksheets[0]
    columns = {cell.value: number for number, cell in enumerate(sheet[1], 1)}
    sheet.cell(2, columns["confirmed"], "khớp và mới")
    sheet.cell(2, columns["checked_by"], by)
    book.save(worksheet)


def commune(folder: Path, pack: str) -> Path:
    """A commune with a figure or two; what is missing stays unknown."""
    loaded = load_pack(pack)
    groups = any(axis == "group" for row in loaded.figures() for axis, _ in row.rows)
    facts = {
        "unit": {
            "id": "vi-du",
            "name": "Xã Ví Dụ",
            "level": "commune",
            "province": "nghean",
            "region": "btb",
            **({"group": "nhom2"} if groups else {}),
        },
        "as_of": (loaded.valid.start or loaded.valid.end).isoformat(),  # type: ignore[union-attr]
        "measures": {"multidimensional_poverty_rate": "30 %", "certified_worker_share": "12 %"},
    }
    path = folder / "commune.json"
    path.write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")
    return path


def way(document: Path, pack: str, folder: Path) -> list[tuple[str, float]]:
    """The four commands and the two cells between them, each with the seconds it took."""
    worksheet, overlay = folder / "worksheet.xlsx", folder / "checked.yaml"
    facts = commune(folder, pack)
    taken: list[tuple[str, float]] = []

    def run(*command: str, expected: tuple[int, ...] = (0,)) -> None:
        start = time.perf_counter()
        code = main(list(command))
        taken.append((" ".join(("ntm-rules", *command[:2])), time.perf_counter() - start))
        if code not in expected:
            raise SystemExit(f"{command}: {code}")

    run("packs", "read", str(document), "--pack", pack, "-o", str(worksheet))
    confirm(worksheet, "Nguyễn Văn A")
    run("packs", "apply", str(worksheet), "-o", str(overlay), "--id", "vidu/commune")
    run("packs", "lint", str(overlay), expected=(0, 1))
    # 1: something is not met, as one would expect of a commune with these figures.
    run("evaluate", str(facts), "--pack", str(overlay), "--trust", "stated", expected=(1,))
    return taken


if __name__ == "__main__":
    given = sys.argv[1:]
    with TemporaryDirectory() as made:
        steps = way(
            Path(given[0]) if given else DECISION, given[1] if len(given) > 1 else "vn/commune@2026-2030", Path(made)
        )
    print()
    for step, seconds in steps:
        print(f"{seconds:6.1f} s  {step}")
