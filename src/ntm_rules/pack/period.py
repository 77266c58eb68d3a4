"""Days from one to another."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Self

from pydantic import Field, model_validator

from ..day import Day
from ..errors import Problem, QuantityError
from ..frozen import Frozen


class Period(Frozen):
    """From one day to another, both included; an open end has no date."""

    start: Day | None = Field(None, alias="from")
    end: Day | None = Field(None, alias="to")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.start and self.end and self.start > self.end:
            raise QuantityError(Problem("error.period", start=self.start, end=self.end))
        return self

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and (not self.start or self.start <= day) and (not self.end or day <= self.end)

    @property
    def always(self) -> bool:
        """Whether it has neither beginning nor end."""
        return self.start is None and self.end is None


def in_common(periods: Iterable[Period]) -> Period | None:
    """The days that are in all the periods; ``None`` where there are none."""
    periods = tuple(periods)
    start = max((period.start for period in periods if period.start), default=None)
    end = min((period.end for period in periods if period.end), default=None)
    return None if start and end and start > end else Period(start=start, end=end)
