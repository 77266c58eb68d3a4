"""A frame plan made once and kept, for many frames with the same columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Literal, TypeVar

from ...errors import EvaluationError, Problem, nearest
from ...messages import Lang
from ...pack.catalogue import Catalogue
from ...pack.legal import Verification
from ...pack.model import Pack
from ...territory import Group, Level, Region
from .answer import Shape
from .evaluate import FrameResult, Judged, Options, shape_of
from .native import Columns, frame_read
from .run import Progress

F = TypeVar("F")


def prepare(
    pack: Pack | str,
    schema: object,
    *,
    as_of: date | str | None = None,
    region: Region | str | None = None,
    group: Group | str | None = None,
    level: Level | str | None = None,
    attributes: Mapping[str, bool | str] | None = None,
    trust: Verification | str = Verification.RECALLED,
    units: Mapping[str, str] | None = None,
    columns: Mapping[str, str] | None = None,
    output: Literal["wide", "long", "summary"] = "wide",
    shortfalls: bool = False,
    reasons: bool = False,
    keep: Sequence[str] | None = None,
    invalid: Literal["raise", "mark"] | None = None,
    unknown_columns: Literal["error", "ignore"] = "error",
    progress: Progress | None = None,
    catalogue: Catalogue | None = None,
    numbers: Lang | None = None,
) -> PreparedPlan:
    """What judging frames with some columns comes to, worked out once and kept for many frames.

    ``schema`` is a frame with these columns, also one without rows, of which only names and types are looked at; the
    frames given later may be of any engine. The other parameters are those of ``evaluate_frame``, and are settled here.

    >>> import polars as pl
    >>> columns = pl.DataFrame(schema={"id": pl.String, "region": pl.String, "resident_satisfaction_share": pl.Float64})
    >>> plan = prepare("vn/commune", columns, as_of="2023-08-17", trust="uncertain", output="summary")
    >>> day = pl.DataFrame([{"id": "x", "region": "btb", "resident_satisfaction_share": 63.8}])
    >>> plan(day).frame["first_failing"].to_list()
    ['P2']

    Raises:
        EvaluationError: what ``evaluate_frame`` raises of a frame before it looks at its rows.
        CatalogueError: the pack is not installed.
    """
    options = Options(
        as_of, region, group, level, attributes, trust, units, columns, (), keep, invalid, unknown_columns, progress,
        catalogue, numbers,
    )  # fmt: skip
    return PreparedPlan(pack, schema, options, shape_of(output, shortfalls, reasons))


class PreparedPlan:
    """Judges frames with the columns it was made for, given in any order; made by ``prepare``."""

    def __init__(self, pack: Pack | str, schema: object, options: Options, shape: Shape) -> None:
        self._options, self._shape = options, shape
        first = self._judged(pack, schema)
        self.pack, self._schema = first.packs[0], dict(first.schema)
        # How a plan is written differs from engine to engine; each is written when its first frame comes.
        self._written: dict[type, Judged] = {type(schema): first}
        self._seen = Columns.of(schema)

    def __repr__(self) -> str:
        return f"PreparedPlan({self.pack.reference}, {len(self._schema)} columns)"

    def __call__(self, frame: F) -> FrameResult[F]:
        """Every row judged.

        Raises:
            EvaluationError: other columns than the plan was made for, or cells that ``evaluate_frame`` refuses.
        """
        types = Columns.of(frame)
        if types is None or types != self._seen:
            self._check(dict(frame_read(frame)[1]))
            if types is not None:
                types.emptied()
            self._seen = types
        written = self._written.get(type(frame))
        if written is None:
            written = self._written[type(frame)] = self._judged(self.pack, frame)
        return written.on(frame).result(self._shape)

    def _judged(self, pack: Pack | str, frame: Any) -> Judged:
        judged = Judged((pack,), frame, self._options, details=self._shape.shortfalls or self._shape.reasons)
        judged.write(self._shape)
        return judged

    def _check(self, columns: dict[str, Any]) -> None:
        problems = [
            Problem("error.frame_plan_without", column=name, near=nearest(name, columns))
            for name in self._schema
            if name not in columns
        ]
        problems += [
            Problem("error.frame_plan_beside", column=name, near=nearest(name, self._schema))
            for name in columns
            if name not in self._schema
        ]
        problems += [
            Problem("error.frame_plan_kind", column=name, kind=str(kind), wanted=str(self._schema[name]))
            for name, kind in columns.items()
            if name in self._schema and kind != self._schema[name]
        ]
        if problems:
            raise EvaluationError(*problems)
