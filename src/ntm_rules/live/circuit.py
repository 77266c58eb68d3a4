"""A form folded to gates: what each part of a pack follows from, causes first, and the rules that decide it.

What a single figure or count comes to is told to the engine as the outcomes that are still possible; the engine joins
them. A part that is the same for every state of the facts is no gate but its verdict.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal, NamedTuple, Protocol

from ..assessment.parts import Required
from ..assessment.rollup import Rollup
from ..evaluation.algebra import Algebra
from ..evaluation.bounds import Bounds
from ..evaluation.form import (
    Attribute,
    Children,
    Compare,
    Concluded,
    Criterion,
    Group,
    Guarded,
    Holds,
    Named,
    Open,
    Scored,
    Settled,
    Total,
    UnmetShare,
)
from ..evaluation.intervals import TESTS, between
from ..evaluation.lowering import lowered
from ..evaluation.numbering import CODES, VERDICTS
from ..evaluation.resolve import Context
from ..pack.catalogue import Catalogue
from ..pack.condition import Op, judged_pack, walk
from ..pack.measure import Measure
from ..pack.model import Pack
from ..territory import Level
from ..verdict import MET, NOT_APPLICABLE, NOT_MET, UNKNOWN, Verdict, conjunction
from .rules import (
    ALL,
    ANY,
    APPLICABLE,
    CHOICE,
    FINDING,
    HELD,
    POSSIBLE,
    WHERE_APPLICABLE,
    Fields,
    Rule,
    Rules,
    at_least,
    copied,
    outcomes,
    settled,
)

What = Literal["indicator", "criterion", "pack", "unit"]
# A requirement is decided by a gate, or once for all by what the unit is.
Source = int | Verdict
Selector = tuple[tuple[Level, ...], str]


class Seen(Protocol):
    """What the gates of one unit's circuit see."""

    verdicts: list[Verdict]

    def values(self, measure: Measure) -> tuple[Decimal, ...]:
        """What was observed, in the measure's unit."""

    def finding(self, code: str) -> int:
        """What was concluded, as a number of ``numbering.FINDING_CODES``, or ``rules.FINDINGS_DIFFER``."""

    def held(self, reference: str) -> bool:
        """Whether the unit holds the title of the pack."""

    def other(self, reference: str) -> Outcome | None:
        """How the unit stands with another pack, where that can be judged."""

    def children(self, selector: Selector) -> Rollup:
        """How the units below stand, as listed and as reported."""


class Outcome(NamedTuple):
    """How a unit stands with a pack: the verdict, and that of each criterion by code."""

    verdict: Verdict
    criteria: Mapping[str, Verdict]


Read = Callable[[Seen], Fields]


class Gate(NamedTuple):
    """Something with a verdict: the rules that decide it and how their fields are read."""

    rules: Rules
    read: Read


class Reported(NamedTuple):
    """A gate people know by a code."""

    what: What
    code: str
    gate: int


class Circuit(Algebra[Source]):
    """The gates of a pack in a context; what each follows from stands before it.

    ``pack_gate`` is the pack's own verdict, ``title_gate`` the last one: whether the unit holds or meets the title.
    """

    def __init__(self, pack: Pack, context: Context, catalogue: Catalogue) -> None:
        super().__init__()
        self.pack = pack
        self.gates: list[Gate] = []
        self.consumers: list[list[int]] = []
        self.by_measure: dict[str, list[int]] = {}
        self.by_code: dict[str, list[int]] = {}
        self.by_pack: dict[str, list[int]] = {}
        self.by_children: dict[Selector, list[int]] = {}
        self.reported: list[Reported] = []
        self.criteria: list[tuple[str, int]] = []
        self._asked_twice: set[int] = set()
        whole = lowered(pack, context, catalogue)
        top = [*map(self.fold, whole.prerequisites), *map(self.fold, whole.criteria)]
        for grade in whole.grades:
            self.fold(grade)
        self.pack_gate = self._report("pack", "", self._add(ALL, _tally(top), top))
        reference, own = pack.reference, self.pack_gate
        self.by_pack.setdefault(reference, []).append(len(self.gates))
        title = self._add(HELD, _held(reference, lambda seen: seen.verdicts[own]), (own,))
        self.title_gate = self._report("unit", "", title)

    @property
    def rules(self) -> tuple[Rules, ...]:
        """The rules of every gate, in order."""
        return tuple(gate.rules for gate in self.gates)

    def _add(self, rules: Iterable[Rule], read: Read, after: Iterable[Source] = ()) -> int:
        number = len(self.gates)
        self.gates.append(Gate(tuple(rules), read))
        self.consumers.append([])
        for source in dict.fromkeys(after):
            if isinstance(source, int):
                self.consumers[source].append(number)
        return number

    def _leaf(self, verdict: Callable[[Seen], Verdict], *noted: list[int], after: Iterable[Source] = ()) -> int:
        """A gate that is told what is still possible; it is decided anew when what it is noted under changes."""
        gate = self._add(POSSIBLE, lambda seen: outcomes(verdict(seen)), after)
        for places in noted:
            places.append(gate)
        return gate

    def _report(self, what: What, code: str, gate: int) -> int:
        self.reported.append(Reported(what, code, gate))
        return gate

    def compare(self, form: Compare) -> Source:
        required, measure = form.required, form.measure
        assert isinstance(required, Required)
        if required.amount is None:
            return UNKNOWN
        test, limit = TESTS[form.op], required.amount.value

        def verdict(seen: Seen) -> Verdict:
            passed = {test(value, limit) for value in seen.values(measure)}
            return UNKNOWN if len(passed) != 1 else MET if True in passed else NOT_MET

        return self._leaf(verdict, self.by_measure.setdefault(measure.id, []))

    def concluded(self, form: Concluded) -> Source:
        if not form.heard:
            return MET if form.asks == "applicable" else UNKNOWN
        gate = self._add(APPLICABLE if form.asks == "applicable" else FINDING, _finding(form.code))
        self.by_code.setdefault(form.code, []).append(gate)
        return gate

    def attribute(self, form: Attribute) -> Source:
        return form.verdict

    def holds(self, form: Holds) -> Source:
        reference = form.reference

        def verdict(seen: Seen) -> Verdict:
            other = seen.other(reference)
            return other.verdict if other else UNKNOWN

        self.by_pack.setdefault(reference, []).append(len(self.gates))
        return self._add(HELD, _held(reference, verdict))

    def unmet_share(self, form: UnmetShare) -> Source:
        reference, named, amount = form.reference, {*form.including_any}, form.required.amount

        def verdict(seen: Seen) -> Verdict:
            other = seen.other(reference)
            if other is None:
                return UNKNOWN
            verdicts = list(other.criteria.values())
            total = len(verdicts) - verdicts.count(NOT_APPLICABLE)
            share = UNKNOWN if total else NOT_APPLICABLE
            if total and amount is not None:
                bounds = Bounds(form.required.op, amount.value, total, share=True)
                share = bounds.verdict(verdicts.count(NOT_MET), verdicts.count(UNKNOWN))
            if not named:
                return share
            among = {verdict for code, verdict in other.criteria.items() if code in named}
            return conjunction((share, MET if NOT_MET in among else UNKNOWN if UNKNOWN in among else NOT_MET))

        return self._leaf(verdict, self.by_pack.setdefault(reference, []))

    def children(self, form: Children) -> Source:
        selector, required, share = (form.levels, form.meeting), form.required, form.of != "count"
        op, limit = (Op.AT_LEAST, Decimal(100)) if required is None else (required.op, None)
        if required is not None and required.amount is not None:
            limit = required.amount.value

        def verdict(seen: Seen) -> Verdict:
            below = form.among(seen.children(selector))
            if below.open_total:
                return UNKNOWN
            if below.total == 0 and share:
                return NOT_APPLICABLE
            return UNKNOWN if limit is None else Bounds(op, limit, below.total, share).verdict(below.met, below.unknown)

        return self._leaf(verdict, self.by_children.setdefault(selector, []))

    def total(self, form: Total) -> Source:
        if form.required.amount is None:
            return UNKNOWN
        op, limit, most = form.required.op, Fraction(form.required.amount.value), form.most
        terms = [
            self._scored(one) if isinstance(one, Scored) else self._worth(one.named, one.points) for one in form.terms
        ]
        noted = [self.by_measure.setdefault(one.measure.id, []) for one in form.terms if isinstance(one, Scored)]
        after = [self.fold(one.named) for one in form.terms if not isinstance(one, Scored)]

        def verdict(seen: Seen) -> Verdict:
            lows, highs = zip(*(term(seen) for term in terms), strict=True)
            low, high = (None if None in ends else sum(ends) for ends in (lows, highs))
            return between(op, limit, low, high, most)

        return self._leaf(verdict, *noted, after=after)

    def _scored(self, term: Scored) -> Callable[[Seen], tuple[Any, Any]]:
        measure, times = term.measure, term.times
        ends = measure.domain.low, measure.domain.high
        low, high = (None if end is None else Fraction(end) * times for end in ends)

        def scored(seen: Seen) -> tuple[Any, Any]:
            values = [Fraction(value) * times for value in seen.values(measure)]
            return (min(values), max(values)) if values else (low, high)

        return scored

    def _worth(self, named: Named, points: Decimal) -> Callable[[Seen], tuple[Any, Any]]:
        source, full = self.fold(named), Fraction(points)

        def earned(seen: Seen) -> tuple[Any, Any]:
            verdict = verdict_of(source, seen)
            return full if verdict is MET else 0, 0 if verdict is NOT_MET else full

        return earned

    def group(self, form: Group) -> Source:
        parts = [self.fold(part) for part in form.parts]
        if form.how == "choice":
            guard, then, otherwise = parts
            return self._add(CHOICE, _choice(guard, then, otherwise), parts)
        rules = ALL if form.how == "all" else ANY if form.how == "any" else at_least(form.needed)
        return self._add(rules, _tally(parts), parts)

    def open(self, form: Open) -> Source:
        return UNKNOWN

    def settled(self, form: Settled) -> Source:
        own = id(form.check) not in self._asked_twice
        source, code = self.fold(form.check), form.code
        if isinstance(form.check, Concluded) and form.check.heard and isinstance(source, int):
            return source
        if own and isinstance(source, int) and source == len(self.gates) - 1 and not isinstance(form.check, Named):
            # Nothing else asks for the check, so that its own gate hears the finding as well.
            gate, (rules, read) = source, self.gates[source]
            self.gates[gate] = Gate(settled(rules), _with_finding(read, code))
        else:
            gate = self._add(settled(copied("check")), _with_finding(_one(check=source), code), (source,))
        self.by_code.setdefault(code, []).append(gate)
        return gate

    def guarded(self, form: Guarded) -> Source:
        self._asked_twice.add(id(form.check))
        check, base = self.fold(form.check), self.fold(form.base)
        guard, despite = self.fold(form.guard), self.fold(form.despite)

        def applies(seen: Seen) -> Verdict:
            return verdict_of(despite if verdict_of(check, seen).decided else guard, seen)

        def read(seen: Seen) -> Fields:
            return {"base": CODES[verdict_of(base, seen)], "applies": CODES[applies(seen)]}

        return self._add(WHERE_APPLICABLE, read, (check, base, guard, despite))

    def named(self, form: Named) -> Source:
        gate = self.fold(form.form)
        assert isinstance(gate, int)
        return self._report("indicator", form.item.code, gate)

    def criterion(self, form: Criterion) -> Source:
        gate = self.fold(form.whole)
        assert isinstance(gate, int)
        self.criteria.append((form.item.code, gate))
        return self._report("criterion", form.item.code, gate)


def packs_followed(pack: Pack, context: Context) -> tuple[str, ...]:
    """References of the packs whose verdict on the same unit this one asks for that day."""
    asked = (item.on(context.on) for item in pack.coded())
    roots = (root for item in asked for root in (item.requires, item.applies_if) if root is not None)
    found = (judged_pack(part) for root in roots for _, part in walk(root))
    return tuple(dict.fromkeys(other for other in found if other is not None))


def verdict_of(source: Source, seen: Seen) -> Verdict:
    """What a source comes to."""
    return seen.verdicts[source] if isinstance(source, int) else source


def _held(reference: str, verdict: Callable[[Seen], Verdict]) -> Read:
    return lambda seen: {"held": int(seen.held(reference)), "verdict": CODES[verdict(seen)]}


def _finding(code: str) -> Read:
    return lambda seen: {"finding": seen.finding(code)}


def _with_finding(read: Read, code: str) -> Read:
    return lambda seen: {**read(seen), "finding": seen.finding(code)}


def _one(**sources: Source) -> Read:
    return lambda seen: {field: CODES[verdict_of(source, seen)] for field, source in sources.items()}


def _tally(sources: Iterable[Source]) -> Read:
    members = tuple(sources)

    def read(seen: Seen) -> Fields:
        counts = [0] * len(VERDICTS)
        for source in members:
            counts[CODES[verdict_of(source, seen)]] += 1
        failing, unknown, met, _ = counts
        counted = met + failing + unknown
        return {"met": met, "failing": failing, "unknown": unknown, "reach": met + unknown, "counted": counted}

    return read


def _choice(guard: Source, then: Source, otherwise: Source) -> Read:
    read = _one(guard=guard, then=then, otherwise=otherwise)

    def choice(seen: Seen) -> Fields:
        fields = read(seen)
        return {**fields, "agree": int(fields["then"] == fields["otherwise"])}

    return choice
