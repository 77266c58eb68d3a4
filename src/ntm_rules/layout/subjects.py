"""What each column of a table is about: the unit or the criterion in its heading, the period, the unit of measure."""

from __future__ import annotations

from functools import cached_property

from ..errors import Hint, NtmError, Problem
from ..naming import read_name
from ..normalization import fold
from ..snapshot.headers import UNIT_IN_HEADING
from ..units import ON_RECORD
from .headings import (
    ASSESSING,
    CRITERION,
    RESULT,
    RUNNING,
    SHARE,
    TEXT,
    is_heading_word,
)
from .lookup import Units
from .model import Column, Role, index
from .period import names_period
from .roles import Roles, leaf
from .senses import counts_things, is_count, is_unit, narrowed, negations, part, unit_in_brackets
from .titles import SMALL
from .understood import in_heading, others
from .words import (
    is_total,
    leading_code,
    wording,
)


class Subjects(Roles):
    """The subject of each column, and what its heading says against it."""

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
        if column.role in ("numerator", "denominator") or (SHARE.fullmatch(leaf(column)) and len(parts) > 1):
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


def _is_result(column: Column) -> bool:
    return bool(RESULT.fullmatch(fold(column.heading)) or SHARE.fullmatch(leaf(column)))
