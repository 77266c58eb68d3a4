"""The command ``ntm-rules``.

Exit codes: 0 everything met, 1 something not met, 2 bad usage or input refused (of many units some, and the others are
judged), 3 nothing failed but something is undetermined; 130 interrupted, 141 the reader of a pipe stopped reading.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module

from .codes import BAD_INPUT, INTERRUPTED, MET_ALL, PIPE_CLOSED, SOMETHING_NOT_MET, UNDETERMINED, exit_code
from .parser import Commands

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

# The files that register what begins with a word, in the order in which help lists it.
_FILES = {
    "evaluate": ("evaluate",),
    "template": ("forms",),
    "read": ("tables",),
    "units": ("tables",),
    "report": ("reports",),
    "demo": ("reports",),
    "packs": ("packs", "worksheets", "documents"),
    "serve": ("serving",),
    "open": ("opening",),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        # Vietnamese must print whatever the locale says, and a pipe must not turn it into escapes.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    given = sys.argv[1:] if arguments is None else list(arguments)
    commands = Commands.of(given)
    # Loaded for the command that is called, and all of them for help and mistakes: none needs what the others do.
    for file in dict.fromkeys(_files(given)):
        import_module(f".{file}", __name__).register(commands)
    options = commands.parser.parse_args(given)
    # Readers and packs, which a call that was not understood or asked for the version does without.
    from .running import run

    return run(options)


def _files(given: Sequence[str]) -> Iterable[str]:
    if list(given) == ["--version"]:
        return ()
    words: Iterator[str] = iter(given)
    first = next((word for word in words if not (word == "--lang" and next(words, "")) and word[:1] != "-"), "")
    return _FILES.get(first) or (file for files in _FILES.values() for file in files)
