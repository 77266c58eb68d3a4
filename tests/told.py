"""What a report says, whatever its kind: all its text; and trees that reports are made of in several files of tests."""

from __future__ import annotations

import html
import re
from functools import cache
from pathlib import Path

import ntm_rules as ntm
from ntm_rules.assessment.briefing import has_facts
from ntm_rules.assessment.tree import TreeAssessment
from ntm_rules.dossier import Dossier, bundled, read_dossier
from ntm_rules.messages import Text
from ntm_rules.pack.measure import Measure


def words(path: Path) -> str:
    """All the text of a report, whatever its kind, with single blanks."""
    if path.suffix == ".docx":
        import docx
        from docx.oxml.ns import qn

        body = docx.Document(str(path)).element.body
        text = "\n".join(
            "".join(part.text or " " for part in one.iter(qn("w:t"), qn("w:br"))) for one in body.iter(qn("w:p"))
        )
    elif path.suffix == ".xlsx":
        import openpyxl

        book = openpyxl.load_workbook(path)
        text = "\n".join(str(c.value) for s in book for row in s.iter_rows() for c in row if c.value is not None)
    else:
        text = html.unescape(re.sub(r"<[^>]+>", " ", path.read_text(encoding="utf-8")))
    return re.sub(r"\s+", " ", text).replace(" /", "/")


HOSTILE = '<img src=x onerror="alert(1)"><script>alert(2)</script>'
FORMULA = '=HYPERLINK("http://evil.example","x")'


def span(measure: Measure) -> tuple[int, int]:
    """Values the measure can have, and has in life."""
    low, high = measure.bare.low, measure.bare.high
    return int(low or 0), 9 if high is None else int(high)


@cache
def synthetic(communes: int) -> TreeAssessment:
    """Communes with a figure for every measure of the advanced pack, better and worse by turns."""
    pack = ntm.load_pack("vn/commune-advanced")
    from ntm_rules.pack.catalogue import installed

    measures = installed().measures_for(pack)
    district = ntm.Unit(id="h", name="Huyện H", level="district", region="btb")
    snapshots = []
    for number in range(communes):
        name = (HOSTILE, FORMULA)[number] if number < 2 else f"Xã số {number}"
        unit = ntm.Unit(id=f"x{number}", name=name, level="commune", parent="h", region="btb")
        spans = {name: span(measures[name]) for name in pack.measures_used()}
        values = {
            name: high - (number * 7 + place) % (high - low + 1)
            for place, (name, (low, high)) in enumerate(spans.items())
        }
        findings = {"1.1": "met", "5.2": {"finding": "not_met", "by": HOSTILE, "remark": FORMULA}}
        snapshots.append(
            ntm.Snapshot(unit=unit, as_of="2023-08-17", measures=values, findings={"vn/commune-advanced": findings})
        )
    return ntm.evaluate_tree([district], snapshots, ["vn/commune-advanced"], trust="uncertain")


@cache
def noted_ha_tinh() -> tuple[Dossier, TreeAssessment]:
    """The bundled dossier judged once, with notes on a unit and on one without figures."""
    dossier = read_dossier(bundled())
    tree = dossier.assess()
    silent = next(
        s.unit.id
        for s in tree.units
        if s.unit.level == "commune" and s.parent and not any(map(has_facts, s.assessments.values()))
    )
    extra = {
        (silent, ""): Text("Xã chưa gửi số liệu.", "No figures sent."),
        ("447", ""): Text("Huyện giải trình sau.", "To be explained."),
    }
    return dossier._replace(notes={**dossier.notes, **extra}), tree
