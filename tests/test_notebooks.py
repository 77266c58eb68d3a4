"""The example notebooks run from top to bottom, and results show themselves as tables, not as scripts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

nbclient = pytest.importorskip("nbclient", reason="the package `nbclient` is not installed")
pytest.importorskip("ipykernel", reason="the package `ipykernel` is not installed")
nbformat = pytest.importorskip("nbformat", reason="the package `nbformat` is not installed")

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "examples" / "notebooks").glob("*.ipynb"))


@pytest.fixture(scope="module")
def played() -> dict[str, Any]:
    return {}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_the_notebook_runs(path: Path, played: dict[str, Any]) -> None:
    book = nbformat.read(path, as_version=4)
    nbclient.NotebookClient(book, timeout=300, resources={"metadata": {"path": str(ROOT)}}).execute()
    played[path.stem] = [
        output["data"]["text/html"]
        for cell in book.cells
        if cell.cell_type == "code"
        for output in cell.outputs
        if "text/html" in output.get("data", {})
    ]


def test_a_commune_a_province_and_a_scenario_are_among_them() -> None:
    assert {"commune", "province", "scenario"} <= {path.stem for path in NOTEBOOKS}


def test_results_show_themselves(played: dict[str, Any]) -> None:
    if not {"commune", "province"} <= played.keys():
        pytest.skip("the notebooks were not run")
    shown = played["commune"] + played["province"]
    assert any("55 điểm %" in one for one in shown), "the assessment"
    assert any("<table" in one for one in played["province"]), "the tree"
    assert not any("<script" in one for one in shown)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_the_notebook_is_kept_without_outputs(path: Path) -> None:
    cells = nbformat.read(path, as_version=4).cells
    assert not any(cell.get("outputs") or cell.get("execution_count") for cell in cells)
