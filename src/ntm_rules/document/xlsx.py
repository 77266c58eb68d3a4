"""Excel workbooks (.xlsx) that hold a decision's annex: each sheet's rows as the tables they are."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

from ..errors import MissingExtraError, NtmError, Place
from ..tabular.excel import read_workbook
from ..tabular.sheet import Content, Number, Row, Span, shown
from ..tabular.sheet import Sheet as Worksheet
from .flow import Block, Flow, Paragraph, Sheet, lines
from .grid import Cell, laid_out
from .refused import DocumentError, checked_archive, damaged


def read(raw: bytes, path: Path) -> Flow:
    """The visible sheets of a workbook: single cells before and after a table are paragraphs.

    Raises:
        DocumentError: no workbook, or one that would unpack to too much or has macros.
    """
    place = Place(file=path.name)
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            checked_archive(archive, place)
        return Flow(tuple(block for sheet in read_workbook(path) if not sheet.hidden for block in _blocks(sheet)))
    except zipfile.BadZipFile as error:
        raise damaged(place, error) from error
    except (DocumentError, MissingExtraError):
        raise
    except NtmError as error:
        raise DocumentError(*error.problems) from None


def _blocks(sheet: Worksheet) -> Iterator[Block]:
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
                yield from _paragraphs(rows[number])
        if full:
            yield _table(sheet, [rows[number] for number in stretch if first <= number <= last], spans)
        for number in stretch:
            if number > last:
                yield from _paragraphs(rows[number])


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


def _paragraphs(row: Row) -> Iterator[Paragraph]:
    for content in row.cells.values():
        yield Paragraph(lines(_text(content)))


def _table(sheet: Worksheet, rows: list[Row], spans: tuple[Span, ...]) -> Sheet:
    top, bottom = rows[0].number, rows[-1].number
    within = {(s.top, s.left): s for s in spans if top <= s.top <= bottom}
    left = min(min(row.cells) for row in rows)
    cells = []
    for row in rows:
        for column, content in row.cells.items():
            span = within.get((row.number, column), Span(row.number, column, row.number, column))
            height, width = span.bottom - span.top + 1, span.right - span.left + 1
            cells.append(Cell(row.number - top, column - left, lines(_text(content)), height, width))
    place = Place(file=sheet.file, sheet=sheet.name)
    return Sheet(laid_out(cells, place, sheet=sheet.name, top=top, left=left))


def _text(content: Content) -> str:
    """A cell's text as a decision would print it: numbers with a decimal comma."""
    return content.amount.text("vi") if isinstance(content, Number) else shown(content)
