"""The answer for many units at once: every unit's assessments, what it holds, and causes followed down the tree."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

import msgspec

from ..errors import CatalogueError, Problem, nearest
from ..messages import Lang, Text
from ..territory import Level
from ..verdict import MET, NOT_MET, UNKNOWN, Verdict
from .check import ChildrenCheck
from .kept import read_back
from .model import Assessment, IndicatorResult, MeetsCheck, Result, leaves
from .nested import answer_schema
from .parts import UnitRef
from .rollup import Count, Holding
from .unused import Unused

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema


class UnitStanding(msgspec.Struct, frozen=True, omit_defaults=True):
    """One unit of the tree: its assessments and holdings by title (``vn/commune`` for an overlay of it as well)."""

    unit: UnitRef
    parent: str = ""
    children: tuple[str, ...] = ()
    exempt: str = ""
    assessments: dict[str, Assessment] = {}
    holdings: dict[str, Holding] = {}
    counts: tuple[Count, ...] = ()
    unused: tuple[Unused, ...] = ()

    def verdict(self, title: str) -> Verdict:
        """What counts: ``MET`` where the unit holds the title or meets the set on today's facts."""
        return MET if title in self.holdings else self.judged(title)

    def holds(self, title: str) -> bool:
        """Whether the unit holds the title, by a recognition in force."""
        return title in self.holdings

    def judged(self, title: str) -> Verdict:
        """How the unit stands on today's facts, whatever it holds."""
        assessment = self.assessments.get(title)
        return assessment.verdict if assessment else UNKNOWN

    def held_not_met(self, title: str) -> bool:
        """Whether the unit holds the title but does not meet the set on today's facts."""
        return title in self.holdings and self.judged(title) is NOT_MET


class Tally(msgspec.Struct, frozen=True):
    """How the units of some levels stand with a title; exempt ones are counted nowhere else.

    >>> Tally("vn/commune", met=("a",), not_met=(), unknown=("b",), exempt=()).total
    2
    """

    title: str
    met: tuple[str, ...]
    not_met: tuple[str, ...]
    unknown: tuple[str, ...]
    exempt: tuple[str, ...]

    @property
    def total(self) -> int:
        """Units that count."""
        return len(self.met) + len(self.not_met) + len(self.unknown)


class Cause(msgspec.Struct, frozen=True, omit_defaults=True):
    """Why a unit does not (or not certainly) meet a pack: the results at fault, each with the causes below it."""

    unit: UnitRef
    pack: str
    title: Text
    verdict: Verdict
    results: tuple[tuple[Result, tuple[Cause, ...]], ...] = ()

    def depth(self) -> int:
        """How many units and packs the longest chain of causes passes through."""
        return 1 + max((below.depth() for _, causes in self.results for below in causes), default=0)


class TreeAssessment(msgspec.Struct, frozen=True, omit_defaults=True, dict=True):
    """What every unit of a tree comes to under the packs applied, children before parents.

    ``titles`` maps any pack id that was applied, and the title it awards, to that title; ``names`` says each title in
    words, ``levels`` says of which units.
    """

    as_of: date
    units: tuple[UnitStanding, ...]
    titles: dict[str, str]
    names: dict[str, Text] = {}
    levels: dict[str, tuple[Level, ...]] = {}

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        return answer_schema(cls)

    def __repr__(self) -> str:
        return f"<TreeAssessment {self.as_of}: {len(self.units)} units, {', '.join(self.names)}>"

    @cached_property
    def _by_id(self) -> dict[str, UnitStanding]:
        return {standing.unit.id: standing for standing in self.units}

    @property
    def unused(self) -> tuple[Unused, ...]:
        """Every finding, recognition and count given that had no part in the result, and why."""
        return tuple(one for standing in self.units for one in standing.unused)

    def title(self, pack: str) -> str:
        """The title of a pack id or reference that was applied.

        Raises:
            CatalogueError: no such pack was applied.
        """
        pack_id = pack.partition("@")[0]
        if pack_id not in self.titles:
            raise CatalogueError(Problem("error.pack_not_applied", pack=pack, near=nearest(pack_id, self.titles)))
        return self.titles[pack_id]

    def name(self, title: str, lang: Lang = "vi") -> str:
        """A title in words."""
        return self.names[title].text(lang) if title in self.names else title

    def unit(self, unit_id: str) -> UnitStanding:
        """The unit with this id.

        Raises:
            CatalogueError: no such unit; names the nearest ones.
        """
        if unit_id not in self._by_id:
            raise CatalogueError(Problem("error.no_unit", unit=unit_id, near=nearest(unit_id, self._by_id)))
        return self._by_id[unit_id]

    def __getitem__(self, key: tuple[str, str]) -> Assessment:
        """The assessment of a unit under a pack: ``tree["can-loc", "vn/district-advanced"]``.

        Raises:
            CatalogueError: no such unit, or the pack was not applied to it.
        """
        unit_id, pack = key
        standing = self.unit(unit_id)
        title = self.title(pack)
        if title not in standing.assessments:
            near = nearest(pack, standing.assessments)
            raise CatalogueError(Problem("error.pack_not_applied_to", pack=pack, unit=unit_id, near=near))
        return standing.assessments[title]

    def verdict(self, unit_id: str, pack: str) -> Verdict:
        """Whether the unit holds or meets the pack's title."""
        return self.unit(unit_id).verdict(self.title(pack))

    def below(self, unit_id: str) -> Iterator[UnitStanding]:
        """Every unit under one, nearest first."""
        for child in self.unit(unit_id).children:
            yield self._by_id[child]
            yield from self.below(child)

    def tally(self, pack: str, levels: tuple[Level | str, ...] = (), under: str = "") -> Tally:
        """How the units of some levels (all that the pack was applied to, unless said) stand with its title."""
        title = self.title(pack)
        wanted = {Level(level) for level in levels}
        # A unit that takes no part was not assessed: its level says that the pack is about it.
        about = wanted or set(self.levels.get(title, ()))
        found: dict[Verdict, list[str]] = {MET: [], NOT_MET: [], UNKNOWN: []}
        exempt: list[str] = []
        for standing in self.below(under) if under else self.units:
            concerned = standing.unit.level in wanted if wanted else title in standing.assessments
            if standing.exempt and standing.unit.level in about:
                exempt.append(standing.unit.id)
            elif concerned:
                found.get(standing.verdict(title), []).append(standing.unit.id)
        return Tally(title, tuple(found[MET]), tuple(found[NOT_MET]), tuple(found[UNKNOWN]), tuple(exempt))

    def count(self, unit_id: str, pack: str, levels: tuple[Level | str, ...] = ()) -> tuple[int, int, int]:
        """Total, certainly meeting, and open units of some levels (all, unless said) under a unit.

        >>> import ntm_rules as ntm
        >>> units = [ntm.Unit(id="h", level="district"), ntm.Unit(id="x", level="commune", parent="h")]
        >>> ntm.evaluate_tree(units, [], ["vn/commune"], as_of="2023-08-17").count("h", "vn/commune")
        (1, 0, 1)
        """
        found = self.counts(unit_id, pack, levels)
        return sum(c.total for c in found), sum(c.met for c in found), sum(c.unknown for c in found)

    def counts(self, unit_id: str, pack: str, levels: tuple[Level | str, ...] = ()) -> tuple[Count, ...]:
        """The counts of some levels (all, unless said) under a unit; none of a level of which nothing is known."""
        title, wanted = self.title(pack), {Level(level) for level in levels}
        return tuple(c for c in self.unit(unit_id).counts if c.title == title and (not wanted or c.level in wanted))

    def told(self, unit_id: str, pack: str) -> tuple[str, Verdict] | None:
        """Who of those above reports how a unit stands with a title, and how; the nearest one. Nothing rests on it
        where the report is contradicted."""
        title, level = self.title(pack), self.unit(unit_id).unit.level
        above = self.unit(unit_id).parent
        while above:
            standing = self.unit(above)
            for count in standing.counts:
                if count.title == title and count.level is level and unit_id in count.told:
                    return standing.unit.label, count.told[unit_id]
            above = standing.parent
        return None

    def causes(self, unit_id: str, pack: str) -> Cause:
        """Why the unit does not meet the pack, followed down through other packs and through children."""
        return self._cause(self[unit_id, pack])

    def _cause(self, assessment: Assessment) -> Cause:
        at_fault = assessment.failures() or assessment.decisive_unknowns()
        return Cause(
            assessment.unit,
            assessment.pack,
            assessment.title,
            assessment.verdict,
            tuple((result, tuple(self._below(assessment.unit.id, result))) for result in at_fault),
        )

    def _below(self, unit_id: str, result: Result) -> Iterator[Cause]:
        if not isinstance(result, IndicatorResult):
            return
        for leaf in leaves(result.check):
            if isinstance(leaf, MeetsCheck) and leaf.assessment is not None and leaf.verdict is not MET:
                yield self._cause(leaf.assessment)
            elif isinstance(leaf, ChildrenCheck) and leaf.verdict is not MET:
                title = self.titles.get(leaf.meeting.partition("@")[0], "")
                for child in self.below(unit_id):
                    counted = child.unit.level in leaf.levels and not child.exempt
                    if counted and child.verdict(title) is NOT_MET and title in child.assessments:
                        yield self._cause(child.assessments[title])

    def explain(self, unit_id: str, pack: str, lang: Lang = "vi") -> str:
        """The causes as one indented text: province ← district ← town ← criterion ← indicator."""
        from .render import causes_to_text

        return causes_to_text(self.causes(unit_id, pack), lang)

    def summary(self, lang: Lang = "vi") -> str:
        """How many units of each level meet each pack, as text."""
        from .render import tree_to_text

        return tree_to_text(self, lang)

    def _repr_html_(self) -> str:
        from .render import tree_to_html

        return tree_to_html(self, "vi")

    def to_json(self) -> str:
        """The whole tree as JSON; ``from_json`` reads it back."""
        return msgspec.json.encode(self).decode()

    @classmethod
    def from_json(cls, text: str | bytes) -> TreeAssessment:
        """The tree that ``to_json`` wrote.

        Raises:
            AssessmentError: the text is something else; names the path.
        """
        return read_back(text, cls)

    def to_dict(self) -> dict[str, object]:
        """Plain JSON-ready data."""
        built: dict[str, object] = msgspec.to_builtins(self)
        return built
