"""A dossier: a folder with a register, snapshots, the packs applied to them, and plans to hold them against."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from msgspec import structs
from pydantic import Field

from .assessment.briefing import NO_NOTES, Notes
from .assessment.tree import TreeAssessment, UnitStanding
from .day import Day
from .errors import CatalogueError, EvaluationError, PackError, Place, Problem, nearest, seen_from
from .evaluation.plan import Plan, TargetResult, check_plan, read_plan
from .evaluation.tree import evaluate_tree
from .frozen import Frozen
from .messages import Lang, Text, in_both
from .pack.catalogue import Catalogue, installed, load_pack
from .pack.legal import TextField, Verification
from .pack.loader import read_yaml, validate
from .pack.model import Pack
from .report.letterhead import Letterhead
from .snapshot.model import Snapshot
from .snapshot.readers import read_snapshots
from .snapshot.register import read_units
from .snapshot.unit import Unit
from .territory import levels_text
from .units import above
from .units.provinces import provinces_of

FILE = "dossier.yaml"
EXAMPLES = {2023: "ha_tinh_2023", 2026: "vi_du_2026"}


class Focus(Frozen):
    """A unit and a pack that the dossier is about in particular, to be explained in full."""

    unit: str
    pack: str


class Note(Frozen):
    """A remark on what was entered for some units (under some pack alone, where one is said), shown where they are."""

    units: tuple[str, ...] = Field(min_length=1)
    pack: str = ""
    text: TextField


class _File(Frozen):
    title: TextField
    as_of: Day
    packs: tuple[str, ...] = Field(min_length=1)
    province: Unit | None = None
    register_: str = Field("", alias="register")
    snapshots: tuple[str, ...] = ()
    numbers: Lang | None = None
    plans: tuple[str, ...] = ()
    explain: tuple[Focus, ...] = ()
    notes: tuple[Note, ...] = ()
    letter: Letterhead = Letterhead()


class Dossier(NamedTuple):
    """What a folder holds, read and checked."""

    title: Text
    as_of: date
    packs: tuple[Pack | str, ...]
    units: tuple[Unit, ...]
    snapshots: tuple[Snapshot, ...]
    plans: tuple[Plan, ...]
    explain: tuple[Focus, ...] = ()
    files: tuple[Path, ...] = ()
    notes: Notes = NO_NOTES
    letter: Letterhead = Letterhead()
    of_table: bool = False
    """Whether the units are those of loose tables, which tell no total: counts are then of the units given."""

    def assess(
        self, *, trust: Verification | str = Verification.RECALLED, catalogue: Catalogue | None = None
    ) -> TreeAssessment:
        """Every unit of the dossier judged against its packs.

        Raises:
            EvaluationError: a pack that applies to no unit, or what ``evaluate_tree`` raises.
        """
        tree = evaluate_tree(self.units, self.snapshots, self.packs, as_of=self.as_of, trust=trust, catalogue=catalogue)
        idle = [
            Problem("error.pack_for_no_level", Place(file=FILE), pack=pack, levels=levels_text(tree.levels[title]))
            for pack, title in ((name, tree.title(name)) for name in map(_name, self.packs))
            if not any(title in one.assessments or _counted(one, title) for one in tree.units)
        ]
        if idle and any(unit.parent for unit in self.units):
            raise EvaluationError(*idle)
        return _of_given(tree) if self.of_table else tree

    def check_plans(self, tree: TreeAssessment) -> tuple[TargetResult, ...]:
        """Every target of the dossier's plans held against its tree."""
        return tuple(result for plan in self.plans for result in check_plan(plan, tree))


def _of_given(tree: TreeAssessment) -> TreeAssessment:
    """The tree with counts of the units given, where nothing is judged by how many there are in all."""
    units = (
        one if one.assessments else structs.replace(one, counts=tuple(count.of_given() for count in one.counts))
        for one in tree.units
    )
    return structs.replace(tree, units=tuple(units))


def _counted(standing: UnitStanding, title: str) -> bool:
    return any(count.total for count in standing.counts if count.title == title)


def read_dossier(folder: str | os.PathLike[str]) -> Dossier:
    """Read ``dossier.yaml`` of a folder and the files it names, all of which lie in that folder.

    Raises:
        PackError: no such file, a faulty one, or a name that leads out of the folder.
        SnapshotError: a register or snapshot that cannot be understood.
    """
    root = Path(folder).resolve()
    if not root.exists():
        raise PackError(Problem("error.cannot_read", Place(file=root.name), reason=Problem("reason.no_such_file")))
    document = read_yaml(root / FILE)
    named = validate(_File, document)

    def inside(name: str) -> Path:
        path = (root / name).resolve()
        if not path.is_relative_to(root):
            raise PackError(Problem("error.leads_out", Place(file=FILE), file=name, bundle=root.name))
        return path

    units: tuple[Unit, ...] = ()
    if named.register_:
        if named.province is None:
            raise PackError(Problem("error.missing_key", document.place(()), key="province"))
        with seen_from(Path(named.register_), root):
            units = read_units(inside(named.register_), province=named.province)
    elif named.province is not None:
        units = (named.province,)
    # A pack file of one's own, which findings name by its id: beside the dossier, or else where the path leads.
    packs = tuple(_pack(name, root) for name in named.packs)
    own = tuple(pack for pack in packs if isinstance(pack, Pack))
    snapshots: list[Snapshot] = []
    for name in named.snapshots:
        with seen_from(Path(name), root):
            snapshots += read_snapshots(inside(name), packs=own, units=units, numbers=named.numbers)
    plans: list[Plan] = []
    for name in named.plans:
        with seen_from(Path(name), root):
            plans.append(read_plan(inside(name)))
    read = (FILE, named.register_ or FILE, *named.snapshots, *named.plans)
    files = tuple(inside(name) for name in read)
    notes = {(unit, note.pack): note.text for note in named.notes for unit in note.units}
    strange = {unit for unit, _ in notes} - {one.id for one in (*units, *(snapshot.unit for snapshot in snapshots))}
    if strange:
        known = [unit.id for unit in units]
        where = Place(file=FILE)
        raise CatalogueError(
            *(Problem("error.no_unit", where, unit=one, near=nearest(one, known)) for one in sorted(strange))
        )
    return Dossier(
        named.title,
        named.as_of,
        packs,
        units,
        tuple(snapshots),
        tuple(plans),
        named.explain,
        files,
        notes,
        named.letter,
    )


def of_snapshots(
    snapshots: Sequence[Snapshot],
    packs: Sequence[Pack | str],
    *,
    units: Iterable[Unit] = (),
    title: Text | None = None,
    files: Iterable[str | os.PathLike[str]] = (),
) -> Dossier:
    """A dossier of nothing but snapshots, of their latest day, for a report on them.

    Counts are of the units given: what more of them the country's register has is said beside, not counted as open. Of
    ``units``, a register, those are taken over in which a unit lies; one that lies in nothing known stands alone.

    >>> snapshot = Snapshot(unit={"id": "x", "level": "commune", "region": "btb"}, as_of="2023-08-17")
    >>> of_snapshots([snapshot], ["vn/commune"]).assess().verdict("x", "vn/commune")
    <Verdict.UNKNOWN: 'UNKNOWN'>

    Raises:
        EvaluationError: no snapshot, or one of a level that none of the packs is for.
    """
    if not snapshots:
        raise EvaluationError(Problem("error.no_snapshot"))
    day = max(snapshot.as_of for snapshot in snapshots)
    loaded = [pack if isinstance(pack, Pack) else load_pack(pack, None if "@" in pack else day) for pack in packs]
    levels = {level for pack in loaded for level in pack.applies_to}
    strange = [one.unit for one in snapshots if one.unit.level not in levels]
    if strange:
        names, known = ", ".join(pack.reference for pack in loaded), levels_text(tuple(sorted(levels)))
        raise EvaluationError(
            *(Problem("error.level", Place(path=u.id), pack=names, level=u.level, levels=known) for u in strange)
        )
    said = title or in_both("brief.title")
    register = {unit.id: unit for unit in units}
    named = {one.unit.id: one.unit for one in snapshots}
    around: dict[str, Unit] = {}
    for unit in named.values():
        parent = unit.parent
        while parent is not None and parent not in named and parent in register:
            around[parent] = register[parent]
            parent = register[parent].parent
    # Tables say of what districts and provinces their units are; a report gathers units under them.
    around |= {unit.id: _in_words(unit, day) for unit in above((*named.values(), *around.values()), day)}
    there = named.keys() | around.keys()
    alone = tuple(
        one.model_copy(update={"unit": one.unit.model_copy(update={"parent": None})})
        if one.unit.parent is not None and one.unit.parent not in there
        else one
        for one in snapshots
    )
    read = tuple(map(Path, files))
    return Dossier(said, day, tuple(packs), tuple(around.values()), alone, (), files=read, of_table=True)


def _in_words(unit: Unit, day: date) -> Unit:
    """A province of which no more is known than its id, by its name."""
    if unit.name:
        return unit
    return unit.model_copy(update={"name": provinces_of(installed()).called(unit.id, day)})


def _name(pack: Pack | str) -> str:
    return pack if isinstance(pack, str) else pack.id


def _pack(name: str, root: Path) -> Pack | str:
    if not name.endswith((".yaml", ".yml")):
        return name
    beside = (root / name).resolve()
    return load_pack(beside if beside.is_relative_to(root) and beside.is_file() else Path(name))


def bundled(year: int = 2023) -> Path:
    """The folder of a bundled example: the real results of Hà Tĩnh province in August 2023, or a made-up province of
    2026 under the set in force.

    Raises:
        CatalogueError: the example was not installed.
    """
    here = Path(__file__).parent
    # Beside the package in an installation, at the top of the tree in a checkout.
    for folder in (here / "examples" / EXAMPLES[year], here.parents[1] / "examples" / EXAMPLES[year]):
        if (folder / FILE).is_file():
            return folder
    raise CatalogueError(Problem("error.no_example"))
