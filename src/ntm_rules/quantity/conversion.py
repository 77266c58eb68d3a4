"""What one unit is in another. pint holds the dimensions: it is loaded only when two different units meet."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from itertools import product as product_of
from typing import TYPE_CHECKING, Any

from ..errors import Problem, QuantityError
from .unit import UNITS, UnitName

if TYPE_CHECKING:
    from pint import UnitRegistry


def pint_unit(unit: str) -> str:
    return unit.replace("/", " / ") or "dimensionless"


@lru_cache(maxsize=1)
def registry() -> UnitRegistry[Any]:
    """The library's own pint registry, built on first use (importing pint takes most of a second)."""
    import pint

    built: UnitRegistry[Any] = pint.UnitRegistry(None, non_int_type=Decimal)
    for name, unit in UNITS.items():
        built.define(f"{name} = {unit.definition}")
    return built


@lru_cache(maxsize=4096)
def factor(source: str, target: str) -> Fraction:
    """How many ``target`` one ``source`` is, exactly.

    Raises:
        QuantityError: the two measure different things.
    """
    here, there = registry().Unit(pint_unit(source)), registry().Unit(pint_unit(target))
    if here.dimensionality != there.dimensionality:
        # "52,3 triệu đồng/người" leaves out what goes without saying in a report, and not in a comparison.
        told = set(source.split("/"))
        meant = next((one for one in (target, *units_used_for(target)) if told < set(one.split("/"))), "")
        names = {"given": UnitName(source), "wanted": UnitName(target)}
        if meant:
            raise QuantityError(Problem("error.dimension_short", **names, meant=UnitName(meant)))
        raise QuantityError(Problem("error.dimension", **names))
    return _to_base(source) / _to_base(target)


def _to_base(unit: str) -> Fraction:
    """Factor by factor, because pint would round 1/12."""
    scale, *divisors = (_scale(name) for name in unit.split("/"))
    for divisor in divisors:
        scale /= divisor
    return scale


def _scale(name: str) -> Fraction:
    factor_of_base: Any = registry().get_base_units(registry().Unit(name))[0]
    return Fraction(factor_of_base)


@lru_cache(maxsize=4096)
def comparable(source: str, target: str) -> bool:
    """Whether the two units measure the same thing; equal ones are answered without pint."""
    if source == target or not source:
        return True
    try:
        factor(source, target)
    except QuantityError:
        return False
    return True


def units_like(unit: str) -> tuple[str, ...]:
    """Every unit that measures the same thing, ``unit`` first; of a rate, its numerator is changed.

    >>> units_like("million_vnd/person/year")[:2]
    ('million_vnd/person/year', 'vnd/person/year')
    """
    head, slash, rest = unit.partition("/")
    same = (name for name in UNITS if name != head and comparable(name, head))
    return unit, *(f"{name}{slash}{rest}" for name in same)


# What people write by mistake for one another; a day and an hour, or a metre and a millimetre, are not.
_INTERCHANGED = (
    ("million_vnd", "thousand_vnd", "vnd", "billion_vnd"),
    ("year", "month"),
    ("litre", "cubic_metre"),
    ("square_metre", "hectare"),
)


def units_used_for(unit: str) -> tuple[str, ...]:
    """The other units in which the same thing is often written, those least unlike the unit first.

    >>> units_used_for("million_vnd/person/year")[:3]
    ('million_vnd/person/month', 'thousand_vnd/person/year', 'vnd/person/year')
    """
    choices = []
    for word in unit.split("/"):
        alike = next((words for words in _INTERCHANGED if word in words), (word,))
        choices.append((word, *(one for one in alike if one != word)))
    every = ("/".join(words) for words in product_of(*choices))
    here = unit.split("/")
    changed = (one for one in every if one != unit)
    return tuple(sorted(changed, key=lambda one: sum(a != b for a, b in zip(one.split("/"), here, strict=True))))
