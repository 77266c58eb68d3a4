"""A briefing on a whole tree: standing by tier, what holds each unit back, who must still answer, plans."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import NamedTuple, Protocol

from ..agencies import agency_in
from ..messages import Lang, Text, say
from ..pack.measure import by_level
from ..quantity.number import format_number
from ..verdict import MET, NOT_MET, UNKNOWN, Verdict
from .check import ChildrenCheck, MeasureCheck
from .explain import group_told
from .model import Assessment, IndicatorResult, MeetsCheck, Result, UnmetShareCheck, leaves
from .remarked import remark_apart
from .rollup import Rollup, exempted
from .tree import TreeAssessment, UnitStanding
from .unused import told_together

# Remarks on what was entered, by the id of the unit and the pack they concern ("" for every pack).
Notes = Mapping[tuple[str, str], Text]


NO_NOTES: Notes = MappingProxyType({})


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


def briefing(
    tree: TreeAssessment, lang: Lang = "vi", plan: Sequence[Said] = (), title: str = "", notes: Notes = NO_NOTES
) -> str:
    """The briefing as plain text. ``plan`` are targets already checked (``check_plan``), ``notes`` stand where the
    unit does that they concern."""
    parts = [
        (title or say("brief.title", lang), [say("brief.as_of", lang, on=tree.as_of)]),
        (say("brief.tiers", lang), list(_tiers(tree, lang, notes))),
    ]
    for pack in dict.fromkeys(tree.titles.values()):
        parts.append((tree.name(pack, lang), list(_Chapter(tree, pack, lang, notes).lines())))
    parts.append((say("brief.agencies", lang), list(_agencies(tree, lang))))
    parts.append((say("brief.plan", lang), [one.say(lang) for one in plan]))
    unused = [*told_together(tree.unused, lang)]
    parts.append((say("brief.unused", lang), unused))
    return "\n".join("\n".join((head, *(f"  {line}" for line in lines), "")) for head, lines in parts if lines)


def _tiers(tree: TreeAssessment, lang: Lang, notes: Notes) -> Iterator[str]:
    for top in (standing for standing in tree.units if not standing.parent):
        for count in top.counts:
            if count.total and (count.unknown < count.total or count.contradictions):
                # A report does not say which units it counts: those that meet it by themselves may be among the others.
                hidden = min(count.judged, count.not_met) if count.reported and not count.unknown else 0
                yield say(
                    "brief.at_most" if hidden else "brief.tier",
                    lang,
                    title=tree.name(count.title, lang),
                    level=count.level,
                    met=count.met,
                    total=count.total,
                    share=percent(count.share, lang),
                    not_met=count.not_met,
                    unknown=count.unknown,
                    judged=hidden,
                )
                yield from (f"  {line}" for line in rests_on(count, lang))
            elif count.exempt and not count.total:
                yield say("brief.tier_none", lang, title=tree.name(count.title, lang), level=count.level)
                yield from (f"  {line}" for line in rests_on(count, lang))
    yield from (say("brief.note", lang, note=note) for note in notes_aside(tree, lang, notes))


def rests_on(count: Rollup, lang: Lang = "vi") -> Iterator[str]:
    """What a count rests on and what contradicts it: titles held, today's facts and reports apart."""
    if count.open_total:
        yield say("plan.open_total", lang)
    yield from count.listing(lang)
    if count.reported and count.judged:
        yield say("brief.reported_all", lang, met=count.met)
    elif count.reported or count.reported_not_met:
        yield say("brief.reported", lang, met=count.reported, not_met=count.reported_not_met)
    # Where every unit met was judged by its own facts, the count says so already.
    if count.held or (count.judged and count.reported):
        yield say("brief.known", lang, held=count.held, judged=count.judged)
    if count.reported and count.judged:
        yield say("brief.swallowed", lang, judged=count.judged)
    if count.held_not_met:
        yield say("plan.held_not_met", lang, names=", ".join(count.held_not_met))
    yield from count.against(lang)
    yield from exempted(count.exempt, lang)


# So many units of which nothing is known are named.
_FEW = 3


class _Chapter:
    """The units judged for one title, those of which something is known for this very pack one by one."""

    def __init__(self, tree: TreeAssessment, title: str, lang: Lang, notes: Notes) -> None:
        self.tree, self.title, self.lang, self.notes = tree, title, lang, notes

    def lines(self) -> Iterator[str]:
        met: list[str] = []
        for standing in self.tree.units:
            assessment = standing.assessments.get(self.title)
            if assessment is None:
                continue
            if assessment.verdict is MET:
                label = assessment.unit.label
                met.append(label)
                told_otherwise = remarks_on(self.tree, standing, self.title, self.lang, self.notes)
                yield from (f"{label}: {line}" for line in (*told_otherwise, *_conflicts(assessment, self.lang)))
            elif has_facts(assessment):
                yield from self.unit(standing, remark_apart(assessment)[0])
        if met:
            yield say("brief.met", self.lang, names=", ".join(met))
        aside, silent = units_aside(self.tree, self.title, self.lang)
        yield from aside
        if silent:
            few = len(silent) <= _FEW
            key = "brief.silent.named" if few else "brief.silent"
            yield say(key, self.lang, names=", ".join(silent), count=len(silent))

    def say(self, key: str, **params: object) -> str:
        return say(key, self.lang, **params)

    def verdict(self, verdict: Verdict) -> str:
        return self.say(f"verdict.{verdict}")

    def unit(self, standing: UnitStanding, assessment: Assessment) -> Iterator[str]:
        waiting = len(assessment.decisive_unknowns()) if assessment.verdict is UNKNOWN else 0
        wanting = [one.code for one in assessment.prerequisites if one.verdict is NOT_MET]
        wants = self.say("brief.wanting", codes=", ".join(wanting)) if wanting else ""
        yield self.say(
            "brief.unit",
            unit=assessment.unit.label,
            verdict=self.verdict(assessment.verdict),
            criteria=criteria_text(assessment, self.lang),
            waiting=self.say("brief.waiting", count=waiting) if waiting else wants,
        )
        yield from (f"  {line}" for line in remarks_on(self.tree, standing, self.title, self.lang, self.notes))
        yield from (f"  {line}" for line in _conflicts(assessment, self.lang))
        if assessment.verdict is NOT_MET:
            for result in assessment.failures():
                why = "; ".join(filter(None, (why_failed(result, self.lang), *self.told_of(standing, result))))
                yield f"  ✗ {result.code}. {result.text.text(self.lang)}{_bracketed(why)}"

    def told_of(self, standing: UnitStanding, result: Result) -> Iterator[str]:
        """What is reported of the unit under the titles a result fails for want of."""
        for leaf in leaves(result.check) if isinstance(result, IndicatorResult) else ():
            title = self.tree.titles.get(leaf.pack.partition("@")[0]) if isinstance(leaf, MeetsCheck) else None
            said = self.tree.told(standing.unit.id, title) if title else None
            if said is not None and leaf.verdict is NOT_MET and said[1] is MET:
                yield self.say("brief.told_otherwise", who=said[0], verdict=self.verdict(said[1]))


def units_aside(tree: TreeAssessment, title: str, lang: Lang) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What is known under a title of units without figures of their own, a line each; and those of which nothing is.

    Those that hold the title come first, whatever figures they have.
    """
    held: list[str] = []
    told: dict[tuple[str, Verdict], list[str]] = {}
    concluded: list[str] = []
    silent: list[str] = []
    for standing in tree.units:
        assessment = standing.assessments.get(title)
        if assessment is None:
            continue
        label = assessment.unit.label
        if standing.holds(title):
            held.append(label)
        elif assessment.verdict is MET or has_facts(assessment):
            continue
        elif said := tree.told(standing.unit.id, title):
            told.setdefault(said, []).append(label)
        elif assessment.verdict is NOT_MET:
            continue
        elif any(_concluded(tree, title, other) for other in standing.assessments.values()):
            concluded.append(label)
        else:
            silent.append(label)
    lines = [say("brief.held", lang, names=", ".join(held))] if held else []
    for (who, verdict), names in told.items():
        lines.append(say("brief.told", lang, who=who, verdict=say(f"verdict.{verdict}", lang), names=", ".join(names)))
    if concluded:
        lines.append(say("brief.concluded", lang, names=", ".join(concluded)))
    for one in held_back(tree, title, lang):
        lines.append(say("brief.elsewhere", lang, sets=one.sets, names=", ".join(one.units)))
    return tuple(lines), tuple(silent)


class HeldBack(NamedTuple):
    """Units without figures of their own under a title, and the other titles for want of which they fail it."""

    sets: str
    units: tuple[str, ...]


def held_back(tree: TreeAssessment, title: str, lang: Lang) -> list[HeldBack]:
    """The units that fail a title by other titles alone, those that fail it for want of the same ones together."""
    found: dict[tuple[str, ...], list[str]] = {}
    for standing in tree.units:
        assessment = standing.assessments.get(title)
        if assessment is None or assessment.verdict is not NOT_MET or has_facts(assessment):
            continue
        if standing.holds(title) or tree.told(standing.unit.id, title):
            continue
        wanted = [said.text(lang) for result in assessment.failures() for said in _wanted(result)]
        found.setdefault(tuple(dict.fromkeys(wanted)), []).append(assessment.unit.label)
    return [HeldBack("; ".join(f"“{one}”" for one in sets), tuple(units)) for sets, units in found.items()]


def _wanted(result: Result) -> Iterator[Text]:
    """The titles a result fails for want of; its own words where it asks for none."""
    checks = list(leaves(result.check)) if isinstance(result, IndicatorResult) else []
    titles = [one.title for one in checks if isinstance(one, MeetsCheck | UnmetShareCheck) and one.verdict is NOT_MET]
    yield from titles or [result.text]


def _concluded(tree: TreeAssessment, title: str, other: Assessment) -> bool:
    """Whether a finding under another pack says that this one is met."""
    return any(
        result.verdict is MET
        and result.decided_by == "finding"
        and any(
            isinstance(leaf, MeetsCheck) and tree.titles.get(leaf.pack.partition("@")[0]) == title
            for leaf in leaves(result.check)
        )
        for result in (*other.prerequisites, *other.indicators())
    )


def notes_aside(tree: TreeAssessment, lang: Lang, notes: Notes) -> Iterator[str]:
    """Notes that stand at no unit's verdict: on a unit at the top as a whole, or on one without figures of its own."""
    for (unit, pack), note in notes.items():
        standing = tree.unit(unit)
        about = [title for title in standing.assessments if not pack or tree.titles.get(pack) == title]
        shown = any(has_facts(standing.assessments[title]) for title in about)
        if not shown or not (pack or standing.parent):
            yield f"{standing.unit.label}: {note.text(lang)}"


def remarks_on(tree: TreeAssessment, standing: UnitStanding, title: str, lang: Lang, notes: Notes) -> tuple[str, ...]:
    """What stands beside a unit's verdict: the title held, what those above report of it, a note on what was given."""
    found = []
    if title in standing.assessments and (remark := remark_apart(standing.assessments[title])[1]):
        found.append(say("brief.note", lang, note=remark))
    # A group that no decision of the province names is a doubt about every value that depends on it.
    if title in standing.assessments and standing.unit.group is not standing.assessments[title].group:
        found += filter(None, [group_told(standing.assessments[title], lang).rstrip(".")])
    if standing.holds(title):
        held = standing.holdings[title]
        found.append(say("brief.holds", lang, decision=held.decision or "–"))
        found += [say("brief.lost", lang, title=lost.title, on=lost.on) for lost in held.lost]
    said, counts = tree.told(standing.unit.id, title), standing.verdict(title)
    if said is not None and said[1] is not counts:
        key = "brief.told_beside" if counts is UNKNOWN else "brief.told_otherwise"
        found.append(say(key, lang, who=said[0], verdict=say(f"verdict.{said[1]}", lang)))
    for (unit, pack), note in notes.items():
        # What concerns every pack of a unit at the top stands with the tiers.
        if unit == standing.unit.id and (tree.titles.get(pack) == title if pack else bool(standing.parent)):
            found.append(say("brief.note", lang, note=note))
    return tuple(found)


def _conflicts(assessment: Assessment, lang: Lang) -> Iterator[str]:
    for conflict in assessment.conflicts():
        yield say("plan.contradiction", lang, said=conflict.text(lang))


def criteria_text(assessment: Assessment, lang: Lang = "vi") -> str:
    """How many criteria are met, not met and open, each by itself: what is open has not failed."""
    verdicts = [criterion.verdict for criterion in assessment.criteria]
    return say(
        "brief.criteria",
        lang,
        met=verdicts.count(MET),
        total=assessment.criteria_total,
        not_met=verdicts.count(NOT_MET),
        unknown=verdicts.count(UNKNOWN),
    )


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


def why_failed(result: Result, lang: Lang) -> str:
    """The figure behind a failure, in a clause."""
    told: list[str] = []
    if isinstance(result, IndicatorResult):
        for leaf in leaves(result.check):
            if leaf.verdict is not NOT_MET:
                continue
            if isinstance(leaf, MeasureCheck):
                levels = leaf.required.levels
                seen = "; ".join(by_level(levels, one.value, lang) or one.text(lang) for one in leaf.observed)
                figure = f"{seen} / {leaf.required.text(lang)}"
                name = name_among(result, leaf, lang)
                told.append(f"{name}: {figure}" if name else figure)
            elif isinstance(leaf, ChildrenCheck) and leaf.missing:
                told.append(short_of(leaf, lang))
    return "; ".join((*told, *(finding.remark for finding in result.findings if finding.remark)))


def name_among(result: IndicatorResult, leaf: MeasureCheck, lang: Lang) -> str:
    """The name a figure needs: where several are asked for, one would be taken for what the indicator is called."""
    several = len({part.measure for part in leaves(result.check) if isinstance(part, MeasureCheck)}) > 1
    name = leaf.name.text(lang)
    return name if several and name != result.text.text(lang) else ""


def short_of(check: ChildrenCheck, lang: Lang) -> str:
    """How many children meet what is asked and how many more are needed, at least and at most."""
    at_least = max(0, (check.needed or 0) - check.met - check.unknown)
    parts = [say("brief.short", lang, met=check.met, total=check.total)]
    if check.unknown:
        parts.append(say("brief.short.open", lang, not_met=check.not_met, unknown=check.unknown))
        parts.append(say("brief.missing_from", lang, low=at_least, high=check.missing))
    else:
        parts.append(say("brief.missing", lang, count=check.missing))
    by_report = check.reported + check.reported_not_met
    return ", ".join(parts) + _bracketed(say("brief.by_report", lang, count=by_report) if by_report else "")


def _bracketed(text: str) -> str:
    return f" ({text})" if text else ""


def _agencies(tree: TreeAssessment, lang: Lang) -> Iterator[str]:
    """Who must still conclude, for the units of which something is known and nothing is found wanting; the others,
    whose verdict no answer changes, are counted."""
    decided: dict[str, list[str]] = {}
    for standing in tree.units:
        for title, assessment in standing.assessments.items():
            if assessment.verdict is MET or standing.holds(title):
                continue
            if assessment.verdict is NOT_MET:
                # An indicator inside a criterion that was concluded as a whole waits for nobody.
                parts: tuple[Result, ...] = (*assessment.prerequisites, *assessment.criteria)
                count = sum(part.verdict is UNKNOWN for part in parts)
                if count and _begun(assessment):
                    unit = say("brief.awaited", lang, unit=assessment.unit.label, count=count)
                    decided.setdefault(tree.name(title, lang), []).append(unit)
            elif has_facts(assessment):
                for agency, work in assessment.by_agency().items():
                    if work.to_conclude:
                        yield say(
                            "brief.agency",
                            lang,
                            unit=assessment.unit.label,
                            title=assessment.title,
                            agency=agency_in(agency, lang) if agency else say("explain.somebody", lang),
                            codes=_codes(work.to_conclude),
                        )
    for name, units in decided.items():
        yield say("brief.awaited_also", lang, title=name, units=", ".join(units))


def _begun(assessment: Assessment) -> bool:
    """Whether anything is known of a pack whose answer was decided by what it asks of other packs, or by itself."""
    return has_facts(assessment) or any(
        isinstance(leaf, MeetsCheck) and leaf.assessment is not None and has_facts(leaf.assessment)
        for item in (*assessment.prerequisites, *assessment.indicators())
        for leaf in leaves(item.check)
    )


def _codes(items: Iterable[Result]) -> str:
    return ", ".join(item.code for item in items)
