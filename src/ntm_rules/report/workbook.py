"""The report as a workbook in the agencies' layout: a sheet for each pack, a row for each indicator of a unit."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from ..assessment.model import Assessment, ChildrenCheck, CriterionResult, IndicatorResult, MeasureCheck, Result, leaves
from ..assessment.parts import SIGNS, Citation
from ..messages import Lang, grouped, say
from ..quantity import unit_label
from ..verdict import Verdict
from .content import Report, Table

_COLUMNS = ("order", "criterion", "content", "required", "unit", "result", "judged", "missing", "agency", "law", "note")
_WIDTHS = (8, 26, 60, 14, 16, 14, 16, 12, 26, 34, 40)
_FILLS = {
    Verdict.MET: PatternFill("solid", fgColor="DFF1E4"),
    Verdict.NOT_MET: PatternFill("solid", fgColor="F9DCDC"),
    Verdict.UNKNOWN: PatternFill("solid", fgColor="FDF0CF"),
    Verdict.NOT_APPLICABLE: PatternFill("solid", fgColor="ECEEF1"),
}
_HEAD = PatternFill("solid", fgColor="DCE6F1")
# Shared by all cells: making a style for each takes most of the time.
_TOP, _WRAPPED = Alignment(vertical="top"), Alignment(vertical="top", wrap_text=True)
_PLAIN, _BOLD = Font(), Font(bold=True)
_NUMBERS = ("required", "result", "missing")


def write_workbook(report: Report, path: Path) -> None:
    """Write the workbook: an overview sheet, then a sheet for each pack."""
    book = Workbook()
    overview = book.active
    assert isinstance(overview, Worksheet)
    _overview(overview, report)
    taken = {overview.title}
    for table in report.tables:
        if table.rows:
            # The set the units are judged by: a province's own, where it stands in for the national one.
            title = _sheet_title(table.rows[0].assessment.pack.partition("@")[0], taken)
            taken.add(title)
            _pack_sheet(book.create_sheet(title), table, report.lang)
    book.save(path)


def _sheet_title(pack: str, taken: set[str]) -> str:
    plain = pack.replace("/", " ")[:28]
    return plain if plain not in taken else f"{plain[:25]} {len(taken)}"


def _overview(sheet: Worksheet, report: Report) -> None:
    lang = report.lang
    sheet.title = say("report.sheet", lang)
    _text(sheet, 1, 1, report.title, bold=True)
    _text(sheet, 2, 1, report.as_of)
    heads = (
        "report.head.pack",
        "report.head.level",
        "explain.head.met",
        "explain.head.not_met",
        "explain.head.unknown",
        "report.head.total",
        "report.head.share",
        "report.head.remarks",
    )
    for column, head in enumerate(heads, 1):
        _text(sheet, 4, column, say(head, lang), bold=True, fill=_HEAD)
    for row, tier in enumerate(report.tiers, 5):
        _text(sheet, row, 1, tier.title)
        _text(sheet, row, 2, tier.level)
        for column, number in enumerate((tier.met, tier.not_met, tier.unknown, tier.total), 3):
            sheet.cell(row, column, number).number_format = "#,##0"
        if tier.total:
            sheet.cell(row, 7, tier.met / tier.total).number_format = "0.00%"
        _text(sheet, row, 8, "; ".join(tier.remarks))
    below = 6 + len(report.tiers)
    for column, head in enumerate(("target", "required", "by", "result", "missing", "standing"), 1):
        if report.plan:
            _text(sheet, below, column, say(f"report.head.{head}", lang), bold=True, fill=_HEAD)
    for row, target in enumerate(report.plan, below + 1):
        _text(sheet, row, 1, target.text.text(lang))
        _text(sheet, row, 2, target.required.text(lang))
        sheet.cell(row, 3, target.by).number_format = "dd/mm/yyyy"
        sheet.cell(row, 4, target.met).number_format = "#,##0"
        sheet.cell(row, 5, target.missing).number_format = "#,##0"
        _text(sheet, row, 6, say(f"report.target.{target.status}", lang))
        _text(sheet, row, 8, "; ".join(target.remarks(lang)))
    for column, width in enumerate((60, 16, 12, 12, 12, 16, 12, 60), 1):
        sheet.column_dimensions[get_column_letter(column)].width = width


def _pack_sheet(sheet: Worksheet, table: Table, lang: Lang) -> None:
    _text(sheet, 1, 1, table.title, bold=True)
    for column, (name, width) in enumerate(zip(_COLUMNS, _WIDTHS, strict=True), 1):
        _text(sheet, 2, column, say(f"report.column.{name}", lang), bold=True, fill=_HEAD)
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "D3"
    sheet.print_title_rows = "2:2"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToHeight = 0
    if sheet.sheet_properties.pageSetUpPr is not None:
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
    row = 3
    for one in table.rows:
        head = "; ".join((f"{one.unit}: {say(f'verdict.{one.verdict}', lang)}, {one.criteria}", *one.remarks))
        _text(sheet, row, 1, head, bold=True, fill=_FILLS[one.verdict])
        row += 1
        for line in _lines(one.assessment, lang):
            for column, name in enumerate(_COLUMNS, 1):
                _put(sheet, row, column, name, line)
            row += 1


def _put(sheet: Worksheet, row: int, column: int, name: str, line: dict[str, Any]) -> None:
    value = line[name]
    if isinstance(value, Decimal) and name in _NUMBERS:
        # A number with its own decimals, so that sums and filters work on it.
        places = max(0, -int(value.as_tuple().exponent))
        cell = sheet.cell(row, column, float(value) if places else int(value))
        sign = f'"{line["sign"]} "' if name == "required" and line["sign"] else ""
        cell.number_format = f"{sign}#,##0" + ("." + "0" * places if places else "")
        cell.alignment = _TOP
    else:
        _text(sheet, row, column, str(value), fill=_FILLS[line["verdict"]] if name == "judged" else None)


def _lines(assessment: Assessment, lang: Lang) -> Iterator[dict[str, Any]]:
    for item in assessment.prerequisites:
        yield from _item(item, say("explain.prerequisites", lang), lang)
    for criterion in assessment.criteria:
        title = f"{criterion.code}. {criterion.title.text(lang)}"
        if not criterion.indicators:
            yield _line(criterion, title, lang)
        for item in criterion.indicators:
            yield from _item(item, title, lang)


def _item(item: IndicatorResult, title: str, lang: Lang) -> Iterator[dict[str, Any]]:
    measured = [leaf for leaf in leaves(item.check) if isinstance(leaf, MeasureCheck)]
    if not measured:
        yield _line(item, title, lang)
    for leaf in measured:
        line = _line(item, title, lang)
        if len(measured) > 1:
            line["content"] = f"{line['content']} – {leaf.name.text(lang)}"
        required = leaf.required.amount
        line["required"] = required.value if required is not None else leaf.required.text(lang)
        line["sign"] = SIGNS[leaf.required.op]
        line["unit"] = unit_label(leaf.unit, lang)
        line["result"] = leaf.observed[0].value.to(leaf.unit).value if leaf.observed else ""
        line["missing"] = leaf.shortfall.value if leaf.shortfall is not None else ""
        yield line


def _line(item: Result, title: str, lang: Lang) -> dict[str, Any]:
    notes = [finding.remark or finding.evidence for finding in item.findings]
    notes += [reason.text(lang) for reason in item.reasons] + [conflict.text(lang) for conflict in item.conflicts]
    line: dict[str, Any] = {
        "order": item.code,
        "criterion": title,
        "content": item.text.text(lang),
        "required": say("finding.met", lang),
        "sign": "",
        "unit": "",
        "result": ", ".join(say(f"finding.{finding.finding}", lang) for finding in item.findings),
        "judged": say(f"report.judged.{item.verdict}", lang),
        "missing": "",
        "agency": item.agency or next((finding.by for finding in item.findings if finding.by), ""),
        "law": "; ".join(citation.text(lang) for citation in _citations(item)),
        "note": "; ".join(filter(None, notes)),
        "verdict": item.verdict,
    }
    if isinstance(item, CriterionResult):
        line["content"] = say("report.whole_criterion", lang)
        return line
    for leaf in leaves(item.check):
        if isinstance(leaf, ChildrenCheck):
            line["required"] = leaf.required.text(lang) if leaf.required is not None else "100 %"
            line["result"] = (
                f"{grouped(leaf.met or 0, lang)}/{grouped(leaf.total, lang)}" if leaf.total is not None else ""
            )
            line["missing"] = Decimal(leaf.missing) if leaf.missing else ""
    return line


def _citations(item: Result) -> tuple[Citation, ...]:
    if isinstance(item, IndicatorResult):
        return item.citations()
    return (item.citation,) if item.citation is not None else ()


def _text(
    sheet: Worksheet, row: int, column: int, text: str, *, bold: bool = False, fill: PatternFill | None = None
) -> None:
    """Text that stays text, whatever it begins with."""
    cell = sheet.cell(row, column)
    cell.value = "".join(sign for sign in text if sign in "\t\n" or ord(sign) >= 32)
    cell.data_type = "s"
    if text[:1] in ("=", "+", "-", "@"):
        cell.quotePrefix = True
    cell.alignment = _WRAPPED if column > 1 and not bold else _TOP
    cell.font = _BOLD if bold else _PLAIN
    if fill is not None:
        cell.fill = fill
