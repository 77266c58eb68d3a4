"""durable-rules behind a door: whole numbers in, exactly one verdict out, one rule set at a time, nothing left behind.

What the engine cannot be trusted with is kept from it here. It is given facts of small integers only; each fact is
decided by rules of its own, so no rule joins or negates; its background threads are not started, because two threads in
one host lose firings; and it is never asked for more than it holds: a rule set has at most ``GATES_PER_RULE_SET`` gates
(beyond five hundred distinct ones it does not return), and the facts kept are bounded, since each takes some 32 KB.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import durable_rules_engine
from durable.engine import Host

from ..errors import LiveError, Problem
from ..verdict import Verdict
from .rules import LIMIT, Fields, Rules, Test

GATES_PER_RULE_SET = 256
FACTS_KEPT = 2048
_OPERATORS = {">=": "$gte", "<=": "$lte"}

Fact = dict[str, Any]


class _Host(Host):  # type: ignore[misc]
    def _run(self) -> None:
        """The engine's timers stay off: they would enter the host from threads of their own."""


class RuleSets(NamedTuple):
    """Where the gates of one circuit are decided: their rule sets, in order."""

    names: tuple[str, ...]

    def of(self, gate: int) -> str:
        """The rule set of a gate."""
        return self.names[gate // GATES_PER_RULE_SET]


class Engine:
    """A host of its own with the rule sets registered in it.

    Facts stay in the engine until they change or, oldest first, until more than ``kept`` are there; as no rule joins
    two of them, a fact that was let go is missed by nobody.
    """

    def __init__(self, kept: int = FACTS_KEPT) -> None:
        self._host = _Host()
        self._kept = kept
        self._registered: dict[tuple[Rules, ...], RuleSets] = {}
        self._facts: OrderedDict[tuple[str, str], dict[int, Fact]] = OrderedDict()
        self._count = 0
        self._fired: list[tuple[int, Verdict]] = []

    def register(self, gates: tuple[Rules, ...]) -> RuleSets:
        """The rule sets that decide these gates; equal ones are compiled once."""
        if gates not in self._registered:
            names = []
            for start in range(0, len(gates), GATES_PER_RULE_SET):
                name = f"r{len(self._registered)}_{start}"
                part = gates[start : start + GATES_PER_RULE_SET]
                self._host.register_rulesets({name: _definition(part, start, self._fired)})
                names.append(name)
            self._registered[gates] = RuleSets(tuple(names))
        return self._registered[gates]

    def decide(self, rules: RuleSets, unit: int, gate: int, fields: Fields) -> Verdict:
        """The verdict the rules of a gate come to on these fields, which replace the ones it had for this unit.

        Raises:
            LiveError: the engine refuses the fact, or not exactly one rule fires.
        """
        if not all(type(value) is int and -LIMIT <= value <= LIMIT for value in fields.values()):
            raise LiveError(Problem("error.live_engine", reason=f"{fields}"))
        name, sid = rules.of(gate), f"u{unit}"
        held = self._facts.setdefault((name, sid), {})
        self._facts.move_to_end((name, sid))
        fact: Fact = {"id": f"g{gate}", "sid": sid, "gate": gate, **fields}
        self._fired.clear()
        try:
            if gate in held:
                self._host.retract_fact(name, held.pop(gate))
                self._count -= 1
            self._host.assert_fact(name, fact)
        except Exception as error:
            reason = getattr(error, "message", None) or str(error) or type(error).__name__
            raise LiveError(Problem("error.live_engine", reason=reason)) from error
        held[gate] = fact
        self._count += 1
        fired = list(self._fired)
        if len(fired) != 1 or fired[0][0] != gate:
            raise LiveError(Problem("error.live_engine", reason=f"{fact} → {fired}"))
        if self._count > self._kept:
            self._let_go()
        return fired[0][1]

    def _let_go(self) -> None:
        """Forget the facts of the unit touched longest ago; only that gives their memory back."""
        if len(self._facts) > 1:
            (name, sid), facts = self._facts.popitem(last=False)
            self._host.delete_state(name, sid)
            self._count -= len(facts)

    def close(self) -> None:
        """Give everything back. A rule set deleted before its states would keep their memory."""
        for name, sid in self._facts:
            self._host.delete_state(name, sid)
        for rules in self._registered.values():
            for name in rules.names:
                durable_rules_engine.delete_ruleset(self._host.get_ruleset(name)._handle)
        self._facts.clear()
        self._registered.clear()
        self._count = 0


def _definition(gates: Sequence[Rules], first: int, fired: list[tuple[int, Verdict]]) -> dict[str, Any]:
    """A rule set as plain data: every rule looks at the facts of its own gate."""
    rules: dict[str, Any] = {}
    for gate, alternatives in enumerate(gates, first):
        for number, rule in enumerate(alternatives):
            tests = [{"gate": gate}, *map(_expression, rule.tests)]
            condition = {"$and": tests} if len(tests) > 1 else tests[0]
            rules[f"{gate}.{number}"] = {"all": [{"m": condition}], "run": _firing(fired, gate, rule.verdict)}
    return rules


def _expression(test: Test) -> dict[str, Any]:
    if test.op == "==":
        return {test.field: test.value}
    return {_OPERATORS[test.op]: {test.field: test.value}}


def _firing(fired: list[tuple[int, Verdict]], gate: int, verdict: Verdict) -> Callable[[Any], None]:
    # The engine looks at the signature: exactly one parameter, defaults counted.
    def run(context: Any) -> None:
        fired.append((gate, verdict))

    return run
