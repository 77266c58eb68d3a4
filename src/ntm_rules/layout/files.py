"""Files and folders of offices' tables, by one layout or each as it is proposed."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from ..errors import NtmError, Place, Problem, SnapshotError
from ..made import WORKSHEET_MARK, refuse_report
from ..messages import Lang
from ..pack.catalogue import Catalogue, installed
from ..pack.model import Pack
from ..snapshot.builder import SnapshotBuilder
from ..snapshot.cells import SnapshotWarning
from ..snapshot.model import Snapshot
from ..snapshot.register import NO_PROVINCE, read_units
from ..snapshot.unit import Unit
from ..snapshot.vocabulary import Vocabulary
from ..territory import Level, Region
from ..units.provinces import provinces_of
from .editions import edition_of_table
from .grid import Grid, grids
from .lookup import Items, Units
from .model import Column, Layout, read_layout
from .noted import placed
from .proposal import Proposal
from .propose import propose
from .reading import Read, read_table
from .titles import completed

KINDS = (".xlsx", ".xlsm", ".csv", ".tsv", ".docx")
# Tables, too, but of kinds that are to be saved as another first: they are refused one by one, not passed over.
_OTHERS = (".xls", ".xlsb", ".ods", ".doc", ".odt", ".rtf", ".pdf")


class FileRead(NamedTuple):
    """What one file gave: how each table was understood and read, its snapshots, what was refused, and tables left."""

    path: Path
    proposals: tuple[tuple[Grid, Proposal], ...]
    reads: tuple[Read, ...]
    snapshots: tuple[Snapshot, ...]
    refused: tuple[Problem, ...]
    left: tuple[Problem, ...] = ()


class Asked(NamedTuple):
    """What is known of tables beforehand."""

    pack: Pack
    units: tuple[Unit, ...] = ()
    as_of: date | None = None
    province: str = ""
    level: Level | None = None
    region: Region | None = None
    unit: Unit | None = None

    def seed(self) -> Layout:
        """A layout that says what is known beforehand, and of columns nothing."""
        return Layout(
            pack=self.pack.reference,
            rows="indicators",
            heading=(1, 1),
            columns=(Column(column="A", role="text"),),
            level=self.level,
            province=self.province,
            region=self.region,
            unit=self.unit,
            period=f"{self.as_of:%d/%m/%Y}" if self.as_of else "",
            year=self.as_of.year if self.as_of else None,
        )


def units_of(path: Path, asked: Asked) -> tuple[Unit, ...]:
    """The units of a register; where nobody said which province they lie in, it is given no name of ours.

    Raises:
        SnapshotError: what ``read_units`` refuses.
    """
    named = provinces_of(installed()).called(asked.province, asked.as_of) if asked.province and asked.as_of else ""
    province = Unit(id=asked.province or NO_PROVINCE, name=named, level=Level.PROVINCE, region=asked.region)
    units = read_units(path, province=province)
    if asked.province:
        return units
    return tuple(
        one.model_copy(update={"province": None, "parent": None if one.parent == NO_PROVINCE else one.parent})
        for one in units
        if one.id != NO_PROVINCE
    )


def unit_named(name: str, asked: Asked, days: Iterable[date] = ()) -> Unit:
    """The unit that somebody names whose table says nothing of it; ``days`` are those that the table tells of.

    Raises:
        SnapshotError: nobody is called so, or several are.
    """
    ledger = SnapshotBuilder(Vocabulary(installed(), (asked.pack,), "error"), asked.as_of)
    return Units(asked.seed(), ledger, asked.units, asked.as_of).find(name, days=() if asked.as_of else days)


def tables_of(path: Path) -> list[Path]:
    """The file, or the files of a folder that may hold tables, in the order of their names.

    Raises:
        SnapshotError: there are none.
    """
    if not path.is_dir():
        return [path]
    found = [p for p in sorted(path.iterdir()) if _why_left(p) is None]
    if not found:
        raise SnapshotError(Problem("error.no_files", Place(file=path.name), names=", ".join(KINDS)))
    return found


def left_in(path: Path) -> tuple[Problem, ...]:
    """What a folder holds beside the files of tables, each with the reason why it is not looked at."""
    inside = sorted(path.iterdir()) if path.is_dir() else []
    return tuple(problem for one in inside if (problem := _why_left(one)) is not None)


def _why_left(path: Path) -> Problem | None:
    where = Place(file=str(path))
    if path.name.startswith((".", "~$")):
        return Problem("layout.left_lock", where)
    if path.is_dir():
        return Problem("layout.left_folder", where)
    known = path.suffix.casefold() in (*KINDS, *_OTHERS)
    return None if known else Problem("layout.left_file", where, kinds=", ".join(KINDS))


def read_file(
    path: Path,
    asked: Asked,
    layout: Layout | None = None,
    *,
    catalogue: Catalogue | None = None,
    lang: Lang = "vi",
    items: Items | None = None,
) -> FileRead:
    """One file: read by the layout given, or by the one proposed where nothing about it is in doubt.

    ``items`` of the pack, shared by those who read many files, spare looking the same wordings up again.
    """
    known = Vocabulary(catalogue or installed(), (asked.pack,), "error")
    ledger = SnapshotBuilder(known, asked.as_of, layout.numbers if layout is not None else None)
    proposals: list[tuple[Grid, Proposal]] = []
    reads: list[Read] = []
    left: list[Problem] = []
    try:
        refuse_report(path, SnapshotError)
        tables = _figures(grids(path), left)
        chosen = _of_layout(tables, layout, left) if layout else _looked_at(tables, asked, ledger, left, lang)
        proposals = [(grid, proposal) for grid, proposal in chosen if proposal is not None]
        for grid, proposal in chosen:
            plan = (
                _plan(grid, layout, asked, ledger) if layout is not None else _proposed(grid, proposal, asked, ledger)
            )
            if plan is not None:
                reads.append(read_table(grid, plan, items or asked.pack, ledger, asked.units))
        if not chosen:
            ledger.fail(Problem("error.no_table" if layout else "error.no_tables", Place(file=path.name)))
        snapshots = ledger.finish()
    except NtmError as error:
        return FileRead(path, tuple(proposals), tuple(reads), (), error.problems, tuple(left))
    refused = () if snapshots else (Problem("error.nothing_read", Place(file=path.name)),)
    return FileRead(path, tuple(proposals), tuple(reads), snapshots, refused, tuple(left))


def _plan(grid: Grid, layout: Layout, asked: Asked, ledger: SnapshotBuilder) -> Layout | None:
    """The layout with what this call and this table say beside it; ``None``: they contradict it, which is told."""
    said = {name: value for name in ("unit", "period", "year") if (value := getattr(asked.seed(), name))}
    update = said if layout.rows == "indicators" else {key: said[key] for key in said if key != "unit"}
    seed = asked.seed()
    # What a layout leaves open of where its units lie, the call says.
    lie = {name: getattr(seed, name) for name in ("province", "level", "region") if not getattr(layout, name)}
    # A layout for every edition is one for that of the table's day.
    pack = asked.pack.reference if layout.pack == asked.pack.id else layout.pack
    plan = layout.model_copy(update={**update, **lie, "pack": pack})
    plan, problems = completed(grid, placed(grid, plan) or plan, asked.pack, ledger, asked.units)
    for problem in problems:
        ledger.fail(problem.at(grid.place()))
    return plan if not problems else None


def _proposed(grid: Grid, proposal: Proposal | None, asked: Asked, ledger: SnapshotBuilder) -> Layout | None:
    if proposal is None or proposal.layout is None or proposal.doubts:
        ledger.fail(Problem("error.layout_unsure", grid.place(), count=len(proposal.doubts) if proposal else 0))
        return None
    # What the call says beside a table may contradict what the table says of itself.
    _, problems = completed(grid, proposal.layout, asked.pack, ledger, asked.units)
    for problem in problems:
        ledger.fail(problem.at(grid.place()))
    return proposal.layout if not problems else None


def _figures(tables: Iterable[Grid], left: list[Problem]) -> list[Grid]:
    """The tables that are shown, of a file that is no worksheet of this library."""
    found = list(tables)
    for grid in found:
        if any(grid.text(row, column) == WORKSHEET_MARK for row in grid.rows[:1] for column in grid.filled(row)):
            raise SnapshotError(Problem("error.own_worksheet", Place(file=grid.place().file)))
    return _visible(found, left)


_Chosen = list[tuple[Grid, Proposal | None]]


def _visible(tables: Iterable[Grid], left: list[Problem]) -> list[Grid]:
    found = list(tables)
    left += [Problem("layout.left_hidden", grid.place()) for grid in found if grid.hidden]
    return [grid for grid in found if not grid.hidden]


def _of_layout(tables: list[Grid], layout: Layout, left: list[Problem]) -> _Chosen:
    """The tables of a file that a layout is for: of its sheet, or with its headings."""
    alike = [grid for grid in tables if placed(grid, layout) is not None]
    named = [grid for grid in tables if layout.sheet and grid.name == layout.sheet]
    # A table that is the only one, or of the sheet's name, is read as the layout's: what differs in it is told.
    chosen = named or alike or (tables if len(tables) == 1 else [])
    left += [Problem("layout.left_other", grid.place()) for grid in tables if grid not in chosen]
    return [(grid, None) for grid in chosen]


def _looked_at(tables: list[Grid], asked: Asked, ledger: SnapshotBuilder, left: list[Problem], lang: Lang) -> _Chosen:
    """The tables of a file that look like one of figures; where none does, the first with what is not clear in it."""
    rest = asked._asdict()
    pack, units = rest.pop("pack"), rest.pop("units")
    proposed = [(grid, propose(grid, pack, ledger, units, **rest, lang=lang)) for grid in tables]
    chosen: _Chosen = [(grid, one) for grid, one in proposed if one.layout is not None]
    if not chosen and len(proposed) == 1:
        return [(grid, propose(grid, pack, ledger, units, **rest, lang=lang, guess=True)) for grid in tables]
    keys = {"layout.doubt.no_heading": "layout.left_plain", "layout.doubt.no_subject": "layout.left_foreign"}
    left += [
        Problem(keys[one.doubts[0].key], grid.place(), pack=asked.pack.reference)
        for grid, one in proposed
        if one.layout is None
    ]
    return chosen


def read_by_layout(
    path: Path,
    layout: Layout | str | os.PathLike[str],
    packs: Iterable[Pack] = (),
    units: Iterable[Unit] = (),
    catalogue: Catalogue | None = None,
) -> tuple[Snapshot, ...]:
    """The snapshots of a file or folder of tables of one layout; its pack may be one of ``packs``.

    Raises:
        SnapshotError: the refusals of all files together.
    """
    plan = layout if isinstance(layout, Layout) else read_layout(Path(layout))
    known = catalogue or installed()
    own = next((pack for pack in packs if plan.pack in (pack.id, pack.reference)), None)
    items: dict[str, Items] = {}
    files = []
    for file in tables_of(path):
        pack = own or edition_of_table(file, plan.pack, plan, catalogue=known)
        if pack.reference not in items:
            items[pack.reference] = Items(pack)
        asked, shared = Asked(pack, tuple(units)), items[pack.reference]
        files.append(read_file(file, asked, plan, catalogue=catalogue, items=shared))
    for problem in left_in(path):
        warnings.warn(SnapshotWarning(problem), stacklevel=3)
    return merged(agreed(files))


class _Facts:
    """What each file was the first to say of a unit and day."""

    def __init__(self) -> None:
        self.units: dict[tuple[str, date], tuple[Unit, int]] = {}
        self._said: dict[tuple[str, date, str], tuple[object, int]] = {}

    def differing(self, snapshot: Snapshot, number: int) -> Iterator[tuple[str, int]]:
        """What a file says otherwise than one before it, and which one."""
        key = (snapshot.unit.id, snapshot.as_of)
        for what, said in _said(snapshot):
            before, first = self._said.setdefault((*key, what), (said, number))
            if before != said:
                yield what, first


def _said(snapshot: Snapshot) -> Iterator[tuple[str, object]]:
    for name, observed in snapshot.measures.items():
        yield name, [one.value for one in observed]
    for pack, codes in snapshot.findings.items():
        for code, found in codes.items():
            yield f"{pack} {code}", [one.finding for one in found]
    for name in ("name", "level", "parent", "region", "group"):
        if said := getattr(snapshot.unit, name):
            yield name, said


def agreed(files: Iterable[FileRead]) -> list[FileRead]:
    """The files; those that say different things of a unit and day are refused, and what several say together of one
    is told."""
    read, facts = list(files), _Facts()
    problems: dict[int, list[Problem]] = {}
    for number, file in enumerate(read):
        for snapshot in file.snapshots:
            unit, first = facts.units.setdefault((snapshot.unit.id, snapshot.as_of), (snapshot.unit, number))
            said = {"unit": unit.label, "day": snapshot.as_of}
            differing = list(facts.differing(snapshot, number))
            for what, other in differing[:3]:
                for one, two in ((number, other), (other, number)):
                    where, there = Place(file=str(read[one].path)), str(read[two].path)
                    told = Problem("error.files_differ", where, what=what, other=there, **said)
                    problems.setdefault(one, []).append(told)
            if first != number and not differing:
                where = Place(file=str(file.path))
                joined = Problem("warning.files_joined", where, other=str(read[first].path), **said)
                warnings.warn(SnapshotWarning(joined), stacklevel=2)
    return [
        file._replace(snapshots=(), refused=(*file.refused, *problems[number])) if number in problems else file
        for number, file in enumerate(read)
    ]


def merged(files: Iterable[FileRead]) -> tuple[Snapshot, ...]:
    """What several files say of the same unit and day, put together.

    Raises:
        SnapshotError: the refusals of all files together.
    """
    files = list(files)
    if problems := [problem for one in files for problem in one.refused]:
        raise SnapshotError(*problems)
    found: dict[tuple[str, date], Snapshot] = {}
    for file in files:
        for snapshot in file.snapshots:
            key = (snapshot.unit.id, snapshot.as_of)
            found[key] = found[key].merged(snapshot) if key in found else snapshot
    return tuple(found.values())
