"""Cells of snapshots: what both tables and forms read in them."""

from __future__ import annotations

import warnings
from datetime import date
from functools import partial
from typing import Any

from ..day import read_day
from ..errors import Place, Problem, QuantityError
from ..messages import Lang
from ..pack.measure import Measure
from ..pack.reference import split_reference
from ..quantity.amount import Amount
from ..tabular.sheet import Content, read_amount, read_fact, read_text, shown
from ..territory import Level
from .builder import Entry, SnapshotBuilder
from .headers import CHILD_DETAILS
from .names import read_names
from .observation import read_finding
from .value import as_percent, may_be_percent, read_amount_of, stated


class SnapshotWarning(UserWarning):
    """Something in a file that is not read, or may be meant otherwise: ``problem`` says what and where.

    ``str()`` is English; ``problem.text("vi")`` is Vietnamese.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(problem)

    def __str__(self) -> str:
        return self.problem.text("en")


def read_value(
    ledger: SnapshotBuilder, place: Place, measure: Measure, content: Content, unit: str = "", habit: Lang | None = None
) -> Amount:
    """The cell as a value of the measure; ``unit`` serves a number without one, ``habit`` says how others are written.

    A bare fraction under a percentage is read as it stands, but not in silence: 0.128 may be meant as 12.8 %.

    Raises:
        QuantityError: no value of the measure, or a bare number that is not plausible for it.
    """
    read = partial(read_amount_of, measure=measure, unit=unit, numbers=ledger.numbers, habit=habit)
    written = read_amount(content, read=read)
    amount = stated(written, measure, unit)
    warn_of_fraction(ledger, place, measure, written, shown(content))
    return amount


def warn_of_fraction(ledger: SnapshotBuilder, place: Place, measure: Measure, written: Amount, text: str) -> None:
    """Say once of a measure in the files read together that a number may be meant as a percentage."""
    if may_be_percent(written, measure) and measure.id not in ledger.doubted:
        ledger.doubted.add(measure.id)
        bare, meant = as_percent(written)
        problem = Problem("warning.fraction", place, content=text, read=bare, meant=meant)
        warnings.warn(SnapshotWarning(problem), stacklevel=2)


def read_attribute(ledger: SnapshotBuilder, name: str, content: Content) -> bool | str:
    """The cell as what is said of a unit's attribute.

    Raises:
        SnapshotError: neither yes nor no, where the packs ask that.
    """
    return ledger.known.fact(name, read_fact(content))


def count(
    ledger: SnapshotBuilder, entry: Entry, level: Level, detail: str, pack: str, value: Any, place: Place
) -> None:
    """Set one figure of a unit's children; another value for it is a fault."""
    assert detail in CHILD_DETAILS
    counts = entry.children.setdefault(level, {})
    entry.counted[level, pack] = entry.counted[level, ""] = place
    group, key = (counts, detail) if detail in ("total", "exempt") else (counts.setdefault(detail, {}), pack)
    if group.setdefault(key, value) != value:
        ledger.fail(Problem("error.merge_children", place, unit=entry.unit, level=level))


# A spreadsheet counts days from here, and shows a year typed into a cell for days as one of 1905.
_EXCEL_BEGINS = date(1899, 12, 30)
_YEARS = range(1900, 2101)


def read_names_cell(content: Content) -> tuple[str, ...]:
    """Names of units in a cell."""
    return read_names(shown(content))


def read_finding_cell(content: Content) -> Any:
    """A finding in a cell: one of the words; the spreadsheet's own TRUE and FALSE are none."""
    return read_finding(content if isinstance(content, bool) else read_text(content))


def read_day_cell(content: Content) -> date:
    """A day in a cell: the spreadsheet's own, or written out.

    Raises:
        QuantityError: no day, or a year that the format of the cell made a day of.
    """
    serial = (content - _EXCEL_BEGINS).days if type(content) is date else 0
    if serial in _YEARS:
        raise QuantityError(Problem("error.year_as_day", year=serial, day=content))
    return read_day(content if isinstance(content, date) else read_text(content))


def pack_reference(text: str) -> str:
    """A pack's reference, installed or not: titles may come from sets that are no longer in force.

    Raises:
        CatalogueError: it is not written as one.
    """
    split_reference(text)
    return text
