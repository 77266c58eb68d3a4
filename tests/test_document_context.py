"""What stands around a table, or in a row of it, and turns its figures: quoted, and nothing is confirmed of itself."""

from __future__ import annotations

from pathlib import Path

import docx
import openpyxl
import pytest
from docx.oxml import parse_xml

from ntm_rules import load_pack
from ntm_rules.document import DocumentError, Reading, State, draft, match, read_document
from ntm_rules.territory import Region

PACK = load_pack("vn/commune@2021-2025")
TEXT = f"12.1. {PACK['12.1'].text.vi}"
REGIONS = "".join(f"<td>{region.vi}" for region in Region)
HEAD = f"<tr><td>TT<td>Tên tiêu chí<td>Nội dung tiêu chí{REGIONS}"


def row(text: str = TEXT, levels: tuple[str, ...] = ("≥70%", "≥75%", *["≥70%"] * 3, "≥75%", "≥70%")) -> str:
    return f"<tr><td>12<td>Lao động<td>{text}{''.join(f'<td>{level}' for level in levels)}"


def table(*rows: str) -> str:
    return f"<table>{HEAD}{''.join(rows)}</table>"


def read(folder: Path, body: str) -> Reading:
    head = "<p>Số: 318/QĐ-TTg</p><p>Hà Nội, ngày 08 tháng 3 năm 2022</p><p>PHỤ LỤC I</p>"
    (folder / "a.html").write_text(
        f"<meta charset='utf-8'>{head}<p>BỘ TIÊU CHÍ VỀ XÃ NÔNG THÔN MỚI</p>{body}", encoding="utf-8"
    )
    return match(read_document(folder / "a.html"), PACK)


def own(reading: Reading) -> list[tuple[State, str]]:
    found = [one for one in reading.found if one.address.code == "12.1"]
    return [(one.state, one.note.text("vi") if one.note else "") for one in found]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Bãi bỏ các nội dung sau đây:", ""),
        ("Các mức cũ (hết hiệu lực):", ""),
        ("DANH MỤC CÁC TIÊU CHÍ BÃI BỎ", ""),
        ("Đơn vị tính: người", ""),
        ("Đối với xã đảo:", ""),
        ("Riêng các xã biên giới áp dụng như sau", ""),
        ("Áp dụng từ năm 2025", ""),
        ("Tiêu chí khuyến khích, không bắt buộc", ""),
        ("", "Ghi chú: Mức tại cột Trung du miền núi phía Bắc giảm 5% so với số ghi trong bảng."),
        ("", "Riêng xã đảo bằng 80% mức trên."),
        ("", "Trường hợp xã an toàn khu: giảm 10%"),
        ("", "Các mức trên chỉ để tham khảo."),
    ],
)
def test_a_sentence_that_turns_the_figures_is_quoted_at_each(before: str, after: str, tmp_path: Path) -> None:
    told = own(read(tmp_path, f"<p>{before}</p>{table(row())}<p>{after}</p>"))
    assert len(told) == 7
    assert all(state is State.NOT_UNDERSTOOD and (before or after) in note for state, note in told)


@pytest.mark.parametrize("part", ["Tiêu chí khuyến khích, không bắt buộc", "II. Các mức hết hiệu lực"])
def test_a_row_across_turns_what_stands_under_it(part: str, tmp_path: Path) -> None:
    across = f"<tr><td>A<td>{part}{'<td>' * 8}"
    assert all(part in note for _, note in own(read(tmp_path, table(across, row()))))
    assert {state for state, _ in own(read(tmp_path, table(row(), across)))} == {State.AGREES}


@pytest.mark.parametrize("text", ["Riêng xã đảo, xã biên giới", "- Đối với xã an toàn khu", "Trường hợp xã mới tách"])
def test_a_row_of_some_units_only_is_of_the_row_above_it(text: str, tmp_path: Path) -> None:
    told = own(read(tmp_path, table(row(), row(text, ("≥50%",) * 7))))
    assert all(state is State.NOT_UNDERSTOOD and "≥50%" in note for state, note in told)


def test_a_second_table_with_other_levels_for_a_code_leaves_none_of_them_certain(tmp_path: Path) -> None:
    other = row("12.1. Tỷ lệ lao động qua đào tạo", ("≥65%",) * 7)
    told = own(read(tmp_path, f"{table(row())}<p>Sửa đổi như sau:</p>{table(other)}"))
    assert {state for state, _ in told} == {State.NOT_UNDERSTOOD}


@pytest.mark.parametrize("said", ["DỰ THẢO", "(Dự thảo lần 2)", "Bản dự thảo ngày 01/02/2022"])
def test_a_draft_is_asked_about(said: str, tmp_path: Path) -> None:
    reading = read(tmp_path, f"<p>{said}</p>{table(row())}")
    assert reading.another
    assert any(said in doubt.text("vi") for doubt in reading.doubts)


@pytest.mark.parametrize(
    "said",
    ["(Kèm theo Quyết định số 318/QĐ-TTg bãi bỏ Quyết định số 1980/QĐ-TTg)", "Đơn vị tính: %", "I. XÃ NÔNG THÔN MỚI"],
)
def test_names_and_numbers_of_a_decision_turn_nothing(said: str, tmp_path: Path) -> None:
    reading = read(tmp_path, f"<p>{said}</p>{table(row())}")
    assert {state for state, _ in own(reading)} == {State.AGREES}
    assert [doubt for doubt in reading.doubts if doubt.key == "document.said_beside"] == []


def test_any_other_sentence_is_quoted_to_be_read(tmp_path: Path) -> None:
    reading = read(tmp_path, f"<p>Xã đăng ký lần đầu xem thêm công văn.</p>{table(row())}")
    assert {state for state, _ in own(reading)} == {State.AGREES}
    assert any("Xã đăng ký lần đầu" in doubt.text("vi") for doubt in reading.doubts)


ABOVE = "<tr><td>15<td>Y tế<td>15.1. Tỷ lệ người dân tham gia bảo hiểm y tế<td>≥ 90%" + "<td>≥ 90%" * 7


def across(text: str) -> str:
    return f"<tr><td colspan=11>{text}"


@pytest.mark.parametrize(
    "part",
    ["II. XÃ NÔNG THÔN MỚI NÂNG CAO", "B. XÃ ĐẶC BIỆT KHÓ KHĂN", "Giai đoạn 2016 - 2020", "KẾT QUẢ NĂM 2023"],
)
def test_a_part_that_is_not_of_the_set_makes_all_below_it_doubtful(part: str, tmp_path: Path) -> None:
    told = own(read(tmp_path, table(ABOVE, across(part), row())))
    assert all(state is State.NOT_UNDERSTOOD and part in note for state, note in told)
    lower = own(read(tmp_path, table(ABOVE, across(part), across("1. Quy hoạch"), row())))
    assert all(state is State.NOT_UNDERSTOOD and part in note for state, note in lower)


@pytest.mark.parametrize("part", ["I. QUY HOẠCH", "III. KINH TẾ VÀ TỔ CHỨC SẢN XUẤT", "12. Lao động", "Nhóm y tế"])
def test_a_part_of_the_set_says_nothing_of_its_figures(part: str, tmp_path: Path) -> None:
    assert {state for state, _ in own(read(tmp_path, table(ABOVE, across(part), row())))} == {State.AGREES}


@pytest.mark.parametrize("remark", ["(Không áp dụng từ năm 2024)", "Riêng xã an toàn khu: giảm 10%", "Trong đó: nữ"])
def test_a_remark_below_a_row_is_of_that_row(remark: str, tmp_path: Path) -> None:
    told = own(read(tmp_path, table(row(), across(remark), ABOVE)))
    assert all(state is State.NOT_UNDERSTOOD and remark in note for state, note in told)


def with_note(text: str) -> str:
    return f"<table>{HEAD}<th>Ghi chú{row()}<td>{text}</table>"


@pytest.mark.parametrize("note", ["Bãi bỏ", "Sửa thành 65%", "Áp dụng từ 2026", "Sở Nội vụ đề nghị bỏ", "65%"])
def test_a_note_that_is_not_understood_makes_its_row_doubtful(note: str, tmp_path: Path) -> None:
    told = own(read(tmp_path, with_note(note)))
    assert all(state is State.NOT_UNDERSTOOD and note in said for state, said in told)


@pytest.mark.parametrize("note", ["", "x", "Sở Nội vụ", "Sở Y tế, Sở Tài chính", "Theo Quyết định số 12/2024/QĐ-UBND"])
def test_who_looks_after_a_row_says_nothing_of_its_figures(note: str, tmp_path: Path) -> None:
    assert {state for state, _ in own(read(tmp_path, with_note(note)))} == {State.AGREES}


@pytest.mark.parametrize(
    ("cell", "written"), [("<td>Lao động<", "Lao động (bãi bỏ)"), ("<td>12<", "12 (bãi bỏ)"), ("<td>12<", "12bis")]
)
def test_words_beyond_a_criterion_or_its_number_make_its_rows_doubtful(cell: str, written: str, tmp_path: Path) -> None:
    told = own(read(tmp_path, table(row().replace(cell, f"<td>{written}<"))))
    assert all(state is State.NOT_UNDERSTOOD and written in note for state, note in told)


@pytest.mark.parametrize(
    "heading",
    ["Phần II. Thôn nông thôn mới", "Biểu 2: Kết quả", "2. Xã loại 2", "Bảng so sánh với giai đoạn trước"],
)
def test_a_heading_that_is_not_of_the_set_makes_its_table_doubtful(heading: str, tmp_path: Path) -> None:
    told = own(read(tmp_path, f"{table(ABOVE)}<p>{heading}</p>{table(row())}"))
    assert all(state is State.NOT_UNDERSTOOD and heading in note for state, note in told)


@pytest.mark.parametrize("title", ["(DỰ THẢO)", "THAM KHẢO", "BẢNG THUYẾT MINH BỘ TIÊU CHÍ VỀ XÃ NÔNG THÔN MỚI"])
def test_a_title_that_is_not_of_a_set_makes_its_tables_doubtful(title: str, tmp_path: Path) -> None:
    told = own(read(tmp_path, f"<p>PHỤ LỤC II</p><p>{title}</p>{table(row())}"))
    assert all(state is State.NOT_UNDERSTOOD and title in note for state, note in told)


def test_a_caption_and_a_line_through_a_whole_table_are_seen(tmp_path: Path) -> None:
    told = own(read(tmp_path, table(row()).replace("<table>", "<table><caption>Bãi bỏ bảng này</caption>")))
    assert all(state is State.NOT_UNDERSTOOD and "Bãi bỏ bảng này" in note for state, note in told)
    with pytest.raises(DocumentError, match="~~"):
        read(tmp_path, f"<del>{table(row())}</del>")


def test_a_note_that_is_not_understood_stands_in_a_draft(tmp_path: Path) -> None:
    read(tmp_path, with_note("Bãi bỏ"))
    drafted = draft(read_document(tmp_path / "a.html"), "vn/x")
    assert drafted.prose == ("12.1",)
    assert "Bãi bỏ" in str(drafted.pack["12.1"].note)


def spanned(top: str, *, above: str = "", second: str = REGIONS, common: str = "") -> str:
    head = "".join(f"<td rowspan=2>{name}" for name in ("TT", "Tên tiêu chí", "Nội dung tiêu chí", "Chỉ tiêu chung"))
    levels = "".join(f"<td>{level}" for level in ("≥70%", "≥75%", *["≥70%"] * 3, "≥75%", "≥70%"))
    first = f"<tr><td colspan=11>{above}" if above else ""
    return (
        f"<table>{first}<tr>{head}<td colspan=7>{top}<tr>{second}<tr><td>12<td>Lao động<td>{TEXT}<td>{common}{levels}"
    )


@pytest.mark.parametrize(
    "top",
    [
        "Mức không đạt", "Bãi bỏ", "Không áp dụng", "Mức thu hồi danh hiệu", "Chỉ tiêu đối với thị trấn",
        "Yêu cầu đối với từng nhóm phường", "Chỉ tiêu giai đoạn 2016 - 2020", "Từ năm 2028", "Đơn vị tính: ‰",
        "Xã đặc biệt khó khăn",
    ],
)  # fmt: skip
def test_words_over_several_columns_that_are_not_understood_are_named_at_each(top: str, tmp_path: Path) -> None:
    told = own(read(tmp_path, spanned(top)))
    assert [(state, top in note) for state, note in told] == [(State.NOT_UNDERSTOOD, True)] * 7


@pytest.mark.parametrize("top", ["Chỉ tiêu theo vùng", "Mức đạt chuẩn", "Giai đoạn 2021 - 2025", "Yêu cầu đối với xã"])
def test_words_over_several_columns_may_say_what_the_set_asks(top: str, tmp_path: Path) -> None:
    assert {state for state, _ in own(read(tmp_path, spanned(top)))} == {State.AGREES}


def test_a_year_over_several_columns_makes_them_of_that_year(tmp_path: Path) -> None:
    assert {state for state, _ in own(read(tmp_path, spanned("Năm 2025", common="≥70%")))} == {State.NOT_UNDERSTOOD}


@pytest.mark.parametrize(
    "above", ["CHỈ TIÊU ÁP DỤNG ĐỐI VỚI THỊ TRẤN", "CÁC CHỈ TIÊU THU HỒI DANH HIỆU", "ÁP DỤNG TỪ NĂM 2025"]
)
def test_a_row_above_the_heading_is_said_of_the_whole_table(above: str, tmp_path: Path) -> None:
    told = own(read(tmp_path, spanned("Chỉ tiêu theo vùng", above=above)))
    assert [(state, above in note) for state, note in told] == [(State.NOT_UNDERSTOOD, True)] * 7
    known = own(read(tmp_path, spanned("Chỉ tiêu theo vùng", above="BỘ TIÊU CHÍ QUỐC GIA VỀ XÃ NÔNG THÔN MỚI")))
    assert {state for state, _ in known} == {State.AGREES}


@pytest.mark.parametrize("common", ["≥70%", "≥65%"])
def test_the_common_level_is_nobodys_where_no_other_column_was_understood(common: str, tmp_path: Path) -> None:
    seven = "".join(f"<td>Vùng {number}" for number in ("I", "II", "III", "IV", "V", "VI", "VII"))
    told = own(read(tmp_path, spanned("Chỉ tiêu theo vùng", second=seven, common=common)))
    assert [(state, "Vùng VII" in note) for state, note in told] == [(State.NOT_UNDERSTOOD, True)] * 7


ELSEWHERE = "document.said_elsewhere"
SAID = "Nội dung 12.1 không áp dụng đối với xã đảo."


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (f"{{}}<p>Nơi nhận:</p><p>Ghi chú: {SAID}</p>", SAID),
        (f"{{}}<table><tr><td>{SAID}</table>", SAID),
        ("<table><tr><td>Các mức dưới đây bằng 80% đối với xã đảo.</table><p>1. Mức</p>{}", "bằng 80%"),
        ("{}<p>Điều 2. Xã đảo, xã biên giới được giảm 10% so với mức tại Phụ lục I.</p>", "giảm 10%"),
        ("{}<p>Điều 2. Mức của nội dung 12.1 tại Phụ lục I được tính gấp đôi đối với xã vùng cao.</p>", "gấp đôi"),
        ("{}<p>Điều 3. Nội dung 12.1 được sửa đổi như sau: “vùng Tây Nguyên ≥97%”.</p>", "Nội dung 12.1 được sửa đổi"),
        ("{}<p>PHỤ LỤC II</p><p>SỬA ĐỔI, BỔ SUNG PHỤ LỤC I</p>", "SỬA ĐỔI, BỔ SUNG PHỤ LỤC I"),
        ("{}<table><tr><td>TT<td>Nội dung<td>Sửa thành<tr><td>12.1<td>Lao động<td>≥97%</table>", "Sửa thành"),
        ("{}<table><tr><td>Mã<td>Điều<td>Nói thêm<tr><td>12.1<td>6<td>không áp dụng</table>", "không áp dụng"),
    ],
)
def test_a_sentence_far_from_the_table_that_may_turn_its_levels_is_quoted(body: str, said: str, tmp_path: Path) -> None:
    told = [doubt.text("vi") for doubt in read(tmp_path, body.format(table(row()))).doubts if doubt.key == ELSEWHERE]
    assert any(said in text for text in told)


@pytest.mark.parametrize(
    "body",
    [
        "{}<p>Nơi nhận:</p><p>- Như Điều 4;</p><p>- Lưu: VT.</p>",
        "{}<p>Điều 3. Quyết định này có hiệu lực từ ngày ký và thay thế Quyết định số 1980/QĐ-TTg.</p>",
        "{}<p>Điều 4. Các bộ, ngành hướng dẫn thực hiện Bộ tiêu chí này.</p>",
    ],
)
def test_the_articles_of_a_decision_are_not_asked_about(body: str, tmp_path: Path) -> None:
    assert [doubt for doubt in read(tmp_path, body.format(table(row()))).doubts if doubt.key == ELSEWHERE] == []


_BEHIND = (
    '<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:v="urn:schemas-microsoft-com:vml">'
    "<w:pict><v:shape>{}</v:shape></w:pict></w:r>"
)
_BOXED = _BEHIND.format(
    f"<v:textbox><w:txbxContent><w:p><w:r><w:t>{SAID}</w:t></w:r></w:p></w:txbxContent></v:textbox>"
)


@pytest.mark.parametrize(
    ("where", "what", "key"),
    [
        ("header", SAID, ELSEWHERE),
        ("footer", SAID, ELSEWHERE),
        ("header", "DỰ THẢO LẦN 2", "document.is_draft"),
        ("header", _BEHIND.format('<v:textpath string="DỰ THẢO"/>'), "document.is_draft"),
        ("body", _BOXED, ELSEWHERE),
    ],
)
def test_the_margins_and_boxes_of_a_word_file_are_read(where: str, what: str, key: str, tmp_path: Path) -> None:
    opened = docx.Document()
    for line in ("Số: 318/QĐ-TTg", "PHỤ LỤC I", "BỘ TIÊU CHÍ VỀ XÃ NÔNG THÔN MỚI"):
        opened.add_paragraph(line)
    names = ["TT", "Tên tiêu chí", "Nội dung tiêu chí", *(region.vi for region in Region)]
    grid = opened.add_table(2, len(names))
    for one, two, name, level in zip(
        *(r.cells for r in grid.rows), names, ["12", "", TEXT, *["≥70%"] * 7], strict=True
    ):
        one.text, two.text = name, level
    section = opened.sections[0]
    place = {"header": section.header, "footer": section.footer}.get(where)
    paragraph = opened.add_paragraph() if place is None else place.paragraphs[0]
    if what.startswith("<"):
        paragraph._p.append(parse_xml(what))
    else:
        paragraph.text = what
    opened.save(str(tmp_path / "a.docx"))
    assert key in {doubt.key for doubt in match(read_document(tmp_path / "a.docx"), PACK).doubts}


def test_what_is_printed_above_a_sheet_may_call_it_a_draft(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.oddHeader.center.text = "DỰ THẢO - lấy ý kiến"
    sheet.append(["TT", "Tên tiêu chí", "Nội dung tiêu chí", *(region.vi for region in Region)])
    sheet.append(["12", "Lao động", TEXT, *["≥70%"] * 7])
    book.save(tmp_path / "a.xlsx")
    assert "document.is_draft" in {doubt.key for doubt in match(read_document(tmp_path / "a.xlsx"), PACK).doubts}
