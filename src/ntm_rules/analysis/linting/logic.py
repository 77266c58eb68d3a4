"""Rules that reason about conditions: what can never hold, what always does, what is laxer than the law above."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product

from ...messages import Text
from ...pack.condition import (
    AllCondition,
    AnyCondition,
    AttributeCondition,
    ChoiceCondition,
    Comparison,
    ConditionModel,
    MeasureCondition,
    UnmetShareCondition,
    walk,
)
from ...pack.indicator import Indicator
from ...pack.legal import Verification
from ...pack.period import in_common
from ..cases import Case, Universe, Value, attribute_values, where_text
from ..formula import FALSE, TRUE, Formula, TooComplexError, conjuncts, every, groups, negation, search
from ..reading import Pass, Reader
from ..strictness import Answer, Given, Searched
from .subject import Asked, LintFinding, Subject


def conditions(subject: Subject) -> Iterator[LintFinding]:
    """Requirements that cannot be met, that cannot fail, and branches nothing leads to."""
    reader = Reader(subject.catalogue, Verification.UNCERTAIN)
    universe = Universe.of((subject.pack,), subject.catalogue)
    passes = [Pass(reader, subject.pack, case) for case in universe.alike]
    for asked in subject.asked():
        if isinstance(asked.condition, ChoiceCondition) and not subject.taken_over(asked.condition.when):
            yield from _choice(subject, asked, passes)
        if isinstance(asked.condition, Comparison) and not _guards(asked):
            yield from _comparison(subject, asked, passes, universe)
    for indicator in (*subject.pack.prerequisites, *subject.pack.indicators()):
        if indicator.applies_if is not None and not subject.taken_over(indicator.applies_if):
            yield from _applies(subject, indicator, passes)
        if not _one_comparison(indicator) and not subject.taken_over(indicator.requires):
            yield from _whole(subject, indicator, passes, universe)
    yield from _together(subject, reader, universe)


def _guards(asked: Asked) -> bool:
    """Whether the condition only decides which requirement holds, or whether it applies."""
    return asked.path[0] == "applies_if" or "when" in asked.path


def _one_comparison(indicator: Indicator) -> bool:
    required = (indicator.requires, *(version.requires for version in indicator.versions))
    return all(isinstance(condition, Comparison) for condition in required)


def _in_force(asked: Asked, passes: list[Pass]) -> list[Pass]:
    """The cases in which this version of the indicator is the one that is read."""
    indicator = asked.indicator
    reading = asked.version.requires if asked.version is not None else indicator.requires
    if asked.path[0] == "applies_if":
        return passes
    return [one for one in passes if indicator.on(one.case.day).requires is reading]


def _comparison(subject: Subject, asked: Asked, passes: list[Pass], universe: Universe) -> Iterator[LintFinding]:
    read = [(one, one.condition(asked.condition, asked.indicator)) for one in _in_force(asked, passes)]
    for rule, constant in (("contradiction", FALSE), ("always", TRUE)):
        where = [one.case for one, formula in read if formula == constant]
        # The lowest grade is there for everybody.
        if where and not (rule == "always" and asked.indicator in subject.pack.grades):
            yield subject.found(
                rule,
                asked.indicator.code,
                (*asked.path, "threshold"),
                where=_where(where, universe),
            )


def _choice(subject: Subject, asked: Asked, passes: list[Pass]) -> Iterator[LintFinding]:
    assert isinstance(asked.condition, ChoiceCondition)
    guards = [one.condition(asked.condition.when, asked.indicator) for one in _in_force(asked, passes)]
    for branch, never in (("then", _impossible), ("otherwise", _certain)):
        if guards and all(guard is not None and never(guard) for guard in guards):
            at = (*asked.path, branch)
            yield subject.found("unreachable", asked.indicator.code, at, severity="warning", variant="branch")


def _applies(subject: Subject, indicator: Indicator, passes: list[Pass]) -> Iterator[LintFinding]:
    assert indicator.applies_if is not None
    guards = [one.condition(indicator.applies_if, indicator) for one in passes]
    if guards and all(guard is not None and _impossible(guard) for guard in guards):
        at = ("applies_if",)
        yield subject.found("unreachable", indicator.code, at, severity="warning", variant="never_applies")
    elif guards and all(guard is None or _certain(guard) for guard in guards):
        yield subject.found("always", indicator.code, ("applies_if",), variant="applies", severity="warning", where="")


def _whole(subject: Subject, indicator: Indicator, passes: list[Pass], universe: Universe) -> Iterator[LintFinding]:
    """An indicator of several parts that contradict each other, or of which one always holds."""
    read = []
    for one in passes:
        dated = indicator.on(one.case.day)
        formula = one.condition(dated.requires, dated)
        leaves = [one.condition(part, dated) for _, part in walk(dated.requires) if isinstance(part, Comparison)]
        # A part that is wrong by itself has been reported where it stands.
        if formula is not None and not {TRUE, FALSE}.intersection(leaf for leaf in leaves if leaf is not None):
            read.append((one.case, formula))
    for rule, tells in (("contradiction", _impossible), ("always", _certain)):
        where = [case for case, formula in read if tells(formula)]
        if where:
            yield subject.found(rule, indicator.code, ("requires",), variant="whole", where=_where(where, universe))


def _together(subject: Subject, reader: Reader, universe: Universe) -> Iterator[LintFinding]:
    """Indicators that can each be met, but not all at once."""
    clashes: dict[tuple[str, ...], list[Case]] = {}
    for case in universe.alike:
        clauses = reader.read(subject.pack, case).clauses
        possible = [clause for clause in clauses if not _impossible(clause.formula)]
        for group in groups(dict.fromkeys(clause.formula for clause in possible)):
            if len(group) > 1 and _impossible(every(group)):
                wanted = set(group)
                codes = [c.code for c in possible if wanted.intersection(conjuncts(c.formula)) or c.formula in wanted]
                clashes.setdefault(tuple(dict.fromkeys(codes)), []).append(case)
    for clashing, where in clashes.items():
        yield subject.found(
            "contradiction",
            clashing[-1],
            ("requires",),
            variant="together",
            codes=", ".join(clashing),
            where=_where(where, universe),
        )


def _impossible(formula: Formula) -> bool:
    try:
        return search((formula,)) is None
    except TooComplexError:
        return False


def _certain(formula: Formula) -> bool:
    return _impossible(negation(formula))


def _where(firsts: list[Case], universe: Universe) -> Text:
    return Text(*(where_text(universe.like(firsts), universe.cases, lang, universe.names) for lang in ("vi", "en")))


def region_rules(subject: Subject) -> Iterator[LintFinding]:
    """Rules that send one and the same unit to two regions: only the first is ever used."""
    pack = subject.pack
    values = attribute_values((pack,), rules=True)
    for (_, first), (index, second) in combinations(enumerate(pack.region_rules), 2):
        if first.region is second.region or in_common((first.valid, second.valid)) is None:
            continue
        units = (dict(zip(values, chosen, strict=True)) for chosen in product(*values.values()))
        if any(_holds(first.when, unit) and _holds(second.when, unit) for unit in units):
            yield subject.found("overlap", "", subject.region_rule(index), variant="regions", text=second.text)


def _holds(condition: ConditionModel, unit: dict[str, Value]) -> bool:
    match condition:
        case AttributeCondition():
            return unit.get(condition.attribute) == condition.value
        case AllCondition():
            return all(_holds(part, unit) for part in condition.all)
        case AnyCondition():
            return any(_holds(part, unit) for part in condition.any)
        case _:
            return False


def directions(subject: Subject) -> Iterator[LintFinding]:
    """A measure that is better the higher it is, asked to stay low; or the other way round."""
    asking = [(one, one.condition) for one in subject.asked() if isinstance(one.condition, MeasureCondition)]
    ways: dict[tuple[object, ...], set[str]] = {}
    for asked, condition in asking:
        ways.setdefault(_joined(asked, condition.measure), set()).add(condition.op.wants)
    for asked, condition in asking:
        # What counts another pack's failures states a ground against the unit: there the worse value fulfils it.
        ground = any(isinstance(part, UnmetShareCondition) for _, part in walk(asked.indicator.requires))
        # From one figure to another is meant: what is asked of both sides is no comparison turned round.
        if _guards(asked) or ground or {"higher", "lower"} <= ways[_joined(asked, condition.measure)]:
            continue
        measure = subject.measures[condition.measure]
        if {measure.better, condition.op.wants} == {"higher", "lower"}:
            yield subject.found("direction", asked.indicator.code, asked.path, severity="warning", name=measure.name)


def _joined(asked: Asked, measure: str) -> tuple[object, ...]:
    """What is asked of a measure together: all that stands in one ``all``, or one comparison alone."""
    path = asked.path[:-1] if asked.path[-2:-1] == ("all",) else asked.path
    return asked.indicator.code, path, measure


def laxer(subject: Subject) -> Iterator[LintFinding]:
    """Values of an overlay that let through what the pack it extends does not, and grounds named for nothing."""
    pack = subject.pack
    if not pack.extends:
        return
    base = subject.catalogue.bases(pack)[0]
    # Where another set is asked for, what its overlay lets through is reported there.
    reader = Reader(subject.catalogue, Verification.UNCERTAIN, titles=True)
    universe, searched = Universe.of((pack, base), subject.catalogue), Searched()
    found: dict[str, list[Case]] = {}
    for case in universe.alike:
        mine: dict[str, list[Formula]] = {}
        for clause in reader.read(pack, case).clauses:
            mine.setdefault(clause.code, []).append(clause.formula)
        for clause in reader.read(base, case, filled_by=pack).clauses:
            given = Given(mine.get(clause.code, ()), searched)
            outcomes = (given.implies(piece).answer for piece in conjuncts(clause.formula))
            if Answer.REFUTED in outcomes:
                found.setdefault(clause.code, []).append(case)
    for code, where in found.items():
        if code not in pack.looser_than_base:
            fix = "fix_group" if any(case.group is not None for case in where) else "fix"
            said = _where(where, universe)
            yield subject.found("laxer", code, ("threshold",), fix=fix, base=base.reference, where=said)
    for code in pack.looser_than_base:
        if code not in found:
            path = ("looser_than_base", code)
            yield subject.found("ground", "", path, severity="warning", named=code, base=base.reference)
