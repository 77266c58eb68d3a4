"""Codes that came as numbers, counts that came as yes or no, cells that say nothing: alike at every door."""

from __future__ import annotations

from typing import Any

import pandas as pd
import polars as pl
import pytest

import ntm_rules as ntm
from ntm_rules.errors import NtmError
from ntm_rules.live import LiveSession
from ntm_rules.snapshot.child_counts import ChildCounts

DAY, PACK, SHARE = "2023-08-17", "vn/commune@2021-2025", "health_insurance_share"


def test_a_session_takes_a_code_that_is_a_number_as_a_unit_does() -> None:
    unit = ntm.Unit(id=18001, level="commune", region="btb")
    with LiveSession([unit], packs=[PACK], as_of=DAY) as live:
        live.observe(18001, SHARE, "96 %")
        live.conclude(18001, PACK, "1.1", "đạt")
        assert live.assessment(18001, PACK)["1.1"].verdict is ntm.Verdict.MET
        assert live.snapshot(18001) == live.snapshot("18001")


@pytest.mark.parametrize("frame", [pd.DataFrame, pl.DataFrame])
@pytest.mark.parametrize("column", ["id", "parent", "province"])
def test_a_code_with_a_decimal_point_is_no_code_of_a_frame_either(frame: Any, column: str) -> None:
    data = {"id": ["x"], "region": ["btb"], SHARE: [96.0], column: [18001.0]}
    with pytest.raises(NtmError) as refused:
        ntm.evaluate_frame(PACK, frame(data), as_of=DAY)
    assert refused.value.problems[0].code == "error.frame_code"
    with pytest.raises(NtmError):
        ntm.Unit(**{"id": "x", "level": "commune", column: 18001.0})


@pytest.mark.parametrize("nothing", [None, "", "  ", pd.NA])
def test_a_session_that_is_told_nothing_keeps_what_it_was_told(nothing: Any) -> None:
    with LiveSession([ntm.Unit(id="x", level="commune", region="btb")], packs=[PACK], as_of=DAY) as live:
        live.observe("x", SHARE, "96 %")
        before = live.snapshot("x")
        assert live.observe("x", SHARE, nothing) == live.conclude("x", PACK, "1.1", nothing) == []
        assert live.snapshot("x") == before


@pytest.mark.parametrize("counts", [{"total": True}, {"total": 2, "meeting": {PACK: True}}])
def test_yes_is_no_number_of_children(counts: dict[str, Any]) -> None:
    with pytest.raises(NtmError) as refused:
        ntm.Snapshot(unit={"id": "h", "level": "district"}, as_of=DAY, children={"commune": counts})
    assert refused.value.problems[0].code == "error.not_a_number"
    with pytest.raises(NtmError):
        ChildCounts.model_validate(counts)
