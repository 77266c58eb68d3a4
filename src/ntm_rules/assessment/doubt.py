"""What a result rests on that may be meant otherwise: it was taken as it was written, and not in silence."""

from __future__ import annotations

from typing import Literal

import msgspec

from ..messages import Lang, Text, say
from ..quantity import Amount, AnyOf


class Doubt(msgspec.Struct, frozen=True, omit_defaults=True):
    """One observation that is taken as it was written, and may be meant otherwise.

    ``code`` is ``warning.fraction`` (a bare fraction under a percentage: ``meant`` is the percentage) or
    ``warning.implausible`` (a value written with its unit that is unusual in life; ``meant`` are the units in which the
    number would not be, where there are such).
    """

    code: Literal["warning.fraction", "warning.implausible"]
    measure: str
    name: Text
    read: Amount
    meant: tuple[Amount, ...] = ()

    def text(self, lang: Lang = "vi") -> str:
        """The doubt, as a sentence without a full stop.

        >>> name = Text("Số hộ nghèo", "Poor households")
        >>> read, meant = Amount.of("0,45 %"), Amount.of("45 %")
        >>> Doubt("warning.fraction", "poor", name, read, (meant,)).text("en")
        'Poor households: read as 0.45%; if 45% is meant, write “45%”'
        """
        hint = say("doubt.meant", lang, meant=AnyOf(self.meant)) if self.meant and "imp" in self.code else ""
        meant = self.meant[0] if self.meant else ""
        return say(self.code.replace("warning", "doubt"), lang, name=self.name, read=self.read, meant=meant, hint=hint)
