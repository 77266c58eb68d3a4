"""Rules over whole numbers: what each kind of requirement asks of the fact it is decided by.

Every requirement has one fact of its own with a few small integer fields, and a handful of rules over them of which
exactly one holds, whatever the fields are. No rule negates and none joins two facts: counts stand in the fact itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import Literal, NamedTuple

from ..evaluation.bounds import Bounds
from ..pack.condition import Op
from ..snapshot.observation import FindingValue
from ..verdict import MET, NOT_APPLICABLE, NOT_MET, UNKNOWN, Verdict

# Integers up to here are the same in every number type the engine might use.
LIMIT = 2**53 - 1

CODES: dict[Verdict, int] = {UNKNOWN: 0, MET: 1, NOT_MET: 2, NOT_APPLICABLE: 3}
VERDICTS: tuple[Verdict, ...] = tuple(CODES)
FINDINGS: dict[FindingValue | None, int] = {
    None: 0, FindingValue.MET: 1, FindingValue.NOT_MET: 2, FindingValue.NOT_APPLICABLE: 3,
}  # fmt: skip
FINDINGS_DIFFER = 4

Fields = dict[str, int]


class Test(NamedTuple):
    """A field compared with a whole number."""

    field: str
    op: Literal["==", ">=", "<="]
    value: int


class Rule(NamedTuple):
    """The verdict that follows where every test holds."""

    verdict: Verdict
    tests: tuple[Test, ...] = ()

    def also(self, *tests: Test) -> Rule:
        """The same rule with more to hold."""
        return Rule(self.verdict, (*self.tests, *tests))


Rules = tuple[Rule, ...]


def from_(field: str, low: int) -> Test:
    """The field is this much or more."""
    return Test(field, ">=", low)


def to(field: str, high: int) -> Test:
    """The field is this much or less."""
    return Test(field, "<=", high)


def same(field: str, verdict: Verdict) -> Test:
    """The field holds the verdict."""
    return Test(field, "==", CODES[verdict])


def clamped(number: int) -> int:
    """The number, or the nearest the engine is given; no comparison turns on the difference.

    >>> clamped(-(10**40)) == -LIMIT
    True
    """
    return max(-LIMIT, min(LIMIT, number))


def copied(field: str) -> Rules:
    """The verdict that the field holds."""
    return tuple(Rule(verdict, (same(field, verdict),)) for verdict in VERDICTS)


ALL: Rules = (
    Rule(NOT_MET, (from_("failing", 1),)),
    Rule(UNKNOWN, (to("failing", 0), from_("unknown", 1))),
    Rule(MET, (to("failing", 0), to("unknown", 0), from_("met", 1))),
    Rule(NOT_APPLICABLE, (to("failing", 0), to("unknown", 0), to("met", 0))),
)
ANY: Rules = (
    Rule(MET, (from_("met", 1),)),
    Rule(UNKNOWN, (to("met", 0), from_("unknown", 1))),
    Rule(NOT_MET, (to("met", 0), to("unknown", 0), from_("failing", 1))),
    Rule(NOT_APPLICABLE, (to("met", 0), to("unknown", 0), to("failing", 0))),
)
CHOICE: Rules = (
    *(rule.also(same("guard", MET)) for rule in copied("then")),
    *(rule.also(from_("guard", CODES[NOT_MET])) for rule in copied("otherwise")),
    *(rule.also(same("guard", UNKNOWN), from_("agree", 1)) for rule in copied("then")),
    Rule(UNKNOWN, (same("guard", UNKNOWN), to("agree", 0))),
)
FINDING: Rules = (
    Rule(MET, (same("finding", MET),)),
    Rule(NOT_MET, (same("finding", NOT_MET),)),
    Rule(UNKNOWN, (to("finding", 0),)),
    Rule(UNKNOWN, (from_("finding", FINDINGS[FindingValue.NOT_APPLICABLE]),)),
)
APPLICABLE: Rules = (
    Rule(MET, (to("finding", FINDINGS[FindingValue.NOT_MET]),)),
    Rule(NOT_MET, (Test("finding", "==", FINDINGS[FindingValue.NOT_APPLICABLE]),)),
    Rule(MET, (from_("finding", FINDINGS_DIFFER),)),
)
HELD: Rules = (
    Rule(MET, (from_("held", 1),)),
    *(rule.also(to("held", 0)) for rule in copied("verdict")),
)
# What does not apply is neutral; where that is open, a failure is not certain and a pass is.
WHERE_APPLICABLE: Rules = (
    Rule(NOT_APPLICABLE, (same("applies", NOT_MET),)),
    Rule(MET, (same("applies", UNKNOWN), same("base", MET))),
    Rule(UNKNOWN, (same("applies", UNKNOWN), same("base", UNKNOWN))),
    Rule(UNKNOWN, (same("applies", UNKNOWN), from_("base", CODES[NOT_MET]))),
    *(rule.also(same("applies", MET)) for rule in copied("base")),
    *(rule.also(same("applies", NOT_APPLICABLE)) for rule in copied("base")),
)
AMONG: Rules = (
    Rule(MET, (from_("hit", 1),)),
    Rule(UNKNOWN, (to("hit", 0), from_("open", 1))),
    Rule(NOT_MET, (to("hit", 0), to("open", 0))),
)
# ``known``: 0 nothing can be said, 1 the margins decide, 2 there is nothing to count.
WITHIN: Rules = (
    Rule(UNKNOWN, (to("known", 0),)),
    Rule(NOT_APPLICABLE, (from_("known", 2),)),
    *(
        rule.also(Test("known", "==", 1))
        for rule in (
            Rule(NOT_MET, (from_("gap", 1),)),
            Rule(NOT_MET, (to("gap", 0), to("reach", -1))),
            Rule(NOT_MET, (to("gap", 0), from_("reach", 0), from_("over", 1))),
            Rule(UNKNOWN, (to("gap", 0), from_("reach", 0), to("over", 0), to("above", -1))),
            Rule(UNKNOWN, (to("gap", 0), from_("reach", 0), to("over", 0), from_("above", 0), to("room", -1))),
            Rule(MET, (to("gap", 0), from_("above", 0), from_("room", 0))),
        )
    ),
)
NOTHING_KNOWN: Fields = {"known": 0, "gap": 0, "reach": 0, "over": 0, "above": 0, "room": 0}
NOTHING_TO_COUNT: Fields = {**NOTHING_KNOWN, "known": 2}


def margins(bounds: Bounds, met: int, unknown: int) -> Fields:
    """How far counts are from the whole numbers that decide."""
    return {
        "known": 1,
        "gap": clamped(bounds.low - bounds.high),
        "reach": clamped(met + unknown - bounds.low),
        "over": clamped(met - bounds.high),
        "above": clamped(met - bounds.low),
        "room": clamped(bounds.high - met - unknown),
    }


def at_least(needed: int) -> Rules:
    """So many of the counted ones."""
    counted = from_("counted", 1)
    return (
        Rule(NOT_APPLICABLE, (to("counted", 0),)),
        Rule(MET, (counted, from_("met", needed))),
        Rule(UNKNOWN, (counted, to("met", needed - 1), from_("reach", needed))),
        Rule(NOT_MET, (counted, to("reach", needed - 1))),
    )


def settled(rules: Iterable[Rule]) -> Rules:
    """The same, but where nothing is decided a clear finding decides."""
    found: list[Rule] = []
    for rule in rules:
        if rule.verdict is UNKNOWN:
            found += [Rule(heard.verdict, (*rule.tests, *heard.tests)) for heard in FINDING]
        else:
            found.append(rule)
    return tuple(found)


class Scale:
    """A comparison in whole numbers: the threshold times a power of ten, and values rounded to that grid.

    A value at or above the threshold stays so when rounded down to the grid the threshold lies on, and one above it
    when rounded up, so nothing is lost. A threshold too large for the grid is compared by the distance to it.

    >>> scale = Scale(Op.AT_LEAST, Decimal("55.5"))
    >>> scale.fields((Decimal("55.49"),)), scale.fields((Decimal("55.5"),))
    ({'low': 554, 'high': 554}, {'low': 555, 'high': 555})
    >>> [rule.verdict.name for rule in scale.rules() if rule.tests == (Test("low", ">=", 555),)]
    ['MET']
    """

    __slots__ = ("_digits", "_down", "_origin", "limit", "op", "threshold")

    def __init__(self, op: Op, threshold: Decimal) -> None:
        self.op, self.threshold = op, threshold
        self._down = op in (Op.AT_LEAST, Op.LESS_THAN)
        exponent = threshold.as_tuple().exponent
        assert isinstance(exponent, int)
        self._digits = max(0, -exponent)
        whole = self._grid(threshold)
        self._origin = 0 if abs(whole) < LIMIT - 1 else whole
        self.limit = whole - self._origin

    def _grid(self, value: Decimal) -> int:
        scaled = Fraction(value) * Fraction(10) ** self._digits
        return floor(scaled) if self._down else ceil(scaled)

    def fields(self, values: tuple[Decimal, ...]) -> Fields:
        """The lowest and highest of the values; of no value, the widest there is."""
        if self.op is Op.EQUAL_TO:
            equal = sum(value == self.threshold for value in values)
            return {"equal": equal, "other": len(values) - equal}
        if not values:
            return {"low": -LIMIT, "high": LIMIT}
        grid = [clamped(self._grid(value) - self._origin) for value in (min(values), max(values))]
        return {"low": grid[0], "high": grid[1]}

    def rules(self) -> Rules:
        """Met where every value passes, failed where none does."""
        if self.op is Op.EQUAL_TO:
            return (
                Rule(MET, (from_("equal", 1), to("other", 0))),
                Rule(NOT_MET, (to("equal", 0), from_("other", 1))),
                Rule(UNKNOWN, (from_("equal", 1), from_("other", 1))),
                Rule(UNKNOWN, (to("equal", 0), to("other", 0))),
            )
        upward = self.op in (Op.AT_LEAST, Op.MORE_THAN)
        # From here on a value stands on the upper side of the threshold.
        upper = self.limit + (self.op in (Op.MORE_THAN, Op.AT_MOST))
        above, below = (from_("low", upper),), (to("high", upper - 1),)
        return (
            Rule(MET if upward else NOT_MET, above),
            Rule(NOT_MET if upward else MET, below),
            Rule(UNKNOWN, (to("low", upper - 1), from_("high", upper))),
        )
