"""The how-to "You have the decision in hand": its commands as they stand there, with what a person fills in between."""

from __future__ import annotations

import re
import shlex
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from annex import Layout, save_docx, values, written
from openpyxl.worksheet.worksheet import Worksheet

from ntm_rules import load_pack
from ntm_rules.cli import main
from ntm_rules.pack.address import addressed
from ntm_rules.pack.condition import Comparison
from ntm_rules.pack.legal import Verification
from ntm_rules.pack.threshold import Figure

HOW_TO = Path(__file__).parents[1] / "docs" / "how-to"
PACK = load_pack("vn/commune@2021-2025")
# What the page says to write where: the words it quotes, and in which sheet they are.
TOLD = {
    "document.vi.md": (
        *("khớp và mới", "Mức đã đối chiếu", "Người đối chiếu", "Ngày đối chiếu"),
        *("Đơn vị", "Mã đơn vị", "Tỉnh", "Số liệu tính đến ngày", "Số liệu"),
    ),
    "document.md": (
        *("agrees and new", "Confirmed", "Checked by", "Checked on"),
        *("Unit", "Id", "Province", "Facts as of", "Value"),
    ),
}


def row_titled(sheet: Worksheet, title: str) -> int:
    return next(row[0].row for row in sheet.iter_rows() if any(cell.value == title for cell in row))


def column_titled(sheet: Worksheet, title: str) -> int:
    return next(cell.column or 0 for row in sheet.iter_rows(max_row=3) for cell in row if cell.value == title)


def confirm(path: Path, told: tuple[str, ...]) -> None:
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    both, confirmed, by, on = told[:4]
    above = row_titled(sheet, confirmed) - 1
    sheet.cell(above, column_titled(sheet, confirmed), both)
    sheet.cell(above, column_titled(sheet, by), "Nguyễn Văn A")
    sheet.cell(above, column_titled(sheet, on), date(2023, 8, 17))
    book.save(path)


def fill_in(path: Path, told: tuple[str, ...]) -> None:
    book = openpyxl.load_workbook(path)
    name, code, province, as_of, value = told[4:]
    sheet = book[name]
    column = column_titled(sheet, value)
    for title, written_there in ((code, "ky-phu"), (province, "hatinh"), (as_of, "17/08/2023")):
        sheet.cell(row_titled(sheet, title), column, written_there)
    sheet.cell(row_titled(sheet, "15.3"), column, "30%")
    book.save(path)


@pytest.mark.parametrize("page", TOLD)
def test_from_the_decision_to_an_evaluation_in_four_commands(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text, told = (HOW_TO / page).read_text(encoding="utf-8"), TOLD[page]
    assert all(f"“{one}”" in text for one in told)
    fence = re.search(r"^```\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    assert fence is not None
    commands = [words for line in fence[1].splitlines() if (words := shlex.split(line, comments=True))]
    assert [words[0] for words in commands] == ["ntm-rules"] * len(commands)
    assert len(commands) <= 4

    monkeypatch.chdir(tmp_path)
    own = {
        address: row.leaf.value.value
        for address, row in addressed(PACK)
        if isinstance(row.condition, Comparison) and isinstance(row.leaf, Figure)
    }
    # Not transcribed yet, so drawn; the rest is the set's own.
    save_docx(written(PACK, Layout(seed=2), {**values(PACK, 2), **own}), tmp_path / "318.docx")
    for words in commands:
        capsys.readouterr()
        asks = words[1] == "evaluate"
        assert main(words[1:]) == (1 if asks else 0), capsys.readouterr().err
        made = words[words.index("-o") + 1] if "-o" in words else ""
        if words[1:3] == ["packs", "read"]:
            confirm(tmp_path / made, told)
        elif words[1] == "template":
            fill_in(tmp_path / made, told)
    said = capsys.readouterr().out
    assert re.search(r"318/QĐ-TTg, PHỤ LỤC I, .* 15\.3", said)
    assert "30" in said
    overlay = next(words[words.index("-o") + 1] for words in commands if words[1:3] == ["packs", "apply"])
    stated = [r for r in load_pack(tmp_path / overlay).figures() if r.source.verification is Verification.STATED]
    assert len(stated) > 150
