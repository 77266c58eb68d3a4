"""How the units below a unit stand with a title: the list, the reports, the names in them, and the titles held.

The law is written down in ``docs/explanation/rollup.md``. Of each level a ``Node`` holds what is known below a unit:
the units listed there, the nodes of the units between, and its own report as far as nothing contradicts it. How many
units meet the title is then an interval of whole numbers, and every report narrows the interval of its node.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from ..assessment.rollup import NOT_CONCERNED, Contradiction, Rollup
from ..messages import Text, say
from ..pack.catalogue import Catalogue
from ..snapshot.child_counts import ChildCounts
from ..snapshot.model import Snapshot
from ..snapshot.unit import Unit
from ..territory import PARENT_LEVELS, Level
from ..units.provinces import provinces_of
from ..units.register import how_many
from ..verdict import MET, NOT_APPLICABLE, NOT_MET, UNKNOWN, Verdict
from .rollup_beside import lay_beside
from .rollup_node import Known, Member, Node, verdict_of
from .rollup_report import counted_under, report_of
from .steps import steps_below


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

    def _node(self, unit_id: str, level: Level, meeting: str) -> Node:
        node = self._by_itself(unit_id, level, meeting)
        if node.spoken:
            self._beside_other_steps(node, unit_id, level, meeting)
        return node

    def _beside_other_steps(self, node: Node, unit_id: str, level: Level, meeting: str) -> None:
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
            say(key, lang, unit=unit.label, level=level, higher=higher, lower=lower, **told) for lang in ("vi", "en")
        )
        return Contradiction("steps", unit.label, level, Text(*about), values, beside)

    def _by_itself(self, unit_id: str, level: Level, meeting: str) -> Node:
        title = self._catalogue.title_of(meeting, self._day)
        members, exempt, parts = [], [], []
        complete = False
        for child_id in self._children.get(unit_id, ()):
            child = self._register[child_id]
            if _rank(child.level) == _rank(level):
                complete = True
                if child.level is level and child.exempt:
                    exempt.append((child.label, child.exempt))
                elif child.level is level:
                    known = self._known(child_id, title)
                    # Whom a set does not concern, by the facts told, is no failure and is not waited for.
                    if known.judged is NOT_APPLICABLE and not known.held:
                        exempt.append((child.label, NOT_CONCERNED))
                    else:
                        members.append(Member(child_id, child.label, known))
            elif _rank(child.level) < _rank(level):
                complete = True
                if can_lie_in(level, child.level):
                    parts.append(self._node(child_id, level, meeting))
        node = Node(members, parts, complete and all(part.complete for part in parts))
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
            lay_beside(node, report, self._register[unit_id], level)
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


def _more_than_below(higher: Node, lower: Node) -> tuple[str, ...] | None:
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
        and verdict_of(member, above) is MET
        and member.id in known
        and verdict_of(known[member.id], below) is NOT_MET
    ]
    return tuple(names) or None


def _told(node: Node) -> Rollup:
    """A node as it is shown."""
    low, high = node.bounds() or (0, node.total)
    members, named = tuple(node.listed()), node.named()
    counted = {member.id: verdict_of(member, named) for member in members}
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
