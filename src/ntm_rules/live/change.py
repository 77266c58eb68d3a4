"""What an input caused."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

import msgspec

from ..assessment.parts import UnitRef
from ..messages import Lang, Text, say
from ..verdict import UNKNOWN, Verdict
from .inputs import AnyInput
from .network import Key, Step


class Change(msgspec.Struct, frozen=True):
    """One standing that changed, from ``before`` to ``after``, because of one input.

    ``what`` is ``indicator`` (prerequisites too) or ``criterion``, named by ``code``; ``pack``, the verdict of the
    whole set; or ``unit``, whether the unit holds or meets the title. ``before`` or ``after`` is ``None`` where a set
    that came into force, or went out of it, has the code and the other has not.
    """

    what: Literal["indicator", "criterion", "pack", "unit"]
    unit: UnitRef
    pack: str
    title: Text
    code: str
    before: Verdict | None
    after: Verdict | None
    because: AnyInput

    def text(self, lang: Lang = "vi") -> str:
        """The change as a line of text."""
        return say(
            f"live.change.{self.what}",
            lang,
            unit=self.unit.label,
            pack=self.pack.partition("@")[0],
            title=self.title,
            code=self.code,
            before=_word(self.before, lang),
            after=_word(self.after, lang),
        )


def change_of(step: Step, because: AnyInput) -> Change:
    """A verdict that changed, with its cause."""
    pack = step.pack
    return Change(step.what, step.unit, pack.reference, pack.title, step.code, step.before, step.after, because)


def moved(was: Mapping[Key, Step], now: Mapping[Key, Step], because: AnyInput) -> Iterator[Change]:
    """What differs between two days, in the order of the later one; what went out of force comes last."""
    for key, step in now.items():
        before = was[key].after if key in was else None
        if before is not step.after and not (before is None and step.after is UNKNOWN):
            yield change_of(step._replace(before=before), because)
    for key, step in was.items():
        if key not in now:
            yield change_of(step._replace(before=step.after, after=None), because)


def _word(verdict: Verdict | None, lang: Lang) -> str:
    return say(f"verdict.{verdict}", lang).lower() if verdict is not None else "–"
