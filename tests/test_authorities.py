"""Who receives, recognises, announces and withdraws is dated, and the answer names those of its day."""

from __future__ import annotations

import pytest

import ntm_rules as ntm
from ntm_rules.day import read_day

UNIT = ntm.Unit(id="x", level="commune", province="hatinh", region="btb")
ACTS = ("receives", "recognises", "announces", "prepares_withdrawal", "withdraws")


def who(pack: str, day: str) -> dict[str, str]:
    result = ntm.evaluate(pack, ntm.Snapshot(unit=UNIT, as_of=day))
    assert ntm.Assessment.from_json(result.to_json()) == result
    return {one.act: one.who.vi for one in result.authorities}


@pytest.mark.parametrize("pack", ["vn/commune", "vn/commune-advanced", "vn/commune-model", "hatinh/commune"])
def test_what_was_the_districts_is_the_provinces_and_the_communes_since_july_2025(pack):
    """Nghị định 131/2025, Điều 42 to 44; the chairman of the province recognises before and after."""
    before, after = who(pack, "2025-06-30"), who(pack, "2025-07-01")
    chairman = "Chủ tịch UBND cấp tỉnh"
    assert [before[act] for act in ACTS] == ["UBND cấp huyện", chairman, "cấp huyện", "UBND cấp huyện", chairman]
    assert [after[act] for act in ACTS] == ["UBND cấp tỉnh", chairman, chairman, "UBND cấp xã", chairman]


def test_no_day_after_june_2025_has_a_district_in_charge():
    for info in ntm.packs():
        pack = ntm.load_pack(info.reference)
        for day in map(read_day, ("2025-07-01", "2025-12-31", "2026-07-01")):
            if day not in pack.valid:
                continue
            acting = [one.who.vi for one in pack.authorities if day in one.valid]
            acting += [item.on(day).agency for item in pack.coded()]
            assert not [one for one in acting if "huyện" in one], (info.reference, day)


def test_an_explanation_says_who_with_the_article():
    text = ntm.evaluate("vn/commune", ntm.Snapshot(unit=UNIT, as_of="2025-08-15")).explain("vi")
    assert "Tiếp nhận hồ sơ đề nghị xét, công nhận: UBND cấp tỉnh" in text
    assert "131/2025/NĐ-CP, Điều 42 khoản 1" in text


@pytest.mark.parametrize("day", ["2022-03-08", "2022-08-01"])
def test_before_the_decision_nobody_is_named(day):
    assert who("vn/commune", day) == {}
