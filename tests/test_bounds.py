"""How many of a total are needed is an exact whole number, whatever the comparison."""

from __future__ import annotations

import operator
from decimal import Decimal
from fractions import Fraction

from hypothesis import event, given
from hypothesis import strategies as st

from ntm_rules.evaluation.bounds import Bounds
from ntm_rules.pack.condition import Op
from ntm_rules.verdict import MET, NOT_MET, UNKNOWN

SIGNS = {
    Op.AT_LEAST: operator.ge,
    Op.MORE_THAN: operator.gt,
    Op.AT_MOST: operator.le,
    Op.LESS_THAN: operator.lt,
    Op.EQUAL_TO: operator.eq,
}


@given(
    op=st.sampled_from(list(Op)),
    threshold=st.decimals(0, 120, places=2),
    total=st.integers(1, 250),
    met=st.integers(0, 250),
    unknown=st.integers(0, 40),
    share=st.booleans(),
)
def test_bounds_agree_with_exact_fractions(
    op: Op, threshold: Decimal, total: int, met: int, unknown: int, share: bool
) -> None:
    met = min(met, total)
    unknown = min(unknown, total - met)
    limit = Fraction(threshold)
    answers = {
        SIGNS[op](Fraction(100 * n, total) if share else Fraction(n), limit) for n in range(met, met + unknown + 1)
    }
    expected = UNKNOWN if len(answers) > 1 else MET if answers == {True} else NOT_MET
    event(f"{expected}")
    assert Bounds(op, threshold, total, share).verdict(met, unknown) is expected


def test_ninety_one_of_a_hundred_and_eighty_one_are_half() -> None:
    assert Bounds(Op.AT_LEAST, Decimal(50), 181, share=True).low == 91
    assert Bounds(Op.AT_LEAST, Decimal(10), 181, share=True).low == 19
    assert Bounds(Op.MORE_THAN, Decimal(50), 16, share=True).low == 9
