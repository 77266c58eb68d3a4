"""What a table says of itself: its legends, its days, whose it is, and what its title says against its marks."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest
from layout_tables import MEASURED, PACK, UNITS, looked_at, read, small
from openpyxl.styles import Font

from ntm_rules.errors import NtmError
from ntm_rules.layout import read_layout, write_layout
from ntm_rules.layout.files import Asked, FileRead, read_file
from ntm_rules.layout.legends import legend
from ntm_rules.layout.period import find_period, periods
from ntm_rules.snapshot.cells import SnapshotWarning
from ntm_rules.snapshot.observation import FindingValue

OVER = ["Đến ngày 30/06/2024"]
HEAD = ["TT", "Tên xã", "1", "2", "3"]
ROW = ["1", "Xã An Bình", "x", "o", "x"]


def doubts(*rows: list[object]) -> list[str]:
    proposal, _ = looked_at(small(*rows))
    return [doubt.key for doubt in proposal.doubts]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Ghi chú: dấu x là đạt, để trống là chưa đạt", {"x": "met", "": "not_met"}),
        ("(+) là tiêu chí đã đạt; (x) là chưa đạt", {"+": "met", "x": "not_met"}),
        ("Ghi chú: (x) tiêu chí đạt, (-) tiêu chí chưa đạt", {"x": "met", "-": "not_met"}),
        ("Ghi chú: x, Đ, ✓: đạt; (-): không xét", {"x": "met", "đ": "met", "✓": "met", "-": "nothing"}),
        ("Ghi chú: Dấu (x): chưa đạt; ô trống: đạt", {"x": "not_met", "": "met"}),
        ("Quy ước: x hoặc v = đạt; o = không đạt", {"x": "met", "v": "met", "o": "not_met"}),
        ("Ghi chú: x: đạt một phần; o: chưa đạt", {"x": "None", "o": "not_met"}),
        ("Ghi chú: x: đạt 50% trở lên so với kế hoạch", {"x": "None"}),
        ("Ghi chú: x: đạt theo tự đánh giá; Đ: đạt theo thẩm định", {"x": "None", "đ": "None"}),
    ],
)
def test_a_legend_is_read_whole(line: str, said: dict[str, str]) -> None:
    assert {one.sign: str(one.meaning) for one in legend(line)} == said


@pytest.mark.parametrize("meaning", ["đạt một phần", "đạt theo thẩm định", "cơ bản đạt", "đạt 50% trở lên"])
def test_a_mark_that_means_more_than_met_is_asked_about(meaning: str) -> None:
    assert doubts(OVER, HEAD, ROW, [f"Ghi chú: x: {meaning}; o: chưa đạt"]) == ["layout.doubt.legend"]


def test_two_legends_that_contradict_each_other_are_refused_with_both_places() -> None:
    proposal, _ = looked_at(small(OVER, HEAD, ROW, ["Ghi chú: x: đạt; o: chưa đạt"], ["Chú thích: x: chưa đạt"]))
    (doubt,) = proposal.doubts
    assert doubt.key == "layout.doubt.legends"
    assert "A4" in doubt.text("en")
    assert "A5" in doubt.text("vi")


def test_an_unclear_legend_is_answered_by_the_layout() -> None:
    grid = small(OVER, HEAD, ROW, ["Ghi chú: x: đạt một phần; o: chưa đạt"])
    proposal, _ = looked_at(grid)
    assert proposal.layout is not None
    assert "x" not in proposal.layout.marks
    marks = {**proposal.layout.marks, "x": FindingValue.NOT_MET}
    said, _, _ = read(grid, proposal.layout.model_copy(update={"marks": marks}))
    assert set(said["90001", "2024-06-30"].values()) == {FindingValue.NOT_MET}


def test_a_wrong_meaning_in_a_layout_is_one_refusal_that_names_all_there_are(tmp_path: Path) -> None:
    proposal, _ = looked_at(small(OVER, HEAD, ROW, ["Ghi chú: x: đạt; o: chưa đạt"]))
    assert proposal.layout is not None
    file = tmp_path / "khuon.yaml"
    file.write_text(write_layout(proposal.layout).replace("x: met", "x: dad"), encoding="utf-8")
    with pytest.raises(NtmError) as caught:
        read_layout(file)
    (problem,) = caught.value.problems
    assert "met, not_met, not_applicable, nothing" in problem.text("en")
    file.write_text(write_layout(proposal.layout).replace("x: met", "x: chưa đạt"), encoding="utf-8")
    assert read_layout(file).marks["x"] is FindingValue.NOT_MET


def test_empty_cells_speak_only_where_a_row_says_anything() -> None:
    grid = small(
        OVER,
        HEAD,
        ["1", "Xã An Bình", "x", None, "x"],
        ["2", "Xã Bình Minh"],
        ["3", "Xã Cát Tường", "x", "x", "x"],
        ["Ghi chú: x: đạt; ô trống: chưa đạt"],
    )
    proposal, _ = looked_at(grid)
    assert "ô trống = chưa đạt" in proposal.text(grid)
    assert "empty cell = not met" in proposal.text(grid, "en")
    with pytest.raises(SnapshotWarning, match="no mark at all"):
        read(grid)
    with pytest.warns(SnapshotWarning, match="Bình Minh"):
        said = read(grid, strict=False)[0]
    assert said["90001", "2024-06-30"]["2"] is FindingValue.NOT_MET
    assert said["90002", "2024-06-30"] == {}


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("Từ ngày 01/01/2023 đến ngày 15/11/2023", date(2023, 11, 15)),
        ("Từ 15/12/2022 đến 14/12/2023", date(2023, 12, 14)),
        ("từ tháng 1 đến tháng 11 năm 2023", date(2023, 11, 30)),
        ("Quý I đến quý III năm 2023", date(2023, 9, 30)),
        ("Năm 2024 (đến 30/6/2024)", date(2024, 6, 30)),
        ("Giai đoạn 2021-2025, năm 2023", date(2023, 12, 31)),
        ("6 tháng cuối năm 2023", date(2023, 12, 31)),
    ],
)
def test_figures_of_a_span_are_as_of_its_end(text: str, end: date) -> None:
    found = find_period(text)
    assert found is not None
    assert found.end == end


def test_a_criterion_that_nobody_meets_has_an_empty_column_that_says_so() -> None:
    rows = [["1", "Xã An Bình", "x", None, "x"], ["2", "Xã Bình Minh", "x"], ["Ghi chú: x: đạt; ô trống: chưa đạt"]]
    said, _, _ = read(small(OVER, HEAD, *rows))
    assert [said[unit, "2024-06-30"]["2"] for unit in ("90001", "90002")] == [FindingValue.NOT_MET] * 2


def test_a_heading_of_two_periods_is_asked_about_whatever_the_call_says() -> None:
    grid = small(OF, [*FORM[:2], "Kết quả năm 2023 và 6 tháng 2024"], INSURED, HOUSED)
    proposal, _ = looked_at(grid, as_of=date(2024, 6, 30))
    assert "layout.doubt.period" in [doubt.key for doubt in proposal.doubts]


def test_two_periods_in_one_line_are_none() -> None:
    assert find_period("Tính đến hết năm 2022 và ước năm 2023") is None
    assert len(periods("Tính đến hết năm 2022 và ước năm 2023")) == 2


FORM = ["TT", "Nội dung", "Kết quả"]
INSURED = ["15.1", "Tỷ lệ người dân tham gia bảo hiểm y tế", "92%"]
HOUSED = ["9.2", "Tỷ lệ hộ có nhà ở kiên cố hoặc bán kiên cố", "80%"]
OF = ["Xã An Bình"]


@pytest.mark.parametrize("title", ["TỔNG HỢP CÁC TIÊU CHÍ CHƯA ĐẠT", "Danh sách tiêu chí chưa hoàn thành của các xã"])
def test_marks_under_a_title_of_what_is_not_met_are_asked_about(title: str) -> None:
    rows = [OVER, HEAD, ROW, ["Ghi chú: x: đạt; o: chưa đạt"]]
    grid = small([title], *rows)
    proposal, _ = looked_at(grid)
    assert [doubt.key for doubt in proposal.doubts] == ["layout.doubt.title_turned"]
    assert proposal.layout is not None
    assert not proposal.layout.marks
    assert doubts(["TỔNG HỢP CÁC TIÊU CHÍ ĐẠT, CHƯA ĐẠT"], *rows) == []


@pytest.mark.parametrize(
    ("title", "keys"),
    [
        ("KẾ HOẠCH PHẤN ĐẤU ĐẠT CHUẨN", ["layout.doubt.title_plan"]),
        ("DỰ TOÁN CHỈ TIÊU", ["layout.doubt.title_plan"]),
        ("KẾT QUẢ THỰC HIỆN KẾ HOẠCH XÂY DỰNG NÔNG THÔN MỚI", []),
        ("Căn cứ Kế hoạch số 5 của huyện", []),
    ],
)
def test_a_table_of_a_plan_is_not_read_as_results(title: str, keys: list[str]) -> None:
    assert doubts([title], OF, OVER, FORM, INSURED, HOUSED) == keys


@pytest.mark.parametrize("heading", ["Ước thực hiện 2024", "Dự toán", "Dự toán năm 2024", "Kế hoạch"])
def test_estimates_and_plans_are_no_results(heading: str) -> None:
    grid = small(OF, OVER, [*FORM, heading], [*INSURED, "99%"], [*HOUSED, "99%"])
    proposal, _ = looked_at(grid)
    assert proposal.layout is not None
    assert [column.role for column in proposal.layout.columns][-1] == "pass"


def test_the_commune_that_signs_is_the_one_the_table_is_of() -> None:
    rows = [OVER, FORM, INSURED, HOUSED]
    assert doubts(OF, *rows, ["TM. UBND XÃ BÌNH MINH"]) == ["layout.doubt.signed"]
    assert doubts(OF, *rows, ["TM. UBND XÃ AN BÌNH"]) == []
    assert doubts(OF, *rows, ["TM. UBND HUYỆN KỲ ANH"]) == []


def test_a_share_beside_its_counts_is_held_against_them() -> None:
    head = ["TT", "Nội dung", "Tử số", "Mẫu số", "Tỷ lệ"]
    row = [*INSURED[:2], "6112", "6420"]
    said, done, _ = read(small(OF, OVER, head, [*row, "95,2%"], [*HOUSED[:2], "4", "5", "80%"]))
    assert said["90001", "2024-06-30"][MEASURED["9.2"]] == 80
    assert done.count("value") == 6
    with pytest.raises(NtmError, match="80"):
        read(small(OF, OVER, head, [*row, "80%"], [*HOUSED[:2], "4", "5", "80%"]))


def saved(path: Path, **marks: object) -> FileRead:
    """A form with a row hidden, a column hidden or a figure struck through, as it is read."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (OF, OVER, FORM, INSURED, HOUSED):
        sheet.append(row)
    if "row" in marks:
        sheet.row_dimensions[marks["row"]].hidden = True
    if "column" in marks:
        sheet.column_dimensions[marks["column"]].hidden = True
    if "struck" in marks:
        sheet[marks["struck"]].font = Font(strike=True)
    book.save(path)
    return read_file(path, Asked(PACK, UNITS), marks.get("layout"))


def test_hidden_figures_are_asked_about_and_the_layout_answers(tmp_path: Path) -> None:
    file = tmp_path / "an.xlsx"
    for hidden in ({"row": 5}, {"column": "C"}):
        ((_, proposal),) = saved(file, **hidden).proposals
        assert [doubt.key for doubt in proposal.doubts] == ["layout.doubt.hidden"]
    ((_, proposal),) = saved(file, row=5).proposals
    assert proposal.layout is not None
    assert [one.key for one in saved(file, row=5, layout=proposal.layout).refused] == ["layout.doubt.hidden"]
    for answer, count in (("read", 2), ("pass", 1)):
        layout = proposal.layout.model_copy(update={"hidden": answer})
        (snapshot,) = saved(file, row=5, layout=layout).snapshots
        assert len(snapshot.measures) == count


def test_a_figure_struck_through_is_refused_with_its_cell(tmp_path: Path) -> None:
    (problem,) = saved(tmp_path / "gach.xlsx", struck="C5").refused
    assert (problem.key, problem.place.cell) == ("error.cell_struck", "C5")


def test_titles_that_name_several_periods_must_hold_the_one_that_is_given() -> None:
    from ntm_rules.layout.titles import completed

    grid = small(["XÃ AN BÌNH NĂM 2023"], ["Số liệu đến 31/12/2022"], FORM, INSURED, HOUSED)
    proposal, ledger = looked_at(grid, as_of=date(2023, 12, 31))
    assert proposal.layout is not None
    for period, keys in (("30/06/2024", ["error.layout_other_period"]), ("31/12/2023", []), ("31/12/2022", [])):
        layout = proposal.layout.model_copy(update={"period": period, "year": None})
        assert [one.key for one in completed(grid, layout, PACK, ledger, UNITS)[1]] == keys
