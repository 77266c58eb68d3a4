"""The report as the letter an office sends: what was reached, what is wanting, what is to be done; then the annexes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from ..agencies import is_ministry
from ..day import day_in_words
from ..evaluation.plan import TargetResult
from ..messages import say
from ..verdict import MET, NOT_MET
from .content import Report, Row
from .letter_annexes import Annexes
from .letter_words import MARK, NAMED, Words, still_open
from .letterhead import Letterhead
from .official import CENTER, Official
from .wording import in_text, sentence

_HARDEST = 5


def write_letter(report: Report, path: Path, head: Letterhead | None = None) -> None:
    """Write the document."""
    _Letter(report, head or Letterhead()).write().save(path)


class _Letter:
    def __init__(self, report: Report, head: Letterhead) -> None:
        self.report, self.head, self.lang = report, head, report.lang
        self.paper = Official(report.title)
        self.words = Words(report)
        self.said, self.count = self.words.said, self.words.count
        self.agency = head.agency or self.said("blank.agency")
        wanting = [(table, [row for row in table.rows if row.verdict is not MET]) for table in report.tables]
        self.wanted = [(table, rows) for table, rows in wanting if rows]
        self.annexes = Annexes(self.words, self.wanted)
        self.tables = 0

    def write(self) -> Official:
        self.opening()
        self.reached()
        self.wanting()
        self.tasks()
        self.closing()
        self.annexes.write(self.paper, self.head)
        return self.paper

    def opening(self) -> None:
        head, report = self.head, self.report
        left = ((head.superior or self.said("blank.superior")).upper(), False), (self.agency.upper(), True)
        right = (self.said("nation"), True), (self.said("motto"), True)
        place = head.place or self.said("blank.place")
        day = (
            self.said("day", place=place, day=day_in_words(head.on, self.lang))
            if head.on
            else self.said("blank.day", place=place)
        )
        self.paper.heading(left, right, (self.said("number", number=head.number or self.said("blank.number")), day))
        self.paper.title(self.said("kind").upper(), report.title, self.said("as_of", on=self.words.day(report.on)))
        if self.lang != "vi":
            # What is signed is Vietnamese; in another language the same stands for those who read no Vietnamese.
            self.paper.say(self.said("translation"), italic=True, align=CENTER)
        self.paper.say(self.said("to", to="; ".join(head.to) or self.said("blank.to")), align=CENTER)
        for place_, decision in enumerate(report.decisions, 1):
            end = "." if place_ == len(report.decisions) else ";"
            self.paper.say(self.said("basis", decision=decision) + end, italic=True)
        self.paper.say(self.said("opening", agency=self.agency))

    def sections(self, *parts: tuple[str, bool]) -> Iterator[str]:
        """Those of the sections that have something to say, numbered where there are several."""
        there = [name for name, some in parts if some]
        for number, name in enumerate(there, 1):
            title = say(name, self.lang) if name.startswith("report.") else self.said(name)
            self.paper.section(f"{number}. {title}" if len(there) > 1 else title)
            yield name

    def reached(self) -> None:
        report = self.report
        self.paper.part(self.said("reached"))
        noted = self.words.noted()
        for part in self.sections(
            ("overall", bool(report.headlines)),
            ("each", bool(report.alone)),
            ("tiers", bool(report.tiers)),
            ("plan", bool(report.plan)),
            ("report.notes", bool(noted) and bool(report.alone)),
        ):
            if part == "overall":
                self.overall()
            elif part == "each":
                self.each_table()
            elif part == "tiers":
                self.tiers()
            elif part == "plan":
                self.plan()
            else:
                self.paper.points(map(sentence, noted))

    def overall(self) -> None:
        for one in self.report.headlines:
            row = self.row(one.anchor, one.unit)
            told = self.words.criteria(row) if row else one.criteria
            mark = MARK if row and row.contradicted else ""
            said = say(f"report.headline.{one.verdict}", self.lang, unit=one.unit, title=one.title, criteria=told)
            self.paper.say(f"{said}{mark}.")
            if one.faults and not self.report.alone:
                codes = "; ".join(self.words.content(one.anchor, fault.code, fault.text) for fault in one.faults)
                more = f"; {say('report.more', self.lang, count=one.more)}" if one.more else ""
                self.paper.say(self.said("faults" if one.verdict is NOT_MET else "awaited", codes=codes + more))
            self.paper.points(map(sentence, one.remarks))
            if mark:
                self.paper.say(self.said("marked"), italic=True)

    def row(self, anchor: str, unit: str) -> Row | None:
        return next((r for t in self.report.tables if t.anchor == anchor for r in t.rows if r.unit == unit), None)

    def each_table(self) -> None:
        """Why a criterion is not met or open has a column where there is such a criterion."""
        rows = list(self.each())
        heads, widths = ("order", "criterion", "judged", "why"), (12, 56, 28, 64)
        if any(row[3:] and row[3] for row in rows):
            self.table("each", heads, widths, iter(rows))
        else:
            self.table("each", heads[:3], (12, 110, 38), (row[:3] for row in rows))

    def each(self) -> Iterator[tuple[str, ...]]:
        """Criterion by criterion what the only unit comes to."""
        several = sum(bool(one.rows) for one in self.report.tables) > 1
        for table in self.report.tables:
            for row in table.rows:
                if several:
                    yield (table.title,)
                for (code, title), cell in zip(table.heads, row.cells, strict=True):
                    if cell is not None:
                        order = code if code[:1].isdigit() else ""
                        judged = say(f"report.judged.{cell.verdict}", self.lang)
                        yield order, title, judged, self.words.within(row, code) if cell.verdict is not MET else ""

    def tiers(self) -> None:
        tiers = self.report.tiers
        heads = ("pack", "level", "met", "not_met", "open", "share")
        marked = [bool(t.contradictions or t.doubted_names) for t in tiers]
        rows = (
            (
                t.title + (MARK if doubted else ""),
                t.level,
                f"{self.count(t.met)}/{self.count(t.total)}",
                self.count(t.not_met),
                self.count(t.unknown),
                t.share,
            )
            for t, doubted in zip(tiers, marked, strict=True)
        )
        self.table("tiers", heads, (65, 22, 26, 14, 15, 18), rows, marked=any(marked))
        if any(tier.basis for tier in tiers):
            self.paper.say(self.said("see_figures", number=self.annexes.number("figures")))

    def plan(self) -> None:
        heads = ("target", "required", "result", "missing", "standing")
        marked = any(target.against(self.lang) for target in self.report.plan)
        self.table("plan", heads, (64, 28, 26, 20, 22), self.targets(), marked=marked)

    def targets(self) -> Iterator[tuple[str, ...]]:
        """The targets, those of one day under it."""
        for by, due in groupby(sorted(self.report.plan, key=lambda one: one.by), key=lambda one: one.by):
            yield (self.said("due", by=self.words.day(by)),)
            yield from map(self.target, due)

    def target(self, target: TargetResult) -> tuple[str, ...]:
        still = f" ({say('report.open', self.lang, count=target.unknown)})" if target.unknown else ""
        return (
            target.text.text(self.lang) + (MARK if target.against(self.lang) else ""),
            target.asked(self.lang),
            f"{self.count(target.met)}/{self.count(target.total)}{still}",
            target.more_needed(self.lang) if target.status in ("open", "missed") else "–",
            say(f"report.target.{target.told_as}", self.lang),
        )

    def wanting(self) -> None:
        report = self.report
        self.paper.part(self.said("wanting"))
        failed = self.failed_of_one() if report.alone else []
        still = self.open_of_one() if report.alone else []
        parts = (
            ("failed_contents", bool(failed)),
            ("open_contents", bool(still)),
            ("units", bool(self.annexes.units or self.annexes.aside)),
            ("hardest", bool(report.hardest)),
            ("report.against", bool(report.against)),
            ("report.limits", bool(report.limits)),
        )
        for part in self.sections(*parts):
            if part == "failed_contents":
                self.paper.points(map(sentence, failed))
            elif part == "open_contents":
                # In full they stand in the table above.
                more = [self.said("and_more_codes", count=len(still) - NAMED)] if len(still) > NAMED else []
                self.paper.points(sentence(one) for one in (*map(in_text, still[:NAMED]), *more))
            elif part == "units":
                self.units()
            elif part == "hardest":
                self.hardest_table()
            elif part == "report.against":
                self.paper.points(map(sentence, report.against))
            else:
                limits = self.words.limits()
                self.paper.points(map(sentence, limits if report.alone else limits[:1]))
                if not report.alone and len(limits) > 1:
                    self.paper.say(self.said("see_limits", number=self.annexes.number("figures")))
        if not any(there for _, there in parts):
            self.paper.say(self.said("nothing_wanting"))

    def failed_of_one(self) -> list[str]:
        return [line for _, rows in self.wanted for row in rows for line in self.words.failures(row)]

    def open_of_one(self) -> list[str]:
        found = [(table.anchor, one) for table, rows in self.wanted for row in rows for one in still_open(row)]
        return [self.words.content(anchor, one.code, one.text.text(self.lang)) for anchor, one in found]

    def units(self) -> None:
        # Those that the letter began with are not told of again.
        told_of = {one.detail for one in self.report.headlines}
        for table, every in self.annexes.units:
            rows = [row for row in every if row.anchor not in told_of]
            if not rows:
                continue
            failed = [row.unit for row in rows if row.verdict is NOT_MET]
            still = [row.unit for row in rows if row.verdict is not NOT_MET]
            told = [
                self.said(key, count=len(some), names=self.words.cut(some, NAMED, "and_more", ", "))
                for key, some in (("units.failed", failed), ("units.open", still))
                if some
            ]
            self.paper.say(f"- {table.title}: {'; '.join(told)}.")
        for table in self.report.tables:
            for one in table.held_back:
                names = self.words.cut(one.units, NAMED, "and_more", ", ")
                self.paper.say(f"- {table.title}: {self.said('units.held_back', sets=one.sets, names=names)}.")
        if self.annexes.units:
            self.paper.say(self.said("see_annex", number=self.annexes.number("units")))
        if self.annexes.aside:
            self.paper.say(self.said("see_aside", number=self.annexes.number("aside")))

    def hardest_table(self) -> None:
        """What conclusions alone fail is off by no figure: the column of figures is then left out."""
        if any(hard.furthest for hard in self.report.hardest[:_HARDEST]):
            self.table("hardest", ("indicator", "failed_units", "furthest"), (105, 25, 30), self.hardest())
        else:
            rows = (row[:2] for row in self.hardest())
            self.table("hardest", ("indicator", "failed_units"), (130, 30), rows)
        last = self.report.hardest[:_HARDEST][-1]
        alike = last.alike - sum(one.failed == last.failed for one in self.report.hardest[:_HARDEST])
        if alike:
            number = self.annexes.number("units")
            self.paper.say(self.said("hardest.alike", count=alike, failed=last.failed, number=number))

    def hardest(self) -> Iterator[tuple[str, ...]]:
        """What most units fail, those of one pack under its name."""
        found = self.report.hardest[:_HARDEST]
        for pack in dict.fromkeys(hard.pack for hard in found):
            yield (pack,)
            for hard in found:
                if hard.pack == pack:
                    share = f"{self.count(hard.failed)}/{self.count(hard.total)}"
                    yield sentence(self.words.ranked(hard), ""), share, hard.furthest

    def tasks(self) -> None:
        self.paper.part(self.said("tasks"))
        tasks = []
        targets = [target for target in self.report.plan if target.status == "open" and target.missing]
        for by, due in groupby(sorted(targets, key=lambda one: one.by), key=lambda one: one.by):
            # A target that may be reached already asks for conclusions, not for more units.
            sure: dict[bool, list[TargetResult]] = {}
            for one in due:
                sure.setdefault(one.needed > one.met + one.unknown, []).append(one)
            more = [self.said("more", text=one.text, missing=one.more_needed(self.lang)) for one in sure.get(True, ())]
            settle = [
                self.said("more_open", text=one.text, needed=one.needed, met=one.met) for one in sure.get(False, ())
            ]
            for key, asked in (("strive", more), ("strive_open", settle)):
                if asked:
                    tasks.append(self.said(key, by=self.words.day(by), more="; ".join(asked)))
        for agency, works in self.words.agencies():
            if self.annexes.work and agency == self.said("somebody"):
                # Whoever they are, they find their work in the annex.
                tasks.append(self.said("nobody", number=self.annexes.number("work")))
                continue
            owed = [(what, self.words.owed(works, what)) for what in ("open", "failed")]
            said = "; ".join(self.said(f"owes.{what}", contents=contents) for what, contents in owed if contents)
            unnamed = "unnamed" if agency == self.said("somebody") else "agency"
            tasks.append(sentence(self.said("guided" if is_ministry(agency) else unnamed, agency=agency, what=said)))
        if self.wanted and not self.report.work:
            rows = [row for _, rows in self.wanted for row in rows]
            tasks += [self.said("mend_all")] if any(row.verdict is NOT_MET for row in rows) else []
            tasks += [self.said("settle_all")] if any(still_open(row) for row in rows) else []
        for number, task in enumerate(tasks, 1):
            # A single task has nothing to be told apart from.
            self.paper.say(f"{number}. {task}" if len(tasks) > 1 else task)
        if self.annexes.work:
            self.paper.say(self.said("see_annex", number=self.annexes.number("work")))
        if not tasks:
            self.paper.say(self.said("no_task"))

    def closing(self) -> None:
        # The signature never stands alone on a page: what closes the text stays with it.
        self.paper.say(self.said("not_a_decision"), keep=True)
        self.paper.say(self.said("closing", agency=self.agency), keep=True)
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

    def table(
        self,
        name: str,
        heads: tuple[str, ...],
        widths: tuple[float, ...],
        rows: Iterator[tuple[str, ...]],
        *,
        marked: bool = False,
    ) -> None:
        self.tables += 1
        title = self.said(f"table.{name}", number=self.tables)
        self.paper.table(title, tuple(self.said(f"head.{head}") for head in heads), widths, rows)
        if marked:
            self.paper.say(self.said("marked"), italic=True)
