"""Answers about packs that are kept: many about a few packs, hardly any about thousands of scenarios."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from ...pack.model import Pack

P = ParamSpec("P")
T = TypeVar("T")
Packs = tuple[Pack, ...]
KEPT, FEW = 64, 8


def cached_by_packs(work: Callable[Concatenate[Packs, P], T]) -> Callable[Concatenate[Packs, P], T]:
    """The function with its last answers kept, as many as memory is no worse for."""
    few: Any = lru_cache(maxsize=KEPT)(work)
    many: Any = lru_cache(maxsize=1)(work)

    @wraps(work)
    def ask(packs: Packs, /, *args: P.args, **kwargs: P.kwargs) -> T:
        found: T = (few if len(packs) <= FEW else many)(packs, *args, **kwargs)
        return found

    return ask
