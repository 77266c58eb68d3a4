"""What differs between two packs, indicator by indicator, per region and year."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import NamedTuple

import msgspec

from ..assessment.parts import ReasonCode
from ..evaluation.resolve import Resolver
from ..messages import Lang, Text, say
from ..normalization import fold
from ..pack.condition import Comparison as Compared
from ..pack.condition import MeasureCondition, walk
from ..pack.indicator import Indicator
from ..pack.model import Pack
from ..pack.requirement import Requirements, Setting
from ..territory import Level, Region
from .cases import OTHER, SOME_DAY, Case, Universe, Value
from .formula import Formula, conjuncts, every
from .reading import variable_of, words_of
from .standing import Examiner, case_dict, numbers
from .strictness import Answer, Given, Outcome, Why


class DifferenceKind(StrEnum):
    """How the first pack differs from the second at one place."""

    ADDED = "added"
    REMOVED = "removed"
    TIGHTENED = "tightened"
    LOOSENED = "loosened"
    ALTERED = "altered"
    FILLED = "filled"
    OPEN = "open"
    REWORDED = "reworded"


class Alike(msgspec.Struct, frozen=True):
    """An indicator of the other pack that may be the same subject in other words; ``score`` in per cent. A hint."""

    code: str
    score: int


class Difference(msgspec.Struct, frozen=True):
    """One difference and the cases it is seen in; ``before`` is what the second pack asks, ``after`` the first.

    ``code`` is the first pack's, ``other_code`` the second's; one that has no counterpart is empty, and ``alike`` are
    those without a counterpart on the other side whose words are like its own.
    """

    kind: DifferenceKind
    code: str
    other_code: str
    text: Text
    before: Text
    after: Text
    cases: tuple[Case, ...] = ()
    alike: tuple[Alike, ...] = ()

    def sentence(self, lang: Lang = "vi") -> str:
        """The difference in words, without the cases."""
        codes = dict.fromkeys(code for code in (self.code, self.other_code) if code)
        more = say("compare.from_to", lang, before=self.before, after=self.after)
        told = "; ".join(say("compare.alike", lang, code=one.code, score=one.score) for one in self.alike)
        hint = f" ({say('compare.maybe', lang, told=told)})" if told else ""
        said = say(
            "compare.difference",
            lang,
            kind=say(f"difference.{self.kind}", lang),
            code=" ↔ ".join(codes),
            text=self.text,
            more=f": {more}" if self.before != self.after else "",
        )
        return f"{said}{hint}"

    def to_dict(self) -> dict[str, object]:
        """Plain JSON-ready data."""
        return {
            "kind": self.kind.value,
            "code": self.code,
            "other_code": self.other_code,
            "text": {"vi": self.sentence("vi"), "en": self.sentence("en")},
            "alike": [msgspec.to_builtins(one) for one in self.alike],
            "cases": [case_dict(case) for case in self.cases],
        }


class _Side(NamedTuple):
    """An indicator in one case: the formula, and its requirement in words."""

    formula: Formula
    requires: Text
    parts: dict[str, Text]
    unresolved: bool
    delegated: bool


# From so many words in common on, in per cent, two indicators may be one subject.
_ALIKE = 60


def _alike(item: Indicator, others: Iterable[Indicator]) -> tuple[Alike, ...]:
    """Those among the others that share most of its words, the nearest first."""
    mine = Counter(re.findall(r"\w+", fold(item.text.vi)))
    found = []
    for other in others:
        theirs = Counter(re.findall(r"\w+", fold(other.text.vi)))
        score = 200 * (mine & theirs).total() // (mine.total() + theirs.total() or 1)
        if score >= _ALIKE:
            found.append(Alike(other.code, score))
    return tuple(sorted(found, key=lambda one: -one.score))


class Differences:
    """Goes through what two packs ask, indicator by indicator and case by case."""

    def __init__(self, examiner: Examiner) -> None:
        self.first, self.second = examiner.first, examiner.second
        self.catalogue, self.trust, self.measures = examiner.catalogue, examiner.trust, examiner.measures
        self.reader, self.searched = examiner.reader, examiner.searched
        self.filled_by = examiner.filled_by
        self.same_set = self.first.title_id == self.second.title_id and _numbered_alike(self.first, self.second)
        # Moments of one kind are held against each other once.
        moments = list(self._moments(examiner.universe))
        self.universe = tuple(case for case, _, _ in moments)
        self.moments: dict[tuple[Case, Case], list[int]] = {}
        for number, (_, first, second) in enumerate(moments):
            self.moments.setdefault((first, second), []).append(number)
        self._outcomes: dict[tuple[Formula, Formula], Outcome] = {}

    def _moments(self, together: Universe) -> Iterator[tuple[Case, Case, Case]]:
        """Each case with the first of its kind for the one pack and for the other."""
        if together.cases:
            kind = together.kinds
            yield from ((case, kind[case], kind[case]) for case in together.cases)
            return
        one, other = (Universe.of((pack,), self.catalogue) for pack in (self.first, self.second))
        mine, theirs = one.kinds, other.kinds
        for case, facing in self._at_the_turn(one.cases, other.cases):
            # Told with what either pack asks of the unit, so that a figure is not said of units it does not hold for.
            more = {name: value for name, value in case.attributes if value != OTHER}
            attributes = dict(case.attributes) | dict(facing.attributes) | more
            told = case._replace(group=case.group or facing.group, attributes=tuple(attributes.items()))
            yield told, mine[case], theirs[facing]

    def _at_the_turn(self, mine: tuple[Case, ...], theirs: tuple[Case, ...]) -> list[tuple[Case, Case]]:
        """For packs never in force together: the last words of the older one against the first of the newer."""
        if not mine or not theirs:
            return []
        mine_last = mine[0].day < theirs[0].day
        at, other_at = (mine[-1], theirs[0]) if mine_last else (mine[0], theirs[-1])
        known, other_known = _values(mine), _values(theirs)
        facing: dict[tuple[Level, Region], list[Case]] = {}
        for case in theirs:
            if case.span == other_at.span:
                facing.setdefault((case.level, case.region), []).append(case)
        return [
            (case, other)
            for case in mine
            if case.span == at.span
            for other in facing.get((case.level, case.region), ())
            if case.group is other.group or None in (case.group, other.group)
            if _one_unit(dict(case.attributes), known, dict(other.attributes), other_known)
        ]

    def found(self) -> Iterator[Difference]:
        """Every difference, in the order of the second pack, then what only the first has."""
        pairs = list(self._pairs())
        for mine, theirs in pairs:
            yield from self._of_pair(mine, theirs)
        taken = {mine.code for mine, _ in pairs}, {theirs.code for _, theirs in pairs}
        nothing = Text("", "")
        added = [mine for mine in _items(self.first) if mine.code not in taken[0]]
        removed = [theirs for theirs in _items(self.second) if theirs.code not in taken[1]]
        for theirs in removed:
            alike = _alike(theirs, added)
            yield Difference(DifferenceKind.REMOVED, "", theirs.code, theirs.text, nothing, nothing, alike=alike)
        for mine in added:
            yield Difference(
                DifferenceKind.ADDED, mine.code, "", mine.text, nothing, nothing, alike=_alike(mine, removed)
            )

    def _pairs(self) -> Iterator[tuple[Indicator, Indicator]]:
        """By code within one set; between sets by the measures both ask for, else by the same words."""
        mine = {item.code: item for item in _items(self.first)}
        for theirs in _items(self.second):
            if self.same_set:
                if theirs.code in mine:
                    yield mine[theirs.code], theirs
                continue
            shared = [one for one in mine.values() if not _ever_asked(theirs).isdisjoint(_ever_asked(one))]
            same_words = [one for one in mine.values() if words_of(one.text) == words_of(theirs.text)]
            yield from ((one, theirs) for one in shared or same_words)

    def _of_pair(self, mine: Indicator, theirs: Indicator) -> Iterator[Difference]:
        found: dict[tuple[DifferenceKind, Text, Text], list[int]] = {}
        for (case, other_case), alike in self.moments.items():
            one, other = mine.on(case.day), theirs.on(other_case.day)
            shared = _asked(one) & _asked(other)
            about = frozenset[str]() if self.same_set else shared
            after = self._side(self.first, one, case, about, shared)
            before = self._side(self.second, other, other_case, about, shared, self.filled_by)
            if self.same_set:
                after, before = _only_what_differs(after, before)
            kind = self._kind(after, before, words_of(one.text) == words_of(other.text))
            if kind is not None:
                found.setdefault((kind, before.requires, after.requires), []).extend(alike)
        for (kind, before_text, after_text), where in found.items():
            cases = tuple(self.universe[number] for number in sorted(where))
            yield Difference(kind, mine.code, theirs.code, mine.text, before_text, after_text, cases)

    def _kind(self, mine: _Side, theirs: _Side, same_words: bool) -> DifferenceKind | None:
        forth, back = self._outcome(mine.formula, theirs.formula), self._outcome(theirs.formula, mine.formula)
        up, down = forth.answer is Answer.PROVED, back.answer is Answer.PROVED
        reworded = DifferenceKind.REWORDED if self.same_set and not same_words else None
        if up and down:
            return DifferenceKind.FILLED if theirs.delegated and not mine.unresolved else reworded
        if up or down:
            return DifferenceKind.TIGHTENED if up else DifferenceKind.LOOSENED
        if mine.requires == theirs.requires and (forth.why, back.why) != (None, None):
            return reworded
        if Why.UNRESOLVED in (forth.why, back.why):
            return DifferenceKind.OPEN
        return DifferenceKind.ALTERED

    def _outcome(self, given: Formula, wanted: Formula) -> Outcome:
        key = given, wanted
        if key not in self._outcomes:
            self._outcomes[key] = worst(map(Given((given,), self.searched).implies, conjuncts(wanted)))
        return self._outcomes[key]

    def _side(
        self,
        pack: Pack,
        indicator: Indicator,
        case: Case,
        about: frozenset[str],
        shared: frozenset[str],
        filled_by: Pack | None = None,
    ) -> _Side:
        """The indicator in a case: whole, or only what it asks ``about`` some measures."""
        clauses = self.reader.read(pack, case, filled_by=filled_by).clauses
        formula = every(clause.formula for clause in clauses if clause.code == indicator.code)
        if about:
            variables = {variable_of(self.measures[name]) for name in about}
            of_these = [part for part in conjuncts(formula) if variables.intersection(numbers(part))]
            # Where nothing is asked of them in this case, what is asked instead is the other side of the comparison.
            formula, about = (every(of_these), about) if of_these else (formula, frozenset())
        resolver = Resolver(pack, case.context(self.trust), self.catalogue)
        vi, en = (self._words(pack, case, lang) for lang in ("vi", "en"))
        asked = [part for _, part in walk(indicator.requires) if isinstance(part, Compared)]
        required = [resolver.required(indicator, part, vi.unit_of(part) or "unit") for part in asked]
        parts = {
            name: Text(_say(vi, indicator, frozenset((name,))), _say(en, indicator, frozenset((name,))))
            for name in shared
        }
        return _Side(
            formula,
            Text(_say(vi, indicator, about), _say(en, indicator, about)),
            parts,
            unresolved=any(one.amount is None for one in required),
            delegated=any(one.reason and one.reason.code is ReasonCode.THRESHOLD_DELEGATED for one in required),
        )

    def _words(self, pack: Pack, case: Case, lang: Lang) -> Requirements:
        setting = Setting(case.level, case.region, dict(case.attributes), case.day, case.group)
        return Requirements(pack, self.catalogue.measures_for(pack), lang, self.catalogue, setting)


def _values(found: tuple[Case, ...]) -> dict[str, set[Value]]:
    """What values of each attribute some cases tell apart."""
    values: dict[str, set[Value]] = {}
    for case in found:
        for name, value in case.attributes:
            values.setdefault(name, set()).add(value)
    return values


def _one_unit(
    mine: dict[str, Value], known: dict[str, set[Value]], theirs: dict[str, Value], other_known: dict[str, set[Value]]
) -> bool:
    """Whether one unit can have both; "another value" for the one pack may be any that only the other knows."""
    return all(
        mine[name] == theirs[name]
        or (mine[name] == OTHER and theirs[name] not in known[name])
        or (theirs[name] == OTHER and mine[name] not in other_known[name])
        for name in mine.keys() & theirs.keys()
    )


def _numbered_alike(first: Pack, second: Pack) -> bool:
    """Whether the same codes mean the same things, by their words or measures: a set of a later period may have other
    contents under the codes of the one before."""
    theirs = {item.code: item for item in _items(second)}
    both = [(item, theirs[item.code]) for item in _items(first) if item.code in theirs]
    alike = [
        words_of(one.text) == words_of(other.text) or not _ever_asked(one).isdisjoint(_ever_asked(other))
        for one, other in both
    ]
    return 2 * sum(alike) >= len(alike)


def _only_what_differs(one: _Side, other: _Side) -> tuple[_Side, _Side]:
    """Where some measures are asked alike, only the others are told."""
    differ = [name for name in one.parts if one.parts[name] != other.parts[name]]
    if not differ:
        return one, other

    def told(side: _Side) -> _Side:
        vi, en = ("; ".join(side.parts[name].text(lang) for name in differ) for lang in ("vi", "en"))
        return side._replace(requires=Text(vi, en))

    return told(one), told(other)


def _say(asks: Requirements, indicator: Indicator, shared: frozenset[str]) -> str:
    """What the indicator asks, or only what it asks of the shared measures; one alone needs no name."""
    asked = [part for _, part in walk(indicator.requires) if isinstance(part, MeasureCondition)]
    chosen = [part for part in asked if part.measure in shared]
    if not chosen:
        return asks.requirement(indicator)
    if len({part.measure for part in asked}) == 1:
        return "; ".join(dict.fromkeys(asks.compared(indicator, part) for part in chosen))
    return "; ".join(dict.fromkeys(asks.condition(indicator, part) for part in chosen))


def worst(outcomes: Iterable[Outcome]) -> Outcome:
    """Of some answers the one that stands against them all: a refutation, then an open one."""
    found = Outcome(Answer.PROVED)
    for outcome in outcomes:
        if outcome.answer is Answer.REFUTED:
            return outcome
        if outcome.answer is Answer.UNDETERMINED:
            found = outcome
    return found


def _items(pack: Pack) -> tuple[Indicator, ...]:
    return (*pack.prerequisites, *pack.indicators())


def _asked(indicator: Indicator) -> frozenset[str]:
    return frozenset(part.measure for _, part in walk(indicator.requires) if isinstance(part, MeasureCondition))


def _ever_asked(indicator: Indicator) -> frozenset[str]:
    return _asked(indicator).union(
        *(_asked(indicator.on(v.valid.start or v.valid.end or SOME_DAY)) for v in indicator.versions)
    )
