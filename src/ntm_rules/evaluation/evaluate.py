"""One unit judged against one pack."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import Literal

from msgspec import structs

from ..assessment.model import Assessment
from ..errors import EvaluationError, Place, Problem, QuantityError, SnapshotError, must_be, nearest
from ..messages import Text
from ..pack.catalogue import Catalogue, installed
from ..pack.legal import Verification
from ..pack.model import Pack
from ..pack.reference import split_reference
from ..snapshot.model import Snapshot
from ..snapshot.unit import Unit
from ..snapshot.vocabulary import said_of
from ..territory import Region, ended, levels_text
from ..units.provinces import home, in_region, provinces_of, regions_of
from .facts import EvaluationContext
from .program import program
from .remedy import Judged
from .resolve import Context
from .rollup_report import counted_under
from .unused import counts_asked, unused, unused_later, unused_measures


def evaluate(
    pack: Pack | str,
    snapshot: Snapshot,
    *,
    trust: Verification | str = Verification.RECALLED,
    unknown_measures: Literal["error", "ignore"] = "error",
    catalogue: Catalogue | None = None,
) -> Assessment:
    """Whether a unit meets a pack on the snapshot's date, and why.

    ``trust`` is the floor of verification: a threshold checked less far counts as unresolved. ``catalogue`` is where
    other packs and measures come from (everything installed, unless said).

    >>> import ntm_rules as ntm
    >>> snapshot = ntm.Snapshot(
    ...     unit={"id": "x", "name": "Xã X", "level": "commune", "region": "btb"},
    ...     as_of="2023-08-17",
    ...     measures={"clean_water_centralised_share": "12,8 %"},
    ... )
    >>> result = ntm.evaluate("hatinh/commune", snapshot)
    >>> print(result["17.1"].shortfall)
    7.2 percentage_point

    Raises:
        EvaluationError: a unit of a level the pack does not apply to, or that is no more on the date; a date outside
            the pack's validity, or an unknown measure, attribute, code or trust (with the nearest known ones).
        QuantityError: an observation of another dimension or outside its measure's domain.
        CatalogueError: the pack, or one it asks for, is not installed.
    """
    if not isinstance(pack, (Pack, str)):
        raise EvaluationError(Problem("error.not_a_pack", Place(path="pack"), given=type(pack).__name__))
    if not isinstance(snapshot, Snapshot):
        raise EvaluationError(Problem("error.not_a_snapshot", Place(path="snapshot"), given=type(snapshot).__name__))
    catalogue = catalogue or installed()
    if isinstance(pack, str):
        pack = catalogue.load(pack, None if "@" in pack else snapshot.as_of)
    facts = checked((pack,), snapshot, Verification.of(trust), catalogue, unknown_measures)
    return _with_what_is_held(facts.assess_pack(pack), pack, facts)


def checked(
    packs: Iterable[Pack],
    snapshot: Snapshot,
    trust: Verification,
    catalogue: Catalogue,
    unknown_measures: Literal["error", "ignore"] = "error",
) -> EvaluationContext:
    """The facts on which packs are judged, each once, after all that is refused of them was asked.

    Raises:
        EvaluationError: what ``evaluate`` refuses.
    """
    check_level(snapshot.unit, snapshot.as_of)
    check_counted(snapshot, snapshot.as_of)
    unit = in_region(snapshot.unit, snapshot.as_of, catalogue)
    if unit is not snapshot.unit:
        snapshot = snapshot.model_copy(update={"unit": unit})
    for pack in packs:
        check_place(pack, unit, snapshot.as_of, catalogue)
        check_facts(pack, snapshot, catalogue, unknown_measures)
    return EvaluationContext(snapshot, catalogue, trust, judge_pack)


def _with_what_is_held(assessment: Assessment, pack: Pack, facts: EvaluationContext) -> Assessment:
    """The assessment beside the title held, and with what had no part in it."""
    snapshot = facts.snapshot
    figures = (
        *(unused_later(facts.given, facts.catalogue) if facts.given is not snapshot else ()),
        *unused_measures(snapshot, facts.packs, facts.catalogue),
    )
    if not (figures or snapshot.recognitions or snapshot.children) and snapshot.findings.keys() <= {
        pack.id,
        pack.reference,
    }:
        return assessment
    told = structs.replace(
        assessment,
        holding=facts.holding(pack),
        unused=(*figures, *unused(snapshot, facts.judged, facts.catalogue, counts_asked(facts.judged))),
    )
    return told.asking(Judged(pack, facts)).written_by(assessment.writer)


def judge_pack(pack: Pack, facts: EvaluationContext) -> Assessment:
    """The assessment of a pack on facts already checked.

    Raises:
        EvaluationError: the pack does not apply to the unit's level or date.
    """
    unit, day = facts.snapshot.unit, facts.snapshot.as_of
    if unit.level not in pack.applies_to:
        levels = levels_text(pack.applies_to)
        raise EvaluationError(
            Problem("error.level", Place(path=unit.id), pack=pack.reference, level=unit.level, levels=levels)
        )
    if day not in pack.valid:
        raise EvaluationError(
            Problem(
                "error.not_in_force",
                Place(path=unit.id),
                pack=pack.reference,
                day=day,
                start=pack.valid.start or "…",
                end=pack.valid.end or "…",
            )
        )
    context = Context.of(unit, day, facts.trust)
    facts = facts.seen_by(pack)
    return program(pack, context, facts.catalogue).run(facts).asking(Judged(pack, facts))


def check_level(unit: Unit, day: date) -> None:
    """Refuse a unit of a level that is no more.

    Raises:
        EvaluationError: its level had ended by the day.
    """
    if ended(unit.level, day):
        raise EvaluationError(Problem("error.level_ended", Place(path=unit.id), level=unit.level, day=day))


def check_counted(snapshot: Snapshot, day: date) -> None:
    """Refuse counts of units of a level that is no more.

    Raises:
        EvaluationError: each level that had ended by the day.
    """
    gone = [level for level in snapshot.children if ended(level, day)]
    if gone:
        places = ((level, Place(path=f"{snapshot.unit.id}.children.{level}")) for level in gone)
        raise EvaluationError(*(Problem("error.level_ended", at, level=level, day=day) for level, at in places))


def check_place(pack: Pack, unit: Unit, day: date, catalogue: Catalogue) -> None:
    """Refuse a province's own set for a unit of another province or region.

    Raises:
        EvaluationError: where the unit lies, and where the pack applies.
    """
    namespace = home(pack)
    provinces = provinces_of(catalogue)
    owner = provinces.find(namespace, day)
    if owner is None and not pack.regions:
        return
    place = Place(path=unit.id)
    if owner is not None and unit.province and not provinces.same(namespace, unit.province, day):
        problem = Problem(
            "error.other_province", place, pack=pack.reference, owner=namespace, name=owner.name, given=unit.province
        )
        raise EvaluationError(problem)
    if unit.region is not None and (elsewhere := not_for(pack, unit.region, day, catalogue)):
        raise EvaluationError(elsewhere.at(place))


def not_for(pack: Pack, region: Region, day: date, catalogue: Catalogue) -> Problem | None:
    """That a pack is not for a region, where it is not."""
    regions = regions_of(pack, day, catalogue)
    if not regions or region in regions:
        return None
    names = Text(*(", ".join(one.text(lang) for one in regions) for lang in ("vi", "en")))
    return Problem("error.other_region", pack=pack.reference, region=region, names=names)


def check_facts(
    pack: Pack,
    snapshot: Snapshot,
    catalogue: Catalogue,
    unknown_measures: Literal["error", "ignore"],
    beside: Iterable[Pack] = (),
) -> None:
    """Refuse names nobody knows: a misspelt measure, attribute or pack would otherwise be lost in silence.

    ``beside`` are other packs judged with this one, which need not be installed.
    """
    must_be("unknown_measures", unknown_measures, ("error", "ignore"))
    problems: list[Problem] = []
    unit = snapshot.unit
    measures = catalogue.measures_for(pack)
    if unknown_measures == "error" and not measures.keys() >= snapshot.measures.keys():
        problems += [
            Problem(
                "error.measure_not_known",
                Place(path=f"{unit.id}.measures.{name}"),
                measure=name,
                near=nearest(name, measures),
            )
            for name in snapshot.measures.keys() - measures.keys()
        ]
    # What is asked for is read where it is judged.
    for name in snapshot.measures.keys() - pack._asked:
        for one in snapshot.measures[name] if name in measures else ():
            try:
                measures[name].read(one.value)
            except QuantityError as error:
                problems += [problem.at(Place(path=f"{unit.id}.measures.{name}")) for problem in error.problems]
    if unit.attributes.keys() - pack.attributes.keys():
        known = {**pack.attributes, **catalogue.attributes()}
        strange = unit.attributes.keys() - known.keys()
        problems += [
            Problem(
                "error.attribute_not_known",
                Place(path=f"{unit.id}.attributes.{name}"),
                attribute=name,
                near=nearest(name, known),
            )
            for name in strange
        ]
    for name, value in unit.attributes.items():
        declared = pack.attributes.get(name) or catalogue.attributes().get(name)
        if declared is not None:
            try:
                said_of(declared, value)
            except SnapshotError as error:
                place = Place(path=f"{unit.id}.attributes.{name}")
                problems += [problem.at(place) for problem in error.problems]
    problems += strangers(snapshot, catalogue, {name for one in (pack, *beside) for name in one.names})
    if problems:
        raise EvaluationError(*sorted(problems, key=lambda problem: problem.place.path))


def strangers(snapshot: Snapshot, catalogue: Catalogue, own: Collection[str]) -> Iterator[Problem]:
    """Packs of findings and counts that nobody knows; ``own`` are those that stand in no bundle."""
    counted = {key: level for level, counts in snapshot.children.items() for key in counted_under(counts)}
    for reference in (*snapshot.findings, *counted):
        if reference not in own and not catalogue.has(split_reference(reference)[0]):
            where = f"children.{counted[reference]}" if reference in counted else "findings"
            place = Place(path=f"{snapshot.unit.id}.{where}.{reference}")
            yield Problem("error.no_pack", place, pack=reference, near=nearest(reference, catalogue.ids()))
