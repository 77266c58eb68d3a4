"""Decide, and explain, whether a Vietnamese administrative unit meets the criteria set for it by law."""

from .errors import NtmError
from .pack.catalogue import load_pack, packs
from .pack.model import Pack
from .quantity import Amount
from .snapshot.model import Snapshot, Unit
from .verdict import Verdict

__all__ = ["Amount", "NtmError", "Pack", "Snapshot", "Unit", "Verdict", "load_pack", "packs"]
