"""Is one pack at least as strict as another? An answer for every case, with a snapshot that shows it where not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import msgspec

from ..messages import Lang, Text, say
from ..pack.catalogue import Catalogue
from ..pack.legal import Verification
from ..pack.measure import Measure
from ..pack.model import Pack
from ..pack.related import involved
from ..quantity.amount import Amount
from ..snapshot.model import Snapshot
from .cases import Case, Names, Universe, where_text
from .formula import Formula, Variable, World, conjuncts, names
from .reading import Childless, Reader, Reading, childless_cases, terms_of
from .strictness import Answer, Given, Outcome, Searched, Why
from .witness import failing, snapshot_of, spread, standing_in, value_in


class Point(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing the second pack asks that the first does not certainly include.

    ``observed`` are the figures of a unit that meets the first pack and fails this; ``asked`` says whether the first
    pack asks for those figures at all.
    """

    code: str
    text: Text
    answer: Answer
    why: Why | None = None
    measures: tuple[str, ...] = ()
    observed: tuple[tuple[Text, Amount], ...] = ()
    asked: bool = True

    def sentence(self, lang: Lang = "vi") -> str:
        """The point in words."""
        if self.why:
            return say(f"compare.why.{self.why}", lang, codes=self.code)
        figures = ", ".join(f"{name.text(lang)}: {amount.text(lang)}" for name, amount in self.observed)
        key = "compare.laxer" if self.asked else "compare.not_asked"
        return say(key, lang, code=self.code, text=self.text, figures=f"({figures})" if figures else "")


class CaseAnswer(msgspec.Struct, frozen=True):
    """The answer in one case. ``impossible``: nothing can meet the first pack here, so it holds for no reason."""

    case: Case
    answer: Answer
    points: tuple[Point, ...] = ()
    counterexample: Snapshot | None = None
    impossible: bool = False

    def at(self, case: Case) -> CaseAnswer:
        """The same answer in a case that reads alike."""
        example = None if self.counterexample is None else standing_in(self.counterexample, case)
        return msgspec.structs.replace(self, case=case, counterexample=example)


class Strictness(msgspec.Struct, frozen=True):
    """Whether everything that meets the first pack meets the second, for every region, year, level and attribute.

    Complete snapshots are meant: every figure is there, nothing contradicts, and no title is held by an earlier
    decision. ``prerequisites`` says whether the whole packs are compared or only their criteria.
    """

    prerequisites: bool
    cases: tuple[CaseAnswer, ...]
    names: Names = msgspec.field(default_factory=dict)

    @property
    def answer(self) -> Answer:
        """The answer over all cases: refuted by one, proved by all, else open."""
        answers = {one.answer for one in self.cases}
        if Answer.REFUTED in answers:
            return Answer.REFUTED
        return Answer.PROVED if answers == {Answer.PROVED} else Answer.UNDETERMINED

    @property
    def counterexample(self) -> Snapshot | None:
        """A snapshot that meets the first pack and not the second, where there is one."""
        return next((one.counterexample for one in self.cases if one.counterexample is not None), None)

    def points(self) -> Iterator[tuple[Point, tuple[Case, ...]]]:
        """Every point with the cases it is made in."""
        found: dict[Point, list[Case]] = {}
        for one in self.cases:
            for point in one.points:
                found.setdefault(point, []).append(one.case)
        yield from ((point, tuple(where)) for point, where in found.items())

    def text(self, lang: Lang = "vi") -> str:
        """The answer, where it holds, and what stands against it."""
        scope = say("compare.whole" if self.prerequisites else "compare.criteria", lang)
        if not self.cases:
            return say("compare.never_together", lang, scope=scope)
        lines = [say(f"compare.{self.answer}_all", lang, scope=scope)]
        universe = [one.case for one in self.cases]

        def placed(where: Iterable[Case]) -> str:
            return where_text(where, universe, lang, self.names)

        by_answer: dict[Answer, list[Case]] = {}
        for one in self.cases:
            by_answer.setdefault(one.answer, []).append(one.case)
        if len(by_answer) > 1:
            for answer, where in by_answer.items():
                lines.append(f"  {say(f'compare.{answer}_here', lang)}: {placed(where)}")
        impossible = [one.case for one in self.cases if one.impossible]
        if impossible:
            lines.append("  " + say("compare.impossible", lang, where=placed(impossible)))
        merged: dict[str, list[Case]] = {}
        still_open: dict[tuple[Why, tuple[Case, ...]], list[str]] = {}
        for point, seen_in in self.points():
            if point.why:
                still_open.setdefault((point.why, seen_in), []).append(point.code)
            else:
                merged.setdefault(point.sentence(lang), []).extend(seen_in)
        lines += [f"  - {words} [{placed(where)}]" for words, where in merged.items()]
        for (why, seen_in), codes in still_open.items():
            words = say(f"compare.why.{why}", lang, codes=", ".join(dict.fromkeys(codes)))
            lines.append(f"  - {words} [{placed(seen_in)}]")
        return "\n".join(lines)

    def to_dict(self) -> dict[str, object]:
        """Plain JSON-ready data."""
        return {
            "prerequisites": self.prerequisites,
            "answer": self.answer.value,
            "cases": [
                {
                    **case_dict(one.case),
                    "answer": one.answer.value,
                    "impossible": one.impossible,
                    "points": [
                        {
                            "code": point.code,
                            "answer": point.answer.value,
                            "why": point.why and point.why.value,
                            "measures": list(point.measures),
                            "text": {"vi": point.sentence("vi"), "en": point.sentence("en")},
                        }
                        for point in one.points
                    ],
                    "counterexample": one.counterexample and one.counterexample.to_dict(),
                }
                for one in self.cases
            ],
        }


def case_dict(case: Case) -> dict[str, Any]:
    """A case as plain data."""
    return {
        "from": case.start and case.start.isoformat(),
        "to": case.end and case.end.isoformat(),
        "level": case.level.value,
        "region": case.region.value,
        "group": case.group and case.group.value,
        "attributes": dict(case.attributes),
    }


class _Side(NamedTuple):
    childless: Childless
    reading: Reading
    given: Given


class Refuted(NamedTuple):
    """A piece of what the second pack asks under a code, and the outcome that refutes it."""

    code: str
    piece: Formula
    outcome: Outcome

    # One and the same piece is one thing, however its outcome reads.
    def __hash__(self) -> int:
        return hash((self.code, self.piece))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Refuted) and (self.code, self.piece) == (other.code, other.piece)


class Examiner:
    """Asks the question for two packs, case by case."""

    def __init__(self, first: Pack, second: Pack, trust: Verification, catalogue: Catalogue) -> None:
        self.first, self.second, self.trust, self.catalogue = first, second, trust, catalogue
        self.reader = Reader(catalogue, trust)
        self.universe = Universe.of((first, second), catalogue)
        self.childless = tuple(childless_cases(involved((first, second), catalogue)))
        self.filled_by = first if second.reference in first.extends else None
        asking = (*involved((first, second), catalogue), second, first)
        measures = self.measures = {name: m for pack in asking for name, m in catalogue.measures_for(pack).items()}
        used = {name for pack in involved((first,), catalogue) for name in pack.measures_used()}
        self.used = tuple(measures[name] for name in sorted(used) if name in measures)
        self.searched = Searched()
        self.seconds = {item.code: item for item in (*second.indicators(), *second.prerequisites)}
        self.first_uses = frozenset(first.measures_used())
        self._spread: dict[int, tuple[World, World]] = {}
        self._given: dict[tuple[frozenset[object], bool], Given] = {}

    def strictness(self, prerequisites: bool) -> Strictness:
        """The answer for every case."""
        found: dict[Case, CaseAnswer] = {}
        for first, alike in self.universe.alike.items():
            answer = self._case(first, prerequisites)
            found.update((case, answer if case is first else answer.at(case)) for case in alike)
        return Strictness(prerequisites, tuple(found[case] for case in self.universe.cases), self.universe.names)

    def _case(self, case: Case, prerequisites: bool) -> CaseAnswer:
        points: dict[tuple[str, frozenset[object]], Point] = {}
        example: Snapshot | None = None
        impossible = False
        for side in self._sides(case, prerequisites):
            impossible = impossible or not side.given.possible()
            asked = self.reader.read(self.second, case, side.childless, self.filled_by)
            refuted: list[Refuted] = []
            for clause in asked.clauses:
                if clause.prerequisite and not prerequisites:
                    continue
                for piece in conjuncts(clause.formula):
                    outcome = side.given.implies(piece)
                    key = clause.code, names(piece)
                    if outcome.answer is Answer.REFUTED:
                        refuted.append(Refuted(clause.code, piece, outcome))
                    elif outcome.answer is Answer.UNDETERMINED and key not in points:
                        points[key] = self._point(clause.code, piece, case, outcome.why)
            shown = self._shown(refuted, case, side, prerequisites)
            for one in refuted:
                why = None if one in shown else Why.UNCONFIRMED
                points[one.code, names(one.piece)] = self._point(one.code, one.piece, case, why, one.outcome.world)
            example = example or next((shown[one] for one in refuted if one in shown), None)
        answers = {point.answer for point in points.values()}
        answer = Answer.REFUTED if Answer.REFUTED in answers else Answer.UNDETERMINED if answers else Answer.PROVED
        order = {clause.code: index for index, clause in enumerate(asked.clauses)}
        ordered = sorted(points.values(), key=lambda point: order.get(point.code, 0))
        return CaseAnswer(case, answer, tuple(ordered), example, impossible)

    def _sides(self, case: Case, prerequisites: bool) -> Iterator[_Side]:
        for childless in self.childless:
            reading = self.reader.read(self.first, case, childless)
            formulas = reading.formulas(prerequisites)
            key = frozenset(formulas), prerequisites
            if key not in self._given:
                self._given[key] = Given(formulas, self.searched)
            yield _Side(childless, reading, self._given[key])

    def _shown(self, refuted: list[Refuted], case: Case, side: _Side, prerequisites: bool) -> dict[Refuted, Snapshot]:
        """What the evaluator says the same of, each with a snapshot.

        The first is shown by facts of its own; the others by as few snapshots as they fit into, and one by one where
        that fails.
        """
        batches: list[tuple[Outcome, list[Refuted]]] = []
        for one in refuted:
            for index, (outcome, members) in enumerate(batches[1:], 1):
                joint = None if one.code in {other.code for other in members} else outcome.beside(one.outcome)
                if joint is not None:
                    batches[index] = joint, [*members, one]
                    break
            else:
                batches.append((one.outcome, [one]))
        shown: dict[Refuted, Snapshot] = {}
        while batches:
            outcome, members = batches.pop()
            snapshot, fails = self._witness(outcome, case, side, prerequisites)
            shown.update((one, snapshot) for one in members if one.code in fails)
            if len(members) > 1:
                batches += [(one.outcome, [one]) for one in members if one not in shown]
        return shown

    def _witness(
        self, outcome: Outcome, case: Case, side: _Side, prerequisites: bool
    ) -> tuple[Snapshot, frozenset[str]]:
        assert outcome.world is not None
        assert outcome.part is not None
        asked = (self.measures[name] for v in outcome.part.spans for name, _ in terms_of(v))
        told = {measure.id: measure for measure in (*self.used, *asked)}
        readings = (side.reading, self.reader.read(self.second, case, side.childless))
        snapshot = snapshot_of(self._spread_out(outcome.world), case, side.childless, readings, told.values())
        return snapshot, failing(snapshot, self.first, self.second, prerequisites, self.trust, self.catalogue)

    def _point(self, code: str, piece: Formula, case: Case, why: Why | None, world: World | None = None) -> Point:
        text = self._text(code, case)
        named = dict.fromkeys(name for variable in numbers(piece) for name, _ in terms_of(variable))
        measures = tuple(self.measures[name] for name in named)
        ids = tuple(measure.id for measure in measures)
        if why is not None or world is None:
            return Point(code, text, Answer.UNDETERMINED, why, ids)
        asked = not ids or not self.first_uses.isdisjoint(ids)
        return Point(code, text, Answer.REFUTED, None, ids, _observed(self._spread_out(world), measures), asked)

    def _spread_out(self, world: World) -> World:
        """The world with its sums spread over their terms; many points are shown by one world."""
        if id(world) not in self._spread:
            # The world is kept beside its answer, so that no other can come to have its id.
            self._spread[id(world)] = world, spread(world, self.measures)
        return self._spread[id(world)][1]

    def _text(self, code: str, case: Case) -> Text:
        if code in self.seconds:
            return self.seconds[code].on(case.day).text
        return next(criterion.title for criterion in self.second.criteria if criterion.code == code)


def numbers(formula: Formula) -> tuple[Variable, ...]:
    """The numbers a formula is about, those of unresolved thresholds included, in a settled order."""
    found = [name for name in names(formula) if isinstance(name, Variable)]
    return tuple(sorted(found, key=lambda variable: str(variable.key)))


def _observed(world: World, measures: Iterable[Measure]) -> tuple[tuple[Text, Amount], ...]:
    return tuple((measure.name, value_in(world, measure)) for measure in measures)
