"""Numbers with something beside them: two counts, the unit in front, and what has to be left out."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

from ..errors import Problem, QuantityError
from ..messages import LANGS, Lang
from ..normalization import fold
from .amount import Amount, two_readings
from .number import difference, parse_number, shown
from .unit import ORDINAL, find_unit, unit_named

_NUMBER = r"\d[\d.,\s']*"
_COUNT = r"(?!0\d)" + _NUMBER
# Texts: ``re`` compiles each when first asked, and importing the library asks for none.
_PAIR = rf"(?P<upper>{_COUNT})(?P<of>[^\d/]*)/\s*(?P<lower>{_COUNT})(?P<over>[^\d/]*)"
_STATED = r"(?P<stated>[^()]*\d[^()]*)\((?P<pair>[^()]*)\)"
_UNIT_FIRST = rf"(?P<unit>[^\W\d][^\d]*?)\s*(?P<number>{_NUMBER})"

# Words and signs that are no part of a figure. None says whether something is met: "chưa đạt 95 %" keeps its word.
_BEFORE = (
    *("≥", "≤", ">=", "<=", "=>", "=<", ">", "<", "=", "~", "≈", "±", "khoảng", "gần", "hơn", "trên", "dưới"),
    *("ước đạt", "ước", "xấp xỉ", "đạt", "tối thiểu", "tối đa"),
    *("about", "nearly", "almost", "over", "under", "approx.", "at least"),
)
_AFTER = r"\s*(?:\*+|\(\d{1,2}\)|\(\*+\)|\[\d{1,2}\]|trở lên|trở xuống|or more|or less)$"
_SUPERSCRIPT = r"(?<=\d)[⁰¹²³⁴-⁹]+"
_SPAN = rf"(?P<low>{_NUMBER}[^\d\-–—]*)\s*(?:-|–|—|đến|to)\s*(?P<high>{_NUMBER}.*)"


def counted(text: str, numbers: Lang | None) -> Amount | None:
    """A share given as two counts, ``6.112/6.420``, alone or behind the percentage that it makes; else ``None``.

    >>> counted("95,2% (6.112/6.420 người)", None).counts
    (Decimal('6112'), Decimal('6420'))

    Raises:
        QuantityError: nothing to divide by, per cents over each other, an unknown unit, two readings, or a percentage
            that the counts do not make.
    """
    beside = re.fullmatch(_STATED, text)
    pair = re.fullmatch(_PAIR, (beside["pair"] if beside else text).strip())
    if pair is None:
        return None
    words = {fold(word) for word in (pair["of"], pair["over"]) if word.strip()}
    if len(words) > 1:
        return None
    for word in words:
        if unit_named(word) == "percent":
            # A result beside what was asked for, or one share in another: only counts are divided.
            raise QuantityError(Problem("error.share_of_shares", text=text, upper=pair["upper"], lower=pair["lower"]))
    share = _shares(text, pair["upper"], pair["lower"], numbers)
    if beside:
        _agree(Amount.of(beside["stated"].strip(), numbers), share)
    return share


def share_of(upper: Decimal, lower: Decimal) -> Amount:
    """So many of so many, as an exact percentage that keeps its counts.

    >>> share_of(Decimal(1), Decimal(8)).text("en")
    '12.5% (1/8)'

    Raises:
        QuantityError: of nothing.
    """
    if lower <= 0:
        raise QuantityError(Problem("error.share_of_nothing", upper=Amount(upper), lower=Amount(lower)))
    return Amount(shown(Fraction(upper) / Fraction(lower) * 100), "percent", (upper, lower))


def stated_share(stated: Amount, upper: Decimal, lower: Decimal) -> Amount:
    """``share_of`` beside the percentage that somebody made of it.

    Raises:
        QuantityError: the counts make another.
    """
    share = share_of(upper, lower)
    _agree(stated, share)
    return share


def _shares(text: str, upper: str, lower: str, numbers: Lang | None) -> Amount:
    """By whichever convention the two have one meaning; counts are whole, and what is counted is a part."""
    pairs: list[tuple[Decimal, Decimal]] = []
    for lang in (numbers,) if numbers else LANGS:
        pairs.append((parse_number(upper.strip(), lang), parse_number(lower.strip(), lang)))
    for test in (_is_whole, _is_part):
        if len({Fraction(one) / Fraction(all_) if all_ else None for one, all_ in pairs}) > 1:
            pairs = [pair for pair in pairs if test(*pair)] or pairs
    shares = [share_of(*pair) for pair in sorted(pairs, key=lambda pair: not _is_whole(*pair))]
    if len({share.value for share in shares}) > 1:
        raise two_readings(text, Amount(shares[0].value, "percent"), Amount(shares[1].value, "percent"))
    return shares[0]


def _is_whole(upper: Decimal, lower: Decimal) -> bool:
    return upper % 1 == 0 and lower % 1 == 0


def _is_part(upper: Decimal, lower: Decimal) -> bool:
    return upper <= lower


def _agree(stated: Amount, share: Amount) -> None:
    """Refuse a percentage that is not that of the counts to its last digit, rounded or cut off."""
    given = stated.to("percent").value
    last = Decimal(1).scaleb(min(0, int(given.as_tuple().exponent)))
    more = difference(share.value, given)
    if not (abs(more) <= last / 2 or 0 <= more < last):
        raise QuantityError(Problem("error.share_differs", given=Amount(given, "percent"), made=share))


def unit_first(text: str, numbers: Lang | None) -> Amount | None:
    """A level or class as people say it, ``mức độ 3``; else ``None``.

    >>> unit_first("mức độ 3", None).text("vi")
    'mức độ 3'
    """
    found = re.fullmatch(_UNIT_FIRST, text)
    if found is None:
        return None
    unit = find_unit(found["unit"])
    return Amount(parse_number(found["number"], numbers or "vi"), unit) if unit in ORDINAL else None


def superfluous(text: str) -> Problem | None:
    """What has to be left out of a text that would then be a figure, if anything has."""
    if raised := re.search(_SUPERSCRIPT, text):
        # Before it is lost: in one form of Unicode 95² is 952.
        rest = text[: raised.start()] + text[raised.end() :]
        return _leave_out(text, raised[0], rest)
    if (span := re.fullmatch(_SPAN, text)) and _reads(span["low"].strip()) and _reads(span["high"].strip()):
        return Problem("error.span_of_values", text=text)
    folded = fold(text)
    for word in _BEFORE:
        if folded.startswith(word) and (problem := _leave_out(text, text[: len(word)], text[len(word) :])):
            return problem
    if after := re.search(_AFTER, text, re.IGNORECASE):
        return _leave_out(text, after[0].strip(), text[: after.start()])
    return None


def _leave_out(text: str, extra: str, rest: str) -> Problem | None:
    rest = rest.strip()
    if not _reads(rest) and superfluous(rest) is None:
        return None
    return Problem("error.leave_out", text=text, extra=extra, rest=rest)


def _reads(text: str) -> bool:
    try:
        Amount.of(text, "vi")
    except QuantityError:
        return False
    return True
