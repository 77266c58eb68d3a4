"""The report as the letter an office sends: what was reached, what is wanting, what is to be done; then the annexes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from pathlib import Path

from ..assessment.model import Result
from ..day import day_in_words
from ..evaluation.plan import TargetResult
from ..messages import Lang, grouped, say
from ..verdict import MET, NOT_APPLICABLE, NOT_MET, UNKNOWN
from .content import Report, Row, Table, Work
from .gather import called, shortened, why
from .letterhead import Letterhead
from .official import CENTER, Official

# As many units as a sentence can name, and as many contents; the annexes and the workbook name them all.
_NAMED, _CONTENTS = 10, 3
_HARDEST = 5
_MARK = " (*)"


def write_letter(report: Report, path: Path, head: Letterhead | None = None) -> None:
    """Write the document."""
    _Letter(report, head or Letterhead()).write().save(path)


class _Letter:
    def __init__(self, report: Report, head: Letterhead) -> None:
        self.report, self.head, self.lang = report, head, report.lang
        self.paper = Official(report.title)
        self.agency = head.agency or self.said("blank.agency")
        self.number = head.number or self.said("blank.number")
        wanting = [(table, [row for row in table.rows if row.verdict is not MET]) for table in report.tables]
        self.wanted = [(table, rows) for table, rows in wanting if rows]
        # A letter on a single unit says everything in its text.
        self.annexed = [] if report.alone else self.wanted
        self.listed = () if report.alone else report.work
        self.aside = any(table.aside for table in report.tables)
        chapters = [
            ("rests_on", list(self.rests_on())),
            ("report.notes", self.noted()),
            ("report.limits", self.limits()[1:]),
        ]
        self.figures = [] if report.alone else [(name, lines) for name, lines in chapters if lines]
        laws = [law for _, entries in report.laws for law in entries]
        self.contents = {law.anchor: called(law.code, law.text, law.first, self.lang) for law in laws}
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
        day = (
            self.said("day", place=place, day=day_in_words(head.on, self.lang))
            if head.on
            else self.said("blank.day", place=place)
        )
        self.paper.heading(left, right, (self.said("number", number=self.number), day))
        self.paper.title(self.said("kind").upper(), report.title, self.said("as_of", on=_day(report.on, self.lang)))
        self.paper.say(self.said("to", to="; ".join(head.to) or self.said("blank.to")), align=CENTER)
        for place_, decision in enumerate(report.decisions, 1):
            end = "." if place_ == len(report.decisions) else ";"
            self.paper.say(self.said("basis", decision=decision) + end, italic=True)
        self.paper.say(self.said("opening", agency=self.agency))

    def sections(self, *parts: tuple[str, bool]) -> Iterator[str]:
        """Those of the sections that have something to say, numbered."""
        number = 0
        for name, there in parts:
            if there:
                number += 1
                title = say(name, self.lang) if name.startswith("report.") else self.said(name)
                self.paper.section(f"{number}. {title}")
                yield name

    def reached(self) -> None:
        report = self.report
        self.paper.part(self.said("reached"))
        noted = self.noted()
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
                heads = ("order", "criterion", "judged", "why")
                self.table("each", heads, (14, 62, 26, 58), self.each())
            elif part == "tiers":
                self.tiers()
            elif part == "plan":
                self.plan()
            else:
                self.points(noted)

    def noted(self) -> list[str]:
        """Notes that stand at no unit told of elsewhere."""
        met = [(t, row) for t in self.report.tables for row in t.rows if row.verdict is MET]
        return [*self.report.remarks, *(f"{r.unit} ({t.title}): {one}" for t, r in met for one in r.remarks)]

    def overall(self) -> None:
        for one in self.report.headlines:
            row = self.row(one.anchor, one.unit)
            told = self.criteria(row) if row else one.criteria
            mark = _MARK if row and row.contradicted else ""
            said = say(f"report.headline.{one.verdict}", self.lang, unit=one.unit, title=one.title, criteria=told)
            self.paper.say(f"{said}{mark}.")
            if one.faults and not self.report.alone:
                codes = "; ".join(self.content(one.anchor, fault.code, fault.text) for fault in one.faults)
                more = f"; {say('report.more', self.lang, count=one.more)}" if one.more else ""
                self.paper.say(self.said("faults" if one.verdict is NOT_MET else "awaited", codes=codes + more))
            self.points(one.remarks)
            if mark:
                self.paper.say(self.said("marked"), italic=True)

    def each(self) -> Iterator[tuple[str, ...]]:
        """Criterion by criterion what the only unit comes to."""
        for table in self.report.tables:
            for row in table.rows:
                if sum(bool(one.rows) for one in self.report.tables) > 1:
                    yield (table.title,)
                for (code, title), cell in zip(table.heads, row.cells, strict=True):
                    if cell is not None:
                        order = code if code[:1].isdigit() else ""
                        judged = say(f"report.judged.{cell.verdict}", self.lang)
                        yield order, title, judged, self.within(row, code) if cell.verdict is not MET else ""

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
        return _cut(said, _CONTENTS, self.said)

    def tiers(self) -> None:
        tiers = self.report.tiers
        heads = ("pack", "level", "met", "not_met", "open", "share")
        rows = (
            (
                t.title + (_MARK if t.contradictions or t.doubted_names else ""),
                t.level,
                f"{self.count(t.met)}/{self.count(t.total)}",
                self.count(t.not_met),
                self.count(t.unknown),
                t.share,
            )
            for t in tiers
        )
        self.table(
            "tiers",
            heads,
            (56, 26, 26, 16, 18, 18),
            rows,
            marked=any(t.contradictions or t.doubted_names for t in tiers),
        )
        if any(tier.basis for tier in tiers):
            self.paper.say(self.said("see_figures", number=self.annex_of("figures")))

    def plan(self) -> None:
        targets = self.report.plan
        heads = ("target", "by", "required", "result", "missing", "standing")
        self.table(
            "plan",
            heads,
            (50, 24, 26, 22, 18, 20),
            map(self.target, targets),
            marked=any(target.against(self.lang) for target in targets),
        )

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

    def target(self, target: TargetResult) -> tuple[str, ...]:
        still = f" ({say('report.open', self.lang, count=target.unknown)})" if target.unknown else ""
        return (
            target.text.text(self.lang) + (_MARK if target.against(self.lang) else ""),
            _day(target.by, self.lang),
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
            ("units", bool(self.annexed or self.aside)),
            ("hardest", bool(report.hardest)),
            ("report.against", bool(report.against)),
            ("report.limits", bool(report.limits)),
        )
        for part in self.sections(*parts):
            if part == "failed_contents":
                self.points(failed)
            elif part == "open_contents":
                self.paper.say(self.said("awaited", codes=_cut(still, _NAMED, self.said)))
            elif part == "units":
                self.units()
            elif part == "hardest":
                self.hardest_table()
            elif part == "report.against":
                self.points(report.against)
            else:
                limits = self.limits()
                self.points(limits if report.alone else limits[:1])
                if not report.alone and len(limits) > 1:
                    self.paper.say(self.said("see_limits", number=self.annex_of("figures")))
        if not any(there for _, there in parts):
            self.paper.say(self.said("nothing_wanting"))

    def failed_of_one(self) -> list[str]:
        rows = [row for _, rows in self.wanted for row in rows]
        return [line for row in rows for line in self.failures(row)]

    def open_of_one(self) -> list[str]:
        rows = [(table, row) for table, rows in self.wanted for row in rows]
        return [self.content(t.anchor, one.code, one.text.text(self.lang)) for t, row in rows for one in _open(row)]

    def units(self) -> None:
        # Those that the letter began with are not told of again.
        told_of = {one.detail for one in self.report.headlines}
        for table, every in self.annexed:
            rows = [row for row in every if row.anchor not in told_of]
            if not rows:
                continue
            failed = [row.unit for row in rows if row.verdict is NOT_MET]
            still = [row.unit for row in rows if row.verdict is not NOT_MET]
            told = [
                self.said(key, count=len(some), names=_cut(some, _NAMED, self.said, "and_more", ", "))
                for key, some in (("units.failed", failed), ("units.open", still))
                if some
            ]
            self.paper.say(f"- {table.title}: {'; '.join(told)}.")
        if self.annexed:
            self.paper.say(self.said("see_annex", number=self.annex_of("units")))
        if self.aside:
            self.paper.say(self.said("see_aside", number=self.annex_of("aside")))

    def limits(self) -> list[str]:
        """As the report has them, those on units without figures in one."""
        silent = [self.report.silent(table) for table in self.report.tables if table.silent]
        if len(silent) < 2:
            return list(self.report.limits)
        sets = [
            self.said("silent_set", title=t.title, told=len(t.rows), total=len(t.rows) + t.silent)
            for t in self.report.tables
            if t.silent
        ]
        return [*(one for one in self.report.limits if one not in silent), self.said("silent", sets="; ".join(sets))]

    def hardest_table(self) -> None:
        """What conclusions alone fail is off by no figure: the column of figures is then left out."""
        if any(hard.furthest for hard in self.report.hardest[:_HARDEST]):
            self.table("hardest", ("indicator", "failed_units", "furthest"), (105, 25, 30), self.hardest())
        else:
            rows = (row[:2] for row in self.hardest())
            self.table("hardest", ("indicator", "failed_units"), (130, 30), rows)

    def hardest(self) -> Iterator[tuple[str, ...]]:
        """What most units fail, those of one pack under its name."""
        found = self.report.hardest[:_HARDEST]
        for pack in dict.fromkeys(hard.pack for hard in found):
            yield (pack,)
            for hard in found:
                if hard.pack == pack:
                    share = f"{self.count(hard.failed)}/{self.count(hard.total)}"
                    yield _sentence(self.content(hard.anchor, hard.code, hard.text), ""), share, hard.furthest

    def tasks(self) -> None:
        self.paper.part(self.said("tasks"))
        tasks = []
        targets = [target for target in self.report.plan if target.status == "open" and target.missing]
        for by, due in groupby(sorted(targets, key=lambda one: one.by), key=lambda one: one.by):
            more = [self.said("more", text=one.text, missing=one.more_needed(self.lang)) for one in due]
            tasks.append(self.said("strive", by=_day(by, self.lang), more="; ".join(more)))
        for agency, works in self.agencies():
            if self.listed and agency == self.said("somebody"):
                # Whoever they are, they find their work in the annex.
                tasks.append(self.said("nobody", number=self.annex_of("work")))
                continue
            owed = [(what, self.owed(works, what)) for what in ("open", "failed")]
            said = "; ".join(self.said(f"owes.{what}", contents=contents) for what, contents in owed if contents)
            tasks.append(self.said("agency", agency=agency, what=said))
        if self.wanted and not self.report.work:
            rows = [row for _, rows in self.wanted for row in rows]
            tasks += [self.said("mend_all")] if any(row.verdict is NOT_MET for row in rows) else []
            tasks += [self.said("settle_all")] if any(_open(row) for row in rows) else []
        for number, task in enumerate(tasks, 1):
            # A single task has nothing to be told apart from.
            self.paper.say(f"{number}. {task}" if len(tasks) > 1 else task)
        if self.listed:
            self.paper.say(self.said("see_annex", number=self.annex_of("work")))
        if not tasks:
            self.paper.say(self.said("no_task"))

    def agencies(self) -> Iterator[tuple[str, list[Work]]]:
        """What each department has left to do; one without a name is a field to fill, and comes last."""
        nobody = say("explain.somebody", self.lang)
        for agency in dict.fromkeys(work.agency for work in self.report.work):
            mine = [work for work in self.report.work if work.agency == agency]
            yield self.said("somebody") if agency == nobody else agency, mine

    def owed(self, works: Sequence[Work], what: str) -> str:
        """Contents and the units they concern, those of the same contents together."""
        alike: dict[tuple[str, tuple[str, ...]], list[str]] = {}
        for work in works:
            codes = work.open if what == "open" else work.failed
            if codes:
                alike.setdefault((work.anchor, codes), []).append(work.unit)
        said = []
        for (anchor, codes), units in alike.items():
            named = [self.content(anchor, code) for code in codes]
            # In full they stand in the annex, where there is one.
            contents = _cut([_short(one) for one in named] if self.listed else named, _CONTENTS, self.said)
            names = _cut(units, _CONTENTS, self.said, "and_more", ", ")
            said.append(contents if self.report.alone else self.said("owed", contents=contents, units=names))
        return _cut(said, _CONTENTS, self.said, "and_sets")

    def content(self, anchor: str, code: str, text: str = "") -> str:
        return self.contents.get(f"{anchor}-{code}") or called(code, text, False, self.lang)

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

    def annexes(self) -> None:
        on = self.said("on", day=day_in_words(self.head.on, self.lang)) if self.head.on else self.said("blank.on")
        of = self.said("annex.of", number=self.number, on=on, agency=self.agency)
        if self.annexed:
            self.annex("units", of)
            heads = tuple(self.said(f"head.{name}") for name in ("order", "unit", "criteria", "failed", "open"))
            self.paper.table("", heads, (10, 38, 29, 110, 60), self.short())
            if any(row.contradicted for _, rows in self.annexed for row in rows):
                self.paper.say(self.said("marked"), italic=True)
        if self.listed:
            self.annex("work", of)
            heads = tuple(self.said(f"head.{name}") for name in ("order", "unit", "to_conclude", "to_mend"))
            self.paper.table("", heads, (12, 55, 90, 90), self.work())
        if self.figures:
            self.annex("figures", of)
            for name, lines in self.figures:
                self.paper.section(say(name, self.lang) if name.startswith("report.") else self.said(name))
                self.points(lines)
        if self.aside:
            self.annex("aside", of)
            for table in self.report.tables:
                if table.aside:
                    self.paper.section(table.title)
                    self.points(table.aside)

    def annex(self, name: str, of: str) -> None:
        self.paper.annex(self.said("annex", number=self.annex_of(name)), self.said(f"annex.{name}"), of)

    def annex_of(self, name: str) -> str:
        """The number of an annex, of those there are."""
        there = [("units", self.annexed), ("work", self.listed), ("figures", self.figures), ("aside", self.aside)]
        return ("I", "II", "III", "IV")[[one for one, some in there if some].index(name)]

    def short(self) -> Iterator[tuple[str, ...]]:
        """The units that do not meet a pack, those of one pack under its name."""
        for table, rows in self.annexed:
            yield (table.title,)
            for order, row in enumerate(rows, 1):
                name = row.place + (_MARK if row.contradicted else "")
                failed = "\n".join((*self.failures(row), *map(_sentence, row.remarks)))
                yield str(order), name, self.criteria(row), failed, self.still(table, row)

    def failures(self, row: Row) -> list[str]:
        found = []
        for result in row.assessment.failures():
            first = any(result is one for one in row.assessment.prerequisites)
            said = _sentence(called(result.code, result.text.text(self.lang), first, self.lang), "")
            reason = why(result, self.lang)
            found.append(f"{said}: {reason}" if reason else said)
        return found

    def still(self, table: Table, row: Row) -> str:
        """What is wanting for a verdict, in words."""
        named = [_short(self.content(table.anchor, one.code, one.text.text(self.lang))) for one in _open(row)]
        return _sentence(_cut(named, _CONTENTS, self.said), "") if named else ""

    def criteria(self, row: Row) -> str:
        """How many criteria are met, not met and open, without those that are none."""
        verdicts = [one.verdict for one in row.assessment.criteria if one.verdict is not NOT_APPLICABLE]
        parts = [self.said("criteria.met", met=verdicts.count(MET), total=row.assessment.criteria_total)]
        for verdict in (NOT_MET, UNKNOWN):
            if count := verdicts.count(verdict):
                parts.append(self.said(f"criteria.{verdict}", count=count))
        return ", ".join(parts)

    def row(self, anchor: str, unit: str) -> Row | None:
        return next((r for t in self.report.tables if t.anchor == anchor for r in t.rows if r.unit == unit), None)

    def work(self) -> Iterator[tuple[str, ...]]:
        """What every department has left to do, those of one department under its name; units alike in one row."""
        for agency, works in self.agencies():
            yield (agency,)
            alike: dict[tuple[str, tuple[str, ...], tuple[str, ...]], list[Work]] = {}
            for work in works:
                alike.setdefault((work.anchor, work.open, work.failed), []).append(work)
            for order, ((anchor, still, failed), same) in enumerate(alike.items(), 1):
                units = f"{', '.join(work.unit for work in same)} ({same[0].pack})"
                lists = ("\n".join(_sentence(self.content(anchor, c), "") for c in codes) for codes in (still, failed))
                yield str(order), units, *lists

    def points(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.paper.say(f"- {_sentence(line)}")

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


def _day(day: date, lang: Lang) -> str:
    return f"{day:%d/%m/%Y}" if lang == "vi" else day_in_words(day, lang)


def _open(row: Row) -> list[Result]:
    """What is wanting for a verdict: all of it, or, where something failed already, criteria that are open besides."""
    told = row.assessment
    if row.verdict is UNKNOWN:
        return list(told.decisive_unknowns())
    parts: tuple[Result, ...] = (*told.prerequisites, *told.criteria)
    return [one for one in parts if one.verdict is UNKNOWN]


def _cut(
    said: Sequence[str], most: int, words: Callable[..., str], key: str = "and_more_codes", sep: str = "; "
) -> str:
    """The first of a list, and how many more there are."""
    more = len(said) - most
    named = sep.join(said[:most])
    return f"{named} {words(key, count=more)}" if more > 0 else named


def _short(text: str, most: int = 70) -> str:
    """Its first words, for a narrow column."""
    if len(text) <= most:
        return text
    return text[:most].rpartition(" ")[0] + ("…”" if "“" in text else "…")


def _sentence(text: str, end: str = ".") -> str:
    text = text.strip()
    return (text[0].upper() + text[1:]).rstrip(".") + end
