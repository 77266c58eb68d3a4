"""What a pack requires, in words: every kind of condition, resolved as far as the unit and the day are known."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from shelf import MEASURES, head, indicators, shelf

from ntm_rules.messages import LANGS, Lang
from ntm_rules.pack.catalogue import Catalogue
from ntm_rules.pack.requirement import Requirements, Setting, fact_text, shared
from ntm_rules.snapshot.unit import Unit
from ntm_rules.territory import Group, Level, Region

LEVELS = (
    MEASURES
    + """
  - {id: ready, name: {vi: Mức sẵn sàng, en: Readiness}, unit: mức, better: higher,
     levels: {1: {vi: Yếu, en: Weak}, 2: {vi: Tốt, en: Good}}}
"""
)
FACTS = """
attributes:
  island: {name: {vi: Xã đảo, en: Island commune}, default: false}
  far: {name: {vi: Xa, en: Far}, at_level: {ward: true}}
  kind: {name: {vi: Loại xã, en: Kind of commune}}
region_rules:
  - when: {attribute: island, is: true}
    region: tn
    valid: {from: 2022-06-01}
    text: {vi: Đảo, en: Islands}
    source: {basis: qd, verification: recalled}
"""
STATED, DAY = "{value: 90, source: {basis: qd, verification: recalled}}", date(2022, 9, 1)


def asking(folder: Path, requires: str, lang: Lang = "en", *, catalogue: bool = True, **setting: Any) -> Requirements:
    """What t/p asks in a setting; t/q and t/village stand beside it."""
    (folder / lang).mkdir(exist_ok=True)
    here = folder / lang / str(len(list((folder / lang).iterdir())))
    found = shelf(
        here,
        LEVELS,
        p=head("p") + FACTS + indicators(requires, "{finding: met}"),
        q=head("q") + indicators("{measure: income, at_least: 5}"),
        village=head("village", level="village") + indicators("{finding: met}"),
    )
    pack = found.load("t/p")
    beside = found if catalogue else None
    return Requirements(pack, found.measures_for(pack), lang, beside, Setting(**{"level": Level.COMMUNE} | setting))


def words(folder: Path, requires: str, lang: Lang = "en", **setting: Any) -> str:
    asks = asking(folder, requires, lang, **setting)
    return asks.requirement(asks.pack["1.1"])


KINDS: dict[str, tuple[str, str, str]] = {
    "a measure": ("{measure: water, at_least: 90}", "≥ 90 %", "≥ 90%"),
    "more than": ("{measure: water, more_than: 90}", "> 90 %", "> 90%"),
    "at most": ("{measure: poverty, at_most: 2.5}", "≤ 2,5 %", "≤ 2.5%"),
    "less than": ("{measure: poverty, less_than: 3}", "< 3 %", "< 3%"),
    "exactly": ("{measure: schools, equal_to: 3}", "= 3 trường", "= 3 schools"),
    "another unit": (
        "{measure: income, at_least: 5 triệu đồng/người/tháng}",
        "≥ 5 triệu đồng/người/tháng",
        "≥ 5 million VND/person/month",
    ),
    "a level with a name": ("{measure: ready, at_least: 2}", "≥ Tốt (2)", "≥ Good (2)"),
    "a level without": ("{measure: ready, at_least: 3}", "≥ mức độ 3", "≥ level 3"),
    "not checked": (f"{{measure: water, at_least: {STATED}}}", "≥ 90 % (chưa đối chiếu)", "≥ 90% (not checked)"),
    "left to the province": (
        "{measure: water, at_least: delegated}",
        "(do cấp tỉnh quy định)",
        "(set by the province)",
    ),
    "left to it on average": (
        "{measure: water, at_least: {delegated: true, average: 80 %}}",
        "(do cấp tỉnh quy định, bảo đảm bình quân các xã ≥ 80 %)",
        "(set by the province, so that communes come to ≥ 80% on average)",
    ),
    "not entered": (
        "{measure: water, at_least: untranscribed}",
        "(chưa nhập mức của văn bản)",
        "(value of the decision not entered yet)",
    ),
    "a multiple": (
        "{measure: income, at_least: {times: 1.5, threshold_of: t/q#1.1}}",
        "≥ 1,5 lần mức chỉ tiêu 1.1 của Bộ tiêu chí q",
        "≥ 1.5 times the value of 1.1 of The set q",
    ),
    "a conclusion": ("{finding: met}", "theo kết luận của cơ quan phụ trách", "as the agency in charge concludes"),
    "a group": ("{group: nhom2}", "xã nhóm 2", "group 2"),
    "a fact": ("{attribute: island, is: true}", "Xã đảo", "Island commune"),
    "no such fact": ("{attribute: island, is: false}", "Xã đảo: không", "Island commune: no"),
    "a word": ("{attribute: kind, is: A}", "Loại xã: A", "Kind of commune: A"),
    "another set": ("{meets: t/q}", "đạt Bộ tiêu chí q", "meets The set q"),
    "this set itself": ("{meets: t/p}", "đạt Bộ tiêu chí p", "meets The set p"),
    "a set nobody has": ("{meets: t/none@1}", "đạt t/none@1", "meets t/none@1"),
    "every child": (
        "{every: {level: village, meeting: t/village}}",
        "mọi thôn đạt Bộ tiêu chí village",
        "every village meets The set village",
    ),
    "a share of children": (
        "{share_of: {level: [village, ward], meeting: t/village}, at_least: 80 %}",
        "tỷ lệ thôn, phường đạt Bộ tiêu chí village ≥ 80 %",
        "share of units (village, ward) meeting The set village ≥ 80%",
    ),
    "a number of children": (
        "{count_of: {level: village, meeting: t/village}, at_least: 2}",
        "số thôn đạt Bộ tiêu chí village ≥ 2",
        "number of units (village) meeting The set village ≥ 2",
    ),
    "a share not met": (
        "{unmet_share_of: t/q, at_most: 10 %}",
        "tỷ lệ tiêu chí của Bộ tiêu chí q không đạt ≤ 10 %",
        "share of the criteria of The set q not met ≤ 10%",
    ),
    "a sum": (
        "{total_of: [water, poverty], at_least: 50}",
        "tổng của Nước sạch + Tỷ lệ nghèo ≥ 50 %",
        "the sum of Clean water share + Poverty rate ≥ 50%",
    ),
    "a sum with points": (
        '{total_of: [water, {indicator: "1.2", points: 2.5}], at_least: 50, never_above: 99.5 %}',
        "tổng của Nước sạch + 2,5 nếu đạt 1.2 (cao nhất 99,5 %) ≥ 50 %",
        "the sum of Clean water share + 2.5 if 1.2 is met (99.5% at most) ≥ 50%",
    ),
    "all": (
        "{all: [{measure: water, at_least: 90}, {finding: met}]}",
        "Nước sạch ≥ 90 %; theo kết luận của cơ quan phụ trách",
        "Clean water share ≥ 90%; as the agency in charge concludes",
    ),
    "any": (
        "{any: [{measure: water, at_least: 90}, {all: [{finding: met}, {measure: poverty, at_most: 1}]}]}",
        "Nước sạch ≥ 90 % hoặc (theo kết luận của cơ quan phụ trách; Tỷ lệ nghèo ≤ 1 %)",
        "Clean water share ≥ 90% or (as the agency in charge concludes; Poverty rate ≤ 1%)",
    ),
    "some": (
        "{at_least: 2, of: [{finding: met}, {finding: met}, {measure: water, at_least: 90}]}",
        "ít nhất 2 trong số: theo kết luận của cơ quan phụ trách; theo kết luận của cơ quan phụ trách; Nước sạch"
        " ≥ 90 %",
        "at least 2 of: as the agency in charge concludes; as the agency in charge concludes; Clean water share ≥ 90%",
    ),
}


@pytest.mark.parametrize(("requires", "vi", "en"), KINDS.values(), ids=KINDS)
def test_each_kind_of_requirement_is_said(tmp_path: Path, requires: str, vi: str, en: str) -> None:
    assert (words(tmp_path, requires, "vi"), words(tmp_path, requires)) == (vi, en)


REGIONS = "{measure: water, at_least: {by_region: {btb: 90, tn: 80, dnb: 90}, otherwise: 95}}"
NESTED = "{measure: water, at_least: {by_group: {nhom1: {by_year: {2022: 90, 2023: 92}}, nhom2: 70}}}"
ISLAND = "{measure: water, at_least: {by_attribute: island, cases: {true: 50}, otherwise: 90}}"
KIND = "{measure: water, at_least: {by_attribute: kind, cases: {A: 50, B: 60}}}"
LEVEL = "{measure: water, at_least: {by_level: {commune: 50, ward: 60}}}"
BTB, TN, DBSH = Region("btb"), Region("tn"), Region("dbsh")
ROWS: dict[str, tuple[str, dict[str, Any], str]] = {
    "nothing known": (
        REGIONS,
        {},
        "≥ 90% (North Central Coast, Southeast); ≥ 80% (Central Highlands); ≥ 95% (otherwise)",
    ),
    "the row of a region": (REGIONS, {"region": BTB}, "≥ 90%"),
    "what is left": (REGIONS, {"region": DBSH}, "≥ 95%"),
    "sent to another region": (REGIONS, {"region": BTB, "attributes": {"island": True}, "day": DAY}, "≥ 80%"),
    "sent there on its first day": (
        REGIONS,
        {"region": BTB, "attributes": {"island": True}, "day": date(2022, 6, 1)},
        "≥ 80%",
    ),
    "not yet sent there": (REGIONS, {"region": BTB, "attributes": {"island": True}, "day": date(2022, 5, 31)}, "≥ 90%"),
    "on some day sent there": (
        REGIONS,
        {"region": BTB, "attributes": {"island": True}},
        "≥ 90% (North Central Coast, Southeast); ≥ 80% (Central Highlands); ≥ 95% (otherwise)",
    ),
    "never sent there": (REGIONS, {"region": BTB, "attributes": {"island": False}}, "≥ 90%"),
    "no unit": (
        REGIONS,
        {"level": None, "region": BTB},
        "≥ 90% (North Central Coast, Southeast); ≥ 80% (Central Highlands); ≥ 95% (otherwise)",
    ),
    "a year of a group": (NESTED, {"group": Group("nhom1"), "day": date(2023, 5, 1)}, "≥ 92%"),
    "a group, no year": (NESTED, {"group": Group("nhom1")}, "≥ 90% (2022); ≥ 92% (2023)"),
    "a year, no group": (NESTED, {"day": date(2022, 5, 1)}, "≥ 90% (group 1); ≥ 70% (group 2)"),
    "a year without a row": (
        NESTED,
        {"group": Group("nhom1"), "day": date(2024, 5, 1)},
        "(no value for this region, group or date)",
    ),
    "a group without a row": (NESTED, {"group": Group("nhom3")}, "(no value for this region, group or date)"),
    "a fact that is so": (ISLAND, {"attributes": {"island": True}}, "≥ 50%"),
    "a fact that is not": (ISLAND, {"attributes": {"island": False}}, "≥ 90%"),
    "a fact not told": (ISLAND, {}, "≥ 90%"),
    "a fact of all of a level": (
        "{measure: water, at_least: {by_attribute: far, cases: {true: 50, false: 60}}}",
        {"level": Level.WARD},
        "≥ 50%",
    ),
    "a fact of nobody": (ISLAND, {"level": None}, "≥ 50% (Island commune: yes); ≥ 90% (otherwise)"),
    "a word": (KIND, {"attributes": {"kind": "B"}}, "≥ 60%"),
    "a word not told": (KIND, {}, "≥ 50% (Kind of commune: A); ≥ 60% (Kind of commune: B)"),
    "a level": (LEVEL, {"level": Level.WARD}, "≥ 60%"),
    "the set's one level": (LEVEL, {"level": None}, "≥ 50%"),
    "rows that are all alike": (
        "{measure: water, at_least: {by_region: {btb: 90, tn: 90}, otherwise: 90}}",
        {},
        "≥ 90%",
    ),
}


@pytest.mark.parametrize(("requires", "setting", "en"), ROWS.values(), ids=ROWS)
def test_the_row_that_applies_is_said_or_every_row(
    tmp_path: Path, requires: str, setting: dict[str, Any], en: str
) -> None:
    assert words(tmp_path, requires, **setting) == en


CHOICE = "{when: %s, then: {measure: water, at_least: 50}, otherwise: {finding: met}}"
YES, NO, OPEN = "{attribute: island, is: true}", "{attribute: island, is: false}", "{attribute: kind, is: A}"
CHOICES = {
    "so": (YES, {"island": True}, "Clean water share ≥ 50%"),
    "not so": (NO, {"island": True}, "as the agency in charge concludes"),
    "not known": (
        OPEN,
        {},
        "if Kind of commune: A: Clean water share ≥ 50%; otherwise: as the agency in charge concludes",
    ),
    "both": (f"{{all: [{YES}, {OPEN}]}}", {"island": True, "kind": "A"}, "Clean water share ≥ 50%"),
    "one is not": (f"{{all: [{YES}, {OPEN}]}}", {"island": False}, "as the agency in charge concludes"),
    "one is not known": (
        f"{{all: [{YES}, {OPEN}]}}",
        {"island": True},
        "if Island commune; Kind of commune: A: Clean water share ≥ 50%; otherwise: as the agency in charge concludes",
    ),
    "either": (f"{{any: [{YES}, {OPEN}]}}", {"island": True}, "Clean water share ≥ 50%"),
    "neither": (f"{{any: [{YES}, {OPEN}]}}", {"island": False, "kind": "B"}, "as the agency in charge concludes"),
    "perhaps": (
        f"{{any: [{YES}, {OPEN}]}}",
        {"island": False},
        "if Island commune or Kind of commune: A: Clean water share ≥ 50%; otherwise: as the agency in charge"
        " concludes",
    ),
    "a value": (
        "{measure: schools, at_most: 3}",
        {},
        "if Schools ≤ 3 schools: Clean water share ≥ 50%; otherwise: as the agency in charge concludes",
    ),
}


@pytest.mark.parametrize(("when", "attributes", "en"), CHOICES.values(), ids=CHOICES)
def test_a_choice_is_said_as_far_as_it_is_made(tmp_path: Path, when: str, attributes: dict[str, Any], en: str) -> None:
    assert words(tmp_path, CHOICE % when, attributes=attributes) == en


GUARDS = {
    "so": ("{attribute: island, is: true}", {"island": True}, "≥ 90%"),
    "not so": ("{attribute: island, is: true}", {"island": False}, "not asked"),
    "not known": ("{attribute: kind, is: A}", {}, "≥ 90% (asked of Kind of commune: A only)"),
    "a conclusion": (
        "{all: [{finding: applicable}, {attribute: island, is: true}]}",
        {"island": False},
        "≥ 90% (if any)",
    ),
}


@pytest.mark.parametrize(("guard", "attributes", "en"), GUARDS.values(), ids=GUARDS)
def test_for_whom_it_is_asked_is_said(tmp_path: Path, guard: str, attributes: dict[str, Any], en: str) -> None:
    requires = "{measure: water, at_least: 90}, applies_if: " + guard
    assert words(tmp_path, requires, attributes=attributes) == en


def test_the_title_of_another_set_is_that_of_the_day_or_of_one_beside(tmp_path: Path) -> None:
    """Of its editions the one in force on the day; without a day the first in force beside this set, or the last."""
    asks = asking(tmp_path, "{finding: met}")
    folder = asks.catalogue.bundles[0].root if asks.catalogue else tmp_path
    for edition, start, end in (
        ("a", "2018-01-01", "2019-12-31"),
        ("b", "2023-06-01", "2024-12-31"),
        ("c", "2026-01-01", "null"),
    ):
        text = head("r", start=start, end=end).replace('edition: "1"', f'edition: "{edition}"')
        text = text.replace("The set r", f"Edition {edition}") + indicators("{finding: met}")
        (folder / f"r@{edition}.yaml").write_text(text, encoding="utf-8")
    asks = asks._replace(catalogue=Catalogue(asks.catalogue.bundles if asks.catalogue else ()))
    assert asks.title("t/r") == "Edition b"
    assert asks.title("t/r@c") == "Edition c"
    on = asks._replace(setting=Setting(day=date(2019, 1, 1)))
    assert (on.day, on.title("t/r"), on.title("t/r@c")) == (date(2019, 1, 1), "Edition a", "Edition c")
    assert asks._replace(catalogue=None).title("t/r") == "t/r"
    assert (asks.title("t/p@7"), asks.title("t/none")) == ("The set p", "t/none")


@pytest.mark.parametrize(
    ("table", "label", "vi", "en"),
    [
        ("region", "btb", "Bắc Trung Bộ", "North Central Coast"),
        ("group", "nhom1", "xã nhóm 1", "group 1"),
        ("level", "ward", "phường", "ward"),
        ("year", "2022-2023", "2022-2023", "2022-2023"),
        ("island", "true", "Xã đảo: có", "Island commune: yes"),
        ("island", "false", "Xã đảo: không", "Island commune: no"),
        ("kind", "A", "Loại xã: A", "Kind of commune: A"),
        ("unsaid", "A", "unsaid: A", "unsaid: A"),
        ("region", "otherwise", "trường hợp khác", "otherwise"),
    ],
)
def test_a_row_is_said_by_its_name(tmp_path: Path, table: str, label: str, vi: str, en: str) -> None:
    said = [asking(tmp_path, "{finding: met}", lang).row(table, label) for lang in LANGS]
    assert said == [vi, en]


def test_units_together_are_what_all_of_them_are() -> None:
    one = Unit(id="a", level="commune", region="btb", attributes={"x": True, "y": "A"})
    other = Unit(id="b", level="commune", region="tn", attributes={"x": True, "y": "B", "z": True})
    assert shared([one, other], DAY) == Setting(Level.COMMUNE, None, {"x": True}, DAY, None)
    assert shared(unit for unit in (one,)) == Setting(Level.COMMUNE, BTB, {"x": True, "y": "A"}, None, one.group)
    assert shared([]) == Setting()


def test_a_fact_is_said() -> None:
    assert [fact_text(value, "en") for value in (True, False, "A")] == ["yes", "no", "A"]
    assert [fact_text(value, "vi") for value in (True, False, "A")] == ["có", "không", "A"]
