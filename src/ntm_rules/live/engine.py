"""durable-rules behind a door: whole numbers in, exactly one verdict out, one rule set at a time, nothing left behind.

What the engine cannot be trusted with is kept from it here. It is given facts of small integers only; each fact is
decided by rules of its own, so no rule joins or negates; its background threads are not started, because two threads in
one host lose firings; and it is never asked for more than it holds: a rule set has at most ``GATES_PER_RULE_SET`` gates
(beyond five hundred distinct ones it does not return), and the facts kept are bounded, since each takes some 8 KB.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import durable_rules_engine
from durable.engine import Host

from ..errors import LiveError, Problem
from ..verdict import Verdict
from .rules import LIMIT, Fields, Rules, Test

GATES_PER_RULE_SET = 256
FACTS_KEPT = 4096
# Every fact is of one state: each further one would take memory of its own.
_STATE = "0"
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
        self._facts: dict[tuple[str, str], Fact] = {}
        self._used: set[str] = set()
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
        name, key = rules.of(gate), f"{unit}.{gate}"
        fact: Fact = {"id": key, "gate": gate, **fields}
        self._fired.clear()
        try:
            self._retract(name, key)
            self._used.add(name)
            self._host.assert_fact(name, fact)
            self._facts[name, key] = fact
            if len(self._facts) > self._kept:
                self._retract(*next(iter(self._facts)))
        except Exception as error:
            reason = getattr(error, "message", None) or str(error) or type(error).__name__
            raise LiveError(Problem("error.live_engine", reason=reason)) from error
        if len(self._fired) != 1 or self._fired[0][0] != gate:
            raise LiveError(Problem("error.live_engine", reason=f"{fact} → {self._fired}"))
        return self._fired[0][1]

    def _retract(self, name: str, key: str) -> None:
        fact = self._facts.pop((name, key), None)
        if fact is not None:
            self._host.retract_fact(name, fact)

    def close(self) -> None:
        """Give everything back. A rule set deleted before its state would keep that one's memory."""
        for rules in self._registered.values():
            for name in rules.names:
                if name in self._used:
                    self._host.delete_state(name, _STATE)
                durable_rules_engine.delete_ruleset(self._host.get_ruleset(name)._handle)
        self._facts.clear()
        self._registered.clear()


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
