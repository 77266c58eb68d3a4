"""Signs that are no plain letters: those of the font Symbol are read; what is unreadable or struck out is marked."""

from __future__ import annotations

import re

# In the place of a picture, an equation or a symbol nobody can read.
UNREAD = "\ufffc"
# In the place of a formula nobody has computed.
UNCOMPUTED = "\u2370"
_STRUCK = "~~"
_HIDDEN = "\u2298"
_SYMBOL_BASE = 0xF000
# As Word keeps the characters of the font Symbol, and as they come out of a PDF.
_SYMBOLS = {
    0xF0A3: "≤", 0xF0B3: "≥", 0xF0B1: "±", 0xF0B7: "•", 0xF0D7: "·", 0xF0B0: "°",
    **{_SYMBOL_BASE + ord(c): c for c in " !%()+,./0123456789:;<=>[]"}, 0xF02D: "-",
    ord("⩾"): "≥", ord("≧"): "≥", ord("⩽"): "≤", ord("≦"): "≤",
}  # fmt: skip
_UNKNOWN = re.compile("[\ufffc\ue000-\uf8ff]")


def known(text: str) -> str:
    """The text with the signs of the Symbol font as everybody writes them.

    >>> known("\\uf0b3 70%")
    '≥ 70%'
    """
    return text.translate(_SYMBOLS)


def symbols(text: str) -> str:
    """The text of a run that is set in the font Symbol, whatever letters stand for its signs.

    >>> symbols("³ 70%"), symbols("a")
    ('≥ 70%', '\\uf061')
    """
    return known("".join(chr(_SYMBOL_BASE + ord(c)) if ord(c) < 0x100 else c for c in text))


def symbol(font: str, code: str) -> str:
    """A single sign by its font and its number."""
    try:
        number = int(code, 16)
    except ValueError:
        return UNREAD
    if font.casefold() == "symbol":
        number |= _SYMBOL_BASE
    elif _SYMBOL_BASE <= number < _SYMBOL_BASE + 0x100:
        return UNREAD
    return known(chr(number)) if 0x20 <= number < 0x110000 else UNREAD


def struck(text: str) -> str:
    """A text that is struck out, marked so."""
    return f"{_STRUCK}{text}{_STRUCK}" if text.strip() else text


def hidden(text: str) -> str:
    """A text that stands in the file and that nobody sees, marked so."""
    return f"{_HIDDEN}{text}" if text.strip() else text


def uncovered(text: str) -> str:
    """The text without the mark that nobody sees it.

    >>> uncovered(hidden("92%"))
    '92%'
    """
    return text.replace(_HIDDEN, "")


def fault(words: str) -> str:
    """What keeps a cell's words from being read: ``"struck"``, ``"hidden"``, ``"uncomputed"``, ``"symbol"``,
    or nothing.

    >>> fault("≥ 70%"), fault("~~≥ 60%~~ ≥ 70%"), fault("\\ufffc 70%")
    ('', 'struck', 'symbol')
    """
    if _STRUCK in words:
        return "struck"
    if _HIDDEN in words:
        return "hidden"
    if UNCOMPUTED in words:
        return "uncomputed"
    return "symbol" if _UNKNOWN.search(words) else ""
