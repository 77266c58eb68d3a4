"""Rules for what cannot be meant: values that fall over the years, needless branches, grades nobody is given."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from ...evaluation import form as forms
from ...messages import LANGS, Text
from ...pack.condition import (
    AnyCondition,
    AtLeastCondition,
    ChoiceCondition,
    Comparison,
    ConditionModel,
    MeasureCondition,
    walk,
)
from ...pack.legal import Verification
from ...pack.period import in_common
from ...pack.requirement import SIGNS
from ...pack.threshold import Delegated, Figure, Row, leaves, years
from ...quantity.amount import Amount
from ..cases import Universe
from ..formula import FALSE, TRUE, Formula, TooComplexError, every, negation, search, several
from ..reading import Pass, Reader, total_of
from .subject import Asked, LintFinding, Subject


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
    """A part of ``any`` or of "at least n" without which nothing else is asked; a choice between two equal branches."""
    asking = [(one, one.condition) for one in subject.asked()]
    if not any(isinstance(condition, (AnyCondition, AtLeastCondition, ChoiceCondition)) for _, condition in asking):
        return
    passes = _passes(subject)
    for asked, condition in asking:
        match condition:
            case AnyCondition(any=parts):
                yield from _covered(subject, asked, "any", 1, parts, passes)
            case AtLeastCondition(at_least=needed, of=parts):
                yield from _covered(subject, asked, "of", needed, parts, passes)
            case ChoiceCondition() if not _left_open(condition):
                read = [[one.condition(part, asked.indicator) for part in _branches(condition)] for one in passes]
                if condition.then == condition.otherwise or all(_within(a, b) and _within(b, a) for a, b in read):
                    path = (*asked.path, "otherwise")
                    yield subject.found("covered", asked.indicator.code, path, severity="warning", variant="choice")


def _branches(choice: ChoiceCondition) -> tuple[ConditionModel, ConditionModel]:
    return choice.then, choice.otherwise


def _left_open(choice: ChoiceCondition) -> bool:
    """Whether an overlay may yet set the branches apart."""
    inside = [part for branch in _branches(choice) for _, part in walk(branch) if isinstance(part, Comparison)]
    return any(not isinstance(leaf, Figure) for part in inside for _, leaf in leaves(part.threshold))


class _Sums(Pass):
    """Sums of points are read as numbers here: only what their thresholds say of each other is asked."""

    def total(self, form: forms.Total) -> Formula:
        return self._compared(total_of(form), form.required)


def _passes(subject: Subject) -> list[Pass]:
    reader = Reader(subject.catalogue, Verification.UNCERTAIN)
    return [_Sums(reader, subject.pack, case) for case in Universe.of((subject.pack,), subject.catalogue).alike]


def _covered(
    subject: Subject, asked: Asked, key: str, needed: int, parts: tuple[ConditionModel, ...], passes: list[Pass]
) -> Iterator[LintFinding]:
    read = [[one.condition(part, asked.indicator) for part in parts] for one in passes]
    dead: set[int] = set()

    def found(index: int, variant: str = "", wider: int = -1) -> LintFinding:
        dead.add(index)
        path, told = (*asked.path, key, index), {"branch": index + 1, "wider": wider + 1}
        code = asked.indicator.code
        return subject.found(
            "covered", code, path, severity="warning", criterion=False, variant=variant, fix="fix", **told
        )

    def others(index: int) -> list[int]:
        return [other for other in range(len(parts)) if other != index and other not in dead]

    for index in reversed(range(len(parts))):
        wider = [other for other in others(index) if all(_within(row[index], row[other]) for row in read)]
        if needed == 1 and wider:
            yield found(index, wider=wider[0])
        elif twin := [other for other in wider if all(_within(row[other], row[index]) for row in read)]:
            yield found(index, "twice", twin[0])
    # What counts twice makes others needless; it is told first.
    for index in () if dead or needed == 1 else reversed(range(len(parts))):
        rest = others(index)
        if needed <= len(rest) and all(_needless(row, index, rest, needed) for row in read):
            yield found(index, "needless")


def _needless(row: list[Formula | None], index: int, others: list[int], needed: int) -> bool:
    """Whether as many of the others hold wherever a part and all but one of as many do."""
    part, rest = row[index], [row[other] for other in others]
    known = [one for one in rest if one is not None]
    if part is None or len(known) < len(rest):
        return False
    return _within(several(needed, (part, *known)), several(needed, known))


def grades(subject: Subject) -> Iterator[LintFinding]:
    """A grade that nobody is ever given, since whoever meets it meets one that stands before it."""
    given = subject.pack.grades
    if len(given) < 2:
        return
    passes = _passes(subject)
    read = {grade.code: [one.indicator(grade.on(one.case.day)) for one in passes] for grade in given}
    for place, grade in enumerate(given):
        for before in given[:place]:
            pairs = list(zip(read[grade.code], read[before.code], strict=True))
            # The lowest grade is there for everybody, so what stands behind it is for nobody.
            if pairs and all(wider == TRUE or _within(branch, wider) for branch, wider in pairs):
                yield subject.found(
                    "unreachable", grade.code, ("requires",), variant="grade", fix="grades", other=before.code
                )
                break


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
