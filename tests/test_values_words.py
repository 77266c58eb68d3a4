"""Codes, attributes and the words of units: read and refused alike at every door; no hint turns a meaning round."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from doors import DAY, PACK, Facts, came, doors

from ntm_rules import Snapshot, Unit, evaluate, evaluate_tree, load_pack, read_snapshots
from ntm_rules.errors import NtmError, Problem, nearest
from ntm_rules.live import LiveSession
from ntm_rules.pack.catalogue import installed
from ntm_rules.pack.codes import plain_code, read_code
from ntm_rules.snapshot.form import write_form
from ntm_rules.territory import Level, Region, read_member


def come(facts: Facts, folder: Path) -> Any:
    """What comes of the facts: one thing at every door."""
    found = {door: came(say, facts) for door, say in doors(facts, folder).items()}
    assert len(set(found.values())) == 1, found
    return next(iter(found.values()))


@pytest.mark.parametrize(
    ("written", "meant"),
    [("Tiêu chí 18.1", "18.1"), ("TC18.1", "18.1"), ("tc 1", "1"), ("17,1", "17.1"), ("1.1.", "1.1"), ("01", "1")],
)
def test_a_code_as_people_write_it(written: str, meant: str, tmp_path: Path) -> None:
    said = come(Facts(findings={written: "đạt"}), tmp_path)
    assert said[1] == ((meant, "met"),)
    assert said == come(Facts(findings={meant: "đạt"}), tmp_path)


LEVEL = "disaster_preparedness_level"


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("Tốt", 3),
        ("KHÁ", 2),
        ("mức Khá", 2),
        ("loại tốt", 3),
        ("Tốt (3)", 3),
        ("Good", 3),
        ("Chưa đạt", 0),
        (" đạt ", 1),
    ],
)
def test_a_level_by_its_name(written: str, number: int, tmp_path: Path) -> None:
    """The annex asks "Tốt", "Khá", "Đạt": that is what people report, at every door."""
    assert come(Facts(measures={LEVEL: written}), tmp_path) == come(Facts(measures={LEVEL: number}), tmp_path)


@pytest.mark.parametrize("written", ["Xuất sắc", "Tốt (2)", "Khá Tốt", "có"])
def test_what_is_no_level_is_refused_with_the_names_there_are(written: str, tmp_path: Path) -> None:
    assert come(Facts(measures={LEVEL: written}), tmp_path) == "error.no_level"
    with pytest.raises(NtmError) as caught:
        Snapshot.model_validate(Facts(measures={LEVEL: written}).plain())
    assert "Tốt (3)" in str(caught.value)
    assert caught.value.problems[0].place.path == f"measures.{LEVEL}"


def test_a_level_is_shown_by_its_name(tmp_path: Path) -> None:
    snapshot = Snapshot.model_validate(Facts(measures={LEVEL: "Đạt"}).plain())
    result = evaluate(PACK, snapshot)
    assert "Đạt (1); yêu cầu: ≥ Khá (2)" in result.explain("vi")
    assert "Reached (1)" in result.explain("en")
    assert type(result).from_json(result.to_json()) == result
    form = tmp_path / "form.xlsx"
    write_form(load_pack(PACK), form, snapshots=[snapshot])
    cells = [cell.value for row in openpyxl.load_workbook(form).active for cell in row]
    assert "Đạt (1)" in cells
    assert read_snapshots(form)[0].measures == snapshot.measures


@pytest.mark.parametrize(
    ("written", "code"), [("I", "error.roman_code"), ("99", "error.finding_code"), ("18,9", "error.finding_code")]
)
def test_what_is_no_code_is_refused_alike(written: str, code: str, tmp_path: Path) -> None:
    found = {door: came(say, Facts()) for door, say in doors(Facts(findings={written: "đạt"}), tmp_path).items()}
    assert {door: one for door, one in found.items() if one != code and door not in ("frame", "form")} == {}


def test_trees_and_live_sessions_know_codes_as_people_write_them() -> None:
    snapshot = Snapshot.model_validate(Facts(findings={"Tiêu chí 1,1": "chưa đạt"}).plain())
    tree = evaluate_tree([snapshot.unit], [snapshot], [PACK])
    (judged,) = tree.units[0].assessments.values()
    assert judged["1.1"].verdict == "NOT_MET"
    with LiveSession([snapshot.unit], [snapshot], [PACK], as_of=DAY) as session:
        assert session.assessment("x", PACK)["1.1"].verdict == "NOT_MET"
        session.conclude("x", PACK, "TC 1.1", "đạt")
        assert session.assessment("x", PACK)["1.1"].verdict == "MET"
        session.withdraw("x", pack=PACK, code="1.1")


def test_no_pack_has_a_code_that_is_written_otherwise() -> None:
    """What is read from "Tiêu chí 1,1" never takes the place of a code that some pack really has."""
    catalogue = installed()
    for info in catalogue.packs():
        pack = catalogue.load(info.reference)
        codes = {item.code for item in pack.coded()} | {criterion.code for criterion in pack.criteria}
        for code in codes:
            assert plain_code(code) in (code, code.casefold())


@pytest.mark.parametrize(("word", "meant"), [("có", True), ("Không", False), ("1", True), (1, True), (0, False)])
def test_an_attribute_reads_alike(word: Any, meant: bool, tmp_path: Path) -> None:
    assert come(Facts(attributes={"special_difficulty": word}), tmp_path)[2] == (("special_difficulty", meant),)


@pytest.mark.parametrize("word", ["banana", "không rõ", "đạt", "2", 2, "chưa", "x"])
def test_an_attribute_that_is_neither_yes_nor_no_is_refused_alike(word: Any, tmp_path: Path) -> None:
    assert come(Facts(attributes={"special_difficulty": word}), tmp_path) == "error.yes_or_no"


@pytest.mark.parametrize("region", ["Bắc Trung Bộ", "BTB", "vùng Bắc Trung Bộ", "North Central Coast"])
def test_a_region_reads_alike(region: str, tmp_path: Path) -> None:
    assert come(Facts(region=region), tmp_path)[3][1] is Region.BTB


@pytest.mark.parametrize("day", ["17/08/2023", "2023-8-17", "17.8.2023", "ngày 17 tháng 8 năm 2023"])
def test_a_day_reads_alike(day: str, tmp_path: Path) -> None:
    assert come(Facts(day=day), tmp_path) == come(Facts(), tmp_path)


@pytest.mark.parametrize(
    ("written", "known", "never"),
    [
        ("Nam Trung Bộ", [region.vi for region in Region], "Bắc Trung Bộ"),
        ("Đông Bắc Bộ", [region.vi for region in Region], "Đông Nam Bộ"),
        ("chưa đạt", ["đạt"], "đạt"),
        ("không áp dụng", ["áp dụng"], "áp dụng"),
        ("not_met", ["met"], "met"),
        ("North East", ["Southeast", "South East"], "South East"),
    ],
)
def test_no_hint_turns_a_meaning_round(written: str, known: list[str], never: str) -> None:
    assert never not in nearest(written, known).close


@pytest.mark.parametrize(
    ("written", "known", "close"),
    [
        ("khong dat", ["không đạt", "đạt"], ("không đạt",)),
        ("Bac Trung Bo", [region.vi for region in Region], ("Bắc Trung Bộ",)),
        ("incom_per_capita", ["income_per_capita"], ("income_per_capita",)),
    ],
)
def test_a_slip_of_the_pen_still_gets_its_hint(written: str, known: list[str], close: tuple[str, ...]) -> None:
    assert nearest(written, known).close[: len(close)] == close


def test_a_level_is_never_guessed() -> None:
    with pytest.raises(NtmError) as caught:
        read_member(Level, "huyen")
    assert "huyện" in caught.value.text("vi")
    with pytest.raises(NtmError):
        Unit(id="x", level="cấp xã huyện")


def test_an_attribute_nobody_can_answer_is_refused_before_it_is_judged() -> None:
    snapshot = Snapshot.model_validate(Facts(attributes={"special_difficulty": "banana"}).plain())
    with pytest.raises(NtmError) as caught:
        evaluate(PACK, snapshot)
    (problem,) = caught.value.problems
    assert problem.place.path == "x.attributes.special_difficulty"
    assert "có hoặc không" in problem.text("vi")


@pytest.mark.parametrize("written", ["p1", "P.1", "ĐK1", "điều kiện 1"])
def test_a_prerequisite_is_understood_as_people_write_it(written: str, tmp_path: Path) -> None:
    plain = Facts(findings={"P1": "đạt"})
    verdicts = {came(say, plain)[5] for say in doors(plain, tmp_path).values()}
    facts = Facts(findings={written: "đạt"})
    assert {came(say, facts)[5] for say in doors(facts, tmp_path).values()} == verdicts


@pytest.mark.parametrize("written", ["PP1", "ĐK9", "q1"])
def test_a_code_with_a_letter_is_not_told_to_be_a_criterions_number(written: str) -> None:
    found = read_code(written, {"1", "1.1", "19", "P1", "P2"}, "x")
    assert isinstance(found, Problem)
    assert all(code[0] == "P" for code in found.params["near"].close)
