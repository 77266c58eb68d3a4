"""Tables that a page break or a writer has cut: put together again, their headings once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ..typed import fold
from .flow import Block, Sheet, lines
from .grid import Cell, Grid

# A text that ends so goes on, and one that begins so has begun before.
_OPEN_END = re.compile(r"(?:[≥≤<>=(,/]|\b(?:từ|trên|dưới|đến|và|hoặc|của|theo|là))$", re.IGNORECASE)
_NEW = re.compile(r"^\s*[-–+•]?\s*(?:\d+(?:\.\d+)*[.)]?\s|[IVX]+\.?\s|[a-zđ]\)\s|năm \d{4})", re.IGNORECASE)


def joined(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks with tables that follow each other, and are one table, as one."""
    out: list[Block] = []
    for block in blocks:
        before = out[-1] if out else None
        one = _one(before, block) if isinstance(before, Sheet) and isinstance(block, Sheet) else None
        if one is not None:
            out[-1] = one
        else:
            out.append(block)
    return tuple(out)


def heading_rows(grid: Grid) -> int:
    """How many rows the heading has: as far as the cells of the first row reach, and what numbers the columns."""
    if not grid.cells:
        return 0
    height = max(cell.height for cell in grid.row(0))
    if grid.columns > 1 and height >= grid.rows:
        return 0
    while height < grid.rows and _numbers_columns(grid, height):
        height += 1
    return height


def _numbers_columns(grid: Grid, row: int) -> bool:
    texts = [text.strip("() ") for text in grid.texts(row)]
    return len(texts) > 2 and texts == [str(n) for n in range(1, len(texts) + 1)]


def _one(first: Sheet, second: Sheet) -> Sheet | None:
    above, below = first.grid, second.grid
    paged = first.page != second.page
    height = heading_rows(above)
    repeated = height if 0 < height < below.rows and _same(above, below, height) else 0
    if above.columns != below.columns or above.sheet != below.sheet or not (repeated or paged):
        return None
    if not repeated and heading_rows(below) > 1:
        return None
    body = below.without(range(repeated))
    return Sheet(_stacked(above, body, cut=paged), second.page)


def _same(above: Grid, below: Grid, height: int) -> bool:
    return all(
        [fold(text) for text in above.texts(row)] == [fold(text) for text in below.texts(row)] for row in range(height)
    )


def _stacked(above: Grid, below: Grid, *, cut: bool) -> Grid:
    """One grid of two; where a page break has cut a row, its cells are joined with those above them."""
    rows = above.rows
    kept = {(cell.row, cell.column): cell for cell in above.cells}
    tops = {cell.column: cell for cell in below.cells if cell.row == 0}
    last = {column: above.at(rows - 1, column) for column in range(above.columns)} if rows else {}
    meets = {
        column: last[column]
        for column, cell in tops.items()
        if column in last and (last[column].column, last[column].width) == (column, cell.width)
    }
    inside = cut and _is_cut(tops, meets)
    continued = cut and (inside or _same_row_goes_on(tops))
    moved = []
    for cell in below.cells:
        upper = meets.get(cell.column) if cell.row == 0 else None
        if upper is not None and _joins(cell, upper, inside=inside, continued=continued, label=_label(cell, tops)):
            text = lines(f"{upper.text}\n{cell.text}")
            kept[upper.row, upper.column] = replace(upper, text=text, height=upper.height + cell.height)
        else:
            moved.append(replace(cell, row=cell.row + rows))
    stacked = replace(above, cells=tuple(sorted((*kept.values(), *moved), key=lambda c: (c.row, c.column))))
    # A row that was all joined upwards is no row of its own.
    return stacked if any(cell.row == rows for cell in moved) else stacked.without((rows,))


def _label(cell: Cell, tops: dict[int, Cell]) -> bool:
    """Whether the cell stands before the first one that begins something new: a number or name joined down."""
    begins = [column for column, top in tops.items() if _NEW.match(f"{top.text} ")]
    return bool(begins) and cell.column < min(begins)


def _joins(cell: Cell, upper: Cell, *, inside: bool, continued: bool, label: bool) -> bool:
    if label:
        return True
    if not continued:
        return False
    return not cell.text or inside


def _is_cut(tops: dict[int, Cell], meets: dict[int, Cell]) -> bool:
    """Whether the break goes through the texts of a row: one of them begins in the middle of a sentence."""
    if any(_NEW.match(f"{cell.text} ") for cell in tops.values()):
        return False
    return any(
        cell.text
        and upper.text
        and (cell.text[0].islower() or cell.text[0] in "(),;.%" or _OPEN_END.search(upper.line))
        for column, cell in tops.items()
        if (upper := meets.get(column)) is not None
    )


def _same_row_goes_on(tops: dict[int, Cell]) -> bool:
    """Whether the first row belongs to what stands above: nothing in it begins anew, and its labels are empty."""
    first = tops.get(0)
    return first is not None and not first.text and not any(_NEW.match(f"{cell.text} ") for cell in tops.values())
