"""Facts that make a pack come to a wanted verdict: a search over the few values each fact can usefully have.

Goals are taken one by one; each either narrows what its facts may be or is replaced by goals on its parts. A goal
that cannot be reached is undone and the next way tried.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import islice, product
from typing import NamedTuple

from ..evaluation.resolve import Context, Resolver
from ..pack.catalogue import Catalogue
from ..pack.condition import (
    AllCondition,
    AnyCondition,
    AtLeastCondition,
    AttributeCondition,
    ChoiceCondition,
    ConditionModel,
    CountCondition,
    EveryCondition,
    FindingCondition,
    MeasureCondition,
    MeetsCondition,
    ShareCondition,
    TotalCondition,
    UnmetShareCondition,
    children_asked,
    unit_asked,
    walk,
)
from ..pack.model import Criterion, Indicator, Pack
from ..quantity import factor
from ..snapshot.observation import FindingValue, Observation
from ..verdict import MET, NOT_APPLICABLE, NOT_MET, UNKNOWN, Verdict
from .ground import Ground, ground
from .reference_logic import choice, counted, holds, indicator_verdict, together, unmet_verdict

CHILDREN = 20
# Stands for no bound.
FAR = Fraction(10) ** 60
Allowed = frozenset[Verdict]
Key = tuple[str, ...]
Value = Observation | FindingValue | bool | int | tuple[str, ...] | None
Domains = Mapping[Key, tuple[Value, ...]]
ANY: Allowed = frozenset(Verdict)
PASS: Allowed = frozenset({MET, NOT_APPLICABLE})
FAIL: Allowed = frozenset({NOT_MET})
_HEARD: dict[Value, Verdict] = {FindingValue.MET: MET, FindingValue.NOT_MET: NOT_MET}


class Goal(NamedTuple):
    """Something that should come to one of the allowed verdicts."""

    pack: Pack
    about: ConditionModel | Indicator | Criterion | Pack
    allowed: Allowed
    indicator: Indicator | None = None
    heard: FindingValue | None = None


Way = tuple[tuple[Goal, ...], Domains]


class Search:
    """Looks for facts in one context. ``turn`` picks among ways that are equally good."""

    def __init__(self, pack: Pack, context: Context, catalogue: Catalogue, turn: int = 0, limit: int = 4_000) -> None:
        self.pack, self.context, self.catalogue, self.turn, self.limit = pack, context, catalogue, turn, limit
        self.ground: Ground = ground(pack, catalogue, context.on)
        self._resolvers: dict[str, Resolver] = {}
        self.gave_up = False

    def domains(self) -> dict[Key, tuple[Value, ...]]:
        """Everything each fact may be before anything is asked."""
        found: dict[Key, tuple[Value, ...]] = {}
        for name, values in self.ground.values.items():
            found["measure", name] = (*values, None)
        for title in self.titles():
            for level in self.ground.child_levels:
                found["children", level, title] = tuple(range(CHILDREN, -1, -1))
        for pack in self.ground.packs[1:]:
            found["held", pack.root] = (False, True)
        for pack in self.ground.packs:
            for indicator in pack.coded():
                found["finding", pack.reference, indicator.code] = self._findings(indicator.on(self.context.on))
            for criterion in pack.criteria:
                found.setdefault(("finding", pack.reference, criterion.code), (None, *_HEARD))
        return found

    def titles(self) -> tuple[str, ...]:
        """The titles that children are counted for."""
        day = self.context.on
        return tuple(dict.fromkeys(self.catalogue.title_of(reference, day) for reference in self.ground.titles))

    def _findings(self, indicator: Indicator) -> tuple[Value, ...]:
        asks = [part.finding for _, part in walk(indicator.requires) if isinstance(part, FindingCondition)]
        first: tuple[Value, ...] = (*_HEARD, None) if "met" in asks else (None, *_HEARD)
        return (*first, FindingValue.NOT_APPLICABLE) if indicator.applies_if is not None else first

    def solve(self, goals: Sequence[Goal]) -> Domains | None:
        """What each fact may be so that every goal is reached; ``None`` where there is no way.

        ``gave_up`` is set where that is not certain, because looking further would take too long.
        """
        pending: list[Iterator[Way]] = [iter([(tuple(goals), self.domains())])]
        steps = 0
        while pending:
            way = next(pending[-1], None)
            if way is None:
                pending.pop()
                continue
            open_goals, domains = way
            if not open_goals:
                return domains
            steps += 1
            if steps > self.limit:
                self.gave_up = True
                return None
            pending.append(self._next(open_goals, domains))
        return None

    def _next(self, goals: tuple[Goal, ...], domains: Domains) -> Iterator[Way]:
        # What is asked of another pack's criteria waits until every condition on them has been heard.
        later = isinstance(goals[0].about, UnmetShareCondition)
        for parts, narrowed in self._ways(goals[0], domains):
            yield ((*goals[1:], *parts) if later else (*parts, *goals[1:])), narrowed

    def _ways(self, goal: Goal, domains: Domains) -> Iterator[Way]:
        if goal.allowed == ANY:
            yield (), domains
            return
        match goal.about:
            case Pack():
                yield from self._whole(goal, goal.about, domains)
            case Criterion():
                yield from self._criterion(goal, goal.about, domains)
            case Indicator():
                yield from self._indicator(goal, goal.about, domains)
            case _:
                yield from self._condition(goal, goal.about, domains)

    def _whole(self, goal: Goal, pack: Pack, domains: Domains) -> Iterator[Way]:
        members: tuple[Indicator | Criterion, ...] = (*pack.prerequisites, *pack.criteria)
        for wanted in conjunctions(len(members), goal.allowed):
            yield tuple(Goal(pack, one, allowed) for one, allowed in zip(members, wanted, strict=True)), domains

    def _criterion(self, goal: Goal, criterion: Criterion, domains: Domains) -> Iterator[Way]:
        members = criterion.indicators
        key = ("finding", goal.pack.reference, criterion.code)
        own = all(indicator.code != criterion.code for indicator in members)
        for said in domains[key] if own else (None,):
            asked = goal.allowed - {UNKNOWN} if said is not None else goal.allowed
            by_finding = said is not None and _HEARD.get(said) in goal.allowed
            narrowed = {**domains, key: (said,)} if own else domains
            if said is None or not by_finding:
                wanted_sets = list(conjunctions(len(members), asked, criterion.incomplete))
            else:
                # The finding decides as long as the indicators leave the criterion open.
                wanted_sets = [*conjunctions(len(members), frozenset({UNKNOWN}), criterion.incomplete)]
            for wanted in wanted_sets:
                goals = (Goal(goal.pack, one, allowed) for one, allowed in zip(members, wanted, strict=True))
                yield tuple(goals), narrowed

    def _indicator(self, goal: Goal, indicator: Indicator, domains: Domains) -> Iterator[Way]:
        now = indicator.on(self.context.on)
        key = ("finding", goal.pack.reference, indicator.code)
        only_finding = isinstance(now.requires, FindingCondition)
        guards: tuple[Verdict | None, ...] = tuple(Verdict) if now.applies_if is not None else (None,)
        for said in domains[key]:
            assert said is None or isinstance(said, FindingValue)
            for verdict, guard in product(Verdict, guards):
                if indicator_verdict(verdict, _HEARD.get(said, UNKNOWN), guard) not in goal.allowed:
                    continue
                goals = [Goal(goal.pack, now.requires, frozenset({verdict}), now, said)]
                if now.applies_if is not None and guard is not None:
                    heard = None if verdict.decided and not only_finding else said
                    goals.append(Goal(goal.pack, now.applies_if, frozenset({guard}), now, heard))
                yield tuple(goals), {**domains, key: (said,)}

    def _condition(self, goal: Goal, condition: ConditionModel, domains: Domains) -> Iterator[Way]:
        match condition:
            case MeasureCondition():
                yield from self._measure(goal, condition, domains)
            case TotalCondition():
                yield from self._total(goal, condition, domains)
            case FindingCondition():
                yield from _constant(goal, _finding(condition, goal.heard), domains)
            case AttributeCondition():
                yield from _constant(goal, self._resolver(goal.pack).attribute_verdict(condition), domains)
            case ShareCondition() | CountCondition() | EveryCondition():
                yield from self._children(goal, condition, domains)
            case MeetsCondition():
                yield from self._meets(goal, condition, domains)
            case UnmetShareCondition():
                yield from self._unmet_share(goal, condition, domains)
            case AllCondition():
                yield from self._parts(goal, condition.all, [*conjunctions(len(condition.all), goal.allowed)], domains)
            case AnyCondition():
                parts = condition.any
                ways = [w for w in product(Verdict, repeat=len(parts)) if _any(w) in goal.allowed]
                yield from self._parts(goal, parts, self._turned(map(_single, ways)), domains)
            case AtLeastCondition():
                needed, parts = condition.at_least, condition.of
                ways = [w for w in product(Verdict, repeat=len(parts)) if _some(needed, w) in goal.allowed]
                yield from self._parts(goal, parts, self._turned(map(_single, ways)), domains)
            case ChoiceCondition():
                parts = (condition.when, condition.then, condition.otherwise)
                ways = [w for w in product(Verdict, repeat=3) if choice(*w) in goal.allowed]
                yield from self._parts(goal, parts, self._turned(map(_single, ways)), domains)

    def _turned(self, ways: Iterator[tuple[Allowed, ...]]) -> list[tuple[Allowed, ...]]:
        found = list(ways)
        start = self.turn % len(found) if found else 0
        return found[start:] + found[:start]

    def _parts(
        self, goal: Goal, parts: tuple[ConditionModel, ...], ways: list[tuple[Allowed, ...]], domains: Domains
    ) -> Iterator[Way]:
        for wanted in ways:
            goals = (goal._replace(about=part, allowed=allowed) for part, allowed in zip(parts, wanted, strict=True))
            yield tuple(goals), domains

    def _measure(self, goal: Goal, condition: MeasureCondition, domains: Domains) -> Iterator[Way]:
        assert goal.indicator is not None
        unit = self.ground.measures[condition.measure].unit
        amount = self._resolver(goal.pack).required(goal.indicator, condition, unit).amount
        if amount is None:
            yield from _constant(goal, UNKNOWN, domains)
            return
        limit = Fraction(amount.value)

        def verdict(value: Value) -> Verdict:
            if not isinstance(value, Observation):
                return UNKNOWN
            return MET if holds(condition.op, Fraction(value.value.value), limit) else NOT_MET

        key = ("measure", condition.measure)
        left = tuple(value for value in domains[key] if verdict(value) in goal.allowed)
        if left:
            yield (), {**domains, key: left}

    def _total(self, goal: Goal, condition: TotalCondition, domains: Domains) -> Iterator[Way]:
        """Ways to choose the terms of a sum: its measures, and what the indicators that earn points come to."""
        assert goal.indicator is not None
        unit = unit_asked(condition, self.ground.measures)
        amount = self._resolver(goal.pack).required(goal.indicator, condition, unit).amount
        keys = [("measure", name) for name in dict.fromkeys(condition.measures)]
        earning = [*dict.fromkeys(term.indicator for term in condition.points)]
        met, fails = frozenset({MET}), frozenset({NOT_MET})
        classes = product((met, fails, ANY - met - fails), repeat=len(earning))
        # Not product(classes, product(...)): it would first write down every combination of the figures.
        pairs = ((came_to, values) for came_to in classes for values in product(*(domains[key] for key in keys)))
        for came_to, values in islice(pairs, 1_000):
            chosen, earned = dict(zip(keys, values, strict=True)), dict(zip(earning, came_to, strict=True))
            terms = [self._term(chosen["measure", name], name, unit) for name in condition.measures]
            terms += [_points(earned[term.indicator], term.points) for term in condition.points]
            verdict = UNKNOWN
            if amount is not None:
                low, high = _ends(terms)
                limit, most = Fraction(amount.value), condition.never_above
                bound = high if most is None else min(high, Fraction(most.to(unit).value))
                ends = {
                    holds(condition.op, end, limit) for end in (low, bound, *((limit,) if low < limit < bound else ()))
                }
                # Figures that add up to more than they can decide nothing.
                verdict = UNKNOWN if low > bound or len(ends) == 2 else MET if True in ends else NOT_MET
            if verdict in goal.allowed:
                goals = (Goal(goal.pack, goal.pack[code], allowed) for code, allowed in earned.items())
                yield tuple(goals), {**domains, **{key: (value,) for key, value in chosen.items()}}

    def _term(self, value: Value, name: str, unit: str) -> tuple[Fraction, Fraction]:
        """What a measure brings to a sum, at least and at most."""
        measure = self.ground.measures[name]
        times = Fraction(1) if measure.unit == unit else factor(measure.unit, unit)
        if isinstance(value, Observation):
            return (Fraction(value.value.to(measure.unit).value) * times,) * 2
        low, high = measure.domain.low, measure.domain.high
        return (-FAR if low is None else Fraction(low) * times), (FAR if high is None else Fraction(high) * times)

    def _children(
        self, goal: Goal, condition: ShareCondition | CountCondition | EveryCondition, domains: Domains
    ) -> Iterator[Way]:
        children = children_asked(condition)
        assert children is not None
        assert goal.indicator is not None
        required = None
        if not isinstance(condition, EveryCondition):
            unit = unit_asked(condition, self.ground.measures)
            required = self._resolver(goal.pack).required(goal.indicator, condition, unit)
        title = self.catalogue.title_of(children.meeting, self.context.on)
        keys = [("children", level, title) for level in children.level]
        total = CHILDREN * len(keys)
        share = not isinstance(condition, CountCondition)
        for counts in product(*(domains[key] for key in keys)):
            met = sum(count for count in counts if isinstance(count, int))
            if counted(required, total, met, 0, share) in goal.allowed:
                yield (), {**domains, **{key: (count,) for key, count in zip(keys, counts, strict=True)}}

    def _meets(self, goal: Goal, condition: MeetsCondition, domains: Domains) -> Iterator[Way]:
        pack = self.catalogue.named(condition.meets, self.context.on)
        if self.context.on not in pack.valid:
            yield from _constant(goal, UNKNOWN, domains)
            return
        key = ("held", pack.root)
        for held in domains[key] if self.turn % 2 == 0 else reversed(domains[key]):
            narrowed = {**domains, key: (held,)}
            if not held:
                yield (Goal(pack, pack, goal.allowed),), narrowed
            elif MET in goal.allowed:
                yield (), narrowed

    def _unmet_share(self, goal: Goal, condition: UnmetShareCondition, domains: Domains) -> Iterator[Way]:
        assert goal.indicator is not None
        pack = self.catalogue.named(condition.unmet_share_of, self.context.on)
        if self.context.on not in pack.valid:
            yield from _constant(goal, UNKNOWN, domains)
            return
        required = self._resolver(goal.pack).required(goal.indicator, condition, "percent")
        codes = [criterion.code for criterion in pack.criteria]
        key = ("unmet", pack.reference)
        for failing in domains.get(key, _failing_sets(codes, condition.including_any)):
            assert isinstance(failing, tuple)
            verdict = unmet_verdict(required, len(codes), failing, (), condition.including_any)
            if verdict in goal.allowed:
                # A second condition on the same criteria only has to agree with what the first one settled.
                settled = key in domains
                met = frozenset({MET})
                goals = (Goal(pack, one, FAIL if one.code in failing else met) for one in pack.criteria)
                yield () if settled else tuple(goals), {**domains, key: (failing,)}

    def _resolver(self, pack: Pack) -> Resolver:
        if pack.reference not in self._resolvers:
            self._resolvers[pack.reference] = Resolver(pack, self.context, self.catalogue)
        return self._resolvers[pack.reference]


def _points(earned: Allowed, points: Decimal) -> tuple[Fraction, Fraction]:
    """What points bring to a sum, at least and at most."""
    return Fraction(points if MET in earned else 0), Fraction(0 if NOT_MET in earned else points)


def _ends(terms: Sequence[tuple[Fraction, Fraction]]) -> tuple[Fraction, Fraction]:
    return sum((low for low, _ in terms), Fraction(0)), sum((high for _, high in terms), Fraction(0))


def conjunctions(count: int, allowed: Allowed, incomplete: bool = False) -> Iterator[tuple[Allowed, ...]]:
    """What members may be so that all of them together are allowed; an incomplete set has one more, unknown."""
    if MET in allowed and count and not incomplete:
        yield (frozenset({MET}),) * count
        for place in range(count):
            yield tuple(frozenset({MET}) if place == here else PASS for here in range(count))
    if NOT_MET in allowed:
        for place in range(count):
            yield tuple(FAIL if place == here else ANY for here in range(count))
    if UNKNOWN in allowed:
        if incomplete:
            yield (PASS,) * count
        for place in range(count):
            others = ANY - FAIL
            yield tuple(frozenset({UNKNOWN}) if place == here else others for here in range(count))
    if NOT_APPLICABLE in allowed and not incomplete:
        yield (frozenset({NOT_APPLICABLE}),) * count


def _failing_sets(codes: list[str], named: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Sets of criteria that may fail, of every size, the named ones first or last."""
    ordered = sorted(codes, key=lambda code: code not in named)
    for count in range(len(ordered) + 1):
        yield tuple(ordered[:count])
        if 0 < count < len(ordered):
            yield tuple(ordered[len(ordered) - count :])


def _constant(goal: Goal, verdict: Verdict, domains: Domains) -> Iterator[Way]:
    if verdict in goal.allowed:
        yield (), domains


def _finding(condition: FindingCondition, heard: FindingValue | None) -> Verdict:
    if condition.finding == "applicable":
        return NOT_MET if heard is FindingValue.NOT_APPLICABLE else MET
    return _HEARD.get(heard, UNKNOWN)


def _any(verdicts: tuple[Verdict, ...]) -> Verdict:
    return together(verdicts, lambda met, of: met > 0)


def _some(needed: int, verdicts: tuple[Verdict, ...]) -> Verdict:
    return together(verdicts, lambda met, of: met >= needed)


def _single(verdicts: tuple[Verdict, ...]) -> tuple[Allowed, ...]:
    return tuple(frozenset({verdict}) for verdict in verdicts)
