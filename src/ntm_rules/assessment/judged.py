"""What an assessment asks of whoever judged it, and who writes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from .fixed import Fixed

if TYPE_CHECKING:
    from .model import Assessment, Result
    from .remedy import Remedy


class Judged(Protocol):
    """What an assessment was judged on: it answers what would change the verdict."""

    def remedy(self, assessment: Assessment) -> Remedy:
        """The fewest changes after which the pack is met."""

    def awaited(self, assessment: Assessment, candidates: tuple[Result, ...]) -> tuple[Result, ...]:
        """Of the candidates, those for want of which alone the verdict can stay open."""

    def overturning(self, assessment: Assessment, candidates: tuple[Result, ...]) -> tuple[Result, ...]:
        """Of the candidates, those an answer to which alone could make the verdict ``NOT_MET``."""


class Writer(Protocol):
    """What writes an answer of a compiled pack as JSON, faster than one of which nothing is known."""

    fixed: Fixed

    def text(self, answer: Assessment) -> str:
        """The answer as JSON."""

    def utf8(self, answer: Assessment) -> bytes:
        """The same in UTF-8."""
