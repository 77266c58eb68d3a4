"""How far a failing measure is from its threshold, and why something is unknown: the first of each, per indicator."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ...assessment.parts import ReasonCode
from ...pack.condition import (
    AttributeCondition,
    ChoiceCondition,
    Comparison,
    ConditionModel,
    FindingCondition,
    MeasureCondition,
    MeetsCondition,
    UnmetShareCondition,
    children_asked,
    parts,
    unit_asked,
)
from ...pack.model import Indicator, Pack
from ..axes import axes_of
from ..resolve import Context
from .compiler import Compiler, node_of
from .names import recognition_columns
from .nodes import (
    NEUTRAL,
    NO,
    OPEN,
    YES,
    Branch,
    Concerned,
    Expired,
    Fixed,
    Gap,
    Gaps,
    Node,
    Pick,
    Silent,
    Test,
)

REASONS: tuple[str, ...] = tuple(code.value for code in ReasonCode)
_NUMBERS = {code: number for number, code in enumerate(ReasonCode)}


class Detail(NamedTuple):
    """What is told of one indicator beside its verdict: ``None`` where there never is anything."""

    gap: Node | None
    why: Node


class _Leaf(NamedTuple):
    """A condition without conditions inside, with what must hold for it to matter."""

    path: tuple[Test, ...]
    condition: ConditionModel
    node: Node


class Details:
    """Finds the details of a pack's indicators with the compiler that made their verdicts."""

    def __init__(self, compiler: Compiler) -> None:
        self.compiler = compiler

    def detail(self, pack: Pack, indicator: Indicator, verdict: Node) -> Detail:
        """What is told of an indicator that came to a verdict."""
        decide = self.compiler.contexts.decide
        why = node_of(decide(("as_of",), lambda at: self._why(pack, indicator.on(at.on), verdict)))
        gap = node_of(decide(("as_of",), lambda at: self._gaps(pack, indicator.on(at.on))))
        return Detail(None if gap == Gaps(()) else gap, why)

    def _leaves(
        self,
        pack: Pack,
        indicator: Indicator,
        condition: ConditionModel,
        column: str | None,
        path: tuple[Test, ...] = (),
    ) -> Iterator[_Leaf]:
        """As ``assessment.leaves``: groups opened; of a choice with a decided guard, the branch that applies."""
        if isinstance(condition, ChoiceCondition):
            guard = self.compiler.made(self.compiler.condition(pack, indicator, condition.when, column))
            branches = ((condition.when, (OPEN,)), (condition.then, (YES, OPEN)))
            for part, codes in (*branches, (condition.otherwise, (NO, OPEN, NEUTRAL))):
                yield from self._leaves(pack, indicator, part, column, (*path, Test(guard, codes)))
        elif inner := parts(condition):
            for _, part in inner:
                yield from self._leaves(pack, indicator, part, column, path)
        else:
            node = self.compiler.made(self.compiler.condition(pack, indicator, condition, column))
            yield _Leaf(path, condition, node)

    def _gaps(self, pack: Pack, indicator: Indicator) -> Gaps:
        column = self.compiler.finding(pack, indicator.code)
        found = []
        for leaf in self._leaves(pack, indicator, indicator.requires, column):
            if isinstance(leaf.condition, MeasureCondition) and leaf.node != Fixed(OPEN):
                found.append(self._gap(pack, indicator, leaf, leaf.condition))
        return Gaps(tuple(found))

    def _gap(self, pack: Pack, indicator: Indicator, leaf: _Leaf, condition: MeasureCondition) -> Gap:
        measure = self.compiler.catalogue.measures_for(pack)[condition.measure]

        def ask(at: Context) -> Branch:
            found = self.compiler.required(pack, indicator, condition, measure.unit, at)
            return 0.0 if found is None else float(found)

        axes = axes_of(condition.threshold, pack, self.compiler.catalogue)
        ratio = self.compiler.ratio(measure)
        return Gap(
            (*leaf.path, Test(leaf.node, (NO,))), measure.id, float(ratio), self.compiler.contexts.decide(axes, ask)
        )

    def _why(self, pack: Pack, indicator: Indicator, verdict: Node) -> Pick:
        column = self.compiler.finding(pack, indicator.code)
        open_now = Test(verdict, (OPEN,))
        check = self.compiler.made(self.compiler.condition(pack, indicator, indicator.requires, column))
        found: list[tuple[tuple[Test, ...], Branch]] = []
        if indicator.applies_if is not None:
            # An open guard is named first. What has been measured exists, whatever a department says of it.
            guard = Test(self.compiler.made(self.compiler.guard(pack, indicator, check, column)), (OPEN,))
            sure = () if isinstance(indicator.requires, FindingCondition) else (Test(check, (NO, YES)),)
            unsure = tuple(Test(check, (OPEN, NEUTRAL)) for _ in sure)
            for said, tests in ((None, sure), (column, unsure)) if sure else ((column, ()),):
                for leaf in self._leaves(pack, indicator, indicator.applies_if, said):
                    found += self._reasons(pack, indicator, leaf, said, (open_now, guard, *tests))
        for leaf in self._leaves(pack, indicator, indicator.requires, column):
            found += self._reasons(pack, indicator, leaf, column, (open_now, Test(check, (OPEN,))))
        return Pick(tuple(found))

    def _reasons(
        self, pack: Pack, indicator: Indicator, leaf: _Leaf, column: str | None, first: tuple[Test, ...]
    ) -> Iterator[tuple[tuple[Test, ...], Branch]]:
        tests = (*first, *leaf.path, Test(leaf.node, (OPEN,)))
        for more, reason in self._why_open(pack, indicator, leaf.condition, column):
            yield (*tests, *more), reason

    def _why_open(
        self, pack: Pack, indicator: Indicator, condition: ConditionModel, column: str | None
    ) -> Iterator[tuple[tuple[Test, ...], Branch]]:
        compiler = self.compiler
        number = _NUMBERS
        match condition:
            case FindingCondition():
                if column is not None:
                    yield (Test(Concerned(column), (NO,)),), number[ReasonCode.EXCEPTION_NOT_PROVIDED]
                yield (), number[ReasonCode.NOT_CONCLUDED]
            case AttributeCondition():
                yield (), number[ReasonCode.ATTRIBUTE_UNKNOWN]
            case MeasureCondition():
                yield (), self._unresolved(pack, indicator, condition, number[ReasonCode.NOT_OBSERVED])
            case MeetsCondition():
                titled = compiler.catalogue.named(condition.meets, compiler.contexts.base.on)
                if all(name in compiler.sources for name in recognition_columns(titled.title_id)[:2]):
                    start = compiler.catalogue.load(titled.root).valid.start
                    yield (
                        (Test(Expired(titled.title_id, start), (YES,)),),
                        self._in_force(condition.meets, number[ReasonCode.RECOGNITION_EXPIRED]),
                    )
                yield (), self._in_force(condition.meets, number[ReasonCode.OTHER_PACK_UNKNOWN])
            case UnmetShareCondition():
                yield (), self._unmet_open(pack, indicator, condition)
            case _:
                yield from self._children_open(pack, indicator, condition)

    def _children_open(
        self, pack: Pack, indicator: Indicator, condition: ConditionModel
    ) -> Iterator[tuple[tuple[Test, ...], Branch]]:
        children = children_asked(condition)
        if children is None:
            return
        title = self.compiler.catalogue.named(children.meeting, self.compiler.contexts.base.on).title_id
        standing = self.compiler.standing(children, title)
        silent, unknown = _NUMBERS[ReasonCode.CHILDREN_NOT_REPORTED], _NUMBERS[ReasonCode.CHILDREN_UNKNOWN]
        unreported = self._unresolved(pack, indicator, condition, silent)
        if standing is None:
            yield (), unreported
            return
        yield (Test(Silent(standing), (YES,)),), unreported
        yield (), self._unresolved(pack, indicator, condition, unknown)

    def _unresolved(self, pack: Pack, indicator: Indicator, condition: ConditionModel, otherwise: int) -> Branch:
        """Why a threshold is unresolved, or the other reason where it is not, or none is asked for."""
        if not isinstance(condition, Comparison):
            return otherwise
        unit = unit_asked(condition, self.compiler.catalogue.measures_for(pack))

        def ask(at: Context) -> Branch:
            reason = self.compiler.resolved(pack, indicator, condition, unit, at).reason
            return otherwise if reason is None else _NUMBERS[reason.code]

        found: Branch = self.compiler.contexts.decide(axes_of(condition.threshold, pack, self.compiler.catalogue), ask)
        return found

    def _unmet_open(self, pack: Pack, indicator: Indicator, condition: UnmetShareCondition) -> Branch:
        def ask(at: Context) -> Branch:
            if at.on not in self.compiler.catalogue.named(condition.unmet_share_of, at.on).valid:
                return _NUMBERS[ReasonCode.NO_THRESHOLD_HERE]
            reason = self.compiler.resolved(pack, indicator, condition, "percent", at).reason
            return _NUMBERS[ReasonCode.OTHER_PACK_UNKNOWN if reason is None else reason.code]

        axes = {"as_of"} | axes_of(condition.threshold, pack, self.compiler.catalogue)
        found: Branch = self.compiler.contexts.decide(axes, ask)
        return found

    def _in_force(self, reference: str, reason: int) -> Branch:
        def ask(at: Context) -> Branch:
            other = self.compiler.catalogue.named(reference, at.on)
            return reason if at.on in other.valid else _NUMBERS[ReasonCode.NO_THRESHOLD_HERE]

        found: Branch = self.compiler.contexts.decide(("as_of",), ask)
        return found
