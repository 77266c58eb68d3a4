"""Figures that follow from two columns: on which side of a threshold they lie, told by a sum, without dividing.

``of / over × 100 >= t`` is ``100 × of - t × over >= 0`` where the divisor is positive. Doubles tell the sign of that
sum wherever it is clear of what they round; nearer than that it is told in whole numbers, exactly. Where a figure has
too many digits for that as well, nothing is said.
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from ...pack.condition import Op
from ...pack.measure import Measure
from ...quantity.conversion import factor
from ..numbering import NO, OPEN, YES
from .limits import LARGEST
from .nodes import UNSURE, Apart, Both, Fixed, Follows, Line, Present
from .sources import ColumnSource

if TYPE_CHECKING:
    from .expressions import Expr, Writer

# Digits after the point that are looked at; whole numbers below the end have all their digits in a double.
_POINT, _END = 6, 1e15
# Whole numbers are taken apart here: a half times a factor, and the sum of two such, is exact in a double.
_HALF, _FACTOR, _PLUS = 2**24, 2**26, 2**51
# A sum of two products and a number is off by less than this much of their sizes: some six roundings of 2**-53 each.
_DOUBT = 4e-15
_SIDES: dict[Op, tuple[int, int, int]] = {
    Op.AT_LEAST: (NO, YES, YES),
    Op.MORE_THAN: (NO, NO, YES),
    Op.AT_MOST: (YES, YES, NO),
    Op.LESS_THAN: (YES, NO, NO),
    Op.EQUAL_TO: (NO, YES, NO),
}


class Parts:
    """The two columns a figure follows from, and what one of each is in its measure's unit."""

    def __init__(self, measure: Measure, of: Measure, over: Measure, sources: dict[str, ColumnSource]) -> None:
        assert measure.derived is not None
        self.measure, self.of, self.over = measure, of, over
        self.how = measure.derived.how
        self.ratios = per_unit(sources[of.id], of), per_unit(sources[over.id], over)
        self.counted = all(
            sources[one.id].kind == "integer" or (one.domain.whole and ratio == 1)
            for one, ratio in zip((of, over), self.ratios, strict=True)
        )
        self.divides = self.how != "increase"
        self.signed = self.divides and (over.domain.low is None or over.domain.low < 0)

    @property
    def present(self) -> Present:
        """Where the figure follows."""
        return Present(self.of.id, self.over.id, self.divides)

    def follows(self, op: Op, threshold: Fraction, wholes: dict[tuple[str, int], str]) -> Follows:
        """The figure against a threshold; ``wholes`` are columns of whole numbers, to which those needed are added."""
        times = 100 if self.divides else 1
        plus = Fraction(0) if self.divides else -threshold
        less = {"growth": 100 + threshold, "share": threshold, "increase": Fraction(1)}[self.how]
        one, other = times * self.ratios[0], -less * self.ratios[1]
        near = float(one), float(other), float(plus)
        line = self._line((one, other, plus), wholes) if self._sure else None
        return Follows(self.of.id, self.over.id, op, near, line, self.divides, self.signed)

    @property
    def _sure(self) -> bool:
        """Whether figures that follow are none that the measure refuses for not being whole."""
        return not self.measure.domain.whole or (not self.divides and self.counted)

    def _line(self, sum_of: tuple[Fraction, ...], wholes: dict[tuple[str, int], str]) -> Line | None:
        shifts = tuple(0 if self.counted and len({*self.ratios}) == 1 else _shift(ratio) for ratio in self.ratios)
        first, second = (times / 10**shift for times, shift in zip(sum_of, shifts, strict=False))
        common = math.lcm(*(part.denominator for part in (first, second, sum_of[2])))
        numbers = [int(part * common) for part in (first, second, sum_of[2])]
        shared = math.gcd(*numbers) or 1
        one, other, plus = (number // shared for number in numbers)
        if max(abs(one), abs(other)) > _FACTOR or abs(plus) > _PLUS:
            return None
        names = [
            wholes.setdefault((part.id, shift), f"w{len(wholes)}")
            for part, shift in zip((self.of, self.over), shifts, strict=True)
        ]
        return Line(names[0], names[1], (one, other), plus)

    def outside(self, wholes: dict[tuple[str, int], str]) -> list[Follows]:
        """Met where the figure is none the measure can have."""
        domain, found = self.measure.domain, []
        if domain.low is not None:
            low = self.follows(Op.LESS_THAN, Fraction(domain.low), wholes)
            positive = self.of.domain.low is not None and self.of.domain.low >= 0 and not self.signed
            # A share of what is never negative is never negative, and nothing shrinks by more than all of it.
            found += [] if self.divides and low.near[1] == 0 and positive else [low]
        if domain.high is not None:
            found.append(self.follows(Op.MORE_THAN, Fraction(domain.high), wholes))
        return found

    def apart(self, given: str) -> Apart:
        """The figure as it was given in a column, and as it follows."""
        one, other = self.ratios
        scale, less = (100 * one / other, 100 * (self.how == "growth")) if self.divides else (one, other)
        return Apart(given, self.of.id, self.over.id, float(scale), float(less), self.divides)


def per_unit(source: ColumnSource, measure: Measure) -> Fraction:
    """How many of a measure's unit one of its column is; cells read one by one are read into that unit."""
    same = source.kind == "read" or source.unit in ("", measure.unit)
    return Fraction(1) if same else factor(source.unit, measure.unit)


def _shift(ratio: Fraction) -> int:
    """By how many digits a column's point is moved: so many more for a greater unit, so that all are whole."""
    tens = len(str(ratio.numerator)) - len(str(ratio.denominator))
    return min(max(_POINT + tens, 0), 15) if ratio == Fraction(10) ** tens else _POINT


def verdict(writer: Writer, node: Follows) -> Expr:
    """The figure against its threshold."""
    of, over = writer.numbers(node.of, 1), writer.numbers(node.over, 1)
    if not node.divides:
        return writer.when((present(writer, node), _told(writer, node)), otherwise=writer.code(OPEN))
    there = of <= LARGEST
    cases = [(there & (over > 0), _told(writer, node))]
    if node.signed:
        cases.append((there & (over < 0), _told(writer, node, turned=True)))
    return writer.when(*cases, otherwise=writer.code(OPEN))


def _told(writer: Writer, node: Follows, turned: bool = False) -> Expr:
    """What the sign of the sum says; a negative divisor turns it round."""
    below, at, above = reversed(_SIDES[node.op]) if turned else _SIDES[node.op]
    (one, other, plus), code = node.near, writer.code
    first, second = writer.numbers(node.of, one), writer.numbers(node.over, other)
    near, size = first + second, first.abs() + second.abs()
    if plus:
        near, size = near + plus, size + abs(plus)
    cases = [(near > size * _DOUBT, code(above)), (near < size * -_DOUBT, code(below))]
    if node.line is not None:
        high, low = _halves(writer, node.line)
        cases += [(high > low, code(above)), (high < low, code(below)), (high == low, code(at))]
    return writer.when(*cases, otherwise=code(UNSURE))


def _halves(writer: Writer, line: Line) -> tuple[Expr, Expr]:
    """Two exact doubles that compare with each other as the sum of whole numbers does with zero."""
    wholes = [writer.column(name) for name in (line.of, line.over)]
    tops = [(whole * (1 / _HALF)).floor() for whole in wholes]
    rests = [whole - top * float(_HALF) for whole, top in zip(wholes, tops, strict=True)]
    one, other = map(float, line.times)
    return (tops[0] * one + tops[1] * other) * float(_HALF), (rests[0] * -one - rests[1] * other) - float(line.plus)


def present(writer: Writer, node: Follows | Present) -> Expr:
    """Whether there are both parts, and something to divide by."""
    of, over = writer.numbers(node.of, 1), writer.numbers(node.over, 1)
    there = (over > 0) | (over < 0) if node.divides else over <= LARGEST
    return (of <= LARGEST) & there


def both(writer: Writer, node: Both) -> Expr:
    """What a figure as given and as it follows agree on."""
    given, made = writer.write(node.given), writer.write(node.made)
    unsure = made == writer.neutral, writer.code(OPEN)
    if node.given == Fixed(OPEN):
        return writer.when(unsure, otherwise=made)
    alone = (made == writer.open, given), (given == writer.open, made), (given == made, made)
    return writer.when(unsure, *alone, otherwise=writer.code(OPEN))


def whole(writer: Writer, measure: str, shift: int) -> Expr:
    """A measure's numbers with their point moved until they are whole; none where they have more digits."""
    value, times = writer.numbers(measure, 1), float(10**shift)
    number = (writer.numbers(measure, times) + 0.5).floor()
    # Polars multiplies by the inverse of a lone divisor, which rounds once more; not so by that of each row.
    same = number / (value * 0.0 + times) == value
    fits = number.is_between(-_END, _END) & same
    return writer.when((fits, number), otherwise=writer.space.lit(None, dtype=writer.space.Float64))


def away(writer: Writer, node: Apart, times: float, threshold: Expr) -> Expr:
    """How far from a threshold the figure is, as given or as it follows: the farther one."""
    of, over = writer.numbers(node.of, node.scale), writer.numbers(node.over, 1)
    if node.divides:
        nothing: Any = writer.space.lit(None, dtype=writer.space.Float64)
        made = of / writer.when(((over > 0) | (over < 0), over), otherwise=nothing) - node.less
    else:
        made = of - writer.numbers(node.over, node.less)
    made = (made - threshold).abs()
    if not node.given:
        return made
    given = (writer.numbers(node.given, times) - threshold).abs()
    alone = writer.when((given <= LARGEST, given), otherwise=made)
    return writer.when((made >= given, made), (given > made, given), otherwise=alone)
