"""What would have to change where requirements exclude each other, sums are made up, and figures follow from others."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
from shelf import head, indicators, one

import ntm_rules as ntm
from ntm_rules.assessment.remedy import Remedy
from ntm_rules.verdict import MET, NOT_MET

DAY = "2023-08-17"
PART = "{{id: {0}, name: {{vi: {0}, en: {0}}}, unit: điểm, better: {2}, domain: {{from: 0, to: {1}}}}}"


def judged(
    folder: Path, requires: list[str], most: dict[str, int], better: str = "higher", more: str = "", **facts: Any
) -> tuple[ntm.Pack, Any, dict[str, Any]]:
    measures = "".join(f"  - {PART.format(name, end, better)}\n" for name, end in most.items())
    pack, catalogue = one(folder, head("a") + f"measures:\n{measures}" + more + indicators(*requires))
    return pack, catalogue, {name: f"{value} điểm" for name, value in facts.items()}


def remedy_of(
    folder: Path, requires: list[str], most: dict[str, int], better: str = "higher", **facts: Any
) -> tuple[Remedy, ntm.Verdict]:
    """The remedy, and what the pack comes to with its steps taken."""
    pack, catalogue, measures = judged(folder, requires, most, better, **facts)

    def told(figures: dict[str, Any]) -> ntm.Assessment:
        unit = {"id": "x", "level": "commune", "region": "btb"}
        plain = {"unit": unit, "as_of": DAY, "measures": figures}
        return ntm.evaluate(pack, ntm.Snapshot.model_validate(plain), catalogue=catalogue)

    found = told(measures).remedy()
    after = told({**measures, **{step.measure: step.to for step in found.steps if step.kind == "measure"}})
    return found, after.verdict


AT_ODDS = ["{measure: a, at_least: 5}", "{measure: a, at_most: 3}"]


@pytest.mark.parametrize("other", [[], ["{measure: b, at_least: 4}"]])
def test_what_cannot_be_met_together_within_one_criterion_is_named(tmp_path: Path, other: list[str]) -> None:
    found, after = remedy_of(tmp_path, [*AT_ODDS, *other], {"a": 10, "b": 10}, a=4, b=1)
    assert not found.possible
    assert [(one.code, one.why) for one in found.obstacles] == [("1.2", "at_odds")]
    assert after is NOT_MET


SUMS = {
    "a band": (
        ["{all: [{total_of: [a, b], at_least: 35 điểm}, {total_of: [a, b], at_most: 36 điểm}]}"],
        {"a": 10, "b": 30},
        2,
    ),
    "exactly": (["{total_of: [a, b], equal_to: 35 điểm}"], {"a": 10, "b": 30}, 2),
    "with a cap on each": (
        ["{measure: a, at_most: 8}", "{measure: b, at_most: 20}", "{total_of: [a, b], equal_to: 25 điểm}"],
        {"a": 30, "b": 30},
        2,
    ),
    "with a cap that may not be reached": (
        ["{measure: a, less_than: 8}", "{measure: b, at_most: 20}", "{total_of: [a, b], at_least: '27,95 điểm'}"],
        {"a": 30, "b": 30},
        2,
    ),
    "three pairs": (
        [f"{{total_of: [{pair}], at_least: 15 điểm}}" for pair in ("a, b", "b, c", "a, c")],
        {"a": 10, "b": 10, "c": 10},
        3,
    ),
}


@pytest.mark.parametrize(("requires", "most", "steps"), SUMS.values(), ids=SUMS)
def test_a_sum_is_made_up_of_values_between_the_ends_of_its_figures(
    tmp_path: Path, requires: list[str], most: dict[str, int], steps: int
) -> None:
    found, after = remedy_of(tmp_path, requires, most, **dict.fromkeys(most, 0))
    assert (len(found.steps), found.possible, found.least, after) == (steps, True, True, MET)


def test_points_of_many_indicators_are_not_added_up_in_every_combination(tmp_path: Path) -> None:
    """Forty indicators whose points are all different come to 2 to the 40th sums."""
    points = [f"{{indicator: '1.{number}', points: {2**number}}}" for number in range(1, 41)]
    total = f"{{total_of: [a, {', '.join(points)}], at_least: 5 điểm}}"
    found, after = remedy_of(tmp_path, ["{measure: a, at_least: 1}"] * 40 + [total], {"a": 10}, a=0)
    assert (found.possible, after) == (True, MET)


def test_nobody_worsens_a_figure_to_escape_a_requirement(tmp_path: Path) -> None:
    choice = (
        "{when: {measure: a, at_least: 5}, then: {all: [{measure: b, at_least: 9}, {measure: c, at_least: 9}]},"
        " otherwise: {measure: b, at_least: 4}}"
    )
    found, after = remedy_of(tmp_path, [choice], {"a": 10, "b": 10, "c": 10}, a=6, b=5, c=5)
    assert ([step.measure for step in found.steps], after) == (["b", "c"], MET)
    # Where it is no better the higher it is, it may go either way.
    found, after = remedy_of(tmp_path / "neither", [choice], {"a": 10, "b": 10, "c": 10}, "neither", a=6, b=5, c=5)
    assert ([step.measure for step in found.steps], after) == (["a"], MET)


@pytest.mark.parametrize(("better", "steps"), [("higher", ["b", "c"]), ("neither", ["a"])])
def test_nobody_worsens_a_figure_so_that_a_requirement_does_not_apply(
    tmp_path: Path, better: str, steps: list[str]
) -> None:
    both = "{all: [{measure: b, at_least: 9}, {measure: c, at_least: 9}]}, applies_if: {measure: a, at_least: 5}"
    found, after = remedy_of(
        tmp_path, [both, "{measure: b, at_least: 1}"], {"a": 10, "b": 10, "c": 10}, better, a=6, b=5, c=5
    )
    assert ([step.measure for step in found.steps], after) == (steps, MET)


def test_where_nothing_else_can_be_met_what_may_be_passed_over_is_not(tmp_path: Path) -> None:
    """A criterion that does not apply is none that is met: a pack of nothing else is not met by it."""
    both = "{all: [{measure: b, at_least: 9}, {measure: c, at_least: 9}]}, applies_if: {measure: a, at_least: 5}"
    found, after = remedy_of(tmp_path, [both], {"a": 10, "b": 10, "c": 10}, "neither", a=6, b=5, c=5)
    assert ([step.measure for step in found.steps], found.possible, after) == (["b", "c"], True, MET)


@pytest.mark.parametrize(
    ("better", "asks", "years", "reached"), [("higher", "at_least", "0,1", "0.9"), ("lower", "at_most", "1,5", "0.8")]
)
def test_what_makes_up_a_sum_is_written_as_fine_as_it_is_reported(
    tmp_path: Path, better: str, asks: str, years: str, reached: str
) -> None:
    """Ten months are no number of years that has an end."""
    units = {"months": ("tháng", 2), "years": ("năm", 5)}
    measures = "".join(
        f"  - {{id: {name}, name: {{vi: {name}, en: {name}}}, unit: {unit}, better: {better},"
        f" domain: {{from: 0, to: {most}}}}}\n"
        for name, (unit, most) in units.items()
    )
    text = head("a") + "measures:\n" + measures + indicators(f"{{total_of: [months, years], {asks}: 11 tháng}}")
    pack, catalogue = one(tmp_path, text)
    figures = {"months": "1 tháng", "years": f"{years} năm"}
    plain = {"unit": {"id": "x", "level": "commune"}, "as_of": DAY, "measures": figures}
    found = ntm.evaluate(pack, ntm.Snapshot.model_validate(plain), catalogue=catalogue).remedy()
    assert [(step.measure, str(step.to and step.to.value)) for step in found.steps] == [("years", reached)]


@pytest.mark.parametrize(("count", "needed", "met"), [(20, 10, 9), (40, 20, 19), (40, 20, 10)])
def test_of_many_parts_those_that_take_least_are_taken_and_it_is_proved(
    tmp_path: Path, count: int, needed: int, met: int
) -> None:
    most = {f"a{number}": 10 for number in range(count)}
    listed = ", ".join(f"{{measure: {name}, at_least: 5}}" for name in most)
    facts = {name: 6 if number < met else 1 for number, name in enumerate(most)}
    found, after = remedy_of(tmp_path, [f"{{at_least: {needed}, of: [{listed}]}}"], most, **facts)
    assert (len(found.steps), found.least, after) == (needed - met, True, MET)


def test_many_requirements_that_share_no_fact_are_all_solved_and_proved(tmp_path: Path) -> None:
    most = {f"a{number}": 10 for number in range(300)}
    found, after = remedy_of(
        tmp_path, [f"{{measure: {name}, at_least: 5}}" for name in most], most, **dict.fromkeys(most, 1)
    )
    assert (len(found.steps), found.least, after) == (300, True, MET)


@pytest.mark.parametrize("turned", [False, True])
def test_one_figure_serves_all_that_follow_from_it(turned: bool) -> None:
    """Income of 66 is at once 50 and more, a tenth more than the year before, and a tenth above the first group."""
    years = [{"value": "50", "on": "2024-12-31"}, {"value": "52", "on": "2025-12-31"}]
    measures = {"income_per_capita": years[::-1] if turned else years, "income_group1_level": "60"}
    unit = {"id": "x", "level": "commune", "province": "hatinh", "group": "nhom1"}
    facts = ntm.Snapshot.model_validate({"unit": unit, "as_of": "2026-07-01", "measures": measures})
    steps = ntm.evaluate("vn/commune-modern", facts).remedy().steps
    told = [(step.measure, step.to, step.by) for step in steps if step.measure.startswith("income")]
    # So far from what it was last.
    figures = (ntm.Amount.of(f"{value} triệu đồng/người/năm") for value in (66, 14))
    assert told == [("income_per_capita", *figures)]


def test_what_would_follow_outside_its_domain_is_no_way(tmp_path: Path) -> None:
    """Of 350 households no 500 are good at farming."""
    requires = [
        "{measure: good_farming_households, at_least: 500}",
        "{measure: good_farming_household_share, at_least: 80}",
    ]
    text = head("a", start="2026-02-15", end="2030-12-31") + indicators(*requires)
    (tmp_path / "a@1.yaml").write_text(text, encoding="utf-8")
    pack = ntm.load_pack(str(tmp_path / "a@1.yaml"))
    for good, of, steps in ((300, 350, 0), (400, 600, 1), (500, 700, 1)):
        facts = {"good_farming_households": good, "farming_households": of}
        plain = {"unit": {"id": "x", "level": "commune", "region": "btb"}, "as_of": "2026-07-01", "measures": facts}
        found = ntm.evaluate(pack, ntm.Snapshot.model_validate(plain)).remedy()
        assert (len(found.steps), found.possible) == (steps, bool(steps)), good


@pytest.mark.parametrize("pack", ["vn/district-revocation", "vn/commune-revocation", "vn/commune-advanced-revocation"])
def test_grounds_for_revocation_are_nothing_to_be_reached(pack: str) -> None:
    level = "district" if "district" in pack else "commune"
    plain = {"unit": {"id": "x", "level": level, "region": "btb"}, "as_of": DAY}
    found = ntm.evaluate(pack, ntm.Snapshot.model_validate(plain)).remedy()
    assert ([one.why for one in found.obstacles], found.steps, found.least) == (["not_a_goal"], (), True)


def test_nothing_is_awaited_where_some_of_the_rest_fails_however_it_is_told(tmp_path: Path) -> None:
    both = [line.replace("measure: a", f"measure: {name}") for name in "ab" for line in AT_ODDS]
    pack, catalogue, _ = judged(tmp_path, both, {"a": 10, "b": 10})
    plain = {"unit": {"id": "x", "level": "commune", "region": "btb"}, "as_of": DAY}
    answer = ntm.evaluate(pack, ntm.Snapshot.model_validate(plain), catalogue=catalogue)
    assert len(answer.unknowns()) >= 4
    assert answer.decisive_unknowns() == ()


FOLLOWING = """measures:
  - {id: good, name: {vi: Hộ giỏi, en: Good ones}, unit: hộ, better: BETTER, domain: {from: 0, to: 40, whole: true}}
  - {id: of_all, name: {vi: Hộ, en: All}, unit: hộ, better: neither, changeable: false, domain: {from: 0}}
  - {id: share, name: {vi: Phần, en: Share}, unit: '%', better: higher, domain: {from: 0, to: 100},
     derived: {share_of: good, over: of_all}}
  - {id: growth, name: {vi: Tăng, en: Growth}, unit: '%', better: higher, derived: {growth_of: good, over: of_all}}
  - {id: more, name: {vi: Thêm, en: More}, unit: hộ, better: higher, derived: {increase_of: good, over: of_all}}
"""
LIMITS = {"good": (5, 8, 12), "share": (30, 50, 75, 80), "growth": (-20, -10, 5), "more": (-6, -3, 1)}


@pytest.mark.parametrize("seed", range(40))
def test_of_figures_that_follow_from_one_the_remedy_is_what_trying_its_values_comes_to(
    tmp_path: Path, seed: int
) -> None:
    drawn = random.Random(seed)

    def condition(deep: bool = True) -> str:
        if deep and drawn.random() < 0.3:
            return f"{{{drawn.choice(['all', 'any'])}: [{condition(False)}, {condition(False)}]}}"
        measure = drawn.choice(list(LIMITS))
        op = drawn.choice(["at_least", "more_than", "at_most", "less_than"])
        return f"{{measure: {measure}, {op}: {drawn.choice(LIMITS[measure])}}}"

    better = drawn.choice(["higher", "lower", "neither"])
    requires = [condition() for _ in range(drawn.choice([1, 2, 3]))]
    pack, catalogue = one(tmp_path, head("a") + FOLLOWING.replace("BETTER", better) + indicators(*requires))
    good, of_all = drawn.randint(0, 16), drawn.choice([8, 10, 15, 16])

    def judge(figure: int) -> ntm.Assessment | None:
        figures = {"good": figure, "of_all": of_all}
        plain = {"unit": {"id": "x", "level": "commune"}, "as_of": DAY, "measures": figures}
        try:
            return ntm.evaluate(pack, ntm.Snapshot.model_validate(plain), catalogue=catalogue)
        except ntm.NtmError:
            return None

    before = judge(good)
    if before is None or before.verdict is not NOT_MET:
        return
    reached = [one for one in range(41) if (answer := judge(one)) is not None and answer.verdict is MET]
    found = before.remedy()
    assert found.possible is bool(reached), found.text("en")
    if reached:
        (step,) = found.steps
        assert step.measure == "good"
        assert step.to is not None
        beyond = {"more_than": 1, "less_than": -1}[str(step.op)] if step.strictly else 0
        assert int(step.to.value) + beyond in reached, found.text("en")
