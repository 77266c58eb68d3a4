"""Whole packs: everything that is told of a pack, read by a person when it was written down.

A file in ``whole_packs/`` is what is told of one pack: what it says in its models, its figures with their places, each
requirement in both languages for a unit and a day and for none, and what the pack asks for. The packs are those of
``whole_answers/`` and a province's overlay beside them. After a change that is meant to change what is told,
``python tests/test_whole_packs.py`` writes them anew: read what has changed.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml
from test_whole_answers import HERE as ANSWERS

from ntm_rules.errors import NtmError
from ntm_rules.messages import LANGS, Text
from ntm_rules.pack.address import Address, addressed
from ntm_rules.pack.applying import Where, applying
from ntm_rules.pack.bundle import Bundle
from ntm_rules.pack.catalogue import Catalogue
from ntm_rules.pack.filling import Beyond, Filled, Filling
from ntm_rules.pack.legal import Source
from ntm_rules.pack.model import Pack
from ntm_rules.pack.related import changes, involved, judged_together, kinds_asked, rules_changed
from ntm_rules.pack.requirement import Requirements, Setting
from ntm_rules.pack.worksheet import FILLED_IN, VISIBLE, apply_worksheet, present, write_worksheet
from ntm_rules.territory import Group, Level, Region

HERE = Path(__file__).parent / "whole_packs"
CATALOGUE = Catalogue((Bundle("t", ANSWERS / "packs"), Bundle("u", HERE / "packs", "ntm-packs-u 1.0")))
PACKS = sorted(HERE.glob("*.yaml"))
KNOWN = Setting(Level.COMMUNE, Region.BTB, {"coast": True, "difficult": False}, date(2024, 6, 1), Group.NHOM1)


def fields(pack: Pack) -> Any:
    """What its models say, without what they leave out."""
    return yaml.safe_load(yaml.safe_dump(pack.model_dump(mode="json", exclude_defaults=True), sort_keys=False))


def asked(pack: Pack) -> dict[str, list[str]]:
    """Every requirement: whoever the unit may be, for one whose level alone is known, and for one that is known."""
    words = [
        Requirements(pack, CATALOGUE.measures_for(pack), lang, CATALOGUE, setting)
        for setting in (Setting(), Setting(Level.COMMUNE), KNOWN)
        for lang in LANGS
    ]
    return {
        one.code: list(dict.fromkeys(each.requirement(one.on(each.day) if each.day else one) for each in words))
        for one in pack.coded()
    }


def cited(source: Source | None) -> str:
    return "nowhere" if source is None else f"{source.basis}, {source.at}, {source.verification}"


def figures(pack: Pack) -> list[str]:
    """Every figure on a line: its place, its value in both languages, and where it comes from."""
    there = {address for address, _ in applying(pack, Where([Level.COMMUNE], [Region.BTB], [], date(2024, 6, 1)))}
    words = [Requirements(pack, CATALOGUE.measures_for(pack), lang, CATALOGUE) for lang in LANGS]
    return [
        " | ".join(
            (
                address.text() + ("" if address in there else " (elsewhere)"),
                *(present(row, each) for each in words),
                cited(row.source),
                getattr(row.leaf, "set_by", ""),
            )
        )
        for address, row in addressed(pack)
    ]


def told(pack: Pack) -> dict[str, Any]:
    """All of it."""
    return {
        "asked": asked(pack),
        "figures": figures(pack),
        "uses": {
            "measures": list(pack.measures_used()),
            "attributes": [" ".join(one) for one in pack.attributes_used()],
            "packs": list(pack.packs_used()),
            "involved": [one.reference for one in involved([pack], CATALOGUE)],
            "judged_together": [one.reference for one in judged_together(pack, CATALOGUE)],
            "kinds": sorted(kinds_asked(pack, CATALOGUE)),
            "names": list(pack.names),
            "title": pack.title_id,
            "criteria": {one.code: cited(pack.criterion_source(one)) for one in pack.criteria if one.source},
            "bases": [one.reference for one in CATALOGUE.bases(pack)],
            "texts": [f"{one.file} {one.release}".strip() for one in pack.texts],
        },
        "changes": sorted({day.isoformat() for day in changes(pack)}),
        "rules_changed": {code: [day.isoformat() for day in days] for code, days in rules_changed(pack).items()},
        "html": pack._repr_html_(),
        "pack": fields(pack),
    }


def written(said: Any) -> str:
    return str(yaml.safe_dump(said, allow_unicode=True, sort_keys=False, width=140, default_flow_style=None))


@pytest.mark.parametrize("written", PACKS, ids=lambda path: path.stem)
def test_what_is_told_of_a_pack_is_what_it_was_read_to_be(written: Path) -> None:
    kept = yaml.safe_load(written.read_text("utf-8"))
    now = told(CATALOGUE.load(f"{'u' if 'province' in written.name else 't'}/{written.stem}"))
    assert [*now] == [*kept]
    for name, value in now.items():
        assert value == kept[name], name


def cells(file: Path) -> dict[str, Any]:
    """A workbook as people see it: of each sheet its cells without those that are empty, and how it is laid out."""
    found: dict[str, Any] = {}
    for sheet in openpyxl.load_workbook(file).worksheets:
        columns = sheet.column_dimensions
        colours: dict[str, list[str]] = {}
        formats: dict[str, list[str]] = {}
        for one in (one for row in sheet.iter_rows() for one in row):
            if one.fill.fill_type:
                colours.setdefault(one.fill.fgColor.rgb, []).append(one.coordinate)
            if one.number_format not in ("@", "General"):
                formats.setdefault(one.number_format, []).append(one.coordinate)
        found[sheet.title] = {
            "cells": [[f"{one.coordinate}: {one.value}" for one in row if one.value is not None] for row in sheet],
            "colours": {colour: " ".join(named) for colour, named in colours.items()},
            "formats": {name: " ".join(named) for name, named in formats.items()},
            "bold": " ".join(one.coordinate for row in sheet.iter_rows() for one in row if one.font.bold),
            "widths": " ".join(f"{name}{one.width:g}" for name, one in columns.items()),
            "heights": " ".join(f"{number}:{one.height}" for number, one in sheet.row_dimensions.items() if one.height),
            "hidden": " ".join(
                [name for name, one in columns.items() if one.hidden]
                + [str(number) for number, one in sheet.row_dimensions.items() if one.hidden]
            ),
            "together": sorted(map(str, sheet.merged_cells.ranges)),
            "frozen": f"{sheet.freeze_panes}, {sheet.auto_filter.ref}, {sheet.print_title_rows}",
            "chosen": [
                f"{one.sqref} {one.formula1} {one.errorTitle} / {one.error}"
                for one in sheet.data_validations.dataValidation
            ],
        }
    return found


def of(code: str, path: str = "", **rows: str) -> Address:
    return Address(code, "requires", path, tuple(rows.items()))


FILLING = Filling(
    rows={
        of("P1"): Filled("agrees", "đạt", "Có đăng ký", "mục 1", 88, ""),
        of("1.1", region="btb"): Filled("agrees", "90 %", "đạt 90%", "mục 2", 0, ""),
        of("1.1", region="tn"): Filled("differs", "80 %", "80", "mục 3", 91, "khác 85"),
        of("2.2"): Filled("new", "47 triệu đồng/người/năm", "47 " * 200, "mục 4", 92, ""),
        of("2.3"): Filled("not_understood", "", "bảy mươi", "mục 5", 70, "không rõ"),
        of("2.4"): Filled("not_in_document", "", "", "", 0, ""),
        of("3.1", "any.0"): Filled("elsewhere", "", "", "mục 6", 60, "ở phụ lục khác"),
    },
    beyond=(Beyond("9", "Nội dung lạ", "chữ của ô", "trang 4"), Beyond("10", "Nữa", "chữ", "trang 5")),
    summary="Đã đọc 7 mức.",
    doubts=("Ngờ một.", "Ngờ hai."),
    decision="36/2022/QĐ-UBND",
    document=Text("tệp a.pdf", "file a.pdf"),
    issuer="UBND tỉnh",
    issued=date(2022, 5, 4),
    title="Về nước sạch",
)
ALL = FILLING._replace(accept=("agrees",), by="Nguyễn Văn A", beyond=())
SHEETS: dict[str, dict[str, Any]] = {
    "worksheet.vi": {"lang": "vi", "where": Where([Level.COMMUNE], [Region.BTB], [Group.NHOM1], date(2024, 6, 1))},
    "worksheet.en": {"lang": "en", "where": Where([Level.WARD])},
    "filled.vi": {"lang": "vi", "filling": FILLING},
    "filled.en": {"lang": "en", "filling": ALL},
}


def confirmed(folder: Path) -> str:
    """The overlay of a worksheet in which every other figure of the province's set is confirmed as it is shown."""
    pack, file = CATALOGUE.load("u/province"), folder / "worksheet.xlsx"
    write_worksheet(pack, file, catalogue=CATALOGUE)
    book = openpyxl.load_workbook(file)
    sheet = book.active
    at = {cell.value: cell.column for cell in sheet[1]}
    for number, (_, row) in enumerate(addressed(pack), 4):
        if number % 2 or row.leaf is None:
            continue
        value = "50" if getattr(row.leaf, "untranscribed", False) else "phân cấp" if number % 3 == 0 else "đúng"
        said = {"confirmed": value, "decision": "7/QĐ-UBND", "place": f"Dòng {number}", "checked_by": "Nguyễn Văn A"}
        for name, content in (*said.items(), ("checked_on", date(2025, 1, 6)), ("note", f"Ghi chú {number}")):
            sheet.cell(number, at[name], content)
    book.save(file)
    return apply_worksheet(file, "u/confirmed", pack=pack, catalogue=CATALOGUE)


@pytest.mark.parametrize("name", SHEETS)
def test_a_worksheet_is_what_it_was_read_to_be(tmp_path: Path, name: str) -> None:
    write_worksheet(CATALOGUE.load("u/province"), tmp_path / "w.xlsx", catalogue=CATALOGUE, **SHEETS[name])
    kept, now = yaml.safe_load((HERE / f"{name}.yml").read_text("utf-8")), cells(tmp_path / "w.xlsx")
    assert [*now] == [*kept]
    for sheet, parts in now.items():
        for part, value in parts.items():
            assert value == kept[sheet][part], (sheet, part)


def test_what_a_worksheet_confirms_is_what_it_was_read_to_be(tmp_path: Path) -> None:
    assert confirmed(tmp_path) == (HERE / "confirmed.yml").read_text("utf-8")


DECIDED = {"decision": "7/QĐ-UBND", "checked_by": "Nguyễn Văn A"}
# By figure: what a hurried person has done to its row.
SLIPS: dict[Address, dict[str, Any]] = {
    of("P1"): {"confirmed": "80", **DECIDED},
    of("P2"): {"confirmed": "đạt"},
    of("1.1", region="btb"): {"confirmed": "đúng", **DECIDED, "ntm:state": "khác"},
    of("1.1", region="tn"): {"confirmed": "đúng", **DECIDED, "code": "1.2"},
    of("1.1", region="dbsh"): {"confirmed": "đúng", **DECIDED, "rows": "Tây Nguyên"},
    of("1.1", region="otherwise"): {"confirmed": "3/4", **DECIDED},
    of("1.2"): {"confirmed": "0,5", **DECIDED},
    of("1.3", coast="true"): {"confirmed": "2,5", **DECIDED},
    of("1.3", coast="false"): {"confirmed": "nhiều", **DECIDED},
    of("1.4", year="2022"): {"confirmed": "≥ 5 km", **DECIDED},
    of("1.4", year="2023"): {"confirmed": "42", **DECIDED, "checked_on": "hôm qua"},
    of("1.5"): {"confirmed": "đúng", **DECIDED, "checked_on": date(2999, 1, 1)},
    of("2.2"): {"confirmed": "đúng", **DECIDED, "decision": "5/QĐ-UBND", "checked_on": date(2022, 11, 30)},
    of("2.3"): {"confirmed": "70", **DECIDED, "ntm:figure": ""},
    of("2.4"): {"confirmed": "60", **DECIDED, "ntm:figure": "[1]"},
    of("3.1", "any.0"): {"confirmed": "99", **DECIDED, "ntm:pack": "t/commune@1"},
    of("3.4", "all.0"): {"confirmed": "đúng", "decision": "7/QĐ-UBND"},
    of("5.1", level="commune"): {"confirmed": "> 50", **DECIDED},
    of("5.1", level="ward"): {"confirmed": "đúng", **DECIDED, "ntm:figure": of("5.1", level="commune").text()},
}
# Beside a document.
UNREAD: dict[Address | int, dict[str, Any]] = {
    2: {"confirmed": "vâng", "checked_on": date(2999, 1, 1)},
    of("P1"): {"confirmed": "theo văn bản", "read": "không đạt"},
    of("1.1", region="btb"): {"confirmed": "theo văn bản", "decision": "8/QĐ"},
    of("1.1", region="tn"): {"confirmed": "đúng"},
    of("2.2"): {"confirmed": "theo văn bản"},
    of("2.3"): {"confirmed": "theo văn bản", "checked_by": "B"},
    of("2.4"): {"confirmed": "đúng", "decision": "", "place": ""},
}


def refused(file: Path, slips: dict[Any, dict[str, Any]], named: str | None = None, **given: Any) -> list[str]:
    """What a worksheet with those slips is refused for, line by line in both languages."""
    pack = CATALOGUE.load("u/province")
    write_worksheet(pack, file, catalogue=CATALOGUE, **given)
    book = openpyxl.load_workbook(file)
    sheet = book.active
    at = {cell.value: cell.column for cell in sheet[1]}
    numbers: dict[Any, int] = {address: number for number, (address, _) in enumerate(addressed(pack), 4)}
    for figure, row in slips.items():
        for name, content in row.items():
            sheet.cell(numbers.get(figure, figure), at[name]).value = content
    book.save(file)
    with pytest.raises(NtmError) as error:
        apply_worksheet(file, named, pack=pack, catalogue=CATALOGUE)
    return [line for lang in LANGS for line in error.value.text(lang).splitlines()]


def two_sheets_and_none(folder: Path) -> list[str]:
    """Files with another number of worksheets than one."""
    write_worksheet(CATALOGUE.load("t/plain"), folder / "two.xlsx", catalogue=CATALOGUE)
    book = openpyxl.load_workbook(folder / "two.xlsx")
    book.copy_worksheet(book.active)
    book.save(folder / "two.xlsx")
    openpyxl.Workbook().save(folder / "none.xlsx")
    told = []
    for name in ("two.xlsx", "none.xlsx"):
        with pytest.raises(NtmError) as error:
            apply_worksheet(folder / name, catalogue=CATALOGUE)
        told += [error.value.text(lang) for lang in LANGS]
    return told


def all_refused(folder: Path) -> dict[str, list[str]]:
    return {
        "two worksheets, and none": two_sheets_and_none(folder),
        "plain": refused(folder / "w.xlsx", SLIPS),
        "beside a document": refused(folder / "w.xlsx", UNREAD, filling=FILLING),
        "accepted unseen, by nobody": refused(folder / "w.xlsx", {2: {"checked_by": ""}}, filling=ALL),
        "under columns without titles": refused(
            folder / "w.xlsx",
            {3: dict.fromkeys((*VISIBLE, *FILLED_IN)), of("2.4"): {"confirmed": "nhiều", **DECIDED, "decision": None}},
        ),
        "nothing confirmed": refused(folder / "w.xlsx", {}),
        "a name that is none": refused(folder / "w.xlsx", {of("2.4"): {"confirmed": "đúng", **DECIDED}}, "Tên bộ"),
    }


def test_what_a_worksheet_is_refused_for_is_told_cell_by_cell(tmp_path: Path) -> None:
    assert all_refused(tmp_path) == yaml.safe_load((HERE / "refused.yml").read_text("utf-8"))


if __name__ == "__main__":
    import tempfile

    for name in (info.reference for info in CATALOGUE.packs()):
        (HERE / f"{name.partition('/')[2]}.yaml").write_text(written(told(CATALOGUE.load(name))), "utf-8")
    with tempfile.TemporaryDirectory() as folder:
        for name, given in SHEETS.items():
            write_worksheet(CATALOGUE.load("u/province"), Path(folder, "w.xlsx"), catalogue=CATALOGUE, **given)
            (HERE / f"{name}.yml").write_text(written(cells(Path(folder, "w.xlsx"))), "utf-8")
        (HERE / "confirmed.yml").write_text(confirmed(Path(folder)), "utf-8")
        (HERE / "refused.yml").write_text(written(all_refused(Path(folder))), "utf-8")
