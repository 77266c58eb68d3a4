"""How the units below a unit stand with a title: what is held, what is met, what rests on a report, what is open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from fractions import Fraction
from typing import Literal

import msgspec
from msgspec import structs

from ..messages import Lang, Text, say
from ..territory import Level
from ..verdict import Verdict


class Lost(msgspec.Struct, frozen=True):
    """A title that was taken back, and when, though another that builds on it is held."""

    title: Text
    on: date


class Holding(msgspec.Struct, frozen=True, omit_defaults=True):
    """A title in force: the decision that gave it, when, and until when.

    ``until`` is the last day that counts; ``told`` a later one that was told, beyond what its set allows. ``lost`` are
    the titles it builds on that were taken back.
    """

    decision: str
    on: date
    until: date | None = None
    told: date | None = None
    lost: tuple[Lost, ...] = ()


class Contradiction(msgspec.Struct, frozen=True, omit_defaults=True):
    """Why a report on the units of a level makes nothing certain.

    ``kind``: ``report`` (its own rows contradict each other), ``total`` (another number of units than are listed or
    reported below), ``names`` (a unit is named otherwise than it is known to stand, or is not in the list),
    ``number`` (more or fewer units than can meet the title), or ``steps`` (more units meet a title than the one it
    builds on, ``beside`` being the other title). ``unit`` is whose report it is; ``values`` are the counts or names at
    odds, what is known first.
    """

    kind: Literal["report", "total", "names", "number", "steps"]
    unit: str
    level: Level
    about: Text
    values: tuple[str, ...] = ()
    beside: str = ""

    def text(self, lang: Lang = "vi") -> str:
        """The contradiction as a sentence without a full stop."""
        return self.about.text(lang)


class Rollup(msgspec.Struct, frozen=True, omit_defaults=True):
    """How the units of some levels below a unit stand with a title, as far as is known.

    ``met`` is certain, ``met + unknown`` possible; exempt units (with their reason) are in neither, nor in ``total``.
    A unit counts as met where it holds the title (``held`` of them) or is judged ``MET`` on today's facts (``judged``);
    ``reported`` of those met, and ``reported_not_met`` of the others, rest on a report alone. ``held_not_met`` names
    those that hold the title but do not meet the set on today's facts. Where ``open_total`` is true there may be
    further units, and nothing is concluded from the count. Of ``total``, ``not_given`` are units that the country's
    register lists and nobody gave; ``counted_all_the_same`` names those given as exempt where none may be, and
    ``doubted_names`` those whose verdict rests on facts that contradict each other or are doubted.
    """

    total: int
    met: int
    unknown: int = 0
    held: int = 0
    judged: int = 0
    reported: int = 0
    reported_not_met: int = 0
    open_total: bool = False
    failing_names: tuple[str, ...] = ()
    unknown_names: tuple[str, ...] = ()
    held_not_met: tuple[str, ...] = ()
    exempt: tuple[tuple[str, str], ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    not_given: int = 0
    counted_all_the_same: tuple[str, ...] = ()
    doubted_names: tuple[str, ...] = ()

    @property
    def not_met(self) -> int:
        """How many certainly do not meet the title."""
        return self.total - self.met - self.unknown

    @property
    def share(self) -> Fraction:
        """The exact share that certainly meets the title; zero where there is no unit."""
        return Fraction(self.met, self.total) if self.total else Fraction(0)

    def exempting_none(self) -> Rollup:
        """The same units where none may take no part: those given as exempt count, and how they stand is open."""
        if not self.exempt:
            return self
        names, more = tuple(name for name, _ in self.exempt), len(self.exempt)
        return structs.replace(
            self,
            total=self.total + more,
            unknown=self.unknown + more,
            unknown_names=(*self.unknown_names, *names),
            exempt=(),
            counted_all_the_same=names,
        )

    def listing(self, lang: Lang = "vi") -> Iterator[str]:
        """What the total rests on where not every unit of the register was given, or none may be exempt."""
        if self.not_given:
            listed = self.total + len(self.exempt)
            yield say("rollup.not_given", lang, listed=listed, given=listed - self.not_given)
        if self.counted_all_the_same:
            yield say("rollup.counted_all_the_same", lang, names=", ".join(self.counted_all_the_same))

    def against(self, lang: Lang = "vi") -> Iterator[str]:
        """What contradicts the count, and units counted whose own facts are contradicted: each a clause."""
        return against(self.contradictions, self.doubted_names, lang)


def against(contradictions: Iterable[Contradiction], doubted: Sequence[str], lang: Lang) -> Iterator[str]:
    """What contradicts a count, and units counted whose own facts are contradicted: each a clause."""
    for one in contradictions:
        yield say("plan.contradiction", lang, said=one)
    if doubted:
        yield say("rollup.doubted", lang, names=", ".join(doubted))


class Count(Rollup, frozen=True, omit_defaults=True, kw_only=True):
    """A rollup of one level under one title. ``told`` is what the unit's own report says of listed units, by id.

    ``others`` are units that the country's register lists beside those of a table that tells no total: not counted.
    """

    title: str
    level: Level
    told: dict[str, Verdict] = {}
    others: int = 0

    def of_given(self) -> Count:
        """The same count of the units given alone; those of the register that nobody gave stand beside it."""
        left = self.not_given
        return structs.replace(self, total=self.total - left, unknown=self.unknown - left, not_given=0, others=left)

    def listing(self, lang: Lang = "vi") -> Iterator[str]:
        """What the total rests on: of a table of some units, these alone."""
        if self.others:
            yield say("rollup.others", lang, given=self.total + len(self.exempt), others=self.others, level=self.level)
        yield from super().listing(lang)


# Why a unit takes no part, where it is the set that does not concern it.
NOT_CONCERNED = "not_concerned"


def exempted(exempt: Iterable[tuple[str, str]], lang: Lang = "vi") -> Iterator[str]:
    """A sentence for each reason why units take no part, naming them.

    >>> list(exempted((("Phường Một", "ở đô thị"), ("Phường Hai", "ở đô thị"), ("Phường Ba", "")), "vi"))
    ['không tính Phường Một, Phường Hai: ở đô thị', 'không tính Phường Ba']
    """
    by_reason: dict[str, list[str]] = {}
    for name, why in exempt:
        by_reason.setdefault(why, []).append(name)
    for reason, names in by_reason.items():
        why = say("explain.not_concerned", lang) if reason == NOT_CONCERNED else reason
        yield say("explain.exempt", lang, name=", ".join(names), why=f": {why}" if why else "")
