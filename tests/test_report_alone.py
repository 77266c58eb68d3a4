"""A report about a single unit, and a dossier's report as data, table and text."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import ntm_rules as ntm
from ntm_rules.assessment.tree import TreeAssessment
from ntm_rules.dossier import of_snapshots, read_dossier

pytest.importorskip("docx", reason="the extra `report` is not installed")

from ntm_rules.cli import main
from ntm_rules.messages import Lang, say
from ntm_rules.report import write_report
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
    assert "Kết quả thực hiện “Bộ tiêu chí quốc gia về xã nông thôn mới giai đoạn 2021-2025” của Xã Nghi Lâm" in text
    assert "17/19 tiêu chí đạt, 2 tiêu chí chưa đạt." in text
    assert "- 4. Điện." in text
    assert "1 đơn vị" not in text
    assert "Phụ lục" not in text
    # Prerequisites are told in words; the closing lines keep the signature on their page.
    assert "P1" not in text
    assert all(one.paragraph_format.keep_with_next for one in document.paragraphs if one.text.startswith("Trên đây"))


@pytest.mark.parametrize(
    ("lang", "basis", "on"),
    [
        ("vi", "Căn cứ Quyết định số 51/2025/QĐ-TTg ngày 29 tháng 12 năm 2025 của Thủ tướng Chính phủ", "30/06/2026"),
        ("en", "Pursuant to Decision 51/2025/QĐ-TTg dated 29 December 2025 of the Prime Minister", "30 June 2026"),
    ],
)
def test_a_remark_on_a_unit_is_told_once_and_tasks_are_those_there_are(
    tmp_path: Path, lang: Lang, basis: str, on: str
) -> None:
    """All findings of a row carry its note; without a figure there is no furthest, with nothing open no such task."""
    import docx

    from ntm_rules.report import write_report

    def commune(code: str, failed: int) -> ntm.Snapshot:
        unit = ntm.Unit(id=code, name=f"Xã {code}", level="commune", parent="42", province="42")
        told = {str(one): "not_met" if one <= failed else "met" for one in range(1, 11)}
        found = {one: {"finding": said, "remark": "Đang rà soát"} for one, said in told.items()}
        return ntm.Snapshot(unit=unit, as_of="2026-06-30", findings={"vn/commune@2026-2030": found})

    tree = of_snapshots([commune("a", 0), commune("b", 2)], ["vn/commune"]).assess()
    rows = [row for table in gather(tree, lang).tables for row in table.rows]
    assert [sum("Đang rà soát" in one for one in row.remarks) for row in rows] == [1, 1]
    assert not any("rà soát" in cell.why for row in rows for cell in row.cells if cell)
    write_report(tree, tmp_path / "x.docx", lang=lang)
    document = docx.Document(str(tmp_path / "x.docx"))
    lines = [one.text for one in document.paragraphs]
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert any(line.startswith(basis) for line in lines)
    assert any(on in line for line in lines[:6])
    assert sum("rà soát" in text for text in (*lines, *cells)) == 2
    assert say("letter.mend_all", lang) in lines
    assert say("letter.settle_all", lang) not in lines
    assert say("letter.head.furthest", lang) not in cells


def test_of_a_unit_that_is_decided_nothing_is_open() -> None:
    told = {str(code): "met" for code in range(1, 11)}
    unit = ntm.Unit(id="a", level="commune", province="42")
    given = ntm.Snapshot(unit=unit, as_of="2026-06-30", findings={"vn/commune@2026-2030": told})
    result = ntm.evaluate("vn/commune", given)
    assert result.verdict is ntm.Verdict.MET
    assert say("explain.not_decisive", "vi").upper() not in result.explain("vi")
    assert say("explain.not_decisive", "vi") not in result.to_markdown("vi")


@pytest.mark.parametrize(("province", "above"), [("nghean", "Tỉnh Nghệ An"), ("tinh", "")])
def test_a_unit_above_is_called_by_its_name_or_not_at_all(province: str, above: str) -> None:
    tree = of_snapshots([snapshot(province)], ["vn/commune"]).assess()
    assert [row.parent for table in gather(tree, "vi").tables for row in table.rows] == [above]


def test_a_dossier_is_written_as_data_table_and_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = str(Path(__file__).parents[1] / "examples" / "vi_du_2026")
    for ending in ("json", "jsonl", "csv", "txt"):
        assert main(["report", folder, "-o", str(tmp_path / f"x.{ending}")]) == 0
    record = json.loads((tmp_path / "x.json").read_text(encoding="utf-8"))
    assert TreeAssessment.from_json(json.dumps(record["tree"])).units
    lines = [json.loads(line) for line in (tmp_path / "x.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [one["unit"]["id"] for one in lines[1:]] == [one["unit"]["id"] for one in record["tree"]["units"]]
    table = (tmp_path / "x.csv").read_bytes().decode("utf-8")
    assert table.startswith("\ufeffMã đơn vị,")
    assert ",chưa đạt," in table
    # The set has its code and its title, the day is written as people write it.
    first = table.splitlines()[1].split(",")
    assert "@" in first[2]
    assert "nông thôn mới" in first[3]
    assert re.fullmatch(r"\d\d/\d\d/\d{4}", first[4])
    assert "NOT_MET" not in table
    assert "HẠN CHẾ CỦA SỐ LIỆU" in (tmp_path / "x.txt").read_text(encoding="utf-8")
    assert main(["report", folder, "-o", str(tmp_path / "x.odt")]) != 0
    assert ".json" in capsys.readouterr().err


def test_a_table_of_some_communes_is_counted_by_itself_in_every_format(tmp_path: Path) -> None:
    """Nobody says the table is the whole province: the others are told of beside the count, not in it."""
    import docx
    import openpyxl

    from ntm_rules.assessment.briefing import briefing
    from ntm_rules.report import write_report
    from ntm_rules.units import register

    units = [unit.unit() for unit in register("2026-06-30", province="42") if unit.kind == "commune"][:3]
    findings = [{str(code): "met" if code > number else "not_met" for code in range(1, 11)} for number in range(3)]
    snapshots = [
        ntm.Snapshot(unit=unit, as_of="2026-06-30", findings={"vn/commune@2026-2030": found})
        for unit, found in zip(units, findings, strict=True)
    ]
    tree = of_snapshots(snapshots, ["vn/commune@2026-2030"]).assess()
    beside = "tính trên 3 xã có trong bảng; 57 xã khác của tỉnh chưa có trong bảng"
    (count,) = [one for one in tree.unit("42").counts if one.title == "vn/commune"]
    assert (count.met, count.not_met, count.unknown, count.total, count.others) == (1, 2, 0, 3, 57)
    assert TreeAssessment.from_json(tree.to_json()) == tree
    for kind in ("html", "docx", "xlsx"):
        write_report(tree, tmp_path / f"x.{kind}")
    letter = docx.Document(str(tmp_path / "x.docx"))
    cells = [cell.text for table in letter.tables for row in table.rows for cell in row.cells]
    book = openpyxl.load_workbook(tmp_path / "x.xlsx")
    texts = {
        "text": briefing(tree),
        "html": (tmp_path / "x.html").read_text(encoding="utf-8"),
        "docx": "\n".join([*(one.text for one in letter.paragraphs), *cells]),
        "xlsx": "\n".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row),
    }
    for kind, text in texts.items():
        assert text.casefold().count(beside) == 1, kind
        assert "1/60" not in text, kind
    assert all("1/3" in texts[kind] for kind in ("text", "html", "docx"))


def test_a_unit_that_lacks_nothing_is_printed_in_full_and_a_department_stands_once(tmp_path: Path) -> None:
    import openpyxl

    dossier = read_dossier(Path(__file__).parents[1] / "examples" / "vi_du_2026")
    tree = dossier.assess()
    write_report(tree, tmp_path / "x.xlsx")
    book = openpyxl.load_workbook(tmp_path / "x.xlsx")
    whole, lacking = book["Xã Một"], book["Xã Hai"]
    captions = [str(row[0].value or "") for row in whole.iter_rows(max_col=1)]
    assert not [caption for caption in captions if caption.startswith("Bản in")]
    start, end = (int(one.rpartition("$")[2]) for one in whole.print_area.partition("!")[2].split(":"))
    assert (start, end) == (3, whole.max_row)
    assert end > 40
    assert [row for row in lacking.iter_rows(max_col=1) if str(row[0].value or "").startswith("Bản in")]
