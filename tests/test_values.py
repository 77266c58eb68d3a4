"""What a value and a word may mean: doubt is told, at every door, and nothing is guessed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest
from pydantic import ValidationError

from ntm_rules import Snapshot, Unit, evaluate_frame, read_snapshots
from ntm_rules.errors import NtmError, Problem
from ntm_rules.live import LiveSession
from ntm_rules.snapshot.observation import FindingValue, read_finding

UNIT = {"id": "x", "level": "commune", "region": "btb"}
DAY = "2023-08-17"
PACK, CODE = "vn/commune", "1.1"


def first_problem(error: BaseException) -> Problem:
    """The innermost problem of a refusal, however it is wrapped."""
    if isinstance(error, ValidationError):
        error = error.errors()[0]["ctx"]["error"]
    assert isinstance(error, NtmError), error
    problem = error.problems[0]
    while isinstance(inner := problem.params.get("reason", problem.params.get("problem")), Problem):
        problem = inner
    return problem


def code_of(call: Callable[[], object]) -> str:
    with pytest.raises((NtmError, ValidationError)) as caught:
        call()
    return first_problem(caught.value).key


def finding_doors(word: Any, folder: Path) -> dict[str, Callable[[], object]]:
    """Ways to say one finding of one commune."""
    facts = {"unit": UNIT, "as_of": DAY, "findings": {PACK: {CODE: word}}}

    def written(name: str, text: str) -> object:
        path = folder / name
        path.write_text(text, encoding="utf-8")
        return read_snapshots(path)[0].findings[PACK][CODE][0].finding

    def workbook() -> object:
        book = openpyxl.Workbook()
        book.worksheets[0].append(["id", "level", "as_of", f"finding:{PACK}:{CODE}"])
        book.worksheets[0].append(["x", "xã", DAY, word])
        book.save(folder / "t.xlsx")
        return read_snapshots(folder / "t.xlsx")[0].findings[PACK][CODE][0].finding

    def live() -> object:
        session = LiveSession([Unit(**UNIT)], [], [PACK], as_of=DAY)  # type: ignore[arg-type]
        session.conclude("x", PACK, CODE, word)
        return session.snapshot("x").findings[PACK][CODE][0].finding

    def frame() -> object:
        table = pl.DataFrame({"id": ["x"], "region": ["btb"], "finding_1_1": [word]})
        result = evaluate_frame(PACK, table, as_of=DAY)
        return result.snapshot("x").findings[PACK][CODE][0].finding

    return {
        "python": lambda: Snapshot.model_validate(facts).findings[PACK][CODE][0].finding,
        "json": lambda: written("a.json", json.dumps(facts)),
        "csv": lambda: written("b.csv", f"id,level,as_of,finding:{PACK}:{CODE}\nx,xã,{DAY},{word}\n"),
        "xlsx": workbook,
        "live": live,
        "frame": frame,
    }


@pytest.mark.parametrize("word", ["không", "Có", "yes", "NO", "true", "đúng", "sai", True, False, 1, 0, "1"])
def test_yes_and_no_are_no_conclusions_at_any_door(word: Any, tmp_path: Path) -> None:
    """Under "no arrears" the good answer is "no": whoever reads it as not met is wrong without a word."""
    for door, say in finding_doors(word, tmp_path).items():
        assert code_of(say) == "error.finding_truth", door


@pytest.mark.parametrize("word", ["Đạt", "đạt ", "\u00d0ạt", "met"])
def test_a_finding_reads_alike_at_every_door(word: str, tmp_path: Path) -> None:
    said = {door: say() for door, say in finding_doors(word, tmp_path).items()}
    assert set(said.values()) == {FindingValue.MET}, said


@pytest.mark.parametrize("word", ["CĐ", "Đ", "KĐ", "K", "x", "passed", "Chưa đánh giá", "Không phát sinh", "chưa đat"])
def test_a_word_that_is_no_finding_is_given_no_other_word_that_may_mean_the_contrary(word: str, tmp_path: Path) -> None:
    for door, say in finding_doors(word, tmp_path).items():
        assert code_of(say) == "error.finding_word", door
    with pytest.raises(NtmError) as caught:
        read_finding(word)
    assert "Có phải là" not in caught.value.text("vi")


def test_marks_are_read_where_a_legend_says_what_they_mean() -> None:
    legend = {"đ": FindingValue.MET, "k": FindingValue.NOT_MET}
    assert [read_finding(mark, legend) for mark in ("Đ", "K", "đạt")] == ["met", "not_met", "met"]
