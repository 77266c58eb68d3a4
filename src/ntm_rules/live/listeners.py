"""Those who want to hear of changes: told in order, one thread at a time, outside the session's lock."""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable, Iterable

from .change import Change

Callback = Callable[[Change], object]
_log = logging.getLogger("ntm_rules.live")


class Listeners:
    """Callbacks and the changes they have not heard of yet."""

    def __init__(self) -> None:
        self._callbacks: tuple[Callback, ...] = ()
        self._waiting: deque[Change] = deque()
        self._telling = threading.Lock()

    def add(self, callback: Callback) -> Callable[[], None]:
        """Tell this one from now on; the answer ends it."""
        self._callbacks = (*self._callbacks, callback)

        def remove() -> None:
            self._callbacks = tuple(known for known in self._callbacks if known is not callback)

        return remove

    def queue(self, changes: Iterable[Change]) -> None:
        """Changes to tell of; called while the session is locked, so that their order is that of the inputs."""
        if self._callbacks:
            self._waiting.extend(changes)

    def tell(self) -> None:
        """Tell everything that waits, unless somebody is telling it already.

        A callback that raises is logged and told of the next change all the same.
        """
        # Who finds the lock taken leaves: the one who holds it looks again after letting go.
        while self._waiting and self._telling.acquire(blocking=False):
            try:
                while self._waiting:
                    self._tell(self._waiting.popleft())
            finally:
                self._telling.release()

    def _tell(self, change: Change) -> None:
        for callback in self._callbacks:
            try:
                callback(change)
            except Exception:
                _log.exception("a callback failed on: %s", change.text("en"))
