"""Scenarios: the units that change are those for which the changed pack, evaluated by itself, says something else."""

from __future__ import annotations

import gc
import weakref
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ntm_rules as ntm
from ntm_rules.errors import CatalogueError, EvaluationError, QuantityError
from ntm_rules.evaluation.frame.scenarios import with_thresholds

pl = pytest.importorskip("polars", reason="polars is not installed")
DAY = "2025-06-30"
SHARE, INCOME = "resident_satisfaction_share", "income_per_capita"


@st.composite
def frames(draw: Any) -> Any:
    count = draw(st.integers(1, 6))
    shares = draw(st.lists(st.sampled_from([None, 79.9, 80.0, 85.0, 90.0]), min_size=count, max_size=count))
    incomes = draw(st.lists(st.sampled_from([None, 40.0, 48.0, 63.8]), min_size=count, max_size=count))
    schema = {"id": pl.String, "region": pl.String, SHARE: pl.Float64, INCOME: pl.Float64}
    return pl.DataFrame(
        {"id": [f"u{n}" for n in range(count)], "region": ["btb"] * count, SHARE: shares, INCOME: incomes},
        schema=schema,
    )


SCENARIOS: dict[str, Any] = {
    "85 %": {"P2": "85 %"},
    "income 63.8": {"10": {"by_region": {"btb": "63,8", "tn": 1}}},
    "both": {"P2": 80, "10": "1 đồng/người/năm"},
    "delegated": {"P2": "delegated"},
    "the province's": "hatinh/commune",
}


@settings(max_examples=30, deadline=None)
@given(frames(), st.sampled_from(["uncertain", "recalled", "stated"]))
def test_changes_are_those_of_the_changed_packs(frame: Any, trust: str) -> None:
    base = ntm.load_pack("vn/commune", on=DAY)
    changed = ntm.what_if(base, frame, SCENARIOS, as_of=DAY, trust=trust)
    said = {(unit, scenario): (before, after) for unit, _, scenario, before, after in changed.rows()}
    verdicts = ntm.evaluate_frame(base, frame, as_of=DAY, trust=trust).frame
    before = dict(zip(verdicts["id"], verdicts["verdict"], strict=True))
    for name, scenario in SCENARIOS.items():
        if isinstance(scenario, str):
            after = ntm.evaluate_frame(scenario, frame, as_of=DAY, trust=trust).frame
        elif trust == "uncertain":
            # Everything counts at this trust, so the pack with the thresholds moved says it by itself.
            after = ntm.evaluate_frame(with_thresholds(base, scenario), frame, as_of=DAY, trust=trust).frame
        else:
            continue
        for unit, verdict in zip(after["id"], after["verdict"], strict=True):
            expected = None if verdict == before[unit] else (before[unit], verdict)
            assert said.get((unit, name)) == expected


def test_an_assumed_threshold_holds_at_any_trust() -> None:
    frame = pl.DataFrame({"id": ["x"], SHARE: [60.0]})
    changed = ntm.what_if("vn/commune", frame, {"70": {"P2": "70 %"}, "50": {"P2": "50 %"}}, as_of=DAY, trust="stated")
    assert changed.rows() == [("x", "70", "UNKNOWN", "NOT_MET")]


def test_many_scenarios_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    from ntm_rules.evaluation.frame import run

    frame = pl.DataFrame({"id": [f"{n}" for n in range(50)], SHARE: [float(n + 45) for n in range(50)]})
    scenarios = {f"{n} %": {"P2": n} for n in range(50, 95)}
    options = {"as_of": DAY, "trust": "uncertain"}
    whole = ntm.what_if("vn/commune", frame, scenarios, **options)
    monkeypatch.setattr(run, "PIECE", 20)
    pieces = ntm.what_if("vn/commune", frame, scenarios, **options)
    assert sorted(pieces.rows()) == sorted(whole.rows())
    # At 90 % today, those from n % up to below it come to another verdict.
    assert dict(whole["scenario"].value_counts().rows())["80 %"] == 10


def test_a_pack_with_moved_thresholds_leaves_the_original_as_it_was() -> None:
    pack = ntm.load_pack("vn/commune", on=DAY)
    pack["P2"]
    moved = with_thresholds(pack, {"P2": "85 %"})
    assert moved["P2"] != pack["P2"]
    assert pack == ntm.load_pack("vn/commune", on=DAY)
    assert moved["1.1"] is pack["1.1"]


@pytest.mark.parametrize(
    ("scenario", "error", "words"),
    [
        ({"5": 80}, EvaluationError, "compares . measures"),
        ({"1.1": 80}, EvaluationError, "compares 0 measures"),
        ({"99.9": 80}, CatalogueError, "99.9"),
        ({"P2": "nhiều"}, EvaluationError, "scenario “a”, indicator P2"),
        ({"P2": "80 lít"}, QuantityError, "scenario “a”, indicator P2: .* measure different things"),
        ({"10": {"by_region": {"btb": "1 %"}}}, QuantityError, "scenario “a”, indicator 10: .* measure different"),
        ("vn/commune-model-x", CatalogueError, "vn/commune-model-x"),
        ("vn/district", EvaluationError, "no level to which these packs all apply: vn/commune@.*, vn/district@"),
        ({"10": {"by_region": {"bttb": 1}}}, EvaluationError, "unknown row “bttb”; rows are: btb"),
        ({"P2": float("nan")}, EvaluationError, "“nan” is not a finite number"),
        ({"P2": {"by_regoin": {"btb": 1}}}, EvaluationError, "not a threshold or condition"),
        ({10: 50}, EvaluationError, r"scenario “a”: expected thresholds by code.*got {10: 50}"),
        (50, EvaluationError, "got 50"),
    ],
)
def test_scenarios_that_cannot_be_are_refused(scenario: Any, error: type[Exception], words: str) -> None:
    frame = pl.DataFrame({"id": ["x"], SHARE: [60.0]})
    with pytest.raises(error, match=words):
        ntm.what_if("vn/commune", frame, {"a": scenario}, as_of=DAY)


def test_scenarios_without_names_are_refused() -> None:
    frame = pl.DataFrame({"id": ["x"], SHARE: [60.0]})
    for scenarios in ([{"P2": 80}], {5: {"P2": 80}}):
        with pytest.raises(EvaluationError, match="names of scenarios as texts"):
            ntm.what_if("vn/commune", frame, scenarios, as_of=DAY)  # type: ignore[arg-type]


def test_no_scenario_is_no_question() -> None:
    with pytest.raises(EvaluationError, match="no pack"):
        ntm.what_if("vn/commune", pl.DataFrame({"id": ["x"]}), {}, as_of=DAY)


def test_lazy_scenarios_stay_lazy_and_leave_out_unfit_rows() -> None:
    frame = pl.LazyFrame({"id": ["x", "y"], SHARE: [88.0, 880.0]})
    changed = ntm.what_if("vn/commune", frame, {"85 %": {"P2": "85 %"}}, as_of=DAY, trust="uncertain")
    assert isinstance(changed, pl.LazyFrame)
    assert changed.collect().rows() == [("x", "85 %", "NOT_MET", "UNKNOWN")]


@pytest.mark.parametrize("kind", ["pandas", "pyarrow", "duckdb"])
def test_scenarios_on_other_engines(kind: str) -> None:
    pytest.importorskip(kind, reason=f"{kind} is not installed")
    pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    import narwhals as nw

    table = pl.DataFrame({"id": ["x", "y"], SHARE: [95.0, 88.0]}).to_arrow()
    if kind == "duckdb":
        import duckdb

        frame: Any = duckdb.from_arrow(table)
    else:
        frame = table.to_pandas() if kind == "pandas" else table
    changed = nw.from_native(ntm.what_if("vn/commune", frame, {"85 %": {"P2": "85 %"}}, as_of=DAY, trust="uncertain"))
    rows = (changed.collect() if isinstance(changed, nw.LazyFrame) else changed).rows()
    assert rows == [("y", "85 %", "NOT_MET", "UNKNOWN")]


def test_scenarios_that_were_asked_are_not_kept() -> None:
    from ntm_rules.evaluation.frame import caching

    frame = pl.DataFrame({"id": ["x"], SHARE: [88.0]})
    asked = []
    for number in range(4):
        base = ntm.load_pack("vn/commune", on=DAY)
        variants = {f"{n}": with_thresholds(base, {"P2": 80 + n + number}) for n in range(caching.FEW + 1)}
        ntm.what_if(base, frame, variants, as_of=DAY)
        asked += [weakref.ref(variant) for variant in variants.values()]
    variants = {}
    gc.collect()
    assert sum(pack() is not None for pack in asked) <= caching.FEW + 1


def test_the_date_may_be_written_as_people_write_it() -> None:
    frame = pl.DataFrame({"id": ["x"], SHARE: [88.0]})
    scenario = {"85": {"P2": "85 %"}}
    said = ntm.what_if("vn/commune", frame, scenario, as_of="30/6/2025", trust="uncertain")
    assert said.rows() == ntm.what_if("vn/commune", frame, scenario, as_of=DAY, trust="uncertain").rows()


@pytest.mark.parametrize(
    ("text", "numbers", "came"),
    [
        ("59.875", "en", True),
        ("59,875", "vi", True),
        # Nobody said which: 59.875 litres fail the 60 that are asked for, 59,875 would pass.
        ("59.875", None, "error.two_readings"),
        ("59,875", None, "error.two_readings"),
        # Read as was said, it is more water than anybody is given.
        ("59.875", "vi", "error.implausible"),
        ("59,875", "en", "error.implausible"),
    ],
)
def test_a_text_of_two_readings_is_read_as_was_said_or_refused(text: str, numbers: Any, came: bool | str) -> None:
    """Litres a head and day: 60 are asked for. Lowered to 59.8, the unit fails no longer; lowered to 59.9, it does."""
    frame = pl.DataFrame({"id": ["x"], "region": ["btb"], "domestic_water_per_capita": [text]})
    lowered = {"59.9": {"18.2": Decimal("59.9")}, "59.8": {"18.2": Decimal("59.8")}}
    asked: dict[str, Any] = {"as_of": "2023-08-17", "trust": "uncertain", "numbers": numbers}
    if isinstance(came, str):
        with pytest.raises(EvaluationError) as caught:
            ntm.what_if("hatinh/commune-advanced", frame, lowered, **asked)
        assert [problem.code for problem in caught.value.problems] == [came]
    else:
        changed = ntm.what_if("hatinh/commune-advanced", frame, lowered, **asked)
        assert changed.rows() == [("x", "btb", "59.8", "NOT_MET", "UNKNOWN")]


@pytest.mark.parametrize("numbers", [None, "vi", "en"])
@pytest.mark.parametrize("threshold", ["59.875", "59,875", "59.875 lít/người/ngày đêm"])
def test_an_assumed_threshold_of_two_readings_is_refused_whatever_is_said_of_the_frame(
    threshold: str, numbers: Any
) -> None:
    """Thresholds are written as in a pack file; the word on numbers is about the cells of the frame."""
    frame = pl.DataFrame({"id": ["x"], "region": ["btb"], "domestic_water_per_capita": [61.0]})
    with pytest.raises(EvaluationError) as caught:
        ntm.what_if("hatinh/commune-advanced", frame, {"s": {"18.2": threshold}}, as_of="2023-08-17", numbers=numbers)
    said = caught.value.text("en")
    assert "two readings" in said
    assert "59875" in said
    assert "59.8750" in said
