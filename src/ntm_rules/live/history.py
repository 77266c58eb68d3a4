"""What a journal tells: how a session stood when it began, and the facts its lines add up to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from ..errors import LiveError, NtmError, Place, Problem
from ..evaluation.tree import TreeEvaluation
from ..pack.catalogue import Catalogue
from ..pack.model import Pack
from .fact_store import FactStore
from .inputs import Advance, Opened, PackUsed
from .journal import Mark, Reading, digest


class Past(NamedTuple):
    """Everything a replayed session begins with; nothing is judged yet."""

    climb: TreeEvaluation
    packs: tuple[Pack | str, ...]
    number: int
    mark: Mark
    changed_packs: tuple[str, ...]


def opening(climb: TreeEvaluation, given: Sequence[Pack | str], number: int) -> Opened:
    """The first line of a journal that begins now."""
    packs = [
        PackUsed(given=one if isinstance(one, str) else pack.reference, reference=pack.reference, digest=digest(pack))
        for one, pack in zip(given, climb.packs, strict=True)
    ]
    return Opened(
        number=number,
        as_of=climb.day,
        trust=climb.trust,
        unknown_measures=climb.unknown_measures,
        packs=tuple(packs),
        units=tuple(climb.register.values()),
        snapshots=tuple(climb.facts_of.values()),
    )


def read_back(path: Path, packs: Sequence[Pack | str] | None, catalogue: Catalogue) -> Past:
    """The facts at the end of a journal.

    Raises:
        LiveError: a line that is damaged, missing or refused; with its number.
    """
    reading = Reading(path)
    store: FactStore | None = None
    given: tuple[Pack | str, ...] = ()
    changed: tuple[str, ...] = ()
    number = 0
    for place, item in reading.lines():
        number = item.number
        try:
            if isinstance(item, Opened):
                given = tuple(packs) if packs is not None else tuple(pack.given for pack in item.packs)
                start = (item.units, item.snapshots, given, item.as_of, item.trust, item.unknown_measures)
                store = FactStore(TreeEvaluation.prepare(*start, catalogue))
                changed = _changed(item.packs, store.climb.packs)
            elif store is None:
                break  # the reading begins with a header or raises
            elif isinstance(item, Advance):
                store = FactStore(store.climb.on(item.to, given))
            else:
                store.put(store.entered(item))
        except NtmError as error:
            raise LiveError(*(_at(problem, place) for problem in error.problems)) from error
    if store is None:
        raise LiveError(Problem("error.journal_empty", Place(file=path.name)))
    return Past(store.climb, given, number, reading.mark, changed)


def _changed(used: Iterable[PackUsed], packs: Iterable[Pack]) -> tuple[str, ...]:
    now = {pack.reference: digest(pack) for pack in packs}
    return tuple(one.reference for one in used if now.get(one.reference) != one.digest)


def _at(problem: Problem, place: Place) -> Problem:
    return problem.at(Place(file=place.file, line=place.line, path=problem.place.path))
