"""Snapshots right at the thresholds of a pack: at, just above and just below, in whatever unit."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal, NamedTuple

from hypothesis import assume, reject
from hypothesis import strategies as st

from ..assessment.check import MeasureCheck
from ..assessment.model import Assessment
from ..evaluation.resolve import Context, Resolver
from ..pack.catalogue import Catalogue, installed
from ..pack.condition import MeasureCondition, Op, walk
from ..pack.legal import Verification
from ..pack.model import Pack
from ..quantity.amount import Amount
from ..quantity.number import difference
from ..snapshot.model import Snapshot
from ..snapshot.observation import Observation
from ..verdict import MET, NOT_MET, Verdict
from .ground import days, inside, step
from .observing import spellings, units
from .reference_logic import holds
from .trial import every_check
from .writing import Draw

_HAIR = Decimal("1E-9")
_SIGNS: dict[str, int] = {"at": 0, "above": 1, "below": -1}


class Edge(NamedTuple):
    """One figure right at a threshold, and what the comparison with it comes to."""

    snapshot: Snapshot
    code: str
    measure: str
    op: Op
    threshold: Amount
    side: Literal["at", "above", "below"]
    verdict: Verdict

    def check(self, assessment: Assessment) -> MeasureCheck:
        """The comparison as an assessment of the snapshot answered it."""
        result = assessment.indicator(self.code)
        roots = (result.check, *((result.applies,) if result.applies is not None else ()))
        asked = (self.measure, self.op, self.threshold)
        for check in (inner for root in roots for inner in every_check(root)):
            if isinstance(check, MeasureCheck) and asked == (check.measure, check.required.op, check.required.amount):
                return check
        raise LookupError(f"{self.code} does not compare {self.measure} with {self.threshold.text('en')}")


@st.composite
def near_threshold(
    draw: Draw[Any],
    pack: Pack,
    *,
    trust: Verification | str = Verification.UNCERTAIN,
    catalogue: Catalogue | None = None,
) -> Edge:
    """One figure at, just above or just below a threshold that is resolved for the unit, with the verdict due.

    >>> import ntm_rules as ntm
    >>> from hypothesis import find
    >>> pack = ntm.load_pack("vn/commune@2021-2025")
    >>> edge = find(near_threshold(pack), lambda edge: edge.side == "below")
    >>> edge.check(ntm.evaluate(pack, edge.snapshot, trust="uncertain")).verdict is edge.verdict
    True
    """
    catalogue = catalogue or installed()
    day = draw(st.sampled_from(days(pack)))
    unit = draw(units(pack, catalogue=catalogue))
    context = Context.of(unit, day, Verification.of(trust))
    resolver, measures = Resolver(pack, context, catalogue), catalogue.measures_for(pack)
    found = []
    for item in pack.coded():
        now = item.on(day)
        for root in (now.requires, *((now.applies_if,) if now.applies_if is not None else ())):
            for _, part in walk(root):
                if isinstance(part, MeasureCondition):
                    required = resolver.required(now, part, measures[part.measure].unit)
                    if required.amount is not None and inside(measures[part.measure], required.amount.value):
                        found.append((item.code, part, required.amount))
    if not found:
        reject()
    code, condition, threshold = draw(st.sampled_from(found))
    measure = measures[condition.measure]
    side: Literal["at", "above", "below"] = draw(st.sampled_from(("at", "above", "below")))
    whole = measure.domain.whole
    by = draw(st.sampled_from([step(threshold.value, whole), *(() if whole else (_HAIR,))]))
    value = difference(threshold.value, -_SIGNS[side] * by)
    assume(inside(measure, value))
    spelled = draw(st.sampled_from(spellings(Amount(value, measure.unit), measure)))
    observed = (Observation(value=spelled),)
    snapshot = Snapshot(unit=unit, as_of=day, measures={condition.measure: observed})
    verdict = MET if holds(condition.op, Fraction(value), Fraction(threshold.value)) else NOT_MET
    return Edge(snapshot, code, condition.measure, condition.op, threshold, side, verdict)
