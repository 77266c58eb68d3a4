"""What the shipped packs say to people stands in Vietnamese and in English, and stays so."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from pydantic import BaseModel

from ntm_rules import load_pack, packs
from ntm_rules.messages import Text
from ntm_rules.pack.catalogue import installed

SHIPPED = [one.reference for one in packs()]
# Words no Vietnamese sentence has; an address or what stands in quotes may have them.
ENGLISH = re.compile(r"\b(the|of|is|are|was|and|not|for|from|with|by|left|read|stated)\b", re.IGNORECASE)
AS_IT_STANDS = re.compile(r"https?://\S+|\"[^\"]*\"|'[^']*'")
# Letters of Vietnamese alone: a text without one, longer than a name, was not translated.
VIETNAMESE = re.compile(r"[ăâđêôơưà-ỹ]", re.IGNORECASE)


def texts(part: object, path: str = "") -> Iterator[tuple[str, Text]]:
    """Every text in a part of a pack, with where it stands."""
    if isinstance(part, Text):
        yield path, part
    elif isinstance(part, BaseModel):
        for name in type(part).model_fields:
            yield from texts(getattr(part, name), f"{path}.{name}" if path else name)
    elif isinstance(part, dict):
        for key, inner in part.items():
            yield from texts(inner, f"{path}[{key}]")
    elif isinstance(part, list | tuple):
        for number, inner in enumerate(part):
            yield from texts(inner, f"{path}[{number}]")


def one_language(found: Iterator[tuple[str, Text]]) -> list[str]:
    """Where a language is missing, or English stands for Vietnamese."""
    return [
        f"{path}: {text.vi or text.en}"
        for path, text in found
        if not (text.vi and text.en)
        or ENGLISH.search(AS_IT_STANDS.sub("", text.vi))
        or (len(text.vi.split()) > 3 and not VIETNAMESE.search(text.vi))
    ]


@pytest.mark.parametrize("reference", SHIPPED)
def test_every_text_of_a_pack_has_both_languages(reference: str) -> None:
    """Titles, texts, names, notes, also those of sources and of single figures: whatever a page or an answer shows."""
    assert one_language(texts(load_pack(reference))) == []


def test_every_text_of_a_measure_has_both_languages() -> None:
    assert one_language(texts(dict(installed().measures))) == []


@pytest.mark.parametrize("reference", SHIPPED)
def test_what_an_english_reader_is_given_is_english(reference: str) -> None:
    """A sentence left in Vietnamese on both sides is none: a place in a decision is the same in both."""
    same = {text.vi for _, text in texts(load_pack(reference)) if text.vi == text.en}
    assert same == set()


def test_a_text_in_one_language_is_found() -> None:
    """The test above would see it: a note in English alone, in Vietnamese alone, or in English twice."""
    for text in (Text("", "A note."), Text("Ghi chú."), Text("The page says so.", "The page says so.")):
        assert one_language(texts({"note": text})) == [f"[note]: {text.vi or text.en}"]
