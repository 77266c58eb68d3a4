"""A bad pack file is refused in bounded time and memory, with file, line, path, what was expected and the nearest name."""

from __future__ import annotations

import tracemalloc
from decimal import Decimal
from pathlib import Path

import pytest

from ntm_rules.errors import NtmError, PackError
from ntm_rules.pack.bundle import Bundle
from ntm_rules.pack.catalogue import Catalogue, installed, load_pack
from ntm_rules.pack.condition import MeasureCondition, walk
from ntm_rules.pack.loader import MAX_BYTES, parse_yaml
from ntm_rules.pack.threshold import leaves
from ntm_rules.quantity.amount import Amount

HEAD = """id: t/p
edition: "1"
title: {vi: B, en: P}
applies_to: [commune]
legal_basis: [{id: d, number: 1/QĐ}]
source: {basis: d, verification: recalled}
measures: [{id: m, name: M, unit: "%", better: higher}]
criteria:
  - code: "1"
    title: C
    indicators:
"""
GOOD = '      - {code: "1.1", text: I, requires: {finding: met}}\n'


def load(tmp_path: Path, text: str) -> object:
    path = tmp_path / "p.yaml"
    path.write_text(text, encoding="utf-8")
    return installed().load(path)


def test_the_good_pack_is_good(tmp_path: Path) -> None:
    load(tmp_path, HEAD + GOOD)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (HEAD + GOOD.replace("text", "txet"), r"p.yaml:12, criteria.0.indicators.0.txet.*“txet”.*text"),
        (HEAD + GOOD.replace('text: I, ', ""), r"p.yaml:12.*“text” is missing"),
        (HEAD + GOOD + GOOD, r"p.yaml:1[23].*“1.1” is used twice"),
        (HEAD.replace("title: C", "title: C\n    title: D") + GOOD, r"p.yaml:11.*“title” is repeated \(first at line 10\)"),
        (HEAD.replace("[commune]", "[comune]") + GOOD, r"p.yaml:4, applies_to.0.*comune"),
        (HEAD.replace("recalled", "believed") + GOOD, r"p.yaml:6, source.verification.*believed"),
        (HEAD.replace("recalled", "stated") + GOOD, r"p.yaml:6.*“stated” needs a url or checked_against"),
        (HEAD.replace("basis: d", "basis: e") + GOOD, r"lists no “e” in legal_basis. Did you mean|Valid names: d"),
        (HEAD + GOOD.replace("{finding: met}", "{meets: a/b}, source: {basis: e, verification: recalled}"), r"p.yaml:12.*“e”"),
        (HEAD.replace("source: {basis: d, verification: recalled}", "notes: []") + GOOD.replace("{finding: met}", "{meets: a/b}"), r"p.yaml:12.*1.1"),
        (HEAD + GOOD.replace("text: I", "text: {vi: Nước, nếu có}"), r"p.yaml:12.*cut at the comma before “nếu có”.*quotes"),
        (HEAD + GOOD.replace("{finding: met}", "{finding: no}"), r"p.yaml:12.*“no” is not valid"),
        (HEAD + GOOD.replace("{finding: met}", "{measure: m}"), r"exactly one comparison"),
        (HEAD + GOOD.replace("{finding: met}", "{}"), r"exactly one of the keys"),
        (HEAD + GOOD.replace("{finding: met}", "{measure: mm, at_least: 5}"), r"p.yaml:12.*“mm”.*Did you mean: m"),
        (HEAD + GOOD.replace("{finding: met}", "{measure: m, at_least: 5 km}"), r"p.yaml:12.*“km”.*“%”"),
        (HEAD + GOOD.replace("{finding: met}", "{measure: m, at_least: five}"), r"p.yaml:12.*“five” is not a number"),
        (HEAD + GOOD.replace("{finding: met}", "{measure: m, at_least: {by_region: {bbt: 5}}}"), r"p.yaml:12.*“bbt”.*btb"),
        (HEAD + GOOD.replace("{finding: met}", "{measure: m, at_least: {by_year: {2023-2024: 5, 2024: 6}}}"), r"2024"),
        (HEAD + GOOD.replace("{finding: met}", "{measure: m, at_least: {by_region: {}}}"), r"no rows"),
        (HEAD + GOOD.replace("{finding: met}", "{measure: m, at_least: {times: -1, threshold_of: vn/commune#10}}"), r"positive"),
        (HEAD + GOOD.replace("{finding: met}", "{measure: m, at_least: {times: 2, threshold_of: income}}"), r"vn/commune-advanced#10"),
        (HEAD + GOOD.replace("{finding: met}", "{at_least: 3, of: [{finding: met}]}"), r"asks for 3 of only 1"),
        (HEAD + GOOD.replace("{finding: met}", "{attribute: island}"), r"“island”"),
        (HEAD.replace("title: {vi: B, en: P}", "valid: {from: 2024-01-01, to: 2023-01-01}\ntitle: B") + GOOD, r"p.yaml:3.*after"),
        (HEAD + "      []\n", r"p.yaml:9.*criterion 1 has no indicators"),
        ("", r"p.yaml.*empty"),
        ("a: [", r"p.yaml:\d+.*not valid YAML"),
        ("a: 1\n---\nb: 2\n", r"p.yaml:2.*one YAML document"),
        ("a: &x 1\nb: *x\n", r"p.yaml:1.*anchors and aliases"),
        ("a: !!python/name:os.system x", r"p.yaml:1.*python"),
        ("? [a]\n: 1\n", r"p.yaml:1.*plain text"),
    ],
)  # fmt: skip
def test_a_bad_file_is_refused_with_its_place_and_the_fix(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(NtmError, match=said):
        load(tmp_path, text)


def test_every_fault_of_a_file_comes_at_once(tmp_path: Path) -> None:
    text = HEAD.replace("[commune]", "[comune]") + GOOD.replace("text", "txet")
    with pytest.raises(PackError) as caught:
        load(tmp_path, text)
    # A misspelt key is not also told as missing.
    assert [problem.key for problem in caught.value.problems] == ["error.word_of", "error.unknown_key"]
    assert caught.value.text("vi") != caught.value.text("en")


def test_words_that_older_yaml_reads_as_truth_stay_words() -> None:
    assert parse_yaml("[no, on, off, yes, y, n, true]").data == ["no", "on", "off", "yes", "y", "n", True]


def test_numbers_stay_as_written() -> None:
    data = parse_yaml("[1_000, 0x10, 010, 1e3, .inf, .nan, 12.50, -3]").data
    assert data[:6] == ["1_000", "0x10", "010", "1e3", ".inf", ".nan"]
    assert str(data[6]) == "12.50"
    assert data[7] == -3


@pytest.mark.parametrize(
    "bomb",
    [
        "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(f"{chr(98 + i)}: &{chr(98 + i)} [{','.join([f'*{chr(97 + i)}'] * 9)}]\n" for i in range(8)),
        "[" * 10_000,
        "{a: " * 10_000,
        "- " * 10_000 + "x",
    ],
    ids=["aliases", "brackets", "braces", "dashes"],
)  # fmt: skip
def test_bombs_are_refused_in_bounded_memory(bomb: str) -> None:
    tracemalloc.start()
    with pytest.raises(PackError):
        parse_yaml(bomb)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 50_000_000


def test_a_hundred_megabytes_are_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "big.yaml"
    with path.open("wb") as file:
        file.truncate(100_000_000)
    with pytest.raises(PackError, match=f"at most {MAX_BYTES}"):
        installed().load(path)


@pytest.mark.parametrize("raw", [b"\xff\xfe\x00a", "tiêu đề".encode("cp1258", errors="replace") + b"\xff"])
def test_what_is_not_utf8_is_refused(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "p.yaml"
    path.write_bytes(raw)
    with pytest.raises(PackError, match="UTF-8"):
        installed().load(path)


def test_a_missing_file_is_an_error_of_the_family(tmp_path: Path) -> None:
    with pytest.raises(PackError, match=r"nowhere.yaml: cannot read"):
        installed().load(tmp_path / "nowhere.yaml")


OVERLAY = """id: t/q
edition: "1"
extends: vn/commune@2021-2025
title: Q
legal_basis: [{id: d, number: 2/QĐ}]
source: {basis: d, verification: recalled}
"""


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("set:\n  - {code: '17.99', threshold: 5}", r"p.yaml:8.*“17.99”. Did you mean: 17.9"),
        ("set:\n  - {code: '1.1', threshold: 5}", r"p.yaml:8.*exactly one measure"),
        ("set:\n  - {code: '17.1', threshold: 5}", r"p.yaml:8.*clean_water_centralised_share"),
        ("set:\n  - {code: '17.1', measure: clean_water, threshold: 5}", r"p.yaml:8.*clean_water"),
        ("set:\n  - {code: '15.1', threshold: 5 km}", r"p.yaml:8.*“km”"),
        ("add:\n  - {to: '99', indicator: {code: 'x', text: t, requires: {finding: met}}}", r"“99”"),
        ("add:\n  - {indicator: {code: 'x', text: t, requires: {finding: met}}}", r"p.yaml:8.*criterion, or an indicator"),
        ("add:\n  - {criterion: {code: '1', title: t, incomplete: true}}", r"“1” is used twice"),
        ("legal_basiss: []", r"“legal_basiss”.*legal_basis"),
    ],
)  # fmt: skip
def test_a_bad_overlay_is_refused_with_its_line(tmp_path: Path, change: str, said: str) -> None:
    with pytest.raises(NtmError, match=said):
        load(tmp_path, OVERLAY + change + "\n")


def test_a_change_of_words_and_requirement_is_laid_over(tmp_path: Path) -> None:
    change = """change:
  - {code: "1.1", text: {vi: Mới, en: New}, requires: {finding: met}, agency: Sở X}
  - {code: "1", title: {vi: Tên mới, en: New name}}
add:
  - criterion:
      code: "20"
      title: Thêm
      indicators: [{code: "20.1", text: t, requires: {finding: met}}]
"""
    pack = installed().load(_file(tmp_path, OVERLAY + change))
    assert (pack["1.1"].text.en, pack["1.1"].agency) == ("New", "Sở X")
    assert pack.criteria[0].title.vi == "Tên mới"
    assert pack.criteria[-1].code == "20"
    assert pack.source_of(pack["20.1"]).basis == "d"
    assert pack.source_of(pack["1.2"]).basis == "qd318"


def test_what_an_overlay_says_leads_to_the_overlay_s_source_unless_a_nearer_one_is_given(tmp_path: Path) -> None:
    own = "source: {basis: e, verification: recalled}"
    text = f"""id: t/q
edition: "1"
extends: vn/commune@2021-2025
title: Q
legal_basis: [{{id: d, number: 2/QĐ}}, {{id: e, number: 3/QĐ}}]
source: {{basis: d, verification: recalled}}
prerequisites:
  - {{code: A, text: t, requires: {{finding: met}}}}
  - {{code: B, text: t, requires: {{finding: met}}, {own}}}
set:
  - {{code: "17.1", measure: clean_water_share, threshold: 99}}
  - {{code: "17.1", measure: clean_water_centralised_share, threshold: 66, {own}}}
change:
  - {{code: "1.1", requires: {{finding: met}}}}
  - {{code: "1.2", requires: {{finding: met}}, {own}}}
add:
  - {{to: "2", indicator: {{code: "2.8", text: t, requires: {{finding: met}}}}}}
  - {{to: "2", indicator: {{code: "2.9", text: t, requires: {{finding: met}}, {own}}}}}
  - {{criterion: {{code: "20", title: t, indicators: [{{code: "20.1", text: t, requires: {{finding: met}}}}]}}}}
  - {{criterion: {{code: "21", title: t, {own}, indicators: [{{code: "21.1", text: t, requires: {{finding: met}}}}]}}}}
"""
    pack = installed().load(_file(tmp_path, text))
    told = {code: pack.source_of(pack[code]).basis for code in ("A", "1.1", "2.8", "20.1", "B", "1.2", "2.9", "21.1")}
    assert told == {
        **dict.fromkeys(("A", "1.1", "2.8", "20.1"), "d"),
        **dict.fromkeys(("B", "1.2", "2.9", "21.1"), "e"),
    }
    figures = {
        part.measure: {leaf.source.basis for _, leaf in leaves(part.threshold) if leaf.source}
        for _, part in walk(pack["17.1"].requires)
        if isinstance(part, MeasureCondition)
    }
    assert figures == {"clean_water_share": {"d"}, "clean_water_centralised_share": {"e"}}


def _file(folder: Path, text: str) -> Path:
    path = folder / "p.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_pack_may_not_redefine_a_measure(tmp_path: Path) -> None:
    text = HEAD.replace("id: m,", "id: income_per_capita,") + GOOD
    with pytest.raises(PackError, match="income_per_capita"):
        load(tmp_path, text)


def test_shipped_packs_all_load_and_their_figures_all_lead_to_a_decision() -> None:
    catalogue = installed()
    for info in catalogue.packs():
        pack = catalogue.load(info.reference)
        for row in pack.figures():
            basis = pack.basis(row.source.basis)
            assert basis.number
            if row.source.verification in ("stated", "secondary"):
                assert row.source.url or row.source.checked_against


def test_the_list_of_packs_tells_from_which_day_to_which_each_is_in_force() -> None:
    for info in installed().packs():
        valid = installed().load(info.reference).valid
        assert (info.valid_from, info.valid_to) == (valid.start, valid.end)


def test_a_value_outside_its_domain_is_refused_with_the_value_and_its_measure() -> None:
    measure = installed().measures["clean_water_share"]
    with pytest.raises(NtmError, match=rf"^120% .*“{measure.name.en}” \(0 to 100\)"):
        measure.read(Amount(Decimal(120), "percent"))


def test_a_catalogue_of_nothing_is_empty() -> None:
    assert Catalogue(()).packs() == ()
    assert Catalogue((Bundle("t", Path(__file__).parent / "third_party_bundle"),)).packs() == ()


def test_a_variant_of_a_pack_keeps_nothing_derived_from_the_old_fields() -> None:
    pack = installed().load("vn/commune@2021-2025")
    assert (pack.reference, pack["1.1"].code) == ("vn/commune@2021-2025", "1.1")
    variant = pack.model_copy(update={"edition": "draft", "criteria": pack.criteria[1:]})
    assert variant.reference == "vn/commune@draft"
    with pytest.raises(NtmError, match=r"1\.1"):
        _ = variant["1.1"]


def test_a_pack_shows_itself_in_a_notebook_with_its_texts_escaped() -> None:
    pack = installed().load("vn/commune@2021-2025").model_copy(update={"edition": "<b>"})
    assert "Quy hoạch" in pack._repr_html_()
    assert "<b>" not in pack._repr_html_()


def test_no_file_claims_which_overlay_set_a_figure(tmp_path: Path) -> None:
    bundle = Path(__file__).parent / "third_party_bundle" / "acme_packs"
    text = (bundle / "commune@1.yaml").read_text(encoding="utf-8")
    claimed = text.replace("at_least: 2}", "at_least: {value: 2, set_by: vn/commune}}", 1)
    assert claimed != text
    path = tmp_path / "mine.yaml"
    path.write_text(claimed, encoding="utf-8")
    with pytest.raises(PackError, match=r"mine\.yaml:\d+.*set_by"):
        load_pack(path)


def test_a_grade_written_as_a_word_is_refused_with_what_to_write(tmp_path: Path) -> None:
    """“Tốt” has a number in the dictionary of measures, which is what a pack says; the refusal tells so."""
    path = tmp_path / "vidu-commune.yaml"
    head = "id: vidu/commune\nedition: 2023-2025\nextends: vn/commune-advanced@2021-2025\ntitle: {vi: Ví dụ, en: Example}\n"
    change = "set: [{code: '3.2', threshold: Tốt}]\n"
    path.write_text(head + "legal_basis: [{id: q, number: 9/2023/QĐ-UBND}]\n" + change, encoding="utf-8")
    with pytest.raises(PackError) as refused:
        load_pack(path)
    assert "“Tốt” is not a number" in refused.value.text("en")
    assert "written as its number" in refused.value.text("en")
