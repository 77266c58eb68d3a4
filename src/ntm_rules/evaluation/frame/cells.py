"""What a pack comes to over columns: cells with their gaps and reasons, results, a judgement."""

from __future__ import annotations

from typing import NamedTuple

from ...assessment.parts import ReasonCode
from .nodes import Branch, Fixed, Gap, Made, Node, Test

# A frame may not be able to tell what ``evaluate`` tells exactly.
NOT_TOLD = len(ReasonCode)
REASONS: tuple[str, ...] = (*(code.value for code in ReasonCode), "not_exact")
REASON_NUMBERS = {code: number for number, code in enumerate(ReasonCode)}
Tests = tuple[Test, ...]


class Detail(NamedTuple):
    """What is told of one indicator beside its verdict: ``None`` where there never is anything."""

    gap: Node | None
    why: Node


class Cell(NamedTuple):
    """A verdict, with the gaps of its failing measures and the reasons why it is open, first ones first."""

    node: Node
    gaps: tuple[Gap, ...] = ()
    whys: tuple[tuple[Tests, Branch], ...] = ()

    def where(self, *tests: Test) -> Cell:
        """The same where some tests hold."""
        gaps = tuple(Gap((*tests, *gap.tests), gap.measure, gap.times, gap.threshold) for gap in self.gaps)
        return Cell(self.node, gaps, tuple(((*tests, *held), reason) for held, reason in self.whys))


class Result(NamedTuple):
    """A column of verdicts: its name, the code it is about, and what kind of thing has that code."""

    name: str
    code: str
    kind: str
    node: Fixed | Made
    detail: Detail | None = None


class Judgement(NamedTuple):
    """What a pack comes to."""

    results: tuple[Result, ...]
    verdict: Fixed | Made

    def criteria(self) -> dict[str, Fixed | Made]:
        """The verdicts of the criteria, by code."""
        return {result.code: result.node for result in self.results if result.kind == "criterion"}
