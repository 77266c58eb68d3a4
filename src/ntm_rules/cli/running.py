"""One command run: what it noticed and what was refused is told, and comes to an exit code."""

from __future__ import annotations

import argparse
import sys
import warnings

from ..errors import NtmError, Place, Problem, reason_of
from ..messages import Lang
from ..snapshot.cells import SnapshotWarning
from .codes import BAD_INPUT, INTERRUPTED, PIPE_CLOSED
from .reading import as_typed


def run(options: argparse.Namespace) -> int:
    """Run what was asked for and return its exit code."""
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
