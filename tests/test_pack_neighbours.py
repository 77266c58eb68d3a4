"""An overlay of a pack that is installed nowhere: what it is laid over is found beside it, and never guessed."""

from __future__ import annotations

from pathlib import Path

import pytest

import ntm_rules as ntm
from ntm_rules.errors import CatalogueError, PackError
from ntm_rules.pack.bundling import write_bundle

BASE = """
id: vidu/commune
edition: "1"
title: Bộ tiêu chí ví dụ
applies_to: [commune]
valid: {from: 2026-01-01}
legal_basis: [{id: qd, number: 9/QĐ-UBND}]
criteria:
  - code: "6"
    title: Nghèo
    indicators:
      - code: "6.1"
        text: Tỷ lệ nghèo đa chiều
        source: {basis: qd, at: "6.1", verification: recalled}
        requires: {measure: multidimensional_poverty_rate, at_most: 5 %}
"""
OVERLAY = """
id: vidu/checked
edition: "1"
extends: vidu/commune@1
restates: true
title: Bộ tiêu chí ví dụ (đã đối chiếu)
valid: {from: 2026-01-01}
legal_basis: [{id: qd2, number: 10/QĐ-UBND}]
set:
  - code: "6.1"
    measure: multidimensional_poverty_rate
    threshold: {value: 4 %, source: {basis: qd2, at: "6.1", verification: stated, checked_against: [tệp qd.docx]}}
"""


@pytest.fixture
def overlay(tmp_path: Path) -> Path:
    (tmp_path / "draft.yaml").write_text(BASE, encoding="utf-8")
    (tmp_path / "notes.yaml").write_text("- something else\n", encoding="utf-8")
    path = tmp_path / "checked.yaml"
    path.write_text(OVERLAY, encoding="utf-8")
    return path


def test_a_draft_beside_its_overlay_is_found(overlay: Path) -> None:
    unit = ntm.Unit(id="x", level="commune")
    snapshot = ntm.Snapshot(unit=unit, as_of="2026-06-01", measures={"multidimensional_poverty_rate": "4.5 %"})
    assert ntm.evaluate(ntm.load_pack(overlay), snapshot, trust="stated")["6.1"].verdict == ntm.Verdict.NOT_MET
    assert ntm.evaluate(ntm.load_pack(overlay.with_name("draft.yaml")), snapshot)["6.1"].verdict == ntm.Verdict.MET
    assert [finding.rule for finding in ntm.lint(overlay) if finding.severity == "error"] == []
    # A title given under the set holds for its overlay as well.
    held = ntm.Snapshot(
        unit=unit, as_of="2026-06-01", recognitions=[{"pack": "vidu/commune", "on": "2026-03-01", "decision": "1/QĐ"}]
    )
    assert ntm.evaluate(ntm.load_pack(overlay), held).holding is not None


def told(overlay: Path) -> str:
    with pytest.raises(CatalogueError) as refused:
        ntm.load_pack(overlay)
    assert refused.value.text("vi")
    return refused.value.text("en")


def test_two_such_files_are_told_and_none_is_taken(overlay: Path) -> None:
    overlay.with_name("other.yaml").write_text(BASE, encoding="utf-8")
    assert told(overlay) == (
        "checked.yaml: vidu/commune@1, which this file is laid over, stands in several files beside it: draft.yaml,"
        " other.yaml; leave one of them there"
    )


def test_where_there_is_none_the_message_says_where_it_would_be_looked_for(overlay: Path) -> None:
    """And which installed pack has such a name."""
    overlay.with_name("draft.yaml").unlink()
    overlay.write_text(OVERLAY.replace("vidu/commune@1", "vn/comune@1"), encoding="utf-8")
    said, _, rest = told(overlay).partition(" Did you mean: ")
    assert said == "checked.yaml: there is no pack “vn/comune@1”, which this file is laid over."
    names, _, rest = rest.partition("? ")
    assert names.split(", ")[0] == "vn/commune"
    assert rest == "If it is a file of yours, put it beside this one"


def test_files_laid_over_each_other_are_told(overlay: Path) -> None:
    looped = OVERLAY.replace("vidu/checked", "vidu/commune").replace("vidu/commune@1", "vidu/checked@1")
    overlay.with_name("draft.yaml").write_text(looped, encoding="utf-8")
    with pytest.raises(PackError) as refused:
        ntm.load_pack(overlay)
    assert refused.value.problems[0].key == "error.extends_cycle"


def test_a_bundle_takes_along_what_its_overlay_is_laid_over(overlay: Path, tmp_path: Path) -> None:
    folder = tmp_path / "bundle"
    files = {path.name for path in write_bundle([overlay], folder)}
    assert {"commune@1.yaml", "checked@1.yaml"} <= files
    # Used as somebody else does, who has no other file of it.
    assert ntm.load_pack(folder / "ntm_packs_vidu" / "checked@1.yaml").extends == ("vidu/commune@1",)
