"""What a reader makes of a file: paragraphs and tables in the order they stand."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..normalization import tidy
from .grid import Grid
from .signs import UNREAD, known

# A small raised 2 or 3 after these letters is a power, not the mark of a footnote.
_POWER = re.compile(r"(?:^|[\s\d/(])(?:[kcdm]?m)$", re.IGNORECASE)


@dataclass(frozen=True)
class Paragraph:
    """A paragraph's text, on one line or several, and its page where the file has pages."""

    text: str
    page: int = 0


@dataclass(frozen=True)
class Sheet:
    """A table as it was found; ``edges`` are where its columns begin and end, on paper."""

    grid: Grid
    page: int = 0
    edges: tuple[float, ...] = ()


Block = Paragraph | Sheet


@dataclass(frozen=True)
class Flow:
    """The blocks of a file, its footnotes by their mark, the pages without text to read, the sheets that are hidden.

    ``outside`` are the style sheets of a page that stand in other files; ``margins`` the texts outside the text:
    headers and footers of pages, what stands behind the text, text boxes.
    """

    blocks: tuple[Block, ...]
    notes: tuple[tuple[str, str], ...] = ()
    unread: tuple[int, ...] = ()
    hidden: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()
    margins: tuple[str, ...] = ()


def lines(text: str) -> str:
    """The text with each line tidied, the signs of old fonts as everybody writes them, and empty lines left out."""
    return "\n".join(line for line in map(tidy, known(text).split("\n")) if line)


def inner_text(block: Block) -> str:
    """What stands in a cell: a paragraph, or a table somebody put into it, cell by cell."""
    if isinstance(block, Paragraph):
        return block.text
    return "\n".join(cell.text for cell in block.grid.cells if cell.text)


def raised(mark: str, before: str) -> str:
    """A raised text as it is kept: a power beside its unit, the mark of a footnote in brackets.

    >>> raised("2", "≥ 2 m"), raised("1", "hiểm nghèo")
    ('²', '[1]')
    """
    mark = mark.strip()
    if mark in ("2", "3") and _POWER.search(before):
        return "²" if mark == "2" else "³"
    return f"[{mark}]" if re.fullmatch(r"\d{1,3}|\*+", mark) else mark


_MARK = re.compile(rf"\s?\[(?:c?\d{{1,3}}|\*+)\]|{UNREAD}\s?")


def unmarked(text: str) -> str:
    """The text without the marks of footnotes and of pictures.

    >>> unmarked("“5 không, 3 sạch, 3 an[2]”")
    '“5 không, 3 sạch, 3 an”'
    """
    return _MARK.sub("", text)
