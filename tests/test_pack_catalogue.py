"""A catalogue of packs: which edition is meant, what is refused and in which words, what is known of measures."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from importlib import metadata
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

import pytest
from shelf import MEASURES, head, indicators, overlay, shelf

from ntm_rules.errors import MOST, NtmError
from ntm_rules.messages import Text
from ntm_rules.pack import bundle as module
from ntm_rules.pack.bundle import GROUP, Bundle, discover
from ntm_rules.pack.catalogue import Catalogue, PackInfo
from ntm_rules.pack.text import PackText, digest_of, folder_text
from ntm_rules.territory import Level

ONE = indicators("{measure: water, at_least: 90}")


def told(refused: Callable[[], object]) -> list[str]:
    with pytest.raises(NtmError) as error:
        refused()
    assert all(error.value.text("vi").splitlines())
    return error.value.text("en").splitlines()


def dated(folder: Path, *editions: tuple[str, str, str]) -> Catalogue:
    """The pack t/p in several editions, each with its first and last day."""
    for edition, start, end in editions:
        text = head("p", start=start, end=end).replace('edition: "1"', f'edition: "{edition}"') + ONE
        (folder / f"p@{edition}.yaml").write_text(text, encoding="utf-8")
    (folder / "measures").mkdir()
    (folder / "measures" / "m.yaml").write_text(MEASURES, encoding="utf-8")
    return Catalogue((Bundle("t", folder, "dist 1.0"),))


OLD, NEW = ("a", "2020-01-01", "2021-12-31"), ("b", "2023-01-01", "2024-12-31")


def test_the_edition_that_is_meant(tmp_path: Path) -> None:
    """Pinned, in force on the day (its first and last day included), or the one that began last."""
    shelf = dated(tmp_path, OLD, NEW, ("c", "2019-01-01", "2019-12-31"))
    assert shelf.load("t/p").reference == "t/p@b"
    for day, edition in (("2020-01-01", "a"), ("2021-12-31", "a"), ("2023-01-01", "b"), ("2024-12-31", "b")):
        assert shelf.load("t/p", on=day).edition == edition
        assert shelf.load("t/p", on=date.fromisoformat(day)).edition == edition
    assert shelf.load("t/p@a", on="2024-01-01").edition == "a"
    assert [pack.edition for pack in shelf.editions("t/p")] == ["a", "b", "c"]
    assert [pack.edition for pack in shelf.editions("t/p@b")] == ["b"]
    assert (shelf.editions("t/p@z"), shelf.editions("t/q")) == ((), ())
    assert (shelf.ids(), shelf.has("t/p"), shelf.has("t/q")) == (("t/p",), True, False)
    assert shelf.load("t/p") is shelf.load("t/p@b")


def test_where_no_edition_is_in_force_a_name_still_means_the_latest(tmp_path: Path) -> None:
    shelf = dated(tmp_path, OLD, NEW)
    assert shelf.named("t/p", date(2022, 6, 1)).edition == "b"
    assert shelf.named("t/p", date(2021, 12, 31)).edition == "a"
    assert shelf.named("t/p@a", date(2024, 1, 1)).edition == "a"
    assert shelf.title_of("t/p@a", date(2024, 1, 1)) == "t/p"
    assert (shelf.title_of("t/q@1", date(2024, 1, 1)), shelf.root_of("t/q@1")) == ("t/q", "t/q@1")
    assert (shelf.root_of("t/p@a"), shelf.root_of("t/p@z")) == ("t/p@a", "t/p@z")


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (
            "2022-06-01",
            "the one before applies to 2021-12-31, the next is in force from 2023-01-01; give a day that is not between"
            " the two",
        ),
        ("2019-12-31", "the first one here is in force from 2020-01-01"),
        ("2025-01-01", "the last one here applies to 2024-12-31"),
    ],
)
def test_a_day_without_an_edition_is_told_with_the_ends_beside_it(tmp_path: Path, day: str, said: str) -> None:
    refused = told(lambda: dated(tmp_path, OLD, NEW).load("t/p", on=day))
    assert refused == [f"t/p: no edition is in force on {day}: {said}"]


def test_a_level_that_is_no_more_is_said_to_be(tmp_path: Path) -> None:
    text = head("d", level="district", start="2021-01-01", end="2025-06-30") + ONE
    assert told(lambda: shelf(tmp_path, d=text).load("t/d", on="2025-07-01")) == [
        "there is no district on 2025-07-01: since 2025-07-01 there are provinces and, below them, communes, wards and"
        " special zones only (Nghị quyết 203/2025/QH15, Nghị định 131/2025/NĐ-CP); assess the new communes, wards and"
        " special zones, or give a date before that day"
    ]


REFUSED: dict[str, tuple[dict[str, str], str, str]] = {
    "no such pack": ({"p": head("p") + ONE}, "t/pp", "there is no pack “t/pp”. Did you mean: t/p?"),
    "no such edition": ({"p": head("p") + ONE}, "t/p@2", "t/p has no edition “2”; it has: 1"),
    "sets laid over each other": (
        {"a": overlay("a", "b"), "b": overlay("b", "c"), "c": overlay("c", "a")},
        "t/a",
        "packs extend each other in a circle: t/a@1 → t/b@1 → t/c@1 → t/a@1",
    ),
    "another name than the file's": (
        {"p": head("q") + ONE},
        "t/p",
        "p@1.yaml: the file says t/q@1 but its name says t/p@1",
    ),
    "a criterion twice": (
        {"p": head("p") + ONE + ONE.partition("\n")[2].replace("1.1", "1.2")},
        "t/p",
        "p@1.yaml:14, criteria.1: the code “1” is used twice",
    ),
    "no words": (
        {"p": head("p") + ONE.replace("{vi: Chỉ tiêu 1, en: Indicator 1}", '{vi: "", en: ""}')},
        "t/p",
        "p@1.yaml:13, criteria.0.indicators.0.text: expected a text, or {vi: ..., en: ...}",
    ),
    "who set a figure": (
        {"p": head("p") + ONE.replace("at_least: 90", "at_least: {value: 90, set_by: t/q}")},
        "t/p",
        "p@1.yaml:13, criteria.0.indicators.0.requires.at_least.set_by: unknown key “set_by”.",
    ),
    "points for what is not there": (
        {"p": head("p") + indicators("{total_of: [{indicator: 1.9, points: 5}], at_least: 5 điểm}")},
        "t/p",
        "p@1.yaml:13, criteria.0.indicators.0: the sum of indicator 1.1 gives points for “1.9”, a code the pack does"
        " not have. Did you mean: 1.1?",
    ),
    "points that hang on each other": (
        {
            "p": head("p")
            + indicators(
                "{total_of: [{indicator: 1.2, points: 5}], at_least: 5 điểm}",
                "{total_of: [{indicator: 1.1, points: 5}], at_least: 5 điểm}",
            )
        },
        "t/p",
        "p@1.yaml:13, criteria.0.indicators.0: the sum of indicator 1.1 depends on itself\n"
        "p@1.yaml:14, criteria.0.indicators.1: the sum of indicator 1.2 depends on itself",
    ),
    "a rule by a decision that is not listed": (
        {
            "p": head("p")
            + "group_rules: [{group: nhom1, text: T, source: {basis: qg, verification: recalled}}]\n"
            + "attributes: {island: {name: T}}\nregion_rules: [{when: {attribute: island, is: true}, region: tn,"
            + " text: T, source: {basis: qr, verification: recalled}}]\n"
            + ONE
        },
        "t/p",
        "p@1.yaml:11, region_rules: t/p lists no “qr” in legal_basis. Did you mean: qd?\n"
        "p@1.yaml:9, group_rules: t/p lists no “qg” in legal_basis. Did you mean: qd?",
    ),
    "a sum of unlike things": (
        {"p": head("p") + indicators("{total_of: [water, income], at_least: 5 %}")},
        "t/p",
        "p@1.yaml:13, criteria.0.indicators.0: the sum of indicator 1.1 adds “income”, which is in “million"
        " VND/person/year”, to figures in “%”",
    ),
    "a most of another kind": (
        {"p": head("p") + indicators("{total_of: [water, poverty], at_least: 5 %, never_above: 10 km}")},
        "t/p",
        "p@1.yaml:13, criteria.0.indicators.0: the most the sum of indicator 1.1 can come to (never_above) is in “km”,"
        " the sum in “%”",
    ),
}


@pytest.mark.parametrize(("texts", "asked", "said"), REFUSED.values(), ids=REFUSED)
def test_what_is_refused_is_told_whole(tmp_path: Path, texts: dict[str, str], asked: str, said: str) -> None:
    assert told(lambda: shelf(tmp_path, **texts).load(asked)) == said.splitlines()


def test_a_sum_that_is_always_more_than_its_most_is_refused(tmp_path: Path) -> None:
    low = MEASURES.replace("domain: {from: 0, to: 100}", "domain: {from: 20, to: 100}")

    def load(most: str) -> object:
        (tmp_path / most).mkdir()
        text = indicators(f"{{total_of: [water, poverty], at_least: 5 %, never_above: {most} %}}")
        return shelf(tmp_path / most, low, p=head("p") + text).load("t/p")

    load("40")
    assert told(lambda: load("39")) == [
        "p@1.yaml:13, criteria.0.indicators.0: indicator 1.1: the parts of the sum come to 40% at the least, above the"
        " most it can come to, 39% (never_above); mend that or the domains of the measures"
    ]


def test_of_very_many_faults_the_first_are_told_and_the_rest_counted(tmp_path: Path) -> None:
    text = head("p") + indicators(*["{measure: nothing, at_least: 5}"] * (MOST + 3))
    lines = told(lambda: shelf(tmp_path, p=text).load("t/p"))
    assert len(lines) == MOST + 1
    assert "indicator 1.1 asks" in lines[0]
    assert lines[-1] == "and 3 more faults"
    one_less = head("p") + indicators(*["{measure: nothing, at_least: 5}"] * MOST)
    (tmp_path / "b").mkdir()
    assert len(told(lambda: shelf(tmp_path / "b", p=one_less).load("t/p"))) == MOST


def test_what_is_installed_is_listed_by_id_and_edition(tmp_path: Path) -> None:
    text = "attributes: {island: {name: {vi: Xã đảo, en: Island}}}\n"
    catalogue = shelf(tmp_path, q=head("q") + ONE, p=head("p") + "incomplete: true\n" + text + ONE)
    assert catalogue.packs() == (
        PackInfo(
            "t/p@1", Text("Bộ tiêu chí p", "The set p"), (Level.COMMUNE,), date(2022, 1, 1), date(2023, 12, 31), True
        ),
        PackInfo(
            "t/q@1", Text("Bộ tiêu chí q", "The set q"), (Level.COMMUNE,), date(2022, 1, 1), date(2023, 12, 31), False
        ),
    )
    assert catalogue.attributes().keys() == {"island"}
    assert catalogue.ids() == ("t/p", "t/q")


DERIVED = (
    MEASURES
    + """
  - {id: share, name: A, unit: "%", better: higher, derived: {share_of: poverty, over: water}}
  - {id: before, name: B, unit: "%", better: higher, earlier: {of: water, years: 1}}
"""
)


def test_what_is_known_of_measures(tmp_path: Path) -> None:
    """Which follow from others, of what they are made, and which another pack may ask for."""
    own = 'measures: [{id: own, name: O, unit: "%", better: higher}]\n'
    catalogue = shelf(tmp_path, DERIVED, p=head("p") + own + ONE, q=head("q") + ONE)
    known = catalogue.measures
    assert [one.id for one in known.derived] == ["share"]
    assert [one.id for one in known.earlier] == ["before"]
    assert known.parts == {"poverty", "water"}
    assert [known.following(name) for name in ("water", "poverty", "share")] == [("before", "share"), ("share",), ()]
    derivation = known["share"].derived
    assert derivation is not None
    assert (derivation.how, derivation.of, derivation.over) == ("share", "poverty", "water")
    assert (known["share"].made_of, known["water"].made_of) == (("poverty", "water"), ())
    assert catalogue.measures_for(catalogue.load("t/p")).keys() == {*catalogue.measures, "own"}
    assert catalogue.measures_for(catalogue.load("t/q")) is catalogue.measures


def test_the_files_a_pack_was_made_from_are_named_with_their_digests(tmp_path: Path) -> None:
    """Its own under the bundle's name, what it shares, those it is laid over; and the folder of its measures."""
    (tmp_path / "shared.yaml").write_text("sources: {}\n", encoding="utf-8")
    catalogue = shelf(tmp_path, p=head("p") + ONE, o=overlay("o", "p"))
    catalogue = Catalogue((Bundle("t", tmp_path, "dist 1.0"),))

    def text(name: str) -> PackText:
        return PackText(f"t/{name}", digest_of((tmp_path / name).read_bytes()), "dist 1.0")

    assert catalogue.load("t/o").texts == (text("o@1.yaml"), text("shared.yaml"), text("p@1.yaml"))
    folder = folder_text(
        "t/measures/", [("m.yaml", digest_of((tmp_path / "measures/m.yaml").read_bytes()))], "dist 1.0"
    )
    assert catalogue.measure_texts(["water", "income", "nothing"]) == (folder,)
    alone = Catalogue(()).of([], catalogue.measures.values())
    assert alone.measure_texts(["water"]) == ()
    (alone_in_a_folder, _) = Catalogue.of([], catalogue.measures.values()).load(tmp_path / "p@1.yaml").texts
    assert (alone_in_a_folder.file, alone_in_a_folder.release) == ("p@1.yaml", "")


def test_a_folder_is_one_text_whatever_order_its_files_come_in() -> None:
    files = [("b.yaml", "22"), ("a.yaml", "11")]
    made = folder_text("t/measures/", files)
    assert made == folder_text("t/measures/", files[::-1])
    assert made == PackText("t/measures/", digest_of(b"11  a.yaml\n22  b.yaml\n"))


def test_the_packs_below_an_overlay_come_the_nearest_first(tmp_path: Path) -> None:
    catalogue = shelf(tmp_path, p=head("p") + ONE, o=overlay("o", "p"), r=overlay("r", "o"))
    top = catalogue.load("t/r")
    assert [one.reference for one in catalogue.bases(top)] == ["t/o@1", "t/p@1"]
    assert (catalogue.root(top).reference, catalogue.root_of("t/r@1")) == ("t/p@1", "t/p@1")
    assert catalogue.title_of("t/r", date(2022, 1, 1)) == "t/p"
    below = catalogue.load("t/p")
    assert (catalogue.bases(below), catalogue.root(below)) == ((), below)


def test_packs_that_stand_in_no_file_are_checked_as_files_are(tmp_path: Path) -> None:
    catalogue = shelf(tmp_path, p=head("p") + ONE)
    pack, measures = catalogue.load("t/p"), catalogue.measures
    made = Catalogue.of([pack], measures.values())
    assert (made.ids(), made.load("t/p") is pack, made.measures) == (("t/p",), True, measures)
    assert told(lambda: Catalogue.of([pack])) == ["p@1.yaml: indicator 1.1 asks for the undeclared measure “water”."]
    other = measures["water"].model_copy(update={"better": "lower"})
    assert told(lambda: Catalogue.of([pack], [*measures.values(), other])) == [
        "the measure “water” is already defined differently in measures"
    ]


GROUPED = "{measure: poverty, at_most: {by_group: {nhom1: 1, nhom2: 2, nhom3: delegated}}}"


def test_the_levels_of_one_group_are_those_of_the_provinces_overlay(tmp_path: Path) -> None:
    """Asked for by themselves (``as_group``), they are what the province filled in; all else stays as it was asked."""
    alone = overlay("g", "p").replace("extends", "as_group: nhom3\nextends") + "notes: [{vi: Riêng, en: Own}]\n"
    filled = (
        overlay("o", "p")
        + "notes: [{vi: Tỉnh, en: Province}]\nset: [{code: '1.1', threshold: {by_group: {nhom3: 5}}}]\n"
    )
    catalogue = shelf(
        tmp_path,
        p=head("p") + indicators(GROUPED),
        g=alone,
        o=filled,
        q=head("q") + ONE,
        r=overlay("r", "q"),
        s=overlay("s", "p"),
    )
    asked, province, base = catalogue.load("t/g"), catalogue.load("t/o"), catalogue.load("t/p")
    made = catalogue.for_group(asked, {"t/p": province})
    assert (made.reference, made.as_group, made.extends) == ("t/g@1", "nhom3", ("t/g@1",))
    assert made.restates == ("t/g@1", *asked.restates)
    assert made.title == Text(
        "Mức đạt chuẩn đối với xã nhóm 3, Bộ tiêu chí o", "The levels asked of group 3, The set o"
    )
    assert [note.en for note in made.notes] == ["Province", "Own"]
    assert made.texts == (*province.texts, asked.texts[0])
    assert catalogue.bases(made) == (asked,)
    assert made.file == province.file
    assert catalogue.for_group(asked, {"t/p": province}) is made
    # Nothing of the kind was asked, or no overlay of that set is applied.
    assert catalogue.for_group(base, {"t/p": province}) is base
    assert catalogue.for_group(province, {"t/p": catalogue.load("t/s")}) is province
    for applied in ({}, {"t/p": base}, {"t/p": catalogue.load("t/r")}, {"t/q": province}):
        assert catalogue.for_group(asked, applied) is asked


def point(name: str, value: str) -> EntryPoint:
    return EntryPoint(name, value, GROUP)


def test_bundles_are_found_by_their_entry_points_sorted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each with the folder of its module and, where it has one, the distribution it came with."""
    asked: list[Any] = []

    def points(**kwargs: Any) -> list[EntryPoint]:
        asked.append(kwargs)
        return [point("z", "ntm_rules"), point("a", "ntm_rules.pack"), point("a", "ntm_rules.pack")]

    monkeypatch.setattr(metadata, "entry_points", points)
    folder = Path(module.__file__).parent
    assert discover() == (Bundle("a", folder, ""), Bundle("z", folder.parent, ""))
    assert asked == [{"group": "ntm_rules.packs"}]


@pytest.mark.parametrize(
    ("points", "said"),
    [
        (
            [point("a", "ntm_rules.pack.catalogue")],
            "the bundle “a” points to ntm_rules.pack.catalogue, which is no folder",
        ),
        ([point("a", "ntm_rules"), point("a", "ntm_rules.pack")], "two bundles are named “a”"),
    ],
)
def test_bundles_that_cannot_be_are_refused(
    monkeypatch: pytest.MonkeyPatch, points: list[EntryPoint], said: str
) -> None:
    monkeypatch.setattr(metadata, "entry_points", lambda **_: points)
    assert told(discover) == [said]
