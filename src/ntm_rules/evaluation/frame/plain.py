"""Expressions as plain functions of one row, behind the part of polars' interface that is used here.

An engine of columns spends its time on a few rows before it looks at them: a script for a large pack is hundreds of
columns, each made anew. What is written for columns is run here row by row instead, where there are few.
"""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

Text = str
Row = Mapping[str, Any]
Of = Callable[[Row], Any]


class Plain:
    """What a row comes to; ``cases`` and ``end`` are kept apart, so that a case in another's end joins it."""

    def __init__(self, of: Of, cases: tuple[tuple[Of, Of], ...] = (), end: Of | None = None, name: str = "") -> None:
        self.of, self.cases, self.end, self.name = of, cases, end, name

    def alias(self, name: str) -> Plain:
        """The expression with a name."""
        return Plain(self.of, self.cases, self.end, name)

    def any(self) -> Plain:
        """Whether it holds of the row, which stands for all there are."""
        return self

    def _one(self, work: Callable[[Any], Any]) -> Plain:
        of = self.of
        return Plain(lambda row: None if (value := of(row)) is None else work(value))

    def _two(self, work: Callable[[Any, Any], Any], other: Any) -> Plain:
        of = self.of
        if not isinstance(other, Plain):
            return Plain(lambda row: None if (value := of(row)) is None else work(value, other))
        beside = other.of

        def both(row: Row) -> Any:
            one, two = of(row), beside(row)
            return None if one is None or two is None else work(one, two)

        return Plain(both)

    def __eq__(self, other: object) -> Plain:  # type: ignore[override]
        return self._two(operator.eq, other)

    def __ne__(self, other: object) -> Plain:  # type: ignore[override]
        return self._two(operator.ne, other)

    __hash__ = object.__hash__

    def __lt__(self, other: Any) -> Plain:
        return self._two(operator.lt, other)

    def __le__(self, other: Any) -> Plain:
        return self._two(operator.le, other)

    def __gt__(self, other: Any) -> Plain:
        return self._two(operator.gt, other)

    def __ge__(self, other: Any) -> Plain:
        return self._two(operator.ge, other)

    def __and__(self, other: Plain) -> Plain:
        return Plain(_joined(self.of, other.of, decides=False))

    def __or__(self, other: Plain) -> Plain:
        return Plain(_joined(self.of, other.of, decides=True))

    def __invert__(self) -> Plain:
        return self._one(operator.not_)

    def __add__(self, other: Any) -> Plain:
        return self._two(operator.add, other)

    def __sub__(self, other: Any) -> Plain:
        return self._two(operator.sub, other)

    def __rsub__(self, other: Any) -> Plain:
        return self._one(lambda value: other - value)

    def __mul__(self, other: Any) -> Plain:
        return self._two(operator.mul, other)

    def __truediv__(self, other: Any) -> Plain:
        return self._two(operator.truediv, other)

    def __floordiv__(self, other: Any) -> Plain:
        return self._two(operator.floordiv, other)

    def cast(self, kind: Callable[[Any], Any]) -> Plain:
        """The value as another type."""
        return self._one(kind)

    def is_null(self) -> Plain:
        """Whether there is no value."""
        of = self.of
        return Plain(lambda row: of(row) is None)

    def is_in(self, values: Sequence[Any]) -> Plain:
        """Whether the value is one of some."""
        return self._one(frozenset(values).__contains__)

    def is_between(self, low: Any, high: Any) -> Plain:
        """Whether the value lies between two, both included."""
        return self._one(lambda value: low <= value <= high)

    def floor(self) -> Plain:
        """The next whole number below; of what is boundless itself."""
        return self._one(lambda value: math.floor(value) if math.isfinite(value) else value)

    def abs(self) -> Plain:
        """The value without its sign."""
        return self._one(abs)

    def round(self, digits: int) -> Plain:
        """The value to so many digits after the point."""
        return self._one(lambda value: round(value, digits))

    def to_lowercase(self) -> Plain:
        """A text in small letters."""
        return self._one(str.lower)

    def strip_chars(self) -> Plain:
        """A text without blanks at its ends."""
        return self._one(str.strip)

    def replace_all(self, pattern: str, by: str) -> Plain:
        """A text in which all that matches is replaced."""
        found = re.compile(pattern)
        return self._one(lambda value: found.sub(by, value))

    @property
    def str(self) -> Plain:
        """What is done to texts."""
        return self


def _joined(one: Of, other: Of, *, decides: bool) -> Of:
    """Two tests, of which one may decide alone; where neither does, what is not known leaves it open."""

    def joined(row: Row) -> Any:
        if (first := one(row)) is decides or (second := other(row)) is decides:
            return decides
        return None if first is None or second is None else not decides

    return joined


class _Then(NamedTuple):
    test: Plain

    def then(self, value: Any) -> _Case:
        return _Case(((self.test.of, value.of),), _nothing)


class _Case(Plain):
    """A case whose end may be still to come."""

    def __init__(self, cases: tuple[tuple[Of, Of], ...], end: Of) -> None:
        super().__init__(_chosen(cases, end), cases, end)

    def otherwise(self, value: Plain) -> Plain:
        """The case with its end."""
        if value.end is not None:
            return _Case((*self.cases, *value.cases), value.end)
        return _Case(self.cases, value.of)


def _nothing(row: Row) -> None:
    """No value, whatever the row."""


def _chosen(cases: tuple[tuple[Of, Of], ...], end: Of) -> Of:
    def chosen(row: Row) -> Any:
        for test, value in cases:
            if test(row):
                return value(row)
        return end(row)

    return chosen


def _datetime(value: date) -> datetime:
    return value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)


class Space:
    """Makes expressions of one row; types are what makes a value one of theirs."""

    __name__ = "plain"
    Int8 = Int16 = Int32 = Int64 = int
    Float64, String = float, Text
    Datetime = staticmethod(_datetime)

    def col(self, name: str) -> Plain:
        """A column."""
        return Plain(operator.itemgetter(name))

    def lit(self, value: Any, dtype: Callable[[Any], Any] | None = None) -> Plain:
        """A value."""
        made = value if value is None or dtype is None else dtype(value)
        return Plain(lambda row: made)

    def when(self, test: Plain) -> _Then:
        """The beginning of a case."""
        return _Then(test)

    def coalesce(self, *parts: Plain) -> Plain:
        """The first value there is."""
        of = [part.of for part in parts]
        return Plain(lambda row: next((value for one in of if (value := one(row)) is not None), None))

    def min_horizontal(self, *parts: Plain) -> Plain:
        """The smallest in a row, all of which are there."""
        return _among(min, parts)

    def max_horizontal(self, *parts: Plain) -> Plain:
        """The largest in a row, all of which are there."""
        return _among(max, parts)

    def sum_horizontal(self, *parts: Plain) -> Plain:
        """The sum of a row's numbers, all of which are there."""
        return _among(sum, parts)


def _among(work: Callable[[list[Any]], Any], parts: Iterable[Plain]) -> Plain:
    of = [part.of for part in parts]
    return Plain(lambda row: work([one(row) for one in of]))


PLAIN = Space()
