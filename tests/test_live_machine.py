"""A live session always stands as the evaluator would judge the same facts, and its changes tell the whole story."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from live_tree import DAY, Province, needs_engine, province

from ntm_rules import evaluate_tree
from ntm_rules.assessment.tree import TreeAssessment
from ntm_rules.errors import NtmError
from ntm_rules.testing import World, worlds
from ntm_rules.testing.observing import snapshots
from ntm_rules.verdict import Verdict

pytestmark = needs_engine

COMMUNES = ["x0", "x1", "x2", "y"]
units = st.sampled_from([*COMMUNES, *COMMUNES, "z", "t", "h", "k", "p"])
# At, beside and far from every threshold; one so near that a double could not tell.
values = st.sampled_from(
    [
        "0",
        "1",
        "2",
        "3",
        "4",
        "5",
        "4,99",
        "10",
        "40",
        "48",
        "52.3",
        "55.5",
        "55,49999999999999999999999",
        "60",
        "61.05",
        "100",
    ]
)
measures = st.sampled_from(["water", "water", "poverty", "income", "schools"])
findings = st.sampled_from(["met", "met", "chưa đạt", "không áp dụng"])
reporters = st.sampled_from(["", "", "", "A", "B"])
codes = {
    "t/basic": ["1.1", "1.2", "1.3", "1.4", "1", "2", "3.1", "3.2", "3.3", "3.4", "3", "4", "4"],
    "t/basic@1": ["2", "4"],
    "t/advanced": ["P1", "1.1", "1.2", "1"],
    "t/district": ["P1", "P2", "1.1", "1.2", "1", "2.1", "2", "3.1", "3"],
    "t/revocation": ["1.1", "1"],
    "t/town": ["1.1", "1"],
    "t/province": ["1.1", "1.2", "1.3", "1"],
}
LEVELS = {"t/basic": COMMUNES, "t/basic@1": COMMUNES, "t/advanced": COMMUNES, "t/town": ["t"], "t/province": ["p"]}
spots = st.sampled_from(sorted(codes)).flatmap(
    lambda pack: st.tuples(st.sampled_from(LEVELS.get(pack, ["h", "k"])), st.just(pack), st.sampled_from(codes[pack]))
)
Key = tuple[str, str, str, str]


def told(tree: TreeAssessment) -> dict[Key, Verdict]:
    """Every verdict of a tree that a change may be about."""
    found: dict[Key, Verdict] = {}
    for standing in tree.units:
        for title, assessment in standing.assessments.items():
            unit, pack = standing.unit.id, assessment.pack
            for item in (*assessment.prerequisites, *assessment.indicators()):
                found[unit, pack, "indicator", item.code] = item.verdict
            for criterion in assessment.criteria:
                found[unit, pack, "criterion", criterion.code] = criterion.verdict
            found[unit, pack, "pack", ""] = assessment.verdict
            found[unit, pack, "unit", ""] = standing.verdict(title)
    return found


class Agency(RuleBasedStateMachine):
    """A department's system: figures, conclusions, titles and withdrawals in any order."""

    @initialize()
    def open(self) -> None:
        from ntm_rules.live import LiveSession

        self.folder = Path(tempfile.mkdtemp())
        self.world: Province = province(self.folder / "packs")
        self.session = LiveSession(self.world.units, packs=self.world.packs, as_of=DAY, catalogue=self.world.catalogue)
        # So few facts are kept in the engine that most are let go before they change.
        self.session._engine._kept = 40
        self.session.journal(self.folder / "journal", sync="system")
        self.heard: list[Any] = []
        self.session.on_change(self.heard.append)
        self.known = told(self.session.tree())

    def follow(self, changes: list[Any]) -> None:
        assert self.heard == changes
        self.heard.clear()
        for change in changes:
            key = (change.unit.id, change.pack, change.what, change.code)
            assert change.before is not change.after
            assert self.known[key] is change.before
            self.known[key] = change.after
            assert change.because.number == self.session.number

    def attempt(self, call: Any, *args: Any, **kwargs: Any) -> None:
        """An input that may be refused: then nothing has happened."""
        number = self.session.number
        try:
            changes = call(*args, **kwargs)
        except NtmError:
            assert self.session.number == number
            return
        assert self.session.number == number + 1
        self.follow(changes)

    @rule(unit=units, measure=measures, value=values, by=reporters)
    def observe(self, unit: str, measure: str, value: str, by: str) -> None:
        self.attempt(self.session.observe, unit, measure, value, by=by)

    @rule(spot=spots, finding=findings, by=reporters)
    def conclude(self, spot: tuple[str, str, str], finding: str, by: str) -> None:
        self.attempt(self.session.conclude, *spot, finding, by=by)

    @rule(unit=st.sampled_from(COMMUNES), data=st.data())
    def complete(self, unit: str, data: st.DataObject) -> None:
        """A commune reports everything at once, so that it and what lies above it can come to meet."""
        for measure, value in {"water": "75", "poverty": "4", "income": "60", "schools": "2"}.items():
            self.attempt(self.session.observe, unit, measure, value)
        for code in ("1.4", "2", "3.3", "4"):
            self.attempt(self.session.conclude, unit, "t/basic", code, "met")
        self.attempt(self.session.conclude, unit, "t/advanced", "1.2", data.draw(findings))

    @rule(
        unit=units,
        pack=st.sampled_from(["t/basic", "t/basic@1", "t/advanced", "t/district", "t/town"]),
        decision=st.sampled_from(["1/QĐ", "2/QĐ"]),
        until=st.sampled_from([None, "2022-07-01", "2022-12-31"]),
        revoked=st.sampled_from([None, None, "2022-08-01"]),
    )
    def recognise(self, unit: str, pack: str, decision: str, until: str | None, revoked: str | None) -> None:
        self.attempt(
            self.session.recognise, unit, pack, on="2022-03-01", decision=decision, until=until, revoked=revoked
        )

    @rule(
        unit=st.sampled_from(["h", "k", "p"]), total=st.integers(0, 4), met=st.integers(0, 4), open_=st.integers(0, 2)
    )
    def report(self, unit: str, total: int, met: int, open_: int) -> None:
        counts = {"total": total, "meeting": {"t/basic": met, "t/advanced": 0}, "unknown": {"t/basic": open_}}
        self.attempt(self.session.report, unit, "commune", counts)

    @rule(data=st.data(), unit=units)
    def withdraw(self, data: st.DataObject, unit: str) -> None:
        held = self.session.snapshot(unit)
        choices: list[dict[str, str]] = [{"measure": name} for name in held.measures]
        choices += [{"measure": name, "by": one.by} for name, said in held.measures.items() for one in said]
        choices += [{"pack": pack, "code": code} for pack, said in held.findings.items() for code in said]
        choices += [{"pack": one.pack, "decision": one.decision} for one in held.recognitions]
        if choices:
            choice = data.draw(st.sampled_from(choices))
            number = self.session.number
            self.follow(self.session.withdraw(unit, **choice))
            assert self.session.number == number + 1

    @precondition(lambda self: str(self.session.as_of) == DAY)
    @rule(day=st.sampled_from(["2022-09-01", "2023-02-01", "2024-06-01"]))
    def advance(self, day: str) -> None:
        self.attempt(self.session.advance, day)
        self.session._engine._kept = 40

    @invariant()
    def stands_as_the_evaluator_says(self) -> None:
        if not hasattr(self, "session"):
            return
        facts = [self.session.snapshot(unit.id) for unit in self.world.units]
        tree = self.session.tree()
        assert tree == self.world.judged(facts, self.session.as_of)
        assert told(tree) == self.known

    def teardown(self) -> None:
        if not hasattr(self, "session"):
            return
        from ntm_rules.live import LiveSession

        tree, number = self.session.tree(), self.session.number
        self.session.close()
        with LiveSession.replay(self.folder / "journal", catalogue=self.world.catalogue) as again:
            assert again.tree() == tree
            assert (again.number, again.torn, again.changed_packs) == (number, None, ())
        shutil.rmtree(self.folder)


TestAgency = Agency.TestCase
TestAgency.settings = settings(
    max_examples=settings.default.max_examples // 4,
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


@settings(deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data(), world=worlds(), trust=st.sampled_from(["stated", "recalled", "uncertain"]))
def test_any_pack_on_any_facts_comes_to_the_same_in_the_engine(data: st.DataObject, world: World, trust: str) -> None:
    from ntm_rules.live import LiveSession

    kind = data.draw(st.sampled_from(["complete", "partial", "hostile"]))
    facts = data.draw(snapshots(world.pack, kind, catalogue=world.catalogue))
    opened = {"packs": [world.pack], "trust": trust, "catalogue": world.catalogue, "unknown_measures": "ignore"}
    try:
        session = LiveSession([], [facts], **opened)
    except NtmError:
        # What the evaluator refuses, the session refuses.
        with pytest.raises(NtmError):
            evaluate_tree(
                [], [facts], opened["packs"], trust=trust, catalogue=world.catalogue, unknown_measures="ignore"
            )
        return
    with session:
        assessment = session.assessment(facts.unit.id, world.pack.id)
        state = session._network.unit_states[facts.unit.id].by_title[world.pack.title_id]
        found = {(item.what, item.code): state.verdicts[item.gate] for item in state.circuit.reported}
        assert found["pack", ""] is assessment.verdict
        for item in (*assessment.prerequisites, *assessment.indicators()):
            assert found["indicator", item.code] is item.verdict
        for criterion in assessment.criteria:
            assert found["criterion", criterion.code] is criterion.verdict


def holds(rule: Any, fields: dict[str, int]) -> bool:
    """Whether every test of a rule holds, by Python's own comparisons."""
    tests = {"==": int.__eq__, ">=": int.__ge__, "<=": int.__le__}
    return all(tests[test.op](fields[test.field], test.value) for test in rule.tests)
