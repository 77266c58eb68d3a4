"""What stands before every request: size, time, and a line in the log."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from ..errors import Problem
from .answers import refusal
from .limits import Limits

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

LOG = logging.getLogger("ntm_rules.service")


class Guard:
    """Reads the whole body before anything else is done, so that a slow or endless one costs a wait and no more."""

    def __init__(self, app: Application, limits: Limits) -> None:
        self.app, self.limits = app, limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started, seen = time.perf_counter(), {"status": 0, "sent": 0}

        async def counted(message: Message) -> None:
            if message["type"] == "http.response.start":
                seen["status"] = message["status"]
            seen["sent"] += len(message.get("body", b""))
            await send(message)

        body = b""
        try:
            async with asyncio.timeout(self.limits.seconds):
                body = await self._read(scope, receive)
                await self.app(scope, _again(body, receive), counted)
        except _TooLargeError as error:
            problem = Problem("error.request_too_large", limit=error.limit)
            await refusal(413, problem)(scope, receive, counted)
        except TimeoutError:
            # What has begun to be sent cannot be taken back; the connection is closed under it.
            if seen["status"]:
                raise
            await refusal(503, Problem("error.request_too_slow", seconds=self.limits.seconds))(scope, receive, counted)
        finally:
            route = getattr(scope.get("route"), "path", "")
            told = {
                "method": scope["method"],
                "route": route,
                "status": seen["status"],
                "ms": round((time.perf_counter() - started) * 1000, 2),
                "received": len(body),
                "sent": seen["sent"],
            }
            LOG.info(json.dumps(told))

    async def _read(self, scope: Scope, receive: Receive) -> bytes:
        limit = self.limits.snapshot if scope["path"].endswith("/evaluate") else self.limits.body
        declared = next((value for name, value in scope["headers"] if name == b"content-length"), b"")
        if declared.isdigit() and int(declared) > limit:
            raise _TooLargeError(limit)
        parts, size = [], 0
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                return b""
            size += len(message.get("body", b""))
            if size > limit:
                raise _TooLargeError(limit)
            parts.append(message.get("body", b""))
            if not message.get("more_body", False):
                return b"".join(parts)


class _TooLargeError(Exception):
    def __init__(self, limit: int) -> None:
        self.limit = limit


def _again(body: bytes, receive: Receive) -> Receive:
    """The body that was read, once; then whatever comes, which is the client's going away."""
    waiting = [{"type": "http.request", "body": body, "more_body": False}]

    async def next_message() -> Message:
        return waiting.pop() if waiting else await receive()

    return next_message
