"""Snapshots: everything observed about one unit as of one date."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Self, SupportsFloat, TypeVar

import msgspec
from pydantic import (
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    ModelWrapValidatorHandler,
    ValidationError,
    ValidationInfo,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from ..day import Day
from ..errors import NtmError, Problem, QuantityError, SnapshotError, no_such_word
from ..frozen import Frozen, FrozenDict, Held
from ..messages import LANGS, Lang, Text, say
from ..normalization import is_blank, tidy, yes_or_no
from ..pack.catalogue import Catalogue, installed
from ..pack.measure import Measure
from ..pack.reference import REFERENCE_PATTERN
from ..quantity.amount import Amount, count_of
from ..quantity.number import is_doubtful
from ..territory import CODE_DIGITS, Group, Level, Region, read_member
from . import quick
from .names import read_names
from .observation import Clean, Finding, FindingValue, Name, Observation, by_year
from .value import habit_of, is_wordy, settled, texts_of

Reference = Annotated[str, Field(pattern=REFERENCE_PATTERN)]


T = TypeVar("T")


class Facts(Frozen):
    """What is said of a unit; what cannot be understood of it is a ``SnapshotError``."""

    refusal: ClassVar[type[NtmError]] = SnapshotError


def _facts(raw: object) -> object:
    """Attributes as every door reads them: yes and no are flags, any other text is a word."""
    return (
        {name: _fact(name, said) for name, said in raw.items() if not is_blank(said)}
        if isinstance(raw, Mapping)
        else raw
    )


def _fact(name: object, raw: object) -> object:
    if isinstance(raw, bool):
        return raw
    if isinstance(raw, str):
        said = yes_or_no(raw)
        return tidy(raw) if said is None else said
    plain = raw.item() if getattr(raw, "shape", None) == () else raw  # type: ignore[attr-defined]
    if not isinstance(plain, (bool, int, float, Decimal)) or plain not in (0, 1):
        raise QuantityError(Problem("error.yes_or_no", given=str(raw)[:40], attribute=name))
    return bool(plain)


# What may be given where a value, a conclusion or a day is held, as type checkers are told.
DayGiven = date | str
ObservationGiven = Observation | Amount | str | SupportsFloat | Mapping[str, object]
FindingGiven = Finding | FindingValue | str | Mapping[str, object]


class Unit(Facts):
    """An administrative unit.

    ``group`` is the group of communes the province has put it in (since 2026). ``exempt`` says why a unit takes no
    part in the programme (it then leaves its parent's denominators).

    >>> Unit(id="ky-phu", name="Xã Kỳ Phú", level="commune", region="btb").level.text("en")
    'commune'
    """

    id: Name
    name: Clean = ""
    level: Level
    parent: Clean | None = None
    province: Clean | None = None
    region: Region | None = None
    group: Group | None = None
    attributes: Annotated[Mapping[str, bool | str], Held, BeforeValidator(_facts)] = FrozenDict()
    exempt: Clean = ""

    if TYPE_CHECKING:

        def __init__(
            self,
            *,
            id: str | int,
            name: str = "",
            level: Level | str,
            parent: str | int | None = None,
            province: str | int | None = None,
            region: Region | str | None = None,
            group: Group | str | None = None,
            attributes: Mapping[str, bool | str] = ...,
            exempt: str = "",
        ) -> None: ...

    @model_validator(mode="before")
    @classmethod
    def _numbers_are_codes(cls, raw: Any) -> Any:
        """Codes that came as numbers, as texts again; where zeros may be gone with the text, nobody can say."""
        if not isinstance(raw, dict) or not any(type(raw.get(name)) is int for name in ("id", "parent", "province")):
            return raw
        level = raw.get("level")
        least = {"id": CODE_DIGITS[read_member(Level, level)] if level else 0, "parent": 3, "province": 2}
        codes = {name: code(raw[name], digits) for name, digits in least.items() if type(raw.get(name)) is int}
        return {**raw, **codes}

    def merged(self, other: Unit) -> Unit:
        """What two descriptions of the unit say together.

        Raises:
            SnapshotError: they contradict each other.
        """
        fields: dict[str, Any] = {}
        for name in Unit.model_fields:
            mine, theirs = getattr(self, name), getattr(other, name)
            if name == "attributes":
                clash = [key for key in mine if key in theirs and mine[key] != theirs[key]]
                if clash:
                    raise SnapshotError(disagreement(self.id, clash[0], mine[clash[0]], theirs[clash[0]]))
                fields[name] = {**mine, **theirs}
            elif mine and theirs and mine != theirs:
                raise SnapshotError(disagreement(self.id, name, mine, theirs))
            else:
                fields[name] = mine or theirs
        return Unit(**fields)


def code(number: int, digits: int) -> str:
    """A unit's code that was typed as a number.

    Raises:
        QuantityError: it has fewer digits than such codes have: the zeros before it may be gone.
    """
    text = str(number)
    if number < 0 or len(text) < digits:
        raise QuantityError(Problem("error.zeros_gone", code=text, padded=text.zfill(digits)))
    return text


def disagreement(unit: str, field: str, one: object, other: object) -> Problem:
    """Two things said of a unit's field, or of an attribute (``attributes.<name>`` or its name alone)."""
    name = _word(f"form.unit.{field}") if field in Unit.model_fields else Text(field.rpartition(".")[2])
    return Problem("error.merge_field", unit=unit, field=name, one=_answer(one), other=_answer(other))


def _answer(value: object) -> object:
    return _word("form.yes" if value else "form.no") if isinstance(value, bool) else value


def _word(key: str) -> Text:
    return Text(say(key, "vi"), say(key, "en"))


def ends_before(end: str, day: date, on: date) -> Problem:
    """What is wrong with a title whose expiry (``until``) or revocation (``revoked``) is before it was given."""
    return Problem("error.until_before", what=_word(f"recognition.{end}"), end=day, on=on)


class Recognition(Facts):
    """A decision that gave the unit a title; ``until`` is the last day it holds, ``revoked`` the day it was taken back.

    It holds no longer than its set says (``titles_last_months``), whatever ``until`` is; without either it has no end.
    On the day it is revoked it no longer holds.
    """

    pack: Reference
    decision: Clean = ""
    on: Day
    until: Day | None = None
    revoked: Day | None = None

    if TYPE_CHECKING:

        def __init__(
            self,
            *,
            pack: str,
            decision: str = "",
            on: DayGiven,
            until: DayGiven | None = None,
            revoked: DayGiven | None = None,
        ) -> None: ...

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        for name, end in (("until", self.until), ("revoked", self.revoked)):
            if end is not None and end < self.on:
                raise QuantityError(ends_before(name, end, self.on))
        return self


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


def _several(raw: Any) -> Any:
    if raw is None:
        return ()
    return tuple(raw) if isinstance(raw, (list, tuple)) else (raw,)


def _without_blanks(raw: Any) -> Any:
    """A blank cell is no observation: it is dropped here, not read as zero."""
    if not isinstance(raw, dict):
        return raw
    return {key: value for key, value in raw.items() if not is_blank(value)}


def _without_blank_measures(raw: Any) -> Any:
    if isinstance(raw, dict):
        for key, value in raw.items():
            # In YAML's {a: 52,3 ha} the comma ends the value: "3 ha" then stands as a name without a value.
            if value is None and isinstance(key, str) and not key.isidentifier():
                raise QuantityError(Problem("error.split_value", text=key))
    return _without_blanks(raw)


def _declared(raw: Mapping[str, Any], info: ValidationInfo) -> dict[str, Any]:
    """The data without what it declares about numbers, the values of two readings read by that."""
    numbers, rest = raw["numbers"], {key: value for key, value in raw.items() if key != "numbers"}
    if numbers is None:
        return rest
    if numbers not in LANGS:
        raise SnapshotError(no_such_word("numbers", str(numbers)[:40], LANGS))
    if any(map(_takes_thought, texts_of(rest.get("measures")))):
        rest["measures"] = settled(rest["measures"], _measures(info).get, numbers)
    return rest


def _measures(info: ValidationInfo) -> Mapping[str, Measure]:
    told: dict[str, Any] = info.context if isinstance(info.context, dict) else {}
    return told["measures"] if "measures" in told else installed().measures


def _with_numbers(schema: dict[str, Any]) -> None:
    schema["properties"]["numbers"] = {
        "anyOf": [{"enum": [*LANGS]}, {"type": "null"}],
        "default": None,
        "description": "How numbers are written in texts: in vi 1.897 is 1897, in en less than two.",
    }


def _settled(raw: Any, info: ValidationInfo) -> Any:
    """Values of two readings, and names of levels, by their measures, which are looked up only where there are such."""
    raw = _without_blank_measures(raw)
    if not isinstance(raw, dict) or not any(map(_takes_thought, texts := texts_of(raw))):
        return raw
    told: dict[str, Any] = info.context if isinstance(info.context, dict) else {}
    return settled(raw, _measures(info).get, told.get("numbers"), habit_of(texts))


def _takes_thought(text: str) -> bool:
    return is_doubtful(text) or is_wordy(text)


class _OneOrSeveral:
    """Says in the schema that a single one may stand without the list."""

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        several = handler(schema)
        return {"anyOf": [several["items"], several]}


Observations = Annotated[tuple[Observation, ...], BeforeValidator(_several), _OneOrSeveral]
Findings = Annotated[tuple[Finding, ...], BeforeValidator(_several), _OneOrSeveral]


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

    model_config = ConfigDict(json_schema_extra=_with_numbers)

    unit: Unit
    as_of: Day
    measures: Annotated[Mapping[str, Observations], BeforeValidator(_settled), Held] = FrozenDict()
    findings: Annotated[
        Mapping[Reference, Annotated[Mapping[str, Findings], BeforeValidator(_without_blanks), Held]], Held
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
            return read(_declared(raw, info) if isinstance(raw, Mapping) and "numbers" in raw else raw)
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
        for one in (catalogue or installed()).earlier:
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
