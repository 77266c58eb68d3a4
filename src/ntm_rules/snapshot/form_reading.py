"""Reading back the forms that ``form.py`` writes: one sheet a unit, each row saying in hidden cells what it holds."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, NamedTuple, TypeVar

from ..errors import Place, Problem
from ..messages import LANGS, Lang, say
from ..normalization import fold
from ..tabular.sheet import Content, Row, Sheet, read_count, read_text, shown
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
from .headers import DETAILS, UNIT_FIELDS
from .observation import Finding, Observation
from .recognition import Recognition
from .value import habit_of

FORM_MARK = "ntm:kind"
GUIDE_MARK = "ntm:guide"
# The columns of a form, in order: what the officer sees, then what the reader goes by.
VISIBLE = ("code_shown", "text", "required", "unit_of_measure", "value", "finding", "agency", *DETAILS)
HIDDEN = (FORM_MARK, "pack", "code", "measure", "detail")
FILLED_IN = ("value", "finding", *DETAILS)
T = TypeVar("T")


class _Line(NamedTuple):
    """A row of a form with the hidden words that say what it is."""

    row: Row
    kind: str
    pack: str
    code: str
    measure: str
    detail: str


def read_form(sheet: Sheet, ledger: SnapshotBuilder) -> None:
    """Add a form's facts to the ledger, and its faults. A form nobody has filled in adds nothing.

    Rows put above the hidden one that says what the columns are do no harm.
    """
    rows = iter(sheet)
    marks = next(row for row in rows if set(HIDDEN) <= set(map(shown, row.cells.values())))
    columns = {shown(content): column for column, content in marks.cells.items()}
    titles = next(rows, None)
    form = FormReader(sheet, columns, titles, ledger)
    lines: list[_Line] = []
    for row in rows:
        kind, *hidden = (shown(row.cells.get(columns.get(name, 0))) for name in HIDDEN)
        line = _Line(row, kind, *hidden)
        if kind:
            lines.append(line)
        elif filled := form.filled(line):
            content = shown(row.cells[filled])[:80]
            ledger.fail(Problem("error.form_row", sheet.place(row, filled), content=content))
    # The level and the day may have been filled in when the form was written.
    given = (("section", ""), ("unit", "level"), ("unit", "as_of"))
    if any(form.filled(line) for line in lines if (line.kind, line.detail) not in given):
        form.read(lines)


def has_lost_its_marks(rows: Sequence[Row]) -> bool:
    """Whether the rows are those of a form whose hidden first row or hidden columns are gone."""
    titles = [{fold(say(f"form.column.{name}", lang)) for name in VISIBLE} for lang in LANGS]
    return any(one <= {fold(shown(cell)) for cell in row.cells.values()} for row in rows for one in titles)


class FormReader:
    """Reads the lines of one sheet."""

    def __init__(self, sheet: Sheet, columns: dict[str, int], titles: Row | None, ledger: SnapshotBuilder) -> None:
        self.sheet, self.columns, self.ledger = sheet, columns, ledger
        self._written: dict[int, Row] = {}
        self.habit: Lang | None = None
        self.titles = {name: shown(titles.cells.get(column)) if titles else name for name, column in columns.items()}

    def filled(self, line: _Line) -> int:
        """The first fill-in column with content, or 0."""
        return next((c for name in FILLED_IN if (c := self.columns.get(name, 0)) in line.row.cells), 0)

    def place(self, line: _Line, name: str = "value") -> Place:
        return self.sheet.place(line.row, self.columns[name])

    def content(self, line: _Line, name: str) -> Content | None:
        return line.row.cells.get(self.columns.get(name, 0))

    def cell(self, line: _Line, name: str, parse: Callable[..., T], *given: Any) -> T | None:
        """A cell read, or ``None`` where it is empty or faulty; a fault is noted."""
        content = self.content(line, name)
        if content is None:
            return None
        title = self.titles.get(name, name)
        return self.ledger.attempt(
            self.place(line, name), parse, *given, content, column=title or name, shown=shown(content)
        )

    def read(self, lines: list[_Line]) -> None:
        unit = as_of = None
        said: dict[str, tuple[object, Place]] = {}
        unit_line = day_line = lines[0]
        for line in lines:
            match line.kind, line.detail:
                case "unit", "id":
                    unit, unit_line = self.cell(line, "value", read_text), line
                case "unit", "as_of":
                    as_of, day_line = self.cell(line, "value", read_day_cell), line
                case ("unit", field) if field in UNIT_FIELDS:
                    if (value := self.cell(line, "value", read_unit_field, field)) is not None:
                        said[field] = value, self.place(line)
                    elif self.content(line, "value") is not None:
                        self.ledger.broken(shown(self.content(unit_line, "value")))
                case "attribute", name:
                    if (value := self.cell(line, "value", partial(read_attribute, self.ledger, name))) is not None:
                        said[f"attributes.{name}"] = value, self.place(line)
        day = as_of or (self.ledger.as_of if self.content(day_line, "value") is None else None)
        if unit is None:
            if self.content(unit_line, "value") is None:
                self.ledger.fail(Problem("error.form_unit", self.place(unit_line)))
            return
        if day is None:
            if self.content(day_line, "value") is None:
                self.ledger.fail(Problem("error.form_day", self.place(day_line)))
            return
        entry = self.ledger.entry(f"{self.sheet.file}#{self.sheet.name}", unit, day, self.place(unit_line))
        for field, (value, place) in said.items():
            self.ledger.describe(entry, field, value, place)
        self._written = {line.row.number: line.row for line in lines}
        self.habit = habit_of(self.content(line, "value") for line in lines if line.measure)
        for line, below in zip(lines, [*lines[1:], None], strict=True):
            self.refuse_merged(line)
            match line.kind:
                case "fact":
                    self.fact(entry, line, below)
                case "recognition":
                    self.recognition(entry, line)
                case "children":
                    self.children(entry, line)

    def refuse_merged(self, line: _Line) -> None:
        """A cell merged over several rows says nothing of which of them it is about."""
        for name in FILLED_IN:
            column = self.columns.get(name, 0)
            top, left = self.sheet.anchor(line.row.number, column) or (0, 0)
            if left == column and top in self._written and column in self._written[top].cells:
                self.ledger.fail(Problem("error.merged_value", self.place(line, name), column=self.titles[name]))

    def fact(self, entry: Entry, line: _Line, below: _Line | None) -> None:
        """A value, a finding, or both, with the details they share; values of several measures stand below."""
        details = self.details(line)
        has_value, has_finding = (self.content(line, name) is not None for name in ("value", "finding"))
        if has_value and not line.measure:
            content = shown(self.content(line, "value"))[:80]
            several = below is not None and below.kind == "fact" and not below.pack and line.pack
            key = "error.form_value_below" if several else "error.form_no_value_here"
            self.ledger.fail(Problem(key, self.place(line), content=content))
        elif has_value:
            measure = self.ledger.attempt(self.place(line), self.ledger.known.measure, line.measure)
            if measure is not None:
                amount = self.cell(
                    line, "value", partial(read_value, self.ledger, self.place(line), measure, habit=self.habit)
                )
                if amount is not None:
                    entry.observe(measure.id, Observation(value=amount, **details))
        if has_finding and not line.pack:
            content = shown(self.content(line, "finding"))[:80]
            self.ledger.fail(Problem("error.form_no_finding_here", self.place(line, "finding"), content=content))
        elif has_finding:
            place = self.place(line, "finding")
            word = self.cell(line, "finding", read_finding_cell)
            pack = self.ledger.attempt(place, self.ledger.known.pack_reference, line.pack)
            code = self.ledger.attempt(place, self.ledger.known.code, pack, line.code) if pack else None
            if word is not None and pack and code:
                entry.find(pack, code, Finding(finding=word, **details))
        if details and not has_value and not has_finding:
            problem = Problem("warning.details_alone", self.place(line, next(iter(details))), unit=entry.unit)
            warnings.warn(SnapshotWarning(problem), stacklevel=2)

    def details(self, line: _Line) -> dict[str, Any]:
        found = {name: self.cell(line, name, read_day_cell if name == "on" else read_text) for name in DETAILS}
        return {name: value for name, value in found.items() if value is not None}

    def recognition(self, entry: Entry, line: _Line) -> None:
        """The decision stands under value; the last two columns are its expiry and the day it was revoked."""
        if not self.filled(line):
            return
        pack = line.pack or self.cell(line, "by", lambda content: pack_reference(read_text(content)))
        decision = self.cell(line, "value", read_text)
        on, until, revoked = (self.cell(line, name, read_day_cell) for name in ("on", "evidence", "remark"))
        if not pack or on is None:
            if self.content(line, "on") is None or not pack:
                self.ledger.fail(Problem("error.recognition_form", self.place(line)))
            return
        fields = {"pack": pack, "decision": decision or "", "on": on, "until": until, "revoked": revoked}
        recognition = self.ledger.attempt(self.place(line, "on"), Recognition.model_validate, fields)
        if recognition is not None:
            entry.recognise(recognition)

    def children(self, entry: Entry, line: _Line) -> None:
        if self.content(line, "value") is None:
            return
        level = self.ledger.attempt(self.place(line), read_member, Level, line.code)
        numbers = line.detail in ("total", "meeting", "unknown")
        value: Any = self.cell(line, "value", read_count if numbers else read_names_cell)
        if level is not None and value is not None:
            count(self.ledger, entry, level, line.detail, line.pack, value, self.place(line))
