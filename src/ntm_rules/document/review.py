"""The review page: a document's table as it is, each cell coloured by its state, and in it what was understood."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..errors import Place
from ..messages import Lang, say
from ..pack.condition import Comparison
from ..pack.requirement import SIGNS, Requirements
from ..written import whole
from .criteria_table import CriteriaTable
from .reading import Found, Reading, State
from .refused import missing

# Where a cell holds several figures, the one that needs a person most gives the colour.
_GRAVEST = (State.DIFFERS, State.NOT_UNDERSTOOD, State.NEW, State.AGREES, State.NOT_IN_DOCUMENT)


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
        if found.content is None or found.cell is None or found.state is State.NOT_IN_DOCUMENT:
            left.append(found)
            continue
        cell = found.cell.cell
        key = (found.content.table.number, cell.row, cell.column)
        told.setdefault(key, []).append(_told(found, asks, lang))
    for content in reading.extra:
        key = (content.table.number, content.cell.row, content.cell.column)
        told.setdefault(key, []).append(Told(State.NOT_IN_PACK.value, State.NOT_IN_PACK.text(lang), "", "", ""))
    page = render(
        title=say("review.title", lang, pack=reading.pack.title.text(lang), number=reading.document.number or "–"),
        facts=reading.summary(lang),
        counts=[{"key": s.value, "name": s.text(lang), "count": n} for s, n in reading.counts().items()],
        doubts=[doubt.text(lang) for doubt in reading.doubts],
        tables=[table_rows(table, told, lang) for table in reading.tables],
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


def table_rows(
    table: CriteriaTable, told: Mapping[tuple[int, int, int], Iterable[Told]], lang: Lang
) -> Mapping[str, Any]:
    """A table of the document, row by row, with what is told of its cells."""
    grid, number = table.table.grid, table.table.number
    first = min((content.cell.row for content in table.contents), default=0)
    rows: list[list[dict[str, Any]]] = [[] for _ in range(grid.rows)]
    for cell in grid.cells:
        here = list(dict.fromkeys(told.get((number, cell.row, cell.column), ())))
        kinds = {one.kind for one in here}
        colour = next((state.value for state in _GRAVEST if state.value in kinds), next(iter(kinds), ""))
        rows[cell.row].append(
            {
                "tag": "th" if cell.row < first and cell.height <= first else "td",
                "height": cell.height,
                "width": cell.width,
                "lines": cell.text.split("\n"),
                "kind": " ".join(part for part in (colour, "long" if len(cell.text) > 60 else "") if part),
                "read": here,
            }
        )
    place = say("document.place_table", lang, table=number + 1)
    return {"title": ", ".join(part for part in (table.table.annex, place) if part), "rows": rows}


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
