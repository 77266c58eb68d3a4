"""Whole frames judged against packs, on the engine the frame belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from copy import copy
from datetime import date
from functools import lru_cache, partial
from html import escape
from typing import Any, Generic, Literal, NamedTuple, TypeVar

import narwhals as nw

from ...assessment.model import Assessment
from ...day import read_day
from ...errors import EvaluationError, Problem, nearest, no_such_word
from ...frozen import FrozenDict
from ...messages import Lang
from ...pack.catalogue import Catalogue, installed
from ...pack.legal import Verification
from ...pack.model import Pack
from ...snapshot.model import Snapshot
from ...territory import Group, Level, Region, ended, levels_text, read_member
from ..axes import common_validity
from ..evaluate import evaluate, not_for
from ..resolve import Context
from .answer import Shape
from .children import Listed
from .columns import Given
from .counted import with_shares
from .native import Columns, frame_read, is_dask
from .partitions import each_partition, join_children
from .plan import frame_plan
from .progress import watched
from .reading import standing_place
from .rows import Rows
from .run import Job, Progress, engine, run_eager, run_lazy
from .sources import Asked, find_sources

F = TypeVar("F")


class Options(NamedTuple):
    """What a caller says about a frame.

    The functions that take it spell it out, each keyword with its type and default: of an unpacked ``TypedDict``
    neither ``help``, a notebook nor the reference shows any, and a misspelled one is not refused.
    """

    as_of: date | str | None
    region: Region | str | None
    group: Group | str | None
    level: Level | str | None
    attributes: Mapping[str, bool | str] | None
    trust: Verification | str
    units: Mapping[str, str] | None
    columns: Mapping[str, str] | None
    children: Iterable[object]
    keep: Sequence[str] | None
    invalid: Literal["raise", "mark"] | None
    unknown_columns: Literal["error", "ignore"]
    progress: Progress | None
    catalogue: Catalogue | None
    numbers: Lang | None = None


class FrameResult(Generic[F]):
    """What the rows of a frame came to.

    ``frame`` is the answer, of the kind of frame that was given; a lazy one has not been computed.
    """

    def __init__(self, frame: F, pack: Pack, rows: Rows, trust: Verification, catalogue: Catalogue) -> None:
        self.frame, self.pack = frame, pack
        self._rows, self._trust, self._catalogue = rows, trust, catalogue

    def __repr__(self) -> str:
        return f"FrameResult({self.pack.reference})\n{self.frame!r}"

    def _repr_html_(self) -> str:
        shown = getattr(self.frame, "_repr_html_", None)
        body = shown() if shown is not None else f"<pre>{escape(repr(self.frame))}</pre>"
        return f"<p><code>{escape(self.pack.reference)}</code></p>{body}"

    def snapshot(self, unit: str | int) -> Snapshot:
        """The facts of one row, as ``evaluate`` takes them.

        Raises:
            EvaluationError: no row, or several, of this unit; or a cell that cannot be read.
        """
        return self._rows.snapshot(unit)

    def explain(self, unit: str | int) -> Assessment:
        """The full assessment of one row: what ``evaluate`` says of its snapshot.

        Raises:
            EvaluationError: no row, or several, of this unit; or a cell that cannot be read.
        """
        return evaluate(self.pack, self.snapshot(unit), trust=self._trust, catalogue=self._catalogue)


def evaluate_frame(
    pack: Pack | str,
    frame: F,
    *,
    as_of: date | str | None = None,
    region: Region | str | None = None,
    group: Group | str | None = None,
    level: Level | str | None = None,
    attributes: Mapping[str, bool | str] | None = None,
    trust: Verification | str = Verification.RECALLED,
    units: Mapping[str, str] | None = None,
    columns: Mapping[str, str] | None = None,
    children: Iterable[object] = (),
    output: Literal["wide", "long", "summary"] = "wide",
    shortfalls: bool = False,
    reasons: bool = False,
    keep: Sequence[str] | None = None,
    invalid: Literal["raise", "mark"] | None = None,
    unknown_columns: Literal["error", "ignore"] = "error",
    progress: Progress | None = None,
    catalogue: Catalogue | None = None,
    numbers: Lang | None = None,
) -> FrameResult[F]:
    """Every row of a frame judged against a pack, by the engine of the frame.

    Rows are units; columns are measures, findings and facts about the unit, named as ``pack_columns(pack)`` lists them
    or as ``columns`` maps them (``{"income_per_capita": "thu_nhap"}``). Date, region, group, level and attributes are
    given for all rows or stand in columns ``as_of``, ``region``, ``group``, ``level`` and the attribute's own.
    ``units`` names the unit of a column of numbers (``{"income_per_capita": "đồng/người/năm"}``); ``numbers`` says how
    numbers in texts are written (``"1.875"``), where the measure or the other cells do not. ``children`` are
    frames of the units below.

    ``output``: ``wide`` has a column for each verdict, ``long`` a row for each, ``summary`` the pack's verdict, the
    counts and the first failure only. ``keep`` are columns carried over; by default those that say which unit it is.
    ``shortfalls`` adds, per indicator, how far its first failing measure is from the threshold, in the measure's unit
    (``short_17_1``); ``reasons`` why it is unknown, as a code (``why_17_1``).
    ``invalid`` is ``raise`` where the rows are at hand; a lazy frame, or ``mark``, leaves a row with a cell that
    ``evaluate`` refuses without any verdict and names the column in ``problem``.

    >>> import polars as pl
    >>> frame = pl.DataFrame({"id": ["x", "y"], "region": ["btb", "btb"], "resident_satisfaction_share": [95.0, 63.8]})
    >>> result = evaluate_frame("vn/commune", frame, as_of="2023-08-17", trust="uncertain", output="summary")
    >>> result.frame["verdict"].to_list(), result.frame["first_failing"].to_list()
    (['UNKNOWN', 'NOT_MET'], [None, 'P2'])
    >>> print(result.explain("y")["P2"].shortfall)
    26.2 percentage_point

    Raises:
        EvaluationError: columns nobody knows, no date, a level or date the pack is not for, or unfit cells, each with
            its row and column.
        CatalogueError: the pack is not installed.
    """
    options = Options(
        as_of, region, group, level, attributes, trust, units, columns, children, keep, invalid, unknown_columns,
        progress, catalogue, numbers,
    )  # fmt: skip
    shape = shape_of(output, shortfalls, reasons)
    return _judged(pack, frame, options, details=shortfalls or reasons).result(shape)


def shape_of(output: Literal["wide", "long", "summary"], shortfalls: bool, reasons: bool) -> Shape:
    """The columns asked for.

    Raises:
        EvaluationError: an output nobody knows, or details of one that has none.
    """
    _one_of("output", output, ("wide", "long", "summary"))
    if output != "wide" and (shortfalls or reasons):
        raise EvaluationError(Problem("error.frame_wide"))
    return Shape(output, shortfalls, reasons)


def standing_frame(
    packs: Sequence[Pack | str],
    frame: F,
    *,
    as_of: date | str | None = None,
    region: Region | str | None = None,
    group: Group | str | None = None,
    level: Level | str | None = None,
    attributes: Mapping[str, bool | str] | None = None,
    trust: Verification | str = Verification.RECALLED,
    units: Mapping[str, str] | None = None,
    columns: Mapping[str, str] | None = None,
    children: Iterable[object] = (),
    keep: Sequence[str] | None = None,
    invalid: Literal["raise", "mark"] | None = None,
    unknown_columns: Literal["error", "ignore"] = "error",
    progress: Progress | None = None,
    catalogue: Catalogue | None = None,
    numbers: Lang | None = None,
) -> F:
    """How every row stands with several titles at once: a frame of children for the level above.

    One column for each pack, named after its title (``standing_vn_commune``); ``MET`` where the unit holds the title
    (column ``recognised_on_vn_commune``) or meets the pack. Findings stand in columns with the name of their pack.
    The other parameters are those of ``evaluate_frame``.

    >>> import polars as pl
    >>> communes = pl.DataFrame(
    ...     {"id": ["x"], "parent": ["h"], "region": ["btb"], "recognised_on_vn_commune": ["2023-01-10"]}
    ... )
    >>> standing_frame(["vn/commune"], communes, as_of="2023-08-17")["standing_vn_commune"].to_list()
    ['MET']

    Raises:
        EvaluationError: what ``evaluate_frame`` raises, or two packs about one title.
    """
    options = Options(
        as_of, region, group, level, attributes, trust, units, columns, children, keep, invalid, unknown_columns,
        progress, catalogue, numbers,
    )  # fmt: skip
    judged = Judged(packs, frame, options, holding=True)
    titles: dict[str, Pack] = {}
    for pack in judged.packs:
        other = titles.setdefault(pack.title_id, pack)
        if other is not pack:
            raise EvaluationError(
                Problem("error.frame_one_title", one=other.reference, other=pack.reference, title=pack.title_id)
            )
    answer: F = judged.run(Shape("standings"))
    return answer


def _judged(pack: Pack | str, frame: Any, options: Options, *, details: bool) -> Judged:
    """A pack and a frame, brought together; of frames alike, what does not depend on rows is worked out once."""
    alone = isinstance(options.children, tuple) and not options.children
    if alone and (columns := Columns.of(frame)) is not None:
        kept = options._replace(
            attributes=_unchanging(options.attributes), units=_unchanging(options.units),
            columns=_unchanging(options.columns), progress=None, catalogue=options.catalogue or installed(),
            keep=tuple(options.keep) if isinstance(options.keep, list) else options.keep,
        )  # fmt: skip
        # What cannot be kept is refused, or read, where it is looked at.
        with suppress(TypeError):
            hash((pack, columns, kept))
            return _settled(pack, columns, kept, details).on(frame, options)
    return Judged((pack,), frame, options, details=details)


def _unchanging(given: Mapping[str, F] | None) -> Mapping[str, F] | None:
    return FrozenDict(given) if isinstance(given, Mapping) else given


@lru_cache(maxsize=32)
def _settled(pack: Pack | str, columns: Columns, options: Options, details: bool) -> Judged:
    """What frames with these columns have in common; the last answers are kept."""
    return Judged((pack,), columns.emptied(), options, details=details)


class Judged:
    """Packs and a frame, brought together."""

    def __init__(
        self,
        packs: Sequence[Pack | str],
        frame: Any,
        options: Options,
        *,
        holding: bool = False,
        assumed: tuple[frozenset[str], ...] = (),
        details: bool = False,
    ) -> None:
        _one_of("invalid", options.invalid or "raise", ("raise", "mark"))
        _one_of("numbers", options.numbers or "vi", ("vi", "en"))
        _one_of("unknown_columns", options.unknown_columns, ("error", "ignore"))
        self.options = options
        self.catalogue = options.catalogue or installed()
        self.trust = Verification.of(options.trust)
        day = None if options.as_of is None else read_day(options.as_of)
        self.packs = tuple(self._load(pack, day) for pack in packs)
        if not self.packs:
            raise EvaluationError(Problem("error.frame_no_packs"))
        self.dask = is_dask(frame)
        # Of a Dask frame only the names and types are looked at here.
        self.frame, columns = frame_read(frame)
        self.schema = columns
        self.native = self._counted(frame)
        if self.native is not frame:
            self.frame, columns = frame_read(self.native)
        ids = {pack.id for pack in self.packs}
        self.home = next(iter(ids)) if len(ids) == 1 else ""
        asked = Asked(
            tuple((options.columns or {}).items()),
            tuple((options.units or {}).items()),
            None if options.keep is None else (options.keep,) if isinstance(options.keep, str) else tuple(options.keep),
            options.unknown_columns == "ignore",
        )
        lazy = isinstance(self.frame, nw.LazyFrame)
        found = find_sources(self.packs, tuple(columns.items()), self.catalogue, asked, self.home, holding, lazy)
        self.sources, self.keep = dict(found.sources), found.keep
        used = (*found.keep, *(source.column for source in self.sources.values()))
        if self.frame.implementation.is_spark_like() and (dotted := [name for name in used if "." in name]):
            raise EvaluationError(Problem("error.frame_dot", column=dotted[0]))
        self.listed = Listed(options.children)
        self.base = self._context(day)
        self.given = Given(found.sources, self.base, self.home, holding, self.listed.levels, assumed, details)
        self.rows = Rows(
            self.native, self.sources, self.packs, self.base, self.listed, self.catalogue, self.home, options.numbers
        )

    def _counted(self, frame: Any) -> Any:
        measures = {name for pack in self.packs for name in self.catalogue.measures_for(pack)}
        return with_shares(frame, self.schema.names(), measures)

    def on(self, frame: Any, options: Options | None = None) -> Judged:
        """The same packs and options on another frame with these columns, of the same engine."""
        found = copy(self)
        found.options = options or self.options
        found.native = self._counted(frame)
        found.frame = nw.from_native(found.native._meta if self.dask else found.native)
        found.rows = Rows(
            found.native, self.sources, self.packs, self.base, self.listed, self.catalogue, self.home,
            self.options.numbers,
        )  # fmt: skip
        return found

    def _load(self, pack: Pack | str, day: date | None) -> Pack:
        return self.catalogue.load(pack, None if "@" in pack else day) if isinstance(pack, str) else pack

    def _context(self, day: date | None) -> Context:
        """What is the same for all rows; for what differs, some value that does."""
        options, packs = self.options, self.packs
        attributes = dict(options.attributes or {})
        fixed = {"as_of": day, "region": options.region, "group": options.group, "level": options.level}
        for name, value in (*fixed.items(), *attributes.items()):
            if value is not None and name in self.sources:
                column = self.sources[name].column
                raise EvaluationError(Problem("error.frame_twice", name=name, column=column))
        valid = common_validity(packs)
        if day is None:
            if "as_of" not in self.sources:
                raise EvaluationError(Problem("error.frame_as_of"))
            day = valid.start or valid.end or date.min
        elif day not in valid:
            late = next(pack for pack in packs if day not in pack.valid)
            start, end = late.valid.start or "…", late.valid.end or "…"
            raise EvaluationError(Problem("error.not_in_force", pack=late.reference, day=day, start=start, end=end))
        region = None if options.region is None else read_member(Region, str(options.region))
        for pack in packs:
            if region is not None and (elsewhere := not_for(pack, region, day, self.catalogue)):
                raise EvaluationError(elsewhere)
        group = None if options.group is None else read_member(Group, str(options.group))
        known = self.catalogue.attributes()
        strange = [name for name in attributes if name not in known and not any(name in p.attributes for p in packs)]
        if strange:
            near = nearest(strange[0], known)
            raise EvaluationError(Problem("error.attribute_not_known", attribute=strange[0], near=near))
        told = {name: standing_place(name, value) for name, value in attributes.items()}
        said = tuple((name, value) for name, value in told.items() if isinstance(value, (bool, str)))
        level = self._level()
        if "level" not in self.sources and "as_of" not in self.sources and ended(level, day):
            raise EvaluationError(Problem("error.level_ended", level=level, day=day))
        return Context(day, level, region, said, self.trust, group)

    def _level(self) -> Level:
        shared = [level for level in Level if all(level in pack.applies_to for pack in self.packs)]
        if self.options.level is not None:
            level = read_member(Level, str(self.options.level))
            for pack in self.packs:
                if level not in pack.applies_to:
                    wanted = levels_text(pack.applies_to)
                    raise EvaluationError(Problem("error.level", pack=pack.reference, level=level, levels=wanted))
            return level
        if not shared:
            packs = ", ".join(dict.fromkeys(pack.reference for pack in self.packs))
            raise EvaluationError(Problem("error.frame_no_level", packs=packs))
        if "level" not in self.sources and len(shared) != 1:
            levels = ", ".join(level.value for level in shared)
            raise EvaluationError(Problem("error.frame_level", pack=self.packs[0].reference, levels=levels))
        return shared[0]

    def result(self, shape: Shape) -> FrameResult[Any]:
        """The answer beside the rows it came from."""
        return FrameResult(self.run(shape), self.packs[0], self.rows, self.trust, self.catalogue)

    def _job(self, shape: Shape) -> Job:
        lazy = self.dask or isinstance(self.frame, nw.LazyFrame)
        mark = self.options.invalid == "mark" or (lazy and self.options.invalid is None)
        if isinstance(self.frame, nw.LazyFrame) and not mark:
            raise EvaluationError(Problem("error.frame_raise"))
        habits = () if self.dask else tuple(self.rows.habits.items())
        return Job(self.packs, self.given, self.catalogue, self.keep, mark, shape, self.options.numbers, habits)

    def write(self, shape: Shape) -> None:
        """Work out what is done to the frame, which is kept for those that follow."""
        job = self._job(shape)
        if _by_workers(self.frame, job) is None:
            job.script(engine(self.frame), isinstance(self.frame, nw.LazyFrame))

    def run(self, shape: Shape) -> Any:
        """The answer, of the kind of the frame."""
        job = self._job(shape)
        frame = self._with_children()
        if self.dask:
            return each_partition(frame, partial(run_eager, job=job))
        if isinstance(frame, nw.LazyFrame):
            judged = _by_workers(frame, job)
            return run_lazy(frame, job) if judged is None else judged
        with watched(self.options.progress, len(frame)) as progress:
            return run_eager(frame, job, progress)

    def _with_children(self) -> Any:
        if not self.listed.frames:
            return self.native if self.dask else self.frame
        if "id" not in self.sources:
            raise EvaluationError(Problem("error.frame_no_id"))
        unit, made = self.sources["id"].column, frame_plan(self.packs, self.given, self.catalogue)
        if self.dask:
            return join_children(self.native, self.listed, unit, made)
        return self.listed.join(self.frame, unit, made)


def _by_workers(frame: nw.DataFrame[Any] | nw.LazyFrame[Any], job: Job) -> Any | None:
    """The answer by Spark's Python workers; ``None`` for other frames, and where workers are not to be asked."""
    if engine(frame) != "spark":
        return None
    from .workers import run_batches

    return run_batches(frame, job)


def _one_of(name: str, given: str, words: Sequence[str]) -> None:
    if given not in words:
        raise EvaluationError(no_such_word(name, given, words))
