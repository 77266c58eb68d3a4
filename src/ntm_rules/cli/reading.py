"""What several commands are given."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from pathlib import Path

from ..errors import Problem, seen_from
from ..pack.catalogue import load_pack
from ..pack.model import Pack

TRUSTS = ("stated", "secondary", "recalled", "uncertain")


def is_file(reference: str) -> bool:
    """Whether a set is named by the path of its file."""
    return reference.endswith((".yaml", ".yml"))


def pack_of(reference: str) -> Pack:
    """The pack that an id, an id with its edition, or the path of a file names."""
    return load_pack(Path(reference) if is_file(reference) else reference)


def pack_on(reference: str, day: date | None) -> Pack:
    """The same; of an id without an edition, the one in force on the day, or today where none was told."""
    if is_file(reference):
        return pack_of(reference)
    # The layouts come with it, which judging does without.
    from ..layout.editions import edition

    return edition(reference, day)


def seen_among(files: Sequence[Path], file: Path) -> AbstractContextManager[None]:
    """Of several files or folders, what is refused is named with the folder it lies in."""
    return seen_from(file) if len(files) > 1 else nullcontext()


def as_typed(problem: Problem, options: argparse.Namespace) -> Problem:
    """The problem with its file as it was typed, where one argument alone names it."""
    given = (one for value in vars(options).values() for one in (value if isinstance(value, list) else [value]))
    named = {path for one in given if isinstance(one, str | Path) and (path := Path(one)).name == problem.place.file}
    return problem.seen_from(*named) if len(named) == 1 else problem
