"""Criteria and their indicators, with the law's own codes and words."""

from __future__ import annotations

from datetime import date
from typing import Self

from pydantic import model_validator

from ..errors import Problem, QuantityError
from ..frozen import Frozen
from .condition import Code, Condition
from .legal import Source, TextField
from .period import Period


class Version(Frozen):
    """How an indicator read during part of an edition's life."""

    valid: Period
    text: TextField | None = None
    requires: Condition
    source: Source | None = None
    note: TextField | None = None


class DatedAgency(Frozen):
    """Who answers for an indicator on some days: ``{valid: {to: 2025-06-30}, agency: UBND cấp huyện}``."""

    valid: Period
    agency: str
    source: Source | None = None


class Indicator(Frozen):
    """A requirement with the law's own code and words. Prerequisites and grades have the same shape.

    ``agency`` answers for it, on the days of ``agencies`` those named there. ``delegated`` is one of which the law
    leaves to the province what exactly is asked; an overlay that says it lifts the mark.
    """

    code: Code
    text: TextField
    requires: Condition
    delegated: bool = False
    applies_if: Condition | None = None
    agency: str = ""
    agencies: tuple[DatedAgency, ...] = ()
    source: Source | None = None
    note: TextField | None = None
    versions: tuple[Version, ...] = ()

    def on(self, day: date) -> Indicator:
        """The indicator as it read on a day, and who answered for it then."""
        read = next((self.reading(version) for version in self.versions if day in version.valid), self)
        who = next((one.agency for one in self.agencies if day in one.valid), self.agency)
        return read if who == self.agency else read.model_copy(update={"agency": who, "agencies": ()})

    def reading(self, version: Version) -> Indicator:
        """The indicator as one of its versions has it."""
        return self.model_copy(
            update={
                "text": version.text or self.text,
                "requires": version.requires,
                "source": version.source or self.source,
                "note": version.note or self.note,
                "versions": (),
            }
        )


class Criterion(Frozen):
    """A criterion of the set. ``incomplete`` ones are known by name only and take a finding as a whole."""

    code: Code
    title: TextField
    indicators: tuple[Indicator, ...] = ()
    incomplete: bool = False
    contents: int | None = None
    agency: str = ""
    source: Source | None = None
    note: TextField | None = None

    @model_validator(mode="after")
    def _has_indicators(self) -> Self:
        if not self.indicators and not self.incomplete:
            raise QuantityError(Problem("error.criterion_empty", code=self.code))
        return self
