"""The laws a pack and its evaluation obey, in the order of the library's design."""

from __future__ import annotations

from collections.abc import Callable

from ..pack.condition import ConditionModel, MeasureCondition
from ..pack.legal import Verification
from ..pack.model import Indicator, Pack
from ..pack.threshold import Figure, Multiple, leaves
from .answers import kleene, missing, reasons
from .change import better, measurement_first, more_facts, trust_floor
from .exactness import any_unit, exact, wrong_dimension
from .explaining import explains, survives_writing
from .trial import Broken, Law, Trial
from .worlds import World


def _always(world: World) -> bool:
    return True


def _has(test: Callable[[Indicator, ConditionModel], bool]) -> Callable[[World], bool]:
    return lambda world: any(test(indicator, part) for indicator, _, part in world.pack.conditions())


def _figure(indicator: Indicator, part: ConditionModel) -> bool:
    return isinstance(part, MeasureCondition) and any(
        isinstance(leaf, (Figure, Multiple)) for _, leaf in leaves(part.threshold)
    )


_measures = _has(lambda _, part: isinstance(part, MeasureCondition))
_figures = _has(_figure)


def _directed(world: World) -> bool:
    return any(
        _figure(item, part) and isinstance(part, MeasureCondition) and part.op.wants != "neither"
        for item, _, part in world.pack.conditions()
    )


EVALUATION_LAWS: tuple[Law, ...] = (
    Law("kleene", kleene, _always),
    Law("missing", missing, _measures),
    Law("reasons", reasons, _always),
    Law("exact", exact, _figures),
    Law("any_unit", any_unit, _measures),
    Law("wrong_dimension", wrong_dimension, _measures),
    Law("better", better, _directed),
    Law("more_facts", more_facts, _always),
    Law("measurement_first", measurement_first, _measures),
    Law("trust_floor", trust_floor, _figures),
    Law("explains", explains, _figures),
    Law("survives_writing", survives_writing, _always),
)

LAWS: tuple[Law, ...] = EVALUATION_LAWS

__all__ = ["EVALUATION_LAWS", "LAWS", "Broken", "Law", "Pack", "Trial", "Verification"]
