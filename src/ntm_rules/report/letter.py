"""The report as the letter an office sends: what was reached, what is wanting, what is to be done; then the annexes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from ..messages import Lang, grouped, say
from ..verdict import MET, NOT_MET, UNKNOWN
from .content import Report, Row
from .gather import shortened, why
from .letterhead import Letterhead
from .official import CENTER, Official

# As many units as a sentence can name; the annex names them all.
_NAMED = 10
_HARDEST = 10


def write_letter(report: Report, path: Path, head: Letterhead | None = None) -> None:
    """Write the document."""
    _Letter(report, head or Letterhead()).write().save(path)


class _Letter:
    def __init__(self, report: Report, head: Letterhead) -> None:
        self.report, self.head, self.lang = report, head, report.lang
        self.paper = Official(report.title)
        self.agency = head.agency or self.said("blank.agency")
        self.number = head.number or self.said("blank.number")
        self.annexed = [(table, [row for row in table.rows if row.verdict is not MET]) for table in report.tables]
        self.annexed = [(table, rows) for table, rows in self.annexed if rows]
        self.tables = 0

    def said(self, key: str, /, **values: object) -> str:
        return say(f"letter.{key}", self.lang, **values)

    def count(self, number: int) -> str:
        return grouped(number, self.lang)

    def write(self) -> Official:
        self.opening()
        self.reached()
        self.wanting()
        self.tasks()
        self.closing()
        self.annexes()
        return self.paper

    def opening(self) -> None:
        head, report = self.head, self.report
        left = ((head.superior or self.said("blank.superior")).upper(), False), (self.agency.upper(), True)
        right = (self.said("nation"), True), (self.said("motto"), True)
        place = head.place or self.said("blank.place")
        day = self.said("day", place=place, **_parts(head.on)) if head.on else self.said("blank.day", place=place)
        self.paper.heading(left, right, (self.said("number", number=self.number), day))
        self.paper.title(self.said("kind").upper(), report.title, self.said("as_of", on=report.on))
        self.paper.say(self.said("to", to="; ".join(head.to) or self.said("blank.to")), align=CENTER)
        for place_, decision in enumerate(report.decisions, 1):
            end = "." if place_ == len(report.decisions) else ";"
            self.paper.say(self.said("basis", decision=decision) + end, italic=True)
        self.paper.say(self.said("opening", agency=self.agency))

    def reached(self) -> None:
        self.paper.part(self.said("reached"))
        number = 0
        if self.report.headlines:
            number += 1
            self.paper.section(f"{number}. {self.said('overall')}")
            for one in self.report.headlines:
                verdict = say(f"verdict.{one.verdict}", self.lang).lower()
                self.paper.say(
                    self.said("verdict", unit=one.unit, verdict=verdict, title=one.title, criteria=one.criteria)
                )
                if one.faults:
                    codes = "; ".join(f"{fault.code}. {shortened(fault.text)}" for fault in one.faults)
                    more = f"; {say('report.more', self.lang, count=one.more)}" if one.more else ""
                    key = "faults" if one.verdict is NOT_MET else "awaited"
                    self.paper.say(self.said(key, codes=codes + more))
                for remark in one.remarks:
                    self.paper.say(f"- {_sentence(remark)}")
        if self.report.tiers:
            number += 1
            self.paper.section(f"{number}. {self.said('tiers')}")
            heads = ("pack", "level", "met", "not_met", "open", "share")
            rows = (
                (
                    t.title,
                    t.level,
                    f"{self.count(t.met)}/{self.count(t.total)}",
                    self.count(t.not_met),
                    self.count(t.unknown),
                    t.share,
                )
                for t in self.report.tiers
            )
            self.table("tiers", heads, (62, 20, 26, 16, 18, 18), rows)
            for tier in self.report.tiers:
                if tier.basis:
                    self.paper.say("- " + _sentence(f"{tier.title} ({tier.level}): " + "; ".join(tier.basis)))
        if self.report.plan:
            number += 1
            self.paper.section(f"{number}. {self.said('plan')}")
            heads = ("target", "by", "required", "result", "missing", "standing")
            rows = (
                (
                    target.text.text(self.lang),
                    _day(target.by, self.lang),
                    target.required.text(self.lang),
                    f"{self.count(target.met)}/{self.count(target.total)}",
                    target.more_needed(self.lang) if target.status in ("open", "missed") else "–",
                    say(f"report.target.{target.status}", self.lang),
                )
                for target in self.report.plan
            )
            self.table("plan", heads, (54, 24, 20, 20, 18, 24), rows)
            basis: dict[str, dict[str, None]] = {}
            for target in self.report.plan:
                against = target.against(self.lang)
                for remark in target.remarks(self.lang):
                    if remark not in against:
                        basis.setdefault(target.text.text(self.lang), {})[remark] = None
            for text, remarks in basis.items():
                self.paper.say("- " + _sentence(f"{text}: " + "; ".join(remarks)))

    def wanting(self) -> None:
        report = self.report
        self.paper.part(self.said("wanting"))
        number = 0
        if self.annexed:
            number += 1
            self.paper.section(f"{number}. {self.said('units')}")
            for table, rows in self.annexed:
                failed = [row for row in rows if row.verdict is NOT_MET]
                still = [row for row in rows if row.verdict is not NOT_MET]
                for key, some in (("units.failed", failed), ("units.open", still)):
                    if some:
                        self.paper.say(self.said(key, title=table.title, count=len(some), names=self.names(some)))
            self.paper.say(self.said("see_annex", number="I"))
        if report.hardest:
            number += 1
            self.paper.section(f"{number}. {self.said('hardest')}")
            heads = ("indicator", "failed_units", "furthest")
            self.table("hardest", heads, (110, 25, 25), self.hardest())
        for title, lines in (("against", report.against), ("limits", report.limits)):
            if lines:
                number += 1
                self.paper.section(f"{number}. {say(f'report.{title}', self.lang)}")
                for one in lines:
                    self.paper.say(f"- {_sentence(one)}")
        if not number:
            self.paper.say(self.said("nothing_wanting"))

    def hardest(self) -> Iterator[tuple[str, ...]]:
        """What most units fail, those of one pack under its name."""
        found = self.report.hardest[:_HARDEST]
        for pack in dict.fromkeys(hard.pack for hard in found):
            yield (pack,)
            for hard in found:
                if hard.pack == pack:
                    share = f"{self.count(hard.failed)}/{self.count(hard.total)}"
                    yield f"{hard.code}. {shortened(hard.text)}", share, hard.furthest

    def tasks(self) -> None:
        self.paper.part(self.said("tasks"))
        number = 0
        for target in self.report.plan:
            if target.status == "open" and target.missing:
                number += 1
                missing = target.more_needed(self.lang)
                self.paper.say(f"{number}. {self.said('strive', text=target.text, missing=missing, by=target.by)}")
        for agency, (failed, still, units) in self.agencies().items():
            number += 1
            what = [self.said("conclude", count=still)] if still else []
            what += [self.said("mend", count=failed)] if failed else []
            self.paper.say(f"{number}. {self.said('agency', agency=agency, what='; '.join(what), units=units)}")
        if self.report.work:
            self.paper.say(self.said("see_annex", number="II" if self.annexed else "I"))
        if not number:
            self.paper.say(self.said("no_task"))

    def closing(self) -> None:
        self.paper.say(self.said("not_a_decision"))
        self.paper.say(self.said("closing", agency=self.agency))
        receivers = [
            *(self.head.receivers or (self.said("as_above"), self.said("blank.receivers"))),
            self.said("filed"),
        ]
        listed = [f"- {one}{'.' if place == len(receivers) else ';'}" for place, one in enumerate(receivers, 1)]
        heads = (
            self.head.signed_for.upper() or self.said("blank.signed_for"),
            self.head.office.upper() or self.said("blank.office"),
        )
        self.paper.signature((self.said("receivers"), *listed), heads, self.head.signer or self.said("blank.signer"))

    def annexes(self) -> None:
        of = self.said("annex.of", number=self.number)
        if self.annexed:
            self.paper.annex(self.said("annex", number="I"), self.said("annex.units"), of)
            heads = tuple(self.said(f"head.{name}") for name in ("order", "unit", "criteria", "failed", "open"))
            self.paper.table("", heads, (12, 45, 35, 120, 35), self.short())
        if self.report.work:
            self.paper.annex(self.said("annex", number="II" if self.annexed else "I"), self.said("annex.work"), of)
            heads = tuple(self.said(f"head.{name}") for name in ("order", "unit", "pack", "to_conclude", "to_mend"))
            self.paper.table("", heads, (12, 45, 80, 60, 50), self.work())

    def short(self) -> Iterator[tuple[str, ...]]:
        """The units that do not meet a pack, those of one pack under its name."""
        for table, rows in self.annexed:
            yield (table.title,)
            for order, row in enumerate(rows, 1):
                yield str(order), row.place, row.criteria, self.failed(row), _open(row, self.lang)

    def failed(self, row: Row) -> str:
        found = []
        for result in row.assessment.failures():
            reason = why(result, self.lang)
            found.append(f"{result.code}. {shortened(result.text.text(self.lang))}{f': {reason}' if reason else ''}")
        return "\n".join(found)

    def work(self) -> Iterator[tuple[str, ...]]:
        """What every department has left to do, those of one department under its name."""
        for agency in self.agencies():
            yield (agency,)
            mine = [work for work in self.report.work if work.agency == agency]
            for order, work in enumerate(mine, 1):
                yield str(order), work.unit, work.pack, ", ".join(work.open), ", ".join(work.failed)

    def agencies(self) -> dict[str, tuple[int, int, int]]:
        """By department: contents found wanting, contents to conclude on, and of how many units."""
        found: dict[str, tuple[int, int, int]] = {}
        for agency in dict.fromkeys(work.agency for work in self.report.work):
            mine = [work for work in self.report.work if work.agency == agency]
            failed, still = sum(len(one.failed) for one in mine), sum(len(one.open) for one in mine)
            found[agency] = failed, still, len({one.unit for one in mine})
        return found

    def names(self, rows: list[Row]) -> str:
        named = ", ".join(row.unit for row in rows[:_NAMED])
        more = len(rows) - _NAMED
        return f"{named} {self.said('and_more', count=more)}" if more > 0 else named

    def table(
        self, name: str, heads: tuple[str, ...], widths: tuple[float, ...], rows: Iterator[tuple[str, ...]]
    ) -> None:
        self.tables += 1
        title = self.said(f"table.{name}", number=self.tables)
        self.paper.table(title, tuple(self.said(f"head.{head}") for head in heads), widths, rows)


def _parts(day: date) -> dict[str, str]:
    # II.4 b: a nought before days below ten and before January and February.
    return {
        "day": f"{day.day:02}",
        "month": f"{day.month:02}" if day.month < 3 else str(day.month),
        "year": str(day.year),
    }


def _day(day: date, lang: Lang) -> str:
    return f"{day:%d/%m/%Y}" if lang == "vi" else day.isoformat()


def _open(row: Row, lang: Lang) -> str:
    """What is wanting for a verdict: all of it, or, where something failed already, criteria that are open besides."""
    told = row.assessment
    codes = [one.code for one in told.criteria if one.verdict is UNKNOWN]
    if row.verdict is UNKNOWN:
        codes = [one.code for one in told.decisive_unknowns()]
    more = len(codes) - _NAMED
    return ", ".join(codes[:_NAMED]) + (f" {say('letter.and_more_codes', lang, count=more)}" if more > 0 else "")


def _sentence(text: str) -> str:
    text = text.strip()
    return (text[0].upper() + text[1:]).rstrip(".") + "."
