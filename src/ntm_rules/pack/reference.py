"""How a pack is referred to: ``vn/commune``, or with its edition ``vn/commune@2021-2025``."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Annotated

from pydantic import Field

from ..errors import CatalogueError, Problem

ID_PATTERN = r"^[a-z][a-z0-9-]*(/[a-z][a-z0-9-]*)+$"
REFERENCE_PATTERN = r"^[a-z][a-z0-9-]*(/[a-z][a-z0-9-]*)+(@[A-Za-z0-9.-]+)?$"
Reference = Annotated[str, Field(pattern=REFERENCE_PATTERN)]


@lru_cache(maxsize=1024)
def split_reference(reference: str) -> tuple[str, str]:
    """Id and edition (``""`` when not pinned) of a pack reference.

    >>> split_reference("vn/commune@2021-2025")
    ('vn/commune', '2021-2025')
    """
    if not re.fullmatch(REFERENCE_PATTERN, reference):
        raise CatalogueError(Problem("error.reference", reference=reference))
    pack_id, _, edition = reference.partition("@")
    return pack_id, edition
