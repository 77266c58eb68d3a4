"""How far eager work has come: told to a callback, or shown by a bar where somebody watches a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from ...messages import say

Progress = Callable[[int, int], None]
PATIENCE = 1.0


@contextmanager
def watched(progress: Progress | None, total: int) -> Iterator[Progress]:
    """A function to be told how many rows of how many are done.

    Without a callback a bar appears on a terminal, once the work has taken longer than a second.
    """
    if progress is not None:
        yield progress
        return
    from tqdm import tqdm

    with tqdm(total=total, delay=PATIENCE, disable=None, leave=False, unit=f" {say('frame.progress')}") as bar:
        yield lambda done, of: bar.update(done - bar.n) and None
