"""Proposing a layout by looking at a table: every column gets a role with the reason, and what is unsure is asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from ..errors import NtmError
from ..messages import Lang, in_both
from ..normalization import fold, tidy
from ..pack.model import Pack
from ..snapshot.builder import SnapshotBuilder
from ..snapshot.unit import Unit
from ..territory import Level, Region
from .grid import Grid
from .headings import AROUND, RUNNING
from .lookup import Units
from .model import Column, Layout, Meaning, index
from .period import Period, find_period
from .proposal import Proposal
from .sections import unclear_lines
from .senses import restates
from .subjects import Subjects
from .titles import beyond, days_of, unseen
from .words import SILENT, TICKS, is_finding, mark

_LONGEST_MARK = 20


def propose(
    grid: Grid,
    pack: Pack,
    ledger: SnapshotBuilder,
    known: Iterable[Unit] = (),
    *,
    as_of: date | None = None,
    province: str = "",
    level: Level | None = None,
    region: Region | None = None,
    unit: Unit | None = None,
    lang: Lang = "vi",
    guess: bool = False,
) -> Proposal:
    """The layout that a table seems to have, with a reason for each column, and everything that cannot be seen.

    ``guess``: of a table without words of headings the first row of several texts is taken for one, and asked about.
    """
    looking = _Whole(grid, pack, ledger, tuple(known), as_of, province, level, region, unit, lang)
    return looking.proposal(guess)


class _Whole(Subjects):
    """The table as a whole: its columns together, its marks, its period, its unit."""

    def proposal(self, guess: bool = False) -> Proposal:
        if not self._find_heading():
            self.first = self.last = self._first_texts() if guess else 0
            if not self.first:
                self.doubt("layout.doubt.no_heading")
                return Proposal(None, tuple(self.doubts))
            self.doubt("layout.doubt.heading", row=self.first)
        columns = [self._column(number) for number in self.grid.columns if self._used(number)]
        columns = self._paired(columns)
        if sum(column.role == "code" for column in columns) > 1:
            running = {"role": "pass", "why": self.why("running")}
            columns = [c.model_copy(update=running) if fold(c.heading) in RUNNING else c for c in columns]
        roles = {column.role for column in columns}
        names = [column for column in columns if column.role == "unit"]
        around = [column for column in names if AROUND.fullmatch(fold(column.heading.split(" / ")[-1]))]
        if len(around) < len(names):
            columns = [c.model_copy(update={"role": "within"}) if c in around else c for c in columns]
            names = [column for column in names if column not in around]
        of_units = bool(names) and not any(c.role == "text" and c.why == self.why("wording") for c in columns)
        if of_units:
            columns = [self._of_item(column) for column in columns]
        elif roles & {"code", "text"}:
            columns = [self._of_unit(self._measured(column)) for column in columns]
        elif guess:
            columns = [self._of_unit(column) for column in columns]
            self.doubt("layout.doubt.no_subject", pack=self.pack.reference)
        else:
            self.doubt("layout.doubt.no_subject", pack=self.pack.reference)
            return Proposal(None, tuple(self.doubts))
        return self._whole(columns, "units" if of_units else "indicators")

    def _whole(self, columns: list[Column], rows: str) -> Proposal:
        marks, empty = self._marks(columns)
        if rows == "units" and empty != "nothing":
            # A criterion that nobody meets has a column of empty cells, and they say so.
            columns = [c.model_copy(update={"role": "mark"}) if self._is_empty(c) else c for c in columns]
        saying = [c for c in columns if c.role in ("value", "mark", "met", "not_met", "numerator")]
        period, year = self._period(saying)
        turned = self._titles.against_marks()
        if turned is not None and self._titles.marks_used & (TICKS | marks.keys()):
            # Whoever answers says what the marks mean, whatever the legend does.
            self.doubts.append(turned)
            marks = {}
        self.doubts += self._titles.words(one=rows == "indicators" and any(not column.of for column in saying))
        unit = self.unit
        if rows == "indicators" and unit is None and any(not column.of for column in saying):
            unit = self._titles.unit(days_of(saying, period, year))
            self.doubts += self._titles.doubts
            if unit is not None and (signed := self._titles.signed_by(unit)) is not None:
                self.doubts.append(signed)
        layout = Layout(
            pack=self.pack.reference,
            rows="units" if rows == "units" else "indicators",
            sheet="" if self.grid.table else self.grid.name,
            heading=(self.first, self.last),
            columns=tuple(columns),
            marks=marks,
            empty=empty,
            period=period,
            year=year,
            unit=unit,
            level=self.level,
            province=self.province,
            region=self.region,
        )
        if (hidden := unseen(self.grid, layout)) is not None:
            self.doubts.append(hidden)
        self.doubts += unclear_lines(self.grid, layout, self._titles)
        elsewhere = self._titles.elsewhere(unit if rows == "indicators" else None, days_of(saying, period, year))
        self.doubts += [elsewhere] if elsewhere is not None else []
        clear = [column for column in saying if column.of or rows == "indicators"]
        self._check_twice([column for column in clear if column.column not in self._unclear], layout)
        self._check_units(layout, rows, saying)
        periods = {column.period for column in saying}
        of_codes = any(column.of in self.items.texts for column in saying)
        if rows == "units":
            kind = "agency" if len(periods) > 1 else "matrix" if of_codes else "units"
        else:
            kind = "across" if any(c.of for c in saying) else "agency" if len(periods) > 1 else "form"
        return Proposal(layout, tuple(self.doubts), kind)

    def _is_empty(self, column: Column) -> bool:
        """Whether a column of a code holds nothing at all."""
        return column.role == "value" and column.of in self.items.texts and not self._cells(index(column.column))

    def _marks(self, columns: list[Column]) -> tuple[dict[str, Meaning], Meaning]:
        """What the legend says that marks and empty cells mean; a mark it does not explain is asked about."""
        told, unclear = self._titles.legend()
        empty = told.pop("", "nothing")
        seen: Counter[str] = Counter()
        asked: set[str] = set()
        if "" in unclear and any(column.role == "mark" for column in columns):
            self.doubts.append(unclear.pop(""))
        for column in columns:
            # Words longer than a mark are asked about at their cells, when the table is read.
            if column.role in ("mark", "met", "not_met", "value") and column.column not in self._unclear:
                number = index(column.column)
                rows = [row for row in self._body if not restates(self.grid, columns, row, number)]
                contents = (self.grid.content(row, number) for row in rows)
                for cell in (tidy(content) for content in contents if isinstance(content, str)):
                    plain = fold(cell) if fold(cell) in unclear or fold(cell) in told else mark(cell)
                    if not 0 < len(plain) <= _LONGEST_MARK or any(letter.isdigit() for letter in plain):
                        continue
                    if plain in unclear:
                        self.doubts.append(unclear.pop(plain))
                        asked.add(plain)
                    if is_finding(cell) or plain in told or plain in asked:
                        continue
                    if column.role in ("met", "not_met") and plain in TICKS:
                        continue
                    if plain not in SILENT:
                        seen[plain] += 1
        for sign, count in seen.items():
            self.doubt("layout.doubt.marks", mark=sign[:20], count=count)
        return told, empty

    def _period(self, saying: list[Column]) -> tuple[str, int | None]:
        """The period of columns that give none themselves, as a layout has it; and the year of those that give none."""
        if self.as_of:
            seen, _ = self._titles.period()
            self._titles.doubts.clear()
            own = seen if seen is not None and seen.end == self.as_of else Period(self.as_of, self.as_of)
            period, year = str(own), self.as_of.year
        else:
            seen, found = self._titles.period()
            period, year = str(seen or ""), found or 0
            if self._titles.doubts and not all(column.period for column in saying):
                self.doubts += self._titles.doubts
                self._titles.doubts.clear()
                return "", year or None
            self._titles.doubts.clear()
        for column in saying:
            if find_period(column.period or period, year or None) is None or beyond(column, period, year or None):
                heading = f" ({column.column} “{column.heading}”)" if column.period else ""
                self.doubt("layout.doubt.period", heading=heading)
                if not column.period:
                    break
        return period, year or None

    def _check_twice(self, saying: list[Column], layout: Layout) -> None:
        taken: dict[tuple[object, ...], Column] = {}
        for column in saying:
            day = find_period(column.period or layout.period, layout.year)
            first = taken.setdefault((column.role, column.of, day and day.end), column)
            if first is not column:
                role = in_both(f"layout.role.{column.role}")
                where = {"column": column.column, "heading": column.heading, "other": first.column}
                self.doubt("layout.doubt.same_role", role=role, **where)

    def _check_units(self, layout: Layout, rows: str, saying: list[Column]) -> None:
        """Units in headings must be known before anything is read; those in rows are told one by one."""
        if rows == "indicators":
            units = Units(layout, self.ledger, self.known)
            days: dict[str, list[date]] = {}
            for column in saying:
                if column.of:
                    days.setdefault(column.of, []).extend(days_of([column], layout.period, layout.year))
            for name, own in days.items():
                try:
                    units.find(name, days=own)
                except NtmError as error:
                    self.doubt("layout.doubt.unit_name", name=name, problem=error.problems[0])
