"""Frames of any engine, before they are judged: read, searched, and their ids made comparable."""

from __future__ import annotations

import math
from collections import Counter
from typing import Any

import narwhals as nw
from narwhals.exceptions import DuplicateError

from ...errors import EvaluationError, Problem
from .expressions import INNER


def is_dask(frame: object) -> bool:
    """Whether this is a Dask frame; Dask itself is not loaded for the question."""
    return type(frame).__module__.partition(".")[0] in ("dask", "dask_expr")


def frame_read(frame: Any) -> tuple[nw.DataFrame[Any] | nw.LazyFrame[Any], nw.Schema]:
    """Any frame in the interface of narwhals, with its columns; of a Dask frame only these.

    Raises:
        EvaluationError: something else, or columns of one name.
    """
    try:
        read: nw.DataFrame[Any] | nw.LazyFrame[Any] = nw.from_native(frame._meta if is_dask(frame) else frame)
        twice = _twice(frame) if read.implementation.is_spark_like() else ""
        columns = read.collect_schema()
    except TypeError:
        raise EvaluationError(Problem("error.frame_no_frame", kind=type(frame).__name__)) from None
    except DuplicateError as error:
        raise EvaluationError(Problem("error.frame_duplicate", column=_twice(frame) or str(error))) from None
    if twice:
        raise EvaluationError(Problem("error.frame_duplicate", column=twice))
    return read, columns


class Columns:
    """The columns of a frame at hand that tells their types at once: equal where names, types and engine are."""

    def __init__(self, frame: Any, names: list[Any], kinds: list[Any]) -> None:
        self.frame, self.names, self.kinds, self.engine = frame, names, kinds, type(frame)

    @classmethod
    def of(cls, frame: Any) -> Columns | None:
        """The columns of a frame of polars or pandas; none where only the cells tell what an object is."""
        match type(frame).__module__.partition(".")[0]:
            case "polars" if type(frame).__name__ == "DataFrame":
                return cls(frame, frame.columns, frame.dtypes)
            case "pandas" if type(frame).__name__ == "DataFrame":
                kinds = frame.dtypes.tolist()
                return None if object in kinds else cls(frame, frame.columns.tolist(), kinds)
        return None

    def emptied(self) -> Any:
        """A frame with these columns; that of which they were told is let go."""
        if type(self.frame).__module__.partition(".")[0] == "polars":
            self.frame = self.frame.clear()
        else:
            self.frame = self.frame.iloc[:0].copy()
        return self.frame

    # Hashing types takes longer than comparing them.
    def __hash__(self) -> int:
        return hash((self.engine, *self.names))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Columns) or self.engine is not other.engine:
            return False
        return self.names == other.names and self.kinds == other.kinds


def _twice(frame: Any) -> str:
    """A name that several columns have."""
    names = [str(name) for name in getattr(frame, "column_names", None) or frame.columns]
    return next((name for name, count in Counter(names).items() if count > 1), "")


def rows_where(frame: Any, column: str, unit: str | int) -> nw.DataFrame[Any]:
    """The rows of any frame with a unit's id in a column, computed; ids may be stored as numbers."""
    number = None
    if frame_read(frame)[1][column].is_float():
        # Whole numbers beside a missing one are doubles in pandas.
        try:
            number = float(unit)
        except ValueError:
            number = math.inf
    if is_dask(frame):
        found = frame[frame[column] == number if number is not None else frame[column].astype(str) == str(unit)]
        return nw.from_native(found.compute(), eager_only=True)
    read: Any = nw.from_native(frame)
    wanted = nw.col(column) == number if number is not None else nw.col(column).cast(nw.String) == str(unit)
    rows = read.filter(wanted)
    at_hand: nw.DataFrame[Any] = rows.collect() if isinstance(rows, nw.LazyFrame) else rows
    return at_hand


# Ids of units as texts, where those of their children's parents are stored otherwise.
KEY = INNER + "key"


def id_text(column: str, kind: Any) -> nw.Expr:
    """Ids as texts, by which ids that are stored differently are alike; whole numbers without their point."""
    text = nw.col(column).cast(nw.String)
    return text.str.replace_all(r"\.0$", "") if kind.is_float() else text
