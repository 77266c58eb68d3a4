"""The pictures of the five kinds of tables in ``docs/tables.vi.md``: made up, read, and shown as they were read.

python docs/images/tables.py            # needs the extras [layout,excel] and a Chromium

"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl

from ntm_rules import Unit, load_pack
from ntm_rules.layout.files import Asked, read_file
from ntm_rules.layout.show import as_html

HERE = Path(__file__).parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
UNITS = tuple(
    Unit(id=f"9000{n}", name=f"Xã {name}", level="commune", region="btb")
    for n, name in enumerate(("An Bình", "Cát Tường", "Đồng Tâm"), 1)
)
WATER = "Tỷ lệ hộ được sử dụng nước sạch theo quy chuẩn"
INSURED = "Tỷ lệ người dân tham gia bảo hiểm y tế (áp dụng đạt cho cả nam và nữ)"
POOR = "Tỷ lệ nghèo đa chiều (hộ nghèo và hộ cận nghèo)"
HOUSES = "Tỷ lệ hộ có nhà ở kiên cố hoặc bán kiên cố"
Rows = list[list[object]]
Tables = dict[str, tuple[Rows, tuple[str, ...], int]]

TABLES: Tables = {
    "tables-form": (
        [
            ["KẾT QUẢ TỰ ĐÁNH GIÁ CỦA XÃ AN BÌNH (đến ngày 30/6/2024)"],
            ["TT", "Nội dung", "Chỉ tiêu", "Kết quả", "Tự đánh giá", None, "Ghi chú"],
            [None, None, None, None, "Đạt", "Chưa đạt", None],
            ["I", "HẠ TẦNG"],
            ["9.2", HOUSES, "≥ 75%", "76,5%", "x", None, "biên bản 12"],
            ["15.1", INSURED, "≥ 90%", "6.112/6.920", None, "x", None],
            ["17.1", WATER, "≥ 45%", "Chưa có số liệu", None, None, None],
            ["Cộng", None, None, None, 1, 1],
            [None, "Người lập biểu", None, "TM. ỦY BAN NHÂN DÂN"],
        ],
        ("A2:A3", "B2:B3", "C2:C3", "D2:D3", "E2:F2", "G2:G3"),
        760,
    ),
    "tables-matrix": (
        [
            ["BIỂU TỔNG HỢP (số liệu đến ngày 30/6/2024)"],
            ["TT", "Tên xã", "Kết quả theo tiêu chí", None, None, "Tổng số tiêu chí đạt"],
            [None, None, 1, 2, 3, None],
            [None, None, "Quy hoạch", "Giao thông", "Thủy lợi", None],
            [1, "Xã An Bình", "x", "x", "x", 3],
            [2, "Xã Cát Tường", "x", "K", "x", 2],
            [3, "Xã Đồng Tâm", "x", None, "K", 1],
            ["Ghi chú: x: đạt; K: chưa đạt; để trống: chưa có số liệu"],
        ],
        ("A2:A4", "B2:B4", "C2:E2", "F2:F4"),
        700,
    ),
    "tables-across": (
        [
            ["BIỂU TỔNG HỢP, 6 tháng đầu năm 2024"],
            ["TT", "Mã chỉ tiêu", "Nội dung", "Mức yêu cầu", "Xã An Bình", "Xã Cát Tường"],
            [1, "9.2", HOUSES, "≥ 75%", "76,5", "81"],
            [2, "15.1", INSURED, "≥ 90%", "91,2", "89,9"],
            [3, "1.1", "Có quy hoạch chung xây dựng xã được phê duyệt", "Đạt", "Đạt", "Chưa đạt"],
        ],
        (),
        560,
    ),
    "tables-wide": (
        [
            ["MỘT SỐ CHỈ TIÊU CHỦ YẾU NĂM 2023"],
            ["TT", "Tên xã", "Các chỉ tiêu", None],
            [None, None, "Thu nhập bình quân đầu người (triệu đồng/người/năm)", f"{POOR} (%)"],
            ["I", "Khu vực đồng bằng"],
            [1, "Xã An Bình", 52.5, 2.15],
            [2, "Xã Cát Tường", "48,9", "3,4"],
            ["BQ", "Bình quân chung", 50.7, 2.8],
        ],
        ("A2:A3", "B2:B3", "C2:D2"),
        620,
    ),
    "tables-agency": (
        [
            ["Biểu 10. KẾT QUẢ THỰC HIỆN CỦA XÃ AN BÌNH NĂM 2024"],
            ["TT", "Nội dung", "ĐVT", "KQ đến 31/12 năm trước", None, "TH 6 tháng", None, "Kế hoạch"],
            [None, None, None, "Kết quả", "Đánh giá", "Kết quả", "Đánh giá", None],
            ["9.2", HOUSES, "%", 74.1, "Chưa đạt", 76.5, "Đạt", 80],
            ["15.1", INSURED, "%", 88.2, "Chưa đạt", 88.3, "Chưa đạt", 92],
        ],
        ("A2:A3", "B2:B3", "C2:C3", "D2:E2", "F2:G2", "H2:H3"),
        560,
    ),
}


def page(name: str, folder: Path) -> Path:
    """The table as a workbook, read by what is proposed for it, and shown."""
    rows, merged, _ = TABLES[name]
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Biểu"
    for row in rows:
        sheet.append(row)
    for span in merged:
        sheet.merge_cells(span)
    book.save(folder / f"{name}.xlsx")
    done = read_file(folder / f"{name}.xlsx", Asked(load_pack("vn/commune@2021-2025"), UNITS))
    if done.refused:
        raise SystemExit("\n".join(problem.text() for problem in done.refused))
    made = folder / f"{name}.html"
    made.write_text(as_html(done.reads), encoding="utf-8")
    return made


def main(shot: Callable[[Path, Path, int], None]) -> None:
    with TemporaryDirectory(dir=Path.home()) as folder:
        for name, (_, _, height) in TABLES.items():
            shot(page(name, Path(folder)), HERE / f"{name}.png", height)


def chromium(html: Path, picture: Path, height: int) -> None:
    browser = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if browser is None:
        raise SystemExit("no Chromium")
    size = f"--window-size=1000,{height}"
    asked = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", size, f"--screenshot={picture}"]
    subprocess.run([browser, *asked, html.as_uri()], check=True, capture_output=True)


if __name__ == "__main__":
    main(chromium)
    sys.stdout.write(f"{len(TABLES)} pictures\n")
