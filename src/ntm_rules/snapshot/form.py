"""Forms: what a pack asks of a unit, as a workbook that an officer fills in and ``read_snapshots`` reads back."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Literal

from ..errors import Place
from ..messages import Lang
from ..pack.catalogue import Catalogue, installed
from ..pack.model import Pack
from ..pack.requirement import Requirements, Setting, shared
from ..tabular.excel import excel_library
from ..written import whole
from .model import Snapshot
from .unit import Unit


def write_form(
    pack: Pack,
    path: str | os.PathLike[str],
    units: Iterable[Unit] = (),
    *,
    snapshots: Iterable[Snapshot] = (),
    as_of: date | None = None,
    shown_on: date | None = None,
    layout: Literal["sheets", "units"] = "sheets",
    lang: Lang = "vi",
    catalogue: Catalogue | None = None,
) -> None:
    """Write a form for a pack: its criteria and indicators in the law's order and words, with cells to fill in.

    There is a sheet for each of the ``units`` and each of the ``snapshots`` (whose facts are filled in), or a blank
    one; with ``layout="units"`` one sheet with a row for each. Required values are shown for the unit's region and the
    date where they are known, else as the tables of the law; in one table, for what all its units share.
    ``as_of`` is filled in as the day of the facts; ``shown_on`` is the day whose required values are shown, where it
    is another one. A unit called ``-`` is a blank one of its level and region. ``read_snapshots`` reads a filled form.

    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> import ntm_rules as ntm
    >>> snapshot = ntm.Snapshot(
    ...     unit={"id": "ky-phu", "level": "commune"}, as_of="2023-08-17", findings={"vn/commune": {"1.1": "met"}}
    ... )
    >>> with TemporaryDirectory() as folder:
    ...     write_form(ntm.load_pack("vn/commune@2021-2025"), Path(folder, "form.xlsx"), snapshots=[snapshot])
    ...     ntm.read_snapshots(Path(folder, "form.xlsx")) == (snapshot,)
    True

    Raises:
        SnapshotError: openpyxl is not installed, or a text that Excel cannot hold.
    """
    excel_library(Place(file=Path(path).name))
    from .form_sheet import write_sheets
    from .form_units import write_rows

    catalogue = catalogue or installed()
    rows: list[Unit | Snapshot] = [*units, *snapshots]
    setting = Setting(day=shown_on or as_of)
    if layout == "units":
        setting = shared((one if isinstance(one, Unit) else one.unit for one in rows), shown_on or as_of)
    asks = Requirements(pack, catalogue.measures_for(pack), lang, catalogue, setting)
    write = write_rows if layout == "units" else write_sheets
    book = write(asks, rows, as_of)
    with whole(path) as draft:
        book.save(draft)
