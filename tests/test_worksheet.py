"""The verification worksheet: filling nothing changes nothing; filling one cell changes exactly that figure."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet
from tiny_bundle import CATALOGUE, PACK

from ntm_rules import Pack, load_pack, packs
from ntm_rules.errors import NtmError, PackError
from ntm_rules.messages import Text
from ntm_rules.pack.address import Address, addressed
from ntm_rules.pack.condition import walk
from ntm_rules.pack.dumping import dump_condition, dump_threshold
from ntm_rules.pack.loader import dump_yaml, parse_yaml, validate
from ntm_rules.pack.overlay import Overlay, apply
from ntm_rules.pack.worksheet import apply_worksheet, write_worksheet

FIGURES = [address for address, _ in addressed(PACK)]
MET = {"decision": "Quyết định số 1/2022/QĐ-TTg", "checked_by": "Nguyễn Văn A", "checked_on": "01/05/2024"}


class Sheet:
    """A worksheet in a folder, opened to be filled in."""

    def __init__(self, path: Path, pack: Pack = PACK, lang: Any = "vi") -> None:
        self.path, self.pack = path, pack
        self.catalogue = CATALOGUE if pack is PACK else None
        write_worksheet(pack, path, lang=lang, catalogue=self.catalogue)
        self.book = openpyxl.load_workbook(path)
        self.sheet: Worksheet = self.book.worksheets[0]
        self.columns = {cell.value: cell.column for cell in self.sheet[1]}
        self.rows = {
            self.sheet.cell(row, self.columns["ntm:figure"]).value: row for row in range(4, self.sheet.max_row + 1)
        }

    def row(self, address: Address) -> int:
        return self.rows[address.text()]

    def get(self, address: Address, column: str) -> Any:
        return self.sheet.cell(self.row(address), self.columns[column]).value

    def fill(self, address: Address, confirmed: Any, **cells: Any) -> str:
        for name, value in {"confirmed": confirmed, **MET, **cells}.items():
            self.sheet.cell(self.row(address), self.columns[name]).value = value
        return self.sheet.cell(self.row(address), self.columns["confirmed"]).coordinate

    def apply(self, overlay_id: str | None = None) -> str:
        self.book.save(self.path)
        return apply_worksheet(self.path, overlay_id, must_confirm=False, catalogue=self.catalogue)

    def applied(self) -> Pack:
        return apply(validate(Overlay, parse_yaml(self.apply())), self.pack)

    def faults(self) -> str:
        with pytest.raises(NtmError) as caught:
            self.apply()
        assert caught.value.text("vi")
        return caught.value.text("en")


@pytest.fixture
def sheet(tmp_path: Path) -> Sheet:
    return Sheet(tmp_path / "worksheet.xlsx")


def figures(pack: Pack) -> dict[Address, tuple[Any, ...]]:
    """Every figure with its value, its origin and its source."""
    return {
        address: (
            row.leaf and (type(row.leaf), row.leaf.model_dump(exclude={"source"}), row.leaf.set_by),
            row.source,
        )
        for address, row in addressed(pack)
    }


def of(code: str, part: str = "requires", path: str = "", rows: dict[str, str] | None = None) -> Address:
    return Address(code, part, path, tuple((rows or {}).items()))


INCOME = of("2", rows={"region": "btb", "year": "2023"})


@pytest.mark.parametrize("reference", [info.reference for info in packs()])
def test_filling_nothing_changes_nothing(tmp_path: Path, reference: str) -> None:
    pack = load_pack(reference)
    assert figures(Sheet(tmp_path / "w.xlsx", pack).applied()) == figures(pack)


@pytest.mark.parametrize("address", FIGURES, ids=str)
def test_filling_one_cell_changes_exactly_that_figure(sheet: Sheet, address: Address) -> None:
    row = dict(addressed(PACK))[address]
    sheet.fill(address, "đạt" if row.leaf is None else 5, place="Phụ lục")
    before, after = figures(PACK), figures(sheet.applied())
    assert [one for one in before if before[one] != after[one]] == [address]
    leaf, source = after[address]
    assert (source.verification, source.basis, source.at) == ("stated", "qd1", "Phụ lục")
    assert source.checked_against == ("1/2022/QĐ-TTg, Phụ lục; người đối chiếu: Nguyễn Văn A; 01/05/2024",)
    assert leaf is None or (leaf[1]["value"].startswith("5"), leaf[2]) == (True, "worksheet/tiny/commune")


@given(chosen=st.sets(st.sampled_from(FIGURES), min_size=2))
@settings(max_examples=30, deadline=None)
def test_filling_some_cells_changes_exactly_those(
    tmp_path_factory: pytest.TempPathFactory, chosen: set[Address]
) -> None:
    sheet = Sheet(tmp_path_factory.getbasetemp() / "some.xlsx")
    for address in chosen:
        sheet.fill(address, "đạt" if dict(addressed(PACK))[address].leaf is None else 5)
    before, after = figures(PACK), figures(sheet.applied())
    assert {address for address in before if before[address] != after[address]} == chosen


def test_an_overlay_of_an_overlay_keeps_the_first_ones_figures(tmp_path: Path) -> None:
    pack = load_pack("hatinh/commune")
    sheet = Sheet(tmp_path / "w.xlsx", pack)
    chosen = of("17.1", path="all.0", rows={"region": "btb"})
    sheet.fill(chosen, "45 %")
    before, after = figures(pack), figures(sheet.applied())
    assert [one for one in before if before[one] != after[one]] == [chosen]


def test_the_overlay_loads_from_its_file(sheet: Sheet, tmp_path: Path) -> None:
    sheet.fill(INCOME, "47.000.000 đồng/người/năm")
    path = tmp_path / "overlay.yaml"
    path.write_text(sheet.apply("hatinh/checked"), encoding="utf-8")
    pack = CATALOGUE.load(path)
    assert pack.reference == "hatinh/checked@2024"
    assert pack.extends == (PACK.reference,)
    assert pack.title.text("en") == "Trial criteria (checked)"


def test_a_row_shows_what_the_pack_has(sheet: Sheet) -> None:
    shown = {
        name: sheet.get(INCOME, name) for name in ("code", "what", "rows", "sign", "present", "unit", "verification")
    }
    assert shown == {
        "code": "2",
        "what": "Thu nhập bình quân",
        "rows": "Bắc Trung Bộ, 2023",
        "sign": "≥",
        "present": "46",
        "unit": "triệu đồng/người/năm",
        "verification": "theo trí nhớ, chưa đối chiếu",
    }
    missing = of("2", rows={"region": "dbsh"})
    assert (sheet.get(missing, "present"), sheet.get(missing, "candidates")) == ("chưa nhập", "58; 60")
    assert sheet.get(of("2", rows={"region": "otherwise"}), "present") == "do cấp tỉnh quy định"
    assert sheet.get(of("1.1"), "present") == "đạt"
    assert sheet.get(of("1.1"), "what") == "kết luận của cơ quan phụ trách"
    assert sheet.get(of("3.1", "version.0", "all.0"), "period") == "… – 31/12/2023"
    assert sheet.get(of("3.1", path="all.1"), "source") == "1/2022/QĐ-TTg, Phụ lục, tiêu chí 3"
    assert sheet.get(of("3.1", path="all.1"), "url") == "báo in"
    assert sheet.get(of("P2"), "what") == "tỷ lệ thôn đạt tiny/village"
    assert sheet.get(of("3.2"), "present") == "1,1 lần mức chỉ tiêu 3.2 của tiny/older"


def test_the_worksheet_exists_in_english(tmp_path: Path) -> None:
    sheet = Sheet(tmp_path / "w.xlsx", lang="en")
    assert sheet.get(of("2", rows={"region": "otherwise"}), "present") == "delegated"
    sheet.fill(of("1.1"), "met")
    assert sheet.applied()["1.1"].source is not None


def test_the_present_value_is_confirmed_by_a_word(sheet: Sheet) -> None:
    uncertain = of("2", rows={"region": "btb", "year": "2024-2025"})
    sheet.fill(uncertain, "Đúng")
    before, after = figures(PACK)[uncertain], figures(sheet.applied())[uncertain]
    assert (before[0][1]["value"], after[0][1]["value"]) == ("48", "48")
    assert (before[1].verification, after[1].verification) == ("uncertain", "stated")


def test_the_decision_may_leave_a_value_to_the_province(sheet: Sheet) -> None:
    sheet.fill(INCOME, "phân cấp")
    assert figures(sheet.applied())[INCOME][0][1]["delegated"] is True


def test_another_decision_becomes_a_basis_of_its_own(sheet: Sheet) -> None:
    sheet.fill(of("1.1"), "đạt", decision="Quyết định 36/2022/QĐ-UBND", checked_on=None)
    sheet.fill(INCOME, 47, decision="36/2022/qđ-ubnd", note="tạm")
    pack = sheet.applied()
    source = figures(pack)[INCOME][1]
    assert (source.basis, source.at, source.note) == ("36-2022-qd-ubnd", "", Text("tạm"))
    assert pack.basis(source.basis).number == "36/2022/QĐ-UBND"
    assert figures(pack)[of("1.1")][1].checked_against == ("36/2022/QĐ-UBND; người đối chiếu: Nguyễn Văn A",)


def test_two_decisions_of_like_numbers_stay_apart(sheet: Sheet) -> None:
    sheet.fill(INCOME, 47, decision="36/2022/QĐ-UBND")
    sheet.fill(of("1.1"), "đạt", decision="36-2022-QĐ-UBND")
    names = [basis.id for basis in sheet.applied().legal_basis]
    assert names == ["qd1", "36-2022-qd-ubnd", "36-2022-qd-ubnd-2"]


def test_a_reference_without_a_confirmed_value_confirms_nothing(sheet: Sheet) -> None:
    for address in FIGURES:
        sheet.fill(address, None)
    assert figures(sheet.applied()) == figures(PACK)


@pytest.mark.parametrize(
    ("address", "confirmed", "said"),
    [
        (INCOME, "12 %", "measure different things"),
        (INCOME, "nhiều", "write a value, or"),
        (INCOME, -5, "outside the valid range"),
        (INCOME, "đạt", "write a value, or"),
        (of("P2"), "5 hộ", "measure different things"),
        (of("1.1"), "55", "a department concludes on this requirement"),
        (of("2", rows={"region": "dbsh"}), "đúng", "there is no present value to confirm"),
    ],
)
def test_each_confirmed_cell_that_cannot_be_has_its_message(
    sheet: Sheet, address: Address, confirmed: Any, said: str
) -> None:
    cell = sheet.fill(address, confirmed)
    text = sheet.faults()
    assert said in text
    assert f"worksheet.xlsx, sheet “Đối chiếu”, cell {cell}: column “Mức đã đối chiếu”, content “{confirmed}”" in text


def test_all_faults_come_at_once(sheet: Sheet) -> None:
    sheet.fill(INCOME, "x", checked_by=None)
    sheet.fill(of("1.1"), "đạt", decision=None, checked_on="hôm qua")
    text = sheet.faults()
    assert text.count("\n") == 3
    for said in (
        "write a value, or",
        "a confirmed figure needs “Người đối chiếu”",
        "needs “Số văn bản”",
        "is not a day",
    ):
        assert said in text


def test_conclusions_with_one_source_are_confirmed_together(tmp_path: Path) -> None:
    first = PACK["1.1"].model_copy(
        update={"requires": validate_condition({"all": [{"finding": "met"}, {"finding": "met"}]})}
    )
    criteria = (PACK.criteria[0].model_copy(update={"indicators": (first,)}), *PACK.criteria[1:])
    pack = Pack.model_validate(PACK.model_copy(update={"criteria": criteria}))
    write_worksheet(pack, tmp_path / "w.xlsx", catalogue=CATALOGUE)
    sheet = Sheet.__new__(Sheet)
    sheet.path, sheet.book = tmp_path / "w.xlsx", openpyxl.load_workbook(tmp_path / "w.xlsx")
    sheet.sheet = sheet.book.worksheets[0]
    sheet.columns = {cell.value: cell.column for cell in sheet.sheet[1]}
    sheet.rows = {address.text(): row for row, (address, _) in enumerate(addressed(pack), 4)}
    sheet.fill(of("1.1", path="all.0"), "đạt")
    sheet.book.save(sheet.path)
    with pytest.raises(PackError, match="several conclusions with one source"):
        apply_worksheet(sheet.path, pack=pack, catalogue=CATALOGUE)
    sheet.fill(of("1.1", path="all.1"), "đạt")
    sheet.book.save(sheet.path)
    assert "code: '1.1'" in apply_worksheet(sheet.path, pack=pack, catalogue=CATALOGUE)


def validate_condition(raw: object) -> Any:
    from pydantic import TypeAdapter

    from ntm_rules.pack.condition import Condition

    return TypeAdapter(Condition).validate_python(raw)


def test_a_worksheet_of_an_older_pack_is_refused(sheet: Sheet) -> None:
    sheet.fill(INCOME, 47)
    sheet.sheet.cell(sheet.row(INCOME), sheet.columns["ntm:state"]).value = '{"value":"45"} recalled'
    assert "tiny/commune@2024 has changed since the worksheet was written" in sheet.faults()
    sheet.sheet.cell(sheet.row(INCOME), sheet.columns["ntm:figure"]).value = "?"
    assert "has changed since" in sheet.faults()


def test_a_row_that_was_added_is_not_passed_over(sheet: Sheet) -> None:
    sheet.sheet.cell(sheet.sheet.max_row + 1, sheet.columns["confirmed"]).value = "55"
    assert "“55” stands in a row that was added" in sheet.faults()


def test_another_workbook_is_no_worksheet(tmp_path: Path) -> None:
    openpyxl.Workbook().save(tmp_path / "a.xlsx")
    with pytest.raises(PackError, match="not a verification worksheet"):
        apply_worksheet(tmp_path / "a.xlsx")


def test_an_id_that_is_none_is_refused(sheet: Sheet) -> None:
    with pytest.raises(PackError, match="id"):
        sheet.apply("Hà Tĩnh")


def test_nothing_from_the_pack_becomes_a_formula(sheet: Sheet) -> None:
    assert not [cell.coordinate for row in sheet.sheet for cell in row if cell.data_type == "f"]
    assert sheet.sheet.freeze_panes == "C4"


@pytest.mark.parametrize("reference", [info.reference for info in packs()])
def test_every_condition_is_spelled_as_a_file_spells_it(reference: str) -> None:
    pack = load_pack(reference)
    for indicator in (*pack.prerequisites, *pack.indicators()):
        for root in (indicator.requires, indicator.applies_if, *(one.requires for one in indicator.versions)):
            if root is not None:
                back = validate_condition(parse_yaml(dump_yaml(dump_condition(root))).data)
                # Which overlay put a figure where it stands is found out when files are read, and never written.
                same = [[_without(one.model_dump(), "set_by") for _, one in walk(part)] for part in (back, root)]
                assert same[0] == same[1]


def test_a_sum_with_earned_points_is_written_as_it_is_read() -> None:
    """No shipped pack earns points by an indicator, so the round trip above does not pass here."""
    written = {"total_of": ["m", {"indicator": "1.1", "points": 5}], "at_least": "50 điểm", "never_above": "100 điểm"}
    read = validate_condition(written)
    assert validate_condition(parse_yaml(dump_yaml(dump_condition(read))).data) == read


def _without(data: Any, key: str) -> Any:
    if isinstance(data, dict):
        return {name: _without(value, key) for name, value in data.items() if name != key}
    return [_without(value, key) for value in data] if isinstance(data, (list, tuple)) else data


THRESHOLDS: st.SearchStrategy[Any] = st.recursive(
    st.sampled_from(["delegated", "untranscribed", 5, "1,25 %", "1897 ha", {"times": "1.1", "threshold_of": "a/b#1"}])
    | st.builds(lambda n: {"value": n, "note": "no"}, st.integers(-(10**6), 10**6)),
    lambda inner: st.one_of(
        st.builds(lambda a, b: {"by_region": {"btb": a, "tn": b}}, inner, inner),
        st.builds(lambda a, b: {"by_year": {"2022-2023": a, "2024": b}, "otherwise": "delegated"}, inner, inner),
        st.builds(lambda a, b: {"by_attribute": "x", "cases": {"true": a, "no": b}}, inner, inner),
        st.builds(lambda a: {"by_level": {"ward": a}}, inner),
    ),
    max_leaves=6,
)


@given(THRESHOLDS)
def test_a_threshold_is_spelled_as_a_file_spells_it(raw: Any) -> None:
    def read(threshold: Any) -> Any:
        return validate_condition({"measure": "m", "at_least": threshold}).threshold

    threshold = read(raw)
    assert read(parse_yaml(dump_yaml(dump_threshold(threshold))).data) == threshold


def test_yaml_is_written_without_aliases() -> None:
    shared = {"a": "no"}
    reader: Callable[[str], Any] = lambda text: parse_yaml(text).data  # noqa: E731
    assert reader(dump_yaml([shared, shared])) == [shared, shared]


def test_a_row_sorted_without_its_hidden_cells_is_not_taken(sheet: Sheet) -> None:
    """What people see is of one figure and what is hidden of another: nobody knows which was meant."""
    other = of("2", rows={"region": "btb", "year": "2024-2025"})
    for name in ("code", "rows", "present"):
        mine, theirs = (sheet.sheet.cell(sheet.row(one), sheet.columns[name]) for one in (INCOME, other))
        mine.value, theirs.value = theirs.value, mine.value
    sheet.fill(INCOME, 47)
    assert "sorted or copied without the hidden ones" in sheet.faults()


def test_one_figure_confirmed_twice_is_told_unless_it_says_the_same(sheet: Sheet) -> None:
    copied = sheet.sheet.max_row + 1
    sheet.fill(INCOME, 47)
    for column in sheet.columns.values():
        sheet.sheet.cell(copied, column).value = sheet.sheet.cell(sheet.row(INCOME), column).value
    assert figures(sheet.applied())[INCOME][0][1]["value"].startswith("47 ")
    sheet.sheet.cell(copied, sheet.columns["confirmed"]).value = 46
    assert "one figure is confirmed twice" in sheet.faults()


def test_a_second_sheet_with_a_worksheet_is_not_passed_over(sheet: Sheet) -> None:
    sheet.fill(INCOME, 47)
    sheet.book.copy_worksheet(sheet.sheet)
    assert "several sheets are worksheets" in sheet.faults()


@pytest.mark.parametrize("day", ["01/01/2020", "31/12/2999"])
def test_nothing_is_checked_before_its_decision_or_tomorrow(sheet: Sheet, day: str) -> None:
    sheet.fill(INCOME, 47, checked_on=day)
    assert "nothing can have been checked on" in sheet.faults()
