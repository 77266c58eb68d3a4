"""Snapshots built to come to a verdict: what meets a pack, and what fails exactly the codes asked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import islice, product
from typing import Any

from hypothesis import reject
from hypothesis import strategies as st

from ..errors import CatalogueError, Problem, nearest
from ..evaluation.evaluate import evaluate
from ..evaluation.resolve import Context
from ..pack.catalogue import Catalogue, installed
from ..pack.indicator import Indicator
from ..pack.legal import Verification
from ..pack.model import Pack
from ..snapshot.child_counts import ChildCounts
from ..snapshot.model import Snapshot
from ..snapshot.observation import Finding, FindingValue, Observation
from ..snapshot.recognition import Recognition
from ..snapshot.unit import Unit
from ..verdict import MET, NOT_APPLICABLE
from .ground import days, ground
from .observing import units
from .search import CHILDREN, FAIL, PASS, Domains, Goal, Search
from .writing import Draw


def snapshots_meeting(
    pack: Pack, *, trust: Verification | str = Verification.UNCERTAIN, catalogue: Catalogue | None = None
) -> st.SearchStrategy[Snapshot]:
    """Snapshots that meet the pack: every requirement by its own figure where the law gives one, else by a finding.

    >>> import ntm_rules as ntm
    >>> from hypothesis import Phase, find, settings
    >>> pack, once = ntm.load_pack("vn/commune@2021-2025"), settings(phases=[Phase.generate])
    >>> snapshot = find(snapshots_meeting(pack), lambda snapshot: True, settings=once)
    >>> ntm.evaluate(pack, snapshot, trust="uncertain").verdict
    <Verdict.MET: 'MET'>
    """
    return _solved(pack, (), trust, catalogue)


def snapshots_failing(
    pack: Pack,
    codes: Iterable[str],
    *,
    trust: Verification | str = Verification.UNCERTAIN,
    catalogue: Catalogue | None = None,
) -> st.SearchStrategy[Snapshot]:
    """Snapshots that fail exactly these indicators or prerequisites, and meet all others.

    >>> import ntm_rules as ntm
    >>> from hypothesis import Phase, find, settings
    >>> pack, once = ntm.load_pack("vn/commune@2021-2025"), settings(phases=[Phase.generate])
    >>> snapshot = find(snapshots_failing(pack, ["10"]), lambda snapshot: True, settings=once)
    >>> [item.code for item in ntm.evaluate(pack, snapshot, trust="uncertain").failures()]
    ['10']

    Raises:
        CatalogueError: the pack has no such code.
    """
    wanted = tuple(codes)
    known = {item.code for item in pack.coded()}
    for code in wanted:
        if code not in known:
            near = nearest(code, known)
            raise CatalogueError(Problem("error.no_indicator", code=code, pack=pack.reference, near=near))
    return _solved(pack, wanted, trust, catalogue)


# Of so many units like one drawn it is asked whether a pack is about them.
_UNITS = 64


@st.composite
def _solved(
    draw: Draw[Any],
    pack: Pack,
    failing: tuple[str, ...],
    trust: Verification | str,
    catalogue: Catalogue | None,
) -> Snapshot:
    catalogue = catalogue or installed()
    day = draw(st.sampled_from(days(pack)))
    unit = draw(_concerned(draw(units(pack, catalogue=catalogue)), pack, day, catalogue))
    context = Context.of(unit, day, Verification.of(trust))
    search = Search(pack, context, catalogue, turn=draw(st.integers(0, 7)))
    found = search.solve(goals(pack, failing))
    if found is None:
        reject()
    return written(draw, search, unit, found)


def _concerned(unit: Unit, pack: Pack, day: date, catalogue: Catalogue) -> st.SearchStrategy[Unit]:
    """The unit, or those like it that a pack asks anything of, where all that it asks is asked of some units only."""
    if any(item.applies_if is None for item in (*pack.prerequisites, *pack.indicators())):
        return st.just(unit)
    asked = ground(pack, catalogue, day).attributes
    several = islice(product(*asked.values()), _UNITS)
    alike = [unit, *(unit.model_copy(update={"attributes": dict(zip(asked, said, strict=True))}) for said in several)]
    unreported = (Snapshot(unit=one, as_of=day) for one in alike)
    answers = [evaluate(pack, one, catalogue=catalogue).verdict for one in unreported]
    fitting = [one for one, verdict in zip(alike, answers, strict=True) if verdict is not NOT_APPLICABLE]
    return st.just(unit) if unit in fitting else st.sampled_from(fitting or [unit])


def goals(pack: Pack, failing: Sequence[str] = ()) -> list[Goal]:
    """That some codes fail and all others pass; a grade nobody asked about may come to anything."""

    def of(item: Indicator) -> Goal:
        return Goal(pack, item, FAIL if item.code in failing else PASS)

    asked = (*pack.prerequisites, *pack.indicators(), *(grade for grade in pack.grades if grade.code in failing))
    found = [of(item) for item in asked]
    for criterion in pack.criteria:
        if criterion.incomplete and not any(item.code in failing for item in criterion.indicators):
            found.append(Goal(pack, criterion, frozenset({MET})))
    return found


def written(draw: Draw[Any], search: Search, unit: Unit, found: Domains) -> Snapshot:
    """A snapshot with one of the values that each fact may have."""
    measures: dict[str, tuple[Observation, ...]] = {}
    findings: dict[str, dict[str, tuple[Finding, ...]]] = {}
    recognitions: list[Recognition] = []
    counts: dict[str, dict[str, int]] = {}
    day, ids = search.context.on, {pack.reference: pack.id for pack in search.ground.packs}
    for key, values in found.items():
        value = values[0] if len(values) == 1 or key[0] != "measure" else draw(st.sampled_from(values))
        match key[0], value:
            case "measure", Observation():
                measures[key[1]] = (value,)
            case "finding", FindingValue():
                # Only what the search settled on: the other findings are not needed.
                if len(values) == 1:
                    findings.setdefault(ids[key[1]], {})[key[2]] = (Finding(finding=value),)
            case "held", True:
                recognitions.append(Recognition(pack=key[1], decision="1/QĐ", on=day))
            case "children", int():
                counts.setdefault(key[1], {})[key[2]] = value
    children = {level: ChildCounts(total=CHILDREN, meeting=meeting) for level, meeting in counts.items()}
    return Snapshot(
        unit=unit, as_of=day, measures=measures, findings=findings, recognitions=recognitions, children=children
    )
