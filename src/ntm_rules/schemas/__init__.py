"""JSON Schemas of what goes in and comes out, for programs in other languages and for editors.

They are shipped beside this file and in the documentation, as ``snapshot.v1.schema.json``. The number in the name and
in ``$id`` changes when something that was valid no longer is, or something that could be read no longer can; new
optional keys leave it as it is. ``python -m ntm_rules.schemas FOLDER`` writes them again.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from pathlib import Path

import msgspec

from ..assessment.model import Assessment
from ..assessment.tree import TreeAssessment
from ..errors import must_be
from ..evaluation.plan import Plan
from ..layout.model import Layout
from ..pack.schema import pack_schema
from ..snapshot.model import Snapshot

VERSION = 1
_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_MADE: dict[str, Callable[[], dict[str, object]]] = {
    "assessment": lambda: msgspec.json.schema(Assessment),
    "layout": Layout.model_json_schema,
    "pack": pack_schema,
    "plan": Plan.model_json_schema,
    "snapshot": Snapshot.model_json_schema,
    "tree": lambda: msgspec.json.schema(TreeAssessment),
}
NAMES = tuple(_MADE)


@cache
def _published(name: str) -> str:
    return (files(__name__) / file_name(name)).read_text(encoding="utf-8")


def schema(name: str) -> dict[str, object]:
    """The schema of ``snapshot``, ``pack``, ``assessment``, ``tree``, ``plan`` or ``layout``, as it is published.

    >>> schema("snapshot")["$id"]
    'urn:ntm-rules:snapshot:1'

    Raises:
        EvaluationError: there is none of that name.
    """
    must_be("name", name, NAMES)
    found: dict[str, object] = json.loads(_published(name))
    return found


def file_name(name: str) -> str:
    """The file a schema is published as."""
    return f"{name}.v{VERSION}.schema.json"


def text(name: str) -> str:
    """A schema as the models have it now: what its file must hold."""
    made = {"title": name, **_MADE[name](), "$schema": _DRAFT, "$id": f"urn:ntm-rules:{name}:{VERSION}"}
    return json.dumps(_plain(made), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def write(folder: Path) -> None:
    """Every schema, into a folder."""
    for name in NAMES:
        (folder / file_name(name)).write_text(text(name), encoding="utf-8")


def _plain(value: object) -> object:
    """Descriptions without the examples for Python that docstrings end with; keys of a pattern, and no others."""
    if isinstance(value, dict):
        closed = {"additionalProperties": False} if "patternProperties" in value else {}
        return closed | {
            key: inner.partition(">>>")[0].strip() if key == "description" and isinstance(inner, str) else _plain(inner)
            for key, inner in value.items()
        }
    return [_plain(inner) for inner in value] if isinstance(value, list) else value
