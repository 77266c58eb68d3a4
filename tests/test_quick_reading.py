"""The quick and the careful reader of snapshots agree: on what is taken, on what it means, on what is refused."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import ntm_rules as ntm
from ntm_rules.errors import NtmError
from ntm_rules.snapshot import quick

UNIT = {"id": "x", "name": "Xã X", "level": "commune", "region": "btb"}
MEASURES = ("clean_water_centralised_share", "income_per_capita", "không có", "farmland_area")
AMOUNTS = (
    "12,8 %", "12.8%", "59.875", "59.875 ha", "1.234,5", "0,5", "52,3 triệu đồng/người/năm", "12 hà", "", " ", "x",
    "−3 %", "12\u00a0%", "１２ %", "1e5", "1 000 ha", "9" * 45, "Infinity",
)  # fmt: skip
WORDS = ("met", "đạt", "Đạt ", "không đạt", "KHÔNG ĐẠT", "có", "x", "", "n/a", "not_applicable", "đat")
TEXTS = ("Sở Y tế", "  Sở\u200b   Y tế ", "", "So\u0301")
DAYS = ("2023-08-17", "17/08/2023", "2023-13-01", "2023-8-7", "20230817", "", "２０２３-08-17")
REFERENCES = ("vn/commune", "vn/commune@2021-2025", "vn", "VN/commune", "vn/commune\n", "")

numbers = st.integers(-5, 10**30) | st.floats(allow_nan=True) | st.decimals(0, 100, places=3) | st.booleans()
told = {"by": st.sampled_from(TEXTS), "remark": st.sampled_from(TEXTS) | st.none(), "on": st.sampled_from(DAYS)}


def reported(main: str, values: st.SearchStrategy[Any], more: dict[str, st.SearchStrategy[Any]]) -> Any:
    whole = st.fixed_dictionaries({main: values}, optional={**told, **more})
    one = values | whole | st.fixed_dictionaries({}, optional=told)
    return one | st.lists(one, max_size=2)


observations = reported(
    "value",
    st.sampled_from(AMOUNTS) | numbers | st.none(),
    {"unit": st.sampled_from(("%", "ha", "hà"))},
)
findings = reported("finding", st.sampled_from(WORDS) | st.none() | st.booleans(), {"value": st.just("met")})
snapshots = st.fixed_dictionaries(
    {
        "unit": st.just(UNIT) | st.just({**UNIT, "id": 5}) | st.just({**UNIT, "level": "xa"}) | st.just("x"),
        "as_of": st.sampled_from(DAYS[:2] + DAYS[:1] * 6) | st.sampled_from(DAYS) | st.none(),
    },
    optional={
        "measures": st.dictionaries(st.sampled_from(MEASURES), observations, max_size=3) | st.none(),
        "findings": st.dictionaries(
            st.sampled_from(REFERENCES), st.dictionaries(st.sampled_from(("1.1", "2", "")), findings, max_size=2)
        ),
        "recognitions": st.just([]),
    },
)


def read(door: Any, given: Any, **settings: Any) -> Any:
    """What a door makes of it: the snapshot, or the codes and places of what is wrong."""
    try:
        made = door(given, **settings)
    except NtmError as error:
        return [(problem.key, problem.place.path) for problem in error.problems]
    return made, made.to_dict(), made.model_fields_set, hash(made)


@given(snapshots)
@example({"unit": UNIT, "as_of": "2023-08-17", "measures": {"income_per_capita": "59.875", MEASURES[0]: "1,5 %"}})
@example({"unit": UNIT, "as_of": "2023-08-17", "measures": {MEASURES[0]: {"value": "1 %", "by": " Sở  Y tế"}}})
def test_both_readers_agree_on_plain_data(data: dict[str, Any]) -> None:
    # With anything said about how to read, the careful reader is asked at once.
    assert read(ntm.Snapshot.model_validate, data) == read(ntm.Snapshot.model_validate, data, context={})


@given(snapshots.map(lambda data: json.dumps(data, default=str)))
@example(
    '{"unit": {"id": "x", "level": "commune"}, "as_of": "2023-08-17", "measures": {"a": 1, "a": 79.99999999999999}}'
)
@example('{"unit": {"id": "x", "level": "commune"}, "as_of": "2023-08-17", "measures": {"a": NaN}}')
@example('{"unit": {"id": "\\ud800", "level": "commune"}, "as_of": "2023-08-17"}')
@example("{")
def test_both_readers_agree_on_json(text: str) -> None:
    assert read(ntm.Snapshot.model_validate_json, text) == read(ntm.Snapshot.model_validate_json, text, context={})


@pytest.mark.parametrize("bare", ["12,8 %", 80, {"value": "12,8 %", "by": "Sở Y tế", "on": "2023-01-02"}])
def test_what_is_well_formed_goes_the_quick_way(bare: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []
    quickly = quick.measures
    monkeypatch.setattr(quick, "measures", lambda raw: seen.append(quickly(raw)) or seen[-1])
    data = {"unit": UNIT, "as_of": "2023-08-17", "measures": {MEASURES[0]: bare}}
    made = ntm.Snapshot.model_validate(data)
    assert seen == [made.measures]


def test_what_takes_thought_is_left_to_the_careful_reader() -> None:
    for raw in ("59.875", "", None, True, 0.5, {"value": "3", "unit": "%"}, {"value": "3 %", "who": "x"}):
        with pytest.raises(quick.NotPlainError):
            quick.measures({MEASURES[0]: raw})
