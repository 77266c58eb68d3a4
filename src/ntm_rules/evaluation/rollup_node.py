"""What is known of the units of one level below one unit: an interval of whole numbers, and names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from ..assessment.rollup import Contradiction
from ..verdict import MET, NOT_MET, UNKNOWN, Verdict


class Known(NamedTuple):
    """How a listed unit stands with a title: by a recognition in force, and on today's facts."""

    held: bool
    judged: Verdict
    # Whether what it is judged on contradicts itself or is doubted, in a way that bears on the verdict.
    doubted: bool = False

    @property
    def counts(self) -> Verdict:
        """What counts for a condition of law: held or met."""
        return MET if self.held else self.judged if self.judged in (MET, NOT_MET) else UNKNOWN


class Member(NamedTuple):
    """A listed unit of the level."""

    id: str
    label: str
    known: Known


class Node:
    """What is known of the units of one level below one unit."""

    def __init__(self, members: Sequence[Member], parts: Sequence[Node], complete: bool) -> None:
        self.members, self.parts, self.complete = tuple(members), tuple(parts), complete
        self.exempt: tuple[tuple[str, str], ...] = ()
        self.total: int = len(members) + sum(part.total for part in parts)
        # What this node's own report adds, where nothing contradicts it.
        self.extra = 0
        self.limits: tuple[int, int] | None = None
        self.names: dict[str, Verdict] = {}
        self.unlisted: tuple[tuple[str, ...], ...] = ((), ())
        self.told: dict[str, Verdict] = {}
        self.contradictions: tuple[Contradiction, ...] = ()
        self.not_given = 0
        # The packs that reports on these units speak of, here and below.
        self.spoken: frozenset[str] = frozenset().union(*(part.spoken for part in parts))

    def listed(self) -> Iterator[Member]:
        """Every unit of the level that is listed below."""
        yield from self.members
        for part in self.parts:
            yield from part.listed()

    def all_unlisted(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Names accepted of units that are not listed: those that do not meet the title, and those unknown."""
        failing, unsure = self.unlisted
        for part in self.parts:
            below = part.all_unlisted()
            failing, unsure = (*failing, *below[0]), (*unsure, *below[1])
        return tuple(dict.fromkeys(failing)), tuple(dict.fromkeys(unsure))

    def named(self) -> dict[str, Verdict]:
        """What accepted reports say of units by name, those below first."""
        found: dict[str, Verdict] = {}
        for part in self.parts:
            found |= part.named()
        return found | self.names

    def bounds(self, named: Mapping[str, Verdict] = {}) -> tuple[int, int] | None:
        """How many units meet the title, at least and at most; ``None`` where no number can be true."""
        named = {**named, **self.names}
        low, high = 0, self.extra
        for member in self.members:
            verdict = verdict_of(member, named)
            low += verdict is MET
            high += verdict is not NOT_MET
        for part in self.parts:
            inside = part.bounds(named)
            if inside is None:
                return None
            low, high = low + inside[0], high + inside[1]
        if self.limits is not None:
            low, high = max(low, self.limits[0]), min(high, self.limits[1])
        return (low, high) if low <= high else None

    def distrust(self) -> None:
        """Conclude nothing from any report on these units but how many there are."""
        self.limits, self.names, self.unlisted, self.told = None, {}, ((), ()), {}
        for part in self.parts:
            part.distrust()


def verdict_of(member: Member, named: Mapping[str, Verdict]) -> Verdict:
    known = member.known.counts
    return known if known is not UNKNOWN else named.get(member.id, UNKNOWN)
