"""The quick way to read a snapshot that is exactly well formed; whatever is not is left to the careful reader.

Nothing is decided here: a value is taken only where the careful reader takes it as it stands, by the same functions.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, TypeVar

import msgspec

from ..errors import NtmError
from ..frozen import FrozenDict
from ..normalization import tidy
from ..pack.reference import REFERENCE_PATTERN
from ..quantity.amount import Amount
from .observation import Finding, Observation, read_finding

One = TypeVar("One", Observation, Finding)
# Longer texts are read anew each time, so that what is kept stays small.
SHORT = 48
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_REFERENCE = re.compile(REFERENCE_PATTERN[1:-1], re.ASCII)
_DECODER = msgspec.json.Decoder(float_hook=Decimal)
_TOLD = ("by", "evidence", "remark")


class NotPlainError(Exception):
    """Something is not exactly well formed: the careful reader is to say what it means."""


def decoded(text: str | bytes | bytearray) -> Any:
    """JSON with every digit of its numbers.

    Raises:
        NotPlainError: no JSON, or what only the careful reader accepts.
    """
    try:
        return _DECODER.decode(text)
    except (msgspec.DecodeError, UnicodeError, ArithmeticError):
        raise NotPlainError from None


def day(raw: object) -> date:
    """A day written as ISO has it.

    Raises:
        NotPlainError: it is written otherwise.
    """
    if type(raw) is str and _DAY.fullmatch(raw):
        try:
            return date.fromisoformat(raw)
        except ValueError:
            pass
    raise NotPlainError


def measures(raw: object) -> FrozenDict[str, tuple[Observation, ...]]:
    """Observations by measure.

    Raises:
        NotPlainError: a blank, a number of two readings, or anything that takes thought.
    """
    return _all(_mapping(raw), "value", _observed, _observation)


def findings(raw: object) -> FrozenDict[str, FrozenDict[str, tuple[Finding, ...]]]:
    """Findings by pack and code.

    Raises:
        NotPlainError: a blank, a word that is none of the known ones, or a pack that is not named as packs are.
    """
    found = {}
    for reference, by_code in _mapping(raw).items():
        if not _REFERENCE.fullmatch(_name(reference)):
            raise NotPlainError
        found[reference] = _all(_mapping(by_code), "finding", _concluded, _finding)
    return FrozenDict(found)


def _mapping(raw: object) -> dict[Any, Any]:
    if type(raw) is not dict:
        raise NotPlainError
    return raw


def _name(raw: object) -> str:
    if type(raw) is not str:
        raise NotPlainError
    return raw


def _all(
    raw: dict[Any, Any], main: str, once: Callable[[str], tuple[One]], read: Callable[[object], tuple[One]]
) -> FrozenDict[str, tuple[One, ...]]:
    found: dict[str, tuple[One, ...]] = {}
    for name, given in raw.items():
        # Most facts are one short text, alone or under its name.
        text = given[0] if type(given) is list and len(given) == 1 else given
        if type(text) is dict and len(text) == 1:
            text = text.get(main)
        short = type(text) is str and len(text) <= SHORT
        found[_name(name)] = once(text) if short else _several(given, read)
    return FrozenDict(found)


def _several(raw: object, read: Callable[[object], tuple[One]]) -> tuple[One, ...]:
    if type(raw) is list:
        return tuple([one for given in raw for one in read(given)]) if len(raw) != 1 else read(raw[0])
    return read(raw)


def _observation(raw: object) -> tuple[Observation]:
    if type(raw) is str:
        return _observed(raw) if len(raw) <= SHORT else _observed.__wrapped__(raw)
    if type(raw) is dict and len(raw) == 1 and "value" in raw:
        return _observation(raw["value"])
    if type(raw) is dict and raw.keys() <= _OBSERVATION:
        (observed,) = _observation(raw.get("value"))
        return (Observation(observed.value, **_told(raw)),)
    if type(raw) is Decimal or type(raw) is int:
        return (Observation(_read(Amount.of, raw)),)
    raise NotPlainError


def _finding(raw: object) -> tuple[Finding]:
    if type(raw) is str:
        return _concluded(raw) if len(raw) <= SHORT else _concluded.__wrapped__(raw)
    if type(raw) is dict and len(raw) == 1 and "finding" in raw:
        return _finding(raw["finding"])
    if type(raw) is dict and raw.keys() <= _FINDING:
        (concluded,) = _finding(raw.get("finding"))
        return (Finding(finding=concluded.finding, **_told(raw)),)
    raise NotPlainError


_OBSERVATION, _FINDING = ({main, "on", *_TOLD} for main in ("value", "finding"))


@lru_cache(maxsize=4096)
def _observed(text: str) -> tuple[Observation]:
    return (Observation(_read(Amount.of, text)),)


@lru_cache(maxsize=256)
def _concluded(word: str) -> tuple[Finding]:
    return (Finding(finding=_read(read_finding, word)),)


Read = TypeVar("Read")


def _read(reader: Callable[[object], Read], raw: object) -> Read:
    if raw == "":
        raise NotPlainError
    try:
        return reader(raw)
    except NtmError:
        raise NotPlainError from None


def _told(raw: dict[str, Any]) -> dict[str, Any]:
    """Who reported it, when, and on what evidence."""
    told: dict[str, Any] = {name: tidy(_name(raw[name])) for name in _TOLD if name in raw}
    if "on" in raw:
        told["on"] = day(raw["on"])
    return told
