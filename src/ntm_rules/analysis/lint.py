"""Mistakes in packs that a loader cannot see, each with its line and what to do about it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

from ..pack.catalogue import Catalogue, installed
from ..pack.model import Pack
from .linting import form, logic, sense, tables, words
from .linting.subject import LintFinding, Subject

RULES: tuple[Callable[[Subject], Iterator[LintFinding]], ...] = (
    tables.holes_and_rows,
    tables.versions,
    tables.figures,
    sense.falling,
    sense.covered,
    sense.left_behind,
    sense.below_average,
    sense.grades,
    words.told_otherwise,
    logic.conditions,
    logic.region_rules,
    logic.directions,
    logic.laxer,
    form.languages,
    form.sources,
    form.order,
    form.unused,
    form.circular,
    form.measured_elsewhere,
)


def lint(pack: Pack | str | os.PathLike[str], *, catalogue: Catalogue | None = None) -> tuple[LintFinding, ...]:
    """What looks wrong in a pack, by file and line.

    ``catalogue`` is where other packs and measures come from (everything installed, unless said). What an overlay
    takes over unchanged from the pack it extends is reported there, not again.

    >>> import ntm_rules as ntm
    >>> [finding.rule for finding in ntm.lint("vn/commune@2021-2025") if finding.severity == "error"]
    []

    Raises:
        CatalogueError: a pack that is not installed. PackError: a file that is refused.
    """
    catalogue = catalogue or installed()
    given = pack if isinstance(pack, Pack) else catalogue.load(pack)
    known = set[tuple[str, ...]]()
    if given.extends:
        base = catalogue.bases(given)[0]
        known = {_same(finding) for finding in _findings(base, catalogue)}
    found = [finding for finding in _findings(given, catalogue) if _same(finding) not in known]
    if given.as_group is not None:
        # What a set asks of some groups only is settled where all are judged as one group.
        found = [finding for finding in found if finding.rule not in ("always", "unreachable")]
    return tuple(sorted(found, key=lambda finding: (finding.place.file, finding.place.line)))


def _findings(pack: Pack, catalogue: Catalogue) -> Iterator[LintFinding]:
    subject = Subject(pack, catalogue)
    for rule in RULES:
        yield from rule(subject)


def _same(finding: LintFinding) -> tuple[str, ...]:
    return finding.rule, finding.about, finding.sentence.en


__all__ = ["LintFinding", "lint"]
