"""The review page: a document's table as it is, each cell coloured by its state, and in it what was understood."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..errors import Place
from ..messages import Lang, say
from ..pack.condition import AllCondition, Comparison, MeasureCondition, walk
from ..pack.requirement import SIGNS, Requirements
from ..pack.threshold import Table
from ..written import whole
from .criteria_table import CriteriaTable, Value
from .reading import Found, Reading, State
from .refused import missing
from .requirement import Kind

# Where a cell holds several figures, the one that needs a person most gives the colour.
_GRAVEST = (State.DIFFERS, State.NOT_UNDERSTOOD, State.NEW, State.AGREES, State.NOT_IN_DOCUMENT, State.ELSEWHERE)


@dataclass(frozen=True)
class Told:
    """What is told in a cell: state, value, what it is about, why; and the colour's name."""

    kind: str
    state: str
    value: str
    what: str
    note: str


def write_review(reading: Reading, path: str | os.PathLike[str], *, lang: Lang = "vi") -> None:
    """Write the reading as a page that needs neither network nor script.

    Raises:
        MissingExtraError: jinja2 is not installed.
        OSError: the page cannot be written.
    """
    told: dict[tuple[int, int, int], list[Told]] = {}
    asks = Requirements(reading.pack, _measures(reading), lang)
    left = []
    for found in reading.found:
        if found.content is None or found.cell is None or found.state in (State.NOT_IN_DOCUMENT, State.ELSEWHERE):
            left.append(found)
            continue
        cell = found.cell.cell
        key = (found.content.table.number, cell.row, cell.column)
        told.setdefault(key, []).append(_told(found, asks, lang))
    for content in reading.extra:
        key = (content.table.number, content.cell.row, content.cell.column)
        told.setdefault(key, []).append(Told(State.NOT_IN_PACK.value, State.NOT_IN_PACK.text(lang), "", "", ""))
    for value, number in _beside(reading.tables):
        # What is no figure of the pack, and is to be seen as such.
        key = (number, value.cell.row, value.cell.column)
        told.setdefault(key, [Told("said", say(f"review.{value.asked.kind.value}", lang), "", "", "")])
    rules = {id(found.content): _rule(found, asks, lang) for found in reading.found if found.content is not None}
    page = render(
        title=say(
            "review.title",
            lang,
            pack=reading.pack.title.text(lang),
            number=reading.document.number or reading.document.file,
        ),
        facts=reading.summary(lang),
        counts=[{"key": s.value, "name": s.text(lang), "count": n} for s, n in reading.counts().items()],
        doubts=[doubt.text(lang) for doubt in reading.doubts],
        tables=[table_rows(table, told, rules, lang) for table in reading.tables],
        missing=[{"kind": found.state.value, "cells": _left(found, asks, lang)} for found in left],
        lang=lang,
    )
    with whole(path) as draft:
        Path(draft).write_text(page, encoding="utf-8")


def render(
    *,
    title: str,
    facts: str,
    counts: Sequence[Mapping[str, Any]],
    doubts: Sequence[str],
    tables: Sequence[Mapping[str, Any]],
    missing: Sequence[Mapping[str, Any]],
    lang: Lang,
) -> str:
    """The page as text; every text of the document is escaped."""
    environment = _environment()
    headings = [say(f"worksheet.column.{name}", lang) for name in ("code", "text", "rows", "present", "reading")]
    text: str = environment.get_template("review.html").render(
        title=title,
        facts=facts,
        counts=counts,
        doubts=doubts,
        tables=tables,
        missing=missing,
        missing_title=say("review.missing", lang),
        missing_headings=headings,
        lang=lang,
    )
    return text


def _environment() -> Any:
    try:
        import jinja2
    except ImportError:
        raise _no_jinja() from None
    folder = Path(__file__).parent / "templates"
    return jinja2.Environment(loader=jinja2.FileSystemLoader(folder), autoescape=True, trim_blocks=False)


def _no_jinja() -> Exception:
    return missing("jinja2", Place())


def _beside(tables: Iterable[CriteriaTable]) -> Iterator[tuple[Value, int]]:
    """The cells of prose, and those that ask nothing or leave it to the province, with their table's number."""
    for table in tables:
        for content in table.contents:
            for value in content.values:
                if value.asked.kind in (Kind.WORDS, Kind.DELEGATED, Kind.NOT_ASKED):
                    yield value, table.table.number


def _rule(found: Found, asks: Requirements, lang: Lang) -> list[str]:
    """What the pack asks for a content, line by line; levels that stand in its cells are not said again."""
    indicator = found.row.indicator
    parts = [condition for _, condition in walk(indicator.requires)]
    by_cell = any(isinstance(part, MeasureCondition) and isinstance(part.threshold, Table) for part in parts)
    if not by_cell or not all(isinstance(part, (AllCondition, MeasureCondition)) for part in parts):
        subject = f"{asks.subject(parts[0])}: " if isinstance(parts[0], MeasureCondition) else ""
        return [f"{subject}{asks.requirement(indicator)}"]
    return [
        f"{asks.subject(part)}: "
        + (
            f"{SIGNS[part.op]} {say('review.by_cell', lang)}"
            if isinstance(part.threshold, Table)
            else asks.compared(indicator, part)
        )
        for part in parts
        if isinstance(part, MeasureCondition)
    ]


def table_rows(
    table: CriteriaTable,
    told: Mapping[tuple[int, int, int], Iterable[Told]],
    rules: Mapping[int, Sequence[str]],
    lang: Lang,
) -> Mapping[str, Any]:
    """A table of the document, row by row, with what is told of its cells and, beside it, what the pack asks."""
    grid, number = table.table.grid, table.table.number
    first = min((content.cell.row for content in table.contents), default=0)
    edge = max((content.cell.column + content.cell.width for content in table.contents), default=0)
    rows: list[list[tuple[int, dict[str, Any]]]] = [[] for _ in range(grid.rows)]
    crossed: set[int] = set()
    for cell in grid.cells:
        here = list(dict.fromkeys(told.get((number, cell.row, cell.column), ())))
        kinds = {one.kind for one in here}
        colour = next((state.value for state in _GRAVEST if state.value in kinds), next(iter(kinds), ""))
        long = "long" if len(cell.text) > 60 else "told" if any(one.note or one.what for one in here) else ""
        # The rules stand behind the contents; a cell that reaches over both sides takes them in.
        over = cell.column < edge < cell.column + cell.width
        crossed |= set(range(cell.row, cell.row + cell.height)) if over else set()
        shown = {
            "tag": "th" if cell.row < first and cell.height <= first else "td",
            "height": cell.height,
            "width": cell.width + over,
            "lines": cell.text.split("\n"),
            "kind": f"{colour} {long}".strip(),
            "read": here,
        }
        rows[cell.row].append((cell.column, shown))
    starts = {content.cell.row: rules.get(id(content), ()) for content in table.contents}
    texts: dict[int, tuple[str, Sequence[str]]] = {row: ("td", lines) for row, lines in starts.items()}
    free = [row for row in range(grid.rows) if row not in crossed]
    if free and free[0] < first:
        texts[free[0]] = ("th", [say("review.rule", lang)])
    begins = [row for row in free if row in texts or row - 1 in crossed or row == 0]
    for row in begins:
        end = next((r for r in range(row + 1, grid.rows) if r in begins or r in crossed), grid.rows)
        tag, lines = texts.get(row, ("td", ()))
        beside = {"tag": tag, "height": end - row, "width": 1, "lines": list(lines), "kind": "rule", "read": ()}
        rows[row].insert(sum(column < edge for column, _ in rows[row]), (edge, beside))
    place = say("document.place_table", lang, table=number + 1)
    title = ", ".join(part for part in (table.table.annex, place) if part)
    return {"title": title, "rows": [[shown for _, shown in row] for row in rows]}


def _told(found: Found, asks: Requirements, lang: Lang) -> Told:
    condition = found.row.condition
    sign = SIGNS[condition.op] if isinstance(condition, Comparison) and found.value[:1].isdigit() else ""
    note = found.note.text(lang) if found.note else ""
    if found.state is State.DIFFERS and found.value:
        note = say("review.present", lang, present=_present(found, asks))
    return Told(found.state.value, found.state.text(lang), f"{sign} {found.value}".strip(), _about(found, asks), note)


def _about(found: Found, asks: Requirements) -> str:
    """What a figure is about, where its cell holds more than one."""
    inside = found.cell.asked.parts if found.cell else ()
    condition = found.row.condition
    return asks.subject(condition) if len(inside) > 1 and isinstance(condition, Comparison) else ""


def _present(found: Found, asks: Requirements) -> str:
    from ..pack.worksheet import present

    return present(found.row, asks)


def _left(found: Found, asks: Requirements, lang: Lang) -> list[str]:
    rows = ", ".join(asks.row(table, label) for table, label in found.row.rows)
    indicator = found.row.indicator
    return [indicator.code, indicator.text.text(lang), rows, _present(found, asks), found.state.text(lang)]


def _measures(reading: Reading) -> Any:
    from ..pack.catalogue import installed

    return installed().measures_for(reading.pack)
