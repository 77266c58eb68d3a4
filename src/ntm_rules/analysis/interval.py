"""Intervals of exact numbers: what values of a measure a comparison lets through."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal, localcontext
from typing import NamedTuple

from ..pack.condition import Op


class Interval(NamedTuple):
    """From ``low`` to ``high``, an end that is ``None`` being open to infinity. ``whole`` ones hold integers only.

    >>> Interval.of(Op.AT_LEAST, Decimal(55)).meet(Interval.of(Op.LESS_THAN, Decimal(55))).empty
    True
    """

    low: Decimal | None = None
    low_in: bool = False
    high: Decimal | None = None
    high_in: bool = False
    whole: bool = False

    @classmethod
    def of(cls, op: Op, limit: Decimal) -> Interval:
        """The values for which ``value op limit`` holds."""
        match op:
            case Op.AT_LEAST | Op.MORE_THAN:
                return cls(low=limit, low_in=op is Op.AT_LEAST)
            case Op.AT_MOST | Op.LESS_THAN:
                return cls(high=limit, high_in=op is Op.AT_MOST)
            case Op.EQUAL_TO:
                return cls(limit, True, limit, True)

    @property
    def empty(self) -> bool:
        """Whether no value lies in it."""
        if self.low is None or self.high is None:
            return False
        return self.low > self.high or (self.low == self.high and not (self.low_in and self.high_in))

    def meet(self, other: Interval) -> Interval:
        """The values that lie in both."""
        low, low_in = self.low, self.low_in
        if other.low is not None and (low is None or other.low > low or (other.low == low and not other.low_in)):
            low, low_in = other.low, other.low_in
        high, high_in = self.high, self.high_in
        if other.high is not None and (high is None or other.high < high or (other.high == high and not other.high_in)):
            high, high_in = other.high, other.high_in
        return Interval(low, low_in, high, high_in, self.whole or other.whole).tight()

    def tight(self) -> Interval:
        """The same values; ends of a whole interval are integers that lie in it."""
        if not self.whole:
            return self
        low, high = self.low, self.high
        if low is not None:
            ceiling = low.to_integral_value(ROUND_CEILING)
            low = ceiling + 1 if ceiling == low and not self.low_in else ceiling
        if high is not None:
            floor = high.to_integral_value(ROUND_FLOOR)
            high = floor - 1 if floor == high and not self.high_in else floor
        return Interval(low, low is not None, high, high is not None, True)

    def outside(self, domain: Interval) -> tuple[Interval, ...]:
        """The values of ``domain`` that do not lie in it, as at most two intervals."""
        pieces = []
        if self.low is not None:
            pieces.append(Interval(high=self.low, high_in=not self.low_in).meet(domain))
        if self.high is not None:
            pieces.append(Interval(low=self.high, low_in=not self.high_in).meet(domain))
        return tuple(piece for piece in pieces if not piece.empty)

    def least(self) -> Decimal:
        """A small value in it: the lower end where it belongs to it, else one that is short to read."""
        return self.low if self.low is not None and self.low_in else self.pick()

    def pick(self) -> Decimal:
        """A value in it that is short to read: an end where one belongs to it, else the shortest decimal inside."""
        low, high = self.low, self.high
        if low is not None and self.low_in:
            return low
        if high is not None and self.high_in:
            return high
        if low is None:
            return Decimal(0) if high is None else (high - 1).to_integral_value(ROUND_FLOOR)
        if high is None:
            return (low + 1).to_integral_value(ROUND_CEILING)
        with localcontext(prec=200):
            step = Decimal(1)
            while True:
                value = (low / step).to_integral_value(ROUND_FLOOR) * step + step
                if low < value < high:
                    return value
                step /= 10


ANYTHING = Interval()
