"""A dossier is read whole, stays in its folder, and its register makes the tree."""

from __future__ import annotations

import shutil
import unicodedata
from datetime import date
from pathlib import Path

import pytest

import ntm_rules as ntm
from ntm_rules.assessment.briefing import briefing
from ntm_rules.dossier import bundled, read_dossier
from ntm_rules.errors import CatalogueError, NtmError, PackError, SnapshotError
from ntm_rules.snapshot.register import read_units

PROVINCE = ntm.Unit(id="p", level="province", region="btb")
HEAD = "code,name,level,district_code,district\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(bundled(), tmp_path / "dossier"))


def change(folder: Path, old: str, new: str) -> None:
    file = folder / "dossier.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "error", "said"),
    [
        ("units.csv", "../units.csv", PackError, "leads out"),
        ("districts.yaml", "/etc/passwd", PackError, "leads out"),
        ("units.csv", "nowhere.csv", SnapshotError, r"nowhere.csv: cannot read"),
        ("register:", "registre:", PackError, r"dossier.yaml:\d+, registre.*register"),
        ("province: {", "provinces: {", PackError, "province"),
    ],
)
def test_a_faulty_dossier_is_refused(folder: Path, old: str, new: str, error: type[Exception], said: str) -> None:
    change(folder, old, new)
    with pytest.raises(error, match=said):
        read_dossier(folder)


def test_a_register_needs_a_province(folder: Path) -> None:
    text = (folder / "dossier.yaml").read_text(encoding="utf-8")
    kept = [line for line in text.splitlines() if not line.startswith("province:")]
    (folder / "dossier.yaml").write_text("\n".join(kept), encoding="utf-8")
    with pytest.raises(PackError, match="“province” is missing"):
        read_dossier(folder)


def test_a_dossier_may_be_of_one_province_without_a_register(folder: Path) -> None:
    change(folder, "register: units.csv\n", "")
    change(
        folder,
        "snapshots: [province.yaml, districts.yaml, communes-advanced.yaml, communes-model.yaml, wards.yaml]",
        "snapshots: [province.yaml]",
    )
    text = (folder / "dossier.yaml").read_text(encoding="utf-8")
    (folder / "dossier.yaml").write_text(text.split("explain:")[0], encoding="utf-8")
    tree = read_dossier(folder).assess()
    assert tree.count("hatinh", "vn/commune-advanced") == (181, 50, 0)


def test_a_folder_without_a_dossier_is_an_error_of_the_family(tmp_path: Path) -> None:
    with pytest.raises(NtmError, match=r"dossier.yaml: cannot read"):
        read_dossier(tmp_path)
    with pytest.raises(NtmError, match=r"^nowhere: cannot read the file: there is no such file or folder"):
        read_dossier(tmp_path / "nowhere")


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_briefing_has_no_gaps_and_names_the_conflict(lang: str) -> None:
    dossier = read_dossier(bundled())
    tree = dossier.assess()
    text = briefing(tree, "vi" if lang == "vi" else "en", dossier.check_plans(tree))
    assert "{" not in text
    assert "  \n" not in text
    assert text.splitlines()[0] == ("Kết quả đánh giá" if lang == "vi" else "Assessment")


def register(folder: Path, rows: str, head: str = HEAD, encoding: str = "utf-8") -> tuple[ntm.Unit, ...]:
    file = folder / "units.csv"
    file.write_bytes((head + rows).encode(encoding))
    return read_units(file, province=PROVINCE)


def test_a_register_gives_districts_their_level_and_everyone_the_region(tmp_path: Path) -> None:
    units = register(
        tmp_path,
        "1,Xã A,commune,10,Huyện X\n2,Phường B,ward,20,Quận Y\n"
        "3,Phường C,ward,30,Thị xã Z\n4,Phường D,ward,40,Thành phố W\n",
        encoding="utf-8-sig",
    )
    levels = {unit.id: unit.level.value for unit in units}
    assert levels == {
        "p": "province",
        "10": "district",
        "1": "commune",
        "20": "urban_district",
        "2": "ward",
        "30": "district_town",
        "3": "ward",
        "40": "city",
        "4": "ward",
    }
    assert {unit.region for unit in units} == {PROVINCE.region}


@pytest.mark.parametrize(
    ("rows", "head", "said"),
    [
        ("1,Xã A,commune,10,Huyện X\n", HEAD.replace("code,", "số,", 1), r"units.csv:1.*no column code;"),
        ("1,Xã A,commune,10,Phố X\n", HEAD, r"units.csv:2.*Phố X.*huyện"),
        ("1,Xã A,comune,10,Huyện X\n", HEAD, r"units.csv:2.*comune"),
        ("1,Xã A,commune,10,Huyện X\n1,Xã B,commune,10,Huyện X\n", HEAD, r"units.csv:3.*“1” is used twice"),
        ("1,Xã A,commune,10,Huyện X\n2,Xã B,commune,10,Huyện Y\n", HEAD, r"units.csv:3.*“10” is used twice"),
        ("1,Xã A,commune\n", HEAD, r"units.csv:2: this row lacks: district_code, district"),
        ("1,Xã A,commune,10,Huyện X,thừa\n", HEAD, r"units.csv:2, cell F2: the cell “thừa” stands under no heading"),
        ('1,"Xã A,commune,10,Huyện X\n', HEAD, r"units.csv:2: not valid CSV"),
        ("Tổng cộng,,,,\n", HEAD, r"units.csv:2: this row lacks: name"),
    ],
)
def test_a_faulty_register_is_refused_with_its_line(tmp_path: Path, rows: str, head: str, said: str) -> None:
    with pytest.raises(SnapshotError, match=said):
        register(tmp_path, rows, head)


@pytest.mark.parametrize(("delimiter", "encoding"), [(";", "utf-8-sig"), ("\t", "utf-16"), (",", "utf-8")])
def test_a_register_is_read_as_excel_saves_it(tmp_path: Path, delimiter: str, encoding: str) -> None:
    rows = unicodedata.normalize("NFD", "1, Xã A ,Xã,10,Huyện X\n,,,,\n\n2,Phường B,phường,20,Thị xã Y\n")
    units = register(tmp_path, rows.replace(",", delimiter), HEAD.title().replace(",", delimiter), encoding)
    assert [(unit.id, unit.name, unit.level.value) for unit in units[1:]] == [
        ("10", "Huyện X", "district"),
        ("1", "Xã A", "commune"),
        ("20", "Thị xã Y", "district_town"),
        ("2", "Phường B", "ward"),
    ]


def test_the_day_of_a_dossier_may_be_written_as_in_a_table(folder: Path) -> None:
    change(folder, "as_of: 2023-08-17", "as_of: 17/08/2023")
    assert read_dossier(folder).as_of == date(2023, 8, 17)


def test_every_faulty_row_comes_at_once(tmp_path: Path) -> None:
    with pytest.raises(SnapshotError) as caught:
        register(tmp_path, "1,Xã A,commune,10,Phố X\n2,Xã B,comune,11,Huyện X\n")
    assert len(caught.value.problems) == 2


def test_what_is_not_in_the_dossier_is_named(folder: Path) -> None:
    change(folder, 'unit: "18763", pack: hatinh/commune-model', 'unit: "18764", pack: hatinh/commune-model')
    dossier = read_dossier(folder)
    tree = dossier.assess()
    with pytest.raises(CatalogueError, match=r"18764.*Did you mean"):
        _ = tree[dossier.explain[0].unit, dossier.explain[0].pack]


def test_two_files_of_one_name_are_told_apart_by_their_folders(tmp_path: Path) -> None:
    for folder, share in (("thang-5", "60"), ("thang-6", "sáu mươi")):
        (tmp_path / folder).mkdir()
        table = f"id;level;as_of;clean_water_centralised_share [%]\nky-phu;xã;17/08/2023;{share}\n"
        (tmp_path / folder / "xa.csv").write_text(table, encoding="utf-8")
    head = "title: {vi: Hồ sơ, en: Dossier}\nas_of: 2023-08-17\npacks: [vn/commune]\n"
    for named in ("[thang-5/xa.csv, thang-6/xa.csv]", "[thang-5, thang-6]"):
        (tmp_path / "dossier.yaml").write_text(f"{head}snapshots: {named}\n", encoding="utf-8")
        with pytest.raises(SnapshotError) as refused:
            read_dossier(tmp_path)
        assert {problem.place.file for problem in refused.value.problems} == {"thang-6/xa.csv"}
