"""How much one request may ask for."""

from __future__ import annotations

import msgspec


class Limits(msgspec.Struct, frozen=True):
    """Bytes of a request, seconds it may take in all, units of one request, and works in processes at one time.

    ``snapshot`` is for the body that is one snapshot, which is read where every request waits; ``body`` for all others.
    """

    snapshot: int = 256_000
    body: int = 16_000_000
    seconds: float = 30.0
    units: int = 5_000
    processes: int = 2
