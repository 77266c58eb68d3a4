"""What several commands are given."""

from __future__ import annotations

from pathlib import Path

from ..pack.catalogue import load_pack
from ..pack.model import Pack

TRUSTS = ("stated", "secondary", "recalled", "uncertain")


def pack_of(reference: str) -> Pack:
    """The pack that an id, an id with its edition, or the path of a file names."""
    return load_pack(Path(reference) if reference.endswith((".yaml", ".yml")) else reference)
