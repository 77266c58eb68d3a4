"""Judges that keep their answers: the same objects for the same facts, so that they are written and told once."""

from __future__ import annotations

from typing import Any

from ..assessment.fixed import Fixed
from ..recent import Recent
from ..snapshot.observation import Finding, FindingValue
from .facts import EvaluationContext, FindingsByCode, Judge
from .form import (
    Children,
    Compare,
    Concluded,
    Criterion,
    Guarded,
    Holds,
    Named,
    Scored,
    Settled,
    Total,
    UnmetShare,
    walk,
)

# Of what bare conclusions come to, so many answers are kept for each result; of other facts so many of the last.
_KEPT, _LAST = 12, 32
_BARE = frozenset((None, *((Finding(finding=value),) for value in FindingValue)))


def keeping(form: Named | Criterion, judge: Judge, fixed: Fixed) -> Judge:
    """The judge, which keeps its answers: where no figure was reported, and bare conclusions at most, for good; of
    a criterion so many of the last.

    They are the same objects each time, so that they are written and told once as well.
    """
    inner = [part for named in getattr(form, "members", (form,)) for part in walk(named)]
    inner += [part for one in inner if isinstance(one, Guarded) for part in walk(one.despite)]
    if any(isinstance(part, (Holds, Children, UnmetShare)) for part in inner):
        fixed.anew.add(form.item.code)
        return judge
    terms = [term for part in inner if isinstance(part, Total) for term in part.terms]
    compared = [one.measure for one in (*inner, *terms) if isinstance(one, (Compare, Scored))]
    made_of = [part for one in compared for part in one.made_of]
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
                fixed.hold(answer)
        return answer

    if isinstance(form, Named):
        return known
    if made_of:
        # What follows from other figures does so by the day as well.
        fixed.anew.add(form.item.code)
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
