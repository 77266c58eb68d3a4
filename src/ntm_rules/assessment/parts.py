"""The parts of an answer: reasons, citations, requirements with their origin, observations and conclusions."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum

import msgspec

from ..messages import Lang, Text, say
from ..pack.condition import Op
from ..pack.legal import Verification
from ..pack.measure import LevelName, by_level
from ..quantity.amount import Amount, in_words
from ..territory import Group, Level, Region


class ReasonCode(StrEnum):
    """Why something is unknown."""

    NOT_OBSERVED = "not_observed"
    NOT_CONCLUDED = "not_concluded"
    CONFLICTING = "conflicting"
    THRESHOLD_DELEGATED = "threshold_delegated"
    THRESHOLD_UNTRANSCRIBED = "threshold_untranscribed"
    LESS_VERIFIED = "less_verified"
    NO_THRESHOLD_HERE = "no_threshold_here"
    REGION_NOT_TOLD = "region_not_told"
    GROUP_NOT_TOLD = "group_not_told"
    CONTENTS_UNTRANSCRIBED = "contents_untranscribed"
    EXCEPTION_NOT_PROVIDED = "exception_not_provided"
    ATTRIBUTE_UNKNOWN = "attribute_unknown"
    CHILDREN_NOT_REPORTED = "children_not_reported"
    CHILDREN_TOTAL_OPEN = "children_total_open"
    CHILDREN_UNKNOWN = "children_unknown"
    RECOGNITION_EXPIRED = "recognition_expired"
    OTHER_PACK_UNKNOWN = "other_pack_unknown"
    POINTS_OPEN = "points_open"
    SUM_IMPOSSIBLE = "sum_impossible"


class Reason(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """One reason, as a code and the parts of its sentence.

    ``recognition_settles`` says that the decision that recognises the unit under the set in question would settle it.

    >>> Reason(ReasonCode.NOT_OBSERVED, about=Text("Thu nhập", "Income")).text("en")
    'no figure has been reported for “Income”'
    """

    code: ReasonCode
    about: Text | None = None
    candidates: tuple[str, ...] = ()
    verification: Verification | None = None
    on: date | None = None
    recognition_settles: bool = False

    def text(self, lang: Lang = "vi") -> str:
        """The reason as a clause without a full stop."""
        # What nobody has entered is not what is asked for, but what somebody has yet to confirm.
        unset = self.code in (ReasonCode.THRESHOLD_DELEGATED, ReasonCode.THRESHOLD_UNTRANSCRIBED)
        named = "reason.unconfirmed" if unset else "reason.candidates"
        settles = say("reason.recognition_settles", lang) if self.recognition_settles else ""
        reason = say(
            f"reason.{self.code}",
            lang,
            about=self.about or "",
            candidates=say(named, lang, values=", ".join(in_words(one, lang) for one in self.candidates))
            if self.candidates
            else "",
            verification=say(f"verification.{self.verification}", lang) if self.verification else "",
            on=self.on or "",
        )
        return f"{reason}; {settles}" if settles else reason


class Responsible(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """Who does one thing about the title on the day: ``act`` is ``receives``, ``recognises``, ``announces``,
    ``prepares_withdrawal``, ``withdraws`` or ``lists_groups``.
    """

    act: str
    who: Text
    citation: Citation

    def text(self, lang: Lang = "vi") -> str:
        """The act and who does it."""
        return say(f"authority.{self.act}", lang, who=self.who)


# What the number of a text says of its kind; Vietnamese readers know the letters.
_KINDS = {
    "/QĐ": Text("Quyết định", "Decision"),
    "/NĐ": Text("Nghị định", "Decree"),
    "/TT": Text("Thông tư", "Circular"),
    "/NQ": Text("Nghị quyết", "Resolution"),
}


class Citation(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """The line of law a requirement rests on, and how far it was checked."""

    number: str
    verification: Verification
    at: str = ""
    issuer: str = ""
    issued: date | None = None
    url: str = ""
    checked_against: tuple[str, ...] = ()
    note: Text | str = ""

    def _kind(self, lang: Lang) -> str:
        return next((f"{word.text(lang)} " for mark, word in _KINDS.items() if mark in self.number), "")

    def named(self, lang: Lang = "vi") -> str:
        """The document alone, by its kind and number.

        >>> Citation("318/QĐ-TTg", Verification.RECALLED).named("vi")
        'Quyết định 318/QĐ-TTg'
        """
        return f"{self._kind(lang)}{self.number}"

    def text(self, lang: Lang = "vi") -> str:
        """Decision, place in it, and verification.

        >>> Citation("318/QĐ-TTg", Verification.RECALLED, at="Phụ lục I, 17.1").text("en")
        'Decision 318/QĐ-TTg, Phụ lục I, 17.1 (from memory, not checked)'
        """
        where = f", {self.at}" if self.at else ""
        return say(
            "citation",
            lang,
            kind=self._kind("en"),
            number=self.number,
            where=where,
            verification=say(f"verification.{self.verification}", lang),
        )


class Origin(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """Where a threshold came from: the pack and code that hold it, the table rows that led to it, and the law.

    ``set_by`` names the overlay that put it there. A threshold that multiplies another one has ``times``, ``base`` and
    the title of that one's pack.
    """

    pack: str
    code: str
    citation: Citation
    rows: tuple[tuple[str, str], ...] = ()
    set_by: str = ""
    times: Decimal | None = None
    base: Required | None = None
    base_title: Text | None = None

    def rows_text(self, lang: Lang = "vi") -> str:
        """The table rows in words: ``region North Central Coast, year 2023``."""
        return ", ".join(_row(table, row, lang) for table, row in self.rows)


def _row(table: str, row: str, lang: Lang) -> str:
    name = say(f"row.{table}", lang) if table in ("region", "group", "year", "level") else table
    if row == "otherwise":
        return f"{name}: {say('row.otherwise', lang)}"
    if table == "region" and row in set(Region):
        row = Region(row).text(lang)
    elif table == "group" and row in set(Group):
        return Group(row).text(lang)
    elif table == "level":
        row = Level(row).text(lang)
    return f"{name} {row}"


class Required(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """A threshold as it applies to one unit on one date; ``amount`` is exact and in the measure's unit.

    ``amount`` is ``None`` where it could not be resolved; ``reason`` then says why, and ``candidate`` is a figure
    that was seen but is less verified than asked for. ``levels`` are the names of the measure's levels, where it has
    such.
    """

    op: Op
    origin: Origin
    amount: Amount | None = None
    reason: Reason | None = None
    candidate: Amount | None = None
    levels: tuple[LevelName, ...] = ()

    def text(self, lang: Lang = "vi") -> str:
        """``≥ 55 %``, ``≥ Khá (2)``; a question mark stands for an unresolved value."""
        if self.amount is None:
            return f"{SIGNS[self.op]} ?"
        return f"{SIGNS[self.op]} {by_level(self.levels, self.amount, lang) or self.amount.text(lang)}"


SIGNS: dict[Op, str] = {Op.AT_LEAST: "≥", Op.MORE_THAN: ">", Op.AT_MOST: "≤", Op.LESS_THAN: "<", Op.EQUAL_TO: "="}


class UnitRef(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """The unit an assessment is about."""

    id: str
    level: Level
    name: str = ""
    province: str = ""
    region: Region | None = None
    group: Group | None = None

    @property
    def label(self) -> str:
        """The name, or the id where there is none."""
        return self.name or self.id
