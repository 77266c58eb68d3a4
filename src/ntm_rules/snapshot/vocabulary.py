"""What the words in a snapshot may be: measures, packs and their codes, attributes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Literal, get_args

from ..errors import CatalogueError, Hint, Problem, SnapshotError, must_be, nearest
from ..normalization import fold, yes_or_no
from ..pack.catalogue import Catalogue
from ..pack.codes import read_code
from ..pack.condition import measures_asked, walk
from ..pack.measure import Measure
from ..pack.model import Pack
from ..pack.reference import REFERENCE_PATTERN, split_reference
from ..pack.rules import Attribute

UnknownMeasures = Literal["error", "ignore"]


class Vocabulary:
    """The names known to a catalogue and to packs given beside it, looked up as people write them."""

    def __init__(self, catalogue: Catalogue, packs: Iterable[Pack], unknown_measures: UnknownMeasures) -> None:
        self.catalogue, self.packs = catalogue, tuple(packs)
        must_be("unknown_measures", unknown_measures, get_args(UnknownMeasures))
        self.ignores = unknown_measures == "ignore"
        own = {measure.id: measure for pack in self.packs for measure in pack.measures}
        self._measures = {**catalogue.measures, **own}
        self._names: dict[str, str] | None = None
        self._complete = False
        self._codes: dict[str, set[str]] = {}

    def measure(self, written: str) -> Measure | None:
        """The measure of that id or name; ``None`` where unknown ones are to be ignored.

        Raises:
            SnapshotError: nobody defines it.
        """
        found = self.find_measure(written)
        if found is None and not self.ignores:
            raise SnapshotError(Problem("error.measure_not_known", measure=written, near=self.near_measure(written)))
        return found

    def find_measure(self, written: str) -> Measure | None:
        """The measure of that id or name, if anybody defines it."""
        found = self._measures.get(written) or self._measures.get(self._by_name().get(fold(written), ""))
        if found is None and not self._complete:
            # Measures that a pack file declares for itself; all packs are loaded only when a name is missing.
            self._complete, self._names = True, None
            for info in self.catalogue.packs():
                for measure in self.catalogue.load(info.reference).measures:
                    self._measures.setdefault(measure.id, measure)
            return self.find_measure(written)
        return found

    def near_measure(self, written: str) -> Hint:
        return nearest(written, self._measures)

    def measure_names(self) -> Iterable[str]:
        """Everything a measure may be called: its id, or its name in either language."""
        return (*self._measures, *self._by_name())

    def _by_name(self) -> dict[str, str]:
        """Ids by name in either language; a name that two measures share is none's."""
        if self._names is None:
            names: dict[str, str] = {}
            for measure in self._measures.values():
                for name in {fold(measure.id), fold(measure.name.vi), fold(measure.name.en)}:
                    names[name] = "" if names.get(name, measure.id) != measure.id else measure.id
            self._names = names
        return self._names

    def pack_reference(self, written: str) -> str:
        """The reference of a pack that is known.

        Raises:
            SnapshotError: it is no reference, or no such pack is installed.
        """
        if not re.fullmatch(REFERENCE_PATTERN, written):
            raise SnapshotError(Problem("error.reference", reference=written))
        pack_id, edition = split_reference(written)
        given = [pack for pack in self.packs if pack.id == pack_id]
        if not self.catalogue.has(pack_id) and not given:
            known = (*self.catalogue.ids(), *(pack.id for pack in self.packs))
            raise SnapshotError(Problem("error.no_pack", pack=written, near=nearest(pack_id, known)))
        if edition and edition not in {pack.edition for pack in given}:
            try:
                self.catalogue.load(written)
            except CatalogueError as error:
                raise SnapshotError(*error.problems) from None
        return written

    def code(self, reference: str, code: str) -> str:
        """A criterion, indicator or prerequisite code of the pack, in any of its editions unless one is pinned.

        Raises:
            SnapshotError: the pack has no such code.
        """
        codes = self._codes.setdefault(reference, set())
        if code in codes:
            return code
        # Most codes are in the latest edition; the others are loaded only for those that are not.
        for pack in self._editions(reference):
            codes.update(_codes(pack))
            if code in codes:
                return code
        meant = read_code(code, codes, reference)
        if isinstance(meant, Problem):
            raise SnapshotError(meant)
        return meant

    def has_code(self, reference: str, code: str) -> bool:
        """Whether the pack has that code, in any of its editions unless one is pinned."""
        try:
            return bool(self.code(reference, code))
        except SnapshotError:
            return False

    def _editions(self, reference: str) -> Iterator[Pack]:
        pack_id, edition = split_reference(reference)
        yield from (pack for pack in self.packs if pack.id == pack_id and edition in ("", pack.edition))
        if not self.catalogue.has(pack_id):
            return
        if edition:
            if edition not in {pack.edition for pack in self.packs if pack.id == pack_id}:
                yield self.catalogue.load(reference)
            return
        latest = self.catalogue.load(pack_id)
        yield latest
        for info in self.catalogue.packs():
            if info.reference.partition("@")[0] == pack_id and info.reference != latest.reference:
                yield self.catalogue.load(info.reference)

    def sole_measure(self, reference: str, code: str, day: date | None) -> Measure:
        """The one measure an indicator asks for on a day.

        Raises:
            SnapshotError: it asks for none, or for several.
        """
        for pack in self._editions(reference):
            if day is not None and day not in pack.valid:
                continue
            indicators = {i.code: i for i in pack.coded()}
            if code not in indicators:
                continue
            indicator = indicators[code] if day is None else indicators[code].on(day)
            asked = dict.fromkeys(m for _, c in walk(indicator.requires) for m in measures_asked(c))
            found = self.find_measure(next(iter(asked))) if len(asked) == 1 else None
            if found is None:
                names = ", ".join(asked) or "–"
                raise SnapshotError(Problem("error.which_measure", code=code, names=names))
            return found
        raise SnapshotError(Problem("error.which_measure", code=code, names="–"))

    def fact(self, name: str, value: bool | str) -> bool | str:
        """What is said of an attribute; where the packs ask yes or no, nothing else.

        Raises:
            SnapshotError: it is neither.
        """
        declared = self._attributes().get(name)
        return value if declared is None else said_of(declared, value)

    def _attributes(self) -> dict[str, Attribute]:
        own = {name: declared for pack in self.packs for name, declared in pack.attributes.items()}
        return {**self.catalogue.attributes(), **own}

    def attribute(self, name: str) -> str:
        """An attribute some pack asks for.

        Raises:
            SnapshotError: none does.
        """
        known = self._attributes()
        if name not in known:
            raise SnapshotError(Problem("error.attribute_not_known", attribute=name, near=nearest(name, known)))
        return name


def said_of(declared: Attribute, value: bool | str) -> bool | str:
    """What is said of an attribute; where it is asked as yes or no, nothing else.

    Raises:
        SnapshotError: it is neither.
    """
    if not isinstance(declared.default, bool) or isinstance(value, bool):
        return value
    said = yes_or_no(value)
    if said is None:
        raise SnapshotError(Problem("error.yes_or_no", given=value[:40], attribute=declared.name))
    return said


def _codes(pack: Pack) -> Iterator[str]:
    yield from (criterion.code for criterion in pack.criteria)
    yield from (indicator.code for indicator in pack.coded())
