"""Whether two wordings name one thing: the words and numbers that only one of them has."""

from __future__ import annotations

import re
from collections import Counter

from .errors import turning
from .naming import spelling
from .normalization import fold
from .quantity.unit import find_unit

# The only words that may stand on one side alone. Grammar, which no indicator turns on:
_GRAMMAR = (
    *("và", "các", "những", "của", "cho", "là", "có", "được", "bị", "thì", "tại", "ở", "về", "với", "việc", "để"),
    *("mà", "này", "đó", "từ", "theo"),
)
# Kinds of figure: whether it is share or count is asked apart.
_HEADINGS = ("tỷ", "lệ", "trọng", "đảm", "bảo")
# Phrases that say of whom every content of a set is asked, when, or by whose rules, and so nothing of this one; a word
# for the level before what it is of, and for its being reached before what is reached.
_PHRASES = re.compile(
    r"^mức\b|\bđạt\b(?=\s+\w)"
    r"|\b(?:h[àằ]ng năm|trên địa bàn(?: (?:toàn )?(?:xã|thôn|huyện|tỉnh))?"
    r"|theo (?:các )?quy định(?: hiện hành)?|theo hướng dẫn"
    r"|áp dụng (?:đạt )?cho (?:cả )?nam (?:và|,) nữ|cả nam và nữ|việt nam)\b"
)
_SHORT = {
    "anqp": "an ninh quốc phòng", "antt": "an ninh trật tự", "atgt": "an toàn giao thông", "attp": "an toàn thực phẩm",
    "atvstp": "an toàn vệ sinh thực phẩm", "atxh": "an toàn xã hội", "bhxh": "bảo hiểm xã hội", "bhyt": "bảo hiểm y tế",
    "bvmt": "bảo vệ môi trường", "bvtv": "bảo vệ thực vật", "clb": "câu lạc bộ", "cntt": "công nghệ thông tin",
    "csht": "cơ sở hạ tầng",
    "csvc": "cơ sở vật chất", "dtts": "dân tộc thiểu số", "gd&đt": "giáo dục và đào tạo", "hđnd": "hội đồng nhân dân",
    "htct": "hệ thống chính trị",
    "htx": "hợp tác xã", "lđ": "lao động", "nt": "nông thôn",
    "ntm": "nông thôn mới", "nvh": "nhà văn hóa", "pccc": "phòng cháy chữa cháy",
    "pctt": "phòng chống thiên tai",
    "ptkt": "phát triển kinh tế",
    "qpan": "quốc phòng an ninh", "thcs": "trung học cơ sở", "thpt": "trung học phổ thông",
    "sx": "sản xuất", "tthc": "thủ tục hành chính",
    "ubnd": "ủy ban nhân dân", "vsmt": "vệ sinh môi trường", "đbkk": "đặc biệt khó khăn",
}  # fmt: skip
_NUMBER = r"\d{1,2}(?:\.[a-z]?\d{1,2})+[.)]?|\d{1,2}\.[a-zđ][.)]?(?=\s)|\d{1,2}[.)]|[a-zđ]\)"
_NUMBERING = re.compile(rf"^[\s\-–—+•*]*(?:\(?(?:{_NUMBER})(?=\s|[^\W\d]))?\s*")
_BRACKET = re.compile(r"\(([^()]*)\)")
_HEAD = re.compile(r"^(?:(tỷ lệ|tỉ lệ|tỷ trọng)|(số|số lượng|tổng số)(?! (?:hóa|hoá|liệu))|(diện tích)|(mức))\b")

_EXCEPTING = re.compile(r"\b(?:trừ|ngoài|thiếu|giảm|tăng|phi|vi phạm|thoát|tái)\b")
_PEOPLE = re.compile(
    r"\b(?:trong đó|nữ|nam giới|trẻ em|thanh niên|học sinh|cao tuổi|khuyết tật|dân tộc|cận nghèo|nông nghiệp"
    r"|công nghiệp|thất nghiệp|mầm non|tiểu học|trung học cơ sở|trung học phổ thông|female|women|of which)\b"
)


def apart(one: str, other: str) -> tuple[str, ...]:
    """The words and numbers that only one of two wordings has, and that may make another thing of it.

    Spelling, case, numbering, order, a unit in brackets, usual abbreviations and a short closed list of words that say
    nothing of their own count for nothing; whatever else is left over is told.

    >>> apart("1.1. Tỷ lệ người dân tham gia BHYT (%)", "Tỉ lệ người dân tham gia bảo hiểm y tế")
    ()
    >>> apart("Tỷ lệ hộ thoát nghèo", "Tỷ lệ hộ nghèo"), apart("Số hộ nghèo", "Tỷ lệ hộ nghèo")
    (('thoát',), ('số', 'tỷ lệ'))
    """
    left, right = _spoken(one), _spoken(other)
    said, known = _words(left), _words(right)
    return tuple(dict.fromkeys((*_against(left, right), *_alone(said, known), *_alone(known, said))))


def contrary(one: str, other: str) -> tuple[str, ...]:
    """Those words of :func:`apart` that are known to make another thing of it: its contrary, an exception, a count.

    >>> contrary("Tỷ lệ lao động qua đào tạo", "Tỷ lệ lao động nữ chưa qua đào tạo")
    ('không', 'nữ')
    >>> contrary("Tỷ lệ hộ nghèo hàng năm", "Tỷ lệ hộ nghèo")
    ()
    """
    return _against(_spoken(one), _spoken(other))


def _against(left: str, right: str) -> tuple[str, ...]:
    heads = [_HEAD.match(text) for text in (left, right)]
    found: list[str] = []
    if heads[0] and heads[1] and heads[0].lastindex != heads[1].lastindex:
        found += [head[0] for head in heads if head]
    for words in (turning, excepting, people):
        own, others = words(left), words(right)
        found += sorted((own - others) + (others - own))
    return tuple(found)


def reordered(one: str, other: str) -> str:
    """The words of the first of two wordings that stand in another order in the second; "" where there are none.

    >>> reordered("Tỷ lệ đào tạo qua lao động (%)", "Tỷ lệ lao động qua đào tạo")
    'đào tạo qua lao động'
    >>> reordered("Tỉ lệ lao động qua đào tạo", "Tỷ lệ lao động qua đào tạo (áp dụng đạt cho cả nam và nữ)")
    ''
    """
    said, known = _words(_spoken(one)), _words(_spoken(other))
    left = [key for key in said if key in known]
    right = [key for key in known if key in said]
    moved = [index for index, pair in enumerate(zip(left, right, strict=True)) if pair[0] != pair[1]]
    return " ".join(said[key] for key in left[moved[0] : moved[-1] + 1]) if moved else ""


def excepting(text: str) -> Counter[str]:
    """The words of a text that leave all but a part, or say more or less of it.

    >>> excepting("Số hộ thiếu nước (trừ hộ mới)")
    Counter({'thiếu': 1, 'trừ': 1})
    """
    return Counter(_EXCEPTING.findall(fold(text)))


def people(text: str) -> Counter[str]:
    """Of which part of the people, or of the economy, a text is.

    >>> people("Tỷ lệ lao động nữ (trong đó dân tộc thiểu số)")
    Counter({'nữ': 1, 'trong đó': 1, 'dân tộc': 1})
    """
    return Counter(_PEOPLE.findall(fold(text)))


def _alone(words: dict[str, str], beside: dict[str, str]) -> tuple[str, ...]:
    return tuple(written for key, written in words.items() if key not in beside)


def written_out(text: str) -> str:
    """A text in small letters with the usual abbreviations written out.

    >>> written_out("Tỷ lệ tham gia BHYT")
    'tỷ lệ tham gia bảo hiểm y tế'
    """
    return re.sub(r"[\w&]+", lambda word: _SHORT.get(word[0], word[0]), fold(text))


def _spoken(text: str) -> str:
    """A wording in one spelling, written out, without what only leads to it."""
    plain = _NUMBERING.sub("", fold(text), count=1)
    plain = written_out(plain)
    plain = _BRACKET.sub(lambda inside: " " if find_unit(inside[1].strip()) is not None else f" {inside[1]} ", plain)
    return " ".join(_PHRASES.sub(" ", plain).split())


def _words(text: str) -> dict[str, str]:
    """The words and numbers that count, by their one spelling, as they are written."""
    found: dict[str, str] = {}
    for word in re.findall(r"\d+(?:[.,]\d+)*|[^\W\d_]+|[%‰]", text):
        key = spelling(word)
        if key not in _IDLE:
            found.setdefault(key, word)
    return found


_IDLE = frozenset(spelling(word) for word in (*_GRAMMAR, *_HEADINGS))
