"""Snapshots: everything observed about one unit as of one date."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Any, Self, TypeVar

import msgspec
from pydantic import (
    BeforeValidator,
    ConfigDict,
    ModelWrapValidatorHandler,
    ValidationError,
    ValidationInfo,
    model_validator,
)

from ..day import Day
from ..errors import NtmError, Problem, SnapshotError
from ..frozen import FrozenDict, Held
from ..messages import Lang
from ..pack.catalogue import Catalogue, installed
from ..pack.reference import Reference
from ..territory import Level
from . import quick
from .child_counts import ChildCounts
from .given import (
    DayGiven,
    FindingGiven,
    Findings,
    ObservationGiven,
    Observations,
    declared,
    weighed,
    with_numbers,
    without_blanks,
)
from .observation import Observation, by_year
from .recognition import Recognition
from .unit import Facts, Unit

T = TypeVar("T")


def _read_unit(raw: dict[str, object]) -> Unit:
    try:
        return Unit.model_validate(raw)
    except NtmError:
        raise quick.NotPlainError from None


@lru_cache(maxsize=1024)
def _known_unit(said: tuple[tuple[str, str], ...]) -> Unit:
    return _read_unit(dict(said))


_PLAIN = {"unit", "as_of", "measures", "findings"}
_NOTHING: dict[str, Any] = {
    "measures": FrozenDict(),
    "findings": FrozenDict(),
    "recognitions": (),
    "children": FrozenDict(),
}


class Snapshot(Facts):
    """Everything observed about one unit as of one date.

    A measure or finding may be given several times; values that differ are a conflict, never a silent choice.

    >>> snapshot = Snapshot(
    ...     unit=Unit(id="ky-phu", name="Xã Kỳ Phú", level="commune", region="btb"),
    ...     as_of="2023-08-17",
    ...     measures={"clean_water_centralised_share": "0 %"},
    ...     findings={"vn/commune": {"1.1": "met"}},
    ... )
    >>> snapshot.measures["clean_water_centralised_share"][0].value.text("vi")
    '0 %'

    A number of two readings (``"59.875"``) is decided by its measure, by the other numbers, or by ``numbers="vi"`` or
    ``"en"``, given with the rest, in data too, or as a context (``model_validate(data, context={"numbers": "vi",
    "measures": {id: Measure}})``, which also says what the measures are); else it is refused.

    >>> water = {"domestic_water_per_capita": "59.875"}
    >>> unit = {"id": "x", "level": "commune"}
    >>> read = Snapshot(unit=unit, as_of="2023-08-17", measures=water, numbers="en")
    >>> read.measures["domestic_water_per_capita"][0].value.text("en")
    '59.875'
    """

    model_config = ConfigDict(json_schema_extra=with_numbers)

    unit: Unit
    as_of: Day
    measures: Annotated[Mapping[str, Observations], BeforeValidator(weighed), Held] = FrozenDict()
    findings: Annotated[
        Mapping[Reference, Annotated[Mapping[str, Findings], BeforeValidator(without_blanks), Held]], Held
    ] = FrozenDict()
    recognitions: tuple[Recognition, ...] = ()
    children: Annotated[Mapping[Level, ChildCounts], Held] = FrozenDict()

    if TYPE_CHECKING:

        def __init__(
            self,
            *,
            unit: Unit | Mapping[str, object],
            as_of: DayGiven,
            measures: Mapping[str, ObservationGiven | Sequence[ObservationGiven] | None] = ...,
            findings: Mapping[str, Mapping[str, FindingGiven | Sequence[FindingGiven] | None]] = ...,
            recognitions: Sequence[Recognition | Mapping[str, object]] = (),
            children: Mapping[Level, ChildCounts | Mapping[str, object]]
            | Mapping[str, ChildCounts | Mapping[str, object]] = ...,
            numbers: Lang | None = None,
        ) -> None: ...

    @model_validator(mode="wrap")
    @classmethod
    def _told(cls, raw: Any, read: ModelWrapValidatorHandler[Self], info: ValidationInfo) -> Self:
        # Also where a framework reads it, what is wrong has the library's codes and both languages.
        try:
            return read(declared(raw, info) if isinstance(raw, Mapping) and "numbers" in raw else raw)
        except ValidationError as error:
            from ..faults import translated

            raise translated(error, cls, raw) from None

    if not TYPE_CHECKING:  # the signature is pydantic's

        @classmethod
        def model_validate(cls, obj, **settings):
            return (cls.well_formed(obj) if not settings else None) or super().model_validate(obj, **settings)

    @classmethod
    def well_formed(cls, raw: object) -> Self | None:
        """What ``model_validate`` makes of data that is exactly well formed, read quickly; ``None`` of any other."""
        if type(raw) is not dict or not raw.keys() <= _PLAIN:
            return None
        try:
            return cls._quickly(raw)
        except quick.NotPlainError:
            return None

    @classmethod
    def _quickly(cls, plain: dict[str, Any]) -> Self:
        unit = plain.get("unit")
        if type(unit) is dict:
            short = all(type(said) is str and len(said) <= quick.SHORT for said in unit.values())
            unit = _known_unit(tuple(unit.items())) if short else _read_unit(unit)
        elif not isinstance(unit, Unit):
            raise quick.NotPlainError
        given: dict[str, Any] = {"unit": unit, "as_of": quick.day(plain.get("as_of"))}
        if "measures" in plain:
            given["measures"] = quick.measures(plain["measures"])
        if "findings" in plain:
            given["findings"] = quick.findings(plain["findings"])
        # All is named, for pydantic copies a default deep.
        made = cls.model_construct(_fields_set=set(given), **(_NOTHING | given))
        assert isinstance(made, cls)
        return made

    @classmethod
    def model_validate_json(  # type: ignore[override]  # the rest of pydantic's settings has no use here
        cls, json_data: str | bytes | bytearray, *, context: Mapping[str, object] | None = None
    ) -> Self:
        """As ``model_validate``, with every digit of the numbers: 79.99999999999999999999 is not 80."""
        if context is None:
            try:
                plain = quick.decoded(json_data)
                if type(plain) is dict and plain.keys() <= _PLAIN:
                    return cls._quickly(plain)
            except quick.NotPlainError:
                pass
        try:
            data = json.loads(json_data, parse_float=Decimal)
        except ValueError:
            return super().model_validate_json(json_data, context=context)
        return cls.model_validate(data, context=context)

    def to_dict(self) -> dict[str, object]:
        """Plain data that ``Snapshot.model_validate`` reads back."""
        return self.model_dump(mode="json", exclude_defaults=True)

    def with_previous(self, previous: Snapshot, catalogue: Catalogue | None = None) -> Snapshot:
        """This snapshot with what an earlier one of the unit says of years before, for growth and increases.

        What the dictionary calls an earlier measure (``income_per_capita_last_year`` is ``income_per_capita`` one year
        before) is taken from a snapshot whose ``as_of`` is so many years before.

        >>> facts = [("2025-12-31", "58 triệu đồng/người/năm"), ("2026-12-31", "64 triệu đồng/người/năm")]
        >>> before, now = (
        ...     Snapshot(unit={"id": "x", "level": "commune"}, as_of=day, measures={"income_per_capita": income})
        ...     for day, income in facts
        ... )
        >>> sorted(now.with_previous(before).measures)
        ['income_per_capita', 'income_per_capita_last_year']

        Raises:
            SnapshotError: another unit, a day that is not of a year before, or nothing that is asked of that year.
        """
        if self.unit.id != previous.unit.id:
            raise SnapshotError(Problem("error.merge_units", one=self.unit.id, other=previous.unit.id))
        years = self.as_of.year - previous.as_of.year
        measures = dict(self.measures)
        for one in (catalogue or installed()).measures.earlier:
            if one.earlier is None or one.earlier.years != years:
                continue
            if given := previous.measures.get(one.earlier.of, ()):
                latest = next(iter(by_year(given).values()), given)
                measures[one.id] = _union(measures.get(one.id, ()), _dated(latest, previous.as_of))
                if one.earlier.of in measures:
                    measures[one.earlier.of] = _dated(measures[one.earlier.of], self.as_of)
        if measures.keys() == self.measures.keys():
            raise SnapshotError(Problem("error.no_previous", day=previous.as_of, on=self.as_of))
        return self.model_copy(update={"measures": FrozenDict(measures)})

    def merged(self, other: Snapshot) -> Snapshot:
        """Both snapshots' facts about the same unit and day; identical facts are kept once.

        Raises:
            SnapshotError: another unit or day, or facts about the unit itself that differ.
        """
        if (self.unit.id, self.as_of) != (other.unit.id, other.as_of):
            raise SnapshotError(Problem("error.merge_units", one=self.unit.id, other=other.unit.id))
        unit = self.unit.merged(other.unit)
        measures = {
            key: _union(self.measures.get(key, ()), other.measures.get(key, ()))
            for key in (*self.measures, *other.measures)
        }
        findings = {
            pack: {
                code: _union(self.findings.get(pack, {}).get(code, ()), other.findings.get(pack, {}).get(code, ()))
                for code in (*self.findings.get(pack, {}), *other.findings.get(pack, {}))
            }
            for pack in (*self.findings, *other.findings)
        }
        for level, counts in other.children.items():
            if self.children.get(level, counts) != counts:
                raise SnapshotError(Problem("error.merge_children", unit=self.unit.id, level=level))
        return Snapshot(
            unit=unit,
            as_of=self.as_of,
            measures=measures,
            findings=findings,
            recognitions=_union(self.recognitions, other.recognitions),
            children={**self.children, **other.children},
        )


def _dated(observed: tuple[Observation, ...], day: date) -> tuple[Observation, ...]:
    """The observations, those of no day with the one of their snapshot."""
    return tuple(msgspec.structs.replace(one, on=one.on or day) for one in observed)


def _union(one: tuple[T, ...], other: tuple[T, ...]) -> tuple[T, ...]:
    return (*one, *(item for item in other if item not in one))
