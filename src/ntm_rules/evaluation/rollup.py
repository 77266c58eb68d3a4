"""How the units below a unit stand with a title: the list, the reports, the names in them, and the titles held.

The law is written down in ``docs/explanation/rollup.md``. Of each level a ``_Node`` holds what is known below a unit:
the units listed there, the nodes of the units between, and its own report as far as nothing contradicts it. How many
units meet the title is then an interval of whole numbers, and every report narrows the interval of its node.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from datetime import date
from typing import Any, NamedTuple

from ..assessment.rollup import NOT_CONCERNED, Contradiction, Rollup
from ..messages import Lang, Text, grouped, say
from ..naming import read_name, spelling
from ..pack.catalogue import Catalogue
from ..pack.reference import split_reference
from ..snapshot.child_counts import ChildCounts
from ..snapshot.model import Snapshot
from ..snapshot.unit import Unit
from ..territory import PARENT_LEVELS, Level
from ..units.provinces import provinces_of
from ..units.register import how_many
from ..verdict import MET, NOT_APPLICABLE, NOT_MET, UNKNOWN, Verdict
from .steps import steps_below


class Known(NamedTuple):
    """How a listed unit stands with a title: by a recognition in force, and on today's facts."""

    held: bool
    judged: Verdict
    # Whether what it is judged on contradicts itself or is doubted, in a way that bears on the verdict.
    doubted: bool = False

    @property
    def counts(self) -> Verdict:
        """What counts for a condition of law: held or met."""
        return MET if self.held else self.judged if self.judged in (MET, NOT_MET) else UNKNOWN


class Report(NamedTuple):
    """What a unit reports of the units of one level below it, under one title.

    Of the ``numbers`` the first is how many meet the title, the second how many are unknown; ``None`` where only
    names, or nothing but the total, was reported.
    """

    total: int
    numbers: tuple[int, int] | None
    meeting: tuple[str, ...]
    not_meeting: tuple[str, ...]
    unknown: tuple[str, ...]
    exempt: tuple[str, ...]

    @property
    def bounds(self) -> tuple[int, int]:
        """How many meet the title, at least and at most."""
        if self.numbers is None:
            return len(self.meeting), self.total - len(self.not_meeting)
        met, unknown = self.numbers
        return met, met + unknown


def named_as(key: str, meeting: str, catalogue: Catalogue, day: date) -> bool:
    """Whether counts under ``key`` are of the title ``meeting`` asks for, and of no other edition of its set."""
    if key == meeting:
        return True
    if catalogue.title_of(key, day) != catalogue.title_of(meeting, day):
        return False
    return "@" not in key or catalogue.root_of(key) == catalogue.named(meeting, day).root


def counted_under(counts: ChildCounts) -> tuple[str, ...]:
    """The packs some counts speak of."""
    groups = (counts.meeting, counts.unknown, counts.meeting_names, counts.not_meeting_names, counts.unknown_names)
    return tuple(sorted({key for group in groups for key in group}))


def counting_for(meeting: str, keys: Iterable[str], catalogue: Catalogue, day: date) -> str:
    """Of the packs that counts speak of, the one whose counts are those of ``meeting``; "" where none is.

    The pack's own come before those of another set of its title.
    """
    own = split_reference(meeting)[0]
    said = sorted(keys, key=lambda key: (key != meeting, split_reference(key)[0] != own, key))
    return next((key for key in said if named_as(key, meeting, catalogue, day)), "")


def report_of(counts: ChildCounts, meeting: str, catalogue: Catalogue, day: date) -> Report:
    """What counts say under a title."""
    key = counting_for(meeting, counted_under(counts), catalogue, day)
    unknown_names = _once(counts.unknown_names.get(key, ()))
    numbers = None
    if key in counts.meeting or key in counts.unknown:
        numbers = counts.meeting.get(key, 0), counts.unknown.get(key, len(unknown_names))
    return Report(
        counts.total,
        numbers,
        _once(counts.meeting_names.get(key, ())),
        _once(counts.not_meeting_names.get(key, ())),
        unknown_names,
        counts.exempt,
    )


def _once(names: Iterable[str]) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(_own_name(name), name)
    return tuple(found.values())


def _own_name(name: str) -> str:
    """One key for the spellings of a name; what kind of unit it is goes without saying within one level."""
    return spelling(read_name(name).own)


class Member(NamedTuple):
    """A listed unit of the level."""

    id: str
    label: str
    known: Known


class _Node:
    """What is known of the units of one level below one unit."""

    def __init__(self, members: Sequence[Member], parts: Sequence[_Node], complete: bool) -> None:
        self.members, self.parts, self.complete = tuple(members), tuple(parts), complete
        self.exempt: tuple[tuple[str, str], ...] = ()
        self.total: int = len(members) + sum(part.total for part in parts)
        # What this node's own report adds, where nothing contradicts it.
        self.extra = 0
        self.limits: tuple[int, int] | None = None
        self.names: dict[str, Verdict] = {}
        self.unlisted: tuple[tuple[str, ...], ...] = ((), ())
        self.told: dict[str, Verdict] = {}
        self.contradictions: tuple[Contradiction, ...] = ()
        self.not_given = 0
        # The packs that reports on these units speak of, here and below.
        self.spoken: frozenset[str] = frozenset().union(*(part.spoken for part in parts))

    def listed(self) -> Iterator[Member]:
        """Every unit of the level that is listed below."""
        yield from self.members
        for part in self.parts:
            yield from part.listed()

    def all_unlisted(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Names accepted of units that are not listed: those that do not meet the title, and those unknown."""
        failing, unsure = self.unlisted
        for part in self.parts:
            below = part.all_unlisted()
            failing, unsure = (*failing, *below[0]), (*unsure, *below[1])
        return tuple(dict.fromkeys(failing)), tuple(dict.fromkeys(unsure))

    def named(self) -> dict[str, Verdict]:
        """What accepted reports say of units by name, those below first."""
        found: dict[str, Verdict] = {}
        for part in self.parts:
            found |= part.named()
        return found | self.names

    def bounds(self, named: Mapping[str, Verdict] = {}) -> tuple[int, int] | None:
        """How many units meet the title, at least and at most; ``None`` where no number can be true."""
        named = {**named, **self.names}
        low, high = 0, self.extra
        for member in self.members:
            verdict = _counts(member, named)
            low += verdict is MET
            high += verdict is not NOT_MET
        for part in self.parts:
            inside = part.bounds(named)
            if inside is None:
                return None
            low, high = low + inside[0], high + inside[1]
        if self.limits is not None:
            low, high = max(low, self.limits[0]), min(high, self.limits[1])
        return (low, high) if low <= high else None

    def distrust(self) -> None:
        """Conclude nothing from any report on these units but how many there are."""
        self.limits, self.names, self.unlisted, self.told = None, {}, ((), ()), {}
        for part in self.parts:
            part.distrust()


def _counts(member: Member, named: Mapping[str, Verdict]) -> Verdict:
    known = member.known.counts
    return known if known is not UNKNOWN else named.get(member.id, UNKNOWN)


class Rollups:
    """Rolls up any unit of a register.

    ``known`` tells how a unit stands with a title, ``held`` which titles it holds, ``counts`` what it reports.
    """

    def __init__(
        self,
        register: Mapping[str, Unit],
        children: Mapping[str, Sequence[str]],
        known: Callable[[str, str], Known],
        held: Callable[[str], Iterable[str]],
        counts: Callable[[str], Mapping[Level, ChildCounts]],
        catalogue: Catalogue,
        day: date,
    ) -> None:
        self._register, self._children = register, children
        self._known, self._held, self._reported = known, held, counts
        self._catalogue, self._day = catalogue, day

    def of(self, unit_id: str, levels: Iterable[Level], meeting: str) -> Rollup:
        """The units of some levels below a unit: each level reckoned by itself, the results added up."""
        return total_of([self.level(unit_id, level, meeting)[0] for level in levels])

    def level(self, unit_id: str, level: Level, meeting: str) -> tuple[Rollup, dict[str, Verdict]]:
        """The units of one level, and what the unit's own report says of those listed."""
        node = self._node(unit_id, level, meeting)
        return _told(node), node.told

    def _in_register(self, unit_id: str, level: Level) -> int:
        """How many units of a level the country's register of the day has in a province; 0 where it does not say."""
        if self._register[unit_id].level is not Level.PROVINCE:
            return 0
        province = provinces_of(self._catalogue).find(unit_id, self._day)
        return 0 if province is None else how_many(self._day, province.code).get(level, 0)

    def _node(self, unit_id: str, level: Level, meeting: str) -> _Node:
        node = self._by_itself(unit_id, level, meeting)
        if node.spoken:
            self._beside_other_steps(node, unit_id, level, meeting)
        return node

    def _beside_other_steps(self, node: _Node, unit_id: str, level: Level, meeting: str) -> None:
        """Lay a count beside those of the titles it builds on and of those that build on it."""
        day, own = self._day, self._catalogue.title_of(meeting, self._day)
        below = steps_below(own, self._catalogue, day)
        spoken = {self._catalogue.title_of(key, day) for key in node.spoken}
        # Of titles that are held nobody need speak.
        spoken.update(*(self._held(member.id) for member in node.listed()))
        above = {title for title in spoken if own in steps_below(title, self._catalogue, day)}
        found: list[Contradiction] = []
        for title in sorted(below | above):
            other = self._by_itself(unit_id, level, title)
            higher, lower = (node, other) if title in below else (other, node)
            if (values := _more_than_below(higher, lower)) is not None:
                titles = (own, title) if title in below else (title, own)
                found.append(self._of_steps(values, titles, self._register[unit_id], level, title))
        if found:
            node.distrust()
            node.contradictions += tuple(found)

    def _of_steps(
        self, values: tuple[str, ...], titles: tuple[str, str], unit: Unit, level: Level, beside: str
    ) -> Contradiction:
        higher, lower = (self._catalogue.named(title, self._day).title for title in titles)
        key = "rollup.steps" if len(values) == 2 and values[0].isdecimal() else "rollup.steps.names"
        told = {"names": ", ".join(values), "known": values[0], "more": values[-1]}
        about = (
            say(key, lang, unit=_label(unit), level=level, higher=higher, lower=lower, **told) for lang in ("vi", "en")
        )
        return Contradiction("steps", _label(unit), level, Text(*about), values, beside)

    def _by_itself(self, unit_id: str, level: Level, meeting: str) -> _Node:
        title = self._catalogue.title_of(meeting, self._day)
        members, exempt, parts = [], [], []
        complete = False
        for child_id in self._children.get(unit_id, ()):
            child = self._register[child_id]
            if _rank(child.level) == _rank(level):
                complete = True
                if child.level is level and child.exempt:
                    exempt.append((_label(child), child.exempt))
                elif child.level is level:
                    known = self._known(child_id, title)
                    # Whom a set does not concern, by the facts told, is no failure and is not waited for.
                    if known.judged is NOT_APPLICABLE and not known.held:
                        exempt.append((_label(child), NOT_CONCERNED))
                    else:
                        members.append(Member(child_id, _label(child), known))
            elif _rank(child.level) < _rank(level):
                complete = True
                if can_lie_in(level, child.level):
                    parts.append(self._node(child_id, level, meeting))
        node = _Node(members, parts, complete and all(part.complete for part in parts))
        node.exempt = (*exempt, *(one for part in parts for one in part.exempt))
        node.contradictions = tuple(one for part in parts for one in part.contradictions)
        counts = self._reported(unit_id).get(level)
        # A list that lacks units of the country's register is not the whole.
        listed = self._in_register(unit_id, level) if node.complete else 0
        lacking = listed > node.total + len(node.exempt)
        if counts is not None:
            # A register without a unit of this very level says that there are none only as long as nobody counts any.
            node.complete = node.complete and bool(node.total or node.exempt) and not lacking
            report = report_of(counts, meeting, self._catalogue, self._day)
            node.spoken |= set(counted_under(counts)) if counts.reported else set()
            _lay_beside(node, report, self._register[unit_id], level)
        if lacking and node.limits is None:
            node.not_given = max(0, listed - node.total - len(node.exempt))
            node.total, node.extra = node.total + node.not_given, node.extra + node.not_given
            node.complete = True
        return node


def reported(snapshot: Snapshot, levels: Iterable[Level], meeting: str, catalogue: Catalogue) -> Rollup:
    """The units below as a snapshot alone counts them; a level nobody reported leaves the total open."""
    unit = snapshot.unit
    alone = Rollups(
        {unit.id: unit}, {}, _nothing_known, lambda _: (), lambda _: snapshot.children, catalogue, snapshot.as_of
    )
    return alone.of(unit.id, levels, meeting)


def _nothing_known(unit_id: str, title: str) -> Known:
    return Known(False, UNKNOWN)


def total_of(parts: Sequence[Rollup]) -> Rollup:
    """Several rollups added up; what contradicts one of them stays attached."""
    if len(parts) == 1:
        return parts[0]
    added = {
        name: sum(getattr(part, name) for part in parts)
        for name in ("total", "met", "unknown", "held", "judged", "reported", "reported_not_met", "not_given")
    }
    names = (
        "failing_names",
        "unknown_names",
        "held_not_met",
        "exempt",
        "contradictions",
        "counted_all_the_same",
        "doubted_names",
    )
    joined: dict[str, Any] = {name: tuple(item for part in parts for item in getattr(part, name)) for name in names}
    return Rollup(**added, **joined, open_total=any(part.open_total for part in parts))


def _label(unit: Unit) -> str:
    return unit.name or unit.id


def _rank(level: Level) -> int:
    """How far below the province units of a level stand."""
    if level is Level.PROVINCE:
        return 0
    if level in (Level.VILLAGE, Level.PRODUCT):
        return 3
    return 1 if level in PARENT_LEVELS[Level.COMMUNE] | PARENT_LEVELS[Level.WARD] else 2


def can_lie_in(level: Level, above: Level) -> bool:
    """Whether units of a level can lie, directly or not, in one of the level above."""
    direct = PARENT_LEVELS[level]
    return above in direct or any(can_lie_in(between, above) for between in direct)


_Found = tuple[str, tuple[str, ...]]


def _lay_beside(node: _Node, report: Report, unit: Unit, level: Level) -> None:
    """Take a report into a node: as a limit where nothing contradicts it, else as a contradiction."""
    matched, strange = _reconciled(node, report, level)
    node.told = _said_of_each(node, report, matched)
    exempted = tuple(_exempt_otherwise(node, report, level))
    node.exempt += tuple((name, "") for name in _exempt_besides(node, report, level))
    found = list(_within(report))
    found += _beside_the_list(node, report, matched, {} if found or exempted else strange)
    found += exempted
    known = node.bounds() or (0, 0)
    before = node.total, node.complete
    room = max(0, report.total - node.total)
    if not found:
        node.names = {unit_id: verdict for unit_id, verdict in matched.items() if verdict is not UNKNOWN}
        node.limits = _limits(node, report, strange)
        node.unlisted = tuple(tuple(n for n, v in strange.items() if v is w) for w in (NOT_MET, UNKNOWN))
        node.total, node.complete, node.extra = report.total, True, room
        if node.bounds() is None:
            # What is known, with the names in the report itself, leaves no room for its number.
            node.limits = None
            known = node.bounds() or (known[0], known[1] + room)
            node.names, node.unlisted, node.extra = {}, ((), ()), 0
            node.total, node.complete = before
            found = [("number", (_span(known, report.total), _span(report.bounds, report.total)))]
    if found:
        node.contradictions += tuple(
            _contradiction(node, kind, values, known, report, unit, level) for kind, values in found
        )
        if not node.complete:
            # A report that contradicts itself says at most that there are units.
            node.total, node.extra = node.total + room, room


def _limits(node: _Node, report: Report, strange: Mapping[str, Verdict]) -> tuple[int, int]:
    """How many meet the title by the numbers and by the names, those of units that are not listed included."""
    named = node.named()
    known = Counter(_counts(member, named) for member in node.listed())
    names = Counter(strange.values())
    low, high = report.bounds
    return max(low, known[MET] + names[MET]), min(high, report.total - known[NOT_MET] - names[NOT_MET])


def _within(report: Report) -> Iterator[_Found]:
    """Rows of one report that contradict each other."""
    lists = (report.meeting, report.not_meeting, report.unknown, report.exempt)
    times = Counter(key for names in lists for key in {_own_name(name) for name in names})
    twice = _once(name for names in lists for name in names if times[_own_name(name)] > 1)
    if twice:
        yield "report.twice", twice
    named = len(report.meeting) + len(report.not_meeting) + len(report.unknown)
    if named > report.total:
        yield "report.too_many", (str(report.total), str(named))
    elif report.numbers is not None:
        met, unknown = report.numbers
        rows = (
            ("report.meeting", report.meeting, met),
            ("report.not_meeting", report.not_meeting, report.total - met - unknown),
            ("report.unknown", report.unknown, unknown),
        )
        for kind, names, number in rows:
            if len(names) > number:
                yield kind, (str(number), ", ".join(names))


def _reconciled(node: _Node, report: Report, level: Level) -> tuple[dict[str, Verdict], dict[str, Verdict]]:
    """Names laid beside the list: what is said of listed units, by id, and of names that none of them has."""
    listed = _by_name(((member.label, member.id) for member in node.listed()), level)
    matched: dict[str, Verdict] = {}
    strange: dict[str, Verdict] = {}
    said = ((report.meeting, MET), (report.not_meeting, NOT_MET), (report.unknown, UNKNOWN))
    for name, verdict in ((name, verdict) for names, verdict in said for name in names):
        found = listed(name)
        if len(found) == 1:
            matched[next(iter(found))] = verdict
        elif not found:
            strange[name] = verdict
    return matched, strange


def _by_name(units: Iterable[tuple[str, str]], level: Level) -> Callable[[str], Set[str]]:
    """Which units, given by name and id, are called so; a name may say of what kind its unit is."""
    ids: dict[str, set[str]] = {}
    for label, unit_id in units:
        for key in (_own_name(label), spelling(unit_id)):
            ids.setdefault(key, set()).add(unit_id)

    def called(name: str) -> Set[str]:
        kinds, own, _ = read_name(name)
        return ids.get(spelling(own), frozenset()) if not kinds or level.value in kinds else frozenset()

    return called


def _exempt_otherwise(node: _Node, report: Report, level: Level) -> Iterator[_Found]:
    """Units that a report exempts and the list counts, and the reverse."""
    counted = _by_name(((member.label, member.id) for member in node.listed()), level)
    exempt = _by_name(((label, label) for label, _ in node.exempt), level)
    if names := tuple(name for name in report.exempt if counted(name)):
        yield "names.counted", names
    named = (*report.meeting, *report.not_meeting, *report.unknown)
    if names := tuple(name for name in named if exempt(name) and not counted(name)):
        yield "names.exempt", names


def _exempt_besides(node: _Node, report: Report, level: Level) -> Iterator[str]:
    """Units that a report exempts and nobody listed."""
    listed = _by_name(
        (*((member.label, member.id) for member in node.listed()), *((label, label) for label, _ in node.exempt)), level
    )
    return (name for name in report.exempt if not listed(name))


def _beside_the_list(
    node: _Node, report: Report, matched: Mapping[str, Verdict], strange: Mapping[str, Verdict]
) -> Iterator[_Found]:
    """What a report says otherwise than the list and the reports below."""
    if report.total < node.total or (node.complete and report.total != node.total):
        yield "total", (_span(node.bounds() or (0, 0), node.total), _span(report.bounds, report.total))
    listed = {member.id: member for member in node.listed()}
    if len(strange) > max(node.total, report.total) - len(listed):
        yield "names.strange", tuple(strange)
    below = node.named()
    found: dict[str, list[str]] = {}
    for unit_id, verdict in matched.items():
        counts = _counts(listed[unit_id], below)
        if UNKNOWN not in (verdict, counts) and verdict is not counts:
            how = "held" if listed[unit_id].known.held else "met" if counts is MET else "not_met"
            found.setdefault(f"names.{how}", []).append(listed[unit_id].label)
    yield from ((kind, tuple(names)) for kind, names in found.items())


def _more_than_below(higher: _Node, lower: _Node) -> tuple[str, ...] | None:
    """What cannot be where one title builds on another: the counts, what the lower allows first, or units by name."""
    least, most = higher.bounds(), lower.bounds()
    if least is not None and most is not None and least[0] > most[1]:
        return str(most[1]), str(least[0])
    above, below = higher.named(), lower.named()
    known = {member.id: member for member in lower.listed()}
    names = [
        member.label
        for member in higher.listed()
        if (member.id in above or member.id in below)
        and _counts(member, above) is MET
        and member.id in known
        and _counts(known[member.id], below) is NOT_MET
    ]
    return tuple(names) or None


def _said_of_each(node: _Node, report: Report, matched: Mapping[str, Verdict]) -> dict[str, Verdict]:
    """What a report says of each listed unit, by name or because no other unit is left."""
    told = {unit_id: verdict for unit_id, verdict in matched.items() if verdict is not UNKNOWN}
    ids = [member.id for member in node.listed()]
    if report.numbers is None or report.numbers[1] or len(ids) != report.total:
        return told
    said = Counter(told.values())
    if said[NOT_MET] == report.total - report.numbers[0]:
        return dict.fromkeys(ids, MET) | told
    return dict.fromkeys(ids, NOT_MET) | told if said[MET] == report.numbers[0] else told


def _span(bounds: tuple[int, int], total: int) -> str:
    low, high = bounds
    return f"{low}/{total}" + (f" (+{high - low}?)" if high > low else "")


def _contradiction(
    node: _Node,
    kind: str,
    values: tuple[str, ...],
    known: tuple[int, int],
    report: Report,
    unit: Unit,
    level: Level,
) -> Contradiction:
    own = [m.label for m in node.listed() if UNKNOWN is not m.known.counts is not node.told.get(m.id, m.known.counts)]

    counted = kind in ("total", "number")

    def about(lang: Lang) -> str:
        otherwise = say("rollup.otherwise", lang, names=", ".join(own)) if own else ""
        return say(
            f"rollup.{kind}",
            lang,
            unit=_label(unit),
            level=level,
            said=_in_words(report.bounds, report.total, lang),
            known=_in_words(known, report.total if kind == "number" else node.total, lang) if counted else values[0],
            names=", ".join(values),
            more=values[-1],
            otherwise=otherwise if kind == "number" else "",
        )

    which, _, _ = kind.partition(".")
    assert which in ("report", "total", "names", "number")
    return Contradiction(which, _label(unit), level, Text(about("vi"), about("en")), values)  # type: ignore[arg-type]


def _in_words(bounds: tuple[int, int], total: int, lang: Lang) -> str:
    low, high = bounds
    met = say("explain.from_to", lang, low=low, high=high) if high > low else grouped(low, lang)
    return f"{met}/{grouped(total, lang)}"


def _told(node: _Node) -> Rollup:
    """A node as it is shown."""
    low, high = node.bounds() or (0, node.total)
    members, named = tuple(node.listed()), node.named()
    counted = {member.id: _counts(member, named) for member in members}
    verdicts = Counter(counted.values())
    if low == high == verdicts[MET] and len(members) == node.total:
        # Where as many as may meet it are known to, the open ones do not.
        counted = {unit_id: verdict if verdict is MET else NOT_MET for unit_id, verdict in counted.items()}
    own = Counter(member.known.counts for member in members)
    failing, unsure = node.all_unlisted()
    return Rollup(
        node.total,
        low,
        high - low,
        sum(member.known.held for member in members),
        sum(member.known.judged is MET for member in members),
        low - own[MET],
        node.total - high - own[NOT_MET],
        not node.complete,
        (*(m.label for m in members if counted[m.id] is NOT_MET), *failing),
        (*(m.label for m in members if counted[m.id] is UNKNOWN), *unsure) if high > low else (),
        tuple(m.label for m in members if m.known.held and m.known.judged is NOT_MET),
        node.exempt,
        node.contradictions,
        node.not_given,
        doubted_names=tuple(m.label for m in members if m.known.doubted and not m.known.held),
    )
