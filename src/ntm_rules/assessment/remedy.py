"""The least that would have to change for a unit to meet a pack."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import msgspec

from ..messages import Lang, Text, say
from ..pack.condition import Op
from ..quantity import Amount
from ..snapshot.observation import Finding
from ..verdict import MET, NOT_APPLICABLE, NOT_MET, UNKNOWN, Verdict
from .model import (
    Assessment,
    AttributeCheck,
    Check,
    ChildrenCheck,
    CriterionResult,
    FindingCheck,
    GroupCheck,
    IndicatorResult,
    MeasureCheck,
    MeetsCheck,
    TotalCheck,
    UnmetShareCheck,
)


class Step(msgspec.Struct, frozen=True, omit_defaults=True):
    """One change: a measure brought to a value, a conclusion of "met", or so many further children.

    ``to`` is the value to reach (``strictly``: to pass), ``by`` how far that is from what was observed; both in the
    measure's unit. ``pack`` and ``code`` say for whose sake.
    """

    kind: Literal["measure", "finding", "children"]
    pack: str
    code: str
    text: Text
    measure: str = ""
    op: Op | None = None
    to: Amount | None = None
    by: Amount | None = None
    strictly: bool = False
    observed: bool = False
    count: int = 0
    agency: str = ""

    def say(self, lang: Lang = "vi") -> str:
        """The step as a sentence."""
        if self.kind == "measure":
            how = "remedy.strictly" if self.strictly else "remedy.to"
            if self.op in (Op.AT_MOST, Op.LESS_THAN):
                how += "_down"
            elif self.op is Op.EQUAL_TO:
                how = "remedy.exactly"
            by = say("remedy.by", lang, by=self.by) if self.by is not None else ""
            return say(how, lang, code=self.code, text=self.text, to=self.to, by=by)
        if self.kind == "children":
            return say("remedy.children", lang, code=self.code, text=self.text, count=self.count)
        agency = self.agency or say("explain.department", lang)
        return say("remedy.finding", lang, code=self.code, text=self.text, agency=agency)


class Obstacle(msgspec.Struct, frozen=True):
    """Something no change of figures or conclusions can mend, and why."""

    pack: str
    code: str
    text: Text
    why: Literal["attribute", "children_unknown", "not_a_goal", "too_many"]

    def say(self, lang: Lang = "vi") -> str:
        """The obstacle as a sentence."""
        return say(f"remedy.obstacle.{self.why}", lang, code=self.code, text=self.text)


class Remedy(msgspec.Struct, frozen=True):
    """What it takes. With ``obstacles`` no set of changes suffices; ``steps`` are then what it takes besides.

    >>> Remedy((), ()).possible
    True
    """

    steps: tuple[Step, ...]
    obstacles: tuple[Obstacle, ...]

    @property
    def possible(self) -> bool:
        """Whether the steps make the verdict ``MET``."""
        return not self.obstacles

    def text(self, lang: Lang = "vi") -> str:
        """The steps and obstacles, one a line."""
        if not self.steps and not self.obstacles:
            return say("remedy.nothing", lang)
        return "\n".join((*(step.say(lang) for step in self.steps), *(o.say(lang) for o in self.obstacles)))


Way = tuple[tuple[Step, ...], tuple[Obstacle, ...]]
_NOTHING: Way = ((), ())


def remedy(assessment: Assessment) -> Remedy:
    """The least set of changes that would make the assessment ``MET``; of equals, figures before findings."""
    steps, obstacles = _pack(assessment)
    return Remedy(_shared(steps), obstacles)


def _pack(assessment: Assessment) -> Way:
    planner = _Planner(assessment.pack)
    return _together(
        [planner.indicator(p) for p in assessment.prerequisites] + [planner.criterion(c) for c in assessment.criteria]
    )


def _together(ways: list[Way]) -> Way:
    return (
        tuple(step for steps, _ in ways for step in steps),
        tuple(obstacle for _, obstacles in ways for obstacle in obstacles),
    )


def _least(ways: list[Way]) -> Way:
    """The way with no obstacle and the fewest steps; the first of equals."""
    return min(ways, key=lambda way: (len(way[1]), len(way[0])))


def _shared(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """One step per measure: the strictest value serves every indicator that asks for it."""
    kept: dict[tuple[str, ...], Step] = {}
    for step in steps:
        key = (step.kind, step.measure, str(step.op in (Op.AT_MOST, Op.LESS_THAN)))
        if step.kind != "measure" or step.to is None:
            key = (step.kind, step.pack, step.code)
        known = kept.get(key)
        kept[key] = step if known is None or _further(step, known) else known
    return tuple(kept.values())


def _further(step: Step, known: Step) -> bool:
    if step.to is None or known.to is None:
        return False
    here, there = (step.to.value, step.strictly), (known.to.value, known.strictly)
    return here < there if step.op in (Op.AT_MOST, Op.LESS_THAN) else here > there


class _Planner:
    def __init__(self, pack: str) -> None:
        self.pack = pack

    def criterion(self, criterion: CriterionResult) -> Way:
        if criterion.verdict in (MET, NOT_APPLICABLE):
            return _NOTHING
        each = _together([self.indicator(indicator) for indicator in criterion.indicators])
        unnumbered = any(indicator.code == criterion.code for indicator in criterion.indicators)
        failing = [self.indicator(i, until_open=True) for i in criterion.indicators if i.verdict is NOT_MET]
        concluded = self._conclusion(criterion.code, criterion.title, criterion.agency, criterion.findings)
        whole = _together([*failing, concluded])
        if criterion.incomplete:
            return whole
        # Where every indicator is decided, a conclusion on the whole criterion changes nothing.
        open_ones = any(indicator.verdict is UNKNOWN for indicator in criterion.indicators)
        return each if unnumbered or not open_ones else _least([each, whole])

    def indicator(self, result: IndicatorResult, until_open: bool = False) -> Way:
        """What makes the indicator met; ``until_open``: only no longer failing, so that a finding may decide."""
        if result.verdict in (MET, NOT_APPLICABLE):
            return _NOTHING
        concluded = self._conclusion(result.code, result.text, result.agency, result.findings)
        by_figures = self.check(result.check, result)
        if result.check.verdict is not UNKNOWN and result.check.verdict is not NOT_MET:
            return concluded
        no_longer_failing = self.check(result.check, result, until_open=True)
        by_finding = _together([no_longer_failing, concluded])
        if isinstance(result.check, FindingCheck):
            return concluded
        return _least([by_figures, by_finding])

    def check(self, check: Check, result: IndicatorResult, until_open: bool = False) -> Way:
        if check.verdict in (MET, NOT_APPLICABLE) or (until_open and check.verdict is UNKNOWN):
            return _NOTHING
        match check:
            case MeasureCheck():
                return self._measure(check, result)
            case FindingCheck():
                return (self._conclude(result.code, result.text, result.agency),), ()
            case AttributeCheck():
                return (), (Obstacle(self.pack, result.code, result.text, "attribute"),)
            case ChildrenCheck():
                return self._children(check, result)
            case MeetsCheck():
                if check.assessment is None:
                    return (), (Obstacle(self.pack, result.code, result.text, "not_a_goal"),)
                return _pack(check.assessment)
            case UnmetShareCheck():
                return (), (Obstacle(self.pack, result.code, result.text, "not_a_goal"),)
            case TotalCheck():
                return (), (Obstacle(self.pack, result.code, result.text, "not_a_goal"),)
            case GroupCheck():
                return self._group(check, lambda part: self.check(part, result, until_open))

    def _group(self, check: GroupCheck, way: Callable[[Check], Way]) -> Way:
        match check.how:
            case "all":
                return _together([way(part) for part in check.parts])
            case "any":
                return _least([way(part) for part in check.parts])
            case "at_least":
                ways = sorted(map(way, check.parts), key=lambda one: (len(one[1]), len(one[0])))
                return _together(ways[: check.needed])
            case "choice":
                guard, then, otherwise = check.parts
                if guard.verdict is Verdict.UNKNOWN:
                    return _together([way(guard), way(then)])
                return way(then if guard.verdict is MET else otherwise)

    def _measure(self, check: MeasureCheck, result: IndicatorResult) -> Way:
        required = check.required
        if required.amount is None:
            return (self._conclude(result.code, result.text, result.agency),), ()
        return (
            Step(
                "measure",
                self.pack,
                result.code,
                check.name,
                check.measure,
                required.op,
                required.amount,
                check.shortfall,
                required.op in (Op.MORE_THAN, Op.LESS_THAN),
                bool(check.observed),
                agency=result.agency,
            ),
        ), ()

    def _children(self, check: ChildrenCheck, result: IndicatorResult) -> Way:
        if check.total is None:
            return (self._conclude(result.code, result.text, result.agency),), ()
        if check.needed is None or check.missing is None:
            why: Literal["children_unknown", "too_many"] = (
                "children_unknown" if check.verdict is UNKNOWN else "too_many"
            )
            return (), (Obstacle(self.pack, result.code, result.text, why),)
        if check.needed > check.total:
            return (), (Obstacle(self.pack, result.code, result.text, "too_many"),)
        step = Step("children", self.pack, result.code, check.title, count=check.missing, agency=result.agency)
        return (step,), ()

    def _conclusion(self, code: str, text: Text, agency: str, findings: tuple[Finding, ...]) -> Way:
        """A conclusion of "met"; nothing where that is what was concluded."""
        if findings and all(finding.finding == "met" for finding in findings):
            return _NOTHING
        return (self._conclude(code, text, agency),), ()

    def _conclude(self, code: str, text: Text, agency: str) -> Step:
        return Step("finding", self.pack, code, text, agency=agency)
