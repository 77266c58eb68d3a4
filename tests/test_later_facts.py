"""What is of a day after the one judged is set aside and told; what is long before it is told too."""

from __future__ import annotations

import polars as pl
import pytest

import ntm_rules as ntm
from ntm_rules.live import LiveSession
from ntm_rules.verdict import MET, NOT_MET, UNKNOWN

DAY = "2026-07-20"
UNIT = ntm.Unit(id="x", name="Xã X", level="commune", group="nhom2")
POVERTY = "multidimensional_poverty_rate"


def given(measures=None, findings=None):
    named = {"vn/commune": findings} if findings else {}
    return ntm.Snapshot(unit=UNIT, as_of=DAY, measures=measures or {}, findings=named)


LATER = given(
    {POVERTY: {"value": "4 %", "on": "2026-07-21"}},
    {"5.1": {"finding": "met", "on": "2027-05-01"}, "5.2": {"finding": "met", "on": DAY}},
)


def by_evaluate(snapshot):
    result = ntm.evaluate("vn/commune", snapshot)
    return result, result.unused


def by_tree(snapshot):
    tree = ntm.evaluate_tree([UNIT], [snapshot], ["vn/commune"])
    return tree["x", "vn/commune"], tree.unused


def by_live(snapshot):
    with LiveSession([UNIT], [snapshot], packs=["vn/commune"], as_of=DAY) as session:
        return session.assessment("x", "vn/commune"), session.tree().unused


@pytest.mark.parametrize("door", [by_evaluate, by_tree, by_live])
def test_figures_and_findings_of_a_later_day_decide_nothing_and_are_told(door):
    result, unused = door(LATER)
    assert [result[code].verdict for code in ("5.1", "5.2", "6.1")] == [UNKNOWN, MET, UNKNOWN]
    said = sorted(one.text("vi") for one in unused if one.why == "later")
    assert said == [
        "kết luận theo vn/commune (5.1) của Xã X không được dùng: có sau ngày xét (ngày 01/05/2027)",
        "số liệu “Tỷ lệ nghèo đa chiều (hộ nghèo và hộ cận nghèo)” (4 %) của Xã X "
        "không được dùng: có sau ngày xét (ngày 21/07/2026)",
    ]


def test_a_later_figure_neither_contradicts_nor_replaces_the_one_known_by_the_day():
    result = ntm.evaluate("vn/commune", given({POVERTY: ["6 %", {"value": "4 %", "on": "2026-12-31"}]}))
    assert result["6.1"].verdict is NOT_MET
    assert not result["6.1"].conflicts
    assert "có sau ngày xét (ngày 31/12/2026)" in result.explain("vi")
    assert ntm.Assessment.from_json(result.to_json()) == result


@pytest.mark.parametrize(("day", "old"), [("2024-07-20", False), ("2024-07-19", True), ("2019-12-31", True)])
def test_a_figure_of_more_than_two_years_before_decides_with_a_caution(day, old):
    result = ntm.evaluate("vn/commune", given({POVERTY: {"value": "4 %", "on": day}}))
    assert result["6.1"].verdict is MET
    assert [one.code for one in result.doubts] == ["warning.old"] * old
    assert ("đã quá hai năm trước ngày xét" in result.explain("vi")) is old
    assert ('"warning.old"' in result.to_json()) is old
    assert ntm.Assessment.from_json(result.to_json()) == result


def test_a_set_of_a_level_that_has_ended_says_so_at_every_door():
    """Districts ended on 1 July 2025 with the law; that no edition is in force is what follows from it."""
    gone = ntm.Snapshot(unit=ntm.Unit(id="h", name="Huyện H", level="district"), as_of="2026-03-01")
    frame = pl.DataFrame({"id": ["h"], "level": ["district"]})
    doors = (
        lambda: ntm.evaluate("vn/district", gone),
        lambda: ntm.load_pack("vn/district", on="2026-03-01"),
        lambda: ntm.load_pack("vn/town-completed", on="2026-03-01"),
        lambda: ntm.evaluate_frame("vn/district", frame, as_of="2026-03-01"),
    )
    for door in doors:
        with pytest.raises(ntm.NtmError, match=r"2025-07-01.*203/2025/QH15"):
            door()
    with pytest.raises(ntm.NtmError, match="no edition is in force"):
        ntm.load_pack("vn/commune", on="2040-01-01")


def test_the_columns_of_a_set_are_those_of_editions_in_force_beside_it():
    names = {column.name for column in ntm.pack_columns("vn/commune-modern@2026-2030")}
    assert "finding_vn_commune__9_2" in names
    assert "finding_vn_commune__19_1" not in names
    old = {column.name for column in ntm.pack_columns("vn/commune-advanced@2021-2025")}
    assert "finding_vn_commune__19_1" in old
    assert "finding_vn_commune__9_1" in old


@pytest.mark.parametrize("rows", [1, 20])
def test_a_finding_column_of_an_edition_of_other_days_is_refused_and_not_first_when_explaining(rows):
    frame = pl.DataFrame({"id": [f"a{n}" for n in range(rows)], "group": "nhom1", "finding_vn_commune__19_1": "met"})
    with pytest.raises(ntm.NtmError, match="finding_vn_commune__9_1"):
        ntm.evaluate_frame("vn/commune-modern", frame, as_of="2026-07-20")
    known = frame.rename({"finding_vn_commune__19_1": "finding_vn_commune__9_1"})
    judged = ntm.evaluate_frame("vn/commune-modern", known, as_of="2026-07-20")
    assert judged.explain("a0").verdict.value == judged.frame["verdict"][0]


def test_rows_of_two_editions_are_to_be_put_into_two_frames():
    frame = pl.DataFrame({"id": ["a", "b"], "group": "nhom2", "as_of": ["2025-12-31", "2026-02-15"]})
    with pytest.raises(ntm.NtmError, match="a frame of its own and name the edition"):
        ntm.evaluate_frame("vn/commune", frame.with_columns(pl.col("as_of").str.to_date()))
