"""Draw the pictures of the page of ``ntm-rules open``: python docs/images/screen.py (needs Chromium and playwright)."""

from __future__ import annotations

import shutil
import sys
import tempfile
import threading
import time
from pathlib import Path

import uvicorn
from playwright.sync_api import Page, sync_playwright

from ntm_rules.screen import app

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parents[1] / "tests"))

from test_screen import BAD, COMMUNES, MARKS, write_matrix, write_register  # noqa: E402


def main() -> None:
    server = uvicorn.Server(uvicorn.Config(app(), port=0, log_level="warning"))
    threading.Thread(target=server.run, daemon=True).start()
    while not server.started:
        time.sleep(0.05)
    address = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}/"
    with tempfile.TemporaryDirectory() as name, sync_playwright() as running:
        folder = Path(name)
        browser = running.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for kind, width in (("desktop", 1280), ("phone", 390)):
            page = browser.new_page(viewport={"width": width, "height": 900})
            page.goto(address)
            _afternoon(page, write_matrix(folder / "ma-tran.xlsx"), write_register(folder / "danh-muc.csv"), kind)
        browser.close()
    server.should_exit = True


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
    page.locator("#result").screenshot(path=HERE / f"screen-result-{kind}.png")


if __name__ == "__main__":
    main()
