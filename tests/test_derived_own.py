"""Figures that follow from others by a pack's own measures: the same everywhere, and no part unknown."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

import ntm_rules as ntm
from ntm_rules.errors import EvaluationError, PackError
from ntm_rules.live import LiveSession
from ntm_rules.pack.bundle import Bundle
from ntm_rules.pack.catalogue import Catalogue
from ntm_rules.snapshot.form import write_form
from ntm_rules.verdict import MET, NOT_MET, UNKNOWN

DAY = "2023-08-17"
UNIT = {"id": "x", "name": "Xã X", "level": "commune", "region": "btb"}
OVERLAY = """
id: tinh/commune
edition: "2023-2025"
extends: vn/commune@2021-2025
title: {vi: Bộ tiêu chí của tỉnh, en: The province's set}
valid: {from: 2023-01-01, to: 2025-12-31}
regions: [btb]
legal_basis: [{id: qd99, number: 99/2022/QĐ-UBND, issuer: UBND tỉnh, issued: 2022-12-20}]
source: {basis: qd99, verification: stated, checked_against: [công báo tỉnh]}
add:
  - criterion:
      code: "20"
      title: {vi: Vườn hộ, en: Gardens}
      indicators:
        - code: "20.1"
          text: {vi: Tỷ lệ vườn đẹp, en: Share of gardens}
          requires: {measure: garden_share, at_least: 60 %}
        - code: "20.2"
          text: {vi: Tăng trưởng, en: Growth}
          requires: {measure: garden_growth, at_least: 5 %}
measures:
  - {id: gardens, name: {vi: Vườn, en: Gardens}, unit: hộ, better: higher, domain: {from: 0, whole: true}}
  - {id: gardens_good, name: {vi: Vườn đẹp, en: Good ones}, unit: hộ, better: higher, domain: {from: 0, whole: true}}
  - id: garden_share
    name: {vi: Tỷ lệ vườn đẹp, en: Share of good gardens}
    unit: "%"
    better: higher
    domain: {from: 0, to: 100}
    derived: {share_of: gardens_good, over: gardens}
  - id: gardens_before
    name: {vi: Vườn năm trước, en: Gardens the year before}
    unit: hộ
    better: neither
    earlier: {of: gardens, years: 1}
  - id: garden_growth
    name: {vi: Tăng, en: Growth}
    unit: "%"
    better: higher
    derived: {growth_of: gardens, over: gardens_before}
"""


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> ntm.Pack:
    file = tmp_path_factory.mktemp("own") / "ovl.yaml"
    file.write_text(OVERLAY, encoding="utf-8")
    return ntm.load_pack(file)


def snapshot(**measures: Any) -> ntm.Snapshot:
    return ntm.Snapshot(unit=UNIT, as_of=DAY, measures=measures)


@pytest.mark.parametrize(("good", "verdict"), [(270, MET), (269, NOT_MET)])
def test_a_share_follows_and_shows_its_parts(pack, good, verdict):
    found = ntm.evaluate(pack, snapshot(gardens=450, gardens_good=good))["20.1"]
    assert found.verdict is verdict
    assert [part.name.vi for part in found.check.observed[0].parts] == ["Vườn đẹp", "Vườn"]


def test_one_part_alone_names_the_other(pack):
    found = ntm.evaluate(pack, snapshot(gardens=450))["20.1"]
    assert found.verdict is UNKNOWN
    assert "Vườn đẹp" in found.check.lacks.vi


def test_two_dated_values_of_one_figure_make_its_growth(pack):
    years = [{"value": 100, "on": "2022-06-30"}, {"value": 105, "on": "2023-06-30"}]
    assert ntm.evaluate(pack, snapshot(gardens=years))["20.2"].verdict is MET


def test_a_pack_that_asks_for_it_sees_it_and_another_one_does_not(pack, tmp_path):
    """What follows by one pack's own measures is judged where that pack is, and its remedy knows it as well."""
    facts = snapshot(gardens=450, gardens_good=200)
    answer = ntm.evaluate(pack, facts)
    assert answer["20.1"].verdict is NOT_MET
    assert ("gardens_good", "270") in {(step.measure, str(step.to and step.to.value)) for step in answer.remedy().steps}
    with pytest.raises(EvaluationError, match="gardens"):
        ntm.evaluate("vn/commune@2021-2025", facts)


_COUNT = st.none() | st.integers(0, 30)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(rows=st.lists(st.tuples(_COUNT, _COUNT, st.none() | st.sampled_from([50, 60, 70])), min_size=1, max_size=20))
def test_a_frame_and_a_live_session_say_what_evaluate_says(pack, rows):
    polars = pytest.importorskip("polars", reason="polars is not installed")
    names = ("gardens", "gardens_good", "garden_share")
    columns = {name: [row[index] for row in rows] for index, name in enumerate(names)}
    frame = polars.DataFrame(
        {"id": [f"x{n}" for n in range(len(rows))], "region": ["btb"] * len(rows), **columns},
        schema_overrides=dict.fromkeys(names, polars.Int64),
    )
    got = ntm.evaluate_frame(pack, frame, as_of=DAY, invalid="mark").frame["i_20_1"].to_list()
    for row, said in zip(rows, got, strict=True):
        told = {name: value for name, value in zip(names, row, strict=True) if value is not None}
        try:
            wanted = ntm.evaluate(pack, snapshot(**told))["20.1"].verdict
        except ntm.NtmError:
            continue  # More good gardens than there are.
        assert said == wanted, row


def test_a_live_session_follows_each_part_as_it_comes(pack):
    with LiveSession([ntm.Unit(**UNIT)], packs=[pack], as_of=DAY) as session:
        for name, value, verdict in (
            ("gardens", "100", UNKNOWN),
            ("gardens_good", "59", NOT_MET),
            ("gardens_good", "60", MET),
        ):
            session.observe("x", name, value)
            assert session.assessment("x", pack.id)["20.1"].verdict is verdict
            assert {one.code: one.after for one in session.observe("x", "gardens", "100")} == {}


def test_a_tree_follows_the_parts(pack):
    facts = snapshot(gardens=450, gardens_good=270)
    tree = ntm.evaluate_tree([ntm.Unit(**UNIT)], [facts], [pack], as_of=DAY)
    assessment = tree["x", "vn/commune"]
    assert assessment["20.1"].verdict is MET
    assert ntm.Assessment.from_json(assessment.to_json()) == assessment


def test_a_form_takes_the_parts(pack, tmp_path):
    path = tmp_path / "form.xlsx"
    write_form(pack, path)
    book = load_workbook(path)
    sheet = next(one for one in book if one["A1"].value == "code_shown")
    column = {cell.value: cell.column for cell in sheet[1]}
    answers = {"id": "x", "region": "btb", "as_of": "17/08/2023", "gardens": "450", "gardens_good": "400"}
    for row in range(2, sheet.max_row + 1):
        for name in ("detail", "measure"):
            said = answers.pop(sheet.cell(row, column[name]).value, None)
            if said:
                sheet.cell(row, column["value"]).value = said
    assert not answers
    book.save(path)
    (told,) = ntm.read_snapshots(path, packs=[pack])
    assert ntm.evaluate(pack, told)["20.1"].verdict is MET


def test_lint_calls_no_part_unused(pack):
    assert [one for one in ntm.lint(pack) if one.rule == "unused" and "gardens" in one.message.en] == []


@pytest.mark.parametrize(
    ("before", "after", "measure"),
    [
        ("share_of: gardens_good", "share_of: gardens_god", "garden_share"),
        ("over: gardens}\n", "over: garden}\n", "garden_share"),
        ("of: gardens, years: 1", "of: garden, years: 1", "gardens_before"),
    ],
)
def test_a_part_nobody_declares_is_refused_with_its_line_and_a_hint(tmp_path, before, after, measure):
    file = tmp_path / "ovl.yaml"
    file.write_text(OVERLAY.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(PackError) as refused:
        ntm.load_pack(file)
    (problem,) = refused.value.problems
    assert (problem.key, problem.params["measure"]) == ("error.unknown_part", measure)
    assert f"id: {measure}" in file.read_text(encoding="utf-8").splitlines()[problem.place.line - 1]
    assert "gardens" in problem.text("vi").partition(".")[2]


def test_a_part_no_bundle_declares_is_refused(tmp_path):
    """As a pack's own, a bundle's measure that follows from nothing is told when it is read, not when it is judged."""
    share = {"name": {"vi": "S", "en": "S"}, "unit": "%", "better": "higher"}
    measures = [{"id": "share", **share, "derived": {"share_of": "good", "over": "whole"}}, {"id": "whole", **share}]
    (tmp_path / "measures").mkdir()
    (tmp_path / "measures" / "all.yaml").write_text(json.dumps({"measures": measures}), encoding="utf-8")
    with pytest.raises(PackError, match=r"t/measures/all.yaml:1.*good"):
        _ = Catalogue((Bundle("t", tmp_path),)).measures
