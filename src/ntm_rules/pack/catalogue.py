"""Finding packs: the packs and measures of some bundles, or of all that are installed, each read once."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ..day import read_day
from ..errors import CatalogueError, PackError, Place, Problem, nearest
from ..frozen import Frozen
from ..messages import Text, in_both
from ..recent import Recent
from ..territory import Level, ended, levels_text
from .bundle import MEASURES_FOLDER, SHARED_FILE, Bundle, discover
from .checking import check, mentioned
from .measure import Measure, Measures
from .model import Pack
from .neighbours import beside
from .reference import split_reference
from .rules import Attribute
from .text import PackText, folder_text

if TYPE_CHECKING:
    from .loader import Document
    from .overlay import Overlay

# So many packs asked for by name and day are found at once.
_DAYS = 1024


class PackInfo(NamedTuple):
    """What ``packs()`` tells about an installed pack."""

    reference: str
    title: Text
    applies_to: tuple[Level, ...]
    valid_from: date | None
    valid_to: date | None
    incomplete: bool


class _Measures(Frozen):
    measures: tuple[Measure, ...]


class Catalogue:
    """The packs and measures of some bundles. Packs are loaded once and kept.

    >>> "vn/commune@2021-2025" in {info.reference for info in installed().packs()}
    True
    """

    def __init__(self, bundles: tuple[Bundle, ...]) -> None:
        clash = [b.namespace for b in bundles]
        for name in clash:
            if clash.count(name) > 1:
                raise CatalogueError(Problem("error.namespace_clash", namespace=name))
        self.bundles = bundles
        self._files = {key: path for bundle in bundles for key, path in bundle.files().items()}
        self._measures: Measures | None = None
        self._packs: dict[str, Pack] = {}
        self._attributes: dict[str, Attribute] | None = None
        self._homes: dict[str, PackText] = {}
        self._loaded = Recent[tuple[str, date | None], Pack](_DAYS)
        self._named = Recent[tuple[str, date], Pack](_DAYS)
        self._with_own = Recent[Pack, Measures](_DAYS)

    @classmethod
    def of(cls, packs: Iterable[Pack], measures: Iterable[Measure] = (), bundles: tuple[Bundle, ...] = ()) -> Catalogue:
        """Packs and measures that stand in no file, beside those of some bundles.

        >>> Catalogue.of([load_pack("vn/commune@2021-2025")], installed().measures.values()).ids()
        ('vn/commune',)

        Raises:
            PackError: a pack that a file would be refused for, or a measure that is defined twice.
        """
        from .loader import Document

        catalogue = cls(bundles)
        for measure in measures:
            if catalogue.measures.setdefault(measure.id, measure) != measure:
                raise PackError(Problem("error.measure_clash", measure=measure.id, other=MEASURES_FOLDER))
        for pack in packs:
            file = Path(f"{pack.id.partition('/')[2]}@{pack.edition}.yaml")
            catalogue._files[pack.id, pack.edition] = file
            catalogue._packs[pack.reference] = pack
            check(pack, catalogue.measures_for(pack), Document(file.name, None, {}))
        return catalogue

    def packs(self) -> tuple[PackInfo, ...]:
        """Every pack, sorted by id and edition."""
        loaded = (self.load(f"{pack_id}@{edition}") for pack_id, edition in sorted(self._files))
        return tuple(
            PackInfo(p.reference, p.title, p.applies_to, p.valid.start, p.valid.end, p.incomplete) for p in loaded
        )

    def load(self, reference: str | os.PathLike[str], on: date | str | None = None) -> Pack:
        """The pack with that id: the pinned edition, the one in force ``on`` a day, or the latest.

        Raises:
            CatalogueError: no such pack or edition.
            PackError: the file is refused.
        """
        if isinstance(reference, os.PathLike) or reference.endswith((".yaml", ".yml")):
            return self._read(Path(reference), ())
        day = read_day(on) if on is not None else None
        found = self._loaded.get((reference, day))
        return found or self._loaded.keep((reference, day), self._load(reference, day, ()))

    def ids(self) -> tuple[str, ...]:
        """The ids of every pack, without editions."""
        return tuple(dict.fromkeys(pack_id for pack_id, _ in sorted(self._files)))

    def has(self, pack_id: str) -> bool:
        """Whether some edition of the pack is here."""
        return any(known == pack_id for known, _ in self._files)

    def editions(self, reference: str) -> tuple[Pack, ...]:
        """Every edition a reference can mean: all of a pack's, or the pinned one; none where it is not here."""
        pack_id, pinned = split_reference(reference)
        meant = sorted(key for key in self._files if key[0] == pack_id and pinned in ("", key[1]))
        return tuple(self._edition(*key, ()) for key in meant)

    def attributes(self) -> dict[str, Attribute]:
        """The unit attributes any pack asks for."""
        if self._attributes is None:
            self._attributes = {}
            for pack_id, edition in sorted(self._files):
                self._attributes.update(self.load(f"{pack_id}@{edition}").attributes)
        return self._attributes

    def named(self, reference: str, day: date) -> Pack:
        """The pack of a reference: the pinned edition, the one in force that day, or else the latest.

        Raises:
            CatalogueError: no such pack or edition.
        """
        found = self._named.get((reference, day))
        if found is None:
            pack_id, edition = split_reference(reference)
            in_force = not edition and any(day in pack.valid for pack in self.editions(pack_id))
            found = self._named.keep((reference, day), self._load(reference, day if in_force else None, ()))
        return found

    def title_of(self, reference: str, day: date) -> str:
        """The title a pack awards: its own id, or that of the pack it is laid over. An unknown pack names itself."""
        pack_id, _ = split_reference(reference)
        return self.named(pack_id, day).title_id if self.has(pack_id) else pack_id

    def root_of(self, reference: str) -> str:
        """The edition of the set at the bottom of a pinned reference; one that is not installed names itself."""
        if split_reference(reference) not in self._files:
            return reference
        return self._load(reference, None, ()).root

    def _load(self, reference: str, on: date | None, stack: tuple[str, ...]) -> Pack:
        pack_id, edition = split_reference(reference)
        editions = sorted(known for name, known in self._files if name == pack_id)
        if not editions:
            near = nearest(pack_id, (name for name, _ in self._files))
            raise CatalogueError(Problem("error.no_pack", pack=pack_id, near=near))
        if edition and edition not in editions:
            raise CatalogueError(Problem("error.no_edition", pack=pack_id, edition=edition, names=", ".join(editions)))
        candidates = [self._edition(pack_id, name, stack) for name in ([edition] if edition else editions)]
        if on is not None and not edition:
            in_force = [pack for pack in candidates if on in pack.valid]
            if not in_force:
                raise CatalogueError(_none_in_force(pack_id, on, candidates))
            candidates = in_force
        return max(candidates, key=lambda pack: (pack.valid.start or date.min, pack.edition))

    def _edition(self, pack_id: str, edition: str, stack: tuple[str, ...]) -> Pack:
        reference = f"{pack_id}@{edition}"
        if reference not in self._packs:
            if reference in stack:
                raise PackError(Problem("error.extends_cycle", chain=" → ".join((*stack, reference))))
            pack = self._read(self._files[pack_id, edition], (*stack, reference))
            if pack.reference != reference:
                place = Place(file=self._files[pack_id, edition].name)
                raise PackError(Problem("error.id_is_not_name", place, given=pack.reference, wanted=reference))
            self._packs[reference] = pack
        return self._packs[reference]

    def _read(self, path: Path, stack: tuple[str, ...]) -> Pack:
        # The YAML reader is loaded with the first file: importing the library must stay cheap.
        from .loader import validate
        from .overlay import Overlay, apply

        document, shared = _read_whole(path)
        # Which overlay put a figure where it stands is found out, never claimed.
        if claimed := [path for path in document.lines if path and path[-1] == "set_by"]:
            raise PackError(
                *(Problem("error.unknown_key", document.place(path), key="set_by", near="") for path in claimed)
            )
        below: tuple[PackText, ...] = ()
        if isinstance(document.data, dict) and "extends" in document.data:
            overlay = validate(Overlay, document)
            base = self._base(path, overlay, stack)
            below = base.texts
            try:
                pack = apply(overlay, base)
            except PackError as error:
                raise PackError(*(mentioned(problem, document) for problem in error.problems)) from None
            pack._bases = (base, *base._bases) if pack.extends else ()
            pack._levels_of = base if overlay.as_group else None
        else:
            pack = validate(Pack, document)
        check(pack, self.measures_for(pack), document)
        pack._file = path
        pack._texts = tuple(dict.fromkeys((*self._texts(path, document, shared), *below)))
        return pack

    def _base(self, path: Path, overlay: Overlay, stack: tuple[str, ...]) -> Pack:
        """The pack an overlay is laid over: an installed one, or else a file beside it, such as a draft."""
        reference = overlay.extends
        pack_id, edition = split_reference(reference)
        if self.has(pack_id):
            return self._load(reference, overlay.valid.start, stack)
        found = beside(path, pack_id, edition)
        if len(found) != 1:
            near, names = nearest(pack_id, self.ids()), ", ".join(one.name for one in found)
            code = "error.base_twice" if found else "error.no_base"
            raise CatalogueError(Problem(code, Place(file=path.name), pack=reference, near=near, names=names))
        if str(found[0]) in stack:
            raise PackError(Problem("error.extends_cycle", chain=" → ".join((*stack, str(path.absolute())))))
        return self._read(found[0], (*stack, str(path.absolute())))

    def for_group(self, asked: Pack, applied: Mapping[str, Pack]) -> Pack:
        """A set of one group's levels (``as_group``) as it is where a province's overlay of that set is applied.

        The province fills in and tightens the levels of a group once, in its overlay; whoever asks for the levels of
        that group by themselves gets these. It restates the set asked for: what was concluded there counts here.
        """
        base = asked._levels_of
        overlay = applied.get(base.title_id) if base is not None else None
        if base is None or overlay is None or not overlay.extends or overlay.root != base.root:
            return asked
        # By what it was read from: another catalogue may have another set of that name.
        if asked._written not in overlay._for_group:
            fields = {name: getattr(overlay, name) for name in Pack.model_fields}
            named = {"group": asked.as_group, "title": overlay.title}
            made = Pack(
                **fields
                | {
                    "id": f"{overlay.id.partition('/')[0]}/{asked.id.partition('/')[2]}",
                    "title": in_both("pack.for_group", **named),
                    "as_group": asked.as_group,
                    "extends": (asked.reference,),
                    "restates": (asked.reference, *asked.restates),
                    "notes": tuple(dict.fromkeys((*overlay.notes, *asked.notes))),
                }
            )
            made._bases = (asked,)
            made._file = overlay._file
            made._texts = tuple(dict.fromkeys((*overlay.texts, *asked.texts)))
            overlay._for_group[asked._written] = made
        return overlay._for_group[asked._written]

    def bases(self, pack: Pack) -> tuple[Pack, ...]:
        """The packs a pack is laid over, the nearest first.

        Raises:
            CatalogueError: one of them is not installed, and the pack was not read from a file.
        """
        return pack._bases or tuple(self.load(base) for base in pack.extends)

    def root(self, pack: Pack) -> Pack:
        """The pack at the bottom of a chain of overlays; one that is laid over none is its own."""
        return (pack, *self.bases(pack))[-1]

    def _texts(self, path: Path, *documents: Document | None) -> Iterator[PackText]:
        """What was read of a pack, each file under the name of its bundle."""
        bundle = next((one for one in self.bundles if one.root == path.parent), None)
        prefix, release = (f"{bundle.namespace}/", bundle.release) if bundle else ("", "")
        for one in documents:
            if one is not None:
                yield PackText(f"{prefix}{one.file}", one.digest, release)

    @property
    def measures(self) -> Measures:
        """The measures of every bundle.

        Raises:
            PackError: two bundles define one id differently.
        """
        if self._measures is None:
            from .loader import read_yaml, validate

            merged = Measures()
            owner: dict[str, str] = {}
            places: dict[str, Place] = {}
            for bundle in self.bundles:
                files: list[tuple[str, str]] = []
                for path in sorted((bundle.root / MEASURES_FOLDER).glob("*.yaml")):
                    name = f"{bundle.namespace}/{MEASURES_FOLDER}/{path.name}"
                    document = read_yaml(path, name)
                    files.append((path.name, document.digest))
                    for index, measure in enumerate(validate(_Measures, document).measures):
                        other = merged.setdefault(measure.id, measure)
                        first = owner.setdefault(measure.id, name)
                        places.setdefault(measure.id, document.place(("measures", index)))
                        twice_here = first.partition("/")[0] == bundle.namespace and other is not measure
                        if other != measure or twice_here:
                            place = document.place(("measures", index))
                            raise PackError(Problem("error.measure_clash", place, measure=measure.id, other=first))
                folder = folder_text(f"{bundle.namespace}/{MEASURES_FOLDER}/", files, bundle.release)
                self._homes |= dict.fromkeys((one for one in merged if one not in self._homes), folder)
            missing = [
                Problem("error.unknown_part", places[one.id], measure=one.id, part=part, near=nearest(part, merged))
                for one, part in merged.undeclared(merged.values())
            ]
            if missing:
                raise PackError(*missing)
            self._measures = merged
        return self._measures

    def measure_texts(self, measures: Iterable[str]) -> tuple[PackText, ...]:
        """The folders of bundles in which some measures are defined; a pack's own are in the pack."""
        known = self.measures
        return tuple(dict.fromkeys(self._homes[one] for one in measures if one in known and one in self._homes))

    def measures_for(self, pack: Pack) -> Measures:
        """The measures a pack may ask for: every bundle's and its own.

        Raises:
            PackError: the pack redefines one of them differently.
        """
        if not pack.measures:
            return self.measures
        known = self._with_own.get(pack)
        if known is not None:
            return known
        own: dict[str, Measure] = {}
        for measure in pack.measures:
            other = self.measures.get(measure.id) or own.setdefault(measure.id, measure)
            if other != measure:
                raise PackError(Problem("error.measure_clash", measure=measure.id, other=MEASURES_FOLDER))
        return self._with_own.keep(pack, Measures({**self.measures, **own}))


def _none_in_force(pack_id: str, day: date, editions: list[Pack]) -> Problem:
    """What is in force before and after the day, so that a gap between two decisions is seen as one."""
    before = max((p.valid.end for p in editions if p.valid.end is not None and p.valid.end < day), default=None)
    after = min((p.valid.start for p in editions if p.valid.start is not None and p.valid.start > day), default=None)
    levels = tuple(dict.fromkeys(level for p in editions for level in p.applies_to))
    if levels and all(ended(level, day) for level in levels):
        return Problem("error.level_ended", level=levels_text(levels), day=day)
    told = {"pack": pack_id, "day": day, "before": before, "after": after}
    if before is not None and after is not None:
        return Problem("error.none_between", **told)
    return Problem("error.none_after" if before is not None else "error.none_before", **told)


def _read_whole(path: Path) -> tuple[Document, Document | None]:
    """A pack file with its short forms written out; ``shared.yaml`` beside it is what its names refer to."""
    from .loader import located, read_yaml
    from .shorthand import shared_of, written_out

    document, beside = read_yaml(path), path.with_name(SHARED_FILE)
    shared = read_yaml(beside) if beside.is_file() else None
    things = located(shared, shared_of) if shared is not None else {}
    return document._replace(data=located(document, lambda data: written_out(data, things))), shared


@lru_cache(maxsize=1)
def installed() -> Catalogue:
    """The catalogue of everything installed, found once per process."""
    return Catalogue(discover())


def load_pack(reference: str | os.PathLike[str], on: date | str | None = None) -> Pack:
    """Load an installed pack by id (``vn/commune``, ``vn/commune@2021-2025``) or a pack file by path.

    ``on`` picks the edition in force that day; without it the latest one is taken.

    >>> load_pack("vn/commune", on="2023-08-17").reference
    'vn/commune@2021-2025'

    Raises:
        CatalogueError: no such pack or edition. PackError: the file is refused.
    """
    return installed().load(reference, on)


def packs() -> tuple[PackInfo, ...]:
    """What is installed: ids, titles, levels and validity.

    >>> "vn/commune@2021-2025" in [info.reference for info in packs()]
    True
    """
    return installed().packs()


__all__ = ["Catalogue", "PackInfo", "installed", "load_pack", "packs"]
