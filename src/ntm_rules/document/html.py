"""Saved web pages (.html): lxml parses them; scripts, styles and hidden parts are passed over, nothing is fetched."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from ..errors import NtmError, Place, Problem
from .columns import is_heading
from .css import Styles, styles_of
from .flow import Block, Flow, Paragraph, Sheet, inner_text, lines, raised
from .grid import MAX_SLOTS, Grid, RowByRow, laid_out
from .refused import DocumentError, Element, damaged, missing
from .seen_page import Seen
from .signs import UNREAD, hidden, struck, symbols

_PASSED = {"script", "style", "noscript", "template", "iframe", "nav", "select", "button", "head"}
_DRAWN = {"svg", "object", "canvas", "embed"}
# Equations of these have more than one line.
_BUILT_MATH = ("mfrac", "msup", "msub", "msubsup", "mroot", "msqrt", "mover", "munder", "mtable")
_STRUCK = {"s", "strike", "del"}
_SYMBOL_STYLE = re.compile(r"font-family\s*:\s*[\"']?symbol\b", re.IGNORECASE)
_SIGNS = re.compile(r"[≥≤<>=]|[<>]=")
_INLINE = {
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "em", "font", "i", "img", "ins", "label", "mark", "q", "s",
    "small", "span", "strike", "strong", "sub", "sup", "tt", "u", "var", "wbr", "o:p", "del",
}  # fmt: skip
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_-]{2,20})""", re.IGNORECASE)
_MAX_DEPTH = 200
# Of all tables of a page; a tree of more takes hundreds of megabytes.
_MAX_CELLS = 4 * MAX_SLOTS


def read(raw: bytes, path: Path) -> Flow:
    """The paragraphs and tables of a saved page, in its order.

    Raises:
        DocumentError: not a page, an encoding nobody knows, or nested and spanned beyond reason.
    """
    place = Place(file=path.name)
    try:
        from lxml import html as lxml_html
    except ImportError:
        raise missing("lxml", place) from None
    if raw.lstrip()[:20].lower().startswith((b"mime-version", b"from: <saved")):
        raise DocumentError(Problem("error.document_mhtml", place))
    if sum(raw.count(tag) for tag in (b"<td", b"<TD", b"<th", b"<TH")) > _MAX_CELLS:
        raise DocumentError(Problem("error.document_cells", place, limit=_MAX_CELLS))
    text = _decoded(raw, place)
    if "<" not in text:
        raise DocumentError(Problem("error.document_not_html", place))
    try:
        parser = lxml_html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
        root = lxml_html.document_fromstring(text, parser=parser)
        body = root.find("body")
        styles = styles_of(root)
        walker = _Walker(place, styles)
        walker.walk(root if body is None else body, 0)
        walker.close()
        return Flow(tuple(walker.blocks), outside=styles.outside)
    except NtmError:
        raise
    except Exception as error:  # a page the parser gives up on
        raise damaged(place) from error


def _decoded(raw: bytes, place: Place) -> str:
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if raw.startswith(mark):
            return _in(raw, name, place)
    said = _CHARSET.search(raw[:4096])
    text = _in(raw, said[1].decode() if said else "utf-8", place)
    # A declaration inside the text is of no use to a parser that is handed a text.
    return re.sub(r"^\s*<\?xml[^>]*\?>", "", text)


def _in(raw: bytes, name: str, place: Place) -> str:
    try:
        return raw.decode(name)
    except (UnicodeDecodeError, LookupError):
        raise DocumentError(Problem("error.document_encoding", place, encoding=name)) from None


class _Walker:
    def __init__(self, place: Place, styles: Styles, *, within: bool = False) -> None:
        # Within a table what is drawn has a mark in its place: it may be the sign of a level.
        self.place, self.styles, self.within = place, styles, within
        self.seen = Seen(styles)
        # How many of the blocks around are struck out, or not to be seen.
        self._out = self._unseen = 0
        self.blocks: list[Block] = []
        self._open: list[str] = []

    def close(self) -> None:
        """End the paragraph that is being gathered."""
        text = lines("".join(self._open))
        self._open.clear()
        text = struck(text) if self._out else text
        text = hidden(text) if self._unseen and self.within else text
        if text:
            self.blocks.append(Paragraph(text))

    def walk(self, element: Element, depth: int) -> None:
        """An element with its children and what follows inside its parent."""
        if depth > _MAX_DEPTH:
            raise DocumentError(Problem("error.document_nested", self.place, limit=_MAX_DEPTH))
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag and tag not in _PASSED and not _hidden(element):
            if tag == "table":
                self.close()
                self._table(element, depth)
            elif tag == "br":
                self._open.append("\n")
            elif tag in _DRAWN or (tag == "img" and element.get("alt") != ""):
                self._open.append(_drawn(element) if self.within else "")
            elif tag == "math":
                built = any(next(element.iter(name), None) is not None for name in _BUILT_MATH)
                self._open.append(UNREAD if built else _spaced("".join(element.itertext())))
            elif tag == "sup":
                self._open.append(raised("".join(element.itertext()), "".join(self._open)))
            else:
                block = tag not in _INLINE
                out, unseen = block and self._is_struck(element), block and self.styles.unseen(element)
                if block:
                    self.close()
                self._out, self._unseen = self._out + out, self._unseen + unseen
                start = len(self._open)
                self._open.append(self._beside(element, "before") + _spaced(element.text))
                for child in element:
                    self.walk(child, depth + 1)
                self._open.append(self._beside(element, "after"))
                if block:
                    self.close()
                else:
                    self._shown_as(element, start)
                self._out, self._unseen = self._out - out, self._unseen - unseen
        self._open.append(_spaced(element.tail))

    def _is_struck(self, element: Element) -> bool:
        return element.tag in _STRUCK or "struck" in self.styles.of(element)

    def _beside(self, element: Element, side: str) -> str:
        """What a style writes before or behind what stands in a table."""
        return self.styles.beside.get((element, side), "") if self.within else ""

    def _shown_as(self, element: Element, start: int) -> None:
        """What an inline element holds, gathered from ``start`` on, as its font and its decoration show it."""
        style = element.get("style") or ""
        text = "".join(self._open[start:])
        if (element.get("face") or "").casefold() == "symbol" or _SYMBOL_STYLE.search(style):
            self._open[start:] = [symbols(text)]
        elif self._is_struck(element):
            self._open[start:] = [struck(text)]
        elif self.within and self.styles.unseen(element):
            self._open[start:] = [hidden(text)]
        elif "raised" in self.styles.of(element):
            self._open[start:] = [raised(text, "".join(self._open[:start]))]

    def _table(self, table: Element, depth: int) -> None:
        """A table as a grid; one that holds tables and is none of criteria is a page's layout: walked through."""
        if sum(1 for _ in table.iter("td", "th")) > MAX_SLOTS:
            raise DocumentError(Problem("error.document_cells", self.place, limit=MAX_SLOTS))
        grid = None
        if table.find(".//table") is None or _headed(table):
            grid = self._grid(table, depth)
        else:
            for child in table:
                self.walk(child, depth + 1)
            self.close()
        if grid is not None:
            for caption in (child for child in table if child.tag == "caption"):
                self.walk(caption, depth + 1)
                self.close()
            self.blocks.append(Sheet(grid))

    def _grid(self, table: Element, depth: int) -> Grid | None:
        rows = [row for row in _rows(table) if not _hidden(row)]
        layout = RowByRow(self.place)
        out = any(map(self._is_struck, table.iterancestors()))
        for number, row in enumerate(rows):
            layout.next_row()
            for cell in row:
                if cell.tag in ("td", "th") and not _hidden(cell):
                    width, height = _span(cell, "colspan"), _span(cell, "rowspan")
                    # 0 means: to the end of the table.
                    height = len(rows) - number if height == 0 else min(height, len(rows) - number)
                    layout.put(self._text(cell, depth, out=out), max(1, min(width, 1000)), height, self.seen.of(cell))
        return laid_out(layout.cells, self.place) if layout.cells else None

    def _text(self, cell: Element, depth: int, *, out: bool) -> str:
        inner = _Walker(self.place, self.styles, within=True)
        inner.seen = self.seen
        around = [cell, *islice(cell.iterancestors(), 3)]
        holders = around[: next((n for n, one in enumerate(around) if one.tag == "table"), 0) + 1]
        inner._out = sum(map(self._is_struck, holders)) + out
        inner._unseen = sum(map(self.styles.unseen, holders))
        inner._open.append(inner._beside(cell, "before") + _spaced(cell.text))
        for child in cell:
            inner.walk(child, depth + 1)
        inner._open.append(inner._beside(cell, "after"))
        inner.close()
        return "\n".join(inner_text(block) for block in inner.blocks)


def _drawn(element: Element) -> str:
    """A picture of a sign that says which; any other as what cannot be read, but for one that only keeps a distance."""
    alt = (element.get("alt") or "").strip()
    if _SIGNS.fullmatch(alt):
        return alt
    return "" if element.get("width") in ("0", "1") or element.get("height") in ("0", "1") else UNREAD


def _rows(table: Element) -> Iterator[Element]:
    """The rows of a table, without those of tables inside it."""
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from (row for row in child if row.tag == "tr")


def _headed(table: Element) -> bool:
    """Whether one of the first rows is the heading of a table of criteria, and no cell of it holds a table."""
    for row in islice(_rows(table), 12):
        cells = [cell for cell in row if cell.tag in ("td", "th")]
        if all(cell.find(".//table") is None for cell in cells) and is_heading("".join(c.itertext()) for c in cells):
            return True
    return False


def _spaced(text: str | None) -> str:
    """A text of the source: its line breaks are spaces."""
    return re.sub(r"\s", " ", text) if text else ""


def _hidden(element: Element) -> bool:
    return element.get("hidden") is not None or bool(_HIDDEN.search(element.get("style") or ""))


def _span(cell: Element, name: str) -> int:
    text = (cell.get(name) or "1").strip()
    return int(text) if text.isdigit() and len(text) < 6 else 1
