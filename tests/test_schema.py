"""The published JSON Schema is the one the code has, and what is written fulfils it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import ntm_rules as ntm
from ntm_rules.assessment.schema import schema, text

PUBLISHED = Path(__file__).parents[1] / "docs" / "assessment.schema.json"


def test_the_published_schema_is_current() -> None:
    assert PUBLISHED.read_text(encoding="utf-8") == text(), "run: make docs"


def test_what_is_written_fulfils_the_schema() -> None:
    jsonschema = pytest.importorskip("jsonschema", reason="the package `jsonschema` is not installed")
    snapshot = ntm.Snapshot(
        unit={"id": "x", "level": "commune", "region": "btb", "attributes": {"special_difficulty": True}},
        as_of="2023-08-17",
        measures={
            "clean_water_centralised_share": ["12,8 %", "12,2 %"],
            "income_per_capita": "50000 nghìn đồng/người/năm",
        },
        findings={"hatinh/commune-advanced": {"1.1": {"finding": "not_met", "on": "2023-08-01"}, "18": "met"}},
    )
    result = ntm.evaluate("hatinh/commune-advanced", snapshot)
    jsonschema.validate(json.loads(result.to_json()), schema())
    town = ntm.Snapshot(unit={"id": "h", "level": "district"}, as_of="2023-08-17", children={"commune": {"total": 3}})
    jsonschema.validate(json.loads(ntm.evaluate("vn/district", town).to_json()), schema())
