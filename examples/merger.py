"""Hà Tĩnh after 1 July 2025: 209 communes, wards and towns became 69, and what that means for the titles they held.

Registers and mergers are the library's own; the decisions below are made up.
"""

from __future__ import annotations

from collections import Counter

import ntm_rules as ntm
from ntm_rules.evaluation.reassess import reassess
from ntm_rules.snapshot.recognition import Recognition
from ntm_rules.territory import Group
from ntm_rules.units import REFORM, became, made_of, register

HA_TINH = "42"
OLD_DAY = "2025-06-30"


def communal(on: str | object) -> list[str]:
    """Codes of the units below the province, or below its districts, on a day."""
    kinds = ("commune", "ward", "town", "special_zone")
    return [unit.code for unit in register(str(on), province=HA_TINH) if unit.kind in kinds]


def main() -> None:
    old, new = communal(OLD_DAY), communal(REFORM)
    print(f"{len(old)} -> {len(new)}")
    print(dict(Counter(len(made_of(code)) for code in new)), "(số đơn vị cũ trong một đơn vị mới: bao nhiêu đơn vị)")

    # Xã Kỳ Anh of today is made of Kỳ Phú and three others; say that two of them held a title.
    unit = became("18763")[0].new
    first, second, *_ = (fate.old.code for fate in made_of(unit.code))
    held = {
        first: [Recognition(pack="vn/commune@2021-2025", decision="1/QĐ-UBND (giả định)", on="2022-12-30")],
        second: [Recognition(pack="vn/commune@2016-2020", decision="2/QĐ-UBND (giả định)", on="2019-12-30")],
    }
    snapshot = ntm.Snapshot(
        unit=unit.unit().model_copy(update={"group": Group.NHOM2}),
        as_of="2026-07-15",
        measures={"multidimensional_poverty_rate": "4,2 %"},
    )
    again = reassess(snapshot, "vn/commune", of_parts=held)
    assert not again.in_force
    print(again.text("vi"))


if __name__ == "__main__":
    main()
