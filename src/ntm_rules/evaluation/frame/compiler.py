"""Conditions as expressions over columns, for every context rows can be in.

The semantics are those of ``explained``; thresholds are resolved by the same ``Resolver``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

from ...assessment.parts import Required
from ...errors import EvaluationError, Problem
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
    children_asked,
)
from ...pack.legal import Verification
from ...pack.measure import Measure
from ...pack.model import Indicator, Pack, Period, in_common
from ...pack.related import involved
from ...quantity import factor
from ...territory import LAST_DAYS, Group, Level, Region, ended, levels_text
from ...verdict import at_least
from ..axes import OTHER, Axis, ByContext, Contexts, attribute_axes, attribute_words, axes_of, stretches
from ..resolve import Context, Resolver
from .limits import TESTS, Storage, limit
from .names import children_columns, finding_column, recognition_columns, slug
from .nodes import (
    CODES,
    NO,
    OPEN,
    VERDICTS,
    YES,
    Branch,
    Concerned,
    Enough,
    Failing,
    Fixed,
    Held,
    Made,
    Node,
    Said,
    Tally,
    Unmet,
    Unresolved,
    choice,
    compared,
    inside,
    least,
    measured,
    most,
    neutral,
)
from .sources import Source


class Given(NamedTuple):
    """What a plan is made from, apart from the packs: the columns at hand and what is the same for every row.

    ``home`` is the pack whose findings have the short names of columns; ``holding`` counts a title in force as met.
    ``listed`` are the levels of children that are listed one by one; ``assumed`` the codes whose thresholds are taken
    as they stand, however far they were verified; ``details`` asks for shortfalls and reasons.
    """

    sources: tuple[tuple[str, Source], ...]
    base: Context
    home: str = ""
    holding: bool = False
    listed: frozenset[str] = frozenset()
    assumed: tuple[frozenset[str], ...] = ()
    details: bool = False


class Result(NamedTuple):
    """A column of verdicts: its name, the code it is about, and what kind of thing has that code."""

    name: str
    code: str
    kind: str
    node: Fixed | Made


class Judgement(NamedTuple):
    results: tuple[Result, ...]
    verdict: Fixed | Made

    def criteria(self) -> dict[str, Fixed | Made]:
        return {result.code: result.node for result in self.results if result.kind == "criterion"}


class Compiler:
    """Makes verdicts of conditions; what an expression needs twice becomes a column, made once."""

    def __init__(self, packs: tuple[Pack, ...], given: Given, catalogue: Catalogue) -> None:
        self.roots, self.given, self.catalogue = packs, given, catalogue
        self.sources = dict(given.sources)
        # Variants of one pack share its reference, so each is followed for itself.
        each = [other for pack in packs for other in involved((pack,), catalogue)]
        self.everything = tuple({id(other): other for other in each}.values())
        self.contexts = Contexts(given.base, self._axes())
        self.steps: list[list[tuple[str, Node]]] = []
        self.known: dict[Node, Made] = {}
        self.depth: dict[str, int] = {}
        self.judged: dict[tuple[int, frozenset[str]], Judgement] = {}
        self.indicators: dict[tuple[int, bool, tuple[int, ...]], Fixed | Made] = {}
        self.stack: list[str] = []
        self.reads: dict[str, None] = {}
        self.standings: dict[str, tuple[tuple[Level, ...], str]] = {}
        self._resolvers: dict[tuple[int, Context], Resolver] = {}
        self.assumed: frozenset[str] = frozenset()
        self.limits: dict[tuple[ByContext[Any], bool], str] = {}

    def _axes(self) -> Iterator[Axis]:
        if "level" in self.sources:
            on = None if "as_of" in self.sources else self.given.base.on
            shared = [level for level in Level if all(level in pack.applies_to for pack in self.roots)]
            levels = [level for level in shared if on is None or not ended(level, on)]
            yield Axis("level", tuple(levels), on)
        if "as_of" in self.sources:
            valid = common_validity(self.roots)
            last = date.max if "level" in self.sources else LAST_DAYS.get(self.given.base.level, date.max)
            end = valid.end if last == date.max else min(last, valid.end or last)
            yield Axis("as_of", stretches(self.everything, valid), end)
        if "region" in self.sources:
            yield Axis("region", (*Region, None))
        if "group" in self.sources:
            yield Axis("group", (*Group, None))
        for name in dict.fromkeys(name for pack in self.everything for name in pack.attributes):
            source = self.sources.get(name)
            if source is not None and source.kind == "flag":
                yield Axis(name, (False, True, None))
            elif source is not None:
                # Some words say yes or no.
                yield Axis(name, (False, True, *attribute_words(self.everything, name), OTHER, None))

    def made(self, node: Node) -> Fixed | Made:
        """A node as a column of its own, made once."""
        if isinstance(node, (Fixed, Made)):
            return node
        if isinstance(node, Said) and self.sources[node.column].kind == "flag":
            # A flag knows no third answer, so its column is the verdict's already.
            return Made(f"f_{node.column}", neutral=False)
        if node not in self.known:
            depth = 1 + max((self.depth.get(name, -1) for name in _uses(node)), default=-1)
            name = f"v{len(self.known)}"
            self.known[node] = Made(name, neutral(node))
            self.depth[name] = depth
            while len(self.steps) <= depth:
                self.steps.append([])
            self.steps[depth].append((name, node))
        return self.known[node]

    def finding(self, pack: Pack, code: str) -> str | None:
        name = finding_column(pack, code, self.given.home)
        if name not in self.sources:
            return None
        self.reads[name] = None
        return name

    def guard(self, pack: Pack, indicator: Indicator, check: Node, column: str | None) -> Node:
        """Whether an indicator applies, given what its check came to."""
        assert indicator.applies_if is not None
        heard = self.condition(pack, indicator, indicator.applies_if, column)
        if isinstance(indicator.requires, FindingCondition):
            return heard
        # What has been measured exists, whatever a department says of it.
        return measured(check, self.condition(pack, indicator, indicator.applies_if, None), heard)

    def condition(self, pack: Pack, indicator: Indicator, condition: ConditionModel, column: str | None) -> Node:
        def inner(part: ConditionModel) -> Node:
            return self.condition(pack, indicator, part, column)

        match condition:
            case MeasureCondition():
                return self._compare(pack, indicator, condition)
            case FindingCondition(finding="applicable"):
                return Fixed(YES) if column is None else Concerned(column)
            case FindingCondition():
                return Fixed(OPEN) if column is None else Said(column)
            case AttributeCondition():
                ask = condition
                return node_of(
                    self.contexts.decide(
                        attribute_axes(pack, condition.attribute),
                        lambda at: Fixed(CODES[self.resolver(pack, at).attribute_verdict(ask)]),
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

    def resolver(self, pack: Pack, context: Context) -> Resolver:
        key = (id(pack), context)
        if key not in self._resolvers:
            self._resolvers[key] = Resolver(pack, context, self.catalogue)
        return self._resolvers[key]

    def resolved(self, pack: Pack, indicator: Indicator, ask: Comparison, unit: str, at: Context) -> Required:
        """A threshold in a context."""
        if indicator.code in self.assumed:
            at = at._replace(trust=Verification.UNCERTAIN)
        return self.resolver(pack, at).required(indicator, ask, unit)

    def required(self, pack: Pack, indicator: Indicator, ask: Comparison, unit: str, at: Context) -> Fraction | None:
        """A threshold in a context, ``None`` where it is unresolved."""
        amount = self.resolved(pack, indicator, ask, unit, at).amount
        return None if amount is None else Fraction(amount.value)

    def ratio(self, measure: Measure) -> Fraction:
        """How many of a measure's unit one of its column is; cells read one by one are read into that unit."""
        source = self.sources[measure.id]
        same = source.kind == "read" or source.unit in ("", measure.unit)
        return Fraction(1) if same else factor(source.unit, measure.unit)

    def _compare(self, pack: Pack, indicator: Indicator, condition: MeasureCondition) -> Node:
        measure = self.catalogue.measures_for(pack)[condition.measure]
        source = self.sources.get(measure.id)
        if source is None:
            return Fixed(OPEN)
        self.reads[measure.id] = None
        ratio = self.ratio(measure)

        def ask(at: Context) -> Branch:
            found = self.required(pack, indicator, condition, measure.unit, at)
            return None if found is None else limit(condition.op, found / ratio, source.storage)

        limits = self.contexts.decide(axes_of(condition.threshold, pack, self.catalogue), ask)
        return compared(measure.id, TESTS[condition.op], limits, lambda cases: self.limit_column(cases, source.storage))

    def limit_column(self, cases: ByContext[Any], storage: Storage) -> str:
        """The column of limits that differ from row to row."""
        return self.limits.setdefault((cases, storage == "integer"), f"l{len(self.limits)}")

    def _meets(self, condition: MeetsCondition) -> Node:
        def ask(at: Context) -> Node:
            other = self.catalogue.named(condition.meets, at.on)
            node: Node = Fixed(OPEN)
            if at.on in other.valid:
                node = self._other(other).verdict
            return self.held(other, node)

        return node_of(self.contexts.decide(("as_of",), ask))

    def held(self, pack: Pack, otherwise: Node) -> Node:
        names = recognition_columns(pack.title_id)
        if names[0] not in self.sources:
            return otherwise
        self.reads.update(dict.fromkeys(name for name in names if name in self.sources))
        return Held(pack.title_id, self.catalogue.load(pack.root).valid.start, otherwise)

    def _other(self, other: Pack) -> Judgement:
        strange = [level for level in self._levels() if level not in other.applies_to]
        if strange:
            levels = levels_text(other.applies_to)
            raise EvaluationError(Problem("error.level", pack=other.reference, level=strange[0], levels=levels))
        return self.judge(other)

    def _levels(self) -> tuple[Level, ...]:
        axis = self.contexts.axes.get("level")
        values = axis.values if axis else (self.contexts.base.level,)
        return tuple(value for value in values if isinstance(value, Level))

    def _unmet(self, pack: Pack, indicator: Indicator, condition: UnmetShareCondition) -> Node:
        def ask(at: Context) -> Node:
            other = self.catalogue.named(condition.unmet_share_of, at.on)
            if at.on not in other.valid:
                return Fixed(OPEN)
            criteria = self._other(other).criteria()
            found = self.required(pack, indicator, condition, "percent", at)
            ratio = (0, 0) if found is None else _ratio(found / 100)
            share = Unmet(tuple(criteria.values()), condition.op, *ratio)
            if not condition.including_any:
                return share
            named = [criteria[code] for code in condition.including_any if code in criteria]
            return least((share, most([Failing(node) for node in named]) if named else Fixed(NO)))

        return node_of(self.contexts.decide({"as_of"} | axes_of(condition.threshold, pack, self.catalogue), ask))

    def _children(
        self, pack: Pack, indicator: Indicator, condition: ShareCondition | CountCondition | EveryCondition
    ) -> Node:
        children = children_asked(condition)
        assert children is not None
        count = isinstance(condition, CountCondition)
        axes = {"as_of"}
        if isinstance(condition, Comparison):
            axes |= axes_of(condition.threshold, pack, self.catalogue)

        def ask(at: Context) -> Node:
            standing = self.standing(children, self.catalogue.named(children.meeting, at.on).title_id)
            if standing is None:
                return Fixed(OPEN)
            if isinstance(condition, EveryCondition):
                return Tally(standing, Op.AT_LEAST, 1, 1, share=True)
            found = self.required(pack, indicator, condition, "unit" if count else "percent", at)
            if found is None:
                return Fixed(OPEN) if count else Unresolved(standing)
            return Tally(standing, condition.op, *_ratio(found if count else found / 100), share=not count)

        return node_of(self.contexts.decide(axes, ask))

    def standing(self, children: Children, title: str) -> str | None:
        """The columns of one standing: children of these levels under this title."""
        counts = [children_columns(level, title) for level in children.level]
        reported = all(total in self.sources for total, _, _ in counts)
        listed = all(level.value in self.given.listed for level in children.level)
        if reported and listed:
            raise EvaluationError(Problem("error.frame_children_twice", level=children.level[0], column=counts[0][0]))
        # What is counted of some levels only decides nothing, but is looked at.
        for names in counts:
            self.reads.update(dict.fromkeys(name for name in names if name in self.sources))
        if not reported and not listed:
            return None
        name = "_".join((*(level.value for level in children.level), slug(title)))
        self.standings[name] = (children.level, title)
        return name

    def judge(self, pack: Pack, assumed: frozenset[str] = frozenset()) -> Judgement:
        """What a pack comes to on the same facts."""
        raise NotImplementedError


def common_validity(packs: Iterable[Pack]) -> Period:
    """The days on which all the packs are in force.

    Raises:
        EvaluationError: there is none.
    """
    packs = tuple(packs)
    valid = in_common(pack.valid for pack in packs)
    if valid is None:
        raise EvaluationError(Problem("error.frame_never", packs=", ".join(pack.reference for pack in packs)))
    return valid


def _ratio(value: Fraction) -> tuple[int, int]:
    return value.numerator, value.denominator


def node_of(branch: Branch) -> Node:
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
