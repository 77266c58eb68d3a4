"""Offices' own tables: what was written is read, or refused with the reason; nothing is read wrongly in silence."""

from __future__ import annotations

import re
import warnings
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from layout_tables import (
    CRITERIA,
    ITEMS,
    JUDGED,
    MEASURED,
    PACK,
    UNITS,
    across,
    agency,
    form,
    found_in,
    looked_at,
    matrix,
    read,
    small,
    to_document,
    to_workbook,
    wide,
)

import ntm_rules as ntm
from ntm_rules.errors import NtmError
from ntm_rules.layout import Read, read_layout, read_table, write_layout
from ntm_rules.layout.files import Asked, read_file
from ntm_rules.layout.grid import At, Grid
from ntm_rules.layout.words import is_total
from ntm_rules.pack.catalogue import installed
from ntm_rules.quantity.amount import Amount
from ntm_rules.snapshot.builder import SnapshotBuilder
from ntm_rules.snapshot.cells import SnapshotWarning
from ntm_rules.snapshot.observation import FindingValue
from ntm_rules.snapshot.vocabulary import Vocabulary
from ntm_rules.tabular.sheet import Content, Number, letters

SLOW = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
MEASURES = installed().measures
FINDINGS = st.sampled_from([FindingValue.MET, FindingValue.NOT_MET])
SHARES = st.integers(200, 9990).map(lambda n: Decimal(n) / 100)
RANDOM = st.randoms(use_true_random=False)


def named(facts: dict[str, object]) -> dict[str, object]:
    """Facts by measure where they are measured."""
    return {MEASURED[code] if isinstance(fact, Decimal) else code: fact for code, fact in facts.items()}


def every_cell_is_accounted_for(grid: Grid, done: Read) -> None:
    """Nothing is passed over without a word: each filled cell has a reading, and the reading says something."""
    assert set(grid.cells) <= {reading.at for reading in done.readings}
    assert all(reading.said.vi and reading.said.en for reading in done.readings)


@SLOW
@given(st.data(), RANDOM)
def test_the_form_of_one_unit_reads_back(data: st.DataObject, rng: Random) -> None:
    facts = data.draw(st.dictionaries(st.sampled_from([*MEASURED]), SHARES, min_size=3, max_size=12))
    marks = data.draw(st.dictionaries(st.sampled_from(JUDGED), FINDINGS, min_size=2, max_size=12))
    unit = data.draw(st.sampled_from(UNITS))
    grid = form(facts, marks, unit, rng)
    said, done, _ = read(grid)
    assert said == {(unit.id, "2024-06-30"): {**named(facts), **marks}}
    every_cell_is_accounted_for(grid, done)


@SLOW
@given(st.data(), RANDOM)
def test_the_matrix_of_units_and_criteria_reads_back(data: st.DataObject, rng: Random) -> None:
    units = data.draw(st.lists(st.sampled_from(UNITS), min_size=2, unique_by=lambda unit: unit.id))
    codes = data.draw(st.lists(st.sampled_from(CRITERIA), min_size=3, unique=True))
    found = {unit.id: data.draw(st.dictionaries(st.sampled_from(codes), FINDINGS, min_size=1)) for unit in units}
    grid = matrix(found, codes, units, rng)
    said, done, _ = read(grid)
    assert said == {(unit.id, "2024-06-30"): found[unit.id] for unit in units}
    every_cell_is_accounted_for(grid, done)


@SLOW
@given(st.data(), RANDOM)
def test_indicators_in_rows_and_units_in_columns_read_back(data: st.DataObject, rng: Random) -> None:
    units = data.draw(st.lists(st.sampled_from(UNITS), min_size=2, unique_by=lambda unit: unit.id))
    codes = data.draw(st.lists(st.sampled_from([*MEASURED, *JUDGED]), min_size=3, max_size=15, unique=True))
    facts = {unit.id: {code: data.draw(SHARES if code in MEASURED else FINDINGS) for code in codes} for unit in units}
    grid = across(facts, codes, units, rng)
    said, done, _ = read(grid)
    assert said == {(unit.id, "2024-06-30"): named(facts[unit.id]) for unit in units}
    every_cell_is_accounted_for(grid, done)


@SLOW
@given(st.data(), RANDOM)
def test_a_unit_a_row_with_measures_in_two_heading_rows_reads_back(data: st.DataObject, rng: Random) -> None:
    units = data.draw(st.lists(st.sampled_from(UNITS), min_size=2, unique_by=lambda unit: unit.id))
    by_measure = {measure: code for code, measure in MEASURED.items()}
    codes = data.draw(st.lists(st.sampled_from([*by_measure.values()]), min_size=2, max_size=8, unique=True))
    facts = {unit.id: {code: data.draw(SHARES) for code in codes} for unit in units}
    grid = wide(facts, codes, units, rng)
    said, done, _ = read(grid)
    assert said == {(unit.id, "2024-06-30"): named(facts[unit.id]) for unit in units}
    every_cell_is_accounted_for(grid, done)


@SLOW
@given(st.data(), RANDOM)
def test_an_agencys_form_of_two_periods_reads_back(data: st.DataObject, rng: Random) -> None:
    codes = data.draw(st.lists(st.sampled_from([*MEASURED, *JUDGED]), min_size=3, max_size=15, unique=True))
    facts = {
        period: {code: data.draw(SHARES if code in MEASURED else FINDINGS) for code in codes}
        for period in ("last", "now")
    }
    unit = data.draw(st.sampled_from(UNITS))
    grid = agency(facts, unit, rng)
    # The half year spans 1 March 2024, when the set changed: that is told in a warning.
    said, done, _ = read(grid, strict=False)
    assert said == {
        (unit.id, "2023-12-31"): named(facts["last"]),
        (unit.id, "2024-06-30"): named(facts["now"]),
    }
    every_cell_is_accounted_for(grid, done)


def tables(data: st.DataObject, rng: Random) -> Grid:
    """A table of any layout."""
    units = data.draw(st.lists(st.sampled_from(UNITS), min_size=2, max_size=3, unique_by=lambda unit: unit.id))
    codes = data.draw(st.lists(st.sampled_from([*MEASURED]), min_size=3, max_size=6, unique=True))
    judged = data.draw(st.lists(st.sampled_from(JUDGED), min_size=2, max_size=4, unique=True))
    shares = {code: data.draw(SHARES) for code in codes}
    findings = {code: data.draw(FINDINGS) for code in judged}
    match data.draw(st.sampled_from(["form", "matrix", "across", "wide", "agency"])):
        case "form":
            return form(shares, findings, units[0], rng)
        case "matrix":
            found = {unit.id: {code: data.draw(FINDINGS) for code in CRITERIA[:5]} for unit in units}
            return matrix(found, CRITERIA[:5], units, rng)
        case "across":
            return across({unit.id: {**shares, **findings} for unit in units}, [*codes, *judged], units, rng)
        case "wide":
            return wide({unit.id: shares for unit in units}, codes, units, rng)
        case _:
            return agency({"last": {**shares, **findings}, "now": shares}, units[0], rng)


JUNK: st.SearchStrategy[Content] = st.one_of(
    st.text(alphabet="aáxđ 0123456789/%.,-+*()?", min_size=1, max_size=12).filter(str.strip),
    st.decimals(0, 10_000, places=2).map(lambda number: Number(Amount(number), str(number))),
    st.sampled_from(["Tổng", "x", "Ghi chú: x", "Xã An Bình", "#N/A", "n/a", "6.112/6.420", "=A1"]),
    st.dates(date(2020, 1, 1), date(2030, 1, 1)),
)


@SLOW
@given(st.data(), RANDOM)
def test_nothing_in_a_table_is_passed_over_without_a_word(data: st.DataObject, rng: Random) -> None:
    """Loss: wherever anything more is written in a table, it is read, passed over with a reason, or refused; and
    what is read is only what cells were shown as read."""
    grid = tables(data, rng)
    proposal, _ = looked_at(grid)
    assert proposal.layout is not None
    rows, columns = grid.rows[-1] + 3, grid.columns[-1] + 3
    spots = st.tuples(st.integers(1, rows), st.integers(1, columns)).map(lambda at: At(*at))
    junk = data.draw(st.dictionaries(spots.filter(lambda at: grid.anchor(*at) == at), JUNK, min_size=1, max_size=8))
    soiled = Grid(grid.file, grid.name, {**grid.cells, **junk}, grid.spans)
    ledger = SnapshotBuilder(Vocabulary(installed(), (), "error"), None)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SnapshotWarning)
        done = read_table(soiled, proposal.layout, PACK, ledger, UNITS)
    every_cell_is_accounted_for(soiled, done)
    refused = {reading.at for reading in done.readings if reading.kind == "refused"}
    try:
        snapshots = ledger.finish()
    except NtmError:
        return
    assert not refused
    values = sum(len(said) for snapshot in snapshots for said in snapshot.measures.values())
    findings = sum(len(said) for s in snapshots for codes in s.findings.values() for said in codes.values())
    assert values <= done.count("value")
    assert findings <= done.count("mark")


def turned_round(grid: Grid, rng: Random) -> tuple[At, Grid] | None:
    """The table with one cell that says something else: the contrary, a count, a result over its target, or a mark
    that is met in part; ``None``: it has no cell to be turned."""
    rows = [row for row in grid.rows if not any(is_total(grid.text(row, column)) for column in (1, 2))]
    lines = {at: grid.text(*at) for at in grid.cells if at.row in rows}
    shares = {at: text for at, text in lines.items() if text.casefold().startswith("tỷ lệ ")}
    ways = {
        "contrary": {at: f"{text[:5]} chưa {text[6:]}" for at, text in shares.items()},
        "count": {at: f"Số {text[6:]}" for at, text in shares.items() if "%" not in text},
        "target": {at: f"{text}/90%" for at, text in lines.items() if re.fullmatch(r"\d{1,2},\d+ ?%", text)},
        "part": {at: text.replace(": đạt", ": đạt một phần") for at, text in lines.items() if ": đạt;" in text},
    }
    spots = [(at, text) for way in sorted(ways) for at, text in sorted(ways[way].items())]
    if not spots:
        return None
    at, text = rng.choice(spots)
    return at, Grid(grid.file, grid.name, {**grid.cells, at: text}, grid.spans)


@SLOW
@given(st.data(), RANDOM)
def test_what_one_cell_turns_round_is_asked_about_or_refused(data: st.DataObject, rng: Random) -> None:
    turned = turned_round(tables(data, rng), rng)
    assume(turned is not None)
    assert turned is not None
    at, grid = turned
    proposal, ledger = looked_at(grid)
    assert proposal.layout is not None
    roles = {column.column: column.role for column in proposal.layout.columns}
    # A heading of plans is told as not read.
    if proposal.doubts or roles.get(letters(at.column)) == "pass":
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SnapshotWarning)
        done = read_table(grid, proposal.layout, PACK, ledger, UNITS)
    assert done.count("refused"), proposal.text(grid, "en")
    with pytest.raises(NtmError):
        ledger.finish()


FILES = settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@FILES
@given(st.data(), RANDOM)
def test_a_table_says_the_same_in_excel_and_in_a_letter(data: st.DataObject, rng: Random) -> None:
    """Every layout, written to files: what is read of them is what is read of the cells."""
    grid = tables(data, rng)
    proposal, _ = looked_at(grid)
    assert proposal.layout is not None
    meant, _, _ = read(grid, proposal.layout)
    with TemporaryDirectory() as folder:
        book = to_workbook(grid, Path(folder) / "bieu.xlsx")
        letter = to_document(grid, Path(folder) / "bao-cao.docx", proposal.layout.heading[0] - 1)
        for path in (book, letter):
            done = read_file(path, Asked(PACK, UNITS))
            assert not done.refused, [problem.text("en") for problem in done.refused]
            assert found_in(done.snapshots) == meant
    assert [problem.key for problem in done.left] == ["layout.left_plain"]


HEAD = ["TT", "Nội dung", "Kết quả", "Đánh giá"]
TITLE = ["Xã An Bình, đến ngày 30/06/2024"]
ROW = ["1.1", "Có quy hoạch chung xây dựng xã", None, "Đạt"]


def test_a_mark_means_nothing_unless_somebody_says_so() -> None:
    grid = small(TITLE, HEAD, ["1.1", None, None, "x"], ["17.1", None, None, "Đạt"])
    proposal, _ = looked_at(grid)
    assert [doubt.key for doubt in proposal.doubts] == ["layout.doubt.marks"]
    assert proposal.layout is not None
    told = proposal.layout.model_copy(update={"marks": {"x": FindingValue.NOT_MET}})
    said, _, _ = read(grid, told)
    assert said["90001", "2024-06-30"]["1.1"] is FindingValue.NOT_MET
    with pytest.raises(NtmError, match="mark “x”"):
        read(grid, proposal.layout)


def test_a_number_and_words_of_different_indicators_are_refused() -> None:
    grid = small(
        TITLE, HEAD, ["15.1", "Tỷ lệ nghèo đa chiều giai đoạn 2021 - 2025", "95", None], ["1.1", None, None, "Đạt"]
    )
    with pytest.raises(NtmError, match=r"15\.1"):
        read(grid)


def test_the_words_of_every_other_indicator_are_refused_under_a_code() -> None:
    """Whole or cut after eight words, what one indicator says is not read as another criterion's."""
    codes = [*MEASURED, *JUDGED]
    cut = {code: " ".join(ITEMS.texts[code].split()[:8]) for code in codes}
    pairs = [(code, other) for code in codes for other in codes if code.partition(".")[0] != other.partition(".")[0]]
    assert [pair for pair in pairs if ITEMS.agrees(pair[0], ITEMS.texts[pair[1]])] == []
    # Cut so short, some begin with the same words, and cannot be told apart.
    alike = [(code, other) for code, other in pairs if ITEMS.agrees(code, cut[other])]
    assert len(alike) <= len(pairs) / 200, alike
    assert all(ITEMS.agrees(code, ITEMS.texts[code]) and ITEMS.agrees(code, cut[code]) for code in codes)


def test_a_matrix_of_another_set_is_asked_about_column_by_column() -> None:
    grid = small(
        ["Đến ngày 30/06/2024"], ["TT", "Tên xã", "1. Quy hoạch", "9. Y tế"], ["1", "Xã An Bình", "Đạt", "Đạt"]
    )
    proposal, _ = looked_at(grid)
    assert [(doubt.key, doubt.params["column"]) for doubt in proposal.doubts] == [("layout.doubt.of", "D")]


def test_a_table_that_gives_no_day_or_unit_is_asked_for_them() -> None:
    proposal, _ = looked_at(small(["Biểu"], HEAD, ROW, ROW))
    assert {doubt.key for doubt in proposal.doubts} == {"layout.doubt.period", "layout.doubt.unit"}


def test_a_unit_nobody_knows_is_refused_and_the_others_are_named_by_their_cells() -> None:
    grid = small(
        ["Đến ngày 30/06/2024"], ["TT", "Tên xã", "Tiêu chí 1"], ["1", "Xã An Bình", "Đạt"], ["2", "Xã Lạ", "Đạt"]
    )
    with pytest.raises(NtmError, match=r"cell B4.*Xã Lạ"):
        read(grid)


def test_figures_outside_the_columns_are_not_lost() -> None:
    proposal, _ = looked_at(small(TITLE, HEAD, ROW, ROW))
    assert proposal.layout is not None
    with pytest.raises(NtmError, match="column E") as caught:
        read(small(TITLE, HEAD, [*ROW, "95"]), proposal.layout)
    assert [problem.place.cell for problem in caught.value.problems] == ["E3"]


def test_a_layout_is_not_used_for_a_table_whose_columns_have_moved() -> None:
    proposal, _ = looked_at(small(TITLE, HEAD, ROW, ROW))
    assert proposal.layout is not None
    with pytest.raises(NtmError, match="expects the heading"):
        read(small(TITLE, ["TT", "Nội dung", "Đánh giá", "Kết quả"], ROW), proposal.layout)


def test_a_total_that_does_not_agree_is_told() -> None:
    grid = small(
        ["Đến ngày 30/06/2024"],
        ["TT", "Tên xã", "Tiêu chí 1", "Tiêu chí 2", "Tổng số tiêu chí đạt"],
        ["1", "Xã An Bình", "Đạt", "Chưa đạt", "2"],
    )
    with pytest.raises(SnapshotWarning, match="total says 2, 1 were counted"):
        read(grid)


@pytest.mark.parametrize("marks", [[], ["Đạt", "Chưa đạt"]], ids=["no findings", "fewer than it counts"])
def test_a_total_that_counts_what_stands_elsewhere_is_no_disagreement(marks: list[str]) -> None:
    """ "16/19" beside the findings of two criteria, or of none, contradicts nothing."""
    named = [f"Tiêu chí {number}" for number, _ in enumerate(marks, 1)]
    grid = small(
        ["Đến ngày 30/06/2024"],
        ["TT", "Tên xã", *named, "Số tiêu chí đạt"],
        ["1", "Xã An Bình", *marks, "16/19"],
    )
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        read(grid)
    assert not [one for one in caught if "total says" in str(one.message)]


def test_shares_come_from_two_counts_and_keep_them() -> None:
    grid = small(
        TITLE,
        ["TT", "Nội dung", "Tử số", "Mẫu số", "Kết quả"],
        ["15.1", None, "6.112", "6.420", None],
        ["8.1", None, None, None, "Đạt"],
    )
    proposal, ledger = looked_at(grid)
    assert proposal.layout is not None
    read_table(grid, proposal.layout, PACK, ledger, UNITS)
    (snapshot,) = ledger.finish()
    (one,) = snapshot.measures[MEASURED["15.1"]]
    assert (round(one.value.value, 4), one.remark) == (Decimal("95.2025"), "6.112/6.420")


def test_a_layout_survives_its_file(tmp_path) -> None:
    proposal, _ = looked_at(small(TITLE, HEAD, ROW, ROW))
    assert proposal.layout is not None
    file = tmp_path / "khuon.yaml"
    file.write_text(write_layout(proposal.layout), encoding="utf-8")
    assert read_layout(file) == proposal.layout
    file.write_text(write_layout(proposal.layout).replace("role: mark", "role: marc"), encoding="utf-8")
    with pytest.raises(NtmError, match=r"khuon.yaml:\d+.*marc"):
        read_layout(file)


def test_an_average_is_no_unit_and_a_sum_in_words_may_be_an_indicator() -> None:
    assert is_total("BÌNH QUÂN CHUNG")
    assert not is_total("Tổng số trạm y tế đạt chuẩn", strict=True)


def test_read_snapshots_takes_a_layout(tmp_path) -> None:
    table = tmp_path / "xa.csv"
    rows = [TITLE, HEAD, ROW, ["15.1", "", "98,5%", ""]]
    table.write_text("\n".join(";".join(cell or "" for cell in row) for row in rows), encoding="utf-8")
    proposal, _ = looked_at(small(TITLE, HEAD, ROW, ROW))
    assert proposal.layout is not None
    plan = proposal.layout.model_copy(update={"unit": UNITS[0], "sheet": ""})
    (snapshot,) = ntm.read_snapshots(table, layout=plan)
    assert (snapshot.unit, [*snapshot.measures]) == (UNITS[0], [MEASURED["15.1"]])
