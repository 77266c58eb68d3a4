"""Reports on a tree of units: an HTML page, a workbook in the agencies' own layout, a letter."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from ..assessment.briefing import NO_NOTES, Notes
from ..assessment.tree import TreeAssessment
from ..errors import EvaluationError, MissingExtraError, Problem
from ..evaluation.plan import TargetResult
from ..messages import Lang
from ..written import whole
from .gather import gather
from .letterhead import Letterhead

KINDS = (".html", ".xlsx", ".docx")


def write_report(
    tree: TreeAssessment,
    path: str | os.PathLike[str],
    *,
    lang: Lang = "vi",
    plan: Sequence[TargetResult] = (),
    title: str = "",
    notes: Notes = NO_NOTES,
    letterhead: Letterhead | None = None,
) -> None:
    """Write a report; the file's ending chooses the kind: ``.html``, ``.xlsx`` or ``.docx``.

    The page stands alone: no network, no scripts but its own. ``plan`` are checked targets (``check_plan``),
    ``notes`` remarks on what was entered, shown beside their unit. The document is set as Nghị định 30/2020/NĐ-CP asks;
    what ``letterhead`` leaves out stands in it as a marked field to fill.

    >>> import tempfile, pathlib
    >>> import ntm_rules as ntm
    >>> units = [ntm.Unit(id="h", level="district"), ntm.Unit(id="x", level="commune", parent="h", region="btb")]
    >>> tree = ntm.evaluate_tree(units, [], ["vn/commune"], as_of="2023-08-17")
    >>> folder = tempfile.TemporaryDirectory()
    >>> write_report(tree, pathlib.Path(folder.name) / "report.html")
    >>> folder.cleanup()

    Raises:
        EvaluationError: another ending.
        MissingExtraError: the extra ``report`` is not installed.
    """
    target = Path(path)
    if target.suffix not in KINDS:
        raise EvaluationError(Problem("error.report_kind", kind=target.suffix or target.name, names=", ".join(KINDS)))
    report = gather(tree, lang, plan, title, notes)
    try:
        with whole(target) as draft:
            if target.suffix == ".html":
                from .page import to_page

                draft.write_text(to_page(report), encoding="utf-8")
            elif target.suffix == ".xlsx":
                from .workbook import write_workbook

                write_workbook(report, draft)
            else:
                from .letter import write_letter

                write_letter(report, draft, letterhead)
    except ModuleNotFoundError as error:
        raise MissingExtraError(Problem("error.report_extra", module=error.name or "")) from None
