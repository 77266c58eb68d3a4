"""Live sessions: what is refused changes nothing, changes name their causes, callbacks and threads lose nothing."""

from __future__ import annotations

import gc
import logging
import os
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from itertools import permutations, product
from pathlib import Path
from typing import Any

import pytest
from live_tree import DAY, Province, needs_engine, province

import ntm_rules as ntm
from ntm_rules.errors import LiveError, NtmError
from ntm_rules.evaluation.numbering import CODES
from ntm_rules.verdict import MET, NOT_MET, UNKNOWN, Verdict


@pytest.fixture
def world(tmp_path: Path) -> Province:
    return province(tmp_path / "packs")


@pytest.fixture
def session(world: Province) -> Iterator[Any]:
    from ntm_rules.live import LiveSession

    with LiveSession(world.units, packs=world.packs, as_of=DAY, catalogue=world.catalogue) as opened:
        yield opened


def test_without_durable_rules_the_import_says_what_to_install_and_the_rest_works() -> None:
    code = """
import sys
sys.modules["durable"] = None
import ntm_rules as ntm
try:
    import ntm_rules.live
except ImportError as error:
    assert isinstance(error, ntm.NtmError)
    assert "pip install 'ntm-rules[live]'" in error.text("vi") and "trình biên dịch C" in error.text("vi")
    assert "C compiler" in str(error)
else:
    raise SystemExit("imported")
print(ntm.evaluate("vn/commune", ntm.Snapshot(unit={"id": "x", "level": "commune"}, as_of="2023-08-17")).verdict)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "UNKNOWN"), done.stderr


@needs_engine
def test_changes_come_causes_first_and_name_the_observation(session: Any) -> None:
    session.observe("x0", "water", "55,49 %")
    changes = session.observe("x0", "water", "55,5 %", as_of="2022-08-17", by="")
    assert [(c.pack, c.what, c.code, c.before, c.after) for c in changes] == [
        ("t/basic@1", "indicator", "1.1", NOT_MET, MET),
        ("t/basic@1", "criterion", "1", NOT_MET, UNKNOWN),
        ("t/basic@1", "pack", "", NOT_MET, UNKNOWN),
        ("t/basic@1", "unit", "", NOT_MET, UNKNOWN),
        ("t/advanced@1", "indicator", "P1", NOT_MET, UNKNOWN),
    ]
    changes = session.observe("x0", "income", "52300 nghìn đồng/người/năm", by="Chi cục Thống kê", as_of="2022-08-01")
    assert [(c.pack, c.what, c.code, c.before, c.after) for c in changes] == [
        ("t/basic@1", "indicator", "1.3", UNKNOWN, MET),
        ("t/basic@1", "indicator", "3.4", UNKNOWN, MET),
    ]
    (because,) = {change.because for change in changes}
    assert (because.kind, because.by, str(because.on), because.number) == (
        "observe",
        "Chi cục Thống kê",
        "2022-08-01",
        3,
    )
    assert because.text("vi") == "số liệu income = 52.300 nghìn đồng/người/năm Chi cục Thống kê"
    assert changes[0].text("vi") == "Xã 0, t/basic, chỉ tiêu 1.3: chưa đủ căn cứ kết luận → đạt"


@needs_engine
def test_a_cascade_climbs_from_an_indicator_to_the_province(session: Any) -> None:
    for unit in ("x0", "x1", "x2", "y"):
        session.recognise(unit, "t/basic", on="2022-03-01")
    for district in ("h", "k"):
        session.observe(district, "income", 50)
        for code in ("1.2", "3.1"):
            session.conclude(district, "t/district", code, "met")
    session.observe("t", "water", 80)
    session.recognise("y", "t/advanced", on="2022-05-01")
    session.conclude("x0", "t/advanced", "1.2", "đạt")
    session.observe("x0", "income", "60 triệu đồng/người/năm")
    changes = session.observe("x0", "water", "61,05 %")
    told = [(c.unit.id, c.what, c.code) for c in changes if c.pack != "t/basic@1"]
    assert told == [
        ("x0", "indicator", "1.1"),
        ("x0", "criterion", "1"),
        ("x0", "pack", ""),
        ("x0", "unit", ""),
        ("h", "indicator", "1.1"),
        ("h", "criterion", "1"),
        ("h", "pack", ""),
        ("h", "unit", ""),
        ("p", "indicator", "1.1"),
    ]
    assert session.verdict("h", "t/district") is MET
    assert session.assessment("h", "t/revocation").verdict is NOT_MET


@needs_engine
def test_a_gate_is_decided_once_so_no_passing_standing_is_told(session: Any) -> None:
    # One figure decides both which requirement holds (at most three schools) and whether it is met (exactly two).
    session.observe("x0", "schools", 2)
    session.observe("x0", "water", 30)
    session.conclude("x0", "t/basic", "3.1", "not met")
    changes = session.observe("x0", "schools", 9)
    assert [(c.what, c.code, c.after) for c in changes][:1] == [("indicator", "3.1", NOT_MET)]
    assert len({(c.unit.id, c.pack, c.what, c.code) for c in changes}) == len(changes)


@needs_engine
@pytest.mark.parametrize("blank", ["", "  ", None])
def test_a_blank_says_nothing_here_as_in_a_cell(session: Any, blank: Any) -> None:
    session.observe("x0", "water", 60)
    tree = session.tree()
    assert list(session.observe("x0", "water", blank)) == []
    assert session.tree() == tree


@needs_engine
@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda s: s.observe("x9", "water", 1), "there is no unit “x9”. Did you mean"),
        (lambda s: s.observe("x0", "watr", 1), "x0.measures.watr: there is no measure “watr”. Did you mean: water?"),
        (lambda s: s.observe("x0", "water", "12 lít"), "x0.measures.water: .*litre.* measure different things"),
        (lambda s: s.observe("x0", "water", 101), "x0.measures.water: 101% is outside the valid range"),
        (lambda s: s.observe("x0", "water", True), "“True” is not a number"),
        (lambda s: s.observe("x0", "water", float("nan")), "“nan” is not a finite number"),
        (lambda s: s.observe("x0", "water", float("inf")), "“inf” is not a finite number"),
        (lambda s: s.observe("x0", "water", "khá"), "“khá” is not a number"),
        (lambda s: s.observe("x0", "water", [1]), "is not a number"),
        (lambda s: s.observe("x0", "water", 10**60), "more than 40 digits"),
        (lambda s: s.observe("x0", "water", 1, as_of="2022-08-18"), "2022-08-18 is after the day judged, 2022-08-17"),
        (lambda s: s.conclude("x0", "t/basic", "9.9", "met"), "t/basic@1 has no code “9.9”"),
        (lambda s: s.conclude("x0", "t/basic", "1.1", "tốt"), "“tốt” is not a finding"),
        (lambda s: s.conclude("x0", "t/basc", "1.1", "met"), "there is no pack “t/basc”. Did you mean: t/basic"),
        (lambda s: s.conclude("x0", "t/district", "1.1", "met"), "“t/district” was not applied to x0"),
        (lambda s: s.conclude("x0", "t/basic@2", "1.1", "met"), "t/basic has no edition “2”"),
        (lambda s: s.conclude("x0", "T basic", "1.1", "met"), "“T basic” is not a pack id"),
        (lambda s: s.recognise("x0", "t/district", on=DAY), "t/district@1 applies to district, not to a commune"),
        (lambda s: s.recognise("x0", "t/none", on=DAY), "there is no pack “t/none”"),
        (lambda s: s.recognise("x0", "t/basic", on="2022-13-01"), "2022-13-01"),
        (lambda s: s.recognise("x0", "t/basic", on="2023-01-01"), "2023-01-01 is after the day judged"),
        (lambda s: s.report("h", "commune", {"total": 1, "meeting": {"t/basic": 2}}), "2 units counted for t/basic"),
        (lambda s: s.report("h", "comune", {"total": 1}), "level: .*comune"),
        (lambda s: s.report("h", "commune", {"total": 1, "meeting": {"t/none": 1}}), "there is no pack “t/none”"),
        (lambda s: s.withdraw("x0"), "say what is withdrawn"),
        (lambda s: s.withdraw("x0", measure="water", pack="t/basic"), "say what is withdrawn"),
        (lambda s: s.withdraw("x0", pack="t/basic", by="A"), "say what is withdrawn"),
        (lambda s: s.withdraw("x0", measure="water", by="A"), "nothing to withdraw: .*water A. Held: income"),
        (lambda s: s.withdraw("x0", pack="t/basic", code="1.1"), "nothing to withdraw: .*t/basic 1.1. Held: –"),
        (lambda s: s.advance("2022-08-16"), "cannot go back from 2022-08-17 to 2022-08-16"),
        (lambda s: s.observe("x0", "income", 3, as_of="2022-01-01"), "older than the one of 2022-08-17"),
        (lambda s: s.assessment("x0", "t/district"), "“t/district” was not applied to x0"),
        (lambda s: s.assessment("x9", "t/basic"), "there is no unit “x9”"),
        (lambda s: s.verdict("x0", "t/other"), "the pack “t/other” was not applied"),
        (lambda s: s.snapshot("x9"), "there is no unit “x9”"),
    ],
)
def test_what_is_refused_is_named_and_changes_nothing(session: Any, call: Callable[[Any], Any], said: str) -> None:
    session.observe("x0", "income", "50 triệu đồng/người/năm")
    tree = session.tree()
    with pytest.raises(NtmError, match=said) as refused:
        call(session)
    assert refused.value.text("vi")
    assert session.number == 1
    assert session.tree() == tree
    assert session.observe("x0", "income", "40 triệu đồng/người/năm")


@needs_engine
def test_reporters_stand_side_by_side_and_each_is_superseded_by_itself(session: Any) -> None:
    session.observe("t", "water", 90, by="A")
    session.observe("t", "water", 70, by="B")
    assert session.assessment("t", "t/town").verdict is UNKNOWN
    assert len(session.assessment("t", "t/town").conflicts()) == 1
    session.observe("t", "water", "85", by="B")
    assert session.assessment("t", "t/town").verdict is MET
    session.withdraw("t", measure="water", by="A")
    assert [one.by for one in session.snapshot("t").measures["water"]] == ["B"]
    session.withdraw("t", measure="water")
    assert session.snapshot("t").measures == {}
    assert session.assessment("t", "t/town").verdict is UNKNOWN


@needs_engine
def test_a_report_is_older_only_than_the_same_reporters(session: Any) -> None:
    session.observe("t", "water", 90, by="A", as_of="2022-08-10")
    session.observe("t", "water", 90, by="B", as_of="2022-08-01")
    session.observe("t", "water", 91, by="A", as_of="2022-08-10")
    with pytest.raises(LiveError, match="the report of 2022-08-09 is older than the one of 2022-08-10"):
        session.observe("t", "water", 92, by="A", as_of="2022-08-09")
    assert [(one.by, one.value.value) for one in session.snapshot("t").measures["water"]] == [("B", 90), ("A", 91)]


@needs_engine
def test_a_word_on_the_pinned_edition_takes_the_place_of_the_same_word_on_the_pack(session: Any) -> None:
    session.conclude("x0", "t/basic", "2", "met", by="Sở")
    session.conclude("x0", "t/basic@1", "2", "not met", by="Sở")
    assert session.assessment("x0", "t/basic")["2"].verdict is NOT_MET
    assert session.snapshot("x0").findings.keys() == {"t/basic@1"}


@needs_engine
def test_a_title_is_corrected_by_its_decision_and_revoked(session: Any) -> None:
    session.recognise("x0", "t/basic", on="2022-03-01", decision="1/QĐ")
    assert session.verdict("x0", "t/basic") is MET
    changes = session.recognise("x0", "t/basic", on="2022-03-01", decision="1/QĐ", revoked="2022-08-01")
    assert ("unit", MET, UNKNOWN) in {(c.what, c.before, c.after) for c in changes if c.unit.id == "x0"}
    assert len(session.snapshot("x0").recognitions) == 1
    session.withdraw("x0", pack="t/basic", decision="1/QĐ")
    assert session.snapshot("x0").recognitions == ()


@needs_engine
def test_advancing_takes_the_values_and_expiries_of_the_later_day(session: Any) -> None:
    session.observe("x0", "water", 57)
    session.recognise("x1", "t/basic", on="2022-03-01", until="2022-12-31")
    changes = session.advance("2023-01-15")
    told = {(c.unit.id, c.what, c.code, c.before, c.after) for c in changes}
    assert ("x0", "indicator", "1.1", MET, NOT_MET) in told
    assert ("x1", "unit", "", MET, UNKNOWN) in told
    assert all(c.because.kind == "advance" for c in changes)
    assert str(session.as_of) == "2023-01-15"
    with pytest.raises(NtmError, match="t/basic: no edition is in force on 2024-01-01"):
        session.advance("2024-01-01")
    assert str(session.as_of) == "2023-01-15"
    assert session.observe("x0", "water", 60)


@needs_engine
def test_every_rule_table_decides_every_fact_exactly_once() -> None:
    from ntm_rules.live import rules as r
    from ntm_rules.live.rules import Rules

    code = range(4)
    tables: list[tuple[Rules, dict[str, Any]]] = [
        (r.ALL, dict.fromkeys(("met", "failing", "unknown"), range(3))),
        (r.ANY, dict.fromkeys(("met", "failing", "unknown"), range(3))),
        (r.CHOICE, {"guard": code, "then": code, "otherwise": code, "agree": range(2)}),
        (r.FINDING, {"finding": range(5)}),
        (r.APPLICABLE, {"finding": range(5)}),
        (r.HELD, {"held": range(2), "verdict": code}),
        (r.WHERE_APPLICABLE, {"applies": code, "base": code}),
        (r.settled(r.ALL), {**dict.fromkeys(("met", "failing", "unknown"), range(2)), "finding": range(5)}),
        (r.settled(r.copied("check")), {"check": code, "finding": range(5)}),
        (r.at_least(2), {"met": range(4), "reach": range(4), "counted": range(4)}),
    ]
    for table, fields in tables:
        for values in product(*fields.values()):
            fact = dict(zip(fields, values, strict=True))
            if fact.get("met", 0) <= fact.get("reach", 9) <= fact.get("counted", 9):
                assert sum(holds(rule, fact) for rule in table) == 1, fact


def holds(rule: Any, fields: dict[str, int]) -> bool:
    """Whether every test of a rule holds, by Python's own comparisons."""
    tests = {"==": int.__eq__, ">=": int.__ge__, "<=": int.__le__}
    return all(tests[test.op](fields[test.field], test.value) for test in rule.tests)


@needs_engine
@pytest.mark.parametrize("verdict", Verdict)
def test_what_is_still_possible_decides_as_the_verdict_it_comes_from(verdict: Verdict) -> None:
    from ntm_rules.live.rules import POSSIBLE, outcomes, settled

    assert [rule.verdict for rule in POSSIBLE if holds(rule, outcomes(verdict))] == [verdict]
    heard = {**outcomes(verdict), "finding": CODES[NOT_MET]}
    expected = Verdict.NOT_MET if verdict is Verdict.UNKNOWN else verdict
    assert [rule.verdict for rule in settled(POSSIBLE) if holds(rule, heard)] == [expected]


@needs_engine
@pytest.mark.parametrize("value", [True, 1.0, float("nan"), "1", None, 2**53, -(2**53), [1]])
def test_nothing_but_small_whole_numbers_reaches_the_engine(value: Any) -> None:
    from ntm_rules.live.engine import Engine
    from ntm_rules.live.rules import FINDING

    engine = Engine()
    where = engine.register((FINDING,))
    with pytest.raises(LiveError, match="did not answer as it must"):
        engine.decide(where, 0, 0, {"finding": value})
    assert engine.decide(where, 0, 0, {"finding": CODES[MET]}) is MET
    engine.close()


@needs_engine
def test_a_pack_of_a_thousand_gates_is_spread_over_rule_sets_the_engine_can_hold() -> None:
    from ntm_rules.live.engine import GATES_PER_RULE_SET, Engine
    from ntm_rules.live.rules import ALL, FINDING

    engine = Engine()
    where = engine.register(tuple([FINDING, ALL] * 500))
    assert len(where.names) == -(-1000 // GATES_PER_RULE_SET)
    assert engine.decide(where, 7, 998, {"finding": CODES[NOT_MET]}) is NOT_MET
    assert engine.decide(where, 7, 999, {"met": 1, "failing": 0, "unknown": 0}) is MET
    engine.close()


@needs_engine
def test_facts_let_go_are_missed_by_nobody() -> None:
    from ntm_rules.live.engine import Engine
    from ntm_rules.live.rules import FINDING

    engine = Engine(kept=3)
    where = engine.register((FINDING,) * 4)
    for order in permutations(range(4)):
        for gate in order:
            for finding, verdict in ((CODES[one], one) for one in (MET, NOT_MET, UNKNOWN)):
                assert engine.decide(where, gate % 2, gate, {"finding": finding}) is verdict
            assert len(engine._facts) <= 3
    engine.close()


@needs_engine
def test_a_difference_between_engine_and_evaluator_stops_the_session_and_loses_nothing(
    world: Province, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ntm_rules.live import LiveSession
    from ntm_rules.live.engine import Engine

    session = LiveSession(world.units, packs=world.packs, as_of=DAY, catalogue=world.catalogue)
    session.journal(tmp_path / "j")
    session.observe("t", "water", 70)
    with monkeypatch.context() as lying:
        lying.setattr(Engine, "decide", lambda *args: NOT_MET)
        with pytest.raises(LiveError, match=r"t\.t/town@1\.1\.1: the rules engine says NOT_MET, the evaluator MET"):
            session.observe("t", "water", 90)
    for call in (lambda: session.observe("t", "water", 95), session.tree, lambda: session.advance("2022-09-01")):
        with pytest.raises(LiveError, match=r"(?s)has stopped.*LiveSession\.replay.*evaluator MET"):
            call()
    session.close()
    with LiveSession.replay(tmp_path / "j", catalogue=world.catalogue) as again:
        assert again.verdict("t", "t/town") is MET
        assert again.number == 2


@needs_engine
def test_an_input_broken_off_half_way_stops_the_session(session: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*args: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as typing:
        typing.setattr(session._engine, "decide", interrupted)
        with pytest.raises(KeyboardInterrupt):
            session.observe("t", "water", 90)
    with pytest.raises(LiveError, match=r"(?s)has stopped.*broken off: KeyboardInterrupt"):
        session.tree()


@needs_engine
def test_packs_that_ask_for_each_other_in_a_circle_are_refused(tmp_path: Path) -> None:
    from shelf import head, shelf

    from ntm_rules.live import LiveSession

    def asking(name: str, other: str) -> str:
        return (
            head(name)
            + f"""
criteria:
  - code: "1"
    title: {{vi: Một, en: One}}
    indicators: [{{code: "1.1", text: a, requires: {{meets: t/{other}}}}}]
"""
        )

    catalogue = shelf(tmp_path / "c", a=asking("a", "b"), b=asking("b", "a"))
    unit = ntm.Unit(id="x", level="commune")
    held = [{"pack": pack, "on": "2022-03-01"} for pack in ("t/a", "t/b")]
    # The evaluator looks at neither pack where both titles are held; the session must be ready for their end.
    known = ntm.Snapshot(unit=unit, as_of=DAY, recognitions=held)
    with pytest.raises(NtmError, match="circle: t/a@1 → t/b@1 → t/a@1"):
        LiveSession([unit], [known], ["t/a", "t/b"], catalogue=catalogue)


@needs_engine
def test_a_silent_engine_is_an_error(session: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session._engine._host, "assert_fact", lambda *args: None)
    with pytest.raises(LiveError, match="did not answer as it must"):
        session.observe("t", "water", 90)


@needs_engine
def test_a_callback_that_raises_loses_nothing(session: Any, caplog: pytest.LogCaptureFixture) -> None:
    heard: list[Any] = []

    def broken(change: Any) -> None:
        raise RuntimeError("out of paper")

    session.on_change(broken)
    session.on_change(heard.append)
    with caplog.at_level(logging.ERROR, "ntm_rules.live"):
        changes = session.observe("t", "water", 90)
    assert heard == changes
    assert session.verdict("t", "t/town") is MET
    assert [record.exc_info is not None for record in caplog.records] == [True] * len(changes)


@needs_engine
def test_a_callback_may_use_the_session_and_hears_everything_in_order(session: Any) -> None:
    heard: list[Any] = []

    def follow_up(change: Any) -> None:
        heard.append(change)
        if change.what == "unit" and change.unit.id == "t" and change.after is MET:
            session.observe("h", "income", 50)
            assert session.verdict("t", "t/town") is MET

    stop = session.on_change(follow_up)
    session.observe("t", "water", 90)
    numbers = [change.because.number for change in heard]
    assert numbers == sorted(numbers)
    assert set(numbers) == {1, 2}
    stop()
    heard.clear()
    session.observe("t", "water", 10)
    assert heard == []


# For each of eight threads; some thousand more are tried where there is time (NTM_UPDATES=20000).
UPDATES = int(os.environ.get("NTM_UPDATES", "200"))


@needs_engine
def test_eight_threads_of_many_updates_lose_nothing(world: Province, tmp_path: Path) -> None:
    from ntm_rules.live import LiveSession

    session = LiveSession(world.units, packs=world.packs, as_of=DAY, catalogue=world.catalogue)
    session.journal(tmp_path / "j", sync="system")
    heard: list[Any] = []
    session.on_change(heard.append)
    results: list[list[Any]] = [[] for _ in range(8)]
    failures: list[BaseException] = []
    values = ["0", "3", "4,99", "5", "48", "55.5", "60", "61.05", "80", "100"]

    def work(thread: int) -> None:
        try:
            for step in range(UPDATES):
                unit = ("x0", "x1", "x2", "y", "t")[(thread + step) % 5]
                measure = ("water", "poverty", "income")[step % 3]
                if step % 7 == 6:
                    pack, code = ("t/town", "1.1") if unit == "t" else ("t/basic", "2")
                    told = session.conclude(unit, pack, code, ("met", "not met")[step % 2], by=f"{thread}")
                else:
                    told = session.observe(unit, measure, values[(thread * 3 + step) % 10], by=f"{thread % 2}")
                results[thread].append(told)
                if step % 100 == 0:
                    session.assessment("h", "t/district")
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert [len(told) for told in results] == [UPDATES] * 8
    assert session.number == 8 * UPDATES
    facts = [session.snapshot(unit.id) for unit in world.units]
    assert session.tree() == world.judged(facts, DAY)
    returned = sorted((c for told in results for one in told for c in one), key=lambda c: c.because.number)
    assert heard == returned
    known: dict[Any, Any] = {}
    for change in heard:
        key = (change.unit.id, change.pack, change.what, change.code)
        assert known.get(key, change.before) is change.before
        known[key] = change.after
    for (unit, pack, what, _), verdict in known.items():
        if what == "pack":
            assert session.assessment(unit, pack).verdict is verdict
    tree = session.tree()
    session.close()
    with LiveSession.replay(tmp_path / "j", catalogue=world.catalogue) as again:
        assert (again.number, again.tree()) == (8 * UPDATES, tree)


@needs_engine
def test_the_engine_starts_no_thread_of_its_own(session: Any) -> None:
    before = threading.active_count()
    session.observe("t", "water", 90)
    session.advance("2022-09-01")
    assert threading.active_count() == before
    assert not hasattr(session._engine._host, "_d_timer")


@needs_engine
def test_a_closed_session_says_so(world: Province) -> None:
    from ntm_rules.live import LiveSession

    session = LiveSession(world.units, packs=world.packs, as_of=DAY, catalogue=world.catalogue)
    session.close()
    session.close()
    for call in (lambda: session.observe("t", "water", 1), session.tree, lambda: session.snapshot("t")):
        with pytest.raises(LiveError, match="the session is closed"):
            call()


def resident() -> int:
    """Memory of this process, in KB."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4


@needs_engine
@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="memory is read from /proc")
def test_memory_is_flat_over_updates_and_given_back_on_closing(world: Province) -> None:
    from ntm_rules.live import LiveSession

    def opened() -> Any:
        return LiveSession(world.units, packs=world.packs, as_of=DAY, catalogue=world.catalogue)

    for _ in range(3):
        opened().close()
    before = resident()
    for n in range(15):
        session = opened()
        if n % 3:
            session.close()
        del session
        gc.collect()
    # One session's rule sets and facts take more than this.
    assert resident() - before < 10_000
    with opened() as session:
        for n in range(1000):
            session.observe("x0", "water", n % 100)
        warm = resident()
        for n in range(3000):
            session.observe("x0", "water", n % 100)
        assert resident() - warm < 1_000


@needs_engine
def test_a_session_may_be_given_what_is_known_already(world: Province) -> None:
    from ntm_rules.live import LiveSession

    known = ntm.Snapshot(unit=world.units[-1], as_of="2022-08-01", measures={"water": ["81 %", "82 %"]})
    with LiveSession(world.units, [known], world.packs, as_of="17/08/2022", catalogue=world.catalogue) as session:
        assert session.verdict("t", "t/town") is MET
        # The figures of the snapshot name no reporter: neither does this one, which takes their place.
        told = [(c.what, c.after) for c in session.observe("t", "water", 70) if c.unit.id == "t"]
        assert told == [(what, NOT_MET) for what in ("indicator", "criterion", "pack", "unit")]


@needs_engine
def test_a_doubt_that_changes_no_verdict_is_seen_by_the_units_above(world: Province) -> None:
    from ntm_rules.live import LiveSession

    with LiveSession(world.units, packs=world.packs, as_of="17/08/2022", catalogue=world.catalogue) as session:
        for measure, value in {"water": "75", "poverty": "4", "income": "60", "schools": "2"}.items():
            session.observe("x0", measure, value)
        for code in ("1.4", "2", "3.3", "4"):
            session.conclude("x0", "t/basic", code, "met")
        session.conclude("x0", "t/advanced", "1.2", "not_applicable")
        known = [session.snapshot(unit.id) for unit in world.units]
        tree = session.tree()
    assert any(count.doubted_names for count in tree.unit("h").counts)
    with LiveSession(world.units, known, world.packs, as_of="17/08/2022", catalogue=world.catalogue) as again:
        assert again.tree().unit("h").counts == tree.unit("h").counts


ROOT = Path(__file__).parents[1]


@needs_engine
def test_the_python_of_the_page_on_live_sessions_runs(capsys: pytest.CaptureFixture[str]) -> None:
    page = (ROOT / "docs" / "live.md").read_text(encoding="utf-8")
    names: dict[str, object] = {}
    for code in re.findall(r"^```python\n(.*?)^```", page, re.S | re.M):
        exec(compile(code, "live.md", "exec"), names)
    printed = capsys.readouterr().out.splitlines()
    shown = re.findall(r"^# (Xã X.*)$", page, re.M)
    assert printed[: len(shown)] == shown
    assert printed[-1].startswith("Huyện H, danh hiệu")


@needs_engine
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_day_of_the_dashboard_ends_with_the_cascade(lang: str) -> None:
    example = [sys.executable, str(ROOT / "examples" / "live_dashboard.py"), lang]
    env = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(example, capture_output=True, text=True, encoding="utf-8", env=env, check=True)
    last = done.stdout.partition("16:45")[2]
    where = [
        last.index(words)
        for words in ("18.1", "Xã Mai, hatinh/commune-advanced:", "P3", "Huyện Hoa, hatinh/district-advanced:")
    ]
    assert where == sorted(where)
    assert "20/20" in last
