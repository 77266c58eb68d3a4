"""How many of a total are needed: exact whole numbers, never a rounded share."""

from __future__ import annotations

from decimal import Decimal

from ..pack.condition import Op
from ..verdict import MET, NOT_MET, UNKNOWN, Verdict


class Bounds:
    """The whole numbers that decide "so many of a total": from ``low`` on it holds, above ``high`` no longer.

    >>> Bounds(Op.AT_LEAST, Decimal(50), 181, share=True).low
    91
    """

    __slots__ = ("high", "low")

    def __init__(self, op: Op, threshold: Decimal, total: int, share: bool) -> None:
        # Counted in hundredths of a child so that a share of T per cent stays an exact integer question.
        numerator, denominator = (threshold * total).as_integer_ratio() if share else threshold.as_integer_ratio()
        denominator *= 100 if share else 1
        ceiling, floor = -(-numerator // denominator), numerator // denominator
        self.low, self.high = {
            Op.AT_LEAST: (ceiling, total),
            Op.MORE_THAN: (floor + 1, total),
            Op.AT_MOST: (0, floor),
            Op.LESS_THAN: (0, ceiling - 1),
            Op.EQUAL_TO: (ceiling, floor),
        }[op]

    def verdict(self, met: int, unknown: int) -> Verdict:
        """What ``met`` certain and ``unknown`` open ones come to."""
        low, high = self.low, self.high
        if low <= met and met + unknown <= high:
            return MET
        return NOT_MET if met + unknown < low or met > high or low > high else UNKNOWN
