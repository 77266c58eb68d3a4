"""The report as a workbook: an overview, units × criteria for each pack, then a sheet for each unit."""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import shorten

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.table import Table as Listed
from openpyxl.worksheet.worksheet import Worksheet

from ..made import MARK
from ..messages import Lang, grouped, say
from ..verdict import MET, NOT_APPLICABLE, NOT_MET, UNKNOWN
from .cells import FILLS, HEAD, merged, number, set_up, text
from .content import Report, Row, Table
from .unit_sheet import write_unit
from .wording import sentence

_MARKS = {MET: "✓", NOT_MET: "✗", UNKNOWN: "?", NOT_APPLICABLE: "–"}

_LONGEST = 28


def write_workbook(report: Report, path: Path) -> None:
    """Write the workbook."""
    book = Workbook()
    book.properties.description = MARK
    overview = book.active
    assert isinstance(overview, Worksheet)
    _overview(overview, report)
    taken = {overview.title}
    units: dict[str, list[tuple[Table, Row]]] = {}
    for table in report.tables:
        if table.rows:
            # The set the units are judged by: a province's own, where it stands in for the national one.
            title = _sheet_title(_short(table.rows[0].assessment.title.text(report.lang)), taken)
            _matrix(book.create_sheet(title), table, report.lang)
        for row in table.rows:
            units.setdefault(row.assessment.unit.id, []).append((table, row))
    for judged in units.values():
        write_unit(book.create_sheet(_sheet_title(judged[0][1].unit, taken)), judged, report.lang)
    book.save(path)


def _short(title: str) -> str:
    """A set's title as a sheet has room for it: without what every set is called, and its years.

    >>> _short("Bộ tiêu chí quốc gia về xã nông thôn mới nâng cao giai đoạn 2021-2025")
    'Xã NTM nâng cao'
    >>> _short("National criteria for advanced new rural communes, 2021-2025")
    'Advanced new rural communes'
    """
    said = re.sub(
        r"^(?:Bộ tiêu chí quốc gia về|(?:Bộ )?tiêu chí|Quy định|(?:National )?criteria for)\s+", "", title, flags=re.I
    )
    said = re.sub(r",?\s+(?:giai đoạn\s+)?\d{4}\s*[-–]\s*\d{4}$", "", said).replace("nông thôn mới", "NTM")
    return shorten(said[:1].upper() + said[1:], _LONGEST, placeholder="…")


def _sheet_title(name: str, taken: set[str]) -> str:
    """A title that workbooks take: short, without signs that mean something to them, of its own whatever the case."""
    plain = "".join(sign for sign in name if sign not in "[]:*?/\\" and ord(sign) >= 32).strip("' ")[:_LONGEST] or "–"
    title = plain if plain.casefold() not in taken else f"{plain[:24]} {len(taken)}"
    taken.add(title.casefold())
    return title


def _overview(sheet: Worksheet, report: Report) -> None:
    lang = report.lang
    sheet.title = say("report.sheet", lang)
    text(sheet, 1, 1, report.title, bold=True)
    text(sheet, 2, 1, report.as_of)
    top = 4
    for one in report.headlines:
        said = say(f"report.headline.{one.verdict}", lang, unit=one.unit, title=one.title, criteria=one.criteria)
        said = "; ".join((said, *one.remarks))
        text(sheet, top, 1, said, bold=True, fill=FILLS[one.verdict], wrap=True)
        merged(sheet, top, 8, len(said) / 170)
        top += 1
    top += bool(report.headlines)
    heads = (
        "report.head.pack",
        "report.head.level",
        "explain.head.met",
        "report.head.total",
        "explain.head.not_met",
        "explain.head.unknown",
        "report.head.share",
        "report.head.remarks",
    )
    for column, head in enumerate(heads, 1):
        text(sheet, top, column, say(head, lang), bold=True, fill=HEAD)
    for row, tier in enumerate(report.tiers, top + 1):
        text(sheet, row, 1, tier.title, wrap=True)
        text(sheet, row, 2, tier.level)
        for column, count in enumerate((tier.met, tier.total, tier.not_met, tier.unknown), 3):
            number(sheet, row, column, count)
        if tier.total:
            number(sheet, row, 7, tier.met / tier.total, "0.00%")
        text(sheet, row, 8, sentence("; ".join(tier.remarks), "") if tier.remarks else "")
    row = top + len(report.tiers)
    _filtered(sheet, "tiers", top, row)
    row += 2
    if report.plan:
        first = row
        heads = ("target", "required", "by", "met", "total", "open", "missing", "standing")
        for column, head in enumerate(heads, 1):
            text(sheet, row, column, say(f"report.head.{head}", lang), bold=True, fill=HEAD)
        for target in report.plan:
            row += 1
            text(sheet, row, 1, target.text.text(lang), wrap=True)
            text(sheet, row, 2, target.asked(lang))
            number(sheet, row, 3, target.by, "dd/mm/yyyy")
            for column, count in enumerate((target.met, target.total, target.unknown), 4):
                number(sheet, row, column, count)
            missing = target.more_needed(lang)
            if missing == grouped(target.missing, lang):
                number(sheet, row, 7, target.missing)
            else:
                text(sheet, row, 7, missing)
            standing = say(f"report.target.{target.told_as}", lang)
            text(sheet, row, 8, "; ".join((standing, *target.remarks(lang))))
        _filtered(sheet, "plan", first, row)
        row += 2
    aside = [f"{table.title}: {line}" for table in report.tables for line in table.aside]
    chapters = (
        ("report.against", report.against),
        ("report.notes", (*report.remarks, *aside)),
        ("report.limits", report.limits),
    )
    for head, lines in chapters:
        if lines:
            text(sheet, row, 1, say(head, lang), bold=True, fill=HEAD)
            for line in lines:
                row += 1
                text(sheet, row, 1, line, wrap=True)
                merged(sheet, row, 8, len(line) / 150)
            row += 2
    set_up(sheet, (60, 16, 12, 12, 12, 16, 12, 60), head=top, last=max(top, row - 1), frozen="B1", filters=False)


def _filtered(sheet: Worksheet, name: str, head: int, last: int) -> None:
    """Filters on one of several tables of a sheet."""
    if last > head:
        sheet.add_table(Listed(displayName=name, ref=f"A{head}:H{last}"))


def _matrix(sheet: Worksheet, table: Table, lang: Lang) -> None:
    """A row for each unit: what it comes to, a mark for each criterion, and what it fails; the counts below."""
    text(sheet, 1, 1, table.title, bold=True)
    heads = [say(f"report.column.{name}", lang) for name in ("unit_name", "parent", "verdict", "met", "total")]
    codes = [code for code, _ in table.heads]
    for column, head in enumerate((*heads, *codes, say("report.column.failed", lang)), 1):
        text(sheet, 2, column, head, bold=True, fill=HEAD)
    first, end = len(heads) + 1, len(heads) + len(codes) + 1
    for line, row in enumerate(table.rows, 3):
        text(sheet, line, 1, row.unit, wrap=True)
        text(sheet, line, 2, row.parent)
        text(sheet, line, 3, say(f"report.judged.{row.verdict}", lang), fill=FILLS[row.verdict])
        number(sheet, line, 4, row.met)
        number(sheet, line, 5, row.total)
        for column, cell in enumerate(row.cells, first):
            if cell is not None:
                text(sheet, line, column, _MARKS[cell.verdict], fill=FILLS[cell.verdict], middle=True)
        said = [cell.why or cell.code for cell in row.cells if cell is not None and cell.verdict is NOT_MET]
        text(sheet, line, end, "; ".join((*said, *row.remarks)))
    last = 2 + len(table.rows)
    for place, verdict in enumerate((MET, NOT_MET, UNKNOWN), last + 1):
        text(sheet, place, 1, say(f"report.counted.{verdict}", lang), bold=True, fill=FILLS[verdict])
        for column, cells in enumerate(zip(*(row.cells for row in table.rows), strict=True), first):
            number(sheet, place, column, sum(cell is not None and cell.verdict is verdict for cell in cells))
    widths = (28, 22, 14, 7, 7, *[5] * len(codes), 50)
    set_up(sheet, widths, head=2, last=last, frozen="F3")
    sheet.print_area = f"A1:{get_column_letter(end)}{last + 3}"
