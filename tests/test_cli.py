"""The command line: what it prints in any locale, and its exit codes."""

from __future__ import annotations

import argparse
import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
from datetime import date
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from test_identity import confirm

from ntm_rules import cli
from ntm_rules.cli import BAD_INPUT, INTERRUPTED, MET_ALL, PIPE_CLOSED, SOMETHING_NOT_MET, UNDETERMINED, main
from ntm_rules.cli.parser import Commands
from ntm_rules.pack.catalogue import load_pack
from ntm_rules.snapshot.readers import read_snapshots
from ntm_rules.written import whole

ROOT = Path(__file__).parents[1]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Any:
    def call(*arguments: object) -> tuple[int, str, str]:
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as stopped:
            code = int(stopped.code or 0)
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


def snapshots(folder: Path, findings: dict[str, str], name: str = "Xã Kỳ Phú") -> Path:
    path = folder / "snapshots.json"
    unit = {"id": "x", "name": name, "level": "commune", "region": "btb"}
    path.write_text(
        json.dumps([{"unit": unit, "as_of": "2023-08-17", "findings": {"hatinh/commune": findings}}]), encoding="utf-8"
    )
    return path


def everything(finding: str) -> dict[str, str]:
    pack = load_pack("hatinh/commune")
    return {item.code: finding for item in (*pack.prerequisites, *pack.indicators())}


def test_every_command_is_registered_by_the_files_of_its_first_word_and_by_no_other() -> None:
    """Of a call only these files are loaded: a command that is in none of them could not be called."""
    for word, files in cli._FILES.items():
        commands = Commands.of([])
        for file in files:
            import_module(f"ntm_rules.cli.{file}").register(commands)
        inside = next(one for one in commands.parser._actions if isinstance(one, argparse._SubParsersAction))
        assert word in inside.choices
        assert {one for one in inside.choices if one not in cli._FILES} == set()
        assert set(inside.choices) <= {one for one, its in cli._FILES.items() if set(its) & set(files)}


@pytest.mark.parametrize(
    ("call", "first"),
    [
        (["evaluate", "packs"], ["evaluate"]),
        (["--lang", "en", "units", "show", "x"], ["tables"]),
        (["--lang=en", "packs", "list"], ["packs", "worksheets", "documents"]),
        (["--version"], []),
    ],
)
def test_what_a_call_loads_is_what_its_first_word_needs(call: list[str], first: list[str]) -> None:
    assert list(cli._files(call)) == first


@pytest.mark.parametrize("call", [[], ["--help"], ["--version", "evalute"], ["evalute", "packs"], ["--lang"]])
def test_help_and_mistakes_know_every_command(call: list[str]) -> None:
    assert set(cli._files(call)) == {file for files in cli._FILES.values() for file in files}


def test_a_folder_without_situations_is_no_passed_test(run: Any, tmp_path: Path) -> None:
    code, out, err = run("packs", "test", tmp_path, "--lang", "en")
    assert (code, out) == (BAD_INPUT, "")
    assert "no file of situations" in err


@pytest.mark.parametrize(
    ("findings", "code"),
    [(everything("met"), MET_ALL), ({"1.1": "not_met"}, SOMETHING_NOT_MET), ({}, UNDETERMINED)],
    ids=["met", "not met", "undetermined"],
)
def test_the_exit_code_is_the_verdict(run: Any, tmp_path: Path, findings: dict[str, str], code: int) -> None:
    got, out, _ = run("evaluate", snapshots(tmp_path, findings), "--pack", "hatinh/commune")
    assert got == code
    assert "Xã Kỳ Phú" in out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("evaluate", "nowhere.yaml", "--pack", "vn/commune"), "nowhere.yaml"),
        (("evaluate", "x.json", "--pack", "vn/comune"), "vn/commune"),
        (("packs", "show", "vn/comune"), "vn/commune"),
        (("nonsense",), "nonsense"),
        ((), "LỆNH"),
    ],
)
def test_bad_input_is_code_two_with_the_nearest_name(
    run: Any, tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    where = [snapshots(tmp_path, {}) if argument == "x.json" else argument for argument in arguments]
    code, _, err = run(*where)
    assert code == BAD_INPUT
    assert said in err


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("evaluate", "x.yaml"),
        ("evaluate", "x.yaml", "--pack", "vn/commune", "--format", "teext"),
        ("evaluate", "x.yaml", "--pack"),
        ("packs", "lst"),
        ("packs", "list", "--all"),
        ("packs", "list", "--lang", "fr"),
        ("packs", "list", "--lang=vi", "extra"),
        ("evaluate", "--remedy=1", "x.yaml", "--pack", "vn/commune"),
    ],
    ids=" ".join,
)
def test_a_call_that_cannot_be_understood_is_told_in_vietnamese(run: Any, arguments: tuple[str, ...]) -> None:
    code, _, err = run(*arguments)
    assert code == BAD_INPUT
    said = err.splitlines()[-1]
    assert re.match(r"ntm-rules( \w+)*: lỗi: ", said)
    # The sentence is known, not the one for what argparse might say one day.
    assert "không hiểu lệnh gọi" not in said
    assert not re.search(r"argument|choice|usage|required|expected|invalid", err)


def test_help_and_usage_have_no_english_in_vietnamese(run: Any) -> None:
    for command in ((), ("packs",), ("evaluate",), ("packs", "apply")):
        code, out, _ = run(*command, "--help")
        assert code == 0
        assert not re.search(r"usage|options:|commands|arguments|show this|default|example", out)
        assert "usage:" in run("--lang", "en", *command, "--help")[1]


def test_the_version_is_told(run: Any) -> None:
    assert run("--version")[:2] == (0, f"ntm-rules {version('ntm-rules')}\n")


def test_the_command_line_works_as_a_module() -> None:
    """Where the folder of scripts is not on the path, as on many Windows machines."""
    done = subprocess.run([sys.executable, "-m", "ntm_rules", "--version"], capture_output=True, text=True, check=True)
    assert done.stdout == f"ntm-rules {version('ntm-rules')}\n"


def test_errors_come_in_the_language_asked_for(run: Any) -> None:
    assert "không có bộ tiêu chí" in run("packs", "show", "vn/comune")[2]
    assert "there is no pack" in run("packs", "show", "vn/comune", "--lang", "en")[2]


def test_formats(run: Any, tmp_path: Path) -> None:
    path = snapshots(tmp_path, {"1.1": "not_met"}, name="=cmd|' /C calc'!A0")

    def printed(style: str) -> str:
        return str(run("evaluate", path, "--pack", "hatinh/commune", "--format", style)[1])

    assert json.loads(printed("json"))[0]["verdict"] == "NOT_MET"
    assert printed("markdown").startswith("# ")
    assert printed("html").startswith("<!doctype html>")
    table = printed("csv")
    # Excel knows UTF-8 by its mark; people read words, programs the JSON.
    assert table[0] == "\ufeff"
    rows = list(csv.DictReader(io.StringIO(table[1:])))
    assert rows[0]["Tên đơn vị"].startswith("'=")
    assert {row["Mã"]: row["Kết quả"] for row in rows}["1.1"] == "chưa đạt"


def test_the_remedy_is_printed_when_asked_for(run: Any, tmp_path: Path) -> None:
    out = run("evaluate", snapshots(tmp_path, {"1.1": "not_met"}), "--pack", "hatinh/commune", "--remedy")[1]
    assert "1.1." in out.split("Để Xã Kỳ Phú đạt:")[1]


def test_a_pack_file_can_be_named_by_path(run: Any, tmp_path: Path) -> None:
    file = ROOT / "tests" / "third_party_bundle" / "acme_packs" / "commune@1.yaml"
    text = file.read_text(encoding="utf-8").split("add:")[0]
    pack = tmp_path / "mine.yaml"
    pack.write_text(text, encoding="utf-8")
    code, out, err = run("evaluate", snapshots(tmp_path, {}), "--pack", pack)
    assert (code, err) == (UNDETERMINED, "")
    assert "Acme" in out


def test_the_list_names_every_pack(run: Any) -> None:
    out = run("packs", "list")[1]
    assert "vn/commune@2021-2025" in out
    assert "mới nhập một phần" in out
    assert "09/12/2022 – 31/12/2025" in out
    assert "partly transcribed" in run("packs", "list", "--lang", "en")[1]


@pytest.mark.parametrize("locale", ["C", "C.UTF-8", "POSIX"])
def test_vietnamese_prints_in_any_locale_piped(locale: str) -> None:
    environment = {**os.environ, "LC_ALL": locale, "LANG": locale, "PYTHONIOENCODING": "", "PYTHONUTF8": "0"}
    done = subprocess.run(
        [sys.executable, "-m", "ntm_rules.cli", "packs", "list"], capture_output=True, env=environment, check=True
    )
    assert "Bộ tiêu chí" in done.stdout.decode("utf-8")


def test_a_reader_that_closes_the_pipe_early_is_no_traceback() -> None:
    command = f"{sys.executable} -m ntm_rules.cli demo | head -1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=True)
    assert "Hà Tĩnh" in done.stdout
    assert "Traceback" not in done.stderr


def test_a_closed_pipe_and_an_interruption_are_no_bad_input(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    command = f"{sys.executable} -m ntm_rules.cli packs list | true; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (PIPE_CLOSED, "")

    def interrupted() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("ntm_rules.cli.packs.packs", interrupted)
    assert run("packs", "list")[0] == INTERRUPTED


def test_a_full_disk_and_a_closed_terminal_are_no_traceback() -> None:
    for where, code in (("> /dev/full", BAD_INPUT), (">&-", MET_ALL)):
        command = f"{sys.executable} -m ntm_rules.cli packs list --lang en {where}"
        done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
        assert done.returncode == code
        assert "Traceback" not in done.stderr
        assert "None" not in done.stderr


def test_what_cannot_be_written_is_said_in_the_language_asked_for(run: Any, tmp_path: Path) -> None:
    pytest.importorskip("openpyxl", reason="the extra `excel` is not installed")
    code, _, err = run("template", "vn/commune", "-o", tmp_path / "no" / "form.xlsx")
    assert code == BAD_INPUT
    assert err.strip().endswith("form.xlsx: không ghi được: không có tệp hoặc thư mục này")
    (tmp_path / "a.xlsx").mkdir()
    assert "it is a folder" in run("template", "vn/commune", "-o", tmp_path / "a.xlsx", "--lang", "en")[2]


@pytest.mark.parametrize("command", [("template",), ("packs", "worksheet")])
def test_a_form_is_a_workbook_in_the_language_asked_for(run: Any, tmp_path: Path, command: tuple[str, ...]) -> None:
    openpyxl = pytest.importorskip("openpyxl", reason="the extra `excel` is not installed")
    code, _, err = run(*command, "vn/commune", "-o", tmp_path / "form.csv")
    assert (code, "phải kết thúc bằng .xlsx" in err) == (BAD_INPUT, True)
    assert run(*command, "vn/commune", "-o", tmp_path / "form.xlsx", "--lang", "en")[0] == MET_ALL
    texts = {
        str(cell.value) for sheet in openpyxl.load_workbook(tmp_path / "form.xlsx") for row in sheet for cell in row
    }
    assert texts & {"Criterion, indicator", "Confirmed"}


def test_a_shortfall_in_a_table_is_written_as_people_write_it(run: Any, tmp_path: Path) -> None:
    table = tmp_path / "a.csv"
    table.write_text("id;level;region;as_of;clean_water_centralised_share\nx;xã;btb;17/8/2023;12,8\n", encoding="utf-8")
    for lang, shown in (("vi", "7,2 điểm phần trăm"), ("en", "7.2 percentage points")):
        out = run("evaluate", table, "--pack", "hatinh/commune", "--format", "csv", "--lang", lang)[1]
        code, shortfall = ("Mã", "Còn thiếu") if lang == "vi" else ("Code", "Shortfall")
        assert {row[code]: row[shortfall] for row in csv.DictReader(io.StringIO(out))}["17.1"] == shown


def test_warnings_come_beside_errors_too(run: Any, tmp_path: Path) -> None:
    table = tmp_path / "a.csv"
    head = "id;level;region;as_of;clean_water_centralised_share;multidimensional_poverty_rate\n"
    table.write_text(f"{head}x;xã;btb;17/8/2023;0,128;x\n", encoding="utf-8")
    code, _, err = run("evaluate", table, "--pack", "hatinh/commune")
    assert code == BAD_INPUT
    assert "nếu ý là 12,8 %" in err


def test_a_dossier_is_not_taken_for_a_folder_of_snapshots(run: Any) -> None:
    code, _, err = run("evaluate", ROOT / "examples" / "ha_tinh_2023", "--pack", "hatinh/commune", "--lang", "en")
    assert code == BAD_INPUT
    assert "which is assessed as a whole: ntm-rules report" in err
    assert len(err.splitlines()) == 1


def test_of_many_units_each_faulty_one_is_named(run: Any, tmp_path: Path) -> None:
    table = tmp_path / "a.csv"
    table.write_text(
        "id;tên;cấp;vùng;as_of\n1;Xã A;xã;btb;17/8/2023\n2;Xã B;xã;btb;17/8/2003\n3;Huyện C;huyện;btb;17/8/2023\n",
        encoding="utf-8",
    )
    code, out, err = run("evaluate", table, "--pack", "hatinh/commune")
    assert code == BAD_INPUT
    # The others are judged.
    assert "Xã A" in out
    assert "Xã B" not in out
    first, second, summary = err.splitlines()
    assert summary.startswith("2 trên 3 bộ số liệu không đánh giá được")
    assert first.startswith("Xã B: hatinh/commune: ngày 17/08/2003 không có bộ nào có hiệu lực")
    assert second.startswith("Huyện C: hatinh/commune@2022-2025 áp dụng cho xã")
    assert len(run("evaluate", table, "--pack", "hatinh/comune")[2].splitlines()) == 1


@pytest.mark.parametrize("style", ["json", "csv", "markdown", "html"])
def test_every_format_has_those_that_were_judged(run: Any, tmp_path: Path, style: str) -> None:
    table = tmp_path / "a.csv"
    rows = "".join(f"{n};Xã {n};xã;btb;17/8/{2003 if n == 2 else 2023}\n" for n in range(1, 5))
    table.write_text(f"id;tên;cấp;vùng;as_of\n{rows}", encoding="utf-8")
    code, out, err = run("evaluate", table, "--pack", "hatinh/commune", "--format", style, "--lang", "en")
    assert (code, err.splitlines()[-1].partition(",")[0]) == (BAD_INPUT, "1 of 4 snapshots could not be judged")
    assert [f"Xã {n}" in out for n in range(1, 5)] == [True, False, True, True]


def test_the_ending_of_the_output_chooses_its_format(run: Any, tmp_path: Path) -> None:
    pytest.importorskip("docx", reason="the extra `report` is not installed")
    read = snapshots(tmp_path, {"1.1": "not_met"})
    begins = {".txt": b"", ".md": b"# ", ".json": b"[", ".html": b"<!doctype", ".csv": b"\xef\xbb\xbf"}
    begins |= {".xlsx": b"PK", ".docx": b"PK"}
    for ending, start in begins.items():
        path = tmp_path / f"result{ending}"
        code, out, err = run("evaluate", read, "--pack", "hatinh/commune", "-o", path)
        assert (code, out, err) == (1, f"{path}\n", "")
        assert path.read_bytes().startswith(start), ending
    code, _, err = run("evaluate", read, "--pack", "hatinh/commune", "-o", tmp_path / "result.pdf", "--lang", "en")
    assert code == BAD_INPUT
    assert "“.pdf” is no format" in err
    assert run("evaluate", read, "--pack", "hatinh/commune", "-o", read)[0] == BAD_INPUT


def test_a_report_is_made_of_the_files_that_evaluate_takes(run: Any, tmp_path: Path) -> None:
    pytest.importorskip("docx", reason="the extra `report` is not installed")
    read = snapshots(tmp_path, {"1.1": "not_met"})
    path = tmp_path / "report.html"
    code, out, err = run("report", read, "--pack", "hatinh/commune", "-o", path)
    assert (code, out, err) == (MET_ALL, f"{path}\n", "")
    assert "Xã Kỳ Phú" in path.read_text(encoding="utf-8")
    code, _, err = run("report", read, "-o", tmp_path / "other.html", "--lang", "en")
    assert code == BAD_INPUT
    assert "--pack vn/commune" in err
    code, _, err = run("report", read, "--pack", "hatinh/district", "-o", tmp_path / "other.html", "--lang", "en")
    assert code == BAD_INPUT
    assert "hatinh/district@2022-2025 applies to district, not to a commune" in err


@pytest.mark.parametrize("layout", ["sheets", "units"])
def test_a_form_for_every_unit_of_a_register_asks_what_is_asked_there_and_then(
    run: Any, tmp_path: Path, layout: str
) -> None:
    openpyxl = pytest.importorskip("openpyxl", reason="the extra `excel` is not installed")
    register, form = tmp_path / "units.csv", tmp_path / "form.xlsx"
    rows = ("18763,Xã Kỳ Phú,commune", "18766,Xã Kỳ Bắc,commune", "18073,Phường Trần Phú,ward")
    register.write_text("code,name,level,district_code,district\n" + "".join(f"{r},447,Huyện Kỳ Anh\n" for r in rows))
    command = ("template", "vn/commune", "--units", register, "--layout", layout)
    pinned = (*command[:1], "vn/commune@2021-2025", *command[2:], "--province", "hatinh", "--as-of", "17/8/2023")
    assert run(*pinned, "-o", form)[0] == MET_ALL
    # A ward is no commune; the region follows from the province.
    assert [(one.unit.id, one.unit.region) for one in read_snapshots(form)] == [("18763", "btb"), ("18766", "btb")]
    cells = [str(c.value) for s in openpyxl.load_workbook(form) for row in s.iter_rows() for c in row if c.value]
    assert [text for text in cells if re.match(r"≥ 20( %|$)", text)], "the value of Bắc Trung Bộ"
    assert not [text for text in cells if "Đồng bằng sông Hồng" in text], "the values of other regions"
    assert "-" not in cells, "what nobody has told is left empty"
    code, _, err = run("template", "vn/town-completed", "--units", register, "-o", tmp_path / "no.xlsx", "--lang", "en")
    assert code == BAD_INPUT
    assert "no unit of a level that vn/town-completed@2021-2025 is for" in err


@pytest.mark.parametrize("layout", ["sheets", "units"])
def test_a_form_shows_what_is_required_today_and_is_filled_in_for_any_day(
    run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, layout: str
) -> None:
    """Its day is left to the officer; a set that is out of force shows what was required at its end."""
    openpyxl = pytest.importorskip("openpyxl", reason="the extra `excel` is not installed")

    class Today(date):
        @classmethod
        def today(cls) -> Today:
            return cls(2026, 3, 1)

    monkeypatch.setattr("ntm_rules.cli.places.date", Today)
    asked = {"2026-2030": ("01/03/2026", "--group", "nhom2"), "2021-2025": ("31/12/2025", "--region", "btb")}
    for edition, (day, *place) in asked.items():
        form = tmp_path / f"{edition}.xlsx"
        assert run("template", f"vn/commune@{edition}", *place, "--layout", layout, "-o", form)[0] == MET_ALL
        sheet = openpyxl.load_workbook(form).worksheets[-1]
        cells = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
        (shown,) = [text for text in cells if text.startswith("yêu cầu áp dụng: ")]
        assert day in shown
        assert not [text for text in cells if "nhóm 1" in text or "Đồng bằng sông Hồng" in text]
        assert sheet.auto_filter.ref
        assert sheet.freeze_panes
        dates = [cell.value for row in sheet.iter_rows() for cell in row if isinstance(cell.value, date)]
        assert not dates, "the day of the facts is left to the officer"


def test_a_worksheet_lists_the_figures_that_apply_and_can_be_filled_in(run: Any, tmp_path: Path) -> None:
    """Those of a region and day, or of the units of a register; what it leaves out stays as it is."""
    openpyxl = pytest.importorskip("openpyxl", reason="the extra `excel` is not installed")
    register, path = tmp_path / "units.csv", tmp_path / "w.xlsx"
    register.write_text("code,name,level\n18763,Xã Kỳ Phú,commune\n", encoding="utf-8")
    worksheet = ("packs", "worksheet", "vn/commune@2021-2025", "-o", path, "--force")

    def listed(*place: object) -> Any:
        assert run(*worksheet, *place)[0] == MET_ALL
        return openpyxl.load_workbook(path).worksheets[0]

    every, here = listed(), listed("--region", "btb", "--as-of", "2023-08-17")
    assert every.freeze_panes == here.freeze_panes == "C4"
    assert here.auto_filter.ref.endswith(str(here.max_row))
    assert here.max_row < every.max_row / 2
    rows = [[str(cell.value or "") for cell in row] for row in here.iter_rows(min_row=4)]
    assert not [row for row in rows if "Đồng bằng sông Hồng" in " ".join(row)]
    assert not [row for row in rows if "01/03/2024 –" in " ".join(row)], "a version of a later day"
    assert "Bắc Trung Bộ" in str(here["B2"].value)
    of_units = listed("--units", register, "--province", "hatinh", "--as-of", "2023-08-17")
    assert [[cell.value for cell in row] for row in of_units.iter_rows(min_row=4)] == [
        [cell.value for cell in row] for row in here.iter_rows(min_row=4)
    ]
    names = {cell.value: cell.column for cell in here[1]}
    book = openpyxl.load_workbook(path)
    known = next(row for row in range(4, here.max_row + 1) if str(here.cell(row, names["present"]).value)[:1].isdigit())
    told = {"confirmed": "đúng", "decision": "1/2022/QĐ-TTg", "checked_by": "Nguyễn Văn A", "checked_on": "01/05/2024"}
    for name, text in told.items():
        book.worksheets[0].cell(known, names[name]).value = text
    book.save(path)
    code, _, err = run("packs", "apply", path, "-o", tmp_path / "overlay.yaml")
    assert code == MET_ALL, err
    assert str(here.cell(known, 1).value) in (tmp_path / "overlay.yaml").read_text(encoding="utf-8")
    assert run(*worksheet, "--region", "bắc cực")[0] == BAD_INPUT


def test_a_file_that_is_there_is_not_written_over(run: Any, tmp_path: Path) -> None:
    """Form, worksheet, overlay and report: refused unless told, and then whole or not at all."""
    pytest.importorskip("openpyxl", reason="the extra `excel` is not installed")
    made = {
        name: (*command, "-o", tmp_path / name)
        for name, command in {
            "form.xlsx": ("template", "vn/commune"),
            "worksheet.xlsx": ("packs", "worksheet", "vn/commune"),
            "overlay.yaml": ("packs", "apply", tmp_path / "worksheet.xlsx"),
            "report.html": ("report", ROOT / "examples" / "ha_tinh_2023"),
        }.items()
    }
    for name, command in made.items():
        assert run(*command)[0] == MET_ALL
        before = (tmp_path / name).read_bytes()
        code, out, err = run(*command)
        assert (code, out, "--force" in err) == (BAD_INPUT, "", True)
        assert (tmp_path / name).read_bytes() == before
        (tmp_path / name).write_text("filled in", encoding="utf-8")
        if name != "worksheet.xlsx":
            assert run(*command, "--force")[0] == MET_ALL
            assert (tmp_path / name).read_bytes() != b"filled in"
        else:
            (tmp_path / name).write_bytes(before)
            confirm(tmp_path / name, "1.1", "met", decision="51/2025/QĐ-TTg")
    assert {file.name for file in tmp_path.iterdir()} == set(made)


def test_no_command_writes_onto_what_it_reads(run: Any, tmp_path: Path) -> None:
    pytest.importorskip("openpyxl", reason="the extra `excel` is not installed")
    sheet = tmp_path / "worksheet.xlsx"
    run("packs", "worksheet", "vn/commune", "-o", sheet)
    (tmp_path / "link.xlsx").symlink_to(sheet)
    for named in (sheet, tmp_path / "link.xlsx", tmp_path / "." / "worksheet.xlsx"):
        code, _, err = run("packs", "apply", sheet, "-o", named, "--force")
        assert (code, "đang được đọc" in err) == (BAD_INPUT, True)
    folder = tmp_path / "dossier"
    shutil.copytree(ROOT / "examples" / "ha_tinh_2023", folder)
    source = next(folder.glob("*/*.yaml"), None) or folder / "dossier.yaml"
    before = source.read_bytes()
    assert run("report", folder, "-o", source, "--force")[0] == BAD_INPUT
    assert source.read_bytes() == before


def test_a_result_that_fails_half_way_leaves_the_old_one(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("old", encoding="utf-8")
    file.chmod(0o640)

    def half() -> None:
        with whole(file) as draft:
            draft.write_text("ha", encoding="utf-8")
            raise OSError(28, "No space left on device")

    with pytest.raises(OSError):
        half()
    assert [(one.name, one.read_text(encoding="utf-8")) for one in tmp_path.iterdir()] == [("a.txt", "old")]
    with whole(file) as draft:
        draft.write_text("new", encoding="utf-8")
    assert (file.read_text(encoding="utf-8"), file.stat().st_mode & 0o777) == ("new", 0o640)


def test_help_shows_an_example(run: Any) -> None:
    code, out, _ = run("evaluate", "--help")
    assert code == 0
    assert "ntm-rules evaluate communes.xlsx" in out


def test_the_demo_names_the_set_of_which_units_have_no_figures(run: Any) -> None:
    """Four communes have figures of the commune set and none of the modern one: no unit is left over besides them."""
    _, out, _ = run("demo", "--year", "2026", "--lang", "vi")
    assert "Các đơn vị còn lại" not in out
    assert "Chưa có số liệu riêng cho bộ tiêu chí: Quy định khung" in out
    assert "(4 đơn vị)" in out


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_demo_tells_the_province(run: Any, lang: str) -> None:
    code, out, _ = run("demo", "--lang", lang)
    assert code == MET_ALL
    assert len(out.splitlines()) <= 60
    assert "ntm-rules demo --full" in out
    _, full, _ = run("demo", "--full", "--lang", lang)
    for fact in (
        "177/181" if lang == "vi" else "177 of 181",
        "Kỳ Phú",
        "Sở Nội vụ" if lang == "vi" else "Department of Home Affairs",
    ):
        assert fact in out
        assert fact in full
    for fact in ("Sở Tư pháp" if lang == "vi" else "Department of Justice", "Kỳ Lợi"):
        assert fact in full


def test_a_form_is_written_and_read_back(run: Any, tmp_path: Path) -> None:
    pytest.importorskip("openpyxl", reason="the extra `excel` is not installed")
    form = tmp_path / "form.xlsx"
    assert run("template", "hatinh/commune", "-o", form)[0] == MET_ALL
    assert form.stat().st_size > 5_000
