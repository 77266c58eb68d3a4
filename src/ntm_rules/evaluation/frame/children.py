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
from .plan import Plan

Frame = nw.DataFrame[Any] | nw.LazyFrame[Any]


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

    def join(self, frame: Frame, unit: str, plan: Plan) -> Frame:
        """The frame with counts of each unit's children beside it."""
        standings = [(name, levels, title) for name, levels, title in plan.standings if self._lists(levels)]
        if not self.frames or not standings:
            return frame
        seen: list[str] = []
        order = INNER + "row"
        kept = nw.to_native(frame).index if frame.implementation.is_pandas() and isinstance(frame, nw.DataFrame) else None
        if isinstance(frame, nw.DataFrame):
            frame = frame.with_row_index(order)
        for number, child in enumerate(self.frames):
            counted = child.counted(frame, f"{number}", standings)
            seen.append(f"{INNER}any_{number}")
            frame = frame.join(counted, left_on=unit, right_on=f"{INNER}of_{number}", how="left")  # type: ignore[arg-type]
        columns = []
        somebody = nw.sum_horizontal(*(nw.col(name).fill_null(0) for name in seen)) > 0
        clear = nw.sum_horizontal(*(nw.col(name.replace("any_", "strange_")).fill_null(0) for name in seen)) == 0
        for name, _, _ in standings:
            for what in ("total", "met", "unknown"):
                parts = [nw.col(f"{INNER}{what}_{name}_{number}") for number in range(len(self.frames))]
                total = nw.sum_horizontal(*(part.cast(nw.Float64).fill_null(0.0) for part in parts))
                columns.append(nw.when(somebody & clear).then(total).alias(f"{INNER}n_{what}_{name}"))
        frame = frame.with_columns(*columns)
        if isinstance(frame, nw.DataFrame):
            frame = frame.sort(order)
        return frame if kept is None else nw.from_native(nw.to_native(frame).set_axis(kept, axis=0), eager_only=True)

    def _lists(self, levels: Sequence[Level]) -> bool:
        return all(level.value in self.levels for level in levels)

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
        self.parent = given.parent
        self.frame: Frame = nw.from_native(given.frame)
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

    def counted(self, like: Frame, number: str, standings: Sequence[tuple[str, tuple[Level, ...], str]]) -> Any:
        """Counts by parent, ready to be joined to a frame."""
        frame = self.frame
        if isinstance(like, nw.LazyFrame) and isinstance(frame, nw.DataFrame):
            frame = frame.lazy()
        if frame.implementation is not like.implementation or isinstance(frame, nw.LazyFrame) != isinstance(like, nw.LazyFrame):
            given, wanted = type(nw.to_native(frame)).__name__, type(nw.to_native(like)).__name__
            raise EvaluationError(Problem("error.frame_child_kind", given=given, wanted=wanted))
        one, none = nw.lit(1, nw.Int64), nw.lit(0, nw.Int64)
        marks = {f"{INNER}any_{number}": one, f"{INNER}strange_{number}": self._strange(one, none)}
        for name, levels, title in standings:
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
        of = f"{INNER}of_{number}"
        known = frame.filter(~nw.col(self.parent).is_null())
        marked = known.with_columns(nw.col(self.parent).alias(of), *(mark.alias(name) for name, mark in marks.items()))
        return marked.group_by(of).agg(*(nw.col(name).sum() for name in marks))

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
        own = self.frame.filter(nw.col(self.parent) == unit).select(*wanted)
        rows = (own.collect() if isinstance(own, nw.LazyFrame) else own).rows(named=True)
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
