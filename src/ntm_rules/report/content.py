"""What a report is made of, whatever its kind: plain values, all texts in the report's language."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import NamedTuple

from ..assessment.briefing import HeldBack
from ..assessment.model import Assessment
from ..assessment.rollup import Contradiction
from ..evaluation.plan import TargetResult
from ..messages import Lang, say
from ..verdict import Verdict


class Tier(NamedTuple):
    """How many units of a level meet a pack; ``remarks`` say what that rests on and what contradicts it.

    Of these, ``basis`` says what it rests on; ``reported``: that is, not on facts about each unit.
    """

    title: str
    level: str
    met: int
    not_met: int
    unknown: int
    share: str
    remarks: tuple[str, ...] = ()
    basis: tuple[str, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    reported: bool = False
    doubted_names: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        return self.met + self.not_met + self.unknown


class Fault(NamedTuple):
    """What stands in the way of a verdict, in a line."""

    code: str
    text: str
    why: str


class Headline(NamedTuple):
    """What a unit at the top comes to under one pack, with the first of what stands in its way."""

    unit: str
    title: str
    verdict: Verdict
    met: int
    total: int
    anchor: str
    detail: str
    faults: tuple[Fault, ...]
    more: int
    criteria: str = ""
    remarks: tuple[str, ...] = ()


class Cell(NamedTuple):
    """One criterion of one unit; ``code`` is "P…" for the prerequisites together."""

    code: str
    verdict: Verdict
    why: str


class Row(NamedTuple):
    """One unit under one pack; a cell is ``None`` where its pack lacks the criterion.

    ``remarks`` tell of the title held, of what those above report, and of notes on what was entered; ``contradicted``
    is a unit whose facts contradict each other, or what is reported of it.
    """

    unit: str
    anchor: str
    parent: str
    verdict: Verdict
    met: int
    total: int
    cells: tuple[Cell | None, ...]
    assessment: Assessment
    criteria: str = ""
    remarks: tuple[str, ...] = ()
    contradicted: bool = False

    @property
    def place(self) -> str:
        """The unit and the one it lies in."""
        return f"{self.unit} ({self.parent})" if self.parent else self.unit


class Table(NamedTuple):
    """Units × criteria of one pack; ``silent`` units have no facts of their own.

    ``aside`` says what is known of those all the same: titles held, what others report of them; ``held_back``: those
    of them that fail it for want of another title.
    """

    pack: str
    anchor: str
    title: str
    heads: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]
    silent: int
    aside: tuple[str, ...] = ()
    held_back: tuple[HeldBack, ...] = ()

    @property
    def groups(self) -> tuple[tuple[str, tuple[Row, ...]], ...]:
        """The rows under the unit each lies in, in the order of the register."""
        return tuple((parent, tuple(rows)) for parent, rows in groupby(self.rows, key=lambda row: row.parent))


class Hard(NamedTuple):
    """An indicator, how many units fail it or leave it open, and the furthest shortfall.

    ``alike`` indicators, itself among them, fail in as many units, named in the report or not.
    """

    pack: str
    anchor: str
    code: str
    text: str
    failed: int
    open: int
    total: int
    furthest: str
    alike: int = 1


class Reported(NamedTuple):
    """One unit's value of a measure."""

    unit: str
    detail: str
    value: float
    shown: str
    met: bool


class Distance(NamedTuple):
    """What units report of one measure, beside what is required of them."""

    code: str
    anchor: str
    name: str
    unit: str
    required: float
    shown: str
    values: tuple[Reported, ...]

    @property
    def below(self) -> tuple[Reported, ...]:
        """The values that do not reach the line, the furthest first."""
        return tuple(
            sorted((one for one in self.values if not one.met), key=lambda one: -abs(one.value - self.required))
        )


class Work(NamedTuple):
    """What one department has left to answer, or has found wanting, for one unit and pack.

    ``open_in_short`` has a criterion's code where all that is inside it is open.
    """

    agency: str
    unit: str
    detail: str
    pack: str
    anchor: str
    failed: tuple[str, ...]
    open: tuple[str, ...]
    open_in_short: tuple[str, ...]


def alike(works: Iterable[Work]) -> tuple[tuple[Work, ...], ...]:
    """Units of which a department has the same left to do, together."""
    found: dict[tuple[str, tuple[str, ...], tuple[str, ...]], list[Work]] = {}
    for work in works:
        found.setdefault((work.anchor, work.open, work.failed), []).append(work)
    return tuple(map(tuple, found.values()))


class Clash(NamedTuple):
    """A contradiction between facts about one unit; ``worded`` names what it concerns where ``text`` has its code."""

    unit: str
    detail: str
    pack: str
    text: str
    worded: str


class Law(NamedTuple):
    """An indicator with what it requires and the lines of law behind it; what everything else links to.

    A ``heading`` is a criterion above its indicators; a ``first`` one is a prerequisite, whose code is ours.
    """

    anchor: str
    code: str
    text: str
    required: str
    citations: tuple[tuple[str, str], ...]
    heading: bool = False
    first: bool = False


class Report(NamedTuple):
    """All of it; ``decisions`` are those the packs rest on, ``partly`` what is to be known of the packs.

    ``remarks`` are notes that stand at no unit's verdict, ``unused`` what was given and had no part in the result,
    ``alone`` the unit where the report is about a single one: there is nothing to count then.
    """

    lang: Lang
    title: str
    as_of: str
    on: date
    decisions: tuple[str, ...]
    partly: tuple[str, ...]
    headlines: tuple[Headline, ...]
    tiers: tuple[Tier, ...]
    tables: tuple[Table, ...]
    hardest: tuple[Hard, ...]
    distances: tuple[Distance, ...]
    work: tuple[Work, ...]
    plan: tuple[TargetResult, ...]
    laws: tuple[tuple[str, tuple[Law, ...]], ...]
    conflicts: tuple[Clash, ...]
    exempt: tuple[str, ...]
    unverified: int
    remarks: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()
    alone: str = ""

    @property
    def small(self) -> bool:
        """Whether the failures of every unit fit on a few pages."""
        return sum(len(table.rows) for table in self.tables) <= 60

    @property
    def owed(self) -> tuple[tuple[str, tuple[tuple[Work, ...], ...]], ...]:
        """What departments have left to do under the name of each, units alike together."""
        return tuple((agency, alike(works)) for agency, works in groupby(self.work, key=lambda work: work.agency))

    @property
    def against(self) -> tuple[str, ...]:
        """What contradicts what: one contradiction stands at a count, a target and an indicator, and is told once."""
        told: dict[str, str] = {}
        for tier in self.tiers:
            for one in tier.contradictions:
                said = one.text(self.lang)
                told.setdefault(said, say("report.contradicted", self.lang, title=tier.title, said=said))
            if tier.doubted_names:
                doubted = say("rollup.doubted", self.lang, names=", ".join(tier.doubted_names))
                told.setdefault(f"{tier.title}: {doubted}", f"{tier.title} ({tier.level}): {doubted}")
        for target in self.plan:
            for said in (one.text(self.lang) for one in target.contradictions):
                told.setdefault(said, said)
        counts = tuple(told)
        for clash in self.conflicts:
            if not any(said in clash.text for said in counts):
                told.setdefault(clash.text + clash.unit, f"{clash.unit} ({clash.pack}): {clash.worded}")
        return tuple(dict.fromkeys(told.values()))

    @property
    def limits(self) -> tuple[str, ...]:
        """What the figures do not tell: of units without any, packs half transcribed, requirements unchecked."""
        silent = [self.silent(table) for table in self.tables if table.silent]
        unverified = [say("report.unchecked", self.lang, count=self.unverified)] if self.unverified else []
        exempt = [say("report.exempt", self.lang, name=one) for one in self.exempt]
        return (*unverified, *self.partly, *exempt, *self.unused, *silent)

    def silent(self, table: Table) -> str:
        """How many units of a table have figures of their own."""
        total = len(table.rows) + table.silent
        return say("report.silent", self.lang, title=table.title, told=len(table.rows), total=total)
