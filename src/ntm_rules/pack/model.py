"""Packs: a declarative set of criteria with its legal basis and validity."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Annotated, NamedTuple, Self

from pydantic import BeforeValidator, Field, PrivateAttr, model_validator

from ..day import Day
from ..errors import CatalogueError, PackError, Problem, nearest
from ..frozen import Frozen, FrozenDict, Held
from ..messages import Text
from ..territory import Group, Level, Region
from .condition import (
    GROUP,
    GROUP_NAME,
    AttributeCondition,
    Comparison,
    ConditionModel,
    FindingCondition,
    MeasureCondition,
    all_measures,
    as_typed,
    children_asked,
    judged_pack,
    measures_asked,
    walk,
)
from .indicator import Criterion, Indicator, Version
from .legal import LegalBasis, Source, TextField
from .measure import Measure
from .period import Period
from .reference import ID_PATTERN, split_reference
from .rules import Attribute, Authority, GroupRule, RegionRule
from .shorthand import written_out
from .text import PackText, digest_of
from .threshold import AXES, AnyLeaf, Figure, Row, leaves

Edition = Annotated[str, BeforeValidator(as_typed), Field(pattern=r"^[A-Za-z0-9.-]+$")]


def _asked(guards: Iterable[ConditionModel]) -> tuple[AttributeCondition, ...]:
    parts = (part for guard in guards for _, part in walk(guard))
    return tuple(part for part in parts if isinstance(part, AttributeCondition))


class FigureRow(NamedTuple):
    """One figure of a pack with the place it takes: what ``audit`` and the worksheet list."""

    indicator: Indicator
    version: Version | None
    condition: MeasureCondition | FindingCondition | Comparison
    rows: tuple[Row, ...]
    leaf: AnyLeaf | None
    source: Source


class Pack(Frozen):
    """A set of criteria: what one kind of unit must meet, under which decisions, and when."""

    id: str = Field(pattern=ID_PATTERN)
    edition: Edition
    title: TextField
    applies_to: tuple[Level, ...] = Field(min_length=1)
    # Where the set is used; a province lies in one region. Empty: everywhere.
    regions: tuple[Region, ...] = ()
    valid: Period = Field(default_factory=Period)
    legal_basis: tuple[LegalBasis, ...] = ()
    source: Source | None = None
    extends: tuple[str, ...] = ()
    # Of these, the nearest ones whose set this is: only its figures were confirmed.
    restates: tuple[str, ...] = ()
    as_group: Group | None = None
    region_rules: tuple[RegionRule, ...] = ()
    group_rules: tuple[GroupRule, ...] = ()
    attributes: Annotated[Mapping[str, Attribute], Held] = FrozenDict()
    prerequisites: tuple[Indicator, ...] = ()
    criteria: tuple[Criterion, ...] = Field(min_length=1)
    # What a unit is ranked as, the highest first: each with its own condition. They do not decide whether it is met.
    grades: tuple[Indicator, ...] = ()
    # Titles given from this day on hold under this set, where that is earlier than the set itself.
    titles_since: Day | None = None
    # How many months a title holds at most; on the day they are full it has expired, whatever expiry is given.
    titles_last_months: int | None = Field(default=None, gt=0)
    # Who receives, recognises, announces and withdraws, and on which days. They do not decide either.
    authorities: tuple[Authority, ...] = ()
    measures: tuple[Measure, ...] = ()
    notes: tuple[TextField, ...] = ()
    incomplete: bool = False
    looser_than_base: Annotated[Mapping[str, str], Held] = FrozenDict()
    _file: Path | None = PrivateAttr(None)
    _texts: tuple[PackText, ...] = PrivateAttr(())
    # The packs of ``extends``, where a catalogue read them.
    _bases: tuple[Pack, ...] = PrivateAttr(())
    # The set whose levels for one group this one asks of everybody, where it is such a set (``as_group``).
    _levels_of: Pack | None = PrivateAttr(None)
    # Such sets made of this overlay, by the set that they stand for.
    _for_group: dict[str, Pack] = PrivateAttr(default_factory=dict)

    @model_validator(mode="before")
    @classmethod
    def _short_forms(cls, raw: object) -> object:
        return written_out(raw)

    @property
    def file(self) -> Path | None:
        """The file the pack was read from, where there is one."""
        return self._file

    @property
    def texts(self) -> tuple[PackText, ...]:
        """The files the pack was made from, with their digests: its own, what it shares, those it is laid over."""
        if not self._texts:
            self._texts = (PackText(self.reference, digest_of(self.model_dump_json().encode())),)
        return self._texts

    @cached_property
    def _written(self) -> str:
        """What tells packs apart that are equal and were written otherwise, as 95 and 95.0: their texts' digests."""
        return " ".join(text.digest for text in self.texts)

    @cached_property
    def reference(self) -> str:
        """Id and edition, as ``load_pack`` takes them."""
        return f"{self.id}@{self.edition}"

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Packs whose conclusions count for this one: its id and reference, and those of the set it restates."""
        return tuple(name for one in (self.reference, *self.restates) for name in (split_reference(one)[0], one))

    @cached_property
    def title_id(self) -> str:
        """The title this pack is about: an overlay awards the same one as the pack it extends."""
        return self.root.partition("@")[0]

    @property
    def titles_from(self) -> date | None:
        """The first day on which a title could be given that still counts under this set."""
        return self.titles_since or self.valid.start

    @cached_property
    def root(self) -> str:
        """Reference of the pack at the bottom of a chain of overlays; a pack that extends none is its own."""
        return self.extends[-1] if self.extends else self.reference

    @cached_property
    def _dated(self) -> tuple[tuple[Indicator, frozenset[str]], ...]:
        """What reads otherwise on other days, with every measure one of its readings asks for."""
        return tuple(
            (
                item,
                frozenset[str]().union(*map(all_measures, (item.requires, *(one.requires for one in item.versions)))),
            )
            for item in self.coded()
            if item.versions
        )

    def of_other_days(self, day: date, given: Collection[str]) -> Iterator[tuple[Indicator, str]]:
        """Of the measures given, those that an indicator asks for on other days only, each with its indicator."""
        for read, others in _on_other_days(self, day):
            if not others.isdisjoint(given):
                yield from ((read, name) for name in sorted(others & {*given}))

    def __repr__(self) -> str:
        """Its reference: a whole set of criteria would fill the screen."""
        return f"Pack({self.reference!r})"

    def model_copy(self, *, update: Mapping[str, object] | None = None, deep: bool = False) -> Self:
        """A copy with some fields replaced, for variants of a pack; nothing derived from the old fields is kept."""
        copy = super().model_copy(update=update, deep=deep)
        copy._texts, copy._for_group = (), {}
        for name in copy.__dict__.keys() - Pack.model_fields.keys():
            del copy.__dict__[name]
        return copy

    def _repr_html_(self) -> str:
        """The criteria in a table, for notebooks; every text is escaped."""
        # Notebooks alone want it, and it brings every entity there is.
        from html import escape

        rows = "".join(
            f"<tr><th>{escape(criterion.code)}</th><td>{escape(criterion.title.text())}</td>"
            f"<td>{escape(', '.join(indicator.code for indicator in criterion.indicators) or '–')}</td></tr>"
            for criterion in self.criteria
        )
        caption = f"{escape(self.title.text())} ({escape(self.reference)})"
        return f'<table class="ntm"><caption>{caption}</caption><tbody>{rows}</tbody></table>'

    @cached_property
    def _by_code(self) -> dict[str, Indicator]:
        return {item.code: item for item in self.coded()}

    @cached_property
    def _home(self) -> dict[str, Criterion]:
        """The criterion of each indicator."""
        return {
            indicator.code: criterion for criterion in reversed(self.criteria) for indicator in criterion.indicators
        }

    @cached_property
    def _asked(self) -> frozenset[str]:
        return frozenset(self.measures_used())

    def __getitem__(self, code: str) -> Indicator:
        try:
            return self._by_code[code]
        except KeyError:
            near = nearest(code, self._by_code)
            raise CatalogueError(Problem("error.no_indicator", code=code, pack=self.reference, near=near)) from None

    def __eq__(self, other: object) -> bool:
        """What the packs say is equal; where they were read from is no part of it."""
        if not isinstance(other, Pack):
            return NotImplemented
        return self is other or all(getattr(self, name) == getattr(other, name) for name in Pack.model_fields)

    def __hash__(self) -> int:
        """Drafts of one edition are looked up side by side: where their lines are drawn tells most of them apart."""
        return hash((self.id, self.edition, self._lines))

    @cached_property
    def _lines(self) -> int:
        """Every comparison and its figures as one number, the same in every process: packs are pickled with it."""
        compared = (part for _, _, part in self.conditions() if isinstance(part, Comparison))
        return hash(
            tuple(
                (len(part.op), *(leaf.value.value for _, leaf in leaves(part.threshold) if isinstance(leaf, Figure)))
                for part in compared
            )
        )

    def indicators(self) -> Iterator[Indicator]:
        """The indicators of all criteria, in the law's order."""
        for criterion in self.criteria:
            yield from criterion.indicators

    def coded(self) -> Iterator[Indicator]:
        """Everything that is asked under a code of its own: prerequisites, indicators and grades."""
        yield from (*self.prerequisites, *self.indicators(), *self.grades)

    def conditions(self) -> Iterator[tuple[Indicator, Version | None, ConditionModel]]:
        """Every condition of everything that is asked, dated versions included."""
        for indicator in self.coded():
            for _, condition in walk(indicator.requires):
                yield indicator, None, condition
            if indicator.applies_if is not None:
                for _, condition in walk(indicator.applies_if):
                    yield indicator, None, condition
            for version in indicator.versions:
                for _, condition in walk(version.requires):
                    yield indicator, version, condition

    def measures_used(self) -> tuple[str, ...]:
        """Ids of the measures the pack asks for, in the law's order."""
        used = (measure for _, _, condition in self.conditions() for measure in measures_asked(condition))
        return tuple(dict.fromkeys(used))

    def attributes_used(self) -> Iterator[tuple[str, str]]:
        """Attributes the conditions, tables and region rules ask for, each with the code that asks."""
        for indicator, _, condition in self.conditions():
            if isinstance(condition, AttributeCondition):
                if condition.attribute != GROUP:
                    yield indicator.code, condition.attribute
            elif isinstance(condition, Comparison):
                for rows, _ in leaves(condition.threshold):
                    yield from ((indicator.code, table) for table, _ in rows if table not in AXES)
        for name, guards in (("region_rules", self.region_guards), ("group_rules", self.group_guards)):
            yield from ((name, part.attribute) for part in guards)

    @property
    def region_guards(self) -> tuple[AttributeCondition, ...]:
        """The facts that may send a unit to another region's row."""
        return _asked(rule.when for rule in self.region_rules)

    @property
    def group_guards(self) -> tuple[AttributeCondition, ...]:
        """The facts by which a unit is of a group of communes."""
        return _asked(rule.when for rule in self.group_rules if rule.when is not None)

    def attribute_name(self, name: str) -> Text:
        """An attribute the pack asks for, in words."""
        return GROUP_NAME if name == GROUP else self.attributes[name].name

    def region_rules_on(self, day: date) -> tuple[RegionRule, ...]:
        """The region rules as they stood on a day."""
        return tuple(rule for rule in self.region_rules if day in rule.valid)

    def packs_used(self) -> tuple[str, ...]:
        """References of the packs whose verdicts or titles this pack asks for.

        >>> import ntm_rules as ntm
        >>> ntm.load_pack("vn/commune-advanced@2021-2025").packs_used()
        ('vn/commune',)
        """
        used: list[str] = []
        for _, _, condition in self.conditions():
            if (judged := judged_pack(condition)) is not None:
                used.append(judged)
            elif (children := children_asked(condition)) is not None:
                used.append(children.meeting)
        return tuple(dict.fromkeys(used))

    def source_of(self, indicator: Indicator, leaf: AnyLeaf | None = None) -> Source:
        """The nearest source stated for a figure: its own, its indicator's, its criterion's, the pack's.

        Raises:
            PackError: none of them has one.
        """
        around: Source | None = None
        named = False
        for holder in (self, self._home.get(indicator.code), indicator, leaf):
            if holder is not None and holder.source is not None:
                around = holder.source.within(around)
                named = named or (bool(holder.source.basis) and (holder is indicator or holder is leaf))
        if around is None or not around.basis:
            raise PackError(Problem("error.no_source", code=indicator.code, pack=self.id))
        # The code is the place in the decision the set itself stands in; one named for this figure alone is another.
        return around if around.at or named else around.model_copy(update={"at": indicator.code})

    def criterion_source(self, criterion: Criterion) -> Source | None:
        """Where a criterion itself stands in the law, where the pack says so."""
        if criterion.source is None:
            return None
        found = criterion.source.within(self.source)
        return found if found.basis else None

    def figures(self) -> Iterator[FigureRow]:
        """Every figure: each row of each threshold, and each requirement a department concludes on."""
        for indicator, version, condition in self.conditions():
            holder = indicator if version is None else indicator.reading(version)
            if isinstance(condition, FindingCondition) and condition.finding == "met":
                yield FigureRow(indicator, version, condition, (), None, self.source_of(holder))
            elif isinstance(condition, Comparison):
                for rows, leaf in leaves(condition.threshold):
                    yield FigureRow(indicator, version, condition, rows, leaf, self.source_of(holder, leaf))

    def basis(self, basis_id: str) -> LegalBasis:
        """The decision a source names.

        Raises:
            PackError: the pack lists no such decision.
        """
        for basis in self.legal_basis:
            if basis.id == basis_id:
                return basis
        near = nearest(basis_id, (basis.id for basis in self.legal_basis))
        raise PackError(Problem("error.unknown_basis", basis=basis_id, pack=self.id, near=near))


@lru_cache(maxsize=1024)
def _on_other_days(pack: Pack, day: date) -> tuple[tuple[Indicator, frozenset[str]], ...]:
    """What reads otherwise on other days, as it reads on this one, with the measures it then asks for besides."""
    read = ((item.on(day), measures) for item, measures in pack._dated)
    return tuple((item, measures - all_measures(item.requires)) for item, measures in read)
