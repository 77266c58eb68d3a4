"""Packs as a pack file spells them: the way back from the models to plain data."""

from __future__ import annotations

from typing import Any

from ..messages import Text
from ..quantity.amount import Amount
from .condition import (
    GROUP,
    AllCondition,
    AnyCondition,
    AtLeastCondition,
    AttributeCondition,
    Children,
    ChoiceCondition,
    Comparison,
    ConditionModel,
    CountCondition,
    EveryCondition,
    FindingCondition,
    MeasureCondition,
    MeetsCondition,
    Points,
    ShareCondition,
    TotalCondition,
    UnmetShareCondition,
)
from .indicator import Version
from .legal import LegalBasis, Source
from .period import Period
from .threshold import AnyThreshold, Delegated, Figure, Multiple, Table


def dump_text(text: Text) -> Any:
    """A text in both languages, or the one there is."""
    return {"vi": text.vi, "en": text.en} if text.vi and text.en else text.vi or {"en": text.en}


def dump_source(source: Source) -> dict[str, Any]:
    """A source without what it leaves out."""
    plain: dict[str, Any] = source.model_dump(mode="json", exclude_defaults=True)
    return {**plain, **({"note": dump_text(source.note)} if source.note else {})}


def dump_basis(basis: LegalBasis) -> dict[str, Any]:
    """A decision without what is not known of it."""
    plain = basis.model_dump(mode="json", exclude_defaults=True)
    return {**plain, **({"title": dump_text(basis.title)} if basis.title else {})}


def dump_period(period: Period) -> dict[str, Any]:
    """``{from: ..., to: ...}``"""
    ends = {"from": period.start, "to": period.end}
    return {name: day.isoformat() for name, day in ends.items() if day is not None}


def dump_threshold(threshold: AnyThreshold) -> Any:
    """A threshold in its short form where it has one.

    >>> from .threshold import Figure
    >>> dump_threshold(Figure(value="55 %"))
    '55 %'
    """
    if isinstance(threshold, Table):
        rows = {label: dump_threshold(inner) for label, inner in threshold.rows.items()}
        spelled: dict[str, Any] = {"by_attribute": threshold.attribute, "cases": rows}
        if threshold.by != "attribute":
            spelled = {f"by_{threshold.by}": rows}
        rest = {} if threshold.otherwise is None else {"otherwise": dump_threshold(threshold.otherwise)}
        return {**spelled, **rest}
    around: dict[str, Any] = {"source": dump_source(threshold.source)} if threshold.source else {}
    if threshold.note:
        around["note"] = dump_text(threshold.note)
    match threshold:
        case Figure():
            return {"value": _amount(threshold.value), **around} if around else _amount(threshold.value)
        case Multiple():
            return {"times": f"{threshold.times:f}", "threshold_of": threshold.threshold_of, **around}
        case _:
            kind = "delegated" if isinstance(threshold, Delegated) else "untranscribed"
            if isinstance(threshold, Delegated) and threshold.average is not None:
                around = {"average": _amount(threshold.average), **around}
            if not threshold.candidates and not around:
                return kind
            candidates = {"candidates": list(threshold.candidates)} if threshold.candidates else {}
            return {kind: True, **candidates, **around}


def dump_condition(condition: ConditionModel) -> dict[str, Any]:
    """A condition with its comparison as a key: ``{measure: m, at_least: 55 %}``."""
    compared = {condition.op.value: dump_threshold(condition.threshold)} if isinstance(condition, Comparison) else {}
    match condition:
        case MeasureCondition():
            return {"measure": condition.measure, **compared}
        case ShareCondition():
            return {"share_of": _children(condition.share_of), **compared}
        case CountCondition():
            return {"count_of": _children(condition.count_of), **compared}
        case UnmetShareCondition():
            among = {"including_any": list(condition.including_any)} if condition.including_any else {}
            return {"unmet_share_of": condition.unmet_share_of, **compared, **among}
        case TotalCondition():
            terms = [t if isinstance(t, str) else _points(t) for t in condition.total_of]
            most = {} if condition.never_above is None else {"never_above": _amount(condition.never_above)}
            return {"total_of": terms, **compared, **most}
        case EveryCondition():
            return {"every": _children(condition.every)}
        case FindingCondition():
            return {"finding": condition.finding}
        case AttributeCondition(attribute=attribute) if attribute == GROUP:
            return {GROUP: condition.value}
        case AttributeCondition():
            return {"attribute": condition.attribute, "is": condition.value}
        case MeetsCondition():
            return {"meets": condition.meets}
        case AllCondition():
            return {"all": [dump_condition(part) for part in condition.all]}
        case AnyCondition():
            return {"any": [dump_condition(part) for part in condition.any]}
        case AtLeastCondition():
            return {"at_least": condition.at_least, "of": [dump_condition(part) for part in condition.of]}
        case ChoiceCondition():
            parts = {"when": condition.when, "then": condition.then, "otherwise": condition.otherwise}
            return {key: dump_condition(part) for key, part in parts.items()}


def dump_version(version: Version) -> dict[str, Any]:
    """A dated version of an indicator."""
    return {
        "valid": dump_period(version.valid),
        **({"text": dump_text(version.text)} if version.text else {}),
        "requires": dump_condition(version.requires),
        **({"source": dump_source(version.source)} if version.source else {}),
        **({"note": dump_text(version.note)} if version.note else {}),
    }


def _points(term: Points) -> dict[str, Any]:
    whole = term.points == term.points.to_integral_value()
    return {"indicator": term.indicator, "points": int(term.points) if whole else f"{term.points:f}"}


def _children(children: Children) -> dict[str, Any]:
    levels = [level.value for level in children.level]
    spelt = {"level": levels[0] if len(levels) == 1 else levels, "meeting": children.meeting}
    return spelt if children.exempt else {**spelt, "exempt": False}


def _amount(amount: Amount) -> int | str:
    """A bare whole number as such, all else as a text, so that no digit is lost."""
    whole = amount.value == amount.value.to_integral_value() and abs(amount.value) < 10**15
    return int(amount.value) if whole and not amount.unit else amount.plain()
