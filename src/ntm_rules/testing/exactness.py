"""Laws about numbers: every comparison is exact, and no verdict depends on the unit a value came in."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st

from ..assessment.check import MeasureCheck
from ..assessment.model import Assessment
from ..errors import QuantityError
from ..messages import Lang
from ..pack.condition import MeasureCondition, walk
from ..pack.measure import Measure
from ..quantity.amount import Amount
from ..quantity.conversion import factor
from ..quantity.unit import unit_label
from ..snapshot.observation import Observation
from ..verdict import NOT_MET
from .observing import each, spellings
from .reference_logic import holds, over
from .trial import Trial, assessments, checks, results

LANGS: tuple[Lang, ...] = ("vi", "en")


def worth(amount: Amount, unit: str) -> Fraction:
    """An amount's exact value in a unit; a bare number is in that unit already."""
    value = Fraction(amount.value)
    return value * factor(amount.unit, unit) if amount.unit else value


def exact(trial: Trial) -> None:
    """3. Every comparison, multiple and shortfall is exact."""
    snapshot = trial.snapshot()
    for assessment in assessments(trial.assess(snapshot)):
        for result, check in checks(assessment):
            if not isinstance(check, MeasureCheck) or check.required.amount is None or not check.observed:
                continue
            limit, op = Fraction(check.required.amount.value), check.required.op
            base, times = check.required.origin.base, check.required.origin.times
            if base is not None and base.amount is not None and times is not None:
                trial.saw("a multiple")
                if Fraction(base.amount.value) * Fraction(times) != limit:
                    raise trial.broken(result.code, (snapshot, check.required.text("en")), measure=check.measure)
            values = [worth(one.value, check.unit) for one in check.observed]
            verdict = over(holds(op, value, limit) for value in values)
            gap = max(abs(value - limit) for value in values) if verdict is NOT_MET else None
            given = None if check.shortfall is None else Fraction(check.shortfall.value)
            if verdict is not check.verdict or gap != given:
                raise trial.broken(result.code, (snapshot, check.verdict), measure=check.measure)
            trial.saw("at its threshold" if limit in values else "beside its threshold")


def _standing(assessment: Assessment) -> list[Any]:
    """Everything an assessment says, but for how its observations were written."""
    found: list[Any] = []
    for one in assessments(assessment):
        found.append((one.pack, one.verdict, [(c.code, c.verdict, c.decided_by, c.reasons) for c in one.criteria]))
        found += [(r.code, r.verdict, r.decided_by, r.reasons, [c.kind for c in r.conflicts]) for r in results(one)]
        found += [(r.code, c.verdict, getattr(c, "shortfall", None)) for r, c in checks(one)]
    return found


def any_unit(trial: Trial) -> None:
    """4. The same amounts in other units come to the same answer."""
    snapshot = trial.snapshot("partial", "complete")
    assume(snapshot.measures)
    known = trial.world.catalogue.measures_for(trial.world.pack)
    said = {n: st.tuples(*(_respelled(one, known[n]) for one in seen)) for n, seen in snapshot.measures.items()}
    other = trial.draw(each(said))
    respelled = snapshot.model_copy(update={"measures": other})
    if other != snapshot.measures:
        trial.saw("another unit")
    first, second = trial.assess(snapshot), trial.assess(respelled)
    if _standing(first) != _standing(second):
        pairs = zip(results(first), results(second), strict=True)
        code = next((one.code for one, same in pairs if one.verdict is not same.verdict), first.pack)
        raise trial.broken(code, (snapshot, first.verdict), (respelled, second.verdict))


def _respelled(one: Observation, measure: Measure) -> st.SearchStrategy[Observation]:
    return st.sampled_from(spellings(one.value, measure)).map(lambda value: Observation(value=value))


def wrong_dimension(trial: Trial) -> None:
    """4. An amount of another dimension is an error that names both units."""
    pack, catalogue = trial.world
    snapshot = trial.snapshot("partial", "complete")
    items = [item.on(snapshot.as_of) for item in (*pack.prerequisites, *pack.indicators())]
    asked = {part.measure for item in items for _, part in walk(item.requires) if isinstance(part, MeasureCondition)}
    assume(asked)
    name = trial.draw(st.sampled_from(sorted(asked)))
    unit = catalogue.measures_for(pack)[name].unit
    foreign = "hour" if "hour" not in unit else "kilogram"
    wrong = (Observation(value=Amount(Decimal(1), foreign)),)
    after = snapshot.model_copy(update={"measures": {**snapshot.measures, name: wrong}})
    trial.saw("a wrong dimension")
    try:
        answer = trial.assess(after)
    except QuantityError as error:
        names = {(lang, unit_label(one, lang)) for lang in LANGS for one in (unit, foreign)}
        if not all(label in error.text(lang) for lang, label in names):
            raise trial.broken(name, (after, error.text("en"))) from None
        return
    raise trial.broken(name, (after, answer.verdict))
