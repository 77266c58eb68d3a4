"""Inputs as offices write them (field cases K09 to K20): read as meant, or told once with what to do."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import polars as pl
import pytest

import ntm_rules as ntm
from ntm_rules.dossier import read_dossier
from ntm_rules.errors import NtmError
from ntm_rules.live import LiveSession
from ntm_rules.pack.codes import plain_code
from ntm_rules.pack.loader import parse_yaml
from ntm_rules.pack.overlay import ThresholdChange
from ntm_rules.pack.period import Period
from ntm_rules.territory import Level, Region

HEAD = "mã xã,cấp,vùng,tính đến ngày"
ROW = "xã,btb,30/6/2024"


def written(folder: Path, name: str, text: str) -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def keys(error: pytest.ExceptionInfo[NtmError]) -> list[str]:
    return [problem.key for problem in error.value.problems]


# K11: the same words and ids at every door


@pytest.mark.parametrize("level", ["commune", "xã", " Xã "])
@pytest.mark.parametrize("region", ["btb", "BTB", "Bắc Trung Bộ", "vùng bắc trung bộ"])
def test_words_for_levels_and_regions_are_read_at_every_door(tmp_path: Path, level: str, region: str) -> None:
    unit = {"id": "x1", "level": level, "region": region}
    data = {"unit": unit, "as_of": "30/6/2024"}
    table = f"{HEAD}\nx1,{level},{region},30/6/2024\n"
    doors = [
        ntm.Snapshot(unit=ntm.Unit(**unit), as_of="30/6/2024"),
        ntm.Snapshot.model_validate(data),
        ntm.Snapshot.model_validate_json(json.dumps(data)),
        *ntm.read_snapshots(written(tmp_path, "a.json", json.dumps(data))),
        *ntm.read_snapshots(written(tmp_path, "a.yaml", json.dumps(data, ensure_ascii=False))),
        *ntm.read_snapshots(written(tmp_path, "a.csv", table)),
    ]
    assert {(one.unit.level, one.unit.region) for one in doors} == {(Level.COMMUNE, Region.BTB)}


def test_a_word_nobody_knows_has_the_same_code_at_every_door(tmp_path: Path) -> None:
    for read in (
        lambda: ntm.Unit(id="x1", level="xả"),
        lambda: ntm.read_snapshots(written(tmp_path, "b.yaml", "unit: {id: x1, level: xả}\nas_of: 2024-06-30")),
        lambda: ntm.evaluate_frame("vn/commune", pl.DataFrame({"id": ["1"]}), level="xả", as_of="2024-06-30"),
    ):
        with pytest.raises(NtmError) as caught:
            read()
        assert keys(caught) == ["error.word_of"]


def test_a_code_typed_as_a_number_is_the_text_and_lost_zeros_are_asked_about(tmp_path: Path) -> None:
    text = "unit: {{id: {id}, level: commune, region: btb}}\nas_of: 2024-06-30\n"
    (snapshot,) = ntm.read_snapshots(written(tmp_path, "a.yaml", text.format(id=18001)))
    assert snapshot.unit.id == "18001"
    assert ntm.Unit(id=18001, level="xã").id == "18001"
    book = openpyxl.Workbook()
    book.active.append(["mã xã", "cấp", "vùng", "tính đến ngày"])
    book.active.append([123, "xã", "btb", "30/6/2024"])
    book.save(tmp_path / "c.xlsx")
    for read in (
        lambda: ntm.Unit(id=123, level="xã"),
        lambda: ntm.read_snapshots(written(tmp_path, "b.yaml", text.format(id=123))),
        lambda: ntm.read_snapshots(tmp_path / "c.xlsx"),
    ):
        with pytest.raises(NtmError, match=r"“00123”.*“123”") as caught:
            read()
        assert keys(caught) == ["error.zeros_gone"]
    quoted = written(tmp_path, "d.yaml", text.format(id='"123"'))
    assert ntm.read_snapshots(quoted)[0].unit.id == "123"


def test_a_live_session_takes_words_for_levels() -> None:
    pytest.importorskip("durable")
    home = ntm.Unit(id="h", level="huyện", region="btb", province="hatinh")
    session = LiveSession([home], packs=["hatinh/district"], as_of="2024-06-30")
    session.report("h", "xã", {"total": 3})
    with pytest.raises(NtmError, match="xả"):
        session.report("h", "xả", {"total": 3})


def test_an_overlay_may_be_typed_as_an_officer_types() -> None:
    data = parse_yaml("valid: {from: 01/01/2023, to: 31/12/2025}\nset: {code: 2.10, threshold: 100 %}").data
    assert Period(**data["valid"]) == Period.model_validate({"from": "2023-01-01", "to": "2025-12-31"})
    assert ThresholdChange(**data["set"]).code == "2.10"
    with pytest.raises(NtmError, match=r'"2\.1"'):
        ThresholdChange(code=2.1, threshold="100 %")


# K14: codes


@pytest.mark.parametrize(
    ("code", "read"),
    [("Tiêu chí 3", "3"), ("TC17", "17"), ("TC 17", "17"), ("17,1", "17.1"), ("1.1.", "1.1"), ("01", "1")],
)
def test_a_code_is_read_as_tables_write_it(tmp_path: Path, code: str, read: str) -> None:
    assert plain_code(code) == read
    table = f'{HEAD},bộ tiêu chí,mã tiêu chí,kết luận\nx1,{ROW},vn/commune@2021-2025,"{code}",đạt\n'
    (snapshot,) = ntm.read_snapshots(written(tmp_path, "a.csv", table))
    assert list(snapshot.findings["vn/commune@2021-2025"]) == [read]
    document = f'unit: {{id: x, level: xã}}\nas_of: 2024-06-30\nfindings: {{vn/commune@2021-2025: {{"{code}": đạt}}}}\n'
    (snapshot,) = ntm.read_snapshots(written(tmp_path, "a.yaml", document))
    assert list(snapshot.findings["vn/commune@2021-2025"]) == [read]


def test_a_roman_number_is_told_and_not_guessed(tmp_path: Path) -> None:
    table = f"{HEAD},bộ tiêu chí,mã tiêu chí,kết luận\nx1,{ROW},vn/commune,I,đạt\n"
    with pytest.raises(NtmError, match="Roman") as caught:
        ntm.read_snapshots(written(tmp_path, "a.csv", table))
    assert [problem.params["reason"].key for problem in caught.value.problems] == ["error.roman_code"]


# K09, K10, K18: headings and rows


def sheet(folder: Path, rows: list[list[object]], *merged: str) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for cells in merged:
        book.active.merge_cells(cells)
    book.save(folder / "bieu.xlsx")
    return folder / "bieu.xlsx"


def test_a_merged_heading_is_named_once_with_what_to_do(tmp_path: Path) -> None:
    income = "Thu nhập bình quân đầu người (triệu đồng/người/năm)"
    rows = [
        ["Mã xã", "Cấp", "Vùng", "Tính đến ngày", income, None, None],
        [None, None, None, None, "Năm trước", "6 tháng", "Kế hoạch"],
        ["x1", "xã", "btb", "30/6/2024", 55, 56, 58],
    ]
    with pytest.raises(NtmError, match="heading over 3 columns") as caught:
        ntm.read_snapshots(sheet(tmp_path, rows, "E1:G1", "A1:A2", "B1:B2", "C1:C2", "D1:D2"))
    assert keys(caught) == ["error.group_heading"]


def test_a_heading_may_have_line_breaks(tmp_path: Path) -> None:
    heading = '"Thu nhập\nbình quân đầu người\n(triệu đồng/người/năm)"'
    table = f'{HEAD},{heading}\nx1,{ROW},"48,5"\n'
    (snapshot,) = ntm.read_snapshots(written(tmp_path, "a.csv", table))
    assert snapshot.measures["income_per_capita"][0].value.text("vi") == "48,5 triệu đồng/người/năm"


def test_sections_totals_and_signatures_are_told_how_to_leave_out(tmp_path: Path) -> None:
    table = f"stt,tên xã,{HEAD},income_per_capita\nI,Các xã đạt,,,,,\n1,A,x1,{ROW},48\n,Cộng,,,,,48\n"
    with pytest.raises(NtmError, match="#") as caught:
        ntm.read_snapshots(written(tmp_path, "a.csv", table))
    assert keys(caught) == ["error.row_without_unit"] * 2
    marked = f"stt,{HEAD},income_per_capita\n#I,,,,,\n1,x1,{ROW},48\n#,,Cộng,,,48\n"
    assert len(ntm.read_snapshots(written(tmp_path, "b.csv", marked))) == 1


# K19, K20: registers


def test_the_register_of_a_dossier_describes_its_units(tmp_path: Path) -> None:
    written(tmp_path, "units.csv", "mã xã,tên xã,cấp,mã huyện,huyện\n00123,Xã A,xã,h,Huyện H\n")
    written(tmp_path, "data.csv", "mã xã,tính đến ngày,health_insurance_share\n00123,30/6/2024,98.5%\n")
    written(
        tmp_path,
        "dossier.yaml",
        "title: P\nas_of: 2024-06-30\nregister: units.csv\npacks: [hatinh/commune]\nsnapshots: [data.csv]\n"
        "province: {id: hatinh, level: tỉnh, region: Bắc Trung Bộ}\n",
    )
    dossier = read_dossier(tmp_path)
    assert [(one.unit.name, one.unit.parent, one.unit.region) for one in dossier.snapshots] == [("Xã A", "h", "btb")]
    written(tmp_path, "data.csv", "mã xã,tính đến ngày,health_insurance_share\n123,30/6/2024,98.5%\n")
    with pytest.raises(NtmError, match="“00123”") as caught:
        read_dossier(tmp_path)
    assert keys(caught) == ["error.zeros_lost"]


def test_since_two_levels_a_register_needs_no_districts(tmp_path: Path) -> None:
    from ntm_rules.snapshot.register import read_units

    register = written(tmp_path, "units.csv", "Danh mục,,\nmã,tên,cấp\n18001,Xã A,xã\n")
    province = ntm.Unit(id="42", level="tỉnh", region="btb")
    assert [(one.id, one.parent) for one in read_units(register, province=province)] == [("42", None), ("18001", "42")]


def test_zeros_lost_in_one_file_of_a_folder_are_told(tmp_path: Path) -> None:
    written(tmp_path, "don_vi.csv", "mã xã,tên xã,cấp,vùng\n00123,Xã A,xã,btb\n")
    written(tmp_path, "so_lieu.csv", "mã xã,tính đến ngày,income_per_capita\n123,30/06/2024,50\n")
    with pytest.raises(NtmError, match="“00123”") as caught:
        ntm.read_snapshots(tmp_path)
    assert keys(caught) == ["error.zeros_lost"]
    written(tmp_path, "don_vi.csv", f"{HEAD},health_insurance_share\n00123,{ROW},98\n")
    written(tmp_path, "so_lieu.csv", f"{HEAD},income_per_capita\n123,{ROW},50\n")
    with pytest.raises(NtmError) as caught:
        ntm.read_snapshots(tmp_path)
    assert keys(caught) == ["error.two_spellings"]
