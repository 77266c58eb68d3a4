"""Frames in the hands of people: names, faults with their cell, units, what is kept, explanations."""

from __future__ import annotations

import io
import subprocess
import sys
import unicodedata
import warnings
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

import ntm_rules as ntm
from ntm_rules.errors import CatalogueError, EvaluationError, PackError
from ntm_rules.evaluation.frame.nodes import Excepted, Fixed, Least, Most, Said, least, most
from ntm_rules.evaluation.frame.scenarios import with_thresholds
from ntm_rules.evaluation.numbering import NEUTRAL, NO, YES
from ntm_rules.pack.catalogue import Catalogue, installed
from ntm_rules.pack.model import Pack
from ntm_rules.pack.period import Period

pl = pytest.importorskip("polars", reason="polars is not installed")
nw = pytest.importorskip("narwhals", reason="the extra `frame` is not installed")
DAY = "2023-08-17"
WATER = "clean_water_centralised_share"
# At least 80 % in every region, read in an official restatement.
IRRIGATED = "farmland_irrigated_share"


def small(**changes: Any) -> Any:
    """Three communes of Hà Tĩnh with one measure and one finding."""
    columns: dict[str, Any] = {
        "id": ["x", "y", "z"],
        "region": ["btb", "btb", None],
        WATER: [12.8, 20.0, None],
        "finding_1_1": ["met", "not_met", None],
    }
    return pl.DataFrame({**columns, **changes})


def judge(frame: Any, pack: str = "hatinh/commune", **options: Any) -> Any:
    return ntm.evaluate_frame(pack, frame, **{"as_of": DAY, **options})


def refusal(frame: Any, **options: Any) -> str:
    with pytest.raises(EvaluationError) as caught:
        judge(frame, **options)
    assert caught.value.text("vi") != caught.value.text("en")
    return caught.value.text("en")


# Names


@pytest.mark.parametrize("reference", [info.reference for info in ntm.packs()])
def test_columns_are_plain_and_their_own(reference: str) -> None:
    names = [column.name for column in ntm.pack_columns(reference)]
    assert all(name.isidentifier() and "." not in name for name in names)
    assert len({name.casefold() for name in names}) == len(names)


def test_every_column_of_an_answer_is_listed() -> None:
    listed = {column.name for column in ntm.pack_columns("hatinh/commune")}
    assert set(judge(small()).frame.columns) <= listed


def test_codes_that_would_share_a_column_are_refused() -> None:
    criteria = [
        {"code": "1", "title": "a", "indicators": [{"code": code, "text": "a", "requires": {"finding": "met"}}]}
        for code in ("1.1", "1-1")
    ]
    criteria[1]["code"] = "2"
    pack = Pack.model_validate(
        {
            "id": "any/clash",
            "edition": "1",
            "title": "a",
            "applies_to": ["commune"],
            "legal_basis": [{"id": "qd", "number": "1"}],
            "source": {"basis": "qd", "verification": "recalled"},
            "criteria": criteria,
        }
    )
    with pytest.raises(PackError, match=r"“1\.1” and “1-1”.*finding_1_1"):
        ntm.pack_columns(pack, Catalogue.of([pack]))


def test_a_column_nobody_knows_is_refused_with_the_nearest() -> None:
    said = refusal(small().rename({WATER: "clean_water_centralized_share"}))
    assert "clean_water_centralized_share" in said
    assert WATER in said


def test_a_column_that_only_accompanies_is_kept_on_request() -> None:
    frame = small(ghi_chu=["a", "b", "c"])
    assert judge(frame, keep=["id", "ghi_chu"]).frame["ghi_chu"].to_list() == ["a", "b", "c"]
    assert "ghi_chu" not in judge(frame, unknown_columns="ignore").frame.columns


def test_columns_may_have_names_of_their_own() -> None:
    frame = small().rename({"id": "ma_xa", WATER: "nuoc_sach"})
    result = judge(frame, columns={"id": "ma_xa", WATER: "nuoc_sach"})
    assert result.frame["i_17_1"].to_list() == judge(small()).frame["i_17_1"].to_list()
    assert result.frame["ma_xa"].to_list() == ["x", "y", "z"]
    assert result.explain("x")["17.1"].verdict is ntm.Verdict.NOT_MET


def test_a_renamed_column_must_exist_on_both_sides() -> None:
    said = refusal(small(), columns={"clean_water_centralised_shar": "nuoc", WATER: "nuoc_sach"})
    assert "clean_water_centralised_shar" in said
    assert "nuoc_sach" in said


def test_a_kept_column_does_not_overwrite_an_answer() -> None:
    assert "“verdict”" in refusal(small(verdict=["a", "b", "c"]), keep=["id", "verdict"])


def test_findings_may_carry_the_name_of_their_pack() -> None:
    named = small().rename({"finding_1_1": "finding_hatinh_commune__1_1"})
    assert judge(named).frame["i_1_1"].to_list() == ["MET", "NOT_MET", "UNKNOWN"]


def test_columns_of_one_name_are_refused() -> None:
    pd = pytest.importorskip("pandas", reason="pandas is not installed")
    pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    frame = pd.DataFrame([["x", 1.0, 2.0]], columns=["id", WATER, WATER])
    assert f"several columns have the name “{WATER}”" in refusal(frame)
    assert WATER in refusal(pa.Table.from_arrays([pa.array([1.0])] * 2, names=[WATER, WATER]))


def test_names_that_are_no_texts_are_refused_or_left_alone() -> None:
    pd = pytest.importorskip("pandas", reason="pandas is not installed")
    frame = pd.DataFrame({"id": ["x"], 5: [1], None: [2]})
    assert "“5”" in refusal(frame)
    assert list(judge(frame, unknown_columns="ignore").frame["verdict"]) == ["UNKNOWN"]


def test_names_in_decomposed_letters_are_the_same_names() -> None:
    name = "nước sạch"
    frame = small().rename({WATER: unicodedata.normalize("NFD", name)})
    answer = judge(frame, columns={WATER: name}, keep=["id", name], units={name: "%"}).frame
    assert answer["i_17_1"].to_list() == judge(small()).frame["i_17_1"].to_list()


@pytest.mark.parametrize("keep", ["id", ["id"], ["id", "id"], ["ma_xa"], ["id", "ma_xa"]])
def test_what_is_kept_is_kept_once_under_its_own_name(keep: Any) -> None:
    frame = small().rename({"id": "ma_xa"})
    assert judge(frame, columns={"id": "ma_xa"}, keep=keep).frame.columns[:2] == ["ma_xa", "p_P1"]


def test_a_kept_column_does_not_overwrite_what_an_answer_is_made_of() -> None:
    assert "“0”" in refusal(small(**{"0": ["a", "b", "c"]}), keep=["id", "0"], output="long")
    duckdb = pytest.importorskip("duckdb", reason="duckdb is not installed")
    pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    named = small(Verdict=["a", "b", "c"])
    assert judge(named, keep=["id", "Verdict"]).frame["Verdict"].to_list() == ["a", "b", "c"]
    assert "“Verdict”" in refusal(duckdb.from_arrow(named.to_arrow()), keep=["id", "Verdict"])


def test_a_column_left_alone_does_not_stand_in_for_an_answer() -> None:
    duckdb = pytest.importorskip("duckdb", reason="duckdb is not installed")
    pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    frame = small(Verdict=["a", "b", "c"])
    answer = judge(duckdb.from_arrow(frame.to_arrow()), unknown_columns="ignore").frame
    assert "verdict" in answer.columns
    assert answer.pl().sort("id")["verdict"].to_list() == judge(small()).frame["verdict"].to_list()
    said = refusal(duckdb.from_arrow(frame.to_arrow()), columns={"finding_1_1": "Verdict"}, unknown_columns="ignore")
    assert "“Verdict”" in said


@pytest.mark.parametrize("option", ["output", "invalid", "unknown_columns", "trust"])
def test_a_misspelt_option_is_refused(option: str) -> None:
    said = refusal(small(), **{option: "Stated" if option == "trust" else "Ignore"})
    assert said.startswith(f"{option}: ")


# Numbers that may be meant otherwise


def test_a_text_of_two_readings_is_decided_by_the_cells_beside_it_or_by_what_is_declared() -> None:
    measure = "resident_satisfaction_share"
    area = pl.DataFrame({"id": ["x", "y"], "region": ["btb", "btb"], measure: ["48.125", "63.12"]})
    result = judge(area, "vn/commune")
    assert result.snapshot("x").measures[measure][0].value.value == Decimal("48.125")
    with pytest.raises(EvaluationError):
        judge(area, "vn/commune", numbers="vi")
    with pytest.raises(EvaluationError, match="en, vi"):
        judge(area, "vn/commune", numbers="fr")


@pytest.mark.parametrize("values", [[0.985, 20.0, None], ["0,985", "20", None]], ids=["numbers", "texts"])
def test_a_bare_fraction_under_a_percentage_is_doubted_once(values: list[Any]) -> None:
    with pytest.warns(UserWarning, match=r"0\.985%; if 98\.5% is meant") as said:
        judge(small(**{WATER: values}))
    assert len(said) == 1
    written = [f"{value} %" for value in ("0,985", "20", "30")]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        judge(small(**{WATER: written}))


# What is the same for all rows


def test_a_frame_without_a_date_is_refused() -> None:
    assert "as_of" in refusal(small(), as_of=None)


def test_a_region_given_twice_is_refused() -> None:
    assert "“region”" in refusal(small(), region="btb")


def test_a_region_may_be_given_by_name_for_all() -> None:
    frame = pl.DataFrame({"id": ["x", "y"], "income_per_capita": [40.0, 60.0]})
    options = {"pack": "vn/commune", "trust": "uncertain", "as_of": "2025-08-17"}
    for region in ("Bắc Trung Bộ", "North Central Coast", "btb"):
        named = judge(frame, region=region, **options).frame["i_10"]
        assert named.to_list() == judge(frame.with_columns(region=pl.lit("btb")), **options).frame["i_10"].to_list()


def test_a_level_must_be_said_where_there_are_several() -> None:
    frame = pl.DataFrame({"id": ["x"]})
    assert "level" in refusal(frame, pack="vn/urban-ward", as_of="2023-08-17")
    assert judge(frame, pack="vn/urban-ward", level="ward").frame["verdict"].to_list() == ["UNKNOWN"]


def test_a_pack_of_another_level_is_refused() -> None:
    assert "district" in refusal(small(), pack="vn/commune", level="huyện").lower()


def test_a_pack_not_in_force_is_refused() -> None:
    assert "not in force on 2019-01-01" in refusal(small(), pack="vn/commune@2021-2025", as_of="2019-01-01")


def test_an_attribute_nobody_knows_is_refused() -> None:
    assert "islnd" in refusal(small(), attributes={"islnd": True})


def test_attributes_given_for_all_choose_the_row_of_the_table() -> None:
    frame = pl.DataFrame({"id": ["x"], "region": ["dbsh"], "income_per_capita": [40.0]})
    options = {"pack": "vn/commune", "trust": "uncertain", "as_of": "2022-08-17"}
    assert judge(frame, **options).frame["i_10"].to_list() == ["NOT_MET"]
    assert judge(frame, **options, attributes={"special_difficulty": True}).frame["i_10"].to_list() == ["MET"]


def test_attributes_given_for_all_may_be_words_of_yes_and_no() -> None:
    frame = pl.DataFrame({"id": ["x"], "region": ["dbsh"], "income_per_capita": [40.0]})
    options = {"pack": "vn/commune", "trust": "uncertain", "as_of": "2022-08-17"}
    for word, verdict in (("có", "MET"), (True, "MET"), ("không", "NOT_MET"), (None, "NOT_MET")):
        result = judge(frame, **options, attributes={"special_difficulty": word})
        assert result.frame["i_10"].to_list() == [verdict]
        assert result.explain("x")["10"].verdict == verdict
    assert judge(frame, **options, attributes={"special_difficulty": 1}).frame["i_10"].to_list() == ["MET"]
    assert "yes or no" in refusal(frame, **options, attributes={"special_difficulty": 2})


def test_levels_are_named_in_the_language_of_the_message() -> None:
    with pytest.raises(EvaluationError) as caught:
        judge(small(), level="huyện")
    assert caught.value.text("en").endswith("applies to commune, not to a district")
    assert caught.value.text("vi").endswith("áp dụng cho xã, không áp dụng cho huyện")


@pytest.mark.parametrize("column", ["region", "level"])
@pytest.mark.parametrize("cell", [5, ["btb"], 5.5])
def test_places_that_are_no_texts_are_refused(column: str, cell: Any) -> None:
    said = refusal(pl.DataFrame({"id": ["x"], column: [cell]}))
    assert f"row 0 (counted from 0), column “{column}”: “{cell}” is not valid" in said


def test_a_row_without_a_date_says_so() -> None:
    assert "row 1 (counted from 0), column “as_of”: the date of the figures is missing" in refusal(
        small(as_of=["2023-08-17", None, "2023-08-17"]), as_of=None
    )


def test_what_is_no_frame_is_refused() -> None:
    assert "list" in refusal([1, 2])


def test_an_unknown_pack_is_refused() -> None:
    with pytest.raises(CatalogueError, match="vn/comune"):
        judge(small(), pack="vn/comune")


# Cells


@pytest.mark.parametrize(
    ("column", "values", "words"),
    [
        (WATER, [12.8, float("nan"), 1.0], ["row 1", WATER, "not a finite number"]),
        (WATER, [12.8, 1.0, float("inf")], ["row 2", WATER, "not a finite number"]),
        (WATER, [101.0, 1.0, 1.0], ["x", "row 0", WATER, "outside the valid range"]),
        (WATER, [-0.1, 1.0, 1.0], ["row 0", "outside the valid range"]),
        (WATER, [1e-50, 1.0, 1.0], ["row 0", "more than 40 digits"]),
        (WATER, ["12,8 %", "mười", "5"], ["row 1", "“mười” is not a number"]),
        (WATER, ["12,8 lít", "1", "5"], ["row 0", "measure different things"]),
        ("finding_1_1", ["met", "maybe", None], ["row 1", "finding_1_1", "“maybe”"]),
        ("region", ["btb", "bắc", None], ["row 1", "region", "“bắc”"]),
        ("as_of", [date(2023, 8, 17), date(2031, 1, 1), None], ["row 1", "row 2", "2031-01-01"]),
    ],
)
def test_a_cell_that_evaluate_refuses_is_named(column: str, values: list[Any], words: list[str]) -> None:
    frame = small(**{column: pl.Series(values, strict=False)})
    said = refusal(frame, as_of=None if column == "as_of" else DAY)
    for word in words:
        assert word in said


@pytest.mark.parametrize("lazy", [False, True])
def test_a_marked_row_has_no_verdict_and_says_which_column(lazy: bool) -> None:
    frame = small(**{WATER: [12.8, 120.0, None], "finding_1_1": ["met", "met", "maybe"]})
    result = judge(frame.lazy() if lazy else frame, invalid="mark")
    answer = result.frame.collect() if lazy else result.frame
    assert answer["problem"].to_list() == [None, WATER, "finding_1_1"]
    assert answer["verdict"].to_list() == ["NOT_MET", None, None]
    assert answer["criteria_met"].to_list()[1:] == [None, None]
    assert answer["first_failing"].to_list() == ["17.1", None, None]
    with pytest.raises(ntm.NtmError):
        ntm.evaluate("hatinh/commune", result.snapshot("y"))


def test_a_lazy_frame_cannot_raise_for_a_cell() -> None:
    assert "lazy" in refusal(small().lazy(), invalid="raise")


def test_a_lazy_column_that_must_be_read_is_refused() -> None:
    said = refusal(small(**{WATER: ["12,8 %", None, "5"]}).lazy())
    assert WATER in said
    assert "String" in said


def test_texts_in_a_number_column_are_read_as_people_mean_them() -> None:
    frame = small(**{IRRIGATED: ["79,9 %", "80", ""]})
    assert judge(frame).frame["i_3_1"].to_list() == ["NOT_MET", "MET", "UNKNOWN"]
    assert judge(frame).snapshot("x").measures[IRRIGATED][0].value.text("vi") == "79,9 %"


@pytest.mark.parametrize("words", [["Đạt", "CHƯA ĐẠT", " "], ["đạt", "không  đạt", ""], ["\u00d0ạt", "chưa đạt", None]])
def test_findings_in_other_words(words: list[Any]) -> None:
    frame = small(finding_1_1=words)
    assert judge(frame).frame["i_1_1"].to_list() == ["MET", "NOT_MET", "UNKNOWN"]


def test_findings_of_a_lazy_frame_in_other_words() -> None:
    frame = small(finding_1_1=["Đạt", "chưa  đạt ", ""]).lazy()
    assert judge(frame).frame.collect()["i_1_1"].to_list() == ["MET", "NOT_MET", "UNKNOWN"]


def test_regions_may_stand_by_name() -> None:
    frame = small(region=["Bắc Trung Bộ", "btb", None])
    assert judge(frame).frame["i_17_1"].to_list() == judge(small()).frame["i_17_1"].to_list()


def test_days_may_be_texts() -> None:
    frame = small(as_of=["17/8/2023", "2023-08-17", "2024-03-02"])
    assert judge(frame, as_of=None).explain("z").as_of == date(2024, 3, 2)


def test_moments_count_as_their_day_and_zones_are_refused() -> None:
    moments = [datetime(2025, 12, 31, 23, 59)] * 3
    assert judge(small(as_of=moments), as_of=None).frame["verdict"].null_count() == 0
    zoned = pl.Series([datetime(2023, 8, 17, tzinfo=UTC)] * 3)
    assert "time zone" in refusal(small(as_of=zoned), as_of=None)


@pytest.mark.parametrize(
    "storage",
    [pl.Float64, pl.Float32, pl.Decimal(10, 2), pl.String, pl.Object],
)
def test_a_value_at_the_threshold_meets_it_however_it_is_stored(storage: Any) -> None:
    values: list[Any] = [Decimal("63.8"), Decimal("63.79"), Decimal("63.81")]
    column = pl.Series(values) if storage == pl.Decimal(10, 2) else pl.Series([float(value) for value in values])
    if storage == pl.Object:
        column = pl.Series(values, dtype=pl.Object)
    elif storage == pl.String:
        column = pl.Series([str(value) for value in values])
    else:
        column = column.cast(storage)
    frame = pl.DataFrame({"id": ["a", "b", "c"], "region": ["dbsh"] * 3, "income_per_capita": column})
    # 58 × 1.1 is 63.800000000000004 in doubles.
    pack = ntm.load_pack("vn/commune", on=DAY)
    moved = with_thresholds(pack, {"10": "63,8"})
    assert judge(frame, pack=moved, trust="uncertain").frame["i_10"].to_list() == ["MET", "NOT_MET", "MET"]


def test_whole_numbers_compare_as_such() -> None:
    frame = pl.DataFrame({"id": ["a", "b"], "region": ["btb"] * 2, IRRIGATED: [80, 79]})
    assert judge(frame).frame["i_3_1"].to_list() == ["MET", "NOT_MET"]


def test_units_are_declared_once_for_a_column() -> None:
    frame = pl.DataFrame({"id": ["a", "b"], "region": ["dbsh"] * 2, "income_per_capita": [50_000_000, 47_999_999]})
    options = {"pack": "vn/commune", "trust": "uncertain", "units": {"income_per_capita": "đồng/người/năm"}}
    result = judge(frame, as_of="2022-08-17", **options)
    assert [result.explain(unit)["10"].verdict for unit in "ab"] == result.frame["i_10"].to_list()
    assert result.snapshot("b").measures["income_per_capita"][0].value.text("en") == "47,999,999 VND/person/year"


def test_a_unit_of_another_dimension_is_refused() -> None:
    with pytest.raises(ntm.NtmError, match="litre"):
        judge(small(), units={WATER: "lít"})


def test_flags_are_no_measure() -> None:
    assert "Boolean" in refusal(small(**{WATER: [True, False, None]}))


# Answers


def test_an_explanation_is_what_evaluate_says() -> None:
    result = judge(small())
    snapshot = ntm.Snapshot(
        unit={"id": "x", "level": "commune", "region": "btb"},
        as_of=DAY,
        measures={WATER: 12.8},
        findings={"hatinh/commune": {"1.1": "met"}},
    )
    assert result.explain("x") == ntm.evaluate("hatinh/commune", snapshot)
    assert result.snapshot("x") == snapshot


@pytest.mark.parametrize(("unit", "words"), [("w", "0 rows"), ("x", "2 rows")])
def test_a_unit_must_have_one_row(unit: str, words: str) -> None:
    result = judge(small(id=["x", "x", "y"]))
    with pytest.raises(EvaluationError, match=words):
        result.explain(unit)


def test_a_region_rule_holds_from_its_day_on() -> None:
    days = [date(2024, 2, 29), date(2024, 3, 1)]
    columns = {"id": ["a", "b"], "region": ["btb"] * 2, "as_of": days, "multidimensional_poverty_rate": [13.0] * 2}
    frame = pl.DataFrame({**columns, "ethnic_minority_area_ii": [True] * 2})
    result = ntm.evaluate_frame("vn/commune@2021-2025", frame)
    assert result.frame["i_11"].to_list() == ["NOT_MET", "MET"]
    assert [result.explain(unit)["11"].verdict for unit in "ab"] == result.frame["i_11"].to_list()


def test_ids_may_be_numbers() -> None:
    result = judge(small(id=[101, 102, 103]))
    assert result.explain(101) == result.explain("101")
    assert result.explain("102").unit.id == "102"
    with pytest.raises(EvaluationError, match="0 rows"):
        result.explain("x")


def test_without_ids_nothing_is_explained() -> None:
    with pytest.raises(EvaluationError, match="id"):
        judge(small().drop("id")).explain("x")


def test_counts_add_up_and_the_first_failure_is_the_laws() -> None:
    frame = judge(small()).frame
    total = frame["criteria_met"] + frame["criteria_not_met"] + frame["criteria_unknown"]
    assert total.to_list() == [19, 19, 19]
    assert frame["first_failing"].to_list() == ["17.1", "1.1", None]


def test_shortfalls_and_reasons_on_request() -> None:
    frame = judge(small(), shortfalls=True, reasons=True).frame
    assert frame["short_17_1"].to_list() == [7.2, None, None]
    assert frame["why_1_1"].to_list() == [None, None, "not_concluded"]
    assert frame["why_17_1"].to_list() == [None, "threshold_untranscribed", "region_not_told"]
    assert "wide" in refusal(small(), output="summary", reasons=True)


def test_one_row_for_each_verdict() -> None:
    rows = judge(small(), output="long").frame.filter(pl.col("id") == "x")
    named = {(code, kind): verdict for code, kind, verdict in rows.select("code", "kind", "verdict").rows()}
    explained = judge(small()).explain("x")
    assert named[("17", "criterion")] == explained.criterion("17").verdict
    assert named[("17.1", "indicator")] == "NOT_MET"
    assert named[("hatinh/commune", "pack")] == explained.verdict
    assert len(named) == len(rows) == sum(1 for c in ntm.pack_columns("hatinh/commune") if c.kind == "verdict")


def test_grades_are_told_and_are_no_failures() -> None:
    frame = pl.DataFrame({"id": ["x"]})
    options: dict[str, Any] = {"as_of": "2024-01-01", "level": "product"}
    told = ntm.evaluate_frame("vn/ocop", frame, output="long", **options).frame
    assert told.filter(pl.col("kind") == "grade")["code"].cast(pl.String).sort().to_list() == [
        f"{n}*" for n in range(1, 6)
    ]
    assert ntm.evaluate_frame("vn/ocop", frame, **options).frame["first_failing"].to_list() == [None]


def test_the_order_of_verdicts_is_the_algebra() -> None:
    frame = judge(small()).frame
    worst = frame.select(pl.min_horizontal(pl.col("^c_.*$").to_physical()).alias("w"))["w"]
    verdicts = frame.select(
        pl.col("verdict").to_physical(), pl.min_horizontal(pl.col("^p_.*$").to_physical()).alias("p")
    )
    assert verdicts["verdict"].to_list() == [min(pair) for pair in zip(worst, verdicts["p"], strict=True)]


def test_a_frame_without_rows_has_the_columns() -> None:
    answer = judge(small().head(0)).frame
    assert answer.shape == (0, judge(small()).frame.shape[1])


def test_a_frame_with_nothing_known_is_unknown() -> None:
    assert judge(pl.DataFrame({"id": ["a", "b"]})).frame["verdict"].to_list() == ["UNKNOWN", "UNKNOWN"]


def test_lazy_stays_lazy_and_is_not_computed() -> None:
    def burst(frame: Any) -> Any:
        raise AssertionError("computed")

    lazy = small().lazy().map_batches(burst, schema=small().schema)
    result = judge(lazy)
    assert isinstance(result.frame, pl.LazyFrame)
    with pytest.raises(Exception, match="computed"):
        result.frame.collect()


def test_work_in_pieces_gives_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    from ntm_rules.evaluation.frame import run

    whole = judge(small()).frame
    monkeypatch.setattr(run, "PIECE", 1)
    told: list[tuple[int, int]] = []
    pieces = judge(small(), progress=lambda done, total: told.append((done, total))).frame
    assert pieces.equals(whole)
    assert told == [(1, 3), (2, 3), (3, 3)]
    monkeypatch.setattr(run, "PIECE", 2)
    with pytest.raises(EvaluationError, match="row 2 "):
        judge(small(**{WATER: [1.0, 2.0, 200.0]}))


def test_no_bar_without_a_terminal(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    from ntm_rules.evaluation.frame import progress

    monkeypatch.setattr(progress, "PATIENCE", 0)
    judge(small())
    assert capsys.readouterr().err == ""


def test_a_bar_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    from ntm_rules.evaluation.frame import progress, run

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    shown = Terminal()
    monkeypatch.setattr(progress, "PATIENCE", 0)
    monkeypatch.setattr(run, "PIECE", 1)
    monkeypatch.setattr(sys, "stderr", shown)
    judge(small())
    assert "/3" in shown.getvalue()
    assert "đơn vị" in shown.getvalue()


@pytest.mark.parametrize(
    ("code", "unwanted"),
    [
        ("from ntm_rules import evaluate_all", ("narwhals", "yaml", "concurrent.futures", "multiprocessing")),
        ("import ntm_rules", ("pydantic", "narwhals", "polars", "pandas", "tqdm")),
        (
            "from ntm_rules import Snapshot, evaluate, load_pack",
            ("narwhals", "pint", "yaml", "importlib.metadata", "ntm_rules.layout", "ntm_rules.document"),
        ),
        (
            "import contextlib, ntm_rules.cli as c\nwith contextlib.suppress(SystemExit): c.main(['--version'])",
            ("pydantic", "yaml", "ntm_rules.layout"),
        ),
    ],
)
def test_what_is_imported_brings_nothing_that_it_does_without(code: str, unwanted: tuple[str, ...]) -> None:
    code += f"\nimport sys; print('brought:', *(name for name in {unwanted} if name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.splitlines()[-1] == "brought:"


def test_pandas_keeps_its_index() -> None:
    pd = pytest.importorskip("pandas", reason="pandas is not installed")
    frame = pd.DataFrame({"id": ["x", "y"], "region": ["btb", None], WATER: [12.8, None]}, index=[7, 3])
    answer = judge(frame).frame
    assert list(answer.index) == [7, 3]
    assert list(answer["i_17_1"]) == ["NOT_MET", "UNKNOWN"]
    assert answer["verdict"].dtype.ordered


def test_pandas_columns_of_mixed_cells_are_read_one_by_one() -> None:
    pd = pytest.importorskip("pandas", reason="pandas is not installed")
    frame = pd.DataFrame({"id": ["x", "y", "z"], "region": "btb", IRRIGATED: ["79,9 %", 80.0, None]})
    frame["finding_1_1"] = ["Đạt", "chưa đạt", None]
    answer = judge(frame).frame
    assert list(answer["i_3_1"]) == ["NOT_MET", "MET", "UNKNOWN"]
    assert list(answer["i_1_1"]) == ["MET", "NOT_MET", "UNKNOWN"]


KINDS: dict[str, Callable[[Any], Any]] = {
    "pandas": lambda frame: frame.to_pandas(),
    "pyarrow": lambda frame: frame.to_arrow(),
}


@pytest.mark.parametrize("kind", list(KINDS))
def test_the_same_kind_comes_back(kind: str) -> None:
    pytest.importorskip(kind, reason=f"{kind} is not installed")
    pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    frame = KINDS[kind](small())
    assert type(judge(frame).frame) is type(frame)


def test_standings_of_several_titles() -> None:
    frame = small(recognised_on_vn_commune=[date(2023, 1, 1), None, date(2023, 9, 1)]).drop("finding_1_1")
    answer = ntm.standing_frame(["hatinh/commune", "vn/commune-advanced"], frame, as_of=DAY)
    # A title given after the date is not held yet.
    assert answer["standing_vn_commune"].to_list() == ["MET", "UNKNOWN", "UNKNOWN"]
    with pytest.raises(EvaluationError, match="one pack for each title"):
        ntm.standing_frame(["hatinh/commune", "vn/commune"], frame, as_of=DAY)
    with pytest.raises(EvaluationError, match="no pack"):
        ntm.standing_frame([], frame, as_of=DAY)


def test_a_pack_may_be_judged_beside_its_own_tier() -> None:
    frame = pl.DataFrame({"id": ["x", "y"], "region": ["btb"] * 2, "finding_vn_commune__1_1": ["not_met", "met"]})
    result = judge(frame, pack="vn/commune-advanced")
    assert result.frame["p_P1"].to_list() == ["NOT_MET", "UNKNOWN"]
    assert result.explain("x")["P1"].verdict is ntm.Verdict.NOT_MET


def test_a_title_taken_back_is_not_held() -> None:
    columns = {"recognised_on_vn_commune": [date(2022, 4, 1)] * 3}
    columns["revoked_on_vn_commune"] = [date(2023, 8, 17), date(2023, 8, 18), None]
    result = judge(pl.DataFrame({"id": ["a", "b", "c"], **columns}), pack="vn/commune-advanced")
    assert result.frame["p_P1"].to_list() == ["UNKNOWN", "MET", "MET"]
    assert [result.explain(unit)["P1"].verdict for unit in "abc"] == result.frame["p_P1"].to_list()


def test_a_title_that_has_run_out_is_a_reason() -> None:
    days = {"on": date(2022, 4, 1), "until": date(2023, 1, 1)}
    columns = {f"recognised_{name}_vn_commune": [day] for name, day in days.items()}
    frame = pl.DataFrame({"id": ["x"], **columns})
    result = judge(frame, pack="vn/commune-advanced", reasons=True)
    assert result.frame["why_P1"].to_list() == ["recognition_expired"]
    assert str(result.explain("x")["P1"].reasons[0].code) == "recognition_expired"
    taken_back = frame.with_columns(pl.lit(date(2022, 12, 1)).alias("revoked_on_vn_commune"))
    assert judge(taken_back, pack="vn/commune-advanced", reasons=True).frame["why_P1"].to_list() == [
        "other_pack_unknown"
    ]


@pytest.mark.parametrize("columns", [["until"], ["until", "revoked"], ["revoked"]])
def test_an_expiry_without_a_decision_is_no_reason(columns: list[str]) -> None:
    names = {"until": "recognised_until_vn_commune", "revoked": "revoked_on_vn_commune"}
    frame = pl.DataFrame({"id": ["x"], **{names[column]: [date(2023, 1, 1)] for column in columns}})
    result = judge(frame, pack="vn/commune-advanced", reasons=True)
    assert result.frame["why_P1"].to_list() == ["other_pack_unknown"]
    assert str(result.explain("x")["P1"].reasons[0].code) == "other_pack_unknown"


def test_a_shortfall_of_singles_is_that_of_the_decimals_they_print() -> None:
    frame = pl.DataFrame({"id": ["x"], "region": ["btb"], IRRIGATED: pl.Series([77.27], dtype=pl.Float32)})
    result = judge(frame, shortfalls=True)
    assert result.frame["short_3_1"].to_list() == [2.73]
    assert str(result.explain("x")["3.1"].shortfall) == "2.73 percentage_point"


def test_a_marked_cell_has_no_shortfall() -> None:
    pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    table = small(**{IRRIGATED: [-1e300, 77.5, None]}).to_arrow()
    answer = judge(table, shortfalls=True, invalid="mark").frame
    assert answer["short_3_1"].to_pylist() == [None, 2.5, None]
    assert answer["problem"].to_pylist() == [IRRIGATED, None, None]


def test_the_catalogue_of_an_application_may_be_given() -> None:
    result = judge(small(), catalogue=installed())
    assert "hatinh/commune@2022-2025" in repr(result)


def test_the_rule_that_nothing_neutral_decides() -> None:
    guarded = Excepted(Said("f"), Said("g"))
    assert least([Fixed(YES), guarded]) == Least((Fixed(YES), guarded))
    assert least([Fixed(YES), guarded, Said("h")]) == Least((guarded, Said("h")))
    assert most([Fixed(NO), guarded]) == Most((Fixed(NO), guarded))
    assert least([Fixed(NEUTRAL), Fixed(NEUTRAL)]) == Fixed(NEUTRAL)
    assert least([guarded, Fixed(NO)]) == Fixed(NO)


def test_a_threshold_that_is_a_multiple_follows_the_date_of_each_row() -> None:
    """The other pack's threshold, its versions included, is taken on the row's own day."""
    base = {
        "id": "any/base",
        "edition": "1",
        "title": "a",
        "applies_to": ["commune"],
        "legal_basis": [{"id": "qd", "number": "1"}],
        "source": {"basis": "qd", "verification": "recalled"},
        "measures": [{"id": "share", "name": "a", "unit": "%", "better": "higher"}],
        "criteria": [
            {
                "code": "1",
                "title": "a",
                "indicators": [
                    {
                        "code": "1.1",
                        "text": "a",
                        "requires": {"measure": "share", "at_least": 50},
                        "versions": [
                            {"valid": {"from": "2024-03-01"}, "requires": {"measure": "share", "at_least": 80}}
                        ],
                    }
                ],
            }
        ],
    }
    tier = {**base, "id": "any/tier"}
    tier["criteria"] = [
        {
            "code": "1",
            "title": "a",
            "indicators": [
                {
                    "code": "1.1",
                    "text": "a",
                    "requires": {"measure": "share", "at_least": {"times": "1.1", "threshold_of": "any/base#1.1"}},
                }
            ],
        }
    ]
    packs = [Pack.model_validate(base), Pack.model_validate(tier)]
    catalogue = Catalogue.of(packs, packs[0].measures)
    days = [date(2024, 2, 29), date(2024, 3, 1), date(2024, 2, 29)]
    frame = pl.DataFrame({"id": ["a", "b", "c"], "as_of": days, "share": [55.0, 87.9, 54.9]})
    result = ntm.evaluate_frame(packs[1], frame, catalogue=catalogue)
    assert result.frame["i_1_1"].to_list() == ["MET", "NOT_MET", "NOT_MET"]
    assert [result.explain(unit)["1.1"].verdict for unit in "abc"] == result.frame["i_1_1"].to_list()


def pack_asking(name: str, other: str, levels: list[str]) -> Pack:
    asks = {"code": "1.1", "text": "a", "requires": {"meets": other}}
    return Pack.model_validate(
        {
            "id": name,
            "edition": "1",
            "title": "a",
            "applies_to": levels,
            "legal_basis": [{"id": "qd", "number": "1"}],
            "source": {"basis": "qd", "verification": "recalled"},
            "criteria": [{"code": "1", "title": "a", "indicators": [asks]}],
        }
    )


def test_a_share_of_criteria_of_which_none_applies_is_no_share() -> None:
    base = pack_asking("any/base", "any/other", ["commune"]).model_dump(by_alias=True, exclude_defaults=True)
    indicator = {"code": "1.1", "text": "a", "requires": {"finding": "met"}, "applies_if": {"finding": "applicable"}}
    base["criteria"] = [{"code": "1", "title": "a", "indicators": [indicator]}]
    lost = {**base, "id": "any/lost"}
    unmet = {"code": "1.1", "text": "a", "requires": {"unmet_share_of": "any/base", "at_least": "30 %"}}
    lost["criteria"] = [{"code": "1", "title": "a", "indicators": [unmet]}]
    packs = [Pack.model_validate(base), Pack.model_validate(lost)]
    catalogue = Catalogue.of(packs)
    frame = pl.DataFrame({"id": ["a", "b", "c"], "finding_any_base__1_1": ["not_applicable", "not_met", "met"]})
    result = judge(frame, pack=packs[1], catalogue=catalogue)
    assert result.frame["i_1_1"].to_list() == ["NOT_APPLICABLE", "MET", "NOT_MET"]
    assert [result.explain(unit)["1.1"].verdict for unit in "abc"] == result.frame["i_1_1"].to_list()


def test_packs_that_ask_for_each_other_are_refused_as_evaluate_refuses_them() -> None:
    packs = [pack_asking("any/a", "any/b", ["commune"]), pack_asking("any/b", "any/a", ["commune"])]
    with pytest.raises(EvaluationError, match="any/a@1 → any/b@1 → any/a@1"):
        judge(pl.DataFrame({"id": ["x"]}), pack=packs[0], catalogue=Catalogue.of(packs))


def test_a_pack_that_asks_for_one_of_another_level_is_refused() -> None:
    packs = [pack_asking("any/a", "any/b", ["commune"]), pack_asking("any/b", "any/b", ["district"])]
    with pytest.raises(EvaluationError, match="any/b@1 applies to"):
        judge(pl.DataFrame({"id": ["x"]}), pack=packs[0], catalogue=Catalogue.of(packs))


def test_packs_that_are_never_in_force_together_have_no_standing() -> None:
    early = pack_asking("any/a", "any/a", ["commune"]).model_copy(update={"valid": Period(end=date(2020, 1, 1))})
    late = pack_asking("any/b", "any/b", ["commune"]).model_copy(update={"valid": Period(start=date(2021, 1, 1))})
    with pytest.raises(EvaluationError, match="any/a@1, any/b@1"):
        ntm.standing_frame([early, late], pl.DataFrame({"id": ["x"]}), as_of=DAY, catalogue=Catalogue.of([early, late]))


def test_words_stored_as_categories_are_words() -> None:
    frame = small().with_columns(pl.col("region", "finding_1_1").cast(pl.Categorical))
    assert judge(frame).frame.drop("region").equals(judge(small()).frame.drop("region"))
    odd = small(finding_1_1=["Đạt", "chưa đạt", None]).with_columns(pl.col("finding_1_1").cast(pl.Categorical))
    assert judge(odd).frame["i_1_1"].to_list() == ["MET", "NOT_MET", "UNKNOWN"]


@pytest.mark.parametrize("words", [("met", "not_met"), ("not_applicable", "not_met", "met"), ("Đạt", "met", "not_met")])
@pytest.mark.parametrize("count", [3, 90])
def test_words_of_an_enumeration_are_the_texts_they_are(words: tuple[str, ...], count: int) -> None:
    texts = pl.DataFrame({"id": map(str, range(count)), "finding_1_1": ([*words, None] * count)[:count]})
    numbered = texts.with_columns(pl.col("finding_1_1").cast(pl.Enum(words)))
    wanted = judge(texts, region="btb").frame
    assert judge(numbered, region="btb").frame.equals(wanted)
    assert {"MET", "NOT_MET"} <= {*wanted["i_1_1"]}


def test_an_answer_shows_itself_in_a_notebook() -> None:
    assert "hatinh/commune@2022-2025" in judge(small())._repr_html_()


LONG = [Decimal("80.000000000000000000"), Decimal("79.990000000000000000"), None]


@pytest.mark.parametrize("kind", ["polars", "lazy", "pyarrow", "duckdb"])
def test_decimals_with_many_places_are_the_numbers_they_are(kind: str) -> None:
    frame = pl.DataFrame({"id": ["x", "y", "z"], IRRIGATED: pl.Series(LONG, dtype=pl.Decimal(38, 18))})
    if kind not in ("polars", "lazy"):
        pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    if kind == "duckdb":
        given: Any = pytest.importorskip("duckdb", reason="duckdb is not installed").from_arrow(frame.to_arrow())
    else:
        given = {"polars": lambda: frame, "lazy": frame.lazy, "pyarrow": frame.to_arrow}[kind]()
    answer = nw.from_native(judge(given, region="btb").frame)
    rows = answer.collect() if isinstance(answer, nw.LazyFrame) else answer
    assert dict(zip(rows["id"].to_list(), rows["i_3_1"].to_list(), strict=True)) == {
        "x": "MET",
        "y": "NOT_MET",
        "z": "UNKNOWN",
    }


def test_a_decimal_with_more_digits_than_a_double_is_refused_with_its_digits() -> None:
    odd = pl.Series([Decimal("80.000000000000000001")], dtype=pl.Decimal(38, 18))
    frame = pl.DataFrame({"id": ["x"], IRRIGATED: odd})
    assert "80.000000000000000001” has more digits" in refusal(frame)
    assert judge(frame.lazy()).frame.collect()["problem"].to_list() == [IRRIGATED]


def test_numbers_of_few_bits_are_the_decimals_they_print() -> None:
    np = pytest.importorskip("numpy", reason="numpy is not installed")
    pd = pytest.importorskip("pandas", reason="pandas is not installed")
    columns = {
        "half": np.array([79.9, 80.1], dtype="float16"),
        "cells": pd.Series([np.float32(79.9), np.float16(80.1)], dtype=object),
    }
    for column in columns.values():
        result = judge(pd.DataFrame({"id": ["x", "y"], "region": "btb", IRRIGATED: column}))
        assert [result.snapshot(unit).measures[IRRIGATED][0].value.text("vi") for unit in "xy"] == ["79,9", "80,1"]


@pytest.mark.parametrize("total", [float("nan"), float("inf"), 1e60])
@pytest.mark.parametrize("lazy", [False, True])
def test_numbers_of_units_that_cannot_be_are_refused(total: float, lazy: bool) -> None:
    frame = pl.DataFrame({"id": ["x"], "children_commune_total": [total], "children_commune_meeting_vn_commune": [1.0]})
    if lazy:
        answer = judge(frame.lazy(), pack="vn/district").frame.collect()
        assert answer["problem"].to_list() == ["children_commune_total"]
    else:
        assert "row 0 " in refusal(frame, pack="vn/district")


@pytest.mark.parametrize("lazy", [False, True])
def test_words_of_yes_and_no_are_flags(lazy: bool) -> None:
    words = ["có", " CÓ", "TRUE", "yes", "không", "0", "", None]
    flags = [True] * 4 + [False] * 2 + [None] * 2
    columns = {"id": [f"{n}" for n in range(8)], "region": ["dbsh"] * 8, "income_per_capita": [40.0] * 8}
    options: dict[str, Any] = {"pack": "vn/commune", "trust": "uncertain", "as_of": "2022-08-17"}
    frame = pl.DataFrame({**columns, "special_difficulty": words})
    result = judge(frame.lazy() if lazy else frame, **options)
    answer = result.frame.collect() if lazy else result.frame
    said = judge(frame.with_columns(special_difficulty=pl.Series(flags)), **options).frame
    assert answer["i_10"].to_list() == said["i_10"].to_list() == ["MET"] * 4 + ["NOT_MET"] * 4
    assert [result.snapshot(str(n)).unit.attributes.get("special_difficulty") for n in range(8)] == flags


def test_words_of_yes_and_no_are_those_of_tables_of_snapshots() -> None:
    from ntm_rules.normalization import NO_WORDS, YES_WORDS
    from ntm_rules.tabular.sheet import read_fact

    assert {read_fact(word) for word in YES_WORDS} == {True}
    assert {read_fact(word) for word in NO_WORDS} == {False}


@pytest.mark.parametrize("lazy", [False, True])
def test_regions_and_levels_by_name_and_empty_regions(lazy: bool) -> None:
    regions = ["Bắc  Trung Bộ", unicodedata.normalize("NFD", "bắc trung bộ"), "BTB", ""]
    frame = pl.DataFrame(
        {"id": list("abcd"), "region": regions, "level": ["Xã", "commune", "xã", "xã"], WATER: [12.8] * 4}
    )
    answer = judge(frame.lazy() if lazy else frame).frame
    rows = answer.collect() if lazy else answer
    assert rows["i_17_1"].to_list() == ["NOT_MET"] * 3 + ["UNKNOWN"]


def test_a_moment_with_a_time_zone_among_days_is_refused() -> None:
    pd = pytest.importorskip("pandas", reason="pandas is not installed")
    days = pd.Series([pd.Timestamp("2023-01-10 20:00", tz="UTC"), date(2023, 1, 10)], dtype=object)
    frame = pd.DataFrame({"id": ["x", "y"], "recognised_on_vn_commune": days})
    assert "time zone" in refusal(frame, pack="vn/commune-advanced")


def test_cells_that_only_look_as_if_they_could_be_looked_up() -> None:
    pd = pytest.importorskip("pandas", reason="pandas is not installed")
    frame = pd.DataFrame({"id": ["x"], IRRIGATED: pd.Series([([80],)], dtype=object)})
    assert "is not a number" in refusal(frame)
    assert "more than 40 digits" in refusal(pd.DataFrame({"id": ["x"], IRRIGATED: pd.Series([10**5000], dtype=object)}))
    missing = pl.DataFrame({"id": ["x"], IRRIGATED: pl.Series([pd.NA], dtype=pl.Object)})
    assert judge(missing).frame["i_3_1"].to_list() == ["UNKNOWN"]


def test_an_attribute_that_is_no_word_is_refused() -> None:
    frame = pl.DataFrame({"id": ["x"], "special_difficulty": [2]})
    assert "special_difficulty" in refusal(frame, pack="vn/commune")
    words = pl.DataFrame({"id": ["x"], "special_difficulty": ["có"]})
    result = judge(words, pack="vn/commune")
    assert result.explain("x").verdict == result.frame["verdict"][0]
