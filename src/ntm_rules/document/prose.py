"""Figures that stand inside a sentence: they are found and shown, and nothing is concluded from them."""

from __future__ import annotations

import re

from ..normalization import fold
from ..pack.model import Pack
from ..pack.threshold import AnyLeaf, Delegated, Figure
from ..quantity.amount import Amount
from .criteria_table import Content
from .document import Document
from .pairing import wording

# From so alike on, in per cent, a paragraph is a content of the pack.
ALIKE = 80
# "2.4. Tỷ lệ hộ có đăng ký … >= 99% >= 98%", "1 Quy hoạch 1.1. Có quy hoạch … Đạt Đạt".
_ROW = re.compile(r"^\D{0,3}(?:\d{1,2}\s[^\d]{0,60}\s)?\d{1,2}\.\d{1,2}[.)]?\s.*(?:\sđạt|[≥≤<>=\d]\s*\d+\s*%?|\d\s*%)$")
_ROWS = 3
_CLAUSE = re.compile(r"[;\n]|\.\s+(?=[^\W\d_a-z])")


def sentence_with(content: Content, leaf: AnyLeaf | None, unit: str) -> str:
    """The words of a content, or of its cells, that hold a figure of the pack; empty where none do.

    Of what is left to the province only the average that is asked can stand there.
    """
    amount = leaf.value if isinstance(leaf, Figure) else leaf.average if isinstance(leaf, Delegated) else None
    if amount is None:
        return ""
    sought = _written(amount if amount.unit else Amount(amount.value, unit))
    for text in (content.text, *(value.words for value in content.values)):
        for clause in _CLAUSE.split(text):
            if sought.search(clause):
                return " ".join(clause.split())
    return ""


def in_prose(document: Document, pack: Pack) -> dict[str, tuple[int, str]]:
    """The paragraphs that are a pack's contents, by code, with how alike they are; none unless most are there."""
    found: dict[str, tuple[int, str]] = {}
    indicators = tuple(pack.indicators())
    for indicator in indicators:
        asked = indicator.text.vi
        # What is much longer or shorter cannot be so alike, and is not compared.
        near = max(
            (
                (wording(text, asked), text)
                for text in document.paragraphs
                if 2 * len(asked) < 3 * len(text) < 5 * len(asked)
            ),
            default=(0, ""),
        )
        if near[0] >= ALIKE:
            found[indicator.code] = near
    return found if 2 * len(found) > len(indicators) else {}


def unruled(document: Document) -> tuple[str, ...]:
    """Lines of a PDF outside its tables that are rows all the same, code and level: a sheet printed without its lines.

    Which words of such a line are one cell nobody can say.
    """
    if not document.file.lower().endswith(".pdf"):
        return ()
    found = tuple(text for text in document.paragraphs if _ROW.search(fold(text)))
    return found if len(found) >= _ROWS else ()


def _written(amount: Amount) -> re.Pattern[str]:
    """The number as a sentence writes it: 9,5% or 9.5 %; 01 or 1, and no per cent where it is a count."""
    number = f"{amount.value.normalize():f}".replace(".", "[.,]")
    after = r"\s*%" if amount.unit == "percent" else r"(?!\s*%)"
    return re.compile(rf"(?<![\d.,/])0*{number}(?![\d/]|[.,]\d){after}")
