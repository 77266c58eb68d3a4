"""Rules for what cannot be meant: values that fall over the years, needless branches, figures the text denies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from ...messages import LANGS, Text
from ...pack.condition import AnyCondition, Comparison, ConditionModel, MeasureCondition, unit_asked, walk
from ...pack.legal import Verification
from ...pack.period import in_common
from ...pack.requirement import SIGNS
from ...pack.threshold import Delegated, Figure, Row, leaves, years
from ...quantity.amount import Amount
from ..cases import Universe
from ..formula import FALSE, TRUE, Formula, TooComplexError, every, negation, search
from ..reading import Pass, Reader
from .subject import Asked, LintFinding, Subject

_PER_CENT = re.compile(r"(\d+(?:[.,]\d+)?)\s*%")


def falling(subject: Subject) -> Iterator[LintFinding]:
    """Values by year that ask less of a later year than of an earlier one."""
    for asked, comparison in subject.comparisons():
        series: dict[tuple[Row, ...], list[tuple[int, Amount, tuple[Row, ...]]]] = {}
        for rows, leaf in leaves(comparison.threshold):
            spans = [years(label) for axis, label in rows if axis == "year" and label != "otherwise"]
            if len(spans) == 1 and isinstance(leaf, Figure):
                others = tuple(row for row in rows if row[0] != "year")
                series.setdefault(others, []).append((spans[0][0], leaf.value, rows))
        for values in series.values():
            values.sort(key=lambda one: one[0])
            for (_, before, _), (year, after, rows) in pairwise(values):
                less = {"higher": after.value < before.value, "lower": after.value > before.value, "neither": False}
                if after.unit == before.unit and less[comparison.op.wants]:
                    path = (*asked.path, "threshold", *(part for _, label in rows for part in ("rows", label)))
                    yield subject.found(
                        "falling",
                        asked.indicator.code,
                        path,
                        severity="warning",
                        year=year,
                        before=before,
                        after=after,
                    )


def covered(subject: Subject) -> Iterator[LintFinding]:
    """A branch of ``any`` that lets through nothing that another one does not."""
    choices = [(asked, asked.condition) for asked in subject.asked() if isinstance(asked.condition, AnyCondition)]
    if not choices:
        return
    reader = Reader(subject.catalogue, Verification.UNCERTAIN)
    kinds = Universe.of((subject.pack,), subject.catalogue).alike
    passes = [Pass(reader, subject.pack, case) for case in kinds]
    for asked, condition in choices:
        yield from _covered(subject, asked, condition, passes)


def _covered(subject: Subject, asked: Asked, branches: AnyCondition, passes: list[Pass]) -> Iterator[LintFinding]:
    read = [[one.condition(part, asked.indicator) for part in branches.any] for one in passes]
    dead: set[int] = set()
    for index in reversed(range(len(branches.any))):
        others = [other for other in range(len(branches.any)) if other != index and other not in dead]
        wider = next((other for other in others if all(_within(row[index], row[other]) for row in read)), None)
        if wider is not None:
            dead.add(index)
            yield subject.found(
                "covered",
                asked.indicator.code,
                (*asked.path, "any", index),
                severity="warning",
                branch=index + 1,
                wider=wider + 1,
            )


def _within(branch: Formula | None, wider: Formula | None) -> bool:
    # What is wrong by itself has been reported where it stands.
    if branch is None or wider is None or {TRUE, FALSE} & {branch, wider}:
        return False
    try:
        return search((every((branch, negation(wider))),)) is None
    except TooComplexError:
        return False


def left_behind(subject: Subject) -> Iterator[LintFinding]:
    """An indicator whose value an overlay sets for some of its days, while on others the base's figure stays."""
    pack = subject.pack
    for indicator in pack.coded() if pack.extends else ():
        parts = [(None, indicator.requires), *((version, version.requires) for version in indicator.versions)]
        figures = [list(_figures(root)) for _, root in parts]
        if not any(leaf.set_by == pack.id for inside in figures for leaf in inside):
            continue
        for (version, _), inside in zip(parts, figures, strict=True):
            days = in_common([pack.valid, version.valid]) if version is not None else pack.valid
            if days is not None and inside and not any(leaf.set_by == pack.id for leaf in inside):
                path = ("versions", indicator.versions.index(version), "requires") if version else ("requires",)
                yield subject.found("left_behind", indicator.code, path, severity="warning",
                    start=days.start or "…", end=days.end or "…", base=pack.extends[0])  # fmt: skip


def _figures(root: ConditionModel) -> Iterator[Figure]:
    for _, part in walk(root):
        if isinstance(part, Comparison):
            yield from (leaf for _, leaf in leaves(part.threshold) if isinstance(leaf, Figure))


def told_otherwise(subject: Subject) -> Iterator[LintFinding]:
    """A percentage that is none of those in the words of its own indicator."""
    for asked in subject.asked():
        condition = asked.condition
        if not isinstance(condition, Comparison) or not isinstance(condition.threshold, Figure):
            continue
        # What a province sets stands beside the nation's words, which keep the nation's figure.
        if condition.threshold.set_by:
            continue
        figure, text = condition.threshold.value, (asked.version and asked.version.text) or asked.indicator.text
        told = {Decimal(found.replace(",", ".")) for words in (text.vi, text.en) for found in _PER_CENT.findall(words)}
        unit = figure.unit or unit_asked(condition, subject.measures)
        # A guard may be about something the words do not tell.
        if told and unit == "percent" and not {"when", "applies_if"} & set(asked.path) and figure.value not in told:
            named = ", ".join(f"{value:f} %" for value in sorted(told))
            path = (*asked.path, "threshold")
            yield subject.found(
                "told_otherwise", asked.indicator.code, path, severity="warning", figure=figure, told=named
            )


def below_average(subject: Subject) -> Iterator[LintFinding]:
    """Levels of a province that all fall short of what its communes must come to on average."""
    if not subject.pack.extends:
        return
    seen: set[tuple[str, str]] = set()
    for row in subject.catalogue.bases(subject.pack)[0].figures():
        average = row.leaf.average if isinstance(row.leaf, Delegated) else None
        if average is None or not isinstance(row.condition, MeasureCondition):
            continue
        if (row.indicator.code, row.condition.measure) in seen:
            continue
        seen.add((row.indicator.code, row.condition.measure))
        code, measure, op = row.indicator.code, subject.measures[row.condition.measure], row.condition.op
        levels: dict[Amount, None] = {}
        for mine in subject.pack.figures():
            same = isinstance(mine.condition, MeasureCondition) and mine.condition.measure == measure.id
            if mine.indicator.code == code and same:
                if not isinstance(mine.leaf, Figure):
                    break
                level, bound = measure.read(mine.leaf.value), measure.read(average)
                if level >= bound if op.wants == "higher" else level <= bound:
                    break
                levels[mine.leaf.value.to(measure.unit)] = None
        else:
            told = Text(*("; ".join(level.text(lang) for level in levels) for lang in LANGS))
            asked = Text(*(f"{SIGNS[op]} {average.text(lang)}" for lang in LANGS))
            yield subject.found(
                "average", code, ("threshold",), severity="warning", name=measure.name, values=told, asked=asked
            )
