"""What packs have to do with each other, and the days on which one begins to read differently."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta

from .catalogue import Catalogue
from .condition import Comparison, judged_pack
from .model import Pack
from .period import Period
from .threshold import Multiple, leaves, tables, years


def judged_together(pack: Pack, catalogue: Catalogue) -> tuple[Pack, ...]:
    """The pack and every edition of each pack it has judged on the same facts, of those in force while it is."""
    return tuple(one for one in _reached((pack,), catalogue, _judged_by) if _together(one, pack))


def _together(one: Pack, other: Pack) -> bool:
    """Whether two packs are in force on a day they share."""
    earlier, later = sorted((one.valid, other.valid), key=lambda valid: valid.start or date.min)
    return earlier.end is None or later.start is None or later.start <= earlier.end


def involved(packs: Iterable[Pack], catalogue: Catalogue) -> tuple[Pack, ...]:
    """The packs and every installed one whose verdict or threshold they ask for."""
    return _reached(packs, catalogue, _asked_by)


def _reached(
    packs: Iterable[Pack], catalogue: Catalogue, asked_by: Callable[[Pack], Iterator[str]]
) -> tuple[Pack, ...]:
    found: dict[str, Pack] = {}
    pending = list(packs)
    while pending:
        pack = pending.pop(0)
        if pack.reference in found:
            continue
        found[pack.reference] = pack
        for reference in asked_by(pack):
            pending += catalogue.editions(reference)
    return tuple(found.values())


def _judged_by(pack: Pack) -> Iterator[str]:
    judged = (judged_pack(condition) for _, _, condition in pack.conditions())
    return (other for other in judged if other is not None)


def _asked_by(pack: Pack) -> Iterator[str]:
    yield from _judged_by(pack)
    for _, _, condition in pack.conditions():
        if isinstance(condition, Comparison):
            yield from (leaf.target[0] for _, leaf in leaves(condition.threshold) if isinstance(leaf, Multiple))


def kinds_asked(pack: Pack, catalogue: Catalogue | None) -> frozenset[str]:
    """Which of ``region`` and ``group`` the values of a pack go by, and of those it has judged or borrows from."""
    packs = (pack,) if catalogue is None else (one for one in involved((pack,), catalogue) if _together(one, pack))
    conditions = (condition for one in packs for _, _, condition in one.conditions())
    compared = (condition.threshold for condition in conditions if isinstance(condition, Comparison))
    return frozenset(table.by for threshold in compared for table in tables(threshold)) & {"region", "group"}


def changes(pack: Pack) -> Iterator[date]:
    """Days on which something in the pack begins to read differently."""
    yield from _edges_of(pack.valid)
    for indicator in pack.coded():
        for version in indicator.versions:
            yield from _edges_of(version.valid)
        for dated in indicator.agencies:
            yield from _edges_of(dated.valid)
    for rule in pack.region_rules:
        yield from _edges_of(rule.valid)
    for _, _, condition in pack.conditions():
        if isinstance(condition, Comparison):
            for table in tables(condition.threshold):
                if table.by == "year":
                    covered = [year for label in table.rows for year in years(label)]
                    yield from (date(year, 1, 1) for year in range(min(covered), max(covered) + 2) if year <= 9999)


def rules_changed(pack: Pack) -> dict[str, tuple[date, ...]]:
    """Days on which each indicator begins to read differently, by code; under ``""`` those of the whole set."""
    found: dict[str, set[date]] = {"": set(_edges_of(pack.valid))}
    for rule in pack.region_rules:
        found[""].update(_edges_of(rule.valid))
    for indicator in pack.coded():
        found[indicator.code] = {day for version in indicator.versions for day in _edges_of(version.valid)}
    return {code: tuple(sorted(days)) for code, days in found.items() if days}


def _edges_of(period: Period) -> Iterator[date]:
    if period.start:
        yield period.start
    if period.end and period.end < date.max:
        yield period.end + timedelta(days=1)
