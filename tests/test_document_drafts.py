"""Drafts of decisions that number and divide as no installed set does: nothing is put together, nothing left out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

import ntm_rules as ntm
from ntm_rules.document import Document, DocumentError, Draft, State, draft, match, read_document
from ntm_rules.pack.threshold import Figure


def decision(folder: Path, heading: Sequence[str], *rows: Sequence[str], before: str = "") -> Document:
    path = folder / "a.html"
    body = "".join(f"<tr>{''.join(f'<td>{text}' for text in row)}" for row in (heading, *rows))
    path.write_text(f'<meta charset="utf-8">{before}<table>{body}</table>', encoding="utf-8")
    return read_document(path)


def drafted(folder: Path, heading: Sequence[str], *rows: Sequence[str]) -> Draft:
    return draft(decision(folder, heading, *rows), "vidu/commune")


@pytest.mark.parametrize(
    ("numbers", "codes"),
    [
        (("I", "I", "II"), [("I", ["I.1", "I.2"]), ("II", ["II"])]),
        (("1", "1", "2"), [("1", ["1.1", "1.2"]), ("2", ["2"])]),
        (("", "", ""), [("1", ["1.1", "1.2"]), ("2", ["2.1"])]),
    ],
)
def test_contents_without_codes_stay_in_their_criterion(
    numbers: Sequence[str], codes: list[tuple[str, list[str]]], tmp_path: Path
) -> None:
    texts = [("Hạ tầng", "Tỷ lệ hộ dùng điện"), ("Hạ tầng", "Tỷ lệ hộ dùng nước"), ("Đời sống", "Tỷ lệ hộ nghèo")]
    rows = [(number, title, text, "≤ 2%") for number, (title, text) in zip(numbers, texts, strict=True)]
    made = drafted(tmp_path, ("TT", "Tên tiêu chí", "Nội dung tiêu chí", "Chỉ tiêu"), *rows)
    assert [(c.code, [i.code for i in c.indicators]) for c in made.pack.criteria] == codes
    assert [c.title.vi for c in made.pack.criteria] == ["Hạ tầng", "Đời sống"]
    assert made.reading.counts()[State.AGREES] == 3


def test_a_roman_number_of_a_part_is_not_the_criterion_of_coded_contents(tmp_path: Path) -> None:
    made = drafted(tmp_path, ("TT", "Nội dung tiêu chí", "Chỉ tiêu"), ("I", "3.1. Tỷ lệ hộ dùng điện", "≥ 99%"))
    assert [c.code for c in made.pack.criteria] == ["3"]


@pytest.mark.parametrize(("level", "unit", "asked"), [("≥ 12", "item", True), ("≥ 12 mô hình", "model", False)])
def test_a_level_without_a_unit_asks_what_is_counted(level: str, unit: str, asked: bool, tmp_path: Path) -> None:
    row = ("3", "3.1. Vườn ươm cây bản địa được chăm sóc thường xuyên", level)
    made = drafted(tmp_path, ("TT", "Nội dung tiêu chí", "Chỉ tiêu"), row)
    (measure,) = made.pack.measures
    assert measure.unit == unit
    assert measure.note is not None
    assert ("không ghi đơn vị" in measure.note.vi) is asked


OWN = ("TT", "Nội dung tiêu chí", "Xã đồng bằng", "Xã miền núi, hải đảo")


@pytest.mark.parametrize("groups", [OWN[2:], ("Khu vực I", "Khu vực II, III"), ("Nhóm A", "Nhóm B")])
def test_a_provinces_own_groups_are_proposed_as_an_attribute(groups: Sequence[str], tmp_path: Path) -> None:
    made = drafted(tmp_path, ("TT", "Nội dung tiêu chí", *groups), ("1", "1.1. Tỷ lệ hộ dùng điện", "≥ 99%", "≥ 95%"))
    figures = {row.rows: row.leaf.value.text() for row in made.pack.figures() if isinstance(row.leaf, Figure)}
    assert figures == {(("own_group", groups[0]),): "99 %", (("own_group", groups[1]),): "95 %"}
    assert list(made.pack.attributes) == ["own_group"]
    assert groups[0] in made.pack.notes[-1].vi
    assert made.reading.counts()[State.AGREES] == 2
    assert [finding for finding in ntm.lint(made.pack) if finding.severity == "error"] == []


def test_columns_nobody_can_make_out_are_named_with_what_to_do(tmp_path: Path) -> None:
    row = ("12", f"12.1. {ntm.load_pack('vn/commune@2021-2025')['12.1'].text.vi}", "≥ 70%", "≥ 60%")
    with pytest.raises(DocumentError) as refused:
        match(decision(tmp_path, OWN, row), ntm.load_pack("vn/commune@2021-2025"))
    assert "Xã đồng bằng; Xã miền núi, hải đảo" in refused.value.text("vi")
    assert "packs draft" in refused.value.text("vi")
    with pytest.raises(DocumentError, match="Mức cũ; Mức mới"):
        drafted(tmp_path, (*OWN[:2], "Mức cũ", "Mức mới"), row)


def test_a_group_of_ones_own_beside_known_columns_is_not_read_as_anothers(tmp_path: Path) -> None:
    pack = ntm.load_pack("vn/commune@2021-2025")
    row = ("12", f"12.1. {pack['12.1'].text.vi}", "≥ 70%", "≥ 60%")
    read = match(decision(tmp_path, (*OWN[:2], "Bắc Trung Bộ", "Xã miền núi"), row), pack)
    states = {found.address.rows: found.state for found in read.found if found.address.code == "12.1"}
    assert states[("region", "btb"),] is State.AGREES
    assert set(states.values()) == {State.AGREES, State.NOT_UNDERSTOOD}
    assert "document.unknown_column" in {doubt.key for doubt in read.doubts}


@pytest.mark.parametrize(("name", "region"), [("BTB", "btb"), ("DHNTB", "dhntb"), ("ĐBSCL", "dbscl")])
def test_short_names_of_regions(name: str, region: str, tmp_path: Path) -> None:
    pack = ntm.load_pack("vn/commune@2021-2025")
    read = match(decision(tmp_path, (*OWN[:2], name), ("12", f"12.1. {pack['12.1'].text.vi}", "≥ 70%")), pack)
    assert {found.address.rows for found in read.found if found.state is State.AGREES} == {(("region", region),)}


@pytest.mark.parametrize("words", ["Không", "không.", "KHÔNG"])
def test_no_beside_something_to_be_had_is_no_level_of_nought(words: str, tmp_path: Path) -> None:
    heading = ("TT", "Nội dung tiêu chí", "Mức đạt chuẩn")
    rows = [("5.1", "Có mô hình camera an ninh", words), ("5.2", "Số vụ phạm tội", words)]
    made = drafted(tmp_path, heading, *rows)
    assert made.prose == ("5.1",)
    assert "5.1" in made.to_see
    assert "at_most" not in made.pack["5.1"].requires.model_dump_json(exclude_none=True)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Tỷ lệ người dân tham gia bảo hiểm y tế tự nguyện", ("tự", "nguyện")),
        ("Tỷ lệ người dân tham gia BHYT", ()),
    ],
)
def test_a_measure_that_is_only_alike_is_listed_for_a_person(text: str, words: tuple[str, ...], tmp_path: Path) -> None:
    rows = f"<tr><td>TT<td>Nội dung tiêu chí<td>Chỉ tiêu<tr><td>1<td>1.1. {text}<td>≥ 95%"
    page = tmp_path / "a.html"
    page.write_text(f"<meta charset='utf-8'><p>Số: 9/QĐ-UBND</p><table>{rows}</table>", encoding="utf-8")
    made = draft(read_document(page), "vidu/commune")
    (proposal,) = made.proposals
    assert set(proposal.apart) == set(words)
    assert made.to_see == (("1.1",) if words else ())
    note = made.pack["1.1"].note
    assert all(note is not None and word in note.vi for word in words)


def test_a_column_without_a_heading_is_named_by_its_number(tmp_path: Path) -> None:
    rows = "<tr><td>TT<td>Nội dung tiêu chí<td>Chỉ tiêu<td><tr><td>1<td>1.1. Tỷ lệ nghèo đa chiều<td>≤ 5%<td>≤ 9%"
    page = tmp_path / "a.html"
    page.write_text(f"<meta charset='utf-8'><p>Số: 9/QĐ-UBND</p><table>{rows}</table>", encoding="utf-8")
    doubts = draft(read_document(page), "vidu/commune").reading.doubts
    assert any("“#4”" in doubt.text("vi") for doubt in doubts)
