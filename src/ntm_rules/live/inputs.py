"""What a session is told: the inputs it accepts, which are also the lines of its journal."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import BeforeValidator, Field, PlainSerializer, model_validator

from ..day import Day
from ..errors import LiveError, NtmError, Problem, QuantityError
from ..frozen import Frozen
from ..messages import Lang, say
from ..pack.legal import Verification
from ..pack.reference import Reference
from ..pack.threshold import AmountField
from ..snapshot.child_counts import ChildCounts
from ..snapshot.model import Snapshot
from ..snapshot.observation import Clean, Finding, FindingValue, Name, Observation, read_finding
from ..snapshot.recognition import Recognition
from ..snapshot.unit import Unit
from ..territory import Level


class Input(Frozen):
    """One accepted input; ``number`` counts them from 1 and is the same after a replay."""

    refusal: ClassVar[type[NtmError]] = LiveError

    number: int = Field(ge=1)

    def text(self, lang: Lang = "vi") -> str:
        """The input as a phrase."""
        fields = {name: getattr(self, name) for name in type(self).model_fields}
        return say(f"live.{fields.pop('kind')}", lang, **{n: "" if v is None else v for n, v in fields.items()})


class _Told(Input):
    # Codes may come as numbers, as they do for units.
    unit: Annotated[Name, BeforeValidator(lambda raw: str(raw) if type(raw) is int else raw)]


class _Said(_Told):
    """Who said it, when, and on what evidence."""

    by: Clean = ""
    on: Day | None = None
    evidence: Clean = ""
    remark: Clean = ""

    def _who(self) -> dict[str, Any]:
        return {"by": self.by, "on": self.on, "evidence": self.evidence, "remark": self.remark}


class Observe(_Said):
    """A figure was reported. It takes the place of the same reporter's earlier one."""

    kind: Literal["observe"] = "observe"
    measure: str
    value: AmountField

    def observation(self) -> Observation:
        """The figure as a snapshot holds it."""
        return Observation(value=self.value, **self._who())


_FindingField = Annotated[FindingValue, BeforeValidator(read_finding), PlainSerializer(str)]


class Conclude(_Said):
    """A department concluded. It takes the place of the same department's earlier conclusion on the same code."""

    kind: Literal["conclude"] = "conclude"
    pack: Reference
    code: str
    finding: _FindingField

    def conclusion(self) -> Finding:
        """The conclusion as a snapshot holds it."""
        return Finding(finding=self.finding, **self._who())

    def text(self, lang: Lang = "vi") -> str:
        word = say(f"finding.{self.finding}", lang)
        return say("live.conclude", lang, pack=self.pack, code=self.code, finding=word, by=self.by)


class Recognise(_Told):
    """A title was given, or what is known of the same decision changed (its expiry, its revocation)."""

    kind: Literal["recognise"] = "recognise"
    pack: Reference
    decision: Clean = ""
    on: Day
    until: Day | None = None
    revoked: Day | None = None

    def recognition(self) -> Recognition:
        """The decision as a snapshot holds it."""
        return Recognition(pack=self.pack, decision=self.decision, on=self.on, until=self.until, revoked=self.revoked)


class Report(_Told):
    """How many of the units below meet what, counted rather than listed."""

    kind: Literal["report"] = "report"
    level: Level
    counts: ChildCounts

    def text(self, lang: Lang = "vi") -> str:
        return say("live.report", lang, level=self.level, total=self.counts.total)


class Withdraw(_Told):
    """Something said before no longer stands: figures, conclusions or titles, all of them or one reporter's."""

    kind: Literal["withdraw"] = "withdraw"
    measure: str | None = None
    pack: Reference | None = None
    code: str | None = None
    by: Clean | None = None
    decision: Clean | None = None

    @model_validator(mode="after")
    def _means_one_thing(self) -> Self:
        given = {name for name in ("measure", "pack", "code", "by", "decision") if getattr(self, name) is not None}
        if given - {"by"} not in ({"measure"}, {"pack", "code"}) and given - {"decision"} != {"pack"}:
            raise QuantityError(Problem("error.withdraw_what"))
        return self

    def text(self, lang: Lang = "vi") -> str:
        named = (self.measure, self.pack, self.code, self.decision, self.by)
        return say("live.withdraw", lang, what=" ".join(part for part in named if part))


class Advance(Input):
    """The day judged moved on."""

    kind: Literal["advance"] = "advance"
    to: Day


AnyInput = Observe | Conclude | Recognise | Report | Withdraw | Advance


class PackUsed(Frozen):
    """A pack as the session was given it, with the edition it came to and a digest of its contents."""

    given: str
    reference: Reference
    digest: str


class Opened(Frozen):
    """The first line of a journal: everything a session needs to begin where this one stood.

    ``format`` 2 has a checksum in every line; 1, written by older versions, has none.
    """

    kind: Literal["open"] = "open"
    format: Literal[1, 2] = 2
    number: int = Field(ge=0)
    as_of: Day
    trust: Verification
    unknown_measures: Literal["error", "ignore"]
    packs: tuple[PackUsed, ...]
    units: tuple[Unit, ...]
    snapshots: tuple[Snapshot, ...]


Line = Annotated[Opened | AnyInput, Field(discriminator="kind")]
