"""Thresholds: the value a measure is compared with, as the law writes it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Annotated, Any, Literal, Self

from pydantic import (
    BeforeValidator,
    Discriminator,
    PlainSerializer,
    Tag,
    WithJsonSchema,
    field_validator,
    model_validator,
)

from ..errors import Problem, QuantityError
from ..frozen import Frozen, Held
from ..quantity.amount import Amount
from ..territory import KINDS, Group, Level, Region, read_member
from .legal import Source, TextField

_IN_A_RULE = {"error.leave_out": "error.threshold_sign", "error.not_a_number": "error.threshold_word"}


def _asked(raw: Any) -> Amount:
    try:
        return Amount.of(raw)
    except QuantityError as error:
        # What a person is to do about "≥ 90 %" or "Tốt" is another thing in a rule than beside a figure measured.
        raise QuantityError(
            *(Problem(_IN_A_RULE.get(one.key, one.key), one.place, **one.params) for one in error.problems)
        ) from None


# Written so that it has one reading: "1,897 ha" has two.
_PLAIN = PlainSerializer(lambda amount: amount.plain())
_SCHEMA = WithJsonSchema({"type": ["string", "number"], "description": "A number, or a number with its unit: 12,8 %"})
AmountField = Annotated[Amount, BeforeValidator(Amount.of), _PLAIN, _SCHEMA]
AskedField = Annotated[Amount, BeforeValidator(_asked), _PLAIN, _SCHEMA]
Candidates = Annotated[
    tuple[str, ...],
    BeforeValidator(lambda raw: tuple(map(str, raw)) if isinstance(raw, (list, tuple)) else (str(raw),)),
]
TABLES = ("by_region", "by_group", "by_year", "by_level", "by_attribute")
# What a table is keyed by, other than an attribute of the unit.
AXES = ("region", "group", "year", "level")
_YEARS = re.compile(r"(\d{4})(?:-(\d{4}))?")


class Leaf(Frozen):
    """The end of a threshold: a row of the decision's table."""

    source: Source | None = None
    note: TextField | None = None
    # The overlay that put this leaf here; empty for the pack's own.
    set_by: str = ""

    def stamped(self, pack_id: str, source: Source | None) -> Self:
        """The same leaf, said to come from an overlay; its own source wins over the overlay's."""
        return self.model_copy(update={"source": self.source or source, "set_by": pack_id})


class Figure(Leaf):
    """A literal value; a bare number is in the measure's own unit."""

    value: AskedField

    @field_validator("value")
    @classmethod
    def _is_one_number(cls, value: Amount) -> Amount:
        if value.counts is not None:
            raise QuantityError(Problem("error.threshold_counts", amount=value))
        return value


class Delegated(Leaf):
    """The law leaves the value to the province; ``average`` is what the units of a province must come to on average."""

    delegated: Literal[True]
    candidates: Candidates = ()
    average: AmountField | None = None


class Untranscribed(Leaf):
    """The law fixes the value; nobody has entered it yet. ``candidates`` are hesitations, never enforced."""

    untranscribed: Literal[True]
    candidates: Candidates = ()


class Multiple(Leaf):
    """``times`` another pack's threshold: ``{times: 1.1, threshold_of: vn/commune-advanced#10}``."""

    times: Decimal
    threshold_of: str

    @model_validator(mode="after")
    def _names_an_indicator(self) -> Self:
        if not re.fullmatch(r"[^#\s]+#[^#\s]+", self.threshold_of):
            raise QuantityError(Problem("error.threshold_of", text=self.threshold_of))
        if not self.times.is_finite() or self.times <= 0:
            raise QuantityError(Problem("error.times", text=str(self.times)))
        return self

    @property
    def target(self) -> tuple[str, str]:
        """The pack and the code of the indicator whose threshold is multiplied."""
        pack, _, code = self.threshold_of.partition("#")
        return pack, code


class Table(Frozen):
    """Values by region, group, year, level or a unit's attribute; ``otherwise`` serves the rows not listed."""

    by: Literal["region", "group", "year", "level", "attribute"]
    attribute: str = ""
    rows: Annotated[Mapping[str, Threshold], Held]
    otherwise: Threshold | None = None

    @model_validator(mode="after")
    def _has_known_rows(self) -> Self:
        if not self.rows:
            raise QuantityError(Problem("error.empty_table"))
        if self.by == "year":
            covered: set[int] = set()
            for row in self.rows:
                span = years(row)
                if not span or covered & set(span):
                    raise QuantityError(Problem("error.year_row", row=row))
                covered |= set(span)
        else:
            names: dict[str, list[str]] = {"region": list(Region), "group": list(Group), "level": list(Level)}
            known = names.get(self.by)
            for row in self.rows:
                if known is not None and row not in known:
                    raise QuantityError(Problem("error.unknown_row", row=row, names=", ".join(sorted(known))))
        return self

    def row(self, key: str) -> tuple[str, Threshold] | None:
        """The row that serves ``key`` (a region, group, year, level or attribute value), with its own label."""
        if self.by == "year":
            for label, threshold in self.rows.items():
                if int(key) in years(label):
                    return label, threshold
        elif key in self.rows:
            return key, self.rows[key]
        return None if self.otherwise is None else ("otherwise", self.otherwise)


def years(label: str) -> range:
    """The years of a row label: ``2023`` or ``2022-2025``; empty when it is neither."""
    match = _YEARS.fullmatch(label)
    if not match:
        return range(0)
    first, last = int(match[1]), int(match[2] or match[1])
    return range(first, last + 1)


def _spell(raw: object) -> object:
    """Turn the short forms of a pack file into the fields of the models above."""
    if isinstance(raw, str) and raw in ("delegated", "untranscribed"):
        return {raw: True}
    if isinstance(raw, (str, int, float, Decimal)) and not isinstance(raw, bool):
        return {"value": raw}
    if not isinstance(raw, dict):
        return raw
    for table in TABLES:
        if table in raw:
            rest = {key: value for key, value in raw.items() if key != table}
            if table == "by_attribute":
                cases = rest.pop("cases", None)
                return {**rest, "by": "attribute", "attribute": raw[table], "rows": _row_names(cases)}
            by = table.removeprefix("by_")
            return {**rest, "by": by, "rows": _members(by, _row_names(raw[table]))}
    return raw


def _members(by: str, rows: object) -> object:
    """Regions, groups and levels by their codes; an unknown one is told of where all rows are."""
    if by not in KINDS or not isinstance(rows, dict):
        return rows
    named: dict[str, Any] = {}
    for key, value in rows.items():
        try:
            label = read_member(KINDS[by], key).value
        except QuantityError:
            label = key
        if label in named:
            raise QuantityError(Problem("error.row_twice", row=key))
        named[label] = value
    return named


def _row_names(rows: object) -> object:
    if not isinstance(rows, dict):
        return rows
    return {str(key).lower() if isinstance(key, bool) else str(key): value for key, value in rows.items()}


def _kind(raw: Any) -> str | None:
    if isinstance(raw, dict):
        keys: dict[str, str] = {
            "by": "Table",
            "times": "Multiple",
            "threshold_of": "Multiple",
            "delegated": "Delegated",
            "untranscribed": "Untranscribed",
            "value": "Figure",
        }
        return next((name for key, name in keys.items() if key in raw), None)
    return type(raw).__name__


Threshold = Annotated[
    Annotated[Table, Tag("Table")]
    | Annotated[Figure, Tag("Figure")]
    | Annotated[Delegated, Tag("Delegated")]
    | Annotated[Untranscribed, Tag("Untranscribed")]
    | Annotated[Multiple, Tag("Multiple")],
    Discriminator(_kind),
    BeforeValidator(_spell),
]

AnyThreshold = Table | Figure | Delegated | Untranscribed | Multiple
AnyLeaf = Figure | Delegated | Untranscribed | Multiple
Row = tuple[str, str]


def leaves(threshold: AnyThreshold, rows: tuple[Row, ...] = ()) -> Iterator[tuple[tuple[Row, ...], AnyLeaf]]:
    """Every leaf with the table rows that lead to it."""
    if not isinstance(threshold, Table):
        yield rows, threshold
        return
    table = threshold.attribute or threshold.by
    for label, inner in threshold.rows.items():
        yield from leaves(inner, (*rows, (table, label)))
    if threshold.otherwise is not None:
        yield from leaves(threshold.otherwise, (*rows, (table, "otherwise")))


def tables(threshold: AnyThreshold) -> Iterator[Table]:
    """Every table of a threshold, outermost first."""
    if isinstance(threshold, Table):
        yield threshold
        for inner in (*threshold.rows.values(), threshold.otherwise):
            if inner is not None:
                yield from tables(inner)


def map_leaves(threshold: AnyThreshold, change: Callable[[AnyLeaf], AnyThreshold]) -> AnyThreshold:
    """The same tables with every leaf replaced."""
    if not isinstance(threshold, Table):
        return change(threshold)
    return threshold.model_copy(
        update={
            "rows": {label: map_leaves(inner, change) for label, inner in threshold.rows.items()},
            "otherwise": None if threshold.otherwise is None else map_leaves(threshold.otherwise, change),
        }
    )
