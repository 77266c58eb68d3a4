"""The lines among and under the rows of a table that may say of the rows that they are something else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..errors import NtmError, Problem
from ..normalization import fold
from .grid import Grid
from .legends import is_legend, unread
from .lookup import Items
from .model import SAYING, Layout, index
from .period import find_period, periods
from .understood import in_section, others
from .words import is_section, is_signature, is_total, leading_code

if TYPE_CHECKING:
    from .titles import Titles

_TELLING = re.compile(
    r"đạt|\blà\b|\bcũ\b|\b(?:xã|phường) mới\b|sáp nhập|\bước\b|kế hoạch|dự kiến|tạm tính|chưa thẩm định"
)
_FOOTNOTE = re.compile(r"\s*(?:\(?\*+\)?|\(\d{1,2}\)|\[\d{1,2}\])\s*(?=[^\W\d_])")


def unclear_lines(grid: Grid, layout: Layout, titles: Titles) -> Iterator[Problem]:
    """The section lines over rows of figures, the footnotes and the legends whose words are not understood."""
    saying = {index(column.column) for column in layout.columns if column.role in SAYING}
    rows = [row for row in grid.rows if row > layout.heading[1]]
    last = max((row for row in rows if saying & {*grid.filled(row)}), default=0)
    items = Items(titles.pack)
    skipped = {fold(words) for words in layout.skip}
    for row in rows:
        texts = [grid.text(row, column) for column in grid.filled(row)]
        worded = [text for text in texts if any(letter.isalpha() for letter in text) and not is_section(text)]
        noted = next((text for text in worded if is_legend(text) or _FOOTNOTE.match(text)), "")
        if noted:
            yield from _note(noted, layout, titles)
        elif row > last and len(worded) == 1 and _TELLING.search(fold(worded[0])) and not is_signature(worded[0]):
            # Under the rows something may be said of them: “Riêng TC 10: x là chưa đạt”, “Xã Kỳ Phú là xã mới”.
            yield from () if is_total(worded[0]) or fold(worded[0]) in skipped else _note(worded[0], layout, titles)
        elif len(worded) != 1 or row > last or worded[0] != texts[-1] or saying & {*grid.filled(row)}:
            continue  # what has a cell beside it is a row of the table's own
        elif not (fold(worded[0]) in skipped or is_total(worded[0]) or is_signature(worded[0])):
            yield from _section(worded[0], layout, titles, items)
    for text in grid.after:
        if is_legend(text) or _FOOTNOTE.match(text):
            yield from _note(text, layout, titles)
    for text in grid.unseen.comments:
        yield from _note(text, layout, titles)


def _section(text: str, layout: Layout, titles: Titles, items: Items) -> Iterator[Problem]:
    code, words = leading_code(text)
    if layout.rows == "indicators":
        own = items.code(code) if code else ""
        try:
            if (own and items.agrees(own, words)) or items.find("", words):
                return
        except NtmError:
            pass
    if left := _left(text, layout, titles):
        yield Problem("layout.doubt.section", text=text[:120], words="; ".join(left))


def _note(text: str, layout: Layout, titles: Titles) -> Iterator[Problem]:
    for part in unread(text):
        if left := _left(_FOOTNOTE.sub("", part, count=1), layout, titles):
            yield Problem("layout.doubt.note", text=text[:120], words="; ".join(left))


def _is_of_units(layout: Layout) -> bool:
    return all(column.of for column in layout.columns if column.role in SAYING)


def _left(text: str, layout: Layout, titles: Titles) -> list[str]:
    """The words of a line that are not understood, and the periods in it that are not the table's."""
    own = find_period(layout.period, layout.year)
    year = own.end.year if own is not None else layout.year
    other = [period for period in periods(text, year) if own is None or period.end != own.end]
    left = [*in_section(text, titles.pack, names=titles.places(text), answered=layout.understood)]
    if layout.rows == "indicators" and (word := others(text)) and not _is_of_units(layout):
        left += [] if any(word in fold(said) for said in layout.understood) else [word]
    if other and not any(fold(text) in fold(said) for said in layout.understood):
        left.append(text if not left else f"{other[0].end:%d/%m/%Y}")
    return left
