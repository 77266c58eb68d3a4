"""Provinces and the regions they lie in, from the bundles' ``territory/provinces.yaml``."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from ..errors import EvaluationError, Place, Problem
from ..frozen import Frozen
from ..naming import bare, read_name
from ..normalization import fold
from ..pack.catalogue import Catalogue
from ..pack.legal import Verification
from ..pack.model import Pack
from ..snapshot.unit import Unit
from ..territory import Region
from .register import REFORM, register

FILE = "territory/provinces.yaml"


class Province(Frozen):
    """A province; since July 2025 also those ``of`` which it was made."""

    id: str
    code: str
    name: str
    region: Region | None = None
    of: tuple[str, ...] = ()

    @property
    def keys(self) -> frozenset[str]:
        """What it may be called by: its id, its code, its name without marks."""
        return frozenset((self.id, self.code, _key(self.name)))


class _Source(Frozen):
    text: str
    verification: Verification


class _File(Frozen):
    source: _Source
    until_2025_06_30: tuple[Province, ...]
    since_2025_07_01: tuple[Province, ...]


class Provinces:
    """Finds provinces by id, code or name, and the region where the province settles it.

    >>> from ntm_rules.pack.catalogue import installed
    >>> provinces = provinces_of(installed())
    >>> provinces.region("42", date(2023, 8, 17)).value, provinces.region("gialai", date(2025, 7, 1))
    ('btb', None)
    """

    def __init__(self, before: Iterable[Province] = (), since: Iterable[Province] = ()) -> None:
        self._before = {key: province for province in before for key in province.keys}
        self._since = {key: province for province in since for key in province.keys}

    def listed(self, day: date) -> tuple[Province, ...]:
        """Every province of a day, by name."""
        table = self._since if day >= REFORM else self._before
        return tuple(sorted({one.id: one for one in table.values()}.values(), key=lambda one: _key(one.name)))

    def find(self, name: str, day: date) -> Province | None:
        """The province of a name on a day; ``None`` where the table has none."""
        return self._find(name, day >= REFORM)

    @lru_cache(maxsize=4096)  # noqa: B019 - there are a handful of catalogues, each kept for the whole process
    def _find(self, name: str, since: bool) -> Province | None:
        table = self._since if since else self._before
        return table.get(name) or table.get(_key(name))

    def called(self, name: str, day: date) -> str:
        """A province in full, of its id, code or name, as the register of the day calls it; empty where it is in none.

        >>> from ntm_rules.pack.catalogue import installed
        >>> provinces_of(installed()).called("nghean", date(2023, 12, 31))
        'Tỉnh Nghệ An'
        """
        found = self.find(name, day)
        listed = register(day).get(found.code) if found is not None else None
        return listed.full if listed is not None else ""

    def region(self, name: str, day: date) -> Region | None:
        """The region of a province; ``None`` where it is not known, or was made of provinces of several regions."""
        province = self.find(name, day)
        if province is None or province.region is not None:
            return province.region if province is not None else None
        regions = {self._before[one].region for one in province.of}
        return regions.pop() if len(regions) == 1 else None

    def spelled(self, day: date) -> tuple[tuple[Region, tuple[str, ...]], ...]:
        """Provinces by the region that each settles, in all that one is usually called, in small letters."""
        found: dict[Region, list[str]] = {}
        for province in self.listed(day):
            region = self.region(province.id, day)
            if region is not None:
                found.setdefault(region, []).extend(_usual(province))
        return tuple((region, tuple(words)) for region, words in found.items())

    def same(self, one: str, other: str, day: date) -> bool:
        """Whether two names are of one province."""
        found = self.find(one, day)
        return one == other or (found is not None and found == self.find(other, day))


def _usual(province: Province) -> set[str]:
    name = fold(province.name)
    codes = {province.id, province.code, province.code.lstrip("0")}
    kinds = ("", "tỉnh ", "thành phố ", "tp. ", "tp.", "tp ")
    return codes | {f"{kind}{one}" for kind in kinds for one in (name, bare(name))}


def _key(name: str) -> str:
    return bare(read_name(name).own).replace(" ", "").replace("-", "")


@lru_cache(maxsize=8)
def provinces_of(catalogue: Catalogue) -> Provinces:
    """The provinces that the bundles of a catalogue list.

    Raises:
        PackError: a file that is refused.
    """
    # The YAML library is loaded with the first file that is read, here as in the catalogue.
    from ..pack.loader import read_yaml, validate

    paths = (bundle.root / FILE for bundle in catalogue.bundles)
    files = [validate(_File, read_yaml(path)) for path in paths if path.is_file()]
    before = [one for file in files for one in file.until_2025_06_30]
    return Provinces(before, [one for file in files for one in file.since_2025_07_01])


def regions_of(pack: Pack, day: date, catalogue: Catalogue) -> tuple[Region, ...]:
    """The regions a pack is for: those it names, or that of the province whose set it is; none said means all."""
    if pack.regions:
        return pack.regions
    region = provinces_of(catalogue).region(home(pack), day)
    return () if region is None else (region,)


def home(pack: Pack) -> str:
    """The namespace a pack belongs to: its own, or that of the set it restates."""
    return (pack.restates[-1] if pack.restates else pack.id).partition("/")[0]


def called(packs: Iterable[Pack], day: date, catalogue: Catalogue) -> tuple[str, ...]:
    """What the province is usually called, in small letters, whose own sets some packs are; nothing where none is."""
    provinces = provinces_of(catalogue)
    owners = [provinces.find(home(pack), day) for pack in packs]
    names = [_usual(one) for one in owners if one is not None]
    return tuple(sorted(set.intersection(*names))) if names else ()


def in_region(unit: Unit, day: date, catalogue: Catalogue) -> Unit:
    """The unit with the region of its province, where it was told without one and the province settles it.

    Raises:
        EvaluationError: the province lies in another region than the unit was told to.
    """
    if unit.province is None:
        return unit
    region = provinces_of(catalogue).region(unit.province, day)
    if region is None or region is unit.region:
        return unit
    if unit.region is not None:
        told = {"region": unit.region, "province": unit.province, "settled": region}
        raise EvaluationError(Problem("error.region_of_province", Place(path=unit.id), **told))
    return unit.model_copy(update={"region": region})
