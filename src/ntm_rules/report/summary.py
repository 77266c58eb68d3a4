"""The report in the lines a leader asks for: targets and counts, what fails and why, who owes what."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..assessment.briefing import briefing
from ..assessment.model import Result
from ..assessment.tree import TreeAssessment
from ..evaluation.plan import TargetResult
from ..messages import Lang, say
from ..verdict import NOT_MET, UNKNOWN
from .content import Report, Row, Tier
from .gather import gather
from .wording import called, why

if TYPE_CHECKING:
    from ..dossier import Dossier

# Lines of a chapter before the rest is counted: agencies, contradictions, limits; names and reasons within a line.
_AGENCIES, _AGAINST, _LIMITS, _NAMES, _REASONS = 3, 2, 2, 5, 3
# Sets named of which units have no figures; the others are counted.
_SETS = 2


def to_summary(report: Report) -> str:
    """The summary as plain text; what it leaves out it counts."""
    lang = report.lang
    chapters = (
        ("report.plan", [_told(lang, target.standing(lang), target) for target in report.plan]),
        ("report.tiers", list(_tiers(report))),
        ("summary.failing", list(_failing(report))),
        ("report.work", list(_agencies(report))),
        ("report.against", list(_some(list(report.against), _AGAINST, report))),
        ("report.limits", list(_some(list(_limits(report)), _LIMITS, report))),
    )
    told = [f"{report.title}\n  {report.as_of}\n"]
    for head, lines in chapters:
        if lines:
            told.append("\n".join((say(head, lang).upper(), *(f"  {one[0].upper()}{one[1:]}" for one in lines), "")))
    return "\n".join(told)


def full_text(dossier: Dossier, tree: TreeAssessment, lang: Lang) -> str:
    """Everything that is known, as plain text: the briefing, then what the figures do not tell."""
    plan, title = dossier.check_plans(tree), dossier.title.text(lang)
    limits = gather(tree, lang, plan, title, dossier.notes).limits
    told = briefing(tree, lang, plan, title, dossier.notes)
    head = say("report.limits", lang).upper()
    return "\n".join((told, head, *(f"  {one[0].upper()}{one[1:]}" for one in limits), "")) if limits else told


def _tiers(report: Report) -> Iterator[str]:
    for tier in report.tiers:
        numbers = {name: getattr(tier, name) for name in ("met", "total", "not_met", "unknown")}
        line = say("brief.tier", report.lang, title=tier.title, level=tier.level, share=tier.share, **numbers)
        yield _told(report.lang, line, tier)


def _told(lang: Lang, line: str, count: Tier | TargetResult) -> str:
    """A count never stands without word of what it rests on and what contradicts it; the facts are told below."""
    words = [(count.reported, "summary.reported"), (count.contradictions, "summary.contradicted")]
    return "; ".join((line, *(say(word, lang) for so, word in words if so)))


def _failing(report: Report) -> Iterator[str]:
    """By pack, the units known to fall short, then what most of them fail."""
    lang = report.lang
    for table in report.tables:
        failed = [row for row in table.rows if row.verdict is NOT_MET]
        still = [row for row in table.rows if row.verdict is UNKNOWN]
        if not failed and not still:
            continue
        names = ", ".join(row.unit for row in failed[:_NAMES]) + (", …" if len(failed) > _NAMES else "")
        counts = {"count": len(table.rows), "not_met": len(failed), "unknown": len(still)}
        line = say("summary.pack", lang, title=table.title, **counts)
        yield f"{line}: {names}" if names else line
        if failed:
            yield f"  ✗ {_why(failed, lang)}"
    for table in report.tables:
        for one in table.held_back:
            names = ", ".join(one.units[:_NAMES]) + (", …" if len(one.units) > _NAMES else "")
            yield f"{table.title}: {say('letter.units.held_back', lang, sets=one.sets, names=names)}"


def _why(failed: list[Row], lang: Lang) -> str:
    """What most units fail; of a single one also by how much."""
    found: dict[str, list[Result]] = {}
    first = {one.code for row in failed for one in row.assessment.prerequisites}
    for row in failed:
        for result in row.assessment.failures():
            found.setdefault(result.code, []).append(result)
    ranked = sorted(found.items(), key=lambda one: -len(one[1]))
    said = []
    for code, results in ranked[:_REASONS]:
        reason = why(results[0], lang) if len(failed) == 1 else f"{len(results)}/{len(failed)}"
        text = called(code, results[0].text.text(lang), code in first, lang)
        said.append(f"{text}{f' ({reason})' if reason else ''}")
    more = len(ranked) - len(said)
    return "; ".join((*said, *([say("report.more", lang, count=more)] if more else [])))


def _agencies(report: Report) -> Iterator[str]:
    """The first departments with what they owe; the others by name."""
    lang = report.lang
    agencies = list(dict.fromkeys(work.agency for work in report.work))
    for agency in agencies[:_AGENCIES]:
        mine = [work for work in report.work if work.agency == agency]
        counts = {"count": sum(len(one.open) for one in mine), "not_met": sum(len(one.failed) for one in mine)}
        yield say("summary.agency", lang, agency=agency, units=len({one.unit for one in mine}), **counts)
    if more := agencies[_AGENCIES:]:
        # Within a sentence, "nobody named" is not said with a capital.
        names = [say("letter.somebody", lang) if one == say("explain.somebody", lang) else one for one in more]
        yield say("summary.agencies", lang, count=len(more), names="; ".join(names))


def _limits(report: Report) -> Iterator[str]:
    # Units without figures of their own stand last in the list, pack by pack: here they are told once.
    silent = sorted((table for table in report.tables if table.silent), key=lambda table: -table.silent)
    told = report.limits[: len(report.limits) - len(silent)]
    yield from told[:1]
    if silent:
        sets = [say("summary.silent_set", report.lang, title=one.title, count=one.silent) for one in silent[:_SETS]]
        more = [say("summary.more_sets", report.lang, count=len(silent) - _SETS)] if len(silent) > _SETS else []
        yield say("summary.silent", report.lang, sets="; ".join((*sets, *more)))
    yield from told[1:]


def _some(lines: list[str], most: int, report: Report, indent: str = "") -> Iterator[str]:
    yield from lines[:most]
    if len(lines) > most:
        yield f"{indent}{say('summary.more', report.lang, count=len(lines) - most)}"
