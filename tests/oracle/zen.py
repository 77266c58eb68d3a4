"""Comparisons of a pack as a decision graph of zen-engine, a rule engine that knows nothing of this library.

Only what both can say is translated: requirements made of measures compared with resolved numbers, joined by ``all``
and ``any``. zen-engine computes in decimals of 28 digits, so figures of few digits mean the same to both.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from fractions import Fraction

from ntm_rules.pack.catalogue import Catalogue
from ntm_rules.pack.condition import AllCondition, AnyCondition, ConditionModel, MeasureCondition, Op
from ntm_rules.pack.indicator import Indicator
from ntm_rules.pack.model import Pack
from ntm_rules.snapshot.model import Snapshot

from .naive import Naive

SIGNS = {Op.AT_LEAST: ">=", Op.MORE_THAN: ">", Op.AT_MOST: "<=", Op.LESS_THAN: "<", Op.EQUAL_TO: "=="}
Limit = Callable[[MeasureCondition], Fraction | None]


class Untranslatable(Exception):
    """zen-engine has no word for this."""


def decimal(value: Fraction) -> str:
    """The digits of an exact number of at most ten decimals."""
    scaled = value * 10**10
    if scaled.denominator != 1:
        raise Untranslatable(value)
    digits = f"{abs(scaled.numerator):011d}"
    text = f"{digits[:-10]}.{digits[-10:]}".rstrip("0").rstrip(".")
    return f"-{text}" if scaled < 0 else text


def expression(condition: ConditionModel, limit: Limit) -> str:
    """The condition in zen's words, with the numbers put in.

    Raises:
        Untranslatable: it asks for something else than measures, or a threshold is open.
    """
    match condition:
        case MeasureCondition():
            value = limit(condition)
            if value is None:
                raise Untranslatable(condition.measure)
            return f"{condition.measure} {SIGNS[condition.op]} {decimal(value)}"
        case AllCondition():
            return "(" + " and ".join(expression(part, limit) for part in condition.all) + ")"
        case AnyCondition():
            return "(" + " or ".join(expression(part, limit) for part in condition.any) + ")"
        case _:
            raise Untranslatable(type(condition).__name__)


def translated(pack: Pack, naive: Naive, catalogue: Catalogue, snapshot: Snapshot) -> dict[str, str]:
    """The requirements zen can hold, by code, with the thresholds of the snapshot's unit and day."""
    measures = catalogue.measures_for(pack)

    def of(item: Indicator) -> Iterator[tuple[str, str]]:
        def limit(condition: MeasureCondition) -> Fraction | None:
            return naive.limit(item, condition.threshold, measures[condition.measure].unit)

        if item.applies_if is None:
            try:
                yield item.code, expression(item.requires, limit)
            except Untranslatable:
                return

    items = (*pack.prerequisites, *pack.indicators())
    return dict(pair for item in items for pair in of(item.on(snapshot.as_of)))


def graph(expressions: dict[str, str]) -> str:
    """A decision graph of one expression node; keys are positions, because codes hold dots."""
    listed = [{"id": f"e{n}", "key": f"e{n}", "value": text} for n, text in enumerate(expressions.values())]
    nodes = [
        {"id": "in", "type": "inputNode"},
        {"id": "all", "type": "expressionNode", "content": {"expressions": listed, "passThrough": False}},
        {"id": "out", "type": "outputNode"},
    ]
    edges = [
        {"id": "1", "type": "edge", "sourceId": "in", "targetId": "all"},
        {"id": "2", "type": "edge", "sourceId": "all", "targetId": "out"},
    ]
    named = [{**node, "name": node["id"], "position": {"x": 0, "y": 0}} for node in nodes]
    return json.dumps({"nodes": named, "edges": edges})


def decided(engine: object, expressions: dict[str, str], figures: dict[str, float]) -> dict[str, bool]:
    """What zen-engine answers for each code."""
    answer = engine.create_decision(graph(expressions)).evaluate(figures)["result"]  # type: ignore[attr-defined]
    return {code: answer[f"e{n}"] for n, code in enumerate(expressions)}
