"""Excel workbooks (.xlsx) that hold a decision's annex: each sheet's rows as the tables they are."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from ..errors import MissingExtraError, NtmError, Place
from ..tabular.excel import read_workbook
from ..tabular.sheet import Content, Number, Row, Span, Unreadable, shown
from ..tabular.sheet import Sheet as Worksheet
from .flow import Block, Flow, Paragraph, Sheet, lines
from .grid import Cell, laid_out
from .refused import DocumentError, checked_archive, damaged
from .signs import UNCOMPUTED, UNREAD, struck

Dress = dict[tuple[str, int, int], tuple[str, str, bool]]
# As the file of styles has them: quoted or escaped words, signs, conditions.
_WORDED = re.compile(rb'formatCode="[^"]*(?:&quot;|\\|&[lg]t;|[^\x00-\x7f])')
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
            dressed = _is_dressed(archive)
        sheets = read_workbook(path)
        dress = _dress(path) if dressed else {}
        visible = [sheet for sheet in sheets if not sheet.hidden]
        blocks = tuple(block for sheet in visible for block in _blocks(sheet, dress))
        return Flow(blocks, hidden=tuple(sheet.name for sheet in sheets if sheet.hidden))
    except zipfile.BadZipFile as error:
        raise damaged(place) from error
    except (DocumentError, MissingExtraError):
        raise
    except NtmError as error:
        raise DocumentError(*error.problems) from None


def _is_dressed(archive: zipfile.ZipFile) -> bool:
    """Whether a format of the workbook writes words beside its numbers, or strikes them out."""
    name = "xl/styles.xml"
    styles = archive.read(name) if name in archive.namelist() else b""
    return b"<strike" in styles or bool(_WORDED.search(styles))


def _dress(path: Path) -> Dress:
    """What stands before and behind a number by its format, and whether a cell is struck out, by sheet, row, column."""
    import openpyxl

    found: Dress = {}
    book = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
    try:
        for sheet in book.worksheets:
            sheet.reset_dimensions()
            for cell in (cell for row in sheet.iter_rows() for cell in row if cell.value is not None):
                number = isinstance(cell.value, (int, float)) and not isinstance(cell.value, bool)
                before, behind = _words_of(cell.number_format or "") if number else ("", "")
                out = bool(cell.font is not None and cell.font.strike)
                if before or behind or out:
                    found[sheet.title, cell.row, cell.column] = (before, behind, out)
    finally:
        book.close()
    return found


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
            text = lines(_text(content, dress.get((sheet.name, row.number, column))))
            cells.append(Cell(row.number - top, column - left, text, height, width))
    place = Place(file=sheet.file, sheet=sheet.name)
    return Sheet(laid_out(cells, place, sheet=sheet.name, top=top, left=left))


def _text(content: Content, dress: tuple[str, str, bool] | None) -> str:
    """A cell's text as a decision would print it: numbers with a decimal comma, and with the words of their format."""
    before, behind, out = dress or ("", "", False)
    if isinstance(content, Unreadable) and content.reason == "error.cell_uncomputed":
        return UNCOMPUTED
    text = content.amount.text("vi") if isinstance(content, Number) else shown(content)
    text = f"{before}{text}{behind}"
    return struck(text) if out else text
