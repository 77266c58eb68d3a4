"""Counts and names of the units below, and marks under attributes: one reading or one problem code at every door."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import ntm_rules as ntm
from ntm_rules.live import LiveSession
from ntm_rules.snapshot.names import read_names

DAY, BASIC = "2023-08-17", "vn/commune@2021-2025"
DISTRICT = "vn/district@2021-2025"
UNIT = {"id": "d", "level": "district", "region": "btb"}


def by_python(folder: Path, said: dict[str, Any]) -> Any:
    return ntm.Snapshot(unit=UNIT, as_of=DAY, children={"commune": said})  # type: ignore[arg-type]


def by_json(folder: Path, said: dict[str, Any]) -> Any:
    (folder / "a.json").write_text(json.dumps({"unit": UNIT, "as_of": DAY, "children": {"commune": said}}))
    return ntm.read_snapshots(folder / "a.json")[0]


def by_table(folder: Path, said: dict[str, Any]) -> Any:
    cells = {"id": "d", "level": "district", "region": "btb", "as_of": DAY}
    for name, value in said.items():
        if isinstance(value, dict):
            cells |= {f"children.{name}:commune:{pack}": _cell(one) for pack, one in value.items()}
        else:
            cells["children:commune"] = _cell(value)
    (folder / "a.csv").write_text(",".join(cells) + "\n" + ",".join(cells.values()) + "\n", encoding="utf-8")
    return ntm.read_snapshots(folder / "a.csv")[0]


def _cell(value: object) -> str:
    text = "\n".join(value) if isinstance(value, list) else str(value)
    return f'"{text}"'


def by_live(folder: Path, said: dict[str, Any]) -> Any:
    session = LiveSession([ntm.Unit(**UNIT)], packs=[DISTRICT], as_of=DAY)  # type: ignore[arg-type]
    session.report("d", "commune", said)
    return session.snapshot("d")


def by_frame(folder: Path, said: dict[str, Any]) -> Any:
    columns: dict[str, Any] = {**UNIT, "children_commune_total": said.get("total")}
    if "total" not in said:
        del columns["children_commune_total"]
    for name in ("meeting", "unknown"):
        columns |= {f"children_commune_{name}_vn_commune": one for one in said.get(name, {}).values()}
    frame = pl.DataFrame({name: [value] for name, value in columns.items()}, strict=False)
    return ntm.evaluate_frame(DISTRICT, frame, as_of=DAY).snapshot("d")


DOORS: list[Callable[[Path, dict[str, Any]], Any]] = [by_python, by_json, by_table, by_live, by_frame]
doors = pytest.mark.parametrize("door", DOORS)


def codes(error: ntm.NtmError) -> set[str]:
    return {problem.code for problem in error.problems}


@doors
@pytest.mark.parametrize("written", ["1.020", "1,020", 1020, "1020", 1020.0])
def test_a_number_of_units_is_whole_whatever_groups_its_thousands(
    door: Callable[..., Any], written: object, tmp_path: Path
) -> None:
    if door is by_table and written == 1020.0:
        written = "1020"
    assert door(tmp_path, {"total": written, "meeting": {BASIC: 18}}).children["commune"].total == 1020


@doors
@pytest.mark.parametrize("written", ["20.5", -1, "20 %", "hai mươi"])
def test_what_is_no_number_of_units_is_refused_alike(door: Callable[..., Any], written: object, tmp_path: Path) -> None:
    with pytest.raises(ntm.NtmError) as refused:
        door(tmp_path, {"total": written, "meeting": {BASIC: 0}})
    assert codes(refused.value) & {"error.count", "error.not_a_number"}
    assert str(written) in refused.value.text("vi")


@doors
def test_units_that_meet_a_title_are_of_a_total(door: Callable[..., Any], tmp_path: Path) -> None:
    """Not open here and refused there."""
    with pytest.raises(ntm.NtmError) as refused:
        door(tmp_path, {"meeting": {BASIC: 18}})
    assert codes(refused.value) == {"error.children_total"}


def test_a_row_of_a_frame_without_its_total_is_refused_too(tmp_path: Path) -> None:
    with pytest.raises(ntm.NtmError) as refused:
        by_frame(tmp_path, {"total": None, "meeting": {BASIC: 18}})
    assert "error.children_total" in codes(refused.value)


NAMED: list[Callable[[Path, dict[str, Any]], Any]] = [by_python, by_json, by_table, by_live]


@pytest.mark.parametrize("door", NAMED)
@pytest.mark.parametrize(
    ("written", "names"),
    [
        (["1. Xã A", "2. Xã B; Xã C"], ("Xã A", "Xã B", "Xã C")),
        (["Xã A, Xã B và xã C"], ("Xã A", "Xã B", "xã C")),
        (["- Xã Kỳ Phú, huyện Kỳ Anh", "", "  "], ("Xã Kỳ Phú, huyện Kỳ Anh",)),
        (["18763", "Phường 2"], ("18763", "Phường 2")),
        (["Không có"], ()),
        (["0"], ()),
    ],
)
def test_names_are_read_as_a_person_means_them(
    door: Callable[..., Any], written: list[str], names: tuple[str, ...], tmp_path: Path
) -> None:
    counts = door(tmp_path, {"total": 3, "not_meeting_names": {BASIC: written}}).children["commune"]
    assert counts.not_meeting_names.get(BASIC, ()) == names


@pytest.mark.parametrize("door", NAMED)
@pytest.mark.parametrize(
    ("written", "code"),
    [
        (["Xã A", "XÃ a"], "error.name_twice"),
        (["Xã Hoà Bình", "Hòa Bình"], "error.name_twice"),
        (["Không có", "Xã A"], "error.name_nobody"),
    ],
)
def test_names_that_cannot_be_told_apart_are_refused_where_they_stand(
    door: Callable[..., Any], written: list[str], code: str, tmp_path: Path
) -> None:
    with pytest.raises(ntm.NtmError) as refused:
        door(tmp_path, {"total": 3, "meeting_names": {BASIC: written}})
    assert codes(refused.value) == {code}
    assert written[1].strip() in refused.value.text("vi")
    assert "meeting_names" in refused.value.text("vi")


def test_two_units_of_one_name_are_told_apart_by_where_they_lie() -> None:
    assert len(read_names("Xã Kỳ Phú, huyện Kỳ Anh; Xã Kỳ Phú, huyện Nho Quan")) == 2


ATTRIBUTE = "special_difficulty"


@pytest.mark.parametrize("mark", ["x", "X", "√", "đ"])
@pytest.mark.parametrize("door", ["python", "table", "json", "frame", "live"])
def test_a_mark_is_no_answer_about_an_attribute(door: str, mark: str, tmp_path: Path) -> None:
    """A cross may be struck out or be the answer; a layout says what it means."""
    unit = {"id": "x", "level": "commune", "region": "btb"}

    def asked() -> object:
        if door == "frame":
            frame = pl.DataFrame({name: [value] for name, value in (unit | {ATTRIBUTE: mark}).items()})
            return ntm.evaluate_frame(BASIC, frame, as_of=DAY)
        told = unit | {"attributes": {ATTRIBUTE: mark}}
        if door == "live":
            return LiveSession([ntm.Unit(**told)], packs=[BASIC], as_of=DAY)  # type: ignore[arg-type]
        if door == "python":
            return ntm.evaluate(BASIC, ntm.Snapshot(unit=told, as_of=DAY))  # type: ignore[arg-type]
        if door == "json":
            (tmp_path / "a.json").write_text(json.dumps({"unit": told, "as_of": DAY}))
            return ntm.evaluate(BASIC, ntm.read_snapshots(tmp_path / "a.json")[0])
        text = f"id,level,region,as_of,attribute:{ATTRIBUTE}\nx,commune,btb,{DAY},{mark}\n"
        (tmp_path / "a.csv").write_text(text, encoding="utf-8")
        return ntm.read_snapshots(tmp_path / "a.csv")

    with pytest.raises(ntm.NtmError) as refused:
        asked()
    assert "error.yes_or_no" in codes(refused.value)
    assert mark in refused.value.text("vi")
