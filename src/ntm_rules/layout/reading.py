"""Reading a table by its layout: every filled cell is read, passed over with a reason, or refused."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import zip_longest
from typing import Any, Literal, NamedTuple

from ..errors import NtmError, Problem, SnapshotError
from ..messages import Text, say
from ..naming import read_name, spelling
from ..normalization import fold
from ..pack.model import Pack
from ..snapshot.builder import SnapshotBuilder
from ..snapshot.cells import SnapshotWarning
from ..snapshot.headers import numbers_columns
from ..snapshot.model import Unit
from ..snapshot.observation import FindingValue
from ..tabular.sheet import Unreadable, letters, read_amount
from ..territory import Group, Level, Named, Region, read_member
from .facts import NOTHING, Facts, Subject
from .grid import At, Grid
from .headings import REQUIRED
from .legends import is_legend
from .lookup import Items, Units
from .model import SAYING, Column, Layout, index
from .period import Period
from .senses import brackets, is_target, restates, unit_in_brackets
from .titles import SMALL, Titles, communes, days_of, saying_same
from .totals import Totals
from .words import is_average, is_finding, is_section, is_signature, is_total, leading_code, names_people

Kind = Literal["value", "mark", "note", "key", "passed", "refused"]
_MOVED = 40
_DESCRIBED: dict[str, type[Named]] = {"level": Level, "region": Region, "group": Group}


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


def read_table(
    grid: Grid, layout: Layout, pack: Pack | Items, ledger: SnapshotBuilder, known: Iterable[Unit] = ()
) -> Read:
    """Add a table's facts to the ledger, and its faults.

    The ``Items`` of a pack may take its place, for those who read many tables: what they found is found once.
    """
    reader = _Reader(grid, layout, pack if isinstance(pack, Items) else Items(pack), ledger, known)
    reader.read()
    return Read(grid, reader.layout, tuple(reader.readings[at] for at in sorted(reader.readings)))


def placed(grid: Grid, layout: Layout) -> Layout | None:
    """The layout with its heading where this table has it: titles may take a line more or less; ``None``: nowhere."""
    wanted = {index(column.column): fold(column.heading) for column in layout.columns if column.role != "pass"}
    first, last = layout.heading
    for shift in sorted(range(1 - first, _MOVED), key=abs):
        heads = {number: fold(" / ".join(grid.heading(first + shift, last + shift, number))) for number in wanted}
        if all(heads[number] == said for number, said in wanted.items() if said):
            return layout.model_copy(update={"heading": (first + shift, last + shift)})
        if not any(wanted.values()):
            break
    return None


# What is wrong with a unit, wherever it stands in a table.
_OF_UNIT = ("error.unit_changed", "error.unit_merged")


class _Reader:
    def __init__(
        self, grid: Grid, layout: Layout, items: Items, ledger: SnapshotBuilder, known: Iterable[Unit]
    ) -> None:
        layout = placed(grid, layout) or layout
        self.grid, self.layout, self.ledger = grid, layout, ledger
        self.units = Units(layout, ledger, known)
        self.readings: dict[At, Reading] = {}
        self.columns = {index(column.column): column for column in layout.columns}
        for number in grid.unseen.columns & self.columns.keys() if layout.hidden == "pass" else ():
            self.columns[number] = self.columns[number].model_copy(update={"role": "pass"})
        self._roles: dict[str, list[int]] = {}
        for number, column in self.columns.items():
            self._roles.setdefault(column.role, []).append(number)
        self.items = items
        self.facts = Facts(grid, layout, items, ledger, self._roles.get("value", []))
        self.totals = Totals()
        self._skipped = {fold(words) for words in layout.skip}
        self._heads = {
            number: {fold(text) for text in grid.heading(*layout.heading, number)} - {""} for number in grid.columns
        }
        self._seen: dict[tuple[str, tuple[str, ...]], At] = {}
        self._days_of: dict[str, list[date]] = {}
        for column in layout.columns:
            if layout.rows == "indicators" and column.of and (period := self.facts.period(column)) is not None:
                self._days_of.setdefault(column.of, []).append(period.end)
        # Units lie in the district that the titles name, where they name one.
        districts = [name for name in Titles(grid, layout, items.pack, ledger, known).around() if _is_district(name)]
        self._titled = districts[0] if len(districts) == 1 and layout.rows == "units" and not known else ""
        self._around = self._titled
        self._ended = self._signed = False
        self._of_units: dict[tuple[str, object], list[Problem]] = {}

    def note(self, row: int, column: int, kind: Kind, key: str, /, **params: Any) -> None:
        at = At(row, column)
        self.readings[at] = Reading(at, kind, Text(say(key, "vi", **params), say(key, "en", **params)))

    def refuse(self, row: int, column: int, problems: Iterable[Problem]) -> None:
        """A cell that cannot be read, with the reasons."""
        place = self.grid.place(row, column)
        told = [problem if problem.place.file else problem.at(place) for problem in problems]
        for problem in told:
            if problem.key in _OF_UNIT:
                self._of_units.setdefault((problem.key, problem.params["name"]), []).append(problem)
            else:
                self.ledger.fail(problem)
        reasons = [Problem(problem.key, **problem.params) for problem in told]
        said = Text("; ".join(one.text("vi") for one in reasons), "; ".join(one.text("en") for one in reasons))
        self.readings[At(row, column)] = Reading(At(row, column), "refused", said)

    def read(self) -> None:
        """Every row under the heading. What is wrong with a unit is told once, with how often it stands there."""
        if self._heading_holds():
            self._rows()
        for first, *more in self._of_units.values():
            bare = Problem(first.key, **first.params)
            several = Problem("error.in_rows", first.place, reason=bare, count=len(more) + 1)
            self.ledger.fail(several if more else first)

    def _rows(self) -> None:
        first, last = self.layout.heading
        for at in self.grid.cells:
            if at.row < first:
                self.note(*at, "key", "layout.title")
            elif at.row <= last:
                said = self.columns.get(at.column) if self.grid.anchor(last, at.column) == at else None
                self.note(*at, "key", f"layout.role.{said.role}" if said else "layout.heading")
        rows = [row for row in self.grid.rows if row > self.layout.heading[1]]
        for row in rows:
            filled = self.grid.filled(row)
            if numbers_columns([self.grid.text(row, column) for column in filled]):
                self.pass_over(row, "layout.numbers_columns")
            elif self.layout.hidden == "pass" and row in self.grid.unseen.rows:
                self.pass_over(row, "layout.hidden")
            elif all(fold(self.grid.text(row, column)) in self._heads.get(column, ()) for column in filled):
                self.pass_over(row, "layout.heading_again")
            elif self._signed and names_people(self.grid.text(row, column) for column in filled):
                self.pass_over(row, "layout.signature")
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
                problem = Problem("error.layout_other_heading", was=column.heading, now=now)
                wrong.append((self.grid.anchor(last, number), problem))
        if wrong:
            for at in self.grid.cells:
                self.note(*at, "passed", "layout.other_table")
        for at, problem in wrong:
            self.refuse(*at, [problem])
        return not wrong

    def _left(self, row: int, column: int) -> None:
        """A filled cell that nothing has looked at."""
        said = self.columns.get(column)
        if said is None:
            content = self.grid.text(row, column)[:80]
            self.refuse(row, column, [Problem("error.layout_no_column", content=content, column=letters(column))])
        else:
            kind: Kind = "passed" if said.role == "pass" else "key"
            self.note(row, column, kind, f"layout.role.{said.role}")

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
            self.pass_over(row, "layout.total_row")
            self._check_totals(row)
            self._ended = True
        elif is_signature(first) and not any(self._says_something(row, column) for column in self.saying(row)):
            self.pass_over(row, "layout.signature")
            self._ended = self._signed = True
        elif not keyed and not self.saying(row):
            self.pass_over(row, "layout.section")
        else:
            return False
        return True

    def _says_something(self, row: int, column: int) -> bool:
        text = self.grid.text(row, column)
        return any(letter.isdigit() for letter in text) or self.facts.meaning(text) is not None or is_finding(text)

    # One row, one indicator

    def _of_indicator(self, row: int) -> None:
        code, text = self._key(row, "code"), self._key(row, "text")
        saying = self.saying(row)
        if self.passed(row, keyed=False):
            self._other_below(row)
            return
        try:
            found = self.items.find("" if is_section(code) and not self.items.code(code) else code, text)
        except NtmError as error:
            if self._says_nothing(row, saying):
                self.pass_over(row, "layout.section")
                return
            for column in saying:
                self.refuse(row, column, error.problems)
            return
        if (problem := self._against(row, found, text)) is not None:
            for column in saying:
                self.refuse(row, column, [problem])
            return
        self._mark_key(row, ("code", "text"), "layout.indicator", code=found)
        remark = self._remark(row)
        unit_text = next((self.grid.text(row, c) for c in self._roles.get("unit_of_measure", ())), "")
        unit_text = unit_text or unit_in_brackets(text)
        self._counts(row, found, remark, None)
        for column in self._cells_of(row):
            self._cell(row, column, found, unit_text, remark, None)

    def _against(self, row: int, code: str, text: str) -> Problem | None:
        """What a row says of itself that makes its figures not those of the indicator, or not those of the unit."""
        for role in ("code", "text", "unit_of_measure", "unit"):
            for column in self._roles.get(role, ()):
                content = self.grid.content(row, column, spread=True)
                if isinstance(content, Unreadable):
                    return Problem(content.reason, content=content.shown)
        for column in self._roles.get("unit", ()):
            name, unit = self._spread(row, column), self.layout.unit
            if name and (unit is None or not _called(unit, name)):
                return Problem("error.row_other_unit", unit=unit.name if unit else "–", seen=name)
        return self.items.beside(code, leading_code(text)[1], self.layout.understood)

    def _targets(self, row: int) -> frozenset[Decimal]:
        """The numbers that a row gives as what is asked for: in columns that are not read, and in its wording."""
        told = [inside for column in self._roles.get("text", ()) for inside in brackets(self._spread(row, column))]
        for column in self._roles.get("pass", ()):
            text, heading = self._spread(row, column), fold(self.columns[column].heading)
            if text[:1] in "≥≤<>" or is_target(heading) or REQUIRED.fullmatch(heading.split(" / ")[-1]):
                told.append(text)
        numbers = (number.replace(",", ".") for text in told for number in re.findall(r"\d+(?:[.,]\d+)?", text))
        return frozenset(map(Decimal, numbers))

    def _other_below(self, row: int) -> None:
        """A title between two tables of one sheet: what stands under it is another unit's."""
        unit, names = self.layout.unit, communes(self.first(row))
        if unit is not None and names and not saying_same(names, unit):
            column = self.grid.filled(row)[0]
            self.refuse(row, column, [Problem("error.unit_below", unit=unit.name or unit.id, other=names[-1])])

    def _key(self, row: int, role: str) -> str:
        """What identifies a row: the most exact of its columns of a role, merged cells included."""
        texts = [self.grid.text(row, column, spread=True) for column in self._roles.get(role, ())]
        filled = [text for text in texts if text]
        return filled[-1] if filled else ""

    def _mark_key(self, row: int, roles: tuple[str, ...], key: str, **params: Any) -> None:
        filled = self.grid.filled(row)
        for column in (column for role in roles for column in self._roles.get(role, ()) if column in filled):
            self.note(row, column, "key", key, **params)

    def _remark(self, row: int) -> str:
        """What the row's columns of notes say."""
        noted = [column for column in self._roles.get("note", ()) if self.grid.text(row, column)]
        for column in noted:
            self.note(row, column, "note", "layout.role.note")
        return "; ".join(self.grid.text(row, column) for column in noted)

    def _says_nothing(self, row: int, saying: list[int]) -> bool:
        return all(self.facts.meaning(self.grid.text(row, column)) == NOTHING for column in saying)

    # One row, one unit

    def _of_unit(self, row: int) -> None:
        column = self._roles["unit"][0]
        name = self.grid.text(row, column, spread=True)
        if self.passed(row, keyed=bool(name)):
            return
        saying = self.saying(row)
        kinds, level = read_name(name).levels, self.layout.level
        if saying and level in SMALL and kinds and not {*kinds} & {*SMALL}:
            self._around = name
            self.pass_over(row, "layout.around_row")
            return
        if not saying and (self._ended or not name or self._is_section_row(row, name)):
            self._around = place if _is_district(place := self.first(row)) else self._titled
            self.pass_over(row, "layout.section")
            return
        unit = self._unit(row, column, name)
        if unit is None:
            for one in saying:
                self.note(row, one, "refused", "layout.unit_not_known")
            return
        if self._again(row, column, unit):
            return
        self._mark_key(row, ("unit", "within", "level", "region", "group"), "layout.unit", unit=unit.name, code=unit.id)
        remark = self._remark(row)
        if not saying and (period := self.facts.period(None)) is not None:
            self.facts.entry(unit, period.end, row, column)
        if self._is_blank(row):
            self._warn(Problem("warning.unit_blank", self.grid.place(row, column), unit=unit.name))
        self._counts(row, "", remark, unit)
        met = 0
        for one in self._cells_of(row):
            said = self.columns[one]
            met += self._cell(row, one, said.of, said.unit_of_measure, remark, unit) is FindingValue.MET
        for one in self._roles.get("total", ()):
            self._check_met(row, one, met)

    def _unit(self, row: int, column: int, name: str) -> Unit | None:
        """The unit of a row; ``None``: it is refused."""
        try:
            if not name:
                raise SnapshotError(Problem("error.row_no_unit"))
            around = [text for one in self._roles.get("within", ()) if (text := self._spread(row, one))]
            columns: list[Column | None] = [self.columns[one] for one in self.saying(row)]
            days = [period.end for said in columns or [None] if (period := self._period(row, said)) is not None]
            within = "" if _is_district(name) else self._around
            unit = self.units.find(name, around[0] if around else within, days)
            for column in self._roles["unit"][1:]:
                if (other := self._spread(row, column)) and not _called(unit, other):
                    raise SnapshotError(Problem("error.unit_other_name", code=name, name=unit.name, other=other))
            for role, kind in _DESCRIBED.items():
                for column in self._roles.get(role, ()):
                    if text := self._spread(row, column):
                        said = {"id": unit.id, "level": unit.level, role: read_member(kind, text)}
                        unit = unit.merged(Unit.model_validate(said))
            return unit
        except NtmError as error:
            self.refuse(row, column, error.problems)
            return None

    def _again(self, row: int, column: int, unit: Unit) -> bool:
        """Whether a row is a second one of a unit and day: it is passed over where it says the same, else refused."""
        days = tuple(self._spread(row, one) for one in self._roles.get("day", ()))
        there = self._seen.setdefault((unit.id, days), self.grid.anchor(row, column))
        if there in (self.grid.anchor(row, column), At(row, column)):
            return False
        own = [one for one in self.columns if self.columns[one].role in SAYING]
        said = {"unit": unit.name, "other": self.grid.place(*there)}
        if any(self._spread(row, one) != self._spread(there.row, one) for one in own):
            self.refuse(row, column, [Problem("error.unit_twice", **said)])
            for one in self.saying(row):
                self.note(row, one, "refused", "layout.unit_not_known")
        else:
            self._warn(Problem("warning.unit_twice", self.grid.place(row, column), **said))
            self.pass_over(row, "layout.unit_again")
        return True

    def _spread(self, row: int, column: int) -> str:
        return self.grid.text(row, column, spread=True)

    def _is_section_row(self, row: int, name: str) -> bool:
        """Whether a row without figures is a heading of those below: numbered as one, or one cell that is no unit."""
        texts = [self.grid.text(row, column) for column in self.grid.filled(row)]
        if len(texts) != 1:
            return bool(texts) and is_section(texts[0])
        try:
            self.units.find(name, self._around, days_of(self.layout.columns, self.layout.period, self.layout.year))
        except NtmError:
            return True
        return False

    # Cells

    def _cells_of(self, row: int) -> list[int]:
        """The columns of a row read cell by cell: the filled ones, and those of marks where empty says something."""
        filled = self.grid.filled(row)
        empty = [] if self._is_blank(row) else self._speaking
        own = [column for role in ("value", "mark", "met", "not_met") for column in self._roles.get(role, ())]
        own = [column for column in own if column not in self._checked]
        return sorted(c for c in own if c in filled or (c in empty and not self._spread(row, c)))

    @cached_property
    def _speaking(self) -> list[int]:
        """The columns of marks whose empty cells say something; one of a criterion may have no mark at all."""
        if self.layout.empty == NOTHING:
            return []
        filled = {at.column for at in self.grid.cells if at.row > self.layout.heading[1]}
        marks = self._roles.get("mark", [])
        for column in marks if self.layout.rows == "indicators" else ():
            if column not in filled:
                where, named = self.grid.place(self.layout.heading[1], column), self.columns[column].heading
                self._warn(Problem("warning.column_blank", where, column=named or letters(column)))
        return [column for column in marks if column in filled or self.layout.rows == "units"]

    def _is_blank(self, row: int) -> bool:
        """Whether a row was not filled in, so that its empty cells say no more: of several marks it has none."""
        return len(self._speaking) > 1 and not self.saying(row)

    def _warn(self, problem: Problem) -> None:
        warnings.warn(SnapshotWarning(problem), stacklevel=2)

    def _about(self, row: int, target: str, said: Column, unit_text: str, remark: str, unit: Unit | None) -> Subject:
        if unit is None:
            unit = self.units.find(said.of, days=self._days_of.get(said.of, ())) if said.of else self.layout.unit
        if unit is None:
            raise SnapshotError(Problem("error.layout_whose"))
        period = self._period(row, said)
        if period is None:
            raise SnapshotError(Problem("error.layout_period", heading=said.heading or said.column))
        return Subject(unit, period, target, said, unit_text, remark, leading_code(self._key(row, "text"))[1])

    def _period(self, row: int, said: Column | None) -> Period | None:
        days = (day for column in self._roles.get("day", ()) if (day := self.facts.day_in(row, column)) is not None)
        return next(days, None) or self.facts.period(said)

    def _cell(
        self, row: int, column: int, target: str, unit_text: str, remark: str, unit: Unit | None
    ) -> FindingValue | None:
        """Read a cell that says something of a code (or measure) of a unit; the finding it holds, if it is one."""
        said, at = self.columns[column], At(row, column)
        content = self.grid.content(row, column)
        if said.role == "value" and restates(self.grid, self.layout, row, column):
            self.note(row, column, "passed", "layout.restates")
            return None
        try:
            span = self.grid.corners.get(at)
            if (
                span is not None
                and span.bottom > span.top
                and self.layout.rows == "indicators"
                and self._several_rows(span.top, span.bottom)
            ):
                raise SnapshotError(Problem("error.merged_value", column=said.heading or said.column))
            about = self._about(row, target, said, unit_text, remark, unit)
            if content is None:
                told = self.facts.find(at, FindingValue(self.layout.empty), about)
            else:
                if "/" in self.grid.text(row, column) and unit is None:
                    about = about._replace(targets=self._targets(row))
                told = self.facts.read(at, content, about)
        except NtmError as error:
            self.refuse(row, column, error.problems)
            return None
        kind: Kind = "mark" if told.finding else "value" if told.value else "passed"
        self.readings[at] = Reading(at, kind, told.said)
        if told.finding or (told.value and self.layout.rows == "units"):
            self.totals.add(column, told.value, told.finding, said.role)
        return told.finding

    def _several_rows(self, top: int, bottom: int) -> bool:
        return sum(1 for row in range(top, bottom + 1) if self.grid.filled(row)) > 1

    def _counts(self, row: int, code: str, remark: str, unit: Unit | None) -> None:
        """Shares from the columns of what is counted and of how many there are, those of one subject together.

        A share in a column of its own is held against them.
        """
        self._checked: set[int] = set()
        pairs: dict[tuple[str, str], dict[str, list[int]]] = {}
        for role in ("numerator", "denominator"):
            for column in self._roles.get(role, ()):
                said = self.columns[column]
                pairs.setdefault((said.of, said.period), {}).setdefault(role, []).append(column)
        for found in pairs.values():
            for upper, lower in zip_longest(found.get("numerator", ()), found.get("denominator", ())):
                filled = [c for c in (upper, lower) if c is not None and self.grid.content(row, c) is not None]
                if not filled:
                    continue
                said = self.columns[filled[0]]
                values = [c for c in self._roles.get("value", ()) if c in self.grid.filled(row)]
                stated = [c for c in values if _same_subject(self.columns[c], said)]
                self._checked.update(stated)
                try:
                    if upper is None or lower is None:
                        raise SnapshotError(Problem("error.ratio_half"))
                    about = self._about(row, code or said.of, said, "", remark, unit)
                    told = self.facts.count_of(At(row, upper), At(row, lower), about, [At(row, one) for one in stated])
                except NtmError as error:
                    for column in filled:
                        self.refuse(row, column, error.problems)
                    for column in stated:
                        self.note(row, column, "refused", "layout.counts_refused")
                    continue
                for column in (*filled, *stated):
                    self.readings[At(row, column)] = Reading(At(row, column), "value", told.said)

    # Totals held against what was read

    def _check_totals(self, row: int) -> None:
        if is_average(self.first(row)):
            return
        for column in self.saying(row):
            said = self._number_in(row, column)
            if said is not None and (added := self.totals.differs(column, said)) is not None:
                self._tell_total(row, column, added)

    def _check_met(self, row: int, column: int, met: int) -> None:
        """How many a row says are met, held against its own findings, where the table has those that it counts."""
        concluded = [one for role in ("mark", "met", "not_met") for one in self._roles.get(role, ())]
        of = _OUT_OF.fullmatch(self.grid.text(row, column).strip())
        # “16/19” beside no findings, or beside those of ten criteria, counts what stands elsewhere.
        if not concluded or (of is not None and int(of[2]) > len(concluded)):
            return
        if self._number_in(row, column) not in (None, met):
            self._tell_total(row, column, Decimal(met))

    def _number_in(self, row: int, column: int) -> Decimal | None:
        content = self.grid.content(row, column)
        if content is not None and (of := _OUT_OF.fullmatch(self.grid.text(row, column).strip())) is not None:
            return Decimal(of[1])
        try:
            return None if content is None else read_amount(content, read=self.facts.plain).value
        except NtmError:
            return None

    def _tell_total(self, row: int, column: int, added: Decimal) -> None:
        said = {"said": self.grid.text(row, column), "read": added}
        self._warn(Problem("warning.total_differs", self.grid.place(row, column), **said))
        self.note(row, column, "passed", "warning.total_differs", **said)


# “17/19” in a total: so many of so many.
_OUT_OF = re.compile(r"(\d{1,6})\s*/\s*(\d{1,6})")


def _is_district(name: str) -> bool:
    return bool({*read_name(name).levels} & {Level.DISTRICT, Level.DISTRICT_TOWN, Level.CITY, Level.URBAN_DISTRICT})


def _same_subject(one: Column, other: Column) -> bool:
    return (one.of, one.period) == (other.of, other.period)


def _called(unit: Unit, text: str) -> bool:
    """Whether a text may be the unit's name or code."""
    return text == unit.id or not unit.name or spelling(read_name(text).own) == spelling(read_name(unit.name).own)
