"""How far the figures of packs were verified: counts, and every figure nobody has read in a decision or report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import groupby
from typing import Any

import msgspec

from ..messages import Lang, Text, say
from ..pack.catalogue import Catalogue, installed
from ..pack.condition import Comparison
from ..pack.indicator import Indicator
from ..pack.legal import Verification
from ..pack.measure import by_level
from ..pack.model import FigureRow, Pack
from ..pack.requirement import SIGNS, Requirements
from ..pack.threshold import AnyLeaf, Delegated, Figure, Untranscribed
from ..quantity.amount import Amount, in_words
from .cases import span_text

STATES = (*(verification.value for verification in Verification), "delegated", "untranscribed")


class WeakFigure(msgspec.Struct, frozen=True):
    """One figure below ``secondary``: whose it is, the row of its table, its value as far as there is one."""

    code: str
    subject: Text
    rows: Text
    value: Text
    state: str
    source: Text
    note: Text | None = None

    def text(self, lang: Lang = "vi") -> str:
        """The value with its row."""
        rows = self.rows.text(lang)
        return f"{rows}: {self.value.text(lang)}" if rows else self.value.text(lang)

    def head(self, lang: Lang = "vi") -> str:
        """Whose figure it is, how far it was verified and where it should stand."""
        state = say(f"audit.{self.state}", lang)
        return f"{self.code}. {self.subject.text(lang)} ({state}; {self.source.text(lang)})"


class Audit(msgspec.Struct, frozen=True):
    """The verification of one pack.

    ``counts`` has a number for each of ``STATES``; ``by_name`` are the criteria known by name only, which count as
    no figure. ``weak`` are the figures recalled, uncertain or not transcribed, in the law's order; what the law leaves
    to the province is no gap in the transcription and is counted only.
    """

    pack: str
    title: Text
    incomplete: bool
    counts: dict[str, int]
    by_name: tuple[str, ...]
    weak: tuple[WeakFigure, ...]

    @property
    def total(self) -> int:
        """How many figures there are."""
        return sum(self.counts.values())

    def text(self, lang: Lang = "vi") -> str:
        """Counts first, then each weak figure."""
        counts = ", ".join(f"{say(f'audit.{state}', lang)} {count}" for state, count in self.counts.items() if count)
        lines = [f"{self.pack} – {self.title.text(lang)}"]
        lines.append("  " + say("audit.counts", lang, total=self.total, counts=counts or "–"))
        if self.by_name:
            lines.append("  " + say("audit.by_name", lang, count=len(self.by_name), codes=", ".join(self.by_name)))
        elif self.incomplete:
            lines.append("  " + say("audit.incomplete", lang))
        if self.weak:
            lines.append("  " + say("audit.weak", lang, count=len(self.weak)))
            for head, figures in groupby(self.weak, key=lambda figure: figure.head(lang)):
                lines.append(f"    {head}: {'; '.join(figure.text(lang) for figure in figures)}")
        return "\n".join(lines)

    def to_dict(self) -> dict[str, object]:
        """Plain JSON-ready data."""
        plain: dict[str, Any] = msgspec.to_builtins(self)
        return {**plain, "total": self.total}


def audit(pack: Pack, *, catalogue: Catalogue | None = None) -> Audit:
    """Count the figures of a pack by verification and list the weak ones.

    A figure is a row of a threshold's table or a requirement a department concludes on, dated versions included.

    >>> from ntm_rules import load_pack
    >>> result = audit(load_pack("vn/district-revocation"))
    >>> result.counts["stated"], result.weak
    (3, ())
    """
    catalogue = catalogue or installed()
    measures = catalogue.measures_for(pack)
    asks = {lang: Requirements(pack, measures, lang, catalogue) for lang in ("vi", "en")}
    counts: Counter[str] = Counter(dict.fromkeys(STATES, 0))
    weak = []
    for row in pack.figures():
        state = state_of(row)
        counts[state] += 1
        if state in ("recalled", "uncertain", "untranscribed"):
            weak.append(_weak(row, state, asks["vi"], asks["en"]))
    by_name = tuple(criterion.code for criterion in pack.criteria if criterion.incomplete)
    return Audit(pack.reference, pack.title, pack.incomplete, dict(counts), by_name, tuple(weak))


def state_of(row: FigureRow) -> str:
    """The verification of a figure, or that there is none to verify."""
    if isinstance(row.leaf, Delegated) or (row.leaf is None and row.indicator.delegated):
        return "delegated"
    return "untranscribed" if isinstance(row.leaf, Untranscribed) else row.source.verification.value


def _weak(row: FigureRow, state: str, vi: Requirements, en: Requirements) -> WeakFigure:
    basis = vi.pack.basis(row.source.basis).number
    return WeakFigure(
        code=row.indicator.code,
        subject=Text(_subject(row, vi), _subject(row, en)),
        rows=Text(_rows(row, vi), _rows(row, en)),
        value=Text(_value(row, vi), _value(row, en)),
        state=state,
        source=Text(", ".join(part for part in (basis, row.source.at) if part)),
        note=row.source.note,
    )


def _subject(row: FigureRow, asks: Requirements) -> str:
    text = (row.version.text if row.version else None) or row.indicator.text
    alone = row.condition is (row.version or row.indicator).requires
    return asks.subject(row.condition) if isinstance(row.condition, Comparison) and not alone else text.text(asks.lang)


def _rows(row: FigureRow, asks: Requirements) -> str:
    when = [span_text(row.version.valid.start, row.version.valid.end, asks.lang)] if row.version else []
    return ", ".join((*when, *(asks.row(table, label) for table, label in row.rows)))


def _value(row: FigureRow, asks: Requirements) -> str:
    if row.leaf is None or not isinstance(row.condition, Comparison):
        return say("form.by_finding", asks.lang)
    candidates = ", ".join(in_words(one, asks.lang) for one in getattr(row.leaf, "candidates", ()))
    if candidates:
        return say("audit.candidates", asks.lang, values=candidates)
    if isinstance(row.leaf, Untranscribed):
        return "?"
    return plain_leaf(asks, row.indicator, row.leaf, row.condition)


def plain_leaf(asks: Requirements, indicator: Indicator, leaf: AnyLeaf, condition: Comparison) -> str:
    """The value a leaf gives, without a word on how far it was verified."""
    sign = SIGNS[condition.op]
    if isinstance(leaf, Figure):
        value = leaf.value if leaf.value.unit else Amount(leaf.value.value, asks.unit_of(condition))
        named = by_level(asks.levels_of(condition), value, asks.lang)
        return f"{sign} {named or value.text(asks.lang)}"
    return asks.leaf(indicator, leaf, asks.unit_of(condition), sign)


def audit_text(packs: Iterable[Pack], lang: Lang = "vi", *, catalogue: Catalogue | None = None) -> str:
    """The audits of several packs for reading."""
    return "\n\n".join(audit(pack, catalogue=catalogue).text(lang) for pack in packs) + "\n"
