"""A pack compiled for one context into gates: requirements, indicators, criteria, pack and title, causes first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from functools import partial
from typing import Literal, NamedTuple, Protocol

from ..assessment.rollup import Rollup
from ..evaluation.bounds import Bounds
from ..evaluation.resolve import Context, Resolver
from ..pack.catalogue import Catalogue
from ..pack.condition import (
    AllCondition,
    AnyCondition,
    AtLeastCondition,
    AttributeCondition,
    Children,
    ChoiceCondition,
    ConditionModel,
    CountCondition,
    EveryCondition,
    FindingCondition,
    MeasureCondition,
    MeetsCondition,
    Op,
    ShareCondition,
    UnmetShareCondition,
    judged_pack,
    walk,
)
from ..pack.measure import Measure
from ..pack.model import Criterion, Indicator, Pack
from ..territory import Level
from ..verdict import NOT_APPLICABLE, UNKNOWN, Verdict
from .rules import (
    ALL,
    AMONG,
    ANY,
    APPLICABLE,
    CHOICE,
    CODES,
    FINDING,
    HELD,
    NOTHING_KNOWN,
    NOTHING_TO_COUNT,
    VERDICTS,
    WHERE_APPLICABLE,
    WITHIN,
    Fields,
    Rule,
    Rules,
    Scale,
    at_least,
    copied,
    margins,
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
        """What was concluded, as a number of ``rules.FINDINGS``."""

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


class Circuit:
    """The gates of a pack in a context; what each follows from stands before it.

    ``pack_gate`` is the pack's own verdict, ``title_gate`` the last one: whether the unit holds or meets the title.
    """

    def __init__(self, pack: Pack, context: Context, catalogue: Catalogue) -> None:
        self.pack = pack
        self.gates: list[Gate] = []
        self.consumers: list[list[int]] = []
        self.by_measure: dict[str, list[int]] = {}
        self.by_code: dict[str, list[int]] = {}
        self.by_pack: dict[str, list[int]] = {}
        self.by_children: dict[Selector, list[int]] = {}
        self.reported: list[Reported] = []
        self.criteria: list[tuple[str, int]] = []
        self._resolver = Resolver(pack, context, catalogue)
        self._measures = catalogue.measures_for(pack)
        members: list[Source] = []
        for prerequisite in pack.prerequisites:
            members.append(self._indicator(prerequisite.on(context.on)))
        for criterion in pack.criteria:
            members.append(self._criterion(criterion, context))
        self.pack_gate = self._report("pack", "", self._add(ALL, _tally(members), after=members))
        self.title_gate = self._report("unit", "", self._title(pack.reference))

    @property
    def rules(self) -> tuple[Rules, ...]:
        """The rules of every gate, in order."""
        return tuple(gate.rules for gate in self.gates)

    def _add(self, rules: Iterable[Rule], read: Read, after: Iterable[Source] = ()) -> int:
        number = len(self.gates)
        self.gates.append(Gate(tuple(rules), read))
        self.consumers.append([])
        for source in after:
            if isinstance(source, int):
                self.consumers[source].append(number)
        return number

    def _report(self, what: What, code: str, gate: int) -> int:
        self.reported.append(Reported(what, code, gate))
        return gate

    def _heard(self, code: str, gate: int) -> int:
        self.by_code.setdefault(code, []).append(gate)
        return gate

    def _title(self, reference: str) -> int:
        gate, own = len(self.gates), self.pack_gate

        def read(seen: Seen) -> Fields:
            return {"held": int(seen.held(reference)), "verdict": CODES[seen.verdicts[own]]}

        self.by_pack.setdefault(reference, []).append(gate)
        return self._add(HELD, read, after=(own,))

    def _criterion(self, criterion: Criterion, context: Context) -> int:
        code = criterion.code
        members: list[Source] = [self._indicator(indicator.on(context.on)) for indicator in criterion.indicators]
        if criterion.incomplete:
            members.append(UNKNOWN)
        # An unnumbered indicator has its criterion's code; a finding on that code is the indicator's.
        if any(indicator.code == code for indicator in criterion.indicators):
            gate = self._add(ALL, _tally(members), after=members)
        else:
            gate = self._heard(code, self._add(settled(ALL), _with_finding(_tally(members), code), after=members))
        self.criteria.append((code, gate))
        return self._report("criterion", code, gate)

    def _indicator(self, indicator: Indicator) -> int:
        if indicator.applies_if is None:
            return self._report("indicator", indicator.code, self._settled(indicator))
        code, requires = indicator.code, indicator.requires
        # What has been measured exists: a department's "not applicable" does not outrank a figure.
        measured: Source = UNKNOWN
        if isinstance(requires, FindingCondition):
            base = self._settled(indicator)
        else:
            measured = self._source(requires, indicator)
            base = self._heard(
                code, self._add(settled(copied("check")), _with_finding(_one(check=measured), code), after=(measured,))
            )
        applies = self._source(indicator.applies_if, indicator, measured)
        gate = self._add(WHERE_APPLICABLE, _one(base=base, applies=applies), after=(base, applies))
        return self._report("indicator", code, gate)

    def _settled(self, indicator: Indicator) -> int:
        """The indicator itself, a finding deciding what its requirement leaves open."""
        code, requires = indicator.code, indicator.requires
        after: tuple[Source, ...] = ()
        rules: Rules
        read: Read
        match requires:
            case FindingCondition(finding="met"):
                rules, read = (Rule(UNKNOWN),), _nothing
            case MeasureCondition() if (scale := self._scale(requires, indicator)) is not None:
                measure = self._measures[requires.measure]
                rules, read = scale.rules(), _observed(scale, measure)
                self.by_measure.setdefault(measure.id, []).append(len(self.gates))
            case _:
                source = self._source(requires, indicator)
                rules, read, after = copied("check"), _one(check=source), (source,)
        return self._heard(code, self._add(settled(rules), _with_finding(read, code), after=after))

    def _scale(self, condition: MeasureCondition, indicator: Indicator) -> Scale | None:
        required = self._resolver.required(indicator, condition, self._measures[condition.measure].unit)
        return None if required.amount is None else Scale(required.op, required.amount.value)

    def _source(self, condition: ConditionModel, indicator: Indicator, measured: Source = UNKNOWN) -> Source:
        """What decides a condition; ``measured`` is what outranks a finding in it."""
        match condition:
            case MeasureCondition():
                scale = self._scale(condition, indicator)
                if scale is None:
                    return UNKNOWN
                measure = self._measures[condition.measure]
                gate = self._add(scale.rules(), _observed(scale, measure))
                self.by_measure.setdefault(measure.id, []).append(gate)
                return gate
            case FindingCondition():
                rules = APPLICABLE if condition.finding == "applicable" else FINDING
                read = _unless_measured(indicator.code, measured)
                return self._heard(indicator.code, self._add(rules, read, after=(measured,)))
            case AttributeCondition():
                return self._resolver.attribute_verdict(condition)
            case MeetsCondition():
                return self._meets(condition.meets)
            case UnmetShareCondition():
                return self._unmet(condition, indicator)
            case ShareCondition():
                amount = self._resolver.required(indicator, condition, "percent").amount
                return self._below(condition.share_of, condition.op, amount.value if amount else None, "share")
            case CountCondition():
                amount = self._resolver.required(indicator, condition, "unit").amount
                return self._below(condition.count_of, condition.op, amount.value if amount else None, "count")
            case EveryCondition():
                return self._below(condition.every, Op.AT_LEAST, Decimal(100), "share")
            case AllCondition():
                return self._group(ALL, condition.all, indicator, measured)
            case AnyCondition():
                return self._group(ANY, condition.any, indicator, measured)
            case AtLeastCondition():
                return self._group(at_least(condition.at_least), condition.of, indicator, measured)
            case ChoiceCondition():
                parts = (condition.when, condition.then, condition.otherwise)
                guard, then, otherwise = (self._source(part, indicator, measured) for part in parts)
                return self._add(CHOICE, _choice(guard, then, otherwise), after=(guard, then, otherwise))

    def _group(self, rules: Rules, parts: tuple[ConditionModel, ...], indicator: Indicator, measured: Source) -> int:
        sources = [self._source(part, indicator, measured) for part in parts]
        return self._add(rules, _tally(sources), after=sources)

    def _meets(self, reference: str) -> int:
        def read(seen: Seen) -> Fields:
            other = seen.other(reference)
            return {"held": int(seen.held(reference)), "verdict": CODES[other.verdict if other else UNKNOWN]}

        self.by_pack.setdefault(reference, []).append(len(self.gates))
        return self._add(HELD, read)

    def _unmet(self, condition: UnmetShareCondition, indicator: Indicator) -> Source:
        reference, names = condition.unmet_share_of, frozenset(condition.including_any)
        amount = self._resolver.required(indicator, condition, "percent").amount
        threshold = amount.value if amount else None
        follows = self.by_pack.setdefault(reference, [])
        follows.append(len(self.gates))
        share = self._add(WITHIN, partial(_unmet_share, reference, condition.op, threshold))
        if not names:
            return share
        follows.append(len(self.gates))
        among = self._add(AMONG, partial(_unmet_among, reference, names))
        return self._add(ALL, _tally((share, among)), after=(share, among))

    def _below(self, children: Children, op: Op, threshold: Decimal | None, of: Literal["share", "count"]) -> int:
        selector: Selector = (children.level, children.meeting)
        self.by_children.setdefault(selector, []).append(len(self.gates))
        return self._add(WITHIN, partial(_standing, selector, op, threshold, of))


def packs_followed(pack: Pack, context: Context) -> tuple[str, ...]:
    """References of the packs whose verdict on the same unit this one asks for that day."""
    found: list[str] = []
    for indicator in (*pack.prerequisites, *pack.indicators()):
        read = indicator.on(context.on)
        for condition in (read.requires, read.applies_if):
            for _, part in walk(condition) if condition is not None else ():
                if (other := judged_pack(part)) is not None:
                    found.append(other)
    return tuple(dict.fromkeys(found))


def verdict_of(source: Source, seen: Seen) -> Verdict:
    """What a source comes to."""
    return seen.verdicts[source] if isinstance(source, int) else source


def _nothing(seen: Seen) -> Fields:
    return {}


def _observed(scale: Scale, measure: Measure) -> Read:
    return lambda seen: scale.fields(seen.values(measure))


def _with_finding(read: Read, code: str) -> Read:
    return lambda seen: {**read(seen), "finding": seen.finding(code)}


def _unless_measured(code: str, measured: Source) -> Read:
    return lambda seen: {"finding": 0 if verdict_of(measured, seen).decided else seen.finding(code)}


def _one(**sources: Source) -> Read:
    return lambda seen: {field: CODES[verdict_of(source, seen)] for field, source in sources.items()}


def _tally(sources: Iterable[Source]) -> Read:
    members = tuple(sources)

    def read(seen: Seen) -> Fields:
        met, failing, unknown = _count(verdict_of(source, seen) for source in members)
        counted = met + failing + unknown
        return {"met": met, "failing": failing, "unknown": unknown, "reach": met + unknown, "counted": counted}

    return read


def _count(verdicts: Iterable[Verdict]) -> tuple[int, int, int]:
    counts = [0] * len(VERDICTS)
    for verdict in verdicts:
        counts[CODES[verdict]] += 1
    unknown, met, failing, _ = counts
    return met, failing, unknown


def _choice(guard: Source, then: Source, otherwise: Source) -> Read:
    read = _one(guard=guard, then=then, otherwise=otherwise)

    def choice(seen: Seen) -> Fields:
        fields = read(seen)
        return {**fields, "agree": int(fields["then"] == fields["otherwise"])}

    return choice


def _unmet_share(reference: str, op: Op, threshold: Decimal | None, seen: Seen) -> Fields:
    other = seen.other(reference)
    if other is None:
        return NOTHING_KNOWN
    verdicts = list(other.criteria.values())
    _, failing, unknown = _count(verdicts)
    total = len(verdicts) - verdicts.count(NOT_APPLICABLE)
    if not total:
        return NOTHING_TO_COUNT
    if threshold is None:
        return NOTHING_KNOWN
    return margins(Bounds(op, threshold, total, share=True), failing, unknown)


def _unmet_among(reference: str, names: frozenset[str], seen: Seen) -> Fields:
    other = seen.other(reference)
    if other is None:
        return {"hit": 0, "open": 1}
    _, failing, unknown = _count(verdict for code, verdict in other.criteria.items() if code in names)
    return {"hit": int(failing > 0), "open": int(unknown > 0)}


def _standing(
    selector: Selector, op: Op, threshold: Decimal | None, of: Literal["share", "count"], seen: Seen
) -> Fields:
    standing = seen.children(selector)
    if standing.open_total:
        return NOTHING_KNOWN
    if standing.total == 0 and of == "share":
        return NOTHING_TO_COUNT
    if threshold is None:
        return NOTHING_KNOWN
    return margins(Bounds(op, threshold, standing.total, share=of == "share"), standing.met, standing.unknown)
