"""What a pack must satisfy beyond its shape: codes, measures and attributes that are known, units that fit, sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from ..errors import MOST, PackError, Problem, nearest
from ..quantity.amount import Amount
from ..quantity.conversion import comparable
from ..quantity.number import shown
from ..quantity.unit import UnitName
from .condition import Comparison, TotalCondition, measures_asked, unit_asked
from .measure import Measure, Measures
from .model import Pack
from .threshold import Figure, leaves

if TYPE_CHECKING:
    from .loader import Document


def check(pack: Pack, measures: Measures, document: Document) -> None:
    """Check a pack that may ask for some measures; each fault stands at the line of its code.

    Raises:
        PackError: with one problem per fault, and how many more there are of very many.
    """
    problems = [*_repeated(one.code for one in pack.criteria), *_repeated(one.code for one in pack.coded())]
    for indicator, _, condition in pack.conditions():
        if isinstance(condition, Comparison):
            problems += _units(indicator.code, condition, measures)
    problems += [
        Problem("error.undeclared_attribute", code=code, attribute=name, near=nearest(name, pack.attributes))
        for code, name in pack.attributes_used()
        if name not in pack.attributes
    ]
    for measure, part in measures.undeclared(pack.measures):
        place, near = document.place(_declared(pack, measure)), nearest(part, measures)
        problems.append(Problem("error.unknown_part", place, measure=measure.id, part=part, near=near))
    problems += _unfounded(pack)
    problems += _unearned(pack)
    if problems:
        told = [mentioned(problem, document) for problem in problems[:MOST]]
        rest = len(problems) - MOST
        raise PackError(*told, *([Problem("error.and_more", count=rest)] if rest > 0 else []))


def _declared(pack: Pack, measure: Measure) -> tuple[str | int, ...]:
    """Where a pack declares a measure of its own."""
    return ("measures", [one.id for one in pack.measures].index(measure.id))


def _repeated(codes: Iterable[str]) -> Iterator[Problem]:
    seen: set[str] = set()
    for code in codes:
        if code in seen:
            yield Problem("error.duplicate_code", code=code)
        seen.add(code)


def _unfounded(pack: Pack) -> Iterator[Problem]:
    """Requirements without a source, and decisions cited and not listed, each at the first who cites it."""
    cited: dict[str, tuple[str, str]] = {}
    if pack.source is not None and pack.source.basis:
        cited[pack.source.basis] = "key", "source"
    for key in ("region_rules", "group_rules", "authorities"):
        for rule in getattr(pack, key):
            cited.setdefault(rule.source.basis, ("key", key))
    for criterion in pack.criteria:
        if source := pack.criterion_source(criterion):
            cited.setdefault(source.basis, ("code", criterion.code))
    bare: dict[str, PackError] = {}
    for indicator, version, condition in pack.conditions():
        read = indicator if version is None else indicator.reading(version)
        rows = leaves(condition.threshold) if isinstance(condition, Comparison) else ()
        for leaf in (None, *(leaf for _, leaf in rows)):
            try:
                cited.setdefault(pack.source_of(read, leaf).basis, ("code", indicator.code))
            except PackError as error:
                bare[indicator.code] = error
    yield from (problem for error in bare.values() for problem in error.problems)
    for basis, (kind, where) in cited.items():
        try:
            pack.basis(basis)
        except PackError as error:
            yield from (Problem(fault.key, **{kind: where}, **fault.params) for fault in error.problems)


def _unearned(pack: Pack) -> Iterator[Problem]:
    """Points for meeting an indicator the pack does not have, or that asks for the sum itself."""
    asks: dict[str, set[str]] = {}
    for indicator, _, condition in pack.conditions():
        if isinstance(condition, TotalCondition):
            asks.setdefault(indicator.code, set()).update(term.indicator for term in condition.points)
    known = {item.code for item in pack.coded()}
    for code, wanted in asks.items():
        for name in sorted(wanted - known):
            yield Problem("error.total_indicator", code=code, indicator=name, near=nearest(name, known))
    for code in asks:
        reached, pending = set[str](), list(asks[code])
        while pending:
            here = pending.pop()
            if here not in reached:
                reached.add(here)
                pending += asks.get(here, ())
        if code in reached:
            yield Problem("error.total_cycle", code=code)


def _units(code: str, condition: Comparison, measures: Mapping[str, Measure]) -> list[Problem]:
    asked = measures_asked(condition)
    if strange := [name for name in asked if name not in measures]:
        near = nearest(strange[0], measures)
        return [Problem("error.unknown_measure", measure=strange[0], code=code, near=near)]
    unit = unit_asked(condition, measures)
    problems = []
    for name in asked[1:]:
        if not comparable(measures[name].unit, unit):
            given = UnitName(measures[name].unit)
            problems.append(Problem("error.total_units", code=code, measure=name, given=given, wanted=UnitName(unit)))
    if isinstance(condition, TotalCondition) and not problems:
        problems += _bound(code, condition, unit, measures)
    for _, leaf in leaves(condition.threshold):
        if isinstance(leaf, Figure) and not comparable(leaf.value.unit, unit):
            given = UnitName(leaf.value.unit)
            problems.append(Problem("error.threshold_unit", code=code, given=given, wanted=UnitName(unit)))
    return problems


def _bound(code: str, total: TotalCondition, unit: str, measures: Mapping[str, Measure]) -> Iterator[Problem]:
    """The most a sum can come to, in a unit that says nothing of it, or less than its parts are in any case."""
    if total.never_above is None:
        return
    if not comparable(total.never_above.unit, unit):
        given = UnitName(total.never_above.unit)
        yield Problem("error.total_bound_unit", code=code, given=given, wanted=UnitName(unit))
        return
    ends = [(measures[name].domain.low, measures[name].unit) for name in total.measures]
    lows = [Fraction(Amount(low, own).to(unit).value) for low, own in ends if low is not None]
    if len(lows) == len(ends) and (least := sum(lows, Fraction())) > Fraction(total.never_above.to(unit).value):
        yield Problem("error.total_bound", code=code, least=Amount(shown(least), unit), most=total.never_above)


def mentioned(problem: Problem, document: Document) -> Problem:
    """Give a problem that names a code the line on which the file mentions it last, one that names a key its line."""
    if problem.place.line:
        return problem
    if (key := problem.params.get("key")) is not None:
        return problem.at(document.place((str(key),)))
    code = problem.params.get("code")
    said = (path for path in document.lines if path and path[-1] in ("code", "to") and _at(document.data, path) == code)
    # Where it is given to something, else where something is added to it.
    path = max(said, key=lambda path: (path[-1] == "code", document.lines[path]), default=())
    return problem.at(document.place(path[:-1]))


def _at(data: object, path: tuple[str | int, ...]) -> str:
    for part in path:
        data = data[part]  # type: ignore[index]
    return str(data)
