"""The climb: children before parents, exact counts, exempt units, causes followed down, clear errors."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import ntm_rules as ntm
from ntm_rules.assessment.tree import TreeAssessment
from ntm_rules.errors import CatalogueError, EvaluationError
from ntm_rules.evaluation.plan import check_plan
from ntm_rules.verdict import MET, NOT_MET, UNKNOWN

DAY = "2023-08-17"
PROVINCE = ntm.Unit(id="p", name="Tỉnh P", level="province", region="btb")
DISTRICT = ntm.Unit(id="h", name="Huyện H", level="district", parent="p")


def commune(number: int, **more: Any) -> ntm.Unit:
    return ntm.Unit(
        **{"id": f"x{number}", "name": f"Xã {number}", "level": "commune", "parent": "h", "region": "btb", **more}
    )


def holding(unit: ntm.Unit, pack: str) -> ntm.Snapshot:
    decision = {"pack": pack, "decision": "1/QĐ-UBND", "on": "2023-01-05"}
    return ntm.Snapshot(unit=unit, as_of=DAY, recognitions=[decision])


def failing(unit: ntm.Unit, pack: str, code: str) -> ntm.Snapshot:
    return ntm.Snapshot(unit=unit, as_of=DAY, findings={pack: {code: "not_met"}})


def climb(units: list[ntm.Unit], snapshots: list[ntm.Snapshot], *packs: str) -> TreeAssessment:
    chosen = packs or ("vn/commune", "vn/commune-advanced", "vn/district")
    return ntm.evaluate_tree([PROVINCE, DISTRICT, *units], snapshots, chosen, as_of=DAY)


def test_a_parent_sees_what_its_children_hold_and_the_whole_number_still_missing() -> None:
    units = [commune(n) for n in range(15)]
    held = [holding(unit, "vn/commune") for unit in units]
    advanced = [holding(unit, "vn/commune-advanced") for unit in units[:1]]
    failed = [failing(unit, "vn/commune-advanced", "1.1") for unit in units[1:]]
    tree = climb(units, [*held, *advanced, *failed])
    everyone, share = tree["h", "vn/district"]["P1"].check, tree["h", "vn/district"]["P2"].check
    assert (everyone.verdict, everyone.met, everyone.total) == (MET, 15, 15)
    assert (share.verdict, share.met, share.needed, share.missing) == (NOT_MET, 1, 2, 1)
    assert len(share.failing_names) == 14


@given(met=st.integers(0, 12), failed=st.integers(0, 12), unknown=st.integers(0, 12))
def test_unknown_children_leave_the_verdict_open_only_where_the_threshold_lies_between(
    met: int, failed: int, unknown: int
) -> None:
    units = [commune(n) for n in range(met + failed + unknown)]
    snapshots = [holding(unit, "vn/commune-advanced") for unit in units[:met]]
    snapshots += [failing(unit, "vn/commune-advanced", "1.1") for unit in units[met : met + failed]]
    check = climb(units, snapshots)["h", "vn/district"]["P2"].check
    total = met + failed + unknown
    if not total:
        # The register lists the district and nothing in it: whether it has communes is not known.
        assert check.verdict is UNKNOWN
    elif 10 * met >= total:
        assert check.verdict is MET
    elif 10 * (met + unknown) < total:
        assert check.verdict is NOT_MET
    else:
        assert check.verdict is UNKNOWN
        low, high = check.bounds
        assert low < high


def test_an_exempt_unit_leaves_the_denominator_with_its_reason() -> None:
    units = [commune(1), commune(2, exempt="nằm trong quy hoạch khu kinh tế")]
    tree = climb(units, [holding(units[0], "vn/commune")])
    check = tree["h", "vn/district"]["P1"].check
    assert (check.verdict, check.total) == (MET, 1)
    assert check.exempt == (("Xã 2", "nằm trong quy hoạch khu kinh tế"),)
    assert "khu kinh tế" in tree["h", "vn/district"].explain()
    assert tree.unit("x2").assessments == {}


def test_counts_reported_for_a_parent_narrow_what_its_children_leave_open() -> None:
    units = [commune(n) for n in range(16)]
    counted = ntm.Snapshot(
        unit=DISTRICT, as_of=DAY, children={"commune": {"total": 16, "meeting": {"vn/commune-advanced": 6}}}
    )
    check = climb(units, [counted])["h", "vn/district"]["P2"].check
    assert (check.met, check.unknown, check.verdict) == (6, 0, MET)


def test_counts_that_contradict_the_units_listed_are_reported_and_the_list_decides() -> None:
    units = [commune(n) for n in range(3)]
    counted = ntm.Snapshot(
        unit=DISTRICT, as_of=DAY, children={"commune": {"total": 3, "meeting": {"vn/commune-advanced": 3}}}
    )
    result = climb(units, [counted, *(failing(u, "vn/commune-advanced", "1.1") for u in units)])["h", "vn/district"]
    assert result["P2"].verdict is NOT_MET
    assert "children" in [conflict.kind for conflict in result.conflicts()]


def test_a_cause_is_followed_down_through_units_and_packs() -> None:
    unit = commune(1)
    town = ntm.Unit(id="t", name="Thị trấn T", level="town", parent="h", region="btb")
    snapshots = [
        holding(unit, "vn/commune"),
        holding(unit, "vn/commune-advanced"),
        ntm.Snapshot(unit=town, as_of=DAY, findings={"vn/urban-ward": {"2": "not_met"}}),
    ]
    tree = ntm.evaluate_tree(
        [PROVINCE, DISTRICT, unit, town],
        snapshots,
        ["vn/commune", "vn/commune-advanced", "vn/urban-ward", "vn/district", "vn/province"],
        as_of=DAY,
    )
    cause = tree.causes("p", "vn/province")
    assert cause.depth() == 3
    text = tree.explain("p", "vn/province", "vi")
    lines = [line.strip() for line in text.splitlines()]
    order = [next(i for i, line in enumerate(lines) if name in line) for name in ("Tỉnh P", "Huyện H", "Thị trấn T")]
    assert order == sorted(order)
    assert any("Giao thông đô thị" in line for line in lines[order[2] :])


def test_a_provinces_overlay_is_applied_to_its_own_units_only() -> None:
    here = commune(1, province="hatinh")
    there = ntm.Unit(id="y", level="commune", region="dbsh", province="namdinh")
    tree = ntm.evaluate_tree([PROVINCE, DISTRICT, here, there], [], ["vn/commune", "hatinh/commune"], as_of=DAY)
    assert tree["x1", "vn/commune"].pack == "hatinh/commune@2022-2025"
    assert tree["y", "vn/commune"].pack == "vn/commune@2021-2025"
    assert tree.verdict("x1", "hatinh/commune") is UNKNOWN


def test_a_prerequisite_in_the_tree_is_the_provinces_pack() -> None:
    unit = commune(1, province="hatinh")
    tree = ntm.evaluate_tree([PROVINCE, DISTRICT, unit], [], ["hatinh/commune", "hatinh/commune-advanced"], as_of=DAY)
    assert tree["x1", "vn/commune-advanced"]["P1"].check.pack == "hatinh/commune@2022-2025"


def test_the_tree_is_json_and_back() -> None:
    tree = climb([commune(1)], [holding(commune(1), "vn/commune")])
    assert TreeAssessment.from_json(tree.to_json()) == tree
    assert tree.to_dict()["as_of"] == "2023-08-17"


def test_html_of_a_tree_escapes_names() -> None:
    unit = commune(1, name="<script>x</script>")
    assert "<script>" not in climb([unit], [])._repr_html_()


@pytest.mark.parametrize(
    ("units", "said"),
    [
        ([commune(1, parent="nowhere")], r"nowhere"),
        ([commune(1), ntm.Unit(id="x1", level="commune", parent="p")], r"two parents"),
        ([ntm.Unit(id="w", level="ward", parent="x1"), commune(1)], r"cannot lie in x1"),
        (
            [ntm.Unit(id="a", level="village", parent="b"), ntm.Unit(id="b", level="village", parent="a")],
            r"in a circle",
        ),
    ],
    ids=["orphan", "two parents", "wrong level", "circle"],
)
def test_registers_that_make_no_tree_are_refused(units: list[ntm.Unit], said: str) -> None:
    with pytest.raises(EvaluationError, match=said):
        climb(units, [])


def test_snapshots_of_several_days_need_a_day_to_be_read_on() -> None:
    one = ntm.Snapshot(unit=commune(1), as_of="2023-08-17")
    other = ntm.Snapshot(unit=commune(2), as_of="2023-08-18")
    with pytest.raises(EvaluationError, match="as_of"):
        ntm.evaluate_tree([PROVINCE, DISTRICT], [one, other], ["vn/commune"])
    with pytest.raises(EvaluationError, match="later"):
        ntm.evaluate_tree([PROVINCE, DISTRICT], [one, other], ["vn/commune"], as_of="2023-08-17")
    with pytest.raises(EvaluationError, match="as_of"):
        ntm.evaluate_tree([PROVINCE], [], ["vn/commune"])
    later = ntm.evaluate_tree([PROVINCE, DISTRICT], [one, other], ["vn/commune"], as_of="2023-12-31")
    assert later["x1", "vn/commune"].as_of.isoformat() == "2023-12-31"


def test_names_the_tree_does_not_know_are_errors_with_the_nearest() -> None:
    tree = climb([commune(1)], [])
    with pytest.raises(CatalogueError, match="x1"):
        tree.unit("x2")
    with pytest.raises(CatalogueError, match="vn/commune"):
        tree.title("vn/comune")
    with pytest.raises(CatalogueError, match="vn/district"):
        tree["x1", "vn/district"]


def test_two_packs_for_one_title_must_be_told_apart() -> None:
    other = ntm.load_pack("vn/commune@2021-2025").model_copy(update={"edition": "draft"})
    with pytest.raises(EvaluationError, match="same title"):
        ntm.evaluate_tree([PROVINCE], [], ["vn/commune", other], as_of=DAY)


TOWNS = "vn/town-completed"


def two_levels(units: list[ntm.Unit], children: dict[str, Any]) -> tuple[Any, tuple[int, int, int], Any]:
    """How condition 2 of the province (thị xã and thành phố together), the count and a plan see the same facts."""
    held = [{"pack": TOWNS, "on": "2023-01-01"}]
    known = [
        ntm.Snapshot(unit=units[1], as_of=DAY, recognitions=held),
        ntm.Snapshot(unit=PROVINCE, as_of=DAY, children=children),
    ]
    tree = ntm.evaluate_tree(units, known, [TOWNS, "vn/province"])
    target = {"text": "x", "level": ["district_town", "city"], "meeting": TOWNS, "at_least": "100 %", "by": DAY}
    (planned,) = check_plan({"title": "t", "unit": "p", "targets": [target]}, tree)
    return tree["p", "vn/province"]["2"], tree.count("p", TOWNS), planned


def test_two_levels_are_reckoned_apart_and_added_up() -> None:
    town = ntm.Unit(id="a", name="Thị xã A", level="district_town", parent="p")
    city = ntm.Unit(id="b", name="Thành phố B", level="city", parent="p")
    result, count, planned = two_levels([PROVINCE, town], {"city": {"total": 1, "meeting": {TOWNS: 0}}})
    assert (result.verdict, result.check.met, result.check.total) == (NOT_MET, 1, 2)
    assert (count, planned.status) == ((2, 1, 0), "open")
    reported = {"district_town": {"total": 1, "meeting": {TOWNS: 0}}, "city": {"total": 1, "meeting": {TOWNS: 1}}}
    result, count, planned = two_levels([PROVINCE, town, city], reported)
    assert (result.verdict, result.check.met, result.check.total) == (MET, 2, 2)
    assert (count, planned.status) == ((2, 2, 0), "reached")
    # The contradiction of one level stays attached to the sum, and is told of that level.
    assert [(one.level, one.kind) for one in result.check.contradictions] == [("district_town", "number")]
    assert [conflict.kind for conflict in result.conflicts] == ["children"]
    assert planned.contradictions == result.check.contradictions


def test_what_districts_report_climbs_to_the_province() -> None:
    told = ntm.Snapshot(
        unit=DISTRICT, as_of=DAY, children={"commune": {"total": 16, "meeting": {"vn/commune-advanced": 0}}}
    )
    packs = ["vn/commune-advanced", "vn/district", "vn/province"]
    tree = ntm.evaluate_tree([PROVINCE, DISTRICT], [told], packs)
    assert tree["p", "vn/province"]["4"].verdict is NOT_MET
    # With a district of which nothing is known, how many communes there are is open, and nothing is concluded.
    other = ntm.Unit(id="k", level="district", parent="p")
    tree = ntm.evaluate_tree([PROVINCE, DISTRICT, other], [told], packs)
    check = tree["p", "vn/province"]["4"].check
    assert (check.verdict, check.total, check.open_total) == (UNKNOWN, 16, True)
    for lang, once, never in (
        ("vi", "chưa rõ có tất cả bao nhiêu đơn vị", "chưa có số liệu các đơn vị trực thuộc"),
        ("en", "how many units there are below in all is not known", "has not been reported"),
    ):
        # Some were reported, so that nothing was is no reason; and the one there is stands once.
        said = tree["p", "vn/province"].explain(lang).lower()
        of_4 = said[said.index("? 4. ") :].split("\n      ? ")[0].split("\n    ? ")[0]
        assert (of_4.count(once), of_4.count(never)) == (1, 0), of_4
    assert [reason.code for reason in tree["p", "vn/province"]["4"].reasons] == ["children_total_open"]


def test_a_title_counts_whether_or_not_its_pack_is_applied() -> None:
    held = holding(commune(1), "vn/commune")
    for packs in (["vn/district"], ["vn/district", "vn/commune"]):
        tree = climb([commune(1)], [held], *packs)
        check = tree["h", "vn/district"]["P1"].check
        assert (check.verdict, check.met, check.held) == (MET, 1, 1)


def test_held_is_not_met_and_both_are_told() -> None:
    unit = commune(1)
    both = holding(unit, "vn/commune").merged(failing(unit, "vn/commune", "1.1"))
    tree = climb([unit], [both])
    standing = tree.unit("x1")
    assert (standing.verdict("vn/commune"), standing.judged("vn/commune")) == (MET, NOT_MET)
    check = tree["h", "vn/district"]["P1"].check
    assert (check.met, check.held, check.judged, check.held_not_met) == (1, 1, 0, ("Xã 1",))
    assert "Xã 1" in tree["h", "vn/district"].explain()
    alone = ntm.evaluate("vn/commune", both)
    assert (alone.verdict, alone.holding.decision) == (NOT_MET, "1/QĐ-UBND")
    assert "1/QĐ-UBND" in alone.explain()


@pytest.mark.parametrize(
    ("reported", "verdict", "kinds"),
    [
        ({"total": 2, "not_meeting_names": ["Thị trấn A", "B"]}, NOT_MET, []),
        ({"total": 2, "meeting": 2, "not_meeting_names": ["A", "B"]}, UNKNOWN, ["report"]),
        ({"total": 1, "meeting": 0, "not_meeting_names": ["A", "B", "C"]}, UNKNOWN, ["report"]),
        ({"total": 2, "meeting_names": ["A"], "not_meeting_names": ["thị trấn a"]}, UNKNOWN, ["report"]),
        ({"total": 0, "not_meeting_names": ["A"]}, UNKNOWN, ["report"]),
        ({"total": 20, "meeting": 19, "not_meeting_names": ["A", "B"]}, UNKNOWN, ["report"]),
    ],
)
def test_names_in_a_report_are_used_and_held_against_its_numbers(
    reported: dict[str, Any], verdict: Any, kinds: list[str]
) -> None:
    counts = {key: value if key == "total" else {"vn/urban-ward": value} for key, value in reported.items()}
    result = ntm.evaluate("vn/district", ntm.Snapshot(unit=DISTRICT, as_of=DAY, children={"town": counts}))["P3"]
    assert result.verdict is verdict
    assert [one.kind for one in result.check.contradictions] == kinds
    assert len(result.conflicts) == len(kinds)


def test_names_are_reconciled_with_the_list() -> None:
    names = ("Thị trấn Hòa", "Nghèn")
    towns = [ntm.Unit(id=f"t{n}", name=name, level="town", parent="h") for n, name in enumerate(names)]
    strange = {"Đồng Lộc": ["names"], "Phường Nghèn": ["names"]}
    for name, kinds in {"hoà": [], "t0": [], "TT. Nghèn": [], **strange}.items():
        counts = {"town": {"total": 2, "meeting": {"vn/urban-ward": 1}, "not_meeting_names": {"vn/urban-ward": [name]}}}
        told = ntm.Snapshot(unit=DISTRICT, as_of=DAY, children=counts)
        tree = climb(towns, [told], "vn/urban-ward", "vn/district")
        (count,) = [one for one in tree.counts("h", "vn/urban-ward") if one.level == "town"]
        assert [one.kind for one in count.contradictions] == kinds, name
        assert (count.met, count.unknown) == ((0, 2) if kinds else (1, 0)), name


@pytest.mark.parametrize(
    ("reported", "listed_exempt", "said"),
    [
        ({"exempt": ["TT. Nghèn"]}, "", "báo cáo là không tham gia, nhưng danh sách vẫn tính thị trấn: TT. Nghèn"),
        ({"not_meeting_names": ["nghèn"]}, "di dời", "theo danh sách thị trấn không tham gia: nghèn"),
        ({"exempt": ["Nghèn"]}, "di dời", ""),
    ],
)
def test_who_takes_no_part_by_a_report_and_some_by_the_list_stand_together(
    reported: dict[str, Any], listed_exempt: str, said: str
) -> None:
    """Law 15; where both say the same, it is told once, with the reason the list gives."""
    towns = [
        ntm.Unit(id="t0", name="Thị trấn Hòa", level="town", parent="h"),
        ntm.Unit(id="t1", name="Thị trấn Nghèn", level="town", parent="h", exempt=listed_exempt),
    ]
    key, names = next(iter(reported.items()))
    told = {"total": 2 - bool(listed_exempt), key: names if key == "exempt" else {"vn/urban-ward": names}}
    tree = climb(
        towns, [ntm.Snapshot(unit=DISTRICT, as_of=DAY, children={"town": told})], "vn/urban-ward", "vn/district"
    )
    (count,) = [one for one in tree.counts("h", "vn/urban-ward") if one.level == "town"]
    told_of = [one.about.vi for one in count.contradictions]
    assert len(told_of) == (1 if said else 0)
    assert all(said in one for one in told_of)
    assert count.exempt == ((("Thị trấn Nghèn", "di dời"),) if listed_exempt else ())
    assert (count.total, count.met, count.unknown) == (2 - bool(listed_exempt), 0, 2 - bool(listed_exempt))


def test_a_unit_nobody_listed_takes_no_part_beside_those_that_are_listed() -> None:
    listed = ntm.Unit(id="t1", name="Thị trấn Nghèn", level="town", parent="h", exempt="di dời")
    told = ntm.Snapshot(unit=DISTRICT, as_of=DAY, children={"town": {"total": 1, "exempt": ["Xa", "Nghèn"]}})
    tree = climb([listed], [told], "vn/urban-ward", "vn/district")
    (count,) = [one for one in tree.counts("h", "vn/urban-ward") if one.level == "town"]
    assert count.exempt == (("Thị trấn Nghèn", "di dời"), ("Xa", ""))
