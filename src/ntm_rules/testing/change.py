"""Laws about two answers: what may change when facts get better, more, or less trusted."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import assume
from hypothesis import strategies as st

from ..assessment.check import FindingCheck, MeasureCheck
from ..assessment.model import Assessment, IndicatorResult, Result
from ..pack.condition import (
    ChoiceCondition,
    ConditionModel,
    MeasureCondition,
    MeetsCondition,
    UnmetShareCondition,
    parts,
)
from ..pack.indicator import Indicator
from ..pack.legal import Verification
from ..pack.model import Pack
from ..snapshot.model import Snapshot
from ..snapshot.observation import Finding, FindingValue, Observation
from ..verdict import MET, NOT_MET, UNKNOWN, Verdict
from .exactness import worth
from .ground import ground
from .trial import Trial, assessments, checks, every_check, results
from .writing import World

Wants = frozenset[str]
_NOTHING: Wants = frozenset()
_EITHER: Wants = frozenset({"neither"})
_HIGHER: Wants = frozenset({"higher"})
_LOWER: Wants = frozenset({"lower"})


class Directions:
    """In which directions a measure gets better for an indicator, a pack, and the packs these ask for."""

    def __init__(self, world: World, snapshot: Snapshot) -> None:
        self.catalogue, self.day = world.catalogue, snapshot.as_of

    def of_pack(self, pack: Pack, measure: str) -> Wants:
        """What any requirement of the pack wants."""
        if self.day not in pack.valid:
            return _NOTHING
        items = pack.coded()
        return _NOTHING.union(*(self.of_indicator(item, measure) for item in items))

    def of_indicator(self, indicator: Indicator, measure: str) -> Wants:
        """What one requirement wants; a guard may turn either way."""
        now = indicator.on(self.day)
        wants = self._of(now.requires, measure)
        return wants | (_EITHER if now.applies_if is not None and self._of(now.applies_if, measure) else _NOTHING)

    def _of(self, condition: ConditionModel, measure: str) -> Wants:
        match condition:
            case MeasureCondition():
                return frozenset({condition.op.wants}) if condition.measure == measure else _NOTHING
            case MeetsCondition():
                return self.of_pack(self.catalogue.named(condition.meets, self.day), measure)
            case UnmetShareCondition():
                asked = self.of_pack(self.catalogue.named(condition.unmet_share_of, self.day), measure)
                return _EITHER if asked else _NOTHING
            case ChoiceCondition():
                guard = _EITHER if self._of(condition.when, measure) else _NOTHING
                return guard | self._of(condition.then, measure) | self._of(condition.otherwise, measure)
            case _:
                return _NOTHING.union(*(self._of(part, measure) for _, part in parts(condition)))


def with_measure(snapshot: Snapshot, name: str, observed: tuple[Observation, ...]) -> Snapshot:
    """The snapshot with what was reported of one measure replaced."""
    return snapshot.model_copy(update={"measures": {**snapshot.measures, name: observed}})


def with_finding(snapshot: Snapshot, pack: str, code: str, said: tuple[Finding, ...]) -> Snapshot:
    """The snapshot with the findings on one code replaced."""
    findings = {**snapshot.findings, pack: {**snapshot.findings.get(pack, {}), code: said}}
    return snapshot.model_copy(update={"findings": findings})


def better(trial: Trial) -> None:
    """5a. Improving a measure never loses MET."""
    pack, catalogue = trial.world
    snapshot = trial.snapshot("complete", "partial")
    here, directions = ground(pack, catalogue, snapshot.as_of), Directions(trial.world, snapshot)
    first = trial.assess(snapshot)
    # Measures that a requirement which is met wants in one direction, and no guard may turn round.
    improvable = {
        name: wants
        for item in results(first)
        if item.verdict is MET
        for name in snapshot.measures
        if (wants := directions.of_indicator(pack[item.code], name)) in (_HIGHER, _LOWER)
    }
    assume(improvable)
    name = trial.draw(st.sampled_from(sorted(improvable)))
    goal, unit = trial.draw(st.sampled_from(here.values[name])), here.measures[name].unit
    wanted = improvable[name]
    sign = 1 if wanted == _HIGHER else -1
    improved = tuple(
        goal if sign * (worth(goal.value, unit) - worth(one.value, unit)) > 0 else one
        for one in snapshot.measures[name]
    )
    after = with_measure(snapshot, name, improved)
    second = trial.assess(after)
    pairs: list[tuple[str, Wants, Verdict, Verdict]] = [
        (one.code, directions.of_indicator(pack[one.code], name), one.verdict, other.verdict)
        for one, other in zip(results(first), results(second), strict=True)
    ]
    pairs.append((pack.id, directions.of_pack(pack, name), first.verdict, second.verdict))
    for code, wants, before, now in pairs:
        if wants != wanted or improved == snapshot.measures[name]:
            continue
        if before is MET:
            trial.saw("better where met")
            if now is not MET:
                raise trial.broken(code, (snapshot, before), (after, now), measure=name)


def _items(assessment: Assessment) -> Iterator[Result]:
    yield from results(assessment)
    yield from assessment.criteria


def more_facts(trial: Trial) -> None:
    """5b. One more fact never undoes an answer, unless it contradicts another."""
    pack, catalogue = trial.world
    snapshot = trial.snapshot("partial", "hostile")
    here = ground(pack, catalogue, snapshot.as_of)
    codes = [item.code for item in pack.coded()] + [one.code for one in pack.criteria]
    if here.values and trial.draw(st.booleans()):
        name = trial.draw(st.sampled_from(sorted(here.values)))
        value = trial.draw(st.sampled_from(here.values[name]))
        after = with_measure(snapshot, name, (*snapshot.measures.get(name, ()), value))
    else:
        code = trial.draw(st.sampled_from(codes))
        said = snapshot.findings.get(pack.id, {}).get(code, ())
        finding = Finding(finding=trial.draw(st.sampled_from(FindingValue)))
        after = with_finding(snapshot, pack.id, code, (*said, finding))
    first, second = trial.assess(snapshot), trial.assess(after)
    contradicted = any(one.conflicts() for one in assessments(second))
    for one, other in zip(_items(first), _items(second), strict=True):
        if one.verdict.decided:
            trial.saw(f"a decided result, then {other.verdict}")
            if other.verdict is UNKNOWN and not contradicted:
                raise trial.broken(one.code, (snapshot, one.verdict), (after, other.verdict))
    if first.verdict.decided and second.verdict is UNKNOWN and not contradicted:
        raise trial.broken(pack.id, (snapshot, first.verdict), (after, second.verdict))


def _only_measured(result: IndicatorResult) -> bool:
    return not any(isinstance(check, FindingCheck) for check in every_check(result.check))


def measurement_first(trial: Trial) -> None:
    """6. A measurement outranks a finding, and the disagreement is reported; without one the finding decides."""
    pack = trial.world.pack
    snapshot = trial.snapshot().model_copy(update={"findings": {}})
    concluded = {FindingValue.MET: MET, FindingValue.NOT_MET: NOT_MET}
    first = trial.assess(snapshot)
    for one in results(first):
        if not _only_measured(one):
            continue
        for value, opposite in concluded.items():
            after = with_finding(snapshot, pack.id, one.code, (Finding(finding=value, by="Sở X"),))
            other = next(result for result in results(trial.assess(after)) if result.code == one.code)
            reported = any(conflict.kind == "measurement_against_finding" for conflict in other.conflicts)
            if one.check.verdict.decided and one.check.verdict is not opposite:
                trial.saw("a figure against a finding")
                if other.verdict is not one.verdict or not reported or not other.findings:
                    raise trial.broken(one.code, (snapshot, one.verdict), (after, other.verdict))
            elif one.check.verdict is UNKNOWN:
                trial.saw("a finding where figures decide nothing")
                open_guard = one.applies is not None and one.applies.verdict is not MET
                if other.verdict is not opposite and not open_guard:
                    raise trial.broken(one.code, (snapshot, one.verdict), (after, other.verdict))


def trust_floor(trial: Trial) -> None:
    """9. No verdict rests on a figure less verified than asked for; raising the floor only opens answers."""
    snapshot = trial.snapshot()
    floors = list(Verification)
    weak = trial.draw(st.sampled_from(floors[1:]))
    strict = trial.draw(st.sampled_from(floors[: floors.index(weak)]))
    for floor in (weak, strict):
        for assessment in assessments(trial.assess(snapshot, floor)):
            for result, check in checks(assessment):
                required = getattr(check, "required", None)
                if required is None or required.amount is None:
                    continue
                if not required.origin.citation.verification.reaches(floor):
                    raise trial.broken(result.code, (snapshot, check.verdict), trust=floor)
                if isinstance(check, MeasureCheck) and check.verdict.decided:
                    trial.saw("a figure verified far enough")
    silent = snapshot.model_copy(update={"findings": {}})
    first, second = trial.assess(silent, weak), trial.assess(silent, strict)
    pairs = [(a.code, a.verdict, b.verdict) for a, b in zip(_items(first), _items(second), strict=True)]
    for code, before, after in [*pairs, (first.pack, first.verdict, second.verdict)]:
        if {before, after} == {MET, NOT_MET}:
            raise trial.broken(code, (silent, f"{weak}: {before}"), (silent, f"{strict}: {after}"), trust=strict)
        if before.decided and after is UNKNOWN:
            trial.saw("an answer the stricter floor opens")
