"""Numbers are read exactly as a person means them, and verdicts combine by strong Kleene logic."""

from decimal import Decimal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_rules import Amount, NtmError, Snapshot, Verdict
from ntm_rules.assessment.conflict import Conflict
from ntm_rules.assessment.parts import Reason, ReasonCode
from ntm_rules.errors import PackError, QuantityError
from ntm_rules.messages import Text, say
from ntm_rules.pack.loader import parse_yaml
from ntm_rules.verdict import conjunction, disjunction


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("52,3 triệu đồng/người/năm", "52.3", "million_vnd/person/year"),
        ("12,8 %", "12.8", "percent"),
        ("12.8%", "12.8", "percent"),
        ("1.897,0 ha", "1897", "hectare"),
        ("56.1", "56.1", ""),
        ("0 %", "0", "percent"),
    ],
)
def test_numbers_are_read_as_written(text: str, value: str, unit: str) -> None:
    assert Amount.of(text) == Amount(Decimal(value), unit)


def test_dong_converts_exactly() -> None:
    income = Amount.of("52.300.000 đồng/người/năm").to("million_vnd/person/year")
    assert income.value == Decimal("52.3")


@pytest.mark.parametrize("bad", ["", "abc", "1..2", float("nan"), float("inf"), True, "5 % %"])
def test_what_is_no_number_is_refused(bad: object) -> None:
    with pytest.raises(QuantityError):
        Amount.of(bad)


def test_dimension_errors_name_both_units() -> None:
    with pytest.raises(QuantityError, match=r"litre.*%"):
        Amount.of("12,8 lít").to("percent")


@pytest.mark.parametrize("short", ["52,3 triệu đồng/người", "52,3 triệu đồng", "52,3 triệu"])
def test_a_unit_written_short_is_told_what_to_write(short: str) -> None:
    with pytest.raises(QuantityError) as refused:
        Amount.of(short).to("million_vnd/person/year")
    assert refused.value.text("vi").endswith("nếu ý là “triệu đồng/người/năm” thì hãy ghi đủ")


@given(st.lists(st.sampled_from(list(Verdict))))
def test_all_and_any_are_dual(verdicts: list[Verdict]) -> None:
    flip = {Verdict.MET: Verdict.NOT_MET, Verdict.NOT_MET: Verdict.MET}
    flipped = [flip.get(v, v) for v in verdicts]
    together = conjunction(verdicts)
    assert disjunction(flipped) == flip.get(together, together)


@pytest.mark.parametrize("text", ["a: &x 1\nb: *x", "a: 1\na: 2", "a: !!python/name:os.system x", "[" * 10_000, ""])
def test_hostile_yaml_is_refused(text: str) -> None:
    with pytest.raises(PackError):
        parse_yaml(text)


def test_no_and_on_are_words() -> None:
    assert parse_yaml("a: no\nb: on").data == {"a": "no", "b": "on"}


def test_blank_is_not_zero() -> None:
    unit = {"id": "x", "level": "commune"}
    assert Snapshot(unit=unit, as_of="2023-08-17", measures={"m": None}).measures == {}
    assert Snapshot(unit=unit, as_of="2023-08-17", measures={"m": "0 %"}).measures["m"][0].value.value == 0


def test_one_family_of_errors() -> None:
    assert issubclass(QuantityError, NtmError)


def test_income_per_month_becomes_income_per_year_exactly() -> None:
    assert Amount.of("1 triệu đồng/người/tháng").to("million_vnd/person/year").value == 12


@pytest.mark.parametrize("value", [12.345, Decimal("12.345"), "12,3450"])
def test_a_number_beside_its_unit_is_that_number(value: object) -> None:
    unit = {"id": "x", "level": "commune"}
    read = Snapshot(unit=unit, as_of="2023-08-17", measures={"m": {"value": value, "unit": "ha"}}).measures["m"][0]
    assert read.value == Amount(Decimal("12.345"), "hectare")


def test_counts_are_grouped_and_years_are_not() -> None:
    counts = {"title": "T", "met": 1105, "total": 1627, "not_met": 522, "unknown": 0, "exempt": 0}
    assert say("explain.tree_row", "vi", **counts).startswith("T: 1.105/1.627 đạt")
    assert say("explain.tree_row", "en", **counts).startswith("T: 1,105 of 1,627 met")
    assert "2023" in say("error.word_of", "vi", given=2023)


def test_a_conflict_names_whoever_concluded_and_leaves_no_gap() -> None:
    conflict = Conflict("measurement_against_finding", "17.1", Text("Nước sạch", "Clean water"), finding="met")
    assert "“đạt” trái với" in conflict.text("vi")
    named = msgspec.structs.replace(conflict, by="UBND huyện")
    assert "“đạt” của UBND huyện trái với" in named.text("vi")
    assert "“met” by UBND huyện contradicts" in named.text("en")


def test_conflicting_values_are_said_in_the_language_of_the_sentence() -> None:
    """Findings are words of the language, not codes; figures have its digits and units."""
    findings = Conflict("findings", "8.1", Text("Bưu chính", "Post"), values=("met", "not_met (Sở A)"))
    assert findings.text("vi").endswith("đạt; chưa đạt (Sở A)")
    assert findings.text("en").endswith("met; not met (Sở A)")
    figures = Conflict(
        "observations", "10", Text("Thu nhập", "Income"), values=("1.052,3 triệu đồng/người/năm (Cục (TK))",)
    )
    assert figures.text("vi").endswith("1.052,3 triệu đồng/người/năm (Cục (TK))")
    assert figures.text("en").endswith("1,052.3 million VND/person/year (Cục (TK))")


def test_figures_in_reasons_are_said_in_the_language_of_the_sentence() -> None:
    reason = Reason(ReasonCode.THRESHOLD_UNTRANSCRIBED, candidates=("6.5 %", "42 triệu đồng/người/năm"))
    assert "6,5 %, 42 triệu đồng/người/năm" in reason.text("vi")
    assert "6.5%, 42 million VND/person/year" in reason.text("en")


def test_a_double_of_numpy_is_the_number_it_prints() -> None:
    np = pytest.importorskip("numpy", reason="numpy is not installed")
    assert Amount.of(np.float64(12.8)) == Amount(Decimal("12.8"))
