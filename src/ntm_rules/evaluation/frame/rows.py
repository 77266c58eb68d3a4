"""One row of a frame as a snapshot, for the explanation of its verdict."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property, partial
from typing import Any

import narwhals as nw

from ...errors import EvaluationError, NtmError, Place, Problem, nearest
from ...messages import Lang
from ...pack.catalogue import Catalogue
from ...pack.condition import children_asked
from ...pack.measure import Measure
from ...pack.model import Pack
from ...pack.related import judged_together
from ...snapshot.child_counts import ChildCounts
from ...snapshot.model import Snapshot
from ...snapshot.observation import Finding, Observation
from ...snapshot.recognition import Recognition
from ...snapshot.unit import Unit
from ...territory import Level
from ..resolve import Context
from .children import Listed
from .names import children_columns, finding_codes, finding_column, recognition_columns, title_of
from .native import rows_where
from .reading import count, empty, found, habits, moment_of, observed, raw_cells, standing_place, too_many
from .sources import ColumnSource


class Rows:
    """The rows of a frame, found by unit."""

    def __init__(
        self,
        frame: Any,
        sources: Mapping[str, ColumnSource],
        packs: Sequence[Pack],
        base: Context,
        listed: Listed,
        catalogue: Catalogue,
        home: str,
        numbers: Lang | None = None,
    ) -> None:
        self.frame, self.sources, self.packs, self.base = frame, sources, packs, base
        self.listed, self.catalogue, self.home, self.numbers = listed, catalogue, home, numbers

    @cached_property
    def habits(self) -> dict[str, Lang]:
        """How the numbers in columns of texts are written."""
        return habits(nw.from_native(self.frame, pass_through=True), self.sources)

    @cached_property
    def _together(self) -> tuple[Pack, ...]:
        packs = (pack for root in self.packs for pack in judged_together(root, self.catalogue))
        return tuple({pack.reference: pack for pack in packs}.values())

    @cached_property
    def _measures(self) -> dict[str, Measure]:
        return {name: one for pack in self.packs for name, one in self.catalogue.measures_for(pack).items()}

    def snapshot(self, unit: str | int) -> Snapshot:
        """The facts of the row of one unit.

        Raises:
            EvaluationError: no row, or several; or a cell that cannot be read, with its column.
        """
        cells = self._cells(unit)
        raws = {name: cells[source.column] for name, source in self.sources.items()}
        return self._snapshot(str(unit), raws)

    def _cells(self, unit: str | int) -> dict[str, Any]:
        if "id" not in self.sources:
            raise EvaluationError(Problem("error.frame_no_id"))
        column = self.sources["id"].column
        at_hand = rows_where(self.frame, column, unit)
        if len(at_hand) != 1:
            known = nw.from_native(self.frame, eager_only=True, pass_through=True)
            others = known[column].to_list() if isinstance(known, nw.DataFrame) else []
            near = nearest(str(unit), [str(other) for other in others]) if not len(at_hand) else ""
            raise EvaluationError(Problem("error.frame_rows", count=len(at_hand), unit=unit, near=near))
        return {name: next(raw_cells(at_hand[name])) for name in at_hand.columns}

    def _snapshot(self, unit: str, raws: Mapping[str, Any]) -> Snapshot:
        measures: dict[str, Any] = {}
        for name, source in self.sources.items():
            if source.role == "measure":
                read = partial(
                    observed, source, measure=self._measures[name], numbers=self.numbers, habit=self.habits.get(name)
                )
                amount = self._told(name, unit, read, raws[name])
                if amount is not None:
                    measures[name] = (Observation(amount),)
        findings: dict[str, dict[str, Any]] = {}
        for pack in self._together:
            for code, _ in finding_codes(pack):
                column = finding_column(pack, code, self.home)
                said = self._told(column, unit, found, raws[column]) if column in raws else None
                if said is not None:
                    findings.setdefault(pack.id, {})[code] = (Finding(said),)
        return Snapshot(
            unit=self._unit(unit, raws),
            as_of=self._told("as_of", unit, moment_of, raws["as_of"]) if "as_of" in raws else self.base.on,
            measures=measures,
            findings=findings,
            recognitions=tuple(self._recognitions(unit, raws)),
            children=self._children(unit, raws),
        )

    def _told(self, name: str, unit: str, read: Callable[[Any], Any], raw: Any) -> Any:
        """What a cell says, or what is wrong with it."""
        try:
            return read(raw)
        except NtmError as error:
            place = Place(path=f"{unit}.{self.sources[name].column}")
            raise EvaluationError(*(problem.at(place) for problem in error.problems)) from None

    def _unit(self, unit: str, raws: Mapping[str, Any]) -> Unit:
        own = {name for name in raws if self.sources[name].role == "attribute"}
        placed = {
            name: self._told(name, unit, partial(standing_place, name), raws[name])
            for name in raws
            if name in own or name in ("region", "group", "level")
        }
        attributes = {**dict(self.base.attributes), **{n: placed[n] for n in own if placed[n] is not None}}
        told = {name: str(raws[name]) for name in ("name", "parent", "province") if not empty(raws.get(name))}
        return Unit(
            id=unit,
            level=placed.get("level", self.base.level),
            region=placed.get("region", self.base.region),
            group=placed.get("group", self.base.group),
            attributes=attributes,
            **told,
        )

    def _recognitions(self, unit: str, raws: Mapping[str, Any]) -> Iterator[Recognition]:
        for title in dict.fromkeys(pack.title_id for pack in self._together):
            names = recognition_columns(title)
            on, until, revoked = (self._told(n, unit, _day, raws[n]) if n in raws else None for n in names)
            if on is not None:
                yield Recognition(pack=title, on=on, until=until, revoked=revoked)

    def _children(self, unit: str, raws: Mapping[str, Any]) -> dict[Level, ChildCounts]:
        wanted: dict[Level, dict[str, None]] = {}
        for pack in self._together:
            for _, _, condition in pack.conditions():
                if (children := children_asked(condition)) is not None:
                    title = title_of(children.meeting, self.catalogue)
                    for level in children.level:
                        wanted.setdefault(level, {})[title] = None
        counts: dict[Level, ChildCounts] = {}
        for level, titles in wanted.items():
            numbers: dict[str, int | None] = {
                name: self._told(name, unit, count, raws[name])
                for title in titles
                for name in children_columns(level, title)
                if name in raws
            }
            total = numbers.get(children_columns(level, "")[0])
            for title in titles:
                met_column = children_columns(level, title)[1]
                if problem := too_many(raws, met_column):
                    raise EvaluationError(problem.at(Place(path=f"{unit}.{met_column}")))
            if total is not None:
                met = {t: n for t in titles if (n := numbers.get(children_columns(level, t)[1])) is not None}
                unknown = {t: n for t in titles if (n := numbers.get(children_columns(level, t)[2])) is not None}
                counts[level] = ChildCounts(total=total, meeting=met, unknown=unknown)
        asked = tuple(dict.fromkeys(title for titles in wanted.values() for title in titles))
        return {**counts, **self.listed.of(unit, asked)}


def _day(raw: Any) -> date | None:
    return None if empty(raw) else moment_of(raw)
