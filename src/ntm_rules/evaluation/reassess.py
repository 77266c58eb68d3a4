"""A title held under an older edition, looked at again under the edition in force."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

import msgspec

from ..assessment.model import Assessment, Result
from ..messages import Lang, say
from ..pack.catalogue import Catalogue, installed
from ..pack.legal import Verification
from ..snapshot.model import Recognition, Snapshot
from ..units import Fate, made_of
from .evaluate import evaluate, judge_pack
from .facts import Facts


class PartTitle(msgspec.Struct, frozen=True):
    """A title that an old unit held, of which the present one was made, or of a part of it.

    ``pack`` and ``decision`` are empty where nothing is known to have been held.
    """

    fate: Fate
    pack: str = ""
    decision: str = ""
    on: date | None = None

    def text(self, lang: Lang = "vi") -> str:
        """Which unit, how it came into the present one, and what it held."""
        if self.on is None:
            return say("reassess.part.none", lang, fate=self.fate)
        told = {"pack": self.pack, "decision": self.decision or "–", "on": self.on}
        return say("reassess.part.held", lang, fate=self.fate, **told)


class Reassessment(msgspec.Struct, frozen=True):
    """What was held, and what the edition in force says of it now.

    ``held`` are the recognitions of the title, the latest first; ``in_force`` says whether one of them still counts
    under the present edition; ``parts`` what the units held that were merged into this one, of which no title
    carries over by itself. ``failing`` and ``missing`` are what stands between the unit and the present edition.
    """

    held: tuple[tuple[str, str, str], ...]
    in_force: bool
    assessment: Assessment
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
            say("reassess.held", lang, pack=pack, decision=decision, on=date.fromisoformat(on))
            for pack, decision, on in self.held
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
                failing=", ".join(item.code for item in self.failing) or "–",
                missing=", ".join(item.code for item in self.missing) or "–",
            )
        )
        return "\n".join(lines)


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
        NtmError: what ``evaluate`` raises.
    """
    catalogue = catalogue or installed()
    assessment = evaluate(pack, snapshot, trust=trust, catalogue=catalogue)
    facts = Facts(snapshot, catalogue, Verification.of(trust), judge_pack)
    loaded = catalogue.load(assessment.pack)
    in_force, _ = facts.recognition(loaded)
    of_title = [r for r in snapshot.recognitions if catalogue.title_of(r.pack, snapshot.as_of) == loaded.title_id]
    return Reassessment(
        tuple(_told(r) for r in sorted(of_title, key=_when, reverse=True)),
        in_force is not None,
        assessment,
        () if of_parts is None else tuple(_parts(snapshot.unit.id, of_parts)),
    )


def _parts(code: str, of_parts: Mapping[str, Iterable[Recognition]]) -> Iterator[PartTitle]:
    for fate in made_of(code):
        held = sorted(of_parts.get(fate.old.code, ()), key=_when, reverse=True)
        yield from (PartTitle(fate, one.pack, one.decision, one.on) for one in held)
        if not held:
            yield PartTitle(fate)


def _when(recognition: Recognition) -> str:
    return recognition.on.isoformat()


def _told(recognition: Recognition) -> tuple[str, str, str]:
    return recognition.pack, recognition.decision, recognition.on.isoformat()
