"""What a pack file, a bundle or a reference is refused for: the whole sentence, and the line or place it names."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from shelf import head, indicators, overlay, shelf

import ntm_rules as ntm
from ntm_rules.errors import NtmError
from ntm_rules.pack.bundling import write_bundle
from ntm_rules.pack.loader import MAX_BYTES, MAX_DEPTH, MAX_VALUES, parse_yaml
from ntm_rules.pack.reference import split_reference
from ntm_rules.pack.shorthand import shared_of


def told(refused: Callable[[], object]) -> list[str]:
    with pytest.raises(NtmError) as error:
        refused()
    assert all(error.value.text("vi").splitlines())
    return error.value.text("en").splitlines()


YAML = {
    "an alias": (
        "a: &x 1\nb: *x\n",
        "p.yaml:1, a: YAML anchors and aliases (& and *) are not accepted; write the value again",
    ),
    "a tag": ("a: 1\nb: !!str 2\n", "p.yaml:2, b: the YAML tag “tag:yaml.org,2002:str” is not accepted"),
    "a tag without a name": ("a: ! 5\n", "p.yaml:1, a: the YAML tag “!” is not accepted"),
    "an anchor that nothing refers to": (
        "a: 1\nb: &x 1\n",
        "p.yaml:2, b: YAML anchors and aliases (& and *) are not accepted; write the value again",
    ),
    "too deep": (
        "a:\n  " + "[" * (MAX_DEPTH + 1) + "1" + "]" * (MAX_DEPTH + 1),
        "p.yaml:2, a.0.0.0.0: nested more than 60 levels deep",
    ),
    "too many values": (
        "a: [" + "1," * (MAX_VALUES + 1) + "1]",
        "p.yaml:1, a.119998: the file has more than 120000 values; split it into several files",
    ),
    "too large": (" " * (MAX_BYTES + 1), "p.yaml: the file is too large: 4000001 bytes (at most 4000000)"),
    "a key twice": ("a: 1\nb: 2\na: 3\n", "p.yaml:3, a: the key “a” is repeated (first at line 1)"),
    "a key that is a list": ("a: 1\n? [1]\n: 2\n", "p.yaml:2: a key must be plain text"),
    "nothing": ("", "p.yaml:1: the file is empty"),
    "two documents": ("a: 1\n---\nb: 1\n", "p.yaml:2: the file must hold one YAML document"),
}


@pytest.mark.parametrize(("text", "said"), YAML.values(), ids=YAML)
def test_what_no_pack_file_may_hold_is_told_with_its_line(text: str, said: str) -> None:
    assert told(lambda: parse_yaml(text, "p.yaml")) == [said]


PACKS = {
    "a threshold of counts": (
        indicators("{measure: water, at_least: 3/4}"),
        "p@1.yaml:13, criteria.0.indicators.0.requires.at_least: a threshold is one number, not two counts (75% (3/4))",
    ),
    "a row that is none": (
        indicators("{measure: water, at_least: {by: region, rows: {north: 90}, otherwise: 95}}"),
        "p@1.yaml:13, criteria.0.indicators.0.requires.at_least: unknown row “north”; rows are: btb, dbscl,"
        " dbsh, dhntb, dnb, tdmnpb, tn",
    ),
    "a group that is none": (
        indicators("{group: five}"),
        "p@1.yaml:13, criteria.0.indicators.0.requires: unknown row “five”; rows are: nhom1, nhom2, nhom3",
    ),
    "a measure nobody knows": (
        indicators("{measure: watr, at_least: 95}"),
        "p@1.yaml:13, criteria.0.indicators.0: indicator 1.1 asks for the undeclared measure “watr”. Did you"
        " mean: water?",
    ),
    "a part of a measure that nobody declares": (
        "measures:\n"
        '  - {id: one, name: M, unit: "%", better: higher}\n'
        '  - {id: two, name: N, unit: "%", better: higher, derived: {share_of: one, over: watr}}\n'
        + indicators("{finding: met}"),
        "p@1.yaml:11, measures.1: the measure “two” follows from the undeclared measure “watr”. Did you mean: water?",
    ),
    "a unit of another kind": (
        indicators("{measure: water, at_least: 95 km}"),
        "p@1.yaml:13, criteria.0.indicators.0: the threshold of indicator 1.1 is in “km” but its measure is in “%”",
    ),
    "two comparisons": (
        indicators("{measure: water, at_least: 95, at_most: 96}"),
        "p@1.yaml:13, criteria.0.indicators.0.requires: expected exactly one comparison: at_least, more_than,"
        " at_most, less_than, equal_to",
    ),
    "more asked than there are": (
        indicators("{at_least: 3, of: [{measure: water, at_least: 5}]}"),
        "p@1.yaml:13, criteria.0.indicators.0.requires: asks for 3 of only 1 condition",
    ),
    "no criterion": ("criteria: []\n", "p@1.yaml:9, criteria: “[]” is not valid: there must be at least one item"),
    "a criterion of nothing": (
        'criteria: [{code: "1", title: {vi: Một, en: One}, indicators: []}]\n',
        "p@1.yaml:9, criteria.0: criterion 1 has no indicators; if they are not transcribed yet, say incomplete: true",
    ),
    "a code twice": (
        indicators("{finding: met}", "{finding: met}").replace('"1.2"', '"1.1"'),
        "p@1.yaml:14, criteria.0.indicators.1: the code “1.1” is used twice",
    ),
    "a slip at a code typed without quotes": (
        indicators("{finding: met}", "{measure: watr, at_least: 95}").replace('"1.2"', "1.20"),
        "p@1.yaml:14, criteria.0.indicators.1: indicator 1.20 asks for the undeclared measure “watr”. Did you"
        " mean: water?",
    ),
    "a basis that is not listed": (
        indicators(
            "{measure: water, at_least: {value: 95, source: {basis: qq, verification: stated, url:"
            " https://example.org}}}"
        ),
        "p@1.yaml:13, criteria.0.indicators.0: t/p lists no “qq” in legal_basis. Did you mean: qd?",
    ),
    "a basis of who decides that is not listed": (
        "authorities: [{act: recognises, who: {vi: a, en: b}, source: {basis: qq, at: x, verification: recalled}}]\n"
        + indicators("{finding: met}"),
        "p@1.yaml:9, authorities: t/p lists no “qq” in legal_basis. Did you mean: qd?",
    ),
    "a basis of a criterion that is not listed, told at the criterion alone": (
        indicators("{finding: met}", "{finding: met}").replace(
            "en: Criterion one}", "en: Criterion one}\n    source: {basis: qq, at: x, verification: recalled}"
        ),
        "p@1.yaml:10, criteria.0: t/p lists no “qq” in legal_basis. Did you mean: qd?",
    ),
    "a key of another place, which is none here": (
        indicators("{finding: met}").replace("    indicators:", "    valid: {}\n    indicators:"),
        "p@1.yaml:12, criteria.0.valid: unknown key “valid”. Valid names: agency, code, contents, incomplete,"
        " indicators, note, source, title.",
    ),
    "an attribute nobody declares": (
        indicators("{attribute: islnd, is: true}"),
        "p@1.yaml:13, criteria.0.indicators.0: 1.1 asks for the attribute “islnd”, which attributes does not declare.",
    ),
}


@pytest.mark.parametrize(("text", "said"), PACKS.values(), ids=PACKS)
def test_what_no_pack_may_say_is_told_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    assert told(lambda: shelf(tmp_path, p=head("p") + text).load("t/p")) == [said]


CIRCLES = {
    "sets that ask for each other": (
        {"p": indicators("{meets: t/q}"), "q": indicators("{meets: t/p}")},
        "packs ask for each other in a circle: t/p@1 → t/q@1 → t/p@1",
    ),
    "figures that are multiples of each other": (
        {
            "p": indicators(
                "{measure: income, at_least: {times: 2, threshold_of: t/p#1.2}}",
                "{measure: income, at_least: {times: 2, threshold_of: t/p#1.1}}",
            )
        },
        "thresholds multiply each other in a circle: t/p@1#1.1 → t/p@1#1.2 → t/p@1#1.1",
    ),
    "a multiple of two figures": (
        {
            "p": indicators(
                "{measure: income, at_least: {times: 2, threshold_of: t/p#1.2}}",
                "{all: [{measure: water, at_least: 5}, {measure: poverty, at_most: 5}]}",
            )
        },
        "indicator t/p#1.2 (asked for by 1.1) does not have exactly one threshold of a measure",
    ),
}


@pytest.mark.parametrize(("texts", "said"), CIRCLES.values(), ids=CIRCLES)
def test_what_only_judging_finds_is_told_with_the_whole_circle(
    tmp_path: Path, texts: dict[str, str], said: str
) -> None:
    catalogue = shelf(tmp_path, **{name: head(name) + text for name, text in texts.items()})
    facts = ntm.Snapshot(unit={"id": "x", "level": "commune"}, as_of="2023-01-01", measures={"income": "50"})
    assert told(lambda: ntm.evaluate(catalogue.load("t/p"), facts, catalogue=catalogue)) == [said]


def test_a_basis_of_an_overlay_may_not_be_another_one_below(tmp_path: Path) -> None:
    own = overlay("o", "p").replace("qdt", "qd")
    catalogue = shelf(tmp_path, p=head("p") + indicators("{measure: water, at_least: 9}"), o=own)
    assert told(lambda: catalogue.load("t/o")) == ["o@1.yaml:2: the basis “qd” differs from the one of t/p@1"]


def test_a_reference_that_is_none_is_refused() -> None:
    said = "“VN/Commune” is not a pack id; write vn/commune or vn/commune@2021-2025"
    assert told(lambda: split_reference("VN/Commune")) == [said]


def test_what_a_bundle_is_refused_for(tmp_path: Path) -> None:
    """No file, a folder that holds something, one pack twice, ids that begin unlike or as an installed bundle."""
    named = {"p": "t/p", "q": "u/q", "v": "vn/v"}
    files = {name: tmp_path / f"{name}@1.yaml" for name in named}
    for name, pack in named.items():
        text = head(name).replace(f"t/{name}", pack) + indicators("{finding: met}")
        files[name].write_text(text, encoding="utf-8")
    new, full, beneath = tmp_path / "new", tmp_path / "full", tmp_path / "file" / "new"
    (full / "x").mkdir(parents=True)
    beneath.parent.write_text("x", encoding="utf-8")
    beside = tmp_path.as_posix()
    for given, folder, said in (
        ("", new, "no pack file was given"),
        ("p", full, f"{beside}/full: the folder is not empty; choose another"),
        ("pp", new, f"{beside}/p@1.yaml: t/p@1 stands in two files"),
        ("pq", new, "the ids of the packs must begin with one word; found: t, u"),
        (
            "v",
            new,
            f"{beside}/v@1.yaml: the id “vn/v” cannot be bundled: it needs two parts, as in nghean/commune, the"
            " first not"
            " that of an installed bundle (hatinh, vn). Make it again with packs apply --id",
        ),
        ("p", beneath, f"{beside}/file/new/pyproject.toml: cannot write: part of the path is a file, not a folder"),
    ):
        assert told(lambda g=given, f=folder: write_bundle([files[n] for n in g], f)) == [said]  # type: ignore[misc]
    assert not new.exists()


def test_what_a_shared_file_may_not_hold() -> None:
    assert told(lambda: shared_of([1])) == ["expected keys with values"]
    assert told(lambda: shared_of({"atributes": {}})) == [
        "atributes: unknown key “atributes”. Did you mean: attributes, authorities?"
    ]
    assert told(lambda: shared_of({"attributes": {"a": 1, "b": {}}})) == ["attributes.a: expected keys with values"]
