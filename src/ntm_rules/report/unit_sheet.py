"""A unit's sheet in the agencies' layout: a row for each indicator of every pack it is judged against."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from openpyxl.worksheet.worksheet import Worksheet

from ..assessment.model import Assessment, ChildrenCheck, CriterionResult, IndicatorResult, MeasureCheck, Result, leaves
from ..assessment.parts import SIGNS, Citation
from ..messages import Lang, grouped, say
from ..quantity import unit_label
from .cells import FILLS, HEAD, TOP, set_up, text
from .content import Row, Table

_COLUMNS = ("order", "criterion", "content", "required", "unit", "result", "judged", "missing", "agency", "note", "law")
_WIDTHS = (8, 32, 76, 14, 14, 14, 14, 10, 24, 44, 60)
_NUMBERS = ("required", "result", "missing")


def write_unit(sheet: Worksheet, judged: Sequence[tuple[Table, Row]], lang: Lang) -> None:
    """The unit under each pack: what it comes to, then indicator by indicator."""
    text(sheet, 1, 1, judged[0][1].place, bold=True)
    for column, name in enumerate(_COLUMNS, 1):
        text(sheet, 2, column, say(f"report.column.{name}", lang), bold=True, fill=HEAD)
    row = 3
    for table, one in judged:
        said = f"{table.title}: {say(f'verdict.{one.verdict}', lang)}, {one.criteria}"
        text(sheet, row, 1, "; ".join((said, *one.remarks)), bold=True, fill=FILLS[one.verdict])
        row += 1
        for line in _lines(one.assessment, lang):
            for column, name in enumerate(_COLUMNS, 1):
                _put(sheet, row, column, name, line)
            row += 1
    # What the law is, in full, stands at the right on the screen; on paper it would make each row several lines high.
    set_up(sheet, _WIDTHS, head=2, last=row - 1, frozen="D3", printed=len(_WIDTHS) - 1)


def _put(sheet: Worksheet, row: int, column: int, name: str, line: dict[str, Any]) -> None:
    value = line[name]
    if isinstance(value, Decimal) and name in _NUMBERS:
        # A number with its own decimals, so that sums and filters work on it.
        places = max(0, -int(value.as_tuple().exponent))
        cell = sheet.cell(row, column, float(value) if places else int(value))
        sign = f'"{line["sign"]} "' if name == "required" and line["sign"] else ""
        cell.number_format = f"{sign}#,##0" + ("." + "0" * places if places else "")
        cell.alignment = TOP
    else:
        fill = FILLS[line["verdict"]] if name == "judged" else None
        text(sheet, row, column, str(value), fill=fill, wrap=False if name == "law" else None)


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
