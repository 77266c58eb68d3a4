"""The page's own little web application: files in, answers out, for this computer alone."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from functools import partial
from importlib.resources import files
from tempfile import TemporaryDirectory

import anyio
import anyio.to_process
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ..errors import NtmError, Problem, SnapshotError
from ..messages import Lang, say, told_under
from .desk import MOST, OnDesk, choices, refused
from .work import DOING, done

HOSTS = ("127.0.0.1", "localhost", "[::1]")
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self'; "
    "img-src 'self' data:; frame-src blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "content-security-policy": _POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
_TYPES = {
    "html": "text/html",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "yaml": "application/yaml",
}


# A file and a register, in base64.
_BODY = 3 * MOST
SECONDS = 60.0


def app(*, seconds: float = SECONDS) -> Starlette:
    """The application: a page, and what it asks for. It keeps nothing from one request to the next.

    What takes longer than ``seconds`` with a file is ended, and said so.
    """
    processes = anyio.CapacityLimiter(2)
    routes = [Route("/", _page), Route("/page.css", _style), Route("/page.js", _script), Route("/choices", _choices)]
    for doing in DOING:
        answer = partial(_answered, doing, seconds, processes)
        routes.append(Route(f"/{doing}", answer, methods=["POST"]))
    made = Starlette(routes=routes)
    made.add_middleware(Guard)
    return made


class Guard:
    """Answers this computer alone: another name in the address, or another page asking, is refused.

    A page elsewhere can make a browser send requests here, or let a name of its own lead here; neither may read a file.
    """

    def __init__(self, inside: ASGIApp) -> None:
        self.inside = inside

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.inside(scope, receive, send)
            return
        request = Request(scope)
        host = request.headers.get("host", "")
        origin = request.headers.get("origin")
        size = request.headers.get("content-length", "0")
        if host.rpartition(":")[0] not in HOSTS and host not in HOSTS:
            refused: Response | None = Response("another host", 421)
        elif origin is not None and origin != f"{scope.get('scheme', 'http')}://{host}":
            refused = Response("another origin", 403)
        elif request.method == "POST" and request.headers.get("content-type", "") != "application/json":
            refused = Response("JSON only", 415)
        elif not size.isdigit() or int(size) > _BODY:
            refused = Response("too large", 413)
        else:
            refused = None

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                added = [(name.encode(), value.encode()) for name, value in _HEADERS.items()]
                message["headers"] = [*message.get("headers", []), *added]
            await send(message)

        taken = 0

        async def counted() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > _BODY:
                raise ClientDisconnect  # a body that did not say its size
            return message

        try:
            await (refused or self.inside)(scope, counted, with_headers)
        except ClientDisconnect:
            await Response("too large", 413)(scope, receive, with_headers)


async def _page(request: Request) -> Response:
    lang: Lang = "en" if request.query_params.get("lang") == "en" else "vi"
    words = json.dumps(told_under("screen.", lang), ensure_ascii=False).replace("<", "\\u003c")
    page = _file("page.html").replace("{lang}", lang).replace("{words}", words)
    for key, text in told_under("screen.", lang).items():
        page = page.replace(f"{{{{{key}}}}}", text)
    return HTMLResponse(page)


async def _style(request: Request) -> Response:
    return Response(_file("page.css"), media_type="text/css")


async def _script(request: Request) -> Response:
    return Response(_file("page.js"), media_type="text/javascript")


async def _choices(request: Request) -> Response:
    return JSONResponse(choices("en" if request.query_params.get("lang") == "en" else "vi"))


async def _answered(doing: str, seconds: float, processes: anyio.CapacityLimiter, request: Request) -> Response:
    """What was asked for, worked out in a process of its own, which is ended with its time, or with its asker."""
    lang: Lang = "vi"
    try:
        desk = OnDesk.model_validate_json(await request.body())
        lang = desk.lang
        # The folder is this process's: it goes away whatever becomes of the other one.
        with TemporaryDirectory(prefix="ntm-rules-") as folder:
            made = await _within(seconds, request, partial(done, doing, desk, folder), processes)
    except NtmError as error:
        return JSONResponse({"problems": refused(error.problems, lang)}, 422)
    except anyio.BrokenWorkerProcess:
        return JSONResponse({"problems": [say("screen.too_much", lang)]}, 422)
    kind = {"report": desk.kind, "worksheet": "xlsx"}.get(doing)
    if kind is None:
        return Response(made, media_type="application/json")
    name = say("screen.file" if doing == "report" else "screen.file_worksheet", lang)
    headers = {"content-disposition": f'attachment; filename="{name}.{kind}"'}
    return Response(made, media_type=_TYPES[kind], headers=headers)


async def _within(
    seconds: float, request: Request, work: Callable[[], bytes], processes: anyio.CapacityLimiter
) -> bytes:
    """The work, while somebody waits for it and its time is not over.

    Raises:
        NtmError: what the work raises, or that it took too long.
        BrokenWorkerProcess: its process ended under it.
    """
    ended: bytes | NtmError | anyio.BrokenWorkerProcess = SnapshotError(
        Problem("screen.too_long", seconds=math.ceil(seconds))
    )
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(_gone, request, tasks.cancel_scope)
        tasks.cancel_scope.deadline = anyio.current_time() + seconds
        try:
            ended = await anyio.to_process.run_sync(work, cancellable=True, limiter=processes)
        except (NtmError, anyio.BrokenWorkerProcess) as error:
            ended = error
        tasks.cancel_scope.cancel()
    if isinstance(ended, bytes):
        return ended
    raise ended


async def _gone(request: Request, working: anyio.CancelScope) -> None:
    """End the work when nobody waits for it any more: the page was closed, or another file dropped."""
    while (await request.receive())["type"] != "http.disconnect":
        pass
    working.cancel()


def _file(name: str) -> str:
    return files(__package__).joinpath("files", name).read_text(encoding="utf-8")
