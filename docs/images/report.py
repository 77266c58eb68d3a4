"""Draw the pictures of reports: python docs/images/report.py (needs Chromium, playwright, LibreOffice and pdftoppm)."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from ntm_rules.dossier import bundled, read_dossier
from ntm_rules.report import write_report

HERE = Path(__file__).parent


def main() -> None:
    dossier = read_dossier(bundled())
    tree = dossier.assess()
    plan = dossier.check_plans(tree)
    with tempfile.TemporaryDirectory() as name, sync_playwright() as running:
        folder = Path(name)
        for kind in ("html", "docx", "xlsx"):
            path = folder / f"report.{kind}"
            write_report(tree, path, plan=plan, title=dossier.title.text("vi"), notes=dossier.notes)
        browser = running.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for size, width, height in (("desktop", 1280, 900), ("phone", 390, 844)):
            page = browser.new_page(viewport={"width": width, "height": height})
            page.goto((folder / "report.html").as_uri())
            page.screenshot(path=HERE / f"report-{size}.png")
        page.pdf(path=folder / "a4.pdf", format="A4")
        browser.close()
        _first_page(folder / "a4.pdf", "report-a4", 1)
        for kind, picture, number in (("docx", "letter", 1), ("xlsx", "workbook", 5)):
            office = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(folder / kind)]
            subprocess.run([*office, str(folder / f"report.{kind}")], check=True, capture_output=True)
            _first_page(folder / kind / "report.pdf", picture, number)


def _first_page(pdf: Path, picture: str, number: int) -> None:
    page = ["-f", str(number), "-l", str(number), "-r", "80", "-png", "-singlefile"]
    subprocess.run(["pdftoppm", *page, str(pdf), str(HERE / picture)], check=True)


if __name__ == "__main__":
    main()
