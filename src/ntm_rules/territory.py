"""Levels of administrative unit and the seven regions the national tables are keyed by."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Self

from .messages import Lang, Text


class _Named(StrEnum):
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


class Level(_Named):
    """Kind of unit.

    >>> Level("town").text("vi")
    'thị trấn'
    """

    VILLAGE = "village", "thôn", "village"
    COMMUNE = "commune", "xã", "commune"
    WARD = "ward", "phường", "ward"
    TOWN = "town", "thị trấn", "town"
    DISTRICT = "district", "huyện", "district"
    URBAN_DISTRICT = "urban_district", "quận", "urban district"
    DISTRICT_TOWN = "district_town", "thị xã", "district-level town"
    CITY = "city", "thành phố", "city"
    PROVINCE = "province", "tỉnh", "province"


class Region(_Named):
    """Region of the national tables.

    >>> Region("btb").text("en")
    'North Central Coast'
    """

    TDMNPB = "tdmnpb", "Trung du miền núi phía Bắc", "Northern Midlands and Mountains"
    DBSH = "dbsh", "Đồng bằng sông Hồng", "Red River Delta"
    BTB = "btb", "Bắc Trung Bộ", "North Central Coast"
    DHNTB = "dhntb", "Duyên hải Nam Trung Bộ", "South Central Coast"
    TN = "tn", "Tây Nguyên", "Central Highlands"
    DNB = "dnb", "Đông Nam Bộ", "Southeast"
    DBSCL = "dbscl", "Đồng bằng sông Cửu Long", "Mekong Delta"


def levels_text(levels: Iterable[Level]) -> Text:
    """Levels by name, for a message.

    >>> levels_text([Level.WARD, Level.TOWN]).text("vi")
    'phường, thị trấn'
    """
    listed = tuple(levels)
    return Text(*(", ".join(level.text(lang) for level in listed) for lang in ("vi", "en")))


PARENT_LEVELS: dict[Level, frozenset[Level]] = {
    Level.VILLAGE: frozenset({Level.COMMUNE, Level.WARD, Level.TOWN}),
    Level.COMMUNE: frozenset({Level.DISTRICT, Level.DISTRICT_TOWN, Level.CITY, Level.PROVINCE}),
    Level.WARD: frozenset({Level.DISTRICT, Level.URBAN_DISTRICT, Level.DISTRICT_TOWN, Level.CITY, Level.PROVINCE}),
    Level.TOWN: frozenset({Level.DISTRICT, Level.DISTRICT_TOWN, Level.CITY}),
    Level.DISTRICT: frozenset({Level.PROVINCE}),
    Level.URBAN_DISTRICT: frozenset({Level.PROVINCE}),
    Level.DISTRICT_TOWN: frozenset({Level.PROVINCE}),
    Level.CITY: frozenset({Level.PROVINCE}),
    Level.PROVINCE: frozenset(),
}
