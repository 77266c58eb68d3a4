"""The whole country of today: 34 provinces over 3,321 communes, wards and special zones, under the sets of 2026-2030.

The register is the library's own. Groups and figures are made up (a formula of the unit's code, the same in every run):
what this shows is the way from a table of the country to verdicts, a tree, one province's report and the targets.
"""

from __future__ import annotations

import tempfile
import time
from collections import Counter
from pathlib import Path

import polars as pl

import ntm_rules as ntm
from ntm_rules.evaluation.plan import check_plan
from ntm_rules.report import write_report
from ntm_rules.snapshot.recognition import Recognition
from ntm_rules.units import REFORM, register

AS_OF = "2026-12-31"
PACKS = ("vn/commune", "vn/commune-group1", "vn/commune-modern", "vn/ward-rural", "vn/province")
# Nghị quyết 244/2025/QH15 for 2026; for 2030 the programme's own targets, as the press reports them.
TARGETS = {
    "title": {"vi": "Chỉ tiêu cả nước (ví dụ)", "en": "Targets of the country (an example)"},
    "source": "Nghị quyết 244/2025/QH15; mục tiêu Chương trình đến năm 2030",
    "targets": [
        {
            "text": {"vi": "Xã đạt chuẩn nông thôn mới, năm 2026", "en": "New rural communes, 2026"},
            "level": "commune", "meeting": "vn/commune", "at_least": "15 %", "by": "2026-12-31",
        },
        {
            "text": {"vi": "Xã đạt chuẩn nông thôn mới, năm 2030", "en": "New rural communes, 2030"},
            "level": "commune", "meeting": "vn/commune", "at_least": "65 %", "by": "2030-12-31",
        },
        {
            "text": {"vi": "Xã nông thôn mới hiện đại, năm 2030", "en": "Modern communes, 2030"},
            "level": "commune", "meeting": "vn/commune-modern", "at_least": "10 %", "by": "2030-12-31",
        },
    ],
}  # fmt: skip
HA_TINH = "42"


def country() -> list[ntm.Unit]:
    """Every unit since 1 July 2025. Wards take no part: which of them do is for their province to find."""
    units = [listed.unit() for listed in register(REFORM)]
    no_part = "tỉnh không xác định cần xây dựng nông thôn mới ở phường (giả định)"
    return [unit.model_copy(update={"exempt": no_part}) if unit.level == "ward" else unit for unit in units]


def communes(units: list[ntm.Unit]) -> pl.DataFrame:
    """A row for each commune, with a made-up group and made-up figures."""
    listed = [unit for unit in units if unit.level == "commune"]
    codes = [int(unit.id) for unit in listed]
    share = pl.Series(codes, dtype=pl.Float64)
    return pl.DataFrame(
        {
            "id": [unit.id for unit in listed],
            "name": [unit.name for unit in listed],
            "parent": [unit.parent for unit in listed],
            "group": [("nhom1", "nhom2", "nhom3")[code % 3] for code in codes],
            "multidimensional_poverty_rate": 1.05 + share % 97 / 8,
            "safe_electricity_household_share": 100 - share % 11 / 5,
            "income_per_capita_growth": 6 + share % 89 / 10,
        }
    )


def snapshots(units: list[ntm.Unit], frame: pl.DataFrame) -> list[ntm.Snapshot]:
    """The same facts as snapshots, for the tree; of half the communes that fail nothing there is a decision."""
    rows = ntm.evaluate_frame("vn/commune", frame, as_of=AS_OF, output="summary")
    by_id = {unit.id: unit for unit in units}
    found: list[ntm.Snapshot] = []
    for unit_id, verdict in zip(frame["id"], rows.frame["verdict"], strict=True):
        snapshot = rows.snapshot(unit_id)
        unit = by_id[unit_id].model_copy(update={"group": snapshot.unit.group})
        recognised = verdict != "NOT_MET" and int(unit_id) % 2 == 0
        held = [{"pack": "vn/commune", "decision": "(giả định)", "on": AS_OF}] if recognised else []
        known = {"unit": unit, "recognitions": tuple(map(Recognition.model_validate, held))}
        found.append(snapshot.model_copy(update=known))
    return found


def main() -> None:
    units = country()
    for level, count in Counter(unit.level for unit in units).items():
        print(f"{count:6} {level.text('vi')}")
    frame = communes(units)
    started = time.perf_counter()
    judged = ntm.evaluate_frame("vn/commune", frame, as_of=AS_OF, output="summary").frame
    print(f"Bảng {len(judged)} xã: {time.perf_counter() - started:.1f} giây")
    started = time.perf_counter()
    facts = {snapshot.unit.id: snapshot for snapshot in snapshots(units, frame)}
    register_of_facts = [facts[unit.id].unit if unit.id in facts else unit for unit in units]
    tree = ntm.evaluate_tree(register_of_facts, facts.values(), PACKS, as_of=AS_OF)
    print(f"Cây {len(tree.units)} đơn vị: {time.perf_counter() - started:.1f} giây")

    # Counts add up: the provinces' to the country's, and to what the frame says of today's facts.
    tally = tree.tally("vn/commune")
    provinces = [unit.id for unit in units if unit.level == "province"]
    by_province = [tree.tally("vn/commune", under=province) for province in provinces]
    assert sum(len(one.met) for one in by_province) == len(tally.met)
    assert sum(one.total for one in by_province) == tally.total == len(frame)
    on_facts = Counter(tree.unit(unit_id).judged("vn/commune").value for unit_id in frame["id"])
    assert on_facts == Counter(judged["verdict"].to_list())
    print(f"Xã: đạt {len(tally.met)}, chưa đạt {len(tally.not_met)}, chưa rõ {len(tally.unknown)} / {tally.total}")

    for result in check_plan(TARGETS, tree):
        print("-", result.say("vi"))
    with tempfile.TemporaryDirectory() as folder:
        inside = [HA_TINH, *(below.unit.id for below in tree.below(HA_TINH))]
        one = ntm.evaluate_tree(
            [unit for unit in register_of_facts if unit.id in inside],
            [facts[unit_id] for unit_id in inside if unit_id in facts],
            PACKS,
            as_of=AS_OF,
        )
        path = Path(folder, "ha-tinh.html")
        write_report(one, path, title="Hà Tĩnh 2026 (số liệu giả định)")
        print(f"Báo cáo Hà Tĩnh: {path.stat().st_size // 1024} kB, {len(one.units)} đơn vị")


if __name__ == "__main__":
    main()
