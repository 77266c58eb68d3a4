# ruff: noqa: E501
"""The parts a pack is made of, by themselves: thresholds, sources, periods, measures, and what a pack asks for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter
from shelf import head, indicators, shelf

from ntm_rules.errors import NtmError
from ntm_rules.messages import Text
from ntm_rules.pack.condition import Condition, Op, all_measures, children_asked, judged_pack, parts, unit_asked, walk
from ntm_rules.pack.legal import LegalBasis, Source, Verification
from ntm_rules.pack.measure import Measure
from ntm_rules.pack.model import Pack
from ntm_rules.pack.overlay import IndicatorChange, ThresholdChange
from ntm_rules.pack.period import Period, in_common
from ntm_rules.pack.rules import Attribute
from ntm_rules.pack.threshold import Figure, Table, Threshold, leaves, map_leaves, tables, years
from ntm_rules.quantity.amount import Amount
from ntm_rules.territory import Level

THRESHOLD: TypeAdapter[Any] = TypeAdapter(Threshold)
CONDITION: TypeAdapter[Any] = TypeAdapter(Condition)


def told(refused: Callable[[], object]) -> str:
    with pytest.raises(NtmError) as error:
        refused()
    assert error.value.text("vi")
    return error.value.text("en")


NESTED = THRESHOLD.validate_python(
    {
        "by_region": {"btb": {"by_year": {2022: 1, "2023-2025": 2}}, "tn": 3},
        "otherwise": {"by_attribute": "x", "cases": {True: 4}},
    }
)


def test_the_leaves_of_a_table_come_in_its_order_with_their_rows() -> None:
    assert [(rows, leaf.value.value) for rows, leaf in leaves(NESTED) if isinstance(leaf, Figure)] == [
        ((("region", "btb"), ("year", "2022")), 1),
        ((("region", "btb"), ("year", "2023-2025")), 2),
        ((("region", "tn"),), 3),
        ((("region", "otherwise"), ("x", "true")), 4),
    ]
    assert [(table.by, table.attribute) for table in tables(NESTED)] == [
        ("region", ""),
        ("year", ""),
        ("attribute", "x"),
    ]
    doubled = map_leaves(
        NESTED, lambda leaf: Figure(value=Amount(leaf.value.value * 2)) if isinstance(leaf, Figure) else leaf
    )
    assert [leaf.value.value for _, leaf in leaves(doubled) if isinstance(leaf, Figure)] == [2, 4, 6, 8]
    source = Source(basis="a", verification=Verification.RECALLED)
    own = Figure(value=Amount(Decimal(1)), source=source).stamped(
        "t/o", Source(basis="b", verification=Verification.RECALLED)
    )
    assert (own.source, own.set_by, Figure(value=Amount(Decimal(1))).stamped("t/o", source).source) == (
        source,
        "t/o",
        source,
    )


def test_a_part_that_is_made_already_is_taken_as_it_is() -> None:
    for threshold in (NESTED, *(leaf for _, leaf in leaves(NESTED))):
        assert THRESHOLD.validate_python(threshold) is threshold
    for written in ({"finding": "met"}, {"measure": "m", "at_least": 5}, {"any": [{"meets": "t/q"}]}):
        made = CONDITION.validate_python(written)
        assert CONDITION.validate_python(made) is made


def test_the_row_that_serves_is_found_with_its_label() -> None:
    years_ = THRESHOLD.validate_python({"by_year": {2022: 1, "2023-2025": 2}, "otherwise": 3})
    assert [years_.row(year)[0] for year in ("2021", "2022", "2023", "2025", "2026")] == [
        "otherwise", "2022", "2023-2025", "2023-2025", "otherwise",
    ]  # fmt: skip
    regions = THRESHOLD.validate_python({"by_region": {"Bắc Trung Bộ": 1}})
    assert (list(regions.rows), regions.row("btb")[0], regions.row("tn")) == (["btb"], "btb", None)
    assert [years(label) for label in ("2022", "2022-2024", "22", "2022-", "2024-2022")] == [
        range(2022, 2023), range(2022, 2025), range(0), range(0), range(2024, 2023),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ({"by_year": {"22": 1}}, "threshold: the row “22” is not a year (2023) or a span (2022-2025) of its own"),
        (
            {"by_year": {"2022-2023": 1, "2023": 2}},
            "threshold: the row “2023” is not a year (2023) or a span (2022-2025) of its own",
        ),
        (
            {"by_year": {"2024-2022": 1}},
            "threshold: the row “2024-2022” is not a year (2023) or a span (2022-2025) of its own",
        ),
        (
            {"by_level": {"hamlet": 1}},
            "threshold: unknown row “hamlet”; rows are: city, commune, district, district_town, product, province, special_zone, town, urban_district, village, ward",
        ),
        ({"by_group": {}}, "threshold: the threshold table has no rows"),
        (
            {"by_region": {"btb": 1, "Bắc Trung Bộ": 2}},
            "threshold: the row “Bắc Trung Bộ” is there already, under another name",
        ),
        ({"times": 0, "threshold_of": "t/q#1"}, "threshold: the multiplier “0” must be a positive number"),
        (
            {"times": 2, "threshold_of": "t/q"},
            "threshold: “t/q” names no indicator of a pack; write it as vn/commune-advanced#10",
        ),
        (
            "≥ 90 %",
            "threshold: “≥ 90 %”: a threshold is the number alone, write “90 %”; “≥” belongs to the condition (at_least, at_most, more_than, …)",
        ),
        (
            "Tốt",
            "threshold: “Tốt” is not a number; a level of a graded measure (Reached, Fair, Good) is written as its number in the dictionary of measures (levels), such as 3; what the province sets is delegated, what nobody has entered untranscribed",
        ),
        ({"by_region": 5}, "threshold: “5” is not valid: expected keys with values"),
        ({"by_attribute": "x"}, "threshold: “(nothing)” is not valid: expected keys with values"),
        ({"times": 2}, "threshold.threshold_of: the key “threshold_of” is missing"),
        ({"threshold_of": "t/q#1"}, "threshold.times: the key “times” is missing"),
        (
            [5],
            "threshold: not a threshold or condition; a threshold is a value, value, by_region, by_group, by_year, by_level, by_attribute, times + threshold_of, delegated or untranscribed",
        ),
        ("3/4", "threshold: a threshold is one number, not two counts (75% (3/4))"),
    ],
)
def test_a_threshold_that_is_none_is_told(written: Any, said: str) -> None:
    assert told(lambda: ThresholdChange.model_validate({"code": "1", "threshold": written})) == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (
            {},
            "requires: a condition has exactly one of the keys: measure, share_of, count_of, unmet_share_of, total_of, every, finding, attribute, meets, all, any, of, when (found 0)",
        ),
        (
            {"measure": "m", "meets": "t/q"},
            "requires: a condition has exactly one of the keys: measure, share_of, count_of, unmet_share_of, total_of, every, finding, attribute, meets, all, any, of, when (found 2)",
        ),
        (
            {"measure": "m"},
            "requires: expected exactly one comparison: at_least, more_than, at_most, less_than, equal_to",
        ),
        ({"group": "nhom9"}, "requires: unknown row “nhom9”; rows are: nhom1, nhom2, nhom3"),
        ({"at_least": 3, "of": [{"finding": "met"}]}, "requires: asks for 3 of only 1 condition"),
        ({"at_least": 0, "of": [{"finding": "met"}]}, "requires.at_least: “0” is not valid: it must be at least 1"),
    ],
)
def test_a_condition_that_is_none_is_told(written: Any, said: str) -> None:
    assert told(lambda: IndicatorChange.model_validate({"code": "1", "requires": written})) == said


@pytest.mark.parametrize(
    ("code", "read"),
    [
        ("1.1", "1.1"),
        (7, "7"),
        (Decimal("2.10"), "2.10"),
        (2.1, 'code: the code 2.1 is a number, in which 2.1 and 2.10 are the same; write codes in quotes: "2.1"'),
        ("", "code: “(nothing)” is not valid: there must be at least one item"),
        (True, "code: “true” is not valid: expected a text"),
        (None, "code: “(nothing)” is not valid: expected a text"),
        ([1], "code: “[1]” is not valid: expected a text"),
    ],
)
def test_a_code_is_what_was_typed_or_none(code: Any, read: str) -> None:
    """Digits without quotes are kept as they stand; a double has lost them, and nothing else is a code."""
    if read.startswith("code"):
        assert told(lambda: IndicatorChange.model_validate({"code": code})) == read
    else:
        assert IndicatorChange.model_validate({"code": code}).code == read


def test_what_a_condition_asks_of_whom() -> None:
    meets, unmet, share, count, every, total = (
        CONDITION.validate_python(one)
        for one in (
            {"meets": "t/q"},
            {"unmet_share_of": "t/r", "at_most": 5},
            {"share_of": {"level": "village", "meeting": "t/v"}, "at_least": 5},
            {"count_of": {"level": "ward", "meeting": "t/v"}, "at_least": 5},
            {"every": {"level": ["village", "ward"], "meeting": "t/v"}},
            {
                "total_of": ["a", {"indicator": "1.5", "points": 2}],
                "at_least": 5,
            },
        )
    )
    measure = CONDITION.validate_python({"measure": "b", "at_least": 5})
    assert [judged_pack(one) for one in (meets, unmet, share, measure)] == ["t/q", "t/r", None, None]
    assert [one and one.level for one in map(children_asked, (share, count, every, meets))] == [
        (Level.VILLAGE,), (Level.WARD,), (Level.VILLAGE, Level.WARD), None,
    ]  # fmt: skip
    both = CONDITION.validate_python({"all": [{"any": [measure, meets]}, total]})
    assert all_measures(both) == {"a", "b"}
    assert [path for path, _ in walk(both)] == ["", "all.0", "all.0.any.0", "all.0.any.1", "all.1"]
    choice = CONDITION.validate_python({"when": meets, "then": measure, "otherwise": total})
    assert parts(choice) == (("when", meets), ("then", measure), ("otherwise", total))
    known = {name: Measure(id=name, name=Text("M"), unit="%", better="higher") for name in ("a", "b")}
    points = CONDITION.validate_python({"total_of": [{"indicator": "1", "points": 2}], "at_least": 5})
    assert [unit_asked(one, known) for one in (measure, total, points, count, share, unmet)] == [
        "percent", "percent", "point", "unit", "percent", "percent",
    ]  # fmt: skip
    assert [op.wants for op in Op] == ["higher", "higher", "lower", "lower", "neither"]


def test_a_source_takes_what_it_leaves_out_from_the_one_around_it() -> None:
    """A place belongs to its decision: another decision does not take it over."""
    outer = Source(basis="a", at="mục 1", verification=Verification.RECALLED)

    def inner(**given: Any) -> tuple[str, str]:
        found = Source(verification=Verification.UNCERTAIN, **given).within(outer)
        assert found.verification is Verification.UNCERTAIN
        return found.basis, found.at

    assert inner() == ("a", "mục 1")
    assert inner(basis="a") == ("a", "mục 1")
    assert inner(basis="b") == ("b", "")
    assert inner(at="mục 2") == ("a", "mục 2")
    assert inner(basis="b", at="mục 3") == ("b", "mục 3")
    assert outer.within(None) is outer
    assert [one.reaches(Verification.SECONDARY) for one in Verification] == [True, True, False, False]
    for one in ("stated", "secondary"):
        assert told(lambda one=one: Source(verification=one)) == (
            f"verification “{one}” needs a url or checked_against that names what was read"
        )  # type: ignore[misc]
        assert Source(verification=one, checked_against=("báo",)).url == ""  # type: ignore[arg-type]
    assert "Did you mean: stated" in told(lambda: Verification.of("sated"))


@pytest.mark.parametrize("written", ["", "  ", {}, {"vi": ""}, {"vi": " ", "en": ""}, {"vi": 5}, {"fr": "x"}, 5, ["x"]])
def test_a_text_has_words_in_one_language_at_least(written: Any) -> None:
    expected = "text: expected a text, or {vi: ..., en: ...}"
    assert told(lambda: IndicatorChange.model_validate({"code": "1", "text": written})) == expected
    assert LegalBasis.model_validate({"id": "q", "number": "1", "title": {"en": "T"}}).title == Text("", "T")
    assert LegalBasis.model_validate({"id": "q", "number": "1", "title": "T"}).title == Text("T", "")
    cut = told(lambda: LegalBasis.model_validate({"id": "q", "number": "1", "title": {"vi": "Nước", "nếu có": None}}))
    assert "cut at the comma before “nếu có”" in cut


def test_the_days_that_periods_share() -> None:
    def period(start: str = "", end: str = "") -> Period:
        return Period(start=date.fromisoformat(start) if start else None, end=date.fromisoformat(end) if end else None)

    assert in_common([]) == Period()
    assert in_common([period("2022-01-01", "2022-12-31"), period(), period("2022-06-01")]) == period(
        "2022-06-01", "2022-12-31"
    )
    assert in_common([period(end="2022-06-01"), period("2022-06-01")]) == period("2022-06-01", "2022-06-01")
    assert in_common([period(end="2022-05-31"), period("2022-06-01")]) is None
    days = [date(2021, 12, 31), date(2022, 1, 1), date(2022, 12, 31), date(2023, 1, 1)]
    assert [day in period("2022-01-01", "2022-12-31") for day in days] == [False, True, True, False]
    assert ("2022-06-01" in period(), period().always, period("2022-01-01").always, period(end="2022-01-01").always) == (
        False, True, False, False,
    )  # fmt: skip
    assert "after" in told(lambda: Period.model_validate({"from": "2023-01-01", "to": "2022-01-01"}))


def test_what_an_attribute_means_where_it_is_not_told() -> None:
    one = Attribute.model_validate({"name": "A", "default": False, "at_level": {"ward": True}})
    assert [one.absent(level) for level in (None, Level.COMMUNE, Level.WARD)] == [False, False, True]


def measure(**given: Any) -> Measure:
    return Measure.model_validate({"id": "m", "name": {"vi": "M", "en": "M"}, "unit": "%", "better": "higher"} | given)


@pytest.mark.parametrize(
    ("domain", "value", "said"),
    [
        ({"from": 0}, "-1 %", "-1% is outside the valid range of “M” (0 or more)"),
        ({"to": 100}, "101 %", "101% is outside the valid range of “M” (100 at most)"),
        ({"from": 0, "to": 100}, "101 %", "101% is outside the valid range of “M” (0 to 100)"),
        ({"whole": True}, "1,5 %", "1.5% is not a whole number; “M” is counted in whole numbers"),
        ({}, "5 km", "“km” and “%” measure different things and cannot be compared"),
    ],
)
def test_a_value_that_cannot_be_is_told_with_what_can(domain: dict[str, Any], value: str, said: str) -> None:
    assert told(lambda: measure(domain=domain).read(Amount.of(value))) == said


def test_the_ends_of_what_a_measure_can_be_are_in_it() -> None:
    one = measure(domain={"from": 0, "to": 100}, plausible={"from": 5, "to": 95})
    for value in ("0 %", "100 %", "5", "95"):
        one.read(Amount.of(value))
    assert (one.bare.low, one.bare.high, one.bare.whole) == (5, 95, False)
    wide = measure(domain={"from": 10, "to": 90, "whole": True}, plausible={"from": 5, "to": 95})
    assert (wide.bare.low, wide.bare.high, wide.bare.whole) == (10, 90, True)
    assert measure(domain={"from": 1}).bare.low == 1
    for value in ("4", "96"):
        assert "5" in told(lambda value=value: one.read(Amount.of(value)))  # type: ignore[misc]
    assert measure().likely(Decimal(50)) == ()


INCOME = {"unit": "triệu đồng/người/năm", "plausible": {"from": 8, "to": 400}}


def test_a_bare_number_out_of_life_is_told_with_the_units_it_would_make_sense_in() -> None:
    """With its unit it stands; what cannot be at all is told before what is not likely."""
    income = measure(**INCOME)
    assert [amount.text("en") for amount in income.likely(Decimal(3100))] == ["3,100 thousand VND/person/month"]
    life = "is not plausible for “M”: in life (this is no law) it lies between 8 and 400 million VND/person/year"
    asked = "is it “3,100 thousand VND/person/month”? Write the unit behind the number"
    said = f"3,100 million VND/person/year {life}; {asked}"
    assert told(lambda: income.read(Amount.of("3100"))) == said
    assert told(lambda: income.read_bare(Amount.of("3100 triệu đồng/người/năm"))) == said
    assert told(lambda: income.read(Amount.of("999999999"))).startswith(f"999,999,999 million VND/person/year {life}")
    assert income.read(Amount.of("3100 triệu đồng/người/năm")) == 3100
    assert income.read(Amount.of("3100 nghìn đồng/người/tháng")) == Decimal("37.2")
    assert income.read(Amount.of("46")) == 46
    monthly = measure(unit="triệu đồng/người/tháng", plausible={"from": 1, "to": 40})
    # A twelfth of 100 is no decimal: nobody is asked whether that was meant.
    assert [[one.text("en") for one in monthly.likely(Decimal(number))] for number in (120, 100)] == [
        ["120 million VND/person/year"],
        [],
    ]
    never = "-5 million VND/person/year is outside the valid range of “M” (0 or more)"
    assert told(lambda: measure(**INCOME, domain={"from": 0}).read(Amount.of("-5"))) == never


def test_a_measure_follows_from_others_in_one_of_three_ways() -> None:
    for how in ("growth", "share", "increase"):
        derived = measure(derived={f"{how}_of": "a", "over": "b"}).derived
        assert derived is not None
        assert (derived.how, derived.of, derived.over) == (how, "a", "b")
        assert measure(derived=derived).derived == derived


def test_a_level_is_read_and_shown_by_its_name() -> None:
    one = measure(unit="mức", levels={2: {"vi": "Tốt", "en": "Good"}, 1: {"vi": "Yếu", "en": "Weak"}})
    assert [level.number for level in one.names] == [1, 2]
    words = ("Tốt", "mức tốt", "Loại Tốt", "đạt mức tốt", "Good", "Tốt (2)", "Tốt (1)", "Khá", "")
    assert [one.level(word) for word in words] == [2, 2, 2, 2, 2, 2, None, None, None]
    assert [one.shown(Amount(Decimal(value)), "en") for value in (1, 3)] == ["Weak (1)", "level 3"]
    assert one.shown(Amount(Decimal(2), one.unit), "vi") == "Tốt (2)"


ASKING = """
attributes: {island: {name: {vi: Đảo, en: Island}}, kind: {name: {vi: Loại, en: Kind}}, far: {name: {vi: Xa, en: Far}}}
region_rules:
  - {when: {all: [{attribute: island, is: true}, {attribute: far, is: true}]}, region: tn, text: T, source: {basis: qd, verification: recalled}}
group_rules:
  - {when: {attribute: far, is: true}, group: nhom1, text: T, source: {basis: qd, verification: recalled}}
  - {group: nhom2, text: T, source: {basis: qd, verification: recalled}}
"""


def asking(folder: Path) -> Pack:
    text = indicators(
        "{measure: water, at_least: {by_region: {btb: {by_attribute: kind, cases: {A: 1}}}}}",
        "{group: nhom1}, applies_if: {all: [{attribute: far, is: true}, {measure: poverty, at_most: 5}]}",
        "{finding: met}, versions: [{valid: {to: 2022-06-30}, requires: {total_of: [income, income], at_least: 5}}]",
    )
    return shelf(folder, p=head("p") + ASKING + text).load("t/p")


def test_what_a_pack_asks_for_and_who_asks(tmp_path: Path) -> None:
    pack = asking(tmp_path)
    assert pack.measures_used() == ("water", "poverty", "income")
    assert list(pack.attributes_used()) == [
        ("1.1", "kind"), ("1.2", "far"), ("region_rules", "island"), ("region_rules", "far"), ("group_rules", "far"),
    ]  # fmt: skip
    assert [one.attribute for one in pack.region_guards] == ["island", "far"]
    assert [one.attribute for one in pack.group_guards] == ["far"]
    assert [(pack.attribute_name(name).en) for name in ("far", "group")] == ["Far", "Group of communes"]
    assert [(row.indicator.code, row.version is not None, row.rows) for row in pack.figures()] == [
        ("1.1", False, (("region", "btb"), ("kind", "A"))), ("1.2", False, ()), ("1.3", False, ()), ("1.3", True, ()),
    ]  # fmt: skip
    assert (hash(pack), repr(pack)) == (hash(pack.model_copy()), "Pack('t/p@1')")
    copies = pack.model_copy(), pack.model_copy(deep=True)
    assert [(one == pack, one.criteria is pack.criteria, one.criteria[0] is pack.criteria[0]) for one in copies] == [
        (True, True, True),
        (True, False, False),
    ]
    assert (pack == pack.model_copy(), pack == "t/p@1", pack != "t/p@1") == (True, False, True)
    assert (
        told(lambda: pack["1.1"].model_validate(pack["1.1"].model_dump() | {"code": 1.5}))
        == 'code: the code 1.5 is a number, in which 2.1 and 2.10 are the same; write codes in quotes: "1.5"'
    )
    assert isinstance(pack["1.1"].requires.threshold, Table)  # type: ignore[union-attr]


SOURCES = """
criteria:
  - code: "1"
    title: {vi: Một, en: One}
    source: {basis: qd, at: mục 1, verification: recalled}
    indicators:
      - {code: "1.1", text: T, requires: {measure: water, at_least: 5}}
      - {code: "1.2", text: T, requires: {measure: water, at_least: {value: 5, source: {at: dòng 3, verification: recalled}}}}
      - {code: "1.3", text: T, requires: {measure: water, at_least: 5}, source: {basis: qe, verification: recalled}}
      - {code: "1.4", text: T, requires: {measure: water, at_least: {value: 5, source: {basis: qe, verification: recalled}}}}
  - code: "2"
    title: {vi: Hai, en: Two}
    indicators: [{code: "2.1", text: T, requires: {measure: water, at_least: 5}}]
"""


def test_the_nearest_source_of_a_figure_is_its_own(tmp_path: Path) -> None:
    """Its place is the code where only the set's own decision is named; a decision of its own has none by default."""
    top = head("p").replace("legal_basis: [", "legal_basis: [{id: qe, number: 2/QĐ}, ")
    pack = shelf(tmp_path, p=top + SOURCES).load("t/p")
    assert [(row.indicator.code, row.source.basis, row.source.at) for row in pack.figures()] == [
        ("1.1", "qd", "mục 1"), ("1.2", "qd", "dòng 3"), ("1.3", "qe", ""), ("1.4", "qe", ""), ("2.1", "qd", "2.1"),
    ]  # fmt: skip
    first, second = pack.criteria
    assert "</td></tr><tr><th>" in pack._repr_html_()
    found = pack.criterion_source(first)
    assert (found and (found.basis, found.at), pack.criterion_source(second)) == (("qd", "mục 1"), None)
    assert told(lambda: pack.basis("qx")) == "t/p lists no “qx” in legal_basis. Did you mean: qe, qd?"
