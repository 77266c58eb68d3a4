"""From packs to columns: what is to be made of a frame, step after step, before any engine."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from ...pack.catalogue import Catalogue
from ...pack.model import Pack
from ...territory import Level, Region
from ...units.provinces import called, provinces_of
from ...units.register import REFORM
from ..axes import Axis, ByContext
from ..steps import steps_below
from .caching import cached_by_packs
from .cells import Detail, Result
from .columns import Columns, Given
from .names import slug
from .nodes import Fixed, Made, Node


class PackPlan(NamedTuple):
    """What one pack comes to."""

    pack: Pack
    results: tuple[Result, ...]
    verdict: Fixed | Made

    @property
    def criteria(self) -> tuple[Fixed | Made, ...]:
        """The verdicts of the criteria."""
        return tuple(result.node for result in self.results if result.kind == "criterion")

    @property
    def details(self) -> tuple[tuple[str, Detail], ...]:
        """What is told beside the verdicts, by code."""
        return tuple((slug(result.code), result.detail) for result in self.results if result.detail is not None)


class FramePlan(NamedTuple):
    """Columns to make, step after step, and the packs they are made for.

    ``limits`` are columns of limits, of whole numbers or of doubles; ``homes`` is what the province may be called whose
    own sets these are. ``wholes`` are columns of measures as whole numbers, shifted by so many digits; ``outside`` says
    of the first part of a figure that follows where that figure cannot be. ``lands`` is what provinces are called, by
    the region each settles, from a day on; ``region`` the one told for all rows.
    """

    limits: tuple[tuple[str, ByContext[Any], bool], ...]
    steps: tuple[tuple[tuple[str, Node], ...], ...]
    packs: tuple[PackPlan, ...]
    axes: tuple[Axis, ...]
    reads: tuple[str, ...]
    standings: tuple[tuple[str, tuple[Level, ...], str, bool], ...]
    homes: tuple[str, ...] = ()
    wholes: tuple[tuple[str, str, int], ...] = ()
    outside: tuple[tuple[str, Node], ...] = ()
    lands: tuple[tuple[date, tuple[tuple[Region, tuple[str, ...]], ...]], ...] = ()
    region: Region | None = None
    # Of two titles counted, the one that builds on the other comes first.
    ladder: tuple[tuple[str, str], ...] = ()


@cached_by_packs
def frame_plan(packs: tuple[Pack, ...], given: Given, catalogue: Catalogue) -> FramePlan:
    """The plan for some packs on the columns at hand; the last ones made are kept.

    Raises:
        EvaluationError: packs that are never in force together, or ask for each other in a circle.
        PackError: what ``evaluate`` raises for thresholds that go in a circle.
    """
    columns, sources = Columns(packs, given, catalogue), dict(given.sources)
    days = (date.min, REFORM) if "as_of" in sources else (given.base.on,)
    built = []
    for root, codes in zip(packs, given.assumed or (frozenset[str](),) * len(packs), strict=True):
        judged = columns.judge(root, codes)
        verdict = columns.made(columns.held(root, judged.verdict)) if given.holding else judged.verdict
        built.append(PackPlan(root, judged.results, verdict))
    day = given.base.on or packs[0].valid.start or date.min
    counted = {title: steps_below(title, catalogue, day) for _, title, _ in columns.standings.values()}
    return FramePlan(
        tuple((name, cases, whole) for (cases, whole), name in columns.limits.items()),
        tuple(map(tuple, columns.steps)),
        tuple(built),
        tuple(columns.contexts.axes.values()),
        tuple(dict.fromkeys((*columns.reads, *(name for name, one in given.sources if one.role == "measure")))),
        tuple((name, *standing) for name, standing in columns.standings.items()),
        called(packs, given.base.on, catalogue),
        tuple((name, *whole) for whole, name in columns.wholes.items()),
        tuple(columns.outside),
        tuple((day, provinces_of(catalogue).spelled(day)) for day in days) if "province" in sources else (),
        given.base.region,
        tuple((title, lower) for title, below in counted.items() for lower in sorted(below & counted.keys())),
    )
