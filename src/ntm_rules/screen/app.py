"""The page's own little web application: files in, answers out, for this computer alone."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from importlib.resources import files

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ..errors import NtmError
from ..messages import Lang, say, told_under
from .desk import MOST, OnDesk, as_here, choices, decision_page, judged, taken_away, told_of, understand

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


def app() -> Starlette:
    """The application: a page, and what it asks for. It keeps nothing from one request to the next."""
    handlers = {"read": _read, "judge": _judge, "report": _report, "decision": _decision}
    routes = [Route("/", _page), Route("/page.css", _style), Route("/page.js", _script), Route("/choices", _choices)]
    routes += [Route(f"/{name}", partial(_answered, handler), methods=["POST"]) for name, handler in handlers.items()]
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
        elif not size.isdigit() or int(size) > 2 * MOST:
            refused = Response("too large", 413)
        else:
            refused = None

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                added = [(name.encode(), value.encode()) for name, value in _HEADERS.items()]
                message["headers"] = [*message.get("headers", []), *added]
            await send(message)

        await (refused or self.inside)(scope, receive, with_headers)


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


async def _answered(handler: Callable[[OnDesk], Response], request: Request) -> Response:
    body = await request.body()
    lang: Lang = "vi"
    try:
        desk = OnDesk.model_validate_json(body)
        lang = desk.lang
        return await run_in_threadpool(handler, desk)
    except NtmError as error:
        problems = [{"cell": "", "text": as_here(one).text(lang), "code": one.key} for one in error.problems]
        return JSONResponse({"problems": problems}, 422)


def _read(desk: OnDesk) -> Response:
    return JSONResponse(told_of(understand(desk), desk.lang))


def _judge(desk: OnDesk) -> Response:
    told = understand(desk)
    answer = told_of(told, desk.lang)
    if told.snapshots:
        answer |= {"judged": judged(desk, told)}
    return JSONResponse(answer)


def _report(desk: OnDesk) -> Response:
    data = taken_away(desk, understand(desk))
    headers = {"content-disposition": f'attachment; filename="{say("screen.file", desk.lang)}.{desk.kind}"'}
    return Response(data, media_type=_TYPES[desk.kind], headers=headers)


def _decision(desk: OnDesk) -> Response:
    return JSONResponse({"page": decision_page(desk)})


def _file(name: str) -> str:
    return files(__package__).joinpath("files", name).read_text(encoding="utf-8")
