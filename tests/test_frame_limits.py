"""A comparison of stored numbers decides as the comparison of the decimals they print."""

from __future__ import annotations

import math
import operator
import struct
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_rules.evaluation.frame.limits import NEVER, TESTS, decimal_of, limit
from ntm_rules.pack.condition import Op

EXACT = {
    Op.AT_LEAST: operator.ge,
    Op.MORE_THAN: operator.gt,
    Op.AT_MOST: operator.le,
    Op.LESS_THAN: operator.lt,
    Op.EQUAL_TO: operator.eq,
}
STORED = {"ge": operator.ge, "le": operator.le, "eq": operator.eq}
ops = st.sampled_from(list(Op))
decimals = st.decimals(-(10**6), 10**6, allow_nan=False, allow_infinity=False, places=3)
# Thresholds that no double prints, such as a third of something.
thresholds = st.one_of(decimals.map(Fraction), st.fractions(-1000, 1000, max_denominator=97))


def single(value: float) -> float:
    return float(struct.unpack("f", struct.pack("f", value))[0])


def near(threshold: Fraction) -> st.SearchStrategy[float]:
    """Numbers at and beside a threshold, and anywhere."""
    here = float(threshold)
    steps = [here, math.nextafter(here, math.inf), math.nextafter(here, -math.inf), here * (1 + 1e-15)]
    anywhere = st.floats(-1e7, 1e7, allow_subnormal=False)
    # Nothing smaller than that is accepted as an observation, but nothing at all is.
    return st.one_of(st.sampled_from(steps), anywhere).filter(lambda value: value == 0 or abs(value) >= 1e-40)


@given(st.data(), ops, thresholds)
def test_doubles_decide_as_the_decimals_they_print(data: st.DataObject, op: Op, threshold: Fraction) -> None:
    value = data.draw(near(threshold))
    decided = STORED[TESTS[op]](value, limit(op, threshold, "double"))
    assert decided is EXACT[op](Fraction(Decimal(repr(value))), threshold)


@given(st.data(), ops, thresholds)
def test_singles_decide_as_the_decimals_they_print(data: st.DataObject, op: Op, threshold: Fraction) -> None:
    value = single(data.draw(near(threshold)))
    decided = STORED[TESTS[op]](value, limit(op, threshold, "single"))
    assert decided is EXACT[op](Fraction(decimal_of(value, "single")), threshold)


@given(st.integers(-(10**6), 10**6), ops, thresholds)
def test_whole_numbers_decide_exactly(value: int, op: Op, threshold: Fraction) -> None:
    for stored in (value, int(threshold), int(threshold) + 1, int(threshold) - 1):
        assert STORED[TESTS[op]](stored, limit(op, threshold, "integer")) is EXACT[op](Fraction(stored), threshold)


@given(st.floats(width=32, allow_nan=False, allow_infinity=False, allow_subnormal=False))
def test_a_single_prints_a_decimal_that_is_read_back(value: float) -> None:
    assert single(float(decimal_of(value, "single"))) == value


@pytest.mark.parametrize("storage", ["double", "single", "integer"])
def test_what_no_number_equals_is_never_equal(storage: str) -> None:
    assert limit(Op.EQUAL_TO, Fraction(1, 3), storage) == NEVER  # type: ignore[arg-type]


def test_a_threshold_of_nothing_is_passed_by_everything_above_it() -> None:
    first = limit(Op.MORE_THAN, Fraction(0), "double")
    assert 0 < first < 1e-40
    assert limit(Op.LESS_THAN, Fraction(0), "double") == -first


def test_whole_thresholds_beyond_the_storage_are_its_ends() -> None:
    assert limit(Op.AT_LEAST, Fraction(10**30), "integer") == 2**63 - 1
    assert limit(Op.EQUAL_TO, Fraction(10**30), "integer") == NEVER


def test_the_product_of_doubles_is_not_the_threshold() -> None:
    threshold = Fraction(58) * Fraction("1.1")
    assert limit(Op.AT_LEAST, threshold, "double") == 63.8
    assert 58 * 1.1 > 63.8
