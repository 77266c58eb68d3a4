"""The page of ``ntm-rules open``: an officer's afternoon without a terminal, and nobody else gets in."""

from __future__ import annotations

import base64
import json
import re
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("starlette", reason="the extra `service` is not installed")
pytest.importorskip("uvicorn", reason="the extra `service` is not installed")
httpx = pytest.importorskip("httpx", reason="httpx is not installed")
openpyxl = pytest.importorskip("openpyxl", reason="the extra `excel` is not installed")

import ntm_rules as ntm  # noqa: E402
from ntm_rules.layout.grid import grids  # noqa: E402
from ntm_rules.messages import Lang, has, told_under  # noqa: E402
from ntm_rules.tabular.excel import read_workbook  # noqa: E402
from ntm_rules.tabular.sheet import letters, shown  # noqa: E402

TestClient = pytest.importorskip("starlette.testclient").TestClient
screen = pytest.importorskip("ntm_rules.screen")
fix = pytest.importorskip("ntm_rules.screen.fixing").fix

COMMUNES = [(str(18700 + n), f"Xã Thứ {n}") for n in range(1, 21)]
MARKS = {"đ": "met", "cđ": "not_met", "không rõ": "wrong", "?": "wrong", "xem lại": "wrong"}
BAD = {"D6": "Không rõ", "F9": "?", "H12": "xem lại"}


def write_matrix(path: Path) -> Path:
    """Twenty communes by nineteen criteria in marks nobody explains, three cells filled in wrongly."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Xã"
    sheet.append(["BIỂU TỔNG HỢP KẾT QUẢ THỰC HIỆN BỘ TIÊU CHÍ XÃ NÔNG THÔN MỚI"])
    sheet.append([])
    sheet.append(["TT", "Tên xã", *(f"Tiêu chí {n}" for n in range(1, 20))])
    for number, (_, name) in enumerate(COMMUNES, 1):
        sheet.append([number, name, *("CĐ" if (number * 7 + n) % 23 == 0 else "Đ" for n in range(19))])
    for cell, text in BAD.items():
        sheet[cell] = text
    book.save(path)
    return path


def write_register(path: Path) -> Path:
    rows = "".join(f"{code},{name},commune,447,Huyện Kỳ Anh\n" for code, name in COMMUNES)
    path.write_text(f"code,name,level,district_code,district\n{rows}", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def matrix(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_matrix(tmp_path_factory.mktemp("office") / "ma-tran.xlsx")


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_register(tmp_path_factory.mktemp("register") / "danh-muc.csv")


@pytest.fixture(scope="module")
def client() -> Iterator[Any]:
    # Entered once: the processes that read files live as long as its event loop does.
    with TestClient(screen.app(), base_url="http://127.0.0.1:8000") as opened:
        yield opened


def desk(path: Path, register: Path | None = None, **more: Any) -> dict[str, Any]:
    body = {"name": path.name, "data": base64.b64encode(path.read_bytes()).decode(), "pack": "vn/commune@2021-2025"}
    if register is not None:
        body |= {"register_name": register.name, "register_data": base64.b64encode(register.read_bytes()).decode()}
    return {**body, "day": "2023-08-17", "province": "hatinh", **more}


def test_marks_are_asked_about_slips_are_fixed_and_the_result_is_what_the_library_says(
    client: Any, matrix: Path, register: Path
) -> None:
    first = client.post("/read", json=desk(matrix, register)).json()
    assert {one["mark"] for one in first["marks"]} == set(MARKS)
    assert first["units"] == []
    second = client.post("/read", json=desk(matrix, register, marks=MARKS)).json()
    assert {one["cell"] for one in second["problems"]} == {f"Xã!{cell}" for cell in BAD}
    fixes = {f"Xã!{cell}": "Đ" for cell in BAD}
    done = client.post("/judge", json=desk(matrix, register, marks=MARKS, fixes=fixes)).json()
    assert [unit["name"] for unit in done["units"]] == [name for _, name in COMMUNES]
    judged = {unit["id"]: unit for unit in done["judged"]["units"]}
    for number, (code, _) in enumerate(COMMUNES, 1):
        failed = [
            str(n + 1) for n in range(19) if (number * 7 + n) % 23 == 0 and f"{chr(67 + n)}{number + 3}" not in BAD
        ]
        findings = {str(n): "not_met" if str(n) in failed else "met" for n in range(1, 20)}
        unit = ntm.Unit(id=code, level="commune", region="btb")
        known = ntm.Snapshot(unit=unit, as_of="2023-08-17", findings={"vn/commune": findings})
        assert judged[code]["verdict"] == ntm.evaluate("vn/commune", known).verdict
        cells = dict(zip((c["code"] for c in done["judged"]["criteria"]), judged[code]["cells"], strict=True))
        assert [c for c, one in cells.items() if one and one["verdict"] == "NOT_MET" and c.isdigit()] == failed


def test_everything_can_be_taken_away(client: Any, matrix: Path, register: Path, tmp_path: Path) -> None:
    pytest.importorskip("docx", reason="the extra `report` is not installed")
    chosen = desk(
        matrix, register, marks=MARKS, fixes={f"Xã!{cell}": "Đ" for cell in BAD}, title="Kết quả huyện Kỳ Anh"
    )
    for kind, start in {"html": b"<!doctype", "xlsx": b"PK", "docx": b"PK"}.items():
        answer = client.post("/report", json={**chosen, "kind": kind})
        assert answer.status_code == 200
        assert answer.content.lower().startswith(start.lower())
    saved = tmp_path / "facts.yaml"
    saved.write_bytes(client.post("/report", json={**chosen, "kind": "yaml"}).content)
    assert len(ntm.read_snapshots(saved)) == 20


def test_a_form_of_the_library_and_a_file_that_is_none(client: Any, tmp_path: Path) -> None:
    table = tmp_path / "a.csv"
    table.write_text(
        "id;level;as_of;clean_water_centralised_share\n1;xã;17/8/2023;x\n2;xã;17/8/2023;55\n", encoding="utf-8"
    )
    told = client.post("/read", json=desk(table)).json()
    (problem,) = told["problems"]
    assert problem["cell"] == "D2"
    assert told["refused"] == []
    told = client.post("/read", json=desk(table, fixes={"D2": "12,8"})).json()
    assert [unit["id"] for unit in told["units"]] == ["1", "2"]
    picture = tmp_path / "a.png"
    picture.write_bytes(b"x")
    refused = client.post("/read", json=desk(picture))
    assert refused.status_code == 422
    assert "không đọc loại tệp này" in refused.json()["problems"][0]
    for name in ("a.xls", "a.doc"):
        old = client.post("/read", json={**desk(table), "name": name}).json()
        assert "hãy mở và lưu lại thành .docx hoặc .xlsx" in old["problems"][0]
    broken = client.post("/read", json={**desk(table), "data": "%%%"})
    assert broken.status_code == 422
    escaping = client.post("/read", json={**desk(table), "name": "../../etc/a.csv"})
    assert escaping.status_code == 200
    for name in ("..", "/", "a\0.csv", "ệ" * 190):
        assert client.post("/read", json={**desk(table), "name": name}).status_code == 422


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize(("first", "delimiter"), [("Kết quả; huyện Kỳ Anh", ","), ("sep=|", "|"), ("Kết quả", "\t")])
def test_a_cell_of_lines_is_fixed_where_the_reader_saw_it(
    tmp_path: Path, coding: str, first: str, delimiter: str
) -> None:
    """Whatever stands between the fields and however the file is coded: what the title holds misleads nobody."""
    path = tmp_path / "bieu.csv"
    rows = ["TT", "Tên xã", "Ghi chú"], ["1", "Xã Kỳ Phú", "?"]
    path.write_text("\n".join([first, *map(delimiter.join, rows)]), encoding=coding)
    fix(path, {"C3": "đạt"})
    (grid,) = grids(path)
    assert [grid.text(3, column) for column in (1, 2, 3)] == ["1", "Xã Kỳ Phú", "đạt"]
    assert grid.text(2, 3) == "Ghi chú"


def _give_results(path: Path, results: dict[str, int]) -> None:
    """What Excel writes and openpyxl does not: the results of formulas beside them."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"].decode()
    for cell, result in results.items():
        sheet, times = re.subn(rf'(<c r="{cell}"[^>]*><f>[^<]*</f>)<v ?(?:/>|></v>)', rf"\1<v>{result}</v>", sheet)
        assert times == 1
    parts["xl/worksheets/sheet1.xml"] = sheet.encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


def test_a_workbook_fixed_keeps_what_its_formulas_came_to_but_for_those_that_read_the_fix(tmp_path: Path) -> None:
    """A result over a cell fixed here is an old one: it is asked for, not judged."""
    path = tmp_path / "bieu.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["=B2+1", "=SUM(A2:A9)", "=B1*2", "=ton_tai+1", "gạch", "gộp"])
    sheet.append(["5", "6"])
    sheet["E1"].font = openpyxl.styles.Font(strike=True)
    sheet.merge_cells("F1:G1")
    book.save(path)
    _give_results(path, {"A1": 7, "B1": 5, "C1": 10, "D1": 9})
    fix(path, {"A2": "8", "E1": "đạt", "G1": "chưa đạt"})
    (read,) = read_workbook(path)
    cells = {f"{letters(column)}{row.number}": value for row in read for column, value in row.cells.items()}
    old = [name for name, value in cells.items() if getattr(value, "reason", "") == "error.cell_uncomputed"]
    assert old == ["B1", "C1", "D1"], "the sum reads the fix, the double reads the sum, what a name reads is not known"
    assert shown(cells["A1"]) == "7"
    assert [cells[name] for name in ("A2", "B2", "E1", "F1")] == ["8", "6", "đạt", "chưa đạt"]


# What only somebody with a command line or a layout file can do.
ELSEWHERE = re.compile(
    r"(?<![\w-])--\w|khuôn biểu|khỏi lệnh|\bthe layout\b|\blayout's\b|register_of"
    r"|\b(?:role|marks|period|of|heading|names): |(?:ghi|give|put) unit:"
)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_what_the_page_says_of_a_table_can_be_done_on_the_page(lang: Lang) -> None:
    for key, text in told_under("here.", lang).items():
        assert not ELSEWHERE.search(text), f"{key}: {text}"
        assert has(key), f"{key} stands for nothing"
    said_here = told_under("here.", lang)
    doubts = {key: text for key, text in told_under("layout.doubt.", lang).items() if ELSEWHERE.search(text)}
    assert {f"layout.doubt.{key}" for key in doubts} <= said_here.keys()


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_table_that_is_refused_names_the_fields_of_the_page(client: Any, tmp_path: Path, lang: Lang) -> None:
    def told(rows: str, **more: Any) -> str:
        table = tmp_path / "bieu.csv"
        table.write_text(rows, encoding="utf-8")
        answer = client.post("/read", json=desk(table, lang=lang, level="commune", **more)).json()
        parts = ("refused", "doubts", "understood")
        return "\n".join(
            [*(one["text"] for one in answer["problems"]), *(line for part in parts for line in answer[part])]
        )

    heads = "TT;Tên xã;9. Nhà ở dân cư;15. Y tế\n"
    known = {"marks": {"đ": "met"}}
    step = {"vi": "bước 1", "en": "step 1"}[lang]
    unknown = told(f"{heads}1;Xã Không Có;Đ;Đ\n2;Xã Kỳ Phú;Đ;Đ\n", **known)
    other_day = told(f"Biểu 6 tháng đầu năm 2024;;;\n{heads}1;Xã Kỳ Phú;Đ;Đ\n", **known)
    nothing = told("a;b\nc;d\n")
    assert step in unknown
    assert step in other_day
    for said in (unknown, other_day, nothing):
        assert not ELSEWHERE.search(said), said
    marks = told(f"{heads}1;Xã Kỳ Phú;#;#\n")
    assert {"vi": "chọn nghĩa", "en": "choose what it means"}[lang] in marks
    assert not ELSEWHERE.search(marks), marks


def test_totals_that_disagree_with_their_parts_are_told_as_the_command_line_tells_them(
    client: Any, register: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """“17/19” beside seventeen marks agrees; 3 under a column of nineteen does not."""
    from ntm_rules.cli import main

    path = tmp_path / "tong.csv"
    rows = "".join(f"{n};{name};đạt;{'chưa đạt' if n < 3 else 'đạt'};2/2\n" for n, (_, name) in enumerate(COMMUNES, 1))
    heads = "TT;Tên xã;Tiêu chí 1;Tiêu chí 2;Tổng số tiêu chí đạt\n"
    path.write_text(f"{heads}{rows};Tổng cộng;20;3;\n", encoding="utf-8")
    told = client.post("/read", json=desk(path, register)).json()
    assert len(told["units"]) == 20, told
    differing = [line for line in told["doubts"] if "tổng trong biểu" in line]
    assert [re.search(r"ô (\w+)", line)[1] for line in differing] == ["E2", "E3", "D22"]  # type: ignore[index]
    asked = ["--pack", "vn/commune@2021-2025", "--province", "hatinh", "--as-of", "2023-08-17"]
    main(["read", str(path), *asked, "--units", str(register)])
    said = capsys.readouterr().err
    for line in differing:
        assert line.partition("ô ")[2] in said


def test_what_is_refused_of_many_is_told_once(client: Any, matrix: Path, register: Path) -> None:
    chosen = desk(matrix, register, marks=MARKS, fixes={f"Xã!{cell}": "Đ" for cell in BAD}, province="nghean")
    done = client.post("/judge", json={**chosen, "pack": "hatinh/commune@2022-2025"}).json()
    (said,) = done["judged"]["refusals"]
    assert said.startswith("20 đơn vị (Xã Thứ 1, Xã Thứ 2, Xã Thứ 3, …): ")
    assert "bước 1" in said
    loose = client.post("/judge", json={**chosen, "province": "", "region": "btb"}).json()
    assert len(loose["judged"]["units"]) == 20, "what stands for no province is no province"


def test_the_day_the_province_and_the_set_are_proposed_from_the_table(client: Any, tmp_path: Path) -> None:
    table = tmp_path / "bieu.csv"
    heads = "UBND TỈNH HÀ TĨNH;;;\nKết quả đến ngày 31/12/2023;;;\nTT;Tên xã;9. Nhà ở dân cư;15. Y tế\n"
    table.write_text(f"{heads}1;Xã Kỳ Phú;đạt;đạt\n", encoding="utf-8")
    today = desk(table, day="2026-11-26", pack="vn/commune@2026-2030", province="")
    told = client.post("/look", json=today).json()
    nothing = {"named": [], "covered": False}
    assert told == {"day": "2023-12-31", "province": "hatinh", "pack": "hatinh/commune@2022-2025", **nothing}
    table.write_text("TT;Tên xã;9. Nhà ở dân cư\n1;Xã Kỳ Phú;đạt\n", encoding="utf-8")
    told = client.post("/look", json={**desk(table), **{k: today[k] for k in ("day", "pack", "province")}}).json()
    assert told == {"day": "", "province": "", "pack": "vn/commune@2026-2030", **nothing}


def test_the_set_that_a_file_names_itself_is_proposed_and_several_are_told(client: Any, tmp_path: Path) -> None:
    """The cleaned facts dropped back give the result they were saved from, whatever set stands on the page."""
    path = tmp_path / "facts.json"

    def looked(*sets: str, **more: Any) -> Any:
        unit = {"id": "18763", "level": "commune", "province": "hatinh", "region": "btb"}
        findings = {one: {"1": "met"} for one in sets}
        path.write_text(json.dumps({"unit": unit, "as_of": "2023-08-17", "findings": findings}), encoding="utf-8")
        return client.post(
            "/look", json=desk(path, **{"pack": "vn/commune@2026-2030", "day": "2026-11-26", **more})
        ).json()

    told = looked("vn/commune@2021-2025")
    assert (told["named"], told["pack"], told["day"]) == (
        ["vn/commune@2021-2025"],
        "vn/commune@2021-2025",
        "2023-08-17",
    )
    assert looked("vn/commune")["pack"] == "vn/commune@2021-2025"
    both = looked("vn/commune", "vn/commune-advanced")
    assert (both["named"], both["covered"]) == (["vn/commune-advanced@2021-2025", "vn/commune@2021-2025"], False)
    assert looked("vn/commune", "vn/commune-advanced", pack="vn/commune@2021-2025")["covered"]
    assert looked("nobody/knows")["named"] == []
    assert looked()["pack"] == "hatinh/commune@2022-2025"


def test_what_is_not_used_of_many_units_is_said_once_and_names_the_set_in_words(client: Any, tmp_path: Path) -> None:
    path = tmp_path / "facts.json"
    units = [{"id": f"{18700 + n}", "name": f"Xã Thứ {n}", "level": "commune", "region": "btb"} for n in range(1, 6)]
    found = {"vn/commune-advanced@2021-2025": {"1": "met", "2": "not_met"}, "vn/commune@2021-2025": {"1": "met"}}
    facts = [{"unit": unit, "as_of": "2023-08-17", "findings": found} for unit in units]
    path.write_text(json.dumps(facts), encoding="utf-8")
    limits = client.post("/judge", json=desk(path, province="")).json()["judged"]["limits"]
    (said,) = [line for line in limits if "không được dùng" in line]
    assert said.startswith(
        "kết luận theo “Bộ tiêu chí quốc gia về xã nông thôn mới nâng cao giai đoạn 2021-2025” (1, 2)"
    )
    assert "5 đơn vị (Xã Thứ 1, Xã Thứ 2, Xã Thứ 3, …)" in said
    assert "vn/" not in said


def test_a_table_with_codes_of_units_is_read_as_the_office_s_own_where_that_understands_more(
    client: Any, tmp_path: Path
) -> None:
    book = openpyxl.Workbook()
    book.active.append(["TT", "Tên xã", "Mã xã", *(f"TC{n}" for n in range(1, 20))])
    book.active.append([1, "Xã Kỳ Phú", "18763", *["Đạt"] * 19])
    book.save(tmp_path / "co-ma.xlsx")
    told = client.post("/read", json=desk(tmp_path / "co-ma.xlsx")).json()
    assert [one["id"] for one in told["units"]] == ["18763"]
    # A table of the library's own with a slip in one heading gets the words that would be right.
    ours = tmp_path / "cua-ta.csv"
    ours.write_text("mã xã,cấp,số hộ nghèo đa chiềuu,finding:vn/commune:1.1\n18763,xã,5,đạt\n", encoding="utf-8")
    told = client.post("/read", json=desk(ours)).json()
    assert [one["cell"] for one in told["problems"]] == ["C1"]


def test_a_heading_that_is_not_understood_is_written_otherwise_on_the_page(
    client: Any, register: Path, tmp_path: Path
) -> None:
    """In the office's own table, beside marks that are asked about, and in one of the library's layouts."""
    table = tmp_path / "bieu.csv"
    table.write_text("TT,Tên xã,9. Nhà ở dân cư,Chỉ số lạ\n1,Xã Thứ 1,Đ,Đ\n2,Xã Thứ 2,Đ,Đ\n", encoding="utf-8")
    told = client.post("/read", json=desk(table, register)).json()
    assert [(one["cell"], one["code"]) for one in told["problems"]] == [("D1", "layout.doubt.of")]
    assert ([one["mark"] for one in told["marks"]], told["refused"], told["units"]) == (["đ"], [], [])
    told = client.post("/read", json=desk(table, register, marks={"đ": "met"}, fixes={"D1": "10. Thu nhập"})).json()
    assert ([one["id"] for one in told["units"]], told["problems"]) == (["18701", "18702"], [])
    table.write_text("mã xã,cấp,số hộ nghèo đa chiềuu\n18763,xã,5\n", encoding="utf-8")
    assert [one["cell"] for one in client.post("/read", json=desk(table)).json()["problems"]] == ["C1"]
    told = client.post("/read", json=desk(table, fixes={"C1": "clean_water_centralised_share"})).json()
    assert [one["id"] for one in told["units"]] == ["18763"]


def test_a_unit_that_the_page_proposes_is_taken_as_it_is_typed(client: Any, register: Path, tmp_path: Path) -> None:
    """Beside the country's register, and beside one's own that does not say where its units lie."""
    own = tmp_path / "danh-muc.csv"
    own.write_text("code,name,level\n18757,Xã Kỳ Xuân,commune\n18415,Xã Thiên Lộc,commune\n", encoding="utf-8")
    for beside, written in ((None, "Xã Kỳ Xuân"), (own, "Xã Kỳ Xuâm"), (own, "Xã Kỳ Xuân")):
        book = openpyxl.Workbook()
        rows = [
            ["UBND HUYỆN CAN LỘC"],
            ["KẾT QUẢ THỰC HIỆN TIÊU CHÍ NÔNG THÔN MỚI"],
            ["TT", "Tên xã", "9. Nhà ở dân cư"],
        ]
        for row in (*rows, [1, "Xã Thiên Lộc", "Đạt"], [2, written, "Đạt"]):
            book.active.append(row)
        book.save(tmp_path / "bieu.xlsx")
        told = client.post("/read", json=desk(tmp_path / "bieu.xlsx", beside)).json()
        if told["problems"]:
            (problem,) = told["problems"]
            proposed = re.search(r"Có phải là: ([^;?]+)", problem["text"])[1]
            fixes = {problem["cell"]: proposed}
            told = client.post("/read", json=desk(tmp_path / "bieu.xlsx", beside, fixes=fixes)).json()
        assert (told["problems"], [one["id"] for one in told["units"]]) == ([], ["18415", "18757"]), (beside, written)


def test_a_title_s_places_are_known_beside_one_s_own_register_and_its_other_words_can_be_answered(
    client: Any, register: Path, tmp_path: Path
) -> None:
    def table(title: str) -> Path:
        book = openpyxl.Workbook()
        book.active.append([title])
        book.active.append(["TT", "Tên xã", *(f"TC{n}" for n in range(1, 20))])
        book.active.append([1, "Xã Thứ 1", *["Đạt"] * 19])
        book.save(tmp_path / "ten.xlsx")
        return tmp_path / "ten.xlsx"

    def read(title: str, **more: Any) -> Any:
        return client.post("/read", json=desk(table(title), register, **more)).json()

    assert read("TỔNG HỢP TIÊU CHÍ NÔNG THÔN MỚI HUYỆN KỲ ANH, TỈNH HÀ TĨNH")["units"]
    other = read("TỔNG HỢP TIÊU CHÍ NÔNG THÔN MỚI TỈNH NGHỆ AN")
    assert not other["units"]
    assert "chọn lại tỉnh" in other["understood"][0]
    asked = read("TỔNG HỢP TIÊU CHÍ NÔNG THÔN MỚI XUÂN BÍNH NGỌ")
    assert (asked["units"], asked["refused"]) == ([], [])
    (words,) = [one["words"] for one in asked["words"]]
    assert read("TỔNG HỢP TIÊU CHÍ NÔNG THÔN MỚI XUÂN BÍNH NGỌ", understood=[words])["units"]


def test_what_holds_no_facts_is_told_for_what_it_is(client: Any, register: Path, tmp_path: Path) -> None:
    told = client.post("/judge", json=desk(register)).json()
    assert (told["units"], "judged" in told) == ([], False)
    assert "20 đơn vị" in told["refused"][0]
    from ntm_rules.pack.worksheet import write_worksheet

    write_worksheet(ntm.load_pack("vn/commune@2021-2025"), tmp_path / "phieu.xlsx")
    told = client.post("/read", json=desk(tmp_path / "phieu.xlsx")).json()
    assert (told["problems"], len(told["refused"])) == ([], 1)
    assert "phiếu đối chiếu" in told["refused"][0]


@pytest.mark.parametrize("layout", ["sheets", "units"])
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_form_of_ours_is_known_empty_or_damaged_in_the_words_of_the_command_line(
    client: Any, tmp_path: Path, layout: Any, lang: Lang
) -> None:
    """Blank, with a unit and a day written in beforehand, and with its hidden first row gone."""
    from ntm_rules.snapshot.form import write_form

    pack, path = ntm.load_pack("vn/commune@2026-2030"), tmp_path / "phieu.xlsx"
    unit = ntm.Unit(id="18763", name="Xã Kỳ Phú", level="commune")
    for units, day in (((), None), ((unit,), None), ((unit,), date(2026, 6, 30))):
        write_form(pack, path, units, as_of=day, layout=layout, lang=lang)
        told = client.post("/read", json=desk(path, pack="vn/commune", day="2026-11-26", lang=lang)).json()
        said = ntm.errors.Problem("error.nothing_read", ntm.errors.Place(file=path.name)).text(lang)
        assert (told["units"], told["problems"], told["refused"]) == ([], [], [said])
    if layout == "sheets":
        write_form(pack, path, lang=lang)
        book = openpyxl.load_workbook(path)
        book.worksheets[1].delete_rows(1)
        book.save(path)
        with pytest.raises(ntm.NtmError) as refused:
            ntm.read_snapshots(path)
        told = client.post("/read", json=desk(path, pack="vn/commune", day="2026-11-26", lang=lang)).json()
        assert (told["problems"], told["refused"]) == ([], [refused.value.problems[0].text(lang)])


def test_a_report_of_ours_is_known_at_every_door(client: Any, matrix: Path, register: Path, tmp_path: Path) -> None:
    pytest.importorskip("docx", reason="the extra `report` is not installed")
    chosen = desk(matrix, register, marks=MARKS, fixes={f"Xã!{cell}": "Đ" for cell in BAD})
    for kind, door in {"xlsx": "read", "docx": "read", "html": "decision"}.items():
        report = tmp_path / f"report.{kind}"
        report.write_bytes(client.post("/report", json={**chosen, "kind": kind}).content)
        answer = client.post(f"/{door}", json=desk(report)).json()
        (said,) = answer["refused"] if door == "read" else answer["problems"]
        assert "là báo cáo do chương trình lập ra" in said
        if kind == "xlsx":
            with pytest.raises(ntm.NtmError, match="a report this program made"):
                ntm.read_snapshots(report)


def test_a_decision_comes_back_with_what_to_do_next(client: Any, tmp_path: Path) -> None:
    pytest.importorskip("lxml", reason="the extra `document` is not installed")
    page = tmp_path / "1.html"
    page.write_text(
        """<meta charset="utf-8"><p>Số: 1/QĐ-VD</p><p>Phụ lục I</p><table><tr><th>TT<th>Nội dung tiêu chí<th>Chỉ tiêu
        <tr><td>17<td>17.1. Tỷ lệ hộ được sử dụng nước sạch theo quy chuẩn<td>≥ 90%</table>""",
        encoding="utf-8",
    )
    told = client.post("/decision", json=desk(page)).json()
    assert told["page"].lower().startswith("<!doctype")
    assert "1/QĐ-VD" in told["summary"]
    assert told["next"][-1].endswith("Chưa có gì trong bộ tiêu chí bị thay đổi.")
    assert client.post("/worksheet", json=desk(page)).content.startswith(b"PK")
    assert "Không thấy con số nào" in told["next"][-2], "nothing that was read agrees where nothing was found"


def test_a_file_that_takes_too_long_gets_a_sentence_and_leaves_nothing(
    matrix: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    hurried = TestClient(screen.app(seconds=0.01), base_url="http://127.0.0.1:8000")
    answer = hurried.post("/read", json=desk(matrix))
    assert answer.status_code == 422
    assert "chưa đọc xong sau 1 giây" in answer.json()["problems"][0]
    assert list(tmp_path.iterdir()) == []


def test_a_body_that_does_not_say_its_size_is_no_way_round_the_limit(
    client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.modules["ntm_rules.screen.app"], "_BODY", 1000)

    def drops() -> Iterator[bytes]:
        yield from [b" " * 500] * 10

    sent = client.post("/read", content=drops(), headers={"content-type": "application/json"})
    assert sent.status_code == 413


def test_nobody_else_gets_in(client: Any, matrix: Path) -> None:
    """Another name that leads here, another page, a form post: none may have files read or results given."""
    body = desk(matrix)
    assert client.get("/", headers={"host": "evil.example"}).status_code == 421
    assert client.get("/", headers={"host": "127.0.0.1.evil.example:8000"}).status_code == 421
    assert client.post("/read", json=body, headers={"origin": "https://evil.example"}).status_code == 403
    assert client.post("/read", json=body, headers={"origin": "null"}).status_code == 403
    text = {"content-type": "text/plain"}
    assert client.post("/read", content=json.dumps(body), headers=text).status_code == 415
    assert client.post("/read", json=body, headers={"origin": "http://127.0.0.1:8000"}).status_code == 200
    page = client.get("/")
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert page.headers["cache-control"] == "no-store"


HARD = r"/opt/Nguyễn Văn A & Co/50% off $HOME `x` \\ \"q\"/python"


def test_a_file_to_double_click_on_linux(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read back by the rules of desktop entries: the string's escapes, then the quotes', then the field codes."""
    monkeypatch.setattr(sys, "platform", "linux")
    for program in (sys.executable, "/home/Văn A/môi trường/bin/python3", HARD):
        monkeypatch.setattr(sys, "executable", program)
        made = screen.shortcut(tmp_path, port=8123)
        assert made.suffix == ".desktop"
        assert made.stat().st_mode & 0o111
        head, *lines = made.read_bytes().decode("utf-8").splitlines()
        assert head == "[Desktop Entry]"
        entry = dict(line.split("=", 1) for line in lines)
        assert entry["Type"] == "Application"
        command = re.sub(r"\\(.)", r"\1", entry["Exec"])
        words = re.findall(r'"((?:[^"\\]|\\.)*)"|(\S+)', command)
        told = [re.sub(r"\\(.)", r"\1", quoted).replace("%%", "%") or plain for quoted, plain in words]
        assert told[:3] == ["env", "PYTHONSAFEPATH=1", program]
        assert told[3:] == ["-m", "ntm_rules.cli", "open", "--lang", "vi", "--port", "8123"]


def test_a_file_to_double_click_on_windows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No mark at its start, the code page before the first diacritic, lines as cmd ends them, a lone % doubled."""
    monkeypatch.setattr(sys, "platform", "win32")
    program = r"C:\Users\Nguyễn Văn A & B\100%\Scripts\python.exe"
    monkeypatch.setattr(sys, "executable", program)
    made = screen.shortcut(tmp_path, "en")
    assert made.name == "New rural assessment.bat"
    raw = made.read_bytes()
    assert raw.startswith(b"@echo off\r\nchcp 65001 >nul\r\n")
    assert raw.endswith(b"\r\n")
    assert raw.count(b"\n") == raw.count(b"\r\n")
    lines = raw.decode("utf-8").splitlines()
    assert all(line.isascii() for line in lines[:2])
    command = f'"{program.replace("%", "%%")}" -m ntm_rules.cli open --lang en'
    assert lines[2:] == ['set "PYTHONSAFEPATH=1"', command, "if errorlevel 1 pause"]


@pytest.mark.skipif(sys.platform == "win32", reason="folders are named otherwise there")
def test_the_file_goes_where_the_desktop_is_in_ones_own_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ntm_rules.cli import main

    monkeypatch.delenv("XDG_DESKTOP_DIR", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "user-dirs.dirs").write_text('XDG_DESKTOP_DIR="$HOME/Màn hình nền"\n', encoding="utf-8")
    (tmp_path / "Màn hình nền").mkdir()
    assert main(["open", "--shortcut"]) == 0
    assert (tmp_path / "Màn hình nền" / "Đánh giá nông thôn mới.desktop").is_file()


@pytest.mark.parametrize("started", ["ntm_rules", "ntm_rules.cli"])
def test_a_page_started_from_the_module_reads_files(started: str, matrix: Path) -> None:
    """Processes that read files load what was started anew, outside its package."""
    arguments = [sys.executable, "-m", started, "open", "--no-browser", "--lang", "en"]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True) as running:
        try:
            assert running.stdout is not None
            found = re.search(r"http://[\d.:]+", running.stdout.readline())
            assert found is not None
            answer = httpx.post(f"{found[0]}/look", json=desk(matrix), timeout=60)
            assert answer.status_code == 200
            assert answer.json()["pack"]
        finally:
            running.terminate()


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    import uvicorn

    server = uvicorn.Server(uvicorn.Config(screen.app(), port=0, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}/"
    server.should_exit = True
    thread.join()


def test_the_officers_afternoon(
    browser: Any, objections: Any, address: str, matrix: Path, register: Path, tmp_path: Path
) -> None:
    """Twenty communes in marks, three bad cells: read, explained, fixed, judged, the letter taken away; no terminal."""
    docx = pytest.importorskip("docx", reason="the extra `report` is not installed")
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(address)
    page.locator("#pack").select_option("vn/commune@2021-2025")
    page.locator("#day").fill("2023-08-17")
    page.locator("#province").select_option("hatinh")
    page.locator("#register").set_input_files(register)
    page.set_input_files("#file", matrix)
    for mark, meaning in MARKS.items():
        page.locator(f'select[data-mark="{mark}"]').select_option(meaning)
    page.locator("#marking").get_by_role("button").click()
    page.locator("#problems tr").nth(2).wait_for()
    assert not page.locator("#refused-file").is_visible()
    # A mark once explained can be explained otherwise, or its explanation taken back.
    page.locator('select[data-mark="?"]').select_option("")
    page.locator("#marking").get_by_role("button").click()
    page.get_by_text("Còn 1 dấu chưa chọn nghĩa.").wait_for()
    page.locator('select[data-mark="?"]').select_option("wrong")
    page.locator("#marking").get_by_role("button").click()
    page.locator("#problems tr").nth(2).wait_for()
    for cell in BAD:
        page.locator(f'[data-cell="Xã!{cell}"]').fill("Đ")
    page.locator("#fixing").get_by_role("button").click()
    page.get_by_text("Đã đọc 20 đơn vị.").wait_for()
    page.locator("#judge").click()
    page.locator("#matrix tr").nth(20).wait_for()
    assert page.locator("#summary").inner_text().endswith("chưa đủ căn cứ")
    page.locator("#report-title").fill("Kết quả xây dựng nông thôn mới huyện Kỳ Anh")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Word").click()
    path = tmp_path / "letter.docx"
    waiting.value.save_as(path)
    said = "\n".join(paragraph.text for paragraph in docx.Document(str(path)).paragraphs)
    assert "Kết quả xây dựng nông thôn mới huyện Kỳ Anh" in said
    assert "I. KẾT QUẢ" in said
    assert complaints == []
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert objections(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_the_set_follows_the_day_and_a_file_changed_on_the_disk_is_read_anew(
    browser: Any, address: str, tmp_path: Path
) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 900})
    page.goto(f"{address}?lang=en")
    page.locator("#pack optgroup").first.wait_for(state="attached")
    page.locator("#pack").select_option("vn/commune@2021-2025")
    assert page.locator("#day").input_value() == "2025-12-31"
    page.locator("#day").fill("2026-06-30")
    assert page.locator("#pack").input_value() == "vn/commune@2026-2030"
    page.locator("#pack").select_option("vn/commune@2021-2025")
    assert "not in force on 30/06/2026" in page.locator("#fits").inner_text()
    page.locator("#day").fill("2023-08-17")
    table = tmp_path / "a.csv"
    head = "id;level;region;as_of;clean_water_centralised_share\n"
    table.write_text(f"{head}1;xã;btb;17/8/2023;x\n", encoding="utf-8")
    page.set_input_files("#file", table)
    page.locator('[data-cell="E2"]').wait_for()
    table.write_text(f"{head}1;xã;btb;17/8/2023;55\n2;xã;btb;17/8/2023;60\n", encoding="utf-8")
    page.locator('[data-cell="E2"]').fill("12,8 %")
    page.locator("#fixing").get_by_role("button").click()
    page.get_by_text("“a.csv” was changed, renamed or removed").wait_for()
    page.set_input_files("#file", table)
    page.get_by_text("2 units read.").wait_for()
    assert not page.locator("#fixing").is_visible()
    fake = tmp_path / "b.xlsx"
    fake.write_bytes(b"no workbook")
    page.set_input_files("#file", fake)
    page.get_by_text("The file could not be read").wait_for()
    assert not page.locator("#fixing").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_what_is_being_done_is_said_until_it_is_done_and_a_file_s_own_set_is_chosen(
    browser: Any, address: str, tmp_path: Path
) -> None:
    """On a slow machine: a file dropped while the page is still opening, and one whose reading takes its time."""
    held: dict[str, Any] = {}
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.route(re.compile("/choices"), lambda route: held.update(choices=route))
    page.route(re.compile("/look"), lambda route: held.update(look=route))

    def reached(what: str) -> Any:
        for _ in range(1500):
            if what in held:
                return held.pop(what)
            page.wait_for_timeout(20)
        raise AssertionError(f"/{what} was never asked")

    page.goto(address)
    state = page.get_by_role("status").and_(page.locator("#state"))
    assert state.inner_text() == "Đang mở trang…"
    path = tmp_path / "số liệu đã làm sạch (xã Kỳ Phú).json"
    unit = {"id": "18763", "name": "Xã Kỳ Phú", "level": "commune", "province": "hatinh", "region": "btb"}
    facts = {"unit": unit, "as_of": "2023-08-17", "findings": {"vn/commune@2021-2025": {"1": "met"}}}
    path.write_text(json.dumps(facts), encoding="utf-8")
    page.set_input_files("#file", path)
    reached("choices").continue_()
    looking = reached("look")
    assert state.inner_text() == f"Đang đọc “{path.name}”…"
    assert page.evaluate("document.body.getAttribute('aria-busy')") == "true"
    looking.continue_()
    page.get_by_text("Đã đọc 1 đơn vị.").wait_for()
    page.locator("#state:empty").wait_for(state="attached")
    assert page.locator("#pack").input_value() == "vn/commune@2021-2025"
    assert "giai đoạn 2021-2025" in page.locator("#fits").inner_text()
    # Of two sets named, and neither chosen, nothing is read before one is.
    path.write_text(
        json.dumps({**facts, "findings": {"vn/commune-advanced": {"1": "met"}, "vn/commune-model": {"1": "met"}}}),
        encoding="utf-8",
    )
    page.set_input_files("#file", path)
    reached("look").continue_()
    page.get_by_text("Hãy chọn bộ tiêu chí cần đánh giá.").wait_for()
    assert not page.locator("#read").is_visible()
    page.locator("#pack").select_option("vn/commune-advanced@2021-2025")
    page.get_by_text("Đã đọc 1 đơn vị.").wait_for()
