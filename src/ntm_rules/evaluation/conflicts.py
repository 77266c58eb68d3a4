"""Facts that contradict each other: found while judging, reported in the answer, never settled in silence."""

from __future__ import annotations

from ..assessment.check import ChildrenCheck, MeasureCheck, TotalCheck
from ..assessment.conflict import Conflict
from ..assessment.model import Check, leaves
from ..messages import Text
from ..snapshot.observation import FindingValue, Observation
from ..verdict import MET, NOT_MET, Verdict
from .facts import FindingsSummary

FOUND: dict[FindingValue | None, Verdict] = {FindingValue.MET: MET, FindingValue.NOT_MET: NOT_MET}


def agrees(check: Check, hearing: FindingsSummary) -> bool:
    """Whether there is plainly nothing to report: one clear finding that no measurement contradicts."""
    concluded = FOUND.get(hearing.value)
    return concluded is not None and (check.verdict is concluded or not check.verdict.decided)


def of_indicator(
    code: str, text: Text, check: Check, hearing: FindingsSummary, exception_allowed: bool
) -> tuple[Conflict, ...]:
    """Contradictions on one indicator: between observations, between findings, or between the two."""
    found: list[Conflict] = []
    for leaf in leaves(check):
        if isinstance(leaf, MeasureCheck) and len({one.value.to(leaf.unit) for one in leaf.observed}) > 1:
            found.append(_differing(code, leaf.name, leaf.observed))
        elif isinstance(leaf, TotalCheck):
            differ = (term for term in leaf.terms if term.observed and term.low != term.high)
            found += [_differing(code, term.name, term.observed) for term in differ]
            if leaf.is_impossible:
                ends = tuple(amount.text() for amount in (leaf.low, leaf.most) if amount is not None)
                found.append(Conflict("sum", code, text, values=ends))
        elif isinstance(leaf, ChildrenCheck):
            found += [
                Conflict("children", code, leaf.title, values=one.values, detail=one.about)
                for one in leaf.contradictions
            ]
            if leaf.doubted_names:
                found.append(Conflict("below", code, leaf.title, values=leaf.doubted_names))
    found += _of_hearing(code, text, hearing, exception_allowed)
    concluded = FOUND.get(hearing.value)
    if concluded is not None and check.verdict.decided and check.verdict is not concluded:
        found.append(Conflict("measurement_against_finding", code, text, hearing.value or "", _who(hearing)))
    elif hearing.value is FindingValue.NOT_APPLICABLE and exception_allowed and check.verdict.decided:
        found.append(Conflict("measurement_against_finding", code, text, hearing.value, _who(hearing)))
    return tuple(found)


def _differing(code: str, name: Text, observed: tuple[Observation, ...]) -> Conflict:
    values = tuple(f"{one.value.text()} ({one.by})" if one.by else one.value.text() for one in observed)
    return Conflict("observations", code, name, values=values)


def of_criterion(code: str, title: Text, indicators: Verdict, hearing: FindingsSummary) -> tuple[Conflict, ...]:
    """Contradictions between the findings on a whole criterion and its indicators."""
    found = _of_hearing(code, title, hearing, exception_allowed=False)
    concluded = FOUND.get(hearing.value)
    if concluded is not None and indicators.decided and indicators is not concluded:
        found.append(Conflict("indicators_against_finding", code, title, hearing.value or "", _who(hearing)))
    return tuple(found)


def _of_hearing(code: str, about: Text, hearing: FindingsSummary, exception_allowed: bool) -> list[Conflict]:
    if hearing.differ:
        values = tuple(f"{one.finding} ({one.by})" if one.by else one.finding for one in hearing.findings)
        return [Conflict("findings", code, about, values=values)]
    if hearing.value is FindingValue.NOT_APPLICABLE and not exception_allowed:
        return [Conflict("exception", code, about, hearing.value, _who(hearing))]
    return []


def _who(hearing: FindingsSummary) -> str:
    return ", ".join(dict.fromkeys(one.by for one in hearing.findings if one.by))
