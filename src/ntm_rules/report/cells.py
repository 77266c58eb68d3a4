"""Cells, and how a sheet looks on the screen and on paper."""

from __future__ import annotations

from datetime import date

from openpyxl.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.worksheet import Worksheet

from ..verdict import Verdict

FILLS = {
    Verdict.MET: PatternFill("solid", fgColor="DFF1E4"),
    Verdict.NOT_MET: PatternFill("solid", fgColor="F9DCDC"),
    Verdict.UNKNOWN: PatternFill("solid", fgColor="FDF0CF"),
    Verdict.NOT_APPLICABLE: PatternFill("solid", fgColor="ECEEF1"),
}
HEAD = PatternFill("solid", fgColor="DCE6F1")
# Shared by all cells: making a style for each takes most of the time.
TOP, _WRAPPED = Alignment(vertical="top"), Alignment(vertical="top", wrap_text=True)
_MIDDLE = Alignment(vertical="top", horizontal="center")
_PLAIN, _BOLD = Font(), Font(bold=True)


def text(
    sheet: Worksheet,
    row: int,
    column: int,
    said: str,
    *,
    bold: bool = False,
    fill: PatternFill | None = None,
    middle: bool = False,
    wrap: bool | None = None,
) -> None:
    """Text that stays text, whatever it begins with."""
    cell = sheet.cell(row, column)
    cell.value = "".join(sign for sign in said if sign in "\t\n" or ord(sign) >= 32)
    cell.data_type = "s"
    if said[:1] in ("=", "+", "-", "@"):
        cell.quotePrefix = True
    wrapped = column > 1 and not bold if wrap is None else wrap
    cell.alignment = _MIDDLE if middle else _WRAPPED if wrapped else TOP
    cell.font = _BOLD if bold else _PLAIN
    if fill is not None:
        cell.fill = fill


def number(sheet: Worksheet, row: int, column: int, value: float | date, form: str = "#,##0") -> None:
    """A number, or a day, that can be computed with."""
    cell = sheet.cell(row, column, value)
    cell.number_format, cell.alignment = form, TOP


def merged(sheet: Worksheet, row: int, columns: int, breaks: float) -> None:
    """A row's text across its first columns, in lines more by ``breaks``: merged cells do not grow with their text."""
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=columns)
    sheet.row_dimensions[row].height = 15 * (1 + int(breaks))


def set_up(
    sheet: Worksheet,
    widths: tuple[float, ...],
    *,
    head: int,
    last: int,
    frozen: str = "",
    filters: bool = True,
    printed: str = "",
) -> None:
    """Widths, a heading that stays and is repeated on paper, filters, and pages across A4 as wide as the sheet.

    Where only a range is to be ``printed``, the rest stays on the screen, and all above the heading goes with it.
    """
    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    for number, row in enumerate(sheet.iter_rows(min_row=head), head):
        lines = [_lines(str(cell.value), width) for cell, width in zip(row, widths, strict=False) if _grows(cell)]
        # Not every program makes a row as high as its words when it opens the file.
        if max(lines, default=1) > 1 and sheet.row_dimensions[number].height is None:
            sheet.row_dimensions[number].height = 15 * min(max(lines), 27)
    end = get_column_letter(len(widths))
    if frozen:
        sheet.freeze_panes = frozen
    if filters:
        # A sheet of several tables has no heading that is true of all its pages.
        sheet.print_title_rows = f"{1 if printed else head}:{head}"
        if last > head:
            sheet.auto_filter.ref = f"A{head}:{end}{last}"
    sheet.print_area = printed or f"A1:{end}{max(last, head)}"
    sheet.page_margins = PageMargins(left=0.4, right=0.4, top=0.4, bottom=0.5, header=0.2, footer=0.2)
    if sheet.oddFooter is not None and sheet.oddFooter.center is not None:
        sheet.oddFooter.center.text = "&A – &P/&N"
    sheet.print_options.gridLines = True
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToHeight = 0
    if sheet.sheet_properties.pageSetUpPr is not None:
        sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _grows(cell: Cell | MergedCell) -> bool:
    return isinstance(cell.value, str) and bool(cell.alignment and cell.alignment.wrap_text)


def _lines(said: str, width: float) -> int:
    return sum(1 + int(len(line) / max(width - 1, 1)) for line in said.split("\n"))
