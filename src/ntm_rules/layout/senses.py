"""What a wording says beside the indicator it is like: the contrary, a part of the people, a count, a target."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from ..errors import turning
from ..normalization import fold
from ..quantity.amount import Amount
from ..quantity.unit import find_unit
from ..wordings import excepting
from .grid import Grid
from .model import Column, Layout, index
from .period import names_period
from .totals import additive
from .words import is_finding, wording

# A part of the people by the word that says so; an indicator in whose own text the word stands is about them.
_PARTS = (
    *("trong đó", "nữ", "nam giới", "dân tộc", "trẻ em", "cao tuổi", "khuyết tật", "cận nghèo"),
    *("female", "women", "of which"),
)
_SHORT_PARTS = {"dtts": "dân tộc", "hộ nghèo": "nghèo", "người nghèo": "nghèo"}
_COUNT = re.compile(r"(?:tổng )?số (?!liệu|kết quả|thứ tự)|(?:the )?number of ")
_TARGET = re.compile(r"chỉ tiêu|kế hoạch|mục tiêu|yêu cầu|\bmức\b|\bkh\b|\btarget\b|\bplan\b")
# “Kết quả thực hiện các chỉ tiêu” is about indicators.
_INDICATORS = re.compile(r"\b(?:các|từng|theo|những|một số|thực hiện) chỉ tiêu\b")
# How far a target was reached, and no result: “Thực hiện chỉ tiêu (%)”, “Thực hiện/Chỉ tiêu”.
_OF_TARGET = re.compile(
    r"(?:^|\b(?:t[ỷỉ] lệ|mức|phần trăm|%)\s+)thực hiện chỉ tiêu\b"
    r"|(?:[/:]|\btrên|\bso với)\s*(?:các\s+)?(?:chỉ tiêu|kế hoạch|mục tiêu|yêu cầu|mức)\b"
)
_BRACKET = re.compile(r"[\[(]([^\[\]()]*)[\])]")
_BOTH = re.compile(r"cả nam(?: và|,) nữ")
_UNSAYING = re.compile(r"[*\d.,\s%=+/x:-]*|[a-zđ]|lần|tự đánh giá|nếu có|ghi rõ|l[uũ][yỹ] kế|luỹ kế|đạt|đạt/chưa đạt")


def turned(text: str, known: str) -> bool:
    """Whether a word on one side only turns the meaning round; a text that merely stops before such a word is cut.

    >>> turned("Tỷ lệ hộ chưa có nhà ở kiên cố", "Tỷ lệ hộ có nhà ở kiên cố")
    True
    """
    if f"{wording(known)} ".startswith(f"{wording(text)} "):
        return False
    return negations(text) != negations(known) or set(excepting(text)) != set(excepting(known))


def negations(text: str) -> int:
    """How often a text says không, chưa, not."""
    return turning(text)["không"]


def part(text: str, known: str = "") -> str:
    """The word that says a text is about a part of the people, where what it is like is not.

    >>> part("Kết quả (nữ)"), part("Tỷ lệ hộ nghèo", "Tỷ lệ nghèo đa chiều")
    ('nữ', '')
    """
    # What an indicator says in brackets of all its parts says nothing of one.
    said, own = _BOTH.sub("", fold(text)), fold(known)
    for inside in _BRACKET.findall(own):
        said, own = said.replace(inside, ""), own.replace(inside, "")
    for word, root in (*((word, word) for word in _PARTS), *_SHORT_PARTS.items()):
        if re.search(rf"\b{word}\b", said) and root not in own:
            return word
    return ""


def narrowed(text: str) -> str:
    """What a heading of results says that makes them no results of the whole: a part, the contrary, a count, a bracket.

    >>> [narrowed(text) for text in ("Kết quả (%)", "Kết quả (nữ)", "Kết quả (khu A)", "Số hộ", "Chưa thực hiện")]
    ['', 'nữ', 'khu A', 'Số hộ', 'Chưa thực hiện']
    """
    if found := part(text):
        return found
    if negations(text) or is_count(text) or _OF_TARGET.search(fold(text)):
        return text
    return next(
        (inside for inside in _BRACKET.findall(text) if not _says_nothing(inside) and not names_period(inside)), ""
    )


def _says_nothing(inside: str) -> bool:
    return bool(_UNSAYING.fullmatch(fold(inside))) or names_period(inside) or find_unit(inside) is not None


def brackets(text: str) -> list[str]:
    """What stands in brackets in a text."""
    return _BRACKET.findall(text)


def without_brackets(text: str) -> str:
    """A text without what stands in brackets in it."""
    return _BRACKET.sub(" ", text)


def unit_in_brackets(text: str) -> str:
    """The unit that a wording or heading gives in brackets; empty: none, or what is there is no unit.

    >>> unit_in_brackets("Kết quả (ĐVT: hộ)"), unit_in_brackets("Kết quả (%)"), unit_in_brackets("Kết quả (nữ)")
    ('hộ', '%', '')
    """
    for inside in _BRACKET.findall(text):
        written = re.sub(r"^(?:đvt|đơn vị(?: tính)?)\s*:\s*", "", inside.strip(), flags=re.IGNORECASE)
        if is_unit(written):
            return written
    return ""


def is_unit(text: str) -> bool:
    """Whether a text is the name of a unit of measure, in small or capital letters."""
    return bool(text.strip()) and any(find_unit(written) is not None for written in (text, text.lower()))


def is_count(text: str, known: str = "") -> bool:
    """Whether a wording is that of a count, where what it is like is not.

    >>> is_count("Số hộ có nhà ở kiên cố"), is_count("Số liệu"), is_count("Số hộ, tỷ lệ (%)")
    (True, False, False)
    """
    said = fold(text)
    shared = "%" in said or re.search(r"\bt[ỷỉ] lệ\b", said)
    return bool(_COUNT.match(said)) and not shared and not _COUNT.match(fold(known))


def restates(grid: Grid, layout: Layout | Sequence[Column], row: int, column: int) -> bool:
    """Whether a cell of results repeats the words of what is required beside it (“Không”, “Không”), where a mark in the
    row says whether that is met."""
    columns = layout.columns if isinstance(layout, Layout) else layout
    text = fold(grid.text(row, column))
    if not text or any(letter.isdigit() for letter in text) or is_finding(text):
        return False
    beside = [(one.role, grid.text(row, index(one.column))) for one in columns]
    required = any(role == "pass" and fold(said) == text for role, said in beside)
    return required and any(role == "mark" and is_finding(said) for role, said in beside)


def counts_things(unit: str) -> bool:
    """Whether a unit is one of things that are counted, such as hộ or người; no unit is none."""
    named = find_unit(unit)
    return named is not None and additive(Amount(Decimal(1), named))


def is_target(heading: str) -> bool:
    """Whether a heading says that what was asked for stands under it.

    >>> is_target("Kết quả/Chỉ tiêu"), is_target("Kết quả thực hiện các chỉ tiêu")
    (True, False)
    """
    return bool(_TARGET.search(_INDICATORS.sub("", fold(heading))))
