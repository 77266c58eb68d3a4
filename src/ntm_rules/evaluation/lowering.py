"""From a pack to the normal form: the only place that takes the kinds of condition apart, and the only one that says
how a requirement, its finding, its "if any", and a criterion's own finding are put together.

Thresholds are resolved here, each with its provenance, for every context that is left open.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any, Literal

from msgspec import structs

from ..assessment.parts import Required
from ..errors import CatalogueError
from ..pack.catalogue import Catalogue
from ..pack.condition import (
    GROUP,
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
    Points,
    ShareCondition,
    TotalCondition,
    UnmetShareCondition,
    unit_asked,
    walk,
)
from ..pack.indicator import Criterion, Indicator
from ..pack.legal import Verification
from ..pack.measure import Measure
from ..pack.model import Pack
from ..pack.threshold import Table
from ..quantity.conversion import factor
from ..territory import Group
from ..verdict import UNKNOWN
from . import form
from .axes import ByContext, Contexts, attribute_axes, axes_of
from .form import Form, Kind
from .resolve import Context, Resolver


class Lowering:
    """Lowers packs in some contexts. What was lowered once is the same object every time."""

    def __init__(self, contexts: Contexts, catalogue: Catalogue) -> None:
        self.contexts, self.catalogue = contexts, catalogue
        self._assumed: frozenset[str] = frozenset()
        self._resolvers: dict[tuple[int, Context], Resolver] = {}
        self._named: dict[tuple[object, ...], form.Named] = {}
        self._sources: dict[int, tuple[Pack, dict[str, object]]] = {}

    def pack(self, pack: Pack, assumed: frozenset[str] = frozenset()) -> form.Whole:
        """A whole pack; thresholds of the codes in ``assumed`` are taken as they stand, however far verified.

        Raises:
            PackError: thresholds that go in a circle, or name no single other one.
        """
        self._assumed = assumed
        return form.Whole(
            pack,
            tuple(self.named(pack, "prerequisite", item) for item in pack.prerequisites),
            tuple(self.criterion(pack, criterion) for criterion in pack.criteria),
            tuple(self.named(pack, "grade", item) for item in pack.grades),
        )

    def criterion(self, pack: Pack, criterion: Criterion) -> form.Criterion:
        """A criterion and its indicators."""
        members = tuple(self.named(pack, "indicator", item) for item in criterion.indicators)
        whole: Form = form.Group("all", (*members, *((form.Open(),) if criterion.incomplete else ())))
        # An unnumbered indicator has its criterion's code; a finding on that code is the indicator's.
        if all(item.code != criterion.code for item in criterion.indicators):
            whole = form.Settled(whole, pack, criterion.code)
        return form.Criterion(pack, criterion, members, whole)

    def named(self, pack: Pack, kind: Kind, item: Indicator) -> form.Named:
        """An indicator, prerequisite or grade."""
        # Variants of one pack have most of their indicators in common, and what these rest on.
        rests_on = (
            pack.source,
            pack.region_rules,
            pack.group_rules,
            pack.attributes,
            self._source_around(pack, item.code),
        )
        key = id(item), item.code in self._assumed, *map(id, rests_on), *_worth(pack, item)
        if key not in self._named:
            asked = self.contexts.decide(lambda: _dated(item), lambda at: self._indicator(pack, item.on(at.on)))
            self._named[key] = form.Named(kind, pack, item.on(self.contexts.base.on), asked)
        return self._named[key]

    def _source_around(self, pack: Pack, code: str) -> object:
        """The source of the criterion that an indicator is of, which may be its own."""
        if id(pack) not in self._sources:
            inside: dict[str, object] = {item.code: one.source for one in pack.criteria for item in one.indicators}
            self._sources[id(pack)] = pack, inside
        return self._sources[id(pack)][1].get(code)

    def _indicator(self, pack: Pack, item: Indicator) -> Form:
        check = self.condition(pack, item, item.requires)
        base = form.Settled(check, pack, item.code)
        if item.applies_if is None:
            return base
        guard = self.condition(pack, item, item.applies_if)
        # What is only concluded, and not measured, a department may just as well except.
        judged = isinstance(item.requires, FindingCondition)
        despite = guard if judged else self.condition(pack, item, item.applies_if, heard=False)
        return form.Guarded(check, base, guard, despite)

    def condition(self, pack: Pack, item: Indicator, condition: ConditionModel, heard: bool = True) -> Form:
        """A condition of an item; where it is not ``heard``, no conclusion counts in it."""

        def group(how: form.How, parts: tuple[ConditionModel, ...], needed: int = 0) -> Form:
            return form.Group(how, tuple(self.condition(pack, item, part, heard) for part in parts), needed)

        def split(ask: Callable[[Context, Any], Form], *more: str, unit: str = "percent") -> Form:
            """A form in every context its threshold, and whatever else is said, depends on."""
            compared = condition if isinstance(condition, Comparison) else None

            def axes() -> set[str]:
                return {*more, *(axes_of(compared.threshold, pack, self.catalogue) if compared else ())}

            def in_context(at: Context) -> Form:
                return ask(at, self.required(pack, item, compared, unit, at) if compared else None)

            found: Form = self.contexts.decide(axes, in_context)
            return found

        def children(of: Literal["share", "count", "every"], which: Children) -> Form:
            def counted(at: Context, required: Required | None) -> Form:
                title = self.catalogue.title_of(which.meeting, at.on)
                return form.Children(of, which.level, which.meeting, title, required, which.exempt)

            return split(counted, "as_of", unit="unit" if of == "count" else "percent")

        match condition:
            case MeasureCondition():
                measure, compared = self.catalogue.measures_for(pack)[condition.measure], condition
                if isinstance(compared.threshold, Table) and compared.threshold.by == "group":
                    whichever: Form = self.contexts.decide(
                        lambda: axes_of(compared.threshold, pack, self.catalogue),
                        lambda at: self._whichever_group(pack, item, compared, measure, at),
                    )
                    return whichever
                limit: Required | ByContext[Required] = self.contexts.decide(
                    lambda: axes_of(compared.threshold, pack, self.catalogue),
                    lambda at: self.required(pack, item, compared, measure.unit, at),
                )
                return form.Compare(measure, condition.op, limit)
            case FindingCondition():
                return form.Concluded(pack, item.code, item.text, condition.finding, heard)
            case AttributeCondition():
                known: Form = self.contexts.decide(
                    lambda: attribute_axes(pack, condition.attribute), lambda at: self._attribute(pack, condition, at)
                )
                return known
            case MeetsCondition():
                return split(lambda at, _: form.Holds(*self._other(condition.meets, at)), "as_of")
            case UnmetShareCondition():
                about, among = condition.unmet_share_of, condition.including_any
                return split(lambda at, required: form.UnmetShare(*self._other(about, at), required, among), "as_of")
            case TotalCondition():
                return split(
                    lambda at, required: self._total(pack, condition, required), unit=self._unit(pack, condition)
                )
            case ShareCondition():
                return children("share", condition.share_of)
            case CountCondition():
                return children("count", condition.count_of)
            case EveryCondition():
                return children("every", condition.every)
            case AllCondition():
                return group("all", condition.all)
            case AnyCondition():
                return group("any", condition.any)
            case AtLeastCondition():
                return group("at_least", condition.of, condition.at_least)
            case ChoiceCondition():
                return group("choice", (condition.when, condition.then, condition.otherwise))

    def _whichever_group(
        self, pack: Pack, item: Indicator, compared: MeasureCondition, measure: Measure, at: Context
    ) -> Form:
        """A comparison with the level of the unit's group; of a unit of which that is not known, with every group's."""

        def of(group: Context) -> Form:
            return form.Compare(measure, compared.op, self.required(pack, item, compared, measure.unit, group))

        if self.resolver(pack, at).group is not None:
            return of(at)
        name = pack.attribute_name(GROUP)
        *groups, last = Group
        found = of(at._replace(group=last))
        for group in reversed(groups):
            guard = form.Attribute(GROUP, name, group.value, None, UNKNOWN)
            found = form.Group("choice", (guard, of(at._replace(group=group)), found))
        return found

    def _unit(self, pack: Pack, condition: TotalCondition) -> str:
        return unit_asked(condition, self.catalogue.measures_for(pack))

    def _total(self, pack: Pack, condition: TotalCondition, required: Required) -> Form:
        measures, unit = self.catalogue.measures_for(pack), self._unit(pack, condition)
        terms: list[form.Scored | form.Worth] = []
        for term in condition.total_of:
            if isinstance(term, Points):
                terms.append(
                    form.Worth(term.points, self.named(pack, _kind(pack, term.indicator), pack[term.indicator]))
                )
            else:
                same = measures[term].unit == unit
                terms.append(form.Scored(measures[term], Fraction(1) if same else factor(measures[term].unit, unit)))
        most = None if condition.never_above is None else Fraction(condition.never_above.to(unit).value)
        return form.Total(unit, tuple(terms), required, most)

    def _attribute(self, pack: Pack, condition: AttributeCondition, at: Context) -> Form:
        resolver, name = self.resolver(pack, at), pack.attribute_name(condition.attribute)
        value, verdict = resolver.attribute(condition.attribute), resolver.attribute_verdict(condition)
        return form.Attribute(condition.attribute, name, condition.value, value, verdict)

    def _other(self, reference: str, at: Context) -> tuple[str, Pack | None, bool]:
        try:
            pack = self.catalogue.named(reference, at.on)
        except CatalogueError:
            return reference, None, False
        return reference, pack, at.on in pack.valid

    def resolver(self, pack: Pack, at: Context) -> Resolver:
        """The resolver of a pack's thresholds in a context."""
        key = id(pack), at
        if key not in self._resolvers:
            self._resolvers[key] = Resolver(pack, at, self.catalogue)
        return self._resolvers[key]

    def required(self, pack: Pack, item: Indicator, comparison: Comparison, unit: str, at: Context) -> Required:
        """A threshold in a context, with where it comes from."""
        if item.code in self._assumed:
            at = at._replace(trust=Verification.UNCERTAIN)
        found = self.resolver(pack, at).required(item, comparison, unit)
        if isinstance(comparison, MeasureCondition):
            levels = self.catalogue.measures_for(pack)[comparison.measure].names
            return structs.replace(found, levels=levels) if levels else found
        return found


def lowered(pack: Pack, context: Context, catalogue: Catalogue) -> form.Whole:
    """A pack in one context."""
    return Lowering(Contexts(context), catalogue).pack(pack)


def _kind(pack: Pack, code: str) -> Kind:
    if any(item.code == code for item in pack.prerequisites):
        return "prerequisite"
    return "grade" if any(item.code == code for item in pack.grades) else "indicator"


def _worth(pack: Pack, item: Indicator) -> list[int]:
    """The indicators that earn points in what an item asks, which its form is built on."""
    roots = (item.requires, *(version.requires for version in item.versions))
    conditions = (c for root in roots for _, c in walk(root))
    return [id(pack[term.indicator]) for c in conditions if isinstance(c, TotalCondition) for term in c.points]


def _dated(item: Indicator) -> tuple[str, ...]:
    return ("as_of",) if item.versions else ()
