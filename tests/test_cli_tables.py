"""``read`` and ``units show`` as somebody types them: what they print, write and return."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from ntm_rules import read_snapshots
from ntm_rules.cli import BAD_INPUT, MET_ALL, SOMETHING_NOT_MET, UNDETERMINED, main
from ntm_rules.layout.editions import edition_of_table

PACK = ("--pack", "vn/commune@2021-2025", "--province", "42", "--region", "btb", "--level", "xã")
HOUSES = "Tỷ lệ hộ có nhà ở kiên cố hoặc bán kiên cố"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Any:
    def call(*arguments: object) -> tuple[int, str, str]:
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as stopped:
            code = int(stopped.code or 0)
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


def form(path: Path, unit: str, mark: str = "Đạt", note: str = "") -> Path:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    rows = [
        [f"KẾT QUẢ CỦA {unit}"],
        ["Đến ngày 30/6/2024"],
        ["TT", "Nội dung", "Kết quả", "Đánh giá", "Ghi chú"],
        ["9.2", HOUSES, "81,5", mark, note],
    ]
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


def test_read_says_how_it_understood_each_column_and_what_it_left(run: Any, tmp_path: Path) -> None:
    code, out, err = run("read", form(tmp_path / "a.xlsx", "XÃ KỲ PHÚ"), *PACK)
    assert (code, err) == (UNDETERMINED, "")
    for said in ("cột A “TT”: mã chỉ tiêu", "đơn vị: Xã Kỳ Phú (18763)", "30/06/2024", "đọc 1 số liệu, 1 kết luận"):
        assert said in out
    code, out, _ = run("--lang", "en", "read", tmp_path / "a.xlsx", *PACK)
    assert "column A “TT”: code" in out
    assert "read 1 values, 1 findings" in out


def test_the_edition_of_the_tables_own_day_is_read_where_none_was_told(run: Any, tmp_path: Path) -> None:
    old, out = form(tmp_path / "a.xlsx", "XÃ KỲ PHÚ"), tmp_path / "o.yaml"
    place = ("--province", "42", "--region", "btb", "--level", "xã", "-o", out, "--force")
    code, _, err = run("read", old, "--pack", "vn/commune", *place)
    assert (code, err) == (UNDETERMINED, "")
    assert "vn/commune@2021-2025" in out.read_text(encoding="utf-8")
    book = openpyxl.Workbook()
    for row in (["Mã xã", "Tên xã", "Tính đến ngày", "TC13"], ["18133", "Xã Hương Sơn", "30/6/2024", "Đạt"]):
        book.worksheets[0].append(row)
    book.save(tmp_path / "b.xlsx")
    assert edition_of_table(tmp_path / "b.xlsx", "vn/commune").reference == "vn/commune@2021-2025"
    assert edition_of_table(tmp_path / "b.xlsx", "vn/commune@2026-2030").edition == "2026-2030"
    # A kept layout that pins no edition is one for every day.
    assert run("read", old, "--layout", tmp_path / "l.yaml", "--pack", "vn/commune", *place)[0] == UNDETERMINED
    kept = (tmp_path / "l.yaml").read_text(encoding="utf-8")
    assert "vn/commune@2021-2025" in kept
    (tmp_path / "l.yaml").write_text(kept.replace("@2021-2025", ""), encoding="utf-8")
    (read,) = read_snapshots(old, layout=tmp_path / "l.yaml")
    assert list(read.findings) == ["vn/commune@2021-2025"]


@pytest.mark.parametrize("command", [("template",), ("packs", "worksheet")])
@pytest.mark.parametrize(("day", "edition"), [("30/6/2024", "2021-2025"), ("30/6/2026", "2026-2030")])
def test_a_form_is_of_the_edition_of_its_day(
    run: Any, tmp_path: Path, command: tuple[str, ...], day: str, edition: str
) -> None:
    out = tmp_path / "o.xlsx"
    assert run(*command, "vn/commune", "--as-of", day, "-o", out)[0] == MET_ALL
    said = [str(cell.value) for sheet in openpyxl.load_workbook(out) for row in sheet.iter_rows() for cell in row]
    other = {"2021-2025": "2026-2030", "2026-2030": "2021-2025"}[edition]
    assert any(edition in one for one in said)
    assert not any(f"giai đoạn {other}" in one or f"@{other}" in one for one in said)


def test_exit_codes_are_those_of_evaluate(run: Any, tmp_path: Path) -> None:
    assert run("read", form(tmp_path / "a.xlsx", "XÃ KỲ PHÚ", "Chưa đạt"), *PACK)[0] == SOMETHING_NOT_MET
    code, out, err = run("read", form(tmp_path / "b.xlsx", "XÃ LẠ"), *PACK)
    assert code == BAD_INPUT
    assert "? đơn vị “XÃ LẠ”" in out
    assert "chưa đọc gì" in err


def test_a_folder_is_read_by_one_layout_with_its_refusals_together(run: Any, tmp_path: Path) -> None:
    folder = tmp_path / "bieu"
    folder.mkdir()
    for name, unit in (("1", "XÃ KỲ PHÚ"), ("2", "XÃ LẠ"), ("3", "XÃ KỲ BẮC"), ("4", "XÃ CŨNG LẠ")):
        form(folder / f"{name}.xlsx", unit)
    layout, out = tmp_path / "khuon.yaml", tmp_path / "so-lieu.yaml"
    code, said, err = run("read", folder, *PACK, "--layout", layout, "-o", out)
    assert code == BAD_INPUT
    assert "4 tệp: 2 bộ số liệu, 2 tệp bị từ chối" in said
    assert [line.partition(",")[0] for line in err.splitlines()] == ["2.xlsx", "4.xlsx"]
    assert "unit:" not in layout.read_text(encoding="utf-8")
    # Nothing that was read is lost, and it goes straight on.
    assert run("evaluate", out, "--pack", "vn/commune@2021-2025")[0] == UNDETERMINED
    report = tmp_path / "bao-cao.html"
    code, _, err = run("report", out, "--pack", "vn/commune@2021-2025", "-o", report)
    assert (code, err) == (MET_ALL, "")
    page = report.read_text(encoding="utf-8")
    assert all(name in page for name in ("Xã Kỳ Phú", "Xã Kỳ Bắc"))


def test_a_review_shows_each_cell_and_escapes_what_is_written_in_it(run: Any, tmp_path: Path) -> None:
    file = form(tmp_path / "a.xlsx", "XÃ KỲ PHÚ", note="<script>alert(1)</script>")
    html, book = tmp_path / "xem.html", tmp_path / "xem.xlsx"
    assert run("read", file, *PACK, "--format", "html", "-o", html)[0] == UNDETERMINED
    page = html.read_text(encoding="utf-8")
    assert "<script>" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert '<td class="value">81,5<small>Xã Kỳ Phú:' in page
    assert '<meta name="viewport"' in page
    assert run("read", file, *PACK, "--format", "xlsx", "-o", book)[0] == UNDETERMINED
    shown = openpyxl.load_workbook(book)
    table, listed = shown.worksheets
    value = table["C4"]
    assert (value.value, value.fill.fgColor.rgb[-6:]) == ("81,5", "C6E7CE")
    assert value.comment.text.startswith("Xã Kỳ Phú")
    # A title has the width of the table, and not that of its first column.
    assert "A1:E1" in {str(span) for span in table.merged_cells.ranges}
    told = {row[1]: row[3] for row in listed.iter_rows(min_row=2, values_only=True)}
    assert (told["C4"], told["D4"], told["E4"]) == ("đọc là số liệu", "đọc là đánh giá", "ghi chú")
    assert run("read", file, *PACK, "--format", "html")[0] == BAD_INPUT


def test_a_review_is_written_of_a_table_that_was_refused(run: Any, tmp_path: Path) -> None:
    file = form(tmp_path / "a.xlsx", "XÃ KỲ PHÚ", mark="?!")
    layout, html = tmp_path / "khuon.yaml", tmp_path / "xem.html"
    assert run("read", file, *PACK, "--layout", layout)[0] == BAD_INPUT
    # What is asked of the table stands beside the cell it is about.
    first = tmp_path / "hoi.html"
    assert run("read", file, *PACK, "--format", "html", "-o", first)[0] == BAD_INPUT
    assert '<td class="refused">?!' in first.read_text(encoding="utf-8")
    code, _, err = run("read", file, *PACK, "--layout", layout, "--format", "html", "-o", html)
    assert code == BAD_INPUT
    assert "ô D4" in err
    assert '<td class="refused">?!' in html.read_text(encoding="utf-8")


def test_a_register_of_the_offices_own_names_its_units(run: Any, tmp_path: Path) -> None:
    register = tmp_path / "danh-muc.csv"
    with register.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["mã", "tên", "cấp"], ["m01", "Xã Lạ", "xã"]])
    code, out, _ = run("read", form(tmp_path / "a.xlsx", "XÃ LẠ"), *PACK, "--units", register)
    assert code == UNDETERMINED
    assert "Xã Lạ (m01)" in out


def test_units_show_says_what_became_of_a_unit(run: Any) -> None:
    code, out, _ = run("units", "show", "Xã Kỳ Phú", "--province", "42")
    assert code == MET_ALL
    assert "18763" in out
    assert "nhập toàn bộ vào Xã Kỳ Anh" in out
    code, out, _ = run("--lang", "en", "units", "show", "18763")
    assert code == MET_ALL
    assert "went whole into Xã Kỳ Anh" in out
    code, _, err = run("units", "show", "Xã Không Đâu Có")
    assert code == BAD_INPUT
    assert "không có đơn vị nào" in err


def test_the_command_names_a_file_as_it_was_typed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "xa.csv").write_text("", encoding="utf-8")
    # Of one folder the names of its files are enough.
    for given, named in ((["b/xa.csv"], "b/xa.csv: "), (["b"], "xa.csv: "), (["b", "a"], "b/xa.csv: ")):
        assert main(["evaluate", *given, "--pack", "vn/commune"]) == BAD_INPUT
        assert capsys.readouterr().err.startswith(named)
    assert main(["read", "a/xa.csv", "b/xa.csv", "--pack", "vn/commune"]) == BAD_INPUT
    told = capsys.readouterr().err
    assert "a/xa.csv: " in told
    assert "b/xa.csv: " in told
    assert main(["packs", "lint", "khong/co.yaml"]) == BAD_INPUT
    assert "khong/co.yaml" in capsys.readouterr().err


def test_of_a_register_that_tells_provinces_only_the_units_of_one_are_taken(run: Any, tmp_path: Path) -> None:
    register, out = tmp_path / "units.csv", tmp_path / "o.xlsx"
    rows = (
        "18133,Xã Hương Sơn,xã,42,Tỉnh Hà Tĩnh",
        "17716,Xã Cát Văn,xã,40,Tỉnh Nghệ An",
        "4,Phường Ba Đình,phường,1,",
    )
    register.write_text("\n".join(("code,name,level,province_code,province", *rows)), encoding="utf-8")

    def written(*asked: str) -> tuple[int, str, str]:
        code, _, err = run(
            "template", "vn/commune", "--units", register, "--layout", "units", "-o", out, "--force", *asked
        )
        sheets = openpyxl.load_workbook(out) if code == MET_ALL else []
        said = " ".join(str(cell.value) for sheet in sheets for row in sheet.iter_rows() for cell in row)
        return code, said, err

    for province, inside, outside in (("hatinh", "Hương Sơn", "Cát Văn"), ("Nghệ An", "Cát Văn", "Hương Sơn")):
        code, said, _ = written("--province", province)
        assert (code, inside in said, outside in said) == (MET_ALL, True, False)
    code, said, _ = written()
    assert code == MET_ALL
    assert "Hương Sơn" in said
    assert "Cát Văn" in said
    code, _, err = written("--province", "sonla")
    assert code == BAD_INPUT
    assert "không có đơn vị nào của sonla; có đơn vị của: Tỉnh Hà Tĩnh, Tỉnh Nghệ An, 1" in err
