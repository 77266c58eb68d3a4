"""Exact comparisons on machine numbers: which stored values pass a decimal threshold, decided once per threshold.

A double stands for the shortest decimal that prints it, as in ``evaluate``. Printing keeps the order of doubles, so
"the decimal is at least 63.8" is the same as "the double is at least the first one whose decimal is".
"""

from __future__ import annotations

import math
import struct
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Literal, NamedTuple

from ...pack.condition import Op

Storage = Literal["double", "single", "half", "integer"]
Test = Literal["ge", "le", "eq"]
Number = float | int

TESTS: dict[Op, Test] = {
    Op.AT_LEAST: "ge",
    Op.MORE_THAN: "ge",
    Op.AT_MOST: "le",
    Op.LESS_THAN: "le",
    Op.EQUAL_TO: "eq",
}
_INTEGER_END = 2**63 - 1
# ``evaluate`` refuses numbers with more than forty digits before or after the point.
LARGEST, SMALLEST = math.nextafter(1e41, 0), 1e-40
NEVER = math.inf


class Accepted(NamedTuple):
    """The numbers that are accepted for a measure: closed spans of them, of which an open end has no bound."""

    spans: tuple[tuple[Number | None, Number | None], ...]
    whole: bool = False


class _Doubles(NamedTuple):
    nearest: Callable[[Fraction], float]
    decimal: Callable[[float], Decimal]
    after: Callable[[float], float]
    before: Callable[[float], float]


def limit(op: Op, threshold: Fraction, storage: Storage) -> Number:
    """The stored number from which (``ge``) or up to which (``le``) a comparison holds, or that equals the threshold.

    >>> limit(Op.AT_LEAST, Fraction("63.8"), "double"), limit(Op.MORE_THAN, Fraction("63.8"), "double")
    (63.8, 63.800000000000004)
    """
    if storage == "integer":
        return _integer(op, threshold)
    return _floating(op, threshold, _KINDS[storage])


def decimal_of(value: float, storage: Storage) -> Decimal:
    """The decimal a stored number prints.

    >>> decimal_of(63.79999923706055, "single")
    Decimal('63.8')
    """
    if storage == "half":
        return _printed(value, "e")
    return Decimal(value) if storage == "integer" else _KINDS[storage].decimal(value)


def _integer(op: Op, threshold: Fraction) -> Number:
    floor = threshold.numerator // threshold.denominator
    whole = threshold.denominator == 1
    match op:
        case Op.AT_LEAST:
            found = floor if whole else floor + 1
        case Op.MORE_THAN:
            found = floor + 1
        case Op.AT_MOST:
            found = floor
        case Op.LESS_THAN:
            found = floor - 1 if whole else floor
        case Op.EQUAL_TO:
            if not whole or abs(floor) > _INTEGER_END:
                return NEVER
            found = floor
    return max(-_INTEGER_END, min(_INTEGER_END, found))


def _floating(op: Op, threshold: Fraction, kind: _Doubles) -> float:
    here = kind.nearest(threshold)
    # ``here`` becomes the first number whose decimal reaches the threshold.
    while Fraction(kind.decimal(kind.before(here))) >= threshold:
        here = kind.before(here)
    while Fraction(kind.decimal(here)) < threshold:
        here = kind.after(here)
    exact = Fraction(kind.decimal(here)) == threshold
    match op:
        case Op.AT_LEAST:
            return _not_denormal(here)
        case Op.MORE_THAN:
            return _not_denormal(kind.after(here) if exact else here)
        case Op.AT_MOST:
            return _not_denormal(here if exact else kind.before(here))
        case Op.LESS_THAN:
            return _not_denormal(kind.before(here))
        case Op.EQUAL_TO:
            return here if exact else NEVER


def _not_denormal(value: float) -> float:
    """Some engines take the very smallest numbers for zero; none that small is accepted as an observation."""
    return math.copysign(SMALLEST / 2, value) if 0 < abs(value) < SMALLEST / 2 else value


def _rounded(value: float, code: str) -> float:
    try:
        rounded: float = struct.unpack(code, struct.pack(code, value))[0]
    except OverflowError:
        return math.copysign(math.inf, value)
    return rounded


def _single(value: float) -> float:
    return _rounded(value, "f")


def _printed(value: float, code: str) -> Decimal:
    """The fewest digits that are read back as the number."""
    for digits in range(1, 10):
        text = f"{value:.{digits}g}"
        if _rounded(float(text), code) == value:
            return Decimal(text)
    return Decimal(value)


def _single_decimal(value: float) -> Decimal:
    return _printed(value, "f")


def _single_step(value: float, up: bool) -> float:
    if value == 0:
        smallest: float = struct.unpack("f", struct.pack("I", 1))[0]
        return smallest if up else -smallest
    bits = struct.unpack("I", struct.pack("f", value))[0]
    stepped: float = struct.unpack("f", struct.pack("I", bits + (1 if up == (value > 0) else -1)))[0]
    return stepped


_KINDS: dict[Storage, _Doubles] = {
    "double": _Doubles(
        float,
        lambda value: Decimal(repr(value)),
        lambda value: math.nextafter(value, math.inf),
        lambda value: math.nextafter(value, -math.inf),
    ),
    "single": _Doubles(
        lambda value: _single(float(value)),
        _single_decimal,
        lambda value: _single_step(value, up=True),
        lambda value: _single_step(value, up=False),
    ),
}
