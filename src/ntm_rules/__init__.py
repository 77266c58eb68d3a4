"""Decide, and explain, whether a Vietnamese administrative unit meets the criteria set for it by law."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    __version__: str

    from .analysis.compare import Comparison, compare
    from .analysis.lint import LintFinding, lint
    from .assessment.model import Assessment
    from .assessment.tree import TreeAssessment
    from .errors import NtmError
    from .evaluation.evaluate import evaluate
    from .evaluation.frame.children import ChildFrame
    from .evaluation.frame.evaluate import FrameResult, evaluate_frame, standing_frame
    from .evaluation.frame.names import pack_columns
    from .evaluation.frame.prepared import PreparedPlan, prepare
    from .evaluation.frame.scenarios import what_if
    from .evaluation.many import Evaluated, Refusal, evaluate_all
    from .evaluation.provenance import Reproduction, reproduce
    from .evaluation.tree import evaluate_tree
    from .pack.catalogue import load_pack, packs
    from .pack.model import Pack
    from .quantity.amount import Amount
    from .snapshot.model import Snapshot
    from .snapshot.readers import read_snapshots
    from .snapshot.unit import Unit
    from .verdict import Verdict

# Loaded on first use, so that importing the library stays cheap.
_LATER = {
    "Amount": ".quantity.amount",
    "Assessment": ".assessment.model",
    "ChildFrame": ".evaluation.frame.children",
    "Comparison": ".analysis.compare",
    "Evaluated": ".evaluation.many",
    "FrameResult": ".evaluation.frame.evaluate",
    "LintFinding": ".analysis.lint",
    "NtmError": ".errors",
    "Pack": ".pack.model",
    "PreparedPlan": ".evaluation.frame.prepared",
    "Refusal": ".evaluation.many",
    "Reproduction": ".evaluation.provenance",
    "Snapshot": ".snapshot.model",
    "TreeAssessment": ".assessment.tree",
    "Unit": ".snapshot.unit",
    "Verdict": ".verdict",
    "compare": ".analysis.compare",
    "evaluate": ".evaluation.evaluate",
    "evaluate_all": ".evaluation.many",
    "evaluate_frame": ".evaluation.frame.evaluate",
    "evaluate_tree": ".evaluation.tree",
    "lint": ".analysis.lint",
    "load_pack": ".pack.catalogue",
    "pack_columns": ".evaluation.frame.names",
    "packs": ".pack.catalogue",
    "prepare": ".evaluation.frame.prepared",
    "read_snapshots": ".snapshot.readers",
    "reproduce": ".evaluation.provenance",
    "standing_frame": ".evaluation.frame.evaluate",
    "what_if": ".evaluation.frame.scenarios",
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
    "PreparedPlan",
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
    "prepare",
    "read_snapshots",
    "reproduce",
    "standing_frame",
    "what_if",
]


def __getattr__(name: str) -> object:
    if name == "__version__":
        from importlib.metadata import version

        return version("ntm-rules")
    if name in _LATER:
        from .extras import load

        found = load(_LATER[name], name, __name__)
        # What is looked up again and again is looked up once.
        globals()[name] = found
        return found
    from importlib import import_module
    from importlib.util import find_spec

    if not name.startswith("_") and find_spec(f"{__name__}.{name}") is not None:
        return import_module(f".{name}", __name__)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    """What is public, as ``__all__`` says."""
    return sorted({*__all__, *(name for name in globals() if name.startswith("__")), "__version__"})
