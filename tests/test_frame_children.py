"""Children rolled up: a district's or province's pack on frames gives what the climb over listed units gives."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

import ntm_rules as ntm
from ntm_rules.assessment.check import ChildrenCheck
from ntm_rules.errors import EvaluationError, QuantityError

pl = pytest.importorskip("polars", reason="polars is not installed")
DAY = "2023-08-17"
PACKS = ("vn/commune", "vn/commune-advanced", "vn/urban-ward")


def _pandas(frame: Any) -> Any:
    return frame.to_pandas()


def _dask(frame: Any) -> Any:
    import dask.dataframe as dd

    return dd.from_pandas(frame.to_pandas(), npartitions=2)


def _duckdb(table: Any) -> Any:
    import duckdb

    return duckdb.from_arrow(table)


KINDS: dict[str, Callable[[Any], Any]] = {
    "polars": lambda frame: frame,
    "polars lazy": lambda frame: frame.lazy(),
    "pandas": _pandas,
    "pyarrow": lambda frame: frame.to_arrow(),
    "duckdb": lambda frame: _duckdb(frame.to_arrow()),
    "dask": _dask,
}


def kind(name: str) -> Callable[[Any], Any]:
    if importlib.util.find_spec(name.partition(" ")[0]) is None or importlib.util.find_spec("pyarrow") is None:
        pytest.skip(f"{name} is not installed: pip install 'ntm-rules[engines]'")
    return KINDS[name]


def rows(answer: Any) -> list[dict[str, Any]]:
    if hasattr(answer, "compute"):
        answer = answer.compute()
    import narwhals as nw

    frame = nw.from_native(answer)
    at_hand = frame.collect() if isinstance(frame, nw.LazyFrame) else frame
    plain = [dict(zip(at_hand.columns, row, strict=True)) for row in at_hand.rows()]
    return sorted(
        ({name: None if value != value else value for name, value in row.items()} for row in plain),
        key=lambda row: str(row["id"]),
    )


def recognised(title: str) -> str:
    return "recognised_on_" + title.replace("/", "_").replace("-", "_")


@st.composite
def districts(draw: Any) -> tuple[Any, Any, Any]:
    """Communes and towns of a few districts, some holding titles, one exempt; and the districts' own figures."""
    ids = ["h1", "h2", "h3"]
    communes, towns = [], []
    for number in range(draw(st.integers(1, 8))):
        communes.append(
            {
                "id": f"x{number}",
                "name": f"Xã {number}",
                "level": "commune",
                "parent": draw(st.sampled_from(ids)),
                "exempt": draw(st.sampled_from([None, None, None, "Sáp nhập"])),
                "region": "btb",
                recognised("vn/commune"): draw(st.sampled_from([None, date(2023, 1, 10)])),
                recognised("vn/commune-advanced"): draw(st.sampled_from([None, date(2023, 1, 10)])),
                "finding_vn_commune__1_1": draw(st.sampled_from([None, "met", "not_met"])),
            }
        )
    for number in range(draw(st.integers(0, 3))):
        towns.append(
            {
                "id": f"t{number}",
                "name": f"Thị trấn {number}",
                "level": "town",
                "parent": draw(st.sampled_from(ids)),
                "region": "btb",
                recognised("vn/urban-ward"): draw(st.sampled_from([None, date(2023, 1, 10)])),
            }
        )
    texts = dict.fromkeys([recognised(title) for title in PACKS], pl.Date) | {"exempt": pl.String}
    plain = {"id": pl.String, "name": pl.String, "level": pl.String, "parent": pl.String, "region": pl.String}
    schema = {**plain, **{name: texts[name] for name in texts if communes and name in communes[0]}}
    frame = pl.DataFrame(communes, schema={**schema, "finding_vn_commune__1_1": pl.String})
    town_frame = pl.DataFrame(towns, schema={**plain, recognised("vn/urban-ward"): pl.Date})
    own = [{"id": unit, "resident_satisfaction_share": draw(st.sampled_from([95.0, 60.0, None]))} for unit in ids]
    return frame, town_frame, pl.DataFrame(own, schema={"id": pl.String, "resident_satisfaction_share": pl.Float64})


def snapshots(communes: Any, towns: Any, own: Any) -> list[ntm.Snapshot]:
    found = []
    for row in [*communes.to_dicts(), *towns.to_dicts()]:
        unit = {k: row.get(k) or "" for k in ("id", "name", "level", "exempt")} | {
            "parent": row["parent"],
            "region": "btb",
        }
        held = [{"pack": title, "on": row[recognised(title)]} for title in PACKS if row.get(recognised(title))]
        said = row.get("finding_vn_commune__1_1")
        findings = {"vn/commune": {"1.1": said}} if said else {}
        found.append(ntm.Snapshot(unit=unit, as_of=DAY, recognitions=held, findings=findings))
    for row in own.to_dicts():
        share = row["resident_satisfaction_share"]
        measures = {} if share is None else {"resident_satisfaction_share": share}
        found.append(ntm.Snapshot(unit={"id": row["id"], "level": "district"}, as_of=DAY, measures=measures))
    return found


def counted(check: Any) -> Any:
    """What is said of children, without the reasons for exemptions, which counts do not carry."""
    if not isinstance(check, ChildrenCheck):
        return check
    names = (check.failing_names, check.unknown_names, tuple(name for name, _ in check.exempt))
    return check.verdict, check.total, check.met, check.unknown, check.needed, check.missing, names, check.reason


# The climb is searched with polars; of the others only the joins and counts are their own.
CLIMBS = {"polars": 20, "polars lazy": 10, "dask": 2}


@pytest.mark.parametrize("name", list(KINDS))
def test_a_district_on_frames_is_the_district_of_the_climb(name: str) -> None:
    of_kind = kind(name)

    @settings(max_examples=CLIMBS.get(name, 5), deadline=None, phases=[Phase.generate])
    @given(districts())
    def check(drawn: tuple[Any, Any, Any]) -> None:
        communes, towns, own = drawn
        standings = [
            ntm.standing_frame(["vn/commune", "vn/commune-advanced"], of_kind(communes), as_of=DAY),
            ntm.standing_frame(["vn/urban-ward"], of_kind(towns), as_of=DAY),
        ]
        result = ntm.evaluate_frame("vn/district", of_kind(own), as_of=DAY, children=standings)
        tree = ntm.evaluate_tree([], snapshots(*drawn), [*PACKS, "vn/district"], as_of=DAY)
        for row in rows(result.frame):
            wanted = tree[row["id"], "vn/district"]
            assert row["verdict"] == wanted.verdict
            assert {p.code: row[f"p_{p.code}"] for p in wanted.prerequisites} == {
                p.code: p.verdict for p in wanted.prerequisites
            }
        for check, wanted in zip(
            result.explain("h1").prerequisites, tree["h1", "vn/district"].prerequisites, strict=True
        ):
            assert counted(check.check) == counted(wanted.check)

    check()


def district(**options: object) -> Any:
    own = pl.DataFrame({"id": ["h"]})
    return ntm.evaluate_frame("vn/district", own, as_of=DAY, reasons=True, **options)  # type: ignore[arg-type]


def communes(*standings: str | None, **columns: list[Any]) -> Any:
    count = len(standings)
    plain = {"id": [f"x{n}" for n in range(count)], "parent": ["h"] * count, "level": ["commune"] * count}
    return pl.DataFrame({**plain, "standing_vn_commune": pl.Series(standings, dtype=pl.String), **columns})


def test_every_commune_must_meet_the_pack() -> None:
    assert district(children=[communes("MET", "MET")]).frame["p_P1"].to_list() == ["MET"]
    assert district(children=[communes("MET", "NOT_MET")]).frame["p_P1"].to_list() == ["NOT_MET"]
    assert district(children=[communes("MET", None)]).frame["p_P1"].to_list() == ["UNKNOWN"]
    assert district(children=[communes("MET", "perhaps")]).frame["p_P1"].to_list() == ["UNKNOWN"]


def test_a_commune_that_takes_no_part_counts_nowhere() -> None:
    for exempt in (["Sáp nhập", None], [True, False]):
        frame = communes("NOT_MET", "MET", exempt=exempt)
        result = district(children=[frame])
        assert result.frame["p_P1"].to_list() == ["MET"]
        assert result.explain("h")["P1"].check.total == 1


def test_a_register_that_lists_no_town_says_there_is_none() -> None:
    result = district(children=[communes("MET")])
    assert result.frame["p_P3"].to_list() == ["NOT_APPLICABLE"]
    assert result.explain("h")["P3"].verdict is ntm.Verdict.NOT_APPLICABLE
    # A frame of communes alone says nothing of towns.
    only = ntm.ChildFrame(communes("MET").drop("level"), level="xã")
    assert district(children=[only]).frame["p_P3"].to_list() == ["UNKNOWN"]
    assert district(children=[only]).frame["why_P3"].to_list() == ["children_not_reported"]
    assert district(children=[only]).explain("h")["P3"].verdict is ntm.Verdict.UNKNOWN


def test_a_title_nobody_was_judged_for_is_unknown() -> None:
    result = district(children=[communes("MET")])
    assert result.frame["p_P2"].to_list() == ["UNKNOWN"]
    assert result.frame["why_P2"].to_list() == ["children_unknown"]


def test_a_district_without_any_child_listed_is_unknown() -> None:
    assert district(children=[communes("MET", parent=["elsewhere"])]).frame["p_P1"].to_list() == ["UNKNOWN"]
    assert district(children=[communes("MET", parent=[None])]).frame["p_P1"].to_list() == ["UNKNOWN"]


def test_a_province_counts_over_a_column_of_its_own() -> None:
    frame = communes("MET", "NOT_MET", tinh=["t", "t"]).rename({"standing_vn_commune": "standing_vn_commune_advanced"})
    own = pl.DataFrame({"id": ["t"]})
    children = [ntm.ChildFrame(frame, parent="tinh")]
    result = ntm.evaluate_frame("vn/province", own, as_of=DAY, children=children, unknown_columns="ignore")
    assert result.explain("t").verdict == result.frame["verdict"][0]
    share = next(i for i in result.explain("t").indicators() if getattr(i.check, "levels", ()) == ("commune",))
    assert (share.check.met, share.check.total) == (1, 2)


def test_counts_in_columns_are_counts_reported() -> None:
    counts = {"children_commune_total": [16, 16, None], "children_commune_meeting_vn_commune": [16, None, None]}
    own = pl.DataFrame({"id": ["a", "b", "c"], **counts})
    result = ntm.evaluate_frame("vn/district", own, as_of=DAY)
    assert result.frame["p_P1"].to_list() == ["MET", "UNKNOWN", "UNKNOWN"]
    assert [result.explain(unit)["P1"].verdict for unit in "abc"] == result.frame["p_P1"].to_list()


@pytest.mark.parametrize(("total", "meeting"), [([3], [4]), ([-1], [0]), ([2.5], [1]), (["nhiều"], [1]), ([None], [3])])
def test_counts_that_cannot_be_are_refused(total: list[Any], meeting: list[Any]) -> None:
    own = pl.DataFrame({"id": ["a"], "children_commune_total": total, "children_commune_meeting_vn_commune": meeting})
    with pytest.raises(EvaluationError, match="row 0 "):
        ntm.evaluate_frame("vn/district", own, as_of=DAY)


def test_children_are_either_listed_or_counted() -> None:
    own = pl.DataFrame({"id": ["h"], "children_commune_total": [1]})
    with pytest.raises(EvaluationError, match="children_commune_total"):
        ntm.evaluate_frame("vn/district", own, as_of=DAY, children=[communes("MET")])


def test_a_frame_of_children_needs_its_columns() -> None:
    with pytest.raises(EvaluationError, match=r"no column “parent”.*parnt"):
        district(children=[communes("MET").rename({"parent": "parnt"})])
    with pytest.raises(EvaluationError, match="level"):
        district(children=[communes("MET").drop("level")])
    with pytest.raises(QuantityError, match="xóm nhà"):
        district(children=[communes("MET", level=["xóm nhà"])])


def test_children_of_another_kind_of_frame_are_refused() -> None:
    with pytest.raises(EvaluationError, match="LazyFrame"):
        district(children=[communes("MET").lazy()])
    lazy = ntm.evaluate_frame("vn/district", pl.LazyFrame({"id": ["h"]}), as_of=DAY, children=[communes("MET")])
    assert lazy.frame.collect()["p_P1"].to_list() == ["MET"]


def test_a_lazy_child_of_an_unknown_level_leaves_its_parent_open() -> None:
    frame = communes("MET", "MET", level=["commune", "xóm nhà"]).lazy()
    result = ntm.evaluate_frame("vn/district", pl.LazyFrame({"id": ["h"]}), as_of=DAY, children=[frame])
    assert result.frame.collect()["p_P1"].to_list() == ["UNKNOWN"]


def test_children_need_the_ids_of_their_parents() -> None:
    with pytest.raises(EvaluationError, match="id"):
        ntm.evaluate_frame("vn/district", pl.DataFrame({"name": ["h"]}), as_of=DAY, children=[communes("MET")])


@pytest.mark.parametrize("word", ["perhaps", "met"])
def test_what_is_no_verdict_is_unknown_in_explanations_too(word: str) -> None:
    result = district(children=[communes("MET", word)])
    assert result.frame["p_P1"].to_list() == ["UNKNOWN"]
    assert result.explain("h")["P1"].verdict is ntm.Verdict.UNKNOWN
    assert result.explain("h")["P1"].check.unknown_names == ("x1",)


IDS = {
    "doubles": ([1, 2], [1.0, None]),
    "texts": ([1, 2], ["1", "zz"]),
    "doubles beside texts": (["1", "2"], [1.0, None]),
}


@pytest.mark.parametrize("name", list(KINDS))
@pytest.mark.parametrize("ids", list(IDS))
def test_ids_that_are_stored_differently_are_alike(name: str, ids: str) -> None:
    of_kind = kind(name)
    own, parents = IDS[ids]
    children = communes("MET", "MET").with_columns(parent=pl.Series(parents))
    result = ntm.evaluate_frame(
        "vn/district", of_kind(pl.DataFrame({"id": own})), as_of=DAY, children=[of_kind(children)]
    )
    answer = {str(row["id"]).removesuffix(".0"): row["p_P1"] for row in rows(result.frame)}
    assert answer["1"] == "MET"
    assert set(answer.values()) == {"MET", "UNKNOWN"}
    assert result.explain("1")["P1"].verdict is ntm.Verdict.MET


def test_long_texts_of_arrow_meet_short_ones() -> None:
    pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    own = pa.table({"id": pa.array(["h"], pa.large_string())})
    children = communes("MET").to_arrow()
    place = children.column_names.index("parent")
    children = children.set_column(place, "parent", children["parent"].cast(pa.string()))
    result = ntm.evaluate_frame("vn/district", own, as_of=DAY, children=[children])
    assert result.frame["p_P1"].to_pylist() == ["MET"]


@pytest.mark.parametrize("exempt", [[1, 0], [1.0, 0.0], [True, False], ["Sáp nhập", "false"]])
def test_a_column_of_flags_says_who_takes_no_part(exempt: list[Any]) -> None:
    result = district(children=[communes("NOT_MET", "MET", exempt=exempt)])
    assert result.frame["p_P1"].to_list() == ["MET"]
    assert result.explain("h")["P1"].check.total == 1


@pytest.mark.parametrize("exempt", [[None, False], [float("nan"), "Sáp nhập"], [None, None]])
def test_cells_of_objects_that_say_nothing_exempt_nobody(exempt: list[Any]) -> None:
    pd = pytest.importorskip("pandas", reason="pandas is not installed")
    children = communes("MET", "MET").to_pandas().assign(exempt=pd.Series(exempt, dtype=object))
    result = ntm.evaluate_frame(
        "vn/district", pd.DataFrame({"id": ["h"]}), as_of=DAY, children=[children], reasons=True
    )
    assert list(result.frame["p_P1"]) == ["MET"]
    assert result.explain("h")["P1"].check.total == 2 - ("Sáp nhập" in exempt)


def test_levels_of_children_by_name() -> None:
    frame = communes("MET", "NOT_MET", level=["Xã", "thị trấn"])
    assert district(children=[frame]).frame["p_P1"].to_list() == ["MET"]
    assert district(children=[frame]).explain("h")["P1"].check.total == 1
    lazy = ntm.evaluate_frame(
        "vn/district", pl.LazyFrame({"id": ["h"]}), as_of=DAY, children=[communes("MET", level=["xã"]).lazy()]
    )
    assert lazy.frame.collect()["p_P1"].to_list() == ["MET"]


def test_a_missing_level_of_a_child_is_refused() -> None:
    pd = pytest.importorskip("pandas", reason="pandas is not installed")
    children = communes("MET", "MET").to_pandas().assign(level=pd.array(["commune", None], dtype="string"))
    with pytest.raises(QuantityError, match="“” is not valid"):
        ntm.evaluate_frame("vn/district", pd.DataFrame({"id": ["h"]}), as_of=DAY, children=[children])


def test_one_frame_of_children_by_itself() -> None:
    frame = communes("MET", "NOT_MET")
    for one in (frame, ntm.ChildFrame(frame), (child for child in [frame])):
        assert district(children=one).frame["p_P1"].to_list() == ["NOT_MET"]


def test_children_that_are_no_frame_are_refused() -> None:
    with pytest.raises(EvaluationError, match=r"expected a dataframe.*got list"):
        district(children=[[1, 2]])


def test_kinds_that_do_not_fit_are_named_apart() -> None:
    pytest.importorskip("pandas", reason="pandas is not installed")
    with pytest.raises(EvaluationError, match=r"pandas\.DataFrame.*polars\.DataFrame"):
        district(children=[communes("MET").to_pandas()])


@pytest.mark.parametrize("name", ["polars", "polars lazy", "pandas", "pyarrow"])
def test_rows_stay_in_their_order_beside_their_children(name: str) -> None:
    of_kind = kind(name)
    ids = [f"h{number * 7919 % 20011}" for number in range(20011)]
    children = communes("MET", "MET", parent=["h5", "h9"])
    given = of_kind(pl.DataFrame({"id": ids}))
    answer = ntm.evaluate_frame("vn/district", given, as_of=DAY, children=[of_kind(children)], output="summary").frame
    at_hand = answer.collect() if name == "polars lazy" else answer
    assert list(at_hand["id"].to_pylist() if name == "pyarrow" else at_hand["id"]) == ids


def too_many() -> Any:
    counts = {"children_commune_total": [3, None, 2], "children_commune_meeting_vn_commune": [4, None, None]}
    return pl.DataFrame({"id": ["a", "b", "c"], **counts, "children_commune_unknown_vn_commune": [1, None, 1]})


@pytest.mark.parametrize("name", ["polars", "pandas", "pandas nullable", "pandas arrow", "pyarrow"])
def test_more_children_than_there_are_are_refused_with_both_numbers(name: str) -> None:
    of_kind = kind(name.partition(" ")[0])
    frame = of_kind(too_many())
    if name == "pandas nullable":
        frame = frame.convert_dtypes()
    elif name == "pandas arrow":
        frame = frame.convert_dtypes(dtype_backend="pyarrow")
    with pytest.raises(EvaluationError, match=r"a: row 0 .*vn_commune”: more units meet .* \(5\) than there are \(3\)"):
        ntm.evaluate_frame("vn/district", frame, as_of=DAY)
    result = ntm.evaluate_frame("vn/district", frame, as_of=DAY, invalid="mark")
    # Who is neither known to meet nor unknown does not meet.
    assert result.explain("c")["P1"].verdict is ntm.Verdict.NOT_MET
    with pytest.raises(EvaluationError, match=r"\(5\) than there are \(3\)"):
        result.explain("a")


def test_counts_of_some_of_the_levels_are_looked_at() -> None:
    counts = {"children_city_total": [0], "children_city_meeting_vn_town_completed": [1]}
    own = pl.DataFrame({"id": ["t"], **counts})
    with pytest.raises(EvaluationError, match=r"children_city_meeting_vn_town_completed”: more units meet .* \(1\)"):
        ntm.evaluate_frame("vn/province", own, as_of=DAY)


def test_columns_that_arrow_cannot_join_stay_beside_their_children() -> None:
    pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    own = pa.table({"id": ["h"], "name": pa.nulls(1), "note": [[1, 2]]})
    children = communes("MET").to_arrow()
    answer = ntm.evaluate_frame("vn/district", own, as_of=DAY, children=[children], keep=["id", "name", "note"]).frame
    assert answer["p_P1"].to_pylist() == ["MET"]
    assert answer["note"].to_pylist() == [[1, 2]]


def test_pandas_keeps_its_index_beside_children() -> None:
    pd = pytest.importorskip("pandas", reason="pandas is not installed")
    own = pd.DataFrame({"id": ["g", "h", "h"]}, index=pd.MultiIndex.from_tuples([("b", 1), ("a", 2), ("a", 2)]))
    result = ntm.evaluate_frame("vn/district", own, as_of=DAY, children=[communes("MET").to_pandas()])
    assert list(result.frame.index) == [("b", 1), ("a", 2), ("a", 2)]
    assert list(result.frame["p_P1"]) == ["UNKNOWN", "MET", "MET"]


def test_children_of_one_name_are_not_taken_for_one_named_both_ways() -> None:
    standings = ["MET", "NOT_MET", None]
    names = ["Xã Hòa", "xã hoà", "Xã Hòa"]
    rows = {"id": ["x", "y", "z"], "name": names, "parent": ["h"] * 3, "standing_vn_commune": standings}
    children = ntm.ChildFrame(pl.DataFrame(rows), level="commune")
    result = ntm.evaluate_frame("vn/district", pl.DataFrame({"id": ["h"]}), as_of="2023-08-17", children=children)
    check = result.explain("h")["P1"].check
    assert (check.met, check.total, check.unknown, check.contradictions) == (1, 3, 1, ())
    assert len({*check.failing_names, *check.unknown_names}) == 2
