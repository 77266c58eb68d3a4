"""What a report says, gathered from a tree once and laid out by each kind of report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from ..assessment.briefing import has_facts, percent, why_failed
from ..assessment.explain import result_line
from ..assessment.model import Assessment, CriterionResult, IndicatorResult, MeasureCheck, Result, leaves
from ..assessment.parts import Citation, Required
from ..assessment.tree import TreeAssessment
from ..evaluation.plan import TargetResult
from ..messages import Lang, say
from ..quantity import unit_label
from ..verdict import MET, NOT_APPLICABLE, NOT_MET, UNKNOWN, Verdict


class Tier(NamedTuple):
    """How many units of a level meet a pack."""

    title: str
    level: str
    met: int
    not_met: int
    unknown: int
    share: str

    @property
    def total(self) -> int:
        return self.met + self.not_met + self.unknown


class Cell(NamedTuple):
    """One criterion of one unit."""

    code: str
    verdict: Verdict
    why: str


class Row(NamedTuple):
    """One unit under one pack."""

    unit: str
    unit_id: str
    verdict: Verdict
    met: int
    total: int
    cells: tuple[Cell, ...]
    assessment: Assessment


class Table(NamedTuple):
    """Units × criteria of one pack; ``silent`` units have no facts of their own and are only counted."""

    pack: str
    anchor: str
    title: str
    heads: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]
    silent: int


class Hard(NamedTuple):
    """An indicator, how many units fail it or leave it open, and the furthest shortfall."""

    pack: str
    anchor: str
    code: str
    text: str
    failed: int
    open: int
    furthest: str


class Distance(NamedTuple):
    """What units report of one measure, beside what is required of them."""

    code: str
    anchor: str
    name: str
    unit: str
    required: float
    values: tuple[tuple[str, float, bool], ...]


class Work(NamedTuple):
    """What one department has left to answer, or has found wanting, for one unit and pack."""

    agency: str
    unit: str
    pack: str
    failed: str
    open: str


class Law(NamedTuple):
    """An indicator with what it requires and the lines of law behind it; what everything else links to."""

    anchor: str
    code: str
    text: str
    required: str
    citations: tuple[tuple[str, str], ...]


class Report(NamedTuple):
    """All of it."""

    lang: Lang
    title: str
    as_of: str
    tiers: tuple[Tier, ...]
    tables: tuple[Table, ...]
    hardest: tuple[Hard, ...]
    distances: tuple[Distance, ...]
    work: tuple[Work, ...]
    plan: tuple[TargetResult, ...]
    laws: tuple[tuple[str, tuple[Law, ...]], ...]
    conflicts: tuple[str, ...]
    exempt: tuple[str, ...]
    unverified: int


def gather(tree: TreeAssessment, lang: Lang, plan: Sequence[TargetResult] = (), title: str = "") -> Report:
    """Everything a report on this tree says."""
    tables = tuple(table for pack in dict.fromkeys(tree.titles.values()) if (table := _table(tree, pack, lang)))
    assessments = [row.assessment for table in tables for row in table.rows]
    conflicts = [
        f"{one.unit.label}, {one.title.text(lang)}: {conflict.text(lang)}"
        for one in assessments
        for conflict in one.conflicts()
    ]
    return Report(
        lang,
        title or say("brief.title", lang),
        say("brief.as_of", lang, on=tree.as_of),
        tuple(_tiers(tree, lang)),
        tables,
        tuple(_hardest(tables, lang)),
        tuple(_distances(tables, lang)),
        tuple(_work(assessments, lang)),
        tuple(plan),
        tuple((table.title, tuple(_laws(table, lang))) for table in tables if table.rows),
        tuple(dict.fromkeys(conflicts)),
        tuple(f"{standing.unit.label}: {standing.exempt}" for standing in tree.units if standing.exempt),
        len({(one.pack, code) for one in assessments for code, _ in one.unverified()}),
    )


def _tiers(tree: TreeAssessment, lang: Lang) -> Iterator[Tier]:
    for top in (standing for standing in tree.units if not standing.parent):
        for count in top.counts:
            yield Tier(
                tree.name(count.title, lang),
                count.level.text(lang),
                count.met,
                count.total - count.met - count.unknown,
                count.unknown,
                percent(count.share, lang),
            )


def _anchor(pack: str) -> str:
    return "".join(sign if sign.isalnum() else "-" for sign in pack)


def _table(tree: TreeAssessment, pack: str, lang: Lang) -> Table | None:
    found = [s.assessments[pack] for s in tree.units if pack in s.assessments]
    if not found:
        return None
    rows = tuple(_row(one, lang) for one in found if has_facts(one))
    # A province and a commune may be judged by editions or overlays that differ: the widest list heads the table.
    widest = max(found, key=lambda one: len(one.criteria))
    heads = tuple((criterion.code, criterion.title.text(lang)) for criterion in widest.criteria)
    return Table(pack, _anchor(pack), found[0].title.text(lang), heads, rows, len(found) - len(rows))


def _row(assessment: Assessment, lang: Lang) -> Row:
    cells = tuple(_cell(criterion, lang) for criterion in assessment.criteria)
    first = [p for p in assessment.prerequisites if p.verdict is not NOT_APPLICABLE]
    if first:
        verdicts = {p.verdict for p in first}
        worst = NOT_MET if NOT_MET in verdicts else UNKNOWN if UNKNOWN in verdicts else MET
        faulty = [p for p in first if p.verdict is worst and worst is not MET]
        cells = (Cell("P", worst, _reasons(faulty, lang)), *cells)
    return Row(
        assessment.unit.label,
        assessment.unit.id,
        assessment.verdict,
        assessment.criteria_met,
        assessment.criteria_total,
        cells,
        assessment,
    )


def _cell(criterion: CriterionResult, lang: Lang) -> Cell:
    if criterion.verdict in (MET, NOT_APPLICABLE):
        return Cell(criterion.code, criterion.verdict, "")
    inside = [item for item in criterion.indicators if item.verdict is criterion.verdict]
    return Cell(criterion.code, criterion.verdict, _reasons(inside or [criterion], lang))


def _reasons(results: Sequence[Result], lang: Lang) -> str:
    said = []
    for result in results:
        why = why_failed(result, lang) if result.verdict is NOT_MET else ""
        why = why or "; ".join(dict.fromkeys(reason.text(lang) for reason in result.reasons))
        said.append(f"{result.code}: {why}" if why else result.code)
    return " · ".join(said)


def _hardest(tables: Sequence[Table], lang: Lang) -> Iterator[Hard]:
    ranked: list[tuple[int, int, Hard]] = []
    for table in tables:
        counted: dict[str, list[Result]] = {}
        for row in table.rows:
            for result in (*row.assessment.failures(), *row.assessment.decisive_unknowns()):
                counted.setdefault(result.code, []).append(result)
        for code, results in counted.items():
            failed = [result for result in results if result.verdict is NOT_MET]
            if failed:
                text = results[0].text.text(lang)
                hard = Hard(
                    table.title,
                    table.anchor,
                    code,
                    text,
                    len(failed),
                    len(results) - len(failed),
                    _furthest(failed, lang),
                )
                ranked.append((-len(failed), -len(results), hard))
    yield from (hard for _, _, hard in sorted(ranked, key=lambda one: one[:2])[:20])


def _furthest(failed: Sequence[Result], lang: Lang) -> str:
    gaps = [
        leaf.shortfall
        for result in failed
        if isinstance(result, IndicatorResult)
        for leaf in leaves(result.check)
        if isinstance(leaf, MeasureCheck) and leaf.shortfall is not None
    ]
    return max(gaps, key=lambda amount: amount.value).text(lang) if gaps else ""


def _distances(tables: Sequence[Table], lang: Lang) -> Iterator[Distance]:
    """Measures several units report against one and the same value, the most reported first."""
    found: dict[tuple[str, str, str, Decimal], list[tuple[str, float, bool]]] = {}
    names: dict[tuple[str, str, str, Decimal], tuple[str, str]] = {}
    for table in tables:
        for row in table.rows:
            for indicator in row.assessment.indicators():
                for leaf in leaves(indicator.check):
                    if isinstance(leaf, MeasureCheck) and leaf.observed and leaf.required.amount is not None:
                        key = (table.anchor, indicator.code, leaf.measure, leaf.required.amount.value)
                        value = float(leaf.observed[0].value.to(leaf.unit).value)
                        found.setdefault(key, []).append((row.unit, value, leaf.verdict is MET))
                        names[key] = leaf.name.text(lang), unit_label(leaf.unit, lang)
    several = sorted((key for key in found if len(found[key]) > 2), key=lambda key: -len(found[key]))
    for key in several[:12]:
        anchor, code, _, required = key
        name, unit = names[key]
        yield Distance(code, anchor, name, unit, float(required), tuple(found[key]))


def _work(assessments: Sequence[Assessment], lang: Lang) -> Iterator[Work]:
    for assessment in assessments:
        for agency, work in assessment.by_agency().items():
            results: tuple[Result, ...] = (*assessment.criteria, *assessment.indicators())
            if any(result.findings for result in results) and (agency or work.to_conclude):
                yield Work(
                    agency or say("explain.somebody", lang),
                    assessment.unit.label,
                    assessment.title.text(lang),
                    ", ".join(item.code for item in work.failed),
                    ", ".join(item.code for item in work.to_conclude),
                )


def _laws(table: Table, lang: Lang) -> Iterator[Law]:
    """Every indicator once, with each requirement that was applied to a unit of the table."""
    items: dict[str, dict[str, None]] = {}
    texts: dict[str, str] = {}
    cited: dict[str, dict[Citation, None]] = {}
    for row in table.rows:
        for item in (*row.assessment.prerequisites, *row.assessment.indicators()):
            texts[item.code] = item.text.text(lang)
            asked = items.setdefault(item.code, {})
            for leaf in leaves(item.check):
                required = getattr(leaf, "required", None)
                if isinstance(required, Required) and required.amount is not None:
                    asked[required.text(lang)] = None
                    cited.setdefault(item.code, {})[required.origin.citation] = None
            cited.setdefault(item.code, {})[item.citation] = None
        for criterion in row.assessment.criteria:
            if criterion.code not in items:
                items[criterion.code], texts[criterion.code] = {}, criterion.title.text(lang)
                cited[criterion.code] = {criterion.citation: None} if criterion.citation is not None else {}
    for code, asked in items.items():
        citations = tuple((citation.text(lang), citation.url) for citation in cited[code])
        yield Law(f"{table.anchor}-{code}", code, texts[code], "; ".join(asked), citations)


def detail(result: Result, lang: Lang, *, cited: bool = True) -> tuple[str, ...]:
    """The details that bear a result out, one sentence each."""
    return result_line(result, lang, cited=cited).details
