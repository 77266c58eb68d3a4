"""Reading snapshots from files: YAML, JSON, CSV, XLSX, or a folder of them."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import date
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from ..day import read_day
from ..errors import Place, Problem, SnapshotError
from ..made import WORKSHEET_MARK, refuse_report
from ..messages import Lang
from ..pack.catalogue import Catalogue, installed
from ..pack.model import Pack
from ..tabular.delimited import read_csv
from ..tabular.sheet import Row, Sheet, shown
from .builder import SnapshotBuilder
from .cells import SnapshotWarning
from .documents import DocumentReader
from .form_reading import GUIDE_MARK, HIDDEN, has_lost_its_marks, read_form
from .headers import is_known, names_unit
from .model import Snapshot
from .table_columns import ROW_MARK
from .tables import read_table
from .unit import Unit
from .vocabulary import UnknownMeasures, Vocabulary

if TYPE_CHECKING:
    from ..layout.model import Layout

DOCUMENTS = (".yaml", ".yml", ".json")
DELIMITED = (".csv", ".tsv")
WORKBOOKS = (".xlsx", ".xlsm")
# Tables that look like snapshots and cannot be read: refused rather than passed over.
_UNREADABLE = (".xls", ".xlsb", ".ods")
_SEARCHED = 20
# A folder with this file is assessed as a whole, with its register and packs.
_DOSSIER = "dossier.yaml"


def read_snapshots(
    path: str | os.PathLike[str],
    *,
    catalogue: Catalogue | None = None,
    packs: Iterable[Pack] = (),
    unknown_measures: UnknownMeasures = "error",
    as_of: date | str | None = None,
    numbers: Lang | None = None,
    units: Iterable[Unit] = (),
    layout: str | os.PathLike[str] | Layout | None = None,
) -> tuple[Snapshot, ...]:
    """Read the snapshots of a ``.yaml``, ``.json``, ``.csv`` or ``.xlsx`` file, or of a folder of them.

    A folder's files are read in the order of their names, and what they say of the same unit and day is merged.
    Names are checked against the ``catalogue`` (everything installed, unless said) and ``packs`` that are not
    installed; a bare number takes its measure's unit. With ``unknown_measures="ignore"`` the measures nobody
    defines are left out. ``as_of`` is the date of what gives none itself; ``units`` are those of a register, which
    the files then need not describe. ``numbers`` declares how numbers are written: in ``"vi"`` ``1.897`` is 1897, in
    ``"en"`` less than two. ``layout`` says how an office's own table is read, or names the file that does
    (``docs/tables.md``). ``docs/snapshots.md`` describes the library's own layouts.

    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     table = Path(folder, "xa.csv")
    ...     _ = table.write_text(
    ...         "id;level;as_of;clean_water_centralised_share [%]\\nky-phu;xã;17/08/2023;12,8\\n", encoding="utf-8"
    ...     )
    ...     snapshot, = read_snapshots(table)
    >>> snapshot.measures["clean_water_centralised_share"][0].value.text("vi")
    '12,8 %'

    Raises:
        SnapshotError: anything that cannot be understood, all of it at once, each with its file and line, or sheet,
            cell, column and content; a file that is too large, damaged, or unpacks to too much.
    """
    if layout is not None:
        from ..layout.files import read_by_layout

        return read_by_layout(Path(path), layout, packs, units, catalogue)
    day = read_day(as_of) if as_of is not None else None
    ledger = SnapshotBuilder(Vocabulary(catalogue or installed(), packs, unknown_measures), day, numbers)
    ledger.register_units(units)
    documents = DocumentReader(ledger)
    for file in _files(Path(path)):
        try:
            _take(file, ledger, documents)
        except SnapshotError as error:
            for problem in error.problems:
                ledger.fail(problem)
    documents.finish()
    snapshots = ledger.finish()
    if not snapshots:
        raise SnapshotError(Problem("error.nothing_read", Place(file=Path(path).name)))
    return snapshots


def _files(path: Path) -> list[Path]:
    readable = (*DOCUMENTS, *DELIMITED, *WORKBOOKS)
    names = ", ".join(readable)
    if not path.exists():
        raise SnapshotError(Problem("error.cannot_read", Place(file=path.name), reason=Problem("reason.no_such_file")))
    if not path.is_dir():
        if path.suffix.casefold() not in (*readable, *_UNREADABLE):
            raise SnapshotError(Problem("error.file_kind", Place(file=path.name), kind=path.suffix or "–", names=names))
        return [path]
    if (path / _DOSSIER).is_file():
        raise SnapshotError(Problem("error.is_dossier", Place(file=path.name), folder=path))
    files = sorted(file for file in path.iterdir() if file.is_file() and not file.name.startswith((".", "~$")))
    found = [file for file in files if file.suffix.casefold() in (*readable, *_UNREADABLE)]
    if not found:
        raise SnapshotError(Problem("error.no_files", Place(file=path.name), names=names))
    return found


def _take(file: Path, ledger: SnapshotBuilder, documents: DocumentReader) -> None:
    kind = file.suffix.casefold()
    if kind in DOCUMENTS:
        documents.take(file)
    elif kind in DELIMITED:
        read_table(read_csv(file, is_known), ledger)
    elif kind in WORKBOOKS:
        from ..tabular.excel import read_workbook

        refuse_report(file, SnapshotError)
        for sheet in read_workbook(file):
            _take_sheet(sheet, ledger)
    else:
        raise SnapshotError(Problem("error.save_as_xlsx", Place(file=file.name), kind=kind))


def is_form(path: Path) -> bool:
    """Whether a workbook is a form of this library, filled in or not, with a sheet or a row for each unit.

    Raises:
        SnapshotError: no workbook, or one that cannot be read.
    """
    if path.suffix.casefold() not in WORKBOOKS:
        return False
    from ..tabular.excel import read_workbook

    heads = ({*map(shown, row.cells.values())} for sheet in read_workbook(path) for row in islice(sheet, _SEARCHED))
    return any(ROW_MARK in head or set(HIDDEN) <= head for head in heads)


def _take_sheet(sheet: Sheet, ledger: SnapshotBuilder) -> None:
    """Read a worksheet. A hidden one is passed over, unless it holds what looks like data."""
    rows = list(sheet)
    head = rows[:_SEARCHED]
    marks = [{shown(content) for content in row.cells.values()} for row in head]
    # A mark is a row of its own: the same words in a cell among others are somebody's text.
    if not rows or {GUIDE_MARK} in marks:
        return
    if any(WORKSHEET_MARK in row for row in marks):
        raise SnapshotError(Problem("error.own_worksheet", Place(file=sheet.place().file)))
    form = any(set(HIDDEN) <= row for row in marks)
    if sheet.hidden:
        if form or _has_heading(head):
            ledger.fail(Problem("error.hidden_sheet", sheet.place()))
    elif form:
        read_form(sheet.again(rows), ledger)
    elif has_lost_its_marks(head):
        ledger.fail(Problem("error.form_marks", sheet.place()))
    else:
        read_table(sheet.again(rows), ledger)


def _has_heading(rows: list[Row]) -> bool:
    return any(isinstance(content, str) and names_unit(content) for row in rows for content in row.cells.values())


__all__ = ["SnapshotWarning", "read_snapshots"]
