"""Hostile and unreadable documents: refused with what to do before they cost time; nothing is run or fetched."""

from __future__ import annotations

import io
import sys
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from ntm_rules.document import DocumentError, read_document
from ntm_rules.document.requirement import Kind, asked
from ntm_rules.errors import MissingExtraError

DATA = Path(__file__).parent / "data" / "documents"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def word(path: Path, body: str = "", **parts: bytes) -> Path:
    """A Word file with that body and further parts."""
    import docx

    buffer = io.BytesIO()
    docx.Document().save(buffer)
    with zipfile.ZipFile(buffer) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "word/document.xml" and body:
                data = f'<w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>'.encode()
            new.writestr(name, data)
        for name, data in parts.items():
            new.writestr(name.replace("__", "/").replace("_DOT_", "."), data)
    return path


def cell(inner: str) -> str:
    return f"<w:tbl><w:tr><w:tc>{inner}</w:tc></w:tr></w:tbl>"


def nested(depth: int) -> str:
    inner = "<w:p/>"
    for _ in range(depth):
        inner = cell(inner)
    return inner


def bomb(path: Path) -> Path:
    return word(path, word__media__a_DOT_bin=bytes(120_000_000))


def entities(path: Path) -> Path:
    laughs = '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><w>&b;</w>'
    return word(path, word__extra_DOT_xml=laughs.encode())


def macros(path: Path) -> Path:
    return word(path, word__vbaProject_DOT_bin=b"Sub AutoOpen()")


def tracked(path: Path) -> Path:
    text = '<w:p><w:r><w:t>≥ 6</w:t></w:r><w:ins w:id="1"><w:r><w:t>5</w:t></w:r></w:ins></w:p>'
    return word(path, text)


def wide(path: Path) -> Path:
    return word(
        path,
        '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="9999"/></w:tcPr><w:p/></w:tc></w:tr>'
        + "<w:tr><w:tc><w:p/></w:tc></w:tr>" * 30
        + "</w:tbl>",
    )


def deep(path: Path) -> Path:
    return word(path, nested(30))


def damaged(path: Path) -> Path:
    path.write_bytes(b"PK\x03\x04 not a zip")
    return path


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (bomb, "unpacks|unpack"),
        (entities, "XML entities"),
        (macros, "macros"),
        (tracked, "tracked changes"),
        (wide, "more than"),
        (deep, "nested"),
        (damaged, "damaged"),
    ],
)
def test_word_files_that_are_refused(make: Callable[[Path], Path], said: str, tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=said) as refused:
        read_document(make(tmp_path / "a.docx"))
    assert refused.value.text("vi") != refused.value.text("en")


def page(path: Path, body: str) -> Path:
    path.write_text(f'<meta charset="utf-8">{body}', encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("<table>" + "<tr><td rowspan=60000 colspan=900>x" * 300 + "</table>", "more than"),
        ("<table>" + ("<tr>" + "<td>x" * 1000) * 1000 + "</table>", "more than"),
        ("<div>" * 3000 + "x", "nested|damaged"),
    ],
)
def test_pages_that_are_refused(body: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=said):
        read_document(page(tmp_path / "a.html", body))


def test_nothing_in_a_page_is_run_fetched_or_shown(tmp_path: Path) -> None:
    body = """<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><link rel=stylesheet href="http://127.0.0.1:9/x.css">
    <script>document.write('<p>Số: 9/QĐ-TTg')</script><p style="display:none">Số: 8/QĐ-TTg</p><img src="http://127.0.0.1:9/x.png">
    <iframe src="http://127.0.0.1:9/"></iframe><p>Số: 7/QĐ-TTg &x;</p>"""
    document = read_document(page(tmp_path / "a.html", body))
    assert document.number == "7/QĐ-TTg"
    assert not any("root:" in text for text in document.paragraphs)


def test_layout_tables_hold_tables_and_are_not_ones(tmp_path: Path) -> None:
    inner = "<table><tr><td>TT<td>Nội dung tiêu chí<td>Chỉ tiêu<tr><td>1<td>1.1. Quy hoạch<td>Đạt</table>"
    document = read_document(page(tmp_path / "a.html", f"<table><tr><td><table><tr><td>{inner}</table></table>"))
    assert [table.grid.rows for table in document.tables] == [2]


def pdf(stream: bytes, dictionary: str = "/Filter /FlateDecode") -> bytes:
    """A PDF with one page whose content is the stream."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 500 500] /Contents 4 0 R >>",
        f"<< /Length {len(stream)} {dictionary} >>\nstream\n".encode() + stream + b"\nendstream",
    ]
    out = b"%PDF-1.4\n"
    for number, body in enumerate(objects, 1):
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    return out + b"trailer << /Root 1 0 R /Size 5 >>\n%%EOF"


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (lambda: pdf(zlib.compress(bytes(200_000_000), 1)), "unpack"),
        (
            lambda: pdf(zlib.compress(zlib.compress(bytes(150_000_000))), "/Filter [/FlateDecode /FlateDecode]"),
            "unpack",
        ),
        (lambda: pdf(zlib.compress(b"0 0 m 9 9 l S\n" * 70_000)), "more than"),
        (lambda: pdf(zlib.compress(b"")), "no text to read"),
        (lambda: b"%PDF-1.4\nnothing", "damaged|no text"),
    ],
    ids=["much in little", "much in little twice", "too many strokes", "no text", "no file"],
)
def test_pdfs_that_are_refused(made: Callable[[], bytes], said: str, tmp_path: Path) -> None:
    # Made here and not while tests are collected, which every worker does.
    (tmp_path / "a.pdf").write_bytes(made())
    with pytest.raises(DocumentError, match=said):
        read_document(tmp_path / "a.pdf")


def test_a_protected_file_says_to_remove_the_password(tmp_path: Path) -> None:
    raw = (DATA / "doi_cu.doc").read_bytes()[:512] + "EncryptedPackage".encode("utf-16-le")
    (tmp_path / "a.docx").write_bytes(raw)
    with pytest.raises(DocumentError, match="password"):
        read_document(tmp_path / "a.docx")


def test_an_old_file_under_a_new_name(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes((DATA / "doi_cu.doc").read_bytes())
    with pytest.raises(DocumentError, match="old Word"):
        read_document(tmp_path / "a.docx")


def test_a_page_saved_as_one_file_says_how_to_save_it(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n")
    with pytest.raises(DocumentError, match="HTML only"):
        read_document(tmp_path / "a.html")


@pytest.mark.parametrize(("package", "name"), [("lxml", "a.html"), ("pdfplumber", "a.pdf"), ("docx", "a.docx")])
def test_a_library_that_is_not_installed_is_named(
    package: str, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    (tmp_path / name).write_bytes(b"x")
    with pytest.raises(MissingExtraError, match=r"ntm-rules\[document\]"):
        read_document(tmp_path / name)


@pytest.mark.parametrize(
    "words", ["≥ " + "9" * 5000 + "%", "(" * 5000, "đối với " * 2000 + ": ≥ 5%", "1" + " 1" * 5000, "UBND " * 3000]
)
def test_long_cells_stay_words(words: str) -> None:
    assert asked(words).kind is Kind.WORDS
