"""Law 11: the same doubt at every door. One generated fact, said at every door, is read in one way or refused for one
reason."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from doors import Facts, came, doors
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from ntm_rules.pack.catalogue import installed
from ntm_rules.quantity.conversion import units_used_for
from ntm_rules.quantity.number import format_number
from ntm_rules.quantity.unit import unit_label

MEASURES = (
    "clean_water_centralised_share",
    "multidimensional_poverty_rate",
    "income_per_capita",
    "domestic_water_per_capita",
    "ocop_product_count",
    "public_green_land_per_capita",
    "lower_secondary_universalisation_level",
)
BEFORE = ("", "", "", "", "", "≥ ", "khoảng ", "Đạt ", "chưa đạt ", "mức độ ", "- ", "−", "~")
AFTER = ("", "", "", "", "", "*", " (2)", "²", " trở lên", ".", " %", "-96", " ha", "\u00a0", " (6.112/6.420)")
NUMBERS = st.one_of(
    st.integers(0, 130).map(Decimal),
    st.decimals(0, 120, places=1),
    st.decimals(0, 1, places=3),
    st.decimals(0, 100, places=3),
    st.integers(1, 10**8).map(Decimal),
    st.sampled_from([Decimal(n) for n in ("0", "1", "55", "54.999", "100", "100.1", "48.5", "3100", "52300000")]),
)
ODD = (
    *("", " ", "-", "–", "x", "n/a", "?", "không có", "chưa có số liệu", "đạt", "1e3", "\uff11\uff12"),
    *("12/12", "5/08", "6.112/6.420"),
)
FINDINGS = (
    *("đạt", "Đạt ", "\u00d0ạt", "ĐẠT", "met", "Met", "chưa đạt", "không đạt", "không áp dụng", "not met"),
    *("có", "không", "CĐ", "K", "x", "true", "1", "", "passed", "đạt.", "dat", "N/A", "chưa đạt (thiếu hồ sơ)"),
)
CODES = ("1.1", "18.1", "1", "Tiêu chí 1.1", "TC 18,1", "1.1.", "01", "I", "99", "17.10", " 1.1 ", "tiêu chí số 2")
ANSWERS = (
    *("có", "Không", "true", "FALSE", "yes", "x", "1", "0", "Có ", "đúng", True, 1),
    *("", "banana", "không rõ", "2", 2),
)
REGIONS = ("btb", "BTB", "Bắc Trung Bộ", "vùng Bắc Trung Bộ", "North Central Coast", "Bac Trung Bo", "Nam Trung Bộ")
LEVELS = ("commune", "commune", "xã", "Xã", "XÃ ", "huyen", "xa", "comune")
DAYS = (
    *("2023-08-17", "17/08/2023", "17.8.2023", "ngày 17 tháng 8 năm 2023", "17-08-2023"),
    *("8/2023", "31/6/2023", "2023"),
)


@st.composite
def figures(draw: st.DrawFn) -> tuple[str, Any]:
    """A measure, and what somebody wrote of it."""
    name = draw(st.sampled_from(MEASURES))
    unit = installed().measures[name].unit
    number = draw(NUMBERS)
    kind = draw(st.sampled_from(("number", "vi", "en", "plain", "unit", "unit", "other unit", "beside", "pair", "odd")))
    event(kind)
    written = format_number(number, draw(st.sampled_from(("vi", "en"))))
    match kind:
        case "number":
            return name, int(number) if number == number.to_integral_value() else float(number)
        case "vi" | "en":
            return name, format_number(number, "vi" if kind == "vi" else "en")
        case "plain":
            return name, f"{number:f}"
        case "unit":
            return name, f"{written} {unit_label(unit, draw(st.sampled_from(('vi', 'en'))))}"
        case "other unit":
            others = units_used_for(unit) or ("hectare", "percent")
            return name, f"{written} {unit_label(draw(st.sampled_from(others)), 'vi')}"
        case "beside":
            return name, draw(st.sampled_from(BEFORE)) + written + draw(st.sampled_from(AFTER))
        case "pair":
            return name, f"{draw(st.integers(0, 9000))}/{draw(st.integers(0, 9000))}"
        case _:
            return name, draw(st.sampled_from(ODD))


# One fact at a time: of two that are wrong, doors tell one or the other first.
CONCLUDED = st.tuples(st.sampled_from(CODES), st.just("đạt")) | st.tuples(st.just("18.1"), st.sampled_from(FINDINGS))
FACTS = st.one_of(
    figures().map(lambda figure: Facts(measures=dict([figure]))),
    figures().map(lambda figure: Facts(measures=dict([figure]))),
    CONCLUDED.map(lambda finding: Facts(findings=dict([finding]))),
    st.sampled_from(ANSWERS).map(lambda said: Facts(attributes={"special_difficulty": said})),
    st.sampled_from(REGIONS).map(lambda word: Facts(region=word)),
    st.sampled_from(LEVELS).map(lambda word: Facts(level=word)),
    st.sampled_from(DAYS).map(lambda day: Facts(day=day)),
)


@settings(max_examples=32, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(FACTS)
def test_one_fact_is_read_in_one_way_or_refused_for_one_reason(facts: Facts) -> None:
    with TemporaryDirectory() as folder:
        found = {door: came(say, facts) for door, say in doors(facts, Path(folder)).items()}
    event("read" if isinstance(next(iter(found.values())), tuple) else "refused")
    counted = Counter(found.values())
    most = counted.most_common(1)[0][0]
    assert {door: one for door, one in found.items() if one != most} == {}, (facts, most)
