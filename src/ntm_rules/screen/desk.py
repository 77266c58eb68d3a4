"""One file on the desk: read as a person means it, judged, written down as what is to be taken away."""

from __future__ import annotations

import base64
import binascii
import warnings
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

from pydantic import Field

from ..assessment.model import Assessment
from ..day import Day
from ..dossier import Dossier, of_snapshots
from ..errors import NtmError, Place, Problem, SnapshotError
from ..evaluation.many import Evaluated, evaluate_all
from ..frozen import Frozen
from ..layout.files import Asked, FileRead, read_file
from ..layout.model import Layout
from ..layout.show import as_html
from ..messages import Lang, Text, has, say
from ..pack.catalogue import installed, load_pack
from ..pack.loader import dump_yaml
from ..report import write_report
from ..report.gather import gather
from ..snapshot.model import Snapshot, Unit
from ..snapshot.readers import read_snapshots
from ..snapshot.register import read_units
from ..territory import Level, Region
from ..units import REFORM
from ..units.provinces import provinces_of
from .fixing import fix

TABLES = (".xlsx", ".xlsm", ".csv", ".tsv", ".txt", ".docx")
OWN = (*TABLES[:-1], ".yaml", ".yml", ".json")
DECISIONS = (".docx", ".pdf", ".html", ".htm")
MOST = 25_000_000


Meant = Literal["met", "not_met", "not_applicable", "nothing", "wrong"]


class OnDesk(Frozen):
    """A file and what was chosen beside it.

    ``fixes`` are texts typed into cells, by their address; ``marks`` what the signs of a table mean.
    A sign that is ``wrong`` is refused in every cell it stands in, so that each can be fixed.
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
        top = Unit(id=self.province or "tinh", level=Level.PROVINCE, region=self.region)
        return read_units(_put(inside, self.register_name, self.register_data), province=top)


def _put(folder: Path, name: str, coded: str) -> Path:
    path = folder / Path(name.replace("\\", "/")).name
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

    ``around`` is the register that was given; ``marks`` are signs nobody explained, and in how many
    cells each stands.
    """

    snapshots: tuple[Snapshot, ...] = ()
    around: tuple[Unit, ...] = ()
    refused: tuple[Problem, ...] = ()
    doubts: tuple[str, ...] = ()
    marks: tuple[tuple[str, int], ...] = ()
    seen: str = ""


def understand(desk: OnDesk) -> Told:
    """The file read by the library's own layouts; where it has none of them, as an office's own table."""
    pack = load_pack(desk.pack, None if "@" in desk.pack else desk.day)
    with TemporaryDirectory() as folder:
        path, units = desk.written(Path(folder)), desk.register(Path(folder))
        suffix = path.suffix.casefold()
        if suffix not in OWN and suffix not in TABLES:
            names = ", ".join(dict.fromkeys(OWN + TABLES))
            raise SnapshotError(Problem("screen.kind", Place(file=path.name), names=names))
        own: NtmError | None = None
        doubts: list[str] = []
        if suffix in OWN:
            with warnings.catch_warnings(record=True) as caught:
                warnings.simplefilter("always")
                try:
                    snapshots = read_snapshots(path, packs=(pack,), as_of=desk.day, units=units)
                except NtmError as error:
                    own = error
            doubts = [str(one.message) for one in caught]
            if own is None:
                return Told(snapshots=_placed(snapshots, desk), around=units, doubts=tuple(doubts))
        if suffix in TABLES:
            asked = Asked(pack, units, desk.day, desk.province, desk.level, desk.region)
            done = read_file(path, asked, lang=desk.lang)
            if (layout := _explained(done, desk)) is not None:
                done = read_file(path, asked, layout, lang=desk.lang)
            if done.snapshots or done.reads or own is None or _strange(own):
                return _of_office(done, units, desk)
        assert own is not None
        return Told(refused=own.problems, doubts=tuple(doubts))


def _strange(own: NtmError) -> bool:
    """Whether the library's own layouts did not know the table at all: no cell of it is at fault."""
    return not any(problem.place.cell for problem in own.problems)


def _explained(done: FileRead, desk: OnDesk) -> Layout | None:
    """The layout proposed, with the marks that were explained; ``None`` where something else is in doubt."""
    for _, proposal in done.proposals:
        asked = [str(doubt.params["mark"]) for doubt in proposal.doubts if doubt.key == "layout.doubt.marks"]
        if (
            proposal.layout is not None
            and asked
            and len(asked) == len(proposal.doubts)
            and desk.marks.keys() >= {*asked}
        ):
            said = {mark: meaning for mark, meaning in desk.marks.items() if meaning != "wrong"}
            told = proposal.layout.model_dump(mode="json", by_alias=True, exclude_none=True, exclude_defaults=True)
            return Layout.model_validate({**told, "marks": {**proposal.layout.marks, **said}})
    return None


def _of_office(done: FileRead, units: tuple[Unit, ...], desk: OnDesk) -> Told:
    lang = desk.lang
    doubts = [
        proposal._replace(doubts=tuple(map(as_here, proposal.doubts))).text(grid, lang)
        for grid, proposal in done.proposals
        if proposal.doubts
    ]
    doubts += [as_here(problem).text(lang) for problem in done.left]
    asked = [doubt for _, proposal in done.proposals for doubt in proposal.doubts if doubt.key == "layout.doubt.marks"]
    return Told(
        snapshots=_placed(done.snapshots, desk),
        around=units,
        refused=done.refused,
        doubts=tuple(doubts),
        marks=tuple((str(one.params["mark"]), int(one.params["count"])) for one in asked),
        seen=as_html(done.reads, lang) if done.reads else "",
    )


def _placed(snapshots: tuple[Snapshot, ...], desk: OnDesk) -> tuple[Snapshot, ...]:
    """The units where they were said to lie, where the file does not say."""
    placed = []
    for one in snapshots:
        unit = one.unit
        said = {"province": unit.province or desk.province or None, "region": unit.region or desk.region}
        placed.append(one.model_copy(update={"unit": unit.model_copy(update=said)}))
    return tuple(placed)


def told_of(told: Told, lang: Lang) -> dict[str, Any]:
    """What the page shows of a reading."""
    return {
        "units": [{"id": one.unit.id, "name": one.unit.name or one.unit.id} for one in told.snapshots],
        "problems": [_problem(problem, lang) for problem in told.refused],
        "doubts": list(told.doubts),
        "marks": [{"mark": mark, "count": count} for mark, count in told.marks],
        "seen": told.seen,
    }


def _problem(problem: Problem, lang: Lang) -> dict[str, str]:
    place = problem.place
    if not place.cell:
        return {"cell": "", "text": as_here(problem).text(lang), "code": problem.key}
    cell = f"{place.sheet}!{place.cell}" if place.sheet else place.cell
    here = as_here(problem)
    return {"cell": cell, "text": say(here.key, lang, **here.params), "code": problem.key}


def as_here(problem: Problem) -> Problem:
    """The problem in the words of the page, which has fields where the command line has options and a layout file."""
    key = f"here.{problem.key}"
    params = {name: as_here(one) if isinstance(one, Problem) else one for name, one in problem.params.items()}
    return Problem(key if has(key) else problem.key, problem.place, **params)


def judged(desk: OnDesk, told: Told) -> dict[str, Any]:
    """Every unit with its verdict and explanation, the criteria beside each other, what departments owe."""
    lang = desk.lang
    done = evaluate_all(desk.pack, told.snapshots)
    answer: dict[str, Any] = {
        "refusals": [as_here(one).text(lang) for refusal in done.refusals for one in refusal.problems],
        "units": [_unit(result, lang) for result in done.results],
        "criteria": [],
        "work": [],
        "against": [],
        "limits": [],
    }
    if done.results:
        report = gather(_dossier(desk, told, done).assess(), lang)
        for table in report.tables:
            answer["criteria"] = [{"code": code, "title": title} for code, title in table.heads]
            rows = {row.assessment.unit.id: row.cells for row in table.rows}
            for unit in answer["units"]:
                cells = rows.get(unit["id"], ())
                unit["cells"] = [c and {"verdict": str(c.verdict), "why": c.why} for c in cells]
        answer["work"] = [
            {"agency": one.agency, "unit": one.unit, "open": ", ".join(one.open), "failed": ", ".join(one.failed)}
            for one in report.work
        ]
        answer["against"], answer["limits"] = list(report.against), list(report.limits)
    return answer


def _unit(result: Assessment, lang: Lang) -> dict[str, Any]:
    return {
        "id": result.unit.id,
        "name": result.unit.label,
        "verdict": str(result.verdict),
        "said": say(f"verdict.{result.verdict}", lang),
        "met": result.criteria_met,
        "total": result.criteria_total,
        "html": result.to_html(lang),
    }


def taken_away(desk: OnDesk, told: Told) -> bytes:
    """The report of the kind asked for, or the snapshots as they were understood."""
    if desk.kind == "yaml":
        return dump_yaml({"snapshots": [one.to_dict() for one in told.snapshots]}).encode()
    done = evaluate_all(desk.pack, told.snapshots)
    if not done.results:
        raise SnapshotError(*(problem for refusal in done.refusals for problem in refusal.problems))
    dossier = _dossier(desk, told, done)
    with TemporaryDirectory() as folder:
        path = Path(folder, f"report.{desk.kind}")
        write_report(dossier.assess(), path, lang=desk.lang, title=desk.title)
        return path.read_bytes()


def _dossier(desk: OnDesk, told: Told, done: Evaluated) -> Dossier:
    """The units that could be judged, with those they lie in."""
    known = {result.unit.id for result in done.results}
    title = Text(desk.title, desk.title) if desk.title else None
    snapshots = [one for one in told.snapshots if one.unit.id in known]
    return of_snapshots(snapshots, [desk.pack], units=told.around, title=title)


def decision_page(desk: OnDesk) -> str:
    """A decision held against the pack, figure by figure, as the page of its review."""
    from ..document import match, read_document
    from ..document.review import write_review

    with TemporaryDirectory() as folder:
        path = desk.written(Path(folder))
        if path.suffix.casefold() not in DECISIONS:
            raise SnapshotError(Problem("screen.kind", Place(file=path.name), names=", ".join(DECISIONS)))
        reading = match(read_document(path), load_pack(desk.pack, None if "@" in desk.pack else desk.day))
        out = Path(folder, "review-of-decision.html")
        write_review(reading, out, lang=desk.lang)
        return out.read_text(encoding="utf-8")


def choices(lang: Lang) -> dict[str, Any]:
    """What can be chosen: packs with their titles, provinces, levels, regions."""
    catalogue = installed()
    return {
        "packs": [
            {
                "reference": one.reference,
                "title": one.title.text(lang),
                "levels": [str(level) for level in one.applies_to],
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
