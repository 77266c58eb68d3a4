"""Where a requirement comes from and how far that was checked."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Self

from pydantic import (
    BeforeValidator,
    PlainSerializer,
    WithJsonSchema,
    model_validator,
)

from ..day import Day
from ..errors import EvaluationError, Problem, QuantityError, no_such_word
from ..frozen import Frozen
from ..messages import Text


class Verification(StrEnum):
    """How far a figure was checked, strongest first.

    >>> Verification.SECONDARY.reaches(Verification.RECALLED)
    True
    """

    STATED = "stated"
    SECONDARY = "secondary"
    RECALLED = "recalled"
    UNCERTAIN = "uncertain"

    # Enum's own hash runs in Python; verification is part of every cache key.
    __hash__ = str.__hash__

    @classmethod
    def of(cls, raw: Verification | str) -> Verification:
        """How far, by its name.

        Raises:
            EvaluationError: no such verification.
        """
        if isinstance(raw, cls):
            return raw
        try:
            return cls(raw)
        except ValueError:
            raise EvaluationError(no_such_word("trust", str(raw), cls)) from None

    def reaches(self, floor: Verification) -> bool:
        """Whether this is verified at least as far as ``floor``."""
        return _FAR[self] <= _FAR[floor]


# The furthest checked comes first.
_FAR = {one: place for place, one in enumerate(Verification)}


def _text(raw: object) -> Text:
    if isinstance(raw, str):
        raw = Text(raw)
    elif isinstance(raw, dict) and set(raw) <= {"vi", "en"} and all(isinstance(v, str) for v in raw.values()):
        raw = Text(raw.get("vi", ""), raw.get("en", ""))
    if isinstance(raw, Text) and (raw.vi.strip() or raw.en.strip()):
        return raw
    if isinstance(raw, dict) and None in raw.values():
        # YAML's flow style takes a comma for the end of a value.
        cut = next(key for key, value in raw.items() if value is None)
        raise QuantityError(Problem("error.text_cut", text=cut))
    raise QuantityError(Problem("error.text_expected"))


_BOTH = {"type": "object", "properties": {"vi": {"type": "string"}, "en": {"type": "string"}}}
TextField = Annotated[
    Text,
    BeforeValidator(_text),
    PlainSerializer(lambda text: {"vi": text.vi, "en": text.en}),
    WithJsonSchema({"anyOf": [{"type": "string"}, _BOTH]}),
]


class LegalBasis(Frozen):
    """A decision the pack rests on."""

    id: str
    number: str
    issuer: str = ""
    issued: Day | None = None
    title: TextField | None = None
    url: str = ""


class Source(Frozen):
    """Where in a decision a figure stands, and how far the figure was verified.

    ``stated`` and ``secondary`` must name what was read: a page (``url``) or ``checked_against``.
    The source of a single figure may leave out ``basis`` and ``at``: they are then its indicator's.
    """

    basis: str = ""
    at: str = ""
    verification: Verification
    url: str = ""
    checked_against: tuple[str, ...] = ()
    note: TextField | None = None

    @model_validator(mode="after")
    def _names_what_was_read(self) -> Self:
        if self.verification.reaches(Verification.SECONDARY) and not (self.url or self.checked_against):
            raise QuantityError(Problem("error.verification_unnamed", verification=str(self.verification)))
        return self

    def within(self, outer: Source | None) -> Source:
        """This source with the decision and place it leaves out taken from the one around it.

        A place belongs to its decision: one that names another decision does not take the place over.
        """
        if outer is None or (self.basis and self.at):
            return self
        at = self.at or (outer.at if self.basis in ("", outer.basis) else "")
        return self.model_copy(update={"basis": self.basis or outer.basis, "at": at})
