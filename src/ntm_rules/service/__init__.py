"""The library as a service over HTTP (extra ``service``): an ASGI application to mount, or to run on the loopback.

>>> from ntm_rules.service import app
>>> application = app()  # FastAPI; ``main.mount("/ntm", app())`` puts it into another
>>> sorted(application.openapi()["paths"])[:3]
['/documents', '/evaluate', '/evaluate/many']

It keeps nothing between requests, answers no other site's pages (CORS is off unless asked for), and writes one line of
JSON for each request, without names, ids, addresses or figures. ``ntm-rules serve`` runs it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..errors import MissingExtraError, Problem

try:
    import fastapi  # noqa: F401
except ImportError as error:
    raise MissingExtraError(
        Problem("error.needs_extra", what="ntm_rules.service", library="fastapi", extra="service")
    ) from error

from .application import app
from .limits import Limits

if TYPE_CHECKING:
    from .running import serve

__all__ = ["Limits", "app", "serve"]


def __getattr__(name: str) -> object:
    if name != "serve":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from ..extras import load

    return load(".running", name, __name__)
