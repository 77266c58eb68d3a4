"""The climb: every unit judged, children before parents, so that a parent's conditions see its children."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Literal, Self

from msgspec import structs

from ..assessment.parts import UnitRef
from ..assessment.rollup import Count, Holding
from ..assessment.tree import TreeAssessment, UnitStanding
from ..assessment.unused import Unused
from ..day import read_day
from ..errors import EvaluationError, Place, Problem, must_be, nearest
from ..frozen import FrozenDict
from ..pack.catalogue import Catalogue, installed
from ..pack.codes import plain_code
from ..pack.legal import Verification
from ..pack.model import Pack
from ..pack.reference import split_reference
from ..snapshot.child_counts import ChildCounts
from ..snapshot.model import Snapshot
from ..snapshot.unit import Unit
from ..snapshot.vocabulary import Vocabulary
from ..territory import PARENT_LEVELS, Level, levels_text
from ..units.provinces import home, in_region, provinces_of
from ..verdict import UNKNOWN
from .evaluate import check_counted, check_facts, check_level, check_place, judge_pack, strangers
from .facts import EvaluationContext
from .rollup import Rollups, can_lie_in
from .rollup_node import Known
from .unused import (
    Asked,
    counts_asked,
    unused_counts,
    unused_findings,
    unused_later,
    unused_measures,
    unused_recognitions,
)


def evaluate_tree(
    units: Iterable[Unit],
    snapshots: Iterable[Snapshot],
    packs: Sequence[Pack | str],
    *,
    as_of: date | str | None = None,
    trust: Verification | str = Verification.RECALLED,
    unknown_measures: Literal["error", "ignore"] = "error",
    catalogue: Catalogue | None = None,
) -> TreeAssessment:
    """Judge every unit against the packs for its level, from villages up to provinces.

    ``units`` is the register (ids and parents); a unit of a snapshot need not be repeated there, one without a
    snapshot is judged on no facts. ``packs`` are those applied; of several that award one title (a national pack and
    a province's overlay) a unit gets the overlay of its own province, else the national one. A child counts as
    meeting a pack where it holds the title or is assessed ``MET``; counts reported for a parent narrow what its
    listed children leave open. All snapshots are read as of ``as_of`` (by default their common date).

    >>> import ntm_rules as ntm
    >>> tree = ntm.evaluate_tree(
    ...     [ntm.Unit(id="h", level="district"), ntm.Unit(id="x", level="commune", parent="h", region="btb")],
    ...     [], ["vn/commune", "vn/district"], as_of="2023-08-17",
    ... )
    >>> tree.verdict("h", "vn/district")
    <Verdict.UNKNOWN: 'UNKNOWN'>

    Raises:
        EvaluationError: an unknown or second parent, a circle, a child of the wrong level, two packs that cannot be
            told apart, or what ``evaluate`` raises.
    """
    return TreeEvaluation.prepare(units, snapshots, packs, as_of, trust, unknown_measures, catalogue).run()


def _load(pack: Pack | str, day: date, catalogue: Catalogue) -> Pack:
    return catalogue.load(pack, None if "@" in pack else day) if isinstance(pack, str) else pack


def _by_unit(snapshots: Iterable[Snapshot], as_of: date | str | None) -> tuple[date, dict[str, Snapshot]]:
    found: dict[str, Snapshot] = {}
    day = read_day(as_of) if as_of is not None else None
    for snapshot in snapshots:
        if as_of is None and day is not None and snapshot.as_of != day:
            raise EvaluationError(
                Problem("error.several_dates", Place(path=snapshot.unit.id), one=day, other=snapshot.as_of)
            )
        day = day or snapshot.as_of
        if snapshot.as_of > day:
            raise EvaluationError(
                Problem("error.after_date", Place(path=snapshot.unit.id), day=day, given=snapshot.as_of)
            )
        dated = snapshot if snapshot.as_of == day else snapshot.model_copy(update={"as_of": day})
        known = found.get(snapshot.unit.id)
        found[snapshot.unit.id] = known.merged(dated) if known else dated
    if day is None:
        raise EvaluationError(Problem("error.no_date"))
    return day, found


def _register(units: Iterable[Unit], facts_of: dict[str, Snapshot]) -> dict[str, Unit]:
    """Units by id, those of the snapshots included, with every parent known and of a fitting level."""
    register: dict[str, Unit] = {}
    problems: list[Problem] = []
    for unit in (*units, *(snapshot.unit for snapshot in facts_of.values())):
        known = register.get(unit.id)
        if known and known.parent and unit.parent and known.parent != unit.parent:
            place = Place(path=unit.id)
            problems.append(Problem("error.two_parents", place, one=known.parent, other=unit.parent))
            continue
        register[unit.id] = known.merged(unit) if known else unit
    for unit in register.values():
        parent = register.get(unit.parent) if unit.parent else None
        if unit.parent and parent is None:
            near = nearest(unit.parent, register)
            problems.append(Problem("error.orphan", Place(path=unit.id), parent=unit.parent, near=near))
        elif parent and parent.level not in PARENT_LEVELS[unit.level]:
            problems.append(
                Problem(
                    "error.wrong_level", Place(path=unit.id), level=unit.level, parent=parent.id, above=parent.level
                )
            )
    problems += [Problem("error.parent_cycle", Place(path=start), chain=chain) for start, chain in _circles(register)]
    if problems:
        raise EvaluationError(*problems)
    return register


def _circles(register: dict[str, Unit]) -> Iterator[tuple[str, str]]:
    cleared: set[str] = set()
    for start in register:
        path: list[str] = []
        here: str | None = start
        while here in register and here not in cleared and here not in path:
            path.append(here)
            here = register[here].parent
        if here in path:
            yield here, " → ".join((*path[path.index(here) :], here))
        cleared.update(path)


def _national(pack: Pack) -> bool:
    """Whether a pack is for everybody's title itself, or restates one that is."""
    set_id = split_reference(pack.restates[-1])[0] if pack.restates else pack.id
    return set_id == pack.title_id and (not pack.extends or bool(pack.restates))


def _spelled(snapshot: Snapshot, packs: Sequence[Pack | str], catalogue: Catalogue) -> Snapshot:
    """The snapshot with its findings under codes as packs have them, where some are as people write them."""
    strange = [(ref, code) for ref, codes in snapshot.findings.items() for code in codes if plain_code(code) != code]
    if not strange:
        return snapshot
    known = Vocabulary(catalogue, [pack for pack in packs if isinstance(pack, Pack)], "ignore")
    findings = {reference: dict(codes) for reference, codes in snapshot.findings.items()}
    for reference, code in strange:
        # What is no code of the pack, or no pack at all, is refused by whoever judges.
        if known.has_code(reference, code) and (meant := known.code(reference, code)) != code:
            given = findings[reference]
            given[meant] = (*given.get(meant, ()), *given.pop(code))
    held = FrozenDict((reference, FrozenDict(codes)) for reference, codes in findings.items())
    return snapshot.model_copy(update={"findings": held})


class TreeEvaluation:
    """Judges the units of a register one by one; ``done`` holds those judged, which their parents need."""

    def __init__(
        self,
        register: dict[str, Unit],
        facts_of: dict[str, Snapshot],
        packs: tuple[Pack, ...],
        day: date,
        trust: Verification,
        unknown_measures: Literal["error", "ignore"],
        catalogue: Catalogue,
    ) -> None:
        self.register, self.facts_of, self.packs, self.day = register, facts_of, packs, day
        self.trust, self.unknown_measures, self.catalogue = trust, unknown_measures, catalogue
        self.children: dict[str, list[str]] = {unit_id: [] for unit_id in register}
        for unit in register.values():
            if unit.parent:
                self.children[unit.parent].append(unit.id)
        self.done: dict[str, UnitStanding] = {}
        self.rollups = Rollups(register, self.children, self._known, self._held, self._reported, catalogue, day)
        self._asked: set[Asked] = set()
        self._applied: dict[str | None, dict[str, Pack]] = {}

    @classmethod
    def prepare(
        cls,
        units: Iterable[Unit],
        snapshots: Iterable[Snapshot],
        packs: Sequence[Pack | str],
        as_of: date | str | None = None,
        trust: Verification | str = Verification.RECALLED,
        unknown_measures: Literal["error", "ignore"] = "error",
        catalogue: Catalogue | None = None,
    ) -> Self:
        """Everything read and checked, nothing judged yet; see ``evaluate_tree``."""
        catalogue = catalogue or installed()
        must_be("unknown_measures", unknown_measures, ("error", "ignore"))
        day, facts_of = _by_unit(snapshots, as_of)
        facts_of = {unit_id: _spelled(one, packs, catalogue) for unit_id, one in facts_of.items()}
        register = _register(units, facts_of)
        for unit in register.values():
            check_level(unit, day)
        for one in facts_of.values():
            check_counted(one, day)
        named = (packs,) if isinstance(packs, str) else packs
        chosen = tuple(_load(pack, day, catalogue) for pack in named)
        made = cls(register, facts_of, chosen, day, Verification.of(trust), unknown_measures, catalogue)
        made._settle_regions()
        made._refuse_packs_for_nobody()
        return made

    def on(self, day: date, packs: Sequence[Pack | str]) -> Self:
        """The same units and facts on another day, nothing judged yet; ``packs`` may then be other editions."""
        known = (self.register.values(), self.facts_of.values(), packs)
        return self.prepare(*known, day, self.trust, self.unknown_measures, self.catalogue)

    def run(self) -> TreeAssessment:
        """Judge every unit."""
        for unit_id in self.bottom_up():
            self.done[unit_id] = self.judge(unit_id)
        return self.assessment()

    def assessment(self) -> TreeAssessment:
        """What the units judged so far come to."""
        titles = {pack.id: pack.title_id for pack in self.packs} | {p.title_id: p.title_id for p in self.packs}
        names = {pack.title_id: pack.title for pack in sorted(self.packs, key=lambda pack: bool(pack.extends))}
        levels: dict[str, tuple[Level, ...]] = {}
        for pack in self.packs:
            levels[pack.title_id] = tuple(dict.fromkeys((*levels.get(pack.title_id, ()), *pack.applies_to)))
        asked = self._asked | {(level, title) for title, found in levels.items() for level in found}
        units = tuple(self._with_counts_unused(self.done[unit_id], asked) for unit_id in self.bottom_up())
        return TreeAssessment(self.day, units, titles, names, levels)

    def _with_counts_unused(self, standing: UnitStanding, asked: set[Asked]) -> UnitStanding:
        """Which counts have no part is known when every unit has been judged: units above ask for them too."""
        lost = tuple(unused_counts(self.snapshot(standing.unit.id), asked, self.catalogue))
        return structs.replace(standing, unused=(*standing.unused, *lost)) if lost else standing

    def bottom_up(self) -> Iterator[str]:
        """Children before their parents; an explicit stack, since a register may be deep."""
        stack = [(unit.id, False) for unit in reversed(self.register.values()) if not unit.parent]
        while stack:
            unit_id, opened = stack.pop()
            if opened:
                yield unit_id
            else:
                stack.append((unit_id, True))
                stack += [(child, False) for child in reversed(self.children[unit_id])]

    def applied(self, unit: Unit) -> dict[str, Pack]:
        """The pack that stands for each title in the unit's province."""
        province = self._province(unit)
        if province not in self._applied:
            chosen: dict[str, Pack] = {}
            for pack in self.packs:
                if not (_national(pack) or province is None or self._owns(home(pack), province)):
                    continue
                rival = chosen.get(pack.title_id)
                if rival is not None and bool(rival.extends) == bool(pack.extends) and rival != pack:
                    raise EvaluationError(
                        Problem("error.packs_for_one_title", one=rival.reference, other=pack.reference)
                    )
                if rival is None or pack.extends:
                    chosen[pack.title_id] = pack
            self._applied[province] = chosen
        return self._applied[province]

    def _owns(self, namespace: str, province: str) -> bool:
        """Whether a province's packs are those of a namespace: by its id, or by the code or name it is listed under."""
        if namespace == province:
            return True
        provinces = provinces_of(self.catalogue)
        here = self.register.get(province)
        names = [province, *([here.name] if here is not None and here.name else [])]
        return all(provinces.same(namespace, name, self.day) for name in names)

    def _settle_regions(self) -> None:
        """Give units told without a region that of their province, where it settles one."""
        problems: list[Problem] = []
        for unit_id, unit in self.register.items():
            province = self._province(unit)
            if province is None:
                continue
            try:
                placed = in_region(unit.model_copy(update={"province": province}), self.day, self.catalogue)
            except EvaluationError as error:
                problems += error.problems
                continue
            if placed.region is not unit.region:
                self.register[unit_id] = unit.model_copy(update={"region": placed.region})
        if problems:
            raise EvaluationError(*problems)

    def _refuse_packs_for_nobody(self) -> None:
        """Refuse a province's own set where there are units of its level, all of them of other provinces."""
        problems: list[Problem] = []
        for pack in self.packs:
            namespace = home(pack)
            fitting = [unit for unit in self.register.values() if unit.level in pack.applies_to]
            if not fitting or _national(pack):
                continue
            provinces = {self._province(unit) for unit in fitting}
            if not any(one is None or self._owns(namespace, one) for one in provinces):
                given = ", ".join(sorted(f"“{one}”" for one in provinces))
                levels = levels_text(pack.applies_to)
                problems.append(
                    Problem("error.pack_for_nobody", pack=pack.reference, owner=namespace, given=given, levels=levels)
                )
        if problems:
            raise EvaluationError(*problems)

    def _province(self, unit: Unit) -> str | None:
        here: Unit | None = unit
        while here is not None:
            if here.province:
                return here.province
            if here.level is Level.PROVINCE:
                return here.id
            here = self.register[here.parent] if here.parent else None
        return None

    def snapshot(self, unit_id: str) -> Snapshot:
        """What is known of a unit."""
        unit = self.register[unit_id]
        snapshot = self.facts_of.get(unit_id) or Snapshot(unit=unit, as_of=self.day)
        return snapshot if snapshot.unit == unit else snapshot.model_copy(update={"unit": unit})

    def judge(self, unit_id: str) -> UnitStanding:
        """The standing of one unit, those below it being done."""
        unit, snapshot = self.register[unit_id], self.snapshot(unit_id)
        applied = self.applied(unit)
        own = {name for pack in self.packs for name in pack.names}
        if strange := tuple(strangers(snapshot, self.catalogue, own)):
            raise EvaluationError(*strange)
        facts = EvaluationContext(
            snapshot,
            self.catalogue,
            self.trust,
            judge_pack,
            lambda levels, meeting: self.rollups.of(unit_id, levels, meeting),
            applied,
        )
        concerned = {title: pack for title, pack in applied.items() if unit.level in pack.applies_to}
        for pack in concerned.values():
            check_place(pack, unit, self.day, self.catalogue)
            check_facts(pack, snapshot, self.catalogue, self.unknown_measures, self.packs)
        assessments = {} if unit.exempt else {title: facts.assess_pack(p) for title, p in concerned.items()}
        return UnitStanding(
            UnitRef(unit.id, unit.level, unit.name, unit.province or "", unit.region, unit.group),
            unit.parent or "",
            tuple(self.children[unit.id]),
            unit.exempt,
            assessments,
            self.held(facts),
            tuple(self._counts(unit, applied)),
            tuple(self._unused(facts)),
        )

    def _unused(self, facts: EvaluationContext) -> Iterator[Unused]:
        """Findings and recognitions without a part; a title in force is told among those held. Counts come last."""
        snapshot = facts.snapshot
        self._asked |= counts_asked(facts.judged)
        yield from unused_later(facts.given, self.catalogue)
        yield from unused_measures(snapshot, facts.packs, self.catalogue)
        yield from unused_findings(snapshot, facts.judged, self.catalogue)
        yield from unused_recognitions(snapshot, self._titles(facts), self.catalogue)

    def held(self, facts: EvaluationContext) -> dict[str, Holding]:
        """The titles in force, whether or not their packs are among those applied."""
        found = ((title, facts.holding(facts.pack(title))) for title in self._titles(facts))
        return {title: held for title, held in found if held is not None}

    def _titles(self, facts: EvaluationContext) -> tuple[str, ...]:
        """The titles that recognitions are of, as far as their packs are known."""
        given = dict.fromkeys(self.catalogue.title_of(one.pack, self.day) for one in facts.snapshot.recognitions)
        return tuple(title for title in given if title in facts.applied or self.catalogue.has(title))

    def _counts(self, unit: Unit, applied: dict[str, Pack]) -> Iterator[Count]:
        for title, pack in applied.items():
            for level in pack.applies_to:
                if can_lie_in(level, unit.level):
                    rollup, told = self.rollups.level(unit.id, level, title)
                    if rollup.total or rollup.exempt or rollup.contradictions or not rollup.open_total:
                        yield Count(**structs.asdict(rollup), title=title, level=level, told=told)

    def _known(self, unit_id: str, title: str) -> Known:
        standing = self.done[unit_id]
        assessment = standing.assessments.get(title)
        return Known(
            title in standing.holdings,
            UNKNOWN if assessment is None else assessment.verdict,
            assessment is not None and assessment.doubted,
        )

    def _held(self, unit_id: str) -> Iterable[str]:
        return self.done[unit_id].holdings

    def _reported(self, unit_id: str) -> Mapping[Level, ChildCounts]:
        snapshot = self.facts_of.get(unit_id)
        return snapshot.children if snapshot is not None else {}
