"""A look at a few rows cell by cell: of so few, expressions over whole columns cost more than they save."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from .limits import SMALLEST, Accepted

FEW_ROWS = 16


class Plain(NamedTuple):
    """A column of plain numbers. ``fraction``: those between 0 and 1 may be meant
    in another scale, and whether 1 is one of them."""

    column: str
    accepted: Accepted
    fraction: bool | None

    def calm(self, values: Iterable[float | None]) -> bool:
        """Whether nothing is wrong with the numbers, nor doubtful about them."""
        for value in values:
            if value is not None:
                if not self.accepted.holds(value):
                    return False
                if self.fraction is not None and (SMALLEST <= value < 1 or (self.fraction and value == 1)):
                    return False
        return True


class Glance(NamedTuple):
    """What is looked at in columns of plain numbers, and expressions that say of all else whether it is doubtful."""

    plain: tuple[Plain, ...]
    rest: tuple[Any, ...]

    def calm(self, body: Any) -> bool:
        """Whether a polars frame certainly has no cell that is unfit or doubtful."""
        if self.rest and any(body.select_seq(*self.rest).row(0)):
            return False
        return all(one.calm(body.get_column(one.column).to_list()) for one in self.plain)
