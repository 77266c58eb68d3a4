"""From packs to columns: every indicator, criterion and pack as an expression, with the semantics of ``explained``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from ...errors import EvaluationError, Problem
from ...pack.catalogue import Catalogue
from ...pack.model import Criterion, Indicator, Pack
from ...territory import Level
from ..axes import Axis, ByContext
from .compiler import Compiler, Given, Judgement, Result, node_of
from .details import Detail, Details
from .names import result_columns, slug
from .nodes import OPEN, Fixed, Made, Node, compares, excepted, least, settled
from .remembered import remembered


class PackPlan(NamedTuple):
    """What one pack comes to."""

    pack: Pack
    results: tuple[Result, ...]
    verdict: Fixed | Made
    details: tuple[tuple[str, Detail], ...] = ()

    @property
    def criteria(self) -> tuple[Fixed | Made, ...]:
        """The verdicts of the criteria."""
        return tuple(result.node for result in self.results if result.kind == "criterion")


class Plan(NamedTuple):
    """Columns to make, step after step, and the packs they are made for.

    ``limits`` are columns of limits, of whole numbers or of doubles.
    """

    limits: tuple[tuple[str, ByContext[Any], bool], ...]
    steps: tuple[tuple[tuple[str, Node], ...], ...]
    packs: tuple[PackPlan, ...]
    axes: tuple[Axis, ...]
    reads: tuple[str, ...]
    standings: tuple[tuple[str, tuple[Level, ...], str], ...]


@remembered
def plan(packs: tuple[Pack, ...], given: Given, catalogue: Catalogue) -> Plan:
    """The plan for some packs on the columns at hand; the last ones made are kept.

    Raises:
        EvaluationError: packs that are never in force together, or ask for each other in a circle.
        PackError: what ``evaluate`` raises for thresholds that go in a circle.
    """
    return _Planner(packs, given, catalogue).plan()


class _Planner(Compiler):
    def plan(self) -> Plan:
        built = []
        assumed = self.given.assumed or (frozenset[str](),) * len(self.roots)
        for root, codes in zip(self.roots, assumed, strict=True):
            judged = self.judge(root, codes)
            verdict = self.made(self.held(root, judged.verdict)) if self.given.holding else judged.verdict
            self.assumed = codes
            built.append(PackPlan(root, judged.results, verdict, tuple(self._details(root, judged))))
        return Plan(
            tuple((name, cases, whole) for (cases, whole), name in self.limits.items()),
            tuple(map(tuple, self.steps)),
            tuple(built),
            tuple(self.contexts.axes.values()),
            tuple(self.reads),
            tuple((name, levels, title) for name, (levels, title) in self.standings.items()),
        )

    def _details(self, pack: Pack, judged: Judgement) -> Iterator[tuple[str, Detail]]:
        if self.given.details:
            details = Details(self)
            for result in judged.results:
                if result.kind != "criterion":
                    yield slug(result.code), details.detail(pack, pack[result.code], result.node)

    def judge(self, pack: Pack, assumed: frozenset[str] = frozenset()) -> Judgement:
        # Variants of one pack share its reference, so packs are told apart by identity.
        key = (id(pack), assumed)
        if key in self.judged:
            return self.judged[key]
        if pack.reference in self.stack:
            chain = " → ".join((*self.stack, pack.reference))
            raise EvaluationError(Problem("error.meets_cycle", chain=chain))
        self.stack.append(pack.reference)
        outer, self.assumed = self.assumed, assumed
        # Variants of one pack have most of their indicators in common, and what these rest on.
        sources = (pack.source, *(criterion.source for criterion in pack.criteria))
        ground = (id(pack.region_rules), id(pack.attributes), *map(id, sources))
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
                known = (id(item), item.code in assumed, ground)
                if known not in self.indicators:
                    self.indicators[known] = self.made(self._indicator(pack, item))
                node = self.indicators[known]
                first = name.startswith("p_")
                (top if first else members).append(node)
                results.append(Result(name, item.code, "prerequisite" if first else "indicator", node))
        self.assumed = outer
        self.stack.pop()
        self.judged[key] = Judgement(tuple(results), self.made(least(top)))
        return self.judged[key]

    def _criterion(self, pack: Pack, criterion: Criterion, members: list[Node]) -> Fixed | Made:
        parts = [*members, Fixed(OPEN)] if criterion.incomplete else members
        own = all(indicator.code != criterion.code for indicator in criterion.indicators)
        column = self.finding(pack, criterion.code) if own else None
        return self.made(self._settled(least(parts), column))

    def _indicator(self, pack: Pack, indicator: Indicator) -> Node:
        if not indicator.versions:
            return self._version(pack, indicator)
        return node_of(self.contexts.decide(("as_of",), lambda at: self._version(pack, indicator.on(at.on))))

    def _version(self, pack: Pack, indicator: Indicator) -> Node:
        column = self.finding(pack, indicator.code)
        check = self.condition(pack, indicator, indicator.requires, column)
        if indicator.applies_if is None:
            return self._settled(check, column)
        guard = self.guard(pack, indicator, self.made(check), column)
        return excepted(self.made(self._settled(check, column)), self.made(guard))

    def _settled(self, verdict: Node, column: str | None) -> Node:
        if column is None or compares(verdict):
            return settled(verdict, column)
        # What an expression uses twice is made once, as a column of its own.
        return settled(self.made(verdict), column)
