"""Comparison and three-valued combination, stated a second time and only for checking the first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction

from ..assessment.parts import Required
from ..pack.condition import Op
from ..verdict import MET, NOT_APPLICABLE, NOT_MET, UNKNOWN, Verdict


def holds(op: Op, left: Fraction, right: Fraction) -> bool:
    """Whether a comparison of exact numbers holds."""
    match op:
        case Op.AT_LEAST:
            return left >= right
        case Op.MORE_THAN:
            return left > right
        case Op.AT_MOST:
            return left <= right
        case Op.LESS_THAN:
            return left < right
        case Op.EQUAL_TO:
            return left == right


def over(possibilities: Iterable[bool]) -> Verdict:
    """What several possible answers come to: open where they differ."""
    ends = set(possibilities)
    return UNKNOWN if len(ends) == 2 else (MET if True in ends else NOT_MET)


def possible(verdict: Verdict, at_best: bool) -> Verdict:
    """What an open verdict may still turn out to be."""
    return (MET if at_best else NOT_MET) if verdict is UNKNOWN else verdict


def together(verdicts: Iterable[Verdict], enough: Callable[[int, int], bool]) -> Verdict:
    """``enough(met, of)`` over those that apply, at worst and at best."""
    concerned = [verdict for verdict in verdicts if verdict is not NOT_APPLICABLE]
    if not concerned:
        return NOT_APPLICABLE
    ends = {
        enough(sum(possible(one, at_best) is MET for one in concerned), len(concerned)) for at_best in (False, True)
    }
    return UNKNOWN if len(ends) == 2 else (MET if ends == {True} else NOT_MET)


def every(verdicts: Iterable[Verdict]) -> Verdict:
    """All of those that apply."""
    return together(verdicts, lambda met, of: met == of)


def choice(guard: Verdict, then: Verdict, otherwise: Verdict) -> Verdict:
    """The branch that the guard picks; where the guard is open, what both branches come to."""
    ends = {MET: {then}, UNKNOWN: {then, otherwise}}.get(guard, {otherwise})
    return ends.pop() if len(ends) == 1 else UNKNOWN


def counted(required: Required | None, total: int, met: int, unknown: int, share: bool) -> Verdict:
    """The share (all of them, where nothing is said) or number that meets, however the open ones turn out."""
    if required is None:
        op, limit = Op.AT_LEAST, Fraction(100)
    elif required.amount is None:
        return UNKNOWN
    else:
        op, limit = required.op, Fraction(required.amount.value)
    scale = Fraction(100, total) if share else Fraction(1)
    return over(holds(op, count * scale, limit) for count in range(met, met + unknown + 1))


def unmet_verdict(
    required: Required, total: int, unmet: Sequence[str], unknown: Sequence[str], including_any: Sequence[str]
) -> Verdict:
    """Whether so large a share is not met, and one of the named ones among them; no criteria have no share."""
    share = counted(required, total, len(unmet), len(unknown), share=True) if total else NOT_APPLICABLE
    if not including_any:
        return share
    if any(code in including_any for code in unmet):
        return every((share, MET))
    return every((share, UNKNOWN if any(code in including_any for code in unknown) else NOT_MET))


def indicator_verdict(check: Verdict, concluded: Verdict, guard: Verdict | None) -> Verdict:
    """Figures first, then the finding; a content that does not apply is neutral, one that may not cannot fail."""
    verdict = concluded if check is UNKNOWN else check
    if guard is None or guard in (MET, NOT_APPLICABLE):
        return verdict
    if guard is NOT_MET:
        return NOT_APPLICABLE
    return MET if verdict is MET else UNKNOWN
