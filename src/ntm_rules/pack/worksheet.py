"""The verification worksheet: every figure of a pack in a workbook, to be checked against the decision on the desk."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import PackError, Place, Problem
from ..made import WORKSHEET_MARK
from ..messages import Lang, say
from ..quantity.unit import unit_label
from ..tabular.excel import excel_library
from ..written import whole
from .applying import Where, applying
from .catalogue import Catalogue, installed
from .condition import Comparison
from .confirmation import read_confirmations, state
from .confirmed_value import unit_of
from .filling import Filling
from .model import FigureRow, Pack
from .requirement import SIGNS, Requirements
from .threshold import Delegated, Figure, Multiple

if TYPE_CHECKING:
    from ..tabular.excel_out import Written

VISIBLE = (
    "code",
    "text",
    "period",
    "what",
    "rows",
    "sign",
    "present",
    "candidates",
    "unit",
    "verification",
    "source",
    "url",
)
FILLED_IN = ("confirmed", "decision", "place", "checked_by", "checked_on", "note")
HIDDEN = (WORKSHEET_MARK, "ntm:pack", "ntm:state", "ntm:file", "ntm:read", "ntm:document")
# What a document that was read says: beside the present value, and before what is confirmed.
READ = ("read", "words", "reading", "alike", "why")
_WIDTHS = dict(
    zip(
        (*VISIBLE, *FILLED_IN, *READ),
        (8, 50, 14, 34, 22, 6, 16, 16, 12, 14, 26, 26, 16, 22, 22, 22, 13, 26, 16, 28, 16, 8, 28),
        strict=True,
    )
)


def write_worksheet(
    pack: Pack,
    path: str | os.PathLike[str],
    *,
    lang: Lang = "vi",
    catalogue: Catalogue | None = None,
    filling: Filling | None = None,
    where: Where | None = None,
) -> None:
    """Write a workbook with a row for each figure of the pack, dated versions included; or for those of a ``where``.

    Each row has the present value, how far it was verified and where it comes from, and empty cells for the value read
    in the decision, the decision's number and place, who read it and when. ``apply_worksheet`` makes an overlay of it.
    ``filling`` is what a document says of each figure (``ntm_rules.document.Reading.filling``): it stands beside them.

    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> from ntm_rules import load_pack
    >>> with TemporaryDirectory() as folder:
    ...     write_worksheet(load_pack("vn/commune@2021-2025"), Path(folder, "worksheet.xlsx"))
    ...     apply_worksheet(Path(folder, "worksheet.xlsx"), must_confirm=False).splitlines()[:2]
    ['id: worksheet/vn/commune', 'edition: 2021-2025']

    Raises:
        SnapshotError: openpyxl is not installed, or a text that Excel cannot hold.
    """
    openpyxl = excel_library(Place(file=Path(path).name))
    from openpyxl.utils import get_column_letter

    from ..tabular.excel_out import CLOSED, FILL_IN, heading, hide_columns, print_setup, put
    from .worksheet_filling import begin, fill_row, finish

    asks = Requirements(pack, (catalogue or installed()).measures_for(pack), lang, catalogue or installed())
    shown_columns: tuple[str, ...] = (*VISIBLE, *FILLED_IN)
    if filling is not None:
        shown_columns = (*VISIBLE[:7], *READ, *FILLED_IN, *VISIBLE[7:])
    columns = (*shown_columns, *HIDDEN)
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = say("worksheet.sheet", lang)
    for column, name in enumerate(columns, 1):
        sheet.cell(1, column, name)
    sheet.row_dimensions[1].hidden = True
    guide = [f"{pack.title.text(lang)} ({pack.reference})", *_applies(where, lang), say("worksheet.guide", lang)]
    put(sheet.cell(2, 2), "\n".join(guide))
    put(sheet.cell(2, columns.index("ntm:pack") + 1), pack.reference)
    if pack.file is not None:
        put(sheet.cell(2, columns.index("ntm:file") + 1), pack.file.name)
    sheet.row_dimensions[2].height = 190
    titles = [say(f"worksheet.column.{name}", lang) for name in shown_columns]
    heading(sheet, 3, titles, [_WIDTHS[name] for name in shown_columns])
    if filling is not None:
        begin(sheet, columns, filling, lang)
    hide_columns(sheet, range(len(titles) + 1, len(columns) + 1))
    sheet.freeze_panes = "C4"
    for number, (address, row) in enumerate(applying(pack, where or Where()), 4):
        shown = _shown(row, asks)
        hidden = {"ntm:figure": address.text(), "ntm:pack": pack.reference, "ntm:state": state(row)}
        for column, name in enumerate(columns, 1):
            fill = FILL_IN if name in FILLED_IN else CLOSED if name in VISIBLE[4:] else None
            put(sheet.cell(number, column), shown.get(name) or hidden.get(name), fill=fill)
            if name == "checked_on":
                sheet.cell(number, column).number_format = "dd/mm/yyyy"
        if filling is not None:
            fill_row(sheet, number, columns, filling, filling.rows.get(address), lang)
    if filling is not None:
        finish(book, sheet, columns, filling, lang)
    sheet.auto_filter.ref = f"A3:{get_column_letter(len(titles))}{sheet.max_row}"
    print_setup(sheet, 3)
    with whole(path) as draft:
        book.save(draft)


def _applies(where: Where | None, lang: Lang) -> list[str]:
    """What the rows were chosen by, so that nobody takes them for the whole set."""
    if where is None or not any(where):
        return []
    named = [*where.levels, *where.regions, *where.groups]
    known = [*([_day(where.day, lang)] if where.day else []), *(one.text(lang) for one in named)]
    return [say("worksheet.applies", lang, setting=", ".join(known))]


def _shown(row: FigureRow, asks: Requirements) -> dict[str, Written]:
    pack, lang, indicator = asks.pack, asks.lang, row.indicator
    basis = pack.basis(row.source.basis)
    text, period = indicator.text, ""
    if row.version is not None:
        text = row.version.text or text
        valid = row.version.valid
        period = f"{_day(valid.start, lang)} – {_day(valid.end, lang)}"
    return {
        "code": indicator.code,
        "text": text.text(lang),
        "period": period,
        "what": _what(row, asks),
        "rows": ", ".join(asks.row(table, label) for table, label in row.rows),
        "sign": SIGNS[row.condition.op] if isinstance(row.condition, Comparison) else "",
        "present": present(row, asks),
        "candidates": "; ".join(getattr(row.leaf, "candidates", ())),
        "unit": unit_label(unit, lang) if (unit := unit_of(row, asks)) else "",
        "verification": say(f"verification.{row.source.verification}", lang),
        "source": ", ".join(part for part in (basis.number, row.source.at) if part),
        "url": "; ".join(part for part in (row.source.url, *row.source.checked_against) if part),
    }


def _what(row: FigureRow, asks: Requirements) -> str:
    if isinstance(row.condition, Comparison):
        return asks.subject(row.condition)
    return say("worksheet.finding", asks.lang)


def present(row: FigureRow, asks: Requirements) -> str:
    """The value a figure has now, in words."""
    match row.leaf:
        case None:
            return say("finding.met", asks.lang)
        case Figure(value=amount):
            return amount.text(asks.lang)
        case Multiple():
            return asks.leaf(row.indicator, row.leaf).strip()
        case leaf:
            return say("worksheet.delegated" if isinstance(leaf, Delegated) else "worksheet.untranscribed", asks.lang)


def _day(day: date | None, lang: Lang) -> str:
    return "…" if day is None else say("worksheet.day", lang, day=day)


def apply_worksheet(
    path: str | os.PathLike[str],
    overlay_id: str | None = None,
    *,
    pack: Pack | None = None,
    must_confirm: bool = True,
    catalogue: Catalogue | None = None,
) -> str:
    """An overlay pack, as YAML, of the figures confirmed in a filled worksheet.

    Confirmed figures are ``stated``, checked against the decision by the person named; all others stay what they are.
    The overlay ``extends`` the edition the worksheet was written for and ``restates`` it: it is the same set, and what
    was concluded for that one holds for it. That pack is installed, given as ``pack``, or lies beside the worksheet
    under the name it had. Where it is such an overlay itself, the new one takes its place: it has the figures of both,
    and its id. Otherwise the id is ``worksheet/<id of the pack>`` unless said.

    A worksheet in which nothing is confirmed is refused, as its overlay would change nothing, unless
    ``must_confirm`` is false.

    Raises:
        PackError: no worksheet, or one of another state of the pack; a confirmed cell that cannot be understood or
            has no decision or name beside it: every one with its sheet and cell.
        SnapshotError: the file is no readable workbook.
    """
    from .confirmed import again, overlay_of

    catalogue = catalogue or installed()
    confirmed, pack = read_confirmations(Path(path), pack, catalogue)
    if must_confirm and not confirmed:
        raise PackError(Problem("error.worksheet_none", Place(file=Path(path).name)))
    if not pack.restates:
        return overlay_of(pack, confirmed, overlay_id or f"worksheet/{pack.id}")
    return again(pack, catalogue.load(pack.restates[0]), confirmed, overlay_id or pack.id)
