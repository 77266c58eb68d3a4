"""Which content of a document is which indicator of a pack: by code, and by wording."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..errors import Place, Problem
from ..pack.model import Pack
from ..typed import fold
from .criteria_table import Content
from .refused import missing

# Below this a code alone does not make two wordings one.
_ALIKE = 55
# A wording alone must be this near, and nearer than any other by so much.
_NEAR, _MARGIN = 85, 8
# What another indicator's wording may be nearer by without there being a doubt.
_SLACK = 3


@dataclass(frozen=True)
class Pair:
    """A content and how alike its wording is to its indicator's; a doubt where code and wording part ways."""

    content: Content
    score: int
    doubt: Problem | None = None


def wording(one: str, other: str, *, inside: bool = False) -> int:
    """How alike two wordings are, in per cent; ``inside``: how far the first is found within the second.

    >>> wording("Tỷ lệ hộ nghèo đa chiều", "tỷ lệ nghèo đa chiều")
    93
    """
    try:
        from rapidfuzz import fuzz
    except ImportError:
        raise missing("rapidfuzz", Place()) from None
    left, right = _plain(one), _plain(other)
    if not left or not right:
        return 0
    if inside:
        return round(fuzz.partial_ratio(left, right) if len(left) <= len(right) else fuzz.ratio(left, right))
    return round(max(fuzz.ratio(left, right), fuzz.token_sort_ratio(left, right)))


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[\W_]+", " ", fold(text)).split())


def paired(contents: Sequence[Content], pack: Pack) -> tuple[dict[str, Pair], tuple[Content, ...]]:
    """The content of each indicator, by its code, and the contents that belong to none."""
    indicators = {indicator.code: indicator for indicator in pack.indicators()}
    texts = {code: [i.text.vi, *(v.text.vi for v in i.versions if v.text)] for code, i in indicators.items()}
    scores = [
        {code: max(wording(content.text, text) for text in of) for code, of in texts.items()} for content in contents
    ]
    pairs: dict[str, Pair] = {}
    free: list[int] = []
    repeated = {code for code in indicators if sum(content.code == code for content in contents) > 1}
    for index, content in enumerate(contents):
        own = scores[index].get(content.code)
        if own is None or content.code in repeated:
            free.append(index)
            continue
        best = max(scores[index], key=scores[index].__getitem__)
        nearer = scores[index][best] > own + _SLACK or scores[index][best] == 100 > own
        if nearer and scores[index][best] >= _ALIKE:
            doubt = Problem("document.note_other_row", code=content.code, other=best, text=content.text[:120])
            pairs[content.code] = Pair(content, own, doubt)
        elif own < _ALIKE:
            doubt = Problem("document.note_wording", code=content.code, score=own, text=content.text[:120])
            pairs[content.code] = Pair(content, own, doubt)
        else:
            pairs[content.code] = Pair(content, own)
    extra: list[Content] = []
    for index in free:
        ranked = sorted(((score, code) for code, score in scores[index].items()), reverse=True)
        best_score, best = ranked[0] if ranked else (0, "")
        second = ranked[1][0] if len(ranked) > 1 else 0
        if best_score >= _NEAR and best_score - second >= _MARGIN and best not in pairs:
            pairs[best] = Pair(contents[index], best_score)
        elif best in repeated and contents[index].code == best and best not in pairs:
            doubt = Problem("document.note_repeated", code=best)
            pairs[best] = Pair(contents[index], best_score, doubt)
        else:
            extra.append(contents[index])
    return pairs, tuple(extra)
