"""What a table says of itself: its legends, its days, whose it is, and what its title says against its marks."""

from __future__ import annotations

from datetime import date

import pytest
from layout_tables import looked_at, read, small

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


def test_two_periods_in_one_line_are_none() -> None:
    assert find_period("Tính đến hết năm 2022 và ước năm 2023") is None
    assert len(periods("Tính đến hết năm 2022 và ước năm 2023")) == 2
