"""What makes the answers of a pack: this library, and the files of the law."""

from __future__ import annotations

from functools import lru_cache

from ..assessment.provenance import Provenance
from ..pack.catalogue import Catalogue
from ..pack.model import Pack
from ..pack.related import involved


@lru_cache(maxsize=1)
def library() -> str:
    """The version of this library."""
    # It brings the mail and archive modules, which nothing needs before the first answer.
    from importlib.metadata import version

    return version("ntm-rules")


@lru_cache(maxsize=256)
def made_by(pack: Pack, catalogue: Catalogue, written: str) -> Provenance:
    """What an assessment of the pack, ``written`` so, is made by, where other packs come from the catalogue."""
    packs = involved((pack,), catalogue)
    measures = catalogue.measure_texts(name for one in packs for name in one.measures_used())
    return Provenance(library(), tuple(dict.fromkeys((*(text for one in packs for text in one.texts), *measures))))
