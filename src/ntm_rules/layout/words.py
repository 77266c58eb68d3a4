"""Words by which tables are understood: headings, totals, signatures, legends and marks."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..errors import NtmError
from ..naming import bare, read_name
from ..normalization import fold
from ..pack.codes import plain_code
from ..snapshot.observation import read_finding

TOTALS = re.compile(
    r"(tổng|tổng (số|cộng|hợp|chung)([ :].*)?|cộng( chung)?(:.*)?|chung|(toàn|cả) (xã|huyện|tỉnh|thị xã|thành phố)"
    r"|bq( .*)?|(bình quân|trung bình)( .*)?|(số|tỷ lệ) xã đạt( .*)?|total|sum)"
)
_TOTALS_ALONE = {
    "tổng",
    "tổng số",
    "tổng cộng",
    "cộng",
    "cộng chung",
    "bq",
    "bình quân",
    "bình quân chung",
    "trung bình",
}
_SIGNED = re.compile(
    r"(người (lập|tổng hợp|báo cáo)|tm\.|t/m|kt\.|tl\.|chủ tịch|phó chủ tịch|thủ trưởng|nơi nhận|xác nhận|ký\b|\(ký|"
    r"lập biểu|giám đốc|"
    r"ủy ban nhân dân|uỷ ban nhân dân|kế toán|ngày\s*\.|.*, ngày .* tháng .* năm)"
)
_SECTION = re.compile(r"(?:[IVX]+|[A-ZĐ])[.)]?")
_FOOTNOTE = re.compile(r"\s*(\(\d{1,2}\)|\[\d{1,2}\]|\(\*+\)|\*+)$")
_CODE = re.compile(
    r"((?:tiêu chí|tc)\s*(?:số\s*)?)?(\d{1,2}(?:[.,]\d{1,2}){0,2})\s*[.)]?\s*[:\-–]?\s+(?=\D)", re.IGNORECASE
)
# Words by which tables leave a cell unsaid.
SILENT = {"chưa có số liệu", "không có số liệu", "chưa có", "không đánh giá", "chưa đánh giá"}
TICKS = {"x", "+", "v", "✓", "✔", "√", "đ"}


def is_total(text: str, strict: bool = False) -> bool:
    """Whether a row's first words say that it sums up or averages the others; ``strict``: they say nothing else.

    >>> is_total("Bình quân chung"), is_total("Tổng số trạm y tế", strict=True)
    (True, False)
    """
    word = fold(text).strip(" :.")
    return bool(TOTALS.fullmatch(word)) and (not strict or word in _TOTALS_ALONE)


def is_average(text: str) -> bool:
    """Whether a total is an average, which nothing adds up to.

    >>> is_average("BQ chung"), is_average("Tổng số")
    (True, False)
    """
    return fold(text).strip(" :.").startswith(("bq", "bình quân", "trung bình"))


def is_signature(text: str) -> bool:
    return bool(_SIGNED.match(fold(text)))


def names_people(texts: Iterable[str]) -> bool:
    """Whether the texts of a row may be those of who signed under a table: names, or their offices.

    >>> names_people(["Trần Văn Dũng"]), names_people(["Xã An Bình", "Đạt"]), names_people(["CHỦ TỊCH"])
    (True, False, True)
    """
    return all(is_signature(text) or _is_name(text) for text in texts)


def _is_name(text: str) -> bool:
    words = text.split()
    capital = all(word.isalpha() and word[0].isupper() for word in words)
    return capital and 2 <= len(words) <= 5 and not is_finding(text) and not read_name(text).levels


def is_section(text: str) -> bool:
    """Whether a running number is that of a part of the table: Roman, or a letter."""
    return bool(_SECTION.fullmatch(text.strip()))


def mark(text: str) -> str:
    """A mark without its footnote, in the spelling by which layouts name it.

    >>> mark("X (1)"), mark(" Đ*")
    ('x', 'đ')
    """
    return _FOOTNOTE.sub("", fold(text))


def unmarked(name: str) -> str:
    """A name without the sign of its footnote.

    >>> unmarked("Kỳ Văn (*)"), unmarked("Sơn Kim 2")
    ('Kỳ Văn', 'Sơn Kim 2')
    """
    return _FOOTNOTE.sub("", name.strip())


def is_finding(text: str) -> bool:
    """Whether a text is a department's word: đạt, chưa đạt, không áp dụng, đạt chuẩn."""
    try:
        read_finding(mark(text).removesuffix(" chuẩn"))
    except NtmError:
        return False
    return True


def leading_code(text: str) -> tuple[str, str]:
    """The code a text begins with, and the rest of it.

    >>> leading_code("6.1. Tỷ lệ nghèo đa chiều"), leading_code("Thu nhập")
    (('6.1', 'Tỷ lệ nghèo đa chiều'), ('', 'Thu nhập'))
    """
    found = _CODE.match(text)
    return (plain_code(found[2]), text[found.end() :]) if found else ("", text)


def wording(text: str) -> str:
    """A text for comparing with another: no marks, no signs, one spelling."""
    return " ".join(re.findall(r"[a-z0-9]+", bare(re.sub(r"[()\[\]%≥≤/,.;:]", " ", text))))
