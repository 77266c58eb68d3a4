"""Reports: what the page leads to, the workbook that holds numbers, the letter as the decree sets it, the summary."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from told import FORMULA, HOSTILE, noted_ha_tinh, synthetic, words

from ntm_rules.assessment.tree import TreeAssessment
from ntm_rules.dossier import Dossier
from ntm_rules.errors import EvaluationError

pytest.importorskip("altair", reason="the extra `report` is not installed")
pytest.importorskip("docx", reason="the extra `report` is not installed")

from ntm_rules.report import write_report
from ntm_rules.report.letterhead import Letterhead


@pytest.fixture(scope="module")
def ha_tinh() -> tuple[Dossier, TreeAssessment]:
    return noted_ha_tinh()


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory, ha_tinh: tuple[Dossier, TreeAssessment]) -> dict[str, Path]:
    """Every kind of report on it, by ending."""
    dossier, tree = ha_tinh
    folder = tmp_path_factory.mktemp("report")
    plan, title = dossier.check_plans(tree), dossier.title.text("vi")
    paths = {kind: folder / f"report{kind}" for kind in (".html", ".xlsx", ".docx")}
    for path in paths.values():
        write_report(tree, path, plan=plan, title=title, notes=dossier.notes)
    return paths


@pytest.fixture(scope="module")
def province(written: dict[str, Path]) -> Path:
    return written[".html"]


@pytest.fixture(scope="module")
def province_book(written: dict[str, Path]) -> Any:
    """The workbook, read once."""
    from openpyxl import load_workbook

    return load_workbook(written[".xlsx"])


def test_every_claim_leads_to_its_requirement_and_law(province: Path) -> None:
    html = province.read_text(encoding="utf-8")
    named = set(re.findall(r'id="([^"]+)"', html))
    linked = set(re.findall(r'href="#([^"]+)"', html))
    assert linked
    assert linked <= named
    assert "36/2022/QĐ-UBND" in html
    assert '1.105<span class="soft">/1.627' in html


def test_the_page_in_english(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    write_report(synthetic(3), path, lang="en")
    html = path.read_text(encoding="utf-8")
    assert '<html lang="en">' in html
    assert "Standing by tier" in html


def test_another_kind_of_file_is_refused_with_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match=r"\.pdf.*\.html, \.xlsx, \.docx"):
        write_report(synthetic(1), tmp_path / "report.pdf")


def test_the_workbook_has_the_agencies_columns_real_numbers_and_no_formulas(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    path = tmp_path / "report.xlsx"
    write_report(synthetic(3), path)
    book = load_workbook(path)
    matrix, sheet = book.worksheets[1:3]
    assert [cell.value for cell in matrix[2]][:8] == ["Đơn vị", "Thuộc", "Kết quả", "Đạt", "Tổng", "P…", "1", "2"]
    marks = [cell.value for cell in matrix["F"]][2:]
    assert marks[-3:] == [marks.count("✓"), marks.count("✗"), marks.count("?")]
    assert matrix.auto_filter.ref
    assert matrix.print_area
    assert matrix.freeze_panes == "F3"
    heads = [cell.value for cell in sheet[2]]
    assert heads == [
        "TT",
        "Tên tiêu chí",
        "Nội dung tiêu chí",
        "Chỉ tiêu",
        "Đơn vị tính",
        "Kết quả thực hiện",
        "Đánh giá",
        "Thiếu",
        "Cơ quan phụ trách",
        "Ghi chú",
        "Căn cứ",
    ]
    cells = [cell for one in book for row in one.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert any(str(cell.value).startswith("=HYPERLINK") for cell in cells)
    water = next(row for row in sheet.iter_rows(values_only=True) if row[0] == "18.1")
    assert isinstance(water[3], int)
    assert isinstance(water[5], int)
    assert "318/QĐ-TTg" in water[10]
    poverty = next(row for row in sheet.iter_rows() if row[0].value == "11")
    assert poverty[3].number_format.startswith('"≤ "'), "a number does not lose how it is compared"


def test_the_workbook_names_its_sheets_for_the_sets_that_judge(province_book: Any) -> None:
    names = province_book.sheetnames
    assert {"Xã NTM tỉnh Hà Tĩnh", "Xã NTM nâng cao tỉnh Hà Tĩnh", "Phường, thị trấn đạt chuẩn…"} <= set(names)
    assert "Xã NTM" not in names


def test_a_units_sheet_prints_what_is_wanting_and_keeps_the_full_table_on_the_screen(tmp_path: Path) -> None:
    """The whole table is filtered and frozen; the range for paper has every failure and none of what is met."""
    from openpyxl import load_workbook

    path = tmp_path / "report.xlsx"
    tree = synthetic(3)
    write_report(tree, path)
    sheet = load_workbook(path).worksheets[3]
    assessment = tree.unit("x1").assessments["vn/commune-advanced"]
    start, end = (int(one.rpartition("$")[2]) for one in sheet.print_area.partition("!")[2].split(":"))
    assert sheet.auto_filter.ref == f"A2:K{start - 2}"
    assert sheet.freeze_panes == "D3"
    assert sheet.print_title_rows == "$1:$2"
    full = {str(row[0]) for row in sheet.iter_rows(min_row=3, max_row=start - 2, values_only=True)}
    assert {one.code for one in assessment.indicators()} <= full
    paper = list(sheet.iter_rows(min_row=start, max_row=end, values_only=True))
    judged = {(str(row[0]), row[6]) for row in paper if row[6]}
    assert {code for code, said in judged if said == "chưa đạt"} == {one.code for one in assessment.failures()}
    assert {said for _, said in judged} <= {"chưa đạt", "chưa đủ căn cứ"}
    assert end - start < len(full)


def test_what_a_unit_lacks_stands_on_one_page_where_it_can(province_book: Any) -> None:
    book = province_book
    assert book["Xã Sơn Giang"].page_setup.fitToHeight == 1
    assert book["Xã Kỳ Phú"].page_setup.fitToHeight == 0
    assert {sheet.page_setup.fitToWidth for sheet in book} <= {None, 1}


def test_every_table_of_the_overview_has_its_filters(province_book: Any) -> None:
    overview = province_book.worksheets[0]
    assert set(overview.tables) == {"tiers", "plan"}
    assert overview.freeze_panes == "B1"
    assert overview.print_title_rows is None


@pytest.fixture(scope="module")
def letter(written: dict[str, Path]) -> Path:
    return written[".docx"]


def test_the_letter_names_units_and_what_they_fail(letter: Path) -> None:
    text = words(letter)
    assert "Bộ tiêu chí xã nông thôn mới tỉnh Hà Tĩnh giai đoạn 2022-2025: 1 đơn vị chưa đạt: Xã Kỳ Phú." in text
    assert "18.1. Tỷ lệ hộ được sử dụng nước sạch theo quy chuẩn từ hệ thống cấp nước tập trung: 0 %/ ≥ 55 %" in text
    assert "1.105/1.627" in text
    assert "Huyện Kỳ Anh báo cáo 20/20 xã đạt" in text
    assert not re.search(r"\.;|do [a-z]+/[a-z-]+ quy định", text)


def test_the_letter_is_set_as_the_decree_asks(letter: Path) -> None:
    """Nghị định 30/2020/NĐ-CP, Annex I: A4, margins, one typeface, sizes, national heading; fields are marked."""
    import docx
    from docx.shared import Pt

    document = docx.Document(str(letter))
    first, *annexes = document.sections
    # Word keeps lengths in twentieths of a point.
    assert (round(first.page_width.mm), round(first.page_height.mm)) == (210, 297)
    assert [(round(one.page_width.mm), round(one.page_height.mm)) for one in annexes] == [(297, 210)] * 4
    for section in document.sections:
        for margin in (section.top_margin, section.bottom_margin):
            assert 20 <= round(margin.mm) <= 25
        assert 30 <= round(section.left_margin.mm) <= 35
        assert 15 <= round(section.right_margin.mm) <= 20
        assert section.different_first_page_header_footer
    cells = [paragraph for table in document.tables for cell in table._cells for paragraph in cell.paragraphs]
    runs = [run for paragraph in (*document.paragraphs, *cells) for run in paragraph.runs if run.text.strip()]
    assert {run.font.name for run in runs} == {"Times New Roman"}
    assert {run.font.size for run in runs} <= {Pt(11), Pt(12), Pt(13), Pt(14)}
    assert {str(run.font.color.rgb) for run in runs} == {"000000"}
    (nation,) = [run for run in runs if run.text == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]
    (motto,) = [run for run in runs if run.text == "Độc lập - Tự do - Hạnh phúc"]
    assert (nation.bold, motto.bold) == (True, True)
    assert nation.font.size == Pt(13)
    assert Pt(13) <= motto.font.size <= Pt(14)
    # What nobody told is a field, and every field is marked.
    marked = {run.text for run in runs if run.font.highlight_color is not None}
    assert marked >= {"[tên cơ quan báo cáo]", "[cơ quan nhận báo cáo]", "[Họ và tên]"}
    assert marked == {found for run in runs for found in re.findall(r"\[[^\]]+\]", run.text)}


def test_the_text_of_the_letter_is_short_and_its_details_are_annexes(letter: Path) -> None:
    """A chairman reads the text: what counts rest on, notes and limits stand behind it, and the text says where."""
    text, _, annexes = words(letter).partition("Trên đây là báo cáo của")
    assert len(text) < 12_000
    assert "theo báo cáo tổng hợp" not in text
    assert "(Căn cứ của các số liệu này nêu tại Phụ lục III.)" in text
    assert "(Các hạn chế khác của số liệu nêu tại Phụ lục III.)" in text
    assert "theo báo cáo tổng hợp" in annexes.partition("Phụ lục III")[2]
    assert "không xây dựng nông thôn mới" in annexes


def test_what_the_letterhead_says_stands_in_the_letter(tmp_path: Path) -> None:
    head = {
        "superior": "Ủy ban nhân dân tỉnh Hà Tĩnh",
        "agency": "Văn phòng Điều phối nông thôn mới tỉnh",
        "number": "07/BC-VPĐP",
        "place": "Hà Tĩnh",
        "on": "2024-02-05",
        "to": ["Ủy ban nhân dân tỉnh"],
        "receivers": ["Như trên", "Sở Tài chính"],
        "office": "Chánh Văn phòng",
        "signed_for": "Văn phòng Điều phối",
        "signer": "Nguyễn Văn A",
    }
    path = tmp_path / "report.docx"
    write_report(synthetic(3), path, letterhead=Letterhead.model_validate(head))
    text = words(path)
    for said in (
        "Số: 07/BC-VPĐP",
        "Hà Tĩnh, ngày 05 tháng 02 năm 2024",
        "Kính gửi: Ủy ban nhân dân tỉnh.",
        "CHÁNH VĂN PHÒNG",
    ):
        assert said in text
    assert "[" not in text.replace(HOSTILE, "").replace(FORMULA, "")


def test_the_summary_is_short_and_counts_what_it_leaves_out(ha_tinh: tuple[Dossier, TreeAssessment]) -> None:
    from ntm_rules.report.gather import gather
    from ntm_rules.report.summary import to_summary

    dossier, tree = ha_tinh
    text = to_summary(gather(tree, "vi", dossier.check_plans(tree), dossier.title.text("vi"), dossier.notes))
    lines = text.splitlines()
    # What a leader asks first comes first: the targets, then the counts.
    assert [line for line in lines if line.isupper()][:3] == [
        "KẾ HOẠCH VÀ KẾT QUẢ",
        "KẾT QUẢ THEO CẤP ĐỘ",
        "CHƯA ĐẠT VÀ VÌ SAO",
    ]
    assert len(lines) < 60
    assert any("thị trấn: 0/13 đạt" in line for line in lines)
    assert any(line.strip().startswith("… và") for line in lines)
    # Departments that are not told of line by line are named all the same, those without a name last.
    owing = next(line for line in lines if "cơ quan khác:" in line)
    assert "Sở Nội vụ" in owing
    assert owing.endswith("(chưa ghi tên)")


@pytest.mark.parametrize(
    ("lang", "against", "reported"),
    [
        ("vi", "MÂU THUẪN, xem", "số theo báo cáo tổng hợp"),
        ("en", "CONTRADICTED", "from reported counts"),
    ],
)
def test_a_count_of_the_summary_never_stands_without_word_of_what_it_rests_on(
    lang: Any, against: str, reported: str, ha_tinh: tuple[Dossier, TreeAssessment]
) -> None:
    """Law 15: what contradicts it, and that it is somebody's count; beside the targets and the tiers, and no others."""
    from ntm_rules.report.gather import gather
    from ntm_rules.report.summary import to_summary

    dossier, tree = ha_tinh
    report = gather(tree, lang, dossier.check_plans(tree), dossier.title.text(lang), dossier.notes)
    counts = (*report.plan, *report.tiers)
    lines = [line for line in to_summary(report).splitlines() if line.startswith("  ")][1:]
    for word, so in (
        (against, [bool(one.contradictions) for one in counts]),
        (reported, [bool(one.reported) for one in counts]),
    ):
        assert True in so
        assert False in so
        assert [word in line for line in lines[: len(counts)]] == so
