"""What the command says to the shell."""

from __future__ import annotations

from collections.abc import Sequence

from ..verdict import NOT_MET, UNKNOWN, Verdict

MET_ALL, SOMETHING_NOT_MET, BAD_INPUT, UNDETERMINED = 0, 1, 2, 3
# As a shell says it of a program that a signal ended.
INTERRUPTED, PIPE_CLOSED = 130, 141


def exit_code(verdicts: Sequence[Verdict]) -> int:
    """The exit code for some verdicts."""
    if NOT_MET in verdicts:
        return SOMETHING_NOT_MET
    return UNDETERMINED if UNKNOWN in verdicts else MET_ALL
