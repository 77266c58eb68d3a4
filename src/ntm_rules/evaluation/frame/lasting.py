"""Titles that last for so many months: whether these are full, told by the parts of two days alone.

The day they are full is the day of the month the title was given on, or the month's last where there is no such day.
"""

from __future__ import annotations

from calendar import monthrange
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from .expressions import Expr, Writer

_LEAP = [year for year in range(1904, 2400, 4) if year % 100 or year % 400 == 0]


class _Parts(NamedTuple):
    """The parts of today; of every row alike, or each row's own."""

    months: Expr
    day: Expr
    ends_month: Expr


def are_full(writer: Writer, on: str, months: int) -> Expr:
    """Whether so many months have passed since a day."""
    given, today = writer.column(f"s_{on}").dt, _today(writer)
    passed = today.months - _months(given.year(), given.month())
    reached = (given.day() <= today.day) | today.ends_month
    return (passed > months) | ((passed == months) & reached)


def _today(writer: Writer) -> _Parts:
    if (known := writer.as_of) is not None:
        ends = writer.space.lit(known.day == monthrange(known.year, known.month)[1])
        return _Parts(12 * known.year + known.month, known.day, ends)
    today = writer.column("s_as_of").dt
    year, month, day = today.year(), today.month(), today.day()
    ends = (day == 31) | ((day == 30) & month.is_in([4, 6, 9, 11]))
    february = (month == 2) & ((day == 29) | ((day == 28) & ~year.is_in(_LEAP)))
    return _Parts(_months(year, month), day, ends | february)


def _months(year: Expr, month: Expr) -> Expr:
    # As they come: pandas has no whole numbers beside a missing day.
    return year * 12 + month
