"""The columns of the answer: verdicts, counts, the first failure, and on request how far and why not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from ..numbering import NO, OPEN, WORDS, YES
from .cells import REASONS, Result
from .expressions import Expr, Writer
from .names import COUNTS, standing_column
from .nodes import Fixed, Made
from .plan import FramePlan, PackPlan
from .sql import SPACES

Kind = Literal["wide", "long", "summary", "standings", "scenarios"]
KINDS = ("prerequisite", "indicator", "criterion", "grade", "pack")


class Shape(NamedTuple):
    """Which columns are wanted; ``labels`` are the names of scenarios."""

    kind: Kind
    shortfalls: bool = False
    reasons: bool = False
    labels: tuple[str, ...] = ()


class Out(NamedTuple):
    """A column of the answer.

    ``labels`` are the words its numbers stand for, ``None`` for plain numbers; ``gaps`` says that some numbers are too
    high to have a word, ``wide`` that they are not stored as those of verdicts.
    """

    name: str
    expr: Expr
    labels: tuple[str, ...] | None
    gaps: bool = False
    wide: bool = False


class Answer(NamedTuple):
    """The columns of the answer; ``melted`` are numbered columns that become rows first.

    The number of a column stands in ``WHAT`` and its value in ``VALUE``; columns in ``beside`` stay, and ``only`` says
    which rows do.
    """

    outs: tuple[Out, ...]
    melted: tuple[tuple[str, Expr], ...] = ()
    beside: tuple[str, ...] = ()
    only: Expr | None = None


WHAT, VALUE, BEFORE, FIRST = "what", "value", "before", "first"


def answer(writer: Writer, plan: FramePlan, shape: Shape) -> Answer:
    """The columns of the answer."""
    if shape.kind == "long":
        return _long(writer, plan.packs[0])
    if shape.kind == "scenarios":
        return _scenarios(writer, plan, shape.labels)
    if shape.kind == "standings":
        return Answer(tuple(Out(standing_column(p.pack.title_id), writer.write(p.verdict), WORDS) for p in plan.packs))
    pack = plan.packs[0]
    outs: list[Out] = []
    if shape.kind == "wide":
        outs += [Out(result.name, writer.write(result.node), WORDS) for result in pack.results]
    outs.append(Out("verdict", writer.write(pack.verdict), WORDS))
    outs += [Out(name, _counted(writer, pack, code), None) for name, code in zip(COUNTS, (YES, NO, OPEN), strict=True)]
    outs.append(_first_failing(writer, pack))
    for name, detail in pack.details:
        if detail.gap is not None and shape.shortfalls:
            outs.append(Out(f"short_{name}", writer.write(detail.gap), None))
        if shape.reasons:
            outs.append(Out(f"why_{name}", writer.write(detail.why), REASONS, gaps=True))
    return Answer(tuple(outs))


def _long(writer: Writer, pack: PackPlan) -> Answer:
    """A row for each result, the pack's last; the column's number is that of its code and of its kind together."""
    rows = [*((result.code, result.kind, result.node) for result in pack.results), (pack.pack.id, "pack", pack.verdict)]
    codes = tuple(dict.fromkeys(code for code, _, _ in rows))
    columns = tuple(
        (f"{codes.index(code) * len(KINDS) + KINDS.index(kind)}", writer.write(node)) for code, kind, node in rows
    )
    what = writer.column(WHAT).cast(writer.space.Int64)
    code = (what // len(KINDS)).cast(writer.space.Int64)
    outs = (
        Out("code", code, codes, wide=True),
        Out("kind", what - code * len(KINDS), KINDS, wide=True),
        Out("verdict", writer.column(VALUE), WORDS),
    )
    return Answer(outs, columns)


def _scenarios(writer: Writer, plan: FramePlan, labels: tuple[str, ...]) -> Answer:
    """A row for each unit and scenario with another verdict than the first pack's."""
    _, *others = plan.packs
    columns = tuple((f"{number}", writer.write(other.verdict)) for number, other in enumerate(others))
    what = writer.column(WHAT).cast(writer.space.Int64)
    before, after = writer.column(BEFORE), writer.column(VALUE)
    outs = (Out("scenario", what, labels, wide=True), Out("before", before, WORDS), Out("after", after, WORDS))
    return Answer(outs, columns, (BEFORE,), before != after)


def _counted(writer: Writer, pack: PackPlan, code: int) -> Expr:
    """How many criteria have a verdict."""
    fixed = sum(node == Fixed(code) for node in pack.criteria)
    made = [writer.write(node) for node in pack.criteria if isinstance(node, Made)]
    if not made:
        return writer.space.lit(fixed, dtype=writer.space.Int64)
    total = writer.count(made, writer.told[code])
    return total + fixed if fixed else total


def last_columns(writer: Writer, plan: FramePlan, shape: Shape) -> Iterator[tuple[str, Expr]]:
    """Columns the answer is made from, beside the verdicts."""
    if shape.kind in ("wide", "summary"):
        yield FIRST, _first_number(writer, plan.packs[0])
    elif shape.kind == "scenarios":
        yield BEFORE, writer.write(plan.packs[0].verdict)


def _may_be_first(pack: PackPlan) -> tuple[Result, ...]:
    """The results of which one can be the first that is not met; a grade that is not reached is no failure.

    A criterion fails before its indicators only by a finding of its own, and then no indicator has its code.
    """
    inside = {result.code for result in pack.results if result.kind == "indicator"}
    own = [result for result in pack.results if result.kind != "grade"]
    return tuple(result for result in own if result.kind != "criterion" or result.code not in inside)


def _first_number(writer: Writer, pack: PackPlan) -> Expr:
    """The place, in the law's order, of the first result that is not met; their number where there is none."""
    space, results = writer.space, _may_be_first(pack)
    kind = space.UInt8 if writer.native and len(results) < 255 else space.Int16
    nothing = space.lit(len(results), dtype=kind)
    found = [nothing]
    cases = []
    for number, result in enumerate(results):
        here = space.lit(number, dtype=kind)
        if result.node == Fixed(NO):
            found.append(here)
            cases.append((space.lit(True), here))
        elif isinstance(result.node, Made):
            cases.append((writer.write(result.node) == writer.no, here))
            found.append(writer.when(cases[-1], otherwise=nothing))
    if space.__name__ in SPACES:
        # A case is as flat as a list there, and shorter.
        return writer.when(*cases, otherwise=nothing)
    return writer.least(found) if len(found) > 1 else nothing


def _first_failing(writer: Writer, pack: PackPlan) -> Out:
    first, labels = writer.column(FIRST), tuple(result.code for result in _may_be_first(pack))
    return Out("first_failing", first, labels, gaps=True, wide=True)
