"""Children rolled up: counts of a unit's children, taken from frames in which the children are rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import narwhals as nw

from ...errors import EvaluationError, Problem, nearest
from ...snapshot.ledger import read_member
from ...snapshot.model import ChildCounts
from ...territory import Level
from ...verdict import MET, UNKNOWN, Verdict
from .expressions import INNER
from .names import standing_column
from .partitions import is_dask, rows_where
from .plan import Plan

Frame = nw.DataFrame[Any] | nw.LazyFrame[Any]
# Name, levels and title of each count that is asked for.
Standings = tuple[tuple[str, tuple[Level, ...], str], ...]


class ChildFrame(NamedTuple):
    """A frame with a row for each child: ``parent`` holds the id of the unit above.

    The level of the children stands in a column ``level``, or is given here for all of them. Children with a reason in
    a column ``exempt`` count nowhere. How they stand with a title is in a column such as ``standing_vn_commune``, as
    ``standing_frame`` writes it; a title without such a column is unknown for all of them.
    """

    frame: Any
    parent: str = "parent"
    level: Level | str | None = None


class Listed:
    """Frames of children, read alike."""

    def __init__(self, given: Iterable[Any]) -> None:
        self.frames = [_Children(child if isinstance(child, ChildFrame) else ChildFrame(child)) for child in given]

    @property
    def levels(self) -> frozenset[str]:
        """The levels of which it is known which children there are."""
        return frozenset(level for child in self.frames for level in child.levels)

    def standings(self, plan: Plan) -> Standings:
        """The counts a plan asks for that these frames give."""
        return tuple(one for one in plan.standings if all(level.value in self.levels for level in one[1]))

    def join(self, frame: Frame, unit: str, plan: Plan) -> Frame:
        """The frame with counts of each unit's children beside it, its rows in their order where they have one.

        Raises:
            EvaluationError: a frame of children that is of another kind.
        """
        wanted = self.standings(plan)
        if not wanted:
            return frame
        order, key = INNER + "row", frame.collect_schema()[unit]
        index = None
        if isinstance(frame, nw.DataFrame):
            index = nw.to_native(frame).index if frame.implementation.is_pandas() else None
            frame = frame.with_row_index(order)
        for number, child in enumerate(self.frames):
            counted = child.counted(frame, number, wanted, key)
            frame = frame.join(counted, left_on=unit, right_on=f"{INNER}of_{number}", how="left")
        frame = frame.with_columns(*self.totals(wanted))
        if not isinstance(frame, nw.DataFrame):
            return frame
        frame = frame.sort(order)
        if index is None:
            return frame
        ordered: Frame = nw.from_native(nw.to_native(frame).set_axis(index, axis=0), eager_only=True)
        return ordered

    def totals(self, wanted: Standings) -> list[nw.Expr]:
        """Counts over all frames of children; none for a unit of which no child is listed, or one unclearly."""
        numbers = range(len(self.frames))
        somebody = nw.sum_horizontal(*(nw.col(f"{INNER}any_{number}").fill_null(0) for number in numbers)) > 0
        clear = nw.sum_horizontal(*(nw.col(f"{INNER}strange_{number}").fill_null(0) for number in numbers)) == 0
        columns: list[nw.Expr] = []
        for name, _, _ in wanted:
            for what in ("total", "met", "unknown"):
                parts = (nw.col(f"{INNER}{what}_{name}_{number}").cast(nw.Float64) for number in numbers)
                total = nw.sum_horizontal(*(part.fill_null(0.0) for part in parts))
                columns.append(nw.when(somebody & clear).then(total).alias(f"{INNER}n_{what}_{name}"))
        return columns

    def of(self, unit: str, titles: Sequence[str]) -> dict[Level, ChildCounts]:
        """The children of one unit, counted and named."""
        rows = [row for child in self.frames for row in child.rows(unit, titles)]
        if not rows:
            return {}
        found: dict[Level, ChildCounts] = {}
        for level in Level:
            if level.value not in self.levels:
                continue
            here = [row for row in rows if row.level is level]
            counted = [row for row in here if not row.exempt]
            known = [title for title in titles if any(title in row.standings for row in rows)]
            found[level] = ChildCounts(
                total=len(counted),
                meeting={t: sum(row.standings.get(t) == MET for row in counted) for t in known},
                unknown={t: sum(row.standings.get(t, UNKNOWN) == UNKNOWN for row in counted) for t in known},
                exempt=tuple(row.name for row in here if row.exempt),
                not_meeting_names={
                    t: tuple(row.name for row in counted if row.standings.get(t, UNKNOWN) not in (MET, UNKNOWN))
                    for t in known
                },
                unknown_names={
                    t: tuple(row.name for row in counted if row.standings.get(t, UNKNOWN) == UNKNOWN) for t in known
                },
            )
        return found


class _Row(NamedTuple):
    level: Level
    name: str
    exempt: bool
    standings: dict[str, str]


class _Children:
    def __init__(self, given: ChildFrame) -> None:
        self.parent, self.native = given.parent, given.frame
        # Of a Dask frame only the names and types are looked at here.
        self.frame: Frame = nw.from_native(given.frame._meta if is_dask(given.frame) else given.frame)
        self.level = None if given.level is None else read_member(Level, str(given.level))
        self.names = list(self.frame.collect_schema().names())
        for needed in (given.parent, *(("level",) if self.level is None else ())):
            if needed not in self.names:
                near = nearest(needed, self.names)
                raise EvaluationError(Problem("error.frame_child_column", column=needed, near=near))
        if self.level is None and isinstance(self.frame, nw.DataFrame):
            for word in self.frame["level"].unique().to_list():
                if not (_said(word) and str(word) in set(Level)):
                    read_member(Level, "" if word is None else f"“{word}”")

    @property
    def levels(self) -> tuple[str, ...]:
        return tuple(level.value for level in Level) if self.level is None else (self.level.value,)

    def counted(self, like: Frame, number: int, wanted: Standings, key: Any) -> Any:
        """Counts by parent, ready to be joined to a frame whose ids are of the type ``key``."""
        frame = self.frame
        if isinstance(like, nw.LazyFrame) and isinstance(frame, nw.DataFrame):
            frame = frame.lazy()
        alike = isinstance(frame, nw.LazyFrame) == isinstance(like, nw.LazyFrame)
        if frame.implementation is not like.implementation or not alike:
            given, needed = type(nw.to_native(frame)).__name__, type(nw.to_native(like)).__name__
            raise EvaluationError(Problem("error.frame_child_kind", given=given, wanted=needed))
        marked = self.marked(frame, number, wanted, key)
        names = [name for name in marked.collect_schema().names() if name != f"{INNER}of_{number}"]
        return marked.group_by(f"{INNER}of_{number}").agg(*(nw.col(name).sum() for name in names))

    def marked(self, frame: Frame, number: int, wanted: Standings, key: Any) -> Any:
        """The children with their parent and, for each count, a one or a zero."""
        one, none = nw.lit(1, nw.Int64), nw.lit(0, nw.Int64)
        marks = {f"{INNER}any_{number}": one, f"{INNER}strange_{number}": self._strange(one, none)}
        for name, levels, title in wanted:
            place, column = f"_{name}_{number}", standing_column(title)
            child = self._counts(levels)
            marks[f"{INNER}total{place}"] = nw.when(child).then(one).otherwise(none)
            met, decided = none, none
            if column in self.names:
                said = nw.col(column).cast(nw.String)
                met = nw.when(said == MET.value).then(one).otherwise(none)
                decided = nw.when(said.is_in(_DECIDED)).then(one).otherwise(none)
            marks[f"{INNER}met{place}"] = nw.when(child).then(met).otherwise(none)
            marks[f"{INNER}unknown{place}"] = nw.when(child).then(one - decided).otherwise(none)
        of, parent = f"{INNER}of_{number}", nw.col(self.parent)
        known = frame.filter(~parent.is_null())
        if self.frame.collect_schema()[self.parent] != key:
            parent = parent.cast(key)
        made = known.with_columns(parent.alias(of), *(mark.alias(name) for name, mark in marks.items()))
        return made.select(of, *marks)

    def _strange(self, one: Any, none: Any) -> Any:
        """Rows of which it cannot be told whether they count."""
        if self.level is not None:
            return none
        known = nw.col("level").cast(nw.String).is_in([level.value for level in Level])
        return nw.when(known).then(none).otherwise(one)

    def _counts(self, levels: Sequence[Level]) -> Any:
        """Whether a row is a child that counts."""
        if self.level is not None:
            among = nw.lit(1, nw.Int64) == (1 if self.level in levels else 0)
        else:
            among = nw.col("level").cast(nw.String).is_in([level.value for level in levels])
        if "exempt" not in self.names:
            return among
        if self.frame.collect_schema()["exempt"] == nw.Boolean:
            exempt = nw.when(nw.col("exempt")).then(nw.lit(1)).otherwise(nw.lit(0)) == 1
        else:
            said = nw.col("exempt").cast(nw.String)
            exempt = ~(said.is_null() | (said == ""))
        return among & ~exempt

    def rows(self, unit: str, titles: Sequence[str]) -> list[_Row]:
        """The children of one unit."""
        wanted = [n for n in ("id", "name", "level", "exempt", *map(standing_column, titles)) if n in self.names]
        rows = rows_where(self.native, self.parent, unit).select(*wanted).rows(named=True)
        found = []
        for row in rows:
            level = self.level or Level(str(row["level"]))
            standings = {t: str(row[standing_column(t)]) for t in titles if _said(row.get(standing_column(t)))}
            exempt = _said(row.get("exempt")) and row["exempt"] is not False
            name = row.get("name") if _said(row.get("name")) else row.get("id")
            found.append(_Row(level, str(name or ""), exempt, standings))
        return found


_DECIDED = [verdict.value for verdict in Verdict if verdict is not UNKNOWN]


def _said(value: object) -> bool:
    return value is not None and value == value and value != ""
