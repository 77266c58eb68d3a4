"""Numbers and units as people write them: exact decimals, Vietnamese and English, dimension-checked.

pint holds the dimensions and is loaded only when two different units meet. Nothing else in the
library touches its registry.
"""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress
from decimal import Context, Decimal, localcontext
from fractions import Fraction
from functools import lru_cache
from itertools import product as product_of
from numbers import Integral, Real
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from .errors import Problem, QuantityError, nearest
from .messages import LANGS, Lang, say
from .normalization import INVISIBLE, fold

if TYPE_CHECKING:
    from pint import UnitRegistry
    from pint.facets.plain import PlainQuantity


class _Unit(NamedTuple):
    definition: str
    vi: str
    en: str
    aliases: tuple[str, ...] = ()


# Smallest units are the base ones, so that every factor is an exact integer power or product.
_UNITS: dict[str, _Unit] = {
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

_LONGEST_NUMBER = 40
_NUMBER = re.compile(r"[+\-−]?\s*\d[\d.,\s']*")
# Nothing in the number itself says whether this separator groups thousands.
_THREE_DIGITS = re.compile(r"[.,]\d{3}(?!\d)")
# Two counts, and a raised digit right behind a number: neither is part of a unit such as m².
_COUNTS = re.compile(r"/\s*\d")
_RAISED = re.compile(r"\d[⁰¹²³⁴-⁹]")
_DOUBTFUL = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}")


# English digits to Vietnamese ones.
_SWAPPED = str.maketrans(",.", ".,")

_NAMES: dict[str, str] = {
    fold(word): name for name, unit in _UNITS.items() for word in (name, unit.vi, unit.en, *unit.aliases)
}


class Amount(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """An exact number with its canonical unit (``""`` where a bare number was given).

    A share that was given as two ``counts`` keeps them; its value is theirs to forty digits.

    Raises:
        QuantityError: the number is none, or the unit is not known (with the nearest one).

    >>> Amount.of("52,3 triệu đồng/người/năm").text("en")
    '52.3 million VND/person/year'
    >>> Amount.of("12,8 %") == Amount.of("12.8%") == Amount(Decimal("12.8"), "percent")
    True
    """

    value: Decimal
    unit: str = ""
    counts: tuple[Decimal, Decimal] | None = None

    def __post_init__(self) -> None:
        # What was built by hand is made exact and canonical, or refused, before anything is compared with it.
        if type(self.value) is not Decimal:
            msgspec.structs.force_setattr(self, "value", exact(self.value))
        if self.unit and self.unit not in _UNITS and (unit := unit_named(self.unit)) != self.unit:
            msgspec.structs.force_setattr(self, "unit", unit)

    @classmethod
    def of(cls, raw: object, numbers: Lang | None = None) -> Amount:
        """Read a number, a text such as ``"52,3 ha"``, or an ``Amount``.

        ``numbers`` is a declared convention: ``"1.897"`` is 1897 in Vietnamese and 1.897 in English.

        Raises:
            TwoReadingsError: one separator before three digits, and no convention declared.
            QuantityError: no finite number, or an unknown unit (with the nearest known one).
        """
        if isinstance(raw, Amount):
            return raw
        if isinstance(raw, str):
            return _parse(raw, numbers)
        return cls(exact(raw), "")

    def to(self, unit: str) -> Amount:
        """The same amount in another unit, exactly; a bare number takes the unit.

        Raises:
            QuantityError: the dimensions differ (both are named), or the result has no finite decimal.
        """
        if self.unit == unit:
            return self
        if not self.unit:
            return Amount(self.value, unit)
        ratio = factor(self.unit, unit)
        return Amount(_decimal(Fraction(self.value) * ratio, self, unit), unit)

    def text(self, lang: Lang = "vi") -> str:
        if self.counts is not None:
            short = round(self.value, 4)
            counts = "/".join(format_number(count, lang) for count in self.counts)
            return f"{'' if short == self.value else '≈ '}{Amount(short, self.unit).text(lang)} ({counts})"
        number = format_number(self.value, lang)
        if not self.unit or self.unit in ORDINAL:
            return _ordinal(number, self.unit, lang)
        label = unit_label(self.unit, lang)
        if lang == "en" and self.value == 1 and label == f"{self.unit}s":
            label = self.unit
        return f"{number}{'' if label == '%' and lang == 'en' else ' '}{label}"

    def plain(self) -> str:
        """The amount in Vietnamese, so that it is read back as the same number whatever is declared about numbers.

        >>> Amount(Decimal("59.875"), "hectare").plain(), Amount(Decimal(59875), "hectare").plain()
        ('59,8750 ha', '59875 ha')
        """
        if self.counts is not None:
            return "/".join(Amount(count).plain() for count in self.counts)
        return _unmistakable(self).text("vi")

    @property
    def quantity(self) -> PlainQuantity[Decimal]:
        """The amount as a pint quantity with a ``Decimal`` magnitude, in this library's registry."""
        made: PlainQuantity[Decimal] = registry().Quantity(self.value, pint_unit(self.unit))
        return made


class TwoReadingsError(QuantityError):
    """A number with one separator before three digits, which groups thousands or is the decimal mark.

    ``problems[0].params`` hold both: ``vi`` and ``en`` are how to write each so that it has one reading.
    """

    @property
    def readings(self) -> tuple[Amount, Amount]:
        """What it is in Vietnamese and in English."""
        return self.problems[0].params["vi"].amount, self.problems[0].params["en"].amount

    def within(self, unit: str) -> TwoReadingsError:
        """The same doubt, with both readings in the unit that serves a bare number."""
        (vi, en), text = self.readings, self.problems[0].params["text"]
        return two_readings(text, Amount(vi.value, vi.unit or unit), Amount(en.value, en.unit or unit))


def two_readings(text: str, vi: Amount, en: Amount) -> TwoReadingsError:
    """The refusal of a text that may be either amount."""
    return TwoReadingsError(Problem("error.two_readings", text=text, vi=Unmistakable(vi), en=Unmistakable(en)))


class Unmistakable(msgspec.Struct, frozen=True, gc=False):
    """An amount as it is to be written, so that there is one way to read it."""

    amount: Amount

    def text(self, lang: Lang) -> str:
        return _unmistakable(self.amount).text(lang)


class _Spelled(msgspec.Struct, frozen=True, gc=False):
    digits: str
    unit: str

    def text(self, lang: Lang) -> str:
        digits = self.digits if lang == "en" else self.digits.translate(_SWAPPED)
        if not self.unit or self.unit in ORDINAL:
            return _ordinal(digits, self.unit, lang)
        return f"{digits} {unit_label(self.unit, lang)}"


def _ordinal(number: str, unit: str, lang: Lang) -> str:
    """A step of a ladder as people say it, ``mức độ 3``: it is no number of things."""
    return f"{unit_label(unit, lang)} {number}" if unit else number


def _unmistakable(amount: Amount) -> _Spelled | Amount:
    """Without the one separator that would stand before three digits: 59875, and 59.8750."""
    digits = format_number(amount.value, "en")
    if not _DOUBTFUL.fullmatch(digits):
        return amount
    return _Spelled(digits.replace(",", "") if "," in digits else f"{digits}0", amount.unit)


@lru_cache(maxsize=1024)
def in_words(text: str, lang: Lang) -> str:
    """An amount written in one language as the other writes it; any other text as it is.

    >>> in_words("6.5 %", "vi"), in_words("42 triệu đồng/người/năm", "en"), in_words("70-76 %", "en")
    ('6,5 %', '42 million VND/person/year', '70-76 %')
    """
    try:
        return Amount.of(text).text(lang)
    except QuantityError:
        return text


def exact(raw: object) -> Decimal:
    """A finite ``Decimal`` from an int, float or Decimal; floats by the digits they print.

    >>> exact(0.1)
    Decimal('0.1')
    """
    if isinstance(raw, Fraction):
        decimal = shown(raw)
        if Fraction(decimal) != raw:
            raise QuantityError(Problem("error.endless", text=str(raw)[:80]))
        raw = decimal
    if not isinstance(raw, (int, float, Decimal)) and isinstance(raw, (Integral, Real)):
        # A scalar of numpy or pandas, by the digits it prints: a single 0.1 is 0.1, not 0.10000000149011612.
        with suppress(ValueError):
            raw = int(raw) if isinstance(raw, Integral) else float(str(raw))
    if isinstance(raw, bool) or not isinstance(raw, (int, float, Decimal)):
        raise QuantityError(Problem("error.not_a_number", text=repr(raw)[:80]))
    if isinstance(raw, int) and raw.bit_length() > 4 * _LONGEST_NUMBER:
        raise QuantityError(Problem("error.number_too_long", limit=_LONGEST_NUMBER))
    # A double of numpy is a float, but prints its type.
    value = raw if isinstance(raw, Decimal) else Decimal(repr(float(raw) if isinstance(raw, float) else raw))
    if not value.is_finite():
        raise QuantityError(Problem("error.not_finite", text=str(raw)))
    if len(value.as_tuple().digits) > _LONGEST_NUMBER or abs(value.adjusted()) > _LONGEST_NUMBER:
        raise QuantityError(Problem("error.number_too_long", limit=_LONGEST_NUMBER))
    return value


# What people write where they have no number: it may stand for zero, for "not known" or for "not applicable".
_NO_VALUE = {"-", "–", "—", "x", "/", "?", ".", "..", "...", "…", "n/a", "na", "null", "none"} | {
    f"{word}{rest}" for word in ("không có", "chưa có") for rest in ("", " số liệu")
}


_WRITTEN_DAY = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{4}-\d{1,2}-\d{1,2}")


def _parse(text: str, numbers: Lang | None) -> Amount:
    plain = text.translate(INVISIBLE).strip()
    if len(plain) > 200:
        raise QuantityError(Problem("error.not_a_number", text=plain[:80] + "…"))
    if fold(plain) in _NO_VALUE:
        raise QuantityError(Problem("error.no_value", text=plain))
    clean = unicodedata.normalize("NFKC", plain).replace("−", "-").strip()
    if _WRITTEN_DAY.fullmatch(clean):
        raise QuantityError(Problem("error.day_for_number", text=plain))
    found = _NUMBER.match(clean)
    if found and not _RAISED.search(plain):
        if _COUNTS.search(clean):
            from .spoken import counted

            if (share := counted(clean, numbers)) is not None:
                return share
        rest = clean[found.end() :].strip()
        try:
            # NFKC turns m² into m2, which is an alias as well.
            unit = unit_named(rest) if rest else ""
        except QuantityError as error:
            raise _instead(plain, error) from None
        if numbers is None and _THREE_DIGITS.search(clean) and _DOUBTFUL.fullmatch(_digits(found.group())):
            vi, en = (Amount(parse_number(found.group(), lang), unit) for lang in LANGS)
            raise two_readings(clean, vi, en)
        return Amount(parse_number(found.group(), numbers or "vi"), unit)
    from .spoken import unit_first

    if not found and (level := unit_first(clean, numbers)) is not None:
        return level
    raise _instead(plain, QuantityError(Problem("error.not_a_number", text=plain)))


def _instead(text: str, error: QuantityError) -> QuantityError:
    """The error, or what to leave out of the text where that helps."""
    from .spoken import superfluous

    problem = superfluous(text)
    return error if problem is None else QuantityError(problem)


def whole_number(raw: object) -> Amount:
    """A number of things: a separator can only group thousands in it, unless three zeros follow.

    Raises:
        QuantityError: no number, or one of two readings.
    """
    try:
        return Amount.of(raw)
    except TwoReadingsError as doubt:
        whole = [one for one in doubt.readings if one.value == one.value.to_integral_value()]
        if len(whole) == 1:
            return whole[0]
        raise


def count_of(raw: object) -> int:
    """A number of units, the same at every door.

    >>> count_of("1.020"), count_of(20.0)
    (1020, 20)

    Raises:
        QuantityError: no whole number from zero up, or one with a unit.
    """
    if isinstance(raw, int) and not isinstance(raw, bool) and raw >= 0:
        return raw
    amount = whole_number(raw)
    if amount.unit or amount.value < 0 or amount.value != amount.value.to_integral_value():
        raise QuantityError(Problem("error.count", text=str(raw)[:40]))
    return int(amount.value)


def is_doubtful(text: str) -> bool:
    """Whether the text has one separator before three digits, and so two readings."""
    if not _THREE_DIGITS.search(text):
        return False
    found = _NUMBER.match(unicodedata.normalize("NFKC", text).translate(INVISIBLE).replace("−", "-").strip())
    return bool(found and _DOUBTFUL.fullmatch(_digits(found.group())))


def convention(text: str) -> Lang | None:
    """The convention that a number's separators show beyond doubt, if they do.

    >>> convention("48.12 %"), convention("1.234,5"), convention("0,875"), convention("59.875"), convention("12")
    ('en', 'vi', 'vi', None, None)
    """
    found = _NUMBER.match(unicodedata.normalize("NFKC", text).strip())
    digits = _digits(found.group()) if found else ""
    marks = [mark for mark in digits if mark in ".,"]
    if not marks or _DOUBTFUL.fullmatch(digits):
        return None
    point = marks[-1]
    if len(marks) > 1 and len({*marks}) == 1:
        point = "." if point == "," else ","
    return "en" if point == "." else "vi"


def _digits(text: str) -> str:
    """A number without the spaces and apostrophes that group its thousands."""
    return re.sub(r"(?<=\d)[\s'](?=\d{3}(?!\d))", "", text.strip()).replace("- ", "-").replace("+ ", "+")


def parse_number(text: str, lang: Lang = "vi") -> Decimal:
    """A number with Vietnamese or English separators; ``lang`` says what one of them before three digits is.

    >>> parse_number("1.897"), parse_number("56.1"), parse_number("1.234,5"), parse_number("1,234.5")
    (Decimal('1897'), Decimal('56.1'), Decimal('1234.5'), Decimal('1234.5'))
    """
    digits = _digits(text)
    points, commas = digits.count("."), digits.count(",")
    group, point = (".", ",") if lang == "vi" else (",", ".")
    if points and commas:
        group, point = (".", ",") if digits.rindex(",") > digits.rindex(".") else (",", ".")
        grouped = True
    elif points > 1 or commas > 1:
        group, point = (".", ",") if points else (",", ".")
        grouped = True
    else:
        # One separator alone: it groups thousands only where the language groups with it and three digits follow.
        grouped = bool(re.fullmatch(rf"[+-]?[1-9]\d{{0,2}}\{group}\d{{3}}", digits))
        if not grouped:
            group, point = ("", "." if points else ",")
    shape = rf"[+-]?\d{{1,3}}(\{group}\d{{3}})+(\{point}\d+)?" if grouped else r"[+-]?\d+([.,]\d+)?"
    if not re.fullmatch(shape, digits):
        raise QuantityError(Problem("error.not_a_number", text=text.strip()))
    plain = (digits.replace(group, "") if grouped else digits).replace(",", ".")
    return exact(Decimal(plain))


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
    return "/".join(getattr(_UNITS[name], lang) for name in unit.split("/"))


def pint_unit(unit: str) -> str:
    return unit.replace("/", " / ") or "dimensionless"


@lru_cache(maxsize=1)
def registry() -> UnitRegistry[Any]:
    """The library's own pint registry, built on first use (importing pint takes most of a second)."""
    import pint

    built: UnitRegistry[Any] = pint.UnitRegistry(None, non_int_type=Decimal)
    for name, unit in _UNITS.items():
        built.define(f"{name} = {unit.definition}")
    return built


@lru_cache(maxsize=4096)
def factor(source: str, target: str) -> Fraction:
    """How many ``target`` one ``source`` is, exactly.

    Raises:
        QuantityError: the two measure different things.
    """
    here, there = registry().Unit(pint_unit(source)), registry().Unit(pint_unit(target))
    if here.dimensionality != there.dimensionality:
        # "52,3 triệu đồng/người" leaves out what goes without saying in a report, and not in a comparison.
        told = set(source.split("/"))
        meant = next((one for one in (target, *units_used_for(target)) if told < set(one.split("/"))), "")
        names = {"given": UnitName(source), "wanted": UnitName(target)}
        if meant:
            raise QuantityError(Problem("error.dimension_short", **names, meant=UnitName(meant)))
        raise QuantityError(Problem("error.dimension", **names))
    return _to_base(source) / _to_base(target)


def _to_base(unit: str) -> Fraction:
    """Factor by factor, because pint would round 1/12."""
    scale, *divisors = (_scale(name) for name in unit.split("/"))
    for divisor in divisors:
        scale /= divisor
    return scale


def _scale(name: str) -> Fraction:
    factor_of_base: Any = registry().get_base_units(registry().Unit(name))[0]
    return Fraction(factor_of_base)


class UnitName(msgspec.Struct, frozen=True, gc=False):
    """A unit that renders in the language of the message it stands in."""

    unit: str

    def text(self, lang: Lang) -> str:
        return unit_label(self.unit, lang)


@lru_cache(maxsize=4096)
def comparable(source: str, target: str) -> bool:
    """Whether the two units measure the same thing; equal ones are answered without pint."""
    if source == target or not source:
        return True
    try:
        factor(source, target)
    except QuantityError:
        return False
    return True


def units_like(unit: str) -> tuple[str, ...]:
    """Every unit that measures the same thing, ``unit`` first; of a rate, its numerator is changed.

    >>> units_like("million_vnd/person/year")[:2]
    ('million_vnd/person/year', 'vnd/person/year')
    """
    head, slash, rest = unit.partition("/")
    same = (name for name in _UNITS if name != head and comparable(name, head))
    return unit, *(f"{name}{slash}{rest}" for name in same)


# What people write by mistake for one another; a day and an hour, or a metre and a millimetre, are not.
_INTERCHANGED = (
    ("million_vnd", "thousand_vnd", "vnd", "billion_vnd"),
    ("year", "month"),
    ("litre", "cubic_metre"),
    ("square_metre", "hectare"),
)


def units_used_for(unit: str) -> tuple[str, ...]:
    """The other units in which the same thing is often written, those least unlike the unit first.

    >>> units_used_for("million_vnd/person/year")[:3]
    ('million_vnd/person/month', 'thousand_vnd/person/year', 'vnd/person/year')
    """
    choices = []
    for word in unit.split("/"):
        alike = next((words for words in _INTERCHANGED if word in words), (word,))
        choices.append((word, *(one for one in alike if one != word)))
    every = ("/".join(words) for words in product_of(*choices))
    here = unit.split("/")
    changed = (one for one in every if one != unit)
    return tuple(sorted(changed, key=lambda one: sum(a != b for a, b in zip(one.split("/"), here, strict=True))))


class AnyOf(msgspec.Struct, frozen=True, gc=False):
    """Amounts of which one is meant, for a message."""

    amounts: tuple[Amount, ...]

    def text(self, lang: Lang) -> str:
        return f" {say('value.or', lang)} ".join(f"“{amount.text(lang)}”" for amount in self.amounts)


def _decimal(value: Fraction, given: Amount, unit: str) -> Decimal:
    with localcontext(prec=100) as context:
        quotient = Decimal(value.numerator) / Decimal(value.denominator)
        if Fraction(quotient) != value:
            raise QuantityError(Problem("error.inexact", amount=given, unit=UnitName(unit)))
        return quotient.normalize(context) + 0


def shown(value: Fraction) -> Decimal:
    """A ratio as a decimal: exactly where it has one, else to forty digits."""
    with localcontext(prec=40) as context:
        quotient = Decimal(value.numerator) / Decimal(value.denominator)
        whole = quotient.to_integral_value()
        return whole if quotient == whole else quotient.normalize(context)


# Wide enough for any product or difference of two admitted numbers; it rounds nothing and traps nothing.
_EXACT = Context(prec=200, traps=[])


def product(left: Decimal, right: Decimal) -> Decimal:
    """``left * right`` without rounding."""
    return _EXACT.multiply(left, right)


def difference(left: Decimal, right: Decimal) -> Decimal:
    """``left - right`` without rounding."""
    return _EXACT.subtract(left, right)


def format_number(value: Decimal, lang: Lang = "vi") -> str:
    """Digits as the language writes them, nothing rounded.

    >>> format_number(Decimal("1897.50")), format_number(Decimal("1897.50"), "en")
    ('1.897,5', '1,897.5')
    """
    text = f"{value:,f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    if text == "-0":
        text = "0"
    return text if lang == "en" else text.translate(_SWAPPED)
