"""The parts of the search for what would have to change, each on its own: boxes of verdicts, points, choices, sums."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from itertools import chain, combinations, product
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shelf import MEASURES, head, indicators, one, overlay, shelf

import ntm_rules as ntm
from ntm_rules.evaluation import changes, possible, ways
from ntm_rules.evaluation.changes import Changes, GaveUpError
from ntm_rules.evaluation.evaluate import checked
from ntm_rules.evaluation.form import Group, Open
from ntm_rules.evaluation.possible import Option
from ntm_rules.evaluation.remedy import _beyond as beyond
from ntm_rules.evaluation.ways import ANY, FAIL, PASS, STANDS, SUMS, Goal
from ntm_rules.pack.catalogue import Catalogue
from ntm_rules.pack.condition import Op
from ntm_rules.pack.legal import Verification
from ntm_rules.pack.measure import Domain
from ntm_rules.quantity.amount import Amount
from ntm_rules.verdict import MET, NOT_APPLICABLE, NOT_MET, UNKNOWN, Verdict, at_least, choose, conjunction, disjunction

VERDICTS = (MET, NOT_MET, UNKNOWN, NOT_APPLICABLE)
SETS = [frozenset(some) for some in chain.from_iterable(combinations(VERDICTS, size) for size in range(5))]
TOGETHER: dict[tuple[str, int], Callable[[Any], Verdict]] = {
    ("all", 0): conjunction,
    ("any", 0): disjunction,
    ("at_least", 1): lambda verdicts: at_least(1, verdicts),
    ("at_least", 2): lambda verdicts: at_least(2, verdicts),
    ("at_least", 3): lambda verdicts: at_least(3, verdicts),
    ("choice", 0): lambda verdicts: choose(*verdicts),
}


@pytest.mark.parametrize(("how", "needed"), TOGETHER)
@pytest.mark.parametrize("count", [1, 2, 3])
def test_what_parts_may_be_is_all_that_comes_to_what_is_allowed_and_nothing_else(
    how: Any, needed: int, count: int
) -> None:
    """The boxes of verdicts together are exactly the combinations that the group's own logic allows."""
    if (how == "choice" and count != 3) or needed > count:
        return
    form = Group(how, (Open(),) * count, needed)
    came = {some: TOGETHER[how, needed](some) for some in product(VERDICTS, repeat=count)}
    for allowed in SETS:
        boxes = list(ways.combined(form, allowed))
        assert all(len(box) == count for box in boxes)
        covered = {some for box in boxes for some in product(*box)}
        assert covered == {some for some, verdict in came.items() if verdict in allowed}, (how, needed, allowed)


def test_the_goals_are_what_they_are_called() -> None:
    assert (
        {MET, NOT_MET, UNKNOWN, NOT_APPLICABLE},
        {MET, NOT_APPLICABLE},
        {NOT_MET},
        {MET, UNKNOWN, NOT_APPLICABLE},
    ) == (ANY, PASS, FAIL, STANDS)


tenths = st.integers(-50, 50).map(lambda n: Fraction(n, 10))


@given(st.lists(tenths, unique=True, max_size=5).map(sorted))
def test_points_are_the_limits_the_gaps_between_them_and_what_lies_beyond(limits: list[Fraction]) -> None:
    points = set(possible._points(limits, False))
    assert points >= set(limits)
    for low, high in zip([None, *limits], [*limits, None], strict=True):
        inside = [p for p in points if (low is None or p > low) and (high is None or p < high)]
        assert inside or not limits
        # Written as a person would: with one digit more than the limit beside which they lie, or in the middle.
        assert all((p * 100).denominator == 1 for p in inside)


@given(st.lists(tenths, unique=True, max_size=5).map(sorted))
def test_points_of_what_is_counted_are_whole_and_on_both_sides(limits: list[Fraction]) -> None:
    points = set(possible._points(limits, True))
    assert all(p.denominator == 1 for p in points)
    for limit in limits:
        assert {round(limit) - 1, round(limit), round(limit) + 1} <= points


def test_the_value_beside_a_limit_has_one_digit_more() -> None:
    found = [possible._beside(Fraction(limit)) for limit in ("5", "100", "2.5", "0.125")]
    assert found == [Fraction(1, 10), Fraction(1, 10), Fraction(1, 100), Fraction(1, 10_000)]
    assert list(possible._points([Fraction(5)], False)) == [5, Fraction(49, 10), Fraction(51, 10)]
    assert list(possible._points([Fraction(5), Fraction(51, 10)], False)) == [
        5, Fraction(49, 10), Fraction(505, 100), Fraction(51, 10), Fraction(509, 100), Fraction(511, 100),
    ]  # fmt: skip


def test_a_limit_is_passed_by_the_smallest_difference_a_person_would_write() -> None:
    def passed(value: str, op: Op, whole: bool = False) -> str:
        return str(beyond(Amount(Decimal(value), "percent"), op, whole).value)

    assert [passed("5", op) for op in (Op.MORE_THAN, Op.LESS_THAN)] == ["5.1", "4.9"]
    assert [passed("2.5", op) for op in (Op.MORE_THAN, Op.LESS_THAN)] == ["2.51", "2.49"]
    assert [passed("100", op) for op in (Op.MORE_THAN, Op.LESS_THAN)] == ["100.1", "99.9"]
    assert [passed("5", op, whole=True) for op in (Op.MORE_THAN, Op.LESS_THAN)] == ["6", "4"]


def test_only_values_that_a_figure_can_have_are_proposed() -> None:
    def fits(value: str, **domain: Any) -> bool:
        measure: Any = SimpleNamespace(domain=Domain.model_validate(domain))
        return possible._inside(measure, Fraction(value))

    assert fits("0", **{"from": 0})
    assert fits("100", to=100)
    assert not fits("-0.1", **{"from": 0})
    assert not fits("100.1", to=100)
    assert fits("1.5")
    assert not fits("1.5", whole=True)
    assert fits("2", whole=True)
    # What has no end as a decimal nobody can write down.
    assert not fits("1/3")


def test_of_few_choices_the_cheapest_come_first() -> None:
    change, stay = Option(1, (Fraction(2),)), Option(0, (Fraction(1),))
    found = ways.choices([(stay, change), (change, stay), (stay, change)])
    assert [sum(option.cost for option in some) for some in found] == [0, 1, 1, 1, 2, 2, 2, 3]
    assert sorted(found) == sorted(product((stay, change), (change, stay), (stay, change)))
    assert ways.choices([]) == [()]


def test_of_too_many_choices_one_figure_after_another_is_raised_or_lowered() -> None:
    stay, low, high = Option(0, ()), Option(1, (Fraction(-1),)), Option(1, (Fraction(9),))
    more = tuple(Option(1, (Fraction(value),)) for value in range(1, 8))
    options = [(stay, low, *more, high)] * 4
    assert len(options[0]) ** 4 > SUMS
    found = ways.choices(options)
    raised = [(high,) * n + (stay,) * (4 - n) for n in range(5)]
    lowered = [(low,) * n + (stay,) * (4 - n) for n in range(5)]
    assert found == [*raised, *lowered]


# On packs.

WATER, INCOME = "{measure: water, at_least: 95}", "{measure: income, more_than: 50}"


def changes_of(tmp_path: Path, *requires: str, told: bool = False, **facts: Any) -> Changes:
    pack, catalogue = one(tmp_path, head("a") + indicators(*requires))
    return of_pack(pack, catalogue, told=told, **facts)


def of_pack(pack: ntm.Pack, catalogue: Catalogue, told: bool = False, **facts: Any) -> Changes:
    plain = {"unit": {"id": "x", "level": "commune"}, "as_of": "2023-08-17"}
    snapshot = ntm.Snapshot.model_validate({**plain, **facts})
    return Changes(pack, checked((pack,), snapshot, Verification.RECALLED, catalogue), told=told)


def values(options: Any) -> list[tuple[int, list[str]]]:
    return [(option.cost, [str(value) for value in option.value]) for option in options]


def test_a_figure_may_be_what_it_is_or_lie_at_and_about_its_limits_nearest_first(tmp_path: Path) -> None:
    found = changes_of(tmp_path, WATER, measures={"water": 90})
    assert values(found.domains["measure", "water"]) == [
        (0, ["90"]), (1, ["949/10"]), (1, ["95"]), (1, ["951/10"]),
    ]  # fmt: skip
    assert values([found.now["measure", "water"]]) == [(0, ["90"])]


def test_what_was_told_stays_and_what_was_not_may_be_anything(tmp_path: Path) -> None:
    found = changes_of(tmp_path, WATER, INCOME, told=True, measures={"water": 90})
    assert values(found.domains["measure", "water"]) == [(0, ["90"])]
    assert values(found.domains["measure", "income"]) == [(0, ["499/10"]), (0, ["50"]), (0, ["501/10"])]
    assert values([found.now["measure", "income"]]) == [(0, [])]


def test_a_conclusion_may_become_one_that_it_is_met_and_nothing_else_is_proposed(tmp_path: Path) -> None:
    for said, more in ((None, [1]), ("not_met", [1]), ("met", []), ("not_applicable", [1])):
        given_ = {"t/a": {"1.1": said}} if said else {}
        found = changes_of(tmp_path / str(said), "{finding: met}, applies_if: {finding: applicable}", findings=given_)
        now, *others = found.domains["finding", "t/a@1", "1.1"]
        assert (now.cost, now.value) == (0, said)
        assert [(one.cost, one.value) for one in others] == [(cost, "met") for cost in more]


def test_what_is_still_to_be_concluded_may_be_concluded_in_any_way(tmp_path: Path) -> None:
    found = changes_of(tmp_path, "{finding: met}", "{finding: met}", told=True, findings={"t/a": {"1.2": "not_met"}})
    first, second = (found.domains["finding", "t/a@1", code] for code in ("1.1", "1.2"))
    assert [(one.cost, one.value) for one in first] == [(0, None), (0, "met"), (0, "not_met"), (0, "not_applicable")]
    assert [(one.cost, one.value) for one in second] == [(0, "not_met")]


def test_figures_that_are_kept_are_no_choice_any_more(tmp_path: Path) -> None:
    found = changes_of(tmp_path, WATER, INCOME, measures={"water": 90, "income": 40})
    found.keep(["water", "schools"])
    assert found.kept == {("measure", "water"), ("measure", "schools")}
    assert values(found.domains["measure", "water"]) == [(0, ["90"])]
    assert len(found.domains["measure", "income"]) > 1
    assert ("measure", "schools") not in found.domains


def test_a_form_turns_on_its_facts_and_no_others(tmp_path: Path) -> None:
    found = changes_of(tmp_path, WATER, f"{{any: [{INCOME}, {{finding: met}}]}}")
    named = found.by_code()
    assert list(named) == [("criterion", "1"), ("indicator", "1.1"), ("indicator", "1.2")]
    own = {code: ("finding", "t/a@1", code) for code in ("1", "1.1", "1.2")}
    assert found.keys(named["indicator", "1.1"]) == {("measure", "water"), own["1.1"]}
    assert found.keys(named["indicator", "1.2"]) == {("measure", "income"), own["1.2"]}
    assert found.keys(named["criterion", "1"]) == {("measure", "water"), ("measure", "income"), *own.values()}


CONCLUSIONS = (None, "met", "not_met", "not_applicable")


@pytest.mark.parametrize(
    ("asks", "came"),
    [
        ("met", {None: UNKNOWN, "met": MET, "not_met": NOT_MET, "not_applicable": UNKNOWN}),
        ("applicable", {None: MET, "met": MET, "not_met": MET, "not_applicable": NOT_MET}),
    ],
)
def test_a_conclusion_comes_to_what_it_says_of_what_is_asked(
    tmp_path: Path, asks: str, came: dict[str | None, Verdict]
) -> None:
    """Whether something is met, a conclusion decides; that it applies, only one that it does not applies against."""
    found = changes_of(tmp_path, f"{WATER}, applies_if: {{finding: {asks}}}", told=True)
    guarded = found.by_code()["indicator", "1.1"].form
    key = ("finding", "t/a@1", "1.1")
    options = found.domains[key]
    assert [option.value for option in options] == list(CONCLUSIONS)
    for verdict in VERDICTS:
        ways = list(found.fold(guarded.guard)(frozenset({verdict}), found.domains))  # type: ignore[union-attr]
        left = [option.value for way in ways for option in way.narrowed[key]]
        assert left == [said for said in CONCLUSIONS if came[said] is verdict], verdict
    # What has been measured exists, whatever was concluded: that it applies is then certain, that it is met is not.
    deaf = {v for v in VERDICTS if list(found.fold(guarded.despite)(frozenset({v}), found.domains))}  # type: ignore[union-attr]
    assert deaf == {MET if asks == "applicable" else UNKNOWN}


def test_further_units_are_for_the_sake_of_the_set_itself_where_it_needs_them_all(tmp_path: Path) -> None:
    counted = "{count_of: {level: commune, meeting: t/a}, at_least: %s}"
    other = head("o", level="district") + indicators(counted % 3)
    text = head("d", level="district") + indicators("{meets: t/o}", counted % 2, counted % 3)
    catalogue = shelf(tmp_path, a=head("a") + indicators(WATER), o=other, d=text)
    facts = {"unit": {"id": "h", "level": "district"}, "as_of": "2023-08-17"}
    told = {"commune": {"total": 4, "meeting": {"t/a": 1}}}
    pack = catalogue.load("t/d")
    found = of_pack(pack, catalogue, **facts, children=told)
    (key,) = found.counted
    assert [(option.cost, option.value) for option in found.domains[key]] == [(0, 0), (1, 2), (1, 3), (1, 1)]
    assert [(one.pack.id, one.code) for one in found.counted[key]] == [("t/o", "1.1"), ("t/d", "1.2"), ("t/d", "1.3")]
    # Only numbers at which some condition turns are proposed; so many as are unknown is none of them.
    unsure = {"commune": {"total": 9, "meeting": {"t/a": 1}, "unknown": {"t/a": 6}}}
    proposed = of_pack(pack, catalogue, **facts, children=unsure).domains[key]
    assert {option.value for option in proposed} == {0, 1, 2, 8}
    # Two further ones only the last condition needs, and the other set's; one further one the second as well.
    for more, code in ((2, "1.3"), (1, "1.2")):
        chosen = found.for_whose_sake(key, more)
        assert (chosen.pack.id, chosen.code) == ("t/d", code)
    below = found._below(found.counted[key][2].form)[1]
    bounds = found._bounds(found.counted[key][2].form, below.total)
    assert bounds is not None
    assert [found._with_more(below, bounds, more) for more in (0, 1, 2, 3)] == [NOT_MET, NOT_MET, MET, MET]
    # Where it is asked what may be told, those that are open are told: they meet it or they do not.
    half_told = {"commune": {"total": 4, "meeting": {"t/a": 1}, "unknown": {"t/a": 2}}}
    asked = of_pack(pack, catalogue, told=True, **facts, children=half_told)
    open_ones = asked._below(asked.counted[key][2].form)[1]
    assert [asked._with_more(open_ones, bounds, more) for more in (0, 1, 2)] == [NOT_MET, NOT_MET, MET]
    assert sorted(option.value for option in asked.domains[key]) == [0, 1, 2]


def test_the_fewest_changes_are_found_and_known_to_be_the_fewest(tmp_path: Path) -> None:
    found = changes_of(tmp_path, WATER, WATER, INCOME, measures={"water": 90, "income": 40})
    reached = found.search([Goal(member, PASS) for member in found.members])
    assert reached is not None
    assert reached.least
    changed = [key for key, options in reached.domains.items() if min(option.cost for option in options)]
    # One conclusion on the whole criterion does not help against figures: both must change.
    assert changed == [("measure", "water"), ("measure", "income")]
    assert found.search([Goal(found.members[0], frozenset())]) is None


def test_a_search_that_takes_too_long_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = changes_of(tmp_path, WATER, INCOME, measures={"water": 90, "income": 40})
    goals = [Goal(member, PASS) for member in found.members]
    monkeypatch.setattr(changes, "PROOF", 1)
    reached = found.search(goals)
    assert reached is not None
    assert not reached.least
    monkeypatch.setattr(changes, "TRIES", 1)
    # What was found for the same facts is not searched for again.
    assert found.search(goals) == reached
    anew = changes_of(tmp_path / "anew", WATER, INCOME, measures={"water": 90, "income": 40})
    with pytest.raises(GaveUpError):
        anew.search([Goal(member, PASS) for member in anew.members])


def test_points_for_what_is_open_leave_a_sum_open(tmp_path: Path) -> None:
    total = "{total_of: [{indicator: '1.1', points: 10}], at_least: 5 điểm}"
    found = changes_of(tmp_path, "{finding: met}", total)
    form = found.by_code()["indicator", "1.2"].form.check  # type: ignore[union-attr]
    for verdict, wanted in ((MET, {MET}), (NOT_MET, {NOT_MET}), (UNKNOWN, {UNKNOWN, NOT_APPLICABLE})):
        goals = [goal for way in found.fold(form)(frozenset({verdict}), found.domains) for goal in way.goals]
        assert [goal.allowed for goal in goals] == [frozenset(wanted)], verdict


def test_what_was_not_decided_hides_none_of_what_stands_in_the_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack, catalogue = one(
        tmp_path,
        head("a")
        + "attributes: {coast: {name: {vi: Ven biển, en: Coast}, default: false}}\n"
        + indicators("{finding: met}", "{attribute: coast}", WATER).replace("criteria:", "prerequisites: []\ncriteria:")
        + """
  - {code: "2", title: {vi: Hai, en: Two}, indicators: [{code: "2.1", text: {vi: Biển, en: Coast}, requires: {attribute: coast}}]}
  - {code: "3", title: {vi: Ba, en: Three}, indicators: [{code: "3.1", text: {vi: Nước, en: Water}, requires: {measure: water, at_least: 50}}]}
""",  # noqa: E501
    )
    search = Changes.search

    def given_up(self: Changes, goals: Any, domains: Any = None) -> Any:
        first = [goal.form for goal in goals]
        if len(first) == 1 and first[0] is self.members[0]:
            raise GaveUpError
        return search(self, goals, domains)

    monkeypatch.setattr(Changes, "search", given_up)
    facts = {"unit": {"id": "x", "level": "commune"}, "as_of": "2023-08-17", "measures": {"water": 10}}
    facts["findings"] = {"t/a": {"1": "not_met", "2": "not_met"}}
    remedy = ntm.evaluate(pack, ntm.Snapshot.model_validate(facts), catalogue=catalogue).remedy()
    assert [(one.code, one.why) for one in remedy.obstacles] == [("1", "undecided"), ("2.1", "attribute")]
    assert [step.code for step in remedy.steps] == ["3.1"]


def test_in_a_tree_the_set_that_applies_there_is_the_one_to_be_met(tmp_path: Path) -> None:
    looser = overlay("b", "a") + (
        'set:\n  - {code: "1.1", measure: water, threshold: 90}\n'
        'looser_than_base: {"1.1": The province was allowed to ask for less}\n'
    )
    above = head("c") + "prerequisites:\n  - {code: P1, text: {vi: Trước, en: First}, requires: {meets: t/a}}\n"
    catalogue = shelf(tmp_path, a=head("a") + indicators(WATER), b=looser, c=above + indicators(INCOME))
    facts = {"unit": {"id": "x", "level": "commune"}, "as_of": "2023-08-17", "measures": {"water": 80, "income": 60}}
    snapshots = [ntm.Snapshot.model_validate(facts)]
    tree = ntm.evaluate_tree([], snapshots, ["t/a", "t/b", "t/c"], catalogue=catalogue)
    (step,) = tree["x", "t/c"].remedy().steps
    assert (step.pack, step.code, step.to) == ("t/b@1", "1.1", ntm.Amount(90, "percent"))
    (step,) = ntm.evaluate("t/c", snapshots[0], catalogue=catalogue).remedy().steps
    assert (step.pack, step.code, step.to) == ("t/a@1", "1.1", ntm.Amount(95, "percent"))


def test_of_sums_with_too_many_ways_nothing_is_claimed_to_be_the_least(tmp_path: Path) -> None:
    part = (
        "  - {{id: part_{0}, name: {{vi: {0}, en: {0}}}, unit: điểm, better: higher, domain: {{from: 0, to: {1}}}}}\n"
    )
    most = dict(zip("abcdefghijklmn", range(20, 160, 10), strict=True))
    measures = MEASURES + "".join(part.format(name, end) for name, end in most.items())
    few = "{total_of: [part_a, part_b], at_least: 45 điểm}"
    many = f"{{total_of: [{', '.join(f'part_{name}' for name in most)}], at_least: 300 điểm}}"
    for number, (requires, least) in enumerate(((few, True), (many, False))):
        catalogue = shelf(tmp_path / str(number), measures, a=head("a") + indicators(requires))
        told = {f"part_{name}": 10 for name in most}
        found = of_pack(catalogue.load("t/a"), catalogue, measures=told)
        reached = found.search([Goal(member, PASS) for member in found.members])
        assert reached is not None
        assert reached.least is least


def test_a_figure_that_follows_from_others_changes_with_them(tmp_path: Path) -> None:
    more = (
        "  - {id: now, name: {vi: Nay, en: Now}, unit: người, better: higher, domain: {from: 0}}\n"
        "  - {id: before, name: {vi: Trước, en: Before}, unit: người, better: neither, domain: {from: 0}}\n"
        "  - {id: share, name: {vi: Phần, en: Share}, unit: '%', better: higher,"
        " derived: {share_of: now, over: before}}\n"
    )
    catalogue = shelf(tmp_path, MEASURES + more, a=head("a") + indicators("{measure: share, at_least: 80}"))
    plain = {"unit": {"id": "x", "level": "commune"}, "as_of": "2023-08-17", "measures": {"now": 30, "before": 50}}
    remedy = ntm.evaluate("t/a", ntm.Snapshot.model_validate(plain), catalogue=catalogue).remedy()
    (step,) = remedy.steps
    # It is the part that can change which is to change: so far, and for the sake of what follows from it.
    assert (step.code, step.measure, step.to, step.by) == ("1.1", "now", Amount(40, "person"), Amount(10, "person"))
    assert remedy.possible
    assert remedy.least
    for told, tell in ((step.say(), step.say), (remedy.text(), remedy.text)):
        assert told == tell("vi") != tell("en")
