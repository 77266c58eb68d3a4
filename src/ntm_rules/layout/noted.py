"""What was made of each cell of a table: a reading for every one, and each refusal told once."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from datetime import date
from typing import Any, Literal, NamedTuple

from ..errors import Problem
from ..messages import Text, in_both
from ..naming import read_name
from ..normalization import fold
from ..snapshot.builder import SnapshotBuilder
from ..snapshot.cells import SnapshotWarning
from ..snapshot.unit import Unit
from ..tabular.sheet import letters
from ..territory import Level
from .facts import Facts
from .grid import At, Grid
from .lookup import Items, Units
from .model import SAYING, Layout, index
from .titles import Titles
from .totals import Totals
from .words import is_section, is_total

Kind = Literal["value", "mark", "note", "key", "passed", "refused"]
_MOVED = 40

# What is wrong with a unit, wherever it stands in a table.
_OF_UNIT = ("error.unit_changed", "error.unit_merged")


class Reading(NamedTuple):
    """How one cell was read; ``said`` is what was understood, or why not."""

    at: At
    kind: Kind
    said: Text


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


class Noted:
    """A table with its layout, and the reading of each cell so far."""

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
        districts = [name for name in Titles(grid, layout, items.pack, ledger, known).around() if is_district(name)]
        self._titled = districts[0] if len(districts) == 1 and layout.rows == "units" and not known else ""
        self._around = self._titled
        self._ended = self._signed = False
        self._of_units: dict[tuple[str, object], list[Problem]] = {}

    def note(self, row: int, column: int, kind: Kind, key: str, /, **params: Any) -> None:
        at = At(row, column)
        self.readings[at] = Reading(at, kind, in_both(key, **params))

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

    def pass_over(self, row: int, why: str) -> None:
        for column in self.grid.filled(row):
            self.note(row, column, "passed", why)

    def _left(self, row: int, column: int) -> None:
        """A filled cell that nothing has looked at."""
        said = self.columns.get(column)
        if said is None:
            content = self.grid.text(row, column)[:80]
            self.refuse(row, column, [Problem("error.layout_no_column", content=content, column=letters(column))])
        else:
            kind: Kind = "passed" if said.role == "pass" else "key"
            self.note(row, column, kind, f"layout.role.{said.role}")

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

    def _key(self, row: int, role: str) -> str:
        """What identifies a row: the most exact of its columns of a role, merged cells included."""
        texts = [self.grid.text(row, column, spread=True) for column in self._roles.get(role, ())]
        filled = [text for text in texts if text]
        return filled[-1] if filled else ""

    def _spread(self, row: int, column: int) -> str:
        return self.grid.text(row, column, spread=True)

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

    def _warn(self, problem: Problem) -> None:
        warnings.warn(SnapshotWarning(problem), stacklevel=2)


def is_district(name: str) -> bool:
    return bool({*read_name(name).levels} & {Level.DISTRICT, Level.DISTRICT_TOWN, Level.CITY, Level.URBAN_DISTRICT})
