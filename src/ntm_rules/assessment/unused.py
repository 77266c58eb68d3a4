"""What was given and not used, and why: no figure, finding, recognition or count is passed over in silence."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Literal

import msgspec
from msgspec.structs import replace

from ..messages import Lang, Text, say
from ..territory import Level

_NAMED = 3

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
    or the code in ``about`` takes another ``measure`` on this day (``other_day``, ``asked``). ``title`` and
    ``instead_title`` are those of the packs in words, where they are known.
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
    title: Text | None = None
    instead_title: Text | None = None

    def text(self, lang: Lang = "vi") -> str:
        """What was not used and why, as a sentence without a full stop.

        >>> Unused("recognition", "Xã A", "vn/commune", "later", "1/QĐ-UBND", on=date(2024, 1, 5)).text("en")
        'the recognition under vn/commune (1/QĐ-UBND) of Xã A is not used: it is of a later day (2024-01-05)'
        """
        why = say(
            f"unused.{self.why}",
            lang,
            instead=self.asked or _quoted(self.instead_title, lang) or self.instead,
            on=self.on or "",
        )
        if self.kind == "measure" and self.why == "later":
            return say("unused.figure", lang, unit=self.unit, measure=self.measure, about=self.about, why=why)
        if self.measure is not None:
            return say("unused.measure", lang, unit=self.unit, measure=self.measure, code=self.about, why=why)
        about = ", ".join(filter(None, (self.level.text(lang) if self.level else "", self.about)))
        about = f" ({about})" if about else ""
        pack = _quoted(self.title, lang) or self.pack
        return say(f"unused.{self.kind}", lang, unit=self.unit, pack=pack, about=about, why=why)


def _quoted(title: Text | None, lang: Lang) -> str:
    return f"“{title.text(lang)}”" if title is not None else ""


def told_together(unused: Iterable[Unused], lang: Lang = "vi") -> tuple[str, ...]:
    """What was not used, in sentences: the same thing of several units said once, with how many and the first of them.

    >>> told_together((Unused("count", f"Huyện {name}", "vn/commune", "not_asked") for name in "ABCD"), "en")
    ('the counts under vn/commune of 4 units (Huyện A, Huyện B, Huyện C, …) are not used: nothing asks for it',)
    """
    units: dict[Unused, list[str]] = {}
    for one in unused:
        units.setdefault(replace(one, unit=""), []).append(one.unit)
    lines = []
    for one, names in units.items():
        first = ", ".join(names[:_NAMED]) + (", …" if len(names) > _NAMED else "")
        who = names[0] if len(names) == 1 else say("unused.units", lang, count=len(names), names=first)
        lines.append(replace(one, unit=who).text(lang))
    return tuple(lines)
