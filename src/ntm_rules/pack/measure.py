"""Measures: what can be observed, shared by every pack that asks for it."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from ..errors import Problem, QuantityError
from ..quantity import Amount, unit_named
from .legal import Frozen, TextField


class Domain(Frozen):
    """The values a measure can take, in its own unit; ``whole`` admits integers only."""

    low: Decimal | None = Field(None, alias="from")
    high: Decimal | None = Field(None, alias="to")
    whole: bool = False


class Measure(Frozen):
    """Something that is measured: one id, one unit, one meaning.

    ``better`` says in which direction the value improves.
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    name: TextField
    unit: Annotated[str, BeforeValidator(lambda raw: unit_named(raw) if isinstance(raw, str) else raw)]
    better: Literal["higher", "lower", "neither"]
    domain: Domain = Domain()
    note: str = ""

    def read(self, amount: Amount) -> Decimal:
        """The amount's exact value in this measure's unit.

        Raises:
            QuantityError: another dimension, or outside the measure's domain.
        """
        value = amount.to(self.unit).value
        domain = self.domain
        outside = (domain.low is not None and value < domain.low) or (domain.high is not None and value > domain.high)
        if outside or (domain.whole and value != value.to_integral_value()):
            raise QuantityError(
                Problem(
                    "error.outside_domain",
                    amount=Amount(value, self.unit),
                    name=self.name,
                    low="−∞" if domain.low is None else domain.low,
                    high="∞" if domain.high is None else domain.high,
                )
            )
        return value
