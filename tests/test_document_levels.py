"""Levels of cells and drafts: nothing is divided, and no direction is guessed where no sign gives one."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from ntm_rules import load_pack
from ntm_rules.document import Draft, State, draft, match, read_document
from ntm_rules.document.requirement import Kind, asked
from ntm_rules.errors import PackError
from ntm_rules.pack.condition import FindingCondition, MeasureCondition, Op
from ntm_rules.pack.worksheet import apply_worksheet, write_worksheet

PACK = load_pack("vn/commune@2021-2025")


def page(folder: Path, *rows: tuple[str, str]) -> Path:
    """A page with a table of criteria; each row is a content and its level."""
    heading = "<tr><td>TT<td>Tên tiêu chí<td>Nội dung tiêu chí<td>Chỉ tiêu"
    body = "".join(f"<tr><td>1<td>A<td>{content}<td>{level}" for content, level in rows)
    path = folder / "a.html"
    path.write_text(f'<meta charset="utf-8"><table>{heading}{body}</table>', encoding="utf-8")
    return path


def drafted(folder: Path, *rows: tuple[str, str]) -> Draft:
    return draft(read_document(page(folder, *rows)), "vidu/commune")


@pytest.mark.parametrize("words", ["70%/90%", "≤1/2", "70/100", "≥99%/100%", "70%/100%", "≥ 2/3", "1/2 ha"])
def test_a_level_is_never_a_division(words: str) -> None:
    read = asked(words)
    assert (read.kind, read.words, read.parts) == (Kind.WORDS, words, ())


def test_a_unit_may_be_by_something() -> None:
    assert asked("≥ 60 lít/người/ngày đêm").parts[0].amount.text() == "60 lít/người/ngày đêm"


def test_a_draft_keeps_two_levels_in_one_cell_as_words(tmp_path: Path) -> None:
    made = drafted(tmp_path, ("1.1. Tỷ lệ hộ dùng nước sạch", "≥ 70%/90%"), ("1.2. Tỷ lệ hộ có điện", "≥ 99%"))
    indicator = made.pack["1.1"]
    assert isinstance(indicator.requires, FindingCondition)
    assert "≥ 70%/90%" in indicator.note.vi
    assert made.to_see == ("1.1",)


def test_confirmed_cells_with_two_readings_are_refused_each_with_its_cell(tmp_path: Path) -> None:
    sheet = tmp_path / "worksheet.xlsx"
    write_worksheet(PACK, sheet)
    book = openpyxl.load_workbook(sheet)
    names = {cell.value: cell.column for cell in book.active[1]}
    rows = [row for row in range(4, 400) if book.active.cell(row, names["unit"]).value == "%"][:4]
    refused = [("75%/80%", "hai cách đọc"), ("3/4", "phép chia"), (0.71, "0,71 %"), ("0,71", "0,71 %")]
    expected = []
    for row, (written, said) in zip(rows, refused, strict=True):
        for name, value in (("confirmed", written), ("decision", "318/QĐ-TTg"), ("checked_by", "A")):
            book.active.cell(row, names[name], value)
        expected.append((book.active.cell(row, names["confirmed"]).coordinate, said))
    book.save(sheet)
    with pytest.raises(PackError) as raised:
        apply_worksheet(sheet)
    told = raised.value.problems
    assert [problem.place.cell for problem in told] == [cell for cell, _ in expected]
    assert all(said in problem.text("vi") for problem, (_, said) in zip(told, expected, strict=True))


@pytest.mark.parametrize(
    ("content", "op"),
    [("Tỷ lệ nghèo đa chiều", Op.AT_MOST), ("Tỷ lệ hộ có nhà ở kiên cố hoặc bán kiên cố", Op.AT_LEAST)],
)
def test_the_dictionary_says_which_way_a_level_without_a_sign_goes(content: str, op: Op, tmp_path: Path) -> None:
    requires = drafted(tmp_path, (f"1.1. {content}", "2%")).pack["1.1"].requires
    assert isinstance(requires, MeasureCondition)
    assert requires.op is op


@pytest.mark.parametrize("content", ["Tỷ lệ tảo hôn", "Tỷ lệ thất nghiệp", "Tỷ lệ hộ không nghèo đa chiều"])
def test_a_level_without_sign_or_certain_direction_is_for_a_person(content: str, tmp_path: Path) -> None:
    made = drafted(tmp_path, (f"1.1. {content}", "2%"))
    assert isinstance(made.pack["1.1"].requires, FindingCondition)
    assert "2%" in made.pack["1.1"].note.vi
    assert "ít nhất hay nhiều nhất" in made.pack["1.1"].note.vi
    assert (made.to_see, made.unsigned, made.proposals) == (("1.1",), ("1.1",), ())


def test_two_levels_in_one_cell_agree_with_nothing(tmp_path: Path) -> None:
    text = PACK["12.1"].text.vi
    reading = match(read_document(page(tmp_path, (f"12.1. {text}", "70%/100%"))), PACK)
    states = {found.state for found in reading.found if found.address.code == "12.1"}
    assert states == {State.NOT_UNDERSTOOD}
