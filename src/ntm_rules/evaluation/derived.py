"""Figures made of others: growth between two years, a share of two counts, an increase. Exact, with their parts."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import islice, product

from ..errors import QuantityError
from ..messages import Text, in_both
from ..pack.measure import Derivation, Measure, Measures
from ..quantity.amount import Amount
from ..snapshot.observation import Observation, Part, by_year

# Finer than any threshold and any two counts below a thousand billion: rounding down crosses no threshold.
_GRID = Decimal(1).scaleb(-15)
_MOST = 16

Observed = Mapping[str, tuple[Observation, ...]]


def with_derived(observed: Observed, known: Measures, day: date) -> Observed:
    """What was observed, and what follows from it by the measures that are known.

    A figure that was given itself stands beside the one that follows from its parts: where they differ, both are seen.
    Growth follows from two figures a year apart, the later one of the year judged or the one before (``day``).
    """
    if known.parts.isdisjoint(observed):
        return observed
    if max(map(len, observed.values())) == 1 and not any(
        one.derived is not None and one.derived.of in observed and one.derived.over in observed for one in known.derived
    ):
        # Of one figure of one year nothing follows without the other.
        return observed
    found, now = _by_years(observed, known)
    for measure in known.derived:
        assert measure.derived is not None
        of, over = measure.derived.of, measure.derived.over
        if of not in now or over not in now:
            continue
        parts = [now[of], now[over]]
        pairs = ((one, other) for one, other in product(*parts) if not _misfit(measure, known, one, other, day))
        made = [_made(measure, known, *pair) for pair in islice(pairs, _MOST)]
        values = tuple(dict.fromkeys(one for one in made if one is not None))
        given = found.get(measure.id, ())
        told = {_amount(measure, one.value) for one in given}
        found[measure.id] = (*given, *(one for one in values if one.value.value not in told))
        if not found[measure.id]:
            del found[measure.id]
    return found


def _by_years(
    observed: Observed, known: Measures
) -> tuple[dict[str, tuple[Observation, ...]], dict[str, tuple[Observation, ...]]]:
    """What was observed with the values of earlier years under their own measures; and the same, the measures they
    were given under left with those of the latest year.
    """
    found = dict(observed)
    now: dict[str, tuple[Observation, ...]] = {}
    for measure in known.earlier:
        assert measure.earlier is not None
        of, years = measure.earlier.of, measure.earlier.years
        if len(observed.get(of, ())) < 2 or len(dated := by_year(observed[of])) < 2:
            continue
        latest = next(iter(dated))
        now[of] = dated[latest]
        given = observed.get(measure.id, ())
        told = {_amount(measure, one.value) for one in given}
        before = (
            one
            for one in dated.get(latest - years, ())
            if _amount(measure, one.value) not in told and any(_apart(late, one, years) for late in now[of])
        )
        found[measure.id] = (*given, *before)
        if not found[measure.id]:
            del found[measure.id]
    return found, {**found, **now}


def lacking(measure: Measure, observed: Observed, known: Measures, day: date) -> Text | None:
    """Why a measure does not follow from its parts though one of them is there; nothing where none is."""
    if measure.derived is None:
        return None
    of, over = measure.derived.of, measure.derived.over
    there = [part for part in (of, over) if part in observed]
    if not there:
        return None
    name = known[of].name
    of_days = sorted((one for one in observed.get(of, ()) if one.on is not None), key=_day)
    over_days = sorted(observed.get(over, ()), key=_day) or of_days[:-1]
    if _span(measure, known) is not None and of_days and over_days:
        late, early = of_days[-1], over_days[-1]
        misfit = _misfit(measure, known, late, early, day)
        if misfit is None and over not in observed:
            misfit = "derived.not_apart"
        if misfit is not None:
            last = day.year - _back(of, known)[1]
            first = last - _lag(measure, known)
            said = {"part": name, "late": late.on, "early": early.on, "first": first, "last": last}
            return in_both(misfit, **said)
    part = known[over if of in observed else of].name
    key = "derived.over_nothing" if len(there) == 2 else "derived.part_missing"
    return in_both(key, part=part)


def _day(one: Observation) -> date:
    return one.on or date.min


def _back(name: str, known: Measures) -> tuple[str, int]:
    """The measure that another one is of years before, and how many; itself where it is of no earlier year."""
    earlier = known[name].earlier
    return (name, 0) if earlier is None else (earlier.of, earlier.years)


def _span(measure: Measure, known: Measures) -> int | None:
    """The years between the parts of a growth or increase; none where they are not of one measure."""
    assert measure.derived is not None
    (one, late), (other, early) = (_back(name, known) for name in (measure.derived.of, measure.derived.over))
    return early - late if one == other and early > late else None


def _lag(measure: Measure, known: Measures) -> int:
    """How many years before the one judged the later figure may be of.

    The year of the proposal may be the one before the day judged, and a look-back of two years starts before it.
    """
    assert measure.derived is not None
    base, _ = _back(measure.derived.of, known)
    return max(one.earlier.years for one in known.earlier if one.earlier is not None and one.earlier.of == base)


def _misfit(measure: Measure, known: Measures, late: Observation, early: Observation, day: date) -> str | None:
    """Why two figures make no growth: their days; nothing where they do, or where no day was told."""
    years = _span(measure, known)
    if years is None or late.on is None:
        return None
    assert measure.derived is not None
    back = _back(measure.derived.of, known)[1]
    if late.on.year + back < day.year - _lag(measure, known):
        return "derived.other_year" if early.on is not None else "derived.old_part"
    # A figure given as that of the year before may have been told together with the later one.
    if early.on is not None and _months(late.on, early.on) not in range(12 * years + 2):
        return "derived.not_apart"
    return None


def _apart(late: Observation, early: Observation, years: int) -> bool:
    return late.on is not None and early.on is not None and abs(_months(late.on, early.on) - 12 * years) <= 1


def _months(late: date, early: date) -> int:
    return (late.year - early.year) * 12 + late.month - early.month


def _amount(measure: Measure, amount: Amount) -> Decimal | None:
    try:
        return measure.read(amount)
    except QuantityError:
        return None


def _made(measure: Measure, known: Measures, one: Observation, other: Observation) -> Observation | None:
    derived = measure.derived
    assert derived is not None
    of, over = known[derived.of], known[derived.over]
    value = follows(measure, Fraction(of.read(one.value)), Fraction(over.read(other.value)))
    if value is None:
        return None
    now, before = Amount(of.read(one.value), of.unit), Amount(over.read(other.value), over.unit)
    parts = (Part(of.name, now, one.on), Part(over.name, before, other.on))
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
