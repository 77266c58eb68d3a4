"""A frame of few rows is judged by a shorter way: its answers, warnings and refusals are those of a long frame."""

from __future__ import annotations

import warnings
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ntm_rules as ntm
from ntm_rules.errors import EvaluationError
from ntm_rules.evaluation.frame.limits import LARGEST, SMALLEST
from ntm_rules.evaluation.frame.run import FEW_ROWS
from ntm_rules.pack.catalogue import installed

pl = pytest.importorskip("polars", reason="polars is not installed")
pytest.importorskip("narwhals", reason="the extra `frame` is not installed")

PACK = "vn/commune@2021-2025"
MEASURES = [column.name for column in ntm.pack_columns(PACK) if column.kind == "measure"]
DOMAINS = {name: installed().measures_for(ntm.load_pack(PACK))[name].bare for name in MEASURES}
ODD = [None, 0.0, -0.0, 0.4, 1.0, 1.5, 100.0, -1.0, float("nan"), float("inf"), SMALLEST / 10, -SMALLEST, LARGEST * 10]


def numbers(name: str) -> st.SearchStrategy[Any]:
    ends = [float(end) for end in (DOMAINS[name].low, DOMAINS[name].high) if end is not None]
    return st.sampled_from([*ODD, *ends, *(end + step for end in ends for step in (-0.01, 0.01, 1.0))])


@st.composite
def columns(draw: st.DrawFn) -> dict[str, Any]:
    """One row: a few measures as doubles or whole numbers, with a region and a finding that may be none."""
    chosen = draw(st.lists(st.sampled_from(MEASURES), min_size=1, max_size=3, unique=True))
    row: dict[str, Any] = {name: draw(numbers(name)) for name in chosen}
    for name, value in row.items():
        if value is not None and abs(value) < 1e9 and value == int(value) and draw(st.booleans()):
            row[name] = int(value)
    row["region"] = draw(st.sampled_from(["btb", "dbsh", "nowhere", None]))
    row["finding_1_1"] = draw(st.sampled_from(["met", "not_met", "perhaps", None]))
    return row


def told(row: dict[str, Any], count: int, **options: Any) -> tuple[Any, frozenset[str], str]:
    """The last row of an answer, what was warned of, and the first refusal."""
    frame = pl.DataFrame({"id": ["x"] * count, **{name: [value] * count for name, value in row.items()}})
    answer, refused = None, ""
    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always")
        try:
            found = ntm.evaluate_frame(PACK, frame, as_of="2025-06-30", **options).frame
            answer = found.row(-1, named=True), dict(found.schema)
            assert len(found) == count
        except EvaluationError as error:
            # Of a long frame not every fault is named.
            refused = error.problems[0].text("en")
    return answer, frozenset(str(one.message) for one in heard), refused


@given(columns(), st.sampled_from([{}, {"invalid": "mark"}, {"shortfalls": True, "reasons": True}]))
@settings(max_examples=40)
def test_few_rows_are_judged_as_many_are(row: dict[str, Any], options: dict[str, Any]) -> None:
    assert told(row, 1, **options) == told(row, FEW_ROWS + 1, **options)


def test_an_answer_of_constants_alone_has_all_of_its_rows() -> None:
    frame = pl.DataFrame({"id": ["x", "y", "z"]})
    found = ntm.evaluate_frame(PACK, frame, as_of="2025-06-30", region="btb", keep=())
    assert len(found.frame) == 3
