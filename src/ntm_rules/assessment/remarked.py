"""Remarks on a unit: one that every finding of it carries is about the unit, not about each criterion."""

from __future__ import annotations

from typing import TypeVar

from msgspec import structs

from ..snapshot.observation import Finding
from .model import Assessment, CriterionResult, IndicatorResult

_R = TypeVar("_R", IndicatorResult, CriterionResult)


def remark_apart(assessment: Assessment) -> tuple[Assessment, str]:
    """The assessment without the remark that all its findings share, and that remark; empty where they share none.

    In a table of units and criteria the remark stands once in the row of a unit, and its findings all carry it.
    """
    items: tuple[IndicatorResult | CriterionResult, ...] = (
        *assessment.prerequisites,
        *assessment.criteria,
        *assessment.indicators(),
    )
    found = [finding.remark for item in items for finding in item.findings]
    if len(found) < 2 or not found[0] or len(set(found)) > 1:
        return assessment, ""
    criteria = tuple(
        structs.replace(_bare(one), indicators=tuple(map(_bare, one.indicators))) for one in assessment.criteria
    )
    prerequisites = tuple(map(_bare, assessment.prerequisites))
    return assessment.with_results(prerequisites, criteria), found[0]


def _bare(item: _R) -> _R:
    if not item.findings:
        return item
    findings: tuple[Finding, ...] = tuple(structs.replace(finding, remark="") for finding in item.findings)
    return structs.replace(item, findings=findings)
