"""Days as people write them."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Annotated

from pydantic import BeforeValidator

from .errors import Problem, QuantityError
from .messages import Lang

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}.*")
_VIETNAMESE = re.compile(
    r"(?:ngày\s+)?(\d{1,2})(?:\s*[-/.]\s*|\s+tháng\s+)(\d{1,2})(?:\s*[-/.]\s*|\s+năm\s+)(\d{4})", re.I
)


def read_day(raw: object) -> date:
    """A date, ``2023-08-17``, ``17/08/2023`` or ``ngày 17 tháng 8 năm 2023``; the day stands before the month.

    The one reader of days, for every door. A moment is its day, unless it has a time zone: 23:00 in London is the next
    day in Vietnam, and which of the two was meant nobody can tell.

    >>> read_day("17/8/2023")
    datetime.date(2023, 8, 17)

    Raises:
        QuantityError: anything else, numbers included.
    """
    if isinstance(raw, datetime):
        return _day_of(raw)
    if isinstance(raw, date):
        return raw
    text = " ".join(raw.split()) if isinstance(raw, str) else ""
    if _MOMENT.fullmatch(text):
        try:
            return _day_of(datetime.fromisoformat(text))
        except QuantityError:
            raise
        except ValueError:
            raise _no_day(raw) from None
    if iso := _ISO.fullmatch(text):
        year, month, day = map(int, iso.groups())
    elif vietnamese := _VIETNAMESE.fullmatch(text):
        day, month, year = map(int, vietnamese.groups())
    else:
        raise _no_day(raw)
    try:
        return date(year, month, day)
    except ValueError:
        raise _no_day(raw) from None


def day_in_words(day: date, lang: Lang) -> str:
    """A day as it stands in a text: in Vietnamese as Nghị định 30/2020/NĐ-CP writes it, from the day on.

    >>> day_in_words(date(2026, 2, 9), "vi"), day_in_words(date(2026, 2, 9), "en")
    ('09 tháng 02 năm 2026', '9 February 2026')
    """
    if lang == "en":
        return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
    # Annex I, II.4 b: a nought before days below ten and before January and February.
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    return f"{day.day:02} tháng {month} năm {day.year}"


def _day_of(moment: datetime) -> date:
    if moment.tzinfo is not None:
        raise QuantityError(Problem("error.day_zone", kind=str(moment)[:40]))
    if moment != moment:
        # pandas has a moment that is none, and equals nothing.
        raise _no_day(moment)
    return moment.date()


def _no_day(raw: object) -> QuantityError:
    return QuantityError(Problem("error.not_a_day", text=str(raw)[:40]))


Day = Annotated[date, BeforeValidator(read_day)]
