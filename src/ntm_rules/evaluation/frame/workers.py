"""Spark frames: every batch of rows is an Arrow table, judged as such by Spark's Python workers when it is computed.

As SQL a large pack is hundreds of columns in steps that Catalyst goes over for seconds, and more bytecode than the JVM
compiles before the rows are through. Here it is one step of the plan.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from importlib.util import find_spec
from inspect import signature
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import uuid4

import narwhals as nw

from .expressions import INNER
from .run import Job, columns_read, run_eager

if TYPE_CHECKING:
    import pyarrow as pa

# Whether the workers are to be asked, for whoever knows better. A setting of the session, as Spark's own are.
ALLOWED = "ntm_rules.workers"
ROW = INNER + "row"
KEPT = 64


def run_batches(frame: nw.DataFrame[Any] | nw.LazyFrame[Any], job: Job) -> Any | None:
    """The answer as a frame of Spark; nothing is computed. ``None`` where the workers are not to be asked.

    Raises:
        EvaluationError: a column to be kept has the name of one of the answer.
    """
    native = nw.to_native(frame)
    if find_spec("pyarrow") is None or not _may_judge(native.sparkSession):
        return None
    from pyspark.errors import PySparkException
    from pyspark.sql.pandas.types import from_arrow_schema, to_arrow_schema
    from pyspark.sql.types import StructType

    read = columns_read(frame, job)
    chosen = native.select(*(f"`{name.replace('`', '``')}`" for name in read)) if read else native
    # Newer versions ask which zone moments are told in; no figure hangs on it.
    zone: dict[str, Any] = {"timezone": "UTC"} if "timezone" in signature(to_arrow_schema).parameters else {}
    try:
        arrow = to_arrow_schema(chosen.schema, **zone)
    except PySparkException:
        # A type that Arrow has not is carried along by SQL.
        return None
    batch = _batch(job, arrow)
    kept = [chosen.schema[name] for name in job.keep]
    return chosen.mapInArrow(batch, StructType([*kept, *from_arrow_schema(batch.made).fields]))


def _may_judge(session: Any) -> bool:
    """Whether the workers of a session may be asked, and have this library: they are looked at once.

    Where they cannot be looked at (Spark Connect), only a session that says so has them asked.
    """
    said = session.conf.get(ALLOWED, None)
    if said is not None:
        return bool(said.lower() == "true")
    try:
        context = session.sparkContext
    except Exception:  # each version refuses in its own way
        return False
    return _have_it(context)


@lru_cache(maxsize=8)
def _have_it(context: Any) -> bool:
    # Functions of the standard library: whatever the workers lack, they can tell.
    asked = context.parallelize(("ntm_rules", "pyarrow", "narwhals"), 1).map(find_spec).map(bool)
    try:
        return all(asked.collect())
    except Exception:  # workers of another Python than the driver's, or none
        return False


class _Written(NamedTuple):
    """What a worker does, the same for all batches of a frame and for all frames of a plan."""

    job: Job
    keep: tuple[str, ...]
    made: pa.Schema


class _Batch:
    """What is done to every batch; workers keep it by its name, with the scripts written for it."""

    def __init__(self, name: str, written: _Written) -> None:
        self.name, self.written, self.made = name, written, written.made

    def __hash__(self) -> int:
        return hash(self.name)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Batch) and other.name == self.name

    def __call__(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        import pyarrow as pa

        written = _kept(self)
        for batch in batches:
            table = pa.Table.from_batches([batch])
            yield from _judged(table, written.job, written.keep, written.made).to_batches()


@lru_cache(maxsize=KEPT)
def _kept(batch: _Batch) -> _Written:
    return batch.written


@lru_cache(maxsize=KEPT)
def _batch(job: Job, arrow: pa.Schema) -> _Batch:
    import pyarrow as pa

    # Nobody hears a worker's warning.
    inside = job._replace(keep=(ROW,), doubted=frozenset(name for name, _ in job.given.sources))
    found = _answered(arrow.empty_table(), inside).drop_columns([ROW])
    job.check(inside.script(_engine(), lazy=False), "spark")
    made = pa.schema([(field.name, _stored(field.type)) for field in found.schema])
    return _Batch(uuid4().hex, _Written(inside, job.keep, made))


def _engine() -> str:
    return "pyarrow" if find_spec("polars") is None else "polars"


def _answered(table: pa.Table, job: Job) -> pa.Table:
    """The answer to a table as another, beside the number of each row."""
    import pyarrow as pa

    wanted = {source.column for _, source in job.given.sources}
    names = [name for name in table.column_names if name in wanted or name.startswith(INNER)]
    read = table.select(names).append_column(ROW, pa.array(range(len(table)), pa.int32()))
    if _engine() == "pyarrow":
        return run_eager(nw.from_native(read, eager_only=True), job)
    import polars as pl

    return run_eager(nw.from_native(pl.from_arrow(read), eager_only=True), job).to_arrow()


def _judged(table: pa.Table, job: Job, keep: tuple[str, ...], made: pa.Schema) -> pa.Table:
    import pyarrow as pa

    found = _answered(table, job)
    kept = table.select(keep)
    if job.shape.kind in ("long", "scenarios"):
        kept = kept.take(found.column(ROW))
    answer = found.drop_columns([ROW]).cast(made)
    return pa.Table.from_arrays([*kept.columns, *answer.columns], schema=pa.schema([*kept.schema, *made]))


def _stored(kind: pa.DataType) -> pa.DataType:
    """The type in which Spark takes a column of an answer."""
    import pyarrow as pa

    if pa.types.is_integer(kind):
        return pa.int64()
    return pa.float64() if pa.types.is_floating(kind) else pa.string()
