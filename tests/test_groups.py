"""Values by group of communes, as the tables since 2026 have them, and levels of unit that have come and gone."""

from datetime import date
from pathlib import Path

import openpyxl
import polars as pl
import pytest

import ntm_rules as ntm
from ntm_rules.analysis.page import pack_page
from ntm_rules.cli import main
from ntm_rules.dossier import read_dossier
from ntm_rules.evaluation.frame.names import pack_columns
from ntm_rules.live import LiveSession
from ntm_rules.snapshot.form import write_form
from ntm_rules.territory import Group
from ntm_rules.verdict import MET, NOT_APPLICABLE, NOT_MET, UNKNOWN

POVERTY = "multidimensional_poverty_rate"
PACK = """
id: test/grouped
edition: "1"
title: {vi: Thử, en: Test}
applies_to: [commune]
valid: {from: 2026-02-15, to: 2030-12-31}
legal_basis: [{id: qd, number: 1/QĐ, issuer: x, issued: 2026-01-01}]
source: {basis: qd, verification: stated, checked_against: [x]}
criteria:
  - code: "6"
    title: {vi: Nghèo, en: Poverty}
    indicators:
      - code: "6.1"
        text: {vi: Tỷ lệ nghèo đa chiều, en: Multidimensional poverty rate}
        requires: {measure: multidimensional_poverty_rate, at_most: {by_group: {nhom1: 2 %, nhom2: 5 %, nhom3: 13 %}}}
"""


@pytest.fixture
def pack(tmp_path):
    (tmp_path / "grouped.yaml").write_text(PACK, "utf-8")
    return ntm.load_pack(tmp_path / "grouped.yaml")


def judged(pack, value, **unit):
    unit = {"id": "x", "level": "commune", **unit}
    return ntm.evaluate(pack, ntm.Snapshot(unit=unit, as_of="2026-05-01", measures={POVERTY: value}))


@pytest.mark.parametrize(
    ("group", "value", "verdict"),
    [
        ("nhom1", "2 %", MET),
        ("nhom1", "2,01 %", NOT_MET),
        ("nhom2", "5 %", MET),
        ("nhom3", "13 %", MET),
        (None, "2 %", MET),
        (None, "2,01 %", UNKNOWN),
        (None, "13 %", UNKNOWN),
        (None, "13,01 %", NOT_MET),
    ],
)
def test_the_row_is_that_of_the_group(pack, group, value, verdict):
    result = judged(pack, value, group=group)
    assert result.verdict is verdict
    told = result.explain("vi")
    assert "không có mức" not in told
    assert ("Chưa rõ xã thuộc nhóm nào: vì vậy 1 nội dung còn để ngỏ." in told) is (verdict is UNKNOWN)


def test_where_the_group_is_not_known_the_head_says_who_decides_and_what_would_settle_it():
    result = ntm.evaluate("vn/commune", ntm.Snapshot(unit={"id": "x", "level": "commune"}, as_of="2026-05-01"))
    head = result.explain("vi").partition("\n\n")[0]
    assert "Chưa rõ xã thuộc nhóm nào" in head
    assert "Nhóm xã do UBND cấp tỉnh quyết định (51/2025/QĐ-TTg, Điều 3 khoản 3 điểm b)." in head
    assert "Xã có tỷ trọng ngành nông nghiệp" in head
    told = ntm.Snapshot(unit={"id": "x", "level": "commune", "group": "nhom2"}, as_of="2026-05-01")
    assert "nhóm nào" not in ntm.evaluate("vn/commune", told).explain("vi")


def test_a_commune_that_fits_two_groups_is_told_so():
    names = ("urban_fringe_to_be_urban", "new_urban_area_planned", "agriculture_under_10_percent")
    facts = dict.fromkeys(names, False) | {"agriculture_under_10_percent": True, "ethnic_minority_area_ii_or_iii": True}
    unit = {"id": "x", "level": "commune", "attributes": facts}
    result = ntm.evaluate("vn/commune", ntm.Snapshot(unit=unit, as_of="2026-05-01"))
    assert (result.group, [one.value for one in result.group_several]) == (None, ["nhom1", "nhom3"])
    assert "xã cùng lúc thuộc xã nhóm 1, xã nhóm 3" in result.explain("vi")
    assert "group 1, group 3 at once" in result.explain("en")


def test_without_the_group_a_live_session_and_a_frame_say_the_same(pack):
    frame = pl.DataFrame({"id": ["a", "b", "c"], POVERTY: [1.0, 4.0, 14.0]})
    found = ntm.evaluate_frame(pack, frame.with_columns(level=pl.lit("commune")), as_of="2026-05-01")
    assert found.frame["i_6_1"].to_list() == [str(judged(pack, value).verdict) for value in ("1 %", "4 %", "14 %")]
    with LiveSession([ntm.Unit(id="x", level="commune")], packs=[pack], as_of="2026-05-01") as session:
        for value, verdict in (("1 %", MET), ("4 %", UNKNOWN), ("14 %", NOT_MET)):
            session.observe("x", POVERTY, value)
            assert session.assessment("x", pack.id)["6.1"].verdict is verdict


def test_the_group_is_named_where_the_threshold_comes_from(pack):
    assert "nhóm xã xã nhóm 3" not in judged(pack, "14 %", group="nhom3").explain("vi")
    assert "xã nhóm 3" in judged(pack, "14 %", group="nhom3").explain("vi")
    assert "group 3" in judged(pack, "14 %", group="nhom3").explain("en")


@pytest.mark.parametrize("column", [["nhom1", "nhom3"], ["Xã nhóm 1", "nhóm  3"], ["1", "3"], ["group 1", "Group 3"]])
def test_a_column_of_groups_is_read_as_people_write_them(pack, column):
    frame = pl.DataFrame({"id": ["a", "b"], "group": column, POVERTY: [3.0, 3.0]})
    for given in (frame, frame.lazy()):
        answer = ntm.evaluate_frame(pack, given, as_of="2026-05-01").frame.lazy().collect()
        assert answer["verdict"].to_list() == ["NOT_MET", "MET"]


def test_a_group_for_all_rows(pack):
    frame = pl.DataFrame({"id": ["a"], POVERTY: [3.0]})
    assert ntm.evaluate_frame(pack, frame, as_of="2026-05-01", group="nhom2").frame["verdict"].to_list() == ["MET"]
    assert ntm.evaluate_frame(pack, frame, as_of="2026-05-01").frame["verdict"].to_list() == ["UNKNOWN"]


def test_an_area_is_no_group(pack):
    frame = pl.DataFrame({"id": ["a"], "group": ["II"], POVERTY: [3.0]})
    with pytest.raises(ntm.NtmError, match="II"):
        ntm.evaluate_frame(pack, frame, as_of="2026-05-01")


def test_a_group_goes_into_a_form_and_comes_back(pack, tmp_path):
    snapshot = ntm.Snapshot(
        unit={"id": "x", "level": "commune", "group": "nhom2"}, as_of="2026-05-01", measures={POVERTY: "4 %"}
    )
    for layout in ("sheets", "units"):
        write_form(pack, tmp_path / "form.xlsx", [snapshot], layout=layout, as_of=date(2026, 5, 1))
        (back,) = ntm.read_snapshots(tmp_path / "form.xlsx", packs=[pack])
        assert back.unit.group == "nhom2"
        assert ntm.evaluate(pack, back).verdict is MET


def test_a_table_has_a_column_for_the_group(tmp_path):
    (tmp_path / "x.csv").write_text("id,Cấp,Nhóm xã,Số liệu tính đến ngày\nx,xã,3,2026-05-01\n", "utf-8")
    (snapshot,) = ntm.read_snapshots(tmp_path / "x.csv")
    assert snapshot.unit.group == "nhom3"


def test_lint_misses_a_group_without_a_row(tmp_path):
    (tmp_path / "grouped.yaml").write_text(PACK.replace(", nhom3: 13 %", ""), "utf-8")
    found = [finding for finding in ntm.lint(ntm.load_pack(tmp_path / "grouped.yaml")) if finding.rule == "hole"]
    assert [("nhóm 3" in finding.text("vi")) for finding in found] == [True]


def test_an_overlay_laxer_for_one_group_is_told_for_that_group(pack, tmp_path):
    overlay = PACK.replace("nhom2: 5 %", "nhom2: 6 %").replace("test/grouped", "test/laxer")
    (tmp_path / "laxer.yaml").write_text(overlay, "utf-8")
    compared = ntm.compare(pack, ntm.load_pack(tmp_path / "laxer.yaml"))
    assert "xã nhóm 2" in str(compared.text("vi"))


def test_a_page_has_the_groups_across(pack):
    assert "| xã nhóm 1 | xã nhóm 2 | xã nhóm 3 |" in pack_page(pack)


@pytest.mark.parametrize("level", ["ward", "special_zone", "commune"])
def test_since_2025_the_parent_may_be_a_province(level):
    units = [ntm.Unit(id="p", level="province"), ntm.Unit(id="x", level=level, parent="p")]
    tree = ntm.evaluate_tree(units, [], [], as_of="2026-05-01")
    assert tree.unit("x").parent == "p"


TOWN = {"id": "t", "name": "Thị trấn T", "level": "town"}


def test_a_level_that_is_no_more_is_refused_with_the_reason():
    for unit, pack in ((TOWN, "vn/urban-ward"), ({"id": "h", "level": "district"}, "vn/district")):
        before, after = (ntm.Snapshot(unit=unit, as_of=day) for day in ("2025-06-30", "2025-07-01"))
        assert ntm.evaluate(pack, before).verdict is UNKNOWN
        with pytest.raises(ntm.NtmError, match="Nghị quyết 203/2025/QH15"):
            ntm.evaluate(pack, after)
        with pytest.raises(ntm.NtmError, match="Nghị quyết 203/2025/QH15"):
            ntm.evaluate_tree([], [after], [])


def test_a_district_of_2026_is_refused_for_what_it_is_and_not_for_its_set():
    with pytest.raises(ntm.NtmError, match="there is no district on 2026-05-01"):
        ntm.evaluate("vn/district", ntm.Snapshot(unit={"id": "h", "level": "district"}, as_of="2026-05-01"))


def test_rows_of_a_level_that_is_no_more_are_refused_in_a_frame():
    levels, days = ["town", "ward", "town"], [date(2025, 6, 30), date(2025, 7, 1), date(2025, 7, 1)]
    frame = pl.DataFrame({"id": ["a", "b", "c"], "level": levels, "as_of": days})
    with pytest.raises(ntm.NtmError, match=r"(?s)row 2 .*column “level”.*2025-07-01") as refused:
        ntm.evaluate_frame("vn/urban-ward", frame)
    assert len(refused.value.problems) == 1
    with pytest.raises(ntm.NtmError, match="203/2025"):
        ntm.evaluate_frame("vn/urban-ward", frame.drop("as_of"), as_of="2025-07-01")
    with pytest.raises(ntm.NtmError, match="203/2025"):
        ntm.evaluate_frame("vn/urban-ward", frame.drop("level", "as_of"), as_of="2025-07-01", level="town")
    with pytest.raises(ntm.NtmError, match="2025-07-01"):
        ntm.evaluate_frame("vn/urban-ward", frame.drop("level"), level="town")
    marked = ntm.evaluate_frame("vn/urban-ward", frame.lazy()).frame.collect()
    assert [bool(problem) for problem in marked["problem"].to_list()] == [False, False, True]


GROUP_RULES = """
attributes:
  near_town: {name: {vi: Liền kề đô thị, en: Next to a town}}
  area_ii_iii: {name: {vi: Xã khu vực II hoặc III, en: Commune of area II or III}}
group_rules:
  - {when: {attribute: near_town, is: true}, group: nhom1, text: {vi: gần đô thị, en: near a town}, source: &law {basis: qd, at: Điều 2, verification: stated, checked_against: [x]}}
  - {when: {attribute: area_ii_iii, is: true}, group: nhom3, text: {vi: khu vực II III, en: area II or III}, source: *law}
  - {group: nhom2, text: {vi: xã còn lại, en: the rest}, source: *law}
criteria:
  - code: "1"
    title: {vi: Quy hoạch, en: Planning}
    indicators:
      - code: "1.2"
        text: {vi: Có quy hoạch chi tiết, en: A detailed plan}
        applies_if: {group: [nhom1, nhom2]}
        requires: {finding: met}
"""  # noqa: E501


@pytest.fixture
def ruled(tmp_path):
    law = "{basis: qd, at: Điều 2, verification: stated, checked_against: [x]}"
    rules = GROUP_RULES.replace(f"&law {law}", law).replace("*law", law)
    (tmp_path / "ruled.yaml").write_text(PACK.replace("\ncriteria:\n", rules), "utf-8")
    return ntm.load_pack(tmp_path / "ruled.yaml")


GROUPS = [
    ({}, None),
    ({"near_town": True}, None),
    ({"near_town": True, "area_ii_iii": False}, "nhom1"),
    ({"near_town": False, "area_ii_iii": True}, "nhom3"),
    ({"near_town": False, "area_ii_iii": False}, "nhom2"),
    ({"near_town": True, "area_ii_iii": True}, None),
]
# Which verdicts 1.2 (found met, not asked of group 3) and 6.1 (at 4 %) then have.
BY_GROUP = {
    None: ("UNKNOWN", "UNKNOWN"),
    "nhom1": ("NOT_MET", "NOT_MET"),
    "nhom2": ("NOT_MET", "MET"),
    "nhom3": ("NOT_APPLICABLE", "MET"),
}


@pytest.mark.parametrize(("facts", "group"), GROUPS)
def test_the_group_follows_from_facts_only_where_they_leave_one_group(ruled, facts, group):
    snapshot = ntm.Snapshot(
        unit={"id": "x", "level": "commune", "attributes": facts},
        as_of="2026-05-01",
        measures={POVERTY: "4 %"},
        findings={"test/grouped": {"1.2": "not_met"}},
    )
    result = ntm.evaluate(ruled, snapshot)
    assert result.group == group
    expected = dict(zip(("1.2", "6.1"), BY_GROUP[group], strict=True))
    if group is None:
        # A content of which it is open whether it is asked has not failed.
        expected = {"1.2": "UNKNOWN", "6.1": "UNKNOWN"}
    assert {code: result[code].verdict.value for code in ("1.2", "6.1")} == expected
    row = {"id": ["x"], POVERTY: [4.0], "finding_1_2": ["not_met"], **{name: [value] for name, value in facts.items()}}
    frame = ntm.evaluate_frame(ruled, pl.DataFrame(row), as_of="2026-05-01").frame
    assert {code: frame[f"i_{code.replace('.', '_')}"][0] for code in expected} == expected
    with LiveSession([snapshot.unit], [snapshot], [ruled], as_of="2026-05-01") as session:
        assert {code: session.assessment("x", "test/grouped")[code].verdict.value for code in expected} == expected


def test_the_decision_of_the_province_holds_and_what_speaks_against_it_is_said(ruled):
    facts = {"near_town": False, "area_ii_iii": True}
    result = judged(ruled, "3 %", group="nhom1", attributes=facts)
    assert result["6.1"].verdict is NOT_MET
    assert "as the province decided; but by the facts given it is group 3" in result.explain("en")
    assert "số liệu về xã phù hợp" in judged(ruled, "3 %", group="nhom3", attributes=facts).explain("vi")
    assert "tỉnh chưa có quyết định" in judged(ruled, "3 %", attributes=facts).explain("vi")


EXAMPLE = Path(__file__).parents[1] / "examples" / "vi_du_2026"


def test_an_overlay_fills_in_and_tightens_by_group_and_never_goes_below_the_floor(tmp_path):
    text = (EXAMPLE / "vidu-commune.yaml").read_text("utf-8")
    assert ntm.lint(EXAMPLE / "vidu-commune.yaml") == ()
    (tmp_path / "laxer.yaml").write_text(text.replace("[2 %, 4 %, 13 %]", "[2 %, 6 %, 13 %]"), "utf-8")
    found = ntm.lint(tmp_path / "laxer.yaml")
    assert {(one.rule, one.about) for one in found} == {("laxer", "6.1")}
    assert all("group 2" in one.text("en") and "group 1" not in one.text("en") for one in found)
    assert all("the value of each group" in one.fix.en and "region" not in one.fix.en for one in found)


def test_levels_that_all_fall_short_of_the_average_asked_are_told(tmp_path):
    """6.3: "bảo đảm bình quân các xã ≥ 65 %"; 6.6: ≥ 90 %. One group above may make up for the others."""
    text = (EXAMPLE / "vidu-commune.yaml").read_text("utf-8")
    (tmp_path / "low.yaml").write_text(
        text.replace("[90 %, 75 %, 50 %]", "[60 %, 50 %, 40 %]").replace("[95 %, 92 %, 90 %]", "[89 %, 85 %, 80 %]"),
        "utf-8",
    )
    found = ntm.lint(tmp_path / "low.yaml")
    assert [(one.rule, one.about, one.severity) for one in found] == [
        ("average", "6.3", "warning"),
        ("average", "6.6", "warning"),
    ]
    assert "60 %; 50 %; 40 %" in found[0].text("vi")
    assert "≥ 65 %" in found[0].text("vi")


def test_a_level_for_a_group_that_is_not_asked_says_how_to_ask_more(tmp_path):
    """2.1 measures no lanes in group 3: a level for it needs the whole content anew."""
    text = (EXAMPLE / "vidu-commune.yaml").read_text("utf-8")
    row = '  - {code: "2.1", measure: village_lane_roads_hardened_share, threshold: [100 %, 95 %, 80 %]}\n'
    (tmp_path / "row.yaml").write_text(text + row, "utf-8")
    (found,) = ntm.lint(tmp_path / "row.yaml")
    assert found.rule == "unreachable"
    assert "change" in found.fix.vi
    assert "2.1" in found.fix.en


def test_a_modern_commune_of_any_group_is_judged_by_the_levels_its_province_sets_for_group_1():
    """Annex II, 1: the levels of group 1, which are the province's where its overlay is applied; no second file."""
    overlay = ntm.load_pack(EXAMPLE / "vidu-commune.yaml")
    given = next(one for one in read_dossier(EXAMPLE).snapshots if one.unit.id == "vd-01")
    own = given.findings["vidu/commune"]
    province = ntm.Unit(id="vidu", level="province", name="Ví Dụ")
    packs = [overlay, "vn/commune-modern"]

    def modern(poverty, concluded=True):
        points = dict.fromkeys(("3.a", "3.b", "3.c", "3.d", "3.đ", "3.e"), "met")
        group_1 = {"vn/commune-group1": own} if concluded else {}
        snapshot = ntm.Snapshot(
            unit=given.unit.model_copy(update={"group": Group.NHOM3, "parent": "vidu", "province": "vidu"}),
            as_of="2026-07-15",
            measures={**given.measures, "income_group1_level": "58", "multidimensional_poverty_rate": poverty},
            findings={**given.findings, "vn/commune-modern": points, **group_1},
        )
        day = "2026-07-15"
        result = ntm.evaluate_tree([province], [snapshot], packs, as_of=day)["vd-01", "vn/commune-modern"]
        with LiveSession([province], [snapshot], packs, as_of=day) as session:
            assert session.assessment("vd-01", "vn/commune-modern") == result
        return result

    assert modern("1,9 %").verdict is MET
    # 13 % is the province's floor for group 3, 2 % its level for group 1.
    failing = modern("2,1 %")
    assert failing.verdict is NOT_MET
    told = failing.explain("vi")
    assert "Mức đạt chuẩn đối với xã nhóm 1, Xã nông thôn mới tỉnh Ví Dụ" in told
    assert "≤ 2 %" in told
    # Conclusions for its own group say nothing of another group's levels.
    assert modern("1,9 %", concluded=False).verdict is UNKNOWN


def test_the_made_up_province_of_2026_climbs_from_its_communes():
    dossier = read_dossier(EXAMPLE)
    tree = dossier.assess()
    assert {unit.unit.id: unit.verdict("vn/commune").value for unit in tree.units if unit.unit.level == "commune"} == {
        "vd-01": "MET",
        "vd-02": "NOT_MET",
        "vd-03": "MET",
        "vd-04": "NOT_MET",
    }
    assert {item.code for item in tree["vd-02", "vidu/commune"].failures()} == {"3.1", "6.1", "6.3"}
    # Xã Bốn has no decision on its group: the facts say that it is of group 1.
    assert tree["vd-04", "vidu/commune"].group == "nhom1"
    province = tree["vidu", "vn/province"]
    assert province["1"].verdict is NOT_MET
    assert province["3"].verdict is NOT_APPLICABLE
    for lang in ("vi", "en"):
        words = province.explain(lang).lower()
        assert not any(word in words for word in ("huyện", "district", "thị xã", "thị trấn"))
    assert [result.status for result in dossier.check_plans(tree)] == ["reached"]


def test_one_commune_under_its_region_in_2024_and_under_its_group_in_2026():
    unit = {"id": "x", "level": "commune", "region": "btb", "group": "nhom3"}
    said = {}
    for day in ("2024-05-01", "2026-05-01"):
        said[day] = ntm.evaluate("vn/commune", ntm.Snapshot(unit=unit, as_of=day, measures={POVERTY: "7 %"}))
    assert (said["2024-05-01"]["11"].verdict, said["2026-05-01"]["6.1"].verdict) == (NOT_MET, MET)
    assert "318/QĐ-TTg" in said["2024-05-01"].explain("vi")
    assert "51/2025/QĐ-TTg" in said["2026-05-01"].explain("vi")
    assert "318/QĐ-TTg" not in said["2026-05-01"].explain("vi")


def test_a_region_is_asked_for_where_a_set_goes_by_it_and_a_group_where_it_goes_by_groups(tmp_path):
    for reference, asked in (
        ("vn/commune@2021-2025", {"region"}),
        ("vn/commune@2026-2030", {"group"}),
        ("vn/commune-modern@2026-2030", {"group"}),
        ("vn/province@2026-2030", set()),
    ):
        assert {column.name for column in pack_columns(reference)} & {"region", "group"} == asked, reference
        for layout in ("sheets", "units"):
            file = tmp_path / f"{layout}.xlsx"
            assert main(["template", reference, "-o", str(file), "--layout", layout, "--force"]) == 0
            cells = {
                cell
                for sheet in openpyxl.load_workbook(file)
                for row in sheet.iter_rows(values_only=True)
                for cell in row
            }
            assert {"region", "group"} & cells == asked, (reference, layout)
