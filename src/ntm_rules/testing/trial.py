"""One try at a law: facts drawn for a pack, the answers to them, and what was found wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from hypothesis import event
from hypothesis import strategies as st

from ..assessment.model import Assessment, Check, GroupCheck, IndicatorResult, MeetsCheck, UnmetShareCheck
from ..evaluation.evaluate import evaluate
from ..messages import Lang, Text, in_both, say
from ..pack.legal import Verification
from ..snapshot.model import Snapshot
from ..verdict import Verdict
from .observing import Kind, snapshots
from .writing import Draw, World


class Broken(AssertionError):
    """A law that does not hold: on which code, and the cases that show it, each with the answer given.

    ``cases`` pairs each snapshot with its answer; ``names`` are what the measures are called.
    """

    def __init__(
        self,
        law: str,
        code: str,
        about: Text,
        cases: tuple[tuple[Snapshot, Answer], ...],
        names: Mapping[str, Text],
        **params: Any,
    ) -> None:
        self.law, self.code, self.about, self.cases, self.names, self.params = law, code, about, cases, names, params
        super().__init__(self.text("en"))

    def text(self, lang: Lang = "vi") -> str:
        """The violation as a person can check it: what was expected, then each case with its answer."""
        where = f"{self.code} ({self.about.text(lang)})" if self.about.text(lang) else self.code
        shown = {name: _answer(value, lang) for name, value in self.params.items()}
        if "measure" in shown:
            shown["measure"] = self.names.get(shown["measure"], Text(shown["measure"])).text(lang)
        lines = [say(f"broken.{self.law}", lang, code=where, **shown)]
        for snapshot, answer in self.cases:
            lines.append(f"  {say('law.case', lang)}: {facts_text(snapshot, self.names, lang)}")
            lines.append(f"    → {_answer(answer, lang)}")
        return "\n".join(lines)


Answer = Verdict | Text | str


def _answer(answer: object, lang: Lang) -> str:
    if isinstance(answer, Verdict):
        return say(f"verdict.{answer}", lang)
    return answer.text(lang) if isinstance(answer, Text) else str(answer)


def facts_text(snapshot: Snapshot, names: Mapping[str, Text], lang: Lang) -> str:
    """The facts of a snapshot on one line."""
    unit = snapshot.unit
    parts = [unit.level.text(lang), *([unit.region.text(lang)] if unit.region else []), snapshot.as_of.isoformat()]
    parts += [f"{name}: {value}" for name, value in unit.attributes.items()]
    for name, observed in snapshot.measures.items():
        parts += [f"{names.get(name, Text(name)).text(lang)} = {one.value.text(lang)}" for one in observed]
    for pack, findings in snapshot.findings.items():
        for code, said in findings.items():
            parts += [f"{pack} {code}: {say(f'finding.{one.finding}', lang)}" for one in said]
    parts += [f"{say('law.holds', lang)} {held.pack} ({held.on})" for held in snapshot.recognitions]
    for level, counts in snapshot.children.items():
        met = ", ".join(f"{pack} {count}" for pack, count in counts.meeting.items())
        parts.append(f"{counts.total} {level.text(lang)} ({met})" if met else f"{counts.total} {level.text(lang)}")
    return "; ".join(parts)


class Trial:
    """What a law is tried on. ``seen`` counts the cases that could have broken it, by kind.

    ``known`` are codes already found to break the law; a law about single requirements passes over them.
    """

    def __init__(self, world: World, draw: Draw[Any], law: str, known: frozenset[str] = frozenset()) -> None:
        self.world, self.draw, self.law, self.known = world, draw, law, known
        self.trust: Verification = draw(st.sampled_from([Verification.UNCERTAIN, *Verification]))
        self.seen: Counter[str] = Counter()

    def snapshot(self, *kinds: Kind) -> Snapshot:
        """A snapshot of one of these kinds (any, unless said)."""
        kind = self.draw(st.sampled_from(kinds or ("partial", "complete", "hostile")))
        drawn: Snapshot = self.draw(snapshots(self.world.pack, kind, trust=self.trust, catalogue=self.world.catalogue))
        return drawn

    def assess(self, snapshot: Snapshot, trust: Verification | None = None) -> Assessment:
        """What the pack comes to on it."""
        return evaluate(self.world.pack, snapshot, trust=trust or self.trust, catalogue=self.world.catalogue)

    def saw(self, what: str) -> None:
        """Note a case that the law speaks about."""
        event(f"{self.law}: {what}")
        self.seen[what] += 1

    def broken(self, code: str, *cases: tuple[Snapshot, Answer], **params: Any) -> Broken:
        """The violation to raise."""
        pack, catalogue = self.world
        texts = {item.code: item.text for item in (*pack.prerequisites, *pack.indicators())}
        texts |= {item.code: item.title for item in pack.criteria if item.code not in texts}
        names = {name: measure.name for name, measure in catalogue.measures_for(pack).items()}
        return Broken(self.law, code, texts.get(code, Text("")), cases, names, **params)


class Law(NamedTuple):
    """A law, and how it is tried.

    ``concerns`` says whether a pack has anything the law speaks about. ``each`` laws are about single requirements:
    of a pack that breaks one, every code that does is reported.
    """

    name: str
    test: Callable[[Trial], None]
    concerns: Callable[[World], bool]
    each: bool = False

    @property
    def statement(self) -> Text:
        """The law in words."""
        return in_both(f"law.{self.name}")


def every_check(check: Check) -> Iterator[Check]:
    """A check and all inside it, also the branches that were not chosen."""
    yield check
    if isinstance(check, GroupCheck):
        for part in check.parts:
            yield from every_check(part)


def assessments(assessment: Assessment) -> Iterator[Assessment]:
    """An assessment and those of other packs that it holds."""
    yield assessment
    for _, check in checks(assessment):
        if isinstance(check, (MeetsCheck, UnmetShareCheck)) and check.assessment is not None:
            yield from assessments(check.assessment)


def results(assessment: Assessment) -> Iterator[IndicatorResult]:
    """The results of prerequisites and indicators."""
    yield from assessment.prerequisites
    yield from assessment.indicators()


def checks(assessment: Assessment) -> Iterator[tuple[IndicatorResult, Check]]:
    """Every check of an assessment with the result it belongs to; guards included."""
    for result in results(assessment):
        for root in (result.check, *((result.applies,) if result.applies is not None else ())):
            for check in every_check(root):
                yield result, check
