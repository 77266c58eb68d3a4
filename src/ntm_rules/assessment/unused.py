"""What was given and not used, and why: no figure, finding, recognition or count is passed over in silence."""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

from ..messages import Lang, Text, say
from ..territory import Level

Why = Literal[
    "not_judged", "other_set", "exempt", "not_asked", "later", "revoked", "expired",
    "edition", "before_set", "no_pack", "other_day",
]  # fmt: skip


class Unused(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing given that had no part in the result.

    ``pack`` is what it was addressed to, ``about`` its codes, decision or value, ``level`` that of the units counted.
    ``why``: the pack was not judged (``not_judged``), another set of its title was (``other_set``, named in
    ``instead``), the unit takes no part (``exempt``), nothing asked for it (``not_asked``), it is of a day
    ``later`` than the one judged (``on``), the title was ``revoked`` or has ``expired`` (``on``), it is of another
    ``edition`` of the set, of a day before the set began (``before_set``, ``on``), nobody knows the pack (``no_pack``),
    or the code in ``about`` takes another ``measure`` on this day (``other_day``, ``asked``).
    """

    kind: Literal["finding", "recognition", "count", "measure"]
    unit: str
    pack: str
    why: Why
    about: str = ""
    level: Level | None = None
    instead: str = ""
    on: date | None = None
    measure: Text | None = None
    asked: Text | None = None

    def text(self, lang: Lang = "vi") -> str:
        """What was not used and why, as a sentence without a full stop.

        >>> Unused("recognition", "Xã A", "vn/commune", "later", "1/QĐ-UBND", on=date(2024, 1, 5)).text("en")
        'the recognition under vn/commune (1/QĐ-UBND) of Xã A is not used: it is of a later day (2024-01-05)'
        """
        why = say(f"unused.{self.why}", lang, instead=self.asked or self.instead, on=self.on or "")
        if self.kind == "measure" and self.why == "later":
            return say("unused.figure", lang, unit=self.unit, measure=self.measure, about=self.about, why=why)
        if self.measure is not None:
            return say("unused.measure", lang, unit=self.unit, measure=self.measure, code=self.about, why=why)
        about = ", ".join(filter(None, (self.level.text(lang) if self.level else "", self.about)))
        about = f" ({about})" if about else ""
        return say(f"unused.{self.kind}", lang, unit=self.unit, pack=self.pack, about=about, why=why)
