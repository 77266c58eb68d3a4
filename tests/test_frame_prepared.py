"""A prepared plan answers as the call does, frame after frame; a frame of few rows as one of many."""

from __future__ import annotations

from datetime import date
from typing import Any
from weakref import ref

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

import ntm_rules as ntm
from ntm_rules.errors import EvaluationError
from ntm_rules.evaluation.frame.few import FEW

PACK = "vn/commune@2021-2025"
DAY = "2023-08-17"
INPUTS = [column for column in ntm.pack_columns(ntm.load_pack(PACK)) if column.kind in ("measure", "finding")]
SCHEMA: dict[str, Any] = {
    "id": pl.String,
    "region": pl.String,
    **{one.name: pl.Float64 if one.kind == "measure" else pl.String for one in INPUTS},
}
CELLS = {
    "measure": st.sampled_from([None, 0.0, 63.8, 90.0, 99.9999, 100.0]),
    "finding": st.sampled_from([None, "met", "not_met", "not_applicable"]),
}
CLEAN = st.fixed_dictionaries(
    {"id": st.just("x"), "region": st.sampled_from(["btb", "dbsh", "mnpb"])},
    optional={one.name: CELLS[one.kind] for one in INPUTS},
)
# Most rows have nothing to doubt, and go the short way; one cell sends a row to its engine.
ODD = st.sampled_from(
    [{"finding_1_1": "Đạt"}, {"finding_1_1": "chưa rõ"}]
    + [{"resident_satisfaction_share": value} for value in (1e6, -1.0, float("nan"), 1.0)]
)
ROWS = CLEAN | st.builds(lambda row, odd: {**row, **odd}, CLEAN, ODD)


def framed(rows: list[dict[str, Any]]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=SCHEMA)


@pytest.fixture(scope="module")
def plan() -> ntm.PreparedPlan:
    return ntm.prepare(PACK, framed([]), as_of=DAY, trust="uncertain", invalid="mark")


@given(ROWS)
@settings(max_examples=12, deadline=None)
def test_a_row_alone_is_answered_as_among_many(plan: ntm.PreparedPlan, row: dict[str, Any]) -> None:
    """Law: what is judged row by row is what the engine makes of a column, in every column and its type."""
    one, many = framed([row]), framed([row] * (FEW + 1))
    assert_frame_equal(plan(one).frame, plan(many).frame.head(1))


@given(st.lists(ROWS, min_size=1, max_size=FEW))
@settings(max_examples=4, deadline=None)
def test_a_plan_answers_as_the_call_does(plan: ntm.PreparedPlan, rows: list[dict[str, Any]]) -> None:
    called = ntm.evaluate_frame(PACK, framed(rows), as_of=DAY, trust="uncertain", invalid="mark")
    assert_frame_equal(plan(framed(rows)).frame, called.frame)


def test_clean_rows_do_not_go_through_the_engine(plan: ntm.PreparedPlan, monkeypatch: pytest.MonkeyPatch) -> None:
    """The short way is taken, so that the laws above compare two ways."""
    from ntm_rules.evaluation.frame import run

    clean = framed([{"id": "x", "region": "btb", "resident_satisfaction_share": 95.0, "finding_1_1": "met"}])
    monkeypatch.setattr(run, "_piece", lambda *told: pytest.fail("the engine was asked"))
    assert plan(clean).frame["verdict"].to_list() == ["UNKNOWN"]


@pytest.mark.parametrize("output", ["wide", "summary"])
def test_pandas_rows_alone_are_answered_as_among_many(output: Any) -> None:
    pd = pytest.importorskip("pandas")
    columns = {
        "id": ["x"],
        "region": ["btb"],
        "as_of": [date(2023, 8, 17)],
        "resident_satisfaction_share": [63.8],
        "multidimensional_poverty_rate": [None],
        "finding_1_1": ["met"],
        "finding_2_1": [None],
    }
    frame = pd.DataFrame(columns, index=[7]).astype({"as_of": "datetime64[ns]", "multidimensional_poverty_rate": float})
    many = pd.concat([frame] * (FEW + 1))
    asked: dict[str, Any] = {"trust": "uncertain", "output": output, "unknown_columns": "ignore"}
    plan = ntm.prepare(PACK, frame, **asked)
    pd.testing.assert_frame_equal(plan(frame).frame, plan(many).frame.iloc[[0]], check_exact=True)


def test_a_plan_for_polars_takes_frames_of_other_engines() -> None:
    pa = pytest.importorskip("pyarrow")
    told = {"id": ["x"], "region": ["btb"], "resident_satisfaction_share": [63.8]}
    plan = ntm.prepare(PACK, pl.DataFrame(told), as_of=DAY, trust="uncertain", output="summary")
    lazily = plan(pl.LazyFrame(told)).frame.collect()
    assert lazily["first_failing"].to_list() == ["P2"]
    assert plan(pa.table(told)).frame["first_failing"].to_pylist() == ["P2"]
    assert str(plan(pl.DataFrame(told)).explain("x")["P2"].verdict) == "NOT_MET"


@pytest.mark.parametrize(
    ("columns", "code", "named"),
    [
        ({"id": ["x"]}, "error.frame_plan_without", "region"),
        ({"id": ["x"], "region": ["btb"], "age": [1.0]}, "error.frame_plan_beside", "age"),
        ({"id": ["x"], "region": [1]}, "error.frame_plan_kind", "region"),
    ],
)
def test_other_columns_are_refused_by_name(columns: dict[str, Any], code: str, named: str) -> None:
    plan = ntm.prepare(PACK, pl.DataFrame({"id": ["x"], "region": ["btb"]}), as_of=DAY)
    with pytest.raises(EvaluationError) as caught:
        plan(pl.DataFrame(columns))
    assert [(problem.code, problem.params["column"]) for problem in caught.value.problems] == [(code, named)]


def test_what_frames_alike_share_is_neither_their_rows_nor_what_was_said_of_others() -> None:
    """What a call works out is kept for the next one; a kept frame, or another call's options, would tell on it."""

    def said(frame: Any, **options: Any) -> list[Any]:
        asked = {"as_of": DAY, "trust": "uncertain", "output": "summary", **options}
        return list(ntm.evaluate_frame(PACK, frame, **asked).frame["verdict"])

    share = "resident_satisfaction_share"
    low = pl.DataFrame({"id": ["x"], share: [63.8]})
    gone, seen = ref(low), [(1, 1)]
    assert said(low) == ["NOT_MET"]
    assert said(pl.DataFrame({"id": ["x"], share: [95.0]})) == ["UNKNOWN"]
    assert said(pl.DataFrame({"id": ["x"], share: ["63,8 %"]})) == ["NOT_MET"]
    assert said(low.to_pandas()) == ["NOT_MET"]
    assert said(low, units={share: "percent"}, keep=["id"], progress=lambda *done: seen.append(done)) == ["NOT_MET"]
    assert seen == [(1, 1), (1, 1)]
    with pytest.raises(EvaluationError):
        said(low, units={share: "đồng"})
    with pytest.raises(EvaluationError):
        said(low, attributes={"strange": True})
    del low
    assert gone() is None


def test_a_number_that_nobody_asks_for_is_held_against_its_measure_as_at_the_other_doors() -> None:
    beside = "online_public_service_level"
    assert beside not in {one.name for one in INPUTS}
    frame = pl.DataFrame({"id": ["x"], beside: [9.0]})
    with pytest.raises(EvaluationError, match=beside):
        ntm.evaluate_frame(PACK, frame, as_of=DAY)
    unit = ntm.Snapshot(unit={"id": "x", "level": "commune"}, as_of=DAY, measures={beside: 9})
    with pytest.raises(EvaluationError, match=beside):
        ntm.evaluate(PACK, unit)
    marked = ntm.evaluate_frame(PACK, frame, as_of=DAY, invalid="mark").frame
    assert marked["problem"].to_list() == [beside]
    kept = ntm.evaluate_frame(PACK, frame.with_columns(pl.lit(4.0).alias(beside)), as_of=DAY, output="summary")
    assert kept.frame["verdict"].to_list() == ["UNKNOWN"]
