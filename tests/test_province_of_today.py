"""A province of 2026 climbs from all its communes, wards and special zones: a part of the list settles nothing."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

import ntm_rules as ntm
from ntm_rules.assessment.check import ChildrenCheck
from ntm_rules.assessment.model import IndicatorResult
from ntm_rules.errors import EvaluationError
from ntm_rules.snapshot.recognition import Recognition
from ntm_rules.territory import Group
from ntm_rules.units import register

DAY = "2026-07-15"
PACKS = ["vn/commune", "vn/commune-modern", "vn/ward-rural", "vn/province"]
COMMUNES = [unit.unit() for unit in register(DAY, province="42") if unit.kind == "commune"]
WARDS = [unit.unit() for unit in register(DAY, province="42") if unit.kind == "ward"]


def titled(unit: ntm.Unit, *packs: str) -> ntm.Snapshot:
    held = [Recognition(pack=pack, decision="1/QĐ", on="2026-06-01") for pack in packs]
    return ntm.Snapshot(unit=unit, as_of=DAY, recognitions=held)


def province(*below: ntm.Snapshot, id: str = "42", children: object = None) -> ntm.Assessment:
    top = ntm.Snapshot(unit={"id": id, "level": "province"}, as_of=DAY, children=children or {})
    return ntm.evaluate_tree([], [top, *below], PACKS).unit(id).assessments["vn/province"]


def counted(item: object) -> ChildrenCheck:
    assert isinstance(item, IndicatorResult)
    assert isinstance(item.check, ChildrenCheck)
    return item.check


def test_ten_communes_of_sixty_are_not_the_province() -> None:
    met = [titled(unit, "vn/commune", "vn/commune-modern") for unit in COMMUNES[:10]]
    result = province(*met)
    assert [result[code].verdict.value for code in "123"] == ["UNKNOWN", "MET", "UNKNOWN"]  # 10 of 60 are over 10 %
    check = counted(result["1"])
    assert (check.met, check.unknown, check.total, check.not_given) == (10, 50, 60, 50)
    assert "The register lists 60, 10 were given" in result.explain("en")
    assert counted(result["3"]).total == 9


def test_the_whole_list_decides_and_so_does_the_total_a_province_reports() -> None:
    met = [titled(unit, "vn/commune") for unit in COMMUNES]
    exempt = [titled(ward.model_copy(update={"exempt": "ở đô thị"})) for ward in WARDS]
    result = province(*met, *exempt)
    assert [result[code].verdict.value for code in "13"] == ["MET", "NOT_APPLICABLE"]
    assert counted(province(*met, *exempt[:-1])["3"]).not_given == 1
    reported = province(*met[:10], children={"commune": {"total": 60, "meeting": {"vn/commune": 60}}})
    assert reported["1"].verdict.value == "MET"


NOT_FORMED = {"formed_with_commune": False}
LITTLE_FARMLAND = {"farmland_70_percent_2025_07_01": False}
FORMED = {"formed_with_commune": True, "farmland_70_percent_2025_07_01": True}


def wards(*attributes: dict[str, bool]) -> list[ntm.Unit]:
    """Each ward of the province with what is told of it, in turn."""
    return [ward.model_copy(update={"attributes": attributes[n % len(attributes)]}) for n, ward in enumerate(WARDS)]


def test_wards_the_condition_is_not_about_need_no_reason_besides() -> None:
    """Annex III, 3 speaks of wards formed with a commune and with 70 % farmland: of others the facts are enough."""
    met = [titled(unit, "vn/commune") for unit in COMMUNES]
    result = province(*met, *map(titled, wards(NOT_FORMED, LITTLE_FARMLAND)))
    assert result["3"].verdict.value == "NOT_APPLICABLE"
    assert "by what is told of it, the set does not concern it" in result.explain("en")
    one_open = province(*met, *map(titled, [*wards(NOT_FORMED)[:-1], WARDS[-1]]))
    assert one_open["3"].verdict.value == "UNKNOWN"
    assert counted(one_open["3"]).total == 1
    *others, last = wards(NOT_FORMED)
    formed = last.model_copy(update={"attributes": FORMED})
    assert province(*met, *map(titled, others), titled(formed, "vn/ward-rural"))["3"].verdict.value == "MET"
    failing = ntm.Snapshot(unit=formed, as_of=DAY, measures={"income_per_capita_growth": "1 %"})
    assert province(*met, *map(titled, others), failing)["3"].verdict.value == "NOT_MET"


@pytest.mark.parametrize("engine", ["polars", "pandas"])
@pytest.mark.parametrize(
    ("standing", "exempt", "verdicts"),
    [
        (["NOT_APPLICABLE", "MET"], ["", ""], ["UNKNOWN", "MET"]),
        (["NOT_APPLICABLE", "NOT_APPLICABLE"], ["", ""], ["UNKNOWN", "NOT_APPLICABLE"]),
        (["NOT_APPLICABLE", "NOT_MET"], ["", ""], ["NOT_MET", "NOT_MET"]),
        (["MET", "MET"], ["ở đô thị", ""], ["UNKNOWN", "MET"]),
        (["MET", "MET"], ["", ""], ["MET", "MET"]),
    ],
)
def test_a_frame_counts_whom_a_set_concerns_and_exempts_none_where_none_may_be(
    engine: str, standing: list[str], exempt: list[str], verdicts: list[str]
) -> None:
    """The communes of condition 1 all count, whatever reason stands beside them; wards of condition 3 may not."""
    for title, code, verdict in (("commune", "1", verdicts[0]), ("ward_rural", "3", verdicts[1])):
        below = {"id": ["a", "b"], "parent": ["t", "t"], "exempt": exempt, f"standing_vn_{title}": standing}
        if code == "3":
            below["level"] = ["ward", "special_zone"]
        top, children = pl.DataFrame({"id": ["t"]}), pl.DataFrame(below)
        given = (top, children) if engine == "polars" else (top.to_pandas(), children.to_pandas())
        child = ntm.ChildFrame(given[1], level="commune" if code == "1" else None)
        told = ntm.evaluate_frame("vn/province", given[0], as_of=DAY, children=[child]).frame
        assert list(told[f"i_{code}"]) == [verdict]


def test_what_certainly_fails_fails_on_a_part_of_the_list() -> None:
    growth = {"income_per_capita_growth": "1 %"}
    failing = ntm.Snapshot(unit=COMMUNES[0].model_copy(update={"group": Group.NHOM2}), as_of=DAY, measures=growth)
    assert province(failing)["1"].verdict.value == "NOT_MET"


def test_a_made_up_province_is_as_long_as_its_list() -> None:
    met = [titled(unit.model_copy(update={"parent": "x", "province": "x"}), "vn/commune") for unit in COMMUNES[:10]]
    result = province(*met, id="x")
    assert [result[code].verdict.value for code in "13"] == ["MET", "NOT_APPLICABLE"]


def test_no_commune_is_left_out_of_the_conditions_on_all_communes() -> None:
    met = [titled(unit, "vn/commune") for unit in COMMUNES[:-1]]
    result = province(*met, titled(COMMUNES[-1].model_copy(update={"exempt": "quy hoạch đô thị"})))
    check = counted(result["1"])
    assert (result["1"].verdict.value, check.met, check.total) == ("UNKNOWN", 59, 60)
    assert check.counted_all_the_same == (COMMUNES[-1].name,)
    assert COMMUNES[-1].name in result.explain("vi")


@pytest.mark.parametrize(
    ("pack", "on", "why"),
    [("vn/commune@2026-2030", "2026-02-14", "before_set"), ("vn/commune", "2025-12-30", "edition")],
)
def test_a_title_of_before_its_set_counts_for_nothing_and_is_told(pack: str, on: str, why: str) -> None:
    held = Recognition(pack=pack, decision="1/QĐ", on=on)
    unit = ntm.Unit(id="x", level="commune", group="nhom1")
    result = ntm.evaluate("vn/commune-modern", ntm.Snapshot(unit=unit, as_of=DAY, recognitions=[held]))
    assert result["1"].verdict.value == "UNKNOWN"
    assert [one.why for one in result.unused] == [why]


def test_a_title_of_the_first_day_of_its_set_counts() -> None:
    held = Recognition(pack="vn/commune@2026-2030", decision="1/QĐ", on="2026-02-15")
    unit = ntm.Unit(id="x", level="commune", group="nhom1")
    result = ntm.evaluate("vn/commune-modern", ntm.Snapshot(unit=unit, as_of=DAY, recognitions=[held]))
    assert (result["1"].verdict.value, result.unused) == ("MET", ())


def test_counts_of_districts_are_refused_once_there_are_none() -> None:
    counts = {"district": {"total": 5, "meeting": {"vn/district": 5}}}
    top = ntm.Snapshot(unit={"id": "p", "level": "province"}, as_of=DAY, children=counts)
    with pytest.raises(EvaluationError, match=r"huyện|district") as alone:
        ntm.evaluate("vn/province", top)
    assert alone.value.problems[0].place.path == "p.children.district"
    with pytest.raises(EvaluationError, match=r"huyện|district"):
        ntm.evaluate_tree([], [top], ["vn/province"])
    earlier = top.model_copy(update={"as_of": date(2025, 6, 30)})
    assert ntm.evaluate("vn/province", earlier).pack == "vn/province@2021-2025"
