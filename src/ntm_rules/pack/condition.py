"""Conditions: the closed language in which a pack says what it requires."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Discriminator, Field, Tag, model_validator

from ..errors import Problem, QuantityError
from ..frozen import Frozen
from ..messages import Text
from ..territory import Group, Level
from .measure import Measure
from .threshold import AmountField, AnyThreshold, Threshold


class Op(StrEnum):
    """How an observed value is compared with its threshold."""

    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    AT_MOST = "at_most"
    LESS_THAN = "less_than"
    EQUAL_TO = "equal_to"

    @property
    def wants(self) -> Literal["higher", "lower", "neither"]:
        """The direction in which an observation gets better."""
        if self in (Op.AT_LEAST, Op.MORE_THAN):
            return "higher"
        return "neither" if self is Op.EQUAL_TO else "lower"


def _levels(raw: object) -> object:
    return (raw,) if isinstance(raw, str) else raw


class Children(Frozen):
    """Which children count, and which pack they should meet; ``exempt`` says whether some may take no part."""

    level: Annotated[tuple[Level, ...], BeforeValidator(_levels), Field(min_length=1)]
    meeting: str
    exempt: bool = True


class Comparison(Frozen):
    """Something compared with a threshold."""

    op: Op
    threshold: Threshold


class MeasureCondition(Comparison):
    """``{measure: income_per_capita, at_least: 48}``"""

    measure: str


class ShareCondition(Comparison):
    """``{share_of: {level: commune, meeting: vn/commune}, at_least: 50 %}``"""

    share_of: Children


class CountCondition(Comparison):
    """``{count_of: {level: commune, meeting: vn/commune}, at_least: 3}``"""

    count_of: Children


class UnmetShareCondition(Comparison):
    """Share of another pack's criteria this unit does not meet; ``including_any``: one of these codes is among them."""

    unmet_share_of: str
    including_any: tuple[str, ...] = ()


def as_typed(raw: object) -> object:
    """A code or edition that was typed without quotes: YAML keeps the digits of ``2.10``, a double does not."""
    if isinstance(raw, float):
        raise QuantityError(Problem("error.code_unquoted", code=raw))
    return str(raw) if isinstance(raw, (int, Decimal)) and not isinstance(raw, bool) else raw


Code = Annotated[str, BeforeValidator(as_typed), Field(min_length=1)]


class Points(Frozen):
    """A term of a sum that is earned by meeting another indicator: ``{indicator: "1.1", points: 5}``"""

    indicator: Code
    points: Annotated[Decimal, Field(gt=0)]


class TotalCondition(Comparison):
    """``{total_of: [a, b, {indicator: "1.1", points: 5}], at_least: 50 điểm}``: a sum of measures and points.

    ``never_above: 100 điểm`` is the most the sum can come to: figures that add up to more contradict each other.
    """

    total_of: tuple[Points | str, ...] = Field(min_length=1)
    never_above: AmountField | None = None

    @property
    def measures(self) -> tuple[str, ...]:
        """The measures among the terms."""
        return tuple(term for term in self.total_of if isinstance(term, str))

    @property
    def points(self) -> tuple[Points, ...]:
        """The terms earned by meeting other indicators."""
        return tuple(term for term in self.total_of if isinstance(term, Points))


class EveryCondition(Frozen):
    """``{every: {level: [ward, town], meeting: vn/urban-ward}}``; a unit with no such child is not concerned."""

    every: Children


class FindingCondition(Frozen):
    """``{finding: met}``: the department in charge concludes. As ``applies_if``, ``{finding: applicable}``."""

    finding: Literal["met", "applicable"]


# A unit's group of communes stands among its attributes, under this name.
GROUP = "group"
GROUP_NAME = Text("Nhóm xã", "Group of communes")


class AttributeCondition(Frozen):
    """``{attribute: island, is: true}``; ``{group: nhom1}`` and ``{group: [nhom1, nhom2]}`` ask for the group."""

    attribute: str
    value: bool | str = Field(True, alias="is")


class MeetsCondition(Frozen):
    """``{meets: vn/commune}``: the unit holds that title, or meets that pack on the same snapshot."""

    meets: str


class AllCondition(Frozen):
    """``{all: [...]}``"""

    all: tuple[Condition, ...] = Field(min_length=1)


class AnyCondition(Frozen):
    """``{any: [...]}``"""

    any: tuple[Condition, ...] = Field(min_length=1)


class AtLeastCondition(Frozen):
    """``{at_least: 2, of: [...]}``"""

    at_least: int = Field(ge=1)
    of: tuple[Condition, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _can_be_reached(self) -> Self:
        if self.at_least > len(self.of):
            raise QuantityError(Problem("error.at_least_of", needed=self.at_least, count=len(self.of)))
        return self


class ChoiceCondition(Frozen):
    """``{when: C, then: C, otherwise: C}``: which requirement holds depends on another fact."""

    when: Condition
    then: Condition
    otherwise: Condition


_KINDS: dict[str, type[Frozen]] = {
    "measure": MeasureCondition,
    "share_of": ShareCondition,
    "count_of": CountCondition,
    "unmet_share_of": UnmetShareCondition,
    "total_of": TotalCondition,
    "every": EveryCondition,
    "finding": FindingCondition,
    "attribute": AttributeCondition,
    "meets": MeetsCondition,
    "all": AllCondition,
    "any": AnyCondition,
    "of": AtLeastCondition,
    "when": ChoiceCondition,
}


def _spell(raw: object) -> object:
    """Turn ``{measure: m, at_least: T}`` into the fields ``op`` and ``threshold``."""
    if not isinstance(raw, dict):
        return raw
    if raw.keys() == {GROUP}:
        return _grouped(raw[GROUP])
    kinds = [key for key in _KINDS if key in raw]
    if len(kinds) != 1:
        raise QuantityError(Problem("error.condition_kind", count=len(kinds), names=", ".join(_KINDS)))
    if issubclass(_KINDS[kinds[0]], Comparison) and "op" not in raw:
        ops = [op for op in Op if op.value in raw]
        if len(ops) != 1:
            raise QuantityError(Problem("error.one_comparison", names=", ".join(Op)))
        rest = {key: value for key, value in raw.items() if key != ops[0].value}
        return {**rest, "op": ops[0], "threshold": raw[ops[0].value]}
    return raw


def _grouped(raw: object) -> object:
    names = raw if isinstance(raw, list) and raw else [raw]
    strange = [name for name in names if name not in set(Group)]
    if strange:
        raise QuantityError(Problem("error.unknown_row", row=str(strange[0]), names=", ".join(Group)))
    asked = [{"attribute": GROUP, "is": str(name)} for name in names]
    return asked[0] if len(asked) == 1 else {"any": asked}


def _kind(raw: Any) -> str:
    if isinstance(raw, dict):
        return next(kind.__name__ for key, kind in _KINDS.items() if key in raw)
    return type(raw).__name__


Condition = Annotated[
    Annotated[MeasureCondition, Tag("MeasureCondition")]
    | Annotated[ShareCondition, Tag("ShareCondition")]
    | Annotated[CountCondition, Tag("CountCondition")]
    | Annotated[UnmetShareCondition, Tag("UnmetShareCondition")]
    | Annotated[TotalCondition, Tag("TotalCondition")]
    | Annotated[EveryCondition, Tag("EveryCondition")]
    | Annotated[FindingCondition, Tag("FindingCondition")]
    | Annotated[AttributeCondition, Tag("AttributeCondition")]
    | Annotated[MeetsCondition, Tag("MeetsCondition")]
    | Annotated[AllCondition, Tag("AllCondition")]
    | Annotated[AnyCondition, Tag("AnyCondition")]
    | Annotated[AtLeastCondition, Tag("AtLeastCondition")]
    | Annotated[ChoiceCondition, Tag("ChoiceCondition")],
    Discriminator(_kind),
    BeforeValidator(_spell),
]

ConditionModel = (
    MeasureCondition
    | ShareCondition
    | CountCondition
    | UnmetShareCondition
    | TotalCondition
    | EveryCondition
    | FindingCondition
    | AttributeCondition
    | MeetsCondition
    | AllCondition
    | AnyCondition
    | AtLeastCondition
    | ChoiceCondition
)


def judged_pack(condition: ConditionModel) -> str | None:
    """The pack a condition has judged on the same facts, if it has one judged."""
    match condition:
        case MeetsCondition(meets=pack) | UnmetShareCondition(unmet_share_of=pack):
            return pack
    return None


def children_asked(condition: ConditionModel) -> Children | None:
    """The children a condition counts, if it counts any."""
    match condition:
        case ShareCondition(share_of=children) | CountCondition(count_of=children) | EveryCondition(every=children):
            return children
    return None


def measures_asked(condition: Frozen) -> tuple[str, ...]:
    """The measures a condition itself asks for, those inside it apart."""
    match condition:
        case MeasureCondition(measure=measure):
            return (measure,)
        case TotalCondition():
            return condition.measures
        case _:
            return ()


def unit_asked(comparison: Comparison, measures: Mapping[str, Measure]) -> str:
    """The unit in which a comparison is made: its first measure's, points, children, or per cent of them."""
    if asked := measures_asked(comparison):
        return measures[asked[0]].unit
    if isinstance(comparison, TotalCondition):
        return "point"
    return "unit" if isinstance(comparison, CountCondition) else "percent"


def parts(condition: ConditionModel) -> tuple[tuple[str, ConditionModel], ...]:
    """The conditions directly inside this one, each with its key in the pack file."""
    match condition:
        case AllCondition():
            return tuple((f"all.{i}", part) for i, part in enumerate(condition.all))
        case AnyCondition():
            return tuple((f"any.{i}", part) for i, part in enumerate(condition.any))
        case AtLeastCondition():
            return tuple((f"of.{i}", part) for i, part in enumerate(condition.of))
        case ChoiceCondition():
            return ("when", condition.when), ("then", condition.then), ("otherwise", condition.otherwise)
        case _:
            return ()


def walk(condition: ConditionModel, path: str = "") -> Iterator[tuple[str, ConditionModel]]:
    """This condition and all inside it, with their paths."""
    yield path, condition
    for key, part in parts(condition):
        yield from walk(part, f"{path}.{key}" if path else key)


def all_measures(condition: ConditionModel) -> frozenset[str]:
    """The measures a condition asks for, those inside it included."""
    return frozenset(name for _, part in walk(condition) for name in measures_asked(part))


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


def map_thresholds(condition: ConditionModel, change: Callable[[MeasureCondition], AnyThreshold]) -> ConditionModel:
    """The same condition with the thresholds of its measures replaced."""
    if isinstance(condition, MeasureCondition):
        return condition.model_copy(update={"threshold": change(condition)})
    return with_parts(condition, tuple(map_thresholds(part, change) for _, part in parts(condition)))
