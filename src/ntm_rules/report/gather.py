"""What a report says, gathered from a tree once and laid out by each kind of report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ..agencies import agency_in
from ..assessment.briefing import (
    NO_NOTES,
    Notes,
    criteria_text,
    has_facts,
    held_back,
    notes_aside,
    percent,
    remarks_on,
    rests_on,
    units_aside,
)
from ..assessment.model import Assessment, CriterionResult, Result
from ..assessment.parts import UnitRef
from ..assessment.remarked import remark_apart
from ..assessment.rollup import exempted
from ..assessment.tree import TreeAssessment, UnitStanding
from ..assessment.unused import told_together
from ..evaluation.plan import TargetResult
from ..messages import Lang, say
from ..verdict import MET, NOT_APPLICABLE, NOT_MET, conjunction
from .cited import decisions, laws
from .content import (
    Cell,
    Clash,
    Fault,
    Headline,
    Report,
    Row,
    Table,
    Tier,
    Work,
)
from .ranked import distances, hardest
from .wording import FIRST, why, worded

_HEADLINE_FAULTS = 4


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
        Clash(row.unit, row.anchor, table.title, conflict.text(lang), worded(row.assessment, conflict, lang))
        for table, row in rows
        for conflict in row.assessment.conflicts()
    ]
    weak = {(row.assessment.pack, code) for _, row in rows for code, _ in row.assessment.unverified()}
    return Report(
        lang,
        _title(title, tables, alone, lang),
        say("brief.as_of", lang, on=tree.as_of),
        tree.as_of,
        tuple(decisions(rows, lang)),
        tuple(_partly(tables, lang)),
        tuple(_headlines(tree, tables, lang, alone)),
        () if alone else tuple(_tiers(tree, lang)),
        tables,
        # With one unit there is nothing to rank: its failures are the headline.
        tuple(hardest(tables, lang)) if len({row.assessment.unit.id for _, row in rows}) > 1 else (),
        tuple(distances(tables, lang)),
        tuple(_work(tables, lang)),
        tuple(plan),
        tuple((table.title, tuple(laws(table, lang))) for table in tables if table.rows),
        tuple(dict.fromkeys(clashes)),
        tuple(f"{standing.unit.label}: {standing.exempt}" for standing in tree.units if standing.exempt),
        len(weak),
        tuple(notes_aside(tree, lang, notes)),
        told_together(tree.unused, lang),
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
        pack,
        anchor,
        title,
        tuple(heads.items()),
        rows,
        len(found) - len(rows),
        units_aside(tree, pack, lang)[0],
        tuple(held_back(tree, pack, lang)),
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


def _reasons(results: Sequence[Result], lang: Lang) -> str:
    said = ((result.code, why(result, lang)) for result in results)
    return " · ".join(f"{code}: {why}" if why else code for code, why in said)


def _work(tables: Sequence[Table], lang: Lang) -> Iterator[Work]:
    """What departments have left to do, department by department, those without a name last."""
    found = list(_works(tables, lang))
    place = {agency: number for number, agency in enumerate(dict.fromkeys(work.agency for work in found))}
    place[say("explain.somebody", lang)] = len(place)
    yield from sorted(found, key=lambda work: place[work.agency])


def _works(tables: Sequence[Table], lang: Lang) -> Iterator[Work]:
    for table in tables:
        for row in table.rows:
            for agency, work in row.assessment.by_agency().items():
                if agency or work.to_conclude:
                    still = tuple(item.code for item in work.to_conclude)
                    yield Work(
                        agency_in(agency, lang) if agency else say("explain.somebody", lang),
                        row.unit,
                        row.anchor,
                        table.title,
                        table.anchor,
                        tuple(item.code for item in work.failed),
                        still,
                        tuple(_whole(row.assessment, still)),
                    )


def _whole(assessment: Assessment, codes: tuple[str, ...]) -> Iterator[str]:
    """Codes in few: a criterion's own where all that is inside it is among them."""
    above = {
        item.code: criterion.code
        for criterion in assessment.criteria
        if len(criterion.indicators) > 1 and {item.code for item in criterion.indicators} <= set(codes)
        for item in criterion.indicators
    }
    yield from dict.fromkeys(above.get(code, code) for code in codes)
