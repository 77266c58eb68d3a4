"""What a rule may depend on: the days between which nothing changes, and the values that make a difference."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from shelf import head, indicators, one, overlay, shelf

import ntm_rules as ntm
from ntm_rules.errors import EvaluationError
from ntm_rules.evaluation.axes import (
    OTHER,
    Axis,
    ByContext,
    Contexts,
    attribute_axes,
    attribute_words,
    axes_of,
    common_validity,
    grouped,
    mapped,
    open_axes,
    rule_axes,
    stretch,
    stretches,
)
from ntm_rules.evaluation.resolve import Context
from ntm_rules.pack.catalogue import Catalogue, installed
from ntm_rules.pack.condition import Comparison
from ntm_rules.pack.legal import Verification
from ntm_rules.pack.model import Pack
from ntm_rules.pack.period import Period
from ntm_rules.territory import Group, Level, Region

SOURCE = 'source: {basis: qd, verification: stated, url: "https://example.org"}'
BASE = Context(date(2023, 8, 17), Level.COMMUNE, Region.BTB, (), Verification.RECALLED)
ATTRIBUTES = """
attributes:
  coast: {name: {vi: Ven biển, en: Coast}, default: false}
  class: {name: {vi: Loại, en: Class}}
  zone: {name: {vi: Vùng, en: Zone}, at_level: {ward: true}}
"""
RULE = """
region_rules:
  - {when: {attribute: coast}, region: tn, text: {vi: Ven biển, en: Coast}, %s}
"""


def dated(*days: str) -> str:
    """An indicator that reads otherwise from each of the days on."""
    versions = ", ".join(f"{{valid: {{from: {day}}}, requires: {{measure: water, at_least: 90}}}}" for day in days)
    return f"{{measure: water, at_least: 95}}, versions: [{versions}]"


def threshold_axes(pack: Pack, catalogue: Catalogue, code: str = "1.1") -> set[str]:
    condition = pack[code].requires
    assert isinstance(condition, Comparison)
    return axes_of(condition.threshold, pack, catalogue)


# Days.


def test_a_stretch_begins_where_something_begins_to_read_differently(tmp_path: Path) -> None:
    pack, catalogue = one(tmp_path, head("a") + indicators(dated("2022-07-01"), dated("2023-03-01")))
    begins = [
        stretch(pack, date(*day), catalogue) for day in [(2022, 6, 30), (2022, 7, 1), (2023, 2, 28), (2023, 3, 1)]
    ]
    assert begins[1:] == [date(2022, 7, 1), date(2022, 7, 1), date(2023, 3, 1)]
    assert begins[0] < date(2022, 7, 1)
    assert stretches([pack], pack.valid) == (date(2022, 1, 1), date(2022, 7, 1), date(2023, 3, 1))


def test_a_change_in_a_set_that_is_asked_for_begins_a_stretch_too(tmp_path: Path) -> None:
    other = head("o") + indicators(dated("2023-03-01"))
    pack, catalogue = one(tmp_path, head("a") + indicators("{meets: t/o}"), o=other)
    assert stretch(pack, date(2023, 8, 17), catalogue) == date(2023, 3, 1)


def test_a_table_of_years_begins_a_stretch_each_year_where_it_leaves_some_without_a_row(tmp_path: Path) -> None:
    years = "{measure: water, at_least: {by_year: {2022: 90, 2023: 95}%s}}"
    open_ended, catalogue = one(tmp_path / "a", head("a", end="2025-12-31") + indicators(years % ""))
    closed, others = one(tmp_path / "b", head("a", end="2025-12-31") + indicators(years % ", otherwise: 97"))
    days = [date(2022, 5, 1), date(2023, 5, 1), date(2024, 5, 1), date(2025, 5, 1)]
    assert [stretch(open_ended, day, catalogue).year for day in days] == [2022, 2023, 2024, 2025]
    # One stretch for all the years of "otherwise".
    assert stretch(closed, days[2], others) == stretch(closed, days[3], others)
    assert stretch(closed, days[0], others) < stretch(closed, days[1], others) < stretch(closed, days[2], others)


def test_stretches_lie_within_the_period_asked_about(tmp_path: Path) -> None:
    pack, _ = one(tmp_path, head("a") + indicators(dated("2022-07-01", "2023-03-01")))
    period = Period.model_validate({"from": "2022-07-01", "to": "2023-02-28"})
    assert stretches([pack], period) == (date(2022, 7, 1),)
    assert stretches([], period) == (date(2022, 7, 1),)
    assert stretches([], Period()) == (date.min,)


def test_the_end_of_a_level_begins_a_stretch(tmp_path: Path) -> None:
    text = head("a", level="district", end="2026-12-31") + indicators("{finding: met}")
    pack, _ = one(tmp_path, text)
    assert stretches([pack], pack.valid) == (date(2022, 1, 1), date(2025, 7, 1))


def test_packs_have_the_days_in_common_on_which_all_are_in_force(tmp_path: Path) -> None:
    text = indicators("{finding: met}")
    catalogue = shelf(
        tmp_path,
        a=head("a") + text,
        b=head("b", start="2023-01-01", end="2024-12-31") + text,
        c=head("c", start="2024-01-01", end="2024-12-31") + text,
    )
    a, b, c = (catalogue.load(f"t/{name}") for name in "abc")
    valid = common_validity([a, b])
    assert (valid.start, valid.end) == (date(2023, 1, 1), date(2023, 12, 31))
    with pytest.raises(EvaluationError) as never:
        common_validity([a, c])
    assert "t/a@1, t/c@1" in never.value.text("en")


# Values.


def test_every_value_that_makes_a_difference_is_on_its_axis(tmp_path: Path) -> None:
    asks = (
        "{attribute: class, is: I}",
        "{measure: water, at_least: {by: attribute, attribute: class, rows: {II: 90, III: 80}, otherwise: 70}}",
        "{when: {attribute: coast}, then: {attribute: zone}, otherwise: {finding: met}}",
    )
    text = head("a").replace("[commune]", "[commune, ward]") + ATTRIBUTES + indicators(*asks)
    pack, catalogue = one(tmp_path, text)
    flags = dict.fromkeys(("level", "as_of", "region", "group", "coast", "class", "zone"), False)
    flags["coast"] = True
    found = {axis.name: axis for axis in open_axes((pack,), (pack,), BASE, flags, catalogue)}
    assert found["level"] == Axis("level", (Level.COMMUNE, Level.WARD), None)
    assert found["as_of"] == Axis("as_of", (date(2022, 1, 1),), date(2023, 12, 31))
    assert found["region"] == Axis("region", (*Region, None))
    assert found["group"] == Axis("group", (*Group, None))
    assert found["coast"] == Axis("coast", (False, True, None), yes_or_no=True)
    assert found["class"] == Axis("class", (False, True, "I", "II", "III", OTHER, None))
    assert found["zone"] == Axis("zone", (False, True, OTHER, None))
    assert list(found) == ["level", "as_of", "region", "group", "coast", "class", "zone"]
    assert [axis.name for axis in open_axes((pack,), (pack,), BASE, {"region": False}, catalogue)] == ["region"]
    assert attribute_words([pack], "class") == ("I", "II", "III")
    assert attribute_words([pack], "coast") == ()


def test_a_level_that_is_no_more_is_on_no_axis_of_one_day(tmp_path: Path) -> None:
    text = head("a", end="2026-12-31").replace("[commune]", "[commune, town]") + indicators("{finding: met}")
    pack, catalogue = one(tmp_path, text)
    before, after = (BASE._replace(on=day) for day in (date(2025, 6, 30), date(2025, 7, 1)))
    levels = [next(open_axes((pack,), (pack,), at, {"level": False}, catalogue)) for at in (before, after)]
    assert [axis.values for axis in levels] == [(Level.COMMUNE, Level.TOWN), (Level.COMMUNE,)]
    assert [axis.end for axis in levels] == [date(2025, 6, 30), date(2025, 7, 1)]
    # Of units of a level that ends, the days end with it; of communes they do not.
    for level, last in ((Level.TOWN, date(2025, 6, 30)), (Level.COMMUNE, date(2026, 12, 31))):
        at = BASE._replace(level=level)
        (days,) = open_axes((pack,), (pack,), at, {"as_of": False}, catalogue)
        assert days.end == last
        # Where units of several levels stand together, each row's own level says when it ends.
        together = list(open_axes((pack,), (pack,), at, {"level": False, "as_of": False}, catalogue))
        assert [axis.end for axis in together] == [None, date(2026, 12, 31)]


def test_a_province_s_set_has_its_own_region_only() -> None:
    pack = ntm.load_pack("hatinh/commune")
    (regions,) = open_axes((pack,), (pack,), BASE, {"region": False}, installed())
    assert regions.values == (Region.BTB, None)


def test_a_threshold_depends_on_its_tables_and_on_what_chooses_their_rows(tmp_path: Path) -> None:
    asks = (
        "{measure: water, at_least: 95}",
        "{measure: water, at_least: {by_year: {2022: 90, 2023: {by_region: {btb: 95}}}}}",
        "{measure: water, at_least: {by: attribute, attribute: zone, rows: {'true': 90}}}",
        "{measure: water, at_least: {by: level, rows: {commune: 90}}}",
        "{measure: water, at_least: {times: 1.1, threshold_of: 't/a#1.3'}}",
        "{measure: water, at_least: {times: 1.1, threshold_of: 't/o#1.1'}}",
    )
    other = head("o") + indicators("{measure: water, at_least: {by_region: {btb: 80}}}")
    text = head("a") + ATTRIBUTES + RULE % SOURCE + indicators(*asks)
    pack, catalogue = one(tmp_path, text, o=other)
    assert [threshold_axes(pack, catalogue, f"1.{n}") for n in range(1, 7)] == [
        set(),
        {"as_of", "region", "coast"},
        {"zone", "level"},
        {"level"},
        {"as_of", "zone", "level"},
        {"as_of", "region"},
    ]
    assert rule_axes(pack) == {"coast"}
    assert attribute_axes(pack, "coast") == {"coast"}
    assert attribute_axes(pack, "zone") == {"zone", "level"}


def test_a_rule_that_has_not_always_stood_depends_on_the_day(tmp_path: Path) -> None:
    rule = RULE % f"valid: {{from: 2023-01-01}}, {SOURCE}"
    text = head("a") + ATTRIBUTES + rule + indicators("{measure: water, at_least: {by_region: {btb: 90}}}")
    pack, catalogue = one(tmp_path, text)
    assert rule_axes(pack) == {"coast", "as_of"}
    assert threshold_axes(pack, catalogue) == {"region", "coast", "as_of"}


def test_a_multiple_depends_on_every_edition_it_may_name(tmp_path: Path) -> None:
    other = "{measure: water, at_least: {by_region: {btb: 80}}}"
    asks = [f"{{measure: water, at_least: {{times: 2, threshold_of: '{which}#1.1'}}}}" for which in ("t/o", "t/o@1")]
    text = head("a") + indicators(*asks)
    pack, catalogue = one(tmp_path, text, o=head("o") + indicators(other))
    assert [threshold_axes(pack, catalogue, code) for code in ("1.1", "1.2")] == [{"as_of", "region"}] * 2


# Answers along axes.


def test_equal_answers_are_taken_together_the_rest_last() -> None:
    assert grouped("region", "aaa") == "a"
    assert grouped("region", "abaac") == ByContext("region", (((1,), "b"), ((4,), "c"), ((0, 2, 3), "a")))


def test_changed_answers_that_become_equal_are_taken_together() -> None:
    branches = grouped("region", "abaac")
    assert mapped(branches, str.upper) == ByContext("region", (((1,), "B"), ((4,), "C"), ((0, 2, 3), "A")))
    assert mapped(branches, {"a": 1, "b": 2, "c": 2}.get) == ByContext("region", (((1, 4), 2), ((0, 2, 3), 1)))
    assert mapped(branches, lambda answer: 0) == 0
    nested = ByContext("group", (((0,), "x"), ((1, 2), branches)))
    assert mapped(nested, lambda answer: "x") == "x"
    assert mapped("a", str.upper) == "A"


def test_a_question_is_asked_only_along_the_axes_it_may_depend_on() -> None:
    axes = [Axis("region", (Region.BTB, None)), Axis("coast", (False, True, OTHER, None)), Axis("level", (Level.WARD,))]
    contexts, asked = Contexts(BASE, axes), list[Context]()

    def ask(at: Context) -> bool:
        asked.append(at)
        return dict(at.attributes).get("coast") is True and at.region is None

    assert contexts.decide(lambda: ["coast", "region"], ask) == ByContext(
        "coast", (((1,), ByContext("region", (((0,), False), ((1,), True)))), ((0, 2, 3), False))
    )
    assert len(asked) == 8
    assert {at.level for at in asked} == {Level.COMMUNE}
    assert {at.attributes for at in asked} == {(("coast", False),), (("coast", True),), (("coast", OTHER),), ()}
    assert Contexts(BASE).decide(lambda: pytest.fail("not asked"), lambda at: at) == BASE


def test_attributes_are_split_first_and_regions_last() -> None:
    """Whatever order the axes come in: a region's rows are asked for inside the few cases that change the region."""
    axes = {
        "region": (Region.BTB, Region.TN),
        "as_of": (date(2022, 1, 1), date(2023, 1, 1)),
        "coast": (True, False),
        "group": (Group.NHOM1, Group.NHOM2),
        "level": (Level.COMMUNE, Level.TOWN),
    }
    found = Contexts(BASE, [Axis(name, values) for name, values in axes.items()]).decide(lambda: axes, lambda at: at)
    order = []
    while isinstance(found, ByContext):
        order.append(found.axis)
        found = found.branches[0][1]
    assert order == ["coast", "level", "as_of", "group", "region"]


@pytest.mark.parametrize(
    ("axis", "value", "changed"),
    [
        ("region", Region.TN, {"region": Region.TN}),
        ("region", None, {"region": None}),
        ("group", Group.NHOM1, {"group": Group.NHOM1}),
        ("group", None, {"group": None}),
        ("level", Level.WARD, {"level": Level.WARD}),
        ("as_of", date(2024, 1, 1), {"on": date(2024, 1, 1)}),
        ("coast", True, {"attributes": (("class", "I"), ("coast", True))}),
        ("class", None, {"attributes": ()}),
        ("class", "II", {"attributes": (("class", "II"),)}),
    ],
)
def test_a_value_of_an_axis_changes_that_of_the_context_alone(
    axis: str, value: object, changed: dict[str, object]
) -> None:
    base = BASE._replace(attributes=(("class", "I"),))
    contexts = Contexts(base, [Axis(axis, (value,))])  # type: ignore[arg-type]
    assert contexts.decide(lambda: [axis], lambda at: at) == base._replace(**changed)


def test_an_overlay_asks_for_the_words_of_its_base(tmp_path: Path) -> None:
    base = head("a") + ATTRIBUTES + indicators("{attribute: class, is: I}", "{measure: water, at_least: 90}")
    own = overlay("b", "a") + 'set:\n  - {code: "1.2", measure: water, threshold: 95}\n'
    _, catalogue = one(tmp_path, base, b=own)
    assert attribute_words([catalogue.load("t/b")], "class") == ("I",)
