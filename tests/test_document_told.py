"""What a person is told of a file: what it really is, what it says that cannot be, and nothing of a library's own."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from pathlib import Path

import docx
import openpyxl
import pytest
import yaml

from ntm_rules import load_pack
from ntm_rules.cli.__main__ import main
from ntm_rules.document import DocumentError, draft, match, read_document
from ntm_rules.pack.bundling import write_bundle
from ntm_rules.pack.worksheet import apply_worksheet, write_worksheet

PACK = load_pack("vn/commune@2021-2025")
TABLE = (
    "<table><tr><td>TT<td>Tên tiêu chí<td>Nội dung tiêu chí<td>Bắc Trung Bộ"
    f"<tr><td>12<td>Lao động<td>12.1. {PACK['12.1'].text.vi}<td>≥ 75%</table>"
)
PROVINCE = (
    "<p>ỦY BAN NHÂN DÂN TỈNH VÍ DỤ</p><p>Số: 15/2023/QĐ-UBND</p><p>Ví Dụ, ngày 05 tháng 4 năm 2023</p><p>QUYẾT ĐỊNH</p>"
    "<p>Ban hành Bộ tiêu chí xã nông thôn mới tỉnh Ví Dụ</p>"
)


def page(path: Path, body: str) -> Path:
    path.write_text(f'<html><meta charset="utf-8">{body}', encoding="utf-8")
    return path


def archive(name: str) -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as made:
        made.writestr(name, "x")
    return raw.getvalue()


@pytest.mark.parametrize(
    ("name", "raw", "said"),
    [
        ("a.docx", b"%PDF-1.7\n", r"\.docx nhưng là tệp PDF; hãy đổi đuôi thành \.pdf"),
        ("a.pdf", archive("word/document.xml"), r"nhưng là tệp Word \(\.docx\)"),
        ("a.docx", archive("xl/workbook.xml"), r"nhưng là tệp Excel"),
        ("a.docx", archive("a.txt"), r"nhưng là tệp nén \(zip\), loại này không được đọc"),
        ("a.doc", b"\xef\xbb\xbf\n<!DOCTYPE html><body>", r"nhưng là trang web \(HTML\); hãy đổi đuôi thành \.html"),
        ("a.xlsx", b"<table><tr>", r"nhưng là trang web"),
        ("a.pdf", b"\x89PNG\r\n", r"nhưng là tệp ảnh"),
        ("a.docx", b"{\\rtf1", r"nhưng là tệp RTF"),
        ("a.docx", b"PK\x03\x04 cut short", r"tệp hỏng, không mở được; hãy"),
        ("a.pdf", b"%PDF-1.4\n1 0 obj cut short", r"tệp hỏng, không mở được; hãy|không có chữ"),
        ("a.docx", b"nothing at all", r"tệp hỏng, không mở được; hãy"),
    ],
)
def test_a_file_that_is_not_what_it_is_called(name: str, raw: bytes, said: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(raw)
    with pytest.raises(DocumentError) as refused:
        read_document(tmp_path / name)
    text = refused.value.text("vi")

    assert re.search(said, text)
    assert not re.search(r"Error|Exception|BytesIO|zip file", text)


def test_a_page_of_endless_cells_is_refused_before_it_is_parsed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lxml.html.document_fromstring", None)
    with pytest.raises(DocumentError, match="240000 cells"):
        read_document(page(tmp_path / "a.html", f"<table><tr>{'<td>' * 240_001}"))


def test_a_day_that_no_calendar_has_is_doubted(tmp_path: Path) -> None:
    read = read_document(page(tmp_path / "a.html", f"<p>Số: 318/QĐ-TTg</p><p>ngày 31 tháng 02 năm 2022</p>{TABLE}"))
    assert (read.day, read.no_such_day) == (None, "ngày 31 tháng 02 năm 2022")
    assert "document.no_such_day" in {doubt.key for doubt in match(read, PACK).doubts}


def test_words_in_pieces_are_told_with_what_to_do(tmp_path: Path) -> None:
    broken = TABLE.replace("Tên tiêu chí", "Tên tiêu c hí").replace("lao động", "lao độn g").replace("chứng", "chứn g")
    broken = broken.replace("Lao động", "Lao độn g").replace("đào tạo", "đà o tạo, chun g, đườn g")
    doubts = match(read_document(page(tmp_path / "a.html", broken)), PACK).doubts
    told = next(doubt.text("vi") for doubt in doubts if doubt.key == "document.broken_words")
    assert "“độn g”" in told
    assert "bản Word" in told
    with pytest.raises(DocumentError, match="use a Word file"):
        match(read_document(page(tmp_path / "a.html", broken.replace("Bắc Trung Bộ", "Bắc Trun g"))), PACK)


def confirmed(folder: Path) -> Path:
    """The worksheet of a province's own decision, with one figure confirmed as the document has it."""
    reading = match(read_document(page(folder / "15.html", PROVINCE + TABLE)), PACK)
    sheet = folder / "w.xlsx"
    write_worksheet(PACK, sheet, filling=reading.filling(by="Nguyễn A"))
    book = openpyxl.load_workbook(sheet)
    names = {cell.value: cell.column for cell in book.active[1]}
    for row in range(4, book.active.max_row + 1):
        if book.active.cell(row, names["read"]).value:
            book.active.cell(row, names["confirmed"], "văn bản")
    book.active.cell(2, names["checked_by"], "Nguyễn A")
    book.save(sheet)
    return sheet


def test_an_overlay_of_another_decision_is_called_as_that_decision_is(tmp_path: Path) -> None:
    made = yaml.safe_load(apply_worksheet(confirmed(tmp_path), "vidu/commune"))
    (basis,) = made["legal_basis"]
    assert (basis["number"], basis["issuer"]) == ("15/2023/QĐ-UBND", "ỦY BAN NHÂN DÂN TỈNH VÍ DỤ")
    assert str(basis["issued"]) == str(date(2023, 4, 5))
    assert made["title"] == "Ban hành Bộ tiêu chí xã nông thôn mới tỉnh Ví Dụ"


def test_a_worksheet_with_nothing_confirmed_makes_no_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_worksheet(PACK, tmp_path / "w.xlsx")
    assert main(["packs", "apply", str(tmp_path / "w.xlsx"), "-o", str(tmp_path / "o.yaml")]) != 0
    assert "chưa có gì được đối chiếu" in capsys.readouterr().err
    assert not (tmp_path / "o.yaml").exists()


def test_accepting_needs_a_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = page(tmp_path / "a.html", f"<p>Số: 318/QĐ-TTg</p><p>ngày 08 tháng 3 năm 2022</p>{TABLE}")
    call = ["packs", "read", str(document), "--pack", PACK.reference, "-o", str(tmp_path / "w.xlsx")]
    assert main([*call, "--accept", "agrees"]) != 0
    assert "--by" in capsys.readouterr().err
    assert not (tmp_path / "w.xlsx").exists()


def test_a_bundle_of_what_nobody_checked_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = draft(read_document(page(tmp_path / "15.html", PROVINCE + TABLE)), "vidu/commune")
    (tmp_path / "draft.yaml").write_text(made.text, encoding="utf-8")
    assert main(["packs", "bundle", str(tmp_path / "draft.yaml"), "-o", str(tmp_path / "one")]) == 0
    assert "chưa con số nào được đối chiếu" in capsys.readouterr().err
    readme = (tmp_path / "one" / "README.md").read_text(encoding="utf-8")
    assert "--trust stated`" not in readme
    assert "chưa con số nào được đối chiếu" in readme
    (tmp_path / "checked.yaml").write_text(apply_worksheet(confirmed(tmp_path), "vidu/commune"), encoding="utf-8")
    write_bundle([tmp_path / "checked.yaml"], tmp_path / "two")
    assert "--trust stated`" in (tmp_path / "two" / "README.md").read_text(encoding="utf-8")


def test_a_word_file_under_another_name_of_its_own_kind_is_read(tmp_path: Path) -> None:
    docx.Document().save(str(tmp_path / "A.DOCX"))
    assert read_document(tmp_path / "A.DOCX").tables == ()
