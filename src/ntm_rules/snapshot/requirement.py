"""What an indicator requires, in words for a form: resolved as far as the unit and the day are known."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from ..messages import Lang, say
from ..pack.condition import (
    AllCondition,
    AnyCondition,
    AtLeastCondition,
    AttributeCondition,
    ChoiceCondition,
    Comparison,
    ConditionModel,
    CountCondition,
    EveryCondition,
    FindingCondition,
    MeasureCondition,
    MeetsCondition,
    Op,
    ShareCondition,
    UnmetShareCondition,
)
from ..pack.legal import Verification
from ..pack.measure import Measure
from ..pack.model import Indicator, Pack
from ..pack.threshold import AnyLeaf, AnyThreshold, Delegated, Figure, Multiple, Table, Untranscribed
from ..quantity import Amount, format_number
from ..territory import Level, Region
from .model import Unit

SIGNS: dict[Op, str] = dict(zip(Op, "≥>≤<=", strict=True))


class Wording(NamedTuple):
    """Says what a pack requires of a unit on a day; what is not known of them is left open."""

    pack: Pack
    measures: Mapping[str, Measure]
    lang: Lang
    unit: Unit | None = None
    day: date | None = None

    def requirement(self, indicator: Indicator) -> str:
        """The whole requirement of an indicator as it reads on the day."""
        text = self.condition(indicator, indicator.requires)
        if indicator.applies_if is not None:
            text = f"{text} ({say('form.if_any', self.lang)})"
        return text

    def condition(self, indicator: Indicator, condition: ConditionModel) -> str:
        """A condition in words."""
        match condition:
            case MeasureCondition():
                name = self.measures[condition.measure].name.text(self.lang)
                several = condition is not indicator.requires
                return (
                    f"{name} {self.compared(indicator, condition)}" if several else self.compared(indicator, condition)
                )
            case FindingCondition():
                return say("form.by_finding", self.lang)
            case AttributeCondition():
                declared = self.pack.attributes.get(condition.attribute)
                name = declared.name.text(self.lang) if declared else condition.attribute
                return name if condition.value is True else f"{name}: {_fact(condition.value, self.lang)}"
            case MeetsCondition():
                return say("form.meets", self.lang, pack=condition.meets)
            case EveryCondition():
                levels, pack = _levels(condition.every.level, self.lang), condition.every.meeting
                return say("form.every", self.lang, levels=levels, pack=pack)
            case ShareCondition() | CountCondition():
                which = condition.share_of if isinstance(condition, ShareCondition) else condition.count_of
                key = "form.share" if isinstance(condition, ShareCondition) else "form.count"
                who = say(key, self.lang, levels=_levels(which.level, self.lang), pack=which.meeting)
                return f"{who} {self.compared(indicator, condition)}"
            case UnmetShareCondition():
                who = say("form.unmet_share", self.lang, pack=condition.unmet_share_of)
                return f"{who} {self.compared(indicator, condition)}"
            case AllCondition():
                return "; ".join(self.condition(indicator, part) for part in condition.all)
            case AnyCondition():
                return f" {say('form.or', self.lang)} ".join(self._inner(indicator, part) for part in condition.any)
            case AtLeastCondition():
                parts = "; ".join(self.condition(indicator, part) for part in condition.of)
                return say("form.at_least_of", self.lang, needed=condition.at_least, parts=parts)
            case ChoiceCondition():
                when, then, otherwise = (
                    self.condition(indicator, part) for part in (condition.when, condition.then, condition.otherwise)
                )
                return say("form.choice", self.lang, when=when, then=then, otherwise=otherwise)

    def _inner(self, indicator: Indicator, condition: ConditionModel) -> str:
        text = self.condition(indicator, condition)
        return f"({text})" if isinstance(condition, AllCondition) else text

    def compared(self, indicator: Indicator, condition: Comparison) -> str:
        """The comparison with its threshold: ``≥ 65 %``."""
        unit = self.measures[condition.measure].unit if isinstance(condition, MeasureCondition) else ""
        if isinstance(condition, (ShareCondition, UnmetShareCondition)):
            unit = "percent"
        return f"{SIGNS[condition.op]} {self.threshold(indicator, condition.threshold, unit)}"

    def threshold(self, indicator: Indicator, threshold: AnyThreshold, unit: str) -> str:
        """A threshold: the row that applies where it is known which, else every row."""
        if not isinstance(threshold, Table):
            return self.leaf(indicator, threshold, unit)
        key = self._key(threshold)
        found = threshold.row(key) if key is not None else None
        if found is not None:
            return self.threshold(indicator, found[1], unit)
        if key is not None:
            return say("form.no_row", self.lang)
        grouped: dict[str, list[str]] = {}
        rows = [*threshold.rows.items(), *([("otherwise", threshold.otherwise)] if threshold.otherwise else [])]
        for label, inner in rows:
            grouped.setdefault(self.threshold(indicator, inner, unit), []).append(self._label(threshold, label))
        if len(grouped) == 1:
            return next(iter(grouped))
        return "; ".join(f"{text} ({', '.join(labels)})" for text, labels in grouped.items())

    def leaf(self, indicator: Indicator, leaf: AnyLeaf, unit: str) -> str:
        """The end of a threshold, marked where nobody has checked it against the decision."""
        match leaf:
            case Figure():
                amount = leaf.value if leaf.value.unit else Amount(leaf.value.value, unit)
                checked = self.pack.source_of(indicator, leaf).verification.reaches(Verification.SECONDARY)
                mark = "" if checked else f" ({say('form.unchecked', self.lang)})"
                return amount.text(self.lang) + mark
            case Delegated():
                return say("form.delegated", self.lang)
            case Untranscribed():
                return say("form.untranscribed", self.lang)
            case Multiple():
                times = format_number(leaf.times, self.lang)
                return say("form.multiple", self.lang, times=times, target=leaf.threshold_of)

    def _label(self, table: Table, label: str) -> str:
        if label == "otherwise":
            return say("row.otherwise", self.lang)
        if table.by == "region":
            return Region(label).text(self.lang)
        if table.by == "level":
            return Level(label).text(self.lang)
        if table.by == "year":
            return label
        declared = self.pack.attributes.get(table.attribute)
        name = declared.name.text(self.lang) if declared else table.attribute
        return f"{name}: {_fact({'true': True, 'false': False}.get(label, label), self.lang)}"

    def _key(self, table: Table) -> str | None:
        match table.by:
            case "year":
                return str(self.day.year) if self.day else None
            case "level":
                levels = (self.unit.level,) if self.unit else self.pack.applies_to
                return levels[0].value if len(levels) == 1 else None
            case "region":
                region = self._region()
                return region.value if region else None
            case "attribute":
                value = self._attribute(table.attribute)
                return str(value).lower() if isinstance(value, bool) else value

    def _attribute(self, name: str) -> bool | str | None:
        if self.unit is None:
            return None
        declared = self.pack.attributes.get(name)
        return self.unit.attributes.get(name, declared.default if declared else None)

    def _region(self) -> Region | None:
        """The region whose row applies; a rule of the pack may send the unit to another one."""
        if self.unit is None:
            return None
        for rule in self.pack.region_rules:
            holds = self._holds(rule.when)
            if holds is not False:
                return rule.region if holds else None
        return self.unit.region

    def _holds(self, condition: ConditionModel) -> bool | None:
        match condition:
            case AttributeCondition():
                value = self._attribute(condition.attribute)
                return None if value is None else value == condition.value
            case AllCondition():
                return _fold([self._holds(part) for part in condition.all], absorbing=False)
            case AnyCondition():
                return _fold([self._holds(part) for part in condition.any], absorbing=True)
            case _:
                return None


def _fold(values: list[bool | None], *, absorbing: bool) -> bool | None:
    if absorbing in values:
        return absorbing
    return None if None in values else not absorbing


def _levels(levels: tuple[Level, ...], lang: Lang) -> str:
    return ", ".join(level.text(lang) for level in levels)


def _fact(value: bool | str, lang: Lang) -> str:
    return say("form.yes" if value else "form.no", lang) if isinstance(value, bool) else value
