"""Tiers are consistent: what two tiers both measure, the higher one asks at least as strictly, everywhere."""

from __future__ import annotations

from collections import Counter
from itertools import permutations
from pathlib import Path

import pytest
from shelf import head, indicators, shelf

import ntm_rules as ntm
from ntm_rules.analysis.cases import Case, Universe, cases, where_text
from ntm_rules.analysis.compare import Answer, Comparison
from ntm_rules.analysis.formula import conjuncts
from ntm_rules.analysis.reading import Reader, concluded
from ntm_rules.analysis.standing import numbers
from ntm_rules.analysis.strictness import Given, Searched, Why
from ntm_rules.pack.catalogue import Catalogue, installed
from ntm_rules.pack.condition import AllCondition, MeetsCondition
from ntm_rules.pack.legal import Verification
from ntm_rules.pack.model import Pack
from ntm_rules.pack.period import in_common
from ntm_rules.verdict import MET, NOT_MET

# Measures that a higher tier is known to ask less strictly: (higher, lower, measure) with the reason in law.
EXCEPTIONS: dict[tuple[str, str, str], str] = {}


def asks_for(higher: Pack, lower: Pack) -> bool:
    """Whether the one is a tier above the other: only what meets the other meets it, and they are in force together."""
    if in_common((higher.valid, lower.valid)) is None:
        return False
    roots = [item.requires for item in (*higher.prerequisites, *higher.indicators())]
    parts = [part for root in roots for part in (root.all if isinstance(root, AllCondition) else (root,))]
    wanted = [part.meets for part in parts if isinstance(part, MeetsCondition)]
    return any(lower.id == reference.partition("@")[0] for reference in wanted)


SHIPPED = [installed().load(info.reference) for info in ntm.packs()]
LADDER = [(higher, lower) for higher, lower in permutations(SHIPPED, 2) if asks_for(higher, lower)]
MEASURING_ALIKE = [(one, two) for one, two in LADDER if {*one.measures_used()} & {*two.measures_used()}]
NAMES = [f"{higher.reference} > {lower.reference}" for higher, lower in MEASURING_ALIKE]


def standing(higher: Pack, lower: Pack, catalogue: Catalogue) -> dict[tuple[str, Answer], list[Case]]:
    """How each measure both tiers ask for stands, by the figures alone: departments are taken to conclude in favour.

    Figures of every verification count, as a slip in an uncertain one is a slip all the same. That the higher tier
    asks for the title of the lower one does not.
    """
    reader = Reader(catalogue, Verification.UNCERTAIN, titles=True)
    shared = {*higher.measures_used()} & {*lower.measures_used()}
    found: dict[tuple[str, Answer], list[Case]] = {}
    searched = Searched()
    for case, alike in Universe.of((higher, lower), catalogue).alike.items():
        formulas = reader.read(higher, case).formulas(prerequisites=True)
        given = Given(map(concluded, formulas), searched)
        for clause in reader.read(lower, case).clauses:
            for piece in conjuncts(concluded(clause.formula)):
                measures = {str(number.key[1]) for number in numbers(piece)}
                if measures and measures <= shared:
                    outcome = given.implies(piece)
                    assert outcome.why in (None, Why.UNRESOLVED), (clause.code, outcome.why)
                    for measure in measures:
                        found.setdefault((measure, outcome.answer), []).extend(alike)
    return found


def test_the_ladders_are_there() -> None:
    titles = {(higher.title_id, lower.title_id) for higher, lower in LADDER}
    assert {("vn/commune-advanced", "vn/commune"), ("vn/commune-model", "vn/commune-advanced")} <= titles
    assert ("vn/district-advanced", "vn/district") in titles


@pytest.mark.parametrize(("higher", "lower"), MEASURING_ALIKE, ids=NAMES)
def test_the_higher_tier_is_at_least_as_strict(higher: Pack, lower: Pack) -> None:
    found = standing(higher, lower, installed())
    universe = cases((higher, lower), installed())
    laxer = {
        measure: where_text(where, universe, "en")
        for (measure, answer), where in found.items()
        if answer is Answer.REFUTED and (higher.id, lower.id, measure) not in EXCEPTIONS
    }
    assert not laxer
    counts = Counter(answer for (_, answer), where in found.items() for _ in where)
    assert counts[Answer.PROVED] > 0


def test_every_exception_is_one() -> None:
    for higher_id, lower_id, measure in EXCEPTIONS:
        found = standing(ntm.load_pack(higher_id), ntm.load_pack(lower_id), installed())
        assert (measure, Answer.REFUTED) in found


def test_a_slip_in_one_region_and_year_is_seen(tmp_path: Path) -> None:
    slip = "{by_year: {2022: 60, 2023: {by_region: {tn: 50}, otherwise: 60}}}"
    catalogue = shelf(
        tmp_path,
        a=head("a") + indicators(f"{{all: [{{finding: met}}, {{measure: water, at_least: {slip}}}]}}"),
        b=head("b") + indicators("{measure: water, at_least: 55}"),
    )
    found = standing(catalogue.load("t/a"), catalogue.load("t/b"), catalogue)
    assert {key: len(where) for key, where in found.items()} == {
        ("water", Answer.PROVED): 13,
        ("water", Answer.REFUTED): 1,
    }
    slipped = found["water", Answer.REFUTED][0]
    assert (slipped.region.value, slipped.day.year) == ("tn", 2023)


@pytest.fixture(scope="module")
def ladders() -> list[tuple[Pack, Pack, Comparison]]:
    return [(higher, lower, ntm.compare(higher, lower)) for higher, lower in LADDER]


def test_with_its_prerequisite_every_higher_tier_includes_the_lower(
    ladders: list[tuple[Pack, Pack, Comparison]],
) -> None:
    for higher, lower, found in ladders:
        assert found.whole.answer is Answer.PROVED, (higher.reference, lower.reference)
        assert not any(one.impossible for one in found.whole.cases)


def test_without_it_counterexamples_are_confirmed(ladders: list[tuple[Pack, Pack, Comparison]]) -> None:
    """The criteria of the higher tier alone: where they do not include the lower tier, a snapshot shows it."""
    refuted = 0
    for higher, lower, found in ladders:
        for one in found.criteria.cases:
            assert (one.counterexample is not None) is (one.answer is Answer.REFUTED)
        example = found.criteria.counterexample
        if example is not None:
            refuted += 1
            assert all(c.verdict is MET for c in ntm.evaluate(higher, example).criteria)
            assert ntm.evaluate(lower, example).verdict is NOT_MET
    assert refuted
