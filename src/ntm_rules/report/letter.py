"""The report as a document to be edited: the parts a covering letter quotes, in plain tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import docx
from docx.document import Document

from ..messages import grouped, say
from .content import Report
from .gather import detail


def write_letter(report: Report, path: Path) -> None:
    """Write the document."""
    lang = report.lang
    document = docx.Document()
    document.core_properties.title = _clean(report.title)
    document.add_heading(_clean(report.title), 0)
    document.add_paragraph(report.as_of)
    if report.unverified:
        document.add_paragraph(say("report.unverified.letter", lang, count=report.unverified))
    for one in report.headlines:
        verdict = say(f"verdict.{one.verdict}", lang)
        document.add_paragraph(_clean(f"{one.unit}: {verdict} – {one.title}. {one.criteria}"), style="List Bullet")
        _remarks(document, one.remarks)
    if report.tiers:
        document.add_heading(say("report.tiers", lang), 1)
        heads = [say(f"report.head.{name}", lang) for name in ("pack", "level", "result", "share")]
        _table(
            document,
            heads,
            ((t.title, t.level, f"{grouped(t.met, lang)}/{grouped(t.total, lang)}", t.share) for t in report.tiers),
        )
        for tier in report.tiers:
            _remarks(document, (f"{tier.title} – {tier.level}: {remark}" for remark in tier.remarks))
    if report.plan:
        document.add_heading(say("report.plan", lang), 1)
        for target in report.plan:
            document.add_paragraph(_clean(target.say(lang)), style="List Bullet")
    if report.hardest:
        document.add_heading(say("report.hardest", lang), 1)
        heads = [say(f"report.head.{name}", lang) for name in ("indicator", "failed", "furthest")]
        _table(document, heads, ((f"{h.code}. {h.text}", grouped(h.failed, lang), h.furthest) for h in report.hardest))
    document.add_heading(say("report.units", lang), 1)
    for table in report.tables:
        if not table.rows:
            continue
        document.add_heading(_clean(table.title), 2)
        for row in table.rows:
            verdict = say(f"verdict.{row.verdict}", lang)
            document.add_paragraph(_clean(f"{row.unit}: {verdict}, {row.criteria}"), style="List Bullet")
            _remarks(document, row.remarks)
            for result in row.assessment.failures():
                text = f"{result.code}. {result.text.text(lang)}"
                parts = (text, *(sentence.removesuffix(".") for sentence in detail(result, lang)))
                document.add_paragraph(_clean("; ".join(parts)), style="List Bullet 2")
    if report.work:
        document.add_heading(say("report.work", lang), 1)
        heads = [say(f"report.head.{name}", lang) for name in ("agency", "unit", "to_conclude", "failed_codes")]
        _table(document, heads, ((w.agency, w.unit, ", ".join(w.open), ", ".join(w.failed)) for w in report.work))
    document.save(str(path))


def _remarks(document: Document, remarks: Iterable[str]) -> None:
    for remark in remarks:
        document.add_paragraph(_clean(remark), style="List Bullet 2")


def _table(document: Document, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    table = document.add_table(rows=1, cols=len(heads), style="Light Grid Accent 1")
    for cell, head in zip(table.rows[0].cells, heads, strict=True):
        cell.text = head
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = _clean(text)


def _clean(text: str) -> str:
    """Without the control characters a document cannot hold."""
    return "".join(sign for sign in text if sign in "\t\n" or ord(sign) >= 32)
