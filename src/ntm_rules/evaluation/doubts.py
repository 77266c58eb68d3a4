"""Observations that are judged by as they were written, and may be meant otherwise."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from ..assessment.doubt import Doubt
from ..pack.measure import Measure
from ..snapshot.observation import Observation
from ..snapshot.value import as_percent, may_be_percent


def doubts(asked: Iterable[tuple[Measure, Collection[Observation]]]) -> Iterator[Doubt]:
    """The doubts about what was observed of some measures, already checked against them."""
    for measure, observed in asked:
        likely, unit = measure.plausible, measure.unit
        if likely is None and unit != "percent":
            continue
        for one in observed:
            amount = one.value
            if may_be_percent(amount, measure):
                read, meant = as_percent(amount)
                yield Doubt("warning.fraction", measure.id, measure.name, read, (meant,))
            elif likely is not None and amount.unit and not one.parts and measure.read(amount) not in likely:
                meant_in = measure.likely(amount.value)
                yield Doubt("warning.implausible", measure.id, measure.name, amount, meant_in)
