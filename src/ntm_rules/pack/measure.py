"""Measures: what can be observed, shared by every pack that asks for it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from ..errors import Problem, QuantityError
from ..frozen import Frozen
from ..quantity import Amount, unit_named
from .legal import TextField


class Domain(Frozen):
    """The values a measure can take, in its own unit; ``whole`` admits integers only."""

    low: Decimal | None = Field(None, alias="from")
    high: Decimal | None = Field(None, alias="to")
    whole: bool = False


class Derivation(Frozen):
    """How a measure follows from two others: growth ``of / over × 100 − 100``, a share ``of / over × 100``, an
    increase ``of − over``. Written ``{growth_of: income_per_capita, over: income_per_capita_last_year}``.
    """

    how: Literal["growth", "share", "increase"]
    of: str
    over: str


def _spell(raw: object) -> object:
    if isinstance(raw, dict):
        for how in ("growth", "share", "increase"):
            if f"{how}_of" in raw:
                rest = {key: value for key, value in raw.items() if key != f"{how}_of"}
                return {**rest, "how": how, "of": raw[f"{how}_of"]}
    return raw


class Measure(Frozen):
    """Something that is measured: one id, one unit, one meaning.

    ``better`` says in which direction the value improves. A ``derived`` one may be given itself, or by its parts. What
    is not ``changeable`` (how many schools there are) is no one's to change for a pack's sake.
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    name: TextField
    unit: Annotated[str, BeforeValidator(lambda raw: unit_named(raw) if isinstance(raw, str) else raw)]
    better: Literal["higher", "lower", "neither"]
    domain: Domain = Field(default_factory=Domain)
    changeable: bool = True
    note: str = ""
    derived: Annotated[Derivation | None, BeforeValidator(_spell)] = None

    def read(self, amount: Amount) -> Decimal:
        """The amount's exact value in this measure's unit.

        Raises:
            QuantityError: another dimension, or outside the measure's domain.
        """
        return self.reader()(amount)

    def reader(self) -> Callable[[Amount], Decimal]:
        """``read`` as a function of its own, for those who read many amounts."""
        unit, low, high, whole = self.unit, self.domain.low, self.domain.high, self.domain.whole

        def read(amount: Amount) -> Decimal:
            value = amount.value if amount.unit == unit or not amount.unit else amount.to(unit).value
            if (low is not None and value < low) or (high is not None and value > high) or (whole and value % 1):
                raise self._outside(value)
            return value

        return read

    def _outside(self, value: Decimal) -> QuantityError:
        low, high, amount = self.domain.low, self.domain.high, Amount(value, self.unit)
        if (low is None or value >= low) and (high is None or value <= high):
            return QuantityError(Problem("error.not_whole", amount=amount, name=self.name))
        kind = "from" if high is None else "to" if low is None else "between"
        span = Problem(f"domain.{kind}", low=low, high=high)
        return QuantityError(Problem("error.outside_domain", amount=amount, name=self.name, range=span))
