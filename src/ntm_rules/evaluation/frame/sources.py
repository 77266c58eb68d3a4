"""What a frame holds: which of its columns a pack reads, and how their values are stored."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from fractions import Fraction
from typing import Any, Literal, NamedTuple

import msgspec
import narwhals as nw

from ...errors import EvaluationError, Place, Problem, QuantityError, nearest
from ...messages import LANGS, Text, say
from ...pack.catalogue import Catalogue
from ...pack.measure import Measure
from ...pack.model import Pack
from ...quantity.conversion import factor
from ...quantity.unit import unit_named
from .caching import Hashed, cached_by_packs
from .limits import Storage
from .names import UNIT_COLUMNS, Column, checked, input_columns, slug

Role = Literal["unit", "measure", "finding", "attribute", "recognition", "children"]
Kind = Literal["double", "single", "integer", "decimal", "read", "flag", "word", "category", "date", "datetime"]
# Doubles print every decimal of so many digits as it was written.
DIGITS = 15


class ColumnSource(msgspec.Struct, frozen=True):
    """A column of the frame and how its values are stored; ``read`` ones are read cell by cell, by value.

    ``unit`` is the one stated for a measure's numbers, if any; ``scale`` the digits after the point of stored decimals;
    ``printed`` how the numbers of a column that is read by value were stored; ``words`` all that an enumeration has.
    """

    column: str
    role: Role
    kind: Kind
    unit: str = ""
    scale: int = 0
    printed: Storage = "double"
    words: tuple[str, ...] = ()

    @property
    def as_it_is(self) -> bool:
        """Whether the column can be compared as it stands."""
        return self.role == "measure" and self.kind in ("double", "integer")

    def may_be(self, word: str) -> bool:
        """Whether a cell can hold a word; some engines do not compare an enumeration with any other."""
        return not self.words or word in self.words

    @property
    def storage(self) -> Storage:
        """How a measure's numbers compare."""
        return self.kind if self.kind in ("single", "integer") else "double"


class Asked(msgspec.Struct, frozen=True):
    """What a caller says about the columns of a frame."""

    columns: tuple[tuple[str, str], ...]
    units: tuple[tuple[str, str], ...]
    keep: tuple[str, ...] | None
    ignore_unknown: bool


class Found(NamedTuple):
    """The sources by canonical column name, and the columns kept beside the results."""

    sources: tuple[tuple[str, ColumnSource], ...]
    keep: tuple[str, ...]


@cached_by_packs
def find_sources(
    packs: tuple[Pack, ...],
    columns: tuple[tuple[str, Any], ...],
    catalogue: Catalogue,
    asked: Asked,
    home: str,
    holding: bool,
    lazy: bool,
) -> Found:
    """What the packs find in a frame with these columns; the last answers are kept.

    Raises:
        EvaluationError: columns nobody knows, or that hold something they cannot hold.
    """
    schema, names = dict(columns), [str(name) for name, _ in columns]
    # Names may be written in composed letters here and in decomposed ones there.
    written = {unicodedata.normalize("NFC", name): name for name in schema if isinstance(name, str)}

    def own(name: str) -> str:
        return name if name in schema else written.get(unicodedata.normalize("NFC", name), name)

    renamed = {canonical: own(name) for canonical, name in asked.columns}
    units = {own(name): unit for name, unit in asked.units}
    kept = None if asked.keep is None else tuple(dict.fromkeys(own(renamed.get(n, n)) for n in asked.keep))
    known: dict[str, Column] = {}
    for pack in packs:
        inputs = checked(pack, tuple(input_columns(pack, catalogue, home, holding)))
        known.update((column.name, column) for column in inputs)
    measures: dict[str, Measure] = {}
    for pack in packs:
        measures.update(catalogue.measures_for(pack))
    problems: list[Problem] = []
    for canonical, name in renamed.items():
        if canonical not in known:
            problems.append(Problem("error.frame_no_column", column=canonical, near=nearest(canonical, known)))
        if name not in schema:
            problems.append(Problem("error.frame_no_column", column=name, near=nearest(name, names)))
    for name in (*units, *(kept or ())):
        if name not in schema and name not in renamed:
            problems.append(Problem("error.frame_no_column", column=name, near=nearest(name, names)))
    if problems:
        raise EvaluationError(*problems)
    placed = {canonical: renamed.get(canonical, canonical) for canonical in known}
    for canonical, column in known.items():
        qualified = f"finding_{slug(column.pack)}__{slug(column.code)}"
        if column.kind == "finding" and canonical not in {*schema, *renamed} and qualified in schema:
            placed[canonical] = qualified
    sources: dict[str, ColumnSource] = {}
    # A number nobody asks for is looked at all the same: at no door is one taken that its measure cannot have.
    beside = [name for name in schema if name in measures and name not in (*known, *placed.values())]
    looked_at = [name for name in beside if not lazy or schema[name].is_numeric()]
    about = {**known, **{name: Column(name, "measure", measures[name].name) for name in looked_at}}
    for canonical, name in (*placed.items(), *zip(looked_at, looked_at, strict=True)):
        if name in schema:
            try:
                sources[canonical] = _source(about[canonical], name, schema[name], units, measures, lazy)
            except (EvaluationError, QuantityError) as error:
                problems += [problem.at(Place(path=name)) for problem in error.problems]
    unit_columns = tuple(placed[name] for name in UNIT_COLUMNS if placed[name] in schema)
    keep = unit_columns if kept is None else kept
    if not asked.ignore_unknown:
        others = {*catalogue.measures, *catalogue.attributes(), *known}
        expected = {*placed.values(), *keep, *others}
        strange = [str(name) for name in schema if name not in expected]
        problems += [Problem("error.frame_unknown", column=name, near=nearest(name, known)) for name in strange]
    if problems:
        raise EvaluationError(*problems)
    return Found(Hashed(sorted(sources.items())), keep)


def _source(
    column: Column, name: str, dtype: Any, units: Mapping[str, str], measures: Mapping[str, Measure], lazy: bool
) -> ColumnSource:
    match column.kind:
        case "measure":
            return _measured(measures[column.name], name, dtype, units, lazy)
        case "finding" if dtype == nw.Boolean:
            raise EvaluationError(Problem("error.finding_truth", text="True/False"))
        case "finding" | "attribute":
            kind = _word_kind(dtype, flags=True)
        case "recognition":
            kind = _day_kind(dtype)
        case "children":
            kind = "double" if dtype.is_float() else "integer" if dtype.is_integer() else "read"
        case _:
            if column.name in ("id", "parent", "province") and dtype.is_float():
                raise EvaluationError(Problem("error.frame_code"))
            kind = _day_kind(dtype) if column.name == "as_of" else _word_kind(dtype, flags=False)
    if kind == "read" and lazy and column.name not in ("id", "name", "parent", "province", "exempt"):
        wanted = {"recognition": "day", "children": "number"}.get(column.kind, "text")
        raise EvaluationError(_lazy(dtype, "day" if column.name == "as_of" else wanted))
    words = tuple(dtype.categories) if kind == "category" and isinstance(dtype, nw.Enum) else ()
    return ColumnSource(name, column.kind, kind, words=words)  # type: ignore[arg-type]


def _lazy(dtype: Any, wanted: str) -> Problem:
    fit = Text(*(say(f"frame.kind.{wanted}", lang) for lang in LANGS))
    return Problem("error.frame_lazy", kind=str(dtype), wanted=fit)


def _measured(measure: Measure, name: str, dtype: Any, units: Mapping[str, str], lazy: bool) -> ColumnSource:
    stated = units.get(name) or units.get(measure.id)
    unit = unit_named(stated) if stated else ""
    ratio = factor(unit, measure.unit) if unit else Fraction(1)
    if dtype == nw.Boolean:
        raise EvaluationError(Problem("error.frame_dtype", kind=str(dtype), wanted=measure.name))
    kind: Kind = "read"
    scale = 0
    if dtype == nw.Float64:
        kind = "double"
    elif dtype == nw.Float32:
        kind = "single"
    elif dtype.is_integer():
        kind = "integer"
    elif dtype == nw.Decimal and getattr(dtype, "scale", None) is not None:
        kind, scale = "decimal", dtype.scale
    # What is converted to whole things, or has no finite decimal in the measure's unit, is judged value by value.
    if ratio != 1 and (measure.domain.whole or not _finite(ratio.denominator)):
        kind = "read"
    if kind == "read" and lazy:
        raise EvaluationError(_lazy(dtype, "number"))
    printed: Storage = "single" if dtype == nw.Float32 else "half" if str(dtype) == "Float16" else "double"
    return ColumnSource(name, "measure", kind, unit, scale, printed)


def _finite(denominator: int) -> bool:
    for prime in (2, 5):
        while denominator % prime == 0:
            denominator //= prime
    return denominator == 1


def _word_kind(dtype: Any, flags: bool) -> Kind:
    if dtype == nw.Boolean and flags:
        return "flag"
    if dtype == nw.String:
        return "word"
    return "category" if dtype in (nw.Categorical, nw.Enum) else "read"


def _day_kind(dtype: Any) -> Kind:
    if dtype == nw.Date:
        return "date"
    if dtype == nw.Datetime:
        if dtype.time_zone is not None:
            raise EvaluationError(Problem("error.day_zone", kind=str(dtype)))
        return "datetime"
    return "read"
