"""Many units, each judged on its own: what is refused of one leaves the others alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, partial
from typing import Literal, NamedTuple, TypedDict

import msgspec

from ..assessment.model import Assessment, Result
from ..assessment.remedy import Remedy
from ..errors import EvaluationError, NtmError, Place, Problem, must_be
from ..messages import Lang
from ..pack.catalogue import Catalogue, installed
from ..pack.legal import Verification
from ..pack.model import Pack
from ..snapshot.model import Snapshot
from ..snapshot.unit import Unit
from .evaluate import evaluate


class Refusal(msgspec.Struct, frozen=True):
    """A snapshot that could not be judged: the ``index``-th of those given, and everything wrong with it."""

    index: int
    unit: Unit
    problems: tuple[Problem, ...]

    def text(self, lang: Lang = "vi") -> str:
        """A line for each problem, under the unit's name."""
        return "\n".join(problem.text(lang) for problem in self.problems)


class Evaluated(msgspec.Struct, frozen=True):
    """What became of some snapshots: each is in ``results`` or in ``refusals``, in the order given."""

    results: tuple[Assessment, ...]
    refusals: tuple[Refusal, ...]

    def __iter__(self) -> Iterator[Assessment | Refusal]:
        """Results and refusals together, one for each snapshot."""
        refused, judged = {one.index: one for one in self.refusals}, iter(self.results)
        for index in range(len(self.results) + len(self.refusals)):
            yield refused[index] if index in refused else next(judged)


Progress = Callable[[int, int], None]


def evaluate_all(
    pack: Pack | str,
    snapshots: Iterable[Snapshot],
    *,
    trust: Verification | str = Verification.RECALLED,
    unknown_measures: Literal["error", "ignore"] = "error",
    catalogue: Catalogue | None = None,
    processes: int = 1,
    progress: Progress | None = None,
) -> Evaluated:
    """``evaluate`` for each of many snapshots: those it refuses are listed, the others judged, in the order given.

    ``processes`` shares the work out; a script that asks for more than one must be guarded by
    ``if __name__ == "__main__":``, as for ``multiprocessing``. ``progress`` is told how many of how many are done.

    >>> import ntm_rules as ntm
    >>> days = {"a": "2023-08-17", "b": "2003-08-17"}
    >>> snapshots = [
    ...     ntm.Snapshot(unit={"id": one, "level": "commune", "region": "btb"}, as_of=day) for one, day in days.items()
    ... ]
    >>> done = evaluate_all("hatinh/commune", snapshots)
    >>> [result.unit.id for result in done.results], [refusal.unit.id for refusal in done.refusals]
    (['a'], ['b'])

    Raises:
        CatalogueError: there is no such pack at all.
        EvaluationError: no such ``trust``, another word for ``unknown_measures``, or fewer than one process.
    """
    shelf = catalogue or installed()
    if isinstance(pack, str):
        # One word on a pack that is not there, not one for each unit.
        shelf.load(pack)
    must_be("unknown_measures", unknown_measures, ("error", "ignore"))
    if processes < 1:
        raise EvaluationError(Problem("error.processes", Place(path="processes"), given=processes))
    given = list(snapshots)
    work = _Work(pack, Verification.of(trust), unknown_measures, shelf)
    results: list[Assessment] = []
    refusals: list[Refusal] = []
    for index, came in enumerate(work.apart(given, processes) if processes > 1 else map(work.one, given)):
        if isinstance(came, Assessment):
            results.append(came)
        else:
            unit = given[index].unit
            refusals.append(Refusal(index, unit, tuple(one.at(_whose(one.place, unit)) for one in came)))
        if progress is not None and ((index + 1) % _CHUNK == 0 or index + 1 == len(given)):
            progress(index + 1, len(given))
    return Evaluated(tuple(results), tuple(refusals))


_CHUNK = 50
Came = Assessment | tuple[Problem, ...]


class _Work(NamedTuple):
    """What is done with each snapshot."""

    pack: Pack | str
    trust: Verification
    unknown_measures: Literal["error", "ignore"]
    catalogue: Catalogue | None

    def one(self, snapshot: Snapshot) -> Came:
        try:
            return evaluate(self.pack, snapshot, **self.options)
        except NtmError as error:
            return error.problems

    @property
    def options(self) -> Options:
        return {"trust": self.trust, "unknown_measures": self.unknown_measures, "catalogue": self.catalogue}

    def apart(self, given: Sequence[Snapshot], processes: int) -> Iterator[Came]:
        """The same in processes, which begin anew: a fork of a program with threads may never wake."""
        chunks = [given[first : first + _CHUNK] for first in range(0, len(given), _CHUNK)]
        # What is installed each finds for itself.
        work = self._replace(catalogue=None) if self.catalogue is installed() else self
        begin = partial(_begin, work)
        # Only who asks for processes pays for what runs them.
        from concurrent.futures import ProcessPoolExecutor
        from multiprocessing import get_context

        with ProcessPoolExecutor(processes, get_context("spawn"), begin) as pool:
            snapshots = iter(given)
            for written in pool.map(_chunk, chunks):
                for came in written:
                    snapshot = next(snapshots)
                    yield came if isinstance(came, tuple) else _read(came).asking(_Anew(self, snapshot))


class Options(TypedDict):
    trust: Verification
    unknown_measures: Literal["error", "ignore"]
    catalogue: Catalogue | None


class _Anew:
    """What would change an assessment that another process made: asked of one made here, when it is asked."""

    def __init__(self, work: _Work, snapshot: Snapshot) -> None:
        self._made = cache(lambda: evaluate(work.pack, snapshot, **work.options).judged)

    def remedy(self, assessment: Assessment) -> Remedy:
        return self._made().remedy(assessment)

    def awaited(self, assessment: Assessment, candidates: tuple[Result, ...]) -> tuple[Result, ...]:
        return self._made().awaited(assessment, candidates)

    def overturning(self, assessment: Assessment, candidates: tuple[Result, ...]) -> tuple[Result, ...]:
        return self._made().overturning(assessment, candidates)


_read = msgspec.msgpack.Decoder(Assessment).decode
# What this process was begun for, where it is one of several.
_HERE: list[_Work] = []


def _begin(work: _Work) -> None:
    _HERE[:] = [work]


def _chunk(snapshots: Sequence[Snapshot]) -> list[bytes | tuple[Problem, ...]]:
    came = map(_HERE[0].one, snapshots)
    return [one if isinstance(one, tuple) else msgspec.msgpack.encode(one) for one in came]


def _whose(place: Place, unit: Unit) -> Place:
    """The place with the unit's name, so that of many units the faulty one is found."""
    return Place(path=unit.label) if place in (Place(), Place(path=unit.id)) else place
