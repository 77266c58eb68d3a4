"""Which figures of a pack apply somewhere on a day: rows by region, group, level and year, and dated versions."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from shelf import head, indicators, overlay, shelf

from ntm_rules.pack.applying import Where, applying
from ntm_rules.pack.catalogue import Catalogue
from ntm_rules.territory import Group, Level, Region

RULES = """
attributes: {island: {name: {vi: Xã đảo, en: Island}}}
region_rules:
  - when: {attribute: island, is: true}
    region: tn
    valid: {from: 2022-06-01}
    text: {vi: Đảo, en: Islands}
    source: {basis: qd, verification: recalled}
"""
TEXT = (
    head("p")
    + RULES
    + indicators(
        "{measure: water, at_least: {by_region: {btb: 1, tn: 2, dnb: 3}, otherwise: 4}}",
        "{measure: water, at_least: {by_group: {nhom1: {by_year: {2022: 1, 2023: 2}}, nhom2: 3}, otherwise: 4}}",
        "{measure: water, at_least: {by_level: {commune: 1, ward: 2}}}",
        "{measure: water, at_least: {by_attribute: island, cases: {true: 1}, otherwise: 2}}",
        "{finding: met}, versions: [{valid: {to: 2022-06-30}, requires: {measure: water, at_least: 5}}]",
    )
)
DAY = date(2023, 5, 1)
ALL = {
    "1.1": ["btb", "tn", "dnb", "otherwise"],
    "1.2": ["nhom1/2022", "nhom1/2023", "nhom2", "otherwise"],
    "1.3": ["commune", "ward"],
    "1.4": ["true", "otherwise"],
    "1.5": ["", "version"],
}
CASES: dict[str, tuple[dict[str, Any], dict[str, list[str]]]] = {
    "nothing known": ({}, {}),
    "a region": ({"regions": [Region("btb")]}, {"1.1": ["btb", "tn"]}),
    "a region before units are sent to another": (
        {"regions": [Region("btb")], "day": date(2022, 5, 31)},
        {"1.1": ["btb"], "1.2": ["nhom1/2022", "nhom2", "otherwise"], "1.5": ["version"]},
    ),
    "two regions, one without a row": (
        {"regions": [Region("dnb"), Region("dbsh")]},
        {"1.1": ["tn", "dnb", "otherwise"]},
    ),
    "a group": ({"groups": [Group("nhom1")]}, {"1.2": ["nhom1/2022", "nhom1/2023"]}),
    "a group without a row": ({"groups": [Group("nhom3")]}, {"1.2": ["otherwise"]}),
    "a level": ({"levels": [Level.WARD]}, {"1.3": ["ward"]}),
    "both levels": ({"levels": [Level.WARD, Level.COMMUNE]}, {}),
    "a day": ({"day": DAY}, {"1.2": ["nhom1/2023", "nhom2", "otherwise"], "1.5": [""]}),
    "the last day of a version": (
        {"day": date(2022, 6, 30)},
        {"1.2": ["nhom1/2022", "nhom2", "otherwise"], "1.5": ["version"]},
    ),
    "a year without a row": ({"day": date(2024, 1, 1)}, {"1.2": ["nhom2", "otherwise"], "1.5": [""]}),
}


def rows(catalogue: Catalogue, name: str, where: Where) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for address, row in applying(catalogue.load(name), where):
        label = "/".join(label for _, label in address.rows) or ("version" if row.version else "")
        found.setdefault(address.code, []).append(label)
    return found


@pytest.mark.parametrize(("where", "left"), CASES.values(), ids=CASES)
def test_what_may_apply_is_left_in_the_packs_order(
    tmp_path: Path, where: dict[str, Any], left: dict[str, list[str]]
) -> None:
    """What is not known leaves everything in; a row for certain units (an island) always stays."""
    assert rows(shelf(tmp_path, p=TEXT), "t/p", Where(**where)) == ALL | left


def test_a_set_for_one_group_has_that_groups_rows(tmp_path: Path) -> None:
    alone = overlay("g", "p").replace("extends", "as_group: nhom2\nextends")
    catalogue = shelf(tmp_path, p=TEXT, g=alone)
    assert rows(catalogue, "t/g", Where(groups=[Group("nhom1")])) == ALL | {"1.2": ["nhom2"]}
