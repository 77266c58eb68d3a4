"""The report as data: every assessment, count and contradiction in codes and both languages, for other programs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from ..assessment.briefing import has_facts
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


def to_lines(dossier: Dossier, tree: TreeAssessment) -> Iterator[str]:
    """JSON, a line each: first what ``to_record`` says of the whole, then the units one by one.

    An assessment tells the words of the law in full, in both languages: a province's record is most of it law, said
    again for every unit. Here a unit has the assessments that facts speak to, each as the published schema has it; of
    all packs it has the verdict.
    """
    whole = {
        "title": dossier.title,
        "as_of": tree.as_of,
        "plan": dossier.check_plans(tree),
        "notes": [{"unit": unit, "pack": pack, "text": text} for (unit, pack), text in dossier.notes.items()],
        "titles": tree.titles,
    }
    yield _line(whole)
    for one in tree.units:
        told = {pack: assessment for pack, assessment in one.assessments.items() if has_facts(assessment)}
        line = {
            "unit": one.unit,
            "parent": one.parent,
            "verdicts": {pack: one.verdict(pack) for pack in one.assessments},
            "holdings": one.holdings,
            "exempt": one.exempt,
            "counts": one.counts,
            "unused": one.unused,
            "assessments": told,
        }
        yield _line({name: value for name, value in line.items() if value})


def _line(value: object) -> str:
    return msgspec.json.encode(msgspec.to_builtins(value)).decode() + "\n"
