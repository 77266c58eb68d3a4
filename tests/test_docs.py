"""The documentation is true: its examples run, and its site builds without the network and needs nothing from it."""

from __future__ import annotations

import argparse
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from ntm_rules import read_snapshots

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
BLOCK = re.compile(r"^```python\n(.*?)^```", re.S | re.M)
PAGES = [
    DOCS / "index.md",
    DOCS / "index.vi.md",
    DOCS / "tutorial.md",
    DOCS / "embed.md",
    DOCS / "frames.md",
    DOCS / "service.md",
    DOCS / "snapshots.md",
    DOCS / "snapshots.vi.md",
    DOCS / "tables.md",
    DOCS / "tables.vi.md",
    DOCS / "worksheet.md",
    DOCS / "worksheet.vi.md",
    *sorted((DOCS / "how-to").glob("*.md")),
]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_python_of_a_page_runs_from_top_to_bottom(
    page: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    if page.stem.startswith("report"):
        pytest.importorskip("docx", reason="needs the extra `report`")
    # What a page reads is in the repository; what this one writes must not be.
    monkeypatch.chdir(tmp_path if page.stem.startswith("snapshots") else ROOT)
    names: dict[str, object] = {"__name__": "docs"}
    for number, code in enumerate(BLOCK.findall(page.read_text(encoding="utf-8")), 1):
        exec(compile(code, f"{page.name}, block {number}", "exec"), names)


WRITTEN = [*sorted(DOCS.rglob("*.md")), ROOT / "README.md", ROOT / "README.vi.md"]
COMMAND = re.compile(r"^ *(?:\$ )?ntm-rules (.+)$", re.M)


def test_the_commands_of_every_page_are_commands(monkeypatch: pytest.MonkeyPatch) -> None:
    """In both languages: each is understood by the command line, with options it has and choices they know."""
    from ntm_rules import cli

    understood: list[argparse.Namespace] = []
    parse = argparse.ArgumentParser.parse_args

    def only_parsed(parser: argparse.ArgumentParser, given: Sequence[str]) -> argparse.Namespace:
        options = parse(parser, given)
        understood.append(options)
        options.run = lambda _: 0
        return options

    monkeypatch.setattr(argparse.ArgumentParser, "parse_args", only_parsed)
    commands = [(page, line) for page in WRITTEN for line in COMMAND.findall(page.read_text(encoding="utf-8"))]
    for page, line in commands:
        try:
            cli.main(shlex.split(line, comments=True))
        except SystemExit:
            pytest.fail(f"{page.name}: {line}")
    assert len(understood) == len(commands) > 60


def test_an_officer_reads_the_same_pages_in_both_languages() -> None:
    in_vietnamese = sorted(DOCS.rglob("*.vi.md"))
    for_officers = {
        *(DOCS / "how-to").glob("*.md"),
        *(DOCS / one for one in ("index.md", "snapshots.md", "worksheet.md")),
    }
    lacking = {page for page in for_officers - {*in_vietnamese} if not page.with_suffix(".vi.md").exists()}
    assert not lacking
    for page in in_vietnamese:
        sister = page.with_name(page.name.replace(".vi.md", ".md"))
        for one, other in ((page, sister), (sister, page)):
            assert f"]({other.name}))" in one.read_text(encoding="utf-8"), f"{one} leads to {other}"


@pytest.mark.parametrize("name", ["snapshots.md", "snapshots.vi.md"])
def test_the_tables_of_a_page_are_read_as_snapshots(name: str, tmp_path: Path) -> None:
    page = (DOCS / name).read_text(encoding="utf-8")
    tables = [
        [[cell.strip() for cell in row.strip("|").split("|")] for row in table.splitlines() if not row.startswith("|-")]
        for table in re.findall(r"((?:^\|.*\n)+)", page, re.M)
    ]
    read = 0
    for rows in tables:
        if rows[1][0] == "18763":
            path = tmp_path / "table.csv"
            path.write_text("\n".join(";".join(row) for row in rows), encoding="utf-8")
            (snapshot,) = read_snapshots(path)
            assert (snapshot.unit.id, snapshot.as_of.isoformat()) == ("18763", "2023-08-17")
            assert {"income_per_capita"} <= snapshot.measures.keys()
            read += 1
    assert read == 2
    (text,) = re.findall(r"^```yaml\n(.*?)^```", page, re.S | re.M)
    (tmp_path / "xa.yaml").write_text(text, encoding="utf-8")
    (snapshot,) = read_snapshots(tmp_path / "xa.yaml")
    assert snapshot.findings["vn/commune"].keys() == {"1.1", "17"}


def test_what_the_tutorial_prints_is_what_the_library_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    page = (DOCS / "tutorial.md").read_text(encoding="utf-8")
    names: dict[str, object] = {}
    for code in BLOCK.findall(page)[:2]:
        exec(code, names)
    (shown,) = re.findall(r"^```text\n(.*?)^```", page, re.S | re.M)
    said = names["result"].explain("en")  # type: ignore[attr-defined]
    for line in shown.splitlines():
        assert line.strip() in said


def test_the_pack_of_the_reference_is_clean_and_its_situations_come_out_as_they_say(tmp_path: Path) -> None:
    from ntm_rules.analysis.lint import lint
    from ntm_rules.pack.bundle import Bundle
    from ntm_rules.pack.catalogue import Catalogue, installed
    from ntm_rules.testing import run_situations

    page = (DOCS / "reference" / "pack-file.md").read_text(encoding="utf-8")
    pack, situations = re.findall(r"^```yaml\n(.*?)^```", page, re.S | re.M)
    (tmp_path / "village-club@2024.yaml").write_text(pack, encoding="utf-8")
    catalogue = Catalogue((*installed().bundles, Bundle("vidu", tmp_path)))
    assert lint("vidu/village-club", catalogue=catalogue) == ()
    (tmp_path / "situations.yaml").write_text(situations, encoding="utf-8")
    results = run_situations(tmp_path / "situations.yaml", catalogue=catalogue)
    assert [problem.text("en") for result in results for problem in result.problems] == []


def test_the_reference_of_the_pack_file_names_every_key_of_the_models() -> None:
    from ntm_rules.pack import condition, indicator, legal, measure, model, rules, threshold

    page = (DOCS / "reference" / "pack-file.md").read_text(encoding="utf-8")
    models = [*condition.ConditionModel.__args__, *threshold.AnyThreshold.__args__, measure.Measure, measure.Domain]
    models += [
        model.Pack,
        indicator.Criterion,
        indicator.Indicator,
        indicator.Version,
        rules.RegionRule,
        rules.Attribute,
    ]
    models += [legal.Source, legal.LegalBasis]
    # What an overlay is given, and what stands in a pack under the names of comparisons and tables.
    spelt_otherwise = {"extends", "looser_than_base", "set_by", "op", "threshold", "by", "rows"}
    keys = {field.alias or name for one in models for name, field in one.model_fields.items()} - spelt_otherwise
    missing = sorted(key for key in keys if not re.search(rf"\b{key}\b", page))
    assert not missing


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    for needed in ("mkdocs", "material", "mkdocstrings"):
        pytest.importorskip(needed, reason="needs the extra `docs`")
    folder = tmp_path_factory.mktemp("site")
    # A proxy that answers nothing: a build that wants the network fails.
    nowhere = dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), "http://127.0.0.1:9")
    built = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)],
        cwd=ROOT,
        env=os.environ | nowhere | {"NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stderr
    return folder


def test_the_site_builds_strictly_and_fetches_nothing(site: Path) -> None:
    for page in site.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert not re.search(r'<(?:script|img|iframe)[^>]+src="https?:', text), page
        assert not re.search(r'<link[^>]+rel="(?:stylesheet|preconnect|icon)"[^>]+href="https?:', text), page
    api = (site / "reference" / "api.html").read_text(encoding="utf-8")
    assert all(f'id="ntm_rules.{name}"' in api for name in ("evaluate", "Snapshot", "Assessment", "Pack", "Unit"))


@pytest.mark.parametrize(
    ("page", "own", "there"),
    [
        ("how-to/report.vi", "vi", "report"),
        ("how-to/report", "en", "report.vi"),
        ("index.vi", "vi", "index"),
        ("packs/vn-commune@2026-2030", "vi", "vn-commune@2026-2030.en"),
        ("packs/vn-commune@2026-2030.en", "en", "vn-commune@2026-2030"),
        ("live", "en", "index.vi"),  # no page of its own in Vietnamese: the first one
    ],
)
def test_a_page_is_in_its_own_language_and_leads_to_the_other(site: Path, page: str, own: str, there: str) -> None:
    text = (site / f"{page}.html").read_text(encoding="utf-8")
    assert f'<html lang="{own}"' in text
    other = "en" if own == "vi" else "vi"
    (link,) = re.findall(rf'<a href="([^"]+)" hreflang="{other}" class="md-select__link"', text)
    assert unquote(link).removeprefix("./") == f"{there}.html"
    sidebar = text[text.index('class="md-nav md-nav--primary') :]
    assert ("Đối chiếu con số với quyết định trên bàn" in sidebar) is (own == "vi")
    assert ("Embed it in your program" in sidebar) is (own == "en")


def test_opened_from_a_folder_the_site_is_searched_with_and_without_accents(site: Path, browser: Any) -> None:
    page = browser.new_page()
    page.goto((site / "index.vi.html").as_uri())
    found = page.locator(".md-search-result__item")
    marked = {}
    for query in ("đối chiếu con số", "doi chieu con so", "Doi Chieu", "shortfalls"):
        page.fill(".md-search__input", "")
        page.locator(".md-search__input").press_sequentially(query)
        page.wait_for_function(
            "wanted => [...document.querySelectorAll('.md-search-result__item mark')]"
            ".some(mark => mark.textContent.toLowerCase().includes(wanted))",
            arg="chiếu" if "hi" in query.lower() else "shortfall",
        )
        marked[query] = found.first.locator("h1").inner_text()
    page.close()
    assert marked["đối chiếu con số"] == marked["doi chieu con so"] == "Đối chiếu con số với quyết định trên bàn"


def test_the_reference_lists_every_public_name() -> None:
    import ntm_rules

    page = (DOCS / "reference" / "api.md").read_text(encoding="utf-8")
    listed = {line.rpartition(".")[2] for line in page.splitlines() if line.startswith("::: ")}
    assert set(ntm_rules.__all__) <= listed
