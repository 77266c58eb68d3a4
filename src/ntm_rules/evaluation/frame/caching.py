"""Answers about packs that are kept: many about a few packs, hardly any about thousands of scenarios."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, lru_cache, wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from ...pack.model import Pack

P = ParamSpec("P")
T = TypeVar("T")
Packs = tuple[Pack, ...]
KEPT, FEW = 64, 8


class Hashed(tuple[T, ...]):
    """A long tuple that is looked up often: its hash is worked out once."""

    @cached_property
    def _hash(self) -> int:
        return super().__hash__()

    def __hash__(self) -> int:
        return self._hash


def cached_by_packs(work: Callable[Concatenate[Packs, P], T]) -> Callable[Concatenate[Packs, P], T]:
    """The function with its last answers kept, as many as memory is no worse for."""
    few: Any = lru_cache(maxsize=KEPT)(work)
    many: Any = lru_cache(maxsize=1)(work)

    @wraps(work)
    def ask(packs: Packs, /, *args: P.args, **kwargs: P.kwargs) -> T:
        found: T = (few if len(packs) <= FEW else many)(packs, *args, **kwargs)
        return found

    return ask
