"""A form shows what the law asks, and what is filled in reads back to the same snapshot."""

from __future__ import annotations

import copy
import tempfile
import warnings
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet
from tiny_bundle import CATALOGUE, PACK, snapshots

from ntm_rules import Pack, Snapshot, Unit, load_pack, packs, read_snapshots
from ntm_rules.errors import SnapshotError
from ntm_rules.pack.catalogue import installed
from ntm_rules.snapshot.form import write_form
from ntm_rules.snapshot.readers import SnapshotWarning


class Form:
    """A form in a folder, opened to be filled in."""

    def __init__(self, path: Path, pack: Pack = PACK, **options: Any) -> None:
        self.path = path
        self.catalogue = CATALOGUE if pack is PACK else installed()
        write_form(pack, path, catalogue=self.catalogue, **options)
        self.book = openpyxl.load_workbook(path)
        self.sheet: Worksheet = self.book.worksheets[-1]
        self.columns = {cell.value: cell.column for cell in self.sheet[1]}

    def rows(self, **hidden: str) -> list[int]:
        names = {"kind": "ntm:kind"}
        return [
            row
            for row in range(3, self.sheet.max_row + 1)
            if all(self.get(row, names.get(name, name)) == value for name, value in hidden.items())
        ]

    def get(self, row: int, column: str) -> Any:
        return self.sheet.cell(row, self.columns[column]).value

    def put(self, row: int, column: str, value: Any, number_format: str = "") -> None:
        cell = self.sheet.cell(row, self.columns[column])
        cell.value = value
        if number_format:
            cell.number_format = number_format

    def set_unit(self, **fields: Any) -> None:
        for field, value in fields.items():
            self.put(self.rows(kind="unit", detail=field)[0], "value", value)

    def read(self, **options: Any) -> tuple[Snapshot, ...]:
        self.book.save(self.path)
        return read_snapshots(self.path, catalogue=self.catalogue, **options)

    def texts(self, column: str) -> Iterator[str]:
        yield from (str(self.get(row, column)) for row in range(3, self.sheet.max_row + 1) if self.get(row, column))


@pytest.fixture
def form(tmp_path: Path) -> Form:
    blank = Form(tmp_path / "form.xlsx")
    blank.set_unit(id="ky-phu", name="Xã Kỳ Phú", region="Bắc Trung Bộ", as_of="17/08/2023")
    return blank


@pytest.mark.parametrize("layout", ["sheets", "units"])
@given(snapshot=snapshots(), lang=st.sampled_from(["vi", "en"]))
@settings(max_examples=settings.default.max_examples // 2, deadline=None)
def test_a_form_filled_from_a_snapshot_reads_back_to_it(layout: Any, snapshot: Snapshot, lang: Any) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "form.xlsx")
        write_form(PACK, path, snapshots=[snapshot], layout=layout, lang=lang, catalogue=CATALOGUE)
        assert read_snapshots(path, catalogue=CATALOGUE) == (snapshot,)


@pytest.mark.parametrize("layout", ["sheets", "units"])
@given(first=snapshots("a"), second=snapshots("b"))
@settings(max_examples=10, deadline=None)
def test_several_units_stay_apart(layout: Any, first: Snapshot, second: Snapshot) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "form.xlsx")
        write_form(PACK, path, snapshots=[first, second], layout=layout, catalogue=CATALOGUE)
        assert read_snapshots(path, catalogue=CATALOGUE) == (first, second)


@pytest.mark.parametrize("layout", ["sheets", "units"])
@pytest.mark.parametrize("words", ["ntm:guide", "ntm:kind"])
def test_the_forms_own_marks_written_as_somebodys_words_hide_nothing(tmp_path: Path, layout: Any, words: str) -> None:
    given = {"pack": "tiny/older", "decision": words, "on": "2000-01-01"}
    unit = {"id": "a", "name": words, "level": "commune"}
    snapshot = Snapshot.model_validate({"unit": unit, "as_of": "2000-01-01", "recognitions": [given]})
    write_form(PACK, tmp_path / "form.xlsx", snapshots=[snapshot], layout=layout, catalogue=CATALOGUE)
    assert read_snapshots(tmp_path / "form.xlsx", catalogue=CATALOGUE) == (snapshot,)


@pytest.mark.parametrize("reference", [info.reference for info in packs()])
@pytest.mark.parametrize("layout", ["sheets", "units"])
def test_forms_of_the_shipped_packs_read_back(tmp_path: Path, reference: str, layout: Any) -> None:
    pack = load_pack(reference)
    unit = {"id": "=cmd", "name": "@Đơn vị", "level": pack.applies_to[0]}
    codes = {item.code: "met" for item in (*pack.criteria, *pack.indicators())}
    snapshot = Snapshot.model_validate({"unit": unit, "as_of": "2023-08-17", "findings": {pack.id: codes}})
    write_form(pack, tmp_path / "form.xlsx", snapshots=[snapshot], layout=layout)
    assert read_snapshots(tmp_path / "form.xlsx") == (snapshot,)


def test_criteria_stand_in_the_laws_order_and_words(tmp_path: Path) -> None:
    pack = load_pack("vn/commune@2021-2025")
    form = Form(tmp_path / "form.xlsx", pack)
    shown = [text for text in form.texts("code_shown") if not text.startswith("P")]
    wanted = []
    for criterion in pack.criteria:
        wanted += [criterion.code, *(indicator.code for indicator in criterion.indicators)]
    assert shown == wanted
    words = list(form.texts("text"))
    assert [text for text in words if text in {i.text.vi for i in pack.indicators()}] == [
        i.text.vi for i in pack.indicators()
    ]


def test_a_code_that_looks_like_a_number_stays_a_text(form: Form) -> None:
    [row] = form.rows(kind="fact", code="1.10")
    assert form.sheet.cell(row, form.columns["code_shown"]).data_type == "s"


def test_a_value_a_finding_and_their_details_are_filled_in(form: Form) -> None:
    [row] = form.rows(kind="fact", code="2")
    for column, value in {"value": 52.3, "by": "Cục Thống kê", "on": "01/08/2023", "evidence": "CV 12"}.items():
        form.put(row, column, value)
    [row] = form.rows(kind="fact", code="1.1")
    form.put(row, "finding", "chưa đạt")
    form.put(row, "remark", "đang lập")
    [snapshot] = form.read()
    assert snapshot.unit == Unit(id="ky-phu", name="Xã Kỳ Phú", level="commune", region="btb")
    assert snapshot.to_dict()["measures"] == {
        "income": [
            {"value": "52,3 triệu đồng/người/năm", "by": "Cục Thống kê", "on": "2023-08-01", "evidence": "CV 12"}
        ]
    }
    assert snapshot.to_dict()["findings"] == {"tiny/commune": {"1.1": [{"finding": "not_met", "remark": "đang lập"}]}}


def test_the_required_value_is_the_one_for_the_unit_and_day(tmp_path: Path) -> None:
    unit = Unit(id="x", level="commune", region="btb")
    known = Form(tmp_path / "known.xlsx", units=[unit], as_of=date(2023, 8, 17))
    assert known.get(known.rows(code="2", kind="fact")[0], "required") == "≥ 46 triệu đồng/người/năm (chưa đối chiếu)"
    moved = unit.model_copy(update={"attributes": {"difficult": True}})
    sent = Form(tmp_path / "sent.xlsx", units=[moved], as_of=date(2023, 8, 17))
    assert "≥ 39" in sent.get(sent.rows(code="2", kind="fact")[0], "required")
    open_ = Form(tmp_path / "open.xlsx")
    table = open_.get(open_.rows(code="2", kind="fact")[0], "required")
    assert "Bắc Trung Bộ" in table
    assert "(chưa nhập mức của văn bản) (Đồng bằng sông Hồng)" in table
    assert "(do cấp tỉnh quy định) (trường hợp khác)" in table


def test_every_kind_of_requirement_is_said_in_words(tmp_path: Path) -> None:
    vi, en = Form(tmp_path / "vi.xlsx"), Form(tmp_path / "en.xlsx", lang="en")
    vietnamese, english = "\n".join(vi.texts("required")), "\n".join(en.texts("required"))
    for text in (
        "đạt tiny/older",
        "tỷ lệ thôn đạt tiny/village ≥ 50 %",
        "(nếu có)",
        "≤ 1,1 lần mức chỉ tiêu 3.2 của tiny/older",
        "nếu Số trường học > 3 trường",
        "hoặc",
        "… – 31/12/2023:",
        "Xã khó khăn: có",
    ):
        assert text in vietnamese
    shares = "share of units (village) meeting"
    for text in ("meets tiny/older", shares, "if any", "1.1 times the value of 3.2", "otherwise:"):
        assert text in english


def test_a_finding_is_chosen_from_a_list_and_the_header_stays_in_sight(form: Form) -> None:
    lists = {validation.formula1 for validation in form.sheet.data_validations.dataValidation}
    assert '"đạt,chưa đạt,không áp dụng"' in lists
    assert form.sheet.freeze_panes == "C3"
    assert form.sheet.print_title_rows == "$2:$2"
    assert all(form.sheet.column_dimensions[name].hidden for name in "LMNOP")


def test_nothing_from_data_becomes_a_formula(tmp_path: Path) -> None:
    unit = Unit(id="=HYPERLINK(1)", name="+1", level="commune", province="@x", parent="-2")
    form = Form(tmp_path / "form.xlsx", units=[unit], as_of=date(2023, 1, 1))
    assert not [cell.coordinate for row in form.sheet for cell in row if cell.data_type == "f"]
    assert form.read()[0].unit == unit


def test_a_duplicated_sheet_is_another_unit(form: Form) -> None:
    other = form.book.copy_worksheet(form.sheet)
    [row] = form.rows(kind="unit", detail="id")
    other.cell(row, form.columns["value"]).value = "ky-tho"
    assert [snapshot.unit.id for snapshot in form.read()] == ["ky-phu", "ky-tho"]


def test_a_copied_row_is_a_second_value(form: Form) -> None:
    [row] = form.rows(kind="fact", code="2")
    last = form.sheet.max_row + 1
    for column in range(1, form.sheet.max_column + 1):
        form.sheet.cell(last, column).value = copy.copy(form.sheet.cell(row, column).value)
    form.put(row, "value", 50)
    form.put(last, "value", 51)
    assert [str(o.value.value) for o in form.read()[0].measures["income"]] == ["50", "51"]


def test_a_measure_asked_twice_is_filled_in_once(tmp_path: Path) -> None:
    form = Form(tmp_path / "form.xlsx")
    assert len(form.rows(kind="fact", measure="school_share")) == 1


def test_an_unfilled_form_is_said_to_be_unfilled(tmp_path: Path) -> None:
    with pytest.raises(SnapshotError, match="nothing is filled in"):
        Form(tmp_path / "form.xlsx", as_of=date(2023, 1, 1)).read()


def test_a_unit_without_facts_is_a_snapshot_all_the_same(form: Form) -> None:
    assert form.read()[0].measures == {}


def test_a_form_without_a_unit_is_an_error(tmp_path: Path) -> None:
    form = Form(tmp_path / "form.xlsx")
    form.put(form.rows(kind="fact", code="1.1")[0], "finding", "đạt")
    with pytest.raises(SnapshotError, match="does not say which unit"):
        form.read()


def test_a_form_without_a_day_takes_the_one_given_or_says_so(form: Form) -> None:
    form.set_unit(as_of=None)
    with pytest.raises(SnapshotError, match="as of which day"):
        form.read()
    assert form.read(as_of="2023-08-17")[0].as_of == date(2023, 8, 17)


def test_all_faults_of_a_form_come_at_once_with_their_cells(form: Form) -> None:
    cells = {
        ("2", "value"): "x",
        ("1.1", "finding"): "tốt",
        ("1.10", "value"): 5,
        ("3.2", "value"): 120,
        ("5", "on"): "hôm qua",
    }
    places = []
    for (code, column), value in cells.items():
        [row] = form.rows(kind="fact", code=code)
        form.put(row, column, value)
        places.append(form.sheet.cell(row, form.columns[column]).coordinate)
    form.put(form.rows(kind="fact", code="5")[0], "finding", "đạt")
    [row] = form.rows(kind="fact", measure="water_share")
    form.put(row, "finding", "đạt")
    places.append(form.sheet.cell(row, form.columns["finding"]).coordinate)
    extra = form.sheet.max_row + 1
    form.put(extra, "value", 7)
    with pytest.raises(SnapshotError) as caught:
        form.read()
    found = {problem.place.cell for problem in caught.value.problems}
    assert found == {*places, f"E{extra}"}
    said = caught.value.text("vi")
    assert "trang tính “Đơn vị”, ô" in said
    assert "dòng tự thêm" in said
    assert "chỉ tiêu này không có số liệu" in said
    assert "dòng này không ghi kết luận" in said


def test_a_cell_merged_over_rows_is_an_error(form: Form) -> None:
    """The rows under the first would lose what the officer filled in for all of them."""
    above, below = form.rows(kind="fact", code="1.1")[0], form.rows(kind="fact", code="1.10")[0]
    form.put(above, "finding", "đạt")
    form.sheet.merge_cells(f"F{above}:F{below}")
    with pytest.raises(SnapshotError, match=f"cell F{below}: a cell merged over several rows") as caught:
        form.read()
    assert len(caught.value.problems) == 1


def test_a_value_beside_an_indicator_of_several_measures_is_sent_to_its_row(form: Form) -> None:
    form.put(form.rows(kind="fact", code="3.1")[0], "value", "12,8 %")
    with pytest.raises(SnapshotError, match="“12,8 %”: the indicator has several measures; write each"):
        form.read()


def test_a_title_put_above_the_form_does_no_harm(form: Form) -> None:
    form.put(form.rows(kind="fact", code="2")[0], "value", "52,3")
    form.sheet.insert_rows(1)
    form.sheet["A1"] = "UBND XÃ KỲ PHÚ"
    (read,) = form.read()
    assert [str(one.value.value) for one in read.measures["income"]] == ["52.3"]


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_form_whose_hidden_cells_are_gone_is_known_for_one(tmp_path: Path, lang: Any) -> None:
    for number, cut in enumerate((lambda sheet: sheet.delete_rows(1), lambda sheet: sheet.delete_cols(12, 5))):
        form = Form(tmp_path / f"form{number}.xlsx", lang=lang)
        cut(form.sheet)
        with pytest.raises(SnapshotError, match="the form has lost its hidden first row or hidden columns") as caught:
            form.read()
        assert len(caught.value.problems) == 1


def test_a_percentage_under_one_is_written_so_that_nobody_takes_it_for_a_fraction(tmp_path: Path) -> None:
    known = Snapshot(unit=Unit(id="x", level="commune"), as_of=date(2023, 8, 17), measures={"water_share": "0,5 %"})
    form = Form(tmp_path / "form.xlsx", snapshots=[known])
    assert form.get(form.rows(kind="fact", measure="water_share")[0], "value") == "0,5 %"
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert form.read() == (known,)


@pytest.mark.parametrize(("lang", "period"), [("vi", "08/03/2022 – 29/02/2024"), ("en", "2022-03-08 to 2024-02-29")])
def test_periods_are_written_as_the_language_does(tmp_path: Path, lang: Any, period: str) -> None:
    form = Form(tmp_path / "form.xlsx", pack=load_pack("hatinh/commune"), lang=lang)
    assert any(period in text for text in form.texts("required"))


def test_a_note_beside_nothing_is_warned_about(form: Form) -> None:
    form.put(form.rows(kind="fact", code="1.1")[0], "remark", "đang chờ")
    with pytest.warns(SnapshotWarning, match="is not read") as caught:
        form.read()
    assert isinstance(caught[0].message, SnapshotWarning)
    assert "không được đọc" in caught[0].message.problem.text("vi")


def test_counts_of_children_need_their_total(form: Form) -> None:
    [row] = form.rows(kind="children", detail="meeting")
    form.put(row, "value", 3)
    with pytest.raises(SnapshotError, match="the total number of units is not given"):
        form.read()


@pytest.mark.parametrize("value", ["ba", -1, 2.5, "3 %"])
def test_a_count_is_a_whole_number(form: Form, value: Any) -> None:
    form.put(form.rows(kind="children", detail="total")[0], "value", value)
    with pytest.raises(SnapshotError, match="cell E"):
        form.read()


def test_a_recognition_needs_its_day(form: Form) -> None:
    form.put(form.rows(kind="recognition", pack="tiny/older")[0], "value", "12/QĐ-UBND")
    with pytest.raises(SnapshotError, match="a recognition needs its pack and the day"):
        form.read()


def test_what_excel_cannot_hold_is_refused_before_it_is_lost(tmp_path: Path) -> None:
    unit = Unit(id="x", name="a\x07b", level="commune")
    with pytest.raises(SnapshotError, match="Excel cannot hold the text"):
        write_form(PACK, tmp_path / "form.xlsx", [unit], catalogue=CATALOGUE)
    with pytest.raises(SnapshotError, match="Excel cannot hold the text"):
        write_form(PACK, tmp_path / "form.xlsx", [unit.model_copy(update={"name": "a" * 40_000})], catalogue=CATALOGUE)


def test_units_of_one_name_have_sheets_of_their_own(tmp_path: Path) -> None:
    name = "Xã [Tân Lập]: tên dài quá ba mươi mốt ký tự"
    units = [Unit(id=str(n), name=name, level="commune") for n in range(3)]
    form = Form(tmp_path / "form.xlsx", units=units, as_of=date(2023, 1, 1))
    assert len({title.casefold() for title in form.book.sheetnames}) == 4
    assert [snapshot.unit for snapshot in form.read()] == units


def test_reading_a_form_warns_of_nothing_else(form: Form) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        form.read()
