"""What headings and wordings say beside the indicator they are like is asked about, and never read as the indicator."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from layout_tables import ITEMS, PACK, UNITS, looked_at, read, small
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment

from ntm_rules.errors import NtmError, SnapshotError
from ntm_rules.layout import propose
from ntm_rules.layout.grid import At, Grid
from ntm_rules.layout.titles import completed
from ntm_rules.pack.catalogue import installed
from ntm_rules.snapshot.builder import SnapshotBuilder
from ntm_rules.snapshot.vocabulary import Vocabulary
from ntm_rules.tabular.excel import read_workbook
from ntm_rules.tabular.sheet import Unreadable, number_cell
from ntm_rules.territory import Level, Region

OVER = ["Số liệu đến ngày 30/06/2024"]
OF = ["Xã An Bình"]
FORM = ["TT", "Nội dung", "Chỉ tiêu", "Kết quả", "Đánh giá"]
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


def test_counts_under_a_heading_of_targets_have_two_readings() -> None:
    grid = small(OVER, OF, [*HEAD[:2], "Kết quả/Chỉ tiêu"], ["15.1", INSURED, "70/75"], ["9.2", None, "80%"])
    proposal, _ = looked_at(grid)
    assert [doubt.key for doubt in proposal.doubts] == ["layout.doubt.narrower"]
    with pytest.raises(NtmError, match="two readings"):
        read(grid, proposal.layout)


@pytest.mark.parametrize("heading", ["Kết quả (%)", "Kết quả (đến 30/6/2024)", "Kết quả (2)", "Kết quả (tự đánh giá)"])
def test_brackets_that_narrow_nothing_are_read(heading: str) -> None:
    proposal, _ = looked_at(small(OVER, OF, [*HEAD[:2], heading], ["15.1", INSURED, "98%"], ["9.2", None, "80%"]))
    assert not proposal.doubts


@pytest.mark.parametrize("heading", ["Kết quả (nữ)", "Kết quả (thôn 1)", "Kết quả nữ năm 2024", "Chưa thực hiện"])
def test_results_of_a_part_are_asked_about(heading: str) -> None:
    proposal, _ = looked_at(small(OVER, OF, [*HEAD[:2], heading], ["15.1", INSURED, "98%"], ["9.2", None, "80%"]))
    assert [doubt.key for doubt in proposal.doubts] == ["layout.doubt.narrower"]
    assert UNITS[0] == proposal.layout.unit


def doubts(*rows: list[object]) -> list[str]:
    proposal, _ = looked_at(small(*rows))
    return [doubt.key for doubt in proposal.doubts]


@pytest.mark.parametrize(
    "heading",
    [
        *(
            "Kết quả huyện Kỳ Anh",
            "Kết quả thôn Phú Tân",
            "Kết quả xã Kỳ Xuân",
            "Kết quả tăng thêm",
            "Kết quả còn thiếu",
        ),
        *(
            "Thời gian thực hiện",
            "Kinh phí thực hiện",
            "Vốn đã thực hiện",
            "Tiến độ thực hiện (%)",
            "Khối lượng thực hiện",
        ),
        *("Kết quả huy động vốn", "Kết quả đăng ký thực hiện", "Kết quả so với mục tiêu", "Kết quả / mức yêu cầu"),
        *("Kết quả so với năm trước", "Số liệu mong muốn", "Giá trị xin công nhận thêm"),
    ],
)
def test_a_heading_of_results_holds_understood_words_only(heading: str) -> None:
    found = doubts(OVER, OF, [*FORM[:3], heading, "Đánh giá"], ["15.1", INSURED, "≥90%", "12", "Đạt"])
    assert found in (["layout.doubt.heading_words"], ["layout.doubt.column"], ["layout.doubt.narrower"]), heading


@pytest.mark.parametrize(
    "heading",
    [
        *("Kết quả thực hiện", "Kết quả tự đánh giá của xã"),
        *("Thực hiện đến ngày 30/6/2024", "TH 6 tháng đầu năm 2024"),
        *("Số liệu hiện trạng năm 2024", "Giá trị đạt được"),
        *("KQ", "Kết quả xã An Bình", "Kết quả thẩm định của huyện"),
    ],
)
def test_headings_that_offices_write_over_results_are_read(heading: str) -> None:
    assert doubts(OVER, OF, [*FORM[:3], heading, "Đánh giá"], ["15.1", INSURED, "≥90%", "12", "Đạt"]) == [], heading


@pytest.mark.parametrize("heading", ["Nguyện vọng", "Đăng ký", "Thôn đánh giá"])
def test_a_column_of_marks_is_one_by_its_heading_too(heading: str) -> None:
    found = doubts(OVER, OF, [*FORM[:4], heading], ["15.1", INSURED, "≥90%", "92%", "Đạt"])
    assert "layout.doubt.heading_words" in found


TITLES = {
    "another set": [
        "KẾT QUẢ NTM NÂNG CAO XÃ AN BÌNH",
        "NTM KIỂU MẪU",
        "ĐÔ THỊ VĂN MINH",
        "BỘ TIÊU CHÍ GIAI ĐOẠN 2016-2020",
    ],
    "a part": [
        "THÔN PHÚ TÂN, XÃ AN BÌNH",
        "TRẠM Y TẾ XÃ AN BÌNH",
        "HỢP TÁC XÃ AN BÌNH",
        "SỐ LIỆU CÁC HỘ NGHÈO XÃ AN BÌNH",
    ],
    "a plan": [
        "(Ước thực hiện năm 2024)",
        "Kế hoạch năm 2024",
        "CHỈ TIÊU GIAO XÃ AN BÌNH",
        "MỤC TIÊU ĐẾN NĂM 2024",
    ],
    "not met": [
        "CÁC TIÊU CHÍ CÒN TỒN TẠI, HẠN CHẾ",
        "TIÊU CHÍ RỚT CHUẨN CỦA CÁC XÃ",
        "SỐ LIỆU CÁC CHỈ TIÊU CÒN THIẾU",
    ],
    "another time": [
        "Tuần 3 tháng 6/2024",
        "Số liệu đầu năm 2024",
        "So với năm 2022",
    ],
    "no figures yet": [
        "DỰ THẢO KẾT QUẢ XÃ AN BÌNH",
        "BÁO CÁO SỐ LIỆU CHƯA QUA KIỂM TRA",
        "MẪU: KẾT QUẢ XÃ AN BÌNH",
    ],
}


@pytest.mark.parametrize("title", [title for titles in TITLES.values() for title in titles])
def test_words_of_titles_that_are_not_understood_are_asked_about_until_the_layout_says_so(title: str) -> None:
    grid = small([title], OVER, OF, HEAD, ["15.1", INSURED, "92%"], ["9.2", None, "80%"])
    proposal, ledger = looked_at(grid, as_of=date(2024, 6, 30))
    asked = [doubt for doubt in proposal.doubts if doubt.key in ("layout.doubt.title_words", "layout.doubt.title_plan")]
    assert asked, title
    layout = proposal.layout
    assert layout is not None
    assert {problem.key for problem in completed(grid, layout, PACK, ledger, UNITS)[1]} >= {
        doubt.key for doubt in asked
    }
    answered = layout.model_copy(update={"understood": tuple(str(doubt.params["words"]) for doubt in asked)})
    for words in (answered.understood, (title,)):
        said = answered.model_copy(update={"understood": tuple(word for text in words for word in text.split("; "))})
        keys = {problem.key for problem in completed(grid, said, PACK, ledger, UNITS)[1]}
        assert not keys & {doubt.key for doubt in asked}, title


@pytest.mark.parametrize(
    "title",
    [
        *("KẾT QUẢ THỰC HIỆN BỘ TIÊU CHÍ QUỐC GIA VỀ XÃ NÔNG THÔN MỚI GIAI ĐOẠN 2021-2025", "Biểu số 03/NTM"),
        *("KẾT QUẢ TỰ ĐÁNH GIÁ XÂY DỰNG NTM XÃ AN BÌNH NĂM 2024", "ỦY BAN NHÂN DÂN XÃ AN BÌNH", "Phụ lục II"),
        *("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "TỔNG HỢP CÁC TIÊU CHÍ ĐẠT, CHƯA ĐẠT"),
        *("(Kèm theo Báo cáo số 12/BC-UBND ngày 15/7/2024 của UBND xã An Bình)", "Lũy kế đến hết quý II năm 2024"),
    ],
)
def test_titles_that_offices_write_are_read(title: str) -> None:
    assert doubts([title], OVER, OF, HEAD, ["15.1", INSURED, "92%"], ["9.2", None, "80%"]) == [], title


@pytest.mark.parametrize(
    "words",
    [
        *("Tỷ lệ người dân bỏ tham gia bảo hiểm y tế", "Tỷ lệ học sinh tham gia bảo hiểm y tế", INSURED + " mục tiêu"),
        *("Thứ hạng về tỷ lệ người dân tham gia bảo hiểm y tế", "Tỷ lệ người dân tham gia bảo hiểm xã hội"),
        *(INSURED + " năm 2022", INSURED + " còn lại phải vận động"),
    ],
)
def test_a_code_does_not_excuse_other_words_beside_it_until_the_layout_does(words: str) -> None:
    rows = (OVER, OF, HEAD, ["15.1", words, "92%"], ["9.2", None, "80%"])
    for over, heading in ((OF, HEAD), ([], [*HEAD[:2], "Xã An Bình"])):
        with pytest.raises(NtmError) as caught:
            read(small(OVER, over, heading, *rows[3:]))
        assert caught.value.problems[0].key in ("error.row_words", "error.row_turned", "error.row_other_words")
    proposal, _ = looked_at(small(*rows))
    assert proposal.layout is not None
    layout = proposal.layout.model_copy(update={"understood": (words,)})
    assert read(small(*rows), layout)[0]["90001", "2024-06-30"]["health_insurance_share"] == 92


@pytest.mark.parametrize(
    ("heading", "cell"), [("Xã", "Kỳ Phú"), ("Đơn vị", "Kỳ Phú"), ("Đơn vị", "hộ"), ("Đơn vị", "người")]
)
def test_a_column_of_units_beside_a_table_of_one_is_not_passed_over(heading: str, cell: str) -> None:
    rows = (["15.1", INSURED, cell, "92"], ["9.2", None, None, "80%"])
    with pytest.raises(NtmError, match=r"Kỳ Phú|15\.1|%"):
        read(small(OVER, OF, ["TT", "Nội dung", heading, "Kết quả"], *rows))
    said, _, _ = read(small(OVER, OF, ["TT", "Nội dung", "Xã", "Kết quả"], ["15.1", INSURED, "An Bình", "92"], rows[1]))
    assert said["90001", "2024-06-30"]["health_insurance_share"] == 92


@pytest.mark.parametrize(
    ("wordings", "result", "words"),
    [
        *[("Nội dung (ĐVT: hộ)", "Kết quả", INSURED), ("Nội dung", "Kết quả (người)", INSURED)],
        *[("Nội dung", "Kết quả", INSURED + " (người)"), ("Nội dung", "Kết quả (nghìn đồng/ngày)", INSURED)],
    ],
)
def test_a_unit_in_a_heading_or_wording_is_that_of_the_figures(wordings: str, result: str, words: str) -> None:
    with pytest.raises((NtmError, AssertionError)):
        read(small(OVER, OF, ["TT", wordings, result], ["15.1", words, "92"]))


@pytest.mark.parametrize(
    "line",
    [
        *("B. KẾ HOẠCH NĂM 2025", "SỐ LIỆU NĂM 2022", "CÁC CHỈ TIÊU CHƯA ĐẠT", "CÁC NỘI DUNG ĐĂNG KÝ THỰC HIỆN"),
        *("THÔN PHÚ TÂN", "Mục tiêu đến cuối năm", "Đề nghị"),
    ],
)
def test_a_line_between_rows_that_may_change_what_follows_is_asked_about(line: str) -> None:
    rows = (["15.1", INSURED, "92%"], ["II", line], ["17.11", None, "95%"])
    proposal, ledger = looked_at(small(OVER, OF, HEAD, *rows))
    assert [doubt.key for doubt in proposal.doubts] == ["layout.doubt.section"]
    layout = proposal.layout
    assert layout is not None
    proposal, ledger = looked_at(small(OVER, OF, HEAD, *rows))
    assert not completed(small(OVER, OF, HEAD, *rows), layout.model_copy(update={"understood": (line,)}), PACK, ledger)[
        1
    ]


@pytest.mark.parametrize(
    "line", ["HẠ TẦNG KINH TẾ - XÃ HỘI", "Giao thông", "VĂN HÓA - XÃ HỘI - MÔI TRƯỜNG", "Các tiêu chí"]
)
def test_sections_of_a_set_are_passed_over(line: str) -> None:
    assert doubts(OVER, OF, HEAD, ["15.1", INSURED, "92%"], ["II", line], ["17.11", None, "95%"]) == []


@pytest.mark.parametrize(
    "note",
    [
        "* Số liệu xã An Bình là của năm 2022",
        "Ghi chú: ô tô đỏ: chưa đạt",
        "(1) Số ước tính",
        "Số liệu trên là chỉ tiêu",
    ],
)
def test_a_note_that_may_change_figures_is_asked_about(note: str) -> None:
    assert doubts(OVER, OF, HEAD, ["15.1", INSURED, "92%"], ["9.2", None, "80%"], [None, note]) == ["layout.doubt.note"]


def test_figures_up_to_a_day_that_are_the_districts_are_asked_about() -> None:
    rows = (OF, HEAD, ["15.1", INSURED, "92%"])
    assert doubts(OVER, *rows) == []
    assert doubts([OVER[0] + " của huyện"], *rows) == ["layout.doubt.title_words"]


def test_a_mark_with_a_star_of_its_own_meaning_is_no_mark_with_a_footnote() -> None:
    rows = (["1", "An Bình", "x", "x*"], [None, "Ghi chú: x: đạt; x*: đạt nhưng chưa thẩm định"])
    assert "layout.doubt.legend" in doubts(OVER, ["TT", "Tên xã", "1", "2"], *rows)


@pytest.mark.parametrize(("heading", "target"), [("Chỉ tiêu", "≥90%"), ("Mức quy định (%)", "90")])
def test_a_count_out_of_the_target_beside_it_has_two_readings(heading: str, target: str) -> None:
    form = [*FORM[:2], heading, *FORM[3:]]
    with pytest.raises(NtmError, match="two readings"):
        read(small(OVER, OF, form, ["15.1", INSURED, target, "88/90", "Chưa đạt"], ["9.2", None, target, "80%", "Đạt"]))


def test_another_indicators_own_words_beside_a_code_are_refused() -> None:
    problem = ITEMS.beside("12.2", "Tỷ lệ lao động qua đào tạo")
    assert problem is not None
    assert problem.key == "error.row_other_words"
    assert ITEMS.beside("12.1", "Tỷ lệ lao động qua đào tạo") is None


def test_a_district_in_the_title_in_which_the_unit_does_not_lie_is_asked_about() -> None:
    def asked(title: str) -> list[str]:
        grid = small([title], OVER, HEAD, ["15.1", INSURED, "92%"], ["9.2", None, "80%"])
        ledger = SnapshotBuilder(Vocabulary(installed(), (), "error"), None)
        proposal = propose(grid, PACK, ledger, province="42", level=Level.COMMUNE, region=Region.BTB)
        return [doubt.key for doubt in proposal.doubts]

    assert asked("KẾT QUẢ XÃ KỲ PHÚ, HUYỆN KỲ ANH, TỈNH HÀ TĨNH") == []
    for place in ("HUYỆN HƯƠNG SƠN", "TỈNH NGHỆ AN", "THỊ XÃ KỲ ANH"):
        assert "layout.doubt.elsewhere" in asked(f"KẾT QUẢ XÃ KỲ PHÚ, {place}"), place


def test_figures_whose_format_hides_them_and_struck_keys_are_refused() -> None:
    assert isinstance(number_cell(92, ";;;"), Unreadable)
    grid = small(OVER, OF, HEAD, ["15.1", INSURED, "92%"], ["9.2", None, "80%"])
    grid.cells[At(4, 2)] = Unreadable("error.cell_struck", INSURED)
    with pytest.raises(NtmError, match="struck"):
        read(grid)


@pytest.mark.parametrize("line", ["Các xã ghi trên là của huyện Kỳ Anh (cũ)", "Số liệu ước, chưa thẩm định"])
def test_a_line_under_the_rows_that_tells_something_of_them_is_asked_about(line: str) -> None:
    proposal, _ = looked_at(small(OVER, OF, HEAD, ["15.1", INSURED, "92%"], ["9.2", None, "80%"], [None, line]))
    assert [doubt.key for doubt in proposal.doubts] == ["layout.doubt.note"]


def test_what_a_workbook_says_of_a_cell_beside_its_value_is_seen(tmp_path: Path) -> None:
    def sheet(name: str, worn: Callable[[Any], None]) -> Grid:
        book = openpyxl.Workbook()
        table = book.active
        for row in (OVER, OF, HEAD, ["15.1", INSURED, "92%"], ["9.2", "", "80%"]):
            table.append(row)
        worn(table)
        book.save(tmp_path / name)
        (found,) = read_workbook(tmp_path / name)
        return Grid.of(found)

    def noted(author: str) -> Callable[[Any], None]:
        def worn(table: Any) -> None:
            table["C4"].comment = Comment("Số ước, chưa thẩm định", author)

        return worn

    def struck(table: Any) -> None:
        table["C4"] = CellRichText(TextBlock(InlineFont(strike=True), "92%"))

    assert [doubt.key for doubt in looked_at(sheet("a.xlsx", noted("Lan")))[0].doubts] == ["layout.doubt.note"]
    assert looked_at(sheet("b.xlsx", noted("ntm-rules")))[0].doubts == ()
    assert sheet("c.xlsx", struck).cells[At(4, 3)] == Unreadable("error.cell_struck", "92%")


@pytest.mark.parametrize(
    ("rows", "key"),
    [
        ([["Kết quả năm 2022, 2023"], HEAD], "layout.doubt.periods"),
        ([["KẾT QUẢ NTM NĂM 2023 VÀ 2024"], HEAD], "layout.doubt.periods"),
        ([["Năm 2022/2023"], HEAD], "layout.doubt.periods"),
        ([["Tháng 6, cả năm 2024"], HEAD], "layout.doubt.periods"),
        ([OVER, ["TT", "Nội dung", "Kết quả năm 2022, 2023"]], "layout.doubt.period"),
        ([OVER, ["TT", "Nội dung", "Kết quả cả năm"]], "layout.doubt.period"),
        ([OVER, ["TT", "Nội dung", "Kết quả tháng 6 và cả năm"]], "layout.doubt.period"),
        ([OVER, ["TT", "Nội dung", "Thực hiện chỉ tiêu (%)"]], "layout.doubt.narrower"),
        ([OVER, ["TT", "Nội dung", "Tỷ lệ thực hiện chỉ tiêu"]], "layout.doubt.narrower"),
        ([OVER, ["TT", "Nội dung", "Thực hiện/Chỉ tiêu"]], "layout.doubt.narrower"),
        ([OVER, ["TT", "Nội dung", "Kết quả các xã"]], "layout.doubt.heading_words"),
        ([OVER, ["TT", "Nội dung", "Số liệu huyện"]], "layout.doubt.heading_words"),
        ([["KẾT QUẢ NTM TOÀN HUYỆN"], OVER, HEAD], "layout.doubt.title_words"),
        ([OVER, HEAD, ["II", "Các xã khác"]], "layout.doubt.section"),
        ([OVER, HEAD, ["II", "Nội dung các thôn"]], "layout.doubt.section"),
    ],
)
def test_other_times_other_units_and_shares_of_a_target_are_asked_about(rows: list[list[object]], key: str) -> None:
    assert key in doubts(OF, *rows, ["15.1", INSURED, "92%"], ["9.2", None, "80%"]), rows


@pytest.mark.parametrize(
    ("name", "asked"), [("Kế hoạch 2024", True), ("KH 2024", True), ("Năm 2025", True), ("T6", False)]
)
def test_the_name_of_a_sheet_is_read_as_a_title(name: str, asked: bool) -> None:
    rows = (OF, OVER, HEAD, ["15.1", INSURED, "92%"], ["9.2", None, "80%"])
    grid = Grid("bieu.xlsx", name, small(*rows).cells)
    assert bool(looked_at(grid)[0].doubts) is asked


@pytest.mark.parametrize(
    "rows", [[["Kết quả thẩm tra của huyện"]], [["Kết quả cả năm 2024"]], [["Kết quả thực hiện chỉ tiêu"]]]
)
def test_who_looked_and_whole_years_are_no_other_units_or_times(rows: list[list[object]]) -> None:
    assert doubts(OF, ["Năm 2024"], ["TT", "Nội dung", *rows[0]], ["15.1", INSURED, "92%"]) == []


def test_a_line_under_the_rows_that_says_marks_of_one_column_is_asked_about() -> None:
    rows: list[list[object]] = [OVER, ["TT", "Tên xã", "1", "10"], ["1", "Xã An Bình", "x", "x"], ["x là đạt"]]
    assert doubts(*rows) == []
    assert doubts(*rows, ["Riêng TC 10: x là chưa đạt"]) != []
    assert doubts(["TIÊU CHÍ CÁC XÃ HUYỆN KỲ ANH CẦN ĐẠT"], *rows) != []


def test_the_level_reached_is_a_result_and_codes_or_measures_beside_one_word_make_a_heading() -> None:
    reached, _ = looked_at(small(OVER, OF, ["TT", "Nội dung", "Mức đạt được"], ["15.1", INSURED, "92%"]))
    assert reached.layout is not None
    assert [column.role for column in reached.layout.columns][-1] == "value"
    measured = ["Tên xã", INSURED + " (%)", "Tỷ lệ lao động qua đào tạo (%)"]
    assert doubts(OVER, measured, ["Xã An Bình", "92", "70"]) == []
