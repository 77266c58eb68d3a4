"""A fault of a form is told at the cell that has it, in words that name the fix."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import ntm_rules as ntm
from ntm_rules.errors import SnapshotError
from ntm_rules.snapshot.form import write_form

openpyxl = pytest.importorskip("openpyxl", reason="the extra `excel` is not installed")

UNIT = {"Mã đơn vị": "x", "Tên đơn vị": "Đơn vị X", "Vùng": "Bắc Trung Bộ", "Số liệu tính đến ngày": "17/8/2023"}


class Form:
    """A form of a pack on disk, filled in by the words that stand before its cells."""

    def __init__(self, folder: Path, pack: str) -> None:
        self.path = folder / "form.xlsx"
        write_form(ntm.load_pack(pack), self.path)
        self.book = openpyxl.load_workbook(self.path)
        self.sheet = self.book.worksheets[1]
        asked = " ".join(str(cell.value) for cell in self.sheet["B"])
        for name, value in UNIT.items():
            if name in asked:  # a region is asked for only where the set's values go by it
                self.fill(name, value)

    def row(self, text: str) -> int:
        return next(row for row in range(3, self.sheet.max_row + 1) if text in str(self.sheet.cell(row, 2).value))

    def fill(self, text: str, value: Any, column: str = "E") -> str:
        where = f"{column}{self.row(text)}"
        self.sheet[where] = value
        return where

    def read(self) -> tuple[ntm.Snapshot, ...]:
        self.book.save(self.path)
        return ntm.read_snapshots(self.path)

    def fault(self) -> tuple[str, str, str]:
        with pytest.raises(SnapshotError) as caught:
            self.read()
        (problem,) = caught.value.problems
        return problem.place.cell, problem.text("vi"), problem.text("en")


@pytest.fixture
def commune(tmp_path: Path) -> Form:
    return Form(tmp_path, "hatinh/commune")


@pytest.fixture
def district(tmp_path: Path) -> Form:
    return Form(tmp_path, "vn/district@2021-2025")


@pytest.mark.parametrize("year", [1999, 2020, 2023, 2100])
def test_a_year_in_a_cell_for_days_is_no_day_of_1905(commune: Form, year: int) -> None:
    where = commune.fill("Số liệu tính đến ngày", year)
    cell, vi, en = commune.fault()
    assert cell == where
    assert f"năm {year} đã thành ngày" in vi
    assert f"the year {year} became" in en


def test_a_year_as_the_day_of_a_decision_is_none(commune: Form) -> None:
    commune.fill("Quyết định công nhận", "1/QĐ-UBND")
    where = commune.fill("Quyết định công nhận", 2021, "I")
    assert commune.fault()[0] == where


@pytest.mark.parametrize(
    ("value", "vi", "en"),
    [(-1, "(từ 0 trở lên)", "(0 or more)"), (2.5, "không phải là số nguyên", "not a whole number")],
)
def test_a_count_is_told_what_it_may_be(commune: Form, value: float, vi: str, en: str) -> None:
    where = commune.fill("– Số trường học", value)
    cell, said, english = commune.fault()
    assert cell == where
    assert vi in said
    assert en in english
    assert "∞" not in said + english


def test_a_count_without_a_total_is_told_where_it_stands(district: Form) -> None:
    """Not at the cell of the unit's id, which is right."""
    where = district.fill("Số xã đạt Bộ tiêu chí quốc gia về xã nông thôn mới giai đoạn", 12)
    cell, vi, _ = district.fault()
    assert (cell, "chưa ghi tổng số" in vi) == (where, True)


def test_more_than_there_are_is_told_where_it_stands(district: Form) -> None:
    district.fill("Tổng số xã", 10)
    where = district.fill("Số xã đạt Bộ tiêu chí quốc gia về xã nông thôn mới giai đoạn", 12)
    cell, vi, _ = district.fault()
    assert (cell, "nhiều hơn tổng số 10" in vi) == (where, True)


def test_a_title_entered_in_a_form_is_told_by_the_result(commune: Form) -> None:
    commune.fill("Quyết định công nhận", "12/QĐ-UBND")
    commune.fill("Quyết định công nhận", "31/12/2022", "I")
    (snapshot,) = commune.read()
    assert [(one.pack, one.decision) for one in snapshot.recognitions] == [("hatinh/commune", "12/QĐ-UBND")]
    for lang in ("vi", "en"):
        assert "12/QĐ-UBND" in ntm.evaluate("hatinh/commune", snapshot).explain(lang)  # type: ignore[arg-type]
