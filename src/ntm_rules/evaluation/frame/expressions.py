"""A plan's nodes as expressions of an engine.

``space`` is narwhals, or polars itself, whose interface narwhals has: written for one it reads the same for the other.
No expression relies on how an engine treats nulls in logic: each comparison stands in a ``when`` of its own.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from ...pack.condition import Op
from ...snapshot.observation import FindingValue
from ..axes import ByContext
from ..numbering import NEUTRAL, NO, OPEN, WORDS, YES
from . import followed, lasting
from .limits import LARGEST
from .names import recognition_columns
from .nodes import (
    Apart,
    Both,
    Branch,
    Choice,
    Compare,
    Concerned,
    Enough,
    Excepted,
    Expired,
    Failing,
    Fixed,
    Follows,
    Gap,
    Gaps,
    Held,
    Least,
    Made,
    Measured,
    Missing,
    Most,
    Node,
    Pick,
    Present,
    Said,
    Scored,
    Settled,
    Silent,
    Sum,
    Tally,
    Test,
    Unmet,
    Unresolved,
    Worth,
    compares,
    neutral,
)
from .sources import ColumnSource
from .sql import SPACES

# What stands for a finding that is none, and for a place on no axis.
BAD, NOWHERE = 100, -1
# No column of a user's begins like the columns made on the way.
INNER = "__ntm_"
Expr = Any


class Writer:
    """Writes nodes as expressions over the columns that ``reading`` prepares."""

    def __init__(self, space: Any, sources: Mapping[str, ColumnSource], as_of: date | None) -> None:
        self.space, self.sources, self.as_of = space, sources, as_of
        self.native = space.__name__ == "polars"
        # Polars compares and orders the words of an enumeration as it does small numbers, and they are the answer.
        self.kind = space.Enum(list(WORDS)) if self.native else space.Int8
        self.told: Sequence[str | int] = WORDS if self.native else range(len(WORDS))
        self.no, self.open, self.yes, self.neutral = (self.told[code] for code in (NO, OPEN, YES, NEUTRAL))

    def code(self, value: int) -> Expr:
        """A verdict or finding, as this engine has them; ``BAD`` is no word."""
        if not self.native:
            return self.space.lit(value, dtype=self.kind)
        return self.space.lit(None if value == BAD else WORDS[value], dtype=self.kind)

    def bad(self, heard: Expr) -> Expr:
        """Whether a finding is none."""
        return heard.is_null() if self.native else heard == BAD

    def place(self, value: int) -> Expr:
        """A place on an axis."""
        return self.space.lit(value, dtype=self.space.Int16)

    def own(self, name: str) -> Expr:
        """A column of the user's frame."""
        return self.space.col(name)

    def column(self, name: str) -> Expr:
        """A column made on the way."""
        return self.space.col(INNER + name)

    def measured(self, name: str) -> Expr:
        """A measure's numbers."""
        source = self.sources[name]
        return self.own(source.column) if source.as_it_is else self.column(f"s_{name}")

    def when(self, *cases: tuple[Expr, Expr], otherwise: Expr) -> Expr:
        """The first case that certainly holds."""
        for test, value in reversed(cases):
            otherwise = self.space.when(test).then(value).otherwise(otherwise)
        return otherwise

    def word(self, *cases: tuple[Expr, Expr]) -> Expr:
        """The word of the first case that certainly holds, not nested however many there are; none where none does."""
        nothing = self.space.lit(None, dtype=self.space.String)
        if self.space.__name__ in SPACES:
            return self.when(*cases, otherwise=nothing)
        return self.space.coalesce(*(self.space.when(test).then(word) for test, word in cases), nothing)

    def write(self, node: Node) -> Expr:
        """A verdict as an expression of small numbers."""
        match node:
            case Fixed():
                return self.code(node.code)
            case Made():
                return self.column(node.name)
            case ByContext():
                return self.cases(node)
            case Compare():
                return self.comparison(node, self.code(OPEN))
            case Follows():
                return followed.verdict(self, node)
            case Present():
                return self.when((followed.present(self, node), self.code(YES)), otherwise=self.code(NO))
            case Both():
                return followed.both(self, node)
            case Said():
                heard = self.column(f"f_{node.column}")
                if not self.sources[node.column].may_be(FindingValue.NOT_APPLICABLE.value):
                    return heard
                return self.when((heard == self.neutral, self.code(OPEN)), otherwise=heard)
            case Concerned():
                heard = self.column(f"f_{node.column}")
                return self.when((heard == self.neutral, self.code(NO)), otherwise=self.code(YES))
            case Settled():
                said = self.write(Said(node.column))
                if compares(node.verdict):
                    return self.comparison(node.verdict, said)
                verdict = self.write(node.verdict)
                return self.when((verdict == self.open, said), otherwise=verdict)
            case Excepted():
                verdict, guard = self.write(node.verdict), self.write(node.guard)
                fails = (guard == self.no, self.code(NEUTRAL))
                return self.when(
                    fails, ((guard == self.open) & (verdict != self.yes), self.code(OPEN)), otherwise=verdict
                )
            case Least():
                return self.least(map(self.write, node.parts))
            case Most():
                return self.most(node.parts)
            case Enough():
                return self.enough(node.needed, tuple(map(self.write, node.parts)))
            case Choice():
                guard, then, otherwise = map(self.write, (node.guard, node.then, node.otherwise))
                agreed = self.code(OPEN)
                if Fixed(OPEN) not in (node.then, node.otherwise):
                    agreed = self.when((then == otherwise, then), otherwise=agreed)
                return self.when((guard == self.yes, then), (guard == self.open, agreed), otherwise=otherwise)
            case Measured():
                check = self.write(node.check)
                sure = (check == self.no) | (check == self.yes)
                return self.when((sure, self.write(node.decided)), otherwise=self.write(node.otherwise))
            case Held():
                return self.held(node)
            case Failing():
                verdict = self.write(node.verdict)
                return self.when(
                    (verdict == self.no, self.code(YES)), (verdict == self.open, verdict), otherwise=self.code(NO)
                )
            case Silent():
                nobody = self.column(f"n_total_{node.standing}").is_null()
                return self.when((nobody, self.code(YES)), otherwise=self.code(NO))
            case Expired():
                return self.expired(node)
            case Missing():
                there = self.measured(node.measure) <= LARGEST
                return self.when((there, self.code(NO)), otherwise=self.code(YES))
            case Sum():
                return self.sum(node)
            case Pick():
                return self.pick(node)
            case Gaps():
                return self.gaps(node)
            case Tally():
                return self.tally(node)
            case Unresolved():
                none = self.column(f"n_total_{node.standing}") == 0
                return self.when((none, self.code(NEUTRAL)), otherwise=self.code(OPEN))
            case Unmet():
                return self.unmet(node)

    def cases(self, node: ByContext[Any]) -> Expr:
        """Verdicts that differ along an axis."""
        return self._split(node, self.write)

    def _split(self, node: ByContext[Any], write: Any) -> Expr:
        *some, (_, last) = node.branches
        cases = [(self.on_axis(node.axis, numbers), self._branch(branch, write)) for numbers, branch in some]
        return self.when(*cases, otherwise=self._branch(last, write))

    def _branch(self, branch: Any, write: Any) -> Expr:
        return self._split(branch, write) if isinstance(branch, ByContext) else write(branch)

    def on_axis(self, axis: str, numbers: tuple[int, ...]) -> Expr:
        """Whether a row lies at some of the values of an axis."""
        column = self.column(f"a_{axis}")
        return column == numbers[0] if len(numbers) == 1 else column.is_in(list(numbers))

    def limits(self, cases: ByContext[Any], whole: bool) -> Expr:
        """Limits that differ along axes, as numbers."""
        kind = self.space.Int64 if whole and math.inf not in _limits(cases) else self.space.Float64
        return self._split(cases, lambda number: self.space.lit(number, dtype=kind))

    def comparison(self, node: Node, unknown: Expr) -> Expr:
        """Comparisons, with what stands where they are open."""
        match node:
            case Compare():
                return self.compare(node, unknown)
            case ByContext():
                return self._split(node, lambda branch: self.comparison(branch, unknown))
            case _:
                return unknown

    def compare(self, node: Compare, unknown: Expr) -> Expr:
        value = self.measured(node.measure)
        limit: Any = self.column(node.limit) if isinstance(node.limit, str) else node.limit
        passes = {"ge": value >= limit, "le": value <= limit, "eq": value == limit}[node.test]
        # Whether there is a number costs less than a second comparison.
        return self.when((passes, self.code(YES)), (value.is_null(), unknown), otherwise=self.code(NO))

    def least(self, parts: Iterable[Expr]) -> Expr:
        """The smallest of some numbers in a row."""
        return self.space.min_horizontal(*_named(parts))

    def most(self, parts: tuple[Node, ...]) -> Expr:
        written = [(self.write(part), neutral(part)) for part in parts]
        low = [
            self.when((expr == self.neutral, self.code(NO)), otherwise=expr) if may else expr for expr, may in written
        ]
        best = self.space.max_horizontal(*_named(low))
        if all(may for _, may in written):
            idle = self.least(expr for expr, _ in written) == self.neutral
            return self.when((idle, self.code(NEUTRAL)), otherwise=best)
        return best

    def enough(self, needed: int, parts: tuple[Expr, ...]) -> Expr:
        met, open_ones, idle = (self.count(parts, code) for code in (self.yes, self.open, self.neutral))
        return self.when(
            (idle == len(parts), self.code(NEUTRAL)),
            (met >= needed, self.code(YES)),
            (met + open_ones >= needed, self.code(OPEN)),
            otherwise=self.code(NO),
        )

    def count(self, parts: Iterable[Expr], code: int | str) -> Expr:
        """How many of some verdicts are this one."""
        kind = self.space.Int64
        if self.native:
            # Polars adds small numbers much faster than it counts flags.
            one, none = (self.space.lit(number, dtype=self.space.UInt16) for number in (1, 0))
            flags = (self.when((part == code, one), otherwise=none) for part in parts)
            return self.space.sum_horizontal(*flags).cast(kind)
        return self.space.sum_horizontal(*_named((part == code).cast(kind) for part in parts))

    def held(self, node: Held) -> Expr:
        on, _, revoked = recognition_columns(node.title)
        other = self.write(node.otherwise)
        lost = []
        if (over := self.over(node)) is not None:
            lost.append((over, other))
        if revoked in self.sources:
            lost.append((self.column(f"s_{revoked}") <= self.today(), other))
        return self.when((self.granted(on, node.start), self.when(*lost, otherwise=self.code(YES))), otherwise=other)

    def expired(self, node: Expired) -> Expr:
        """Where the expiry of a title has passed and it was not taken back."""
        on, _, revoked = recognition_columns(node.title)
        found = self.when((self.granted(on, node.start) & self.over(node), self.code(YES)), otherwise=self.code(NO))
        if revoked in self.sources:
            return self.when((self.column(f"s_{revoked}") <= self.today(), self.code(NO)), otherwise=found)
        return found

    def over(self, node: Held | Expired) -> Expr | None:
        """Whether the days of a title have run out, by its decision or its set; nothing where neither limits them."""
        on, until, _ = recognition_columns(node.title)
        full = None if node.months is None else lasting.are_full(self, on, node.months)
        if until not in self.sources:
            return full
        last = self.column(f"s_{until}")
        ran_out = last < self.today()
        return ran_out if full is None else self.when((last.is_null(), full), otherwise=ran_out | full)

    def today(self) -> Expr:
        return self.column("s_as_of") if self.as_of is None else moment(self.as_of)

    def granted(self, on: str, start: date | None) -> Expr:
        """Whether a title was given by then, and under its edition."""
        given = self.column(f"s_{on}") <= self.today()
        return given if start is None else given & (self.column(f"s_{on}") >= moment(start))

    def holds(self, tests: Iterable[Test]) -> Expr:
        """Whether all verdicts are as tested."""
        every: Expr = None
        for node, codes in tests:
            verdict = self.write(node)
            told = [self.told[code] for code in codes]
            test = verdict == told[0] if len(told) == 1 else verdict.is_in(told)
            every = test if every is None else every & test
        return every

    def pick(self, node: Pick) -> Expr:
        kind = self.space.UInt8 if self.native else self.space.Int8
        cases = [(self.holds(tests), self.number(value, kind)) for tests, value in node.numbers]
        return self.when(*cases, otherwise=self.space.lit(BAD, dtype=kind))

    def number(self, branch: Branch, kind: Any) -> Expr:
        """A number that may differ along axes."""
        return self._branch(branch, lambda number: self.space.lit(number, dtype=kind))

    def gaps(self, node: Gaps) -> Expr:
        kind = self.space.Float64
        cases = []
        for gap in node.gaps:
            away = self.away(gap)
            # Doubles differ by tiny amounts that nobody measured; what is no number of ours cannot always be rounded.
            rounded = self.when((away <= LARGEST, away), otherwise=self.space.lit(None, dtype=kind)).round(9)
            cases.append((self.holds(gap.tests), rounded))
        return self.when(*cases, otherwise=self.space.lit(None, dtype=kind))

    def away(self, gap: Gap) -> Expr:
        """How far a figure is from its threshold; of a sum that is still open, its nearest end."""
        threshold = self.number(gap.threshold, self.space.Float64)
        if isinstance(gap.measure, Apart):
            return followed.away(self, gap.measure, gap.times, threshold)
        if not isinstance(gap.measure, Sum):
            return (self.numbers(gap.measure, gap.times) - threshold).abs()
        ends = [(end - threshold).abs() for end in self.ends(gap.measure)]
        return self.least(ends)

    def tally(self, node: Tally) -> Expr:
        total, met, unknown = (self.column(f"n_{name}_{node.standing}") for name in ("total", "met", "unknown"))
        whole = total if node.share else self.space.lit(1, dtype=self.space.Int64)
        verdict = self.bounds(node.op, node.numerator, node.denominator, whole, met, unknown)
        first = [(total.is_null(), self.code(OPEN))]
        if node.share:
            first.append((total == 0, self.code(NEUTRAL)))
        return self.when(*first, otherwise=verdict)

    def sum(self, node: Sum) -> Expr:
        """A sum between what it is at least and at most, against its limit."""
        (low, high), limit = self.ends(node), node.limit
        beyond = () if node.most is None else ((low > node.most, self.code(OPEN)),)
        sure, out = _certain(node.op, low, high, limit)
        return self.when(*beyond, (sure, self.code(YES)), (out, self.code(NO)), otherwise=self.code(OPEN))

    def ends(self, node: Sum) -> tuple[Expr, Expr]:
        """What a sum is at least and at most; to nine decimals, within which doubles add up exactly."""
        kind = self.space.Float64
        low = high = None
        for term in node.terms:
            least, most = self._term(term)
            low = least if low is None else low + least
            high = most if high is None else high + most
        assert low is not None
        assert high is not None
        if node.most is not None:
            high = self.least([high, self.number(node.most, self.space.Float64)])
        boundless = [self.when((end.abs() <= LARGEST, end.round(9)), otherwise=end) for end in (low, high)]
        return boundless[0].cast(kind), boundless[1].cast(kind)

    def _term(self, term: Scored | Worth) -> tuple[Expr, Expr]:
        def number(value: float) -> Expr:
            return self.space.lit(value, dtype=self.space.Float64)

        if isinstance(term, Worth):
            verdict, points, none = self.write(term.node), number(term.points), number(0.0)
            return self.when((verdict == self.yes, points), otherwise=none), self.when(
                (verdict == self.no, none), otherwise=points
            )
        if not term.measure:
            return number(term.low), number(term.high)
        value = self.numbers(term.measure, term.times)
        there = value <= LARGEST
        if term.made is not None:
            there = there & (self.write(term.made) == self.no)
        return tuple(self.when((there, value), otherwise=number(end)) for end in (term.low, term.high))

    def numbers(self, measure: str, times: float) -> Expr:
        """A measure's numbers as doubles, taken so many times."""
        kind = self.space.Float64
        value = self.measured(measure).cast(kind)
        if (source := self.sources[measure]).kind == "single":
            # As it prints, which is what it stands for.
            value = self.own(source.column).cast(self.space.String).cast(kind)
        return value if times == 1 else value * times

    def unmet(self, node: Unmet) -> Expr:
        criteria = tuple(map(self.write, node.criteria))
        total = len(criteria) - self.count(criteria, self.neutral)
        unmet, unknown = self.count(criteria, self.no), self.count(criteria, self.open)
        verdict = self.code(OPEN)
        if node.denominator:
            verdict = self.bounds(node.op, node.numerator, node.denominator, total, unmet, unknown)
        return self.when((total == 0, self.code(NEUTRAL)), otherwise=verdict) if neutral(node) else verdict

    def bounds(self, op: Op, numerator: int, denominator: int, whole: Expr, met: Expr, unknown: Expr) -> Expr:
        """So many of a whole, in whole numbers: ``met / whole`` against ``numerator / denominator``."""
        threshold = whole * numerator
        low, high = met * denominator, (met + unknown) * denominator
        sure, out = _certain(op, low, high, threshold)
        if op is Op.EQUAL_TO:
            out = out | (threshold // denominator * denominator != threshold)
        return self.when((sure, self.code(YES)), (out, self.code(NO)), otherwise=self.code(OPEN))


def _named(parts: Iterable[Expr]) -> list[Expr]:
    """Expressions with names of their own, as some engines want them."""
    return [part.alias(f"{number}") for number, part in enumerate(parts)]


def moment(day: date) -> datetime:
    """The first moment of a day."""
    return datetime(day.year, day.month, day.day)


def _limits(cases: ByContext[Any]) -> set[Any]:
    found: set[Any] = set()
    for _, branch in cases.branches:
        found |= _limits(branch) if isinstance(branch, ByContext) else {branch}
    return found


def _certain(op: Op, low: Expr, high: Expr, limit: Expr | float) -> tuple[Expr, Expr]:
    """Whether what lies between two ends certainly passes a comparison, and whether it certainly fails it."""
    match op:
        case Op.AT_LEAST:
            return low >= limit, high < limit
        case Op.MORE_THAN:
            return low > limit, high <= limit
        case Op.AT_MOST:
            return high <= limit, low > limit
        case Op.LESS_THAN:
            return high < limit, low >= limit
        case Op.EQUAL_TO:
            return (low == limit) & (high == limit), (low > limit) | (high < limit)
