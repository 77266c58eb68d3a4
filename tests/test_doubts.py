"""What is judged by as it was written, and may be meant otherwise: of every figure, whatever stands before it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from shelf import head, indicators, shelf

import ntm_rules as ntm
from ntm_rules.pack.catalogue import Catalogue

MEASURES = """
measures:
  - {id: schools, name: {vi: Số trường, en: Schools}, unit: trường, better: neither, domain: {from: 0, whole: true}}
  - {id: income, name: {vi: Thu nhập, en: Income}, unit: triệu đồng/người/năm, better: higher, domain: {from: 0},
     plausible: {from: 5, to: 500}}
  - {id: water, name: {vi: Nước sạch, en: Water}, unit: "%", better: higher, domain: {from: 0, to: 100}}
"""
DAY = date(2024, 2, 29)


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    asks = indicators(*(f"{{measure: {name}, at_least: 1}}" for name in ("schools", "income", "water")))
    return shelf(tmp_path_factory.mktemp("shelf"), MEASURES, a=head("a", end="2025-12-31") + asks)


def doubted(catalogue: Catalogue, **measures: Any) -> list[tuple[str, str, str, list[str], date | None]]:
    """The doubts about figures, each with what else it may mean."""
    unit = {"id": "x", "level": "commune"}
    facts = ntm.Snapshot.model_validate({"unit": unit, "as_of": DAY, "measures": measures})
    result = ntm.evaluate("t/a", facts, catalogue=catalogue)
    return [
        (str(one.code), one.measure, one.read.text(), [meant.text() for meant in one.meant], one.on)
        for one in result.doubts
    ]


def test_a_figure_of_more_than_two_years_before_is_old(catalogue: Catalogue) -> None:
    on = {day: {"value": 2, "on": day} for day in ("2022-02-27", "2022-02-28", "2024-02-29")}
    assert doubted(catalogue, schools=[*on.values()]) == [("warning.old", "schools", "2", [], date(2022, 2, 27))]
    assert doubted(catalogue, schools=on["2022-02-28"]) == []


def test_a_figure_without_a_unit_that_may_be_a_fraction_is_doubted(catalogue: Catalogue) -> None:
    (doubt,) = doubted(catalogue, water="0,96")
    assert doubt[:2] == ("warning.fraction", "water")
    assert doubt[3] == ["96 %"]
    assert doubted(catalogue, water="0,96 %") == []
    assert doubted(catalogue, schools=1) == []


def test_a_figure_that_is_not_likely_is_doubted_with_the_units_in_which_it_would_be(catalogue: Catalogue) -> None:
    (doubt,) = doubted(catalogue, income="600 triệu đồng/người/năm")
    assert doubt[:3] == ("warning.implausible", "income", "600 triệu đồng/người/năm")
    assert doubted(catalogue, income="500 triệu đồng/người/năm") == []
    assert doubted(catalogue, income="5 triệu đồng/người/năm") == []


def test_what_stands_before_a_figure_does_not_hide_its_doubt(catalogue: Catalogue) -> None:
    found = doubted(catalogue, schools=2, income="600 triệu đồng/người/năm", water=["96 %", "0,96", "0,5"])
    assert [doubt[:2] for doubt in found] == [
        ("warning.implausible", "income"),
        ("warning.fraction", "water"),
        ("warning.fraction", "water"),
    ]
