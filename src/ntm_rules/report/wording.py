"""How reports name contents and say why they are not met: in words, by the law's own numbers."""

from __future__ import annotations

import re

from ..assessment.briefing import why_failed
from ..assessment.conflict import Conflict
from ..assessment.explain import result_line
from ..assessment.model import Assessment, Result
from ..messages import Lang, say
from ..verdict import NOT_MET

# The prerequisites (P1, P2 …) stand together in one column.
FIRST = "P…"


def called(code: str, text: str, first: bool, lang: Lang) -> str:
    """A content as people name it: by the law's own number and its words; a prerequisite, numbered by us, by its words.

    >>> called("P1", "Xã đã đạt chuẩn", True, "vi"), called("17.1", "Nước sạch (nếu có)", False, "vi")
    ('điều kiện “Xã đã đạt chuẩn”', '17.1. Nước sạch')
    """
    return say("report.first", lang, text=shortened(text)) if first else f"{code}. {shortened(text)}"


def why(result: Result, lang: Lang) -> str:
    """Why a result is not met, or still open, in a few words."""
    why = why_failed(result, lang) if result.verdict is NOT_MET else ""
    return why or "; ".join(dict.fromkeys(reason.text(lang) for reason in result.reasons))


def shortened(text: str) -> str:
    """The first sentence without what brackets add: what is asked, without what the law says besides.

    >>> shortened("100% of townships (thị trấn) meet the standard (Annex I). Those of before are reviewed.")
    '100% of townships meet the standard'
    """
    first = text.partition(". ")[0].rstrip(".")
    return re.sub(r" \([^()]*\)", "", first).partition(" (")[0] or first


def short(text: str, most: int = 70) -> str:
    """Its first words, for a narrow column."""
    if len(text) <= most:
        return text
    return text[:most].rpartition(" ")[0] + ("…”" if "“" in text else "…")


def in_text(text: str, most: int = 160) -> str:
    """A content as the text of a letter names it: whole, or up to the end of a clause where the law says very much.

    >>> in_text("2. Roads are paved, lanes are lit; bridges are kept", 45)
    '2. Roads are paved, lanes are lit…'
    """
    if len(text) <= most:
        return text
    clause = max(text.rfind(sign, most // 3, most) for sign in (", ", "; ", ": "))
    return text[:clause] + ("…”" if "“" in text else "…") if clause > 0 else short(text, most)


def sentence(text: str, end: str = ".") -> str:
    """With a capital at its beginning and one sign at its end.

    >>> sentence("the roads are paved"), sentence("the roads are paved…")
    ('The roads are paved.', 'The roads are paved…')
    """
    text = text.strip()
    return text[:1].upper() + text[1:].rstrip(".") + ("" if text.endswith(("…", "…”")) else end)


def worded(assessment: Assessment, conflict: Conflict, lang: Lang) -> str:
    """A contradiction with the words of what it concerns beside a code of the law, and instead of one of ours."""
    said, code = conflict.text(lang), f"{conflict.code}:"
    if not said.startswith(code):
        return said
    first = next((one.text for one in assessment.prerequisites if one.code == conflict.code), None)
    # A criterion that is its own only indicator is told of by its title.
    others = {one.code: one.text for one in assessment.indicators()} | {
        one.code: one.title for one in assessment.criteria
    }
    text = first or others.get(conflict.code)
    return (
        said.replace(code, f"{called(conflict.code, text.text(lang), first is not None, lang)}:", 1) if text else said
    )


def detail(result: Result, lang: Lang, *, cited: bool = True) -> tuple[str, ...]:
    """The details that bear a result out, one sentence each."""
    return result_line(result, lang, cited=cited).details
