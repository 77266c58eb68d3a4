"""Answers that were kept as JSON."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

import msgspec

from ..errors import AssessmentError, Place, Problem

T = TypeVar("T")

_WANTED = {
    "array": "fault.list",
    "bool": "fault.bool",
    "float": "fault.number",
    "int": "fault.whole",
    "object": "fault.mapping",
    "str": "fault.text",
}
_MISSING = re.compile(r"Object missing required field `(.+?)`")
_EXPECTED = re.compile(r"Expected `(\w+)")
_AT = re.compile(r" - at `\$\.?(.*?)`$")


def read_back(text: str | bytes, answer: type[T]) -> T:
    """The answer that its ``to_json`` wrote.

    Raises:
        AssessmentError: the text is something else; says what and where.
    """
    with told():
        return msgspec.json.decode(text, type=answer)


@contextmanager
def told() -> Iterator[None]:
    """What msgspec refuses, as an ``AssessmentError``."""
    try:
        yield
    except msgspec.ValidationError as error:
        said = str(error)
        where = _AT.search(said)
        place = Place(path=where[1] if where else "")
        if missing := _MISSING.match(said):
            reason = Problem("error.missing_key", key=missing[1])
        else:
            wanted = _EXPECTED.match(said)
            reason = Problem(_WANTED.get(wanted[1] if wanted else "", "fault.unreadable"))
        raise AssessmentError(Problem("error.not_an_answer", place, reason=reason)) from None
    except msgspec.DecodeError:
        raise AssessmentError(Problem("error.json", reason=Problem("syntax.wrong"))) from None
