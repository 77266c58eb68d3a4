"""``-o`` and ``--force``: files that commands write, never over what somebody else may have filled in."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path

from ..errors import Place, Problem, SnapshotError
from .parser import Commands


def takes_output(parser: argparse.ArgumentParser, commands: Commands, help_key: str, *, required: bool = True) -> None:
    """Give a command ``-o FILE`` and ``--force``."""
    say = commands.say
    parser.add_argument(
        "-o", "--output", required=required, type=Path, metavar=say("cli.name.file"), help=say(help_key)
    )
    parser.add_argument("--force", action="store_true", help=say("cli.force"))


def output_of(
    options: argparse.Namespace, inputs: Iterable[str | Path] = (), ending: str = "", *, written: Path | None = None
) -> Path:
    """Where to write: ``-o``, or what another option names (``written``).

    Raises:
        SnapshotError: a file is there and ``--force`` was not said, it is one of ``inputs``, which are read, or its
            name lacks the ``ending`` by which it is found again.
    """
    path: Path = written or options.output
    if ending and path.suffix.casefold() != ending:
        raise SnapshotError(Problem("error.not_a_workbook", file=path.name))
    place, there = Place(file=str(path)), path.resolve()
    for read in map(Path, inputs):
        if read.resolve() == there or (read.is_dir() and there.exists() and read.resolve() in there.parents):
            raise SnapshotError(Problem("error.output_is_input", place))
    if path.is_file() and not options.force:
        raise SnapshotError(Problem("error.output_exists", place))
    return path
