"""Laws about a single answer: how verdicts combine, and that what is open says why."""

from __future__ import annotations

import re

from hypothesis import assume
from hypothesis import strategies as st

from ..assessment.check import ChildrenCheck, MeasureCheck
from ..assessment.model import CriterionResult, GroupCheck, IndicatorResult, UnmetShareCheck
from ..assessment.parts import Reason
from ..snapshot.observation import FindingValue
from ..verdict import MET, NOT_APPLICABLE, NOT_MET, UNKNOWN, Verdict
from .reference_logic import choice, counted, every, indicator_verdict, together, unmet_verdict
from .trial import Trial, assessments, checks, results

_CONCLUDED = {FindingValue.MET: MET, FindingValue.NOT_MET: NOT_MET}


def _group(check: GroupCheck) -> Verdict:
    verdicts = [part.verdict for part in check.parts]
    match check.how:
        case "all":
            return every(verdicts)
        case "any":
            return together(verdicts, lambda met, of: met > 0)
        case "at_least":
            return together(verdicts, lambda met, of: met >= check.needed)
        case "choice":
            guard, then, otherwise = verdicts
            return choice(guard, then, otherwise)


def _children(check: ChildrenCheck) -> Verdict:
    if check.open_total:
        return UNKNOWN
    if check.total is None:
        return UNKNOWN
    if check.total == 0 and check.of != "count":
        return NOT_APPLICABLE
    return counted(check.required, check.total, check.met, check.unknown, share=check.of != "count")


def _unmet(check: UnmetShareCheck) -> Verdict:
    if check.assessment is None:
        return UNKNOWN
    return unmet_verdict(check.required, check.total, check.unmet, check.unknown, check.including_any)


def _indicator(result: IndicatorResult) -> Verdict:
    said = {finding.finding for finding in result.findings}
    concluded = _CONCLUDED.get(said.pop(), UNKNOWN) if len(said) == 1 else UNKNOWN
    return indicator_verdict(result.check.verdict, concluded, result.applies.verdict if result.applies else None)


def _criterion(result: CriterionResult) -> Verdict:
    verdict = every([*(one.verdict for one in result.indicators), *((UNKNOWN,) if result.incomplete else ())])
    said = {finding.finding for finding in result.findings}
    if verdict is UNKNOWN and len(said) == 1:
        return _CONCLUDED.get(said.pop(), UNKNOWN)
    return verdict


def kleene(trial: Trial) -> None:
    """1. Verdicts combine by strong Kleene logic; what does not apply is neutral."""
    snapshot = trial.snapshot()
    for assessment in assessments(trial.assess(snapshot)):
        for result, check in checks(assessment):
            expected = check.verdict
            if isinstance(check, GroupCheck):
                expected = _group(check)
            elif isinstance(check, ChildrenCheck):
                expected = _children(check)
            elif isinstance(check, UnmetShareCheck):
                expected = _unmet(check)
            if expected is not check.verdict:
                raise trial.broken(result.code, (snapshot, check.verdict), expected=expected)
        found: list[tuple[str, Verdict, Verdict]] = [(r.code, r.verdict, _indicator(r)) for r in results(assessment)]
        found += [(c.code, c.verdict, _criterion(c)) for c in assessment.criteria]
        whole = [one.verdict for one in assessment.prerequisites] + [one.verdict for one in assessment.criteria]
        found.append((assessment.pack, assessment.verdict, every(whole)))
        for code, verdict, expected in found:
            if verdict is not expected:
                raise trial.broken(code, (snapshot, verdict), expected=expected)
        if UNKNOWN in whole or NOT_APPLICABLE in whole:
            trial.saw(f"{assessment.verdict} with something open or not applicable")


def _said(reason: Reason) -> bool:
    texts = [reason.text("vi"), reason.text("en")]
    return all(text and not re.search(r"[{}]|None", text) for text in texts) and texts[0] != texts[1]


def reasons(trial: Trial) -> None:
    """2. Every UNKNOWN says why, as a code and a sentence in both languages."""
    snapshot = trial.snapshot("partial", "hostile")
    for assessment in assessments(trial.assess(snapshot)):
        open_items: list[tuple[str, tuple[Reason, ...]]] = [
            (result.code, result.reasons) for result in results(assessment) if result.verdict is UNKNOWN
        ]
        for criterion in assessment.criteria:
            if criterion.verdict is UNKNOWN:
                inside_it = [one.reasons for one in criterion.indicators if one.verdict is UNKNOWN]
                open_items.append((criterion.code, sum(inside_it, criterion.reasons)))
        for result, check in checks(assessment):
            if check.verdict is UNKNOWN and not isinstance(check, GroupCheck):
                open_items.append((result.code, (check.reason,) if check.reason else ()))
        for code, why in open_items:
            if not why or not all(map(_said, why)):
                raise trial.broken(code, (snapshot, UNKNOWN))
            trial.saw(why[0].code.value)
        if assessment.verdict is UNKNOWN and not assessment.decisive_unknowns():
            raise trial.broken(assessment.pack, (snapshot, UNKNOWN))


def missing(trial: Trial) -> None:
    """1. A missing figure decides nothing: it is never zero, never a failure, never a pass."""
    snapshot = trial.snapshot()
    assume(snapshot.measures)
    gone = trial.draw(st.sampled_from(sorted(snapshot.measures)))
    without = snapshot.model_copy(
        update={"measures": {name: seen for name, seen in snapshot.measures.items() if name != gone}}
    )
    for assessment in assessments(trial.assess(without)):
        for result, check in checks(assessment):
            if isinstance(check, MeasureCheck) and check.measure == gone:
                if check.verdict is not UNKNOWN or check.observed:
                    raise trial.broken(result.code, (without, check.verdict), measure=gone)
                trial.saw("a figure taken away")
