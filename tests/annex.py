"""Packs written out as the annex of a decision, in generated layouts, and saved as .docx, .html, .xlsx and .pdf.

Every figure is given a value of its own first (``values``), so that a value read at the wrong place is seen.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from html import escape
from pathlib import Path
from xml.sax.saxutils import escape as xml_escape

from ntm_rules.pack.address import REQUIRES, VERSION, Address, addressed
from ntm_rules.pack.catalogue import installed
from ntm_rules.pack.condition import (
    AllCondition,
    Comparison,
    ConditionModel,
    FindingCondition,
    MeasureCondition,
    Op,
    walk,
)
from ntm_rules.pack.indicator import Indicator
from ntm_rules.pack.measure import Measure
from ntm_rules.pack.model import FigureRow, Pack
from ntm_rules.pack.requirement import Requirements
from ntm_rules.pack.threshold import Delegated, Row
from ntm_rules.quantity.amount import Amount
from ntm_rules.quantity.number import format_number
from ntm_rules.quantity.unit import unit_label
from ntm_rules.territory import Group, Level, Region

FONT = Path(__file__).parent / "data" / "fonts" / "DejaVuSans-subset.ttf"
AXES: dict[str, type[Region] | type[Group] | type[Level]] = {"region": Region, "group": Group, "level": Level}

# How decisions write each comparison.
SPELLINGS: dict[Op, tuple[str, ...]] = {
    Op.AT_LEAST: (
        "≥ {}",
        "≥{}",
        "{} trở lên",
        "Từ {} trở lên",
        "Tối thiểu {}",
        "Đạt từ {} trở lên",
        "Không dưới {}",
        ">= {}",
    ),
    Op.AT_MOST: ("≤ {}", "≤{}", "Không quá {}", "Tối đa {}", "{} trở xuống", "Không vượt quá {}"),
    Op.MORE_THAN: ("> {}", "Trên {}", "trên {}"),
    Op.LESS_THAN: ("< {}", "Dưới {}", "<{}"),
    Op.EQUAL_TO: ("= {}", "{}", "Bằng {}"),
}
COMMON = ("Chỉ tiêu chung", "Chỉ tiêu", "Mức đạt chuẩn", "Yêu cầu")
DELEGATED = (
    "UBND cấp tỉnh quy định cụ thể",
    "UBND cấp tỉnh quy định",
    "Bộ Xây dựng hướng dẫn; UBND cấp tỉnh quy định cụ thể",
)


# What decisions call the parts of a set.
PARTS = ("QUY HOẠCH", "HẠ TẦNG KINH TẾ - XÃ HỘI", "KINH TẾ VÀ TỔ CHỨC SẢN XUẤT", "VĂN HÓA - XÃ HỘI - MÔI TRƯỜNG")


@dataclass(frozen=True)
class Layout:
    """How an annex is laid out; a seed settles what differs from cell to cell."""

    seed: int = 0
    order: int = 0
    common: bool = True
    merge_down: bool = True
    merge_across: bool = True
    repeat_heading: int = 0
    sections: bool = False
    marks: bool = False
    numbered_columns: bool = False
    code: str = "{code}. {text}"
    spaced_percent: bool = False
    year_in_text: bool = True
    paper: str = "A3"
    cut_rows: bool = False
    # The lines of a PDF: of every cell, of none (a sheet printed without them), of the heading, between rows.
    ruled: str = "all"


@dataclass
class Slot:
    """A cell: its text and what it covers."""

    row: int
    column: int
    text: str
    height: int = 1
    width: int = 1


@dataclass
class Annex:
    """A table with its texts, and what each figure of the pack should be read as (``None``: prose)."""

    head: list[str]
    slots: list[Slot]
    heading: int
    rows: int
    columns: int
    expected: dict[Address, str] = field(default_factory=dict)
    breaks: list[int] = field(default_factory=list)
    layout: Layout = Layout()


def values(pack: Pack, seed: int) -> dict[Address, Decimal]:
    """A value of its own for each figure that is compared, inside what its measure can be."""
    chance = random.Random(seed)
    measures = installed().measures_for(pack)
    return {
        address: _drawn(chance, measures.get(getattr(row.condition, "measure", "")), row)
        for address, row in addressed(pack)
        if isinstance(row.condition, Comparison)
    }


def _drawn(chance: random.Random, measure: Measure | None, row: FigureRow) -> Decimal:
    low, high, whole = Decimal(1), Decimal(99), not isinstance(row.condition, MeasureCondition)
    if measure is not None:
        whole = measure.domain.whole
        low = max(low, measure.domain.low) if measure.domain.low is not None else low
        high = measure.domain.high if measure.domain.high is not None else Decimal(4000)
    steps = 1 if whole else 10
    drawn = Decimal(chance.randint(int(low * steps), int(high * steps))) / steps
    return drawn + (1 if measure is not None and measure.unit == "percent" and drawn == 1 and high > 1 else 0)


class Writer:
    """Writes a pack as the table of an annex."""

    def __init__(self, pack: Pack, layout: Layout, drawn: Mapping[Address, Decimal]) -> None:
        self.pack, self.layout, self.drawn = pack, layout, drawn
        self.chance = random.Random(layout.seed)
        self.asks = Requirements(pack, installed().measures_for(pack), "vi", installed())
        self.figures = dict(addressed(pack))
        self.day = pack.valid.start
        axes = [axis for address in self.figures for axis, _ in address.rows if axis in AXES]
        self.axis = max(set(axes), key=axes.count) if axes else ""
        labels: list[str] = [member.value for member in AXES[self.axis]] if self.axis else []
        if self.axis == "region" and pack.regions:
            labels = [region.value for region in pack.regions]
        if self.axis == "level":
            labels = [level.value for level in pack.applies_to]
        chance = random.Random(layout.order)
        if layout.order:
            chance.shuffle(labels)
        self.labels = labels
        self.expected: dict[Address, str] = {}

    def annex(self) -> Annex:
        """The annex, with the decision the pack's first source is."""
        basis = self.pack.legal_basis[0]
        heading = self._heading()
        rows = list(self._rows())
        issued = basis.issued
        day = f"ngày {issued:%d} tháng {issued:%m} năm {issued:%Y}" if issued else ""
        head = [
            f"Số: {basis.number}",
            "QUYẾT ĐỊNH",
            f"Ban hành {self.pack.title.vi}",
            "PHỤ LỤC I",
            self.pack.title.vi.upper(),
            f"(Kèm theo Quyết định số {basis.number} {day} của {basis.issuer or 'Thủ tướng Chính phủ'})",
        ]
        if issued:
            head.insert(1, f"Hà Nội, {day}")
        slots, height = [*heading], 2 if self.labels else 1
        if self.layout.numbered_columns:
            slots += [Slot(height, column, f"({column + 1})") for column in range(self._width())]
            height += 1
        at, since = height, 0
        breaks: list[int] = []
        for number, group in enumerate(rows):
            repeat = self.layout.repeat_heading
            if repeat and number and since >= repeat:
                slots += [Slot(s.row + at, s.column, s.text, s.height, s.width) for s in heading]
                breaks.append(at)
                at, since = at + (2 if self.labels else 1), 0
            slots += [Slot(s.row + at, s.column, s.text, s.height, s.width) for s in group]
            at += max(s.row + s.height for s in group)
            since += 1
        return Annex(head, slots, height, at, self._width(), self.expected, breaks, self.layout)

    def _width(self) -> int:
        return 3 + len(self._headings())

    def _headings(self) -> list[str]:
        return [*(["common"] if self.layout.common or not self.labels else []), *self.labels]

    def _heading(self) -> list[Slot]:
        height = 2 if self.labels else 1
        names = ["TT", "Tên tiêu chí", "Nội dung tiêu chí"]
        slots = [Slot(0, column, name, height) for column, name in enumerate(names)]
        column = 3
        if "common" in self._headings():
            slots.append(Slot(0, column, COMMON[self.layout.seed % len(COMMON)], height))
            column += 1
        if self.labels:
            slots.append(
                Slot(0, column, "Chỉ tiêu theo vùng" if self.axis == "region" else "Yêu cầu", 1, len(self.labels))
            )
            for offset, label in enumerate(self.labels):
                name = AXES[self.axis](label).vi
                slots.append(Slot(1, column + offset, name[0].upper() + name[1:]))
        return slots

    def _rows(self) -> Iterator[list[Slot]]:
        """The rows of each criterion, counted from 0."""
        for number, criterion in enumerate(self.pack.criteria):
            if not criterion.indicators:
                continue
            if self.layout.sections and number % 4 == 0:
                part = PARTS[number // 4 % len(PARTS)]
                yield [Slot(0, 0, f"{'I' * (number // 4 % 3 + 1)}. {part}", 1, self._width())]
            slots: list[Slot] = []
            at = 0
            for indicator in criterion.indicators:
                lines = self._indicator(indicator, at)
                slots += lines
                at = max(s.row + s.height for s in lines)
            if self.layout.merge_down:
                slots += [Slot(0, 0, criterion.code, at), Slot(0, 1, criterion.title.vi, at)]
            else:
                slots += [Slot(0, 0, criterion.code), Slot(0, 1, criterion.title.vi)]
                slots += [Slot(row, column, "") for row in range(1, at) for column in (0, 1)]
            yield slots

    def _indicator(self, indicator: Indicator, at: int) -> list[Slot]:
        reading, part = self._in_force(indicator)
        labels = sorted(
            {label for a in self.figures if a[:2] == (indicator.code, part) for x, label in a.rows if x == "year"}
        )
        text = reading.text.vi
        words = text if indicator.code == "" else self.layout.code.format(code=indicator.code, text=text)
        if self.layout.marks and self.chance.random() < 0.2:
            words += "[1]"
        slots: list[Slot] = []
        if labels:
            if not self.layout.year_in_text:
                slots.append(Slot(at, 2, words))
                slots += [Slot(at, 3 + i, "") for i in range(len(self._headings()))]
                at += 1
            for number, label in enumerate(labels):
                said = f"Năm {label}"
                if self.layout.year_in_text and number == 0:
                    said = f"{words}\n{said}"
                slots.append(Slot(at + number, 2, said))
                slots += self._values(indicator.code, part, reading.requires, ("year", label), at + number)
            return slots
        return [Slot(at, 2, words), *self._values(indicator.code, part, reading.requires, None, at)]

    def _in_force(self, indicator: Indicator) -> tuple[Indicator, str]:
        for index, version in enumerate(indicator.versions):
            if self.day is not None and self.day in version.valid:
                return indicator.reading(version), f"{VERSION}.{index}"
        return indicator, REQUIRES

    def _values(self, code: str, part: str, root: ConditionModel, year: Row | None, at: int) -> list[Slot]:
        texts = [self._cell(code, part, root, year, label) for label in self._headings()]
        slots: list[Slot] = []
        for column, text in enumerate(texts):
            last = slots[-1] if slots else None
            within = column > (1 if "common" in self._headings() else 0)
            if self.layout.merge_across and last is not None and last.text == text and within and self.labels:
                last.width += 1
            else:
                slots.append(Slot(at, 3 + column, text))
        return slots

    def _cell(self, code: str, part: str, root: ConditionModel, year: Row | None, label: str) -> str:
        """The words of a cell, and what they should be read as."""
        self.style = random.Random(f"{self.layout.seed} {code} {year}")
        tree = [(path, c) for path, c in walk(root)]
        compared = [(path, c) for path, c in tree if isinstance(c, Comparison)]
        plain = isinstance(root, (AllCondition, Comparison, FindingCondition)) and all(
            isinstance(c, (Comparison, FindingCondition, AllCondition)) for _, c in tree
        )
        # A decision puts no brackets within brackets, and says in prose what asks two things of the same figures.
        subjects = [re.sub(r" ?[(][^()]*[)]", "", self.asks.subject(c)) for _, c in compared]
        plain = plain and len(set(subjects)) == len(subjects)
        if not compared:
            for path, c in tree:
                if isinstance(c, FindingCondition):
                    self.expected[Address(code, part, path, ())] = "đạt"
            return "Đạt"
        found = [self._figure(code, part, path, year, label) for path, _ in compared]
        if any(address is None for address in found):
            if label == "common":
                return ""
            return "Không quy định"
        parts = []
        for (_, condition), address in zip(compared, found, strict=True):
            assert address is not None
            row = self.figures[address]
            if isinstance(row.leaf, Delegated) and len(compared) == 1:
                self.expected[address] = "phân cấp"
                return self.style.choice(DELEGATED)
            parts.append(self._spelled(condition, self.drawn[address]))
            if plain:
                self.expected[address] = self._amount(condition, self.drawn[address]).plain()
        if not plain:
            return f"{parts[0]} tùy điều kiện của xã"
        inner = "; ".join(f"{text} {subject}" for text, subject in zip(parts[1:], subjects[1:], strict=True))
        text = f"{parts[0]} ({inner})" if inner else parts[0]
        return f"{text} [2]" if self.layout.marks and self.style.random() < 0.2 else text

    def _figure(self, code: str, part: str, path: str, year: Row | None, label: str) -> Address | None:
        """The figure a cell is for; for the common column, only one that holds of all alike."""
        for address in self.figures:
            if address[:3] != (code, part, path) or (year is not None and year not in address.rows):
                continue
            across = [row for row in address.rows if row[0] != "year"]
            if across in ([], [(self.axis, label)]):
                return address
        return next(
            (
                address
                for address in self.figures
                if address[:3] == (code, part, path)
                and label != "common"
                and (self.axis, "otherwise") in address.rows
                and (year is None or year in address.rows)
            ),
            None,
        )

    def _amount(self, condition: Comparison, value: Decimal) -> Amount:
        return Amount(value, self.asks.unit_of(condition))

    def _spelled(self, condition: Comparison, value: Decimal) -> str:
        unit = self.asks.unit_of(condition)
        label = unit_label(unit, "vi") if unit else ""
        gap = " " if self.layout.spaced_percent or label != "%" else ""
        number = format_number(value, "vi")
        bare = unit and label != "%" and not label.startswith("điểm") and self.style.random() < 0.3
        text = number if bare or not label else f"{number}{gap}{label}"
        return self.style.choice(SPELLINGS[condition.op]).format(text)


def written(pack: Pack, layout: Layout, drawn: Mapping[Address, Decimal]) -> Annex:
    """The annex of a pack."""
    return Writer(pack, layout, drawn).annex()


def save_html(annex: Annex, path: Path) -> None:
    """As a web page."""
    rows: list[list[Slot]] = [[] for _ in range(annex.rows)]
    for slot in sorted(annex.slots, key=lambda s: (s.row, s.column)):
        rows[slot.row].append(slot)
    body = "".join(
        "<tr>" + "".join(f'<td rowspan="{s.height}" colspan="{s.width}">{_html(s.text)}</td>' for s in row) + "</tr>"
        for row in rows
    )
    head = "".join(f"<p>{escape(text)}</p>" for text in annex.head)
    path.write_text(
        f'<html><head><meta charset="utf-8"></head><body>{head}<table>{body}</table></body></html>', "utf-8"
    )


def _html(text: str) -> str:
    return escape(text).replace("[1]", "<sup>1</sup>").replace("[2]", "<sup>2</sup>").replace("\n", "<br/>")


_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def save_docx(annex: Annex, path: Path, *, cut: bool = True) -> None:
    """As a Word file; where the heading is repeated, in tables that follow each other."""
    import docx
    from docx.oxml import parse_xml

    made = docx.Document()
    for text in annex.head:
        made.add_paragraph(text)
    body = made.element.body
    starts = [0, *(annex.breaks if cut else [])]
    for start, end in zip(starts, [*starts[1:], annex.rows], strict=True):
        inside = [s for s in annex.slots if start <= s.row < end]
        body.insert(len(body) - 1, parse_xml(_table_xml(inside, start, end, annex.columns)))
    made.save(str(path))


def _table_xml(slots: Sequence[Slot], start: int, end: int, columns: int) -> str:
    at = {(s.row, s.column): s for s in slots}
    below = {(row, s.column): s for s in slots for row in range(s.row + 1, min(s.row + s.height, end))}
    rows = []
    for row in range(start, end):
        cells, column = [], 0
        while column < columns:
            slot, over = at.get((row, column)), below.get((row, column))
            one = slot or over
            width = one.width if one else 1
            merge = ""
            if slot is not None and slot.height > 1:
                merge = '<w:vMerge w:val="restart"/>'
            elif over is not None:
                merge = "<w:vMerge/>"
            text = slot.text if slot is not None else ""
            cells.append(f'<w:tc><w:tcPr><w:gridSpan w:val="{width}"/>{merge}</w:tcPr>{_paragraphs_xml(text)}</w:tc>')
            column += width
        rows.append(f"<w:tr>{''.join(cells)}</w:tr>")
    grid = "<w:tblGrid>" + '<w:gridCol w:w="900"/>' * columns + "</w:tblGrid>"
    return f"<w:tbl {_W}><w:tblPr/>{grid}{''.join(rows)}</w:tbl>"


def _paragraphs_xml(text: str) -> str:
    out = []
    for line in text.split("\n"):
        for mark in ("[1]", "[2]"):
            line = line.replace(mark, f"\0{mark[1]}\0")
        runs = []
        for index, piece in enumerate(line.split("\0")):
            raised = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>' if index % 2 else ""
            if piece:
                runs.append(f'<w:r>{raised}<w:t xml:space="preserve">{xml_escape(piece)}</w:t></w:r>')
        out.append(f"<w:p>{''.join(runs)}</w:p>")
    return "".join(out)


def save_xlsx(annex: Annex, path: Path) -> None:
    """As a workbook, the annex under its title."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for number, text in enumerate(annex.head, 1):
        sheet.cell(number, 1, text)
    top = len(annex.head) + 2
    for slot in annex.slots:
        sheet.cell(top + slot.row, 1 + slot.column, slot.text or None)
        if slot.height > 1 or slot.width > 1:
            sheet.merge_cells(
                start_row=top + slot.row,
                start_column=1 + slot.column,
                end_row=top + slot.row + slot.height - 1,
                end_column=slot.column + slot.width,
            )
    book.save(path)


def save_pdf(annex: Annex, path: Path) -> None:
    """As a PDF with ruled lines, the heading repeated on each page; a page break may cut through a row."""
    from reportlab.lib import colors
    from reportlab.lib.pagesizes import A3, A4, landscape
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table, TableStyle

    if "Text" not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont("Text", str(FONT)))
    style = ParagraphStyle("cell", fontName="Text", fontSize=7, leading=8.5)
    data: list[list[object]] = [["" for _ in range(annex.columns)] for _ in range(annex.rows)]
    commands: list[tuple[object, ...]] = [("VALIGN", (0, 0), (-1, -1), "TOP")]
    ruled = {"all": ("GRID", -1), "heading": ("GRID", annex.heading - 1), "rows": ("LINEBELOW", -1)}
    if annex.layout.ruled in ruled:
        name, last = ruled[annex.layout.ruled]
        commands.append((name, (0, 0), (-1, last), 0.5, colors.black))
    # An office program rules a row that a page cuts on both pages.
    cut = annex.layout.ruled in ("all", "rows")
    for edge, row in (
        (("LINEBELOW", "inrowsplitstart"), ("LINEABOVE", "inrowsplitend"), ("LINEABOVE", "splitfirst")) if cut else ()
    ):
        commands.append((edge, (0, row), (-1, row), 0.5, colors.black))
    for slot in annex.slots:
        data[slot.row][slot.column] = Paragraph(
            _html(slot.text).replace("<sup>", '<super size="4.5">').replace("</sup>", "</super>"), style
        )
        if slot.height > 1 or slot.width > 1:
            end = (slot.column + slot.width - 1, slot.row + slot.height - 1)
            commands.append(("SPAN", (slot.column, slot.row), end))
    paper = landscape({"A3": A3, "A4": A4}[annex.layout.paper])
    room = paper[0] - 60
    widths = [26.0, 0.08 * room, 0.22 * room]
    widths += [(room - sum(widths)) / (annex.columns - 3)] * (annex.columns - 3)
    heading = 2 if any(s.row == 1 for s in annex.slots if s.row < annex.heading) else 1
    table = Table(data, colWidths=widths, repeatRows=heading, splitInRow=int(annex.layout.cut_rows))
    table.setStyle(TableStyle(commands))
    story: list[object] = [Paragraph(escape(text), style) for text in annex.head]
    SimpleDocTemplate(str(path), pagesize=paper, leftMargin=30, rightMargin=30).build([*story, table])


SAVE: dict[str, Callable[[Annex, Path], None]] = {
    ".html": save_html,
    ".docx": save_docx,
    ".xlsx": save_xlsx,
    ".pdf": save_pdf,
}
