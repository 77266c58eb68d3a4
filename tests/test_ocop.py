"""Products with stars: 36 months and then no more; counted under the unit that made them."""

from __future__ import annotations

import runpy
from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest

import ntm_rules as ntm
from ntm_rules.pack.catalogue import Catalogue
from ntm_rules.pack.model import Pack
from ntm_rules.snapshot.recognition import Recognition

EXAMPLE = Path(__file__).parents[1] / "examples" / "ocop.py"


def certified(number: int, on: date) -> ntm.Snapshot:
    """A product of Hương Khê whose certificate holds for 36 months; the day they are full it has expired."""
    until = on.replace(year=on.year + 3) - timedelta(days=1)
    held = Recognition(pack="vn/ocop", decision=f"{number}/QĐ-UBND", on=on, until=until)
    return ntm.Snapshot(
        unit={"id": f"sp-{number:02}", "level": "product", "parent": "huong-khe"},
        as_of="2024-12-31",
        recognitions=(held,),
    )


def test_of_24_products_7_have_expired_and_17_count():
    """Hương Khê (Hà Tĩnh) in 2024, as the press tells it; the days are made up."""
    old = [certified(number, date(2020, 12, 15)) for number in range(7)]
    new = [certified(number, date(2023, 6, 1)) for number in range(7, 24)]
    district = ntm.Unit(id="huong-khe", level="district")
    tree = ntm.evaluate_tree([district], [*old, *new], ["vn/ocop"], as_of="2024-12-31")
    tally = tree.tally("vn/ocop", under="huong-khe")
    assert (len(tally.met), len(tally.unknown), tally.total) == (17, 7, 24)


def test_the_day_36_months_are_full_it_has_expired():
    snapshot = certified(1, date(2023, 3, 4))
    for day, held in (("2026-03-03", True), ("2026-03-04", False)):
        unit = snapshot.unit.model_copy(update={"parent": "x"})
        at = snapshot.model_copy(update={"as_of": date.fromisoformat(day), "unit": unit})
        commune = ntm.Unit(id="x", level="commune")
        tree = ntm.evaluate_tree([commune], [at], ["vn/ocop"], as_of=day)
        assert ("vn/ocop" in tree.unit("sp-01").holdings) is held


def test_of_48_certificates_of_one_day_8_were_renewed_and_40_have_expired():
    """Nghệ An: certificates of 4 February 2020 under one decision, expired since 4 February 2023; 8 ranked again."""
    first = [certified(number, date(2020, 2, 4)) for number in range(48)]
    again = [certified(number, date(2023, 1, 10)).recognitions for number in range(8)]
    province = ntm.Unit(id="huong-khe", level="province")
    products = [
        one.model_copy(
            update={"as_of": date(2023, 2, 24), "recognitions": one.recognitions + (again[n] if n < 8 else ())}
        )
        for n, one in enumerate(first)
    ]
    tally = ntm.evaluate_tree([province], products, ["vn/ocop"], as_of="2023-02-24").tally("vn/ocop", under="huong-khe")
    assert (len(tally.met), len(tally.unknown), tally.total) == (8, 40, 48)


def test_the_example_counts_as_the_press_does_and_says_what_is_made_up(capsys: pytest.CaptureFixture[str]) -> None:
    """examples/ocop.py: every reported figure has its source; the pack ranks and lets run out what was made up."""
    example = runpy.run_path(str(EXAMPLE))
    figures, sources = example["DATA"]["reported"], example["DATA"]["sources"]
    assert all(figure["sources"] and set(figure["sources"]) <= sources.keys() for figure in figures.values())
    assert all(source["url"].startswith("https://") for source in sources.values())
    assert [figures[name]["count"] for name in ("ranked", "three_stars", "held")] == [48, 41, 239]
    assert [one["count"] for one in example["DATA"]["not_found"]] == [290]
    day = example["DATA"]["made_up"]["as_of"]
    assert all("giả định" in one.unit.name for one in example["products"](day))
    assert example["ranked"](day) == {"3 sao": 41 + 16, "2 sao (chưa được công nhận)": 7, "chưa có điểm đợt này": 31}
    assert example["holding"](day) == {date(2026, 9, 14): 57, None: 38}
    assert example["holding"](date(2026, 9, 15)) == {None: 95}
    example["main"]()
    assert "giả định" in capsys.readouterr().out


def test_three_stars_are_the_districts_until_july_2025_and_the_provinces_since():
    """Who recognises a rank is dated; for the five days between, nobody is known and nobody is named."""
    points = {"ocop_points_a": 25, "ocop_points_b": 10, "ocop_points_c": 20}
    three, five = [], []
    for day in ("2025-06-30", "2025-07-03", "2025-07-06"):
        unit = ntm.Unit(id="x", level="product")
        result = ntm.evaluate("vn/ocop", ntm.Snapshot(unit=unit, as_of=day, measures=points))
        who = {grade.code: grade.agency for grade in result.grades}
        three.append(who["3*"])
        five.append(who["5*"])
        assert result.grade is not None
        assert result.grade.code == "3*"
        told = result.explain("vi")
        assert ("Cơ quan công nhận hạng này: " in told) is bool(who["3*"])
        assert ("cơ quan nào công nhận hạng này thì chưa rõ" in told) is not bool(who["3*"])
    assert three == ["UBND cấp huyện", "", "UBND cấp tỉnh"]
    assert five == ["Trung ương", "Trung ương", "Bộ Nông nghiệp và Môi trường"]


def test_a_band_by_points_is_not_enough():
    points = {"ocop_points_a": 35, "ocop_points_b": 20, "ocop_points_c": 30}
    result = ntm.evaluate(
        "vn/ocop", ntm.Snapshot(unit={"id": "x", "level": "product"}, as_of="2024-12-31", measures=points)
    )
    assert result.grade is not None
    assert result.grade.code == "4*"
    assert result.verdict.value == "UNKNOWN"
    assert result.incomplete


OVERLAY = """
id: vidu/ocop
edition: "2023"
extends: vn/ocop@2023
title: {vi: Sản phẩm OCOP tỉnh Ví Dụ, en: OCOP products of Ví Dụ}
valid: {from: 2023-01-01}
legal_basis: [{id: qd9, number: 9/2023/QĐ-UBND, issuer: UBND tỉnh Ví Dụ, issued: 2023-05-01}]
"""
CHANGED = """change:
  - code: "4*"
    requires: {total_of: [ocop_points_a, ocop_points_b, ocop_points_c], at_least: 75 điểm}
    source: {basis: qd9, at: Điều 2, verification: stated, checked_against: [9/2023/QĐ-UBND]}
"""


@pytest.mark.parametrize(("changed", "four"), [("", ntm.Verdict.MET), (CHANGED, ntm.Verdict.NOT_MET)])
def test_an_overlay_keeps_the_stars_and_may_change_them(tmp_path: Path, changed: str, four: ntm.Verdict) -> None:
    """A province's own set ranks its products too; a band it changes is its own, the others stay as they were."""
    file = tmp_path / "ocop.yaml"
    file.write_text(OVERLAY + changed, encoding="utf-8")
    pack = ntm.load_pack(file)
    assert [one.code for one in pack.grades] == [one.code for one in ntm.load_pack("vn/ocop").grades]
    points = {"ocop_points_a": 30, "ocop_points_b": 20, "ocop_points_c": 22}
    product = ntm.Snapshot(unit={"id": "sp", "level": "product"}, as_of="2024-12-31", measures=points)
    stars = {one.code: one.verdict for one in ntm.evaluate(pack, product).grades}
    assert (stars["3*"], stars["4*"], stars["5*"]) == (ntm.Verdict.MET, four, ntm.Verdict.NOT_MET)


def test_an_overlay_naming_stars_there_are_not_is_told_the_near_ones(tmp_path: Path) -> None:
    file = tmp_path / "ocop.yaml"
    file.write_text(OVERLAY + CHANGED.replace('"4*"', '"44*"'), encoding="utf-8")
    with pytest.raises(ntm.NtmError, match=r"44\*") as caught:
        ntm.load_pack(file)
    assert "4*" in caught.value.text("vi").replace("44*", "")


def test_a_certificate_under_the_decision_before_runs_on():
    """Given on 10 January 2023, before the set of 148/QĐ-TTg began, for 36 months: held in 2024."""
    commune = ntm.Unit(id="huong-khe", level="commune")
    tree = ntm.evaluate_tree([commune], [certified(1, date(2023, 1, 10))], ["vn/ocop"], as_of="2024-12-31")
    assert tree.unit("sp-01").holdings["vn/ocop"].on == date(2023, 1, 10)


@pytest.mark.parametrize(
    ("until", "last"), [(None, "2026-07-31"), ("2026-08-01", "2026-07-31"), ("2026-07-30", "2026-07-30")]
)
def test_a_title_lasts_36_months_and_no_longer_whatever_expiry_is_written(until, last):
    held = Recognition(pack="vn/ocop", decision="1/QĐ", on="2023-08-01", until=until)
    for day, holds in ((date.fromisoformat(last), True), (date.fromisoformat(last) + timedelta(days=1), False)):
        unit = ntm.Unit(id="sp", level="product")
        result = ntm.evaluate("vn/ocop", ntm.Snapshot(unit=unit, as_of=day, recognitions=[held]))
        assert (result.holding is not None) is holds
        assert [one.why for one in result.unused] == ([] if holds else ["expired"])
        assert holds or result.unused[0].on == date.fromisoformat(last)


def _titled(months: int) -> tuple[Pack, Pack]:
    """A set whose titles last so many months, and one that asks for its title."""
    basis = {"legal_basis": [{"id": "q", "number": "1/QĐ"}], "source": {"basis": "q", "verification": "recalled"}}
    common = {"edition": "2020", "title": "Bộ thử", "applies_to": ["commune"], **basis}
    asked = {"code": "1", "text": "Nội dung", "requires": {"finding": "met"}}
    criteria = [{"code": "1", "title": "Một", "indicators": [asked]}]
    titled = Pack.model_validate({**common, "id": "t/titled", "titles_last_months": months, "criteria": criteria})
    asking = {"code": "P1", "text": "Danh hiệu", "requires": {"meets": "t/titled"}}
    return titled, Pack.model_validate({**common, "id": "t/asking", "prerequisites": [asking], "criteria": criteria})


_GIVEN = [date(2020, 2, 28), date(2020, 2, 29), date(2021, 8, 29), date(2021, 8, 30), date(2021, 8, 31), None]
_DAYS = [
    date(2023, 2, 27),
    date(2023, 2, 28),
    date(2023, 3, 1),
    date(2024, 2, 28),
    date(2024, 2, 29),
    date(2022, 2, 27),
    date(2022, 2, 28),
]


@pytest.mark.parametrize("months", [6, 36])
@pytest.mark.parametrize("engine", ["polars", "pandas", "duckdb"])
def test_a_frame_lets_titles_run_out_on_the_day_evaluate_does(months: int, engine: str) -> None:
    """The months a set gives its titles hold in a frame as well, at the ends of months too, whoever has the day."""
    titled, asking = _titled(months)
    catalogue = Catalogue.of([titled, asking])
    rows = [
        {"as_of": day, "recognised_on_t_titled": given, "recognised_until_t_titled": until}
        for given in _GIVEN
        for day in _DAYS
        for until in ((None, date(2030, 1, 1), date(2023, 2, 27)) if given else (None,))
    ]
    wanted = []
    for row in rows:
        on, until = row["recognised_on_t_titled"], row["recognised_until_t_titled"]
        titles = (Recognition(pack="t/titled", decision="1", on=on, until=until),) if on else ()
        unit = ntm.Unit(id="x", level="commune")
        snapshot = ntm.Snapshot(unit=unit, as_of=row["as_of"], recognitions=titles)
        said = ntm.evaluate(asking, snapshot, catalogue=catalogue)["P1"]
        wanted.append((said.verdict.value, said.reasons[0].code.value if said.reasons else None))
    assert len(set(wanted)) == 3
    by_row = pl.DataFrame([{"id": f"u{n}", **row} for n, row in enumerate(rows)])
    for day in (None, _DAYS[1]):
        chosen = by_row if day is None else by_row.filter(pl.col("as_of") == day).drop("as_of")
        given = {"pandas": chosen.to_pandas(), "polars": chosen}.get(engine)
        if given is None:
            duckdb = pytest.importorskip("duckdb")
            given = duckdb.sql("select * from chosen")
        asked = {"reasons": True, "catalogue": catalogue, **({} if day is None else {"as_of": day})}
        told = ntm.evaluate_frame(asking, given, **asked).frame
        told = told if engine == "polars" else told.pl() if engine == "duckdb" else pl.from_pandas(told)
        for row in told.iter_rows(named=True):
            assert (row["p_P1"], row["why_P1"]) == wanted[int(row["id"][1:])], (row, day)


@pytest.mark.parametrize(("until", "told"), [("2029-01-01", True), ("2026-07-31", False), (None, False)])
def test_a_last_day_beyond_36_months_is_told_and_does_not_count(until: str | None, told: bool) -> None:
    long = {"pack": "vn/ocop@2023", "decision": "1/QĐ", "on": "2023-08-01", "until": until}
    unit = ntm.Unit(id="s", level="product")
    snapshot = ntm.Snapshot(unit=unit, as_of="2026-07-01", recognitions=(long,))
    result = ntm.evaluate("vn/ocop", snapshot)
    assert ("quá thời hạn của bộ tiêu chí; chỉ tính đến hết 31/07/2026" in result.explain("vi")) is told
    assert result.holding is not None
    assert result.holding.until == date(2026, 7, 31)
    assert result.holding.told == (date(2029, 1, 1) if told else None)
    assert ntm.Assessment.from_json(result.to_json()) == result
