"""Property tests for packs: strategies, laws, situations. Everything but situations needs the extra ``testing``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..extras import load

if TYPE_CHECKING:
    from .check import LawReport, check_laws
    from .edges import Edge, near_threshold
    from .forest import Tree, trees
    from .laws import LAWS
    from .observing import snapshots, units
    from .situations import Situation, SituationResult, run_situations, uncovered
    from .solving import snapshots_failing, snapshots_meeting
    from .trial import Broken, Law
    from .writing import World, amounts, packs, worlds

_HOMES = {
    "check": ("LawReport", "check_laws"),
    "edges": ("Edge", "near_threshold"),
    "laws": ("LAWS",),
    "observing": ("snapshots", "units"),
    "situations": ("Situation", "SituationResult", "run_situations", "uncovered"),
    "solving": ("snapshots_failing", "snapshots_meeting"),
    "forest": ("Tree", "trees"),
    "trial": ("Broken", "Law"),
    "writing": ("World", "amounts", "packs", "worlds"),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "LAWS",
    "Broken",
    "Edge",
    "Law",
    "LawReport",
    "Situation",
    "SituationResult",
    "Tree",
    "World",
    "amounts",
    "check_laws",
    "near_threshold",
    "packs",
    "run_situations",
    "snapshots",
    "snapshots_failing",
    "snapshots_meeting",
    "trees",
    "uncovered",
    "units",
    "worlds",
]


def __getattr__(name: str) -> object:
    """Loaded on first use, so that situations run where Hypothesis is not installed."""
    if name not in _HOME:
        raise AttributeError(name)
    return load(f".{_HOME[name]}", name, __name__)
