"""A form folded to functions from facts to checks: one unit judged, with its explanation.

Everything that does not depend on the facts is prepared once, down to the answers for "nothing reported".
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any, NamedTuple

from msgspec import structs

from ..assessment.doubt import Doubt
from ..assessment.fixed import Fixed
from ..assessment.model import (
    Assessment,
    AttributeCheck,
    Check,
    ChildrenCheck,
    Conflict,
    CriterionResult,
    DecidedBy,
    FindingCheck,
    GroupCheck,
    IndicatorResult,
    MeasureCheck,
    MeetsCheck,
    TotalCheck,
    TotalTerm,
    UnitRef,
    UnmetShareCheck,
    reasons,
)
from ..assessment.parts import Reason, ReasonCode, Required, Responsible
from ..assessment.writing import Fragments
from ..errors import EvaluationError, Place, Problem
from ..pack.catalogue import Catalogue
from ..pack.codes import read_code
from ..pack.condition import GROUP, Op
from ..pack.measure import Measure
from ..pack.model import Pack
from ..quantity.amount import Amount
from ..quantity.number import difference, shown
from ..quantity.unit import unit_of_gap
from ..recent import Recent
from ..snapshot.observation import Finding, FindingValue, Observation
from ..verdict import MET, NOT_APPLICABLE, NOT_MET, UNKNOWN, Verdict, at_least, choose, conjunction, disjunction
from .algebra import Algebra
from .axes import stretch
from .bounds import Bounds
from .conflicts import FOUND, agrees, of_criterion, of_indicator
from .derived import lacking
from .doubts import doubts
from .facts import NO_FINDINGS, EvaluationContext, FindingsSummary, summary_of
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
    Open,
    Scored,
    Settled,
    Total,
    UnmetShare,
    Whole,
    Worth,
    walk,
)
from .lowering import lowered
from .provenance import made_by
from .resolve import Context, Resolver

FindingsByCode = Mapping[str, tuple[Finding, ...]]
Observed = tuple[Observation, ...]
# From a unit's facts, and the findings on the pack, to a check or result.
Judge = Callable[[EvaluationContext, FindingsByCode], Any]

TESTS: dict[Op, Callable[[Any, Any], bool]] = {
    Op.AT_LEAST: operator.ge,
    Op.MORE_THAN: operator.gt,
    Op.AT_MOST: operator.le,
    Op.LESS_THAN: operator.lt,
    Op.EQUAL_TO: operator.eq,
}


# Of what bare conclusions come to, so many answers are kept for each result; of other facts so many of the last.
_KEPT, _LAST = 12, 32
_SOUND = 256
_BARE = frozenset((None, *((Finding(finding=value),) for value in FindingValue)))


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
        silent = MeasureCheck(UNKNOWN, measure_id, name, unit, required, (), None, reason)

        def nothing(facts: EvaluationContext) -> Check:
            if measure.derived is None:
                return silent
            lacks = lacking(measure, facts.measures, facts.catalogue, facts.snapshot.as_of)
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
            low, high = _sum(part.low for part in parts), _sum(part.high for part in parts)
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

    def open(self, form: Open) -> Judge:
        return lambda facts, findings: FindingCheck(UNKNOWN)

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
            return self._kept(form, result)

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

        return self._kept(form, concluded if only_finding else measured)

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

        return self._kept(form, result)

    def _kept(self, form: Named | Criterion, judge: Judge) -> Judge:
        """The judge, which keeps its answers: where no figure was reported, and bare conclusions at most, for good; of
        a criterion so many of the last.

        They are the same objects each time, so that they are written and told once as well.
        """
        inner = [part for named in getattr(form, "members", (form,)) for part in walk(named)]
        inner += [part for one in inner if isinstance(one, Guarded) for part in walk(one.despite)]
        if any(isinstance(part, (Holds, Children, UnmetShare)) for part in inner):
            self.fixed.anew.add(form.item.code)
            return judge
        terms = [term for part in inner if isinstance(part, Total) for term in part.terms]
        compared = [one.measure for one in (*inner, *terms) if isinstance(one, (Compare, Scored))]
        made_of = [part for one in compared if one.derived is not None for part in (one.derived.of, one.derived.over)]
        measures = frozenset((*(one.id for one in compared), *made_of))
        asked = {one.code for one in inner if isinstance(one, (Concluded, Settled))}
        codes = sorted(asked | {one.item.code for one in (form, *inner) if isinstance(one, (Named, Criterion))})
        kept: dict[tuple[tuple[Finding, ...] | None, ...], Any] = {}

        def known(facts: EvaluationContext, findings: FindingsByCode) -> Any:
            if not facts.measures.keys().isdisjoint(measures):
                return judge(facts, findings)
            said = tuple(map(findings.get, codes))
            answer = kept.get(said)
            if answer is None:
                answer = judge(facts, findings)
                if len(kept) < _KEPT and _BARE.issuperset(said):
                    kept[said] = answer
                    self.fixed.hold(answer)
            return answer

        if isinstance(form, Named):
            return known
        if made_of:
            # What follows from other figures does so by the day as well.
            self.fixed.anew.add(form.item.code)
            return known
        return _again(known, codes, sorted(measures))


def _again(judge: Judge, codes: list[str], measures: list[str]) -> Judge:
    """The judge, which gives the last answers again where the facts are the same objects.

    So they are where the same text was read, as when one figure of a unit is changed and all is judged again.
    """
    # Under the identity of the facts, which stays certain because they are held.
    last = Recent[tuple[int, ...], tuple[object, Any]](_LAST)

    def again(facts: EvaluationContext, findings: FindingsByCode) -> Any:
        figures = facts.measures
        same = (*map(id, map(findings.get, codes)), *map(id, map(figures.get, measures)))
        seen = last.get(same)
        if seen is None:
            given = (*map(findings.get, codes), *map(figures.get, measures))
            seen = last.keep(same, (given, judge(facts, findings)))
        return seen[1]

    return again


class Program:
    """What judging a pack in a context comes to. Built once, run for every unit of that context."""

    def __init__(self, whole: Whole, context: Context, catalogue: Catalogue) -> None:
        pack = self.pack = whole.pack
        self.context = context
        resolver = Resolver(pack, context, catalogue)
        self._fragments = Fragments()
        judges = Explained(resolver, self._fragments.fixed)
        self.region, self.rule = resolver.region, resolver.region_rule
        self.group, self.group_rule = resolver.group, resolver.group_rule
        self._group_citation = resolver.citation(self.group_rule.source) if self.group_rule else None
        open_facts, self._group_several = resolver.group_open()
        self._group_facts = tuple(map(pack.attribute_name, open_facts))
        self._rule_citation = resolver.citation(self.rule.source) if self.rule else None
        self._prerequisites: tuple[Judge, ...] = tuple(map(judges.fold, whole.prerequisites))
        self._criteria: tuple[Judge, ...] = tuple(map(judges.fold, whole.criteria))
        self._grades: tuple[Judge, ...] = tuple(map(judges.fold, whole.grades))
        # With what was observed and raised no doubt, by identity.
        self._asked = tuple((name, one, Recent[int, Observed](_SOUND)) for name, one in judges.asked.items())
        self._authorities = tuple(
            (one.valid, Responsible(one.act, one.who, resolver.citation(one.source))) for one in pack.authorities
        )
        # Who is responsible on the day last asked about.
        self._on: tuple[date | None, tuple[Responsible, ...]] = None, ()
        codes = [item.code for item in pack.coded()]
        self._made_by = made_by(pack, catalogue, pack._written)
        self._codes = frozenset((*codes, *(criterion.code for criterion in pack.criteria)))

    def run(self, facts: EvaluationContext) -> Assessment:
        """The assessment of one unit.

        Raises:
            EvaluationError: a finding on a code the pack does not have.
        """
        findings = self._findings(facts)
        prerequisites = tuple([prerequisite(facts, findings) for prerequisite in self._prerequisites])
        criteria = tuple([criterion(facts, findings) for criterion in self._criteria])
        verdict = conjunction([*(item.verdict for item in prerequisites), *(item.verdict for item in criteria)])
        unit, pack, rule, seen = facts.snapshot.unit, self.pack, self.rule, facts.measures
        return Assessment(
            pack.reference,
            pack.title,
            UnitRef(unit.id, unit.level, unit.name, unit.province or "", unit.region, unit.group),
            facts.snapshot.as_of,
            verdict,
            prerequisites,
            criteria,
            self.context.trust,
            self.region,
            rule.text if rule else None,
            self._rule_citation,
            pack.incomplete,
            pack.notes,
            self.group,
            self.group_rule.group if self.group_rule else None,
            self.group_rule.text if self.group_rule else None,
            self._group_citation,
            restates=pack.restates,
            grades=tuple([grade(facts, findings) for grade in self._grades]),
            doubts=tuple(self._doubts(seen, facts.snapshot.as_of)),
            group_facts=self._group_facts,
            group_several=self._group_several,
            made_by=self._made_by,
            authorities=self._responsible(facts.snapshot.as_of),
        ).written_by(self._fragments)

    def _responsible(self, day: date) -> tuple[Responsible, ...]:
        known = self._on
        if known[0] != day:
            known = self._on = day, tuple([who for valid, who in self._authorities if day in valid])
        return known[1]

    def _doubts(self, seen: Mapping[str, Observed], day: date) -> Iterator[Doubt]:
        for name, measure, sound in self._asked:
            observed = seen.get(name)
            if observed is None or id(observed) in sound:
                continue
            found = tuple(doubts(measure, observed, day))
            if not found and all(one.on is None for one in observed):
                sound.keep(id(observed), observed)
            yield from found

    def _findings(self, facts: EvaluationContext) -> FindingsByCode:
        pack, given = self.pack, facts.snapshot.findings
        found: FindingsByCode = given.get(pack.id, {})
        for name in pack.names[1:]:
            if more := given.get(name):
                found = {code: (*found.get(code, ()), *more.get(code, ())) for code in (*found, *more)}
        return found if self._codes.issuperset(found) else self._spelled(found, facts)

    def _spelled(self, given: FindingsByCode, facts: EvaluationContext) -> FindingsByCode:
        """Findings under the pack's own codes, of some that were given as people write them."""
        found: dict[str, tuple[Finding, ...]] = {}
        problems: list[Problem] = []
        for code, findings in sorted(given.items()):
            meant = read_code(code, self._codes, self.pack.reference)
            if isinstance(meant, Problem):
                problems.append(meant.at(Place(path=f"{facts.snapshot.unit.id}.findings.{self.pack.id}.{code}")))
            else:
                found[meant] = (*found.get(meant, ()), *findings)
        if problems:
            raise EvaluationError(*problems)
        return found


def _contradictable(form: Form) -> bool:
    """Whether what is told of one fact may contradict itself: reports of children, sums that can be only so much."""
    return isinstance(form, Children) or (isinstance(form, Total) and form.most is not None)


def _sum(terms: Iterable[Fraction | None]) -> Fraction | None:
    # Over one denominator, and reduced once: most terms are whole, or of the same few decimals.
    above, below = 0, 1
    for term in terms:
        if term is None:
            return None
        more = term.denominator
        if below % more:
            above, below = above * more, below * more
        above += term.numerator * (below // more)
    return Fraction(above, below)


def _amount(value: Fraction | None, unit: str) -> Amount | None:
    return None if value is None else Amount(shown(value), unit)


def capped(high: Fraction | None, most: Fraction | None) -> Fraction | None:
    """The most that something can be which cannot be more than ``most``; ``None`` is no bound."""
    return high if most is None else most if high is None else min(high, most)


def between(
    op: Op, limit: Fraction, low: Fraction | None, high: Fraction | None, most: Fraction | None = None
) -> Verdict:
    """What something between two ends, ``None`` being boundless, comes to against a limit.

    What cannot be more than ``most`` and is said to be so decides nothing.

    >>> between(Op.AT_LEAST, Fraction(50), Fraction(40), Fraction(60))
    <Verdict.UNKNOWN: 'UNKNOWN'>
    >>> between(Op.AT_LEAST, Fraction(50), Fraction(120), Fraction(120), most=Fraction(100))
    <Verdict.UNKNOWN: 'UNKNOWN'>
    """
    if most is not None and low is not None and low > most:
        return UNKNOWN
    high = capped(high, most)
    if op is Op.EQUAL_TO:
        if low == high == limit:
            return MET
        return NOT_MET if (low is not None and low > limit) or (high is not None and high < limit) else UNKNOWN
    test = TESTS[op]
    worst, best = (low, high) if op.wants == "higher" else (high, low)
    if worst is not None and test(worst, limit):
        return MET
    return NOT_MET if best is not None and not test(best, limit) else UNKNOWN


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


@lru_cache(maxsize=512)
def compiled(pack: Pack, context: Context, catalogue: Catalogue, written: str) -> Program:
    """The last ones used are kept, so that many units of one context compile once.

    Equal packs may be ``written`` otherwise, and an answer says as it stands there.
    """
    return Program(lowered(pack, context, catalogue), context, catalogue)


def program(pack: Pack, context: Context, catalogue: Catalogue) -> Program:
    """The compiled pack of a context: one for all the days between which nothing reads differently."""
    return compiled(pack, context._replace(on=stretch(pack, context.on, catalogue)), catalogue, pack._written)
