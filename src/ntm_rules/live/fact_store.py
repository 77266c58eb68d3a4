"""What a session holds to be true: every unit's snapshot, and the door an input must pass to change one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TypeVar

from ..assessment.tree import UnitStanding
from ..errors import CatalogueError, EvaluationError, LiveError, Place, Problem, QuantityError, nearest
from ..evaluation.evaluate import judge_pack
from ..evaluation.facts import EvaluationContext
from ..evaluation.resolve import Context
from ..evaluation.rollup_node import Known
from ..evaluation.rollup_report import counted_under
from ..evaluation.tree import TreeEvaluation
from ..messages import Lang
from ..pack.codes import read_code
from ..pack.model import Pack
from ..pack.reference import split_reference
from ..quantity.amount import Amount
from ..snapshot.model import Snapshot
from ..snapshot.observation import Finding, Observation
from ..snapshot.recognition import Recognition
from ..snapshot.value import read_amount_of
from ..territory import levels_text
from .circuit import packs_followed
from .inputs import Conclude, Observe, Recognise, Report, Withdraw

Dated = TypeVar("Dated", Observation, Finding)


class FactStore:
    """The facts of a session. ``entered`` says what an input makes of a unit's snapshot, changing nothing."""

    def __init__(self, climb: TreeEvaluation) -> None:
        self.climb = climb
        self._judged: dict[str, dict[str, Pack]] = {}

    def entered(self, item: Observe | Conclude | Recognise | Report | Withdraw) -> Snapshot:
        """The unit's snapshot with the input in it.

        Raises:
            CatalogueError: no such unit, pack or edition. EvaluationError: a measure or code nobody knows, a day after
                the one judged. QuantityError: a value of another dimension or outside its domain. LiveError: an older
                report than the one held, or nothing to withdraw.
        """
        snapshot = self.snapshot(item.unit)
        match item:
            case Observe():
                return self._observed(snapshot, item)
            case Conclude():
                return self._concluded(snapshot, item)
            case Recognise():
                return self._recognised(snapshot, item)
            case Report():
                return self._reported(snapshot, item)
            case Withdraw():
                return self._withdrawn(snapshot, item)

    def put(self, snapshot: Snapshot, standings: dict[str, UnitStanding] | None = None) -> None:
        """Hold this from now on, and what the evaluator makes of it."""
        self.climb.facts_of[snapshot.unit.id] = snapshot
        self.climb.done.update(standings or {})

    def standings_with(self, snapshot: Snapshot) -> dict[str, UnitStanding]:
        """How the unit, and those above it that this concerns, would stand; nothing is changed by asking.

        Raises:
            NtmError: whatever the evaluator raises on these facts.
        """
        climb, unit_id = self.climb, snapshot.unit.id
        known, before = climb.facts_of.get(unit_id), dict[str, UnitStanding]()
        climb.facts_of[unit_id] = snapshot
        try:
            here: str | None = unit_id
            # What a unit reports of those below it is taken over by every unit above.
            seen_from_above = snapshot.children != (known.children if known is not None else {})
            while here is not None:
                standing = climb.judge(here)
                before[here], climb.done[here] = climb.done[here], standing
                # A province counts communes past their district, and takes over what districts report.
                changed = _titles(standing) != _titles(before[here]) or standing.counts != before[here].counts
                seen_from_above = seen_from_above or changed
                here = climb.register[here].parent if seen_from_above else None
            return {name: climb.done[name] for name in before}
        finally:
            climb.done.update(before)
            if known is None:
                del climb.facts_of[unit_id]
            else:
                climb.facts_of[unit_id] = known

    def snapshot(self, unit_id: str) -> Snapshot:
        """What is known of a unit.

        Raises:
            CatalogueError: no such unit; names the nearest ones.
        """
        if unit_id not in self.climb.register:
            raise CatalogueError(Problem("error.no_unit", unit=unit_id, near=nearest(unit_id, self.climb.register)))
        return self.climb.snapshot(unit_id)

    def amount(self, name: str, value: object, numbers: Lang | None = None) -> Amount:
        """A figure as it was written, by the measure it is of; ``numbers`` declares how numbers are written.

        Raises:
            QuantityError: no number, or one of two readings.
        """
        climb = self.climb
        known = (climb.catalogue.measures, *map(climb.catalogue.measures_for, climb.packs))
        measure = next((measures[name] for measures in known if name in measures), None)
        return Amount.of(value, numbers) if measure is None else read_amount_of(value, measure, "", numbers)

    def code(self, unit_id: str, reference: str, written: str) -> str:
        """A code as the pack has it, of one as people write it; what is no code of it is refused when it is entered."""
        pack = next((one for one in self.judged(unit_id).values() if reference in one.names), None)
        meant = read_code(written, _codes(pack), reference) if pack is not None else written
        return meant if isinstance(meant, str) else written

    def judged(self, unit_id: str) -> dict[str, Pack]:
        """The packs a unit is judged against, by reference, those that others ask for included."""
        if unit_id not in self._judged:
            climb, unit = self.climb, self.climb.register[unit_id]
            facts = EvaluationContext(
                climb.snapshot(unit_id), climb.catalogue, climb.trust, judge_pack, applied=climb.applied(unit)
            )
            context = Context.of(unit, climb.day, climb.trust)
            found: dict[str, Pack] = {}
            pending = list(climb.applied(unit).values())
            while pending:
                pack = pending.pop()
                if unit.level in pack.applies_to and climb.day in pack.valid and pack.reference not in found:
                    found[pack.reference] = pack
                    pending += [facts.pack(reference) for reference in packs_followed(pack, context)]
            self._judged[unit_id] = found
        return self._judged[unit_id]

    def _observed(self, snapshot: Snapshot, item: Observe) -> Snapshot:
        climb, unit, name = self.climb, snapshot.unit, item.measure
        place = Place(path=f"{unit.id}.measures.{name}")
        self._not_later(item.on, place)
        packs = [pack for pack in climb.applied(unit).values() if unit.level in pack.applies_to]
        known = [climb.catalogue.measures_for(pack) for pack in packs] or [climb.catalogue.measures]
        strange = next((measures for measures in known if name not in measures), None)
        if strange is not None and climb.unknown_measures == "error":
            raise EvaluationError(Problem("error.measure_not_known", place, measure=name, near=nearest(name, strange)))
        for pack in self.judged(unit.id).values():
            measure = climb.catalogue.measures_for(pack).get(name)
            if measure is not None:
                try:
                    measure.read(item.value)
                except QuantityError as error:
                    raise QuantityError(*(problem.at(place) for problem in error.problems)) from None
        kept = _superseding(item.observation(), snapshot.measures.get(name, ()), place)
        return snapshot.model_copy(update={"measures": {**snapshot.measures, name: kept}})

    def _concluded(self, snapshot: Snapshot, item: Conclude) -> Snapshot:
        place = Place(path=f"{snapshot.unit.id}.findings.{item.pack}.{item.code}")
        self._not_later(item.on, place)
        pack = self._pack(snapshot, item.pack, place)
        meant = read_code(item.code, _codes(pack), pack.reference)
        if meant != item.code:
            assert isinstance(meant, Problem)
            raise EvaluationError(meant.at(place))
        # A department's word on the pack and its word on the pinned edition are one word.
        kept = _superseding(item.conclusion(), snapshot.findings.get(item.pack, {}).get(item.code, ()), place)
        changed = snapshot
        for other in pack.names:
            if other != item.pack:
                elsewhere = changed.findings.get(other, {}).get(item.code, ())
                _superseding(item.conclusion(), elsewhere, place)
                left = tuple(one for one in elsewhere if one.by != item.by)
                changed = changed.model_copy(update={"findings": _with_findings(changed, other, item.code, left)})
        return snapshot.model_copy(update={"findings": _with_findings(changed, item.pack, item.code, kept)})

    def _recognised(self, snapshot: Snapshot, item: Recognise) -> Snapshot:
        place = Place(path=f"{snapshot.unit.id}.recognitions.{item.pack}")
        self._not_later(item.on, place)
        self._known(item.pack, place)
        title = self.climb.catalogue.named(item.pack, self.climb.day)
        if snapshot.unit.level not in title.applies_to:
            levels = levels_text(title.applies_to)
            raise EvaluationError(
                Problem("error.level", place, pack=title.reference, level=snapshot.unit.level, levels=levels)
            )
        others = (one for one in snapshot.recognitions if (one.pack, one.decision) != (item.pack, item.decision))
        return snapshot.model_copy(update={"recognitions": (*others, item.recognition())})

    def _reported(self, snapshot: Snapshot, item: Report) -> Snapshot:
        for reference in counted_under(item.counts):
            self._known(reference, Place(path=f"{snapshot.unit.id}.children.{item.level}.{reference}"))
        return snapshot.model_copy(update={"children": {**snapshot.children, item.level: item.counts}})

    def _withdrawn(self, snapshot: Snapshot, item: Withdraw) -> Snapshot:
        place = Place(path=f"{snapshot.unit.id}")
        if item.measure is not None:
            said = snapshot.measures.get(item.measure, ())
            left = tuple(one for one in said if not _said_by(one, item.by))
            self._something(len(said) - len(left), place, item, (*snapshot.measures,))
            measures = {name: kept for name, kept in snapshot.measures.items() if name != item.measure}
            return snapshot.model_copy(update={"measures": {**measures, **({item.measure: left} if left else {})}})
        assert item.pack is not None
        if item.code is not None:
            held = snapshot.findings.get(item.pack, {})
            stays = tuple(one for one in held.get(item.code, ()) if not _said_by(one, item.by))
            known = tuple(f"{pack} {code}" for pack, codes in snapshot.findings.items() for code in codes)
            self._something(len(held.get(item.code, ())) - len(stays), place, item, known)
            return snapshot.model_copy(update={"findings": _with_findings(snapshot, item.pack, item.code, stays)})
        rest = tuple(one for one in snapshot.recognitions if not _decided(one, item))
        titles = tuple(f"{one.pack} {one.decision}".strip() for one in snapshot.recognitions)
        self._something(len(snapshot.recognitions) - len(rest), place, item, titles)
        return snapshot.model_copy(update={"recognitions": rest})

    def _something(self, taken: int, place: Place, item: Withdraw, known: Iterable[str]) -> None:
        if not taken:
            names = ", ".join(known) or "–"
            raise LiveError(Problem("error.nothing_to_withdraw", place, what=item, names=names))

    def _pack(self, snapshot: Snapshot, reference: str, place: Place) -> Pack:
        """The pack of a finding, which must be one the unit is judged against: elsewhere it would be lost."""
        self._known(reference, place)
        judged = self.judged(snapshot.unit.id).values()
        for pack in judged:
            if reference in pack.names:
                return pack
        near = nearest(reference, (pack.id for pack in judged))
        raise CatalogueError(
            Problem("error.pack_not_applied_to", place, pack=reference, unit=snapshot.unit.id, near=near)
        )

    def _known(self, reference: str, place: Place) -> None:
        pack_id, edition = split_reference(reference)
        catalogue = self.climb.catalogue
        own = any(reference in pack.names for pack in self.climb.packs)
        if not own and not catalogue.has(pack_id):
            near = nearest(pack_id, (*catalogue.ids(), *(pack.id for pack in self.climb.packs)))
            raise CatalogueError(Problem("error.no_pack", place, pack=reference, near=near))
        if edition and not own:
            catalogue.load(reference)

    def _not_later(self, on: date | None, place: Place) -> None:
        if on is not None and on > self.climb.day:
            raise EvaluationError(Problem("error.live_later", place, given=on, day=self.climb.day))


def _codes(pack: Pack) -> set[str]:
    return {item.code for item in pack.coded()} | {criterion.code for criterion in pack.criteria}


def _titles(standing: UnitStanding) -> dict[str, Known]:
    """What those above take over of a unit: how it stands, and where that is doubted."""
    judged = standing.assessments
    return {
        title: Known(standing.holds(title), standing.judged(title), title in judged and judged[title].doubted)
        for title in (*judged, *standing.holdings)
    }


def _superseding(new: Dated, held: tuple[Dated, ...], place: Place) -> tuple[Dated, ...]:
    """The reports that stand with a new one: other reporters' and the new one.

    Raises:
        LiveError: the same reporter's is of a later day.
    """
    for old in held:
        if old.by == new.by and old.on is not None and new.on is not None and old.on > new.on:
            raise LiveError(Problem("error.live_older", place, given=new.on, held=old.on))
    standing: list[Dated] = [old for old in held if old.by != new.by]
    standing.append(new)
    return tuple(standing)


def _with_findings(
    snapshot: Snapshot, pack: str, code: str, findings: tuple[Finding, ...]
) -> dict[str, Mapping[str, tuple[Finding, ...]]]:
    """All findings, with those on one code replaced."""
    codes = {name: held for name, held in snapshot.findings.get(pack, {}).items() if name != code}
    if findings:
        codes[code] = findings
    others: dict[str, Mapping[str, tuple[Finding, ...]]] = {
        name: held for name, held in snapshot.findings.items() if name != pack
    }
    return {**others, pack: codes} if codes else others


def _said_by(report: Observation | Finding, by: str | None) -> bool:
    return by is None or report.by == by


def _decided(recognition: Recognition, item: Withdraw) -> bool:
    return recognition.pack == item.pack and item.decision in (None, recognition.decision)
