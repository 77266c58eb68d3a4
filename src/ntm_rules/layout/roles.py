"""What each column of a table is for, by its heading and its cells."""

from __future__ import annotations

from functools import cached_property

from ..errors import NtmError
from ..normalization import fold
from ..tabular.sheet import Number, letters
from .headings import (
    AIM,
    ASIDE,
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
    is_one_of,
)
from .looking import Looking
from .model import Column, Role
from .words import (
    is_finding,
    is_section,
    leading_code,
    mark,
)


class Roles(Looking):
    """The role of each column, with the reason."""

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
            columns = [c.model_copy(update=share) if SHARE.fullmatch(leaf(c)) else c for c in columns]
        if "not_met" in roles and "met" in roles:
            return columns
        return [c.model_copy(update={"role": "mark"}) if c.role in ("met", "not_met") else c for c in columns]


def leaf(column: Column) -> str:
    """The lowest of a column's headings."""
    return fold(column.heading.split(" / ")[-1])
