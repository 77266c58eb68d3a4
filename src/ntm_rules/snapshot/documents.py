"""Snapshots in YAML and JSON: one, a list, or ``snapshots`` with the units and defaults they share."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from ..day import Day
from ..errors import NtmError, PackError, Place, Problem, SnapshotError, nearest
from ..frozen import Frozen
from ..messages import Lang
from ..pack.loader import MAX_DEPTH, Document, KeyPath, parse_yaml, read_yaml
from ..syntax import json_problem
from ..tabular.delimited import decode, read_bytes
from ..territory import Group, Level, Region
from .builder import SnapshotBuilder
from .cells import warn_of_fraction
from .model import Snapshot
from .observation import Clean, Finding, Observation
from .unit import Facts, Unit
from .value import habit_of, may_be_percent, settled, stated, texts_of

_LONGEST_INTEGER = 60
M = TypeVar("M", bound=Frozen)
T = TypeVar("T")


class Defaults(Facts):
    """What the snapshots and units of a file have where they say nothing else."""

    as_of: Day | None = None
    province: Clean | None = None
    region: Region | None = None
    group: Group | None = None
    level: Level | None = None
    numbers: Lang | None = None


_UNIT_DEFAULTS = ("province", "region", "group", "level")
_TOP = ("snapshots", "units", "defaults")
Part = tuple[KeyPath, dict[str, Any]]


class DocumentSource:
    """A document, with the lines of a JSON file found only when a fault has to name one."""

    def __init__(self, document: Document, text: str = "") -> None:
        self._document, self._text = document, text

    @property
    def file(self) -> str:
        return self._document.file

    @property
    def data(self) -> Any:
        return self._document.data

    def located(self) -> Document:
        """The document with its lines: JSON is YAML but for a few escapes, and then it has none."""
        if self._text:
            text, self._text = self._text, ""
            with suppress(PackError):
                self._document = self._document._replace(lines=parse_yaml(text, self.file).lines)
        return self._document


class DocumentReader:
    """Reads documents in two steps, because a snapshot may name a unit that another file describes."""

    def __init__(self, ledger: SnapshotBuilder) -> None:
        self.ledger = ledger
        self._waiting: list[tuple[DocumentSource, Part, dict[str, Any]]] = []

    def take(self, path: Path) -> None:
        """Read a file's units now and keep its snapshots for ``finish``.

        Raises:
            SnapshotError: the file cannot be parsed, or holds no snapshots.
        """
        source = read_document(path)
        snapshots, units, defaults = self._split(source)
        for prefix, data in units:
            unit = self._validated(Unit, source, prefix, {**_of_unit(defaults), **data})
            if unit is not None:
                place = Place(file=source.file, path=unit.id)
                for field in unit.model_fields_set - {"id", "attributes"}:
                    self.ledger.register(unit.id, field, getattr(unit, field), place)
                for name, value in unit.attributes.items():
                    said = self._try(source, (*prefix, "attributes", name), self.ledger.known.fact, name, value)
                    if said is not None:
                        self.ledger.register(unit.id, f"attributes.{name}", said, place)
        self._waiting += [(source, part, defaults) for part in snapshots]

    def finish(self) -> None:
        """Add the snapshots of every document taken, now that all units are known."""
        known, numbers = self.ledger.known, self.ledger.numbers
        habits: dict[int, list[str]] = {}
        for source, (_, data), _ in self._waiting:
            habits.setdefault(id(source), []).extend(texts_of(data.get("measures")))
        for source, (prefix, data), defaults in self._waiting:
            whole = self._completed(source, prefix, data, defaults)
            if whole is not None and "measures" in whole:
                declared = whole.pop("numbers", None) or defaults.get("numbers") or numbers
                habit = habit_of(habits[id(source)])
                whole["measures"] = settled(whole["measures"], known.find_measure, declared, habit)
            snapshot = self._validated(Snapshot, source, prefix, whole) if whole is not None else None
            if snapshot is not None:
                self._check(snapshot, source, prefix)

    def _split(self, source: DocumentSource) -> tuple[list[Part], list[Part], dict[str, Any]]:
        """Snapshots, units and defaults of a document."""
        data = source.data
        if isinstance(data, list):
            return self._parts(source, (), data), [], {}
        if not isinstance(data, dict):
            raise SnapshotError(Problem("error.no_snapshots", Place(file=source.file)))
        if not data.keys() & set(_TOP):
            return [((), data)], [], {}
        for key in data.keys() - set(_TOP):
            place = source.located().place((key,))
            self.ledger.fail(Problem("error.unknown_key", place, key=key, near=nearest(key, _TOP)))
        given = self._validated(Defaults, source, ("defaults",), data.get("defaults") or {})
        defaults = given.model_dump(exclude_none=True) if given is not None else {}
        snapshots = self._parts(source, ("snapshots",), data.get("snapshots") or [])
        return snapshots, self._parts(source, ("units",), data.get("units") or []), defaults

    def _parts(self, source: DocumentSource, prefix: KeyPath, items: Any) -> list[Part]:
        if not isinstance(items, list):
            items = [items]
        parts: list[Part] = []
        for index, item in enumerate(items):
            if isinstance(item, dict):
                parts.append(((*prefix, index), item))
            else:
                self.ledger.fail(Problem("error.not_a_mapping", source.located().place((*prefix, index))))
        return parts

    def _validated(self, model: type[M], source: DocumentSource, prefix: KeyPath, data: dict[str, Any]) -> M | None:
        try:
            return model.model_validate(data)
        except NtmError as error:
            for problem in error.problems:
                self.ledger.fail(problem.at(source.located().place((*prefix, *problem.place.keys))))
            return None

    def _try(self, source: DocumentSource, path: KeyPath, read: Callable[..., T], *given: Any) -> T | None:
        try:
            return read(*given)
        except NtmError as error:
            for problem in error.problems:
                self.ledger.fail(problem.at(source.located().place(path)))
            return None

    def _completed(
        self, source: DocumentSource, prefix: KeyPath, data: dict[str, Any], defaults: dict[str, Any]
    ) -> dict[str, Any] | None:
        whole = dict(data)
        if whole.get("as_of") is None and (day := defaults.get("as_of") or self.ledger.as_of):
            whole["as_of"] = day
        unit = whole.get("unit")
        if isinstance(unit, (str, int)) and not isinstance(unit, bool):
            unit = {"id": " ".join(unit.split()) if isinstance(unit, str) else unit}
        if not isinstance(unit, dict):
            return whole
        known = self.ledger.registered(str(unit.get("id", "")))
        if known and isinstance(unit["id"], int):
            # A code that a register knows as it stands has lost nothing.
            unit = {**unit, "id": str(unit["id"])}
        attributes = known.pop("attributes", {})
        whole["unit"] = {**_of_unit(defaults), **known, **unit}
        if attributes and isinstance(own := unit.get("attributes", {}), dict):
            whole["unit"]["attributes"] = {**attributes, **own}
        if "level" not in whole["unit"] and unit.keys() == {"id"}:
            place = source.located().place((*prefix, "unit"))
            self.ledger.fail(self.ledger.unknown_unit(str(unit["id"])).at(place))
            return None
        return whole

    def _check(self, snapshot: Snapshot, source: DocumentSource, prefix: KeyPath) -> None:
        """Check every name and value against what is known; bare numbers take their measure's unit."""
        known = self.ledger.known
        attributes: dict[str, bool | str] = {}
        for name, value in snapshot.unit.attributes.items():
            path: KeyPath = (*prefix, "unit", "attributes", name)
            if self._try(source, path, known.attribute, name) is not None:
                said = self._try(source, path, known.fact, name, value)
                attributes[name] = value if said is None else said
        measures: dict[str, tuple[Observation, ...]] = {}
        for name, observations in snapshot.measures.items():
            path = (*prefix, "measures", name)
            measure = self._try(source, path, known.measure, name)
            if measure is None:
                continue
            for one in observations:
                amount = self._try(source, path, stated, one.value, measure)
                if amount is not None:
                    if may_be_percent(one.value, measure):
                        place = source.located().place(path)
                        warn_of_fraction(self.ledger, place, measure, one.value, one.value.plain())
                    held = msgspec.structs.replace(one, value=amount)
                    measures[measure.id] = (*measures.get(measure.id, ()), held)
        named: dict[str, dict[str, tuple[Finding, ...]]] = {}
        for pack, findings in snapshot.findings.items():
            path = (*prefix, "findings", pack)
            if self._try(source, path, known.pack_reference, pack) is not None:
                for code in findings:
                    plain = self._try(source, (*path, code), known.code, pack, code)
                    if plain is not None:
                        own = named.setdefault(pack, {})
                        own[plain] = (*own.get(plain, ()), *findings[code])
        place = Place(file=source.file, path=snapshot.unit.id)
        unit = snapshot.unit.model_copy(update={"attributes": attributes})
        self.ledger.add(
            source.file, snapshot.model_copy(update={"unit": unit, "measures": measures, "findings": named}), place
        )


def _of_unit(defaults: dict[str, Any]) -> dict[str, Any]:
    return {field: defaults[field] for field in _UNIT_DEFAULTS if field in defaults}


def read_document(path: Path) -> DocumentSource:
    """A YAML or JSON file as plain data.

    Raises:
        SnapshotError: too large, not UTF-8, malformed, with a key twice, or nested too deep.
    """
    if path.suffix.casefold() != ".json":
        try:
            return DocumentSource(read_yaml(path))
        except PackError as error:
            raise SnapshotError(*error.problems) from None
    return _parse_json(decode(read_bytes(path), path.name), path.name)


def _parse_json(text: str, file: str) -> DocumentSource:
    if not text.strip():
        raise SnapshotError(Problem("error.empty_file", Place(file=file)))
    try:
        data = json.loads(
            text,
            object_pairs_hook=_unique,
            parse_float=Decimal,
            parse_int=lambda digits: int(digits) if len(digits) <= _LONGEST_INTEGER else digits,
            parse_constant=_refused,
        )
    except json.JSONDecodeError as error:
        place = Place(file=file, line=error.lineno)
        raise SnapshotError(Problem("error.json", place, reason=json_problem(error))) from None
    except SnapshotError as error:
        raise SnapshotError(*(problem.at(Place(file=file)) for problem in error.problems)) from None
    except RecursionError:
        raise SnapshotError(Problem("error.too_deep", Place(file=file), limit=MAX_DEPTH)) from None
    return DocumentSource(Document(file, data, {}), text)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise SnapshotError(Problem("error.duplicate_json_key", key=twice))
    return found


def _refused(word: str) -> None:
    raise SnapshotError(Problem("error.not_finite", text=word))
