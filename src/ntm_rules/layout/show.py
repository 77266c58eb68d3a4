"""A table as it was read: the same cells, each coloured by what became of it, with the reading beside it."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from ..messages import Lang, say
from ..tabular.sheet import letters
from .grid import At, Grid
from .reading import Kind, Read

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

COLOURS: dict[Kind, str] = {
    "value": "C6E7CE",
    "mark": "CFE2F8",
    "note": "EFE6F8",
    "key": "F2F2F2",
    "passed": "E3E3E3",
    "refused": "F8C9C4",
}


def as_text(read: Read, lang: Lang = "vi") -> str:
    """Counts, and each row that was passed over with its reason."""
    counts = {"values": read.count("value"), "marks": read.count("mark")}
    left = {"passed": read.count("passed"), "refused": read.count("refused")}
    lines = [f"  {say('layout.counts', lang, **counts, **left)}"]
    rows: dict[int, list[str]] = {}
    kinds: dict[int, set[str]] = {}
    for reading in read.readings:
        kinds.setdefault(reading.at.row, set()).add(reading.kind)
        rows.setdefault(reading.at.row, []).append(reading.said.text(lang))
    for row, said in rows.items():
        if kinds[row] == {"passed"}:
            text = " ".join(read.grid.text(row, column) for column in read.grid.filled(row))[:60]
            lines.append(f"  {say('layout.passed_row', lang, row=row, why=said[0], text=text)}")
    return "\n".join(lines)


def as_html(reads: Iterable[Read], lang: Lang = "vi") -> str:
    """A page of its own; every text is escaped."""
    body = "\n".join(_table(read, lang) for read in reads)
    styles = "".join(f".{kind}{{background:#{colour}}}" for kind, colour in COLOURS.items())
    legend = " ".join(f'<span class="{kind}">{escape(say(f"layout.kind_of.{kind}", lang))}</span>' for kind in COLOURS)
    return (
        f'<!doctype html>\n<html lang="{lang}"><head><meta charset="utf-8"><title>ntm-rules read</title><style>'
        "body{font:14px system-ui,sans-serif;margin:1.5em}table{border-collapse:collapse;margin:1em 0}"
        "td,th{border:1px solid #999;padding:3px 6px;vertical-align:top}small{display:block;color:#333}"
        f"span{{padding:2px 8px;margin-right:6px}}{styles}</style></head>\n"
        f"<body>\n<p>{legend}</p>\n{body}\n</body></html>\n"
    )


def _table(read: Read, lang: Lang) -> str:
    said = {reading.at: reading for reading in read.readings}
    lines = [f"<h2>{escape(read.grid.place().text(lang))}</h2>\n<table>"]
    covered = set(_covered(read.grid))
    for row in range(1, max(read.grid.rows, default=0) + 1):
        cells = []
        for column in read.grid.columns:
            at = At(row, column)
            if at in covered:
                continue
            span = next((s for s in read.grid.spans if (s.top, s.left) == at), None)
            size = f' rowspan="{span.bottom - span.top + 1}" colspan="{span.right - span.left + 1}"' if span else ""
            reading = said.get(at)
            kind = f' class="{reading.kind}"' if reading else ""
            beside = f"<small>{escape(reading.said.text(lang))}</small>" if reading else ""
            tag = "th" if row <= read.layout.heading[1] else "td"
            cells.append(f"<{tag}{size}{kind}>{escape(read.grid.text(row, column))}{beside}</{tag}>")
        lines.append(f"<tr>{''.join(cells)}</tr>")
    return "\n".join((*lines, "</table>"))


def _covered(grid: Grid) -> Iterable[At]:
    for span in grid.spans:
        for row in range(span.top, span.bottom + 1):
            for column in range(span.left, span.right + 1):
                if (row, column) != (span.top, span.left):
                    yield At(row, column)


def write_workbook(reads: Iterable[Read], path: Path, lang: Lang = "vi") -> None:
    """The tables in a workbook: each cell coloured, its reading as a comment."""
    import openpyxl

    from ..tabular.excel_out import sheet_title

    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for read in reads:
        sheet = book.create_sheet(sheet_title(read.grid.name or read.grid.file, book.sheetnames))
        _write(sheet, read, lang)
    book.save(path)


def _write(sheet: Worksheet, read: Read, lang: Lang) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    from ..tabular.excel_out import put

    for at in read.grid.cells:
        put(sheet.cell(at.row, at.column), read.grid.text(at.row, at.column))
    for reading in read.readings:
        cell = sheet.cell(reading.at.row, reading.at.column)
        cell.fill = PatternFill("solid", fgColor=COLOURS[reading.kind])
        cell.comment = Comment(reading.said.text(lang)[:1000], "ntm-rules")
    for span in read.grid.spans:
        sheet.merge_cells(f"{letters(span.left)}{span.top}:{letters(span.right)}{span.bottom}")
