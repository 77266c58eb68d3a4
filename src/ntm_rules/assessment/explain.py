"""What an assessment says, as a document: verdict, failures, open questions, contradictions, what is met.

The document knows nothing of its form; ``render`` writes it as text, Markdown or HTML.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache, partial
from typing import NamedTuple, TypeVar

from ..agencies import agency_in
from ..messages import Lang, Text, say
from ..verdict import MET, NOT_APPLICABLE, NOT_MET, UNKNOWN, Verdict
from .check import AttributeCheck, FindingCheck, MeasureCheck
from .explain_checks import CheckTeller, begun, sentences
from .fixed import Fixed
from .model import AgencyWork, Assessment, Check, CriterionResult, IndicatorResult, MeetsCheck, Result, leaves
from .parts import Citation, ReasonCode, Responsible
from .unused import Unused

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


class _Teller(CheckTeller):
    """Tells whole answers. ``fixed`` are results that are the same in many answers: what is told of them is kept."""

    def __init__(self, lang: Lang, cited: bool = True, nested: bool = False, fixed: Fixed | None = None) -> None:
        super().__init__(lang, cited, nested, fixed)
        self.made = {name: self.fixed.made((name, self.form)) for name in ("indicator", "within")}
        self.passed_over: Mapping[str, Unused] = {}

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
        return Line(text, criterion.verdict, sentences([*self.criterion_details(criterion)]), inside)

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
        return Line(text, result.verdict, sentences(details), inside)

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
            details = sentences((*details, *map(self.finding, result.findings)))
        if self.cited:
            details = (*details, self.of_law(citation, self.law))
        return Line(f"{result.code}. {result.text.text(self.lang)}", verdict, details)

    def law(self, citation: Citation) -> str:
        return begun(self.say("explain.law", citation=citation))

    def beneath(self, check: Check) -> Iterator[Line]:
        """What another pack failed on, or is waiting for."""
        for leaf in leaves(check):
            if isinstance(leaf, MeetsCheck) and leaf.assessment is not None and leaf.verdict is not MET:
                at_fault = leaf.assessment.failures() or leaf.assessment.decisive_unknowns()
                teller = _Teller(self.lang, self.cited, nested=True, fixed=_fixed(leaf.assessment))
                yield from map(teller.result, at_fault)


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


@lru_cache(maxsize=4096)
def _titled(code: str, title: Text, lang: Lang) -> str:
    return say("explain.criterion", lang, code=code, title=title)
