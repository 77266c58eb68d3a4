"""Legends: what a table says its marks mean, and where it says more than one word of ours can hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from ..normalization import fold
from ..snapshot.observation import FindingValue

Meaning = FindingValue | Literal["nothing"]

_HEAD = re.compile(r"\(?\*?\)?\s*(?:ghi chú|chú thích|ký hiệu|quy ước|chú giải|note|ghi chu)\s*[:：.]")
_EMPTY = r"(?:ô |cột )?(?:để |bỏ )?trống"
_LINK = r"(?::|=|là\b|nghĩa là\b)"
_CLAUSE = re.compile(
    rf"(?:[-–•*]\s+)?(?:(?P<empty>{_EMPTY})|(?:(?:dấu|ký hiệu|chữ)\s+)(?P<named>[^\s“”\"'():=,]{{1,3}})"
    r"|(?:(?:dấu|ký hiệu|chữ)\s+)?[(“\"'\[](?P<quoted>[^\s“”\"'()\[\]]{1,3})[)”\"'\]]"
    rf"|(?P<bare>[^\s“”\"'():=,]{{1,3}})(?=\s*{_LINK}|\s*$))"
    rf"\s*{_LINK}?\s*(?P<said>.*)"
)
# A comma parts two clauses where a sign follows it; in “x, Đ: đạt” what stands before it is a sign without its meaning.
_PARTS = re.compile(
    rf"[;\n]|\.\s|、|,\s*(?=(?:dấu\s|ký hiệu\s|{_EMPTY}\b"
    rf"|[(“\"'\[][^\s]{{1,3}}[)”\"'\]]|[^\s,:=]{{1,3}}\s*(?:,|{_LINK})))"
)
_LONGEST, _BEGUN = 160, 14
_LINKED = re.compile(_LINK)
_OR = re.compile(rf"(?<=\S)\s+hoặc\s+(?=[(“\"']?\S{{1,3}}[)”\"']?\s*{_LINK})")
_UNSAYING = re.compile(
    r"^(?:(?:nghĩa )?là|các|những|tiêu chí|chỉ tiêu|xã|đơn vị|đã|được|đánh giá|kết quả)\s+"
    r"|\s+(?:tiêu chí|chỉ tiêu|chuẩn|yêu cầu|(?:theo )?quy định)$"
)
_MEANINGS: dict[str, Meaning] = {
    **dict.fromkeys(("đạt", "met"), FindingValue.MET),
    **dict.fromkeys(("không đạt", "chưa đạt", "not met"), FindingValue.NOT_MET),
    **dict.fromkeys(("không áp dụng", "not applicable"), FindingValue.NOT_APPLICABLE),
    **dict.fromkeys(("chưa có", "chưa có số liệu", "không có số liệu", "chưa có kết quả", "chưa báo cáo"), "nothing"),
    **dict.fromkeys(("không xét", "chưa xét", "không đánh giá", "chưa đánh giá", "not known"), "nothing"),
}


class Sign(NamedTuple):
    """A mark (``""``: an empty cell) and what a legend says of it; ``meaning`` is ``None`` where no word is it."""

    sign: str
    meaning: Meaning | None
    said: str


def is_legend(text: str) -> bool:
    """Whether a line explains marks, or notes something under a table.

    >>> is_legend("Ghi chú: số liệu sơ bộ"), is_legend("(+) là tiêu chí đã đạt"), is_legend("(1) Số liệu sơ bộ")
    (True, True, False)
    """
    line = fold(text)
    if _HEAD.match(line):
        return True
    alone = not line.startswith(("(", "“", '"', "dấu ", "ký hiệu "))
    # Without a word that says so a line is a legend where all of it says what marks mean.
    if alone and (len(line) > _LONGEST or not _LINKED.search(line[:_BEGUN]) or unread(text)):
        return False
    return any(one.meaning is not None for one in legend(text))


def legend(text: str) -> Iterator[Sign]:
    """What a legend says that marks mean.

    >>> [(one.sign, str(one.meaning)) for one in legend("Ghi chú: x, Đ: đạt; K: không đạt; để trống: chưa có")]
    [('x', 'met'), ('đ', 'met'), ('k', 'not_met'), ('', 'nothing')]
    >>> [(one.sign, str(one.meaning)) for one in legend("dấu x là đạt một phần, (-) tiêu chí chưa đạt")]
    [('x', 'None'), ('-', 'not_met')]
    """
    waiting: list[str] = []
    for part in _PARTS.split(_OR.sub(", ", _HEAD.sub("", fold(text), count=1))):
        found = _CLAUSE.fullmatch(part.strip(" ."))
        # A number in brackets is that of a footnote.
        if found is None or (found["quoted"] or "").isdigit():
            waiting.clear()
            continue
        sign = "" if found["empty"] else found["named"] or found["quoted"] or found["bare"]
        waiting.append(sign)
        said = found["said"].strip(" .")
        if said:
            for one in waiting:
                yield Sign(one, _meaning(said), said)
            waiting.clear()


def unread(text: str) -> list[str]:
    """The parts of a legend or footnote that say of no mark what it means.

    >>> unread("Ghi chú: x: đạt; ô tô đỏ: chưa đạt"), unread("* Số liệu năm 2022")
    (['ô tô đỏ: chưa đạt'], ['* số liệu năm 2022'])
    """
    parts = _PARTS.split(_OR.sub(", ", _HEAD.sub("", fold(text), count=1)))
    return [part.strip(" .") for part in parts if part.strip(" .") and not _is_clause(part.strip(" ."))]


def _is_clause(part: str) -> bool:
    found = _CLAUSE.fullmatch(part)
    if found is None or (found["quoted"] or "").isdigit():
        return False
    return bool(not found["said"] or _LINKED.search(part) or _meaning(found["said"]))


def _meaning(said: str) -> Meaning | None:
    """What a phrase says, if it says no more than one of the words."""
    while said not in _MEANINGS:
        shorter = _UNSAYING.sub("", said, count=1)
        if shorter == said:
            return None
        said = shorter
    return _MEANINGS[said]
