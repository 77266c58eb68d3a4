"""Days as people write them."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Annotated

from pydantic import BeforeValidator

from .errors import Problem, QuantityError

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?Z?)?")
_VIETNAMESE = re.compile(
    r"(?:ngày\s+)?(\d{1,2})(?:\s*[-/.]\s*|\s+tháng\s+)(\d{1,2})(?:\s*[-/.]\s*|\s+năm\s+)(\d{4})", re.I
)


def read_day(raw: object) -> date:
    """A date, ``2023-08-17``, ``17/08/2023`` or ``ngày 17 tháng 8 năm 2023``; the day stands before the month.

    >>> read_day("17/8/2023")
    datetime.date(2023, 8, 17)

    Raises:
        QuantityError: anything else, numbers included.
    """
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    text = " ".join(raw.split()) if isinstance(raw, str) else ""
    if iso := _ISO.fullmatch(text):
        year, month, day = map(int, iso.groups())
    elif vietnamese := _VIETNAMESE.fullmatch(text):
        day, month, year = map(int, vietnamese.groups())
    else:
        raise QuantityError(Problem("error.not_a_day", text=str(raw)[:40]))
    try:
        return date(year, month, day)
    except ValueError:
        raise QuantityError(Problem("error.not_a_day", text=text[:40])) from None


Day = Annotated[date, BeforeValidator(read_day)]
