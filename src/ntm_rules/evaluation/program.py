"""A pack compiled for a context: built once, run for every unit of that context."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache

from ..assessment.doubt import Doubt
from ..assessment.model import Assessment
from ..assessment.parts import Responsible, UnitRef
from ..assessment.writing import Fragments
from ..errors import EvaluationError, Place, Problem
from ..pack.catalogue import Catalogue
from ..pack.codes import read_code
from ..pack.model import Pack
from ..recent import Recent
from ..snapshot.observation import Finding, Observation
from ..verdict import conjunction
from .axes import stretch
from .doubts import doubts
from .explained import Explained
from .facts import EvaluationContext, FindingsByCode, Judge
from .form import Whole
from .lowering import lowered
from .made_by import made_by
from .resolve import Context, Resolver

Observed = tuple[Observation, ...]
_SOUND = 256


class Program:
    """What judging a pack in a context comes to. Built once, run for every unit of that context."""

    def __init__(self, whole: Whole, context: Context, catalogue: Catalogue) -> None:
        pack = self.pack = whole.pack
        self.context = context
        resolver = Resolver(pack, context, catalogue)
        self._fragments = Fragments()
        judges = Explained(resolver, self._fragments.fixed)
        self.region, self.rule = resolver.region, resolver.region_rule
        self.group, self.group_rule = resolver.group, resolver.group_rule
        self._group_citation = resolver.citation(self.group_rule.source) if self.group_rule else None
        open_facts, self._group_several = resolver.group_open()
        self._group_facts = tuple(map(pack.attribute_name, open_facts))
        self._rule_citation = resolver.citation(self.rule.source) if self.rule else None
        self._prerequisites: tuple[Judge, ...] = tuple(map(judges.fold, whole.prerequisites))
        self._criteria: tuple[Judge, ...] = tuple(map(judges.fold, whole.criteria))
        self._grades: tuple[Judge, ...] = tuple(map(judges.fold, whole.grades))
        # With what was observed and raised no doubt, by identity.
        self._asked = tuple((name, one, Recent[int, Observed](_SOUND)) for name, one in judges.asked.items())
        self._authorities = tuple(
            (one.valid, Responsible(one.act, one.who, resolver.citation(one.source))) for one in pack.authorities
        )
        # Who is responsible on the day last asked about.
        self._on: tuple[date | None, tuple[Responsible, ...]] = None, ()
        codes = [item.code for item in pack.coded()]
        self._made_by = made_by(pack, catalogue, pack._written)
        self._codes = frozenset((*codes, *(criterion.code for criterion in pack.criteria)))

    def run(self, facts: EvaluationContext) -> Assessment:
        """The assessment of one unit.

        Raises:
            EvaluationError: a finding on a code the pack does not have.
        """
        findings = self._findings(facts)
        prerequisites = tuple([prerequisite(facts, findings) for prerequisite in self._prerequisites])
        criteria = tuple([criterion(facts, findings) for criterion in self._criteria])
        verdict = conjunction([*(item.verdict for item in prerequisites), *(item.verdict for item in criteria)])
        unit, pack, rule, seen = facts.snapshot.unit, self.pack, self.rule, facts.measures
        return Assessment(
            pack.reference,
            pack.title,
            UnitRef(unit.id, unit.level, unit.name, unit.province or "", unit.region, unit.group),
            facts.snapshot.as_of,
            verdict,
            prerequisites,
            criteria,
            self.context.trust,
            self.region,
            rule.text if rule else None,
            self._rule_citation,
            pack.incomplete,
            pack.notes,
            self.group,
            self.group_rule.group if self.group_rule else None,
            self.group_rule.text if self.group_rule else None,
            self._group_citation,
            restates=pack.restates,
            grades=tuple([grade(facts, findings) for grade in self._grades]),
            doubts=tuple(self._doubts(seen, facts.snapshot.as_of)),
            group_facts=self._group_facts,
            group_several=self._group_several,
            made_by=self._made_by,
            authorities=self._responsible(facts.snapshot.as_of),
        ).written_by(self._fragments)

    def _responsible(self, day: date) -> tuple[Responsible, ...]:
        known = self._on
        if known[0] != day:
            known = self._on = day, tuple([who for valid, who in self._authorities if day in valid])
        return known[1]

    def _doubts(self, seen: Mapping[str, Observed], day: date) -> Iterator[Doubt]:
        for name, measure, sound in self._asked:
            observed = seen.get(name)
            if observed is None or id(observed) in sound:
                continue
            found = tuple(doubts(measure, observed, day))
            if not found and all(one.on is None for one in observed):
                sound.keep(id(observed), observed)
            yield from found

    def _findings(self, facts: EvaluationContext) -> FindingsByCode:
        pack, given = self.pack, facts.snapshot.findings
        found: FindingsByCode = given.get(pack.id, {})
        for name in pack.names[1:]:
            if more := given.get(name):
                found = {code: (*found.get(code, ()), *more.get(code, ())) for code in (*found, *more)}
        return found if self._codes.issuperset(found) else self._spelled(found, facts)

    def _spelled(self, given: FindingsByCode, facts: EvaluationContext) -> FindingsByCode:
        """Findings under the pack's own codes, of some that were given as people write them."""
        found: dict[str, tuple[Finding, ...]] = {}
        problems: list[Problem] = []
        for code, findings in sorted(given.items()):
            meant = read_code(code, self._codes, self.pack.reference)
            if isinstance(meant, Problem):
                problems.append(meant.at(Place(path=f"{facts.snapshot.unit.id}.findings.{self.pack.id}.{code}")))
            else:
                found[meant] = (*found.get(meant, ()), *findings)
        if problems:
            raise EvaluationError(*problems)
        return found


@lru_cache(maxsize=512)
def compiled(pack: Pack, context: Context, catalogue: Catalogue, written: str) -> Program:
    """The last ones used are kept, so that many units of one context compile once.

    Equal packs may be ``written`` otherwise, and an answer says as it stands there.
    """
    return Program(lowered(pack, context, catalogue), context, catalogue)


def program(pack: Pack, context: Context, catalogue: Catalogue) -> Program:
    """The compiled pack of a context: one for all the days between which nothing reads differently."""
    return compiled(pack, context._replace(on=stretch(pack, context.on, catalogue)), catalogue, pack._written)
