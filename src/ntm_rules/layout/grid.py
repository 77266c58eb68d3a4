"""A table of any source as cells with a place for each: worksheets, CSV files, tables of Word documents."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from ..errors import Place, Problem, SnapshotError
from ..normalization import fold, tidy
from ..tabular.delimited import read_csv
from ..tabular.sheet import Content, Sheet, Span, Unseen, letters, shown


class At(NamedTuple):
    """The place of a cell: row and column from 1."""

    row: int
    column: int


class Grid:
    """The filled cells of a table and its merged ranges; a merged cell's content stands at its first cell only.

    ``table`` is its number in a document, where ``before`` and ``after`` are the lines over and under it and
    ``letterhead`` says whose document it is.
    """

    def __init__(
        self,
        file: str,
        name: str,
        cells: dict[At, Content],
        spans: Iterable[Span] = (),
        *,
        hidden: bool = False,
        unseen: Unseen | None = None,
        table: int = 0,
        before: tuple[str, ...] = (),
        after: tuple[str, ...] = (),
        letterhead: tuple[str, ...] = (),
    ) -> None:
        self.file, self.name, self.cells, self.spans = file, name, cells, tuple(spans)
        self.hidden, self.table = hidden, table
        self.unseen = unseen or Unseen(set(), set())
        self.before, self.after, self.letterhead = before, after, letterhead

    @classmethod
    def of(cls, sheet: Sheet) -> Grid:
        """A worksheet or CSV file as a grid."""
        cells = {At(row.number, column): content for row in sheet for column, content in row.cells.items()}
        return cls(sheet.file, sheet.name, cells, sheet.merged, hidden=sheet.hidden, unseen=sheet.unseen)

    @cached_property
    def _anchors(self) -> dict[At, At]:
        return {
            At(row, column): At(span.top, span.left)
            for span in self.spans
            if (span.bottom - span.top + 1) * (span.right - span.left + 1) <= 20_000
            for row in range(span.top, span.bottom + 1)
            for column in range(span.left, span.right + 1)
        }

    @cached_property
    def corners(self) -> dict[At, Span]:
        """The merged ranges by their first cell."""
        return {At(span.top, span.left): span for span in self.spans}

    @cached_property
    def rows(self) -> tuple[int, ...]:
        """Numbers of the rows that hold anything."""
        return tuple(sorted({at.row for at in self.cells}))

    @cached_property
    def columns(self) -> tuple[int, ...]:
        return tuple(sorted({at.column for at in self.cells} | {at.column for at in self._anchors}))

    @cached_property
    def _by_row(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        for at in sorted(self.cells):
            found.setdefault(at.row, []).append(at.column)
        return found

    def filled(self, row: int) -> list[int]:
        """The filled columns of a row."""
        return self._by_row.get(row, [])

    def anchor(self, row: int, column: int) -> At:
        """The cell whose content holds at this place."""
        return self._anchors.get(At(row, column), At(row, column))

    def content(self, row: int, column: int, spread: bool = False) -> Content | None:
        """What stands in the cell; with ``spread`` also what a merged cell over it says."""
        return self.cells.get(self.anchor(row, column) if spread else At(row, column))

    def text(self, row: int, column: int, spread: bool = False) -> str:
        return tidy(shown(self.content(row, column, spread)))

    def place(self, row: int = 0, column: int = 0) -> Place:
        """Where a cell stands, for messages."""
        cell = f"{letters(column)}{row}" if row and column else ""
        return Place(file=self.file, sheet=self.name, table=self.table, cell=cell)

    def heading(self, first: int, last: int, column: int) -> tuple[str, ...]:
        """The headings over a column, from the top: each once, merged ones for every column they cover."""
        texts = (self.text(row, column, spread=True) for row in range(first, last + 1))
        return tuple(dict.fromkeys(text for text in texts if text))


def grids(path: Path) -> tuple[Grid, ...]:
    """Every table of a file: worksheets, hidden ones too, a CSV file, the tables of a Word document.

    Raises:
        SnapshotError: a kind of file in which no tables are read, or a faulty one.
    """
    match path.suffix.casefold():
        case ".xlsx" | ".xlsm":
            from ..tabular.excel import read_workbook

            found = [Grid.of(sheet) for sheet in read_workbook(path)]
        case ".csv" | ".tsv":
            found = [Grid.of(read_csv(path, is_usual))]
        case ".docx":
            found = _of_document(path)
        case kind:
            names = ".xlsx, .xlsm, .csv, .tsv, .docx"
            raise SnapshotError(Problem("error.file_kind", Place(file=path.name), kind=kind or "–", names=names))
    return tuple(grid for grid in found if grid.cells)


_USUAL = {"tt", "stt", "nội dung", "chỉ tiêu", "kết quả", "đánh giá", "tên xã", "đơn vị", "ghi chú", "mã chỉ tiêu"}


def is_usual(text: str) -> bool:
    """Whether a text is a heading that tables of offices usually have, by which a CSV file's delimiter is found."""
    return fold(text) in _USUAL


def _of_document(path: Path) -> list[Grid]:
    from ..document import read_document
    from ..document.signs import uncovered

    found = []
    letterhead: tuple[str, ...] = ()
    for table in read_document(path).tables:
        cells: dict[At, Content] = {}
        rows: set[int] = set()
        for cell in table.grid.cells:
            text = uncovered(cell.text.strip() or cell.unseen)
            if text:
                cells[At(cell.row + 1, cell.column + 1)] = text
            if text != cell.text.strip():
                rows.add(cell.row + 1)
        looks = dict.fromkeys(cell.look for cell in table.grid.cells if cell.look and cell.text)
        gone = Unseen(rows, set(), tuple(Problem("document.note_look", words=look).text("vi") for look in looks))
        spans = [
            Span(cell.row + 1, cell.column + 1, cell.row + cell.height, cell.column + cell.width)
            for cell in table.grid.cells
            if cell.height * cell.width > 1
        ]
        before, after = (tuple(line for line in lines if line.strip()) for lines in (table.before, table.after))
        told: dict[str, Any] = {"before": before, "after": after, "letterhead": letterhead, "unseen": gone}
        found.append(Grid(path.name, "", cells, spans, table=table.number + 1, **told))
        if len(found) == 1:
            # A letter names its sender in a table of its own at its top.
            letterhead = tuple(line for text in cells.values() for line in str(text).splitlines() if line.strip())
    return found
