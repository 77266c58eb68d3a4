"""A table as a rectangular grid: cells with their text, the rows and columns they cover, and their place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from ..errors import Place, Problem
from ..messages import Lang, say
from ..normalization import tidy
from ..tabular.sheet import letters
from .refused import DocumentError

# A decision's longest annex has some thousands of cells; this is where a file stops being a decision.
MAX_SLOTS = 60_000


@dataclass(frozen=True)
class Cell:
    """A cell of a table, merged ones once: its first row and column, how many it covers, its text line by line.

    ``look`` is what of its appearance in the file is not understood: what a person sees may be another text; ``unseen``
    a text of it that the file hides, and that is therefore not read.
    """

    row: int
    column: int
    text: str
    height: int = 1
    width: int = 1
    page: int = 0
    look: str = ""
    unseen: str = ""

    @property
    def bottom(self) -> int:
        """The row below the cell."""
        return self.row + self.height

    @property
    def right(self) -> int:
        """The column to the right of the cell."""
        return self.column + self.width

    @property
    def line(self) -> str:
        """The text on one line."""
        return tidy(self.text)


@dataclass(frozen=True)
class Grid:
    """Cells that cover a rectangle without gaps or overlaps.

    ``sheet``, ``top`` and ``left`` say where it stands in a workbook (0: it comes from none).
    """

    cells: tuple[Cell, ...]
    sheet: str = ""
    top: int = 0
    left: int = 0

    @cached_property
    def rows(self) -> int:
        """Number of rows."""
        return max((cell.bottom for cell in self.cells), default=0)

    @cached_property
    def columns(self) -> int:
        """Number of columns."""
        return max((cell.right for cell in self.cells), default=0)

    @cached_property
    def _slots(self) -> dict[tuple[int, int], Cell]:
        return {
            (row, column): cell
            for cell in self.cells
            for row in range(cell.row, cell.bottom)
            for column in range(cell.column, cell.right)
        }

    def at(self, row: int, column: int) -> Cell:
        """The cell that covers a place."""
        return self._slots[row, column]

    def row(self, row: int) -> tuple[Cell, ...]:
        """The cells that cover a row, each once, from left to right."""
        return tuple(dict.fromkeys(self.at(row, column) for column in range(self.columns)))

    def texts(self, row: int) -> tuple[str, ...]:
        """The texts of a row, a merged one for every column it covers."""
        return tuple(self.at(row, column).line for column in range(self.columns))

    def without(self, rows: Iterable[int]) -> Grid:
        """The grid without some rows; a merged cell keeps those of its rows that stay."""
        gone = set(rows)
        kept = [row for row in range(self.rows) if row not in gone]
        new = {old: number for number, old in enumerate(kept)}
        cells = []
        for cell in self.cells:
            left = [new[row] for row in range(cell.row, cell.bottom) if row in new]
            if left:
                cells.append(replace(cell, row=left[0], height=len(left)))
        return replace(self, cells=tuple(cells))

    def place(self, cell: Cell, lang: Lang = "vi") -> str:
        """Where a cell stands, as people count: its cell of a workbook, or its row and column."""
        if self.top:
            name = f"{letters(cell.column + self.left)}{cell.row + self.top}"
            return say("document.place_sheet", lang, sheet=self.sheet, cell=name)
        return say("document.place_row", lang, row=cell.row + 1, column=cell.column + 1)


def laid_out(cells: Iterable[Cell], place: Place, *, sheet: str = "", top: int = 0, left: int = 0) -> Grid:
    """A grid of the cells given; places nobody covers become empty cells, and overlaps go to the earlier cell.

    Raises:
        DocumentError: more cells than any decision has.
    """
    slots: set[tuple[int, int]] = set()
    kept: list[Cell] = []
    for cell in cells:
        if len(slots) + cell.height * cell.width > MAX_SLOTS:
            raise DocumentError(Problem("error.document_cells", place, limit=MAX_SLOTS))
        covered = {(r, c) for r in range(cell.row, cell.bottom) for c in range(cell.column, cell.right)}
        if not covered & slots:
            slots |= covered
            kept.append(cell)
    rows = max((row for row, _ in slots), default=-1) + 1
    columns = max((column for _, column in slots), default=-1) + 1
    if rows * columns > MAX_SLOTS:
        raise DocumentError(Problem("error.document_cells", place, limit=MAX_SLOTS))
    page = {cell.row: cell.page for cell in kept}
    for row in range(rows):
        kept += [Cell(row, c, "", page=page.get(row, 0)) for c in range(columns) if (row, c) not in slots]
    return Grid(tuple(sorted(kept, key=lambda cell: (cell.row, cell.column))), sheet, top, left)


def heading_rows(grid: Grid) -> int:
    """How many rows the heading has: as far as the cells of the first row reach, and what numbers the columns."""
    if not grid.cells:
        return 0
    height = max(cell.height for cell in grid.row(0))
    if grid.columns > 1 and height >= grid.rows:
        return 0
    while height < grid.rows and numbers_columns(grid, height):
        height += 1
    return height


def numbers_columns(grid: Grid, row: int) -> bool:
    """Whether a row counts the columns: (1), (2), (3)."""
    texts = [text.strip("() ") for text in grid.texts(row)]
    return len(texts) > 2 and texts == [str(n) for n in range(1, len(texts) + 1)]


class RowByRow:
    """Lays out cells as HTML does: each takes the next place of its row that none from above covers."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.cells: list[Cell] = []
        self.slots = 0
        self._row = -1
        self._column = 0
        self._covered: dict[int, set[int]] = {}

    def next_row(self, skip: int = 0) -> None:
        """Begin a row, after ``skip`` columns that have no cell."""
        self._covered.pop(self._row, None)
        self._row += 1
        self._column = skip

    def put(self, text: str, width: int = 1, height: int = 1, look: str = "") -> None:
        """The next cell of the row.

        Raises:
            DocumentError: more cells than any decision has.
        """
        taken = self._covered.get(self._row, set())
        while self._column in taken:
            self._column += 1
        self.cells.append(Cell(self._row, self._column, text, height, width, look=look))
        self.slots += height * width
        if self.slots > MAX_SLOTS:
            raise DocumentError(Problem("error.document_cells", self.place, limit=MAX_SLOTS))
        for row in range(self._row + 1, self._row + height):
            self._covered.setdefault(row, set()).update(range(self._column, self._column + width))
        self._column += width
