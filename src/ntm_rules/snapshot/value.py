"""One reader of a value: every door, file or frame, form or session, asks here what a written number means."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

from ..errors import Place, Problem, QuantityError
from ..messages import Lang
from ..normalization import is_blank
from ..pack.measure import Measure
from ..quantity.amount import Amount, TwoReadingsError
from ..quantity.number import convention, product
from ..quantity.unit import unit_label

# Signs and spaces that stand before a number.
_BEFORE = " \t\u00a0-−+≈~<>≤≥=.,'"
MeasureOf = Callable[[str], "Measure | None"]


def read_amount_of(
    raw: object, measure: Measure, unit: str = "", numbers: Lang | None = None, habit: Lang | None = None
) -> Amount:
    """What was written, as a value of the measure, still without a unit where none was written.

    ``unit`` is the one that a heading gives to such a number. One separator before three digits is decided by what is
    declared (``numbers``), else by the one reading the measure can take, else by how the other numbers beside it are
    written (``habit``), unless that reading is not plausible and the other one is.

    Raises:
        TwoReadingsError: nothing excludes one of two readings; both are named.
        QuantityError: no number, or an unknown unit; where levels have names, none of them.
    """
    if measure.levels and isinstance(raw, str):
        number = measure.level(raw)
        if number is not None:
            return Amount(Decimal(number), measure.unit)
        if is_wordy(raw) and not _is_numbered(raw, measure):
            levels = "; ".join(f"{name.vi} ({number})" for number, name in measure.levels.items())
            raise QuantityError(Problem("error.no_level", text=raw[:80], name=measure.name, levels=levels))
    try:
        amount = Amount.of(raw, numbers)
    except TwoReadingsError as doubt:
        unit = unit or measure.unit
        readings = [Amount(one.value, one.unit or unit) for one in doubt.readings]
        possible = [one for one in readings if _fits(measure, one)]
        if len(possible) == 1:
            return possible[0] if doubt.readings[0].unit else Amount(possible[0].value)
        told = habit == "en"
        if habit is None or not possible or (_odd(measure, readings[told]) and not _odd(measure, readings[not told])):
            raise doubt.within(unit) from None
        return doubt.readings[told]
    return amount


def _is_numbered(raw: str, measure: Measure) -> bool:
    """Whether a level is written by its number, as it is printed where it has no name: “mức độ 2”."""
    try:
        return Amount.of(raw).unit == measure.unit
    except QuantityError:
        return False


def stated(amount: Amount, measure: Measure, unit: str = "") -> Amount:
    """The amount, checked against the measure; a bare number takes the unit (of its heading), or the measure's.

    A bare number that may be meant in another scale (``may_be_percent``) stays bare, so that whoever judges by it says
    so.

    Raises:
        QuantityError: another dimension, outside the measure's domain, or a bare number that is not plausible.
    """
    if amount.unit:
        measure.read(amount)
        return amount
    given = Amount(amount.value, unit or measure.unit)
    measure.read_bare(given)
    return amount if may_be_percent(amount, measure) else given


def may_be_percent(amount: Amount, measure: Measure) -> bool:
    """Whether a number is a bare fraction under a percentage: 0.128 is read as 0.128 %, and 12.8 % may be meant.

    So may 100 % by 1, where a higher share is better: of poor households there may well be 1 %. Ask of the amount as it
    was written, without the unit of its heading or measure.
    """
    if amount.unit or measure.unit != "percent":
        return False
    return 0 < amount.value < 1 or (amount.value == 1 and measure.better == "higher")


def as_percent(amount: Amount) -> tuple[Amount, Amount]:
    """Such a fraction as it is read, and as it may be meant."""
    return Amount(amount.value, "percent"), Amount(product(amount.value, Decimal(100)), "percent")


def habit_of(written: Iterable[object]) -> Lang | None:
    """How the numbers among these are written, where some show it and none the contrary."""
    shown = {lang for one in written if isinstance(one, str) and (lang := convention(one)) is not None}
    return shown.pop() if len(shown) == 1 else None


def habits_of(columns: Mapping[int, Iterable[object]]) -> dict[int, Lang]:
    """``habit_of`` each column: one whose own cells show nothing follows the others, a contradictory one none."""
    shown = {
        column: {lang for one in cells if isinstance(one, str) and (lang := convention(one)) is not None}
        for column, cells in columns.items()
    }
    everywhere = {lang for langs in shown.values() for lang in langs}
    return {c: next(iter(found)) for c, langs in shown.items() if len(found := langs or everywhere) == 1}


def texts_of(measures: Any) -> list[str]:
    """The values written as texts among a snapshot's raw measures."""
    found: list[str] = []
    for given in measures.values() if isinstance(measures, Mapping) else ():
        for one in given if isinstance(given, (list, tuple)) else (given,):
            value = one.get("value") if isinstance(one, Mapping) else one
            if isinstance(value, str):
                found.append(value)
    return found


def settled(measures: Any, measure_of: MeasureOf, numbers: Lang | None = None, habit: Lang | None = None) -> Any:
    """Raw measures of a snapshot with every value of two readings decided, or its unit written beside it.

    What nothing decides is left as it was written, and refused where it is read.
    """
    if not isinstance(measures, Mapping):
        return measures
    made = dict(measures)
    for name, given in measures.items():
        if isinstance(given, (list, tuple)):
            made[name] = [_settled(one, name, measure_of, numbers, habit) for one in given]
        else:
            made[name] = _settled(given, name, measure_of, numbers, habit)
    return made


def _settled(given: Any, name: Any, measure_of: MeasureOf, numbers: Lang | None, habit: Lang | None) -> Any:
    if isinstance(given, Mapping):
        value, unit = given.get("value"), given.get("unit")
        if not isinstance(value, str):
            return given
        read = _settled(f"{value} {unit}" if unit else value, name, measure_of, numbers, habit)
        return {**{key: item for key, item in given.items() if key != "unit"}, "value": read}
    if not isinstance(given, str) or not given:
        return given
    if is_wordy(given):
        measure = measure_of(str(name))
        if measure is None or not measure.levels:
            return given
        try:
            return read_amount_of(given, measure, "", numbers, habit)
        except QuantityError as error:
            place = Place(path=str(name), keys=(str(name),))
            raise QuantityError(*(problem.at(place) for problem in error.problems)) from None
    try:
        Amount.of(given)
    except TwoReadingsError as doubt:
        measure = measure_of(str(name))
        if measure is None:
            return Amount.of(given, numbers) if numbers else given
        try:
            return read_amount_of(given, measure, "", numbers, habit)
        except TwoReadingsError:
            return given if doubt.readings[0].unit else f"{given} {unit_label(measure.unit, 'vi')}"
    except QuantityError:
        pass
    return given


def is_wordy(text: str) -> bool:
    """Whether a text begins as no number does: it may name a level."""
    return not is_blank(text) and not text.lstrip(_BEFORE)[:1].isnumeric()


def _fits(measure: Measure, amount: Amount) -> bool:
    try:
        measure.read(amount)
    except QuantityError:
        return False
    return True


def _odd(measure: Measure, amount: Amount) -> bool:
    return measure.plausible is not None and amount.to(measure.unit).value not in measure.plausible
