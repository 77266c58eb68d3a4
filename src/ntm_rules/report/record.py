"""The report as data: every assessment, count and contradiction in codes and both languages, for other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from ..assessment.tree import TreeAssessment

if TYPE_CHECKING:
    from ..dossier import Dossier


def to_record(dossier: Dossier, tree: TreeAssessment) -> str:
    """JSON: the ``title`` and day, the whole ``tree`` (``TreeAssessment.from_json`` reads it back), the targets of the
    ``plan`` as they stand, and the ``notes`` on units."""
    notes = [{"unit": unit, "pack": pack, "text": text} for (unit, pack), text in dossier.notes.items()]
    record = {
        "title": dossier.title,
        "as_of": tree.as_of,
        "tree": tree,
        "plan": dossier.check_plans(tree),
        "notes": notes,
    }
    # In one line: a province's tree is long, and programs read it.
    return msgspec.json.encode(msgspec.to_builtins(record)).decode() + "\n"
