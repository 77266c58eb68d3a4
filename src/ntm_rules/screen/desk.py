"""One file on the desk: read as a person means it, judged, written down as what is to be taken away."""

from __future__ import annotations

import base64
import binascii
import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any, Literal

from msgspec.structs import replace
from pydantic import Field

from ..day import Day
from ..errors import NtmError, Place, Problem, SnapshotError
from ..frozen import Frozen
from ..layout.editions import edition
from ..layout.files import Asked, FileRead, read_file
from ..layout.model import SAYING, Layout
from ..layout.show import as_html
from ..messages import Lang, has, say
from ..pack.catalogue import installed
from ..pack.model import Pack
from ..snapshot.cells import SnapshotWarning
from ..snapshot.model import Snapshot
from ..snapshot.readers import is_form, read_snapshots
from ..snapshot.register import NO_PROVINCE, read_units
from ..snapshot.unit import Unit
from ..territory import Level, Region
from ..units import REFORM
from ..units.provinces import provinces_of
from .fixing import FIXED_HERE, fix
from .once import once

TABLES = (".xlsx", ".xlsm", ".csv", ".tsv", ".docx")
OWN = (*TABLES[:-1], ".yaml", ".yml", ".json")
MOST = 25_000_000
# Bytes of a file's name, as disks allow.
_LONGEST_NAME = 250
# Cells shown to be fixed at one time.
SHOWN = 300


Meant = Literal["met", "not_met", "not_applicable", "nothing", "wrong"]


class OnDesk(Frozen):
    """A file and what was chosen beside it.

    ``fixes`` are texts typed into cells, by their address; ``marks`` what the signs of a table mean.
    A sign that is ``wrong`` is refused in every cell it stands in, so that each can be fixed. ``understood`` are words
    of titles and headings that change nothing in the figures.
    """

    refusal = SnapshotError

    name: str = Field(min_length=1, max_length=200)
    data: str
    pack: str
    day: Day
    province: str = ""
    region: Region | None = None
    level: Level | None = None
    lang: Lang = "vi"
    fixes: dict[str, str] = {}
    register_name: str = Field("", max_length=200)
    register_data: str = ""
    marks: dict[str, Meant] = {}
    understood: tuple[str, ...] = Field((), max_length=100)
    title: str = Field("", max_length=500)
    kind: Literal["html", "xlsx", "docx", "yaml"] = "html"

    def written(self, folder: Path) -> Path:
        """The file in a folder of its own, with the fixes in it.

        Raises:
            SnapshotError: too large, damaged on the way, or a fix that has no place.
        """
        path = _put(folder, self.name, self.data)
        fix(path, self.fixes)
        return path

    def register(self, folder: Path) -> tuple[Unit, ...]:
        """The units of the register that was given beside the file, if one was.

        Raises:
            SnapshotError: what cannot be read of it.
        """
        if not self.register_name:
            return ()
        inside = folder / "register"
        inside.mkdir()
        top = Unit(id=self.province or NO_PROVINCE, level=Level.PROVINCE, region=self.region)
        return read_units(_put(inside, self.register_name, self.register_data), province=top)


def _put(folder: Path, name: str, coded: str) -> Path:
    plain = Path(name.replace("\\", "/")).name
    if plain in ("", ".", "..") or "\0" in plain or len(plain.encode()) > _LONGEST_NAME:
        raise SnapshotError(Problem("error.upload_name", Place(path="name")))
    path = folder / plain
    try:
        data = base64.b64decode(coded, validate=True)
    except (binascii.Error, ValueError):
        raise SnapshotError(Problem("screen.damaged", Place(file=path.name))) from None
    if len(data) > MOST:
        raise SnapshotError(Problem("screen.too_large", Place(file=path.name), most=MOST // 1_000_000))
    path.write_bytes(data)
    return path


class Told(Frozen):
    """What the file gave: its snapshots, or what is wrong; how an office's own table was understood.

    ``around`` is the register that was given; ``marks`` are signs that the table does not explain, and in
    how many cells each stands, and ``words`` those of titles and headings that are not understood, each with what is
    asked, whether they were explained on the page or not.
    """

    snapshots: tuple[Snapshot, ...] = ()
    around: tuple[Unit, ...] = ()
    refused: tuple[Problem, ...] = ()
    doubts: tuple[str, ...] = ()
    marks: tuple[tuple[str, int], ...] = ()
    words: tuple[tuple[str, Problem], ...] = ()
    understood: tuple[str, ...] = ()
    seen: str = ""


def understand(desk: OnDesk, folder: Path) -> Told:
    """The file read by the library's own layouts; where it has none of them, as an office's own table."""
    pack = pack_on(desk)
    path, units = table_on(desk, folder), desk.register(folder)
    suffix = path.suffix.casefold()
    own: NtmError | None = None
    with noticed(desk.lang) as doubts:
        if suffix in OWN:
            try:
                snapshots = read_snapshots(path, packs=(pack,), as_of=desk.day, units=units)
            except NtmError as error:
                own = error
    if suffix in OWN and own is None:
        if not any(map(_says_something, snapshots)):
            return _no_figures(path, len(snapshots))
        return Told(snapshots=_placed(snapshots, desk), around=_around(units), doubts=tuple(doubts))
    if suffix in TABLES and (own is None or _strange(own) or _of_headings(own)):
        asked = Asked(pack, units, desk.day, desk.province, desk.level, desk.region)
        with noticed(desk.lang) as told:
            done = read_file(path, asked, lang=desk.lang)
            asked_about = _asked_about(done)
            if (layout := _explained(done, desk)) is not None:
                done = read_file(path, asked, layout, lang=desk.lang)
        if not done.snapshots and not _has_figures(done) and (count := _units_in(path)):
            return _no_figures(path, count)
        if own is None or _strange(own) or _fits_better(done, asked_about, own):
            return _of_office(done, units, desk, asked_about, told)
    assert own is not None
    return Told(refused=own.problems, doubts=tuple(doubts))


def _says_something(one: Snapshot) -> bool:
    return bool(one.measures or one.findings or one.recognitions or one.children or one.unit.attributes)


def _has_figures(done: FileRead) -> bool:
    layouts = (proposal.layout for _, proposal in done.proposals)
    return any(column.role in SAYING for layout in layouts if layout is not None for column in layout.columns)


def _units_in(path: Path) -> int:
    """How many units a file lists, without those they lie in, if it is a register."""
    try:
        units = read_units(path, province=Unit(id=NO_PROVINCE, level=Level.PROVINCE))
    except NtmError:
        return 0
    above = {one.parent for one in units}
    return sum(one.id not in above for one in units)


def _no_figures(path: Path, count: int) -> Told:
    if is_form(path):
        return Told(refused=(Problem("error.nothing_read", Place(file=path.name)),))
    return Told(refused=(Problem("screen.no_figures", Place(file=path.name), count=count),))


def pack_on(desk: OnDesk) -> Pack:
    """The set that was chosen; of one without an edition, the one of the day."""
    return edition(desk.pack, desk.day)


def table_on(desk: OnDesk, folder: Path) -> Path:
    """The file, if it is of a kind that tables of figures are.

    Raises:
        SnapshotError: it is not.
    """
    path = desk.written(folder)
    if path.suffix.casefold() not in (*OWN, *TABLES):
        raise SnapshotError(of_another_kind(path, dict.fromkeys(OWN + TABLES)))
    return path


def of_another_kind(path: Path, kinds: Iterable[str]) -> Problem:
    """That a file is none of those read here, and what to do with one of an older program."""
    place = Place(file=path.name)
    if path.suffix.casefold() in (".xls", ".doc"):
        return Problem("error.document_old", place)
    return Problem("screen.kind", place, names=", ".join(kinds))


@contextmanager
def noticed(lang: Lang) -> Iterator[list[str]]:
    """What readers notice on their way, as the command line tells it too: in the list when it is over, each once."""
    told: list[str] = []
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        yield told
    problems = [one.message.problem for one in caught if isinstance(one.message, SnapshotWarning)]
    told += dict.fromkeys(as_here(problem).text(lang) for problem in problems)


def _around(units: tuple[Unit, ...]) -> tuple[Unit, ...]:
    """The units of a register, each where it was said to lie; what stood for no province is no place."""
    loose = [{name for name in ("province", "parent") if getattr(one, name) == NO_PROVINCE} for one in units]
    placed = (one.model_copy(update=dict.fromkeys(names)) for one, names in zip(units, loose, strict=True))
    return tuple(one for one in placed if one.id != NO_PROVINCE)


# What can be answered on the page: what marks mean, and words that change nothing.
_OF_WORDS = tuple(f"layout.doubt.{what}" for what in ("title_words", "title_plan", "heading_words", "section", "note"))
_ANSWERED_HERE = ("layout.doubt.marks", *_OF_WORDS)
# What a heading written otherwise on the page settles.
_OF_COLUMNS = tuple(f"layout.doubt.{what}" for what in ("column", "narrower", "of", "says"))
# What is said of columns where the library's own layouts do not know them.
_OF_HEADINGS = (
    *("error.unknown_column", "error.group_heading", "error.duplicate_column", "error.mixed_layouts"),
    *("error.facts_or_units", "error.verdict_of_what", "error.note_of_what"),
)


def _asked_about(done: FileRead) -> tuple[Problem, ...]:
    return tuple(doubt for _, proposal in done.proposals for doubt in proposal.doubts)


def _only_asked(done: FileRead) -> bool:
    doubts = {doubt.key for doubt in _asked_about(done)}
    return (
        bool(doubts)
        and doubts <= {*_ANSWERED_HERE, *_OF_COLUMNS}
        and {one.key for one in done.refused} == {"error.layout_unsure"}
    )


def _headings(done: FileRead) -> Iterator[Problem]:
    """The headings that are not understood, each in its cell, where it can be written otherwise."""
    for grid, proposal in done.proposals:
        if (layout := proposal.layout) is None:
            continue
        for doubt in proposal.doubts:
            if doubt.key in _OF_COLUMNS:
                cell = f"{doubt.params['column']}{layout.heading[1]}"
                yield Problem(doubt.key, replace(grid.place(), cell=cell), **doubt.params)


def _of_headings(own: NtmError) -> bool:
    return all(problem.key in _OF_HEADINGS for problem in own.problems)


def _fits_better(done: FileRead, asked: Sequence[Problem], own: NtmError) -> bool:
    """Whether less of the table is unclear when it is read as an office's own than as the library's."""
    if not _of_headings(own):
        return bool(done.snapshots or done.reads)
    unclear = [doubt for doubt in asked if doubt.key not in _ANSWERED_HERE]
    proposed = any(proposal.layout is not None for _, proposal in done.proposals)
    return proposed and len(unclear) < len(own.problems)


# What this program wrote itself and is no table of an office: what holds no facts, forms that are empty or damaged.
_OURS = ("error.own_report", "error.own_worksheet", "error.form_marks", "error.nothing_read")


def _strange(own: NtmError) -> bool:
    """Whether the library's own layouts did not know the table at all: no cell of it is at fault."""
    return not any(problem.place.cell or problem.key in _OURS for problem in own.problems)


def _explained(done: FileRead, desk: OnDesk) -> Layout | None:
    """The layout proposed, with what was explained; ``None`` where something else is in doubt, or something is left."""
    for _, proposal in done.proposals:
        marks = [str(doubt.params["mark"]) for doubt in proposal.doubts if doubt.key == "layout.doubt.marks"]
        words = [str(doubt.params["words"]) for doubt in proposal.doubts if doubt.key in _OF_WORDS]
        if (
            proposal.layout is not None
            and proposal.doubts
            and len(marks) + len(words) == len(proposal.doubts)
            and desk.marks.keys() >= {*marks}
            and {*desk.understood} >= {*words}
        ):
            said = {mark: meaning for mark, meaning in desk.marks.items() if meaning != "wrong"}
            told = proposal.layout.model_dump(mode="json", by_alias=True, exclude_none=True, exclude_defaults=True)
            return Layout.model_validate(
                {**told, "marks": {**proposal.layout.marks, **said}, "understood": desk.understood}
            )
    return None


def _of_office(
    done: FileRead, units: tuple[Unit, ...], desk: OnDesk, asked: Sequence[Problem], told: Sequence[str]
) -> Told:
    lang = desk.lang
    understood = [
        proposal._replace(doubts=tuple(map(as_here, proposal.doubts))).text(grid, lang)
        for grid, proposal in done.proposals
        if proposal.doubts
    ]
    left = [as_here(problem).text(lang) for problem in done.left]
    return Told(
        snapshots=_placed(done.snapshots, desk),
        around=_around(units),
        # What is to be explained is asked, not told as a fault.
        refused=(*_headings(done), *(() if _only_asked(done) else done.refused)),
        doubts=(*told, *left),
        understood=tuple(understood),
        marks=tuple(
            (str(one.params["mark"]), int(str(one.params["count"]))) for one in asked if one.key == "layout.doubt.marks"
        ),
        words=tuple((str(one.params["words"]), as_here(one)) for one in asked if one.key in _OF_WORDS),
        seen=as_html(done.reads, lang) if done.reads else "",
    )


def _placed(snapshots: tuple[Snapshot, ...], desk: OnDesk) -> tuple[Snapshot, ...]:
    """The units where they were said to lie, where the file does not say."""
    placed = []
    for one in snapshots:
        (unit,) = _around((one.unit,))
        said = {"province": unit.province or desk.province or None, "region": unit.region or desk.region}
        placed.append(one.model_copy(update={"unit": unit.model_copy(update=said)}))
    return tuple(placed)


def told_of(told: Told, desk: OnDesk) -> dict[str, Any]:
    """What the page shows of a reading: cells that were refused, and what is wrong with the file as a whole."""
    lang = desk.lang
    cells = [problem for problem in told.refused if problem.place.cell]
    return {
        "units": [{"id": one.unit.id, "name": one.unit.label} for one in told.snapshots],
        "problems": [_problem(problem, lang) for problem in cells[:SHOWN]],
        "more": max(0, len(cells) - SHOWN),
        "fixable": Path(desk.name).suffix.casefold() in FIXED_HERE,
        "refused": refused((problem for problem in told.refused if not problem.place.cell), lang),
        "doubts": list(told.doubts),
        "understood": list(told.understood),
        "marks": [{"mark": mark, "count": count} for mark, count in told.marks],
        "words": [{"words": words, "asked": asked.text(lang)} for words, asked in told.words],
        "seen": told.seen,
    }


def _problem(problem: Problem, lang: Lang) -> dict[str, str]:
    place, here = problem.place, as_here(problem)
    cell = f"{place.sheet}!{place.cell}" if place.sheet else place.cell
    return {"cell": cell, "text": say(here.key, lang, **here.params), "code": problem.key}


def refused(problems: Iterable[Problem], lang: Lang) -> list[str]:
    """What is wrong, each thing once with the places that it is wrong in."""
    here = [(problem.place.text(lang), as_here(problem)) for problem in problems]
    return once([(place, say(one.key, lang, **one.params)) for place, one in here], "places", lang)


def as_here(problem: Problem) -> Problem:
    """The problem in the words of the page, which has fields where the command line has options and a layout file."""
    key = f"here.{problem.key}"
    params = {name: as_here(one) if isinstance(one, Problem) else one for name, one in problem.params.items()}
    return Problem(key if has(key) else problem.key, problem.place, **params)


def choices(lang: Lang) -> dict[str, Any]:
    """What can be chosen: packs with their titles, provinces, levels, regions; and how large a file may be."""
    catalogue = installed()
    return {
        "most": MOST,
        "packs": [
            {
                "reference": one.reference,
                "title": one.title.text(lang),
                "from": one.valid_from.isoformat() if one.valid_from else "",
                "to": one.valid_to.isoformat() if one.valid_to else "",
            }
            for one in catalogue.packs()
        ],
        "provinces": {
            day.isoformat(): [{"id": one.id, "name": one.name} for one in provinces_of(catalogue).listed(day)]
            for day in (REFORM - timedelta(1), REFORM)
        },
        "regions": [{"id": str(region), "name": region.text(lang)} for region in Region],
        "levels": [{"id": str(level), "name": level.text(lang)} for level in Level],
    }
