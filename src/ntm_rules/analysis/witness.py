"""A snapshot made of the facts a search found, and the evaluator's own word on it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from ..assessment.model import Assessment, CriterionResult, IndicatorResult
from ..errors import NtmError
from ..evaluation.evaluate import checked
from ..pack.catalogue import Catalogue
from ..pack.legal import Verification
from ..pack.measure import Measure
from ..pack.model import Pack
from ..pack.reference import split_reference
from ..quantity.amount import Amount
from ..snapshot.model import Snapshot
from ..snapshot.unit import Unit
from ..verdict import MET, NOT_APPLICABLE, NOT_MET
from .cases import Case
from .formula import Flag, Variable, World
from .interval import Interval
from .reading import Childless, Reading, finite, terms_of, variable_of

MANY_CHILDREN = 120
Meeting = dict[str, dict[str, Interval]]


def snapshot_of(
    world: World, case: Case, childless: Childless, readings: Iterable[Reading], measures: Iterable[Measure]
) -> Snapshot:
    """The facts of a world as a snapshot; ``measures`` the world says nothing of are given any value they can have."""
    figures = {}
    for measure in measures:
        variable = variable_of(measure)
        span = world.spans.get(variable, variable.domain.tight())
        figures[measure.id] = Amount(span.pick(), measure.unit)
    return Snapshot.model_validate(
        {
            "unit": _unit(case),
            "as_of": case.day,
            "measures": figures,
            "findings": _findings(world.flags, readings),
            "children": _children(world.spans, childless),
        }
    )


def spread(world: World, measures: Mapping[str, Measure]) -> World:
    """The world where what sums are to come to is spread over their terms.

    Sums of few terms come first, each as small as it may be, so that one over all of them (a set's total beside its
    criteria) finds room: it raises what they left, as far as they allow.
    """
    parts: dict[Variable, dict[Variable, Fraction]] = {}
    for variable in world.spans:
        if variable.key[0] == "total":
            terms = parts[variable] = {}
            for name, times in terms_of(variable):
                term = variable_of(measures[name])
                terms[term] = terms.get(term, Fraction()) + times
    values: dict[Variable, Fraction] = {}
    done: list[Variable] = []
    for total in sorted(parts, key=lambda one: len(parts[one])):
        for term in parts[total]:
            values.setdefault(term, Fraction(world.spans.get(term, term.domain.tight()).least()))
        rest = Fraction(_small(world.spans[total])) - _sum(parts[total], values)
        for term, by in parts[total].items():
            high = world.spans.get(term, term.domain.tight()).high
            room = [] if high is None else [Fraction(high) - values[term]]
            for other in done:
                most = world.spans[other].high
                if term in parts[other] and most is not None:
                    room.append((Fraction(most) - _sum(parts[other], values)) / parts[other][term])
            more = min([rest / by, *room])
            if more > 0 and finite(values[term] + more) is not None:
                values[term] += more
                rest -= more * by
        done.append(total)
    told = {term: finite(value) for term, value in values.items()}
    spans = {term: Interval(value, True, value, True) for term, value in told.items() if value is not None}
    return World({**world.spans, **spans}, world.flags)


def _sum(terms: Mapping[Variable, Fraction], values: Mapping[Variable, Fraction]) -> Fraction:
    return sum((values[term] * by for term, by in terms.items()), Fraction())


def _small(span: Interval) -> Decimal:
    """A small value of a sum; of one above an end that does not belong to it, not the other end."""
    if span.low is None or span.low_in or (span.high is not None and span.high <= span.low + 1):
        return span.least()
    return span.low + 1


def standing_in(snapshot: Snapshot, case: Case) -> Snapshot:
    """The same facts of a unit of another case."""
    return snapshot.model_copy(update={"unit": _unit(case), "as_of": case.day})


def _unit(case: Case) -> Unit:
    return Unit(
        id="counterexample",
        level=case.level,
        region=case.region,
        group=case.group,
        attributes=dict(case.attributes),
    )


def _findings(flags: dict[Flag, bool], readings: Iterable[Reading]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for reading in readings:
        for flag, places in reading.said.items():
            up = flags.get(flag)
            if up is None or (flag.kind == "applicable" and up):
                continue
            word = "not_applicable" if flag.kind == "applicable" else "met" if up else "not_met"
            for reference, code in places:
                held = found.setdefault(reference, {})
                # What does not apply needs no other conclusion; what is to be met is said over what is not.
                if flag.kind == "applicable" or held.get(code) in (None, "not_met"):
                    held[code] = word
    return found


def _children(spans: dict[Variable, Interval], childless: Childless) -> dict[str, Any]:
    """Counts of children, as few as show what the shares and numbers ask; none where no such counts are found."""
    asked: dict[tuple[str, ...], Meeting] = {}
    for variable, span in spans.items():
        kind, *rest = variable.key
        if kind in ("share", "count"):
            levels, title = rest
            assert isinstance(levels, tuple)
            asked.setdefault(levels, {}).setdefault(str(title), {})[str(kind)] = span
    told: dict[str, Any] = {}
    for levels, meeting in asked.items():
        sizes = (0,) if levels in childless else range(1, MANY_CHILDREN)
        for total in sizes:
            met = {title: _how_many(total, spans) for title, spans in meeting.items()}
            if all(count is not None for count in met.values()):
                told[levels[0]] = {"total": total, "meeting": met}
                told.update({level: {"total": 0} for level in levels[1:]})
                break
    told.update({level: {"total": 0} for levels in childless for level in levels})
    return told


def _how_many(total: int, spans: dict[str, Interval]) -> int | None:
    share, count = spans.get("share", Interval()), spans.get("count", Interval())
    for number in range(total + 1):
        if _holds(count, Fraction(number)) and (not total or _holds(share, Fraction(100 * number, total))):
            return number
    return None


def _holds(interval: Interval, value: Fraction) -> bool:
    """Whether a ratio, which may be no finite decimal, lies in the interval."""
    low, high = interval.low, interval.high
    above = low is None or value > Fraction(low) or (interval.low_in and value == Fraction(low))
    return above and (high is None or value < Fraction(high) or (interval.high_in and value == Fraction(high)))


def failing(
    snapshot: Snapshot,
    first: Pack,
    second: Pack,
    prerequisites: bool,
    trust: Verification,
    catalogue: Catalogue,
) -> frozenset[str]:
    """The codes of the second pack that, by the evaluator, the snapshot does not meet; none where it fails the first.

    With ``prerequisites`` the whole packs are meant, else their criteria.
    """
    try:
        one, other = _judged(snapshot, (first, second), trust, catalogue)
    except NtmError:
        return frozenset()
    if prerequisites:
        meets = one.verdict is MET and other.verdict is NOT_MET
    else:
        meets = all(criterion.verdict in (MET, NOT_APPLICABLE) for criterion in one.criteria)
    judged: tuple[IndicatorResult | CriterionResult, ...] = (
        *other.prerequisites,
        *other.indicators(),
        *other.criteria,
    )
    return frozenset(item.code for item in judged if item.verdict is NOT_MET) if meets else frozenset()


def _judged(
    snapshot: Snapshot, packs: tuple[Pack, Pack], trust: Verification, catalogue: Catalogue
) -> tuple[Assessment, Assessment]:
    """The assessments; where both packs know all that is told, on the same facts, so that nothing is judged twice."""
    told, also = (_known_to(pack, snapshot, catalogue) for pack in packs)
    facts = checked(packs if told is also else packs[:1], told, trust, catalogue, "ignore")
    others = facts if told is also else checked(packs[1:], also, trust, catalogue, "ignore")
    return facts.assess_pack(packs[0]), others.assess_pack(packs[1])


def _known_to(pack: Pack, snapshot: Snapshot, catalogue: Catalogue) -> Snapshot:
    """The snapshot without what only the other pack knows of, where that is not installed."""
    unit, attributes = snapshot.unit, {*pack.attributes, *catalogue.attributes()}
    findings = {
        reference: said
        for reference, said in snapshot.findings.items()
        if reference == pack.reference or catalogue.has(split_reference(reference)[0])
    }
    known = {name: value for name, value in unit.attributes.items() if name in attributes}
    if len(known) == len(unit.attributes) and len(findings) == len(snapshot.findings):
        return snapshot
    return snapshot.model_copy(update={"unit": unit.model_copy(update={"attributes": known}), "findings": findings})


def value_in(world: World, measure: Measure) -> Amount:
    """The value a world's snapshot gives a measure."""
    variable = variable_of(measure)
    return Amount(world.spans.get(variable, variable.domain.tight()).pick(), measure.unit)


__all__ = ["failing", "snapshot_of", "spread", "standing_in", "value_in"]
