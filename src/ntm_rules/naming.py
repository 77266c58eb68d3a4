"""Names of administrative units as people write them: kinds, accents, short forms."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from .normalization import fold, unaccented
from .territory import Level

# What a name begins with says what kind of unit it is.
_KINDS: dict[str, tuple[str, ...]] = {
    "tỉnh": (Level.PROVINCE,),
    "thành phố": (Level.CITY, Level.PROVINCE),
    "thị xã": (Level.DISTRICT_TOWN,),
    "quận": (Level.URBAN_DISTRICT,),
    "huyện": (Level.DISTRICT,),
    "phường": (Level.WARD,),
    "thị trấn": (Level.TOWN,),
    "xã": (Level.COMMUNE,),
    "đặc khu": ("special_zone",),
    "thôn": (Level.VILLAGE,),
}
_SHORT = {
    "tp": "thành phố",
    "tx": "thị xã",
    "q": "quận",
    "h": "huyện",
    "p": "phường",
    "tt": "thị trấn",
    "t.x": "thị xã",
    "t.t": "thị trấn",
    "t.p": "thành phố",
    "x": "xã",
    "đk": "đặc khu",
}
# A short word is one only before a full stop or a space: "Phú" is no "P. hú".
# The patterns are texts here: ``re`` compiles each when first asked, and importing the library asks for none.
_KIND = rf"({'|'.join(map(re.escape, (*_KINDS, *_SHORT)))})(?:\s*\.\s*|\s+)(\S.*)"
_TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
# A y that may as well be an i: "mỹ", "quý". Behind another vowel the two make two words: "tay" and "tai".
_FREE_Y = "(?<![au\u0302])y|(?<=qu)y"


class Name(NamedTuple):
    """A unit's name taken apart: the levels its first word allows (empty: it says nothing), the name itself, and the
    unit it is said to lie in."""

    levels: tuple[str, ...]
    own: str
    within: str = ""


def read_name(text: str) -> Name:
    """The parts of a name.

    >>> read_name("X. Kỳ Phú, huyện Kỳ Anh")
    Name(levels=('commune',), own='kỳ phú', within='huyện kỳ anh')
    """
    head, comma, within = fold(text).partition(",")
    bracketed = re.fullmatch(r"(.+?)\s*\(([^()]+)\)", head)
    if bracketed and not comma:
        head, within = bracketed[1], bracketed[2]
    levels, own = _kind(head.strip())
    return Name(levels, own, within.strip())


def _kind(text: str) -> tuple[tuple[str, ...], str]:
    found = re.fullmatch(_KIND, text)
    if found is None:
        return (), text
    return tuple(map(str, _KINDS[_SHORT.get(found[1], found[1])])), found[2].strip()


@lru_cache(maxsize=65536)
def spelling(name: str) -> str:
    """A key that is the same for the spellings of one name: tone marks wherever they are set, i or y, 1 or 01.

    >>> spelling("Hòa Mỹ") == spelling("hoà mĩ"), spelling("Hòa") == spelling("Hóa"), spelling("Tay") == spelling("Tai")
    (True, False, False)
    """
    return " ".join(_syllable(word) for word in re.split(r"[\s\-–'’]+", fold(name)) if word)


def _syllable(word: str) -> str:
    if word.isdigit():
        return word.lstrip("0") or "0"
    apart = unicodedata.normalize("NFD", word)
    tones = "".join(mark for mark in apart if mark in _TONES)
    return re.sub(_FREE_Y, "i", "".join(mark for mark in apart if mark not in _TONES)) + tones


@lru_cache(maxsize=65536)
def bare(name: str) -> str:
    """A key without any marks.

    >>> bare("Đắk Mỹ")
    'dak mi'
    """
    return unaccented(spelling(name))
