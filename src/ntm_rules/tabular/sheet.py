"""Sheets as plain cells: what a CSV file and a worksheet have in common."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

import msgspec

from ..errors import Place, Problem, QuantityError
from ..normalization import tidy, yes_or_no
from ..quantity.amount import Amount, count_of, whole_number
from ..quantity.number import exact, product

MAX_BYTES = 64_000_000


class Number(msgspec.Struct, frozen=True):
    """A number cell: its exact amount (a percent format makes it a percentage) and the text it shows."""

    amount: Amount
    shown: str


class Unreadable(msgspec.Struct, frozen=True):
    """A cell that is filled but has no value to read; ``reason`` is a key of the message catalogue."""

    reason: str
    shown: str = ""


Content = str | bool | date | Number | Unreadable


class Row(NamedTuple):
    """The filled cells of a row by column, counted from 1; ``line`` is the file's where that differs."""

    number: int
    line: int
    cells: dict[int, Content]


class Span(NamedTuple):
    """A merged range: rows and columns, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


class Unseen(NamedTuple):
    """What a sheet does not show: hidden or filtered rows and columns, and people's comments on cells."""

    rows: set[int]
    columns: set[int]
    comments: tuple[str, ...] = ()


class Sheet:
    """Rows to be read once, in order, and the merged ranges over them."""

    def __init__(
        self,
        file: str,
        name: str,
        rows: Iterable[Row],
        spans: Sequence[Span] = (),
        *,
        hidden: bool = False,
        unseen: Unseen | None = None,
    ) -> None:
        self.file, self.name, self.hidden = file, name, hidden
        self.unseen = unseen or Unseen(set(), set())
        self._rows = iter(rows)
        self._spans = spans
        self._columns: dict[int, tuple[list[int], list[Span]]] = {}
        self._widths: dict[tuple[int, int], int] = {}

    def __iter__(self) -> Iterator[Row]:
        return self._rows

    def again(self, rows: Iterable[Row]) -> Sheet:
        """The same sheet over rows that were already read."""
        return Sheet(self.file, self.name, rows, self._spans, hidden=self.hidden, unseen=self.unseen)

    def place(self, row: Row | None = None, column: int = 0) -> Place:
        """Where a row or one of its cells stands."""
        if row is None:
            return Place(file=self.file, sheet=self.name)
        cell = f"{letters(column)}{row.number}" if column else ""
        return Place(file=self.file, line=row.line, sheet=self.name, cell=cell)

    @property
    def merged(self) -> tuple[Span, ...]:
        """The merged ranges."""
        return tuple(self._spans)

    @property
    def has_spans(self) -> bool:
        """Whether any cells are merged."""
        return bool(self._spans)

    def width(self, row: int, column: int) -> int:
        """How many columns the cell spans, if it is the top-left one of its merged range."""
        if not self._widths:
            self._widths = {(span.top, span.left): span.right - span.left + 1 for span in self._spans}
        return self._widths.get((row, column), 1)

    def anchor(self, row: int, column: int) -> tuple[int, int] | None:
        """The top-left cell of the merged range that covers this one, if another cell has its content."""
        if column not in self._columns:
            spans = sorted(span for span in self._spans if span.left <= column <= span.right)
            self._columns[column] = [span.top for span in spans], spans
        tops, spans = self._columns[column]
        index = bisect_right(tops, row) - 1
        if index < 0 or spans[index].bottom < row:
            return None
        top, left = spans[index].top, spans[index].left
        return None if (top, left) == (row, column) else (top, left)


def letters(column: int) -> str:
    """A column's letters.

    >>> letters(1), letters(28)
    ('A', 'AB')
    """
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def shown(content: Content | None) -> str:
    """What the cell shows, for messages."""
    match content:
        case None:
            return ""
        case Number() | Unreadable():
            return content.shown
        case bool():
            return "TRUE" if content else "FALSE"
        case date():
            return content.isoformat()
        case _:
            return content


def read_text(content: Content) -> str:
    """The cell as a text: numbers as they show, so that ``1.1`` and ``027346`` stay codes.

    Raises:
        QuantityError: the cell has no readable value.
    """
    _readable(content)
    return tidy(shown(content))


def read_amount(content: Content, unit: str = "", read: Callable[[object], Amount] = Amount.of) -> Amount:
    """The cell as an amount; ``unit`` serves a number without one, ``read`` reads a text.

    Raises:
        QuantityError: a date, a truth value, or a text that is no amount.
    """
    _readable(content)
    match content:
        case bool():
            raise QuantityError(Problem("error.cell_truth"))
        case date():
            raise QuantityError(Problem("error.cell_is_date", day=content))
        case Number():
            amount = content.amount
        case _:
            amount = read(str(content))
    return Amount(amount.value, unit) if unit and not amount.unit else amount


def read_count(content: Content) -> int:
    """The cell as a whole number of things.

    Raises:
        QuantityError: it is none.
    """
    return count_of(read_amount(content, read=whole_number))


def read_fact(content: Content) -> bool | str:
    """The cell as a fact about a unit: yes, no, or a word."""
    text = read_text(content)
    said = yes_or_no(text)
    return text if said is None else said


def _readable(content: Content) -> None:
    if isinstance(content, Unreadable):
        raise QuantityError(Problem(content.reason, content=content.shown))


_FORMAT_TEXT = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')


def number_cell(raw: int | float, number_format: str) -> Number | Unreadable:
    """A spreadsheet's number as it is meant: 15 significant digits, percent and digit formats honoured."""
    try:
        value = exact(Decimal(f"{raw:.15g}" if isinstance(raw, float) else raw))
    except QuantityError:
        return Unreadable("error.cell_number", str(raw)[:40])
    if ";" in number_format and not number_format.split(";")[0].strip():
        return Unreadable("error.cell_unshown", str(raw)[:40])
    pattern = _FORMAT_TEXT.sub("", number_format.split(";")[0])
    if "%" in pattern:
        amount = Amount(product(value, Decimal(100)), "percent")
        return Number(amount, amount.plain())
    digits = re.fullmatch(r"(0+)(?:\.(0+))?", pattern)
    plain = f"{value:f}"
    if digits and value >= 0:
        # 17.10 and 027346 are codes; a format that would round is for show only.
        whole, fraction = len(digits[1]), len(digits[2] or "")
        padded = f"{value:0{whole + fraction + bool(fraction)}.{fraction}f}"
        plain = padded if Decimal(padded) == value else plain
    return Number(Amount(value), plain)
