"""Which days a pack, an indicator or one of its dated versions is in force on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from ..pack.indicator import Indicator, Version
from ..pack.model import Pack
from ..pack.period import Period

Days = tuple[date, date]


def days_in_force(pack: Pack, indicator: Indicator, version: Version | None) -> list[Days]:
    """The days on which a version of an indicator, or what it reads outside all versions, is in force."""
    whole = days_of(pack.valid)
    if version is not None:
        start, end = days_of(version.valid)
        both = max(start, whole[0]), min(end, whole[1])
        return [both] if both[0] <= both[1] else []
    left = [whole]
    for other in indicator.versions:
        taken = days_of(other.valid)
        left = [piece for days in left for piece in _outside(days, taken)]
    return left


def days_of(period: Period) -> Days:
    """The first and the last day of a period; an open end lies as far away as dates go."""
    return period.start or date.min, period.end or date.max


def _outside(days: Days, taken: Days) -> Iterator[Days]:
    start, end = days
    if taken[1] < start or taken[0] > end:
        yield days
        return
    if start < taken[0]:
        yield start, taken[0] - timedelta(days=1)
    if taken[1] < end:
        yield taken[1] + timedelta(days=1), end
