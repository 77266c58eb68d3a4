"""The law in a report: the decisions it rests on, and every indicator with what was required of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from ..agencies import issuer_in
from ..assessment.model import IndicatorResult, leaves
from ..assessment.parts import Citation, Required
from ..day import day_in_words
from ..messages import Lang, say
from .content import Law, Row, Table
from .wording import FIRST

# What is no decision, by the mark in its number.
_KINDS = {"/TT-": "circular", "/NĐ-": "decree", "/NQ-": "resolution"}


def decisions(rows: Iterable[tuple[Table, Row]], lang: Lang) -> Iterator[str]:
    """The decisions that what is required stands in, the oldest first; those of one day and issuer together."""
    found: dict[str, Citation] = {}
    for _, row in rows:
        for item in (*row.assessment.prerequisites, *row.assessment.indicators()):
            # Who only sets what is required of an indicator decided on it too.
            for one in (item.citation, *item.citations()):
                found.setdefault(one.number, one)
    alike: dict[tuple[str, date | None, str], list[str]] = {}
    for one in sorted(found.values(), key=lambda one: (one.issued or date.max, one.number)):
        if one.number:
            kind = next((kind for mark, kind in _KINDS.items() if mark in one.number.upper()), "decision")
            alike.setdefault((kind, one.issued, one.issuer), []).append(one.number)
    for (kind, on, by), numbers in alike.items():
        issued = say("report.issued", lang, on=day_in_words(on, lang)) if on else ""
        issuer = say("report.issuer", lang, issuer=issuer_in(by, lang)) if by else ""
        named = say(f"report.{kind}{'s' * (len(numbers) > 1)}", lang, number=", ".join(numbers))
        yield f"{named}{issued and ' ' + issued}{issuer and ' ' + issuer}"


def laws(table: Table, lang: Lang) -> Iterator[Law]:
    """Every indicator once, with each requirement that was applied to a unit of the table, under its criterion."""
    asked: dict[str, dict[str, None]] = {}
    cited: dict[str, dict[Citation, None]] = {}
    # Codes in the law's order; a criterion that is its own only indicator stands once.
    texts: dict[str, tuple[str, bool]] = {}
    first: set[str] = set()
    for row in table.rows:
        assessment = row.assessment
        first.update(one.code for one in assessment.prerequisites)
        if assessment.prerequisites:
            texts[FIRST] = say("explain.prerequisites", lang), True
        groups = [(None, assessment.prerequisites), *((one, one.indicators) for one in assessment.criteria)]
        for criterion, items in groups:
            if criterion is not None and all(item.code != criterion.code for item in items):
                texts.setdefault(criterion.code, (criterion.title.text(lang), True))
                if criterion.citation is not None:
                    cited.setdefault(criterion.code, {})[criterion.citation] = None
            for item in items:
                texts.setdefault(item.code, (item.text.text(lang), False))
                _cite(item, asked.setdefault(item.code, {}), cited.setdefault(item.code, {}), lang)
    for code, (text, heading) in texts.items():
        citations = tuple((citation.text(lang), citation.url) for citation in cited.get(code, ()))
        yield Law(
            f"{table.anchor}-{code}", code, text, "; ".join(asked.get(code, ())), citations, heading, code in first
        )


def _cite(item: IndicatorResult, asked: dict[str, None], cited: dict[Citation, None], lang: Lang) -> None:
    for leaf in leaves(item.check):
        required = getattr(leaf, "required", None)
        if isinstance(required, Required) and required.amount is not None:
            asked[required.text(lang)] = None
            cited[required.origin.citation] = None
    cited[item.citation] = None
