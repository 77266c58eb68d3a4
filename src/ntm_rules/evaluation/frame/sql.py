"""Expressions and lazy frames of DuckDB and Spark as SQL, behind the part of narwhals' interface that is used here.

What narwhals makes of a long ``when`` is nested as deep as it is long, and its literals are windows: large packs are
nested deeper than Python goes, and Spark plans them for seconds. A ``CASE`` is as flat as a list. Spark is given SQL
where its Python workers are not to be asked.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

Text = str


class Sql:
    """An expression as SQL; ``cases`` and ``otherwise`` are kept apart, so that a case in another's end joins it.

    ``equals`` are the sides of a test whether two texts are equal.
    """

    def __init__(
        self,
        space: Space,
        text: Text = "",
        cases: tuple[tuple[Sql, Sql], ...] = (),
        end: Sql | None = None,
        equals: tuple[Text, Text] | None = None,
    ) -> None:
        self.space, self.cases, self.end, self.name, self.equals = space, cases, end, "", equals
        self._text = text

    @property
    def text(self) -> Text:
        """The expression as it is written."""
        if not self._text:
            # Without an end there is nothing, of the type of the rest.
            end = "" if self.end is None or self.end.text == self.space.no_word else f" ELSE {self.end.text}"
            of = {test.equals[0] if test.equals else "" for test, _ in self.cases}
            if len(of) == 1 and len(self.cases) > 1 and (one := of.pop()):
                # What is compared is parsed once.
                parts = [f"WHEN {test.equals[1]} THEN {value.text}" for test, value in self.cases if test.equals]
                self._text = f"CASE {one} {' '.join(parts)}{end} END"
            else:
                parts = [f"WHEN {test.text} THEN {value.text}" for test, value in self.cases]
                self._text = f"CASE {' '.join(parts)}{end} END"
        return self._text

    @property
    def named(self) -> Text:
        """The expression under its name."""
        return f"{self.text} AS {self.space.quoted(self.name)}"

    def alias(self, name: Text) -> Sql:
        """The expression with a name."""
        made = Sql(self.space, self.text)
        made.name = name
        return made

    def _made(self, text: Text) -> Sql:
        return Sql(self.space, text)

    def _two(self, sign: Text, other: Any) -> Sql:
        return self._made(f"({self.text} {sign} {self.space.given(other)})")

    def __eq__(self, other: object) -> Sql:  # type: ignore[override]
        one, two = self.text, self.space.given(other)
        return Sql(self.space, f"({one} = {two})", equals=(one, two))

    def __ne__(self, other: object) -> Sql:  # type: ignore[override]
        return self._two("<>", other)

    __hash__ = object.__hash__

    def __lt__(self, other: Any) -> Sql:
        return self._two("<", other)

    def __le__(self, other: Any) -> Sql:
        return self._two("<=", other)

    def __gt__(self, other: Any) -> Sql:
        return self._two(">", other)

    def __ge__(self, other: Any) -> Sql:
        return self._two(">=", other)

    def __and__(self, other: Any) -> Sql:
        return self._two("AND", other)

    def __or__(self, other: Any) -> Sql:
        return self._two("OR", other)

    def __invert__(self) -> Sql:
        return self._made(f"(NOT {self.text})")

    def __add__(self, other: Any) -> Sql:
        return self._two("+", other)

    def __sub__(self, other: Any) -> Sql:
        return self._two("-", other)

    def __rsub__(self, other: Any) -> Sql:
        return self._made(f"({self.space.given(other)} - {self.text})")

    def __mul__(self, other: Any) -> Sql:
        return self._two("*", other)

    def __truediv__(self, other: Any) -> Sql:
        return self._two("/", other)

    def __floordiv__(self, other: Any) -> Sql:
        return self._two("/", other).floor()

    def cast(self, kind: Text) -> Sql:
        """The value as another type."""
        return self._made(f"CAST({self.text} AS {kind})")

    def is_null(self) -> Sql:
        """Whether there is no value."""
        return self._made(f"({self.text} IS NULL)")

    def is_in(self, values: Sequence[Any]) -> Sql:
        """Whether the value is one of some."""
        listed = ", ".join(map(self.space.given, values))
        if self.space is DUCKDB:
            # An IN becomes a join once it is longer; LIST_POSITION finds nothing, not 0, where there is nothing.
            return self._made(f"LIST_CONTAINS([{listed}], {self.text})")
        if all(isinstance(value, Text) and value and "," not in value for value in values):
            # One text is parsed sooner than its many words.
            return self._made(f"(FIND_IN_SET({self.text}, {self.space.given(','.join(values))}) > 0)")
        return self._made(f"({self.text} IN ({listed}))")

    def number_of(self, words: Mapping[Text, int], otherwise: int, kind: Text) -> Sql:
        """The number of the word that the value is; in Spark, which parses one text sooner than many.

        Words have no comma and no colon.
        """
        listed = self.space.given(",".join(f"{word}:{number}" for word, number in words.items()))
        found = f"CAST(TRY_ELEMENT_AT(STR_TO_MAP({listed}), {self.text}) AS {kind})"
        return self._made(f"COALESCE({found}, {self.space.lit(otherwise, kind).text})")

    def word_of(self, words: Sequence[Text | None]) -> Sql:
        """The word at the place, counted from 0, that the value is; in Spark, which refuses places beyond them."""
        return self._made(f"ELT({self.text} + 1, {', '.join(map(self.space.given, words))})")

    def is_between(self, low: Any, high: Any) -> Sql:
        """Whether the value lies between two, both included."""
        return self._made(f"({self.text} BETWEEN {self.space.given(low)} AND {self.space.given(high)})")

    def floor(self) -> Sql:
        """The next whole number below."""
        return self._made(f"FLOOR({self.text})")

    def abs(self) -> Sql:
        """The value without its sign."""
        return self._made(f"ABS({self.text})")

    def round(self, digits: int) -> Sql:
        """The value to so many digits after the point."""
        return self._made(f"ROUND({self.text}, {digits})")

    def to_lowercase(self) -> Sql:
        """A text in small letters."""
        return self._made(f"LOWER({self.text})")

    def strip_chars(self) -> Sql:
        """A text without blanks at its ends."""
        return self._made(f"TRIM({self.text})")

    def replace_all(self, pattern: Text, by: Text) -> Sql:
        """A text in which all that matches is replaced."""
        one, other = self.space.given(pattern), self.space.given(by)
        return self._made(f"REGEXP_REPLACE({self.text}, {one}, {other}{self.space.everywhere})")

    @property
    def str(self) -> Sql:
        """What is done to texts."""
        return self

    @property
    def dt(self) -> Sql:
        """What is done to days."""
        return self

    def year(self) -> Sql:
        """The year of a day."""
        return self._made(f"YEAR({self.text})")

    def month(self) -> Sql:
        """The month of a day, from 1."""
        return self._made(f"MONTH({self.text})")

    def day(self) -> Sql:
        """The day of its month, from 1."""
        return self._made(f"DAY({self.text})")


class _Then(NamedTuple):
    space: Space
    test: Sql

    def then(self, value: Any) -> _Case:
        return _Case(self.space, "", ((self.test, value),))


class _Case(Sql):
    def otherwise(self, value: Any) -> Sql:
        """The case with its end."""
        joined = (*self.cases, *value.cases) if value.cases else self.cases
        return Sql(self.space, "", joined, value.end if value.cases else value)


class Space:
    """Makes expressions of a dialect.

    ``quote`` stands around names, ``escape`` before a quote or itself in texts; ``everywhere`` is the argument by which
    a pattern is replaced more than once; ``whole`` writes a whole number of a type.
    """

    Int8, Int16, Int32, Int64, Float64 = "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "DOUBLE"

    def __init__(
        self, name: Text, quote: Text, escape: Text, moment: Text, string: Text, everywhere: Text, suffixes: bool
    ) -> None:
        self.__name__ = name
        self.quote, self.escape, self.everywhere = quote, escape, everywhere
        self.Datetime, self.String = moment, string
        self.no_word = f"CAST(NULL AS {string})"
        self.suffixes = {"TINYINT": "Y", "SMALLINT": "S", "BIGINT": "L"} if suffixes else {}

    def Decimal(self, digits: int, scale: int) -> Text:
        """The type of numbers with so many digits."""
        return f"DECIMAL({digits}, {scale})"

    def quoted(self, name: Text) -> Text:
        """A name as it is written."""
        return f"{self.quote}{name.replace(self.quote, self.quote * 2)}{self.quote}"

    def given(self, value: Any) -> Text:
        """A value, or an expression, as it is written."""
        match value:
            case Sql():
                return value.text
            case None:
                return "NULL"
            case bool():
                return "TRUE" if value else "FALSE"
            case int():
                return str(value)
            case float() if math.isfinite(value):
                text = repr(value)
                return text if "e" in text else f"{text}e0"
            case float():
                return f"CAST('{'Infinity' if value > 0 else '-Infinity'}' AS DOUBLE)"
            case datetime():
                return f"{self.Datetime} '{value.isoformat(sep=' ')}'"
            case date():
                return f"DATE '{value.isoformat()}'"
        text = value.replace(self.escape, self.escape * 2)
        return f"'{text}'" if self.escape == "'" else "'" + text.replace("'", f"{self.escape}'") + "'"

    def col(self, name: Text) -> Sql:
        """A column."""
        return Sql(self, self.quoted(name))

    def lit(self, value: Any, dtype: Text = "") -> Sql:
        """A value of a type."""
        text = self.given(value)
        if isinstance(value, float) or not dtype:
            return Sql(self, text)
        if isinstance(value, int) and dtype in self.suffixes:
            return Sql(self, f"{text}{self.suffixes[dtype]}")
        return Sql(self, f"CAST({text} AS {dtype})")

    def when(self, test: Sql) -> _Then:
        """The beginning of a case."""
        return _Then(self, test)

    def min_horizontal(self, *parts: Sql) -> Sql:
        """The smallest in a row."""
        return self._among("LEAST", parts)

    def max_horizontal(self, *parts: Sql) -> Sql:
        """The largest in a row."""
        return self._among("GREATEST", parts)

    def sum_horizontal(self, *parts: Sql) -> Sql:
        """The sum of a row's numbers, all of which are there."""
        return Sql(self, f"({' + '.join(part.text for part in parts)})")

    def _among(self, name: Text, parts: Iterable[Sql]) -> Sql:
        texts = [part.text for part in parts]
        return Sql(self, texts[0] if len(texts) == 1 else f"{name}({', '.join(texts)})")


class SqlFrame:
    """A lazy frame of DuckDB or Spark, to which expressions are added as SQL."""

    def __init__(self, native: Any, space: Space) -> None:
        self.native, self.space = native, space

    def _chosen(self, parts: Sequence[Text]) -> SqlFrame:
        of: Callable[..., Any] = self.native.selectExpr if self.space is SPARK else self.native.project
        return SqlFrame(of(*parts) if self.space is SPARK else of(", ".join(parts)), self.space)

    def with_columns(self, *made: Sql) -> SqlFrame:
        """The frame with more columns."""
        return self._chosen(["*", *(one.named for one in made)]) if made else self

    def select(self, *names: Text) -> SqlFrame:
        """Some columns only."""
        return self._chosen([self.space.quoted(name) for name in names])

    def made(self, kept: Sequence[Text], *made: Sql) -> SqlFrame:
        """Some columns, some more, and no others."""
        return self._chosen([*map(self.space.quoted, kept), *(one.named for one in made)])

    def unpivot(self, on: Sequence[Text], index: Sequence[Text], variable_name: Text, value_name: Text) -> SqlFrame:
        """A row for each of some columns."""
        names, columns = list(map(self.space.given, on)), list(map(self.space.quoted, on))
        what, value = self.space.quoted(variable_name), self.space.quoted(value_name)
        if self.space is SPARK:
            pairs = ", ".join(f"{name}, {column}" for name, column in zip(names, columns, strict=True))
            melted = [f"STACK({len(on)}, {pairs}) AS ({what}, {value})"]
        else:
            melted = [f"UNNEST([{', '.join(names)}]) AS {what}", f"UNNEST([{', '.join(columns)}]) AS {value}"]
        return self._chosen([*map(self.space.quoted, index), *melted])

    def filter(self, test: Sql) -> SqlFrame:
        """The rows for which something holds."""
        return SqlFrame(self.native.filter(test.text), self.space)


DUCKDB = Space("duckdb", '"', "'", "TIMESTAMP", "VARCHAR", ", 'g'", suffixes=False)
SPARK = Space("spark", "`", "\\", "TIMESTAMP_NTZ", "STRING", "", suffixes=True)
SPACES = {space.__name__: space for space in (DUCKDB, SPARK)}
