"""Every unit's circuits wired together: an input touches gates, and what they come to is carried on to what follows.

Gates are decided in one order (children before parents, packs before those that ask for them, requirements before
criteria), each at most once per input, so that no standing is reported that was only passing.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from ..assessment.parts import UnitRef
from ..assessment.rollup import Rollup
from ..assessment.tree import UnitStanding
from ..errors import EvaluationError, LiveError, Place, Problem
from ..evaluation.evaluate import judge_pack
from ..evaluation.facts import EvaluationContext, summary_of
from ..evaluation.numbering import FINDING_CODES
from ..evaluation.resolve import Context
from ..evaluation.rollup import Rollups
from ..evaluation.rollup_node import Known
from ..evaluation.steps import steps_below
from ..evaluation.tree import TreeEvaluation
from ..pack.measure import Measure
from ..pack.model import Pack
from ..snapshot.child_counts import ChildCounts
from ..snapshot.model import Snapshot
from ..territory import Level
from ..verdict import UNKNOWN, Verdict
from .circuit import Circuit, Outcome, Selector, What, packs_followed
from .engine import Engine, RuleSets
from .rules import FINDINGS_DIFFER, Fields

Key = tuple[str, str, What, str]


class Step(NamedTuple):
    """One verdict that changed."""

    unit: UnitRef
    pack: Pack
    what: What
    code: str
    before: Verdict | None
    after: Verdict | None


class PackState:
    """One unit under one pack: the verdict of every gate, and where its fields are read."""

    def __init__(
        self, unit_state: UnitState, pack: Pack, circuit: Circuit, rules: RuleSets, place: int, rollups: Rollups
    ) -> None:
        self.rollups = rollups
        self.unit_state, self.pack, self.circuit, self.rules, self.place = unit_state, pack, circuit, rules, place
        self.verdicts: list[Verdict] = [UNKNOWN] * len(circuit.gates)
        self.fields: list[Fields | None] = [None] * len(circuit.gates)
        self.reported = {item.gate: item for item in circuit.reported}
        self.links: dict[str, PackState | None] = {}
        # What follows by the pack's own measures of the facts last looked at.
        self._told, self._seen = unit_state.facts, unit_state.facts.seen_by(pack).measures
        self.asked_by: list[tuple[PackState, int]] = []
        self.counted_by: list[tuple[PackState, int]] = []
        self.applied = False

    def values(self, measure: Measure) -> tuple[Decimal, ...]:
        """What was observed, in the measure's unit."""
        told = self.unit_state.facts
        if self._told is not told:
            self._told, self._seen = told, told.seen_by(self.pack).measures
        return tuple(measure.read(one.value) for one in self._seen.get(measure.id, ()))

    def finding(self, code: str) -> int:
        """What was concluded on a code, under the pack's id or its pinned reference."""
        given = self.unit_state.snapshot.findings
        said = tuple(one for name in self.pack.names for one in given.get(name, {}).get(code, ()))
        if not said:
            return FINDING_CODES[None]
        hearing = summary_of(said)
        return FINDINGS_DIFFER if hearing.differ else FINDING_CODES[hearing.value]

    def held(self, reference: str) -> bool:
        """Whether the unit holds the title, of this pack or another."""
        facts = self.unit_state.facts
        pack = self.pack if reference == self.pack.reference else facts.pack(reference)
        return facts.recognition(pack)[0] is not None

    def other(self, reference: str) -> Outcome | None:
        """How the unit stands with another pack."""
        pack_state = self.links[reference]
        return pack_state.outcome() if pack_state is not None else None

    def outcome(self) -> Outcome:
        """How the unit stands with this pack."""
        criteria = {code: self.verdicts[gate] for code, gate in self.circuit.criteria}
        return Outcome(self.verdicts[self.circuit.pack_gate], criteria)

    def children(self, selector: Selector) -> Rollup:
        """How the units below stand, as listed and as reported."""
        return self.rollups.of(self.unit_state.unit.id, *selector)


class UnitState:
    """One unit: what is known of it and its pack_states, those asked for before those that ask."""

    def __init__(self, climb: TreeEvaluation, unit_id: str, number: int) -> None:
        self.climb, self.number = climb, number
        self.unit = climb.register[unit_id]
        self.pack_states: dict[str, PackState] = {}
        self.by_title: dict[str, PackState] = {}
        self.see(climb.snapshot(unit_id))

    def see(self, snapshot: Snapshot) -> None:
        """Take over what is now known."""
        applied = self.climb.applied(self.unit)
        self.facts = EvaluationContext(snapshot, self.climb.catalogue, self.climb.trust, judge_pack, applied=applied)
        self.snapshot = self.facts.snapshot
        self.titles = self.climb.held(self.facts)

    def holds(self, title: str) -> bool:
        """Whether the unit holds a title, by a recognition in force."""
        return title in self.titles


class Network:
    """The pack_states of every unit of a climb, decided by one engine.

    Raises:
        EvaluationError: packs that ask for each other in a circle.
    """

    def __init__(self, climb: TreeEvaluation, engine: Engine) -> None:
        self.climb, self.engine = climb, engine
        asked = (self._known, self._held, self._counts)
        self._rollups = Rollups(climb.register, climb.children, *asked, climb.catalogue, climb.day)
        self._circuits: dict[tuple[str, Context], tuple[Circuit, RuleSets]] = {}
        self.unit_states: dict[str, UnitState] = {}
        self._agenda: list[tuple[int, int, int]] = []
        self._waiting: set[tuple[int, int, int]] = set()
        self._in_order: list[tuple[UnitState, list[PackState]]] = []
        for number, unit_id in enumerate(climb.bottom_up()):
            unit_state = UnitState(climb, unit_id, number)
            self.unit_states[unit_id] = unit_state
            if not unit_state.unit.exempt:
                for title, pack in climb.applied(unit_state.unit).items():
                    if unit_state.unit.level in pack.applies_to:
                        unit_state.by_title[title] = self._pack_state(unit_state, pack)
                        unit_state.by_title[title].applied = True
            self._in_order.append((unit_state, list(unit_state.pack_states.values())))
        for unit_state, pack_states in self._in_order:
            for pack_state in pack_states:
                self._look_below(unit_state, pack_state)
                self._touch(pack_state, range(len(pack_state.circuit.gates)))
        for _ in self.settle():
            pass

    def _pack_state(self, unit_state: UnitState, pack: Pack, stack: tuple[str, ...] = ()) -> PackState:
        known = unit_state.pack_states.get(pack.reference)
        if known is not None:
            return known
        if pack.reference in stack:
            raise EvaluationError(Problem("error.meets_cycle", chain=" → ".join((*stack, pack.reference))))
        unit, climb = unit_state.unit, self.climb
        context = Context.of(unit, climb.day, climb.trust)
        links: dict[str, PackState | None] = {}
        for reference in packs_followed(pack, context):
            other = unit_state.facts.pack(reference)
            judged = unit.level in other.applies_to and climb.day in other.valid
            links[reference] = self._pack_state(unit_state, other, (*stack, pack.reference)) if judged else None
        circuit, rules = self._circuit(pack, context)
        pack_state = PackState(unit_state, pack, circuit, rules, len(unit_state.pack_states), self._rollups)
        unit_state.pack_states[pack.reference] = pack_state
        pack_state.links = links
        for reference, link in links.items():
            if link is not None:
                link.asked_by += [(pack_state, gate) for gate in circuit.by_pack[reference]]
        return pack_state

    def _circuit(self, pack: Pack, context: Context) -> tuple[Circuit, RuleSets]:
        key = (pack.reference, context)
        if key not in self._circuits:
            circuit = Circuit(pack, context, self.climb.catalogue)
            self._circuits[key] = circuit, self.engine.register(circuit.rules)
        return self._circuits[key]

    def _look_below(self, unit_state: UnitState, pack_state: PackState) -> None:
        for selector, gates in pack_state.circuit.by_children.items():
            levels, meeting = selector
            asked = self.climb.catalogue.title_of(meeting, self.climb.day)
            for below in self._below(unit_state.unit.id):
                for title, child in below.by_title.items() if below.unit.level in levels else ():
                    # A count is held against those of the titles it builds on, and of those that build on it.
                    if title == asked or self._build_on_each_other(title, asked):
                        child.counted_by += [(pack_state, gate) for gate in gates]

    def _build_on_each_other(self, one: str, other: str) -> bool:
        catalogue, day = self.climb.catalogue, self.climb.day
        return one in steps_below(other, catalogue, day) or other in steps_below(one, catalogue, day)

    def _below(self, unit_id: str) -> Iterator[UnitState]:
        pending = list(self.climb.children[unit_id])
        while pending:
            child = pending.pop()
            yield self.unit_states[child]
            pending += self.climb.children[child]

    def _known(self, unit_id: str, title: str) -> Known:
        unit_state = self.unit_states[unit_id]
        pack_state = unit_state.by_title.get(title)
        return Known(unit_state.holds(title), pack_state.outcome().verdict if pack_state is not None else UNKNOWN)

    def _held(self, unit_id: str) -> Iterable[str]:
        return self.unit_states[unit_id].titles

    def _counts(self, unit_id: str) -> Mapping[Level, ChildCounts]:
        return self.unit_states[unit_id].snapshot.children

    def see(self, unit_id: str, snapshot: Snapshot) -> UnitState:
        """Take over what is now known of a unit; nothing is decided yet."""
        unit_state = self.unit_states[unit_id]
        unit_state.see(snapshot)
        return unit_state

    def measured(self, unit_id: str, measure: str) -> None:
        """A figure changed."""
        for pack_state in self.unit_states[unit_id].pack_states.values():
            known = self.climb.catalogue.measures_for(pack_state.pack)
            for name in (measure, *known.following(measure)):
                self._touch(pack_state, pack_state.circuit.by_measure.get(name, ()))

    def concluded(self, unit_id: str, pack: str, code: str) -> None:
        """A finding changed."""
        for pack_state in self.unit_states[unit_id].pack_states.values():
            if pack in pack_state.pack.names:
                self._touch(pack_state, pack_state.circuit.by_code.get(code, ()))

    def recognised(self, unit_id: str) -> None:
        """What the unit holds changed."""
        for pack_state in self.unit_states[unit_id].pack_states.values():
            for gates in pack_state.circuit.by_pack.values():
                self._touch(pack_state, gates)
        # A title counts above whether or not its pack is applied to the unit.
        self.reported(unit_id)

    def reported(self, unit_id: str) -> None:
        """The counts of the units below changed; those above take them over."""
        here: str | None = unit_id
        while here is not None:
            for pack_state in self.unit_states[here].pack_states.values():
                for gates in pack_state.circuit.by_children.values():
                    self._touch(pack_state, gates)
            here = self.climb.register[here].parent

    def _touch(self, pack_state: PackState, gates: Iterable[int]) -> None:
        for gate in gates:
            entry = (pack_state.unit_state.number, pack_state.place, gate)
            if entry not in self._waiting:
                self._waiting.add(entry)
                heapq.heappush(self._agenda, entry)

    def settle(self) -> Iterator[Step]:
        """Decide what is waiting and what follows from it; the changes people know by a code, causes first."""
        while self._agenda:
            entry = heapq.heappop(self._agenda)
            self._waiting.discard(entry)
            number, place, gate = entry
            unit_state, pack_states = self._in_order[number]
            pack_state = pack_states[place]
            fields = pack_state.circuit.gates[gate].read(pack_state)
            if fields == pack_state.fields[gate]:
                continue
            before = pack_state.verdicts[gate]
            after = self.engine.decide(pack_state.rules, unit_state.number, gate, fields)
            pack_state.fields[gate] = fields
            if after is before:
                continue
            pack_state.verdicts[gate] = after
            self._touch(pack_state, pack_state.circuit.consumers[gate])
            item = pack_state.reported.get(gate)
            if item is None:
                continue
            for follower, following in pack_state.asked_by:
                self._touch(follower, (following,))
            if gate == pack_state.circuit.title_gate:
                for follower, following in pack_state.counted_by:
                    self._touch(follower, (following,))
            if pack_state.applied:
                yield Step(reference(unit_state), pack_state.pack, item.what, item.code, before, after)

    def check(self, standing: UnitStanding) -> None:
        """Hold every verdict of a unit against the evaluator's.

        Raises:
            LiveError: they differ; names each code.
        """
        unit_state = self.unit_states[standing.unit.id]
        problems: list[Problem] = []
        for title, assessment in standing.assessments.items():
            pack_state = unit_state.by_title[title]
            expected: dict[tuple[What, str], Verdict] = {
                ("indicator", item.code): item.verdict
                for item in (*assessment.prerequisites, *assessment.indicators(), *assessment.grades)
            }
            expected |= {("criterion", criterion.code): criterion.verdict for criterion in assessment.criteria}
            expected |= {("pack", ""): assessment.verdict, ("unit", ""): standing.verdict(title)}
            found = {(item.what, item.code): pack_state.verdicts[item.gate] for item in pack_state.circuit.reported}
            if found != expected:
                problems += _differences(standing.unit.id, pack_state, found, expected)
        if problems:
            raise LiveError(*problems)

    def standings(self) -> dict[Key, Step]:
        """Every verdict people know by a code, as a step from nothing known, in the order of causes."""
        found: dict[Key, Step] = {}
        for unit_state, pack_states in self._in_order:
            titles = {pack_state.pack.reference: title for title, pack_state in unit_state.by_title.items()}
            for pack_state in pack_states:
                for item in pack_state.circuit.reported if pack_state.applied else ():
                    key: Key = (unit_state.unit.id, titles[pack_state.pack.reference], item.what, item.code)
                    verdict = pack_state.verdicts[item.gate]
                    found[key] = Step(reference(unit_state), pack_state.pack, item.what, item.code, None, verdict)
        return found


def reference(unit_state: UnitState) -> UnitRef:
    """The unit as it appears in answers."""
    unit = unit_state.unit
    return UnitRef(unit.id, unit.level, unit.name, unit.province or "", unit.region, unit.group)


def _differences(
    unit: str,
    pack_state: PackState,
    found: Mapping[tuple[What, str], Verdict],
    expected: Mapping[tuple[What, str], Verdict],
) -> Iterator[Problem]:
    for (what, code), evaluator in expected.items():
        if found[what, code] is not evaluator:
            place = Place(path=f"{unit}.{pack_state.pack.reference}.{code or what}")
            yield Problem("error.live_disagrees", place, engine=found[what, code], evaluator=evaluator)
