"""Remedies and what is awaited, found by search over the form and confirmed by judging the changed facts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Any

from msgspec import structs

from ..assessment.check import MeasureCheck, TotalCheck
from ..assessment.model import (
    Assessment,
    Check,
    CriterionResult,
    IndicatorResult,
    MeetsCheck,
    Result,
    UnmetShareCheck,
    leaves,
)
from ..assessment.remedy import Obstacle, Remedy, Step, Why
from ..assessment.rollup import Rollup
from ..errors import NtmError, QuantityError
from ..messages import Text
from ..pack.condition import Op
from ..pack.model import Pack
from ..quantity.amount import Amount
from ..quantity.number import shown
from ..quantity.unit import unit_of_gap
from ..snapshot.model import Snapshot
from ..snapshot.observation import Finding, FindingValue, Observation
from ..territory import Level
from ..verdict import MET, NOT_APPLICABLE, NOT_MET, Verdict
from . import form as forms
from .changes import Changes, Found, GaveUpError
from .facts import ChildrenOf, EvaluationContext
from .possible import Asked, Key, Option, Summed
from .rising import MayFallError, rising
from .ways import FAIL, PASS, STANDS, Goal


class Judged:
    """A pack judged on some facts, for questions about what would change the answer."""

    def __init__(self, pack: Pack, facts: EvaluationContext) -> None:
        self.pack, self.facts = pack, facts.unasked

    def remedy(self, assessment: Assessment) -> Remedy:
        """The fewest changes after which the pack is met."""
        if assessment.verdict in (MET, NOT_APPLICABLE):
            return Remedy((), ())
        changes = Changes(self.pack, self.facts)
        # Figures that contradict each other are to be corrected, not brought to where a threshold is.
        changes.keep({key for item in _items(assessment) for key in _contradicting(item)})
        failing = _failing(assessment) if changes.kept else frozenset()
        to_correct = [
            one
            for member in changes.members
            for one in _named(member)
            if (one.kind, one.item.code) in failing and changes.keys(one) & changes.kept
        ]
        goals = [Goal(member, PASS) for member in changes.members]
        if all(any(isinstance(leaf, forms.UnmetShare) for leaf in changes.leaves(one)) for one in changes.members):
            # What asks of another set everywhere that it be failed lists grounds, not achievements.
            return self._stuck("not_a_goal")
        if to_correct:
            return self._impossible(changes, goals, to_correct)
        # Where all may be passed over, something has to be met.
        something = Goal(forms.Group("any", changes.members), frozenset({MET}))
        try:
            for wanted in (goals, [*goals, something]):
                found = changes.search(wanted)
                if found is None:
                    return self._impossible(changes, goals)
                steps = tuple(self._steps(changes, found))
                if not found.least:
                    steps = self._needed(steps)
                after = self.after(steps)
                if after is not None and after.verdict is MET:
                    # Without any step it is not met.
                    return Remedy(steps, (), found.least or len(steps) == 1)
                if after is None or after.verdict is not NOT_APPLICABLE:
                    break
        except GaveUpError:
            pass
        return self._stuck("undecided")

    def _needed(self, steps: tuple[Step, ...]) -> tuple[Step, ...]:
        """The steps of which none can be left out: a search that ran out of budget may have taken idle ones."""
        for step in steps:
            rest = tuple(one for one in steps if one is not step)
            after = self.after(rest)
            if after is not None and after.verdict is MET:
                steps = rest
        return steps

    def _stuck(self, why: Why) -> Remedy:
        return Remedy((), (Obstacle(self.pack.reference, "", self.pack.title, why),), least=why == "not_a_goal")

    def _impossible(self, changes: Changes, goals: list[Goal], to_correct: Collection[forms.Named] = ()) -> Remedy:
        """What stands in the way, and what it takes besides."""
        obstacles: list[Obstacle] = []
        reached: list[Goal] = []
        for goal in goals:
            if doubted := [one for one in _named(goal.form) if one in to_correct]:
                obstacles += [self._obstacle(one, "sum_impossible") for one in doubted]
                continue
            try:
                if changes.search([goal]) is None:
                    obstacles += list(self._in_the_way(changes, goal.form))
                elif changes.search([*reached, goal]) is None:
                    obstacles.append(self._obstacle(goal.form, "at_odds"))
                else:
                    reached.append(goal)
            except GaveUpError:
                obstacles.append(self._obstacle(goal.form, "undecided"))
        if not obstacles:
            return self._stuck("undecided")
        steps: tuple[Step, ...] = ()
        while reached:
            found = changes.search(reached)
            steps = tuple(self._steps(changes, found)) if found is not None else ()
            after = self.after(steps)
            missed = [one for one in reached if after is None or _verdict(after, one.form) not in PASS]
            if not missed:
                break
            # What is done for one may undo another, which no search over what is asked sees.
            steps, dropped = (), missed if after is not None else reached[-1:]
            obstacles += [self._obstacle(one.form, "at_odds") for one in dropped]
            reached = [one for one in reached if one not in dropped]
        return Remedy(steps, tuple(dict.fromkeys(obstacles)))

    def _in_the_way(self, changes: Changes, member: forms.Form) -> Iterator[Obstacle]:
        """What of a member cannot pass: by itself, else together with what comes before it."""
        alone = [named for named in _named(member) if changes.search([Goal(named, PASS)]) is None]
        for named in alone:
            yield self._obstacle(named, next(self._reasons(changes, named), "at_odds"))
        if not alone:
            together: list[Goal] = []
            for named in _named(member):
                if changes.search([*together, Goal(named, PASS)]) is None:
                    yield self._obstacle(named, "at_odds")
                else:
                    together.append(Goal(named, PASS))

    def _reasons(self, changes: Changes, form: forms.Form) -> Iterator[Why]:
        """Why a form cannot pass, the plainest reason first."""
        kinds = {type(leaf): leaf for leaf in changes.leaves(form) if changes.search([Goal(leaf, PASS)]) is None}
        if forms.UnmetShare in kinds or forms.Holds in kinds:
            yield "not_a_goal"
        if forms.Attribute in kinds:
            yield "attribute"
        counted = kinds.get(forms.Children)
        if isinstance(counted, forms.Children):
            below = counted.among(self.facts.children(counted.levels, counted.meeting))
            yield "children_unknown" if below.open_total or below.unknown else "too_many"
        if forms.Compare in kinds or forms.Total in kinds:
            yield "fact"

    def _obstacle(self, member: forms.Form, why: Why) -> Obstacle:
        assert isinstance(member, forms.Named | forms.Criterion)
        text = member.item.text if isinstance(member, forms.Named) else member.item.title
        return Obstacle(self.pack.reference, member.item.code, text, why)

    def _other(self, pack: Pack) -> Text | None:
        """The title of a set other than the one in question."""
        return None if pack.reference == self.pack.reference else pack.title

    def _steps(self, changes: Changes, found: Found) -> Iterator[Step]:
        for key, options in found.domains.items():
            # Any of these will do; of further children, the fewest.
            chosen = min(options, key=lambda one: (one.cost, one.value if key[0] == "children" else 0))
            if chosen.cost:
                yield self._step(changes, key, chosen, options)

    def _step(self, changes: Changes, key: Key, chosen: Option, left: tuple[Option, ...]) -> Step:
        match key:
            case ("measure", str(name)):
                return self._figure(changes, name, chosen.value[0], left)
            case ("finding", str(reference), str(code)):
                pack, text, agency = changes.places[reference, code]
                return Step("finding", pack.reference, code, text, agency=agency, within=self._other(pack))
            case _:
                pack, code, form = changes.for_whose_sake(key, chosen.value)
                title = self.facts.pack(form.meeting).title
                levels = tuple(level.value for level in form.levels)
                return Step(
                    "children", pack.reference, code, title, count=chosen.value, levels=levels, title=form.title,
                    within=self._other(pack),
                )  # fmt: skip

    def _figure(self, changes: Changes, name: str, value: Fraction, left: tuple[Option, ...]) -> Step:
        measure, observed = changes.measures[name], changes.observed(changes.measures[name])
        asked = changes.asked.get(name, [])
        # For whose sake: of those that ask for the value and did not have it, the one with the nearest limit.
        failing = [one for one in asked if not changes.passes(one, observed) and changes.passes(one, (value,))]
        summed = changes.summed.get(name, [])
        near = min(failing or (() if summed else asked), key=lambda one: abs(one.limit - value), default=None)
        way = "lower" if observed and value < min(observed) else "higher"
        whose = near or _of_sums(changes, summed, way)
        to, strictly = value, False
        op = whose.form.op if isinstance(whose, Asked) else _towards(whose.form, way)
        strict = op in (Op.MORE_THAN, Op.LESS_THAN) and not measure.domain.whole
        if near is not None and strict and near.limit != value and Fraction(shown(near.limit)) == near.limit:
            # Where any value beyond the limit serves, the limit is named.
            beyond = {o.value for o in changes.domains["measure", name] if o.cost and changes.passes(near, o.value)}
            if beyond <= {option.value for option in left}:
                to, strictly = near.limit, True
        gap = max((abs(one - to) for one in changes.latest(measure)), default=None)
        gap_unit = unit_of_gap(measure.unit)
        return Step(
            "measure",
            whose.pack.reference,
            whose.code,
            measure.name,
            name,
            op,
            Amount(shown(to), measure.unit),
            None if gap is None else Amount(shown(gap), gap_unit),
            strictly,
            bool(observed),
            within=self._other(whose.pack),
        )

    def after(self, steps: tuple[Step, ...]) -> Assessment | None:
        """What the pack comes to with the steps taken."""
        snapshot, facts = self.facts.snapshot, self.facts
        measures: dict[str, Any] = dict(snapshot.measures)
        findings = {name: dict(codes) for name, codes in snapshot.findings.items()}
        more: dict[tuple[str, ...], dict[str, int]] = {}
        figures = [step for step in steps if step.kind == "measure"]
        known = facts.catalogue.measures_for(self.pack)
        for step in figures:
            whole = known[step.measure].made_of if step.measure in known else ()
            if whole and {*whole} <= measures.keys():
                # The figure that follows from its parts changes with them.
                measures = {name: value for name, value in measures.items() if name not in whole}
            for one in known.earlier:
                # That of an earlier year, which may have been told among dated values, stays.
                if one.earlier is not None and one.earlier.of == step.measure and one.id in facts.measures:
                    measures[one.id] = facts.measures[one.id]
        for step in figures:
            assert step.to is not None
            measures[step.measure] = (Observation(value=_passed(step)),)
        for step in steps:
            if step.kind == "finding":
                pack = self.pack if step.pack == self.pack.reference else facts.pack(step.pack)
                for name in pack.names:
                    findings.get(name, {}).pop(step.code, None)
                findings.setdefault(pack.id, {})[step.code] = (Finding(finding=FindingValue.MET),)
            elif step.kind == "children":
                more.setdefault(step.levels, {})[step.title] = step.count
        try:
            return self._on(measures, findings, _with_more(facts, more))
        except NtmError:
            # What would follow from a figure is no value it can have.
            return None

    def _on(self, measures: Mapping[str, Any], findings: Mapping[str, Any], children: ChildrenOf) -> Assessment:
        facts = self.facts
        told = Snapshot.model_construct(**{**dict(facts.snapshot), "measures": measures, "findings": findings})
        return EvaluationContext(told, facts.catalogue, facts.trust, facts.judge, children, facts.applied).assess_pack(
            self.pack
        )

    def awaited(self, assessment: Assessment, candidates: tuple[Result, ...]) -> tuple[Result, ...]:
        """Of the candidates, those for want of which alone the verdict can stay open."""
        if self._may_be_well(assessment):
            return candidates
        changes = Changes(self.pack, self.facts, told=True)
        goals = [Goal(member, STANDS) for member in changes.members]
        if self._can_be(changes, goals, changes.domains):
            return candidates
        named = changes.by_code()
        found = []
        for item in candidates:
            own = changes.keys(named[_key(item)])
            kept = {key: (changes.now[key],) if key in own else left for key, left in changes.domains.items()}
            if self._can_be(changes, goals, kept):
                found.append(item)
        return tuple(found)

    def _may_be_well(self, assessment: Assessment) -> bool:
        """Whether one obvious way to tell all that is not known makes nothing fail."""
        if self._only_rises(assessment):
            return True
        told = self._passing(_compared(assessment))
        if told is None:
            return False
        measures = {**self.facts.snapshot.measures, **{name: (Observation(value=one),) for name, one in told.items()}}
        try:
            after = self._on(measures, self.facts.snapshot.findings, self.facts.children)
        except NtmError:
            return False
        return after.verdict is not NOT_MET

    def _passing(self, checks: Iterable[MeasureCheck]) -> dict[str, Amount] | None:
        """A value of each measure nobody reported that passes all the checks, unless they pull different ways."""
        reported, known = self.facts.snapshot.measures, self.facts.catalogue.measures_for(self.pack)
        wanted: dict[str, tuple[str, Amount]] = {}
        for check in checks:
            if not check.observed and check.required.amount is not None and check.measure not in reported:
                towards, limit = check.required.op.wants, check.required.amount
                strict = check.required.op in (Op.MORE_THAN, Op.LESS_THAN)
                measure = known.get(check.measure)
                whole = measure is not None and measure.domain.whole
                value = _beyond(limit, check.required.op, whole) if strict else limit
                so_far = wanted.setdefault(check.measure, (towards, value))
                if so_far[0] != towards or (towards == "neither" and so_far[1] != value):
                    return None
                if so_far[1].value != value.value:
                    further = max if towards == "higher" else min
                    wanted[check.measure] = towards, further(so_far[1], value, key=lambda one: one.value)
        return {name: value for name, (_, value) in wanted.items()}

    def _only_rises(self, assessment: Assessment) -> bool:
        """Whether it is plain without judging anew that figures which pass can be told, and make nothing fail."""
        try:
            opened = tuple(rising(assessment))
        except MayFallError:
            return False
        passing = self._passing(one for one in opened if type(one) is MeasureCheck)
        if passing is None:
            return False
        known = self.facts.catalogue.measures_for(self.pack)
        for one in opened:
            # Points for an indicator, or a figure that is added up, could change with what is told.
            if type(one) is TotalCheck and any(term.code or term.measure in passing for term in one.terms):
                return False
        for name, value in passing.items():
            measure = known.get(name)
            if measure is None or measure.earlier is not None or name in known.parts:
                return False
            try:
                measure.read(value)
            except QuantityError:
                return False
        return True

    def overturning(self, assessment: Assessment, candidates: tuple[Result, ...]) -> tuple[Result, ...]:
        """Of the candidates, those an answer to which could make the pack fail that nothing else fails."""
        changes = Changes(self.pack, self.facts, told=True)
        named, found = changes.by_code(), []
        for item in candidates:
            goals = [Goal(named[_key(item)], FAIL)]
            goals += [Goal(one, STANDS) for one in changes.members if not _contains(one, item)]
            if self._can_be(changes, goals, changes.domains):
                found.append(item)
        return tuple(found)

    def _can_be(self, changes: Changes, goals: list[Goal], domains: Mapping[Key, tuple[Option, ...]]) -> bool:
        try:
            return changes.search(goals, domains) is not None
        except GaveUpError:
            # What was not decided is still awaited.
            return True


def _key(item: Result) -> tuple[str, str]:
    return "criterion" if isinstance(item, CriterionResult) else "indicator", item.code


def _named(member: forms.Form) -> tuple[forms.Named, ...]:
    """What a criterion asks, item by item; a prerequisite stands for itself."""
    assert isinstance(member, forms.Named | forms.Criterion)
    return member.members if isinstance(member, forms.Criterion) else (member,)


def _items(assessment: Assessment) -> tuple[IndicatorResult, ...]:
    return (*assessment.prerequisites, *assessment.indicators())


def _verdict(assessment: Assessment, member: forms.Form) -> Verdict:
    """What a prerequisite or criterion comes to."""
    assert isinstance(member, forms.Named | forms.Criterion)
    results: Iterable[Result] = assessment.criteria if isinstance(member, forms.Criterion) else assessment.prerequisites
    return next(one.verdict for one in results if one.code == member.item.code)


def _failing(assessment: Assessment) -> frozenset[tuple[str, str]]:
    """What would have to change for the pack to be met, by kind and code."""
    below = (item for one in assessment.criteria if one.verdict not in PASS for item in one.indicators)
    return frozenset(
        (kind, item.code)
        for kind, items in (("prerequisite", assessment.prerequisites), ("indicator", below))
        for item in items
        if item.verdict not in PASS
    )


def _contradicting(item: IndicatorResult) -> Iterator[str]:
    """The figures in sums of an item that come to more than they can."""
    for leaf in _leaves(item):
        if isinstance(leaf, TotalCheck) and leaf.is_impossible:
            yield from (term.measure for term in leaf.terms if term.measure)
        elif isinstance(leaf, MeetsCheck | UnmetShareCheck) and leaf.assessment is not None:
            yield from (key for one in _items(leaf.assessment) for key in _contradicting(one))


def _leaves(item: IndicatorResult) -> Iterator[Check]:
    return (leaf for check in (item.check, item.applies) if check is not None for leaf in leaves(check))


def _contains(member: forms.Named | forms.Criterion, item: Result) -> bool:
    return any(one.item.code == item.code for one in _named(member)) or member.item.code == item.code


def _of_sums(changes: Changes, summed: list[Summed], way: str) -> Summed:
    """Of the sums with a figure in them, the first unmet as things are that wants it to go that way."""
    now = {key: (option,) for key, option in changes.now.items()}

    def asks(one: Summed) -> tuple[bool, bool]:
        return changes.search([Goal(one.form, PASS)], now) is None, one.form.required.op.wants in (way, "neither")

    return max(summed, key=asks)


def _towards(form: forms.Total, way: str) -> Op:
    """What a figure in a sum is to be: where the sum is to be exact, so is the figure."""
    if form.required.op is Op.EQUAL_TO:
        return Op.EQUAL_TO
    return Op.AT_MOST if way == "lower" else Op.AT_LEAST


def _passed(step: Step) -> Amount:
    """The value of a step; of one that is to be passed, a value just beyond."""
    assert step.to is not None
    return _beyond(step.to, step.op) if step.strictly and step.op is not None else step.to


def _beyond(limit: Amount, op: Op, whole: bool = False) -> Amount:
    """A value just beyond a limit."""
    exponent = limit.value.as_tuple().exponent
    by = shown(Fraction(1, 1 if whole else 10 ** (max(0, -int(exponent)) + 1)))
    return Amount(limit.value + (by if op is Op.MORE_THAN else -by), limit.unit)


def _compared(assessment: Assessment) -> Iterator[MeasureCheck]:
    """The comparisons of an assessment, those of other packs it asks for included."""
    for item in _items(assessment):
        for leaf in _leaves(item):
            if isinstance(leaf, MeasureCheck):
                yield leaf
            elif isinstance(leaf, MeetsCheck | UnmetShareCheck) and leaf.assessment is not None:
                yield from _compared(leaf.assessment)


def _with_more(facts: EvaluationContext, more: Mapping[tuple[str, ...], Mapping[str, int]]) -> ChildrenOf:
    """The children with some more of them meeting a title, wherever these are counted."""

    def children(levels: tuple[Level, ...], meeting: str) -> Rollup:
        below = facts.children(levels, meeting)
        title = facts.catalogue.title_of(meeting, facts.snapshot.as_of)
        extra = [
            counts.get(title, 0) for among, counts in more.items() if {*among} <= {level.value for level in levels}
        ]
        if not any(extra):
            return below
        # Units that are exempt, and counted by this condition all the same, are the last to be brought so far.
        besides = min(len(below.exempt), max(0, below.met + max(extra) - below.total))
        total = below.total + besides
        met = min(total, below.met + max(extra))
        left = min(below.unknown, total - met)
        return structs.replace(below, total=total, met=met, unknown=left, exempt=below.exempt[besides:])

    return children
