"""Laws about the pack itself: what a careful writer of a set of criteria never does."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import assume
from hypothesis import strategies as st

from ..assessment.check import MeasureCheck
from ..assessment.model import Check
from ..assessment.parts import ReasonCode
from ..evaluation.resolve import Context, Resolver
from ..pack.condition import AttributeCondition, Comparison, ConditionModel, MeasureCondition, unit_asked, walk
from ..pack.indicator import Indicator
from ..pack.legal import Verification
from ..snapshot.model import Snapshot
from ..snapshot.observation import FindingValue
from ..snapshot.unit import Unit
from ..verdict import MET, NOT_MET, UNKNOWN, Verdict
from .change import with_measure
from .ground import days, ground
from .observing import units
from .search import Allowed, Goal, Search
from .solving import goals
from .trial import Trial, checks, every_check, results


def _unit(trial: Trial) -> tuple[Unit, Snapshot]:
    pack, catalogue = trial.world
    unit: Unit = trial.draw(units(pack, catalogue=catalogue))
    return unit, Snapshot(unit=unit, as_of=trial.draw(st.sampled_from(days(pack))))


def no_hole(trial: Trial) -> None:
    """Whatever the region, the year and the kind of unit, the tables have a row for it."""
    _, empty = _unit(trial)
    for result, check in checks(trial.assess(empty, Verification.UNCERTAIN)):
        required = getattr(check, "required", None)
        if required is None or result.code in trial.known:
            continue
        trial.saw("a threshold looked up")
        if required.reason is not None and required.reason.code is ReasonCode.NO_THRESHOLD_HERE:
            raise trial.broken(result.code, (empty, UNKNOWN))


def right_way(trial: Trial) -> None:
    """A value that is better by the dictionary of measures never turns a pass into a failure."""
    pack, catalogue = trial.world
    _, empty = _unit(trial)
    here = ground(pack, catalogue, empty.as_of)
    asked = (name for name in pack.measures_used() if name in here.measures)
    directed = sorted(name for name in asked if here.measures[name].better != "neither")
    assume(directed)
    name = trial.draw(st.sampled_from(directed))
    one, two = trial.draw(st.tuples(*(st.sampled_from(here.values[name]),) * 2))
    assume(one.value.value != two.value.value)
    rising = (one, two) if one.value.value < two.value.value else (two, one)
    worse, better = rising if here.measures[name].better == "higher" else rising[::-1]
    before, after = (with_measure(empty, name, (value,)) for value in (worse, better))
    for first, second in zip(
        *(results(trial.assess(case, Verification.UNCERTAIN)) for case in (before, after)), strict=True
    ):
        if first.code in trial.known or not _compares(first.check, name):
            continue
        trial.saw("a better value")
        if first.check.verdict is MET and second.check.verdict is NOT_MET:
            raise trial.broken(first.code, (before, MET), (after, NOT_MET), measure=name)


def _compares(check: Check, measure: str) -> bool:
    return any(isinstance(one, MeasureCheck) and one.measure == measure for one in every_check(check))


def can_be_met(trial: Trial) -> None:
    """Every requirement can be met by some figures."""
    _reachable(trial, frozenset({MET}))


def can_fail(trial: Trial) -> None:
    """Every requirement can fail by some figures: one that cannot asks for nothing."""
    _reachable(trial, frozenset({NOT_MET}))


def _reachable(trial: Trial, wanted: Allowed) -> None:
    unit, empty = _unit(trial)
    pack, catalogue = trial.world
    context = Context.of(unit, empty.as_of, Verification.UNCERTAIN)
    search = Search(pack, context, catalogue)
    resolver = Resolver(pack, context, catalogue)
    for item in (*pack.prerequisites, *pack.indicators()):
        now = item.on(empty.as_of)
        if item.code in trial.known or not _settled(now, resolver, search):
            continue
        trial.saw("a requirement with figures")
        asked = search.lowered(pack, now, now.requires)
        ways = (search.solve([Goal(pack, asked, wanted, now, heard)]) for heard in FindingValue)
        if not any(way is not None for way in ways) and not search.gave_up:
            raise trial.broken(item.code, *_shown(trial, empty, now))


def _settled(indicator: Indicator, resolver: Resolver, search: Search) -> bool:
    """Whether figures or counts are asked for, and every threshold among them is known."""
    comparisons = [part for _, part in walk(indicator.requires) if isinstance(part, Comparison)]
    if _turns_on_attribute(indicator.requires):
        return False
    units_asked = [(part, unit_asked(part, search.ground.measures)) for part in comparisons]
    return bool(comparisons) and all(resolver.required(indicator, part, unit).amount for part, unit in units_asked)


def _turns_on_attribute(condition: ConditionModel) -> bool:
    """Whether being of some kind is itself required: no figures then make up for it."""
    return any(isinstance(part, AttributeCondition) and "when" not in path.split(".") for path, part in walk(condition))


def _shown(trial: Trial, empty: Snapshot, indicator: Indicator) -> Iterator[tuple[Snapshot, Verdict]]:
    """What the values at and beside the threshold come to."""
    here = ground(trial.world.pack, trial.world.catalogue, empty.as_of)
    asked = dict.fromkeys(part.measure for _, part in walk(indicator.requires) if isinstance(part, MeasureCondition))
    for name in asked:
        for value in here.values[name][:3]:
            case = with_measure(empty, name, (value,))
            found = next(r for r in results(trial.assess(case, Verification.UNCERTAIN)) if r.code == indicator.code)
            yield case, found.check.verdict
    if not asked:
        yield empty, UNKNOWN


def _of_a_kind(about: object, empty: Snapshot) -> bool:
    return isinstance(about, Indicator) and _turns_on_attribute(about.on(empty.as_of).requires)


def whole_can_be_met(trial: Trial) -> None:
    """All requirements together can be met by one unit: no two contradict each other."""
    unit, empty = _unit(trial)
    pack, catalogue = trial.world
    context = Context.of(unit, empty.as_of, Verification.UNCERTAIN)
    search = Search(pack, context, catalogue)
    trial.saw("a whole set")
    everything = [goal for goal in goals(pack) if not _of_a_kind(goal.about, empty)]
    if search.solve(everything) is not None or search.gave_up:
        return
    # The first requirement that cannot be added to those before it names the contradiction.
    for count in range(1, len(everything) + 1):
        if search.solve(everything[:count]) is None and not search.gave_up:
            code = getattr(everything[count - 1].about, "code", pack.id)
            raise trial.broken(code, (empty, NOT_MET))
