"""Laws about what an answer carries with it: figures, origins, citations, and that it survives being written down."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from ..assessment.check import MeasureCheck
from ..assessment.model import Assessment
from ..assessment.parts import Required
from ..pack.condition import MeasureCondition, walk
from ..pack.model import Pack
from ..pack.threshold import AnyLeaf, AnyThreshold, Figure, Table
from ..snapshot.model import Snapshot
from ..territory import Region
from ..verdict import NOT_MET, UNKNOWN
from .exactness import worth
from .trial import Trial, assessments, checks


def explains(trial: Trial) -> None:
    """10. Every check carries what was observed, required, missing, and where the law says so."""
    snapshot = trial.snapshot()
    first = trial.assess(snapshot)
    for assessment in assessments(first):
        pack = trial.world.catalogue.load(assessment.pack) if assessment is not first else trial.world.pack
        for result, check in checks(assessment):
            if not isinstance(check, MeasureCheck):
                continue
            if check.observed != snapshot.measures.get(check.measure, ()):
                raise trial.broken(result.code, (snapshot, check.verdict))
            if check.required.amount is None:
                continue
            trial.saw("a threshold from a table" if check.required.origin.rows else "a threshold")
            fits = any(
                _leads_to(condition.threshold, check, assessment, snapshot) and condition.op is check.required.op
                for condition in _conditions(pack, check.required.origin.code, check.measure)
            )
            lacking = check.verdict is NOT_MET
            whole = bool(check.required.origin.citation.number) and (check.shortfall is not None) is lacking
            if not fits or not whole or not check.name.text("vi"):
                raise trial.broken(result.code, (snapshot, check.verdict))
    _tells(trial, snapshot, first)


def _conditions(pack: Pack, code: str, measure: str) -> Iterator[MeasureCondition]:
    indicator = pack[code]
    guards = (indicator.applies_if,) if indicator.applies_if is not None else ()
    for root in (indicator.requires, *guards, *(version.requires for version in indicator.versions)):
        for _, part in walk(root):
            if isinstance(part, MeasureCondition) and part.measure == measure:
                yield part


def _leads_to(threshold: AnyThreshold, check: MeasureCheck, assessment: Assessment, snapshot: Snapshot) -> bool:
    """Whether the rows named in the answer are this unit's own, and lead through the pack's table to its figure."""
    required, unit = check.required, snapshot.unit
    here = threshold
    own = {
        "region": assessment.region.value if isinstance(assessment.region, Region) else None,
        # The unit's own, the one its facts speak for, or the one the set asks of everybody.
        "group": None if assessment.group is None else assessment.group.value,
        "level": unit.level.value,
        "year": str(snapshot.as_of.year),
    }
    for table, row in required.origin.rows:
        if not isinstance(here, Table) or table != (here.attribute or here.by):
            return False
        wanted = own.get(table, str(unit.attributes.get(table, row)).lower() if here.attribute else None)
        if row == "otherwise":
            if here.otherwise is None or (wanted in here.rows and here.by != "attribute"):
                return False
            here = here.otherwise
            continue
        if row not in here.rows or not _serves(here.by, row, wanted):
            return False
        here = here.rows[row]
    return not isinstance(here, Table) and _is_worth(here, required, check.unit)


def _serves(by: str, row: str, wanted: str | None) -> bool:
    if by == "group" and wanted is None:
        # A unit of no known group is held against the level of every group.
        return True
    if by != "year" or wanted is None:
        return row == wanted or (by == "attribute" and wanted is not None and row == wanted)
    first, _, last = row.partition("-")
    return int(first) <= int(wanted) <= int(last or first)


def _is_worth(leaf: AnyLeaf, required: Required, unit: str) -> bool:
    if required.amount is None:
        return False
    if isinstance(leaf, Figure):
        return worth(leaf.value, unit) == worth(required.amount, unit)
    return required.origin.times == getattr(leaf, "times", None) and required.origin.base is not None


def _tells(trial: Trial, snapshot: Snapshot, assessment: Assessment) -> None:
    """The text names everything that failed, in both languages."""
    texts = [assessment.explain("vi"), assessment.explain("en")]
    for item in assessment.failures():
        trial.saw("a failure in the text")
        if not all(item.code in text for text in texts):
            raise trial.broken(item.code, (snapshot, item.verdict))
    if texts[0] == texts[1] or any("{" in text and "None" in text for text in texts):
        raise trial.broken(assessment.pack, (snapshot, UNKNOWN))


def survives_writing(trial: Trial) -> None:
    """An assessment and a snapshot are the same after being written and read."""
    snapshot = trial.snapshot()
    assessment = trial.assess(snapshot)
    trial.saw(f"{assessment.verdict}")
    plainly = msgspec.json.encode(assessment)
    if assessment.to_json().encode() != plainly or assessment.to_json_bytes() != plainly:
        raise trial.broken("to_json", (snapshot, assessment.verdict))
    if Assessment.from_json(assessment.to_json()) != assessment:
        raise trial.broken(assessment.pack, (snapshot, assessment.verdict))
    again = Snapshot.model_validate(snapshot.to_dict())
    if trial.assess(again).verdict is not assessment.verdict:
        raise trial.broken(assessment.pack, (snapshot, assessment.verdict), (again, trial.assess(again).verdict))
