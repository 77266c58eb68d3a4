"""The review page in a browser: the document as a table with its states, nothing from the network."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ntm_rules import load_pack
from ntm_rules.document import draft, match, read_document
from ntm_rules.document.review import table_rows, write_review

DATA = Path(__file__).parent / "data" / "documents"


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("review") / "review.html"
    reading = match(read_document(DATA / "qd_51_2025_ttg.docx"), load_pack("vn/commune@2026-2030"))
    write_review(reading, path, lang="vi")
    return path


def test_every_text_of_the_document_is_escaped(tmp_path: Path) -> None:
    table = "<tr><td>TT<td>Nội dung tiêu chí<td>Chỉ tiêu<tr><td>1<td>1.1. &lt;script&gt;x&lt;/script&gt;<td>Đạt"
    (tmp_path / "a.html").write_text(f'<meta charset="utf-8"><table>{table}</table>', encoding="utf-8")
    write_review(match(read_document(tmp_path / "a.html"), load_pack("vn/commune@2026-2030")), tmp_path / "r.html")
    assert "<script" not in (tmp_path / "r.html").read_text(encoding="utf-8")


def test_each_row_has_the_rule_beside_its_content() -> None:
    """Section rows, headings within the table and rows of years leave every row as wide as the others."""
    drafted = draft(read_document(DATA / "vi_du_theo_vung.docx"), "vidu/vung")
    (table,) = drafted.reading.tables
    page = table_rows(table, {}, {id(content): [content.code] for content in table.contents}, "vi")
    taken: dict[tuple[int, int], str] = {}
    for at, row in enumerate(page["rows"]):
        column = 0
        for cell in row:
            while (at, column) in taken:
                column += 1
            for down in range(cell["height"]):
                taken |= {
                    (at + down, column + right): cell["lines"][0] if cell["lines"] else ""
                    for right in range(cell["width"])
                }
    width = table.table.grid.columns + 1
    assert set(taken) == {(row, column) for row in range(table.table.grid.rows) for column in range(width)}
    for content in table.contents:
        assert taken[content.cell.row, content.cell.column + 1] == content.code


def test_the_page_in_a_browser(written: Path, browser: Any, objections: Any) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    complaints: list[str] = []
    requests: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("request", lambda request: requests.append(request.url))
    page.goto(written.as_uri())
    assert page.locator("td.agrees").count() > 40
    assert page.locator("td", has_text="6.1. Tỷ lệ nghèo đa chiều").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    # axe brings a script of its own, which the page's policy would refuse.
    page.set_content(written.read_text(encoding="utf-8").replace("Content-Security-Policy", "x"))
    said = objections(page)
    page.close()
    assert complaints == []
    assert requests == [written.as_uri()]
    assert said == []
