"""Sentences of answers and briefings that were found false or hard to follow, each with what it must say."""

from __future__ import annotations

from typing import Any

import pytest

import ntm_rules as ntm
from ntm_rules.assessment.briefing import briefing

DAY = "2023-08-17"
ADVANCED, PACK = "vn/commune-advanced@2021-2025", "vn/commune@2021-2025"


def test_who_sets_a_value_of_another_set_is_named() -> None:
    """Beneath a condition on another set, "this very set" would be the wrong one."""
    unit = {"id": "x", "level": "commune", "province": "hatinh"}
    measures = {"clean_water_centralised_share": "0 %"}
    snapshot = ntm.Snapshot(unit=unit, as_of=DAY, measures=measures)
    own = ntm.evaluate("hatinh/commune", snapshot).explain("vi")
    above = ntm.evaluate("hatinh/commune-advanced", snapshot).explain("vi")
    assert "do chính bộ tiêu chí này quy định" in own
    assert "do Quyết định 36/2022/QĐ-UBND quy định" in above
    assert "set by Decision 36/2022/QĐ-UBND" in ntm.evaluate("hatinh/commune-advanced", snapshot).explain("en")
    assert "do hatinh/" not in above


@pytest.mark.parametrize(
    ("lang", "decisive", "rest"),
    [("vi", "CẦN TRẢ LỜI", "KHÔNG LÀM THAY ĐỔI"), ("en", "TO BE ANSWERED", "WITHOUT EFFECT")],
)
def test_what_changes_nothing_has_a_heading_of_its_own(lang: Any, decisive: str, rest: str) -> None:
    concluded = ntm.Snapshot(
        unit={"id": "x", "level": "commune", "region": "btb"}, as_of=DAY, findings={PACK: {"2": "met"}}
    )
    text = ntm.evaluate(PACK, concluded).explain(lang)
    heads = [line for line in text.splitlines() if line and line == line.upper()]
    assert any(rest in line for line in heads)
    nothing = text.partition(next(line for line in heads if rest in line))[2].strip().splitlines()[0]
    assert "2.1" in nothing
    assert "? 2.1" not in text
    assert any(decisive in line for line in heads)


def test_values_nobody_confirmed_are_called_so() -> None:
    snapshot = ntm.Snapshot(unit={"id": "x", "level": "commune", "region": "btb"}, as_of=DAY)
    reasons = {reason for item in ntm.evaluate(PACK, snapshot).unknowns() for reason in item.reasons}
    open_ones = [reason for reason in reasons if reason.code == "threshold_untranscribed" and reason.candidates]
    assert open_ones
    assert all(
        "mức còn phải xác nhận" in one.text("vi") and "yet to be confirmed" in one.text("en") for one in open_ones
    )


def test_a_briefing_names_the_condition_that_fails() -> None:
    top = ntm.Unit(id="p", level="province", province="hatinh")
    district = ntm.Unit(id="h", name="Huyện H", level="district", parent="p")
    told = ntm.Snapshot(
        unit=district,
        as_of=DAY,
        children={"commune": {"total": 2, "meeting": {PACK: 0}}, "town": {"total": 1, "meeting": {"vn/urban-ward": 0}}},
    )
    tree = ntm.evaluate_tree([top, district], [told], ["vn/district@2021-2025"])
    (line,) = [one for one in briefing(tree, "vi").splitlines() if one.strip().startswith("Huyện H:")]
    failed = [
        one.code for one in tree["h", "vn/district@2021-2025"].prerequisites if one.verdict is ntm.Verdict.NOT_MET
    ]
    assert failed
    assert line.endswith(f"chưa đạt điều kiện {', '.join(failed)}")


def test_one_thing_is_not_several() -> None:
    one, two = ntm.Amount.of("1 thôn"), ntm.Amount.of("2 thôn")
    assert (one.text("en"), two.text("en"), one.text("vi")) == ("1 village", "2 villages", "1 thôn")
    assert ntm.Amount.of(one.text("en")) == one
