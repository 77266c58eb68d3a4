"""The guide to writing an overlay does what it says: its example loads, is clean, and gives the results it promises."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

import ntm_rules as ntm
from ntm_rules.analysis.compare import Answer, DifferenceKind
from ntm_rules.cli import main
from ntm_rules.errors import PackError
from ntm_rules.messages import Lang

DOCS = Path(__file__).parent.parent / "docs"
GUIDES: dict[Lang, Path] = {"vi": DOCS / "write-an-overlay.vi.md", "en": DOCS / "write-an-overlay.md"}

pytestmark = pytest.mark.skipif(not DOCS.is_dir(), reason="the guide is not part of this distribution")


def blocks(lang: Lang, kind: str = "yaml") -> list[str]:
    fenced = re.findall(r"^```(\w*)\n(.*?)^```$", GUIDES[lang].read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    return [text for found, text in fenced if found == kind]


def saved(folder: Path, lang: Lang, name: str, change: tuple[str, str] = ("", "")) -> Path:
    """A file of the guide, saved under the name its first line gives."""
    text = next(block for block in blocks(lang) if block.startswith(f"# {name}\n"))
    assert change[0] in text
    file = folder / name
    file.write_text(text.replace(*change) if change[0] else text, encoding="utf-8")
    return file


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_example_loads_and_is_clean(tmp_path: Path, lang: Lang) -> None:
    file = saved(tmp_path, lang, "vidu-commune.yaml")
    pack = ntm.load_pack(file)
    assert pack.reference == "vidu/commune@2023-2025"
    assert len(pack.criteria) == 20
    assert ntm.lint(file) == ()
    assert main(["packs", "lint", str(file)]) == 0


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_example_commune_fails_as_the_guide_says(tmp_path: Path, lang: Lang) -> None:
    pack = ntm.load_pack(saved(tmp_path, lang, "vidu-commune.yaml"))
    (snapshot,) = ntm.read_snapshots(saved(tmp_path, lang, "xa-mau.yaml"), packs=[pack])
    result = ntm.evaluate(pack, snapshot)
    short = {item.code: str(item.shortfall) for item in result.failures()}
    assert short == {"2.1": "2 percentage_point", "20.1": "5 percentage_point"}


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_comparison_is_what_the_guide_says(tmp_path: Path, lang: Lang) -> None:
    found = ntm.compare(saved(tmp_path, lang, "vidu-commune.yaml"), "vn/commune@2021-2025")
    turn = date(2024, 3, 1)
    assert {one.answer for one in found.whole.cases if one.case.day < turn} == {Answer.PROVED}
    assert {one.answer for one in found.whole.cases if one.case.day >= turn} == {Answer.UNDETERMINED}
    filled = [change.code for change in found.of_kind(DifferenceKind.FILLED)]
    assert filled == ["2.1", "2.2"]
    assert {change.code for change in found.of_kind(DifferenceKind.ADDED)} == {"8.5", "20.1"}


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_laxer_value_is_told_as_shown_and_goes_with_its_ground(
    tmp_path: Path, lang: Lang, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    file = saved(tmp_path, lang, "vidu-commune.yaml", ("85 %", "75 %"))
    (finding,) = ntm.lint(file)
    shown = next(block for block in blocks(lang, "") if block.startswith("vidu-commune.yaml:"))
    assert finding.text(lang) == shown.strip()
    ground = next(block for block in blocks(lang) if block.startswith("looser_than_base"))
    file.write_text(file.read_text(encoding="utf-8") + ground, encoding="utf-8")
    assert ntm.lint(file) == ()


MISTAKES = [
    ('"3.1"', '"3.11"'),
    ("85 %", "85 ha"),
    ("threshold: 85 %", "treshold: 85 %"),
    ("basis: qd99", "basis: qd9"),
    ("    measure: clean_water_centralised_share\n", ""),
    ("  checked_against: [Công báo tỉnh Ví Dụ số 12 ngày 25/12/2022]\n", ""),
]


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("change", MISTAKES, ids=[new.strip() or "left out" for _, new in MISTAKES])
def test_each_mistake_of_the_table_is_told_in_its_words(tmp_path: Path, lang: Lang, change: tuple[str, str]) -> None:
    file = saved(tmp_path, lang, "vidu-commune.yaml", change)
    with pytest.raises(PackError) as caught:
        ntm.load_pack(file)
    table = [
        line.split(" | ")[1].removesuffix(" |")
        for line in GUIDES[lang].read_text("utf-8").splitlines()
        if " | " in line
    ]
    told = caught.value.text(lang)
    assert any(sentence in told for sentence in table), told


def test_both_guides_have_the_same_files() -> None:
    assert blocks("vi") == blocks("en")
    assert blocks("vi", "toml") == blocks("en", "toml")
