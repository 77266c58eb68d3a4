"""From a threshold as the law writes it to the one value that applies to a unit on a date, with its origin."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import NamedTuple

import msgspec

from ..assessment.parts import Citation, Origin, Reason, ReasonCode, Required
from ..errors import PackError, Problem
from ..pack.catalogue import Catalogue
from ..pack.condition import (
    GROUP,
    AllCondition,
    AnyCondition,
    AttributeCondition,
    Comparison,
    ConditionModel,
    MeasureCondition,
    walk,
)
from ..pack.indicator import Indicator
from ..pack.legal import Source, Verification
from ..pack.model import Pack
from ..pack.rules import GroupRule, RegionRule
from ..pack.threshold import AnyLeaf, AnyThreshold, Delegated, Figure, Multiple, Row, Table, Untranscribed
from ..quantity.amount import Amount
from ..quantity.number import product
from ..snapshot.unit import Unit
from ..territory import Group, Level, Region
from ..verdict import NOT_MET, UNKNOWN, Verdict, conjunction, disjunction


class Context(NamedTuple):
    """What a threshold may depend on, and the verification asked for.

    ``region`` is where the unit lies; a pack's own rule may send it to another region's rows.
    """

    on: date
    level: Level
    region: Region | None
    attributes: tuple[tuple[str, bool | str], ...]
    trust: Verification
    group: Group | None = None

    @classmethod
    def of(cls, unit: Unit, on: date, trust: Verification) -> Context:
        """What thresholds may depend on of a unit on a day."""
        return cls(on, unit.level, unit.region, tuple(unit.attributes.items()), trust, unit.group)


class Resolver:
    """Resolves the thresholds of one pack in one context.

    Raises (from ``required``):
        PackError: a multiple that names no single threshold, or multiples that go in a circle.
    """

    def __init__(self, pack: Pack, context: Context, catalogue: Catalogue, path: tuple[str, ...] = ()) -> None:
        self.pack, self.context, self.catalogue, self._path = pack, context, catalogue, path
        self._attributes = dict(context.attributes)
        self.region, self.region_rule = self._region()
        self.group, self.group_rule = self._group()

    def attribute(self, name: str) -> bool | str | None:
        """What is known of an attribute: the unit's own word, else the pack's default."""
        if name == GROUP:
            return self.group and self.group.value
        if name in self._attributes:
            return self._attributes[name]
        declared = self.pack.attributes.get(name)
        return declared.absent(self.context.level) if declared else None

    def attribute_verdict(self, condition: AttributeCondition) -> Verdict:
        """Whether the unit is what the condition asks."""
        value = self.attribute(condition.attribute)
        if value is None:
            return UNKNOWN
        return Verdict.MET if value == condition.value else NOT_MET

    def _region(self) -> tuple[Region | None, RegionRule | None]:
        for rule in self.pack.region_rules_on(self.context.on):
            verdict = self._guard(rule.when)
            if verdict is Verdict.MET:
                return rule.region, rule
            if verdict is UNKNOWN:
                return None, rule
        return self.context.region, None

    def _group(self) -> tuple[Group | None, GroupRule | None]:
        """The group the province decided on, else the one the facts say, with the rule that says it.

        Where the facts fit two groups, or may fit another, the law leaves it open which one it is.
        """
        if self.pack.as_group is not None:
            return self.pack.as_group, None
        rules, verdicts = self.pack.group_rules, self._by_rule()
        fitting = [rule for rule, verdict in verdicts if verdict is Verdict.MET]
        found: GroupRule | None = None
        if all(verdict.decided for _, verdict in verdicts) and len({rule.group for rule in fitting}) < 2:
            found = next(iter(fitting), next((rule for rule in rules if rule.when is None), None))
        told = self.context.group
        if told is not None:
            return told, next((rule for rule in fitting if rule.group is told), found)
        return (found.group if found else None), found

    def _by_rule(self) -> list[tuple[GroupRule, Verdict]]:
        return [(rule, self._guard(rule.when)) for rule in self.pack.group_rules if rule.when is not None]

    def group_open(self) -> tuple[tuple[str, ...], tuple[Group, ...]]:
        """Of a unit whose group is not known: the attributes that would settle it, and the groups it is of at once."""
        if self.group is not None:
            return (), ()
        verdicts = self._by_rule()
        fitting = {rule.group: None for rule, verdict in verdicts if verdict is Verdict.MET}
        asked = (part for rule, verdict in verdicts if not verdict.decided and rule.when for _, part in walk(rule.when))
        names = (part.attribute for part in asked if isinstance(part, AttributeCondition))
        open_ones = tuple(dict.fromkeys(name for name in names if self.attribute(name) is None))
        return open_ones, tuple(fitting) if len(fitting) > 1 else ()

    def _guard(self, condition: ConditionModel) -> Verdict:
        match condition:
            case AttributeCondition():
                return self.attribute_verdict(condition)
            case AllCondition():
                return conjunction(map(self._guard, condition.all))
            case AnyCondition():
                return disjunction(map(self._guard, condition.any))
            case _:
                raise PackError(Problem("error.region_guard", pack=self.pack.reference))

    def citation(self, source: Source) -> Citation:
        """A source as it appears in answers."""
        basis = self.pack.basis(source.basis)
        return Citation(
            number=basis.number,
            verification=source.verification,
            at=source.at,
            issuer=basis.issuer,
            issued=basis.issued,
            url=source.url or basis.url,
            checked_against=source.checked_against,
            note=source.note or "",
        )

    def required(self, indicator: Indicator, comparison: Comparison, unit: str) -> Required:
        """The threshold of a comparison, in ``unit``; unresolved ones come with the reason."""
        rows, leaf = self._leaf(comparison.threshold, ())
        source = self.pack.source_of(indicator, leaf)
        origin = Origin(
            pack=self.pack.reference,
            code=indicator.code,
            citation=self._chosen_by_rule(self.citation(source), rows),
            rows=rows,
            set_by=leaf.set_by if leaf else "",
        )
        about = indicator.text
        match leaf:
            case None:
                return Required(comparison.op, origin, reason=Reason(self._why_none(rows), about))
            case Delegated():
                reason = Reason(ReasonCode.THRESHOLD_DELEGATED, about, leaf.candidates)
                return Required(comparison.op, origin, reason=reason)
            case Untranscribed():
                reason = Reason(ReasonCode.THRESHOLD_UNTRANSCRIBED, about, leaf.candidates)
                return Required(comparison.op, origin, reason=reason)
            case Figure():
                return self._trusted(comparison, origin, leaf.value.to(unit))
            case Multiple():
                return self._multiple(indicator, comparison, origin, leaf, unit)

    def _why_none(self, rows: tuple[Row, ...]) -> ReasonCode:
        """A table that was entered without a region or group says nothing of the unit; else there is no row for it."""
        if ("region", "?") in rows and self.region_rule is None:
            return ReasonCode.REGION_NOT_TOLD
        return ReasonCode.GROUP_NOT_TOLD if ("group", "?") in rows else ReasonCode.NO_THRESHOLD_HERE

    def _chosen_by_rule(self, citation: Citation, rows: tuple[Row, ...]) -> Citation:
        """A figure is verified no further than the rule that sent the unit to its row."""
        if self.region_rule is None or all(table != "region" for table, _ in rows):
            return citation
        return _weaker(citation, self.region_rule.source.verification)

    def _trusted(self, comparison: Comparison, origin: Origin, amount: Amount) -> Required:
        verification = origin.citation.verification
        if verification.reaches(self.context.trust):
            return Required(comparison.op, origin, amount)
        reason = Reason(ReasonCode.LESS_VERIFIED, candidates=(amount.text(),), verification=verification)
        return Required(comparison.op, origin, reason=reason, candidate=amount)

    def _multiple(
        self, indicator: Indicator, comparison: Comparison, origin: Origin, leaf: Multiple, unit: str
    ) -> Required:
        step = f"{self.pack.reference}#{origin.code}"
        if step in self._path:
            raise PackError(Problem("error.threshold_cycle", chain=" → ".join((*self._path, step))))
        pack_id, code = leaf.target
        other = self.catalogue.named(pack_id, self.context.on)
        if self.context.on not in other.valid:
            return Required(comparison.op, origin, reason=Reason(ReasonCode.NO_THRESHOLD_HERE, indicator.text))
        multiplied = other[code].on(self.context.on)
        asked = [c for _, c in walk(multiplied.requires) if isinstance(c, MeasureCondition)]
        if len(asked) != 1:
            raise PackError(Problem("error.threshold_of_many", target=leaf.threshold_of, code=origin.code))
        # The other figure is resolved without a floor here, so that it is named as a candidate where it is too weak.
        context = self.context._replace(trust=Verification.UNCERTAIN)
        base = Resolver(other, context, self.catalogue, (*self._path, step)).required(multiplied, asked[0], unit)
        whole = Origin(
            pack=origin.pack,
            code=origin.code,
            citation=_weaker(origin.citation, base.origin.citation.verification),
            rows=origin.rows,
            set_by=origin.set_by,
            times=leaf.times,
            base=base,
            base_title=other.title,
        )
        if base.amount is None:
            return Required(comparison.op, whole, reason=base.reason)
        return self._trusted(comparison, whole, Amount(_plain(product(base.amount.value, leaf.times)), unit))

    def _leaf(self, threshold: AnyThreshold, rows: tuple[Row, ...]) -> tuple[tuple[Row, ...], AnyLeaf | None]:
        if not isinstance(threshold, Table):
            return rows, threshold
        table = threshold.attribute or threshold.by
        key = self._key(threshold)
        found = threshold.row(key) if key is not None else None
        if found is None:
            return (*rows, (table, key or "?")), None
        label, inner = found
        return self._leaf(inner, (*rows, (table, label)))

    def _key(self, table: Table) -> str | None:
        match table.by:
            case "year":
                return str(self.context.on.year)
            case "region":
                return self.region and self.region.value
            case "group":
                return self.group and self.group.value
            case "level":
                return self.context.level.value
            case "attribute":
                value = self.attribute(table.attribute)
                return str(value).lower() if isinstance(value, bool) else value


def _weaker(citation: Citation, verification: Verification) -> Citation:
    """The citation, verified no further than ``verification``."""
    if verification.reaches(citation.verification):
        return citation
    return msgspec.structs.replace(citation, verification=verification)


def _plain(value: Decimal) -> Decimal:
    """Without the trailing zeros that a product brings (51 × 1.10 is 56.1)."""
    whole = value.to_integral_value()
    return whole if value == whole else value.normalize()
