"""From confirmed cells to an overlay: what it says, what stays, and what a second worksheet adds to a first one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from shelf import head, indicators, overlay, shelf

from ntm_rules.errors import NtmError, PackError
from ntm_rules.pack.address import Address, addressed
from ntm_rules.pack.applying import Where
from ntm_rules.pack.catalogue import Catalogue
from ntm_rules.pack.condition import Comparison
from ntm_rules.pack.loader import parse_yaml, validate
from ntm_rules.pack.model import Pack
from ntm_rules.pack.overlay import Overlay, apply
from ntm_rules.pack.worksheet import apply_worksheet, write_worksheet
from ntm_rules.territory import Group, Level, Region


def of(code: str, path: str = "", part: str = "requires", **rows: str) -> Address:
    return Address(code, part, path, tuple(rows.items()))


REGIONS = "{by_region: {btb: 90, tn: 80}, otherwise: delegated}"
PACK = head("p") + indicators(
    f"{{measure: water, at_least: {REGIONS}}}",
    "{all: [{measure: water, at_least: 70}, {measure: water, more_than: 60}, {finding: met}]}",
    "{share_of: {level: village, meeting: t/v}, at_least: 80 %}",
    "{measure: poverty, at_most: 5}, applies_if: {measure: schools, at_least: 2}",
    "{measure: water, at_least: 50}, versions: [{valid: {to: 2022-06-30}, requires: {measure: water, at_least: 40}}]",
    "{finding: met}, versions: [{valid: {from: 2022-01-01, to: 2022-06-30}, requires: {measure: water, at_least: 40}}]",
)
BTB, TN = of("1.1", region="btb"), of("1.1", region="tn")


def confirm(
    folder: Path, cells: Mapping[Address, Any], catalogue: Catalogue, pack: Pack, name: str = "", **row: Any
) -> str:
    """The overlay that a worksheet of the pack, with those cells filled in, makes."""
    path = folder / "w.xlsx"
    write_worksheet(pack, path, catalogue=catalogue)
    book = openpyxl.load_workbook(path)
    sheet: Any = book.worksheets[0]
    at = {cell.value: cell.column for cell in sheet[1]}
    numbers = {sheet.cell(row, at["ntm:figure"]).value: row for row in range(4, sheet.max_row + 1)}
    for address, value in cells.items():
        said = {"confirmed": value, "decision": "2/QĐ-UBND", "checked_by": "A", "place": "mục 1"} | row
        for column, content in said.items():
            sheet.cell(numbers[address.text()], at[column]).value = content
    book.save(path)
    return apply_worksheet(path, name or None, pack=pack, catalogue=catalogue)


@pytest.fixture
def catalogue(tmp_path: Path) -> Catalogue:
    return shelf(tmp_path / "t", p=PACK)


def figures(pack: Pack) -> dict[Address, tuple[str, str, str, str]]:
    """Each figure: how it is compared and its level, who set it, its source's decision and place."""
    return {
        address: (
            (row.condition.op.value + " " if isinstance(row.condition, Comparison) else "")
            + (str(row.leaf.model_dump(exclude_defaults=True, exclude={"source", "set_by"})) if row.leaf else "met"),
            row.leaf.set_by if row.leaf else "",
            pack.basis(row.source.basis).number,
            row.source.at,
        )
        for address, row in addressed(pack)
    }


def loaded(folder: Path, text: str, catalogue: Catalogue) -> Pack:
    name = str(parse_yaml(text).data["id"]).partition("/")[2].replace("/", "-")
    path = folder / f"{name}.yaml"
    path.write_text(text, encoding="utf-8")
    return catalogue.load(path)


SETTABLE = {
    "one row of a table": ({BTB: "95 %"}, "set"),
    "the sign the pack has": ({BTB: "≥ 95 %"}, "set"),
    "every row": ({BTB: "95 %", TN: "85 %", of("1.1", region="otherwise"): "75 %"}, "set"),
    "one of two of a measure": ({of("1.2", "all.0"): "75 %"}, "change"),
    "a conclusion": ({of("1.2", "all.2"): "đạt"}, "change"),
    "a share of children": ({of("1.3"): "85 %"}, "change"),
    "for whom it is asked": ({of("1.4", part="applies_if"): 3}, "change"),
    "beside for whom it is asked": ({of("1.4"): "4 %"}, "set"),
    "what has dated versions": ({of("1.5"): "55 %"}, "change"),
    "a dated version": ({of("1.5", part="version.0"): "45 %"}, "change"),
    "a dated version of a conclusion": ({of("1.6", part="version.0"): "45 %"}, "change"),
    "the conclusion beside it": ({of("1.6"): "đạt"}, "change"),
    "another sign": ({of("1.3"): "> 80 %"}, "change"),
}


@pytest.mark.parametrize(("cells", "key"), SETTABLE.values(), ids=SETTABLE)
def test_exactly_what_was_confirmed_changes(
    tmp_path: Path, catalogue: Catalogue, cells: dict[Address, Any], key: str
) -> None:
    """It says who set it and in which decision it stands; the rest keeps its value, its origin and its source."""
    pack = catalogue.load("t/p")
    text = confirm(tmp_path, cells, catalogue, pack, "t/o")
    assert [name for name in ("set", "change") if name in parse_yaml(text).data] == [key]
    before, after = figures(pack), figures(loaded(tmp_path, text, catalogue))
    assert {address for address in before if before[address] != after[address]} == cells.keys()
    for address in cells:
        who = "" if after[address][0] == "met" else "t/o"
        assert after[address][1:] == (who, "2/QĐ-UBND", "mục 1")
        assert after[address][0] != before[address][0] or after[address][0] == "met"


def test_what_an_overlay_of_a_worksheet_says_of_itself(tmp_path: Path, catalogue: Catalogue) -> None:
    pack = catalogue.load("t/p")
    data = parse_yaml(confirm(tmp_path, {BTB: "95 %"}, catalogue, pack)).data
    source = {"basis": "2-qd-ubnd", "at": "mục 1", "verification": "stated"}
    source["checked_against"] = ["2/QĐ-UBND, mục 1; người đối chiếu: A"]  # type: ignore[assignment]
    assert data == {
        "id": "worksheet/t/p",
        "edition": "1",
        "extends": "t/p@1",
        "restates": True,
        "title": {"vi": "Bộ tiêu chí p (đã đối chiếu)", "en": "The set p (checked)"},
        "valid": {"from": "2022-01-01", "to": "2023-12-31"},
        "legal_basis": [{"id": "2-qd-ubnd", "number": "2/QĐ-UBND"}],
        "set": [
            {
                "code": "1.1",
                "measure": "water",
                "threshold": {
                    "by_region": {"btb": {"value": "95 %", "source": source}, "tn": 80},
                    "otherwise": "delegated",
                },
            }
        ],
    }
    known = parse_yaml(confirm(tmp_path, {BTB: "95 %"}, catalogue, pack, decision="Quyết định số 1/QĐ")).data
    assert "legal_basis" not in known
    plain = parse_yaml(confirm(tmp_path, {BTB: "95 %"}, catalogue, pack, decision="№ –")).data
    assert plain["legal_basis"] == [{"id": "decision", "number": "№ –"}]


def test_nothing_confirmed_is_refused_unless_it_may_be(tmp_path: Path, catalogue: Catalogue) -> None:
    pack = catalogue.load("t/p")
    with pytest.raises(NtmError) as refused:
        confirm(tmp_path, {}, catalogue, pack)
    assert refused.value.text("en") == (
        "w.xlsx: nothing was confirmed; fill in the column “Confirmed”, or choose in the cell above it, and save the"
        " file"
    )
    text = apply_worksheet(tmp_path / "w.xlsx", must_confirm=False, pack=pack, catalogue=catalogue)
    assert parse_yaml(text).data.keys() == {"id", "edition", "extends", "restates", "title", "valid"}


def test_a_second_worksheet_adds_to_the_first_ones_overlay(tmp_path: Path, catalogue: Catalogue) -> None:
    """It takes its place: the figures of both, its id and its title, over the same set."""
    pack = catalogue.load("t/p")
    first = loaded(tmp_path, confirm(tmp_path, {BTB: "95 %", of("1.3"): "> 85 %"}, catalogue, pack, "t/o"), catalogue)
    first = loaded(tmp_path, (tmp_path / "o.yaml").read_text("utf-8").replace("The set p (checked)", "Mine"), catalogue)
    text = confirm(tmp_path, {TN: "88 %", of("1.6"): "đạt"}, catalogue, first, decision="3/QĐ-UBND")
    second = loaded(tmp_path, text, catalogue)
    assert (second.id, second.title.en, second.extends, second.restates) == ("t/o", "Mine", ("t/p@1",), ("t/p@1",))
    before, one, both = figures(pack), figures(first), figures(second)
    assert {a: both[a] for a in both if both[a] != before[a]} == {
        BTB: one[BTB],
        TN: ("at_least {'value': '88 %'}", "t/o", "3/QĐ-UBND", "mục 1"),
        of("1.3"): ("more_than {'value': '85 %'}", "t/o", "2/QĐ-UBND", "mục 1"),
        of("1.6"): ("met", "", "3/QĐ-UBND", "mục 1"),
    }
    assert parse_yaml(confirm(tmp_path, {TN: "88 %"}, catalogue, first, "t/other")).data["id"] == "t/other"


def test_what_a_worksheet_does_not_ask_about_would_be_lost_and_is_told(tmp_path: Path, catalogue: Catalogue) -> None:
    """Of a file by its path; a set that was made in memory has none."""
    text = overlay("o", "p") + "restates: true\nnotes: [Chỉ ở đây]\n"
    (tmp_path / "o@1.yaml").write_text(text, encoding="utf-8")
    read = catalogue.load(tmp_path / "o@1.yaml")
    made = apply(validate(Overlay, parse_yaml(text)), catalogue.load("t/p"))
    for pack, place in ((read, f"{tmp_path / 'o@1.yaml'}: "), (made, "")):
        with pytest.raises(PackError) as refused:
            confirm(tmp_path, {TN: "88 %"}, catalogue, pack)
        assert refused.value.text("en") == (
            f"{place}t/o: this overlay changes more than figures, which would be lost in writing it again from a"
            " worksheet; leave out restates and change it by hand"
        )


def test_a_figure_whose_source_alone_was_named_anew_keeps_it(tmp_path: Path, catalogue: Catalogue) -> None:
    source = "{basis: qdt, at: Điều 9, verification: stated, url: 'https://example.org/9'}"
    (tmp_path / "o@1.yaml").write_text(
        overlay("o", "p") + f"restates: true\nchange: [{{code: '1.3', source: {source}}}]\n", encoding="utf-8"
    )
    first = catalogue.load(tmp_path / "o@1.yaml")
    second = loaded(tmp_path, confirm(tmp_path, {TN: "88 %"}, catalogue, first), catalogue)
    assert figures(first)[of("1.3")][2:] == figures(second)[of("1.3")][2:] == ("2/QĐ-UBND", "Điều 9")


def test_a_figure_confirmed_again_is_the_later_ones(tmp_path: Path, catalogue: Catalogue) -> None:
    pack = catalogue.load("t/p")
    first = loaded(tmp_path, confirm(tmp_path, {of("1.3"): "> 85 %"}, catalogue, pack, "t/o"), catalogue)
    second = loaded(tmp_path, confirm(tmp_path, {of("1.3"): "≥ 86 %"}, catalogue, first, place="mục 2"), catalogue)
    assert figures(second)[of("1.3")] == ("at_least {'value': '86 %'}", "t/o", "2/QĐ-UBND", "mục 2")
    third = loaded(tmp_path, confirm(tmp_path, {of("1.3"): "87 %"}, catalogue, first), catalogue)
    assert figures(third)[of("1.3")][0] == "more_than {'value': '87 %'}"


def test_a_worksheet_of_some_figures_says_which(tmp_path: Path, catalogue: Catalogue) -> None:
    where = Where([Level.COMMUNE], [Region("btb")], [Group("nhom1")], date(2022, 5, 1))
    write_worksheet(catalogue.load("t/p"), tmp_path / "w.xlsx", lang="en", catalogue=catalogue, where=where)
    sheet: Any = openpyxl.load_workbook(tmp_path / "w.xlsx").worksheets[0]
    title, applies, *guide = sheet["B2"].value.split("\n")
    assert title == "The set p (t/p@1)"
    assert applies == "Only the figures that apply: 2022-05-01, commune, North Central Coast, group 1."
    assert len(guide) == 1
    at = {cell.value: cell.column for cell in sheet[1]}
    assert (sheet.cell(4, at["verification"]).value, at["ntm:figure"]) == ("as its text states", 19)
    dated = {sheet.cell(row, at["period"]).value for row in range(4, sheet.max_row + 1)}
    assert dated == {None, "… – 2022-06-30", "2022-01-01 – 2022-06-30"}
    what = {sheet.cell(row, at["what"]).value for row in range(4, sheet.max_row + 1)}
    assert "conclusion of the agency in charge" in what
    shown = [Address.read(sheet.cell(row, 19).value) for row in range(4, sheet.max_row + 1)]
    assert BTB in shown
    assert TN not in shown


@pytest.mark.parametrize(
    "change",
    [
        "change: [{code: '1.2', requires: {all: [{measure: water, at_least: 70}, {measure: water, more_than: 60}]}}]",
        "change: [{code: '1.6', requires: {all: [{finding: met}, {finding: met}]}}]",
        "change: [{code: '1.2', text: {vi: Khác, en: Other}}]",
        "change: [{code: '1.2', agency: Sở A}]",
        "change: [{code: '1', title: {vi: Khác, en: Other}}]",
        "notes: [{vi: Ghi chú, en: Note}]",
        "attributes: {island: {name: {vi: Xã đảo, en: Island}}}",
    ],
)
def test_an_overlay_that_changes_more_than_figures_is_not_written_again(
    tmp_path: Path, catalogue: Catalogue, change: str
) -> None:
    pack = catalogue.load("t/p")
    text = confirm(tmp_path, {BTB: "95 %"}, catalogue, pack, "t/o") + change + "\n"
    first = loaded(tmp_path, text, catalogue)
    with pytest.raises(NtmError) as refused:
        confirm(tmp_path, {TN: "88 %"}, catalogue, first)
    code = change.partition("code: '")[2].partition("'")[0] or "t/o"
    assert refused.value.text("en") == (
        f"{tmp_path}/o.yaml: {code}: this overlay changes more than figures, which would be lost in writing it again"
        " from a worksheet; leave out restates and change it by hand"
    )
