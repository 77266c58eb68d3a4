"""Cells read one by one, as ``evaluate`` reads them: for texts in number columns, for faults, and for explanations."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import Any

import narwhals as nw

from ...day import read_day
from ...errors import EvaluationError, NtmError, Place, Problem
from ...messages import Lang
from ...normalization import is_blank, tidy, yes_or_no
from ...pack.measure import Measure
from ...quantity.amount import Amount, count_of
from ...quantity.number import exact
from ...snapshot.observation import FindingValue, read_finding
from ...snapshot.recognition import ends_before
from ...snapshot.value import habits_of, may_be_percent, read_amount_of, stated
from ...territory import Group, Level, Region, ended, read_member
from ..axes import OTHER, Axis, Value
from ..derived import follows
from ..numbering import FINDING_CODES
from .limits import decimal_of
from .names import counted_with, recognised_with, unit_text
from .sources import DIGITS, ColumnSource

# More units than any count is of; doubles hold it exactly.
MOST = 10**12


def raw_cells(column: nw.Series[Any]) -> Iterator[Any]:
    """The cells of a column as plain values; ``None`` where the engine knows nothing."""
    for raw, nothing in zip(column.to_list(), column.is_null().to_list(), strict=True):
        yield None if nothing or type(raw).__name__ in ("NAType", "NaTType") else _plain(raw)


def _plain(raw: Any) -> Any:
    """A scalar of numpy as Python's own; its halves and singles are the decimals they print."""
    if getattr(raw, "shape", None) != ():
        return raw
    item = raw.item()
    return float(str(raw)) if isinstance(item, float) and not isinstance(raw, float) else item


def empty(raw: Any) -> bool:
    """Whether a cell says nothing."""
    return is_blank(raw)


def habits(frame: Any, sources: Mapping[str, ColumnSource]) -> dict[str, Lang]:
    """How the numbers in columns of texts are written, by measure; a frame that is not at hand shows nothing."""
    names = [name for name, source in sources.items() if source.role == "measure" and source.kind == "read"]
    if not isinstance(frame, nw.DataFrame) or not names:
        return {}
    found = habits_of({n: frame[sources[name].column].to_list() for n, name in enumerate(names)})
    return {names[n]: habit for n, habit in found.items()}


def observed(
    source: ColumnSource, raw: Any, measure: Measure, numbers: Lang | None = None, habit: Lang | None = None
) -> Amount | None:
    """A measure's cell as an amount; ``None`` where it is empty.

    ``numbers`` and ``habit`` decide between two readings of a text as they do wherever values are read.

    Raises:
        QuantityError: no finite number, an unknown unit, or a value that is none of the measure's.
    """
    if empty(raw):
        return None
    if isinstance(raw, str):
        amount = read_amount_of(raw, measure, source.unit, numbers, habit)
    elif source.printed != "double" and isinstance(raw, float) and math.isfinite(raw):
        amount = Amount(exact(decimal_of(raw, source.printed)))
    else:
        amount = Amount(exact(raw))
    checked = stated(amount, measure, source.unit)
    return checked if source.unit else amount


def found(raw: Any) -> FindingValue | None:
    """A finding's cell; ``None`` where it is empty.

    Raises:
        QuantityError: a word that is no finding.
    """
    return None if empty(raw) else read_finding(raw)


def count(raw: Any) -> int | None:
    """A number of children; ``None`` where the cell is empty.

    Raises:
        QuantityError: not a whole number from zero up.
    """
    if empty(raw):
        return None
    number = count_of(raw)
    if number > MOST:
        raise EvaluationError(Problem("error.count", text=str(raw)[:40]))
    return number


def moment_of(raw: Any) -> date:
    """A cell as a day; a moment with a time zone may be another day here.

    Raises:
        NtmError: anything else.
    """
    if empty(raw):
        raise EvaluationError(Problem("error.frame_as_of"))
    return read_day(raw)


def standing_place(name: str, raw: Any) -> Value:
    """A fact about the unit on which thresholds may depend.

    Raises:
        NtmError: an unknown region, group or level, something that is no day, an attribute that is no text and no flag.
    """
    match name:
        case "region" | "group":
            if empty(raw):
                return None
            return read_member(Region, str(raw)) if name == "region" else read_member(Group, str(raw))
        case "level":
            return read_member(Level, "" if raw is None else str(raw))
        case "as_of":
            return moment_of(raw)
        case _:
            if raw is None or isinstance(raw, bool):
                return raw
            if isinstance(raw, str):
                said = yes_or_no(raw)
                return said if said is not None else tidy(raw) or None
            if raw in (0, 1):
                return bool(raw)
            raise EvaluationError(Problem("error.yes_or_no", given=str(raw)[:40], attribute=name))


class Cells:
    """Reads cells into what the prepared columns hold: doubles, codes of findings, numbers on an axis, days, counts."""

    def __init__(
        self,
        measures: Mapping[str, Measure],
        axes: Mapping[str, Axis],
        numbers: Lang | None = None,
        habits: Mapping[str, Lang] = MappingProxyType({}),
    ) -> None:
        self.measures, self.axes, self.numbers, self.habits = measures, axes, numbers, habits
        # Measures with a bare fraction under a percentage, each with the first one.
        self.doubted: dict[str, Amount] = {}

    def read(self, name: str, source: ColumnSource, raw: Any) -> float | int | date | None:
        """The value of a cell; ``None`` where it is empty.

        Raises:
            NtmError: the cell does not hold what it should.
        """
        match source.role:
            case "measure":
                return self._double(self.measures[name], source, raw)
            case "finding":
                return FINDING_CODES[found(raw)]
            case "recognition":
                return None if empty(raw) else moment_of(raw)
            case "children":
                return count(raw)
            case _:
                return self._number(self.axes[name], standing_place(name, raw))

    def made_of(self, name: str) -> Iterator[tuple[Measure, str]]:
        """The measures that follow from one, each with the other one it follows from."""
        for measure in self.measures.values():
            if measure.derived is not None and measure.derived.of == name:
                yield measure, measure.derived.over

    def make(self, name: str, sources: Mapping[str, ColumnSource], raws: Mapping[str, Any]) -> None:
        """See that what follows from a cell, with another of its row, is what it can be.

        Raises:
            NtmError: it is not.
        """
        for measure, over in self.made_of(name):
            parts = [self.read(one, sources[one], raws[one]) for one in (name, over) if one in raws]
            one, *others = (Fraction(repr(part)) for part in parts if isinstance(part, float))
            amount = follows(measure, one, *others) if others else None
            if amount is not None:
                measure.read(amount)

    def day(self, raw: Any) -> date:
        """The day the figures are of."""
        return moment_of(raw)

    def _double(self, measure: Measure, source: ColumnSource, raw: Any) -> float | None:
        amount = observed(source, raw, measure, self.numbers, self.habits.get(measure.id))
        if amount is None:
            return None
        if may_be_percent(amount, measure):
            self.doubted.setdefault(measure.id, amount)
        value = measure.read(amount)
        double = float(value)
        # A share of fewer than a thousand million lies further from any threshold than a double from the share.
        counted = amount.counts is not None and amount.counts[1] < MOST // 1000
        if source.kind in ("read", "decimal") and Decimal(repr(double)) != value and not counted:
            raise EvaluationError(Problem("error.frame_digits", text=str(raw)[:60], limit=DIGITS))
        return double

    def _number(self, axis: Axis, value: Value) -> int:
        if axis.name == "as_of":
            starts = [start for start in axis.values if isinstance(start, date)]
            assert isinstance(value, date)
            if value < starts[0] or (axis.end is not None and value > axis.end):
                raise EvaluationError(Problem("error.frame_day", day=value, start=starts[0], end=axis.end or "…"))
            return sum(start <= value for start in starts) - 1
        if isinstance(value, Level) and axis.end and ended(value, axis.end):
            raise EvaluationError(Problem("error.level_ended", level=value, day=axis.end))
        if value in axis.values:
            return axis.values.index(value)
        if OTHER in axis.values and isinstance(value, str):
            if axis.yes_or_no:
                raise EvaluationError(Problem("error.yes_or_no", given=value[:40], attribute=axis.name))
            return axis.values.index(OTHER)
        raise EvaluationError(Problem("error.frame_place", name=unit_text(axis.name), text=str(value)))


def too_many(raws: Mapping[str, Any], name: str) -> Problem | None:
    """What is wrong with counts of children: no total, or more that meet a title, or are unknown, than there are."""
    total, *counted = (count(raws.get(one)) for one in counted_with(name))
    met = sum(number or 0 for number in counted)
    if total is None:
        return None if counted == [None, None] else Problem("error.children_total")
    return None if met <= total else Problem("error.frame_more_children", count=met, total=total)


def fault(
    name: str, sources: Mapping[str, ColumnSource], raws: Mapping[str, Any], cells: Cells, where: Place, row: int
) -> Problem:
    """What is wrong with a cell, in the words in which ``evaluate`` would say it; rows are counted from 0."""
    source = sources[name]
    reason = Problem("error.frame_value", text="")
    try:
        cells.read(name, source, raws[name])
        reason = Problem("error.frame_value", text=str(raws[name])[:60])
        if source.role == "measure":
            cells.make(name, sources, raws)
        elif source.role == "children" and counted_with(name):
            reason = too_many(raws, name) or reason
        elif source.role == "recognition" and (began := recognised_with(name)) in raws:
            end = "revoked" if name.startswith("revoked") else "until"
            reason = ends_before(end, read_day(raws[name]), read_day(raws[began]))
        elif name == "level" and "as_of" in raws:
            level, day = standing_place(name, raws[name]), moment_of(raws["as_of"])
            reason = Problem("error.level_ended", level=level, day=day)
    except NtmError as error:
        reason = error.problems[0]
    return Problem("error.frame_cell", where, row=row, column=source.column, problem=reason)
