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
from .form import Group
from .intervals import TESTS, between
from .possible import Counted, Domains, Key, Possible
from .ways import (
    ANY,
    PASS,
    SUMS,
    Allowed,
    Goal,
    Way,
    Ways,
    choices,
    combined,
    constant,
    finding_of,
    least_cost,
    narrowing,
    settles,
    unmet,
)

# From so many steps on the first remedy found is taken; after so many the search gives up.
PROOF, TRIES = 20_000, 60_000


class Found(NamedTuple):
    """What the facts may be where every goal is reached; ``least`` says whether fewer changes were ruled out."""

    domains: Domains
    least: bool


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

    def compare(self, form: forms.Compare) -> Ways:
        required = form.required
        assert isinstance(required, Required)
        if required.amount is None:
            return constant(UNKNOWN)
        key, test, limit = ("measure", form.measure.id), TESTS[form.op], Fraction(required.amount.value)

        def verdict(values: tuple[Fraction, ...]) -> Verdict:
            passed = {test(value, limit) for value in values}
            return UNKNOWN if len(passed) != 1 else MET if True in passed else NOT_MET

        return narrowing(key, verdict)

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
        keys = list(dict.fromkeys(("measure", t.measure.id) for t in form.terms if isinstance(t, forms.Scored)))
        named = list({id(t.named): t.named for t in form.terms if isinstance(t, forms.Worth)}.values())
        verdicts = (frozenset({MET}), frozenset({NOT_MET}), frozenset({UNKNOWN, NOT_APPLICABLE}))

        def ways(allowed: Allowed, domains: Domains) -> Iterator[Way]:
            options = [domains[key] for key in keys]
            if prod(map(len, options)) * 3 ** len(named) > SUMS:
                self.spent = max(self.spent, PROOF)
            # Not product(choices, product(...)): it would first write down every combination of the second.
            pairs = ((chosen, came) for chosen in choices(options) for came in product(verdicts, repeat=len(named)))
            for chosen, came_to in islice(pairs, SUMS):
                figures, earned = dict(zip(keys, chosen, strict=True)), dict(zip(map(id, named), came_to, strict=True))
                low: Fraction | None = Fraction(0)
                high: Fraction | None = Fraction(0)
                for term in form.terms:
                    if isinstance(term, forms.Worth):
                        came = earned[id(term.named)]
                        least = Fraction(term.points if MET in came else 0)
                        most: Fraction | None = Fraction(0 if NOT_MET in came else term.points)
                    else:
                        values = figures["measure", term.measure.id].value
                        ends = term.measure.domain.low, term.measure.domain.high
                        given = (min(values), max(values)) if values else ends
                        least, most = (None if end is None else Fraction(end) * term.times for end in given)  # type: ignore[assignment]
                    low = None if low is None or least is None else low + least
                    high = None if high is None or most is None else high + most
                if form.most is not None and low is not None and low > form.most and any(one.cost for one in chosen):
                    # Nobody is asked for figures that contradict each other.
                    continue
                if between(op, limit, low, high, form.most) in allowed:
                    goals = tuple(Goal(one, came) for one, came in zip(named, came_to, strict=True))
                    yield Way(goals, {key: (option,) for key, option in figures.items()})

        return ways

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
            GaveUpError: nothing was found before the budget was spent.
        """
        self.spent = 0
        start = self.domains if domains is None else domains
        found = self._least(tuple(goals), start, len(start))
        return None if found is None else Found(found[1], self.spent < PROOF)

    def _least(self, goals: tuple[Goal, ...], domains: Domains, bound: int) -> tuple[int, Domains] | None:
        """How many facts more are changed, at most ``bound``, and what the facts may then be."""
        pending = [goal for goal in goals if goal.allowed != ANY]
        total = 0
        for group in self._parted(pending, domains):
            found = self._branch(group, domains, bound - total)
            if found is None:
                return None
            total, domains = total + found[0], found[1]
        return total, domains

    def _branch(self, goals: list[Goal], domains: Domains, bound: int) -> tuple[int, Domains] | None:
        self.spent += 1
        if self.spent > TRIES:
            raise GaveUpError
        goal = min(goals, key=lambda one: not isinstance(one.form, forms.Compare | forms.Concluded | forms.Children))
        rest = tuple(one for one in goals if one is not goal)
        best: tuple[int, Domains] | None = None
        for parts, narrowed in self.fold(goal.form)(goal.allowed, domains):
            cost = sum(least_cost(left) - least_cost(domains[key]) for key, left in narrowed.items())
            if cost > bound:
                continue
            found = self._least((*parts, *rest), {**domains, **narrowed} if narrowed else domains, bound - cost)
            if found is not None:
                best = cost + found[0], found[1]
                bound = best[0] - 1
                if bound < 0 or self.spent > PROOF:
                    break
        return best

    def _parted(self, goals: list[Goal], domains: Domains) -> Iterator[list[Goal]]:
        """The goals in groups that share no fact that is still open."""
        groups: list[tuple[set[Key], list[Goal]]] = []
        for goal in goals:
            keys = {key for key in self.keys(goal.form) if len(domains[key]) > 1}
            near = [group for group in groups if not group[0].isdisjoint(keys)]
            groups = [group for group in groups if group[0].isdisjoint(keys)]
            merged = [one for _, some in near for one in some]
            groups.append((keys.union(*(there for there, _ in near)), [*merged, goal]))
        yield from (some for _, some in sorted(groups, key=lambda group: len(group[0])))
