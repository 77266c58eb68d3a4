"""The answer: an assessment is a frozen tree of verdicts, each with what led to it.

It is plain data (``to_json`` and ``from_json`` are inverse) and knows nothing of how it was computed. The file is long
because its types hold each other (the check of "meets another pack" holds that pack's assessment), and whoever reads
an answer back looks their names up where they stand. The checks of single conditions are in ``check.py``.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Literal, Self

import msgspec

from ..errors import CatalogueError, EvaluationError, MisuseError, Problem, nearest
from ..messages import Lang, Text
from ..pack.legal import Verification
from ..quantity.amount import Amount
from ..snapshot.observation import Finding
from ..territory import Group, Region
from ..verdict import Verdict
from .check import AttributeCheck, ChildrenCheck, FindingCheck, MeasureCheck, TotalCheck
from .conflict import Conflict
from .doubt import Doubt
from .judged import Judged, Writer
from .kept import read_back
from .nested import answer_schema
from .parts import Citation, Reason, Required, Responsible, UnitRef
from .provenance import Provenance
from .rollup import Holding
from .unused import Unused

if TYPE_CHECKING:
    from pint.facets.plain import PlainQuantity
    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema

    from .remedy import Remedy

# What users' code imports from here, wherever it stands.
__all__ = [
    "AgencyWork", "Assessment", "AttributeCheck", "Check", "ChildrenCheck", "Conflict", "CriterionResult", "DecidedBy",
    "FindingCheck", "GroupCheck", "IndicatorResult", "MeasureCheck", "MeetsCheck", "Result", "TotalCheck", "UnitRef",
    "UnmetShareCheck", "leaves", "reasons",
]  # fmt: skip

# `gc=False` stands only on what can hold no assessment: an assessment knows the facts it was judged on, and they know
# it, so that a ring through a struct the collector does not look into would never be given back.


class MeetsCheck(msgspec.Struct, frozen=True, omit_defaults=True, tag="meets"):
    """Whether the unit holds or meets another pack: a recognition in force, or the pack's own assessment."""

    verdict: Verdict
    pack: str
    title: Text
    decision: str = ""
    recognised_on: date | None = None
    assessment: Assessment | None = None
    reason: Reason | None = None


class UnmetShareCheck(msgspec.Struct, frozen=True, omit_defaults=True, tag="unmet_share"):
    """What share of another pack's criteria is not met, and which."""

    verdict: Verdict
    pack: str
    title: Text
    required: Required
    total: int
    unmet: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    including_any: tuple[str, ...] = ()
    assessment: Assessment | None = None
    reason: Reason | None = None


class GroupCheck(msgspec.Struct, frozen=True, omit_defaults=True, tag="group"):
    """Conditions taken together. Of a ``choice`` the parts are guard, then, otherwise."""

    verdict: Verdict
    how: Literal["all", "any", "at_least", "choice"]
    parts: tuple[Check, ...]
    needed: int = 0

    def chosen(self) -> tuple[Check, ...]:
        """The parts that matter: of a choice with a decided guard, the branch that applies."""
        if self.how != "choice":
            return self.parts
        guard, then, otherwise = self.parts
        if guard.verdict is Verdict.UNKNOWN:
            return (guard, then, otherwise)
        return (then,) if guard.verdict is Verdict.MET else (otherwise,)


Check = (
    MeasureCheck
    | FindingCheck
    | AttributeCheck
    | ChildrenCheck
    | MeetsCheck
    | UnmetShareCheck
    | TotalCheck
    | GroupCheck
)


def leaves(check: Check) -> Iterator[Check]:
    """The checks that matter inside one, groups opened."""
    if isinstance(check, GroupCheck):
        for part in check.chosen():
            if isinstance(part, GroupCheck):
                yield from leaves(part)
            else:
                yield part
    else:
        yield check


def reasons(check: Check) -> Iterator[Reason]:
    """Why a check is unknown; nothing where it is decided."""
    if check.verdict is Verdict.UNKNOWN:
        for leaf in leaves(check):
            if leaf.verdict is Verdict.UNKNOWN and not isinstance(leaf, GroupCheck) and leaf.reason is not None:
                yield leaf.reason


_LESS_VERIFIED = frozenset(one for one in Verification if not one.reaches(Verification.SECONDARY))

DecidedBy = Literal["measurement", "finding", "indicators", "exception", "nothing"]


class IndicatorResult(msgspec.Struct, frozen=True, omit_defaults=True):
    """What an indicator or prerequisite came to."""

    code: str
    text: Text
    verdict: Verdict
    decided_by: DecidedBy
    citation: Citation
    check: Check
    applies: Check | None = None
    findings: tuple[Finding, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    reasons: tuple[Reason, ...] = ()
    agency: str = ""
    note: Text | str = ""

    def __repr__(self) -> str:
        return f"<IndicatorResult {self.code}: {self.verdict}>"

    @property
    def gap(self) -> Amount | None:
        """How far the first failing measure or sum is from its threshold, in its unit (or percentage points)."""
        for leaf in leaves(self.check):
            if (
                isinstance(leaf, (MeasureCheck, TotalCheck))
                and leaf.verdict is Verdict.NOT_MET
                and leaf.shortfall is not None
            ):
                return leaf.shortfall
        return None

    @property
    def shortfall(self) -> PlainQuantity[Decimal] | None:
        """The gap as a pint quantity."""
        return None if self.gap is None else self.gap.quantity

    def citations(self) -> tuple[Citation, ...]:
        """Every line of law this result rests on: the thresholds that are known, else its own.

        A department's conclusion rests on the threshold it was to conclude on. One that an overlay set, known or not,
        is the overlay's law.
        """
        check = self.check
        if type(check) is FindingCheck:
            return (self.citation,)
        if type(check) is MeasureCheck and check.required.amount is not None and self.decided_by != "exception":
            return (check.required.origin.citation,)
        used: list[Citation] = []
        for leaf in leaves(check) if self.decided_by != "exception" else ():
            required = getattr(leaf, "required", None)
            if not isinstance(required, Required) or (required.amount is None and not required.origin.set_by):
                continue
            # They are few and mostly one object, which is found sooner than hashed.
            if required.origin.citation not in used:
                used.append(required.origin.citation)
        return tuple(used) or (self.citation,)


class CriterionResult(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a criterion came to. An ``incomplete`` one is known by name only (``contents`` of them, where known)."""

    code: str
    title: Text
    verdict: Verdict
    decided_by: DecidedBy
    indicators: tuple[IndicatorResult, ...] = ()
    findings: tuple[Finding, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    reasons: tuple[Reason, ...] = ()
    citation: Citation | None = None
    incomplete: bool = False
    contents: int | None = None
    agency: str = ""
    note: Text | str = ""

    def __repr__(self) -> str:
        return f"<CriterionResult {self.code}: {self.verdict}>"

    @property
    def text(self) -> Text:
        """The title, under the name an indicator's words have."""
        return self.title

    @property
    def gap(self) -> None:
        """None: how far something is from a threshold is said of indicators."""

    @property
    def shortfall(self) -> None:
        """None, as ``gap``."""


Result = IndicatorResult | CriterionResult


class AgencyWork(msgspec.Struct, frozen=True):
    """What one department has found wanting, and what it still has to answer."""

    failed: tuple[Result, ...]
    to_conclude: tuple[Result, ...]


class Assessment(msgspec.Struct, frozen=True, omit_defaults=True, dict=True):
    """Whether a unit meets a pack on a date, and why.

    ``verdict`` is on today's facts alone; ``holding`` is the recognition of the pack's own title in force, if any.
    ``unused`` names each figure, finding, recognition and count given that had no part in it, ``doubts`` the figures
    taken as they were written that may be meant otherwise.

    >>> import ntm_rules as ntm
    >>> snapshot = ntm.Snapshot(unit={"id": "x", "level": "commune", "region": "btb"}, as_of="2023-08-17")
    >>> result = ntm.evaluate(ntm.load_pack("vn/commune@2021-2025"), snapshot)
    >>> result.verdict, result.criteria_met, result.criteria_total
    (<Verdict.UNKNOWN: 'UNKNOWN'>, 0, 19)
    >>> Assessment.from_json(result.to_json()) == result
    True
    """

    pack: str
    title: Text
    unit: UnitRef
    as_of: date
    verdict: Verdict
    prerequisites: tuple[IndicatorResult, ...]
    criteria: tuple[CriterionResult, ...]
    trust: Verification = Verification.RECALLED
    region: Region | None = None
    region_rule: Text | None = None
    region_citation: Citation | None = None
    incomplete: bool = False
    # Older answers have them in one language, as they stood in the pack.
    notes: tuple[Text | str, ...] = ()
    group: Group | None = None
    group_by_rule: Group | None = None
    group_rule: Text | None = None
    group_citation: Citation | None = None
    holding: Holding | None = None
    unused: tuple[Unused, ...] = ()
    # Sets whose conclusions count here: the pack has their figures, confirmed.
    restates: tuple[str, ...] = ()
    grades: tuple[IndicatorResult, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    # None in answers kept by versions that did not say it.
    made_by: Provenance | None = None
    # Who receives, recognises, announces and withdraws on ``as_of``, as far as it has been read.
    authorities: tuple[Responsible, ...] = ()
    # Where the group is not known: the facts that would settle it, and the groups that those given fit at once.
    group_facts: tuple[Text, ...] = ()
    group_several: tuple[Group, ...] = ()

    @property
    def grade(self) -> IndicatorResult | None:
        """The highest grade that is met; ``None`` where none is, or where a higher one is still open."""
        return next((one for one in self.grades if one.verdict is Verdict.MET), None) if self.grade_known else None

    @property
    def grade_known(self) -> bool:
        """Whether it is certain which grade is reached, or that none is."""
        for one in self.grades:
            if one.verdict in (Verdict.MET, Verdict.UNKNOWN):
                return one.verdict is Verdict.MET
        return True

    @cached_property
    def _by_code(self) -> dict[str, Result]:
        named: dict[str, Result] = {criterion.code: criterion for criterion in self.criteria}
        # An unnumbered indicator shares its criterion's code; the indicator says more.
        named.update((indicator.code, indicator) for indicator in self.indicators())
        named.update((one.code, one) for one in (*self.prerequisites, *self.grades))
        return named

    def __getitem__(self, code: str) -> Result:
        """The indicator, prerequisite or criterion with this code (of an indicator and criterion, the indicator).

        Raises:
            CatalogueError: the pack has no such code; names the nearest ones.
            MisuseError: the code is no text: 17.1 and 17.10 are one number and two codes.
        """
        if not isinstance(code, str):
            raise MisuseError(Problem("error.code_not_text", given=repr(code)))
        try:
            return self._by_code[code]
        except KeyError:
            near = nearest(code, self._by_code)
            raise CatalogueError(Problem("error.no_indicator", code=code, pack=self.pack, near=near)) from None

    def __contains__(self, code: object) -> bool:
        """Whether ``result[code]`` is there."""
        return code in self._by_code

    def __iter__(self) -> Iterator[str]:
        """The codes ``result[code]`` takes, in the law's order."""
        return iter(self._by_code)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        return answer_schema(cls)

    def __repr__(self) -> str:
        """A line: a whole answer would fill the screen, and ``explain()`` says it better."""
        counted = f"{self.criteria_met} of {self.criteria_total} criteria met"
        return f"<Assessment {self.pack}, {self.unit.id}, {self.as_of}: {self.verdict}, {counted}>"

    def indicator(self, code: str) -> IndicatorResult:
        """The indicator, prerequisite or grade with this code.

        Raises:
            CatalogueError: the pack has no such indicator.
        """
        found = self._by_code.get(code)
        if isinstance(found, IndicatorResult):
            return found
        near = nearest(code, (name for name, one in self._by_code.items() if isinstance(one, IndicatorResult)))
        raise CatalogueError(Problem("error.no_indicator", code=code, pack=self.pack, near=near))

    def criterion(self, code: str) -> CriterionResult:
        """The criterion with this code.

        Raises:
            CatalogueError: the pack has no such criterion.
        """
        for criterion in self.criteria:
            if criterion.code == code:
                return criterion
        near = nearest(code, (criterion.code for criterion in self.criteria))
        raise CatalogueError(Problem("error.no_criterion", code=code, pack=self.pack, near=near))

    def indicators(self) -> Iterator[IndicatorResult]:
        """The indicators of all criteria, in the law's order."""
        for criterion in self.criteria:
            yield from criterion.indicators

    @property
    def criteria_met(self) -> int:
        """How many criteria are met; prerequisites are not counted."""
        return sum(criterion.verdict is Verdict.MET for criterion in self.criteria)

    @property
    def criteria_total(self) -> int:
        """How many criteria apply to the unit."""
        return sum(criterion.verdict is not Verdict.NOT_APPLICABLE for criterion in self.criteria)

    def failures(self) -> tuple[Result, ...]:
        """What is ``NOT_MET``, in the law's order: prerequisites, indicators, and criteria that failed as a whole."""
        return tuple(self._standing(Verdict.NOT_MET))

    def unknowns(self) -> tuple[Result, ...]:
        """What is ``UNKNOWN``, in the law's order; a criterion known by name only stands for its contents."""
        return self._unknowns

    @cached_property
    def _unknowns(self) -> tuple[Result, ...]:
        return tuple(self._standing(Verdict.UNKNOWN))

    def asking(self, judged: Judged) -> Self:
        """The same assessment, able to answer what would change it: by the pack and facts it was judged on."""
        self.__dict__["_judged"] = judged
        self.__dict__.pop("_awaited", None)
        return self

    def with_results(
        self, prerequisites: tuple[IndicatorResult, ...], criteria: tuple[CriterionResult, ...]
    ) -> Assessment:
        """The same assessment with its results told otherwise; it can still answer what would change it."""
        told = msgspec.structs.replace(self, prerequisites=prerequisites, criteria=criteria)
        return told if self._asked is None else told.asking(self._asked)

    def written_by(self, writer: Writer | None) -> Self:
        """The same assessment, written by what its compiled pack keeps; an assessment made of it is not."""
        self.__dict__["_writer"] = writer
        return self

    @property
    def writer(self) -> Writer | None:
        """What writes the assessment, where it is as its compiled pack made it."""
        found: Writer | None = self.__dict__.get("_writer")
        return found

    @property
    def judged(self) -> Judged:
        """What the assessment was judged on, which answers what would change it.

        Raises:
            EvaluationError: the assessment was read back, and has no facts to ask.
        """
        if self._asked is None:
            raise EvaluationError(Problem("error.facts_gone", pack=self.pack))
        return self._asked

    @property
    def _asked(self) -> Judged | None:
        found: Judged | None = self.__dict__.get("_judged")
        return found

    def decisive_unknowns(self) -> tuple[Result, ...]:
        """The unknowns for want of which alone the verdict can stay open: all else could be told, and it still would.

        None where something has failed already, or where a conclusion on the whole criterion settled it
        (``overturning_unknowns`` names what could still upset one). An assessment that was read back, and has no facts
        to ask, names every unknown of what is undecided, also where other requirements cannot be met together.
        """
        return self._awaited

    @cached_property
    def _awaited(self) -> tuple[Result, ...]:
        if self.verdict is not Verdict.UNKNOWN:
            return ()
        settled = self._settled()
        open_ones = tuple(item for item in self.unknowns() if id(item) not in settled)
        return open_ones if self._asked is None else self._asked.awaited(self, open_ones)

    def overturning_unknowns(self) -> tuple[Result, ...]:
        """The unknowns that are not awaited, because a conclusion stands in for them, but could still upset it: an
        answer to one alone can make the verdict ``NOT_MET``.

        Raises:
            EvaluationError: the assessment was read back, and has no facts to ask.
        """
        if self.verdict is Verdict.NOT_MET:
            return ()
        within = self._settled()
        settled = tuple(item for item in self.unknowns() if id(item) in within)
        return self.judged.overturning(self, settled) if settled else ()

    def _settled(self) -> set[int]:
        """The identities of the indicators that are part of what is decided."""
        return {id(one) for group in self.criteria if group.verdict is not Verdict.UNKNOWN for one in group.indicators}

    def _standing(self, verdict: Verdict) -> Iterator[Result]:
        yield from (item for item in self.prerequisites if item.verdict is verdict)
        for criterion in self.criteria:
            inside = [indicator for indicator in criterion.indicators if indicator.verdict is verdict]
            yield from inside
            if criterion.verdict is verdict and (not inside or criterion.incomplete):
                yield criterion

    def conflicts(self) -> tuple[Conflict, ...]:
        """Every contradiction between facts, in the law's order."""
        found = [conflict for item in (*self.prerequisites, *self.grades) for conflict in item.conflicts]
        for criterion in self.criteria:
            found += [conflict for item in criterion.indicators for conflict in item.conflicts]
            found += criterion.conflicts
        return tuple(found)

    @property
    def doubted(self) -> bool:
        """Whether the verdict rests on facts that contradict each other or are in doubt.

        A unit that fails for another reason as well fails without them.
        """
        if not self.doubts and not self.conflicts():
            return False
        in_doubt = {doubt.measure for doubt in self.doubts}

        def sound(item: IndicatorResult) -> bool:
            read = {leaf.measure for leaf in leaves(item.check) if isinstance(leaf, MeasureCheck)}
            return item.verdict is Verdict.NOT_MET and not item.conflicts and not read & in_doubt

        fails_anyway = any(map(sound, (*self.prerequisites, *self.indicators())))
        return not (self.verdict is Verdict.NOT_MET and fails_anyway)

    def unverified(self) -> tuple[tuple[str, Citation], ...]:
        """Codes of decided results that rest on law checked less far than ``secondary``, with the citation."""
        found: list[tuple[str, Citation]] = []
        for item in (*self.prerequisites, *self.indicators()):
            if item.verdict is Verdict.MET or item.verdict is Verdict.NOT_MET:
                for citation in item.citations():
                    if citation.verification in _LESS_VERIFIED:
                        found.append((item.code, citation))
        return tuple(found)

    def by_agency(self) -> dict[str, AgencyWork]:
        """What each department has failed and still has to conclude.

        The department is the pack's, else the one that concluded; ``""`` where nobody is named. Unknowns that no
        longer matter (their criterion is decided) are left out.
        """
        open_items = self.decisive_unknowns() if self.verdict is Verdict.UNKNOWN else self._open_items()
        failed: dict[str, list[Result]] = {}
        waiting: dict[str, list[Result]] = {}
        for item in self.failures():
            failed.setdefault(_agency(item), []).append(item)
        for item in open_items:
            waiting.setdefault(_agency(item), []).append(item)
        return {
            agency: AgencyWork(tuple(failed.get(agency, ())), tuple(waiting.get(agency, ())))
            for agency in dict.fromkeys((*failed, *waiting))
        }

    def _open_items(self) -> tuple[Result, ...]:
        closed = {
            indicator.code
            for criterion in self.criteria
            if criterion.decided_by == "finding"
            for indicator in criterion.indicators
        }
        return tuple(item for item in self.unknowns() if isinstance(item, CriterionResult) or item.code not in closed)

    def remedy(self) -> Remedy:
        """The fewest changes that would make the verdict ``MET``, or why none can.

        Every remedy has been confirmed by judging the changed facts. What is no one's to change (a measure that is not
        ``changeable``, an attribute, a title) is no step.

        Raises:
            EvaluationError: the assessment was read back, and has no facts to ask.
        """
        return self.judged.remedy(self)

    def explain(self, lang: Lang = "vi") -> str:
        """The explanation as plain text: verdict, what fails and by how much, what is unknown, what is met."""
        from .render import to_text

        return to_text(self, lang)

    def to_markdown(self, lang: Lang = "vi") -> str:
        """The explanation as Markdown."""
        from .render import to_markdown

        return to_markdown(self, lang)

    def to_html(self, lang: Lang = "vi") -> str:
        """The explanation as an HTML fragment; everything that came from data is escaped."""
        from .render import to_html

        return to_html(self, lang)

    def _repr_html_(self) -> str:
        # A notebook shows it in a frame that fits a screen.
        return f'<div style="max-height: 32em; overflow-y: auto">{self.to_html()}</div>'

    def to_dict(self) -> dict[str, object]:
        """Plain JSON-ready data."""
        built: dict[str, object] = msgspec.to_builtins(self)
        return built

    def to_json(self, indent: int = 0) -> str:
        """The assessment as JSON; its schema is ``docs/assessment.schema.json``."""
        if indent:
            return msgspec.json.format(self.to_json_bytes(), indent=indent).decode()
        return msgspec.json.encode(self).decode() if self.writer is None else self.writer.text(self)

    def to_json_bytes(self) -> bytes:
        """The same in UTF-8, for a file or the network."""
        return msgspec.json.encode(self) if self.writer is None else self.writer.utf8(self)

    @classmethod
    def from_json(cls, text: str | bytes) -> Assessment:
        """The assessment that ``to_json`` wrote.

        Raises:
            AssessmentError: the text is something else; names the path.
        """
        return read_back(text, cls)


def _agency(item: Result) -> str:
    return item.agency or next((finding.by for finding in item.findings if finding.by), "")
