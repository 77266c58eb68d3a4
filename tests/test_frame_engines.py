"""Every engine agrees: whatever the pack and the facts, a frame's verdicts are those of ``evaluate``, row by row."""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import ntm_rules as ntm
from ntm_rules.assessment.model import Assessment
from ntm_rules.errors import NtmError
from ntm_rules.evaluation.frame.names import children_columns, finding_column, recognition_columns, slug
from ntm_rules.pack.catalogue import Catalogue
from ntm_rules.pack.model import Pack
from ntm_rules.snapshot.child_counts import ChildCounts
from ntm_rules.snapshot.model import Snapshot
from ntm_rules.testing import World, snapshots, worlds

pa = pytest.importorskip("pyarrow", reason="the extra `engines` is not installed")
TRUST = "recalled"


def _polars(table: Any) -> Any:
    import polars as pl

    return pl.from_arrow(table)


def _duckdb(table: Any) -> Any:
    import duckdb

    return duckdb.from_arrow(table)


def _dask(table: Any) -> Any:
    import dask.dataframe as dd
    import pandas as pd

    return dd.from_pandas(table.to_pandas(types_mapper=pd.ArrowDtype), npartitions=2)


@lru_cache(maxsize=1)
def _session() -> Any:
    from pyspark.sql import SparkSession

    # Spark's workers run the first python3 of the path, which need not be the one that runs the tests.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    builder = builder.config("spark.sql.shuffle.partitions", "2")
    # Every query is run once: what Java makes faster for the next time costs more than it saves.
    builder = builder.config("spark.driver.extraJavaOptions", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    return session


@lru_cache(maxsize=1)
def _session_of_sql() -> Any:
    """A session of which the Python workers are not to be asked."""
    session = _session().newSession()
    session.conf.set("ntm_rules.workers", "false")
    return session


def _pandas_arrow(table: Any) -> Any:
    import pandas as pd

    return table.to_pandas(types_mapper=pd.ArrowDtype)


ENGINES: dict[str, Callable[[Any], Any]] = {
    "polars": _polars,
    "polars lazy": lambda table: _polars(table).lazy(),
    "pandas": lambda table: table.to_pandas(),
    "pandas nullable": lambda table: table.to_pandas().convert_dtypes(),
    "pandas arrow": _pandas_arrow,
    "pyarrow": lambda table: table,
    "duckdb": _duckdb,
    "dask": _dask,
    "pyspark": lambda table: _session().createDataFrame(table),
    "pyspark sql": lambda table: _session_of_sql().createDataFrame(table),
}
# What packs mean is searched with polars; the others write the same plan in their own words, at a second a world.
WORLDS = {"polars": 20, "polars lazy": 6, "duckdb": 4, "dask": 1, "pyspark": 1, "pyspark sql": 1}
OTHERS = 3
# Who looks for a fault sees more of them.
TIMES = 10 if settings.default.max_examples > 200 else 1


def available(engine: str) -> bool:
    module = engine.partition(" ")[0]
    return importlib.util.find_spec(module) is not None and (module != "pyspark" or shutil.which("java") is not None)


def rows_of(answer: Any) -> list[dict[str, Any]]:
    """The rows of an answer of any kind, in the order of ids."""
    import narwhals as nw

    frame = nw.from_native(answer)
    at_hand = frame.collect() if isinstance(frame, nw.LazyFrame) else frame
    table = [dict(zip(at_hand.columns, row, strict=True)) for row in at_hand.rows()]
    return sorted(
        ({name: plain(value) for name, value in row.items()} for row in table), key=lambda row: str(row["id"])
    )


def plain(value: Any) -> Any:
    """A cell, with what engines put for nothing as nothing."""
    missing = value is None or type(value).__name__ == "NAType" or value != value
    return None if missing else value


def kinds(columns: dict[str, list[Any]]) -> Any:
    """The type of each column; one without any value says nothing by itself."""

    def kind(name: str, values: list[Any]) -> Any:
        known = next((value for value in values if value is not None), None)
        if name.startswith(("recognised", "revoked")) or name == "as_of":
            return pa.date32()
        if name.startswith("children"):
            return pa.int64()
        if isinstance(known, bool):
            return pa.bool_()
        return pa.float64() if isinstance(known, float) else pa.string()

    return pa.schema([(name, kind(name, values)) for name, values in columns.items()])


def table_of(snaps: Sequence[Snapshot], pack: Pack, catalogue: Catalogue) -> Any:
    """Snapshots as a table, one row each; facts no column can hold are not drawn."""
    editions = {info.reference: catalogue.load(info.reference) for info in catalogue.packs()}
    rows: list[dict[str, Any]] = []
    for number, snap in enumerate(snaps):
        row: dict[str, Any] = {"id": f"u{number:03}", "level": str(snap.unit.level), "as_of": snap.as_of}
        row["region"] = None if snap.unit.region is None else str(snap.unit.region)
        row["group"] = None if snap.unit.group is None else str(snap.unit.group)
        row |= dict(snap.unit.attributes)
        for name, observations in snap.measures.items():
            row[name] = float(observations[0].value.to(catalogue.measures_for(pack)[name].unit).value)
        for reference, said in snap.findings.items():
            for code, findings in said.items():
                row[finding_column(editions[f"{reference.partition('@')[0]}@1"], code, pack.id)] = str(
                    findings[0].finding
                )
        for held in snap.recognitions:
            title = catalogue.load(held.pack).title_id
            row[recognition_columns(title)[0]] = held.on
        for level, counts in snap.children.items():
            for reference in {*counts.meeting, *counts.unknown} or {""}:
                total, met, unknown = children_columns(level, catalogue.load(reference).title_id if reference else "")
                row[total] = counts.total
                if reference:
                    row |= {met: counts.meeting.get(reference), unknown: counts.unknown.get(reference)}
        rows.append(row)
    names = list(dict.fromkeys(name for row in rows for name in row))
    columns = {name: [row.get(name) for row in rows] for name in names}
    return pa.table(columns, schema=kinds(columns))


def as_read(snap: Snapshot, number: int, catalogue: Catalogue) -> Snapshot:
    """The snapshot as its row tells it: one title is one column, whoever gave it."""
    held = {catalogue.load(one.pack).title_id: one for one in snap.recognitions}
    # A column holds flags or words, not both.
    attributes = {
        name: value for name, value in snap.unit.attributes.items() if (name == "island") == (value in (True, False))
    }
    unit = snap.unit.model_copy(update={"id": f"u{number:03}", "attributes": attributes})
    recognitions = tuple(one.model_copy(update={"pack": title}) for title, one in held.items())
    children = {
        level: ChildCounts(
            total=counts.total,
            meeting={catalogue.load(ref).title_id: count for ref, count in counts.meeting.items()},
            unknown={catalogue.load(ref).title_id: counts.unknown.get(ref, 0) for ref in counts.meeting},
        )
        for level, counts in snap.children.items()
    }
    return snap.model_copy(update={"unit": unit, "recognitions": recognitions, "children": children})


def expected(result: Assessment) -> dict[str, Any]:
    """What the columns of a row must say."""
    row: dict[str, Any] = {"id": result.unit.id, "verdict": str(result.verdict)}
    row |= {f"p_{slug(p.code)}": str(p.verdict) for p in result.prerequisites}
    row |= {f"i_{slug(i.code)}": str(i.verdict) for i in result.indicators()}
    row |= {f"c_{slug(c.code)}": str(c.verdict) for c in result.criteria}
    verdicts = [str(c.verdict) for c in result.criteria]
    row["criteria_met"] = verdicts.count("MET")
    row["criteria_not_met"] = verdicts.count("NOT_MET")
    row["criteria_unknown"] = verdicts.count("UNKNOWN")
    failures = result.failures()
    row["first_failing"] = failures[0].code if failures else None
    for item in (*result.prerequisites, *result.indicators()):
        short = item.shortfall
        row[f"short_{slug(item.code)}"] = None if short is None else pytest.approx(float(short.magnitude), abs=1e-8)
        row[f"why_{slug(item.code)}"] = str(item.reasons[0].code) if item.reasons else None
    return row


@st.composite
def worlds_with_facts(draw: Any) -> tuple[World, list[Snapshot]]:
    world = draw(worlds())
    many = st.lists(snapshots(world.pack, "partial", catalogue=world.catalogue), min_size=1, max_size=5)
    return world, [as_read(snap, n, world.catalogue) for n, snap in enumerate(draw(many))]


def agree(engine: str, world: World, snaps: list[Snapshot]) -> int:
    """Hold the engine's columns against `evaluate`, row by row; how many values were compared."""
    table = table_of(snaps, world.pack, world.catalogue)
    answers: list[Assessment | NtmError] = []
    for snap in snaps:
        try:
            answers.append(ntm.evaluate(world.pack, snap, trust=TRUST, catalogue=world.catalogue))
        except NtmError as error:
            answers.append(error)
    wanted = [expected(answer) for answer in answers if isinstance(answer, Assessment)]
    options: dict[str, Any] = {"trust": TRUST, "catalogue": world.catalogue, "unknown_columns": "ignore"}
    options |= {"shortfalls": True, "reasons": True}
    try:
        result = ntm.evaluate_frame(world.pack, ENGINES[engine](table), **options)
        rows = rows_of(result.frame)
    except NtmError:
        # A pack that cannot be asked at all is refused here as it is there.
        if not any(isinstance(answer, NtmError) for answer in answers):
            raise
        return 0
    by_id = {row["id"]: row for row in rows}
    for want in wanted:
        got = by_id[want["id"]]
        # A measure no column holds, or no threshold is known for, has no column of shortfalls.
        assert {name: got.get(name) for name in want} == want
    return sum(len(want) for want in wanted)


@pytest.mark.parametrize("engine", list(ENGINES))
def test_every_engine_agrees(engine: str) -> None:
    if not available(engine):
        pytest.skip(f"{engine} is not installed, or has no Java: pip install 'ntm-rules[engines]'")

    @settings(
        max_examples=WORLDS.get(engine, OTHERS) * TIMES,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )
    @given(worlds_with_facts())
    def check(drawn: tuple[World, list[Snapshot]]) -> None:
        agree(engine, *drawn)

    check()


def test_spark_refuses_names_it_cannot_address() -> None:
    if not available("pyspark"):
        pytest.skip("pyspark is not installed, or has no Java: pip install 'ntm-rules[engines]'")
    frame = _session().createDataFrame(pa.table({"id": ["x"], "a.b": [1]}))
    options: dict[str, Any] = {"as_of": "2023-08-17", "unknown_columns": "ignore"}
    with pytest.raises(NtmError, match=r"dot in its name, such as “a\.b”"):
        ntm.evaluate_frame("vn/commune", frame, keep=["id", "a.b"], **options)
    with pytest.raises(NtmError, match="several columns have the name “id”"):
        ntm.evaluate_frame("vn/commune", frame.select("id", "id"), **options)
    assert rows_of(ntm.evaluate_frame("vn/commune", frame, **options).frame)[0]["verdict"] == "UNKNOWN"


@pytest.mark.parametrize("engine", ["duckdb", "pyspark", "pyspark sql"])
def test_a_frame_with_every_column_of_a_large_pack_is_judged(engine: str) -> None:
    # Expressions nested as deep as there are columns are deeper than Python goes.
    if not available(engine):
        pytest.skip(f"{engine} is not installed, or has no Java: pip install 'ntm-rules[engines]'")
    columns = ntm.pack_columns("vn/commune-model")
    row: dict[str, list[Any]] = {"id": ["x"], "region": ["btb"]}
    row |= {c.name: [100.0] for c in columns if c.kind == "measure"}
    row |= {c.name: ["met"] for c in columns if c.kind == "finding"}
    table = pa.table(row)
    options: dict[str, Any] = {"as_of": "2023-08-17", "output": "summary", "invalid": "mark"}
    answer = ntm.evaluate_frame("vn/commune-model", ENGINES[engine](table), **options).frame
    if engine == "pyspark sql":
        # Computing takes it long; the worlds above are computed.
        assert "first_failing" in answer.columns
    else:
        assert rows_of(answer) == rows_of(ntm.evaluate_frame("vn/commune-model", table, **options).frame)


@pytest.mark.parametrize("engine", ["dask", "pyspark"])
def test_a_region_comes_from_the_province_on_every_engine(engine: str) -> None:
    """As tests/test_regions.py has it of the quick ones: Hà Tĩnh settles its region, "nowhere" settles none."""
    if not available(engine):
        pytest.skip(f"{engine} is not installed, or has no Java: pip install 'ntm-rules[engines]'")
    table = pa.table({"id": ["x", "y"], "province": ["hatinh", "nowhere"], "income_per_capita": [50.0, 50.0]})
    options: dict[str, Any] = {"as_of": "2023-08-17", "trust": "uncertain", "level": "commune"}
    rows = rows_of(ntm.evaluate_frame("vn/commune@2021-2025", ENGINES[engine](table), **options).frame)
    assert {row["id"]: row["i_10"] for row in rows} == {"x": "MET", "y": "UNKNOWN"}


KINDS = (
    "SELECT id, IF(id = 'y', 'met', ' CHƯA  đạt ') AS finding_1_1, IF(id = 'x', 120.0F, 20.0F) AS "
    "clean_water_centralised_share, CAST(38.5 AS DECIMAL(10, 4)) AS income_per_capita, DATE '2023-08-17' AS as_of, "
    "array(1, null) AS listed, map('a', 1.50) AS mapped, TIMESTAMP '2020-01-02 03:04:05' AS moment, "
    "IF(id = 'z', 'nowhere', 'Bắc Trung Bộ') AS region FROM VALUES ('x'), ('y'), ('z') AS t(id)"
)


def test_columns_of_all_kinds_are_judged_and_kept_by_both_ways_of_spark_alike() -> None:
    if not available("pyspark"):
        pytest.skip("pyspark is not installed, or has no Java: pip install 'ntm-rules[engines]'")
    kept = ["listed", "id", "mapped", "moment"]
    options: dict[str, Any] = {"trust": "uncertain", "keep": kept, "unknown_columns": "ignore"}
    answers = {}
    for output in ("wide", "long", "summary"):
        frame = _session().sql(KINDS)
        # Once with a plan that saw another frame before.
        plan = ntm.prepare("hatinh/commune@2022-2025", frame.limit(1), output=output, **options)
        answers[output] = plan(frame).frame
        own = {row["id"]: tuple(row) for row in frame.select(kept).collect()}
        rows = answers[output].collect()
        assert answers[output].schema.fields[: len(kept)] == frame.select(kept).schema.fields
        assert all(row[: len(kept)] == own[row["id"]] for row in rows)
        told = {row["id"]: row["problem"] for row in rows}
        assert told == {"x": "clean_water_centralised_share", "y": None, "z": "region"}
    other = ntm.evaluate_frame(
        "hatinh/commune@2022-2025", _session_of_sql().sql(KINDS), output="summary", **options
    ).frame
    assert other.schema == answers["summary"].schema
    assert rows_of(other) == rows_of(answers["summary"])


def test_spark_judges_by_sql_what_arrow_cannot_carry() -> None:
    if not available("pyspark"):
        pytest.skip("pyspark is not installed, or has no Java: pip install 'ntm-rules[engines]'")
    frame = _session().sql("SELECT 'x' AS id, INTERVAL '3' MONTH AS term")
    options: dict[str, Any] = {"as_of": "2023-08-17", "keep": ["id", "term"], "output": "summary"}
    answer = ntm.evaluate_frame("vn/commune", frame, **options).frame
    assert answer.select("term").schema == frame.select("term").schema
    assert [row["verdict"] for row in answer.select("verdict").collect()] == ["UNKNOWN"]
