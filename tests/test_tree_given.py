"""What a tree is given: facts of several days and times, sets by name or edition, a register in any order."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from shelf import head, indicators, overlay, shelf

import ntm_rules as ntm
from ntm_rules.errors import EvaluationError, NtmError
from ntm_rules.evaluation.tree import TreeEvaluation
from ntm_rules.pack.catalogue import Catalogue
from ntm_rules.territory import Level

DATED = (
    "{measure: water, at_least: 90}, versions: [{valid: {from: 2023-06-01}, requires: {measure: water, at_least: 95}}]"
)


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    folder = tmp_path_factory.mktemp("shelf")
    return shelf(
        folder,
        a=head("a").replace("[commune]", "[commune, ward]") + indicators(DATED, "{finding: met}"),
        b=overlay("b", "a") + 'set:\n  - {code: "1.1", measure: water, threshold: 97}\n',
        d=head("d", level="district") + indicators("{every: {level: commune, meeting: t/a}}"),
    )


def facts(unit: str = "x", day: str = "2023-08-17", **given: Any) -> ntm.Snapshot:
    return ntm.Snapshot.model_validate({"unit": {"id": unit, "level": "commune"}, "as_of": day, **given})


def verdict(catalogue: Catalogue, *snapshots: ntm.Snapshot, **more: Any) -> ntm.Verdict:
    return ntm.evaluate_tree([], snapshots, ["t/a"], catalogue=catalogue, **more)["x", "t/a"]["1.1"].verdict


def test_facts_are_read_on_the_day_asked_about(catalogue: Catalogue) -> None:
    early = facts(day="2023-03-01", measures={"water": 92})
    assert verdict(catalogue, early) is ntm.Verdict.MET
    assert verdict(catalogue, early, as_of="2023-08-17") is ntm.Verdict.NOT_MET
    assert verdict(catalogue, early, as_of=date(2023, 3, 1)) is ntm.Verdict.MET
    tree = ntm.evaluate_tree([], [early, facts("y", "2023-04-01")], ["t/a"], as_of="2023-08-17", catalogue=catalogue)
    assert tree.as_of == date(2023, 8, 17)
    assert {one.as_of for standing in tree.units for one in standing.assessments.values()} == {date(2023, 8, 17)}


def test_facts_of_a_later_day_are_refused_with_their_unit(catalogue: Catalogue) -> None:
    with pytest.raises(EvaluationError) as refused:
        verdict(catalogue, facts(), facts("y", "2023-08-18"), as_of="2023-08-17")
    (problem,) = refused.value.problems
    assert (problem.key, problem.place.path) == ("error.after_date", "y")
    assert "2023-08-18" in problem.text("en")
    assert "17/08/2023" in problem.text("vi")


def test_facts_of_one_unit_told_twice_are_taken_together(catalogue: Catalogue) -> None:
    first = facts(measures={"water": 96}, findings={"t/a": {"1.2": {"finding": "met"}}})
    second = facts(day="2023-08-16", measures={"income": 40})
    tree = ntm.evaluate_tree([], [first, second], ["t/a"], as_of="2023-08-17", catalogue=catalogue)
    assert tree.verdict("x", "t/a") is ntm.Verdict.MET
    assert verdict(catalogue, facts(measures={"water": 96}), facts(measures={"water": 90})) is ntm.Verdict.UNKNOWN


def test_sets_are_named_alone_or_together_by_name_edition_or_as_they_are(catalogue: Catalogue) -> None:
    snapshot = facts(measures={"water": 96})
    own = catalogue.load("t/a").model_copy(update={"title": catalogue.load("t/d").title})
    for packs in ("t/a", ["t/a"], ["t/a@1"], ["t/a", "t/a@1"], [own]):
        tree = ntm.evaluate_tree([], [snapshot], packs, catalogue=catalogue)
        assert tree["x", "t/a"]["1.1"].verdict is ntm.Verdict.MET
    assert tree["x", "t/a"].title == own.title
    with pytest.raises(NtmError) as refused:
        ntm.evaluate_tree([], [snapshot], [own, "t/a"], catalogue=catalogue)
    assert refused.value.text("en").count("t/a@1") == 2


def test_the_overlay_comes_before_the_set_it_is_laid_over_in_either_order(catalogue: Catalogue) -> None:
    snapshot = facts(measures={"water": 96}, findings={"t/b": {"1.2": {"finding": "met"}}})
    for packs in (["t/a", "t/b"], ["t/b", "t/a"]):
        tree = ntm.evaluate_tree([], [snapshot], packs, catalogue=catalogue)
        assert [one.pack for one in tree.units[0].assessments.values()] == ["t/b@1"]
        assert tree.names == {"t/a": catalogue.load("t/b").title}
        assert dict(tree.titles) == {"t/a": "t/a", "t/b": "t/a"}
        assert tree.levels == {"t/a": (Level.COMMUNE, Level.WARD)}


def test_units_come_in_the_order_given_each_after_those_below_it(catalogue: Catalogue) -> None:
    register = [
        ntm.Unit(id="x", level="commune", parent="h"),
        ntm.Unit(id="k", level="district"),
        ntm.Unit(id="h", level="district", parent="p"),
        ntm.Unit(id="y", level="commune", parent="h"),
        ntm.Unit(id="p", level="province"),
        ntm.Unit(id="z", level="commune", parent="k"),
    ]
    tree = ntm.evaluate_tree(register, [facts("w")], ["t/a", "t/d"], catalogue=catalogue)
    assert [one.unit.id for one in tree.units] == ["z", "k", "x", "y", "h", "p", "w"]
    assert {one.unit.id: (one.parent, one.children) for one in tree.units if one.children} == {
        "k": ("", ("z",)),
        "h": ("p", ("x", "y")),
        "p": ("", ("h",)),
    }


def test_what_the_register_and_the_facts_say_of_a_unit_is_put_together(catalogue: Catalogue) -> None:
    unit = ntm.Unit(id="x", level="commune", name="Xã X", parent="h")
    told = facts().model_copy(update={"unit": ntm.Unit(id="x", level="commune", group="nhom1", region="tn")})
    tree = ntm.evaluate_tree([unit, ntm.Unit(id="h", level="district")], [told], ["t/a"], catalogue=catalogue)
    standing = tree.units[0]
    assert (standing.unit.name, standing.unit.group, standing.unit.region, standing.parent) == (
        "Xã X",
        "nhom1",
        "tn",
        "h",
    )


def test_every_fault_of_a_register_is_told_at_once(catalogue: Catalogue) -> None:
    register = [
        ntm.Unit(id="x", level="commune", parent="none"),
        ntm.Unit(id="y", level="commune", parent="x"),
        ntm.Unit(id="z", level="commune", parent="h"),
        ntm.Unit(id="z", level="commune", parent="k"),
        ntm.Unit(id="h", level="district"),
        ntm.Unit(id="k", level="district"),
    ]
    with pytest.raises(EvaluationError) as refused:
        ntm.evaluate_tree(register, [], ["t/a"], as_of="2023-08-17", catalogue=catalogue)
    assert [(one.key, one.place.path) for one in refused.value.problems] == [
        ("error.two_parents", "z"),
        ("error.orphan", "x"),
        ("error.wrong_level", "y"),
    ]


def test_the_same_tree_on_another_day_keeps_what_was_asked_for(catalogue: Catalogue) -> None:
    prepared = TreeEvaluation.prepare(
        [],
        [facts(day="2023-03-01", measures={"water": 92, "strange": 1})],
        ["t/a"],
        None,
        "stated",
        "ignore",
        catalogue,
    )
    later = prepared.on(date(2023, 8, 17), ["t/a"])
    first, second = prepared.run(), later.run()
    assert (first.as_of, second.as_of) == (date(2023, 3, 1), date(2023, 8, 17))
    assert [tree["x", "t/a"]["1.1"].verdict for tree in (first, second)] == [ntm.Verdict.MET, ntm.Verdict.NOT_MET]
    assert [tree["x", "t/a"].trust for tree in (first, second)] == ["stated", "stated"]


def test_another_word_for_unknown_measures_is_refused(catalogue: Catalogue, tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match="unknown_measures: “warn”"):
        ntm.evaluate_tree([], [facts()], ["t/a"], unknown_measures="warn", catalogue=catalogue)  # type: ignore[arg-type]
    strange = facts(measures={"strange": 1})
    with pytest.raises(EvaluationError, match=r"x\.measures\.strange"):
        ntm.evaluate_tree([], [strange], ["t/a"], catalogue=catalogue)
    assert ntm.evaluate_tree([], [strange], ["t/a"], unknown_measures="ignore", catalogue=catalogue).units
