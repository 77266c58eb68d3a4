"""What telling more can only make better: then nothing need be judged anew to see that nothing would fail."""

from __future__ import annotations

from collections.abc import Iterator

from ..assessment.check import AttributeCheck, ChildrenCheck, FindingCheck, MeasureCheck, TotalCheck
from ..assessment.model import Assessment, Check, GroupCheck, MeetsCheck, UnmetShareCheck
from ..verdict import UNKNOWN

# What no figure about the unit changes.
_ALONE = frozenset((FindingCheck, AttributeCheck, ChildrenCheck))
# What stays as it is once it is decided.
_SETTLED = frozenset((*_ALONE, MeasureCheck, TotalCheck))


class MayFallError(Exception):
    """A figure that passes could make something else fail."""


def rising(assessment: Assessment) -> Iterator[MeasureCheck | TotalCheck]:
    """The open comparisons, where a figure that passes each of them makes no result worse; and the open sums, which
    stay open where no figure in them is told.

    So it is where comparisons stand alone, are joined by "all", "any" or "at least n", chosen by what is no figure, or
    within a set asked for: strong Kleene logic then turns an open result into a met one, and leaves as it is what is
    decided without them.

    Raises:
        MayFallError: a share of criteria not met, or a figure that decides what applies.
    """
    for item in (*assessment.prerequisites, *assessment.indicators()):
        if item.applies is not None and (item.verdict is UNKNOWN or item.check.verdict is UNKNOWN):
            _without_figures(item.applies)
        check = item.check
        if type(check) is MeasureCheck:
            # As most are: no generator of its own for each.
            if check.verdict is UNKNOWN:
                yield check
        elif type(check) not in (_ALONE if check.verdict is UNKNOWN else _SETTLED):
            yield from _open(check)


def _open(check: Check) -> Iterator[MeasureCheck | TotalCheck]:
    if isinstance(check, (MeasureCheck, TotalCheck)):
        if check.verdict is UNKNOWN:
            yield check
    elif isinstance(check, GroupCheck):
        if check.how == "choice" and check.verdict is UNKNOWN:
            _without_figures(check.parts[0])
        for part in check.chosen():
            # Of a group that is decided, only another set could still turn out otherwise.
            if type(part) not in (_ALONE if check.verdict is UNKNOWN else _SETTLED):
                yield from _open(part)
    elif isinstance(check, MeetsCheck):
        if check.assessment is not None:
            yield from rising(check.assessment)
    elif isinstance(check, UnmetShareCheck):
        raise MayFallError


def _without_figures(guard: Check) -> None:
    """Refuse a guard that a figure could turn."""
    if isinstance(guard, GroupCheck):
        for part in guard.parts:
            _without_figures(part)
    elif type(guard) not in _ALONE:
        raise MayFallError
