"""Tables that go on without their heading: joined where the columns are the same, else named and not passed over."""

from __future__ import annotations

from pathlib import Path

import pytest

from ntm_rules import load_pack
from ntm_rules.document import Reading, State, match, read_document
from ntm_rules.document.flow import Sheet
from ntm_rules.document.grid import Cell, laid_out
from ntm_rules.document.joining import joined
from ntm_rules.errors import Place

PACK = load_pack("vn/commune@2021-2025")
HEADING = "<tr><td>TT<td>Tên tiêu chí<td>Nội dung tiêu chí<td>Bắc Trung Bộ<td>Tây Nguyên"
FIRST = f"<tr><td>12<td>Lao động<td>12.1. {PACK['12.1'].text.vi}<td>≥ 70%<td>≥ 70%"
SECOND = f"<tr><td>12<td>Lao động<td>12.2. {PACK['12.2'].text.vi}<td>≥ 20%<td>≥ 20%"
NUMBERS = "<tr>" + "".join(f"<td>({n})" for n in range(1, 6))


def reading(folder: Path, *tables: str) -> Reading:
    path = folder / "a.html"
    body = "".join(part if part.startswith("<p>") else f"<table>{part}</table>" for part in tables)
    path.write_text(f'<meta charset="utf-8"><p>Phụ lục I{body}', encoding="utf-8")
    return match(read_document(path), PACK)


def states(read: Reading, code: str) -> set[State]:
    """The states of a content's figures in the two regions the tables have."""
    rows = {(("region", "btb"),), (("region", "tn"),)}
    return {found.state for found in read.found if found.address.code == code and found.row.rows in rows}


@pytest.mark.parametrize(
    "tables",
    [
        (HEADING + FIRST, SECOND),
        (HEADING + FIRST, HEADING + SECOND),
        (HEADING + FIRST, "<p>- 12 -</p>", SECOND),
        (HEADING + FIRST, SECOND.replace("Lao động", "").replace("<td>12<", "<td><")),
        (HEADING + NUMBERS + FIRST, NUMBERS + SECOND),
        (HEADING + FIRST, SECOND.replace("<td>≥ 20%<td>≥ 20%", "<td colspan=2>≥ 20%")),
    ],
)
def test_a_table_that_goes_on_is_read_whole(tables: tuple[str, ...], tmp_path: Path) -> None:
    read = reading(tmp_path, *tables)
    assert states(read, "12.1") == states(read, "12.2") == {State.AGREES}


@pytest.mark.parametrize("second", [SECOND.replace("<td>12<", "<"), f"{SECOND}<td>"])
def test_a_table_with_other_columns_is_named_and_not_passed_over(second: str, tmp_path: Path) -> None:
    read = reading(tmp_path, HEADING + FIRST, second)
    assert [doubt.key for doubt in read.doubts if "unread" in doubt.key] == ["document.unread_table"]
    assert "bảng 2 không có dòng tiêu đề" in read.doubts[-1].text("vi")
    assert states(read, "12.2") == {State.NOT_UNDERSTOOD}
    assert {found.state for found in read.found if found.address.code == "13.1"} == {State.NOT_IN_DOCUMENT}


def test_another_table_of_as_many_columns_is_none_of_it(tmp_path: Path) -> None:
    signed = "<tr><td>Nơi nhận<td>Văn thư<td>Lưu<td>Chủ tịch<td>Đã ký"
    read = reading(tmp_path, HEADING + FIRST, signed)
    assert len(read.document.tables) == 2
    assert not [doubt for doubt in read.doubts if "unread" in doubt.key]


def test_a_table_inside_a_value_is_that_value(tmp_path: Path) -> None:
    inside = "<table><tr><td>≥ 70%</table>"
    read = reading(tmp_path, HEADING + FIRST.replace("<td>≥ 70%", f"<td>{inside}", 1) + SECOND)
    assert states(read, "12.1") == states(read, "12.2") == {State.AGREES}
    several = "<table><tr><td>≥ 70%<tr><td>≥ 60%</table>"
    read = reading(tmp_path, HEADING + FIRST.replace("<td>≥ 70%", f"<td>{several}", 1) + SECOND)
    assert states(read, "12.1") == {State.AGREES, State.NOT_UNDERSTOOD}


@pytest.mark.parametrize(("edges", "one"), [((0.0, 20.0, 50.0, 101.0), True), ((0.0, 20.0, 60.0, 100.0), False)])
def test_a_last_page_that_has_only_joined_cells_is_laid_on_the_columns_above(
    edges: tuple[float, ...], one: bool
) -> None:
    def sheet(page: int, edges: tuple[float, ...], *rows: tuple[str, ...]) -> Sheet:
        cells = [Cell(r, c, text, page=page) for r, row in enumerate(rows) for c, text in enumerate(row)]
        return Sheet(laid_out(cells, Place()), page, edges)

    above = sheet(1, (0, 20, 50, 75, 100), ("TT", "Nội dung", "Nhóm 1", "Nhóm 2"), ("1", "1.1. A", "Đạt", "Đạt"))
    found = joined([above, sheet(2, edges, ("2", "2.1. B", "Đạt"))])
    assert (len(found) == 1) is one
    if isinstance(found[0], Sheet) and one:
        assert found[0].grid.texts(2) == ("2", "2.1. B", "Đạt", "Đạt")


def test_a_heading_said_again_without_the_numbers_of_its_columns_is_the_same_heading() -> None:
    """Years of a content that a page break parts from it stay its own."""
    above = [["TT", "Nội dung tiêu chí", "Chỉ tiêu"], ["(1)", "(2)", "(3)"], ["10", "10.1. Thu nhập", ""]]
    above.append(["", "Năm 2022", "≥ 40"])
    below = [["TT", "Nội dung tiêu chí", "Chỉ tiêu"], ["", "Năm 2023", "≥ 45"]]

    def page(rows: list[list[str]], number: int) -> Sheet:
        cells = [Cell(r, c, text, page=number) for r, row in enumerate(rows) for c, text in enumerate(row)]
        return Sheet(laid_out(cells, Place(file="a.pdf")), number)

    (one,) = joined([page(above, 1), page(below, 2)])
    assert isinstance(one, Sheet)
    assert [one.grid.texts(row)[1] for row in range(one.grid.rows)][-2:] == ["Năm 2022", "Năm 2023"]


def test_a_heading_said_again_ends_no_content(tmp_path: Path) -> None:
    pack = load_pack("vn/commune@2021-2025")
    heading = "<tr><td>TT<td>Tên tiêu chí<td>Nội dung tiêu chí<td>Bắc Trung Bộ"
    years = "".join(f"<tr><td><td><td>Năm {year}<td>≥ {40 + year % 10}" for year in (2022, 2023))
    rows = f"{heading}<tr><td>10<td>Thu nhập<td>10. {pack['10'].text.vi}<td>" + years.replace(
        "<tr><td><td><td>Năm 2023", f"{heading}<tr><td><td><td>Năm 2023"
    )
    read = reading(tmp_path, rows)
    told = {dict(f.row.rows).get("year") for f in read.found if f.address.code == "10" and f.cell is not None}
    assert {"2022", "2023"} <= told
