"""Judges: each condition of a pack compiled, for one context, to a function from facts to a check.

Everything that does not depend on the facts is prepared once, down to the answers for "nothing reported".
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from decimal import Decimal
from typing import Literal

from ..assessment.model import (
    AttributeCheck,
    Check,
    ChildrenCheck,
    FindingCheck,
    GroupCheck,
    MeasureCheck,
    MeetsCheck,
    UnmetShareCheck,
)
from ..assessment.parts import Reason, ReasonCode, Required
from ..pack.condition import (
    AllCondition,
    AnyCondition,
    AtLeastCondition,
    AttributeCondition,
    Children,
    ChoiceCondition,
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
from ..pack.measure import Measure
from ..pack.model import Indicator
from ..quantity import Amount, difference
from ..snapshot.observation import FindingValue
from ..verdict import MET, NOT_APPLICABLE, NOT_MET, UNKNOWN, Verdict, at_least, choose, conjunction, disjunction
from .bounds import Bounds
from .facts import Facts, Heard
from .resolve import Resolver

Judge = Callable[[Facts, Heard], Check]

TESTS: dict[Op, Callable[[Decimal, Decimal], bool]] = {
    Op.AT_LEAST: operator.ge,
    Op.MORE_THAN: operator.gt,
    Op.AT_MOST: operator.le,
    Op.LESS_THAN: operator.lt,
    Op.EQUAL_TO: operator.eq,
}


def judge(condition: ConditionModel, indicator: Indicator, resolver: Resolver, measures: dict[str, Measure]) -> Judge:
    """The judge of one condition; ``indicator`` is the one it belongs to."""

    def inner(part: ConditionModel) -> Judge:
        return judge(part, indicator, resolver, measures)

    match condition:
        case MeasureCondition():
            measure = measures[condition.measure]
            return _measure(resolver.required(indicator, condition, measure.unit), measure)
        case FindingCondition():
            return _applicable if condition.finding == "applicable" else _finding(indicator)
        case AttributeCondition():
            return _attribute(condition, resolver)
        case MeetsCondition():
            return _meets(condition)
        case UnmetShareCondition():
            return _unmet_share(condition, resolver.required(indicator, condition, "percent"))
        case ShareCondition():
            return _children("share", condition.share_of, resolver.required(indicator, condition, "percent"))
        case CountCondition():
            return _children("count", condition.count_of, resolver.required(indicator, condition, "unit"))
        case EveryCondition():
            return _children("every", condition.every, None)
        case AllCondition():
            return _group("all", tuple(map(inner, condition.all)), conjunction)
        case AnyCondition():
            return _group("any", tuple(map(inner, condition.any)), disjunction)
        case AtLeastCondition():
            needed = condition.at_least
            parts = tuple(map(inner, condition.of))
            return _group("at_least", parts, lambda verdicts: at_least(needed, verdicts), needed)
        case ChoiceCondition():
            parts = tuple(map(inner, (condition.when, condition.then, condition.otherwise)))
            return _group("choice", parts, lambda verdicts: choose(*verdicts))


def _group(
    how: Literal["all", "any", "at_least", "choice"],
    judges: tuple[Judge, ...],
    combine: Callable[[list[Verdict]], Verdict],
    needed: int = 0,
) -> Judge:
    def check(facts: Facts, heard: Heard) -> Check:
        parts = [part(facts, heard) for part in judges]
        return GroupCheck(combine([part.verdict for part in parts]), how, tuple(parts), needed)

    return check


def _measure(required: Required, measure: Measure) -> Judge:
    name, measure_id, unit, read = measure.name, measure.id, measure.unit, measure.reader()
    reason = required.reason or Reason(ReasonCode.NOT_OBSERVED, name)
    silent = MeasureCheck(UNKNOWN, measure_id, name, unit, required, (), None, reason)
    if required.amount is None:

        def unresolved(facts: Facts, heard: Heard) -> Check:
            observed = facts.measures.get(measure_id)
            if not observed:
                return silent
            for one in observed:
                read(one.value)
            return MeasureCheck(UNKNOWN, measure_id, name, unit, required, observed, None, reason)

        return unresolved
    limit, test = required.amount.value, TESTS[required.op]
    gap_unit = "percentage_point" if unit == "percent" else unit
    differ = Reason(ReasonCode.CONFLICTING, name)

    def compared(facts: Facts, heard: Heard) -> Check:
        observed = facts.measures.get(measure_id)
        if not observed:
            return silent
        if len(observed) == 1 and test(read(observed[0].value), limit):
            return MeasureCheck(MET, measure_id, name, unit, required, observed)
        values = [read(one.value) for one in observed]
        passed = [test(value, limit) for value in values]
        if all(passed):
            return MeasureCheck(MET, measure_id, name, unit, required, observed)
        if any(passed):
            return MeasureCheck(UNKNOWN, measure_id, name, unit, required, observed, None, differ)
        gap = max(abs(difference(value, limit)) for value in values)
        return MeasureCheck(NOT_MET, measure_id, name, unit, required, observed, Amount(gap, gap_unit))

    return compared


def _finding(indicator: Indicator) -> Judge:
    answers: dict[FindingValue | None, Check] = {
        FindingValue.MET: FindingCheck(MET),
        FindingValue.NOT_MET: FindingCheck(NOT_MET),
        FindingValue.NOT_APPLICABLE: FindingCheck(UNKNOWN, "met", Reason(ReasonCode.EXCEPTION_NOT_PROVIDED)),
        None: FindingCheck(UNKNOWN, "met", Reason(ReasonCode.NOT_CONCLUDED, indicator.text)),
    }
    differ = FindingCheck(UNKNOWN, "met", Reason(ReasonCode.CONFLICTING, indicator.text))

    def check(facts: Facts, heard: Heard) -> Check:
        return differ if heard.differ else answers[heard.value]

    return check


_APPLIES, _DOES_NOT_APPLY = FindingCheck(MET, "applicable"), FindingCheck(NOT_MET, "applicable")


def _applicable(facts: Facts, heard: Heard) -> Check:
    """A content the law asks for "if any" applies unless the department concludes that it does not."""
    return _DOES_NOT_APPLY if heard.value is FindingValue.NOT_APPLICABLE else _APPLIES


def _attribute(condition: AttributeCondition, resolver: Resolver) -> Judge:
    declared = resolver.pack.attributes[condition.attribute]
    verdict, value = resolver.attribute_verdict(condition), resolver.attribute(condition.attribute)
    reason = Reason(ReasonCode.ATTRIBUTE_UNKNOWN, declared.name) if verdict is UNKNOWN else None
    answer = AttributeCheck(verdict, condition.attribute, declared.name, condition.value, value, reason)
    return lambda facts, heard: answer


def _meets(condition: MeetsCondition) -> Judge:
    def check(facts: Facts, heard: Heard) -> Check:
        pack = facts.pack(condition.meets)
        held, expired = facts.recognition(pack)
        if held is not None:
            return MeetsCheck(MET, pack.reference, pack.title, held.decision, held.on)
        if facts.snapshot.as_of not in pack.valid:
            nothing = Reason(ReasonCode.NO_THRESHOLD_HERE, pack.title)
            return MeetsCheck(UNKNOWN, pack.reference, pack.title, reason=nothing)
        other = facts.assess_pack(pack)
        reason = None
        if other.verdict is UNKNOWN:
            code = ReasonCode.RECOGNITION_EXPIRED if expired else ReasonCode.OTHER_PACK_UNKNOWN
            reason = Reason(code, pack.title, on=expired)
        return MeetsCheck(other.verdict, pack.reference, pack.title, "", None, other, reason)

    return check


def _unmet_share(condition: UnmetShareCondition, required: Required) -> Judge:
    named = frozenset(condition.including_any)

    def check(facts: Facts, heard: Heard) -> Check:
        pack = facts.pack(condition.unmet_share_of)
        if facts.snapshot.as_of not in pack.valid:
            nothing = Reason(ReasonCode.NO_THRESHOLD_HERE, pack.title)
            among_these = condition.including_any
            return UnmetShareCheck(
                UNKNOWN, pack.reference, pack.title, required, 0, including_any=among_these, reason=nothing
            )
        other = facts.assess_pack(pack)
        unmet = tuple(c.code for c in other.criteria if c.verdict is NOT_MET)
        open_ones = tuple(c.code for c in other.criteria if c.verdict is UNKNOWN)
        total = other.criteria_total
        verdict = UNKNOWN
        if not total:
            verdict = NOT_APPLICABLE
        elif required.amount is not None:
            verdict = Bounds(required.op, required.amount.value, total, share=True).verdict(len(unmet), len(open_ones))
        if named:
            among = MET if named & {*unmet} else UNKNOWN if named & {*open_ones} else NOT_MET
            verdict = conjunction((verdict, among))
        why = None
        if verdict is UNKNOWN:
            why = required.reason or Reason(ReasonCode.OTHER_PACK_UNKNOWN, other.title)
        return UnmetShareCheck(
            verdict, other.pack, other.title, required, total, unmet, open_ones, condition.including_any, other, why
        )

    return check


def _children(of: Literal["share", "count", "every"], children: Children, required: Required | None) -> Judge:
    levels, meeting = children.level, children.meeting
    unresolved = required.reason if required else None

    def check(facts: Facts, heard: Heard) -> Check:
        pack = facts.pack(meeting)
        standing = facts.children(levels, meeting)
        if standing is None:
            silent = unresolved or Reason(ReasonCode.CHILDREN_NOT_REPORTED, pack.title)
            return ChildrenCheck(UNKNOWN, of, levels, pack.reference, pack.title, required, reason=silent)
        total, met, unknown, failing_names, unknown_names, exempt, disagreement = standing
        needed: int | None = None
        missing: int | None = None
        reason: Reason | None = None
        verdict = UNKNOWN
        if total == 0 and of != "count":
            verdict = NOT_APPLICABLE
        elif required is None or required.amount is not None:
            bounds = _bounds(required, total, share=of == "share")
            verdict = bounds.verdict(met, unknown)
            if bounds.low > 0:
                needed, missing = bounds.low, max(0, bounds.low - met)
        if verdict is UNKNOWN:
            reason = unresolved or Reason(ReasonCode.CHILDREN_UNKNOWN, pack.title, unknown_names)
        return ChildrenCheck(
            verdict, of, levels, pack.reference, pack.title, required, total, met, unknown, needed, missing,
            failing_names, unknown_names, exempt, disagreement, reason,
        )  # fmt: skip

    return check


def _bounds(required: Required | None, total: int, share: bool) -> Bounds:
    if required is None or required.amount is None:
        return Bounds(Op.AT_LEAST, Decimal(100), total, share=True)
    return Bounds(required.op, required.amount.value, total, share)
