"""The frame's own columns made ready: numbers to compare, codes of findings, places on axes, and what is wrong."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, NamedTuple

from ...normalization import NO_WORDS, YES_WORDS, fold
from ...pack.condition import Op
from ...pack.measure import Measure
from ...quantity.conversion import factor
from ...snapshot.observation import FindingValue, finding_words
from ...territory import LAST_DAYS, Level, Named, Region
from ..axes import OTHER, Axis
from ..numbering import FINDING_CODES, OPEN
from .expressions import BAD, NOWHERE, Expr, Writer, moment
from .followed import whole
from .limits import LARGEST, SMALLEST, Accepted, limit
from .names import children_columns, counted_with, recognised_with
from .plan import FramePlan
from .reading import MOST
from .sources import DIGITS, ColumnSource
from .sql import SPARK


class Prepared(NamedTuple):
    """Columns to select first, counts made from them, and for each source whether a row's cell is unfit.

    ``plain`` has the numbers accepted in columns that are compared as they stand, with the test of ``unfit`` for them.
    """

    columns: tuple[tuple[str, Expr], ...]
    counts: tuple[tuple[str, Expr], ...]
    unfit: tuple[tuple[str, Expr], ...]
    plain: tuple[tuple[str, Accepted, Expr], ...]


class Preparer:
    """Writes the expressions by which a plan's sources are read."""

    def __init__(self, writer: Writer, plan: FramePlan, measures: Mapping[str, Measure], lazy: bool) -> None:
        self.writer, self.plan, self.measures, self.lazy = writer, plan, measures, lazy
        self.space, self.sources = writer.space, writer.sources

    def prepare(self) -> Prepared:
        """Everything the plan reads, and all that a threshold may depend on."""
        columns: list[tuple[str, Expr]] = []
        unfit: list[tuple[str, Expr]] = []
        plain: list[tuple[str, Accepted, Expr]] = []
        for axis in self.plan.axes:
            source = self.sources.get(axis.name)
            if source is not None:
                told = "t_" if axis.name == "region" and self.plan.lands else "a_"
                columns.append((f"{told}{axis.name}", self._place(axis, source)))
            wrong = axis.name if source is not None else "province"
            unfit.append((wrong, self.writer.column(f"a_{axis.name}") == NOWHERE))
        if self.plan.lands:
            columns.append(("p_region", self._land()))
        for name in self.plan.reads:
            source = self.sources[name]
            if source.role == "finding":
                columns.append((f"f_{name}", self._finding(name, source)))
                heard = self.writer.column(f"f_{name}")
                unfit += [] if self._only_findings(source) else [(name, self.writer.bad(heard))]
            else:
                if not source.as_it_is:
                    columns.append((f"s_{name}", self._raw(name, source)))
                if source.role == "measure":
                    refused = self._unfit(name, source)
                    unfit += [] if refused is None else [(name, refused)]
                    if source.as_it_is and source.kind == "double":
                        plain.append((name, self.accepted(name, source), refused))
                elif source.kind == "read":
                    unfit.append((name, self.writer.column(f"b_{name}")))
                elif source.role == "children":
                    unfit.append((name, ~self._countable(self.writer.column(f"s_{name}"))))
        if "as_of" in self.sources and any(self.sources[name].role == "recognition" for name in self.plan.reads):
            columns.append(("s_as_of", self._day()))
        counts = [*self._regions(), *self._counts()]
        counts += [(name, whole(self.writer, measure, digits)) for name, measure, digits in self.plan.wholes]
        unfit += [(name, self.writer.write(node) == self.writer.yes) for name, node in self.plan.outside]
        unfit += self._impossible()
        unfit += self._ended()
        unfit += self._elsewhere()
        unfit += self._backwards()
        return Prepared(tuple(columns), tuple(counts), tuple(unfit), tuple(plain))

    def _raw(self, name: str, source: ColumnSource) -> Expr:
        read = source.kind == "read"
        column = self.writer.column(f"x_{name}") if read else self.writer.own(source.column)
        if source.role == "children" or source.kind in ("single", "decimal"):
            return column.cast(self.space.Float64)
        # Days are compared with each other as moments, whatever the columns hold.
        return column if source.role == "measure" else column.cast(self.space.Datetime)

    def _only_findings(self, source: ColumnSource) -> bool:
        """Whether an enumeration has no words but those of findings."""
        return bool(source.words) and {*source.words} <= {value.value for value in FindingValue}

    def _finding(self, name: str, source: ColumnSource) -> Expr:
        code, when = self.writer.code, self.writer.when
        if source.kind == "read":
            read = self.writer.column(f"x_{name}")
            return when(*((read == number, code(number)) for number in FINDING_CODES.values()), otherwise=code(BAD))
        said = self._words(source)
        codes = {value: code(FINDING_CODES[value]) for value in FindingValue}
        plain = [(said == value.value, number) for value, number in codes.items() if source.may_be(value.value)]
        if self._only_findings(source):
            return when(*plain, otherwise=code(OPEN))
        plain.append((said.is_null(), code(OPEN)))
        if not self.lazy:
            # Other words are read one by one where there are any.
            return when(*plain, otherwise=code(BAD))
        spelled = said.str.to_lowercase().str.replace_all(r"\s+", " ").str.strip_chars()
        if self.space is SPARK:
            listed = {word: FINDING_CODES[value] for value in codes for word in _spellings(finding_words(value))}
            return when(*plain, otherwise=spelled.number_of({**listed, "": OPEN}, BAD, self.writer.kind))
        words = [(spelled.is_in(_spellings(finding_words(value))), number) for value, number in codes.items()]
        # What is plain is told first: engines of SQL look no further.
        return when(*plain, *words, (spelled == "", code(OPEN)), otherwise=code(BAD))

    def _words(self, source: ColumnSource) -> Expr:
        """A column of the user's to be compared with words."""
        column = self.writer.own(source.column)
        if source.kind != "category":
            return column
        # Polars compares the numbers of a category's words; spelled out, they take forty times as long.
        numbered = self.space.__name__ == "polars" and source.role != "attribute" and not self.lazy
        return column if numbered else column.cast(self.space.String)

    def _place(self, axis: Axis, source: ColumnSource) -> Expr:
        if source.kind == "read":
            return self.writer.column(f"x_{axis.name}")
        column, place, when = self._words(source), self.writer.place, self.writer.when
        if axis.name == "as_of":
            return self._stretch(axis, column)
        numbers = {value: number for number, value in enumerate(axis.values)}
        nothing = place(numbers.get(None, NOWHERE))
        told = [(value, place(number)) for value, number in numbers.items() if value is not None and value != OTHER]
        rest = place(NOWHERE if axis.yes_or_no else numbers.get(OTHER, NOWHERE))
        if source.kind == "flag":
            return when(*((column == value, number) for value, number in told), otherwise=nothing)
        if source.role == "unit" and not self.lazy:
            # Other words are read one by one where there are any.
            known = [(column == str(value), number) for value, number in told if source.may_be(str(value))]
        else:
            written = column.str.replace_all(r"\s+", " ").str.strip_chars()
            lower = written.str.to_lowercase()
            known = [(written == "", nothing)]
            for value, number in told:
                exact = isinstance(value, str) and source.role == "attribute"
                known.append(((written if exact else lower).is_in(_spellings(_said(value))), number))
        return when(*known, (column.is_null(), nothing), otherwise=rest)

    def _stretch(self, axis: Axis, column: Expr) -> Expr:
        place, starts = self.writer.place, [start for start in axis.values if isinstance(start, date)]
        point: Callable[[date], date] = moment if self.sources["as_of"].kind == "datetime" else lambda day: day
        late = []
        if axis.end is not None and axis.end < date.max:
            late = [(column >= point(axis.end + timedelta(days=1)), place(NOWHERE))]
        in_force = [(column >= point(start), place(n)) for n, start in enumerate(starts)]
        if starts[0] == date.min:
            in_force[0] = (~column.is_null(), place(0))
        return self.writer.when(*late, *reversed(in_force), otherwise=place(NOWHERE))

    def accepted(self, name: str, source: ColumnSource) -> Accepted:
        """The numbers that ``evaluate`` accepts for a measure, as they are stored."""
        unit, domain = self.measures[name].unit, self.measures[name].bare
        ratio = factor(source.unit, unit) if source.unit not in ("", unit) else Fraction(1)
        low = None if domain.low is None else limit(Op.AT_LEAST, Fraction(domain.low) / ratio, source.storage)
        high = None if domain.high is None else limit(Op.AT_MOST, Fraction(domain.high) / ratio, source.storage)
        if source.kind == "integer":
            return Accepted(((low, high),))
        low, high = max(-LARGEST, -LARGEST if low is None else low), min(LARGEST, LARGEST if high is None else high)
        # Between the smallest number accepted and nothing there is only zero.
        spans: list[tuple[float, float]] = [(max(low, SMALLEST), high)]
        if low <= 0 <= high:
            spans.append((0, 0))
        if low <= -SMALLEST:
            spans.append((low, min(high, -SMALLEST)))
        return Accepted(tuple(spans), domain.whole)

    def _unfit(self, name: str, source: ColumnSource) -> Expr | None:
        """Whether a number is one that ``evaluate`` refuses for the measure; ``None`` where all are accepted."""
        if source.kind == "read":
            return self.writer.column(f"b_{name}")
        value, (spans, whole_only) = self.writer.measured(name), self.accepted(name, source)
        if source.kind == "integer":
            [(low, high)] = spans
            outside = [value < low] if low is not None else []
            outside += [value > high] if high is not None else []
            return _any(outside) if outside else None
        accepted = _any([value == low if low == high else value.is_between(low, high) for low, high in spans])
        if source.kind == "decimal":
            low, high = spans[-1][0] or 0, spans[0][1] or 0
            accepted = accepted & self._few_digits(value, source, max(-low, high))
        if whole_only:
            accepted = accepted & (value.floor() == value)
        # NaN is refused where the engine tells it from a null; polars asks nothing of nulls anyway.
        return ~accepted if self.space.__name__ == "polars" else ~(accepted | value.is_null())

    def _few_digits(self, value: Expr, source: ColumnSource, largest: float) -> Expr:
        """Whether a stored decimal certainly has no more digits than its double prints.

        Eager frames read those of which it is not certain one by one.
        """
        fit = [value.is_between(-(10.0 ** (DIGITS - source.scale)), 10.0 ** (DIGITS - source.scale))]
        if self.lazy and largest > 10.0 ** (DIGITS - source.scale):
            # As wide as decimals go, so that rounding up always has room.
            kind = self.space.Decimal(38, source.scale)
            wide = self.writer.own(source.column).cast(kind)
            for scale in (scale for scale in (0, 3, 6, 9) if scale < source.scale):
                short = wide.round(scale).cast(kind) == wide
                fit.append(value.is_between(-(10.0 ** (DIGITS - scale)), 10.0 ** (DIGITS - scale)) & short)
        return _any(fit)

    def _countable(self, value: Expr) -> Expr:
        return value.is_null() | (value.is_between(0, MOST) & (value.floor() == value))

    def _counts(self) -> Iterator[tuple[str, Expr]]:
        """Children as counted in columns: all, those that meet the title, those about which it is unknown."""
        for name, levels, title, _ in self.plan.standings:
            places = [children_columns(level, title) for level in levels]
            if any(total not in self.sources for total, _, _ in places):
                continue
            everyone = [self.writer.column(f"s_{total}") for total, _, _ in places]
            met, unknown = [self._or(name, 0) for _, name, _ in places], [self._unknown(*place) for place in places]
            for number, level in enumerate(levels):
                if (against := self._against(level, title)) is not None:
                    # More meet a title than the one it builds on: neither count makes anything certain.
                    nothing = self.space.lit(0.0, dtype=self.space.Float64)
                    met[number] = self.writer.when((against, nothing), otherwise=met[number])
                    unknown[number] = self.writer.when((against, everyone[number]), otherwise=unknown[number])
            yield f"n_total_{name}", _sum(everyone)
            yield f"n_met_{name}", _sum(met)
            yield f"n_unknown_{name}", _sum(unknown)

    def _against(self, level: Level, title: str) -> Expr | None:
        """Whether the count of a title contradicts that of one it builds on, or of one that builds on it."""
        tests = []
        for higher, lower in self.plan.ladder:
            above, below = children_columns(level, higher), children_columns(level, lower)
            if title in (higher, lower) and above[1] in self.plan.reads and {*below[1:]} & {*self.plan.reads}:
                tests.append(self._or(above[1], 0) > self._or(below[1], 0) + self._unknown(*below))
        return _any(tests) if tests else None

    def _unknown(self, total: str, met: str, unknown: str) -> Expr:
        """A pack that nobody counted is unknown for all the children."""
        silent = [self._null(name) for name in (met, unknown)]
        everyone = self.writer.column(f"s_{total}")
        if all(test is None for test in silent):
            return everyone
        tests = [test for test in silent if test is not None]
        nobody = tests[0] if len(tests) == 1 else tests[0] & tests[1]
        return self.writer.when((nobody, everyone), otherwise=self._or(unknown, 0))

    def _null(self, name: str) -> Expr | None:
        return self.writer.column(f"s_{name}").is_null() if name in self.sources else None

    def _or(self, name: str, value: int) -> Expr:
        nothing = self.space.lit(float(value), dtype=self.space.Float64)
        if name not in self.sources:
            return nothing
        column = self.writer.column(f"s_{name}")
        return self.writer.when((column.is_null(), nothing), otherwise=column)

    def _impossible(self) -> Iterator[tuple[str, Expr]]:
        """Children met or unknown without a total, or more of them than there are."""
        counts = (counted_with(name) for name in self.plan.reads if self.sources[name].role == "children")
        for total, met, unknown in dict.fromkeys(filter(None, counts)):
            if total in self.sources:
                counted = self._or(met, 0) + self._or(unknown, 0)
                everyone = self.writer.column(f"s_{total}")
                silent = [test for test in map(self._null, (met, unknown)) if test is not None]
                wrong = (counted > everyone) | (everyone.is_null() & _any([~test for test in silent]))
                yield met if met in self.sources else unknown, wrong

    def _backwards(self) -> Iterator[tuple[str, Expr]]:
        """Titles that end before they were given."""
        for name in self.plan.reads:
            began = recognised_with(name) if self.sources[name].role == "recognition" else ""
            if began in self.plan.reads:
                yield name, self.writer.column(f"s_{name}") < self.writer.column(f"s_{began}")

    def _elsewhere(self) -> Iterator[tuple[str, Expr]]:
        """Rows of another province than the one whose own set is asked for."""
        if self.plan.homes and "province" in self.sources:
            said = self._province()
            yield "province", ~(said.is_null() | (said == "") | said.is_in(_spellings(self.plan.homes)))
        if self.plan.lands:
            # Another region is told than the one in which the province lies.
            land, places = self.writer.column("p_region"), self._places()
            if places:
                here = self.writer.column("a_region")
                other = [(land == number) & (here != places[region]) for number, region in enumerate(Region)]
                yield "province", (here != NOWHERE) & _any(other)
            else:
                yield "province", _any([land == number for number, one in enumerate(Region) if one != self.plan.region])

    def _province(self) -> Expr:
        said = self.writer.own(self.sources["province"].column).cast(self.space.String)
        return said.str.to_lowercase().str.replace_all(r"\s+", " ").str.strip_chars()

    def _land(self) -> Expr:
        """The number of the region that a row's province settles, or none."""
        place, said = self.writer.place, self._province()
        made = [
            self.writer.when(
                *((said.is_in(_spellings(words)), place([*Region].index(region))) for region, words in lands),
                otherwise=place(NOWHERE),
            )
            for _, lands in self.plan.lands
        ]
        since = [(self._day() >= moment(day), one) for (day, _), one in zip(self.plan.lands[1:], made[1:], strict=True)]
        return self.writer.when(*since, otherwise=made[0])

    def _day(self) -> Expr:
        day = self.sources["as_of"]
        column = self.writer.column("d_as_of") if day.kind == "read" else self.writer.own(day.column)
        return column.cast(self.space.Datetime)

    def _places(self) -> dict[Region | None, Expr]:
        """The places of the regions on their axis, where units differ in it."""
        axis = next((axis for axis in self.plan.axes if axis.name == "region"), None)
        if axis is None:
            return {}
        numbers = {value: number for number, value in enumerate(axis.values)}
        return {region: self.writer.place(numbers.get(region, NOWHERE)) for region in (*Region, None)}

    def _regions(self) -> Iterator[tuple[str, Expr]]:
        """The region as it is told, else as the province settles it."""
        places = self._places() if self.plan.lands else {}
        if places:
            land = self.writer.column("p_region")
            cases = [(land == number, places[region]) for number, region in enumerate(Region)]
            settled = self.writer.when(*cases, otherwise=places[None])
            if "region" in self.sources:
                told = self.writer.column("t_region")
                settled = self.writer.when((told == places[None], settled), otherwise=told)
            yield "a_region", settled

    def _ended(self) -> Iterator[tuple[str, Expr]]:
        """Rows of a level that is no more on their day."""
        axes = {axis.name: axis for axis in self.plan.axes}
        if not {"level", "as_of"} <= axes.keys():
            return
        level, stretch = (self.writer.column(f"a_{name}") for name in ("level", "as_of"))
        for number, value in enumerate(axes["level"].values):
            last = LAST_DAYS.get(value) if isinstance(value, Level) else None
            starts = [start for start in axes["as_of"].values if isinstance(start, date)]
            if last is not None and starts[-1] > last:
                yield "level", (level == number) & (stretch >= sum(start <= last for start in starts))


def _sum(terms: list[Any]) -> Any:
    total = terms[0]
    for term in terms[1:]:
        total = total + term
    return total


def _any(tests: list[Any]) -> Any:
    found = tests[0]
    for test in tests[1:]:
        found = found | test
    return found


def _said(value: object) -> tuple[str, ...]:
    """The words that say a value, in small letters where capitals make no difference."""
    if isinstance(value, bool):
        return tuple(sorted(YES_WORDS if value else NO_WORDS))
    return tuple(map(fold, value.names)) if isinstance(value, Named) else (str(value),)


def _spellings(words: tuple[str, ...]) -> list[str]:
    """Words as different machines write them: composed or decomposed, with đ or the letter of old fonts for it."""
    forms = [form for word in words for form in (word, word.replace("đ", "\u00f0"))]
    return list(dict.fromkeys(one for form in forms for one in (form, unicodedata.normalize("NFD", form))))
