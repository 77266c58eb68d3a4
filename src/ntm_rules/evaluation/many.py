"""Many units, each judged on its own: what is refused of one leaves the others alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

import msgspec

from ..assessment.model import Assessment
from ..errors import NtmError, Place, Problem, must_be
from ..messages import Lang
from ..pack.catalogue import Catalogue, installed
from ..pack.legal import Verification
from ..pack.model import Pack
from ..snapshot.model import Snapshot, Unit
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


def evaluate_all(
    pack: Pack | str,
    snapshots: Iterable[Snapshot],
    *,
    trust: Verification | str = Verification.RECALLED,
    unknown_measures: Literal["error", "ignore"] = "error",
    catalogue: Catalogue | None = None,
) -> Evaluated:
    """``evaluate`` for each of many snapshots: those it refuses are listed, the others judged.

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
        EvaluationError: no such ``trust``, or another word for ``unknown_measures``.
    """
    catalogue = catalogue or installed()
    if isinstance(pack, str):
        # One word on a pack that is not there, not one for each unit.
        catalogue.load(pack)
    floor = Verification.of(trust)
    must_be("unknown_measures", unknown_measures, ("error", "ignore"))
    results: list[Assessment] = []
    refusals: list[Refusal] = []
    for index, one in enumerate(snapshots):
        try:
            results.append(evaluate(pack, one, trust=floor, unknown_measures=unknown_measures, catalogue=catalogue))
        except NtmError as error:
            problems = (problem.at(_whose(problem.place, one.unit)) for problem in error.problems)
            refusals.append(Refusal(index, one.unit, tuple(problems)))
    return Evaluated(tuple(results), tuple(refusals))


def _whose(place: Place, unit: Unit) -> Place:
    """The place with the unit's name, so that of many units the faulty one is found."""
    return Place(path=unit.name or unit.id) if place in (Place(), Place(path=unit.id)) else place
