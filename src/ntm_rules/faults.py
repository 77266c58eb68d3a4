"""What pydantic finds wrong, said in the library's own words, and only the first causes of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import InitErrorDetails, PydanticCustomError

from .errors import MOST, NtmError, Place, Problem, nearest
from .messages import LANGS, Text, in_both, say

Loc = tuple[str | int, ...]

# Kinds of fault that a sentence of ours says without more; the others are told apart below.
_EXPECTED: dict[str, str] = {
    "bool_parsing": "fault.bool",
    "bool_type": "fault.bool",
    "decimal_parsing": "fault.number",
    "decimal_type": "fault.number",
    "dict_type": "fault.mapping",
    "finite_number": "fault.number",
    "float_parsing": "fault.number",
    "float_type": "fault.number",
    "frozen_set_type": "fault.list",
    "int_from_float": "fault.whole",
    "int_parsing": "fault.whole",
    "int_parsing_size": "fault.whole",
    "int_type": "fault.whole",
    "iterable_type": "fault.list",
    "list_type": "fault.list",
    "mapping_type": "fault.mapping",
    "model_attributes_type": "fault.mapping",
    "model_type": "fault.mapping",
    "set_type": "fault.list",
    "string_too_short": "fault.not_blank",
    "string_type": "fault.text",
    "string_unicode": "fault.text",
    "too_short": "fault.not_empty",
    "tuple_type": "fault.list",
}
_LIMITS = {"greater_than_equal": "ge", "greater_than": "gt", "less_than_equal": "le", "less_than": "lt"}
_WORDS = re.compile(r"'([^']*)'")


def problems_of(error: ValidationError, model: type[BaseModel] | None = None, data: Any = None) -> tuple[Problem, ...]:
    """Each first cause, at its path in ``data``; ``place.keys`` is the path as pydantic has it.

    ``model`` is what was asked for, whose names are suggested for an unknown one.
    """
    return problems_in(error.errors(include_url=False), model, data)


def problems_in(given: Sequence[Any], model: type[BaseModel] | None = None, data: Any = None) -> tuple[Problem, ...]:
    """As ``problems_of``, from the faults as pydantic lists them."""
    faults = list(_first_causes(given))
    told = tuple(problem for fault in faults[:MOST] for problem in _problems(fault, model, data))
    rest = len(faults) - MOST
    return (*told, Problem("error.and_more", count=rest)) if rest > 0 else told


def translated(error: ValidationError, model: type[BaseModel], data: Any) -> ValidationError:
    """The same faults, as pydantic holds them, under the library's codes and in both languages (``ctx``)."""
    lines = [
        InitErrorDetails(
            type=PydanticCustomError(
                problem.key,
                "{en}",
                {**{lang: say(problem.key, lang, **problem.params) for lang in LANGS}, "error": NtmError(problem)},
            ),
            loc=problem.place.keys,
            input=_at(data, problem.place.keys),
        )
        for problem in problems_of(error, model, data)
    ]
    return ValidationError.from_exception_data(model.__name__, lines)


def _at(data: Any, loc: Loc) -> Any:
    """What stands in the data at a place, or nearest above it."""
    for part in loc:
        try:
            data = data[part]
        except (LookupError, TypeError):
            break
    return data


def _first_causes(faults: Sequence[Any]) -> Iterator[Any]:
    """The faults without those that only follow from another."""
    strange: dict[Loc, list[str]] = {}
    for fault in faults:
        if fault["type"] == "extra_forbidden":
            strange.setdefault(fault["loc"][:-1], []).append(str(fault["loc"][-1]))
    told: set[tuple[Loc, int]] = set()
    for fault in faults:
        loc, kind = fault["loc"], fault["type"]
        # A list none of whose items could be read is not empty.
        if kind == "too_short" and any(other["loc"][: len(loc)] == loc and other is not fault for other in faults):
            continue
        # A misspelt key is not there under its right name.
        if kind == "missing" and any(loc[-1] in nearest(name, (loc[-1],)).close for name in strange.get(loc[:-1], ())):
            continue
        # The branches of a union each complain of the same value.
        same = (loc[:-1], id(fault["input"]))
        if kind in _EXPECTED and same in told:
            continue
        told.add(same)
        yield fault


def _problems(fault: Any, model: type[BaseModel] | None, data: Any) -> Iterable[Problem]:
    loc: Loc = fault["loc"]
    place = Place(path=".".join(map(str, _written(loc, data, fault["type"]))), keys=loc)
    inner = fault.get("ctx", {}).get("error")
    if isinstance(inner, NtmError):
        return tuple(_inside(problem, place) for problem in inner.problems)
    if isinstance(inner, ValidationError):
        return tuple(one.at(place) for one in problems_of(inner))
    return (_problem(fault, place, model),)


def _inside(problem: Problem, place: Place) -> Problem:
    """A problem that a validator raised, at its place; the keys it names itself are those below."""
    below = problem.place.keys
    if not below:
        return problem.at(place)
    if below[: len(place.keys)] == place.keys:
        return problem
    path = ".".join(filter(None, (place.path, problem.place.path)))
    return problem.at(Place(path=path, keys=(*place.keys, *below)))


def _problem(fault: Any, place: Place, model: type[BaseModel] | None) -> Problem:
    kind, given, context = fault["type"], fault["input"], fault.get("ctx", {})
    key = str(fault["loc"][-1]) if fault["loc"] else ""
    if kind == "extra_forbidden":
        return Problem(
            "error.unknown_key", place, key=key, near=nearest(key, _keys(model, fault["loc"]) if model else ())
        )
    if kind == "missing":
        return Problem("error.missing_key", place, key=key)
    if kind in ("enum", "literal_error"):
        return _one_of(place, given, _WORDS.findall(context["expected"]) or [context["expected"]])
    if kind == "union_tag_not_found" and (tag := _WORDS.findall(context["discriminator"])):
        return Problem("error.missing_key", place, key=tag[0])
    if kind == "union_tag_invalid" and _WORDS.findall(context["discriminator"]):
        return _one_of(place, context["tag"], _WORDS.findall(context["expected_tags"]))
    if kind in ("union_tag_not_found", "union_tag_invalid"):
        return Problem("error.threshold_kind", place)
    if kind == "json_invalid":
        return Problem("error.json", place, reason=_json_place(str(context["error"])))
    if kind == "string_pattern_mismatch":
        return _misspelt(place, given, context["pattern"])
    if kind.startswith(("date_", "datetime_")):
        return Problem("error.not_a_day", place, text=str(given)[:40])
    return Problem("error.invalid", place, given=_shown(given), reason=_reason(kind, given, context, fault["msg"]))


def _one_of(place: Place, given: object, names: Sequence[str]) -> Problem:
    near = nearest(str(given), names).close if isinstance(given, str) else ()
    return Problem("error.not_one_of", place, given=_shown(given), names=", ".join(names), near=_near(near))


def _near(names: tuple[str, ...]) -> Text:
    return Text(*(say("hint.nearest", lang, names=", ".join(names)) if names else "" for lang in ("vi", "en")))


def _misspelt(place: Place, given: object, pattern: str) -> Problem:
    # A pack's id has slashes, and a reference may have an edition behind it.
    if "/" in pattern:
        return Problem("error.reference" if "@" in pattern else "error.pack_id", place, reference=given)
    return Problem("error.spelt_name" if "_" in pattern else "error.edition", place, given=given)


def _reason(kind: str, given: object, context: Mapping[str, Any], message: str) -> Problem | Text:
    if kind in _LIMITS:
        return Problem(f"fault.{_LIMITS[kind]}", limit=context[_LIMITS[kind]])
    if kind == "string_type" and isinstance(given, (int, float, Decimal)) and not isinstance(given, bool):
        return Problem("fault.text_quoted", text=str(given))
    if kind in _EXPECTED:
        return Problem(_EXPECTED[kind])
    # A kind that nothing here can bring about today: Vietnamese at least says no English.
    return Text(say("fault.unreadable", "vi"), message)


def _shown(given: object) -> Text:
    """A value as it was written: no quotes and names of Python."""
    if given is None or given == "":
        return in_both("fault.nothing")
    if isinstance(given, bool):
        return Text(str(given).lower())
    if isinstance(given, Mapping):
        given = "{" + ", ".join(map(str, given)) + "}"
    elif isinstance(given, (list, tuple)):
        given = "[" + ", ".join(map(str, given)) + "]"
    text = str(given)
    return Text(text if len(text) <= 80 else f"{text[:79]}…")


def _json_place(said: str) -> Problem:
    where = re.search(r"line (\d+) column (\d+)", said)
    return Problem("syntax.wrong_at", line=where[1], column=where[2]) if where else Problem("syntax.wrong")


def _written(loc: Loc, data: Any, kind: str) -> Loc:
    """The path as the data has it: without the names pydantic gives to branches and to items of a single value."""
    if data is None:
        return loc
    found: list[str | int] = []
    for index, part in enumerate(loc):
        if isinstance(data, BaseModel):
            data = data.__dict__
        inside = part in data if isinstance(data, Mapping) else False
        inside = inside or (isinstance(data, (list, tuple)) and isinstance(part, int) and part < len(data))
        if inside:
            data = data[part]
            found.append(part)
        elif kind in ("missing", "error.missing_key") and index == len(loc) - 1:
            found.append(part)
    return tuple(found)


def _keys(model: type[BaseModel], loc: Loc) -> set[str]:
    """Names the mapping at a place may have, by every branch of a union that leads there."""
    here: Iterable[Any] = (model,)
    for part in loc[:-1]:
        # What is the name of no field is a branch, a place in a list or a key of the writer's own.
        here = [field.annotation for name, field in _fields(here) if part == name] or here
    return {name for name, _ in _fields(here)}


def _fields(annotations: Iterable[Any]) -> Iterator[tuple[str, FieldInfo]]:
    """The fields of the models that some annotations name, under the names they are written with."""
    for one in annotations:
        if isinstance(one, type) and issubclass(one, BaseModel):
            yield from ((field.alias or name, field) for name, field in one.model_fields.items())
        else:
            yield from _fields(getattr(one, "__args__", ()))
