"""The pages of the packs are those of the pack files, and say every criterion, value, source and verification."""

from __future__ import annotations

from pathlib import Path

import pytest
from shelf import head, indicators, one, overlay, shelf

import ntm_rules as ntm
from ntm_rules.analysis.page import pack_page, page_name, pages, write_pages

DOCS = Path(__file__).parent.parent / "docs" / "packs"


@pytest.mark.skipif(not DOCS.is_dir(), reason="the pages are not part of this distribution")
def test_the_pages_in_the_repository_are_up_to_date() -> None:
    wanted = pages()
    written = {path.name: path.read_text(encoding="utf-8") for path in DOCS.glob("*.md")}
    stale = sorted(name for name in wanted.keys() | written.keys() if wanted.get(name) != written.get(name))
    assert not stale, f"run: python -m ntm_rules.analysis.page docs/packs ({', '.join(stale[:5])})"


@pytest.mark.parametrize("reference", [info.reference for info in ntm.packs()])
def test_a_page_has_every_criterion_indicator_and_decision(reference: str) -> None:
    pack = ntm.load_pack(reference)
    for lang in ("vi", "en"):
        page = pack_page(pack, lang)
        assert all(f"\n### {criterion.code}. " in page for criterion in pack.criteria)
        assert all(f"\n| {item.code} " in page for item in (*pack.prerequisites, *pack.indicators()))
        assert all(f"**{basis.number}**" in page for basis in pack.legal_basis)
        widths = {line.count(" | ") for line in page.splitlines() if line.startswith("| ") and "| Mã " in line}
        assert len(widths) <= 1


def test_values_stand_by_region_and_year_with_their_marks(tmp_path: Path) -> None:
    table = (
        "{measure: income, at_least: {by_year: {2022: {by_region: {btb: 48, tn: {value: 40.5, source: "
        "{verification: uncertain}}}, otherwise: delegated}, 2023: {value: 50, note: Mọi vùng}}}}"
    )
    pack, catalogue = one(tmp_path, head("a") + indicators(table))
    page = pack_page(pack, "vi", catalogue=catalogue)
    assert "| 1.1 | Chỉ tiêu 1 | ≥ xem bảng |" in page
    assert "**1.1** Thu nhập ≥ (triệu đồng/người/năm)" in page
    assert "| Trường hợp | Bắc Trung Bộ | Tây Nguyên | trường hợp khác |" in page
    assert "| 2022 | 48 | 40,5 ? | giao cho tỉnh |" in page
    assert "| 2023 | 50 | 50 | 50 |" in page
    assert "- 2023: Mọi vùng" in page


def test_a_table_whose_rows_agree_needs_no_table(tmp_path: Path) -> None:
    pack, catalogue = one(tmp_path, head("a") + indicators("{measure: water, at_least: {by_year: {2022: 5, 2023: 5}}}"))
    assert "| 1.1 | Indicator 1 | ≥ 5% |" in pack_page(pack, "en", catalogue=catalogue)


def test_dated_versions_stand_with_their_days_and_sources(tmp_path: Path) -> None:
    text = head("a") + indicators("{finding: met}").replace(
        "requires: {finding: met}",
        "requires: {finding: met}, versions: [{valid: {to: 2022-06-30}, requires: {measure: water, at_least: 5}, "
        "source: {basis: qd, at: Điều 9, verification: recalled}}]",
    )
    pack, catalogue = one(tmp_path, text)
    page = pack_page(pack, "en", catalogue=catalogue)
    assert "| 1.1 (until 2022-06-30) | Indicator 1 | ≥ 5% |  | 1/QĐ, Điều 9 | recalled |" in page
    assert "| 1.1 (2022-07-01 to 2023-12-31) | Indicator 1 | as the agency in charge concludes |" in page


def test_what_an_overlay_sets_is_marked(tmp_path: Path) -> None:
    catalogue = shelf(
        tmp_path,
        a=overlay("a", "b") + 'set: [{code: "1.1", threshold: 60}]\n',
        b=head("b") + indicators("{measure: water, at_least: 55}", "{measure: poverty, at_most: 5}"),
    )
    page = pack_page(catalogue.load("t/a"), "en", catalogue=catalogue)
    assert "| ≥ 60% * |" in page
    assert "| ≤ 5% |" in page
    assert "[`t/b@1`](t-b@1.en.md)" in page


def test_what_is_known_by_name_only_is_said(tmp_path: Path) -> None:
    text = head("a") + indicators("{finding: met}")
    text += '  - {code: "2", title: {vi: Hai, en: Two}, incomplete: true, contents: 4}\n'
    pack, catalogue = one(tmp_path, "incomplete: true\n" + text)
    page = pack_page(pack, "en", catalogue=catalogue)
    assert "*4 contents, not all transcribed;" in page
    assert "**The pack is only partly transcribed;" in page


def test_texts_cannot_break_the_page(tmp_path: Path) -> None:
    bad = "{vi: '<b>Một|hai</b> [x](y)', en: '<b>One|two</b> [x](y)'}"
    pack, catalogue = one(
        tmp_path, (head("a") + indicators("{finding: met}")).replace("{vi: Chỉ tiêu 1, en: Indicator 1}", bad)
    )
    page = pack_page(pack, "en", catalogue=catalogue)
    assert "| 1.1 | \\<b\\>One\\|two\\</b\\> \\[x\\](y) |" in page


def test_pages_are_written_and_old_ones_removed(tmp_path: Path) -> None:
    catalogue = shelf(tmp_path / "packs", a=head("a") + indicators("{finding: met}"))
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "gone@1.md").write_text("old", encoding="utf-8")
    write_pages(tmp_path / "docs", catalogue)
    assert {path.name for path in (tmp_path / "docs").iterdir()} == {
        "README.md",
        "README.en.md",
        page_name("t/a@1", "vi"),
        page_name("t/a@1", "en"),
    }
