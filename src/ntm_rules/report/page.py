"""The report as one HTML page that needs nothing else."""

from __future__ import annotations

from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from ..messages import say
from ..verdict import Verdict
from .charts import distance_chart, hardest_chart
from .gather import Report, detail

_MARKS = {Verdict.MET: "✓", Verdict.NOT_MET: "✗", Verdict.UNKNOWN: "?", Verdict.NOT_APPLICABLE: "–"}


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

    def words(message: str, **params: Any) -> str:
        return say(message, lang, **params)

    # Markup: the drawings come from Vega-Lite, which escapes the names it was given.
    hardest = Markup(hardest_chart(report.hardest, lang)) if report.hardest else ""
    distances = [(one, Markup(distance_chart(one, lang))) for one in report.distances]
    return environment.get_template("page.html").render(
        report=report,
        say=words,
        marks=_MARKS,
        words={verdict.value: say(f"verdict.{verdict}", lang) for verdict in _MARKS},
        hardest=hardest,
        distances=distances,
        # The law stands once in its own section, where every code links to it.
        detail=lambda result: detail(result, lang, cited=False),
        anchor=lambda table, code: f"{table.anchor}-{code}",
    )
