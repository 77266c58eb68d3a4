"""What a decision says of its levels away from their table: its articles, its margins, a box, behind the signature."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ..normalization import fold
from .columns import CODE
from .context import beside, explained, turned, turning
from .criteria_table import CriteriaTable
from .document import Document
from .flow import unmarked
from .grid import Grid

# A word that excepts, changes or postpones …
_CHANGING = re.compile(
    r"\b(?:(?:không|chưa|miễn|chỉ|được) áp dụng|áp dụng (?:từ|kể từ|đến hết|mức|chỉ tiêu)|giảm|tăng|gấp|nhân với|hệ số"
    r"|bằng \d+(?:[.,]\d+)?(?=\s*%)|ngoại trừ|trừ|riêng|sửa đổi|sửa thành|thay thế|thay bằng|thay đổi|bãi bỏ|hủy bỏ"
    r"|huỷ bỏ|miễn|không bắt buộc|khuyến khích|không xét|không tính|hết hiệu lực|cộng thêm|điều chỉnh"
    r"|không bao gồm|hướng dẫn áp dụng|lùi|tạm dừng|ngưng|ngoại lệ)\b"
)
# … and what it may be said of: the annex, its levels, a content by its code.
_LEVELS = re.compile(
    r"\b(?:phụ lục(?:\s+(?:số )?[ivx\d]+)?|các mức|mức (?:nêu |quy định )?(?:trên|dưới đây|tại)"
    r"|(?:mức|chỉ tiêu) (?:của|đối với)"
    r"|(?:nội dung|tiêu chí|chỉ tiêu|mục|dòng)\s+(?:số\s+)?\d{1,2}(?:[.,]\d{1,2})*)\b(?![/%])"
)
_AMENDED = re.compile(
    r"(?:(?:nội dung|mức|chỉ tiêu) )?(?:(?:được )?(?:sửa|sửa đổi|điều chỉnh|bổ sung)(?:, bổ sung)?(?: thành)?"
    r"|thay (?:thế )?bằng|ngoại lệ|mới)"
)
_SENTENCES = re.compile(r"(?<=[.;:])\s+(?=\D)|\n")
# A table of so few filled cells is a box around a text.
_BOX = 2


def said_elsewhere(document: Document, read: Iterable[CriteriaTable], chosen: Iterable[CriteriaTable]) -> Iterator[str]:
    """The sentences that may turn what a level means and stand around none of the tables that were chosen.

    ``read`` are all tables of criteria of the document: what their cells say is told where it stands.
    """
    told = {text for one in chosen for text in (*turned(one.table), *beside(one.table), *explained(one.table))}
    tables = {one.table for one in read}
    texts = [text for text in document.paragraphs if text not in told]
    apart = list(document.margins)
    for table in document.tables:
        filled = [cell for cell in table.grid.cells if cell.text]
        if table in tables:
            continue
        if len(filled) <= _BOX:
            (apart if len(filled) == 1 else texts).extend(cell.text for cell in filled)
        else:
            yield from _amending(table.grid)
    boxed = frozenset(apart)
    sentences = ((sentence, text in boxed) for text in (*texts, *apart) for sentence in _SENTENCES.split(text))
    for sentence, alone in sentences:
        if sentence != document.draft and (_turns(sentence) or (alone and turning(sentence))):
            yield sentence.strip()


def _turns(sentence: str) -> bool:
    plain = fold(unmarked(sentence))
    return not plain.startswith("căn cứ") and bool(_CHANGING.search(plain) and _LEVELS.search(plain))


def _amending(grid: Grid) -> Iterator[str]:
    """The heading of a table that sets contents anew, or excepts from them; a row of another that names a content."""
    texts = [" | ".join(dict.fromkeys(text for text in grid.texts(row) if text)) for row in range(grid.rows)]
    if any(_AMENDED.fullmatch(fold(text).strip(" .:")) for text in grid.texts(0)):
        yield texts[0]
        return
    rows = (dict.fromkeys(filter(None, grid.texts(row))) for row in range(grid.rows))
    yield from (
        text for text, row in zip(texts, rows, strict=True) if CODE.match(text) and any(map(turning, list(row)[1:]))
    )
