"""Whether what one pack asks includes what another asks: decided over intervals, with facts that show it where not."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from .formula import (
    FALSE,
    Fact,
    Flag,
    Formula,
    Settled,
    Several,
    TooComplexError,
    World,
    groups,
    names,
    negation,
    search,
    settled,
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


class Searched:
    """What searches found, kept: the same few formulas are asked about in case after case."""

    def __init__(self) -> None:
        self._worlds: dict[tuple[Formula, ...], World | TooComplexError | None] = {}
        self._denials: dict[tuple[Formula, tuple[Formula, ...]], Outcome] = {}
        self._starts: dict[tuple[Formula, ...], Settled | None] = {}

    def world(self, group: tuple[Formula, ...]) -> World | None:
        """Facts that fulfil formulas.

        Raises:
            TooComplexError: undecided.
        """
        if group not in self._worlds:
            try:
                self._worlds[group] = search(group)
            except TooComplexError as error:
                self._worlds[group] = error
        found = self._worlds[group]
        if isinstance(found, TooComplexError):
            raise found
        return found

    def implies(self, near: tuple[Formula, ...], wanted: Formula) -> Outcome:
        """Whether these formulas leave no room for ``wanted`` to fail; a refutation has the facts about them only."""
        key = wanted, near
        if key not in self._denials:
            self._denials[key] = self._implied(near, wanted)
        return self._denials[key]

    def _beside(self, near: tuple[Formula, ...], wanted: Formula) -> World | None:
        """Facts that fulfil one formula more: what many are asked about beside is gone through once."""
        if near not in self._starts:
            self._starts[near] = settled(near)
        start = self._starts[near]
        return None if start is None else search((wanted,), start)

    def _implied(self, near: tuple[Formula, ...], wanted: Formula) -> Outcome:
        denied = negation(wanted)
        if denied == FALSE:
            return PROVED
        about = names(denied)
        try:
            if self._beside(near, denied) is None:
                return PROVED
            # What nobody has concluded or transcribed may not be what the first fails by; and a threshold that is
            # not known tells nothing about the numbers the question is about.
            surely = _without(denied, frozenset(name for name in about if isinstance(name, Flag)))
            flags = (name for formula in near for name in names(formula) if isinstance(name, Flag))
            hidden = frozenset(flag for flag in flags if flag.measure in about)
            world = self._beside(tuple(_without(formula, hidden) for formula in near), surely)
        except TooComplexError:
            return Outcome(Answer.UNDETERMINED, Why.TOO_COMPLEX)
        if world is None:
            kinds = {name.kind for name in about if isinstance(name, Flag)}
            judged = kinds & {"finding", "applicable", "criterion"} and "unresolved" not in kinds
            return Outcome(Answer.UNDETERMINED, Why.JUDGED if judged else Why.UNRESOLVED)
        return Outcome(Answer.REFUTED, None, world, world)


class Given:
    """What may be taken for granted: formulas parted into groups that have nothing to do with each other."""

    def __init__(self, formulas: Iterable[Formula], searched: Searched | None = None) -> None:
        self.groups = [tuple(group) for group in groups(dict.fromkeys(formulas))]
        self._searched = searched or Searched()
        self._about = {name: index for index, group in enumerate(self.groups) for f in group for name in names(f)}
        self._kept: dict[Formula, Outcome] = {}
        self._worlds: dict[int, World | None] = {}

    @cached_property
    def _possible(self) -> bool:
        try:
            return all(self._searched.world(group) is not None for group in self.groups)
        except TooComplexError:
            return True

    def possible(self) -> bool:
        """Whether anything can fulfil the formulas at all, as far as can be told."""
        return self._possible

    def _world(self, index: int) -> World | None:
        # Formulas are long to look up by; a group's world is asked for again and again.
        if index not in self._worlds:
            self._worlds[index] = self._searched.world(self.groups[index])
        return self._worlds[index]

    def implies(self, wanted: Formula) -> Outcome:
        """Whether the formulas leave no room for ``wanted`` to fail."""
        if wanted not in self._kept:
            self._kept[wanted] = self._decide(wanted)
        return self._kept[wanted]

    def _decide(self, wanted: Formula) -> Outcome:
        touched = sorted({self._about[name] for name in names(wanted) if name in self._about})
        found = self._searched.implies(tuple(f for index in touched for f in self.groups[index]), wanted)
        if found.answer is Answer.PROVED or not self._possible:
            return PROVED
        world = found.part
        if world is None:
            return found
        try:
            others = (self._world(index) for index in range(len(self.groups)) if index not in touched)
            world = world.joined(*(other for other in others if other is not None))
        except TooComplexError:
            return Outcome(Answer.UNDETERMINED, Why.TOO_COMPLEX)
        return found._replace(world=world)


def _without(formula: Formula, flags: frozenset[Flag]) -> Formula:
    """The formula where nothing is known of these flags, so that neither they nor their contrary can be relied on."""
    match formula:
        case Fact(flag, _) if flag in flags:
            return FALSE
        case Several(needed, parts):
            return several(needed, (_without(part, flags) for part in parts))
        case _:
            return formula
