"""Writing cells that Excel shows as they are meant: data never becomes a formula."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties

from ..errors import Place, Problem, SnapshotError

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

Written = str | Decimal | int | date | None

MAX_TEXT = 32_767
MAX_TITLE = 31
_FIRST_DAY = date(1900, 3, 1)
_THIN = Side(style="thin", color="BFBFBF")
BORDER = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
HEADING = PatternFill("solid", fgColor="1F4E79")
SECTION = PatternFill("solid", fgColor="DDEBF7")
FILL_IN = PatternFill("solid", fgColor="FFF9DB")
CLOSED = PatternFill("solid", fgColor="EDEDED")
WRAPPED = Alignment(wrap_text=True, vertical="top")
CENTRED = Alignment(wrap_text=True, vertical="center", horizontal="center")
BOLD = Font(bold=True)
WHITE = Font(bold=True, color="FFFFFF")


def put(cell: Cell | MergedCell, value: Written, *, fill: PatternFill | None = None, font: Font | None = None) -> None:
    """Write a value, bordered and wrapped; texts stay texts whatever they begin with.

    Raises:
        SnapshotError: a text Excel cannot hold.
    """
    assert isinstance(cell, Cell)
    cell.border, cell.alignment = BORDER, WRAPPED
    if fill is not None:
        cell.fill = fill
    if font is not None:
        cell.font = font
    if isinstance(value, str):
        _put_text(cell, value)
    elif isinstance(value, date) and value < _FIRST_DAY:
        _put_text(cell, value.isoformat())
    elif isinstance(value, date):
        cell.value, cell.number_format = value, "dd/mm/yyyy"
    elif isinstance(value, Decimal):
        whole = value == value.to_integral_value()
        cell.value = int(value) if whole else float(value)
    elif value is not None:
        cell.value = value


def _put_text(cell: Cell, text: str) -> None:
    if len(text) > MAX_TEXT or ILLEGAL_CHARACTERS_RE.search(text):
        place = Place(sheet=cell.parent.title, cell=cell.coordinate)
        raise SnapshotError(Problem("error.excel_text", place, text=text[:40], limit=MAX_TEXT))
    if not text:
        return
    cell.value = text
    # openpyxl takes a leading "=" for a formula and "#N/A" for an error; Excel, on editing, "+", "-" and "@" too.
    cell.data_type = "s"
    cell.number_format = "@"
    cell.quotePrefix = text[0] in "=+-@"


def fits_number(value: Decimal) -> bool:
    """Whether a spreadsheet's number cell holds the value exactly: 15 significant digits."""
    return Decimal(f"{float(value):.15g}") == value


def heading(sheet: Worksheet, row: int, titles: Sequence[str], widths: Iterable[float]) -> None:
    """A row of column titles with the widths of their columns."""
    for column, (title, width) in enumerate(zip(titles, widths, strict=True), 1):
        cell = sheet.cell(row, column)
        put(cell, title, fill=HEADING, font=WHITE)
        cell.alignment = CENTRED
        sheet.column_dimensions[get_column_letter(column)].width = width


def hide_columns(sheet: Worksheet, columns: Iterable[int]) -> None:
    for column in columns:
        sheet.column_dimensions[get_column_letter(column)].hidden = True


def choices(sheet: Worksheet, words: Sequence[str], cells: str, *, title: str, hint: str) -> None:
    """A drop-down of the words on the cells; anything else typed there is questioned."""
    validation = DataValidation(type="list", formula1=f'"{",".join(words)}"', allow_blank=True, showErrorMessage=True)
    validation.errorTitle, validation.error = title[:32], hint[:225]
    for part in cells.split():
        validation.add(part)
    sheet.add_data_validation(validation)


def print_setup(sheet: Worksheet, title_row: int) -> None:
    """A4 across, one page wide, the title row on every page, pages numbered."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"{title_row}:{title_row}"
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top = sheet.page_margins.bottom = 0.5
    sheet.HeaderFooter.oddFooter = HeaderFooterItem(
        left=_HeaderFooterPart(text=sheet.title.replace("&", "&&")), right=_HeaderFooterPart(text="&P / &N")
    )


def sheet_title(wanted: str, taken: Iterable[str]) -> str:
    """A sheet name that Excel accepts and no other sheet has."""
    clean = "".join(" " if char in "[]:*?/\\" or ord(char) < 32 else char for char in wanted).strip(" '")[:MAX_TITLE]
    clean, used, number = clean or "1", {name.casefold() for name in taken}, 1
    title = clean
    while title.casefold() in used:
        number += 1
        suffix = f" ({number})"
        title = clean[: MAX_TITLE - len(suffix)] + suffix
    return title
