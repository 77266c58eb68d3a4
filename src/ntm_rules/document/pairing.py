"""Which content of a document is which indicator of a pack: by code, and by wording."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from ..errors import Place, Problem
from ..normalization import fold
from ..pack.model import Pack
from ..wordings import apart, reordered
from .criteria_table import Content
from .document import Table
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


# Each content is held against every indicator, and a document against several packs.
@lru_cache(maxsize=4096)
def _plain(text: str) -> str:
    return " ".join(re.sub(r"[\W_]+", " ", fold(text)).split())


def paired(contents: Sequence[Content], pack: Pack) -> tuple[dict[str, Pair], tuple[Content, ...]]:
    """The content of each indicator, by its code, and the contents that belong to none."""
    return _Pairing(contents, pack).all()


class _Pairing:
    def __init__(self, contents: Sequence[Content], pack: Pack) -> None:
        self.contents = contents
        self.pack = pack
        self.criteria = {indicator.code: criterion for criterion in pack.criteria for indicator in criterion.indicators}
        self.counting = {content.table for content in contents if _counts(contents, content.table)}
        indicators = {indicator.code: indicator for indicator in pack.indicators()}
        self.texts = {code: [i.text.vi, *(v.text.vi for v in i.versions if v.text)] for code, i in indicators.items()}
        self.scores = [
            {code: max(wording(content.text, text) for text in of) for code, of in self.texts.items()}
            for content in contents
        ]
        counted = Counter(content.code for content in contents)
        self.repeated = {code for code in indicators if counted[code] > 1}
        self.pairs: dict[str, Pair] = {}

    def all(self) -> tuple[dict[str, Pair], tuple[Content, ...]]:
        free = [index for index in range(len(self.contents)) if not self._by_code(index)]
        extra = tuple(self.contents[index] for index in free if not self._by_wording(index))
        return self.pairs, extra

    def _by_code(self, index: int) -> bool:
        content, scores = self.contents[index], self.scores[index]
        own = scores.get(content.code)
        if own is None or content.code in self.repeated:
            return False
        best = max(scores, key=scores.__getitem__)
        nearer = scores[best] > own + _SLACK or scores[best] == 100 > own
        other_row = nearer and scores[best] >= _ALIKE
        # A number that is only the content's place in its criterion says nothing against its wording.
        if not content.coded and (other_row or own < _ALIKE):
            return False
        if other_row:
            doubt = Problem("document.note_other_row", code=content.code, other=best, text=content.text[:120])
        elif own < _ALIKE:
            doubt = Problem("document.note_wording", code=content.code, score=own, text=content.text[:120])
        else:
            self._pair(content.code, index)
            return True
        self.pairs[content.code] = Pair(content, own, doubt)
        return True

    def _by_wording(self, index: int) -> bool:
        content, scores = self.contents[index], self.scores[index]
        ranked = sorted(((score, code) for code, score in scores.items()), reverse=True)
        score, best = ranked[0] if ranked else (0, "")
        certain = score >= _NEAR and score - (ranked[1][0] if len(ranked) > 1 else 0) >= _MARGIN
        before = self.pairs.get(best)
        if content.coded and content.code in self.repeated and content.code in self.pairs:
            # The same code again: of its wording not more is needed than a code needs anyway.
            best, before = content.code, self.pairs[content.code]
            certain = certain or scores[best] >= _ALIKE
        if before is not None:
            again = content.code == before.content.code and best in self.repeated
            if again and certain and before.doubt is None and _asking(content) != _asking(before.content):
                self.pairs[best] = Pair(before.content, before.score, Problem("document.note_repeated", code=best))
        elif certain:
            self._pair(best, index)
            return True
        elif best in self.repeated and content.code == best:
            self.pairs[best] = Pair(content, score, Problem("document.note_repeated", code=best))
            return True
        if not content.coded and content.code in scores and content.code not in self.pairs:
            own = scores[content.code]
            doubt = Problem("document.note_wording", code=content.code, score=own, text=content.text[:120])
            self.pairs[content.code] = Pair(content, own, doubt)
            return True
        return False

    def _pair(self, code: str, index: int) -> None:
        content = self.contents[index]
        words, order = min((apart(content.text, one), reordered(content.text, one)) for one in self.texts[code])
        doubt = self._misplaced(code, content)
        if words:
            doubt = Problem("document.note_turned", words=", ".join(words), text=content.text[:120])
        elif order:
            doubt = Problem("document.note_order", words=order, text=content.text[:120])
        self.pairs[code] = Pair(content, self.scores[index][code], doubt)

    def _misplaced(self, code: str, content: Content) -> Problem | None:
        """A doubt where the row of an indicator stands under the number, or the name, of another criterion."""
        own = self.criteria[code]
        numbered = content.coded and content.criterion != content.code.split(".")[0]
        if numbered and content.code == code and content.table not in self.counting:
            return Problem("document.note_other_criterion", code=code, name=content.criterion, own=own.code)
        said = _plain(content.title)
        if not said or _alike(said, own.title.vi):
            return None
        another = any(wording(said, one.title.vi) >= _NEAR for one in self.pack.criteria)
        inside = any(_alike(said, indicator.text.vi) for indicator in own.indicators)
        # The name beside a criterion's own number can be none but its own, in whatever words.
        if another or (content.criterion == own.code and not inside):
            return Problem("document.note_other_criterion", code=code, name=content.title[:80], own=own.title.vi)
        return None


def _alike(one: str, other: str) -> bool:
    return bool(set(_plain(one).split()) & set(_plain(other).split()))


def _counts(contents: Sequence[Content], table: Table) -> bool:
    """Whether the numbers of a table's rows count its contents, of the whole table or of each part, one by one."""
    numbers = [int(one.criterion) for one in contents if one.table == table and one.criterion.isdigit()]
    steps = pairwise(numbers)
    return len(numbers) > 1 and numbers[0] == 1 and all(two in (one + 1, 1) for one, two in steps)


def _asking(content: Content) -> list[tuple[object, ...]]:
    return [(value.rows, value.asked.kind, value.asked.parts) for value in content.values]
