"""A decision that gave a unit a title."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from pydantic import model_validator

from ..day import Day
from ..errors import Problem, QuantityError
from ..messages import in_both
from ..pack.reference import Reference
from .given import DayGiven
from .observation import Clean
from .unit import Facts


def ends_before(end: str, day: date, on: date) -> Problem:
    """What is wrong with a title whose expiry (``until``) or revocation (``revoked``) is before it was given."""
    return Problem("error.until_before", what=in_both(f"recognition.{end}"), end=day, on=on)


class Recognition(Facts):
    """A decision that gave the unit a title; ``until`` is the last day it holds, ``revoked`` the day it was taken back.

    It holds no longer than its set says (``titles_last_months``), whatever ``until`` is; without either it has no end.
    On the day it is revoked it no longer holds.
    """

    pack: Reference
    decision: Clean = ""
    on: Day
    until: Day | None = None
    revoked: Day | None = None

    if TYPE_CHECKING:

        def __init__(
            self,
            *,
            pack: str,
            decision: str = "",
            on: DayGiven,
            until: DayGiven | None = None,
            revoked: DayGiven | None = None,
        ) -> None: ...

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        for name, end in (("until", self.until), ("revoked", self.revoked)):
            if end is not None and end < self.on:
                raise QuantityError(ends_before(name, end, self.on))
        return self
