"""Sums of points and grades: what is certain of a sum decides, and a grade is told only where it is certain."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import product
from typing import Any

import polars as pl
import pytest

import ntm_rules as ntm
from ntm_rules import Amount, Snapshot, Verdict
from ntm_rules.assessment.check import TotalCheck
from ntm_rules.assessment.parts import ReasonCode
from ntm_rules.errors import PackError
from ntm_rules.evaluation.intervals import TESTS, between
from ntm_rules.pack.catalogue import Catalogue
from ntm_rules.pack.condition import Op
from ntm_rules.pack.model import Pack

MET, NOT_MET, UNKNOWN = Verdict.MET, Verdict.NOT_MET, Verdict.UNKNOWN
UNIT = {"id": "x", "level": "commune", "region": "btb"}


def part(code: str, most: int) -> dict[str, Any]:
    name = {"vi": f"Điểm phần {code}", "en": f"Points of part {code}"}
    domain = {"from": 0, "to": most}
    return {"id": f"part_{code}", "name": name, "unit": "điểm", "better": "higher", "domain": domain}


def asks(code: str, requires: dict[str, Any]) -> dict[str, Any]:
    return {"code": code, "text": {"vi": f"Nội dung {code}", "en": f"Content {code}"}, "requires": requires}


def sum_of(*terms: object, **bound: str) -> dict[str, Any]:
    return {"total_of": list(terms), **bound}


PARTS = ("part_a", "part_b", "part_c")


def pack(**fields: Any) -> Pack:
    """Three parts of 40, 25 and 35 points, and bands of their sum: three stars from 50, four from 70, five from 90."""
    stars = {"G5": "90 điểm", "G4": "70 điểm", "G3": "50 điểm"}
    plain = {
        "id": "t/stars",
        "edition": "2023",
        "title": {"vi": "Sản phẩm", "en": "Product"},
        "applies_to": ["commune"],
        "legal_basis": [{"id": "q", "number": "148/QĐ-TTg"}],
        "source": {"basis": "q", "verification": "stated", "checked_against": ["x"]},
        "criteria": [
            {
                "code": "1",
                "title": {"vi": "Điểm", "en": "Points"},
                "indicators": [asks("1", sum_of(*PARTS, at_least="50 điểm"))],
            }
        ],
        "grades": [asks(code, sum_of(*PARTS, at_least=least)) for code, least in stars.items()],
        "measures": [part("a", 40), part("b", 25), part("c", 35)],
    }
    made = Pack.model_validate({**plain, **fields})
    Catalogue.of([made])
    return made


def judged(pack: Pack, findings: dict[str, str] | None = None, **points: object) -> ntm.Assessment:
    told = {"t/stars": findings} if findings else {}
    snapshot = Snapshot.model_validate({"unit": UNIT, "as_of": "2023-08-17", "measures": points, "findings": told})
    return ntm.evaluate(pack, snapshot, catalogue=Catalogue.of([pack]))


@pytest.mark.parametrize(
    ("points", "verdict", "grade"),
    [
        ({"part_a": 40, "part_b": 25, "part_c": 25}, MET, "G5"),
        ({"part_a": 40, "part_b": 25, "part_c": "24,99 điểm"}, MET, "G4"),
        ({"part_a": 20, "part_b": 10, "part_c": 20}, MET, "G3"),
        ({"part_a": 20, "part_b": 10, "part_c": 19}, NOT_MET, None),
        # What the third part can add settles it, or leaves it open.
        ({"part_a": 40, "part_b": 25}, MET, None),
        ({"part_a": 1, "part_b": 1}, NOT_MET, None),
        ({"part_a": 20, "part_b": 10}, UNKNOWN, None),
        ({}, UNKNOWN, None),
    ],
)
def test_a_sum_is_decided_by_what_is_certain_of_it(points: dict[str, Any], verdict: Verdict, grade: str | None) -> None:
    result = judged(pack(), **points)
    assert result["1"].verdict is verdict
    assert (result.grade and result.grade.code) == grade
    assert result.grade_known is (grade is not None or all(one.verdict is NOT_MET for one in result.grades))
    assert ntm.Assessment.from_json(result.to_json()) == result


def test_a_sum_of_figures_in_several_units_is_in_the_unit_asked_for() -> None:
    length = {"name": {"vi": "Đường", "en": "Road"}, "better": "higher", "domain": {"from": 0}}
    roads = [{**length, "id": "main", "unit": "km"}, {**length, "id": "side", "unit": "m"}]
    content = asks("1", sum_of("main", "side", at_least="3 km"))
    one = {"code": "1", "title": {"vi": "Đường", "en": "Roads"}, "indicators": [content]}
    made = pack(criteria=[one], grades=[], measures=roads)
    for side, verdict in ((1000, MET), (999, NOT_MET)):
        result = judged(made, main=2, side=f"{side} m")
        assert result.verdict is verdict
    check = result["1"].check
    assert isinstance(check, TotalCheck)
    assert (check.low, check.shortfall) == (
        Amount(Decimal("2.999"), "kilometre"),
        Amount(Decimal("0.001"), "kilometre"),
    )


def test_a_sum_says_what_is_missing_in_points() -> None:
    result = judged(pack(), part_a=20, part_b=10, part_c=5)
    assert result["1"].gap == Amount.of("15 điểm")
    assert "15" in result.explain("vi")
    assert "tổng: 35 điểm" in result.explain("vi").lower()
    assert "No grade is reached" in result.explain("en")
    assert judged(pack(), part_a=20)["1"].reasons[0].text("en").endswith("“Points of part b”")


def test_reports_that_differ_leave_a_sum_open_only_where_they_disagree_about_it() -> None:
    def said(*values: int) -> Verdict:
        told = [{"value": value, "by": str(value)} for value in values]
        return judged(pack(), part_a=told, part_b=20, part_c=20)["1"].verdict

    assert (said(10, 12), said(9, 12), said(8, 9)) == (MET, UNKNOWN, NOT_MET)
    assert judged(pack(), part_a=[{"value": 9}, {"value": 12, "by": "b"}]).conflicts()


def test_points_for_what_is_met() -> None:
    """Twenty points for each of three contents, met from forty: the law on access to law counts so."""
    contents = [asks(f"2.{i}", {"finding": "met"}) for i in (1, 2, 3)]
    points = [{"indicator": one["code"], "points": 20} for one in contents]
    made = pack(
        criteria=[
            {"code": "2", "title": {"vi": "Nội dung", "en": "Contents"}, "indicators": contents},
            {
                "code": "3",
                "title": {"vi": "Tổng", "en": "Sum"},
                "indicators": [asks("3", sum_of(*points, at_least="40 điểm"))],
            },
        ],
        grades=[],
    )
    verdicts = [judged(made, {"2.1": "met", "2.2": said}).criterion("3").verdict for said in ("met", "not_met")]
    assert verdicts == [MET, UNKNOWN]
    open_one = judged(made, {"2.1": "met", "2.2": "not_met"})["3"]
    assert "Content 2.3" in open_one.reasons[0].text("en")
    assert judged(made, {"2.1": "not_met", "2.2": "not_met"})["3"].verdict is NOT_MET


def test_frames_and_sessions_add_up_alike() -> None:
    made, catalogue = pack(), Catalogue.of([pack()])
    rows: list[dict[str, Any]] = [
        {"part_a": a, "part_b": b, "part_c": c}
        for a in (None, 0.1, 20.0, 39.9)
        for b in (None, 0.2, 10.0)
        for c in (None, 19.9, 20.0, 29.9)
    ]
    frame = pl.DataFrame([{"id": f"u{n}", **row} for n, row in enumerate(rows)], infer_schema_length=None)
    told = ntm.evaluate_frame(
        made, frame, as_of="2023-08-17", region="btb", shortfalls=True, reasons=True, catalogue=catalogue
    ).frame
    for n, row in enumerate(rows):
        here = judged(made, **{name: value for name, value in row.items() if value is not None})
        found = told.row(n, named=True)
        assert found["i_1"] == here["1"].verdict
        assert [found[f"g_{one.code}"] for one in here.grades] == [one.verdict for one in here.grades]
        gap = here["1"].gap
        assert found["short_1"] == (None if gap is None else float(gap.value))
        assert found["why_1"] == (here["1"].reasons[0].code.value if here["1"].reasons else None)


def test_a_session_follows_a_sum() -> None:
    pytest.importorskip("durable.engine", reason="durable-rules is not installed")
    from ntm_rules.live import LiveSession

    made = pack()
    unit = ntm.Unit.model_validate(UNIT)
    with LiveSession([unit], packs=[made], as_of="2023-08-17", catalogue=Catalogue.of([made])) as session:
        session.observe("x", "part_a", 30)
        assert session.verdict("x", "t/stars") is UNKNOWN
        changes = session.observe("x", "part_b", 20)
        assert session.verdict("x", "t/stars") is MET
        assert "G3" in {change.code for change in changes}
        assert session.assessment("x", "t/stars").grades[2].verdict is MET


def bounded(most: str = "100 điểm", **bound: str) -> Pack:
    """Three parts of at most 100 each, which together cannot come to more than ``most``."""
    asked = asks("1", sum_of(*PARTS, never_above=most, **(bound or {"at_least": "50 điểm"})))
    criteria = [{"code": "1", "title": {"vi": "Điểm", "en": "Points"}, "indicators": [asked]}]
    return pack(criteria=criteria, grades=[], measures=[part(code, 100) for code in "abc"])


@pytest.mark.parametrize(
    ("points", "verdict"),
    [
        ({"part_a": 40, "part_b": 30, "part_c": 30}, MET),
        ({"part_a": 40, "part_b": 30, "part_c": "30,01 điểm"}, UNKNOWN),
        ({"part_a": 100, "part_b": 100, "part_c": 100}, UNKNOWN),
        ({"part_a": 60, "part_b": "40,5 điểm"}, UNKNOWN),
        ({"part_a": 60}, MET),
        # The lesser of two reports is possible.
        ({"part_a": [{"value": 60, "by": "a"}, {"value": 120, "by": "b"}][:1], "part_b": 40}, MET),
    ],
)
def test_figures_that_add_up_to_more_than_they_can_decide_nothing_and_are_told(
    points: dict[str, Any], verdict: Verdict
) -> None:
    result = judged(bounded(), **points)
    assert result["1"].verdict is verdict
    told = [one for one in result.conflicts() if one.kind == "sum"]
    assert bool(told) is (verdict is UNKNOWN)
    assert not told or "100" in told[0].text("vi")
    assert not told or "more than they can" in result.explain("en")
    assert ntm.Assessment.from_json(result.to_json()) == result


def test_figures_that_add_up_to_more_than_they_can_are_to_be_corrected_before_anything_is_proposed() -> None:
    made = bounded(at_least="90 điểm")
    remedy = judged(made, part_a=60, part_b=50, part_c=0).remedy()
    assert not remedy.steps
    assert [(one.code, one.why) for one in remedy.obstacles] == [("1", "sum_impossible")]
    assert "phải rà soát, sửa các số liệu" in remedy.text("vi")
    assert "corrected first" in remedy.text("en")
    # A sum that only misses its threshold is something to work on.
    assert judged(made, part_a=60, part_b=25, part_c=0).remedy().possible


def test_what_a_contradiction_does_not_touch_is_still_proposed_and_what_turns_on_it_is_not() -> None:
    law = ntm.load_pack("vn/access-to-law@2022")
    points = dict.fromkeys((name for name in law.measures_used() if name.startswith("access_law_points")), 10)
    snapshot = Snapshot.model_validate({"unit": UNIT, "as_of": "2024-02-01", "measures": points})
    remedy = ntm.evaluate(law, snapshot).remedy()
    assert {(one.code, one.why) for one in remedy.obstacles} == {(code, "sum_impossible") for code in ("P1", *"12345")}
    assert [(one.kind, one.code) for one in remedy.steps] == [("finding", "P2")]
    # A set that asks for the other set to be met.
    remedy = ntm.evaluate(ntm.load_pack("vn/commune@2021-2025"), snapshot).remedy()
    assert [(one.code, one.why) for one in remedy.obstacles] == [("18.4", "sum_impossible")]
    assert remedy.steps
    assert not any(one.measure in points for one in remedy.steps)


def test_the_most_a_sum_can_be_bounds_what_is_open() -> None:
    lower = bounded("60 điểm", at_most="60 điểm")
    assert judged(lower, part_a=10)["1"].verdict is MET
    assert judged(bounded("60 điểm", at_least="61 điểm"), part_a=10)["1"].verdict is NOT_MET


def test_a_finding_beside_an_impossible_sum_decides_and_the_contradiction_stands_beside_it() -> None:
    result = judged(bounded(), {"1": "met"}, part_a=100, part_b=100, part_c=0)
    assert result["1"].verdict is MET
    assert result["1"].decided_by == "finding"
    assert [one.kind for one in result.conflicts()] == ["sum"]


def test_what_is_impossible_is_told_beside_a_threshold_nobody_has_entered() -> None:
    result = judged(bounded(at_least="delegated"), part_a=100, part_b=1)
    assert result["1"].verdict is UNKNOWN
    assert [one.kind for one in result.conflicts()] == ["sum"]
    assert result["1"].reasons[0].code is ReasonCode.SUM_IMPOSSIBLE


def test_frames_sessions_and_remedies_know_the_most_a_sum_can_be() -> None:
    from oracle.naive import verdicts
    from test_remedy import with_changes

    def judge(made: Pack, snapshot: Snapshot) -> Verdict:
        return ntm.evaluate(made, snapshot, catalogue=catalogue).verdict

    made = bounded()
    catalogue = Catalogue.of([made])
    rows: list[dict[str, Any]] = [
        {"part_a": a, "part_b": b, "part_c": c}
        for a in (None, 0.1, 49.9, 100.0)
        for b in (None, 0.2, 50.0)
        for c in (None, 0.1, 50.1)
    ]
    frame = pl.DataFrame([{"id": f"u{n}", **row} for n, row in enumerate(rows)], infer_schema_length=None)
    asked = {"as_of": "2023-08-17", "region": "btb", "shortfalls": True, "reasons": True, "catalogue": catalogue}
    told = ntm.evaluate_frame(made, frame, **asked).frame  # type: ignore[arg-type]
    for n, row in enumerate(rows):
        given = {name: value for name, value in row.items() if value is not None}
        here, found = judged(made, **given)["1"], told.row(n, named=True)
        assert found["i_1"] == here.verdict
        assert found["short_1"] == (None if here.gap is None else float(here.gap.value))
        assert found["why_1"] == (here.reasons[0].code.value if here.reasons else None)
        snapshot = Snapshot.model_validate({"unit": UNIT, "as_of": "2023-08-17", "measures": given})
        assert verdicts(made, snapshot, catalogue, "recalled")["1"] is here.verdict
        remedy = judged(made, **given).remedy()
        assert remedy.obstacles or judge(made, with_changes(snapshot, remedy)) is MET


def test_a_session_takes_back_what_a_sum_cannot_be() -> None:
    pytest.importorskip("durable.engine", reason="durable-rules is not installed")
    from ntm_rules.live import LiveSession

    made = bounded()
    unit = ntm.Unit.model_validate(UNIT)
    with LiveSession([unit], packs=[made], as_of="2023-08-17", catalogue=Catalogue.of([made])) as session:
        session.observe("x", "part_a", 60)
        assert session.verdict("x", "t/stars") is MET
        session.observe("x", "part_b", 60)
        assert session.verdict("x", "t/stars") is UNKNOWN
        assert session.assessment("x", "t/stars").conflicts()


@pytest.mark.parametrize(
    ("requires", "said"),
    [
        (sum_of("part_a", at_least="50 điểm", never_above="100 %"), "never_above"),
        (sum_of("least", at_least="50 điểm", never_above="9 điểm"), "come to 10 points at the least"),
        (sum_of("part_a", "share", at_least="50 điểm"), "adds “share”, which is in “%”"),
        (sum_of({"indicator": "9", "points": 5}, at_least="5 điểm"), "a code the pack does not have"),
        (sum_of({"indicator": "1", "points": 5}, at_least="5 điểm"), "depends on itself"),
        (sum_of("part_z", at_least="5 điểm"), "part_z"),
        (sum_of("part_a", at_least="5 %"), "threshold"),
    ],
)
def test_a_sum_that_cannot_be_is_refused(requires: dict[str, Any], said: str) -> None:
    share = {"id": "share", "name": "Tỷ lệ", "unit": "%", "better": "higher"}
    plain = pack().model_dump(mode="json", by_alias=True, exclude_defaults=True)
    least = {**part("a", 40), "id": "least", "domain": {"from": 10, "to": 40}}
    measures = [part("a", 40), share, least]
    criterion = {"code": "1", "title": "Điểm", "indicators": [asks("1", requires)]}
    made = Pack.model_validate({**plain, "criteria": [criterion], "grades": [], "measures": measures})
    with pytest.raises(PackError) as refused:
        Catalogue.of([made])
    assert said in str(refused.value)


ENDS = (None, Fraction(2), Fraction(3), Fraction(4))


@pytest.mark.parametrize("op", list(Op))
def test_what_lies_between_two_ends_is_decided_where_all_it_can_be_agrees(op: Op) -> None:
    limit, halves = Fraction(3), [Fraction(half, 2) for half in range(-20, 40)]
    for low, high, most in product(ENDS, repeat=3):
        if low is not None and high is not None and low > high:
            continue
        ends = [end for end in (high, most) if end is not None]
        possible = [one for one in halves if (low is None or low <= one) and all(one <= end for end in ends)]
        passed = {TESTS[op](one, limit) for one in possible}
        told = UNKNOWN if len(passed) != 1 else MET if True in passed else NOT_MET
        assert between(op, limit, low, high, most) is told, (low, high, most)
