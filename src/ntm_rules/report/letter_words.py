"""What the letter's text and its annexes say in the same words: contents, counts of criteria, what is owed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from ..assessment.model import Result
from ..day import day_in_words
from ..messages import grouped, say
from ..verdict import MET, NOT_APPLICABLE, NOT_MET, UNKNOWN
from .content import Hard, Report, Row, Table, Work
from .wording import FIRST, called, in_text, sentence, short, shortened, why

# As many units as a sentence can name, and as many contents; the annexes and the workbook name them all.
NAMED, CONTENTS = 10, 3
MARK = " (*)"


class Words:
    """Sentences about one report, in its language."""

    def __init__(self, report: Report) -> None:
        self.report, self.lang = report, report.lang
        self._contents: dict[str, str] = {}
        self._first: set[str] = set()
        # Which criterion an indicator lies in, and the indicators of each.
        self._above: dict[str, str] = {}
        self._below: dict[str, list[str]] = {}
        for _, laws in report.laws:
            heading = ""
            for law in laws:
                self._contents[law.anchor] = called(law.code, law.text, law.first, self.lang)
                if law.first:
                    self._first.add(law.anchor)
                if law.heading:
                    heading = "" if law.code == FIRST else law.anchor
                elif heading and law.code.startswith(f"{heading.rpartition('-')[2]}."):
                    self._above[law.anchor] = heading
                    self._below.setdefault(heading, []).append(law.anchor)

    def said(self, key: str, /, **values: object) -> str:
        return say(f"letter.{key}", self.lang, **values)

    def count(self, number: int) -> str:
        return grouped(number, self.lang)

    def day(self, day: date) -> str:
        return f"{day:%d/%m/%Y}" if self.lang == "vi" else day_in_words(day, self.lang)

    def cut(self, said: Sequence[str], most: int, key: str = "and_more_codes", sep: str = "; ") -> str:
        """The first of a list, and how many more there are."""
        more = len(said) - most
        named = sep.join(said[:most])
        return f"{named} {self.said(key, count=more)}" if more > 0 else named

    def content(self, anchor: str, code: str, text: str = "") -> str:
        return self._contents.get(f"{anchor}-{code}") or called(code, text, False, self.lang)

    def ranked(self, hard: Hard) -> str:
        """A content as the page calls it where it ranks what units fail; a prerequisite by words alone."""
        return called(hard.code, hard.text, f"{hard.anchor}-{hard.code}" in self._first, self.lang)

    def contents(self, anchor: str, codes: Sequence[str]) -> list[str]:
        """Contents by name; a criterion of which all indicators are among them stands for these."""
        asked = {f"{anchor}-{code}" for code in codes}
        whole = {one for one, below in self._below.items() if len(below) > 1 and asked.issuperset(below)}
        said: dict[str, None] = {}
        for code in codes:
            above = self._above.get(f"{anchor}-{code}", "")
            if above in whole:
                said[self.said("whole", criterion=self._contents[above], count=len(self._below[above]))] = None
            else:
                said[self.content(anchor, code)] = None
        return list(said)

    def criteria(self, row: Row) -> str:
        """How many criteria are met, not met and open, without those that are none."""
        verdicts = [one.verdict for one in row.assessment.criteria if one.verdict is not NOT_APPLICABLE]
        parts = [self.said("criteria.met", met=verdicts.count(MET), total=row.assessment.criteria_total)]
        for verdict in (NOT_MET, UNKNOWN):
            if count := verdicts.count(verdict):
                parts.append(self.said(f"criteria.{verdict}", count=count))
        return ", ".join(parts)

    def failures(self, row: Row) -> list[str]:
        found = []
        for result in row.assessment.failures():
            first = any(result is one for one in row.assessment.prerequisites)
            said = sentence(called(result.code, result.text.text(self.lang), first, self.lang), "")
            reason = why(result, self.lang)
            found.append(f"{said}: {reason}" if reason else said)
        return found

    def within(self, row: Row, code: str) -> str:
        """What inside a criterion, or among the prerequisites, is not met or open."""
        told = row.assessment
        criteria = [one for one in told.criteria if one.code == code]
        results = [item for one in criteria for item in one.indicators] if criteria else list(told.prerequisites)
        if any(one.verdict is NOT_MET and one.decided_by == "finding" for one in criteria):
            return "; ".join(filter(None, (why(one, self.lang) for one in criteria))) or self.said("concluded")
        found = [one for one in results if one.verdict in (NOT_MET, UNKNOWN)]
        said = []
        for one in [one for one in found if one.verdict is NOT_MET] or found:
            text = shortened(one.text.text(self.lang))
            reason = why(one, self.lang) if one.verdict is NOT_MET else ""
            said.append(f"{text}: {reason}" if reason else text)
        return self.cut(said, CONTENTS)

    def still(self, table: Table, row: Row) -> str:
        """What is wanting for a verdict, in words."""
        named = [short(self.content(table.anchor, one.code, one.text.text(self.lang))) for one in still_open(row)]
        return sentence(self.cut(named, CONTENTS), "") if named else ""

    def agencies(self) -> Iterator[tuple[str, list[Work]]]:
        """What each department has left to do; one without a name is a field to fill, and comes last."""
        nobody = say("explain.somebody", self.lang)
        for agency in dict.fromkeys(work.agency for work in self.report.work):
            mine = [work for work in self.report.work if work.agency == agency]
            yield self.said("somebody") if agency == nobody else agency, mine

    def owed(self, works: Sequence[Work], what: str) -> str:
        """Contents and the units they concern, those of the same contents together."""
        alike: dict[tuple[str, ...], dict[str, None]] = {}
        for work in works:
            codes = work.open if what == "open" else work.failed
            if codes:
                named = self.contents(work.anchor, codes)
                # In full they stand in the annex, where there is one.
                told = tuple(named if self.report.alone else map(in_text, named))
                alike.setdefault(told, {})[work.unit] = None
        said = []
        for told, units in alike.items():
            contents = self.cut(told, CONTENTS)
            names = self.cut(list(units), CONTENTS, "and_more", ", ")
            said.append(contents if self.report.alone else self.said("owed", contents=contents, units=names))
        return self.cut(said, CONTENTS, "and_sets")

    def limits(self) -> list[str]:
        """As the report has them, those on units without figures in one."""
        report = self.report
        silent = [report.silent(table) for table in report.tables if table.silent]
        if len(silent) < 2:
            return list(report.limits)
        sets = [
            self.said("silent_set", title=t.title, told=len(t.rows), total=len(t.rows) + t.silent)
            for t in report.tables
            if t.silent
        ]
        return [*(one for one in report.limits if one not in silent), self.said("silent", sets="; ".join(sets))]

    def noted(self) -> list[str]:
        """Notes that stand at no unit told of elsewhere."""
        met = [(t, row) for t in self.report.tables for row in t.rows if row.verdict is MET]
        return [*self.report.remarks, *(f"{r.unit} ({t.title}): {one}" for t, r in met for one in r.remarks)]

    def rests_on(self) -> Iterator[str]:
        """What counts, and targets that are counts, rest on."""
        for tier in self.report.tiers:
            if tier.basis:
                yield f"{tier.title} ({tier.level}): {'; '.join(tier.basis)}"
        basis: dict[str, dict[str, None]] = {}
        for target in self.report.plan:
            against = target.against(self.lang)
            for remark in target.remarks(self.lang):
                if remark not in against:
                    basis.setdefault(target.text.text(self.lang), {})[remark] = None
        yield from (f"{text}: {'; '.join(remarks)}" for text, remarks in basis.items())


def still_open(row: Row) -> list[Result]:
    """What is wanting for a verdict: all of it, or, where something failed already, criteria that are open besides."""
    told = row.assessment
    if row.verdict is UNKNOWN:
        return list(told.decisive_unknowns())
    parts: tuple[Result, ...] = (*told.prerequisites, *told.criteria)
    return [one for one in parts if one.verdict is UNKNOWN]
