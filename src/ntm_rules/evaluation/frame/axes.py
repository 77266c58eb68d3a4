"""What thresholds may depend on, row by row: each such thing is an axis with a handful of values."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import NamedTuple, TypeVar

from ...pack.catalogue import Catalogue
from ...pack.condition import AttributeCondition, Comparison, ConditionModel, MeasureCondition, walk
from ...pack.model import Pack, Period, split_reference
from ...pack.related import changes
from ...pack.threshold import AnyThreshold, Multiple, leaves, tables
from ...territory import LAST_DAYS, Group, Level, Region
from ..resolve import Context
from .nodes import Branch, Cases

Value = Region | Group | Level | date | bool | str | None
T = TypeVar("T", bound=Branch)
# Stands for every word no pack asks about.
OTHER = "\0"


class Axis(NamedTuple):
    """Something that differs from row to row, with the values that can make a difference.

    ``as_of`` has the first days of stretches in which nothing changes, and the last day of the last one; ``level`` the
    one day of all rows as its end, where there is one. An attribute of a unit is named after it.
    """

    name: str
    values: tuple[Value, ...]
    end: date | None = None


class Ground:
    """The contexts rows can be in: one where nothing differs from row to row, and the axes along which it does."""

    def __init__(self, base: Context, axes: Iterable[Axis]) -> None:
        self.base = base
        self.axes = {axis.name: axis for axis in axes}
        # Regions are split last, inside the few cases that send a unit to another region's row.
        self._order = sorted(self.axes, key=lambda name: _LAST.index(name) if name in _LAST else -1)

    def decide(self, names: Iterable[str], ask: Callable[[Context], Branch]) -> Branch:
        """What ``ask`` answers along some axes, as cases where the answers differ."""
        wanted = set(names)
        return self._decide(tuple(name for name in self._order if name in wanted), self.base, ask)

    def _decide(self, names: tuple[str, ...], context: Context, ask: Callable[[Context], Branch]) -> Branch:
        if not names:
            return ask(context)
        groups: dict[Branch, list[int]] = {}
        for number, value in enumerate(self.axes[names[0]].values):
            groups.setdefault(self._decide(names[1:], _at(context, names[0], value), ask), []).append(number)
        if len(groups) == 1:
            return next(iter(groups))
        ordered = sorted(groups.items(), key=lambda group: len(group[1]))
        return Cases(names[0], tuple((tuple(numbers), branch) for branch, numbers in ordered))


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
            known = () if value is None or not isinstance(value, (bool, str)) else ((axis, value),)
            return context._replace(attributes=(*others, *known))


def stretches(packs: Iterable[Pack], valid: Period) -> tuple[date, ...]:
    """The first day of each stretch of a period in which none of the packs changes."""
    start = valid.start or date.min
    given = tuple(packs)
    inner = {day for pack in given for day in changes(pack) if day in valid and day > start}
    # A level that is no more is refused from then on.
    gone = {LAST_DAYS[level] + timedelta(days=1) for pack in given for level in pack.applies_to if level in LAST_DAYS}
    inner |= {day for day in gone if day in valid and day > start}
    return (start, *sorted(inner))


def attribute_words(packs: Iterable[Pack], attribute: str) -> tuple[str, ...]:
    """The words some pack asks about for an attribute."""
    words: dict[str, None] = {}
    for pack in packs:
        guards = [part for rule in pack.region_rules for _, part in walk(rule.when)]
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
    return found


def rule_axes(pack: Pack) -> set[str]:
    """What may send a unit to another region's row: attributes, and the day where a rule has not always stood."""
    parts = (part for rule in pack.region_rules for _, part in walk(rule.when))
    dated = {"as_of"} if not all(rule.valid.always for rule in pack.region_rules) else set[str]()
    return dated | {part.attribute for part in parts if isinstance(part, AttributeCondition)}


def _conditions(pack: Pack, code: str) -> Iterable[ConditionModel]:
    return (condition for indicator, _, condition in pack.conditions() if indicator.code == code)
