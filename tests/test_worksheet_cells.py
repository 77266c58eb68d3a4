"""What a person writes into a verification worksheet, cell by cell, and which pack the worksheet is of."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from shelf import head, indicators, shelf
from tiny_bundle import CATALOGUE, PACK

from ntm_rules.errors import NtmError
from ntm_rules.messages import Text
from ntm_rules.pack.address import Address, addressed
from ntm_rules.pack.bundle import Bundle
from ntm_rules.pack.catalogue import Catalogue
from ntm_rules.pack.condition import Op
from ntm_rules.pack.confirmation import basis_number, read_confirmations, state
from ntm_rules.pack.confirmed_value import leaf_of, leaf_with_sign, takes_document, unit_of, value_said
from ntm_rules.pack.filling import AGREES, DIFFERS
from ntm_rules.pack.legal import Verification
from ntm_rules.pack.requirement import Requirements
from ntm_rules.pack.threshold import Figure
from ntm_rules.pack.worksheet import write_worksheet

ROWS = dict(addressed(PACK))
ASKS = Requirements(PACK, CATALOGUE.measures_for(PACK), "vi", CATALOGUE)


def of(code: str, part: str = "requires", path: str = "", **rows: str) -> Address:
    return Address(code, part, path, tuple(rows.items()))


INCOME, SHARE, FINDING = of("2", region="btb", year="2023"), of("P2"), of("1.1")
UNKNOWN, COUNT = of("2", region="dbsh"), of("4.1", path="when")


def said(content: Any, address: Address) -> Any:
    """How the cell is read for the figure: a sign of its own, and the level or word."""
    op, leaf = leaf_with_sign(content, ROWS[address], ASKS)
    return op, leaf.value.plain() if isinstance(leaf, Figure) else leaf if isinstance(leaf, str) else type(
        leaf
    ).__name__


@pytest.mark.parametrize(
    ("content", "address", "read"),
    [
        ("47", INCOME, (None, "47 triệu đồng/người/năm")),
        ("4 triệu đồng/người/tháng", INCOME, (None, "4 triệu đồng/người/tháng")),
        ("≥ 47", INCOME, (None, "47 triệu đồng/người/năm")),
        (">= 47", INCOME, (None, "47 triệu đồng/người/năm")),
        ("> 47", INCOME, (Op.MORE_THAN, "47 triệu đồng/người/năm")),
        ("≤47", INCOME, (Op.AT_MOST, "47 triệu đồng/người/năm")),
        ("<=47", INCOME, (Op.AT_MOST, "47 triệu đồng/người/năm")),
        (" < 47", INCOME, (Op.LESS_THAN, "47 triệu đồng/người/năm")),
        ("= 47", INCOME, (Op.EQUAL_TO, "47 triệu đồng/người/năm")),
        ("55", SHARE, (None, "55 %")),
        ("0", SHARE, (None, "0 %")),
        ("1 %", SHARE, (None, "1 %")),
        ("Phân cấp", INCOME, (None, "Delegated")),
        ("do cấp tỉnh quy định", INCOME, (None, "Delegated")),
        ("delegated", SHARE, (None, "Delegated")),
        ("ĐÚNG", INCOME, (None, "46")),
        ("khop", SHARE, (None, "50 %")),
        ("correct", SHARE, (None, "50 %")),
        ("đạt", FINDING, (None, "met")),
        ("Met", FINDING, (None, "met")),
        ("đúng", FINDING, (None, "met")),
    ],
)
def test_a_confirmed_cell_is_a_level_with_its_sign_or_a_word(content: Any, address: Address, read: Any) -> None:
    assert said(content, address) == read


@pytest.mark.parametrize(
    ("content", "address", "told"),
    [
        ("tốt", INCOME, "write a value, or “correct”"),
        ("> phân cấp", INCOME, "phân cấp"),
        ("50", FINDING, "a department concludes on this requirement; write “met”"),
        ("> 50", FINDING, "a department concludes on this requirement; write “met”"),
        ("đúng", UNKNOWN, "there is no present value to confirm here"),
        ("3/4", SHARE, "a level is no division of two numbers; write one (75%)"),
        ("0,5", SHARE, "0.5"),
        ("1", SHARE, "1"),
        ("5 km", SHARE, "measure different things"),
        ("-5", INCOME, "outside the valid range"),
    ],
)
def test_a_confirmed_cell_that_is_none_is_told(content: Any, address: Address, told: str) -> None:
    with pytest.raises(NtmError) as refused:
        said(content, address)
    assert told in refused.value.text("en")
    assert refused.value.text("vi")


def test_beside_a_reading_a_cell_says_which_of_the_two_it_confirms() -> None:
    assert value_said("theo văn bản", AGREES, "50 %") == "50 %"
    assert value_said("as in the document", DIFFERS, "50 %") == "50 %"
    assert value_said("theo văn bản", "", "50 %") == "theo văn bản"
    assert value_said("đúng", AGREES, "50 %") == "đúng"
    assert (value_said("55", DIFFERS, "50 %"), value_said("55", DIFFERS, "")) == ("55", "55")
    for content, state_read, value in (("Theo văn bản", DIFFERS, ""), ("đúng", DIFFERS, "50 %")):
        with pytest.raises(NtmError):
            value_said(content, state_read, value)
    words = ("Theo văn bản", "THEO VAN BAN", "document", "văn bản khác")
    assert [takes_document(text) for text in words] == [
        True,
        True,
        True,
        False,
    ]


def test_a_figure_is_in_the_unit_of_what_is_compared() -> None:
    units = [unit_of(ROWS[address], ASKS) for address in (SHARE, INCOME, COUNT, FINDING)]
    assert units == ["percent", ASKS.measures["income"].unit, ASKS.measures["school_count"].unit, ""]
    leaf = ROWS[INCOME].leaf
    assert leaf_of("đúng", ROWS[INCOME], ASKS) is leaf


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("Quyết định số 318/QĐ-TTg", "318/qđ-ttg"),
        ("quyết  định 318 / QĐ-TTg", "318/qđ-ttg"),
        ("Decision No. 318/QĐ-TTg", "318/qđ-ttg"),
        ("decision no 318", "318"),
        ("QUYẾT ĐỊNH SỐ: 318", "318"),
        (" 318/QĐ-TTg ", "318/qđ-ttg"),
        ("Nghị quyết 5", "nghịquyết5"),
    ],
)
def test_the_number_of_a_decision_is_one_however_it_is_written(written: str, number: str) -> None:
    assert basis_number(written) == number


def test_a_figure_is_another_where_its_value_or_how_far_it_was_checked_is() -> None:
    """Not where only its source's place or note is: a worksheet on the desk stays good then."""
    row = ROWS[INCOME]
    assert row.leaf is not None
    now = state(row)
    noted = row.source.model_copy(update={"at": "mục 9"})
    assert state(row._replace(source=noted, leaf=row.leaf.model_copy(update={"source": noted}))) == now
    assert state(row._replace(leaf=row.leaf.model_copy(update={"note": Text("n")}))) == now
    stated = row.source.model_copy(update={"verification": Verification.STATED})
    assert state(row._replace(source=stated)) != now
    other = row.leaf.model_copy(update={"set_by": "t/o"})
    assert state(row._replace(leaf=other)) != now
    assert state(ROWS[FINDING]) == " recalled"


class Filled:
    """A worksheet of a pack that lies in a file, with one cell confirmed."""

    def __init__(self, folder: Path) -> None:
        catalogue = shelf(folder / "t", p=head("p") + indicators("{measure: water, at_least: 90}", "{finding: met}"))
        self.path, self.measures = folder / "w.xlsx", Catalogue.of([], catalogue.measures.values())
        self.file = folder / "t" / "p@1.yaml"
        write_worksheet(self.measures.load(self.file), self.path, lang="en", catalogue=self.measures)
        self.book = openpyxl.load_workbook(self.path)
        self.sheet: Any = self.book.worksheets[0]
        self.at = {str(cell.value): int(cell.column or 0) for cell in self.sheet[1]}
        self.write(4, confirmed=91, decision="1/QĐ", checked_by="A")

    def write(self, row: int, **cells: Any) -> None:
        for name, value in cells.items():
            self.sheet.cell(row, self.at[name.replace("ntm_", "ntm:")]).value = value

    def read(self) -> Any:
        self.book.save(self.path)
        return read_confirmations(self.path, None, self.measures)

    def told(self) -> str:
        with pytest.raises(NtmError) as refused:
            self.read()
        assert refused.value.text("vi")
        return refused.value.text("en")


def test_the_pack_of_a_worksheet_is_found_by_its_id_or_beside_it(tmp_path: Path) -> None:
    sheet = Filled(tmp_path)
    missing = sheet.told()
    assert missing == (
        "w.xlsx, sheet “Verification”: this worksheet was written for t/p@1, which is not installed; put the file"
        " p@1.yaml beside it, or name it with --pack (in Python: pack=)"
    )
    (tmp_path / "p@1.yaml").write_text(sheet.file.read_text("utf-8"), encoding="utf-8")
    (found,), pack = sheet.read()
    assert (pack.reference, pack.file) == ("t/p@1", tmp_path / "p@1.yaml")
    assert (found.address, found.leaf.value.plain(), found.op, found.together) == (of("1.1"), "91 %", None, False)
    assert (found.basis.id, found.source.at, found.place.cell) == (
        "qd",
        "1.1",
        sheet.sheet.cell(4, sheet.at["confirmed"]).coordinate,
    )
    sheet.measures = Catalogue((Bundle("t", tmp_path / "t"),))
    assert sheet.read()[1].file == sheet.file


def test_a_worksheet_leads_to_no_file_but_one_beside_it(tmp_path: Path) -> None:
    sheet = Filled(tmp_path)
    sheet.write(2, ntm_file="t/p@1.yaml")
    assert "put the file t/p@1.yaml beside it" in sheet.told()
    sheet.write(2, ntm_file=None)
    assert "which is not installed" in sheet.told()


def test_without_what_writes_workbooks_the_file_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(NtmError) as refused:
        write_worksheet(PACK, tmp_path / "w.xlsx", catalogue=CATALOGUE)
    assert refused.value.text("en").startswith("w.xlsx: ")
    assert "openpyxl" in refused.value.text("en")


def test_a_worksheet_that_names_no_pack_is_none(tmp_path: Path) -> None:
    sheet = Filled(tmp_path)
    for row in range(2, sheet.sheet.max_row + 1):
        sheet.write(row, ntm_pack=None)
    assert sheet.told() == "w.xlsx, sheet “Verification”: the file is not a verification worksheet"


def test_a_column_is_told_by_its_title_or_else_by_its_name(tmp_path: Path) -> None:
    sheet = Filled(tmp_path)
    (tmp_path / "p@1.yaml").write_text(sheet.file.read_text("utf-8"), encoding="utf-8")
    sheet.write(4, decision=None)
    assert sheet.told().endswith("a confirmed figure needs “Number of the decision”")
    sheet.write(3, decision=None)
    assert sheet.told().endswith("a confirmed figure needs “decision”")


@pytest.mark.parametrize(
    ("column", "said"),
    [("decision", "a confirmed figure needs “decision”"), ("checked_by", "a confirmed figure needs “checked_by”")],
)
def test_a_column_that_was_deleted_is_asked_for(tmp_path: Path, column: str, said: str) -> None:
    sheet = Filled(tmp_path)
    (tmp_path / "p@1.yaml").write_text(sheet.file.read_text("utf-8"), encoding="utf-8")
    sheet.sheet.delete_cols(sheet.at[column])
    told = sheet.told()
    assert told.endswith(said)
    assert "cell" not in told


def test_what_people_see_of_a_row_may_be_cleared(tmp_path: Path) -> None:
    sheet = Filled(tmp_path)
    (tmp_path / "p@1.yaml").write_text(sheet.file.read_text("utf-8"), encoding="utf-8")
    sheet.write(4, code=None, rows=None, text=None)
    assert len(sheet.read()[0]) == 1
    added = sheet.sheet.max_row + 1
    sheet.write(added, confirmed="5")
    cell = sheet.sheet.cell(added, sheet.at["confirmed"]).coordinate
    assert f"cell {cell}: “5” stands in a row that was added" in sheet.told()
    sheet.write(added, confirmed=None)
    sheet.write(4, code="1.2")
    assert "the columns one sees are not this figure's (“1.1”)" in sheet.told()
