"""Overlays: a province's changes to a national pack, merged into a pack of their own."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Annotated, Self

from pydantic import Field, model_validator

from ..errors import PackError, Problem, QuantityError, nearest
from ..frozen import Frozen, FrozenDict, Held
from ..territory import Group, Level, Region
from .address import rebuilt
from .condition import Code, Comparison, Condition, ConditionModel, MeasureCondition, map_thresholds, walk
from .indicator import Criterion, DatedAgency, Indicator, Version
from .legal import LegalBasis, Source, TextField
from .measure import Measure
from .model import Edition, Pack
from .origins import keep_conditions, keep_thresholds
from .period import Period
from .reference import ID_PATTERN, REFERENCE_PATTERN
from .rules import Attribute, Authority, GroupRule, RegionRule
from .shorthand import written_out
from .threshold import AnyThreshold, Threshold, map_leaves


class ThresholdChange(Frozen):
    """A new value for one measure of an indicator; ``measure`` may be left out where there is only one."""

    code: Code
    measure: str = ""
    threshold: Threshold
    source: Source | None = None


class IndicatorChange(Frozen):
    """New words, requirement or agency for an indicator, prerequisite or criterion."""

    code: Code
    title: TextField | None = None
    text: TextField | None = None
    requires: Condition | None = None
    applies_if: Condition | None = None
    agency: str | None = None
    agencies: tuple[DatedAgency, ...] | None = None
    source: Source | None = None
    note: TextField | None = None
    versions: tuple[Version, ...] | None = None


class Addition(Frozen):
    """A whole criterion, or an indicator for an existing one (``to``)."""

    criterion: Criterion | None = None
    to: Code = "-"
    indicator: Indicator | None = None

    @model_validator(mode="after")
    def _one_thing(self) -> Self:
        if (self.criterion is None) == (self.indicator is None) or (self.indicator is not None and self.to == "-"):
            raise QuantityError(Problem("error.addition"))
        return self


class Overlay(Frozen):
    """A pack file that ``extends`` another."""

    id: str = Field(pattern=ID_PATTERN)
    edition: Edition
    extends: str = Field(pattern=REFERENCE_PATTERN)
    # The same set, with figures confirmed or filled in: what was concluded for the base holds for it.
    restates: bool = False
    title: TextField
    applies_to: tuple[Level, ...] = ()
    regions: tuple[Region, ...] = ()
    # Judged by this group's values, whatever group the unit is of: a set, and a title, of its own.
    as_group: Group | None = None
    valid: Period = Field(default_factory=Period)
    legal_basis: tuple[LegalBasis, ...] = ()
    source: Source | None = None
    region_rules: tuple[RegionRule, ...] = ()
    group_rules: tuple[GroupRule, ...] = ()
    attributes: Annotated[Mapping[str, Attribute], Held] = FrozenDict()
    prerequisites: tuple[Indicator, ...] = ()
    set: tuple[ThresholdChange, ...] = ()
    change: tuple[IndicatorChange, ...] = ()
    add: tuple[Addition, ...] = ()
    authorities: tuple[Authority, ...] = ()
    measures: tuple[Measure, ...] = ()
    notes: tuple[TextField, ...] = ()
    incomplete: bool = False
    looser_than_base: Annotated[Mapping[str, str], Held] = FrozenDict()

    @model_validator(mode="before")
    @classmethod
    def _short_forms(cls, raw: object) -> object:
        return written_out(raw)

    @model_validator(mode="after")
    def _restates_what_is_there(self) -> Self:
        if self.restates and (self.add or self.prerequisites or self.applies_to):
            raise QuantityError(Problem("error.restates"))
        return self


def apply(overlay: Overlay, base: Pack) -> Pack:
    """The pack that results from laying the overlay over its base.

    Raises:
        PackError: a code the base does not have, or a change that does not fit it.
    """
    prerequisites = {p.code: p for p in base.prerequisites}
    criteria = {c.code: c for c in base.criteria}
    grades = {g.code: g for g in base.grades}
    home = {i.code: c.code for c in base.criteria for i in c.indicators}

    def replace(code: str, new: Indicator) -> None:
        if code in prerequisites:
            prerequisites[code] = new
        elif code in grades:
            grades[code] = new
        else:
            owner = criteria[home[code]]
            members = tuple(new if i.code == code else i for i in owner.indicators)
            criteria[owner.code] = owner.model_copy(update={"indicators": members})

    def find(code: str) -> Indicator:
        if code in prerequisites:
            return prerequisites[code]
        if code in grades:
            return grades[code]
        if code not in home:
            near = nearest(code, (*home, *prerequisites, *grades))
            raise PackError(Problem("error.no_indicator", code=code, pack=base.reference, near=near))
        return next(i for i in criteria[home[code]].indicators if i.code == code)

    for threshold in overlay.set:
        replace(threshold.code, _set(find(threshold.code), threshold, overlay, base))
    for change in overlay.change:
        fields = {name: value for name, value in change if name != "code" and value is not None}
        # A criterion with one unnumbered indicator shares its code with it: a title is the criterion's.
        if change.code in criteria and (change.title is not None or change.code not in home):
            criteria[change.code] = criteria[change.code].model_copy(
                update={key: value for key, value in fields.items() if key in ("title", "agency", "source", "note")}
            )
        else:
            replace(change.code, _change(find(change.code), fields, overlay, base))
    for addition in overlay.add:
        if addition.criterion is not None:
            new = addition.criterion
            if new.code in criteria:
                raise PackError(Problem("error.duplicate_code", code=new.code))
            criteria[new.code] = new.model_copy(update={"source": new.source or overlay.source})
        elif addition.indicator is not None:
            if addition.to not in criteria:
                near = nearest(addition.to, criteria)
                raise PackError(Problem("error.no_criterion", code=addition.to, pack=base.reference, near=near))
            owner = criteria[addition.to]
            sourced = addition.indicator.model_copy(update={"source": addition.indicator.source or overlay.source})
            criteria[addition.to] = owner.model_copy(update={"indicators": (*owner.indicators, sourced)})
    own = tuple(p.model_copy(update={"source": p.source or overlay.source}) for p in overlay.prerequisites)
    own_acts = {authority.act for authority in overlay.authorities}
    return Pack(
        id=overlay.id,
        edition=overlay.edition,
        title=overlay.title,
        applies_to=overlay.applies_to or base.applies_to,
        regions=overlay.regions or base.regions,
        valid=overlay.valid,
        legal_basis=_bases(overlay, base),
        source=base.source or overlay.source,
        restates=(base.reference, *base.restates) if overlay.restates else (),
        as_group=overlay.as_group or base.as_group,
        extends=() if overlay.as_group else (base.reference, *base.extends),
        region_rules=(*base.region_rules, *overlay.region_rules),
        group_rules=(*base.group_rules, *overlay.group_rules),
        attributes={**base.attributes, **overlay.attributes},
        prerequisites=(*prerequisites.values(), *own),
        criteria=tuple(criteria.values()),
        grades=tuple(grades.values()),
        # An overlay that names who does a thing names it for all days.
        authorities=(*(a for a in base.authorities if a.act not in own_acts), *overlay.authorities),
        measures=(*base.measures, *overlay.measures),
        notes=(*base.notes, *overlay.notes),
        incomplete=overlay.incomplete or any(criterion.incomplete for criterion in criteria.values()),
        looser_than_base=overlay.looser_than_base,
    )


def _set(indicator: Indicator, change: ThresholdChange, overlay: Overlay, base: Pack) -> Indicator:
    asked = _measures(indicator)
    if not asked:
        raise PackError(Problem("error.no_measure_asked", code=change.code))
    if not change.measure and len(asked) != 1:
        raise PackError(Problem("error.which_measure", code=change.code, names=", ".join(asked)))
    if change.measure and change.measure not in asked:
        near = nearest(change.measure, asked)
        raise PackError(Problem("error.measure_not_asked", code=change.code, measure=change.measure, near=near))
    wanted = change.measure or asked[0]
    source = change.source or overlay.source
    stamped = map_leaves(change.threshold, lambda leaf: leaf.stamped(overlay.id, source))

    def new(condition: MeasureCondition) -> AnyThreshold:
        if condition.measure != wanted:
            return condition.threshold
        return keep_thresholds(condition.threshold, stamped, partial(base.source_of, indicator))

    versions = tuple(
        version.model_copy(update={"requires": map_thresholds(version.requires, new)}) for version in indicator.versions
    )
    return indicator.model_copy(update={"requires": map_thresholds(indicator.requires, new), "versions": versions})


def _measures(indicator: Indicator) -> tuple[str, ...]:
    conditions = (indicator.requires, *(version.requires for version in indicator.versions))
    asked = (c.measure for root in conditions for _, c in walk(root) if isinstance(c, MeasureCondition))
    return tuple(dict.fromkeys(asked))


def _change(indicator: Indicator, fields: dict[str, object], overlay: Overlay, base: Pack) -> Indicator:
    source: Source | None = fields.get("source") or overlay.source  # type: ignore[assignment]
    for part, old in (("requires", indicator.requires), ("applies_if", indicator.applies_if)):
        if part in fields:
            new = _stamp(fields[part], overlay.id, source)  # type: ignore[arg-type]
            fields[part] = new if old is None else keep_conditions(old, new, partial(base.source_of, indicator))
    if "requires" in fields:
        fields["source"] = source or indicator.source
        fields["delegated"] = False
    if "agency" in fields:
        fields.setdefault("agencies", ())
    if "versions" in fields:
        before = {version.valid: version for version in indicator.versions}
        fields["versions"] = tuple(
            _restated(version, before.get(version.valid), overlay.id, source, indicator, base)
            for version in fields["versions"]  # type: ignore[attr-defined]
        )
    return indicator.model_copy(update=fields)


def _restated(
    version: Version, before: Version | None, overlay_id: str, source: Source | None, indicator: Indicator, base: Pack
) -> Version:
    # A version that says itself where it stands says so of its figures too.
    stamped = _stamp(version.requires, overlay_id, None if version.source else source)
    if before is not None:
        holder = indicator.model_copy(update={"source": before.source or indicator.source})
        stamped = keep_conditions(before.requires, stamped, partial(base.source_of, holder))
    return version.model_copy(update={"requires": stamped, "source": version.source or source})


def _stamp(condition: ConditionModel, overlay_id: str, source: Source | None) -> ConditionModel:
    def stamped(_: str, member: ConditionModel) -> ConditionModel:
        if not isinstance(member, Comparison):
            return member
        threshold = map_leaves(member.threshold, lambda leaf: leaf.stamped(overlay_id, source))
        return member.model_copy(update={"threshold": threshold})

    return rebuilt(condition, stamped)


def _bases(overlay: Overlay, base: Pack) -> tuple[LegalBasis, ...]:
    merged = {basis.id: basis for basis in base.legal_basis}
    for basis in overlay.legal_basis:
        if merged.setdefault(basis.id, basis) != basis:
            raise PackError(Problem("error.basis_clash", basis=basis.id, pack=base.reference))
    return tuple(merged.values())
