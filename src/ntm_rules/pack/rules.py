"""What a pack says beside its criteria: who acts, which row or group a unit is of, what it tells of itself."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated

from ..frozen import Frozen, FrozenDict, Held
from ..territory import Group, Level, Region
from .condition import Condition
from .legal import Source, TextField
from .period import Period


class Act(StrEnum):
    """What is done about a title, by someone the law names."""

    RECEIVES = "receives"
    RECOGNISES = "recognises"
    ANNOUNCES = "announces"
    PREPARES_WITHDRAWAL = "prepares_withdrawal"
    WITHDRAWS = "withdraws"
    LISTS_GROUPS = "lists_groups"


class Authority(Frozen):
    """Who does one thing about the title on some days.

    ``{act: receives, who: {vi: UBND cấp tỉnh, ...}, valid: {from: 2025-07-01}, source: {...}}``
    """

    act: Act
    who: TextField
    valid: Period = Period.model_construct()  # without building its schema at import
    source: Source


class RegionRule(Frozen):
    """Sends units to another region's row: ``{when: {attribute: ...}, region: tdmnpb, valid: {from: 2024-03-01}}``."""

    when: Condition
    region: Region
    valid: Period = Period.model_construct()  # without building its schema at import
    text: TextField
    source: Source


class GroupRule(Frozen):
    """Says which communes are of a group; without ``when``, those of none of the others.

    A group the province has decided on holds; the rules then say whether the facts bear it out.
    """

    when: Condition | None = None
    group: Group
    text: TextField
    source: Source


class Attribute(Frozen):
    """A fact about the unit itself that the pack asks for; ``default`` is what its absence means.

    ``at_level`` says so for the units of a level: ``{special_zone: true}`` is what no special zone needs to tell.
    """

    name: TextField
    default: bool | str | None = None
    at_level: Annotated[Mapping[Level, bool | str], Held] = FrozenDict()

    def absent(self, level: Level | None) -> bool | str | None:
        """What it means that a unit of the level does not tell it."""
        return self.default if level is None else self.at_level.get(level, self.default)
