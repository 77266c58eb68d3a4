"""The page in a browser: it stands alone, is small, can be used by keyboard, prints on A4; nothing hostile runs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from told import HOSTILE, noted_ha_tinh, synthetic

pytest.importorskip("altair", reason="the extra `report` is not installed")

from ntm_rules.report import write_report


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> Path:
    dossier, tree = noted_ha_tinh()
    path = tmp_path_factory.mktemp("report") / "report.html"
    plan, title = dossier.check_plans(tree), dossier.title.text("vi")
    write_report(tree, path, plan=plan, title=title, notes=dossier.notes)
    return path


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report") / "large.html"
    write_report(synthetic(200), path)
    return path


def test_the_page_stays_small(large: Path) -> None:
    assert large.stat().st_size < 3_000_000


@pytest.fixture
def visit(browser: Any) -> Iterator[Any]:
    """Open a page; what it complains of and what it asks the network for is kept."""
    contexts = []

    def go(path: Path, width: int = 1280) -> Any:
        context = browser.new_context(viewport={"width": width, "height": 900})
        contexts.append(context)
        page = context.new_page()
        page.complaints, page.requests, page.dialogs = [], [], []
        page.on("console", lambda message: page.complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.on("request", lambda request: page.requests.append(request.url))
        page.on("dialog", lambda dialog: (page.dialogs.append(dialog.message), dialog.dismiss()))
        page.goto(path.as_uri())
        return page

    yield go
    for context in contexts:
        context.close()


def test_the_page_needs_no_network_and_complains_of_nothing(visit: Any, province: Path) -> None:
    page = visit(province)
    assert page.complaints == []
    assert page.requests == [province.as_uri()]


def test_hostile_names_stay_text(visit: Any, large: Path) -> None:
    page = visit(large)
    assert page.dialogs == []
    assert page.evaluate("document.querySelectorAll('main img, main script').length") == 0
    assert HOSTILE in page.inner_text("#heat-vn-commune-advanced tbody tr >> nth=0")


def test_the_reason_of_a_cell_is_read_by_keyboard(visit: Any, province: Path) -> None:
    page = visit(province)
    page.focus("#heat-vn-commune-advanced td.c >> nth=0")
    for _ in range(18):
        page.keyboard.press("ArrowRight")
    assert "18: CHƯA ĐẠT" in page.inner_text("#said")
    page.keyboard.press("ArrowDown")
    assert "Xã Sơn Phú, 18" in page.inner_text("#said")


def test_the_reason_of_a_cell_is_read_by_pointing(visit: Any, province: Path) -> None:
    page = visit(province)
    page.hover("#heat-vn-commune td.c.NOT_MET")
    assert "17.1: Tỷ lệ hộ được sử dụng nước sạch theo quy chuẩn từ hệ thống cấp nước tập trung: 0 % / ≥ 20 %" in (
        page.inner_text("#said")
    )


def test_units_are_filtered_by_name_and_verdict(visit: Any, province: Path) -> None:
    page = visit(province)
    rows = "#heat-vn-commune-advanced tr[data-unit]:visible"
    everything = page.locator(rows).count()
    page.fill("#find", "kỳ phú")
    assert page.locator(rows).count() == 1
    page.fill("#find", "KY PHU")
    assert page.locator(rows).count() == 1, "marks and capitals do not matter"
    page.fill("#find", "")
    page.uncheck("input[name=verdict][value=MET]")
    assert page.locator(rows).count() == everything - 8


def test_a_link_opens_what_it_leads_to(visit: Any, province: Path) -> None:
    page = visit(province)
    page.click("#heat-vn-commune-advanced tbody tr:has-text('Kỳ Phú') a")
    detail = page.locator("details[id^='u-vn-commune-advanced-18763'][open]")
    detail.wait_for()
    assert "còn thiếu 55 điểm phần trăm" in detail.inner_text()
    detail.locator("a", has_text="18.1").first.click()
    assert page.locator("li[id='vn-commune-advanced-18.1']").is_visible()


def test_a_cell_leads_to_what_stands_behind_it(visit: Any, province: Path) -> None:
    page = visit(province)
    page.focus("#heat-vn-commune-advanced tr:has-text('Kỳ Phú') td.c >> nth=0")
    page.keyboard.press("Enter")
    page.wait_for_selector("details[id='u-vn-commune-advanced-18763'][open]", timeout=5_000)


def test_the_page_runs_its_own_script_and_no_other(visit: Any, province: Path) -> None:
    page = visit(province)
    page.evaluate(
        """() => { const s = document.createElement("script"); s.textContent = "window.ran = true";
        document.body.append(s); }"""
    )
    assert page.evaluate("window.ran") is None
    assert any("Content Security Policy" in complaint for complaint in page.complaints)


def test_a_large_page_tells_the_words_of_the_law_where_a_unit_is_opened(visit: Any, large: Path) -> None:
    page = visit(large)
    detail = page.locator("details[id='u-vn-commune-advanced-x5']")
    detail.locator("summary").click()
    # The page's own policy forbids evaluating text: the browser's locators wait without it.
    detail.locator("p.NOT_MET", has_text=re.compile(r"\S.{30}", re.S)).first.wait_for(timeout=20_000)
    assert page.complaints == []


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_runs_off_the_screen(visit: Any, province: Path, width: int) -> None:
    assert visit(province, width).evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [390, 1280])
def test_accessibility(visit: Any, objections: Any, province: Path, width: int) -> None:
    assert objections(visit(province, width)) == []


def test_it_prints_on_a4(visit: Any, province: Path) -> None:
    page = visit(province)
    pdf = page.pdf(format="A4")
    assert pdf.startswith(b"%PDF")
    # Codes without their words stay on the screen; the requirements that failures refer to are on paper.
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) <= 8
    page.emulate_media(media="print")
    # The first page, as wide as the paper within its margins, holds the conclusions, the plan and the counts.
    page.set_viewport_size({"width": round(190 * 96 / 25.4), "height": 1123})
    order = "[...document.querySelectorAll('main h2')].slice(0, 2).map(one => one.id)"
    assert page.evaluate(order) == ["plan", "tiers"]
    assert page.evaluate("document.querySelector('.tiers').getBoundingClientRect().bottom") < 275 * 96 / 25.4
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    asked = page.locator("[id='vn-commune-advanced-18.1']")
    assert asked.is_visible()
    assert not page.locator("[id='vn-commune-advanced-2.1']").is_visible()
