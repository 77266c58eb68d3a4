"""What a table says of itself before it is read: its day, its province, and the set that is in force there and then."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from ..errors import NtmError
from ..layout.editions import days_told
from ..layout.grid import Grid, grids
from ..naming import read_name
from ..normalization import fold
from ..pack.catalogue import installed
from ..snapshot.model import Snapshot
from ..snapshot.readers import read_snapshots
from ..units.provinces import provinces_of
from .desk import OWN, TABLES, OnDesk, noticed, pack_on, table_on

_OVER = 8


def looked(desk: OnDesk, folder: Path) -> dict[str, Any]:
    """The day and the province that the table names, where it names one, and the set in force there; else empty.

    ``named`` are the sets that conclusions of the file are addressed to: a single one is the file's own; ``covered``
    is whether those of one of them count for the set that was chosen.
    """
    path = table_on(desk, folder)
    kind = path.suffix.casefold()
    with noticed(desk.lang):
        try:
            own = read_snapshots(path, packs=(pack_on(desk),)) if kind in OWN else ()
        except NtmError:
            own = ()
        try:
            tables = [grid for grid in grids(path) if not grid.hidden] if kind in TABLES and not own else []
            day = _only({one.as_of for one in own}) or _day(desk, tables)
            province = _province(desk, own, tables, day or desk.day)
        except NtmError:
            # What is wrong with the file is told when it is read.
            day, province = None, ""
    named = _named(own, day or desk.day)
    return {
        "named": named,
        "covered": any(one in pack_on(desk).names for one in named),
        "day": day.isoformat() if day else "",
        "province": province,
        "pack": named[0] if len(named) == 1 else _pack(desk, day or desk.day, province or desk.province),
    }


def _only(days: set[date]) -> date | None:
    return days.pop() if len(days) == 1 else None


def _named(own: tuple[Snapshot, ...], day: date) -> list[str]:
    """The installed sets that the file's own conclusions name, each in the edition named, or in that of the day."""
    said = {reference for one in own for reference, findings in one.findings.items() if findings}
    known = installed()
    return sorted({known.named(one, day).reference for one in said if known.editions(one)})


def _day(desk: OnDesk, tables: list[Grid]) -> date | None:
    return _only(days_told(tables, pack_on(desk), lang=desk.lang))


def _province(desk: OnDesk, own: tuple[Snapshot, ...], tables: list[Grid], day: date) -> str:
    provinces = provinces_of(installed())
    named = {one.unit.province for one in own if one.unit.province}
    told = {found.id for name in named if (found := provinces.find(name, day)) is not None}
    lines = [fold(line) for grid in tables for line in _over(grid)]
    for one in provinces.listed(day):
        called = re.compile(rf"\b(?:tỉnh|thành phố|tp\.?)\s+{re.escape(fold(read_name(one.name).own))}\b")
        if any(called.search(line) for line in lines):
            told.add(one.id)
    return told.pop() if len(told) == 1 else ""


def _over(grid: Grid) -> Iterator[str]:
    """The letterhead and the lines over a table."""
    yield from grid.letterhead
    yield from grid.before
    for row in grid.rows[:_OVER]:
        for column in grid.filled(row):
            yield grid.text(row, column)


def _pack(desk: OnDesk, day: date, province: str) -> str:
    """The set chosen, as the province has it and in the edition of the day; empty where there is none."""
    chosen = desk.pack.partition("@")[0]
    tail = chosen.partition("/")[2]
    in_force = {
        one.reference.partition("@")[0]: one.reference
        for one in installed().packs()
        if (one.valid_from is None or one.valid_from <= day) and (one.valid_to is None or day <= one.valid_to)
    }
    wanted = (f"{province}/{tail}", chosen, f"vn/{tail}")
    return next((in_force[name] for name in wanted if name in in_force), "")
