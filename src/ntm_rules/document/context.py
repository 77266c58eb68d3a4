"""What stands around the figures of a table and turns what they mean: a level withdrawn, a draft, an exception."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

from ..normalization import fold
from .document import ANNEX, Table, titled
from .flow import unmarked

# A sentence with one of these makes another thing of the figures beside it.
_TURNING = re.compile(
    r"\b(?:bãi bỏ|hủy bỏ|huỷ bỏ|thay thế bằng|hết hiệu lực|không còn hiệu lực|chưa có hiệu lực|ngưng hiệu lực"
    r"|(?:mức|chỉ tiêu|quy định|nội dung) (?:cũ|trước đây)|trước (?:khi )?sửa đổi|hiện trạng|kết quả thực hiện"
    r"|dự thảo|dự kiến|đề xuất|lấy ý kiến|tham khảo|ví dụ\s*:|minh họa|minh hoạ"
    r"|khuyến khích|không bắt buộc|không áp dụng|không tính điểm"
    r"|(?:tăng|giảm|cộng|trừ)(?: thêm| đi)?(?: \w+){0,3} \d|nhân với|hệ số|gấp \d|bằng \d+(?:[.,]\d+)?\s*%)"
)
# One that begins so is of some units, or of some time, only.
_LIMITING = re.compile(
    r"^[-–+•*\s]*(?:\d{1,2}[.)]\s*)?(?:riêng|đối với|trường hợp|ngoại trừ|trừ|ngoài ra"
    r"|chỉ áp dụng|áp dụng (?:từ|đến|cho|đối với|kể từ)"
    r"|dành cho|tại)\b"
)
_UNIT = re.compile(r"\b(?:đơn vị(?: tính)?|đvt)\s*:\s*(.+)$")
_SHARE = re.compile(r"^\(?\s*(?:%|phần trăm)\s*\)?[.;]?$")
# What a table is called by, and what a decision says of itself.
_KNOWN = re.compile(
    r"^(?:\(?(?:ban hành )?kèm theo|phụ lục|biểu|bảng|mẫu|điều \d|chương|mục|phần|căn cứ|quyết định|nghị quyết|số\s*:"
    r"|nơi nhận|lưu\s*:|kt\.|tm\.|tl\.|bộ tiêu chí|danh mục|nội dung tiêu chí|[ivx]+[.)]|[a-zđ][.)]|\d{1,2}[.)])"
)
# So many texts before a table that stands in no annex are of it; those before are the decision's articles.
_NEAR = 3


def turning(text: str) -> bool:
    """Whether a sentence beside a table, or a row across it, turns what its figures mean.

    >>> [turning(text) for text in ("Các mức cũ (hết hiệu lực):", "Đơn vị tính: người", "Đơn vị tính: %")]
    [True, True, False]
    >>> turning("(Kèm theo Quyết định số 9/QĐ-UBND bãi bỏ Quyết định số 8/QĐ-UBND)")
    False
    """
    plain = fold(unmarked(text))
    if "kèm theo" in plain[:40]:
        return False
    unit = _UNIT.search(plain)
    if unit is not None:
        return not _SHARE.match(unit[1])
    return bool(_TURNING.search(plain) or _LIMITING.match(plain))


def limits(text: str) -> bool:
    """Whether a row without a code of its own says something of some units only: it goes on with the row above it.

    >>> limits("Riêng xã đảo, xã biên giới"), limits("Tỷ lệ hộ nghèo")
    (True, False)
    """
    return bool(_LIMITING.match(fold(unmarked(text))))


def around(table: Table) -> tuple[str, ...]:
    """The texts before and after a table that are of it, and no name of an annex or article of the decision."""
    before = list(table.before)
    names = [index for index, text in enumerate(before) if ANNEX.match(text)]
    start = names[-1] + 1 if names else 0 if table.annex else -_NEAR
    own = before[start:]
    # A mark explains the cells that bear it, and is told there.
    cells = " ".join(cell.text for cell in table.grid.cells)
    notes = [text for text in takewhile(_is_said, table.after) if not _explains(text, cells)]
    return tuple(text for text in (*own, *notes) if text)


def explained(table: Table) -> tuple[str, ...]:
    """The sentences under a table that explain the marks of its cells, and are told there."""
    cells = " ".join(cell.text for cell in table.grid.cells)
    return tuple(text for text in table.after if _explains(text, cells))


def _explains(text: str, cells: str) -> bool:
    """Whether a sentence under a table explains a mark that stands in it: "(*)", "(1)", a dash."""
    mark = re.search(r"\((\*+|\d{1,2}|[-–—])", text)
    return mark is not None and (mark[1] in "-–—" or f"({mark[1]})" in cells or f"[{mark[1]}]" in cells)


def turned(table: Table) -> tuple[str, ...]:
    """The sentences around a table that turn what its figures mean."""
    return tuple(text for text in around(table) if turning(text))


def beside(table: Table) -> Iterator[str]:
    """The sentences around a table of which it is not known what they say of it."""
    title = titled(table.before)
    for text in around(table):
        plain = fold(text)
        known = turning(text) or text.isupper() or _KNOWN.match(plain) or plain in fold(title) or _UNIT.search(plain)
        if not known and len(plain.split()) > 2:
            yield text


def _is_said(text: str) -> bool:
    """Not where the decision is signed, nor another of its parts begins."""
    return not re.match(r"(?:nơi nhận|kt\.|tm\.|tl\.|điều \d|[ivx]+\.\s)", fold(text))
