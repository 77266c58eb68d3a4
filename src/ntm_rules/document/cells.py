"""What the cells of one content say together: level and guidance, words broken by the page, years and numbers."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import product

from ..normalization import tidy
from ..pack.threshold import Row
from .grid import Cell
from .requirement import Asked, Kind, asked
from .signs import fault

_GUIDED = re.compile(r"^(.+[.;])\s+(\S[^.;]* hướng dẫn;[^.;]+\.?)$", re.IGNORECASE)
# The end of a line inside a word.
_BROKEN = re.compile(r"(?<=[^\W\d_])\n(?=[^\W\d_])")
_MAX_BREAKS = 6
YEAR = re.compile(
    r"^[-–+•]?\s*(?:đến\s+)?(?:(?:năm\s+)?|(?:hết\s+)?(?:ngày\s+)?31/12/)(\d{4})(?:\s*[-–]\s*(\d{4}))?\s*:?$",
    re.IGNORECASE,
)


def unbroken(words: str, read: Asked, unit: str) -> Asked:
    """The reading of a cell so narrow that words are broken too ("triệu đồng/ngư|ời"), where there is but one."""
    pieces = _BROKEN.split(words)
    if not 1 < len(pieces) <= _MAX_BREAKS:
        return read
    found = set()
    for glue in product(("", " "), repeat=len(pieces) - 1):
        text = "".join(piece + between for piece, between in zip(pieces, (*glue, ""), strict=True))
        one = asked(text.replace("\n", " "), unit=unit)
        if one.kind is Kind.VALUE:
            found.add(replace(one, words=read.words))
    return found.pop() if len(found) == 1 else read


def told_apart(cells: list[Cell], unit: str) -> tuple[list[Cell], list[Cell]]:
    """The cells that say the level, and those under them that say who guides."""
    filled = [piece for cell in cells if cell.text for piece in _pieces(cell)] or cells[:1]
    first, rest = filled[:1], filled[1:]
    guidance = [
        cell
        for cell in rest
        if not fault(cell.line) and asked(cell.line, unit=unit).kind in (Kind.DELEGATED, Kind.WORDS)
    ]
    return [*first, *(cell for cell in rest if cell not in guidance)], guidance


def _pieces(cell: Cell) -> list[Cell]:
    """A cell of prose whose last sentence says who guides, as the two it might as well be."""
    split = _GUIDED.match(cell.line)
    if split and asked(split[2]).kind is Kind.DELEGATED and asked(split[1]).kind is Kind.WORDS:
        return [replace(cell, text=split[1]), replace(cell, text=split[2])]
    return [cell]


def year_row(text: str) -> tuple[Row, ...]:
    """The row of a table by year that "Năm 2023", or "Năm 2021 - 2025", is."""
    match = YEAR.match(text)
    if match is None:
        return ()
    return (("year", f"{match[1]}-{match[2]}" if match[2] else match[1]),)


def number_of(cell: Cell) -> str:
    """The text of a cell of numbers: one that a narrow column broke behind its point ("MT.|1") is whole again."""
    return tidy(re.sub(r"\.\s*\n\s*(?=\d)", ".", cell.text))


def whole_code(text: str, number: str) -> re.Match[str] | None:
    """The number of the criterion written again before its only content: "10. Thu nhập …"."""
    match = re.match(r"^[-–+•]?\s*(\d{1,2})\s*[.):]?\s+", text)
    return match if match and match[1] == numbered(number) else None


def numbered(text: str) -> str:
    """The number of a criterion a cell holds, Arabic or Roman; "" where it holds none."""
    match = re.fullmatch(r"(\d{1,2}|(?=[IVX])X{0,3}(?:IX|IV|V?I{0,3}))\.?", text.strip())
    return match[1] if match else ""
