"""Where telling more can only make things better is seen from the answer alone; everywhere else it is refused."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from shelf import MEASURES, head, indicators, shelf

import ntm_rules as ntm
from ntm_rules.assessment.check import MeasureCheck, TotalCheck
from ntm_rules.evaluation.rising import MayFallError, rising

WATER, INCOME, POVERTY = (
    "{measure: water, at_least: 95}",
    "{measure: income, at_least: 50}",
    "{measure: poverty, at_most: 5}",
)
CONCLUDED = "{finding: met}"
COAST = "\nattributes: {coast: {name: {vi: Ven biển, en: Coast}}}\n"
POINTS = MEASURES + (
    "  - {id: part_a, name: {vi: A, en: A}, unit: điểm, better: higher, domain: {from: 0, to: 40}}\n"
    "  - {id: part_b, name: {vi: B, en: B}, unit: điểm, better: higher, domain: {from: 0, to: 60}}\n"
)


def joined(how: str, *parts: str) -> str:
    return f"{{{how}: [{', '.join(parts)}]}}"


def chosen(when: str, then: str, otherwise: str) -> str:
    return f"{{when: {when}, then: {then}, otherwise: {otherwise}}}"


Open = Callable[..., list[str]]


@pytest.fixture
def still_open(tmp_path: Path) -> Open:
    """What is open of indicators that require this, where these facts are known."""
    folders = count()

    def found(
        *requires: str, attributes: dict[str, Any] | None = None, findings: Any = None, **measures: Any
    ) -> list[str]:
        other = head("o") + indicators(POVERTY, CONCLUDED)
        catalogue = shelf(tmp_path / str(next(folders)), POINTS, a=head("a") + COAST + indicators(*requires), o=other)
        unit = {"id": "x", "level": "commune", "attributes": attributes or {}}
        told = {"t/a": findings or {}}
        facts = {"unit": unit, "as_of": "2023-08-17", "measures": measures, "findings": told}
        result = ntm.evaluate("t/a", ntm.Snapshot.model_validate(facts), catalogue=catalogue)
        opened = list(rising(result))
        assert all(one.verdict is ntm.Verdict.UNKNOWN for one in opened)
        return [one.measure if isinstance(one, MeasureCheck) else "sum" for one in opened]

    return found


def test_a_comparison_is_open_until_its_figure_is_told(still_open: Open) -> None:
    assert still_open(WATER, INCOME, water=90) == ["income"]


def test_conclusions_attributes_and_children_are_no_figures(still_open: Open) -> None:
    every = "{every: {level: village, meeting: t/o}}"
    assert still_open(CONCLUDED, "{attribute: coast}", WATER, every) == ["water"]


@pytest.mark.parametrize("how", ["all", "any", "at_least: 2, of"])
def test_open_parts_of_a_group_are_opened(still_open: Open, how: str) -> None:
    assert sorted(still_open(joined(how, WATER, INCOME))) == ["income", "water"]


def test_of_a_group_that_is_decided_nothing_is_open_any_more(still_open: Open) -> None:
    assert still_open(joined("any", WATER, INCOME), water=99) == []
    assert still_open(joined("all", WATER, INCOME), water=90) == []


def test_the_branch_chosen_is_opened_where_no_figure_chooses_it(still_open: Open) -> None:
    choice = chosen("{attribute: coast}", WATER, INCOME)
    assert still_open(choice, attributes={"coast": True}) == ["water"]
    assert still_open(choice, attributes={"coast": False}) == ["income"]


def test_a_figure_that_chooses_may_make_the_result_worse(still_open: Open) -> None:
    choice = chosen(WATER, INCOME, POVERTY)
    within = chosen(joined("all", "{attribute: coast}", WATER), INCOME, POVERTY)
    for one in (choice, within):
        with pytest.raises(MayFallError):
            still_open(one)


def test_a_choice_that_is_decided_turns_on_nothing(still_open: Open) -> None:
    choice = chosen(WATER, INCOME, POVERTY)
    assert still_open(choice, water=96, income=60) == []


def test_another_set_is_opened_whatever_it_came_to(still_open: Open) -> None:
    assert still_open("{meets: t/o}") == ["poverty"]
    assert still_open(joined("any", "{meets: t/o}", WATER), water=99) == ["poverty"]


def test_a_share_of_what_is_not_met_may_fall(still_open: Open) -> None:
    with pytest.raises(MayFallError):
        still_open("{unmet_share_of: t/o, more_than: 30}")


def test_an_open_sum_is_told_and_a_decided_one_is_not(still_open: Open) -> None:
    total = "{total_of: [part_a, part_b], at_least: 50 điểm}"
    assert still_open(total) == ["sum"]
    assert still_open(total, part_a=40, part_b=10) == []
    assert still_open(total, part_a=0, part_b=9) == []


def test_what_decides_whether_an_open_content_applies_is_no_figure(still_open: Open) -> None:
    concluded, measured = f"{INCOME}, applies_if: {{finding: applicable}}", f"{INCOME}, applies_if: {WATER}"
    assert still_open(concluded) == ["income"]
    with pytest.raises(MayFallError):
        still_open(measured)
    # Decided, and applying for certain: nothing about it can change.
    assert still_open(measured, water=96, income=60) == []


def test_what_is_told_of_sums_is_the_sum_itself(tmp_path: Path) -> None:
    total = indicators("{total_of: [part_a, part_b], at_least: 50 điểm}")
    catalogue = shelf(tmp_path, POINTS, a=head("a") + total)
    facts = ntm.Snapshot.model_validate({"unit": {"id": "x", "level": "commune"}, "as_of": "2023-08-17"})
    result = ntm.evaluate("t/a", facts, catalogue=catalogue)
    (opened,) = rising(result)
    assert isinstance(opened, TotalCheck)
    assert opened is result["1.1"].check  # type: ignore[union-attr]
