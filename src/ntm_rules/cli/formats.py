"""Results as text, Markdown, JSON, HTML or a table."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Sequence

from ..assessment.model import Assessment
from ..messages import Lang, say


def _as_text(results: Sequence[Assessment], lang: Lang) -> str:
    return "\n".join(result.explain(lang) for result in results)


def _as_markdown(results: Sequence[Assessment], lang: Lang) -> str:
    return "\n".join(result.to_markdown(lang) for result in results)


def _as_json(results: Sequence[Assessment], lang: Lang) -> str:
    return json.dumps([result.to_dict() for result in results], ensure_ascii=False, indent=2) + "\n"


def _as_html(results: Sequence[Assessment], lang: Lang) -> str:
    body = "\n".join(result.to_html(lang) for result in results)
    head = f'<!doctype html>\n<html lang="{lang}"><head><meta charset="utf-8"><title>ntm-rules</title></head>'
    return f"{head}\n<body>\n{body}\n</body></html>\n"


def _as_csv(results: Sequence[Assessment], lang: Lang) -> str:
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    columns = ("unit", "name", "pack", "set", "as_of", "code", "text", "verdict", "shortfall", "reasons")
    writer.writerow(say(f"csv.{name}", lang) for name in columns)
    for result in results:
        rows = [("", result.title, result.verdict, "", "")]
        for item in (*result.prerequisites, *result.indicators()):
            shortfall = "" if item.gap is None else item.gap.text(lang)
            # A contradiction stands beside the verdict it is about.
            against = [say("plan.contradiction", lang, said=one.text(lang)) for one in item.conflicts]
            why = "; ".join((*(reason.text(lang) for reason in item.reasons), *against))
            rows.append((item.code, item.text, item.verdict, shortfall, why))
        for code, text, verdict, shortfall, why in rows:
            # A spreadsheet must not read a name as a formula.
            day = f"{result.as_of:%d/%m/%Y}" if lang == "vi" else result.as_of.isoformat()
            told = result.pack, result.title.text(lang), day
            cells = (result.unit.id, result.unit.name, *told, code, text.text(lang))
            safe = [f"'{cell}" if cell[:1] in "=+-@" and cell else cell for cell in cells]
            writer.writerow((*safe, say(f"report.judged.{verdict}", lang), shortfall, why))
    # The mark by which spreadsheets know the encoding.
    return "\ufeff" + table.getvalue()


FORMATS: dict[str, Callable[[Sequence[Assessment], Lang], str]] = {
    "text": _as_text,
    "markdown": _as_markdown,
    "json": _as_json,
    "html": _as_html,
    "csv": _as_csv,
}

REPORTS = ("xlsx", "docx")
# The ending of a file and the format it is written in.
ENDINGS = {
    ".txt": "text",
    ".md": "markdown",
    ".json": "json",
    ".html": "html",
    ".csv": "csv",
    **{f".{kind}": kind for kind in REPORTS},
}
