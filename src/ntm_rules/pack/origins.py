"""What an overlay repeats word for word is not its doing: such rows keep saying where they come from."""

from __future__ import annotations

from collections.abc import Callable

from .condition import Comparison, ConditionModel, parts, with_parts
from .legal import Source
from .threshold import AnyLeaf, AnyThreshold, Table

SourceOf = Callable[[AnyLeaf], Source]


def keep_thresholds(old: AnyThreshold, new: AnyThreshold, source_of: SourceOf) -> AnyThreshold:
    """The new threshold, in which every row whose value, source and note are the old ones has the old origin.

    ``source_of`` gives the source an old leaf has, its indicator's included: it may be written out in the new one.
    """
    if isinstance(old, Table) and isinstance(new, Table):
        if (old.by, old.attribute) != (new.by, new.attribute):
            return new
        rows = {
            label: keep_thresholds(old.rows[label], inner, source_of) if label in old.rows else inner
            for label, inner in new.rows.items()
        }
        otherwise = new.otherwise
        if old.otherwise is not None and otherwise is not None:
            otherwise = keep_thresholds(old.otherwise, otherwise, source_of)
        return new.model_copy(update={"rows": rows, "otherwise": otherwise})
    if isinstance(old, Table) or isinstance(new, Table):
        return new
    same = new.source in (old.source, source_of(old)) and _content(old) == _content(new)
    return new.stamped(old.set_by, None) if same else new


def _content(leaf: AnyLeaf) -> tuple[type[AnyLeaf], dict[str, object]]:
    return type(leaf), leaf.model_dump(exclude={"source", "set_by"})


def keep_conditions(old: ConditionModel, new: ConditionModel, source_of: SourceOf) -> ConditionModel:
    """The new condition, with old origins kept wherever both have the same parts in the same places."""
    if type(old) is not type(new) or len(parts(old)) != len(parts(new)):
        return new
    if isinstance(old, Comparison) and isinstance(new, Comparison):
        return new.model_copy(update={"threshold": keep_thresholds(old.threshold, new.threshold, source_of)})
    inner = tuple(keep_conditions(a, b, source_of) for (_, a), (_, b) in zip(parts(old), parts(new), strict=True))
    return with_parts(new, inner)
