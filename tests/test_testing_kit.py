"""The kit keeps its own promises: what it builds comes to what it says, what it finds is small enough to read."""

from datetime import date
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, assume, event, find, given, settings
from hypothesis import strategies as st

import ntm_rules as ntm
from ntm_rules import testing
from ntm_rules.assessment.check import TotalCheck
from ntm_rules.assessment.model import leaves
from ntm_rules.assessment.tree import TreeAssessment
from ntm_rules.errors import CatalogueError
from ntm_rules.pack.catalogue import Catalogue, installed
from ntm_rules.pack.condition import MeasureCondition, walk
from ntm_rules.pack.measure import Measure
from ntm_rules.pack.model import Pack
from ntm_rules.snapshot.child_counts import ChildCounts
from ntm_rules.territory import Level, ended
from ntm_rules.testing import (
    LAWS,
    LawReport,
    World,
    amounts,
    check_laws,
    near_threshold,
    packs,
    snapshots,
    snapshots_failing,
    snapshots_meeting,
    trees,
    units,
    worlds,
)
from ntm_rules.testing.check import check_law
from ntm_rules.testing.trial import Law, Trial
from ntm_rules.testing.writing import shown
from ntm_rules.verdict import MET, NOT_APPLICABLE, NOT_MET, UNKNOWN

SHIPPED = [info.reference for info in ntm.packs()]
GENERATE = settings(max_examples=2000, phases=[Phase.generate])


OPEN = (UNKNOWN, NOT_APPLICABLE)


def items(answer: ntm.Assessment) -> list[Any]:
    return [*answer.prerequisites, *answer.indicators()]


# What is built comes to what it is built for.


@given(st.data())
def test_a_complete_snapshot_leaves_open_only_what_may_not_apply(data: st.DataObject) -> None:
    pack, catalogue = data.draw(worlds())
    answer = ntm.evaluate(pack, data.draw(snapshots(pack, catalogue=catalogue)), trust="uncertain", catalogue=catalogue)
    left_open: set[str] = set()
    for item in items(answer):
        event(f"{item.verdict}")
        if item.verdict is UNKNOWN:
            settled = item.applies is None or item.applies.verdict is not UNKNOWN
            nested = any(part.get("meets") or part.get("unmet_share_of") for part in _plain(pack, item.code))
            # Figures drawn one by one may add up to more than their sum can come to; what counts its points is open.
            torn = any(isinstance(leaf, TotalCheck) and leaf.is_impossible for leaf in leaves(item.check))
            counts = {
                getattr(term, "indicator", "") for part in _plain(pack, item.code) for term in part.get("total_of", ())
            }
            assert not settled or nested or torn or counts & left_open
            left_open.add(item.code)


def _plain(pack: Pack, code: str) -> list[dict[str, Any]]:
    return [dict(part) for _, part in walk(pack[code].requires)]


@given(st.data())
def test_what_meets_a_pack_meets_it(data: st.DataObject) -> None:
    pack, catalogue = data.draw(worlds())
    snapshot = data.draw(snapshots_meeting(pack, catalogue=catalogue))
    answer = ntm.evaluate(pack, snapshot, trust="uncertain", catalogue=catalogue)
    assert answer.verdict in (MET, NOT_APPLICABLE)
    assert {item.verdict for item in items(answer)} <= {MET, NOT_APPLICABLE}


@given(st.data())
def test_what_fails_some_codes_fails_these_and_no_others(data: st.DataObject) -> None:
    pack, catalogue = data.draw(worlds())
    codes = [item.code for item in (*pack.prerequisites, *pack.indicators())]
    assume(codes)
    failing = data.draw(st.lists(st.sampled_from(codes), unique=True, min_size=1, max_size=2))
    snapshot = data.draw(snapshots_failing(pack, failing, catalogue=catalogue))
    answer = ntm.evaluate(pack, snapshot, trust="uncertain", catalogue=catalogue)
    assert {item.code for item in items(answer) if item.verdict is NOT_MET} == {*failing}
    assert UNKNOWN not in {item.verdict for item in items(answer)}


@pytest.mark.parametrize("reference", SHIPPED)
@given(data=st.data())
@settings(max_examples=8)
def test_a_shipped_pack_can_be_met_and_each_requirement_can_fail_alone(reference: str, data: st.DataObject) -> None:
    pack = ntm.load_pack(reference)
    met = data.draw(snapshots_meeting(pack))
    assert ntm.evaluate(pack, met, trust="uncertain").verdict is MET
    codes = [item.code for item in pack.indicators()]
    if codes:
        code = data.draw(st.sampled_from(codes))
        answer = ntm.evaluate(pack, data.draw(snapshots_failing(pack, [code])), trust="uncertain")
        assert [item.code for item in items(answer) if item.verdict is NOT_MET] == [code]


def test_a_code_the_pack_does_not_have_is_an_error_with_the_nearest() -> None:
    with pytest.raises(CatalogueError, match=r"17\.55.*17\."):
        snapshots_failing(ntm.load_pack("vn/commune@2021-2025"), ["17.55"])


RANKS = (("village",), ("commune", "ward", "town"), ("district", "district_town", "city"))


def _listed(tree: TreeAssessment, unit: str, rank: tuple[str, ...]) -> bool:
    """Whether the register says of all units of a rank below a unit: it lists some, or each of its children does."""
    children = [one for one in tree.units if one.parent == unit]
    if any(one.unit.level.value in rank for one in children):
        return True
    return bool(children) and all(_listed(tree, one.unit.id, rank) for one in children)


def _judged(tree: TreeAssessment, unit: str, day: date) -> dict[str, ChildCounts]:
    """The children of a unit, counted by hand from what the tree says of each; of ranks not listed nothing is known.

    Of a level that is no more on the day none are counted.
    """
    below = list(tree.below(unit))
    found = {}
    listed = (level for rank in RANKS if _listed(tree, unit, rank) for level in rank)
    for level in (level for level in listed if not ended(Level(level), day)):
        here = [one for one in below if one.unit.level.value == level]
        counting = [one for one in here if not one.exempt]
        titles = {title for one in counting for title in one.assessments}
        found[level] = ChildCounts(
            total=len(counting),
            meeting={title: sum(one.verdict(title) is MET for one in counting) for title in titles},
            unknown={
                title: sum(one.verdict(title) in (UNKNOWN, NOT_APPLICABLE) for one in counting) for title in titles
            },
        )
    return found


CLIMB = (
    "vn/commune@2021-2025",
    "vn/commune-advanced",
    "vn/urban-ward",
    "vn/district",
    "vn/town-completed",
    "vn/province@2021-2025",
)


@given(trees(CLIMB))
@settings(max_examples=40, suppress_health_check=list(HealthCheck))
def test_a_tree_says_of_each_unit_what_it_comes_to_alone_with_its_children_counted(tree: testing.Tree) -> None:
    answers = ntm.evaluate_tree(tree.units, tree.snapshots, tree.packs, as_of=tree.as_of, trust="uncertain")
    known = {snapshot.unit.id: snapshot for snapshot in tree.snapshots}
    for standing in answers.units:
        for title, answer in standing.assessments.items():
            unit = next(unit for unit in tree.units if unit.id == standing.unit.id)
            alone = known.get(unit.id) or ntm.Snapshot(unit=unit, as_of=tree.as_of)
            alone = alone.model_copy(update={"children": _judged(answers, unit.id, tree.as_of)})
            expected = ntm.evaluate(ntm.load_pack(answer.pack), alone.model_validate(dict(alone)), trust="uncertain")
            event(f"{title}: {answer.verdict}")
            assert [(one.code, one.verdict) for one in items(answer)] == [
                (one.code, one.verdict) for one in items(expected)
            ]


# Strategies by type, and hostile ones.


@given(st.from_type(Pack), st.from_type(ntm.Snapshot), st.from_type(ntm.Unit), st.from_type(Measure), amounts())
@settings(max_examples=20)
def test_types_of_the_library_have_strategies(
    pack: Pack, snapshot: ntm.Snapshot, unit: ntm.Unit, measure: Measure, amount: ntm.Amount
) -> None:
    assert Catalogue.of([pack]).load(pack.reference) is pack
    assert snapshot.unit.level in ntm.Snapshot.model_validate(snapshot.to_dict()).unit.level
    assert unit.id
    assert measure.better in ("higher", "lower", "neither")
    assert ntm.Amount.of(amount.text("vi"), numbers="vi").value == amount.value


@pytest.mark.parametrize(
    "what",
    [
        lambda s: any(len({one.value for one in seen}) > 1 for seen in s.measures.values()),
        lambda s: any(len({one.finding for one in said}) > 1 for f in s.findings.values() for said in f.values()),
        lambda s: any(held.until and held.until < s.as_of for held in s.recognitions),
        lambda s: any(held.revoked for held in s.recognitions),
        lambda s: any(held.on > s.as_of for held in s.recognitions),
        lambda s: s.unit.region is None and not s.unit.attributes,
        lambda s: "<script>" in s.unit.name,
        lambda s: any(counts.unknown for counts in s.children.values()),
    ],
)
def test_hostile_snapshots_hold_every_kind_of_trouble(what: Any) -> None:
    assert find(snapshots(ntm.load_pack("vn/district-advanced"), "hostile"), what, settings=GENERATE)


@given(units(ntm.load_pack("vn/urban-ward")))
def test_units_are_of_a_level_the_pack_applies_to(unit: ntm.Unit) -> None:
    assert unit.level in ntm.load_pack("vn/urban-ward").applies_to


# What is found is small.


def test_a_failing_indicator_shrinks_to_one_figure_and_nothing_else() -> None:
    pack = ntm.load_pack("vn/urban-ward")
    code = next(item.code for item in pack.indicators() if isinstance(item.requires, MeasureCondition))
    found = find(
        snapshots(pack, "partial"),
        lambda snapshot: ntm.evaluate(pack, snapshot, trust="uncertain")[code].check.verdict is NOT_MET,
    )
    assert len(found.measures) == 1
    assert not any(found.findings.values())
    assert not found.unit.attributes


def test_a_generated_pack_shrinks_to_one_line() -> None:
    found = find(packs(), lambda pack: "multidimensional" not in pack.id and any(pack.measures_used()))
    assert shown(found).splitlines() == [
        "any/generated@1 for commune, 2022-01-01 to 2025-12-31",
        '  1.1: {"measure": "share", "at_least": 50}',
    ]


def test_a_world_shows_itself_as_its_files_would() -> None:
    text = repr(find(worlds(), lambda world: len(world.catalogue.packs()) == 2))
    assert text.splitlines()[0] == "any/main@1 for commune, 2022-01-01 to 2025-12-31"
    assert "any/base@1" in text


# The laws on a pack of one's own.

HEAD = """
id: x/planted
edition: "1"
title: {vi: Bộ tiêu chí có ba lỗi, en: A set with three mistakes}
applies_to: [commune]
valid: {from: 2022-01-01, to: 2025-12-31}
legal_basis: [{id: qd, number: 9/QĐ-UBND}]
source: {basis: qd, verification: stated, url: "https://example.org/qd9"}
criteria:
  - code: "1"
    title: {vi: Đời sống, en: Living}
    indicators:
"""


def written(folder: Path, *requires: str) -> Path:
    path = folder / "planted@1.yaml"
    lines = [
        f'      - {{code: "1.{n}", text: {{vi: "Nội dung {n}", en: "Content {n}"}}, requires: {one}}}'
        for n, one in enumerate(requires, 1)
    ]
    path.write_text(dedent(HEAD).lstrip() + "\n".join(lines) + "\n", encoding="utf-8")
    return path


def laws(*names: str) -> list[Law]:
    return [law for law in LAWS if law.name in names]


THREE_MISTAKES = (
    "{measure: income_per_capita, at_most: 48}",
    "{measure: clean_water_centralised_share, at_least: {by_region: {tdmnpb: 15, dbsh: 50, btb: 30, dnb: 55}}}",
    "{measure: health_insurance_share, at_least: 950 %}",
    "{measure: multidimensional_poverty_rate, at_most: 5}",
)


def test_three_planted_mistakes_are_found_each_as_a_case_to_read(tmp_path: Path) -> None:
    reports = check_laws(written(tmp_path, *THREE_MISTAKES))
    broken = {report.law.name: report for report in reports if not report.holds}
    assert broken.keys() == {"no_hole", "right_way", "can_be_met"}
    (hole,) = broken["no_hole"].violations
    assert hole.text("en").splitlines() == [
        "1.2 (Content 2): no required level for this unit",
        "  case: commune; South Central Coast; 2022-06-30",
        "    → UNDETERMINED",
    ]
    (turned,) = broken["right_way"].violations
    assert turned.text("vi").splitlines() == [
        "1.1 (Nội dung 1): Thu nhập bình quân đầu người tốt hơn lại thành chưa đạt; phép so sánh có ngược chiều không?",
        "  trường hợp: xã; Trung du miền núi phía Bắc; 2022-06-30;"
        " Thu nhập bình quân đầu người = 48 triệu đồng/người/năm",
        "    → ĐẠT",
        "  trường hợp: xã; Trung du miền núi phía Bắc; 2022-06-30;"
        " Thu nhập bình quân đầu người = 48,1 triệu đồng/người/năm",
        "    → CHƯA ĐẠT",
    ]
    (unreachable,) = broken["can_be_met"].violations
    assert unreachable.code == "1.3"
    assert [answer for _, answer in unreachable.cases] == [NOT_MET, NOT_MET]
    for report in reports:
        assert report.text("vi") != report.text("en")


def test_a_requirement_that_cannot_fail_is_found(tmp_path: Path) -> None:
    path = written(tmp_path, "{measure: health_insurance_share, at_least: 0}", "{finding: met}")
    (report,) = check_laws(path, laws=laws("can_fail"), max_examples=10)
    assert [violation.code for violation in report.violations] == ["1.1"]


def test_requirements_that_contradict_each_other_are_found(tmp_path: Path) -> None:
    counted = "{count_of: {level: village, meeting: vn/urban-ward}, %s: 3}"
    path = written(tmp_path, counted % "at_least", counted % "less_than")
    (report,) = check_laws(path, laws=laws("whole_can_be_met"), max_examples=10)
    assert [violation.code for violation in report.violations] == ["1.2"]


def test_a_law_that_met_nothing_does_not_hold() -> None:
    def idle(trial: Trial) -> None:
        assume(trial.draw(st.booleans()) is None)

    world = World(ntm.load_pack("vn/commune@2021-2025"), installed())
    law = Law("exact", idle, lambda world: True)
    report = check_law(law, world, 5)
    assert not report.holds
    assert "without meeting a case" in report.text("en")
    assert LawReport(law, False, 0, {}, ()).holds


def test_an_edge_knows_when_it_is_asked_about_another_answer() -> None:
    pack = ntm.load_pack("vn/commune@2021-2025")
    edge = find(near_threshold(pack), lambda edge: edge.code == "10")
    other = edge.snapshot.model_copy(update={"as_of": ntm.Snapshot(unit=edge.snapshot.unit, as_of="2025-06-30").as_of})
    with pytest.raises(LookupError, match="does not compare"):
        edge.check(ntm.evaluate(pack, other, trust="uncertain"))


def test_names_of_the_kit_are_found_and_others_are_not() -> None:
    assert all(getattr(testing, name) for name in testing.__all__)
    with pytest.raises(AttributeError):
        _ = testing.nothing


# The pytest plugin.


def test_the_plugin_tries_every_law_of_a_pack(pytester: pytest.Pytester) -> None:
    path = written(pytester.path, *THREE_MISTAKES)
    outcome = pytester.runpytest_inprocess("--ntm-pack", str(path), "--ntm-examples", "40")
    outcome.assert_outcomes(failed=3, passed=len(LAWS) - 3)
    outcome.stdout.fnmatch_lines(["*1.2 (Content 2): no required level for this unit*", "*South Central Coast*"])


def test_the_plugin_says_which_pack_is_not_there(pytester: pytest.Pytester) -> None:
    outcome = pytester.runpytest_inprocess("--ntm-pack", "vn/comune")
    outcome.stderr.fnmatch_lines(["*--ntm-pack vn/comune*vn/commune*"])


def test_the_plugin_collects_situations_beside_a_pack_nobody_installed(pytester: pytest.Pytester) -> None:
    written(pytester.path, THREE_MISTAKES[3])
    folder = pytester.mkdir("situations")
    (folder / "planted@1.yaml").write_text(
        dedent(
            """
            pack: x/planted@1
            situations:
              - name: few poor
                unit: {id: u, level: commune}
                as_of: 2023-06-30
                measures: {multidimensional_poverty_rate: 5 %}
                expect: {"1.1": MET}
              - name: written wrongly
                unit: {id: u, level: commune}
                as_of: 2023-06-30
                measures: {multidimensional_poverty_rate: 5.1 %}
                expect: {"1.1": MET}
            """
        ),
        encoding="utf-8",
    )
    outcome = pytester.runpytest_inprocess()
    outcome.assert_outcomes(passed=1, failed=1)
    outcome.stdout.fnmatch_lines(["*1.1: expected MET, got NOT_MET*"])
