"""What had no part in an answer is told with the titles that its packs had on the day of the facts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from shelf import head, indicators

import ntm_rules as ntm
from ntm_rules.evaluation.unused import unused_counts, unused_findings, unused_recognitions
from ntm_rules.messages import Text
from ntm_rules.pack.bundle import Bundle
from ntm_rules.pack.catalogue import Catalogue
from ntm_rules.territory import Level

MET = indicators("{finding: met}")


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    """A set of two editions, each with a title of its own."""
    folder: Path = tmp_path_factory.mktemp("shelf")
    old = head("a", start="2018-01-01", end="2021-12-31").replace('edition: "1"', 'edition: "0"')
    (folder / "a@0.yaml").write_text(old.replace("The set a", "The old set") + MET, encoding="utf-8")
    (folder / "a@1.yaml").write_text(head("a") + MET, encoding="utf-8")
    return Catalogue((Bundle("t", folder),))


def facts(day: str, **given: Any) -> ntm.Snapshot:
    unit = {"id": "x", "name": "Xã X", "level": "commune"}
    return ntm.Snapshot.model_validate({"unit": unit, "as_of": day, **given})


DAYS = [("2020-05-01", "The old set"), ("2022-05-01", "The set a")]


@pytest.mark.parametrize(("day", "title"), DAYS)
def test_a_set_goes_by_the_title_of_the_day(catalogue: Catalogue, day: str, title: str) -> None:
    told = facts(day, findings={"t/a": {"1.1": {"finding": "met"}}}, recognitions=[{"pack": "t/a", "on": day}])
    (finding,) = unused_findings(told, (), catalogue)
    assert (finding.why, finding.title and finding.title.en) == ("not_judged", title)
    (recognition,) = unused_recognitions(told, (), catalogue)
    assert (recognition.why, recognition.title and recognition.title.en) == ("not_asked", title)


def test_a_count_is_taken_for_the_edition_of_the_day(catalogue: Catalogue) -> None:
    counts = {"commune": {"total": 3, "meeting": {"t/a@0": 1, "t/a@1": 2}}}
    for day, used, idle in (("2020-05-01", "t/a@0", "t/a@1"), ("2022-05-01", "t/a@1", "t/a@0")):
        (left,) = unused_counts(facts(day, children=counts), [(Level.COMMUNE, "t/a")], catalogue)
        assert (left.pack, left.why, left.instead) == (idle, "edition", ""), used


def test_nothing_is_said_of_what_is_used_or_empty(catalogue: Catalogue) -> None:
    told = facts("2022-05-01", findings={"t/a": {}}, recognitions=[{"pack": "t/a", "on": "2022-05-01"}])
    assert list(unused_findings(told, (), catalogue)) == []
    assert list(unused_recognitions(told, ("t/a",), catalogue)) == []


def test_a_later_figure_of_a_measure_nobody_knows_goes_by_the_name_it_was_told_under(catalogue: Catalogue) -> None:
    told = facts("2022-05-01", measures={"wells": {"value": 3, "on": "2022-05-02"}}, findings={"t/a": {"1.1": "met"}})
    answer = ntm.evaluate("t/a", told, unknown_measures="ignore", catalogue=catalogue)
    (later,) = answer.unused
    assert (later.why, later.about, later.measure) == ("later", "3", Text("wells"))
