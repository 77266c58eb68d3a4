"""Codes of criteria and indicators as people write them."""

from __future__ import annotations

import re
from collections.abc import Collection

from ..errors import Hint, Problem, nearest
from ..normalization import fold

_ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_ROMAN = {word: number for number, word in enumerate(_ROMANS, 1)}
_CODE_WORDS = re.compile(r"(?:tiêu chí|chỉ tiêu|nội dung|tc|ct)\s*(?:số|thứ)?\s*[.:]?\s*(?=\d)")


_LETTERED = re.compile(r"(?:đk|dk|điều kiện|p)\s*(?:số|thứ)?\s*[.:\-]?\s*(\d[\d.,]*)")


def plain_code(written: str) -> str:
    """A code as packs have it, of one as tables write it.

    >>> [plain_code(code) for code in ("Tiêu chí 3", "TC17", "17,1", "1.1.", "01", "17.10")]
    ['3', '17', '17.1', '1.1', '1', '17.10']
    """
    text = _CODE_WORDS.sub("", fold(written), count=1)
    parts = [part for part in re.split(r"\s*[.,]\s*", text.strip()) if part]
    numbered = [part.lstrip("0") or "0" if index == 0 and part.isdigit() else part for index, part in enumerate(parts)]
    return ".".join(numbered)


def read_code(written: str, codes: Collection[str], pack: str) -> str | Problem:
    """Which of a pack's codes is meant, or what is wrong.

    >>> read_code("Tiêu chí 17,1", {"17", "17.1"}, "vn/commune")
    '17.1'
    >>> [read_code(code, {"1", "P1", "P2"}, "vn/commune") for code in ("p1", "P.1", "ĐK1", "Điều kiện 2")]
    ['P1', 'P1', 'P1', 'P2']
    """
    if written in codes:
        return written
    plain = plain_code(written)
    if plain in codes:
        return plain
    # Prerequisites have a letter before their number; other numbers beside them are codes of criteria.
    lettered = _LETTERED.fullmatch(fold(written))
    if lettered and (plain := f"P{plain_code(lettered[1])}") in codes:
        return plain
    if roman := _ROMAN.get(written.strip().upper().rstrip(".")):
        near = Hint("hint.nearest", tuple(one for one in (str(roman),) if one in codes), ())
        return Problem("error.roman_code", pack=pack, code=written, near=near)
    named = _CODE_WORDS.sub("", fold(written)).upper()
    alike = {code for code in codes if code[:1].isalpha() == named[:1].isalpha()}
    return Problem("error.finding_code", pack=pack, code=written, near=nearest(named, alike))
