"""Tables of snapshots: one fact a row (long), or one unit a row and a column per fact (wide)."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from itertools import chain
from typing import Any, TypeVar

from ..errors import NtmError, Place, Problem, SnapshotError
from ..normalization import fold
from ..pack.measure import Measure
from ..quantity.amount import Amount, whole_number
from ..quantity.spoken import share_of, stated_share
from ..quantity.unit import unit_named
from ..tabular.sheet import Content, Number, Row, Sheet, read_amount, read_count, read_text, shown
from ..territory import Level, read_member
from .builder import Entry, SnapshotBuilder, read_unit_field
from .cells import (
    SnapshotWarning,
    count,
    pack_reference,
    read_attribute,
    read_day_cell,
    read_finding_cell,
    read_names_cell,
    read_value,
)
from .headers import COUNTS, DETAILS, RECOGNITION_DETAILS, UNIT_FIELDS, Heading, measured_in, numbers_columns
from .observation import Finding, Observation
from .recognition import Recognition
from .table_columns import FACTS, ROW_MARK, Columns, columns_of, habits, passed_over
from .value import stated

# What stands where a unit's id should, in the last row of a table that adds its rows up.
_TOTALS = {"tổng", "tổng số", "tổng cộng", "tổng hợp", "cộng", "cộng chung", "toàn huyện", "toàn tỉnh", "total", "sum"}
T = TypeVar("T")


def read_table(sheet: Sheet, ledger: SnapshotBuilder) -> None:
    """Add a table's facts to the ledger, and its faults."""
    rows = iter(sheet)
    columns = columns_of(sheet, rows, ledger)
    if columns is None:
        return
    body = list(rows)
    reader = TableReader(sheet, columns, ledger, body)
    rows = iter(body)
    read = reader.long if columns.is_long else reader.wide
    for row in _data(rows, reader):
        reader.turn_to(row)
        entry = reader.entry()
        if entry is not None:
            read(entry)


def _data(rows: Iterator[Row], reader: TableReader) -> Iterator[Row]:
    """The rows that hold data: those right under the headings may number the columns or give units of measure."""
    for row in rows:
        written = [shown(row.cells[column]) for column in sorted(row.cells)]
        if not numbers_columns(written) and not reader.takes_units(row):
            rows = chain((row,), rows)
            break
    mark = reader.columns.find("field", ROW_MARK)
    for row in rows:
        if mark not in row.cells and not passed_over(row):
            yield row


class TableReader:
    """Reads the cells of one row at a time, by what their columns hold."""

    def __init__(self, sheet: Sheet, columns: Columns, ledger: SnapshotBuilder, body: Sequence[Row]) -> None:
        self.sheet, self.columns, self.ledger = sheet, columns, ledger
        self.row = columns.row
        self._fields = {h.target[0]: c for c, h in columns.headings.items() if h.kind == "field"}
        self._dated = self._fields.get("as_of") or self._fields["unit"]
        self._units: dict[int, str] = {}
        self._habits = habits(columns, body)
        self._told: set[int] = set()
        self._latest: dict[int, tuple[int, Content]] = {}
        self._facts: dict[tuple[str, tuple[str, ...]], dict[str, int]] = {}
        for column, heading in columns.headings.items():
            if heading.kind in FACTS:
                self._facts.setdefault((heading.kind, heading.target), {})[heading.detail] = column

    def takes_units(self, row: Row) -> bool:
        """Whether the row under the headings gives the units of the measures above, and if so, takes them."""
        words = {c for c, h in self.columns.headings.items() if h.kind == "skip" or h.target == ("name",)}
        measures = {c: h.target[0] for c, h in self.columns.headings.items() if h.kind == "measure" and not h.detail}
        filled = row.cells.keys() - words
        if not filled or not filled <= measures.keys():
            return False
        written = {column: shown(row.cells[column]).strip("[]() ") for column in filled}
        try:
            for text in written.values():
                unit_named(text)
        except NtmError:
            return False
        for column, text in written.items():
            measure = self.ledger.known.find_measure(measures[column])
            cell = {"column": self.columns.titles[column], "shown": text}
            place, unit = self.sheet.place(row, column), measure.unit if measure else ""
            self._units[column] = self.ledger.attempt(place, measured_in, text, unit, **cell) or ""
        return True

    def turn_to(self, row: Row) -> None:
        """Make this the row that is read."""
        self.row = row
        if self.sheet.has_spans:
            self._latest.update((column, (row.number, content)) for column, content in row.cells.items())

    def place(self, column: int = 0) -> Place:
        return self.sheet.place(self.row, column)

    def content(self, column: int) -> Content | None:
        """The cell's content; one merged over several rows holds for each of them."""
        here = self.row.cells.get(column)
        return self._spread(column) if here is None else here

    def _spread(self, column: int) -> Content | None:
        anchor = self.sheet.anchor(self.row.number, column)
        number, content = self._latest.get(column, (0, None))
        return content if anchor == (number, column) and number > self.columns.row.number else None

    def read(self, column: int, parse: Callable[[Content], T]) -> T | None:
        """The cell read, or ``None`` where it is empty or faulty; a fault is noted with the cell."""
        content = self.content(column)
        if content is None:
            return None
        title = self.columns.titles.get(column, "")
        return self.ledger.attempt(self.place(column), parse, content, column=title, shown=shown(content))

    def field(self, name: str, parse: Callable[[Content], T]) -> T | None:
        return self.read(self._fields.get(name, 0), parse)

    def fact(self, column: int, parse: Callable[[Content], T]) -> T | None:
        """A cell that belongs to its own row alone: merged over several rows, nobody can say to which."""
        if column not in self.row.cells and self._spread(column) is not None:
            self.ledger.fail(Problem("error.merged_value", self.place(column), column=self.columns.titles[column]))
            return None
        return self.read(column, parse)

    def entry(self) -> Entry | None:
        """The entry the row belongs to, with what it says of its unit; ``None`` where there is nothing to add to."""
        known = {c for c, heading in self.columns.headings.items() if heading.kind != "skip"}
        stray = [c for c in self.row.cells if c not in self.columns.headings]
        under = {c: over for c in stray if (over := self._spanning(c))}
        for column in dict.fromkeys(under.values()):
            self._split(column)
        for column in stray:
            if column in under:
                continue
            content = shown(self.row.cells[column])[:80]
            self.ledger.fail(Problem("error.no_heading", self.place(column), content=content))
        if stray:
            # The cells before it have slipped into other columns: their faults would mislead.
            return None
        if not self.row.cells.keys() & known:
            return None
        if self.content(self._fields["unit"]) is None:
            content = ", ".join(shown(self.row.cells[c]).strip() for c in sorted(self.row.cells))
            place = self.place(self._fields["unit"])
            self.ledger.fail(Problem("error.row_without_unit", place, row=self.row.number, content=content[:80]))
            return None
        unit = self.field("unit", read_text)
        if unit is None:
            return None
        if fold(unit) in _TOTALS:
            self.ledger.fail(Problem("error.total_row", self.place(self._fields["unit"]), unit=unit))
            return None
        said = self._said(unit)
        as_of = self.field("as_of", read_day_cell)
        dated = self.content(self._fields.get("as_of", 0)) is not None
        as_of = as_of or (None if dated else self.ledger.as_of)
        if as_of is None:
            if dated:
                return None
            own = {c for c, h in self.columns.headings.items() if not _about_unit(h)}
            if own & self.row.cells.keys():
                self.ledger.fail(Problem("error.row_without_date", self.place(self._dated), unit=unit))
            for field, (value, place) in said.items():
                self.ledger.register(unit, field, value, place)
            return None
        entry = self.ledger.entry(self.sheet.file, unit, as_of, self.place(self._fields["unit"]))
        # A code that a register knows as it stands has lost nothing.
        entry.numbered |= self._typed_as_number(unit) and not self.ledger.registered(unit)
        for field, (value, place) in said.items():
            self.ledger.describe(entry, field, value, place)
        return entry

    def _typed_as_number(self, unit: str) -> bool:
        content = self.content(self._fields["unit"])
        return isinstance(content, Number) and unit.isdecimal() and not unit.startswith("0")

    def _spanning(self, column: int) -> int:
        """The column of the heading that is merged over this one, or 0."""
        anchor = self.sheet.anchor(self.columns.row.number, column)
        return anchor[1] if anchor and anchor[0] == self.columns.row.number else 0

    def _split(self, column: int) -> None:
        """Say once that a heading is merged over columns that hold different things."""
        if column not in self._told:
            self._told.add(column)
            place, title = self.sheet.place(self.columns.row, column), self.columns.titles[column]
            width = self.sheet.width(self.columns.row.number, column)
            self.ledger.fail(Problem("error.group_heading", place, column=" ".join(title.split())[:80], width=width))

    def _said(self, unit: str) -> dict[str, tuple[object, Place]]:
        said: dict[str, tuple[object, Place]] = {}
        for column, heading in self.columns.headings.items():
            value: object
            if heading.kind == "attribute":
                name = heading.target[0]
                field = f"attributes.{name}"
                value = self.read(column, partial(read_attribute, self.ledger, name))
            elif heading.kind == "field" and heading.target[0] in UNIT_FIELDS:
                field = heading.target[0]
                value = self.read(column, partial(read_unit_field, field))
            else:
                continue
            if value is not None:
                said[field] = value, self.place(column)
            elif self.content(column) is not None:
                self.ledger.broken(unit)
        return said

    def details(self, columns: dict[str, int], read: Callable[..., Any]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for detail in DETAILS:
            if detail in columns:
                parse: Callable[[Content], object] = read_day_cell if detail == "on" else read_text
                value = read(columns[detail], parse)
                if value is not None:
                    found[detail] = value
        return found

    def long(self, entry: Entry) -> None:
        """One row, one fact; a value and a finding on one row share their details."""
        value, finding, decision = (self.content(self._fields.get(f, 0)) for f in ("value", "finding", "decision"))
        details = self.details(self._fields, self.read)
        if decision is not None:
            if value is not None or finding is not None:
                self.ledger.fail(Problem("error.decision_alone", self.place(self._fields["decision"])))
            else:
                self._recognised(entry, details)
            return
        pack = self.field("pack", lambda content: self.ledger.known.pack_reference(read_text(content)))
        code = self.field("code", read_text)
        if pack and code:
            code = self.field("code", partial(self._code, pack))
        shared = [self._fields[name] for name in COUNTS if self._given(name)]
        if value is not None or shared:
            self._valued(entry, pack, code, details, shared[0] if value is None else self._fields["value"])
        if finding is not None:
            word = self.fact(self._fields["finding"], read_finding_cell)
            if not self._given("pack") or not self._given("code"):
                self.ledger.fail(Problem("error.finding_of_what", self.place(self._fields["finding"])))
            elif word is not None and pack and code:
                entry.find(pack, code, Finding(finding=word, **details))
        if value is None and not shared and finding is None and details:
            column = self._fields[next(iter(details))]
            self.warn(Problem("warning.details_alone", self.place(column), unit=entry.unit))

    def _code(self, pack: str, content: Content) -> str:
        """A code of the pack. As a number 17.10 and 17.1 are the same: where both are codes, nobody can say which."""
        code = self.ledger.known.code(pack, read_text(content))
        if isinstance(content, Number) and "." in code and self.ledger.known.has_code(pack, f"{code}0"):
            raise SnapshotError(Problem("error.code_number", code=code))
        return code

    def _given(self, field: str) -> bool:
        return self.content(self._fields.get(field, 0)) is not None

    def _valued(self, entry: Entry, pack: str | None, code: str | None, details: dict[str, Any], column: int) -> None:
        known = self.ledger.known
        measure = self.field("measure", lambda content: known.measure(read_text(content)))
        if measure is None:
            if self._given("measure"):
                return
            if not pack or not code:
                if not (self._given("pack") and self._given("code")):
                    self.ledger.fail(Problem("error.value_of_what", self.place(column)))
                return
            place = self.place(self._fields["code"])
            measure = self.ledger.attempt(place, known.sole_measure, pack, code, entry.as_of)
            if measure is None:
                return
        wanted = measure
        unit = self.field("unit_of_measure", lambda content: measured_in(read_text(content), wanted.unit))
        amount = self._value(wanted, self._fields.get("value", 0), self._fields, unit or "")
        if amount is not None:
            entry.observe(measure.id, Observation(value=amount, **details))

    def _value(self, measure: Measure, column: int, columns: Mapping[str, int], unit: str) -> Amount | None:
        """The value of a measure from its own cell, or from the two counts of which it is a share."""
        place, counts = self.place(column), [columns.get(name, 0) for name in COUNTS]
        amount = self.fact(
            column, lambda content: read_value(self.ledger, place, measure, content, unit, self._habits.get(column))
        )
        given = [one for one in counts if self.content(one) is not None]
        if not given or (amount is None and self.content(column) is not None):
            return amount
        if len(given) == 1:
            self.ledger.fail(Problem("error.share_half", self.place(given[0])))
            return None
        upper, lower = (self.fact(one, lambda content: read_amount(content, read=whole_number)) for one in counts)
        if upper is None or lower is None:
            return None
        made = partial(stated_share, amount) if amount is not None else share_of
        share = self.ledger.attempt(self.place(counts[0]), made, upper.value, lower.value)
        return self.ledger.attempt(self.place(counts[0]), stated, share, measure) if share is not None else None

    def _recognised(self, entry: Entry, details: dict[str, Any]) -> None:
        decision = self.fact(self._fields["decision"], read_text)
        pack = self.field("pack", lambda content: pack_reference(read_text(content)))
        dates = {"on": details.get("on")}
        for name in RECOGNITION_DETAILS[1:]:
            dates[name] = self.field(name, read_day_cell)
        self._recognise(entry, pack, decision, dates, self._fields["decision"])

    def _recognise(
        self, entry: Entry, pack: str | None, decision: str | None, dates: dict[str, date | None], column: int
    ) -> None:
        if not pack or dates["on"] is None:
            self.ledger.fail(Problem("error.recognition_form", self.place(column)))
            return
        place, fields = self.place(column), {"pack": pack, "decision": decision or "", **dates}
        recognition = self.ledger.attempt(place, Recognition.model_validate, fields)
        if recognition is not None:
            entry.recognise(recognition)

    def wide(self, entry: Entry) -> None:
        """One row, one unit; each fact has a column, and may have further ones for its details."""
        for (kind, target), columns in self._facts.items():
            filled = [column for column in columns.values() if self.content(column) is not None]
            if not filled:
                continue
            match kind:
                case "children":
                    self._counted(entry, target, columns)
                case "recognition":
                    dates = {name: self.fact(columns.get(name, 0), read_day_cell) for name in RECOGNITION_DETAILS}
                    self._recognise(entry, target[0], self.fact(columns.get("", 0), read_text), dates, filled[0])
                case _:
                    self._stated(entry, kind, target, columns, filled[0])

    def _stated(self, entry: Entry, kind: str, target: tuple[str, ...], columns: dict[str, int], filled: int) -> None:
        details = self.details(columns, self.fact)
        column = columns.get("", 0)
        if all(self.content(columns.get(name, 0)) is None for name in ("", *COUNTS)):
            if details:
                self.warn(Problem("warning.details_alone", self.place(filled), unit=entry.unit))
            return
        if kind == "finding":
            word = self.fact(column, read_finding_cell)
            if word is not None:
                pack, code = target
                entry.find(pack, code, Finding(finding=word, **details))
            return
        measure = self.ledger.known.find_measure(target[0])
        assert measure is not None
        unit = self._units.get(column) or (self.columns.headings[column].unit if column else "")
        amount = self._value(measure, column, columns, unit)
        if amount is not None:
            entry.observe(measure.id, Observation(value=amount, **details))

    def _counted(self, entry: Entry, target: tuple[str, ...], columns: dict[str, int]) -> None:
        for detail, column in columns.items():
            place = self.place(column)
            level = self.ledger.attempt(place, read_member, Level, target[0])
            pack = self.ledger.attempt(place, pack_reference, target[1]) if target[1] else ""
            if level is None or pack is None:
                continue
            if detail in ("total", "meeting", "unknown"):
                value: Any = self.fact(column, read_count)
            else:
                value = self.fact(column, read_names_cell)
            if value is not None:
                count(self.ledger, entry, level, detail, pack, value, place)

    def warn(self, problem: Problem) -> None:
        warnings.warn(SnapshotWarning(problem), stacklevel=2)


def _about_unit(heading: Heading) -> bool:
    return heading.kind in ("attribute", "skip") or (
        heading.kind == "field" and heading.target[0] in ("unit", "as_of", *UNIT_FIELDS)
    )
