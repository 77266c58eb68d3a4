"""Which titles build on which: a set that asks first of all for another title is a step above it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache

from ..pack.catalogue import Catalogue
from ..pack.condition import AllCondition, Condition, MeetsCondition
from ..pack.model import Pack


@lru_cache(maxsize=256)
def steps_below(title: str, catalogue: Catalogue, day: date) -> frozenset[str]:
    """The titles a unit must hold or meet before it can meet this one, the steps below those included.

    They are what the set's prerequisites ask for, and criteria that ask for nothing else.
    """
    found: set[str] = set()
    waiting = [title]
    while waiting:
        for below in _asked(waiting.pop(), catalogue, day):
            if below not in found and below != title:
                found.add(below)
                waiting.append(below)
    return frozenset(found)


def _asked(title: str, catalogue: Catalogue, day: date) -> Iterator[str]:
    if not catalogue.has(title):
        return
    pack = catalogue.named(title, day)
    for reference in _first(pack):
        below = catalogue.title_of(reference, day)
        if catalogue.has(below) and set(pack.applies_to) <= set(catalogue.named(below, day).applies_to):
            yield below


def _first(pack: Pack) -> Iterator[str]:
    alone = (criterion.indicators[0] for criterion in pack.criteria if len(criterion.indicators) == 1)
    for item in (*pack.prerequisites, *alone):
        if item.applies_if is None:
            yield from _meant((item.requires,))


def _meant(conditions: Iterable[Condition]) -> Iterator[str]:
    for condition in conditions:
        if isinstance(condition, MeetsCondition):
            yield condition.meets
        elif isinstance(condition, AllCondition):
            yield from _meant(condition.all)
