"""A frame of a few rows judged row by row, and the answer built as the frame's engine would have built it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Any

import narwhals as nw

from .answer import Out
from .labelling import unique
from .script import PROBLEM, Script
from .sources import ColumnSource

# From some more rows on, an engine of columns is sooner done.
FEW = 8
KINDS = frozenset(("double", "integer", "word", "category", "flag", "date", "datetime"))
# What an engine makes of numbers that Python has no answer to is its own.
_OWN = (ArithmeticError, ValueError)


def answers_few(native: str, written: Script, sources: Sequence[tuple[str, ColumnSource]], mark: bool) -> bool:
    """Whether the answer can be built row by row: plain columns in, verdicts and counts out."""
    if native not in _BUILT or (mark and native != "polars") or written.melted:
        return False
    used = {*written.plan.reads, *(axis.name for axis in written.plan.axes)}
    if any(source.kind not in KINDS for name, source in sources if name in used):
        return False
    return all(out.labels is None or unique(out) for out in written.answer.outs)


def answer_few(frame: nw.DataFrame[Any], native: str, written: Script, keep: Sequence[str], mark: bool) -> Any | None:
    """The answer as a frame of the same kind; ``None`` where a cell needs another look."""
    rows: list[dict[str, Any]] = []
    try:
        for row in _rows(frame, native):
            for step in written.reading:
                row.update([(one.name, one.of(row)) for one in step])
            if any(one.of(row) for one in written.doubts):
                return None
            for step in written.verdicts:
                row.update([(one.name, one.of(row)) for one in step])
            rows.append(row)
        told = [(out, [out.expr.of(row) for row in rows]) for out in written.answer.outs]
    except _OWN:
        return None
    return _BUILT[native](frame, keep, told, mark)


def _rows(frame: nw.DataFrame[Any], native: str) -> Iterator[dict[str, Any]]:
    own, names = nw.to_native(frame), frame.columns
    if native == "polars":
        return (dict(zip(names, row, strict=True)) for row in own.rows())
    rows = own.to_numpy(dtype=object).tolist()
    return (dict(zip(names, map(_known, row), strict=True)) for row in rows)


def _known(cell: Any) -> Any:
    """A cell of pandas, ``None`` where it knows nothing."""
    return None if cell != cell or type(cell).__name__ == "NAType" else cell


Told = list[tuple[Out, list[Any]]]


def _polars(frame: nw.DataFrame[Any], keep: Sequence[str], told: Told, mark: bool) -> Any:
    import polars as pl

    own = nw.to_native(frame)
    series = [own.get_column(name) for name in keep]
    for out, values in told:
        if out.labels is None:
            series.append(pl.Series(out.name, values, dtype=pl.Int64))
        else:
            # Where a row has no word, its number is that of none of the words.
            words, last = _enumerated(out.labels), len(out.labels)
            one = words.slice(min(values[0], last), 1) if len(values) == 1 else None
            chosen = words.gather([min(value, last) for value in values]) if one is None else one
            series.append(chosen.alias(out.name))
    if mark:
        series.append(pl.Series(PROBLEM, [None] * len(own), dtype=pl.String))
    return pl.DataFrame(series)


@lru_cache(maxsize=256)
def _enumerated(labels: tuple[str, ...]) -> Any:
    """Each word, and none, as polars has them."""
    import polars as pl

    return pl.Series([*labels, None], dtype=pl.Enum(list(labels)))


def _pandas(frame: nw.DataFrame[Any], keep: Sequence[str], told: Told, mark: bool) -> Any:
    import pandas as pd

    own = nw.to_native(frame)
    columns: dict[Any, Any] = {name: own[name] for name in keep}
    for out, values in told:
        if out.labels is None:
            columns[out.name] = values
        else:
            words, last = _categorised(out.labels), len(out.labels)
            columns[out.name] = words.take([min(value, last) for value in values])
    return pd.DataFrame(columns, index=own.index)


@lru_cache(maxsize=256)
def _categorised(labels: tuple[str, ...]) -> Any:
    """Each word, and none, as pandas has them."""
    import pandas as pd

    return pd.Categorical([*labels, None], categories=list(labels), ordered=True)


_BUILT: dict[str, Callable[[nw.DataFrame[Any], Sequence[str], Told, bool], Any]] = {
    "polars": _polars,
    "pandas": _pandas,
}
