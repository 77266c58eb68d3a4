"""Packs written out as annexes in generated layouts and read back: every figure right or reported, none wrong.

Each figure is given a value of its own, so that a cell read at the wrong place is seen.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from annex import SAVE, Layout, values, written
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ntm_rules import Pack, load_pack, packs
from ntm_rules.document import State, match, read_document
from ntm_rules.pack.address import addressed
from ntm_rules.pack.threshold import Figure

SETS = [info.reference for info in packs() if any(c.indicators for c in load_pack(info.reference).criteria)]
VALUED = (State.AGREES, State.NEW, State.DIFFERS)
layouts = st.builds(
    Layout,
    seed=st.integers(0, 10_000),
    order=st.integers(0, 50),
    common=st.booleans(),
    merge_down=st.booleans(),
    merge_across=st.booleans(),
    repeat_heading=st.sampled_from((0, 3, 7)),
    sections=st.booleans(),
    marks=st.booleans(),
    numbered_columns=st.booleans(),
    code=st.sampled_from(("{code}. {text}", "- {code}. {text}", "{code} {text}", "{code}) {text}")),
    spaced_percent=st.booleans(),
    year_in_text=st.booleans(),
)


def outcome(pack: Pack, layout: Layout, kind: str) -> Counter[str]:
    """How the figures of an annex were read; a figure that was read wrongly is an error."""
    drawn = values(pack, layout.seed)
    annex = written(pack, layout, drawn)
    with TemporaryDirectory() as folder:
        path = Path(folder, f"annex{kind}")
        SAVE[kind](annex, path)
        reading = match(read_document(path), pack)
    counts: Counter[str] = Counter()
    for found in reading.found:
        expected = annex.expected.get(found.address)
        if found.state in VALUED and found.value:
            assert found.value == expected, (found.address, found.words)
            leaf = found.row.leaf
            if found.state is State.AGREES and isinstance(leaf, Figure) and found.address in drawn:
                assert leaf.value.value == drawn[found.address]
            counts["right"] += 1
        elif expected is not None:
            counts["reported"] += 1
    return counts


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(reference=st.sampled_from(SETS), layout=layouts, kind=st.sampled_from((".docx", ".html", ".xlsx")))
def test_no_figure_is_read_wrongly(reference: str, layout: Layout, kind: str) -> None:
    counts = outcome(load_pack(reference), layout, kind)
    assert counts["reported"] <= max(4, 0.1 * counts.total())


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    reference=st.sampled_from(SETS),
    layout=layouts,
    # The writer lays out no merged cell taller than a page, nor cuts a row inside one.
    pages=st.sampled_from((("A3", False, True), ("A3", True, False), ("A4", True, False), ("A4", False, False))),
)
def test_no_figure_of_a_pdf_in_any_layout_is_read_wrongly(
    reference: str, layout: Layout, pages: tuple[str, bool, bool]
) -> None:
    """Pages of two sizes, rows cut by their ends, words broken in narrow columns."""
    paper, cut, merged = pages
    layout = replace(layout, paper=paper, cut_rows=cut, merge_down=merged and layout.merge_down)
    counts = outcome(load_pack(reference), layout, ".pdf")
    assert counts["reported"] <= max(4, 0.1 * counts.total())


@pytest.mark.parametrize("reference", ["vn/commune@2021-2025", "vn/commune@2026-2030", "hatinh/district@2022-2025"])
def test_no_figure_of_a_pdf_is_read_wrongly(reference: str) -> None:
    """Rows, merged cells and headings over several pages."""
    counts = outcome(load_pack(reference), Layout(seed=3, sections=True, marks=True), ".pdf")
    assert counts["right"] >= 0.9 * counts.total()


def test_an_annex_has_all_figures_it_should() -> None:
    pack = load_pack("vn/commune@2021-2025")
    annex = written(pack, Layout(), values(pack, 1))
    assert len(annex.expected) > 150
    assert set(annex.expected) <= {address for address, _ in addressed(pack)}


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    reference=st.sampled_from(["vn/commune@2021-2025", "vn/access-to-law@2022", "hatinh/district@2022-2025"]),
    data=st.data(),
)
def test_rows_whose_wordings_were_exchanged_are_not_taken(reference: str, data: st.DataObject) -> None:
    """Each keeps its code and its figures: one of the two is wrong, and nobody can say which."""
    pack = load_pack(reference)
    annex = written(pack, Layout(), values(pack, 1))
    texts = {indicator.text.vi: indicator.code for indicator in pack.indicators()}
    starts = {slot.text.split(". ", 1)[-1].split("\n")[0]: slot for slot in annex.slots if slot.column == 2}
    rows = sorted((code, text) for text, code in texts.items() if text in starts)
    (one, left), (other, right) = data.draw(st.lists(st.sampled_from(rows), min_size=2, max_size=2, unique=True))
    for old, new in ((left, right), (right, left)):
        slot = starts[old]
        slot.text = slot.text.replace(old, new)
    with TemporaryDirectory() as folder:
        SAVE[".html"](annex, Path(folder, "a.html"))
        reading = match(read_document(Path(folder, "a.html")), pack)
    taken = [found for found in reading.found if found.address.code in (one, other) and found.state in VALUED]
    assert [found for found in taken if found.row.leaf is not None and found.value] == []
