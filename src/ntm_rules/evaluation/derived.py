"""Figures made of others: growth between two years, a share of two counts, an increase. Exact, with their parts."""

from __future__ import annotations

import math
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from itertools import islice, product

from ..errors import QuantityError
from ..pack.catalogue import Catalogue
from ..pack.measure import Derivation, Measure
from ..quantity import Amount
from ..snapshot.observation import Observation, Part

# Finer than any threshold and any two counts below a thousand billion: rounding down crosses no threshold.
_GRID = Decimal(1).scaleb(-15)
_MOST = 16

Observed = Mapping[str, tuple[Observation, ...]]


def with_derived(observed: Observed, catalogue: Catalogue) -> Observed:
    """What was observed, and what follows from it by the dictionary of measures.

    A figure that was given itself stands beside the one that follows from its parts: where they differ, both are seen.
    """
    if catalogue.parts.isdisjoint(observed):
        return observed
    found = dict(observed)
    for measure in catalogue.derived:
        assert measure.derived is not None
        of, over = measure.derived.of, measure.derived.over
        if of not in observed or over not in observed:
            continue
        parts = [observed[of], observed[over]]
        made = [_made(measure, catalogue, *pair) for pair in islice(product(*parts), _MOST)]
        values = tuple(dict.fromkeys(one for one in made if one is not None))
        given = found.get(measure.id, ())
        known = {_amount(measure, one.value) for one in given}
        found[measure.id] = (*given, *(one for one in values if one.value.value not in known))
        if not found[measure.id]:
            del found[measure.id]
    return found


def _amount(measure: Measure, amount: Amount) -> Decimal | None:
    try:
        return measure.read(amount)
    except QuantityError:
        return None


def _made(measure: Measure, catalogue: Catalogue, one: Observation, other: Observation) -> Observation | None:
    derived = measure.derived
    assert derived is not None
    of, over = catalogue.measures[derived.of], catalogue.measures[derived.over]
    value = follows(measure, Fraction(of.read(one.value)), Fraction(over.read(other.value)))
    if value is None:
        return None
    now, before = Amount(of.read(one.value), of.unit), Amount(over.read(other.value), over.unit)
    parts = (Part(of.name, now), Part(over.name, before))
    return Observation(value=value, parts=parts)


def follows(measure: Measure, one: Fraction, other: Fraction) -> Amount | None:
    """The amount of a measure that follows from its parts; none where there is nothing to divide by."""
    assert measure.derived is not None
    value = derive(measure.derived, one, other)
    return None if value is None else Amount(_decimal(value), measure.unit)


def derive(derived: Derivation, one: Fraction, other: Fraction) -> Fraction | None:
    """The value; none where there is nothing to divide by.

    >>> derive(Derivation(how="growth", of="a", over="b"), Fraction(57), Fraction(50))
    Fraction(14, 1)
    """
    if derived.how == "increase":
        return one - other
    if other == 0:
        return None
    return one / other * 100 - (100 if derived.how == "growth" else 0)


def _decimal(value: Fraction) -> Decimal:
    """The decimal, rounded down where it has no end."""
    quotient = Decimal(value.numerator) / Decimal(value.denominator)
    if Fraction(quotient) == value:
        return quotient
    return Decimal(math.floor(value / Fraction(_GRID))) * _GRID
