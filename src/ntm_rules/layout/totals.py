"""What a table adds up itself, held against what was read of it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ..quantity.amount import Amount
from ..snapshot.observation import FindingValue

_ZERO = Decimal(0)


class Totals:
    """Sums by column: of all rows so far, of those since the last total, and of the totals themselves."""

    def __init__(self) -> None:
        self._all: dict[int, Decimal] = {}
        self._since: dict[int, Decimal] = {}
        self._totals: dict[int, Decimal] = {}

    def add(self, column: int, value: Amount | None, finding: FindingValue | None, says: str) -> None:
        """A cell that was read; ``says`` is the role of its column: in one of two, every mark counts."""
        counts = finding is FindingValue.MET or (finding is not None and says == "not_met")
        amount = value.value if value is not None and additive(value) else Decimal(counts)
        if value is None or additive(value):
            for sums in (self._all, self._since):
                sums[column] = sums.get(column, _ZERO) + amount

    def differs(self, column: int, said: Decimal) -> Decimal | None:
        """What was added up, where the table says something else; ``None``: they agree, or nothing adds up here."""
        if column not in self._all:
            return None
        fitting = list(self._sums(column))
        since, self._since[column] = self._since.get(column, _ZERO), _ZERO
        self._totals[column] = self._totals.get(column, _ZERO) + said
        return None if said in fitting else since or self._all[column]

    def _sums(self, column: int) -> Iterator[Decimal]:
        yield self._all[column]
        yield self._since.get(column, _ZERO)
        if column in self._totals:
            yield self._totals[column]


def additive(amount: Amount) -> bool:
    """Whether amounts of this unit may be added up over units: counts may, shares and averages may not."""
    return bool(amount.unit) and amount.unit != "percent" and "/" not in amount.unit
