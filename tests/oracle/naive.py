"""A second evaluator, written from the laws alone: plain recursion, fractions, nothing prepared or remembered.

It knows packs, snapshots and the catalogue, and shares no code with the evaluator it is held against. Where something
is open it goes through every way it could turn out, and answers where they all agree.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from functools import cache
from typing import NamedTuple

from ntm_rules.pack.catalogue import Catalogue
from ntm_rules.pack.condition import (
    AllCondition,
    AnyCondition,
    AtLeastCondition,
    AttributeCondition,
    Children,
    ChoiceCondition,
    ConditionModel,
    CountCondition,
    EveryCondition,
    FindingCondition,
    MeasureCondition,
    MeetsCondition,
    Op,
    Points,
    ShareCondition,
    TotalCondition,
    UnmetShareCondition,
    walk,
)
from ntm_rules.pack.indicator import Criterion, Indicator
from ntm_rules.pack.model import Pack
from ntm_rules.pack.rules import RegionRule
from ntm_rules.pack.threshold import AnyThreshold, Figure, Multiple, Table
from ntm_rules.quantity.amount import Amount
from ntm_rules.snapshot.child_counts import ChildCounts
from ntm_rules.snapshot.model import Snapshot
from ntm_rules.snapshot.observation import Finding, FindingValue
from ntm_rules.snapshot.recognition import Recognition
from ntm_rules.territory import Group
from ntm_rules.verdict import Verdict

MET, NOT_MET, UNKNOWN, NOT_APPLICABLE = Verdict.MET, Verdict.NOT_MET, Verdict.UNKNOWN, Verdict.NOT_APPLICABLE
STRONGEST_FIRST = ["stated", "secondary", "recalled", "uncertain"]
# How many of the first unit of its row one of each is. What stands in no row is converted to nothing but itself.
SCALES: tuple[dict[str, int], ...] = (
    {"percent": 1, "percentage_point": 1},
    {"vnd": 1, "thousand_vnd": 10**3, "million_vnd": 10**6, "billion_vnd": 10**9},
    {"month": 1, "year": 12},
    {"hour": 1, "day": 24},
    {"millimetre": 1, "centimetre": 10, "metre": 10**3, "kilometre": 10**6},
    {"square_metre": 1, "hectare": 10**4, "square_kilometre": 10**6},
    {"millilitre": 1, "litre": 10**3, "cubic_metre": 10**6},
    {"gram": 1, "kilogram": 10**3, "tonne": 10**6},
)
COMPARE: dict[Op, Callable[[Fraction, Fraction], bool]] = {
    Op.AT_LEAST: lambda value, limit: value >= limit,
    Op.MORE_THAN: lambda value, limit: value > limit,
    Op.AT_MOST: lambda value, limit: value <= limit,
    Op.LESS_THAN: lambda value, limit: value < limit,
    Op.EQUAL_TO: lambda value, limit: value == limit,
}


class Region(NamedTuple):
    """The row of regional tables a unit reads; ``rule`` sent it there, where one did."""

    name: str | None
    rule: RegionRule | None = None


def verdicts(
    pack: Pack, snapshot: Snapshot, catalogue: Catalogue, trust: str, seen: Counter[str] | None = None
) -> dict[str, Verdict]:
    """The verdict of every prerequisite and indicator by code, of criteria by ``C:<code>``, of the pack by its id."""
    return Naive(pack, snapshot, catalogue, trust, Counter() if seen is None else seen).answer()


@cache
def scale(unit: str) -> Fraction:
    """What one ``unit`` is worth in the smallest ones; of a rate, part by part."""
    found = Fraction(1)
    for place, name in enumerate(unit.split("/")):
        worth = next((row[name] for row in SCALES if name in row), 1)
        found = found / worth if place else found * worth
    return found


def number(amount: Amount, unit: str) -> Fraction:
    """The amount in ``unit``; a bare number is already in it."""
    return Fraction(amount.value) * (scale(amount.unit) / scale(unit) if amount.unit else 1)


def of_truth(truth: bool) -> Verdict:
    return MET if truth else NOT_MET


def agreed(possible: Iterable[Verdict]) -> Verdict:
    """What every way it could turn out comes to; open where they differ, or where there is none."""
    found = set(possible)
    return found.pop() if len(found) == 1 else UNKNOWN


def at_least(needed: int | None, members: Iterable[Verdict]) -> Verdict:
    """At least so many of those that apply are met (``None``: all of them), by every way the open ones may turn out."""
    applying = [verdict for verdict in members if verdict is not NOT_APPLICABLE]
    if not applying:
        return NOT_APPLICABLE
    goal = len(applying) if needed is None else needed
    met, still_open = applying.count(MET), applying.count(UNKNOWN)
    return agreed(of_truth(met + more >= goal) for more in range(still_open + 1))


def conjuncts(condition: ConditionModel) -> Iterator[ConditionModel]:
    """What is asked in any case."""
    if isinstance(condition, AllCondition):
        for part in condition.all:
            yield from conjuncts(part)
    else:
        yield condition


def concluded(findings: Iterable[Finding]) -> FindingValue | None:
    """What the departments say; nothing where they contradict each other."""
    said = {finding.finding for finding in findings}
    return said.pop() if len(said) == 1 else None


def judged(findings: Iterable[Finding]) -> Verdict:
    """A conclusion as a verdict: "does not apply" says nothing of met or not met."""
    return {FindingValue.MET: MET, FindingValue.NOT_MET: NOT_MET}.get(concluded(findings), UNKNOWN)  # type: ignore[arg-type]


class Naive:
    """One pack on one snapshot."""

    def __init__(self, pack: Pack, snapshot: Snapshot, catalogue: Catalogue, trust: str, seen: Counter[str]) -> None:
        self.pack, self.snapshot, self.catalogue, self.trust, self.seen = pack, snapshot, catalogue, trust, seen

    def answer(self) -> dict[str, Verdict]:
        found: dict[str, Verdict] = {}
        for item in (*self.pack.prerequisites, *self.pack.indicators(), *self.pack.grades):
            found[item.code] = self.indicator(item.on(self.snapshot.as_of))
        for criterion in self.pack.criteria:
            found[f"C:{criterion.code}"] = self.criterion(criterion, found)
        whole = [found[item.code] for item in self.pack.prerequisites]
        whole += [found[f"C:{criterion.code}"] for criterion in self.pack.criteria]
        found[self.pack.id] = at_least(None, whole)
        return found

    def findings(self, code: str) -> Iterator[Finding]:
        for name in (self.pack.id, self.pack.reference):
            yield from self.snapshot.findings.get(name, {}).get(code, ())

    def indicator(self, item: Indicator) -> Verdict:
        measured = self.condition(item, item.requires)
        verdict = judged(self.findings(item.code)) if measured is UNKNOWN else measured
        if measured is UNKNOWN and verdict is not UNKNOWN:
            self.seen["finding decides"] += 1
        if item.applies_if is None:
            return verdict
        # What was measured exists: no department's "there is none" outranks it.
        measured_here = measured in (MET, NOT_MET) and not isinstance(item.requires, FindingCondition)
        applies = (self.deaf(item.code) if measured_here else self).condition(item, item.applies_if)
        self.seen[f"applies_if {applies}"] += 1
        if applies is MET:
            return verdict
        if applies is UNKNOWN:
            # A pass is neutral either way; a failure is certain only where the content applies.
            return MET if verdict is MET else UNKNOWN
        return NOT_APPLICABLE

    def criterion(self, criterion: Criterion, found: dict[str, Verdict]) -> Verdict:
        verdict = at_least(
            None, [*(found[item.code] for item in criterion.indicators), *[UNKNOWN] * criterion.incomplete]
        )
        own_finding = all(item.code != criterion.code for item in criterion.indicators)
        if verdict is UNKNOWN and own_finding:
            verdict = judged(self.findings(criterion.code))
            self.seen[f"criterion finding {verdict}"] += 1
        return verdict

    def condition(self, item: Indicator | None, condition: ConditionModel) -> Verdict:
        verdict = self._condition(item, condition)
        self.seen[f"{type(condition).__name__} {verdict}"] += 1
        return verdict

    def _condition(self, item: Indicator | None, condition: ConditionModel) -> Verdict:
        match condition:
            case AllCondition():
                return at_least(None, [self.condition(item, part) for part in condition.all])
            case AnyCondition():
                return at_least(1, [self.condition(item, part) for part in condition.any])
            case AtLeastCondition():
                return at_least(condition.at_least, [self.condition(item, part) for part in condition.of])
            case ChoiceCondition():
                then, otherwise = self.condition(item, condition.then), self.condition(item, condition.otherwise)
                guard = self.condition(item, condition.when)
                return agreed([then, otherwise]) if guard is UNKNOWN else then if guard is MET else otherwise
            case FindingCondition(finding="met"):
                return judged(self.findings(item.code))
            case FindingCondition():
                # Required "if any": it applies unless the department concludes that there is none.
                return of_truth(concluded(self.findings(item.code)) is not FindingValue.NOT_APPLICABLE)
            case AttributeCondition():
                value = self.attribute(condition.attribute)
                return UNKNOWN if value is None else of_truth(value == condition.value)
            case MeasureCondition(threshold=Table(by="group")) if self.attribute("group") is None:
                # The group is open: whichever it is.
                return agreed([self.of_group(group)._condition(item, condition) for group in Group])
            case MeasureCondition():
                unit = self.catalogue.measures_for(self.pack)[condition.measure].unit
                observed = self.snapshot.measures.get(condition.measure, ())
                possible = [number(one.value, unit) for one in observed]
                return self.compared(item, condition.op, condition.threshold, unit, possible)
            case TotalCondition():
                return self.total(item, condition)
            case EveryCondition():
                return self.children(item, condition.every, None, "share")
            case ShareCondition():
                return self.children(item, condition.share_of, condition, "share")
            case CountCondition():
                return self.children(item, condition.count_of, condition, "count")
            case MeetsCondition():
                return self.meets(condition.meets)
            case UnmetShareCondition():
                return self.unmet_share(item, condition)

    def total(self, item: Indicator, condition: TotalCondition) -> Verdict:
        """A sum that lies between its least and its most; ``None`` is no bound."""
        measures = self.catalogue.measures_for(self.pack)
        first = [name for name in condition.total_of if not isinstance(name, Points)]
        unit = measures[first[0]].unit if first else "point"
        limit = self.limit(item, condition.threshold, unit)
        least: Fraction | None = Fraction(0)
        most: Fraction | None = Fraction(0)
        for term in condition.total_of:
            low: Fraction | None
            high: Fraction | None
            if isinstance(term, Points):
                earned = self.indicator(self.pack[term.indicator].on(self.snapshot.as_of))
                low = Fraction(term.points if earned is MET else 0)
                high = Fraction(0 if earned is NOT_MET else term.points)
            else:
                one = measures[term]
                said = [number(seen.value, one.unit) for seen in self.snapshot.measures.get(term, ())]
                low, high = (min(said), max(said)) if said else (one.domain.low, one.domain.high)
                low, high = (
                    None if end is None else Fraction(end) * scale(one.unit) / scale(unit) for end in (low, high)
                )
            least = None if least is None or low is None else least + low
            most = None if most is None or high is None else most + high
        if limit is None:
            return UNKNOWN
        if condition.never_above is not None:
            possible = Fraction(number(condition.never_above, unit))
            if least is not None and least > possible:
                return UNKNOWN
            most = possible if most is None or most > possible else most
        if least is not None and least == most:
            return of_truth(COMPARE[condition.op](least, limit))
        # Comparisons do not turn back, so that the ends and the threshold itself stand for all that lies between.
        far = Fraction(10) ** 60
        ends = (-far if least is None else least, far if most is None else most)
        return agreed(
            of_truth(COMPARE[condition.op](value, limit))
            for value in (*ends, *((limit,) if ends[0] < limit < ends[1] else ()))
        )

    def of_group(self, group: Group) -> Naive:
        """The same unit, had the province put it in a group."""
        unit = self.snapshot.unit.model_copy(update={"group": group})
        snapshot = self.snapshot.model_copy(update={"unit": unit})
        return Naive(self.pack, snapshot, self.catalogue, self.trust, self.seen)

    def deaf(self, code: str) -> Naive:
        """The same unit, had no department concluded on ``code``."""
        told = {
            pack: {about: said for about, said in findings.items() if about != code}
            for pack, findings in self.snapshot.findings.items()
        }
        snapshot = self.snapshot.model_copy(update={"findings": told})
        return Naive(self.pack, snapshot, self.catalogue, self.trust, self.seen)

    def attribute(self, name: str) -> bool | str | None:
        if name == "group":
            if self.pack.as_group is not None:
                # Asked of every unit as of this group.
                return self.pack.as_group.value
            group = self.snapshot.unit.group
            return group.value if group else self.group_by_rule()
        declared = self.pack.attributes[name]
        untold = declared.at_level.get(self.snapshot.unit.level, declared.default)
        return self.snapshot.unit.attributes.get(name, untold)

    def compared(
        self, item: Indicator, op: Op, threshold: AnyThreshold, unit: str, possible: Iterable[Fraction]
    ) -> Verdict:
        limit = self.limit(item, threshold, unit)
        return UNKNOWN if limit is None else agreed(of_truth(COMPARE[op](value, limit)) for value in possible)

    def limit(self, item: Indicator, threshold: AnyThreshold, unit: str) -> Fraction | None:
        """The value required, where it is known and verified as far as asked for."""
        found = self.resolve(item, threshold, unit)
        if found is None or STRONGEST_FIRST.index(found[1]) > STRONGEST_FIRST.index(self.trust):
            self.seen["threshold unresolved" if found is None else "threshold less verified"] += 1
            return None
        return found[0]

    def resolve(self, item: Indicator, threshold: AnyThreshold, unit: str) -> tuple[Fraction, str] | None:
        """The value required and the weakest verification it rests on."""
        match threshold:
            case Table():
                return self.row(item, threshold, unit)
            case Figure():
                return number(threshold.value, unit), self.pack.source_of(item, threshold).verification
            case Multiple():
                found = self.multiplied(threshold, unit)
                if found is None:
                    return None
                self.seen["multiple of another threshold"] += 1
                own = self.pack.source_of(item, threshold).verification
                return Fraction(threshold.times) * found[0], max(own, found[1], key=STRONGEST_FIRST.index)
            case _:
                return None

    def row(self, item: Indicator, table: Table, unit: str) -> tuple[Fraction, str] | None:
        rule: RegionRule | None = None
        key: str | None
        match table.by:
            case "region":
                key, rule = self.region()
            case "year":
                key = str(self.snapshot.as_of.year)
            case "group":
                found = self.attribute("group")
                key = str(found) if found else None
            case "level":
                key = self.snapshot.unit.level.value
            case _:
                value = self.attribute(table.attribute)
                key = str(value).lower() if isinstance(value, bool) else value
        if key is None:
            return None
        chosen = table.otherwise
        for label, inner in table.rows.items():
            first, _, last = label.partition("-")
            if int(first) <= int(key) <= int(last or first) if table.by == "year" else label == key:
                chosen = inner
        self.seen[f"row by {table.by}"] += 1
        found = None if chosen is None else self.resolve(item, chosen, unit)
        if found is None or rule is None:
            return found
        self.seen["row by a region rule"] += 1
        return found[0], max(found[1], rule.source.verification.value, key=STRONGEST_FIRST.index)

    def group_by_rule(self) -> str | None:
        """The one group the facts speak for, where they are all known."""
        answers = [(rule, self.condition(None, rule.when)) for rule in self.pack.group_rules if rule.when]
        if any(answer is UNKNOWN for _, answer in answers):
            return None
        fitting = {rule.group.value for rule, answer in answers if answer is MET}
        fitting = fitting or {rule.group.value for rule in self.pack.group_rules if not rule.when}
        return fitting.pop() if len(fitting) == 1 else None

    def region(self) -> Region:
        day = self.snapshot.as_of
        for rule in self.pack.region_rules:
            begun, over = (rule.valid.start or day) <= day, (rule.valid.end or day) < day
            if not begun or over:
                self.seen["region rule of another time"] += 1
                continue
            moved = self.condition(None, rule.when)
            if moved is MET:
                return Region(rule.region.value, rule)
            if moved is UNKNOWN:
                return Region(None)
        own = self.snapshot.unit.region
        return Region(None if own is None else own.value)

    def multiplied(self, multiple: Multiple, unit: str) -> tuple[Fraction, str] | None:
        """The other pack's only threshold, in ``unit``, for the same unit and day."""
        name, code = multiple.target
        other = self.catalogue.named(name, self.snapshot.as_of)
        if self.snapshot.as_of not in other.valid:
            return None
        target = other[code].on(self.snapshot.as_of)
        (only,) = [part for _, part in walk(target.requires) if isinstance(part, MeasureCondition)]
        there = self.catalogue.measures_for(other)[only.measure].unit
        found = self.within(other).resolve(target, only.threshold, there)
        return None if found is None else (found[0] * scale(there) / scale(unit), found[1])

    def within(self, other: Pack) -> Naive:
        return Naive(other, self.snapshot, self.catalogue, self.trust, self.seen)

    def children(
        self, item: Indicator, which: Children, asked: ShareCondition | CountCondition | None, of: str
    ) -> Verdict:
        """Every number of children that may meet the pack is tried; ``asked`` is ``None`` where all of them must."""
        total = met = unknown = 0
        for level in which.level:
            if level not in self.snapshot.children:
                return UNKNOWN
            counts = self.snapshot.children[level]
            total += counts.total
            low, high = self.counted(counts, which.meeting, tell=True)
            if self.at_odds(counts, which.meeting):
                self.seen["counts of titles that build on each other at odds"] += 1
                low, high = 0, counts.total
            met, unknown = met + low, unknown + high - low
        possible = range(met, met + unknown + 1)
        if total == 0 and of == "share":
            return NOT_APPLICABLE
        if asked is None:
            return agreed(of_truth(meeting == total) for meeting in possible)
        if of == "count":
            return self.compared(item, asked.op, asked.threshold, "unit", map(Fraction, possible))
        shares = [Fraction(100 * meeting, total) for meeting in possible]
        return self.compared(item, asked.op, asked.threshold, "percent", shares)

    def counted(self, counts: ChildCounts, meeting: str, *, tell: bool = False) -> tuple[int, int]:
        """How many children meet a pack, at least and at most."""
        spoken = {*counts.meeting, *counts.unknown}
        same_title = [name for name in sorted(spoken) if self.same_set(name, meeting)]
        named = meeting if meeting in spoken else next(iter(same_title), None)
        if named is None:
            return 0, counts.total
        self.seen["children counted under another pack of the title"] += tell and named != meeting
        met = counts.meeting.get(named, 0)
        return met, met + counts.unknown.get(named, 0)

    def at_odds(self, counts: ChildCounts, meeting: str) -> bool:
        """Whether more children meet a title than meet one that it asks for first; any of the two is ``meeting``."""
        others = {self.title(name) for name in (*counts.meeting, *counts.unknown)}
        pairs = [(other, meeting) for other in others if self.title(meeting) in self.first(other)]
        pairs += [(meeting, lower) for lower in self.first(self.title(meeting))]
        return any(self.counted(counts, one)[0] > self.counted(counts, lower)[1] for one, lower in pairs)

    def first(self, title: str) -> set[str]:
        """The titles that one asks for first, by a prerequisite or a criterion of nothing else."""
        pack = self.asked(title)
        items = [*pack.prerequisites, *(one.indicators[0] for one in pack.criteria if len(one.indicators) == 1)]
        asked = [part for item in items if item.applies_if is None for part in conjuncts(item.requires)]
        lower = {self.title(part.meets) for part in asked if isinstance(part, MeetsCondition)} - {title}
        lower = {one for one in lower if {*pack.applies_to} <= {*self.asked(one).applies_to}}
        return lower.union(*map(self.first, lower))

    def judge(self, other: Pack) -> dict[str, Verdict] | None:
        """The other pack's verdicts, where it is for this kind of unit and in force."""
        concerned = self.snapshot.unit.level in other.applies_to and self.snapshot.as_of in other.valid
        return self.within(other).answer() if concerned else None

    def meets(self, reference: str) -> Verdict:
        asked = self.catalogue.named(reference, self.snapshot.as_of)
        if any(self.in_force(held, asked) for held in self.snapshot.recognitions):
            self.seen["recognition in force"] += 1
            return MET
        found = self.judge(asked)
        return UNKNOWN if found is None else found[asked.id]

    def same_set(self, counted: str, asked: str) -> bool:
        """Whether children were counted under the title that is asked for, and no other edition of it."""
        if self.title(counted) != self.title(asked):
            return False
        return "@" not in counted or self.catalogue.root_of(counted) == self.asked(asked).root

    def asked(self, reference: str) -> Pack:
        return self.catalogue.named(reference, self.snapshot.as_of)

    def title(self, reference: str) -> str:
        return self.catalogue.title_of(reference, self.snapshot.as_of)

    def in_force(self, held: Recognition, asked: Pack) -> bool:
        """Whether a decision gives the title that ``asked`` awards, under the set as it reads now, on this day."""
        day = self.snapshot.as_of
        if self.title(held.pack) != asked.title_id:
            return False
        base = self.catalogue.load(asked.root)
        same_edition = self.catalogue.root_of(held.pack) == asked.root if "@" in held.pack else held.on in base.valid
        gone = (held.revoked is not None and held.revoked <= day) or (held.until is not None and held.until < day)
        return same_edition and held.on <= day and not gone

    def unmet_share(self, item: Indicator, condition: UnmetShareCondition) -> Verdict:
        other = self.catalogue.named(condition.unmet_share_of, self.snapshot.as_of)
        found = self.judge(other)
        if found is None:
            return UNKNOWN
        criteria = {criterion.code: found[f"C:{criterion.code}"] for criterion in other.criteria}
        applying = [verdict for verdict in criteria.values() if verdict is not NOT_APPLICABLE]
        unmet, unknown = applying.count(NOT_MET), applying.count(UNKNOWN)
        limit = self.limit(item, condition.threshold, "percent")
        share = UNKNOWN if applying else NOT_APPLICABLE
        if limit is not None and applying:
            needed = limit * len(applying) / 100
            share = agreed(
                of_truth(COMPARE[condition.op](Fraction(unmet + more), needed)) for more in range(unknown + 1)
            )
        if not condition.including_any:
            return share
        named = [criteria[code] for code in condition.including_any]
        among = of_truth(NOT_MET in named) if NOT_MET in named or UNKNOWN not in named else UNKNOWN
        self.seen["unmet share with named criteria"] += 1
        return at_least(None, [share, among])
