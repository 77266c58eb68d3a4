"""A form folded to ways of reaching a verdict: what would have to change, and what could still turn out.

A goal is a form and the verdicts it may come to; each is replaced by goals on its parts, or narrows what a fact may
be, until none is left. Of several ways the one with the fewest changed facts is taken: goals that share no fact are
solved one by one, the others by branch and bound, so that what is found is least wherever the budget lasts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import islice, product
from math import prod
from typing import NamedTuple

from ..assessment.parts import Required
from ..assessment.rollup import Rollup
from ..pack.model import Pack
from ..snapshot.observation import FindingValue
from ..verdict import MET, NOT_APPLICABLE, NOT_MET, UNKNOWN, Verdict
from . import form as forms
from .algebra import Algebra
from .bounds import Bounds
from .facts import EvaluationContext
from .form import Form, Group
from .intervals import TESTS, between, summed
from .possible import Counted, Domains, Key, Option, Possible
from .ways import (
    ANY,
    FAIL,
    PASS,
    REST,
    STANDS,
    SUMS,
    Allowed,
    Goal,
    Standing,
    Way,
    Ways,
    beside,
    choices,
    combined,
    constant,
    finding_of,
    least_cost,
    narrowing,
    settles,
    unmet,
    verdict_of,
)

# From so many steps on the first remedy found is taken; after so many the search gives up.
PROOF, TRIES = 2_000, 30_000


class Found(NamedTuple):
    """What the facts may be where every goal is reached; ``least`` says whether fewer changes were ruled out."""

    domains: Domains
    least: bool


class Span(NamedTuple):
    """What one figure, or what an indicator earns, adds to a sum: at least and at most, ``None`` without an end."""

    option: Option
    low: Fraction | None
    high: Fraction | None


class Chosen(NamedTuple):
    """What the facts of some parts of a group may be, and how many of them are changed: the last part's, and before."""

    cost: int = 0
    before: Chosen | None = None
    domains: Domains = {}

    def all(self) -> Domains:
        """The facts of all these parts."""
        found: dict[Key, tuple[Option, ...]] = {}
        here: Chosen | None = self
        while here is not None:
            found |= here.domains
            here = here.before
        return found


class GaveUpError(Exception):
    """The search was given up before it could decide."""


class Changes(Possible, Algebra[Ways]):
    """Ways through the packs that one unit's facts are judged by, and the search for the least of them.

    ``told`` asks what could still turn out: what is not known may be anything, what is known stays.
    """

    def __init__(self, pack: Pack, facts: EvaluationContext, *, told: bool = False) -> None:
        Algebra.__init__(self)
        super().__init__(pack, facts, told=told)
        self.spent = 0
        # Whether something was left untried.
        self.is_cut = False
        self._found: dict[tuple[object, ...], tuple[tuple[int, Domains] | None, bool, Goal, Domains]] = {}
        self._groups: dict[tuple[object, ...], Group] = {}

    def compare(self, form: forms.Compare) -> Ways:
        required = form.required
        assert isinstance(required, Required)
        if required.amount is None:
            return constant(UNKNOWN)
        test, limit = TESTS[form.op], Fraction(required.amount.value)

        def verdict(figures: tuple[Fraction, ...]) -> Verdict:
            passed = {test(one, limit) for one in self.come_to(form.measure, figures)}
            return UNKNOWN if len(passed) != 1 else MET if True in passed else NOT_MET

        return narrowing(("measure", self.line(form.measure).figure.id), verdict)

    def concluded(self, form: forms.Concluded) -> Ways:
        if form.asks == "applicable":
            if not form.heard:
                return constant(MET)
            return narrowing(finding_of(form), lambda said: NOT_MET if said is FindingValue.NOT_APPLICABLE else MET)
        return narrowing(finding_of(form), settles) if form.heard else constant(UNKNOWN)

    def attribute(self, form: forms.Attribute) -> Ways:
        return constant(form.verdict)

    def children(self, form: forms.Children) -> Ways:
        key, below = self._below(form)
        share, bounds = form.of != "count", self._bounds(form, below.total)
        if below.open_total:
            return constant(UNKNOWN)
        if below.total == 0 and share:
            return constant(NOT_APPLICABLE)
        if bounds is None:
            return constant(UNKNOWN)

        return narrowing(key, lambda more: self._with_more(below, bounds, more))

    def _with_more(self, below: Rollup, bounds: Bounds, more: int) -> Verdict:
        met = below.met + more
        return bounds.verdict(met, 0 if self.is_told else min(below.unknown, below.total - met))

    def for_whose_sake(self, key: Key, more: int) -> Counted:
        """Of the conditions on a count, one that needs all of so many more; the pack's own before those of another."""

        def needs(one: Counted) -> bool:
            below = self._below(one.form)[1]
            bounds = self._bounds(one.form, below.total)
            return bounds is not None and self._with_more(below, bounds, more - 1) not in PASS

        asking = self.counted[key]
        return min(asking, key=lambda one: (not needs(one), one.pack.reference != self.whole.pack.reference))

    def holds(self, form: forms.Holds) -> Ways:
        other = self.other(form)
        if other is not None:
            return self.fold(other)
        pack = self.facts.pack(form.reference)
        return constant(UNKNOWN if self.facts.recognition(pack)[0] is None else MET)

    def unmet_share(self, form: forms.UnmetShare) -> Ways:
        """What is met of a set whose failing is asked about is nothing to be changed for its sake."""
        pack = self.facts.pack(form.reference)
        if self.facts.snapshot.as_of not in pack.valid:
            return constant(UNKNOWN)
        other = self.facts.assess_pack(pack)
        return constant(unmet(form, {c.code: c.verdict for c in other.criteria}))

    def total(self, form: forms.Total) -> Ways:
        if form.required.amount is None:
            return constant(UNKNOWN)
        op, limit = form.required.op, Fraction(form.required.amount.value)
        scored = [term for term in form.terms if isinstance(term, forms.Scored)]
        keys: list[Key] = list(dict.fromkeys(("measure", self.line(term.measure).figure.id) for term in scored))
        worth = [term for term in form.terms if isinstance(term, forms.Worth)]
        named = list({id(term.named): term.named for term in worth}.values())
        verdicts = (frozenset({MET}), frozenset({NOT_MET}), frozenset({UNKNOWN, NOT_APPLICABLE}))

        def fits(allowed: Allowed, *spans: Span) -> bool:
            low, high = summed(one.low for one in spans), summed(one.high for one in spans)
            if form.most is not None and low is not None and low > form.most and any(one.option.cost for one in spans):
                # Nobody is asked for figures that contradict each other.
                return False
            return between(op, limit, low, high, form.most) in allowed

        def ways(allowed: Allowed, domains: Domains) -> Iterator[Way]:
            spans = {key: {one: self._span(scored, key, one) for one in domains[key]} for key in keys}
            # The last figure is narrowed to those values that will do, the others are tried value by value: it is one
            # that gets better with the sum, and of these one with the most values.
            betters = {key: self.measures[str(key[1])].better == op.wants for key in keys}
            *tried, last = sorted(keys, key=lambda key: (betters[key], len(spans[key]))) if keys else [()]
            options = [domains[key] for key in tried]
            if prod(map(len, options)) * 3 ** len(named) > SUMS:
                # Where not all is tried, what is found first will do.
                self.is_cut, self.spent = True, max(self.spent, PROOF)
            # Not product(choices, product(...)): it would first write down every combination of the second.
            pairs = ((chosen, came) for chosen in choices(options) for came in product(verdicts, repeat=len(named)))
            for chosen, came_to in islice(pairs, SUMS):
                earned = dict(zip(map(id, named), came_to, strict=True))
                parts = [spans[key][one] for key, one in zip(tried, chosen, strict=True)]
                parts += [_earned(term, earned[id(term.named)]) for term in worth]
                changed = Option(sum(one.cost for one in chosen), None)
                so_far = Span(changed, summed(one.low for one in parts), summed(one.high for one in parts))
                narrowed: dict[Key, tuple[Option, ...]] = {key: (one,) for key, one in zip(tried, chosen, strict=True)}
                if last:
                    narrowed[last] = tuple(one for one, its in spans[last].items() if fits(allowed, so_far, its))
                if narrowed[last] if last else fits(allowed, so_far):
                    yield Way(tuple(Goal(one, came) for one, came in zip(named, came_to, strict=True)), narrowed)

        return ways

    def _span(self, scored: Iterable[forms.Scored], key: Key, option: Option) -> Span:
        """What the terms of a sum that turn on one figure are at least and at most."""
        lows: list[Fraction | None] = []
        highs: list[Fraction | None] = []
        for term in scored:
            if ("measure", self.line(term.measure).figure.id) == key:
                values = self.come_to(term.measure, option.value)
                ends = (min(values), max(values)) if values else (term.measure.domain.low, term.measure.domain.high)
                for found, end in zip((lows, highs), ends, strict=True):
                    found.append(None if end is None else Fraction(end) * term.times)
        return Span(option, summed(lows), summed(highs))

    def group(self, form: Group) -> Ways:
        def ways(allowed: Allowed, domains: Domains) -> Iterator[Way]:
            for wanted in combined(form, allowed):
                yield Way(tuple(Goal(part, some) for part, some in zip(form.parts, wanted, strict=True)))

        return ways

    def open(self, form: forms.Open) -> Ways:
        return constant(UNKNOWN)

    def settled(self, form: forms.Settled) -> Ways:
        key = finding_of(form)

        def ways(allowed: Allowed, domains: Domains) -> Iterator[Way]:
            if allowed - {UNKNOWN}:
                yield Way((Goal(form.check, allowed - {UNKNOWN}),))
            left = tuple(option for option in domains[key] if settles(option.value) in allowed)
            if left:
                yield Way((Goal(form.check, frozenset({UNKNOWN})),), {key: left})

        return ways

    def guarded(self, form: forms.Guarded) -> Ways:
        decided, still_open = frozenset({MET, NOT_MET}), frozenset({UNKNOWN, NOT_APPLICABLE})

        def outcome(base: Verdict, guard: Verdict) -> Verdict:
            if guard is NOT_MET:
                return NOT_APPLICABLE
            return base if guard is not UNKNOWN or base is MET else UNKNOWN

        def ways(allowed: Allowed, domains: Domains) -> Iterator[Way]:
            if allowed >= PASS:
                # A pass is neutral whatever the guard comes to.
                yield Way((Goal(form.base, frozenset({MET})),))
            for guard in Verdict:
                bases = frozenset(base for base in Verdict if outcome(base, guard) in allowed)
                if bases:
                    for check, applies in ((decided, form.despite), (still_open, form.guard)):
                        goals = Goal(form.check, check), Goal(applies, frozenset({guard})), Goal(form.base, bases)
                        yield Way(goals)

        return ways

    # The search.

    def search(self, goals: Iterable[Goal], domains: Domains | None = None) -> Found | None:
        """Facts with as few changes as possible that reach every goal; ``None`` where there are none.

        Raises:
            GaveUpError: nothing was found before the budget was spent, or where it may have been overlooked.
        """
        self.spent, self.is_cut = 0, False
        wanted, start = tuple(goals), self.domains if domains is None else domains
        found = self._least(wanted, start, len(start))
        turns = self.partial and {key for goal in wanted for key in self.keys(goal.form) if len(start[key]) > 1}
        is_cut = self.is_cut or not self.partial.isdisjoint(turns)
        if found is None and is_cut:
            raise GaveUpError
        return None if found is None else Found(found[1], not is_cut)

    def _least(self, goals: tuple[Goal, ...], domains: Domains, bound: int) -> tuple[int, Domains] | None:
        """How many facts more are changed, at most ``bound``, and what the facts may then be."""
        total, after = 0, dict(domains)
        for group in self._parted(goals, domains):
            # Only the facts these goals turn on are carried along.
            here = {key: domains[key] for goal in group for key in self.keys(goal.form)}
            found = self._alone(group[0], here) if len(group) == 1 else self._branch(group, here, bound - total)
            if found is None or total + found[0] > bound:
                return None
            total += found[0]
            after |= found[1]
        return total, after

    def _alone(self, goal: Goal, domains: Domains) -> tuple[int, Domains] | None:
        """What reaches one goal, found once for the same facts."""
        facts = {key: domains[key] for key in self.keys(goal.form)}
        if goal.allowed == ANY:
            return 0, facts
        asked = id(goal.form), goal.allowed, tuple(map(id, facts.values()))
        if asked not in self._found:
            before, self.is_cut = self.is_cut, False
            parts = self._apart(goal, facts)
            found = self._joined(goal, parts, facts) if len(parts) > 1 else self._branch([goal], facts, len(facts))
            # Of one change nothing needs proof: that without any nothing is reached is always seen.
            cut = self.is_cut and (found is None or found[0] > 1)
            self.is_cut = before
            # What is asked is held, so that no other object can come to have its id.
            self._found[asked] = found, cut, goal, facts
        found, cut, _, _ = self._found[asked]
        self.is_cut |= cut
        return found

    def _branch(self, goals: list[Goal], domains: Domains, bound: int) -> tuple[int, Domains] | None:
        goal = goals[0] if len(goals) == 1 else min(goals, key=self._turn)
        rest = tuple(one for one in goals if one is not goal)
        best: tuple[int, Domains] | None = None
        for count, (parts, narrowed) in enumerate(self.fold(goal.form)(goal.allowed, domains)):
            # One way alone is no choice.
            self.spent += count > 0 or bool(rest)
            if self.spent > TRIES:
                raise GaveUpError
            cost = sum(least_cost(left) - least_cost(domains[key]) for key, left in narrowed.items())
            if cost > bound:
                continue
            found = self._least((*parts, *rest), {**domains, **narrowed} if narrowed else domains, bound - cost)
            if found is not None:
                best = cost + found[0], found[1]
                bound = best[0] - 1
                self.is_cut |= bound >= 0 and self.spent > PROOF
                if bound < 0 or self.spent > PROOF:
                    break
        return best

    def _turn(self, goal: Goal) -> int:
        """Which of several goals comes first: single facts, then those there is one way to, which may then part."""
        form: Form | None = goal.form
        while isinstance(form, forms.Named | forms.Criterion | forms.Holds):
            below = self.other(form) if isinstance(form, forms.Holds) else None
            form = form.form if isinstance(form, forms.Named) else getattr(form, "whole", below)
        if form is None or isinstance(form, forms.Compare | forms.Concluded | forms.Children):
            return 0
        return 1 if isinstance(form, Group) and form.how == "all" and goal.allowed in (PASS, STANDS) else 2

    def _apart(self, goal: Goal, domains: Domains) -> list[Form]:
        """The parts of a group between which no fact is shared, those that share one together; none of other forms."""
        form, allowed = goal
        # What every part must be where the whole is to pass or stand is one way.
        if not isinstance(form, Group) or form.how == "choice" or (form.how == "all" and allowed in (PASS, STANDS)):
            return []
        groups = [[one.form for one in some] for some in self._parted((Goal(one, FAIL) for one in form.parts), domains)]
        if form.how == "at_least":
            return list(form.parts) if len(groups) == len(form.parts) else []
        return [some[0] if len(some) == 1 else self._together(form, tuple(some)) for some in groups]

    def _together(self, form: Group, parts: tuple[Form, ...]) -> Group:
        return self._groups.setdefault((form.how, *map(id, parts)), Group(form.how, parts))

    def _joined(self, goal: Goal, parts: list[Form], domains: Domains) -> tuple[int, Domains] | None:
        """Of parts that share no fact what takes least, each looked at by itself."""
        form, allowed = goal
        assert isinstance(form, Group)
        best: tuple[int, Domains] | None = None
        for verdict in Verdict:
            if verdict in allowed and (best is None or best[0] > 0):
                if form.how == "at_least":
                    found = self._counted(form, verdict, domains)
                else:
                    found = self._with_one(parts, frozenset({verdict}), REST[form.how, verdict], domains)
                if found is not None and (best is None or found[0] < best[0]):
                    best = found
        return best

    def _with_one(
        self, parts: list[Form], this: Allowed, rest: Allowed, domains: Domains
    ) -> tuple[int, Domains] | None:
        """One part comes to this, the others to the rest: the one that takes least more than it would as another."""
        total, after = 0, dict(domains)
        least: tuple[int, Form, Domains] | None = None
        for part in parts:
            own, other = self._alone(Goal(part, this), domains), self._alone(Goal(part, rest), domains)
            if other is None:
                return None
            total += other[0]
            after |= {key: other[1][key] for key in self.keys(part)}
            if own is not None and (least is None or own[0] - other[0] < least[0]):
                least = own[0] - other[0], part, own[1]
        return None if least is None else (total + least[0], {**after, **{k: least[2][k] for k in self.keys(least[1])}})

    def _counted(self, form: Group, wanted: Verdict, domains: Domains) -> tuple[int, Domains] | None:
        """Part by part: of what those so far come to only how many count matters for the next."""
        best: dict[Standing, Chosen] = {(0, 0, False): Chosen()}
        # Where so many are met, what the others come to is all one.
        classes = (frozenset({MET}), ANY) if wanted is MET else tuple(frozenset({one}) for one in Verdict)
        for part in form.parts:
            came = [(some, self._alone(Goal(part, some), domains)) for some in classes]
            further: dict[Standing, Chosen] = {}
            for standing, so_far in best.items():
                for some, found in came:
                    if found is not None:
                        after, cost = beside(form, standing, some), so_far.cost + found[0]
                        if after not in further or cost < further[after].cost:
                            further[after] = Chosen(cost, so_far, {key: found[1][key] for key in self.keys(part)})
            best = further
        reached = [one for standing, one in best.items() if verdict_of(form, standing) is wanted]
        if not reached:
            return None
        least = min(reached, key=lambda one: one.cost)
        return least.cost, {**domains, **least.all()}

    def _parted(self, goals: Iterable[Goal], domains: Domains) -> Iterator[list[Goal]]:
        """The goals in groups that share no fact that is still open, those that turn on few first."""
        groups: dict[int, tuple[set[Key], list[Goal]]] = {}
        place: dict[Key, int] = {}
        for number, goal in enumerate(one for one in goals if one.allowed != ANY):
            keys = {key for key in self.keys(goal.form) if len(domains[key]) > 1}
            merged: tuple[set[Key], list[Goal]] = (keys, [])
            for near in sorted({place[key] for key in keys if key in place}):
                there, some = groups.pop(near)
                merged = (merged[0] | there, [*merged[1], *some])
            groups[number] = (merged[0], [*merged[1], goal])
            place |= dict.fromkeys(merged[0], number)
        yield from (some for _, some in sorted(groups.values(), key=lambda group: len(group[0])))


def _earned(term: forms.Worth, came: Allowed) -> Span:
    points = Fraction(term.points)
    return Span(Option(0, None), points if MET in came else Fraction(0), Fraction(0) if NOT_MET in came else points)
