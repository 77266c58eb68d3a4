"""A unit's sheet in the agencies' layout: a row for each indicator of every pack it is judged against."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from ..agencies import agency_in
from ..assessment.check import ChildrenCheck, MeasureCheck
from ..assessment.model import Assessment, CriterionResult, IndicatorResult, Result, leaves
from ..assessment.parts import SIGNS, Citation
from ..messages import Lang, grouped, say
from ..quantity.unit import unit_label
from ..snapshot.observation import DECIMALS
from ..verdict import NOT_MET, UNKNOWN
from .cells import FILLS, HEAD, TOP, merged, set_up, text
from .content import Row, Table
from .wording import sentence

_COLUMNS = ("order", "criterion", "content", "required", "unit", "result", "judged", "missing", "agency", "note", "law")
_WIDTHS = (8, 30, 60, 14, 12, 14, 14, 10, 24, 36, 60)
# A page across A4 in points, at the size these widths are printed in, and a tenth more.
_PAGE = 900
_NUMBERS = ("required", "result", "missing")


def write_unit(sheet: Worksheet, judged: Sequence[tuple[Table, Row]], lang: Lang) -> None:
    """The unit under each pack: what it comes to, then indicator by indicator; below, what of it goes on paper.

    Of a unit that lacks nothing, all of it goes on paper.
    """
    text(sheet, 1, 1, judged[0][1].place, bold=True)
    for column, name in enumerate(_COLUMNS, 1):
        text(sheet, 2, column, say(f"report.column.{name}", lang), bold=True, fill=HEAD, wrap=True)
    last = _write(sheet, 3, judged, lang, _lines)
    start, end = 3, last
    # Of a unit that lacks nothing, the table itself goes on paper.
    if any(True for _, one in judged for _ in _wanting(one.assessment, lang)):
        start = last + 2
        text(sheet, start, 1, say("report.on_paper", lang), bold=True, fill=HEAD)
        end = _write(sheet, start + 1, judged, lang, _wanting, across=len(_COLUMNS) - 1)
    # What the law is, in full, stands at the right on the screen; on paper it would make each row several lines high.
    printed = f"A{start}:{get_column_letter(len(_COLUMNS) - 1)}{end}"
    set_up(sheet, _WIDTHS, head=2, last=last, frozen="D3", printed=printed)
    _widen(sheet)
    # A page and a little more is made one; two pages on one could not be read.
    height = sum(sheet.row_dimensions[row].height or 15 for row in range(start, end + 1))
    if height <= _PAGE:
        sheet.page_setup.fitToHeight = 1


def _write(
    sheet: Worksheet,
    row: int,
    judged: Sequence[tuple[Table, Row]],
    lang: Lang,
    lines: Callable[[Assessment, Lang], Iterator[dict[str, Any]]],
    *,
    across: int = 0,
) -> int:
    """Every pack's verdict, ``across`` columns where it shall break, and its lines, from a row on; the last row."""
    for table, one in judged:
        told = f"{table.title}: {say(f'verdict.{one.verdict}', lang)}, {one.criteria}"
        said = "; ".join((told, *one.remarks))
        text(sheet, row, 1, said, bold=True, fill=FILLS[one.verdict], wrap=bool(across))
        if across:
            merged(sheet, row, across, len(said) // sum(_WIDTHS[: across - 1]))
        row += 1
        for line in lines(one.assessment, lang):
            for column, name in enumerate(_COLUMNS, 1):
                _put(sheet, row, column, name, line)
            row += 1
    return row - 1


def _put(sheet: Worksheet, row: int, column: int, name: str, line: dict[str, Any]) -> None:
    value = line[name]
    if isinstance(value, Decimal) and name in _NUMBERS:
        # A number with its own decimals, so that sums and filters work on it; a long one is shown as texts show it.
        cell = sheet.cell(row, column, int(value) if value == value.to_integral_value() else float(value))
        sign = line["sign"] if name == "required" else ""
        cell.number_format, cell.alignment = _form(value, sign), TOP
    else:
        fill = FILLS[line["verdict"]] if name == "judged" and line["verdict"] is not None else None
        text(sheet, row, column, str(value), fill=fill, wrap=False if name == "law" else None)


def _form(value: Decimal, sign: str) -> str:
    """How a cell shows a number: with its own decimals, or rounded, and marked as such.

    >>> _form(Decimal("8.62068965"), ""), _form(Decimal("5000"), "≥"), _form(Decimal("0.50"), "")
    ('"≈ "#,##0.0000', '"≥ "#,##0', '#,##0.00')
    """
    short = round(value, DECIMALS)
    # What is next to nothing is written out: a gap is never said to be none.
    near = bool(short) and short != value
    places = max(0, -int((short if near else value).as_tuple().exponent))
    before = " ".join(filter(None, (sign, "≈" if near else "")))
    return (f'"{before} "' if before else "") + "#,##0" + ("." + "0" * places if places else "")


def _widen(sheet: Worksheet) -> None:
    """A number that its column has no room for would be shown as signs without meaning."""
    for column in (_COLUMNS.index(name) + 1 for name in _NUMBERS):
        room = sheet.column_dimensions[get_column_letter(column)]
        for cells in sheet.iter_rows(min_row=3, min_col=column, max_col=column):
            cell = cells[0]
            if isinstance(cell.value, int | float):
                places = len(cell.number_format.partition(".")[2])
                shown = f"{cell.value:,.{places}f}"
                room.width = max(room.width, len(shown) + 2 + cell.number_format.find("#"))


def _lines(assessment: Assessment, lang: Lang) -> Iterator[dict[str, Any]]:
    for item in assessment.prerequisites:
        yield from _item(item, say("explain.prerequisites", lang), lang)
    for criterion in assessment.criteria:
        title = f"{criterion.code}. {criterion.title.text(lang)}"
        # A conclusion on the whole criterion decides it: it has a row of its own.
        if not criterion.indicators or criterion.findings:
            yield _line(criterion, title, lang)
        for item in criterion.indicators:
            yield from _item(item, title, lang)


def _wanting(assessment: Assessment, lang: Lang) -> Iterator[dict[str, Any]]:
    """What is not met, line by line, and what is open, criterion by criterion."""
    first = say("explain.prerequisites", lang)
    for item in assessment.prerequisites:
        if item.verdict in (NOT_MET, UNKNOWN):
            yield from _item(item, first, lang)
    for criterion in assessment.criteria:
        # What stands under a criterion concluded as met is not wanting, whatever is known of it.
        if criterion.verdict not in (NOT_MET, UNKNOWN):
            continue
        title = f"{criterion.code}. {criterion.title.text(lang)}"
        if not criterion.indicators or criterion.findings:
            yield _line(criterion, title, lang)
        for item in criterion.indicators:
            if item.verdict is NOT_MET:
                yield from (line for line in _item(item, title, lang) if line["verdict"] in (NOT_MET, UNKNOWN))
        still = [item for item in criterion.indicators if item.verdict is UNKNOWN and not criterion.findings]
        several = [line for item in still for line in _item(item, title, lang)]
        if len(several) > 1:
            yield _open(criterion, still, title, lang)
        else:
            yield from several


def _open(criterion: CriterionResult, still: Sequence[IndicatorResult], title: str, lang: Lang) -> dict[str, Any]:
    """What is open in a criterion, in one line."""
    line = _line(criterion, title, lang)
    codes = ", ".join(item.code for item in still)
    alone = codes == criterion.code
    line["content"] = still[0].text.text(lang) if alone else say("report.open_contents", lang, codes=codes)
    line["required"], line["note"] = "", ""
    line["agency"] = sentence("; ".join(dict.fromkeys(agency_in(one.agency, lang) for one in still if one.agency)), "")
    line["judged"], line["verdict"] = say(f"report.judged.{UNKNOWN}", lang), UNKNOWN
    return line


def _item(item: IndicatorResult, title: str, lang: Lang) -> Iterator[dict[str, Any]]:
    measured = [leaf for leaf in leaves(item.check) if isinstance(leaf, MeasureCheck)]
    # What parts come to is not what the indicator comes to, which then has a row of its own.
    apart = len(measured) > 1 and any(leaf.verdict is not item.verdict for leaf in measured)
    if not measured or apart:
        whole = _line(item, title, lang)
        yield whole | {"required": ""} if measured and not item.findings else whole
    for leaf in measured:
        line = _line(item, title, lang)
        if len(measured) > 1:
            line["content"] = f"{line['content']} – {leaf.name.text(lang)}"
        if apart:
            # What was concluded on the whole says nothing of a part without a figure.
            silent = bool(item.findings) and not leaf.observed
            line |= {"verdict": None if silent else leaf.verdict, "note": ""}
            line["judged"] = "" if silent else say(f"report.judged.{leaf.verdict}", lang)
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
        "agency": sentence(agency_in(item.agency or next((one.by for one in item.findings if one.by), ""), lang), ""),
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
