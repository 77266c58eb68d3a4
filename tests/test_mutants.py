"""Seeded faults: each mutant of a pack or of the evaluator is caught by the situations that stand beside the packs."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from ntm_rules.evaluation import bounds, conflicts, evaluate, explained, facts, intervals, program, resolve
from ntm_rules.pack.catalogue import Catalogue, installed
from ntm_rules.pack.condition import ConditionModel, MeasureCondition, Op, map_thresholds
from ntm_rules.pack.indicator import Indicator
from ntm_rules.pack.legal import Verification
from ntm_rules.pack.model import Pack
from ntm_rules.pack.threshold import AnyLeaf, Figure, Table, map_leaves
from ntm_rules.quantity.amount import Amount
from ntm_rules.snapshot.observation import FindingValue, Observation
from ntm_rules.testing import run_situations
from ntm_rules.verdict import MET, NOT_APPLICABLE, NOT_MET, UNKNOWN, Verdict

FOLDERS = [bundle.root / "situations" for bundle in installed().bundles if bundle.namespace in ("vn", "hatinh")]

# Their situations turn on most of what can be wrong.
FIRST = ("commune@2021-2025.yaml", "commune-advanced@2021-2025.yaml")


@pytest.fixture(autouse=True)
def no_program_is_kept() -> Iterator[None]:
    """A compiled pack must not carry a fault from one test into the next."""
    program.compiled.cache_clear()
    yield
    program.compiled.cache_clear()


def noticed(catalogue: Catalogue | None = None) -> bool:
    """Whether a situation comes out otherwise than the law says; the first that does is enough."""
    files = (
        file for folder in FOLDERS for file in sorted(folder.glob("*.yaml"), key=lambda one: one.name not in FIRST)
    )
    return any(result.problems for file in files for result in run_situations(file, catalogue=catalogue))


def test_without_a_fault_nothing_fails() -> None:
    assert not noticed()


# Mutants of a pack: vn/commune, one indicator changed.


def changed(code: str, change: Callable[[ConditionModel], ConditionModel]) -> Catalogue:
    """The installed packs, with one indicator's requirement changed (in its dated versions as well)."""

    def indicator(one: Indicator) -> Indicator:
        if one.code != code:
            return one
        versions = tuple(v.model_copy(update={"requires": change(v.requires)}) for v in one.versions)
        return one.model_copy(update={"requires": change(one.requires), "versions": versions})

    catalogue = Catalogue(installed().bundles)
    pack = installed().load("vn/commune@2021-2025")
    criteria = tuple(c.model_copy(update={"indicators": tuple(map(indicator, c.indicators))}) for c in pack.criteria)
    catalogue._packs[pack.reference] = pack.model_copy(update={"criteria": criteria})
    return catalogue


def with_op(op: Op) -> Callable[[ConditionModel], ConditionModel]:
    def change(condition: ConditionModel) -> ConditionModel:
        return condition.model_copy(update={"op": op}) if isinstance(condition, MeasureCondition) else condition

    return change


def with_leaves(change: Callable[[AnyLeaf], AnyLeaf]) -> Callable[[ConditionModel], ConditionModel]:
    return lambda condition: map_thresholds(condition, lambda measure: map_leaves(measure.threshold, change))


def shifted(leaf: AnyLeaf) -> AnyLeaf:
    if not isinstance(leaf, Figure):
        return leaf
    return leaf.model_copy(update={"value": Amount(leaf.value.value + Decimal("0.1"), leaf.value.unit)})


def swapped_rows(first: str, second: str) -> Callable[[ConditionModel], ConditionModel]:
    def swap(measure: MeasureCondition) -> Any:
        table = measure.threshold
        if not isinstance(table, Table) or table.by != "region":
            return table
        rows = {**table.rows, first: table.rows[second], second: table.rows[first]}
        return table.model_copy(update={"rows": rows})

    return lambda condition: map_thresholds(condition, swap)


def raised_verification(leaf: AnyLeaf) -> AnyLeaf:
    if leaf.source is None:
        return leaf
    return leaf.model_copy(update={"source": leaf.source.model_copy(update={"verification": Verification.STATED})})


PACK_MUTANTS: dict[str, tuple[str, Callable[[ConditionModel], ConditionModel]]] = {
    "a floor read as a ceiling": ("3.1", with_op(Op.AT_MOST)),
    "a ceiling read as a floor": ("15.3", with_op(Op.AT_LEAST)),
    "at least read as more than": ("15.1", with_op(Op.MORE_THAN)),
    "at most read as less than": ("9.1", with_op(Op.LESS_THAN)),
    "a value a tenth too high": ("17.7", with_leaves(shifted)),
    "two regions exchanged": ("15.3", swapped_rows("tdmnpb", "dbsh")),
    "two parts, either enough": ("17.1", lambda c: c.model_copy() if not hasattr(c, "all") else _either(c)),
}


def _either(condition: Any) -> ConditionModel:
    from ntm_rules.pack.condition import AnyCondition

    return AnyCondition(any=condition.all)


@pytest.mark.parametrize("name", PACK_MUTANTS)
def test_a_mutant_of_the_pack_is_caught(name: str) -> None:
    assert noticed(changed(*PACK_MUTANTS[name]))


# Mutants of the evaluator.

Patch = Callable[[pytest.MonkeyPatch], None]


def comparing(op: Op, test: Any) -> Patch:
    return lambda patch: patch.setitem(intervals.TESTS, op, test)


def missing_is_zero(patch: pytest.MonkeyPatch) -> None:
    class Zeroes(dict[str, tuple[Observation, ...]]):
        def get(self, key: str, default: Any = None) -> Any:
            return super().get(key) or (Observation(value=Amount(Decimal(0))),)

    original = facts.EvaluationContext.__init__

    def init(self: facts.EvaluationContext, *args: Any, **kwargs: Any) -> None:
        original(self, *args, **kwargs)
        self.measures = Zeroes(self.measures)

    patch.setattr(facts.EvaluationContext, "__init__", init)


def conjunction_with(change: Callable[[list[Verdict]], Verdict | None]) -> Patch:
    from ntm_rules.verdict import conjunction

    def mutant(verdicts: Any) -> Verdict:
        listed = list(verdicts)
        return change(listed) or conjunction(listed)

    def apply(patch: pytest.MonkeyPatch) -> None:
        for module in (explained, program):
            patch.setattr(module, "conjunction", mutant)

    return apply


def bounds_shifted(by: int) -> Patch:
    original = bounds.Bounds.__init__

    def init(self: bounds.Bounds, *args: Any, **kwargs: Any) -> None:
        original(self, *args, **kwargs)
        self.low += by

    return lambda patch: patch.setattr(bounds.Bounds, "__init__", init)


def year_shifted(patch: pytest.MonkeyPatch) -> None:
    original = resolve.Resolver._key

    def key(self: resolve.Resolver, table: Table) -> str | None:
        found = original(self, table)
        return str(int(found) + 1) if table.by == "year" and found else found

    patch.setattr(resolve.Resolver, "_key", key)


def region_rules_ignored(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(resolve.Resolver, "_region", lambda self: (self.context.region, None))


def dates_of_region_rules_ignored(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Pack, "region_rules_on", lambda self, day: self.region_rules)


def versions_ignored(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Indicator, "on", lambda self, day: self)


def older_editions_count(patch: pytest.MonkeyPatch) -> None:
    def of_its_title(recognition: Any, pack: Pack, catalogue: Catalogue, day: date) -> bool:
        return catalogue.title_of(recognition.pack, day) == pack.title_id

    patch.setattr(facts, "counts_for", of_its_title)


EVALUATOR_MUTANTS: dict[str, Patch] = {
    "at least compared the wrong way round": comparing(Op.AT_LEAST, operator.le),
    "at least compared strictly": comparing(Op.AT_LEAST, operator.gt),
    "at most compared strictly": comparing(Op.AT_MOST, operator.lt),
    "a missing number is zero": missing_is_zero,
    "unknown counts as met": conjunction_with(lambda v: MET if UNKNOWN in v and NOT_MET not in v else None),
    "unknown counts as failed": conjunction_with(lambda v: NOT_MET if UNKNOWN in v else None),
    "not applicable counts as failed": conjunction_with(lambda v: NOT_MET if NOT_APPLICABLE in v else None),
    "one failure is forgiven": conjunction_with(lambda v: MET if v.count(NOT_MET) == 1 and len(v) > 1 else None),
    "a share one unit too many": bounds_shifted(1),
    "a share one unit too few": bounds_shifted(-1),
    "next year's row": year_shifted,
    "region rules are ignored": region_rules_ignored,
    "region rules hold on any day": dates_of_region_rules_ignored,
    "dated versions are ignored": versions_ignored,
    "trust is ignored": lambda patch: patch.setattr(Verification, "reaches", lambda self, floor: True),
    "findings are not heard": lambda patch: patch.setattr(explained, "summary_of", lambda findings: facts.NO_FINDINGS),
    "a failed finding is heard as met": lambda patch: patch.setitem(conflicts.FOUND, FindingValue.NOT_MET, MET),
    "a title of an older edition counts": older_editions_count,
    "a level the pack is not for is judged all the same": lambda patch: patch.setattr(
        evaluate,
        "judge_pack",
        lambda pack, known: program.compiled(pack, None, known.catalogue, pack._written).run(known),  # type: ignore[arg-type]
    ),
}


@pytest.mark.parametrize("name", EVALUATOR_MUTANTS)
def test_a_mutant_of_the_evaluator_is_caught(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    EVALUATOR_MUTANTS[name](monkeypatch)
    try:
        caught = noticed()
    except Exception:
        # A fault that stops the evaluator is caught as well.
        caught = True
    assert caught
