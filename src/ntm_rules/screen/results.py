"""The units of the desk judged: what the page shows of them, and what is taken away."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ..assessment.model import Assessment
from ..dossier import Dossier, of_snapshots
from ..errors import SnapshotError
from ..evaluation.many import Evaluated, evaluate_all
from ..messages import Lang, Text, say
from ..pack.loader import dump_yaml
from ..report import write_report
from ..report.gather import gather
from ..report.wording import FIRST
from .desk import OnDesk, Told, as_here
from .once import once


def judged(desk: OnDesk, told: Told) -> dict[str, Any]:
    """Every unit with its verdict and explanation, the criteria beside each other, what departments owe."""
    lang = desk.lang
    done = evaluate_all(desk.pack, told.snapshots)
    answer: dict[str, Any] = {
        "refusals": _refusals(done, lang),
        "units": [_unit(result, lang) for result in done.results],
        "criteria": [],
        "first": {},
        "work": [],
        "against": [],
        "limits": [],
    }
    if done.results:
        report = gather(_dossier(desk, told, done).assess(), lang)
        for table in report.tables:
            # The prerequisites together have no code in the law.
            heads = [("" if code == FIRST else code, title) for code, title in table.heads]
            answer["criteria"] = [{"code": code, "title": title} for code, title in heads]
            rows = {row.assessment.unit.id: row.cells for row in table.rows}
            asked_first = (one for row in table.rows for one in row.assessment.prerequisites)
            answer["first"] |= {one.code: one.text.text(lang) for one in asked_first}
            for unit in answer["units"]:
                cells = rows.get(unit["id"], ())
                unit["cells"] = [c and {"verdict": str(c.verdict), "why": c.why} for c in cells]
        answer["work"] = [
            {"agency": one.agency, "unit": one.unit, "open": list(one.open), "failed": list(one.failed)}
            for one in report.work
        ]
        answer["against"], answer["limits"] = list(report.against), list(report.limits)
    return answer


def _refusals(done: Evaluated, lang: Lang) -> list[str]:
    told = []
    for refusal in done.refusals:
        for problem in map(as_here, refusal.problems):
            told.append((refusal.unit.label, say(problem.key, lang, **problem.params)))
    return once(told, "units", lang)


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


def taken_away(desk: OnDesk, told: Told, folder: Path) -> bytes:
    """The report of the kind asked for, or the snapshots as they were understood."""
    if desk.kind == "yaml":
        return dump_yaml({"snapshots": [one.to_dict() for one in told.snapshots]}).encode()
    done = evaluate_all(desk.pack, told.snapshots)
    if not done.results:
        raise SnapshotError(*(problem for refusal in done.refusals for problem in refusal.problems))
    path = folder / f"report.{desk.kind}"
    write_report(_dossier(desk, told, done).assess(), path, lang=desk.lang, title=desk.title)
    return path.read_bytes()


def _dossier(desk: OnDesk, told: Told, done: Evaluated) -> Dossier:
    """The units that could be judged, with those they lie in."""
    known = {result.unit.id for result in done.results}
    title = Text(desk.title, desk.title) if desk.title else None
    snapshots = [one for one in told.snapshots if one.unit.id in known]
    return of_snapshots(snapshots, [desk.pack], units=told.around, title=title)
