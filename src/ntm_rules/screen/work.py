"""What the page asks for, done with one file: the work of a process of its own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from .decisions import reviewed, worksheet
from .desk import OnDesk, told_of, understand
from .look import looked
from .results import judged, taken_away

DOING = ("look", "read", "judge", "report", "decision", "worksheet")


def done(doing: str, desk: OnDesk, folder: str) -> bytes:
    """The answer: JSON, or the file that is taken away. The files lie in the folder, which the asker clears.

    Raises:
        NtmError: what cannot be read or judged.
    """
    place = Path(folder)
    if doing == "worksheet":
        return worksheet(desk, place)
    if doing == "report":
        return taken_away(desk, understand(desk, place), place)
    return json.dumps(_told(doing, desk, place), ensure_ascii=False).encode()


def _told(doing: str, desk: OnDesk, folder: Path) -> dict[str, Any]:
    if doing == "look":
        return looked(desk, folder)
    if doing == "decision":
        return reviewed(desk, folder)
    told = understand(desk, folder)
    answer = told_of(told, desk)
    return answer | {"judged": judged(desk, told)} if doing == "judge" and told.snapshots else answer
