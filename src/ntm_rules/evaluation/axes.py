"""What a rule may depend on besides facts: each such thing is an axis with a handful of values.

Days are told apart only where something begins to read differently: a context stands for a whole stretch of them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, Generic, NamedTuple, TypeVar

import msgspec

from ..errors import EvaluationError, Problem
from ..pack.catalogue import Catalogue
from ..pack.condition import GROUP, AttributeCondition, Comparison, ConditionModel, MeasureCondition
from ..pack.model import Pack
from ..pack.period import Period, in_common
from ..pack.reference import split_reference
from ..pack.related import changes, involved
from ..pack.threshold import AnyThreshold, Multiple, leaves, tables
from ..territory import LAST_DAYS, Group, Level, Region, ended
from ..units.provinces import regions_of
from .resolve import Context

Value = Region | Group | Level | date | bool | str | None
T = TypeVar("T")
# Stands for every word no pack asks about.
OTHER = "\0"


class Axis(NamedTuple):
    """Something that differs from row to row, with the values that can make a difference.

    ``as_of`` has the first days of stretches in which nothing changes, and the last day of the last one; ``level`` the
    one day of all rows as its end, where there is one. An attribute of a unit is named after it; where it is asked as
    ``yes_or_no``, no other word is an answer.
    """

    name: str
    values: tuple[Value, ...]
    end: date | None = None
    yes_or_no: bool = False


class ByContext(msgspec.Struct, Generic[T], frozen=True):
    """Different things for different values of an axis, given by their numbers; the last branch is the rest."""

    axis: str
    branches: tuple[tuple[tuple[int, ...], T | ByContext[T]], ...]


class Contexts:
    """The contexts units can be in: one where nothing differs, and the axes along which it does."""

    def __init__(self, base: Context, axes: Iterable[Axis] = ()) -> None:
        self.base = base
        self.axes = {axis.name: axis for axis in axes}
        # Regions are split last, inside the few cases that send a unit to another region's row.
        self._order = sorted(self.axes, key=lambda name: _LAST.index(name) if name in _LAST else -1)

    def decide(self, names: Callable[[], Iterable[str]], ask: Callable[[Context], Any]) -> Any:
        """What ``ask`` answers along the axes it may depend on, branch by branch where the answers differ."""
        if not self.axes:
            return ask(self.base)
        wanted = set(names())
        return self._decide(tuple(name for name in self._order if name in wanted), self.base, ask)

    def _decide(self, names: tuple[str, ...], context: Context, ask: Callable[[Context], Any]) -> Any:
        if not names:
            return ask(context)
        values = self.axes[names[0]].values
        return grouped(names[0], (self._decide(names[1:], _at(context, names[0], value), ask) for value in values))


def grouped(axis: str, answers: Iterable[Any]) -> Any:
    """An answer for each value of an axis, equal ones taken together."""
    groups: dict[Any, list[int]] = {}
    for number, answer in enumerate(answers):
        groups.setdefault(answer, []).append(number)
    return _joined(axis, [(tuple(numbers), answer) for answer, numbers in groups.items()])


def mapped(branch: Any, change: Callable[[Any], Any]) -> Any:
    """The same branches changed, those that then are equal taken together."""
    if not isinstance(branch, ByContext):
        return change(branch)
    groups: dict[Any, tuple[int, ...]] = {}
    for numbers, inner in branch.branches:
        answer = mapped(inner, change)
        groups[answer] = tuple(sorted((*groups.get(answer, ()), *numbers)))
    return _joined(branch.axis, [(numbers, answer) for answer, numbers in groups.items()])


def _joined(axis: str, groups: list[tuple[tuple[int, ...], Any]]) -> Any:
    if len(groups) == 1:
        return groups[0][1]
    return ByContext(axis, tuple(sorted(groups, key=lambda group: len(group[0]))))


_LAST = ("level", "as_of", "group", "region")


def _at(context: Context, axis: str, value: Value) -> Context:
    match axis, value:
        case "region", Region() | None:
            return context._replace(region=value)
        case "group", Group() | None:
            return context._replace(group=value)
        case "level", Level():
            return context._replace(level=value)
        case "as_of", date():
            return context._replace(on=value)
        case _:
            others = tuple(item for item in context.attributes if item[0] != axis)
            known = ((axis, value),) if isinstance(value, (bool, str)) else ()
            return context._replace(attributes=(*others, *known))


@lru_cache(maxsize=256)
def _edges(pack: Pack, catalogue: Catalogue) -> tuple[bool, tuple[date, ...]]:
    """Days on which something begins to read differently, and whether a table leaves some years without a row."""
    everything = involved((pack,), catalogue)
    compared = [c for one in everything for _, _, c in one.conditions() if isinstance(c, Comparison)]
    yearly = any(table.by == "year" and table.otherwise is None for c in compared for table in tables(c.threshold))
    return yearly, tuple(sorted({day for one in everything for day in changes(one)}))


def stretch(pack: Pack, day: date, catalogue: Catalogue) -> date:
    """The first of the days around ``day`` between which nothing that the pack asks for reads differently."""
    yearly, edges = _edges(pack, catalogue)
    place = bisect_right(edges, day)
    first = edges[place - 1] if place else date.min
    # A year that a table has no row for is named in the answer.
    return max(first, date(day.year, 1, 1)) if yearly else first


def stretches(packs: Iterable[Pack], valid: Period) -> tuple[date, ...]:
    """The first day of each stretch of a period in which none of the packs changes."""
    start = valid.start or date.min
    given = tuple(packs)
    inner = {day for pack in given for day in changes(pack) if day in valid and day > start}
    # A level that is no more is refused from then on.
    gone = {LAST_DAYS[level] + timedelta(days=1) for pack in given for level in pack.applies_to if level in LAST_DAYS}
    inner |= {day for day in gone if day in valid and day > start}
    return (start, *sorted(inner))


def common_validity(packs: Iterable[Pack]) -> Period:
    """The days on which all the packs are in force.

    Raises:
        EvaluationError: there is none.
    """
    packs = tuple(packs)
    valid = in_common(pack.valid for pack in packs)
    if valid is None:
        raise EvaluationError(Problem("error.frame_never", packs=", ".join(pack.reference for pack in packs)))
    return valid


def open_axes(
    packs: tuple[Pack, ...],
    everything: tuple[Pack, ...],
    base: Context,
    flags: Mapping[str, bool],
    catalogue: Catalogue,
) -> Iterator[Axis]:
    """The axes along which units differ: those of ``flags``, which says whether what is known of one is yes or no."""
    if "level" in flags:
        on = None if "as_of" in flags else base.on
        shared = [level for level in Level if all(level in pack.applies_to for pack in packs)]
        yield Axis("level", tuple(level for level in shared if on is None or not ended(level, on)), on)
    if "as_of" in flags:
        valid = common_validity(packs)
        last = date.max if "level" in flags else LAST_DAYS.get(base.level, date.max)
        yield Axis(
            "as_of", stretches(everything, valid), valid.end if last == date.max else min(last, valid.end or last)
        )
    own = [regions_of(pack, base.on, catalogue) for pack in packs]
    regions = tuple(region for region in Region if all(region in (some or Region) for some in own))
    for name, values in (("region", regions), ("group", tuple(Group))):
        if name in flags:
            yield Axis(name, (*values, None))
    for name in dict.fromkeys(name for pack in everything for name in pack.attributes):
        if name in flags:
            # Some words say yes or no.
            words = () if flags[name] else (*attribute_words(everything, name), OTHER)
            declared = [pack.attributes[name].default for pack in everything if name in pack.attributes]
            yes_or_no = any(isinstance(one, bool) for one in declared)
            yield Axis(name, (False, True, *words, None), yes_or_no=yes_or_no)


def attribute_words(packs: Iterable[Pack], attribute: str) -> tuple[str, ...]:
    """The words some pack asks about for an attribute."""
    words: dict[str, None] = {}
    for pack in packs:
        guards = (*pack.region_guards, *pack.group_guards)
        for condition in (*(condition for _, _, condition in pack.conditions()), *guards):
            if isinstance(condition, AttributeCondition):
                if condition.attribute == attribute and isinstance(condition.value, str):
                    words[condition.value] = None
            elif isinstance(condition, Comparison):
                for table in tables(condition.threshold):
                    if table.by == "attribute" and table.attribute == attribute:
                        words.update(dict.fromkeys(table.rows))
    return tuple(words)


def axes_of(threshold: AnyThreshold, pack: Pack, catalogue: Catalogue, seen: frozenset[str] = frozenset()) -> set[str]:
    """The axes a threshold may depend on; thresholds it is a multiple of included."""
    found: set[str] = set()
    for table in tables(threshold):
        found.add(table.attribute if table.by == "attribute" else "as_of" if table.by == "year" else table.by)
    if "region" in found:
        found |= rule_axes(pack)
    if GROUP in found:
        found |= attribute_axes(pack, GROUP)
    for _, leaf in leaves(threshold):
        if isinstance(leaf, Multiple) and leaf.threshold_of not in seen:
            pack_id, code = leaf.target
            found.add("as_of")
            wanted = split_reference(pack_id)
            for other in catalogue.editions(wanted[0]):
                if wanted[1] in ("", other.edition):
                    for condition in _conditions(other, code):
                        if isinstance(condition, MeasureCondition):
                            inside = seen | {leaf.threshold_of}
                            found |= axes_of(condition.threshold, other, catalogue, inside)
    return _with_level(pack, found)


def attribute_axes(pack: Pack, name: str) -> set[str]:
    """What an attribute depends on: itself, for a group the facts it follows from, the level where that tells it."""
    return _with_level(pack, {name, *(part.attribute for part in pack.group_guards if name == GROUP)})


def _with_level(pack: Pack, found: set[str]) -> set[str]:
    told = any(pack.attributes[name].at_level for name in found if name in pack.attributes)
    return {*found, "level"} if told else found


def rule_axes(pack: Pack) -> set[str]:
    """What may send a unit to another region's row: attributes, and the day where a rule has not always stood."""
    dated = {"as_of"} if not all(rule.valid.always for rule in pack.region_rules) else set[str]()
    return _with_level(pack, dated | {part.attribute for part in pack.region_guards})


def _conditions(pack: Pack, code: str) -> Iterable[ConditionModel]:
    return (condition for indicator, _, condition in pack.conditions() if indicator.code == code)
