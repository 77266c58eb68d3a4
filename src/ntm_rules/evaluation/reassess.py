"""A title held under an older edition, looked at again under the edition in force."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Literal

import msgspec

from ..assessment.model import Assessment, Result
from ..errors import EvaluationError, Place, Problem
from ..messages import Lang, Text, say
from ..pack.catalogue import Catalogue, installed
from ..pack.legal import Verification
from ..pack.model import Pack
from ..snapshot.model import Snapshot
from ..snapshot.recognition import Recognition
from ..snapshot.unit import Unit
from ..units import REFORM, Fate, made_of
from .evaluate import evaluate
from .facts import last_day

_FEW = 12


class PartTitle(msgspec.Struct, frozen=True):
    """A title that an old unit held, of which the present one was made, or of a part of it.

    ``pack`` and ``decision`` are empty where nothing is known to have been held. ``ended`` is why it was held no more
    when the unit came to an end: ``revoked`` or ``expired`` before (``ended_on``), or given ``after`` that day.
    """

    fate: Fate
    pack: str = ""
    decision: str = ""
    on: date | None = None
    title: Text | None = None
    ended: Literal["", "revoked", "expired", "after"] = ""
    ended_on: date | None = None

    def text(self, lang: Lang = "vi") -> str:
        """Which unit, how it came into the present one, and what it held."""
        if self.on is None:
            return say("reassess.part.none", lang, fate=self.fate)
        told = {"pack": self.title or self.pack, "decision": self.decision or "–", "on": self.on}
        how = say(f"reassess.part.{self.ended}", lang, on=self.ended_on) if self.ended else ""
        return say("reassess.part.held", lang, fate=self.fate, how=how, **told)


class Reassessment(msgspec.Struct, frozen=True):
    """What was held, and what the edition in force says of it now.

    ``held`` are the recognitions of the title, the latest first (``titles``: beside each the title of the set it was
    given under, where that is installed); ``in_force`` says whether one of them still counts under the present
    edition; ``parts`` what the units held that were merged into this one, of which no title carries over by itself.
    ``failing`` and ``missing`` are what stands between the unit and the present edition.
    """

    held: tuple[tuple[str, str, str], ...]
    in_force: bool
    assessment: Assessment
    titles: tuple[Text | None, ...]
    parts: tuple[PartTitle, ...] = ()

    @property
    def failing(self) -> tuple[Result, ...]:
        """What the present edition asks for and the unit fails."""
        return self.assessment.failures()

    @property
    def missing(self) -> tuple[Result, ...]:
        """What the present edition asks for and nobody has answered."""
        return self.assessment.unknowns()

    def text(self, lang: Lang = "vi") -> str:
        """The re-assessment in a few sentences."""
        lines = [
            say("reassess.held", lang, pack=title or pack, decision=decision, on=date.fromisoformat(on))
            for (pack, decision, on), title in zip(self.held, self.titles, strict=True)
        ]
        lines = lines or [say("reassess.never", lang, title=self.assessment.title)]
        if self.parts:
            lines += [part.text(lang) for part in self.parts]
            lines.append(say("reassess.parts", lang))
        lines.append(say("reassess.in_force" if self.in_force else "reassess.not_in_force", lang))
        lines.append(
            say(
                "reassess.now",
                lang,
                title=self.assessment.title,
                verdict=say(f"verdict.{self.assessment.verdict}", lang),
                failing=self._codes(self.failing, lang),
                missing=self._codes(self.missing, lang),
            )
        )
        return "\n".join(lines)

    def _codes(self, items: Collection[Result], lang: Lang) -> str:
        """Codes one by one; many are counted, with the criteria they are of."""
        if len(items) <= _FEW:
            return ", ".join(item.code for item in items) or "–"
        among = {item.code for item in items}
        of = (one.code for one in self.assessment.criteria if among & {one.code, *(i.code for i in one.indicators)})
        return say("reassess.codes", lang, count=len(items), criteria=", ".join(of))


def reassess(
    snapshot: Snapshot,
    pack: str,
    *,
    of_parts: Mapping[str, Iterable[Recognition]] | None = None,
    trust: Verification | str = Verification.RECALLED,
    catalogue: Catalogue | None = None,
) -> Reassessment:
    """Hold a unit that was recognised earlier against the edition of a pack in force on the snapshot's date.

    Of a unit that came of the mergers of 1 July 2025, and whose id is its official code, ``of_parts`` gives what the
    old ones held, by their codes.

    >>> import ntm_rules as ntm
    >>> snapshot = ntm.Snapshot(
    ...     unit={"id": "x", "level": "commune", "region": "btb"}, as_of="2023-08-17",
    ...     recognitions=[{"pack": "vn/commune@2016-2020", "decision": "1/QĐ-UBND", "on": "2018-12-31"}],
    ... )
    >>> reassess(snapshot, "vn/commune").in_force
    False

    Raises:
        EvaluationError: a code in ``of_parts`` of no unit that went into this one.
        NtmError: what ``evaluate`` raises.
    """
    catalogue = catalogue or installed()
    assessment = evaluate(pack, snapshot, trust=trust, catalogue=catalogue)
    title, day = catalogue.load(assessment.pack).title_id, snapshot.as_of
    of_title = [one for one in snapshot.recognitions if catalogue.title_of(one.pack, day) == title]
    held = sorted(of_title, key=_when, reverse=True)
    return Reassessment(
        tuple(map(_told, held)),
        assessment.holding is not None,
        assessment,
        tuple(_title(one, catalogue) for one in held),
        () if of_parts is None else tuple(_parts(snapshot.unit, of_parts, catalogue)),
    )


def _parts(unit: Unit, of_parts: Mapping[str, Iterable[Recognition]], catalogue: Catalogue) -> Iterator[PartTitle]:
    fates = made_of(unit.id)
    if strange := [code for code in of_parts if code not in {fate.old.code for fate in fates}]:
        parts = ", ".join(f"{fate.old.name} ({fate.old.code})" for fate in fates) or "–"
        problems = (Problem("error.no_part", Place(path=unit.id), code=code, parts=parts) for code in strange)
        raise EvaluationError(*problems)
    for fate in fates:
        held = sorted(of_parts.get(fate.old.code, ()), key=_when, reverse=True)
        for one in held:
            yield PartTitle(fate, one.pack, one.decision, one.on, _title(one, catalogue), *_ended(one, catalogue))
        if not held:
            yield PartTitle(fate)


def _ended(one: Recognition, catalogue: Catalogue) -> tuple[Literal["", "revoked", "expired", "after"], date | None]:
    """Why a title was not held by a unit on its last day, the one before the reform."""
    if one.on >= REFORM:
        return "after", REFORM - timedelta(days=1)
    if one.revoked is not None and one.revoked < REFORM:
        return "revoked", one.revoked
    pack = _pack(one, catalogue)
    until = one.until if pack is None else last_day(one, catalogue.root(pack))
    return ("expired", until) if until is not None and until < REFORM else ("", None)


def _title(one: Recognition, catalogue: Catalogue) -> Text | None:
    pack = _pack(one, catalogue)
    return None if pack is None else pack.title


def _pack(one: Recognition, catalogue: Catalogue) -> Pack | None:
    """The edition a recognition is under, where it is installed."""
    if not catalogue.editions(one.pack):
        return None
    pack = catalogue.named(one.pack, one.on)
    return pack if "@" in one.pack or one.on in pack.valid else None


def _when(recognition: Recognition) -> str:
    return recognition.on.isoformat()


def _told(recognition: Recognition) -> tuple[str, str, str]:
    return recognition.pack, recognition.decision, recognition.on.isoformat()
