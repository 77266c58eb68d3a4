"""Titles build on each other: a count the other cannot bear is told, and facts in doubt below are told above."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ntm_rules as ntm
from ntm_rules.assessment.briefing import briefing
from ntm_rules.assessment.check import ChildrenCheck
from ntm_rules.evaluation.plan import check_plan
from ntm_rules.evaluation.steps import steps_below
from ntm_rules.live import LiveSession
from ntm_rules.pack.catalogue import installed
from ntm_rules.report.gather import gather
from ntm_rules.verdict import MET, NOT_MET, UNKNOWN

DAY = "2023-08-17"
COMMUNE, ADVANCED, MODEL = "vn/commune@2021-2025", "vn/commune-advanced@2021-2025", "vn/commune-model@2021-2025"
DISTRICT, PROVINCE = "vn/district@2021-2025", "vn/province@2021-2025"
TOP = ntm.Unit(id="p", name="Tỉnh P", level="province", region="btb")
DISTRICTS = [ntm.Unit(id=f"d{n}", name=f"Huyện D{n}", level="district", parent="p") for n in range(2)]
COMMUNES = [ntm.Unit(id=f"c{n}", name=f"Xã C{n}", level="commune", parent="d0") for n in range(3)]


def counts(total: int, **given: Any) -> dict[str, Any]:
    return {"commune": {"total": total, **given}}


def kinds(result: ntm.Assessment, code: str) -> list[str]:
    check = result[code].check
    assert isinstance(check, ChildrenCheck)
    return [one.kind for one in check.contradictions]


def told(result: ntm.Assessment, code: str) -> tuple[ntm.Verdict, list[str]]:
    return result[code].verdict, kinds(result, code)


def doors(children: dict[str, Any]) -> Iterator[tuple[str, ntm.Assessment]]:
    """A province's own counts through evaluation, a tree and a live session."""
    snapshot = ntm.Snapshot(unit=TOP, as_of=DAY, children=children)
    yield "one", ntm.evaluate(PROVINCE, snapshot)
    yield "tree", ntm.evaluate_tree([TOP], [snapshot], [PROVINCE])["p", PROVINCE]
    session = LiveSession([TOP], packs=[PROVINCE], as_of=DAY)
    for level, said in children.items():
        session.report("p", level, said)
    yield "live", session.assessment("p", PROVINCE)


def test_more_advanced_than_basic_communes_is_a_contradiction_at_every_door() -> None:
    """Law 15: 9 of 9 advanced beside 3 of 9 basic; nobody is advanced without being basic first."""
    for door, result in doors(counts(9, meeting={COMMUNE: 3, ADVANCED: 9})):
        assert told(result, "4") == (UNKNOWN, ["steps"]), door
        for lang, words in (("vi", "ít nhất 9 xã đạt"), ("en", "units below (commune): at least 9 meet")):
            assert words in result.explain(lang), door
            assert any(words in conflict.text(lang) for conflict in result.conflicts()), door


def test_steps_are_followed_through_those_between() -> None:
    """Model builds on basic through advanced; here nobody says how many are advanced."""
    unit = ntm.Unit(id="d0", level="district", region="btb")
    children = counts(9, meeting={COMMUNE: 3, MODEL: 4})
    result = ntm.evaluate(DISTRICT, ntm.Snapshot(unit=unit, as_of=DAY, children=children))
    assert kinds(result, "P1") == ["steps"]
    fine = counts(9, meeting={COMMUNE: 4, MODEL: 4})
    assert kinds(ntm.evaluate(DISTRICT, ntm.Snapshot(unit=unit, as_of=DAY, children=fine)), "P1") == []


def test_a_title_asked_for_among_other_things_is_no_step() -> None:
    """A commune may keep its title while it is no longer one of access to law."""
    children = counts(9, meeting={COMMUNE: 9, "vn/access-to-law": 3})
    unit = ntm.Unit(id="d0", level="district", region="btb")
    result = ntm.evaluate(DISTRICT, ntm.Snapshot(unit=unit, as_of="2022-08-17", children=children))
    assert told(result, "P1") == (MET, [])


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ({"meeting": {COMMUNE: 8, ADVANCED: 8}}, []),
        ({"meeting": {COMMUNE: 7, ADVANCED: 8}}, ["steps"]),
        ({"meeting": {COMMUNE: 7, ADVANCED: 8}, "unknown": {COMMUNE: 1}}, []),
        ({"meeting": {ADVANCED: 9}}, []),
        ({"meeting": {COMMUNE: 7}, "meeting_names": {ADVANCED: [f"Xã {n}" for n in range(8)]}}, ["steps"]),
        ({"meeting": {ADVANCED: 8}, "not_meeting_names": {COMMUNE: ["Xã 1", "Xã 2"]}}, ["steps"]),
    ],
)
def test_what_the_lower_count_leaves_room_for_is_no_contradiction(said: dict[str, Any], found: list[str]) -> None:
    result = ntm.evaluate(PROVINCE, ntm.Snapshot(unit=TOP, as_of=DAY, children=counts(9, **said)))
    assert kinds(result, "4") == found


def test_a_province_is_held_against_what_its_districts_report_of_the_other_title() -> None:
    """The province counts more advanced communes than its districts do basic ones; a plan says so too."""
    below = [ntm.Snapshot(unit=unit, as_of=DAY, children=counts(3, meeting={COMMUNE: 2})) for unit in DISTRICTS]
    above = ntm.Snapshot(unit=TOP, as_of=DAY, children=counts(6, meeting={ADVANCED: 6}))
    tree = ntm.evaluate_tree([TOP, *DISTRICTS], [*below, above], [COMMUNE, ADVANCED, DISTRICT, PROVINCE])
    assert told(tree["p", PROVINCE], "4")[0] is UNKNOWN
    assert "steps" in kinds(tree["p", PROVINCE], "4")
    assert kinds(tree["d0", DISTRICT], "P1") == []
    target = {"text": "x", "level": "commune", "meeting": ADVANCED, "at_least": 6, "by": "2025-12-31"}
    (result,) = check_plan({"title": "t", "unit": "p", "targets": [target]}, tree)
    assert result.status == "open"
    assert "MÂU THUẪN" in result.say("vi")


def test_a_unit_named_as_advanced_that_is_named_or_known_as_not_basic() -> None:
    said = counts(
        3,
        meeting={COMMUNE: 2, ADVANCED: 1},
        meeting_names={ADVANCED: ["Xã C0"]},
        not_meeting_names={COMMUNE: ["Xã C0"]},
    )
    district = DISTRICTS[0].model_copy(update={"parent": None})
    top = ntm.Snapshot(unit=district, as_of=DAY, children=said)
    result = ntm.evaluate_tree([*COMMUNES], [top], [COMMUNE, ADVANCED, DISTRICT])["d0", DISTRICT]
    assert kinds(result, "P1") == kinds(result, "P2") == ["steps"]
    assert "Xã C0" in result.explain("vi")


@pytest.mark.parametrize(("higher", "lower"), [(ADVANCED, COMMUNE), (MODEL, ADVANCED)])
def test_a_title_held_that_no_report_names_is_held_against_what_is_reported_of_the_one_below(
    higher: str, lower: str
) -> None:
    """The district names a commune as not meeting what its title builds on: neither count makes anything certain."""
    sets = [COMMUNE, ADVANCED, MODEL]
    titles = [higher.partition("@")[0], lower.partition("@")[0]]
    district = DISTRICTS[0].model_copy(update={"parent": None})
    named = ntm.Snapshot(
        unit=district, as_of=DAY, children=counts(3, meeting={lower: 2}, not_meeting_names={lower: ["Xã C0"]})
    )
    held = ntm.Snapshot(
        unit=COMMUNES[0], as_of=DAY, recognitions=[{"pack": higher, "decision": "1/QĐ", "on": "2022-05-01"}]
    )
    units = [district, *COMMUNES]
    tree = ntm.evaluate_tree(units, [named, held], sets, as_of=DAY)
    for title in titles:
        (count,) = (one for one in tree.unit("d0").counts if one.title == title)
        assert ("steps", ("Xã C0",)) in [(one.kind, one.values) for one in count.contradictions]
    with LiveSession(units, [named], sets, as_of=DAY) as session:
        session.recognise("c0", higher, decision="1/QĐ", on="2022-05-01")
        assert session.tree().unit("d0").counts == tree.unit("d0").counts


def test_a_title_whose_lower_one_was_taken_back_says_so_at_its_place() -> None:
    given = [
        {"pack": COMMUNE, "decision": "1/QĐ", "on": "2021-02-01", "revoked": "2023-01-05"},
        {"pack": ADVANCED, "decision": "2/QĐ", "on": "2022-05-01"},
    ]
    snapshot = ntm.Snapshot(unit=COMMUNES[0].model_copy(update={"parent": None}), as_of=DAY, recognitions=given)
    result = ntm.evaluate(ADVANCED, snapshot)
    assert result.holding is not None
    assert [str(lost.on) for lost in result.holding.lost] == ["2023-01-05"]
    assert "phải đạt trước, đã bị thu hồi ngày 05/01/2023" in result.explain("vi")
    assert ntm.Assessment.from_json(result.to_json()) == result
    tree = ntm.evaluate_tree([snapshot.unit], [snapshot], [COMMUNE, ADVANCED], as_of=DAY)
    assert "đã bị thu hồi ngày 05/01/2023" in briefing(tree, lang="vi")
    again = {"pack": COMMUNE, "decision": "3/QĐ", "on": "2023-03-01"}
    anew = ntm.Snapshot(unit=snapshot.unit, as_of=DAY, recognitions=[*given, again])
    assert (held := ntm.evaluate(ADVANCED, anew).holding) is not None
    assert held.lost == ()


def test_a_live_session_follows_what_changes_under_the_other_title() -> None:
    """Two communes are given the advanced title where one is reported as basic: the basic count is worth nothing."""
    district = DISTRICTS[0].model_copy(update={"parent": None})
    session = LiveSession([district, *COMMUNES], packs=[COMMUNE, ADVANCED, DISTRICT], as_of=DAY)
    session.report("d0", "commune", counts(3, meeting={COMMUNE: 1, ADVANCED: 1})["commune"])
    assert told(session.assessment("d0", DISTRICT), "P1") == (NOT_MET, [])
    for commune in ("c0", "c1"):
        session.recognise(commune, ADVANCED, decision="1/QĐ", on="2022-12-01")
    assert told(session.assessment("d0", DISTRICT), "P1") == (UNKNOWN, ["steps"])
    assert session.tree()["d0", DISTRICT]["P1"].verdict is session.verdict("d0", DISTRICT) is UNKNOWN


def test_frames_conclude_nothing_from_such_counts_either() -> None:
    """Law 7: the columns and the explanation of a row agree."""

    @given(st.lists(st.tuples(*[st.integers(0, 4)] * 4), min_size=1, max_size=20))
    @settings(max_examples=15, deadline=None)
    def agrees(rows: list[tuple[int, int, int, int]]) -> None:
        rows = [(4, min(b, 4 - bu), min(bu, 4), min(a, 4 - min(au, 4 - a))) for b, bu, a, au in rows if b + bu <= 4]
        frame = pl.DataFrame(
            {
                "id": [f"d{n}" for n in range(len(rows))],
                "level": ["district"] * len(rows),
                "region": ["btb"] * len(rows),
                "children_commune_total": [total for total, _, _, _ in rows],
                "children_commune_meeting_vn_commune": [basic for _, basic, _, _ in rows],
                "children_commune_unknown_vn_commune": [unknown for _, _, unknown, _ in rows],
                "children_commune_meeting_vn_commune_advanced": [advanced for _, _, _, advanced in rows],
            },
            schema_overrides={"id": pl.String, "level": pl.String, "region": pl.String},
        )
        found = ntm.evaluate_frame(DISTRICT, frame, as_of=DAY)
        for number, (total, basic, unknown, advanced) in enumerate(rows):
            result = found.explain(f"d{number}")
            for code in ("P1", "P2"):
                assert found.frame[f"p_{code}"][number] == result[code].verdict.value
                assert kinds(result, code) == (["steps"] if advanced > basic + unknown else [])
            if advanced > basic + unknown:
                assert result["P1"].verdict is result["P2"].verdict is UNKNOWN, total

    agrees()


def standing(*snapshots: ntm.Snapshot) -> ntm.TreeAssessment:
    return ntm.evaluate_tree([TOP, *DISTRICTS, *COMMUNES], snapshots, [COMMUNE, ADVANCED, DISTRICT, PROVINCE])


def test_a_doubt_at_a_commune_stands_at_its_district_and_the_province() -> None:
    """A fraction under a percentage decides the communes; who counts them says so, in every format."""
    doubted = ntm.Snapshot(unit=COMMUNES[0], as_of=DAY, measures={"health_insurance_share": 0.985})
    plain = ntm.Snapshot(unit=COMMUNES[1], as_of=DAY, measures={"health_insurance_share": "20 %"})
    tree = standing(doubted, plain)
    result = tree["d0", DISTRICT]
    check = result["P1"].check
    assert isinstance(check, ChildrenCheck)
    assert (result["P1"].verdict, check.doubted_names) == (NOT_MET, ("Xã C0",))
    assert [conflict.kind for conflict in result["P1"].conflicts] == ["below"]
    for lang, words in (("vi", "mâu thuẫn hoặc đáng ngờ: Xã C0"), ("en", "in doubt: Xã C0")):
        assert words in result.explain(lang)
        assert words in briefing(tree, lang)
        assert any(words in line for line in gather(tree, lang=lang).against)
    # The province counts communes and districts: both rest on that figure.
    of_province = tree["p", PROVINCE]
    assert [one.values for one in of_province["1"].conflicts if one.kind == "below"] == [("Huyện D0",)]
    assert ntm.Assessment.from_json(result.to_json()) == result


def test_what_bears_on_no_verdict_climbs_nowhere() -> None:
    """A commune that fails for another reason as well fails without the doubted figure; a title held is no fact."""
    doubted = {"health_insurance_share": 0.985}
    failing = ntm.Snapshot(unit=COMMUNES[0], as_of=DAY, measures=doubted, findings={COMMUNE: {"1.1": "not_met"}})
    held = [{"pack": COMMUNE, "decision": "1/QĐ", "on": "2022-12-01"}]
    holding = ntm.Snapshot(unit=COMMUNES[1], as_of=DAY, measures=doubted, recognitions=held)
    tree = standing(failing, holding)
    assert tree["c0", COMMUNE].doubts
    assert tree["c1", COMMUNE].doubts
    check = tree["d0", DISTRICT]["P1"].check
    assert isinstance(check, ChildrenCheck)
    assert check.doubted_names == ()


def test_a_contradicted_report_of_a_district_stands_at_the_province() -> None:
    """20 of 20 with one named as failing: the district is open for it, and the province says so and is open as well."""
    said = counts(3, meeting={COMMUNE: 3}, not_meeting_names={COMMUNE: ["Xã Khác"]})
    tree = standing(ntm.Snapshot(unit=DISTRICTS[1], as_of=DAY, children=said))
    assert told(tree["d1", DISTRICT], "P1") == (UNKNOWN, ["report"])
    result = tree["p", PROVINCE]
    assert result["1"].verdict is UNKNOWN
    assert ("below", ("Huyện D1",)) in [(one.kind, one.values) for one in result["1"].conflicts]


def test_what_builds_on_what_is_read_from_the_sets() -> None:
    day = date(2023, 8, 17)
    assert steps_below("vn/commune-model", installed(), day) == {"vn/commune-advanced", "vn/commune"}
    assert steps_below("vn/district-advanced", installed(), day) == {"vn/district"}
    assert steps_below("vn/commune", installed(), day) == frozenset()
    assert steps_below("nobody/knows", installed(), day) == frozenset()
