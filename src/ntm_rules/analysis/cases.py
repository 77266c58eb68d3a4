"""The cases a pack can be asked in: times, regions, kinds of units and attributes in which it reads alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from itertools import pairwise, product
from typing import NamedTuple

from ..errors import PackError, Problem
from ..evaluation.resolve import Context, Resolver
from ..messages import Lang, Text, say
from ..pack.catalogue import Catalogue
from ..pack.condition import GROUP, AttributeCondition, Comparison, walk
from ..pack.legal import Verification
from ..pack.model import Pack
from ..pack.period import in_common
from ..pack.related import changes, involved
from ..pack.requirement import fact_text
from ..pack.threshold import tables
from ..territory import Group, Level, Region

MANY = 4096
OTHER = "khác"
SOME_DAY = date(2024, 1, 1)

Value = bool | str
Attributes = tuple[tuple[str, Value], ...]
Names = Mapping[str, Text]
Span = tuple[date | None, date | None]
Kind = tuple[Level, Attributes]
Member = tuple[Level, Region, Attributes]


class Case(NamedTuple):
    """Circumstances in which every threshold of the packs at hand is one and the same."""

    start: date | None
    end: date | None
    level: Level
    region: Region
    attributes: Attributes = ()
    group: Group | None = None

    @property
    def day(self) -> date:
        """A day that stands for the stretch of time."""
        return self.start or self.end or SOME_DAY

    def context(self, trust: Verification) -> Context:
        """What thresholds depend on here."""
        return Context(self.day, self.level, self.region, self.attributes, trust, self.group)

    @property
    def member(self) -> Member:
        """Which units are meant; a group of communes stands with what is known of the unit."""
        group: Attributes = (("group", self.group.value),) if self.group else ()
        return self.level, self.region, (*group, *self.attributes)

    @property
    def span(self) -> Span:
        """The stretch of time, both days included."""
        return self.start, self.end


def span_text(start: date | None, end: date | None, lang: Lang = "vi") -> str:
    """A stretch of time, as years where it is made of whole ones.

    >>> span_text(date(2023, 1, 1), date(2025, 12, 31))
    '2023–2025'
    """
    if start and end and (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        return str(start.year) if start.year == end.year else f"{start.year}–{end.year}"
    if not start and not end:
        return say("case.always", lang)
    key = "case.between" if start and end else "case.since" if start else "case.until"
    return say(key, lang, start=start or "", end=end or "")


def cases(packs: tuple[Pack, ...], catalogue: Catalogue) -> tuple[Case, ...]:
    """Every case in which all the packs apply and are in force; none where they never are together.

    Raises:
        PackError: more combinations of attributes than can be gone through.
    """
    everything = _beside(packs, catalogue)
    spans = _spans(packs, everything)
    levels = [level for level in Level if all(level in pack.applies_to for pack in packs)]
    regions = [region for region in Region if all(not pack.regions or region in pack.regions for pack in packs)]
    attributes = _attributes(everything)
    groups: tuple[Group | None, ...] = tuple(Group) if any(map(_by_group, everything)) else (None,)
    return tuple(
        Case(start, end, level, region, chosen, group)
        for (start, end), level, region, group, chosen in product(spans, levels, regions, groups, attributes)
    )


def _beside(packs: tuple[Pack, ...], catalogue: Catalogue) -> tuple[Pack, ...]:
    """The packs and what they ask for; editions that are never in force beside them make no case."""
    together = in_common(pack.valid for pack in packs)
    if together is None:
        return packs
    return tuple(p for p in involved(packs, catalogue) if in_common((p.valid, together)) is not None)


class Universe(NamedTuple):
    """Every case of some packs; ``alike`` has the first of each kind, with all of that kind.

    Cases are of one kind where every pack's rules send the unit to the same rows and nothing else that is asked of
    the unit itself differs, so that what is said of one is said of all. ``names`` says the attributes in words.
    """

    cases: tuple[Case, ...]
    alike: dict[Case, tuple[Case, ...]]
    names: Names

    @classmethod
    def of(cls, packs: tuple[Pack, ...], catalogue: Catalogue) -> Universe:
        """The cases of ``packs``, those that read alike taken together."""
        everything = _beside(packs, catalogue)
        asked = [(pack, sorted(_tables_by(pack))) for pack in everything]
        kinds: dict[tuple[object, ...], list[Case]] = {}
        found = cases(packs, catalogue)
        for case in found:
            context = case.context(Verification.UNCERTAIN)
            rows: list[object] = [case.span, case.level]
            for pack, names in asked:
                resolver = Resolver(pack, context, catalogue)
                for name in names:
                    if name == "region":
                        rows += (resolver.region, id(resolver.region_rule))
                    elif name == GROUP:
                        rows += (resolver.group, id(resolver.group_rule))
                    else:
                        rows.append(resolver.attribute(name))
            kinds.setdefault(tuple(rows), []).append(case)
        said = {name: one.name for pack in everything for name, one in pack.attributes.items()}
        return cls(found, {alike[0]: tuple(alike) for alike in kinds.values()}, said)

    @property
    def kinds(self) -> dict[Case, Case]:
        """Each case with the first of its kind."""
        return {case: first for first, alike in self.alike.items() for case in alike}

    def like(self, firsts: Iterable[Case]) -> list[Case]:
        """All the cases of the kinds of these."""
        return [case for first in firsts for case in self.alike[first]]


def _tables_by(pack: Pack) -> set[str]:
    """What of the unit itself conditions and tables ask for; a rule that sends it to a row asks for that row."""
    conditions = [condition for _, _, condition in pack.conditions()]
    asked = {one.attribute for one in conditions if isinstance(one, AttributeCondition)}
    compared = (one for one in conditions if isinstance(one, Comparison))
    by = {table.attribute or table.by for one in compared for table in tables(one.threshold)}
    return (asked | by) - {"year", "level"}


def _by_group(pack: Pack) -> bool:
    return GROUP in _tables_by(pack)


def _spans(packs: tuple[Pack, ...], everything: tuple[Pack, ...]) -> list[Span]:
    valid = in_common(pack.valid for pack in packs)
    if valid is None:
        return []
    start, end = valid.start, valid.end
    # Each edge is the first day on which something may read differently.
    edges = {edge for pack in everything for edge in changes(pack)}
    inner = sorted(edge for edge in edges if (not start or edge > start) and (not end or edge <= end))
    begins = [start, *inner]
    ends = [*(edge - timedelta(days=1) for edge in inner), end]
    return list(zip(begins, ends, strict=True))


def attribute_values(packs: Iterable[Pack], *, rules: bool = False) -> dict[str, tuple[Value, ...]]:
    """The attributes the packs ask for, each with the values that can make a difference.

    Rules that send a unit to another region's row, where all the packs have the same ones and are for every region,
    make none: that row is a case of its own anyway. With ``rules`` they count all the same.
    """
    known: dict[str, Value] = {"true": True, "false": False}
    given = tuple(packs)
    all_rules = [[(rule.when, rule.region, rule.valid) for rule in pack.region_rules] for pack in given]
    count_rules = rules or any(pack.regions for pack in given) or any(one != all_rules[0] for one in all_rules)
    found: dict[str, dict[Value, None]] = {}
    for pack in given:
        roots = [condition for _, _, condition in pack.conditions()]
        if count_rules:
            roots += [part for rule in pack.region_rules for _, part in walk(rule.when)]
        for condition in roots:
            if isinstance(condition, AttributeCondition):
                if condition.attribute == GROUP:
                    continue
                found.setdefault(condition.attribute, {})[condition.value] = None
            elif isinstance(condition, Comparison):
                for table in tables(condition.threshold):
                    if table.by == "attribute":
                        rows = {known.get(row, row): None for row in table.rows}
                        found.setdefault(table.attribute, {}).update(rows)
        for name, values in found.items():
            declared = pack.attributes.get(name)
            if declared and declared.default is not None:
                values[declared.default] = None
    return {
        name: (False, True) if all(isinstance(value, bool) for value in values) else (*values, OTHER)
        for name, values in found.items()
    }


def _attributes(packs: tuple[Pack, ...]) -> list[Attributes]:
    values = attribute_values(packs)
    count = 1
    for choices in values.values():
        count *= len(choices)
    if count > MANY:
        raise PackError(Problem("error.too_many_cases", count=len(values), names=", ".join(values)))
    return [tuple(zip(values, chosen, strict=True)) for chosen in product(*values.values())]


def where_text(chosen: Iterable[Case], universe: Iterable[Case], lang: Lang = "vi", names: Names | None = None) -> str:
    """Some cases of many in words: regions and stretches of time, with what must be the case of the unit.

    An attribute that has none of the ``names`` is called by its id.
    """
    everything = list(universe)
    by_time: dict[Span, set[Member]] = {}
    for case in chosen:
        by_time.setdefault(case.span, set()).add(case.member)
    all_of_a_time = {case.member for case in everything}
    order = sorted({case.span for case in everything}, key=lambda span: span[0] or date.min)
    parts: list[str] = []
    for group in _runs([span for span in order if span in by_time], by_time, order):
        members = by_time[group[0]]
        when = span_text(group[0][0], group[-1][1], lang) if len(group) < len(order) else ""
        who = "" if members == all_of_a_time else _members_text(members, all_of_a_time, lang, names or {})
        parts.append(", ".join(text for text in (who, when) if text))
    return "; ".join(part for part in parts if part) or say("case.everywhere", lang)


def _runs(spans: list[Span], members: dict[Span, set[Member]], order: list[Span]) -> list[list[Span]]:
    """Neighbouring stretches of time of which the same is said, taken together."""
    runs: list[list[Span]] = []
    following = dict(pairwise(order))
    for span in spans:
        if runs and following.get(runs[-1][-1]) == span and members[runs[-1][-1]] == members[span]:
            runs[-1].append(span)
        else:
            runs.append([span])
    return runs


def _members_text(members: set[Member], everything: set[Member], lang: Lang, names: Names) -> str:
    """Who is meant, as regions; kinds of units and attributes are named where not all of a region's are meant."""
    regions_of: dict[Kind, set[Region]] = {}
    for level, region, attributes in sorted(members, key=str):
        regions_of.setdefault((level, attributes), set()).add(region)
    alike: dict[frozenset[Region], list[Kind]] = {}
    for kind, regions in regions_of.items():
        alike.setdefault(frozenset(regions), []).append(kind)
    kinds = {(level, attributes) for level, _, attributes in everything}
    regions_meant = frozenset(region for _, region, _ in everything)
    texts = []
    for together, meant in alike.items():
        where = [_regions_text(together, regions_meant, lang)] if together != regions_meant else []
        # What holds in these regions and in others besides may be told here too, where that leaves less to say.
        more = [kind for regions, others in alike.items() if together <= regions for kind in others]
        said = (", ".join([*where, *_kinds_text(set(some), kinds, lang, names)]) for some in (meant, more))
        texts.append(min(said, key=len))
    return " + ".join(text for text in texts if text)


def _regions_text(regions: frozenset[Region], universe: frozenset[Region], lang: Lang) -> str:
    most = 2 * len(regions) > len(universe) + 1
    meant = universe - regions if most else regions
    named = ", ".join(region.text(lang) for region in Region if region in meant)
    return say("case.all_but", lang, regions=named) if most else named


def _kinds_text(meant: set[Kind], kinds: set[Kind], lang: Lang, said: Names) -> list[str]:
    """Some kinds of units; those that are none, or any, of what the attributes say are called so."""
    for place in reversed(range(len(next(iter(kinds))[1]))):
        # What makes no difference here is not said.
        less = {_without(kind, place) for kind in meant}
        if {kind for kind in kinds if _without(kind, place) in less} == meant:
            meant, kinds = less, {_without(kind, place) for kind in kinds}
    if meant == kinds:
        return []
    first = next(iter(kinds))[1]
    if len(first) > 1 and first[0][0] == "group":
        of_groups = {attributes[0] for _, attributes in meant}
        rest = {_without(kind, 0) for kind in meant}
        if meant == {kind for kind in kinds if kind[1][0] in of_groups and _without(kind, 0) in rest}:
            groups = [Group(str(value)).text(lang) for _, value in sorted(of_groups, key=str)]
            return [*groups, *_kinds_text(rest, {_without(kind, 0) for kind in kinds}, lang, said)]
    names = [_named(name, lang, said) for name, _ in first]
    plain = {(level, attributes) for level, attributes in kinds if not any(value for _, value in attributes)}
    if names and plain and meant in (plain, kinds - plain):
        return [say("case.none_of" if meant == plain else "case.any_of", lang, names=" / ".join(names))]
    texts = []
    for level, attributes in sorted(meant, key=str):
        words = [level.text(lang)] if len({one for one, _ in kinds}) > 1 else []
        words += [
            Group(str(value)).text(lang) if name == "group" else f"{_named(name, lang, said)}: {_value(value, lang)}"
            for name, value in attributes
        ]
        texts.append(f"({'; '.join(words)})" if len(words) > 1 else "".join(words))
    return list(dict.fromkeys(texts))


def _without(kind: Kind, place: int) -> Kind:
    level, attributes = kind
    return level, attributes[:place] + attributes[place + 1 :]


def _value(value: Value, lang: Lang) -> str:
    return say("row.otherwise", lang) if value == OTHER else fact_text(value, lang)


def _named(name: str, lang: Lang, said: Names) -> str:
    return said[name].text(lang) if name in said else name
