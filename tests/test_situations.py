"""Every shipped pack is tested by situations written from the law, each indicator once met and once not met."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from ntm_rules.errors import PackError
from ntm_rules.pack.catalogue import installed
from ntm_rules.testing import SituationResult, run_situations, uncovered

FILES = [
    file
    for bundle in installed().bundles
    if bundle.namespace in ("vn", "hatinh")
    for file in sorted((bundle.root / "situations").glob("*.yaml"))
]
PACKS = [info.reference for info in installed().packs() if info.reference.split("/")[0] in ("vn", "hatinh")]


@cache
def results(file: Path) -> tuple[SituationResult, ...]:
    return run_situations(file)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_pack_comes_to_what_the_law_says(file: Path) -> None:
    assert results(file)
    assert [result.text("en") for result in results(file) if result.problems] == []


@pytest.mark.parametrize("reference", PACKS)
def test_every_requirement_is_expected_once_met_and_once_not(reference: str) -> None:
    assert uncovered(installed().load(reference), [result for file in FILES for result in results(file)]) == {}


HEAD = """pack: vn/commune@2021-2025
situations:
  - name: s
    unit: {id: x, level: commune, region: btb}
    as_of: 2023-08-17
"""


def run(folder: Path, rest: str) -> list[str]:
    file = folder / "s.yaml"
    file.write_text(HEAD + rest, encoding="utf-8")
    return [problem.text("en") for result in run_situations(file) for problem in result.problems]


@pytest.mark.parametrize(
    ("rest", "said"),
    [
        ('    findings: {"1.1": met}\n    expect: {"1.1": NOT_MET}\n', r"s.yaml:7.*1\.1: expected NOT_MET, got MET"),
        ('    expect: {"1.1": UNKNOWN}\n    reasons: {"1.1": conflicting}\n', r"s.yaml:7.*conflicting.*not_concluded"),
        ('    expect: {"1.11": MET}\n', r"s.yaml:6.*no code “1\.11”"),
        ('    measures: {nothing: 1}\n    expect: {"1.1": MET}\n', r"s.yaml:3.*“nothing”"),
        ('    measures: {income_per_capita: many}\n    expect: {"1.1": MET}\n', r"s.yaml:6.*many"),
        ('    measures: {income_per_capita: 52,3 triệu}\n    expect: {"10": MET}\n', r"s.yaml:\d+.*“3 triệu”.*quoted"),
        ("    expect: {pack: MET}\n", r"pack: expected MET, got UNKNOWN"),
    ],
)
def test_what_differs_is_said_with_its_line(tmp_path: Path, rest: str, said: str) -> None:
    import re

    (problem,) = run(tmp_path, rest)
    assert re.search(said, problem)


def test_a_file_of_another_shape_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "s.yaml"
    file.write_text("pack: vn/commune\nsituation: []\n", encoding="utf-8")
    with pytest.raises(PackError, match=r"s.yaml:2, situation.*situations"):
        run_situations(file)


def test_the_command_runs_them(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    from ntm_rules.cli import MET_ALL, SOMETHING_NOT_MET, main

    assert main(["packs", "test"]) == MET_ALL
    assert f"{sum(len(results(file)) for file in FILES)} tình huống, 0" in capsys.readouterr().out
    file = tmp_path / "s.yaml"
    file.write_text(HEAD + '    expect: {"1.1": MET}\n', encoding="utf-8")
    assert main(["packs", "test", str(file)]) == SOMETHING_NOT_MET
    assert "1.1" in capsys.readouterr().out
