"""Charts as inline SVG, drawn by Vega-Lite without a browser and without the network."""

from __future__ import annotations

from typing import Any

import altair as alt
import vl_convert

from ..messages import Lang
from .content import Distance

RED, GREEN = "#b3261e", "#1b6e3c"
_FONT = "system-ui, 'Segoe UI', 'DejaVu Sans', sans-serif"


def distance_chart(distance: Distance, lang: Lang) -> str:
    """Dots: what units report, with a line where the required value lies."""
    rows = [{"value": one.value, "met": one.met} for one in distance.values]
    # There is no half of a product: what is counted has whole numbers on its axis.
    found = (distance.required, *(one.value for one in distance.values))
    low, high = min(found), max(found)
    few = high - low <= 5 and all(float(value).is_integer() for value in found)
    axis = alt.Axis(values=list(range(int(low), int(high) + 1)), format="d") if few else alt.Axis(tickCount=5)
    dots = (
        alt.Chart(_data(rows))
        .mark_tick(thickness=2, height=22)
        .encode(
            x=alt.X("value:Q", title=distance.unit, scale=alt.Scale(zero=False), axis=axis),
            color=alt.Color("met:N", scale=alt.Scale(domain=[True, False], range=[GREEN, RED]), legend=None),
        )
    )
    rule = (
        alt.Chart(_data([{"value": distance.required}]))
        .mark_rule(color="#111", strokeWidth=2, strokeDash=[4, 3])
        .encode(x=alt.X("value:Q", axis=axis))
    )
    return _svg((dots + rule).properties(width=320, height=40), lang)


def _data(rows: list[dict[str, Any]]) -> alt.Data:
    return alt.Data(values=rows)  # type: ignore[no-untyped-call]


# Numbers on axes as the language writes them.
_NUMBERS: dict[Lang, dict[str, Any]] = {
    "vi": {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["", " ₫"]},
    "en": {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["₫", ""]},
}


def _svg(chart: alt.Chart | alt.LayerChart, lang: Lang) -> str:
    configured = chart.configure(font=_FONT).configure_view(stroke=None).configure_axis(labelColor="#222", grid=False)
    drawn: str = vl_convert.vegalite_to_svg(configured.to_dict(), format_locale=_NUMBERS[lang])
    # The page names each chart in words; to a screen reader the drawing itself is one picture.
    return drawn.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1)
