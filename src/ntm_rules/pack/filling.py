"""What a document says of a pack's figures, as the verification worksheet shows it and reads it back."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from datetime import date
from typing import NamedTuple

from ..messages import LANGS, Lang, Text, say
from ..normalization import fold, unaccented
from .address import Address

AGREES, NEW, DIFFERS = "agrees", "new", "differs"
STATES = (AGREES, NEW, DIFFERS, "not_understood", "not_in_document", "elsewhere", "not_in_pack")
# What a worksheet can confirm without a person looking at each row.
ACCEPTED = (AGREES, NEW)


class Filled(NamedTuple):
    """What a document says of one figure; ``value`` is empty where there is nothing to confirm."""

    state: str
    value: str
    words: str
    place: str
    score: int
    note: str

    def hidden(self) -> str:
        """The state and value as a hidden cell keeps them: what people see may be edited."""
        return json.dumps([self.state, self.value], ensure_ascii=False)


class Beyond(NamedTuple):
    """A content of the document that no indicator of the pack is."""

    code: str
    text: str
    words: str
    place: str


class Filling(NamedTuple):
    """A document's reading of a pack, for its worksheet.

    ``decision`` is its number, ``document`` the file with its digest; ``accept`` the states taken over without a look
    at each row, by ``by``. ``issuer``, ``issued`` and ``title`` are what the decision says of itself.
    """

    rows: Mapping[Address, Filled]
    beyond: tuple[Beyond, ...]
    summary: str
    doubts: tuple[str, ...]
    decision: str
    document: Text
    accept: Collection[str] = ()
    by: str = ""
    issuer: str = ""
    issued: date | None = None
    title: str = ""

    def decided(self) -> str:
        """The decision as a hidden cell keeps it."""
        issued = self.issued.isoformat() if self.issued else ""
        return json.dumps([self.decision, self.issuer, issued, self.title], ensure_ascii=False)


def read_hidden(text: str) -> tuple[str, str]:
    """State and value of a hidden cell; both empty where there is none."""
    try:
        state, value = json.loads(text)
    except (ValueError, TypeError):
        return "", ""
    return str(state), str(value)


def read_decided(text: str) -> tuple[str, str, date | None, str]:
    """A decision of a hidden cell: number, issuer, day, title; all empty where there is none."""
    try:
        number, issuer, issued, title = map(str, json.loads(text))
        return number, issuer, date.fromisoformat(issued) if issued else None, title
    except (ValueError, TypeError):
        return "", "", None, ""


def choices(lang: Lang) -> tuple[str, str]:
    """What may be chosen for all rows at once: those that agree, or those and the new ones."""
    return say("worksheet.all_agree", lang), say("worksheet.all_agree_and_new", lang)


def chosen(text: str) -> tuple[str, ...] | None:
    """The states a choice for all rows takes over; ``None`` where it is no such choice."""
    word = fold(text)
    for lang in LANGS:
        agree, both = (fold(choice) for choice in choices(lang))
        # Typed without accents they are the same words.
        if word in (agree, both, unaccented(agree), unaccented(both)):
            return (AGREES,) if word in (agree, unaccented(agree)) else (AGREES, NEW)
    return None if word else ()
