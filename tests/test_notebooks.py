"""The example notebooks run from top to bottom; results show themselves as tables and pictures, not as scripts.

What is kept of them fits a screen. To make it again: ``python tests/test_notebooks.py``.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

nbclient = pytest.importorskip("nbclient", reason="the package `nbclient` is not installed")
pytest.importorskip("ipykernel", reason="the package `ipykernel` is not installed")
nbformat = pytest.importorskip("nbformat", reason="the package `nbformat` is not installed")

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "examples" / "notebooks").glob("*.ipynb"))


def play(book: Any) -> None:
    nbclient.NotebookClient(book, timeout=300, resources={"metadata": {"path": str(ROOT)}}).execute()


@pytest.fixture(scope="module")
def played() -> dict[str, Any]:
    return {}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_the_notebook_runs(path: Path, played: dict[str, Any]) -> None:
    book = nbformat.read(path, as_version=4)
    if any("import altair" in cell.source for cell in book.cells):
        for drawing in ("altair", "vl_convert"):
            pytest.importorskip(drawing, reason=f"charts need the extra `report`: {drawing} is not installed")
    play(book)
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
    assert any("55 điểm phần trăm" in one for one in shown), "the assessment"
    assert any("<table" in one for one in played["province"]), "the tree"
    assert not any("<script" in one for one in shown)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_what_is_kept_of_a_notebook_fits_a_screen(path: Path) -> None:
    cells = [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1)), "run from top to bottom, once"
    assert path.stat().st_size < 150_000
    for output in (output for cell in cells for output in cell.outputs):
        assert output.output_type in {"execute_result", "stream"}
        assert output.get("name") != "stderr"
        text = output.get("text", "")
        assert text.count("\n") <= 32
        table = output.get("data", {}).get("text/html", "")
        assert len(table) < 5_000 or "overflow-y: auto" in table
        assert "<script" not in table


def test_the_charts_are_among_what_is_kept() -> None:
    drawn = {
        path.stem: sum(
            "image/svg+xml" in output.get("data", {})
            for cell in nbformat.read(path, as_version=4).cells
            if cell.cell_type == "code"
            for output in cell.outputs
        )
        for path in NOTEBOOKS
    }
    assert drawn["province"] == 2, "units × criteria, and distances"
    assert drawn["scenario"] == 1, "what if"


def remake() -> None:
    """Runs the notebooks and keeps what they show, without times and versions."""
    for path in NOTEBOOKS:
        book = nbformat.read(path, as_version=4)
        play(book)
        for cell in book.cells:
            cell.metadata.pop("execution", None)
        book.metadata["language_info"] = {"name": "python"}
        nbformat.write(book, path)


if __name__ == "__main__":
    remake()


@pytest.mark.parametrize("name", ["commune", "province", "scenario", "tables"])
def test_the_prose_is_vietnamese_with_a_line_of_english(name: str) -> None:
    """An officer reads them: Vietnamese first, then a line in English in italics."""
    book = nbformat.read(ROOT / "examples" / "notebooks" / f"{name}.ipynb", as_version=4)
    for cell in (cell for cell in book.cells if cell.cell_type == "markdown"):
        vietnamese, _, english = cell.source.rpartition("\n\n")
        assert english.startswith("*"), cell.source
        assert english.isascii() or "Hà Tĩnh" in english or "×" in english, english
        assert not vietnamese.isascii(), vietnamese
