"""A figure agrees only where every way its cell looks in the file is one that leaves it plainly to be seen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import docx
import openpyxl
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment
from openpyxl.formatting.rule import ColorScaleRule, FormulaRule
from openpyxl.styles import Alignment, Font, GradientFill, PatternFill
from openpyxl.styles.colors import Color

from ntm_rules import load_pack
from ntm_rules.document import match, read_document

PACK = load_pack("vn/commune@2021-2025")
HEADING = ("TT", "Tên tiêu chí", "Nội dung tiêu chí", "Trung du miền núi phía Bắc")
ROW = ("12", "Lao động", f"12.1. {PACK['12.1'].text.vi}", "≥ 70%")


def told(path: Path) -> str:
    """The state of the first region's figure, which is 70 % in the pack, or the end of its note's key."""
    found = next(one for one in match(read_document(path), PACK).found if one.address.code == "12.1")
    if found.state.value == "agrees" or found.note is None:
        return found.state.value
    return found.note.key.rpartition("note_")[2]


def page(folder: Path, css: str = "", cell: str = ">≥ 70%", row: str = "", around: str = "{}") -> Path:
    heading = "".join(f"<td>{text}" for text in HEADING)
    rows = f"<tr>{heading}<tr {row}>{''.join(f'<td>{text}' for text in ROW[:-1])}<td {cell}"
    table = around.format(f"<table>{rows}</table>")
    path = folder / "a.html"
    path.write_text(f"<meta charset='utf-8'><style>{css}</style><body>{table}", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("css", "cell", "row", "around"),
    [
        (".x{color:transparent}", "class=x>≥ 70%", "", "{}"),
        (".x{color:hsl(0 0% 100%)}", "class=x>≥ 70%", "", "{}"),
        (".x{color:rgba(0,0,0,0)}", "class=x>≥ 70%", "", "{}"),
        ("", "style='color:#000;background:#000'>≥ 70%", "", "{}"),
        ("", "bgcolor=black>≥ 70%", "", "{}"),
        ("", "><font color=#fefefe>≥ 70%</font>", "", "{}"),
        (":root{--s:line-through}.x{text-decoration:var(--s)}", "class=x>≥ 70%", "", "{}"),
        (".x{background:linear-gradient(red,blue)}", "class=x>≥ 70%", "", "{}"),
        ("", "style='clip-path:inset(100%)'>≥ 70%", "", "{}"),
        ("", "style='font-family:Wingdings'>≥ 70%", "", "{}"),
        ("@font-face{font-family:Arial;src:url(data:x)}", "style='font-family:Arial'>≥ 70%", "", "{}"),
        ("", ">≥ 7<span style='font-size:1px'>0</span>%", "", "{}"),
        (
            ".x::after{content:'';position:absolute;border-top:1px solid}",
            "class=x>≥ 70%",
            "",
            "{}",
        ),
        ("table{tr{td.x{opacity:.01}}}", "class=x>≥ 70%", "", "{}"),
        ("td.x{color:transparent", "class=x>≥ 70%", "", "{}"),
        (".x{col\\6fr:transparent}", "class=x>≥ 70%", "", "{}"),
        ("td:is(.x){zoom:0}", "class=x>≥ 70%", "", "{}"),
        ("", "><meter value=.7></meter>≥ 70%", "", "{}"),
        ("", ">≥ 7<sub>0</sub>%", "", "{}"),
        ("", "><span dir=rtl>≥ 70%</span>", "", "{}"),
        ("", "><div style='height:1px;overflow:hidden'>≥ 70%</div>", "", "{}"),
        ("", ">≥ 70%", "style='display:grid;order:2'", "{}"),
        (".old table{opacity:.1}", ">≥ 70%", "", "<div class=old>{}</div>"),
        ("", ">≥ 70%", "", "<details><summary>Bản cũ</summary>{}</details>"),
        ("", ">≥ 70%", "", "<dialog>{}</dialog>"),
        ("td:nth-child(4){color:#fff}", ">≥ 70%", "", "{}"),
    ],
)
def test_pages(css: str, cell: str, row: str, around: str, tmp_path: Path) -> None:
    assert told(page(tmp_path, css, cell, row, around)) == "look"


@pytest.mark.parametrize(
    ("css", "cell"),
    [
        ("p{line-height:115%;direction:ltr;background:transparent}", "><p style='margin-bottom:0.1in'>≥ 70%</p>"),
        (".x{color:#fff;background-color:rgb(0, 51, 102)}", "class=x>≥ 70%"),
        ("td{font:12pt 'Times New Roman',serif;padding:0in 5.4pt;mso-border-alt:solid}", "width=81 valign=top>≥ 70%"),
        ("", "><font face='Cambria, serif'><font size=2 style='font-size: 11pt'>≥ 70%</font></font>"),
        ("@media print{.menu{display:none}} .icon{font-family:Icons;opacity:0}", "><b>≥ 70%</b>"),
        ("a:hover{opacity:.5} ::-webkit-scrollbar{width:0}", "><a href=x>≥ 70%</a>"),
        (".x::after{content:'';display:table;clear:both}", "class=x>≥ 70%"),
    ],
)
def test_honest_pages(css: str, cell: str, tmp_path: Path) -> None:
    assert told(page(tmp_path, css, cell)) == "agrees"


# Word writes hundreds of declarations of its own, which no browser knows.
NAMES = st.from_regex(r"[a-z]{3,8}(-[a-z]{3,8})?x", fullmatch=True).filter(lambda name: not name.startswith("mso-"))
VALUES = st.sampled_from(["0", "1", "none", "hidden", "red", "auto", "url(x)", "rotate(3deg)"])


@settings(max_examples=40, deadline=None)
@given(NAMES, VALUES, st.sampled_from(["cell", "row", "sheet", "around"]))
def test_an_unknown_declaration_never_leaves_a_row_agreeing(name: str, value: str, where: str) -> None:
    said = f"{name}: {value}"
    at = {
        "cell": {"cell": f"style='{said}'>≥ 70%"},
        "row": {"row": f"style='{said}'"},
        "sheet": {"css": f"tr > td{{{said}}}"},
        "around": {"around": f"<div style='{said}'>{{}}</div>"},
    }[where]
    with TemporaryDirectory() as folder:
        assert told(page(Path(folder), **at)) == "look"


def word(folder: Path, change: Callable[[Any, Any], None]) -> Path:
    document = docx.Document()
    table = document.add_table(2, 4)
    table.style = "Table Grid"
    for row, texts in enumerate((HEADING, ROW)):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    change(document, table)
    document.save(str(folder / "a.docx"))
    return folder / "a.docx"


def put(holder: Any, inner: str) -> None:
    for element in parse_xml(f"<w:x {nsdecls('w')}>{inner}</w:x>"):
        holder.append(element)


def of_run(inner: str, column: int = 3, row: int = 1) -> Callable[[Any, Any], None]:
    return lambda _, table: put(table.cell(row, column).paragraphs[0].runs[0]._r.get_or_add_rPr(), inner)


def of_cell(inner: str) -> Callable[[Any, Any], None]:
    return lambda _, table: put(table.cell(1, 3)._tc.get_or_add_tcPr(), inner)


def of_row(inner: str) -> Callable[[Any, Any], None]:
    return lambda _, table: put(table.rows[1]._tr.get_or_add_trPr(), inner)


def of_paragraph(inner: str) -> Callable[[Any, Any], None]:
    return lambda _, table: put(table.cell(1, 3).paragraphs[0]._p.get_or_add_pPr(), inner)


def of_style(inner: str) -> Callable[[Any, Any], None]:
    return lambda document, _: put(document.styles["Table Grid"].element, inner)


def black_on_black(document: Any, table: Any) -> None:
    of_run('<w:color w:val="000000"/>')(document, table)
    of_cell('<w:shd w:val="clear" w:fill="000000"/>')(document, table)


def of_defaults(document: Any, _: Any) -> None:
    put(next(document.styles.element.iter(f"{{{docx.oxml.ns.nsmap['w']}}}rPr")), "<w:strike/>")


def field(document: Any, table: Any) -> None:
    held = "<w:r><w:t> </w:t></w:r>"
    put(table.cell(1, 3).paragraphs[0]._p, f'<w:fldSimple w:instr=" DOCPROPERTY x ">{held}</w:fldSimple>')


def reordered(document: Any, table: Any) -> None:
    put(table.cell(1, 3).paragraphs[0]._p, '<w:bdo w:val="rtl"><w:r><w:t>.</w:t></w:r></w:bdo>')


@pytest.mark.parametrize(
    "change",
    [
        of_defaults,
        of_style("<w:rPr><w:strike/></w:rPr>"),
        of_style('<w:tblStylePr w:type="wholeTable"><w:rPr><w:vanish/></w:rPr></w:tblStylePr>'),
        of_style('<w:tblStylePr w:type="lastRow"><w:rPr><w:color w:val="FFFFFF"/></w:rPr></w:tblStylePr>'),
        of_run('<w:color w:val="FEFEFE"/>'),
        of_run('<w:color w:val="000000" w:themeColor="background1"/>'),
        of_run('<w:color w:val="FF0000"/><w:highlight w:val="red"/>'),
        of_run('<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>'),
        of_run('<w:sz w:val="2"/>'),
        of_run('<w:w w:val="1"/>'),
        of_run("<w:specVanish/>"),
        of_run('<w:vertAlign w:val="subscript"/>'),
        of_run("<w:somethingNew/>"),
        of_run('<w:color w:val="FFFFFF"/>', column=2),
        of_run('<w:color w:val="FFFFFF"/>', row=0),
        black_on_black,
        of_cell("<w:tcFitText/>"),
        of_row('<w:trHeight w:val="20" w:hRule="exact"/>'),
        of_paragraph('<w:spacing w:line="10" w:lineRule="exact"/>'),
        of_paragraph('<w:framePr w:w="1"/>'),
        of_paragraph('<w:ind w:left="-30000"/>'),
        field,
        reordered,
    ],
)
def test_word(change: Callable[[Any, Any], None], tmp_path: Path) -> None:
    assert told(word(tmp_path, change)) == "look"


@pytest.mark.parametrize(
    "change",
    [
        of_run(
            '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman"/><w:color w:val="1F3864"/><w:sz w:val="20"/>'
        ),
        of_cell('<w:tcW w:w="900"/><w:shd w:val="clear" w:color="auto" w:fill="DEEAF6"/><w:vAlign w:val="top"/>'),
        of_cell('<w:shd w:val="clear" w:fill="000000"/>'),  # Word then writes white by itself
        of_row('<w:cantSplit/><w:trHeight w:val="400"/>'),
        of_paragraph('<w:keepNext/><w:spacing w:before="60" w:line="276" w:lineRule="auto"/><w:jc w:val="center"/>'),
        of_style(
            '<w:tblStylePr w:type="firstRow"><w:rPr><w:color w:val="FFFFFF"/></w:rPr>'
            '<w:tcPr><w:shd w:val="clear" w:fill="4472C4"/></w:tcPr></w:tblStylePr>'
        ),
    ],
)
def test_honest_word(change: Callable[[Any, Any], None], tmp_path: Path) -> None:
    assert told(word(tmp_path, change)) == "agrees"


@pytest.mark.parametrize("at", ["C2", "D1", "D2"])
def test_a_note_of_excel_on_a_name_or_a_heading_is_told(at: str, tmp_path: Path) -> None:
    assert told(excel(tmp_path, looks(at, comment=Comment("Bãi bỏ", "A")))) == "mark"


def test_a_comment_of_word_on_a_name_is_told(tmp_path: Path) -> None:
    def commented(document: Any, table: Any) -> None:
        document.add_comment(table.cell(1, 2).paragraphs[0].runs[0], "Bãi bỏ", "A")

    assert told(word(tmp_path, commented)) == "mark"


def excel(folder: Path, change: Callable[[Any], None]) -> Path:
    book = openpyxl.Workbook()
    for row in (HEADING, ROW):
        book.active.append(row)
    change(book.active)
    book.save(folder / "a.xlsx")
    return folder / "a.xlsx"


def looks(at: str = "D2", **values: Any) -> Callable[[Any], None]:
    def change(sheet: Any) -> None:
        for name, value in values.items():
            setattr(sheet[at], name, value)

    return change


def conditional(rule: Any) -> Callable[[Any], None]:
    return lambda sheet: sheet.conditional_formatting.add("A1:D9", rule)


WHITE, RED = Font(color="FFFFFFFF"), PatternFill("solid", fgColor="FFFF0000")


@pytest.mark.parametrize(
    "change",
    [
        looks(font=Font(color="FFFEFEFE")),
        looks(font=Font(color=Color(theme=0))),
        looks(font=Font(color=Color(theme=1, tint=0.99))),
        looks(font=Font(color="FFFF0000"), fill=RED),
        looks(fill=GradientFill(stop=("FFFFFF", "000000"))),
        looks(font=Font(size=1)),
        looks(font=Font(name="Wingdings")),
        looks(font=Font(vertAlign="subscript")),
        looks(alignment=Alignment(horizontal="fill")),
        looks("C2", font=WHITE),
        looks("D1", font=WHITE),
        looks(value=0.7, number_format="[White]0%"),
        looks(value=0.7, number_format="*≤0%"),
        conditional(FormulaRule(formula=["TRUE"], font=WHITE)),
        conditional(FormulaRule(formula=["TRUE"], fill=PatternFill(bgColor="FF000000"))),
        conditional(ColorScaleRule(start_type="min", start_color="000000", end_type="max", end_color="FFFFFF")),
        lambda sheet: setattr(sheet.row_dimensions[2], "height", 0.5),
        lambda sheet: setattr(sheet.column_dimensions["D"], "width", 0.2),
        lambda sheet: setattr(sheet.sheet_view, "rightToLeft", True),
    ],
)
def test_excel(change: Callable[[Any], None], tmp_path: Path) -> None:
    assert told(excel(tmp_path, change)) == "look"


@pytest.mark.parametrize(
    ("value", "form"), [(0.7, "0"), (0.7, "?/?"), (0.7, "0E+0"), (0.6996, "0%"), (70000000, "0,,")]
)
def test_a_number_that_is_shown_as_another_never_agrees(value: float, form: str, tmp_path: Path) -> None:
    assert told(excel(tmp_path, looks(value=value, number_format=form))) != "agrees"


@pytest.mark.parametrize(
    "change",
    [
        looks(font=Font(name="Times New Roman", size=11, color="FF1F3864", bold=True)),
        looks(font=WHITE, fill=PatternFill("solid", fgColor=Color(theme=4))),
        looks(value=0.7, number_format='"≥ "0%'),
        looks(value=0.7, number_format='"≥ "0.0%;[Red]-0.0%'),
        looks(alignment=Alignment(wrap_text=True, vertical="center")),
        conditional(FormulaRule(formula=["TRUE"], fill=PatternFill(bgColor="FFFFFF99"))),
    ],
)
def test_honest_excel(change: Callable[[Any], None], tmp_path: Path) -> None:
    assert told(excel(tmp_path, change)) == "agrees"
