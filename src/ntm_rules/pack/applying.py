"""The figures of a pack that apply somewhere on a day: the rows of its tables, the versions of its indicators."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import NamedTuple

from ..territory import Group, Level, Region
from .address import Address, addressed
from .model import FigureRow, Pack


class Where(NamedTuple):
    """The units that are asked about and the day; what is empty is not known, and leaves everything in."""

    levels: Collection[Level] = ()
    regions: Collection[Region] = ()
    groups: Collection[Group] = ()
    day: date | None = None


def applying(pack: Pack, where: Where) -> Iterator[tuple[Address, FigureRow]]:
    """The figures that may apply there, each with its address, in the pack's order.

    A row for certain units (an island, a commune of another kind) stays in: which units those are is not known here.

    >>> from datetime import date
    >>> from ntm_rules import load_pack
    >>> pack = load_pack("vn/commune@2021-2025")
    >>> here = Where(regions=[Region("btb")], day=date(2023, 8, 17))
    >>> sorted({label for _, row in applying(pack, here) for table, label in row.rows if table == "region"})
    ['btb', 'tdmnpb']
    """
    figures = list(addressed(pack))
    known = {
        "region": _labels(_regions(pack, where)),
        "group": _labels([pack.as_group] if pack.as_group else where.groups),
        "level": _labels(where.levels),
        "year": {str(where.day.year)} if where.day else set(),
    }
    listed: dict[tuple[object, ...], set[str]] = {}
    for address, row in figures:
        for depth, (_, label) in enumerate(row.rows):
            listed.setdefault(_table(address, depth), set()).add(label)
    for address, row in figures:
        if where.day is not None and not _in_force(row, where.day):
            continue
        if all(
            _wanted(label, known.get(table, set()), listed[_table(address, depth)])
            for depth, (table, label) in enumerate(row.rows)
        ):
            yield address, row


def _labels(named: Iterable[Level | Region | Group]) -> set[str]:
    return {one.value for one in named}


def _table(address: Address, depth: int) -> tuple[object, ...]:
    return (*address[:3], address.rows[:depth])


def _regions(pack: Pack, where: Where) -> set[Region]:
    """The regions asked about, and those to whose rows the pack may send units of theirs."""
    if not where.regions:
        return set()
    rules = pack.region_rules_on(where.day) if where.day else pack.region_rules
    return {*where.regions, *(rule.region for rule in rules)}


def _in_force(row: FigureRow, day: date) -> bool:
    if row.version is not None:
        return day in row.version.valid
    return not any(day in version.valid for version in row.indicator.versions)


def _wanted(label: str, known: set[str], listed: set[str]) -> bool:
    """Whether the row is one of those known; “otherwise” is for what no row of its table names."""
    if not known:
        return True
    return bool(known - listed) if label == "otherwise" else label in known
