"""Answers as parts of pydantic's models: a field, a request's body, a response of a web framework."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import msgspec
from pydantic_core import CoreSchema, core_schema

from .kept import told

T = TypeVar("T")


def answer_schema(answer: type[T]) -> CoreSchema:
    """How pydantic reads an answer from what its ``to_dict`` gives, and writes it as that."""

    def read(raw: object) -> T:
        if isinstance(raw, answer):
            return raw
        with told():
            return msgspec.convert(raw, answer)

    def described(schema: CoreSchema, handler: Callable[[CoreSchema], dict[str, Any]]) -> dict[str, Any]:
        whole = msgspec.json.schema(answer)
        named: dict[str, dict[str, Any]] = whole["$defs"]
        top = named[answer.__name__]
        about = str(top.get("description", "")).partition(">>>")[0].strip()
        parts = {name: _short(part, named) for name, part in top["properties"].items()}
        return {**top, "description": about, "properties": parts}

    return core_schema.no_info_plain_validator_function(
        read,
        serialization=core_schema.plain_serializer_function_ser_schema(msgspec.to_builtins),
        metadata={"pydantic_js_functions": [described]},
    )


def _short(part: Any, named: dict[str, dict[str, Any]]) -> Any:
    """A part with the names in it replaced by what they stand for: words and texts whole, the rest by their kind.

    The parts of an answer hold each other, and are written out in the published schema.
    """
    if isinstance(part, dict):
        if "$ref" in part:
            name = part["$ref"].rpartition("/")[2]
            found = named[name]
            held = {"type": "object", "title": name, "description": f"{name}: see the published schema"}
            return {"title": name, "enum": found["enum"]} if "enum" in found else held
        return {key: _short(inner, named) for key, inner in part.items()}
    return [_short(inner, named) for inner in part] if isinstance(part, list) else part
