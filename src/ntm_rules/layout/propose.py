"""Proposing a layout by looking at a table: every column gets a role with the reason, and what is unsure is asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import NamedTuple

from ..errors import Hint, NtmError, Problem
from ..messages import Lang, Text, say
from ..naming import read_name
from ..normalization import fold, tidy
from ..pack.model import Pack
from ..snapshot.builder import SnapshotBuilder
from ..snapshot.headers import UNIT_IN_HEADING, measured_in, numbers_columns
from ..snapshot.model import Unit
from ..tabular.sheet import Number, letters
from ..territory import Level, Region
from ..units import ON_RECORD
from ..wordings import written_out
from .grid import Grid
from .headings import (
    AIM,
    AROUND,
    ASIDE,
    ASSESSING,
    CODE,
    CRITERION,
    DAY,
    DESCRIBING,
    MARK,
    MEASURED,
    NOTE,
    NUMBERED,
    PLAN,
    REQUIRED,
    RESULT,
    RUNNING,
    SHARE,
    TEXT,
    TOTAL,
    UNIT,
    is_heading_word,
    is_one_of,
)
from .legends import is_legend
from .lookup import Items, Units
from .model import Column, Layout, Meaning, Role, index
from .period import Period, find_period, names_period
from .sections import unclear_lines
from .senses import counts_things, is_count, is_unit, narrowed, negations, part, restates, unit_in_brackets
from .titles import SMALL, Titles, beyond, days_of, unseen
from .understood import in_heading, others
from .words import (
    SILENT,
    TICKS,
    is_finding,
    is_section,
    is_signature,
    is_total,
    leading_code,
    mark,
    names_people,
    wording,
)

_SEARCHED, _LONGEST_MARK = 40, 20


class Proposal(NamedTuple):
    """A layout as it was understood, and what is not clear: with doubts, nothing is to be read by it."""

    layout: Layout | None
    doubts: tuple[Problem, ...]
    kind: str = "form"

    @property
    def kept(self) -> Layout | None:
        """The layout to keep for other tables of the kind: without what only this table or this call says."""
        if self.layout is None:
            return None
        own = {"unit": None, "period": "", "year": None, "register_of": None}
        return self.layout.model_copy(update=own)

    def text(self, grid: Grid, lang: Lang = "vi") -> str:
        """How the table was understood, column by column, and each doubt."""
        lines = []
        if self.layout is not None:
            first, last = self.layout.heading
            file = grid.place().text(lang)
            kind = say(f"layout.kind.{self.kind}", lang)
            lines.append(say("layout.understood", lang, file=file, kind=kind, first=first, last=last))
            for column in self.layout.columns:
                role = say(f"layout.role.{column.role}", lang)
                about = " ".join(part for part in (column.of, column.period) if part)
                of = f" [{about}]" if about else ""
                said = {"column": column.column, "heading": column.heading, "why": column.why, "role": role, "of": of}
                lines.append(f"  {say('layout.column', lang, **said)}")
            lines += summary(self.layout, lang)
        lines += [f"  ? {doubt.text(lang)}" for doubt in self.doubts]
        return "\n".join(lines)


def summary(layout: Layout, lang: Lang) -> list[str]:
    """Whose and of when a table is, and what its marks mean, in lines."""
    lines = []
    if layout.unit is not None:
        lines.append("  " + say("layout.about_unit", lang, unit=layout.unit.name, code=layout.unit.id))
    if (period := find_period(layout.period, layout.year)) is not None:
        lines.append("  " + say("layout.about_day", lang, day=period.end))
    signs = dict(layout.marks)
    if layout.empty != "nothing":
        signs[say("layout.empty_cell", lang)] = layout.empty
    if signs:
        marks = (f"{sign} = {say(f'layout.meaning.{meaning}', lang)}" for sign, meaning in signs.items())
        lines.append("  " + say("layout.about_marks", lang, marks=", ".join(marks)))
    return lines


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
    looking = _Looking(grid, pack, ledger, tuple(known), as_of, province, level, region, unit, lang)
    return looking.proposal(guess)


class _Looking:
    def __init__(
        self,
        grid: Grid,
        pack: Pack,
        ledger: SnapshotBuilder,
        known: tuple[Unit, ...],
        as_of: date | None,
        province: str,
        level: Level | None,
        region: Region | None,
        unit: Unit | None,
        lang: Lang,
    ) -> None:
        self.grid, self.pack, self.ledger, self.known, self.lang = grid, pack, ledger, known, lang
        self.as_of, self.province, self.level, self.region, self.unit = as_of, province, level, region, unit
        self.items = Items(pack)
        self.doubts: list[Problem] = []
        self._unclear: set[str] = set()
        self.first = self.last = 0

    def doubt(self, key: str, /, **params: object) -> None:
        self.doubts.append(Problem(key, **params))

    def why(self, key: str, **params: object) -> str:
        return say(f"layout.why.{key}", self.lang, **params)

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

    # The heading

    def _find_heading(self) -> bool:
        for row in self.grid.rows[:_SEARCHED]:
            texts = [fold(self.grid.text(row, column, spread=True)) for column in self.grid.columns]
            distinct = {text for text in texts if text}
            if len(distinct) >= 3 and sum(is_heading_word(text) for text in distinct) >= 2:
                self.first = self.last = row
                break
        else:
            return False
        while self.last - self.first < 5:
            down = max(
                (s.bottom for s in self.grid.spans if self.first <= s.top <= self.last and s.left <= 60), default=0
            )
            under = any(
                s.top <= self.last == s.bottom and s.right > s.left and self._has_below(s.left, s.right)
                for s in self.grid.spans
            )
            if not (self.last < down <= self.first + 5 or under or self._titles_below()):
                break
            self.last = down if down > self.last else self.last + 1
        return True

    def _first_texts(self) -> int:
        """The first row of two texts or more, none of them with figures alone, over a row as wide; 0: there is none."""
        for row, below in zip(self.grid.rows[:_SEARCHED], self.grid.rows[1:], strict=False):
            texts = [self.grid.text(row, column) for column in self.grid.filled(row)]
            wide = len(self.grid.filled(below)) >= len(texts) > 1
            if wide and all(any(letter.isalpha() for letter in text) or text.isdecimal() for text in texts):
                return row
        return 0

    def _titles_below(self) -> bool:
        """Whether the row under the heading gives, under codes and nothing else, the words of these, or units alone."""
        row = self.last + 1
        filled = self.grid.filled(row)
        texts = [self.grid.text(row, one) for one in filled]
        if texts and all(text == f"({unit_in_brackets(text)})" for text in texts):
            return True
        under = [(self.items.code(self.grid.text(self.last, one)), self.grid.text(row, one)) for one in filled]
        if len(under) < 3 or not all(code and len(text) > 2 and not is_finding(text) for code, text in under):
            return False
        return sum(self.items.agrees(code, text) for code, text in under) * 2 > len(under)

    def _has_below(self, left: int, right: int) -> bool:
        texts = [self.grid.text(self.last + 1, column) for column in range(left, right + 1)]
        filled = [self.grid.text(self.last + 1, column) for column in self.grid.filled(self.last + 1)]
        return sum(bool(text) for text in texts) >= 2 and not numbers_columns(filled)

    # Columns

    @cached_property
    def _body(self) -> list[int]:
        rows: list[int] = []
        signed = False
        for row in self.grid.rows:
            filled = self.grid.filled(row)
            if row <= self.last or numbers_columns([self.grid.text(row, column) for column in filled]):
                continue
            heads = {one: self.grid.heading(self.first, self.last, one) for one in filled}
            if filled and all(self.grid.text(row, one) in heads[one] for one in filled):
                continue  # the heading once more, on another page
            texts = [self.grid.text(row, column) for column in filled]
            words = [text for text in texts if any(letter.isalpha() for letter in text)]
            first = words[1] if len(words) > 1 and is_section(words[0]) else words[0] if words else ""
            signed = signed or bool(rows and is_signature(first))
            if signed and names_people(texts):
                continue
            if not (is_total(first, strict=True) or is_legend(first) or is_signature(first)):
                rows.append(row)
        return rows

    def _used(self, number: int) -> bool:
        return bool(self.grid.heading(self.first, self.last, number)) or any(
            self.grid.text(row, number) for row in self._body
        )

    def _cells(self, number: int) -> list[str]:
        return [text for row in self._body if (text := self.grid.text(row, number))]

    def _column(self, number: int) -> Column:
        path = self.grid.heading(self.first, self.last, number)
        heading, leaf = " / ".join(path), fold(path[-1]) if path else ""
        whole = fold(heading)
        cells = self._cells(number)

        def made(role: Role, why: str, **more: str) -> Column:
            return Column(column=letters(number), role=role, heading=heading, why=why, **more)

        codes = [cell for cell in cells if not is_section(cell) and self.items.code(cell)]
        if leaf in RUNNING:
            dotted = any("." in self.items.code(cell) for cell in codes)
            if dotted or (codes and self._agreeing(number) >= 0.5):
                return made("code", self.why("codes", count=len(codes)))
            return made("pass", self.why("running"))
        if not path and cells and all(NUMBERED.fullmatch(cell) for cell in cells) and number < self._words_at:
            return made("pass", self.why("running"))
        if path and self._measure_in(path[-1]) is not None:
            return made("value", self.why("heading"))
        if CODE.fullmatch(leaf) and codes:
            return made("code", self.why("codes", count=len(codes)))
        if leaf in MEASURED:
            return made("unit_of_measure", self.why("heading"))
        if NOTE.fullmatch(leaf):
            return made("note", self.why("heading"))
        if PLAN.fullmatch(whole) and "6 tháng" not in leaf.replace("kế hoạch", ""):
            return made("pass", self.why("plan"))
        if leaf in ("đạt", "met"):
            return made("met", self.why("heading"))
        if leaf in ("chưa đạt", "không đạt", "not met"):
            return made("not_met", self.why("heading"))
        if leaf.startswith("tử số") or leaf == "numerator":
            return made("numerator", self.why("heading"))
        if leaf.startswith("mẫu số") or leaf == "denominator":
            return made("denominator", self.why("heading"))
        if TOTAL.fullmatch(leaf):
            return made("total", self.why("heading"))
        if leaf in DESCRIBING and cells and all(is_one_of(DESCRIBING[leaf][1], cell) for cell in cells):
            return made(DESCRIBING[leaf][0], self.why("heading"))
        if leaf in DAY:
            return made("day", self.why("heading"))
        if UNIT.fullmatch(leaf):
            return made("unit", self.why("heading"))
        compared = sum(cell[:1] in "≥≤<>" for cell in cells)
        stated = compared + sum(is_finding(cell) for cell in cells)
        required = bool(REQUIRED.fullmatch(leaf)) or compared * 3 > len(cells)
        # “Chỉ tiêu” is a wording in one office's form and what is required in another's.
        aimed = leaf in AIM or bool(compared and TEXT.fullmatch(leaf))
        required |= aimed and stated * 2 > len(cells)
        if required and not RESULT.fullmatch(leaf):
            return made("pass", self.why("required"))
        if TEXT.fullmatch(leaf):
            return made("text", self.why("wording" if self._worded(cells) else "heading"))
        if MARK.fullmatch(leaf) and not CRITERION.search(leaf) and not self._numbers(number):
            return made("mark", self.why("heading"))
        if ASIDE.fullmatch(leaf):
            return made("pass", self.why("heading"))
        return made(self._by_cells(number, cells), self.why("heading" if RESULT.fullmatch(whole) else "cells"))

    @cached_property
    def _words_at(self) -> int:
        """The first column whose heading says it holds the wordings of indicators, or units."""
        leaves = ((number, self.grid.heading(self.first, self.last, number)) for number in self.grid.columns)
        return next(
            (n for n, path in leaves if path and (TEXT.fullmatch(fold(path[-1])) or UNIT.fullmatch(fold(path[-1])))),
            0,
        )

    def _agreeing(self, number: int) -> float:
        """How many of the numbers in a column begin the codes that the texts beside them begin with."""
        agreed = seen = 0
        for row in self._body:
            code = self.items.code(self.grid.text(row, number))
            words = [self.grid.text(row, column) for column in self.grid.columns if column != number]
            texts = [text for text in words if len(text) > 3 and any(letter.isalpha() for letter in text)]
            if code and texts:
                seen += 1
                agreed += any(leading_code(text)[0].partition(".")[0] == code for text in texts)
        return agreed / seen if seen else 0.0

    def _worded(self, cells: list[str]) -> bool:
        found = 0
        sample = cells[:25]
        for cell in sample:
            try:
                found += bool(self.items.find("", cell))
            except NtmError:
                continue
        return found * 4 >= len(sample) > 0

    def _numbers(self, number: int) -> bool:
        filled = [self.grid.content(row, number) for row in self._body if self.grid.content(row, number) is not None]
        return bool(filled) and sum(isinstance(content, Number) for content in filled) * 2 > len(filled)

    def _by_cells(self, number: int, cells: list[str]) -> Role:
        # Where the legend says what 1 and 0 mean, a column of nothing else is one of marks.
        if cells and all(mark(cell) in self._signs for cell in cells):
            return "mark"
        if self._numbers(number):
            return "value"
        short = sum(len(mark(cell)) <= 2 or is_finding(cell) for cell in cells)
        digits = sum(any(letter.isdigit() for letter in cell) for cell in cells)
        return "mark" if cells and short * 2 > len(cells) and not digits * 2 > len(cells) else "value"

    @cached_property
    def _signs(self) -> frozenset[str]:
        return frozenset(sign for sign in self._titles.legend().marks if sign)

    def _paired(self, columns: list[Column]) -> list[Column]:
        """“Đạt” is one of two columns only where “Chưa đạt” stands beside it; alone it is a mark column like others.

        “Tỷ lệ” beside the two counts of which it is made is held against them.
        """
        roles = {column.role for column in columns}
        if {"numerator", "denominator"} <= roles:
            share = {"role": "value", "why": self.why("heading")}
            columns = [c.model_copy(update=share) if SHARE.fullmatch(_leaf(c)) else c for c in columns]
        if "not_met" in roles and "met" in roles:
            return columns
        return [c.model_copy(update={"role": "mark"}) if c.role in ("met", "not_met") else c for c in columns]

    # What a column is about

    def _of_unit(self, column: Column) -> Column:
        """Of a table of indicators in rows: the unit and period in a column's heading."""
        if column.role not in ("value", "mark", "met", "not_met", "numerator", "denominator"):
            return column
        parts = column.heading.split(" / ") if column.heading else []
        period = next((part for part in parts if names_period(part)), "")
        name = next((part for part in parts if self._is_unit(part)), "")
        if not name and parts and is_total(parts[-1]) and self._across:
            return column.model_copy(update={"role": "pass", "why": self.why("total")})
        if not name and not period and column.role == "value" and not _is_result(column):
            self.doubt("layout.doubt.column", column=column.column, heading=column.heading)
            self._unclear.add(column.column)
        told = [part for part in parts if part != name]
        self._doubt_words(column, told)
        # Under a unit's name anything may stand that is said of it: a value, or a word of the department.
        role = (
            "value"
            if name and column.role == "mark" and not column.heading.casefold().count("đánh giá")
            else column.role
        )
        unit = next((unit for one in told if (unit := unit_in_brackets(one))), self._unit_of_all)
        unit = unit if role == "value" else ""
        return column.model_copy(update={"of": name, "period": period, "role": role, "unit_of_measure": unit})

    @cached_property
    def _unit_of_all(self) -> str:
        """The unit of measure that the heading of the wordings gives, of every row."""
        heads = (self.grid.heading(self.first, self.last, number) for number in self.grid.columns)
        texts = (path[-1] for path in heads if path and TEXT.fullmatch(fold(path[-1])))
        return next((unit for text in texts if (unit := unit_in_brackets(text))), "")

    def _measured(self, column: Column) -> Column:
        """“Đơn vị” over units of measure is no column of communes."""
        cells = self._cells(index(column.column)) if column.role == "unit" else []
        if fold(column.heading.split(" / ")[-1]) != "đơn vị" or not cells or not all(map(is_unit, cells)):
            return column
        return column.model_copy(update={"role": "unit_of_measure", "why": self.why("heading")})

    def _doubt_words(self, column: Column, told: list[str]) -> None:
        """Ask about headings of what is read that say anything but whose and of when results are."""
        where = {"column": column.column, "heading": column.heading}
        narrow = next((word for one in told if (word := narrowed(one))), "") if column.role == "value" else ""
        left = [word for one in told for word in in_heading(one, names=self._own_names)]
        if not any(map(self._is_unit, column.heading.split(" / "))) and any(
            level in SMALL for level in self.pack.applies_to
        ):
            left += [word for one in told if (word := others(one))]
        if column.column in self._unclear or not (narrow or left):
            return
        if narrow:
            self.doubt("layout.doubt.narrower", **where, word=narrow)
        else:
            self.doubt("layout.doubt.heading_words", **where, words="; ".join(left))
        self._unclear.add(column.column)

    @cached_property
    def _own_names(self) -> list[str]:
        """The names by which the unit of a table about one may be called in it."""
        return [self.unit.name] if self.unit is not None else self._titles.names()

    @cached_property
    def _across(self) -> bool:
        """Whether units stand in the headings of columns."""
        paths = (self.grid.heading(self.first, self.last, number) for number in self.grid.columns)
        return any(self._is_unit(text) for path in paths for text in path)

    def _is_unit(self, text: str) -> bool:
        if ASSESSING.search(fold(text)):
            return False  # “Xã tự đánh giá” says who looked, not whose the figures are
        named = bool(read_name(text).levels) or any(fold(unit.name) == fold(text) for unit in self.known)
        return named or text in self._unkinded

    @cached_property
    def _unkinded(self) -> frozenset[str]:
        """Headings that are names of units without their kind: two or more that a register has, or it is chance."""
        if self.known or not self.province:
            return frozenset()
        paths = (self.grid.heading(self.first, self.last, number) for number in self.grid.columns)
        texts = {text for path in paths for text in path if not is_heading_word(fold(text)) and not is_total(text)}
        units = [Units(self._seed, self.ledger, day=day) for day in ON_RECORD]
        found = frozenset(text for text in texts if any(one.has(text) for one in units))
        return found if len(found) > 1 else frozenset()

    def _of_item(self, column: Column) -> Column:
        """Of a table of units in rows: the criterion, indicator or measure in a column's heading."""
        if fold(column.heading) in RUNNING:
            return column.model_copy(update={"role": "pass", "why": self.why("running")})
        if is_total(column.heading.split(" / ")[-1], strict=True):
            return column.model_copy(update={"role": "pass", "why": self.why("total")})
        if column.role in ("text", "code"):
            column = column.model_copy(update={"role": "value", "why": self.why("cells")})
        if column.role not in ("value", "mark", "met", "not_met", "numerator", "denominator"):
            return column
        parts = column.heading.split(" / ") if column.heading else []
        if column.role in ("numerator", "denominator") or (SHARE.fullmatch(_leaf(column)) and len(parts) > 1):
            parts = parts[:-1]
        period = next((part for part in parts if names_period(part)), "")
        parts = [part for part in parts if part != period]
        number = index(column.column)
        role = self._by_cells(number, self._cells(number)) if column.role in ("value", "mark") else column.role
        of, unit, near = self._subject(parts, measured=role in ("value", "numerator", "denominator"))
        where = {"column": column.column, "heading": column.heading}
        if not of:
            self.doubt("layout.doubt.of", **where, near=near)
        elif (problem := self._against(of, parts, role)) is not None:
            self.doubt("layout.doubt.says", **where, problem=problem)
            self._unclear.add(column.column)
        return column.model_copy(update={"of": of, "period": period, "unit_of_measure": unit, "role": role})

    def _measure_in(self, text: str) -> tuple[str, str] | None:
        """The measure that a heading names, and the unit it gives in brackets."""
        known = self.ledger.known
        if (measure := known.find_measure(text) or known.find_measure(written_out(text))) is not None:
            return measure.id, ""
        if (bracketed := UNIT_IN_HEADING.fullmatch(text)) and (
            measure := known.find_measure(bracketed[1]) or known.find_measure(written_out(bracketed[1]))
        ) is not None:
            written = bracketed[2] if bracketed[2] is not None else bracketed[3]
            try:
                measured_in(written, measure.unit)
            except NtmError:
                return None
            return measure.id, written
        return None

    def _against(self, of: str, parts: list[str], role: Role) -> Problem | None:
        """What a heading says against the code or measure it is like; in columns of counts a count is none."""
        measure = self.ledger.known.find_measure(of) if of not in self.items.texts else None
        known = self.items.texts.get(of) or (measure.name.text("vi") if measure is not None else "")
        share = self.items.is_share(of, self.ledger.known) if measure is None else measure.unit == "percent"
        said = {"code": of, "known": known[:120]}
        for text in parts:
            words = leading_code(text)[1]
            own = of in self.items.texts and any(letter.isalpha() for letter in words)
            if own and self.items.agrees(of, words) and (problem := self.items.contrary(of, words)) is not None:
                return problem
            # Headings over it may leave the indicator's own negation out, and say none of theirs.
            if negations(words) > negations(known):
                return Problem("error.row_turned", text=text[:120], **said)
            if found := part(words, known):
                return Problem("error.row_part", text=text[:120], part=found, **said)
            if share and role == "value":
                bracketed = UNIT_IN_HEADING.fullmatch(text)
                if is_count(words, known) or (bracketed and counts_things(bracketed[2] or bracketed[3])):
                    return Problem("error.row_count", text=text[:120], **said)
        return None

    def _subject(self, parts: list[str], measured: bool) -> tuple[str, str, Hint | Problem | str]:
        """What a column is about: a measure where it has values, else a code; the unit in its heading; what is near."""
        for text in (*reversed(parts), " ".join(parts)) if measured else ():
            if (found := self._measure_in(text)) is not None:
                return *found, ""
        numbers = [code for part in parts if (code := self.items.code(part))]
        numbers += [code for part in parts if (named := CRITERION.search(part)) and (code := self.items.code(named[1]))]
        numbers += [code for part in parts if (code := self.items.code(leading_code(part)[0] or "-"))]
        words = [leading_code(part)[1] for part in parts if wording(part) and not self.items.code(part)]
        # Over an indicator's number its criterion's may stand; two that are not one in the other are asked about.
        numbers = [
            code for code in dict.fromkeys(numbers) if not any(other.startswith(f"{code}.") for other in numbers)
        ]
        for code in numbers:
            own = [
                text for text in words if not fold(text).startswith(("kết quả", "đánh giá", "tiêu chí", "các tiêu chí"))
            ]
            if (not own and len(numbers) == 1) or any(self.items.agrees(code, text) for text in own):
                return code, "", ""
        if numbers:
            # The number is one criterion's and the words are another's: the table may be of another set.
            close = tuple(f"{code} {self.items.texts[code][:60]}" for code in numbers)
            return "", "", Hint("hint.nearest", close, ())
        try:
            return (self.items.find("", words[-1]), "", "") if words else ("", "", "")
        except NtmError as error:
            problem = error.problems[0]
            against = problem if problem.key in ("error.row_turned", "error.row_part") else ""
            return "", "", problem.params.get("near", against)

    # The table as a whole

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

    @cached_property
    def _titles(self) -> Titles:
        return Titles(self.grid, self._seed, self.pack, self.ledger, self.known)

    @cached_property
    def _seed(self) -> Layout:
        """A layout that says what the call says."""
        said = {"level": self.level, "province": self.province, "region": self.region}
        seed = Layout(
            pack=self.pack.reference,
            rows="indicators",
            heading=(self.first, self.last),
            columns=(Column(column="A", role="text"),),
        )
        return seed.model_copy(update=said)

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
                role = Text(say(f"layout.role.{column.role}", "vi"), say(f"layout.role.{column.role}", "en"))
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


def _is_result(column: Column) -> bool:
    return bool(RESULT.fullmatch(fold(column.heading)) or SHARE.fullmatch(_leaf(column)))


def _leaf(column: Column) -> str:
    """The lowest of a column's headings."""
    return fold(column.heading.split(" / ")[-1])
