"""The service on its own: uvicorn on the loopback."""

from __future__ import annotations

import logging
import sys
from typing import Any

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from .application import app
from .guard import LOG
from .limits import Limits

# A client that has sent no whole request head twice when this is looked at is let go.
_LOOK = 5.0


class _Patient(H11Protocol):
    """HTTP that lets go of clients who connect and send their request by drops, or none: uvicorn waits for ever."""

    _idle = False

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self.loop.call_later(_LOOK, self._look)

    def _look(self) -> None:
        if self.transport.is_closing():
            return
        idle = self.cycle is None or self.cycle.response_complete
        if idle and self._idle:
            self.transport.close()
            return
        self._idle = idle
        self.loop.call_later(_LOOK, self._look)


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
