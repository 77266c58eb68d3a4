"""A table as it was read: the same cells, each coloured by what became of it, with the reading beside it."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import Problem
from ..messages import Lang, Text, in_both, say
from ..tabular.excel import OURS
from ..tabular.sheet import Span, letters
from .grid import At, Grid
from .noted import Kind, Reading
from .proposal import Proposal
from .reading import Read
from .words import mark

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

_WIDEST = 34


def asked_about(grid: Grid, proposal: Proposal) -> Read | None:
    """A table of which something is not clear, as if read: what is asked about is coloured with its question.

    ``None``: no layout was proposed for it.
    """
    if proposal.layout is None:
        return None
    questions = [(doubt, Text(doubt.text("vi"), doubt.text("en"))) for doubt in proposal.doubts]
    readings = []
    for at in sorted(grid.cells):
        text, in_table = grid.text(*at), at.row > proposal.layout.heading[1]
        about = next((said for doubt, said in questions if _is_about(doubt, at, text, in_table)), None)
        key = "layout.asked_first" if in_table else "layout.title"
        if about is None and proposal.layout.heading[0] <= at.row <= proposal.layout.heading[1]:
            key = "layout.heading"
        kind: Kind = "refused" if about is not None else "passed" if in_table else "key"
        readings.append(Reading(at, kind, about or in_both(key)))
    return Read(grid, proposal.layout, tuple(readings))


def _is_about(doubt: Problem, at: At, text: str, in_table: bool) -> bool:
    """Whether a doubt is about a cell: its column's heading, its title or line, its mark."""
    said = doubt.params
    if "column" in said:
        return not in_table and letters(at.column) == said["column"] and text in str(said.get("heading", ""))
    if "mark" in said:
        return in_table and mark(text) == said["mark"]
    return bool(text) and text[:120] in (said.get("title"), said.get("text"), said.get("name"))


def as_text(read: Read, lang: Lang = "vi") -> str:
    """Counts, and each row that was passed over with its reason."""
    counts = {"values": read.count("value"), "marks": read.count("mark")}
    left = {"passed": read.count("passed"), "refused": read.count("refused")}
    file = read.grid.place().text(lang)
    lines = [f"  {say('layout.counts', lang, file=file, **counts, **left)}"]
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


_STYLE = (
    "body{font:14px/1.45 system-ui,sans-serif;margin:1rem}h2{font-size:1.15rem}"
    ".legend{display:flex;flex-wrap:wrap;gap:.4rem}.legend span{padding:.15rem .5rem}"
    # A wide table scrolls inside its own box; the page does not.
    ".wide{overflow-x:auto}table{border-collapse:collapse;margin:1rem 0}"
    "td,th{border:1px solid #999;padding:.25rem .4rem;vertical-align:top;min-width:4.5rem;max-width:20rem}"
    "small{display:block;color:#333;font-weight:normal}"
)


def as_html(reads: Iterable[Read], lang: Lang = "vi") -> str:
    """A page of its own; every text is escaped."""
    body = "\n".join(_table(read, lang) for read in reads)
    colours = "".join(f".{kind}{{background:#{colour}}}" for kind, colour in COLOURS.items())
    legend = "".join(f'<span class="{kind}">{escape(say(f"layout.kind_of.{kind}", lang))}</span>' for kind in COLOURS)
    title = escape(say("layout.review", lang))
    return (
        f'<!doctype html>\n<html lang="{lang}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>'
        f'<style>{_STYLE}{colours}</style></head>\n<body>\n<h1>{title}</h1>\n<p class="legend">{legend}</p>\n'
        f"{body}\n</body></html>\n"
    )


def _table(read: Read, lang: Lang) -> str:
    said = {reading.at: reading for reading in read.readings}
    lines = [f"<h2>{escape(read.grid.place().text(lang))}</h2>"]
    lines += [f"<p>{escape(line)}</p>" for line in read.grid.before]
    lines.append('<div class="wide"><table>')
    spans = _spans(read)
    covered = set(_covered(spans.values()))
    for row in range(1, max(read.grid.rows, default=0) + 1):
        cells = []
        for column in read.grid.columns:
            at = At(row, column)
            if at in covered:
                continue
            span = spans.get(at)
            size = f' rowspan="{span.bottom - span.top + 1}" colspan="{span.right - span.left + 1}"' if span else ""
            reading = said.get(at)
            kind = f' class="{reading.kind}"' if reading else ""
            beside = f"<small>{escape(reading.said.text(lang))}</small>" if reading else ""
            tag = "th" if row <= read.layout.heading[1] else "td"
            cells.append(f"<{tag}{size}{kind}>{escape(read.grid.text(row, column))}{beside}</{tag}>")
        lines.append(f"<tr>{''.join(cells)}</tr>")
    return "\n".join((*lines, "</table></div>"))


def _spans(read: Read) -> dict[At, Span]:
    """Merged ranges by their first cell; a title or legend alone in its row has the room it was written in."""
    grid = read.grid
    spans = dict(grid.corners)
    passed = {reading.at for reading in read.readings if reading.kind == "passed"}
    for row in grid.rows:
        if len(grid.filled(row)) == 1:
            (column,) = grid.filled(row)
            if row >= read.layout.heading[0] and At(row, column) not in passed:
                continue
            if any(grid.anchor(row, beside) != (row, beside) for beside in range(column + 1, grid.columns[-1] + 1)):
                continue
            spans.setdefault(At(row, column), Span(row, column, row, grid.columns[-1]))
    return spans


def _covered(spans: Iterable[Span]) -> Iterable[At]:
    for span in spans:
        for row in range(span.top, span.bottom + 1):
            for column in range(span.left, span.right + 1):
                if (row, column) != (span.top, span.left):
                    yield At(row, column)


def write_workbook(reads: Iterable[Read], path: Path, lang: Lang = "vi") -> None:
    """The tables in a workbook: each cell coloured, and a sheet that says of each cell how it was read."""
    import openpyxl

    from ..tabular.excel_out import sheet_title

    book, done = openpyxl.Workbook(), tuple(reads)
    listed = book.worksheets[0]
    listed.title = sheet_title(say("layout.review", lang), ())
    for read in done:
        sheet = book.create_sheet(sheet_title(read.grid.name or read.grid.file, book.sheetnames))
        _write(sheet, read, lang)
    book.move_sheet(listed, len(done))
    _list(listed, zip(book.sheetnames, done, strict=False), lang)
    book.save(path)


def _write(sheet: Worksheet, read: Read, lang: Lang) -> None:
    from openpyxl.comments import Comment

    from ..tabular.excel_out import print_setup, put

    first = read.layout.heading[0]
    # A title written into one narrow column takes the whole width.
    corners = _spans(read)
    texts = {at: read.grid.text(*at) for at in read.grid.cells}
    alone = {at: text for at, text in texts.items() if at not in corners or corners[at].left == corners[at].right}
    widths = dict.fromkeys(read.grid.columns, 4)
    for at, text in alone.items():
        if at.row >= first:
            widths[at.column] = min(_WIDEST, max(widths[at.column], len(text) + 2))
    for at, text in texts.items():
        put(sheet.cell(*at), text)
    for reading in read.readings:
        cell = sheet.cell(*reading.at)
        _colour(cell, reading.kind)
        cell.comment = Comment(reading.said.text(lang)[:1000], OURS)
    for span in {*read.grid.spans, *corners.values()}:
        sheet.merge_cells(f"{letters(span.left)}{span.top}:{letters(span.right)}{span.bottom}")
    print_setup(sheet, read.layout.heading[1])
    _fit(sheet, widths, ((at.row, at.column, text) for at, text in alone.items()))
    for at, span in corners.items():
        room = sum(widths[column] for column in range(span.left, span.right + 1))
        if span.top == span.bottom and (lines := -(-len(texts.get(at, "")) // max(room - 2, 1))) > 1:
            line = sheet.row_dimensions[at.row]
            line.height = max(line.height or 0, 15 * lines + 2)


def _list(sheet: Worksheet, reads: Iterable[tuple[str, Read]], lang: Lang) -> None:
    from ..tabular.excel_out import print_setup, put

    rows = [[say(f"layout.list.{name}", lang) for name in ("sheet", "cell", "content", "kind", "said")]]
    kinds: list[Kind] = []
    for name, read in reads:
        for reading in read.readings:
            where = f"{letters(reading.at.column)}{reading.at.row}"
            kind = say(f"layout.kind_of.{reading.kind}", lang)
            rows.append([name, where, read.grid.text(*reading.at), kind, reading.said.text(lang)])
            kinds.append(reading.kind)
    for number, row in enumerate(rows, 1):
        for column, text in enumerate(row, 1):
            put(sheet.cell(number, column), text)
    for number, kind in enumerate(kinds, 2):
        _colour(sheet.cell(number, 4), kind)
    _fit(
        sheet,
        {1: 20, 2: 7, 3: 42, 4: 28, 5: 60},
        ((n, c, t) for n, row in enumerate(rows, 1) for c, t in enumerate(row, 1)),
    )
    print_setup(sheet, 1)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:E{len(rows)}"


def _colour(cell: Any, kind: Kind) -> None:
    from openpyxl.styles import PatternFill

    cell.fill = PatternFill("solid", fgColor=COLOURS[kind])


def _fit(sheet: Worksheet, widths: dict[int, int], texts: Iterable[tuple[int, int, str]]) -> None:
    """Columns as wide as said, and rows as high as their texts need in them."""
    lines: dict[int, int] = {}
    for row, column, text in texts:
        lines[row] = max(lines.get(row, 1), -(-len(text) // max(widths.get(column, 10) - 2, 1)))
    for column, width in widths.items():
        sheet.column_dimensions[letters(column)].width = width
    for row, count in lines.items():
        sheet.row_dimensions[row].height = 15 * count + 2
