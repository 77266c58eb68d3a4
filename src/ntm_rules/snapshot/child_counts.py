"""Counts of a unit's children, where they are not assessed one by one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Self

from pydantic import BeforeValidator, Field, model_validator

from ..errors import Problem, QuantityError
from ..frozen import FrozenDict, Held
from ..normalization import is_blank
from ..pack.reference import Reference
from ..quantity.amount import count_of
from .names import read_names
from .unit import Facts

Counted = Annotated[int, Field(ge=0), BeforeValidator(count_of)]
Counts = Annotated[Mapping[Reference, Counted], Held]
NamesOf = Annotated[tuple[str, ...], BeforeValidator(read_names)]
Names = Annotated[Mapping[Reference, NamesOf], Held]


class ChildCounts(Facts):
    """How many children of one level meet which packs, where they are not assessed one by one.

    ``total`` leaves out the exempt ones. Children neither ``meeting`` nor ``unknown`` do not meet the pack;
    a pack that is not mentioned is unknown for all of them. Names may be given with the numbers or without them; they
    are laid beside the units listed, and beside the numbers.
    """

    # Whether somebody counted them for a report; counts taken from a list are no claim of their own.
    reported: ClassVar[bool] = True

    total: Counted
    meeting: Counts = FrozenDict()
    unknown: Counts = FrozenDict()
    exempt: NamesOf = ()
    meeting_names: Names = FrozenDict()
    not_meeting_names: Names = FrozenDict()
    unknown_names: Names = FrozenDict()

    if TYPE_CHECKING:

        def __init__(
            self,
            *,
            total: int,
            meeting: Mapping[str, int] = ...,
            unknown: Mapping[str, int] = ...,
            exempt: Sequence[str] = (),
            meeting_names: Mapping[str, Sequence[str]] = ...,
            not_meeting_names: Mapping[str, Sequence[str]] = ...,
            unknown_names: Mapping[str, Sequence[str]] = ...,
        ) -> None: ...

    @model_validator(mode="before")
    @classmethod
    def _says_of_how_many(cls, raw: Any) -> Any:
        if isinstance(raw, Mapping) and is_blank(raw.get("total")):
            raise QuantityError(Problem("error.children_total"))
        return raw

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        for pack in {*self.meeting, *self.unknown}:
            counted = self.meeting.get(pack, 0) + self.unknown.get(pack, 0)
            if counted > self.total:
                raise QuantityError(Problem("error.children_count", pack=pack, count=counted, total=self.total))
        return self
