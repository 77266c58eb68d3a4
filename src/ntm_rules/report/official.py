"""A Word document set as Nghị định 30/2020/NĐ-CP, Annex I, asks: paper, margins, type, heading, signature, annexes.

Sizes are in points; where the decree gives a range (13 to 14) the one value used everywhere is named here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table, _Row
from docx.text.paragraph import Paragraph

from ..made import MARK

FONT = "Times New Roman"
BODY, SMALL = 14, 12
BLACK = RGBColor(0, 0, 0)
LEFT, CENTER, JUSTIFY = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY
# I.3: 20 to 25 mm above and below, 30 to 35 left, 15 to 20 right.
MARGINS = {"top_margin": Mm(20), "bottom_margin": Mm(20), "left_margin": Mm(30), "right_margin": Mm(20)}
TEXT_WIDTH = 160


class Official:
    """The document, written from top to bottom; a text between square brackets is a field to fill, and is marked."""

    def __init__(self, title: str) -> None:
        self._document = docx.Document()
        told = self._document.core_properties
        told.title, told.author, told.comments = clean(title), "", MARK
        normal = self._document.styles["Normal"]
        normal.font.name, normal.font.size = FONT, Pt(BODY)
        normal.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
        self._paper(self._document.sections[0])
        self._document.sections[0].different_first_page_header_footer = True
        self._number_pages(self._document.sections[0])

    def heading(
        self, left: Sequence[tuple[str, bool]], right: Sequence[tuple[str, bool]], under: tuple[str, str]
    ) -> None:
        """The agency beside the national heading, a line below each, then number and day (II.1 to II.4)."""
        table = self._document.add_table(rows=2, cols=2)
        # As wide as the national heading asks on one line, a little over both margins.
        _widths(table, (66, 100))
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        for cell, lines in zip(table.rows[0].cells, (left, right), strict=True):
            for place, (text, bold) in enumerate(lines):
                paragraph = cell.paragraphs[0] if not place else cell.add_paragraph()
                _set(paragraph, text, size=13, bold=bold, align=CENTER, after=0)
            _rule(cell.add_paragraph(), within=66 if lines is left else 100, length=24 if lines is left else 56)
        _set(table.cell(1, 0).paragraphs[0], under[0], size=13, align=CENTER)
        _set(table.cell(1, 1).paragraphs[0], under[1], size=BODY, italic=True, align=CENTER)

    def title(self, kind: str, about: str, beside: str) -> None:
        """Kind of document and what it is about, a line below (II.5)."""
        _set(self._document.add_paragraph(), kind.upper(), bold=True, align=CENTER, before=12, after=0)
        _set(self._document.add_paragraph(), about, bold=True, align=CENTER, after=0)
        _set(self._document.add_paragraph(), beside, italic=True, align=CENTER, after=0)
        _rule(self._document.add_paragraph(), within=TEXT_WIDTH, length=50)

    def part(self, text: str) -> None:
        """A part under a Roman number."""
        paragraph = self._document.add_paragraph(style="Heading 1")
        _set(paragraph, text, bold=True, align=LEFT, before=12, indent=True)

    def section(self, text: str) -> None:
        """A section under an Arabic number."""
        paragraph = self._document.add_paragraph(style="Heading 2")
        _set(paragraph, text, bold=True, align=LEFT, indent=True)

    def say(self, text: str, *, italic: bool = False, align: WD_ALIGN_PARAGRAPH = JUSTIFY, keep: bool = False) -> None:
        """A paragraph of the text: both margins straight, its first line indented (II.6 e).

        ``keep`` it on the page of what follows.
        """
        _set(self._document.add_paragraph(), text, italic=italic, align=align, indent=align is JUSTIFY, keep=keep)

    def points(self, lines: Iterable[str]) -> None:
        """Paragraphs after dashes."""
        for line in lines:
            self.say(f"- {line}")

    def table(self, name: str, heads: Sequence[str], widths: Sequence[float], rows: Iterable[Sequence[str]]) -> None:
        """A table with its name above; the heading is repeated on each page, no row is broken over two."""
        if name:
            _set(self._document.add_paragraph(), name, size=13, bold=True, align=CENTER, before=6, keep=True)
        table = self._document.add_table(rows=1, cols=len(heads), style="Table Grid")
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        for cell, head in zip(table.rows[0].cells, heads, strict=True):
            _set(cell.paragraphs[0], head, size=SMALL, bold=True, align=CENTER, before=2, after=2)
        _mark(table.rows[0], "w:tblHeader")
        for row in rows:
            added = table.add_row()
            _mark(added, "w:cantSplit")
            if len(row) == 1:
                joined = added.cells[0].merge(added.cells[-1])
                _set(joined.paragraphs[0], row[0], size=SMALL, bold=True, align=LEFT, before=2, after=2, keep=True)
                continue
            for cell, text in zip(added.cells, row, strict=True):
                figures = all(sign in "0123456789.,/%–- " for sign in text)
                _set(cell.paragraphs[0], text, size=SMALL, align=CENTER if figures else LEFT, before=2, after=2)
        _widths(table, widths)
        _set(self._document.add_paragraph(), "", size=6, after=0)

    def signature(self, receivers: Sequence[str], heads: Sequence[str], signer: str) -> None:
        """Receivers at the left, in whose name and who signs at the right (II.7, II.9)."""
        table = self._document.add_table(rows=1, cols=2)
        _widths(table, (80, 80))
        left, right = table.rows[0].cells
        for place, text in enumerate(receivers):
            paragraph = left.paragraphs[0] if not place else left.add_paragraph()
            _set(paragraph, text, size=11 if place else SMALL, bold=not place, italic=not place, align=LEFT, after=0)
        for place, text in enumerate((*heads, *[""] * 4, signer)):
            paragraph = right.paragraphs[0] if not place else right.add_paragraph()
            _set(paragraph, text, bold=True, align=CENTER, after=0)
        _mark(table.rows[0], "w:cantSplit")

    def annex(self, number: str, name: str, of: str) -> None:
        """An annex on pages of its own, across the paper, numbered by itself (III.1)."""
        section = self._document.add_section()
        self._paper(section)
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Mm(297), Mm(210)
        section.different_first_page_header_footer = True
        numbering = OxmlElement("w:pgNumType")
        numbering.set(qn("w:start"), "1")
        section._sectPr.append(numbering)
        _set(self._document.add_paragraph(style="Heading 1"), number, bold=True, align=CENTER, after=0)
        _set(self._document.add_paragraph(), name.upper(), bold=True, align=CENTER, after=0)
        _set(self._document.add_paragraph(), of, italic=True, align=CENTER)

    def save(self, path: Path) -> None:
        self._document.save(str(path))

    def _paper(self, section: Any) -> None:
        section.page_width, section.page_height = Mm(210), Mm(297)
        for name, width in MARGINS.items():
            setattr(section, name, width)

    def _number_pages(self, section: Any) -> None:
        """Arabic, upright, in the middle of the upper margin, not on the first page (I.7)."""
        paragraph = section.header.paragraphs[0]
        paragraph.alignment = CENTER
        run = paragraph.add_run()
        run.font.size = Pt(13)
        for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
            part = OxmlElement("w:fldChar" if kind else "w:instrText")
            if kind:
                part.set(qn("w:fldCharType"), kind)
            else:
                part.text = text
            run._r.append(part)


def clean(text: str) -> str:
    """Without the control characters a document cannot hold."""
    return "".join(sign for sign in text if sign in "\t\n" or ord(sign) >= 32)


def _set(
    paragraph: Paragraph,
    text: str,
    *,
    size: int = BODY,
    bold: bool = False,
    italic: bool = False,
    align: WD_ALIGN_PARAGRAPH = JUSTIFY,
    before: int = 0,
    after: int = 6,
    indent: bool = False,
    keep: bool = False,
) -> None:
    paragraph.alignment = align
    form = paragraph.paragraph_format
    form.space_before, form.space_after, form.line_spacing = Pt(before), Pt(after), 1.0
    form.first_line_indent = Mm(12.7) if indent else None
    form.keep_with_next = keep or (paragraph.style is not None and str(paragraph.style.name).startswith("Heading"))
    for piece, field in _fields(clean(text)):
        run = paragraph.add_run(piece)
        run.font.name, run.font.size, run.bold, run.italic = FONT, Pt(size), bold, italic
        run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FONT)
        run.font.color.rgb = BLACK
        if field:
            run.font.highlight_color = WD_COLOR_INDEX.YELLOW


def _fields(text: str) -> Iterable[tuple[str, bool]]:
    """The text in pieces, those between square brackets apart."""
    rest = text
    while "[" in rest and "]" in rest.partition("[")[2]:
        before, _, after = rest.partition("[")
        inside, _, rest = after.partition("]")
        yield from (((before, False),) if before else ())
        yield f"[{inside}]", True
    if rest:
        yield rest, False


def _rule(paragraph: Paragraph, *, within: float, length: float) -> None:
    """A line of so many millimetres in the middle of what is that wide: the lower border of an empty paragraph."""
    _set(paragraph, "", size=2, align=CENTER)
    side = Mm((within - length) / 2)
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = side
    borders, line = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
    paragraph._p.get_or_add_pPr().append(borders)


def _widths(table: Table, widths: Sequence[float]) -> None:
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)


def _mark(row: _Row, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))
