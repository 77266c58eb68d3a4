"""What a value and a word may mean: doubt is told, at every door, and nothing is guessed."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from ntm_rules import Amount, Snapshot, Unit, evaluate_frame, load_pack, read_snapshots
from ntm_rules.errors import NtmError, Problem
from ntm_rules.live import LiveSession
from ntm_rules.pack.catalogue import installed
from ntm_rules.quantity.amount import TwoReadingsError
from ntm_rules.quantity.number import parse_number
from ntm_rules.snapshot.form import write_form
from ntm_rules.snapshot.form_reading import FORM_MARK, VISIBLE
from ntm_rules.snapshot.observation import FindingValue, read_finding
from ntm_rules.snapshot.value import read_amount_of

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


WATER, INCOME, SCHOOLS = "domestic_water_per_capita", "income_per_capita", "school_count"


def value_doors(measure: str, text: Any, folder: Path) -> dict[str, Callable[[], Amount]]:
    """Ways to say one value of one commune."""
    facts = {"unit": UNIT, "as_of": DAY, "measures": {measure: text}}

    def of(snapshot: Snapshot) -> Amount:
        amount = snapshot.measures[measure][0].value
        return amount if amount.unit else Amount(amount.value, installed().measures[measure].unit)

    def written(name: str, content: str) -> Amount:
        (folder / name).write_text(content, encoding="utf-8")
        return of(read_snapshots(folder / name)[0])

    def workbook() -> Amount:
        book = openpyxl.Workbook()
        book.worksheets[0].append(["id", "level", "as_of", measure])
        book.worksheets[0].append(["x", "xã", DAY, text])
        book.save(folder / "t.xlsx")
        return of(read_snapshots(folder / "t.xlsx")[0])

    def form() -> Amount:
        write_form(load_pack("hatinh/commune-advanced"), folder / "f.xlsx", [Unit.model_validate(UNIT)])
        book = openpyxl.load_workbook(folder / "f.xlsx")
        sheet = next(one for one in book.worksheets if any(cell.value == FORM_MARK for cell in one[1]))
        marks = {cell.value: cell.column for cell in sheet[1]}
        titled = 1 + VISIBLE.index("value")
        for row in range(2, sheet.max_row + 1):
            if sheet.cell(row, marks["measure"]).value == measure:
                sheet.cell(row, titled).value = text
            if sheet.cell(row, marks["detail"]).value == "as_of":
                sheet.cell(row, titled).value = DAY
        book.save(folder / "f.xlsx")
        return of(read_snapshots(folder / "f.xlsx")[0])

    def live() -> Amount:
        session = LiveSession([Unit.model_validate(UNIT)], [], ["hatinh/commune-advanced"], as_of=DAY)
        session.observe("x", measure, text)
        return of(session.snapshot("x"))

    def frame() -> Amount:
        table = pl.DataFrame({"id": ["x"], "region": ["btb"], measure: [text]})
        return of(evaluate_frame("hatinh/commune-advanced", table, as_of=DAY).snapshot("x"))

    return {
        "python": lambda: of(Snapshot.model_validate(facts)),
        "python, mapping": lambda: of(Snapshot.model_validate({**facts, "measures": {measure: {"value": text}}})),
        "json": lambda: of(Snapshot.model_validate_json(json.dumps(facts))),
        "json file": lambda: written("a.json", json.dumps(facts)),
        "yaml": lambda: written("a.yaml", json.dumps(facts, ensure_ascii=False)),
        "csv": lambda: written("b.csv", f'id;level;as_of;{measure}\nx;xã;{DAY};"{text}"\n'),
        "xlsx": workbook,
        "form": form,
        "live": live,
        "frame": frame,
    }


@pytest.mark.parametrize("text", ["59.875", "48,500", "1.875", "100.000", "59.875 lít/người/ngày đêm"])
def test_one_separator_before_three_digits_is_refused_with_both_readings(text: str, tmp_path: Path) -> None:
    """The number 59.875 and the text never differ in silence, and the advice, followed, gives one of the readings."""
    for door, say in value_doors(WATER, text, tmp_path).items():
        with pytest.raises((NtmError, ValidationError)) as caught:
            say()
        problem = first_problem(caught.value)
        assert problem.key == "error.two_readings", (door, problem.key)
        digits = text.partition(" ")[0]
        for lang in ("vi", "en"):
            advised = problem.params[lang]
            meant = parse_number(digits, lang)  # type: ignore[arg-type]
            for told in ("vi", "en"):
                again = Amount.of(advised.text(told))
                assert again == Amount(meant, "litre/person/day"), (door, advised.text(told))


@pytest.mark.parametrize(
    ("measure", "text", "meant"),
    [
        ("income_per_capita", "41.875", "41.875"),
        ("clean_water_centralised_share", "95.125", "95.125"),
        ("clean_water_centralised_share", "1,875 %", "1.875"),
        (WATER, "10.875,0 lít/người/ngày đêm", "10875"),
        (WATER, "0.875 lít/người/ngày đêm", "0.875"),
        (WATER, "234,50", "234.5"),
        (WATER, 59.875, "59.875"),
    ],
)
def test_a_measure_that_can_take_one_reading_only_decides(measure: str, text: Any, meant: str, tmp_path: Path) -> None:
    for door, say in value_doors(measure, text, tmp_path).items():
        if not (door in ("csv", "form") and isinstance(text, float)):
            assert say().value == Decimal(meant), door


def read_or_refused(say: Callable[[], Amount]) -> Decimal:
    """The number as it was read, by the measure or by the refusal of one that is not plausible."""
    try:
        return say().value
    except NtmError as error:
        problem = first_problem(error)
        assert problem.key.startswith("error.implausible"), problem.key
        read: Amount = problem.params["read"]
        return read.value


def test_whole_things_have_no_decimals() -> None:
    measure = installed().measures["school_count"]
    assert read_amount_of("1.234", measure).value == 1234
    with pytest.raises(TwoReadingsError):
        read_amount_of("2.000", measure)


@pytest.mark.parametrize(
    ("cells", "meant"),
    [
        (("59.875", "48.12"), "59.875"),
        (("59.875", "61,5"), None),
        (("59,875", "61,5"), "59.875"),
        (("48,500", "1,048,500"), None),
        (("59.875", "48.12", "61,5"), None),
        (("59.875", "60"), None),
    ],
)
def test_the_other_cells_of_a_column_show_how_its_numbers_are_written(
    cells: tuple[str, ...], meant: str | None, tmp_path: Path
) -> None:
    """What they show is not followed into a number that is not plausible; then both readings are named."""
    rows = "".join(f"x{n};xã;{DAY};{cell};\n" for n, cell in enumerate(cells))
    (tmp_path / "c.csv").write_text(f"id;level;as_of;{WATER};#\n{rows}", encoding="utf-8")
    listed = [{"unit": {**UNIT, "id": f"x{n}"}, "as_of": DAY, "measures": {WATER: c}} for n, c in enumerate(cells)]
    (tmp_path / "c.json").write_text(json.dumps(listed), encoding="utf-8")
    for name in ("c.csv", "c.json"):
        if meant is None:
            assert code_of(lambda name=name: read_snapshots(tmp_path / name)) == "error.two_readings"  # type: ignore[misc]
        else:
            say = lambda name=name: read_snapshots(tmp_path / name)[0].measures[WATER][0].value  # noqa: E731
            assert read_or_refused(say) == Decimal(meant)


@pytest.mark.parametrize(("numbers", "meant"), [("vi", "59875"), ("en", "59.875")])
def test_a_declared_convention_decides(numbers: Any, meant: str, tmp_path: Path) -> None:
    facts = {"unit": UNIT, "as_of": DAY, "measures": {WATER: "59.875"}}
    (tmp_path / "a.csv").write_text(f"id;level;as_of;{WATER}\nx;xã;{DAY};59.875\n", encoding="utf-8")
    (tmp_path / "a.json").write_text(
        json.dumps({"defaults": {"numbers": numbers}, "snapshots": [facts]}), encoding="utf-8"
    )
    read: list[Callable[[], Snapshot]] = [
        lambda: read_snapshots(tmp_path / "a.csv", numbers=numbers)[0],
        lambda: read_snapshots(tmp_path / "a.json")[0],
        lambda: Snapshot.model_validate(facts, context={"numbers": numbers}),
    ]
    said = {read_or_refused(lambda one=one: one().measures[WATER][0].value) for one in read}  # type: ignore[misc]
    assert said == {Decimal(meant)}


@given(st.decimals(-9999, 9999, places=3, allow_nan=False), st.sampled_from(["", "litre/person/day"]))
def test_what_a_snapshot_writes_is_read_back(value: Decimal, unit: str) -> None:
    amount = Amount(value, unit)
    assert Amount.of(amount.plain()) == amount


def test_json_numbers_keep_their_digits() -> None:
    text = json.dumps({"unit": UNIT, "as_of": DAY, "measures": {"farmland_irrigated_share": 0}})
    snapshot = Snapshot.model_validate_json(text.replace(": 0}", ": 79.99999999999999999999}"))
    assert snapshot.measures["farmland_irrigated_share"][0].value.value == Decimal("79.99999999999999999999")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("48,5 Triệu đ/người/năm", Amount(Decimal("48.5"), "million_vnd/person/year")),
        ("48,5 tr.đồng/người/năm", Amount(Decimal("48.5"), "million_vnd/person/year")),
        ("48,5 trđ/ng/năm", Amount(Decimal("48.5"), "million_vnd/person/year")),
        ("4042 nghìn đ/người/tháng", Amount(Decimal(4042), "thousand_vnd/person/month")),
        ("48,5 triệu \u00d0ồng/người/năm", Amount(Decimal("48.5"), "million_vnd/person/year")),
        ("2,1 m2/ng", Amount(Decimal("2.1"), "square_metre/person")),
    ],
)
def test_units_as_offices_shorten_them(text: str, meant: Amount) -> None:
    assert Amount.of(text) == meant


@pytest.mark.parametrize(
    ("word", "meant"), [("true", True), ("có", True), ("Không", False), (True, True), ("nhom1", "nhom1")]
)
def test_an_attribute_as_a_text_is_what_tables_and_frames_read(word: Any, meant: object) -> None:
    unit = Unit.model_validate({**UNIT, "attributes": {"special_difficulty": word}})
    assert unit.attributes["special_difficulty"] is meant or unit.attributes["special_difficulty"] == meant
