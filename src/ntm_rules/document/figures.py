"""One figure of a pack held against the content that is its own: what it says, and whether that is the same."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from ..errors import Problem, QuantityError
from ..messages import Text, say
from ..pack.address import REQUIRES, VERSION, Address, addressed
from ..pack.catalogue import Catalogue
from ..pack.condition import (
    GROUP,
    AnyCondition,
    AttributeCondition,
    Comparison,
    ConditionModel,
    FindingCondition,
    MeasureCondition,
    Op,
    walk,
)
from ..pack.indicator import Indicator
from ..pack.model import FigureRow, Pack
from ..pack.requirement import SIGNS, Requirements
from ..pack.threshold import AXES, Delegated, Figure, Multiple, Row, Untranscribed, years
from ..quantity.amount import Amount
from ..quantity.conversion import comparable
from ..quantity.unit import unit_label
from ..territory import Level, Region
from .criteria_table import Content, Value
from .document import Document, Table
from .pairing import Pair, wording
from .prose import sentence_with
from .reading import Found, State
from .requirement import Asked, Kind, Part, told_by, yearly
from .signs import fault

# Notes under a table: "(*) Không áp dụng đối với xã đảo; …".
_STARS = re.compile(r"(\*{1,4})(?=\)|\s*(?:/|$))")
_STARRED = re.compile(r"\((\*{1,4}|\d{1,2})\)[\s:.]*([^;]+)")


class Matcher:
    """Finds each figure of a pack among the contents paired with its indicators."""

    def __init__(
        self,
        document: Document,
        pack: Pack,
        catalogue: Catalogue,
        unread: Mapping[Table, frozenset[str]],
        pairs: Mapping[str, Pair],
        own: frozenset[Row],
    ) -> None:
        self.own = own
        self.document, self.pack, self.pairs = document, pack, pairs
        self.unread = {code: table for table, codes in unread.items() for code in codes}
        self.figures: dict[tuple[str, str, str], list[Address]] = {}
        for address, _ in addressed(pack):
            self.figures.setdefault(address[:3], []).append(address)
        self.day = document.day or self._basis_day(document)
        if self.day and pack.valid.start:
            # A decision is signed before it takes effect, and its set is read as it then was.
            self.day = max(self.day, pack.valid.start)
        self.asks = Requirements(pack, catalogue.measures_for(pack), "vi", catalogue)

    def _basis_day(self, document: Document) -> date | None:
        from ..pack.confirmation import basis_number

        wanted = basis_number(document.number)
        return next((b.issued for b in self.pack.legal_basis if basis_number(b.number) == wanted), None)

    def figure(self, address: Address, row: FigureRow) -> Found:
        """What the document says of one figure; what stands inside a sentence of its content is not understood."""
        found = self._figure(address, row)
        if found.state is State.NOT_IN_DOCUMENT and found.content is not None and isinstance(row.condition, Comparison):
            words = sentence_with(found.content, row.leaf, self.asks.unit_of(row.condition))
            if words:
                note = Problem("document.note_in_sentence", words=words[:200])
                return replace(found, state=State.NOT_UNDERSTOOD, words=words, note=note)
        if found.state is State.NOT_IN_DOCUMENT and (number := self._other_document(row)):
            return replace(found, state=State.ELSEWHERE, note=Problem("document.note_elsewhere", number=number))
        return found

    def _other_document(self, row: FigureRow) -> str:
        """The number of the document a figure is from, where this one is another of the pack's own."""
        from ..pack.confirmation import basis_number

        here = basis_number(self.document.number)
        if here not in (basis_number(one.number) for one in self.pack.legal_basis):
            return ""
        number = self.pack.basis(row.source.basis).number
        return "" if basis_number(number) == here else number

    def _figure(self, address: Address, row: FigureRow) -> Found:
        pair = self.pairs.get(row.indicator.code)
        table = self.unread.get(row.indicator.code)
        if pair is None and table is not None:
            where = Problem("document.note_unread_table", table=table.number + 1)
            return Found(address, row, State.NOT_UNDERSTOOD, note=where)
        if pair is None or not self._in_force(address, row.indicator):
            return Found(address, row, State.NOT_IN_DOCUMENT)
        spoilt = fault(pair.content.cell.text)
        if spoilt or pair.doubt is not None:
            value = next(iter(self._candidates(pair.content, address.rows)), None)
            words = value.words if value else pair.content.text
            doubt = Problem(f"document.note_{spoilt}") if spoilt else pair.doubt
            return Found(address, row, State.NOT_UNDERSTOOD, "", words, pair.content, value, pair.score, doubt)
        value = self._value(pair.content, address)
        if pair.content.turned and (value or self._candidates(pair.content, address.rows)):
            value = value or self._candidates(pair.content, address.rows)[0]
            said = Problem("document.note_context", words="; ".join(pair.content.turned)[:300])
            return Found(address, row, State.NOT_UNDERSTOOD, "", value.words, pair.content, value, pair.score, said)
        if value is None:
            several = self._candidates(pair.content, address.rows)
            words = "; ".join(dict.fromkeys(f"{v.words} ({v.heading})" for v in several))
            if not pair.content.values and (unread := [one for one in pair.content.unread if one[1]]):
                said = Problem("document.note_columns", names=unread[0][0])
                return Found(address, row, State.NOT_UNDERSTOOD, "", unread[0][1], pair.content, None, pair.score, said)
            state = State.NOT_UNDERSTOOD if several else State.NOT_IN_DOCUMENT
            note = Problem("document.note_by_column") if several else None
            first = several[0] if several else None
            return Found(address, row, state, "", words, pair.content, first, pair.score, note)
        if columns := self._columns_unread(pair.content, value, address):
            said = Problem("document.note_columns", names="; ".join(columns)[:300])
            return Found(address, row, State.NOT_UNDERSTOOD, "", value.words, pair.content, value, pair.score, said)
        if isinstance(row.leaf, Delegated) and value.asked.kind is Kind.MET and _left_to_province(pair.content):
            state, read, note = State.AGREES, say("worksheet.word_delegated", "vi"), None
        else:
            state, read, note = self._judged(address, row, value)
        if state in (State.AGREES, State.NEW) and (value.look or value.noted):
            # Another text may be what a person sees there, or what somebody has noted is meant.
            state = State.NOT_UNDERSTOOD
            note = Problem("document.note_look", words=value.look[:300]) if value.look else None
        note = note or self._marked(pair.content, value)
        return Found(address, row, state, read, value.words, pair.content, value, pair.score, note)

    def _columns_unread(self, content: Content, value: Value, address: Address) -> list[str]:
        """The columns nobody could make out that may hold what is asked, where only a common level could be read."""
        if any(_place(other) for other in (value, *content.values)):
            return []
        across = any(row in self.own or (row[0] in AXES and row[0] != "year") for row in address.rows)
        return [heading for heading, text in content.unread if text or across]

    def _marked(self, content: Content, value: Value) -> Problem | None:
        """The note behind a mark of the cell, its row or its column: it may say to whom the level does not apply."""
        notes = dict(self.document.notes)
        for text in content.table.after:
            notes |= {mark: note.strip() for mark, note in _STARRED.findall(text)}
        stars = [mark for text in (content.text, value.heading) for mark in _STARS.findall(text)]
        told = [(mark, notes[mark]) for mark in (*value.asked.marks, *value.noted, *stars) if mark in notes]
        if told:
            return Problem("document.note_mark", mark=told[0][0], text=told[0][1][:200])
        return Problem("document.note_mark_alone", mark=stars[0]) if stars else None

    def _in_force(self, address: Address, indicator: Indicator) -> bool:
        """Whether the figure belongs to the wording in force on the decision's day; others are another decision's."""
        if not indicator.versions:
            return address.part == REQUIRES
        if self.day is None:
            return False
        index = next((i for i, version in enumerate(indicator.versions) if self.day in version.valid), None)
        return address.part == (REQUIRES if index is None else f"{VERSION}.{index}")

    def _candidates(self, content: Content, rows: tuple[Row, ...]) -> list[Value]:
        wanted_years = [label for axis, label in rows if axis == "year"]
        return [value for value in content.values if not wanted_years or _year_fits(value, wanted_years)]

    def _value(self, content: Content, address: Address) -> Value | None:
        """The one value for a figure's table rows; ``None`` where there is none, or several that differ."""
        rows = address.rows
        plain = tuple(row for row in rows if (row[0] in AXES or row in self.own) and row[1] != "otherwise")
        wanted = [label for axis, label in plain if axis == "year"]
        values = [value for value in content.values if _year_fits(value, wanted)]
        across = [row for row in plain if row[0] != "year"]
        named = {axis for value in content.values for axis, _ in _place(value)}
        for axis in sorted(named):
            own = self._own(axis, across, address, values)
            if own is not None:
                values = own
        common = [value for value in values if not _place(value)]
        if across:
            alone = {(axis, one[0].value) for axis, one in self._single()}
            exact = [value for value in values if set(across) <= set(_place(value)) <= {*across, *alone}]
            # What the pack asks by region and the document of all alike is asked in every region.
            values = exact or (common if not named else [])
        elif common and len(common) < len(values) and self._governs(content, common[0], values):
            values = common
        if values and len({_asked(value) for value in values}) == 1:
            return values[0]
        return None

    def _governs(self, content: Content, common: Value, values: list[Value]) -> bool:
        """Whether the common level is what is asked of all: the other columns only say who applies it, and how."""
        free = {row for value in values if value.asked.kind is Kind.NOT_ASKED for row in _place(value)}
        if free and free != self._exempt(self.pack[self._code(content)], values):
            return False
        others = {value.asked.kind for value in values if value is not common} - {Kind.NOT_ASKED}
        if common.asked.kind is Kind.MET:
            return others <= {Kind.MET, Kind.DELEGATED, Kind.WORDS, Kind.LEVEL}
        return others <= {Kind.DELEGATED}

    def _exempt(self, indicator: Indicator, values: list[Value]) -> set[Row]:
        """The groups, of those the document has columns for, that the pack asks nothing of."""
        condition = indicator.applies_if
        inside = [c for _, c in walk(condition)] if condition is not None else []
        asked = {c.value for c in inside if isinstance(c, AttributeCondition) and c.attribute == GROUP}
        if not asked or len(asked) + (len(inside) > 1) != len(inside) or (len(inside) > 1 and not _any(inside[0])):
            return set()
        return {row for value in values for row in _place(value) if row[0] == "group" and row[1] not in asked}

    def _code(self, content: Content) -> str:
        return next(code for code, pair in self.pairs.items() if pair.content is content)

    def _own(self, axis: str, across: list[Row], address: Address, values: list[Value]) -> list[Value] | None:
        """The values for the only region, or level, of a pack that has but one; for "otherwise", those not listed."""
        if (axis, "otherwise") in address.rows:
            beside = self.figures[address[:3]]
            listed = {label for other in beside for a, label in other.rows if a == axis}
            return [v for v in values if any(a == axis and label not in listed for a, label in v.rows)]
        single = dict(self._single()).get(axis)
        if single and not any(a == axis for a, _ in across):
            mine = [v for v in values if (axis, single[0].value) in v.rows]
            return mine or None
        return None

    def _single(self) -> Iterator[tuple[str, tuple[Region, ...] | tuple[Level, ...]]]:
        """The only region, and the only level, of a pack that has but one."""
        if len(self.pack.regions) == 1:
            yield "region", self.pack.regions
        if len(self.pack.applies_to) == 1:
            yield "level", self.pack.applies_to

    def _judged(self, address: Address, row: FigureRow, value: Value) -> tuple[State, str, Problem | None]:
        asked, condition = self._levelled(value.asked, row.condition), row.condition
        if asked.kind in (Kind.WORDS, Kind.BLANK, Kind.DASH):
            prose = told_by(asked.words) if asked.kind is Kind.WORDS else asked.kind.value
            key = fault(asked.words) or prose
            return State.NOT_UNDERSTOOD, "", Problem(f"document.note_{key}")
        if asked.kind is Kind.NOT_ASKED:
            state = State.NOT_UNDERSTOOD if isinstance(row.leaf, Untranscribed) else State.DIFFERS
            return state, "", Problem("document.note_not_asked")
        inside = [
            c for _, c in walk(self._root(address, row.indicator)) if isinstance(c, (Comparison, FindingCondition))
        ]
        if isinstance(condition, FindingCondition):
            if asked.kind is Kind.MET:
                return State.AGREES, say("finding.met", "vi"), None
            if asked.kind is Kind.VALUE and len(inside) > 1:
                return State.NOT_IN_DOCUMENT, "", None
            return State.NOT_UNDERSTOOD, "", Problem("document.note_not_a_finding")
        if asked.kind is Kind.LEVEL:
            return State.NOT_UNDERSTOOD, "", Problem("document.note_level", level=asked.words)
        if asked.kind is Kind.MET:
            if any(isinstance(c, FindingCondition) for c in inside):
                return State.NOT_IN_DOCUMENT, "", None
            return State.NOT_UNDERSTOOD, "", Problem("document.note_met_for_value")
        if asked.kind is Kind.DELEGATED:
            word = say("worksheet.word_delegated", "vi")
            if isinstance(row.leaf, Delegated):
                return State.AGREES, word, None
            return State.NEW if isinstance(row.leaf, Untranscribed) else State.DIFFERS, word, None
        part = self._part(address, row, asked.parts)
        if part is None:
            return State.NOT_UNDERSTOOD, "", Problem("document.note_which_value")
        return self._compared(row, condition, part)

    def _levelled(self, asked: Asked, condition: FindingCondition | Comparison) -> Asked:
        """A level given by its name ("Khá") as the number the measure gives it."""
        if not isinstance(condition, MeasureCondition) or asked.kind not in (Kind.WORDS, Kind.LEVEL, Kind.MET):
            return asked
        number = self.asks.measures[condition.measure].level(asked.words)
        return asked if number is None else Asked(Kind.VALUE, asked.words, (Part(None, Amount.of(number)),))

    def _root(self, address: Address, indicator: Indicator) -> ConditionModel:
        if address.part.startswith(VERSION):
            return indicator.versions[int(address.part.rpartition(".")[2])].requires
        return indicator.requires

    def _part(self, address: Address, row: FigureRow, parts: tuple[Part, ...]) -> Part | None:
        """The comparison of the cell that is this figure's; ``None`` where that is not certain."""
        tree = list(walk(self._root(address, row.indicator)))
        if any(type(c).__name__ in ("ChoiceCondition", "AnyCondition", "AtLeastCondition") for _, c in tree):
            return None
        asked = [(path, c) for path, c in tree if isinstance(c, Comparison)]
        attribute = next((r for r in address.rows if r[0] not in AXES and r not in self.own), None)
        special = [part for part in parts if part.unless]
        if attribute is not None:
            if len(asked) != 1 or len(parts) != 1 + len(special) or len(special) != 1:
                return None
            name = self.asks.row(*attribute).partition(":")[0]
            mine = attribute[1] != "otherwise" and wording(special[0].words, name) >= 80
            if attribute[1] == "otherwise":
                names = [self.asks.row(a, label).partition(":")[0] for a, label in self._attribute_rows(address)]
                return parts[0] if any(wording(special[0].words, one) >= 80 for one in names) else None
            return special[0] if mine else None
        if special or len(parts) != len(asked):
            return None
        if len(asked) == 1:
            return parts[0]
        chosen: dict[str, Part] = {}
        for part in parts[1:]:
            # A unit that only one of them is measured in settles which it is.
            fits = [(path, c) for path, c in asked if comparable(part.amount.unit, self.asks.unit_of(c))]
            scores = sorted(
                ((wording(part.words, self.asks.subject(c), inside=True), path) for path, c in fits), reverse=True
            )
            scores.append((0 if len(fits) > 1 else 20, ""))
            if scores[0][0] < 75 or scores[0][0] - scores[1][0] < 10 or scores[0][1] in chosen:
                return None
            chosen[scores[0][1]] = part
        rest = [path for path, _ in asked if path not in chosen]
        chosen[rest[0]] = parts[0]
        return chosen[address.path]

    def _attribute_rows(self, address: Address) -> Iterator[Row]:
        for other in self.figures[address[:3]]:
            yield from (r for r in other.rows if r[0] not in AXES and r[1] != "otherwise")

    def _compared(self, row: FigureRow, condition: Comparison, part: Part) -> tuple[State, str, Problem | None]:
        unit = self.asks.unit_of(condition)
        try:
            amount = self._amount(part.amount, unit, condition)
        except QuantityError as error:
            return State.NOT_UNDERSTOOD, "", error.problems[0]
        text = Amount(amount.value, unit).plain()
        op = part.op
        if op is None and condition.op in (Op.AT_LEAST, Op.EQUAL_TO):
            op = condition.op
        if op is None or _signs_differ(op, condition.op, amount):
            if op is None:
                return State.DIFFERS, "", Problem("document.note_no_sign", sign=SIGNS[condition.op])
            told = Problem("document.note_sign", written=SIGNS[op], sign=SIGNS[condition.op])
            return State.DIFFERS, f"{SIGNS[op]} {text}", told
        match row.leaf:
            case Figure(value=present):
                own = present if present.unit else Amount(present.value, unit)
                same = own.to(unit).value == amount.value
                return State.AGREES if same else State.DIFFERS, text, None
            case Multiple():
                return State.DIFFERS, text, Problem("document.note_multiple")
            case _:
                return State.NEW, text, None

    def _amount(self, amount: Amount, unit: str, condition: Comparison) -> Amount:
        amount = yearly(amount, unit)
        if unit == "percent" and not amount.unit and 0 < amount.value <= 1:
            raise QuantityError(Problem("document.note_share", value=amount, unit=Text(unit_label(unit, "vi"))))
        exact = amount.to(unit) if unit and amount.unit else Amount(amount.value, unit)
        if isinstance(condition, MeasureCondition):
            self.asks.measures[condition.measure].read(exact)
        return exact


def _signs_differ(written: Op, op: Op, amount: Amount) -> bool:
    if written is op:
        return False
    # Of a share, "= 100 %" and "≥ 100 %" are one thing, and so are "= 0" and "≤ 0".
    whole = amount.unit == "percent" and amount.value == 100 and {written, op} == {Op.AT_LEAST, Op.EQUAL_TO}
    return not (whole or (amount.value == 0 and {written, op} == {Op.AT_MOST, Op.EQUAL_TO}))


def _any(condition: ConditionModel) -> bool:
    return isinstance(condition, AnyCondition)


def _left_to_province(content: Content) -> bool:
    """Whether beside a common "Đạt" every column leaves the level to the province, or asks nothing."""
    across = {value.asked.kind for value in content.values if _place(value)}
    return Kind.DELEGATED in across and across <= {Kind.DELEGATED, Kind.NOT_ASKED}


def _asked(value: Value) -> tuple[object, ...]:
    asked = value.asked
    return (asked.kind, asked.parts, asked.words if asked.kind is Kind.WORDS else "")


def _place(value: Value) -> tuple[Row, ...]:
    return tuple(row for row in value.rows if row[0] != "year")


def _year_fits(value: Value, wanted: list[str]) -> bool:
    own = [label for axis, label in value.rows if axis == "year"]
    if not wanted or "otherwise" in wanted:
        # Of the years a pack does not list a document says something only where it names none.
        return not own
    return all(set(years(label)) <= set(years(one)) for label in wanted for one in own) and bool(own)
