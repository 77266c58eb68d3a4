"""Figures made of others: growth between two years, a share of two counts, an increase. Exact, with their parts."""

from __future__ import annotations

import math
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from itertools import islice, product

from ..errors import QuantityError
from ..messages import Text, say
from ..pack.catalogue import Catalogue
from ..pack.measure import Derivation, Measure
from ..quantity import Amount
from ..snapshot.observation import Observation, Part, by_year

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
    found, now = _by_years(observed, catalogue)
    for measure in catalogue.derived:
        assert measure.derived is not None
        of, over = measure.derived.of, measure.derived.over
        if of not in now or over not in now:
            continue
        parts = [now[of], now[over]]
        made = [_made(measure, catalogue, *pair) for pair in islice(product(*parts), _MOST)]
        values = tuple(dict.fromkeys(one for one in made if one is not None))
        given = found.get(measure.id, ())
        known = {_amount(measure, one.value) for one in given}
        found[measure.id] = (*given, *(one for one in values if one.value.value not in known))
        if not found[measure.id]:
            del found[measure.id]
    return found


def _by_years(
    observed: Observed, catalogue: Catalogue
) -> tuple[dict[str, tuple[Observation, ...]], dict[str, tuple[Observation, ...]]]:
    """What was observed with the values of earlier years under their own measures; and the same, the measures they
    were given under left with those of the latest year.
    """
    found = dict(observed)
    now: dict[str, tuple[Observation, ...]] = {}
    for measure in catalogue.earlier:
        assert measure.earlier is not None
        of, years = measure.earlier.of, measure.earlier.years
        if len(observed.get(of, ())) < 2 or len(dated := by_year(observed[of])) < 2:
            continue
        latest = next(iter(dated))
        now[of] = dated[latest]
        given = observed.get(measure.id, ())
        known = {_amount(measure, one.value) for one in given}
        before = (one for one in dated.get(latest - years, ()) if _amount(measure, one.value) not in known)
        found[measure.id] = (*given, *before)
        if not found[measure.id]:
            del found[measure.id]
    return found, {**found, **now}


def lacking(measure: Measure, observed: Observed, catalogue: Catalogue) -> Text | None:
    """Why a measure does not follow from its parts though one of them is there; nothing where none is."""
    if measure.derived is None:
        return None
    of, over = measure.derived.of, measure.derived.over
    there = [part for part in (of, over) if part in observed]
    if not there:
        return None
    part = catalogue.measures[over if of in observed else of].name
    key = "derived.over_nothing" if len(there) == 2 else "derived.part_missing"
    return Text(say(key, "vi", part=part), say(key, "en", part=part))


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
