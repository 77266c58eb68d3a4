"""Files people write are read as they are meant, and whatever cannot be is said with its cell, all at once."""

from __future__ import annotations

import csv
import io
import json
import sys
import tracemalloc
import unicodedata
import warnings
import zipfile
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tiny_bundle import CATALOGUE, PACK, snapshots

from ntm_rules import Amount, Snapshot, load_pack, read_snapshots
from ntm_rules.day import read_day
from ntm_rules.errors import MissingExtraError, QuantityError, SnapshotError
from ntm_rules.pack.bundle import Bundle
from ntm_rules.pack.catalogue import Catalogue
from ntm_rules.quantity.number import exact
from ntm_rules.snapshot.readers import SnapshotWarning
from ntm_rules.tabular.delimited import read_csv
from ntm_rules.tabular.sheet import Number, letters, number_cell

HEAD = "unit,level,as_of"
UNIT = {"id": "x", "level": "commune"}


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    def call(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return call


def read(path: Path, **options: Any) -> tuple[Snapshot, ...]:
    return read_snapshots(path, catalogue=CATALOGUE, **options)


def faults(path: Path, **options: Any) -> str:
    with pytest.raises(SnapshotError) as caught:
        read(path, **options)
    assert caught.value.text("vi")
    return caught.value.text("en")


def value(snapshot: Snapshot, measure: str) -> str:
    return snapshot.measures[measure][0].value.text("vi")


@pytest.fixture
def book(tmp_path: Path) -> Callable[..., Path]:
    """Writes rows to a workbook; a pair is a value with its number format."""

    def call(*rows: list[Any], **options: Any) -> Path:
        made = openpyxl.Workbook()
        sheet = made.worksheets[0]
        sheet.title = "Số liệu"
        for number, row in enumerate(rows, 1):
            for column, content in enumerate(row, 1):
                cell = sheet.cell(number, column)
                cell.value = content[0] if isinstance(content, tuple) else content
                if isinstance(content, tuple):
                    cell.number_format = content[1]
        for cells in options.get("merged", ()):
            sheet.merge_cells(cells)
        if "change" in options:
            options["change"](made)
        path = tmp_path / "bang.xlsx"
        made.save(path)
        return path

    return call


# Days and cells


@pytest.mark.parametrize(
    "text",
    ["2023-08-17", "17/08/2023", "17/8/2023", "17-08-2023", "17.8.2023", "ngày 17 tháng 8 năm 2023", " 17 / 8 / 2023"],
)
def test_days_are_read_in_every_spelling(text: str) -> None:
    assert read_day(text) == date(2023, 8, 17)


@pytest.mark.parametrize("raw", ["08/17/2023", "2023", 2023, 45155, "hôm qua", "31/02/2023", None, True, "17/08/23"])
def test_what_is_no_day_is_refused(raw: object) -> None:
    with pytest.raises(QuantityError, match="is not a day"):
        read_day(raw)


@pytest.mark.parametrize(
    ("raw", "pattern", "shown", "amount"),
    [
        (0.128, "0.0%", "12,8 %", Amount(Decimal("12.8"), "percent")),
        (0.1 + 0.2, "General", "0.3", Amount(Decimal("0.3"))),
        (58 * 1.1, "General", "63.8", Amount(Decimal("63.8"))),
        (27346, "000000", "027346", Amount(Decimal(27346))),
        (17.1, "0.00", "17.10", Amount(Decimal("17.1"))),
        (17.14, "0.0", "17.14", Amount(Decimal("17.14"))),
        (12.8, '0.0"%"', "12.8", Amount(Decimal("12.8"))),
        (12, "General", "12", Amount(Decimal(12))),
    ],
)
def test_number_cells_are_read_as_they_show(raw: float, pattern: str, shown: str, amount: Amount) -> None:
    assert number_cell(raw, pattern) == Number(amount, shown)


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e15, max_value=1e15))
def test_a_number_cell_keeps_fifteen_digits_exactly(raw: float) -> None:
    cell = number_cell(raw, "General")
    wanted = Decimal(f"{raw:.15g}")
    if abs(wanted.adjusted()) <= 40:
        assert isinstance(cell, Number)
        assert cell.amount.value == exact(wanted)


@given(st.integers(1, 16_384))
def test_column_letters_are_excels(column: int) -> None:
    assert letters(column) == openpyxl.utils.get_column_letter(column)


# Long tables


def test_a_long_table_in_vietnamese(write: Callable[..., Path]) -> None:
    path = write(
        "dai.csv",
        "Mã đơn vị;Tên đơn vị;Cấp;Vùng;Tính đến ngày;"
        "Số liệu;Giá trị;Đơn vị tính;Bộ tiêu chí;Mã chỉ tiêu;Kết luận;Cơ quan\n"
        "x;Xã X;Xã;Bắc Trung Bộ;17/08/2023;water_share;12,8;%;;;;\n"
        "x;;;;17/08/2023;Thu nhập bình quân;52.300.000;đồng/người/năm;;;;Cục Thống kê\n"
        "x;;;;17/08/2023;;;;tiny/commune;1.1;Chưa đạt;Sở Xây dựng\n"
        "x;;;;17/08/2023;;1,5;%;tiny/commune;3.2;;\n",
    )
    [snapshot] = read(path)
    assert snapshot == Snapshot.model_validate(
        {
            "unit": {"id": "x", "name": "Xã X", "level": "commune", "region": "btb"},
            "as_of": "2023-08-17",
            "measures": {
                "water_share": "12,8 %",
                "income": {"value": "52.300.000 đồng/người/năm", "by": "Cục Thống kê"},
                "poor_share": "1,5 %",
            },
            "findings": {"tiny/commune": {"1.1": {"finding": "not_met", "by": "Sở Xây dựng"}}},
        }
    )


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_delimiters_marks_and_spellings(tmp_path: Path, delimiter: str, encoding: str, form: Any) -> None:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerow(["Mã đơn vị", "Cấp", "Số liệu tính đến ngày", "Tỷ lệ hộ dùng nước sạch [%]"])
    writer.writerow(["x", "xã", "17/08/2023", "12,8"])
    path = tmp_path / "bang.csv"
    path.write_text(unicodedata.normalize(form, text.getvalue()), encoding=encoding)
    assert value(read(path)[0], "water_share") == "12,8 %"


def test_a_sep_line_is_obeyed(write: Callable[..., Path]) -> None:
    path = write("sep.csv", "sep=|\r\nunit|level|as_of|water_share\r\nx|commune|2023-08-17|0 %\r\n")
    assert value(read(path)[0], "water_share") == "0 %"


def test_titles_above_the_heading_row_are_passed_over(write: Callable[..., Path]) -> None:
    path = write(
        "t.csv", f"BÁO CÁO; THÁNG 8, NĂM 2023\n\n{HEAD.replace(',', ';')};water_share\nx;commune;2023-08-17;12,8\n"
    )
    assert value(read(path)[0], "water_share") == "12,8 %"


def test_recognitions_in_a_long_table(write: Callable[..., Path]) -> None:
    path = write("r.csv", f"{HEAD},pack,decision,on,until\nx,commune,2023-08-17,vn/gone,12/QĐ,2020-12-31,2025-12-31\n")
    [recognition] = read(path)[0].recognitions
    assert (recognition.pack, recognition.decision, recognition.until) == ("vn/gone", "12/QĐ", date(2025, 12, 31))


def test_an_empty_cell_is_no_observation_and_zero_is_one(write: Callable[..., Path]) -> None:
    path = write("z.csv", f"{HEAD},water_share,income\nx,commune,2023-08-17,0, \n")
    assert {name: value(read(path)[0], name) for name in read(path)[0].measures} == {"water_share": "0 %"}


def test_a_unit_is_described_once_and_used_on_every_row(write: Callable[..., Path]) -> None:
    path = write(
        "u.csv",
        f"{HEAD},attribute:difficult,measure,value\nx,commune,2022-08-17,có,water_share,1\nx,,2023-08-17,,water_share,2\n",
    )
    assert [snapshot.unit.attributes for snapshot in read(path)] == [{"difficult": True}, {"difficult": True}]


# Wide tables


def test_a_wide_table_with_everything(write: Callable[..., Path]) -> None:
    path = write(
        "w.csv",
        "STT,id,name,level,as_of,income [nghìn đồng/người/năm],income.by,finding:tiny/commune:1.1,"
        "finding.remark:tiny/commune:1.1,recognition:tiny/older,recognition.on:tiny/older,children:village,"
        "children.meeting:village:tiny/village,children.not_meeting_names:village:tiny/village,#ghi chép\n"
        '1,x,Xã X,commune,17/08/2023,"52300",Cục TK,đạt,tốt,1/QĐ,31/12/2020,9,7,A;B,bỏ qua\n'
        "2,y,Xã Y,commune,17/08/2023,,,,,,,,,,\n",
    )
    first, second = read(path)
    assert first.to_dict() == {
        "unit": {"id": "x", "name": "Xã X", "level": "commune"},
        "as_of": "2023-08-17",
        "measures": {"income": [{"value": "52300 nghìn đồng/người/năm", "by": "Cục TK"}]},
        "findings": {"tiny/commune": {"1.1": [{"finding": "met", "remark": "tốt"}]}},
        "recognitions": [{"pack": "tiny/older", "decision": "1/QĐ", "on": "2020-12-31"}],
        "children": {
            "village": {"total": 9, "meeting": {"tiny/village": 7}, "not_meeting_names": {"tiny/village": ["A", "B"]}}
        },
    }
    assert second == Snapshot(unit={"id": "y", "name": "Xã Y", "level": "commune"}, as_of="2023-08-17")


def test_units_of_measure_may_stand_in_a_second_heading_row(write: Callable[..., Path]) -> None:
    path = write("u.csv", f"{HEAD},water_share,income\n,,,%,(nghìn đồng/người/năm)\nx,commune,2023-08-17,5,900\n")
    assert value(read(path)[0], "income") == "900 nghìn đồng/người/năm"


def test_a_measure_is_known_by_its_name_even_with_brackets_of_its_own(write: Callable[..., Path]) -> None:
    path = write("n.csv", f"{HEAD},tỷ lệ hộ nghèo (%),Thu nhập bình quân (đồng/người/năm)\nx,xã,2023-08-17,1,9000000\n")
    assert value(read(path)[0], "poor_share") == "1 %"
    assert value(read(path)[0], "income") == "9.000.000 đồng/người/năm"


# Workbooks


def test_cells_of_a_workbook_are_read_as_people_mean_them(book: Callable[..., Path]) -> None:
    path = book(
        ["BẢNG SỐ LIỆU"],
        [
            "id",
            "name",
            "level",
            "as_of",
            "water_share",
            "poor_share",
            "income",
            "finding:tiny/commune:1.1",
            "school_count",
        ],
        [(27346, "00000"), "Xã X", "xã", datetime(2023, 8, 17), (0.128, "0.0%"), "12,8 %", 52.3, "Đạt", 3.0],
    )
    [snapshot] = read(path)
    assert (snapshot.unit.id, snapshot.as_of) == ("27346", date(2023, 8, 17))
    shown = {name: value(snapshot, name) for name in snapshot.measures}
    assert shown == {
        "water_share": "12,8 %",
        "poor_share": "12,8 %",
        "income": "52,3 triệu đồng/người/năm",
        "school_count": "3 trường",
    }
    assert snapshot.findings["tiny/commune"]["1.1"][0].finding == "met"


def test_a_code_that_excel_took_for_a_number_is_not_guessed(book: Callable[..., Path]) -> None:
    def table(*codes: object) -> Path:
        rows = [["x", "xã", "17/08/2023", "tiny/commune", code, "đạt"] for code in codes]
        return book(["id", "level", "as_of", "pack", "code", "finding"], *rows)

    assert "cell E2: column “code”, content “1.1”: the code 1.1 is a number and cannot be told from 1.10" in faults(
        table(1.1)
    )
    [snapshot] = read(table("1.1", "1.10", (1.1, "0.00"), 3.2, 5))
    assert list(snapshot.findings["tiny/commune"]) == ["1.1", "1.10", "3.2", "5"]


def test_a_unit_merged_over_rows_holds_for_each_of_them(book: Callable[..., Path]) -> None:
    path = book(
        ["id", "level", "as_of", "measure", "value"],
        ["x", "xã", "17/08/2023", "water_share", 1],
        [None, None, None, "poor_share", 2],
        ["y", "xã", "17/08/2023", "water_share", 3],
        [None, None, None, "poor_share", 4],
        merged=["A2:A3", "B2:B3", "C2:C3", "A4:A5", "B4:B5", "C4:C5"],
    )
    assert [(s.unit.id, value(s, "poor_share")) for s in read(path)] == [("x", "2 %"), ("y", "4 %")]


def test_a_value_merged_over_rows_is_nobodys(book: Callable[..., Path]) -> None:
    path = book(
        ["id", "level", "as_of", "water_share"],
        ["x", "xã", "17/08/2023", 1],
        ["y", "xã", "17/08/2023", None],
        merged=["D2:D3"],
    )
    assert "sheet “Số liệu”, cell D3: a cell merged over several rows in the column “water_share”" in faults(path)


def test_a_hidden_sheet_is_passed_over_unless_it_holds_a_table(book: Callable[..., Path]) -> None:
    def hide(content: str) -> Callable[[Any], None]:
        def change(made: Any) -> None:
            sheet = made.create_sheet("Phụ")
            sheet["A1"] = content
            sheet.sheet_state = "hidden"

        return change

    rows = ["id", "level", "as_of", "water_share"], ["x", "xã", "17/08/2023", 1]
    assert len(read(book(*rows, change=hide("danh mục")))) == 1
    assert "sheet “Phụ”: the sheet is hidden but holds a table" in faults(book(*rows, change=hide("Mã đơn vị")))


def test_a_sheet_that_is_no_table_is_not_passed_over_in_silence(book: Callable[..., Path]) -> None:
    path = book(
        ["id", "level", "as_of"], ["x", "xã", "17/08/2023"], change=lambda b: b.create_sheet("Ghi chú").append(["a"])
    )
    assert "sheet “Ghi chú”: no heading row" in faults(path)


def test_a_formula_counts_by_its_computed_value(book: Callable[..., Path], tmp_path: Path) -> None:
    path = book(["id", "level", "as_of", "water_share", "poor_share"], ["x", "xã", "17/08/2023", "=5+5", '=""'])
    assert faults(path).count("the formula has no computed value") == 2
    computed = rewritten(
        path,
        "xl/worksheets/sheet1.xml",
        lambda xml: (
            xml.replace("<f>5+5</f><v></v>", "<f>5+5</f><v>10</v>")
            .replace("<f>5+5</f><v />", "<f>5+5</f><v>10</v>")
            .replace('r="E2"><f>', 'r="E2" t="str"><f>')
        ),
    )
    assert {name: value(read(computed)[0], name) for name in read(computed)[0].measures} == {"water_share": "10 %"}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (datetime(2023, 8, 12), "this cell is the date 2023-08-12, not a number"),
        (True, "this cell is TRUE or FALSE"),
        ("#DIV/0!", "is the Excel error #DIV/0!"),
        ("12,8 lít", "“litre” and “%” measure different things"),
        ("-", "“-” is not a number; write 0 for zero, leave the cell empty if it is not known"),
        ("Không có số liệu", "is not a number; write 0 for zero, leave the cell empty"),
        (120, "120% is outside the valid range"),
        (datetime(2023, 8, 12).time(), "time of day"),
        ("1..2", "is not a number"),
        ("5 quả", "unknown unit of measure"),
    ],
)
def test_each_unreadable_cell_is_named(book: Callable[..., Path], content: object, said: str) -> None:
    path = book(["id", "level", "as_of", "water_share"], ["x", "xã", "17/08/2023", content])
    text = faults(path)
    assert said in text
    assert "bang.xlsx, sheet “Số liệu”, cell D2: column “water_share”, content “" in text


@pytest.mark.parametrize("word", ["Không có", "N/A", "x", "-", "không có số liệu", "1"])
def test_a_word_that_may_mean_anything_is_no_finding(write: Callable[..., Path], word: str) -> None:
    """ "Không có" may be a failure or an exception, "n/a" an open question: an exception would let a unit pass."""
    path = write("k.csv", f"{HEAD},finding:tiny/commune:1.1\nx,commune,17/08/2023,{word}\n")
    assert f"“{word}” is not a finding" in faults(path)


def test_a_yes_or_no_is_answered_by_nothing_else(write: Callable[..., Path]) -> None:
    """A commune whose cell says “-” is not silently one that is not specially difficult."""
    head = "id,level,as_of,attribute:special_difficulty\nx,commune,17/08/2023,"
    with pytest.raises(SnapshotError, match=r"cell D2.*“-”: “Specially difficult commune” is answered yes or no"):
        read_snapshots(write("a.csv", f"{head}-\n"))
    unit = '{"id": "x", "level": "commune", "attributes": {"special_difficulty": "%s"}}'
    document = f'{{"snapshots": [{{"unit": {unit}, "as_of": "2023-08-17"}}]}}'
    with pytest.raises(SnapshotError, match=r"unit\.attributes\.special_difficulty.*is answered yes or no"):
        read_snapshots(write("b.json", document % "có thể"))
    (said,) = read_snapshots(write("c.json", document % "Có"))
    assert said.unit.attributes == {"special_difficulty": True}
    (said,) = read_snapshots(write("d.csv", f"{head}không\n"))
    assert said.unit.attributes == {"special_difficulty": False}


def test_a_heading_misspelt_in_vietnamese_finds_its_measure(write: Callable[..., Path]) -> None:
    assert "Did you mean: tỷ lệ hộ dùng nước sạch" in faults(
        write("h.csv", f"{HEAD},Tỉ lệ hộ sử dụng nước sạch\nx,commune,17/08/2023,5\n")
    )


def test_a_row_of_totals_is_no_unit(book: Callable[..., Path]) -> None:
    """Filled in like the rows above it, it would be one more commune."""
    path = book(
        ["id", "level", "as_of", "water_share"], ["x", "xã", "17/08/2023", 5], ["Tổng cộng", "xã", "17/08/2023", 5]
    )
    assert faults(path) == (
        "bang.xlsx, sheet “Số liệu”, cell A3: “Tổng cộng” is no unit; leave the row of totals out of the table, or "
        "begin its cell with # to have it passed over"
    )


def test_what_a_row_lacks_is_said_with_its_cell(book: Callable[..., Path]) -> None:
    path = book(["id", "level", "as_of", "water_share"], ["", "xã", "17/08/2023", 5], ["x", "xã", "", 5])
    assert faults(path).splitlines() == [
        "bang.xlsx, sheet “Số liệu”, cell A2: row 2 (“xã, 17/08/2023, 5”) has no unit id; if it is a section, a total "
        "or a signature, delete the row, or begin its first cell with # to have it passed over",
        "bang.xlsx, sheet “Số liệu”, cell C3: x: the facts have no date; fill it in, or add the column as_of",
    ]


def test_a_heading_over_several_columns_is_told_from_an_unknown_one(book: Callable[..., Path]) -> None:
    path = book(
        ["id", "level", "as_of", "Nước sạch", ""],
        ["", "", "", "water_share", "poor_share"],
        ["x", "xã", "17/08/2023", 5, 6],
        merged=["D1:E1"],
    )
    said = "“Nước sạch” is a heading over 2 columns; each column needs a heading of its own, all in one row"
    said += (
        " (begin the name of a column that is not to be read with #). An agency's own table is read as it is by: "
        "ntm-rules read"
    )
    assert faults(path) == f"bang.xlsx, sheet “Số liệu”, cell D1: {said}"


def test_a_bare_fraction_under_a_percentage_is_not_read_in_silence(book: Callable[..., Path]) -> None:
    """0.128 may be meant as 12.8 %; said once, not for every row. With its sign or format it is not doubted."""
    head = ["id", "level", "as_of", "water_share [%]", "poor_share"]
    path = book(head, *([unit, "xã", "17/08/2023", 0.128, "0,5 %"] for unit in "xyz"))
    with pytest.warns(SnapshotWarning) as caught:
        assert value(read(path)[0], "water_share") == "0,128", "bare, so that the result doubts it as well"
    assert [str(one.message) for one in caught] == [
        "bang.xlsx, sheet “Số liệu”, cell D2: “0.128” is read as 0.128%; if 12.8% is meant, write “12.8%” "
        "(said once for each measure)"
    ]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        formatted = book(head, ["x", "xã", "17/08/2023", (0.128, "0.0%"), 5])
        assert value(read(formatted)[0], "water_share") == "12,8 %"


@pytest.mark.parametrize("numbers", ["(1),(2),(3),(4),(5)", "A,B,1,2,3", "1,2,3,4,(5)=(4)/(3)"])
def test_a_row_that_numbers_the_columns_is_no_unit(write: Callable[..., Path], numbers: str) -> None:
    path = write("n.csv", f"{HEAD},water_share,income\n{numbers}\n,,,%,triệu đồng/người/năm\nx,xã,17/08/2023,5,52,3\n")
    text = path.read_text("utf-8").replace("5,52,3", '5,"52,3"')
    path.write_text(text, "utf-8")
    (snapshot,) = read(path)
    assert (value(snapshot, "water_share"), value(snapshot, "income")) == ("5 %", "52,3 triệu đồng/người/năm")


def test_a_row_of_numbers_that_are_not_those_of_the_columns_is_a_unit(write: Callable[..., Path]) -> None:
    with pytest.raises(SnapshotError, match="“2”"):
        read(write("n.csv", f"{HEAD},water_share,income\n1,2,3,5,4\nx,xã,17/08/2023,5,52\n"))


def test_marks_nobody_sees_are_passed_over(write: Callable[..., Path]) -> None:
    """Copied from a message, an id with a zero-width space would be another unit than the same id without it."""
    path = write(
        "z.csv",
        f"{HEAD},water_share\u200b,finding:tiny/commune:1.1\n"
        "x,commune,17/08/2023,12.8\u200b %,\n\u200ex\u00ad,commune,17/08/2023,,đ\u200bạt\n",
    )
    (snapshot,) = read(path)
    assert value(snapshot, "water_share") == "12,8 %"
    assert snapshot.findings["tiny/commune"]["1.1"][0].finding == "met"


def test_a_column_of_notes_does_not_turn_a_table_round(write: Callable[..., Path]) -> None:
    """Most tables of one unit a row end in “Ghi chú”: that column is the fault, not those with the figures."""
    path = write("n.csv", f"{HEAD},water_share,finding:tiny/commune:1.1,Ghi chú\nx,commune,17/08/2023,5,đạt,chờ\n")
    assert faults(path) == (
        "n.csv:1, cell F1: the column “Ghi chú”: a row of this table holds several facts, so nobody can tell which one "
        "it is about; call it “measure.remark”, or begin its name with # to have it passed over"
    )
    verdict = path.read_text(encoding="utf-8").replace("Ghi chú", "Đánh giá")
    assert "cell F1: what is the column “Đánh giá” a finding on?" in faults(write("v.csv", verdict))
    until = path.read_text(encoding="utf-8").replace("Ghi chú", "Hiệu lực đến")
    assert "cell F1: the column “Hiệu lực đến” belongs to a table of one fact a row" in faults(write("u.csv", until))
    (snapshot,) = read(write("n.csv", path.read_text(encoding="utf-8").replace("Ghi chú", "#Ghi chú")))
    assert value(snapshot, "water_share") == "5 %"


def test_openpyxl_missing_is_said_with_the_way_to_get_it(
    book: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = book(["id"])
    monkeypatch.setitem(__import__("sys").modules, "openpyxl", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'ntm-rules\[excel\]'"):
        read_snapshots(path)


# Faults


def test_all_faults_of_a_file_come_at_once(write: Callable[..., Path]) -> None:
    path = write(
        "f.csv",
        f"{HEAD},region,attribute:difficult,water_share,finding:tiny/commune:1.1\n"
        "x,commune,17/08/2023,btb,có,x,tốt\n"
        "y,comune,17/08/2023,bbt,,5,\n"
        "z,commune,hôm qua,,,5,\n"
        ",commune,17/08/2023,,,5,\n",
    )
    text = faults(path)
    assert text.splitlines() == [
        "f.csv:2, cell F2: column “water_share”, content “x”: “x” is not a number; write 0 for zero, "
        "leave the cell empty if it is not known",
        "f.csv:2, cell G2: column “finding:tiny/commune:1.1”, content “tốt”: “tốt” is not a finding; write met, "
        "not met or not applicable (đạt, chưa đạt, không áp dụng); leave it empty where nothing is concluded",
        *[line for line in text.splitlines() if "cell B3" in line or "cell D3" in line],
        "f.csv:4, cell C4: column “as_of”, content “hôm qua”: “hôm qua” is not a day; write 2023-08-17 or "
        "day/month/year, as in 17/08/2023",
        "f.csv:5, cell A5: row 5 (“commune, 17/08/2023, 5”) has no unit id; if it is a section, a total or a "
        "signature, delete the row, or begin its first cell with # to have it passed over",
    ]
    assert "Did you mean: commune?" in text
    assert "Did you mean: btb?" in text


@pytest.mark.parametrize(
    ("header", "row", "said"),
    [
        (
            "water_sharr",
            "5",
            "column “water_sharr”; begin the name of a column that is not to be read with #. Did you mean: water_share",
        ),
        ("water_share,Tỷ lệ hộ dùng nước sạch", "5,5", "the column “Tỷ lệ hộ dùng nước sạch” repeats “water_share”"),
        ("finding:tiny/comune:1.1", "met", "there is no pack “tiny/comune”. Did you mean: tiny/commune"),
        ("finding:tiny/commune:1.2", "met", "tiny/commune has no code “1.2”. Did you mean"),
        ("finding:tiny/commune@1999:1.1", "met", "tiny/commune has no edition “1999”"),
        ("finding:1.1", "met", "cannot read the heading “finding:1.1”"),
        ("recognition.by:tiny/older", "a", "cannot read the heading"),
        ("attribute:dificult", "có", "there is no unit attribute “dificult”. Did you mean: difficult"),
        ("income [quả]", "5", "unknown unit of measure “quả”"),
        ("income [%]", "5", "measure different things"),
        ("value", "5", "what is this the value of?"),
        ("measure,value", "watershare,5", "there is no measure “watershare”. Did you mean: water_share"),
        ("pack,code,value", "tiny/commune,4.1,5", "indicator 4.1 does not ask for exactly one measure"),
        ("pack,code,value", "tiny/commune,1.1,5", "indicator 1.1 does not ask for exactly one measure"),
        ("code,finding", "1.1,met", "what is this a finding on?"),
        ("measure,value,unit_of_measure", "income,5,lít", "measure different things"),
        ("pack,decision", "tiny/older,1/QĐ", "a recognition needs its pack and the day"),
        (
            "pack,decision,on,measure,value",
            "a/b,1,2020-01-01,income,5",
            "a row with a recognition holds no value or finding",
        ),
        ("measure,value,water_share", "income,5,6", "the column “water_share” belongs to a table of one unit a row"),
        ("children:comune", "5", "expected one of: village"),
        ("children:village,children.meeting:village:tiny/village", "5,6", "6 units counted for tiny/village"),
        ("children.meeting:village:tiny/village", "6", "the total number of units is not given"),
        ("children:village", "5 thôn", "a whole number"),
    ],
)
def test_each_fault_has_its_message(write: Callable[..., Path], header: str, row: str, said: str) -> None:
    assert said in faults(write("f.csv", f"{HEAD},{header}\nx,commune,17/08/2023,{row}\n"))


def test_a_decimal_comma_that_splits_a_cell_is_found(write: Callable[..., Path]) -> None:
    text = faults(write("f.csv", f"{HEAD},water_share\nx,commune,2023-08-17,12,8\n"))
    said = "the cell “8” stands under no heading; in CSV, a number with a decimal comma must be quoted"
    assert text == f"f.csv:2, cell E2: {said}"


def test_a_table_without_unit_ids_is_no_table(write: Callable[..., Path]) -> None:
    assert "a table needs the column “unit”" in faults(write("f.csv", "name,water_share\nXã X,5\n"))


def test_facts_without_a_date_are_an_error_unless_one_is_given(write: Callable[..., Path]) -> None:
    path = write("f.csv", "unit,level,water_share\nx,commune,5\n")
    assert "x: the facts have no date" in faults(path)
    assert read(path, as_of="17/08/2023")[0].as_of == date(2023, 8, 17)


def test_a_unit_of_unknown_level_is_an_error(write: Callable[..., Path]) -> None:
    path = write("f.csv", "unit,as_of,water_share\nx,2023-08-17,5\n")
    assert "f.csv:2, cell A2: the level of the unit “x” is not known" in faults(path)


def test_rows_that_contradict_each_other_about_a_unit_are_an_error(write: Callable[..., Path]) -> None:
    path = write("f.csv", f"{HEAD},measure,value\nx,commune,2023-08-17,income,5\nx,ward,2023-08-17,water_share,6\n")
    assert faults(path) == "f.csv:3, cell B3: two sources disagree on “Level” of the unit x: “commune” and “ward”"


def test_values_that_differ_are_both_kept(write: Callable[..., Path]) -> None:
    path = write(
        "f.csv", f"{HEAD},water_share\nx,commune,2023-08-17,5\nx,commune,2023-08-17,6\nx,commune,2023-08-17,5\n"
    )
    assert [one.value.value for one in read(path)[0].measures["water_share"]] == [5, 6]


def test_unknown_measures_are_left_out_where_one_says_so(write: Callable[..., Path]) -> None:
    wide = write("w.csv", f"{HEAD},water_share,moon_share\nx,commune,2023-08-17,5,6\n")
    assert read(wide, unknown_measures="ignore")[0].measures.keys() == {"water_share"}
    long = write("l.csv", f"{HEAD},measure,value\nx,commune,2023-08-17,moon_share,5\n")
    assert read(long, unknown_measures="ignore")[0].measures == {}
    document = write("d.json", json.dumps({"unit": UNIT, "as_of": "2023-08-17", "measures": {"moon": 5}}))
    assert read(document, unknown_measures="ignore")[0].measures == {}


def test_a_note_beside_no_value_is_warned_about(write: Callable[..., Path]) -> None:
    wide = write("w.csv", f"{HEAD},water_share,water_share.remark\nx,commune,2023-08-17,,đang chờ\n")
    long = write("l.csv", f"{HEAD},measure,value,remark\nx,commune,2023-08-17,income,,đang chờ\n")
    for path in (wide, long):
        with pytest.warns(SnapshotWarning, match="is not read"):
            read(path)


def test_the_measures_of_a_pack_that_is_not_installed_are_known_when_it_is_given(write: Callable[..., Path]) -> None:
    path = write("f.csv", f"{HEAD},water_share,finding:tiny/commune:1.1\nx,commune,2023-08-17,5,met\n")
    empty = Catalogue(())
    with pytest.raises(SnapshotError, match="water_share"):
        read_snapshots(path, catalogue=empty)
    own = PACK.model_copy(update={"measures": tuple(CATALOGUE.measures.values())})
    assert read_snapshots(path, catalogue=empty, packs=[own])[0].findings.keys() == {"tiny/commune"}


# Documents


@given(snapshot=snapshots())
def test_plain_data_reads_back_to_the_same_snapshot(
    tmp_path_factory: pytest.TempPathFactory, snapshot: Snapshot
) -> None:
    path = tmp_path_factory.getbasetemp() / "snapshot.json"
    path.write_text(json.dumps(snapshot.to_dict(), ensure_ascii=False), encoding="utf-8")
    assert read(path) == (snapshot,)


@given(st.decimals(0, 10**9, allow_nan=False, places=5))
def test_a_value_written_out_reads_back_exactly(number: Decimal) -> None:
    snapshot = Snapshot(unit=UNIT, as_of="2023-08-17", measures={"income": Amount(number, "vnd/person/year")})
    assert Snapshot.model_validate(snapshot.to_dict()) == snapshot


@pytest.mark.parametrize("suffix", ["yaml", "yml", "json"])
def test_shared_units_and_defaults(write: Callable[..., Path], suffix: str) -> None:
    data = {
        "defaults": {"as_of": "17/08/2023", "province": "hatinh", "region": "btb", "level": "commune"},
        "units": [{"id": "x", "name": "Xã X", "attributes": {"difficult": True}}],
        "snapshots": [
            {"unit": "x", "measures": {"water_share": 12.8}},
            {"unit": {"id": "y", "level": "ward"}, "as_of": "2022-01-01"},
        ],
    }
    first, second = read(write(f"s.{suffix}", json.dumps(data, ensure_ascii=False)))
    assert first.to_dict() == {
        "unit": {
            "id": "x", "name": "Xã X", "level": "commune", "province": "hatinh", "region": "btb",
            "attributes": {"difficult": True},
        },
        "as_of": "2023-08-17",
        "measures": {"water_share": [{"value": "12,8 %"}]},
    }  # fmt: skip
    assert (second.unit.level, second.unit.province, second.as_of) == ("ward", "hatinh", date(2022, 1, 1))


@pytest.mark.parametrize("suffix", ["yaml", "json"])
def test_faults_of_documents_have_their_line_and_path(write: Callable[..., Path], suffix: str) -> None:
    lines = [
        '{"snapshots": [',
        '{"unit": {"id": "x", "level": "comune"}, "as_of": "2023-08-17"},',
        '{"unit": {"id": "y", "level": "commune"}, "as_of": "2023-08-17",',
        ' "measures": {"watershare": 5,',
        '  "income": "12 lít",',
        '  "water_share": 120},',
        ' "findings": {"tiny/commune": {"1.2": "met"},',
        '  "tiny/comune": {"1": "met"}}},',
        '{"unit": "z", "as_of": "2023-08-17"},',
        '{"unit": {"id": "w", "level": "commune"}, "as_of": "2023-08-17", "mesures": {}}',
        "]}",
    ]
    text = faults(write(f"s.{suffix}", "\n".join(lines)))
    for place, said in {
        ":2, snapshots.0.unit.level": "“comune” is not valid",
        ":4, snapshots.1.measures.watershare": "Did you mean: water_share",
        ":5, snapshots.1.measures.income": "measure different things",
        ":6, snapshots.1.measures.water_share": "outside the valid range",
        ":7, snapshots.1.findings.tiny/commune.1.2": "no code “1.2”",
        ":8, snapshots.1.findings.tiny/comune": "no pack “tiny/comune”",
        ":9, snapshots.2.unit": "the level of the unit “z” is not known",
        ":10, snapshots.3.mesures": "unknown key “mesures”",
    }.items():
        assert any(line.startswith(f"s.{suffix}{place}") and said in line for line in text.splitlines()), place


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "the file is empty"),
        ("{", "d.json:1: not valid JSON"),
        ('{"unit": {"id": "x", "id": "y"}}', "the key “id” is repeated"),
        ('{"unit": NaN}', "“NaN” is not a finite number"),
        ("[" * 100_000, "nested more than 60 levels deep"),
        ("5", "the file must hold a snapshot"),
        ("[5]", "keys with values are expected"),
        ('{"snapshots": [], "unist": []}', "unknown key “unist”. Did you mean: units"),
        ('{"snapshots": []}', "nothing is filled in"),
        ('{"defaults": {"as_of": 2023}, "snapshots": []}', "is not a day"),
        ('{"unit": {"id": "x", "level": "commune"}, "as_of": 0}', "is not a day"),
        ('{"unit": 5, "as_of": "2023-08-17"}', "the level of the unit “5” is not known"),
        ('{"unit": {"id": "x", "level": "commune"}, "as_of": "2023-08-17", "measures": {"income": 1e999}}', "number"),
        (
            '{"unit": {"id": "x", "level": "commune"}, "as_of": "2023-08-17", "measures": {"income": %s}}'
            % ("9" * 5000),
            "number",
        ),
        (b"\xff\xfe\x00", "not UTF-8"),
        (b'{"unit": "\xe1"}', "not UTF-8"),
    ],
)
def test_hostile_json_is_refused(write: Callable[..., Path], content: str | bytes, said: str) -> None:
    assert said in faults(write("d.json", content))


def test_hostile_yaml_is_a_fault_of_the_snapshot(write: Callable[..., Path]) -> None:
    assert "aliases" in faults(write("d.yaml", "a: &x 1\nb: *x\n"))


def test_json_with_escapes_yaml_does_not_know_is_read(write: Callable[..., Path]) -> None:
    path = write("d.json", '{"unit": {"id": "x", "name": "\\ud83d\\ude00", "level": "commune"}, "as_of": "2023-08-17"}')
    assert read(path)[0].unit.name == "😀"


# Folders


def test_a_folder_is_read_in_the_order_of_names_and_merged(tmp_path: Path) -> None:
    (tmp_path / "2.csv").write_text("unit,as_of,finding:tiny/commune:1.1\nx,17/08/2023,met\nz,17/08/2023,met\n")
    (tmp_path / "1.json").write_text(json.dumps({"unit": UNIT, "as_of": "2023-08-17", "measures": {"water_share": 5}}))
    (tmp_path / "0.yaml").write_text("units: [{id: z, level: commune}]\n")
    (tmp_path / "~$1.xlsx").write_text("lock")
    (tmp_path / "bao cao.pdf").write_text("evidence")
    first, second = read(tmp_path)
    assert (first.unit.id, first.measures.keys(), first.findings.keys()) == ("x", {"water_share"}, {"tiny/commune"})
    assert second.unit.id == "z"


def test_all_faults_of_a_folder_come_at_once(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("{")
    (tmp_path / "b.csv").write_text(f"{HEAD},water_share\nx,commune,17/08/2023,x\n")
    (tmp_path / "c.xls").write_text("old")
    (tmp_path / "d.yaml").write_text("unit: {id: x, level: ward}\nas_of: 2023-08-17\n")
    text = faults(tmp_path)
    for said in ("a.json:1: not valid JSON", "b.csv:2, cell D2", "c.xls: cannot read files of kind .xls"):
        assert said in text
    (tmp_path / "a.json").unlink()
    (tmp_path / "c.xls").unlink()
    (tmp_path / "b.csv").write_text(f"{HEAD},water_share\nx,commune,17/08/2023,5\n")
    assert "two sources disagree on “Level” of the unit x" in faults(tmp_path)


@pytest.mark.parametrize("name", ["a.txt", "a"])
def test_other_kinds_of_file_are_refused(write: Callable[..., Path], name: str) -> None:
    assert "expected one of: .yaml, .yml, .json, .csv, .tsv, .xlsx, .xlsm" in faults(write(name, "x"))


@pytest.mark.parametrize("name", ["a.xls", "a.XLSB", "a.ods"])
def test_workbooks_of_other_programs_are_sent_back_to_be_saved(write: Callable[..., Path], name: str) -> None:
    assert "open it in Excel or LibreOffice and save it as .xlsx" in faults(write(name, "x"))


def test_a_workbook_under_another_name_is_told_its_name(book: Callable[..., Path], write: Callable[..., Path]) -> None:
    said = "a.csv: the file holds an Excel workbook; give its name the ending .xlsx"
    assert faults(write("a.csv", book(["id"]).read_bytes())) == said


def test_an_empty_folder_and_a_missing_file(tmp_path: Path) -> None:
    assert "holds no file of snapshots" in faults(tmp_path)
    for name in ("a.csv", "a.json", "a.yaml", "a.xlsx", "a"):
        assert "cannot read the file: there is no such file or folder" in faults(tmp_path / name)


# Hostile files


def rewritten(path: Path, part: str, change: Callable[[str], str]) -> Path:
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = change(parts[part].decode()).encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


T = TypeVar("T")


def bounded(path: Path) -> str:
    """The faults of a hostile file, found in bounded time and memory."""
    tracemalloc.start()
    text, calls = counted(lambda: faults(path))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert calls < 5_000_000
    assert peak < 300_000_000
    return text


def counted(run: Callable[[], T]) -> tuple[T, int]:
    """What a function gives, and how many calls it took: work that is the same on every machine."""
    calls = 0

    def seen(frame: object, event: str, argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(seen)
    try:
        return run(), calls
    finally:
        sys.setprofile(None)


@pytest.mark.parametrize("name", ["a.csv", "a.json", "a.xlsx", "a.yaml"])
def test_a_hundred_megabytes_are_refused_unread(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    with path.open("wb") as file:
        file.truncate(100_000_000)
    assert "the file is too large: 100000000 bytes" in bounded(path)


def test_a_zip_bomb_is_refused_unopened(book: Callable[..., Path]) -> None:
    path = book(["id"])
    rewritten(
        path, "xl/worksheets/sheet1.xml", lambda xml: xml.replace("<sheetData>", " " * 200_000_000 + "<sheetData>")
    )
    assert path.stat().st_size < 1_000_000
    assert "the file unpacks to too much" in bounded(path)


@pytest.mark.parametrize(
    ("xml", "said"),
    [
        ('<row r="1"><c r="XFD1"><v>1</v></c></row>' * 2, "damaged"),
        ('<row r="2000000"><c r="A2000000"><v>1</v></c></row>', "damaged"),
        ('<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row>', "damaged"),
        ("".join(f'<row r="{n}"><c r="XFD{n}"><v>1</v></c></row>' for n in range(1, 2_000)), "too many cells"),
    ],
)
def test_sheets_of_endless_cells_are_refused(book: Callable[..., Path], xml: str, said: str) -> None:
    def change(whole: str) -> str:
        before, _, rest = whole.partition("<sheetData>")
        return f"{before}<sheetData>{xml}</sheetData>{rest.partition('</sheetData>')[2]}"

    assert said in bounded(rewritten(book(["id"]), "xl/worksheets/sheet1.xml", change))


def test_a_merged_range_over_the_whole_sheet_costs_nothing(book: Callable[..., Path]) -> None:
    path = book(["id", "level", "as_of"], ["x", "xã", "17/08/2023"])
    rewritten(
        path,
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(
            "</sheetData>", '</sheetData><mergeCells><mergeCell ref="A9:XFD1048576"/></mergeCells>'
        ),
    )
    snapshots, calls = counted(lambda: read(path))
    assert len(snapshots) == 1
    assert calls < 200_000


def test_a_cell_outside_the_declared_size_is_not_lost(book: Callable[..., Path]) -> None:
    path = book(["id", "level", "as_of", "water_share"], ["x", "xã", "17/08/2023", 5])
    rewritten(path, "xl/worksheets/sheet1.xml", lambda xml: xml.replace('ref="A1:D2"', 'ref="A1:A1"'))
    assert value(read(path)[0], "water_share") == "5 %"


def test_entities_that_grow_are_refused(book: Callable[..., Path]) -> None:
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE x [<!ENTITY a0 "lol">{entities}]>'

    def change(xml: str) -> str:
        head, _, rest = xml.partition("<worksheet")
        return f"{head}{bomb}<worksheet{rest}".replace("<sheetData>", "<sheetData>&a11;")

    assert "damaged" in bounded(rewritten(book(["id"]), "xl/worksheets/sheet1.xml", change))


@pytest.mark.parametrize("content", [b"PK\x03\x04 not a zip", b"hello", b"<html></html>"])
def test_what_is_no_workbook_is_said_to_be_none(write: Callable[..., Path], content: bytes) -> None:
    assert "not an Excel .xlsx file, or a damaged one" in faults(write("a.xlsx", content))


def test_the_strict_dialect_is_not_read_as_an_empty_workbook(book: Callable[..., Path]) -> None:
    path = book(["id", "level", "as_of", "water_share"], ["x", "xã", "17/08/2023", 5])
    main = "schemas.openxmlformats.org/spreadsheetml/2006/main"
    strict = rewritten(path, "xl/workbook.xml", lambda xml: xml.replace(main, "purl.oclc.org/ooxml/spreadsheetml/main"))
    assert "save it as “Excel Workbook (.xlsx)”" in faults(strict)


def test_protected_and_old_workbooks_are_told_apart(write: Callable[..., Path]) -> None:
    assert "protected by a password" in faults(write("a.xlsx", bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 100))


@pytest.mark.parametrize("content", ['unit,level\n"x,commune\n', 'unit,level\n"x"y,commune\n'])
def test_broken_quotes_are_refused_with_their_line(write: Callable[..., Path], content: str) -> None:
    assert "a.csv:2: not valid CSV" in faults(write("a.csv", content))


def test_a_csv_of_another_encoding_is_refused(write: Callable[..., Path]) -> None:
    assert "save it as “CSV UTF-8” or .xlsx" in faults(write("a.csv", "unit,level\nx,xã\n".encode("latin-1")))


def test_many_faults_are_counted_not_all_listed(write: Callable[..., Path]) -> None:
    rows = "".join(f"u{n},commune,2023-08-17,x\n" for n in range(3_000))
    text = faults(write("a.csv", f"{HEAD},water_share\n{rows}"))
    assert text.splitlines()[-1] == "and 2,000 more faults"


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(tmp_path_factory: pytest.TempPathFactory, raw: bytes) -> None:
    folder = tmp_path_factory.getbasetemp()
    for name in ("any.csv", "any.json", "any.yaml", "any.xlsx"):
        (folder / name).write_bytes(raw)
        with pytest.raises(SnapshotError):
            read(folder / name)


CELLS = st.sampled_from(
    ["x", "", "xã", "commune", "17/08/2023", "5", "12,8", "-5", "=1", "met", "tiny/commune", "1.1", '"', "\n"]
)
HEADS = st.sampled_from(
    ["unit", "level", "as_of", "measure", "value", "pack", "code", "finding", "water_share", "finding:tiny/commune:1.1",
     "water_share.by", "recognition:a/b", "recognition.on:a/b", "children:village", "STT", "", "on", "decision"]
)  # fmt: skip


@given(st.lists(HEADS, min_size=1, max_size=6), st.lists(st.lists(CELLS, max_size=7), max_size=4))
def test_any_table_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, heads: list[str], rows: list[list[str]]
) -> None:
    path = tmp_path_factory.getbasetemp() / "any-table.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([heads, *rows])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SnapshotWarning)
        with suppress(SnapshotError):
            assert all(isinstance(snapshot, Snapshot) for snapshot in read(path))


def test_line_numbers_count_lines_inside_quotes(write: Callable[..., Path]) -> None:
    path = write("q.csv", f'{HEAD},name,water_share\nx,commune,2023-08-17,"Xã\nX",5\ny,commune,2023-08-17,Y,x\n')
    assert faults(path).startswith("q.csv:4, cell E3:")
    assert [row.line for row in read_csv(path, lambda _: False)] == [1, 2, 4]


def test_the_examples_of_the_guide_are_read(write: Callable[..., Path]) -> None:
    guide = (Path(__file__).parents[1] / "docs" / "snapshots.md").read_text(encoding="utf-8")
    document = guide.partition("```yaml\n")[2].partition("```")[0]
    tables = [
        [[cell.strip().strip("`") for cell in line.strip("|").split("|")] for line in block.splitlines()]
        for block in guide.split("\n\n")
        if block.startswith(("| id", "| unit"))
    ]
    assert len(tables) == 2
    assert len(read_snapshots(write("guide.yaml", document))) == 1
    for heads, _, *rows in tables:
        text = io.StringIO()
        csv.writer(text).writerows([heads, *rows])
        [snapshot] = read_snapshots(write("guide.csv", text.getvalue()))
        assert value(snapshot, "income_per_capita") == "52,3 triệu đồng/người/năm"


def test_shipped_packs_are_known(write: Callable[..., Path]) -> None:
    path = write(
        "v.csv", f"{HEAD},clean_water_centralised_share,finding:hatinh/commune:1.1\nx,commune,2023-08-17,5,met\n"
    )
    [snapshot] = read_snapshots(path)
    assert load_pack("hatinh/commune").id in snapshot.findings
    assert Bundle("tiny", Path()) not in CATALOGUE.bundles
