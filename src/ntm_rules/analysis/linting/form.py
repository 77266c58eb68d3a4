"""Rules for the form of a pack: languages, sources, order of codes, what is declared and not used."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from ...errors import PackError
from ...messages import Text
from ...pack.catalogue import Catalogue
from ...pack.condition import ConditionModel, FindingCondition, MeasureCondition, children_asked, judged_pack
from ...pack.loader import KeyPath
from ...pack.reference import split_reference
from ...pack.related import judged_together
from ...territory import Level
from .subject import LintFinding, Subject

ALIKE = 0.75
_WORD = re.compile(r"[^\W\d_]+")


def languages(subject: Subject) -> Iterator[LintFinding]:
    """Texts that are there in one language only."""
    pack = subject.pack
    titles = (pack.title, *(criterion.title for criterion in pack.criteria))
    # A set written in one language throughout is meant so: a province's own, a draft of a decision.
    if not any(title.en for title in titles) or not any(title.vi for title in titles):
        return

    def missing(text: Text | None, code: str, path: KeyPath, *, criterion: bool = False) -> Iterator[LintFinding]:
        if text is not None and not (text.vi and text.en):
            language = Text("tiếng Anh", "English") if text.vi else Text("tiếng Việt", "Vietnamese")
            yield subject.found("language", code, path, criterion=criterion, language=language, text=text)

    yield from missing(pack.title, "", ("title",))
    for criterion in pack.criteria:
        yield from missing(criterion.title, criterion.code, ("title",), criterion=True)
    for indicator in (*pack.prerequisites, *pack.indicators()):
        yield from missing(indicator.text, indicator.code, ("text",))
        for index, version in enumerate(indicator.versions):
            yield from missing(version.text, indicator.code, ("versions", index, "text"))
    for name, attribute in pack.attributes.items():
        yield from missing(attribute.name, "", ("attributes", name, "name"))
    for index, rule in enumerate(pack.region_rules):
        yield from missing(rule.text, "", (*subject.region_rule(index), "text"))
    for measure in pack.measures:
        yield from missing(measure.name, "", (*subject.listed("measures", measure.id), "name"))


def sources(subject: Subject) -> Iterator[LintFinding]:
    """Requirements that name no decision, and decisions nothing rests on."""
    pack = subject.pack
    cited = {pack.source.basis} if pack.source else set()
    cited.update(rule.source.basis for rule in pack.region_rules)
    cited.update(rule.source.basis for rule in pack.group_rules)
    cited.update(authority.source.basis for authority in pack.authorities)
    cited.update(one.source.basis for item in pack.coded() for one in item.agencies if one.source)
    for indicator in (*pack.prerequisites, *pack.indicators()):
        try:
            cited.add(pack.source_of(indicator).basis)
        except PackError:
            yield subject.found("source", indicator.code)
    for criterion in pack.criteria:
        source = pack.criterion_source(criterion)
        if source is not None:
            cited.add(source.basis)
        elif criterion.incomplete and pack.source is None:
            yield subject.found("source", criterion.code, criterion=True, severity="warning", variant="criterion")
    with suppress(PackError):
        cited.update(row.source.basis for row in pack.figures())
    for basis in pack.legal_basis:
        if basis.id not in cited:
            at = subject.listed("legal_basis", basis.id)
            # A decision that amends another belongs to the law a set stands on, though no figure is taken from it.
            yield subject.found("unused", "", at, severity="note", variant="basis", name=basis.number)


def order(subject: Subject) -> Iterator[LintFinding]:
    """Codes that go backwards, skip a number, or stand under another criterion."""
    criteria = subject.pack.criteria
    yield from _sequence(subject, [(criterion.code, True) for criterion in criteria])
    yield from _sequence(subject, [(prerequisite.code, False) for prerequisite in subject.pack.prerequisites])
    for criterion in criteria:
        yield from _sequence(
            subject, [(one.code, False) for one in criterion.indicators], gaps=not criterion.incomplete
        )
        for indicator in criterion.indicators:
            if indicator.code != criterion.code and not indicator.code.startswith(f"{criterion.code}."):
                yield subject.found("order", indicator.code, ("code",), variant="misplaced", other=criterion.code)


def _sequence(subject: Subject, codes: list[tuple[str, bool]], *, gaps: bool = True) -> Iterator[LintFinding]:
    for (before, _), (code, criterion) in pairwise(codes):
        if _key(code) < _key(before):
            yield subject.found("order", code, ("code",), criterion=criterion, other=before)
        elif gaps and _number(code) > _number(before) + 1 and _stem(code) == _stem(before):
            skipped = f"{_stem(code)}{_number(before) + 1}"
            yield subject.found(
                "order", code, ("code",), criterion=criterion, severity="warning", variant="gap", other=skipped
            )


def _key(code: str) -> tuple[tuple[int, str], ...]:
    # The alphabet of points in a law has đ after d.
    parts = re.findall(r"\d+|\D+", code.replace("đ", "d\uffff"))
    return tuple((int(part), "") if part.isdigit() else (-1, part) for part in parts)


def _number(code: str) -> int:
    found = re.search(r"\d+$", code)
    return int(found[0]) if found else 0


def _stem(code: str) -> str:
    return re.sub(r"\d+$", "", code)


def unused(subject: Subject) -> Iterator[LintFinding]:
    """Measures and attributes a pack declares and never asks for; packs it asks for that are not installed."""
    pack = subject.pack
    known, attributes = subject.measures, {name for _, name in pack.attributes_used()}
    asked = {part for name in pack.measures_used() for part in (name, *known[name].made_of)}
    asked |= {one.earlier.of for one in map(known.__getitem__, asked) if one.earlier is not None}
    for measure in pack.measures:
        if measure.id not in asked:
            at = subject.listed("measures", measure.id)
            yield subject.found("unused", "", at, severity="warning", variant="measure", name=measure.id)
    for name in pack.attributes:
        if name not in attributes:
            at = ("attributes", name)
            yield subject.found("unused", "", at, severity="warning", variant="attribute", name=name)
    for indicator, _, condition in pack.conditions():
        for reference in _packs_in(condition):
            pack_id = split_reference(reference)[0]
            if pack_id != pack.id and not subject.catalogue.has(pack_id):
                yield subject.found("missing_pack", indicator.code, ("requires",), severity="warning", other=reference)


def circular(subject: Subject) -> Iterator[LintFinding]:
    """Requirements to meet a pack which, itself or through others, asks for this one in turn: they have no answer."""
    pack, catalogue = subject.pack, subject.catalogue
    for indicator, _, condition in pack.conditions():
        other = judged_pack(condition)
        editions = catalogue.editions(other) if other is not None else ()
        if any(pack.reference == one.reference for each in editions for one in judged_together(each, catalogue)):
            yield subject.found("circular", indicator.code, ("requires",), other=other)


def _packs_in(condition: ConditionModel) -> Iterator[str]:
    if (judged := judged_pack(condition)) is not None:
        yield judged
    if (children := children_asked(condition)) is not None:
        yield children.meeting


def measured_elsewhere(subject: Subject) -> Iterator[LintFinding]:
    """Contents left to a department's conclusion that another set for the same kind of unit measures."""
    pack = subject.pack
    measured = [
        one
        for one in _measured(subject.catalogue)
        if one.title != pack.title_id and not one.levels.isdisjoint(pack.applies_to)
    ]
    for indicator in pack.indicators():
        if not isinstance(indicator.requires, FindingCondition):
            continue
        mine = _words_in(indicator.text)
        best = max(measured, key=lambda one: _likeness(mine, one.words), default=None)
        if best is not None and _likeness(mine, best.words) >= ALIKE:
            yield subject.found(
                "measured_elsewhere",
                indicator.code,
                ("requires",),
                severity="note",
                other=best.pack,
                their_code=best.code,
                measure=best.measure,
            )


class _Measured(NamedTuple):
    """An indicator of some pack that is a comparison of one measure."""

    words: frozenset[str]
    pack: str
    code: str
    measure: str
    levels: frozenset[Level]
    title: str


@lru_cache(maxsize=4)
def _measured(catalogue: Catalogue) -> tuple[_Measured, ...]:
    # What an overlay takes over is called by the pack it comes from.
    packs = sorted((catalogue.load(info.reference) for info in catalogue.packs()), key=lambda pack: len(pack.extends))
    return tuple(
        _Measured(
            _words_in(one.text),
            pack.reference,
            one.code,
            one.requires.measure,
            frozenset(pack.applies_to),
            pack.title_id,
        )
        for pack in packs
        for one in pack.indicators()
        if isinstance(one.requires, MeasureCondition)
    )


def _words_in(text: Text) -> frozenset[str]:
    """The words of a text that carry its content."""
    return frozenset(_WORD.findall(text.text("vi").casefold()))


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    together = one | other
    return len(one & other) / len(together) if together else 0.0
