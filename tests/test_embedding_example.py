"""The example of embedding runs: facts in, verdicts kept with digests, a page of what has changed since yesterday."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

pytest.importorskip("fastapi", reason="the extra `service` is not installed")
pytest.importorskip("httpx", reason="the package `httpx` is not installed")
sqlalchemy = pytest.importorskip("sqlalchemy", reason="SQLAlchemy is not installed")

from starlette.testclient import TestClient  # noqa: E402

import ntm_rules as ntm  # noqa: E402

FILE = Path(__file__).parents[1] / "examples" / "embedding.py"


@pytest.fixture
def example(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    spec = importlib.util.spec_from_file_location("embedding_example", FILE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(__import__("sys").modules, "embedding_example", module)
    spec.loader.exec_module(module)
    module.engine = sqlalchemy.create_engine(f"sqlite:///{tmp_path / 'kept.db'}")  # type: ignore[attr-defined]
    yield module
    module.engine.dispose()


def body(unit: str, share: str) -> dict[str, Any]:
    return {
        "unit": {"id": unit, "level": "xã", "region": "btb", "province": "hatinh"},
        "as_of": "2023-08-17",
        "measures": {"clean_water_centralised_share": share},
    }


def test_the_page_tells_what_has_changed_since_yesterday_and_why(example: ModuleType) -> None:
    with TestClient(example.app) as client:
        for unit in ("<a>", "b"):
            assert client.post("/units", json=body(unit, "12,8 %")).json()["verdict"] == "NOT_MET"
        with example.Session(example.engine) as db:
            kept = db.scalars(sqlalchemy.select(example.Kept)).all()
            answer = ntm.Assessment.from_json(kept[0].answer)
            facts = ntm.Snapshot.model_validate_json(kept[0].facts)
            assert ntm.reproduce(answer, facts).same
            assert answer.made_by is not None
            assert kept[0].digests.split() == [text.digest[:12] for text in answer.made_by.texts]
            for one in kept:
                one.at = datetime.now() - timedelta(days=2)
            db.commit()
        assert "<td>" not in client.get("/changes").text
        client.post("/units", json=body("<a>", "25 %"))
        client.post("/units", json=body("b", "12,8 %"))
        page = client.get("/changes").text
        assert "<td>&lt;a&gt;<td>NOT_MET → UNKNOWN<td>" in page
        assert "17.1" in page
        assert "<td>số liệu" in page
        assert "<td>b<td>" not in page
        with example.Session(example.engine) as db:
            db.execute(
                sqlalchemy.update(example.Kept)
                .where(example.Kept.at < datetime.now() - timedelta(1))
                .values(digests="old")
            )
            db.commit()
        assert "<td>bộ tiêu chí" in client.get("/changes").text
        refused = client.post("/units", json=body("c", "x"))
        assert refused.status_code == 422
        assert "không phải là một số" in refused.json()["detail"][0]["ctx"]["vi"]
