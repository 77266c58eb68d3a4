"""What the README says is so: its links lead somewhere, its code runs, its commands exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import ntm_rules as ntm

ROOT = Path(__file__).parents[1]
PAGES = sorted([ROOT / "README.md", ROOT / "README.vi.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)#\s]+)(#[^)]*)?\)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_relative_links_lead_to_files(page: Path) -> None:
    for target, _ in LINK.findall(page.read_text(encoding="utf-8")):
        if "://" not in target and not target.startswith("mailto:"):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_the_example_of_the_readme_says_what_it_shows(capsys: pytest.CaptureFixture[str]) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.S)
    names: dict[str, object] = {}
    exec(compile(code, "README.md", "exec"), names)
    result = names["result"]
    assert isinstance(result, ntm.Assessment)
    assert str(result["18.1"].shortfall) == "55 percentage_point"
    assert "CHƯA ĐẠT" in capsys.readouterr().out


def test_the_two_commands_are_targets_of_the_makefile() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for command in re.findall(r"^    make (\w+)", (ROOT / "README.md").read_text(encoding="utf-8"), re.M):
        assert re.search(rf"^{command}:", makefile, re.M)


def test_what_the_readme_prints_is_what_the_demo_prints(capsys: pytest.CaptureFixture[str]) -> None:
    from ntm_rules.cli import main

    main(["demo"])
    printed = capsys.readouterr().out
    (shown,) = re.findall(r"```\n(Xây dựng.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.S)
    for line in shown.splitlines():
        beginning = line.strip().removesuffix("...")
        assert beginning in printed


def test_no_page_names_a_place_of_this_machine() -> None:
    for page in PAGES:
        assert not re.search(r"(?<![\w:/.])/(work|tmp|root|home)/", page.read_text(encoding="utf-8")), page
