"""Observations that are judged by as they were written, and may be meant otherwise."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from ..assessment.doubt import Doubt
from ..pack.measure import Measure
from ..snapshot.observation import Observation
from ..snapshot.value import as_percent, may_be_percent


def doubts(measure: Measure, observed: Collection[Observation], day: date) -> Iterator[Doubt]:
    """The doubts about what was observed of a measure, already checked against it."""
    old = _two_years_before(day)
    for one in observed:
        if one.on is not None and one.on < old:
            yield Doubt("warning.old", measure.id, measure.name, one.value, on=one.on)
    likely, unit = measure.plausible, measure.unit
    if likely is None and unit != "percent":
        return
    for one in observed:
        amount = one.value
        if not amount.unit and may_be_percent(amount, measure):
            read, meant = as_percent(amount)
            yield Doubt("warning.fraction", measure.id, measure.name, read, (meant,))
        elif likely is not None and amount.unit and not one.parts and measure.read(amount) not in likely:
            meant_in = measure.likely(amount.value)
            yield Doubt("warning.implausible", measure.id, measure.name, amount, meant_in)


def _two_years_before(day: date) -> date:
    """The same day two years before; of 29 February, the last of that month."""
    return day.replace(year=day.year - 2, day=28 if (day.month, day.day) == (2, 29) else day.day)
