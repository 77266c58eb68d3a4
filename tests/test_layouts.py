"""Offices' own tables: what was written is read, or refused with the reason; nothing is read wrongly in silence."""

from __future__ import annotations

import warnings
from decimal import Decimal
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from layout_tables import CRITERIA, JUDGED, MEASURED, PACK, UNITS, across, agency, form, matrix, wide

import ntm_rules as ntm
from ntm_rules.errors import NtmError
from ntm_rules.layout import Layout, Proposal, Read, propose, read_layout, read_table, write_layout
from ntm_rules.layout.grid import At, Grid
from ntm_rules.layout.words import is_total
from ntm_rules.pack.catalogue import installed
from ntm_rules.snapshot.cells import SnapshotWarning
from ntm_rules.snapshot.ledger import Ledger
from ntm_rules.snapshot.observation import FindingValue
from ntm_rules.snapshot.vocabulary import Vocabulary

SLOW = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
MEASURES = installed().measures
FINDINGS = st.sampled_from([FindingValue.MET, FindingValue.NOT_MET])
SHARES = st.integers(200, 9990).map(lambda n: Decimal(n) / 100)
RANDOM = st.randoms(use_true_random=False)
Said = dict[tuple[str, str], dict[str, object]]


def looked_at(grid: Grid, **asked: object) -> tuple[Proposal, Ledger]:
    ledger = Ledger(Vocabulary(installed(), (), "error"), None)
    return propose(grid, PACK, ledger, UNITS, **asked), ledger


def read(grid: Grid, layout: Layout | None = None, **asked: object) -> tuple[Said, Read, Ledger]:
    """What a table says by unit and day: values by measure, findings by code."""
    proposal, ledger = looked_at(grid, **asked)
    plan = layout or proposal.layout
    assert plan is not None
    assert layout is not None or not proposal.doubts, proposal.text(grid, "en")
    with warnings.catch_warnings():
        warnings.simplefilter("error", SnapshotWarning)
        done = read_table(grid, plan, PACK, ledger, UNITS)
    said: Said = {}
    for snapshot in ledger.finish():
        facts = said.setdefault((snapshot.unit.id, snapshot.as_of.isoformat()), {})
        facts.update({name: one.value.value for name, (one,) in snapshot.measures.items()})
        facts.update({code: one.finding for codes in snapshot.findings.values() for code, (one,) in codes.items()})
    return said, done, ledger


def named(facts: dict[str, object]) -> dict[str, object]:
    """Facts by measure where they are measured."""
    return {MEASURED[code] if isinstance(fact, Decimal) else code: fact for code, fact in facts.items()}


def every_cell_is_accounted_for(grid: Grid, done: Read) -> None:
    under = {at for at in grid.cells if at.row > done.layout.heading[1]}
    assert under == {reading.at for reading in done.readings}


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
    said, done, _ = read(grid)
    assert said == {
        (unit.id, "2023-12-31"): named(facts["last"]),
        (unit.id, "2024-06-30"): named(facts["now"]),
    }
    every_cell_is_accounted_for(grid, done)


def small(*rows: list[object]) -> Grid:
    cells = {At(r, c): str(cell) for r, row in enumerate(rows, 1) for c, cell in enumerate(row, 1) if cell is not None}
    return Grid("bieu.xlsx", "Biểu", cells)


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
