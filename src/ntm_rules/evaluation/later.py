"""Figures and conclusions of a day after the one a unit is judged on: they are set aside."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TypeVar

from ..snapshot.model import Snapshot
from ..snapshot.observation import Finding, Observation

Told = TypeVar("Told", Observation, Finding)


def known_by_then(snapshot: Snapshot) -> Snapshot:
    """The snapshot without what is of a later day than its own; itself where there is none."""
    day = snapshot.as_of
    measures = _until(snapshot.measures, day)
    findings = {pack: _until(codes, day) for pack, codes in snapshot.findings.items()}
    changed: dict[str, object] = {}
    if measures is not snapshot.measures:
        changed["measures"] = measures
    if any(findings[pack] is not codes for pack, codes in snapshot.findings.items()):
        changed["findings"] = findings
    return snapshot.model_copy(update=changed) if changed else snapshot


def _until(given: Mapping[str, tuple[Told, ...]], day: date) -> Mapping[str, tuple[Told, ...]]:
    # A plain loop: every fact of every unit passes here.
    for several in given.values():
        for one in several:
            if one.on is not None and one.on > day:
                return _known(given, day)
    return given


def _known(given: Mapping[str, tuple[Told, ...]], day: date) -> Mapping[str, tuple[Told, ...]]:
    kept = {name: tuple(one for one in several if one.on is None or one.on <= day) for name, several in given.items()}
    return {name: several for name, several in kept.items() if several}
