"""Decide, and explain, whether a Vietnamese administrative unit meets the criteria set for it by law."""

from .assessment.model import Assessment
from .errors import NtmError
from .evaluation.evaluate import evaluate
from .evaluation.tree import evaluate_tree
from .pack.catalogue import load_pack, packs
from .pack.model import Pack
from .quantity import Amount
from .snapshot.model import Snapshot, Unit
from .snapshot.readers import read_snapshots
from .verdict import Verdict

__all__ = [
    "Amount",
    "Assessment",
    "NtmError",
    "Pack",
    "Snapshot",
    "Unit",
    "Verdict",
    "evaluate",
    "evaluate_tree",
    "load_pack",
    "packs",
    "read_snapshots",
]
