"""What a pack asks, as a formula of plain logic over the facts of one unit, and a search for facts that fulfil it.

Comparisons are intervals of exact numbers, so the search decides; it never samples.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

import msgspec

from .interval import ANYTHING, Interval

BUDGET = 20_000


class Variable(msgspec.Struct, frozen=True, cache_hash=True):
    """A number that is reported of a unit; ``key`` says which, ``domain`` what it can be."""

    key: tuple[object, ...]
    domain: Interval = ANYTHING


class Flag(msgspec.Struct, frozen=True, cache_hash=True):
    """A fact that is no number: a department's conclusion, or whether a threshold nobody has entered is reached.

    ``measure`` is what an unresolved threshold is about.
    """

    kind: str
    key: tuple[object, ...]
    measure: Variable | None = None


class Within(msgspec.Struct, frozen=True, cache_hash=True):
    """The number lies in the interval."""

    variable: Variable
    interval: Interval


class Fact(msgspec.Struct, frozen=True, cache_hash=True):
    """The flag is up, or down."""

    flag: Flag
    up: bool = True


class Several(msgspec.Struct, frozen=True, cache_hash=True):
    """At least ``needed`` of the parts hold: all of them, any of them, or some number between."""

    needed: int
    parts: tuple[Formula, ...]


Formula = Within | Fact | Several
TRUE, FALSE = Several(0, ()), Several(1, ())


def several(needed: int, parts: Iterable[Formula]) -> Formula:
    """At least ``needed`` of ``parts``, simplified."""
    kept = []
    for part in parts:
        if part == TRUE:
            needed -= 1
        elif part != FALSE:
            kept.append(part)
    if needed <= 0:
        return TRUE
    if needed > len(kept):
        return FALSE
    if needed == len(kept):
        flat = [inner for part in kept for inner in conjuncts(part)]
        return flat[0] if len(flat) == 1 else Several(len(flat), tuple(flat))
    return Several(needed, tuple(kept))


def every(parts: Iterable[Formula]) -> Formula:
    """All of them; none at all holds."""
    given = tuple(parts)
    return several(len(given), given)


def either(*parts: Formula) -> Formula:
    """Any of them."""
    return several(1, parts)


def conjuncts(formula: Formula) -> tuple[Formula, ...]:
    """The parts that must all hold."""
    if isinstance(formula, Several) and formula.needed == len(formula.parts):
        return formula.parts
    return (formula,)


@lru_cache(maxsize=65536)
def negation(formula: Formula) -> Formula:
    """What holds where the formula does not."""
    match formula:
        case Within(variable, interval):
            return either(*(Within(variable, piece) for piece in interval.outside(variable.domain)))
        case Fact(flag, up):
            return Fact(flag, not up)
        case Several(needed, parts):
            return several(len(parts) - needed + 1, map(negation, parts))


@lru_cache(maxsize=65536)
def names(formula: Formula) -> frozenset[Variable | Flag]:
    """The numbers and flags a formula asks about; an unresolved threshold is about its number, too."""
    match formula:
        case Within(variable, _):
            return frozenset((variable,))
        case Fact(flag, _):
            return frozenset((flag,) if flag.measure is None else (flag, flag.measure))
        case Several(_, parts):
            return frozenset().union(*map(names, parts))


class World(NamedTuple):
    """Facts that fulfil a formula: the interval each number may be taken from, and the flags."""

    spans: dict[Variable, Interval]
    flags: dict[Flag, bool]

    def joined(self, *others: World) -> World:
        """All worlds together; where they are about the same thing, the last one's word counts."""
        spans, flags = dict(self.spans), dict(self.flags)
        for other in others:
            spans.update(other.spans)
            flags.update(other.flags)
        return World(spans, flags)

    def touches(self, other: World) -> bool:
        """Whether both say something of the same thing."""
        return not (self.spans.keys().isdisjoint(other.spans) and self.flags.keys().isdisjoint(other.flags))


class TooComplexError(Exception):
    """The search was given up before it could decide."""


class Settled(NamedTuple):
    """What some goals leave no choice about, and the choices they leave: where a search for more than them starts."""

    spans: dict[Variable, Interval]
    flags: dict[Flag, bool]
    choices: list[Several]


def settled(goals: Iterable[Formula]) -> Settled | None:
    """The goals as far as no choice is needed; ``None`` where they contradict each other even so."""
    found = Settled({}, {}, [])
    return found if _settle(list(goals), *found) else None


def search(goals: Iterable[Formula], start: Settled | None = None) -> World | None:
    """Facts that fulfil all the goals and those that ``start`` was made of, or ``None`` where there are none.

    Raises:
        TooComplexError: undecided after ``BUDGET`` steps.
    """
    spans, flags, choices = start or Settled({}, {}, [])
    stack = [(list(goals), Settled(dict(spans), dict(flags), [*choices]))]
    for _ in range(BUDGET):
        if not stack:
            return None
        pending, (spans, flags, choices) = stack.pop()
        if not _settle(pending, spans, flags, choices):
            continue
        if not choices:
            return World(spans, flags)
        choice = min(choices, key=lambda one: len(one.parts))
        rest: list[Formula] = [one for one in choices if one is not choice]
        first, *others = choice.parts
        without, chosen = Several(choice.needed, tuple(others)), Several(choice.needed - 1, tuple(others))
        stack.append(([*rest, without], Settled(dict(spans), dict(flags), [])))
        stack.append(([*rest, first, chosen], Settled(spans, flags, [])))
    raise TooComplexError


def _settle(
    pending: list[Formula], spans: dict[Variable, Interval], flags: dict[Flag, bool], choices: list[Several]
) -> bool:
    """Take over what leaves no choice, and the choices; not where the goals contradict each other."""
    while pending:
        goal = pending.pop()
        match goal:
            case Within(variable, interval):
                span = spans.get(variable, variable.domain.tight()).meet(interval)
                if span.empty:
                    return False
                spans[variable] = span
            case Fact(flag, up):
                if flags.setdefault(flag, up) is not up:
                    return False
            case Several(needed, parts):
                if needed > len(parts):
                    return False
                if needed == len(parts):
                    pending.extend(parts)
                elif needed > 0:
                    choices.append(goal)
    return True


def groups(formulas: Iterable[Formula]) -> list[list[Formula]]:
    """The formulas parted so that no two groups ask about the same thing; those of a group stand as they were given."""
    given = list(formulas)
    held: dict[int, list[int]] = {}
    group_of: dict[Variable | Flag, int] = {}
    for number, formula in enumerate(given):
        touched = {group_of[name] for name in names(formula) if name in group_of}
        group = max(touched, key=lambda one: len(held[one]), default=number)
        joining = [number]
        for other in touched - {group}:
            joining += held.pop(other)
        held.setdefault(group, []).extend(joining)
        group_of.update((name, group) for one in joining for name in names(given[one]))
    return [[given[number] for number in numbers] for numbers in sorted(map(sorted, held.values()))]
