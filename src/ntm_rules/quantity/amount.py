"""Amounts: an exact number with its unit, read as people write it and shown in Vietnamese and English."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal, localcontext
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec

from ..errors import Problem, QuantityError
from ..messages import LANGS, Lang, say
from ..normalization import INVISIBLE, fold
from .conversion import factor, pint_unit, registry
from .number import (
    DOUBTFUL,
    NUMBER,
    SWAPPED,
    THREE_DIGITS,
    exact,
    format_number,
    parse_number,
    ungrouped,
)
from .unit import ORDINAL, UNITS, UnitName, unit_label, unit_named

if TYPE_CHECKING:
    from pint.facets.plain import PlainQuantity


# Two counts, and a raised digit right behind a number: neither is part of a unit such as m².
_COUNTS = re.compile(r"/\s*\d")
_RAISED = re.compile(r"\d[⁰¹²³⁴-⁹]")


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
        if self.unit and self.unit not in UNITS and (unit := unit_named(self.unit)) != self.unit:
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
        digits = self.digits if lang == "en" else self.digits.translate(SWAPPED)
        if not self.unit or self.unit in ORDINAL:
            return _ordinal(digits, self.unit, lang)
        return f"{digits} {unit_label(self.unit, lang)}"


def _ordinal(number: str, unit: str, lang: Lang) -> str:
    """A step of a ladder as people say it, ``mức độ 3``: it is no number of things."""
    return f"{unit_label(unit, lang)} {number}" if unit else number


def _unmistakable(amount: Amount) -> _Spelled | Amount:
    """Without the one separator that would stand before three digits: 59875, and 59.8750."""
    digits = format_number(amount.value, "en")
    if not DOUBTFUL.fullmatch(digits):
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
    found = NUMBER.match(clean)
    if found and not _RAISED.search(plain):
        if _COUNTS.search(clean):
            # Few texts need it, and what it reads is made of amounts.
            from .spoken import counted

            if (share := counted(clean, numbers)) is not None:
                return share
        rest = clean[found.end() :].strip()
        try:
            # NFKC turns m² into m2, which is an alias as well.
            unit = unit_named(rest) if rest else ""
        except QuantityError as error:
            raise _instead(plain, error) from None
        if numbers is None and THREE_DIGITS.search(clean) and DOUBTFUL.fullmatch(ungrouped(found.group())):
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
