"""PDF files with text: pdfplumber finds the ruled tables; running heads and page numbers are left out."""

from __future__ import annotations

import io
import re
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from ..errors import NtmError, Place, Problem
from ..normalization import fold
from .flow import Block, Flow, Paragraph, Sheet, lines, raised
from .grid import Cell, Grid, laid_out
from .refused import MAX_UNPACKED, DocumentError, damaged, missing
from .signs import hidden, struck

_MAX_PAGES = 400
_MAX_MARKS = 60_000
_MAX_LINES = 4_000
_NEAR = 3.0
# A rectangle as low as this is a line.
_THIN = 2.0
# A raised figure is set this much smaller than its line.
_SMALL = 0.8
_PAINTS = (b" l\n", b" l ", b" re\n", b" re ", b" c\n", b"Tj", b"TJ")
_STREAM = re.compile(rb"stream\r?\n")


def read(raw: bytes, path: Path) -> Flow:
    """The paragraphs and ruled tables of a PDF, page by page.

    Raises:
        DocumentError: protected, damaged, too large, or without any text: a scan.
    """
    place = Place(file=path.name)
    try:
        import pdfplumber
        from pdfminer.pdfdocument import PDFPasswordIncorrect
        from pdfplumber.utils.exceptions import PdfminerException
    except ImportError:
        raise missing("pdfplumber", place) from None
    _check_streams(raw, place)
    try:
        with pdfplumber.open(io.BytesIO(raw)) as opened:
            return _pages(opened.pages, place)
    except NtmError:
        raise
    except PdfminerException as error:
        if error.args and isinstance(error.args[0], PDFPasswordIncorrect):
            raise DocumentError(Problem("error.document_protected", place)) from None
        raise damaged(place) from error
    except RecursionError:
        raise damaged(place) from None
    except Exception as error:  # a damaged file makes the library raise almost anything
        raise damaged(place) from error


def _check_streams(raw: bytes, place: Place) -> None:
    """Refuse what would unpack to too much: the library unpacks each stream whole."""
    total = 0
    for match in _STREAM.finditer(raw):
        data = raw[match.end() : match.end() + 8_000_000]
        for _ in range(3):
            if data[:1] not in (b"\x78", b"\x48", b"\x58", b"\x68"):
                break
            try:
                data = zlib.decompressobj().decompress(data, MAX_UNPACKED - total + 1)
            except zlib.error:
                break
            total += len(data)
            # What paints a line or a text: a page of so many takes minutes to lay out.
            if sum(map(data.count, _PAINTS)) > _MAX_MARKS:
                raise DocumentError(Problem("error.document_page_full", place, limit=_MAX_MARKS))
            if total > MAX_UNPACKED:
                raise DocumentError(Problem("error.unpacks_too_large", place, size=total, limit=MAX_UNPACKED))


def _pages(pages: Sequence[Any], place: Place) -> Flow:
    if len(pages) > _MAX_PAGES:
        raise DocumentError(Problem("error.document_pages", place, count=len(pages), limit=_MAX_PAGES))
    read: list[list[Block]] = []
    unread: list[int] = []
    written = False
    for number, page in enumerate(pages, 1):
        marks = len(page.chars) + len(page.lines) + len(page.rects) + len(page.curves)
        lines_drawn = len(page.lines) + len(page.rects) + len(page.curves)
        for count, limit in ((marks, _MAX_MARKS), (lines_drawn, _MAX_LINES)):
            if count > limit:
                raise DocumentError(Problem("error.document_page_full", place, limit=limit))
        upright = page.filter(_upright)
        turned = len(page.chars) - len(upright.chars)
        if turned > len(upright.chars) or (not page.chars and page.images):
            unread.append(number)
        written = written or any(not char["text"].isspace() for char in upright.chars)
        read.append(list(_blocks(upright, number, place)))
        page.close()
    if not written:
        raise DocumentError(Problem("error.document_scan", place))
    return Flow(tuple(_unheaded(read)), (), tuple(unread))


def _upright(mark: dict[str, Any]) -> bool:
    return mark.get("object_type") != "char" or bool(mark.get("upright", True))


def _blocks(page: Any, number: int, place: Place) -> Iterator[Block]:
    """Tables of at least two columns, and the lines of text between them."""
    found = [table for table in page.find_tables() if len({round(cell[0]) for cell in table.cells}) > 1]
    found = sorted(
        (t for t in found if not any(_within(t.bbox, o.bbox) for o in found if o is not t)), key=lambda t: t.bbox[1]
    )
    chars = [char for char in page.chars if not any(_inside(char, table.bbox) for table in found)]
    texts: list[tuple[float, Block]] = [
        (line["top"], Paragraph(line["text"].strip(), number)) for line in _lines(page, chars) if line["text"].strip()
    ]
    tables: list[tuple[float, Block]] = [
        (table.bbox[1], Sheet(_grid(page, table, number, place), number, tuple(_across(table)))) for table in found
    ]
    yield from (block for _, block in sorted(texts + tables, key=lambda pair: pair[0]))


def _lines(page: Any, chars: list[dict[str, Any]]) -> list[dict[str, Any]]:
    if not chars:
        return []
    outside = page.filter(lambda mark: mark.get("object_type") == "char")
    kept = {id(char) for char in chars}
    lines_found: list[dict[str, Any]] = outside.filter(lambda mark: id(mark) in kept).extract_text_lines(
        return_chars=False, strip=True
    )
    return lines_found


def _grid(page: Any, table: Any, number: int, place: Place) -> Grid:
    """The table's cells by the columns and rows their edges make."""
    across = _across(table)
    down = _edges(y for cell in table.cells for y in (cell[1], cell[3]))
    strokes = _strokes(page, down)
    cells = []
    for x0, top, x1, bottom in sorted(table.cells, key=lambda cell: (cell[1], cell[0])):
        row, column = _index(down, top), _index(across, x0)
        height, width = _index(down, bottom) - row, _index(across, x1) - column
        if height > 0 and width > 0:
            inside = [char for char in page.chars if _inside(char, (x0, top, x1, bottom))]
            text = _text(inside)
            if any(_strikes(stroke, (x0, top, x1, bottom), inside) for stroke in strokes):
                text = struck(text)
            elif any(_is_white(char) and not _on_colour(page, char) for char in inside):
                text = hidden(text)
            cells.append(Cell(row, column, text, height, width, number))
    return laid_out(cells, place)


def _strokes(page: Any, down: list[float]) -> list[dict[str, Any]]:
    """The thin lines of a page that are no edges of a table's rows nor upright."""
    drawn = [*page.lines, *(rect for rect in page.rects if rect["height"] < _THIN)]
    return [
        line
        for line in drawn
        if line["width"] > _NEAR
        and (line["height"] > _NEAR or min((abs(line["top"] - edge) for edge in down), default=_NEAR) > 1.0)
    ]


def _strikes(line: dict[str, Any], box: tuple[float, float, float, float], chars: list[dict[str, Any]]) -> bool:
    """Whether a line goes through the letters of a cell, or through the cell from corner to corner."""
    if line["height"] > _NEAR:
        return bool(chars) and _within((line["x0"], line["top"], line["x1"], line["bottom"]), box)
    y = (line["top"] + line["bottom"]) / 2
    return any(
        line["x0"] <= (char["x0"] + char["x1"]) / 2 <= line["x1"]
        # An underline is below them.
        and 0.35 < (y - char["top"]) / max(char["height"], 1) < 0.75
        for char in chars
        if char["text"].strip()
    )


def _is_white(mark: dict[str, Any]) -> bool:
    colour = mark.get("non_stroking_color")
    parts = tuple(colour) if isinstance(colour, (list, tuple)) else (colour,)
    return bool(mark.get("text", " ").strip()) and parts in ((1,), (1, 1, 1), (0, 0, 0, 0))


def _on_colour(page: Any, char: dict[str, Any]) -> bool:
    x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    return bool(page.images) or any(
        rect["x0"] <= x <= rect["x1"] and rect["top"] <= y <= rect["bottom"] and rect.get("fill") for rect in page.rects
    )


def _across(table: Any) -> list[float]:
    return _edges(x for cell in table.cells for x in (cell[0], cell[2]))


def _edges(values: Iterator[float]) -> list[float]:
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > _NEAR:
            edges.append(value)
    return edges


def _index(edges: list[float], value: float) -> int:
    return min(range(len(edges)), key=lambda index: abs(edges[index] - value))


def _inside(char: dict[str, Any], box: tuple[float, float, float, float]) -> bool:
    x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    return bool(box[0] <= x <= box[2] and box[1] <= y <= box[3])


def _within(inner: tuple[float, float, float, float], outer: tuple[float, float, float, float]) -> bool:
    return all(inner[i] >= outer[i] - _NEAR for i in (0, 1)) and all(inner[i] <= outer[i] + _NEAR for i in (2, 3))


def _text(chars: list[dict[str, Any]]) -> str:
    """The text of a cell; small raised figures become marks of footnotes, or powers of a unit."""
    from pdfplumber.utils.text import extract_text

    if not chars:
        return ""
    usual = Counter(round(char["size"], 1) for char in chars if not char["text"].isspace()).most_common(1)
    size = usual[0][0] if usual else 0.0
    if not any(_small(char, size) for char in chars):
        return lines(str(extract_text(chars, x_tolerance=2, y_tolerance=3)))
    plain, before = [], ""
    for index, char in enumerate(chars):
        if _small(char, size) and char["text"].strip():
            if index and _small(chars[index - 1], size):
                continue
            mark = "".join(c["text"] for c in _run(chars[index:], size)).strip()
            # It takes the line of what stands before it.
            base = chars[index - 1] if index else char
            char = {**char, "text": raised(mark, before), "top": base["top"], "bottom": base["bottom"]}
            if char["x0"] < base["x0"]:
                # The line ended between the two.
                char = {**char, "x0": base["x1"], "x1": base["x1"] + char["width"]}
        plain.append(char)
        before += char["text"]
    return lines(str(extract_text(plain, x_tolerance=2, y_tolerance=3)))


def _small(char: dict[str, Any], size: float) -> bool:
    return char["size"] < _SMALL * size and (char["text"].isdigit() or char["text"] in "*²³")


def _run(chars: list[dict[str, Any]], size: float) -> Iterator[dict[str, Any]]:
    for char in chars:
        if not _small(char, size):
            return
        yield char


def _unheaded(pages: list[list[Block]]) -> Iterator[Block]:
    """The blocks without what the pages repeat at their edges: running heads and page numbers."""
    edges = Counter(
        key for blocks in pages for key in {_furniture(block) for block in (*blocks[:2], *blocks[-2:])} if key
    )
    for blocks in pages:
        for index, block in enumerate(blocks):
            at_edge = index < 2 or index >= len(blocks) - 2
            key = _furniture(block)
            repeated = key and edges[key] > max(1, len(pages) // 3)
            if not (at_edge and (key == "#" or repeated)):
                yield block


def _furniture(block: Block) -> str:
    """A line as it would repeat: its numbers all alike. A page number alone is ``#``."""
    if not isinstance(block, Paragraph):
        return ""
    return re.sub(r"\d+", "#", fold(block.text)).strip("-– ")
