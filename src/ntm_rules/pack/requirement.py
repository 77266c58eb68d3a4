"""What a pack requires, in words: resolved as far as the unit and the day are known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple, Protocol, TypeVar

from ..messages import Lang, say
from ..quantity.amount import Amount
from ..quantity.number import format_number
from ..territory import Group, Level, Region
from .catalogue import Catalogue
from .condition import (
    GROUP,
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
    TotalCondition,
    UnmetShareCondition,
    unit_asked,
    walk,
)
from .indicator import Indicator
from .legal import Verification
from .measure import LevelName, Measure, by_level
from .model import Pack
from .period import in_common
from .reference import split_reference
from .threshold import AnyLeaf, AnyThreshold, Delegated, Figure, Multiple, Table, Untranscribed

SIGNS: dict[Op, str] = dict(zip(Op, "≥>≤<=", strict=True))


T = TypeVar("T")


class Setting(NamedTuple):
    """What is known of the unit and the day that a requirement may depend on; a unit has a level."""

    level: Level | None = None
    region: Region | None = None
    attributes: Mapping[str, bool | str] = {}
    day: date | None = None
    group: Group | None = None


class Placed(Protocol):
    """What is asked of a unit here; ``snapshot.Unit`` has it."""

    @property
    def level(self) -> Level | None: ...
    @property
    def region(self) -> Region | None: ...
    @property
    def group(self) -> Group | None: ...
    @property
    def attributes(self) -> Mapping[str, bool | str]: ...


def shared(units: Iterable[Placed], day: date | None = None) -> Setting:
    """The setting of many units together: what all of them have."""
    found = tuple(units)

    def one(values: Iterable[T]) -> T | None:
        distinct = set(values)
        return distinct.pop() if len(distinct) == 1 else None

    names = {name for unit in found for name in unit.attributes}
    same = {name: one(unit.attributes.get(name) for unit in found) for name in names}
    return Setting(
        one(unit.level for unit in found),
        one(unit.region for unit in found),
        {name: value for name, value in same.items() if value is not None},
        day,
        one(unit.group for unit in found),
    )


class Requirements(NamedTuple):
    """Says what a pack requires in a setting; what is not known of it is left open."""

    pack: Pack
    measures: Mapping[str, Measure]
    lang: Lang
    catalogue: Catalogue | None = None
    setting: Setting = Setting()

    @property
    def day(self) -> date | None:
        """The day of the setting."""
        return self.setting.day

    def title(self, reference: str) -> str:
        """A pack's title; its id where it is not installed."""
        pack_id, _ = split_reference(reference)
        if pack_id == self.pack.id:
            return self.pack.title.text(self.lang)
        if self.catalogue is None or not self.catalogue.has(pack_id):
            return reference
        if self.day is not None:
            return self.catalogue.named(reference, self.day).title.text(self.lang)
        # Of several editions, the first that was in force beside this pack.
        editions = self.catalogue.editions(reference)
        beside = [edition for edition in editions if in_common((edition.valid, self.pack.valid)) is not None]
        return (beside[0] if beside else editions[-1]).title.text(self.lang)

    def requirement(self, indicator: Indicator) -> str:
        """The whole requirement of an indicator as it reads on the day."""
        text = self.condition(indicator, indicator.requires)
        if indicator.applies_if is not None:
            guard = indicator.applies_if
            if any(isinstance(part, FindingCondition) for _, part in walk(guard)):
                return f"{text} ({say('form.if_any', self.lang)})"
            if self._holds(guard) is False:
                return say("form.not_asked", self.lang)
            if self._holds(guard) is None:
                return f"{text} ({say('form.only_for', self.lang, who=self.condition(indicator, guard))})"
        return text

    def condition(self, indicator: Indicator, condition: ConditionModel) -> str:
        """A condition in words."""
        match condition:
            case MeasureCondition() if condition is indicator.requires:
                return self.compared(indicator, condition)
            case MeasureCondition() | ShareCondition() | CountCondition() | UnmetShareCondition() | TotalCondition():
                return f"{self.subject(condition)} {self.compared(indicator, condition)}"
            case FindingCondition():
                return say("form.by_finding", self.lang)
            case AttributeCondition():
                if condition.attribute == GROUP:
                    return Group(str(condition.value)).text(self.lang)
                name = self.pack.attribute_name(condition.attribute).text(self.lang)
                return name if condition.value is True else f"{name}: {fact_text(condition.value, self.lang)}"
            case MeetsCondition():
                return say("form.meets", self.lang, pack=self.title(condition.meets))
            case EveryCondition():
                levels = _levels(condition.every.level, self.lang)
                return say("form.every", self.lang, levels=levels, pack=self.title(condition.every.meeting))
            case AllCondition():
                return "; ".join(self.condition(indicator, part) for part in condition.all)
            case AnyCondition():
                return f" {say('form.or', self.lang)} ".join(self._inner(indicator, part) for part in condition.any)
            case AtLeastCondition():
                parts = "; ".join(self.condition(indicator, part) for part in condition.of)
                return say("form.at_least_of", self.lang, needed=condition.at_least, parts=parts)
            case ChoiceCondition() if (holds := self._holds(condition.when)) is not None:
                return self.condition(indicator, condition.then if holds else condition.otherwise)
            case ChoiceCondition():
                when, then, otherwise = (
                    self.condition(indicator, part) for part in (condition.when, condition.then, condition.otherwise)
                )
                return say("form.choice", self.lang, when=when, then=then, otherwise=otherwise)

    def subject(self, comparison: Comparison) -> str:
        """What a comparison is about: a measure's name, a share or number of children, of criteria."""
        match comparison:
            case MeasureCondition(measure=measure):
                return self.measures[measure].name.text(self.lang)
            case ShareCondition(share_of=which) | CountCondition(count_of=which):
                key = "form.share" if isinstance(comparison, ShareCondition) else "form.count"
                return say(key, self.lang, levels=_levels(which.level, self.lang), pack=self.title(which.meeting))
            case UnmetShareCondition(unmet_share_of=pack):
                return say("form.unmet_share", self.lang, pack=self.title(pack))
        assert isinstance(comparison, TotalCondition)
        terms = [self.measures[name].name.text(self.lang) for name in comparison.measures]
        for term in comparison.points:
            points = format_number(term.points, self.lang)
            terms.append(say("form.points", self.lang, points=points, code=term.indicator))
        if (most := comparison.never_above) is not None:
            return say("form.total_up_to", self.lang, terms=" + ".join(terms), most=most.text(self.lang))
        return say("form.total", self.lang, terms=" + ".join(terms))

    def _inner(self, indicator: Indicator, condition: ConditionModel) -> str:
        text = self.condition(indicator, condition)
        return f"({text})" if isinstance(condition, AllCondition) else text

    def compared(self, indicator: Indicator, condition: Comparison) -> str:
        """The comparison with its threshold: ``≥ 65 %``."""
        unit, levels = self.unit_of(condition), self.levels_of(condition)
        return self.threshold(indicator, condition.threshold, unit, SIGNS[condition.op], levels)

    def levels_of(self, condition: Comparison) -> tuple[LevelName, ...]:
        """The names of the levels of what is compared, where it is a measure that has such."""
        return self.measures[condition.measure].names if isinstance(condition, MeasureCondition) else ()

    def unit_of(self, condition: Comparison) -> str:
        """The unit in which the two sides of a comparison are given; none for a count."""
        return "" if isinstance(condition, CountCondition) else unit_asked(condition, self.measures)

    def threshold(
        self,
        indicator: Indicator,
        threshold: AnyThreshold,
        unit: str,
        sign: str,
        levels: tuple[LevelName, ...] = (),
    ) -> str:
        """A threshold: the row that applies where it is known which, else every row."""
        if not isinstance(threshold, Table):
            return self.leaf(indicator, threshold, unit, sign, levels)
        key = self._key(threshold)
        found = threshold.row(key) if key is not None else None
        if found is not None:
            return self.threshold(indicator, found[1], unit, sign, levels)
        if key is not None:
            return say("form.no_row", self.lang)
        grouped: dict[str, list[str]] = {}
        rows = [*threshold.rows.items(), *([("otherwise", threshold.otherwise)] if threshold.otherwise else [])]
        for label, inner in rows:
            grouped.setdefault(self.threshold(indicator, inner, unit, sign, levels), []).append(
                self.row(threshold.attribute or threshold.by, label)
            )
        if len(grouped) == 1:
            return next(iter(grouped))
        return "; ".join(f"{text} ({', '.join(labels)})" for text, labels in grouped.items())

    def leaf(
        self, indicator: Indicator, leaf: AnyLeaf, unit: str = "", sign: str = "", levels: tuple[LevelName, ...] = ()
    ) -> str:
        """The end of a threshold, marked where nobody has checked it against the decision."""
        match leaf:
            case Figure():
                amount = leaf.value if leaf.value.unit else Amount(leaf.value.value, unit)
                checked = self.pack.source_of(indicator, leaf).verification.reaches(Verification.SECONDARY)
                mark = "" if checked else f" ({say('form.unchecked', self.lang)})"
                return f"{sign} {by_level(levels, amount, self.lang) or amount.text(self.lang)}{mark}"
            case Delegated(average=average) if average is not None:
                return say("form.delegated_average", self.lang, average=f"{sign} {average.text(self.lang)}".strip())
            case Delegated():
                return say("form.delegated", self.lang)
            case Untranscribed():
                return say("form.untranscribed", self.lang)
            case Multiple():
                times, (pack, code) = format_number(leaf.times, self.lang), leaf.target
                return f"{sign} {say('form.multiple', self.lang, times=times, code=code, pack=self.title(pack))}"

    def row(self, table: str, label: str) -> str:
        """A row of a table in words; ``table`` is region, group, year, level or the name of an attribute."""
        if label == "otherwise":
            return say("row.otherwise", self.lang)
        if table == "region":
            return Region(label).text(self.lang)
        if table == "group":
            return Group(label).text(self.lang)
        if table == "level":
            return Level(label).text(self.lang)
        if table == "year":
            return label
        declared = self.pack.attributes.get(table)
        name = declared.name.text(self.lang) if declared else table
        return f"{name}: {fact_text({'true': True, 'false': False}.get(label, label), self.lang)}"

    def _key(self, table: Table) -> str | None:
        match table.by:
            case "year":
                return str(self.day.year) if self.day else None
            case "level":
                levels = (self.setting.level,) if self.setting.level else self.pack.applies_to
                return levels[0].value if len(levels) == 1 else None
            case "region":
                region = self._region()
                return region.value if region else None
            case "group":
                group = self.pack.as_group or self.setting.group
                return group.value if group else None
            case "attribute":
                value = self._attribute(table.attribute)
                return str(value).lower() if isinstance(value, bool) else value

    def _attribute(self, name: str) -> bool | str | None:
        if self.setting.level is None:
            return None
        if name == GROUP:
            group = self.pack.as_group or self.setting.group
            return group.value if group else None
        declared = self.pack.attributes.get(name)
        return self.setting.attributes.get(name, declared.absent(self.setting.level) if declared else None)

    def _region(self) -> Region | None:
        """The region whose row applies; a rule of the pack may send the unit to another one."""
        if self.setting.level is None:
            return None
        rules = self.pack.region_rules_on(self.day) if self.day else self.pack.region_rules
        for rule in rules:
            holds = self._holds(rule.when)
            if holds and not self.day and not rule.valid.always:
                holds = None
            if holds is not False:
                return rule.region if holds else None
        return self.setting.region

    def _holds(self, condition: ConditionModel) -> bool | None:
        match condition:
            case AttributeCondition():
                value = self._attribute(condition.attribute)
                return None if value is None else value == condition.value
            case AllCondition():
                return _fold([self._holds(part) for part in condition.all], absorbing=False)
            case AnyCondition():
                return _fold([self._holds(part) for part in condition.any], absorbing=True)
        return None


def _fold(values: list[bool | None], *, absorbing: bool) -> bool | None:
    if absorbing in values:
        return absorbing
    return None if None in values else not absorbing


def _levels(levels: tuple[Level, ...], lang: Lang) -> str:
    return ", ".join(level.text(lang) for level in levels)


def fact_text(value: bool | str, lang: Lang) -> str:
    """What a unit is said to be: yes, no, or a word of its own."""
    return say("form.yes" if value else "form.no", lang) if isinstance(value, bool) else value
