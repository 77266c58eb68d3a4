"""What one pack asks that another does not, and whether it is at least as strict."""

from __future__ import annotations

import os

import msgspec

from ..messages import Lang, say
from ..pack.catalogue import Catalogue, installed
from ..pack.legal import Verification
from ..pack.model import Pack
from ..pack.period import in_common
from ..snapshot.model import Snapshot
from .cases import Case, where_text
from .differences import Difference, DifferenceKind, Differences
from .standing import Examiner, Strictness
from .strictness import Answer


class Comparison(msgspec.Struct, frozen=True):
    """The first pack held against the second.

    ``whole`` answers for the packs with their prerequisites, ``criteria`` for their criteria alone.
    """

    first: str
    second: str
    differences: tuple[Difference, ...]
    universe: tuple[Case, ...]
    whole: Strictness
    criteria: Strictness

    @property
    def answer(self) -> Answer:
        """Whether the first pack as a whole is at least as strict as the second."""
        return self.whole.answer

    @property
    def counterexample(self) -> Snapshot | None:
        """A snapshot that meets the first pack and not the second, where there is one."""
        return self.whole.counterexample

    def of_kind(self, *kinds: DifferenceKind | str) -> tuple[Difference, ...]:
        """The differences of some kinds."""
        return tuple(one for one in self.differences if one.kind in kinds)

    def text(self, lang: Lang = "vi") -> str:
        """The answer and the differences, for reading."""
        lines = [say("compare.title", lang, first=self.first, second=self.second), ""]
        lines += [self.whole.text(lang), "", self.criteria.text(lang), ""]
        lines.append(say("compare.differences" if self.differences else "compare.no_differences", lang))
        for one in self.differences:
            where = where_text(one.cases, self.universe, lang, self.whole.names) if one.cases else ""
            lines.append(f"  {one.sentence(lang)}{f' [{where}]' if where else ''}")
        return "\n".join(lines) + "\n"

    def to_dict(self) -> dict[str, object]:
        """Plain JSON-ready data."""
        return {
            "first": self.first,
            "second": self.second,
            "differences": [one.to_dict() for one in self.differences],
            "whole": self.whole.to_dict(),
            "criteria": self.criteria.to_dict(),
        }


def compare(
    first: Pack | str | os.PathLike[str],
    second: Pack | str | os.PathLike[str],
    *,
    trust: Verification | str = Verification.RECALLED,
    catalogue: Catalogue | None = None,
) -> Comparison:
    """Hold one pack against another: what it adds, leaves out, tightens, loosens or rewords, and is it as strict?

    ``second`` is the yardstick: "tightened" means that ``first`` asks more. Whether everything that meets ``first``
    meets ``second`` is decided over intervals for every region, year, level and attribute; where it is refuted there
    is a snapshot that ``evaluate`` finds to meet the one and not the other. A figure below ``trust`` is unresolved,
    and what hangs on one stays undetermined. A pack named without its edition means the latest that was in force
    together with the other.

    >>> import ntm_rules as ntm
    >>> found = ntm.compare("vn/commune-advanced", "vn/commune")
    >>> found.whole.answer.value, found.criteria.answer.value
    ('proved', 'refuted')
    >>> found.of_kind("tightened")[0].sentence("en")
    'tightened 3.1. Share of farmland actively irrigated and drained: ≥ 90% (not checked) (the second: ≥ 80%)'

    Raises:
        CatalogueError: a pack that is not installed. PackError: a file that is refused, or more attributes than can
            be gone through.
    """
    catalogue = catalogue or installed()
    one, other = _together(*(_meant(pack, catalogue) for pack in (first, second)))
    examiner = Examiner(one, other, Verification.of(trust), catalogue)
    whole = examiner.strictness(prerequisites=True)
    criteria = examiner.strictness(prerequisites=False)
    search = Differences(examiner)
    return Comparison(one.reference, other.reference, tuple(search.found()), search.universe, whole, criteria)


def _meant(pack: Pack | str | os.PathLike[str], catalogue: Catalogue) -> tuple[Pack, ...]:
    """The packs a name can mean, the latest first: every edition, unless one is pinned."""
    if isinstance(pack, Pack):
        return (pack,)
    if isinstance(pack, str) and "@" not in pack and catalogue.has(pack):
        return catalogue.editions(pack)[::-1]
    return (catalogue.load(pack),)


def _together(firsts: tuple[Pack, ...], seconds: tuple[Pack, ...]) -> tuple[Pack, Pack]:
    """The latest editions that are in force together; where none ever are, the latest of each."""
    pairs = ((one, other) for one in firsts for other in seconds if in_common((one.valid, other.valid)) is not None)
    return next(pairs, (firsts[0], seconds[0]))


__all__ = ["Answer", "Comparison", "Difference", "DifferenceKind", "Strictness", "compare"]
