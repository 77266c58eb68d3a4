"""A script run on a frame: in one go where it is lazy, in pieces with progress where it is at hand."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

import msgspec
import narwhals as nw

from ...errors import EvaluationError, NtmError, Place, Problem
from ...messages import Lang
from ...pack.catalogue import Catalogue
from ...pack.model import Pack
from ...quantity.amount import Amount
from ...snapshot.cells import SnapshotWarning
from ...snapshot.unit import Unit
from ...snapshot.value import as_percent
from ...territory import Region, read_member
from ...units.provinces import in_region
from ..evaluate import check_place
from .answer import VALUE, WHAT, Shape
from .columns import Given
from .expressions import BAD, INNER, NOWHERE
from .few import FEW, answer_few, answers_few
from .labelling import with_labels
from .limits import SMALLEST
from .names import counted_with, recognised_with
from .reading import Cells, empty, fault, moment_of, raw_cells
from .script import PROBLEM, Script, Step, script
from .sources import ColumnSource
from .sql import SPACES, SqlFrame

Progress = Callable[[int, int], None]
PIECE, USUAL = 100_000, 20
FAULTS_NAMED = 20
FEW_ROWS = 16
# Engines that tell capitals apart.
EXACT = ("polars", "pandas", "pyarrow", "plain")


class Job(NamedTuple):
    """What is to be done to a frame; ``mark`` leaves rows with an unfit cell without a verdict, naming the column.

    ``habits`` are how numbers in texts are written, ``doubted`` the measures of which a fraction was doubted already.
    """

    packs: tuple[Pack, ...]
    given: Given
    catalogue: Catalogue
    keep: tuple[str, ...]
    mark: bool
    shape: Shape
    numbers: Lang | None = None
    habits: tuple[tuple[str, Lang], ...] = ()
    doubted: frozenset[str] = frozenset()

    def script(self, native: str, lazy: bool) -> Script:
        """What is done to a frame of an engine.

        Raises:
            EvaluationError: a column to be kept has the name of one of the answer.
        """
        written = script(self.packs, self.given, self.catalogue, native, lazy, self.mark, self.shape)
        self.check(written, native)
        return written

    def check(self, written: Script, native: str) -> None:
        """See that no column to be kept, nor any that is read, has the name of one of the answer on an engine.

        Raises:
            EvaluationError: one has.
        """
        made = [*(out.name for out in written.answer.outs), *(name for name, _ in written.answer.melted)]
        # Spark and DuckDB do not tell capitals apart.
        alike = str if native in EXACT else str.casefold
        taken = {alike(name) for name in (*made, *([PROBLEM] if self.mark else []))}
        read = [source.column for _, source in self.given.sources] if native not in EXACT else []
        for name in (*self.keep, *read):
            if alike(name) in taken:
                raise EvaluationError(Problem("error.frame_taken", column=name))


def engine(frame: nw.DataFrame[Any] | nw.LazyFrame[Any]) -> str:
    """The engine written for: ``polars``, ``pandas``, ``pyarrow``, ``duckdb``, ``spark``, or ``other`` for the rest."""
    kind = frame.implementation
    if kind.is_polars():
        return "polars"
    if isinstance(frame, nw.DataFrame):
        return "pandas" if kind.is_pandas() else "pyarrow" if kind.is_pyarrow() else "other"
    return "duckdb" if kind.is_duckdb() else "spark" if kind.is_pyspark() or kind.is_pyspark_connect() else "other"


def run_lazy(frame: nw.LazyFrame[Any], job: Job) -> Any:
    """The answer as a lazy frame of the same kind; nothing is computed."""
    native = engine(frame)
    written = job.script(native, lazy=True)
    chosen = columns_read(frame, job)
    frame = frame.select(*chosen) if chosen else frame
    body: Any = nw.to_native(frame) if native == "polars" else frame
    if native in SPACES:
        body = SqlFrame(nw.to_native(frame), SPACES[native])
    for step in written.reading:
        body = body.with_columns(*step)
    answered = _answered(body, written, job)
    return answered.native if native in SPACES else with_labels(answered, written.answer.outs, native)


def columns_read(frame: nw.DataFrame[Any] | nw.LazyFrame[Any], job: Job) -> list[str]:
    """The columns that are read or kept; others may have names that only capitals tell from those of the answer."""
    wanted = {*job.keep, *(source.column for _, source in job.given.sources)}
    return [name for name in frame.collect_schema().names() if name in wanted or name.startswith(INNER)]


def run_eager(frame: nw.DataFrame[Any], job: Job, progress: Progress = lambda done, total: None) -> Any:
    """The answer as a frame of the same kind.

    Raises:
        EvaluationError: cells that ``evaluate`` refuses, each with its row and column, unless they are to be marked.
    """
    total = len(frame)
    if 0 < total <= min(FEW, PIECE) and (found := _row_by_row(frame, job)) is not None:
        progress(total, total)
        return found
    # Where a row becomes many, the pieces are smaller.
    size = PIECE * USUAL // max(USUAL, len(job.script(engine(frame), lazy=False).melted))
    pieces = []
    for start in range(0, max(total, 1), size):
        piece = frame[start : start + size] if total > size else frame
        answer, job = _piece(piece, job, start)
        pieces.append(answer)
        progress(min(start + size, total), total)
    if len(pieces) == 1:
        return pieces[0]
    return nw.to_native(nw.concat([nw.from_native(piece, eager_only=True) for piece in pieces], how="vertical"))


def _row_by_row(frame: nw.DataFrame[Any], job: Job) -> Any | None:
    """The answer to a few rows with nothing to doubt; ``None`` where their engine has to look."""
    if job.shape.shortfalls or job.shape.reasons:
        return None
    native, written = engine(frame), job.script("plain", lazy=False)
    if not answers_few(native, written, job.given.sources, job.mark):
        return None
    return answer_few(frame, native, written, job.keep, job.mark)


def _piece(piece: nw.DataFrame[Any], job: Job, start: int) -> tuple[Any, Job]:
    native = engine(piece)
    while True:
        written = job.script(native, lazy=False)
        cells = _cells(job, written)
        body = _read(piece, written, job, cells)
        for step in written.reading:
            body = _with(body, step)
        unfit, fractions = _doubts(body, written)
        kinds = {name: dict(job.given.sources)[name].kind for name in unfit if name != "province"}
        spelled = {name for name, kind in kinds.items() if kind in ("word", "category", "decimal")}
        if not spelled:
            break
        # Words in another spelling and long decimals are read one by one, in this piece and those that follow.
        job = job._replace(given=_reading(job.given, spelled))
    if unfit and not job.mark:
        raise EvaluationError(*_faults(piece, body, written, unfit, job, start))
    job = _doubted(piece, job, fractions, cells)
    return with_labels(_answered(body, written, job), written.answer.outs, native), job


def _doubted(piece: nw.DataFrame[Any], job: Job, fractions: Iterable[str], cells: Cells) -> Job:
    """Say once of each percentage that a bare fraction stands under it."""
    sources = dict(job.given.sources)
    for name in dict.fromkeys((*fractions, *cells.doubted)):
        if name not in job.doubted:
            column = sources[name].column
            raw: Any = cells.doubted.get(name)
            if raw is None:
                raw = Amount.of(
                    next(one for one in raw_cells(piece[column]) if one is not None and SMALLEST <= one <= 1)
                )
            bare, meant = as_percent(raw)
            problem = Problem("warning.fraction", Place(path=column), content=bare.value, read=bare, meant=meant)
            warnings.warn(SnapshotWarning(problem), stacklevel=2)
    return job._replace(doubted=job.doubted | {*fractions, *cells.doubted})


def _answered(body: Any, written: Script, job: Job) -> Any:
    for step in written.verdicts:
        body = _with(body, step)
    names = [*job.keep, *(out.name for out in written.answer.outs)]
    marks = [INNER + PROBLEM] if job.mark else []
    if written.melted:
        body = _melted(body, written, [*job.keep, *marks])
    if isinstance(body, SqlFrame):
        # Each step is looked over as a whole there, so the last ones are one.
        problem = [body.space.col(INNER + PROBLEM).alias(PROBLEM)] if job.mark and written.answer.only is None else []
        return body.made(job.keep, *written.labelled, *problem)
    # Constants alone would be one row, however many there are.
    if job.keep and _few(body):
        marked = [body.get_column(INNER + PROBLEM).alias(PROBLEM)] if job.mark and written.answer.only is None else []
        return body.select_seq(*job.keep, *written.labelled, *marked)
    body = body.with_columns(*written.labelled)
    if job.mark and written.answer.only is None:
        return body.select(*names, *marks).rename({INNER + PROBLEM: PROBLEM})
    return body.select(*names)


def _few(body: Any) -> bool:
    """Whether a frame is of polars and has so few rows that sharing out the work costs more than the work."""
    return type(body) is not nw.DataFrame and nw.dependencies.is_polars_dataframe(body) and len(body) <= FEW_ROWS


def _with(body: Any, step: Step) -> Any:
    return body.with_columns_seq(*step) if _few(body) else body.with_columns(*step)


def _melted(body: Any, written: Script, kept: list[str]) -> Any:
    """A row for each of some columns."""
    columns = [name for name, _ in written.answer.melted]
    kept = [*kept, *(INNER + name for name in written.answer.beside)]
    body = body.with_columns(*written.melted).select(*kept, *columns)
    body = body.unpivot(columns, index=kept, variable_name=INNER + WHAT, value_name=INNER + VALUE)
    return body if written.answer.only is None else body.filter(written.answer.only)


def _reading(given: Given, names: set[str]) -> Given:
    return given._replace(
        sources=tuple(
            (name, msgspec.structs.replace(source, kind="read") if name in names else source)
            for name, source in given.sources
        )
    )


def _read(piece: nw.DataFrame[Any], written: Script, job: Job, cells: Cells) -> Any:
    """The piece with the cells of some columns read one by one."""
    sources = dict(job.given.sources)
    wanted = [
        name
        for name in (*written.plan.reads, *(axis.name for axis in written.plan.axes))
        if name in sources and sources[name].kind == "read"
    ]
    for name in wanted:
        piece = piece.with_columns(*_columns_read(piece, name, sources[name], cells))
    return nw.to_native(piece) if engine(piece) == "polars" else piece


def _cells(job: Job, written: Script) -> Cells:
    measures = {name: measure for pack in job.packs for name, measure in job.catalogue.measures_for(pack).items()}
    axes = {axis.name: axis for axis in written.plan.axes}
    return Cells(measures, axes, job.numbers, dict(job.habits))


def _columns_read(piece: nw.DataFrame[Any], name: str, source: ColumnSource, cells: Cells) -> Iterator[nw.Series[Any]]:
    known: dict[tuple[type, Any], tuple[Any, bool]] = {}
    values: list[Any] = []
    unfit: list[bool] = []
    for raw in raw_cells(piece[source.column]):
        key = (type(raw), raw if _hashable(raw) else repr(raw))
        if key not in known:
            try:
                known[key] = cells.read(name, source, raw), False
            except NtmError:
                known[key] = _UNFIT.get(source.role), True
        values.append(known[key][0])
        unfit.append(known[key][1])
    made = _series(f"x_{name}", values, _STORED[source.role], piece)
    yield made
    yield _series(f"b_{name}", unfit, nw.Boolean, piece)
    if name == "as_of":
        days = [
            None if bad else cells.day(raw) for raw, bad in zip(raw_cells(piece[source.column]), unfit, strict=True)
        ]
        yield _series("d_as_of", days, nw.Datetime, piece)


def _hashable(raw: Any) -> bool:
    try:
        hash(raw)
    except (TypeError, ArithmeticError):
        return False
    return True


_UNFIT = {"finding": BAD, "attribute": NOWHERE, "unit": NOWHERE}
_STORED: dict[str, Any] = {
    "measure": nw.Float64,
    "children": nw.Float64,
    "recognition": nw.Datetime,
    "finding": nw.Int8,
    "attribute": nw.Int16,
    "unit": nw.Int16,
}


def _series(name: str, values: list[Any], dtype: Any, like: nw.DataFrame[Any]) -> nw.Series[Any]:
    if dtype is nw.Datetime:
        values = [datetime(day.year, day.month, day.day) if isinstance(day, date) else None for day in values]
    if dtype is nw.Float64:
        values = [None if value is None else float(value) for value in values]
    return nw.new_series(INNER + name, values, dtype, backend=like.implementation)


def _doubts(body: Any, written: Script) -> tuple[list[str], list[str]]:
    """The columns with an unfit cell, and those with a fraction that may be meant as a percentage."""
    tests = (*written.unfit, *written.fractions)
    wary = {name for name, _ in tests}
    if written.glance:
        seen = body.select(*(test.alias(f"{n}") for n, (_, test) in enumerate(written.glance))).row(0)
        wary = {name for (name, _), doubted in zip(written.glance, seen, strict=True) if doubted}
    looked = [n for n, (name, _) in enumerate(tests) if name in wary]
    if not looked:
        return [], []
    row = body.select(*(written.doubts[n] for n in looked)).row(0)
    found = [n for n, doubted in zip(looked, row, strict=True) if doubted]
    unfit, fractions = ([tests[n][0] for n in found if (n < len(written.unfit)) is bad] for bad in (True, False))
    return list(dict.fromkeys(unfit)), fractions


def _faults(
    piece: nw.DataFrame[Any], body: Any, written: Script, unfit: list[str], job: Job, start: int
) -> list[Problem]:
    sources, cells = dict(job.given.sources), _cells(job, written)
    problems: list[Problem] = []
    told: set[tuple[str, int]] = set()
    for name, test in written.unfit:
        if name in unfit:
            marks = body.select(test.alias("unfit"))
            column = nw.from_native(marks, eager_only=True)["unfit"].fill_null(False).to_list()
            for row, bad in enumerate(column):
                placed = name in ("region", "province")
                what = "place" if placed else name
                if bad and (what, row) not in told and len(problems) < FAULTS_NAMED:
                    told.add((what, row))
                    here = piece[row : row + 1]
                    beside = _beside(name, sources, cells)
                    raws = {one: next(raw_cells(here[sources[one].column])) for one in beside}
                    unit = next(raw_cells(here[sources["id"].column])) if "id" in sources else ""
                    where = Place(path=str(unit or ""))
                    misplaced = _misplaced(raws, job) if placed else None
                    if misplaced is None:
                        problems.append(fault(name, sources, raws, cells, where, start + row))
                    else:
                        told_in = {"row": start + row, "column": sources[name].column}
                        problems.append(Problem("error.frame_cell", where, **told_in, problem=misplaced))
    return problems


def _misplaced(raws: Mapping[str, Any], job: Job) -> Problem | None:
    """What ``evaluate`` says of a unit where it lies, if the packs are not for it."""
    base = job.given.base
    try:
        day = moment_of(raws["as_of"]) if "as_of" in raws else base.on
        region = read_member(Region, str(raws["region"])) if not empty(raws.get("region")) else base.region
        province = "" if empty(raws.get("province")) else str(raws["province"])
        unit = in_region(Unit(id="x", level=base.level, region=region, province=province or None), day, job.catalogue)
        for pack in job.packs:
            check_place(pack, unit, day, job.catalogue)
    except NtmError as error:
        return error.problems[0].at(Place())
    return None


def _beside(name: str, sources: Mapping[str, ColumnSource], cells: Cells) -> list[str]:
    """A column, and those it must agree with."""
    match sources[name].role:
        case "measure":
            others: tuple[str, ...] = tuple(over for _, over in cells.made_of(name))
        case "children":
            others = counted_with(name)
        case "recognition":
            others = (recognised_with(name),)
        case _:
            places = {"level": ("as_of",), "region": ("province", "as_of"), "province": ("region", "as_of")}
            others = places.get(name, ())
    return [one for one in (name, *others) if one in sources]
