"""What can be observed of a unit that a pack, on one day, would ask for: the values that matter, and no others."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from ..evaluation.resolve import Context, Resolver
from ..pack.catalogue import Catalogue
from ..pack.condition import (
    GROUP,
    AttributeCondition,
    Comparison,
    FindingCondition,
    MeasureCondition,
    children_asked,
    judged_pack,
    measures_asked,
    unit_asked,
    walk,
)
from ..pack.indicator import Indicator
from ..pack.measure import Measure
from ..pack.model import Pack
from ..pack.threshold import AnyThreshold, Figure, Multiple, leaves
from ..quantity.amount import Amount
from ..quantity.number import product
from ..snapshot.observation import Observation
from ..territory import Level, ended

ONE = Decimal(1)


class Ground(NamedTuple):
    """The facts a pack and the packs it asks for turn on, on one day.

    ``packs`` are those judged on the unit's own facts, the pack itself first. ``values`` are, per measure, the
    thresholds and what lies just beside them; ``titles`` the packs that children are counted for.
    """

    packs: tuple[Pack, ...]
    measures: dict[str, Measure]
    values: dict[str, tuple[Observation, ...]]
    attributes: dict[str, tuple[bool | str, ...]]
    child_levels: tuple[Level, ...]
    titles: tuple[str, ...]


@lru_cache(maxsize=256)
def ground(pack: Pack, catalogue: Catalogue, day: date) -> Ground:
    """What the pack turns on, on a day."""
    packs = tuple(_judged(pack, catalogue, day))
    measures: dict[str, Measure] = {}
    cuts: dict[str, list[Decimal]] = {}
    attributes: dict[str, dict[bool | str, None]] = {}
    levels: dict[Level, None] = {}
    titles: dict[str, None] = {}
    for one in packs:
        known = catalogue.measures_for(one)
        for name, declared in one.attributes.items():
            boolean = isinstance(declared.default, bool)
            attributes.setdefault(name, {}).update(dict.fromkeys((True, False) if boolean else ()))
        for name, value in _attribute_values(one):
            attributes.setdefault(name, {})[value] = None
        for indicator in one.coded():
            now = indicator.on(day)
            for root in (now.requires, *((now.applies_if,) if now.applies_if else ())):
                for _, part in walk(root):
                    if isinstance(part, Comparison) and (asked := measures_asked(part)):
                        found = list(_cuts(part.threshold, known[asked[0]].unit, catalogue, day))
                        for name in asked:
                            measures[name] = known[name]
                            # Of a sum each term is tried at the whole of it, and at its even part.
                            parts = (cut / len(asked) for cut in found)
                            cuts.setdefault(name, []).extend(part for part in (*found, *parts) if len(str(part)) < 12)
                    elif (children := children_asked(part)) is not None:
                        levels.update(dict.fromkeys(children.level))
                        titles[children.meeting] = None
    values = {name: tuple(_values(measures[name], cuts[name])) for name in measures}
    # An attribute of which only one value is ever asked for has others as well.
    complete = {name: (*found, *_others(tuple(found))) for name, found in attributes.items()}
    lasting = tuple(level for level in levels if not ended(level, day))
    return Ground(packs, measures, values, complete, lasting, tuple(titles))


def _judged(pack: Pack, catalogue: Catalogue, day: date) -> Iterator[Pack]:
    seen: set[str] = set()
    pending = [pack]
    while pending:
        here = pending.pop(0)
        if here.reference in seen or day not in here.valid:
            continue
        seen.add(here.reference)
        yield here
        for _, _, condition in here.conditions():
            if (other := judged_pack(condition)) is not None:
                pending.append(catalogue.named(other, day))


def _attribute_values(pack: Pack) -> Iterator[tuple[str, bool | str]]:
    guards = (*pack.region_guards, *pack.group_guards)
    for part in (*(condition for _, _, condition in pack.conditions()), *guards):
        if isinstance(part, AttributeCondition):
            if part.attribute != GROUP:
                yield part.attribute, part.value
        elif isinstance(part, Comparison):
            for rows, _ in leaves(part.threshold):
                for table, row in rows:
                    if table in pack.attributes and row != "otherwise":
                        yield table, {"true": True, "false": False}.get(row, row)


def _others(found: tuple[bool | str, ...]) -> tuple[bool | str, ...]:
    if any(isinstance(value, bool) for value in found):
        return tuple(value for value in (True, False) if value not in found)
    return ("other",)


def _cuts(threshold: AnyThreshold, unit: str, catalogue: Catalogue, day: date) -> Iterator[Decimal]:
    for _, leaf in leaves(threshold):
        if isinstance(leaf, Figure):
            yield leaf.value.to(unit).value
        elif isinstance(leaf, Multiple):
            name, code = leaf.target
            indicator = catalogue.named(name, day)[code].on(day)
            for _, part in walk(indicator.requires):
                if isinstance(part, MeasureCondition):
                    yield from (product(cut, leaf.times) for cut in _cuts(part.threshold, unit, catalogue, day))


def step(value: Decimal, whole: bool) -> Decimal:
    """The smallest difference a person would write beside ``value``: one more digit, or one for whole numbers."""
    if whole:
        return ONE
    exponent = value.normalize().as_tuple().exponent
    return ONE.scaleb(min(0, int(exponent)) - 1)


def inside(measure: Measure, value: Decimal) -> bool:
    """Whether a measure can have a value, in its own unit."""
    low, high, whole = measure.domain.low, measure.domain.high, measure.domain.whole
    return (
        (low is None or value >= low)
        and (high is None or value <= high)
        and (not whole or value == value.to_integral_value())
    )


def _values(measure: Measure, cuts: list[Decimal]) -> Iterator[Observation]:
    """Each threshold, what lies just beside it, and the ends of the domain."""
    wanted: list[Decimal] = []
    for cut in sorted(set(cuts)):
        start = cut.to_integral_value() if measure.domain.whole else cut
        by = step(start, measure.domain.whole)
        wanted += [start, start + by, start - by]
    wanted += [Decimal(0), *(edge for edge in (measure.domain.high, measure.domain.low) if edge is not None)]
    wanted.append(max(wanted) * 2 + ONE)
    for value in dict.fromkeys(value.normalize() + 0 for value in wanted):
        if inside(measure, value):
            yield Observation(value=Amount(Decimal(f"{value:f}"), measure.unit))


@lru_cache(maxsize=64)
def days(pack: Pack) -> tuple[date, ...]:
    """Days on which the pack may read differently: a midsummer of each year, and the edges of its versions.

    Days on which a level that it is for, or counts, is no more are none of them.
    """
    first = pack.valid.start or date(2021, 1, 1)
    last = pack.valid.end or date(max(first.year + 4, 2025), 12, 31)
    found = [date(year, 6, 30) for year in range(first.year, last.year + 1)]
    found += [day for day in (pack.valid.start, pack.valid.end) if day is not None]
    for indicator in pack.coded():
        for version in indicator.versions:
            for day in (version.valid.start, version.valid.end):
                if day is not None:
                    found += [day, date.fromordinal(day.toordinal() + 1), date.fromordinal(day.toordinal() - 1)]
    known = [day for day in found if day in pack.valid and first <= day <= last]
    counted = (children_asked(condition) for _, _, condition in pack.conditions())
    levels = {*pack.applies_to, *(level for children in counted if children is not None for level in children.level)}
    return tuple(dict.fromkeys(day for day in known if not any(ended(level, day) for level in levels)))


@lru_cache(maxsize=1024)
def open_codes(pack: Pack, context: Context, catalogue: Catalogue) -> tuple[str, ...]:
    """Codes that figures alone leave open in a context: those a department concludes on, those whose threshold is
    unresolved, and criteria known by name only."""
    resolver = Resolver(pack, context, catalogue)

    def in_force(reference: str) -> bool:
        return context.on in catalogue.named(reference, context.on).valid

    def is_open(indicator: Indicator) -> bool:
        for root in (indicator.requires, *((indicator.applies_if,) if indicator.applies_if else ())):
            for _, part in walk(root):
                if isinstance(part, FindingCondition) and part.finding == "met":
                    return True
                if (
                    isinstance(part, Comparison)
                    and resolver.required(indicator, part, unit_asked(part, measures)).amount is None
                ):
                    return True
                if (other := judged_pack(part)) is not None and not in_force(other):
                    return True
        return False

    measures = catalogue.measures_for(pack)
    found = [i.code for i in pack.coded() if is_open(i.on(context.on))]
    found += [criterion.code for criterion in pack.criteria if criterion.incomplete]
    return tuple(dict.fromkeys(found))
