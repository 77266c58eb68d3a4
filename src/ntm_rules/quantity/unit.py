"""The units figures come in, with the words people write for them; by their names, nothing is converted."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import msgspec

from ..errors import Problem, QuantityError, nearest
from ..messages import Lang
from ..normalization import fold


class _Unit(NamedTuple):
    definition: str
    vi: str
    en: str
    aliases: tuple[str, ...] = ()


# Smallest units are the base ones, so that every factor is an exact integer power or product.
UNITS: dict[str, _Unit] = {
    "percent": _Unit("[share]", "%", "%", ("phần trăm", "percent", "pct")),
    "percentage_point": _Unit("percent", "điểm phần trăm", "percentage points", ("điểm %", "percentage point", "pp")),
    "vnd": _Unit("[currency]", "đồng", "VND", ("vnđ", "đ", "dong")),
    "thousand_vnd": _Unit(
        "1e3 * vnd", "nghìn đồng", "thousand VND", ("ngàn đồng", "nghìn vnđ", "nghìn", "nghìn đ", "ngàn đ")
    ),
    "million_vnd": _Unit(
        "1e6 * vnd",
        "triệu đồng",
        "million VND",
        ("triệu", "triệu vnđ", "triệu đ", "tr.đ", "trđ", "tr.đồng", "tr đồng", "tr đ", "million"),
    ),
    "billion_vnd": _Unit("1e9 * vnd", "tỷ đồng", "billion VND", ("tỉ đồng", "tỷ đ", "tỉ đ", "tỷ", "tỉ", "billion")),
    "person": _Unit("[person]", "người", "person", ("ng", "khẩu", "nhân khẩu", "people", "persons")),
    "household": _Unit("[household]", "hộ", "household", ("hộ gia đình", "households")),
    "month": _Unit("[time]", "tháng", "month", ("months",)),
    "year": _Unit("12 * month", "năm", "year", ("years",)),
    # A day is no exact part of a month, so the two stay apart.
    "hour": _Unit("[daytime]", "giờ", "hour", ("hours",)),
    "day": _Unit("24 * hour", "ngày đêm", "day", ("ngày", "days")),
    "millimetre": _Unit("[length]", "mm", "mm", ("millimetre",)),
    "centimetre": _Unit("10 * millimetre", "cm", "cm", ("centimetre",)),
    "metre": _Unit("1000 * millimetre", "m", "m", ("mét", "metre", "meter")),
    "kilometre": _Unit("1000 * metre", "km", "km", ("ki-lô-mét", "kilometre")),
    "square_metre": _Unit("metre ** 2", "m²", "m²", ("m2", "mét vuông")),
    "hectare": _Unit("10000 * square_metre", "ha", "ha", ("héc-ta", "hecta", "hectare")),
    "square_kilometre": _Unit("1000000 * square_metre", "km²", "km²", ("km2",)),
    "millilitre": _Unit("1000 * millimetre ** 3", "ml", "ml", ("millilitre",)),
    "litre": _Unit("1000 * millilitre", "lít", "litre", ("l", "lit", "litres", "liter", "liters")),
    "cubic_metre": _Unit("1000 * litre", "m³", "m³", ("m3", "mét khối", "khối")),
    "gram": _Unit("[mass]", "g", "g", ("gam", "gram")),
    "kilogram": _Unit("1000 * gram", "kg", "kg", ("kilogram", "ki-lô-gam")),
    "tonne": _Unit("1000 * kilogram", "tấn", "tonne", ("tonnes",)),
    "point": _Unit("[score]", "điểm", "points", ("point",)),
    "level": _Unit("[level]", "mức độ", "level", ("mức", "cấp độ")),
    # How far two levels or classes are apart.
    "step": _Unit("[step]", "bậc", "steps", ("step",)),
    "item": _Unit("[item]", "cái", "items", ("item", "đơn vị", "units")),
    "house": _Unit("[house]", "nhà", "houses", ("house", "căn nhà")),
    "school": _Unit("[school]", "trường", "schools", ("school", "trường học")),
    "village": _Unit("[village]", "thôn", "villages", ("village", "thôn, bản, ấp")),
    "product": _Unit("[product]", "sản phẩm", "products", ("product",)),
    "model": _Unit("[model]", "mô hình", "models", ("model",)),
    "field": _Unit("[field]", "lĩnh vực", "fields", ("field",)),
    "place": _Unit("[place]", "địa điểm", "places", ("place",)),
    "team": _Unit("[team]", "tổ", "groups", ("team",)),
    "procedure": _Unit("[procedure]", "thủ tục", "procedures", ("procedure", "thủ tục hành chính")),
    "content": _Unit("[content]", "nội dung", "contents", ("content", "nội dung tiêu chí")),
    "case": _Unit("[case]", "vụ", "cases", ("case", "vụ việc")),
    "time": _Unit("[occurrence]", "lần", "times", ("times",)),
    "unit": _Unit("[administrative_unit]", "đơn vị hành chính", "administrative units", ("xã", "huyện")),
    "criterion": _Unit("[criterion]", "tiêu chí", "criteria", ("criterion",)),
    "cooperative": _Unit("[cooperative]", "hợp tác xã", "cooperatives", ("cooperative", "htx")),
    "works": _Unit("[works]", "công trình", "works", ("work",)),
    "grade": _Unit("[grade]", "loại", "class", ("hạng",)),
}


# Steps of a ladder, written before their number.
ORDINAL = ("level", "grade")


_NAMES: dict[str, str] = {
    fold(word): name for name, unit in UNITS.items() for word in (name, unit.vi, unit.en, *unit.aliases)
}


@lru_cache(maxsize=4096)
def unit_named(text: str) -> str:
    """The canonical unit of a written one: factors split by ``/``.

    >>> unit_named("lít/người/ngày đêm")
    'litre/person/day'

    Raises:
        QuantityError: an unknown unit word, or one written twice ("% %").
    """
    if (unit := find_unit(text)) is not None:
        return unit
    unknown = next(word.strip() for word in _unit_words(text) if word.strip() not in _NAMES)
    raise QuantityError(Problem("error.unknown_unit", unit=text, near=nearest(unknown, _NAMES)))


@lru_cache(maxsize=4096)
def find_unit(text: str) -> str | None:
    """The canonical unit of a written one, or None: for whoever only asks whether it is one, and wants no hint.

    >>> find_unit("hộ"), find_unit("nữ")
    ('household', None)
    """
    factors = [_NAMES.get(word.strip()) for word in _unit_words(text)]
    known = [name for name in factors if name is not None]
    return "/".join(known) if len(known) == len(factors) else None


def _unit_words(text: str) -> list[str]:
    folded = fold(text).replace("ngày/đêm", "ngày đêm")
    return [folded] if folded in _NAMES else folded.split("/")


def unit_of_gap(unit: str) -> str:
    """The unit of the distance between two amounts in a unit.

    >>> unit_of_gap("percent"), unit_of_gap("level"), unit_of_gap("hectare")
    ('percentage_point', 'step', 'hectare')
    """
    return "percentage_point" if unit == "percent" else "step" if unit in ORDINAL else unit


@lru_cache(maxsize=1024)
def unit_label(unit: str, lang: Lang) -> str:
    """A canonical unit in words."""
    return "/".join(getattr(UNITS[name], lang) for name in unit.split("/"))


class UnitName(msgspec.Struct, frozen=True, gc=False):
    """A unit that renders in the language of the message it stands in."""

    unit: str

    def text(self, lang: Lang) -> str:
        return unit_label(self.unit, lang)
