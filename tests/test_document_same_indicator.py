"""A row is an indicator's only where nothing in its wording, its code or its neighbours says otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest

from ntm_rules import load_pack
from ntm_rules.document import DocumentError, Found, Reading, State, match, read_document
from ntm_rules.wordings import apart

PACK = load_pack("vn/commune@2021-2025")
TRAINED, CERTIFIED = PACK["12.1"].text.vi, PACK["12.2"].text.vi


def reading(folder: Path, *rows: tuple[str, str]) -> Reading:
    heading = "<tr><td>TT<td>Tên tiêu chí<td>Nội dung tiêu chí<td>Chỉ tiêu"
    body = "".join(f"<tr><td>12<td>Lao động<td>{content}<td>{level}" for content, level in rows)
    path = folder / "a.html"
    path.write_text(f'<meta charset="utf-8"><table>{heading}{body}</table>', encoding="utf-8")
    return match(read_document(path), PACK)


def figure(read: Reading, code: str) -> Found:
    """The figure of the first region."""
    return next(found for found in read.found if found.address.code == code)


@pytest.mark.parametrize(
    ("plain", "other", "word"),
    [
        ("qua đào tạo", "chưa qua đào tạo", "không"),
        ("Tỷ lệ lao động", "Tỷ lệ lao động nữ", "nữ"),
        ("lao động", "lao động nông nghiệp", "nông nghiệp"),
        ("Tỷ lệ", "Số", "số"),
        ("qua đào tạo", "qua đào tạo (trừ người cao tuổi)", "trừ"),
    ],
)
def test_wordings_that_say_another_thing_agree_with_nothing(plain: str, other: str, word: str, tmp_path: Path) -> None:
    found = figure(reading(tmp_path, (f"12.1. {TRAINED.replace(plain, other)}", "≥ 70%")), "12.1")
    assert found.state is State.NOT_UNDERSTOOD
    assert found.value == ""
    assert found.note is not None
    assert f"“{word}" in found.note.text("vi")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Tỷ lệ lao động qua đào tạo", "Tỷ lệ lao động qua đào tạo (áp dụng cho cả nam và nữ)"),
        ("Tỉ lệ hộ nghèo", "Tỷ lệ hộ nghèo"),
        ("Tỷ lệ hộ đạt tiêu chuẩn Việt Nam", "Tỷ lệ hộ đạt tiêu chuẩn"),
    ],
)
def test_wordings_that_say_the_same(one: str, other: str) -> None:
    assert apart(one, other) == apart(other, one) == ()


@pytest.mark.parametrize(
    ("number", "name", "text", "said"),
    [
        ("12", "Lao động", "12.1. Tỷ lệ đào tạo qua lao động", "“đào tạo qua lao động”"),
        ("12", "Thu nhập", f"12.1. {TRAINED}", "“Thu nhập”"),
        ("12", "Hộ nghèo", f"12.1. {TRAINED}", "“Hộ nghèo”"),
        ("13", "Lao động", f"12.1. {TRAINED}", "“13”"),
        ("XII", "Lao động", f"12.1. {TRAINED}", ""),
        ("12.1", "Lao động", f"12.1. {TRAINED}", ""),
    ],
)
def test_a_row_under_another_criterion_agrees_with_nothing(
    number: str, name: str, text: str, said: str, tmp_path: Path
) -> None:
    """Nor one with the words of its indicator in another order."""
    heading = "<tr><td>TT<td>Tên tiêu chí<td>Nội dung tiêu chí<td>Chỉ tiêu"
    row = f"<tr><td>{number}<td>{name}<td>{text}<td>≥ 70%"
    (tmp_path / "a.html").write_text(f'<meta charset="utf-8"><table>{heading}{row}</table>', encoding="utf-8")
    found = figure(match(read_document(tmp_path / "a.html"), PACK), "12.1")
    if said:
        assert (found.state, found.value) == (State.NOT_UNDERSTOOD, "")
        assert found.note is not None
        assert said in found.note.text("vi")
    else:
        assert found.state in (State.AGREES, State.DIFFERS)


def test_numbers_that_count_the_rows_name_no_criterion(tmp_path: Path) -> None:
    heading = "<tr><td>TT<td>Nội dung tiêu chí<td>Chỉ tiêu"
    rows = f"<tr><td>1<td>12.1. {TRAINED}<td>≥ 70%<tr><td>2<td>12.2. {CERTIFIED}<td>≥ 25%"
    (tmp_path / "a.html").write_text(f'<meta charset="utf-8"><table>{heading}{rows}</table>', encoding="utf-8")
    found = figure(match(read_document(tmp_path / "a.html"), PACK), "12.1")
    assert found.state in (State.AGREES, State.DIFFERS)


def test_a_code_that_stands_twice_with_different_levels_agrees_with_nothing(tmp_path: Path) -> None:
    rows = [(f"12.1. {TRAINED}", "≥ 70%"), (f"12.2. {CERTIFIED}", "≥ 20%"), (f"12.1. {TRAINED}", "≥ 80%")]
    read = reading(tmp_path, *rows)
    assert figure(read, "12.1").state is State.NOT_UNDERSTOOD
    assert figure(read, "12.2").state is State.AGREES
    assert figure(reading(tmp_path, *rows[:2], rows[0]), "12.1").state is State.AGREES


def test_rows_without_codes_go_by_their_wording_in_any_order(tmp_path: Path) -> None:
    read = reading(tmp_path, (CERTIFIED, "≥ 20%"), (TRAINED, "≥ 70%"))
    assert [(figure(read, code).state, figure(read, code).value) for code in ("12.1", "12.2")] == [
        (State.AGREES, "70 %"),
        (State.AGREES, "20 %"),
    ]


def annexes(folder: Path, *titled: tuple[str, str]) -> Path:
    """A decision with annexes: each its title and the level of 12.1."""
    heading = "<tr><td>TT<td>Tên tiêu chí<td>Nội dung tiêu chí<td>Chỉ tiêu"
    parts = [
        f"<p>PHỤ LỤC {'I' * number}</p><p>{title}</p>"
        f"<table>{heading}<tr><td>12<td>Lao động<td>12.1. {TRAINED}<td>{level}</table>"
        for number, (title, level) in enumerate(titled, 1)
    ]
    path = folder / "318.html"
    head = '<meta charset="utf-8"><p>Số: 318/QĐ-TTg</p><p>ngày 08 tháng 3 năm 2022</p>'
    path.write_text(head + "".join(parts), encoding="utf-8")
    return path


BASIC, ADVANCED = "BỘ TIÊU CHÍ XÃ NÔNG THÔN MỚI", "BỘ TIÊU CHÍ XÃ NÔNG THÔN MỚI NÂNG CAO"


def test_of_two_annexes_alike_the_one_that_is_called_so_is_taken(tmp_path: Path) -> None:
    for titled in ([(ADVANCED, "≥ 85%"), (BASIC, "≥ 70%")], [(BASIC, "≥ 70%"), (ADVANCED, "≥ 85%")]):
        read = match(read_document(annexes(tmp_path, *titled)), PACK)
        assert (figure(read, "12.1").state, figure(read, "12.1").value) == (State.AGREES, "70 %")
        assert "document.other_annexes" in {doubt.key for doubt in read.doubts}


def test_the_annex_to_read_can_be_named(tmp_path: Path) -> None:
    document = read_document(annexes(tmp_path, (ADVANCED, "≥ 85%"), (BASIC, "≥ 70%")))
    read = match(document, PACK, annex="Phụ lục I")
    assert (figure(read, "12.1").state, figure(read, "12.1").value) == (State.DIFFERS, "85 %")
    with pytest.raises(DocumentError, match=r"Phụ lục V.*PHỤ LỤC I, PHỤ LỤC II"):
        match(document, PACK, annex="Phụ lục V")


@pytest.mark.parametrize(
    ("title", "asked"),
    [
        (BASIC, False),
        ("BỘ TIÊU CHÍ QUỐC GIA VỀ NÔNG THÔN MỚI", False),
        ("CÁC CHỈ TIÊU", False),
        (ADVANCED, True),
        ("BỘ TIÊU CHÍ XÃ NTM KIỂU MẪU", True),
        ("BỘ TIÊU CHÍ HUYỆN NÔNG THÔN MỚI", True),
        ("BỘ TIÊU CHÍ TỈNH HOÀN THÀNH NHIỆM VỤ XÂY DỰNG NÔNG THÔN MỚI", True),
    ],
)
def test_a_title_that_is_not_the_packs_is_asked_about(title: str, asked: bool, tmp_path: Path) -> None:
    read = match(read_document(annexes(tmp_path, (title, "≥ 70%"))), PACK)
    assert read.another is asked
    assert ("document.other_title" in {doubt.key for doubt in read.doubts}) is asked
