"""A table as it is looked at before it has a layout: where its heading stands, and the rows under it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cached_property

from ..errors import NtmError, Problem
from ..messages import Lang, say
from ..naming import read_name
from ..normalization import fold
from ..pack.model import Pack
from ..snapshot.builder import SnapshotBuilder
from ..snapshot.headers import UNIT_IN_HEADING, measured_in, numbers_columns
from ..snapshot.unit import Unit
from ..territory import Level, Region
from ..wordings import written_out
from .grid import Grid
from .headings import is_heading_word
from .legends import is_legend
from .lookup import Items
from .model import Column, Layout
from .senses import unit_in_brackets
from .titles import Titles
from .words import is_finding, is_section, is_signature, is_total, names_people

_SEARCHED = 40


class Looking:
    """A table without a layout, what the call says of it, and the doubts so far."""

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

    def _find_heading(self) -> bool:
        for row in self.grid.rows[:_SEARCHED]:
            texts = (self.grid.text(row, column, spread=True) for column in self.grid.columns)
            distinct = {fold(text): text for text in texts if text}
            others = [text for folded, text in distinct.items() if not is_heading_word(folded)]
            words = len(distinct) - len(others)
            # One word of headings is enough beside units alone, or measures alone.
            if len(distinct) >= 3 and (words > 1 or (words and self._all_named(others))):
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

    def _all_named(self, texts: Sequence[str]) -> bool:
        """Whether all texts are names of units, or all are codes of indicators, or all name measures."""
        codes = [self.items.code(text) for text in texts]
        named = all(read_name(text).levels for text in texts) or all(self._measure_in(text) for text in texts)
        return named or (all(codes) and any("." in code for code in codes))

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
