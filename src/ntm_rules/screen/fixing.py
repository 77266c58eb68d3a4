"""What somebody wrote into refused cells on the page, put into a copy of the table before it is read again."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from copy import copy
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import Place, Problem, SnapshotError
from ..layout.grid import is_usual
from ..snapshot.headers import is_known
from ..tabular.delimited import decode, delimiter_of, read_bytes

if TYPE_CHECKING:
    from openpyxl import Workbook

_Area = tuple[str, int | None, int | None, int | None, int | None]

FIXED_HERE = (".xlsx", ".xlsm", ".csv", ".tsv")
_ADDRESS = re.compile(r"(?:(?P<sheet>.*)!)?(?P<column>[A-Z]{1,3})(?P<row>[1-9][0-9]{0,6})")


def fix(path: Path, fixes: Mapping[str, str]) -> None:
    """Write each text into its cell: ``Sheet!C5``, or ``C5`` in a file that has one table. An empty text empties it.

    Raises:
        SnapshotError: an address that is none, a sheet that is not there, or a kind of file that is fixed where it
            was written.
    """
    if not fixes:
        return
    cells = {address: _ADDRESS.fullmatch(address) for address in fixes}
    if strange := [address for address, found in cells.items() if found is None]:
        raise SnapshotError(*(Problem("screen.no_cell", Place(file=path.name), cell=address) for address in strange))
    found = {address: place for address, place in cells.items() if place is not None}
    if path.suffix.casefold() in (".xlsx", ".xlsm"):
        _fix_workbook(path, fixes, found)
    elif path.suffix.casefold() in (".csv", ".tsv"):
        _fix_lines(path, fixes, found)
    else:
        raise SnapshotError(Problem("screen.fix_there", Place(file=path.name)))


def _fix_workbook(path: Path, fixes: Mapping[str, str], cells: Mapping[str, re.Match[str]]) -> None:
    from openpyxl import load_workbook

    # Formatting inside a text is kept: what is struck through stays so.
    book = load_workbook(path, rich_text=True)
    first = book.sheetnames[0]
    _computed(book, path, [(at["sheet"] or first, f"{at['column']}{at['row']}") for at in cells.values()])
    for address, place in cells.items():
        name = place["sheet"] or first
        if name not in book.sheetnames:
            raise SnapshotError(Problem("screen.no_cell", Place(file=path.name), cell=address))
        sheet, at = book[name], f"{place['column']}{place['row']}"
        merged = next((area for area in sheet.merged_cells.ranges if at in area), None)
        cell = sheet.cell(merged.min_row, merged.min_col) if merged else sheet[at]
        # As typed: the reader decides what it means, as it does with every text.
        cell.value = fixes[address].strip() or None
        cell.number_format = "@"
        # What was struck through is no longer what stands here.
        font = copy(cell.font)
        font.strike = False
        cell.font = font
    book.save(path)


def _computed(book: Workbook, path: Path, fixed: Iterable[tuple[str, str]]) -> None:
    """Formulas give way to what they came to, but for those that a fix touches: what they come to now is not known.

    A workbook written anew has formulas without results, which readers refuse.
    """
    from openpyxl import load_workbook
    from openpyxl.utils.cell import coordinate_to_tuple

    formulas = {
        (sheet.title, cell.coordinate): cell
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }
    if not formulas:
        return
    reach = {at: _reach(cell.value, at[0]) for at, cell in formulas.items()}
    waiting = [*fixed]
    while waiting:
        sheet, coordinate = waiting.pop()
        row, column = coordinate_to_tuple(coordinate)
        touched = [at for at, areas in reach.items() if areas is None or _within(areas, sheet, column, row)]
        waiting += touched
        for at in touched:
            del reach[at]
    results = load_workbook(path, data_only=True, read_only=True)
    for name in {name for name, _ in reach}:
        for cells in results[name].iter_rows():
            for cell in cells:
                if cell.value is not None and (name, cell.coordinate) in reach:
                    formulas[name, cell.coordinate].value = cell.value
    results.close()


def _reach(formula: object, sheet: str) -> list[_Area] | None:
    """The areas that a formula reads; ``None`` where they are not plain to see."""
    from openpyxl.formula import Tokenizer
    from openpyxl.utils import range_boundaries

    if not isinstance(formula, str):
        return None
    areas: list[_Area] = []
    for token in Tokenizer(formula).items:
        if token.type == token.OPERAND and token.subtype == token.RANGE:
            name, _, area = token.value.rpartition("!")
            try:
                areas.append((name.strip("'").replace("''", "'") or sheet, *range_boundaries(area)))
            except ValueError:  # a name given to an area
                return None
    return areas


def _within(areas: Iterable[_Area], sheet: str, column: int, row: int) -> bool:
    return any(
        name == sheet and (left or 1) <= column <= (right or column) and (top or 1) <= row <= (bottom or row)
        for name, left, top, right, bottom in areas
    )


def _fix_lines(path: Path, fixes: Mapping[str, str], cells: Mapping[str, re.Match[str]]) -> None:
    text = decode(read_bytes(path), path.name)
    delimiter = delimiter_of(text, lambda heading: is_known(heading) or is_usual(heading))
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    for address, place in cells.items():
        row, column = int(place["row"]) - 1, 0
        for letter in place["column"]:
            column = column * 26 + ord(letter) - 64
        if row >= len(rows):
            raise SnapshotError(Problem("screen.no_cell", Place(file=path.name), cell=address))
        rows[row] += [""] * (column - len(rows[row]))
        rows[row][column - 1] = fixes[address].strip()
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows(rows)
    path.write_text(out.getvalue(), encoding="utf-8", newline="")
