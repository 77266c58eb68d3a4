"""How the units below a unit stand with a title: what is held, what is met, what rests on a report, what is open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction
from typing import Literal

import msgspec

from ..messages import Lang, Text, say
from ..territory import Level
from ..verdict import Verdict


class Holding(msgspec.Struct, frozen=True, omit_defaults=True):
    """A title in force: the decision that gave it, and when."""

    decision: str
    on: date
    until: date | None = None


class Contradiction(msgspec.Struct, frozen=True, omit_defaults=True):
    """Why a report on the units of a level makes nothing certain.

    ``kind``: ``report`` (its own rows contradict each other), ``total`` (another number of units than are listed or
    reported below), ``names`` (a unit is named otherwise than it is known to stand, or is not in the list), or
    ``number`` (more or fewer units than can meet the title). ``unit`` is whose report it is; ``values`` are the counts
    or names at odds, what is known first.
    """

    kind: Literal["report", "total", "names", "number"]
    unit: str
    level: Level
    about: Text
    values: tuple[str, ...] = ()

    def text(self, lang: Lang = "vi") -> str:
        """The contradiction as a sentence without a full stop."""
        return self.about.text(lang)


class Rollup(msgspec.Struct, frozen=True, omit_defaults=True):
    """How the units of some levels below a unit stand with a title, as far as is known.

    ``met`` is certain, ``met + unknown`` possible; exempt units (with their reason) are in neither, nor in ``total``.
    A unit counts as met where it holds the title (``held`` of them) or is judged ``MET`` on today's facts (``judged``);
    ``reported`` of those met, and ``reported_not_met`` of the others, rest on a report alone. ``held_not_met`` names
    those that hold the title but do not meet the set on today's facts. Where ``open_total`` is true there may be
    further units, and nothing is concluded from the count.
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

    @property
    def not_met(self) -> int:
        """How many certainly do not meet the title."""
        return self.total - self.met - self.unknown

    @property
    def share(self) -> Fraction:
        """The exact share that certainly meets the title; zero where there is no unit."""
        return Fraction(self.met, self.total) if self.total else Fraction(0)


class Count(Rollup, frozen=True, omit_defaults=True, kw_only=True):
    """A rollup of one level under one title. ``told`` is what the unit's own report says of listed units, by id."""

    title: str
    level: Level
    told: dict[str, Verdict] = {}


def exempted(exempt: Iterable[tuple[str, str]], lang: Lang = "vi") -> Iterator[str]:
    """A sentence for each reason why units take no part, naming them.

    >>> list(exempted((("Phường Một", "ở đô thị"), ("Phường Hai", "ở đô thị"), ("Phường Ba", "")), "vi"))
    ['không tính Phường Một, Phường Hai: ở đô thị', 'không tính Phường Ba']
    """
    by_reason: dict[str, list[str]] = {}
    for name, why in exempt:
        by_reason.setdefault(why, []).append(name)
    for why, names in by_reason.items():
        yield say("explain.exempt", lang, name=", ".join(names), why=f": {why}" if why else "")
