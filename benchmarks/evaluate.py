"""One assessment of the full commune pack beside peers doing only its comparisons.

Every figure is a ratio measured in this one run: ``python benchmarks/evaluate.py``.
"""

from __future__ import annotations

import importlib.util
import json
import timeit
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import ntm_rules as ntm
from ntm_rules.assessment.check import MeasureCheck
from ntm_rules.assessment.model import leaves
from ntm_rules.pack.condition import Op

PACK = "vn/commune@2021-2025"
SIGNS = {Op.AT_LEAST: ">=", Op.MORE_THAN: ">", Op.AT_MOST: "<=", Op.LESS_THAN: "<", Op.EQUAL_TO: "=="}
UNIT = {"id": "x", "name": "Xã X", "level": "commune", "region": "tdmnpb"}


def complete_snapshot() -> ntm.Snapshot:
    """Every indicator answered: measures at their thresholds where there is one, else a finding."""
    empty = ntm.Snapshot(unit=UNIT, as_of="2023-08-17")
    asked = ntm.evaluate(PACK, empty, trust="uncertain")
    measures: dict[str, Any] = {}
    findings: dict[str, str] = {}
    for item in (*asked.prerequisites, *asked.indicators()):
        for leaf in leaves(item.check):
            if isinstance(leaf, MeasureCheck) and leaf.required.amount is not None:
                measures.setdefault(leaf.measure, leaf.required.amount)
    measured = ntm.Snapshot(unit=UNIT, as_of="2023-08-17", measures=measures)
    for unknown in ntm.evaluate(PACK, measured, trust="uncertain").unknowns():
        findings[unknown.code] = "met"
    return ntm.Snapshot(unit=UNIT, as_of="2023-08-17", measures=measures, findings={"vn/commune": findings})


def comparisons(snapshot: ntm.Snapshot) -> list[tuple[str, str, Decimal | str, Decimal | str]]:
    """One comparison per indicator: name, sign, observed value, required value."""
    rows: list[tuple[str, str, Decimal | str, Decimal | str]] = []
    for item in ntm.evaluate(PACK, snapshot, trust="uncertain").indicators():
        leaf = next(iter(leaves(item.check)))
        if isinstance(leaf, MeasureCheck) and leaf.required.amount is not None and leaf.observed:
            observed, required = leaf.observed[0].value.value, leaf.required.amount.value
            rows.append((leaf.measure, SIGNS[leaf.required.op], observed, required))
        else:
            rows.append((f"finding_{item.code.replace('.', '_')}", "==", "met", "met"))
    return rows


def zen_decision(rows: list[tuple[str, str, Decimal | str, Decimal | str]]) -> Any:
    """The comparisons in one expression node of zen-engine."""
    import zen

    def literal(value: Decimal | str) -> str:
        return f"'{value}'" if isinstance(value, str) else str(value)

    expressions = [
        {"id": f"e{i}", "key": f"r{i}", "value": f"{name} {sign} {literal(required)}"}
        for i, (name, sign, _, required) in enumerate(rows)
    ]
    graph = {
        "contentType": "application/vnd.gorules.decision",
        "nodes": [
            {"id": "in", "type": "inputNode", "name": "in", "position": {"x": 0, "y": 0}},
            {
                "id": "ex",
                "type": "expressionNode",
                "name": "ex",
                "position": {"x": 0, "y": 0},
                "content": {"expressions": expressions},
            },
            {"id": "out", "type": "outputNode", "name": "out", "position": {"x": 0, "y": 0}},
        ],
        "edges": [
            {"id": "a", "type": "edge", "sourceId": "in", "targetId": "ex"},
            {"id": "b", "type": "edge", "sourceId": "ex", "targetId": "out"},
        ],
    }
    return zen.ZenEngine().create_decision(json.dumps(graph))


def zen_engine(rows: list[tuple[str, str, Decimal | str, Decimal | str]]) -> Callable[[], object]:
    """zen-engine evaluating the comparisons."""
    decision = zen_decision(rows)
    context = {name: float(observed) if isinstance(observed, Decimal) else observed for name, _, observed, _ in rows}
    answer = decision.evaluate(context)["result"]
    assert all(answer[f"r{i}"] is True for i in range(len(rows)))
    return lambda: decision.evaluate(context)


def plain_loop(rows: list[tuple[str, str, Decimal | str, Decimal | str]]) -> Callable[[], object]:
    """Python's own comparisons in a loop, no structure built."""
    import operator

    signs = {">=": operator.ge, ">": operator.gt, "<=": operator.le, "<": operator.lt, "==": operator.eq}
    prepared = [(signs[sign], observed, required) for _, sign, observed, required in rows]
    return lambda: [test(observed, required) for test, observed, required in prepared]


def best(run: Callable[[], object], times: int = 300) -> float:
    """The best of five runs, in microseconds a call."""
    return min(timeit.repeat(run, number=times, repeat=5)) / times * 1e6


def main() -> None:
    snapshot = complete_snapshot()
    pack = ntm.load_pack(PACK)
    rows = comparisons(snapshot)
    result = ntm.evaluate(pack, snapshot, trust="uncertain")
    assert result.verdict is ntm.Verdict.MET, result.explain("en")
    ours = best(lambda: ntm.evaluate(pack, snapshot, trust="uncertain"))
    data = snapshot.to_dict()
    reading = best(lambda: ntm.Snapshot.model_validate(data))
    loop = best(plain_loop(rows))
    print(f"{len(rows)} indicators, {len(snapshot.measures)} measures; every figure from this one run")
    print(f"ntm_rules, whole assessment     {ours:9.1f} µs")
    print(f"  (reading such a snapshot once {reading:9.1f} µs)")
    print(f"plain Python loop               {loop:9.1f} µs   we take {ours / loop:.0f} times as long")
    if importlib.util.find_spec("zen"):
        zen = best(zen_engine(rows))
        print(f"zen-engine, bare comparisons    {zen:9.1f} µs   we are {zen / ours:.1f} times as fast")
    else:
        print("zen-engine is not installed: pip install zen-engine")


if __name__ == "__main__":
    main()
