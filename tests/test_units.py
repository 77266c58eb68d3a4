"""Units by code and name: spellings are understood, same names are asked about, mergers are told and never guessed."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_rules.errors import SnapshotError
from ntm_rules.layout.titles import _named
from ntm_rules.territory import Level
from ntm_rules.units import REFORM, became, made_of, register

BEFORE = register("2025-06-30", province="42")


@pytest.mark.parametrize(
    "written",
    [
        "Xã Kỳ Phú",
        "X. kỳ phú",
        "xã  Kì  Phú",
        "Ky Phu",
        "Kỳ Phú (Kỳ Anh)",
        "Xã Kỳ Phú, huyện Kỳ Anh, tỉnh Hà Tĩnh",
        "H. Kỳ Anh",
    ],
)
def test_a_name_is_understood_as_people_write_it(written: str) -> None:
    wanted = "447" if written.startswith("H.") else "18763"
    assert BEFORE.one(written).code == wanted


@given(st.sampled_from(list(BEFORE)), st.sampled_from(["NFC", "NFD"]), st.booleans())
def test_every_unit_is_found_by_its_full_name(unit, form, upper) -> None:
    name = unicodedata.normalize(form, unit.name.upper() if upper else unit.name)
    assert unit in BEFORE.find(name, within=unit.parent_code)


def test_a_name_with_other_accents_is_not_taken_for_another_unit() -> None:
    with pytest.raises(SnapshotError, match="Xã Kỳ Phú"):
        BEFORE.one("Xã Kỳ Phù")


def test_same_names_are_asked_about_and_both_named() -> None:
    with pytest.raises(SnapshotError, match=r"14449.*18763") as caught:
        register("2024-01-01").one("Xã Kỳ Phú")
    assert "huyện" in caught.value.text("vi")
    assert [unit.code for unit in BEFORE.find("Kỳ Anh", levels=[Level.DISTRICT])] == ["447"]


def test_a_word_for_the_kind_is_kept_apart_from_the_name() -> None:
    assert [unit.name for unit in BEFORE.find("TP Hà Tĩnh")] == ["Thành phố Hà Tĩnh"]
    assert {unit.name for unit in BEFORE.find("Hà Tĩnh")} == {"Thành phố Hà Tĩnh", "Tỉnh Hà Tĩnh"}


@pytest.mark.parametrize(
    "name", ["Xã Kỳ Xuân, huyện Can Lộc", "Phường Kỳ Xuân", "Xã Thạch Trun", "Xã Kỳ Phú, Tỉnh Nghệ An"]
)
def test_a_unit_that_is_proposed_is_found_as_it_is_proposed(name: str) -> None:
    with pytest.raises(SnapshotError) as refused:
        BEFORE.one(name)
    proposed = refused.value.problems[0].params["near"].close
    assert proposed
    for one in proposed:
        assert BEFORE.one(one).full == one


def test_each_place_that_a_name_says_it_lies_in_counts() -> None:
    whole = register("2025-06-30")
    full = [unit.full for unit in whole.find("Thị trấn Châu Thành, huyện Châu Thành, tỉnh Tây Ninh")]
    assert full == ["Thị trấn Châu Thành, Huyện Châu Thành, Tỉnh Tây Ninh"]


def test_a_code_keeps_its_zeros() -> None:
    country = register(REFORM)
    assert country["00004"].name == "Phường Ba Đình"
    with pytest.raises(SnapshotError, match="00004"):
        country["4"]


def test_what_became_of_a_unit_goes_both_ways() -> None:
    (fate,) = became("18763")
    assert (fate.how, fate.new.name) == ("whole", "Xã Kỳ Anh")
    assert fate in made_of(fate.new.code)
    assert became("99999") == ()


def test_titles_name_every_unit_of_the_country() -> None:
    """In any capitals, with the district after it; four names of numbers and kinds in a row are asked about."""
    missed = {
        unit.name
        for unit in (*register("2025-06-30"), *register("2025-07-01"))
        if unit.kind != "province"
        for name in (unit.name, unit.name.upper())
        if name not in _named(f"KẾT QUẢ CỦA {name}, {unit.parent}")
    }
    assert missed == {"Phường Phường Đúc", *(f"Phường {n} Bảo Lộc" for n in (1, 2, 3))}
    for text in ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Xã có 9 thôn, xã thuộc nhóm 2", "XÃ NÔNG THÔN MỚI"):
        assert _named(text) == []


def test_a_province_merged_before_the_reform_is_known_as_it_was() -> None:
    then = register("2024-06-30", province="42")
    assert then.one("Xã Thạch Trung").code == "18088"
    assert BEFORE.find("Xã Thạch Trung") == ()
    assert {one.parent for one in then.find("Xã Thạch Kim")} == {"Huyện Lộc Hà"}
    assert sum(unit.kind == "commune" for unit in then) == 182
    assert register("2024-06-30", province="40")["17329"] == register("2025-06-30")["17329"]
