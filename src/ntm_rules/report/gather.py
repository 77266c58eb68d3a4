"""What a report says, gathered from a tree once and laid out by each kind of report."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal

from ..assessment.briefing import (
    NO_NOTES,
    Notes,
    criteria_text,
    has_facts,
    notes_aside,
    percent,
    remarks_on,
    rests_on,
    units_aside,
    why_failed,
)
from ..assessment.explain import result_line
from ..assessment.model import (
    Assessment,
    Conflict,
    CriterionResult,
    IndicatorResult,
    MeasureCheck,
    Result,
    UnitRef,
    leaves,
)
from ..assessment.parts import Citation, Required
from ..assessment.remarked import remark_apart
from ..assessment.rollup import exempted
from ..assessment.tree import TreeAssessment, UnitStanding
from ..day import day_in_words
from ..evaluation.plan import TargetResult
from ..messages import Lang, say
from ..pack.measure import by_level
from ..quantity import Amount, unit_label
from ..snapshot.observation import rounded
from ..verdict import MET, NOT_APPLICABLE, NOT_MET, conjunction
from .content import (
    Cell,
    Clash,
    Distance,
    Fault,
    Hard,
    Headline,
    Law,
    Report,
    Reported,
    Row,
    Table,
    Tier,
    Work,
)
from .issuers import issuer_in

# The prerequisites (P1, P2 …) stand together in one column.
FIRST = "P…"
# What is no decision, by the mark in its number.
_KINDS = {"/TT-": "circular", "/NĐ-": "decree", "/NQ-": "resolution"}
_HEADLINE_FAULTS, _HARDEST, _DISTANCES = 4, 20, 12


def gather(
    tree: TreeAssessment,
    lang: Lang,
    plan: Sequence[TargetResult] = (),
    title: str = "",
    notes: Notes = NO_NOTES,
) -> Report:
    """Everything a report on this tree says."""
    tables = tuple(table for pack in dict.fromkeys(tree.titles.values()) if (table := _table(tree, pack, lang, notes)))
    rows = [(table, row) for table in tables for row in table.rows]
    alone = _alone(tables)
    clashes = [
        Clash(row.unit, row.anchor, table.title, conflict.text(lang), _worded(row.assessment, conflict, lang))
        for table, row in rows
        for conflict in row.assessment.conflicts()
    ]
    weak = {(row.assessment.pack, code) for _, row in rows for code, _ in row.assessment.unverified()}
    return Report(
        lang,
        _title(title, tables, alone, lang),
        say("brief.as_of", lang, on=tree.as_of),
        tree.as_of,
        tuple(_decisions(rows, lang)),
        tuple(_partly(tables, lang)),
        tuple(_headlines(tree, tables, lang, alone)),
        () if alone else tuple(_tiers(tree, lang)),
        tables,
        # With one unit there is nothing to rank: its failures are the headline.
        tuple(_hardest(tables, lang)) if len({row.assessment.unit.id for _, row in rows}) > 1 else (),
        tuple(_distances(tables, lang)),
        tuple(_work(tables, lang)),
        tuple(plan),
        tuple((table.title, tuple(_laws(table, lang))) for table in tables if table.rows),
        tuple(dict.fromkeys(clashes)),
        tuple(f"{standing.unit.label}: {standing.exempt}" for standing in tree.units if standing.exempt),
        len(weak),
        tuple(notes_aside(tree, lang, notes)),
        tuple(one.text(lang) for one in tree.unused),
        alone.label if alone else "",
    )


def _alone(tables: Sequence[Table]) -> UnitRef | None:
    """The unit, where the report is about a single one."""
    units = {row.assessment.unit.id: row.assessment.unit for table in tables for row in table.rows}
    return next(iter(units.values())) if len(units) == 1 and not any(table.silent for table in tables) else None


def _title(title: str, tables: Sequence[Table], alone: UnitRef | None, lang: Lang) -> str:
    """The title given, or what the report is about."""
    told = [table for table in tables if table.rows]
    if len(told) != 1 or title not in ("", say("brief.title", lang)):
        return title or say("brief.title", lang)
    if alone is not None:
        return say("report.title.alone", lang, title=told[0].title, unit=alone.label)
    return say("report.title.several", lang, title=told[0].title, count=len(told[0].rows))


def _worded(assessment: Assessment, conflict: Conflict, lang: Lang) -> str:
    """A contradiction with the words of what it concerns instead of a code of ours."""
    said = conflict.text(lang)
    for one in assessment.prerequisites:
        if one.code == conflict.code:
            return said.replace(one.code, called(one.code, one.text.text(lang), True, lang), 1)
    return said


def called(code: str, text: str, first: bool, lang: Lang) -> str:
    """A content as people name it: by the law's own number and its words; a prerequisite, numbered by us, by its words.

    >>> called("P1", "Xã đã đạt chuẩn", True, "vi"), called("17.1", "Nước sạch (nếu có)", False, "vi")
    ('điều kiện “Xã đã đạt chuẩn”', '17.1. Nước sạch')
    """
    return say("report.first", lang, text=shortened(text)) if first else f"{code}. {shortened(text)}"


def _tops(tree: TreeAssessment) -> Iterable[UnitStanding]:
    return (standing for standing in tree.units if not standing.parent)


def _headlines(
    tree: TreeAssessment, tables: Sequence[Table], lang: Lang, alone: UnitRef | None = None
) -> Iterator[Headline]:
    tops = {alone.id: tree.unit(alone.id)} if alone is not None else {top.unit.id: top for top in _tops(tree)}
    for table in tables:
        for row in table.rows:
            top = tops.get(row.assessment.unit.id)
            if top is None:
                continue
            verdict = top.verdict(table.pack)
            at_fault = () if verdict is MET else row.assessment.failures() or row.assessment.decisive_unknowns()
            yield Headline(
                row.unit,
                table.title,
                verdict,
                row.met,
                row.total,
                table.anchor,
                row.anchor,
                tuple(Fault(one.code, one.text.text(lang), why(one, lang)) for one in at_fault[:_HEADLINE_FAULTS]),
                max(0, len(at_fault) - _HEADLINE_FAULTS),
                row.criteria,
                row.remarks,
            )


def _tiers(tree: TreeAssessment, lang: Lang) -> Iterator[Tier]:
    for top in _tops(tree):
        for count in top.counts:
            if not count.total:
                continue
            remarks = tuple(rests_on(count, lang))
            told = len(remarks) - len(list(exempted(count.exempt, lang))) - len(list(count.against(lang)))
            yield Tier(
                tree.name(count.title, lang),
                count.level.text(lang),
                count.met,
                count.total - count.met - count.unknown,
                count.unknown,
                percent(count.share, lang),
                remarks,
                remarks[:told],
                count.contradictions,
                bool(count.reported or count.reported_not_met),
                count.doubted_names,
            )


def _decisions(rows: Iterable[tuple[Table, Row]], lang: Lang) -> Iterator[str]:
    """The decisions that what is required stands in, the oldest first."""
    found: dict[str, Citation] = {}
    for _, row in rows:
        for item in row.assessment.indicators():
            found.setdefault(item.citation.number, item.citation)
    for one in sorted(found.values(), key=lambda one: (one.issued or date.max, one.number)):
        if one.number:
            issued = say("report.issued", lang, on=day_in_words(one.issued, lang)) if one.issued else ""
            issuer = say("report.issuer", lang, issuer=issuer_in(one.issuer, lang)) if one.issuer else ""
            kind = next((kind for mark, kind in _KINDS.items() if mark in one.number.upper()), "decision")
            yield f"{say(f'report.{kind}', lang, number=one.number)}{issued and ' ' + issued}{issuer and ' ' + issuer}"


def _partly(tables: Iterable[Table], lang: Lang) -> Iterator[str]:
    for table in tables:
        first = table.rows[0].assessment if table.rows else None
        if first is not None and first.incomplete:
            codes = ", ".join(one.code for one in first.criteria if one.incomplete)
            yield f"{table.title}: {say('report.partly' if codes else 'report.partly_pack', lang, codes=codes)}"


def _anchor(name: str) -> str:
    return "".join(sign if sign.isalnum() else "-" for sign in name)


def _table(tree: TreeAssessment, pack: str, lang: Lang, notes: Notes) -> Table | None:
    found = [s for s in tree.units if pack in s.assessments]
    if not found:
        return None
    told = [s for s in found if has_facts(s.assessments[pack])]
    # Units may be judged by editions or overlays that differ: every criterion of any of them has a column.
    heads: dict[str, str] = {}
    for standing in told:
        assessment = standing.assessments[pack]
        if any(p.verdict is not NOT_APPLICABLE for p in assessment.prerequisites):
            heads = {FIRST: say("explain.prerequisites", lang)} | heads
        heads |= {criterion.code: criterion.title.text(lang) for criterion in assessment.criteria}
    anchor = _anchor(pack)
    rows = tuple(
        _row(tree, s, pack, f"u-{anchor}-{_unit_anchor(s, n)}", tuple(heads), lang, notes) for n, s in enumerate(told)
    )
    title = found[0].assessments[pack].title.text(lang)
    return Table(
        pack, anchor, title, tuple(heads.items()), rows, len(found) - len(rows), units_aside(tree, pack, lang)[0]
    )


def _unit_anchor(standing: UnitStanding, number: int) -> str:
    plain = _anchor(standing.unit.id)
    # Two ids may come to the same once their signs are gone.
    return plain if plain == standing.unit.id else f"{plain}--{number}"


def _row(
    tree: TreeAssessment,
    standing: UnitStanding,
    pack: str,
    anchor: str,
    heads: Sequence[str],
    lang: Lang,
    notes: Notes,
) -> Row:
    assessment, _ = remark_apart(standing.assessments[pack])
    cells = {criterion.code: _cell(criterion, lang) for criterion in assessment.criteria}
    first = [p for p in assessment.prerequisites if p.verdict is not NOT_APPLICABLE]
    if first:
        worst = conjunction(p.verdict for p in first)
        faulty = [p for p in first if p.verdict is worst and worst is not MET]
        cells[FIRST] = Cell(FIRST, worst, _reasons(faulty, lang))
    told = tree.told(standing.unit.id, pack)
    return Row(
        assessment.unit.label,
        anchor,
        # A code is no name: a unit above that has none is not told of.
        tree.unit(standing.parent).unit.name if standing.parent else "",
        assessment.verdict,
        assessment.criteria_met,
        assessment.criteria_total,
        tuple(cells.get(code) for code in heads),
        assessment,
        criteria_text(assessment, lang),
        remarks_on(tree, standing, pack, lang, notes),
        bool(assessment.conflicts()) or (told is not None and {told[1], standing.verdict(pack)} == {MET, NOT_MET}),
    )


def _cell(criterion: CriterionResult, lang: Lang) -> Cell:
    if criterion.verdict in (MET, NOT_APPLICABLE):
        return Cell(criterion.code, criterion.verdict, "")
    inside = [item for item in criterion.indicators if item.verdict is criterion.verdict]
    return Cell(criterion.code, criterion.verdict, _reasons(inside or [criterion], lang))


def why(result: Result, lang: Lang) -> str:
    """Why a result is not met, or still open, in a few words."""
    why = why_failed(result, lang) if result.verdict is NOT_MET else ""
    return why or "; ".join(dict.fromkeys(reason.text(lang) for reason in result.reasons))


def shortened(text: str) -> str:
    """The first sentence without what brackets add: what is asked, without what the law says besides.

    >>> shortened("100% of townships (thị trấn) meet the standard (Annex I). Those of before are reviewed.")
    '100% of townships meet the standard'
    """
    first = text.partition(". ")[0].rstrip(".")
    return re.sub(r" \([^()]*\)", "", first).partition(" (")[0] or first


def _reasons(results: Sequence[Result], lang: Lang) -> str:
    said = ((result.code, why(result, lang)) for result in results)
    return " · ".join(f"{code}: {why}" if why else code for code, why in said)


def _hardest(tables: Sequence[Table], lang: Lang) -> Iterator[Hard]:
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
    yield from (hard for _, _, hard in sorted(ranked, key=lambda one: one[:2])[:_HARDEST])


def _furthest(failed: Sequence[Result], lang: Lang) -> str:
    gaps = [
        leaf.shortfall
        for result in failed
        if isinstance(result, IndicatorResult)
        for leaf in leaves(result.check)
        if isinstance(leaf, MeasureCheck) and leaf.shortfall is not None
    ]
    return rounded(max(gaps, key=lambda amount: amount.value), lang) if gaps else ""


def _distances(tables: Sequence[Table], lang: Lang) -> Iterator[Distance]:
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


def _work(tables: Sequence[Table], lang: Lang) -> Iterator[Work]:
    """What departments have left to do, those without a name last."""
    found = list(_works(tables, lang))
    nobody = say("explain.somebody", lang)
    yield from sorted(found, key=lambda work: work.agency == nobody)


def _works(tables: Sequence[Table], lang: Lang) -> Iterator[Work]:
    for table in tables:
        for row in table.rows:
            assessment = row.assessment
            results: tuple[Result, ...] = (*assessment.criteria, *assessment.indicators())
            if not any(result.findings for result in results):
                continue
            for agency, work in assessment.by_agency().items():
                if agency or work.to_conclude:
                    yield Work(
                        agency or say("explain.somebody", lang),
                        row.unit,
                        row.anchor,
                        table.title,
                        table.anchor,
                        tuple(item.code for item in work.failed),
                        tuple(item.code for item in work.to_conclude),
                    )


def _laws(table: Table, lang: Lang) -> Iterator[Law]:
    """Every indicator once, with each requirement that was applied to a unit of the table, under its criterion."""
    asked: dict[str, dict[str, None]] = {}
    cited: dict[str, dict[Citation, None]] = {}
    # Codes in the law's order; a criterion that is its own only indicator stands once.
    texts: dict[str, tuple[str, bool]] = {}
    first: set[str] = set()
    for row in table.rows:
        assessment = row.assessment
        first.update(one.code for one in assessment.prerequisites)
        if assessment.prerequisites:
            texts[FIRST] = say("explain.prerequisites", lang), True
        groups = [(None, assessment.prerequisites), *((one, one.indicators) for one in assessment.criteria)]
        for criterion, items in groups:
            if criterion is not None and all(item.code != criterion.code for item in items):
                texts.setdefault(criterion.code, (criterion.title.text(lang), True))
                if criterion.citation is not None:
                    cited.setdefault(criterion.code, {})[criterion.citation] = None
            for item in items:
                texts.setdefault(item.code, (item.text.text(lang), False))
                _cite(item, asked.setdefault(item.code, {}), cited.setdefault(item.code, {}), lang)
    for code, (text, heading) in texts.items():
        citations = tuple((citation.text(lang), citation.url) for citation in cited.get(code, ()))
        yield Law(
            f"{table.anchor}-{code}", code, text, "; ".join(asked.get(code, ())), citations, heading, code in first
        )


def _cite(item: IndicatorResult, asked: dict[str, None], cited: dict[Citation, None], lang: Lang) -> None:
    for leaf in leaves(item.check):
        required = getattr(leaf, "required", None)
        if isinstance(required, Required) and required.amount is not None:
            asked[required.text(lang)] = None
            cited[required.origin.citation] = None
    cited[item.citation] = None


def detail(result: Result, lang: Lang, *, cited: bool = True) -> tuple[str, ...]:
    """The details that bear a result out, one sentence each."""
    return result_line(result, lang, cited=cited).details
