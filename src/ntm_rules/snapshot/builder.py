"""Facts gathered from many cells and files, with every fault on the way, until they are snapshots."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, TypeVar

from ..errors import NtmError, Place, Problem, SnapshotError
from ..messages import Lang
from ..tabular.sheet import Content, read_text
from ..territory import CODE_DIGITS, KINDS, Level, read_member
from .child_counts import ChildCounts
from .model import Snapshot
from .observation import Finding, Observation
from .recognition import Recognition
from .unit import Unit, code, disagreement
from .vocabulary import Vocabulary

T = TypeVar("T")
Fields = dict[str, tuple[Any, Place]]
"""What is said of a unit, by field (``attributes.<name>`` for an attribute), and where."""


class Entry:
    """The facts one file gives about one unit and day."""

    def __init__(self, unit: str, as_of: date, place: Place) -> None:
        self.unit, self.as_of, self.place = unit, as_of, place
        self.numbered = False
        self.fields: Fields = {}
        self.measures: dict[str, list[Observation]] = {}
        self.findings: dict[str, dict[str, list[Finding]]] = {}
        self.recognitions: list[Recognition] = []
        self.children: dict[Level, dict[str, Any]] = {}
        self.counted: dict[tuple[Level, str], Place] = {}
        """Where the counts of a level stand, those under each pack and the last of all (``""``)."""

    def observe(self, measure: str, observation: Observation) -> None:
        _once(self.measures.setdefault(measure, []), observation)

    def find(self, pack: str, code: str, finding: Finding) -> None:
        _once(self.findings.setdefault(pack, {}).setdefault(code, []), finding)

    def recognise(self, recognition: Recognition) -> None:
        _once(self.recognitions, recognition)

    def snapshot(self, unit: Unit) -> Snapshot:
        return Snapshot(
            unit=unit,
            as_of=self.as_of,
            measures=self.measures,
            findings=self.findings,
            recognitions=tuple(self.recognitions),
            children={level: self._counts(level, counts) for level, counts in self.children.items()},
        )

    def _counts(self, level: Level, counts: dict[str, Any]) -> ChildCounts:
        if "total" not in counts:
            raise SnapshotError(Problem("error.children_total", self.counted.get((level, ""))))
        for pack in {**counts.get("meeting", {}), **counts.get("unknown", {})}:
            counted = counts.get("meeting", {}).get(pack, 0) + counts.get("unknown", {}).get(pack, 0)
            if counted > counts["total"]:
                where = self.counted.get((level, pack))
                problem = Problem("error.children_count", where, pack=pack, count=counted, total=counts["total"])
                raise SnapshotError(problem)
        return ChildCounts(**counts)


class SnapshotBuilder:
    """Collects facts and faults over all files of one reading."""

    def __init__(self, known: Vocabulary, as_of: date | None, numbers: Lang | None = None) -> None:
        self.known, self.as_of, self.numbers = known, as_of, numbers
        self.problems: list[Problem] = []
        self.dropped = 0
        self.doubted: set[str] = set()
        self._register: dict[str, Fields] = {}
        self._broken_units: set[str] = set()
        self._order: dict[tuple[str, str, date], Entry | Snapshot] = {}
        self._first: dict[tuple[str, date, str], tuple[object, str, Place]] = {}

    def fail(self, problem: Problem) -> None:
        """Note a fault; reading goes on, and all of them come at the end."""
        if len(self.problems) < SnapshotError.most:
            self.problems.append(problem)
        else:
            self.dropped += 1

    def attempt(self, place: Place, read: Callable[..., T], *given: Any, column: str = "", shown: str = "") -> T | None:
        """What ``read(*given)`` gives, or ``None`` with its fault noted at the place, unless it names a cell itself."""
        try:
            return read(*given)
        except NtmError as error:
            for problem in error.problems:
                of_cell = Problem("error.cell", place, column=_cut(column, 60), content=_cut(shown, 80), reason=problem)
                self.fail(of_cell if column else problem if problem.place.file else problem.at(place))
            return None

    def register_units(self, units: Iterable[Unit]) -> None:
        """Take the units of a register: what they are on every day."""
        for unit in units:
            for field in unit.model_fields_set - {"id", "attributes"}:
                if (said := getattr(unit, field)) is not None:
                    self.register(unit.id, field, said, Place())
            for name, value in unit.attributes.items():
                self.register(unit.id, f"attributes.{name}", value, Place())

    def register(self, unit: str, field: str, value: object, place: Place) -> None:
        """Say something of a unit that holds on every day."""
        self._say(self._register.setdefault(unit, {}), unit, field, value, place)

    def describe(self, entry: Entry, field: str, value: object, place: Place) -> None:
        """Say something of a unit on the day of an entry."""
        self._say(entry.fields, entry.unit, field, value, place)

    def broken(self, unit: str) -> None:
        """Remember that a fault about this unit is noted, so that its consequences are not."""
        self._broken_units.add(unit)

    def registered(self, unit: str) -> dict[str, Any]:
        """The fields of a unit known from a register."""
        return _nested({field: value for field, (value, _) in self._register.get(unit, {}).items()})

    def _say(self, fields: Fields, unit: str, field: str, value: object, place: Place) -> None:
        before, _ = fields.setdefault(field, (value, place))
        if before != value:
            self.broken(unit)
            self.fail(disagreement(unit, field, before, value).at(place))

    def entry(self, file: str, unit: str, as_of: date, place: Place) -> Entry:
        """The entry of a file for a unit and day, begun where it is first met."""
        key = (file, unit, as_of)
        entry = self._order.setdefault(key, Entry(unit, as_of, place))
        assert isinstance(entry, Entry)
        return entry

    def first(
        self, unit: str, day: date, what: str, said: object, code: str, place: Place
    ) -> tuple[object, str, Place]:
        """What was said first of a measure or finding of a unit on a day, under which code and where; this, where
        nothing was."""
        return self._first.setdefault((unit, day, what), (said, code, place))

    def add(self, file: str, snapshot: Snapshot, place: Place) -> None:
        """Take a finished snapshot, merged with what the file already gave for the unit and day."""
        key = (file, snapshot.unit.id, snapshot.as_of)
        before = self._order.get(key)
        if isinstance(before, Snapshot):
            snapshot = self.attempt(place, before.merged, snapshot) or before
        self._order[key] = snapshot

    def finish(self) -> tuple[Snapshot, ...]:
        """The snapshots, in the order their units were first met.

        Raises:
            SnapshotError: with every fault noted, and those that only show when all is known.
        """
        said = self._said()
        self._compare_codes()
        merged: dict[tuple[str, date], Snapshot] = {}
        for (file, unit, as_of), item in self._order.items():
            place = item.place if isinstance(item, Entry) else Place(file=file)
            snapshot = item if isinstance(item, Snapshot) else self._built(item, said.get(unit, {}))
            if snapshot is None:
                continue
            before = merged.get((unit, as_of))
            if before is not None:
                snapshot = self.attempt(place, before.merged, snapshot) or before
            merged[unit, as_of] = snapshot
        if self.dropped:
            self.problems.append(Problem("error.and_more", count=self.dropped))
        if self.problems:
            raise SnapshotError(*self.problems)
        return tuple(merged.values())

    def unknown_unit(self, unit: str) -> Problem:
        """What is wrong with a unit that nobody describes: zeros lost before its code, or its level not said."""
        for known in self._register:
            if unit.isdecimal() and known != unit and known.lstrip("0") == unit.lstrip("0"):
                return Problem("error.zeros_lost", unit=unit, code=known)
        return Problem("error.unit_level", unit=unit)

    def _compare_codes(self) -> None:
        """Codes that differ only by zeros in front: the register's is right, of two others nobody knows which."""
        described = {unit for unit, fields in self._register.items() if "level" in fields}
        longest = {unit.lstrip("0"): unit for unit in described if unit.isdecimal()}
        for _, unit, _ in self._order:
            if unit.isdecimal() and unit not in described:
                known = longest.setdefault(unit.lstrip("0"), unit)
                if len(unit) > len(known) and known not in described:
                    longest[unit.lstrip("0")] = unit
        told: set[str] = set()
        for (file, unit, _), item in self._order.items():
            right = longest.get(unit.lstrip("0"), unit) if unit.isdecimal() and unit not in described else unit
            if right != unit and unit not in told:
                told.add(unit)
                self.broken(unit)
                place = item.place if isinstance(item, Entry) else Place(file=file)
                key = "error.zeros_lost" if right in described else "error.two_spellings"
                self.fail(Problem(key, place, unit=unit, code=right))

    def _said(self) -> dict[str, dict[str, set[Any]]]:
        """All values said of each unit on whatever day, for the rows that leave them out."""
        said: dict[str, dict[str, set[Any]]] = {}
        for item in self._order.values():
            if isinstance(item, Entry):
                for field, (value, _) in item.fields.items():
                    said.setdefault(item.unit, {}).setdefault(field, set()).add(value)
            else:
                for field in item.unit.model_fields_set - {"id", "attributes"}:
                    said.setdefault(item.unit.id, {}).setdefault(field, set()).add(getattr(item.unit, field))
        return said

    def _built(self, entry: Entry, said: dict[str, set[Any]]) -> Snapshot | None:
        fields = {field: value for field, (value, _) in self._register.get(entry.unit, {}).items()}
        for field, (value, place) in entry.fields.items():
            if (known := fields.setdefault(field, value)) != value:
                self.fail(disagreement(entry.unit, field, known, value).at(place))
        for field, values in said.items():
            if field not in fields and len(values) == 1:
                fields[field] = next(iter(values))
        if entry.numbered and "level" in fields:
            digits = CODE_DIGITS[fields["level"]]
            if self.attempt(entry.place, code, int(entry.unit), digits) is None:
                return None
        if "level" not in fields:
            if entry.unit not in self._broken_units:
                self.fail(Problem("error.unit_level", entry.place, unit=entry.unit))
            return None
        unit = Unit(id=entry.unit, **_nested(fields))
        return self.attempt(entry.place, entry.snapshot, unit)


def _nested(fields: dict[str, Any]) -> dict[str, Any]:
    plain = {field: value for field, value in fields.items() if "." not in field}
    attributes = {field.partition(".")[2]: value for field, value in fields.items() if "." in field}
    return {**plain, "attributes": attributes} if attributes else plain


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else f"{text[:length].rstrip()}…"


def _once(items: list[T], item: T) -> None:
    if item not in items:
        items.append(item)


def read_unit_field(field: str, content: Content) -> object:
    """A fact about a unit as its field holds it."""
    kind = KINDS.get(field)
    return read_text(content) if kind is None else read_member(kind, read_text(content))
