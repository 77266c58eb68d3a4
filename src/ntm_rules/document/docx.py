"""Word files (.docx): python-docx opens them, their body is walked in one pass."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from ..errors import NtmError, Place, Problem
from .flow import Block, Flow, Paragraph, Sheet, inner_text, lines, raised
from .grid import MAX_SLOTS, Cell, laid_out
from .numbering import Numbering
from .refused import DocumentError, Element, checked_archive, damaged, missing
from .seen_word import Seen
from .signs import UNREAD, hidden, struck, symbol, symbols

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
# What is moved away is no part of the text.
_DRAWN = {f"{_W}{name}" for name in ("drawing", "pict", "object")}
_PASSED = {f"{_W}{name}" for name in ("moveFrom", "del", "pPr", "rPr", "tblPr", "tcPr")}
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
# An equation of nothing but these is a line of text.
_PLAIN_MATH = {f"{_M}{name}" for name in ("r", "t", "rPr", "sty", "nor", "lit", "ctrlPr")}
_OFF = ("0", "false", "off", "none")
_TRACKED = {f"{_W}ins", f"{_W}del", f"{_W}moveFrom", f"{_W}moveTo", f"{_W}cellIns", f"{_W}cellDel"}
_MAX_DEPTH = 8


def read(raw: bytes, path: Path) -> Flow:
    """The paragraphs and tables of a Word file; nothing in it is run or fetched.

    Raises:
        DocumentError: it is none, would unpack to too much, has macros, or changes nobody has accepted or rejected.
    """
    place = Place(file=path.name)
    try:
        import docx
    except ImportError:
        raise missing("python-docx", place) from None
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            checked_archive(archive, place)
        opened: Any = docx.Document(io.BytesIO(raw))
        walker = _Walker(opened, place)
        blocks = tuple(walker.blocks(opened.element.body))
        return Flow(blocks, walker.footnotes(), margins=tuple(dict.fromkeys(walker.margins())))
    except NtmError:
        raise
    except Exception as error:  # a damaged file makes the library raise almost anything
        raise damaged(place) from error


class _Walker:
    def __init__(self, opened: Any, place: Place) -> None:
        self.opened, self.place = opened, place
        self.within = False
        # What the styles of the file say of characters; the style of the paragraph.
        self.styles = _styles(opened)
        self.style = ""
        self.seen = Seen(opened)
        # The texts of the cell that is being read which nobody sees.
        self.unseen: list[str] = []
        self.numbering = Numbering(opened)
        self._check_changes()

    def _check_changes(self) -> None:
        """Two texts stand in a file with pending changes, and which of them is the decision is not ours to say."""
        for element in self.opened.element.body.iter():
            if element.tag in _TRACKED:
                raise DocumentError(Problem("error.document_tracked", self.place))

    def blocks(self, holder: Element, depth: int = 0) -> Iterator[Block]:
        """The paragraphs and tables directly in an element, those of content controls included."""
        if depth > _MAX_DEPTH:
            raise DocumentError(Problem("error.document_nested", self.place, limit=_MAX_DEPTH))
        for child in holder:
            if child.tag == f"{_W}p":
                text = lines(self.text(child, within=depth > 0))
                if text:
                    yield Paragraph(text)
            elif child.tag == f"{_W}tbl":
                yield from self._table(child, depth)
            elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}customXml", f"{_W}smartTag"):
                yield from self.blocks(child, depth + 1)

    def _table(self, table: Element, depth: int) -> Iterator[Block]:
        if sum(1 for _ in table.iter(f"{_W}tc")) > MAX_SLOTS:
            raise DocumentError(Problem("error.document_cells", self.place, limit=MAX_SLOTS))
        cells: list[Cell] = []
        above: dict[int, int] = {}
        inner: list[Block] = []
        for number, row in enumerate(_inside(table, f"{_W}tr")):
            properties = row.find(f"{_W}trPr")
            column = _number(properties, f"{_W}gridBefore")
            covered: dict[int, int] = {}
            unseen = properties is not None and _on(properties, "hidden")
            for cell in _inside(row, f"{_W}tc"):
                own = cell.find(f"{_W}tcPr")
                width = max(1, _number(own, f"{_W}gridSpan", 1))
                merge = None if own is None else own.find(f"{_W}vMerge")
                self.unseen = []
                blocks = list(self.blocks(cell, depth + 1))
                gone = lines("".join(self.unseen))
                held = [block for block in blocks if isinstance(block, Sheet)]
                # A frame of one cell is part of the text; a table of several is a table.
                inner += [sheet for sheet in held if len(sheet.grid.cells) > 1]
                text = "\n".join(inner_text(block) for block in blocks if block not in inner)
                text = struck(text) if _is_crossed(own) else hidden(text) if unseen else text
                start = above.get(column)
                if merge is not None and merge.get(f"{_W}val", "continue") == "continue" and start is not None:
                    joined = cells[start]
                    cells[start] = replace(joined, height=number - joined.row + 1)
                    covered[column] = start
                else:
                    cells.append(
                        Cell(number, column, text, 1, width, look=self.seen.of(cell, row, table, number), unseen=gone)
                    )
                    if merge is not None:
                        covered[column] = len(cells) - 1
                column += width
            above = covered
        if cells:
            yield Sheet(laid_out(cells, self.place))
        yield from inner

    def text(self, holder: Element, *, within: bool = False) -> str:
        """A paragraph's text with its automatic number, line breaks, and the marks of its footnotes.

        ``within`` a table what is drawn has a mark in its place: it may be the sign of a level.
        """
        self.within = within
        style = holder.find(f"{_W}pPr/{_W}pStyle")
        self.style = "" if style is None else style.get(f"{_W}val", "")
        parts: list[str] = [self.numbering.of(holder)]
        self._collect(holder, parts)
        return "".join(parts)

    def _collect(self, holder: Element, parts: list[str]) -> None:
        for child in holder:
            tag = child.tag
            if tag in _PASSED or not isinstance(tag, str):
                continue
            if tag == f"{_W}t":
                parts.append(child.text or "")
            elif tag in (f"{_W}br", f"{_W}cr"):
                parts.append("\n")
            elif tag == f"{_W}tab":
                parts.append(" ")
            elif tag == f"{_W}noBreakHyphen":
                parts.append("-")
            elif tag in (f"{_W}footnoteReference", f"{_W}endnoteReference"):
                parts.append(f"[{child.get(f'{_W}id')}]")
            elif tag == f"{_W}commentReference":
                parts.append(f"[c{child.get(f'{_W}id')}]" if self.within else "")
            elif tag == f"{_W}sym":
                parts.append(symbol(child.get(f"{_W}font", ""), child.get(f"{_W}char", "")))
            elif tag == f"{_M}oMath":
                parts.append(_equation(child))
            elif tag in _DRAWN or tag == f"{_MC}AlternateContent":
                parts.append(UNREAD if self.within else "")
            elif tag == f"{_W}r":
                self._run(child, parts)
            else:
                self._collect(child, parts)

    def _run(self, run: Element, parts: list[str]) -> None:
        properties = run.find(f"{_W}rPr")
        named = None if properties is None else properties.find(f"{_W}rStyle")
        looks = self._looks(properties, "" if named is None else named.get(f"{_W}val", ""))
        if looks.get("vanish", "0") not in _OFF:
            self.unseen += [text.text or "" for text in run.iter(f"{_W}t")]
            return
        own: list[str] = []
        self._collect(run, own)
        text = "".join(own)
        if properties is not None and _in_symbol(properties):
            text = symbols(text)
        if any(looks.get(name, "0") not in _OFF for name in ("strike", "dstrike")):
            text = struck(text)
        lifted = looks.get("vertAlign") == "superscript" or re.fullmatch(r"[1-9]\d*", looks.get("position", ""))
        if lifted and not text.startswith("["):
            text = raised(text, "".join(parts))
        parts.append(text)

    def _looks(self, properties: Element | None, named: str) -> dict[str, str]:
        """What a run looks like, by the style of its paragraph, its own style, and its own properties."""
        return {**self.styles.get(self.style, {}), **self.styles.get(named, {}), **_said(properties)}

    def footnotes(self) -> tuple[tuple[str, str], ...]:
        """The footnotes by their mark, and the comments by theirs: "c" and a number."""
        from lxml import etree

        found = []
        for part in self.opened.part.package.iter_parts():
            if str(part.partname) not in ("/word/footnotes.xml", "/word/endnotes.xml", "/word/comments.xml"):
                continue
            mark = "c" if "comments" in str(part.partname) else ""
            root = etree.fromstring(part.blob, etree.XMLParser(resolve_entities=False, no_network=True))
            for note in root:
                if note.get(f"{_W}type") is None:
                    text = " ".join(lines(self.text(p)) for p in note.iter(f"{_W}p"))
                    found.append((mark + note.get(f"{_W}id", ""), text.strip()))
        return tuple(found)

    def margins(self) -> Iterator[str]:
        """The texts outside the text: the pages' headers and footers, what stands behind the text, text boxes."""
        from lxml import etree

        for part in self.opened.part.package.iter_parts():
            if re.fullmatch(r"/word/(?:header|footer)\d*\.xml", str(part.partname)):
                root = etree.fromstring(part.blob, etree.XMLParser(resolve_entities=False, no_network=True))
                yield from filter(None, (lines(self.text(p)) for p in root.iter(f"{_W}p")))
                yield from _behind(root)
        for box in self.opened.element.body.iter(f"{_W}txbxContent"):
            yield from filter(None, (lines(self.text(p)) for p in box.iter(f"{_W}p")))
        yield from _behind(self.opened.element.body)


def _behind(root: Element) -> Iterator[str]:
    """The words drawn behind the text of a page."""
    for path in root.iter("{urn:schemas-microsoft-com:vml}textpath"):
        if text := lines(path.get("string", "")):
            yield text


def _equation(equation: Element) -> str:
    """An equation on one line as its text; a fraction, a root, a power as what cannot be read."""
    parts = [e for e in equation.iter() if isinstance(e.tag, str) and e is not equation]
    if any(e.tag.startswith(_M) and e.tag not in _PLAIN_MATH for e in parts):
        return UNREAD
    return "".join(e.text or "" for e in parts if e.tag == f"{_M}t")


def _styles(opened: Any) -> dict[str, dict[str, str]]:
    """What each style of the file, with those it is based on, says of characters."""
    own: dict[str, dict[str, str]] = {}
    based: dict[str, str] = {}
    for style in opened.styles.element.iter(f"{_W}style"):
        name, base = style.get(f"{_W}styleId", ""), style.find(f"{_W}basedOn")
        own[name] = _said(style.find(f"{_W}rPr"))
        based[name] = "" if base is None else base.get(f"{_W}val", "")
    found = {}
    for name in own:
        chain = [name]
        while based.get(chain[-1]) and based[chain[-1]] not in chain:
            chain.append(based[chain[-1]])
        found[name] = {key: value for one in reversed(chain) for key, value in own.get(one, {}).items()}
    return found


def _said(properties: Element | None) -> dict[str, str]:
    """Properties of characters by name; one that only stands there is on."""
    if properties is None:
        return {}
    return {str(one.tag).removeprefix(_W): one.get(f"{_W}val", "1") for one in properties}


def _is_crossed(properties: Element | None) -> bool:
    """Whether a cell has a line from corner to corner."""
    borders = None if properties is None else properties.find(f"{_W}tcBorders")
    lines_drawn = [] if borders is None else [borders.find(f"{_W}{name}") for name in ("tl2br", "tr2bl")]
    return any(line is not None and line.get(f"{_W}val") not in (None, "nil", "none") for line in lines_drawn)


def _in_symbol(properties: Element) -> bool:
    fonts = properties.find(f"{_W}rFonts")
    return fonts is not None and fonts.get(f"{_W}ascii", "").casefold() == "symbol"


def _on(properties: Element, name: str) -> bool:
    found = properties.find(f"{_W}{name}")
    return found is not None and found.get(f"{_W}val", "1") not in _OFF


def _inside(holder: Element, tag: str) -> Iterator[Element]:
    """The rows of a table or cells of a row, those inside content controls included."""
    for child in holder:
        if child.tag == tag:
            yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}customXml"):
            yield from _inside(child, tag)


def _number(holder: Element | None, tag: str, default: int = 0) -> int:
    found = None if holder is None else holder.find(tag)
    text = "" if found is None else found.get(f"{_W}val", "")
    return int(text) if text.isdigit() and len(text) < 5 else default
