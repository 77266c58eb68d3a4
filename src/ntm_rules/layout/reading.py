"""Reading a table by its layout: every filled cell is read, passed over with a reason, or refused."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ..errors import NtmError, Problem, SnapshotError
from ..naming import read_name, spelling
from ..normalization import fold
from ..pack.model import Pack
from ..snapshot.builder import SnapshotBuilder
from ..snapshot.headers import numbers_columns
from ..snapshot.observation import FindingValue
from ..snapshot.unit import Unit
from ..tabular.sheet import Unreadable
from ..territory import Group, Level, Named, Region, read_member
from .cells import Cells
from .facts import NOTHING
from .grid import At, Grid
from .legends import is_legend
from .lookup import Items
from .model import SAYING, Column, Layout
from .noted import Kind, Reading, is_district
from .senses import unit_in_brackets
from .titles import SMALL, communes, days_of, saying_same
from .words import is_finding, is_section, is_signature, is_total, leading_code, names_people

_DESCRIBED: dict[str, type[Named]] = {"level": Level, "region": Region, "group": Group}


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


class _Reader(Cells):
    """The rows of a table, each about an indicator or a unit."""

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

    def _other_below(self, row: int) -> None:
        """A title between two tables of one sheet: what stands under it is another unit's."""
        unit, names = self.layout.unit, communes(self.first(row))
        if unit is not None and names and not saying_same(names, unit):
            column = self.grid.filled(row)[0]
            self.refuse(row, column, [Problem("error.unit_below", unit=unit.label, other=names[-1])])

    def _says_nothing(self, row: int, saying: list[int]) -> bool:
        return all(self.facts.meaning(self.grid.text(row, column)) == NOTHING for column in saying)

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
            self._around = place if is_district(place := self.first(row)) else self._titled
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
            within = "" if is_district(name) else self._around
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


def _called(unit: Unit, text: str) -> bool:
    """Whether a text may be the unit's name or code."""
    return text == unit.id or not unit.name or spelling(read_name(text).own) == spelling(read_name(unit.name).own)
