"""The audit counts every figure by how far it was verified, and names each one nobody has read in a decision."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from shelf import head, indicators, one

import ntm_rules as ntm
from ntm_rules.analysis.audit import STATES, audit, audit_text
from ntm_rules.pack.threshold import Delegated, Untranscribed

TEXT = (
    head("a")
    + """
incomplete: true
"""
    + indicators(
        "{measure: water, at_least: 55}",
        "{measure: water, at_least: {by_region: {btb: {value: 20, source: {verification: uncertain, note: Đọc lại}}, "
        "tn: delegated}, otherwise: {untranscribed: true, candidates: [30 %, 40 %]}}}",
        "{all: [{finding: met}, {measure: income, at_least: {value: 48, source: {verification: recalled}}}]}",
    )
    + '  - {code: "2", title: {vi: Hai, en: Two}, incomplete: true}\n'
)


def test_every_kind_of_figure_is_counted_once(tmp_path: Path) -> None:
    pack, catalogue = one(tmp_path, TEXT)
    found = audit(pack, catalogue=catalogue)
    assert found.counts == {
        "stated": 2,
        "secondary": 0,
        "recalled": 1,
        "uncertain": 1,
        "delegated": 1,
        "untranscribed": 1,
    }
    assert (found.total, found.by_name, found.incomplete) == (6, ("2",), True)


def test_weak_figures_are_named_with_row_value_and_source(tmp_path: Path) -> None:
    pack, catalogue = one(tmp_path, TEXT)
    weak = audit(pack, catalogue=catalogue).weak
    assert [(figure.code, figure.state, figure.text("en")) for figure in weak] == [
        ("1.2", "uncertain", "North Central Coast: ≥ 20%"),
        ("1.2", "untranscribed", "otherwise: perhaps 30%, 40%"),
        ("1.3", "recalled", "≥ 48 million VND/person/year"),
    ]
    assert weak[0].note is not None
    assert weak[0].note.vi == "Đọc lại"
    assert weak[2].head("vi") == "1.3. Thu nhập (theo trí nhớ; 1/QĐ, 1.3)"


def test_the_audit_reads_in_both_languages(tmp_path: Path) -> None:
    pack, catalogue = one(tmp_path, TEXT)
    english, vietnamese = (audit_text([pack], lang, catalogue=catalogue) for lang in ("en", "vi"))
    assert "6 figures: stated 2, recalled 1, uncertain 1, left to the province 1, not transcribed 1" in english
    assert "1 criterion known by name only: 2" in english
    assert "3 mức chưa đối chiếu với văn bản" in vietnamese
    assert json.loads(json.dumps(audit(pack, catalogue=catalogue).to_dict()))["total"] == 6


@pytest.mark.parametrize("reference", [info.reference for info in ntm.packs()])
def test_shipped_packs_leave_no_figure_out(reference: str) -> None:
    pack = ntm.load_pack(reference)
    found, figures = audit(pack), list(pack.figures())
    assert found.total == len(figures)
    assert tuple(found.counts) == STATES
    strong = [row for row in figures if row.source.verification in ("stated", "secondary")]
    open_ones = [row for row in strong if isinstance(row.leaf, Untranscribed)]
    # A figure, or (Annex II of 2026, points 3.a to 3.e) a whole content.
    left = [row for row in figures if isinstance(row.leaf, Delegated) or (row.leaf is None and row.indicator.delegated)]
    assert found.counts["delegated"] == len(left)
    assert len(found.weak) == found.counts["recalled"] + found.counts["uncertain"] + found.counts["untranscribed"]
    assert found.counts["stated"] + found.counts["secondary"] == len(
        [row for row in strong if row not in open_ones and row not in left]
    )
