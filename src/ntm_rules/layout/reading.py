"""Reading a table by its layout: every filled cell is read, passed over with a reason, or refused."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any, Literal, NamedTuple

from ..errors import NtmError, Problem, SnapshotError
from ..messages import Text, say
from ..pack.measure import Measure
from ..pack.model import Pack
from ..quantity import Amount
from ..snapshot.cells import SnapshotWarning, read_day_cell, read_value
from ..snapshot.headers import measured_in, numbers_columns
from ..snapshot.ledger import Entry, Ledger
from ..snapshot.model import Unit
from ..snapshot.observation import Finding, FindingValue, Observation, read_finding
from ..snapshot.value import habit_of
from ..tabular.sheet import Content, Number, letters, read_amount, read_text, shown
from ..typed import fold
from .counts import counted, share
from .grid import At, Grid
from .lookup import Items, Units
from .model import SAYING, Column, Layout
from .period import Period, find_period
from .words import TICKS, is_finding, is_legend, is_section, is_signature, is_total, mark

Kind = Literal["value", "mark", "note", "key", "passed", "refused"]
_NOTHING = "nothing"
_MOVED = 40


class Reading(NamedTuple):
    """How one cell was read; ``said`` is what was understood, or why not."""

    at: At
    kind: Kind
    said: Text


class Read(NamedTuple):
    """A table read: a reading for each filled cell under the heading, in their order."""

    grid: Grid
    layout: Layout
    readings: tuple[Reading, ...]

    def count(self, kind: Kind) -> int:
        return sum(reading.kind == kind for reading in self.readings)


def read_table(grid: Grid, layout: Layout, pack: Pack, ledger: Ledger, known: Iterable[Unit] = ()) -> Read:
    """Add a table's facts to the ledger, and its faults."""
    reader = _Reader(grid, layout, pack, ledger, known)
    reader.read()
    return Read(grid, reader.layout, tuple(reader.readings[at] for at in sorted(reader.readings)))


def placed(grid: Grid, layout: Layout) -> Layout | None:
    """The layout with its heading where this table has it: titles may take a line more or less; ``None``: nowhere."""
    wanted = {_number(column.column): fold(column.heading) for column in layout.columns if column.role != "pass"}
    first, last = layout.heading
    for shift in sorted(range(1 - first, _MOVED), key=abs):
        heads = {number: fold(" / ".join(grid.heading(first + shift, last + shift, number))) for number in wanted}
        if all(heads[number] == said for number, said in wanted.items() if said):
            return layout.model_copy(update={"heading": (first + shift, last + shift)})
        if not any(wanted.values()):
            break
    return None


class _Reader:
    def __init__(self, grid: Grid, layout: Layout, pack: Pack, ledger: Ledger, known: Iterable[Unit]) -> None:
        layout = placed(grid, layout) or layout
        self.grid, self.layout, self.ledger = grid, layout, ledger
        self.items = Items(pack)
        self.pack = pack
        self.units = Units(layout, ledger, known)
        self.readings: dict[At, Reading] = {}
        self.columns = {_number(column.column): column for column in layout.columns}
        self._roles: dict[str, list[int]] = {}
        for number, column in self.columns.items():
            self._roles.setdefault(column.role, []).append(number)
        self._marks = {key: value for key, value in layout.marks.items() if key}
        self._words = {key: value for key, value in self._marks.items() if isinstance(value, FindingValue)}
        self._habit = layout.numbers or habit_of(
            self.grid.text(row, column)
            for row in grid.rows
            if row > layout.heading[1]
            for column in self._roles.get("value", ())
        )
        self._skipped = {fold(words) for words in layout.skip}
        self._met: dict[int, int] = {}
        self._ended = False
        self._changes = self._days_of_change()
        self._warned: set[tuple[str, date]] = set()

    def note(self, row: int, column: int, kind: Kind, key: str, /, **params: Any) -> None:
        at = At(row, column)
        self.readings[at] = Reading(at, kind, Text(say(key, "vi", **params), say(key, "en", **params)))

    def refuse(self, row: int, column: int, problems: Iterable[Problem]) -> None:
        """A cell that cannot be read, with the reasons."""
        place = self.grid.place(row, column)
        told = [problem if problem.place.file else problem.at(place) for problem in problems]
        for problem in told:
            self.ledger.fail(problem)
        reasons = [Problem(problem.key, **problem.params) for problem in told]
        said = Text("; ".join(one.text("vi") for one in reasons), "; ".join(one.text("en") for one in reasons))
        self.readings[At(row, column)] = Reading(At(row, column), "refused", said)

    def read(self) -> None:
        """Every row under the heading."""
        if not self._heading_holds():
            return
        rows = [row for row in self.grid.rows if row > self.layout.heading[1]]
        for row in rows:
            filled = self.grid.filled(row)
            if numbers_columns([self.grid.text(row, column) for column in filled]):
                self.pass_over(row, "layout.numbers_columns")
            elif self.layout.rows == "units":
                self._of_unit(row)
            else:
                self._of_indicator(row)
            for column in filled:
                if At(row, column) not in self.readings:
                    self._left(row, column)

    def _heading_holds(self) -> bool:
        """Whether the table is of the kind the layout was made for: each column still says what it said."""
        first, last = self.layout.heading
        wrong = []
        for number, column in self.columns.items():
            now = " / ".join(self.grid.heading(first, last, number))
            if column.heading and fold(now) != fold(column.heading) and column.role != "pass":
                wrong.append(
                    Problem("error.layout_other_heading", self.grid.place(last, number), was=column.heading, now=now)
                )
        for problem in wrong:
            self.ledger.fail(problem)
        return not wrong

    def _left(self, row: int, column: int) -> None:
        """A filled cell that nothing has looked at."""
        said = self.columns.get(column)
        if said is None:
            content = self.grid.text(row, column)[:80]
            self.refuse(row, column, [Problem("error.layout_no_column", content=content, column=letters(column))])
        elif said.role in ("pass", "total", "unit_of_measure", "text", "code", "unit", "day"):
            self.note(row, column, "passed" if said.role == "pass" else "key", f"layout.role.{said.role}")
        else:
            self.note(row, column, "passed", f"layout.role.{said.role}")

    def pass_over(self, row: int, why: str) -> None:
        for column in self.grid.filled(row):
            self.note(row, column, "passed", why)

    def saying(self, row: int) -> list[int]:
        """The filled columns of a row that say something of an indicator or unit."""
        return [c for c in self.grid.filled(row) if c in self.columns and self.columns[c].role in SAYING]

    def first(self, row: int) -> str:
        """The row's first words, past its running number."""
        texts = [self.grid.text(row, column) for column in self.grid.filled(row)]
        words = [text for text in texts if any(letter.isalpha() for letter in text)]
        if len(words) > 1 and is_section(words[0]) and not is_total(words[0]):
            return words[1]
        return words[0] if words else ""

    def passed(self, row: int, keyed: bool) -> bool:
        """Whether the row is no data: a total, a legend, a signature, a section. ``keyed``: it names its subject."""
        first = self.first(row)
        if fold(first) in self._skipped:
            self.pass_over(row, "layout.skipped")
        elif is_legend(first):
            self.pass_over(row, "layout.legend")
        elif is_total(first, strict=self.layout.rows == "indicators"):
            self._check_totals(row)
            self.pass_over(row, "layout.total_row")
            self._ended = True
        elif is_signature(first) and not any(self._says_something(row, column) for column in self.saying(row)):
            self.pass_over(row, "layout.signature")
            self._ended = True
        elif not keyed and not self.saying(row):
            self.pass_over(row, "layout.section")
        else:
            return False
        return True

    def _says_something(self, row: int, column: int) -> bool:
        text = self.grid.text(row, column)
        return any(letter.isdigit() for letter in text) or self._meaning(text) is not None or is_finding(text)

    # One row, one indicator

    def _of_indicator(self, row: int) -> None:
        code, text = self._key(row, "code"), self._key(row, "text")
        if self.passed(row, keyed=False):
            return
        saying = self.saying(row)
        try:
            found = self.items.find("" if is_section(code) and not self.items.code(code) else code, text)
        except NtmError as error:
            if self._says_nothing(row, saying):
                self.pass_over(row, "layout.section")
                return
            for column in saying:
                self.refuse(row, column, error.problems)
            return
        for role in ("code", "text"):
            for column in self._roles.get(role, ()):
                if column in self.grid.filled(row):
                    self.note(row, column, "key", "layout.indicator", code=found)
        remark = "; ".join(self.grid.text(row, c) for c in self._roles.get("note", ()) if self.grid.text(row, c))
        for column in self._roles.get("note", ()):
            if column in self.grid.filled(row):
                self.note(row, column, "note", "layout.role.note")
        unit_text = next((self.grid.text(row, c) for c in self._roles.get("unit_of_measure", ())), "")
        self._ratio(row, found, remark)
        for column in saying:
            if self.columns[column].role not in ("numerator", "denominator", "total"):
                self._cell(row, column, found, self.columns[column], unit_text, remark, None)

    def _key(self, row: int, role: str) -> str:
        """What identifies a row: the most exact of its columns of a role, merged cells included."""
        texts = [self.grid.text(row, column, spread=True) for column in self._roles.get(role, ())]
        filled = [text for text in texts if text]
        return filled[-1] if filled else ""

    def _says_nothing(self, row: int, saying: list[int]) -> bool:
        return all(self._meaning(self.grid.text(row, column)) == _NOTHING for column in saying)

    # One row, one unit

    def _of_unit(self, row: int) -> None:
        column = self._roles["unit"][0]
        name = self.grid.text(row, column, spread=True)
        if self.passed(row, keyed=bool(name)):
            return
        saying = self.saying(row)
        if not saying and (self._ended or not name or self._is_section_row(row)):
            self.pass_over(row, "layout.section")
            return
        try:
            if not name:
                raise SnapshotError(Problem("error.row_no_unit"))
            unit = self.units.find(name)
        except NtmError as error:
            self.refuse(row, column, error.problems)
            for one in saying:
                self.note(row, one, "refused", "layout.unit_not_known")
            return
        self.note(row, column, "key", "layout.unit", unit=unit.name, code=unit.id)
        remark = "; ".join(self.grid.text(row, c) for c in self._roles.get("note", ()) if self.grid.text(row, c))
        for one in self._roles.get("note", ()):
            if one in self.grid.filled(row):
                self.note(row, one, "note", "layout.role.note")
        if not saying:
            for period in filter(None, {self._period(None)}):
                self._entry(unit, period.end, row, column)
        met = 0
        for one in saying:
            said = self.columns[one]
            if said.role != "total":
                met += self._cell(row, one, said.of, said, said.unit_of_measure, remark, unit) is FindingValue.MET
        for one in self._roles.get("total", ()):
            self._compare(row, one, met)

    def _is_section_row(self, row: int) -> bool:
        texts = [self.grid.text(row, column) for column in self.grid.filled(row)]
        return bool(texts) and is_section(texts[0])

    # Cells

    def _meaning(self, text: str) -> FindingValue | str | None:
        said = self._marks.get(mark(text))
        if said is None and fold(text) in (
            "chưa có số liệu",
            "không có số liệu",
            "chưa có",
            "không đánh giá",
            "chưa đánh giá",
        ):
            return _NOTHING
        return said

    def _cell(
        self, row: int, column: int, target: str, said: Column, unit_text: str, remark: str, unit: Unit | None
    ) -> FindingValue | None:
        """Read a cell that says something of a code (or measure) of a unit; the finding it holds, if it is one."""
        content = self.grid.content(row, column)
        anchor = self.grid.anchor(row, column)
        assert content is not None
        try:
            span = next((s for s in self.grid.spans if At(s.top, s.left) == anchor and s.bottom > s.top), None)
            if span is not None and self.layout.rows == "indicators" and self._several_rows(span.top, span.bottom):
                raise SnapshotError(Problem("error.merged_value", column=said.heading or said.column))
            if unit is None:
                unit = self.units.find(said.of) if said.of else self.layout.unit
            if unit is None:
                raise SnapshotError(Problem("error.layout_whose"))
            period = self._day_of(row) or self._period(said)
            if period is None:
                raise SnapshotError(Problem("error.layout_period", heading=said.heading or said.column))
            return self._said(row, column, target, said, content, unit_text, remark, unit, period)
        except NtmError as error:
            self.refuse(row, column, error.problems)
            return None

    def _several_rows(self, top: int, bottom: int) -> bool:
        return sum(1 for row in range(top, bottom + 1) if self.grid.filled(row)) > 1

    def _said(
        self,
        row: int,
        column: int,
        target: str,
        said: Column,
        content: Content,
        unit_text: str,
        remark: str,
        unit: Unit,
        period: Period,
    ) -> FindingValue | None:
        text = read_text(content)
        meaning = self._meaning(text)
        foot = text[len(text) - (len(fold(text)) - len(mark(text))) :].strip() if mark(text) != fold(text) else ""
        note = "; ".join(part for part in (remark, foot) if part)
        if meaning == _NOTHING:
            self.note(row, column, "passed", "layout.nothing_said")
            return None
        finding: FindingValue | None = None
        if said.role in ("met", "not_met"):
            if mark(text) not in TICKS and not isinstance(meaning, FindingValue):
                raise SnapshotError(Problem("error.mark_unknown", mark=text[:20]))
            finding = FindingValue(said.role)
            if meaning is FindingValue.NOT_MET or (
                meaning is FindingValue.MET and said.role == "not_met" and mark(text) not in TICKS
            ):
                raise SnapshotError(Problem("error.mark_against_heading", mark=text[:20], heading=said.heading))
        elif said.role == "mark":
            finding = self._finding(text)
        elif not isinstance(content, Number) and not any(letter.isdigit() for letter in text):
            # In a column of results a department's word stands where there is nothing to measure.
            finding = self._finding(text)
        if finding is not None:
            if target not in self.items.texts:
                raise SnapshotError(Problem("error.mark_of_measure", measure=target))
            entry = self._entry(unit, period.end, row, column)
            self._refuse_both(entry, target, finding)
            entry.find(self.layout.pack, target, Finding(finding=finding, remark=note))
            self._met[column] = self._met.get(column, 0) + (finding is FindingValue.MET or said.role == "not_met")
            self._tell_change(target, period)
            self.note(
                row,
                column,
                "mark",
                "layout.read_mark",
                code=target,
                finding=Text(*_finding_words(finding)),
                unit=unit.name,
            )
            return finding
        measure = self._measure(target)
        written = unit_text if unit_text.strip(" \"'”") else said.unit_of_measure
        unit_named = measured_in(written, measure.unit) if written.strip(" \"'”") else ""
        place = self.grid.place(row, column)
        amount = None if isinstance(content, Number) else counted(text, measure, self._habit or "vi")
        if amount is None:
            amount = read_value(self.ledger, place, measure, content, unit_named, self._habit)
        else:
            note = "; ".join(part for part in (remark, text) if part)
        entry = self._entry(unit, period.end, row, column)
        entry.observe(measure.id, Observation(value=amount, remark=note))
        self._tell_change(target, period)
        self.note(
            row,
            column,
            "value",
            "layout.read_value",
            measure=measure.name,
            value=amount,
            unit=unit.name,
            day=period.end,
        )
        return None

    def _refuse_both(self, entry: Entry, code: str, finding: FindingValue) -> None:
        before = entry.findings.get(self.layout.pack, {}).get(code, [])
        if any(one.finding is not finding for one in before):
            raise SnapshotError(Problem("error.mark_both", code=code))

    def _finding(self, text: str) -> FindingValue:
        try:
            return read_finding(mark(text).removesuffix(" chuẩn"), self._words)
        except NtmError:
            raise SnapshotError(Problem("error.mark_unknown", mark=text[:20])) from None

    def _measure(self, target: str) -> Measure:
        if target not in self.items.texts:
            found = self.ledger.known.measure(target)
            if found is None:
                raise SnapshotError(Problem("error.which_measure", code=target, names="–"))
            return found
        names = self.items.measures(target)
        measure = self.ledger.known.find_measure(names[0]) if len(names) == 1 else None
        if measure is None:
            key = "error.which_measure" if names else "error.takes_no_value"
            raise SnapshotError(Problem(key, code=target, names=", ".join(names)))
        return measure

    def _ratio(self, row: int, code: str, remark: str) -> None:
        """A share from the columns of what is counted and of how many there are."""
        pairs = zip(self._roles.get("numerator", ()), self._roles.get("denominator", ()), strict=False)
        for upper, lower in pairs:
            if self.grid.content(row, upper) is None and self.grid.content(row, lower) is None:
                continue
            said = self.columns[upper]
            try:
                unit = self.units.find(said.of) if said.of else self.layout.unit
                period = self._period(said)
                if unit is None:
                    raise SnapshotError(Problem("error.layout_whose"))
                if period is None:
                    raise SnapshotError(Problem("error.layout_period", heading=said.heading))
                measure = self._measure(code)
                amount = share(self._count(row, upper), self._count(row, lower), measure)
                counts = f"{self.grid.text(row, upper)}/{self.grid.text(row, lower)}"
                entry = self._entry(unit, period.end, row, upper)
                entry.observe(measure.id, Observation(value=amount, remark="; ".join(filter(None, (remark, counts)))))
                for column in (upper, lower):
                    self.note(
                        row, column, "value", "layout.read_ratio", measure=measure.name, value=amount, counts=counts
                    )
            except NtmError as error:
                for column in (upper, lower):
                    if self.grid.content(row, column) is not None:
                        self.refuse(row, column, error.problems)

    def _count(self, row: int, column: int) -> Decimal:
        content = self.grid.content(row, column)
        if content is None:
            raise SnapshotError(Problem("error.ratio_half"))
        amount = read_amount(content, read=partial(Amount.of, numbers=self._habit or "vi"))
        return amount.value

    def _day_of(self, row: int) -> Period | None:
        """The day that a row gives for its own figures."""
        for column in self._roles.get("day", ()):
            content = self.grid.content(row, column, spread=True)
            if content is not None:
                day = read_day_cell(content)
                return Period(day, day)
        return None

    def _period(self, said: Column | None) -> Period | None:
        text = said.period if said and said.period else self.layout.period
        return find_period(text, self.layout.year)

    def _entry(self, unit: Unit, day: date, row: int, column: int) -> Entry:
        entry = self.ledger.entry(f"{self.grid.file}#{self.grid.name}", unit.id, day, self.grid.place(row, column))
        if not entry.fields:
            for field in unit.model_fields_set - {"id", "attributes"}:
                if (said := getattr(unit, field)) not in (None, ""):
                    self.ledger.describe(entry, field, said, entry.place)
        return entry

    # Totals and periods held against what was read

    def _check_totals(self, row: int) -> None:
        for column in self.saying(row):
            if self.columns[column].role in ("mark", "met", "not_met"):
                self._compare(row, column, self._met.get(column, 0))

    def _compare(self, row: int, column: int, met: int) -> None:
        content = self.grid.content(row, column)
        if not isinstance(content, Number) and not (isinstance(content, str) and content.strip().isdigit()):
            return
        said = content.amount.value if isinstance(content, Number) else Decimal(str(content).strip())
        if said != met:
            problem = Problem("warning.total_differs", self.grid.place(row, column), said=shown(content), read=met)
            warnings.warn(SnapshotWarning(problem), stacklevel=2)
            self.note(row, column, "passed", "warning.total_differs", said=shown(content), read=met)

    def _days_of_change(self) -> dict[str, tuple[date, ...]]:
        return {
            item.code: tuple(v.valid.start for v in item.versions if v.valid.start)
            for item in (*self.pack.prerequisites, *self.pack.indicators())
        }

    def _tell_change(self, code: str, period: Period) -> None:
        for day in self._changes.get(code, ()):
            if period.start < day <= period.end and (code, day) not in self._warned:
                self._warned.add((code, day))
                problem = Problem("warning.rule_changes", self.grid.place(), code=code, day=day, end=period.end)
                warnings.warn(SnapshotWarning(problem), stacklevel=2)


def _finding_words(finding: FindingValue) -> tuple[str, str]:
    return say(f"finding.{finding}", "vi"), say(f"finding.{finding}", "en")


def _number(column: str) -> int:
    number = 0
    for letter in column:
        number = number * 26 + ord(letter) - 64
    return number
