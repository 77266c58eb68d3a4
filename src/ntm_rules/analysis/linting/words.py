"""Rules that hold a figure and its comparison against the words of its own indicator."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from ...errors import QuantityError
from ...messages import LANGS, Lang, Text
from ...normalization import fold
from ...pack.condition import Comparison, Op, TotalCondition, unit_asked
from ...pack.requirement import SIGNS
from ...pack.threshold import Figure
from ...quantity.amount import Amount
from ...quantity.conversion import comparable
from ...quantity.number import parse_number
from ...quantity.unit import find_unit
from .subject import Asked, LintFinding, Subject

# A unit is written in so many words at most: "triệu đồng/người/năm", "million VND/person/year".
_LONGEST = 4
_NUMBER = re.compile(r"(?<![\d.,/])\d+(?:[.,]\d+)*(?![\d/])")
_WORD = re.compile(r"\s*([^\s,;:()%\d]+[^\s,;:()%]*)")
# "50 đến dưới 70 điểm": the first number is in the unit of the second.
_UP_TO = re.compile(r"\s*(?:đến|tới|to|-|–)\s*(?:dưới|below|under)?\s*(?=\d)")
_PER_CENT = re.compile(r"\s*%")
_A_DATE = re.compile(r"\b(?:ngày|tháng|quý|năm|điều|khoản|điểm|mục|phụ lục|article|annex)\s*$")
_BEFORE: dict[str, Op] = {
    "≥": Op.AT_LEAST, ">=": Op.AT_LEAST, "≤": Op.AT_MOST, "<=": Op.AT_MOST, ">": Op.MORE_THAN, "<": Op.LESS_THAN,
    "ít nhất": Op.AT_LEAST, "tối thiểu": Op.AT_LEAST, "không dưới": Op.AT_LEAST, "không thấp hơn": Op.AT_LEAST,
    "tối đa": Op.AT_MOST, "không quá": Op.AT_MOST, "không vượt quá": Op.AT_MOST, "không cao hơn": Op.AT_MOST,
    "trên": Op.MORE_THAN, "lớn hơn": Op.MORE_THAN, "cao hơn": Op.MORE_THAN,
    "dưới": Op.LESS_THAN, "nhỏ hơn": Op.LESS_THAN, "thấp hơn": Op.LESS_THAN,
    "at least": Op.AT_LEAST, "no less than": Op.AT_LEAST, "not less than": Op.AT_LEAST,
    "at most": Op.AT_MOST, "no more than": Op.AT_MOST, "not more than": Op.AT_MOST, "not exceeding": Op.AT_MOST,
    "more than": Op.MORE_THAN, "over": Op.MORE_THAN, "above": Op.MORE_THAN,
    "less than": Op.LESS_THAN, "under": Op.LESS_THAN, "below": Op.LESS_THAN,
}  # fmt: skip
_AFTER = {"trở lên": Op.AT_LEAST, "trở xuống": Op.AT_MOST, "or more": Op.AT_LEAST, "or less": Op.AT_MOST}
_SIGN = re.compile(rf"(?<!\w)({'|'.join(sorted(map(re.escape, _BEFORE), key=len, reverse=True))})\s*(?:đạt\s*)?$")
_END = re.compile(rf"^\s*({'|'.join(_AFTER)})\b")
# "không để tỷ lệ dưới 80 %" asks for the opposite of what stands before the number.
_DENIED = re.compile(r"\b(?:không|chưa|not|no)\b[^.;:,]{0,60}$")


class _Told(NamedTuple):
    """An amount in words, and the comparison they make with it, where they make one."""

    amount: Amount
    op: Op | None


def _amounts(text: str, lang: Lang) -> Iterator[_Told]:
    """The amounts with a unit that a text names."""
    words = fold(text)
    for found in _NUMBER.finditer(words):
        before, at = words[: found.start()], found.end()
        if (further := _UP_TO.match(words, at)) and (other := _NUMBER.match(words, further.end())):
            at = other.end()
        unit, end = _unit_at(words, at)
        if not unit or (unit != "percent" and _A_DATE.search(before)):
            continue
        try:
            amount = Amount(parse_number(found[0], lang), unit)
        except QuantityError:
            continue
        yield _Told(amount, _compared(before, words[end:] if at == found.end() else ""))


def _unit_at(words: str, at: int) -> tuple[str, int]:
    """The longest unit that stands at a place of a text, and where it ends."""
    if percent := _PER_CENT.match(words, at):
        return "percent", percent.end()
    ends = [at]
    while len(ends) <= _LONGEST and (word := _WORD.match(words, ends[-1])):
        ends.append(word.end())
    for end in reversed(ends[1:]):
        written = words[at:end].strip().rstrip(".")
        if (unit := find_unit(written)) is not None:
            return unit, end
    return "", at


def _compared(before: str, after: str) -> Op | None:
    if found := _END.search(after):
        return _AFTER[found[1]]
    sign = _SIGN.search(before)
    return None if sign is None or _DENIED.search(before[: sign.start()]) else _BEFORE[sign[1]]


def _in_unit(told: Amount, unit: str) -> frozenset[Decimal]:
    """What a text's amount can be in a figure's unit: "48 triệu đồng" may be one a year, or one a month."""
    if comparable(told.unit, unit):
        return frozenset((told.to(unit).value,))
    counted, _, per = unit.partition("/")
    if per and "/" not in told.unit and comparable(told.unit, counted):
        value = told.to(counted).value
        return frozenset((value, value * 12))
    return frozenset()


def told_otherwise(subject: Subject) -> Iterator[LintFinding]:
    """A figure that is none of those in the words of its own indicator, or that they compare another way."""
    for asked in subject.asked():
        condition = asked.condition
        # A guard may be about something the words do not tell.
        if not isinstance(condition, Comparison) or {"when", "applies_if"} & set(asked.path):
            continue
        if isinstance(condition, TotalCondition):
            yield from _points(subject, asked, condition)
        # What a province sets stands beside the nation's words, which keep the nation's figure.
        if isinstance(condition.threshold, Figure) and not condition.threshold.set_by:
            given = condition.threshold.value
            figure = given if given.unit else Amount(given.value, unit_asked(condition, subject.measures))
            yield from _figure(subject, asked, condition.op, figure)


def _figure(subject: Subject, asked: Asked, op: Op, figure: Amount) -> Iterator[LintFinding]:
    text, code = (asked.version and asked.version.text) or asked.indicator.text, asked.indicator.code
    told = [one for lang in LANGS for one in _amounts(text.text(lang), lang)]
    if asked.indicator in subject.pack.grades:
        # Where a grade ends is where the next one begins.
        told = [one for one in told if one.op is None or one.op.wants == op.wants]
    alike = [(one, values) for one in told if (values := _in_unit(one.amount, figure.unit))]
    same = [one for one, values in alike if figure.value in values]
    path = (*asked.path, "threshold")
    if alike and not same:
        named = _named(one.amount for one, _ in alike)
        yield subject.found("told_otherwise", code, path, severity="warning", figure=figure, told=named)
    ops = dict.fromkeys(one.op for one in same if one.op is not None)
    if ops and op not in ops:
        signs = ", ".join(SIGNS[one] for one in ops)
        yield subject.found(
            "told_otherwise", code, path, severity="warning", variant="sign", sign=SIGNS[op], told=signs, figure=figure
        )


def _points(subject: Subject, asked: Asked, total: TotalCondition) -> Iterator[LintFinding]:
    """Points that the words of the indicator which earns them tell otherwise."""
    named = {one.code: one for one in subject.pack.coded()}
    for index, term in enumerate(total.total_of):
        if (
            isinstance(term, str)
            or term.indicator not in named
            or isinstance(named[term.indicator].requires, Comparison)
        ):
            continue
        text = named[term.indicator].text
        told = [one.amount for lang in LANGS for one in _amounts(text.text(lang), lang) if one.amount.unit == "point"]
        if told and term.points not in {one.value for one in told}:
            yield subject.found(
                "told_otherwise", asked.indicator.code, (*asked.path, "total_of", index), severity="warning",
                variant="points", other=term.indicator, figure=Amount(term.points, "point"), told=_named(told),
            )  # fmt: skip


def _named(amounts: Iterable[Amount]) -> Text:
    told = tuple(dict.fromkeys(amounts))
    return Text(*(", ".join(amount.text(lang) for amount in told) for lang in LANGS))
