"""An answer judged again says what is not what it was: verdicts, codes, files of the law, the library."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from shelf import head, indicators, one

import ntm_rules as ntm
from ntm_rules.evaluation.made_by import library
from ntm_rules.evaluation.provenance import Reproduction, reproduce
from ntm_rules.messages import Text
from ntm_rules.pack.catalogue import Catalogue

TWO = indicators("{measure: water, at_least: 95}", "{finding: met}")


def facts(water: int) -> ntm.Snapshot:
    unit = {"id": "x", "level": "commune"}
    return ntm.Snapshot.model_validate({"unit": unit, "as_of": "2023-08-17", "measures": {"water": water}})


@pytest.fixture
def catalogue(tmp_path: Path) -> Catalogue:
    return one(tmp_path, head("a") + TWO)[1]


def again(kept: ntm.Assessment, water: int, catalogue: Catalogue) -> Reproduction:
    return reproduce(ntm.Assessment.from_json(kept.to_json()), facts(water), catalogue=catalogue)


def test_the_same_facts_under_the_same_law_give_the_same_answer(catalogue: Catalogue) -> None:
    kept = ntm.evaluate("t/a", facts(90), catalogue=catalogue)
    done = again(kept, 90, catalogue)
    assert (done.same, done.codes, done.texts, done.library) == (True, (), (), (library(), library()))
    assert (done.kept, done.again.pack, done.again["1.1"].verdict) == (kept, "t/a@1", ntm.Verdict.NOT_MET)
    assert done.text() == done.text("vi") == "Đánh giá lại, mọi nội dung đều như cũ."
    assert done.text("en") == "Judged again, everything is the same."


def test_what_came_out_otherwise_is_named_by_its_code(catalogue: Catalogue) -> None:
    done = again(ntm.evaluate("t/a", facts(90), catalogue=catalogue), 96, catalogue)
    assert (done.same, done.codes, done.texts) == (False, ("1", "1.1"), ())
    assert "1, 1.1" in done.text("vi")
    assert "1, 1.1" in done.text("en")


def test_what_is_not_named_by_a_code_is_a_difference_all_the_same(catalogue: Catalogue) -> None:
    kept = ntm.evaluate("t/a", facts(90), catalogue=catalogue)
    other = msgspec.structs.replace(kept, title=Text("Tên khác", "Another title"))
    done = again(other, 90, catalogue)
    assert (done.same, done.codes) == (False, ())
    assert "–" in done.text("en")


def test_files_of_the_law_that_changed_came_or_went_are_named(catalogue: Catalogue, tmp_path: Path) -> None:
    kept = ntm.evaluate("t/a", facts(90), catalogue=catalogue)
    _, changed = one(tmp_path / "later", head("a") + TWO.replace("95", "80"))
    done = again(kept, 90, changed)
    assert (done.same, done.codes, done.texts) == (False, ("1", "1.1"), ("t/a@1.yaml",))
    assert "t/a@1.yaml" in done.text("vi")
    assert "t/a@1.yaml" in done.text("en")


def test_another_library_is_named_then_and_now(catalogue: Catalogue) -> None:
    kept = ntm.evaluate("t/a", facts(90), catalogue=catalogue)
    assert kept.made_by is not None
    older = msgspec.structs.replace(kept, made_by=msgspec.structs.replace(kept.made_by, library="0.0.1"))
    done = again(older, 90, catalogue)
    assert (done.same, done.library) == (True, ("0.0.1", library()))
    assert "0.0.1" in done.text("en")
    assert library() in done.text("en")
    # Of an answer that does not say what made it, neither files nor library are known.
    unsaid = again(msgspec.structs.replace(kept, made_by=None), 90, catalogue)
    assert (unsaid.same, unsaid.texts, unsaid.library) == (True, (), ("", library()))
    assert "–" in unsaid.text("en")


def test_the_floor_of_verification_of_the_answer_is_kept(catalogue: Catalogue, tmp_path: Path) -> None:
    text = (head("a") + TWO).replace("verification: stated", "verification: recalled")
    _, recalled = one(tmp_path / "recalled", text)
    kept = ntm.evaluate("t/a", facts(90), trust="stated", catalogue=recalled)
    done = again(kept, 90, recalled)
    assert done.same
    assert done.again["1.1"].verdict is ntm.Verdict.UNKNOWN


def test_a_pack_that_is_installed_nowhere_may_be_given(catalogue: Catalogue, tmp_path: Path) -> None:
    pack, _ = one(tmp_path / "own", head("a") + TWO)
    renamed = pack.model_copy(update={"id": "t/mine"})
    kept = ntm.evaluate(renamed, facts(90), catalogue=catalogue)
    assert reproduce(kept, facts(90), pack=renamed, catalogue=catalogue).same


def test_figures_nobody_asks_for_do_not_hinder(catalogue: Catalogue) -> None:
    kept = ntm.evaluate("t/a", facts(90), catalogue=catalogue)
    more = facts(90).model_copy(update={"measures": {**facts(90).measures, "strange": facts(90).measures["water"]}})
    assert reproduce(kept, more, catalogue=catalogue).same
