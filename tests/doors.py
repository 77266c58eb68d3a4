"""One commune's facts said at every door of the library, and what comes of them there."""

from __future__ import annotations

import csv
import io
import json
import warnings
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal, NamedTuple

import openpyxl
import polars as pl
import yaml
from openpyxl.cell.cell import Cell

from ntm_rules import Assessment, Pack, Snapshot, Unit, evaluate, evaluate_frame, load_pack, read_snapshots
from ntm_rules.errors import NtmError
from ntm_rules.live import LiveSession
from ntm_rules.normalization import is_blank
from ntm_rules.pack.catalogue import installed
from ntm_rules.pack.codes import plain_code
from ntm_rules.snapshot.cells import SnapshotWarning
from ntm_rules.snapshot.form import write_form
from ntm_rules.snapshot.form_reading import FORM_MARK, VISIBLE

DAY = "2023-08-17"
PACK = "hatinh/commune-advanced"


class Facts(NamedTuple):
    """What is said of one commune, in the words in which somebody said it."""

    measures: Mapping[str, Any] = {}
    findings: Mapping[str, Any] = {}
    attributes: Mapping[str, Any] = {}
    level: Any = "commune"
    region: Any = "btb"
    day: Any = DAY

    def plain(self) -> dict[str, Any]:
        unit = {"id": "x", "level": self.level, "region": self.region, "attributes": dict(self.attributes)}
        findings = {PACK: dict(self.findings)} if self.findings else {}
        return {"unit": unit, "as_of": self.day, "measures": dict(self.measures), "findings": findings}

    def columns(self) -> Iterator[tuple[str, Any]]:
        yield from (("id", "x"), ("level", self.level), ("region", self.region), ("as_of", self.day))
        yield from self.measures.items()
        yield from ((f"finding:{PACK}:{code}", word) for code, word in self.findings.items())
        yield from ((f"attribute:{name}", word) for name, word in self.attributes.items())


Come = tuple[Any, ...] | str
"""What comes of facts: what was read and the doubts about it; or the code of the first problem."""


def came(say: Callable[[], Assessment | tuple[Snapshot, Assessment]], facts: Facts) -> Come:
    """What comes of facts at a door, in a form that is alike for every door."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SnapshotWarning)
        try:
            snapshot, assessment = say()  # type: ignore[misc]
        except NtmError as error:
            return error.problems[0].code
    measures = installed().measures
    read = {name: measures[name].read(one.value) for name, held in snapshot.measures.items() for one in held}
    said = {
        plain_code(c): one.finding for found in snapshot.findings.values() for c, held in found.items() for one in held
    }
    unit = snapshot.unit
    return (
        tuple(sorted(read.items())),
        tuple(sorted(said.items())),
        tuple(sorted(unit.attributes.items())),
        (unit.level, unit.region, snapshot.as_of),
        tuple(
            sorted(
                (doubt.code, doubt.measure, doubt.read.to(measures[doubt.measure].unit).value)
                for doubt in assessment.doubts
            )
        ),
        tuple((one.code, one.verdict) for one in (*assessment.prerequisites, *assessment.indicators())),
    )


def doors(facts: Facts, folder: Path) -> dict[str, Callable[[], tuple[Snapshot, Assessment]]]:
    """Ways to say the facts. A door that cannot hold a value as it is (a true number in a text file) is left out."""
    pack, plain = load_pack(PACK), facts.plain()

    def judged(snapshot: Snapshot) -> tuple[Snapshot, Assessment]:
        return snapshot, evaluate(pack, snapshot)

    def file(name: str, write: Callable[[Path], object]) -> Callable[[], tuple[Snapshot, Assessment]]:
        def read() -> tuple[Snapshot, Assessment]:
            write(folder / name)
            return judged(read_snapshots(folder / name)[0])

        return read

    def text(content: str) -> Callable[[Path], object]:
        return lambda path: path.write_text(content, encoding="utf-8")

    found: dict[str, Callable[[], tuple[Snapshot, Assessment]]] = {
        "python": lambda: judged(Snapshot(**plain)),
        "python, each by its model": lambda: judged(_by_parts(plain)),
        "live": lambda: _live(facts, pack),
        "xlsx": file("t.xlsx", lambda path: _workbook(facts, path)),
    }
    # The columns of a frame and the rows of a form are named by the library, in the pack's own codes.
    spelled = facts.findings.keys() <= {item.code for item in pack.coded()} | {one.code for one in pack.criteria}
    if spelled:
        found["frame"] = lambda: _frame(facts, pack)
    if spelled and facts.level == "commune":
        found["form"] = file("f.xlsx", lambda path: _form(facts, pack, path))
        found["form, one unit a row"] = file("r.xlsx", lambda path: _form_of_rows(facts, pack, path))
    if any(map(is_blank, (*facts.measures.values(), *facts.findings.values()))):
        # Who leaves a cell empty says nothing; who names a reporter says that there is something.
        del found["python, each by its model"]
    values = [*facts.measures.values(), *facts.findings.values(), *facts.attributes.values()]
    if all(isinstance(one, (str, int, float, dict)) for one in values):
        written = json.dumps(plain, ensure_ascii=False)
        found["json"] = lambda: judged(Snapshot.model_validate_json(written))
        found["json file"] = file("a.json", text(written))
        found["yaml"] = file("a.yaml", text(yaml.safe_dump(plain, allow_unicode=True)))
    if all(isinstance(one, str) or type(one) is int for one in values):
        found["csv"] = file("b.csv", text(_delimited(facts)))
        found["csv, one fact a row"] = file("c.csv", text(_long(facts)))
    return found


def _by_parts(plain: Mapping[str, Any]) -> Snapshot:
    """Python as people write it who say who reported what."""
    measures = {name: [{"value": value, "by": "UBND xã"}] for name, value in plain["measures"].items()}
    findings = {
        pack: {code: {"finding": word} for code, word in said.items()} for pack, said in plain["findings"].items()
    }
    return Snapshot.model_validate({**plain, "unit": Unit(**plain["unit"]), "measures": measures, "findings": findings})


def _live(facts: Facts, pack: Pack) -> tuple[Snapshot, Assessment]:
    unit = Unit(**facts.plain()["unit"])
    with LiveSession([unit], [], [pack], as_of=facts.day) as session:
        for name, value in facts.measures.items():
            session.observe("x", name, value)
        for code, word in facts.findings.items():
            session.conclude("x", PACK, code, word)
        return session.snapshot("x"), session.assessment("x", pack.id)


def _frame(facts: Facts, pack: Pack) -> tuple[Snapshot, Assessment]:
    columns = dict(facts.columns())
    codes = {f"finding:{PACK}:{code}": f"finding_{code.replace('.', '_')}" for code in facts.findings}
    named = {codes.get(name, name.removeprefix("attribute:")): [value] for name, value in columns.items()}
    result = evaluate_frame(pack, pl.DataFrame(named, strict=False))
    return result.snapshot("x"), result.explain("x")


def _delimited(facts: Facts) -> str:
    out = io.StringIO()
    rows = csv.writer(out, delimiter=";")
    columns = dict(facts.columns())
    rows.writerows([columns.keys(), columns.values()])
    return out.getvalue()


def _long(facts: Facts) -> str:
    out = io.StringIO()
    rows = csv.writer(out, delimiter=";")
    own = [f"attribute:{name}" for name in facts.attributes]
    rows.writerow(["id", "level", "region", "as_of", "measure", "value", "pack", "code", "finding", *own])
    start = ["x", facts.level, facts.region, facts.day]
    about = [*facts.attributes.values()]
    rows.writerows([*start, name, value, "", "", "", *about] for name, value in facts.measures.items())
    rows.writerows([*start, "", "", PACK, code, word, *about] for code, word in facts.findings.items())
    if not facts.measures and not facts.findings:
        rows.writerow([*start, "resident_satisfaction_share", "", "", "", "", *about])
    return out.getvalue()


def _workbook(facts: Facts, path: Path) -> None:
    book = openpyxl.Workbook()
    for place, (name, value) in enumerate(facts.columns(), 1):
        book.worksheets[0].cell(1, place).value = name
        book.worksheets[0].cell(2, place).value = value
    book.save(path)


@lru_cache(maxsize=2)
def _blank_form(pack: Pack, layout: Literal["sheets", "units"] = "sheets") -> openpyxl.Workbook:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "f.xlsx"
        write_form(pack, path, [Unit(id="x", level="commune", region="btb")], layout=layout)
        return openpyxl.load_workbook(path)


def _save(book: openpyxl.Workbook, filled: Mapping[Cell, Any], path: Path) -> None:
    """The form with some cells filled; then it is blank again, as opening it anew takes longer than all the rest."""
    before = {cell: cell.value for cell in filled}
    try:
        for cell, value in filled.items():
            cell.value = value
        book.save(path)
    finally:
        for cell, value in before.items():
            cell.value = value


def _form_of_rows(facts: Facts, pack: Pack, path: Path) -> None:
    book = _blank_form(pack, "units")
    sheet = next(one for one in book.worksheets if any(cell.value == "unit" for cell in one[1]))
    columns: dict[str, int] = {}
    for cell in sheet[1]:
        pack_and_code = str(cell.value).removeprefix("finding:").rpartition(":")
        named = f"finding:{PACK}:{pack_and_code[2]}" if pack_and_code[0].startswith(PACK) else cell.value
        columns.setdefault(named, cell.column)
    (row,) = (cell.row for cell in sheet["B"] if cell.value == "x")
    filled = {sheet.cell(row, columns[name]): value for name, value in facts.columns() if name not in ("id", "level")}
    _save(book, filled, path)


def _form(facts: Facts, pack: Pack, path: Path) -> None:
    book = _blank_form(pack)
    sheet = next(one for one in book.worksheets if any(cell.value == FORM_MARK for cell in one[1]))
    marks = {cell.value: cell.column for cell in sheet[1]}
    value, finding = 1 + VISIBLE.index("value"), 1 + VISIBLE.index("finding")
    about = {"as_of": facts.day, "region": facts.region, **facts.attributes}
    entered = set()
    filled: dict[Cell, Any] = {}
    for row in range(2, sheet.max_row + 1):
        marked = {name: sheet.cell(row, column).value for name, column in marks.items()}
        if marked.get("measure") in facts.measures and marked["measure"] not in entered:
            entered.add(marked["measure"])
            filled[sheet.cell(row, value)] = facts.measures[marked["measure"]]
        if marked.get("detail") in about:
            filled[sheet.cell(row, value)] = about[marked["detail"]]
        if (
            str(marked.get("pack")).partition("@")[0] == PACK
            and marked.get("code") in facts.findings
            and marked["code"] not in entered
        ):
            entered.add(marked["code"])
            filled[sheet.cell(row, finding)] = facts.findings[marked["code"]]
    _save(book, filled, path)
