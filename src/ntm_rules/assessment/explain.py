"""What an assessment says, as a document: verdict, failures, open questions, contradictions, what is met.

The document knows nothing of its form; ``render`` writes it as text, Markdown or HTML.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache, partial
from typing import Any, NamedTuple, TypeVar

from msgspec import structs

from ..agencies import agency_in
from ..errors import must_be
from ..messages import LANGS, Lang, Text, grouped, say
from ..pack.measure import LevelName, by_level
from ..quantity.amount import Amount
from ..snapshot.observation import Finding, FindingValue, Observation, Part, rounded
from ..verdict import MET, NOT_APPLICABLE, NOT_MET, UNKNOWN, Verdict
from .check import AttributeCheck, ChildrenCheck, FindingCheck, MeasureCheck, TotalCheck
from .fixed import Fixed
from .model import (
    AgencyWork,
    Assessment,
    Check,
    CriterionResult,
    GroupCheck,
    IndicatorResult,
    MeetsCheck,
    Result,
    UnmetShareCheck,
    leaves,
)
from .parts import Citation, ReasonCode, Required, Responsible
from .rollup import Rollup, against, exempted
from .unused import Unused

One = TypeVar("One")
Of = TypeVar("Of", IndicatorResult, CriterionResult)
Told = TypeVar("Told")


class Line(NamedTuple):
    """A statement, the details that bear it out, and what lies beneath it."""

    text: str
    verdict: Verdict | None = None
    details: tuple[str, ...] = ()
    inside: tuple[Line, ...] = ()


class Section(NamedTuple):
    """A titled part; a ``folded`` one is of less urgency, an ``appendix`` is for looking up."""

    title: str
    lines: tuple[Line, ...]
    folded: bool = False
    appendix: bool = False


class Document(NamedTuple):
    """A whole explanation."""

    title: str
    verdict: Verdict
    lead: tuple[str, ...]
    sections: tuple[Section, ...]


def document(assessment: Assessment, lang: Lang = "vi") -> Document:
    """The explanation of an assessment."""
    return _Teller(lang, fixed=_fixed(assessment)).document(assessment)


def group_told(assessment: Assessment, lang: Lang) -> str:
    """By what the group is known whose values apply; empty where the province's decision alone says so, or none."""
    a = assessment
    if a.group is None or a.group_rule is None or a.group_citation is None:
        return ""
    how = "found" if a.unit.group is None else "borne_out" if a.group is a.group_by_rule else "contradicted"
    told = {"group": a.group, "by_rule": a.group_by_rule, "rule": a.group_rule}
    return say(f"explain.group.{how}", lang, **told, decision=a.group_citation.number, at=a.group_citation.at)


def result_line(result: Result, lang: Lang = "vi", *, cited: bool = True) -> Line:
    """One result as a line with its details; ``cited``: with the lines of law behind it."""
    return _Teller(lang, cited).result(result)


class _Teller:
    """``nested``: tells of another set than the one the answer is about, asked for by it.

    ``fixed`` are results that are the same in many answers: what is told of them is kept.
    """

    def __init__(self, lang: Lang, cited: bool = True, nested: bool = False, fixed: Fixed | None = None) -> None:
        must_be("lang", lang, LANGS)
        self.nested = nested
        self.fixed = fixed or Fixed()
        self.lang: Lang = lang
        self.cited = cited
        self.form = lang, cited, nested
        self.made = {name: self.fixed.made((name, self.form)) for name in ("indicator", "within")}
        self.passed_over: Mapping[str, Unused] = {}

    def say(self, message: str, /, **params: Any) -> str:
        return say(message, self.lang, **params)

    def document(self, a: Assessment) -> Document:
        self.passed_over = {one.about: one for one in a.unused if one.kind == "measure" and one.pack == a.pack}
        title = self.say("explain.title", unit=a.unit.label, verdict=self.verdict(a.verdict), title=a.title, on=a.as_of)
        by_agency, grouped = a.by_agency(), self.grouped(a)
        sections = (
            Section(self.say("explain.failures"), grouped[NOT_MET]),
            Section(self.say("explain.unknowns"), tuple(self.open_lines(by_agency))),
            Section(self.say("explain.not_decisive"), tuple(self.undecisive(a, by_agency))),
            Section(self.say("explain.grades"), tuple(map(self.result, a.grades)), folded=True),
            Section(self.say("explain.conflicts"), tuple(Line(c.text(self.lang)) for c in a.conflicts())),
            Section(self.say("explain.met"), grouped[MET], folded=True),
            Section(self.say("explain.not_applicable"), grouped[NOT_APPLICABLE], folded=True),
            Section(
                self.say("explain.authorities"),
                tuple([self.of_law(one, self.authority) for one in a.authorities]),
                folded=True,
            ),
            Section(self.say("explain.notes"), self.of_law(a.notes, self.notes), True, appendix=True),
        )
        return Document(title, a.verdict, tuple(self.lead(a)), tuple(s for s in sections if s.lines))

    def notes(self, notes: tuple[Text | str, ...]) -> tuple[Line, ...]:
        return tuple(Line(note if isinstance(note, str) else note.text(self.lang)) for note in notes)

    def authority(self, one: Responsible) -> Line:
        return Line(one.text(self.lang), None, (self.law(one.citation),) if self.cited else ())

    def verdict(self, verdict: Verdict) -> str:
        return self.say(f"verdict.{verdict}")

    def lead(self, a: Assessment) -> Iterator[str]:
        if a.holding is not None:
            yield self.say("explain.holding", decision=a.holding.decision or "–", on=a.holding.on)
            if a.holding.told is not None:
                yield self.say("explain.holding_beyond", told=a.holding.told, until=a.holding.until or "–")
            for lost in a.holding.lost:
                yield self.say("explain.holding_lost", title=lost.title, on=lost.on)
        yield self.say("explain.count", met=a.criteria_met, total=a.criteria_total, others=self.others(a))
        yield from self.untold(a)
        if a.unused:
            yield self.say("explain.unused", what="; ".join(one.text(self.lang) for one in a.unused))
        if a.doubts:
            yield self.say("explain.doubts", what="; ".join(one.text(self.lang) for one in a.doubts))
        failed_first = [p.code for p in a.prerequisites if p.verdict is NOT_MET]
        if failed_first:
            yield self.say("explain.prerequisites_failed", codes=", ".join(failed_first))
        if a.grades and a.grade is not None:
            yield self.say("explain.grade", grade=a.grade.text)
            if a.grade.agency:
                yield self.say("explain.grade_by", agency=agency_in(a.grade.agency, self.lang))
            elif any(grade.agency for grade in a.grades):
                yield self.say("explain.grade_by_nobody_known", on=a.as_of)
        elif a.grades and a.grade_known:
            yield self.say("explain.grade_none")
        elif a.grades:
            open_ones = ", ".join(one.text.text(self.lang) for one in a.grades if one.verdict is UNKNOWN)
            yield self.say("explain.grade_open", grades=open_ones)
        if a.verdict is UNKNOWN:
            yield self.say("explain.waiting", count=len(a.decisive_unknowns()))
        if a.region_rule is not None and a.region is not None and a.region is not a.unit.region:
            yield self.say("explain.region_rule", region=a.region, rule=a.region_rule)
        if group := group_told(a, self.lang):
            yield group
        weak = a.unverified()
        if weak:
            codes = ", ".join(dict.fromkeys(code for code, _ in weak))
            yield self.say("explain.unverified", count=len({code for code, _ in weak}), codes=codes)
        unfinished = [c.code for c in a.criteria if c.incomplete]
        if a.incomplete and unfinished:
            yield self.say("explain.incomplete", codes=", ".join(unfinished))
        elif a.incomplete:
            yield self.say("explain.incomplete_pack")

    def untold(self, a: Assessment) -> Iterator[str]:
        """That the region or group is not known, how much is open for that, and what settles it."""
        # Of a unit that meets its set nothing is open.
        if a.verdict is MET:
            return
        if count := _open_for(ReasonCode.REGION_NOT_TOLD, a):
            yield self.say("explain.region_open", count=count)
        if not (count := _open_for(ReasonCode.GROUP_NOT_TOLD, a)) and not a.group_several:
            return
        yield self.say("explain.group.open", count=count)
        if a.group_several:
            several = ", ".join(group.text(self.lang) for group in a.group_several)
            yield self.say("explain.group.both", groups=several)
        for one in a.authorities:
            if one.act == "lists_groups":
                told = {"decision": one.citation.number, "at": one.citation.at}
                yield self.say("explain.group.decides", who=one.who, **told)
        if a.group_facts:
            names = "; ".join(name.text(self.lang) for name in a.group_facts)
            yield self.say("explain.group.facts", names=names)

    def others(self, a: Assessment) -> str:
        """Where some criteria are open: how many, and how many are not met, so that none reads as failed."""
        verdicts = [criterion.verdict for criterion in a.criteria]
        if UNKNOWN not in verdicts:
            return ""
        return self.say("explain.others", not_met=verdicts.count(NOT_MET), unknown=verdicts.count(UNKNOWN))

    def grouped(self, a: Assessment) -> dict[Verdict, tuple[Line, ...]]:
        """Results by verdict, indicators under their criterion whatever it came to as a whole."""
        found: dict[Verdict, list[Line]] = {verdict: [] for verdict in _CONCLUDED}
        for verdict, lines in found.items():
            if first := tuple([self.result(p) for p in a.prerequisites if p.verdict is verdict]):
                lines.append(Line(self.say("explain.prerequisites"), None, (), first))
        for criterion in a.criteria:
            for verdict, line in self.kept(criterion, self.within):
                found[verdict].append(line)
        return {verdict: tuple(lines) for verdict, lines in found.items()}

    def within(self, criterion: CriterionResult) -> list[tuple[Verdict, Line]]:
        """What is told of a criterion under each verdict that it or an indicator in it came to, open ones left out."""
        inside: dict[Verdict, list[Line]] = {} if criterion.verdict is UNKNOWN else {criterion.verdict: []}
        for one in criterion.indicators:
            if one.verdict is not UNKNOWN:
                inside.setdefault(one.verdict, []).append(self.result(one))
        told = []
        for verdict, lines in inside.items():
            if criterion.verdict is verdict:
                told.append((verdict, self.criterion(criterion, tuple(lines))))
            else:
                part = self.say("explain.part_of", code=criterion.code, title=criterion.title)
                told.append((verdict, Line(part, None, (), tuple(lines))))
        return told

    def of_law(self, law: One, tell: Callable[[One], Told]) -> Told:
        """What is told of a part of the compiled pack, which is kept."""
        return self.fixed.law((tell.__name__, self.form), law, tell)

    def kept(self, result: Of, tell: Callable[[Of], Told]) -> Told:
        """What is told of a result: kept where it is the same in many answers, else so many of the last ones."""
        if self.passed_over:
            return tell(result)
        made = self.made[tell.__name__]
        found: Told | None = made.get(id(result))
        if found is not None:
            return found
        if id(result) in self.fixed.results:
            told = made[id(result)] = tell(result)
            return told
        # An indicator that is told within its criterion is kept with it.
        whole = isinstance(result, CriterionResult) or result.verdict is UNKNOWN
        if whole and result.code not in self.fixed.anew:
            return self.fixed.again(result, (tell.__name__, self.form), partial(tell, result))
        return tell(result)

    def criterion(self, criterion: CriterionResult, inside: tuple[Line, ...]) -> Line:
        text = _titled(criterion.code, criterion.title, self.lang)
        if len(inside) == 1 and len(criterion.indicators) == 1 and criterion.indicators[0].code == criterion.code:
            # An unnumbered indicator says all there is to say of its criterion.
            return Line(text, criterion.verdict, inside[0].details, inside[0].inside)
        return Line(text, criterion.verdict, _sentences([*self.criterion_details(criterion)]), inside)

    def criterion_details(self, criterion: CriterionResult) -> Iterator[str]:
        if criterion.decided_by == "finding":
            yield self.say("explain.by_criterion_finding")
        yield from map(self.finding, criterion.findings)
        yield from (self.say("explain.reason", reason=reason) for reason in criterion.reasons)
        if criterion.incomplete and criterion.contents:
            yield self.say("explain.contents", count=criterion.contents)

    def open_lines(self, by_agency: Mapping[str, AgencyWork]) -> Iterator[Line]:
        """What is unknown, by who must answer."""
        for agency, work in by_agency.items():
            if work.to_conclude:
                who = agency_in(agency, self.lang, begins=True) if agency else self.say("explain.somebody")
                yield Line(self.say("explain.agency", agency=who), None, (), tuple(map(self.result, work.to_conclude)))

    def undecisive(self, a: Assessment, by_agency: Mapping[str, AgencyWork]) -> Iterator[Line]:
        """Answers that can no longer change anything; of a unit that is decided, none inside a criterion that is."""
        if not (unknowns := a.unknowns()):
            return
        shown = {id(item) for work in by_agency.values() for item in work.to_conclude}
        settled = [one for one in a.criteria if one.verdict is MET or one.decided_by == "finding"]
        shown |= {id(item) for one in settled if a.verdict.decided for item in one.indicators}
        for item in unknowns:
            if id(item) not in shown:
                yield Line(f"{item.code}. {item.text.text(self.lang)}")

    def result(self, result: Result) -> Line:
        if isinstance(result, CriterionResult):
            return self.criterion(result, ())
        return self.kept(result, self.indicator)

    def indicator(self, result: IndicatorResult) -> Line:
        usual = self.usual(result)
        if usual is not None:
            return usual
        text = f"{result.code}. {result.text.text(self.lang)}"
        details: list[str] = [*self.check(result.check, result), *map(self.finding, result.findings)]
        if result.code in self.passed_over:
            details.append(self.passed_over[result.code].text(self.lang))
        if result.decided_by == "finding" and not isinstance(result.check, FindingCheck):
            details.append(self.say("explain.by_finding"))
        if result.decided_by == "exception":
            details.append(self.say("explain.exception"))
        if result.verdict is UNKNOWN:
            # That nothing was reported stands in the measure's own line already.
            why = (reason for reason in result.reasons if reason.code is not ReasonCode.NOT_OBSERVED)
            details += [self.say("explain.reason", reason=reason) for reason in why]
        if self.cited:
            details += [self.of_law(citation, self.law) for citation in result.citations()]
        inside = () if type(result.check) in _OF_ONE else tuple(self.beneath(result.check))
        return Line(text, result.verdict, _sentences(details), inside)

    def usual(self, result: IndicatorResult) -> Line | None:
        """A figure or a conclusion that decided, as most results are told: the law's part is kept."""
        check, verdict = result.check, result.verdict
        if verdict is UNKNOWN or verdict is NOT_APPLICABLE or result.code in self.passed_over:
            return None
        if type(check) is FindingCheck and result.decided_by == "finding":
            citation: Citation = result.citation
            details: tuple[str, ...] = ()
        elif type(check) is MeasureCheck and result.decided_by == "measurement":
            required = check.required
            if required.amount is None or not check.observed:
                return None
            citation, details = required.origin.citation, self.measured(check, several=False)
        else:
            return None
        if result.findings:
            details = _sentences((*details, *map(self.finding, result.findings)))
        if self.cited:
            details = (*details, self.of_law(citation, self.law))
        return Line(f"{result.code}. {result.text.text(self.lang)}", verdict, details)

    def law(self, citation: Citation) -> str:
        return _begun(self.say("explain.law", citation=citation))

    def check(self, check: Check, result: IndicatorResult) -> Iterable[str]:
        match check:
            case MeasureCheck():
                several = result.check is not check
                if check.observed or check.lacks is not None:
                    return self.measured(check, several)
                return self.of_law(check, self.unreported_part if several else self.unreported)
            case FindingCheck():
                return ()
            case GroupCheck():
                return self.group(check, result)
            case TotalCheck():
                return self.total(check)
            case ChildrenCheck():
                return self.children(check)
            case MeetsCheck():
                return self.meets(check)
            case UnmetShareCheck():
                unmet, codes = len(check.unmet), ", ".join(check.unmet) or "–"
                told = {"title": check.title, "unmet": unmet, "total": check.total, "codes": codes}
                return (self.say("explain.unmet_share", required=_wanted(check.required, self.lang), **told),)
            case AttributeCheck():
                return (self.say("explain.attribute", name=check.name, verdict=self.verdict(check.verdict)),)

    def group(self, check: GroupCheck, result: IndicatorResult) -> Iterator[str]:
        parts = check.chosen()
        if check.how in ("any", "at_least") and check.verdict is not MET:
            yield self.say("explain.any_of", needed=check.needed or 1, count=len(check.parts))
        elif check.how == "all" and check.verdict is NOT_MET:
            parts = tuple(part for part in parts if part.verdict is NOT_MET)
        for part in parts:
            yield from self.check(part, result)

    def measured(self, check: MeasureCheck, several: bool) -> tuple[str, ...]:
        required = check.required
        around = self.of_law(required, self.around)
        observed = "; ".join([self.observed(one, check.unit, required.levels) for one in check.observed])
        shortfall = "" if check.shortfall is None else self.gap(required, check.shortfall)
        if not observed:
            observed = self.say("explain.nothing_observed") if check.lacks is None else check.lacks.text(self.lang)
        before = f"{check.name.text(self.lang)}: {around.before}" if several else around.begun
        told = f"{before}{observed}{around.between}{shortfall}{around.after}".rstrip()
        return (told, *around.origin) if check.observed or required.reason is None else (told,)

    def unreported(self, check: MeasureCheck) -> tuple[str, ...]:
        return self.measured(check, several=False)

    def unreported_part(self, check: MeasureCheck) -> tuple[str, ...]:
        return self.measured(check, several=True)

    def around(self, required: Required) -> _Around:
        message = "explain.measured" if required.amount is not None else "explain.measured_unresolved"
        told = self.say(message, observed=_FIGURE, required=required, shortfall=_FIGURE)
        before, between, *after = told.split(_FIGURE)
        origin = _sentences(_origin(required, self.lang, self.nested))
        return _Around(_begun(before), before, between, "".join(after), origin)

    def gap(self, required: Required, shortfall: Amount) -> str:
        key = "explain.excess" if required.op.wants == "lower" else "explain.shortfall"
        return self.say(key, amount=rounded(shortfall, self.lang))

    def total(self, check: TotalCheck) -> Iterator[str]:
        sum_of = self.span(check.low, check.high)
        shortfall = ""
        if check.shortfall is not None:
            shortfall = self.gap(check.required, check.shortfall)
        yield self.say("explain.total", total=sum_of, required=_wanted(check.required, self.lang), shortfall=shortfall)
        for term in check.terms:
            said = "; ".join(self.observed(one, check.unit) for one in term.observed)
            name = f"{term.code}. {term.name.text(self.lang)}" if term.code else term.name.text(self.lang)
            value = said or (self.span(term.low, term.high) if term.code else self.say("explain.nothing_observed"))
            yield self.say("explain.total_term", name=name, value=value)
        yield from _origin(check.required, self.lang, self.nested)

    def span(self, low: Amount | None, high: Amount | None) -> str:
        """What lies between two ends; a missing one is not bounded."""
        if low == high and low is not None:
            return low.text(self.lang)
        ends = ("…" if end is None else end.text(self.lang) for end in (low, high))
        return self.say("explain.from_to", low=next(ends), high=next(ends))

    def observed(self, one: Observation, unit: str, levels: tuple[LevelName, ...] = ()) -> str:
        said = self.told(one.by, one.on, one.remark) if one.by or one.on or one.remark else ""
        shown = (by_level(levels, one.value, self.lang) if levels else "") or one.text(self.lang, unit)
        if one.value.unit not in ("", unit):
            # What was written in another unit is shown as written, with its value in the measure's unit.
            shown += f" (= {one.value.to(unit).text(self.lang)})"
        if one.parts:
            parts = "; ".join(map(self.part, one.parts))
            said = ", ".join(filter(None, (self.say("explain.made_of", parts=parts), said)))
        return f"{shown} ({said})" if said else shown

    def part(self, one: Part) -> str:
        said = f"{one.name.text(self.lang)} {one.value.text(self.lang)}"
        return f"{said} ({_day(one.on, self.lang)})" if one.on else said

    def told(self, by: str, on: date | None, *more: str) -> str:
        """Whose word it is, as far as that was told."""
        day = _day(on, self.lang) if on else ""
        return ", ".join([part for part in (by, day, *more) if part])

    def children(self, check: ChildrenCheck) -> Iterator[str]:
        kinds = ", ".join(level.text(self.lang) for level in check.levels)
        if check.total is None:
            yield self.say("explain.children_silent", kinds=kinds, title=check.title)
            return
        met = (
            grouped(check.met or 0, self.lang)
            if not check.unknown
            else self.say("explain.from_to", low=check.met, high=check.met + check.unknown)
        )
        yield self.say("explain.children", met=met, total=check.total, kinds=kinds, title=check.title)
        by_report = check.reported + check.reported_not_met
        if by_report:
            yield self.say("explain.children_reported", count=by_report)
        if check.open_total and (check.reason is None or check.reason.code is not ReasonCode.CHILDREN_TOTAL_OPEN):
            yield self.say("plan.open_total")
        below = Rollup(check.total, 0, exempt=check.exempt, not_given=check.not_given)
        yield from structs.replace(below, counted_all_the_same=check.counted_all_the_same).listing(self.lang)
        if check.needed is not None and check.verdict is not MET and not check.open_total:
            least = max(0, check.needed - check.met - check.unknown)
            missing = check.missing or 0
            key = "explain.children_needed" if least else "explain.children_maybe"
            span = missing if least == missing else self.say("explain.from_to", low=least, high=missing)
            yield self.say(key, needed=check.needed, missing=span if least else missing)
        if check.held_not_met:
            yield self.say("plan.held_not_met", names=", ".join(check.held_not_met))
        yield from against(check.contradictions, check.doubted_names, self.lang)
        if check.failing_names:
            yield self.say("explain.children_failing", names=", ".join(check.failing_names))
        if check.unknown_names and check.verdict is UNKNOWN:
            yield self.say("explain.children_open", names=", ".join(check.unknown_names))
        yield from exempted(check.exempt, self.lang)
        if check.required is not None:
            yield from _origin(check.required, self.lang, self.nested)

    def meets(self, check: MeetsCheck) -> Iterator[str]:
        if check.recognised_on is not None:
            yield self.say("explain.holds", title=check.title, decision=check.decision, on=check.recognised_on)
        elif check.assessment is not None:
            other = check.assessment
            yield self.say(
                "explain.other_pack",
                title=check.title,
                verdict=self.verdict(other.verdict),
                met=other.criteria_met,
                total=other.criteria_total,
                others=self.others(other),
            )

    def beneath(self, check: Check) -> Iterator[Line]:
        """What another pack failed on, or is waiting for."""
        for leaf in leaves(check):
            if isinstance(leaf, MeetsCheck) and leaf.assessment is not None and leaf.verdict is not MET:
                at_fault = leaf.assessment.failures() or leaf.assessment.decisive_unknowns()
                teller = _Teller(self.lang, self.cited, nested=True, fixed=_fixed(leaf.assessment))
                yield from map(teller.result, at_fault)

    def finding(self, finding: Finding) -> str:
        if not finding.evidence and not finding.remark:
            return _concluded(finding.by, finding.finding, finding.on, self.lang)
        more = self.told("", finding.on, finding.evidence, finding.remark)
        return _conclusion(finding.by, finding.finding, more, self.lang)


_CONCLUDED = (NOT_MET, MET, NOT_APPLICABLE)
# Checks with no other pack beneath them.
_OF_ONE = (FindingCheck, MeasureCheck, AttributeCheck)


def _open_for(code: ReasonCode, answer: Assessment) -> int:
    """How many indicators are open for a reason, among others."""
    return sum(
        any(reason.code is code for reason in item.reasons)
        for item in answer.unknowns()
        if type(item) is IndicatorResult
    )


def _fixed(answer: Assessment) -> Fixed | None:
    return None if answer.writer is None else answer.writer.fixed


# A department concludes the same of many units, and of many things on one day.
@lru_cache(maxsize=4096)
def _concluded(by: str, finding: FindingValue, on: date | None, lang: Lang) -> str:
    return _conclusion(by, finding, _day(on, lang) if on else "", lang)


def _conclusion(by: str, finding: FindingValue, more: str, lang: Lang) -> str:
    word = say(f"finding.{finding}", lang)
    more = f" ({more})" if more else ""
    return say("explain.finding", lang, by=by or say("explain.department", lang), finding=word, more=more)


@lru_cache(maxsize=4096)
def _day(on: date, lang: Lang) -> str:
    return say("explain.day", lang, on=on)


# Stands for the figure while the rest of its sentence is made; no text has it.
_FIGURE = "\0"


class _Around(NamedTuple):
    """What is said before, between and after a figure and what it falls short by, and where the threshold is from.

    ``begun`` is what stands before it at the beginning of a sentence.
    """

    begun: str
    before: str
    between: str
    after: str
    origin: tuple[str, ...]


@lru_cache(maxsize=4096)
def _titled(code: str, title: Text, lang: Lang) -> str:
    return say("explain.criterion", lang, code=code, title=title)


@lru_cache(maxsize=4096)
def _wanted(required: Required, lang: Lang) -> str:
    return required.text(lang)


@lru_cache(maxsize=4096)
def _origin(required: Required, lang: Lang, nested: bool) -> tuple[str, ...]:
    """Where a threshold comes from, as the one sentence there is to say of it, if any."""
    origin = required.origin
    parts = [origin.rows_text(lang)] if origin.rows else []
    if origin.set_by:
        here = not nested and origin.set_by == origin.pack.partition("@")[0]
        who = origin.citation.named(lang) or origin.set_by
        parts.append(say("explain.set_here" if here else "explain.set_by", lang, by=who))
    if origin.times is not None and origin.base is not None and origin.base_title is not None:
        base = origin.base.amount.text(lang) if origin.base.amount is not None else "?"
        times = Amount(origin.times).text(lang)
        parts.append(say("explain.times", lang, times=times, base=base, title=origin.base_title))
    return (say("explain.origin", lang, parts="; ".join(parts)),) if parts else ()


def _begun(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def _sentences(details: Sequence[str]) -> tuple[str, ...]:
    """Each detail once, begun with a capital."""
    return tuple(dict.fromkeys(map(_begun, details)))
