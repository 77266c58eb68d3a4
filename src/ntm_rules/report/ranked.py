"""What most units fail, and how far units are from what is required."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

from ..assessment.briefing import name_among
from ..assessment.check import MeasureCheck
from ..assessment.model import IndicatorResult, Result, leaves
from ..messages import Lang
from ..pack.measure import by_level
from ..quantity.amount import Amount
from ..quantity.unit import unit_label
from ..snapshot.observation import rounded
from ..verdict import MET, NOT_MET
from .content import Distance, Hard, Reported, Row, Table

_HARDEST, _DISTANCES = 20, 12


def hardest(tables: Sequence[Table], lang: Lang) -> Iterator[Hard]:
    ranked: list[tuple[int, int, Hard]] = []
    for table in tables:
        counted: dict[str, list[Result]] = {}
        for row in table.rows:
            for result in (*row.assessment.failures(), *row.assessment.unknowns()):
                counted.setdefault(result.code, []).append(result)
        for code, results in counted.items():
            failed = [result for result in results if result.verdict is NOT_MET]
            if failed:
                hard = Hard(
                    table.title,
                    table.anchor,
                    code,
                    results[0].text.text(lang),
                    len(failed),
                    len(results) - len(failed),
                    len(table.rows),
                    _furthest(failed, lang),
                )
                ranked.append((-len(failed), -len(results), hard))
    alike = Counter(hard.failed for _, _, hard in ranked)
    for _, _, hard in sorted(ranked, key=lambda one: one[:2])[:_HARDEST]:
        yield hard._replace(alike=alike[hard.failed])


def _furthest(failed: Sequence[Result], lang: Lang) -> str:
    """The largest gap, and of which figure where there are several."""
    gaps = [
        (leaf.shortfall, name_among(result, leaf, lang))
        for result in failed
        if isinstance(result, IndicatorResult)
        for leaf in leaves(result.check)
        if isinstance(leaf, MeasureCheck) and leaf.shortfall is not None
    ]
    if not gaps:
        return ""
    gap, name = max(gaps, key=lambda one: one[0].value)
    return f"{name}: {rounded(gap, lang)}" if name else rounded(gap, lang)


def distances(tables: Sequence[Table], lang: Lang) -> Iterator[Distance]:
    """Measures several units report against one and the same value, the most often missed first."""
    found: dict[tuple[str, str, str, Decimal], list[Reported]] = {}
    told: dict[tuple[str, str, str, Decimal], MeasureCheck] = {}
    for table in tables:
        for row in table.rows:
            for indicator in row.assessment.indicators():
                for leaf in leaves(indicator.check):
                    if isinstance(leaf, MeasureCheck) and leaf.observed and leaf.required.amount is not None:
                        key = (table.anchor, indicator.code, leaf.measure, leaf.required.amount.value)
                        told[key] = leaf
                        values = [one.value.to(leaf.unit) for one in leaf.observed]
                        found.setdefault(key, []).extend(_reported(row, leaf, value, lang) for value in values)
    several = sorted(
        (key for key in found if len(found[key]) > 2),
        key=lambda key: (-sum(not one.met for one in found[key]), -len(found[key])),
    )
    for key in several[:_DISTANCES]:
        anchor, code, _, required = key
        check = told[key]
        yield Distance(
            code,
            anchor,
            check.name.text(lang),
            unit_label(check.unit, lang),
            float(required),
            check.required.text(lang),
            tuple(found[key]),
        )


def _reported(row: Row, check: MeasureCheck, value: Amount, lang: Lang) -> Reported:
    shown = by_level(check.required.levels, value, lang) or value.text(lang)
    return Reported(row.unit, row.anchor, float(value.value), shown, check.verdict is MET)
