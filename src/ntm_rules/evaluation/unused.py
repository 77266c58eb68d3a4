"""What of a snapshot had no part in a result."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date

from ..assessment.check import ChildrenCheck
from ..assessment.model import Assessment, Check, GroupCheck, MeetsCheck
from ..assessment.unused import Unused, Why
from ..messages import LANGS, Text
from ..pack.catalogue import Catalogue
from ..pack.condition import all_measures
from ..pack.model import Pack
from ..pack.reference import split_reference
from ..snapshot.model import Snapshot
from ..snapshot.recognition import Recognition
from ..territory import Level
from .facts import counts_for, last_day
from .rollup_report import counted_under, counting_for, named_as

Asked = tuple[Level, str]


def checks(assessment: Assessment) -> Iterator[Check]:
    """Every check of an assessment, groups opened."""
    pending: list[Check] = []
    for item in (*assessment.prerequisites, *assessment.indicators()):
        pending += [item.check, *([item.applies] if item.applies is not None else [])]
    while pending:
        check = pending.pop()
        yield check
        if isinstance(check, GroupCheck):
            pending += check.parts


def counts_asked(assessments: Iterable[Assessment]) -> set[Asked]:
    """The levels and packs whose counts some assessments asked for, or found at odds with what they asked for."""
    every = [check for one in assessments for check in checks(one) if isinstance(check, ChildrenCheck)]
    asked = {(level, check.meeting) for check in every for level in check.levels}
    return asked | {(one.level, one.beside) for check in every for one in check.contradictions if one.beside}


def unused(
    snapshot: Snapshot, judged: Collection[Assessment], catalogue: Catalogue, asked: Collection[Asked]
) -> Iterator[Unused]:
    """What was given of a unit and not used by what was judged; ``asked`` are the counts that somebody wanted.

    A recognition of a title that nothing asks for is used where the unit was judged for that title: the answer says
    that it is held.
    """
    yield from unused_findings(snapshot, judged, catalogue)
    titles = {catalogue.title_of(one.pack, snapshot.as_of) for one in judged}
    for one in judged:
        titles |= {catalogue.title_of(c.pack, snapshot.as_of) for c in checks(one) if isinstance(c, MeetsCheck)}
    yield from unused_recognitions(snapshot, titles, catalogue)
    yield from unused_counts(snapshot, asked, catalogue)


def unused_measures(snapshot: Snapshot, packs: Iterable[Pack], catalogue: Catalogue) -> Iterator[Unused]:
    """Figures that an indicator takes on other days only: another measure stands in their place on this one."""
    if not snapshot.measures:
        return
    label = snapshot.unit.label
    for pack in packs:
        for item, measure in pack.of_other_days(snapshot.as_of, snapshot.measures.keys()):
            names = [catalogue.measures_for(pack)[one].name for one in sorted(all_measures(item.requires))]
            asked = Text(*(", ".join(name.text(lang) for name in names) or "–" for lang in LANGS))
            given = catalogue.measures_for(pack)[measure].name
            yield Unused("measure", label, pack.reference, "other_day", item.code, measure=given, asked=asked)


def unused_later(snapshot: Snapshot, catalogue: Catalogue) -> Iterator[Unused]:
    """What was set aside of a snapshot because it is of a later day, one by one."""
    label, day = snapshot.unit.label, snapshot.as_of
    for name, observed in sorted(snapshot.measures.items()):
        measure = catalogue.measures.get(name)
        for one in observed:
            if one.on is not None and one.on > day:
                said = Text(name) if measure is None else measure.name
                yield Unused("measure", label, "", "later", one.value.text(), on=one.on, measure=said)
    for pack, codes in sorted(snapshot.findings.items()):
        for code, findings in sorted(codes.items(), key=lambda item: _numbered(item[0])):
            for finding in findings:
                if finding.on is not None and finding.on > day:
                    yield Unused("finding", label, pack, "later", code, on=finding.on)


def unused_findings(snapshot: Snapshot, judged: Collection[Assessment], catalogue: Catalogue) -> Iterator[Unused]:
    """Findings addressed to packs that were not judged."""
    label, day = snapshot.unit.label, snapshot.as_of
    references = {name: split_reference(name)[0] for one in judged for name in (one.pack, *one.restates)}
    for reference, findings in sorted(snapshot.findings.items()):
        if not findings or reference in references or reference in references.values():
            continue
        title = catalogue.title_of(reference, day)
        instead = next((one for one in references if catalogue.title_of(one, day) == title), "")
        why: Why = "exempt" if snapshot.unit.exempt else "other_set" if instead else "not_judged"
        yield Unused(
            "finding",
            label,
            reference,
            why,
            ", ".join(sorted(findings, key=_numbered)),
            instead=instead,
            title=_in_words(reference, catalogue, day),
            instead_title=_in_words(instead, catalogue, day),
        )


def unused_recognitions(snapshot: Snapshot, titles: Collection[str], catalogue: Catalogue) -> Iterator[Unused]:
    """Recognitions that do not count on the day, or are of titles that nothing asks for."""
    label = snapshot.unit.label
    for one in snapshot.recognitions:
        why, on = _not_counting(one, snapshot, catalogue)
        if why is None and catalogue.title_of(one.pack, snapshot.as_of) not in titles:
            why = "not_asked"
        if why is not None:
            title = _in_words(one.pack, catalogue, snapshot.as_of)
            yield Unused("recognition", label, one.pack, why, one.decision, on=on, title=title)


def _not_counting(one: Recognition, snapshot: Snapshot, catalogue: Catalogue) -> tuple[Why | None, date | None]:
    day = snapshot.as_of
    if one.on > day:
        return "later", one.on
    if one.revoked is not None and one.revoked <= day:
        return "revoked", one.revoked
    title = catalogue.title_of(one.pack, day)
    pack = catalogue.named(title, day) if catalogue.has(title) else None
    until = one.until if pack is None else last_day(one, catalogue.root(pack))
    if until is not None and until < day:
        return "expired", until
    if pack is None:
        # A pack of one's own stands in no bundle, and its title counts as it stands.
        return (None if one.pack == title else "no_pack"), None
    if counts_for(one, pack, catalogue, day):
        return None, None
    before_its_set = "@" in one.pack and catalogue.root_of(one.pack) == pack.root
    return ("before_set", catalogue.root(pack).titles_from) if before_its_set else ("edition", None)


def unused_counts(snapshot: Snapshot, asked: Collection[Asked], catalogue: Catalogue) -> Iterator[Unused]:
    """Counts of a level or under a pack that nothing asks for, of another edition, or set aside for the pack's own."""
    label, day = snapshot.unit.label, snapshot.as_of
    for level, counts in sorted(snapshot.children.items()):
        wanted = {meeting for other, meeting in asked if other is level}
        keys = counted_under(counts)
        taken = {counting_for(meeting, keys, catalogue, day) for meeting in wanted}
        if not wanted:
            yield Unused("count", label, ", ".join(keys) or "–", "not_asked", level=level)
            continue
        for key in keys:
            if key not in taken:
                same = [m for m in wanted if catalogue.title_of(m, day) == catalogue.title_of(key, day)]
                instead = next((k for k in sorted(taken) if k and named_as(k, key, catalogue, day)), "")
                fits = any(named_as(key, meeting, catalogue, day) for meeting in same)
                why: Why = "other_set" if fits else "edition" if same else "not_asked"
                yield Unused("count", label, key, why, level=level, instead=instead if fits else "")


def _in_words(reference: str, catalogue: Catalogue, day: date) -> Text | None:
    """The title of a pack, where it is installed."""
    if not reference or not catalogue.editions(reference):
        return None
    return catalogue.named(reference, day).title


def _numbered(code: str) -> list[tuple[int, str]]:
    """Codes in the order of the law, not in that of the facts: 2 before 10."""
    return [(len(part), part) for part in code.split(".")]
