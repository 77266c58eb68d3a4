"""The published JSON Schema is the one the code has, and what is written fulfils it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

import ntm_rules as ntm
from ntm_rules import TreeAssessment, schemas
from ntm_rules.assessment.schema import schema, text
from ntm_rules.errors import SnapshotError
from ntm_rules.testing import snapshots

SNAPSHOT = ntm.Snapshot.model_validate(
    {"unit": {"id": "x", "level": "commune", "region": "btb"}, "as_of": "2023-08-17"}
)

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


FOLDERS = (Path(ntm.__file__).parent / "schemas", Path(__file__).parents[1] / "docs" / "schemas")


@pytest.mark.parametrize("name", schemas.NAMES)
def test_every_schema_is_published_as_it_is_and_is_a_schema(name: str) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    for folder in FOLDERS:
        assert (folder / schemas.file_name(name)).read_text(encoding="utf-8") == schemas.text(name), "run: make docs"
    jsonschema.Draft202012Validator.check_schema(schemas.schema(name))
    assert ">>>" not in schemas.text(name)


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_what_a_snapshot_writes_its_schema_takes(data: st.DataObject) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    pack = ntm.load_pack(data.draw(st.sampled_from(["hatinh/commune", "vn/district", "vn/commune@2026-2030"])))
    one = data.draw(snapshots(pack))
    jsonschema.validate(json.loads(json.dumps(one.to_dict())), schemas.schema("snapshot"))


@pytest.mark.parametrize(
    "wrong",
    [
        {"unit": {"id": "x", "level": "comune"}},
        {"unit": {"level": "commune"}},
        {"unit": {"id": "x", "level": "commune", "strange": 1}},
        {"as_of": None},
        {"measures": {"poverty": {"by": "x"}}},
        {"measures": {"poverty": True}},
        {"measures": []},
        {"findings": {"vn/commune": {"1.1": "perhaps"}}},
        {"findings": {"no reference": {"1.1": "met"}}},
        {"recognitions": [{"pack": "vn/commune"}]},
        {"children": {"commune": {"total": -1}}},
        {"strange": 1},
    ],
)
def test_what_the_schema_of_snapshots_refuses_snapshot_refuses(wrong: dict[str, object]) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    body = {"unit": {"id": "x", "level": "commune"}, "as_of": "2023-08-17"} | wrong
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(body, schemas.schema("snapshot"))
    with pytest.raises(SnapshotError):
        ntm.Snapshot.model_validate(body)


def test_one_value_may_stand_without_its_list() -> None:
    jsonschema = pytest.importorskip("jsonschema")
    body = {
        "unit": {"id": "x", "level": "commune"},
        "as_of": "2023-08-17",
        "measures": {"poverty": "3 %", "income": ["3", {"value": 4, "by": "A"}]},
        "findings": {"vn/commune": {"1.1": "met", "2": [{"finding": "not_met"}]}},
    }
    jsonschema.validate(body, schemas.schema("snapshot"))
    ntm.Snapshot.model_validate(body)


# Inside the models of a program


class Kept(BaseModel):
    facts: ntm.Snapshot
    answer: ntm.Assessment
    tree: TreeAssessment | None = None


def test_snapshots_and_answers_are_fields_like_any_other() -> None:
    facts = ntm.Snapshot.model_validate(
        {"unit": {"id": "x", "level": "commune", "region": "btb"}, "as_of": "2023-08-17"}
    )
    tree = ntm.evaluate_tree([facts.unit], [facts], ["vn/commune"], as_of="2023-08-17")
    kept = Kept(facts=facts, answer=ntm.evaluate("hatinh/commune", facts), tree=tree)
    assert Kept.model_validate_json(kept.model_dump_json()) == kept
    assert Kept.model_validate(kept.model_dump(mode="json")) == kept
    described = Kept.model_json_schema(mode="serialization")
    jsonschema = pytest.importorskip("jsonschema")
    jsonschema.validate(json.loads(kept.model_dump_json()), described)
    with pytest.raises(ValidationError, match="pack"):
        Kept.model_validate({"facts": facts, "answer": {}})


def test_a_fault_inside_a_model_has_the_code_and_both_languages() -> None:
    wrong = {"unit": {"id": "x", "level": "comune"}, "as_of": "31/6/2024", "measures": {"poverty": "x"}}
    with pytest.raises(SnapshotError) as own:
        ntm.Snapshot.model_validate(wrong)
    with pytest.raises(ValidationError) as inside:
        Kept.model_validate({"facts": wrong, "answer": ntm.evaluate("vn/commune", SNAPSHOT)})
    faults = inside.value.errors()
    assert [fault["type"] for fault in faults] == [fault["type"] for fault in own.value.errors()]
    assert [fault["loc"][1:] for fault in faults] == [fault["loc"] for fault in own.value.errors()]
    for lang in ("vi", "en"):
        assert [fault["ctx"][lang] for fault in faults] == [fault["msg"] for fault in own.value.errors(lang)]
    assert json.loads(inside.value.json())


def test_a_web_framework_takes_and_gives_them() -> None:
    fastapi = pytest.importorskip("fastapi")
    testclient = pytest.importorskip("fastapi.testclient")
    app = fastapi.FastAPI()

    @app.post("/judge")
    def judge(snapshot: ntm.Snapshot) -> ntm.Assessment:
        return ntm.evaluate("hatinh/commune", snapshot)

    judge.__annotations__ = {"snapshot": ntm.Snapshot, "return": ntm.Assessment}
    client = testclient.TestClient(app)
    body = SNAPSHOT.to_dict()
    answer = client.post("/judge", json=body)
    assert answer.status_code == 200
    assert ntm.Assessment.from_json(answer.content) == ntm.evaluate("hatinh/commune", SNAPSHOT)
    refused = client.post("/judge", json={**body, "measures": {"income_per_capita": "x"}})
    assert refused.status_code == 422
    assert [one["type"] for one in refused.json()["detail"]] == ["error.no_value"]
    assert client.get("/openapi.json").status_code == 200
