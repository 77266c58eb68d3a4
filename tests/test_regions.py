"""The region that a province settles: the same at every door, and never two regions at once."""

from __future__ import annotations

from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pytest

import ntm_rules as ntm
from ntm_rules.errors import NtmError
from ntm_rules.live import LiveSession

DAY, PACK, INCOME = "2023-08-17", "vn/commune@2021-2025", "income_per_capita"


def said(pack: str, province: str | None, region: str | None) -> dict[str, Any]:
    """What the criterion of income comes to, or the code of the refusal, by door."""
    data = {"id": ["x"], "province": [province], "region": [region], INCOME: [50.0]}
    told = {name: given for name, given in (("province", province), ("region", region)) if given}
    unit = ntm.Unit(id="x", level="commune", **told)  # type: ignore[arg-type]
    snapshot = ntm.Snapshot(unit=unit, as_of=DAY, measures={INCOME: 50})
    frame = pl.DataFrame(data, schema_overrides={"province": pl.String, "region": pl.String})
    lists = duckdb.connect()
    lists.register("data", frame.to_arrow())

    def framed(given: Any) -> str:
        return ntm.evaluate_frame(pack, given, as_of=DAY, trust="uncertain").frame["i_10"][0]  # type: ignore[no-any-return]

    def lazy(given: Any, row: Any) -> str:
        result = ntm.evaluate_frame(pack, given, as_of=DAY, trust="uncertain")
        verdict, problem = row(result.frame)
        assert (verdict is None) == (problem is not None)
        return "refused" if problem else verdict

    def session() -> str:
        with LiveSession([unit], [snapshot], [pack], as_of=DAY, trust="uncertain") as live:
            return live.assessment("x", pack)["10"].verdict.value

    doors = {
        "one": lambda: ntm.evaluate(pack, snapshot, trust="uncertain")["10"].verdict.value,
        "tree": lambda: ntm.evaluate_tree([unit], [snapshot], [pack], trust="uncertain")["x", pack]["10"].verdict.value,
        "live": session,
        "polars": lambda: framed(frame),
        "pandas": lambda: framed(pd.DataFrame(data)),
        "lazy": lambda: lazy(frame.lazy(), lambda made: made.select("i_10", "problem").collect().row(0)),
        "duckdb": lambda: lazy(lists.table("data"), lambda made: made.select("i_10, problem").fetchall()[0]),
    }
    come = {}
    for name, say in doors.items():
        try:
            come[name] = say()
        except NtmError as error:
            come[name] = error.problems[0].code
    return come


@pytest.mark.parametrize(
    ("pack", "province", "region", "comes"),
    [
        (PACK, "hatinh", None, "MET"),
        (PACK, "Tỉnh Hà Tĩnh", None, "MET"),
        (PACK, "HA TINH", "", "MET"),
        ("hatinh/commune@2022-2025", "42", None, "MET"),
        (PACK, "hatinh", "btb", "MET"),
        (PACK, "nowhere", None, "UNKNOWN"),
        (PACK, "hatinh", "tn", "error.region_of_province"),
        ("hatinh/commune@2022-2025", "hatinh", "tn", "error.region_of_province"),
        ("hatinh/commune@2022-2025", None, "tn", "error.other_region"),
    ],
)
def test_a_region_comes_from_the_province_and_never_contradicts_it(
    pack: str, province: str | None, region: str | None, comes: str
) -> None:
    found = said(pack, province, region)
    marked = "refused" if comes.startswith("error.") else comes
    assert found == {name: marked if name in ("lazy", "duckdb") else comes for name in found}


def test_a_frame_takes_the_provinces_of_each_rows_day() -> None:
    """Gia Lai lay in the Central Highlands; since July 2025 it is made of provinces of two regions."""
    days = ["2023-08-17", "2025-08-17"]
    frame = pl.DataFrame({"id": ["x", "y"], "province": ["gialai"] * 2, "as_of": days, INCOME: [50.0, 50.0]})
    for given in (frame, frame.with_columns(pl.col("as_of").str.to_date())):
        result = ntm.evaluate_frame(PACK, given, trust="uncertain")
        assert result.frame["i_10"].to_list() == ["MET", "UNKNOWN"]
        assert [result.explain(unit)["10"].verdict.value for unit in ("x", "y")] == ["MET", "UNKNOWN"]


@pytest.mark.parametrize("pack", [PACK, "hatinh/commune@2022-2025"])
def test_a_province_that_is_no_ones_own_is_marked_in_a_lazy_frame(pack: str) -> None:
    """A word that stands in no list is none of the list's, in SQL too."""
    found = said(pack, "xyz", None)
    assert {found["lazy"], found["duckdb"]} == {"UNKNOWN" if pack == PACK else "refused"}
