"""Measures: what can be observed, shared by every pack that asks for it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Literal

import msgspec
from pydantic import BeforeValidator, Field

from ..errors import Problem, QuantityError
from ..frozen import Frozen, FrozenDict, Held
from ..messages import Lang, Text
from ..normalization import fold
from ..quantity.amount import Amount, AnyOf
from ..quantity.conversion import units_used_for
from ..quantity.unit import unit_named
from .legal import TextField

MEASURE_ID = r"^[a-z][a-z0-9_]*$"


class Domain(Frozen):
    """The values a measure can take, in its own unit; ``whole`` admits integers only."""

    low: Decimal | None = Field(None, alias="from")
    high: Decimal | None = Field(None, alias="to")
    whole: bool = False


class Plausible(Frozen):
    """What a measure comes to in life, in its own unit, both ends included. A fact of life and no law.

    It judges nothing. A number written without a unit that lies outside is taken to be in another unit, and refused;
    one with its unit stands, and the result says that it is unusual.
    """

    low: Decimal = Field(alias="from")
    high: Decimal = Field(alias="to")

    def __contains__(self, value: Decimal) -> bool:
        return self.low <= value <= self.high


class Derivation(Frozen):
    """How a measure follows from two others: growth ``of / over × 100 − 100``, a share ``of / over × 100``, an
    increase ``of − over``. Written ``{growth_of: income_per_capita, over: income_per_capita_last_year}``.
    """

    how: Literal["growth", "share", "increase"]
    of: str
    over: str


class Earlier(Frozen):
    """That a measure is another one, so many years before: ``{of: income_per_capita, years: 1}``."""

    of: str
    years: int = Field(gt=0)


# "Tốt", "mức Tốt", "Tốt (3)": a level by its name, with or without the number it stands for.
_LEVEL = re.compile(r"(?:(?:đạt )?(?:mức|loại) )?(?P<name>.+?)(?: ?\((?P<number>\d+)\))?")


class LevelName(msgspec.Struct, frozen=True, gc=False):
    """The name that stands for a number of a measure of levels: "Tốt" for 3."""

    number: int
    name: Text


def by_level(levels: tuple[LevelName, ...], amount: Amount, lang: Lang) -> str | None:
    """An amount by the name of its level and its number: ``Tốt (3)``; ``None`` where it has none."""
    for level in levels:
        if level.number == amount.value:
            return f"{level.name.text(lang)} ({level.number})"
    return None


def _spell(raw: object) -> object:
    if isinstance(raw, dict):
        for how in ("growth", "share", "increase"):
            if f"{how}_of" in raw:
                rest = {key: value for key, value in raw.items() if key != f"{how}_of"}
                return {**rest, "how": how, "of": raw[f"{how}_of"]}
    return raw


class Measure(Frozen):
    """Something that is measured: one id, one unit, one meaning.

    ``better`` says in which direction the value improves. A ``derived`` one may be given itself, or by its parts; an
    ``earlier`` one itself, or by a dated value of the other measure. What is not ``changeable`` (how many schools there
    are) is no one's to change for a pack's sake. Its ``levels`` are the names that stand for its numbers. ``plausible``
    is what it comes to in life, where its ``domain`` does not say so: no law.
    """

    id: str = Field(pattern=MEASURE_ID)
    name: TextField
    unit: Annotated[str, BeforeValidator(lambda raw: unit_named(raw) if isinstance(raw, str) else raw)]
    better: Literal["higher", "lower", "neither"]
    domain: Domain = Field(default_factory=Domain)
    plausible: Plausible | None = None
    levels: Annotated[Mapping[int, TextField], Held] = FrozenDict()
    changeable: bool = True
    note: TextField | None = None
    derived: Annotated[Derivation | None, BeforeValidator(_spell)] = None
    earlier: Earlier | None = None

    def level(self, written: str) -> int | None:
        """The number of a level written by its name, in either language; ``None`` where it names none of them.

        >>> from ntm_rules.pack.catalogue import installed
        >>> prepared = installed().measures["disaster_preparedness_level"]
        >>> prepared.level("Tốt"), prepared.level("mức khá"), prepared.level("Tốt (3)"), prepared.level("Tốt (2)")
        (3, 2, 3, None)
        """
        parts = _LEVEL.fullmatch(fold(written))
        if parts is None:
            return None
        found = self._numbers.get(parts["name"])
        return found if parts["number"] in (None, str(found)) else None

    @property
    def made_of(self) -> tuple[str, ...]:
        """The measures it follows from, if it does."""
        return () if self.derived is None else (self.derived.of, self.derived.over)

    @cached_property
    def names(self) -> tuple[LevelName, ...]:
        """The names of its levels, the lowest first."""
        return tuple(LevelName(number, name) for number, name in sorted(self.levels.items()))

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {fold(said): number for number, name in self.levels.items() for said in (name.vi, name.en)}

    def shown(self, amount: Amount, lang: Lang) -> str:
        """An amount for reading: by the name of its level where it has one, else with its unit, or the measure's."""
        given = amount if amount.unit else Amount(amount.value, self.unit)
        return by_level(self.names, given, lang) or given.text(lang)

    def read(self, amount: Amount) -> Decimal:
        """The amount's exact value in this measure's unit.

        Raises:
            QuantityError: another dimension, outside the measure's domain, or a number without a unit outside of what
                is plausible.
        """
        return self.reader()(amount)

    def reader(self) -> Callable[[Amount], Decimal]:
        """``read`` as a function of its own, for those who read many amounts."""
        unit, domain = self.unit, self.bare
        low, high, whole = domain.low, domain.high, domain.whole

        def read(amount: Amount) -> Decimal:
            value = amount.value if amount.unit == unit or not amount.unit else amount.to(unit).value
            if (low is not None and value < low) or (high is not None and value > high) or (whole and value % 1):
                self._check(value, Amount(value, unit) if not amount.unit else None)
            return value

        return read

    def read_bare(self, given: Amount) -> Decimal:
        """``read`` of a number that was written without a unit, under the unit that a heading gives it.

        Raises:
            QuantityError: as ``read``.
        """
        value = given.to(self.unit).value
        self._check(value, given)
        return value

    @cached_property
    def bare(self) -> Domain:
        """What a number without a unit may be, in the measure's own: within the domain and what is plausible."""
        if self.plausible is None:
            return self.domain
        low, high, likely = self.domain.low, self.domain.high, self.plausible
        return Domain(
            low=likely.low if low is None else max(low, likely.low),
            high=likely.high if high is None else min(high, likely.high),
            whole=self.domain.whole,
        )

    def _check(self, value: Decimal, bare: Amount | None) -> None:
        low, high, amount = self.domain.low, self.domain.high, Amount(value, self.unit)
        outside = (low is not None and value < low) or (high is not None and value > high)
        # What cannot be is said before what is not likely, unless another unit would make sense of it.
        odd = bare is not None and self.plausible is not None and value not in self.plausible
        if bare is not None and odd and (not outside or self.likely(bare.value)):
            raise QuantityError(self._implausible(bare))
        if outside:
            kind = "from" if high is None else "to" if low is None else "between"
            span = Problem(f"domain.{kind}", low=low, high=high)
            raise QuantityError(Problem("error.outside_domain", amount=amount, name=self.name, range=span))
        if self.domain.whole and value % 1:
            raise QuantityError(Problem("error.not_whole", amount=amount, name=self.name))

    def _implausible(self, read: Amount) -> Problem:
        assert self.plausible is not None
        ends = Amount(self.plausible.low, self.unit), Amount(self.plausible.high, self.unit)
        told = {"read": read, "name": self.name, "low": ends[0].value, "high": ends[1]}
        meant = self.likely(read.value)
        if not meant:
            return Problem("error.implausible", **told)
        return Problem("error.implausible_unit", **told, meant=AnyOf(meant))

    def likely(self, number: Decimal) -> tuple[Amount, ...]:
        """The number in the units in which it would be plausible, at most two, those that people use most first.

        >>> income = Measure.model_validate({
        ...     "id": "income", "name": {"vi": "Thu nhập", "en": "Income"}, "unit": "triệu đồng/người/năm",
        ...     "better": "higher", "plausible": {"from": 8, "to": 400},
        ... })
        >>> [amount.text("en") for amount in income.likely(Decimal(3100))]
        ['3,100 thousand VND/person/month']
        """
        if self.plausible is None:
            return ()
        found: list[Amount] = []
        for unit in units_used_for(self.unit):
            with suppress(QuantityError):
                amount = Amount(number, unit)
                if amount.to(self.unit).value in self.plausible:
                    found.append(amount)
        return tuple(found[:2])


class Measures(dict[str, Measure]):
    """Measures by id, those of bundles or with a pack's own, and how they follow from each other."""

    @cached_property
    def derived(self) -> tuple[Measure, ...]:
        """The measures that follow from others."""
        return tuple(measure for measure in self.values() if measure.derived is not None)

    @cached_property
    def parts(self) -> frozenset[str]:
        """The measures of which others are made."""
        return frozenset(part for one in self.derived for part in one.made_of)

    @cached_property
    def earlier(self) -> tuple[Measure, ...]:
        """The measures that are another one some years before."""
        return tuple(measure for measure in self.values() if measure.earlier is not None)

    def following(self, measure: str) -> tuple[str, ...]:
        """The measures that may change with one: what it was years before, and what is made of either."""
        if measure not in self._sources:
            return ()
        before = [one.id for one in self.earlier if one.earlier is not None and one.earlier.of == measure]
        here = {measure, *before}
        return (*before, *(one.id for one in self.derived if not here.isdisjoint(one.made_of)))

    @cached_property
    def _sources(self) -> frozenset[str]:
        return self.parts.union(one.earlier.of for one in self.earlier if one.earlier is not None)

    def undeclared(self, among: Iterable[Measure]) -> Iterator[tuple[Measure, str]]:
        """Of some measures, those that follow from one nobody declares, each with its name."""
        for one in among:
            whole = one.made_of if one.earlier is None else (*one.made_of, one.earlier.of)
            yield from ((one, part) for part in whole if part not in self)
