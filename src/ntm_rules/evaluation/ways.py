"""Ways to a verdict: what is left to reach, and what the facts may still be, for each thing a condition is made of."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from itertools import combinations, product
from math import prod
from typing import Any, NamedTuple

from ..snapshot.observation import FindingValue
from ..verdict import MET, NOT_APPLICABLE, NOT_MET, UNKNOWN, Verdict, choose, conjunction
from . import form as forms
from .bounds import Bounds
from .conflicts import FOUND
from .form import Form, Group
from .possible import Domains, Key, Option

Allowed = frozenset[Verdict]
ANY: Allowed = frozenset(Verdict)
PASS: Allowed = frozenset({MET, NOT_APPLICABLE})
FAIL: Allowed = frozenset({NOT_MET})
STANDS: Allowed = ANY - {NOT_MET}
# Of the figures of a sum so many combinations are tried.
SUMS = 500


class Goal(NamedTuple):
    """A form that should come to one of the allowed verdicts."""

    form: Form
    allowed: Allowed


class Way(NamedTuple):
    """What is left to reach, and what the facts may still be."""

    goals: tuple[Goal, ...] = ()
    narrowed: Domains = {}


Ways = Callable[[Allowed, Domains], Iterator[Way]]


def constant(verdict: Verdict) -> Ways:
    return lambda allowed, domains: iter((Way(),) if verdict in allowed else ())


def narrowing(key: Key, verdict: Callable[[Any], Verdict]) -> Ways:
    def ways(allowed: Allowed, domains: Domains) -> Iterator[Way]:
        left = tuple(option for option in domains[key] if verdict(option.value) in allowed)
        if left:
            yield Way((), {key: left})

    return ways


def finding_of(form: forms.Concluded | forms.Settled) -> Key:
    return "finding", form.pack.reference, form.code


def settles(said: FindingValue | None) -> Verdict:
    return FOUND.get(said, UNKNOWN)


def combined(form: Group, allowed: Allowed) -> Iterator[tuple[Allowed, ...]]:
    """What the parts may be so that together they are allowed."""
    count, places = len(form.parts), range(len(form.parts))
    met, fails, unknown, idle = (frozenset({verdict}) for verdict in (MET, NOT_MET, UNKNOWN, NOT_APPLICABLE))

    def one(place: int, this: Allowed, others: Allowed) -> tuple[Allowed, ...]:
        return tuple(this if here == place else others for here in places)

    match form.how:
        case "all" if allowed >= STANDS:
            yield (STANDS,) * count
            if NOT_MET in allowed:
                yield from (one(place, fails, ANY) for place in places)
        case "all":
            if allowed >= PASS:
                yield (PASS,) * count
            elif MET in allowed:
                yield from (one(place, met, PASS) for place in places)
            elif NOT_APPLICABLE in allowed:
                yield (idle,) * count
            if UNKNOWN in allowed:
                yield from (one(place, unknown, STANDS) for place in places)
            if NOT_MET in allowed:
                yield from (one(place, fails, ANY) for place in places)
        case "choice":
            for verdicts in product(Verdict, repeat=3):
                if choose(*verdicts) in allowed:
                    yield tuple(frozenset({verdict}) for verdict in verdicts)
        case _:
            needed = 1 if form.how == "any" else form.needed
            if MET in allowed:
                for some in combinations(places, needed):
                    yield tuple(met if place in some else ANY for place in places)
            if NOT_APPLICABLE in allowed:
                yield (idle,) * count
            if UNKNOWN in allowed:
                for some in combinations(places, needed):
                    rest = tuple(met | unknown if place in some else ANY - met for place in places)
                    for place in some:
                        yield tuple(unknown if here == place else rest[here] for here in places)
            if NOT_MET in allowed:
                for some in combinations(places, count - needed + 1):
                    lost = tuple(fails | idle if here in some else ANY for here in places)
                    for place in places:
                        kept = fails if place in some else ANY - idle
                        yield tuple(kept if here == place else lost[here] for here in places)


# What the other parts may be where one makes "all" or "any" of them come to a verdict.
REST: dict[tuple[str, Verdict], Allowed] = {
    ("all", NOT_MET): ANY,
    ("all", UNKNOWN): STANDS,
    ("all", MET): PASS,
    ("all", NOT_APPLICABLE): frozenset({NOT_APPLICABLE}),
    ("any", MET): ANY,
    ("any", UNKNOWN): ANY - {MET},
    ("any", NOT_MET): frozenset({NOT_MET, NOT_APPLICABLE}),
    ("any", NOT_APPLICABLE): frozenset({NOT_APPLICABLE}),
}
# Of parts that are counted: how many are met, how many may be, and whether any is asked.
Standing = tuple[int, int, bool]


def beside(form: Group, standing: Standing, came: Allowed) -> Standing:
    """What some parts come to with one more; beyond what is needed nothing is counted."""
    if came == {NOT_APPLICABLE}:
        return standing
    met, possible = standing[0] + (came == {MET}), standing[1] + (came <= {MET, UNKNOWN})
    return min(met, form.needed), min(possible, form.needed), True


def verdict_of(form: Group, standing: Standing) -> Verdict:
    """What a group comes to where that is what its parts do."""
    met, possible, is_asked = standing
    if not is_asked:
        return NOT_APPLICABLE
    return MET if met >= form.needed else UNKNOWN if possible >= form.needed else NOT_MET


def unmet(form: forms.UnmetShare, criteria: Mapping[str, Verdict]) -> Verdict:
    verdicts = [verdict for verdict in criteria.values() if verdict is not NOT_APPLICABLE]
    amount = form.required.amount
    share = UNKNOWN if verdicts else NOT_APPLICABLE
    if verdicts and amount is not None:
        bounds = Bounds(form.required.op, amount.value, len(verdicts), share=True)
        share = bounds.verdict(verdicts.count(NOT_MET), verdicts.count(UNKNOWN))
    if not form.including_any:
        return share
    among = {criteria.get(code) for code in form.including_any}
    return conjunction((share, MET if NOT_MET in among else UNKNOWN if UNKNOWN in among else NOT_MET))


def choices(options: list[tuple[Option, ...]]) -> list[tuple[Option, ...]]:
    """One option of each, cheapest together first; of too many, those that raise or lower one figure after another."""
    if prod(map(len, options)) <= SUMS:
        return sorted(product(*options), key=lambda some: sum(one.cost for one in some))
    cheapest = [min(some, key=lambda one: one.cost) for some in options]
    found: list[tuple[Option, ...]] = []
    for extreme in (max, min):
        ends = [extreme(some, key=lambda one: one.value[0] if one.value else Fraction(0)) for some in options]
        found += [(*ends[:n], *cheapest[n:]) for n in range(len(options) + 1)]
    return found


def least_cost(options: tuple[Option, ...]) -> int:
    return min(option.cost for option in options)
