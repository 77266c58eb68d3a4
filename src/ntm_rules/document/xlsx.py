"""Excel workbooks (.xlsx) that hold a decision's annex: each sheet's rows as the tables they are."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ..errors import MissingExtraError, NtmError, Place, Problem
from ..normalization import tidy
from ..tabular.excel import read_workbook
from ..tabular.sheet import Content, Number, Row, Span, Unreadable, shown
from ..tabular.sheet import Sheet as Worksheet
from .flow import Block, Flow, Paragraph, Sheet, lines, raised
from .grid import MAX_SLOTS, Cell, laid_out
from .refused import DocumentError, checked_archive, damaged
from .seen_excel import Seen
from .signs import UNCOMPUTED, UNREAD, hidden, struck


@dataclass(frozen=True)
class Worn:
    """What a cell shows beside its value: words of its format, strokes, or nothing at all; its text where it is rich.

    ``comment`` is the mark of what somebody has noted at it; ``look`` what of its look is not understood.
    """

    before: str = ""
    behind: str = ""
    out: bool = False
    unseen: bool = False
    comment: str = ""
    text: str = ""
    look: str = ""


_PLAIN = Worn()
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
Dress = dict[tuple[str, int, int], Worn]
# The parts of a number format: what is quoted, what is escaped, anything else; colours and widths are passed over.
_FORMAT = re.compile(r'(?:\[[^\]]*\]|_.|\*.)*(?:"([^"]*)"|\\(.)|(.))')


def read(raw: bytes, path: Path) -> Flow:
    """The visible sheets of a workbook: single cells before and after a table are paragraphs.

    Raises:
        DocumentError: no workbook, or one that would unpack to too much or has macros.
    """
    place = Place(file=path.name)
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            checked_archive(archive, place)
        sheets = read_workbook(path)
        visible = [sheet for sheet in sheets if not sheet.hidden]
        read = [(sheet, _rows_of(sheet, place)) for sheet in visible]
        dress, notes, margins = _dress(path, {sheet.name: rows for sheet, rows in read})
        blocks = tuple(block for sheet, rows in read for block in _blocks(sheet.again(rows), dress))
        unread = tuple(sheet.name for sheet in sheets if sheet.hidden)
        return Flow(blocks, notes, hidden=unread, margins=(*margins, *_drawn(raw)))
    except zipfile.BadZipFile as error:
        raise damaged(place) from error
    except (DocumentError, MissingExtraError):
        raise
    except NtmError as error:
        raise DocumentError(*error.problems) from None


def _rows_of(sheet: Worksheet, place: Place) -> list[Row]:
    rows, count = [], 0
    for row in sheet:
        rows.append(row)
        count += len(row.cells)
        if count > MAX_SLOTS:
            raise DocumentError(Problem("error.document_cells", place, limit=MAX_SLOTS))
    return rows


def _drawn(raw: bytes) -> Iterator[str]:
    """The texts of the boxes drawn over the sheets."""
    from lxml import etree

    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        for name in archive.namelist():
            if re.fullmatch(r"xl/drawings/drawing\d+\.xml", name):
                root = etree.fromstring(archive.read(name), etree.XMLParser(resolve_entities=False, no_network=True))
                texts = ("".join(t.text or "" for t in p.iter(f"{_A}t")) for p in root.iter(f"{_A}p"))
                yield from filter(None, map(tidy, texts))


def _printed(sheet: Any) -> Iterator[str]:
    """What is printed above and below each page of a sheet."""
    for name in ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter"):
        part = getattr(sheet, name)
        yield from (tidy(one.text) for one in (part.left, part.center, part.right) if one.text)


def _dress(path: Path, sheets: Mapping[str, list[Row]]) -> tuple[Dress, tuple[tuple[str, str], ...], tuple[str, ...]]:
    """What the cells show beside their values, by sheet, row and column; the comments by their mark; the margins."""
    import openpyxl

    found: Dress = {}
    notes: list[tuple[str, str]] = []
    book = openpyxl.load_workbook(path, data_only=True, keep_links=False, rich_text=True)
    for name, rows in sheets.items():
        sheet = book[name]
        seen = Seen(book, sheet)
        columns = {
            number
            for one in sheet.column_dimensions.values()
            if one.hidden
            for number in range(one.min or 0, min(one.max or 0, sheet.max_column) + 1)
        }
        # Whether its condition is met is not ours to work out.
        may_be_out = {
            place
            for ranges in sheet.conditional_formatting
            if any(rule.dxf is not None and rule.dxf.font is not None and rule.dxf.font.strike for rule in ranges.rules)
            for place in (
                (row, column)
                for part in ranges.cells.ranges
                for row in range(part.min_row, min(part.max_row, sheet.max_row) + 1)
                for column in range(part.min_col, min(part.max_col, sheet.max_column) + 1)
            )
        }
        for row, column in ((one.number, column) for one in rows for column in one.cells):
            cell = sheet.cell(row, column)
            hides = sheet.row_dimensions[row].hidden or column in columns
            comment = ""
            if cell.comment is not None:
                comment = f"c{len(notes) + 1}"
                notes.append((comment, tidy(cell.comment.text)))
            worn = replace(_worn(cell, hides, (row, column) in may_be_out, comment), look=seen.of(cell))
            if worn != _PLAIN:
                found[name, row, column] = worn
    margins = dict.fromkeys(text for name in sheets for text in _printed(book[name]))
    return found, tuple(notes), tuple(margins)


def _worn(cell: Any, hides: bool, out: bool, comment: str) -> Worn:
    pattern = cell.number_format or ""
    number = isinstance(cell.value, (int, float)) and not isinstance(cell.value, bool)
    before, behind = _words_of(pattern) if number else ("", "")
    crossed = (
        cell.border.diagonal is not None
        and cell.border.diagonal.style
        and (cell.border.diagonalUp or cell.border.diagonalDown)
    )
    unseen = hides or pattern.startswith(";")
    return Worn(before, behind, bool(cell.font.strike or crossed or out), bool(unseen), comment, _rich(cell.value))


def _rich(value: Any) -> str:
    """A text whose parts have fonts of their own, as it is seen; empty for any other."""
    from openpyxl.cell.rich_text import CellRichText, TextBlock

    if not isinstance(value, CellRichText):
        return ""
    text = ""
    for part in value:
        if not isinstance(part, TextBlock):
            text += part
        elif part.font.strike:
            text += struck(part.text)
        else:
            text += raised(part.text, text) if part.font.vertAlign == "superscript" else part.text
    return text


def _words_of(pattern: str) -> tuple[str, str]:
    """The words a number format writes before and behind the digits; none is read of one that depends on the number."""
    if re.search(r"\[[<>=]", pattern):
        return UNREAD, ""
    before, behind, digits = "", "", False
    for quoted, escaped, other in _FORMAT.findall(pattern.split(";")[0]):
        written = quoted or escaped or ("" if other.isascii() else other)
        if other in ("0", "#", "?"):
            digits, behind = True, ""
        elif digits:
            behind += written
        else:
            before += written
    return before, behind


def _blocks(sheet: Worksheet, dress: Dress) -> Iterator[Block]:
    rows = {row.number: row for row in sheet}
    spans = sheet.merged
    wide = {span.top for span in spans if span.bottom > span.top}
    covered = {number for span in spans for number in range(span.top, span.bottom + 1)}
    for stretch in _stretches(sorted(rows), covered):
        # A stretch begins and ends with its single cells: title above, notes below.
        full = [number for number in stretch if len(rows[number].cells) > 1 or number in wide]
        first, last = (full[0], full[-1]) if full else (stretch[-1] + 1, stretch[-1])
        last = max([last, *(span.bottom for span in spans if first <= span.top <= last)])
        for number in stretch:
            if number < first:
                yield from _paragraphs(sheet, rows[number], dress)
        if full:
            yield _table(sheet, [rows[number] for number in stretch if first <= number <= last], spans, dress)
        for number in stretch:
            if number > last:
                yield from _paragraphs(sheet, rows[number], dress)


def _stretches(numbers: list[int], covered: set[int]) -> Iterator[list[int]]:
    """Rows that follow each other; an empty row ends a stretch."""
    stretch: list[int] = []
    for number in numbers:
        if stretch and any(between not in covered for between in range(stretch[-1] + 1, number)):
            yield stretch
            stretch = []
        stretch.append(number)
    if stretch:
        yield stretch


def _paragraphs(sheet: Worksheet, row: Row, dress: Dress) -> Iterator[Paragraph]:
    for column, content in row.cells.items():
        yield Paragraph(lines(_text(content, dress.get((sheet.name, row.number, column)))))


def _table(sheet: Worksheet, rows: list[Row], spans: tuple[Span, ...], dress: Dress) -> Sheet:
    top, bottom = rows[0].number, rows[-1].number
    within = {(s.top, s.left): s for s in spans if top <= s.top <= bottom}
    left = min(min(row.cells) for row in rows)
    cells = []
    for row in rows:
        for column, content in row.cells.items():
            span = within.get((row.number, column), Span(row.number, column, row.number, column))
            height, width = span.bottom - span.top + 1, span.right - span.left + 1
            worn = dress.get((sheet.name, row.number, column))
            text = lines(_text(content, worn))
            look = worn.look if worn else ""
            cells.append(Cell(row.number - top, column - left, text, height, width, look=look))
    place = Place(file=sheet.file, sheet=sheet.name)
    return Sheet(laid_out(cells, place, sheet=sheet.name, top=top, left=left))


def _text(content: Content, worn: Worn | None) -> str:
    """A cell's text as a decision would print it: numbers with a decimal comma, and with the words of their format."""
    worn = worn or _PLAIN
    if isinstance(content, Unreadable) and content.reason == "error.cell_uncomputed":
        return UNCOMPUTED
    text = content.amount.text("vi") if isinstance(content, Number) else shown(content)
    text = f"{worn.before}{worn.text or text}{worn.behind}"
    text = struck(text) if worn.out else hidden(text) if worn.unseen else text
    return f"{text}[{worn.comment}]" if worn.comment else text
