"""Numbers become words: in each engine's own kind of column for a few words, or as plain strings where it has none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import narwhals as nw

from ..numbering import WORDS
from .answer import Out
from .expressions import Expr, Writer
from .sql import SPARK

# More than there are words of any kind.
NOTHING = 2_000_000_000


def labelled(writer: Writer, outs: Sequence[Out], fit: Expr | None, native: str) -> tuple[Expr, ...]:
    """The columns of the answer; for pandas and pyarrow still as numbers, for which ``with_labels`` has the words.

    Rows with an unfit cell get nothing.
    """
    return tuple(_labelled(writer, out, fit, native).alias(out.name) for out in outs)


def _labelled(writer: Writer, out: Out, fit: Expr | None, native: str) -> Expr:
    space = writer.space
    if out.labels is None:
        return out.expr if fit is None else space.when(fit).then(out.expr)
    if native in ("pandas", "pyarrow") and unique(out):
        number = out.expr.cast(space.Int32) if out.wide or fit is not None else out.expr
        return number if fit is None else writer.when((fit, number), otherwise=space.lit(NOTHING, dtype=space.Int32))
    if native == "polars" and out.labels is WORDS:
        return out.expr if fit is None else space.when(fit).then(out.expr)
    if native == "polars" and unique(out):
        return _enumerated(space, out, fit)
    if space is SPARK and (not out.gaps or out.wide):
        # A number that has no word is the one after the last.
        said = out.expr.word_of((*out.labels, None) if out.gaps else out.labels)
    else:
        said = writer.word(*((out.expr == number, space.lit(label)) for number, label in enumerate(out.labels)))
    return said if fit is None else writer.when((fit, said), otherwise=space.lit(None, dtype=space.String))


def unique(out: Out) -> bool:
    """Whether each word has one number; a prerequisite may have the code of a criterion."""
    return len({*(out.labels or ())}) == len(out.labels or ())


def _enumerated(space: Any, out: Out, fit: Expr | None) -> Expr:
    assert out.labels is not None
    numbers = out.expr
    if out.gaps:
        numbers = space.when(numbers < len(out.labels)).then(numbers)
    if fit is not None:
        numbers = space.when(fit).then(numbers)
    if out.wide:
        kinds = ((255, space.UInt8), (65_535, space.UInt16))
        numbers = numbers.cast(next((kind for most, kind in kinds if len(out.labels) < most), space.UInt32))
    words = space.Enum(list(out.labels))
    # Newer versions tell the numbers of words from numbers to be spelled out.
    return numbers.cat.to(words) if hasattr(numbers.cat, "to") else numbers.cast(words)


def with_labels(frame: Any, outs: Sequence[Out], native: str) -> Any:
    """An answer in its native kind with words for numbers."""
    plain = nw.to_native(frame, pass_through=True)
    if native not in ("pandas", "pyarrow"):
        return plain
    named = [out for out in outs if out.labels is not None and unique(out)]
    return _categorised(plain, named) if native == "pandas" else _encoded(plain, named)


def _categorised(plain: Any, named: Sequence[Out]) -> Any:
    import pandas as pd

    columns = {name: plain[name] for name in plain.columns}
    for out in named:
        kind = pd.CategoricalDtype(list(out.labels or ()), ordered=True)
        numbers = plain[out.name].to_numpy(dtype="int32", copy=True)
        numbers[numbers >= len(out.labels or ())] = -1
        columns[out.name] = pd.Series(pd.Categorical.from_codes(numbers, dtype=kind), index=plain.index)
    return pd.DataFrame(columns, index=plain.index)


def _encoded(plain: Any, named: Sequence[Out]) -> Any:
    import pyarrow as pa
    import pyarrow.compute as pc

    for out in named:
        place = plain.column_names.index(out.name)
        numbers = plain.column(place).combine_chunks().cast(pa.int32())
        known = pc.less(numbers, len(out.labels or ()))
        shown = pc.if_else(known, numbers, pa.scalar(None, pa.int32()))
        words = pa.DictionaryArray.from_arrays(shown, pa.array(out.labels, pa.string()))
        plain = plain.set_column(place, out.name, words)
    return plain
