"""One unit judged against the shipped commune packs: boundaries, units, years, regions, findings, conflicts."""

from __future__ import annotations

import gc
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from shelf import head, indicators, one

import ntm_rules as ntm
from ntm_rules.assessment.check import MeasureCheck
from ntm_rules.assessment.model import Assessment, GroupCheck, leaves
from ntm_rules.assessment.parts import Citation, ReasonCode
from ntm_rules.errors import CatalogueError, EvaluationError, QuantityError
from ntm_rules.evaluation.facts import EvaluationContext
from ntm_rules.evaluation.program import compiled
from ntm_rules.messages import Text
from ntm_rules.pack.legal import Verification
from ntm_rules.verdict import MET, NOT_APPLICABLE, NOT_MET, UNKNOWN

PACK = "hatinh/commune"


def snapshot(
    measures: dict[str, Any] | None = None,
    findings: dict[str, Any] | None = None,
    pack: str = PACK,
    as_of: str = "2023-08-17",
    **unit: Any,
) -> ntm.Snapshot:
    described = {"id": "x", "name": "Xã X", "level": "commune", "region": "btb", **unit}
    return ntm.Snapshot(unit=described, as_of=as_of, measures=measures or {}, findings={pack: findings or {}})


def judge(*args: Any, **kwargs: Any) -> ntm.Assessment:
    trust = kwargs.pop("trust", "recalled")
    return ntm.evaluate(kwargs.get("pack", PACK), snapshot(*args, **kwargs), trust=trust)


def water(value: Any) -> MeasureCheck:
    """The check of the centralised clean-water share, 20 % for a commune of Hà Tĩnh."""
    found = [
        leaf
        for leaf in leaves(judge({"clean_water_centralised_share": value})["17.1"].check)
        if isinstance(leaf, MeasureCheck) and leaf.measure == "clean_water_centralised_share"
    ]
    return found[0]


def test_what_was_judged_before_is_in_no_answer() -> None:
    """What nothing was reported of is answered once and kept: the same facts are the same answer after any others."""
    some = [
        {"measures": {"clean_water_centralised_share": "12 %"}},
        {"findings": {"17.2": "met", "3.1": "not_met"}},
        {"findings": {"17": "not_met"}},
        {"measures": {"income_per_capita": "30 triệu đồng/người/năm"}, "findings": {"10": "met"}},
        {},
    ]
    first = [judge(**facts) for facts in some]
    alone = []
    for facts in some:
        compiled.cache_clear()
        alone.append(judge(**facts))
    assert first == alone == [judge(**facts) for facts in some]


def test_exactly_at_the_threshold_is_met_and_a_tenth_below_is_short_by_a_tenth() -> None:
    assert water("20 %").verdict is MET
    below = water("19,9 %")
    assert below.verdict is NOT_MET
    assert below.shortfall == ntm.Amount(Decimal("0.1"), "percentage_point")


def test_the_shortfall_is_a_quantity_in_percentage_points() -> None:
    result = judge({"clean_water_centralised_share": "0 %"})["17.1"]
    assert result.gap == ntm.Amount(Decimal(20), "percentage_point")
    shortfall = result.shortfall
    assert (shortfall.magnitude, str(shortfall.units)) == (Decimal(20), "percentage_point")


def test_zero_is_observed_and_missing_is_unknown() -> None:
    assert water("0 %").verdict is NOT_MET
    missing = judge()["17.1"]
    assert missing.verdict is UNKNOWN
    assert missing.shortfall is None


@pytest.mark.parametrize("same", ["12,8 %", "12.8%", "12.8", Decimal("12.8"), 12.8, {"value": "12,8", "unit": "%"}])
def test_one_figure_written_in_many_ways_is_one_figure(same: Any) -> None:
    assert water(same).shortfall == ntm.Amount(Decimal("7.2"), "percentage_point")


@pytest.mark.parametrize(
    "same", ["41 triệu đồng/người/năm", "41000 nghìn đồng/người/năm", "41.000.000 đồng/người/năm", "41"]
)
def test_income_in_dong_thousand_or_million_gives_the_same_verdicts(same: str) -> None:
    result = judge({"income_per_capita": same}, trust="uncertain", pack="vn/commune")
    assert result["10"].verdict is NOT_MET
    assert result["10"].check.shortfall == ntm.Amount(Decimal(1), "million_vnd/person/year")


def test_a_figure_of_another_kind_is_an_error_that_names_both_units() -> None:
    with pytest.raises(QuantityError, match=r"litre.*%"):
        judge({"clean_water_centralised_share": "12,8 lít"})


def test_a_share_above_a_hundred_is_an_error_that_names_the_range() -> None:
    with pytest.raises(QuantityError, match="0 to 100"):
        judge({"clean_water_centralised_share": "128 %"})


@pytest.mark.parametrize(
    ("as_of", "region", "required", "rows"),
    [
        ("2022-06-30", "tdmnpb", 39, "year 2022, region Northern Midlands and Mountains"),
        ("2023-06-30", "tdmnpb", 42, "year 2023, region Northern Midlands and Mountains"),
        ("2023-06-30", "dbscl", 56, "year 2023, region Mekong Delta"),
        ("2025-12-31", "dbscl", 62, "year 2025, region Mekong Delta"),
    ],
)
def test_income_depends_on_year_and_region_and_the_explanation_names_the_row(
    as_of: str, region: str, required: int, rows: str
) -> None:
    result = judge({"income_per_capita": "9"}, pack="vn/commune", as_of=as_of, region=region, trust="uncertain")
    check = result["10"].check
    assert check.required.amount.value == required
    assert sorted(check.required.origin.rows_text("en").split(", ")) == sorted(rows.split(", "))
    assert rows.split(", ")[1] in result.explain("en")


def test_a_threshold_less_verified_than_asked_for_is_a_candidate_and_decides_nothing() -> None:
    unsure = judge({"income_per_capita": "9"}, pack="vn/commune")["10"]
    assert unsure.verdict is UNKNOWN
    assert [reason.code for reason in unsure.reasons] == [ReasonCode.LESS_VERIFIED]
    assert unsure.check.required.candidate == ntm.Amount(Decimal(42), "million_vnd/person/year")


def test_where_a_threshold_cannot_be_resolved_the_finding_decides() -> None:
    decided = judge({"income_per_capita": "9"}, {"10": "met"}, pack="vn/commune")["10"]
    assert (decided.verdict, decided.decided_by) == (MET, "finding")


def test_a_delegated_threshold_says_so() -> None:
    assert [reason.code for reason in judge()["2.1"].reasons] == [ReasonCode.THRESHOLD_DELEGATED]


def test_a_measurement_outranks_a_finding_and_the_contradiction_is_reported() -> None:
    result = judge({"clean_water_centralised_share": "12,8 %"}, {"17.1": {"finding": "met", "by": "Sở NN&PTNT"}})
    assert result["17.1"].verdict is NOT_MET
    (conflict,) = result.conflicts()
    assert (conflict.kind, conflict.code, conflict.by) == ("measurement_against_finding", "17.1", "Sở NN&PTNT")


def test_observations_that_differ_leave_the_verdict_open_only_where_they_disagree_about_it() -> None:
    both_fail = judge({"clean_water_centralised_share": ["12,2 %", "12,8 %"]})
    assert both_fail["17.1"].verdict is NOT_MET
    assert [conflict.kind for conflict in both_fail.conflicts()] == ["observations"]
    around = judge({"clean_water_centralised_share": ["12,2 %", "25 %"]})["17.1"]
    assert around.verdict is UNKNOWN
    assert ReasonCode.CONFLICTING in [reason.code for reason in around.reasons]


def test_findings_that_differ_decide_nothing() -> None:
    result = judge({}, {"1.1": [{"finding": "met", "by": "A"}, {"finding": "not_met", "by": "B"}]})
    assert result["1.1"].verdict is UNKNOWN
    assert [conflict.kind for conflict in result.conflicts()] == ["findings"]


def test_a_criterion_finding_decides_where_indicators_are_not_reported() -> None:
    result = judge({}, {"1": "met"})
    assert (result.criterion("1").verdict, result.criterion("1").decided_by) == (MET, "finding")
    assert result["1.1"].verdict is UNKNOWN


def test_a_criterion_finding_that_contradicts_its_indicators_is_a_conflict() -> None:
    result = judge({}, {"1": "met", "1.1": "not_met"})
    assert result.criterion("1").verdict is NOT_MET
    assert [conflict.kind for conflict in result.conflicts()] == ["indicators_against_finding"]


def test_what_the_law_asks_for_only_if_any_may_be_not_applicable_and_is_then_neutral() -> None:
    result = judge({}, {"13.1": "met", "13.2": "met", "13.3": "met", "13.4": "not_applicable", "13.5": "met"})
    assert result["13.4"].verdict is NOT_APPLICABLE
    assert result.criterion("13").verdict is MET


def test_not_applicable_is_refused_where_the_law_has_no_exception() -> None:
    result = judge({}, {"1.1": "not_applicable"})
    assert result["1.1"].verdict is UNKNOWN
    assert [conflict.kind for conflict in result.conflicts()] == ["exception"]


def test_specially_difficult_communes_use_the_values_of_another_region() -> None:
    plain = judge({"multidimensional_poverty_rate": "10 %"})
    difficult = judge({"multidimensional_poverty_rate": "10 %"}, attributes={"special_difficulty": True})
    assert (plain["11"].verdict, difficult["11"].verdict) == (NOT_MET, MET)
    assert difficult.region is not None
    assert "Trung du miền núi phía Bắc" in "".join(difficult.explain("vi").splitlines()[:5])


def test_an_indicator_is_read_as_it_stood_on_the_day() -> None:
    share = judge({"electronic_health_book_share": "49 %"}, as_of="2024-02-29")["15.4"]
    yes_no = judge({}, {"15.4": "met"}, as_of="2024-03-01")["15.4"]
    assert share.verdict is NOT_MET
    assert isinstance(yes_no.check, type(judge({}, {"1.1": "met"})["1.1"].check))
    assert yes_no.verdict is MET


def test_schools_depend_on_how_many_there_are() -> None:
    facts = {"schools_level1_share": "60 %", "schools_minimum_standard_share": "100 %"}
    pack = ntm.load_pack("vn/commune@2021-2025")
    asked = [name for name in pack.measures_used() if "school" in name]
    count = next(name for name in asked if "count" in name)
    minimum = next(name for name in asked if "minimum" in name)
    level_one = next(name for name in asked if name not in (count, minimum))
    facts = {level_one: "60 %", minimum: "100 %"}
    few = judge({**facts, count: 3}, pack="vn/commune")["5"]
    many = judge({**facts, count: 4}, pack="vn/commune")["5"]
    assert (few.verdict, many.verdict) == (MET, NOT_MET)
    assert any(isinstance(part, GroupCheck) for part in (few.check, *getattr(few.check, "parts", ())))


def test_a_result_says_what_it_has_not_verified() -> None:
    result = judge({}, {"1.1": "met"})
    assert [code for code, _ in result.unverified()] == ["1.1"]
    assert "not checked against the decision: 1.1." in "".join(result.explain("en").splitlines()[:5])


@pytest.mark.parametrize(
    ("change", "error", "said"),
    [
        ({"level": "ward"}, EvaluationError, "commune"),
        ({"as_of": "2019-01-01"}, CatalogueError, "2022-12-09"),
        ({"measures": {"clean_water_share_centralised": 1}}, EvaluationError, "clean_water_centralised_share"),
        ({"findings": {"1.11": "met"}}, EvaluationError, "1.1"),
        ({"attributes": {"special_dificulty": True}}, EvaluationError, "special_difficulty"),
    ],
)
def test_what_cannot_be_judged_is_an_error_with_the_nearest_name(
    change: dict[str, Any], error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said):
        judge(**change)


def test_a_pack_nobody_has_is_an_error_in_findings() -> None:
    unit = {"id": "x", "level": "commune", "region": "btb"}
    strange = ntm.Snapshot(unit=unit, as_of="2023-08-17", findings={"hatinh/comune": {"1.1": "met"}})
    with pytest.raises(EvaluationError, match="hatinh/commune"):
        ntm.evaluate(PACK, strange)


def test_a_trust_nobody_knows_and_a_level_the_pack_is_not_for_are_told_in_both_languages() -> None:
    with pytest.raises(EvaluationError) as refused:
        ntm.evaluate(PACK, snapshot({}), trust="sure")
    assert refused.value.text("en").startswith(
        "trust: “sure” is not valid; expected one of: stated, secondary, recalled, uncertain"
    )
    with pytest.raises(EvaluationError) as refused:
        ntm.evaluate("vn/urban-ward", snapshot({}))
    assert "ward, town" in refused.value.text("en")
    assert "phường, thị trấn" in refused.value.text("vi")


def test_unknown_measures_are_passed_over_when_asked() -> None:
    ntm.evaluate(PACK, snapshot({"shoe_size": 42}), unknown_measures="ignore")


@pytest.mark.parametrize(
    ("lang", "missing", "document"),
    [
        (
            "vi",
            "chưa đủ căn cứ kết luận “{title}”",
            "chỉ cần có quyết định công nhận theo bộ tiêu chí này còn hiệu lực",
        ),
        ("en", "“{title}” is itself undetermined", "a decision in force that recognises the unit under that set"),
    ],
)
def test_of_a_holder_of_the_higher_title_it_is_said_which_decision_would_settle_the_basic_set(
    lang: Any, missing: str, document: str
) -> None:
    advanced = {"pack": "vn/commune-advanced", "decision": "1/QĐ-UBND", "on": "2023-01-01"}
    basic = {"pack": "vn/commune", "decision": "2/QĐ-UBND", "on": "2022-12-01"}

    def prerequisite(*held: dict[str, str]) -> ntm.IndicatorResult:
        unit = ntm.Unit(id="x", level="commune", region="btb")
        told = ntm.Snapshot(unit=unit, as_of="2023-08-17", recognitions=held)
        return ntm.evaluate("vn/commune-advanced", told)["P1"]

    # The higher title does not stand for the basic one, which nobody has told.
    [reason] = prerequisite(advanced).reasons
    title = ntm.load_pack("vn/commune", on="2023-08-17").title.text(lang)
    assert reason.text(lang).startswith(missing.format(title=title))
    assert document in reason.text(lang)
    assert reason.recognition_settles
    # That very document does settle it.
    assert (prerequisite(advanced).verdict, prerequisite(advanced, basic).verdict) == (UNKNOWN, MET)
    # Of one that has run out, likewise.
    [reason] = prerequisite(advanced, {**basic, "until": "2023-01-31"}).reasons
    assert reason.code == "recognition_expired"
    assert document in reason.text(lang)


def test_a_recognition_in_force_fulfils_a_prerequisite_and_an_older_edition_does_not() -> None:
    def prerequisite(pack: str, on: str, **more: Any) -> Any:
        unit = {"id": "x", "level": "commune", "region": "btb"}
        recognition = {"pack": pack, "decision": "1/QĐ-UBND", "on": on, **more}
        held = ntm.Snapshot(unit=unit, as_of="2023-08-17", recognitions=[recognition])
        return ntm.evaluate("hatinh/commune-advanced", held)["P1"]

    assert prerequisite("hatinh/commune", "2023-01-05").verdict is MET
    assert prerequisite("vn/commune", "2023-01-05").verdict is MET
    assert prerequisite("vn/commune@2016-2020", "2018-01-05").verdict is UNKNOWN
    assert prerequisite("vn/commune", "2018-01-05").verdict is UNKNOWN
    assert prerequisite("vn/commune", "2023-01-05", revoked="2023-02-01").verdict is UNKNOWN
    expired = prerequisite("vn/commune", "2023-01-05", until="2023-06-30")
    assert [reason.code for reason in expired.reasons] == [ReasonCode.RECOGNITION_EXPIRED]


def test_children_counted_under_an_older_edition_are_not_counted_under_this_one() -> None:
    def prerequisite(pack: str) -> Any:
        unit = {"id": "x", "level": "district", "region": "btb"}
        counts = {"commune": {"total": 16, "meeting": {pack: 16}}}
        return ntm.evaluate("vn/district", ntm.Snapshot(unit=unit, as_of="2023-08-17", children=counts))["P1"]

    assert prerequisite("vn/commune").verdict is MET
    assert prerequisite("hatinh/commune@2022-2025").verdict is MET
    assert prerequisite("vn/commune@2016-2020").verdict is UNKNOWN


def test_json_is_read_back_to_the_same_assessment() -> None:
    result = judge({"clean_water_centralised_share": "12,8 %"}, {"1.1": "met", "13.4": "not_applicable", "8": "met"})
    assert ntm.Assessment.from_json(result.to_json()) == result
    assert ntm.Assessment.from_json(result.to_json(indent=2)) == result


def test_by_agency_names_what_was_failed_and_what_is_open() -> None:
    work = judge({}, {"1.1": {"finding": "not_met", "by": "Sở Xây dựng"}}).by_agency()
    assert [item.code for item in work["Sở Xây dựng"].failed] == ["1.1"]
    assert "P1" in [item.code for item in work["Sở Kế hoạch và Đầu tư"].to_conclude]


def test_decisive_unknowns_vanish_once_something_has_failed() -> None:
    assert judge().decisive_unknowns()
    assert judge({}, {"1.1": "not_met"}).decisive_unknowns() == ()
    assert "1.1" not in [item.code for item in judge({}, {"1": "met"}).decisive_unknowns()]


@pytest.mark.parametrize("render", ["to_html", "_repr_html_"])
def test_html_escapes_what_came_from_data(render: str) -> None:
    hostile = '<script>alert("x")</script>'
    result = judge({}, {"1.1": {"finding": "met", "by": hostile, "remark": hostile}}, name=hostile)
    html = getattr(result, render)()
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_markdown_keeps_data_as_text() -> None:
    markdown = judge({}, {}, name="[x](http://evil) <b>").to_markdown("en")
    assert "[x](http" not in markdown
    assert "<b>" not in markdown


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_explanations_lead_with_the_verdict_and_leave_no_gap(lang: Any) -> None:
    result = judge({"clean_water_centralised_share": "12,8 %"}, {"1.1": "met", "8": "met", "13.4": "not_applicable"})
    text = result.explain(lang)
    assert text.startswith("Xã X: " + ("CHƯA ĐẠT" if lang == "vi" else "NOT MET"))
    assert "{" not in text
    assert all(line.strip() or not line for line in text.splitlines())
    for indicator in result.indicators():
        assert indicator.code in text


def test_what_was_judged_is_given_back() -> None:
    """A service evaluates for months: facts, and the assessments of packs they ask for, do not pile up."""
    snapshot = ntm.Snapshot(unit=ntm.Unit(id="x", level="commune", region="btb"), as_of="2023-08-17")

    def kept() -> int:
        gc.collect()
        return sum(isinstance(one, Assessment | EvaluationContext) for one in gc.get_objects())

    ntm.evaluate("vn/commune", snapshot)
    before = kept()
    for _ in range(20):
        ntm.evaluate("vn/commune", snapshot)
        ntm.evaluate("vn/commune-advanced", snapshot)
    assert kept() == before


def test_a_threshold_cites_all_that_is_known_of_its_source(tmp_path: Path) -> None:
    """Who decided, when, where it is read, and against what it was checked."""
    stated = 'source: {basis: qd, verification: stated, url: "https://example.org"}'
    told = "source: {basis: qd, at: Điều 2, verification: stated, checked_against: [bản in], note: Đọc lại}"
    basis = 'issued: 2022-01-01, issuer: UBND tỉnh, url: "https://example.org/qd"'
    text = head("a").replace(stated, told).replace("issued: 2022-01-01", basis)
    pack, catalogue = one(tmp_path, text + indicators("{measure: water, at_least: 95}"))
    facts = ntm.Snapshot(unit={"id": "x", "level": "commune"}, as_of="2023-01-01", measures={"water": "96"})
    check = ntm.evaluate(pack, facts, catalogue=catalogue)["1.1"].check
    assert check.required.origin.citation == Citation(
        number="1/QĐ",
        verification=Verification.STATED,
        at="Điều 2",
        issuer="UBND tỉnh",
        issued=date(2022, 1, 1),
        url="https://example.org/qd",
        checked_against=("bản in",),
        note=Text("Đọc lại"),
    )
