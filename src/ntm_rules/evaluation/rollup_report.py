"""What a unit reports of the units below it, under one title."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from ..naming import read_name, spelling
from ..pack.catalogue import Catalogue
from ..pack.reference import split_reference
from ..snapshot.child_counts import ChildCounts


class Report(NamedTuple):
    """What a unit reports of the units of one level below it, under one title.

    Of the ``numbers`` the first is how many meet the title, the second how many are unknown; ``None`` where only
    names, or nothing but the total, was reported.
    """

    total: int
    numbers: tuple[int, int] | None
    meeting: tuple[str, ...]
    not_meeting: tuple[str, ...]
    unknown: tuple[str, ...]
    exempt: tuple[str, ...]

    @property
    def bounds(self) -> tuple[int, int]:
        """How many meet the title, at least and at most."""
        if self.numbers is None:
            return len(self.meeting), self.total - len(self.not_meeting)
        met, unknown = self.numbers
        return met, met + unknown


def named_as(key: str, meeting: str, catalogue: Catalogue, day: date) -> bool:
    """Whether counts under ``key`` are of the title ``meeting`` asks for, and of no other edition of its set."""
    if key == meeting:
        return True
    if catalogue.title_of(key, day) != catalogue.title_of(meeting, day):
        return False
    return "@" not in key or catalogue.root_of(key) == catalogue.named(meeting, day).root


def counted_under(counts: ChildCounts) -> tuple[str, ...]:
    """The packs some counts speak of."""
    groups = (counts.meeting, counts.unknown, counts.meeting_names, counts.not_meeting_names, counts.unknown_names)
    return tuple(sorted({key for group in groups for key in group}))


def counting_for(meeting: str, keys: Iterable[str], catalogue: Catalogue, day: date) -> str:
    """Of the packs that counts speak of, the one whose counts are those of ``meeting``; "" where none is.

    The pack's own come before those of another set of its title.
    """
    own = split_reference(meeting)[0]
    said = sorted(keys, key=lambda key: (key != meeting, split_reference(key)[0] != own, key))
    return next((key for key in said if named_as(key, meeting, catalogue, day)), "")


def report_of(counts: ChildCounts, meeting: str, catalogue: Catalogue, day: date) -> Report:
    """What counts say under a title."""
    key = counting_for(meeting, counted_under(counts), catalogue, day)
    unknown_names = once(counts.unknown_names.get(key, ()))
    numbers = None
    if key in counts.meeting or key in counts.unknown:
        numbers = counts.meeting.get(key, 0), counts.unknown.get(key, len(unknown_names))
    return Report(
        counts.total,
        numbers,
        once(counts.meeting_names.get(key, ())),
        once(counts.not_meeting_names.get(key, ())),
        unknown_names,
        counts.exempt,
    )


def once(names: Iterable[str]) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(own_name(name), name)
    return tuple(found.values())


def own_name(name: str) -> str:
    """One key for the spellings of a name; what kind of unit it is goes without saying within one level."""
    return spelling(read_name(name).own)
