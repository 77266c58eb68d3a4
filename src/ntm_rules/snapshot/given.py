"""What may be given for a figure or a conclusion, and how the doors of a snapshot read it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, SupportsFloat

from pydantic import BeforeValidator, GetJsonSchemaHandler, ValidationInfo
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from ..errors import Problem, QuantityError, SnapshotError, no_such_word
from ..messages import LANGS
from ..normalization import is_blank
from ..pack.catalogue import installed
from ..pack.measure import Measure
from ..quantity.amount import Amount
from ..quantity.number import is_doubtful
from .observation import Finding, FindingValue, Observation
from .value import habit_of, is_wordy, settled, texts_of

# What may be given where a value, a conclusion or a day is held, as type checkers are told.
DayGiven = date | str
ObservationGiven = Observation | Amount | str | SupportsFloat | Mapping[str, object]
FindingGiven = Finding | FindingValue | str | Mapping[str, object]


def _several(raw: Any) -> Any:
    if raw is None:
        return ()
    return tuple(raw) if isinstance(raw, (list, tuple)) else (raw,)


def without_blanks(raw: Any) -> Any:
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
    return without_blanks(raw)


def declared(raw: Mapping[str, Any], info: ValidationInfo) -> dict[str, Any]:
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


def with_numbers(schema: dict[str, Any]) -> None:
    schema["properties"]["numbers"] = {
        "anyOf": [{"enum": [*LANGS]}, {"type": "null"}],
        "default": None,
        "description": "How numbers are written in texts: in vi 1.897 is 1897, in en less than two.",
    }


def weighed(raw: Any, info: ValidationInfo) -> Any:
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
