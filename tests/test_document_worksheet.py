"""From a decision's file to an overlay: what a person confirms is stated, with its place; what differs is noticed."""

from __future__ import annotations

import dataclasses
import re
import runpy
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
import pytest
from annex import Annex, Layout, save_docx, save_html, values, written
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from ntm_rules import Pack, lint, load_pack
from ntm_rules.cli import BAD_INPUT, main
from ntm_rules.document import Reading, State, draft, match, read_document
from ntm_rules.errors import PackError, SnapshotError
from ntm_rules.pack.address import Address, addressed
from ntm_rules.pack.bundle import Bundle
from ntm_rules.pack.bundling import write_bundle
from ntm_rules.pack.catalogue import Catalogue, installed
from ntm_rules.pack.condition import Comparison, Op
from ntm_rules.pack.legal import Verification
from ntm_rules.pack.threshold import Figure
from ntm_rules.pack.worksheet import apply_worksheet, write_worksheet
from ntm_rules.territory import Region

DATA = Path(__file__).parent / "data" / "documents"
PACK = load_pack("vn/commune@2021-2025")


def own_values(pack: Pack) -> dict[Address, object]:
    """The pack's own figures; where it has none, some."""
    drawn = values(pack, 5)
    for address, row in addressed(pack):
        if isinstance(row.condition, Comparison) and isinstance(row.leaf, Figure):
            drawn[address] = row.leaf.value.value
    return dict(drawn)


@pytest.fixture(scope="module")
def annex() -> Annex:
    return written(PACK, Layout(seed=2), own_values(PACK))  # type: ignore[arg-type]


def read(annex: Annex, folder: Path, pack: Pack = PACK) -> Reading:
    save_html(annex, folder / "318.html")
    return match(read_document(folder / "318.html"), pack)


def sheet_of(path: Path) -> tuple[openpyxl.Workbook, Worksheet, dict[str, int]]:
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    return book, sheet, {str(cell.value): int(cell.column or 0) for cell in sheet[1]}


def test_the_packs_own_figures_agree(annex: Annex, tmp_path: Path) -> None:
    reading = read(annex, tmp_path)
    counts = reading.counts()
    assert not reading.doubts
    assert counts[State.DIFFERS] == counts[State.NOT_IN_PACK] == 0
    assert counts[State.AGREES] > 80
    assert counts[State.NEW] > 50


def test_one_cell_confirms_all_that_agree(annex: Annex, tmp_path: Path) -> None:
    reading = read(annex, tmp_path)
    write_worksheet(PACK, tmp_path / "w.xlsx", filling=reading.filling())
    book, sheet, at = sheet_of(tmp_path / "w.xlsx")
    sheet.cell(2, at["confirmed"]).value = "khớp"
    sheet.cell(2, at["checked_by"]).value = "Nguyễn Văn A"
    book.save(tmp_path / "w.xlsx")
    (tmp_path / "o.yaml").write_text(apply_worksheet(tmp_path / "w.xlsx", "vidu/commune"), encoding="utf-8")
    after = dict(addressed(load_pack(tmp_path / "o.yaml")))
    agreeing = [found for found in reading.found if found.state is State.AGREES and found.row.leaf is not None]
    assert len(agreeing) > 50
    for found in agreeing:
        row = after[found.address]
        assert row.leaf is not None
        assert row.source.verification is Verification.STATED
        assert reading.document.digest in row.source.checked_against[0]
        assert f"nội dung {found.address.code}" in row.source.at
    for found in reading.found:
        if found.state is State.NEW:
            assert after[found.address].leaf == found.row.leaf


def test_a_row_that_differs_takes_one_cell_and_says_which(annex: Annex, tmp_path: Path) -> None:
    planted = planted_digit(annex)
    reading = read(planted, tmp_path)
    (differing,) = [found for found in reading.found if found.state is State.DIFFERS]
    write_worksheet(PACK, tmp_path / "w.xlsx", filling=reading.filling(by="Trần Thị B"))
    book, sheet, at = sheet_of(tmp_path / "w.xlsx")
    row = next(r for r in range(4, sheet.max_row + 1) if sheet.cell(r, at["reading"]).value == "khác")
    sheet.cell(row, at["confirmed"]).value = "đúng"
    book.save(tmp_path / "w.xlsx")
    with pytest.raises(PackError, match="two different values"):
        apply_worksheet(tmp_path / "w.xlsx")
    sheet.cell(row, at["confirmed"]).value = "theo văn bản"
    book.save(tmp_path / "w.xlsx")
    (tmp_path / "o.yaml").write_text(apply_worksheet(tmp_path / "w.xlsx"), encoding="utf-8")
    after = dict(addressed(load_pack(tmp_path / "o.yaml")))[differing.address].leaf
    assert isinstance(after, Figure)
    assert after.value.plain() == differing.value


def test_what_was_read_stays_what_was_read_and_where(annex: Annex, tmp_path: Path) -> None:
    """The reading changed by hand, or cited as another decision's, is not taken; one cell says who, for all rows."""
    path = tmp_path / "w.xlsx"
    reading = read(annex, tmp_path)
    write_worksheet(PACK, path, filling=reading.filling("vi"))
    for name, value, said in (
        ("read", "50 %", "this cell was changed"),
        ("decision", "02/2026/QĐ-UBND", "is said to be of 02/2026/QĐ-UBND"),
        ("checked_by", None, "write the name once into this cell"),
    ):
        book, sheet, at = sheet_of(path)
        sheet.cell(2, at["confirmed"], "khop va moi")
        sheet.cell(2, at["checked_by"], None if name == "checked_by" else "A")
        row = next(n for n in range(4, sheet.max_row + 1) if sheet.cell(n, at["reading"]).value == "khớp")
        if value:
            sheet.cell(row, at[name], value)
        book.save(tmp_path / "filled.xlsx")
        with pytest.raises(PackError) as caught:
            apply_worksheet(tmp_path / "filled.xlsx")
        assert said in caught.value.text("en")
        assert len(caught.value.problems) == 1


def test_a_sign_that_differs_is_taken_for_all_levels_of_a_content_or_for_none(annex: Annex, tmp_path: Path) -> None:
    slots = [dataclasses.replace(slot) for slot in annex.slots]
    row = next(slot.row for slot in slots if slot.text.startswith("12.1"))
    levels = [slot for slot in slots if slot.row == row and "%" in slot.text]
    for slot in levels:
        slot.text = re.sub(r"^[^\d]*([\d.,]+).*$", r"> \1%", slot.text)
    reading = read(dataclasses.replace(annex, slots=slots), tmp_path)
    differing = [found for found in reading.found if found.state is State.DIFFERS]
    assert {found.address.code for found in differing} == {"12.1"}
    assert all(found.value.startswith("> ") for found in differing)
    write_worksheet(PACK, tmp_path / "w.xlsx", filling=reading.filling(by="Trần Thị B"))
    book, sheet, at = sheet_of(tmp_path / "w.xlsx")
    rows = [r for r in range(4, sheet.max_row + 1) if sheet.cell(r, at["reading"]).value == "khác"]
    assert len(rows) == len(differing) > 1
    for index, one in enumerate(rows):
        # As the document, or the same written out.
        sheet.cell(one, at["confirmed"]).value = "theo văn bản" if index else differing[0].value
    book.save(tmp_path / "w.xlsx")
    (tmp_path / "o.yaml").write_text(apply_worksheet(tmp_path / "w.xlsx"), encoding="utf-8")
    changed = load_pack(tmp_path / "o.yaml")
    figures = dict(addressed(changed))
    for found in differing:
        condition, leaf = figures[found.address].condition, figures[found.address].leaf
        assert isinstance(condition, Comparison)
        assert isinstance(leaf, Figure)
        assert condition.op is Op.MORE_THAN
        assert f"> {leaf.value.plain()}" == found.value
    assert {a.code for a, r in addressed(PACK) if r.condition != figures[a].condition} == {"12.1"}
    # A second worksheet over the same base keeps the sign that was confirmed.
    write_worksheet(changed, tmp_path / "w2.xlsx", filling=read(annex, tmp_path, changed).filling(by="Trần Thị B"))
    book, sheet, at = sheet_of(tmp_path / "w2.xlsx")
    one = next(r for r in range(4, sheet.max_row + 1) if sheet.cell(r, at["reading"]).value == "khớp")
    sheet.cell(one, at["confirmed"]).value = "theo văn bản"
    book.save(tmp_path / "w2.xlsx")
    (tmp_path / "o2.yaml").write_text(apply_worksheet(tmp_path / "w2.xlsx"), encoding="utf-8")
    again = dict(addressed(load_pack(tmp_path / "o2.yaml")))
    assert all(again[found.address].condition == figures[found.address].condition for found in differing)

    book, sheet, at = sheet_of(tmp_path / "w.xlsx")
    sheet.cell(rows[0], at["confirmed"]).value = None
    book.save(tmp_path / "w.xlsx")
    with pytest.raises(PackError) as refused:
        apply_worksheet(tmp_path / "w.xlsx")
    (problem,) = refused.value.problems
    assert "“>” khác dấu “≥”" in problem.text("vi")
    assert ": 1 dòng khác" in problem.text("vi")


def test_accepting_without_a_look_is_named(annex: Annex, tmp_path: Path) -> None:
    reading = read(annex, tmp_path)
    write_worksheet(PACK, tmp_path / "w.xlsx", filling=reading.filling(accept=("agrees", "new"), by="Lê C"))
    text = apply_worksheet(tmp_path / "w.xlsx")
    assert text.count("--accept") >= sum(
        found.row.leaf is not None and found.state in (State.AGREES, State.NEW) for found in reading.found
    )


def planted_digit(annex: Annex) -> Annex:
    """One digit of one figure changed: 15.3, Bắc Trung Bộ, 25 to 26."""
    slots = [dataclasses.replace(slot) for slot in annex.slots]
    row = next(slot.row for slot in slots if slot.text.startswith("15.3"))
    cell = next(slot for slot in slots if slot.row == row and "25" in slot.text)
    cell.text = cell.text.replace("25", "26")
    return dataclasses.replace(annex, slots=slots)


def test_one_planted_digit_is_noticed(annex: Annex, tmp_path: Path) -> None:
    (found,) = [found for found in read(planted_digit(annex), tmp_path).found if found.state is State.DIFFERS]
    assert (found.address.code, found.address.rows, found.value) == ("15.3", (("region", "btb"),), "26 %")


@pytest.fixture(scope="module")
def district(tmp_path_factory: pytest.TempPathFactory) -> tuple[Pack, Annex, set[tuple[int, int]]]:
    """A pack of many figures without regions, its annex, and the cells whose figures all agree."""
    pack = load_pack("hatinh/district@2022-2025")
    annex = written(pack, Layout(seed=2), own_values(pack))  # type: ignore[arg-type]
    found = read(annex, tmp_path_factory.mktemp("district"), pack).found
    told = [(one.cell.cell.row, one.cell.cell.column, one.state) for one in found if one.cell is not None]
    others = {(row, column) for row, column, state in told if state is not State.AGREES}
    return pack, annex, {(row, column) for row, column, _ in told} - others


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_digit_planted_in_any_cell_is_noticed(
    data: st.DataObject, district: tuple[Pack, Annex, set[tuple[int, int]]]
) -> None:
    pack, annex, agreeing = district
    slots = [dataclasses.replace(slot) for slot in annex.slots]
    slot = data.draw(st.sampled_from([s for s in slots if (s.row, s.column) in agreeing and re.search(r"\d", s.text)]))
    place = data.draw(st.sampled_from([m.start() for m in re.finditer(r"\d", slot.text)]))
    digit = data.draw(st.sampled_from([d for d in "123456789" if d != slot.text[place]]))
    slot.text = slot.text[:place] + digit + slot.text[place + 1 :]
    with TemporaryDirectory() as folder:
        changed = read(dataclasses.replace(annex, slots=slots), Path(folder), pack).found
    here = [one for one in changed if one.cell and (one.cell.cell.row, one.cell.cell.column) == (slot.row, slot.column)]
    assert {one.state for one in here} & {State.DIFFERS, State.NOT_UNDERSTOOD}


def test_a_swapped_region_column_is_noticed(annex: Annex, tmp_path: Path) -> None:
    slots = [dataclasses.replace(slot) for slot in annex.slots]
    one, other = (next(s for s in slots if s.row == 1 and s.text == name) for name in ("Bắc Trung Bộ", "Tây Nguyên"))
    one.text, other.text = other.text, one.text
    reading = read(dataclasses.replace(annex, slots=slots), tmp_path)
    differing = {row for found in reading.found if found.state is State.DIFFERS for row in found.address.rows}
    assert {("region", "btb"), ("region", "tn")} <= differing
    assert {region for axis, region in differing if axis == "region"} == {"btb", "tn"}


def test_a_row_of_another_criterion_is_noticed(annex: Annex, tmp_path: Path) -> None:
    slots = [dataclasses.replace(slot) for slot in annex.slots]
    one, other = (next(s for s in slots if s.text.startswith(code)) for code in ("15.3.", "15.1."))
    one.text = other.text.replace("15.1.", "15.3.")
    reading = read(dataclasses.replace(annex, slots=slots), tmp_path)
    found = [f for f in reading.found if f.address.code == "15.3" and f.row.version is None]
    assert {f.state for f in found} == {State.NOT_UNDERSTOOD}
    assert found[0].note is not None
    assert "15.1" in found[0].note.text("en")


def test_an_annex_of_2016_2020_is_asked_about(annex: Annex, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    head = [
        text.replace("318/QĐ-TTg", "1980/QĐ-TTg").replace("2021-2025", "2016-2020").replace("năm 2022", "năm 2016")
        for text in annex.head
    ]
    old = dataclasses.replace(annex, head=head)
    keys = {doubt.key for doubt in read(old, tmp_path).doubts}
    assert {"document.other_decision", "document.other_period"} <= keys
    call = ["packs", "read", str(tmp_path / "318.html"), "--pack", PACK.reference, "-o", str(tmp_path / "w.xlsx")]
    assert main(call) == BAD_INPUT
    assert "--another-decision" in capsys.readouterr().err
    assert not (tmp_path / "w.xlsx").exists()
    assert main([*call, "--another-decision"]) == 0
    assert (tmp_path / "w.xlsx").exists()


def test_the_annex_of_another_set_of_the_same_decision_is_asked_about(
    annex: Annex, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """318/QĐ-TTg sets the commune's criteria and the advanced commune's, with the same codes for other things."""
    reading = read(annex, tmp_path, load_pack("vn/commune-advanced@2021-2025"))
    assert reading.another
    assert [doubt.key for doubt in reading.doubts] == ["document.other_title", "document.other_set"]
    call = ["packs", "read", str(tmp_path / "318.html"), "--pack", "vn/commune-advanced@2021-2025"]
    assert main([*call, "-o", str(tmp_path / "w.xlsx"), "--accept", "agrees,new", "--by", "A"]) == BAD_INPUT
    assert "chỉ 8 trên 57 nội dung" in capsys.readouterr().err


def test_a_column_nobody_can_make_out_is_not_read(annex: Annex, tmp_path: Path) -> None:
    slots = [dataclasses.replace(slot) for slot in annex.slots]
    next(s for s in slots if s.row == 1 and s.text == "Tây Nguyên").text = "Khu vực khác"
    reading = read(dataclasses.replace(annex, slots=slots), tmp_path)
    assert "document.unknown_column" in {doubt.key for doubt in reading.doubts}
    regional = [f for f in reading.found if ("region", "tn") in f.address.rows]
    assert regional
    # What the pack has from the amending decision is none of this one's.
    assert {f.state for f in regional} <= {State.NOT_IN_DOCUMENT, State.NOT_UNDERSTOOD, State.ELSEWHERE}
    assert not any(f.value for f in regional)


def test_of_two_annexes_the_packs_own_is_taken(annex: Annex, tmp_path: Path) -> None:
    advanced = load_pack("vn/commune-advanced@2021-2025")
    other = written(advanced, Layout(seed=2), values(advanced, 5))
    save_html(annex, tmp_path / "one.html")
    save_html(other, tmp_path / "two.html")
    first, second = ((tmp_path / name).read_text(encoding="utf-8") for name in ("one.html", "two.html"))
    both = first.replace("</body></html>", second.partition("<body>")[2].replace("PHỤ LỤC I<", "PHỤ LỤC II<"))
    (tmp_path / "both.html").write_text(both, encoding="utf-8")
    alone, together = (match(read_document(tmp_path / name), PACK) for name in ("one.html", "both.html"))
    assert together.counts() == alone.counts()
    assert "document.other_annexes" in {doubt.key for doubt in together.doubts}


def test_the_officers_way(annex: Annex, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """From 318.docx to an evaluation at --trust stated, by the commands of the how-to."""
    save_docx(annex, tmp_path / "318.docx")
    (tmp_path / "commune.yaml").write_text(
        "unit: {id: ky-phu, name: Xã Kỳ Phú, level: commune, province: hatinh, region: btb}\nas_of: 2023-08-17\n"
        "measures: {child_stunting_rate: 30 %}\n",
        encoding="utf-8",
    )
    names = {name: str(tmp_path / name) for name in ("318.docx", "w.xlsx", "o.yaml", "commune.yaml")}
    read_it = ["packs", "read", names["318.docx"], "--pack", PACK.reference, "-o", names["w.xlsx"]]
    assert main([*read_it, "--accept", "agrees,new", "--by", "Nguyễn Văn A"]) == 0
    assert main(["packs", "apply", names["w.xlsx"], "-o", names["o.yaml"]]) == 0
    assert main(["evaluate", names["commune.yaml"], "--pack", names["o.yaml"], "--trust", "stated"]) == 1
    said = capsys.readouterr().out
    assert "15.3" in said


def test_the_officers_way_with_two_cells_filled_by_hand(
    annex: Annex, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The example of the how-to, with a stand-in of the full decision: 57 indicators, seven regions."""
    assert sum(1 for indicator in PACK.indicators()) == 57
    assert {label for address in annex.expected for axis, label in address.rows if axis == "region"} == set(Region)
    save_docx(annex, tmp_path / "318.docx")
    officer = runpy.run_path(str(Path(__file__).parents[1] / "examples" / "officer.py"))
    assert len(officer["way"](tmp_path / "318.docx", PACK.reference, tmp_path)) == 4
    checked = load_pack(tmp_path / "checked.yaml")
    stated = [row for row in checked.figures() if row.source.verification is Verification.STATED]
    assert len(stated) > 150
    said = capsys.readouterr().out
    assert re.search(r"318/QĐ-TTg, PHỤ LỤC I, bảng 1, nội dung [\d.]+, cột .*\(theo văn bản\)", said)


def test_the_page_of_a_draft_is_not_written_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "page.html").write_text("một trang khác", encoding="utf-8")
    call = ["packs", "draft", str(DATA / "vi_du_theo_vung.docx"), "--id", "vidu/vung"]
    made = ["-o", str(tmp_path / "draft.yaml"), "--page", str(tmp_path / "page.html")]
    assert main([*call, *made]) == BAD_INPUT
    assert "--force" in capsys.readouterr().err
    assert not (tmp_path / "draft.yaml").exists()
    assert (tmp_path / "page.html").read_text(encoding="utf-8") == "một trang khác"
    assert main([*call, *made, "--force"]) == 0
    assert "Nội dung cần người xem: 2.2, 3.1, 5.1, 6.2, 6.3" in capsys.readouterr().out


def test_a_draft_of_a_law_no_installed_set_repeats(tmp_path: Path) -> None:
    """Without the packs of 2026-2030 measures are proposed by other wordings alone, or made anew; no figure changes."""
    vn = next(bundle for bundle in installed().bundles if bundle.namespace == "vn")
    shutil.copytree(vn.root, tmp_path / "vn", ignore=shutil.ignore_patterns("*@2026-2030.yaml", "situations"))
    shelf = Catalogue((Bundle("vn", tmp_path / "vn"),))
    made = draft(read_document(DATA / "qd_51_2025_ttg.docx"), "vidu/commune", catalogue=shelf)
    known = draft(read_document(DATA / "qd_51_2025_ttg.docx"), "vidu/commune")
    assert any(proposal.score == 0 for proposal in made.proposals)
    assert made.reading.counts()[State.DIFFERS] == 0
    # Nothing is hidden: what is proposed by other words is listed beside what is to be seen in any case.
    assert set(made.to_see) == set(known.to_see) | {proposal.code for proposal in made.alike}
    assert [finding.text() for finding in lint(made.pack, catalogue=shelf)] == []


def test_the_draft_of_the_law_loads_without_mistakes() -> None:
    made = draft(read_document(DATA / "qd_51_2025_ttg.docx"), "vidu/commune")
    assert made.pack.title.vi == "Bộ tiêu chí quốc gia về xã nông thôn mới giai đoạn 2026 - 2030"
    assert (len(made.pack.criteria), sum(1 for _ in made.pack.indicators())) == (10, 47)
    assert [finding.text() for finding in lint(made.pack)] == []
    assert made.reading.counts()[State.DIFFERS] == 0
    assert all(row.source.verification is Verification.RECALLED for row in made.pack.figures())
    poverty = made.pack["6.1"].requires
    assert made.text.count("2 %") >= 1
    assert isinstance(poverty, Comparison)
    # What the law says in prose is a person's to settle, and its words are kept.
    assert set(made.prose) == {"1.1", "2.1", "2.2", "2.5", "3.1", "3.4", "3.5", "6.3", "6.6", "6.7", "8.4", "9.1"}
    assert "≥65%" in made.pack["6.3"].note.vi


def test_a_bundle_installs_and_passes_its_tests(annex: Annex, tmp_path: Path) -> None:
    reading = read(annex, tmp_path)
    write_worksheet(PACK, tmp_path / "w.xlsx", filling=reading.filling(accept=("agrees",), by="A"))
    (tmp_path / "commune.yaml").write_text(apply_worksheet(tmp_path / "w.xlsx", "vidu/commune"), encoding="utf-8")
    files = write_bundle([tmp_path / "commune.yaml"], tmp_path / "ntm-packs-vidu")
    module = "ntm_packs_vidu"
    names = {str(file.relative_to(tmp_path / "ntm-packs-vidu")) for file in files} - {"pyproject.toml", "README.md"}
    assert names == {"tests/test_packs.py", f"{module}/__init__.py", f"{module}/commune@2021-2025.yaml"}
    readme = (tmp_path / "ntm-packs-vidu" / "README.md").read_text(encoding="utf-8")
    # Checked against this decision, not against every one the set rests on; and by whom is not left out.
    assert "checked against the decision (318/QĐ-TTg" in readme
    assert "131/2025/NĐ-CP" not in readme
    assert "accepted without a look at each row" in readme
    shelf = Catalogue((*installed().bundles, Bundle("vidu", tmp_path / "ntm-packs-vidu" / module)))
    assert shelf.load("vidu/commune").reference == "vidu/commune@2021-2025"
    compile((tmp_path / "ntm-packs-vidu" / "tests" / "test_packs.py").read_text(encoding="utf-8"), "test", "exec")
    with pytest.raises(PackError, match="not empty"):
        write_bundle([tmp_path / "commune.yaml"], tmp_path / "ntm-packs-vidu")
    (tmp_path / "other.yaml").write_text(apply_worksheet(tmp_path / "w.xlsx"), encoding="utf-8")
    with pytest.raises(PackError, match="two parts"):
        write_bundle([tmp_path / "other.yaml"], tmp_path / "elsewhere")


@pytest.mark.parametrize("by", ["", "  "])
def test_nobody_unnamed_accepts_a_reading_in_python_either(by: str, annex: Annex, tmp_path: Path) -> None:
    reading = read(annex, tmp_path, PACK)
    with pytest.raises(SnapshotError, match="--by"):
        reading.filling(accept=("agrees",), by=by)
    write_worksheet(PACK, tmp_path / "w.xlsx", filling=reading.filling())
    with pytest.raises(PackError):
        apply_worksheet(tmp_path / "w.xlsx")
    assert apply_worksheet(tmp_path / "w.xlsx", must_confirm=False)
