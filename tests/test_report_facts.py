"""Every kind of report on a dossier says the same: counts, targets, failures, contradictions, notes, limits.

Three dossiers: a province as it was, one under the set of today, and communes whose facts contradict each other and
that hold titles they would not meet today.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from told import words

import ntm_rules as ntm
from ntm_rules.assessment.briefing import has_facts
from ntm_rules.assessment.check import MeasureCheck
from ntm_rules.assessment.model import leaves
from ntm_rules.assessment.tree import TreeAssessment
from ntm_rules.dossier import Dossier, bundled, of_snapshots, read_dossier
from ntm_rules.messages import Text, grouped

pytest.importorskip("altair", reason="the extra `report` is not installed")
pytest.importorskip("docx", reason="the extra `report` is not installed")

from ntm_rules.report import write_report
from ntm_rules.report.gather import gather
from ntm_rules.report.record import to_lines, to_record
from ntm_rules.report.summary import full_text
from ntm_rules.report.wording import shortened

# A workbook has a cell for each number.
SEPARATOR = {".html": "/", ".docx": "/", "text": "/", ".xlsx": " "}


def _told(text: str) -> str:
    """Words alone: a sentence may begin with a capital in one kind of report and not in another."""
    return re.sub(r"\s+", " ", text).casefold().replace(" /", "/")


def _facts(tree: TreeAssessment, plan: Any, notes: Any, kind: str) -> Iterator[tuple[str, str]]:
    """What every kind of report has to tell, and what sort of fact it is."""
    separator = SEPARATOR[kind]
    for top in (one for one in tree.units if not one.parent):
        for count in (one for one in top.counts if one.total):
            yield (
                "count",
                separator.join(str(n) if kind == ".xlsx" else grouped(n, "vi") for n in (count.met, count.total)),
            )
            yield from (("contradiction", one.text("vi")) for one in count.contradictions)
            yield from (("doubted", name) for name in count.doubted_names)
            yield from (("exempt", f"{name}: {why}") for name, why in count.exempt)
    for target in plan:
        yield "target", target.text.text("vi")
        if target.status in ("open", "missed"):
            # A sentence says of what may be reached already how much may be missing; tables say from 0 to that.
            maybe = kind == "text" and target.told_as == "maybe"
            yield "missing", f"còn thiếu tới {target.missing}" if maybe else target.more_needed("vi")
    for standing in tree.units:
        for title, assessment in standing.assessments.items():
            if has_facts(assessment) and assessment.verdict is ntm.Verdict.NOT_MET:
                yield "unit", assessment.unit.name
                prerequisites = {one.code for one in assessment.prerequisites}
                # The letter names prerequisites in words: their numbers are ours.
                failed = assessment.failures()
                yield from (
                    ("failed", shortened(one.text.text("vi")) if one.code in prerequisites else one.code)
                    for one in failed
                )
            elif not has_facts(assessment) and (standing.holds(title) or tree.told(standing.unit.id, title)):
                yield "unit without figures", assessment.unit.name
            for conflict in assessment.conflicts():
                # What contradicts itself is told once, whatever it is said about.
                yield (
                    "conflict",
                    conflict.detail.text("vi") if conflict.detail else conflict.text("vi").partition(": ")[2],
                )
            if kind != "text" and has_facts(assessment):
                # Whoever owes something is told of, whether or not anybody concluded on the unit yet.
                for agency, work in assessment.by_agency().items():
                    yield from ([("owing", agency)] if agency and (work.failed or work.to_conclude) else [])
            if has_facts(assessment) and assessment.group and assessment.unit.group is None:
                yield "group", "tỉnh chưa có quyết định xếp nhóm"
            for failed in (one for one in assessment.indicators() if one.verdict is ntm.Verdict.NOT_MET):
                between = "kết quả: " if kind == ".html" else ""
                parts = [leaf for leaf in leaves(failed.check) if isinstance(leaf, MeasureCheck)]
                if len(parts) > 1 and kind != ".xlsx":
                    # Which of its figures an indicator fails by is said, not left to what it names first.
                    yield from (
                        ("part", f"{part.name.text('vi')}: {between}{part.observed[0].value.text('vi')}")
                        for part in parts
                        if part.verdict is ntm.Verdict.NOT_MET and part.observed and part.name != failed.text
                    )
            if kind in (".html", ".docx") and has_facts(assessment):
                for item in assessment.indicators():
                    yield from (("decision", citation.number) for citation in item.citations())
    yield from (("note", note.text("vi")) for note in notes.values())
    yield from (("unused", one.text("vi")) for one in tree.unused)
    for title in {pack for one in tree.units for pack in one.assessments}:
        if any(one.assessments[title].incomplete for one in tree.units if title in one.assessments):
            yield "partly transcribed", "mới nhập một phần"
    judged = [one for standing in tree.units for one in standing.assessments.values() if has_facts(one)]
    if any(one.unverified() for one in judged):
        yield "unverified", "chưa được đối chiếu với văn bản"


def noted(dossier: Dossier, tree: TreeAssessment) -> Dossier:
    """With notes on a unit at the top and on one without figures."""
    silent = [one.unit.id for one in tree.units if one.parent and not any(map(has_facts, one.assessments.values()))]
    extra = {(unit, ""): Text("Chưa gửi số liệu.", "No figures sent.") for unit in silent[:1]}
    top = next(one.unit.id for one in tree.units if not one.parent)
    return dossier._replace(notes={**dossier.notes, **extra, (top, ""): Text("Giải trình sau.", "To be explained.")})


def contradicted() -> Dossier:
    """Communes with facts against facts, and with titles in force that today's facts do not bear out."""
    day, pack = "2023-12-31", "vn/commune@2021-2025"
    every = {f"P{code}": "met" for code in range(1, 4)} | {str(code): "met" for code in range(1, 20)}
    title = {"pack": "vn/commune", "decision": "99/QĐ-UBND", "on": "2022-05-04"}
    given: list[tuple[str, dict[str, Any], list[dict[str, str]]]] = [
        ("Nghi Lâm", {"2": "met", "2.1": "not_met", "4": "met", "4.1": "not_met"}, []),
        ("Nghi Kiều", every | {"5": {"finding": "not_met", "by": "Sở Xây dựng"}}, [title]),
        ("Nghi Thịnh", {}, [title]),
        ("Nghi Long", every, []),
    ]
    return of_snapshots(
        [
            ntm.Snapshot(
                unit=ntm.Unit(id=name, name=f"Xã {name}", level="commune", province="nghean", region="btb"),
                as_of=day,
                findings={pack: findings},
                recognitions=titles,
            )
            for name, findings, titles in given
        ],
        ["vn/commune"],
    )


DOSSIERS = {
    "Hà Tĩnh 2023": lambda: read_dossier(bundled()),
    "the set of 2026": lambda: read_dossier(bundled(2026)),
    "contradicted": contradicted,
}


@pytest.fixture(scope="module", params=DOSSIERS)
def every_kind(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[tuple[TreeAssessment, Any, Any], dict[str, str]]:
    """A dossier in every kind of report."""
    dossier = DOSSIERS[request.param]()
    tree = dossier.assess()
    dossier = noted(dossier, tree)
    plan, folder, told = dossier.check_plans(tree), tmp_path_factory.mktemp("report"), {}
    for kind in (".html", ".xlsx", ".docx"):
        path = folder / f"report{kind}"
        write_report(tree, path, plan=plan, title=dossier.title.text("vi"), notes=dossier.notes)
        told[kind] = words(path)
    told["text"] = full_text(dossier, tree, "vi")
    told["json"] = to_record(dossier, tree)
    told["lines"] = "".join(to_lines(dossier, tree))
    return (tree, plan, dossier.notes), told


@pytest.mark.parametrize("kind", [".html", ".xlsx", ".docx", "text"])
def test_every_kind_of_report_tells_the_same_facts(kind: str, every_kind: tuple[Any, dict[str, str]]) -> None:
    """Counts, targets and how far off, what is failed, contradictions, notes, units that only reports name, limits."""
    (tree, plan, notes), told = every_kind
    text = _told(told[kind])
    missing = [(sort, fact) for sort, fact in _facts(tree, plan, notes, kind) if _told(fact) not in text]
    assert list(dict.fromkeys(missing)) == []


def test_the_record_holds_what_the_reports_tell(every_kind: tuple[Any, dict[str, str]]) -> None:
    """JSON keeps codes and both languages; read back, it is the same tree, plan and notes."""
    (tree, plan, notes), told = every_kind
    text = told["json"]
    # The tree is most of it, and is read once, by its own reader.
    record = {name: bytes(part) for name, part in msgspec.json.decode(text, type=dict[str, msgspec.Raw]).items()}
    assert TreeAssessment.from_json(record["tree"]) == tree
    targets, noted = json.loads(record["plan"]), json.loads(record["notes"])
    assert [one["missing"] for one in targets] == [one.missing for one in plan]
    assert [one["status"] for one in targets] == [one.status for one in plan]
    assert {(one["unit"], one["pack"]) for one in noted} == set(notes)
    facts = [
        fact for sort, fact in _facts(tree, plan, notes, ".docx") if sort in ("contradiction", "note", "unit", "exempt")
    ]
    parts = [fact.partition(": ")[0] if ": " in fact else fact for fact in facts]
    assert [part for part in parts if json.dumps(part, ensure_ascii=False)[1:-1] not in text] == []


def test_the_record_line_by_line_has_what_facts_speak_to(every_kind: tuple[Any, dict[str, str]]) -> None:
    """Every unit with its verdicts; the words of the law once for each unit that facts speak of, not for every one."""
    (tree, plan, notes), told = every_kind
    head, *units = [json.loads(line) for line in told["lines"].splitlines()]
    assert [one["missing"] for one in head["plan"]] == [one.missing for one in plan]
    assert len(head["notes"]) == len(notes)
    assert [one["unit"]["id"] for one in units] == [one.unit.id for one in tree.units]
    for line, standing in zip(units, tree.units, strict=True):
        assert line.get("verdicts", {}) == {pack: standing.verdict(pack) for pack in standing.assessments}
        told_of = {pack for pack, one in standing.assessments.items() if has_facts(one)}
        assert set(line.get("assessments", {})) == told_of
    first = next(one for one in units if "assessments" in one)
    for pack, one in first["assessments"].items():
        same = next(s for s in tree.units if s.unit.id == first["unit"]["id"]).assessments[pack]
        assert ntm.Assessment.from_json(json.dumps(one)) == same
    assert len(told["lines"]) < 40_000 * len(units) + 300_000 * sum(len(one.get("assessments", {})) for one in units)


def test_a_unit_judged_by_figures_alone_owes_as_others_do() -> None:
    """Work is what failed or is open, not only what stands beside conclusions."""
    tree = read_dossier(bundled(2026)).assess()
    works = gather(tree, "vi").work
    failed = {(work.unit, code): work.agency for work in works for code in work.failed}
    assert failed["Xã Hai", "6.1"] == failed["Xã Bốn", "6.1"] == "Bộ Nông nghiệp và Môi trường"
    # Department by department: none comes again after another.
    told = [work.agency for work in works]
    assert [one for n, one in enumerate(told) if not n or told[n - 1] != one] == list(dict.fromkeys(told))


def test_a_sheet_judges_every_part_by_itself(tmp_path: Path) -> None:
    """A part that is met is not called failed because the indicator is; the indicator has a row of its own."""
    from openpyxl import load_workbook

    path = tmp_path / "report.xlsx"
    write_report(read_dossier(bundled(2026)).assess(), path)
    sheet = load_workbook(path)["Xã Hai"]
    end = sheet.auto_filter.ref.rpartition("K")[2]
    rows = [row for row in sheet.iter_rows(min_row=3, max_row=int(end), values_only=True) if row[0] == "6.3"]
    assert [(row[3], row[5], row[6]) for row in rows] == [
        (None, None, "chưa đạt"),
        (75, 70, "chưa đạt"),
        (40, 80, "đạt"),
    ]


def test_no_number_of_a_sheet_is_longer_than_its_column(tmp_path: Path) -> None:
    """A rate that was computed has a dozen decimals: it is shown as texts show it, and its cell keeps them all."""
    from openpyxl import load_workbook
    from openpyxl.utils import get_column_letter

    path = tmp_path / "report.xlsx"
    write_report(read_dossier(bundled(2026)).assess(), path)
    book = load_workbook(path)
    rates = set()
    for sheet in book.worksheets[1:]:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, float) and cell.number_format != "General":
                    places = len(cell.number_format.partition(".")[2])
                    assert places <= 4 or abs(cell.value) < 0.0001
                    width = sheet.column_dimensions[get_column_letter(cell.column)].width
                    assert len(f"{cell.value:,.{places}f}") + cell.number_format.find("#") < width
                    rates.add((cell.number_format, round(cell.value, 6)))
    assert ('"≈ "#,##0.0000', 8.62069) in rates


def test_every_agency_the_packs_name_has_an_english_name() -> None:
    from ntm_rules.agencies import agency_in

    packs = [ntm.load_pack(one.reference) for one in ntm.packs()]
    named = {item.agency for pack in packs for item in pack.indicators() if item.agency}
    assert len(named) > 15
    # Words only Vietnamese has; names of places keep their marks.
    vietnamese = re.compile(r"\b(Bộ|Sở|Hội|Cơ quan|UBND|cấp|Trung ương|Ủy ban)\b")
    assert not [one for one in named if vietnamese.search(agency_in(one, "en"))]
    assert agency_in("Sở Tài chính, Sở Y tế", "en") == "the Department of Finance, the Department of Health"


def test_a_unit_that_lacks_nothing_prints_its_table(tmp_path: Path) -> None:
    """Nothing is announced on paper that does not follow."""
    from openpyxl import load_workbook

    path = tmp_path / "report.xlsx"
    write_report(read_dossier(bundled(2026)).assess(), path)
    sheet = load_workbook(path)["Xã Một"]
    said = [str(row[0]) for row in sheet.iter_rows(values_only=True)]
    assert not any(one.startswith("Bản in") for one in said)
    assert sheet.print_area.endswith(f"$A$3:$J${len(said)}")
