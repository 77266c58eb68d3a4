"""Figures that follow from two columns: a frame says of them what ``evaluate`` says, or that it cannot tell."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

import ntm_rules as ntm
from ntm_rules.evaluation.frame.followed import Parts
from ntm_rules.evaluation.frame.names import slug
from ntm_rules.evaluation.frame.nodes import Follows
from ntm_rules.evaluation.frame.sources import ColumnSource
from ntm_rules.pack.catalogue import Catalogue, installed
from ntm_rules.pack.condition import Op
from ntm_rules.pack.measure import Measure
from ntm_rules.testing.writing import EXAMPLE

pl = pytest.importorskip("polars", reason="polars is not installed")
DAY = "2026-07-01"
# Small figures under a percentage are meant here as they stand.
pytestmark = pytest.mark.filterwarnings("ignore::ntm_rules.snapshot.cells.SnapshotWarning")


def _duckdb(frame: Any) -> Any:
    duckdb = pytest.importorskip("duckdb", reason="duckdb is not installed")
    pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    return duckdb.from_arrow(frame.to_arrow())


ENGINES: dict[str, tuple[Any, Any]] = {
    "polars": (lambda frame: frame, lambda answer: answer),
    "polars lazy": (lambda frame: frame.lazy(), lambda answer: answer.collect()),
    "duckdb": (_duckdb, lambda answer: answer.pl().sort("id")),
    "pandas": (lambda frame: frame.to_pandas(), pl.from_pandas),
}
MEASURES = [
    {"id": "now", "unit": "%", "domain": {"from": -1000, "to": 1000}},
    {"id": "before", "unit": "%"},
    {"id": "members", "unit": "người", "domain": {"from": 0, "whole": True}},
    {"id": "households", "unit": "người", "domain": {"from": 0, "whole": True}},
    {"id": "growth", "unit": "%", "domain": {"from": -100}, "derived": {"growth_of": "now", "over": "before"}},
    {"id": "share", "unit": "%", "domain": {"to": 100}, "derived": {"share_of": "members", "over": "households"}},
    {"id": "more", "unit": "người", "derived": {"increase_of": "members", "over": "households"}},
    {"id": "part", "unit": "%", "derived": {"share_of": "now", "over": "before"}},
]
OPS = ("at_least", "more_than", "at_most", "less_than", "equal_to")
ASKED = [
    *({"measure": "growth", op: "9,5 %"} for op in OPS),
    *({"measure": "part", op: "-33,3 %"} for op in OPS),
    *({"measure": "share", op: "66,7 %"} for op in OPS),
    *({"measure": "more", op: "-3 người"} for op in OPS),
    {"measure": "share", "at_least": {"by_region": {"btb": "50 %", "tn": "delegated", "dnb": "66,7 %"}}},
]


def dictionary() -> tuple[ntm.Pack, Catalogue]:
    measures = [
        Measure.model_validate({"name": {"vi": one["id"], "en": one["id"]}, "better": "higher", **one})
        for one in MEASURES
    ]
    criterion = {
        "code": "1",
        "title": {"vi": "Một", "en": "One"},
        "indicators": [
            {"code": f"1.{number}", "text": {"vi": f"Số {number}", "en": f"No {number}"}, "requires": asked}
            for number, asked in enumerate(ASKED, 1)
        ],
    }
    pack = ntm.Pack.model_validate({**EXAMPLE, "criteria": [criterion]})
    return pack, Catalogue.of([pack], measures)


PACK, CATALOGUE = dictionary()


def told(pack: Any, row: dict[str, Any], catalogue: Catalogue) -> ntm.Assessment | None:
    unit = {"id": row["id"], "level": "commune"} | {n: row[n] for n in ("region", "group") if row.get(n)}
    facts = {name: value for name, value in row.items() if name not in ("id", "region", "group") and value is not None}
    try:
        return ntm.evaluate(pack, ntm.Snapshot(unit=unit, as_of=DAY, measures=facts), catalogue=catalogue)
    except ntm.NtmError:
        return None


def agree(engine: str, pack: Any, frame: Any, catalogue: Catalogue, exact: bool) -> None:
    """That a frame says what ``evaluate`` says; where it may be unable to tell, that or nothing."""
    into, out = ENGINES[engine]
    # Details are told by the same engine's expressions; planning them takes DuckDB seconds.
    details = engine.startswith("polars")
    options = {"as_of": DAY, "invalid": "mark", "catalogue": catalogue, "reasons": details, "shortfalls": details}
    answer = out(ntm.evaluate_frame(pack, into(frame), **options).frame)
    for row, got in zip(frame.to_dicts(), answer.to_dicts(), strict=True):
        wanted = told(pack, row, catalogue)
        assert (wanted is None) == (got["problem"] is not None), row
        for item in () if wanted is None else wanted.indicators():
            name, short = slug(item.code), item.shortfall
            if not exact and got[f"i_{name}"] == "UNKNOWN" and got.get(f"why_{name}", "not_exact") == "not_exact":
                continue
            assert got[f"i_{name}"] == item.verdict, (item.code, row)
            if details:
                assert got[f"why_{name}"] == (str(item.reasons[0].code) if item.reasons else None), (item.code, row)
            if f"short_{name}" in got:
                away = None if short is None else pytest.approx(float(short.magnitude), abs=1e-8)
                assert got[f"short_{name}"] == away, (item.code, row)


@st.composite
def _pairs(draw: Any) -> tuple[float | None, float | None]:
    """Two figures, often ones whose growth or share is a threshold or next to one."""
    before = draw(st.sampled_from([0.0, 50.0, -40.0, 0.2]) | st.integers(-(10**8), 10**8).map(lambda n: n / 1000))
    times = draw(st.sampled_from([1095, -333, 667, 0, 1000]))
    near = draw(st.sampled_from([0, 0, 1, -1, 12345]))
    now = (round(before * 1000) * times + near) / 1_000_000
    return draw(st.sampled_from([now, now, now, None])), draw(st.sampled_from([before, before, before, None]))


@st.composite
def frames(draw: Any) -> Any:
    rows = []
    for number in range(draw(st.integers(1, 6))):
        now, before = draw(_pairs())
        households = draw(st.integers(0, 10**6).map(lambda n: n * 3) | st.none())
        members = draw(st.none() | st.just((households or 0) * 2 // 3) | st.integers(0, 3 * 10**6))
        rows.append(
            {
                "id": f"u{number}",
                "region": draw(st.sampled_from(["btb", "tn", "dnb"])),
                "now": now,
                "before": before,
                "members": members,
                "households": households,
                "growth": draw(st.sampled_from([None, None, 9.5, 8.0, 10.0])),
                "more": draw(st.sampled_from([None, None, -3, 5])),
            }
        )
    kinds = {"id": pl.String, "region": pl.String, "now": pl.Float64, "before": pl.Float64, "growth": pl.Float64}
    whole = draw(st.sampled_from([pl.Int64, pl.Int32, pl.Float64]))
    return pl.DataFrame(rows, schema={**kinds, "members": whole, "households": whole, "more": whole})


@pytest.mark.parametrize("engine", ["polars", "polars lazy", "duckdb"])
def test_a_frame_says_of_derived_figures_what_a_snapshot_says(engine: str) -> None:
    @settings(max_examples=5 if engine == "duckdb" else 40, deadline=None, phases=[Phase.generate])
    @given(frames())
    def check(frame: Any) -> None:
        # Six digits after the point and nine before it can always be told.
        agree(engine, PACK, frame, CATALOGUE, exact=True)

    check()


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
@settings(max_examples=6, deadline=None, phases=[Phase.generate])
@given(
    st.lists(
        st.tuples(
            st.floats(8, 400) | st.sampled_from([54.75, 54.749999, 54.75000000000001]),
            st.floats(8, 400) | st.just(50.0),
            st.sampled_from([None, None, 9.5, 12.0]),
            st.sampled_from(["nhom1", "nhom2", "nhom3"]),
        ),
        min_size=1,
        max_size=4,
    )
)
def test_figures_with_all_their_digits_are_told_right_or_not_at_all(engine: str, figures: list[Any]) -> None:
    """The set in force, incomes as computed elsewhere: what doubles cannot tell is left open, with the reason."""
    rows = [
        {"id": f"u{n}", "group": group, "income_per_capita": now, "income_per_capita_last_year": before}
        | {"income_per_capita_growth": growth}
        for n, (now, before, growth, group) in enumerate(figures)
    ]
    frame = pl.DataFrame(rows, schema_overrides={"income_per_capita_growth": pl.Float64})
    agree(engine, "vn/commune", frame, installed(), exact=False)


def incomes(**columns: list[Any]) -> Any:
    count = len(columns["income_per_capita"])
    return pl.DataFrame({"id": [f"u{n}" for n in range(count)], "group": ["nhom2"] * count, **columns})


@pytest.mark.parametrize("engine", list(ENGINES))
def test_units_of_columns_are_told_exactly(engine: str) -> None:
    frame = incomes(
        income_per_capita=[54_750_000.0, 54_749_999.0, 54_749_999.5], income_per_capita_last_year=[50.0, 50.0, 50.0]
    )
    units = {"income_per_capita": "đồng/người/năm"}
    answer = ntm.evaluate_frame("vn/commune", ENGINES[engine][0](frame), as_of=DAY, units=units).frame
    assert ENGINES[engine][1](answer)["i_3_1"].to_list() == ["MET", "NOT_MET", "NOT_MET"]


def test_what_doubles_cannot_tell_is_left_open_with_the_reason() -> None:
    frame = incomes(income_per_capita=[54.75000000000001], income_per_capita_last_year=[50.0])
    result = ntm.evaluate_frame("vn/commune", frame, as_of=DAY, reasons=True)
    assert result.frame.select("i_3_1", "why_3_1").row(0) == ("UNKNOWN", "not_exact")
    # The row by itself is judged from its decimals.
    assert result.explain("u0")["3.1"].verdict is ntm.Verdict.MET


def test_a_figure_that_cannot_be_is_refused_with_what_it_follows_from() -> None:
    frame = pl.DataFrame({"id": ["x"], "permanent_house_households": [120], "households": [100]})
    with pytest.raises(ntm.NtmError, match=r"“permanent_house_households”: 120% is outside the valid range"):
        ntm.evaluate_frame("vn/commune", frame, as_of=DAY, group="nhom2")


def test_a_sum_with_a_figure_that_follows_is_left_open() -> None:
    total = {"total_of": ["share", "part"], "at_least": "50 %"}
    document = PACK.model_dump(mode="json", by_alias=True)
    document["criteria"][0]["indicators"] = [{"code": "1.1", "text": {"vi": "Tổng", "en": "Sum"}, "requires": total}]
    pack = ntm.Pack.model_validate(document)
    catalogue = Catalogue.of([pack], CATALOGUE.measures.values())
    frame = pl.DataFrame(
        {"id": ["a", "b"], "share": [60.0, 60.0], "part": [1.0, 1.0], "members": [1, None], "households": [2, 3]}
    )
    answer = ntm.evaluate_frame(pack, frame, as_of=DAY, catalogue=catalogue, reasons=True).frame
    assert answer.select("i_1_1", "why_1_1").rows() == [("UNKNOWN", "not_exact"), ("MET", None)]


@pytest.mark.parametrize("measure", installed().measures.derived, ids=lambda measure: measure.id)
def test_thresholds_of_the_dictionary_are_told_in_whole_numbers(measure: Measure) -> None:
    """Two digits after the point of a threshold, whatever the measure: doubles alone would leave ties open."""
    assert measure.derived is not None
    of, over = (installed().measures[name] for name in (measure.derived.of, measure.derived.over))
    sources = {one.id: ColumnSource(one.id, "measure", "double") for one in (of, over)}
    found = Parts(measure, of, over, sources).follows(Op.AT_LEAST, Fraction("9.25"), {})
    assert isinstance(found, Follows)
    assert found.line is not None
