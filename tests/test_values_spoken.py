"""Figures as people speak of them: two counts, signs and words beside a number, the unit in front."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from doors import PACK, Facts, came, doors
from hypothesis import given, settings
from hypothesis import strategies as st

from ntm_rules import Amount, Snapshot, Unit, evaluate, evaluate_frame, read_snapshots
from ntm_rules.errors import PackError, QuantityError, SnapshotError
from ntm_rules.pack.loader import parse_yaml
from ntm_rules.pack.threshold import Figure
from ntm_rules.quantity.spoken import share_of
from ntm_rules.quantity.unit import unit_of_gap

SHARE, INCOME, LEVEL = "clean_water_centralised_share", "income_per_capita", "lower_secondary_universalisation_level"
HEAD = "id;level;as_of"


def come(facts: Facts, folder: Path) -> Any:
    """What comes of the facts: one thing at every door."""
    found = {door: came(say, facts) for door, say in doors(facts, folder).items()}
    assert len(set(found.values())) == 1, found
    return next(iter(found.values()))


@pytest.mark.parametrize(
    ("written", "ratio"),
    [
        ("6.112/6.420", Fraction(6112, 6420)),
        ("6112 / 6420", Fraction(6112, 6420)),
        ("6.112 hộ/6.420 hộ", Fraction(6112, 6420)),
        ("12/12", Fraction(1)),
        ("75/100 ha", Fraction(3, 4)),
        ("75,5/100 ha", Fraction(755, 1000)),
        ("3/4 trường", Fraction(3, 4)),
        ("850/1.000", Fraction(85, 100)),
        ("95,2% (6.112/6.420)", Fraction(6112, 6420)),
        ("95,2 % (6.112/6.420 người)", Fraction(6112, 6420)),
    ],
)
def test_a_share_of_two_counts_is_read_and_kept(written: str, ratio: Fraction, tmp_path: Path) -> None:
    ((name, value),) = come(Facts({SHARE: written}), tmp_path)[0]
    assert name == SHARE
    assert abs(Fraction(value) - ratio * 100) < Fraction(1, 10**35)
    amount = Amount.of(written)
    assert amount.counts is not None
    assert Fraction(amount.counts[0]) / Fraction(amount.counts[1]) == ratio
    snapshot = Snapshot.model_validate(Facts({SHARE: written}).plain())
    assert Snapshot.model_validate(snapshot.to_dict()) == snapshot
    assert evaluate(PACK, snapshot) == type(evaluate(PACK, snapshot)).from_json(evaluate(PACK, snapshot).to_json())


@pytest.mark.parametrize(
    ("measure", "written", "code"),
    [
        (SHARE, "95,5% (6.112/6.420)", "error.share_differs"),
        (SHARE, "59,2% (6.112/6.420)", "error.share_differs"),
        (SHARE, "7/5", "error.outside_domain"),
        (SHARE, "0/0", "error.share_of_nothing"),
        (SHARE, "1/1.000", "error.two_readings"),
        (SHARE, "6112 hộ/6420 người", "error.unknown_unit"),
        (SHARE, "5/08", "error.unknown_unit"),
        (SHARE, "12/12/2023", "error.day_for_number"),
        (INCOME, "3/4", "error.dimension"),
        (SHARE, "≥ 95%", "error.leave_out"),
        (SHARE, ">=95", "error.leave_out"),
        (SHARE, "95,2%*", "error.leave_out"),
        (SHARE, "95,2% (2)", "error.leave_out"),
        (SHARE, "95² %", "error.leave_out"),
        (SHARE, "95¹", "error.leave_out"),
        (SHARE, "khoảng 95%", "error.leave_out"),
        (SHARE, "Đạt 95,2%", "error.leave_out"),
        (SHARE, "95% trở lên", "error.leave_out"),
        (SHARE, "95 - 96%", "error.span_of_values"),
        (SHARE, "95%-96%", "error.span_of_values"),
        (INCOME, "48,5 đến 50 triệu đồng/người/năm", "error.span_of_values"),
        (SHARE, "chưa đạt 95%", "error.not_a_number"),
        (SHARE, "không 95", "error.not_a_number"),
        (LEVEL, "đạt mức độ 3", "error.leave_out"),
    ],
)
def test_what_is_no_figure_is_refused_alike(measure: str, written: str, code: str, tmp_path: Path) -> None:
    assert come(Facts({measure: written}), tmp_path) == code


@pytest.mark.parametrize(
    ("written", "extra", "rest"),
    [("≥ 95%", "≥", "95%"), ("95,2%*", "*", "95,2%"), ("95,2% (2)", "(2)", "95,2%"), ("Khoảng 95 %", "Khoảng", "95 %")],
)
def test_it_is_said_what_to_leave_out(written: str, extra: str, rest: str) -> None:
    with pytest.raises(QuantityError) as caught:
        Amount.of(written)
    params = caught.value.problems[0].params
    assert (params["extra"], params["rest"]) == (extra, rest)
    Amount.of(params["rest"])
    assert f"hãy bỏ “{extra}”" in caught.value.text("vi")


@pytest.mark.parametrize("written", ["chưa đạt 95%", "không đạt 95%", "không 95", "trừ 95", "thiếu 95%"])
def test_no_advice_turns_a_text_into_its_contrary(written: str) -> None:
    """Without its first word it would say something else."""
    with pytest.raises(QuantityError) as caught:
        Amount.of(written)
    assert caught.value.problems[0].key == "error.not_a_number"


@pytest.mark.parametrize(("unit", "vi", "en"), [("level", "mức độ 3", "level 3"), ("grade", "loại 3", "class 3")])
def test_a_level_is_printed_as_people_say_it_and_a_distance_is_counted_in_steps(unit: str, vi: str, en: str) -> None:
    level = Amount(Decimal(3), unit)
    assert (level.text("vi"), level.text("en"), Amount.of(level.plain()), Amount.of(en)) == (vi, en, level, level)
    gap = Amount(Decimal(1), unit_of_gap(unit))
    assert (gap.text("vi"), gap.text("en")) == ("1 bậc", "1 step")


def test_a_level_too_low_is_short_by_steps_at_every_place_it_is_told() -> None:
    snapshot = Snapshot(
        unit=Unit(id="x", level="commune", region="btb"),
        as_of="2023-08-17",
        measures={"literacy_level": "mức độ 1"},
    )
    result = evaluate("vn/commune-advanced", snapshot)
    # Required: level 2.
    assert result["5.4"].gap == Amount(Decimal(1), "step")
    for lang, short, level in (("vi", "còn thiếu 1 bậc", "mức độ 1"), ("en", "short by 1 step", "level 1")):
        said = result.explain(lang)
        assert short in said
        assert level in said
        assert "1 mức độ" not in said
        assert "1 level" not in said
    step = next(one for one in result.remedy().steps if one.measure == "literacy_level")
    assert ("mức độ 2" in step.say("vi"), "1 bậc" in step.say("vi")) == (True, True)
    assert ("level 2" in step.say("en"), "1 step" in step.say("en")) == (True, True)


@pytest.mark.parametrize("written", ["mức độ 3", "Mức 3", "cấp độ 3", "3 mức độ", "3"])
def test_the_unit_of_a_level_may_stand_before_it(written: str, tmp_path: Path) -> None:
    assert come(Facts({LEVEL: written}), tmp_path)[0] == ((LEVEL, Decimal(3)),)


@pytest.mark.parametrize(
    "rows",
    [
        f"{HEAD};{SHARE}.numerator;{SHARE}.denominator\nx;xã;17/08/2023;6.112;6.420\n",
        f"{HEAD};{SHARE};{SHARE}.tử số;{SHARE}.mẫu số\nx;xã;17/08/2023;95,2;6112;6420\n",
        f"{HEAD};measure;tử số;mẫu số\nx;xã;17/08/2023;{SHARE};6112;6.420\n",
        f"{HEAD};measure;value;numerator;denominator\nx;xã;17/08/2023;{SHARE};95,2 %;6112;6.420\n",
    ],
)
def test_two_columns_of_counts_are_a_share(rows: str, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(rows, encoding="utf-8")
    (snapshot,) = read_snapshots(tmp_path / "a.csv")
    assert snapshot.measures[SHARE][0].value == Amount.of("6112/6420")


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        (f"{HEAD};{SHARE}.numerator;{SHARE}.denominator\nx;xã;17/08/2023;6.112;\n", "error.share_half"),
        (f"{HEAD};{SHARE};{SHARE}.tử số;{SHARE}.mẫu số\nx;xã;17/08/2023;96;6112;6420\n", "error.share_differs"),
        (f"{HEAD};{INCOME}.tử số;{INCOME}.mẫu số\nx;xã;17/08/2023;6112;6420\n", "error.dimension"),
    ],
)
def test_columns_of_counts_that_make_no_share_are_refused_with_their_cell(rows: str, code: str, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(rows, encoding="utf-8")
    with pytest.raises(SnapshotError) as caught:
        read_snapshots(tmp_path / "a.csv")
    (problem,) = caught.value.problems
    assert (problem.key, bool(problem.place.cell)) == (code, True)


def test_counts_in_python_and_json() -> None:
    measures = {SHARE: {"numerator": 6112, "denominator": 6420, "by": "Sở Y tế"}}
    snapshot = Snapshot.model_validate(Facts(measures).plain())
    assert snapshot.measures[SHARE][0].value == Amount.of("6.112/6.420")
    with pytest.raises(SnapshotError):
        Snapshot.model_validate(Facts({SHARE: {"numerator": 6112}}).plain())
    with pytest.raises(SnapshotError):
        Snapshot.model_validate(Facts({SHARE: {"value": "96 %", "numerator": 6112, "denominator": 6420}}).plain())


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 10**8), st.integers(1, 10**8))
def test_no_verdict_turns_on_how_a_share_is_kept(upper: int, lower: int) -> None:
    """17.1 asks 55 %: the counts decide, exactly, one unit at a time and in columns."""
    upper = min(upper, lower)
    met = "MET" if Fraction(upper, lower) * 100 >= 55 else "NOT_MET"
    snapshot = Snapshot.model_validate(Facts({SHARE: f"{upper}/{lower}"}).plain())
    assert evaluate(PACK, snapshot)["18.1"].verdict == met
    frame = pl.DataFrame({"id": ["x"], "region": ["btb"], SHARE: [f"{upper}/{lower}"]})
    assert evaluate_frame(PACK, frame, as_of="2023-08-17").frame["i_18_1"].to_list() == [met]


def test_a_threshold_is_no_pair_of_counts() -> None:
    with pytest.raises(PackError) as caught:
        Figure.model_validate({"value": "6/7"})
    assert [problem.key for problem in caught.value.problems] == ["error.threshold_counts"]


def test_a_share_keeps_its_counts_in_words() -> None:
    assert share_of(Decimal(6112), Decimal(6420)).text("vi") == "≈ 95,2025 % (6.112/6.420)"
    assert share_of(Decimal(3), Decimal(4)).text("en") == "75% (3/4)"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("52.000.000đ", "đồng/người/năm"),
        ("4,3 triệu/tháng", "triệu đồng/người/tháng"),
        ("52 triệu", "triệu đồng/người/năm"),
    ],
)
def test_what_an_income_leaves_out_is_told(written: str, meant: str, tmp_path: Path) -> None:
    assert come(Facts({"income_per_capita": written}), tmp_path) == "error.dimension_short"
    with pytest.raises(QuantityError) as caught:
        Amount.of(written).to("million_vnd/person/year")
    assert f"nếu ý là “{meant}”" in caught.value.text("vi")


@pytest.mark.parametrize("written", ["9/10/2023", "2023-10-09", "09.10.2023"])
def test_a_date_is_told_to_be_one(written: str, tmp_path: Path) -> None:
    assert come(Facts({"income_per_capita": written}), tmp_path) == "error.day_for_number"


@pytest.mark.parametrize("line", ["set: [{code: '1', threshold: >= 90}]", "threshold: > 90", "threshold: >=90 %"])
def test_a_sign_without_quotes_is_told_as_the_cause(line: str) -> None:
    with pytest.raises(PackError) as caught:
        parse_yaml(f"id: a/b\n{line}\n")
    assert caught.value.problems[0].params["reason"].key == "syntax.sign"
