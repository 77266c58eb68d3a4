"""The command ``ntm-rules``.

Exit codes: 0 everything met, 1 something not met, 2 bad usage or input refused (of many units some, and the others are
judged), 3 nothing failed but something is undetermined; 130 interrupted, 141 the reader of a pipe stopped reading.
"""

from __future__ import annotations

import io
import sys
import warnings
from collections.abc import Callable, Sequence

from ..errors import NtmError, Place, Problem, reason_of
from ..messages import Lang
from ..snapshot.cells import SnapshotWarning
from . import documents, evaluate, forms, opening, packs, reports, serving, tables, worksheets
from .codes import BAD_INPUT, INTERRUPTED, MET_ALL, PIPE_CLOSED, SOMETHING_NOT_MET, UNDETERMINED, exit_code
from .parser import Commands
from .reading import as_typed

__all__ = [
    "BAD_INPUT",
    "INTERRUPTED",
    "MET_ALL",
    "PIPE_CLOSED",
    "SOMETHING_NOT_MET",
    "UNDETERMINED",
    "exit_code",
    "main",
]

# What each file adds to the command line, in the order in which help lists it.
_GROUPS: tuple[Callable[[Commands], None], ...] = (
    evaluate.register,
    forms.register,
    tables.register,
    reports.register,
    packs.register,
    worksheets.register,
    documents.register,
    serving.register,
    opening.register,
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        # Vietnamese must print whatever the locale says, and a pipe must not turn it into escapes.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    given = sys.argv[1:] if arguments is None else list(arguments)
    commands = Commands.of(given)
    for register in _GROUPS:
        register(commands)
    options = commands.parser.parse_args(given)
    try:
        with warnings.catch_warnings(record=True) as noticed:
            warnings.simplefilter("always", SnapshotWarning)
            try:
                code: int = options.run(options)
                print(end="", flush=True)
            finally:
                for warning in noticed:
                    print(_noticed(warning.message, options.lang), file=sys.stderr)
    except NtmError as error:
        for problem in error.problems:
            print(as_typed(problem, options).text(options.lang), file=sys.stderr)
        return BAD_INPUT
    except BrokenPipeError:
        # The reader of a pipe has seen enough.
        sys.stderr.close()
        return PIPE_CLOSED
    except KeyboardInterrupt:
        return INTERRUPTED
    except OSError as error:
        # What is read reports its own faults; this is a result that could not be written.
        problem = Problem("error.cannot_write", Place(file=str(error.filename or "")), reason=reason_of(error))
        print(problem.text(options.lang), file=sys.stderr)
        return BAD_INPUT
    return code


def _noticed(warning: Warning | str, lang: Lang) -> str:
    return warning.problem.text(lang) if isinstance(warning, SnapshotWarning) else str(warning)
