"""Two wordings name one thing only where neither has a word or a number of content that the other has not."""

from __future__ import annotations

from pathlib import Path

import pytest

from ntm_rules import load_pack, packs
from ntm_rules.document import State, match, read_document
from ntm_rules.wordings import apart, contrary

PACK = load_pack("vn/commune@2021-2025")


@pytest.mark.parametrize(
    ("one", "other", "words"),
    [
        ("Tỷ lệ hộ thoát nghèo", "Tỷ lệ hộ nghèo", {"thoát"}),
        ("Tỷ lệ tái nghèo đa chiều", "Tỷ lệ nghèo đa chiều", {"tái"}),
        ("Tỷ lệ nghèo ở khu vực thành thị", "Tỷ lệ nghèo", {"khu", "vực", "thành", "thị"}),
        ("Tỷ lệ lao động thất nghiệp", "Tỷ lệ lao động", {"thất nghiệp", "thất", "nghiệp"}),
        ("Tỷ lệ người trên 60 tuổi", "Tỷ lệ người", {"trên", "60", "tuổi"}),
        ("Tỷ lệ lao động, riêng nữ", "Tỷ lệ lao động", {"nữ", "riêng"}),
        ("Tỷ lệ hộ so với năm 2020", "Tỷ lệ hộ", {"so", "năm", "2020"}),
        ("Tỷ lệ thôn có nhà văn hóa", "Tỷ lệ nhà văn hóa", {"thôn"}),
        ("Trẻ em dưới 2 tuổi thấp còi", "Trẻ em dưới 5 tuổi thấp còi", {"2", "5"}),
        ("Trẻ em suy dinh dưỡng thể nhẹ cân", "Trẻ em suy dinh dưỡng thể thấp còi", {"nhẹ", "cân", "thấp", "còi"}),
        ("Tỷ lệ nghèo giai đoạn 2016-2020", "Tỷ lệ nghèo giai đoạn 2021-2025", {"2016", "2020", "2021", "2025"}),
        ("Tỷ lệ hộ có nhà tạm", "Tỷ lệ hộ có nhà", {"tạm"}),
        ("Tỷ lệ hộ (trừ hộ mới tách)", "Tỷ lệ hộ", {"trừ", "mới", "tách"}),
        ("Số hộ nghèo", "Tỷ lệ hộ nghèo", {"số", "tỷ lệ"}),
        ("02 mô hình du lịch", "01 mô hình du lịch", {"02", "01"}),
        ("Tỷ lệ giáo viên trên chuẩn", "Tỷ lệ giáo viên đạt chuẩn", {"trên"}),
        ("Lao động qua đào tạo có bằng", "Lao động qua đào tạo", {"bằng"}),
        ("Số tiêu chí đạt", "Số tiêu chí", {"đạt"}),
        ("Tỷ lệ hộ có mức sống trung bình", "Tỷ lệ hộ sống trung bình", {"mức"}),
        ("Tỷ lệ lao động tay nghề", "Tỷ lệ lao động tai nghề", {"tay", "tai"}),
        ("Tỷ lệ hộ có nước sạch", "Tỷ lệ hộ không có nước sạch", {"không"}),
    ],
)
def test_a_word_of_content_on_one_side_only_is_told(one: str, other: str, words: set[str]) -> None:
    assert set(apart(one, other)) == set(apart(other, one)) == words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Số HTX hoạt động hiệu quả", "Số hợp tác xã hoạt động hiệu quả"),
        ("Tỉ lệ người dân tham gia BHYT (%)", "Tỷ lệ người dân tham gia bảo hiểm y tế"),
        ("- 5.1. Trường học các cấp THCS", "Trường học các cấp trung học cơ sở"),
        ("Tỷ lệ hoà giải thành trên địa bàn xã", "TỶ LỆ HÒA GIẢI THÀNH"),
        ("Lao động qua đào tạo (áp dụng đạt cho cả nam và nữ)", "Tỷ lệ lao động qua đào tạo"),
        ("Có 1 mô hình", "01 mô hình"),
        ("Tỷ lệ hộ nghèo hằng năm", "Tỷ lệ hộ nghèo"),
        ("Đường được bảo trì hàng năm", "Đường được bảo trì hằng năm"),
        ("Mức thu nhập bình quân", "Thu nhập bình quân"),
        ("Tỷ lệ trường đạt chuẩn", "Tỷ lệ trường chuẩn"),
        ("Kĩ thuật, quản lí", "Kỹ thuật; quản lý"),
    ],
)
def test_spelling_abbreviations_and_idle_words_say_nothing(one: str, other: str) -> None:
    assert apart(one, other) == apart(other, one) == ()


@pytest.mark.parametrize("reference", [info.reference for info in packs()])
def test_every_indicator_written_out_is_itself(reference: str) -> None:
    for indicator in load_pack(reference).indicators():
        text = indicator.text.vi
        for form in (text.upper(), f"- {text}", text.replace("ỷ lệ", "ỉ lệ"), f"9.1. {text}", f"3.đ) {text}"):
            assert apart(form, text) == (), form


def test_only_known_words_are_its_contrary() -> None:
    assert contrary("Tỷ lệ lao động nữ", "Tỷ lệ lao động") == ("nữ",)
    assert contrary("Tỷ lệ lao động hiện nay", "Tỷ lệ lao động") == ()


@pytest.mark.parametrize("text", ["Tỷ lệ thoát nghèo đa chiều", "Tỷ lệ tái nghèo đa chiều", "Tỷ lệ nghèo ở thành thị"])
def test_a_row_of_another_wording_is_asked_about_with_the_words(text: str, tmp_path: Path) -> None:
    rows = f"<tr><td>11<td>Nghèo<td>{text} giai đoạn 2021-2025<td>≤ 5%"
    page = f"<meta charset='utf-8'><table><tr><td>TT<td>Tên tiêu chí<td>Nội dung tiêu chí<td>Chỉ tiêu{rows}</table>"
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    found = [one for one in match(read_document(tmp_path / "a.html"), PACK).found if one.content is not None]
    assert found
    assert all(one.state is State.NOT_UNDERSTOOD and one.note is not None and not one.value for one in found)
