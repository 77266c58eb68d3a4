"""A day in one district: figures and conclusions come in, and the last missing commune becomes advanced.

The district and every figure are made up; the packs are those of Hà Tĩnh. Needs ``pip install 'ntm-rules[live]'``.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

import ntm_rules as ntm
from ntm_rules.assessment.model import Assessment, ChildrenCheck, MeetsCheck
from ntm_rules.live import Change, LiveSession
from ntm_rules.messages import Lang
from ntm_rules.pack.condition import MeasureCondition, walk

DAY = "2023-08-17"
PACKS = ["hatinh/commune", "hatinh/commune-advanced", "hatinh/district", "hatinh/district-advanced", "vn/urban-ward"]
LAST = "mai"
COMMUNES = {"lan": "Xã Lan", "cuc": "Xã Cúc", "truc": "Xã Trúc", "sen": "Xã Sen", "mai": "Xã Mai", "dao": "Xã Đào"}
# Three of six are needed: these hold the title already.
ADVANCED = ("lan", "cuc")
UNITS = [
    ntm.Unit(id="hoa", name="Huyện Hoa", level="district", province="hatinh", region="btb"),
    *(ntm.Unit(id=i, name=name, level="commune", parent="hoa", region="btb") for i, name in COMMUNES.items()),
    ntm.Unit(id="thi-tran", name="Thị trấn Hoa", level="town", parent="hoa", region="btb"),
]
# What Xã Mai still owes in the morning: the call that answers it, in the order of the day.
UPDATES: list[tuple[str, str, dict[str, Any]]] = [
    ("07:30", "observe", {"measure": "clean_water_centralised_share", "value": "48,5 %", "by": "UBND xã"}),
    ("08:10", "observe", {"measure": "health_insurance_share", "value": "96,2 %", "by": "BHXH huyện"}),
    ("09:00", "conclude", {"code": "19.1", "finding": "đạt", "by": "Công an huyện"}),
    ("09:40", "observe", {"measure": "domestic_water_per_capita", "value": "72 lít/người/ngày đêm", "by": "UBND xã"}),
    ("10:30", "observe", {"measure": "multidimensional_poverty_rate", "value": "4,3 %", "by": "UBND xã"}),
    ("14:00", "observe", {"measure": "multidimensional_poverty_rate", "value": "3,9 %", "by": "UBND xã"}),
    ("15:20", "observe", {"measure": "model_residential_area_share", "value": "66,7 %", "by": "UBND xã"}),
    ("16:45", "observe", {"measure": "clean_water_centralised_share", "value": "55,0 %", "by": "UBND xã"}),
]


def concluded(unit: ntm.Unit, pack: str, open_items: frozenset[str] = frozenset()) -> dict[str, str]:
    """A conclusion "met" on everything of a pack but some codes, and what follows from other packs or units."""
    nothing = ntm.evaluate(pack, ntm.Snapshot(unit=unit, as_of=DAY))
    items = [
        item
        for item in (*nothing.prerequisites, *nothing.indicators())
        if not isinstance(item.check, (ChildrenCheck, MeetsCheck))
    ]
    codes = [item.code for item in items] + [criterion.code for criterion in nothing.criteria]
    return {code: "met" for code in codes if code not in open_items}


def morning() -> Iterator[ntm.Snapshot]:
    """What is known before the first update."""
    measures = {call.get("measure", "") for _, _, call in UPDATES}
    district = UNITS[0]
    findings = {pack: concluded(district, pack) for pack in PACKS[2:4]}
    yield ntm.Snapshot(unit=district, as_of=DAY, findings=findings)
    for unit in UNITS[1:]:
        packs = [PACKS[4]] if unit.level == "town" else PACKS[:2] if unit.id in ADVANCED else PACKS[:1]
        held = [{"pack": pack, "decision": "12/QĐ-UBND", "on": "2022-12-30"} for pack in packs]
        told = {}
        if unit.id == LAST:
            pack = ntm.load_pack(PACKS[1])
            asked = {code for code in concluded(unit, PACKS[1]) if measures & _measures(pack, code)}
            owed = {call["code"] for _, _, call in UPDATES if "code" in call}
            criteria = {code.partition(".")[0] for code in asked | owed}
            told = {PACKS[1]: concluded(unit, PACKS[1], frozenset(asked | owed | criteria))}
        yield ntm.Snapshot(unit=unit, as_of=DAY, findings=told, recognitions=held)


def _measures(pack: ntm.Pack, code: str) -> set[str]:
    indicators = [one for one in (*pack.prerequisites, *pack.indicators()) if one.code == code]
    return {c.measure for one in indicators for _, c in walk(one.requires) if isinstance(c, MeasureCondition)}


def progress(assessment: Assessment) -> str:
    """How many criteria are met, as a bar."""
    met, total = assessment.criteria_met, assessment.criteria_total
    return f"[{'█' * met}{'·' * (total - met)}] {met}/{total}"


def main(lang: Lang = "vi") -> None:
    """Play the day."""
    with LiveSession(UNITS, list(morning()), PACKS, as_of=DAY) as session:

        def show(change: Change) -> None:
            # Above the commune every change counts; below, the indicator says it.
            print(f"       {'▲' if change.unit.id != LAST else '·'} {change.text(lang)}")

        session.on_change(show)
        print(f"{DAY}   {COMMUNES[LAST]} {progress(session.assessment(LAST, PACKS[1]))}")
        for time, call, details in UPDATES:
            if call == "observe":
                print(f"\n{time}  {COMMUNES[LAST]}: {details['measure']} = {details['value']} ({details['by']})")
                session.observe(LAST, details["measure"], details["value"], by=details["by"])
            else:
                print(f"\n{time}  {COMMUNES[LAST]}: {details['code']} {details['finding']} ({details['by']})")
                session.conclude(LAST, PACKS[1], details["code"], details["finding"], by=details["by"])
            print(f"       {progress(session.assessment(LAST, PACKS[1]))}")
        print()
        for pack in PACKS[2:4]:
            print(session.assessment("hoa", pack).explain(lang).splitlines()[0])


if __name__ == "__main__":
    main("en" if "en" in sys.argv[1:] else "vi")
