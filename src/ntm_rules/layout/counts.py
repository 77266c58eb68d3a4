"""Shares from the counts behind them: ``6.112/6.420``, ``3/4 trường (75 %)``, ``95,2% (6.112/6.420 người)``."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

from ..errors import Problem, SnapshotError
from ..messages import Lang
from ..pack.measure import Measure
from ..quantity.amount import Amount
from ..quantity.number import shown as decimal_of

_OF = r"(?P<upper>\d[\d.,]*)\s*/\s*(?P<lower>\d[\d.,]*)(?:\s+[^\d%(),;=/]+)?"
_SHARE = r"(?P<share>\d[\d.,]*)\s*%"
_FORMS = (
    re.compile(rf"{_OF}\s*(?:[(,;=]\s*(?:(?:đạt|bằng|tỷ lệ)\s+)?{_SHARE}\s*\)?)?", re.IGNORECASE),
    re.compile(rf"{_SHARE}\s*[(;,]\s*{_OF}\s*\)?", re.IGNORECASE),
)


def share(upper: Decimal, lower: Decimal, measure: Measure) -> Amount:
    """Per cent of one count in another.

    Raises:
        SnapshotError: no share: of nothing, more than all, or of a measure that is none.
    """
    if measure.unit != "percent":
        raise SnapshotError(Problem("error.ratio_of_what", measure=measure.name))
    if lower <= 0 or not 0 <= upper <= lower:
        raise SnapshotError(Problem("error.ratio_counts", upper=upper, lower=lower))
    return Amount(decimal_of(Fraction(upper) * 100 / Fraction(lower)), "percent")


def _is_month(found: re.Match[str], upper: Decimal, lower: Decimal) -> bool:
    """Whether two bare numbers are just as well a month and its year."""
    bare = found["share"] is None and re.fullmatch(r"\d{1,2}\s*/\s*\d{4}", found[0].strip()) is not None
    return bare and 1 <= upper <= 12 and 1990 <= lower <= 2100


def counted(text: str, measure: Measure, numbers: Lang) -> Amount | None:
    """The share that two counts written in a cell make; ``None``: the cell holds no such thing.

    Raises:
        SnapshotError: no share; or a per cent beside the counts that is not theirs.
    """
    found = next((found for form in _FORMS if (found := form.fullmatch(text.strip()))), None)
    if found is None:
        return None
    upper, lower = (Amount.of(found[name], numbers).value for name in ("upper", "lower"))
    if _is_month(found, upper, lower):
        raise SnapshotError(Problem("error.ratio_or_month", text=text.strip(), upper=upper, lower=lower))
    made = share(upper, lower, measure)
    if (written := found["share"]) is not None:
        said = Amount.of(written, numbers).value
        # Rounded or cut off at the last digit written.
        exponent = said.as_tuple().exponent
        if abs(said - made.value) >= Decimal(1).scaleb(int(exponent)):
            raise SnapshotError(
                Problem("error.ratio_not_share", counts=f"{found['upper']}/{found['lower']}", said=written)
            )
    return made
