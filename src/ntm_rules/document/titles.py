"""What the title of an annex says its set is for: a level of units, and whether an advanced or a model set."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..normalization import fold
from ..pack.model import Pack
from .criteria_table import CriteriaTable

_SET = re.compile(
    r"(?:\b(xã|huyện|thị xã|tỉnh|phường|đặc khu|thôn|khu dân cư)\s+)?"
    r"(?:(?:đạt chuẩn|hoàn thành nhiệm vụ|xây dựng)\s+)*(?:nông thôn mới|ntm)\b(?:\s+(nâng cao|kiểu mẫu|hiện đại))?"
)
Kind = tuple[str, str]


def kinds(title: str) -> frozenset[Kind]:
    """The sets of new countryside a title speaks of, each by its level and its grade, ``""`` where it names none.

    >>> sorted(kinds("Bộ tiêu chí quốc gia về xã nông thôn mới nâng cao"))
    [('xã', 'nâng cao')]
    """
    return frozenset((found[1] or "", found[2] or "") for found in _SET.finditer(fold(title)))


def agree(title: str, pack: Pack) -> bool | None:
    """Whether a title may be that of the pack's set; ``None`` where one of the two titles does not say."""
    own, its = kinds(title), kinds(pack.title.vi)
    if not own or not its:
        return None
    return any(a[1] == b[1] and (a[0] == b[0] or not a[0] or not b[0]) for a in own for b in its)


def title_of(annex: str, tables: Iterable[CriteriaTable]) -> str:
    """The title of an annex, which stands before the first of its tables."""
    own = (table.table.title for table in tables if table.table.annex == annex)
    return next((title for title in own if title), "")


def another_title(tables: tuple[CriteriaTable, ...], document_title: str, pack: Pack) -> str:
    """A title that is not the pack's; empty where none of them says so.

    The title of the whole decision speaks against a pack only by naming a grade the pack has not: it may have annexes
    for several sets.
    """
    annexes = dict.fromkeys(table.table.annex for table in tables)
    titles = [title_of(annex, tables) for annex in annexes]
    for title in titles:
        if title and agree(title, pack) is False:
            return title
    if any(titles):
        return ""
    graded = {grade for _, grade in kinds(document_title)}
    return document_title if "" not in graded and agree(document_title, pack) is False else ""
