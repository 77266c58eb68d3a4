"""What headings and wordings say beside the indicator they are like is asked about, and never read as the indicator."""

from __future__ import annotations

import pytest
from layout_tables import ITEMS, PACK, UNITS, looked_at, read, small

from ntm_rules.errors import NtmError, SnapshotError

OVER = ["Số liệu đến ngày 30/06/2024"]
OF = ["Xã An Bình"]
HEAD = ["TT", "Nội dung", "Kết quả"]
INSURED = "Tỷ lệ người dân tham gia bảo hiểm y tế"


def keys(heading: str) -> list[str]:
    """What is not clear of a table with one column of figures under the heading."""
    proposal, _ = looked_at(small(OVER, ["TT", "Tên xã", heading], ["1", "Xã An Bình", "30"]))
    return [doubt.key for doubt in proposal.doubts]


@pytest.mark.parametrize(
    "heading",
    [
        "Tỷ lệ hộ gia đình chưa thực hiện phân loại chất thải rắn tại nguồn",
        "Tỷ lệ hộ gia đình không thực hiện phân loại chất thải rắn tại nguồn (%)",
        "17.11. Tỷ lệ hộ gia đình chưa thực hiện phân loại chất thải rắn tại nguồn",
        "Tỷ lệ người dân thiếu bảo hiểm y tế",
        "15.1 Tỷ lệ nữ tham gia bảo hiểm y tế",
        "Số cơ sở chăn nuôi bảo đảm các quy định về vệ sinh thú y, chăn nuôi và bảo vệ môi trường",
        "15.1 Tham gia bảo hiểm y tế (người)",
    ],
)
def test_a_heading_that_says_the_contrary_a_part_or_a_count_is_asked_about(heading: str) -> None:
    assert [key for key in keys(heading) if key in ("layout.doubt.of", "layout.doubt.says")], heading


@pytest.mark.parametrize(
    "heading", [INSURED, INSURED + " (%)", "15.1 Tỷ lệ người dân tham gia bảo hiểm (cả nam và nữ)", "17.6", "15.1"]
)
def test_a_heading_that_says_the_indicator_is_read(heading: str) -> None:
    assert keys(heading) == []


@pytest.mark.parametrize(
    ("code", "words", "key"),
    [
        ("15.1", "Tỷ lệ người dân chưa tham gia bảo hiểm y tế", "error.row_turned"),
        ("", "Tỷ lệ người dân chưa tham gia bảo hiểm y tế", "error.row_turned"),
        ("9.2", "Tỷ lệ hộ không có nhà ở kiên cố hoặc bán kiên cố", "error.row_turned"),
        ("15.1", "Tỷ lệ nữ tham gia bảo hiểm y tế", "error.row_part"),
        ("9.2", "Tỷ lệ hộ nghèo có nhà ở kiên cố hoặc bán kiên cố", "error.row_part"),
    ],
)
def test_wordings_against_an_indicator_are_refused_beside_its_code_too(code: str, words: str, key: str) -> None:
    with pytest.raises(SnapshotError) as caught:
        ITEMS.find(code, words)
    assert caught.value.problems[0].key in (key, "error.row_wording")
    assert "15.1" not in str(caught.value.problems[0].params.get("near", ""))


def test_every_indicator_is_found_by_its_own_words_whole_or_cut() -> None:
    for item in PACK.indicators():
        words = item.text.text("vi")
        assert ITEMS.contrary(item.code, words) is None
        for cut in (4, 6, 8):
            assert ITEMS.contrary(item.code, " ".join(words.split()[:cut])) is None


def test_a_count_in_a_row_of_a_share_is_refused_and_two_counts_are_not() -> None:
    row = ["9.2", "Số hộ có nhà ở kiên cố hoặc bán kiên cố"]
    with pytest.raises(NtmError, match="is a count"):
        read(small(OVER, OF, HEAD, [*row, "90"], ["15.1", INSURED, "95%"]))
    said, _, _ = read(small(OVER, OF, HEAD, [*row, "90/100"], ["15.1", INSURED, "95%"]))
    assert said["90001", "2024-06-30"]["solid_house_household_share"] == 90


@pytest.mark.parametrize("content", ["85%/90%", "70/75%", "70%/75"])
def test_a_result_beside_its_target_is_no_share_of_counts(content: str) -> None:
    with pytest.raises(NtmError, match="two readings"):
        read(small(OVER, OF, HEAD, ["15.1", INSURED, content], ["9.2", None, "80%"]))


@pytest.mark.parametrize("heading", ["Kết quả/Chỉ tiêu", "Kết quả / mức yêu cầu", "Kết quả so với mục tiêu"])
def test_counts_under_a_heading_of_targets_have_two_readings(heading: str) -> None:
    with pytest.raises(NtmError, match="two readings"):
        read(small(OVER, OF, [*HEAD[:2], heading], ["15.1", INSURED, "70/75"], ["9.2", None, "80%"]))


@pytest.mark.parametrize("heading", ["Kết quả (%)", "Kết quả (đến 30/6/2024)", "Kết quả (2)", "Kết quả (tự đánh giá)"])
def test_brackets_that_narrow_nothing_are_read(heading: str) -> None:
    proposal, _ = looked_at(small(OVER, OF, [*HEAD[:2], heading], ["15.1", INSURED, "98%"], ["9.2", None, "80%"]))
    assert not proposal.doubts


@pytest.mark.parametrize("heading", ["Kết quả (nữ)", "Kết quả (thôn 1)", "Kết quả nữ năm 2024", "Chưa thực hiện"])
def test_results_of_a_part_are_asked_about(heading: str) -> None:
    proposal, _ = looked_at(small(OVER, OF, [*HEAD[:2], heading], ["15.1", INSURED, "98%"], ["9.2", None, "80%"]))
    assert [doubt.key for doubt in proposal.doubts] == ["layout.doubt.narrower"]
    assert UNITS[0] == proposal.layout.unit
