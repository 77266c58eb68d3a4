"""What an overlay repeats word for word is not its doing: such rows keep saying where they come from."""

from __future__ import annotations

from .condition import (
    AllCondition,
    AnyCondition,
    AtLeastCondition,
    ChoiceCondition,
    Comparison,
    ConditionModel,
    parts,
)
from .threshold import AnyThreshold, Table


def keep_thresholds(old: AnyThreshold, new: AnyThreshold) -> AnyThreshold:
    """The new threshold, with the old leaf in every row where value, source and note are the same."""
    if isinstance(old, Table) and isinstance(new, Table):
        if (old.by, old.attribute) != (new.by, new.attribute):
            return new
        rows = {
            label: keep_thresholds(old.rows[label], inner) if label in old.rows else inner
            for label, inner in new.rows.items()
        }
        otherwise = new.otherwise
        if old.otherwise is not None and otherwise is not None:
            otherwise = keep_thresholds(old.otherwise, otherwise)
        return new.model_copy(update={"rows": rows, "otherwise": otherwise})
    if isinstance(old, Table) or isinstance(new, Table):
        return new
    return old if old.stamped(new.set_by, None) == new else new


def keep_conditions(old: ConditionModel, new: ConditionModel) -> ConditionModel:
    """The new condition, with the old leaves wherever both have the same parts in the same places."""
    if type(old) is not type(new) or len(parts(old)) != len(parts(new)):
        return new
    if isinstance(old, Comparison) and isinstance(new, Comparison):
        return new.model_copy(update={"threshold": keep_thresholds(old.threshold, new.threshold)})
    inner = tuple(keep_conditions(a, b) for (_, a), (_, b) in zip(parts(old), parts(new), strict=True))
    return with_parts(new, inner)


def with_parts(condition: ConditionModel, inner: tuple[ConditionModel, ...]) -> ConditionModel:
    """The condition with other conditions in the places of its parts."""
    match condition:
        case AllCondition():
            return condition.model_copy(update={"all": inner})
        case AnyCondition():
            return condition.model_copy(update={"any": inner})
        case AtLeastCondition():
            return condition.model_copy(update={"of": inner})
        case ChoiceCondition():
            return condition.model_copy(update=dict(zip(("when", "then", "otherwise"), inner, strict=True)))
        case _:
            return condition
