"""Verdicts and findings as small numbers, for engines that compute with numbers: columns of frames, facts of rules.

They are ordered so that the conjunction of verdicts is their minimum; a finding has the number of what it concludes.
"""

from __future__ import annotations

from ..snapshot.observation import FindingValue
from ..verdict import MET, NOT_APPLICABLE, NOT_MET, UNKNOWN, Verdict

VERDICTS: tuple[Verdict, ...] = (NOT_MET, UNKNOWN, MET, NOT_APPLICABLE)
WORDS: tuple[str, ...] = tuple(map(str, VERDICTS))
CODES: dict[Verdict, int] = {verdict: code for code, verdict in enumerate(VERDICTS)}
NO, OPEN, YES, NEUTRAL = range(4)
FINDING_CODES: dict[FindingValue | None, int] = {
    FindingValue.NOT_MET: NO,
    None: OPEN,
    FindingValue.MET: YES,
    FindingValue.NOT_APPLICABLE: NEUTRAL,
}
