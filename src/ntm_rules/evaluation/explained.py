"""A form folded to functions from facts to checks: one unit judged, with its explanation.

Everything that does not depend on the facts is prepared once, down to the answers for "nothing reported". One
class, because each kind of form is one method.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from msgspec import structs

from ..assessment.check import AttributeCheck, ChildrenCheck, FindingCheck, MeasureCheck, TotalCheck, TotalTerm
from ..assessment.conflict import Conflict
from ..assessment.fixed import Fixed
from ..assessment.model import (
    Check,
    CriterionResult,
    DecidedBy,
    GroupCheck,
    IndicatorResult,
    MeetsCheck,
    UnmetShareCheck,
    reasons,
)
from ..assessment.parts import Reason, ReasonCode, Required
from ..pack.condition import GROUP, Op
from ..pack.measure import Measure
from ..quantity.amount import Amount
from ..quantity.number import difference, shown
from ..quantity.unit import unit_of_gap
from ..snapshot.observation import FindingValue
from ..verdict import MET, NOT_APPLICABLE, NOT_MET, UNKNOWN, Verdict, at_least, choose, conjunction, disjunction
from .algebra import Algebra
from .bounds import Bounds
from .conflicts import FOUND, agrees, of_criterion, of_indicator
from .derived import lacking
from .facts import NO_FINDINGS, EvaluationContext, FindingsByCode, FindingsSummary, Judge, summary_of
from .form import (
    Attribute,
    Children,
    Compare,
    Concluded,
    Criterion,
    Form,
    Group,
    Guarded,
    Holds,
    Named,
    Scored,
    Settled,
    Total,
    UnmetShare,
    Worth,
    walk,
)
from .intervals import TESTS, between, capped, summed
from .kept_answers import keeping
from .resolve import Resolver


class _Part(NamedTuple):
    """What a term brings to a sum, how that is told, and why it is open where it is."""

    low: Fraction | None
    high: Fraction | None
    told: TotalTerm
    reason: Reason | None


class Explained(Algebra[Any]):
    """Judges of one pack in one context."""

    def __init__(self, resolver: Resolver, fixed: Fixed) -> None:
        super().__init__()
        self.resolver, self.fixed = resolver, fixed
        self.asked: dict[str, Measure] = {}

    def compare(self, form: Compare) -> Judge:
        assert isinstance(form.required, Required)
        required, measure = form.required, form.measure
        self.asked[measure.id] = measure
        name, measure_id, unit, read = measure.name, measure.id, measure.unit, measure.reader()
        reason = required.reason or Reason(ReasonCode.NOT_OBSERVED, name)
        known = self.resolver.catalogue.measures_for(self.resolver.pack)
        silent = MeasureCheck(UNKNOWN, measure_id, name, unit, required, (), None, reason)

        def nothing(facts: EvaluationContext) -> Check:
            if measure.derived is None:
                return silent
            lacks = lacking(measure, facts.measures, known, facts.snapshot.as_of)
            return silent if lacks is None else structs.replace(silent, lacks=lacks)

        if required.amount is None:

            def unresolved(facts: EvaluationContext, findings: FindingsByCode) -> Check:
                observed = facts.measures.get(measure_id)
                if not observed:
                    return nothing(facts)
                for one in observed:
                    read(one.value)
                return MeasureCheck(UNKNOWN, measure_id, name, unit, required, observed, None, reason)

            return unresolved
        limit, test = required.amount.value, TESTS[required.op]
        gap_unit = unit_of_gap(unit)
        differ = Reason(ReasonCode.CONFLICTING, name)

        def compared(facts: EvaluationContext, findings: FindingsByCode) -> Check:
            observed = facts.measures.get(measure_id)
            if not observed:
                return nothing(facts)
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

    def concluded(self, form: Concluded) -> Judge:
        code, deaf = form.code, not form.heard
        if form.asks == "applicable":
            # A content the law asks for "if any" applies unless the department concludes that it does not.
            applies, does_not = FindingCheck(MET, "applicable"), FindingCheck(NOT_MET, "applicable")

            def applicable(facts: EvaluationContext, findings: FindingsByCode) -> Check:
                return does_not if _said(findings, code).value is FindingValue.NOT_APPLICABLE else applies

            return (lambda facts, findings: applies) if deaf else applicable
        answers: dict[FindingValue | None, Check] = {
            FindingValue.MET: FindingCheck(MET),
            FindingValue.NOT_MET: FindingCheck(NOT_MET),
            FindingValue.NOT_APPLICABLE: FindingCheck(UNKNOWN, "met", Reason(ReasonCode.EXCEPTION_NOT_PROVIDED)),
            None: FindingCheck(UNKNOWN, "met", Reason(ReasonCode.NOT_CONCLUDED, form.text)),
        }
        nothing = answers[None]
        differ = FindingCheck(UNKNOWN, "met", Reason(ReasonCode.CONFLICTING, form.text))

        def check(facts: EvaluationContext, findings: FindingsByCode) -> Check:
            hearing = _said(findings, code)
            return differ if hearing.differ else answers[hearing.value]

        return (lambda facts, findings: nothing) if deaf else check

    def attribute(self, form: Attribute) -> Judge:
        unknown = ReasonCode.GROUP_NOT_TOLD if form.attribute == GROUP else ReasonCode.ATTRIBUTE_UNKNOWN
        reason = Reason(unknown, form.name) if form.verdict is UNKNOWN else None
        answer = AttributeCheck(form.verdict, form.attribute, form.name, form.expected, form.value, reason)
        return lambda facts, findings: answer

    def holds(self, form: Holds) -> Judge:
        reference = form.reference

        def check(facts: EvaluationContext, findings: FindingsByCode) -> Check:
            pack = facts.pack(reference)
            held, expired = facts.recognition(pack)
            if held is not None:
                return MeetsCheck(MET, pack.reference, pack.title, held.decision, held.on)
            if facts.snapshot.as_of not in pack.valid:
                nothing = Reason(ReasonCode.NO_THRESHOLD_HERE, pack.title, recognition_settles=True)
                return MeetsCheck(UNKNOWN, pack.reference, pack.title, reason=nothing)
            other = facts.assess_pack(pack)
            reason = None
            if other.verdict is UNKNOWN:
                code = ReasonCode.RECOGNITION_EXPIRED if expired else ReasonCode.OTHER_PACK_UNKNOWN
                reason = Reason(code, pack.title, on=expired, recognition_settles=True)
            return MeetsCheck(other.verdict, pack.reference, pack.title, "", None, other, reason)

        return check

    def unmet_share(self, form: UnmetShare) -> Judge:
        reference, required, including_any = form.reference, form.required, form.including_any
        named = frozenset(including_any)

        def check(facts: EvaluationContext, findings: FindingsByCode) -> Check:
            pack = facts.pack(reference)
            if facts.snapshot.as_of not in pack.valid:
                nothing = Reason(ReasonCode.NO_THRESHOLD_HERE, pack.title)
                return UnmetShareCheck(
                    UNKNOWN, pack.reference, pack.title, required, 0, including_any=including_any, reason=nothing
                )
            other = facts.assess_pack(pack)
            unmet = tuple(c.code for c in other.criteria if c.verdict is NOT_MET)
            open_ones = tuple(c.code for c in other.criteria if c.verdict is UNKNOWN)
            total = other.criteria_total
            verdict = UNKNOWN
            if not total:
                verdict = NOT_APPLICABLE
            elif required.amount is not None:
                verdict = Bounds(required.op, required.amount.value, total, share=True).verdict(
                    len(unmet), len(open_ones)
                )
            if named:
                among = MET if named & {*unmet} else UNKNOWN if named & {*open_ones} else NOT_MET
                verdict = conjunction((verdict, among))
            why = None
            if verdict is UNKNOWN:
                why = required.reason or Reason(ReasonCode.OTHER_PACK_UNKNOWN, other.title)
            return UnmetShareCheck(
                verdict, other.pack, other.title, required, total, unmet, open_ones, including_any, other, why
            )

        return check

    def children(self, form: Children) -> Judge:
        of, required = form.of, form.required
        levels, meeting = form.levels, form.meeting
        unresolved = required.reason if required else None

        def check(facts: EvaluationContext, findings: FindingsByCode) -> Check:
            pack = facts.pack(meeting)
            below = form.among(facts.children(levels, meeting))
            total, met, unknown = below.total, below.met, below.unknown
            needed: int | None = None
            missing: int | None = None
            reason: Reason | None = None
            verdict = UNKNOWN
            if below.open_total:
                # Of an unknown number of children neither a share nor a count says anything.
                parts = [form.among(facts.children((level,), meeting)) for level in levels]
                untold = any(part.open_total and not part.total for part in parts)
                told = ReasonCode.CHILDREN_NOT_REPORTED if untold else ReasonCode.CHILDREN_TOTAL_OPEN
                reason = unresolved or Reason(told, pack.title)
            elif total == 0 and of != "count":
                verdict = NOT_APPLICABLE
            elif required is None or required.amount is not None:
                bounds = _bounds(required, total, share=of == "share")
                verdict = bounds.verdict(met, unknown)
                if bounds.low > 0:
                    needed, missing = bounds.low, max(0, bounds.low - met)
            if verdict is UNKNOWN and reason is None:
                reason = unresolved or Reason(ReasonCode.CHILDREN_UNKNOWN, pack.title, below.unknown_names)
            known = None if below.open_total and not total else total
            return ChildrenCheck(
                verdict, of, levels, pack.reference, pack.title, required, known, met, unknown, needed, missing,
                below.held, below.judged, below.reported, below.reported_not_met, below.open_total,
                below.failing_names, below.unknown_names, below.held_not_met, below.exempt, below.contradictions,
                below.not_given, below.counted_all_the_same, reason, below.doubted_names,
            )  # fmt: skip

        return check

    def group(self, form: Group) -> Judge:
        judges, how, needed = tuple(map(self.fold, form.parts)), form.how, form.needed
        combine: Callable[[list[Verdict]], Verdict] = {
            "all": conjunction,
            "any": disjunction,
            "at_least": lambda verdicts: at_least(needed, verdicts),
            "choice": _chosen,
        }[how]

        def check(facts: EvaluationContext, findings: FindingsByCode) -> Check:
            parts = [part(facts, findings) for part in judges]
            return GroupCheck(combine([part.verdict for part in parts]), how, tuple(parts), needed)

        return check

    def total(self, form: Total) -> Judge:
        unit, required = form.unit, form.required
        terms = tuple(self._term(term, unit) for term in form.terms)
        limit = None if required.amount is None else Fraction(required.amount.value)
        most, bound = form.most, _amount(form.most, unit)

        def check(facts: EvaluationContext, findings: FindingsByCode) -> Check:
            parts = [term(facts, findings) for term in terms]
            low, high = summed(part.low for part in parts), summed(part.high for part in parts)
            verdict, gap, reason = UNKNOWN, None, required.reason
            if most is not None and low is not None and low > most:
                ends = tuple(one.text() for one in (_amount(low, unit), bound) if one is not None)
                reason = Reason(ReasonCode.SUM_IMPOSSIBLE, candidates=ends)
            elif limit is not None:
                high = capped(high, most)
                verdict = between(required.op, limit, low, high)
                if verdict is NOT_MET:
                    gap = min(abs(end - limit) for end in (low, high) if end is not None)
                elif verdict is UNKNOWN:
                    reason = next(part.reason for part in parts if part.reason is not None)
            told = tuple(part.told for part in parts)
            span = _amount(low, unit), _amount(high, unit)
            return TotalCheck(verdict, unit, required, told, *span, bound, _amount(gap, unit_of_gap(unit)), reason)

        return check

    def _term(self, term: Scored | Worth, unit: str) -> Callable[[EvaluationContext, FindingsByCode], _Part]:
        if isinstance(term, Worth):
            item, judge, points = term.named.item, self.fold(term.named), Fraction(term.points)
            reason = Reason(ReasonCode.POINTS_OPEN, item.text)

            def earned(facts: EvaluationContext, findings: FindingsByCode) -> _Part:
                verdict = judge(facts, findings).verdict
                low, high = points if verdict is MET else Fraction(0), Fraction(0) if verdict is NOT_MET else points
                told = TotalTerm(item.text, "", item.code, (), _amount(low, unit), _amount(high, unit))
                return _Part(low, high, told, reason if low != high else None)

            return earned
        measure, times, read = term.measure, term.times, term.measure.reader()
        self.asked[measure.id] = measure
        ends = measure.domain.low, measure.domain.high
        low, high = (None if end is None else Fraction(end) * times for end in ends)
        silent = TotalTerm(measure.name, measure.id, "", (), _amount(low, unit), _amount(high, unit))
        missing = _Part(low, high, silent, Reason(ReasonCode.NOT_OBSERVED, measure.name))
        differ = Reason(ReasonCode.CONFLICTING, measure.name)

        def scored(facts: EvaluationContext, findings: FindingsByCode) -> _Part:
            observed = facts.measures.get(measure.id)
            if not observed:
                return missing
            values = sorted(Fraction(read(one.value)) * times for one in observed)
            least, most = values[0], values[-1]
            told = TotalTerm(measure.name, measure.id, "", observed, _amount(least, unit), _amount(most, unit))
            return _Part(least, most, told, differ if least != most else None)

        return scored

    def settled(self, form: Settled) -> Judge:
        """The check: how a finding settles it, or an exception undoes it, is told by what has the code."""
        check: Judge = self.fold(form.check)
        return check

    def guarded(self, form: Guarded) -> Judge:
        check: Judge = self.fold(form.check)
        return check

    def named(self, form: Named) -> Judge:
        item, asked = form.item, form.form
        code, text, agency, note = item.code, item.text, item.agency, item.note or ""
        citation = self.resolver.citation(form.pack.source_of(item))
        assert isinstance(asked, (Settled, Guarded))
        requires: Judge = self.fold(asked)
        guard: Judge | None = self.fold(asked.guard) if isinstance(asked, Guarded) else None
        despite: Judge | None = self.fold(asked.despite) if isinstance(asked, Guarded) else None
        only_finding = isinstance(asked.check, Concluded)
        contradictable = any(_contradictable(part) for part in walk(asked.check))
        may_be_excepted = isinstance(asked, Guarded) and any(isinstance(part, Concluded) for part in walk(asked.guard))

        def result(facts: EvaluationContext, findings: FindingsByCode) -> IndicatorResult:
            return told(facts, findings, requires(facts, findings))

        def told(facts: EvaluationContext, findings: FindingsByCode, check: Check) -> IndicatorResult:
            said = findings.get(code)
            hearing = summary_of(said) if said else NO_FINDINGS
            verdict = check.verdict
            decided_by: DecidedBy = "finding" if only_finding else "measurement"
            applicable: Check | None = None
            why: tuple[Reason, ...] = ()
            if guard is not None and despite is not None:
                applicable = (despite if verdict.decided else guard)(facts, findings)
            if verdict is UNKNOWN and hearing.value in FOUND:
                verdict, decided_by = FOUND[hearing.value], "finding"
            if applicable is not None and applicable.verdict is NOT_MET:
                verdict, decided_by = NOT_APPLICABLE, "exception"
            elif applicable is not None and applicable.verdict is UNKNOWN and verdict is not MET:
                # Whether the content applies at all is open, so a failure is not certain; a pass is neutral anyway.
                verdict, why = UNKNOWN, tuple(reasons(applicable))
            if verdict is UNKNOWN:
                decided_by, why = "nothing", tuple(dict.fromkeys((*why, *reasons(check))))
            conflicts: tuple[Conflict, ...] = ()
            if (said and not agrees(check, hearing)) or facts.several or contradictable:
                conflicts = of_indicator(code, text, check, hearing, may_be_excepted)
            return IndicatorResult(
                code, text, verdict, decided_by, citation, check, applicable, hearing.findings, conflicts, why,
                agency, note,
            )  # fmt: skip

        if guard is not None or contradictable:
            return keeping(form, result, self.fixed)

        # Most indicators are a figure or a conclusion that nothing contradicts: they take a short way.
        def measured(facts: EvaluationContext, findings: FindingsByCode) -> IndicatorResult:
            if code in findings or facts.several:
                return result(facts, findings)
            check = requires(facts, findings)
            verdict = check.verdict
            if verdict is UNKNOWN or verdict is NOT_APPLICABLE:
                return told(facts, findings, check)
            return IndicatorResult(code, text, verdict, "measurement", citation, check, None, (), (), (), agency, note)

        answers = {value: FindingCheck(verdict) for value, verdict in FOUND.items() if value is not None}

        def concluded(facts: EvaluationContext, findings: FindingsByCode) -> IndicatorResult:
            said = findings.get(code)
            answer = answers.get(said[0].finding) if said and len(said) == 1 else None
            if answer is None or said is None:
                return result(facts, findings)
            return IndicatorResult(
                code, text, answer.verdict, "finding", citation, answer, None, said, (), (), agency, note
            )

        return keeping(form, concluded if only_finding else measured, self.fixed)

    def criterion(self, form: Criterion) -> Judge:
        item = form.item
        code, title, agency, note = item.code, item.title, item.agency, item.note or ""
        members: tuple[Judge, ...] = tuple(map(self.fold, form.members))
        own_finding = isinstance(form.whole, Settled)
        source = form.pack.criterion_source(item)
        citation = self.resolver.citation(source) if source else None
        incomplete, contents = item.incomplete, item.contents
        untranscribed = Reason(ReasonCode.CONTENTS_UNTRANSCRIBED, title)
        all_met = [MET] * len(members)

        def result(facts: EvaluationContext, findings: FindingsByCode) -> CriterionResult:
            indicators = tuple([member(facts, findings) for member in members])
            verdicts = [indicator.verdict for indicator in indicators]
            if incomplete:
                verdicts.append(UNKNOWN)
            verdict = MET if verdicts == all_met else conjunction(verdicts)
            decided_by: DecidedBy = "indicators"
            said = findings.get(code) if own_finding else None
            if verdict is MET and not said:
                return CriterionResult(
                    code, title, MET, "indicators", indicators, (), (), (), citation, False, contents, agency, note
                )
            hearing = summary_of(said) if said else NO_FINDINGS
            conflicts: tuple[Conflict, ...] = ()
            why: tuple[Reason, ...] = ()
            if said:
                conflicts = of_criterion(code, title, verdict, hearing)
                if verdict is UNKNOWN and hearing.value in FOUND:
                    verdict, decided_by = FOUND[hearing.value], "finding"
            if verdict is UNKNOWN:
                decided_by = "nothing"
                why = (untranscribed,) if incomplete else ()
                if hearing.differ:
                    why = (*why, Reason(ReasonCode.CONFLICTING, title))
            return CriterionResult(
                code, title, verdict, decided_by, indicators, hearing.findings, conflicts, why, citation,
                incomplete, contents, agency, note,
            )  # fmt: skip

        return keeping(form, result, self.fixed)


def _contradictable(form: Form) -> bool:
    """Whether what is told of one fact may contradict itself: reports of children, sums that can be only so much."""
    return isinstance(form, Children) or (isinstance(form, Total) and form.most is not None)


def _amount(value: Fraction | None, unit: str) -> Amount | None:
    return None if value is None else Amount(shown(value), unit)


def _said(findings: FindingsByCode, code: str) -> FindingsSummary:
    said = findings.get(code)
    return summary_of(said) if said else NO_FINDINGS


def _chosen(verdicts: list[Verdict]) -> Verdict:
    guard, then, otherwise = verdicts
    return choose(guard, then, otherwise)


def _bounds(required: Required | None, total: int, share: bool) -> Bounds:
    if required is None or required.amount is None:
        return Bounds(Op.AT_LEAST, Decimal(100), total, share=True)
    return Bounds(required.op, required.amount.value, total, share)
