"""What a number comes to in life: a bare one outside is refused, one with its unit stands and is not passed over."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from doors import Facts, came, doors

from ntm_rules import Amount, Snapshot, evaluate, read_snapshots
from ntm_rules.errors import NtmError, QuantityError
from ntm_rules.messages import _ROOMS
from ntm_rules.pack.catalogue import installed
from ntm_rules.pack.condition import MeasureCondition, walk
from ntm_rules.pack.measure import Measure
from ntm_rules.pack.threshold import Figure, leaves
from ntm_rules.snapshot.cells import SnapshotWarning

INCOME, WATER, SHARE = "income_per_capita", "domestic_water_per_capita", "clean_water_centralised_share"


def come(facts: Facts, folder: Path) -> set[Any]:
    """What comes of the facts at every door; one thing, where they are alike."""
    return {came(say, facts) for say in doors(facts, folder).values()}


@pytest.mark.parametrize(
    ("measure", "written", "code"),
    [
        (INCOME, 3100, "error.implausible_unit"),
        (INCOME, "3100", "error.implausible_unit"),
        (INCOME, "52.300.000", "error.implausible_unit"),
        (INCOME, "4,1", "error.implausible_unit"),
        (INCOME, 0, "error.implausible"),
        (INCOME, "999", "error.implausible_unit"),
        (WATER, "0,06", "error.implausible_unit"),
        ("ocop_product_count", 100_000, "error.implausible"),
        (SHARE, "9850", "error.outside_domain"),
    ],
)
def test_a_bare_number_that_is_not_plausible_is_refused_at_every_door(
    measure: str, written: Any, code: str, tmp_path: Path
) -> None:
    assert come(Facts({measure: written}), tmp_path) == {code}


@pytest.mark.parametrize(
    ("written", "units"),
    [
        (3100, ["thousand_vnd/person/month"]),
        (52_300_000, ["vnd/person/year"]),
        (52_300, ["thousand_vnd/person/year"]),
        (Decimal("0.0523"), ["billion_vnd/person/year"]),
        (Decimal("4.1"), ["million_vnd/person/month"]),
        (0, []),
        (-50, []),
    ],
)
def test_only_units_in_which_the_number_is_plausible_are_named(written: Any, units: list[str]) -> None:
    measure = installed().measures[INCOME]
    with pytest.raises(QuantityError) as caught:
        measure.read(Amount.of(written))
    (problem,) = caught.value.problems
    named = problem.params["meant"].amounts if units else ()
    assert [amount.unit for amount in named] == units
    assert all(measure.read(amount) in measure.plausible for amount in named)  # type: ignore[operator]
    assert ("có phải là" in caught.value.text("vi")) == bool(units)


@pytest.mark.parametrize("written", ["3.100,0 triệu đồng/người/năm", "2 triệu đồng/người/năm"])
def test_with_its_unit_it_stands_and_the_result_says_so(written: str, tmp_path: Path) -> None:
    (one,) = come(Facts({INCOME: written}), tmp_path)
    assert [(code, name) for code, name, _ in one[4]] == [("warning.implausible", INCOME)]
    snapshot = Snapshot.model_validate(Facts({INCOME: written}).plain())
    result = evaluate("hatinh/commune-advanced", snapshot)
    assert "hiếm gặp" in result.explain(lang="vi")
    assert "rarely so" in result.explain(lang="en")
    assert type(result).from_json(result.to_json()) == result


@pytest.mark.parametrize(
    ("beside", "comes"),
    [
        ({}, "error.two_readings"),
        ({SHARE: "95,2 %"}, Decimal("48.5")),
        ({SHARE: "95.2 %"}, "error.two_readings"),
    ],
)
def test_what_other_numbers_show_is_not_followed_into_what_is_not_plausible(
    beside: dict[str, str], comes: Any, tmp_path: Path
) -> None:
    """48,5 thousand a year is nobody's income; the codes of a form (17.1) are no numbers of the unit."""
    facts = Facts({INCOME: "48.500 nghìn đồng/người/năm", **beside})
    # A session is told one number at a time.
    ways = {name: say for name, say in doors(facts, tmp_path).items() if not (beside and name == "live")}
    found = {name: came(say, facts) for name, say in ways.items()}
    read = {name: one if isinstance(one, str) else dict(one[0])[INCOME] for name, one in found.items()}
    assert read == dict.fromkeys(ways, comes)


@pytest.mark.parametrize("written", ["0,985", "0.45", "0,3"])
def test_a_bare_fraction_under_a_percentage_is_doubted_at_every_door(written: str, tmp_path: Path) -> None:
    (one,) = come(Facts({SHARE: written}), tmp_path)
    assert [(code, name) for code, name, _ in one[4]] == [("warning.fraction", SHARE)]
    (sure,) = come(Facts({SHARE: f"{written} %"}), tmp_path)
    assert (sure[0], sure[4]) == (one[0], ())


@pytest.mark.parametrize(("measure", "doubted"), [(SHARE, True), ("multidimensional_poverty_rate", False)])
@pytest.mark.parametrize("written", [1, 1.0, "1"])
def test_one_where_more_is_better_may_be_all_of_it_at_every_door(
    measure: str, doubted: bool, written: Any, tmp_path: Path
) -> None:
    """Where 98,5 % stands as 0.985, 100 % stands as 1; of poor households there may well be 1 %."""
    (one,) = come(Facts({measure: written}), tmp_path)
    assert [code for code, _, _ in one[4]] == ["warning.fraction"] * doubted


@pytest.mark.parametrize("name", ["a.csv", "a.yaml", "a.json"])
def test_every_file_warns_of_it_once_with_its_place(name: str, tmp_path: Path) -> None:
    facts = Facts({SHARE: "0,985"})
    data = json.dumps(facts.plain(), ensure_ascii=False)
    table = f"id;level;region;as_of;{SHARE}\nx;commune;btb;{facts.day};0,985\n"
    (tmp_path / name).write_text(table if name == "a.csv" else data, encoding="utf-8")
    with pytest.warns(SnapshotWarning) as told:
        read_snapshots(tmp_path / name)
    (problem,) = [one.message.problem for one in told if isinstance(one.message, SnapshotWarning)]
    assert (problem.code, problem.place.file) == ("warning.fraction", name)


def test_a_number_fraction_is_doubted_at_every_door_that_has_numbers(tmp_path: Path) -> None:
    (one,) = come(Facts({SHARE: 0.985}), tmp_path)
    assert [code for code, *_ in one[4]] == ["warning.fraction"]


def test_every_measure_of_the_bundles_says_what_it_comes_to() -> None:
    """By its plausible range, or by a domain closed at both ends, as that of shares and levels is."""
    open_ended = [
        measure.id
        for measure in installed().measures.values()
        if measure.plausible is None and (measure.domain.low is None or measure.domain.high is None)
    ]
    assert open_ended == []


def test_no_range_excludes_what_a_pack_asks_for() -> None:
    catalogue, seen = installed(), 0
    for info in catalogue.packs():
        pack = catalogue.load(info.reference)
        measures = catalogue.measures_for(pack)
        for _, _, condition in pack.conditions():
            for _, part in walk(condition):
                if not isinstance(part, MeasureCondition):
                    continue
                measure = measures[part.measure]
                for _, leaf in leaves(part.threshold):
                    if isinstance(leaf, Figure):
                        seen += 1
                        value = measure.read(Amount(leaf.value.value, leaf.value.unit))
                        assert measure.plausible is None or value in measure.plausible, (info.reference, measure.id)
    assert seen > 500


def test_no_range_excludes_a_real_case() -> None:
    """Every figure of the packs' own situations, which are real outcomes or lie beside a threshold."""
    catalogue, seen = installed(), 0
    for file in Path(__file__).parents[1].glob("packs/*/situations/*.yaml"):
        for name, value in _figures(yaml.safe_load(file.read_text(encoding="utf-8"))):
            measure = catalogue.measures.get(name)
            if measure is not None:
                seen += 1
                measure.read(Amount.of(value, "vi"))
    assert seen > 100


def _figures(data: Any) -> Any:
    if isinstance(data, dict):
        for key, value in data.items():
            if key == "measures" and isinstance(value, dict):
                for name, given in value.items():
                    for one in given if isinstance(given, list) else [given]:
                        one = one.get("value") if isinstance(one, dict) else one
                        if isinstance(one, (int, float, str)):
                            yield name, one
            else:
                yield from _figures(value)
    elif isinstance(data, list):
        for item in data:
            yield from _figures(item)


def test_a_range_is_no_law() -> None:
    """It judges nothing: the same measure without it comes to the same value."""
    plain = Measure.model_validate(
        {"id": "a", "name": {"vi": "A", "en": "A"}, "unit": "ha", "better": "higher", "plausible": {"from": 1, "to": 9}}
    )
    assert plain.read(Amount.of("50 ha")) == 50
    assert plain.read(Amount.of("2 km2")) == 200
    with pytest.raises(QuantityError):
        plain.read(Amount.of(50))


def test_two_likely_units_are_named_apart() -> None:
    """Where two units would make a number plausible both are told, as two words."""
    facts = {"id": "x", "level": "commune", "region": "btb"}
    with pytest.raises(NtmError) as caught:
        evaluate("vn/commune@2021-2025", Snapshot(unit=facts, as_of="2023-08-17", measures={INCOME: 9500}))
    assert "năm” hoặc “9.500 nghìn đồng/người/tháng”?" in caught.value.problems[0].text("vi")
    assert "year” or “9,500 thousand VND/person/month”?" in caught.value.problems[0].text("en")


@pytest.mark.parametrize("room", _ROOMS, ids=lambda room: room.__name__.rpartition(".")[2])
def test_no_sentence_counts_on_blanks_at_its_ends(room: Any) -> None:
    """A sentence is told without them, so what needs blanks around it has to set them itself."""
    said = {key: told for told_of in vars(room).values() if isinstance(told_of, dict) for key, told in told_of.items()}
    assert said
    for key, told in said.items():
        if isinstance(told, tuple):
            assert [one for one in told if one.rstrip("\n") != one.strip()] == [], key
