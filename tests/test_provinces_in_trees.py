"""In a tree a unit is of the province above it: that settles its region and which province's own set applies to it."""

from __future__ import annotations

from typing import Any

import pytest

import ntm_rules as ntm
from ntm_rules.errors import EvaluationError
from ntm_rules.territory import Region

DAY = "2023-08-17"
BOTH = ["vn/commune", "hatinh/commune"]


def units(*given: dict[str, Any]) -> list[ntm.Unit]:
    return [ntm.Unit.model_validate(one) for one in given]


def under(**province: Any) -> list[ntm.Unit]:
    """A commune in a district in a province."""
    return units(
        {"level": "province", **province},
        {"id": "h", "level": "district", "parent": province["id"]},
        {"id": "x", "level": "commune", "parent": "h"},
    )


def judged_by(register: list[ntm.Unit], unit: str = "x") -> list[str]:
    tree = ntm.evaluate_tree(register, [], BOTH, as_of=DAY)
    (standing,) = (one for one in tree.units if one.unit.id == unit)
    return [one.pack for one in standing.assessments.values()]


NATION, OWN = ["vn/commune@2021-2025"], ["hatinh/commune@2022-2025"]


@pytest.mark.parametrize(
    ("province", "applied"),
    [
        ({"id": "hatinh"}, OWN),
        ({"id": "42", "name": "Tỉnh Hà Tĩnh"}, OWN),
        ({"id": "42"}, OWN),
        ({"id": "40", "name": "Tỉnh Nghệ An"}, NATION),
        # Code and name of two provinces: it is certainly not Hà Tĩnh.
        ({"id": "42", "name": "Tỉnh Nghệ An"}, NATION),
        ({"id": "40", "name": "Tỉnh Hà Tĩnh"}, NATION),
    ],
)
def test_the_province_above_says_whose_set_applies(province: dict[str, Any], applied: list[str]) -> None:
    register = [*under(**province), *units({"id": "y", "level": "commune", "province": "hatinh"})]
    assert judged_by(register) == applied
    # Of a commune of which no province is known, the set of the province that was asked for.
    assert judged_by([*register, *units({"id": "z", "level": "commune"})], "z") == OWN
    assert judged_by(register, "y") == OWN


@pytest.mark.parametrize("order", [["hatinh/commune", "vn/commune"], BOTH])
def test_a_set_of_another_province_hides_none_of_those_named_after_it(order: list[str]) -> None:
    """The commune that is Hà Tĩnh's own lets its set be asked for."""
    register = [*under(id="40", name="Tỉnh Nghệ An"), *units({"id": "y", "level": "commune", "province": "hatinh"})]
    tree = ntm.evaluate_tree(register, [], [*order, "vn/commune-advanced"], as_of=DAY)
    judged = {one.unit.id: [a.pack for a in one.assessments.values()] for one in tree.units}
    advanced = ["vn/commune-advanced@2021-2025"]
    assert (judged["x"], judged["y"]) == (NATION + advanced, OWN + advanced)


def test_what_a_unit_says_of_its_own_province_comes_before_the_units_above() -> None:
    register = under(id="40", name="Tỉnh Nghệ An")
    register[2] = ntm.Unit(id="x", level="commune", parent="h", province="hatinh")
    assert judged_by(register) == OWN


def test_the_province_above_settles_the_region() -> None:
    tree = ntm.evaluate_tree(under(id="42", name="Tỉnh Hà Tĩnh"), [], ["vn/commune"], as_of=DAY)
    assert {one.unit.id: one.unit.region for one in tree.units} == dict.fromkeys(("42", "h", "x"), Region.BTB)
    unknown = ntm.evaluate_tree(under(id="p"), [], ["vn/commune"], as_of=DAY)
    assert {one.unit.id: one.unit.region for one in unknown.units} == dict.fromkeys(("p", "h", "x"))


def test_every_unit_told_to_another_region_than_its_province_is_refused_by_name() -> None:
    register = under(id="42", name="Tỉnh Hà Tĩnh")
    register += units(
        {"id": "y", "level": "commune", "parent": "h", "region": "tn"},
        {"id": "z", "level": "commune", "parent": "h", "region": "btb"},
        {"id": "w", "level": "commune", "parent": "h", "region": "dbsh"},
    )
    with pytest.raises(EvaluationError) as refused:
        ntm.evaluate_tree(register, [], ["vn/commune"], as_of=DAY)
    assert [one.place.path for one in refused.value.problems] == ["y", "w"]


def test_a_set_of_other_regions_is_refused_with_their_names_in_each_language() -> None:
    unit = ntm.Unit(id="x", level="commune", region="dbsh")
    with pytest.raises(EvaluationError) as refused:
        ntm.evaluate("hatinh/commune", ntm.Snapshot(unit=unit, as_of=DAY))
    vi, en = refused.value.text("vi"), refused.value.text("en")
    for text, lang in ((vi, "vi"), (en, "en")):
        assert Region.BTB.text(lang) in text  # type: ignore[arg-type]
    assert vi.startswith("x: ")
    assert vi != en


def test_every_set_that_is_for_nobody_here_is_refused() -> None:
    register = units({"id": "x", "level": "commune", "province": "nghean"})
    with pytest.raises(EvaluationError) as refused:
        ntm.evaluate_tree(register, [], ["hatinh/commune", "vn/commune", "hatinh/commune-advanced"], as_of=DAY)
    told = refused.value.text("en").splitlines()
    assert [line.split()[2] for line in told] == ["hatinh/commune@2022-2025", "hatinh/commune-advanced@2022-2025"]
    # Where one may be of the province, or there are none of the level, nothing is refused.
    for more in ({"id": "y", "level": "commune"}, {"id": "y", "level": "commune", "province": "hatinh"}):
        assert judged_by([*register, *units(more)]) == NATION
    assert ntm.evaluate_tree(units({"id": "h", "level": "district"}), [], ["hatinh/commune"], as_of=DAY).units
