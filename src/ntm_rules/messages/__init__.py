"""Every sentence the library says, in Vietnamese and English, a file for each room of the house.

The two languages of a sentence stand together, so that they are changed together.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from string import Formatter
from typing import Any, Literal

import msgspec

from . import (
    analysis,
    commands,
    documents,
    evaluation,
    explanations,
    forms,
    frames,
    layouts,
    live,
    packs,
    reports,
    screens,
    snapshots,
    values,
)

Lang = Literal["vi", "en"]
LANGS: tuple[Lang, ...] = ("vi", "en")


class Text(msgspec.Struct, frozen=True, gc=False):
    """A text in both languages; the missing one is filled by the other.

    >>> Text("Thu nhập", "Income").text("en")
    'Income'
    """

    vi: str
    en: str = ""

    def text(self, lang: Lang = "vi") -> str:
        return (self.vi or self.en) if lang == "vi" else (self.en or self.vi)


def say(message: str, lang: Lang = "vi", /, **params: Any) -> str:
    """The sentence for ``message``. Parameters that have a ``text(lang)`` are said in the same language."""
    template, names, agreeing = _sentence(message, "vi" if lang == "vi" else "en")
    if not names:
        return template
    shown: dict[str, str] = {}
    for name in names:
        value = params.get(name, "")
        if type(value) is not str:
            value = grouped(value, lang) if name in _COUNTS and isinstance(value, int) else _shown(value, lang)
        shown[name] = _Said(value) if name in agreeing else value
    return template.format_map(shown).strip()


def in_both(message: str, /, **params: Any) -> Text:
    """A message of the catalogue in both languages."""
    return Text(say(message, "vi", **params), say(message, "en", **params))


@cache
def _sentence(message: str, lang: Lang) -> tuple[str, tuple[str, ...], frozenset[str]]:
    """A sentence, the parameters in it, and those of them that a noun agrees with; read once for each language."""
    template = _MESSAGES[message][LANGS.index(lang)]
    fields = [(name, nouns) for _, name, nouns, _ in Formatter().parse(template) if name is not None]
    names = tuple(dict.fromkeys(name for name, _ in fields))
    return template if names else template.format().strip(), names, frozenset(name for name, nouns in fields if nouns)


# Years, lines and codes are numbers too, and are not grouped.
_COUNTS = frozenset(
    {"met", "total", "unmet", "not_met", "unknown", "exempt", "missing", "needed", "count", "low", "high"}
)


def told_under(prefix: str, lang: Lang) -> dict[str, str]:
    """Every sentence whose key begins so, by the rest of its key: for a page that says them itself."""
    said = _MESSAGES.items()
    return {key.removeprefix(prefix): vi if lang == "vi" else en for key, (vi, en) in said if key.startswith(prefix)}


def has(key: str) -> bool:
    """Whether the catalogue has a sentence under the key."""
    return key in _MESSAGES


def grouped(count: int, lang: Lang) -> str:
    """A count as the language groups it: 1.627 in Vietnamese, 1,627 in English."""
    return f"{count:,}" if lang == "en" else f"{count:,}".replace(",", ".")


class _Said(str):
    """A parameter as the language writes it; ``{count:unit|units}`` puts the noun behind it that agrees with it.

    Vietnamese has one form, and English takes its first for one alone (CLDR: ``i = 1 and v = 0``), so that no table of
    plural rules is needed.
    """

    def __format__(self, nouns: str) -> str:
        one, _, several = nouns.partition("|")
        noun = one if self == "1" else several
        return f"{self!s} {noun}" if noun else str(self)


def _shown(value: Any, lang: Lang) -> str:
    if hasattr(value, "text"):
        return str(value.text(lang))
    if isinstance(value, date):
        return f"{value.day:02d}/{value.month:02d}/{value.year}" if lang == "vi" else value.isoformat()
    return str(value)


_ROOMS = (
    analysis,
    commands,
    documents,
    evaluation,
    explanations,
    forms,
    frames,
    layouts,
    live,
    packs,
    reports,
    screens,
    snapshots,
    values,
)
_MESSAGES: dict[str, tuple[str, str]] = {key: said for room in _ROOMS for key, said in room.MESSAGES.items()}
if len(_MESSAGES) != sum(len(room.MESSAGES) for room in _ROOMS):
    raise RuntimeError("a message stands in two files")
