"""What a form asks, in the law's order: one item for each prerequisite, criterion and indicator of a pack."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from ..messages import Lang, say
from ..pack.condition import AllCondition, Children, MeasureCondition, MeetsCondition, walk
from ..pack.indicator import Indicator
from ..pack.model import Pack
from ..pack.requirement import Requirements
from ..territory import Level


class Item(NamedTuple):
    """A line of the law. ``measures`` are what it asks to be measured, each with what is required of it."""

    code: str
    text: str
    required: str
    agency: str
    measures: tuple[tuple[str, str], ...]
    takes_finding: bool
    is_criterion: bool


def outline(asks: Requirements) -> Iterator[Item]:
    """The prerequisites, then each criterion with its indicators, as they read on the requirements' day."""
    pack, lang = asks.pack, asks.lang
    for prerequisite in pack.prerequisites:
        yield _item(prerequisite, asks)
    for criterion in pack.criteria:
        # A criterion with one unnumbered indicator shares its code with it: one place for the finding is enough.
        own = all(indicator.code != criterion.code for indicator in criterion.indicators)
        yield Item(criterion.code, criterion.title.text(lang), "", criterion.agency, (), own, True)
        for indicator in criterion.indicators:
            yield _item(indicator, asks, criterion.agency)


def _item(indicator: Indicator, asks: Requirements, agency: str = "") -> Item:
    readings = [indicator.on(asks.day)] if asks.day else _readings(indicator)
    asked: dict[str, str] = {}
    for reading in readings:
        for condition in _measured(reading):
            asked.setdefault(condition.measure, "")
        # Only where all parts must hold does each stand on its own; elsewhere the whole sentence says it.
        if isinstance(reading.requires, AllCondition) and len(readings) == 1:
            for part in reading.requires.all:
                if isinstance(part, MeasureCondition):
                    asked[part.measure] = asks.compared(reading, part)
    current = readings[0]
    required = asks.requirement(current) + "".join(
        f"\n{_period(version.valid.start, version.valid.end, asks.lang)}: " + asks.requirement(current.reading(version))
        for version in (indicator.versions if asks.day is None else ())
    )
    return Item(
        indicator.code,
        current.text.text(asks.lang),
        required,
        current.agency or agency,
        tuple(asked.items()),
        True,
        False,
    )


def _readings(indicator: Indicator) -> list[Indicator]:
    versions = [indicator.model_copy(update={"requires": version.requires}) for version in indicator.versions]
    return [indicator, *versions]


def _measured(indicator: Indicator) -> Iterator[MeasureCondition]:
    for root in (indicator.requires, indicator.applies_if):
        if root is not None:
            yield from (condition for _, condition in walk(root) if isinstance(condition, MeasureCondition))


def _period(start: date | None, end: date | None, lang: Lang) -> str:
    return say("case.between", lang, start=start or "…", end=end or "…")


def titles_asked(pack: Pack) -> tuple[str, ...]:
    """The packs whose recognition a form has a line for: the prerequisites', its own, and those indicators refer to."""
    required = [(i.code, c.meets.partition("@")[0]) for i, _, c in pack.conditions() if isinstance(c, MeetsCondition)]
    first = {prerequisite.code for prerequisite in pack.prerequisites}
    before = (title for code, title in required if code in first)
    return tuple(dict.fromkeys((*before, pack.id, *(title for _, title in required))))


def children_asked(pack: Pack) -> dict[Level, tuple[str, ...]]:
    """Levels of children the pack counts, with the packs they should meet."""
    asked: dict[Level, dict[str, None]] = {}
    for _, _, condition in pack.conditions():
        for name in ("share_of", "count_of", "every"):
            which = getattr(condition, name, None)
            if isinstance(which, Children):
                for level in which.level:
                    asked.setdefault(level, {})[which.meeting] = None
    return {level: tuple(packs) for level, packs in asked.items()}
