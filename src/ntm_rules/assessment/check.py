"""What single conditions came to: a figure, a conclusion, an attribute, children, a sum.

Those that hold an assessment or other checks stand in ``model.py``.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

import msgspec

from ..messages import Text
from ..quantity.amount import Amount
from ..snapshot.observation import Observation
from ..territory import Level
from ..verdict import Verdict
from .parts import Reason, ReasonCode, Required
from .rollup import Contradiction

# None can hold an assessment, so that the collector need not look into them (``gc=False``); see ``model.py``.


class MeasureCheck(msgspec.Struct, frozen=True, omit_defaults=True, gc=False, tag="measure"):
    """A measure, in ``unit``, compared with its threshold; ``observed`` is as it was reported.

    ``shortfall`` is how far the (worst) observed value is from the threshold; for a strict comparison it may be zero.
    ``lacks`` says why a measure that follows from two others does not, where one of them is there.
    """

    verdict: Verdict
    measure: str
    name: Text
    unit: str
    required: Required
    observed: tuple[Observation, ...] = ()
    shortfall: Amount | None = None
    reason: Reason | None = None
    lacks: Text | None = None


class FindingCheck(msgspec.Struct, frozen=True, omit_defaults=True, gc=False, tag="finding"):
    """What the department in charge concluded; the conclusions themselves stand at the indicator."""

    verdict: Verdict
    asks: Literal["met", "applicable"] = "met"
    reason: Reason | None = None


class AttributeCheck(msgspec.Struct, frozen=True, omit_defaults=True, gc=False, tag="attribute"):
    """A fact about the unit itself."""

    verdict: Verdict
    attribute: str
    name: Text
    expected: bool | str
    value: bool | str | None = None
    reason: Reason | None = None


class ChildrenCheck(msgspec.Struct, frozen=True, omit_defaults=True, gc=False, tag="children"):
    """How many of a unit's children meet a pack.

    ``of`` is ``share`` (``required`` in per cent), ``count`` or ``every``. ``total`` leaves out the exempt ones;
    ``missing`` is the whole number of further children needed, where that is known to be lacking or still open.
    The other figures are those of a ``Rollup``: ``held`` and ``judged`` apart, ``reported`` what rests on a report.
    """

    verdict: Verdict
    of: Literal["share", "count", "every"]
    levels: tuple[Level, ...]
    meeting: str
    title: Text
    required: Required | None = None
    total: int | None = None
    met: int = 0
    unknown: int = 0
    needed: int | None = None
    missing: int | None = None
    held: int = 0
    judged: int = 0
    reported: int = 0
    reported_not_met: int = 0
    open_total: bool = False
    failing_names: tuple[str, ...] = ()
    unknown_names: tuple[str, ...] = ()
    held_not_met: tuple[str, ...] = ()
    exempt: tuple[tuple[str, str], ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    not_given: int = 0
    counted_all_the_same: tuple[str, ...] = ()
    reason: Reason | None = None
    doubted_names: tuple[str, ...] = ()

    @property
    def disagreement(self) -> tuple[str, ...]:
        """The counts or names at odds in what was reported of the children, what is known first."""
        return tuple(value for one in self.contradictions for value in one.values)

    @property
    def not_met(self) -> int:
        """How many children certainly do not meet the pack."""
        return (self.total or 0) - self.met - self.unknown

    @property
    def bounds(self) -> tuple[Fraction, Fraction] | None:
        """The exact share that meets the pack, at least and at most; ``None`` where there is no child."""
        if not self.total:
            return None
        return Fraction(self.met, self.total), Fraction(self.met + self.unknown, self.total)


class TotalTerm(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """What one term brings to a sum, at least and at most; ``None`` where nothing bounds it.

    It is a ``measure``, or the points for meeting the indicator with a ``code``.
    """

    name: Text
    measure: str = ""
    code: str = ""
    observed: tuple[Observation, ...] = ()
    low: Amount | None = None
    high: Amount | None = None


class TotalCheck(msgspec.Struct, frozen=True, omit_defaults=True, tag="total"):
    """A sum compared with its threshold, both in ``unit``; it lies between ``low`` and ``high``.

    A term nobody has reported brings what its measure's domain allows; points that are open bring nothing or all.
    ``shortfall`` is how far the nearest sum still possible is from the threshold. A ``low`` above ``most``, the most
    the sum can come to, is a contradiction: nothing is decided by it.
    """

    verdict: Verdict
    unit: str
    required: Required
    terms: tuple[TotalTerm, ...] = ()
    low: Amount | None = None
    high: Amount | None = None
    most: Amount | None = None
    shortfall: Amount | None = None
    reason: Reason | None = None

    @property
    def is_impossible(self) -> bool:
        """Whether what is reported adds up to more than it can."""
        return self.reason is not None and self.reason.code is ReasonCode.SUM_IMPOSSIBLE
