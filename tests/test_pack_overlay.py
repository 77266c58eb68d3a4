"""What an overlay makes of the set below: every part of a pack, kept, replaced or added, and what does not fit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from shelf import overlay, shelf

from ntm_rules.errors import NtmError
from ntm_rules.messages import Text
from ntm_rules.pack.condition import FindingCondition, MeasureCondition, walk
from ntm_rules.pack.indicator import Indicator
from ntm_rules.pack.model import Pack
from ntm_rules.pack.period import Period
from ntm_rules.pack.threshold import leaves

BASE = """
id: t/p
edition: "1"
title: {vi: Bộ p, en: Set p}
applies_to: [commune, ward]
regions: [btb]
valid: {from: 2022-01-01, to: 2025-12-31}
legal_basis: [{id: qd, number: 1/QĐ, issued: 2022-01-01}]
source: {basis: qd, verification: recalled}
attributes: {island: {name: {vi: Xã đảo, en: Island}}, kind: {name: {vi: Loại, en: Kind}}}
prerequisites: [{code: P1, text: {vi: Điều kiện, en: Condition}, requires: {finding: met}}]
grades: [{code: G1, text: {vi: Ba sao, en: Three stars}, requires: {finding: met}}]
authorities:
  - {act: receives, who: {vi: Xã, en: Commune}, source: {basis: qd, verification: recalled}}
  - {act: recognises, who: {vi: Tỉnh, en: Province}, source: {basis: qd, verification: recalled}}
measures: [{id: wells, name: {vi: Giếng, en: Wells}, unit: "%", better: higher}]
notes: [{vi: Ghi chú p, en: Note p}]
criteria:
  - code: "1"
    title: {vi: Một, en: One}
    agency: Sở A
    indicators:
      - code: "1.1"
        text: {vi: Nước, en: Water}
        agency: Sở B
        agencies: [{valid: {to: 2022-06-30}, agency: Huyện}]
        requires: {all: [{measure: water, at_least: 90}, {measure: poverty, at_most: 5}]}
        versions:
          - {valid: {to: 2022-12-31}, requires: {measure: water, at_least: 80}}
      - {code: "1.2", text: {vi: Kết luận, en: Finding}, requires: {finding: met}}
  - code: "2"
    title: {vi: Hai, en: Two}
    indicators: [{code: "2", text: {vi: Hai, en: Two}, requires: {measure: income, at_least: 5}}]
  - {code: "3", title: {vi: Ba, en: Three}, incomplete: true}
"""
OVER = overlay("o", "p")


def made(folder: Path, text: str = "", over: str = OVER, base: str = BASE) -> Pack:
    return shelf(folder, p=base, o=over + text).load("t/o")


def told(refused: Callable[[], object]) -> list[str]:
    with pytest.raises(NtmError) as error:
        refused()
    assert all(error.value.text("vi").splitlines())
    return error.value.text("en").splitlines()


def levels(indicator: Indicator) -> list[str]:
    conditions = (part for _, part in walk(indicator.requires) if isinstance(part, MeasureCondition))
    return [str(leaf.value.value) for one in conditions for _, leaf in leaves(one.threshold) if hasattr(leaf, "value")]


def test_what_an_overlay_does_not_speak_of_stays(tmp_path: Path) -> None:
    catalogue = shelf(tmp_path, p=BASE, o=OVER)
    base, pack = catalogue.load("t/p"), catalogue.load("t/o")
    same = (
        "applies_to",
        "regions",
        "attributes",
        "prerequisites",
        "criteria",
        "grades",
        "authorities",
        "measures",
        "notes",
    )
    for name in same:
        assert getattr(pack, name) == getattr(base, name), name
    assert (pack.reference, pack.extends, pack.restates) == ("t/o@1", ("t/p@1",), ())
    assert (pack.title.en, pack.valid) == ("The set o", Period(start=date(2022, 1, 1), end=date(2023, 12, 31)))
    assert [basis.id for basis in pack.legal_basis] == ["qd", "qdt"]
    assert pack.source == base.source
    assert pack.incomplete, "one of its criteria is known by name only"
    assert pack.names == ("t/o", "t/o@1")


def test_what_an_overlay_says_of_the_whole_set_is_added_or_put_in_its_place(tmp_path: Path) -> None:
    pack = made(
        tmp_path,
        """
applies_to: [ward]
regions: [dbsh]
attributes: {kind: {name: {vi: Kiểu, en: Sort}}, new: {name: {vi: Mới, en: New}}}
prerequisites: [{code: P2, text: {vi: Thêm, en: More}, requires: {finding: met}}]
authorities: [{act: receives, who: {vi: Sở, en: Department}, source: {basis: qdt, verification: recalled}}]
measures: [{id: ponds, name: {vi: Ao, en: Ponds}, unit: "%", better: higher}]
notes: [{vi: Ghi chú o, en: Note o}]
looser_than_base: {"1.1": "vùng khó khăn"}
""",
    )
    assert (pack.applies_to, pack.regions) == (("ward",), ("dbsh",))
    assert {name: one.name.en for name, one in pack.attributes.items()} == {
        "island": "Island",
        "kind": "Sort",
        "new": "New",
    }
    assert [one.code for one in pack.prerequisites] == ["P1", "P2"]
    assert [(one.act, one.who.en) for one in pack.authorities] == [
        ("recognises", "Province"),
        ("receives", "Department"),
    ]
    assert [one.id for one in pack.measures] == ["wells", "ponds"]
    assert [one.en for one in pack.notes] == ["Note p", "Note o"]
    assert dict(pack.looser_than_base) == {"1.1": "vùng khó khăn"}


def test_a_restating_overlay_is_the_set_itself_with_other_figures(tmp_path: Path) -> None:
    again = overlay("r", "o").replace("extends", "restates: true\nextends")
    over = OVER.replace("extends", "restates: true\nextends")
    pack = shelf(tmp_path, p=BASE, o=over, r=again).load("t/r")
    assert (pack.extends, pack.restates) == (("t/o@1", "t/p@1"), ("t/o@1", "t/p@1"))
    assert pack.names == ("t/r", "t/r@1", "t/o", "t/o@1", "t/p", "t/p@1")


@pytest.mark.parametrize(
    "more", ["applies_to: [ward]", "prerequisites: [{code: P2, text: T, requires: {finding: met}}]"]
)
def test_a_restating_overlay_adds_nothing(tmp_path: Path, more: str) -> None:
    over = OVER.replace("extends", "restates: true\nextends")
    assert told(lambda: made(tmp_path, more + "\n", over)) == [
        "o@1.yaml:2: restates: true means the same set, so it adds no contents, prerequisites or levels; leave out"
        " restates, or add, prerequisites and applies_to"
    ]


def test_a_figure_is_set_wherever_its_measure_is_asked_for(tmp_path: Path) -> None:
    """In the dated versions as well; other measures of the indicator stay."""
    pack = made(tmp_path, "set: [{code: '1.1', measure: water, threshold: 95}, {code: '2', threshold: 6}]\n")
    assert levels(pack["1.1"]) == ["95", "5"]
    assert levels(pack["1.1"].reading(pack["1.1"].versions[0])) == ["95"]
    assert levels(pack["2"]) == ["6"]
    assert pack["1.1"].agencies
    assert pack["1.2"].requires == FindingCondition(finding="met")


def test_other_words_and_agencies_leave_the_requirement(tmp_path: Path) -> None:
    """An agency named for all days takes the place of those named for some."""
    text = """
change:
  - {code: "1.1", text: {vi: Nước sạch, en: Clean water}, agency: Sở C, note: {vi: Lưu ý, en: Mind}}
  - {code: "1", title: {vi: Mới, en: New}, agency: Sở D}
  - {code: P1, text: {vi: Khác, en: Other}}
  - {code: G1, agency: Sở E}
  - {code: "2", text: {vi: Thu nhập, en: Income}}
  - {code: "2", title: {vi: Kinh tế, en: Economy}, text: {vi: bỏ, en: dropped}}
"""
    pack = made(tmp_path, text)
    one = pack["1.1"]
    assert (one.text.en, one.agency, one.agencies, one.note and one.note.en) == ("Clean water", "Sở C", (), "Mind")
    assert levels(one) == ["90", "5"]
    assert len(one.versions) == 1
    assert (pack.criteria[0].title.en, pack.criteria[0].agency) == ("New", "Sở D")
    assert (pack["P1"].text.en, pack.grades[0].agency) == ("Other", "Sở E")
    assert (pack.criteria[1].title.en, pack["2"].text.en) == ("Economy", "Income")
    assert [criterion.code for criterion in pack.criteria] == ["1", "2", "3"]
    assert [item.code for item in pack.criteria[0].indicators] == ["1.1", "1.2"]


def test_agencies_named_for_some_days_are_kept_beside_one_for_the_rest(tmp_path: Path) -> None:
    text = 'change: [{code: "1.1", agency: Sở C, agencies: [{valid: {from: 2023-01-01}, agency: Xã}]}]\n'
    one = made(tmp_path, text)["1.1"]
    assert [one.on(day).agency for day in (date(2022, 12, 31), date(2023, 1, 1))] == ["Sở C", "Xã"]


def test_on_a_day_an_indicator_reads_as_it_did_and_names_who_answered(tmp_path: Path) -> None:
    """The first of several versions in force; what a version does not say is the indicator's."""
    one = made(tmp_path)["1.1"]
    days = (date(2022, 6, 30), date(2022, 7, 1), date(2022, 12, 31), date(2023, 1, 1))
    assert [(one.on(day).agency, levels(one.on(day))) for day in days] == [
        ("Huyện", ["80"]),
        ("Sở B", ["80"]),
        ("Sở B", ["80"]),
        ("Sở B", ["90", "5"]),
    ]
    own = one.versions[0].model_copy(update={"text": Text("Cũ", "Old"), "note": Text("n"), "source": one.source})
    said = one.reading(own)
    assert (said.text, said.note, said.requires, said.versions) == (own.text, own.note, own.requires, ())
    read = one.on(date(2022, 12, 31))
    assert (read.text, read.note, read.source, read.versions) == (one.text, one.note, one.source, ())


def test_what_the_law_leaves_to_the_province_is_not_left_once_it_is_said(tmp_path: Path) -> None:
    base = BASE.replace('{code: "1.2",', '{code: "1.2", delegated: true,')
    assert made(tmp_path / "a", "change: [{code: '1.2', agency: Sở}]\n", base=base)["1.2"].delegated
    change = "change: [{code: '1.2', requires: {measure: water, at_least: 5}}]\n"
    assert not made(tmp_path / "b", change, base=base)["1.2"].delegated


def test_what_an_overlay_adds_stands_last_and_has_its_source(tmp_path: Path) -> None:
    text = """
add:
  - {to: "2", indicator: {code: "2.2", text: {vi: Mới, en: New}, requires: {finding: met}}}
  - {criterion: {code: "4", title: {vi: Bốn, en: Four}, indicators: [{code: "4.1", text: T, requires: {finding: met}}]}}
"""
    pack = made(tmp_path, text)
    assert [item.code for item in pack.criteria[1].indicators] == ["2", "2.2"]
    assert pack.criteria[-1].title.en == "Four"
    assert {code: pack.source_of(pack[code]).basis for code in ("2", "2.2", "4.1")} == {
        "2": "qd",
        "2.2": "qdt",
        "4.1": "qdt",
    }
    assert made(
        tmp_path / "b", 'add: [{to: "3", indicator: {code: "3.1", text: T, requires: {finding: met}}}]'
    ).incomplete


ADDED = "o@1.yaml:9, add.0: each entry of add is a criterion, or an indicator with to: <criterion code>"
REFUSED = {
    "no such indicator": (
        "set: [{code: '1.3', threshold: 5}]",
        "o@1.yaml:9, set.0: t/p@1 has no indicator “1.3”. Did you mean: 1.2, 1.1?",
    ),
    "nothing to be set": (
        "set: [{code: '1.2', threshold: 5}]",
        "o@1.yaml:9, set.0: indicator 1.2 does not ask for exactly one measure but for none; write its requirement"
        " again with change",
    ),
    "which of two measures": (
        "set: [{code: '1.1', threshold: 5}]",
        "o@1.yaml:9, set.0: indicator 1.1 does not ask for exactly one measure; say measure: one of water, poverty",
    ),
    "a measure that is not asked for": (
        "set: [{code: '1.1', measure: watr, threshold: 5}]",
        "o@1.yaml:9, set.0: indicator 1.1 does not ask for the measure “watr”. Did you mean: water?",
    ),
    "no such criterion": (
        "add: [{to: '9', indicator: {code: '9.1', text: T, requires: {finding: met}}}]",
        "o@1.yaml:9, add.0: t/p@1 has no criterion “9”. Valid names: 1, 2, 3.",
    ),
    "a criterion like one that is there": (
        "add: [{to: 'I2', indicator: {code: '2.9', text: T, requires: {finding: met}}}]",
        "o@1.yaml:9, add.0: t/p@1 has no criterion “I2”. Did you mean: 2?",
    ),
    "a criterion that is there": (
        "add: [{criterion: {code: '1', title: T, incomplete: true}}]",
        "o@1.yaml:9, add.0.criterion: the code “1” is used twice",
    ),
    "an indicator without a criterion": (
        "add: [{indicator: {code: '9.1', text: T, requires: {finding: met}}}]",
        ADDED,
    ),
    "nothing added": (
        "add: [{to: '1'}]",
        ADDED,
    ),
    "both at once": (
        "add: [{to: '1', criterion: {code: '4', title: T, incomplete: true}, indicator: {code: '4.1', text: T,"
        " requires: {finding: met}}}]",
        ADDED,
    ),
    "a change of nothing there": (
        "change: [{code: 'P9', text: T}]",
        "o@1.yaml:9, change.0: t/p@1 has no indicator “P9”. Did you mean: P1?",
    ),
}


@pytest.mark.parametrize(("text", "said"), REFUSED.values(), ids=REFUSED)
def test_what_does_not_fit_the_set_below_is_told_whole(tmp_path: Path, text: str, said: str) -> None:
    assert told(lambda: made(tmp_path, text + "\n")) == [said]


def test_a_requirement_of_an_overlay_is_its_own_in_every_part(tmp_path: Path) -> None:
    """Shares and numbers of children, and sums, say who set them as measures do; a dated version as well."""
    text = """
change:
  - code: "1.2"
    requires:
      all:
        - {share_of: {level: village, meeting: t/v}, at_least: 80 %}
        - {total_of: [water, poverty], at_least: 50}
        - {measure: water, at_least: 70}
  - {code: "1.1", versions: [{valid: {to: 2022-12-31}, requires: {measure: water, at_least: 85}}]}
  - {code: "2", requires: {count_of: {level: village, meeting: t/v}, at_least: 3}}
"""
    pack = made(tmp_path, text)
    said = [
        (row.indicator.code, row.version is not None, row.leaf.set_by if row.leaf else None) for row in pack.figures()
    ]
    assert said == [
        ("P1", False, None),
        ("1.1", False, ""),
        ("1.1", False, ""),
        ("1.1", True, "t/o"),
        ("1.2", False, "t/o"),
        ("1.2", False, "t/o"),
        ("1.2", False, "t/o"),
        ("2", False, "t/o"),
        ("G1", False, None),
    ]
