"""Addresses of a pack's figures: where each stands, so that one alone can be replaced."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from .condition import Comparison, ConditionModel, FindingCondition, parts, walk, with_parts
from .indicator import Indicator
from .model import FigureRow, Pack
from .threshold import AnyLeaf, AnyThreshold, Row, Table, leaves

REQUIRES, APPLIES_IF, VERSION = "requires", "applies_if", "version"


class Address(NamedTuple):
    """A figure: its indicator, the part of it (``requires``, ``applies_if``, ``version.0``), the path of the condition
    inside, and the rows of its table."""

    code: str
    part: str
    path: str
    rows: tuple[Row, ...]

    def text(self) -> str:
        """The address on one line; ``Address.read`` reads it."""
        return json.dumps([self.code, self.part, self.path, [list(row) for row in self.rows]], ensure_ascii=False)

    @classmethod
    def read(cls, text: str) -> Address:
        """The address of a text.

        Raises:
            ValueError: it is none.
        """
        code, part, path, rows = json.loads(text)
        return cls(str(code), str(part), str(path), tuple((str(table), str(label)) for table, label in rows))


def addressed(pack: Pack) -> Iterator[tuple[Address, FigureRow]]:
    """The pack's figures, each with its address."""
    yield from zip(_addresses(pack), pack.figures(), strict=True)


def _addresses(pack: Pack) -> Iterator[Address]:
    for indicator in pack.coded():
        for part, root in roots(indicator):
            for path, condition in walk(root):
                if isinstance(condition, FindingCondition) and condition.finding == "met":
                    yield Address(indicator.code, part, path, ())
                elif isinstance(condition, Comparison):
                    for rows, _ in leaves(condition.threshold):
                        yield Address(indicator.code, part, path, rows)


def roots(indicator: Indicator) -> Iterator[tuple[str, ConditionModel]]:
    """The conditions an indicator is made of, dated versions included."""
    yield REQUIRES, indicator.requires
    if indicator.applies_if is not None:
        yield APPLIES_IF, indicator.applies_if
    for index, version in enumerate(indicator.versions):
        yield f"{VERSION}.{index}", version.requires


def rebuilt(
    condition: ConditionModel, change: Callable[[str, ConditionModel], ConditionModel], path: str = ""
) -> ConditionModel:
    """The condition with every innermost one replaced by what ``change`` makes of it at its path."""
    inside = parts(condition)
    if not inside:
        return change(path, condition)
    return with_parts(condition, tuple(rebuilt(part, change, f"{path}.{key}" if path else key) for key, part in inside))


def with_leaves(
    threshold: AnyThreshold, change: Callable[[tuple[Row, ...], AnyLeaf], AnyLeaf], rows: tuple[Row, ...] = ()
) -> AnyThreshold:
    """The same tables with every leaf replaced by what ``change`` makes of it in its rows."""
    if not isinstance(threshold, Table):
        return change(rows, threshold)
    table = threshold.attribute or threshold.by
    inner: Mapping[str, AnyThreshold] = {
        label: with_leaves(one, change, (*rows, (table, label))) for label, one in threshold.rows.items()
    }
    otherwise = threshold.otherwise
    if otherwise is not None:
        otherwise = with_leaves(otherwise, change, (*rows, (table, "otherwise")))
    return threshold.model_copy(update={"rows": inner, "otherwise": otherwise})
