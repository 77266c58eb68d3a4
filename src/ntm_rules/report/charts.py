"""Charts as inline SVG, drawn by Vega-Lite without a browser and without the network."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import vl_convert

from ..messages import Lang, say
from .gather import Distance, Hard

RED, AMBER, GREEN, GREY = "#a61b29", "#8a5a00", "#1b6e3c", "#5a6470"
_FONT = "system-ui, 'Segoe UI', 'DejaVu Sans', sans-serif"


def hardest_chart(hardest: Sequence[Hard], lang: Lang) -> str:
    """Bars: how many units fail each of the hardest indicators."""
    rows = [
        {"what": f"{one.code}. {_short(one.text)} ({_short(one.pack, 34)})", "count": count, "how": how}
        for one in hardest[:12]
        for how, count in ((say("verdict.NOT_MET", lang), one.failed), (say("verdict.UNKNOWN", lang), one.open))
    ]
    names = [say("verdict.NOT_MET", lang), say("verdict.UNKNOWN", lang)]
    bars = (
        alt.Chart(_data(rows))
        .mark_bar()
        .encode(
            y=alt.Y("what:N", title=None, sort=None, axis=alt.Axis(labelLimit=460)),
            x=alt.X("count:Q", title=None, axis=alt.Axis(tickMinStep=1, format="d")),
            color=alt.Color("how:N", scale=alt.Scale(domain=names, range=[RED, AMBER]), title=None),
        )
    )
    return _svg(bars.properties(width=300, height=alt.Step(22)))


def distance_chart(distance: Distance, lang: Lang) -> str:
    """Dots: what units report, with a line where the required value lies."""
    rows = [{"value": value, "met": met} for _, value, met in distance.values]
    dots = (
        alt.Chart(_data(rows))
        .mark_tick(thickness=2, height=22)
        .encode(
            x=alt.X("value:Q", title=distance.unit, scale=alt.Scale(zero=False)),
            color=alt.Color("met:N", scale=alt.Scale(domain=[True, False], range=[GREEN, RED]), legend=None),
        )
    )
    rule = (
        alt.Chart(_data([{"value": distance.required}]))
        .mark_rule(color="#111", strokeWidth=2, strokeDash=[4, 3])
        .encode(x="value:Q")
    )
    return _svg((dots + rule).properties(width=320, height=40))


def _data(rows: list[dict[str, Any]]) -> alt.Data:
    return alt.Data(values=rows)  # type: ignore[no-untyped-call]


def _short(text: str, limit: int = 60) -> str:
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def _svg(chart: alt.Chart | alt.LayerChart) -> str:
    configured = chart.configure(font=_FONT).configure_view(stroke=None).configure_axis(labelColor="#222", grid=False)
    drawn: str = vl_convert.vegalite_to_svg(configured.to_dict())
    # The page names each chart in words; to a screen reader the drawing itself is one picture.
    return drawn.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1)
