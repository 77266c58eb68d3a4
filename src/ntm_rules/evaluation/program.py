"""A pack compiled for one context: criteria and indicators put together from the judges of their conditions."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from ..assessment.model import (
    Assessment,
    Check,
    Conflict,
    CriterionResult,
    DecidedBy,
    FindingCheck,
    IndicatorResult,
    UnitRef,
    reasons,
)
from ..assessment.parts import Reason, ReasonCode
from ..errors import EvaluationError, Place, Problem, nearest
from ..pack.catalogue import Catalogue
from ..pack.condition import CountCondition, EveryCondition, FindingCondition, ShareCondition, walk
from ..pack.model import Criterion, Indicator, Pack
from ..snapshot.observation import Finding
from ..verdict import MET, NOT_APPLICABLE, NOT_MET, UNKNOWN, Verdict, conjunction
from .conflicts import FOUND, agrees, of_criterion, of_indicator
from .facts import NOTHING_HEARD, Facts, heard
from .judges import judge
from .resolve import Context, Resolver

FindingsByCode = dict[str, tuple[Finding, ...]]


class Program:
    """What evaluating a pack in a context comes down to. Built once, run for every unit of that context."""

    def __init__(self, pack: Pack, context: Context, catalogue: Catalogue) -> None:
        self.pack, self.context = pack, context
        resolver = Resolver(pack, context, catalogue)
        self.region, self.rule = resolver.region, resolver.region_rule
        self._rule_citation = resolver.citation(self.rule.source) if self.rule else None
        self._measures = catalogue.measures_for(pack)
        self._prerequisites = tuple(self._indicator(p.on(context.on), resolver) for p in pack.prerequisites)
        self._criteria = tuple(self._criterion(criterion, resolver) for criterion in pack.criteria)
        self._codes = frozenset(
            (
                *(p.code for p in pack.prerequisites),
                *(i.code for i in pack.indicators()),
                *(c.code for c in pack.criteria),
            )
        )

    def run(self, facts: Facts) -> Assessment:
        """The assessment of one unit.

        Raises:
            EvaluationError: a finding on a code the pack does not have.
        """
        findings = self._findings(facts)
        prerequisites = tuple([prerequisite(facts, findings) for prerequisite in self._prerequisites])
        criteria = tuple([criterion(facts, findings) for criterion in self._criteria])
        verdict = conjunction([*(item.verdict for item in prerequisites), *(item.verdict for item in criteria)])
        unit, pack, rule = facts.snapshot.unit, self.pack, self.rule
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
        )

    def _findings(self, facts: Facts) -> FindingsByCode:
        pack, given = self.pack, facts.snapshot.findings
        found: FindingsByCode = given.get(pack.id, {})
        pinned = given.get(pack.reference)
        if pinned:
            found = {code: (*found.get(code, ()), *pinned.get(code, ())) for code in (*found, *pinned)}
        if not self._codes.issuperset(found):
            strange = found.keys() - self._codes
            raise EvaluationError(
                *(
                    Problem(
                        "error.finding_code",
                        Place(path=f"{facts.snapshot.unit.id}.findings.{pack.id}.{code}"),
                        code=code,
                        pack=pack.reference,
                        near=nearest(code, self._codes),
                    )
                    for code in sorted(strange)
                )
            )
        return found

    def _indicator(
        self, indicator: Indicator, resolver: Resolver
    ) -> Callable[[Facts, FindingsByCode], IndicatorResult]:
        code, text, agency, note = indicator.code, indicator.text, indicator.agency, indicator.note
        citation = resolver.citation(self.pack.source_of(indicator))
        requires = judge(indicator.requires, indicator, resolver, self._measures)
        guard = indicator.applies_if
        counts_children = any(
            isinstance(part, (ShareCondition, CountCondition, EveryCondition)) for _, part in walk(indicator.requires)
        )
        applies = judge(guard, indicator, resolver, self._measures) if guard is not None else None
        only_finding = isinstance(indicator.requires, FindingCondition)
        may_be_excepted = guard is not None and any(isinstance(part, FindingCondition) for _, part in walk(guard))

        def result(facts: Facts, findings: FindingsByCode) -> IndicatorResult:
            said = findings.get(code)
            hearing = heard(said) if said else NOTHING_HEARD
            check = requires(facts, hearing)
            verdict: Verdict = check.verdict
            decided_by: DecidedBy = "finding" if only_finding else "measurement"
            applicable: Check | None = None
            why: tuple[Reason, ...] = ()
            if applies is not None:
                # What has been measured exists: a department's "not applicable" does not outrank a figure.
                measured = verdict.decided and not only_finding
                applicable = applies(facts, NOTHING_HEARD if measured else hearing)
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
            if (said and not agrees(check, hearing)) or facts.several or counts_children:
                conflicts = of_indicator(code, text, check, hearing, may_be_excepted)
            return IndicatorResult(
                code, text, verdict, decided_by, citation, check, applicable, hearing.findings, conflicts, why,
                agency, note,
            )  # fmt: skip

        if applies is not None or counts_children:
            return result

        # Most indicators are a figure or a conclusion that nothing contradicts: they take a short way.
        def measured(facts: Facts, findings: FindingsByCode) -> IndicatorResult:
            if code in findings or facts.several:
                return result(facts, findings)
            check = requires(facts, NOTHING_HEARD)
            verdict = check.verdict
            if verdict is UNKNOWN or verdict is NOT_APPLICABLE:
                return result(facts, findings)
            return IndicatorResult(code, text, verdict, "measurement", citation, check, None, (), (), (), agency, note)

        answers = {value: FindingCheck(verdict) for value, verdict in FOUND.items() if value is not None}

        def concluded(facts: Facts, findings: FindingsByCode) -> IndicatorResult:
            said = findings.get(code)
            answer = answers.get(said[0].finding) if said and len(said) == 1 else None
            if answer is None or said is None:
                return result(facts, findings)
            return IndicatorResult(
                code, text, answer.verdict, "finding", citation, answer, None, said, (), (), agency, note
            )

        return concluded if only_finding else measured

    def _criterion(
        self, criterion: Criterion, resolver: Resolver
    ) -> Callable[[Facts, FindingsByCode], CriterionResult]:
        code, title, agency, note = criterion.code, criterion.title, criterion.agency, criterion.note
        members = tuple(self._indicator(i.on(self.context.on), resolver) for i in criterion.indicators)
        # An unnumbered indicator has its criterion's code; a finding on that code is the indicator's.
        own_finding = all(indicator.code != code for indicator in criterion.indicators)
        source = self.pack.criterion_source(criterion)
        citation = resolver.citation(source) if source else None
        incomplete, contents = criterion.incomplete, criterion.contents
        untranscribed = Reason(ReasonCode.CONTENTS_UNTRANSCRIBED, title)
        all_met = [MET] * len(members)

        def result(facts: Facts, findings: FindingsByCode) -> CriterionResult:
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
            hearing = heard(said) if said else NOTHING_HEARD
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

        return result


@lru_cache(maxsize=1024)
def program(pack: Pack, context: Context, catalogue: Catalogue) -> Program:
    """The compiled pack; the last ones used are kept, so that many units of one context compile once."""
    return Program(pack, context, catalogue)
