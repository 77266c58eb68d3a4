"""What a document says, written into a verification worksheet: values beside values, states, colours."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter

from ..messages import Lang, say
from ..tabular.excel_out import BOLD, FILL_IN, choices, heading, hide_columns, put
from .filling import AGREES, DIFFERS, NEW, Filled, Filling
from .filling import choices as choices_for_all

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_COLOURS = {
    AGREES: PatternFill("solid", fgColor="E2F0D9"),
    NEW: PatternFill("solid", fgColor="DDEBF7"),
    DIFFERS: PatternFill("solid", fgColor="F8CBAD"),
    "not_understood": PatternFill("solid", fgColor="FFE699"),
    "not_in_document": PatternFill("solid", fgColor="EDEDED"),
    "elsewhere": PatternFill("solid", fgColor="F7F7F7"),
}

_NOT_NEEDED = ("period", "candidates", "unit", "verification", "source", "url")


def begin(sheet: Worksheet, columns: Sequence[str], filling: Filling, lang: Lang) -> None:
    """The line of counts, how to fill in, and the cells that confirm all rows that agree at once."""
    guide = say("worksheet.filled_guide", lang, document=filling.document)
    title = str(sheet.cell(2, 2).value).split("\n")[0]
    text = "\n".join((title, filling.summary, *filling.doubts, guide))
    sheet.merge_cells(start_row=2, start_column=2, end_row=2, end_column=columns.index("words") + 1)
    put(sheet.cell(2, 2), text)
    at = {name: number for number, name in enumerate(columns, 1)}
    sheet.merge_cells(start_row=2, start_column=at["reading"], end_row=2, end_column=at["why"])
    put(sheet.cell(2, at["reading"]), say("worksheet.all_label", lang), font=BOLD)
    for name in ("confirmed", "checked_by", "checked_on"):
        put(sheet.cell(2, at[name]), None, fill=FILL_IN)
    sheet.cell(2, at["checked_on"]).number_format = "dd/mm/yyyy"
    put(sheet.cell(2, at["ntm:document"]), filling.document.vi)
    put(sheet.cell(2, at["ntm:read"]), filling.decided())
    if filling.accept:
        agree, both = choices_for_all(lang)
        put(sheet.cell(2, at["confirmed"]), both if NEW in filling.accept else agree)
        named = say("worksheet.accepted_by", "vi", states=",".join(filling.accept))
        put(sheet.cell(2, at["checked_by"]), f"{filling.by}; {named}" if filling.by else named)
    elif filling.by:
        put(sheet.cell(2, at["checked_by"]), filling.by)
    sheet.row_dimensions[2].height = 150
    cell = f"{get_column_letter(at['confirmed'])}2"
    title = say("worksheet.column.confirmed", lang)
    choices(sheet, choices_for_all(lang), cell, title=title, hint=say("worksheet.all_label", lang)[:200])


def fill_row(
    sheet: Worksheet, number: int, columns: Sequence[str], filling: Filling, filled: Filled | None, lang: Lang
) -> None:
    """What the document says of one figure."""
    if filled is None:
        return
    at = {name: column for column, name in enumerate(columns, 1)}
    colour = _COLOURS.get(filled.state)
    said = say(f"document.state.{filled.state}", lang)
    for name, value in (
        ("read", filled.value),
        ("words", filled.words),
        ("reading", said),
        ("alike", filled.score or None),
        ("why", filled.note),
    ):
        put(sheet.cell(number, at[name]), value, fill=colour)
    put(sheet.cell(number, at["ntm:read"]), filled.hidden())
    if filled.place:
        put(sheet.cell(number, at["decision"]), filling.decision)
        put(sheet.cell(number, at["place"]), filled.place)


def finish(book: Workbook, sheet: Worksheet, columns: Sequence[str], filling: Filling, lang: Lang) -> None:
    """Heights, what need not be seen, and a sheet of what is only in the document."""
    at = {name: number for number, name in enumerate(columns, 1)}
    sheet.row_dimensions[3].height = 32
    widths = {
        column: int(sheet.column_dimensions[get_column_letter(column)].width * 0.95)
        for name, column in at.items()
        if name not in _NOT_NEEDED and column <= at["note"]
    }
    for number in range(4, sheet.max_row + 1):
        # Programs do not agree on who fits the height of a wrapped row.
        lines = (-(-len(str(sheet.cell(number, c).value or "")) // width) for c, width in widths.items())
        sheet.row_dimensions[number].height = 14 * min(max(lines), 8) + 2
    # What a person with the reading before them does not need; it can be shown again.
    hide_columns(sheet, [at[name] for name in _NOT_NEEDED])
    if filling.beyond:
        other = book.create_sheet(say("worksheet.beyond", lang))
        names = ("code", "text", "words", "place")
        heading(other, 1, [say(f"worksheet.column.{name}", lang) for name in names], (8, 60, 60, 40))
        for number, beyond in enumerate(filling.beyond, 2):
            for column, value in enumerate(beyond, 1):
                put(other.cell(number, column), value)
