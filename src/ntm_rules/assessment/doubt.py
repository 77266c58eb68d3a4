"""What a result rests on that may be meant otherwise: it was taken as it was written, and not in silence."""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

from ..messages import Lang, Text, say
from ..quantity.amount import Amount, AnyOf


class Doubt(msgspec.Struct, frozen=True, omit_defaults=True):
    """One observation that is taken as it was written, and may be meant otherwise or hold no more.

    ``code`` is ``warning.fraction`` (a bare fraction under a percentage: ``meant`` is the percentage) or
    ``warning.implausible`` (a value written with its unit that is unusual in life; ``meant`` are the units in which the
    number would not be, where there are such), or ``warning.old`` (it is of a day, ``on``, more than two years before
    the one judged: it decides, and whether it still holds is for people to say).
    """

    code: Literal["warning.fraction", "warning.implausible", "warning.old"]
    measure: str
    name: Text
    read: Amount
    meant: tuple[Amount, ...] = ()
    on: date | None = None

    def text(self, lang: Lang = "vi") -> str:
        """The doubt, as a sentence without a full stop.

        >>> name = Text("Số hộ nghèo", "Poor households")
        >>> read, meant = Amount.of("0,45 %"), Amount.of("45 %")
        >>> Doubt("warning.fraction", "poor", name, read, (meant,)).text("en")
        'Poor households: read as 0.45%; if 45% is meant, write “45%”'
        """
        hint = say("doubt.meant", lang, meant=AnyOf(self.meant)) if self.meant and "imp" in self.code else ""
        meant = self.meant[0] if self.meant else ""
        key, on = self.code.replace("warning", "doubt"), self.on or ""
        return say(key, lang, name=self.name, read=self.read, meant=meant, hint=hint, on=on)
