"""Comparison and three-valued combination, stated a second time and only for checking the first."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction

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
