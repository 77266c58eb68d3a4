"""The JSON Schema of a pack file takes every shipped pack, and refuses nothing that the loader takes."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ntm_rules.errors import NtmError
from ntm_rules.pack.catalogue import installed
from ntm_rules.pack.checking import check
from ntm_rules.pack.loader import parse_yaml, read_yaml
from ntm_rules.pack.model import Pack
from ntm_rules.pack.schema import pack_schema, schema_text
from ntm_rules.pack.shorthand import shared_of, written_out

validators = pytest.importorskip("jsonschema")
VALIDATOR = validators.Draft202012Validator(pack_schema())
FILES = sorted(path for bundle in installed().bundles for path in bundle.files().values())
MODELLED = next(file for file in FILES if file.name == "commune-model@2021-2025.yaml")


def _plain(file: Path) -> Any:
    return json.loads(json.dumps(read_yaml(file).data, default=float))


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_every_shipped_pack_fits_the_schema(file: Path) -> None:
    """An editor that checks by the schema finds nothing wrong in a pack that loads, and finds the schema."""
    assert not [f"{list(error.absolute_path)}: {error.message}" for error in VALIDATOR.iter_errors(_plain(file))]
    head = file.read_text(encoding="utf-8").partition("\n")[0]
    assert head.startswith("# yaml-language-server: $schema=")
    named = file.parent / head.partition("$schema=")[2]
    assert named.read_text(encoding="utf-8") == schema_text()


def test_the_published_schema_is_the_shipped_one() -> None:
    """``make docs`` writes it."""
    assert (Path(__file__).parents[1] / "docs" / "pack.schema.json").read_text(encoding="utf-8") == schema_text()


def _mutants(data: Any) -> Iterator[tuple[str, Any]]:
    """The pack with one thing wrong: a key misspelt or left out, a value of another kind."""

    def paths(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
        if path:
            yield path
        items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        for key, inner in items:
            yield from paths(inner, (*path, key))

    for path in paths(data):
        for way in ("misspelt", "left out", "list", "number"):
            changed = copy.deepcopy(data)
            holder = changed
            for key in path[:-1]:
                holder = holder[key]
            if way in ("misspelt", "left out"):
                if not isinstance(holder, dict):
                    continue
                value = holder.pop(path[-1])
                if way == "misspelt":
                    holder[f"{path[-1]}x"] = value
            else:
                holder[path[-1]] = [] if way == "list" else 7
            yield f"{'.'.join(map(str, path))}: {way}", changed


def test_what_the_schema_refuses_the_loader_refuses() -> None:
    """Some hundreds of slips in a whole pack: the schema sees most of the loader's refusals and has none of its own."""
    shared = shared_of(read_yaml(MODELLED.with_name("shared.yaml")).data)
    seen, missed = 0, 0
    for what, data in _mutants(_plain(MODELLED)):
        try:
            Pack.model_validate(written_out(copy.deepcopy(data), shared))
        except NtmError:
            loads = False
        else:
            loads = True
        fits = VALIDATOR.is_valid(data)
        assert fits or not loads, what
        seen, missed = seen + (not fits), missed + (fits and not loads)
    assert seen > 100
    assert missed < seen / 4


BASE = """
id: t/l
edition: "1"
title: {vi: T, en: T}
applies_to: [commune]
valid: {from: 2023-01-01, to: 2025-12-31}
legal_basis: [{id: q, number: 1/QD, issuer: X, issued: 2022-12-20}]
source: {basis: q, verification: stated, checked_against: [x]}
attributes: {isl: {name: {vi: Đảo, en: Island}, default: false}}
measures: [{id: ma, name: {vi: A, en: A}, unit: "%", better: higher, domain: {from: 0, to: 100}}]
prerequisites: [{code: P1, text: {vi: p, en: p}, requires: {finding: met}}]
criteria:
  - code: "1"
    title: {vi: c, en: c}
    indicators:
      - {code: "1.1", text: {vi: i, en: i}, requires: REQUIRES}
"""
MEASURED = "{measure: ma, at_least: %s}"


def _both(text: str) -> tuple[bool, bool]:
    """Whether a pack loads, and whether it fits the schema."""
    data = json.loads(json.dumps(parse_yaml(text, "t.yaml").data, default=float))
    try:
        pack = Pack.model_validate(written_out(parse_yaml(text, "t.yaml").data))
        check(pack, installed().measures_for(pack), parse_yaml(text, "t.yaml"))
    except NtmError:
        return False, VALIDATOR.is_valid(data)
    return True, VALIDATOR.is_valid(data)


@pytest.mark.parametrize(
    "requires",
    [
        *(
            MEASURED % one
            for one in ("fifty", "Delegated", "{by_region: {xx: 5}}", "{by_year: {}}", "{by_level: {hamlet: 5}}")
        ),
        *(
            MEASURED % one
            for one in ('{by_year: {"23": 5}}', '{times: "1,1", threshold_of: vn/commune#10}', "{value: fifty}")
        ),
        "{measure: ma, at_least: 5, at_most: 6}",
        "{measure: ma}",
        "{measure: ma, op: exactly, threshold: 5}",
        "{measure: 5, at_least: 5}",
        "{at_least: 0, of: [{finding: met}]}",
        "{share_of: {level: hamlet, meeting: vn/commune}, at_least: 50 %}",
        "{count_of: {level: [], meeting: vn/commune}, at_least: 5}",
        "{every: {meeting: vn/commune}}",
        "{total_of: [], at_least: 50}",
        "{total_of: [ma, {indicator: P1, points: 0}], at_least: 50}",
        "{total_of: [ma, {indicator: P1, points: -1}], at_least: 50}",
        '{total_of: [ma, {indicator: P1, points: "-1"}], at_least: 50}',
        "{total_of: [ma, {indicator: P1}], at_least: 50}",
        "{total_of: [ma], at_least: 50, never_above: much}",
    ],
)
def test_an_editor_shows_what_the_loader_refuses(requires: str) -> None:
    assert _both(BASE.replace("REQUIRES", requires)) == (False, False)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("{id: ma", "{id: m.a"),
        ("{id: ma", "{id: Ma"),
        ("[commune]", "[hamlet]"),
        ("[commune]", "[]x"),
        ("    indicators:", "    note: x\n    notes:"),
    ],
)
def test_an_editor_shows_what_is_wrong_around_conditions(before: str, after: str) -> None:
    text = BASE.replace("REQUIRES", "{finding: met}")
    if after == "[]x":
        text, after = text.replace("applies_to: [commune]\n", ""), ""
    assert _both(text.replace(before, after, 1)) == (False, False)


@pytest.mark.parametrize(
    "requires",
    [
        *(MEASURED % one for one in ("50", "50.5", '"50,5 %"', "50 %", "delegated", "untranscribed")),
        *(
            MEASURED % one
            for one in (
                '{by_region: {"Bắc Trung Bộ": 5, vùng Tây Nguyên: 6, DNB: 7}}',
                "{by_year: {2023: 5, 2024-2025: 6}}",
            )
        ),
        *(
            MEASURED % one
            for one in ("{by_group: {1: 5, nhóm 2: 6, nhom3: 7}}", "{by_level: {Xã: 5, ward: 6, special zone: 7}}")
        ),
        *(
            MEASURED % one
            for one in (
                "{by_attribute: isl, cases: {true: 5, false: 6}}",
                '{times: "1.1", threshold_of: vn/commune@2021-2025#10}',
            )
        ),
        "{measure: ma, op: at_least, threshold: 5}",
        "{share_of: {level: Thôn, meeting: vn/commune}, at_least: 50 %}",
        "{count_of: {level: [Xã, ward], meeting: vn/commune, exempt: false}, at_least: 3}",
        "{every: {level: thị trấn, meeting: vn/urban-ward}}",
        '{total_of: [ma, {indicator: P1, points: "0.5"}, {indicator: P1, points: 5}], at_least: 9, never_above: 99 %}',
        '{at_least: "1", of: [{finding: met}]}',
        "{group: [nhom1, nhom2]}",
        "{unmet_share_of: vn/commune, at_least: 30 %, including_any: ['17']}",
    ],
)
def test_every_accepted_spelling_fits(requires: str) -> None:
    """What people may write for a level, region, group, year or number is no mistake in an editor either."""
    assert _both(BASE.replace("REQUIRES", requires)) == (True, True)
