"""From packs to columns: every indicator, criterion and pack as an expression, for every context rows can be in.

The semantics are those of ``judges`` and ``program``; thresholds are resolved by the same ``Resolver``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from ...errors import EvaluationError, Problem
from ...pack.cases import involved
from ...pack.catalogue import Catalogue
from ...pack.condition import (
    AllCondition,
    AnyCondition,
    AtLeastCondition,
    AttributeCondition,
    Children,
    ChoiceCondition,
    Comparison,
    ConditionModel,
    CountCondition,
    EveryCondition,
    FindingCondition,
    MeasureCondition,
    MeetsCondition,
    Op,
    ShareCondition,
    UnmetShareCondition,
)
from ...pack.legal import Verification
from ...pack.model import Criterion, Indicator, Pack, Period
from ...quantity import factor
from ...territory import Level, Region
from ...verdict import at_least
from ..resolve import Context, Resolver
from .axes import OTHER, Axis, Ground, attribute_words, axes_of, stretches
from .limits import TESTS, Storage, limit
from .names import children_columns, finding_column, recognition_columns, result_columns, selector, slug
from .nodes import (
    CODES,
    OPEN,
    VERDICTS,
    YES,
    Branch,
    Cases,
    Choice,
    Concerned,
    Enough,
    Excepted,
    Failing,
    Fixed,
    Held,
    Made,
    Measured,
    Node,
    Said,
    Settled,
    Tally,
    Unmet,
    Unresolved,
    choice,
    compared,
    excepted,
    inside,
    least,
    measured,
    most,
    neutral,
    settled,
)
from .sources import Source


class Result(NamedTuple):
    """A column of verdicts: its name, the code it is about, and what kind of thing has that code."""

    name: str
    code: str
    kind: str
    node: Fixed | Made


class PackPlan(NamedTuple):
    """What one pack comes to."""

    pack: Pack
    results: tuple[Result, ...]
    verdict: Fixed | Made

    @property
    def criteria(self) -> tuple[Fixed | Made, ...]:
        """The verdicts of the criteria."""
        return tuple(result.node for result in self.results if result.kind == "criterion")


class Plan(NamedTuple):
    """Columns to make, step after step, and the packs they are made for.

    ``limits`` are columns of limits, of whole numbers or of doubles.
    """

    limits: tuple[tuple[str, Cases, bool], ...]
    steps: tuple[tuple[tuple[str, Node], ...], ...]
    packs: tuple[PackPlan, ...]
    axes: tuple[Axis, ...]
    reads: tuple[str, ...]
    standings: tuple[tuple[str, tuple[Level, ...], str], ...]


class Given(NamedTuple):
    """What a plan is made from, apart from the packs: the columns at hand and what is the same for every row.

    ``home`` is the pack whose findings have the short names of columns; ``holding`` counts a title in force as met.
    ``listed`` are the titles and levels of children that are listed one by one; ``assumed`` the codes whose thresholds
    are taken as they stand, however far they were verified.
    """

    sources: tuple[tuple[str, Source], ...]
    base: Context
    home: str = ""
    holding: bool = False
    listed: frozenset[str] = frozenset()
    assumed: tuple[frozenset[str], ...] = ()


class _Judged(NamedTuple):
    results: tuple[Result, ...]
    verdict: Fixed | Made

    def criteria(self) -> dict[str, Fixed | Made]:
        return {result.code: result.node for result in self.results if result.kind == "criterion"}


@lru_cache(maxsize=64)
def plan(packs: tuple[Pack, ...], given: Given, catalogue: Catalogue) -> Plan:
    """The plan for some packs on the columns at hand; the last ones made are kept.

    Raises:
        EvaluationError: packs that are never in force together, or ask for each other in a circle.
        PackError: what ``evaluate`` raises for thresholds that go in a circle.
    """
    return _Planner(packs, given, catalogue).plan()


class _Planner:
    def __init__(self, packs: tuple[Pack, ...], given: Given, catalogue: Catalogue) -> None:
        self.roots, self.given, self.catalogue = packs, given, catalogue
        self.sources = dict(given.sources)
        # Variants of one pack share its reference, so each is followed for itself.
        each = [other for pack in packs for other in involved((pack,), catalogue)]
        self.everything = tuple({id(other): other for other in each}.values())
        self.ground = Ground(given.base, self._axes())
        self._steps: list[list[tuple[str, Node]]] = []
        self._made: dict[Node, Made] = {}
        self._depth: dict[str, int] = {}
        self._judged: dict[tuple[int, frozenset[str]], _Judged] = {}
        self._stack: list[str] = []
        self._reads: dict[str, None] = {}
        self._standings: dict[str, tuple[tuple[Level, ...], str]] = {}
        self._resolvers: dict[tuple[int, Context], Resolver] = {}
        self._assumed: frozenset[str] = frozenset()
        self.limits: dict[tuple[Cases, bool], str] = {}

    def plan(self) -> Plan:
        built = []
        assumed = self.given.assumed or (frozenset[str](),) * len(self.roots)
        for root, codes in zip(self.roots, assumed, strict=True):
            judged = self._judge(root, codes)
            verdict = self.made(self._held(root, judged.verdict)) if self.given.holding else judged.verdict
            built.append(PackPlan(root, judged.results, verdict))
        return Plan(
            tuple((name, cases, whole) for (cases, whole), name in self.limits.items()),
            tuple(map(tuple, self._steps)),
            tuple(built),
            tuple(self.ground.axes.values()),
            tuple(self._reads),
            tuple((name, levels, title) for name, (levels, title) in self._standings.items()),
        )

    def _axes(self) -> Iterator[Axis]:
        if "level" in self.sources:
            levels = [level for level in Level if all(level in pack.applies_to for pack in self.roots)]
            yield Axis("level", tuple(levels))
        if "as_of" in self.sources:
            valid = common_validity(self.roots)
            yield Axis("as_of", stretches(self.everything, valid), valid.end)
        if "region" in self.sources:
            yield Axis("region", (*Region, None))
        for name in dict.fromkeys(name for pack in self.everything for name in pack.attributes):
            source = self.sources.get(name)
            if source is not None and source.kind == "flag":
                yield Axis(name, (False, True, None))
            elif source is not None:
                # Cells that are read one by one may be flags as well as words.
                flags = (False, True) if source.kind == "read" else ()
                yield Axis(name, (*flags, *attribute_words(self.everything, name), OTHER, None))

    def made(self, node: Node) -> Fixed | Made:
        """A node as a column of its own, made once."""
        if isinstance(node, (Fixed, Made)):
            return node
        if node not in self._made:
            depth = 1 + max((self._depth[name] for name in _uses(node)), default=-1)
            name = f"v{len(self._made)}"
            self._made[node] = Made(name, neutral(node))
            self._depth[name] = depth
            while len(self._steps) <= depth:
                self._steps.append([])
            self._steps[depth].append((name, node))
        return self._made[node]

    def _judge(self, pack: Pack, assumed: frozenset[str] = frozenset()) -> _Judged:
        # Variants of one pack share its reference, so packs are told apart by identity.
        key = (id(pack), assumed)
        if key in self._judged:
            return self._judged[key]
        if pack.reference in self._stack:
            chain = " → ".join((*self._stack, pack.reference))
            raise EvaluationError(Problem("error.meets_cycle", chain=chain))
        self._stack.append(pack.reference)
        outer, self._assumed = self._assumed, assumed
        results: list[Result] = []
        members: list[Node] = []
        top: list[Node] = []
        for name, item in result_columns(pack):
            if isinstance(item, Criterion):
                node = self._criterion(pack, item, members)
                top.append(node)
                members = []
                results.append(Result(name, item.code, "criterion", node))
            else:
                node = self.made(self._indicator(pack, item))
                first = name.startswith("p_")
                (top if first else members).append(node)
                results.append(Result(name, item.code, "prerequisite" if first else "indicator", node))
        self._assumed = outer
        self._stack.pop()
        self._judged[key] = _Judged(tuple(results), self.made(least(top)))
        return self._judged[key]

    def _criterion(self, pack: Pack, criterion: Criterion, members: list[Node]) -> Fixed | Made:
        parts = [*members, Fixed(OPEN)] if criterion.incomplete else members
        own = all(indicator.code != criterion.code for indicator in criterion.indicators)
        column = self._finding(pack, criterion.code) if own else None
        return self.made(self._settled(least(parts), column))

    def _indicator(self, pack: Pack, indicator: Indicator) -> Node:
        if not indicator.versions:
            return self._version(pack, indicator)
        return _node(self.ground.decide(("as_of",), lambda at: self._version(pack, indicator.on(at.on))))

    def _version(self, pack: Pack, indicator: Indicator) -> Node:
        column = self._finding(pack, indicator.code)
        check = self._condition(pack, indicator, indicator.requires, column)
        if indicator.applies_if is None:
            return self._settled(check, column)
        guard = self._condition(pack, indicator, indicator.applies_if, column)
        if not isinstance(indicator.requires, FindingCondition):
            # What has been measured exists, whatever a department says of it.
            check = self.made(check)
            guard = measured(check, self._condition(pack, indicator, indicator.applies_if, None), guard)
        return excepted(self.made(self._settled(check, column)), self.made(guard))

    def _settled(self, verdict: Node, column: str | None) -> Node:
        # What an expression uses twice is made once, as a column of its own.
        return verdict if column is None else settled(self.made(verdict), column)

    def _finding(self, pack: Pack, code: str) -> str | None:
        name = finding_column(pack, code, self.given.home)
        if name not in self.sources:
            return None
        self._reads[name] = None
        return name

    def _condition(
        self, pack: Pack, indicator: Indicator, condition: ConditionModel, column: str | None
    ) -> Node:
        def inner(part: ConditionModel) -> Node:
            return self._condition(pack, indicator, part, column)

        match condition:
            case MeasureCondition():
                return self._compare(pack, indicator, condition)
            case FindingCondition(finding="applicable"):
                return Fixed(YES) if column is None else Concerned(column)
            case FindingCondition():
                return Fixed(OPEN) if column is None else Said(column)
            case AttributeCondition():
                ask = condition
                return _node(
                    self.ground.decide(
                        (condition.attribute,), lambda at: Fixed(CODES[self._at(pack, at).attribute_verdict(ask)])
                    )
                )
            case MeetsCondition():
                return self._meets(condition)
            case UnmetShareCondition():
                return self._unmet(pack, indicator, condition)
            case ShareCondition() | CountCondition() | EveryCondition():
                return self._children(pack, indicator, condition)
            case AllCondition():
                return least([inner(part) for part in condition.all])
            case AnyCondition():
                return most([self._once(inner(part)) for part in condition.any])
            case AtLeastCondition():
                return _enough(condition.at_least, tuple(self.made(inner(part)) for part in condition.of))
            case ChoiceCondition():
                return choice(*map(self.made, map(inner, (condition.when, condition.then, condition.otherwise))))

    def _once(self, node: Node) -> Node:
        return self.made(node) if neutral(node) else node

    def _at(self, pack: Pack, context: Context) -> Resolver:
        key = (id(pack), context)
        if key not in self._resolvers:
            self._resolvers[key] = Resolver(pack, context, self.catalogue)
        return self._resolvers[key]

    def _required(self, pack: Pack, indicator: Indicator, ask: Comparison, unit: str, at: Context) -> Fraction | None:
        if indicator.code in self._assumed:
            at = at._replace(trust=Verification.UNCERTAIN)
        amount = self._at(pack, at).required(indicator, ask, unit).amount
        return None if amount is None else Fraction(amount.value)

    def _compare(self, pack: Pack, indicator: Indicator, condition: MeasureCondition) -> Node:
        measure = self.catalogue.measures_for(pack)[condition.measure]
        source = self.sources.get(measure.id)
        if source is None:
            return Fixed(OPEN)
        self._reads[measure.id] = None
        # Cells that are read one by one are read into the measure's own unit.
        same = source.kind == "read" or source.unit == measure.unit
        ratio = Fraction(1) if same else factor(source.unit, measure.unit)

        def ask(at: Context) -> Branch:
            found = self._required(pack, indicator, condition, measure.unit, at)
            return None if found is None else limit(condition.op, found / ratio, source.storage)

        limits = self.ground.decide(axes_of(condition.threshold, pack, self.catalogue), ask)
        return compared(measure.id, TESTS[condition.op], limits, lambda cases: self._limits(cases, source.storage))

    def _limits(self, cases: Cases, storage: Storage) -> str:
        """The column of limits that differ from row to row."""
        return self.limits.setdefault((cases, storage == "integer"), f"l{len(self.limits)}")

    def _meets(self, condition: MeetsCondition) -> Node:
        def ask(at: Context) -> Node:
            other = self.catalogue.named(condition.meets, at.on)
            node: Node = Fixed(OPEN)
            if at.on in other.valid:
                node = self._other(other).verdict
            return self._held(other, node)

        return _node(self.ground.decide(("as_of",), ask))

    def _held(self, pack: Pack, otherwise: Node) -> Node:
        names = recognition_columns(pack.title_id)
        if names[0] not in self.sources:
            return otherwise
        self._reads.update(dict.fromkeys(name for name in names if name in self.sources))
        return Held(pack.title_id, self.catalogue.load(pack.root).valid.start, otherwise)

    def _other(self, other: Pack) -> _Judged:
        strange = [level for level in self._levels() if level not in other.applies_to]
        if strange:
            levels = ", ".join(level.text("vi") for level in other.applies_to)
            raise EvaluationError(Problem("error.level", pack=other.reference, level=strange[0], levels=levels))
        return self._judge(other)

    def _levels(self) -> tuple[Level, ...]:
        axis = self.ground.axes.get("level")
        values = axis.values if axis else (self.ground.base.level,)
        return tuple(value for value in values if isinstance(value, Level))

    def _unmet(self, pack: Pack, indicator: Indicator, condition: UnmetShareCondition) -> Node:
        def ask(at: Context) -> Node:
            other = self.catalogue.named(condition.unmet_share_of, at.on)
            if at.on not in other.valid:
                return Fixed(OPEN)
            criteria = self._other(other).criteria()
            found = self._required(pack, indicator, condition, "percent", at)
            share: Node = Fixed(OPEN)
            if found is not None:
                share = Unmet(tuple(criteria.values()), condition.op, *_ratio(found / 100))
            if not condition.including_any:
                return share
            named = [criteria[code] for code in condition.including_any if code in criteria]
            return least((share, most([Failing(node) for node in named]) if named else Fixed(CODES[VERDICTS[0]])))

        return _node(self.ground.decide({"as_of"} | axes_of(condition.threshold, pack, self.catalogue), ask))

    def _children(
        self, pack: Pack, indicator: Indicator, condition: ShareCondition | CountCondition | EveryCondition
    ) -> Node:
        children = selector(condition)
        assert children is not None
        count = isinstance(condition, CountCondition)
        axes = {"as_of"}
        if isinstance(condition, Comparison):
            axes |= axes_of(condition.threshold, pack, self.catalogue)

        def ask(at: Context) -> Node:
            standing = self._standing(children, self.catalogue.named(children.meeting, at.on).title_id)
            if standing is None:
                return Fixed(OPEN)
            if isinstance(condition, EveryCondition):
                return Tally(standing, Op.AT_LEAST, 1, 1, share=True)
            found = self._required(pack, indicator, condition, "unit" if count else "percent", at)
            if found is None:
                return Fixed(OPEN) if count else Unresolved(standing)
            return Tally(standing, condition.op, *_ratio(found if count else found / 100), share=not count)

        return _node(self.ground.decide(axes, ask))

    def _standing(self, children: Children, title: str) -> str | None:
        """The columns of one standing: children of these levels under this title."""
        counts = [children_columns(level, title) for level in children.level]
        reported = all(total in self.sources for total, _, _ in counts)
        listed = all(level.value in self.given.listed for level in children.level)
        if reported and listed:
            raise EvaluationError(Problem("error.frame_children_twice", level=children.level[0], column=counts[0][0]))
        if not reported and not listed:
            return None
        if reported:
            for names in counts:
                self._reads.update(dict.fromkeys(name for name in names if name in self.sources))
        name = "_".join((*(level.value for level in children.level), slug(title)))
        self._standings[name] = (children.level, title)
        return name


def common_validity(packs: Iterable[Pack]) -> Period:
    """The days on which all the packs are in force.

    Raises:
        EvaluationError: there is none.
    """
    packs = tuple(packs)
    start = max((pack.valid.start for pack in packs if pack.valid.start), default=None)
    end = min((pack.valid.end for pack in packs if pack.valid.end), default=None)
    if start and end and start > end:
        raise EvaluationError(Problem("error.frame_never", packs=", ".join(pack.reference for pack in packs)))
    return Period(start=start, end=end)


def _ratio(value: Fraction) -> tuple[int, int]:
    return value.numerator, value.denominator


def _node(branch: Branch) -> Node:
    assert branch is not None
    assert not isinstance(branch, (int, float))
    return branch


def _enough(needed: int, parts: tuple[Node, ...]) -> Node:
    if all(isinstance(part, Fixed) for part in parts):
        return Fixed(CODES[at_least(needed, (VERDICTS[part.code] for part in parts if isinstance(part, Fixed)))])
    return Enough(needed, parts)


def _uses(node: Node) -> Iterator[str]:
    """Columns of verdicts that must have been made before a node."""
    if isinstance(node, Made):
        yield node.name
    else:
        for part in inside(node):
            yield from _uses(part)
