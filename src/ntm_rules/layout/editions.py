"""Which edition of a set a table is of: the one in force on the day that the table itself tells."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from ..errors import NtmError
from ..messages import Lang
from ..pack.catalogue import Catalogue, installed
from ..pack.model import Pack
from ..pack.reference import split_reference
from ..snapshot.builder import SnapshotBuilder
from ..snapshot.cells import SnapshotWarning, read_day_cell
from ..snapshot.vocabulary import Vocabulary
from .grid import Grid, grids
from .model import Layout, index
from .noted import placed
from .propose import propose
from .titles import completed, days_of


def edition(reference: str, day: date | None, catalogue: Catalogue | None = None) -> Pack:
    """The pack of a reference, one without an edition in that of the day; of no day told, in that of today.

    Where none is in force today, it is the latest.

    Raises:
        CatalogueError: no such pack or edition, or none in force on the day that was told.
    """
    known = catalogue or installed()
    return known.named(reference, date.today()) if day is None else known.load(reference, day)


def edition_of_table(
    path: Path,
    reference: str,
    layout: Layout | None = None,
    *,
    catalogue: Catalogue | None = None,
    lang: Lang = "vi",
) -> Pack:
    """The pack of a reference, one without an edition in that of the last day the file's tables tell of.

    Raises:
        CatalogueError: no such pack or edition, or none in force on that day.
    """
    known = catalogue or installed()
    if layout is not None and split_reference(layout.pack)[0] == split_reference(reference)[0]:
        reference = layout.pack
    pack = edition(reference, None, known)
    if split_reference(reference)[1] or len(known.editions(reference)) < 2:
        return pack
    try:
        tables = [grid for grid in grids(path) if not grid.hidden]
        days = days_told(tables, pack, layout, catalogue=known, lang=lang)
    except NtmError:
        # What is wrong with the file is told when it is read.
        return pack
    return edition(reference, max(days), known) if days else pack


def days_told(
    tables: Iterable[Grid],
    pack: Pack,
    layout: Layout | None = None,
    *,
    catalogue: Catalogue | None = None,
    lang: Lang = "vi",
) -> set[date]:
    """The days that tables say their figures are of, over them, in their headings or in a column of their own."""
    found: set[date] = set()
    vocabulary = Vocabulary(catalogue or installed(), (pack,), "error")
    with warnings.catch_warnings():
        # Each is told when the table is read.
        warnings.simplefilter("ignore", SnapshotWarning)
        for grid in tables:
            ledger = SnapshotBuilder(vocabulary, None)
            if layout is None:
                plan = propose(grid, pack, ledger, lang=lang).layout
            else:
                plan, _ = completed(grid, placed(grid, layout) or layout, pack, ledger)
            if plan is not None:
                found.update(days_of(plan.columns, plan.period, plan.year))
                found.update(_in_columns(grid, plan))
    return found


def _in_columns(grid: Grid, plan: Layout) -> Iterable[date]:
    columns = [index(column.column) for column in plan.columns if column.role == "day"]
    for row in grid.rows if columns else ():
        for column in columns:
            content = grid.content(row, column, spread=True)
            if row > plan.heading[1] and content is not None:
                try:
                    yield read_day_cell(content)
                except NtmError:
                    continue
