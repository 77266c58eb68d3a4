"""Periods of reports as the day their figures are of: the last day of the period."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from ..normalization import fold


class Period(NamedTuple):
    """From one day to another, both included; figures of a period are figures as of its last day."""

    start: date
    end: date

    def __str__(self) -> str:
        """As a layout has it, and ``find_period`` reads it."""
        last = f"{self.end:%d/%m/%Y}"
        return last if self.start == self.end else f"từ {self.start:%d/%m/%Y} đến {last}"


_YEAR = r"(?:(?:/|\s*,?\s*(?:của\s+)?năm\s+|\s+|-)(?P<year>(?:19|20)\d\d))?"
_DAY = r"(?<![\d.,/])(?P<day>\d{1,2})\s*(?:/|-|\.|\s+tháng\s+)\s*(?P<month>\d{1,2})"
_ENDS = r"(?=31/0?[13578]$|31/1[02]$|30/0?[469]$|30/11$|2[89]/0?2$|(?:19|20)\d\d$)"
_SHORT = r"^(?:th|kq|kết quả|thực hiện)\s+" + _ENDS
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_FORMS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("day", re.compile(_DAY + r"(?:/|-|\.|\s*,?\s*(?:của\s+)?năm\s+|\s+)(?P<year>(?:19|20)\d\d)(?!\d)")),
    # Without its year a day has to be called one: 3/4 and 2.5 may be anything.
    ("day", re.compile(r"(?:ngày|đến|tới|lúc)\s+" + _DAY + r"(?![\d.,]*\d|\s*%)")),
    ("last_six", re.compile(r"6\s+tháng\s+cuối" + _YEAR)),
    ("first", re.compile(r"(?P<count>\d{1,2})\s+tháng(?:\s+đầu)?" + _YEAR)),
    ("quarter", re.compile(r"quý\s+(?P<quarter>iv|iii|ii|i|[1-4])\b" + _YEAR)),
    ("month", re.compile(r"tháng\s+(?P<month>\d{1,2})\b" + _YEAR)),
    # A heading of results is short: “TH T6/2024”, “TH 2023”, “Kết quả 30/6”, which only the last day of a month is.
    ("month", re.compile(r"\bt\.?(?P<month>\d{1,2})/(?P<year>(?:19|20)\d\d)(?!\d)")),
    ("day", re.compile(_SHORT + r"(?P<day>\d{2})/(?P<month>\d{1,2})$")),
    ("year", re.compile(_SHORT + r"(?P<year>(?:19|20)\d\d)$")),
    ("year", re.compile(r"(?:cả\s+)?năm\s+(?P<year>(?:19|20)\d\d)(?!\s*[-–]\s*\d)|^(?P<bare>(?:19|20)\d\d)$")),
    ("year", re.compile(r"\bcả\s+năm\b")),
)
# “Năm 2022, 2023”, “năm 2022/2023”: two years.
_YEARS = re.compile(r"năm\s+(?:19|20)\d\d(?:\s*(?:,|;|/|&|\+|và)\s*(?:năm\s+)?(?:19|20)\d\d(?![\d/]))+")

# The years of a programme are no period of figures.
_TERM = re.compile(
    r"(?:giai đoạn|nhiệm kỳ)\s+(?:từ\s+)?(?:năm\s+)?\d{4}\s*(?:[-–]|đến)\s*(?:năm\s+)?\d{4}|\d{4}\s*[-–]\s*\d{4}"
)
_ONE = r"(?:(?:ngày|tháng|quý|năm)\s+)*[\divx][\divx/.\s-]*(?:(?:tháng|năm)\s+[\d/]+\s*)*"
_RANGE = re.compile(
    rf"(?<!\w)(?:từ\s+)?(?P<first>{_ONE}|đầu năm(?:\s+\d+)?)\s*(?:đến|tới|–|-)\s*(?:hết\s+)?(?P<last>{_ONE})"
)


def find_period(text: str, year: int | None = None) -> Period | None:
    """The one period that a text names; ``year`` serves one that gives none. ``None``: it names none, several that are
    not one inside the other, or no year is known.

    >>> [str(find_period(text).end) for text in ("6 tháng đầu năm 2024", "Quý III/2023", "năm 2022", "tháng 8/2023")]
    ['2024-06-30', '2023-09-30', '2022-12-31', '2023-08-31']
    >>> str(find_period("Đến ngày 30/6/2031").end), find_period("TH 6 tháng"), str(find_period("năm trước", 2024).end)
    ('2031-06-30', None, '2023-12-31')
    >>> str(find_period("Từ ngày 01/01/2023 đến ngày 15/11/2023").end), find_period("hết năm 2022 và ước năm 2023")
    ('2023-11-15', None)
    """
    found = narrowest(periods(text, year))
    return None if found is not None and not whole_year(text, found) else found


def whole_year(text: str, period: Period) -> bool:
    """Whether a period is as long as a text says that has the words “cả năm”: “tháng 6, cả năm 2024” is not one."""
    return "cả năm" not in fold(text) or (period.end.month, period.end.day) == (12, 31)


def narrowest(found: Sequence[Period]) -> Period | None:
    """“Năm 2024 (đến 30/6/2024)”: the narrower period says it, where it lies in the wider ones."""
    least = min(found, key=lambda one: one.end - one.start, default=None)
    if least is None or not all(one.start <= least.start and least.end <= one.end for one in found):
        return None
    return least


def periods(text: str, year: int | None = None) -> tuple[Period, ...]:
    """Every period that a text names, each once; from one day to another is one."""
    word = _YEARS.sub(lambda years: re.sub(r"\D+", " năm ", years[0]), _TERM.sub(" ", fold(text)))
    if "năm trước" in word:
        return (Period(date(year - 1, 1, 1), date(year - 1, 12, 31)),) if year else ()
    found: dict[Period, None] = {}
    if (spanning := _RANGE.search(word)) and (last := find_period(spanning["last"], year)) is not None:
        first = find_period(spanning["first"], last.end.year)
        if first is not None and first.start <= last.end:
            found[Period(first.start, last.end)] = None
            word = word.replace(spanning.group(), " ")
    for kind, form in _FORMS:
        for one in form.finditer(word):
            parts = one.groupdict()
            named = parts.get("year") or parts.get("bare")
            told = int(named) if named else year
            try:
                if told:
                    found[_period(kind, parts, told)] = None
            except ValueError:
                continue
        # What is a part of a longer form is none of its own: “năm 2024” in “6 tháng đầu năm 2024”.
        word = form.sub(" ", word)
    return tuple(found)


def without_periods(text: str) -> str:
    """A text without the periods and the terms of programmes in it.

    >>> without_periods("Kết quả 6 tháng đầu năm 2024")
    'kết quả |'
    """
    word = _YEARS.sub("|", _TERM.sub("|", fold(text))).replace("năm trước", "|")
    for form in (_RANGE, *(form for _, form in _FORMS)):
        word = form.sub("|", word)
    return word


def names_period(text: str) -> bool:
    """Whether a text names a period, with its year or without."""
    return bool(periods(text, 2000))


def _period(kind: str, parts: dict[str, str | None], year: int) -> Period:
    def number(name: str) -> int:
        return int(parts[name] or 0)

    match kind:
        case "day":
            day = date(year, number("month"), number("day"))
            return Period(day, day)
        case "first":
            return Period(date(year, 1, 1), _last(year, number("count")))
        case "last_six":
            return Period(date(year, 7, 1), date(year, 12, 31))
        case "quarter":
            word = str(parts["quarter"])
            quarter = _ROMAN.get(word) or int(word)
            return Period(date(year, 3 * quarter - 2, 1), _last(year, 3 * quarter))
        case "month":
            return Period(date(year, number("month"), 1), _last(year, number("month")))
        case _:
            return Period(date(year, 1, 1), date(year, 12, 31))


def _last(year: int, month: int) -> date:
    if not 1 <= month <= 12:
        raise ValueError(month)
    return date(year, month, monthrange(year, month)[1])
