"""Units rolled up: over random trees the counts are what every way the open units may turn out comes to.

The law is in docs/explanation/rollup.md. Beside the counts: what is given is used or said not to be (law 14), and a
contradiction stands wherever a count is shown (law 15).
"""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from live_tree import needs_engine
from msgspec import structs
from oracle.rollup import WITHIN, count
from shelf import head, shelf

import ntm_rules as ntm
from ntm_rules.assessment.briefing import briefing
from ntm_rules.assessment.check import ChildrenCheck
from ntm_rules.assessment.model import leaves
from ntm_rules.errors import NtmError
from ntm_rules.evaluation.plan import check_plan
from ntm_rules.pack.catalogue import Catalogue
from ntm_rules.report.gather import gather
from ntm_rules.verdict import MET, NOT_MET, UNKNOWN

DAY, TITLE = "2022-08-17", "t/basic"
BASIC = (
    head("basic", level="commune, town")
    + """
criteria:
  - {code: "1", title: {vi: Một, en: One}, indicators: [{code: "1", text: a, requires: {finding: met}}]}
"""
)
PROVINCE = (
    head("province", level="province, district, city")
    + """
criteria:
  - code: "1"
    title: {vi: Một, en: One}
    indicators:
      - {code: "1.1", text: a, requires: {share_of: {level: [commune, town], meeting: t/basic}, at_least: 50 %}}
      - {code: "1.2", text: b, requires: {every: {level: commune, meeting: t/basic}}}
      - {code: "1.3", text: c, requires: {count_of: {level: town, meeting: t/basic}, at_most: 1}}
"""
)
PACKS = ("t/basic", "t/province")
KINDS = {"province": "Tỉnh", "district": "Huyện", "city": "Thành phố", "commune": "Xã", "town": "Thị trấn"}


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    return shelf(tmp_path_factory.mktemp("packs"), basic=BASIC, province=PROVINCE)


@st.composite
def reports(draw: Any, names: list[str]) -> dict[str, Any]:
    """What a unit may say of those below: often right, sometimes at odds with itself or with the list."""
    total = draw(st.integers(0, 4)) if draw(st.booleans()) else len(names)
    numbers = draw(st.sampled_from(["both", "meeting", "none", "none"]))
    meeting = draw(st.integers(0, total)) if numbers != "none" else None
    unknown = draw(st.integers(0, total - (meeting or 0))) if numbers == "both" else None
    pool = st.lists(st.sampled_from([*names, "Khác"]), max_size=2, unique=True)
    chosen = [draw(pool) if draw(st.integers(0, 2)) == 0 else [] for _ in range(3)]
    keys = ("meeting_names", "not_meeting_names", "unknown_names")
    exempt = draw(pool) if draw(st.integers(0, 4)) == 0 else []
    return {
        "total": total, "meeting": meeting, "unknown": unknown, "exempt": exempt,
        **dict(zip(keys, chosen, strict=True)),
    }  # fmt: skip


@st.composite
def trees(draw: Any) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}

    def add(level: str, parent: str) -> None:
        number = len(found)
        held = level in ("commune", "town") and draw(st.integers(0, 3)) == 0
        judged = draw(st.sampled_from([True, False, None, None])) if level in ("commune", "town") else None
        exempt = bool(parent) and draw(st.integers(0, 7)) == 0
        found[f"u{number}"] = {
            "id": f"u{number}", "name": f"{KINDS[level]} số {number}", "level": level, "parent": parent, "held": held,
            "judged": judged, "exempt": exempt, "reports": {},
        }  # fmt: skip

    add("province", "")
    for _ in range(draw(st.integers(0, 2))):
        add(draw(st.sampled_from(["district", "city"])), "u0")
    for parent in list(found):
        least = 0 if parent == "u0" and len(found) > 1 else draw(st.integers(0, 1))
        for _ in range(draw(st.integers(0, 3)) if least or parent != "u0" else 0):
            add(draw(st.sampled_from(["commune", "commune", "town"])) if parent != "u0" else "commune", parent)
    for unit in list(found.values()):
        if unit["level"] in ("province", "district", "city"):
            for level in ("commune", "town"):
                if draw(st.integers(0, 2)) == 0:
                    names = [o["name"] for o in found.values() if o["level"] == level and under(found, o, unit["id"])]
                    unit["reports"][level] = draw(reports(names))
    return found


def under(tree: dict[str, dict[str, Any]], unit: dict[str, Any], above: str) -> bool:
    while unit["parent"]:
        if unit["parent"] == above:
            return True
        unit = tree[unit["parent"]]
    return False


def written(tree: dict[str, dict[str, Any]]) -> tuple[list[ntm.Unit], list[ntm.Snapshot]]:
    units, snapshots = [], []
    for one in tree.values():
        named = one["name"].lower() if one["level"] == "commune" else one["name"]
        unit = ntm.Unit(
            id=one["id"], name=named, level=one["level"], parent=one["parent"] or None, region="btb",
            exempt="di dời" if one["exempt"] else "",
        )  # fmt: skip
        counts: dict[str, Any] = {}
        for level, report in one["reports"].items():
            counts[level] = {"total": report["total"], "exempt": report["exempt"]}
            for key in ("meeting", "unknown", "meeting_names", "not_meeting_names", "unknown_names"):
                if report[key] is not None and report[key] != []:
                    counts[level][key] = {TITLE: report[key]}
        findings = {} if one["judged"] is None else {TITLE: {"1": "met" if one["judged"] else "not_met"}}
        titles = [{"pack": TITLE, "decision": f"{one['id']}/QĐ", "on": "2022-02-01"}] if one["held"] else []
        snapshots.append(ntm.Snapshot(unit=unit, as_of=DAY, findings=findings, recognitions=titles, children=counts))
        units.append(unit)
    return units, snapshots


def test_counts_are_what_every_way_the_open_units_may_turn_out_comes_to(catalogue: Catalogue) -> None:
    seen: Counter[str] = Counter()

    @settings(max_examples=400)
    @given(trees())
    def agrees(plain: dict[str, dict[str, Any]]) -> None:
        units, snapshots = written(plain)
        tree = ntm.evaluate_tree(units, snapshots, PACKS, as_of=DAY, catalogue=catalogue)
        for unit in plain.values():
            if unit["level"] in ("commune", "town"):
                continue
            for level in ("commune", "town"):
                if unit["level"] not in WITHIN[level]:
                    continue
                expected = count(plain, unit["id"], level)
                found = tree.counts(unit["id"], TITLE, (level,))
                if not found:
                    assert (expected.total, expected.open_total) == (0, True)
                    continue
                (one,) = found
                assert (one.total, one.met, one.met + one.unknown) == expected[:3], (unit["id"], level)
                assert (one.open_total, bool(one.contradictions)) == expected[3:], (unit["id"], level)
                seen[f"contradicted {bool(one.contradictions)}"] += 1
                seen[f"open total {one.open_total}"] += 1
                seen[f"reported {bool(one.reported or one.reported_not_met)}"] += 1
                seen[f"from {unit['level']}"] += bool(unit["reports"].get(level))
                seen[f"held not met {bool(one.held_not_met)}"] += 1
            if unit["exempt"]:
                continue
            result = tree[unit["id"], "t/province"]
            both = [count(plain, unit["id"], level) for level in ("commune", "town")]
            expected_verdict = shares(both)
            assert result["1.1"].verdict is expected_verdict
            seen[f"two levels {expected_verdict}"] += 1

    agrees()
    wanted = {f"{what} {flag}" for what in ("contradicted", "open total", "reported") for flag in (True, False)}
    wanted |= {"held not met True", "from province", "from district", "two levels MET", "two levels NOT_MET"}
    assert wanted <= {what for what, times in seen.items() if times}, wanted - seen.keys()


def shares(levels: list[Any]) -> ntm.Verdict:
    """At least half of the units of several levels, each reckoned by itself."""
    if any(one.open_total for one in levels):
        return UNKNOWN
    total, low, high = (sum(one[place] for one in levels) for place in range(3))
    if not total:
        return ntm.Verdict.NOT_APPLICABLE
    return MET if 2 * low >= total else NOT_MET if 2 * high < total else UNKNOWN


def test_every_door_shows_the_contradictions_of_a_count(catalogue: Catalogue) -> None:
    """Law 15: checks, plans, briefings and reports say beside a count what contradicts it."""
    told = 0

    @settings(max_examples=60)
    @given(trees())
    def shown(plain: dict[str, dict[str, Any]]) -> None:
        nonlocal told
        units, snapshots = written(plain)
        tree = ntm.evaluate_tree(units, snapshots, PACKS, as_of=DAY, catalogue=catalogue)
        text, report = briefing(tree), gather(tree, "vi")
        for one in tree.unit("u0").counts:
            if one.title != TITLE or not one.contradictions:
                continue
            told += 1
            target = {"text": "x", "level": one.level.value, "meeting": TITLE, "at_least": 1, "by": "2022-12-31"}
            (planned,) = check_plan({"title": "t", "unit": "u0", "targets": [target]}, tree)
            assert planned.contradictions == one.contradictions
            tier = next((t for t in report.tiers if (t.level, t.total) == (one.level.vi, one.total)), None)
            for contradiction in one.contradictions:
                said = contradiction.text("vi")
                assert said in planned.say("vi")
                assert not one.total or (said in text and tier is not None and said in " ".join(tier.remarks))
                checks = [leaf for item in tree["u0", "t/province"].indicators() for leaf in leaves(item.check)]
                asked = [c for c in checks if isinstance(c, ChildrenCheck) and one.level in c.levels]
                assert all(contradiction in check.contradictions for check in asked)
                assert said in tree["u0", "t/province"].explain("vi")

    shown()
    assert told


def test_whatever_is_given_is_used_or_said_not_to_be() -> None:
    """Law 14, with packs of the whole country beside: each finding, title and count given is told as used or not."""
    recognitions = st.lists(
        st.builds(
            dict,
            pack=st.sampled_from(["vn/commune", "vn/commune-advanced", "vn/commune@2016-2020", "vn/district", "xx/y"]),
            decision=st.sampled_from(["1/QĐ", "2/QĐ"]),
            on=st.sampled_from(["2018-05-01", "2023-01-05", "2024-03-01"]),
            until=st.sampled_from([None, "2030-01-01"]),
            revoked=st.sampled_from([None, None, "2024-04-01"]),
        ),
        max_size=3,
        unique_by=lambda one: (one["pack"], one["decision"]),
    )
    findings = st.dictionaries(
        st.sampled_from(["vn/commune", "hatinh/commune", "vn/commune-advanced", "vn/commune-model"]),
        st.sampled_from([{"1.1": "met"}, {"P1": "met"}]),
        max_size=3,
    )
    seen: Counter[str] = Counter()

    @settings(max_examples=150)
    @given(recognitions, findings, st.sampled_from(["vn/commune", "hatinh/commune-advanced", "vn/commune-model"]))
    def told(recognitions: list[dict[str, Any]], findings: dict[str, Any], pack: str) -> None:
        codes = {"vn/commune": "1.1", "hatinh/commune": "1.1", "vn/commune-advanced": "1.1", "vn/commune-model": "P1"}
        said = {name: {codes[name]: "met"} for name in findings}
        unit = {"id": "x", "level": "commune", "province": "hatinh"}
        snapshot = ntm.Snapshot(unit=unit, as_of="2023-08-17", findings=said, recognitions=recognitions)
        result = ntm.evaluate(pack, snapshot)
        unused = {(one.kind, one.pack) for one in result.unused}
        used_packs = {one.partition("@")[0] for one in judged(result)}
        for name in said:
            assert (("finding", name) in unused) is (name not in used_packs), name
            seen[f"finding {name in used_packs}"] += 1
        for one in snapshot.recognitions:
            named = ("recognition", one.pack) in unused
            in_result = one.decision in decisions(result) or any(
                other.pack == one.pack and other is not one for other in snapshot.recognitions
            )
            assert named or in_result, one
            seen[f"recognition {named}"] += 1
        assert all(one.text("vi") in result.explain("vi") and one.text("en") for one in result.unused)

    told()
    assert {f"{what} {flag}" for what in ("finding", "recognition") for flag in (True, False)} <= seen.keys()


def judged(result: ntm.Assessment) -> set[str]:
    found = {result.pack}
    for item in (*result.prerequisites, *result.indicators()):
        for leaf in leaves(item.check):
            if getattr(leaf, "assessment", None) is not None:
                found |= judged(leaf.assessment)
    return found


def decisions(result: ntm.Assessment) -> set[str]:
    """The decisions an answer tells of."""
    found = {result.holding.decision} if result.holding else set()
    for item in (*result.prerequisites, *result.indicators()):
        for leaf in leaves(item.check):
            found |= {getattr(leaf, "decision", "")} - {""}
            if getattr(leaf, "assessment", None) is not None:
                found |= decisions(leaf.assessment)
    return found


def test_counts_of_a_tree_are_used_or_said_not_to_be() -> None:
    top = ntm.Unit(id="h", level="district", region="btb")
    counts = {
        "commune": {"total": 3, "meeting": {"vn/commune": 2, "vn/commune@2016-2020": 3, "vn/commune-model": 1}},
        "village": {"total": 9, "meeting": {"hatinh/residential-area": 4}},
    }
    snapshot = ntm.Snapshot(unit=top, as_of="2023-08-17", children=counts)
    tree = ntm.evaluate_tree([top], [snapshot], ["vn/district"])
    assert [(one.pack, one.why) for one in tree.unused] == [
        ("vn/commune-model", "not_asked"),
        ("vn/commune@2016-2020", "edition"),
        ("hatinh/residential-area", "not_asked"),
    ]
    assert [one.pack for one in ntm.evaluate("vn/district", snapshot).unused] == [one.pack for one in tree.unused]
    everything = ["vn/district", "vn/commune", "vn/commune-model", "hatinh/residential-area"]
    assert [one.why for one in ntm.evaluate_tree([top], [snapshot], everything).unused] == ["edition"]


def test_any_count_given_has_its_part_in_the_result_or_is_said_not_to_be_used() -> None:
    """Law 14 of counts: what may be left out without changing anything is said to be of no use, and what is said to be
    of no use decides nothing (it may contradict what does: more model communes than communes that meet the first set).
    """
    unit = ntm.Unit(id="h", level="district", region="btb", province="hatinh")
    named = ["vn/commune", "vn/commune@2016-2020", "vn/commune-advanced", "vn/commune-model", "vn/urban-ward"]
    addressed = st.tuples(st.sampled_from(["commune", "town"]), st.sampled_from(named))
    seen: set[str] = set()

    def assessed(told: dict[tuple[str, str], int], pack: str) -> ntm.Assessment:
        children = {
            level: {"total": 4, "meeting": {name: met for (at, name), met in told.items() if at == level}}
            for level in ("commune", "town")
        }
        return ntm.evaluate(pack, ntm.Snapshot(unit=unit, as_of="2023-08-17", children=children))

    def decided(result: ntm.Assessment) -> list[Any]:
        return [(item.code, item.verdict) for item in (*result.prerequisites, *result.indicators())]

    @settings(max_examples=60, deadline=None)
    @given(
        st.dictionaries(addressed, st.integers(0, 4), max_size=4),
        st.sampled_from(["vn/district", "vn/district-advanced", "hatinh/district"]),
    )
    def holds(counts: dict[tuple[str, str], int], pack: str) -> None:
        whole = assessed(counts, pack)
        unused = {(one.level, one.pack) for one in whole.unused if one.kind == "count"}
        for key in counts:
            rest = assessed({one: met for one, met in counts.items() if one != key}, pack)
            idle = structs.replace(whole, unused=()) == structs.replace(rest, unused=())
            seen.add("unused" if key in unused else "used")
            assert key in unused or not idle, (key, unused)
            assert key not in unused or decided(rest) == decided(whole), (key, unused)

    holds()
    assert seen == {"used", "unused"}


@pytest.mark.parametrize("door", ["evaluate", "tree", "exempt"])
def test_counts_under_a_pack_nobody_knows_are_refused(door: str) -> None:
    top = ntm.Unit(id="h", level="district", exempt="x" if door == "exempt" else "")
    counts = {"commune": {"total": 1, "not_meeting_names": {"vn/comune": ["A"]}}}
    snapshot = ntm.Snapshot(unit=top, as_of="2023-08-17", children=counts)
    with pytest.raises(NtmError, match="vn/comune"):
        _ = (
            ntm.evaluate("vn/district", snapshot)
            if door == "evaluate"
            else ntm.evaluate_tree([top], [snapshot], ["vn/district"])
        )


@needs_engine
def test_a_live_session_counts_as_the_tree_does(catalogue: Catalogue) -> None:
    """A session holds each of its verdicts against the evaluator's when it starts and after every input."""
    from ntm_rules.live import LiveSession

    @settings(max_examples=25, deadline=None)
    @given(trees(), st.data())
    def agrees(plain: dict[str, dict[str, Any]], data: Any) -> None:
        units, snapshots = written(plain)
        with LiveSession(units, snapshots, PACKS, as_of=DAY, catalogue=catalogue) as session:
            for one in data.draw(st.lists(st.sampled_from(list(plain.values())), max_size=3)):
                if one["level"] in ("commune", "town") and not one["exempt"]:
                    session.recognise(one["id"], TITLE, decision="9/QĐ", on="2022-03-01")
                elif one["level"] not in ("commune", "town"):
                    session.report(one["id"], "commune", {"total": 2, "meeting": {TITLE: 1}})
            known = [session.snapshot(unit.id) for unit in units]
            assert session.tree().units == ntm.evaluate_tree(
                units, known, PACKS, as_of=DAY, catalogue=catalogue
            ).units  # fmt: skip

    agrees()
