"""Whether one pack is as strict as another is decided, shown by a snapshot where not, and left open where unknown."""

from __future__ import annotations

import re
import tempfile
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shelf import head, indicators, overlay, shelf

import ntm_rules as ntm
from ntm_rules.analysis.compare import Answer, Comparison, DifferenceKind
from ntm_rules.analysis.strictness import Why
from ntm_rules.errors import PackError
from ntm_rules.pack.catalogue import Catalogue
from ntm_rules.verdict import MET, NOT_APPLICABLE, NOT_MET


def held(folder: Path, first: str, second: str, trust: str = "recalled", **others: str) -> Comparison:
    catalogue = shelf(folder, a=first, b=second, **others)
    return ntm.compare("t/a", "t/b", trust=trust, catalogue=catalogue)


def pair(folder: Path, first: str, second: str) -> Comparison:
    """Two packs of one indicator each."""
    return held(folder, head("a") + indicators(first), head("b") + indicators(second))


@pytest.mark.parametrize(
    ("first", "second", "answer"),
    [
        ("{measure: water, at_least: 55}", "{measure: water, at_least: 20}", Answer.PROVED),
        ("{measure: water, at_least: 20}", "{measure: water, at_least: 55}", Answer.REFUTED),
        ("{measure: water, at_least: 20}", "{measure: water, more_than: 20}", Answer.REFUTED),
        ("{measure: water, more_than: 20}", "{measure: water, at_least: 20}", Answer.PROVED),
        ("{measure: poverty, at_most: 4}", "{measure: poverty, less_than: 5}", Answer.PROVED),
        ("{measure: poverty, at_most: 5}", "{measure: poverty, less_than: 5}", Answer.REFUTED),
        ("{measure: water, equal_to: 100}", "{measure: water, at_least: 100}", Answer.PROVED),
        ("{measure: water, at_least: 100}", "{measure: water, equal_to: 100}", Answer.PROVED),
        ("{measure: schools, more_than: 3}", "{measure: schools, at_least: 4}", Answer.PROVED),
        ("{measure: income, more_than: 3}", "{measure: income, at_least: 4}", Answer.REFUTED),
        ("{measure: income, at_least: 48000 nghìn đồng/người/năm}", "{measure: income, at_least: 48}", Answer.PROVED),
        ("{measure: poverty, at_most: 4}", "{measure: water, at_least: 1}", Answer.REFUTED),
        ("{measure: poverty, at_most: 4}", "{measure: water, at_least: 0}", Answer.PROVED),
        (
            "{any: [{measure: water, at_least: 60}, {measure: water, at_least: 80}]}",
            "{measure: water, at_least: 50}",
            Answer.PROVED,
        ),
        (
            "{all: [{measure: water, at_least: 60}, {measure: poverty, at_most: 3}]}",
            "{at_least: 1, of: [{measure: water, at_least: 60}, {measure: poverty, at_most: 2}]}",
            Answer.PROVED,
        ),
        (
            "{at_least: 2, of: [{measure: water, at_least: 60}, {measure: poverty, at_most: 2}, {measure: income, "
            "at_least: 9}]}",
            "{any: [{measure: water, at_least: 60}, {measure: poverty, at_most: 2}]}",
            Answer.PROVED,
        ),
        (
            "{when: {measure: schools, more_than: 3}, then: {measure: water, at_least: 70}, "
            "otherwise: {measure: water, at_least: 50}}",
            "{measure: water, at_least: 50}",
            Answer.PROVED,
        ),
        (
            "{measure: water, at_least: 50}",
            "{when: {measure: schools, more_than: 3}, then: {measure: water, at_least: 70}, "
            "otherwise: {measure: water, at_least: 50}}",
            Answer.REFUTED,
        ),
    ],
)
def test_strictness_is_decided(tmp_path: Path, first: str, second: str, answer: Answer) -> None:
    found = pair(tmp_path, first, second)
    assert found.answer is found.criteria.answer is answer
    assert (found.counterexample is None) is (answer is Answer.PROVED)


def test_a_counterexample_is_confirmed_by_evaluation(tmp_path: Path) -> None:
    catalogue = shelf(
        tmp_path,
        a=head("a") + indicators("{measure: water, at_least: 20}", "{finding: met}"),
        b=head("b") + indicators("{measure: water, at_least: 55}"),
    )
    example = ntm.compare("t/a", "t/b", catalogue=catalogue).counterexample
    assert example is not None
    assert ntm.evaluate("t/a", example, catalogue=catalogue).verdict is MET
    assert ntm.evaluate("t/b", example, catalogue=catalogue)["1.1"].verdict is NOT_MET
    assert ntm.Snapshot.model_validate(example.to_dict()) == example


def test_each_region_and_year_has_its_own_answer(tmp_path: Path) -> None:
    table = "{measure: water, at_least: {by_year: {2022: {by_region: {btb: 20}, otherwise: 40}, 2023: 30}}}"
    found = pair(tmp_path, "{measure: water, at_least: 30}", table)
    answers = {(case.case.day.year, case.case.region.value): case.answer for case in found.whole.cases}
    assert answers[2022, "btb"] is answers[2023, "btb"] is answers[2023, "dbsh"] is Answer.PROVED
    assert answers[2022, "dbsh"] is Answer.REFUTED
    assert len(answers) == 14
    assert "every region but North Central Coast, 2022" in found.text("en")


@pytest.mark.parametrize("threshold", ["delegated", "untranscribed", "{untranscribed: true, candidates: [20 %]}"])
def test_what_nobody_has_entered_leaves_the_question_open(tmp_path: Path, threshold: str) -> None:
    unknown = f"{{measure: water, at_least: {threshold}}}"
    for first, second in ((unknown, "{measure: water, at_least: 20}"), ("{measure: water, at_least: 20}", unknown)):
        folder = tmp_path / str(len(first))
        found = pair(folder, first, second)
        assert found.answer is Answer.UNDETERMINED
        assert found.counterexample is None
        assert {point.why for point, _ in found.whole.points()} == {Why.UNRESOLVED}


def test_a_figure_below_the_trust_is_not_compared(tmp_path: Path) -> None:
    weak = "{measure: water, at_least: {value: 20, source: {verification: uncertain}}}"
    first, second = head("a") + indicators("{measure: water, at_least: 30}"), head("b") + indicators(weak)
    assert held(tmp_path / "1", first, second).answer is Answer.UNDETERMINED
    assert held(tmp_path / "2", first, second, trust="uncertain").answer is Answer.PROVED


def test_an_unknown_threshold_elsewhere_does_not_hide_a_refutation(tmp_path: Path) -> None:
    first = head("a") + indicators("{measure: poverty, at_most: untranscribed}", "{measure: water, at_least: 20}")
    found = held(tmp_path, first, head("b") + indicators("{measure: water, at_least: 55}"))
    assert found.answer is Answer.REFUTED


def test_conclusions_of_two_sets_are_two_questions(tmp_path: Path) -> None:
    found = pair(tmp_path, "{finding: met}", "{finding: met}")
    assert found.answer is Answer.UNDETERMINED
    assert {point.why for point, _ in found.whole.points()} == {Why.JUDGED}


def test_what_an_overlay_leaves_alone_is_the_same_question(tmp_path: Path) -> None:
    base = head("b") + indicators("{finding: met}", "{measure: water, at_least: untranscribed}")
    found = held(tmp_path, overlay("a", "b"), base)
    assert found.answer is Answer.PROVED
    assert found.differences == ()


def test_a_prerequisite_is_counted_or_set_aside(tmp_path: Path) -> None:
    asks_b = "prerequisites: [{code: P1, text: {vi: Đạt b, en: Meets b}, requires: {meets: t/b}}]\n"
    first = head("a") + asks_b + indicators("{measure: poverty, at_most: 4}")
    found = held(tmp_path, first, head("b") + indicators("{measure: water, at_least: 55}", "{finding: met}"))
    assert found.whole.answer is Answer.PROVED
    assert found.criteria.answer is Answer.REFUTED
    point = next(point for point, _ in found.criteria.points() if point.answer is Answer.REFUTED)
    assert (point.code, point.measures, point.asked) == ("1.1", ("water",), False)


def test_children_are_compared_by_share_number_and_absence(tmp_path: Path) -> None:
    def district(name: str, *requires: str) -> str:
        return head(name, level="district") + indicators(*requires)

    of = "{level: commune, meeting: t/c}"
    communes = head("c") + indicators("{measure: water, at_least: 1}")
    half = f"{{share_of: {of}, at_least: 50 %}}"
    every, three = f"{{every: {of}}}", f"{{count_of: {of}, at_least: 3}}"
    assert held(tmp_path / "1", district("a", every), district("b", half), c=communes).answer is Answer.PROVED
    found = held(tmp_path / "2", district("a", half), district("b", every), c=communes)
    assert found.answer is Answer.REFUTED
    assert found.counterexample is not None
    assert found.counterexample.children
    # A district without communes, or with few, has all of them and not three.
    assert held(tmp_path / "3", district("a", every), district("b", three), c=communes).answer is Answer.REFUTED
    assert held(tmp_path / "4", district("a", three), district("b", three), c=communes).answer is Answer.PROVED


def test_the_share_of_criteria_not_met_is_counted(tmp_path: Path) -> None:
    three = "".join(
        f'  - {{code: "{n}", title: {{vi: T{n}, en: T{n}}}, indicators: [{{code: "{n}.1", text: {{vi: C, en: C}}, '
        f"requires: {{measure: {name}, {op}: 10}}}}]}}\n"
        for n, name, op in ((1, "water", "at_least"), (2, "poverty", "at_most"), (3, "income", "at_least"))
    )
    c = head("c") + "criteria:\n" + three
    half, third = "{unmet_share_of: t/c, at_least: 50 %}", "{unmet_share_of: t/c, at_least: 30 %}"
    assert (
        held(tmp_path / "1", head("a") + indicators(half), head("b") + indicators(third), c=c).answer is Answer.PROVED
    )
    found = held(tmp_path / "2", head("a") + indicators(third), head("b") + indicators(half), c=c)
    assert found.answer is Answer.REFUTED


def test_attributes_are_cases_of_their_own(tmp_path: Path) -> None:
    declared = "attributes: {island: {name: {vi: Xã đảo, en: Island commune}, default: false}}\n"
    by = "{measure: water, at_least: {by_attribute: island, cases: {true: 10, false: 40}}}"
    first = head("a") + declared + indicators(by)
    found = held(tmp_path, first, head("b") + indicators("{measure: water, at_least: 30}"))
    assert {(dict(one.case.attributes)["island"], one.answer) for one in found.whole.cases} == {
        (True, Answer.REFUTED),
        (False, Answer.PROVED),
    }


def test_levels_and_attributes_of_several_values_are_named(tmp_path: Path) -> None:
    declared = "attributes: {kind: {name: {vi: Loại, en: Kind}, default: plain}}\n"
    old = "{by_attribute: kind, cases: {old: 10}, otherwise: 40}"
    by = f"{{measure: water, at_least: {{by_level: {{ward: {old}}}, otherwise: 30}}}}"
    first = head("a").replace("[commune]", "[ward, town]") + declared + indicators(by)
    second = head("b").replace("[commune]", "[ward, town]") + indicators("{measure: water, at_least: 30}")
    found = held(tmp_path, first, second)
    refuted = [one for one in found.whole.cases if one.answer is Answer.REFUTED]
    assert {(one.case.level.value, dict(one.case.attributes)["kind"]) for one in refuted} == {("ward", "old")}
    assert "refuted: (ward; Kind: old)" in found.text("en")
    assert {dict(one.case.attributes)["kind"] for one in found.whole.cases} == {"old", "plain", "khác"}


def test_a_set_nothing_can_meet_is_said_to_be_one(tmp_path: Path) -> None:
    impossible = "{all: [{measure: water, at_least: 60}, {measure: water, less_than: 60}]}"
    found = pair(tmp_path, impossible, "{measure: income, at_least: 5}")
    assert found.answer is Answer.PROVED
    assert all(one.impossible for one in found.whole.cases)
    assert "Nothing can meet the first pack" in found.text("en")


def test_packs_never_in_force_together_are_compared_at_the_turn(tmp_path: Path) -> None:
    old = head("b", end="2022-06-30") + indicators("{measure: water, at_least: 20}")
    new = overlay("a", "b", start="2022-07-01") + 'set: [{code: "1.1", threshold: 30}]\n'
    found = held(tmp_path, new, old)
    assert found.whole.cases == ()
    assert found.answer is Answer.UNDETERMINED
    assert [change.kind for change in found.differences] == [DifferenceKind.TIGHTENED]
    assert "on no day in force together" in found.text("en")


def test_at_the_turn_a_figure_is_said_of_the_regions_it_holds_for():
    """13 % was asked of one region, and elsewhere only of communes counted with it; neither is left unsaid."""
    found = ntm.compare("vn/commune@2026-2030", "vn/commune@2021-2025")
    back = ntm.compare("vn/commune@2021-2025", "vn/commune@2026-2030")
    for lang, words in {
        "vi": (
            "bộ thứ hai: ≤ 13 %",
            "xã nhóm 1, trường hợp Xã đặc biệt khó khăn",
            "Trung du miền núi phía Bắc, xã nhóm 1]",
        ),
        "en": ("the second: ≤ 13%", "group 1, any of Specially difficult", "Northern Midlands and Mountains, group 1]"),
    }.items():
        line = next(line for line in found.text(lang).splitlines() if "6.1 ↔ 11" in line)
        assert all(one in line for one in words), line
        line = next(line for line in back.text(lang).splitlines() if "11 ↔ 6.1" in line)
        assert all(one in line for one in words[1:]), line
    of_13 = next(one for one in found.differences if one.code == "6.1" and "13" in one.before.en)
    plain = {case.region.value for case in of_13.cases if not any(value for _, value in case.attributes)}
    assert plain == {"tdmnpb"}
    assert len(set(found.universe)) == len(found.universe)


def test_at_the_turn_only_what_can_be_one_unit_is_held_together(tmp_path: Path) -> None:
    """An island commune faces what was asked of island communes; a kind the other set does not know is its other."""
    island = "island: {name: {vi: Xã đảo, en: Island commune}, default: false}"
    kind = "kind: {name: {vi: Loại, en: Kind}, default: plain}"
    declared = f"attributes: {{{island}, {kind}}}\n"
    by_island = "{measure: water, at_least: {by_attribute: island, cases: {true: %d, false: %d}}}"
    by_kind = "{measure: income, at_least: {by_attribute: kind, cases: {%s: %d}, otherwise: %d}}"
    old = head("b", end="2022-06-30") + declared + indicators(by_island % (20, 30), by_kind % ("p", 1, 2))
    new = head("a", start="2022-07-01") + declared + indicators(by_island % (40, 50), by_kind % ("q", 3, 4))
    changes = held(tmp_path, new, old).differences
    figures = {(one.code, *(int(re.sub(r"\D", "", text.en)) for text in (one.before, one.after))) for one in changes}
    assert figures == {("1.1", 20, 40), ("1.1", 30, 50), ("1.2", 1, 4), ("1.2", 2, 3), ("1.2", 2, 4)}
    kinds = [dict(case.attributes)["kind"] for one in changes if one.code == "1.2" for case in one.cases]
    assert set(kinds) == {"p", "q", "plain", "khác"}


def test_changes_of_an_overlay_are_named_one_by_one(tmp_path: Path) -> None:
    base = head("b") + indicators(
        "{measure: water, at_least: 20}",
        "{measure: poverty, at_most: 5}",
        "{measure: income, at_least: delegated}",
        "{measure: schools, at_least: untranscribed}",
        "{finding: met}",
    )
    changes = """
set:
  - {code: "1.1", threshold: {by_region: {btb: 30, tn: 10}, otherwise: 20}}
  - {code: "1.2", threshold: 6}
  - {code: "1.3", threshold: 48}
  - {code: "1.4", threshold: 3}
change:
  - {code: "1.5", text: {vi: Lời khác, en: Other words}}
add:
  - {to: "1", indicator: {code: "1.6", text: {vi: Thêm, en: More}, requires: {finding: met}}}
"""
    found = held(tmp_path, overlay("a", "b") + changes, base)
    kinds = {(change.code or change.other_code, change.kind) for change in found.differences}
    assert kinds == {
        ("1.1", DifferenceKind.TIGHTENED),
        ("1.1", DifferenceKind.LOOSENED),
        ("1.2", DifferenceKind.LOOSENED),
        ("1.3", DifferenceKind.FILLED),
        ("1.4", DifferenceKind.OPEN),
        ("1.5", DifferenceKind.REWORDED),
        ("1.6", DifferenceKind.ADDED),
    }
    tightened = found.of_kind("tightened")[0]
    assert {case.region.value for case in tightened.cases} == {"btb"}
    assert "≥ 30% (the second: ≥ 20%) [North Central Coast]" in found.text("en")
    # What the law leaves to the province is what the province says, so filling it in makes nothing laxer.
    assert all(point.code != "1.3" for point, _ in found.whole.points())


def test_what_the_first_no_longer_asks_is_removed(tmp_path: Path) -> None:
    found = held(
        tmp_path,
        head("a") + indicators("{measure: water, at_least: 20}"),
        head("b") + indicators("{measure: water, at_least: 20}", "{measure: income, at_least: 9}"),
    )
    assert [(change.kind, change.other_code) for change in found.differences] == [(DifferenceKind.REMOVED, "1.2")]


def test_too_many_attributes_are_refused_by_name(tmp_path: Path) -> None:
    names = [f"a{number}" for number in range(13)]
    declared = "".join(f"  {name}: {{name: {{vi: {name}, en: {name}}}, default: false}}\n" for name in names)
    asks = "{any: [" + ", ".join(f"{{attribute: {name}, is: true}}" for name in names) + "]}"
    first = head("a") + "attributes:\n" + declared + indicators(asks)
    with pytest.raises(PackError, match=r"13 attributes .*a12.* more combinations"):
        held(tmp_path, first, head("b") + indicators("{finding: met}"))


def test_a_condition_too_intricate_to_decide_stays_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ntm_rules.analysis.formula.BUDGET", 2)
    intricate = "{at_least: 2, of: [{measure: water, at_least: 6}, {measure: income, at_least: 6}, {finding: met}]}"
    found = pair(tmp_path, intricate, intricate)
    assert {point.why for point, _ in found.whole.points()} == {Why.TOO_COMPLEX}


def test_a_pack_file_of_its_own_is_compared_with_an_installed_one(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(
        "id: mine/commune\nedition: '1'\nextends: vn/commune@2021-2025\ntitle: {vi: Của tôi, en: Mine}\n"
        "valid: {from: 2023-01-01, to: 2023-12-31}\nregions: [btb]\n"
        "legal_basis: [{id: q, number: 9/QĐ-UBND}]\n"
        "source: {basis: q, verification: stated, url: 'https://example.org'}\n"
        "set: [{code: '3.1', threshold: 70}]\n",
        encoding="utf-8",
    )
    found = ntm.compare(file, "vn/commune@2021-2025")
    assert [change.kind for change in found.differences] == [DifferenceKind.LOOSENED]
    assert {point.code for point, _ in found.whole.points() if point.answer is Answer.REFUTED} == {"3.1"}
    assert found.counterexample is not None


@pytest.mark.parametrize(
    ("first", "second", "answer"),
    [
        ("{total_of: [water, poverty], at_least: 60}", "{total_of: [water, poverty], at_least: 50}", Answer.PROVED),
        ("{total_of: [water, poverty], at_least: 50}", "{total_of: [poverty, water], at_least: 60}", Answer.REFUTED),
        ("{total_of: [water, poverty], at_least: 150}", "{total_of: [water, poverty], at_least: 190}", Answer.REFUTED),
        ("{measure: poverty, at_most: 5}", "{total_of: [water, poverty], at_least: 60}", Answer.REFUTED),
    ],
)
def test_sums_of_figures_are_compared_and_shown(tmp_path: Path, first: str, second: str, answer: Answer) -> None:
    found = pair(tmp_path, first, second)
    assert found.answer is answer
    assert (found.counterexample is not None) is (answer is Answer.REFUTED)


def test_the_answer_is_told_in_both_languages_and_as_data(tmp_path: Path) -> None:
    found = pair(tmp_path, "{measure: water, at_least: 20}", "{measure: water, at_least: 55}")
    assert "có đơn vị đạt bộ thứ nhất mà không đạt bộ thứ hai" in found.text("vi")
    assert "the first asks less (Clean water share: 20%)" in found.text("en")
    plain = found.to_dict()
    assert plain["whole"]["answer"] == "refuted"
    assert plain["whole"]["cases"][0]["counterexample"]["measures"] == {"water": [{"value": "20 %"}]}
    assert plain["differences"][0]["kind"] == "loosened"


# The law: what is proved holds of every complete snapshot, what is refuted is shown by one.

NAMES = ("water", "poverty", "income")
values = st.integers(0, 6)


def comparisons() -> st.SearchStrategy[str]:
    plain = values.map(str)
    by_region = st.tuples(values, values).map(lambda v: f"{{by_region: {{btb: {v[0]}}}, otherwise: {v[1]}}}")
    by_year = st.tuples(values, values).map(lambda v: f"{{by_year: {{2022: {v[0]}, 2023: {v[1]}}}}}")
    thresholds = st.one_of(plain, plain, by_region, by_year, st.just("untranscribed"))
    ops = st.sampled_from(("at_least", "more_than", "at_most", "less_than", "equal_to"))
    return st.builds(lambda m, op, t: f"{{measure: {m}, {op}: {t}}}", st.sampled_from(NAMES), ops, thresholds)


def conditions() -> st.SearchStrategy[str]:
    def grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        several = st.lists(inner, min_size=2, max_size=3)
        return st.one_of(
            several.map(lambda parts: f"{{all: [{', '.join(parts)}]}}"),
            several.map(lambda parts: f"{{any: [{', '.join(parts)}]}}"),
            several.map(lambda parts: f"{{at_least: 2, of: [{', '.join(parts)}]}}"),
            st.tuples(inner, inner, inner).map(lambda p: f"{{when: {p[0]}, then: {p[1]}, otherwise: {p[2]}}}"),
        )

    return st.recursive(st.one_of(comparisons(), comparisons(), st.just("{finding: met}")), grown, max_leaves=5)


@st.composite
def complete_snapshots(draw: st.DrawFn) -> ntm.Snapshot:
    halves = st.integers(0, 14).map(lambda n: Decimal(n) / 2)
    said = {f"1.{n}": draw(st.sampled_from(("met", "not_met"))) for n in (1, 2)}
    other = {f"1.{n}": draw(st.sampled_from(("met", "not_met"))) for n in (1, 2)}
    return ntm.Snapshot(
        unit={"id": "x", "level": "commune", "region": draw(st.sampled_from(("btb", "tn")))},
        as_of=draw(st.sampled_from(("2022-05-01", "2023-05-01"))),
        measures={name: draw(halves) for name in NAMES},
        findings={"t/a": said, "t/b": other},
    )


def agree(catalogue: Catalogue, snapshots: list[ntm.Snapshot], settled: bool, seen: Counter[str]) -> None:
    """The answers of a comparison against the evaluator's own, for each case and each snapshot."""
    found = ntm.compare("t/a", "t/b", catalogue=catalogue)
    for one in found.criteria.cases:
        seen[one.answer] += 1
        if one.counterexample is not None:
            assert ntm.evaluate("t/a", one.counterexample, catalogue=catalogue).verdict is MET
            assert ntm.evaluate("t/b", one.counterexample, catalogue=catalogue).verdict is NOT_MET
    for snapshot in snapshots:
        mine, theirs = (ntm.evaluate(pack, snapshot, catalogue=catalogue) for pack in ("t/a", "t/b"))
        here = next(
            one
            for one in found.criteria.cases
            if one.case.region is snapshot.unit.region and one.case.start <= snapshot.as_of <= one.case.end  # type: ignore[operator]
        )
        open_codes = {point.code for point in here.points}
        # What a department says of an unresolved threshold is no figure: only settled conditions are held to it.
        if mine.verdict in (MET, NOT_APPLICABLE) and settled:
            assert not here.impossible
            for indicator in theirs.indicators():
                if indicator.code not in open_codes:
                    seen["held"] += 1
                    assert indicator.verdict is not NOT_MET, snapshot


def test_the_decision_agrees_with_evaluation() -> None:
    seen: Counter[str] = Counter()
    several = st.lists(conditions(), min_size=2, max_size=2)

    @settings(deadline=None, max_examples=60)
    @given(several, several, st.lists(complete_snapshots(), min_size=8, max_size=8))
    def check(first: list[str], second: list[str], snapshots: list[ntm.Snapshot]) -> None:
        with tempfile.TemporaryDirectory() as folder:
            packs = {"a": head("a") + indicators(*first), "b": head("b") + indicators(*second)}
            catalogue = shelf(Path(folder) / "t", **packs)
            agree(catalogue, snapshots, "untranscribed" not in "".join(first + second), seen)

    check()
    # The law would hold of nothing too: each kind of answer was seen, and facts that meet the first pack.
    assert {Answer.PROVED, Answer.REFUTED, Answer.UNDETERMINED} <= seen.keys()
    assert seen["held"] > 10


def test_what_makes_no_difference_is_not_said_of_a_case(tmp_path: Path) -> None:
    """Of two attributes only the one that decides is named, in the reader's language and not by its id."""
    island = "island: {name: {vi: Xã đảo, en: Island commune}, default: false}"
    poor = "poor: {name: {vi: Xã nghèo, en: Poor commune}, default: false}"
    asked = "{measure: water, at_least: {by_attribute: %s, cases: {true: 10, false: 40}}}"
    first = head("a") + f"attributes: {{{island}, {poor}}}\n" + indicators(asked % "island", asked % "poor")
    found = held(tmp_path, first, head("b") + indicators("{measure: water, at_least: 30}"))
    assert "[trường hợp Xã đảo]" in found.text("vi")
    assert "[any of Island commune]" in found.text("en")


def test_what_another_set_asks_in_other_words_is_hinted_at_with_how_alike_it_is():
    """10.1 and 9.1 of today are 18.4, 18.2 and 18.3 of before, reworded; the hint pairs nothing and judges nothing."""
    found = ntm.compare("vn/commune@2026-2030", "vn/commune@2021-2025")
    alike = {
        one.code or f"-{one.other_code}": [like.code for like in one.alike] for one in found.differences if one.alike
    }
    assert (alike["10.1"], alike["9.1"], alike["-18.4"]) == (["18.4"], ["18.3", "18.2"], ["10.1"])
    added = next(one for one in found.of_kind(DifferenceKind.ADDED) if one.code == "10.1")
    assert added.sentence("vi").endswith("(có thể cùng một nội dung, viết lại: 18.4, lời giống 72 %)")
    assert added.to_dict()["alike"] == [{"code": "18.4", "score": 72}]
    assert "5.1" not in alike
