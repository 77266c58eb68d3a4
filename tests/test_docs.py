"""The documentation is true: its examples run, and its site builds without the network and needs nothing from it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

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
    from ntm_rules.pack.catalogue import Bundle, Catalogue, installed
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
    from ntm_rules.pack import condition, legal, measure, model, threshold

    page = (DOCS / "reference" / "pack-file.md").read_text(encoding="utf-8")
    models = [*condition.ConditionModel.__args__, *threshold.AnyThreshold.__args__, measure.Measure, measure.Domain]
    models += [model.Pack, model.Criterion, model.Indicator, model.Version, model.RegionRule, model.Attribute]
    models += [legal.Source, legal.LegalBasis]
    # What an overlay is given, and what stands in a pack under the names of comparisons and tables.
    spelt_otherwise = {"extends", "looser_than_base", "set_by", "op", "threshold", "by", "rows"}
    keys = {field.alias or name for one in models for name, field in one.model_fields.items()} - spelt_otherwise
    missing = sorted(key for key in keys if not re.search(rf"\b{key}\b", page))
    assert not missing


def test_the_site_builds_strictly_and_fetches_nothing(tmp_path: Path) -> None:
    for needed in ("mkdocs", "material", "mkdocstrings"):
        pytest.importorskip(needed, reason="needs the extra `docs`")
    # A proxy that answers nothing: a build that wants the network fails.
    nowhere = dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), "http://127.0.0.1:9")
    built = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(tmp_path)],
        cwd=ROOT,
        env=os.environ | nowhere | {"NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stderr
    for page in tmp_path.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert not re.search(r'<(?:script|img|iframe)[^>]+src="https?:', text), page
        assert not re.search(r'<link[^>]+rel="(?:stylesheet|preconnect|icon)"[^>]+href="https?:', text), page
    api = (tmp_path / "reference" / "api.html").read_text(encoding="utf-8")
    assert all(f'id="ntm_rules.{name}"' in api for name in ("evaluate", "Snapshot", "Assessment", "Pack", "Unit"))


def test_the_reference_lists_every_public_name() -> None:
    import ntm_rules

    page = (DOCS / "reference" / "api.md").read_text(encoding="utf-8")
    listed = {line.rpartition(".")[2] for line in page.splitlines() if line.startswith("::: ")}
    assert set(ntm_rules.__all__) <= listed
