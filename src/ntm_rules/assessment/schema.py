"""The JSON Schema of an assessment, published as ``docs/assessment.schema.json``.

``python -m ntm_rules.assessment.schema docs/assessment.schema.json`` writes it again.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import msgspec

from .model import Assessment


def schema() -> dict[str, Any]:
    """The schema that ``Assessment.to_json`` fulfils.

    >>> schema()["$schema"]
    'https://json-schema.org/draft/2020-12/schema'
    """
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **msgspec.json.schema(Assessment)}


def text() -> str:
    """The schema as it is published."""
    return json.dumps(schema(), ensure_ascii=False, indent=2, sort_keys=True) + "\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(text(), encoding="utf-8")
