"""Rules over whole numbers: what each kind of gate asks of the fact it is decided by.

Every requirement has one fact of its own with a few small integer fields, and a handful of rules over them of which
exactly one holds, whatever the fields are. No rule negates and none joins two facts: counts stand in the fact itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

from ..evaluation.numbering import CODES, FINDING_CODES, VERDICTS
from ..snapshot.observation import FindingValue
from ..verdict import MET, NOT_APPLICABLE, NOT_MET, UNKNOWN, Verdict

# Integers up to here are the same in every number type the engine might use.
LIMIT = 2**53 - 1

# Two conclusions that contradict each other, beside the numbers of one.
FINDINGS_DIFFER = len(VERDICTS)

Fields = dict[str, int]


class Test(NamedTuple):
    """A field compared with a whole number."""

    field: str
    op: Literal["==", ">=", "<="]
    value: int


class Rule(NamedTuple):
    """The verdict that follows where every test holds."""

    verdict: Verdict
    tests: tuple[Test, ...] = ()

    def also(self, *tests: Test) -> Rule:
        """The same rule with more to hold."""
        return Rule(self.verdict, (*self.tests, *tests))


Rules = tuple[Rule, ...]


def from_(field: str, low: int) -> Test:
    """The field is this much or more."""
    return Test(field, ">=", low)


def to(field: str, high: int) -> Test:
    """The field is this much or less."""
    return Test(field, "<=", high)


def same(field: str, verdict: Verdict) -> Test:
    """The field holds the verdict."""
    return Test(field, "==", CODES[verdict])


def copied(field: str) -> Rules:
    """The verdict that the field holds."""
    return tuple(Rule(verdict, (same(field, verdict),)) for verdict in VERDICTS)


ALL: Rules = (
    Rule(NOT_MET, (from_("failing", 1),)),
    Rule(UNKNOWN, (to("failing", 0), from_("unknown", 1))),
    Rule(MET, (to("failing", 0), to("unknown", 0), from_("met", 1))),
    Rule(NOT_APPLICABLE, (to("failing", 0), to("unknown", 0), to("met", 0))),
)
ANY: Rules = (
    Rule(MET, (from_("met", 1),)),
    Rule(UNKNOWN, (to("met", 0), from_("unknown", 1))),
    Rule(NOT_MET, (to("met", 0), to("unknown", 0), from_("failing", 1))),
    Rule(NOT_APPLICABLE, (to("met", 0), to("unknown", 0), to("failing", 0))),
)
CHOICE: Rules = (
    *(rule.also(same("guard", MET)) for rule in copied("then")),
    *(rule.also(same("guard", NOT_MET)) for rule in copied("otherwise")),
    *(rule.also(same("guard", NOT_APPLICABLE)) for rule in copied("otherwise")),
    *(rule.also(same("guard", UNKNOWN), from_("agree", 1)) for rule in copied("then")),
    Rule(UNKNOWN, (same("guard", UNKNOWN), to("agree", 0))),
)
FINDING: Rules = (
    Rule(MET, (same("finding", MET),)),
    Rule(NOT_MET, (same("finding", NOT_MET),)),
    Rule(UNKNOWN, (same("finding", UNKNOWN),)),
    Rule(UNKNOWN, (from_("finding", FINDING_CODES[FindingValue.NOT_APPLICABLE]),)),
)
APPLICABLE: Rules = (
    Rule(MET, (to("finding", FINDING_CODES[FindingValue.MET]),)),
    Rule(NOT_MET, (Test("finding", "==", FINDING_CODES[FindingValue.NOT_APPLICABLE]),)),
    Rule(MET, (from_("finding", FINDINGS_DIFFER),)),
)
HELD: Rules = (
    Rule(MET, (from_("held", 1),)),
    *(rule.also(to("held", 0)) for rule in copied("verdict")),
)
# What does not apply is neutral; where that is open, a failure is not certain and a pass is.
WHERE_APPLICABLE: Rules = (
    Rule(NOT_APPLICABLE, (same("applies", NOT_MET),)),
    Rule(MET, (same("applies", UNKNOWN), same("base", MET))),
    Rule(UNKNOWN, (same("applies", UNKNOWN), same("base", UNKNOWN))),
    Rule(UNKNOWN, (same("applies", UNKNOWN), same("base", NOT_MET))),
    Rule(UNKNOWN, (same("applies", UNKNOWN), same("base", NOT_APPLICABLE))),
    *(rule.also(same("applies", MET)) for rule in copied("base")),
    *(rule.also(same("applies", NOT_APPLICABLE)) for rule in copied("base")),
)
# What is still possible: that it is met, that it fails, that there is nothing to ask.
POSSIBLE: Rules = (
    Rule(NOT_APPLICABLE, (from_("idle", 1),)),
    Rule(MET, (to("idle", 0), from_("pass", 1), to("fail", 0))),
    Rule(NOT_MET, (to("idle", 0), to("pass", 0), from_("fail", 1))),
    Rule(UNKNOWN, (to("idle", 0), from_("pass", 1), from_("fail", 1))),
)


def outcomes(verdict: Verdict) -> Fields:
    """What a verdict leaves possible."""
    return {
        "pass": int(verdict in (MET, UNKNOWN)),
        "fail": int(verdict in (NOT_MET, UNKNOWN)),
        "idle": int(verdict is NOT_APPLICABLE),
    }


def at_least(needed: int) -> Rules:
    """So many of the counted ones."""
    counted = from_("counted", 1)
    return (
        Rule(NOT_APPLICABLE, (to("counted", 0),)),
        Rule(MET, (counted, from_("met", needed))),
        Rule(UNKNOWN, (counted, to("met", needed - 1), from_("reach", needed))),
        Rule(NOT_MET, (counted, to("reach", needed - 1))),
    )


def settled(rules: Iterable[Rule]) -> Rules:
    """The same, but where nothing is decided a clear finding decides."""
    found: list[Rule] = []
    for rule in rules:
        if rule.verdict is UNKNOWN:
            found += [Rule(heard.verdict, (*rule.tests, *heard.tests)) for heard in FINDING]
        else:
            found.append(rule)
    return tuple(found)
