"""What a cell asks, from its words: a small closed grammar. What it does not wholly understand stays words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from ..errors import QuantityError
from ..normalization import fold, tidy
from ..pack.condition import Op
from ..quantity.amount import Amount
from .signs import fault


class Kind(StrEnum):
    """What kind of thing a cell asks."""

    MET = "met"
    VALUE = "value"
    LEVEL = "level"
    DELEGATED = "delegated"
    NOT_ASKED = "not_asked"
    DASH = "dash"
    BLANK = "blank"
    WORDS = "words"


@dataclass(frozen=True)
class Part:
    """One comparison of a cell: the sign (``None``: the cell writes none), the amount, and the words it is about.

    ``unless`` marks a value that holds only for the units its words name ("đối với xã đảo: ≥ 65%").
    """

    op: Op | None
    amount: Amount
    words: str = ""
    unless: bool = False


@dataclass(frozen=True)
class Asked:
    """What a cell asks: its kind, its comparisons where it asks for values, its words, the marks of its notes."""

    kind: Kind
    words: str
    parts: tuple[Part, ...] = ()
    marks: tuple[str, ...] = ()


_MARK = re.compile(r"\s*(?:\[(c?\d{1,3}|\*+)\]|\((\*{1,4}|\d{1,2})\)|(\*{1,4}))\s*$")
_MET = {"đạt", "đạt chuẩn", "đạt yêu cầu"}
_NOT_ASKED = {"không quy định", "không áp dụng", "không yêu cầu", "không xét", "không đánh giá"}
_DASHES = {"-", "–", "—", "−"}
_PROVINCE = (
    r"(?:ubnd|ủy ban nhân dân|uỷ ban nhân dân)\s+(?:cấp\s+)?tỉnh(?:,?\s+thành phố)?(?:\s+trực thuộc trung ương)?"
    r"|(?:do\s+)?cấp tỉnh|(?:các\s+)?tỉnh,?\s+thành phố|địa phương"
)
# The law leaves the value to the province, whatever ministry guides it; a figure in such a text makes it prose.
_DELEGATED = re.compile(
    rf"^(?:[^\d;.]{{0,300}}\bhướng dẫn[^\d;]{{0,120}};\s*)?(?:{_PROVINCE})\s+(?:căn cứ [^\d;]{{0,120}})?"
    r"(?:quy định|ban hành)(?:\s+cụ thể)?(?:\s+mức đạt chuẩn)?"
    r"(?:\s+(?:việc áp dụng\s+)?(?:đối với|cho)\s+(?:từng nhóm xã|xã nhóm \d(?:(?:,| và) xã nhóm \d)*"
    r"|nhóm xã \d(?:(?:,| và) (?:nhóm )?xã (?:nhóm )?\d)*))?[.;]?$"
)
_AMOUNT = r"\d(?:[\d.,\s]*\d)?"
_SIGNS: dict[str, Op] = {
    "≥": Op.AT_LEAST, ">=": Op.AT_LEAST, "=>": Op.AT_LEAST, "≤": Op.AT_MOST, "<=": Op.AT_MOST, "=<": Op.AT_MOST,
    ">": Op.MORE_THAN, "<": Op.LESS_THAN, "=": Op.EQUAL_TO, "bằng": Op.EQUAL_TO,
    "ít nhất": Op.AT_LEAST, "có ít nhất": Op.AT_LEAST, "tối thiểu": Op.AT_LEAST, "đạt tối thiểu": Op.AT_LEAST,
    "tối thiểu đạt": Op.AT_LEAST, "không dưới": Op.AT_LEAST, "không thấp hơn": Op.AT_LEAST, "không ít hơn": Op.AT_LEAST,
    "tối đa": Op.AT_MOST, "không quá": Op.AT_MOST, "không vượt quá": Op.AT_MOST, "không cao hơn": Op.AT_MOST,
    "không trên": Op.AT_MOST,
    "trên": Op.MORE_THAN, "đạt trên": Op.MORE_THAN, "lớn hơn": Op.MORE_THAN, "cao hơn": Op.MORE_THAN,
    "dưới": Op.LESS_THAN, "nhỏ hơn": Op.LESS_THAN, "thấp hơn": Op.LESS_THAN,
}  # fmt: skip
_RANGE = re.compile(
    rf"^(?:bình quân\s+)?(?:đạt\s+)?(?:từ\s+|trên\s+)?{_AMOUNT}\s*[^\d\s,;()]{{0,20}}\s*(?:[-–—]|đến)"
    rf"\s*(?:dưới\s+)?{_AMOUNT}[^\d,;()]*$"
)
_LEFT = re.compile(rf"\b(?:{_PROVINCE})\s+(?:quy định|ban hành)")
_FIGURE = re.compile(
    r"[≥≤<>=]\s*\d|\d\s*%|\d\s+trở (?:lên|xuống)|\b(?:ít nhất|tối thiểu|tối đa|trên|dưới|không quá)\s+\d"
)
_ENDS = {"trở lên": Op.AT_LEAST, "trở xuống": Op.AT_MOST}
_BEFORE = "|".join(sorted(map(re.escape, _SIGNS), key=len, reverse=True))
_ONE = re.compile(
    rf"^(?:(?P<lead>đạt tỷ lệ|đạt từ|từ|đạt|có|tỷ lệ)\s*)?(?P<sign>{_BEFORE})?\s*(?P<number>{_AMOUNT})(?P<rest>.*)$"
)
_TAIL = re.compile(r"^(?P<unit>.*?)(?:\s*\b(?P<end>trở lên|trở xuống))?$")
_INNER = re.compile(r"^(?P<main>[^(;]+?)\s*(?:\((?P<bracket>[^()]+)\)|[;,]\s*(?P<after>trong đó\b.+))$")
_UNLESS = re.compile(r"^(?:riêng\s+)?(?:đối với|riêng)\s+(?P<who>.+?)\s*[:,]\s*(?P<value>.+)$")


def asked(text: str, *, dash: str = "", unit: str = "") -> Asked:
    """What the text of a cell asks.

    ``dash`` is what a note of the table says a dash means (``"not_asked"``); ``unit`` the unit the row or the column
    gives to a bare number.

    >>> asked("≥65% (≥25% từ hệ thống cấp nước tập trung)").parts[1].words
    'từ hệ thống cấp nước tập trung'
    >>> [asked(words).kind.value for words in ("Đạt", "70 - 80%", "Không quy định", "UBND cấp tỉnh quy định cụ thể")]
    ['met', 'words', 'not_asked', 'delegated']
    """
    words = tidy(text)
    if fault(words):
        return Asked(Kind.WORDS, words)
    plain, marks = _unmarked(words)
    folded = fold(plain).rstrip(".;").strip()
    framed = re.fullmatch(r"\((\s*(?:[≥≤<>]|=>|=<)[^()]+)\)", folded)
    folded = framed[1].strip() if framed else folded
    if not folded:
        return Asked(Kind.BLANK, words, marks=marks)
    if folded in _DASHES:
        return Asked(Kind.NOT_ASKED if dash == Kind.NOT_ASKED else Kind.DASH, words, marks=marks)
    for known, kind in ((_MET, Kind.MET), (_NOT_ASKED, Kind.NOT_ASKED)):
        if folded in known:
            return Asked(kind, words, marks=marks)
    if _DELEGATED.match(folded):
        return Asked(Kind.DELEGATED, words, marks=marks)
    if folded == "không":
        return Asked(Kind.VALUE, words, (Part(Op.AT_MOST, Amount.of(0)),), marks)
    parts = _parts(folded, unit)
    return Asked(Kind.VALUE if parts else Kind.WORDS, words, parts, marks)


def told_by(words: str) -> str:
    """Why a cell kept in its words is none of the other kinds: a range, a province's to set, figures inside, prose.

    >>> told_by("Từ 60% đến dưới 75%"), told_by("Có quy hoạch chung xã")
    ('range', 'words')
    >>> told_by("UBND cấp tỉnh quy định cụ thể, đảm bảo bình quân các xã ≥65%"), told_by("Đường thôn đạt tỷ lệ ≥90%")
    ('left_in_words', 'figures')
    """
    folded = fold(_unmarked(words)[0])
    if _RANGE.match(folded):
        return "range"
    if _LEFT.search(folded):
        return "left_in_words"
    return "figures" if _FIGURE.search(folded) else "words"


def _unmarked(words: str) -> tuple[str, tuple[str, ...]]:
    marks: list[str] = []
    while match := _MARK.search(words):
        rest = words[: match.start()]
        if match[2] and match[2].isdigit() and not rest.strip():
            break
        marks.insert(0, next(group for group in match.groups() if group))
        words = rest
    return words, tuple(marks)


def _parts(folded: str, unit: str) -> tuple[Part, ...]:
    one = _one(folded, unit)
    if one is not None:
        return () if one.words else (one,)
    inner = _INNER.match(folded)
    if inner is None:
        return ()
    main = _one(inner["main"].strip(), unit)
    if main is None or main.words:
        return ()
    texts = re.split(r"\s*;\s*", inner["bracket"] or inner["after"])
    found = [_within(text.strip()) for text in texts]
    return () if None in found else (main, *(part for part in found if part is not None))


def _within(text: str) -> Part | None:
    """A comparison inside brackets: "≥ 25% từ …", "trong đó …", "đối với xã …: ≥ 65%"."""
    special = _UNLESS.match(text)
    if special:
        part = _one(special["value"], "")
        return None if part is None or part.words else Part(part.op, part.amount, special["who"], unless=True)
    text = re.sub(r"^trong đó(?:\s+có)?[:,]?\s*", "", text)
    part = _one(text, "", trailing=True)
    return part if part is not None and part.words else None


def _one(text: str, unit: str, *, trailing: bool = False) -> Part | None:
    """A single comparison that takes up the whole text, or with ``trailing`` the beginning of it."""
    match = _ONE.match(text)
    if match is None:
        return None
    sign, lead, rest = match["sign"], match["lead"] or "", match["rest"].strip()
    words = ""
    read = _tail(match["number"], rest, unit)
    if read is None and trailing:
        pieces = rest.split(" ")
        for count in range(min(len(pieces), 6), -1, -1):
            read = _tail(match["number"], " ".join(pieces[:count]), unit)
            if read is not None:
                words = " ".join(pieces[count:])
                break
    if read is None:
        return None
    amount, end = read
    op = _SIGNS[sign] if sign else None
    if end is not None:
        # "Trên 90% trở lên" says two things; "≥ 90% trở lên" says one twice.
        if op not in (None, end):
            return None
        op = end
    elif lead.endswith("từ"):
        return None
    return Part(op, amount, words)


def _tail(number: str, rest: str, unit: str) -> tuple[Amount, Op | None] | None:
    match = _TAIL.match(rest)
    assert match is not None
    written = match["unit"].strip()
    if written.startswith("điểm") and written != "điểm":
        # Points of per cent are a step from one share to another.
        return None
    try:
        # Decisions are written in Vietnamese: the point groups thousands.
        amount = Amount.of(f"{number.strip()} {written}".strip(), "vi")
        if unit and not amount.unit:
            amount = amount.to(unit)
    except QuantityError:
        return None
    if amount.counts is not None:
        # "70%/90%" is two levels, "1/2" half of something: no level is a division.
        return None
    return amount, _ENDS[match["end"]] if match["end"] else None


def yearly(amount: Amount, unit: str) -> Amount:
    """The amount in ``unit`` where a table says "triệu đồng/người" of an income that is by the year all the same."""
    return Amount(amount.value, unit) if amount.unit and unit.startswith(f"{amount.unit}/") else amount
