"""The four verdicts and their algebra: strong Kleene logic with a neutral element."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import NoReturn

from .errors import MisuseError, Problem


class Verdict(StrEnum):
    """What a pack, criterion, indicator or check comes to.

    >>> Verdict.MET, str(Verdict.NOT_MET)
    (<Verdict.MET: 'MET'>, 'NOT_MET')

    It is neither yes nor no, and has no order: ``if result.verdict`` would take ``NOT_MET`` for true.

    Raises:
        MisuseError: where it is asked for its truth, or compared by size.
    """

    MET = "MET"
    NOT_MET = "NOT_MET"
    UNKNOWN = "UNKNOWN"
    NOT_APPLICABLE = "NOT_APPLICABLE"

    # Enum's own hash runs in Python; verdicts are counted and looked up all the time.
    __hash__ = str.__hash__

    def __bool__(self) -> NoReturn:
        raise MisuseError(Problem("error.verdict_truth", verdict=self.value))

    def _unordered(self, other: object) -> NoReturn:
        raise MisuseError(Problem("error.verdict_order", verdict=self.value))

    __lt__ = __le__ = __gt__ = __ge__ = _unordered

    @property
    def decided(self) -> bool:
        """True for ``MET`` and ``NOT_MET``."""
        return self is Verdict.MET or self is Verdict.NOT_MET


MET, NOT_MET, UNKNOWN, NOT_APPLICABLE = Verdict


def conjunction(verdicts: Iterable[Verdict]) -> Verdict:
    """All of them: one ``NOT_MET`` decides, then one ``UNKNOWN``; ``NOT_APPLICABLE`` is neutral.

    >>> conjunction([Verdict.MET, Verdict.NOT_APPLICABLE])
    <Verdict.MET: 'MET'>
    >>> conjunction([Verdict.UNKNOWN, Verdict.NOT_MET])
    <Verdict.NOT_MET: 'NOT_MET'>
    """
    seen = set(verdicts)
    if NOT_MET in seen:
        return NOT_MET
    if UNKNOWN in seen:
        return UNKNOWN
    return MET if MET in seen else NOT_APPLICABLE


def disjunction(verdicts: Iterable[Verdict]) -> Verdict:
    """Any of them: one ``MET`` decides, then one ``UNKNOWN``; ``NOT_APPLICABLE`` is neutral.

    >>> disjunction([Verdict.NOT_MET, Verdict.UNKNOWN])
    <Verdict.UNKNOWN: 'UNKNOWN'>
    """
    seen = set(verdicts)
    if MET in seen:
        return MET
    if UNKNOWN in seen:
        return UNKNOWN
    return NOT_MET if NOT_MET in seen else NOT_APPLICABLE


def at_least(needed: int, verdicts: Iterable[Verdict]) -> Verdict:
    """At least ``needed`` of them are met; ``NOT_APPLICABLE`` members can neither help nor hinder.

    >>> at_least(2, [Verdict.MET, Verdict.UNKNOWN, Verdict.NOT_MET])
    <Verdict.UNKNOWN: 'UNKNOWN'>
    """
    members = list(verdicts)
    if members and all(verdict is NOT_APPLICABLE for verdict in members):
        return NOT_APPLICABLE
    met = members.count(MET)
    if met >= needed:
        return MET
    return UNKNOWN if met + members.count(UNKNOWN) >= needed else NOT_MET


def choose(guard: Verdict, then: Verdict, otherwise: Verdict) -> Verdict:
    """``then`` where the guard is met, ``otherwise`` where it is not; an open guard decides nothing
    unless both branches agree.

    >>> choose(Verdict.UNKNOWN, Verdict.MET, Verdict.MET)
    <Verdict.MET: 'MET'>
    """
    if guard is MET:
        return then
    if guard is UNKNOWN:
        return then if then is otherwise else UNKNOWN
    return otherwise
