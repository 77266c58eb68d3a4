"""A plan written for one engine: what is done to a frame, in order. Written once, run on every frame alike."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import narwhals as nw

from ...pack.catalogue import Catalogue
from ...pack.measure import Measure
from ...pack.model import Pack
from .answer import Answer, Shape, answer, last_columns
from .caching import cached_by_packs
from .columns import Given
from .expressions import INNER, Expr, Writer
from .labelling import labelled
from .limits import SMALLEST, Accepted
from .nodes import Made, Node
from .plain import PLAIN
from .plan import FramePlan, PackPlan, frame_plan
from .prepare import Prepared, Preparer
from .sql import SPACES

PROBLEM = "problem"
Step = tuple[Expr, ...]


class Script(NamedTuple):
    """Expressions by step: reading, limits and verdicts, the columns of the answer.

    ``unfit`` says by source whether a row's cell is one that ``evaluate`` refuses, ``doubts`` whether any of a frame at
    hand is. ``fractions`` says so of bare fractions under a percentage. ``glance`` says of either, by source, in which
    ``doubts`` there may be something; without it all are looked at.
    """

    plan: FramePlan
    reading: tuple[Step, ...]
    unfit: tuple[tuple[str, Expr], ...]
    fractions: tuple[tuple[str, Expr], ...]
    doubts: Step
    glance: tuple[tuple[str, Expr], ...]
    verdicts: tuple[Step, ...]
    answer: Answer
    melted: Step
    labelled: Step


def space_of(native: str) -> Any:
    """The interface in which expressions for an engine are written."""
    if native == "polars":
        import polars as pl

        return pl
    return PLAIN if native == "plain" else SPACES.get(native, nw)


@cached_by_packs
def script(
    packs: tuple[Pack, ...], given: Given, catalogue: Catalogue, native: str, lazy: bool, mark: bool, shape: Shape
) -> Script:
    """The script for some packs on the columns at hand; the last ones written are kept."""
    made = frame_plan(packs, given, catalogue)
    sources = dict(given.sources)
    measures = {name: measure for pack in packs for name, measure in catalogue.measures_for(pack).items()}
    writer = Writer(space_of(native), sources, None if "as_of" in sources else given.base.on)
    prepared = Preparer(writer, made, measures, lazy).prepare()
    reading = [_step(prepared.columns), _step(prepared.counts)]
    limits = [(name, writer.limits(cases, whole)) for name, cases, whole in made.limits]
    # Engines look over each step as a whole: what can be done at once is one step.
    verdicts = [_step([(PROBLEM, _problem(writer, prepared.unfit)), *limits] if mark else limits)]
    verdicts += [_step((name, writer.write(node)) for name, node in step) for step in made.steps]
    last = _step(last_columns(writer, made, shape))
    if shape.kind in ("wide", "summary") and made.steps and _are_before(made.packs[0], made.steps[-1]):
        verdicts[-1] += last
    else:
        verdicts.append(last)
    found = answer(writer, made, shape)
    fit = writer.column(PROBLEM).is_null() if mark else None
    doubtful = dict(_doubtful(writer, made, measures))
    fractions = tuple((name, _fraction(writer.measured(name), one)) for name, one in doubtful.items())
    if found.only is not None and fit is not None:
        found = found._replace(only=fit & found.only)
    return Script(
        made,
        tuple(filter(None, reading)),
        prepared.unfit,
        fractions,
        () if lazy else _any_of((*prepared.unfit, *fractions)),
        tuple(_glance(writer, prepared, doubtful, fractions)) if native == "polars" and not lazy else (),
        tuple(filter(None, verdicts)),
        found,
        tuple(expr.alias(name) for name, expr in found.melted),
        labelled(writer, found.outs, fit, native),
    )


def _are_before(pack: PackPlan, step: Iterable[tuple[str, Node]]) -> bool:
    """Whether none of a pack's results is made in a step."""
    return {name for name, _ in step}.isdisjoint(one.node.name for one in pack.results if isinstance(one.node, Made))


def _step(columns: Any) -> Step:
    return tuple(expr.alias(INNER + name) for name, expr in columns)


def _any_of(tests: Iterable[tuple[str, Expr]]) -> Step:
    return tuple(test.any().alias(f"{n}") for n, (_, test) in enumerate(tests))


def _glance(
    writer: Writer, prepared: Prepared, doubtful: Mapping[str, bool], fractions: tuple[tuple[str, Expr], ...]
) -> Iterator[tuple[str, Expr]]:
    """What tells in one comparison, where it can, that nothing is wrong with a column nor doubtful about it."""
    seen = {name for name, _, _ in prepared.plain}
    own = {id(test) for _, _, test in prepared.plain}
    for name, accepted, _ in prepared.plain:
        yield name, ~_calm(writer.measured(name), accepted, doubtful.get(name)).all()
    rest = [one for one in prepared.unfit if id(one[1]) not in own]
    for name, test in (*rest, *(one for one in fractions if one[0] not in seen)):
        yield name, test.any()


def _calm(value: Expr, accepted: Accepted, with_one: bool | None) -> Expr:
    """Whether a number is accepted, and beyond the fractions that may be doubted."""
    low, high = accepted.spans[0]
    if with_one is not None:
        low = max(low or 0, math.nextafter(1, 2) if with_one else 1)
    calm = value.is_between(low, high)
    return calm & (value.floor() == value) if accepted.whole else calm


def _doubtful(writer: Writer, made: FramePlan, measures: Mapping[str, Measure]) -> Iterator[tuple[str, bool]]:
    """Numbers that may be meant in another scale, and whether one is such; columns read one by one are seen there."""
    for name in made.reads:
        source = writer.sources[name]
        bare = source.role == "measure" and source.kind != "read" and source.unit in ("", "percent")
        if bare and measures[name].unit == "percent":
            yield name, measures[name].better == "higher"


def _fraction(value: Expr, with_one: bool) -> Expr:
    return (value >= SMALLEST) & ((value <= 1) if with_one else (value < 1))


def _problem(writer: Writer, unfit: tuple[tuple[str, Expr], ...]) -> Expr:
    """The first column of the frame whose cell is unfit."""
    space = writer.space
    cases = [(test, space.lit(writer.sources[name].column)) for name, test in unfit]
    return writer.word(*cases)
