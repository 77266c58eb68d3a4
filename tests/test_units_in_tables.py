"""Units in offices' tables: one a table names twice, one that is another on another day, and files of a folder."""

from __future__ import annotations

import warnings
from pathlib import Path

import pytest
from layout_tables import book

import ntm_rules as ntm
from ntm_rules.cli import main
from ntm_rules.errors import SnapshotError
from ntm_rules.layout.files import Asked, FileRead, agreed, left_in, merged, read_file, tables_of
from ntm_rules.snapshot.cells import SnapshotWarning
from ntm_rules.snapshot.register import read_units
from ntm_rules.territory import Level

ASKED = Asked(ntm.load_pack("vn/commune@2021-2025"), province="42", level=Level.COMMUNE)
HOUSES = "Tỷ lệ hộ có nhà ở kiên cố hoặc bán kiên cố"
INSURED = "Tỷ lệ người dân tham gia bảo hiểm y tế (%)"
HEAD = ["TT", "Tên xã", "Thu nhập bình quân đầu người (triệu đồng/người/năm)", INSURED]


def wide(path: Path, *rows: list[object], day: str = "30/6/2024") -> Path:
    return book(path, [[f"Đến ngày {day}"], HEAD, *rows])


def form(path: Path, unit: str, share: object) -> Path:
    rows = [[f"KẾT QUẢ CỦA {unit}"], ["Đến ngày 30/6/2024"], ["TT", "Nội dung", "Kết quả"], ["9.2", HOUSES, share]]
    return book(path, [*rows])


def read(path: Path) -> tuple[FileRead, list[str]]:
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always", SnapshotWarning)
        done = read_file(path, ASKED)
    return done, [one.message.problem.key for one in told if isinstance(one.message, SnapshotWarning)]


def why(done: FileRead) -> dict[str, str]:
    return {problem.place.cell: problem.key for problem in done.refused}


def test_two_rows_of_a_unit_are_put_together_only_where_they_say_the_same(tmp_path: Path) -> None:
    for second in (["Kỳ Phú", None, 92], ["xã Kỳ Phú", 50, 92]):
        done, _ = read(wide(tmp_path / "a.xlsx", [1, "Kỳ Phú", 51.5, None], [2, *second]))
        assert why(done) == {"B4": "error.unit_twice"}
        assert "ô B3" in done.refused[0].text("vi")
    done, told = read(wide(tmp_path / "a.xlsx", [1, "Kỳ Phú", 51.5, 92], [2, "Xã Kỳ Phú", 51.5, 92]))
    assert (len(done.snapshots), done.refused, told) == (1, (), ["warning.unit_twice"])


def test_two_rows_of_an_indicator_are_taken_once_or_refused(tmp_path: Path) -> None:
    head = [["Đến ngày 30/6/2024"], ["Mã", "Nội dung", "Xã Kỳ Phú"], ["9.2", HOUSES, 81]]
    done, told = read(book(tmp_path / "a.xlsx", [*head, ["9.2", HOUSES, 81]]))
    assert (done.refused, told) == ((), ["warning.said_again"])
    done, _ = read(book(tmp_path / "a.xlsx", [*head, ["9.2", HOUSES, 82]]))
    assert why(done) == {"C4": "error.said_twice"}


def test_files_that_say_other_things_of_a_unit_are_refused_both(tmp_path: Path) -> None:
    files = [form(tmp_path / "a.xlsx", "XÃ KỲ PHÚ", 81), form(tmp_path / "b.xlsx", "XÃ KỲ XUÂN", 82)]
    files.append(form(tmp_path / "c.xlsx", "XÃ KỲ PHÚ", 83))
    done = agreed(read(path)[0] for path in files)
    differ = ["error.files_differ"]
    assert [[problem.key for problem in one.refused] for one in done] == [differ, [], differ]
    assert "c.xlsx" in done[0].refused[0].text("vi")
    with pytest.raises(SnapshotError, match=r"a\.xlsx"):
        merged(done)
    form(files[2], "XÃ KỲ PHÚ", 81)
    with pytest.warns(SnapshotWarning, match=r"put together.*a\.xlsx"):
        assert len(merged(agreed(read(path)[0] for path in files))) == 2


def test_names_are_those_of_the_day_of_the_figures(tmp_path: Path) -> None:
    done, _ = read(wide(tmp_path / "a.xlsx", [1, "Thạch Trung", 51.5, 92]))
    assert [one.unit.id for one in done.snapshots] == ["18088"]
    done, _ = read(wide(tmp_path / "a.xlsx", [1, "Sơn Châu", 51.5, 92], day="31/3/2025"))
    assert "31/12/2024" in done.refused[0].text("vi")
    assert why(done) == {"B3": "error.unit_other_day"}
    done, _ = read(wide(tmp_path / "a.xlsx", [1, "TT Phố Châu", 51.5, 92]))
    assert why(done) == {"B3": "error.unit_other_level"}


def test_a_heading_of_other_words_is_given_no_hint_by_its_letters(tmp_path: Path) -> None:
    """“TNBQ” and “Hộ nghèo” share no word with a criterion's name: asked about, and nothing foreign is suggested."""
    rows = [["Biểu số liệu các xã năm 2023"], ["TT", "Tên xã", "TNBQ", "Hộ nghèo"], ["1", "Xã Kỳ Phú", 51.5, 3.2]]
    done, _ = read(book(tmp_path / "a.xlsx", rows))
    doubts = [doubt.text("en") for _, proposal in done.proposals for doubt in proposal.doubts]
    assert any("TNBQ" in said for said in doubts)
    assert not any("Did you mean" in said for said in doubts if "TNBQ" in said or "Hộ nghèo" in said)


def test_what_became_of_a_unit_is_told_once_for_all_its_rows(tmp_path: Path) -> None:
    """A unit that changed over the years of a table is one refusal, however many rows speak of it."""
    head = [["TT", "Tên xã", INSURED, None], [None, None, "Năm 2024", "Năm 2025"]]
    spans = ("A1:A2", "B1:B2", "C1:D1")
    rows = [["1", "Xã Sơn Giang", 90, 95], ["2", "Xã Sơn Giang", 91, 96], ["3", "Xã Sơn Giang", 92, 97]]
    done, _ = read(book(tmp_path / "a.xlsx", [*head, *rows], *spans))
    assert [problem.code for problem in done.refused] == ["error.unit_changed"]
    assert "(in 3 cells)" in done.refused[0].text("en")
    assert "B3" in done.refused[0].text("en")


def test_a_name_of_two_units_in_two_years_is_asked_about(tmp_path: Path) -> None:
    head = [["TT", "Tên xã", INSURED, None], [None, None, "Năm 2024", "Năm 2025"]]
    spans = ("A1:A2", "B1:B2", "C1:D1")
    path = book(tmp_path / "a.xlsx", [*head, ["1", "Xã Sơn Giang", 90, 95]], *spans)
    done, _ = read(path)
    assert why(done) == {"B3": "error.unit_changed"}
    assert "18157" in done.refused[0].text("vi")
    layout = done.proposals[0][1].layout
    assert layout is not None
    said = read_file(path, ASKED, layout.model_copy(update={"register_of": "2025-12-31"})).snapshots
    assert {one.unit.id for one in said} == {"18184"}


def test_every_file_of_a_folder_is_read_refused_or_named(tmp_path: Path) -> None:
    form(tmp_path / "a.xlsx", "XÃ KỲ PHÚ", 81)
    for name in ("cu.xls", "ghi-chu.txt", "~$a.xlsx"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "sub").mkdir()
    assert [path.name for path in tables_of(tmp_path)] == ["a.xlsx", "cu.xls"]
    left = {Path(problem.place.file).name: problem.key for problem in left_in(tmp_path)}
    assert left == {"ghi-chu.txt": "layout.left_file", "~$a.xlsx": "layout.left_lock", "sub": "layout.left_folder"}
    assert "cu.xls" in read(tmp_path / "cu.xls")[0].refused[0].text("vi")


def test_a_rule_that_changes_inside_the_period_is_told(tmp_path: Path) -> None:
    head = ["TT", "Nội dung", "Kết quả"]
    health = ["15.4", "Xã triển khai thực hiện sổ khám chữa bệnh điện tử", "Đạt"]
    for row, codes in ((health, ["15.4", ""]), (["9.2", HOUSES, 81], [""])):
        path = book(tmp_path / "a.xlsx", [["XÃ KỲ PHÚ"], ["6 tháng đầu năm 2024"], head, row])
        with pytest.warns(SnapshotWarning) as told:
            read_file(path, ASKED)
        problems = [one.message.problem for one in told]
        assert [str(problem.params["day"]) for problem in problems] == ["2024-03-01"] * len(codes)
        keys = {"warning.rule_changes" if code else "warning.set_changes" for code in codes}
        assert {problem.key for problem in problems} == keys
    quiet = book(tmp_path / "b.xlsx", [["XÃ KỲ PHÚ"], ["Quý II/2024"], head, health])
    assert read(quiet)[1] == []


def test_which_of_several_measures_is_said_in_the_layout(tmp_path: Path) -> None:
    over = [["XÃ KỲ PHÚ"], ["Đến ngày 30/6/2024"], ["TT", "Nội dung", "Kết quả"]]
    whole = book(tmp_path / "b.xlsx", [*over, ["17.1", "Tỷ lệ hộ được sử dụng nước sạch theo quy chuẩn", "40%"]])
    assert [list(said.measures) for said in read(whole)[0].snapshots] == [["clean_water_share"]]
    path = book(tmp_path / "a.xlsx", [*over, ["17.1", "Tỷ lệ hộ được sử dụng nước sạch", "40%"]])
    done, _ = read(path)
    assert why(done) == {"C4": "error.layout_which_measure"}
    assert "measures: {“17.1”: clean_water_share}" in done.refused[0].text("vi")
    layout = done.proposals[0][1].layout
    assert layout is not None
    plan = layout.model_copy(update={"measures": {"17.1": "clean_water_share"}})
    (said,) = read_file(path, ASKED, plan).snapshots
    assert list(said.measures) == ["clean_water_share"]


def test_units_in_columns_need_no_word_for_their_kind(tmp_path: Path) -> None:
    rows = [["TT", "Nội dung", "Kỳ Phú", "Kỳ Xuân", "Toàn huyện"], ["9.2", HOUSES, 81, 82, 81.5]]
    done, _ = read(book(tmp_path / "a.xlsx", [["Đến ngày 30/6/2024"], *rows]))
    assert {one.unit.name for one in done.snapshots} == {"Xã Kỳ Phú", "Xã Kỳ Xuân"}
    assert done.refused == ()


def test_totals_footnotes_and_shortened_wordings_are_understood(tmp_path: Path) -> None:
    totals = [[None, name, 60, 90] for name in ("Cộng: 2 xã", "Chung", "Cả tỉnh")]
    done, _ = read(wide(tmp_path / "a.xlsx", [1, "Kỳ Văn (*)", 51.5, 92], [2, "Kỳ Phú", 50, 91], *totals))
    assert ({one.unit.name for one in done.snapshots}, done.refused) == ({"Xã Kỳ Văn", "Xã Kỳ Phú"}, ())
    rows = [[1, INSURED.removesuffix(" (%)"), "92%"], [2, "Thu nhập bình quân đầu người", "51,5"]]
    head = [["XÃ KỲ PHÚ"], ["Đến ngày 30/6/2024"], ["STT", "Nội dung", "Kết quả"]]
    done, _ = read(book(tmp_path / "b.xlsx", [*head, *rows]))
    assert [sorted(one.measures) for one in done.snapshots] == [["health_insurance_share", "income_per_capita"]]


def test_a_code_under_its_criterion_is_the_code_and_two_are_asked_about(tmp_path: Path) -> None:
    for over, found in (("Tiêu chí 15", "15.1"), ("Tiêu chí 9", "")):
        rows = [["TT", "Tên xã", over], [None, None, "15.1"], [1, "Kỳ Phú", "Đạt"]]
        spans = ("A2:A3", "B2:B3")
        done, _ = read(book(tmp_path / "a.xlsx", [["Đến ngày 30/6/2024"], *rows], *spans))
        layout = done.proposals[0][1].layout
        assert layout is not None
        assert layout.columns[2].of == found
        assert [doubt.key for doubt in done.proposals[0][1].doubts] == ([] if found else ["layout.doubt.of"])


def test_titles_under_the_numbers_of_criteria_are_part_of_the_heading(tmp_path: Path) -> None:
    rows = [["TT", "Tên xã", "1", "2", "4"], [None, None, "Quy hoạch", "Giao thông", "Điện"]]
    rows.append([1, "Kỳ Phú", "x", "x", "x"])
    done, _ = read(book(tmp_path / "a.xlsx", [["Đến ngày 30/6/2024"], *rows, ["Ghi chú: x: đạt"]]))
    (said,) = done.snapshots
    assert list(said.findings["vn/commune@2021-2025"]) == ["1", "2", "4"]


def test_a_second_table_below_is_read_only_as_the_same_units(tmp_path: Path) -> None:
    head, first = ["TT", "Nội dung", "Kết quả"], ["9.2", HOUSES, "81%"]
    second = ["15.1", INSURED.removesuffix(" (%)"), "92%"]
    done, _ = read(book(tmp_path / "a.xlsx", [["XÃ KỲ PHÚ"], ["Đến ngày 30/6/2024"], head, first, head, second]))
    assert [len(one.measures) for one in done.snapshots] == [2]
    rows = [["XÃ KỲ PHÚ"], ["Đến ngày 30/6/2024"], head, first, ["XÃ KỲ XUÂN"], head, second]
    done, _ = read(book(tmp_path / "a.xlsx", [*rows]))
    assert why(done) == {"A5": "error.unit_below"}


def test_a_districts_row_with_figures_says_where_the_communes_below_lie(tmp_path: Path) -> None:
    rows = [["I", "Huyện Kỳ Anh", 70, 80], [1, "Kỳ Phú", 50, 90]]
    done, _ = read(wide(tmp_path / "a.xlsx", *rows))
    assert ([one.unit.id for one in done.snapshots], done.refused) == (["18763"], ())


def test_ones_and_noughts_are_marks_where_the_legend_says_so(tmp_path: Path) -> None:
    rows = [["TT", "Tên xã", "1", "10", "Cộng"], [1, "Kỳ Phú", 1, 0, 1], ["Ghi chú: 1: đạt; 0: chưa đạt"]]
    done, _ = read(book(tmp_path / "a.xlsx", [["Đến ngày 30/6/2024"], *rows]))
    (said,) = done.snapshots
    assert said.measures == {}
    assert [one.finding for found in said.findings.values() for (one,) in found.values()] == ["met", "not_met"]


def test_short_headings_of_results_name_their_period(tmp_path: Path) -> None:
    row = ["9.2", HOUSES, 80, 81, 82]
    for heads, days in (
        (["TH 2023", "TH T6/2024", "ƯTH 2024"], ["2023-12-31", "2024-06-30"]),
        (["Kết quả 30/6", "Kết quả 31/12"], ["2024-06-30", "2024-12-31"]),
    ):
        rows = [["XÃ KỲ PHÚ"], ["Năm 2024"], ["TT", "Nội dung", *heads], row[: 2 + len(heads)]]
        done, _ = read(book(tmp_path / "a.xlsx", [*rows]))
        assert [str(one.as_of) for one in done.snapshots] == days, done.refused


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("ma;ten\n18763;Xã Kỳ Phú\n18757;P. Hưng Trí\n18700;T.T Thiên Cầm\n", ["commune", "ward", "town"]),
        ("Ma xa,Ten xa,Cap\n18763,Kỳ Phú,xã\n", ["commune"]),
    ],
)
def test_a_register_is_read_without_accents_and_levels(text: str, levels: list[str], tmp_path: Path) -> None:
    (tmp_path / "units.csv").write_text(text, "utf-8")
    _, *units = read_units(tmp_path / "units.csv", province=ntm.Unit(id="hatinh", level="province"))
    assert [unit.level for unit in units] == levels


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("ma;ten\n18763;Kỳ Phú\n", "dòng này thiếu: cấp"),
        ("ten;cap\nXã A;xã\n", "thiếu cột: mã;"),
        ("Mã xã;Tên xã;Huyện\n18763;Xã Kỳ Phú;Huyện Kỳ Anh\n", "thiếu cột: mã huyện;"),
    ],
)
def test_what_a_register_lacks_is_said_in_the_words_of_its_columns(text: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "units.csv").write_text(text, "utf-8")
    with pytest.raises(ntm.NtmError) as caught:
        read_units(tmp_path / "units.csv", province=ntm.Unit(id="hatinh", level="province"))
    assert said in caught.value.text("vi")


def test_one_value_merged_over_two_units_is_neithers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [
        ["SỐ LIỆU NÔNG THÔN MỚI CÁC XÃ HUYỆN KỲ ANH"],
        ["(Số liệu đến ngày 30/6/2024)"],
        ["TT", "Tên xã", "Tỷ lệ người dân tham gia bảo hiểm y tế (%)"],
        [1, "Kỳ Phú", 92],
        [2, "Kỳ Xuân", None],
    ]
    file = book(tmp_path / "x.xlsx", rows, "C4:C5")
    assert main(["read", str(file), "--pack", "vn/commune@2021-2025", "--province", "hatinh", "--level", "xã"]) == 2
    assert "ô C4: ô gộp nhiều dòng" in "".join(capsys.readouterr())
