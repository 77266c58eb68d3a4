"""Facts that contradict each other, and how that is said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

from ..messages import Lang, Text, say
from ..quantity.amount import in_words
from ..snapshot.observation import FindingValue

if TYPE_CHECKING:
    pass


class Conflict(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """Two facts that contradict each other; neither was dropped.

    ``kind``: ``measurement_against_finding`` (the measurement decided), ``indicators_against_finding`` (a
    criterion's indicators decided), ``observations`` or ``findings`` (several that differ), ``exception`` (a
    department says "not applicable" where the law has no exception), ``sum`` (figures that add up to more than they
    can), ``children`` (what is reported of the units below contradicts itself or the units listed, as ``detail`` says;
    the report makes nothing certain), or ``below`` (the units of ``values`` count, and what they are judged on is
    itself contradicted or doubted).
    """

    kind: Literal[
        "measurement_against_finding",
        "indicators_against_finding",
        "observations",
        "findings",
        "exception",
        "sum",
        "children",
        "below",
    ]
    code: str
    about: Text
    finding: str = ""
    by: str = ""
    values: tuple[str, ...] = ()
    detail: Text | None = None

    def text(self, lang: Lang = "vi") -> str:
        """The conflict as a sentence."""
        finding = say(f"finding.{self.finding}", lang) if self.finding else ""
        values = "; ".join(_reported(value, lang) for value in self.values)
        by = f" {say('conflict.by', lang, by=self.by)}" if self.by else ""
        return say(
            f"conflict.{self.kind}",
            lang,
            code=self.code,
            about=self.about,
            finding=finding,
            by=by,
            values=values,
            detail=self.detail or "",
        )


def _reported(value: str, lang: Lang) -> str:
    """A value of a conflict, with whoever reported it, as the language writes it."""
    stated, bracket, by = value.partition(" (")
    said = say(f"finding.{stated}", lang) if stated in set(FindingValue) else in_words(stated, lang)
    return said + bracket + by
