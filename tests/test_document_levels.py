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


@pytest.mark.parametrize(
    ("words", "op"),
    [("(≥95%)", Op.AT_LEAST), ("=>95%", Op.AT_LEAST), ("=<95%", Op.AT_MOST), ("( ≤ 95 % )", Op.AT_MOST)],
)
def test_a_level_in_brackets_or_with_a_sign_written_backwards_is_read(words: str, op: Op) -> None:
    (part,) = asked(words).parts
    assert (part.op, part.amount.text()) == (op, "95 %")


@pytest.mark.parametrize("words", ["≥95 điểm phần trăm", "≥95 điểm %", "(95%)", "=>95% (tạm tính)"])
def test_points_of_per_cent_are_no_share_and_a_bracket_alone_no_level(words: str) -> None:
    assert asked(words).kind is Kind.WORDS


GROUPS = load_pack("vn/commune@2026-2030")
HOUSES = GROUPS["6.2"].text.vi
NAMED = ("Xã nhóm 1", "Xã nhóm 2", "Xã nhóm 3")
LEVELS = ("≥75%", "≥95%", "≥85%", "≥75%")


def states(
    folder: Path, *rows: str, contents: str = "Nội dung tiêu chí", columns: tuple[str, ...] = NAMED
) -> list[State]:
    head = "".join(f"<td>{name}" for name in ("TT", contents, "Chỉ tiêu chung", *columns))
    path = folder / "51.html"
    path.write_text(
        f'<meta charset="utf-8"><p>Số: 51/2025/QĐ-TTg</p><table><tr>{head}{"".join(rows)}</table>', encoding="utf-8"
    )
    return [one.state for one in match(read_document(path), GROUPS).found if one.address.code == "6.2"]


def houses(*levels: str) -> str:
    return f"<tr><td>6.2<td>{HOUSES}{''.join(f'<td>{level}' for level in levels)}"


@pytest.mark.parametrize(
    "contents", ["Tiêu chí, nội dung", "Tiêu chí và nội dung", "Tên tiêu chí/Nội dung", "Tiêu chí thành phần"]
)
def test_contents_stand_under_many_names_below_their_criterion(contents: str, tmp_path: Path) -> None:
    across = f"<tr><td>6<td colspan=5><b>{GROUPS.criteria[5].title.vi}</b>"
    assert states(tmp_path, across, houses(*LEVELS), contents=contents) == [State.AGREES] * 3


def test_a_share_may_say_again_what_it_is_of(tmp_path: Path) -> None:
    assert states(tmp_path, houses("≥75%", "≥95% số hộ", "≥85%", "≥75%")) == [State.AGREES] * 3
    other = states(tmp_path, houses("≥75%", "≥95% số hộ nghèo", "≥85%", "≥75%"))
    assert other == [State.NOT_UNDERSTOOD, State.AGREES, State.AGREES]


@pytest.mark.parametrize(
    ("heading", "text", "state"),
    [
        ("Cơ quan chủ trì", "Văn phòng Điều phối NTM tỉnh", State.AGREES),
        ("Hồ sơ minh chứng", "Biên bản kiểm tra", State.AGREES),
        ("Cơ quan chủ trì", "Không áp dụng đối với xã đảo", State.NOT_UNDERSTOOD),
    ],
)
def test_who_looks_after_a_content_does_not_matter(heading: str, text: str, state: State, tmp_path: Path) -> None:
    assert states(tmp_path, houses(*LEVELS, text), columns=(*NAMED, heading)) == [state] * 3


def test_a_document_whose_one_column_of_levels_nobody_made_out_is_not_understood(tmp_path: Path) -> None:
    path = tmp_path / "51.html"
    path.write_text(
        '<meta charset="utf-8"><p>Số: 51/2025/QĐ-TTg</p><table><tr><td>TT<td>Nội dung tiêu chí<td>Chỉ tiêu phấn đấu'
        f"<tr><td>6.2<td>{HOUSES}<td>≥75%</table>",
        encoding="utf-8",
    )
    read = match(read_document(path), GROUPS)
    told = [(one.state, one.note and "Chỉ tiêu phấn đấu" in one.note.text("vi")) for one in read.found]
    assert told.count((State.NOT_UNDERSTOOD, True)) == 3
    assert "document.unknown_column" in {doubt.key for doubt in read.doubts}
    write_worksheet(GROUPS, tmp_path / "w.xlsx", filling=read.filling())
