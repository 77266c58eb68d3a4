"""Levels of administrative unit, and what the national tables are keyed by: seven regions, three groups of communes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any, Self, TypeVar

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from .errors import Problem, QuantityError, nearest
from .messages import Lang, Text
from .normalization import fold


def _named(*words: str) -> str:
    """A code with its names; to type checkers the code alone, which is what the member is."""
    return words  # type: ignore[return-value]


class Named(StrEnum):
    """Words with a code and a name in both languages."""

    vi: str
    en: str

    # Enum's own hash runs in Python; levels and regions are part of every cache key.
    __hash__ = str.__hash__

    def __new__(cls, value: str, vi: str = "", en: str = "") -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.vi, member.en = vi, en
        return member

    def text(self, lang: Lang = "vi") -> str:
        return self.vi if lang == "vi" else self.en

    @property
    def names(self) -> tuple[str, ...]:
        """What it may be called where people write it: its code, its name in either language."""
        return self.value, self.vi, self.en

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """A field of a model takes the word as people write it, as every table does."""
        return core_schema.no_info_before_validator_function(lambda raw: read_member(cls, raw), handler(source))


N = TypeVar("N", bound=Named)


def read_member(kind: type[N], raw: object) -> N:
    """A level, region or group by its code or its name in either language.

    >>> read_member(Level, "Xã"), read_member(Region, "vùng Bắc Trung Bộ").value
    (<Level.COMMUNE: 'commune'>, 'btb')

    Raises:
        QuantityError: none of them, with the nearest.
    """
    if isinstance(raw, kind):
        return raw
    names = _names(kind)
    # Since groups are numbered, 3 may come without quotes.
    word = fold(str(raw)) if isinstance(raw, (str, int)) and not isinstance(raw, bool) else ""
    found: N | None = names.get(word) or names.get(word.removeprefix("vùng "))
    if found is None:
        known = ", ".join(f"{member.value} ({member.vi})" for member in kind)
        given = raw if isinstance(raw, str) else repr(raw)
        raise QuantityError(Problem("error.word_of", given=given[:40], names=known, near=nearest(word, names)))
    return found


@cache
def _names(kind: Any) -> dict[str, Any]:
    return {fold(name): member for member in kind for name in member.names}


class Level(Named):
    """Kind of unit.

    >>> Level("town").text("vi")
    'thị trấn'
    """

    VILLAGE = _named("village", "thôn", "village")
    COMMUNE = _named("commune", "xã", "commune")
    WARD = _named("ward", "phường", "ward")
    SPECIAL_ZONE = _named("special_zone", "đặc khu", "special zone")
    TOWN = _named("town", "thị trấn", "town")
    DISTRICT = _named("district", "huyện", "district")
    URBAN_DISTRICT = _named("urban_district", "quận", "urban district")
    DISTRICT_TOWN = _named("district_town", "thị xã", "district-level town")
    CITY = _named("city", "thành phố", "city")
    PROVINCE = _named("province", "tỉnh", "province")
    PRODUCT = _named("product", "sản phẩm", "product")


class Region(Named):
    """Region of the national tables.

    >>> Region("btb").text("en")
    'North Central Coast'
    """

    TDMNPB = _named("tdmnpb", "Trung du miền núi phía Bắc", "Northern Midlands and Mountains")
    DBSH = _named("dbsh", "Đồng bằng sông Hồng", "Red River Delta")
    BTB = _named("btb", "Bắc Trung Bộ", "North Central Coast")
    DHNTB = _named("dhntb", "Duyên hải Nam Trung Bộ", "South Central Coast")
    TN = _named("tn", "Tây Nguyên", "Central Highlands")
    DNB = _named("dnb", "Đông Nam Bộ", "Southeast")
    DBSCL = _named("dbscl", "Đồng bằng sông Cửu Long", "Mekong Delta")


class Group(Named):
    """Group of communes that the tables since 2026 are keyed by (Quyết định 51/2025/QĐ-TTg, Điều 2).

    >>> Group("nhom1").text("vi"), Group.NHOM3.names
    ('xã nhóm 1', ('nhom3', 'xã nhóm 3', 'group 3', 'nhóm 3', '3'))
    """

    NHOM1 = _named("nhom1", "xã nhóm 1", "group 1")
    NHOM2 = _named("nhom2", "xã nhóm 2", "group 2")
    NHOM3 = _named("nhom3", "xã nhóm 3", "group 3")

    @property
    def names(self) -> tuple[str, ...]:
        """A group is also written as its number alone, in Arabic figures; Roman ones are the areas I, II, III."""
        number = self.value.removeprefix("nhom")
        return *super().names, f"nhóm {number}", number


# How many digits the official codes have; villages and products have none.
CODE_DIGITS: dict[Level, int] = {
    **dict.fromkeys(Level, 5),
    **dict.fromkeys((Level.DISTRICT, Level.URBAN_DISTRICT, Level.DISTRICT_TOWN, Level.CITY), 3),
    Level.PROVINCE: 2,
    Level.VILLAGE: 0,
    Level.PRODUCT: 0,
}

KINDS: dict[str, type[Named]] = {"level": Level, "region": Region, "group": Group}
"""What a field of a unit is one of."""

# Nghị quyết 203/2025/QH15 ended the district level; Nghị định 131/2025/NĐ-CP sets out the two that are left. Below the
# province there are since then communes, wards and special zones only.
LAST_DAYS: dict[Level, date] = dict.fromkeys(
    (Level.TOWN, Level.DISTRICT, Level.URBAN_DISTRICT, Level.DISTRICT_TOWN, Level.CITY), date(2025, 6, 30)
)
"""The last day of each level that is no more."""


def ended(level: Level, day: date) -> bool:
    """Whether there are no units of this level any more.

    >>> ended(Level.DISTRICT, date(2025, 6, 30)), ended(Level.DISTRICT, date(2025, 7, 1)), ended(Level.WARD, date.max)
    (False, True, False)
    """
    return level in LAST_DAYS and day > LAST_DAYS[level]


def levels_text(levels: Iterable[Level]) -> Text:
    """Levels by name, for a message.

    >>> levels_text([Level.WARD, Level.TOWN]).text("vi")
    'phường, thị trấn'
    """
    listed = tuple(levels)
    return Text(*(", ".join(level.text(lang) for level in listed) for lang in ("vi", "en")))


PARENT_LEVELS: dict[Level, frozenset[Level]] = {
    Level.VILLAGE: frozenset({Level.COMMUNE, Level.WARD, Level.SPECIAL_ZONE, Level.TOWN}),
    Level.COMMUNE: frozenset({Level.DISTRICT, Level.DISTRICT_TOWN, Level.CITY, Level.PROVINCE}),
    Level.WARD: frozenset({Level.DISTRICT, Level.URBAN_DISTRICT, Level.DISTRICT_TOWN, Level.CITY, Level.PROVINCE}),
    Level.SPECIAL_ZONE: frozenset({Level.PROVINCE}),
    Level.TOWN: frozenset({Level.DISTRICT, Level.DISTRICT_TOWN, Level.CITY}),
    Level.DISTRICT: frozenset({Level.PROVINCE}),
    Level.URBAN_DISTRICT: frozenset({Level.PROVINCE}),
    Level.DISTRICT_TOWN: frozenset({Level.PROVINCE}),
    Level.CITY: frozenset({Level.PROVINCE}),
    Level.PROVINCE: frozenset(),
    Level.PRODUCT: frozenset(set(Level) - {Level.VILLAGE, Level.PRODUCT}),
}
