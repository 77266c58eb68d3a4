"""The service: what the library says, over HTTP, and nothing of what a client sends does harm."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("fastapi", reason="the extra `service` is not installed")
httpx = pytest.importorskip("httpx", reason="the package `httpx` is not installed")

from starlette.testclient import TestClient  # noqa: E402

import ntm_rules as ntm  # noqa: E402
from ntm_rules import schemas  # noqa: E402
from ntm_rules.service import Limits, app  # noqa: E402

UNIT = {"id": "ky-phu", "name": "Xã Kỳ Phú", "level": "commune", "region": "btb", "province": "hatinh"}
BODY: dict[str, Any] = {
    "unit": UNIT,
    "as_of": "2023-08-17",
    "measures": {"clean_water_centralised_share": "12,8 %"},
    "findings": {"hatinh/commune": {"1.1": "đạt"}},
}
SNAPSHOT = ntm.Snapshot.model_validate(BODY)


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(app(), raise_server_exceptions=False) as made:
        yield made


def codes(answer: Any) -> list[str]:
    return [one["type"] for one in answer.json()["detail"]]


# What it answers


def test_one_unit_is_judged_as_the_library_judges_it(client: TestClient) -> None:
    answer = client.post("/evaluate", json={"pack": "hatinh/commune", "snapshot": BODY, "trust": "secondary"})
    assert answer.status_code == 200
    assert ntm.Assessment.from_json(answer.content) == ntm.evaluate("hatinh/commune", SNAPSHOT, trust="secondary")
    told = client.post("/evaluate?explain=vi", json={"pack": "hatinh/commune", "snapshot": BODY})
    assert told.text == ntm.evaluate("hatinh/commune", SNAPSHOT).explain("vi")


def test_every_digit_of_a_number_counts(client: TestClient) -> None:
    text = json.dumps({"pack": "vn/commune", "snapshot": {**BODY, "findings": {}, "measures": {}}})
    exact = text.replace('"measures": {}', '"measures": {"farmland_irrigated_share": 79.99999999999999999999}')
    answer = client.post("/evaluate", content=exact, headers={"content-type": "application/json"})
    assert ntm.Assessment.from_json(answer.content)["3.1"].verdict is ntm.Verdict.NOT_MET


def test_of_many_units_those_refused_leave_the_others_alone(client: TestClient) -> None:
    units = [BODY, {**BODY, "measures": {"clean_water_centralised_share": "tốt"}}, {"unit": 3}, BODY]
    answer = client.post("/evaluate/many", json={"pack": "hatinh/commune", "snapshots": units})
    lines = [json.loads(line) for line in answer.text.splitlines()]
    assert [line["index"] for line in lines] == [0, 1, 2, 3]
    assert ["assessment" in line for line in lines] == [True, False, False, True]
    assert lines[0]["assessment"] == json.loads(ntm.evaluate("hatinh/commune", SNAPSHOT).to_json())
    assert [one["type"] for one in lines[1]["refusal"]] == ["error.not_a_number"]
    many = client.post("/evaluate/many", json={"pack": "hatinh/commune", "snapshots": [BODY] * 61})
    assert [json.loads(line)["index"] for line in many.text.splitlines()] == list(range(61))


def test_packs_and_schemas_are_told(client: TestClient) -> None:
    assert client.get("/health").json() == {"status": "ok", "version": ntm.__version__}
    assert [one["reference"] for one in client.get("/packs").json()] == [one.reference for one in ntm.packs()]
    pack = client.get("/packs/hatinh/commune@2022-2025")
    assert ntm.Pack.model_validate_json(pack.content) == ntm.load_pack("hatinh/commune@2022-2025")
    assert client.get("/schemas").json() == list(schemas.NAMES)
    assert client.get("/schemas/snapshot").json() == schemas.schema("snapshot")


def test_trees_reports_tables_and_documents(client: TestClient, tmp_path: Path) -> None:
    asked = {"units": [{"id": "hatinh", "level": "province"}], "snapshots": [BODY], "packs": ["hatinh/commune"]}
    answer = client.post("/tree", json=asked)
    assert answer.status_code == 200, answer.text
    tree = ntm.evaluate_tree([ntm.Unit(id="hatinh", level="province")], [SNAPSHOT], ["hatinh/commune"])
    assert ntm.TreeAssessment.from_json(answer.content) == tree
    page = client.post("/report?kind=html&lang=vi", json=asked)
    assert page.headers["content-type"].startswith("text/html")
    assert "Kỳ Phú" in page.text
    table = "id;level;as_of;clean_water_centralised_share [%]\nky-phu;xã;17/08/2023;12,8\n".encode()
    read = client.post("/tables?name=xa.csv", content=table).json()
    path = tmp_path / "xa.csv"
    path.write_bytes(table)
    assert read["snapshots"] == [one.to_dict() for one in ntm.read_snapshots(path)]
    decision = '<meta charset="utf-8"><p>Số: 1/QĐ-VD</p><table><tr><td>1<td>2</table>'
    found = client.post("/documents?name=1.html", content=decision.encode()).json()
    assert found["number"] == "1/QĐ-VD"
    assert found["tables"][0] == [["1", "2"]]
    wrong = client.post("/tables?name=xa.csv", content=table.replace(b"12,8", b"x"))
    assert wrong.status_code == 422
    assert wrong.json()["detail"][0]["line"] == 2


def test_it_describes_itself_with_examples_that_work_in_both_languages(client: TestClient) -> None:
    described = client.get("/openapi.json").json()
    examples = 0
    for path, ways in described["paths"].items():
        for content in ways.get("post", {}).get("requestBody", {}).get("content", {}).values():
            shown = content.get("examples", {})
            assert set(shown) in (set(), {"vi", "en"})
            for example in shown.values():
                assert client.post(path, json=example["value"]).status_code == 200, (path, example)
                examples += 1
    assert examples == 8


# Law 11: the same doubt at every door


@pytest.mark.parametrize(
    "wrong",
    [
        {"unit": {**UNIT, "level": "comune"}},
        {"unit": {"level": "commune"}},
        {"unit": {**UNIT, "regio": "btb"}},
        {"unit": {**UNIT, "id": ""}},
        {"as_of": "31/6/2024"},
        {"as_of": 20230817},
        {"as_of": None},
        {"measures": {"income_per_capita": "x"}},
        {"measures": {"income_per_capita": "1.897"}},
        {"measures": {"income_per_capita": True}},
        {"measures": {"income_per_capita": {"by": "Sở Y tế"}}},
        {"measures": {"income_per_capita": {"value": "52", "unit": "banana"}}},
        {"measures": [1]},
        {"findings": {"hatinh/commune": {"1.1": "có"}}},
        {"findings": {"hatinh": {"1.1": "đạt"}}},
        {"recognitions": [{"pack": "vn/commune", "on": "2024-01-01", "until": "2020-01-01"}]},
        {"children": {"village": {"total": 1, "meeting": {"vn/commune": 2}}}},
        {"children": {"vilage": {"total": 1}}},
        {"strange": 1},
    ],
)
def test_what_a_snapshot_refuses_the_service_refuses_with_the_same_codes(
    client: TestClient, wrong: dict[str, Any]
) -> None:
    body = {**BODY, **wrong}
    with pytest.raises(ntm.NtmError) as own:
        ntm.Snapshot.model_validate_json(json.dumps(body))
    expected = [problem["type"] for problem in own.value.errors()]
    answer = client.post("/evaluate", json={"pack": "hatinh/commune", "snapshot": body})
    assert (answer.status_code, codes(answer)) == (422, expected)
    for lang in ("vi", "en"):
        assert [one[lang] for one in answer.json()["detail"]] == [one["msg"] for one in own.value.errors(lang)]
    line = client.post("/evaluate/many", json={"pack": "hatinh/commune", "snapshots": [body]}).json()
    assert [one["type"] for one in line["refusal"]] == expected


@pytest.mark.parametrize(
    ("pack", "change"),
    [
        ("hatinh/comune", {}),
        ("hatinh/commune@1999", {}),
        ("hatinh/commune", {"as_of": "2003-01-01"}),
        ("hatinh/commune", {"measures": {"clean_water": 1}}),
        ("hatinh/commune", {"unit": {**UNIT, "level": "ward"}}),
        ("hatinh/commune", {"measures": {"clean_water_centralised_share": "12 ha"}}),
        ("hatinh/commune", {"findings": {"hatinh/commune": {"99.9": "đạt"}}}),
    ],
)
def test_what_evaluate_refuses_the_service_refuses_with_the_same_codes(
    client: TestClient, pack: str, change: dict[str, Any]
) -> None:
    body = {**BODY, **change}
    with pytest.raises(ntm.NtmError) as own:
        ntm.evaluate(pack, ntm.Snapshot.model_validate(body))
    answer = client.post("/evaluate", json={"pack": pack, "snapshot": body})
    assert (answer.status_code, codes(answer)) == (422, [problem["type"] for problem in own.value.errors()])


def test_a_file_of_this_machine_is_no_pack(client: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    source = ntm.load_pack("vn/commune@2021-2025").file
    assert source is not None
    (tmp_path / "vn").mkdir()
    (tmp_path / "vn" / "commune@x.yaml").write_bytes(source.read_bytes())
    for pack in ("vn/commune@x.yaml", str(source), "../vn/commune"):
        assert client.post("/evaluate", json={"pack": pack, "snapshot": BODY}).status_code == 422
    assert client.get("/packs/vn/commune@x.yaml").status_code == 404
    assert client.get("/packs/..%2f..%2fetc/passwd").status_code in (404, 422)


@pytest.mark.parametrize("name", ["", ".", "..", "../../etc/passwd", "a/b.csv", "x" * 300 + ".csv", "a\x00.csv"])
def test_a_file_that_is_read_stays_in_its_place(client: TestClient, name: str, tmp_path: Path) -> None:
    answer = client.post("/tables", params={"name": name}, content=b"id;level\n")
    assert answer.status_code == 422


# Limits


@pytest.fixture(scope="module")
def small() -> Iterator[TestClient]:
    limits = Limits(snapshot=2_000, body=5_000, seconds=2.0, units=3, processes=1)
    with TestClient(app(limits=limits), raise_server_exceptions=False) as made:
        yield made


def test_what_is_too_large_is_refused_whether_or_not_it_says_so(small: TestClient) -> None:
    large = json.dumps({"pack": "hatinh/commune", "snapshot": {**BODY, "unit": {**UNIT, "name": "x" * 3_000}}})
    for content in (large.encode(), iter([large.encode()])):
        answer = small.post("/evaluate", content=content, headers={"content-type": "application/json"})
        assert (answer.status_code, codes(answer)) == (413, ["error.request_too_large"])
    assert small.post("/evaluate/many", json={"pack": "hatinh/commune", "snapshots": [BODY] * 4}).status_code == 413
    assert small.post("/tables?name=a.csv", content=b"x" * 6_000).status_code == 413
    assert small.get("/health").status_code == 200


def test_work_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    from ntm_rules.service import work

    monkeypatch.setattr(work, "document", endless)
    with TestClient(app(limits=Limits(seconds=3.0)), raise_server_exceptions=False) as client:
        answer = client.post("/documents?name=a.html", content=b"<p>")
        assert (answer.status_code, codes(answer)) == (503, ["error.request_too_slow"])
        assert client.get("/health").status_code == 200


def endless(name: str, raw: bytes) -> bytes:
    while True:
        time.sleep(0.1)


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[" * 3_000, b'{"pack": 1e999999999}', b"\xff\xfe", b'"' + b"x" * 1_000, b"null", b"9" * 1_900],
)
def test_what_is_no_request_is_refused_and_nothing_breaks(small: TestClient, content: bytes) -> None:
    answer = small.post("/evaluate", content=content, headers={"content-type": "application/json"})
    assert answer.status_code in (400, 413, 422)
    assert small.get("/health").status_code == 200


def test_a_fault_of_its_own_tells_nothing_of_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    from ntm_rules.service import application

    def broken(*given: object, **named: object) -> None:
        raise RuntimeError("the secret of ky-phu")

    monkeypatch.setattr(application, "evaluate", broken)
    with TestClient(app(), raise_server_exceptions=False) as client:
        answer = client.post("/evaluate", json={"pack": "hatinh/commune", "snapshot": BODY})
    assert (answer.status_code, codes(answer)) == (500, ["error.service_failed"])
    assert "secret" not in answer.text


# Other pages, and the log


def test_pages_of_other_sites_are_let_in_only_where_they_are_named(client: TestClient) -> None:
    asking = {"origin": "https://example.org", "access-control-request-method": "POST"}
    assert "access-control-allow-origin" not in client.options("/evaluate", headers=asking).headers
    with TestClient(app(cors=["https://example.org"], hosts=["testserver"])) as open_one:
        assert open_one.options("/evaluate", headers=asking).headers["access-control-allow-origin"]
        assert open_one.get("/health", headers={"host": "evil.example"}).status_code == 400


def test_the_log_has_a_line_for_each_request_and_no_one_in_it(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, logger="ntm_rules.service"):
        client.post("/evaluate", json={"pack": "hatinh/commune", "snapshot": BODY})
        client.get("/packs/hatinh/commune")
        client.post("/tables?name=Nguyen-Van-A.csv", content=b"x")
        client.get("/no/such/ky-phu")
    lines = [json.loads(record.getMessage()) for record in caplog.records]
    assert [one["status"] for one in lines] == [200, 200, 422, 404]
    assert [one["method"] for one in lines] == ["POST", "GET", "POST", "GET"]
    assert all(set(one) == {"method", "route", "status", "ms", "received", "sent"} for one in lines)
    assert not any(word in caplog.text for word in ("ky-phu", "Kỳ Phú", "Nguyen", "12,8", "testclient"))


# The real thing


@pytest.fixture(scope="module")
def address() -> Iterator[tuple[str, int]]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    # As `ntm-rules serve`, but that it looks for clients that send nothing more often than every five seconds.
    serve = "from ntm_rules.service import running; running._LOOK = 1.5; from ntm_rules.cli import main; main()"
    command = [sys.executable, "-c", serve, "serve", "--port", str(port), "--lang", "en"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=os.environ)
    try:
        for _ in range(300):
            try:
                httpx.get(f"http://127.0.0.1:{port}/health", timeout=5, trust_env=False)
                break
            except httpx.TransportError:
                assert process.poll() is None, process.stderr.read() if process.stderr else ""
                time.sleep(0.2)
        yield "127.0.0.1", port
    finally:
        process.terminate()
        process.communicate()


def test_it_runs_on_the_loopback_and_answers_to_its_own_name_alone(address: tuple[str, int]) -> None:
    url = "http://{}:{}".format(*address)
    with httpx.Client(trust_env=False, timeout=30) as client:
        answer = client.post(f"{url}/evaluate", json={"pack": "hatinh/commune", "snapshot": BODY})
        assert ntm.Assessment.from_json(answer.content) == ntm.evaluate("hatinh/commune", SNAPSHOT)
        assert client.get(f"{url}/health", headers={"host": "evil.example"}).status_code == 400
        assert client.post(f"{url}/tables?name=a.csv", content=b"id;level\n").status_code == 422


def test_clients_that_send_nothing_are_let_go_and_stand_in_nobodys_way(address: tuple[str, int]) -> None:
    idle = [socket.create_connection(address) for _ in range(20)]
    dripping = socket.create_connection(address)
    dripping.sendall(b"POST /evaluate HTTP/1.1\r\nHost: localhost\r\n")
    assert httpx.get("http://{}:{}/health".format(*address), trust_env=False, timeout=10).status_code == 200
    for one in (*idle, dripping):
        one.settimeout(30)
        assert one.recv(100) == b""
        one.close()


class Wire(asyncio.Transport):
    """The far end of a connection: what the service sends, and whether it has let go."""

    def __init__(self) -> None:
        super().__init__({"peername": ("127.0.0.1", 1), "sockname": ("127.0.0.1", 8017)})
        self.sent, self.closed = b"", False

    def write(self, data: bytes | bytearray | memoryview) -> None:
        self.sent += bytes(data)

    def close(self) -> None:
        self.closed = True

    def is_closing(self) -> bool:
        return self.closed

    def pause_reading(self) -> None: ...

    def resume_reading(self) -> None: ...


def connected() -> tuple[Wire, Any]:
    """A connection as ``serve`` holds it, its far end in our hands."""
    import uvicorn
    from uvicorn.server import ServerState

    from ntm_rules.service.running import _Patient

    config = uvicorn.Config(app(), http=_Patient, ws="none")
    config.load()
    wire, protocol = Wire(), _Patient(config=config, server_state=ServerState(), app_state={})
    protocol.connection_made(wire)
    return wire, protocol


def received(*pieces: bytes) -> tuple[Wire, Any]:
    """What becomes of what a client sends before anything is answered."""

    async def feed() -> tuple[Wire, Any]:
        wire, protocol = connected()
        for piece in pieces:
            if wire.closed:
                break
            protocol.data_received(piece)
        for task in protocol.tasks:
            task.cancel()
        return wire, protocol

    return asyncio.run(feed())


ASKS = b"GET /health HTTP/1.1\r\nHost: localhost\r\n"


@pytest.mark.parametrize("line", [b"x", b"X-More: 1\r\n"], ids=["one line", "many lines"])
def test_a_head_without_end_is_let_go(line: bytes) -> None:
    wire, _ = received(ASKS, b"X-Long: 1", *[line * 1_000] * 100)
    assert (wire.sent[:12], wire.closed) == (b"HTTP/1.1 400", True)


def test_a_long_head_that_ends_and_a_long_body_are_read() -> None:
    wire, protocol = received(ASKS, b"X-Long: ", b"x" * 60_000, b"\r\n\r\n", *[ASKS, b"\r\n"] * 5)
    assert (wire.closed, len(protocol.pipeline)) == (False, 5)
    wire, protocol = received(ASKS, b"Content-Length: 3000000\r\n\r\n", *[b"x" * 100_000] * 30, ASKS)
    assert (wire.closed, len(protocol.cycle.body)) == (False, 3_000_000)


def test_a_client_that_goes_on_asking_is_not_let_go_between_its_requests() -> None:
    async def ask() -> list[bool]:
        wire, protocol = connected()
        closed = []
        for asked in (True, True, False):
            if asked:
                protocol.data_received(ASKS + b"\r\n")
                while protocol.tasks:
                    await asyncio.sleep(0)
            protocol._look()
            closed.append(wire.closed)
        return closed

    assert asyncio.run(ask()) == [False, False, True]


def test_requests_ahead_of_their_answers_are_not_heaped_up(address: tuple[str, int]) -> None:
    wire, protocol = received((ASKS + b"\r\n") * 5_000)
    assert (wire.sent[:12], wire.closed) == (b"HTTP/1.1 400", True)
    assert len(protocol.pipeline) <= 20
    with socket.create_connection(address) as some:
        some.settimeout(30)
        some.sendall((ASKS + b"\r\n") * 5)
        answers = b""
        while answers.count(b"HTTP/1.1 200 OK") < 5:
            answers += some.recv(10_000)
