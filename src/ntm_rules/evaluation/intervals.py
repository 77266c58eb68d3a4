"""Sums and what lies between two ends, held against a limit: exact, and open where both sides are possible."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Any

from ..pack.condition import Op
from ..verdict import MET, NOT_MET, UNKNOWN, Verdict

TESTS: dict[Op, Callable[[Any, Any], bool]] = {
    Op.AT_LEAST: operator.ge,
    Op.MORE_THAN: operator.gt,
    Op.AT_MOST: operator.le,
    Op.LESS_THAN: operator.lt,
    Op.EQUAL_TO: operator.eq,
}


def summed(terms: Iterable[Fraction | None]) -> Fraction | None:
    """A sum; ``None`` where something in it has no end."""
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
