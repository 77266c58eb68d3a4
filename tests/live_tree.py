"""A small province for live sessions: packs of three levels with every kind of requirement, and some units."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import NamedTuple

import pytest
from shelf import head, shelf

from ntm_rules import Snapshot, Unit, evaluate_tree
from ntm_rules.assessment.tree import TreeAssessment
from ntm_rules.pack.catalogue import Catalogue

needs_engine = pytest.mark.skipif(
    importlib.util.find_spec("durable") is None,
    reason="durable-rules is not installed: pip install 'ntm-rules[live]' (source distribution, needs a C compiler)",
)

DAY = "2022-08-17"
BASIC = (
    head("basic")
    + """
attributes:
  island: {name: {vi: Xã đảo, en: Island}}
criteria:
  - code: "1"
    title: {vi: Một, en: One}
    indicators:
      - {code: "1.1", text: a, requires: {measure: water, at_least: {by_year: {"2022": 55.5, "2023": 60}}}}
      - {code: "1.2", text: b, requires: {measure: poverty, less_than: 5}}
      - {code: "1.3", text: c, requires: {measure: income, more_than: 48}, applies_if: {finding: applicable}}
      - {code: "1.4", text: d, requires: {measure: income, at_least: delegated}}
  - code: "2"
    title: {vi: Hai, en: Two}
    indicators:
      - {code: "2", text: e, requires: {finding: met}}
  - code: "3"
    title: {vi: Ba, en: Three}
    indicators:
      - code: "3.1"
        text: f
        requires:
          when: {measure: schools, at_most: 3}
          then: {measure: schools, equal_to: 2}
          otherwise: {any: [{finding: met}, {measure: water, at_least: 70}]}
      - code: "3.2"
        text: g
        requires: {at_least: 2, of: [{measure: water, more_than: 40}, {measure: poverty, at_most: 10}, {finding: met}]}
      - code: "3.3"
        text: h
        requires: {finding: met}
        applies_if: {any: [{attribute: island}, {finding: applicable}]}
      - {code: "3.4", text: i, requires: {measure: income, at_least: 1}, applies_if: {finding: met}}
  - {code: "4", title: {vi: Bốn, en: Four}, incomplete: true}
"""
)
ADVANCED = (
    head("advanced")
    + """
prerequisites:
  - {code: P1, text: p, requires: {meets: t/basic}}
criteria:
  - code: "1"
    title: {vi: Một, en: One}
    indicators:
      - {code: "1.1", text: a, requires: {measure: water, at_least: {times: 1.1, threshold_of: "t/basic#1.1"}}}
      - {code: "1.2", text: b, requires: {all: [{measure: income, at_least: 52.3}, {finding: met}]}}
"""
)
DISTRICT = (
    head("district", level="district")
    + """
prerequisites:
  - {code: P1, text: p, requires: {share_of: {level: commune, meeting: t/basic}, at_least: 60 %}}
  - {code: P2, text: q, requires: {every: {level: town, meeting: t/town}}}
criteria:
  - code: "1"
    title: {vi: Một, en: One}
    indicators:
      - {code: "1.1", text: a, requires: {count_of: {level: commune, meeting: t/advanced}, at_least: 1}}
      - {code: "1.2", text: b, requires: {finding: met}}
  - code: "2"
    title: {vi: Hai, en: Two}
    indicators:
      - {code: "2.1", text: c, requires: {measure: income, at_least: 40}}
  - code: "3"
    title: {vi: Ba, en: Three}
    indicators:
      - {code: "3.1", text: d, requires: {finding: met}, applies_if: {finding: applicable}}
"""
)
REVOCATION = (
    head("revocation", level="district")
    + """
criteria:
  - code: "1"
    title: {vi: Thu hồi, en: Revocation}
    indicators:
      - code: "1.1"
        text: a
        requires:
          any:
            - {unmet_share_of: t/district, at_least: 30 %, including_any: ["2", "3"]}
            - {unmet_share_of: t/district, at_least: 60 %}
"""
)
TOWN = (
    head("town", level="town")
    + """
criteria:
  - code: "1"
    title: {vi: Một, en: One}
    indicators:
      - {code: "1.1", text: a, requires: {measure: water, at_least: 80}}
"""
)
PROVINCE = (
    head("province", level="province")
    + """
criteria:
  - code: "1"
    title: {vi: Một, en: One}
    indicators:
      - {code: "1.1", text: a, requires: {share_of: {level: district, meeting: t/district}, more_than: 50 %}}
      - {code: "1.2", text: b, requires: {share_of: {level: commune, meeting: t/advanced}, at_most: 90 %}}
      - {code: "1.3", text: c, requires: {count_of: {level: commune, meeting: t/basic}, equal_to: 3}}
"""
)
PACKS = ("t/basic", "t/advanced", "t/district", "t/revocation", "t/town", "t/province")


class Province(NamedTuple):
    """What a session and a tree are given."""

    units: list[Unit]
    packs: tuple[str, ...]
    catalogue: Catalogue

    def judged(self, snapshots: list[Snapshot], day: object) -> TreeAssessment:
        """What the evaluator says of the same facts."""
        return evaluate_tree(self.units, snapshots, self.packs, as_of=str(day), catalogue=self.catalogue)


def province(folder: Path) -> Province:
    """Two districts, one of them counted only as far as it is listed, five communes and a town."""
    catalogue = shelf(
        folder, basic=BASIC, advanced=ADVANCED, district=DISTRICT, revocation=REVOCATION, town=TOWN, province=PROVINCE
    )
    units = [
        Unit(id="p", name="Tỉnh P", level="province", region="btb"),
        Unit(id="h", name="Huyện H", level="district", parent="p", region="btb"),
        Unit(id="k", name="Huyện K", level="district", parent="p", region="btb"),
        *(Unit(id=f"x{n}", name=f"Xã {n}", level="commune", parent="h", region="btb") for n in range(3)),
        Unit(id="y", name="Xã Y", level="commune", parent="k", region="btb", attributes={"island": True}),
        Unit(id="z", name="Xã Z", level="commune", parent="k", exempt="di dời"),
        Unit(id="t", name="Thị trấn T", level="town", parent="h", region="btb"),
    ]
    return Province(units, PACKS, catalogue)
