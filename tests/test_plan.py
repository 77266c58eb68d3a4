"""Targets are reached, certain to be missed, or open with the exact number that is lacking."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

import ntm_rules as ntm
from ntm_rules.errors import CatalogueError, PackError
from ntm_rules.evaluation.plan import check_plan, read_plan
from ntm_rules.evaluation.reassess import reassess
from ntm_rules.snapshot.recognition import Recognition
from ntm_rules.units import became, made_of

COUNTS = {"commune": {"total": 181, "meeting": {"vn/commune-advanced": 50}}}
PROVINCE = ntm.Unit(id="p", level="province")


def check(as_of: str = "2023-08-17", **target: Any) -> Any:
    snapshot = ntm.Snapshot(unit=PROVINCE, as_of=as_of, children=COUNTS)
    tree = ntm.evaluate_tree([], [snapshot], ["vn/commune-advanced", "vn/province"])
    full = {"text": "Xã nâng cao", "level": "commune", "meeting": "vn/commune-advanced", "by": "2023-12-31", **target}
    return check_plan({"title": "2023", "unit": "p", "targets": [full]}, tree)[0]


@pytest.mark.parametrize(
    ("target", "status", "needed", "missing"),
    [
        ({"at_least": "50 %"}, "open", 91, 41),
        ({"at_least": "27,6 %"}, "reached", 50, 0),
        ({"at_least": 50}, "reached", 50, 0),
        ({"at_least": 51}, "open", 51, 1),
        ({"at_least": 182}, "missed", 182, 132),
        ({"at_least": "50 %", "by": "2023-06-30"}, "missed", 91, 41),
    ],
)
def test_targets(target: dict[str, Any], status: str, needed: int, missing: int) -> None:
    result = check(**target)
    assert (result.status, result.needed, result.missing) == (status, needed, missing)
    assert str(result.met) in result.say("vi")
    assert "{" not in result.say("en")


def test_a_target_that_is_no_share_and_no_number_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "plan.yaml"
    file.write_text(
        "title: x\nunit: p\ntargets:\n"
        "  - {text: x, level: commune, meeting: vn/commune, at_least: 12 km, by: 2023-12-31}\n",
        encoding="utf-8",
    )
    with pytest.raises(PackError, match=r"plan.yaml:4, targets.0.at_least|plan.yaml:4"):
        read_plan(file)


def test_a_plan_for_a_unit_or_pack_the_tree_does_not_have_is_refused() -> None:
    with pytest.raises(CatalogueError, match="vn/commune-advanced"):
        check(at_least=1, meeting="vn/commune-advancd")


def test_what_is_lacking_is_a_range_as_long_as_units_are_open() -> None:
    """None may be lacking where every unit that is open may meet it."""
    units = [ntm.Unit(id="p", level="province", region="btb")]
    units += [ntm.Unit(id=f"d{n}", level="district", parent="p") for n in range(4)]
    failed = ntm.Snapshot(unit=units[1], as_of="2023-08-17", findings={"vn/district@2021-2025": {"P5": "not_met"}})
    tree = ntm.evaluate_tree(units, [failed], ["vn/district@2021-2025"])
    target = {"text": "Huyện", "level": "district", "meeting": "vn/district@2021-2025", "by": "2025-12-31"}
    for wanted, more in ((3, ("0 đến 3", "0 to 3")), (4, ("1 đến 4", "1 to 4"))):
        plan = {"title": "t", "unit": "p", "targets": [{**target, "at_least": wanted}]}
        (result,) = check_plan(plan, tree)
        assert (result.status, result.unknown) == ("open", 3)
        for lang, words in zip(("vi", "en"), more, strict=True):
            assert words in result.more_needed(lang)  # type: ignore[arg-type]


def test_a_title_of_an_older_edition_is_held_but_does_not_count() -> None:
    unit = {"id": "x", "name": "Xã X", "level": "commune", "region": "btb"}
    older = {"pack": "vn/commune@2016-2020", "decision": "12/QĐ-UBND", "on": "2018-12-31"}
    newer = {"pack": "vn/commune", "decision": "34/QĐ-UBND", "on": "2023-02-01"}
    facts = {"unit": unit, "as_of": "2023-08-17", "measures": {"clean_water_centralised_share": "12 %"}}
    again = reassess(ntm.Snapshot(**facts, recognitions=[older]), "hatinh/commune")
    assert not again.in_force
    assert [item.code for item in again.failing] == ["17.1"]
    assert "1.1" in [item.code for item in again.missing]
    assert "12/QĐ-UBND ngày 31/12/2018" in again.text("vi")
    assert reassess(ntm.Snapshot(**facts, recognitions=[older, newer]), "hatinh/commune").in_force
    assert "Never" in reassess(ntm.Snapshot(**facts), "hatinh/commune").text("en")


def test_what_was_held_is_listed_the_latest_first_and_no_other_title_is() -> None:
    older = {"pack": "vn/commune@2016-2020", "decision": "12/QĐ-UBND", "on": "2018-12-31"}
    newer = {"pack": "vn/commune", "decision": "34/QĐ-UBND", "on": "2023-02-01"}
    other = {"pack": "vn/commune-advanced", "decision": "56/QĐ-UBND", "on": "2023-03-01"}
    unit = {"id": "x", "name": "Xã X", "level": "commune", "region": "btb"}
    again = reassess(ntm.Snapshot(unit=unit, as_of="2023-08-17", recognitions=[older, other, newer]), "hatinh/commune")
    assert again.held == (
        ("vn/commune", "34/QĐ-UBND", "2023-02-01"),
        ("vn/commune@2016-2020", "12/QĐ-UBND", "2018-12-31"),
    )
    assert again.titles == (ntm.load_pack("vn/commune", on="2023-02-01").title, None)
    told = again.text("vi")
    assert "vn/commune@2016-2020" in told
    assert ntm.load_pack("vn/commune", on="2023-02-01").title.vi in told.splitlines()[0]


def test_a_recognition_counts_from_its_own_day_and_from_the_first_of_its_set_until_it_ends() -> None:
    first = ntm.load_pack("vn/commune@2021-2025").titles_from
    assert first is not None
    day = timedelta(days=1)
    unit = {"id": "x", "name": "Xã X", "level": "commune", "region": "btb"}
    for on, judged, counts in (
        (first, first, True),
        (first - day, first, False),
        (first + day, first + day, True),
        (first + day, first, False),
    ):
        given = {"pack": "vn/commune", "decision": "34/QĐ-UBND", "on": on}
        snapshot = ntm.Snapshot(unit=unit, as_of=judged, recognitions=[given])
        assert reassess(snapshot, "vn/commune@2021-2025").in_force is counts, (on, judged)
    for ended, counts in (
        ({"revoked": first + day}, False),
        ({"revoked": first + day + day}, True),
        ({"until": first + day}, True),
        ({"until": first}, False),
    ):
        given = {"pack": "vn/commune", "decision": "34/QĐ-UBND", "on": first, **ended}
        snapshot = ntm.Snapshot(unit=unit, as_of=first + day, recognitions=[given])
        assert reassess(snapshot, "vn/commune@2021-2025").in_force is counts, ended


def test_a_title_given_after_the_day_of_a_target_does_not_count_for_it() -> None:
    units = [ntm.Unit(id="h", level="district"), ntm.Unit(id="x", name="Xã X", level="commune", parent="h")]
    held = ntm.Snapshot(unit=units[1], as_of="2024-06-30", recognitions=[{"pack": "vn/commune", "on": "2024-03-01"}])
    tree = ntm.evaluate_tree(units, [held], ["vn/commune"])
    target = {"text": "x", "level": "commune", "meeting": "vn/commune", "at_least": "100 %"}
    late, in_time = check_plan(
        {"title": "t", "unit": "h", "targets": [{**target, "by": "2023-12-31"}, {**target, "by": "2024-12-31"}]}, tree
    )
    assert (late.status, late.met, late.late) == ("missed", 0, ("Xã X",))
    assert "Xã X" in late.say("vi")
    assert (in_time.status, in_time.met, in_time.held) == ("reached", 1, 1)


def test_no_units_and_an_unknown_number_of_them_are_no_target_reached() -> None:
    target = {"text": "x", "meeting": "vn/urban-ward", "at_least": "100 %", "by": "2023-12-31"}
    units = [ntm.Unit(id="h", level="district"), ntm.Unit(id="x", level="commune", parent="h")]
    tree = ntm.evaluate_tree(units, [], ["vn/urban-ward"], as_of="2023-08-17")
    (none,) = check_plan({"title": "t", "unit": "h", "targets": [{**target, "level": "town"}]}, tree)
    assert none.status == "none"
    tree = ntm.evaluate_tree(units[:1], [], ["vn/urban-ward"], as_of="2023-08-17")
    (untold,) = check_plan({"title": "t", "unit": "h", "targets": [{**target, "level": "town"}]}, tree)
    assert (untold.status, untold.open_total) == ("open", True)
    with pytest.raises(ntm.NtmError, match="commune"):
        check_plan({"title": "t", "unit": "h", "targets": [{**target, "level": "commune"}]}, tree)


def test_a_merged_commune_inherits_no_title_and_is_told_what_its_parts_held():
    unit = {"id": became("18763")[0].new.code, "level": "commune", "group": "nhom2"}
    held = {
        "18763": [Recognition(pack="vn/commune@2021-2025", decision="1/QĐ", on="2022-12-30")],
        made_of(unit["id"])[1].old.code: [Recognition(pack="vn/commune@2016-2020", decision="2/QĐ", on="2019-12-30")],
    }
    snapshot = ntm.Snapshot(unit=unit, as_of="2026-07-15")
    again = reassess(snapshot, "vn/commune", of_parts=held)
    assert not again.in_force
    assert len(again.parts) == len(made_of(unit["id"])) == 4
    assert sorted(part.pack for part in again.parts if part.pack) == ["vn/commune@2016-2020", "vn/commune@2021-2025"]
    assert again.text("en").count("went whole into") == 4
    assert "No title of an old unit carries over" in again.text("en")
    assert "No title" not in again.text("vi")
    assert reassess(snapshot, "vn/commune").parts == ()
    told = again.text("vi")
    assert "vn/commune@2021-2025" not in told
    assert "Bộ tiêu chí quốc gia về xã nông thôn mới giai đoạn 2021-2025” theo 1/QĐ" in told
    assert "Chưa rõ: 47 nội dung của các tiêu chí 1, 2, 3, 4, 5, 6, 7, 8, 9, 10." in told


def test_what_a_part_no_longer_held_is_told_with_its_day_and_a_strange_part_is_refused():
    unit = {"id": became("18763")[0].new.code, "level": "commune", "group": "nhom2"}
    snapshot = ntm.Snapshot(unit=unit, as_of="2026-07-15")
    first = Recognition(pack="vn/commune@2021-2025", decision="1/QĐ", on="2022-12-30", revoked="2024-01-05")
    late = Recognition(pack="vn/commune@2026-2030", decision="2/QĐ", on="2026-03-01")
    past = Recognition(pack="vn/commune@2021-2025", decision="3/QĐ", on="2022-12-30", until="2024-12-31")
    codes = [fate.old.code for fate in made_of(unit["id"])]
    again = reassess(snapshot, "vn/commune", of_parts=dict(zip(codes, ([first], [late], [past]), strict=False)))
    assert [part.ended for part in again.parts] == ["revoked", "after", "expired", ""]
    told = again.text("vi")
    assert "theo 1/QĐ, ngày 30/12/2022, đã bị thu hồi ngày 05/01/2024." in told
    assert "không được tính: đơn vị cũ chỉ tồn tại đến hết ngày 30/06/2025." in told
    assert "theo 3/QĐ, ngày 30/12/2022, chỉ có giá trị đến hết ngày 31/12/2024." in told
    with pytest.raises(ntm.NtmError, match="11111") as refused:
        reassess(snapshot, "vn/commune", of_parts={"11111": [first]})
    assert "Xã Kỳ Phú (18763)" in str(refused.value)
    nobody = ntm.Snapshot(unit={"id": "x", "level": "commune", "group": "nhom2"}, as_of=snapshot.as_of)
    with pytest.raises(ntm.NtmError) as refused:
        reassess(nobody, "vn/commune", of_parts={"18763": [first], "18766": []})
    told = ["18763", "18766"]
    said = [f"x: {code} is the code of no unit that went into this one; those that did: –" for code in told]
    assert refused.value.text("en").splitlines() == said


def test_what_is_told_without_a_language_is_told_in_vietnamese():
    result = check(at_least="50 %")
    result = msgspec.structs.replace(result, doubted_names=("Xã A",), total=2000, needed=1700, missing=1650, unknown=0)
    for told in (result.asked, result.say, result.standing, result.more_needed, result.remarks, result.against):
        assert told() == told("vi") != told("en")
    assert result.asked() != result.asked("en")
    unit = {"id": became("18763")[0].new.code, "level": "commune", "group": "nhom2"}
    held = {"18763": [Recognition(pack="vn/commune@2021-2025", decision="1/QĐ", on="2022-12-30")]}
    again = reassess(ntm.Snapshot(unit=unit, as_of="2026-07-15"), "vn/commune", of_parts=held)
    for part in (again, *again.parts):
        assert part.text() == part.text("vi") != part.text("en")


def test_a_tree_written_before_it_said_for_whom_its_sets_are_is_held_against_plans():
    tree = ntm.evaluate_tree([PROVINCE], [], ["vn/commune"], as_of="2023-08-17")
    target = {"text": "Xã", "level": "commune", "meeting": "vn/commune", "at_least": "50 %", "by": "2023-12-31"}
    plan = {"title": "2023", "targets": [target]}
    assert check_plan(plan, msgspec.structs.replace(tree, levels={})) == check_plan(plan, tree)
