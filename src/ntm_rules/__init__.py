"""Decide, and explain, whether a Vietnamese administrative unit meets the criteria set for it by law."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .assessment.model import Assessment
from .errors import NtmError
from .evaluation.evaluate import evaluate
from .extras import load
from .pack.catalogue import load_pack, packs
from .pack.model import Pack
from .quantity import Amount
from .snapshot.model import Snapshot, Unit
from .verdict import Verdict

if TYPE_CHECKING:
    __version__: str

    from .analysis.compare import Comparison, compare
    from .analysis.lint import LintFinding, lint
    from .assessment.tree import TreeAssessment
    from .evaluation.frame.children import ChildFrame
    from .evaluation.frame.evaluate import FrameResult, evaluate_frame, standing_frame
    from .evaluation.frame.names import pack_columns
    from .evaluation.frame.scenarios import what_if
    from .evaluation.many import Evaluated, Refusal, evaluate_all
    from .evaluation.provenance import Reproduction, reproduce
    from .evaluation.tree import evaluate_tree
    from .snapshot.readers import read_snapshots

# Loaded on first use, so that importing the library stays cheap.
_LATER = {
    "ChildFrame": ".evaluation.frame.children",
    "FrameResult": ".evaluation.frame.evaluate",
    "Evaluated": ".evaluation.many",
    "Refusal": ".evaluation.many",
    "evaluate_all": ".evaluation.many",
    "evaluate_frame": ".evaluation.frame.evaluate",
    "pack_columns": ".evaluation.frame.names",
    "standing_frame": ".evaluation.frame.evaluate",
    "what_if": ".evaluation.frame.scenarios",
    "Comparison": ".analysis.compare",
    "LintFinding": ".analysis.lint",
    "TreeAssessment": ".assessment.tree",
    "compare": ".analysis.compare",
    "evaluate_tree": ".evaluation.tree",
    "Reproduction": ".evaluation.provenance",
    "reproduce": ".evaluation.provenance",
    "lint": ".analysis.lint",
    "read_snapshots": ".snapshot.readers",
}

__all__ = [
    "Amount",
    "Assessment",
    "ChildFrame",
    "Comparison",
    "Evaluated",
    "FrameResult",
    "LintFinding",
    "NtmError",
    "Pack",
    "Refusal",
    "Reproduction",
    "Snapshot",
    "TreeAssessment",
    "Unit",
    "Verdict",
    "compare",
    "evaluate",
    "evaluate_all",
    "evaluate_frame",
    "evaluate_tree",
    "lint",
    "load_pack",
    "pack_columns",
    "packs",
    "read_snapshots",
    "reproduce",
    "standing_frame",
    "what_if",
]


def __getattr__(name: str) -> object:
    if name == "__version__":
        from importlib.metadata import version

        return version("ntm-rules")
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return load(_LATER[name], name, __name__)


def __dir__() -> list[str]:
    """What is public, as ``__all__`` says."""
    return sorted({*__all__, *(name for name in globals() if name.startswith("__")), "__version__"})
