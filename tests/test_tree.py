"""The climb: children before parents, exact counts, exempt units, causes followed down, clear errors."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import ntm_rules as ntm
from ntm_rules.assessment.tree import TreeAssessment
from ntm_rules.errors import CatalogueError, EvaluationError
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
