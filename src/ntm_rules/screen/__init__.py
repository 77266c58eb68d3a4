"""The page for those without a terminal: drop a table or a decision, see what is refused, fix it, take the result away.

It is served on this computer alone (``ntm-rules open``); nothing is sent anywhere, and nothing is kept.
"""

from .app import app

__all__ = ["app"]
