"""Two poverty standards by date: a figure by the other one is not taken, and is told where it would have counted."""

from __future__ import annotations

import pytest

import ntm_rules as ntm

OLD, NEW = "multidimensional_poverty_rate", "multidimensional_poverty_rate_2027"


@pytest.mark.parametrize(("day", "given", "other"), [("2026-12-31", OLD, NEW), ("2027-01-01", NEW, OLD)])
def test_a_figure_by_the_other_standard_is_told_as_unused_and_at_its_content(day: str, given: str, other: str) -> None:
    unit = ntm.Unit(id="x", name="Xã X", level="commune", group="nhom2")
    taken = ntm.evaluate("vn/commune", ntm.Snapshot(unit=unit, as_of=day, measures={given: "4 %"}))
    assert (taken["6.1"].verdict.value, taken.unused) == ("MET", ())
    left = ntm.evaluate("vn/commune", ntm.Snapshot(unit=unit, as_of=day, measures={other: "4 %"}))
    assert left["6.1"].verdict.value == "UNKNOWN"
    (one,) = left.unused
    assert (one.kind, one.why, one.about) == ("measure", "other_day", "6.1")
    told = left.explain("vi")
    sentence = one.text("vi")
    assert sentence[1:] in told.partition("? 6.1. ")[2].partition("    ? ")[0]
    tree = ntm.evaluate_tree([], [ntm.Snapshot(unit=unit, as_of=day, measures={other: "4 %"})], ["vn/commune"])
    assert tree.unused == left.unused
