"""What single units and trees are refused for: the whole sentence, with the unit it is said of."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePosixPath
from typing import Any

import pytest
from shelf import head, indicators, shelf

import ntm_rules as ntm
from ntm_rules.errors import NtmError
from ntm_rules.evaluation.many import evaluate_all
from ntm_rules.evaluation.provenance import reproduce
from ntm_rules.pack.catalogue import Catalogue

COMMUNE = {"id": "x", "level": "commune", "province": "t"}
WATER = indicators("{measure: water, at_least: 95}")


@pytest.fixture(scope="module")
def shelved(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    return shelf(
        tmp_path_factory.mktemp("shelf"),
        a=head("a") + WATER,
        endless=head("endless").replace(", to: 2023-12-31", "") + WATER,
        ancient=head("ancient").replace("from: 2022-01-01, ", "") + WATER,
        d=head("d", level="district", end="2026-12-31") + indicators("{finding: met}"),
    )


def facts(day: str = "2023-08-17", unit: dict[str, Any] | None = None, **given: Any) -> ntm.Snapshot:
    return ntm.Snapshot(unit=unit or COMMUNE, as_of=day, **given)  # type: ignore[arg-type]


def units(*given: dict[str, Any]) -> list[ntm.Unit]:
    return [ntm.Unit.model_validate(one) for one in given]


Judging = Callable[[Catalogue], object]
DISTRICT = {"id": "h", "level": "district", "province": "t"}

ABOVE = {"id": "p", "level": "province"}
OF_OLD = {"district": {"total": 3}, "commune": {"total": 9}, "town": {"total": 1}}
SINCE = "since 2025-07-01 there are provinces and, below them, communes, wards and special zones only"
LAW = "(Nghị quyết 203/2025/QH15, Nghị định 131/2025/NĐ-CP)"
INSTEAD = "assess the new communes, wards and special zones, or give a date before that day"
GONE = [
    f"p.children.{level}: there is no {level} on 2025-07-01: {SINCE} {LAW}; {INSTEAD}" for level in ("district", "town")
]

REFUSED: dict[str, tuple[Judging, list[str]]] = {
    "codes the set does not have": (
        lambda c: ntm.evaluate(
            "t/a", facts(findings={"t/a": {code: {"finding": "met"} for code in ("1.9", "1.1", "9")}}), catalogue=c
        ),
        [
            "x.findings.t/a.1.9: t/a@1 has no code “1.9”. Did you mean: 1.1, 1?",
            "x.findings.t/a.9: t/a@1 has no code “9”. Valid names: 1, 1.1.",
        ],
    ),
    "a level the set is not for": (
        lambda c: ntm.evaluate("t/a", facts(unit=DISTRICT), catalogue=c),
        ["h: t/a@1 applies to commune, not to a district"],
    ),
    "a day before the set": (
        lambda c: ntm.evaluate(c.load("t/a"), facts("2021-12-31"), catalogue=c),
        ["x: t/a@1 is not in force on 2021-12-31 (2022-01-01 to 2023-12-31)"],
    ),
    "a day after the set": (
        lambda c: ntm.evaluate(c.load("t/a"), facts("2024-01-01"), catalogue=c),
        ["x: t/a@1 is not in force on 2024-01-01 (2022-01-01 to 2023-12-31)"],
    ),
    "counts of levels that are no more": (
        lambda c: ntm.evaluate(c.load("t/a"), facts("2025-07-01", ABOVE, children=OF_OLD), catalogue=c),
        GONE,
    ),
    "counts of levels that are no more, in a tree": (
        lambda c: ntm.evaluate_tree([], [facts("2025-07-01", ABOVE, children=OF_OLD)], ["t/d"], catalogue=c),
        GONE,
    ),
    "a path for a set": (
        lambda c: ntm.evaluate(PurePosixPath("t/a"), facts(), catalogue=c),  # type: ignore[arg-type]
        ["pack: expected a pack or its id, given PurePosixPath; read a file with ntm_rules.load_pack"],
    ),
    "a mapping for facts": (
        lambda c: ntm.evaluate("t/a", {}, catalogue=c),  # type: ignore[arg-type]
        ["snapshot: expected a Snapshot, given dict; read other data with Snapshot.model_validate"],
    ),
    "a day before a set without an end": (
        lambda c: ntm.evaluate(c.load("t/endless"), facts("2021-12-31"), catalogue=c),
        ["x: t/endless@1 is not in force on 2021-12-31 (2022-01-01 to …)"],
    ),
    "a day after a set without a beginning": (
        lambda c: ntm.evaluate(c.load("t/ancient"), facts("2024-01-01"), catalogue=c),
        ["x: t/ancient@1 is not in force on 2024-01-01 (… to 2023-12-31)"],
    ),
    "a pack that is none": (
        lambda c: ntm.evaluate("t/b", facts(), catalogue=c),
        ["there is no pack “t/b”. Did you mean: t/d, t/a?"],
    ),
    "a reference that is none": (
        lambda c: ntm.evaluate("A b", facts(), catalogue=c),
        ["“A b” is not a pack id; write vn/commune or vn/commune@2021-2025"],
    ),
    "an edition that is none": (
        lambda c: ntm.evaluate("t/a@2", facts(), catalogue=c),
        ["t/a has no edition “2”; it has: 1"],
    ),
    "a measure misspelt": (
        lambda c: ntm.evaluate("t/a", facts(measures={"watr": "96"}), catalogue=c),
        ["x.measures.watr: there is no measure “watr”. Did you mean: water?"],
    ),
    "a value out of its domain": (
        lambda c: ntm.evaluate("t/a", facts(measures={"water": "196"}), catalogue=c),
        ["196% is outside the valid range of “Clean water share” (0 to 100)"],
    ),
    "a value not asked for, out of its domain": (
        lambda c: ntm.evaluate("t/a", facts(measures={"poverty": "196"}), catalogue=c),
        ["x.measures.poverty: 196% is outside the valid range of “Poverty rate” (0 to 100)"],
    ),
    "an attribute misspelt": (
        lambda c: ntm.evaluate("t/a", facts(unit={**COMMUNE, "attributes": {"islnd": True}}), catalogue=c),
        ["x.attributes.islnd: there is no unit attribute “islnd”."],
    ),
    "a word for an attribute that is yes or no, and a figure misspelt": (
        lambda c: ntm.evaluate(
            "vn/commune",
            facts(unit={**COMMUNE, "attributes": {"special_difficulty": "perhaps"}}, measures={"water_shar": 1}),
        ),
        [
            "x.attributes.special_difficulty: “perhaps”: “Specially difficult commune” is answered yes or no; leave it "
            "empty if it is not known",
            "x.measures.water_shar: there is no measure “water_shar”. Did you mean: clean_water_share, "
            "farm_waste_recycled_share, cremation_share?",
        ],
    ),
    "another word for unknown measures": (
        lambda c: ntm.evaluate("t/a", facts(), unknown_measures="warn", catalogue=c),  # type: ignore[arg-type]
        [
            "unknown_measures: “warn” is not valid; expected one of: error, ignore. Valid names: error, ignore.",
        ],
    ),
    "another word for trust": (
        lambda c: ntm.evaluate("t/a", facts(), trust="sure", catalogue=c),
        [
            "trust: “sure” is not valid; expected one of: stated, secondary, recalled, uncertain. Valid "
            "names: recalled, secondary, stated, uncertain.",
        ],
    ),  # type: ignore[arg-type]
    "no process": (
        lambda c: evaluate_all("t/a", [facts()], processes=0, catalogue=c),
        ["processes: at least one process is needed, given 0"],
    ),
    "another word for unknown measures of many": (
        lambda c: evaluate_all("t/a", [facts()], unknown_measures="warn", catalogue=c),  # type: ignore[arg-type]
        ["unknown_measures: “warn” is not valid; expected one of: error, ignore. Valid names: error, ignore."],
    ),
    "a district after the districts": (
        lambda c: ntm.evaluate("t/d", facts("2025-07-01", unit=DISTRICT), catalogue=c),
        [
            "h: there is no district on 2025-07-01: since 2025-07-01 there are provinces and, below them, "
            "communes, wards and special zones only (Nghị quyết 203/2025/QH15, Nghị định 131/2025/NĐ-CP); "
            "assess the new communes, wards and special zones, or give a date before that day",
        ],
    ),
    "facts of several days": (
        lambda c: ntm.evaluate_tree(
            units(COMMUNE, {**COMMUNE, "id": "y"}),
            [facts(), facts("2023-08-18", {**COMMUNE, "id": "y"})],
            ["t/a"],
            catalogue=c,
        ),
        ["y: the snapshots have different dates (2023-08-17, 2023-08-18); say as_of"],
    ),
    "a parent that is none": (
        lambda c: ntm.evaluate_tree(
            units({**COMMUNE, "parent": "h"}, {**DISTRICT, "id": "hh"}), [facts()], ["t/a"], catalogue=c
        ),
        ["x: there is no parent unit “h”. Did you mean: hh?"],
    ),
    "two parents": (
        lambda c: ntm.evaluate_tree(
            units({**COMMUNE, "parent": "h"}, DISTRICT), [facts(unit={**COMMUNE, "parent": "k"})], ["t/a"], catalogue=c
        ),
        ["x: the unit has two parents: h and k"],
    ),
    "a commune in a commune": (
        lambda c: ntm.evaluate_tree(
            units({**COMMUNE, "parent": "y"}, {**COMMUNE, "id": "y"}), [facts()], ["t/a"], catalogue=c
        ),
        ["x: a commune cannot lie in y (commune)"],
    ),
    "units in a circle": (
        lambda c: ntm.evaluate_tree(
            units({**DISTRICT, "parent": "k"}, {**DISTRICT, "id": "k", "parent": "h"}),
            [],
            ["t/d"],
            as_of="2023-08-17",
            catalogue=c,
        ),
        [
            "h: a district cannot lie in k (district)",
            "k: a district cannot lie in h (district)",
            "h: units lie in each other in a circle: h → k → h",
        ],
    ),
    "a measure misspelt in a tree": (
        lambda c: ntm.evaluate_tree(units(COMMUNE), [facts(measures={"watr": "96"})], ["t/a"], catalogue=c),
        ["x.measures.watr: there is no measure “watr”. Did you mean: water?"],
    ),
    "an attribute misspelt in a tree": (
        lambda c: ntm.evaluate_tree(
            units(), [facts(unit={**COMMUNE, "attributes": {"islnd": True}})], ["t/a"], catalogue=c
        ),
        ["x.attributes.islnd: there is no unit attribute “islnd”."],
    ),
    "a finding for a pack that is none": (
        lambda c: ntm.evaluate_tree(
            units(COMMUNE), [facts(findings={"t/b": {"1.1": {"finding": "met"}}})], ["t/a"], catalogue=c
        ),
        ["x.findings.t/b: there is no pack “t/b”. Did you mean: t/d, t/a?"],
    ),
    "no facts and no day": (
        lambda c: ntm.evaluate_tree(units(COMMUNE), [], ["t/a"], catalogue=c),
        ["there is no snapshot to take a date from; say as_of"],
    ),
    "another province's set": (
        lambda c: ntm.evaluate_tree(
            units({**COMMUNE, "province": "nghean"}), [], ["hatinh/commune"], as_of="2023-08-17"
        ),
        [
            "the pack hatinh/commune@2022-2025 applies to no unit: it is the own set of “hatinh”, and the "
            "units here (commune) belong to: “nghean”; write province: hatinh for them if it is the same "
            "province, or leave this pack out",
        ],
    ),
    "another province's set beside the nation's and one for a level that is not there": (
        lambda c: ntm.evaluate_tree(
            units({**COMMUNE, "province": "nghean"}, {**COMMUNE, "id": "y", "province": "thanhhoa"}),
            [],
            ["vn/commune", "vn/district", "hatinh/commune"],
            as_of="2023-08-17",
        ),
        [
            "the pack hatinh/commune@2022-2025 applies to no unit: it is the own set of “hatinh”, and the "
            "units here (commune) belong to: “nghean”, “thanhhoa”; write province: hatinh for them if it is the same "
            "province, or leave this pack out",
        ],
    ),
    "another province's set for one unit": (
        lambda c: ntm.evaluate("hatinh/commune", facts(unit={**COMMUNE, "province": "nghean"})),
        [
            "x: the pack hatinh/commune@2022-2025 is that of the province Hà Tĩnh (hatinh) and does not "
            "apply to a unit of the province “nghean”; choose that province's pack or the national one, or "
            "write province: hatinh if it is the same province",
        ],
    ),
    "facts of another unit to reproduce": (
        lambda c: reproduce(ntm.evaluate("t/a", facts(), catalogue=c), facts(unit={**COMMUNE, "id": "y"}), catalogue=c),
        ["snapshot: the answer kept is about x, 2023-08-17, the facts about y, 2023-08-17"],
    ),
}


@pytest.mark.parametrize(("refused", "said"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_judged_is_told_with_its_unit(shelved: Catalogue, refused: Judging, said: list[str]) -> None:
    with pytest.raises(NtmError) as error:
        refused(shelved)
    assert all(error.value.text("vi").splitlines())
    assert error.value.text("en").splitlines() == said


def test_a_code_is_read_as_people_write_it_and_conclusions_on_one_code_are_taken_together(shelved: Catalogue) -> None:
    said = {"1.1": {"finding": "met"}, "Chỉ tiêu 1.1": {"finding": "not_met"}, "tiêu chí 1": {"finding": "met"}}
    result = ntm.evaluate("t/a", facts(findings={"t/a": said}), catalogue=shelved)
    assert [one.finding for one in result["1.1"].findings] == ["met", "not_met"]
    assert [one.finding for one in result["1"].findings] == ["met"]


def test_conclusions_under_every_name_of_a_set_are_taken_together(shelved: Catalogue) -> None:
    said = {"t/a": {"1.1": {"finding": "met"}}, "t/a@1": {"1.1": {"finding": "not_met"}, "1": {"finding": "met"}}}
    result = ntm.evaluate("t/a", facts(findings=said), catalogue=shelved)
    assert [one.finding for one in result["1.1"].findings] == ["met", "not_met"]
    assert [one.finding for one in result["1"].findings] == ["met"]
    assert result.unused == ()
