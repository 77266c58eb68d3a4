"""What somebody wrote into refused cells on the page, put into a copy of the table before it is read again."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from pathlib import Path

from ..errors import Place, Problem, SnapshotError

FIXED_HERE = (".xlsx", ".xlsm", ".csv", ".tsv", ".txt")
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
    elif path.suffix.casefold() in (".csv", ".tsv", ".txt"):
        _fix_lines(path, fixes, found)
    else:
        raise SnapshotError(Problem("screen.fix_there", Place(file=path.name)))


def _fix_workbook(path: Path, fixes: Mapping[str, str], cells: Mapping[str, re.Match[str]]) -> None:
    from openpyxl import load_workbook

    book = load_workbook(path)
    for address, place in cells.items():
        name = place["sheet"] or book.sheetnames[0]
        if name not in book.sheetnames:
            raise SnapshotError(Problem("screen.no_cell", Place(file=path.name), cell=address))
        cell = book[name][f"{place['column']}{place['row']}"]
        # As typed: the reader decides what it means, as it does with every text.
        cell.value = fixes[address].strip() or None
        cell.number_format = "@"
    book.save(path)


def _fix_lines(path: Path, fixes: Mapping[str, str], cells: Mapping[str, re.Match[str]]) -> None:
    text = path.read_bytes().decode("utf-8-sig", errors="replace")
    dialect = csv.excel
    first = text.partition("\n")[0]
    delimiter = max(";\t,", key=first.count)
    rows = list(csv.reader(io.StringIO(text), dialect, delimiter=delimiter))
    for address, place in cells.items():
        row, column = int(place["row"]) - 1, 0
        for letter in place["column"]:
            column = column * 26 + ord(letter) - 64
        if row >= len(rows):
            raise SnapshotError(Problem("screen.no_cell", Place(file=path.name), cell=address))
        rows[row] += [""] * (column - len(rows[row]))
        rows[row][column - 1] = fixes[address].strip()
    out = io.StringIO()
    csv.writer(out, dialect, delimiter=delimiter, lineterminator="\n").writerows(rows)
    path.write_text(out.getvalue(), encoding="utf-8")
