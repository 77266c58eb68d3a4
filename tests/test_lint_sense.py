"""Lint finds what cannot be meant, and says nothing of what can."""

from __future__ import annotations

from pathlib import Path

import pytest

from ntm_rules import lint, load_pack
from ntm_rules.analysis.linting import logic, sense, words
from ntm_rules.analysis.linting.subject import LintFinding, Subject
from ntm_rules.pack.catalogue import installed
from ntm_rules.pack.loader import parse_yaml, validate
from ntm_rules.pack.model import Pack

NINE = Path(__file__).with_name("nine_mistakes.yaml")
MORE = """measures:
  - {id: inc, name: {vi: t, en: t}, unit: triệu đồng/người/năm, better: higher, domain: {from: 0}}
  - {id: even, name: {vi: n, en: n}, unit: "%", better: neither, domain: {from: 0, to: 100}}
  - {id: pa, name: {vi: a, en: a}, unit: điểm, better: higher, domain: {from: 0, to: 10}}
  - {id: pb, name: {vi: b, en: b}, unit: điểm, better: higher, domain: {from: 0, to: 10}}
"""
HEAD = NINE.read_text(encoding="utf-8").partition("      # 1")[0].replace("measures:\n", MORE)


def _found(entry: str) -> list[LintFinding]:
    pack = validate(Pack, parse_yaml(f"{HEAD}      - {entry}\n", "t.yaml"))
    subject = Subject(pack, installed())
    rules = (sense.falling, sense.covered, sense.grades, words.told_otherwise, logic.conditions, logic.directions)
    return [finding for rule in rules for finding in rule(subject)]


def test_each_of_nine_mistakes_is_found() -> None:
    """A comparison turned round, holes, contradictions, slips of a decimal point: each at its own indicator."""
    found = {(finding.about, finding.rule) for finding in lint(load_pack(NINE))}
    wanted = ["direction", "hole", "contradiction", "hole", "falling", "covered", "told_otherwise", "always", "overlap"]
    assert {(f"1.{number}", rule) for number, rule in enumerate(wanted, 1)} <= found


@pytest.mark.parametrize(
    ("text", "requires", "rule"),
    [
        ("x", "{measure: ma, at_least: {by_year: {2023: 10, 2024-2025: 30}}}", ""),
        ("x", "{measure: ma, at_least: {by_year: {2025: 10, 2023: 30, 2024: 30}}}", "falling"),
        ("x", "{measure: poor, at_most: {by_year: {2023: 5, 2024: 3, 2025: 1}}}", ""),
        ("x", "{measure: poor, at_most: {by_year: {2023: 1, 2024: 3, 2025: 3}}}", "falling"),
        ("x", "{measure: ma, at_least: {by_region: {tn: {by_year: {2023: 2, 2024: 1}}}, otherwise: 9}}", "falling"),
        ("x", "{any: [{measure: ma, at_least: 50}, {measure: poor, at_most: 80}]}", ""),
        ("x", "{any: [{measure: ma, at_least: 80}, {measure: ma, at_least: 50}]}", "covered"),
        ("x", "{any: [{measure: ma, at_least: 50}, {measure: ma, at_least: 50}]}", "covered"),
        ("x", "{any: [{measure: ma, at_least: 50}, {all: [{measure: ma, at_least: 40}, {finding: met}]}]}", ""),
        ("Từ 95 % trở lên", "{measure: ma, at_least: 95}", ""),
        ("Từ 9,5% trở lên, có nơi 20%", '{measure: ma, at_least: "9,5 %"}', ""),
        ("Từ 95 % trở lên", '{measure: ma, at_least: "9,5 %"}', "told_otherwise"),
        ("Hai nội dung", "{measure: ma, at_least: 95}", ""),
        # Money, a year's or a month's, as people write it.
        ("Đạt 48 triệu đồng/người/năm trở lên", "{measure: inc, at_least: 480 triệu đồng/người/năm}", "told_otherwise"),
        ("Đạt 48 triệu đồng trở lên", '{measure: inc, at_least: "4,8 triệu đồng/người/năm"}', "told_otherwise"),
        ("Đạt 48 triệu đồng/người/năm trở lên", "{measure: inc, at_least: 48}", ""),
        ("Đạt 4 triệu đồng/người/tháng trở lên", "{measure: inc, at_least: 48}", ""),
        ("Đạt 4 triệu đồng mỗi tháng", "{measure: inc, at_least: 48}", ""),
        ("Đạt 48.000 nghìn đồng/người/năm", "{measure: inc, at_least: 48}", ""),
        ("Đạt 48.000.000 đồng/người/năm", "{measure: inc, at_least: 48}", ""),
        ("Trước ngày 30 tháng 6 năm 2025, theo điểm 3 Điều 2", "{measure: inc, at_least: 48}", ""),
        # Points.
        ("Tổng điểm đạt từ 15 điểm trở lên", "{total_of: [pa, pb], at_least: 5 điểm}", "told_otherwise"),
        ("Từ 5 đến dưới 15 điểm", "{total_of: [pa, pb], at_least: 5 điểm}", ""),
        ("x", "{total_of: [pa, pb], at_least: 50 điểm}", "contradiction"),
        # The sign.
        ("Từ 80% trở lên", "{measure: ma, more_than: 80}", "told_otherwise"),
        ("Trên 80%", "{measure: ma, at_least: 80}", "told_otherwise"),
        ("Trên 80%", "{measure: ma, more_than: 80}", ""),
        ("Không để tỷ lệ dưới 80%", "{measure: ma, at_least: 80}", ""),
        ("Không dưới 80%", "{measure: ma, at_least: 80}", ""),
        ("Từ 80% trở lên", "{measure: even, at_most: 80}", "told_otherwise"),
        ("Từ 50% đến 90%", "{all: [{measure: ma, at_least: 50}, {measure: ma, at_most: 90}]}", ""),
        ("x", "{all: [{measure: ma, at_most: 90}, {measure: poor, at_most: 5}]}", "direction"),
        # Lists of which some must hold, and choices.
        ("x", "{at_least: 1, of: [{measure: ma, at_least: 80}, {measure: ma, at_least: 50}]}", "covered"),
        (
            "x",
            "{at_least: 2, of: [{measure: ma, at_least: 80}, {measure: ma, at_least: 80}, {finding: met}]}",
            "covered",
        ),
        ("x", "{at_least: 2, of: [{measure: ma, at_least: 80}, {measure: ma, at_least: 50}, {finding: met}]}", ""),
        (
            "x",
            "{at_least: 2, of: [{all: [{measure: ma, at_least: 80}, {measure: poor, at_most: 3}]}, "
            "{measure: ma, at_least: 50}, {measure: poor, at_most: 5}]}",
            "covered",
        ),
        (
            "x",
            "{when: {finding: met}, then: {measure: ma, at_least: 5}, otherwise: {measure: ma, at_least: 5}}",
            "covered",
        ),
        ("x", "{when: {finding: met}, then: {measure: ma, at_least: 5}, otherwise: {measure: ma, at_least: 6}}", ""),
        (
            "x",
            "{when: {finding: met}, then: {measure: ma, at_least: delegated}, "
            "otherwise: {measure: ma, at_least: delegated}}",
            "",
        ),
    ],
)
def test_what_cannot_be_meant_is_told_and_nothing_else(text: str, requires: str, rule: str) -> None:
    """The rule that applies speaks once; values that rise, branches that differ and figures the text has do not."""
    found = _found(f'{{code: "1.1", text: "{text}", requires: {requires}}}')
    assert [finding.rule for finding in found] == ([rule] if rule else [])
    assert all(finding.about == "1.1" for finding in found)


def test_a_percentage_in_a_vietnamese_message_has_a_comma() -> None:
    (found,) = _found('{code: "1.1", text: "Dưới 1,5%", requires: {measure: poor, less_than: 15}}')
    assert "1,5 %" in found.sentence.vi
    assert "1.5%" in found.sentence.en


EARNED = """{code: "1.1", text: "Có điện (15 điểm)", requires: {finding: met}}
      - {code: "1.2", text: x, requires: {total_of: [{indicator: "1.1", points: %s}, pa], at_least: %s điểm}}"""


@pytest.mark.parametrize(
    ("points", "wanted", "rule"), [(15, 20, ""), (5, 12, "told_otherwise"), (15, 50, "contradiction")]
)
def test_points_are_held_against_the_words_and_against_what_is_asked(points: int, wanted: int, rule: str) -> None:
    """What an indicator is worth stands in its own words; a sum that cannot come to what is asked is never met."""
    found = _found(EARNED % (points, wanted))
    assert [finding.rule for finding in found] == ([rule] if rule else [])
    assert all(finding.about == "1.2" for finding in found)


GRADES = """{code: "1.1", text: x, requires: {measure: ma, at_least: 5}}
grades:
  - {code: "%s", text: x, requires: %s}
  - {code: "%s", text: x, requires: %s}"""
POINTS = "{total_of: [pa, {indicator: '1.1', points: 5}], at_least: %s điểm}"


@pytest.mark.parametrize("asks", ["{measure: ma, at_least: %s}", POINTS])
def test_a_grade_behind_one_that_covers_it_is_never_given(asks: str) -> None:
    """The first grade that is met is the one given, so the highest stands first; of points as of figures."""
    (found,) = _found(GRADES % ("3*", asks % 7, "4*", asks % 9))
    assert (found.rule, found.about, found.severity) == ("unreachable", "4*", "error")
    assert _found(GRADES % ("4*", asks % 9, "3*", asks % 7)) == []


def test_the_lowest_grade_is_there_for_everybody_and_stands_last() -> None:
    everybody = "{measure: ma, at_least: 0}"
    assert _found(GRADES % ("4*", "{measure: ma, at_least: 9}", "1*", everybody)) == []
    (found,) = _found(GRADES % ("1*", everybody, "4*", "{measure: ma, at_least: 9}"))
    assert (found.rule, found.about) == ("unreachable", "4*")


OVERLAY = """
id: vidu/commune
edition: 2026-2030
extends: vn/commune@2026-2030
title: Xã nông thôn mới tỉnh Ví Dụ
valid: {from: 2026-04-15, to: %s}
legal_basis: [{id: qd15, number: 15/2026/QĐ-UBND}]
source: {basis: qd15, at: Phụ lục, verification: stated, checked_against: [văn bản giả định]}
columns: {group: [nhom1, nhom2, nhom3]}
set:
  - {code: "6.1", measure: multidimensional_poverty_rate, threshold: [1 %%, 4 %%, 12 %%]}
%s
"""
LATER = '  - {code: "6.1", measure: multidimensional_poverty_rate_2027, threshold: [1 %, 4 %, 12 %]}'


@pytest.mark.parametrize(
    ("until", "more", "told"),
    [("2030-12-31", "", ["6.1"]), ("2030-12-31", LATER, []), ("2026-12-31", "", [])],
)
def test_a_value_that_stays_behind_when_the_measure_changes_is_told(
    tmp_path: Path, until: str, more: str, told: list[str]
) -> None:
    """A province that tightens poverty by the standard of 2026 alone has the nation's value again in 2027."""
    path = tmp_path / "commune.yaml"
    path.write_text(OVERLAY % (until, more), encoding="utf-8")
    assert [finding.about for finding in lint(path) if finding.rule == "left_behind"] == told
