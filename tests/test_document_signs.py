"""Signs in whatever way a file keeps them: read, or the cell is not understood and says why; never passed over."""

from __future__ import annotations

from pathlib import Path

import docx
import openpyxl
import pytest
from docx.oxml import parse_xml
from openpyxl.styles import Font

from ntm_rules import load_pack
from ntm_rules.document import DocumentError, Found, match, read_document

PACK = load_pack("vn/commune@2021-2025")
HEADING = ("TT", "Tên tiêu chí", "Nội dung tiêu chí", "Chỉ tiêu")
ROW = ("12", "Lao động", f"12.1. {PACK['12.1'].text.vi}")
SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)


def first(path: Path) -> Found:
    """The figure of the first region, which is 70 % in the pack."""
    return next(found for found in match(read_document(path), PACK).found if found.address.code == "12.1")


def told(found: Found) -> str:
    """Whether it agrees, or why not: the end of the note's key."""
    return found.state.value if found.note is None else found.note.key.rpartition("note_")[2]


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def sign(code: str, font: str = "Symbol") -> str:
    return f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>'


def math(inner: str) -> str:
    return f"<m:oMath>{inner}</m:oMath>"


def math_text(text: str) -> str:
    return f"<m:r><m:t>{text}</m:t></m:r>"


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        (sign("F0B3") + run("70%"), "agrees"),
        (sign("F0A3") + run("70%"), "sign"),
        (sign("F03C") + run("70%"), "sign"),
        (sign("F03E") + run("70%"), "sign"),
        (sign("F061") + run("70%"), "symbol"),
        (sign("F0B3", "Wingdings") + run("70%"), "symbol"),
        (run("³ 70%", '<w:rFonts w:ascii="Symbol"/>'), "agrees"),
        (run("£ 70%", '<w:rFonts w:ascii="Symbol"/>'), "sign"),
        (math(math_text("≤70%")), "sign"),
        (run("≥") + math(math_text("70%")), "agrees"),
        (math(f"<m:f><m:num>{math_text('1')}</m:num><m:den>{math_text('2')}</m:den></m:f>") + run("70%"), "symbol"),
        ("<w:r><w:drawing/></w:r>" + run("70%"), "symbol"),
        ("<w:r><w:object/></w:r>" + run("70%"), "symbol"),
        (run("≥60%", "<w:strike/>") + run("≥70%"), "struck"),
        (run("≥70%", "<w:dstrike/>"), "struck"),
        (run("≥70%", '<w:strike w:val="0"/>'), "agrees"),
    ],
)
def test_signs_of_word(inner: str, expected: str, tmp_path: Path) -> None:
    made = docx.Document()
    table = made.add_table(2, 4)
    for row, texts in enumerate((HEADING, ROW)):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    for element in parse_xml(f"<w:p {SPACES}>{inner}</w:p>"):
        table.cell(1, 3).paragraphs[0]._p.append(element)
    made.save(str(tmp_path / "a.docx"))
    assert told(first(tmp_path / "a.docx")) == expected


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        ('<img src="a.gif" alt="≥">70%', "agrees"),
        ('<img src="a.gif" alt="≤">70%', "sign"),
        ('<img src="a.gif">70%', "symbol"),
        ('<img src="a.gif" alt="">70%', "agrees"),
        ('<img src="a.gif" width=1>70%', "agrees"),
        ("<svg></svg>70%", "symbol"),
        ('<font face="Symbol">³</font> 70%', "agrees"),
        ('<span style="font-family:Symbol">£</span> 70%', "sign"),
        ("\uf0a3 70%", "sign"),
        ("\uf0ea 70%", "symbol"),
        ("<math><mo>≤</mo><mn>70</mn></math>%", "sign"),
        ("<math><mfrac><mn>1</mn><mn>2</mn></mfrac></math> 70%", "symbol"),
        ("<s>≥ 60%</s> ≥ 70%", "struck"),
        ("<del>≥ 70%</del>", "struck"),
        ('<span style="text-decoration: line-through">≥ 60%</span> ≥ 70%', "struck"),
        ("⩾ 70%", "agrees"),
    ],
)
def test_signs_of_saved_pages(inner: str, expected: str, tmp_path: Path) -> None:
    rows = "".join(f"<tr>{''.join(f'<td>{text}' for text in row)}" for row in (HEADING, (*ROW, inner)))
    page = tmp_path / "a.html"
    page.write_text(f'<meta charset="utf-8"><table>{rows}</table>', encoding="utf-8")
    assert told(first(page)) == expected


@pytest.mark.parametrize(
    ("value", "form", "expected"),
    [
        (0.7, '"≥ "0%', "agrees"),
        (70, '"≤"0"%"', "sign"),
        (0.7, "\\<0%", "sign"),
        (0.7, '[<1]"< "0%;0%', "symbol"),
        (0.7, "[Red]0%", "agrees"),
        (70, '0"%"', "agrees"),
        ("=70%", "0%", "uncomputed"),
    ],
)
def test_signs_of_number_formats(value: object, form: str, expected: str, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (HEADING, (*ROW, value)):
        book.active.append(row)
    book.active["D2"].number_format = form
    book.save(tmp_path / "a.xlsx")
    assert told(first(tmp_path / "a.xlsx")) == expected
    if expected == "agrees":
        book.active["D2"].font = Font(strike=True)
        book.save(tmp_path / "a.xlsx")
        assert told(first(tmp_path / "a.xlsx")) == "struck"


def test_hidden_sheets_are_named(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "Bìa"
    hidden = book.create_sheet("Phụ lục I")
    for row in (HEADING, (*ROW, "≥ 70%")):
        hidden.append(row)
    hidden.sheet_state = "hidden"
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(DocumentError, match="Phụ lục I"):
        match(read_document(tmp_path / "a.xlsx"), PACK)
    for row in (HEADING, (*ROW, "≥ 70%")):
        book["Bìa"].append(row)
    book.save(tmp_path / "a.xlsx")
    doubts = match(read_document(tmp_path / "a.xlsx"), PACK).doubts
    assert "Phụ lục I" in next(d.text("vi") for d in doubts if d.key == "document.hidden_sheets")
