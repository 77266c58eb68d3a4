"""Whatever is refused, at whichever door, is an ``NtmError`` in both languages that tells first causes only."""

from __future__ import annotations

import copy
import json
import pickle
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
import pytest
from pydantic import BaseModel, TypeAdapter, ValidationError

import ntm_rules as ntm
from ntm_rules.analysis.page import pack_page
from ntm_rules.assessment.tree import TreeAssessment
from ntm_rules.errors import AssessmentError, EvaluationError, PackError, SnapshotError
from ntm_rules.evaluation.plan import Plan
from ntm_rules.messages import Text, say
from ntm_rules.pack.loader import parse_yaml
from ntm_rules.pack.period import Period
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
    "no word of the list": (lambda: snapshot(unit={**UNIT, "level": "comune"}), ["error.word_of"]),
    "a number that lost zeros for an id": (lambda: ntm.Unit(id=123, level="commune"), ["error.zeros_gone"]),  # type: ignore[arg-type]
    "a blank id": (lambda: ntm.Unit(id="", level="commune"), ["error.invalid"]),  # type: ignore[arg-type]
    "no day": (lambda: snapshot(as_of="31/6/2024"), ["error.not_a_day"]),
    "a list for a mapping": (lambda: ntm.Snapshot.model_validate([1]), ["error.invalid"]),
    "no answer to yes or no": (lambda: snapshot(unit={**UNIT, "attributes": {"island": []}}), ["error.yes_or_no"]),
    "a value inside": (lambda: snapshot(measures={"income_per_capita": "lots"}), ["error.not_a_number"]),
    "a finding's own field": (
        lambda: snapshot(findings={"vn/commune": {"1.1": {"finding": "met", "onn": DAY}}}),
        ["error.unknown_key"],
    ),
    "no pack id": (lambda: snapshot(recognitions=[{"pack": "VN", "on": DAY}]), ["error.reference"]),
    "counts below nothing": (lambda: snapshot(children={"village": {"total": -1}}), ["error.count"]),
    "broken JSON": (lambda: ntm.Snapshot.model_validate_json('{"unit": }'), ["error.json"]),
    "a wrong word in JSON": (
        lambda: ntm.Snapshot.model_validate_json(json.dumps({"unit": {**UNIT, "region": "q"}, "as_of": DAY})),
        ["error.word_of"],
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
    # The framework's own page of the service, made from the models.
    assert client.get("/openapi.json").status_code == 200


@pytest.mark.parametrize("mode", ["validation", "serialization"])
def test_what_is_written_out_fits_the_schema_of_a_snapshot(mode: Any) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    schema = ntm.Snapshot.model_json_schema(mode=mode)
    one = snapshot(
        measures={"income_per_capita": ["47 triệu đồng/người/năm", {"value": 48, "by": "Sở Y tế", "on": DAY}]},
        findings={"vn/commune": {"1.1": ["met"], "2.1": [{"finding": "not_met", "by": "Sở Xây dựng"}]}},
        recognitions=[{"pack": "vn/commune", "on": DAY}],
    )
    jsonschema.validate(one.to_dict(), schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**one.to_dict(), "as_of": 1}, schema)


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


def test_a_sign_before_a_level_is_told_from_the_line_it_stands_in() -> None:
    with pytest.raises(PackError) as caught:
        parse_yaml("a: 1\nat_least: > 90 %\n", "p.yaml")
    assert caught.value.text("en").startswith("p.yaml:2: not valid YAML: YAML reads no value that begins with “>”")


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


def _plan(day: object) -> object:
    target = {"text": "x", "level": "commune", "meeting": "vn/commune", "at_least": "50 %", "by": day}
    return Plan.model_validate({"title": "a", "unit": "x", "targets": [target]}).targets[0].by


def _pack(day: object) -> object:
    return Period.model_validate({"from": day}).start


def _frame(day: Any) -> object:
    frame = pl.DataFrame({"id": ["x"], "region": ["btb"]})
    ntm.evaluate_frame("vn/commune", frame, as_of=day, level="commune")
    return None


DOORS: dict[str, Callable[[Any], object]] = {
    "snapshot": lambda day: snapshot(as_of=day).as_of,
    "recognition": lambda day: snapshot(recognitions=[{"pack": "vn/commune", "on": day}]).recognitions[0].on,
    "finding": lambda day: (
        snapshot(findings={"vn/commune": {"1.1": {"finding": "met", "on": day}}}).findings["vn/commune"]["1.1"][0].on
    ),
    "load_pack": lambda day: ntm.load_pack("vn/commune", on=day) and None,
    "tree": lambda day: ntm.evaluate_tree([ntm.Unit(**UNIT)], [], ["vn/commune"], as_of=day).as_of,  # type: ignore[arg-type]
    "plan": _plan,
    "pack": _pack,
    "frame": _frame,
}
SAID_DAYS = [
    date(2023, 8, 17),
    datetime(2023, 8, 17, 23, 30),
    "2023-08-17",
    "17/08/2023",
    "17/8/2023",
    "ngày 17 tháng 8 năm 2023",
    "2023-08-17T23:30:00",
    "2023-08-17 00:00:00",
]
NO_DAYS = {
    "31/6/2024": "error.not_a_day",
    "1/2": "error.not_a_day",
    "8/2023": "error.not_a_day",
    "08/17/2023": "error.not_a_day",
    "17/08/23": "error.not_a_day",
    "2023-08-17T25:00": "error.not_a_day",
    "2023-08-17T23:00:00Z": "error.day_zone",
    "2023-08-17T23:00:00+07:00": "error.day_zone",
}


@pytest.mark.parametrize("door", DOORS.values(), ids=list(DOORS))
@pytest.mark.parametrize("day", SAID_DAYS, ids=str)
def test_a_day_is_read_alike_at_every_door(door: Callable[[Any], object], day: object) -> None:
    assert door(day) in (date(2023, 8, 17), None)


@pytest.mark.parametrize("door", DOORS.values(), ids=list(DOORS))
@pytest.mark.parametrize(
    ("day", "key"),
    [*NO_DAYS.items(), (1692230400, "error.not_a_day"), (datetime(2023, 8, 17, 23, tzinfo=UTC), "error.day_zone")],
    ids=str,
)
def test_what_is_no_day_is_refused_alike_at_every_door(door: Callable[[Any], object], day: Any, key: str) -> None:
    with pytest.raises(ntm.NtmError) as caught:
        door(day)
    assert [problem.key for problem in caught.value.problems] == [key]


def test_a_title_does_not_end_before_it_was_given(tmp_path: Path) -> None:
    dates = {"on": "2022-01-01", "until": "2021-12-31"}
    for end in ("until", "revoked"):
        with pytest.raises(SnapshotError) as caught:
            snapshot(recognitions=[{"pack": "vn/commune", "on": "2022-01-01", end: "2021-12-31"}])
        assert [problem.key for problem in caught.value.problems] == ["error.until_before"]
        assert snapshot(recognitions=[{"pack": "vn/commune", "on": "2022-01-01", end: "2022-01-01"}])
    table = tmp_path / "a.csv"
    table.write_text(
        "id;level;region;as_of;recognition:vn/commune;recognition.on:vn/commune;recognition.until:vn/commune\n"
        "x;xã;btb;17/8/2023;1/QĐ;1/1/2022;31/12/2021\n",
        encoding="utf-8",
    )
    document = tmp_path / "a.yaml"
    document.write_text(
        "unit: {id: x, level: commune}\nas_of: 2023-08-17\n"
        f"recognitions: [{{pack: vn/commune, on: {dates['on']}, until: {dates['until']}}}]\n",
        encoding="utf-8",
    )
    for file in (table, document):
        with pytest.raises(SnapshotError, match=r"the expiry 2021-12-31 is before the day of the recognition"):
            ntm.read_snapshots(file)
    frame = pl.DataFrame(
        {
            "id": ["a", "b"],
            "region": ["btb"] * 2,
            "recognised_on_vn_commune": [date(2022, 1, 1), date(2022, 1, 1)],
            "recognised_until_vn_commune": [date(2025, 1, 1), date(2021, 12, 31)],
        }
    )
    frames = {"as_of": "2023-08-17", "level": "commune"}
    with pytest.raises(ntm.NtmError, match=r"row 1.*the expiry 2021-12-31 is before"):
        ntm.evaluate_frame("vn/commune-advanced", frame, **frames)  # type: ignore[arg-type]
    marked = ntm.evaluate_frame("vn/commune-advanced", frame, **frames, invalid="mark")  # type: ignore[arg-type]
    assert marked.frame["problem"].to_list() == [None, "recognised_until_vn_commune"]


def test_an_option_that_is_none_of_its_words_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text("unit: {id: x, level: commune, region: btb}\nas_of: 2023-08-17\n", encoding="utf-8")
    one, options = snapshot(), {"unknown_measures": "eror"}
    for refused in (
        lambda: ntm.evaluate("vn/commune", one, **options),  # type: ignore[arg-type]
        lambda: ntm.evaluate_all("vn/commune", [one], **options),  # type: ignore[arg-type]
        lambda: ntm.evaluate_tree([], [one], ["vn/commune"], **options),  # type: ignore[arg-type]
        lambda: ntm.read_snapshots(file, **options),  # type: ignore[arg-type]
    ):
        with pytest.raises(EvaluationError) as caught:
            refused()  # type: ignore[no-untyped-call]
        assert [problem.key for problem in caught.value.problems] == ["error.word_of"]
        assert "error" in caught.value.text("en")


@pytest.mark.parametrize("content", [b"hello", b"<html></html>", b"PK\x03\x04 cut off"])
def test_what_is_no_workbook_is_told_without_the_names_of_a_program(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.xlsx").write_bytes(content)
    with pytest.raises(SnapshotError) as caught:
        ntm.read_snapshots(tmp_path / "a.xlsx")
    assert "lưu lại dạng .xlsx" in caught.value.text("vi")
    assert "Zip" not in caught.value.text("vi") + caught.value.text("en")


@pytest.mark.parametrize(
    ("count", "said"), [(0, "0 open points"), (1, "1 open point "), (2, "2 open points"), (1234, "1,234 open points")]
)
def test_a_noun_agrees_with_its_count(count: int, said: str) -> None:
    assert said in say("explain.waiting", "en", count=count)
    assert "nội dung" in say("explain.waiting", "vi", count=count)


def test_notes_of_a_pack_are_told_in_the_language_asked_for() -> None:
    note = {"vi": "Ghi chú bằng tiếng Việt", "en": "A note in English"}
    fields = {"notes": (Text(**note), Text("One language for both"))}
    pack = ntm.load_pack("vn/commune@2021-2025").model_copy(update=fields)
    result = ntm.evaluate(pack, snapshot())
    for lang, told in note.items():
        for written in (result.to_markdown(lang), pack_page(pack, lang)):  # type: ignore[arg-type]
            assert told in written
            assert "One language for both" in written
            assert next(other for other in note.values() if other != told) not in written
    assert ntm.Assessment.from_json(result.to_json()) == result
    # An answer kept by an older version has them as texts.
    older = json.loads(result.to_json())
    older["notes"] = ["One language for both"]
    assert "One language for both" in ntm.Assessment.from_json(json.dumps(older)).to_markdown("en")


@pytest.mark.parametrize(
    ("refused", "key"),
    [
        (lambda: ntm.evaluate(Path("x.yaml"), snapshot()), "error.not_a_pack"),  # type: ignore[arg-type]
        (lambda: ntm.evaluate("vn/commune", {"unit": UNIT}), "error.not_a_snapshot"),  # type: ignore[arg-type]
        (lambda: ntm.evaluate("vn/commune", snapshot()).explain("fr"), "error.word_of"),  # type: ignore[arg-type]
        (lambda: ntm.evaluate("vn/commune", snapshot())[17.5], "error.code_not_text"),  # type: ignore[index]
        (lambda: snapshot(as_of=pd.NaT), "error.not_a_day"),
    ],
    ids=["a path", "a dict", "a language", "a number for a code", "no moment"],
)
def test_what_an_embedder_gets_wrong_is_told_by_one_of_ours(refused: Callable[[], object], key: str) -> None:
    with pytest.raises(ntm.NtmError) as caught:
        refused()
    assert [problem.key for problem in caught.value.problems] == [key]
    assert caught.value.text("vi") != caught.value.text("en")


def test_one_pack_for_a_tree_is_one_pack() -> None:
    unit = ntm.Unit(**UNIT)  # type: ignore[arg-type]
    one, several = (ntm.evaluate_tree([unit], [], packs, as_of=DAY) for packs in ("vn/commune", ["vn/commune"]))
    assert one == several


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2026-01-15", "the one before applies to 2025-12-31, the next is in force from 2026-02-15"),
        ("2031-01-01", "the last one here applies to 2030-12-31"),
        ("2020-01-01", "the first one here is in force from 2022-03-08"),
    ],
)
def test_a_day_under_no_edition_is_told_what_lies_before_and_after(day: str, said: str) -> None:
    """Between two decisions there is a gap of weeks that nobody expects."""
    with pytest.raises(ntm.NtmError, match=said) as refused:
        ntm.load_pack("vn/commune", on=day)
    assert "-" not in re.sub("vn/commune", "", refused.value.text("vi"))
