"""The verification worksheet beside a document that was read: what it shows of the reading, and what of it is taken."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.cell.cell import MergedCell
from tiny_bundle import CATALOGUE, PACK

from ntm_rules.errors import NtmError
from ntm_rules.messages import Lang, Text
from ntm_rules.pack.address import Address, addressed
from ntm_rules.pack.filling import AGREES, DIFFERS, NEW, Beyond, Filled, Filling, chosen, read_decided, read_hidden
from ntm_rules.pack.loader import parse_yaml, validate
from ntm_rules.pack.model import Pack
from ntm_rules.pack.overlay import Overlay, apply
from ntm_rules.pack.worksheet import HIDDEN, apply_worksheet, write_worksheet


def of(code: str, part: str = "requires", path: str = "", **rows: str) -> Address:
    return Address(code, part, path, tuple(rows.items()))


PLAN, SHARE, MISSING = of("1.1"), of("P2"), of("2", region="dbsh")
INCOME, LATER = of("2", region="btb", year="2023"), of("2", region="btb", year="2024-2025")
NUMBER = "36/2022/QĐ-UBND"
FILLING = Filling(
    rows={
        SHARE: Filled(AGREES, "50 %", "đạt 50%", "mục 1", 0, ""),
        PLAN: Filled(AGREES, "đạt", "Có quy hoạch", "mục 2", 88, ""),
        INCOME: Filled(DIFFERS, "50 triệu đồng/người/năm", "50", "mục 3", 91, "khác 46"),
        MISSING: Filled(NEW, "58 triệu đồng/người/năm", "58", "mục 4", 92, ""),
        LATER: Filled("not_in_document", "", "", "", 0, ""),
    },
    beyond=(Beyond("9", "Nội dung lạ", "chữ của ô", "trang 4"), Beyond("10", "Nữa", "chữ", "trang 5")),
    summary="Đã đọc.",
    doubts=("Ngờ một.", "Ngờ hai."),
    decision=NUMBER,
    document=Text("tệp a.pdf", "file a.pdf"),
    issuer="UBND tỉnh",
    issued=date(2022, 5, 4),
    title="Về nước sạch",
)


SHOWN = """
    code text period what rows sign present read words reading alike why
    confirmed decision place checked_by checked_on note
"""
ASIDE = "candidates unit verification source url"


class Sheet:
    """A worksheet written for a reading of the small pack, by the names of its columns."""

    def __init__(self, folder: Path, filling: Filling = FILLING, lang: Lang = "en", pack: Pack = PACK) -> None:
        self.path, self.pack = folder / "w.xlsx", pack
        write_worksheet(pack, self.path, lang=lang, catalogue=CATALOGUE, filling=filling)
        self.book = openpyxl.load_workbook(self.path)
        self.sheet: Any = self.book.worksheets[0]
        self.at = {str(cell.value): int(cell.column or 0) for cell in self.sheet[1]}
        self.row = {
            Address.read(self.value(number, "ntm:figure")): number for number in range(4, self.sheet.max_row + 1)
        }

    def cell(self, row: int | Address, name: str) -> Any:
        return self.sheet.cell(self.row[row] if isinstance(row, Address) else row, self.at[name])

    def value(self, row: int | Address, name: str) -> Any:
        return self.cell(row, name).value

    def values(self, row: int | Address, *names: str) -> dict[str, Any]:
        return {name: self.value(row, name) for name in names or self.at if self.value(row, name) is not None}

    def write(self, row: int | Address, **cells: Any) -> None:
        for name, value in cells.items():
            self.cell(row, name).value = value

    def applied(self) -> Pack:
        self.book.save(self.path)
        text = apply_worksheet(self.path, must_confirm=False, catalogue=CATALOGUE)
        return apply(validate(Overlay, parse_yaml(text)), self.pack)

    def told(self) -> list[str]:
        """The refusal, line by line, without the workbook's and the sheet's name."""
        with pytest.raises(NtmError) as refused:
            self.applied()
        assert refused.value.text("vi")
        return [line.removeprefix("w.xlsx, sheet “Verification”, ") for line in refused.value.text("en").splitlines()]


def changed(pack: Pack) -> dict[Address, Any]:
    before = dict(addressed(PACK))
    return {a: row for a, row in addressed(pack) if (row.leaf, row.source) != (before[a].leaf, before[a].source)}


@pytest.fixture
def sheet(tmp_path: Path) -> Sheet:
    return Sheet(tmp_path)


def test_what_was_read_stands_beside_the_present_value(sheet: Sheet) -> None:
    assert list(sheet.at) == [*SHOWN.split(), *ASIDE.split(), *HIDDEN]
    read = ("read", "words", "reading", "alike", "why", "confirmed", "decision", "place", "ntm:read")
    assert sheet.values(INCOME, "present", *read) == {
        "present": "46",
        "read": "50 triệu đồng/người/năm",
        "words": "50",
        "reading": "differs",
        "alike": 91,
        "why": "khác 46",
        "decision": NUMBER,
        "place": "mục 3",
        "ntm:read": '["differs", "50 triệu đồng/người/năm"]',
    }
    # A score of nothing is none; what stands nowhere is cited from nowhere; what was not looked for is left out.
    assert sheet.values(SHARE, *read).keys() == {"read", "words", "reading", "decision", "place", "ntm:read"}
    assert sheet.values(LATER, *read) == {"reading": "not in the document", "ntm:read": '["not_in_document", ""]'}
    assert sheet.values(of("1.10"), *read) == {}


def test_the_states_of_rows_are_told_apart_by_their_colours(sheet: Sheet) -> None:
    rows = (PLAN, INCOME, MISSING, LATER)
    colours = [{sheet.cell(row, name).fill.fgColor.rgb for name in ("read", "reading", "why")} for row in rows]
    assert [len(one) for one in colours] == [1, 1, 1, 1]
    assert len(set[str]().union(*colours)) == 4
    open_cells = {sheet.cell(row, name).fill.fgColor.rgb for row in rows for name in ("confirmed", "note")}
    assert open_cells == {sheet.cell(2, name).fill.fgColor.rgb for name in ("confirmed", "checked_by", "checked_on")}


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_above_the_columns_stands_what_was_read_and_one_cell_for_all_rows(tmp_path: Path, lang: Lang) -> None:
    sheet = Sheet(tmp_path, lang=lang)
    title, summary, *doubts, guide = str(sheet.sheet["B2"].value).split("\n")
    assert (title, summary, doubts) == (
        f"{PACK.title.text(lang)} (tiny/commune@2024)",
        "Đã đọc.",
        ["Ngờ một.", "Ngờ hai."],
    )
    assert FILLING.document.text(lang) in guide
    assert (
        sheet.value(2, "reading")
        == {
            "vi": "Xác nhận cùng lúc mọi dòng “khớp” (hoặc “khớp và mới”): chọn ở ô bên phải và ghi tên người đối"
            " chiếu →",
            "en": "Confirm all rows that agree (or agree and are new) at once: choose in the cell on the right and name"
            " who checked →",
        }[lang]
    )
    assert sheet.values(2, "confirmed", "checked_by", "checked_on") == {}
    assert sheet.values(2, *HIDDEN) == {
        "ntm:pack": "tiny/commune@2024",
        "ntm:file": "commune@2024.yaml",
        "ntm:read": f'["{NUMBER}", "UBND tỉnh", "2022-05-04", "Về nước sạch"]',
        "ntm:document": "tệp a.pdf",
    }
    (offered,) = sheet.sheet.data_validations.dataValidation
    agree, both = {"vi": ("khớp", "khớp và mới"), "en": ("agrees", "agrees and new")}[lang]
    assert (str(offered.sqref), offered.formula1) == (sheet.cell(2, "confirmed").coordinate, f'"{agree},{both}"')
    title = {"vi": "Mức đã đối chiếu", "en": "Confirmed"}[lang]
    assert (offered.errorTitle, offered.error) == (title, sheet.value(2, "reading"))
    assert {sheet.cell(row, "checked_on").number_format for row in (2, 4)} == {"dd/mm/yyyy"}
    assert {str(merged) for merged in sheet.sheet.merged_cells.ranges} == {"B2:I2", "J2:L2"}


def test_only_what_helps_to_decide_is_shown(sheet: Sheet) -> None:
    hidden = {letter for letter, one in sheet.sheet.column_dimensions.items() if one.hidden}
    shown = [name for name in sheet.at if sheet.cell(1, name).column_letter not in hidden]
    assert shown == [name for name in SHOWN.split() if name != "period"]
    assert sheet.sheet.row_dimensions[1].hidden
    assert (sheet.sheet.freeze_panes, sheet.sheet.auto_filter.ref) == ("C4", f"A3:W{sheet.sheet.max_row}")


def test_what_only_the_document_has_stands_on_a_sheet_of_its_own(sheet: Sheet, tmp_path: Path) -> None:
    other = sheet.book["Not in the pack"]
    assert list(other.values) == [
        ("Code", "Indicator", "Words of the cell", "Place in the decision"),
        ("9", "Nội dung lạ", "chữ của ô", "trang 4"),
        ("10", "Nữa", "chữ", "trang 5"),
    ]
    (tmp_path / "b").mkdir()
    assert Sheet(tmp_path / "b", FILLING._replace(beyond=())).book.sheetnames == ["Verification"]


@pytest.mark.parametrize(
    ("accept", "by", "confirmed", "checked_by"),
    [
        ((AGREES,), "", "agrees", "đọc bằng máy, chấp nhận không đối chiếu từng dòng (--accept agrees)"),
        (
            (AGREES, NEW),
            "Sở A",
            "agrees and new",
            "Sở A; đọc bằng máy, chấp nhận không đối chiếu từng dòng (--accept agrees,new)",
        ),
        ((), "Sở A", None, "Sở A"),
    ],
)
def test_what_is_accepted_unseen_is_said_to_be(
    tmp_path: Path, accept: tuple[str, ...], by: str, confirmed: str | None, checked_by: str
) -> None:
    sheet = Sheet(tmp_path, FILLING._replace(accept=accept, by=by))
    assert (sheet.value(2, "confirmed"), sheet.value(2, "checked_by")) == (confirmed, checked_by)
    assert len({sheet.cell(row, name).fill.fgColor.rgb for row in (2, 4) for name in ("confirmed", "checked_by")}) == 1


@pytest.mark.parametrize(
    ("word", "taken"),
    [
        ("khớp", {SHARE, PLAN}),
        ("Agrees", {SHARE, PLAN}),
        ("khop va moi", {SHARE, PLAN, MISSING}),
        ("agrees and new", {SHARE, PLAN, MISSING}),
        ("", set[Address]()),
    ],
)
def test_one_cell_takes_over_the_rows_it_names(sheet: Sheet, word: str, taken: set[Address]) -> None:
    sheet.write(2, confirmed=word, checked_by="Nguyễn Văn A", checked_on=date(2022, 6, 1))
    pack = sheet.applied()
    assert changed(pack).keys() == taken
    for address, row in changed(pack).items():
        place = FILLING.rows[address].place
        where = f"{NUMBER}, {place}, tệp a.pdf"
        assert (row.source.basis, row.source.at, row.source.verification) == ("36-2022-qd-ubnd", place, "stated")
        assert row.source.checked_against == (f"{where}; người đối chiếu: Nguyễn Văn A; 01/06/2022",)
        basis = pack.basis(row.source.basis)
        assert (basis.number, basis.issuer, basis.issued) == (NUMBER, "UBND tỉnh", date(2022, 5, 4))
        assert basis.title == Text("Về nước sạch")
    if MISSING in taken:
        assert changed(pack)[MISSING].leaf.value.plain() == "58 triệu đồng/người/năm"


def test_a_row_says_for_itself_who_checked_it_and_when(sheet: Sheet) -> None:
    sheet.write(2, confirmed="agrees", checked_by="A", checked_on="01/06/2022")
    sheet.write(SHARE, checked_by="B", checked_on="02/06/2022", note="tạm")
    rows = changed(sheet.applied())
    assert {row.source.checked_against[0].partition("; ")[2]: row.source.note for row in rows.values()} == {
        "người đối chiếu: A; 01/06/2022": None,
        "người đối chiếu: B; 02/06/2022": Text("tạm"),
    }


def test_a_document_is_cited_for_what_was_read_in_it_only(sheet: Sheet) -> None:
    """A value of another decision, or of a row the document says nothing of, was not read there."""
    sheet.write(INCOME, confirmed="51", decision="7/2023/QĐ-UBND", checked_by="A")
    sheet.write(of("4.1", path="then"), confirmed="75", decision=NUMBER, checked_by="A")
    sheet.write(SHARE, confirmed="as in the document", checked_by="A", place=None)
    told = {address.code: row.source.checked_against for address, row in changed(sheet.applied()).items()}
    assert told == {
        "2": ("7/2023/QĐ-UBND, mục 3; người đối chiếu: A",),
        "4.1": (f"{NUMBER}; người đối chiếu: A",),
        "P2": (f"{NUMBER}, tệp a.pdf; người đối chiếu: A",),
    }


def test_a_line_above_that_was_cleared_names_no_document(sheet: Sheet) -> None:
    for row in sheet.sheet["A2:AC2"]:
        for cell in row:
            if not isinstance(cell, MergedCell):
                cell.value = None
    sheet.write(4, **{"ntm:pack": sheet.pack.reference})
    sheet.write(SHARE, confirmed="theo văn bản", decision=NUMBER, checked_by="B")
    assert changed(sheet.applied())[SHARE].source.checked_against == (f"{NUMBER}, mục 1; người đối chiếu: B",)


def test_a_title_of_the_decision_is_the_overlays_where_all_is_read_in_it(sheet: Sheet) -> None:
    sheet.write(2, confirmed="agrees", checked_by="A")
    assert sheet.applied().title == Text("Về nước sạch")
    sheet.write(INCOME, confirmed=47, decision="1/2022/QĐ-TTg", checked_by="A")
    assert sheet.applied().title == Text("Bộ tiêu chí thử nghiệm (đã đối chiếu)", "Trial criteria (checked)")


REFUSED: dict[str, tuple[dict[int | Address, dict[str, Any]], list[str]]] = {
    "a choice that is none": (
        {2: {"confirmed": "tất cả", "checked_by": "A"}},
        ["cell M2: “tất cả” is no choice for all rows; write “agrees” or “agrees and new”, or leave it empty"],
    ),
    "a day that is none, above": (
        {2: {"confirmed": "agrees", "checked_by": "A", "checked_on": "hôm qua"}},
        [
            "cell Q2: column “Checked on”, content “hôm qua”: “hôm qua” is not a day; write 2023-08-17 or"
            " day/month/year, as in 17/08/2023"
        ],
    ),
    "what was read was changed": (
        {SHARE: {"confirmed": "as in the document", "read": "60 %", "checked_by": "A"}},
        [
            "cell H4: what was read in the document is “50 %”, and this cell was changed; if it was read wrongly, write"
            " the right value under “Confirmed”"
        ],
    ),
    "what was read is said to be of another decision": (
        {SHARE: {"confirmed": "as in the document", "decision": "1/2022/QĐ-TTg", "checked_by": "A"}},
        [
            "cell N4: this value was read in 36/2022/QĐ-UBND but is said to be of 1/2022/QĐ-TTg; leave 36/2022/QĐ-UBND,"
            " or write the value of 1/2022/QĐ-TTg into the confirmed cell"
        ],
    ),
    "which of two values": (
        {INCOME: {"confirmed": "đúng", "checked_by": "A"}},
        [
            "cell M7: column “Confirmed”, content “đúng”: two different values are shown; write “as in the document”,"
            " or the right value"
        ],
    ),
    "nothing was read": (
        {LATER: {"confirmed": "theo văn bản", "decision": NUMBER, "checked_by": "A"}},
        [
            "cell M8: column “Confirmed”, content “theo văn bản”: no value was read in the document for this row; write"
            " it"
        ],
    ),
    "nobody's name, for several": (
        {2: {"confirmed": "agrees"}},
        ["cell P2: 2 confirmed figures have no “Checked by”; write the name once into this cell"],
    ),
    "nobody's name, for one": (
        {SHARE: {"confirmed": "as in the document"}},
        ["cell P4: a confirmed figure needs “Checked by”"],
    ),
    "no decision": (
        {SHARE: {"confirmed": "50", "decision": None, "checked_by": "A"}},
        ["cell N4: a confirmed figure needs “Number of the decision”"],
    ),
    "checked before the decision": (
        {SHARE: {"confirmed": "50", "checked_by": "A", "checked_on": "03/05/2022"}},
        [
            "cell Q4: nothing can have been checked on 2022-05-03: that day is to come, or lies before the decision was"
            " issued"
        ],
    ),
    "checked before the decision, said once for all": (
        {2: {"confirmed": "agrees", "checked_by": "A", "checked_on": "03/05/2022"}},
        [
            "cell Q2: nothing can have been checked on 2022-05-03: that day is to come, or lies before the decision was"
            " issued"
        ],
    ),
    "the sign of one level of several": (
        {SHARE: {"confirmed": "50", "checked_by": "A"}, INCOME: {"confirmed": "> 50", "checked_by": "A"}},
        [
            "cell M7: the sign “>” is not the pack's “≥”; the levels of one content share their sign, and this one is"
            " not given in 2 other rows of content 2. Write “as in the document”, or the level with its sign (“> 50"
            " triệu đồng/người/năm”), in those rows; if the document has several signs, leave the content empty and"
            " change the pack itself"
        ],
    ),
}


@pytest.mark.parametrize(("cells", "said"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_taken_is_told_with_its_cell(
    sheet: Sheet, cells: dict[int | Address, dict[str, Any]], said: list[str]
) -> None:
    for row, written in cells.items():
        sheet.write(row, **written)
    assert sheet.told() == said


def test_on_the_day_of_the_decision_it_can_be_checked(sheet: Sheet) -> None:
    sheet.write(SHARE, confirmed="50", checked_by="A", checked_on="04/05/2022")
    assert changed(sheet.applied()).keys() == {SHARE}


def test_a_hidden_cell_gives_back_what_was_put_into_it() -> None:
    filled = Filled(NEW, "5 “%”", "w", "p", 1, "n")
    assert read_hidden(filled.hidden()) == (NEW, "5 “%”")
    assert read_decided(FILLING.decided()) == (NUMBER, "UBND tỉnh", date(2022, 5, 4), "Về nước sạch")
    bare = FILLING._replace(issued=None, issuer="", title="", decision="")
    assert (bare.decided(), read_decided(bare.decided())) == ('["", "", "", ""]', ("", "", None, ""))


@pytest.mark.parametrize("text", ["", "x", "5", "[]", '["a"]', '["a", "b", "c"]', '["a", "b", "c", "d", "e"]'])
def test_a_hidden_cell_that_was_written_over_says_nothing(text: str) -> None:
    assert (read_hidden(text), read_decided(text)) == (("", ""), ("", "", None, ""))


@pytest.mark.parametrize(
    ("text", "states"),
    [
        ("", ()),
        ("  ", ()),
        ("KHỚP", (AGREES,)),
        ("khop", (AGREES,)),
        ("agrees", (AGREES,)),
        ("khớp và mới", (AGREES, NEW)),
        ("Khop va moi", (AGREES, NEW)),
        ("agrees and new", (AGREES, NEW)),
        ("mới", None),
    ],
)
def test_a_choice_for_all_rows_is_read_in_either_language(text: str, states: tuple[str, ...] | None) -> None:
    assert chosen(text) == states
