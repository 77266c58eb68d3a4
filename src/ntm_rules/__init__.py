"""Decide, and explain, whether a Vietnamese administrative unit meets the criteria set for it by law."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from .assessment.model import Assessment
from .errors import NtmError
from .evaluation.evaluate import evaluate
from .pack.catalogue import load_pack, packs
from .pack.model import Pack
from .quantity import Amount
from .snapshot.model import Snapshot, Unit
from .verdict import Verdict

if TYPE_CHECKING:
    from .assessment.tree import TreeAssessment
    from .evaluation.tree import evaluate_tree
    from .pack.compare import Comparison, compare
    from .pack.lint import LintFinding, lint
    from .snapshot.readers import read_snapshots

# Loaded on first use, so that importing the library stays cheap.
_LATER = {
    "Comparison": ".pack.compare",
    "LintFinding": ".pack.lint",
    "TreeAssessment": ".assessment.tree",
    "compare": ".pack.compare",
    "evaluate_tree": ".evaluation.tree",
    "lint": ".pack.lint",
    "read_snapshots": ".snapshot.readers",
}

__all__ = [
    "Amount",
    "Assessment",
    "Comparison",
    "LintFinding",
    "NtmError",
    "Pack",
    "Snapshot",
    "TreeAssessment",
    "Unit",
    "Verdict",
    "compare",
    "evaluate",
    "evaluate_tree",
    "lint",
    "load_pack",
    "packs",
    "read_snapshots",
]


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_LATER[name], __name__), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
