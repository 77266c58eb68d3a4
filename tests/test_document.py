"""Decisions read from files: the same content from every container, what each cell asks, and what is refused."""

from __future__ import annotations

import gzip
from decimal import Decimal
from pathlib import Path

import pytest
from annex import Layout, save_pdf, values, written

from ntm_rules import load_pack
from ntm_rules.document import Document, DocumentError, State, match, read_document
from ntm_rules.document.criteria_table import Content, criteria_tables
from ntm_rules.document.requirement import Kind, asked
from ntm_rules.pack.condition import Op

DATA = Path(__file__).parent / "data" / "documents"
LAW = {".docx": "qd_51_2025_ttg.docx", ".pdf": "qd_51_2025_ttg.pdf", ".html": "qd_51_2025_ttg.html"}


@pytest.fixture(scope="session")
def law(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Document]:
    """Quyết định 51/2025/QĐ-TTg, read from its three containers."""
    page = tmp_path_factory.mktemp("law") / LAW[".html"]
    page.write_bytes(gzip.decompress((DATA / "qd_51_2025_ttg.html.gz").read_bytes()))
    return {kind: read_document(page if kind == ".html" else DATA / name) for kind, name in LAW.items()}


def contents(document: Document) -> dict[str, Content]:
    (table,) = criteria_tables(document)
    return {content.code: content for content in table.contents}


@pytest.mark.parametrize("kind", LAW)
def test_head_of_the_decision(law: dict[str, Document], kind: str) -> None:
    document = law[kind]
    assert (document.number, str(document.day)) == ("51/2025/QĐ-TTg", "2025-12-29")
    assert document.issuer == "Thủ tướng Chính phủ"
    assert document.years == (2026, 2030)
    assert document.annexes == ("PHỤ LỤC I", "PHỤ LỤC II", "PHỤ LỤC III")


@pytest.mark.parametrize("kind", LAW)
def test_ten_criteria_and_forty_seven_contents(law: dict[str, Document], kind: str) -> None:
    read = contents(law[kind])
    assert len(read) == 47
    assert len({content.criterion for content in read.values()}) == 10
    assert all(len(content.values) == 4 for content in read.values())


def test_three_containers_are_read_alike(law: dict[str, Document]) -> None:
    def told(document: Document) -> list[tuple[object, ...]]:
        return [
            (
                c.code,
                c.criterion,
                c.title,
                c.text,
                v.rows,
                v.asked.kind,
                v.asked.parts,
                v.words,
                v.guidance,
            )
            for c in contents(document).values()
            for v in c.values
        ]

    assert told(law[".html"]) == told(law[".docx"]) == told(law[".pdf"])


@pytest.mark.parametrize(
    ("code", "common", "groups"),
    [
        ("2.4", "≥98%", ("≥99%", "≥99%", "≥98%")),
        ("6.1", "≤2%", ("≤2%", "≤5%", "≤13%")),
        ("3.8", "≥40%", ("≥60%", "≥50%", "≥40%")),
        ("2.3", "Đạt", ("Tốt", "Khá", "Đạt")),
    ],
)
def test_levels_of_the_law(law: dict[str, Document], code: str, common: str, groups: tuple[str, ...]) -> None:
    read = contents(law[".pdf"])[code]
    assert [value.words for value in read.values] == [common, *groups]
    assert [value.rows for value in read.values] == [(), *((("group", f"nhom{n}"),) for n in (1, 2, 3))]


def test_guidance_is_no_level(law: dict[str, Document]) -> None:
    read = contents(law[".html"])
    assert read["3.8"].values[1].guidance.startswith("Hội Nông dân Việt Nam hướng dẫn")
    # "… đạt tỷ lệ ≥65% (…)" inside a delegation is not what is asked of the commune.
    assert [value.asked.kind for value in read["6.3"].values] == [Kind.MET, *[Kind.WORDS] * 3]
    assert [value.asked.kind for value in read["3.7"].values] == [
        Kind.VALUE,
        Kind.NOT_ASKED,
        Kind.DELEGATED,
        Kind.DELEGATED,
    ]


@pytest.mark.parametrize("kind", LAW)
def test_the_pack_of_the_law_agrees_with_its_documents(law: dict[str, Document], kind: str) -> None:
    reading = match(law[kind], load_pack("vn/commune@2026-2030"))
    counts = reading.counts()
    assert not reading.doubts
    assert counts[State.DIFFERS] == counts[State.NEW] == counts[State.NOT_IN_PACK] == 0
    assert counts[State.AGREES] >= 54


def test_annex_by_region() -> None:
    document = read_document(DATA / "vi_du_theo_vung.docx")
    read = contents(document)
    assert document.number == ""
    assert len(read) == 14

    def level(code: str, region: str, year: str = "") -> tuple[Op | None, Decimal]:
        rows = (*((("year", year),) if year else ()), ("region", region))
        value = read[code].value(*rows)
        assert value is not None
        part = value.asked.parts[0]
        return part.op, part.amount.value

    assert level("6.1", "tn") == (Op.AT_LEAST, 42)
    assert level("4.1", "dbscl", "2033") == (Op.AT_LEAST, Decimal("68.5"))
    assert level("2.2", "btb") == level("2.2", "dhntb") == (Op.AT_LEAST, 72)
    assert level("7.2", "dnb") == (Op.AT_LEAST, 1000)
    assert read["2.2"].text == "Tỷ lệ đường thôn được cứng hóa"
    inner = read["6.1"].value(("region", "tn"))
    assert inner is not None
    assert inner.asked.parts[1].words == "từ hệ thống cấp nước tập trung"
    kinds = {region: value.asked.kind for region in ("tn", "dbscl") if (value := read["3.1"].value(("region", region)))}
    # The note under the table says what a dash means.
    assert set(kinds.values()) == {Kind.NOT_ASKED}
    empty = read["6.3"].value(("region", "dbscl"))
    assert empty is not None
    assert empty.asked.kind is Kind.BLANK


def test_tables_that_are_not_criteria_are_not_taken_for_them() -> None:
    document = read_document(DATA / "tt_65_2025_nhnn.html")
    assert document.tables
    assert not criteria_tables(document)
    with pytest.raises(DocumentError, match=r"none is a table of criteria|not clear whom these columns are for"):
        match(document, load_pack("vn/commune@2021-2025"))


@pytest.mark.parametrize(
    ("words", "op", "value"),
    [
        ("≥ 80%", Op.AT_LEAST, "80"),
        ("Trên 90%", Op.MORE_THAN, "90"),
        ("80% trở lên", Op.AT_LEAST, "80"),
        ("Từ 80% trở lên", Op.AT_LEAST, "80"),
        ("≥ 80% trở lên", Op.AT_LEAST, "80"),
        ("Dưới 5%", Op.LESS_THAN, "5"),
        ("Không quá 1,5%", Op.AT_MOST, "1.5"),
        ("Tối thiểu 01 mô hình", Op.AT_LEAST, "1"),
        ("01 mô hình", None, "1"),
        ("Không", Op.AT_MOST, "0"),
        ("≥ 60 lít/người/ngày đêm", Op.AT_LEAST, "60"),
        ("≥ 1.000 m²", Op.AT_LEAST, "1000"),
        ("≥ 2 m²/người (*)", Op.AT_LEAST, "2"),
        ("≥ 16,5", Op.AT_LEAST, "16.5"),
        ("≥70% [1]", Op.AT_LEAST, "70"),
    ],
)
def test_words_that_ask_for_a_value(words: str, op: Op | None, value: str) -> None:
    (part,) = asked(words).parts
    assert (part.op, part.amount.value) == (op, Decimal(value))


@pytest.mark.parametrize(
    "words",
    [
        "70 - 80%",
        "Từ 60% đến dưới 75%",
        "Từ 80%",
        "Trên 90% trở lên",
        "Bình quân từ 9,5 - 12%/năm",
        "≥ 70% UBND cấp tỉnh quy định cụ thể",
        "≥ 80% số hộ hoặc 70% số thôn",
        "≥ 8O%",
        "≥ 1.23.4%",
        "Tốt",
        "khoảng 80%",
        "≥ 3 hoặc 4",
        "2/3 số thôn",
    ],
)
def test_words_with_two_readings_or_none_stay_words(words: str) -> None:
    assert asked(words).kind is Kind.WORDS


def test_inner_values() -> None:
    read = asked("≥65% (≥25% từ hệ thống cấp nước tập trung)")
    assert [(p.op, p.amount.text(), p.words) for p in read.parts] == [
        (Op.AT_LEAST, "65 %", ""),
        (Op.AT_LEAST, "25 %", "từ hệ thống cấp nước tập trung"),
    ]
    special = asked("≥ 75% (đối với xã đảo: ≥ 65%)")
    assert (special.parts[1].unless, special.parts[1].words) == (True, "xã đảo")


def of_page(folder: Path, rows: str, after: str = "") -> dict[str, Content]:
    """The contents of a page with one table of criteria."""
    heading = "<tr><td>TT<td>Tên tiêu chí<td>Nội dung tiêu chí<td>Chỉ tiêu"
    page = folder / "a.html"
    page.write_text(f'<meta charset="utf-8"><table>{heading}{rows}</table>{after}', encoding="utf-8")
    return contents(read_document(page))


def test_contents_without_a_code_are_numbered_within_their_criterion(tmp_path: Path) -> None:
    rows = "<tr><td rowspan=2>4<td rowspan=2>Điện<td>Có hệ thống điện<td>Đạt<tr><td>Tỷ lệ hộ dùng điện<td>≥ 98%"
    read = of_page(tmp_path, f"{rows}<tr><td>5<td>Trường học<td>Tỷ lệ trường đạt chuẩn<td>100%")
    assert list(read) == ["4.1", "4.2", "5"]
    assert not any(content.coded for content in read.values())


def test_years_in_rows_of_their_own(tmp_path: Path) -> None:
    rows = """<tr><td rowspan=4>10<td rowspan=4>Thu nhập<td>10. Thu nhập bình quân (triệu đồng/người)<td>
    <tr><td>Năm 2021<td>≥ 39<tr><td>- Năm 2022<td>≥ 42<tr><td>Năm 2023 - 2025:<td>≥ 1.045,5"""
    (content,) = of_page(tmp_path, rows).values()
    read = {value.rows: value.asked.parts[0].amount.text() for value in content.values if value.asked.parts}
    assert read == {
        (("year", "2021"),): "39 triệu đồng/người",
        (("year", "2022"),): "42 triệu đồng/người",
        (("year", "2023-2025"),): "1.045,5 triệu đồng/người",
    }


def test_two_levels_for_one_content_are_not_one(tmp_path: Path) -> None:
    rows = "<tr><td rowspan=2>4<td rowspan=2>Điện<td rowspan=2>4.1. Tỷ lệ hộ dùng điện<td>≥ 98%<tr><td>≥ 95%"
    (content,) = of_page(tmp_path, rows).values()
    assert content.values[0].asked.kind is Kind.WORDS


def test_an_unexplained_dash_and_an_empty_cell_are_no_levels(tmp_path: Path) -> None:
    rows = "<tr><td>1<td>A<td>1.1. Tỷ lệ hộ<td>-<tr><td>2<td>B<td>2.1. Tỷ lệ xã<td>"
    kinds = [content.values[0].asked.kind for content in of_page(tmp_path, rows).values()]
    assert kinds == [Kind.DASH, Kind.BLANK]
    said = of_page(tmp_path, rows, "<p>Ghi chú: dấu (-) là không quy định.</p>")
    assert said["1.1"].values[0].asked.kind is Kind.NOT_ASKED


def test_numbers_that_word_counts_by_itself(tmp_path: Path) -> None:
    """A list numbered "%1.%2." has its numbers in no text of the file."""
    import docx

    made = docx.Document()
    numbering = made.part.numbering_part.element
    from docx.oxml import parse_xml

    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    levels = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="decimal"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for depth, start, text in ((0, 7, "%1."), (1, 1, "%1.%2."))
    )
    numbering.insert(0, parse_xml(f'<w:abstractNum {space} w:abstractNumId="77">{levels}</w:abstractNum>'))
    numbering.append(parse_xml(f'<w:num {space} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    table = made.add_table(3, 4)
    for column, text in enumerate(("TT", "Tên tiêu chí", "Nội dung tiêu chí", "Chỉ tiêu")):
        table.cell(0, column).text = text
    for row, (name, text, level) in enumerate((("Chợ", "Có chợ", "Đạt"), ("", "Tỷ lệ hộ", "≥ 9%")), 1):
        for column, (words, depth) in enumerate((("", 0 if name else None), (name, None), (text, 1), (level, None))):
            paragraph = table.cell(row, column).paragraphs[0]
            paragraph.add_run(words)
            if depth is not None:
                marked = f'<w:numPr {space}><w:ilvl w:val="{depth}"/><w:numId w:val="77"/></w:numPr>'
                paragraph._p.get_or_add_pPr().append(parse_xml(marked))
    made.save(str(tmp_path / "a.docx"))
    read = contents(read_document(tmp_path / "a.docx"))
    assert list(read) == ["7.1", "7.2"]
    assert {content.criterion for content in read.values()} == {"7"}


def test_number_cells_of_a_workbook_are_not_read_as_texts(tmp_path: Path) -> None:
    """1.234 as a number is 1,234 in a decision's spelling, and 0.8 shown as per cent is 80 %."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (("TT", "Nội dung tiêu chí", "Chỉ tiêu"), (1, "1.1. Diện tích", 1.234), (2, "2.1. Tỷ lệ hộ", 0.8)):
        sheet.append(row)
    sheet["C3"].number_format = "0%"
    book.save(tmp_path / "a.xlsx")
    read = contents(read_document(tmp_path / "a.xlsx"))
    amounts = {code: content.values[0].asked.parts[0].amount for code, content in read.items()}
    assert (amounts["1.1"].value, amounts["2.1"].text()) == (Decimal("1.234"), "80 %")


@pytest.mark.parametrize(
    ("name", "said"),
    [("anh_quet.pdf", "no text to read"), ("doi_cu.doc", "save it as .docx"), ("README.md", "are not read")],
)
def test_files_that_cannot_be_read_say_what_to_do(name: str, said: str) -> None:
    with pytest.raises(DocumentError, match=said) as refused:
        read_document(DATA / name)
    assert refused.value.text("vi") != refused.value.text("en")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Nội dung, điểm số được thực hiện theo Phụ lục I ban hành kèm theo Thông tư này.", "speaks of Phụ lục I"),
        ("Ban hành kèm theo Quyết định này Quy định tiêu chí xét công nhận.", "speaks of Quy định"),
        ("Các tiêu chí gồm: a) tỷ lệ hộ nghèo dưới 2%.", "has no table, only prose"),
    ],
)
def test_a_decision_whose_annex_is_another_file_says_so(text: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(f'<meta charset="utf-8"><p>Điều 1.</p><p>{text}</p>', encoding="utf-8")
    with pytest.raises(DocumentError, match=said):
        match(read_document(tmp_path / "a.html"), load_pack("vn/commune@2026-2030"))


def test_a_column_headed_chi_tieu_may_hold_the_contents(tmp_path: Path) -> None:
    heading = "<tr><td>TT<td>Tiêu chí<td>Chỉ tiêu<td>Phường<td>Thị trấn"
    rows = "<tr><td>6<td>Y tế<td>6.1. Tỷ lệ dân số tham gia bảo hiểm y tế<td>≥ 90%<td>≥ 80%"
    (tmp_path / "a.html").write_text(f'<meta charset="utf-8"><table>{heading}{rows}</table>', encoding="utf-8")
    (content,) = contents(read_document(tmp_path / "a.html")).values()
    assert (content.code, content.text) == ("6.1", "Tỷ lệ dân số tham gia bảo hiểm y tế")
    assert [value.rows for value in content.values] == [(("level", "ward"),), (("level", "town"),)]
    # Under the same heading, figures that look like codes are figures.
    rows = "<tr><td>10<td>Thu nhập<td>2,5 triệu đồng<td>3<td>4<tr><td>11<td>Nhà ở<td>9,5 %<td>≥ 1%<td>2%"
    (tmp_path / "b.html").write_text(f'<meta charset="utf-8"><table>{heading}{rows}</table>', encoding="utf-8")
    assert [content.text for content in contents(read_document(tmp_path / "b.html")).values()] == ["Thu nhập", "Nhà ở"]


def test_points_are_no_levels(tmp_path: Path) -> None:
    """ "20" under "Điểm đánh giá tối đa / Nhóm 1" asks nothing of a commune of group 1."""
    heading = """<tr><td rowspan=2>TT<td rowspan=2>Nội dung tiêu chí<td rowspan=2>Chỉ tiêu<td colspan=2>Điểm tối đa
        <tr><td>Nhóm 1<td>Nhóm 2"""
    rows = "<tr><td>1<td>1.1. Tỷ lệ hộ<td>≥ 9%<td>20<td>30"
    (tmp_path / "a.html").write_text(f'<meta charset="utf-8"><table>{heading}{rows}</table>', encoding="utf-8")
    (value,) = contents(read_document(tmp_path / "a.html"))["1.1"].values
    assert (value.rows, value.words) == ((), "≥ 9%")


def test_a_mark_that_limits_a_level_is_told(tmp_path: Path) -> None:
    rows = "<tr><td>4<td>Lao động<td>4.1. Tỷ lệ lao động qua đào tạo có bằng cấp, chứng chỉ<td>≥ 27% (*)"
    of_page(tmp_path, rows, "<p>Ghi chú: (*) Không áp dụng đối với xã đảo; dấu (-) là không quy định.</p>")
    reading = match(read_document(tmp_path / "a.html"), load_pack("vn/commune@2026-2030"))
    told = {found.note.text("vi") for found in reading.found if found.state is State.AGREES and found.note}
    assert told == {"ô có chú thích (*): Không áp dụng đối với xã đảo"}


@pytest.mark.parametrize(
    ("after", "said"), [("<p>(*) Không áp dụng đối với xã đảo.</p>", "xã đảo"), ("", "không thấy chú thích")]
)
def test_a_mark_of_the_row_is_told(after: str, said: str, tmp_path: Path) -> None:
    rows = "<tr><td>4<td>Lao động<td>4.1. Tỷ lệ lao động qua đào tạo có bằng cấp, chứng chỉ (*)<td>≥ 27%"
    of_page(tmp_path, rows, after)
    reading = match(read_document(tmp_path / "a.html"), load_pack("vn/commune@2026-2030"))
    (told,) = {found.note.text("vi") for found in reading.found if found.cell is not None and found.note}
    assert said in told


@pytest.mark.parametrize("ruled", ["none", "heading", "rows"])
def test_a_pdf_of_a_sheet_without_ruled_lines_says_so(ruled: str, tmp_path: Path) -> None:
    """As printed from Excel without borders: nothing is read from where words happen to stand."""
    pack = load_pack("vn/commune@2026-2030")
    save_pdf(written(pack, Layout(seed=2, ruled=ruled), values(pack, 2)), tmp_path / "a.pdf")
    with pytest.raises(DocumentError, match="no ruled lines") as refused:
        match(read_document(tmp_path / "a.pdf"), pack)
    assert "không kẻ ô" in refused.value.text("vi")
