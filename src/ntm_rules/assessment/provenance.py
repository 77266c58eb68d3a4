"""What made an answer: the library and the texts of the law it read."""

from __future__ import annotations

import msgspec

from ..pack.text import PackText


class Provenance(msgspec.Struct, frozen=True, omit_defaults=True):
    """The library's version, and every text that could have a part in the answer.

    These are the pack, the packs it is laid over, those it asks for (a set below, a threshold it multiplies), what they
    share, and the measures they compare.
    """

    library: str
    texts: tuple[PackText, ...] = ()
