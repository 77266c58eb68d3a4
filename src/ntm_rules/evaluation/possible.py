"""What each fact of a unit is and could be: figures, conclusions on requirements, further units below.

Of all a figure could be, those values are taken at which something asked of it turns: the limits, values beside them,
and those that just make up a sum. A figure that follows from others turns on the part that can change.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from itertools import islice, product
from math import ceil, floor, prod
from typing import Any, NamedTuple

from ..assessment.parts import Required
from ..assessment.rollup import Rollup
from ..messages import Text
from ..pack.condition import Op
from ..pack.measure import Measure
from ..pack.model import Pack
from ..quantity.number import shown
from ..snapshot.observation import FindingValue, by_year
from . import form as forms
from .axes import Contexts
from .bounds import Bounds
from .derived import derive
from .facts import EvaluationContext, summary_of
from .form import Form, Group
from .intervals import TESTS
from .lowering import Lowering
from .resolve import Context

Key = tuple[object, ...]
# Of a sum so many ways to make it up are looked at for each figure in it.
MADE_UP = 500


class Option(NamedTuple):
    """What a fact may be: figures, a conclusion, or so many further children; ``cost`` is one where it is a change."""

    cost: int
    value: Any


Domains = Mapping[Key, tuple[Option, ...]]


class Line(NamedTuple):
    """What a measure turns on: the figure of it that can change, and what it then comes to."""

    figure: Measure
    scale: Fraction = Fraction(1)
    shift: Fraction = Fraction(0)

    def value(self, figure: Fraction) -> Fraction:
        """What the measure comes to."""
        return figure * self.scale + self.shift

    def figure_at(self, value: Fraction) -> Fraction:
        """Where the measure comes to a value."""
        return (value - self.shift) / self.scale


class Asked(NamedTuple):
    """A comparison that a figure turns, with the pack and indicator it is asked for; ``limit`` is one of the figure."""

    pack: Pack
    code: str
    form: forms.Compare
    limit: Fraction


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


class Possible:
    """The facts that some packs ask for, each with what it is and could be.

    ``told`` asks what could still turn out: what is not known may be anything, what is known stays.
    """

    def __init__(self, pack: Pack, facts: EvaluationContext, *, told: bool = False) -> None:
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
        # The figures of sums of which not every way to make them up was looked at.
        self.partial = set[Key]()
        self._known = facts.catalogue.measures_for(pack)
        self._others: dict[str, Form | None] = {}
        self._limits: dict[str, set[Fraction]] = {}
        # Which way a figure may go, and which way anything asked of it pulls.
        self._wanted: dict[str, set[str]] = {}
        self._pulled: dict[str, set[str]] = {}
        self._lines: dict[str, tuple[Measure, Line]] = {}
        self._keys: dict[int, tuple[Form, frozenset[Key]]] = {}
        self.kept: frozenset[Key] = frozenset()
        for member in self.members:
            self._note(member, pack, "")
        self._make_up()
        for name, measure in self.measures.items():
            self.domains["measure", name] = tuple(self._figures(measure))
        # What each fact is now.
        self.now = {key: options[0] for key, options in self.domains.items()}
        self.now |= {("measure", name): Option(0, self.observed(one)) for name, one in self.measures.items()}

    def keep(self, measures: Iterable[str]) -> None:
        """Leave figures as they are reported."""
        self.kept = frozenset(("measure", name) for name in measures)
        self.domains |= {key: (self.now[key],) for key in self.kept & self.domains.keys()}

    def _note(self, form: Form, pack: Pack, code: str, guards: bool = False) -> None:
        """Take down the facts a form asks for, and the values at which it makes a difference."""
        match form:
            case forms.Named() | forms.Criterion():
                code, pack = form.item.code, form.pack
                text = form.item.text if isinstance(form, forms.Named) else form.item.title
                # An unnumbered indicator has its criterion's code, and the findings on it.
                if isinstance(form, forms.Named) or (pack.reference, code) not in self.places:
                    self.places[pack.reference, code] = pack, text, form.item.agency
            case forms.Compare(measure=measure, required=Required(amount=amount)) if amount is not None:
                self._note_limit(form, measure, Fraction(amount.value), pack, code)
                self._note_wanted(measure, form.op, guards)
            case forms.Total():
                for measure in _scored(form):
                    name = self.line(measure).figure.id
                    self.measures[name] = self.line(measure).figure
                    self.summed.setdefault(name, []).append(Summed(pack, code, form))
                    self._note_wanted(measure, form.required.op, guards)
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
                    self._note(other, pack, code, guards)
        for part in self._inside(form):
            self._note(part, pack, code, guards or _is_guard(part, form))

    def _inside(self, form: Form) -> Iterator[Form]:
        yield from (form.whole,) if isinstance(form, forms.Criterion) else forms.inside(form)
        if isinstance(form, forms.Guarded) and form.despite is not form.guard:
            yield form.despite

    def line(self, measure: Measure) -> Line:
        """What a measure turns on: itself, or where its parts alone are reported, the one that can change."""
        if measure.id not in self._lines:
            self._lines[measure.id] = measure, self._through(measure) or Line(measure)
        return self._lines[measure.id][1]

    def _through(self, measure: Measure) -> Line | None:
        derived, found = measure.derived, self.facts.measures.get(measure.id, ())
        if self.is_told or derived is None or derived.of not in self._known or len(found) != 1 or not found[0].parts:
            return None
        over = Fraction(found[0].parts[1].value.value)
        start, further = (derive(derived, Fraction(one), over) for one in (0, 1))
        return None if start is None or further is None else Line(self._known[derived.of], further - start, start)

    def come_to(self, measure: Measure, figures: tuple[Fraction, ...]) -> tuple[Fraction, ...]:
        """What a measure comes to where the figure it turns on is one of some."""
        line = self.line(measure)
        # Of a figure told of several years what follows now is of the latest alone.
        if line.figure is not measure and figures == self.observed(line.figure):
            return self.observed(measure)
        return tuple(map(line.value, figures))

    def _note_limit(self, form: forms.Compare, measure: Measure, limit: Fraction, pack: Pack, code: str) -> None:
        line = self.line(measure)
        name, at = line.figure.id, line.figure_at(limit)
        self.measures[name] = line.figure
        self._limits.setdefault(name, set()).update(self._written(line.figure, at))
        self.asked.setdefault(name, []).append(Asked(pack, code, form, at))

    def _written(self, measure: Measure, value: Fraction) -> tuple[Fraction, ...]:
        """A value as it can be written; of one without an end those beside it, as fine as the figure is reported."""
        if Fraction(shown(value)) == value:
            return (value,)
        fine = max((10 ** -int(shown(one).as_tuple().exponent) for one in self.observed(measure)), default=1)
        return Fraction(floor(value * fine), fine), Fraction(ceil(value * fine), fine)

    def _note_wanted(self, measure: Measure, op: Op, guards: bool) -> None:
        """Nobody worsens a figure to escape a requirement, unless a requirement itself wants it so."""
        figure = self.line(measure).figure
        self._pulled.setdefault(figure.id, set()).add(op.wants)
        wanted = self._wanted.setdefault(figure.id, {figure.better})
        if not guards:
            wanted.add(op.wants)

    def _make_up(self) -> None:
        """Take down the values at which a figure makes up a sum, whatever the other figures in it are."""
        sums = {id(one.form): one.form for some in self.summed.values() for one in some}
        for form in sums.values():
            for measure in _scored(form):
                figure = self.line(measure).figure
                ends = (figure.domain.low, figure.domain.high)
                self._limits.setdefault(figure.id, set()).update(Fraction(end) for end in ends if end is not None)
        # Where sums share a figure, what makes up the one is among the others in the other.
        for _ in range(2 if any(len(some) > 1 for some in self.summed.values()) else 1):
            found = [one for form in sums.values() for one in self._rests(form)]
            for name, value in found:
                self._limits[name].add(value)

    def _rests(self, form: forms.Total) -> Iterator[tuple[str, Fraction]]:
        if form.required.amount is None:
            return
        weights: dict[str, Fraction] = {}
        constant = Fraction(0)
        for term in form.terms:
            if isinstance(term, forms.Scored):
                line = self.line(term.measure)
                weights[line.figure.id] = weights.get(line.figure.id, Fraction(0)) + term.times * line.scale
                constant += term.times * line.shift
        earned = {Fraction(0)}
        for one in (term for term in form.terms if isinstance(term, forms.Worth)):
            # With every indicator there may be twice as many sums of points.
            if len(earned) > MADE_UP:
                break
            earned |= {before + Fraction(one.points) for before in earned}
        aims = {Fraction(form.required.amount.value), *(() if form.most is None else (form.most,))}
        values = {name: self._as_it_is(name) for name in weights}
        if self._is_entangled(form, weights):
            turns = {name: self._turns(name) for name in weights}
            if prod(map(len, turns.values())) * len(earned) > MADE_UP:
                self.partial |= {("measure", name) for name in weights}
            else:
                values = turns
        for name, weight in weights.items():
            others = [other for other in weights if other != name]
            for so_far, aim, *rest in islice(product(earned, aims, *(values[one] for one in others)), MADE_UP):
                left = aim - constant - so_far - sum(weights[n] * value for n, value in zip(others, rest, strict=True))
                for value in self._written(self.measures[name], left / weight) if weight else ():
                    if _inside(self.measures[name], value):
                        yield name, value

    def _is_entangled(self, form: forms.Total, names: Iterable[str]) -> bool:
        """Whether a sum may have to be made up of values that lie between the ends of its figures."""
        if form.most is not None:
            ends = [(term.measure.domain.high, term.times) for term in form.terms if isinstance(term, forms.Scored)]
            earned = sum((Fraction(term.points) for term in form.terms if isinstance(term, forms.Worth)), Fraction(0))
            if any(end is None for end, _ in ends) or form.most < earned + sum(Fraction(e or 0) * t for e, t in ends):
                return True
        return form.required.op is Op.EQUAL_TO or any(self._pulled[name] != {form.required.op.wants} for name in names)

    def _as_it_is(self, name: str) -> list[Fraction]:
        now = self.observed(self.measures[name])
        return [min(now)] if now else [Fraction(0)]

    def _turns(self, name: str) -> list[Fraction]:
        """What a figure is, and the values at which something turns, those it is nearest to first."""
        now = self.observed(self.measures[name])
        strict = any(one.form.op in (Op.MORE_THAN, Op.LESS_THAN) for one in self.asked.get(name, ()))
        limits = self._limits.get(name, set())
        beside = {one + by for one in limits for by in (_beside(one), -_beside(one))} if strict else set[Fraction]()
        there = [one for one in {*limits, *beside} - {*now} if _inside(self.measures[name], one)]
        return [*now, *sorted(there, key=lambda one: (abs(one - now[0]) if now else 0, one))]

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

    def latest(self, measure: Measure) -> tuple[Fraction, ...]:
        """The figures reported; of those told of several years, the ones of the last."""
        told = self.facts.measures.get(measure.id, ())
        last = next(iter(by_year(told).values()), told)
        return tuple(Fraction(measure.read(one.value)) for one in last)

    def _figures(self, measure: Measure) -> Iterator[Option]:
        """The figures there are, then single ones at and between the limits, nearest first."""
        now = self.observed(measure)
        free = not now if self.is_told else measure.changeable and (measure.earlier is None or not now)
        if not (self.is_told and free):
            yield Option(0, now)
        if not free:
            return
        limits = sorted(self._limits[measure.id])
        points = {one for one in self._values(measure, limits) if self._may_be(measure, one, now)}
        lower = [asked.form.op.wants == "lower" for asked in self.asked.get(measure.id, ())]
        start = now[0] if now else max(limits) + 1 if lower and all(lower) else min(limits, default=Fraction(0)) - 1
        if self.is_told and not points:
            yield Option(0, now)
        for point in sorted(points, key=lambda one: abs(one - start)):
            if (point,) != now:
                yield Option(0 if self.is_told else 1, (point,))

    def _values(self, measure: Measure, limits: list[Fraction]) -> Iterable[Fraction]:
        sums = self.summed.get(measure.id, ())
        strict = any(one.form.required.op in (Op.MORE_THAN, Op.LESS_THAN) for one in sums)
        # To make up a sum no value between two limits is needed.
        just = bool(sums) and not strict and measure.id not in self.asked and not measure.domain.whole
        return limits if just else _points(limits, measure.domain.whole)

    def _may_be(self, measure: Measure, value: Fraction, now: tuple[Fraction, ...]) -> bool:
        """Whether a figure could be a value: what follows from it could, and it is not made worse on purpose."""
        lines = (one for one in self._lines.values() if one[1].figure.id == measure.id)
        if not all(_inside(what, line.value(value), written=False) for what, line in lines):
            return False
        wanted = self._wanted.get(measure.id, {"neither"})
        if self.is_told or not now or not _inside(measure, value) or "neither" in wanted:
            return _inside(measure, value)
        return min(now) <= value <= max(now) or ("higher" if value > max(now) else "lower") in wanted

    def passes(self, asked: Asked, figures: tuple[Fraction, ...]) -> bool:
        """Whether some figures pass a comparison, of which there are any."""
        assert isinstance(asked.form.required, Required)
        assert asked.form.required.amount is not None
        limit, test = Fraction(asked.form.required.amount.value), TESTS[asked.form.op]
        return bool(figures) and all(test(one, limit) for one in self.come_to(asked.form.measure, figures))

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
                    found.add(("measure", self.line(form.measure).figure.id))
                case forms.Total():
                    found |= {("measure", self.line(measure).figure.id) for measure in _scored(form)}
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


def _inside(measure: Measure, value: Fraction, written: bool = True) -> bool:
    low, high = measure.domain.low, measure.domain.high
    fits = (low is None or value >= low) and (high is None or value <= high)
    if not written:
        return fits
    return fits and Fraction(shown(value)) == value and (not measure.domain.whole or value.denominator == 1)


def _scored(form: forms.Total) -> Iterator[Measure]:
    return (term.measure for term in form.terms if isinstance(term, forms.Scored))


def _is_guard(part: Form, of: Form) -> bool:
    """Whether a part says for whom a thing is asked, and asks for nothing itself."""
    if isinstance(of, forms.Guarded):
        return part is of.guard or part is of.despite
    return isinstance(of, Group) and of.how == "choice" and part is of.parts[0]
