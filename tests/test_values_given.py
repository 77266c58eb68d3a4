"""Numbers as Python has them, and texts whose convention is declared."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from doors import DAY, PACK

from ntm_rules import Amount, Snapshot, Unit, evaluate, read_snapshots
from ntm_rules.dossier import read_dossier
from ntm_rules.errors import NtmError, QuantityError
from ntm_rules.live import LiveSession
from ntm_rules.pack.catalogue import Catalogue, installed
from ntm_rules.pack.measure import Measure

UNIT = {"id": "x", "level": "commune", "region": "btb"}
WATER, SHARE = "domestic_water_per_capita", "clean_water_centralised_share"


def scalar(library: str, make: Callable[[Any], Any]) -> Any:
    return make(pytest.importorskip(library, reason=f"{library} is not installed"))


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        (lambda: Decimal("95.10"), "95.1"),
        (lambda: Fraction(191, 2), "95.5"),
        (lambda: scalar("numpy", lambda np: np.float32(95.1)), "95.1"),
        (lambda: scalar("numpy", lambda np: np.float64(95.1)), "95.1"),
        (lambda: scalar("numpy", lambda np: np.int64(95)), "95"),
        (lambda: scalar("numpy", lambda np: np.str_("95,1 %")), "95.1"),
    ],
)
def test_a_number_of_python_is_what_it_prints(given: Callable[[], Any], meant: str) -> None:
    snapshot = Snapshot(unit=UNIT, as_of=DAY, measures={SHARE: given()})
    assert snapshot.measures[SHARE][0].value.value == Decimal(meant)
    with LiveSession([Unit.model_validate(UNIT)], [], [PACK], as_of=DAY) as session:
        session.observe("x", SHARE, given())
        assert session.snapshot("x").measures[SHARE][0].value.value == Decimal(meant)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (lambda: True, "error.not_a_number"),
        (lambda: scalar("numpy", lambda np: np.bool_(True)), "error.not_a_number"),
        (lambda: Fraction(2, 3), "error.endless"),
        (lambda: float("nan"), "error.not_finite"),
        (lambda: Decimal("Infinity"), "error.not_finite"),
        (lambda: b"95", "error.not_a_number"),
        (lambda: object(), "error.not_a_number"),
        (lambda: "-", "error.no_value"),
        (lambda: "chưa có số liệu", "error.no_value"),
    ],
)
def test_what_is_no_number_is_an_error_of_the_library(given: Callable[[], Any], code: str) -> None:
    for say in (
        lambda: Snapshot(unit=UNIT, as_of=DAY, measures={SHARE: given()}),
        lambda: Amount.of(given()),
    ):
        with pytest.raises(NtmError) as caught:
            say()
        assert caught.value.problems[0].key == code
        assert caught.value.text("vi") != caught.value.text("en")


@pytest.mark.parametrize("blank", [lambda: None, lambda: "", lambda: "  ", lambda: scalar("pandas", lambda pd: pd.NA)])
def test_what_says_nothing_is_left_out(blank: Callable[[], Any]) -> None:
    snapshot = Snapshot(
        unit={**UNIT, "attributes": {"special_difficulty": blank()}},
        as_of=DAY,
        measures={SHARE: blank()},
        findings={PACK: {"1.1": blank()}},
    )
    assert (dict(snapshot.measures), dict(snapshot.unit.attributes)) == ({}, {})
    assert not snapshot.findings[PACK]


@pytest.mark.parametrize(("value", "unit"), [(Decimal(1), "banana"), (float("nan"), ""), ("x", ""), (None, "percent")])
def test_an_amount_made_by_hand_is_checked(value: Any, unit: str) -> None:
    with pytest.raises(QuantityError):
        Amount(value, unit)


@pytest.mark.parametrize(("numbers", "meant"), [("vi", "95125"), ("en", "95.125")])
def test_a_declared_convention_decides_wherever_texts_come_in(numbers: Any, meant: str, tmp_path: Path) -> None:
    """The greater reading is not plausible, and stands because its unit is written."""
    measure, text = WATER, "95.125 lít/người/ngày đêm"
    facts: dict[str, Any] = {"unit": UNIT, "as_of": DAY, "measures": {measure: text}}
    (tmp_path / "a.csv").write_text(f"id;level;as_of;{measure}\nx;xã;{DAY};{text}\n", encoding="utf-8")
    (tmp_path / "dossier.yaml").write_text(
        f"title: {{vi: A, en: A}}\nas_of: {DAY}\npacks: [{PACK}]\nsnapshots: [a.csv]\nnumbers: {numbers}\n", "utf-8"
    )
    read = [
        Snapshot(unit=UNIT, as_of=DAY, measures={measure: text}, numbers=numbers),
        Snapshot.model_validate({**facts, "numbers": numbers}),
        Snapshot.model_validate_json(
            f'{{"unit": {{"id": "x", "level": "commune"}}, "as_of": "{DAY}", "numbers": "{numbers}", '
            f'"measures": {{"{measure}": [{{"value": "{text}"}}]}}}}'
        ),
        *read_snapshots(tmp_path / "a.csv", numbers=numbers),
        *read_dossier(tmp_path).snapshots,
    ]
    with LiveSession([Unit.model_validate(UNIT)], [], [PACK], as_of=DAY) as session:
        session.observe("x", measure, text, numbers=numbers)
        read.append(session.snapshot("x"))
    assert {snapshot.measures[measure][0].value.value for snapshot in read} == {Decimal(meant)}
    for refused in (
        lambda: Snapshot(unit=UNIT, as_of=DAY, measures={measure: text}),
        lambda: Snapshot(unit=UNIT, as_of=DAY, measures={measure: text}, numbers="de"),  # type: ignore[arg-type]
        lambda: read_snapshots(tmp_path / "a.csv"),
    ):
        with pytest.raises(NtmError):
            refused()


def test_a_catalogue_of_ones_own_checks_again_what_was_read_by_another() -> None:
    """Python reads by the installed measures; whoever judges by others reads by those."""
    own = installed()
    stricter = Measure.model_validate(
        {
            "id": "club_count",
            "name": {"vi": "Số câu lạc bộ", "en": "Clubs"},
            "unit": "cái",
            "better": "higher",
            "plausible": {"from": 0, "to": 50},
        }
    )
    pack = own.load(PACK)
    criterion = {
        "code": "1",
        "title": {"vi": "A", "en": "A"},
        "indicators": [
            {
                "code": "1.1",
                "text": {"vi": "A", "en": "A"},
                "requires": {"measure": "club_count", "at_least": 3},
                "source": {"basis": "qd", "at": "1.1", "verification": "uncertain"},
            }
        ],
    }
    mine = type(pack).model_validate(
        {
            "id": "vidu/clubs",
            "edition": "2024",
            "title": {"vi": "A", "en": "A"},
            "applies_to": ["commune"],
            "valid": {"from": "2020-01-01"},
            "measures": [stricter.model_dump(by_alias=True)],
            "criteria": [criterion],
            "legal_basis": [{"id": "qd", "number": "1/QĐ-UBND", "issuer": "UBND", "issued": "2020-01-01"}],
        }
    )
    assert isinstance(own, Catalogue)
    few = Snapshot(unit=UNIT, as_of=DAY, measures={"club_count": 30})
    assert evaluate(mine, few, trust="uncertain")["1.1"].verdict == "MET"
    many = Snapshot(unit=UNIT, as_of=DAY, measures={"club_count": 300})
    with pytest.raises(QuantityError) as caught:
        evaluate(mine, many, trust="uncertain")
    assert caught.value.problems[0].key == "error.implausible"
    told = Snapshot(unit=UNIT, as_of=DAY, measures={"club_count": "300 cái"})
    assert [doubt.code for doubt in evaluate(mine, told, trust="uncertain").doubts] == ["warning.implausible"]
