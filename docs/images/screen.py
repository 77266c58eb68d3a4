"""Draw the pictures of the page of ``ntm-rules open``: python docs/images/screen.py (needs Chromium and playwright)."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parents[1] / "tests"))

from test_screen import BAD, COMMUNES, MARKS, write_matrix, write_register  # noqa: E402

# A busy machine takes its time.
PATIENCE = 120_000
# Of a long list, as much as shows what it is.
TALLEST = 1500


def main() -> None:
    opened = [sys.executable, "-m", "ntm_rules", "open", "--no-browser"]
    with subprocess.Popen(opened, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            found = re.search(r"http://[\d.:]+/", server.stdout.readline())
            assert found is not None
            _pictures(found[0])
        finally:
            server.terminate()


def _pictures(address: str) -> None:
    with tempfile.TemporaryDirectory() as name, sync_playwright() as running:
        folder = Path(name)
        matrix, register = write_matrix(folder / "ma-tran.xlsx"), write_register(folder / "danh-muc.csv")
        browser = running.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for kind, width in (("desktop", 1280), ("phone", 390)):
            page = browser.new_page(viewport={"width": width, "height": 900}, locale="vi-VN")
            page.set_default_timeout(PATIENCE)
            page.goto(address)
            _afternoon(page, matrix, register, kind)
        browser.close()


def _afternoon(page: Page, matrix: Path, register: Path, kind: str) -> None:
    page.locator("#pack").select_option("vn/commune@2021-2025")
    page.locator("#day").fill("2023-08-17")
    page.locator("#province").select_option("hatinh")
    page.locator("#register").set_input_files(register)
    page.set_input_files("#file", matrix)
    for mark, meaning in MARKS.items():
        page.locator(f'select[data-mark="{mark}"]').select_option(meaning)
    page.locator("#marking").get_by_role("button").click()
    page.locator("#problems tr").nth(2).wait_for()
    page.screenshot(path=HERE / f"screen-cells-{kind}.png", full_page=True)
    for cell in BAD:
        page.locator(f'[data-cell="Xã!{cell}"]').fill("Đ")
    page.locator("#fixing").get_by_role("button").click()
    page.get_by_text(f"Đã đọc {len(COMMUNES)} đơn vị.").wait_for()
    page.locator("#judge").click()
    page.locator("#matrix tr").nth(len(COMMUNES)).wait_for()
    box = page.locator("#result").bounding_box()
    assert box is not None
    top = page.evaluate("window.scrollY") + box["y"]
    shown = {"x": box["x"], "y": top, "width": box["width"], "height": min(box["height"], TALLEST)}
    page.screenshot(path=HERE / f"screen-result-{kind}.png", full_page=True, clip=shown)


if __name__ == "__main__":
    main()
