"""Variants of a pack lowered together share what they have in common, and nothing of what differs."""

from __future__ import annotations

from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs
from pydantic import TypeAdapter
from shelf import MEASURES, head, indicators, one, shelf

from ntm_rules.evaluation import form as forms
from ntm_rules.evaluation.axes import Axis, ByContext, Contexts
from ntm_rules.evaluation.lowering import Lowering, lowered
from ntm_rules.evaluation.resolve import Context, Resolver
from ntm_rules.pack.catalogue import Catalogue
from ntm_rules.pack.condition import Condition
from ntm_rules.pack.indicator import Criterion
from ntm_rules.pack.legal import Verification
from ntm_rules.pack.model import Pack
from ntm_rules.territory import Group, Level, Region

OF_EACH = {"total_of": [{"indicator": code, "points": 5} for code in ("P", "1.4", "G")], "at_least": "3 điểm"}
BASE = Context(date(2023, 8, 17), Level.COMMUNE, Region.BTB, (), Verification.RECALLED)
SOURCE = 'source: {basis: qd, verification: stated, url: "https://example.org"}'
PACK = f"""
attributes: {{coast: {{name: {{vi: Ven biển, en: Coast}}, default: false}}}}
region_rules: [{{when: {{attribute: coast}}, region: tn, text: {{vi: Biển, en: Coast}}, {SOURCE}}}]
group_rules: [{{when: {{attribute: coast}}, group: nhom1, text: {{vi: Biển, en: Coast}}, {SOURCE}}}]
criteria:
  - code: "1"
    title: {{vi: Một, en: One}}
    indicators:
      - code: "1.1"
        text: {{vi: Nước, en: Water}}
        requires: {{measure: water, at_least: {{by_region: {{btb: 90, tn: 80}}}}}}
      - code: "1.2"
        text: {{vi: Thu nhập, en: Income}}
        requires: {{measure: income, at_least: {{by: group, rows: {{nhom1: 60, nhom2: 50, nhom3: 40}}}}}}
      - {{code: "1.3", text: {{vi: Biển, en: Coast}}, requires: {{attribute: coast}}}}
      - {{code: "1.4", text: {{vi: Kết luận, en: Concluded}}, requires: {{finding: met}}}}
      - code: "1.5"
        text: {{vi: Điểm, en: Points}}
        requires: {{total_of: [{{indicator: "1.4", points: 5}}], at_least: 3 điểm}}
"""


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    return shelf(tmp_path_factory.mktemp("shelf"), MEASURES, a=head("a") + PACK)


@pytest.fixture(scope="module")
def pack(catalogue: Catalogue) -> Pack:
    return catalogue.load("t/a")


def of(whole: forms.Whole) -> dict[str, Any]:
    return {one.item.code: one.form for criterion in whole.criteria for one in criterion.members}


def changed(pack: Pack, **fields: Any) -> Pack:
    return pack.model_copy(update=fields)


def criterion(pack: Pack, **fields: Any) -> tuple[Criterion, ...]:
    return (pack.criteria[0].model_copy(update=fields),)


def weaker(source: Any) -> Any:
    return source.model_copy(update={"verification": Verification.SECONDARY})


VARIANTS = {
    "another source": lambda pack: changed(pack, source=weaker(pack.source)),
    "a source of the criterion": lambda pack: changed(pack, criteria=criterion(pack, source=weaker(pack.source))),
    "no region's rule": lambda pack: changed(pack, region_rules=()),
    "no group's rule": lambda pack: changed(pack, group_rules=()),
    "another default": lambda pack: changed(
        pack, attributes={"coast": pack.attributes["coast"].model_copy(update={"default": True})}
    ),
}


@pytest.mark.parametrize("variant", VARIANTS.values(), ids=VARIANTS)
def test_what_rests_on_something_else_is_lowered_anew(pack: Pack, catalogue: Catalogue, variant: Any) -> None:
    base = BASE._replace(attributes=(("coast", True),)) if variant(pack).attributes == pack.attributes else BASE
    together, other = Lowering(Contexts(base), catalogue), variant(pack)
    first, second = of(together.pack(pack)), of(together.pack(other))
    alone = of(lowered(pack, base, catalogue)), of(lowered(other, base, catalogue))
    for code in ("1.1", "1.2", "1.3"):
        # Beside the pack itself, which a conclusion keeps, everything is what it would be alone.
        assert (first[code].check, second[code].check) == tuple(one[code].check for one in alone), code
    assert any(first[code].check != second[code].check for code in ("1.1", "1.2", "1.3"))


def test_what_is_the_same_is_the_same_object(pack: Pack, catalogue: Catalogue) -> None:
    lowering = Lowering(Contexts(BASE), catalogue)
    first, again = lowering.pack(pack), lowering.pack(changed(pack, title=pack.title))
    assert all(one is two for one, two in zip(first.criteria[0].members, again.criteria[0].members, strict=True))
    assert first.criteria[0].members[4].form.check.terms[0].named is first.criteria[0].members[3]  # type: ignore[union-attr]


def test_everything_with_a_code_says_what_it_is(pack: Pack, catalogue: Catalogue) -> None:
    (first_of, *_), grade = pack.criteria[0].indicators, pack["1.4"].model_copy(update={"code": "G"})
    first = pack["1.3"].model_copy(update={"code": "P"})
    worth = first_of.model_copy(update={"requires": TypeAdapter(Condition).validate_python(OF_EACH)})
    fuller = changed(
        pack, prerequisites=(first,), grades=(grade,), criteria=criterion(pack, indicators=(pack["1.4"], worth))
    )
    whole = lowered(fuller, BASE, catalogue)
    named = [*whole.prerequisites, *whole.criteria[0].members, *whole.grades]
    assert [(each.kind, each.item.code) for each in named] == [
        ("prerequisite", "P"),
        ("indicator", "1.4"),
        ("indicator", "1.1"),
        ("grade", "G"),
    ]
    assert [each.pack for each in named] == [fuller] * 4
    # What earns points is what stands elsewhere in the pack, prerequisites and grades included.
    terms = named[2].form.check.terms  # type: ignore[union-attr]
    assert [term.named for term in terms] == [named[0], named[1], named[3]]


def test_points_are_lowered_anew_where_what_earns_them_differs(pack: Pack, catalogue: Catalogue) -> None:
    lowering = Lowering(Contexts(BASE), catalogue)
    old = pack["1.4"]
    new = old.model_copy(update={"text": pack.title})
    items = tuple(new if item is old else item for item in pack.criteria[0].indicators)
    first = of(lowering.pack(pack))["1.5"].check.terms[0]
    second = of(lowering.pack(changed(pack, criteria=criterion(pack, indicators=items))))["1.5"].check.terms[0]
    assert (first.points, second.points) == (5, 5)
    assert (first.named.item, second.named.item) == (old, new)
    assert (first.named.kind, second.named.kind) == ("indicator", "indicator")


def test_of_a_unit_whose_group_is_not_known_every_group_is_asked(pack: Pack, catalogue: Catalogue) -> None:
    unknown = changed(pack, group_rules=())
    asked = of(lowered(unknown, BASE, catalogue))["1.2"].check
    found: list[tuple[str | None, int]] = []
    while isinstance(asked, forms.Group):
        assert (asked.how, asked.needed) == ("choice", 0)
        guard, then, asked = asked.parts
        assert isinstance(guard, forms.Attribute)
        assert (guard.attribute, guard.value, guard.verdict.value) == ("group", None, "UNKNOWN")
        found.append((str(guard.expected), int(then.required.amount.value)))  # type: ignore[union-attr]
    found.append((None, int(asked.required.amount.value)))
    assert found == [("nhom1", 60), ("nhom2", 50), (None, 40)]
    known = of(lowered(unknown, BASE._replace(group=Group.NHOM2), catalogue))["1.2"].check
    assert (known.measure.id, known.required.amount.value) == ("income", 50)


def test_a_threshold_that_is_assumed_is_taken_however_far_it_is_verified(tmp_path: Path) -> None:
    text = (head("a") + PACK).replace("verification: stated", "verification: uncertain", 1)
    weak = shelf(tmp_path, MEASURES, a=text)
    lowering, pack = Lowering(Contexts(BASE), weak), weak.load("t/a")
    for assumed, known in ((frozenset[str](), None), (frozenset({"1.1"}), 90), (frozenset({"1.2"}), None)):
        required = of(lowering.pack(pack, assumed))["1.1"].check.required
        assert (required.amount and required.amount.value) == known


def test_a_form_branches_along_the_axes_that_are_left_open_and_only_where_it_differs(tmp_path: Path) -> None:
    days = (date(2022, 1, 1), date(2023, 3, 1), date(2023, 6, 1))
    text = head("a") + PACK
    version = "        versions: [{valid: {from: 2023-03-01}, requires: {measure: water, at_least: 70}}]\n"
    text = text.replace("""btb: 90, tn: 80}}}\n""", """btb: 90, tn: 80}}}\n""" + version)
    shelved = shelf(tmp_path, MEASURES, a=text)
    axes = [
        Axis("as_of", days),
        Axis("region", (Region.BTB, Region.TN, None)),
        Axis("coast", (False, True, None)),
        Axis("group", (Group.NHOM1, Group.NHOM2, Group.NHOM3, None)),
        Axis("level", (Level.COMMUNE,)),
    ]
    found = of(Lowering(Contexts(BASE._replace(on=days[0]), axes), shelved).pack(shelved.load("t/a")))
    # Dated: before and after; before, by region, a coast going by that of another one.
    dated = found["1.1"]
    assert isinstance(dated, ByContext)
    assert (dated.axis, [numbers for numbers, _ in dated.branches]) == ("as_of", [(0,), (1, 2)])
    assert [numbers for numbers, _ in limits(dated.branches[0][1].check.required, "coast")] == [(1,), (0, 2)]
    assert dated.branches[1][1].check.required.amount.value == 70
    # By group, or by what the group follows from.
    group = found["1.2"].check
    assert isinstance(group, ByContext)
    assert group.axis == "coast"
    assert [numbers for numbers, _ in group.branches] == [(1,), (0, 2)]
    # By the attribute itself; what is concluded is one in every context.
    assert isinstance(found["1.3"].check, ByContext)
    assert found["1.3"].check.axis == "coast"
    assert isinstance(found["1.4"], forms.Settled)
    assert isinstance(found["1.5"], forms.Settled)


def limits(required: Any, axis: str) -> Any:
    assert isinstance(required, ByContext)
    assert required.axis == axis
    return required.branches


def test_every_context_left_open_is_lowered_to_what_it_is_alone(pack: Pack, catalogue: Catalogue) -> None:
    axes = [
        Axis("coast", (False, True, None)),
        Axis("group", (Group.NHOM1, Group.NHOM2, Group.NHOM3, None)),
        Axis("region", (Region.BTB, Region.TN, None)),
    ]
    together = of(Lowering(Contexts(BASE, axes), catalogue).pack(pack))
    for coast, group, region in product(*(axis.values for axis in axes)):
        known = () if coast is None else (("coast", coast),)
        at: Any = BASE._replace(attributes=known, group=group, region=region)
        alone = of(lowered(pack, at, catalogue))
        chosen = {axis.name: axis.values.index(value) for axis, value in zip(axes, (coast, group, region), strict=True)}
        for code in ("1.1", "1.2", "1.3", "1.4"):
            assert settled(together[code].check, chosen) == alone[code].check, (code, at)


def test_every_day_left_open_is_lowered_to_what_it_is_alone(tmp_path: Path) -> None:
    """Sets that end, tables by year, multiples of what ended, sums: each reads on a day as on that day alone."""
    asked = (
        "{meets: t/a}",
        "{unmet_share_of: t/a, more_than: 30}",
        "{share_of: {level: village, meeting: t/a}, at_least: {by_year: {2022: 50, 2023: 60}}}",
        "{every: {level: village, meeting: t/e}}",
        "{measure: water, at_least: {times: 1.1, threshold_of: t/a#1.1}}",
        "{measure: income, at_least: {by: group, rows: {nhom1: {by_year: {2022: 4, 2023: 5}}, nhom2: 3, nhom3: 2}}}",
        "{total_of: [water], at_least: {by_year: {2022: 4 %, 2023: 5 %}}}",
        "{any: [{finding: met}, {measure: water, more_than: {by_year: {2022: 7}}}]}",
    )
    water = indicators("{measure: water, at_least: 90}")
    ended = head("a", end="2022-12-31") + water
    shelved = shelf(tmp_path, a=ended, b=head("b") + indicators(*asked), e=head("e", end="2022-12-31") + water)
    second = head("e", start="2023-01-01").replace('edition: "1"', 'edition: "2"') + water
    (tmp_path / "e@2.yaml").write_text(second, encoding="utf-8")
    shelved = Catalogue(shelved.bundles)
    days, groups = (date(2022, 1, 1), date(2023, 1, 1)), (Group.NHOM1, None)
    pack, axes = shelved.load("t/b"), [Axis("as_of", days), Axis("group", groups)]
    together = of(Lowering(Contexts(BASE, axes), shelved).pack(pack))
    for (day_number, day), (number, group) in product(enumerate(days), enumerate(groups)):
        alone = of(lowered(pack, BASE._replace(on=day, group=group), shelved))
        chosen = {"as_of": day_number, "group": number}
        for code in (f"1.{place}" for place in range(1, len(asked) + 1)):
            assert settled(together[code].check, chosen) == alone[code].check, (code, day, group)


def settled(form: Any, chosen: dict[str, int]) -> Any:
    """A form in one of the contexts it branches over."""
    while isinstance(form, ByContext):
        form = next(branch for numbers, branch in form.branches if chosen[form.axis] in numbers)
    if isinstance(form, forms.Compare):
        return structs.replace(form, required=settled(form.required, chosen))
    if isinstance(form, forms.Group):
        return structs.replace(form, parts=tuple(settled(part, chosen) for part in form.parts))
    return form


RULES = f"""
attributes:
  a: {{name: {{vi: A, en: A}}}}
  b: {{name: {{vi: B, en: B}}}}
  c: {{name: {{vi: C, en: C}}}}
group_rules:
  - {{when: {{any: [{{attribute: a}}, {{attribute: b}}]}}, group: nhom1, text: {{vi: Một, en: One}}, {SOURCE}}}
  - {{when: {{attribute: c}}, group: nhom2, text: {{vi: Hai, en: Two}}, {SOURCE}}}
"""


@pytest.mark.parametrize("otherwise", [True, False])
@pytest.mark.parametrize(
    ("told", "group", "missing", "several"),
    [
        ({}, None, ("a", "b", "c"), ()),
        ({"a": True}, None, ("c",), ()),
        ({"a": False, "c": False}, None, ("b",), ()),
        ({"a": True, "c": False}, "nhom1", (), ()),
        ({"a": False, "b": False, "c": True}, "nhom2", (), ()),
        ({"b": True, "c": True}, None, (), ("nhom1", "nhom2")),
        ({"a": False, "b": False, "c": False}, "rest", (), ()),
    ],
)
def test_what_would_settle_the_group_of_a_unit_is_named(
    tmp_path: Path,
    told: dict[str, bool],
    group: str | None,
    missing: tuple[str, ...],
    several: tuple[str, ...],
    otherwise: bool,
) -> None:
    rest = f"  - {{group: nhom3, text: {{vi: Ba, en: Three}}, {SOURCE}}}\n" if otherwise else ""
    pack, catalogue = one(tmp_path, head("a") + RULES + rest + indicators("{finding: met}"))
    resolver = Resolver(pack, BASE._replace(attributes=tuple(told.items())), catalogue)
    expected = ("nhom3" if otherwise else None) if group == "rest" else group
    assert (resolver.group, resolver.group_open()) == (expected, (missing, several))
    assert (resolver.group_rule is None) == (expected is None)
    # What the province decided on comes first, with the rule that says the same, where there is one.
    decided = Resolver(pack, BASE._replace(attributes=tuple(told.items()), group=Group.NHOM2), catalogue)
    assert (decided.group, decided.group_open()) == ("nhom2", ((), ()))
    assert (decided.group_rule is not None and decided.group_rule.group == "nhom2") == bool(told.get("c"))
