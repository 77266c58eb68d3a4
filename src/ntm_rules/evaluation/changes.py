"""A form folded to ways of reaching a verdict: what would have to change, and what could still turn out.

A goal is a form and the verdicts it may come to; each is replaced by goals on its parts, or narrows what a fact may
be, until none is left. Of several ways the one with the fewest changed facts is taken: goals that share no fact are
solved one by one, the others by branch and bound, so that what is found is least wherever the budget lasts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from itertools import combinations, islice, product
from math import prod
from typing import Any, NamedTuple

from ..assessment.parts import Required
from ..assessment.rollup import Rollup
from ..messages import Text
from ..pack.condition import Op
from ..pack.measure import Measure
from ..pack.model import Pack
from ..quantity.number import shown
from ..snapshot.observation import FindingValue
from ..verdict import MET, NOT_APPLICABLE, NOT_MET, UNKNOWN, Verdict, choose, conjunction
from . import form as forms
from .algebra import Algebra
from .axes import Contexts
from .bounds import Bounds
from .conflicts import FOUND
from .facts import EvaluationContext, summary_of
from .form import Form, Group
from .intervals import TESTS, between
from .lowering import Lowering
from .resolve import Context

Allowed = frozenset[Verdict]
Key = tuple[object, ...]
ANY: Allowed = frozenset(Verdict)
PASS: Allowed = frozenset({MET, NOT_APPLICABLE})
FAIL: Allowed = frozenset({NOT_MET})
STANDS: Allowed = ANY - {NOT_MET}
PROOF, TRIES = 20_000, 60_000
SUMS = 2_000


class Option(NamedTuple):
    """What a fact may be: figures, a conclusion, or so many further children; ``cost`` is one where it is a change."""

    cost: int
    value: Any


Domains = Mapping[Key, tuple[Option, ...]]


class Goal(NamedTuple):
    """A form that should come to one of the allowed verdicts."""

    form: Form
    allowed: Allowed


class Way(NamedTuple):
    """What is left to reach, and what the facts may still be."""

    goals: tuple[Goal, ...] = ()
    narrowed: Domains = {}


class Asked(NamedTuple):
    """A comparison of a measure, with the pack and indicator it is asked for."""

    pack: Pack
    code: str
    form: forms.Compare


class Summed(NamedTuple):
    """A sum that a measure is a term of, with the pack and indicator that set it."""

    pack: Pack
    code: str
    form: forms.Total


class Counted(NamedTuple):
    """A condition on the children, with the pack and indicator that set it."""

    pack: Pack
    code: str
    form: forms.Children


class Found(NamedTuple):
    """What the facts may be where every goal is reached; ``least`` says whether fewer changes were ruled out."""

    domains: Domains
    least: bool


class GaveUpError(Exception):
    """The search was given up before it could decide."""


Ways = Callable[[Allowed, Domains], Iterator[Way]]


class Changes(Algebra[Ways]):
    """Ways through the packs that one unit's facts are judged by.

    ``told`` asks what could still turn out: what is not known may be anything, what is known stays.
    """

    def __init__(self, pack: Pack, facts: EvaluationContext, *, told: bool = False) -> None:
        super().__init__()
        self.facts, self.is_told = facts, told
        snapshot = facts.snapshot
        context = Context.of(snapshot.unit, snapshot.as_of, facts.trust)
        self.lowering = Lowering(Contexts(context), facts.catalogue)
        self.whole = self.lowering.pack(pack)
        self.members: tuple[forms.Named | forms.Criterion, ...] = (*self.whole.prerequisites, *self.whole.criteria)
        self.asked: dict[str, list[Asked]] = {}
        self.domains: dict[Key, tuple[Option, ...]] = {}
        self.measures: dict[str, Measure] = {}
        self.places: dict[tuple[str, str], tuple[Pack, Text, str]] = {}
        self.counted: dict[Key, list[Counted]] = {}
        self.summed: dict[str, list[Summed]] = {}
        self._others: dict[str, Form | None] = {}
        self._limits: dict[str, set[Fraction]] = {}
        self._keys: dict[int, tuple[Form, frozenset[Key]]] = {}
        self.spent = 0
        self.kept: frozenset[Key] = frozenset()
        for member in self.members:
            self._note(member, pack, "")
        for name, measure in self.measures.items():
            self.domains["measure", name] = tuple(self._figures(measure))
        # What each fact is now.
        self.now = {key: options[0] for key, options in self.domains.items()}
        self.now |= {("measure", name): Option(0, self.observed(one)) for name, one in self.measures.items()}

    def keep(self, measures: Iterable[str]) -> None:
        """Leave figures as they are reported."""
        self.kept = frozenset(("measure", name) for name in measures)
        self.domains |= {key: (self.now[key],) for key in self.kept & self.domains.keys()}

    # What the facts are, and may be.

    def _note(self, form: Form, pack: Pack, code: str) -> None:
        """Take down the facts a form asks for, and the values at which it makes a difference."""
        match form:
            case forms.Named() | forms.Criterion():
                code, pack = form.item.code, form.pack
                text = form.item.text if isinstance(form, forms.Named) else form.item.title
                # An unnumbered indicator has its criterion's code, and the findings on it.
                if isinstance(form, forms.Named) or (pack.reference, code) not in self.places:
                    self.places[pack.reference, code] = pack, text, form.item.agency
            case forms.Compare(measure=measure, required=Required(amount=amount)) if amount is not None:
                self.measures[measure.id] = measure
                self._limits.setdefault(measure.id, set()).add(Fraction(amount.value))
                self.asked.setdefault(measure.id, []).append(Asked(pack, code, form))
            case forms.Total():
                self._note_total(form, pack, code)
            case forms.Settled():
                self._note_finding(form.pack, form.code)
            case forms.Concluded(heard=True):
                self._note_finding(form.pack, form.code)
            case forms.Children():
                self._note_children(form)
                self.counted.setdefault(self._below(form)[0], []).append(Counted(pack, code, form))
            case forms.Holds():
                other = self.other(form)
                if other is not None:
                    self._note(other, pack, code)
        for part in self._inside(form):
            self._note(part, pack, code)

    def _inside(self, form: Form) -> Iterator[Form]:
        yield from (form.whole,) if isinstance(form, forms.Criterion) else forms.inside(form)
        if isinstance(form, forms.Guarded) and form.despite is not form.guard:
            yield form.despite

    def _note_total(self, form: forms.Total, pack: Pack, code: str) -> None:
        amount = form.required.amount
        scored = [term for term in form.terms if isinstance(term, forms.Scored)]
        now = {term.measure.id: self.observed(term.measure) for term in scored}
        for term in scored:
            name, domain = term.measure.id, term.measure.domain
            self.measures[name] = term.measure
            self.summed.setdefault(name, []).append(Summed(pack, code, form))
            limits = self._limits.setdefault(name, set())
            limits.update(Fraction(end) for end in (domain.low, domain.high) if end is not None)
            if amount is not None:
                others = [min(now[o.measure.id]) * o.times for o in scored if o is not term and now[o.measure.id]]
                earned = [Fraction(o.points) for o in form.terms if isinstance(o, forms.Worth)]
                rest = (Fraction(amount.value) - sum(others), Fraction(amount.value) - sum(others) - sum(earned))
                limits.update(one / term.times for one in rest)

    def _note_finding(self, pack: Pack, code: str) -> None:
        key = ("finding", pack.reference, code)
        if key not in self.domains:
            given = self.facts.snapshot.findings
            said = tuple(one for name in pack.names for one in given.get(name, {}).get(code, ()))
            now = Option(0, summary_of(said).value if said else None)
            more: tuple[Option, ...] = ()
            if self.is_told and not said:
                more = tuple(Option(0, value) for value in FindingValue)
            elif not self.is_told and now.value is not FindingValue.MET:
                more = (Option(1, FindingValue.MET),)
            self.domains[key] = (now, *more)

    def _note_children(self, form: forms.Children) -> None:
        key, below = self._below(form)
        if below.open_total:
            return
        wanted = {0, below.unknown} if self.is_told else set[int]()
        if (bounds := self._bounds(form, below.total)) is not None:
            wanted |= {bounds.low - below.met, bounds.high - below.met, bounds.high - below.met + 1}
        most = below.unknown if self.is_told else below.total - below.met
        more = sorted(count for count in wanted if 0 < count <= most)
        known = {option.value for option in self.domains.get(key, ())}
        added = tuple(Option(0 if self.is_told else 1, count) for count in more if count not in known)
        self.domains[key] = (*self.domains.get(key, (Option(0, 0),)), *added)

    def _below(self, form: forms.Children) -> tuple[Key, Rollup]:
        return ("children", form.levels, form.title), form.among(self.facts.children(form.levels, form.meeting))

    def _bounds(self, form: forms.Children, total: int) -> Bounds | None:
        share = form.of != "count"
        if form.required is None:
            return Bounds(Op.AT_LEAST, Decimal(100), total, share=True)
        amount = form.required.amount
        return None if amount is None else Bounds(form.required.op, amount.value, total, share)

    def observed(self, measure: Measure) -> tuple[Fraction, ...]:
        """The figures reported, in the measure's unit."""
        return tuple(Fraction(measure.read(one.value)) for one in self.facts.measures.get(measure.id, ()))

    def _figures(self, measure: Measure) -> Iterator[Option]:
        """The figures there are, then single ones at and between the limits, nearest first."""
        now = self.observed(measure)
        free = not now if self.is_told else measure.changeable
        if not (self.is_told and free):
            yield Option(0, now)
        if not free:
            return
        limits = sorted(self._limits.get(measure.id, ()))
        points = {one for one in _points(limits, measure.domain.whole) if _inside(measure, one)}
        lower = [asked.form.op.wants == "lower" for asked in self.asked.get(measure.id, ())]
        start = now[0] if now else max(limits) + 1 if lower and all(lower) else min(limits, default=Fraction(0)) - 1
        if self.is_told and not points:
            yield Option(0, now)
        for point in sorted(points, key=lambda one: abs(one - start)):
            if (point,) != now:
                yield Option(0 if self.is_told else 1, (point,))

    def by_code(self) -> dict[tuple[str, str], forms.Named | forms.Criterion]:
        """Everything that has a verdict of its own, by kind and code."""
        found: dict[tuple[str, str], forms.Named | forms.Criterion] = {}
        for member in self.members:
            kind = "criterion" if isinstance(member, forms.Criterion) else "indicator"
            found[kind, member.item.code] = member
            inside = member.members if isinstance(member, forms.Criterion) else ()
            found |= {("indicator", one.item.code): one for one in inside}
        return found

    def leaves(self, form: Form) -> Iterator[Form]:
        """What a form asks that has no parts of its own."""
        parts = tuple(self._inside(form))
        yield from (leaf for part in parts for leaf in self.leaves(part))
        if not parts:
            yield form

    def other(self, form: forms.Holds) -> Form | None:
        """What another pack asks, where its verdict is asked for; none where a title is held or it is not in force."""
        if form.reference not in self._others:
            pack = self.facts.pack(form.reference)
            self._others[form.reference] = None
            if self.facts.recognition(pack)[0] is None and self.facts.snapshot.as_of in pack.valid:
                whole = self.lowering.pack(pack)
                self._others[form.reference] = Group("all", (*whole.prerequisites, *whole.criteria))
        return self._others[form.reference]

    def keys(self, form: Form) -> frozenset[Key]:
        """The facts a form turns on."""
        if id(form) not in self._keys:
            found = set[Key]()
            match form:
                case forms.Compare():
                    found.add(("measure", form.measure.id))
                case forms.Total():
                    found |= {("measure", term.measure.id) for term in form.terms if isinstance(term, forms.Scored)}
                case forms.Settled() | forms.Concluded():
                    found.add(("finding", form.pack.reference, form.code))
                case forms.Children():
                    found.add(self._below(form)[0])
                case forms.Holds():
                    other = self.other(form)
                    found |= set() if other is None else self.keys(other)
            for part in self._inside(form):
                found |= self.keys(part)
            self._keys[id(form)] = form, frozenset(found & self.domains.keys())
        return self._keys[id(form)][1]

    # Ways to a verdict.

    def compare(self, form: forms.Compare) -> Ways:
        required = form.required
        assert isinstance(required, Required)
        if required.amount is None:
            return _constant(UNKNOWN)
        key, test, limit = ("measure", form.measure.id), TESTS[form.op], Fraction(required.amount.value)

        def verdict(values: tuple[Fraction, ...]) -> Verdict:
            passed = {test(value, limit) for value in values}
            return UNKNOWN if len(passed) != 1 else MET if True in passed else NOT_MET

        return _narrowing(key, verdict)

    def concluded(self, form: forms.Concluded) -> Ways:
        if form.asks == "applicable":
            if not form.heard:
                return _constant(MET)
            return _narrowing(_finding(form), lambda said: NOT_MET if said is FindingValue.NOT_APPLICABLE else MET)
        return _narrowing(_finding(form), _settles) if form.heard else _constant(UNKNOWN)

    def attribute(self, form: forms.Attribute) -> Ways:
        return _constant(form.verdict)

    def children(self, form: forms.Children) -> Ways:
        key, below = self._below(form)
        share, bounds = form.of != "count", self._bounds(form, below.total)
        if below.open_total:
            return _constant(UNKNOWN)
        if below.total == 0 and share:
            return _constant(NOT_APPLICABLE)
        if bounds is None:
            return _constant(UNKNOWN)

        return _narrowing(key, lambda more: self._with_more(below, bounds, more))

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
        return _constant(UNKNOWN if self.facts.recognition(pack)[0] is None else MET)

    def unmet_share(self, form: forms.UnmetShare) -> Ways:
        """What is met of a set whose failing is asked about is nothing to be changed for its sake."""
        pack = self.facts.pack(form.reference)
        if self.facts.snapshot.as_of not in pack.valid:
            return _constant(UNKNOWN)
        other = self.facts.assess_pack(pack)
        return _constant(_unmet(form, {c.code: c.verdict for c in other.criteria}))

    def total(self, form: forms.Total) -> Ways:
        if form.required.amount is None:
            return _constant(UNKNOWN)
        op, limit = form.required.op, Fraction(form.required.amount.value)
        keys = list(dict.fromkeys(("measure", t.measure.id) for t in form.terms if isinstance(t, forms.Scored)))
        named = list({id(t.named): t.named for t in form.terms if isinstance(t, forms.Worth)}.values())
        verdicts = (frozenset({MET}), frozenset({NOT_MET}), frozenset({UNKNOWN, NOT_APPLICABLE}))

        def ways(allowed: Allowed, domains: Domains) -> Iterator[Way]:
            options = [domains[key] for key in keys]
            if prod(map(len, options)) * 3 ** len(named) > SUMS:
                self.spent = max(self.spent, PROOF)
            choices = _choices(options)
            # Not product(choices, product(...)): it would first write down every combination of the second.
            pairs = ((chosen, came) for chosen in choices for came in product(verdicts, repeat=len(named)))
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
            for wanted in _combined(form, allowed):
                yield Way(tuple(Goal(part, some) for part, some in zip(form.parts, wanted, strict=True)))

        return ways

    def open(self, form: forms.Open) -> Ways:
        return _constant(UNKNOWN)

    def settled(self, form: forms.Settled) -> Ways:
        key = _finding(form)

        def ways(allowed: Allowed, domains: Domains) -> Iterator[Way]:
            if allowed - {UNKNOWN}:
                yield Way((Goal(form.check, allowed - {UNKNOWN}),))
            left = tuple(option for option in domains[key] if _settles(option.value) in allowed)
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
            cost = sum(_cost(left) - _cost(domains[key]) for key, left in narrowed.items())
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


def _choices(options: list[tuple[Option, ...]]) -> list[tuple[Option, ...]]:
    """One option of each, cheapest together first; of too many, those that raise or lower one figure after another."""
    if prod(map(len, options)) <= SUMS:
        return sorted(product(*options), key=lambda some: sum(one.cost for one in some))
    cheapest = [min(some, key=lambda one: one.cost) for some in options]
    found: list[tuple[Option, ...]] = []
    for extreme in (max, min):
        ends = [extreme(some, key=lambda one: one.value[0] if one.value else Fraction(0)) for some in options]
        found += [(*ends[:n], *cheapest[n:]) for n in range(len(options) + 1)]
    return found


def _cost(options: tuple[Option, ...]) -> int:
    return min(option.cost for option in options)


def _constant(verdict: Verdict) -> Ways:
    return lambda allowed, domains: iter((Way(),) if verdict in allowed else ())


def _narrowing(key: Key, verdict: Callable[[Any], Verdict]) -> Ways:
    def ways(allowed: Allowed, domains: Domains) -> Iterator[Way]:
        left = tuple(option for option in domains[key] if verdict(option.value) in allowed)
        if left:
            yield Way((), {key: left})

    return ways


def _finding(form: forms.Concluded | forms.Settled) -> Key:
    return "finding", form.pack.reference, form.code


def _settles(said: FindingValue | None) -> Verdict:
    return FOUND.get(said, UNKNOWN)


def _combined(form: Group, allowed: Allowed) -> Iterator[tuple[Allowed, ...]]:
    """What the parts may be so that together they are allowed."""
    count, places = len(form.parts), range(len(form.parts))
    met, fails, unknown, idle = (frozenset({verdict}) for verdict in (MET, NOT_MET, UNKNOWN, NOT_APPLICABLE))

    def one(place: int, this: Allowed, others: Allowed) -> tuple[Allowed, ...]:
        return tuple(this if here == place else others for here in places)

    match form.how:
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


def _unmet(form: forms.UnmetShare, criteria: Mapping[str, Verdict]) -> Verdict:
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


def _points(limits: list[Fraction], whole: bool) -> Iterator[Fraction]:
    """The limits, a value in each gap between them, and one beyond either end."""
    for place, limit in enumerate(limits):
        here = Fraction(round(limit)) if whole else limit
        by = Fraction(1) if whole else _beside(limit)
        below = limits[place - 1] if place else None
        above = limits[place + 1] if place + 1 < len(limits) else None
        yield here
        yield here - by if below is None or here - by > below or whole else (limit + below) / 2
        yield here + by if above is None or here + by < above or whole else (limit + above) / 2


def _beside(limit: Fraction) -> Fraction:
    """The smallest difference a person would write beside a limit: one more digit."""
    exponent = shown(limit).as_tuple().exponent
    return Fraction(1, 10 ** (max(0, -int(exponent)) + 1))


def _inside(measure: Measure, value: Fraction) -> bool:
    low, high = measure.domain.low, measure.domain.high
    fits = (low is None or value >= low) and (high is None or value <= high) and Fraction(shown(value)) == value
    return fits and (not measure.domain.whole or value.denominator == 1)
