"""Lint finds each planted mistake by its rule, on its line, says it in both languages, and says what to do."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml
from shelf import head, indicators, one, overlay

import ntm_rules as ntm
from ntm_rules.analysis.lint import LintFinding, lint
from ntm_rules.cli import main
from ntm_rules.errors import PackError
from ntm_rules.pack.loader import parse_yaml, validate
from ntm_rules.pack.model import Pack

CLEAN = head("a") + indicators("{measure: water, at_least: 55}", "{finding: met}")
INLINE = "\nmeasures: [{id: own, name: {vi: Riêng, en: Own}, unit: '%', better: higher, domain: {from: 0, to: 100}}]\n"


def found(folder: Path, text: str, **others: str) -> list[LintFinding]:
    pack, catalogue = one(folder, text, **others)
    return list(lint(pack, catalogue=catalogue))


def only(folder: Path, text: str, rule: str, **others: str) -> LintFinding:
    """The one finding there is, of that rule, with its place, sentences and suggestion complete."""
    findings = found(folder, text, **others)
    assert [finding.rule for finding in findings] == [rule], [finding.text("en") for finding in findings]
    finding = findings[0]
    assert finding.place.line > 0
    assert finding.place.file.endswith("a@1.yaml")
    assert all((finding.sentence.vi, finding.sentence.en, finding.fix.vi, finding.fix.en))
    return finding


def line_of(text: str, words: str) -> int:
    return next(number for number, line in enumerate(text.splitlines(), 1) if words in line)


def lines(requirement: str) -> str:
    """An indicator whose requirement is written over several lines, so that lines can be told apart."""
    start = 'criteria:\n  - code: "1"\n    title: {vi: Một, en: One}\n    indicators:\n      - code: "1.1"\n'
    body = "\n".join(f"        {line}" for line in requirement.strip().splitlines())
    return head("a") + start + "        text: {vi: Chỉ tiêu, en: Indicator}\n" + body + "\n"


def test_a_clean_pack_has_no_findings(tmp_path: Path) -> None:
    assert found(tmp_path, CLEAN) == []


def test_a_region_without_a_row(tmp_path: Path) -> None:
    text = lines(
        "requires:\n  measure: water\n  at_least:\n    by_region: {btb: 10, tn: 20, dnb: 20, dbscl: 9, dhntb: 8}"
    )
    finding = only(tmp_path, text, "hole")
    assert "no row for Red River Delta, Northern Midlands and Mountains" in finding.sentence.en
    assert finding.place.line == line_of(text, "at_least:")


def test_a_year_without_a_row(tmp_path: Path) -> None:
    finding = only(tmp_path, CLEAN.replace("at_least: 55", "at_least: {by_year: {2022: 5}}"), "hole")
    assert finding.sentence.en.endswith("no row for 2023")


def test_a_year_that_a_version_takes_over_needs_no_row(tmp_path: Path) -> None:
    text = lines("""
requires: {measure: water, at_least: {by_year: {2023: 5}}}
versions:
  - {valid: {from: 2022-01-01, to: 2022-12-31}, requires: {finding: met}}
""")
    assert found(tmp_path, text) == []


def test_a_level_and_an_attribute_without_a_row(tmp_path: Path) -> None:
    by_level = CLEAN.replace("[commune]", "[ward, town]").replace("at_least: 55", "at_least: {by_level: {ward: 5}}")
    assert "town" in only(tmp_path / "1", by_level, "hole").sentence.en
    declared = "attributes: {island: {name: {vi: Đảo, en: Island}, default: false}}\n"
    by = "at_least: {by_attribute: island, cases: {true: 5}}"
    by_attribute = declared + CLEAN.replace("at_least: 55", by)
    assert "island: false" in only(tmp_path / "2", by_attribute, "hole").sentence.en


def test_a_pack_for_one_region_needs_no_other_rows(tmp_path: Path) -> None:
    text = "regions: [btb]\n" + CLEAN.replace("at_least: 55", "at_least: {by_region: {btb: 5}}")
    assert found(tmp_path, text) == []


def test_versions_that_overlap(tmp_path: Path) -> None:
    text = lines("""
requires: {finding: met}
versions:
  - {valid: {from: 2022-01-01, to: 2022-06-30}, requires: {measure: water, at_least: 5}}
  - {valid: {from: 2022-06-01, to: 2022-12-31}, requires: {measure: water, at_least: 6}}
""")
    finding = only(tmp_path, text, "overlap")
    assert "both in force 2022-06-01 to 2022-06-30" in finding.sentence.en
    assert finding.place.line == line_of(text, "2022-06-01")


def test_region_rules_that_overlap(tmp_path: Path) -> None:
    rules = """
attributes:
  island: {name: {vi: Đảo, en: Island}, default: false}
  border: {name: {vi: Biên giới, en: Border}, default: false}
region_rules:
  - when: {attribute: island, is: true}
    region: tdmnpb
    text: {vi: Xã đảo, en: Island communes}
    source: {basis: qd, verification: recalled}
  - when: {attribute: border, is: true}
    region: tn
    text: {vi: Xã biên giới, en: Border communes}
    source: {basis: qd, verification: recalled}
"""
    assert "Border communes" in only(tmp_path / "1", CLEAN + rules, "overlap").sentence.en
    apart = "{all: [{attribute: border, is: true}, {attribute: island, is: false}]}"
    assert found(tmp_path / "2", CLEAN + rules.replace("{attribute: border, is: true}", apart)) == []
    dated = rules.replace("region: tdmnpb", "region: tdmnpb\n    valid: {to: 2022-06-30}")
    assert found(tmp_path / "4", CLEAN + dated.replace("region: tn", "region: tn\n    valid: {from: 2022-07-01}")) == []
    either = "{any: [{attribute: border, is: true}, {attribute: island, is: true}]}"
    assert only(tmp_path / "3", CLEAN + rules.replace("{attribute: border, is: true}", either), "overlap")


@pytest.mark.parametrize(
    ("requirement", "says", "at"),
    [
        ("requires: {measure: water, at_least: {by_year: {\n  2020: 5,\n  2022-2023: 6}}}", "the row 2020", "2020"),
        (
            "requires: {measure: water, at_least: {by_year: {2022-2023: 6},\n  otherwise: 7}}",
            "otherwise is never used",
            "otherwise",
        ),
        (
            "requires: {measure: water, at_least: {by_level: {commune: 6,\n  district: 7}}}",
            "the row district",
            "district",
        ),
        (
            "requires: {finding: met}\nversions:\n  - {valid: {to: 2021-12-31}, requires: {finding: met}}",
            "the version until 2021-12-31",
            "2021-12-31",
        ),
        (
            "requires:\n  when: {measure: schools, at_least: 0}\n  then: {measure: water, at_least: 5}\n"
            "  otherwise: {measure: water, at_least: 6}",
            "nothing ever leads to this branch",
            "otherwise",
        ),
        (
            "requires:\n  when: {measure: water, more_than: 100}\n  then: {measure: income, at_least: 5}\n"
            "  otherwise: {measure: income, at_least: 6}",
            "nothing ever leads to this branch",
            "then",
        ),
        (
            "requires: {finding: met}\napplies_if: {measure: water, more_than: 100}",
            "never holds",
            "applies_if",
        ),
        (
            "requires: {measure: water, at_least: {by_year: {2022: {by_year: {2022: 5,\n  2023: 6}}, 2023: 7}}}",
            "the row 2023",
            "2023: 6",
        ),
    ],
)
def test_what_nothing_leads_to(tmp_path: Path, requirement: str, says: str, at: str) -> None:
    text = lines(requirement)
    finding = only(tmp_path, text, "unreachable")
    assert says in finding.sentence.en
    assert finding.place.line == line_of(text, at)


@pytest.mark.parametrize(
    ("requires", "rule"),
    [
        ("{measure: water, at_least: 101}", "contradiction"),
        ("{measure: water, less_than: 0}", "contradiction"),
        ("{measure: schools, equal_to: 2.5}", "contradiction"),
        ("{all: [{measure: water, at_least: 60}, {measure: water, less_than: 60}]}", "contradiction"),
        ("{measure: water, at_least: 0}", "always"),
        ("{measure: poverty, at_most: 100}", "always"),
        ("{any: [{measure: water, at_least: 60}, {measure: water, less_than: 60}]}", "always"),
    ],
)
def test_what_can_never_or_always_be_met(tmp_path: Path, requires: str, rule: str) -> None:
    findings = [one for one in found(tmp_path, head("a") + indicators(requires)) if one.rule != "direction"]
    assert [finding.rule for finding in findings] == [rule]


def test_what_is_too_intricate_to_decide_is_no_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ntm_rules.analysis.formula.BUDGET", 1)
    text = head("a") + indicators("{any: [{measure: water, at_least: 60}, {measure: water, less_than: 60}]}")
    assert [finding.rule for finding in found(tmp_path, text)] == ["direction"]


def test_a_contradiction_in_one_region_names_it(tmp_path: Path) -> None:
    text = head("a") + indicators("{measure: water, at_least: {by_region: {btb: 500}, otherwise: 50}}")
    findings = found(tmp_path, text)
    assert [(finding.rule, finding.severity) for finding in findings] == [("contradiction", "error")]
    assert "(North Central Coast)" in findings[0].sentence.en


def test_indicators_that_contradict_each_other(tmp_path: Path) -> None:
    text = head("a") + indicators("{measure: water, at_least: 60}", "{finding: met}", "{measure: water, less_than: 50}")
    findings = [one for one in found(tmp_path, text) if one.rule != "direction"]
    assert [finding.rule for finding in findings] == ["contradiction"]
    assert "1.1, 1.3: cannot be met together" in findings[0].sentence.en


def test_a_condition_of_application_that_always_holds(tmp_path: Path) -> None:
    text = lines("requires: {finding: met}\napplies_if: {measure: water, at_least: 0}")
    assert only(tmp_path, text, "always").severity == "warning"


def test_a_figure_in_another_unit(tmp_path: Path) -> None:
    text = CLEAN.replace("water, at_least: 55", "income, at_least: 48000 nghìn đồng/người/năm")
    finding = only(tmp_path, text, "unit")
    assert finding.fix.en == "Write 48 million VND/person/year."


def test_rows_of_very_different_size(tmp_path: Path) -> None:
    table = "income, at_least: {by_region: {btb: 48000}, otherwise: 48}"
    finding = only(tmp_path, CLEAN.replace("water, at_least: 55", table), "scale")
    assert "from 48 million VND/person/year to 48,000 million VND/person/year" in finding.sentence.en


def test_a_comparison_against_what_is_better(tmp_path: Path) -> None:
    finding = only(tmp_path, CLEAN.replace("water, at_least", "poverty, at_least"), "direction")
    assert "“Poverty rate”" in finding.sentence.en


def test_a_requirement_without_a_source(tmp_path: Path) -> None:
    every = "{every: {level: commune, meeting: t/c}}"
    text = head("a", level="district").replace("source:", "notes: []\n#").replace("legal_basis:", "\n#")
    text += indicators(every)
    with pytest.raises(PackError, match=r"1\.1"):
        found(tmp_path, text, c=head("c") + indicators("{finding: met}"))
    made = validate(Pack, parse_yaml(text))
    assert ("source", "1.1") in [(finding.rule, finding.about) for finding in lint(made)]


def test_a_criterion_known_by_name_without_a_source(tmp_path: Path) -> None:
    text = CLEAN.replace("requires: {", "source: {basis: qd, verification: recalled}, requires: {")
    text = text.replace('source: {basis: qd, verification: stated, url: "https://example.org"}', "notes: []")
    text += '  - {code: "2", title: {vi: Hai, en: Two}, incomplete: true}\n'
    assert only(tmp_path, text, "source").sentence.en == "criterion 2 names no legal source"


@pytest.mark.parametrize(
    ("old", "new", "at"),
    [
        ("en: The set a", "vi: Bộ tiêu chí a", "title"),
        ("{vi: Tiêu chí một, en: Criterion one}", "{vi: Tiêu chí một}", "Tiêu chí một"),
        ("{vi: Chỉ tiêu 2, en: Indicator 2}", "{en: Indicator 2}", "Indicator 2"),
    ],
)
def test_a_text_in_one_language(tmp_path: Path, old: str, new: str, at: str) -> None:
    text = CLEAN.replace(f"{{vi: Bộ tiêu chí a, {old}}}", f"{{{new}}}") if old.startswith("en") else CLEAN
    text = text.replace(old, new) if not old.startswith("en") else text
    assert only(tmp_path, text, "language").place.line == line_of(text, at)


def test_a_provincial_value_laxer_than_the_national_one(tmp_path: Path) -> None:
    base = head("b") + indicators("{measure: water, at_least: 55}", "{measure: poverty, at_most: 5}")
    text = overlay("a", "b") + 'set:\n  - {code: "1.1", threshold: 60}\n  - {code: "1.2", threshold: 6}\n'
    finding = only(tmp_path, text, "laxer", b=base)
    assert (finding.about, finding.severity) == ("1.2", "error")
    assert finding.place.line == line_of(text, '"1.2"')


@pytest.mark.parametrize(
    ("threshold", "rules"),
    [
        ("0.95", ["fraction"]),
        ("1", ["fraction"]),
        ("0.95 %", []),
        ("95", []),
        ("-5 %", ["always"]),
        ("120 %", ["contradiction"]),
    ],
)
def test_a_figure_that_is_doubted_or_refused_of_a_unit_is_found_in_an_overlay(
    threshold: str, rules: list[str], tmp_path: Path
) -> None:
    """What the base asks for is delegated here: nothing else would see it."""
    base = head("b") + indicators("{measure: water, at_least: delegated}")
    text = overlay("a", "b") + f'set: [{{code: "1.1", threshold: {threshold}}}]\n'
    told = {"fraction", "contradiction", "always"}
    assert [one.rule for one in found(tmp_path, text, b=base) if one.rule in told] == rules


def test_a_value_left_to_a_conclusion_is_laxer(tmp_path: Path) -> None:
    base = head("b") + indicators("{measure: water, at_least: 55}")
    text = overlay("a", "b") + 'change: [{code: "1.1", requires: {finding: met}}]\n'
    assert only(tmp_path, text, "laxer", b=base).about == "1.1"


def test_a_laxer_value_with_a_legal_ground(tmp_path: Path) -> None:
    base = head("b") + indicators("{measure: water, at_least: 55}")
    text = overlay("a", "b") + 'set: [{code: "1.1", threshold: 50}]\nlooser_than_base: {"1.1": Điều 3}\n'
    assert found(tmp_path, text, b=base) == []


def test_a_legal_ground_for_what_is_not_laxer(tmp_path: Path) -> None:
    base = head("b") + indicators("{measure: water, at_least: 55}")
    text = overlay("a", "b") + 'set: [{code: "1.1", threshold: 65}]\nlooser_than_base:\n  "1.1": Điều 3\n'
    assert only(tmp_path, text, "ground", b=base).place.line == line_of(text, "Điều 3")


def test_filling_in_what_the_law_leaves_to_the_province_is_not_laxer(tmp_path: Path) -> None:
    base = head("b") + indicators("{measure: water, at_least: delegated}", "{measure: poverty, at_most: untranscribed}")
    text = overlay("a", "b") + 'set: [{code: "1.1", threshold: 5}, {code: "1.2", threshold: 90}]\n'
    assert found(tmp_path, text, b=base) == []


def test_a_laxer_value_only_where_the_province_does_not_lie(tmp_path: Path) -> None:
    base = head("b") + indicators("{measure: water, at_least: {by_region: {btb: 20}, otherwise: 60}}")
    text = overlay("a", "b") + 'set: [{code: "1.1", threshold: 30}]\n'
    assert "every region but North Central Coast" in only(tmp_path / "1", text, "laxer", b=base).sentence.en
    assert found(tmp_path / "2", text + "regions: [btb]\n", b=base) == []


def test_rows_that_concern_no_unit_of_the_province_stay_the_national_ones(tmp_path: Path) -> None:
    base = head("b") + indicators(
        "{all: [{measure: water, at_least: {by_region: {btb: 20, tn: 30}, otherwise: 60}}, "
        "{measure: poverty, at_most: {by_year: {2022: 6, 2023: 5}}}]}",
    ).replace("}]}}", "}]}, versions: [{valid: {to: 2022-03-01}, requires: {finding: met}}]}")
    text = (
        overlay("a", "b", start="2023-01-01") + "regions: [btb]\nset: [{code: '1.1', measure: poverty, threshold: 4}]\n"
    )
    assert found(tmp_path, text, b=base) == []


def test_a_unit_sent_to_another_region_s_row_is_thought_of(tmp_path: Path) -> None:
    rules = """
attributes: {island: {name: {vi: Đảo, en: Island}, default: false}}
region_rules:
  - when: {attribute: island, is: true}
    region: tn
    text: {vi: Xã đảo, en: Island communes}
    source: {basis: qd, verification: recalled}
"""
    base = head("b") + rules + indicators("{measure: water, at_least: {by_region: {btb: 20, tn: 60}, otherwise: 10}}")
    text = overlay("a", "b") + "regions: [btb]\nset: [{code: '1.1', threshold: 30}]\n"
    assert "(any of Island)" in only(tmp_path, text, "laxer", b=base).sentence.en


def test_what_an_overlay_takes_over_is_reported_once(tmp_path: Path) -> None:
    base = head("b") + indicators("{measure: water, at_least: 0}", "{measure: income, at_least: 5}")
    text = overlay("a", "b") + 'set: [{code: "1.2", threshold: 5}]\n'
    assert found(tmp_path, text, b=base) == []


def test_a_conclusion_where_another_set_measures(tmp_path: Path) -> None:
    words = "{vi: Tỷ lệ hộ được sử dụng nước sạch theo quy chuẩn, en: Clean water}"
    tier = (head("c") + indicators("{measure: water, at_least: 55}")).replace(
        "{vi: Chỉ tiêu 1, en: Indicator 1}", words
    )
    mine = "{vi: Tỷ lệ hộ được sử dụng nước sạch theo quy chuẩn đạt, en: Clean water}"
    text = (head("a") + indicators("{finding: met}")).replace("{vi: Chỉ tiêu 1, en: Indicator 1}", mine)
    finding = only(tmp_path, text, "measured_elsewhere", c=tier)
    assert "t/c@1 measures the same content in 1.1 by water" in finding.sentence.en


def test_a_measure_an_attribute_and_a_decision_that_are_not_used(tmp_path: Path) -> None:
    assert "own" in only(tmp_path / "1", CLEAN + INLINE, "unused").sentence.en
    attribute = "attributes: {island: {name: {vi: Đảo, en: Island}, default: false}}\n"
    assert "island" in only(tmp_path / "2", CLEAN + attribute, "unused").sentence.en
    text = CLEAN.replace("issued: 2022-01-01}]", "issued: 2022-01-01}, {id: other, number: 7/QĐ}]")
    assert "7/QĐ" in only(tmp_path / "3", text, "unused").sentence.en


def test_what_an_overlay_declares_is_placed_in_its_own_file(tmp_path: Path) -> None:
    base = head("b").replace("issued: 2022-01-01}]", "issued: 2022-01-01}, {id: z, number: 9/QĐ}]") + INLINE
    base += indicators("{measure: water, at_least: 55}", "{measure: own, at_least: 5}")
    own = overlay("a", "b").replace("issued: 2022-02-01}]", "issued: 2022-02-01},\n  {id: other, number: 7/QĐ}]")
    text = own + 'set: [{code: "1.1", threshold: 60}]\n'
    assert only(tmp_path / "1", text, "unused", b=base).place.line == line_of(text, "7/QĐ")
    text = overlay("a", "b") + 'set: [{code: "1.1", threshold: 60}]\nmeasures:\n  - id: mine\n    unit: "%"\n'
    text += "    name: {vi: Của tỉnh, en: Ours}\n    better: higher\n"
    assert only(tmp_path / "2", text, "unused", b=base).place.line == line_of(text, "- id: mine")


def test_a_pack_that_is_not_installed(tmp_path: Path) -> None:
    text = CLEAN.replace("{finding: met}", "{meets: t/elsewhere}")
    assert "t/elsewhere" in only(tmp_path, text, "missing_pack").sentence.en


@pytest.mark.parametrize("asks", ["{meets: t/b}", "{unmet_share_of: t/b, at_least: 30 %}"])
def test_packs_that_ask_for_each_other(tmp_path: Path, asks: str) -> None:
    text = CLEAN.replace("{finding: met}", asks)
    mutual = (head("b") + indicators("{finding: met}")).replace("{finding: met}", "{meets: t/a}")
    finding = only(tmp_path / "1", text, "circular", b=mutual)
    assert finding.sentence.en == "1.2: t/b in its turn asks for this very pack"
    through = mutual.replace("t/a", "t/c")
    assert only(tmp_path / "2", text, "circular", b=through, c=mutual.replace("t/b", "t/c")).about == "1.2"


def test_a_pack_that_asks_for_itself(tmp_path: Path) -> None:
    assert only(tmp_path, CLEAN.replace("{finding: met}", "{meets: t/a}"), "circular").severity == "error"


@pytest.mark.parametrize(
    ("codes", "says"),
    [
        (("1.2", "1.1"), "1.1 stands after 1.2"),
        (("1.1", "1.3"), "there is no 1.2 before 1.3"),
        (("1.1", "2.2"), "2.2 stands under criterion 1"),
        (("1.9", "1.11"), "there is no 1.10 before 1.11"),
    ],
)
def test_codes_out_of_order(tmp_path: Path, codes: tuple[str, str], says: str) -> None:
    text = CLEAN.replace('"1.1"', '"first"').replace('"1.2"', f'"{codes[1]}"').replace('"first"', f'"{codes[0]}"')
    assert only(tmp_path, text, "order").sentence.en == says


def test_criteria_out_of_order(tmp_path: Path) -> None:
    text = CLEAN.replace('- code: "1"', '- code: "3"').replace('"1.', '"3.')
    text += '  - {code: "2", title: {vi: Hai, en: Two}, incomplete: true}\n'
    finding = only(tmp_path, text, "order")
    assert (finding.about, finding.sentence.en) == ("2", "2 stands after 3")
    assert finding.place.line == len(text.splitlines())


def test_findings_as_text_data_and_workflow_commands(tmp_path: Path) -> None:
    finding = only(tmp_path, CLEAN.replace("at_least: 55", "at_least: {by_year: {2022: 5}}"), "hole")
    assert finding.text("en").startswith(f"{finding.place.file}:{finding.place.line}, ")
    assert "bảng mức yêu cầu thiếu dòng 2023" in finding.text("vi")
    plain = json.loads(json.dumps(finding.to_dict(), ensure_ascii=False))
    assert (plain["rule"], plain["code"], plain["line"]) == ("hole", "1.1", finding.place.line)
    assert finding.to_github().startswith(f"::error file={finding.place.file},line={finding.place.line},title=hole::")
    assert "\n" not in finding.to_github("vi")


def test_a_pack_without_a_file_is_linted_too(tmp_path: Path) -> None:
    pack, catalogue = one(tmp_path, CLEAN.replace("at_least: 55", "at_least: {by_year: {2022: 5}}"))
    bare = type(pack).model_validate({name: getattr(pack, name) for name in type(pack).model_fields})
    findings = lint(bare, catalogue=catalogue)
    assert [(finding.rule, finding.place.file) for finding in findings] == [("hole", "")]
    assert findings[0].text("en").startswith("1.1: ")


def test_three_planted_mistakes_are_all_found(tmp_path: Path) -> None:
    text = head("a") + indicators(
        "{measure: water, at_most: 55}",
        "{measure: income, at_least: {by_region: {btb: 48, tn: 48, dnb: 48, dbscl: 48, dhntb: 48, dbsh: 48}}}",
        "{measure: poverty, at_most: 250}",
    )
    assert {finding.rule for finding in found(tmp_path, text)} == {"direction", "hole", "always"}


@pytest.mark.parametrize("reference", [info.reference for info in ntm.packs()])
def test_shipped_packs_have_notes_at_most(reference: str) -> None:
    """Else the repository's own hook would stop every commit that touches them."""
    assert [one.text("en") for one in ntm.lint(reference) if one.severity != "note"] == []


ROOT = Path(__file__).parent.parent


def test_the_hook_lets_a_pack_with_notes_pass_and_stops_one_with_warnings(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What the hook of this repository runs, on the files it runs for; a note is printed all the same."""
    hooks = [
        hook
        for repo in yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())["repos"]
        for hook in repo["hooks"]
    ]
    hook = next(one for one in hooks if one["id"] == "ntm-rules-lint")
    program, *arguments = hook["entry"].split()
    assert program.endswith("/ntm-rules")
    file = "packs/ntm_packs_vn/district@2021-2025.yaml"
    assert re.search(hook["files"], file)
    assert not re.search(hook["exclude"], file)
    assert main([*arguments, str(ROOT / file)]) == 0
    printed = capsys.readouterr().out
    assert "[unused, chỉ để biết]" in printed
    assert "[measured_elsewhere, chỉ để biết]" in printed
    slip = tmp_path / "t@2021-2025.yaml"
    slip.write_text((ROOT / file).read_text(encoding="utf-8").replace("at_least:", "at_most:"), encoding="utf-8")
    (tmp_path / "shared.yaml").write_text(
        (ROOT / "packs/ntm_packs_vn/shared.yaml").read_text(encoding="utf-8"), encoding="utf-8"
    )
    assert main([*arguments, str(slip)]) == 1


def test_a_note_is_a_notice_on_github() -> None:
    note = next(one for one in ntm.lint("vn/district@2021-2025") if one.severity == "note")
    assert note.to_github().startswith("::notice ")


@pytest.mark.parametrize(
    ("edition", "row", "severity"),
    [("2021-2023", 2021, "note"), ("2021-2023", 2012, "warning"), ("1", 2021, "warning")],
)
def test_a_row_of_a_year_the_edition_is_named_for_is_no_slip(
    tmp_path: Path, edition: str, row: int, severity: str
) -> None:
    """A decision's table may begin before the decision is in force; a year that is not its own is a slip."""
    text = head("a") + indicators(f"{{measure: water, at_least: {{by_year: {{{row}: 5, 2022-2023: 6}}}}}}")
    pack, catalogue = one(tmp_path, text)
    (finding,) = lint(pack.model_copy(update={"edition": edition}), catalogue=catalogue)
    assert finding.rule == "unreachable"
    assert finding.severity == severity


def test_every_rule_stands_on_the_page_about_lint() -> None:
    """An author who meets a rule's name finds there what it looks for."""
    page = (ROOT / "docs/reference/lint.md").read_text(encoding="utf-8")
    source = "".join(
        file.read_text(encoding="utf-8") for file in (ROOT / "src/ntm_rules/analysis/linting").glob("*.py")
    )
    rules = set(re.findall(r'subject\.found\(\s*"([a-z_]+)"', source))
    assert len(rules) > 15
    assert [rule for rule in sorted(rules) if f"`{rule}`" not in page] == []
