"""The columns of the answer: verdicts, counts, the first failure, and on request how far and why not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from .expressions import BAD, Expr, Writer
from .names import COUNTS, standing_column
from .nodes import NO, OPEN, VERDICTS, YES, Fixed, Made
from .plan import PackPlan, Plan, Result

Kind = Literal["wide", "long", "summary", "standings", "scenarios"]
WORDS: tuple[str, ...] = tuple(str(verdict) for verdict in VERDICTS)


class Shape(NamedTuple):
    """Which columns are wanted."""

    kind: Kind
    shortfalls: bool = False
    reasons: bool = False


class Out(NamedTuple):
    """A column of the answer.

    ``labels`` are the words its numbers stand for, ``None`` for plain numbers; ``gaps`` says that some have no word.
    """

    name: str
    expr: Expr
    labels: tuple[str, ...] | None
    gaps: bool = False


def answer(writer: Writer, plan: Plan, shape: Shape) -> Iterator[Out]:
    """The columns of the answer."""
    if shape.kind in ("standings", "scenarios"):
        for number, judged in enumerate(plan.packs):
            name = standing_column(judged.pack.title_id) if shape.kind == "standings" else f"{number}"
            yield Out(name, writer.write(judged.verdict), WORDS)
        return
    pack = plan.packs[0]
    if shape.kind != "summary":
        for result in pack.results:
            yield Out(result.name, writer.write(result.node), WORDS)
    if shape.kind != "long":
        yield Out("verdict", writer.write(pack.verdict), WORDS)
        for name, code in zip(COUNTS, (YES, NO, OPEN), strict=True):
            yield Out(name, _counted(writer, pack, code), None)
        yield _first_failing(writer, pack)


def _counted(writer: Writer, pack: PackPlan, code: int) -> Expr:
    """How many criteria have a verdict."""
    fixed = sum(node == Fixed(code) for node in pack.criteria)
    made = [writer.write(node) for node in pack.criteria if isinstance(node, Made)]
    if not made:
        return writer.space.lit(fixed, dtype=writer.space.Int64)
    total = writer.count(made, code)
    return total + fixed if fixed else total


def last_columns(writer: Writer, plan: Plan, shape: Shape) -> Iterator[tuple[str, Expr]]:
    """Columns the answer is made from, beside the verdicts."""
    if shape.kind in ("wide", "summary"):
        yield FIRST, _first_number(writer, plan.packs[0])


FIRST = "first"


def _may_be_first(pack: PackPlan) -> tuple[Result, ...]:
    """The results of which one can be the first that is not met.

    A criterion fails before its indicators only by a finding of its own, and then no indicator has its code.
    """
    inside = {result.code for result in pack.results if result.kind == "indicator"}
    return tuple(result for result in pack.results if result.kind != "criterion" or result.code not in inside)


def _first_number(writer: Writer, pack: PackPlan) -> Expr:
    """The place, in the law's order, of the first result that is not met; their number where there is none."""
    space, kind, results = writer.space, writer.space.Int16, _may_be_first(pack)
    nothing = space.lit(len(results), dtype=kind)
    found = [nothing]
    for number, result in enumerate(results):
        here = space.lit(number, dtype=kind)
        if result.node == Fixed(NO):
            found.append(here)
        elif isinstance(result.node, Made):
            found.append(writer.when((writer.write(result.node) == NO, here), otherwise=nothing))
    return space.min_horizontal(*found) if len(found) > 1 else nothing


def _first_failing(writer: Writer, pack: PackPlan) -> Out:
    first, labels = writer.column(FIRST), tuple(result.code for result in _may_be_first(pack))
    none = (first == len(labels), writer.space.lit(BAD, dtype=writer.space.Int16))
    return Out("first_failing", writer.when(none, otherwise=first), labels, gaps=True)
