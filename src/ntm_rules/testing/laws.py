"""The laws a pack and its evaluation obey, in the order of the library's design."""

from __future__ import annotations

from collections.abc import Callable

from ..pack.condition import Comparison, ConditionModel, MeasureCondition, walk
from ..pack.indicator import Indicator
from ..pack.threshold import Figure, Multiple, leaves
from .answers import kleene, missing, reasons
from .change import better, measurement_first, more_facts, trust_floor
from .exactness import any_unit, exact, wrong_dimension
from .explaining import explains, survives_writing
from .trial import Law
from .wellmade import can_be_met, can_fail, no_hole, right_way, whole_can_be_met
from .writing import World


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


_compared = _has(lambda _, part: isinstance(part, Comparison))


def _directed(world: World) -> bool:
    """Whether figures are asked of a measure that has a better end."""
    measures = world.catalogue.measures_for(world.pack)
    return any(
        _figure(item, part)
        and isinstance(part, MeasureCondition)
        and part.op.wants != "neither"
        and measures[part.measure].better != "neither"
        for item, _, part in world.pack.conditions()
    )


def _settled(world: World) -> bool:
    """Whether some requirement has only thresholds that are known everywhere."""
    for item in (*world.pack.prerequisites, *world.pack.indicators()):
        asked = [part for _, part in walk(item.requires) if isinstance(part, Comparison)]
        if asked and all(isinstance(leaf, Figure) for part in asked for _, leaf in leaves(part.threshold)):
            return True
    return False


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

PACK_LAWS: tuple[Law, ...] = (
    Law("no_hole", no_hole, _compared, each=True),
    Law("right_way", right_way, _directed, each=True),
    Law("can_be_met", can_be_met, _settled, each=True),
    Law("can_fail", can_fail, _settled, each=True),
    Law("whole_can_be_met", whole_can_be_met, _always),
)

LAWS: tuple[Law, ...] = (*EVALUATION_LAWS, *PACK_LAWS)
