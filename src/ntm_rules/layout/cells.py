"""Reading the cells of a row: what each says of a code of a unit, counts behind shares, totals held against them."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cached_property
from itertools import zip_longest

from ..errors import NtmError, Problem, SnapshotError
from ..normalization import fold
from ..snapshot.observation import FindingValue
from ..snapshot.unit import Unit
from ..tabular.sheet import letters, read_amount
from .facts import NOTHING, Subject
from .grid import At
from .headings import REQUIRED
from .model import Column
from .noted import Kind, Noted, Reading
from .period import Period
from .senses import brackets, is_target, restates
from .words import is_average, leading_code

# “17/19” in a total: so many of so many.
_OUT_OF = re.compile(r"(\d{1,6})\s*/\s*(\d{1,6})")


class Cells(Noted):
    """The cells of each row that say something."""

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
            if span is not None and span.bottom > span.top and self._several_rows(span.top, span.bottom):
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
        """Whether some rows are about several indicators, or several units."""
        rows = [row for row in range(top, bottom + 1) if self.grid.filled(row)]
        if self.layout.rows == "units":
            return len({self.grid.anchor(row, self._roles["unit"][0]) for row in rows}) > 1
        return len(rows) > 1

    def _targets(self, row: int) -> frozenset[Decimal]:
        """The numbers that a row gives as what is asked for: in columns that are not read, and in its wording."""
        told = [inside for column in self._roles.get("text", ()) for inside in brackets(self._spread(row, column))]
        for column in self._roles.get("pass", ()):
            text, heading = self._spread(row, column), fold(self.columns[column].heading)
            if text[:1] in "≥≤<>" or is_target(heading) or REQUIRED.fullmatch(heading.split(" / ")[-1]):
                told.append(text)
        numbers = (number.replace(",", ".") for text in told for number in re.findall(r"\d+(?:[.,]\d+)?", text))
        return frozenset(map(Decimal, numbers))

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


def _same_subject(one: Column, other: Column) -> bool:
    return (one.of, one.period) == (other.of, other.period)
