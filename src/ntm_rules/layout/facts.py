"""What the cells of a table say, put into the ledger: values, findings, shares from counts."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from string import ascii_uppercase
from typing import NamedTuple

from ..errors import NtmError, Place, Problem, SnapshotError
from ..messages import LANGS, Text, in_both
from ..normalization import fold
from ..pack.measure import Measure
from ..quantity.amount import Amount
from ..quantity.spoken import stated_share
from ..snapshot.builder import Entry, SnapshotBuilder
from ..snapshot.cells import SnapshotWarning, read_day_cell, read_value
from ..snapshot.headers import measured_in
from ..snapshot.observation import Finding, FindingValue, Observation, read_finding
from ..snapshot.unit import Unit
from ..snapshot.value import habit_of
from ..tabular.sheet import Content, Number, read_amount, read_text
from .counts import counted, share
from .grid import At, Grid
from .lookup import Items
from .model import Column, Layout
from .period import Period, find_period
from .senses import is_count, is_target
from .words import SILENT, TICKS, mark

NOTHING = "nothing"
_LONG = 14


class Told(NamedTuple):
    """What a cell said: nothing, a finding, or a value; and the sentence that says how it was understood."""

    said: Text
    finding: FindingValue | None = None
    value: Amount | None = None


class Subject(NamedTuple):
    """What a cell is about: unit, period, code or measure, what stands beside it, and the wording of its row;
    ``targets`` are the numbers that the row says are asked for."""

    unit: Unit
    period: Period
    target: str
    column: Column
    unit_of_measure: str = ""
    remark: str = ""
    text: str = ""
    targets: frozenset[Decimal] = frozenset()


class Facts:
    """Reads the cells of one table into a ledger."""

    def __init__(self, grid: Grid, layout: Layout, items: Items, ledger: SnapshotBuilder, values: list[int]) -> None:
        self.grid, self.layout, self.ledger = grid, layout, ledger
        self.items = items
        self._marks = {key: value for key, value in layout.marks.items() if key}
        self._words = {key: value for key, value in self._marks.items() if isinstance(value, FindingValue)}
        under = (row for row in grid.rows if row > layout.heading[1])
        self._habit = layout.numbers or habit_of(grid.text(row, column) for row in under for column in values)
        self._warned: set[tuple[str, date]] = set()

    def plain(self, text: object) -> Amount:
        """A number as this table writes them."""
        return Amount.of(text, self._habit or "vi")

    def meaning(self, text: str) -> FindingValue | str | None:
        """What a mark means by the layout; ``nothing`` for the words by which tables leave a cell unsaid."""
        # A legend may give “x*” a meaning of its own; else the star is a footnote's.
        said = self._marks.get(fold(text), self._marks.get(mark(text)))
        return NOTHING if said is None and fold(text) in SILENT else said

    def period(self, column: Column | None) -> Period | None:
        text = column.period if column and column.period else self.layout.period
        return find_period(text, self.layout.year)

    def day_in(self, row: int, column: int) -> Period | None:
        """The day that a cell gives for the figures of its row."""
        content = self.grid.content(row, column, spread=True)
        if content is None:
            return None
        day = read_day_cell(content)
        return Period(day, day)

    def entry(self, unit: Unit, day: date, row: int, column: int) -> Entry:
        place = self.grid.place(row, column)
        source = f"{self.grid.file}#{self.grid.name or self.grid.table or ''}"
        entry = self.ledger.entry(source, unit.id, day, place)
        if not entry.fields:
            for field in unit.model_fields_set - {"id", "attributes"}:
                if (said := getattr(unit, field)) not in (None, ""):
                    self.ledger.describe(entry, field, said, entry.place)
        return entry

    def read(self, at: At, content: Content, about: Subject) -> Told:
        """A filled cell.

        Raises:
            NtmError: it cannot be read, with the reason.
        """
        text, said = read_text(content), about.column
        meaning = self.meaning(text)
        if meaning == NOTHING:
            return Told(_sentence("layout.nothing_said"))
        foot = text[len(text) - (len(fold(text)) - len(mark(text))) :].strip() if mark(text) != fold(text) else ""
        note = "; ".join(part for part in (about.remark, foot) if part)
        if said.role in ("met", "not_met"):
            return self.find(at, self._ticked(text, meaning, said), about, note)
        # In a column of results a department's word stands where there is nothing to measure.
        in_words = not isinstance(content, Number) and not any(letter.isdigit() for letter in text)
        if said.role == "mark" or in_words:
            return self.find(at, self._finding(text), about, note)
        return self._value(at, content, text, about)

    def find(self, at: At, finding: FindingValue, about: Subject, remark: str = "") -> Told:
        """A finding of a code.

        Raises:
            SnapshotError: the cell is about a measure, or another cell says something else.
        """
        code = about.target
        if code not in self.items.texts:
            raise SnapshotError(Problem("error.mark_of_measure", measure=code))
        self._hold_against_first(at, code, finding, about, f"{self.layout.pack} {code}")
        entry = self.entry(about.unit, about.period.end, *at)
        entry.find(self.layout.pack, code, Finding(finding=finding, remark=remark))
        self._tell_change(code, about.period)
        word = in_both(f"finding.{finding}")
        return Told(_sentence("layout.read_mark", code=code, finding=word, unit=about.unit.name), finding=finding)

    def count_of(self, upper: At, lower: At, about: Subject, stated: Iterable[At] = ()) -> Told:
        """A share from a cell of what is counted and a cell of how many there are, and the cells that state it.

        Raises:
            NtmError: one of them is missing or no number, they make no share, or another one is stated.
        """
        measure = self._measure(about.target, about.text)
        whole, all_ = self._count(upper), self._count(lower)
        amount = share(whole, all_, measure)
        for at in stated:
            content = self.grid.content(*at)
            if content is not None and not (isinstance(content, str) and self.meaning(content) == NOTHING):
                stated_share(_brief(read_amount(content, "percent", self.plain)), whole, all_)
        counts = f"{self.grid.text(*upper)}/{self.grid.text(*lower)}"
        self._observe(upper, measure, amount, about, "; ".join(filter(None, (about.remark, counts))))
        brief = _brief(amount)
        return Told(_sentence("layout.read_ratio", measure=measure.name, value=brief, counts=counts), value=amount)

    def _value(self, at: At, content: Content, text: str, about: Subject) -> Told:
        measure, remark = self._measure(about.target, about.text), about.remark
        # A unit in the heading holds for every row; one beside the row must be of the measure, too.
        units = [written for written in (about.unit_of_measure, about.column.unit_of_measure) if written.strip(" \"'”")]
        # The law leaves “a year” out of “(triệu đồng/người)”; in its own words a unit is the measure's.
        units = [written for written in units if not self.items.words_unit(about.target, written)]
        unit_named = next(iter([measured_in(written, measure.unit) for written in units]), "")
        amount = None if isinstance(content, Number) else counted(text, measure, self._habit or "vi")
        upper, lower = (*re.findall(r"[\d.,]*\d", text), "", "")[:2] if amount is not None else ("", "")
        if amount is not None and (is_target(about.column.heading) or (lower and self._number(lower) in about.targets)):
            said = {"content": text, "heading": about.column.heading}
            raise SnapshotError(Problem("error.ratio_target", upper=upper, lower=lower, **said))
        known = self.items.texts.get(about.target, "")
        if amount is None and measure.unit == "percent" and is_count(about.text, known):
            named = {"text": about.text[:120], "code": about.target, "known": known[:120]}
            raise SnapshotError(Problem("error.row_count", **named))
        if amount is None:
            amount = read_value(self.ledger, self.grid.place(*at), measure, content, unit_named, self._habit)
        else:
            remark = "; ".join(part for part in (remark, text) if part)
        self._observe(at, measure, amount, about, remark)
        where = {"unit": about.unit.name, "day": about.period.end}
        return Told(_sentence("layout.read_value", measure=measure.name, value=_brief(amount), **where), value=amount)

    def _number(self, written: str) -> Decimal | None:
        try:
            return self.plain(written).value
        except NtmError:
            return None

    def _observe(self, at: At, measure: Measure, amount: Amount, about: Subject, remark: str) -> None:
        self._hold_against_first(at, about.target, amount, about, measure.id)
        self.entry(about.unit, about.period.end, *at).observe(measure.id, Observation(value=amount, remark=remark))
        self._tell_change(about.target, about.period)

    def _hold_against_first(self, at: At, target: str, said: FindingValue | Amount, about: Subject, what: str) -> None:
        """A unit's figure of a day stands in one place: in two it is told where both say the same, else refused."""
        place = self.grid.place(*at)
        value, of, there = self.ledger.first(about.unit.id, about.period.end, what, said, target, place)
        if there == place or (value == said and of != target):
            return  # two indicators may ask for one measure
        if value == said:
            beside = (there.sheet, there.table, _row(there)) == (place.sheet, place.table, _row(place))
            if not beside and ("said again", about.period.end) not in self._warned:
                self._warned.add(("said again", about.period.end))
                problem = Problem("warning.said_again", place, unit=about.unit.name, code=target, other=there)
                warnings.warn(SnapshotWarning(problem), stacklevel=2)
        elif about.column.role in ("met", "not_met"):
            raise SnapshotError(Problem("error.mark_both", code=target))
        else:
            raise SnapshotError(Problem("error.said_twice", unit=about.unit.name, code=target, other=there))

    def _ticked(self, text: str, meaning: FindingValue | str | None, column: Column) -> FindingValue:
        """What stands in one of two columns, “đạt” and “chưa đạt”: any tick, or the heading's own word."""
        finding, ticked = FindingValue(column.role), mark(text) in TICKS
        if not ticked and not isinstance(meaning, FindingValue):
            meaning = self._finding(text)
        against = (
            meaning is FindingValue.NOT_MET if column.role == "met" else meaning is FindingValue.MET and not ticked
        )
        if against or meaning is FindingValue.NOT_APPLICABLE:
            raise SnapshotError(Problem("error.mark_against_heading", mark=text[:20], heading=column.heading))
        return finding

    def _finding(self, text: str) -> FindingValue:
        if (own := self._words.get(fold(text))) is not None:
            return own
        try:
            return read_finding(mark(text).removesuffix(" chuẩn"), self._words)
        except NtmError:
            raise SnapshotError(Problem("error.mark_unknown", mark=text[:20])) from None

    def _measure(self, target: str, text: str = "") -> Measure:
        if target not in self.items.texts:
            found = self.ledger.known.measure(target)
            if found is None:
                raise SnapshotError(Problem("error.which_measure", code=target, names="–"))
            return found
        names = self.items.measures(target)
        said = self.layout.measures.get(target)
        if said is not None and said in names:
            names = (said,)
        # An indicator may ask for several, of which the row says one by its whole name.
        called = self.ledger.known.find_measure(text.removesuffix("(%)").strip()) if text else None
        if called is not None and called.id in names and said is None:
            return called
        measure = self.ledger.known.find_measure(names[0]) if len(names) == 1 else None
        if measure is None:
            key = "error.layout_which_measure" if names else "error.takes_no_value"
            told = {"names": self._spelled(names), "first": names[0] if names else ""}
            raise SnapshotError(Problem(key, code=target, **told))
        return measure

    def _spelled(self, names: Sequence[str]) -> Text:
        """Measures by their ids, each with its name."""
        known = [(name, self.ledger.known.find_measure(name)) for name in names]
        vi, en = (
            "; ".join(f"{name} ({one.name.text(lang)})" if one is not None else name for name, one in known)
            for lang in LANGS
        )
        return Text(vi, en)

    def _count(self, at: At) -> Decimal:
        content = self.grid.content(*at)
        if content is None:
            raise SnapshotError(Problem("error.ratio_half"))
        return read_amount(content, read=self.plain).value

    def _tell_change(self, code: str, period: Period) -> None:
        for one in ("", *self.items.judged_by(code)):
            for day in self.items.changes.get(one, ()):
                if period.start < day <= period.end and (one, day) not in self._warned:
                    self._warned.add((one, day))
                    key = "warning.rule_changes" if one else "warning.set_changes"
                    said = {"code": one or self.items.pack.reference, "day": day, "end": period.end}
                    warnings.warn(SnapshotWarning(Problem(key, self.grid.place(), **said)), stacklevel=2)


def _row(place: Place) -> str:
    return place.cell.lstrip(ascii_uppercase)


def _brief(amount: Amount) -> Amount:
    """An amount as people look at it: a share of counts may have no end."""
    return amount if len(str(amount.value)) <= _LONG else Amount(round(amount.value, 4), amount.unit)


def _sentence(key: str, /, **params: object) -> Text:
    return in_both(key, **params)
