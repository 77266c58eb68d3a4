"""The application and its routes."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from typing import Annotated, Any, Literal

import msgspec
from anyio import CapacityLimiter
from fastapi import APIRouter, Body, FastAPI, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.middleware.cors import CORSMiddleware
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ConfigDict, ValidatorFunctionWrapHandler, WrapValidator
from starlette.middleware.trustedhost import TrustedHostMiddleware

from .. import schemas
from ..assessment.model import Assessment
from ..assessment.tree import TreeAssessment
from ..errors import NtmError, Problem
from ..evaluation.evaluate import evaluate
from ..evaluation.made_by import library
from ..messages import Lang
from ..pack.bundle import Bundle
from ..pack.legal import Verification
from ..pack.reference import Reference
from ..snapshot.model import Snapshot
from . import examples, work
from .answers import ExactRoute, failed, misread, refusal, refused, told
from .guard import Guard
from .limits import Limits

_JSON = "application/json"
_KINDS = {
    "html": "text/html; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
Number = Annotated[Lang | None, Query(description="vi: 1.897 là 1897; en: 1.897 is less than two")]
Name = Annotated[
    str, Query(min_length=1, max_length=200, description="Tên tệp, để biết loại / the file's name, for its kind")
]


class Health(BaseModel):
    """That the service answers, and with which version."""

    status: Literal["ok"] = "ok"
    version: str


class PackListed(BaseModel):
    """An installed pack."""

    reference: str
    title: dict[Lang, str]
    applies_to: tuple[str, ...]
    valid_from: str | None
    valid_to: str | None
    incomplete: bool


def _read(raw: object, carefully: ValidatorFunctionWrapHandler) -> Snapshot:
    found: Snapshot = Snapshot.well_formed(raw) or carefully(raw)
    return found


class Asked(BaseModel):
    """A unit's facts, and the pack it is judged by."""

    model_config = ConfigDict(extra="forbid")

    pack: Reference
    snapshot: Annotated[Snapshot, WrapValidator(_read)]
    trust: Verification = Verification.RECALLED
    unknown_measures: Literal["error", "ignore"] = "error"


class ManyAsked(BaseModel):
    """The facts of many units, each read and judged on its own."""

    model_config = ConfigDict(extra="forbid")

    pack: Reference
    snapshots: list[dict[str, Any]]
    trust: Verification = Verification.RECALLED
    unknown_measures: Literal["error", "ignore"] = "error"


class Refused(BaseModel):
    """What is wrong: the code, where in the request, and the sentence in Vietnamese and English."""

    type: str
    loc: list[str | int]
    vi: str
    en: str


class Refusals(BaseModel):
    """Everything that is wrong with a request."""

    detail: list[Refused]


_REFUSALS: dict[int | str, dict[str, Any]] = {
    422: {"model": Refusals, "content": {_JSON: {"example": examples.REFUSED}}, "description": "Bị từ chối / refused"},
    413: {"model": Refusals, "description": "Quá lớn / too large"},
    503: {"model": Refusals, "description": "Quá lâu / too slow"},
}


def app(
    *,
    bundles: Sequence[Bundle] = (),
    limits: Limits | None = None,
    cors: Sequence[str] = (),
    hosts: Sequence[str] = (),
) -> FastAPI:
    """The service as an ASGI application, to mount in another or to run.

    ``bundles`` are the packs it knows (everything installed, unless said); ``cors`` the origins whose pages may call it
    and ``hosts`` the names it answers to (any, unless said).

    >>> from starlette.testclient import TestClient
    >>> body = {"unit": {"id": "x", "level": "commune", "region": "btb"}, "as_of": "2023-08-17"}
    >>> with TestClient(app()) as client:
    ...     client.post("/evaluate", json={"pack": "vn/commune", "snapshot": body}).json()["verdict"]
    'UNKNOWN'
    """
    held = limits or Limits()
    made = FastAPI(
        title="ntm_rules",
        version=library(),
        description=examples.ABOUT,
        # The pages fetch their scripts from elsewhere.
        docs_url=None,
        redoc_url=None,
    )
    made.include_router(_routes(tuple(bundles), held))
    made.add_exception_handler(NtmError, refused)
    made.add_exception_handler(RequestValidationError, misread)
    made.add_exception_handler(Exception, failed)
    made.add_middleware(Guard, limits=held)
    if cors:
        made.add_middleware(CORSMiddleware, allow_origins=list(cors), allow_methods=["GET", "POST"])
    if hosts:
        made.add_middleware(TrustedHostMiddleware, allowed_hosts=list(hosts))
    return made


def _routes(bundles: tuple[Bundle, ...], limits: Limits) -> APIRouter:
    routes = APIRouter(route_class=ExactRoute)
    processes = CapacityLimiter(limits.processes)

    @routes.get("/health", summary="Dịch vụ còn chạy / the service answers")
    async def health() -> Health:
        return Health(version=library())

    @routes.get("/packs", summary="Các bộ tiêu chí đã cài / installed packs")
    def packs() -> list[PackListed]:
        return [
            PackListed(
                reference=one.reference,
                title={"vi": one.title.text("vi"), "en": one.title.text("en")},
                applies_to=one.applies_to,
                valid_from=one.valid_from.isoformat() if one.valid_from else None,
                valid_to=one.valid_to.isoformat() if one.valid_to else None,
                incomplete=one.incomplete,
            )
            for one in work.shelf_of(bundles).packs()
        ]

    @routes.get("/packs/{reference:path}", summary="Một bộ tiêu chí / a pack", responses={404: {"model": Refusals}})
    def pack(reference: Reference) -> Response:
        shelf = work.shelf_of(bundles)
        return Response(shelf.load(work.known(shelf, reference)).model_dump_json(), media_type=_JSON)

    @routes.get("/schemas", summary="Tên các JSON Schema / names of the schemas")
    async def names() -> list[str]:
        return list(schemas.NAMES)

    @routes.get("/schemas/{name}", summary="Một JSON Schema / a schema")
    async def schema(name: Literal["assessment", "layout", "pack", "plan", "snapshot", "tree"]) -> dict[str, Any]:
        return schemas.schema(name)

    @routes.post(
        "/evaluate",
        summary="Đánh giá một đơn vị / judge one unit",
        response_model=Assessment,
        responses=_REFUSALS,
    )
    async def one(
        asked: Annotated[Asked, Body(openapi_examples=examples.ONE)],
        explain: Annotated[Lang | None, Query(description="Chỉ lời giải thích / the explanation alone")] = None,
    ) -> Response:
        # Less than it takes to hand it to a thread: the body is small (``limits.snapshot``).
        shelf = work.shelf_of(bundles)
        result = evaluate(
            work.known(shelf, asked.pack),
            asked.snapshot,
            trust=asked.trust,
            unknown_measures=asked.unknown_measures,
            catalogue=shelf,
        )
        if explain is not None:
            return Response(result.explain(explain), media_type="text/plain; charset=utf-8")
        return Response(result.to_json_bytes(), media_type=_JSON)

    @routes.post(
        "/evaluate/many",
        summary="Đánh giá nhiều đơn vị, mỗi đơn vị một dòng / judge many units, a line for each",
        response_class=StreamingResponse,
        responses={**_REFUSALS, 200: {"content": {"application/x-ndjson": {"example": examples.LINES}}}},
    )
    def many(asked: Annotated[ManyAsked, Body(openapi_examples=examples.MANY)]) -> Response:
        shelf = work.shelf_of(bundles)
        work.known(shelf, asked.pack)
        if len(asked.snapshots) > limits.units:
            return refusal(413, Problem("error.request_units", limit=limits.units, count=len(asked.snapshots)))
        ends = time.monotonic() + limits.seconds * 0.9

        def lines() -> Iterator[bytes]:
            for first in range(0, len(asked.snapshots), 20):
                if time.monotonic() > ends:
                    # Said in the stream: its head has gone out.
                    problem = Problem("error.request_too_slow", seconds=limits.seconds)
                    yield _line({"index": first, "refusal": [told(problem)]})
                    return
                chunk = enumerate(asked.snapshots[first : first + 20], first)
                yield b"".join(_judged(index, raw, asked, bundles) for index, raw in chunk)

        return StreamingResponse(lines(), media_type="application/x-ndjson")

    @routes.post(
        "/tree",
        summary="Đánh giá cả cây đơn vị / judge a tree of units",
        response_model=TreeAssessment,
        responses=_REFUSALS,
    )
    async def tree(asked: Annotated[dict[str, Any], Body(openapi_examples=examples.TREE)]) -> Response:
        return Response(await work.apart(work.tree, asked, bundles, limiter=processes), media_type=_JSON)

    @routes.post(
        "/report",
        summary="Báo cáo về cả cây đơn vị / a report on a tree of units",
        response_class=Response,
        responses={**_REFUSALS, 200: {"content": {kind: {} for kind in _KINDS.values()}}},
    )
    async def report(
        asked: Annotated[dict[str, Any], Body(openapi_examples=examples.TREE)],
        kind: Literal["html", "xlsx", "docx"] = "html",
        lang: Lang = "vi",
    ) -> Response:
        made = await work.apart(work.report, asked, bundles, kind, lang, limiter=processes)
        return Response(made, media_type=_KINDS[kind])

    file = {"requestBody": {"required": True, "content": {"application/octet-stream": {}}}}

    @routes.post(
        "/tables",
        summary="Đọc một biểu / read a table: .xlsx, .csv, .json, .yaml",
        responses=_REFUSALS,
        openapi_extra=file,
        response_class=Response,
    )
    async def table(request: Request, name: Name, as_of: str | None = None, numbers: Number = None) -> Response:
        raw = await request.body()
        read = await work.apart(work.table, name, raw, bundles, as_of, numbers, limiter=processes)
        return Response(read, media_type=_JSON)

    @routes.post(
        "/documents",
        summary="Đọc một quyết định / read a decision: .docx, .pdf, .html, .xlsx",
        responses=_REFUSALS,
        openapi_extra=file,
        response_class=Response,
    )
    async def document(request: Request, name: Name) -> Response:
        read = await work.apart(work.document, name, await request.body(), limiter=processes)
        return Response(read, media_type=_JSON)

    return routes


def _judged(index: int, raw: dict[str, Any], asked: ManyAsked, bundles: tuple[Bundle, ...]) -> bytes:
    """A line of the answer for many: the assessment, or what is wrong with this unit's facts."""
    try:
        snapshot = Snapshot.model_validate(raw)
        result = evaluate(
            asked.pack,
            snapshot,
            trust=asked.trust,
            unknown_measures=asked.unknown_measures,
            catalogue=work.shelf_of(bundles),
        )
    except NtmError as error:
        return _line({"index": index, "refusal": [told(problem) for problem in error.problems]})
    return _line({"index": index, "assessment": result})


def _line(said: dict[str, object]) -> bytes:
    return msgspec.json.encode(said) + b"\n"
