"""What a person writes into the cell that confirms a figure: a level, with a sign before it or not, or a word."""

from __future__ import annotations

import re

from ..errors import Problem, SnapshotError
from ..messages import Text
from ..normalization import fold, unaccented
from ..quantity.amount import Amount
from ..quantity.unit import unit_label
from ..tabular.sheet import Content, read_amount, read_text
from .condition import Comparison, FindingCondition, MeasureCondition, Op
from .filling import DIFFERS
from .measure import Measure
from .model import FigureRow
from .requirement import SIGNS, Requirements
from .threshold import AnyLeaf, Delegated, Figure, Untranscribed

_AS_SHOWN = {"đúng", "khớp", "khop", "correct"}
_MET = {"đạt", "met", *_AS_SHOWN}
_DELEGATED = {"phân cấp", "delegated", "do cấp tỉnh quy định", "do tỉnh quy định"}
# As they are typed without marks, too.
_DOCUMENT = {"van ban", "theo van ban", "nhu van ban", "dung van ban", "document", "as in the document"}
_SIGN = re.compile(r"\s*(≥|>=|≤|<=|>|<|=)\s*(?=\S)")
_OPS = {sign: op for op, sign in SIGNS.items()} | {">=": Op.AT_LEAST, "<=": Op.AT_MOST}


def unit_of(row: FigureRow, asks: Requirements) -> str:
    """The unit a figure is given in."""
    return asks.unit_of(row.condition) if isinstance(row.condition, Comparison) else ""


def takes_document(content: str) -> bool:
    """Whether a cell takes over what was read in the document.

    >>> takes_document("Theo văn bản"), takes_document("80 %")
    (True, False)
    """
    return unaccented(fold(content)) in _DOCUMENT


def value_said(content: Content, state_read: str, value_read: str) -> Content:
    """What a confirmed cell says; beside a document's reading, which of the two values it confirms.

    Raises:
        SnapshotError: it says that what is shown is right, and two values are shown.
    """
    word = fold(read_text(content))
    if takes_document(word) and state_read:
        if not value_read:
            raise SnapshotError(Problem("error.worksheet_nothing_read"))
        return value_read
    if word in _AS_SHOWN and state_read == DIFFERS:
        raise SnapshotError(Problem("error.worksheet_which"))
    return content


def leaf_with_sign(content: Content, row: FigureRow, asks: Requirements) -> tuple[Op | None, AnyLeaf | str]:
    """The new leaf, and before it the comparison where the cell gives another than the pack has: "≥ 80 %" for "> 80".

    Raises:
        QuantityError, SnapshotError: it is no value for this figure.
    """
    sign = _SIGN.match(content) if isinstance(content, str) and isinstance(row.condition, Comparison) else None
    if sign is None:
        return None, leaf_of(content, row, asks)
    assert isinstance(row.condition, Comparison)
    assert isinstance(content, str)
    op = _OPS[sign[1]]
    # Behind a sign stands a level, never a word.
    leaf = Figure(value=_amount(content[sign.end() :], row, asks))
    return None if op is row.condition.op else op, leaf


def leaf_of(content: Content, row: FigureRow, asks: Requirements) -> AnyLeaf | str:
    """The new leaf a confirmed cell stands for; ``"met"`` for a requirement that a department concludes on.

    Raises:
        QuantityError, SnapshotError: it is no value for this figure.
    """
    word = fold(read_text(content))
    if isinstance(row.condition, FindingCondition):
        if word in _MET:
            return "met"
        raise SnapshotError(Problem("error.worksheet_finding"))
    assert row.leaf is not None
    if word in _AS_SHOWN:
        if isinstance(row.leaf, Untranscribed):
            raise SnapshotError(Problem("error.worksheet_nothing_shown"))
        return row.leaf
    if word in _DELEGATED:
        return Delegated(delegated=True)
    if not any(mark.isdigit() for mark in word):
        raise SnapshotError(Problem("error.worksheet_words"))
    return Figure(value=_amount(content, row, asks))


def _amount(content: Content, row: FigureRow, asks: Requirements) -> Amount:
    unit = unit_of(row, asks)
    amount = _level(content, unit)
    if isinstance(row.condition, MeasureCondition):
        measure: Measure = asks.measures[row.condition.measure]
        measure.read(amount)
    else:
        amount.to(unit or "unit")
    return Amount(amount.value, amount.unit)


def _level(content: Content, unit: str) -> Amount:
    """The level a confirmed cell gives.

    Raises:
        QuantityError, SnapshotError: no amount; two counts, which make a share but no level; a number up to 1 that may
            be per cent or a fraction.
    """
    written = read_amount(content)
    if written.counts is not None:
        raise SnapshotError(Problem("error.worksheet_ratio"))
    if unit == "percent" and not written.unit and 0 < written.value <= 1:
        raise SnapshotError(Problem("document.note_share", value=written, unit=Text(unit_label(unit, "vi"))))
    return read_amount(content, unit)
