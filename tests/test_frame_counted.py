"""Shares of two counts in frames: what tables, YAML and Python read from two columns, frames do, exactly."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pandas as pd
import polars as pl
import pytest

import ntm_rules as ntm
from ntm_rules.errors import NtmError

DAY, PACK, SHARE = "2023-08-17", "vn/commune@2021-2025", "health_insurance_share"


def frame(kind: Any, upper: list[Any], lower: list[Any], **more: list[Any]) -> Any:
    units = {"id": [f"x{n}" for n, _ in enumerate(upper)], "region": ["btb"] * len(upper)}
    return kind({**units, f"{SHARE}.numerator": upper, f"{SHARE}.denominator": lower, **more})


@pytest.mark.parametrize("kind", [pl.DataFrame, pd.DataFrame])
def test_counts_are_one_exact_share(kind: Any) -> None:
    """90 % of 6420 is 5778: one less is less, by whatever is lost in a float."""
    result = ntm.evaluate_frame(PACK, frame(kind, [5778, 5777, None], [6420, 6420, None]), as_of=DAY)
    assert list(result.frame["i_15_1"])[:2] == ["MET", "NOT_MET"]
    (one,) = result.snapshot("x1").measures[SHARE]
    assert one.value.counts == (Decimal(5777), Decimal(6420))
    assert SHARE not in result.snapshot("x2").measures
    told = ntm.Snapshot(
        unit={"id": "x1", "level": "commune", "region": "btb"},
        as_of=DAY,
        measures={SHARE: {"numerator": 5777, "denominator": 6420}},
    )
    assert one.value == told.measures[SHARE][0].value


@pytest.mark.parametrize("kind", [pl.DataFrame, pd.DataFrame])
@pytest.mark.parametrize(
    ("upper", "lower", "beside", "code"),
    [
        (6112, 6420, 95.2, None),
        (6112, 6420, 92.0, "error.share_differs"),
        (6742, 6420, None, "error.outside_domain"),
    ],
)
def test_counts_are_held_against_the_share_beside_them(
    kind: Any, upper: int, lower: int, beside: float | None, code: str | None
) -> None:
    given = frame(kind, [upper], [lower], **({SHARE: [beside]} if beside is not None else {}))
    if code is None:
        assert list(ntm.evaluate_frame(PACK, given, as_of=DAY).frame["i_15_1"]) == ["MET"]
        return
    with pytest.raises(NtmError) as refused:
        ntm.evaluate_frame(PACK, given, as_of=DAY)
    assert refused.value.problems[0].code == code


def test_what_cannot_be_joined_is_told() -> None:
    whole = frame(pl.DataFrame, [6112], [6420])
    for given, code in (
        (whole.drop(f"{SHARE}.denominator"), "error.frame_one_count"),
        (whole.lazy(), "error.frame_counts_lazy"),
    ):
        with pytest.raises(NtmError) as refused:
            ntm.evaluate_frame(PACK, given, as_of=DAY)
        assert refused.value.problems[0].code == code
