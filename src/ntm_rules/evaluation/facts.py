"""What is known while one unit is judged: its snapshot, its children, and what other packs came to."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

import msgspec

from ..assessment.model import Assessment
from ..assessment.rollup import Holding, Lost, Rollup
from ..errors import EvaluationError, Problem
from ..pack.catalogue import Catalogue
from ..pack.legal import Verification
from ..pack.model import Pack
from ..pack.reference import split_reference
from ..snapshot.model import Snapshot
from ..snapshot.observation import Finding, FindingValue, Observation
from ..snapshot.recognition import Recognition
from ..territory import Level
from .derived import with_derived
from .later import known_by_then
from .rollup import reported
from .steps import steps_below


class FindingsSummary(msgspec.Struct, frozen=True, gc=False):
    """The findings on one code; ``value`` is ``None`` where there is none, or where they differ."""

    findings: tuple[Finding, ...]
    value: FindingValue | None
    differ: bool


NO_FINDINGS = FindingsSummary((), None, False)
ChildrenOf = Callable[[tuple[Level, ...], str], Rollup]


class EvaluationContext:
    """Facts about one unit. Each other pack is judged once.

    ``snapshot`` is what was known by its day; what was ``given`` may hold more, which is told and not used.
    ``applied`` says which pack stands in for a title (a province's overlay for the national pack).
    """

    __slots__ = (
        "_children",
        "_memo",
        "_shared",
        "_stack",
        "_unasked",
        "applied",
        "catalogue",
        "given",
        "judge",
        "measures",
        "packs",
        "several",
        "snapshot",
        "trust",
    )

    def __init__(
        self,
        snapshot: Snapshot,
        catalogue: Catalogue,
        trust: Verification,
        judge: Callable[[Pack, EvaluationContext], Assessment],
        children: ChildrenOf | None = None,
        applied: Mapping[str, Pack] | None = None,
    ) -> None:
        self.given, self.snapshot = snapshot, known_by_then(snapshot)
        self.catalogue, self.trust = catalogue, trust
        self._children = children
        self.applied = applied or {}
        self.judge = judge
        self.measures = with_derived(self.snapshot.measures, catalogue.measures, snapshot.as_of)
        self.packs: list[Pack] = []
        self._memo: dict[str, Assessment] = {}
        self._stack: list[str] = []
        self._unasked: EvaluationContext | None = None
        self._shared = self
        self.several = _several(self.measures)

    def seen_by(self, pack: Pack) -> EvaluationContext:
        """The same facts, with what follows from them by a pack's own measures; what was judged is known to both."""
        if not pack.measures:
            return self._shared
        other = object.__new__(EvaluationContext)
        for name in EvaluationContext.__slots__:
            setattr(other, name, getattr(self, name))
        known = self.catalogue.measures_for(pack)
        other.measures, other._unasked = with_derived(self.snapshot.measures, known, self.snapshot.as_of), None
        other.several = _several(other.measures)
        return other

    @property
    def unasked(self) -> EvaluationContext:
        """The same facts before anything was judged on them.

        What an answer holds on to: were it these, which know the answer, none would be given back before a collector
        of rings comes by.
        """
        if self._unasked is None:
            self._unasked = other = object.__new__(EvaluationContext)
            other.given, other.snapshot, other.measures = self.given, self.snapshot, self.measures
            other.catalogue, other.trust, other.several = self.catalogue, self.trust, self.several
            other._children, other.applied, other.judge = self._children, self.applied, self.judge
            other.packs, other._memo, other._stack, other._unasked = [], {}, [], None
            other._shared = other if self._shared is self else self._shared.unasked
        return self._unasked

    def children(self, levels: tuple[Level, ...], meeting: str) -> Rollup:
        """What a unit's children come to under a pack: as somebody counts them, else as the snapshot does."""
        return (self._children or self.reported)(levels, meeting)

    def assess_pack(self, pack: Pack) -> Assessment:
        """What another pack comes to on the same facts; judged once.

        Raises:
            EvaluationError: packs that ask for each other in a circle.
        """
        if pack.reference not in self._memo:
            if pack.reference in self._stack:
                raise EvaluationError(Problem("error.meets_cycle", chain=" → ".join((*self._stack, pack.reference))))
            self._stack.append(pack.reference)
            self.packs.append(pack)
            self._memo[pack.reference] = self.judge(pack, self)
            self._stack.pop()
        return self._memo[pack.reference]

    def pack(self, reference: str) -> Pack:
        """The pack a condition names: the one applied for its title, the pinned edition, or the one in force.

        A set of one group's levels is the province's, where its overlay of the whole set is applied.
        Where none is in force that day it is the latest, which then has nothing to say about the unit.
        """
        day = self.snapshot.as_of
        if self.applied:
            applied = self.applied.get(self.catalogue.title_of(reference, day))
            if applied is not None:
                return applied
            return self.catalogue.for_group(self.catalogue.named(reference, day), self.applied)
        return self.catalogue.named(reference, day)

    def recognition(self, pack: Pack) -> tuple[Recognition | None, date | None]:
        """The recognition in force for a pack's title and edition, else the day the last one expired."""
        day = self.snapshot.as_of
        expired: date | None = None
        for recognition in self.snapshot.recognitions:
            if recognition.on > day or (recognition.revoked is not None and recognition.revoked <= day):
                continue
            if not counts_for(recognition, pack, self.catalogue, day):
                continue
            until = last_day(recognition, self.catalogue.root(pack))
            if until is not None and until < day:
                expired = max(expired or until, until)
            else:
                return recognition, None
        return None, expired

    def holding(self, pack: Pack) -> Holding | None:
        """The title of a pack, where it is in force; with what is said against it.

        It lasts until the last day that counts; a later one that was told stands beside it.
        """
        held = self.recognition(pack)[0]
        if held is None:
            return None
        until = last_day(held, self.catalogue.root(pack))
        told = held.until if held.until != until else None
        return Holding(held.decision, held.on, until, told, tuple(self._lost(pack.title_id)))

    def _lost(self, title: str) -> Iterator[Lost]:
        """The titles that a title builds on and that were last heard of as taken back."""
        day = self.snapshot.as_of
        given = [one for one in self.snapshot.recognitions if one.on <= day]
        for below in sorted(steps_below(title, self.catalogue, day)):
            own = [one for one in given if self.catalogue.title_of(one.pack, day) == below]
            last = max(own, key=lambda one: one.on, default=None)
            if last is not None and last.revoked is not None and last.revoked <= day:
                yield Lost(self.catalogue.named(below, day).title, last.revoked)

    @property
    def judged(self) -> tuple[Assessment, ...]:
        """What every pack judged so far came to."""
        return tuple(self._memo.values())

    def reported(self, levels: tuple[Level, ...], meeting: str) -> Rollup:
        """The children as the snapshot counts them; a level nobody reported leaves the total open."""
        return reported(self.snapshot, levels, meeting, self.catalogue)


def _several(measures: Mapping[str, tuple[Observation, ...]]) -> bool:
    return max(map(len, measures.values()), default=0) > 1


FindingsByCode = Mapping[str, tuple[Finding, ...]]
# From a unit's facts, and the findings on the pack, to a check or result.
Judge = Callable[[EvaluationContext, FindingsByCode], Any]


def counts_for(recognition: Recognition, pack: Pack, catalogue: Catalogue, day: date) -> bool:
    """Whether a recognition is of a pack's title and edition.

    A title under an older edition of the set does not count, the law has it reviewed against the new one; unless the
    set itself says since when titles run on. Nor does one of a day before there was the set.
    """
    pack_id, edition = split_reference(recognition.pack)
    if catalogue.title_of(pack_id, day) != pack.title_id:
        return False
    if edition and catalogue.root_of(recognition.pack) != pack.root:
        return False
    start = catalogue.root(pack).titles_from
    return start is None or recognition.on >= start


def last_day(recognition: Recognition, root: Pack) -> date | None:
    """The last day a title holds: the one given, but none after the day before the months its set says are full."""
    ends = (recognition.until, full_day(recognition, root))
    return min((end for end in ends if end is not None), default=None)


def full_day(recognition: Recognition, root: Pack) -> date | None:
    """The day before the months are full that a set lets its title last; nothing where it sets no such months."""
    if root.titles_last_months is None:
        return None
    years, month = divmod(recognition.on.month - 1 + root.titles_last_months, 12)
    year, month = recognition.on.year + years, month + 1
    full = date(year, month, min(recognition.on.day, monthrange(year, month)[1]))
    return full - timedelta(days=1)


def summary_of(findings: tuple[Finding, ...]) -> FindingsSummary:
    """The findings on one code, and what they agree on."""
    first = findings[0].finding
    if len(findings) > 1 and any(finding.finding is not first for finding in findings):
        return FindingsSummary(findings, None, True)
    return FindingsSummary(findings, first, False)
