"""Whether what one pack asks includes what another asks: decided over intervals, with facts that show it where not."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from .formula import (
    FALSE,
    Fact,
    Flag,
    Formula,
    Several,
    TooComplexError,
    World,
    groups,
    names,
    negation,
    search,
    several,
)


class Answer(StrEnum):
    """What is known of "whoever meets the first meets the second"."""

    PROVED = "proved"
    REFUTED = "refuted"
    UNDETERMINED = "undetermined"


class Why(StrEnum):
    """Why a question stays open."""

    UNRESOLVED = "unresolved"
    JUDGED = "judged"
    TOO_COMPLEX = "too_complex"
    UNCONFIRMED = "unconfirmed"
    NEVER_TOGETHER = "never_together"


class Outcome(NamedTuple):
    """One answer; a refutation comes with the world that shows it, and the part of it that it hangs on."""

    answer: Answer
    why: Why | None = None
    world: World | None = None
    part: World | None = None

    def beside(self, other: Outcome) -> Outcome | None:
        """Both refutations shown by one world, where they hang on different things."""
        if self.world is None or self.part is None or other.part is None or self.part.touches(other.part):
            return None
        return Outcome(Answer.REFUTED, None, self.world.joined(other.part), self.part.joined(other.part))


PROVED = Outcome(Answer.PROVED)


class Given:
    """What may be taken for granted: formulas parted into groups that have nothing to do with each other."""

    def __init__(self, formulas: Iterable[Formula]) -> None:
        parted = groups(dict.fromkeys(formulas))
        self.groups = [(group, frozenset[object]().union(*map(names, group))) for group in parted]
        self._kept: dict[Formula, Outcome] = {}
        self._worlds: dict[int, World | None] = {}

    def possible(self) -> bool:
        """Whether anything can fulfil the formulas at all, as far as can be told."""
        try:
            return all(self._world(index) is not None for index in range(len(self.groups)))
        except TooComplexError:
            return True

    def implies(self, wanted: Formula) -> Outcome:
        """Whether the formulas leave no room for ``wanted`` to fail."""
        if wanted not in self._kept:
            self._kept[wanted] = self._decide(wanted)
        return self._kept[wanted]

    def _decide(self, wanted: Formula) -> Outcome:
        denied = negation(wanted)
        if denied == FALSE:
            return PROVED
        about = names(denied)
        touched = [index for index, (_, asked) in enumerate(self.groups) if not about.isdisjoint(asked)]
        near = [formula for index in touched for formula in self.groups[index][0]]
        try:
            if search((denied, *near)) is None or not self.possible():
                return PROVED
            # What nobody has concluded or transcribed may not be what the first fails by; and a threshold that is
            # not known tells nothing about the numbers the question is about.
            surely = _without(denied, frozenset(name for name in about if isinstance(name, Flag)))
            hidden = frozenset(
                name
                for index in touched
                for name in self.groups[index][1]
                if isinstance(name, Flag) and name.measure in about
            )
            world = search((surely, *(_without(formula, hidden) for formula in near)))
            elsewhere = [self._world(index) for index in range(len(self.groups)) if index not in touched]
        except TooComplexError:
            return Outcome(Answer.UNDETERMINED, Why.TOO_COMPLEX)
        if world is None:
            kinds = {name.kind for name in about if isinstance(name, Flag)}
            judged = kinds & {"finding", "applicable", "criterion"} and "unresolved" not in kinds
            return Outcome(Answer.UNDETERMINED, Why.JUDGED if judged else Why.UNRESOLVED)
        part = world
        for other in elsewhere:
            world = world if other is None else world.joined(other)
        return Outcome(Answer.REFUTED, None, world, part)

    def _world(self, index: int) -> World | None:
        if index not in self._worlds:
            self._worlds[index] = search(self.groups[index][0])
        return self._worlds[index]


def _without(formula: Formula, flags: frozenset[Flag]) -> Formula:
    """The formula where nothing is known of these flags, so that neither they nor their contrary can be relied on."""
    match formula:
        case Fact(flag, _) if flag in flags:
            return FALSE
        case Several(needed, parts):
            return several(needed, (_without(part, flags) for part in parts))
        case _:
            return formula
