"""Whatever is refused, at whichever door, is an ``NtmError`` in both languages that tells first causes only."""

from __future__ import annotations

import copy
import json
import pickle
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel, TypeAdapter, ValidationError

import ntm_rules as ntm
from ntm_rules.assessment.tree import TreeAssessment
from ntm_rules.errors import AssessmentError, PackError, SnapshotError
from ntm_rules.evaluation.plan import Plan
from ntm_rules.pack.loader import parse_yaml
from ntm_rules.snapshot.documents import read_document

UNIT = {"id": "x", "level": "commune", "region": "btb"}
DAY = "2023-08-17"
# Words of pydantic, PyYAML, msgspec and Python that no Vietnamese sentence may have.
ENGLISH = re.compile(
    r"\b(input|should|valid|value|expected|missing|field|required|error|type|string|integer|parse|not|found|object|item"
    r"|character|line|None|Decimal)\b",
    re.IGNORECASE,
)


def snapshot(**fields: Any) -> ntm.Snapshot:
    return ntm.Snapshot(**{"unit": UNIT, "as_of": DAY, **fields})


REFUSED: dict[str, tuple[Callable[[], object], list[str]]] = {
    "a key left out": (lambda: ntm.Snapshot(unit=UNIT), ["error.missing_key"]),  # type: ignore[call-arg]
    "a key misspelt, not also missing": (
        lambda: ntm.Snapshot(unt=UNIT, as_of=DAY),  # type: ignore[call-arg]
        ["error.unknown_key"],
    ),
    "two keys misspelt": (
        lambda: ntm.Snapshot.model_validate({"unit": {"ids": "x", "levl": "commune"}, "as_of": DAY}),
        ["error.unknown_key", "error.unknown_key"],
    ),
    "no word of the list": (lambda: snapshot(unit={**UNIT, "level": "comune"}), ["error.not_one_of"]),
    "a number for an id": (lambda: ntm.Unit(id=18001, level="commune"), ["error.invalid"]),  # type: ignore[arg-type]
    "a blank id": (lambda: ntm.Unit(id="", level="commune"), ["error.invalid"]),  # type: ignore[arg-type]
    "no day": (lambda: snapshot(as_of="31/6/2024"), ["error.not_a_day"]),
    "a list for a mapping": (lambda: ntm.Snapshot.model_validate([1]), ["error.invalid"]),
    "a branch of a union, once": (lambda: snapshot(unit={**UNIT, "attributes": {"island": []}}), ["error.invalid"]),
    "a value inside": (lambda: snapshot(measures={"income_per_capita": "x"}), ["error.not_a_number"]),
    "a finding's own field": (
        lambda: snapshot(findings={"vn/commune": {"1.1": {"finding": "met", "onn": DAY}}}),
        ["error.unknown_key"],
    ),
    "no pack id": (lambda: snapshot(recognitions=[{"pack": "VN", "on": DAY}]), ["error.reference"]),
    "counts below nothing": (lambda: snapshot(children={"village": {"total": -1}}), ["error.invalid"]),
    "broken JSON": (lambda: ntm.Snapshot.model_validate_json('{"unit": }'), ["error.json"]),
    "a wrong word in JSON": (
        lambda: ntm.Snapshot.model_validate_json(json.dumps({"unit": {**UNIT, "region": "q"}, "as_of": DAY})),
        ["error.not_one_of"],
    ),
    "a plan without a target": (lambda: Plan(title="a", unit="x", targets=()), ["error.invalid"]),  # type: ignore[arg-type]
    "a plan whose only target is wrong": (
        lambda: Plan.model_validate({"title": "a", "unit": "x", "targets": [{"text": "a"}]}),
        ["error.missing_key"] * 4,
    ),
    "an answer that is none": (lambda: ntm.Assessment.from_json("{}"), ["error.not_an_answer"]),
    "an answer of another kind": (lambda: ntm.Assessment.from_json('{"pack": 3}'), ["error.not_an_answer"]),
    "an answer that is no JSON": (lambda: ntm.Assessment.from_json("x"), ["error.json"]),
    "a tree that is none": (lambda: TreeAssessment.from_json("[]"), ["error.not_an_answer"]),
}


@pytest.mark.parametrize(("refused", "keys"), REFUSED.values(), ids=list(REFUSED))
def test_a_refusal_is_one_of_ours_and_tells_first_causes_only(refused: Callable[[], object], keys: list[str]) -> None:
    with pytest.raises(ntm.NtmError) as caught:
        refused()
    error = caught.value
    # Who caught pydantic's error as the ValueError it is still catches this one.
    assert isinstance(error, ValueError)
    assert [problem.key for problem in error.problems] == keys
    assert not ENGLISH.search(error.text("vi")), error.text("vi")
    assert error.text("en") != error.text("vi")
    assert [fault["type"] for fault in error.errors("en")] == keys
    assert pickle.loads(pickle.dumps(error)).text() == copy.deepcopy(error).text() == error.text()


def test_which_family_tells_what_was_refused() -> None:
    for kind, refused in (
        (SnapshotError, lambda: ntm.Unit(id="x")),  # type: ignore[call-arg]
        (PackError, lambda: Plan(title="x")),  # type: ignore[call-arg]
        (AssessmentError, lambda: ntm.Assessment.from_json("{}")),
    ):
        with pytest.raises(kind):
            refused()  # type: ignore[no-untyped-call]


def test_where_a_fault_stands_is_told_part_by_part() -> None:
    with pytest.raises(SnapshotError) as caught:
        snapshot(findings={"vn/commune@2021-2025": {"1.1": "abc"}})
    fault = caught.value.errors("en")[0]
    assert fault["loc"][:3] == ("findings", "vn/commune@2021-2025", "1.1")
    assert caught.value.text("en").startswith("findings.vn/commune@2021-2025.1.1: ")


class Request(BaseModel):
    """A model of somebody else's, as a web framework makes them."""

    snapshot: ntm.Snapshot
    who: int


def test_inside_a_foreign_model_the_faults_are_that_models() -> None:
    bad = {"unit": UNIT, "as_of": DAY, "measures": {"income_per_capita": "x"}}
    with pytest.raises(ValidationError) as caught:
        Request.model_validate({"snapshot": bad, "who": "nobody"})
    where = [fault["loc"] for fault in caught.value.errors()]
    assert where == [("snapshot", "measures", "income_per_capita", 0), ("who",)]
    with pytest.raises(ValidationError):
        TypeAdapter(ntm.Snapshot).validate_python(bad)
    good = Request.model_validate({"snapshot": {"unit": UNIT, "as_of": DAY}, "who": 1})
    assert good.snapshot == snapshot()


def test_a_web_framework_answers_a_bad_value_with_its_own_refusal() -> None:
    """What pydantic keeps of an error of ours is written out as JSON, as FastAPI does it."""
    fastapi = pytest.importorskip("fastapi")
    testing = pytest.importorskip("fastapi.testclient")
    app = fastapi.FastAPI()

    def judge(snapshot: ntm.Snapshot) -> dict[str, Any]:
        return ntm.evaluate("hatinh/commune", snapshot).to_dict()

    judge.__annotations__ = {"snapshot": ntm.Snapshot}
    app.post("/judge")(judge)
    client = testing.TestClient(app, raise_server_exceptions=False)
    body = {"unit": UNIT, "as_of": DAY, "measures": {}}
    assert client.post("/judge", json=body).status_code == 200
    assert client.post("/judge", json={**body, "measures": {"income_per_capita": "x"}}).status_code == 422
    assert client.post("/judge", json={**body, "as_of": "31/6/2024"}).status_code == 422


@pytest.mark.parametrize(
    "text",
    [
        "a: b: c",
        "a: [1",
        "{a: 1",
        "a:\n\tb: 1",
        "a: 'x",
        "- a\nb: 1",
        "a:\n  - b\n c: 1",
        "a: @x",
        'a: "\\q"',
        "a\nb: 1",
        "%YAML 3\n",
        "a: \x07",
    ],
)
def test_what_is_no_yaml_is_told_in_words_of_ours(text: str) -> None:
    with pytest.raises(PackError) as caught:
        parse_yaml(text)
    (problem,) = caught.value.problems
    assert problem.key == "error.yaml"
    assert not ENGLISH.search(problem.text("vi"))
    assert problem.place.line > 0


@pytest.mark.parametrize(
    "text", ["{", "[1,", '{"a" 1}', "{a: 1}", '{"a": }', '{"a": 1} x', '"a', '"\\q"', '"\x01"', "x"]
)
def test_what_is_no_json_is_told_in_words_of_ours(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.json").write_text(text, encoding="utf-8")
    with pytest.raises(SnapshotError) as caught:
        read_document(tmp_path / "a.json")
    (problem,) = caught.value.problems
    assert problem.key == "error.json"
    assert problem.params["reason"].key != "syntax.wrong"
    assert not ENGLISH.search(problem.text("vi").replace("a.json", ""))
