"""A report about a single unit, and a dossier's report as data, table and text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import ntm_rules as ntm
from ntm_rules.assessment.tree import TreeAssessment
from ntm_rules.dossier import of_snapshots

pytest.importorskip("docx", reason="the extra `report` is not installed")

from ntm_rules.cli import main
from ntm_rules.report.gather import gather

FINDINGS = {str(code): "not_met" if code in (4, 9) else "met" for code in range(1, 20)}


def snapshot(province: str) -> ntm.Snapshot:
    unit = ntm.Unit(id="17800", name="Xã Nghi Lâm", level="commune", parent=province, province=province, region="btb")
    return ntm.Snapshot(unit=unit, as_of="2023-12-31", findings={"vn/commune@2021-2025": FINDINGS})


def test_a_letter_about_one_unit_counts_no_units(tmp_path: Path) -> None:
    """Its result criterion by criterion, what fails and who owes what; no table of a single unit, no annex."""
    import docx

    from ntm_rules.report import write_report

    dossier = of_snapshots([snapshot("nghean")], ["vn/commune"])
    write_report(dossier.assess(), tmp_path / "x.docx", title=dossier.title.text("vi"))
    document = docx.Document(str(tmp_path / "x.docx"))
    text = "\n".join(one.text for one in document.paragraphs)
    assert "Kết quả thực hiện Bộ tiêu chí quốc gia về xã nông thôn mới giai đoạn 2021-2025 của Xã Nghi Lâm" in text
    assert "17/19 tiêu chí đạt, 2 tiêu chí chưa đạt." in text
    assert "- 4. Điện." in text
    assert "1 đơn vị" not in text
    assert "Phụ lục" not in text
    # Prerequisites are told in words; the closing lines keep the signature on their page.
    assert "P1" not in text
    assert all(one.paragraph_format.keep_with_next for one in document.paragraphs if one.text.startswith("Trên đây"))


@pytest.mark.parametrize(("province", "above"), [("nghean", "Tỉnh Nghệ An"), ("tinh", "")])
def test_a_unit_above_is_called_by_its_name_or_not_at_all(province: str, above: str) -> None:
    tree = of_snapshots([snapshot(province)], ["vn/commune"]).assess()
    assert [row.parent for table in gather(tree, "vi").tables for row in table.rows] == [above]


def test_a_dossier_is_written_as_data_table_and_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = str(Path(__file__).parents[1] / "examples" / "vi_du_2026")
    for ending in ("json", "csv", "txt"):
        assert main(["report", folder, "-o", str(tmp_path / f"x.{ending}")]) == 0
    record = json.loads((tmp_path / "x.json").read_text(encoding="utf-8"))
    assert TreeAssessment.from_json(json.dumps(record["tree"])).units
    table = (tmp_path / "x.csv").read_bytes().decode("utf-8")
    assert table.startswith("\ufeffMã đơn vị,")
    assert ",chưa đạt," in table
    assert "NOT_MET" not in table
    assert "HẠN CHẾ CỦA SỐ LIỆU" in (tmp_path / "x.txt").read_text(encoding="utf-8")
    assert main(["report", folder, "-o", str(tmp_path / "x.odt")]) != 0
    assert ".json" in capsys.readouterr().err
