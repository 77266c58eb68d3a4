"""The service on its own: uvicorn on the loopback."""

from __future__ import annotations

import asyncio
import logging
import sys
from typing import Any

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from .application import app
from .guard import LOG
from .limits import Limits

# A client that sends no whole request head from one look to the next, and waits for no answer, is let go.
_LOOK = 5.0
# Bytes of a request's head, and requests sent ahead of the answer to the first.
_HEAD, _AHEAD = 64_000, 20


class _Patient(HttpToolsProtocol):
    """HTTP that lets go of clients uvicorn bears with: who connect and send their request by drops, or none, or a head
    without end, or request upon request without waiting for an answer."""

    _idle = False
    _in_head, _head = True, 0
    _next_look: asyncio.TimerHandle

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self._next_look = self.loop.call_later(_LOOK, self._look)

    def connection_lost(self, exc: Exception | None) -> None:
        # Else everything of a connection that is over would be kept until then.
        self._next_look.cancel()
        super().connection_lost(exc)

    def _look(self) -> None:
        if self.transport.is_closing():
            return
        idle = self.cycle is None or self.cycle.response_complete
        if idle and self._idle:
            self.transport.close()
            return
        self._idle = idle
        self._next_look = self.loop.call_later(_LOOK, self._look)

    def data_received(self, data: bytes) -> None:
        if self._in_head:
            self._head += len(data)
            # What came before, which did not end it; a head that this piece ends is read.
            if self._head > _HEAD + len(data):
                self.send_400_response("The head of the request is too large.")
                return
        super().data_received(data)

    def on_headers_complete(self) -> None:
        self._in_head, self._head, self._idle = False, 0, False
        if len(self.pipeline) >= _AHEAD:
            # Told to the parser, which answers 400 and reads no further.
            raise ValueError("too many requests ahead of an answer")
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        self._in_head = True
        super().on_message_complete()


def serve(host: str = "127.0.0.1", port: int = 8017, *, limits: Limits | None = None, clients: int = 200) -> None:
    """Run the service until it is interrupted; of more than ``clients`` at once the others are told to come again.

    It answers to the host it is given and to ``localhost`` alone, so that no page of another site reaches it by a name
    of its own. Each request is a line of JSON on standard error.
    """
    LOG.setLevel(logging.INFO)
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(message)s"))
    LOG.addHandler(handler)
    uvicorn.run(
        app(limits=limits, hosts=[host, "localhost"]),
        host=host,
        port=port,
        http=_Patient,
        ws="none",
        access_log=False,
        log_level="warning",
        limit_concurrency=clients,
        timeout_keep_alive=5,
        server_header=False,
    )
