"""The heading row of a table, understood: which column holds what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from ..errors import Problem
from ..messages import Lang
from ..tabular.sheet import Row, Sheet, shown
from .builder import SnapshotBuilder
from .headers import DETAILS, LONG_FIELDS, Heading, names_unit, read_heading
from .value import habits_of

ROW_MARK = "ntm:row"
FACTS = ("measure", "finding", "recognition", "children")
_OF_WHAT = {"finding": "error.verdict_of_what", **dict.fromkeys(DETAILS, "error.note_of_what")}
_TELLING = ("measure", "value", "code", "decision")
_SEARCHED = 20


class Columns(NamedTuple):
    """A table's heading row, understood."""

    row: Row
    headings: dict[int, Heading]
    titles: dict[int, str]

    def find(self, kind: str, *target: str) -> int:
        """The column of a field, or 0."""
        return next((c for c, h in self.headings.items() if (h.kind, h.target) == (kind, target)), 0)

    @property
    def is_long(self) -> bool:
        """Whether each row is one fact. Notes and verdicts beside columns that are facts do not make it so."""
        fields = {h.target[0] for h in self.headings.values() if h.kind == "field"} & set(LONG_FIELDS)
        has_facts = any(h.kind in FACTS for h in self.headings.values())
        return bool(fields & set(_TELLING) if has_facts else fields)


def columns_of(sheet: Sheet, rows: Iterator[Row], ledger: SnapshotBuilder) -> Columns | None:
    seen = 0
    for row in rows:
        if any(isinstance(content, str) and names_unit(content) for content in row.cells.values()):
            return _understood(sheet, row, ledger)
        seen += bool(row.cells)
        if seen >= _SEARCHED:
            break
    if seen:
        ledger.fail(Problem("error.no_heading_row", sheet.place(), rows=_SEARCHED))
    return None


def _understood(sheet: Sheet, row: Row, ledger: SnapshotBuilder) -> Columns | None:
    headings: dict[int, Heading] = {}
    titles = {column: shown(content) for column, content in row.cells.items()}
    taken: dict[tuple[Any, ...], int] = {}
    before = len(ledger.problems)
    for column, title in titles.items():
        place = sheet.place(row, column)
        if title == ROW_MARK:
            headings[column] = Heading("field", (ROW_MARK,))
            continue
        heading = ledger.attempt(place, read_heading, title, ledger.known, sheet.width(row.number, column))
        if heading is None or heading.kind == "skip":
            headings[column] = heading or Heading("skip")
            continue
        same = taken.setdefault(heading[:3], column)
        if same != column:
            ledger.fail(Problem("error.duplicate_column", place, column=title, first=titles[same]))
        headings[column] = heading
    columns = Columns(row, headings, titles)
    is_long = columns.is_long
    for column, heading in headings.items():
        place = sheet.place(row, column)
        if is_long and heading.kind not in ("field", "attribute", "skip"):
            ledger.fail(Problem("error.mixed_layouts", place, column=titles[column]))
        elif not is_long and heading.kind == "field" and heading.target[0] in LONG_FIELDS:
            field = heading.target[0]
            ledger.fail(
                Problem(_OF_WHAT.get(field, "error.facts_or_units"), place, column=titles[column], detail=field)
            )
    return columns if len(ledger.problems) == before else None


def passed_over(row: Row) -> bool:
    """Whether the row is marked not to be read: its first cell begins with ``#``."""
    return bool(row.cells) and shown(row.cells[min(row.cells)]).lstrip().startswith("#")


def habits(columns: Columns, body: Sequence[Row]) -> dict[int, Lang]:
    """How the numbers of each column of values are written: as its own show, else as those of the table.

    The codes that a form writes under its headings, and rows that are not read, show nothing of the kind.
    """
    mark = columns.find("field", ROW_MARK)
    body = [row for row in body if mark not in row.cells and not passed_over(row)]
    valued = {
        c for c, h in columns.headings.items() if (h.kind == "measure" and not h.detail) or h.target == ("value",)
    }
    return habits_of({column: [row.cells.get(column) for row in body] for column in valued})
