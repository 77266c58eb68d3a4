"""Two columns that are one share, so many of so many: joined into the one column that is read cell by cell."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

import narwhals as nw

from ...errors import EvaluationError, Problem
from ...normalization import fold, is_blank
from ...quantity.amount import Amount
from ...snapshot.headers import COUNT_WORDS
from .reading import raw_cells


def with_shares(frame: Any, columns: Iterable[str], measures: Collection[str]) -> Any:
    """The frame with ``x.numerator`` and ``x.denominator`` joined to ``6112/6420``; one without such columns as it is.

    A percentage that stands in ``x`` is kept beside its counts, and held against them where it is read.

    Raises:
        EvaluationError: one of the two alone, or a frame that is not at hand, whose cells cannot be read one by one.
    """
    pairs: dict[str, dict[str, str]] = {}
    for column in map(str, columns):
        name, _, word = column.rpartition(".")
        if name in measures and (part := COUNT_WORDS.get(fold(word))):
            pairs.setdefault(name, {})[part] = column
    if not pairs:
        return frame
    at_hand = nw.from_native(frame, eager_only=True, pass_through=True)
    for name, found in pairs.items():
        if len(found) == 1:
            raise EvaluationError(Problem("error.frame_one_count", column=next(iter(found.values())), name=name))
        if not isinstance(at_hand, nw.DataFrame):
            raise EvaluationError(Problem("error.frame_counts_lazy", column=found["numerator"], name=name))
        upper, lower = (map(_text, raw_cells(at_hand[found[part]])) for part in ("numerator", "denominator"))
        told = map(_text, raw_cells(at_hand[name])) if name in at_hand.columns else iter([""] * len(at_hand))
        cells = [_cell(*parts) for parts in zip(told, upper, lower, strict=True)]
        joined = nw.new_series(name, cells, nw.String, backend=at_hand.implementation)
        at_hand = at_hand.drop(*found.values())
        if at_hand.implementation.is_pandas():
            joined = nw.from_native(nw.to_native(joined).set_axis(nw.to_native(at_hand).index), series_only=True)
        at_hand = at_hand.with_columns(joined)
    return nw.to_native(at_hand)


def _text(raw: Any) -> str:
    """A cell as it is read again; a number as it has one reading only."""
    if is_blank(raw) or raw != raw:
        return ""
    return raw.strip() if isinstance(raw, str) else Amount.of(raw).plain()


def _cell(told: str, upper: str, lower: str) -> str | None:
    if not upper and not lower:
        return told or None
    counts = f"{upper}/{lower}"
    return f"{told if '%' in told else f'{told} %'} ({counts})" if told else counts
