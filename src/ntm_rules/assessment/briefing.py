"""A briefing on a whole tree: standing by tier, what holds each unit back, who must still answer, plans."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Protocol

from ..messages import Lang, say
from ..quantity import format_number
from ..verdict import MET, NOT_MET, UNKNOWN
from .model import Assessment, ChildrenCheck, IndicatorResult, MeasureCheck, Result, leaves
from .tree import TreeAssessment


class Said(Protocol):
    """Anything that says itself in a language, such as a plan's result."""

    def say(self, lang: Lang = "vi") -> str: ...


def percent(share: Fraction, lang: Lang = "vi") -> str:
    """A share in per cent, rounded to two places for reading only.

    >>> percent(Fraction(50, 181))
    '27,62 %'
    """
    exact = Decimal(share.numerator * 100) / Decimal(share.denominator)
    rounded = format_number(exact.quantize(Decimal("0.01"), ROUND_HALF_UP), lang)
    return f"{rounded} %" if lang == "vi" else f"{rounded}%"


def briefing(tree: TreeAssessment, lang: Lang = "vi", plan: Sequence[Said] = (), title: str = "") -> str:
    """The briefing as plain text. ``plan`` are targets already checked (``check_plan``)."""
    parts = [
        (title or say("brief.title", lang), [say("brief.as_of", lang, on=tree.as_of)]),
        (say("brief.tiers", lang), list(_tiers(tree, lang))),
    ]
    for pack in dict.fromkeys(tree.titles.values()):
        parts.append((tree.name(pack, lang), list(_units(tree, pack, lang))))
    parts.append((say("brief.agencies", lang), list(_agencies(tree, lang))))
    parts.append((say("brief.plan", lang), [one.say(lang) for one in plan]))
    return "\n".join("\n".join((head, *(f"  {line}" for line in lines), "")) for head, lines in parts if lines)


def _assessed(tree: TreeAssessment, pack: str) -> Iterator[Assessment]:
    for standing in tree.units:
        assessment = standing.assessments.get(pack)
        if assessment is not None:
            yield assessment


def _tiers(tree: TreeAssessment, lang: Lang) -> Iterator[str]:
    for top in (standing for standing in tree.units if not standing.parent):
        for count in top.counts:
            if not count.met and count.unknown == count.total:
                continue
            yield say(
                "brief.tier",
                lang,
                title=tree.name(count.title, lang),
                level=count.level,
                met=count.met,
                total=count.total,
                share=percent(count.share, lang),
                open=say("brief.open", lang, count=count.unknown) if count.unknown else "",
            )
            for name, why in count.exempt:
                yield say("explain.exempt", lang, name=name, why=f": {why}" if why else "")
            for one in count.contradictions:
                yield say("brief.contradiction", lang, said=one)


def _units(tree: TreeAssessment, pack: str, lang: Lang) -> Iterator[str]:
    """Units of which something is known for this very pack; the others are named or counted."""
    met: list[str] = []
    elsewhere: list[str] = []
    silent = 0
    for assessment in _assessed(tree, pack):
        if assessment.verdict is MET:
            met.append(assessment.unit.label)
        elif has_facts(assessment):
            yield from _unit(assessment, lang)
        elif assessment.verdict is NOT_MET:
            elsewhere.append(assessment.unit.label)
        else:
            silent += 1
    if met:
        yield say("brief.met", lang, names=", ".join(met))
    if elsewhere:
        yield say("brief.elsewhere", lang, names=", ".join(elsewhere))
    if silent:
        yield say("brief.silent", lang, count=silent)


def has_facts(assessment: Assessment) -> bool:
    """Whether anything was reported for this pack itself, not only for another one it asks for."""
    if any(criterion.findings for criterion in assessment.criteria):
        return True
    for item in (*assessment.prerequisites, *assessment.indicators()):
        for leaf in leaves(item.check):
            observed = isinstance(leaf, MeasureCheck) and leaf.observed
            counted = isinstance(leaf, ChildrenCheck) and leaf.verdict.decided
            if item.findings or observed or counted:
                return True
    return False


def _unit(assessment: Assessment, lang: Lang) -> Iterator[str]:
    waiting = len(assessment.decisive_unknowns())
    yield say(
        "brief.unit",
        lang,
        unit=assessment.unit.label,
        verdict=say(f"verdict.{assessment.verdict}", lang),
        met=assessment.criteria_met,
        total=assessment.criteria_total,
        waiting=say("brief.waiting", lang, count=waiting) if waiting else "",
    )
    if assessment.verdict is NOT_MET:
        for result in assessment.failures():
            yield f"  ✗ {result.code}. {result.text.text(lang)}{_bracketed(why_failed(result, lang))}"


def why_failed(result: Result, lang: Lang) -> str:
    """The figure behind a failure, in a clause."""
    told: list[str] = []
    if isinstance(result, IndicatorResult):
        for leaf in leaves(result.check):
            if leaf.verdict is not NOT_MET:
                continue
            if isinstance(leaf, MeasureCheck):
                seen = "; ".join(one.value.text(lang) for one in leaf.observed)
                told.append(f"{seen} / {leaf.required.text(lang)}")
            elif isinstance(leaf, ChildrenCheck) and leaf.missing:
                told.append(f"{leaf.met}/{leaf.total}, {say('brief.missing', lang, count=leaf.missing)}")
    return "; ".join((*told, *(finding.remark for finding in result.findings if finding.remark)))


def _bracketed(text: str) -> str:
    return f" ({text})" if text else ""


def _agencies(tree: TreeAssessment, lang: Lang) -> Iterator[str]:
    """Who must still conclude, for the units whose appraisal has begun and has found nothing wanting."""
    for standing in tree.units:
        for assessment in standing.assessments.values():
            results: tuple[Result, ...] = (*assessment.prerequisites, *assessment.criteria, *assessment.indicators())
            if assessment.verdict is not UNKNOWN or not any(result.findings for result in results):
                continue
            for agency, work in assessment.by_agency().items():
                yield say(
                    "brief.agency",
                    lang,
                    unit=assessment.unit.label,
                    title=assessment.title,
                    agency=agency or say("explain.somebody", lang),
                    codes=_codes(work.to_conclude),
                )


def _codes(items: Iterable[Result]) -> str:
    return ", ".join(item.code for item in items)
