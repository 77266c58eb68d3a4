"""What is concluded for a set holds for an overlay that restates it, and is told as not used by one that does not."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import ntm_rules as ntm
from ntm_rules.cli import main
from ntm_rules.dossier import read_dossier
from ntm_rules.errors import EvaluationError, PackError
from ntm_rules.pack.legal import Source
from ntm_rules.pack.loader import dump_yaml
from ntm_rules.verdict import MET, NOT_MET, UNKNOWN

openpyxl = pytest.importorskip("openpyxl", reason="the extra `excel` is not installed")

DAY = "2023-08-17"
UNIT = {"id": "x", "name": "Xã X", "level": "commune", "region": "btb"}
BASE = "vn/commune"
SOURCE = {"basis": "qd99", "verification": "stated", "checked_against": ["the decision"]}


def overlay(folder: Path, name: str = "nghean/commune", **more: Any) -> Path:
    """An overlay that sets one figure of the national set."""
    data = {
        "id": name,
        "edition": "2023",
        "extends": "vn/commune@2021-2025",
        "title": {"vi": "Bộ tiêu chí", "en": "Set"},
        "valid": {"from": "2022-03-08", "to": "2025-12-31"},
        "legal_basis": [{"id": "qd99", "number": "99/2022/QĐ-UBND"}],
        "set": [{"code": "3.1", "threshold": 25, "source": SOURCE}],
        **more,
    }
    path = folder / "overlay.yaml"
    path.write_text(dump_yaml(data), encoding="utf-8")
    return path


def snapshot(findings: dict[str, dict[str, str]], **more: Any) -> ntm.Snapshot:
    return ntm.Snapshot.model_validate({"unit": UNIT, "as_of": DAY, "findings": findings, **more})


def everything(pack: ntm.Pack, word: str = "met") -> dict[str, str]:
    return {item.code: word for item in (*pack.prerequisites, *pack.indicators())}


@pytest.mark.parametrize("name", [BASE, f"{BASE}@2021-2025", "nghean/commune", "nghean/commune@2023"])
def test_a_restating_overlay_answers_to_the_set_it_restates(tmp_path: Path, name: str) -> None:
    pack = ntm.load_pack(overlay(tmp_path, restates=True))
    result = ntm.evaluate(pack, snapshot({name: everything(pack)}))
    assert (result.verdict, result.unused) == (MET, ())
    assert (
        result.verdict is ntm.evaluate(BASE, snapshot({BASE: everything(ntm.load_pack(f"{BASE}@2021-2025"))})).verdict
    )


def test_conclusions_under_both_names_are_put_together(tmp_path: Path) -> None:
    pack = ntm.load_pack(overlay(tmp_path, restates=True))
    both = ntm.evaluate(pack, snapshot({BASE: {"1.1": "met"}, pack.id: {"1.1": "not_met", "2.1": "met"}}))
    assert (both["1.1"].verdict, both["2.1"].verdict) == (UNKNOWN, MET)
    assert [conflict.code for conflict in both.conflicts()] == ["1.1"]


def test_a_set_of_its_own_says_what_it_does_not_use(tmp_path: Path) -> None:
    """In the first lines, in both languages, and kept in the answer."""
    pack = ntm.load_pack(overlay(tmp_path))
    result = ntm.evaluate(pack, snapshot({BASE: {"1.1": "met", "2.1": "met"}, pack.id: {"3.2": "met"}}))
    assert (result["1.1"].verdict, result["3.2"].verdict) == (UNKNOWN, MET)
    (unused,) = result.unused
    assert (unused.kind, unused.pack, unused.about) == ("finding", BASE, "1.1, 2.1")
    assert ntm.Assessment.from_json(result.to_json()) == result
    for lang, said in (("vi", "Không dùng đến: "), ("en", "Not used: ")):
        lead = result.explain(lang).splitlines()[:8]  # type: ignore[arg-type]
        assert any(said in line and "2021-2025” (1.1, 2.1)" in line for line in lead)
        assert said in result.to_markdown(lang)  # type: ignore[arg-type]
        assert said in result.to_html(lang)  # type: ignore[arg-type]


def test_the_set_of_another_edition_is_not_restated(tmp_path: Path) -> None:
    pack = ntm.load_pack(overlay(tmp_path, restates=True))
    with pytest.raises(ntm.NtmError):
        ntm.evaluate(pack, snapshot({"vn/comune": {"1.1": "met"}}))
    assert ntm.evaluate(pack, snapshot({f"{BASE}@1999": {"1.1": "met"}}))["1.1"].verdict is UNKNOWN


def test_a_title_of_the_set_holds_for_it(tmp_path: Path) -> None:
    """A tree in which the district asks how many communes hold the title."""
    pack = ntm.load_pack(overlay(tmp_path, restates=True))
    held = snapshot({}, recognitions=[{"pack": BASE, "on": "2022-12-31"}])
    tree = ntm.evaluate_tree([], [held], [pack], as_of=DAY)
    assert tree.verdict("x", BASE) is MET


@pytest.mark.parametrize("restates", [True, False])
def test_in_trees_findings_for_the_base_count_or_are_told(tmp_path: Path, restates: bool) -> None:
    pack = ntm.load_pack(overlay(tmp_path, restates=restates))
    tree = ntm.evaluate_tree([], [snapshot({BASE: everything(pack)})], [pack], as_of=DAY)
    told = [one.pack for standing in tree.units for one in standing.unused if one.kind == "finding"]
    assert (tree["x", pack.id].verdict is MET, told) == (restates, [] if restates else [BASE])


def test_in_trees_a_set_that_restates_everybodys_is_for_everybody(tmp_path: Path) -> None:
    """One that only lays its own levels over it is for units of its own province."""
    there = ntm.Unit(id="y", level="commune", province="hatinh", region="btb")
    pack = ntm.load_pack(overlay(tmp_path, restates=True))
    assert ntm.evaluate_tree([there], [], [pack], as_of=DAY).verdict("y", pack.id) is not None
    with pytest.raises(EvaluationError, match="hatinh") as refused:
        ntm.evaluate_tree([there], [], [ntm.load_pack(overlay(tmp_path))], as_of=DAY)
    assert [problem.key for problem in refused.value.problems] == ["error.pack_for_nobody"]


def test_live_sessions_take_conclusions_for_the_set(tmp_path: Path) -> None:
    pytest.importorskip("durable", reason="the extra `live` is not installed")
    from ntm_rules.live import LiveSession

    pack = ntm.load_pack(overlay(tmp_path, restates=True))
    with LiveSession([ntm.Unit(**UNIT)], packs=[pack], as_of=DAY) as session:  # type: ignore[arg-type]
        session.conclude("x", BASE, "1.1", "đạt", by="A")
        assert session.assessment("x", pack.id)["1.1"].verdict is MET
        # The same department's word under the other name takes its place.
        session.conclude("x", pack.id, "1.1", "chưa đạt", by="A")
        assert session.assessment("x", pack.id)["1.1"].verdict is NOT_MET
        assert not session.assessment("x", pack.id).conflicts()


def test_restating_adds_nothing(tmp_path: Path) -> None:
    with pytest.raises(PackError) as caught:
        ntm.load_pack(overlay(tmp_path, restates=True, applies_to=["ward"]))
    assert [problem.key for problem in caught.value.problems] == ["error.restates"]


def confirm(worksheet: Path, code: str, value: Any, decision: str = "318/QĐ-TTg", **cells: Any) -> None:
    book = openpyxl.load_workbook(worksheet)
    sheet = book.worksheets[0]
    columns = {cell.value: cell.column for cell in sheet[1]}
    for row in range(4, sheet.max_row + 1):
        figure = sheet.cell(row, columns["ntm:figure"]).value
        if figure and json.loads(figure)[0] == code:
            for name, content in {"confirmed": value, "decision": decision, "checked_by": "A", **cells}.items():
                sheet.cell(row, columns[name]).value = content
    book.save(worksheet)


def run(*arguments: object) -> int:
    return main([str(argument) for argument in arguments])


def test_confirming_figures_loses_no_conclusion_and_goes_on(tmp_path: Path, capsys: Any) -> None:
    """Three rounds: each keeps what the ones before confirmed, its identity, and every conclusion."""
    facts = snapshot({BASE: everything(ntm.load_pack(f"{BASE}@2021-2025"))})
    pack: object = f"{BASE}@2021-2025"
    for number, (code, value) in enumerate((("3.1", 81), ("10", 51), ("3.1", 82))):
        worksheet, made = tmp_path / f"{number}.xlsx", tmp_path / f"{number}.yaml"
        assert run("packs", "worksheet", pack, "-o", worksheet) == 0
        confirm(worksheet, code, value)
        assert run("packs", "apply", worksheet, "-o", made) == 0, capsys.readouterr().err
        pack = made
        loaded = ntm.load_pack(made)
        assert (loaded.id, loaded.restates) == ("worksheet/vn/commune", ("vn/commune@2021-2025",))
        assert ntm.evaluate(loaded, facts).verdict is MET
    checks = {
        code: ntm.evaluate(loaded, snapshot({}, measures={measure: 50}))[code].check.required
        for code, measure in (("10", "income_per_capita"), ("3.1", "farmland_irrigated_share"))
    }
    assert {code: (str(one.amount.value), one.origin.citation.verification) for code, one in checks.items()} == {
        "10": ("51", "stated"),
        "3.1": ("82", "stated"),
    }


def test_a_worksheet_away_from_its_overlay_is_told_where_to_look(tmp_path: Path, capsys: Any) -> None:
    run("packs", "worksheet", f"{BASE}@2021-2025", "-o", tmp_path / "a.xlsx")
    confirm(tmp_path / "a.xlsx", "4.1", "met")
    run("packs", "apply", tmp_path / "a.xlsx", "-o", tmp_path / "a.yaml")
    away = tmp_path / "away"
    away.mkdir()
    run("packs", "worksheet", tmp_path / "a.yaml", "-o", away / "b.xlsx")
    confirm(away / "b.xlsx", "4.2", "98 %")
    assert run("packs", "apply", away / "b.xlsx", "-o", away / "b.yaml") == 2
    assert "a.yaml" in capsys.readouterr().err
    assert run("packs", "apply", away / "b.xlsx", "-o", away / "b.yaml", "--pack", tmp_path / "a.yaml") == 0


def test_an_overlay_changed_by_hand_is_not_written_again_without_its_changes(tmp_path: Path, capsys: Any) -> None:
    changed = {"change": [{"code": "1.1", "agency": "Sở Xây dựng"}]}
    path = overlay(tmp_path, restates=True, **changed)
    run("packs", "worksheet", path, "-o", tmp_path / "a.xlsx")
    confirm(tmp_path / "a.xlsx", "4.1", "met")
    assert run("packs", "apply", tmp_path / "a.xlsx", "-o", tmp_path / "b.yaml", "--lang", "en") == 2
    assert "1.1: this overlay changes more than figures" in capsys.readouterr().err


@pytest.mark.parametrize("given", ["overlay.yaml", "absolute"])
def test_an_overlay_of_ones_own_in_a_dossier_takes_findings(tmp_path: Path, given: str) -> None:
    path = overlay(tmp_path)
    (tmp_path / "facts.yaml").write_text(
        dump_yaml([snapshot({"nghean/commune": {"1.1": "met"}}).to_dict()]), encoding="utf-8"
    )
    data = {
        "title": "Hồ sơ",
        "as_of": DAY,
        "packs": [given if given != "absolute" else str(path)],
        "province": {"id": "nghean", "level": "province", "region": "btb"},
        "snapshots": ["facts.yaml"],
    }
    (tmp_path / "dossier.yaml").write_text(dump_yaml(data), encoding="utf-8")
    tree = read_dossier(tmp_path).assess()
    assert tree["x", "nghean/commune"]["1.1"].verdict is MET


CITED: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "set": lambda source: {"set": [{"code": "3.1", "threshold": 25, "source": source}]},
    "of the overlay": lambda source: {"set": [{"code": "3.1", "threshold": 25}], "source": source},
    "in a row": lambda source: {"set": [{"code": "3.1", "threshold": {"value": 25, "source": source}}]},
    "change": lambda source: {
        "set": [],
        "change": [
            {"code": "3.1", "source": source, "requires": {"measure": "farmland_irrigated_share", "at_least": 25}}
        ],
    },
}


@pytest.mark.parametrize("written", CITED.values(), ids=list(CITED))
@pytest.mark.parametrize("facts", ["finding", "measurement", "nothing"])
@pytest.mark.parametrize("at", ["", "Điều 2"])
def test_an_overlay_is_cited_as_it_was_written(tmp_path: Path, written: Any, facts: str, at: str) -> None:
    """Its decision, and its place or none: never the place the base's decision has; whatever decides."""
    source = {**SOURCE, **({"at": at} if at else {})}
    pack = ntm.load_pack(overlay(tmp_path, **written(source)))
    told = {
        "finding": snapshot({pack.id: {"3.1": "met"}}),
        "measurement": snapshot({}, measures={"farmland_irrigated_share": 50}),
        "nothing": snapshot({}),
    }[facts]
    result = ntm.evaluate(pack, told)
    (citation,) = result["3.1"].citations()
    assert (citation.number, citation.at, citation.verification) == ("99/2022/QĐ-UBND", at, "stated")
    assert "3.1" not in {code for code, _ in result.unverified()}


def test_a_place_is_not_taken_over_with_another_decision() -> None:
    outer = Source(basis="a", at="Phụ lục I", verification="recalled")  # type: ignore[arg-type]
    for basis, at in (("", "Phụ lục I"), ("a", "Phụ lục I"), ("b", "")):
        inner = Source(basis=basis, verification="recalled").within(outer)  # type: ignore[arg-type]
        assert (inner.basis, inner.at) == (basis or "a", at)
