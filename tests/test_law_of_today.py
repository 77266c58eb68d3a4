"""The set of 2026-2030 held against the table of Annex I: its words, its figures, whom it asks and who guides.

``law/qd_51_2025_annex_1.json`` is that table as the saved page of the national database of law has it, cell by cell.
"""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

import ntm_rules as ntm
from ntm_rules.analysis.audit import audit
from ntm_rules.assessment.check import FindingCheck, MeasureCheck
from ntm_rules.assessment.model import GroupCheck
from ntm_rules.assessment.parts import Citation
from ntm_rules.document import match, read_document
from ntm_rules.pack.condition import Comparison, walk
from ntm_rules.pack.legal import Verification
from ntm_rules.pack.threshold import Figure, leaves
from ntm_rules.quantity.amount import Amount
from ntm_rules.territory import Group
from ntm_rules.verdict import NOT_APPLICABLE

ANNEX = json.loads((Path(__file__).parent / "law" / "qd_51_2025_annex_1.json").read_text(encoding="utf-8"))
# Annexes II and III of the same page, point by point; and the sentences of Thông tư 52/2026/TT-BTC that hold figures.
POINTS = json.loads((Path(__file__).parent / "law" / "qd_51_2025_annexes_2_3.json").read_text(encoding="utf-8"))
CIRCULAR = json.loads((Path(__file__).parent / "law" / "tt_52_2026.json").read_text(encoding="utf-8"))
PACK = ntm.load_pack("vn/commune@2026-2030")
SIGNS = {"≥": "at_least", "≤": "at_most", "": "at_least"}
LEVELS = {"Tốt": 3, "Khá": 2, "Đạt": 1}
# Figures that stand inside sentences, in the order of the cells they stand in.
IN_WORDS = re.compile(r"(?:(≥|≤)\s*|đạt (?:tỷ lệ )?|đến )(\d+(?:,\d+)?)%|ít nhất (\d+) công trình")


def asked(code: str, group: Group, day: str = "2026-05-01") -> list[object]:
    """Every check of a content for a commune of a group of which nothing is known."""
    unit = {"id": "x", "level": "commune", "group": group}
    item = ntm.evaluate(PACK, ntm.Snapshot(unit=unit, as_of=day))[code]
    if item.verdict is NOT_APPLICABLE:
        return []
    found, pending = [], [item.check]
    while pending:
        check = pending.pop(0)
        if isinstance(check, GroupCheck):
            pending += check.chosen() if check.how == "choice" else check.parts
        else:
            found.append(check)
    return found


def figures(code: str, group: Group) -> list[tuple[str, Decimal]]:
    """Resolved thresholds of a content, each with its comparison."""
    measured = (check.required for check in asked(code, group) if isinstance(check, MeasureCheck))
    return [(one.op.value, one.amount.value) for one in measured if one.amount is not None]


def cells(code: str, group: Group) -> list[str]:
    """The cells of the table that speak of a group, from top to bottom."""
    return [row[list(Group).index(group)] for row in ANNEX[code]["groups"]]


def stated(cell: str) -> tuple[str, Decimal] | None:
    """What a cell that is nothing but a value says."""
    found = re.fullmatch(r"(≥|≤)?\s*(\d+(?:,\d+)?)\s*(%|mô hình)?", cell)
    return (SIGNS[found[1] or ""], Amount.of(found[2]).value) if found else None


def test_all_criteria_and_contents_are_there_in_the_words_of_the_decision():
    assert [item.code for item in PACK.indicators()] == list(ANNEX)
    assert (len(PACK.criteria), len(ANNEX)) == (10, 47)
    for criterion in PACK.criteria:
        for item in criterion.indicators:
            assert item.text.vi == re.sub(r"\[\d\]", "", ANNEX[item.code]["text"])
            assert criterion.title.vi == ANNEX[item.code]["criterion"]


@pytest.mark.parametrize("group", list(Group))
@pytest.mark.parametrize("code", list(ANNEX))
def test_each_group_is_asked_what_its_column_says(code, group):
    said = cells(code, group)
    if said == ["Không quy định"]:
        assert asked(code, group) == []
        return
    assert asked(code, group)
    own = stated(said[0]) or (("at_least", Decimal(LEVELS[said[0]])) if said[0] in LEVELS else None)
    common = stated(ANNEX[code]["common"])
    if own or common:
        # The group's own value, else the common level, is the whole of what is asked.
        assert figures(code, group) == [own or common]


# Contents whose sentences, not their cells, hold the figures; 3.1 has a range, of which the lower end is the floor.
SENTENCES = {
    "2.1": {Group.NHOM1: [100, 50, 100], Group.NHOM2: [100, 50, 90], Group.NHOM3: [100, 50]},
    "2.2": {Group.NHOM1: [90], Group.NHOM2: [80], Group.NHOM3: []},
    "2.6": dict.fromkeys(Group, (100,)),
    "8.1": dict.fromkeys(Group, (80, 50)),
    "8.4": {Group.NHOM1: [50, 1], Group.NHOM2: [50], Group.NHOM3: [50]},
    "9.2": dict.fromkeys(Group, (90,)),
}


@pytest.mark.parametrize(("code", "group"), [(code, group) for code, by in SENTENCES.items() for group in by])
def test_figures_inside_sentences_are_measured_too(code, group):
    expected = SENTENCES[code][group]
    words = " ".join([ANNEX[code]["text"], *cells(code, group)])
    if group is not Group.NHOM1:
        words = re.sub(r"\(đối với xã nhóm 1[^)]*\)", "", words)
    read = [(sign, number or count) for sign, number, count in IN_WORDS.findall(words)]
    assert sorted(int(number) for _, number in read) == sorted(expected)
    assert sorted(int(value) for _, value in figures(code, group)) == sorted(expected)
    at_most = {int(number) for sign, number in read if sign == "≤"}
    assert {int(value) for op, value in figures(code, group) if op == "at_most"} == at_most


def test_the_floor_of_a_range_is_its_lower_end():
    assert ANNEX["3.1"]["common"] == "Bình quân từ 9,5 - 12%/năm"
    assert all(figures("3.1", group) == [("at_least", Decimal("9.5"))] for group in Group)


def test_no_other_figure_of_the_table_is_left_out():
    """Whatever has a figure is among those held against it above, or is an average of communes the province keeps."""
    with_figures = {
        code
        for code, row in ANNEX.items()
        if re.search(
            r"\d+\s*%|≥|≤", " ".join([row["text"], row["common"], *(c for line in row["groups"] for c in line)])
        )
    }
    whole = {
        code for code in ANNEX if any(stated(c) for g in Group for c in [ANNEX[code]["common"], cells(code, g)[0]])
    }
    assert with_figures - whole - set(SENTENCES) == {"3.1", "6.3", "6.6"}
    for code in ("6.3", "6.6"):
        assert "bình quân các xã" in " ".join(cells(code, Group.NHOM1))
        assert figures(code, Group.NHOM1) == []


@pytest.mark.parametrize("code", list(ANNEX))
def test_the_guiding_body_is_the_agency_and_what_is_left_to_the_province_is_noted(code):
    words = " ".join(cells(code, Group.NHOM2))
    item = PACK[code]
    assert "UBND cấp tỉnh quy định cụ thể" in words
    assert "UBND cấp tỉnh" in f"{item.note.vi} {item.agency}"
    guided = re.search(r"((?:Bộ|Hội|Cơ quan)[^.;]*?) hướng dẫn", words)
    if guided:
        assert item.agency.split(",")[0] in guided[1] or guided[1].startswith("Cơ quan được Chính phủ giao")
    else:
        assert item.agency == "UBND cấp tỉnh"


def test_contents_said_to_be_met_take_a_conclusion():
    for code, row in ANNEX.items():
        if row["common"] == "Đạt" and not stated(cells(code, Group.NHOM1)[0]) and code not in ("2.3", "2.6"):
            checks = asked(code, Group.NHOM2)
            open_to = [c for c in checks if isinstance(c, FindingCheck) or getattr(c, "reason", None) is not None]
            assert open_to, code


def test_every_figure_is_stated():
    """In all five sets of the period, but for what the law leaves to the province."""
    for name in ("commune", "commune-group1", "commune-modern", "ward-rural", "province"):
        audited = audit(ntm.load_pack(f"vn/{name}@2026-2030"))
        assert not audited.weak
        assert {state for state, count in audited.counts.items() if count} <= {"stated", "delegated"}


def test_what_a_modern_commune_is_asked_by_its_province_is_counted_as_delegated(tmp_path):
    """Annex II leaves 3.a to 3.e to the province; one of which the province says what it asks is no more so."""
    counts = audit(ntm.load_pack("vn/commune-modern@2026-2030")).counts
    assert (counts["stated"], counts["delegated"]) == (1, 6)
    overlay = tmp_path / "vidu-modern.yaml"
    overlay.write_text(
        """
        id: vidu/commune-modern
        edition: 2026-2030
        extends: vn/commune-modern@2026-2030
        title: Xã hiện đại tỉnh Ví Dụ
        valid: {from: 2026-04-15, to: 2030-12-31}
        legal_basis: [{id: qd15, number: 15/2026/QĐ-UBND}]
        source: {basis: qd15, at: Phụ lục, verification: stated, checked_against: [văn bản giả định]}
        change: [{code: "3.d", requires: {measure: clean_water_share, at_least: 99 %}}]
        """,
        encoding="utf-8",
    )
    counts = audit(ntm.load_pack(overlay)).counts
    assert (counts["stated"], counts["delegated"]) == (2, 5)


DATA = Path(__file__).parent / "data" / "documents"


@pytest.fixture(scope="module", params=["html", "docx", "pdf"])
def reading(request, tmp_path_factory):
    """The decision itself in one of its three containers, held against the pack."""
    path = DATA / f"qd_51_2025_ttg.{request.param}"
    if request.param == "html":
        path = tmp_path_factory.mktemp("law") / path.name
        path.write_bytes(gzip.decompress((DATA / "qd_51_2025_ttg.html.gz").read_bytes()))
    return match(read_document(path), PACK)


def test_the_decision_itself_differs_nowhere_from_the_pack(reading):
    counts = Counter(one.state.value for one in (*reading.found, *reading.extra))
    assert (counts["differs"], counts["new"], counts["not_in_pack"]) == (0, 0, 0)
    assert counts["agrees"] >= 55


def test_what_the_reader_finds_in_no_cell_stands_in_sentences_or_in_the_circular(reading):
    elsewhere = {*SENTENCES, "3.1", "3.4", "3.6", "3.9", "3.10", "6.1", "6.3", "6.6"}
    states = ("not_in_document", "not_understood", "elsewhere")
    apart = {one.address.code for one in reading.found if one.state.value in states}
    assert apart - {"2.3"} <= elsewhere | {code for code, row in ANNEX.items() if row["common"] == "Đạt"}


def test_whether_condition_3_is_about_a_ward_is_asked_of_wards_and_of_no_special_zone():
    """In a frame of both, as one by one: what a special zone need not tell is told by its level."""
    pack = ntm.load_pack("vn/ward-rural")
    facts = {
        "formed_with_commune": (None, None, True, True),
        "farmland_70_percent_2025_07_01": (None, None, True, False),
    }
    levels = ("ward", "special_zone", "ward", "ward")
    share = "60 %"
    units = {"id": list("abcd"), "level": levels, "as_of": ["2026-05-01"] * 4}
    columns = {name: list(told) for name, told in facts.items()} | {"contents_met_at_group1_share": [share] * 4}
    found = pl.DataFrame(ntm.evaluate_frame(pack, pl.DataFrame(units | columns)).frame)
    expected = ["UNKNOWN", "NOT_MET", "NOT_MET", "NOT_APPLICABLE"]
    assert found["i_1"].to_list() == expected
    for row, (level, verdict) in enumerate(zip(levels, expected, strict=True)):
        told = {name: values[row] for name, values in facts.items() if values[row] is not None}
        unit = ntm.Unit(id="x", level=level, attributes=told)
        snapshot = ntm.Snapshot(unit=unit, as_of="2026-05-01", measures={"contents_met_at_group1_share": share})
        assert ntm.evaluate(pack, snapshot)["1"].verdict.value == verdict


def test_figures_inside_sentences_are_shown_with_the_sentence_and_not_said_to_be_absent(reading):
    """2.1, 8.1, 8.4, 9.2: the row is found, and the figure stands in its words."""
    inside = {
        one.address.code: one for one in reading.found if one.note and one.note.key == "document.note_in_sentence"
    }
    assert inside.keys() >= {"2.1", "8.1", "9.2"}
    assert all(one.state.value == "not_understood" and one.words for one in inside.values())
    absent = {one.address.code for one in reading.found if one.state.value == "not_in_document"}
    # What is left comes with the circular, or (3.4) asks one product where the sentence asks that there be any.
    assert absent <= {"3.4", "3.10", "6.1"}


def test_figures_of_a_circular_are_said_to_be_from_it_and_not_to_be_missing(reading):
    """Thông tư 52/2026 sets what the decision leaves to the ministry: no look at the decision finds those figures."""
    circular = [one for one in reading.found if one.row.source.basis == "tt52" and one.content is None]
    assert circular
    assert {one.state.value for one in circular} == {"elsewhere"}
    assert {one.note.text("vi") for one in circular if one.note} == {"theo văn bản khác: 52/2026/TT-BTC"}


@pytest.mark.parametrize("name", ["commune-modern", "province"])
def test_annexes_without_a_table_are_held_against_the_text_as_sentences(name):
    """Annexes II and III have no table: every content found stands beside its sentence, and nothing is confirmed."""
    found = match(read_document(DATA / "qd_51_2025_ttg.docx"), ntm.load_pack(f"vn/{name}@2026-2030"))
    states = Counter(one.state.value for one in found.found)
    assert states["not_understood"] > states["not_in_document"]
    assert not found.extra
    assert [doubt.key for doubt in found.doubts] == ["document.set_in_prose"]
    assert all(one.words for one in found.found if one.state.value == "not_understood")


def test_wards_that_take_no_part_are_counted_apart_and_told_by_reason():
    """Condition 3 of a province is about the wards and special zones it finds to need it, and no others."""
    reason = "tỉnh không xác định cần xây dựng nông thôn mới"
    units = [
        ntm.Unit(id="p", level="province"),
        ntm.Unit(id="a", name="Phường Một", level="ward", parent="p", exempt=reason),
        ntm.Unit(id="b", name="Phường Hai", level="ward", parent="p", exempt=reason),
    ]
    for zones, verdict in (([], "NOT_APPLICABLE"), ([ntm.Unit(id="z", level="special_zone", parent="p")], "UNKNOWN")):
        tree = ntm.evaluate_tree([*units, *zones], [], ["vn/province", "vn/ward-rural"], as_of="2026-07-15")
        tally = tree.tally("vn/ward-rural", under="p")
        assert (tally.exempt, tally.total) == (("a", "b"), len(zones))
        province = tree.unit("p").assessments["vn/province"]
        assert province["3"].verdict.value == verdict
        assert f"ông tính Phường Một, Phường Hai: {reason}" in province.explain("vi")


@pytest.mark.parametrize(
    ("number", "said"),
    [("52/2026/TT-BTC", "Circular 52"), ("131/2025/NĐ-CP", "Decree 131"), ("51/2025/QĐ-TTg", "Decision 51")],
)
def test_a_text_is_called_what_its_number_says_it_is(number, said):
    assert Citation(number, Verification.STATED).text("en").startswith(said)
    assert Citation(number, Verification.STATED).text("vi").startswith(number)


def test_where_one_group_is_judged_by_a_conclusion_the_comparison_says_so():
    """2.2 asks a share of groups 1 and 2; of group 3 a conclusion, which is neither looser nor a missing value."""
    comparison = ntm.compare("vn/commune@2026-2030", "vn/commune@2021-2025")
    of_group_3 = [
        change
        for change in comparison.differences
        if change.code == "2.2" and change.cases and all(case.group is Group.NHOM3 for case in change.cases)
    ]
    assert [(change.kind.value, change.after.vi) for change in of_group_3] == [
        ("altered", "theo kết luận của cơ quan phụ trách")
    ]


@pytest.mark.parametrize(("annex", "name"), [("2", "commune-modern"), ("3", "province")])
def test_the_other_annexes_are_there_in_the_words_of_the_decision(annex, name):
    pack = ntm.load_pack(f"vn/{name}@2026-2030")
    assert {item.code: item.text.vi for item in pack.indicators()} == POINTS[annex]


def asked_shares(pack: ntm.Pack, code: str, day: str = "2026-05-01") -> set[str]:
    """The figures of an indicator on a day, in per cent, as they are written in Vietnamese."""
    item = pack[code].on(date.fromisoformat(day))
    compared = [part for _, part in walk(item.requires) if isinstance(part, Comparison)]
    found = {leaf.value.value for one in compared for _, leaf in leaves(one.threshold) if isinstance(leaf, Figure)}
    return {f"{value.normalize():f}".replace(".", ",") for value in found}


@pytest.mark.parametrize(("annex", "name"), [("2", "commune-modern"), ("3", "province")])
def test_every_share_in_the_other_annexes_is_asked(annex, name):
    """Condition 3 of a province asks 70 % of a ward, in the set of wards; its other 70 says which wards are meant."""
    pack = ntm.load_pack(f"vn/{name}@2026-2030")
    for code, text in POINTS[annex].items():
        said = set(re.findall(r"(\d+(?:,\d+)?)%", text))
        if (annex, code) == ("3", "3"):
            assert said == {"70"} == asked_shares(ntm.load_pack("vn/ward-rural@2026-2030"), "1")
        else:
            assert asked_shares(pack, code) == said, code


def test_the_figures_of_the_circular_are_asked_from_the_day_it_is_in_force():
    assert CIRCULAR["in force"].endswith("ngày 27 tháng 6 năm 2026")
    figure = r"(\d+(?:,\d+)?)(?=%| năm liên tiếp| thành viên)"
    for code in ("3.1", "3.6", "3.9"):
        said = {number.lstrip("0") for sentence in CIRCULAR[code] for number in re.findall(figure, sentence)}
        asked_of = asked_shares(PACK, code, "2026-06-27")
        # One cooperative, one product or service for its members; the circular writes these in words of its own.
        assert asked_of - {"1"} == said - ({"2"} if code == "3.9" else set()), code
    assert asked_shares(ntm.load_pack("vn/province@2026-2030"), "10", "2026-06-27") == {"10"}
    assert asked_shares(PACK, "3.6", "2026-06-26") == asked_shares(PACK, "3.9", "2026-06-26") == set()
