# ruff: noqa: E501
"""A pack written in the short forms is the pack written out in full, and what does not fit is told where it stands."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ntm_rules.errors import NtmError
from ntm_rules.pack.catalogue import Catalogue, installed
from ntm_rules.pack.loader import Document, located, parse_yaml, validate
from ntm_rules.pack.model import Pack
from ntm_rules.pack.overlay import Overlay
from ntm_rules.pack.shorthand import written_out

RULE = "{when: {attribute: island, is: true}, region: btb, text: Xã đảo, source: annex}"
HEAD = """
id: t/commune
edition: "1"
title: Xã
applies_to: [commune]
legal_basis: [{id: qd1, number: 1/QĐ, issued: 2022-01-01}]
"""
SHORT = (
    HEAD
    + """
attributes: {island: {name: Xã đảo, default: false}}
columns: {region: [tdmnpb, dbsh, btb]}
sources:
  annex: {basis: qd1, at: "Phụ lục I, {code}", verification: recalled}
  paper: {basis: qd1, at: "Phụ lục I, {code}", verification: secondary, url: "https://example.org/a"}
  page: {verification: stated, url: "https://example.org/b"}
criteria:
  - code: "1"
    title: Một
    columns: {year: [2023, 2024-2025], island: [true, false]}
    indicators:
      - code: "1.1"
        text: Một
        requires:
          measure: income_per_capita
          at_least:
            by_year:
              - by_region: [48, {value: 50, source: page}, {untranscribed: 51-52 triệu đồng}]
                source: {use: paper, note: đọc lướt}
              - by_attribute: island
                cases: [delegated, 40]
                note: cho cả hai
        source: annex
  - code: "2"
    title: Hai
    indicators:
      - code: "2.1"
        text: Hai
        requires: {all: [{measure: clean_water_share, at_least: [90 %, 98 %, delegated]}, {at_least: 1, of: [{finding: met}]}]}
        source: paper điểm 3
"""
)
LONG = (
    (
        HEAD
        + """
attributes: {island: {name: Xã đảo, default: false}}
criteria:
  - code: "1"
    title: Một
    indicators:
      - code: "1.1"
        text: Một
        requires:
          measure: income_per_capita
          at_least:
            by_year:
              2023:
                by_region:
                  tdmnpb: {value: 48, source: &S {basis: qd1, at: "Phụ lục I, 1.1", verification: secondary, url: "https://example.org/a", note: đọc lướt}}
                  dbsh: {value: 50, source: {verification: stated, url: "https://example.org/b"}}
                  btb: {untranscribed: true, candidates: 51-52 triệu đồng, source: *S}
              2024-2025:
                by_attribute: island
                cases: {true: {delegated: true, note: cho cả hai}, false: {value: 40, note: cho cả hai}}
        source: {basis: qd1, at: "Phụ lục I, 1.1", verification: recalled}
  - code: "2"
    title: Hai
    indicators:
      - code: "2.1"
        text: Hai
        requires:
          all:
            - {measure: clean_water_share, at_least: {by_region: {tdmnpb: 90 %, dbsh: 98 %, btb: delegated}}}
            - {at_least: 1, of: [{finding: met}]}
        source: {basis: qd1, at: "Phụ lục I, điểm 3", verification: secondary, url: "https://example.org/a"}
"""
    )
    .replace("&S ", "")
    .replace(
        "*S",
        '{basis: qd1, at: "Phụ lục I, 1.1", verification: secondary, url: "https://example.org/a", note: đọc lướt}',
    )
)


def _read(document: Document) -> Pack:
    return validate(Pack, document._replace(data=located(document, written_out)))


def _plain(text: str) -> Any:
    return parse_yaml(text, "t.yaml").data


def test_short_and_long_forms_are_one_pack() -> None:
    """Sources by id, rows under headings, figures' shared source and note: the model is that of the long form."""
    short, long = Pack.model_validate(_plain(SHORT)), Pack.model_validate(_plain(LONG))
    assert short == long
    assert list(map(repr, short.indicators())) == list(map(repr, long.indicators()))


def test_words_and_the_source_of_most_stand_once() -> None:
    """``vi`` and ``en`` may stand directly in an entry; the pack's source by id is that of whatever states none."""
    entry = """criteria:
  - code: "1"
    vi: Một
    en: One
    indicators:
      - {code: "1.1", vi: Hai, en: Two, requires: {finding: met}}
      - {code: "1.2", vi: Ba, en: Three, requires: {finding: met}, source: paper}
"""
    pack = Pack.model_validate(_plain(SHORT.partition("criteria:")[0] + "source: annex\n" + entry))
    assert pack.source is None
    assert (pack.criteria[0].title.en, pack["1.1"].text.vi) == ("One", "Hai")
    assert [(i.source.at, str(i.source.verification)) for i in pack.indicators() if i.source] == [
        ("Phụ lục I, 1.1", "recalled"),
        ("Phụ lục I, 1.2", "secondary"),
    ]


def test_an_overlay_takes_its_source_at_each_code() -> None:
    """What an overlay sets, changes and adds stands at its own place in the decision named at the top."""
    overlay = Overlay.model_validate(
        _plain(
            """
id: t/over
edition: "1"
extends: vn/commune@2021-2025
title: Xã
legal_basis: [{id: qd9, number: 9/QĐ}]
sources: {annex: {basis: qd9, at: "mục {code}", verification: recalled}}
source: annex
set: [{code: "3.1", threshold: 85 %}, {code: "2.1", threshold: 90 %, source: annex mục lục}]
change: [{code: "4.1", requires: {finding: met}}, {code: "13.1", agency: Sở}]
add: [{to: "8", indicator: {code: "8.9", vi: Chín, requires: {finding: met}}}]
"""
        )
    )
    added = overlay.add[0].indicator
    entries = [*overlay.set, *overlay.change, added]
    assert [entry and entry.source and entry.source.at for entry in entries] == [
        "mục 3.1",
        "mục mục lục",
        "mục 4.1",
        None,
        "mục 8.9",
    ]


def test_a_pack_in_full_is_left_as_it_is() -> None:
    """Third parties' packs in the long forms load as before; writing out twice changes nothing."""
    assert written_out(_plain(LONG)) == _plain(LONG)
    once = written_out(_plain(SHORT))
    assert written_out(once) == once


@pytest.mark.parametrize(
    ("old", "new", "key", "line"),
    [
        ("source: annex", "source: anex", "error.no_such_source", 35),
        ("[90 %, 98 %, delegated]", "[90 %, 98 %]", "error.row_length", 42),
        ("columns: {region: [tdmnpb, dbsh, btb]}", "", "error.row_no_heading", 42),
        ("columns: {region: [tdmnpb, dbsh, btb]}", "columns: {region: [btb, btb]}", "error.columns_expected", 8),
        (
            "columns: {region: [tdmnpb, dbsh, btb]}",
            "columns: {region: [a], year: [2023]}",
            "error.row_which_heading",
            42,
        ),
        ("columns: {region: [tdmnpb, dbsh, btb]}", "columns: {region: [a, b, c]}", "error.unknown_row", 42),
        ("  page: {verification: stated", "  page: {verification: sated", "error.not_one_of", 12),
        ("attributes: {", f"region_rules: [{RULE}]\nattributes: {{", "error.source_place", 7),
        ("legal_basis: [{", "legal_basis: [qd9, {", "error.not_shared", 6),
        ("sources:\n  annex: {", "sources:\n  x: 1\n  annex: {", "error.sources_expected", 9),
    ],
)
def test_what_does_not_fit_is_told_where_it_stands(old: str, new: str, key: str, line: int) -> None:
    """A slip in a short form names its line in the file as written."""
    assert old in SHORT
    document = parse_yaml(SHORT.replace(old, new, 1), "t.yaml")
    with pytest.raises(NtmError) as refused:
        _read(document)
    assert key in {problem.key for problem in refused.value.problems}, refused.value
    assert all(problem.place.line for problem in refused.value.problems), refused.value


def test_a_bundle_shares_what_its_packs_have_in_common(tmp_path: Path) -> None:
    """Decisions, attributes, rules and sources stand once beside the packs; a pack names them, and may differ in parts."""
    (tmp_path / "shared.yaml").write_text(
        """
legal_basis: {qd1: {number: 1/QĐ, issued: 2022-01-01}}
attributes: {island: {name: Xã đảo, default: false}}
sources: {annex: {basis: qd1, at: "Phụ lục I, {code}", verification: recalled}}
region_rules:
  islands: {when: {attribute: island, is: true}, region: btb, text: Xã đảo, source: annex Điều 2}
""",
        encoding="utf-8",
    )
    file = tmp_path / "commune@1.yaml"
    file.write_text(
        """
id: t/commune
edition: "1"
title: Xã
applies_to: [commune]
legal_basis: [qd1]
attributes: [island]
region_rules: [{use: islands, region: tn}]
criteria:
  - {code: "1", title: Một, indicators: [{code: "1", text: Một, requires: {finding: met}, source: annex}]}
""",
        encoding="utf-8",
    )
    pack = Catalogue(installed().bundles).load(file)
    assert pack.basis("qd1").number == "1/QĐ"
    assert pack.attributes["island"].default is False
    assert pack.region_rules[0].region == "tn"
    assert pack.region_rules[0].source.at == "Phụ lục I, Điều 2"
    assert pack.source_of(pack["1"]).at == "Phụ lục I, 1"
