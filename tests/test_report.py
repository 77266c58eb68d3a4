"""Reports: the page stands alone and can be used by keyboard, the workbook holds numbers, nothing hostile runs."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import ntm_rules as ntm
from ntm_rules.assessment.tree import TreeAssessment
from ntm_rules.dossier import bundled, read_dossier
from ntm_rules.errors import EvaluationError

pytest.importorskip("altair", reason="the extra `report` is not installed")
pytest.importorskip("docx", reason="the extra `report` is not installed")

from ntm_rules.report import write_report

HOSTILE = '<img src=x onerror="alert(1)"><script>alert(2)</script>'
FORMULA = '=HYPERLINK("http://evil.example","x")'


def synthetic(communes: int) -> TreeAssessment:
    """Communes with a figure for every measure of the advanced pack, better and worse by turns."""
    pack = ntm.load_pack("vn/commune-advanced")
    from ntm_rules.pack.catalogue import installed

    measures = installed().measures_for(pack)
    district = ntm.Unit(id="h", name="Huyện H", level="district", region="btb")
    snapshots = []
    for number in range(communes):
        name = (HOSTILE, FORMULA)[number] if number < 2 else f"Xã số {number}"
        unit = ntm.Unit(id=f"x{number}", name=name, level="commune", parent="h", region="btb")
        tops = {name: int(measures[name].domain.high or 9) for name in pack.measures_used()}
        values = {name: top - (number * 7 + place) % (top + 1) for place, (name, top) in enumerate(tops.items())}
        findings = {"1.1": "met", "5.2": {"finding": "not_met", "by": HOSTILE, "remark": FORMULA}}
        snapshots.append(
            ntm.Snapshot(unit=unit, as_of="2023-08-17", measures=values, findings={"vn/commune-advanced": findings})
        )
    return ntm.evaluate_tree([district], snapshots, ["vn/commune-advanced"], trust="uncertain")


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> Path:
    dossier = read_dossier(bundled())
    tree = dossier.assess()
    path = tmp_path_factory.mktemp("report") / "report.html"
    write_report(tree, path, plan=dossier.check_plans(tree), title=dossier.title.text("vi"))
    return path


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report") / "large.html"
    write_report(synthetic(200), path)
    return path


def test_the_page_stays_small(large: Path) -> None:
    assert large.stat().st_size < 3_000_000


def test_every_claim_leads_to_its_requirement_and_law(province: Path) -> None:
    html = province.read_text(encoding="utf-8")
    named = set(re.findall(r'id="([^"]+)"', html))
    linked = set(re.findall(r'href="#([^"]+)"', html))
    assert linked
    assert linked <= named
    assert "36/2022/QĐ-UBND" in html
    assert '1.105<span class="soft">/1.627' in html


def test_the_page_in_english(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    write_report(synthetic(3), path, lang="en")
    html = path.read_text(encoding="utf-8")
    assert '<html lang="en">' in html
    assert "Standing by tier" in html


def test_another_kind_of_file_is_refused_with_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match=r"\.pdf.*\.html, \.xlsx, \.docx"):
        write_report(synthetic(1), tmp_path / "report.pdf")


def test_the_workbook_has_the_agencies_columns_real_numbers_and_no_formulas(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    path = tmp_path / "report.xlsx"
    write_report(synthetic(3), path)
    book = load_workbook(path)
    sheet = book.worksheets[1]
    heads = [cell.value for cell in sheet[2]]
    assert heads == [
        "TT",
        "Tên tiêu chí",
        "Nội dung tiêu chí",
        "Chỉ tiêu",
        "Đơn vị tính",
        "Kết quả thực hiện",
        "Đánh giá",
        "Thiếu",
        "Cơ quan phụ trách",
        "Căn cứ",
        "Ghi chú",
    ]
    cells = [cell for one in book for row in one.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert any(str(cell.value).startswith("=HYPERLINK") for cell in cells)
    water = next(row for row in sheet.iter_rows(values_only=True) if row[0] == "18.1")
    assert isinstance(water[3], int)
    assert isinstance(water[5], int)
    assert "318/QĐ-TTg" in water[9]
    poverty = next(row for row in sheet.iter_rows() if row[0].value == "11")
    assert poverty[3].number_format.startswith('"≤ "'), "a number does not lose how it is compared"


def test_the_workbook_names_its_sheets_for_the_sets_that_judge(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    path = tmp_path / "report.xlsx"
    write_report(read_dossier(bundled()).assess(), path)
    names = load_workbook(path).sheetnames
    assert {"hatinh commune", "hatinh commune-advanced", "vn urban-ward"} <= set(names)
    assert "vn commune" not in names


def test_the_letter_names_units_and_their_failures(tmp_path: Path) -> None:
    import docx

    path = tmp_path / "report.docx"
    dossier = read_dossier(bundled())
    tree = dossier.assess()
    write_report(tree, path, plan=dossier.check_plans(tree), title=dossier.title.text("vi"))
    text = "\n".join(paragraph.text for paragraph in docx.Document(str(path)).paragraphs)
    assert "Xã Kỳ Phú: CHƯA ĐẠT, 19/20" in text
    assert "còn thiếu 55 điểm %" in text
    assert "do chính bộ tiêu chí này quy định" in text
    assert not re.search(r"\.;|do [a-z]+/[a-z-]+ quy định", text)
    cells = [cell.text for table in docx.Document(str(path)).tables for row in table.rows for cell in row.cells]
    assert "1.105/1.627" in cells


CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api", reason="the package `playwright` is not installed")
    if CHROMIUM is None:
        pytest.skip("no Chromium is installed")
    with playwright.sync_playwright() as running:
        opened = running.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


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
    assert "17.1: 0 % / ≥ 20 %" in page.inner_text("#said")


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
    detail = page.locator("details[id^='u-vn-commune-advanced-18763']")
    assert "còn thiếu 55 điểm %" in detail.inner_text()
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
    page.wait_for_function(
        "document.querySelector(\"details[id='u-vn-commune-advanced-x5'] p.NOT_MET\").textContent.length > 30"
    )
    assert page.complaints == []


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_runs_off_the_screen(visit: Any, province: Path, width: int) -> None:
    assert visit(province, width).evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [390, 1280])
def test_accessibility(visit: Any, province: Path, width: int) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
    page = visit(province, width)
    found = axe.Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa"]})
    said = [(one["id"], one["nodes"][0]["html"][:120]) for one in found.response["violations"]]
    assert said == []


def test_it_prints_on_a4(visit: Any, province: Path) -> None:
    pdf = visit(province).pdf(format="A4")
    assert pdf.startswith(b"%PDF")
