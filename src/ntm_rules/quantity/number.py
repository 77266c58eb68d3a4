"""Exact decimals, written and read in Vietnamese and in English."""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress
from decimal import Context, Decimal, localcontext
from fractions import Fraction
from numbers import Integral, Real

from ..errors import Problem, QuantityError
from ..messages import Lang
from ..normalization import INVISIBLE

_LONGEST_NUMBER = 40
NUMBER = re.compile(r"[+\-−]?\s*\d[\d.,\s']*")
# Nothing in the number itself says whether this separator groups thousands.
THREE_DIGITS = re.compile(r"[.,]\d{3}(?!\d)")
DOUBTFUL = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}")
# English digits to Vietnamese ones.
SWAPPED = str.maketrans(",.", ".,")


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


def is_doubtful(text: str) -> bool:
    """Whether the text has one separator before three digits, and so two readings."""
    if not THREE_DIGITS.search(text):
        return False
    found = NUMBER.match(unicodedata.normalize("NFKC", text).translate(INVISIBLE).replace("−", "-").strip())
    return bool(found and DOUBTFUL.fullmatch(ungrouped(found.group())))


def convention(text: str) -> Lang | None:
    """The convention that a number's separators show beyond doubt, if they do.

    >>> convention("48.12 %"), convention("1.234,5"), convention("0,875"), convention("59.875"), convention("12")
    ('en', 'vi', 'vi', None, None)
    """
    found = NUMBER.match(unicodedata.normalize("NFKC", text).strip())
    digits = ungrouped(found.group()) if found else ""
    marks = [mark for mark in digits if mark in ".,"]
    if not marks or DOUBTFUL.fullmatch(digits):
        return None
    point = marks[-1]
    if len(marks) > 1 and len({*marks}) == 1:
        point = "." if point == "," else ","
    return "en" if point == "." else "vi"


def ungrouped(text: str) -> str:
    """A number without the spaces and apostrophes that group its thousands."""
    return re.sub(r"(?<=\d)[\s'](?=\d{3}(?!\d))", "", text.strip()).replace("- ", "-").replace("+ ", "+")


def parse_number(text: str, lang: Lang = "vi") -> Decimal:
    """A number with Vietnamese or English separators; ``lang`` says what one of them before three digits is.

    >>> parse_number("1.897"), parse_number("56.1"), parse_number("1.234,5"), parse_number("1,234.5")
    (Decimal('1897'), Decimal('56.1'), Decimal('1234.5'), Decimal('1234.5'))
    """
    digits = ungrouped(text)
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
    return text if lang == "en" else text.translate(SWAPPED)
