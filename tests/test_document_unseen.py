"""What is struck out, hidden, raised, crossed out or commented on in a file is so in the reading, or told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import RGBColor
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Border, Font, PatternFill, Side

from ntm_rules import load_pack
from ntm_rules.document import DocumentError, match, read_document

PACK = load_pack("vn/commune@2021-2025")
HEADING = ("TT", "Tên tiêu chí", "Nội dung tiêu chí", "Trung du miền núi phía Bắc")
ROW = ("12", "Lao động", f"12.1. {PACK['12.1'].text.vi}")


def told(path: Path) -> str:
    """The state of the first region's figure, which is 70 % in the pack, or the end of its note's key."""
    found = next(one for one in match(read_document(path), PACK).found if one.address.code == "12.1")
    return found.state.value if found.note is None else found.note.key.rpartition("note_")[2]


def on(holder: Any, tag: str, value: str = "") -> None:
    element = OxmlElement(tag)
    if value:
        element.set(qn("w:val"), value)
    holder.append(element)


def styled(document: Any, kind: int, **looks: bool) -> Any:
    style = document.styles.add_style("Own", kind)
    for name, value in looks.items():
        setattr(style.font, name, value)
    child = document.styles.add_style("Child", kind)
    child.base_style = style
    return child


def word_style(document: Any, cell: Any) -> None:
    cell.paragraphs[0].runs[0].style = styled(document, 2, strike=True)


def word_paragraph_style(document: Any, cell: Any) -> None:
    cell.paragraphs[0].style = styled(document, 1, strike=True)


def word_style_undone(document: Any, cell: Any) -> None:
    cell.paragraphs[0].style = styled(document, 1, strike=True)
    cell.paragraphs[0].runs[0].font.strike = False


def word_hidden_row(document: Any, cell: Any) -> None:
    on(document.tables[0].rows[1]._tr.get_or_add_trPr(), "w:hidden")


def word_white(document: Any, cell: Any) -> None:
    cell.paragraphs[0].runs[0].font.color.rgb = RGBColor(255, 255, 255)


def word_crossed(document: Any, cell: Any) -> None:
    borders = OxmlElement("w:tcBorders")
    on(borders, "w:tl2br", "single")
    cell._tc.get_or_add_tcPr().append(borders)


def word_raised(document: Any, cell: Any) -> None:
    cell.paragraphs[0].runs[0].text = "≥ 7"
    run = cell.paragraphs[0].add_run("0")
    on(run._r.get_or_add_rPr(), "w:position", "8")
    cell.paragraphs[0].add_run("%")


def word_unseen_by_style(document: Any, cell: Any) -> None:
    cell.paragraphs[0].runs[0].style = styled(document, 2, hidden=True)
    cell.paragraphs[0].add_run("≥ 60%")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (word_style, "struck"),
        (word_paragraph_style, "struck"),
        (word_style_undone, "agrees"),
        (word_hidden_row, "hidden"),
        (word_white, "look"),
        (word_crossed, "struck"),
        (word_raised, "figures"),
        (word_unseen_by_style, "differs"),
    ],
)
def test_word(change: Callable[[Any, Any], None], expected: str, tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(2, 4)
    for row, texts in enumerate((HEADING, (*ROW, "≥ 70%"))):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    change(document, table.cell(1, 3))
    document.save(str(tmp_path / "a.docx"))
    assert told(tmp_path / "a.docx") == expected


@pytest.mark.parametrize(
    ("css", "cell", "row", "expected"),
    [
        (".x{text-decoration:line-through}", "class=x>≥ 70%", "", "struck"),
        ("#z{color:red;text-decoration: underline line-through}", "id=z>≥ 70%", "", "struck"),
        ("tr.x td{text-decoration:line-through}", ">≥ 70%", "class=x", "struck"),
        ("", ">≥ 70%", "style='text-decoration:line-through'", "struck"),
        ("", "><p style='text-decoration:line-through'>≥ 70%</p>", "", "struck"),
        ("@media screen{.x{display:none !important}}", "><i class=x>≥ 7</i>70%", "", "hidden"),
        ("", "><span style='font-size:0'>≥ 60%</span>≥ 70%", "", "hidden"),
        (".x{color:#fff}", "class=x>≥ 70%", "", "look"),
        (".x{color:#fff;background:#036}", "class=x>≥ 70%", "", "agrees"),
        (".x::before{content:'< '}", "class=x>70%", "", "sign"),
        (".x:before{content:'\\2265  '}", "class=x>70%", "", "agrees"),
        (".x::after{content:url(a.png)}", "class=x>≥ 70%", "", "symbol"),
        (".x::after{content:''}", "class=x>≥ 70%", "", "agrees"),
        (".s{vertical-align:super}", ">≥ 7<span class=s>0</span>%", "", "figures"),
        (".x{{{", "class=x>≥ 70%", "", "agrees"),
    ],
)
def test_pages(css: str, cell: str, row: str, expected: str, tmp_path: Path) -> None:
    heading = "".join(f"<td>{text}" for text in HEADING)
    rows = f"<tr>{heading}<tr {row}>{''.join(f'<td>{text}' for text in ROW)}<td {cell}"
    page = f"<meta charset='utf-8'><style>{css}</style><table>{rows}</table>"
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    assert told(tmp_path / "a.html") == expected


@pytest.mark.parametrize("css", ["td:nth-child(4){display:none}", "td:nth-child(4){text-decoration:line-through}"])
def test_a_column_that_is_not_seen_is_not_read(css: str, tmp_path: Path) -> None:
    rows = "".join(f"<tr>{''.join(f'<td>{text}' for text in row)}" for row in (HEADING, (*ROW, "≥ 70%")))
    page = f"<meta charset='utf-8'><style>{css}</style><table>{rows}</table>"
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    with pytest.raises(DocumentError, match="Trung du miền núi phía Bắc"):
        match(read_document(tmp_path / "a.html"), PACK)


def excel_rich(sheet: Any, cell: Any) -> None:
    cell.value = CellRichText(TextBlock(InlineFont(strike=True), "≥ 60%"), " ≥ 70%")


def excel_raised(sheet: Any, cell: Any) -> None:
    cell.value = CellRichText("≥ 7", TextBlock(InlineFont(vertAlign="superscript"), "0"), "%")


def excel_condition(sheet: Any, cell: Any) -> None:
    sheet.conditional_formatting.add("D2", FormulaRule(formula=["TRUE"], font=Font(strike=True)))


def excel_hidden_row(sheet: Any, cell: Any) -> None:
    sheet.row_dimensions[2].hidden = True


def excel_crossed(sheet: Any, cell: Any) -> None:
    cell.border = Border(diagonal=Side("thin"), diagonalUp=True)


def excel_white(sheet: Any, cell: Any) -> None:
    cell.font = Font(color="FFFFFFFF")


def excel_white_on_blue(sheet: Any, cell: Any) -> None:
    excel_white(sheet, cell)
    cell.fill = PatternFill("solid", fgColor="FF003366")


def excel_unseen_number(sheet: Any, cell: Any) -> None:
    cell.value, cell.number_format = 0.7, ";;;"


def excel_comment(sheet: Any, cell: Any) -> None:
    cell.comment = Comment("Sửa thành 65%", "A")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (excel_rich, "struck"),
        (excel_raised, "figures"),
        (excel_condition, "struck"),
        (excel_hidden_row, "hidden"),
        (excel_crossed, "struck"),
        (excel_white, "look"),
        (excel_white_on_blue, "agrees"),
        (excel_unseen_number, "hidden"),
        (excel_comment, "mark"),
    ],
)
def test_excel(change: Callable[[Any, Any], None], expected: str, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (HEADING, (*ROW, "≥ 70%")):
        book.active.append(row)
    change(book.active, book.active["D2"])
    book.save(tmp_path / "a.xlsx")
    assert told(tmp_path / "a.xlsx") == expected
