"""Rules for the tables of thresholds: what they leave out, what is never used, figures that look wrong."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import combinations

from ...messages import Text
from ...pack.condition import (
    GROUP,
    AnyCondition,
    AttributeCondition,
    ChoiceCondition,
    Comparison,
    ConditionModel,
    parts,
    unit_asked,
)
from ...pack.indicator import Version
from ...pack.loader import KeyPath
from ...pack.model import Pack
from ...pack.threshold import AnyThreshold, Figure, Table, leaves, years
from ...quantity.amount import Amount
from ...quantity.number import product
from ...quantity.unit import UnitName
from ...territory import Group, Level, Region
from ..cases import span_text
from ..periods import Days, days_in_force, days_of
from .subject import Asked, LintFinding, Severity, Subject

SCALE = 50


def holes_and_rows(subject: Subject) -> Iterator[LintFinding]:
    """Rows a table lacks, and rows no unit can come to."""
    # An overlay sets one and the same table wherever an indicator asks for the measure: it is used if any of them
    # uses it.
    used: dict[int, tuple[Asked, Comparison, list[Days], set[str]]] = {}
    for asked, comparison in subject.comparisons():
        _, _, in_force, groups = used.setdefault(id(comparison.threshold), (asked, comparison, [], set()))
        in_force += days_in_force(subject.pack, asked.indicator, asked.version)
        groups |= _groups(asked)
    for asked, comparison, in_force, groups in used.values():
        yield from _table(subject, asked, comparison.threshold, (*asked.path, "threshold"), {}, in_force, groups)


def _groups(asked: Asked) -> set[str]:
    """The groups of communes of which a comparison is asked."""
    indicator = asked.indicator
    everyone = frozenset(group.value for group in Group)
    among = None if indicator.applies_if is None else _groups_of(indicator.applies_if)
    found: set[str] = set()
    pending = [((asked.version or indicator).requires, everyone if among is None else among)]
    while pending:
        condition, groups = pending.pop()
        if condition is asked.condition:
            found |= groups
        inside = _groups_of(condition.when) if isinstance(condition, ChoiceCondition) else None
        if isinstance(condition, ChoiceCondition) and inside is not None:
            pending += [(condition.then, groups & inside), (condition.otherwise, groups - inside)]
        else:
            pending += [(part, groups) for _, part in parts(condition)]
    return found


def _groups_of(guard: ConditionModel) -> frozenset[str] | None:
    """The groups a guard is about; ``None`` where it asks for anything else."""
    asked = guard.any if isinstance(guard, AnyCondition) else (guard,)
    if not all(isinstance(part, AttributeCondition) and part.attribute == GROUP for part in asked):
        return None
    return frozenset(str(part.value) for part in asked if isinstance(part, AttributeCondition))


def _table(
    subject: Subject,
    asked: Asked,
    threshold: AnyThreshold,
    path: KeyPath,
    chosen: dict[str, str],
    in_force: list[Days],
    groups: set[str],
) -> Iterator[LintFinding]:
    if not isinstance(threshold, Table):
        return
    code, kind = asked.indicator.code, threshold.attribute or threshold.by
    wanted = _wanted(subject.pack, threshold, chosen, in_force)
    if threshold.by == GROUP:
        wanted &= groups
    served = {label: _serves(threshold, label) for label in threshold.rows}
    for label, keys in served.items():
        if not keys & wanted and (wanted or threshold.by == "year"):
            at = (*path, "rows", label)
            set_here = any(leaf.set_by == subject.pack.id for _, leaf in leaves(threshold.rows[label]))
            fix = "tighten" if subject.pack.extends and set_here else "fix"
            row = _row(kind, label)
            severity: Severity = "note" if _of_edition(subject.pack, threshold, label) else "warning"
            yield subject.found("unreachable", code, at, severity=severity, variant="row", fix=fix, row=row)
    missing = [key for key in sorted(wanted) if not any(key in keys for keys in served.values())]
    if missing and threshold.otherwise is None:
        rows = [_row(kind, key) for key in missing]
        shown = Text(*(", ".join(row.text(lang) for row in rows) for lang in ("vi", "en")))
        yield subject.found("hole", code, path, rows=shown)
    if not missing and wanted and threshold.otherwise is not None:
        yield subject.found("unreachable", code, (*path, "otherwise"), severity="warning", variant="otherwise")
    for label, inner in threshold.rows.items():
        row_days = _within_years(in_force, years(label)) if threshold.by == "year" else in_force
        yield from _table(subject, asked, inner, (*path, "rows", label), {**chosen, kind: label}, row_days, groups)
    if threshold.otherwise is not None:
        yield from _table(subject, asked, threshold.otherwise, (*path, "otherwise"), chosen, in_force, groups)


def _of_edition(pack: Pack, table: Table, label: str) -> bool:
    """Whether a row is of years that the edition is named for: the decision has it, though it came into force later."""
    row, named = years(label), years(pack.edition)
    return table.by == "year" and bool(row) and row[0] in named and row[-1] in named


def _wanted(pack: Pack, table: Table, chosen: dict[str, str], in_force: list[Days]) -> set[str]:
    """The keys units can have; none where they cannot be told (the texts of an attribute)."""
    match table.by:
        case "region":
            # A rule of the pack may send a unit to a row of another region.
            sent = {rule.region for rule in pack.region_rules}
            everywhere = {*(pack.regions or Region), *sent}
            keys = {region.value for region in everywhere}
        case "group":
            keys = {group.value for group in Group}
        case "level":
            keys = {level.value for level in pack.applies_to}
        case "year":
            covered = [year for label in table.rows for year in years(label)]
            return {
                str(year)
                for start, end in in_force
                for year in range(
                    start.year if start != date.min else min(covered),
                    (end.year if end != date.max else max(covered)) + 1,
                )
            }
        case "attribute":
            declared = pack.attributes.get(table.attribute)
            of_two = declared is not None and not isinstance(declared.default, str)
            keys = {"true", "false"} if of_two and table.rows.keys() & {"true", "false"} else set()
    kind = table.attribute or table.by
    return keys & {chosen[kind]} if kind in chosen else keys


def _serves(table: Table, label: str) -> set[str]:
    return {str(year) for year in years(label)} if table.by == "year" else {label}


def _row(kind: str, label: str) -> Text:
    if kind == "region":
        region = Region(label)
        return Text(region.vi, region.en)
    if kind == "group":
        group = Group(label)
        return Text(group.vi, group.en)
    if kind == "level":
        level = Level(label)
        return Text(level.vi, level.en)
    return Text(label) if kind == "year" else Text(f"{kind}: {label}")


def _within_years(in_force: list[Days], span: range) -> list[Days]:
    first, last = date(max(span[0], 1), 1, 1), date(span[-1], 12, 31)
    pieces = [(max(start, first), min(end, last)) for start, end in in_force]
    return [(start, end) for start, end in pieces if start <= end]


def _fraction(number: Decimal, comparison: Comparison) -> bool:
    """Whether a bare number under a percentage may be meant as its share of 1, as it is doubted in figures of units."""
    return 0 < number < 1 or (number == 1 and comparison.op.wants == "higher")


def versions(subject: Subject) -> Iterator[LintFinding]:
    """Dated versions that overlap, or are never in force."""
    for indicator in (*subject.pack.prerequisites, *subject.pack.indicators()):
        for index, version in enumerate(indicator.versions):
            if not subject.taken_over(version) and not days_in_force(subject.pack, indicator, version):
                at, span = ("versions", index), _span(version)
                yield subject.found("unreachable", indicator.code, at, severity="warning", variant="version", span=span)
        for (_, first), (index, second) in combinations(enumerate(indicator.versions), 2):
            start = max(days_of(first.valid)[0], days_of(second.valid)[0])
            end = min(days_of(first.valid)[1], days_of(second.valid)[1])
            if start <= end and not (subject.taken_over(first) and subject.taken_over(second)):
                span = Text(*(span_text(start, end, lang) for lang in ("vi", "en")))
                yield subject.found("overlap", indicator.code, ("versions", index), variant="versions", span=span)


def _span(version: Version) -> Text:
    return Text(*(span_text(version.valid.start, version.valid.end, lang) for lang in ("vi", "en")))


def figures(subject: Subject) -> Iterator[LintFinding]:
    """Figures in another unit than their measure's, those that may be meant otherwise, rows of other sizes."""
    for asked, comparison in subject.comparisons():
        unit = unit_asked(comparison, subject.measures)
        amounts = []
        for rows, leaf in leaves(comparison.threshold):
            if not isinstance(leaf, Figure):
                continue
            path = (*asked.path, "threshold", *(part for _, label in rows for part in ("rows", label)))
            if leaf.value.unit and leaf.value.unit != unit:
                yield subject.found(
                    "unit",
                    asked.indicator.code,
                    path,
                    severity="warning",
                    given=leaf.value,
                    wanted=UnitName(unit),
                    same=leaf.value.to(unit),
                )
            amount = leaf.value.to(unit)
            if unit == "percent" and not leaf.value.unit and _fraction(leaf.value.value, comparison):
                meant = Amount(product(leaf.value.value, Decimal(100)), unit)
                yield subject.found("fraction", asked.indicator.code, path, read=amount, meant=meant)
            amounts.append((amount, path))
        sizes = sorted(((amount, path) for amount, path in amounts if amount.value > 0), key=lambda one: one[0].value)
        if sizes and sizes[-1][0].value >= SCALE * sizes[0][0].value:
            small, large = sizes[0][0], sizes[-1][0]
            yield subject.found(
                "scale", asked.indicator.code, sizes[-1][1], severity="warning", small=small, large=large
            )
