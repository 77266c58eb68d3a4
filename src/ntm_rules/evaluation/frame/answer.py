"""The columns of the answer: verdicts, counts, the first failure, and on request how far and why not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from .expressions import BAD, Expr, Writer
from .names import COUNTS, standing_column
from .nodes import NO, OPEN, VERDICTS, YES, Fixed, Made
from .plan import PackPlan, Plan

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


def _first_failing(writer: Writer, pack: PackPlan) -> Out:
    """The first code in the law's order that is not met, as a number among the codes."""
    space, kind = writer.space, writer.space.Int16
    codes = [result.code for result in pack.results]
    nothing = space.lit(len(codes), dtype=kind)
    found = [nothing]
    for number, result in enumerate(pack.results):
        here = space.lit(number, dtype=kind)
        if result.node == Fixed(NO):
            found.append(here)
        elif isinstance(result.node, Made):
            found.append(writer.when((writer.write(result.node) == NO, here), otherwise=nothing))
    first = space.min_horizontal(*found) if len(found) > 1 else nothing
    labels = tuple(dict.fromkeys(codes))
    # A criterion may have the code of its only indicator; both stand under one label.
    places = [labels.index(code) for code in codes]
    moved = [(first == n, space.lit(place, dtype=kind)) for n, place in enumerate(places) if n != place]
    none = (first == len(codes), space.lit(BAD, dtype=kind))
    return Out("first_failing", writer.when(none, *moved, otherwise=first), labels, gaps=True)


