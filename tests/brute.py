"""Changes and completions by brute force: what can be done to a snapshot, tried in every combination.

It asks the evaluator alone, and knows nothing of how remedies are searched for.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product
from typing import Any, NamedTuple

import ntm_rules as ntm
from ntm_rules.assessment.model import CriterionResult
from ntm_rules.assessment.remedy import Step
from ntm_rules.pack.catalogue import Catalogue
from ntm_rules.pack.condition import TotalCondition, judged_pack, measures_asked, walk
from ntm_rules.pack.indicator import Indicator
from ntm_rules.pack.model import Pack
from ntm_rules.quantity.amount import Amount
from ntm_rules.snapshot.model import Snapshot
from ntm_rules.snapshot.observation import Finding, FindingValue, Observation
from ntm_rules.testing.ground import ground

Fact = tuple[str, str, str]


class TooManyError(Exception):
    """More combinations than are worth trying."""


class Bench(NamedTuple):
    """A pack and a snapshot whose facts can be changed."""

    pack: Pack
    snapshot: Snapshot
    catalogue: Catalogue
    trust: str

    def judged(self, snapshot: Snapshot) -> ntm.Assessment:
        return ntm.evaluate(self.pack, snapshot, trust=self.trust, catalogue=self.catalogue, unknown_measures="ignore")

    def facts(self) -> dict[Fact, tuple[Any, ...]]:
        """Every fact a remedy may change, with the values it may be given."""
        here = ground(self.pack, self.catalogue, self.snapshot.as_of)
        found: dict[Fact, tuple[Any, ...]] = {}
        for name, values in here.values.items():
            found["measure", name, ""] = tuple(one for one in values if not self._is_dodge(name, one))
        for pack in here.packs:
            codes = {
                *(item.code for item in (*pack.prerequisites, *pack.indicators())),
                *(c.code for c in pack.criteria),
            }
            for code in codes:
                found["finding", pack.id, code] = (FindingValue.MET,)
        return found

    def _is_dodge(self, name: str, value: Observation) -> bool:
        """Whether a figure would be made worse than it is, and no requirement wants it that way."""
        measure, now = self.catalogue.measures_for(self.pack)[name], self.snapshot.measures.get(name, ())
        figures = [measure.read(one.value) for one in now]
        if measure.better == "neither" or not figures or min(figures) <= measure.read(value.value) <= max(figures):
            return False
        way = "higher" if measure.read(value.value) > max(figures) else "lower"
        wanted = {measure.better}
        for pack in ground(self.pack, self.catalogue, self.snapshot.as_of).packs:
            for item in (*pack.prerequisites, *pack.indicators()):
                for path, part in walk(item.on(self.snapshot.as_of).requires):
                    if name in measures_asked(part) and "when" not in path.split("."):
                        wanted |= {"higher", "lower"} if part.op.wants == "neither" else {part.op.wants}
        return way not in wanted

    def with_facts(self, changes: dict[Fact, Any]) -> Snapshot:
        measures, findings = dict(self.snapshot.measures), {p: dict(f) for p, f in self.snapshot.findings.items()}
        for (kind, name, code), value in changes.items():
            if kind == "measure":
                measures[name] = (value,)
            else:
                for known in [one for one in findings if one.partition("@")[0] == name]:
                    findings[known].pop(code, None)
                findings.setdefault(name, {})[code] = (Finding(finding=value),)
        return self.snapshot.model_copy(update={"measures": measures, "findings": findings})

    def change(self, step: Step) -> tuple[Fact, Any]:
        """A step as a change of a fact."""
        if step.kind == "finding":
            return ("finding", step.pack.partition("@")[0], step.code), FindingValue.MET
        assert step.kind == "measure"
        assert step.to is not None
        value = step.to
        if step.strictly:
            digits = max(0, -int(value.value.as_tuple().exponent)) + 1  # type: ignore[arg-type]
            beside = Amount.of("1").value.scaleb(-digits)
            value = Amount(value.value + (beside if step.op == "more_than" else -beside), value.unit)
        return ("measure", step.measure, ""), Observation(value=value)

    def met_with(self, count: int, limit: int) -> Iterator[dict[Fact, Any]]:
        """Changes of exactly ``count`` facts after which the pack is met.

        Raises:
            TooManyError: there are more than ``limit`` combinations.
        """
        facts, tried = self.facts(), 0
        for chosen in combinations(facts, count):
            for values in product(*(facts[fact] for fact in chosen)):
                tried += 1
                if tried > limit:
                    raise TooManyError
                changes = dict(zip(chosen, values, strict=True))
                if self.judged(self.with_facts(changes)).verdict is ntm.Verdict.MET:
                    yield changes


def fewer_than(bench: Bench, steps: int, limit: int) -> dict[Fact, Any] | None:
    """Changes of fewer facts than ``steps``, of three at most, after which the pack is met."""
    for count in range(min(steps, 4)):
        for changes in bench.met_with(count, limit):
            return changes
    return None


def asked_by(bench: Bench, item: Any) -> set[Fact]:
    """The facts an unknown result asks for: its measures, the conclusion on it, and what other packs it needs ask."""
    pack, day = bench.pack, bench.snapshot.as_of
    found: set[Fact] = {("finding", pack.id, item.code)}
    if isinstance(item, CriterionResult):
        return found
    pending = [(pack, part) for part in conditions(pack[item.code].on(day))]
    for here, part in pending:
        found |= {("measure", name, "") for name in measures_asked(part)}
        for term in part.points if isinstance(part, TotalCondition) else ():
            found.add(("finding", here.id, term.indicator))
            pending += [(here, inner) for inner in conditions(here[term.indicator].on(day))]
        if (reference := judged_pack(part)) is not None:
            other = bench.catalogue.named(reference, day)
            everything = [*other.prerequisites, *other.indicators()]
            found |= {("finding", other.id, one.code) for one in (*everything, *other.criteria)}
            pending += [(other, inner) for one in everything for inner in conditions(one.on(day))]
    return found


def conditions(item: Indicator) -> list[Any]:
    roots = (item.requires, *((item.applies_if,) if item.applies_if is not None else ()))
    return [part for root in roots for _, part in walk(root)]


def awaited(bench: Bench, limit: int) -> set[tuple[bool, str]]:
    """The unknowns that can still be open, and leave the verdict open, when everything else is told in some way.

    Raises:
        TooManyError: there are more than ``limit`` ways.
    """
    snapshot, found = bench.snapshot, set()
    here = ground(bench.pack, bench.catalogue, snapshot.as_of)
    ways: dict[Fact, tuple[Any, ...]] = {}
    for name, values in here.values.items():
        if not snapshot.measures.get(name):
            ways["measure", name, ""] = values
    for pack in here.packs:
        for item in (*pack.prerequisites, *pack.indicators(), *pack.criteria):
            given = [codes for known, codes in snapshot.findings.items() if known.partition("@")[0] == pack.id]
            if not any(codes.get(item.code) for codes in given):
                # That nothing is concluded where a figure decides, and "met", are the ways that fail nothing.
                excepted = (FindingValue.NOT_APPLICABLE,) if getattr(item, "applies_if", None) is not None else ()
                ways["finding", pack.id, item.code] = (None, FindingValue.MET, *excepted)
    for item in bench.judged(snapshot).unknowns():
        own = asked_by(bench, item)
        others = {fact: values for fact, values in ways.items() if fact not in own}
        for tried, values in enumerate(product(*others.values())):
            if tried > limit:
                raise TooManyError
            told = {fact: value for fact, value in zip(others, values, strict=True) if value is not None}
            after = bench.judged(bench.with_facts(told))
            if after.verdict is ntm.Verdict.UNKNOWN and still_open(after, item):
                found.add((isinstance(item, CriterionResult), item.code))
                break
    return found


def still_open(result: ntm.Assessment, item: Any) -> bool:
    """Whether a result, and the criterion it is part of, is open."""
    if isinstance(item, CriterionResult):
        return result.criterion(item.code).verdict is ntm.Verdict.UNKNOWN
    around = [c for c in result.criteria if any(one.code == item.code for one in c.indicators)]
    if not around:
        return any(one.code == item.code and one.verdict is ntm.Verdict.UNKNOWN for one in result.prerequisites)
    inside = next(one for one in around[0].indicators if one.code == item.code)
    return inside.verdict is around[0].verdict is ntm.Verdict.UNKNOWN
