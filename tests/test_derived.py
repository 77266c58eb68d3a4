"""Figures that follow from others: exact, seen with their parts, the same alone, in a tree and in a live session."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

import ntm_rules as ntm
from ntm_rules.live import LiveSession
from ntm_rules.pack.catalogue import installed
from ntm_rules.quantity.conversion import comparable
from ntm_rules.snapshot.form import write_form
from ntm_rules.verdict import MET, NOT_MET, UNKNOWN

DAY = "2026-07-01"
UNIT = {"id": "x", "level": "commune", "group": "nhom2"}


def judged(**measures):
    return ntm.evaluate("vn/commune", ntm.Snapshot(unit=UNIT, as_of=DAY, measures=measures))


def income(now, before):
    return judged(income_per_capita=now, income_per_capita_last_year=before)["3.1"]


def test_growth_follows_from_two_years_whatever_unit_they_come_in():
    assert income("57,5 triệu đồng/người/năm", "50 triệu đồng/người/năm").verdict is MET
    assert income("54.750.000 đồng/người/năm", "50 triệu đồng/người/năm").verdict is MET
    assert income("54.749.999 đồng/người/năm", "50 triệu đồng/người/năm").verdict is NOT_MET


def test_the_parts_are_shown():
    text = judged(income_per_capita="54", income_per_capita_last_year="50").explain("vi")
    assert "8 % (tính từ: Thu nhập bình quân đầu người 54 triệu đồng/người/năm; " in text
    assert "Thu nhập bình quân đầu người năm trước 50 triệu đồng/người/năm)" in text


def test_one_part_alone_says_nothing():
    assert judged(income_per_capita="54")["3.1"].verdict is UNKNOWN
    assert income("54", "0 triệu đồng/người/năm").verdict is UNKNOWN


def test_a_figure_given_beside_its_parts_contradicts_them_where_they_differ():
    same = judged(income_per_capita="55", income_per_capita_last_year="50", income_per_capita_growth="10 %")["3.1"]
    assert same.verdict is MET
    assert len(same.check.observed) == 1
    apart = judged(income_per_capita="54", income_per_capita_last_year="50", income_per_capita_growth="10 %")["3.1"]
    assert apart.verdict is UNKNOWN
    assert apart.conflicts


def dated(*values, **more):
    said = [{"value": value, "on": day} for value, day in values]
    return ntm.Snapshot(unit=UNIT, as_of="2026-12-31", measures={"income_per_capita": said, **more})


@pytest.mark.parametrize(("now", "verdict"), [("63,51", MET), ("63,5", NOT_MET)])
def test_growth_follows_from_two_dated_values_or_two_snapshots(now, verdict):
    values = (("58", "2025-12-31"), (now, "2026-12-31"))
    one = ntm.evaluate("vn/commune", dated(*values))["3.1"]
    assert one.verdict is verdict
    assert ntm.evaluate("vn/commune", dated(*reversed(values)))["3.1"] == one
    earlier, later = (
        ntm.Snapshot(unit=UNIT, as_of=day, measures={"income_per_capita": value}) for value, day in values
    )
    two = ntm.evaluate("vn/commune", later.with_previous(earlier))["3.1"]
    assert (two.verdict, two.check.observed) == (verdict, one.check.observed)


def test_dated_values_that_are_no_two_years_in_a_row_give_no_growth():
    for values in ([("58", "2024-12-31"), ("64", "2026-12-31")], [("58", "2026-01-31"), ("64", "2026-12-31")]):
        result = ntm.evaluate("vn/commune", dated(*values))
        assert result["3.1"].verdict is UNKNOWN
        first, last = (ntm.Snapshot(unit=UNIT, as_of=day).as_of for _, day in values)
        text = result.explain("vi")
        assert f"ngày {last:%d/%m/%Y} và ngày {first:%d/%m/%Y} không cách nhau một năm" in text


@pytest.mark.parametrize(
    ("day", "first", "last", "said"),
    [
        ("2026-12-31", "2025-12-31", "2026-01-15", "không cách nhau một năm"),
        ("2026-07-15", "2023-12-31", "2024-12-31", "cần số liệu mới nhất của năm 2025-2026"),
        ("2029-12-31", "2019-12-31", "2020-12-31", "cần số liệu mới nhất của năm 2028-2029"),
    ],
)
def test_growth_of_other_years_or_of_no_year_is_open_and_names_both_days(day, first, last, said):
    """Circular 52/2026, article 4: the year of the proposal against the year before it."""
    values = [{"value": "50", "on": first}, {"value": "60", "on": last}]
    given = ntm.Snapshot(unit=UNIT, as_of=day, measures={"income_per_capita": values})
    result = ntm.evaluate("vn/commune", given)
    assert result["3.1"].verdict is UNKNOWN
    text = next(line for line in result.explain("vi").splitlines() if said in line)
    assert all(f"{one[8:]}/{one[5:7]}/{one[:4]}" in text for one in (first, last))


def test_the_days_of_the_parts_are_shown_and_what_is_later_is_no_part():
    values = [("40", "2024-12-31"), ("50", "2025-12-31"), ("300", "2027-01-15")]
    result = ntm.evaluate("vn/commune", dated(*values))
    assert result["3.1"].verdict is MET
    text = result.explain("vi")
    assert "50 triệu đồng/người/năm (ngày 31/12/2025)" in text
    assert "40 triệu đồng/người/năm (ngày 31/12/2024)" in text
    assert "(300 triệu" not in text or "có sau ngày xét (ngày 15/01/2027)" in text
    assert ntm.Assessment.from_json(result.to_json()) == result


def test_a_figure_of_the_year_before_told_together_with_the_later_one_is_its_part():
    both = {"on": "2026-03-01"}
    assert income({"value": "55", **both}, {"value": "50", **both}).verdict is MET
    assert income({"value": "55", **both}, {"value": "50", "on": "2019-03-01"}).verdict is UNKNOWN


def test_a_given_value_of_last_year_contradicts_a_dated_one_that_differs():
    values = (("58", "2025-12-31"), ("64", "2026-12-31"))
    same = ntm.evaluate("vn/commune", dated(*values, income_per_capita_last_year="58"))["3.1"]
    assert (same.verdict, len(same.check.observed)) == (MET, 1)
    assert ntm.evaluate("vn/commune", dated(*values, income_per_capita_last_year="63"))["3.1"].conflicts


def test_an_earlier_snapshot_is_of_the_unit_and_of_a_year_that_is_asked():
    now = dated(("64", "2026-12-31"))
    for unit, day in ((UNIT, "2026-01-01"), (UNIT, "2024-12-31"), ({**UNIT, "id": "y"}, "2025-12-31")):
        other = ntm.Snapshot(unit=unit, as_of=day, measures={"income_per_capita": "58"})
        with pytest.raises(ntm.NtmError):
            now.with_previous(other)


def test_the_part_that_is_missing_or_nothing_is_named():
    assert "thiếu “Thu nhập bình quân đầu người năm trước”" in judged(income_per_capita="54").explain("vi")
    assert "“Households” is missing" in judged(permanent_house_households="9").explain("en")
    nothing = judged(permanent_house_households="0", households="0").explain("vi")
    assert "không tính được vì “Số hộ” bằng 0" in nothing


@given(st.integers(1, 10**9), st.integers(1, 10**9))
def test_no_verdict_turns_on_rounding(part, whole):
    """6.2 asks 85 % of group 2: the verdict is that of the exact ratio."""
    part = min(part, whole)
    result = judged(permanent_house_households=f"{part}00 hộ", households=f"{whole}00 hộ")["6.2"]
    assert (result.verdict is MET) is (Fraction(part, whole) >= Fraction(85, 100))


def test_five_per_cent_or_ten_members_in_each_of_two_years():
    base = {"cooperative_profit_years": 2, "cooperative_member_services_count": 1}
    members = ("cooperative_members", "cooperative_members_year_before", "cooperative_members_two_years_before")

    def verdict(*counts):
        snapshot = ntm.Snapshot(
            unit=UNIT,
            as_of=DAY,
            measures={**base, **dict(zip(members, counts, strict=True))},
            findings={"vn/commune": {"3.6": "met"}},
        )
        return ntm.evaluate("vn/commune", snapshot)["3.6"].verdict

    assert verdict(1020, 1010, 1000) is MET
    assert verdict(105, 100, 90) is MET
    assert verdict(104, 100, 90) is NOT_MET
    assert verdict(210, 200, 192) is NOT_MET


def test_a_live_session_follows_the_parts():
    with LiveSession([ntm.Unit(**UNIT)], packs=["vn/commune"], as_of=DAY) as session:
        session.observe("x", "income_per_capita", "54")
        assert session.assessment("x", "vn/commune")["3.1"].verdict is UNKNOWN
        changes = session.observe("x", "income_per_capita_last_year", "50")
        assert [(one.code, one.after) for one in changes if one.code == "3.1"] == [("3.1", NOT_MET)]
        session.observe("x", "income_per_capita_last_year", "49")
        assert session.assessment("x", "vn/commune")["3.1"].verdict is MET


def test_an_answer_with_parts_comes_back_from_json():
    result = judged(income_per_capita="54", income_per_capita_last_year="50")
    assert ntm.Assessment.from_json(result.to_json()) == result


@pytest.mark.parametrize("measure", installed().measures.derived, ids=lambda measure: measure.id)
def test_the_dictionary_names_parts_that_are_there_and_fit(measure):
    of, over = (installed().measures[name] for name in (measure.derived.of, measure.derived.over))
    assert comparable(of.unit, over.unit)
    assert measure.unit == (of.unit if measure.derived.how == "increase" else "percent")


def test_a_form_takes_the_parts_in_place_of_what_follows_from_them(tmp_path):
    """A clerk who has two years' income and no growth fills in the two years."""
    path = tmp_path / "form.xlsx"
    write_form(ntm.load_pack("vn/commune@2026-2030"), path)
    book = load_workbook(path)
    sheet = next(one for one in book if one["A1"].value == "code_shown")
    column = {cell.value: cell.column for cell in sheet[1]}
    answers = {
        "id": "x",
        "group": "2",
        "as_of": "15/07/2026",
        "income_per_capita": "63",
        "income_per_capita_last_year": "58",
    }
    for row in range(2, sheet.max_row + 1):
        for name in ("detail", "measure"):
            said = answers.pop(sheet.cell(row, column[name]).value, None)
            if said:
                sheet.cell(row, column["value"]).value = said
    assert not answers
    book.save(path)
    (snapshot,) = ntm.read_snapshots(path)
    result = ntm.evaluate("vn/commune", snapshot)
    assert result["3.1"].verdict is NOT_MET
