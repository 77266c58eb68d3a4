"""Answers are kept where nothing was reported: what one unit was told is never in the answer of another."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from shelf import MEASURES, head, indicators, overlay, shelf

import ntm_rules as ntm
from ntm_rules.evaluation.program import compiled
from ntm_rules.messages import Text
from ntm_rules.pack.catalogue import Catalogue

MORE = MEASURES + (
    "  - {id: part_a, name: {vi: A, en: A}, unit: điểm, better: higher, domain: {from: 0, to: 40}}\n"
    "  - {id: members, name: {vi: Nay, en: Now}, unit: người, better: higher, domain: {from: 0}}\n"
    "  - {id: before, name: {vi: Trước, en: Before}, unit: người, better: neither, domain: {from: 0},"
    " earlier: {of: members, years: 1}}\n"
    "  - {id: growth, name: {vi: Tăng, en: Growth}, unit: '%', better: higher,"
    " derived: {growth_of: members, over: before}}\n"
)
WATER, DONE = "{measure: water, at_least: 95}", "{finding: met}"
GUARDS = "applies_if: {finding: applicable}", f"applies_if: {WATER}"
ASKED = {
    "a figure": (WATER,),
    "a conclusion": (DONE,),
    "a figure that is excepted": (f"{{measure: income, at_least: 5}}, {GUARDS[0]}",),
    "a figure under a figure": (f"{{measure: income, at_least: 5}}, {GUARDS[1]}",),
    "a conclusion under a figure": (f"{DONE}, {GUARDS[1]}",),
    "a group": (f"{{any: [{WATER}, {DONE}]}}", f"{{all: [{WATER}, {DONE}]}}", f"{{at_least: 1, of: [{WATER}]}}"),
    "a choice": (f"{{when: {WATER}, then: {DONE}, otherwise: {{measure: income, at_least: 5}}}}",),
    "a sum": ("{total_of: [part_a], at_least: 30 điểm}",),
    "points for a figure": (WATER, '{total_of: [{indicator: "1.1", points: 40}], at_least: 30 điểm}'),
    "points for what is concluded": (DONE, '{total_of: [{indicator: "1.1", points: 40}], at_least: 30 điểm}'),
    "what follows from figures": ("{measure: growth, at_least: 5}",),
    "units below": ("{every: {level: village, meeting: t/o}}",),
    "another set": ("{meets: t/o}",),
    "a share of another set": ("{unmet_share_of: t/o, more_than: 30}",),
}
FIGURES = {"water": 96, "income": 4, "part_a": 30, "members": 60, "before": 50}
SAID = {"1": {"finding": "met"}, "1.1": {"finding": "met"}}
TOLD: dict[str, dict[str, Any]] = {
    "nothing": {},
    "figures": {"measures": FIGURES},
    "other figures": {"measures": {name: value // 2 for name, value in FIGURES.items()}},
    "conclusions": {"findings": {"t/a": SAID}},
    "conclusions by somebody": {"findings": {"t/a": {code: {**one, "by": "Sở"} for code, one in SAID.items()}}},
    "the contrary": {"findings": {"t/a": {code: {"finding": "not_met"} for code in SAID}}},
    "both": {"findings": {"t/a": SAID}, "measures": FIGURES},
    "another set": {"findings": {"t/o": {"1.1": {"finding": "met"}}}},
    "units below": {"children": {"village": {"total": 2, "meeting": {"t/o": 2}}}},
    "a title": {"recognitions": [{"pack": "t/o", "on": "2023-01-01"}]},
}


@pytest.mark.parametrize("requires", ASKED.values(), ids=ASKED)
def test_whatever_was_judged_before_an_answer_is_what_it_is_alone(tmp_path: Path, requires: tuple[str, ...]) -> None:
    other = head("o").replace("[commune]", "[commune, village]") + indicators(DONE)
    catalogue = shelf(tmp_path, MORE, a=head("a") + indicators(*requires), o=other)
    alone = {}
    for name in TOLD:
        compiled.cache_clear()
        alone[name] = judged(catalogue, name)
    compiled.cache_clear()
    for first, second in permutations(TOLD, 2):
        for name in (first, second):
            assert judged(catalogue, name) == alone[name], (first, second)
    # At least what decides it tells the answers apart.
    assert len({answer["verdict"] for answer in alone.values()} | {str(one) for one in alone.values()}) > 2  # type: ignore[arg-type]


def judged(catalogue: Catalogue, name: str) -> dict[str, object]:
    facts = {"unit": {"id": "x", "level": "commune"}, "as_of": "2023-08-17", **TOLD[name]}
    answer = ntm.evaluate("t/a", ntm.Snapshot.model_validate(facts), catalogue=catalogue)
    # Written out and read, and written again: what is kept is written once.
    assert ntm.Assessment.from_json(answer.to_json()) == answer
    return answer.to_dict()


def test_equal_packs_that_are_written_otherwise_answer_as_they_are_written(tmp_path: Path) -> None:
    catalogue = shelf(tmp_path, MORE, a=head("a") + indicators(WATER))
    whole = catalogue.load("t/a")
    again = tmp_path / "again.yaml"
    again.write_text(head("a") + indicators(WATER.replace("95", "95.0")), encoding="utf-8")
    tenths = catalogue.load(again)
    assert whole == tenths
    facts = {"unit": {"id": "x", "level": "commune"}, "as_of": "2023-08-17", "measures": {"water": 90}}
    snapshot = ntm.Snapshot.model_validate(facts)
    first, second = (ntm.evaluate(pack, snapshot, catalogue=catalogue) for pack in (whole, tenths))
    assert first.made_by != second.made_by
    assert '"95.0"' in second.to_json()
    assert '"95.0"' not in first.to_json()


def shelf_of_groups(folder: Path, least: int = 60) -> Catalogue:
    """A set by groups, its third group's alone, a province's overlay of the whole, and one asking for the group's."""
    span = {"start": "2026-02-15", "end": "2030-12-31"}
    rows = f"{{by_group: {{nhom1: 80, nhom2: 70, nhom3: {least}}}}}"
    whole = head("p", **span) + indicators(f"{{measure: water, at_least: {rows}}}")
    alone = overlay("g", "p", **span).replace("extends", "as_group: nhom3\nextends")
    asking = head("m", **span) + indicators("{meets: t/g}")
    return shelf(folder, MEASURES, p=whole, g=alone, h=overlay("h", "p", **span), m=asking)


def told_of_the_group(overlaid: ntm.Pack, catalogue: Catalogue) -> str:
    """The words of the group's set where the overlay is applied."""
    unit = {"id": "x", "level": "commune", "region": "btb"}
    facts = {"unit": unit, "as_of": "2026-05-01", "measures": {"water": "50"}}
    snapshot = ntm.Snapshot.model_validate(facts)
    tree = ntm.evaluate_tree([snapshot.unit], [snapshot], [overlaid, catalogue.load("t/m")], catalogue=catalogue)
    check: Any = tree["x", "t/m"].criteria[0].indicators[0].check
    said: str = check.assessment.criteria[0].indicators[0].text.text("en")
    return said


@pytest.mark.parametrize("first", ["the pack", "its copy"])
def test_a_copy_of_an_overlay_speaks_for_itself_alone(tmp_path: Path, first: str) -> None:
    catalogue = shelf_of_groups(tmp_path)
    pack = catalogue.load("t/h")
    (criterion,) = pack.criteria
    said = criterion.indicators[0].model_copy(update={"text": Text("Khác", "Other")})
    copy = pack.model_copy(update={"criteria": (criterion.model_copy(update={"indicators": (said,)}),)})
    order = (pack, copy) if first == "the pack" else (copy, pack)
    words = {one is copy: told_of_the_group(one, catalogue) for one in order}
    assert words == {False: "Indicator 1", True: "Other"}


def test_an_overlay_is_asked_for_the_groups_of_each_catalogue(tmp_path: Path) -> None:
    one, other = shelf_of_groups(tmp_path / "one"), shelf_of_groups(tmp_path / "other", least=40)
    asked = [catalogue.load("t/g") for catalogue in (one, other, one)]
    overlaid = one.load("t/h")
    applied = {overlaid.title_id: overlaid}
    made = [catalogue.for_group(pack, applied) for catalogue, pack in zip((one, other, one), asked, strict=True)]
    assert [pack.texts[-1] in found.texts for pack, found in zip(asked, made, strict=True)] == [True] * 3
    assert made[0] is made[2] is not made[1]
