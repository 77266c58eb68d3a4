"""The page for those without a terminal: drop a table or a decision, see what is refused, fix it, take the result away.

It is served on this computer alone (``ntm-rules open``, extra ``service``); nothing is sent anywhere, nothing is kept.
"""

from __future__ import annotations

from ..errors import MissingExtraError, Problem

try:
    import starlette  # noqa: F401
    import uvicorn  # noqa: F401
except ImportError as error:
    raise MissingExtraError(
        Problem("error.needs_extra", what="ntm-rules open", library=error.name or "", extra="service")
    ) from error

from .app import app
from .opening import open_page, shortcut

__all__ = ["app", "open_page", "shortcut"]
