"""Many units at once: in the order given, each refusal at its place, and in parts what it is as a whole."""

from __future__ import annotations

import concurrent.futures
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Self

import pytest
from shelf import head, indicators, one

import ntm_rules as ntm
from ntm_rules.evaluation import many
from ntm_rules.evaluation.many import Refusal, evaluate_all
from ntm_rules.pack.catalogue import Catalogue, installed

TWO = indicators("{measure: water, at_least: 95}", "{measure: schools, equal_to: 2}", "{measure: schools, equal_to: 3}")


class Here:
    """Processes that are this one: what is given to each, and in which order, without waiting for them to start."""

    def __init__(self, processes: int, context: object, begin: Callable[[], None]) -> None:
        assert processes == 2
        begin()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        many._HERE.clear()

    def map(self, work: Callable[[Any], Any], parts: Iterable[Any]) -> Iterator[Any]:
        return map(work, parts)


@pytest.fixture
def catalogue(tmp_path: Path) -> Catalogue:
    return one(tmp_path, head("a") + TWO)[1]


def given(count: int) -> list[ntm.Snapshot]:
    """Units that meet, fail, are open, and are refused, in turn."""
    kinds: list[dict[str, Any]] = [
        {"measures": {"water": 96}},
        {"measures": {"water": 90}},
        {},
        {"as_of": "2019-08-17"},
        {"measures": {"watr": 1}},
    ]
    return [
        ntm.Snapshot.model_validate(
            {"unit": {"id": f"x{n}", "name": f"Xã {n}", "level": "commune"}, "as_of": "2023-08-17", **kinds[n % 5]}
        )
        for n in range(count)
    ]


def test_results_and_refusals_stand_in_the_order_given(catalogue: Catalogue) -> None:
    done = evaluate_all("t/a", given(11), catalogue=catalogue)
    assert [one.unit.id for one in done.results] == [f"x{n}" for n in (0, 1, 2, 5, 6, 7, 10)]
    assert [(one.index, one.unit.id) for one in done.refusals] == [(n, f"x{n}") for n in (3, 4, 8, 9)]
    assert [one.unit.id for one in done] == [f"x{n}" for n in range(11)]
    assert [isinstance(one, Refusal) for one in done] == [n % 5 > 2 for n in range(11)]


def test_a_refusal_is_told_under_the_name_of_its_unit_or_at_the_place_it_is_of(catalogue: Catalogue) -> None:
    late, misspelt = evaluate_all("t/a", given(5), catalogue=catalogue).refusals
    assert late.text("en") == (
        "Xã 3: t/a: no edition is in force on 2019-08-17: the first one here is in force from 2022-01-01"
    )
    assert late.text() == late.text("vi") != late.text("en")
    assert misspelt.text("en").startswith("x4.measures.watr: there is no measure “watr”")
    several = ntm.Snapshot.model_validate(
        {"unit": {"id": "y", "level": "commune"}, "as_of": "2023-08-17", "measures": {"a1": 1, "b1": 1}}
    )
    (refused,) = evaluate_all("t/a", [several], catalogue=catalogue).refusals
    assert [line.partition(":")[0] for line in refused.text("en").splitlines()] == ["y.measures.a1", "y.measures.b1"]


def test_unknown_figures_and_trust_are_taken_as_for_one(catalogue: Catalogue) -> None:
    done = evaluate_all("t/a", given(5)[4:], unknown_measures="ignore", trust="uncertain", catalogue=catalogue)
    assert [one.trust for one in done.results] == ["uncertain"]


def test_progress_is_told_now_and_then_and_at_the_end(catalogue: Catalogue) -> None:
    told: list[tuple[int, int]] = []
    evaluate_all("t/a", given(101), catalogue=catalogue, progress=lambda *far: told.append(far))
    assert told == [(50, 101), (100, 101), (101, 101)]
    told.clear()
    evaluate_all("t/a", given(50), catalogue=catalogue, progress=lambda *far: told.append(far))
    assert told == [(50, 50)]


def test_in_parts_everything_is_what_it_is_as_a_whole(catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(concurrent.futures, "ProcessPoolExecutor", Here)
    alone, parts = (evaluate_all("t/a", given(103), catalogue=catalogue, processes=n) for n in (1, 2))
    assert parts.results == alone.results
    assert [(bad.index, bad.text()) for bad in parts.refusals] == [(bad.index, bad.text()) for bad in alone.refusals]
    # What is asked of an answer afterwards is answered as well.
    for came, made in zip(parts.results[:3], alone.results[:3], strict=True):
        assert came.remedy() == made.remedy()
        assert came.decisive_unknowns() == made.decisive_unknowns()
    assert [item.code for item in parts.results[0].decisive_unknowns()] == ["1.2", "1.3"]


def test_what_a_conclusion_hides_is_asked_of_answers_in_parts_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(concurrent.futures, "ProcessPoolExecutor", Here)
    _, catalogue = one(tmp_path, head("a") + indicators("{measure: water, at_least: 95}", "{finding: met}"))
    told = {"t/a": {"1": {"finding": "met"}, "1.2": {"finding": "met"}}}
    facts = {"unit": {"id": "x", "level": "commune"}, "as_of": "2023-08-17", "findings": told}
    done = evaluate_all("t/a", [ntm.Snapshot.model_validate(facts)] * 2, catalogue=catalogue, processes=2)
    assert [[item.code for item in one.overturning_unknowns()] for one in done.results] == [["1.1"], ["1.1"]]


def test_what_is_installed_is_found_by_each_process_itself(
    monkeypatch: pytest.MonkeyPatch, catalogue: Catalogue
) -> None:
    came: list[Catalogue | None] = []

    def begin(work: Any) -> None:
        came.append(work.catalogue)
        many._HERE[:] = [work]

    monkeypatch.setattr(concurrent.futures, "ProcessPoolExecutor", Here)
    monkeypatch.setattr(many, "_begin", begin)
    evaluate_all("t/a", given(1), catalogue=catalogue, processes=2)
    evaluate_all("vn/commune", given(1), catalogue=installed(), processes=2)
    assert came == [catalogue, None]
