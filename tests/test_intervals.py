"""The reasoning under comparison and lint is exact: intervals hold what they say, and the search misses nothing."""

from __future__ import annotations

from decimal import Decimal
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from ntm_rules.analysis.formula import (
    FALSE,
    TRUE,
    Fact,
    Flag,
    Formula,
    Several,
    Variable,
    Within,
    groups,
    names,
    negation,
    search,
    several,
)
from ntm_rules.analysis.interval import Interval
from ntm_rules.evaluation.intervals import TESTS
from ntm_rules.pack.condition import Op

limits = st.integers(-4, 12).map(lambda n: Decimal(n) / 2)
DOMAIN = Interval(Decimal(0), True, Decimal(4), True)
WHOLE = DOMAIN._replace(whole=True)


def holds(interval: Interval, value: Decimal) -> bool:
    low, high = interval.low, interval.high
    above = low is None or value > low or (interval.low_in and value == low)
    below = high is None or value < high or (interval.high_in and value == high)
    return above and below and (not interval.whole or value == value.to_integral_value())


@given(st.sampled_from(Op), limits, limits)
def test_an_interval_holds_what_the_comparison_lets_through(op: Op, limit: Decimal, value: Decimal) -> None:
    assert holds(Interval.of(op, limit), value) is TESTS[op](value, limit)


@given(st.sampled_from((DOMAIN, WHOLE)), st.lists(st.tuples(st.sampled_from(Op), limits), max_size=3), limits)
def test_meeting_and_outside_part_the_domain(
    domain: Interval, comparisons: list[tuple[Op, Decimal]], value: Decimal
) -> None:
    met = domain.tight()
    for op, limit in comparisons:
        met = met.meet(Interval.of(op, limit))
    inside = holds(domain, value) and all(TESTS[op](value, limit) for op, limit in comparisons)
    assert holds(met, value) is inside
    if not met.empty:
        assert holds(met, met.pick())
        assert all(TESTS[op](met.pick(), limit) for op, limit in comparisons)
        assert [holds(piece, value) for piece in met.outside(domain)].count(True) == (
            holds(domain, value) and not inside
        )


@given(limits, st.booleans(), st.booleans(), st.booleans())
def test_a_value_is_picked_from_every_interval_that_has_one(
    low: Decimal, bounded: bool, low_in: bool, high_in: bool
) -> None:
    for high in (low + Decimal("0.001"), low + 7, None):
        for interval in (
            Interval(low, low_in, high, high_in and high is not None),
            Interval(high=high, high_in=bounded),
        ):
            assert holds(interval, interval.pick())


# Two numbers and two flags, few enough to try every world.
NUMBERS = [Variable((name,), WHOLE) for name in "xy"]
FLAGS = [Flag("finding", (name,)) for name in "fg"]
World = tuple[dict[Variable, Decimal], dict[Flag, bool]]
WORLDS: list[World] = [
    (dict(zip(NUMBERS, map(Decimal, values), strict=True)), dict(zip(FLAGS, flags, strict=True)))
    for values in product(range(5), repeat=2)
    for flags in product((False, True), repeat=2)
]


def formulas() -> st.SearchStrategy[Formula]:
    def comparison(variable: Variable, op: Op, limit: int) -> Formula:
        interval = Interval.of(op, Decimal(limit)).meet(WHOLE)
        return FALSE if interval.empty else Within(variable, interval)

    leaves = st.one_of(
        st.builds(comparison, st.sampled_from(NUMBERS), st.sampled_from(Op), st.integers(-1, 5)),
        st.builds(Fact, st.sampled_from(FLAGS), st.booleans()),
    )
    return st.recursive(
        leaves,
        lambda inner: st.builds(several, st.integers(0, 4), st.lists(inner, max_size=4)),
        max_leaves=8,
    )


def true_in(formula: Formula, world: World) -> bool:
    match formula:
        case Within(variable, interval):
            return holds(interval, world[0][variable])
        case Fact(flag, up):
            return world[1][flag] is up
        case Several(needed, parts):
            return sum(true_in(part, world) for part in parts) >= needed


@given(st.lists(formulas(), min_size=1, max_size=3))
def test_the_search_finds_a_world_exactly_where_there_is_one(goals: list[Formula]) -> None:
    there_is = any(all(true_in(goal, world) for goal in goals) for world in WORLDS)
    found = search(goals)
    assert (found is not None) is there_is
    if found is not None:
        numbers = {variable: found.spans.get(variable, WHOLE).pick() for variable in NUMBERS}
        flags = {flag: found.flags.get(flag, False) for flag in FLAGS}
        assert all(true_in(goal, (numbers, flags)) for goal in goals)


@given(formulas())
def test_a_formula_or_its_negation_holds_and_never_both(formula: Formula) -> None:
    assert all(true_in(formula, world) is not true_in(negation(formula), world) for world in WORLDS)
    assert (negation(formula) == TRUE) is (formula == FALSE)


@given(st.lists(formulas(), max_size=5))
def test_groups_have_nothing_in_common_and_lose_nothing(given_formulas: list[Formula]) -> None:
    parted = groups(given_formulas)
    assert sorted(repr(formula) for group in parted for formula in group) == sorted(map(repr, given_formulas))
    asked = [frozenset().union(*map(names, group)) for group in parted]
    assert all(one.isdisjoint(other) for i, one in enumerate(asked) for other in asked[:i])
