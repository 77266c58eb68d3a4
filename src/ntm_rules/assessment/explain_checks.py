"""What is told of single checks: a figure beside its threshold, counts, another pack, a department's conclusion."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar

from msgspec import structs

from ..errors import must_be
from ..messages import LANGS, Lang, grouped, say
from ..pack.measure import LevelName, by_level
from ..quantity.amount import Amount
from ..snapshot.observation import Finding, FindingValue, Observation, Part, rounded
from ..verdict import MET, NOT_MET, UNKNOWN, Verdict
from .check import AttributeCheck, ChildrenCheck, FindingCheck, MeasureCheck, TotalCheck
from .fixed import Fixed
from .model import Assessment, Check, GroupCheck, IndicatorResult, MeetsCheck, UnmetShareCheck
from .parts import ReasonCode, Required
from .rollup import Rollup, against, exempted

One = TypeVar("One")
Told = TypeVar("Told")


class CheckTeller:
    """Tells checks in a language; ``nested``: those of another set than the answer's own, which asks for it.

    ``fixed`` is where what is told of the law is kept, under the ``form`` it is told in.
    """

    def __init__(self, lang: Lang, cited: bool, nested: bool, fixed: Fixed | None) -> None:
        must_be("lang", lang, LANGS)
        self.lang: Lang = lang
        self.cited, self.nested = cited, nested
        self.fixed = fixed or Fixed()
        self.form = lang, cited, nested

    def say(self, message: str, /, **params: Any) -> str:
        return say(message, self.lang, **params)

    def verdict(self, verdict: Verdict) -> str:
        return self.say(f"verdict.{verdict}")

    def of_law(self, law: One, tell: Callable[[One], Told]) -> Told:
        """What is told of a part of the compiled pack, which is kept."""
        return self.fixed.law((tell.__name__, self.form), law, tell)

    def check(self, check: Check, result: IndicatorResult) -> Iterable[str]:
        match check:
            case MeasureCheck():
                several = result.check is not check
                if check.observed or check.lacks is not None:
                    return self.measured(check, several)
                return self.of_law(check, self.unreported_part if several else self.unreported)
            case FindingCheck():
                return ()
            case GroupCheck():
                return self.group(check, result)
            case TotalCheck():
                return self.total(check)
            case ChildrenCheck():
                return self.children(check)
            case MeetsCheck():
                return self.meets(check)
            case UnmetShareCheck():
                unmet, codes = len(check.unmet), ", ".join(check.unmet) or "–"
                told = {"title": check.title, "unmet": unmet, "total": check.total, "codes": codes}
                return (self.say("explain.unmet_share", required=_wanted(check.required, self.lang), **told),)
            case AttributeCheck():
                return (self.say("explain.attribute", name=check.name, verdict=self.verdict(check.verdict)),)

    def group(self, check: GroupCheck, result: IndicatorResult) -> Iterator[str]:
        parts = check.chosen()
        if check.how in ("any", "at_least") and check.verdict is not MET:
            yield self.say("explain.any_of", needed=check.needed or 1, count=len(check.parts))
        elif check.how == "all" and check.verdict is NOT_MET:
            parts = tuple(part for part in parts if part.verdict is NOT_MET)
        for part in parts:
            yield from self.check(part, result)

    def measured(self, check: MeasureCheck, several: bool) -> tuple[str, ...]:
        required = check.required
        around = self.of_law(required, self.around)
        observed = "; ".join([self.observed(one, check.unit, required.levels) for one in check.observed])
        shortfall = "" if check.shortfall is None else self.gap(required, check.shortfall)
        if not observed:
            observed = self.say("explain.nothing_observed") if check.lacks is None else check.lacks.text(self.lang)
        before = f"{check.name.text(self.lang)}: {around.before}" if several else around.begun
        told = f"{before}{observed}{around.between}{shortfall}{around.after}".rstrip()
        return (told, *around.origin) if check.observed or required.reason is None else (told,)

    def unreported(self, check: MeasureCheck) -> tuple[str, ...]:
        return self.measured(check, several=False)

    def unreported_part(self, check: MeasureCheck) -> tuple[str, ...]:
        return self.measured(check, several=True)

    def around(self, required: Required) -> _Around:
        message = "explain.measured" if required.amount is not None else "explain.measured_unresolved"
        told = self.say(message, observed=_FIGURE, required=required, shortfall=_FIGURE)
        before, between, *after = told.split(_FIGURE)
        origin = sentences(_origin(required, self.lang, self.nested))
        return _Around(begun(before), before, between, "".join(after), origin)

    def gap(self, required: Required, shortfall: Amount) -> str:
        key = "explain.excess" if required.op.wants == "lower" else "explain.shortfall"
        return self.say(key, amount=rounded(shortfall, self.lang))

    def total(self, check: TotalCheck) -> Iterator[str]:
        sum_of = self.span(check.low, check.high)
        shortfall = ""
        if check.shortfall is not None:
            shortfall = self.gap(check.required, check.shortfall)
        yield self.say("explain.total", total=sum_of, required=_wanted(check.required, self.lang), shortfall=shortfall)
        for term in check.terms:
            said = "; ".join(self.observed(one, check.unit) for one in term.observed)
            name = f"{term.code}. {term.name.text(self.lang)}" if term.code else term.name.text(self.lang)
            value = said or (self.span(term.low, term.high) if term.code else self.say("explain.nothing_observed"))
            yield self.say("explain.total_term", name=name, value=value)
        yield from _origin(check.required, self.lang, self.nested)

    def span(self, low: Amount | None, high: Amount | None) -> str:
        """What lies between two ends; a missing one is not bounded."""
        if low == high and low is not None:
            return low.text(self.lang)
        ends = ("…" if end is None else end.text(self.lang) for end in (low, high))
        return self.say("explain.from_to", low=next(ends), high=next(ends))

    def observed(self, one: Observation, unit: str, levels: tuple[LevelName, ...] = ()) -> str:
        said = self.told(one.by, one.on, one.remark) if one.by or one.on or one.remark else ""
        shown = (by_level(levels, one.value, self.lang) if levels else "") or one.text(self.lang, unit)
        if one.value.unit not in ("", unit):
            # What was written in another unit is shown as written, with its value in the measure's unit.
            shown += f" (= {one.value.to(unit).text(self.lang)})"
        if one.parts:
            parts = "; ".join(map(self.part, one.parts))
            said = ", ".join(filter(None, (self.say("explain.made_of", parts=parts), said)))
        return f"{shown} ({said})" if said else shown

    def part(self, one: Part) -> str:
        said = f"{one.name.text(self.lang)} {one.value.text(self.lang)}"
        return f"{said} ({_day(one.on, self.lang)})" if one.on else said

    def told(self, by: str, on: date | None, *more: str) -> str:
        """Whose word it is, as far as that was told."""
        day = _day(on, self.lang) if on else ""
        return ", ".join([part for part in (by, day, *more) if part])

    def children(self, check: ChildrenCheck) -> Iterator[str]:
        kinds = ", ".join(level.text(self.lang) for level in check.levels)
        if check.total is None:
            yield self.say("explain.children_silent", kinds=kinds, title=check.title)
            return
        met = (
            grouped(check.met or 0, self.lang)
            if not check.unknown
            else self.say("explain.from_to", low=check.met, high=check.met + check.unknown)
        )
        yield self.say("explain.children", met=met, total=check.total, kinds=kinds, title=check.title)
        by_report = check.reported + check.reported_not_met
        if by_report:
            yield self.say("explain.children_reported", count=by_report)
        if check.open_total and (check.reason is None or check.reason.code is not ReasonCode.CHILDREN_TOTAL_OPEN):
            yield self.say("plan.open_total")
        below = Rollup(check.total, 0, exempt=check.exempt, not_given=check.not_given)
        yield from structs.replace(below, counted_all_the_same=check.counted_all_the_same).listing(self.lang)
        if check.needed is not None and check.verdict is not MET and not check.open_total:
            least = max(0, check.needed - check.met - check.unknown)
            missing = check.missing or 0
            key = "explain.children_needed" if least else "explain.children_maybe"
            span = missing if least == missing else self.say("explain.from_to", low=least, high=missing)
            yield self.say(key, needed=check.needed, missing=span if least else missing)
        if check.held_not_met:
            yield self.say("plan.held_not_met", names=", ".join(check.held_not_met))
        yield from against(check.contradictions, check.doubted_names, self.lang)
        if check.failing_names:
            yield self.say("explain.children_failing", names=", ".join(check.failing_names))
        if check.unknown_names and check.verdict is UNKNOWN:
            yield self.say("explain.children_open", names=", ".join(check.unknown_names))
        yield from exempted(check.exempt, self.lang)
        if check.required is not None:
            yield from _origin(check.required, self.lang, self.nested)

    def meets(self, check: MeetsCheck) -> Iterator[str]:
        if check.recognised_on is not None:
            yield self.say("explain.holds", title=check.title, decision=check.decision, on=check.recognised_on)
        elif check.assessment is not None:
            other = check.assessment
            yield self.say(
                "explain.other_pack",
                title=check.title,
                verdict=self.verdict(other.verdict),
                met=other.criteria_met,
                total=other.criteria_total,
                others=self.others(other),
            )

    def others(self, a: Assessment) -> str:
        """Where some criteria are open: how many, and how many are not met, so that none reads as failed."""
        verdicts = [criterion.verdict for criterion in a.criteria]
        if UNKNOWN not in verdicts:
            return ""
        return self.say("explain.others", not_met=verdicts.count(NOT_MET), unknown=verdicts.count(UNKNOWN))

    def finding(self, finding: Finding) -> str:
        if not finding.evidence and not finding.remark:
            return _concluded(finding.by, finding.finding, finding.on, self.lang)
        more = self.told("", finding.on, finding.evidence, finding.remark)
        return _conclusion(finding.by, finding.finding, more, self.lang)


# A department concludes the same of many units, and of many things on one day.
@lru_cache(maxsize=4096)
def _concluded(by: str, finding: FindingValue, on: date | None, lang: Lang) -> str:
    return _conclusion(by, finding, _day(on, lang) if on else "", lang)


def _conclusion(by: str, finding: FindingValue, more: str, lang: Lang) -> str:
    word = say(f"finding.{finding}", lang)
    more = f" ({more})" if more else ""
    return say("explain.finding", lang, by=by or say("explain.department", lang), finding=word, more=more)


@lru_cache(maxsize=4096)
def _day(on: date, lang: Lang) -> str:
    return say("explain.day", lang, on=on)


# Stands for the figure while the rest of its sentence is made; no text has it.
_FIGURE = "\0"


class _Around(NamedTuple):
    """What is said before, between and after a figure and what it falls short by, and where the threshold is from.

    ``begun`` is what stands before it at the beginning of a sentence.
    """

    begun: str
    before: str
    between: str
    after: str
    origin: tuple[str, ...]


@lru_cache(maxsize=4096)
def _wanted(required: Required, lang: Lang) -> str:
    return required.text(lang)


@lru_cache(maxsize=4096)
def _origin(required: Required, lang: Lang, nested: bool) -> tuple[str, ...]:
    """Where a threshold comes from, as the one sentence there is to say of it, if any."""
    origin = required.origin
    parts = [origin.rows_text(lang)] if origin.rows else []
    if origin.set_by:
        here = not nested and origin.set_by == origin.pack.partition("@")[0]
        who = origin.citation.named(lang) or origin.set_by
        parts.append(say("explain.set_here" if here else "explain.set_by", lang, by=who))
    if origin.times is not None and origin.base is not None and origin.base_title is not None:
        base = origin.base.amount.text(lang) if origin.base.amount is not None else "?"
        times = Amount(origin.times).text(lang)
        parts.append(say("explain.times", lang, times=times, base=base, title=origin.base_title))
    return (say("explain.origin", lang, parts="; ".join(parts)),) if parts else ()


def begun(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def sentences(details: Sequence[str]) -> tuple[str, ...]:
    """Each detail once, begun with a capital."""
    return tuple(dict.fromkeys(map(begun, details)))
