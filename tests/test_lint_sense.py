"""Lint finds what cannot be meant, and says nothing of what can."""

from __future__ import annotations

from pathlib import Path

import pytest

from ntm_rules import lint, load_pack
from ntm_rules.analysis.linting import sense
from ntm_rules.analysis.linting.subject import LintFinding, Subject
from ntm_rules.pack.catalogue import installed
from ntm_rules.pack.loader import parse_yaml, validate
from ntm_rules.pack.model import Pack

NINE = Path(__file__).with_name("nine_mistakes.yaml")
HEAD = NINE.read_text(encoding="utf-8").partition("      # 1")[0]


def _found(entry: str) -> list[LintFinding]:
    pack = validate(Pack, parse_yaml(f"{HEAD}      - {entry}\n", "t.yaml"))
    subject = Subject(pack, installed())
    return [finding for rule in (sense.falling, sense.covered, sense.told_otherwise) for finding in rule(subject)]


def test_each_of_nine_mistakes_is_found() -> None:
    """A comparison turned round, holes, contradictions, slips of a decimal point: each at its own indicator."""
    found = {(finding.about, finding.rule) for finding in lint(load_pack(NINE))}
    wanted = ["direction", "hole", "contradiction", "hole", "falling", "covered", "told_otherwise", "always", "overlap"]
    assert {(f"1.{number}", rule) for number, rule in enumerate(wanted, 1)} <= found


@pytest.mark.parametrize(
    ("words", "requires", "rule"),
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
    ],
)
def test_what_cannot_be_meant_is_told_and_nothing_else(words: str, requires: str, rule: str) -> None:
    """The rule that applies speaks once; values that rise, branches that differ and figures the text has do not."""
    found = _found(f'{{code: "1.1", text: "{words}", requires: {requires}}}')
    assert [finding.rule for finding in found] == ([rule] if rule else [])
    assert all(finding.about == "1.1" for finding in found)


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
