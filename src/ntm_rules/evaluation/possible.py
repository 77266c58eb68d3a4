"""What one unit's facts are and may be, as far as packs ask for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from ..assessment.parts import Required
from ..assessment.rollup import Rollup
from ..messages import Text
from ..pack.condition import Op
from ..pack.measure import Measure
from ..pack.model import Pack
from ..quantity.number import shown
from ..snapshot.observation import FindingValue
from . import form as forms
from .axes import Contexts
from .bounds import Bounds
from .facts import EvaluationContext, summary_of
from .form import Form, Group
from .lowering import Lowering
from .resolve import Context

Key = tuple[object, ...]


class Option(NamedTuple):
    """What a fact may be: figures, a conclusion, or so many further children; ``cost`` is one where it is a change."""

    cost: int
    value: Any


Domains = Mapping[Key, tuple[Option, ...]]


class Asked(NamedTuple):
    """A comparison of a measure, with the pack and indicator it is asked for."""

    pack: Pack
    code: str
    form: forms.Compare


class Counted(NamedTuple):
    """A condition on the children, with the pack and indicator that set it."""

    pack: Pack
    code: str
    form: forms.Children


class Summed(NamedTuple):
    """A sum that a measure is a term of, with the pack and indicator that set it."""

    pack: Pack
    code: str
    form: forms.Total


class Possible:
    """The facts that the packs one unit is judged by ask for: what they are now, and may be.

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
        self._others: dict[str, Form | None] = {}
        self._limits: dict[str, set[Fraction]] = {}
        self._keys: dict[int, tuple[Form, frozenset[Key]]] = {}
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
        limits = sorted(self._limits[measure.id])
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
