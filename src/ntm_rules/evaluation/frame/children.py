"""Children rolled up: counts of a unit's children, taken from frames in which the children are rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, ClassVar, NamedTuple

import narwhals as nw

from ...errors import EvaluationError, Problem, nearest
from ...frozen import FrozenDict
from ...naming import read_name, spelling
from ...snapshot.child_counts import ChildCounts
from ...territory import Level, read_member
from ...verdict import MET, NOT_APPLICABLE, NOT_MET
from .expressions import INNER
from .names import standing_column
from .native import KEY, frame_read, id_text, rows_where
from .plan import FramePlan
from .reading import empty, raw_cells

Frame = nw.DataFrame[Any] | nw.LazyFrame[Any]
# Name, levels and title of each count that is asked for, and whether some may take no part.
Standings = tuple[tuple[str, tuple[Level, ...], str, bool], ...]


class ChildFrame(NamedTuple):
    """A frame with a row for each child: ``parent`` holds the id of the unit above.

    The level of the children stands in a column ``level``, or is given here for all of them. Children with a reason in
    a column ``exempt`` count nowhere. How they stand with a title is in a column such as ``standing_vn_commune``, as
    ``standing_frame`` writes it; a title without such a column is unknown for all of them, and whom a set does not
    concern counts no more than who is exempt.
    """

    frame: object
    parent: str = "parent"
    level: Level | str | None = None


class ListedCounts(ChildCounts):
    """Counts taken from a list of children."""

    reported: ClassVar[bool] = False


class Listed:
    """Frames of children, read alike."""

    def __init__(self, given: Iterable[object]) -> None:
        # One frame by itself is meant as the only one.
        each = (given,) if isinstance(given, ChildFrame) or hasattr(type(given), "columns") else given
        self.frames = [_Children(child if isinstance(child, ChildFrame) else ChildFrame(child)) for child in each]

    @property
    def levels(self) -> frozenset[str]:
        """The levels of which it is known which children there are."""
        return frozenset(level for child in self.frames for level in child.levels)

    def standings(self, plan: FramePlan) -> Standings:
        """The counts a plan asks for that these frames give."""
        return tuple(one for one in plan.standings if all(level.value in self.levels for level in one[1]))

    def join(self, frame: Frame, unit: str, plan: FramePlan) -> Frame:
        """The frame with counts of each unit's children beside it, its rows in their order where they have one.

        Raises:
            EvaluationError: a frame of children that is of another kind.
        """
        wanted = self.standings(plan)
        if not wanted:
            return frame
        order, key = INNER + "row", frame.collect_schema()[unit]
        alike = [child.ids == key for child in self.frames]
        keys = [nw.col(unit), *([] if all(alike) else [id_text(unit, key).alias(KEY)])]
        if isinstance(frame, nw.DataFrame):
            # Only the ids are joined: not every column of an engine can be, and pandas would lose its index.
            beside = self._beside(frame.select(*keys).with_row_index(order), unit, wanted, key, alike).sort(order)
            return frame.with_columns(*(beside[name] for name in beside.columns if name.startswith(f"{INNER}n_")))
        ordered = frame.implementation.is_polars()
        if ordered:
            frame = nw.from_native(nw.to_native(frame).with_row_index(order))
        frame = self._beside(frame.with_columns(*keys[1:]) if keys[1:] else frame, unit, wanted, key, alike)
        return frame.sort(order) if ordered else frame

    def _beside(self, frame: Any, unit: str, wanted: Standings, key: Any, alike: Sequence[bool]) -> Any:
        for number, child in enumerate(self.frames):
            on = unit if alike[number] else KEY
            counted = _stored_as(child.counted(frame, number, wanted, key), f"{INNER}of_{number}", frame, on)
            frame = frame.join(counted, left_on=on, right_on=f"{INNER}of_{number}", how="left")
        return frame.with_columns(*self.totals(wanted))

    def totals(self, wanted: Standings) -> list[nw.Expr]:
        """Counts over all frames of children; none for a unit of which no child is listed, or one unclearly."""
        numbers = range(len(self.frames))
        somebody = nw.sum_horizontal(*(nw.col(f"{INNER}any_{number}").fill_null(0) for number in numbers)) > 0
        clear = nw.sum_horizontal(*(nw.col(f"{INNER}strange_{number}").fill_null(0) for number in numbers)) == 0
        columns: list[nw.Expr] = []
        for name, *_ in wanted:
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
            here = _told_apart([row for row in rows if row.level is level])
            counted = [row for row in here if not row.stands_aside(titles)]
            known = [title for title in titles if any(title in row.standings for row in rows)]
            # The names are those of rows, and not to be read as what somebody wrote.
            found[level] = ListedCounts.model_construct(
                total=len(counted),
                meeting=FrozenDict({t: sum(row.standings.get(t) == MET for row in counted) for t in known}),
                unknown=FrozenDict({t: sum(row.unclear(t) for row in counted) for t in known}),
                exempt=tuple(row.name for row in here if row.stands_aside(titles)),
                not_meeting_names=FrozenDict(
                    {
                        t: tuple(row.name for row in counted if not row.unclear(t) and row.standings[t] != MET)
                        for t in known
                    }
                ),
                unknown_names=FrozenDict({t: tuple(row.name for row in counted if row.unclear(t)) for t in known}),
            )
        return found


class _Row(NamedTuple):
    level: Level
    name: str
    exempt: bool
    standings: dict[str, str]

    def unclear(self, title: str) -> bool:
        """Whether it is unknown how the child stands; what is no verdict says nothing."""
        return self.standings.get(title) not in _DECIDED

    def stands_aside(self, titles: Sequence[str]) -> bool:
        """Whether the unit takes no part: it has a reason, or is concerned by none of the sets."""
        return self.exempt or {self.standings.get(title) for title in titles} == {NOT_APPLICABLE.value}


def _told_apart(rows: Sequence[_Row]) -> list[_Row]:
    """Rows whose names are one and the same get numbers: a name stands for one unit."""
    times = Counter(spelling(read_name(row.name).own) for row in rows)
    seen: Counter[str] = Counter()
    found = []
    for row in rows:
        key = spelling(read_name(row.name).own)
        seen[key] += 1
        found.append(row._replace(name=f"{row.name} – {seen[key]}") if times[key] > 1 else row)
    return found


class _Children:
    def __init__(self, given: ChildFrame) -> None:
        self.parent, self.native = given.parent, given.frame
        self.frame: Frame
        self.frame, columns = frame_read(given.frame)
        self.level = None if given.level is None else read_member(Level, str(given.level))
        self.names = columns.names()
        for needed in (given.parent, *(("level",) if self.level is None else ())):
            if needed not in self.names:
                near = nearest(needed, self.names)
                raise EvaluationError(Problem("error.frame_child_column", column=needed, near=near))
        self.ids = columns[given.parent]
        # How the frame writes each level; of a lazy frame it is not known how else.
        self.words = {level: {level.value, level.vi, level.en} for level in Level}
        if self.level is None and isinstance(self.frame, nw.DataFrame):
            for word in raw_cells(self.frame["level"].unique()):
                self.words[read_member(Level, "" if word is None else str(word))].add(str(word))

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
            raise EvaluationError(Problem("error.frame_child_kind", given=_kind(frame), wanted=_kind(like)))
        marked = self.marked(frame, number, wanted, key)
        names = [name for name in marked.collect_schema().names() if name != f"{INNER}of_{number}"]
        return marked.group_by(f"{INNER}of_{number}").agg(*(nw.col(name).sum() for name in names))

    def marked(self, frame: Frame, number: int, wanted: Standings, key: Any) -> Any:
        """The children with their parent and, for each count, a one or a zero."""
        one, none = nw.lit(1, nw.Int64), nw.lit(0, nw.Int64)
        marks = {f"{INNER}any_{number}": one, f"{INNER}strange_{number}": self._strange(one, none)}
        for name, levels, title, exempt in wanted:
            place, column = f"_{name}_{number}", standing_column(title)
            among, part = self._among(levels), self._takes_part()
            met, decided, here = none, none, one
            if column in self.names:
                said = nw.col(column).cast(nw.String)
                met = nw.when(said == MET.value).then(one).otherwise(none)
                decided = nw.when(said.is_in(_DECIDED)).then(one).otherwise(none)
                here = nw.when(said == NOT_APPLICABLE.value).then(none).otherwise(one)
            if part is not None:
                met, decided, here = (nw.when(part).then(mark).otherwise(none) for mark in (met, decided, here))
            # Where none may take no part, those who do count, and how they stand is open.
            total = here if exempt else one
            marks[f"{INNER}total{place}"] = nw.when(among).then(total).otherwise(none)
            marks[f"{INNER}met{place}"] = nw.when(among).then(met).otherwise(none)
            marks[f"{INNER}unknown{place}"] = nw.when(among).then(total - decided).otherwise(none)
        of, parent = f"{INNER}of_{number}", nw.col(self.parent)
        known = frame.filter(~parent.is_null())
        if self.ids != key:
            parent = id_text(self.parent, self.ids)
        made = known.with_columns(parent.alias(of), *(mark.alias(name) for name, mark in marks.items()))
        return made.select(of, *marks)

    def _strange(self, one: Any, none: Any) -> Any:
        """Rows of which it cannot be told whether they count."""
        if self.level is not None:
            return none
        known = nw.col("level").cast(nw.String).is_in(self._written(Level))
        return nw.when(known).then(none).otherwise(one)

    def _among(self, levels: Sequence[Level]) -> Any:
        """Whether a row is a child of some levels."""
        if self.level is not None:
            return nw.lit(1, nw.Int64) == (1 if self.level in levels else 0)
        return nw.col("level").cast(nw.String).is_in(self._written(levels))

    def _takes_part(self) -> Any:
        """Whether a row has no reason to take no part; nothing where no column says so."""
        if "exempt" not in self.names:
            return None
        said = nw.col("exempt").cast(nw.String)
        return said.is_null() | said.is_in(_NO_REASON)

    def _written(self, levels: Iterable[Level]) -> list[str]:
        return sorted({word for level in levels for word in self.words[level]})

    def rows(self, unit: str, titles: Sequence[str]) -> list[_Row]:
        """The children of one unit."""
        wanted = [n for n in ("id", "name", "level", "exempt", *map(standing_column, titles)) if n in self.names]
        rows = rows_where(self.native, self.parent, unit).select(*wanted)
        cells = {name: list(raw_cells(rows[name])) for name in wanted}
        found = []
        for number in range(len(rows)):
            row = {name: column[number] for name, column in cells.items()}
            level = self.level or read_member(Level, "" if empty(row["level"]) else str(row["level"]))
            standings = {t: str(row[standing_column(t)]) for t in titles if not empty(row.get(standing_column(t)))}
            exempt = not empty(row.get("exempt")) and str(row["exempt"]) not in _NO_REASON
            name = row.get("id") if empty(row.get("name")) else row["name"]
            found.append(_Row(level, "" if name is None else str(name), exempt, standings))
        return found


_DECIDED = [MET.value, NOT_MET.value]
# What columns of flags and of numbers say, as texts, of those that take part.
_NO_REASON = ["", "0", "0.0", "False", "false", "NaN", "nan", "None", "<NA>"]


def _kind(frame: Frame) -> str:
    native = type(nw.to_native(frame))
    return f"{native.__module__.partition('.')[0]}.{native.__name__}"


def _stored_as(counted: Any, column: str, frame: Frame, like: str) -> Any:
    """Counts whose column is stored as another; arrow tells long texts from texts, and joins only what is the same."""
    if not (isinstance(frame, nw.DataFrame) and frame.implementation.is_pyarrow()):
        return counted
    table, kind = nw.to_native(counted), nw.to_native(frame).schema.field(like).type
    place = table.column_names.index(column)
    return nw.from_native(table.set_column(place, column, table.column(place).cast(kind)), eager_only=True)
