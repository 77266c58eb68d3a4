"""Where a unit lies: a set of another province or region is refused, a region that was not told is said to be so."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

import ntm_rules as ntm
from ntm_rules.assessment.parts import ReasonCode
from ntm_rules.cli import main
from ntm_rules.errors import EvaluationError
from ntm_rules.pack.catalogue import installed
from ntm_rules.territory import Region
from ntm_rules.units.provinces import provinces_of

DAY = "2023-08-17"


def commune(**more: Any) -> ntm.Snapshot:
    return ntm.Snapshot(unit={"id": "x", "level": "commune", **more}, as_of=DAY)


def keys(error: EvaluationError) -> list[str]:
    return [problem.key for problem in error.problems]


@pytest.mark.parametrize(
    ("place", "key"),
    [
        ({"province": "gialai", "region": "tn"}, "error.other_province"),
        ({"province": "Nghệ An", "region": "btb"}, "error.other_province"),
        ({"province": "p"}, "error.other_province"),
        ({"region": "tn"}, "error.other_region"),
    ],
)
def test_a_provinces_own_set_is_refused_for_a_unit_of_elsewhere(place: dict[str, str], key: str) -> None:
    with pytest.raises(EvaluationError) as refused:
        ntm.evaluate("hatinh/commune", commune(**place))
    assert keys(refused.value) == [key]


@pytest.mark.parametrize("province", ["hatinh", "42", "Hà Tĩnh", "tỉnh Hà Tĩnh"])
def test_it_is_taken_for_a_unit_of_the_province_however_that_is_written(province: str) -> None:
    assert ntm.evaluate("hatinh/commune", commune(province=province)).region is Region.BTB


def test_frames_refuse_rows_of_another_region_and_can_mark_them() -> None:
    pl = pytest.importorskip("polars")
    frame = pl.DataFrame({"id": ["x", "y"], "region": ["btb", "tn"]})
    with pytest.raises(EvaluationError, match="Central Highlands"):
        ntm.evaluate_frame("hatinh/commune", frame, as_of=DAY)
    marked = ntm.evaluate_frame("hatinh/commune", frame, as_of=DAY, invalid="mark").frame
    assert [value is None for value in marked["verdict"]] == [False, True]
    with pytest.raises(EvaluationError) as refused:
        ntm.evaluate_frame("hatinh/commune", frame.select("id"), as_of=DAY, region="tn")
    assert keys(refused.value) == ["error.other_region"]


def test_a_tree_names_the_pack_that_applies_to_nobody() -> None:
    units = [ntm.Unit(id="p", level="province"), ntm.Unit(id="h", level="district", parent="p")]
    units.append(ntm.Unit(id="x", level="commune", parent="h"))
    with pytest.raises(EvaluationError) as refused:
        ntm.evaluate_tree(units, [], ["vn/district", "hatinh/commune", "hatinh/district"], as_of=DAY)
    assert [problem.params["pack"] for problem in refused.value.problems] == [
        "hatinh/commune@2022-2025",
        "hatinh/district@2022-2025",
    ]


def test_the_code_of_the_province_is_the_province_where_its_name_says_the_same() -> None:
    top = ntm.Unit(id="42", name="Tỉnh Hà Tĩnh", level="province")
    unit = ntm.Unit(id="h", level="district", parent="42")
    tree = ntm.evaluate_tree([top, unit], [], ["hatinh/district"], as_of=DAY)
    assert tree["h", "hatinh/district"].unit.region is Region.BTB
    with pytest.raises(EvaluationError, match="hatinh"):
        ntm.evaluate_tree([top.model_copy(update={"name": "Tỉnh P"}), unit], [], ["hatinh/district"], as_of=DAY)


DOSSIER = """
title: {vi: Tỉnh P, en: P}
as_of: 2024-06-30
province: {id: %s, name: Tỉnh P, level: province, region: btb}
register: units.csv
packs: [%s]
"""


@pytest.mark.parametrize(
    ("province", "packs", "said"),
    [
        ('"42"', "hatinh/commune", "hatinh"),
        ("p", "vn/commune, vn/urban-ward", "vn/urban-ward"),
    ],
)
def test_a_report_in_which_a_pack_applies_to_nobody_is_not_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], province: str, packs: str, said: str
) -> None:
    (tmp_path / "dossier.yaml").write_text(DOSSIER % (province, packs), encoding="utf-8")
    (tmp_path / "units.csv").write_text(
        "code,name,level,district_code,district\na,Xã A,commune,h,Huyện H\n", encoding="utf-8"
    )
    output = tmp_path / "report.html"
    assert main(["report", str(tmp_path), "-o", str(output)]) == 2
    assert said in capsys.readouterr().err
    assert not output.exists()


def untold(result: ntm.Assessment) -> set[ReasonCode]:
    return {reason.code for one in result.indicators() for reason in one.reasons}


def test_a_region_that_was_not_told_is_a_reason_of_its_own_and_comes_from_the_province() -> None:
    assert ReasonCode.REGION_NOT_TOLD in untold(ntm.evaluate("vn/commune", commune()))
    result = ntm.evaluate("vn/commune", commune())
    assert ReasonCode.NO_THRESHOLD_HERE not in untold(result)
    touched = sum(any(why.code is ReasonCode.REGION_NOT_TOLD for why in one.reasons) for one in result.indicators())
    assert f"vùng hay tỉnh nào: vì vậy {touched} nội dung" in result.explain("vi").partition("\n\n")[0]
    assert "vùng hay tỉnh" not in ntm.evaluate("vn/commune", commune(province="hatinh")).explain("vi")
    assert ReasonCode.REGION_NOT_TOLD not in untold(ntm.evaluate("vn/commune", commune(province="hatinh")))
    assert ntm.evaluate("vn/commune", commune(province="37")).unit.region is Region.DBSH


@pytest.mark.parametrize(
    ("province", "before", "since"),
    [
        ("hatinh", Region.BTB, Region.BTB),
        ("Gia Lai", Region.TN, None),
        ("Thành phố Hồ Chí Minh", Region.DNB, Region.DNB),
        ("Bình Định", Region.DHNTB, None),
        ("nowhere", None, None),
    ],
)
def test_a_province_merged_from_several_regions_settles_none(
    province: str, before: Region | None, since: Region | None
) -> None:
    table = provinces_of(installed())
    assert table.region(province, date(2025, 6, 30)) is before
    assert table.region(province, date(2025, 7, 1)) is since


@pytest.mark.parametrize("lazy", [False, True])
def test_frames_refuse_rows_of_another_province(lazy: bool) -> None:
    pl = pytest.importorskip("polars")
    frame = pl.DataFrame({"id": ["x", "y", "z"], "region": ["btb"] * 3, "province": ["hatinh", "nghean", None]})
    given = frame.lazy() if lazy else frame
    if not lazy:
        with pytest.raises(EvaluationError, match="nghean"):
            ntm.evaluate_frame("hatinh/commune", given, as_of=DAY)
    marked = ntm.evaluate_frame("hatinh/commune", given, as_of=DAY, invalid="mark").frame
    verdicts = (marked.collect() if lazy else marked)["verdict"].to_list()
    assert [value is None for value in verdicts] == [False, True, False]
    everywhere = ntm.evaluate_frame("vn/commune", given, as_of=DAY).frame
    assert None not in (everywhere.collect() if lazy else everywhere)["verdict"].to_list()
