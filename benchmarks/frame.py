"""Whole frames beside hand-written polars, OpenFisca and rule engines; growth to a million units; PySpark; scenarios.

``python benchmarks/frame.py peers|growth|spark|spark-sql|scenarios`` (all unless said); figures are ratios within one
run.
Needs ``pip install -e '.[engines]' openfisca-core zen-engine rule-engine durable-rules psutil``; what is missing is
left out.
"""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import tempfile
import time
import timeit
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

import ntm_rules as ntm
from ntm_rules.assessment.check import FindingCheck, MeasureCheck
from ntm_rules.assessment.model import Check, GroupCheck, leaves
from ntm_rules.evaluation.frame.names import slug
from ntm_rules.pack.catalogue import installed
from ntm_rules.territory import Region

PACK = ntm.load_pack("vn/commune-advanced@2021-2025")
DAY = "2023-08-17"
OPTIONS: dict[str, Any] = {"as_of": DAY, "trust": "uncertain"}
HELD = "recognised_on_vn_commune"
REGIONS = [region.value for region in Region]
SAID = pl.Enum(["not_met", "met"])
WORDS = np.array(["NOT_MET", "UNKNOWN", "MET", "NOT_APPLICABLE"])
Assessments = list[ntm.Assessment]


def units(count: int, seed: int = 0) -> pl.DataFrame:
    """Communes of every region with all the advanced pack asks for, three in a hundred cells empty."""
    dice = np.random.default_rng(seed)
    columns: dict[str, Any] = {"id": np.arange(count).astype(str), "region": dice.choice(REGIONS, count)}
    columns[HELD] = pl.repeat(date(2023, 1, 1), count, eager=True)
    measures = installed().measures_for(PACK)
    asked = {*PACK.measures_used()}
    for column in ntm.pack_columns(PACK):
        if column.kind == "measure" and column.name in asked:
            # Numbers nobody doubts: plausible without their unit, percentages above the fractions they may be.
            domain = measures[column.name].bare
            low, high = max(float(domain.low or 0), 2.0), float(domain.high or 100)
            values = pl.Series(np.round(dice.uniform(low, high, count), 0 if domain.whole else 1))
        elif column.kind == "finding" and "__" not in column.name:
            values = pl.Series(dice.choice(SAID.categories, count, p=(0.1, 0.9)), dtype=SAID)
        else:
            continue
        columns[column.name] = values.set(pl.Series(dice.random(count) < 0.03), None)
    return pl.DataFrame(columns)


def regional() -> Assessments:
    """What the pack asks in each region: an assessment of an empty unit."""
    unit = {"id": "x", "level": "commune"}
    return [
        ntm.evaluate(PACK, ntm.Snapshot(unit={**unit, "region": region}, as_of=DAY), trust="uncertain")
        for region in REGIONS
    ]


def codes() -> list[str]:
    return [item.code for item in (*PACK.prerequisites, *PACK.indicators())]


def own_finding(code: str, frame: pl.DataFrame) -> str | None:
    """The column of findings on a whole criterion, where it has one of its own."""
    criterion = next(c for c in PACK.criteria if c.code == code)
    own = all(indicator.code != code for indicator in criterion.indicators)
    return f"finding_{slug(code)}" if own and f"finding_{slug(code)}" in frame.columns else None


def limits(checks: list[MeasureCheck]) -> list[float | None]:
    amounts = [check.required.amount for check in checks]
    return [None if amount is None else float(amount.value) for amount in amounts]


class Polars:
    """The comparisons as somebody who knows polars would write them: nullable booleans, words at the end."""

    def __init__(self, frame: pl.DataFrame) -> None:
        self.frame, self.regional = frame, regional()
        asked = [(code, self._requirement(code)) for code in codes()]
        self.indicators = [expr.alias(f"i_{slug(code)}") for code, expr in asked]
        self.criteria = [self._criterion(criterion).alias(f"c_{slug(criterion.code)}") for criterion in PACK.criteria]
        top = [f"c_{slug(c.code)}" for c in PACK.criteria] + [f"i_{slug(p.code)}" for p in PACK.prerequisites]
        self.verdict = pl.all_horizontal(top).alias("verdict")
        self.names = [f"i_{slug(code)}" for code in codes()] + top[: len(PACK.criteria)] + ["verdict"]

    def _requirement(self, code: str) -> pl.Expr:
        if code == "P1":
            return pl.col(HELD).is_not_null()
        checks = [assessment[code].check for assessment in self.regional]
        finding = f"finding_{slug(code)}"
        test = self._test(checks[0], finding, checks)
        if test is None:
            return pl.col(finding) == "met"
        return test if isinstance(checks[0], FindingCheck) else pl.coalesce(test, pl.col(finding) == "met")

    def _test(self, check: Check, finding: str, checks: list[Any]) -> pl.Expr | None:
        if isinstance(check, FindingCheck):
            return pl.col(finding) == "met"
        if isinstance(check, MeasureCheck):
            return self._compare(check, limits(checks))
        if isinstance(check, GroupCheck):
            found = [
                self._test(part, finding, [other.parts[n] for other in checks]) for n, part in enumerate(check.parts)
            ]
            parts = [pl.lit(None, pl.Boolean) if part is None else part for part in found]
            if check.how == "choice":
                return pl.when(parts[0]).then(parts[1]).otherwise(parts[2])
            return pl.all_horizontal(parts) if check.how == "all" else pl.any_horizontal(parts)
        return None

    def _compare(self, check: MeasureCheck, by_region: list[float | None]) -> pl.Expr | None:
        groups: dict[float | None, list[str]] = {}
        for region, limit in zip(REGIONS, by_region, strict=True):
            groups.setdefault(limit, []).append(region)
        (usual, _), *others = sorted(groups.items(), key=lambda group: -len(group[1]))
        limit: Any = pl.lit(usual, pl.Float64)
        for value, where in others:
            limit = pl.when(pl.col("region").is_in(where)).then(pl.lit(value, pl.Float64)).otherwise(limit)
        if set(groups) == {None}:
            return None
        observed = pl.col(check.measure)
        match check.required.op.value:
            case "at_least":
                return observed >= limit
            case "more_than":
                return observed > limit
            case "at_most":
                return observed <= limit
            case "less_than":
                return observed < limit
        return observed == limit

    def _criterion(self, criterion: Any) -> pl.Expr:
        parts: list[Any] = [f"i_{slug(indicator.code)}" for indicator in criterion.indicators]
        if criterion.incomplete:
            parts.append(pl.lit(None, pl.Boolean))
        together = pl.all_horizontal(parts)
        finding = own_finding(criterion.code, self.frame)
        return pl.coalesce(together, pl.col(finding) == "met") if finding else together

    def flags(self) -> pl.DataFrame:
        made = self.frame.with_columns(self.indicators).with_columns(self.criteria).with_columns(self.verdict)
        return made.select(self.names)

    def words(self) -> pl.DataFrame:
        named = [
            pl.when(pl.col(name)).then(pl.lit("MET")).when(~pl.col(name)).then(pl.lit("NOT_MET")).otherwise(pl.lit("UNKNOWN"))
            .alias(name)
            for name in self.names
        ]  # fmt: skip
        return self.flags().select(named)


class OpenFisca:
    """The comparisons as OpenFisca variables: one for each input, indicator and criterion, on numbers from 0 to 2."""

    YEAR = "2023"

    def __init__(self, frame: pl.DataFrame) -> None:
        from openfisca_core.entities import build_entity
        from openfisca_core.taxbenefitsystems import TaxBenefitSystem

        self.frame, self.regional, self.count = frame, regional(), len(frame)
        entity: Any = build_entity
        self.unit = entity(key="commune", plural="communes", label="commune", is_person=True)
        group = entity(
            key="district", plural="districts", label="d", roles=[{"key": "m", "plural": "ms", "label": "m"}]
        )
        self.system: Any = TaxBenefitSystem([self.unit, group])
        places = {region: float(n) for n, region in enumerate(REGIONS)}
        self.inputs = {"in_region": frame["region"].replace_strict(places, return_dtype=pl.Float32).to_numpy()}
        for name in frame.columns:
            if name not in ("id", "region", HELD):
                # OpenFisca knows single precision and no missing values; NaN stands for them here.
                numbers = frame[name].to_physical() if frame[name].dtype == SAID else frame[name]
                self.inputs[f"in_{name}"] = numbers.cast(pl.Float32).fill_null(float("nan")).to_numpy()
        for name in self.inputs:
            self._variable(name, float, None)
        self.names = []
        for code in codes():
            self._variable(f"i_{slug(code)}", int, self._requirement(code))
            self.names.append(f"i_{slug(code)}")
        for criterion in PACK.criteria:
            self._variable(f"c_{slug(criterion.code)}", int, self._criterion(criterion))
            self.names.append(f"c_{slug(criterion.code)}")
        top = [n for n in self.names if n.startswith("c_")] + [f"i_{slug(p.code)}" for p in PACK.prerequisites]
        self._variable("verdict", int, lambda unit, period: np.minimum.reduce([unit(name, period) for name in top]))
        self.names.append("verdict")

    def _variable(self, name: str, kind: type, formula: Callable[[Any, Any], Any] | None) -> None:
        from openfisca_core.periods import DateUnit
        from openfisca_core.variables import Variable

        about: dict[str, Any] = {
            "value_type": kind,
            "entity": self.unit,
            "definition_period": DateUnit.YEAR,
            "label": name,
        }
        if formula is not None:
            about["formula"] = formula
        self.system.add_variable(type(name, (Variable,), about))

    def _requirement(self, code: str) -> Callable[[Any, Any], Any]:
        checks = [assessment[code].check for assessment in self.regional]
        finding = f"in_finding_{slug(code)}"
        said = finding if finding in self.inputs else None
        test = self._test(checks[0], said, checks)
        only = isinstance(checks[0], FindingCheck)

        def formula(unit: Any, period: Any) -> Any:
            if code == "P1":
                return np.full(unit.count, 2, np.int8)
            verdict = np.ones(unit.count, np.int8) if test is None else test(unit)
            if only or said is None:
                return verdict
            return np.where(verdict == 1, _heard(unit(said, period)), verdict)

        return formula

    def _test(self, check: Check, said: str | None, checks: list[Any]) -> Callable[[Any], Any] | None:
        if isinstance(check, FindingCheck):
            return lambda unit: _heard(unit(said, self.YEAR))
        if isinstance(check, MeasureCheck):
            return self._compare(check, limits(checks))
        if isinstance(check, GroupCheck):
            found = [self._test(p, said, [other.parts[n] for other in checks]) for n, p in enumerate(check.parts)]
            parts = [part or (lambda unit: np.ones(unit.count, np.int8)) for part in found]
            if check.how == "choice":
                return lambda unit: _choose(*(part(unit) for part in parts))
            reduce = np.minimum.reduce if check.how == "all" else np.maximum.reduce
            return lambda unit: reduce([part(unit) for part in parts])
        return None

    def _compare(self, check: MeasureCheck, by_region: list[float | None]) -> Callable[[Any], Any] | None:
        table = np.array([np.nan if limit is None else limit for limit in by_region], np.float32)
        if np.isnan(table).all():
            return None
        compare = {
            "at_least": np.greater_equal,
            "more_than": np.greater,
            "at_most": np.less_equal,
            "less_than": np.less,
            "equal_to": np.equal,
        }[check.required.op.value]
        same = len(set(by_region)) == 1

        def test(unit: Any) -> Any:
            value = unit(f"in_{check.measure}", self.YEAR)
            limit = table[0] if same else table[unit("in_region", self.YEAR).astype(np.int8)]
            return np.where(np.isnan(value), 1, compare(value, limit) * 2).astype(np.int8)

        return test

    def _criterion(self, criterion: Any) -> Callable[[Any, Any], Any]:
        finding = own_finding(criterion.code, self.frame)
        members = [f"i_{slug(indicator.code)}" for indicator in criterion.indicators]

        def formula(unit: Any, period: Any) -> Any:
            parts = [unit(name, period) for name in members]
            if criterion.incomplete:
                parts.append(np.ones(unit.count, np.int8))
            verdict = np.minimum.reduce(parts)
            return np.where(verdict == 1, _heard(unit(f"in_{finding}", period)), verdict) if finding else verdict

        return formula

    def numbers(self) -> dict[str, Any]:
        from openfisca_core.simulations import SimulationBuilder

        simulation = SimulationBuilder().build_default_simulation(self.system, count=self.count)
        for name, values in self.inputs.items():
            simulation.set_input(name, self.YEAR, values)
        simulation.calculate("verdict", self.YEAR)
        return {name: simulation.get_array(name, self.YEAR) for name in self.names}

    def words(self) -> dict[str, Any]:
        return {name: WORDS[numbers] for name, numbers in self.numbers().items()}


def _heard(said: Any) -> Any:
    return np.where(np.isnan(said), 1, said * 2).astype(np.int8)


def _choose(guard: Any, then: Any, otherwise: Any) -> Any:
    return np.where(guard == 2, then, np.where(guard == 0, otherwise, np.where(then == otherwise, then, 1)))


def best(work: Callable[[], object], times: int) -> float:
    """The shortest of some runs; other programs on the machine only ever add."""
    work()
    return min(timeit.repeat(work, number=1, repeat=times))


def line(name: str, seconds: float, ours: float, per: int = 1) -> None:
    print(f"  {name:44} {seconds * 1e3 / per:10.3f} ms {seconds / ours:8.2f} × evaluate_frame")


def peers(count: int = 10_000, times: int = 30) -> float:
    """One run beside hand-written polars and OpenFisca, all agreeing on every verdict; the seconds it took."""
    frame = units(count)

    def ours() -> Any:
        return ntm.evaluate_frame(PACK, frame, **OPTIONS).frame

    answer, hand = ours(), Polars(frame)
    wanted = hand.words()
    assert all(
        (answer[name].cast(pl.String) == wanted[name]).all() for name in wanted.columns if name in answer.columns
    )
    print(f"{count} units × {PACK.reference}: {len(codes())} requirements, {len(PACK.criteria)} criteria")
    mine = best(ours, times)
    line("evaluate_frame", mine, mine)
    line("polars by hand, words", best(hand.words, times), mine)
    line("polars by hand, nullable flags only", best(hand.flags, times), mine)
    if importlib.util.find_spec("openfisca_core"):
        system = OpenFisca(frame)
        assert (system.words()["verdict"] == answer["verdict"].cast(pl.String).to_numpy()).all()
        line("OpenFisca, words", best(system.words, times), mine)
        line("OpenFisca, numbers only, single precision", best(system.numbers, times), mine)
    return mine


Comparison = tuple[str, str, Any, Any]


def all_peers() -> None:
    """Ten thousand units, a hundred thousand, and one."""
    by_unit(peers() / 10_000)
    peers(100_000, 5)


def by_unit(ours: float) -> None:
    """Rule engines do one unit at a time: one comparison for each requirement, no criteria, no unknowns."""
    rows = list(comparisons())
    print(f"one unit, {len(rows)} comparisons:")
    for module, make in (("zen", zen_engine), ("rule_engine", rule_engine), ("durable", durable_rules)):
        if importlib.util.find_spec(module):
            line_of_one(make.__name__.replace("_", "-"), make(rows), ours)
    snapshot = ntm.evaluate_frame(PACK, units(1), **OPTIONS).snapshot("0")
    line_of_one("evaluate, explanation included", lambda: ntm.evaluate(PACK, snapshot, trust="uncertain"), ours)


def line_of_one(name: str, work: Callable[[], object], ours: float) -> None:
    seconds = min(timeit.repeat(work, number=20, repeat=5)) / 20
    print(f"  {name:44} {seconds * 1e6:10.1f} µs {seconds / ours:8.0f} × evaluate_frame per unit")


def comparisons() -> Iterator[Comparison]:
    """One comparison for each requirement, which holds: name, sign, observed, required."""
    signs = {"at_least": ">=", "more_than": ">", "at_most": "<=", "less_than": "<", "equal_to": "=="}
    asked = regional()[0]
    for item in (*asked.prerequisites, *asked.indicators()):
        leaf = next(iter(leaves(item.check)))
        if isinstance(leaf, MeasureCheck) and leaf.required.amount is not None:
            required = float(leaf.required.amount.value)
            sign = signs[leaf.required.op.value]
            yield f"{leaf.measure}_{slug(item.code)}", sign, required + {">": 1, "<": -1}.get(sign, 0), required
        else:
            yield f"finding_{slug(item.code)}", "==", "met", "met"


def zen_engine(rows: list[Comparison]) -> Callable[[], object]:
    import zen

    def literal(value: Any) -> str:
        return f"'{value}'" if isinstance(value, str) else str(value)

    expressions = [
        {"id": f"e{n}", "key": f"r{n}", "value": f"{name} {sign} {literal(required)}"}
        for n, (name, sign, _, required) in enumerate(rows)
    ]
    nodes = [
        {"id": "in", "type": "inputNode", "name": "in"},
        {"id": "ex", "type": "expressionNode", "name": "ex", "content": {"expressions": expressions}},
        {"id": "out", "type": "outputNode", "name": "out"},
    ]
    edges = [{"id": "a", "type": "edge", "sourceId": "in", "targetId": "ex"}]
    edges.append({"id": "b", "type": "edge", "sourceId": "ex", "targetId": "out"})
    placed = [{**node, "position": {"x": 0, "y": 0}} for node in nodes]
    graph = {"contentType": "application/vnd.gorules.decision", "nodes": placed, "edges": edges}
    decision = zen.ZenEngine().create_decision(json.dumps(graph))
    facts = {name: observed for name, _, observed, _ in rows}
    assert all(value is True for key, value in decision.evaluate(facts)["result"].items() if key.startswith("r"))
    return lambda: decision.evaluate(facts)


def rule_engine(rows: list[Comparison]) -> Callable[[], object]:
    import rule_engine as engine

    rules = [engine.Rule(f"{name} {sign} {json.dumps(required)}") for name, sign, _, required in rows]
    facts = {name: observed for name, _, observed, _ in rows}
    assert all(rule.matches(facts) for rule in rules)
    return lambda: [rule.matches(facts) for rule in rules]


def durable_rules(rows: list[Comparison]) -> Callable[[], object]:
    from durable.engine import Host

    words = {">=": "$gte", ">": "$gt", "<=": "$lte", "<": "$lt"}
    host = Host()
    met: list[object] = []
    rules = {}
    for number, (name, sign, _, required) in enumerate(rows):
        test = {name: required} if sign == "==" else {words[sign]: {name: required}}
        rules[f"r{number}"] = {"all": [{"m": {"$and": [{"kind": number}, test]}}], "run": lambda c: met.append(c)}
    host.set_rulesets({"pack": rules})
    facts = [{"kind": number, name: observed} for number, (name, _, observed, _) in enumerate(rows)]
    turn = iter(range(10**9))

    def work() -> None:
        unit = str(next(turn))
        for number, fact in enumerate(facts):
            host.post("pack", {**fact, "id": f"{unit}-{number}", "sid": unit})

    work()
    assert len(met) == len(rows)
    return work


MEASURED = """
import sys, time
import polars as pl
import ntm_rules as ntm

def memory(which):
    return next(int(line.split()[1]) * 1024 for line in open("/proc/self/status") if line.startswith(which))

pack = ntm.load_pack("vn/commune-advanced@2021-2025")
options = dict(as_of="2023-08-17", trust="uncertain")
ntm.evaluate_frame(pack, pl.read_parquet(sys.argv[2]), **options)
before = memory("VmRSS")
frame = pl.read_parquet(sys.argv[1])
loaded = memory("VmHWM")
started = time.perf_counter()
answer = ntm.evaluate_frame(pack, frame, **options).frame
seconds = time.perf_counter() - started
print(seconds, frame.estimated_size(), answer.estimated_size(), loaded - before, memory("VmHWM") - before)
"""


def growth() -> None:
    """Time and memory from ten thousand units to a million, each size in a process of its own."""
    print("growth:   units   seconds  µs a unit   input MB  answer MB  loading MB   peak MB  peak / input")
    with tempfile.TemporaryDirectory() as folder:
        few = Path(folder) / "few.parquet"
        units(100).write_parquet(few)
        for count in (10_000, 100_000, 1_000_000):
            path = Path(folder) / f"{count}.parquet"
            units(count).write_parquet(path)
            command = [sys.executable, "-c", MEASURED, str(path), str(few)]
            said = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout
            seconds, size, answer, loading, peak = map(float, said.split())
            print(
                f"      {count:9} {seconds:9.3f} {seconds / count * 1e6:10.2f} {size / 1e6:10.1f} {answer / 1e6:10.1f}"
                f" {loading / 1e6:11.1f} {peak / 1e6:9.1f} {peak / size:13.2f}"
            )


def processor() -> float:
    """Seconds of processor used by this process and those it started: other programs at work change them little."""
    import psutil

    own = psutil.Process()
    return sum(sum(one.cpu_times()[:2]) for one in (own, *own.children(recursive=True)))


def spark(count: int = 1_000_000, workers: bool = True) -> None:
    """PySpark on one machine beside polars: from a Parquet file to nowhere, with the shape of the plan.

    Planning is the call and all that Catalyst does until there is a physical plan; reading the file's columns comes
    before. It is measured first in a JVM that has done nothing else, then again, then with a prepared plan.
    """
    from pyspark.sql import SparkSession

    # Spark's workers run the first python3 of the path, which need not be this one.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    session = builder.config("spark.driver.memory", "4g").getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    session.conf.set("ntm_rules.workers", str(workers).lower())
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "units.parquet")
        units(count).write_parquet(path)
        planned, ask = [], partial(ntm.evaluate_frame, PACK, **OPTIONS)
        for turn in range(3):
            frame = session.read.parquet(path)
            if turn == 2:
                ask = ntm.prepare(PACK, frame, **OPTIONS)
            started, used = time.perf_counter(), processor()
            answer = ask(frame).frame
            called = time.perf_counter()
            plan = answer._jdf.queryExecution().executedPlan().toString()
            seconds = time.perf_counter() - started
            planned.append(
                f"{seconds:.1f} s ({called - started:.1f} in the call; {processor() - used:.1f} of processor)"
            )
        spent = []
        for _ in range(2):
            session.sparkContext.setJobGroup("units", "units")
            started, used = time.perf_counter(), processor()
            # Spark plans once more for this.
            answer.write.format("noop").mode("overwrite").save()
            spent.append((time.perf_counter() - started, processor() - used))
        tracker = session.sparkContext.statusTracker()
        job = max(tracker.getJobIdsForGroup("units"))
        stages = tracker.getJobInfo(job).stageIds
        started, used = time.perf_counter(), processor()
        ntm.evaluate_frame(PACK, pl.read_parquet(path), **OPTIONS)
        polars, own = time.perf_counter() - started, processor() - used
    session.stop()
    (first, most), (again, least) = spent
    print(f"PySpark{'' if workers else ' as SQL'}, {count} units: {len(stages)} stage, {plan.count('Exchange')} "
          f"exchanges, {plan.count('MapInArrow')} step of Python; planned in {planned[0]} first, {planned[1]} again, "
          f"{planned[2]} prepared; computed in {first:.1f} s ({most:.1f} of processor) first, "
          f"{again:.1f} s ({least:.1f}) again, {again / polars:.1f} × polars ({polars:.1f} s; {own:.1f} of "
          f"processor)")  # fmt: skip


def spark_sql(count: int = 100_000) -> None:
    """The same where the workers are not to be asked."""
    spark(count, workers=False)


def scenarios(count: int = 10_000, variants: int = 1_000) -> None:
    """Many thresholds of income over one frame: planned and computed, and computed again beside judging it once."""
    frame, moved = units(count), {f"{n}": {"10": f"{20 + n / 10} triệu đồng/người/năm"} for n in range(variants)}

    def ask() -> object:
        return ntm.what_if(PACK, frame, moved, **OPTIONS)

    first, again = (timeit.timeit(ask, number=1) for _ in range(2))
    once = best(lambda: ntm.evaluate_frame(PACK, frame, **OPTIONS), 10)
    print(f"{variants} thresholds over {count} units: {first:.2f} s with planning, {again:.2f} s again "
          f"({again / variants / once:.2f} × evaluate_frame each)")  # fmt: skip


def main() -> None:
    parts = {"peers": all_peers, "growth": growth, "spark": spark, "spark-sql": spark_sql, "scenarios": scenarios}
    for name in sys.argv[1:] or parts:
        parts[name]()


if __name__ == "__main__":
    main()
