"""Facts that make a pack come to a wanted verdict: a search over the few values each fact can usefully have.

Goals are taken one by one; each either narrows what its facts may be or is replaced by goals on its parts. A goal
that cannot be reached is undone and the next way tried.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cache, partial
from itertools import islice, product
from typing import NamedTuple

from ..assessment.parts import Required
from ..evaluation import form as forms
from ..evaluation.algebra import Algebra
from ..evaluation.axes import Contexts
from ..evaluation.lowering import Lowering
from ..evaluation.resolve import Context
from ..evaluation.steps import steps_below
from ..pack.catalogue import Catalogue
from ..pack.condition import ConditionModel
from ..pack.indicator import Criterion, Indicator
from ..pack.model import Pack
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
    about: forms.Form | Indicator | Criterion | Pack
    allowed: Allowed
    indicator: Indicator | None = None
    heard: FindingValue | None = None


Way = tuple[tuple[Goal, ...], Domains]
Ways = Callable[[Goal, Domains], Iterator[Way]]


class Search(Algebra[Ways]):
    """Looks for facts in one context. ``turn`` picks among ways that are equally good.

    What a condition asks is read in its normal form. How findings and "if any" enter is stated here a second time, so
    that the evaluator's word on it is held against another.
    """

    def __init__(self, pack: Pack, context: Context, catalogue: Catalogue, turn: int = 0, limit: int = 4_000) -> None:
        super().__init__()
        self.pack, self.context, self.catalogue, self.turn, self.limit = pack, context, catalogue, turn, limit
        self.ground: Ground = ground(pack, catalogue, context.on)
        self._lowering = Lowering(Contexts(context), catalogue)
        self._forms: dict[tuple[int, int], tuple[ConditionModel, forms.Form]] = {}
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
                found["finding", pack.reference, indicator.code] = self._findings(pack, indicator.on(self.context.on))
            for criterion in pack.criteria:
                found.setdefault(("finding", pack.reference, criterion.code), (None, *_HEARD))
        return found

    def titles(self) -> tuple[str, ...]:
        """The titles that children are counted for."""
        day = self.context.on
        return tuple(dict.fromkeys(self.catalogue.title_of(reference, day) for reference in self.ground.titles))

    def _findings(self, pack: Pack, indicator: Indicator) -> tuple[Value, ...]:
        asked = forms.walk(self.lowered(pack, indicator, indicator.requires))
        judged = any(isinstance(part, forms.Concluded) and part.asks == "met" for part in asked)
        first: tuple[Value, ...] = (*_HEARD, None) if judged else (None, *_HEARD)
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
        later = isinstance(goals[0].about, forms.UnmetShare)
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
                yield from self.fold(goal.about)(goal, domains)

    def lowered(self, pack: Pack, indicator: Indicator, condition: ConditionModel) -> forms.Form:
        """A condition of an indicator in its normal form."""
        key = id(pack), id(condition)
        if key not in self._forms:
            # The condition is kept beside its form, so that no other can come to have its id.
            self._forms[key] = condition, self._lowering.condition(pack, indicator, condition)
        return self._forms[key][1]

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
        requires = self.lowered(goal.pack, now, now.requires)
        guarded = None if now.applies_if is None else self.lowered(goal.pack, now, now.applies_if)
        only_finding = isinstance(requires, forms.Concluded)
        guards: tuple[Verdict | None, ...] = tuple(Verdict) if now.applies_if is not None else (None,)
        for said in domains[key]:
            assert said is None or isinstance(said, FindingValue)
            for verdict, guard in product(Verdict, guards):
                if indicator_verdict(verdict, _HEARD.get(said, UNKNOWN), guard) not in goal.allowed:
                    continue
                goals = [Goal(goal.pack, requires, frozenset({verdict}), now, said)]
                if guarded is not None and guard is not None:
                    heard = None if verdict.decided and not only_finding else said
                    goals.append(Goal(goal.pack, guarded, frozenset({guard}), now, heard))
                yield tuple(goals), {**domains, key: (said,)}

    def compare(self, form: forms.Compare) -> Ways:
        return partial(self._measure, form)

    def concluded(self, form: forms.Concluded) -> Ways:
        return lambda goal, domains: _constant(goal, _finding(form, goal.heard), domains)

    def attribute(self, form: forms.Attribute) -> Ways:
        return lambda goal, domains: _constant(goal, form.verdict, domains)

    def open(self, form: forms.Open) -> Ways:
        return lambda goal, domains: _constant(goal, UNKNOWN, domains)

    def children(self, form: forms.Children) -> Ways:
        return partial(self._children, form)

    def holds(self, form: forms.Holds) -> Ways:
        return partial(self._meets, form)

    def unmet_share(self, form: forms.UnmetShare) -> Ways:
        return partial(self._unmet_share, form)

    def total(self, form: forms.Total) -> Ways:
        return partial(self._total, form)

    def group(self, form: forms.Group) -> Ways:
        return partial(self._group, form)

    def settled(self, form: forms.Settled) -> Ways:
        raise NotImplementedError

    def guarded(self, form: forms.Guarded) -> Ways:
        raise NotImplementedError

    def _group(self, form: forms.Group, goal: Goal, domains: Domains) -> Iterator[Way]:
        parts = form.parts
        if form.how == "all":
            ways = [*conjunctions(len(parts), goal.allowed)]
        else:
            came_to = (w for w in product(Verdict, repeat=len(parts)) if _together(form, w) in goal.allowed)
            ways = self._turned(map(_single, came_to))
        for wanted in ways:
            goals = (goal._replace(about=part, allowed=allowed) for part, allowed in zip(parts, wanted, strict=True))
            # What cannot be moved comes first: it ends a way before figures are chosen in vain.
            yield tuple(sorted(goals, key=lambda goal: not _is_open(goal.about))), domains

    def _turned(self, ways: Iterator[tuple[Allowed, ...]]) -> list[tuple[Allowed, ...]]:
        found = list(ways)
        start = self.turn % len(found) if found else 0
        return found[start:] + found[:start]

    def _measure(self, form: forms.Compare, goal: Goal, domains: Domains) -> Iterator[Way]:
        assert isinstance(form.required, Required)
        amount = form.required.amount
        if amount is None:
            yield from _constant(goal, UNKNOWN, domains)
            return
        limit = Fraction(amount.value)

        def verdict(value: Value) -> Verdict:
            if not isinstance(value, Observation):
                return UNKNOWN
            return MET if holds(form.op, Fraction(value.value.value), limit) else NOT_MET

        key = ("measure", form.measure.id)
        left = tuple(value for value in domains[key] if verdict(value) in goal.allowed)
        if left:
            yield (), {**domains, key: left}

    def _total(self, form: forms.Total, goal: Goal, domains: Domains) -> Iterator[Way]:
        """Ways to choose the terms of a sum: its measures, and what the indicators that earn points come to."""
        amount = form.required.amount
        if amount is None:
            yield from _constant(goal, UNKNOWN, domains)
            return
        scored = [term for term in form.terms if isinstance(term, forms.Scored)]
        worth = [term for term in form.terms if isinstance(term, forms.Worth)]
        keys = [("measure", name) for name in dict.fromkeys(term.measure.id for term in scored)]
        earning = [*dict.fromkeys(term.named.item.code for term in worth)]
        met, fails = frozenset({MET}), frozenset({NOT_MET})
        classes = product((met, fails, ANY - met - fails), repeat=len(earning))
        # Not product(classes, product(...)): it would first write down every combination of the figures.
        pairs = ((came_to, values) for came_to in classes for values in _figures([domains[key] for key in keys]))
        for came_to, values in islice(pairs, 1_000):
            chosen, earned = dict(zip(keys, values, strict=True)), dict(zip(earning, came_to, strict=True))
            terms = [_term(chosen["measure", term.measure.id], term) for term in scored]
            terms += [_points(earned[term.named.item.code], term.points) for term in worth]
            low, high = _ends(terms)
            limit = Fraction(amount.value)
            bound = high if form.most is None else min(high, form.most)
            ends = {
                holds(form.required.op, end, limit) for end in (low, bound, *((limit,) if low < limit < bound else ()))
            }
            # Figures that add up to more than they can decide nothing.
            verdict = UNKNOWN if low > bound or len(ends) == 2 else MET if True in ends else NOT_MET
            if verdict in goal.allowed:
                goals = (Goal(goal.pack, goal.pack[code], allowed) for code, allowed in earned.items())
                yield tuple(goals), {**domains, **{key: (value,) for key, value in chosen.items()}}

    def _children(self, form: forms.Children, goal: Goal, domains: Domains) -> Iterator[Way]:
        keys = [("children", level, form.title) for level in form.levels]
        total = CHILDREN * len(keys)
        options = ([count for count in domains[key] if isinstance(count, int)] for key in keys)
        # Thousands of combinations come to the same few sums.
        fits = cache(lambda met: counted(form.required, total, met, 0, form.of != "count") in goal.allowed)
        for counts in product(*options):
            if fits(sum(counts)):
                chosen: dict[Key, tuple[int, ...]] = {key: (count,) for key, count in zip(keys, counts, strict=True)}
                narrowed = {**domains, **chosen, **self._beside(chosen, domains)}
                if all(narrowed.values()):
                    yield (), narrowed

    def _beside(self, chosen: Mapping[Key, tuple[int, ...]], domains: Domains) -> dict[Key, tuple[Value, ...]]:
        """The counts left for titles that build on those counted and for those they build on: no more than below."""
        found: dict[Key, tuple[Value, ...]] = {}
        for (_, level, title), (count,) in chosen.items():
            for other in self.titles():
                key = ("children", level, other)
                left = [value for value in domains[key] if isinstance(value, int)]
                if title in self._below(other):
                    found[key] = tuple(value for value in left if value <= count)
                elif other in self._below(title):
                    found[key] = tuple(value for value in left if value >= count)
        return found

    def _below(self, title: str) -> frozenset[str]:
        return steps_below(title, self.catalogue, self.context.on)

    def _meets(self, form: forms.Holds, goal: Goal, domains: Domains) -> Iterator[Way]:
        pack = form.pack
        if pack is None or not form.in_force:
            yield from _constant(goal, UNKNOWN, domains)
            return
        key = ("held", pack.root)
        for held in domains[key] if self.turn % 2 == 0 else reversed(domains[key]):
            narrowed = {**domains, key: (held,)}
            if not held:
                yield (Goal(pack, pack, goal.allowed),), narrowed
            elif MET in goal.allowed:
                yield (), narrowed

    def _unmet_share(self, form: forms.UnmetShare, goal: Goal, domains: Domains) -> Iterator[Way]:
        pack = form.pack
        if pack is None or not form.in_force:
            yield from _constant(goal, UNKNOWN, domains)
            return
        codes = [criterion.code for criterion in pack.criteria]
        key = ("unmet", pack.reference)
        for failing in domains.get(key, _failing_sets(codes, form.including_any)):
            assert isinstance(failing, tuple)
            verdict = unmet_verdict(form.required, len(codes), failing, (), form.including_any)
            if verdict in goal.allowed:
                # A second condition on the same criteria only has to agree with what the first one settled.
                settled = key in domains
                met = frozenset({MET})
                goals = (Goal(pack, one, FAIL if one.code in failing else met) for one in pack.criteria)
                yield () if settled else tuple(goals), {**domains, key: (failing,)}


def _term(value: Value, term: forms.Scored) -> tuple[Fraction, Fraction]:
    """What a measure brings to a sum, at least and at most."""
    measure, times = term.measure, term.times
    if isinstance(value, Observation):
        return (Fraction(value.value.to(measure.unit).value) * times,) * 2
    low, high = measure.domain.low, measure.domain.high
    return (-FAR if low is None else Fraction(low) * times), (FAR if high is None else Fraction(high) * times)


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


def _figures(each: Sequence[tuple[Value, ...]]) -> Iterator[tuple[Value, ...]]:
    """Combinations of figures: first those that take from each alike, so that other sums of the same terms hold too."""
    for place in range(max(map(len, each), default=0)):
        yield tuple(values[min(place, len(values) - 1)] for values in each)
    yield from product(*each)


def _is_open(about: object) -> bool:
    """Whether a condition has no figure to be held against, so that nothing observed moves it."""
    if isinstance(about, forms.Compare | forms.Total):
        return isinstance(about.required, Required) and about.required.amount is None
    return isinstance(about, forms.Open)


def _finding(form: forms.Concluded, heard: FindingValue | None) -> Verdict:
    if form.asks == "applicable":
        return NOT_MET if heard is FindingValue.NOT_APPLICABLE else MET
    return _HEARD.get(heard, UNKNOWN)


def _together(form: forms.Group, verdicts: tuple[Verdict, ...]) -> Verdict:
    if form.how == "choice":
        guard, then, otherwise = verdicts
        return choice(guard, then, otherwise)
    needed = 1 if form.how == "any" else form.needed
    return together(verdicts, lambda met, of: met >= needed)


def _single(verdicts: tuple[Verdict, ...]) -> tuple[Allowed, ...]:
    return tuple(frozenset({verdict}) for verdict in verdicts)
