"""Tables that a page break or a writer has cut: put together again, their headings once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ..normalization import fold
from .columns import goes_on
from .flow import Block, Paragraph, Sheet, lines
from .grid import Cell, Grid, heading_rows

# A text that ends so goes on, and one that begins so has begun before.
_OPEN_END = re.compile(r"(?:[≥≤<>=(,/]|\b(?:từ|trên|dưới|đến|và|hoặc|của|theo|là))$", re.IGNORECASE)
_PAGE = re.compile(r"(?:trang\s*)?[-–\s]*\d{1,3}[-–\s]*(?:/\s*\d{1,3})?", re.IGNORECASE)
_NEW = re.compile(r"^\s*[-–+•]?\s*(?:\d+(?:\.\d+)*[.)]?\s|[IVX]+\.?\s|[a-zđ]\)\s|năm \d{4})", re.IGNORECASE)
# Points of paper by which the same rule may be off from page to page.
_SAME_EDGE = 3.0


def joined(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks with tables that follow each other, and are one table, as one."""
    out: list[Block] = []
    for block in blocks:
        # The number of a page, left where a page ended, parts no table.
        back = 2 if len(out) > 1 and isinstance(out[-1], Paragraph) and _PAGE.fullmatch(out[-1].text) else 1
        before = out[-back] if out else None
        one = _one(before, block) if isinstance(before, Sheet) and isinstance(block, Sheet) else None
        if one is not None:
            out[-back:] = [one]
        else:
            out.append(block)
    return tuple(out)


def _one(first: Sheet, second: Sheet) -> Sheet | None:
    above, below = first.grid, _aligned(first, second)
    paged = first.page != second.page
    height = heading_rows(above)
    # The row that numbers the columns is often not said again.
    heights = (height, height - 1) if height and _counts(above, height - 1) else (height,)
    repeated = next((rows for rows in heights if 0 < rows < below.rows and _same(above, below, rows)), 0)
    if above.columns != below.columns or above.sheet != below.sheet:
        return None
    plain = not repeated and heading_rows(below) <= 1
    if not (repeated or (paged and plain) or goes_on(above, below)):
        return None
    body = below.without(range(repeated))
    return Sheet(_stacked(above, body, cut=paged), second.page, first.edges)


def _aligned(first: Sheet, second: Sheet) -> Grid:
    """The second grid on the columns of the first, where its edges are some of theirs: all its cells may be joined."""
    if not second.edges or len(second.edges) >= len(first.edges):
        return second.grid
    near = [min(range(len(first.edges)), key=lambda i: abs(first.edges[i] - edge)) for edge in second.edges]
    if any(abs(first.edges[i] - edge) > _SAME_EDGE for i, edge in zip(near, second.edges, strict=True)):
        return second.grid
    if near[0] != 0 or near[-1] != len(first.edges) - 1:
        return second.grid
    cells = (
        replace(cell, column=near[cell.column], width=near[cell.right] - near[cell.column])
        for cell in second.grid.cells
    )
    return replace(second.grid, cells=tuple(cells))


def _same(above: Grid, below: Grid, height: int) -> bool:
    return all(
        [fold(text) for text in above.texts(row)] == [fold(text) for text in below.texts(row)] for row in range(height)
    )


def _counts(grid: Grid, row: int) -> bool:
    return [text.strip("() ") for text in grid.texts(row)] == [str(n) for n in range(1, grid.columns + 1)]


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
