"""What packs have to do with each other: whom one asks for, when one reads differently, whose a figure stays."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from shelf import head, indicators, overlay, shelf

from ntm_rules.pack.related import changes, involved, judged_together, kinds_asked, rules_changed

REGIONS = "{measure: water, at_least: {by_region: {btb: 90, tn: 80}, otherwise: 95}}"
GROUPS = "{measure: poverty, at_most: {by_group: {nhom1: 1, nhom2: 2, nhom3: 3}}}"
YEARS = "{measure: water, at_least: {by_year: {2022: 90, 2023: 95}}}"


def references(packs: tuple[object, ...]) -> list[str]:
    return [getattr(pack, "reference", "") for pack in packs]


def test_who_is_asked_for_is_told_the_nearest_first_and_each_once(tmp_path: Path) -> None:
    """A set is asked for by its verdict or by a threshold of its; only the first is judged on the same facts."""
    catalogue = shelf(
        tmp_path,
        a=head("a") + indicators("{meets: t/b}", "{measure: income, at_least: {times: 2, threshold_of: t/c#1.1}}"),
        b=head("b") + indicators("{all: [{meets: t/d}, {meets: t/d}]}"),
        c=head("c") + indicators("{measure: income, at_least: 5}", "{meets: t/d}"),
        d=head("d") + indicators("{finding: met}"),
    )
    asking = catalogue.load("t/a")
    assert references(involved((asking,), catalogue)) == ["t/a@1", "t/b@1", "t/c@1", "t/d@1"]
    assert references(judged_together(asking, catalogue)) == ["t/a@1", "t/b@1", "t/d@1"]
    assert references(involved((catalogue.load("t/d"), asking), catalogue))[:2] == ["t/d@1", "t/a@1"]


@pytest.mark.parametrize(
    ("start", "end", "together"),
    [
        ("2023-12-31", "2025-12-31", True),
        ("2024-01-01", "2025-12-31", False),
        ("2020-01-01", "2022-01-01", True),
        ("2020-01-01", "2021-12-31", False),
        ("null", "2021-12-31", False),
        ("null", "null", True),
    ],
)
def test_packs_in_force_on_a_day_they_share_are_read_together(
    tmp_path: Path, start: str, end: str, together: bool
) -> None:
    """The first and the last day count; a set without a beginning was always there."""
    catalogue = shelf(
        tmp_path,
        a=head("a") + indicators(REGIONS, "{meets: t/b}"),
        b=head("b", start=start, end=end) + indicators(GROUPS, YEARS),
    )
    pack = catalogue.load("t/a")
    assert kinds_asked(pack, catalogue) == ({"region", "group"} if together else {"region"})
    assert references(judged_together(pack, catalogue)) == ["t/a@1", *(["t/b@1"] if together else [])]


def test_without_a_catalogue_a_pack_speaks_for_itself(tmp_path: Path) -> None:
    catalogue = shelf(tmp_path, a=head("a") + indicators(YEARS, "{meets: t/b}"), b=head("b") + indicators(GROUPS))
    assert kinds_asked(catalogue.load("t/a"), None) == frozenset()
    assert kinds_asked(catalogue.load("t/b"), None) == {"group"}


DATED = """
criteria:
  - code: "1"
    title: {vi: Một, en: One}
    indicators:
      - code: "1.1"
        text: {vi: Nước, en: Water}
        requires: {measure: water, at_least: {by_year: {2022-2023: 90, 2025: 95}}}
        versions:
          - {valid: {from: 2022-03-01, to: 2022-06-30}, requires: {finding: met}}
        agencies:
          - {valid: {from: 2023-03-01}, agency: Sở A, source: {basis: qd, verification: recalled}}
      - {code: "1.2", text: {vi: Hai, en: Two}, requires: {finding: met}}
region_rules:
  - when: {attribute: island, is: true}
    region: tn
    valid: {to: 2022-09-09}
    text: {vi: Đảo, en: Islands}
    source: {basis: qd, verification: recalled}
attributes: {island: {name: {vi: Xã đảo, en: Island commune}}}
"""


def test_the_days_on_which_a_pack_begins_to_read_differently(tmp_path: Path) -> None:
    """The day a thing begins, and the day after its last one; a table's years and the gaps between them."""
    pack = shelf(tmp_path, a=head("a") + DATED).load("t/a")
    whole = {date(2022, 1, 1), date(2024, 1, 1)}
    version, agency, rule = {date(2022, 3, 1), date(2022, 7, 1)}, {date(2023, 3, 1)}, {date(2022, 9, 10)}
    years = {date(year, 1, 1) for year in range(2022, 2027)}
    assert set(changes(pack)) == whole | version | agency | rule | years
    assert rules_changed(pack) == {"": tuple(sorted(whole | rule)), "1.1": tuple(sorted(version))}


def test_a_pack_that_is_always_in_force_has_no_such_days(tmp_path: Path) -> None:
    text = head("a", start="null", end="9999-12-31") + indicators("{finding: met}")
    pack = shelf(tmp_path / "a", a=text).load("t/a")
    assert (list(changes(pack)), rules_changed(pack)) == ([], {})
    last = head("b", start="null", end="9999-12-31") + indicators("{measure: water, at_least: {by_year: {9999: 90}}}")
    # After the last year of the calendar there is no other.
    assert list(changes(shelf(tmp_path / "b", b=last).load("t/b"))) == [date(9999, 1, 1)]


ISLANDS = "attributes: {island: {name: {vi: Xã đảo, en: Island commune}}}\n"


def whose(folder: Path, old: str, change: str, *, cited: bool = False) -> dict[str, tuple[str, str]]:
    """Of each figure of ``t/o``, an overlay with that change over a set that requires ``old``: who set it, and where.

    Unless ``cited``, the overlay says of nothing where it is taken from.
    """
    top = overlay("o", "p") if cited else overlay("o", "p").partition("source:")[0]
    catalogue = shelf(folder, p=head("p") + ISLANDS + indicators(old), o=top + change)
    return {
        "/".join(label for _, label in row.rows) or str(row.leaf.model_dump(exclude_defaults=True).get("value")): (
            row.leaf.set_by,
            row.source.basis,
        )
        for row in catalogue.load("t/o").figures()
        if row.leaf is not None
    }


MINE, THEIRS = ("t/o", "qd"), ("", "qd")
TABLES = {
    "one row of a table": (
        "{by_region: {btb: 90, tn: 80}, otherwise: 95}",
        "{by_region: {btb: 90, tn: 85}, otherwise: 95}",
        {"btb": THEIRS, "tn": MINE, "otherwise": THEIRS},
    ),
    "what is left, and a row that is new": (
        "{by_region: {btb: 90}, otherwise: 95}",
        "{by_region: {btb: 90, tn: 95}, otherwise: 96}",
        {"btb": THEIRS, "tn": MINE, "otherwise": MINE},
    ),
    "a rest where there was none": (
        "{by_region: {btb: 90}}",
        "{by_region: {btb: 90}, otherwise: 90}",
        {"btb": THEIRS, "otherwise": MINE},
    ),
    "a row within a row": (
        "{by_region: {btb: {by_year: {2022: 90, 2023: 91}}, tn: 80}}",
        "{by_region: {btb: {by_year: {2022: 90, 2023: 92}}, tn: {by_year: {2022: 80}}}}",
        {"btb/2022": THEIRS, "btb/2023": MINE, "tn/2022": MINE},
    ),
    "a table by something else": (
        "{by_year: {2022: 90, 2023: 90}}",
        "{by_group: {nhom1: 90, nhom2: 90}}",
        {"nhom1": MINE, "nhom2": MINE},
    ),
    "one figure for a table": ("{by_region: {btb: 90}, otherwise: 90}", "90", {"90": MINE}),
    "the very same": ("90", "90", {"90": THEIRS}),
    "the same with a note": ("90", "{value: 90, note: {vi: Ghi chú, en: A note}}", {"90": MINE}),
    "the same from the same place written out": (
        "90",
        '{value: 90, source: {basis: qd, at: "1.1", verification: stated, url: "https://example.org"}}',
        {"90": THEIRS},
    ),
    "the same from elsewhere": (
        "90",
        "{value: 90, source: {basis: qdt, verification: recalled}}",
        {"90": ("t/o", "qdt")},
    ),
    "the same left to the province": ("delegated", "untranscribed", {"None": MINE}),
}


@pytest.mark.parametrize(("old", "new", "said"), TABLES.values(), ids=TABLES)
def test_an_overlay_is_answerable_for_the_rows_it_changes(
    tmp_path: Path, old: str, new: str, said: dict[str, tuple[str, str]]
) -> None:
    """What it repeats word for word keeps saying who set it and in which decision it stands."""
    change = f"set: [{{code: '1.1', threshold: {new}}}]\n"
    assert whose(tmp_path, f"{{measure: water, at_least: {old}}}", change) == said


def test_what_an_overlay_gives_another_source_is_its_own(tmp_path: Path) -> None:
    change = "set: [{code: '1.1', threshold: {by_region: {btb: 90, tn: 85}}}]\n"
    said = whose(tmp_path, "{measure: water, at_least: {by_region: {btb: 90, tn: 80}}}", change, cited=True)
    assert set(said.values()) == {("t/o", "qdt")}


CONDITIONS = {
    "all of some": "{all: [%s, %s]}",
    "any of some": "{any: [%s, %s]}",
    "some of several": "{at_least: 1, of: [%s, %s]}",
    "a choice": "{when: {attribute: island, is: true}, then: %s, otherwise: %s}",
}


@pytest.mark.parametrize("shape", CONDITIONS.values(), ids=CONDITIONS)
def test_a_requirement_written_out_again_keeps_the_parts_that_are_as_they_were(tmp_path: Path, shape: str) -> None:
    old = shape % ("{measure: water, at_least: 90}", "{measure: poverty, at_most: 5}")
    new = shape % ("{measure: water, at_least: 90}", "{measure: poverty, at_most: 4}")
    said = whose(tmp_path, old, f"change: [{{code: '1.1', requires: {new}}}]\n")
    assert list(said.values()) == [THEIRS, MINE]


@pytest.mark.parametrize(
    "new",
    [
        "{any: [{measure: water, at_least: 90}, {measure: poverty, at_most: 5}]}",
        "{all: [{measure: water, at_least: 90}]}",
        "{all: [{measure: water, at_least: 90}, {measure: poverty, at_most: 5}, {finding: met}]}",
    ],
)
def test_a_requirement_of_another_shape_is_all_the_overlays(tmp_path: Path, new: str) -> None:
    old = "{all: [{measure: water, at_least: 90}, {measure: poverty, at_most: 5}]}"
    assert set(whose(tmp_path, old, f"change: [{{code: '1.1', requires: {new}}}]\n").values()) == {MINE}
