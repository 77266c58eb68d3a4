"""Dask frames: every partition is a pandas frame, judged as such when it is computed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import narwhals as nw

from .expressions import INNER
from .native import KEY, id_text

if TYPE_CHECKING:
    from .children import Listed
    from .plan import FramePlan


class _Each:
    """What is done to every partition; Dask is given a name for it and need not look inside."""

    def __init__(self, work: Callable[[nw.DataFrame[Any]], Any]) -> None:
        self.work, self.name = work, uuid4().hex

    def __dask_tokenize__(self) -> str:
        return self.name

    def __call__(self, partition: Any) -> Any:
        return self.work(nw.from_native(partition, eager_only=True))


def each_partition(frame: Any, work: Callable[[nw.DataFrame[Any]], Any]) -> Any:
    """The frame of what ``work`` makes of every partition; nothing is computed."""
    return frame.map_partitions(_Each(work), meta=work(nw.from_native(frame._meta, eager_only=True)))


def _marked(child: Any, number: int, wanted: Any, key: Any, part: nw.DataFrame[Any]) -> Any:
    return nw.to_native(child.marked(part, number, wanted, key))


def join_children(frame: Any, listed: Listed, unit: str, plan: FramePlan) -> Any:
    """A Dask frame with counts of each unit's children beside it."""
    wanted = listed.standings(plan)
    if not wanted:
        return frame
    key = nw.from_native(frame._meta, eager_only=True).schema[unit]
    alike = [child.ids == key for child in listed.frames]
    if not all(alike):
        frame = each_partition(frame, lambda part: nw.to_native(part.with_columns(id_text(unit, key).alias(KEY))))
    for number, child in enumerate(listed.frames):
        of = f"{INNER}of_{number}"
        marked = each_partition(child.native, partial(_marked, child, number, wanted, key))
        counted = marked.groupby(of).sum().reset_index()
        frame = frame.merge(counted, left_on=unit if alike[number] else KEY, right_on=of, how="left")
    return each_partition(frame, lambda part: nw.to_native(part.with_columns(*listed.totals(wanted))))
