"""The report as one HTML page that needs nothing else."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from ..messages import grouped, say
from ..verdict import Verdict
from .charts import distance_chart
from .content import Report
from .wording import detail

_MARKS = {Verdict.MET: "✓", Verdict.NOT_MET: "✗", Verdict.UNKNOWN: "?", Verdict.NOT_APPLICABLE: "–"}

# Codes of what a department owes that are named; the others are counted, and stand at the unit.
MOST = 5


def to_page(report: Report) -> str:
    """The page; autoescaped, with the charts drawn into it."""
    environment = Environment(
        loader=PackageLoader("ntm_rules.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    lang = report.lang
    environment.filters["grouped"] = lambda count: grouped(count, lang)

    def words(message: str, **params: Any) -> str:
        return say(message, lang, **params)

    script = environment.get_template("page.js").render()
    return environment.get_template("page.html").render(
        report=report,
        say=words,
        marks=_MARKS,
        words={verdict.value: say(f"verdict.{verdict}", lang) for verdict in _MARKS},
        # Markup: Vega-Lite escapes the names it is given, and the script is our own, the only one the page may run.
        distances=[(one, Markup(distance_chart(one, lang))) for one in report.distances],
        most=MOST,
        script=Markup(script),
        digest=b64encode(sha256(script.encode()).digest()).decode(),
        # The law stands once in its own section, where every code links to it.
        asked=_asked(report),
        detail=lambda result: detail(result, lang, cited=False),
    )


def _asked(report: Report) -> set[str]:
    """The requirements that the printed pages speak of: what is failed, and what departments are named to owe.

    A criterion of which nothing is known yet is named by its number alone.
    """
    failed = {f"{t.anchor}-{one.code}" for t in report.tables for row in t.rows for one in row.assessment.failures()}
    owed = ((w.anchor, *w.failed[:MOST], *(c for c in w.open_in_short[:MOST] if c in w.open)) for w in report.work)
    return failed | {f"{anchor}-{code}" for anchor, *codes in owed for code in codes}
