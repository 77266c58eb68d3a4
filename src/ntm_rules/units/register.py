"""Registers of the country's units, read from the data in the package when first asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import cached_property, lru_cache
from itertools import chain
from typing import NamedTuple

from ..day import read_day
from ..errors import Hint, Problem, SnapshotError, nearest
from ..messages import Lang, say
from ..naming import Name, bare, read_name, spelling
from ..snapshot.unit import Unit
from ..territory import Level, Region

REFORM = date(2025, 7, 1)
"""The day from which there are two levels of government: no districts, and communes merged."""

# Units merged on that day or before are in the register of 2023 only, which is one province's.
_MERGED = date(2025, 1, 1)
_OF_2023 = "42"

ON_RECORD = (_MERGED - timedelta(1), REFORM - timedelta(1), REFORM)
"""A day of each register, oldest first: the last on which the older two hold."""

_PROPOSED = 3
_COMMUNES = ("commune", "ward", "town", "special_zone")


class Listed(NamedTuple):
    """A unit of a register. Codes are those of the General Statistics Office, with their zeros."""

    code: str
    name: str
    kind: str
    parent_code: str = ""
    parent: str = ""
    province_code: str = ""
    province: str = ""

    @property
    def level(self) -> Level:
        return Level(self.kind)

    @property
    def full(self) -> str:
        """The name with the units it lies in, as an address has it.

        >>> register("2024-01-01")["18763"].full
        'Xã Kỳ Phú, Huyện Kỳ Anh, Tỉnh Hà Tĩnh'
        """
        around = (self.parent, self.province if self.province != self.parent else "")
        return ", ".join(part for part in (self.name, *around) if part)

    def unit(self, *, region: Region | str | None = None, province: str = "") -> Unit:
        """The unit as a snapshot has it; ``province`` takes the place of the province's code."""
        top = province or self.province_code or None
        parent = top if self.parent_code == self.province_code else self.parent_code
        return Unit(id=self.code, name=self.name, level=self.level, parent=parent or None, province=top, region=region)


class Fate(NamedTuple):
    """Which unit an old one went into on 1 July 2025, or a part of it: ``whole``, ``main part``, ``part``."""

    old: Listed
    new: Listed
    how: str

    def text(self, lang: Lang = "vi") -> str:
        return say(f"units.{self.how.replace(' ', '_')}", lang, old=self.old.full, new=self.new.full)


class Register:
    """Units by code and by name.

    >>> ha_tinh = register("2023-08-17", province="42")
    >>> [unit.full for unit in ha_tinh.find("X. Kỳ phú")]
    ['Xã Kỳ Phú, Huyện Kỳ Anh, Tỉnh Hà Tĩnh']
    >>> len(ha_tinh.find("Kỳ Anh"))
    2
    """

    def __init__(self, units: Iterable[Listed]) -> None:
        self._units: dict[str, Listed] = {}
        self._codes: dict[tuple[str, str], Listed] = {}
        for unit in units:
            self._units.setdefault(f"{unit.kind}:{unit.code}", unit)
            self._codes.setdefault((_rank(unit.kind), unit.code), unit)

    @cached_property
    def _names(self) -> dict[str, list[Listed]]:
        """Units by their names without accents."""
        names: dict[str, list[Listed]] = {}
        for unit in self._units.values():
            own = read_name(unit.name).own
            names.setdefault(bare(own), []).append(unit)
        return names

    def __iter__(self) -> Iterator[Listed]:
        return iter(self._units.values())

    def __len__(self) -> int:
        return len(self._units)

    def __contains__(self, code: object) -> bool:
        return isinstance(code, str) and self.get(code) is not None

    def get(self, code: str) -> Listed | None:
        """The unit with that code: five digits of a commune, three of a district, two of a province."""
        ranks = ("commune", "district", "province")
        return next((found for rank in ranks if (found := self._codes.get((rank, code)))), None)

    def __getitem__(self, code: str) -> Listed:
        found = self.get(code)
        if found is None:
            raise SnapshotError(Problem("error.no_such_unit", name=code, near=self._near_code(code)))
        return found

    def within(self, code: str) -> Register:
        """The units that lie in a province or district, and that one itself."""
        return Register(u for u in self if code in (u.parent_code, u.province_code) or code == u.code)

    def find(self, name: str, *, levels: Iterable[Level | str] = (), within: str = "") -> tuple[Listed, ...]:
        """Every unit that a name may mean, best spelling first: several where two are called the same.

        The name may begin with its kind ("Xã", "X.", "TT") and end with where it lies ("Kỳ Phú, huyện Kỳ Anh");
        ``levels`` and ``within`` (the code or name of a province or district) narrow the search. Accents decide
        where they are written; without them, every unit of that spelling is meant.
        """
        said = read_name(name)
        wanted = set(map(str, levels))
        fitting = [
            unit
            for unit in self._names.get(bare(said.own), ())
            if (not said.levels or said.levels == read_name(unit.name).levels)
            and (not wanted or unit.kind in wanted)
            and (not within or _lies_in(unit, within))
            and _is_in(unit, said)
        ]
        exact = [unit for unit in fitting if spelling(read_name(unit.name).own) == spelling(said.own)]
        # A name without any accent says nothing of them; one with some says which are meant.
        return tuple(exact if exact or spelling(said.own) != bare(said.own) else fitting)

    def one(self, name: str, *, levels: Iterable[Level | str] = (), within: str = "") -> Listed:
        """The one unit a name means.

        Raises:
            SnapshotError: none, with the nearest names; or several, all named.
        """
        listed = tuple(levels)
        found = self.find(name, levels=listed, within=within)
        if not found:
            raise SnapshotError(Problem("error.no_such_unit", name=name, near=self._near(name, listed, within)))
        if len(found) > 1:
            names = "; ".join(f"{unit.full} ({unit.code})" for unit in found[:8])
            raise SnapshotError(Problem("error.several_units", name=name, names=names, count=len(found)))
        return found[0]

    def _near(self, name: str, levels: Iterable[Level | str], within: str) -> Hint:
        """The likeliest units, each with where it lies: what is proposed is found as it stands."""
        wanted = set(map(str, levels))
        said = read_name(name)
        known: dict[str, list[Listed]] = {}
        for unit in self:
            if (not wanted or unit.kind in wanted) and (not within or _lies_in(unit, within)):
                known.setdefault(bare(read_name(unit.name).own), []).append(unit)
        # Of that very name elsewhere, or of another kind; else of a name like it, first where it was said to lie.
        own = bare(said.own)
        likely = known.get(own) or [
            unit
            for key in nearest(own, known).close
            for unit in sorted(known[key], key=lambda one: not _is_in(one, said))
        ]
        return Hint("hint.unit", tuple(dict.fromkeys(unit.full for unit in likely))[:_PROPOSED], ())

    def _near_code(self, code: str) -> Hint:
        padded = [code.zfill(width) for width in (2, 3, 5) if len(code) < width]
        return Hint("hint.nearest", tuple(one for one in padded if one in self), ())


def _rank(kind: str) -> str:
    return "commune" if kind in _COMMUNES else "province" if kind == "province" else "district"


def _is_in(unit: Listed, said: Name) -> bool:
    """Whether a unit lies in each of the places that a name says it lies in, as far as anything is known of that."""
    unknown = unit.kind != "province" and not (unit.parent or unit.province)
    return unknown or all(_lies_in(unit, place.strip()) for place in said.within.split(",") if place.strip())


def _lies_in(unit: Listed, place: str) -> bool:
    if place in (unit.parent_code, unit.province_code, unit.code):
        return True
    said = read_name(place)
    around = (read_name(unit.parent), read_name(unit.province))
    return any(
        bare(one.own) == bare(said.own) and (not said.levels or not one.levels or bool({*said.levels} & {*one.levels}))
        for one in around
    )


def register(on: date | str = REFORM, *, province: str = "") -> Register:
    """The units there were on a day: those of just before 1 July 2025, or those since. ``province`` is a code.

    >>> len(register("2025-07-01", province="42")), len(register("2025-06-30", province="42")) > 200
    (70, True)
    >>> [unit.full for unit in register("2024-06-30", province="42").find("Xã Thạch Trung")]
    ['Xã Thạch Trung, Thành phố Hà Tĩnh, Tỉnh Hà Tĩnh']

    Hà Tĩnh is known as it was in 2023, too, until the mergers of 1 January 2025; what other provinces merged before
    the end of 2024 is in no register.

    Raises:
        SnapshotError: no province has that code.
    """
    return _register(record(on), province)


def record(on: date | str) -> int:
    """Which of the registers holds on a day, by its place in ``ON_RECORD``.

    >>> record("2024-12-31"), record("2025-01-01"), record("2026-01-01")
    (0, 1, 2)
    """
    day = read_day(on)
    return 2 if day >= REFORM else 1 if day >= _MERGED else 0


@lru_cache(maxsize=16)
def _register(which: int, province: str) -> Register:
    if province:
        whole = _register(which, "")
        if not any(unit.code == province and unit.kind == "province" for unit in whole):
            raise SnapshotError(Problem("error.no_such_unit", name=province, near=whole._near_code(province)))
        return whole.within(province)
    return Register(_since() if which == 2 else _before(of_2023=which == 0))


def how_many(on: date | str, province: str) -> Mapping[Level, int]:
    """How many units of each level a province has on a day, by its code; empty where the registers do not say: that
    of before the reform holds from 2025 on.

    >>> how_many("2026-05-01", "42")[Level.COMMUNE], dict(how_many("2024-05-01", "42"))
    (60, {})
    """
    day = read_day(on)
    return _how_many(record(day)).get(province, {}) if day >= _MERGED else {}


@lru_cache(maxsize=2)
def _how_many(which: int) -> Mapping[str, Mapping[Level, int]]:
    found: dict[str, Counter[Level]] = {}
    for unit in _register(which, ""):
        if unit.province_code:
            found.setdefault(unit.province_code, Counter())[unit.level] += 1
    return found


def _since() -> Iterator[Listed]:
    provinces: dict[str, None] = {}
    for row in _rows("units_since_2025_07"):
        top, top_name = row["province_code"], row["province"]
        if top not in provinces:
            provinces[top] = None
            yield Listed(top, top_name, "province")
        yield Listed(row["code"], row["name"], row["level"], top, top_name, top, top_name)


def _before(of_2023: bool) -> Iterator[Listed]:
    seen: set[str] = set()
    rows = _rows("units_before_2025_07")
    if of_2023:
        kept = (row for row in rows if row["province_code"] != _OF_2023)
        rows = chain(kept, _rows("units_2023_ha_tinh"))
    for row in rows:
        top, top_name = row["province_code"], row["province"]
        if top not in seen:
            seen.add(top)
            yield Listed(top, top_name, "province")
        if row["district_code"] not in seen:
            seen.add(row["district_code"])
            yield Listed(row["district_code"], row["district"], row["district_level"], top, top_name, top, top_name)
        yield Listed(row["code"], row["name"], row["level"], row["district_code"], row["district"], top, top_name)


def above(units: Iterable[Unit], on: date | str) -> tuple[Unit, ...]:
    """The districts and provinces that units name as theirs and that are not among them, where the register of that
    day, or the units' own province, says what they are.

    >>> [unit.name for unit in above([register("2024-06-30")["18763"].unit(region="btb")], "2024-06-30")]
    ['Huyện Kỳ Anh', 'Tỉnh Hà Tĩnh']
    """
    given = tuple(units)
    seen = {unit.id for unit in given}
    found: list[Unit] = []
    listed = register(on) if any(unit.parent and unit.parent not in seen for unit in given) else Register(())
    waiting = list(given)
    while waiting:
        unit = waiting.pop(0)
        if not unit.parent or unit.parent in seen:
            continue
        seen.add(unit.parent)
        known = listed.get(unit.parent)
        if known is not None:
            top = known.unit(province="" if unit.parent == unit.province else unit.province or "")
        elif unit.parent == unit.province:
            top = Unit(id=unit.parent, level=Level.PROVINCE)
        else:
            continue
        found.append(top)
        waiting.append(top)
    return tuple(found)


def became(code: str) -> tuple[Fate, ...]:
    """What became on 1 July 2025 of the commune with an old code; empty where the source does not say.

    >>> print(*(fate.text("en") for fate in became("18763")))
    Xã Kỳ Phú, Huyện Kỳ Anh, Tỉnh Hà Tĩnh went whole into Xã Kỳ Anh, Tỉnh Hà Tĩnh
    """
    return _fates()[0].get(code, ())


def made_of(code: str) -> tuple[Fate, ...]:
    """The old communes, or parts of them, of which the new one with this code was made; empty where the source
    does not say."""
    return _fates()[1].get(code, ())


@lru_cache(maxsize=1)
def _fates() -> tuple[dict[str, tuple[Fate, ...]], dict[str, tuple[Fate, ...]]]:
    old_units, new_units = _register(1, ""), _register(2, "")
    forth: dict[str, tuple[Fate, ...]] = {}
    back: dict[str, tuple[Fate, ...]] = {}
    for row in _rows("became_2025_07"):
        old, new = old_units.get(row["old_code"]), new_units.get(row["new_code"])
        if old is not None and new is not None:
            fate = Fate(old, new, row["how"])
            forth[old.code] = (*forth.get(old.code, ()), fate)
            back[new.code] = (*back.get(new.code, ()), fate)
    return forth, back


def _rows(name: str) -> Iterator[dict[str, str]]:
    # Who asks for no register needs none of these.
    import csv
    import gzip
    import io
    from importlib.resources import files

    raw = files("ntm_rules.units").joinpath("data", f"{name}.csv.gz").read_bytes()
    yield from csv.DictReader(io.StringIO(gzip.decompress(raw).decode("utf-8")))
