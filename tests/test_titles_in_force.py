"""On which days a title counts: from when, until when, of which set, and what is said where it does not."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from shelf import head, indicators, overlay, shelf

import ntm_rules as ntm
from ntm_rules.assessment.rollup import Holding
from ntm_rules.evaluation.evaluate import checked
from ntm_rules.evaluation.facts import EvaluationContext, full_day, last_day
from ntm_rules.pack.catalogue import Catalogue
from ntm_rules.pack.legal import Verification
from ntm_rules.snapshot.recognition import Recognition

MET = indicators("{finding: met}")


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    """A set; one above it; one of a title that lasts for 12 months; a province's own of the first; one that runs on."""
    above = "prerequisites:\n  - {code: P1, text: {vi: Trước, en: First}, requires: {meets: t/base}}\n"
    return shelf(
        tmp_path_factory.mktemp("shelf"),
        base=head("base") + MET,
        above=head("above") + above + MET,
        lasting=head("lasting") + "titles_last_months: 12\n" + MET,
        local=overlay("local", "base") + "set: []\n",
        running=head("running") + "titles_since: 2020-01-01\n" + MET,
    )


def context(catalogue: Catalogue, *given: dict[str, Any], day: str = "2023-08-17") -> EvaluationContext:
    facts = {"unit": {"id": "x", "level": "commune"}, "as_of": day, "recognitions": given}
    return checked((), ntm.Snapshot.model_validate(facts), Verification.RECALLED, catalogue)


def title(pack: str, on: str, **more: Any) -> dict[str, Any]:
    return {"pack": pack, "decision": "1/QĐ", "on": on, **more}


def counts(catalogue: Catalogue, asked: str, *given: dict[str, Any], day: str = "2023-08-17") -> object:
    """The day of the title in force, the day the last one ran out, or that there is none."""
    held, expired = context(catalogue, *given, day=day).recognition(catalogue.load(asked))
    return held.on.isoformat() if held is not None else ("expired", expired.isoformat()) if expired else None


@pytest.mark.parametrize(
    ("given", "came"),
    [
        ([title("t/base", "2023-08-17")], "2023-08-17"),
        ([title("t/base", "2023-08-18")], None),
        ([title("t/base", "2022-01-01")], "2022-01-01"),
        ([title("t/base", "2021-12-31")], None),
        ([title("t/base@1", "2022-01-01")], "2022-01-01"),
        ([title("t/local", "2022-05-01")], "2022-05-01"),
        ([title("t/above", "2022-05-01")], None),
        ([title("t/base", "2022-05-01", until="2023-08-17")], "2022-05-01"),
        ([title("t/base", "2022-05-01", until="2023-08-16")], ("expired", "2023-08-16")),
        ([title("t/base", "2022-05-01", revoked="2023-08-18")], "2022-05-01"),
        ([title("t/base", "2022-05-01", revoked="2023-08-17")], None),
        # The first in force counts; of those that ran out the last is told.
        ([title("t/base", "2022-05-01", until="2022-12-31"), title("t/base", "2023-02-01")], "2023-02-01"),
        (
            [title("t/base", "2022-05-01", until=until) for until in ("2022-12-31", "2023-06-30", "2023-01-31")],
            ("expired", "2023-06-30"),
        ),
        ([title("t/base", "2022-05-01", revoked="2022-06-01"), title("t/base", "2022-07-01")], "2022-07-01"),
        ([title("t/base", "2021-01-01"), title("t/base", "2022-07-01")], "2022-07-01"),
    ],
)  # fmt: skip
def test_a_title_counts_from_its_day_until_it_ends(catalogue: Catalogue, given: list[Any], came: object) -> None:
    assert counts(catalogue, "t/base", *given) == came


def test_a_set_may_say_since_when_titles_run_on(catalogue: Catalogue) -> None:
    assert counts(catalogue, "t/running", title("t/running", "2020-01-01")) == "2020-01-01"
    assert counts(catalogue, "t/running", title("t/running", "2019-12-31")) is None


@pytest.mark.parametrize(
    ("on", "months", "full"),
    [
        ("2022-03-15", 12, "2023-03-14"),
        ("2022-01-31", 1, "2022-02-27"),
        ("2024-01-31", 1, "2024-02-28"),
        ("2022-12-01", 1, "2022-12-31"),
        ("2022-12-10", 36, "2025-12-09"),
        ("2022-11-30", 1, "2022-12-29"),
    ],
)
def test_the_months_of_a_title_are_full_on_the_day_before(
    on: str, months: int, full: str, catalogue: Catalogue
) -> None:
    root = catalogue.load("t/lasting").model_copy(update={"titles_last_months": months})
    given = Recognition(pack="t/lasting", on=date.fromisoformat(on))
    assert full_day(given, root) == last_day(given, root) == date.fromisoformat(full)
    endless = catalogue.load("t/base")
    assert full_day(given, endless) is None
    assert last_day(given, endless) is None
    # Of what was told and what the set allows the earlier day is the last.
    for told, last in (("2022-01-15", min("2022-01-15", full)), ("2030-01-01", full)):
        ends = given.model_copy(update={"until": date.fromisoformat(told)})
        assert last_day(ends, root) == date.fromisoformat(last)
        assert last_day(ends, endless) == date.fromisoformat(told)


def test_what_is_held_says_until_when_it_counts_and_what_else_was_told(catalogue: Catalogue) -> None:
    def holding(pack: str, **more: Any) -> Holding | None:
        return context(catalogue, title(pack, "2023-01-10", **more)).holding(catalogue.load(pack))

    assert holding("t/base") == Holding("1/QĐ", date(2023, 1, 10))
    assert holding("t/base", until="2024-01-01") == Holding("1/QĐ", date(2023, 1, 10), date(2024, 1, 1))
    assert holding("t/lasting") == Holding("1/QĐ", date(2023, 1, 10), date(2024, 1, 9))
    told = holding("t/lasting", until="2025-01-01")
    assert told == Holding("1/QĐ", date(2023, 1, 10), date(2024, 1, 9), date(2025, 1, 1))
    assert holding("t/base", revoked="2023-02-01") is None


@pytest.mark.parametrize(
    ("below", "lost"),
    [
        ([title("t/base", "2022-02-01")], []),
        ([title("t/base", "2022-02-01", revoked="2023-08-17")], ["2023-08-17"]),
        ([title("t/base", "2022-02-01", revoked="2023-08-18")], []),
        ([title("t/base", "2022-02-01", revoked="2022-08-17"), title("t/base", "2023-02-01")], []),
        ([title("t/base", "2023-02-01", revoked="2023-03-01"), title("t/base", "2022-02-01")], ["2023-03-01"]),
        # Given again on a later day than the one judged: that is not known yet.
        ([title("t/base", "2023-02-01", revoked="2023-03-01"), title("t/base", "2023-09-01")], ["2023-03-01"]),
        ([title("t/lasting", "2023-02-01", revoked="2023-03-01")], []),
    ],
)
def test_a_title_says_which_one_below_it_was_taken_back(
    catalogue: Catalogue, below: list[Any], lost: list[str]
) -> None:
    held = context(catalogue, title("t/above", "2023-01-10"), *below).holding(catalogue.load("t/above"))
    assert held is not None
    assert [(str(one.title.vi), one.on.isoformat()) for one in held.lost] == [("Bộ tiêu chí base", day) for day in lost]


def test_sets_that_ask_for_each_other_in_a_circle_are_refused_with_the_whole_circle(tmp_path: Path) -> None:
    asks = "prerequisites:\n  - {code: P1, text: {vi: Trước, en: First}, requires: {meets: t/%s}}\n"
    circle = shelf(
        tmp_path, a=head("a") + asks % "b" + MET, b=head("b") + asks % "c" + MET, c=head("c") + asks % "b" + MET
    )
    facts = ntm.Snapshot.model_validate({"unit": {"id": "x", "level": "commune"}, "as_of": "2023-08-17"})
    with pytest.raises(ntm.NtmError) as refused:
        ntm.evaluate("t/a", facts, catalogue=circle)
    assert "t/a@1 → t/b@1 → t/c@1 → t/b@1" in refused.value.text("en")


def test_a_title_is_that_of_the_set_its_own_was_laid_over_on_the_day(tmp_path: Path) -> None:
    """A province's set that was laid over one set until 2022 and over another since."""
    first = overlay("own", "base", end="2022-12-31") + "set: []\n"
    second = overlay("own", "other", start="2023-01-01").replace('edition: "1"', 'edition: "2"', 1) + "set: []\n"
    shelved = shelf(tmp_path, base=head("base") + MET, other=head("other") + MET, own=first)
    (tmp_path / "own@2.yaml").write_text(second, encoding="utf-8")
    both = Catalogue(shelved.bundles)
    held = {"pack": "t/own", "decision": "1/QĐ", "on": "2022-02-01"}
    for day, title, other in (("2022-08-17", "t/base", "t/other"), ("2023-08-17", "t/other", "t/base")):
        facts = context(both, held, day=day)
        assert facts.holding(both.load(title)) is not None, day
        assert facts.holding(both.load(other)) is None, day
