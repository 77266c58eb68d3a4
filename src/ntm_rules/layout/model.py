"""Layouts: how a kind of table is to be read, as data kept beside the table."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, Field, model_validator

from ..day import Day
from ..errors import NtmError, Problem, QuantityError, SnapshotError
from ..frozen import Frozen, FrozenDict, Held
from ..messages import Lang
from ..normalization import fold
from ..pack.loader import dump_yaml, read_yaml, validate
from ..pack.reference import Reference
from ..snapshot.observation import FindingValue, read_finding
from ..snapshot.unit import Unit
from ..territory import Level, Region

Role = Literal[
    "unit",  # the unit's name or code, one a row
    "within",  # the district or province it lies in
    "level",  # its level, region, group: words that describe it
    "region",
    "group",
    "code",  # the indicator's code
    "text",  # the indicator's wording
    "unit_of_measure",
    "value",
    "mark",  # met or not met, in a word or a mark
    "met",  # anything written here says met
    "not_met",  # anything written here says not met
    "numerator",
    "denominator",
    "total",  # a count of what is met, held against what is read
    "day",  # the day of a row's figures
    "note",
    "pass",  # not read
]
SAYING: tuple[Role, ...] = ("value", "mark", "met", "not_met", "numerator", "denominator", "total")


def _read_meaning(raw: object) -> object:
    """One refusal where a word is neither a finding nor “nothing”; findings are read as they are everywhere."""
    if isinstance(raw, FindingValue) or raw == "nothing":
        return raw
    try:
        return read_finding(raw)
    except NtmError:
        names = ", ".join((*FindingValue, "nothing"))
        raise QuantityError(Problem("error.layout_meaning", given=str(raw)[:80], names=names)) from None


Meaning = Annotated[FindingValue | Literal["nothing"], BeforeValidator(_read_meaning)]


def _yaml_key(raw: object) -> object:
    return {fold(str(key)): value for key, value in raw.items()} if isinstance(raw, dict) else raw


class Column(Frozen):
    """One column: what it holds, and what its heading must still say when the layout is used again.

    ``of`` is the unit a column is about where units stand in columns, or the code or measure it is about where units
    stand in rows. ``period`` is the one its figures are of; empty: the table's.
    """

    column: str = Field(pattern=r"^[A-Z]{1,3}$")
    role: Role
    heading: str = ""
    of: str = ""
    unit_of_measure: str = ""
    period: str = ""
    why: str = ""


def index(letters: str) -> int:
    """A column's number by its letters.

    >>> index("A"), index("AB")
    (1, 28)
    """
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


class Layout(Frozen):
    """How a kind of table is read.

    ``rows`` says what one row is about: an indicator, or a unit. ``marks`` are what signs mean in this kind of table:
    nothing is taken for granted. ``period`` is that of every column that gives none itself; ``year`` serves periods
    that name none ("6 tháng"). ``skip`` are the first words of rows that are not to be read, beside sections, totals
    and signatures, which are seen. ``understood`` are words of titles, sections, legends and rows that were asked about
    and change nothing in what the figures are. ``empty`` is what an empty cell of a column of marks means; ``hidden``
    says whether hidden rows and columns are read. ``unit`` is the unit of a table about one; ``measures`` say by code
    which of several measures its figures are of; ``names`` give codes to names that a register cannot tell apart or
    does not have.
    """

    refusal: ClassVar[type[NtmError]] = SnapshotError

    format: Literal[1] = 1
    pack: Reference
    rows: Literal["indicators", "units"]
    sheet: str = ""
    heading: tuple[int, int]
    columns: tuple[Column, ...] = Field(min_length=1)
    marks: Annotated[Mapping[str, Meaning], BeforeValidator(_yaml_key), Held] = FrozenDict()
    empty: Meaning = "nothing"
    skip: tuple[str, ...] = ()
    understood: tuple[str, ...] = ()
    hidden: Literal["read", "pass", ""] = ""
    numbers: Lang | None = None
    period: str = ""
    year: int | None = None
    unit: Unit | None = None
    level: Level | None = None
    province: str = ""
    region: Region | None = None
    register_of: Day | None = None
    names: Annotated[Mapping[str, str], Held] = FrozenDict()
    measures: Annotated[Mapping[str, str], Held] = FrozenDict()

    @model_validator(mode="after")
    def _hangs_together(self) -> Layout:
        first, last = self.heading
        letters = [column.column for column in self.columns]
        roles = {column.role for column in self.columns}
        if not 1 <= first <= last or last - first > 5:
            raise QuantityError(Problem("error.layout_heading", first=first, last=last))
        if len(set(letters)) < len(letters):
            twice = next(letter for letter in letters if letters.count(letter) > 1)
            raise QuantityError(Problem("error.layout_twice", column=twice))
        if self.rows == "units" and "unit" not in roles:
            raise QuantityError(Problem("error.layout_no_unit"))
        if self.rows == "indicators" and not roles & {"code", "text"}:
            raise QuantityError(Problem("error.layout_no_code"))
        return self


def read_layout(path: Path) -> Layout:
    """A layout from its YAML file.

    Raises:
        NtmError: what is wrong in it, each with its line.
    """
    return validate(Layout, read_yaml(path))


def write_layout(layout: Layout) -> str:
    """The layout as YAML that ``read_layout`` reads back to the same."""
    return dump_yaml(layout.model_dump(mode="json", exclude_defaults=True))
