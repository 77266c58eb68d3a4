"""The laws of the design hold for any valid pack and any snapshot of it, and for every pack that is shipped.

No law holds in silence: each says which kinds of case it met, and the kinds it is there for must be among them.
"""

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

import ntm_rules as ntm
from ntm_rules.errors import PackError
from ntm_rules.pack.catalogue import Catalogue
from ntm_rules.pack.measure import Measure
from ntm_rules.pack.model import Pack
from ntm_rules.testing import Law, World, near_threshold, snapshots, worlds
from ntm_rules.testing.check import check_law
from ntm_rules.testing.laws import EVALUATION_LAWS
from ntm_rules.testing.writing import EXAMPLE, Plain, pack_files

# What each law must have met among generated packs before its silence means anything.
MUST_MEET: dict[str, set[str]] = {
    "kleene": {"UNKNOWN with something open or not applicable", "NOT_MET with something open or not applicable"},
    "missing": {"a figure taken away"},
    "reasons": {
        "not_observed",
        "not_concluded",
        "conflicting",
        "threshold_delegated",
        "threshold_untranscribed",
        "less_verified",
        "no_threshold_here",
        "contents_untranscribed",
        "attribute_unknown",
        "children_not_reported",
        "children_unknown",
        "other_pack_unknown",
    },
    "exact": {"at its threshold", "beside its threshold"},
    "any_unit": {"another unit"},
    "wrong_dimension": {"a wrong dimension"},
    "better": {"better where met"},
    "more_facts": {"a decided result, then UNKNOWN", "a decided result, then MET", "a decided result, then NOT_MET"},
    "measurement_first": {"a figure against a finding", "a finding where figures decide nothing"},
    "trust_floor": {"a figure verified far enough", "an answer the stricter floor opens"},
    "explains": {"a threshold", "a threshold from a table", "a failure in the text"},
    "survives_writing": {"MET", "NOT_MET", "UNKNOWN"},
}
# Some of what must be met is rare.
EXAMPLES = {"reasons": 100, "more_facts": 70}


def _named(law: Law) -> str:
    return law.name


@pytest.mark.parametrize("law", EVALUATION_LAWS, ids=_named)
def test_the_law_holds_for_any_valid_pack(law: Law) -> None:
    report = check_law(law, worlds(), max_examples=EXAMPLES.get(law.name, 25))
    assert not report.violations, report.text("en")
    assert MUST_MEET[law.name] <= report.seen.keys(), f"never met: {MUST_MEET[law.name] - report.seen.keys()}"


@given(st.data())
def test_a_figure_at_or_beside_a_threshold_gets_the_verdict_due(data: st.DataObject) -> None:
    pack, catalogue = data.draw(worlds())
    edge = data.draw(near_threshold(pack, catalogue=catalogue))
    event(f"{edge.op} {edge.side}: {edge.verdict}")
    answer = ntm.evaluate(pack, edge.snapshot, trust="uncertain", catalogue=catalogue)
    assert edge.check(answer).verdict is edge.verdict


@given(st.data())
def test_the_same_facts_in_another_order_are_the_same_answer(data: st.DataObject) -> None:
    pack, catalogue = data.draw(worlds())
    snapshot = data.draw(snapshots(pack, "partial", catalogue=catalogue))
    turned = snapshot.model_copy(
        update={
            "measures": dict(reversed(snapshot.measures.items())),
            "findings": {name: dict(reversed(said.items())) for name, said in reversed(snapshot.findings.items())},
            "children": dict(reversed(snapshot.children.items())),
        }
    )
    first = ntm.evaluate(pack, snapshot, catalogue=catalogue)
    assert ntm.evaluate(pack, turned, catalogue=catalogue) == first
    assert ntm.evaluate(pack, snapshot, catalogue=catalogue) == first


def _one_figure(threshold: Any, name: str = "main", others: tuple[Pack, ...] = ()) -> World:
    measures = [Measure(id="share", name="Tỷ lệ", unit="%", better="higher")]
    requires = {"measure": "share", "at_least": threshold}
    indicator = {"code": "1.1", "text": {"vi": "Tỷ lệ", "en": "Share"}, "requires": requires}
    data = {**EXAMPLE, "id": f"t/{name}", "criteria": [{"code": "1", "title": "Một", "indicators": [indicator]}]}
    pack = Pack.model_validate(data)
    return World(pack, Catalogue.of([*others, pack], measures))


@pytest.mark.parametrize(("observed", "met"), [("63,8 %", True), ("63,79 %", False), ("63,800000000000001 %", True)])
def test_a_hundred_and_ten_per_cent_of_58_is_63_8_exactly(observed: str, met: bool) -> None:
    pack, catalogue = _one_figure(
        {"times": "1.1", "threshold_of": "t/base#1.1"}, others=(_one_figure("58 %", "base").pack,)
    )
    snapshot = ntm.Snapshot(unit={"id": "x", "level": "commune"}, as_of="2023-06-30", measures={"share": observed})
    result = ntm.evaluate(pack, snapshot, catalogue=catalogue)["1.1"]
    assert (result.verdict is ntm.Verdict.MET) is met
    assert result.check.required.amount.value == Decimal("63.8")


def test_a_multiple_of_another_figure_is_exact() -> None:
    """Rare among packs nobody wrote, where it must be resolved, trusted and compared: here it is all there is."""
    (exact,) = (law for law in EVALUATION_LAWS if law.name == "exact")
    world = _one_figure({"times": "1.1", "threshold_of": "t/base#1.1"}, others=(_one_figure("58 %", "base").pack,))
    report = check_law(exact, world, max_examples=100)
    assert not report.violations, report.text("en")
    assert {"at its threshold", "beside its threshold", "a multiple"} <= report.seen.keys()


Fault = Callable[[Plain], None]


def _ruin(**changes: Any) -> Fault:
    return lambda indicator: indicator.update(changes)


FAULTS: dict[str, tuple[Fault, str]] = {
    "a key nobody knows": (_ruin(require={"finding": "met"}), "unknown key"),
    "no requirement": (lambda indicator: indicator.pop("requires"), "is missing"),
    "no such measure": (_ruin(requires={"measure": "shares", "at_least": 1}), "undeclared measure.*share"),
    "another dimension": (_ruin(requires={"measure": "share", "at_least": "5 lít"}), "is in .* but its measure"),
    "two comparisons": (_ruin(requires={"measure": "share", "at_least": 1, "at_most": 2}), "exactly one comparison"),
    "no comparison": (_ruin(requires={"measure": "share"}), "exactly one comparison"),
    "two kinds at once": (_ruin(requires={"finding": "met", "meets": "any/base"}), "exactly one of the keys"),
    "no such region": (_ruin(requires={"measure": "share", "at_least": {"by_region": {"bac": 1}}}), "unknown row"),
    "overlapping years": (
        _ruin(requires={"measure": "share", "at_least": {"by_year": {"2022-2023": 1, "2023": 2}}}),
        "is not a year",
    ),
    "an empty table": (_ruin(requires={"measure": "share", "at_least": {"by_region": {}}}), "has no rows"),
    "more than there are": (_ruin(requires={"at_least": 3, "of": [{"finding": "met"}]}), "asks for 3 of only 1"),
    "an attribute not declared": (_ruin(requires={"attribute": "islnd", "is": True}), "does not declare.*island"),
    "a source that names nothing read": (
        _ruin(source={"basis": "qd", "verification": "stated"}),
        "needs a url or checked_against",
    ),
    "a decision not listed": (
        _ruin(source={"basis": "qdd", "verification": "recalled"}),
        "lists no “qdd”",
    ),
    "a finding nobody gives": (_ruin(requires={"finding": "maybe"}), "expected one of"),
    "code that is not a condition": (
        _ruin(requires="exit(1)"),
        "not a threshold or condition|not valid",
    ),
    "a period upside down": (
        _ruin(versions=[{"valid": {"from": "2024-01-01", "to": "2023-01-01"}, "requires": {"finding": "met"}}]),
        "is after the end",
    ),
    "a negative multiple": (
        _ruin(requires={"measure": "share", "at_least": {"times": -1, "threshold_of": "any/base#1"}}),
        "positive number",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
@given(data=st.data())
@settings(max_examples=8)
def test_a_pack_with_one_fault_is_refused_where_the_fault_stands(
    name: str, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    plain = data.draw(pack_files().filter(lambda pack: any(c["indicators"] for c in pack["criteria"])))
    fault, said = FAULTS[name]
    places = [item for criterion in plain["criteria"] for item in criterion["indicators"]]
    fault(data.draw(st.sampled_from(places)))
    path = tmp_path_factory.mktemp("pack") / "generated@1.yaml"
    path.write_text(json.dumps(plain, ensure_ascii=False, indent=1), encoding="utf-8")
    with pytest.raises(PackError, match=f"(?s){said}") as refused:
        Catalogue(()).load(path)
    problem = refused.value.problems[0]
    assert problem.place.file == path.name
    assert problem.place.line > 1
    assert problem.text("vi") != problem.text("en")


@given(pack_files())
@settings(max_examples=40)
def test_the_same_pack_without_the_fault_is_read_to_the_same_models(plain: Plain) -> None:
    from ntm_rules.pack.loader import parse_yaml, validate

    document = parse_yaml(json.dumps(plain, ensure_ascii=False))
    assert validate(Pack, document) == Pack.model_validate(plain)


def test_a_pack_is_read_without_running_anything(tmp_path: Path) -> None:
    marker = tmp_path / "ran"
    text = json.dumps({**EXAMPLE, "notes": [f"!!python/object/apply:os.mkdir ['{marker}']"]})
    path = tmp_path / "example@1.yaml"
    path.write_text(text, encoding="utf-8")
    assert Catalogue(()).load(path).notes
    assert not marker.exists()
