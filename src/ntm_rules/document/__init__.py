"""Decisions as files: read into tables with their places, held against a pack, or drafted into a new one.

Needs the extra ``document``: ``pip install "ntm-rules[document]"``.
"""

from __future__ import annotations

from .document import Document, Table, read_document
from .drafting import Draft, draft
from .matching import match
from .reading import Found, Reading, State
from .refused import DocumentError

__all__ = [
    "Document",
    "DocumentError",
    "Draft",
    "Found",
    "Reading",
    "State",
    "Table",
    "draft",
    "match",
    "read_document",
]
