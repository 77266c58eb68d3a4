"""Tables as offices send them: two whole files, and the hard cells of the forms that agencies use."""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from pathlib import Path

import docx
import openpyxl
import pytest
from layout_tables import book
from shelf import head, shelf

import ntm_rules as ntm
from ntm_rules.errors import NtmError
from ntm_rules.layout import Layout
from ntm_rules.layout.files import Asked, FileRead, read_file
from ntm_rules.messages import Text
from ntm_rules.pack.catalogue import Catalogue
from ntm_rules.snapshot.cells import SnapshotWarning
from ntm_rules.snapshot.observation import FindingValue
from ntm_rules.territory import Level

DATA = Path(__file__).parent / "data" / "tables"
Items = Iterable[tuple[str, str, str]]


def made_up(folder: Path, items: Items, measures: str = "", level: str = "commune") -> tuple[ntm.Pack, Catalogue]:
    """A pack of criteria: each with its indicators of a code, a wording and a measure, or none where it is judged."""
    lines = [head("a", level=level, start="2019-01-01", end="2032-12-31"), "criteria:"]
    last = ""
    for code, text, measure in items:
        criterion = code.partition(".")[0]
        if criterion != last:
            title = text if "." not in code else f"Tiêu chí {criterion}"
            lines.append(f'  - {{code: "{criterion}", title: {{vi: "{title}", en: T}}, indicators: [')
            last = criterion
        requires = f"{{measure: {measure}, at_least: 0}}" if measure else "{finding: met}"
        own = code if "." in code else f"{code}.1"
        lines.append(f'      {{code: "{own}", text: {{vi: "{text}", en: I}}, requires: {requires}}},')
    text = "\n".join(lines).replace(",\n  - {", "]}\n  - {").rstrip(",") + "]}\n"
    catalogue = shelf(folder, f"measures:\n{measures}" if measures else "measures: []", a=text)
    return catalogue.load("t/a"), catalogue


def measure(name: str, vi: str, unit: str, most: str = "") -> str:
    of = f'{{id: {name}, name: {{vi: "{vi}", en: {name}}}, unit: "{unit}", better: higher, domain: {{from: 0{most}}}}}'
    return f"  - {of}\n"


SHARE = ", to: 100"


def read(path: Path, asked: Asked, layout: Layout | None, catalogue: Catalogue) -> tuple[FileRead, list[str]]:
    """The file, and the cells of which something was told in warnings."""
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always", SnapshotWarning)
        done = read_file(path, asked, layout, catalogue=catalogue)
    return done, [one.message.problem.place.cell for one in told if isinstance(one.message, SnapshotWarning)]


def values(snapshot: ntm.Snapshot) -> dict[str, Decimal]:
    return {name: one.value.value for name, (one,) in snapshot.measures.items()}


def findings(snapshot: ntm.Snapshot) -> dict[str, FindingValue]:
    return {code: one.finding for codes in snapshot.findings.values() for code, (one,) in codes.items()}


def why(done: FileRead) -> dict[str, str]:
    return {problem.place.cell: problem.key for problem in done.refused}


# Whole files

CRITERIA = ["Quy hoạch", "Giao thông", "Thủy lợi", "Điện", "Trường học"]
CRITERIA += ["Văn hóa", "Thu nhập", "Nghèo đa chiều", "Y tế", "Môi trường"]


def test_a_matrix_of_communes_with_marks_of_many_kinds(tmp_path: Path) -> None:
    pack, catalogue = made_up(tmp_path, [(str(n), text, "") for n, text in enumerate(CRITERIA, 1)])
    names = ["Xã An Ví Dụ", "Xã Bình Ví Dụ", "Xã Cát Ví Dụ", "Xã Đồi Ví Dụ", "Xã Đá Ví Dụ"]
    units = tuple(ntm.Unit(id=f"x{n}", name=name, level="commune") for n, name in enumerate(names, 1))
    done, _ = read(DATA / "vi_du_tong_hop_xa_va_so_lieu.xlsx", Asked(pack, units), None, catalogue)
    # The other sheet is about no unit that anybody has named: the file is refused, and says which sheet it is.
    assert [(problem.key, problem.place.sheet) for problem in done.refused] == [
        ("error.layout_unsure", "Biểu 02 - Số liệu")
    ]
    layout = done.proposals[0][1].layout
    assert layout is not None
    done, told = read(DATA / "vi_du_tong_hop_xa_va_so_lieu.xlsx", Asked(pack, units), layout, catalogue)
    assert not done.refused
    assert {str(one.as_of) for one in done.snapshots} == {"2031-06-30"}
    counted = {one.unit.id: Counter(map(str, findings(one).values())) for one in done.snapshots}
    assert counted == {
        "x1": {"met": 10},
        "x2": {"met": 7, "not_met": 1},
        "x3": {"met": 8, "not_met": 2},
        "x4": {"met": 6, "not_met": 1},
        "x5": {"met": 6, "not_met": 4},
    }
    by_unit = {one.unit.id: one for one in done.snapshots}
    (hill,) = by_unit["x4"].findings[pack.reference]["10"]
    assert (hill.finding, hill.remark) == (FindingValue.MET, "(1)")
    assert by_unit["x2"].unit.group == "nhom2"
    # Formulas of the sheet miss some marks; each total that does not agree is told at its cell.
    assert told == ["N11", "N13", "N14", *(f"{letter}15" for letter in "DEFGHJLM")]


FIGURES = (
    measure("people", "Dân số trung bình", "người")
    + measure("women", "Dân số nữ", "người")
    + measure("communes", "Số xã đạt chuẩn", "đơn vị hành chính")
    + measure("water", "Tỷ lệ hộ dùng nước sạch", "%", SHARE)
    + measure("income", "Thu nhập bình quân đầu người", "triệu đồng")
    + measure("funds", "Vốn huy động", "tỷ đồng")
)


def test_figures_of_two_periods_beside_plans(tmp_path: Path) -> None:
    wordings = ["Dân số trung bình", "Trong đó: nữ", "Số xã đạt chuẩn", "Tỷ lệ hộ dùng nước sạch"]
    wordings += ["Thu nhập bình quân đầu người", "Vốn huy động"]
    names = ["people", "women", "communes", "water", "income", "funds"]
    items = [(f"1.{n}", text, name) for n, (text, name) in enumerate(zip(wordings, names, strict=True), 1)]
    pack, catalogue = made_up(tmp_path, items, FIGURES, level="province")
    unit = ntm.Unit(id="t1", name="Tỉnh Ví Dụ", level="province")
    done, _ = read(DATA / "vi_du_tong_hop_xa_va_so_lieu.xlsx", Asked(pack), None, catalogue)
    layout = next(proposal.layout for grid, proposal in done.proposals if grid.name == "Biểu 02 - Số liệu")
    assert layout is not None
    known = layout.model_copy(update={"unit": unit, "marks": {"-": "nothing"}})
    done, _ = read(DATA / "vi_du_tong_hop_xa_va_so_lieu.xlsx", Asked(pack), known, catalogue)
    # A sum of the sheet's own is no indicator: it is asked about, and may be skipped by name.
    assert why(done) == {"E15": "error.row_wording", "G15": "error.row_wording"}
    known = known.model_copy(update={"skip": ("Tổng cộng vốn",)})
    done, _ = read(DATA / "vi_du_tong_hop_xa_va_so_lieu.xlsx", Asked(pack), known, catalogue)
    assert {str(one.as_of): values(one) for one in done.snapshots} == {
        "2030-12-31": dict(
            zip(names, map(Decimal, ("1286127", "648212", "43", "73.18", "62.35", "1198.75")), strict=True)
        ),
        "2031-06-30": {
            "people": Decimal(1289411),
            "women": Decimal(650004),
            "communes": Decimal(45),
            "water": Decimal("73.91"),
            "funds": Decimal("642.1"),
        },
    }


LETTER = [
    ("1.1", "Tỷ lệ hộ sử dụng điện an toàn", "light"),
    ("1.2", "Số thôn có điện chiếu sáng", "villages"),
    ("2.1", "Tỷ lệ trường đạt chuẩn quốc gia", "schools"),
    ("3.1", "Thu nhập bình quân đầu người (triệu đồng/người)", "income"),
    ("4.1", "Tỷ lệ nghèo đa chiều", "poor"),
    ("5.1", "Tỷ lệ người dân tham gia BHYT", "insured"),
    ("5.2", "Xã đạt tiêu chí quốc gia về y tế", ""),
    ("5.3", "Tỷ lệ trẻ em dưới 5 tuổi thấp còi", "stunted"),
    ("6.1", "Điểm du lịch cộng đồng (nếu có)", ""),
]
LETTER_MEASURES = "".join(
    measure(name, text, "%", SHARE) for _, text, name in LETTER if name and name not in ("villages", "income")
)
LETTER_MEASURES += measure("villages", "Số thôn", "thôn") + measure("income", "Thu nhập", "triệu đồng/người")


def test_a_letter_of_one_communes_own_assessment(tmp_path: Path) -> None:
    titles = {"1": "Điện", "2": "Trường học", "3": "Thu nhập", "4": "Nghèo đa chiều", "5": "Y tế", "6": "Du lịch"}
    pack, catalogue = made_up(tmp_path, LETTER, LETTER_MEASURES)
    criteria = tuple(c.model_copy(update={"title": Text(titles[c.code], "T")}) for c in pack.criteria)
    pack = pack.model_copy(update={"criteria": criteria})
    unit = ntm.Unit(id="x1", name="Xã Ví Dụ", level="commune")
    file = DATA / "vi_du_bao_cao_tu_danh_gia_mot_xa.docx"
    done, _ = read(file, Asked(pack, (unit,)), None, catalogue)
    (proposal,) = (proposal for _, proposal in done.proposals)
    # Whose it is stands in the letterhead, of when in the title; only signs without a legend are asked about.
    assert {(doubt.key, doubt.params["mark"]) for doubt in proposal.doubts} == {
        ("layout.doubt.marks", "-"),
        ("layout.doubt.marks", "không có"),
    }
    assert [(problem.place.table, problem.key) for problem in done.left] == [
        (1, "layout.left_plain"),
        (3, "layout.left_plain"),
    ]
    assert proposal.layout is not None
    layout = proposal.layout.model_copy(update={"marks": {"-": "nothing", "không có": "nothing"}})
    done, _ = read(file, Asked(pack, (unit,)), layout, catalogue)
    # “8/9” of a number of villages, and two years in one cell.
    assert why(done) == {"E6": "error.ratio_of_what", "E13": "error.unknown_unit"}

    mended = docx.Document(str(file))
    mended.tables[1].cell(5, 4).text = "8"
    mended.tables[1].cell(12, 4).text = "17,9"
    mended.save(str(tmp_path / "sua.docx"))
    done, told = read(tmp_path / "sua.docx", Asked(pack, (unit,)), layout, catalogue)
    (said,) = done.snapshots
    assert (said.unit, str(said.as_of), told) == (unit, "2031-06-30", [])
    assert {name: round(value, 2) for name, value in values(said).items()} == {
        "light": Decimal("99.50"),
        "villages": 8,
        "schools": 75,
        "income": Decimal("57.25"),
        "poor": Decimal("4.31"),
        "stunted": Decimal("17.9"),
    }
    met, not_met = FindingValue.MET, FindingValue.NOT_MET
    assert findings(said) == {
        **dict.fromkeys(("1.1", "3.1", "4.1", "5.2", "5.3"), met),
        **dict.fromkeys(("1.2", "2.1"), not_met),
    }

    # Rows nobody sees (one cell of them is merged) are asked about, as in a workbook; so is a tiny figure.
    for cell in mended.tables[1].rows[5].cells:
        for run in (run for paragraph in cell.paragraphs for run in paragraph.runs):
            run.font.hidden = True
    mended.tables[1].cell(12, 4).paragraphs[0].runs[0].font.size = docx.shared.Pt(1)
    mended.save(str(tmp_path / "an.docx"))
    done, _ = read(tmp_path / "an.docx", Asked(pack, (unit,)), None, catalogue)
    (proposal,) = (proposal for _, proposal in done.proposals)
    asked = {(doubt.key, doubt.params.get("rows")) for doubt in proposal.doubts}
    assert ("layout.doubt.hidden", "5, 6") in asked
    assert any("sz: 2" in str(doubt.params) for doubt in proposal.doubts)


# Agencies' forms

AGENCY = measure("water", "Tỷ lệ hộ dùng nước sạch", "%", SHARE) + measure("people", "Dân số", "người")
ASKED = (
    ntm.Unit(id="18001", name="Xã An Bình", level="commune"),
    ntm.Unit(id="18002", name="Xã Cát Tường", level="commune"),
)


@pytest.fixture
def agency(tmp_path: Path) -> tuple[ntm.Pack, Catalogue]:
    return made_up(
        tmp_path / "packs", [("1.1", "Tỷ lệ hộ dùng nước sạch", "water"), ("1.2", "Dân số", "people")], AGENCY
    )


def test_form_05_a_measure_over_last_year_half_year_and_plan(
    tmp_path: Path, agency: tuple[ntm.Pack, Catalogue]
) -> None:
    file = book(
        tmp_path / "05.xlsx",
        [
            ["Biểu 05. Năm 2024"],
            ["TT", "Mã xã", "Tên xã", "Cấp", "Vùng", "Tỷ lệ hộ dùng nước sạch (%)", None, None],
            [None, None, None, None, None, "Năm trước", "6 tháng", "Kế hoạch"],
            [1, "18001", "Xã An Bình", "xã", "btb", 55, "56,5", 99],
        ],
        "A2:A3", "B2:B3", "C2:C3", "D2:D3", "E2:E3", "F2:H2",
    )  # fmt: skip
    done, _ = read(file, Asked(agency[0], ASKED), None, agency[1])
    assert not done.refused, why(done)
    assert {str(one.as_of): values(one) for one in done.snapshots} == {
        "2023-12-31": {"water": 55},
        "2024-06-30": {"water": Decimal("56.5")},
    }
    assert {one.unit.region for one in done.snapshots} == {"btb"}


def test_form_06_counts_under_four_heading_rows(tmp_path: Path, agency: tuple[ntm.Pack, Catalogue]) -> None:
    rows = [
        ["Biểu 06. Số liệu đến ngày 30/6/2024"],
        ["TT", "Tên xã", "Nhóm", "Nước sạch", None, None],
        [None, None, None, "Tỷ lệ hộ dùng nước sạch", None, None],
        [None, None, None, "Tử số", "Mẫu số", "Tỷ lệ"],
        [1, "Xã An Bình", "Nhóm 1", 6112, "6.420", "95,2"],
        [2, "Xã Cát Tường", "Nhóm 3", 300, 400, "75"],
    ]
    spans = ("A2:A4", "B2:B4", "C2:C4", "D2:F2", "D3:F3")
    done, _ = read(book(tmp_path / "06.xlsx", rows, *spans), Asked(agency[0], ASKED), None, agency[1])
    assert not done.refused, why(done)
    assert [(one.unit.group, round(values(one)["water"], 2)) for one in done.snapshots] == [
        ("nhom1", Decimal("95.20")),
        ("nhom3", Decimal(75)),
    ]
    assert done.snapshots[0].measures["water"][0].remark == "6112/6.420"
    rows[4][4], rows[5][3] = None, 500
    done, _ = read(book(tmp_path / "06b.xlsx", rows, *spans), Asked(agency[0], ASKED), None, agency[1])
    assert why(done) == {"D5": "error.ratio_half", "D6": "error.ratio_counts", "E6": "error.ratio_counts"}


@pytest.mark.parametrize(
    ("cell", "share"),
    [
        ("6.112/6.420", "95.20"),
        ("3/4", "75.00"),
        ("3/4 trường (75 %)", "75.00"),
        ("2.406/2.418 hộ, đạt 99,5%", "99.50"),
        ("95,2% (6.112/6.420 người)", "95.20"),
        ("12/12", "100.00"),
        ("0/5", "0.00"),
    ],
)
def test_a_share_may_be_written_as_two_counts(
    tmp_path: Path, agency: tuple[ntm.Pack, Catalogue], cell: str, share: str
) -> None:
    done, _ = read(one_cell(tmp_path, "1.1", cell), Asked(agency[0], ASKED), None, agency[1])
    (said,) = done.snapshots
    (water,) = said.measures["water"]
    assert (f"{water.value.value:.2f}", water.remark) == (share, cell)


@pytest.mark.parametrize(
    ("code", "cell", "key"),
    [
        ("1.1", "6.420/6.112", "error.ratio_counts"),
        # A day of completion stands under “Kết quả” as well.
        ("1.1", "6/2024", "error.ratio_or_month"),
        ("1.1", "11/2030", "error.ratio_or_month"),
        ("1.1", "3/0", "error.ratio_counts"),
        ("1.1", "3/4 trường (80 %)", "error.ratio_not_share"),
        ("1.2", "3/4", "error.ratio_of_what"),
    ],
)
def test_counts_that_make_no_share_are_refused(
    tmp_path: Path, agency: tuple[ntm.Pack, Catalogue], code: str, cell: str, key: str
) -> None:
    done, _ = read(one_cell(tmp_path, code, cell), Asked(agency[0], ASKED), None, agency[1])
    assert why(done) == {"C3": key}


def one_cell(folder: Path, code: str, cell: object) -> Path:
    rows = [["Xã An Bình, đến ngày 30/06/2024"], ["TT", "Nội dung", "Kết quả"]]
    texts = {"1.1": "Tỷ lệ hộ dùng nước sạch", "1.2": "Dân số"}
    return book(folder / "mot_o.xlsx", [*rows, [code, texts[code], cell]])


# Sums, averages and rows that are no data


def sums(folder: Path, *rows: list[object]) -> Path:
    heading = ["TT", "Tên xã", "Dân số (người)", "Tỷ lệ hộ dùng nước sạch (%)"]
    return book(folder / "cong.xlsx", [["Đến ngày 30/6/2024"], heading, *rows])


def test_a_row_of_totals_is_held_against_its_rows(tmp_path: Path, agency: tuple[ntm.Pack, Catalogue]) -> None:
    own = [[1, "Xã An Bình", 1200, 90], [2, "Xã Cát Tường", "2.300,0", 80]]
    for total, average, told in ((3500, 85, []), ("3.600,0", 85, ["C5"])):
        rows = [*own, [None, "Tổng cộng", total, average], [None, "Bình quân", 1750, 85]]
        done, warned = read(sums(tmp_path, *rows), Asked(agency[0], ASKED), None, agency[1])
        assert (len(done.snapshots), warned) == (2, told)


def test_totals_of_parts_and_of_the_whole_both_agree(tmp_path: Path, agency: tuple[ntm.Pack, Catalogue]) -> None:
    rows = [
        ["I", "Khu vực đồng bằng", None, None],
        [1, "Xã An Bình", 1200, 90],
        [None, "Cộng", 1200, None],
        ["II", "Khu vực miền núi", None, None],
        [1, "Xã Cát Tường", 2300, 80],
        [None, "Cộng", 2300, None],
        [None, "Tổng cộng", 3500, None],
    ]
    done, warned = read(sums(tmp_path, *rows), Asked(agency[0], ASKED), None, agency[1])
    assert (len(done.snapshots), warned) == (2, [])


def test_an_empty_cell_means_what_the_legend_says(tmp_path: Path, agency: tuple[ntm.Pack, Catalogue]) -> None:
    rows: list[list[object]] = [
        ["Đến ngày 30/6/2024"],
        ["TT", "Tên xã", "Tiêu chí 1"],
        [1, "Xã An Bình", "x"],
        [2, "Xã Cát Tường", None],
    ]
    for legend, meant in (("để trống: chưa đạt", {"18001": "met", "18002": "not_met"}), ("", {"18001": "met"})):
        file = book(tmp_path / "trong.xlsx", [*rows, [f"Ghi chú: x: đạt; {legend}"]])
        done, _ = read(file, Asked(agency[0], ASKED), None, agency[1])
        said = {one.unit.id: str(findings(one)["1"]) for one in done.snapshots if findings(one)}
        assert said == meant


# Units

KY_PHU = [["Đến ngày 31/12/2024"], ["TT", "Tên xã", "Tiêu chí 1"]]


def test_the_district_of_a_unit_may_be_a_column_or_a_section(tmp_path: Path) -> None:
    pack = ntm.load_pack("vn/commune@2021-2025")
    asked = Asked(pack, province="42", level=Level.COMMUNE)
    column = [["TT", "Huyện", "Tên xã", "Tiêu chí 1"], [1, "Huyện Kỳ Anh", "Xã Kỳ Phú", "Đạt"]]
    beside = book(tmp_path / "b.xlsx", [KY_PHU[0], *column])
    section = book(tmp_path / "c.xlsx", [*KY_PHU, ["I", "Huyện Kỳ Anh", None], [1, "Xã Kỳ Phú", "Đạt"]])
    wrong = book(tmp_path / "d.xlsx", [*KY_PHU, ["I", "Huyện Cẩm Xuyên", None], [1, "Xã Kỳ Phú", "Đạt"]])
    for file in (beside, section):
        done = read_file(file, asked)
        assert [one.unit.id for one in done.snapshots] == ["18763"], why(done)
    assert why(read_file(wrong, asked)) == {"B4": "error.layout_unit_unknown"}


def test_a_code_and_a_name_of_different_units_are_refused(tmp_path: Path, agency: tuple[ntm.Pack, Catalogue]) -> None:
    rows = [["Đến ngày 30/6/2024"], ["TT", "Mã xã", "Tên xã", "Tiêu chí 1"], [1, "18001", "Xã Cát Tường", "Đạt"]]
    done, _ = read(book(tmp_path / "ma.xlsx", rows), Asked(agency[0], ASKED), None, agency[1])
    assert why(done) == {"C3": "error.unit_other_name"}


def test_a_code_of_the_offices_own_may_be_named_in_the_layout(
    tmp_path: Path, agency: tuple[ntm.Pack, Catalogue]
) -> None:
    file = book(tmp_path / "x.xlsx", [["Đến ngày 30/6/2024"], ["TT", "Tên xã", "Tiêu chí 1"], [1, "Xã Mới Lập", "Đạt"]])
    done, _ = read(file, Asked(agency[0], ASKED), None, agency[1])
    assert why(done) == {"B3": "error.layout_unit_unknown"}
    layout = done.proposals[0][1].layout
    assert layout is not None
    known = layout.model_copy(update={"names": {"xã mới lập": "m01"}})
    assert why(read(file, Asked(agency[0], ASKED), known, agency[1])[0]) == {"B3": "error.layout_names_level"}
    known = known.model_copy(update={"level": Level.COMMUNE})
    (said,) = read(file, Asked(agency[0], ASKED), known, agency[1])[0].snapshots
    assert (said.unit.id, said.unit.name) == ("m01", "Xã Mới Lập")


# One layout for many tables


def test_a_layout_finds_its_heading_where_titles_take_more_lines(
    tmp_path: Path, agency: tuple[ntm.Pack, Catalogue]
) -> None:
    rows = [["TT", "Tên xã", "Tiêu chí 1"], [1, "Xã An Bình", "Đạt"]]
    file = book(tmp_path / "a.xlsx", [["Đến ngày 30/6/2024"], *rows])
    layout = read(file, Asked(agency[0], ASKED), None, agency[1])[0].proposals[0][1].layout
    moved = book(tmp_path / "b.xlsx", [["SỞ NÔNG NGHIỆP"], ["BIỂU TỔNG HỢP"], ["Đến ngày 30/6/2024"], *rows])
    done, _ = read(moved, Asked(agency[0], ASKED), layout, agency[1])
    assert [findings(one) for one in done.snapshots] == [{"1": FindingValue.MET}]


def test_the_titles_of_a_table_may_not_name_two_periods(tmp_path: Path, agency: tuple[ntm.Pack, Catalogue]) -> None:
    rows = [["TT", "Tên xã", "Tiêu chí 1"], [1, "Xã An Bình", "Đạt"]]

    def day(*titles: str) -> list[str]:
        file = book(tmp_path / "ky.xlsx", [*([title] for title in titles), *rows])
        done, _ = read(file, Asked(agency[0], ASKED), None, agency[1])
        return [str(one.as_of) for one in done.snapshots] or [doubt.key for doubt in done.proposals[0][1].doubts]

    assert day("Kết quả năm 2024", "(Số liệu đến ngày 30/6/2024)") == ["2024-06-30"]
    # The day of signing and the decision a table goes with are no days of its figures.
    assert day("Năm 2023", "(Kèm theo Báo cáo số 12/BC-UBND ngày 15/7/2024)") == ["2023-12-31"]
    assert day("Năm 2023", "An Bình, ngày 15 tháng 01 năm 2024") == ["2023-12-31"]
    assert day("Quý I/2024", "Quý II/2024") == ["layout.doubt.periods"]


# Forms of statistics


def test_codes_may_be_numbers_and_errors_of_excel_are_named(tmp_path: Path) -> None:
    items = [("15", "Chi thường xuyên", "regular"), ("16", "Giáo dục Mầm non", "nursery"), ("17", "Chi khác", "other")]
    of = "".join(measure(name, name, "triệu đồng") for _, _, name in items)
    pack, catalogue = made_up(tmp_path / "packs", items, of, level="province")
    unit = ntm.Unit(id="t1", name="Tỉnh Ví Dụ", level="province")
    rows = [
        ["TT", "Chỉ tiêu", "Đơn vị tính", "Mã số", "Thực hiện"],
        ["A", "B", "C", "D", 1],
        ["II", "Chi thường xuyên", "triệu đồng", 15, 20.5],
        [None, "Chia ra theo vùng:", None, None, None],
        ["1.", "Giáo dục Mầm non", '"', "16", "#VALUE!"],
        ["2.", "Chi khác", '"', "17", ""],
    ]
    asked = Asked(pack, unit=unit, as_of=date(2020, 9, 30))
    done, _ = read(book(tmp_path / "ns.xlsx", rows), asked, None, catalogue)
    assert why(done) == {"E5": "error.cell_excel_error"}
    rows[4][4] = 7
    done, _ = read(book(tmp_path / "ns.xlsx", rows), asked, None, catalogue)
    assert [values(one) for one in done.snapshots] == [{"regular": Decimal("20.5"), "nursery": 7}]


def test_nothing_and_nought_stay_apart(tmp_path: Path, agency: tuple[ntm.Pack, Catalogue]) -> None:
    file = sums(tmp_path, [1, "Xã An Bình", 0, None], [2, "Xã Cát Tường", None, "Chưa có số liệu"])
    done, _ = read(file, Asked(agency[0], ASKED), None, agency[1])
    assert {one.unit.id: values(one) for one in done.snapshots}["18001"] == {"people": 0}
    assert not any(values(one) for one in done.snapshots if one.unit.id == "18002")


def test_a_hidden_sheet_is_named_and_not_read(tmp_path: Path, agency: tuple[ntm.Pack, Catalogue]) -> None:
    file = sums(tmp_path, [1, "Xã An Bình", 5, 90])
    made = openpyxl.load_workbook(file)
    made.create_sheet("Nháp")["A1"] = "Xã An Bình"
    made["Nháp"].sheet_state = "hidden"
    made.save(file)
    done, _ = read(file, Asked(agency[0], ASKED), None, agency[1])
    assert [(problem.place.sheet, problem.key) for problem in done.left] == [("Nháp", "layout.left_hidden")]
    assert len(done.snapshots) == 1


def test_all_refusals_of_a_folder_come_together(tmp_path: Path, agency: tuple[ntm.Pack, Catalogue]) -> None:
    pack, catalogue = agency
    folder = tmp_path / "bieu"
    folder.mkdir()
    rows = [["Đến ngày 30/6/2024"], ["TT", "Tên xã", "Tiêu chí 1"]]
    for name, unit in (("a", "Xã An Bình"), ("b", "Xã Lạ"), ("c", "Xã Lạ Nữa")):
        book(folder / f"{name}.xlsx", [*rows, [1, unit, "Đạt"]])
    layout = read(folder / "a.xlsx", Asked(pack, ASKED), None, catalogue)[0].proposals[0][1].layout
    assert layout is not None
    with pytest.raises(NtmError) as caught:
        ntm.read_snapshots(folder, packs=[pack], units=ASKED, layout=layout, catalogue=catalogue)
    assert [problem.place.file for problem in caught.value.problems] == ["b.xlsx", "c.xlsx"]


def test_a_layout_of_one_communes_form_reads_the_others_as_theirs(
    tmp_path: Path, agency: tuple[ntm.Pack, Catalogue]
) -> None:
    """A kept layout says nothing of the unit and the day of the table it was made from."""
    pack, catalogue = agency
    folder = tmp_path / "bieu"
    folder.mkdir()
    for number, unit in enumerate(ASKED):
        titles = [[f"KẾT QUẢ CỦA {unit.name.upper()}"], [f"Đến ngày 30/{number + 6}/2024"]]
        rows = [["TT", "Nội dung", "Kết quả"], ["1.1", "Tỷ lệ hộ dùng nước sạch", 50 + number]]
        book(folder / f"{number}.xlsx", [*titles, *rows])
    asked = Asked(pack, ASKED)
    proposal = read(folder / "0.xlsx", asked, None, catalogue)[0].proposals[0][1]
    layout = proposal.kept
    assert layout is not None
    said = ntm.read_snapshots(folder, packs=[pack], units=ASKED, layout=layout, catalogue=catalogue)
    assert [(one.unit.id, str(one.as_of), values(one)["water"]) for one in said] == [
        ("18001", "2024-06-30", 50),
        ("18002", "2024-07-30", 51),
    ]
    # What a layout says and the table contradicts is refused, whoever said it.
    for update, key in (
        ({"unit": ASKED[0]}, "error.layout_other_unit"),
        ({"period": "30/06/2024"}, "error.layout_other_period"),
    ):
        done, _ = read(folder / "1.xlsx", asked, layout.model_copy(update=update), catalogue)
        assert [problem.key for problem in done.refused] == [key]
    for said_beside in (asked._replace(unit=ASKED[0]), asked._replace(as_of=date(2023, 12, 31))):
        done, _ = read(folder / "1.xlsx", said_beside, None, catalogue)
        assert [problem.key for problem in done.refused] == [
            "error.layout_other_unit" if said_beside.unit else "error.layout_other_period"
        ]


def test_a_legend_that_contradicts_the_layout_is_refused(tmp_path: Path, agency: tuple[ntm.Pack, Catalogue]) -> None:
    rows: list[list[object]] = [["Đến ngày 30/6/2024"], ["TT", "Tên xã", "Tiêu chí 1"], [1, "Xã An Bình", "x"]]
    asked = Asked(agency[0], ASKED)
    first = book(tmp_path / "a.xlsx", [*rows, ["Ghi chú: x: đạt"]])
    layout = read(first, asked, None, agency[1])[0].proposals[0][1].layout
    done, _ = read(book(tmp_path / "b.xlsx", [*rows, ["Ghi chú: x: chưa đạt"]]), asked, layout, agency[1])
    assert [problem.key for problem in done.refused] == ["error.layout_other_mark"]


def test_the_unit_of_a_form_is_the_smallest_its_titles_name(tmp_path: Path) -> None:
    pack = ntm.load_pack("vn/commune@2021-2025")
    asked = Asked(pack, province="42", level=Level.COMMUNE)
    rows = [["Đến ngày 30/6/2024"], ["TT", "Nội dung", "Đánh giá"], ["1.1", "Có quy hoạch chung xây dựng xã", "Đạt"]]

    def unit(*titles: str) -> str:
        done = read_file(book(tmp_path / "x.xlsx", [*([title] for title in titles), *rows]), asked)
        return done.snapshots[0].unit.id if done.snapshots else done.proposals[0][1].doubts[0].key

    assert unit("UBND HUYỆN KỲ ANH", "KẾT QUẢ XÂY DỰNG XÃ NÔNG THÔN MỚI CỦA XÃ KỲ PHÚ NĂM 2024") == "18763"
    # A table of before July 2025 is about the units of then, though a new one has the name.
    assert unit("Xã Kỳ Xuân, huyện Kỳ Anh") == "18757"
    assert read_file(tmp_path / "x.xlsx", asked).snapshots[0].unit.parent == "447"
    assert unit("Kính gửi: UBND huyện Kỳ Anh") == "layout.doubt.unit"
    assert unit("Xã Kỳ Phú", "Xã Kỳ Bắc") == "layout.doubt.units"


def test_a_column_of_what_is_required_is_no_wording(tmp_path: Path, agency: tuple[ntm.Pack, Catalogue]) -> None:
    rows = [
        ["Xã An Bình, đến ngày 30/06/2024"],
        ["TT", "Nội dung", "Chỉ tiêu", "Kết quả"],
        ["1.1", "Tỷ lệ hộ dùng nước sạch", "Đạt", 90],
    ]
    done, _ = read(book(tmp_path / "a.xlsx", rows), Asked(agency[0], ASKED), None, agency[1])
    assert [values(one) for one in done.snapshots] == [{"water": 90}]
