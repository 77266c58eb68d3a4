"""A report laid beside what is known below: taken in where nothing contradicts it, else told as a contradiction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Set

from ..assessment.rollup import Contradiction
from ..messages import Lang, Text, grouped, say
from ..naming import read_name, spelling
from ..snapshot.unit import Unit
from ..territory import Level
from ..verdict import MET, NOT_MET, UNKNOWN, Verdict
from .rollup_node import Node, verdict_of
from .rollup_report import Report, once, own_name

Found = tuple[str, tuple[str, ...]]


def lay_beside(node: Node, report: Report, unit: Unit, level: Level) -> None:
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


def _limits(node: Node, report: Report, strange: Mapping[str, Verdict]) -> tuple[int, int]:
    """How many meet the title by the numbers and by the names, those of units that are not listed included."""
    named = node.named()
    known = Counter(verdict_of(member, named) for member in node.listed())
    names = Counter(strange.values())
    low, high = report.bounds
    return max(low, known[MET] + names[MET]), min(high, report.total - known[NOT_MET] - names[NOT_MET])


def _within(report: Report) -> Iterator[Found]:
    """Rows of one report that contradict each other."""
    lists = (report.meeting, report.not_meeting, report.unknown, report.exempt)
    times = Counter(key for names in lists for key in {own_name(name) for name in names})
    twice = once(name for names in lists for name in names if times[own_name(name)] > 1)
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


def _reconciled(node: Node, report: Report, level: Level) -> tuple[dict[str, Verdict], dict[str, Verdict]]:
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
        for key in (own_name(label), spelling(unit_id)):
            ids.setdefault(key, set()).add(unit_id)

    def called(name: str) -> Set[str]:
        kinds, own, _ = read_name(name)
        return ids.get(spelling(own), frozenset()) if not kinds or level.value in kinds else frozenset()

    return called


def _exempt_otherwise(node: Node, report: Report, level: Level) -> Iterator[Found]:
    """Units that a report exempts and the list counts, and the reverse."""
    counted = _by_name(((member.label, member.id) for member in node.listed()), level)
    exempt = _by_name(((label, label) for label, _ in node.exempt), level)
    if names := tuple(name for name in report.exempt if counted(name)):
        yield "names.counted", names
    named = (*report.meeting, *report.not_meeting, *report.unknown)
    if names := tuple(name for name in named if exempt(name) and not counted(name)):
        yield "names.exempt", names


def _exempt_besides(node: Node, report: Report, level: Level) -> Iterator[str]:
    """Units that a report exempts and nobody listed."""
    listed = _by_name(
        (*((member.label, member.id) for member in node.listed()), *((label, label) for label, _ in node.exempt)), level
    )
    return (name for name in report.exempt if not listed(name))


def _beside_the_list(
    node: Node, report: Report, matched: Mapping[str, Verdict], strange: Mapping[str, Verdict]
) -> Iterator[Found]:
    """What a report says otherwise than the list and the reports below."""
    if report.total < node.total or (node.complete and report.total != node.total):
        yield "total", (_span(node.bounds() or (0, 0), node.total), _span(report.bounds, report.total))
    listed = {member.id: member for member in node.listed()}
    if len(strange) > max(node.total, report.total) - len(listed):
        yield "names.strange", tuple(strange)
    below = node.named()
    found: dict[str, list[str]] = {}
    for unit_id, verdict in matched.items():
        counts = verdict_of(listed[unit_id], below)
        if UNKNOWN not in (verdict, counts) and verdict is not counts:
            how = "held" if listed[unit_id].known.held else "met" if counts is MET else "not_met"
            found.setdefault(f"names.{how}", []).append(listed[unit_id].label)
    yield from ((kind, tuple(names)) for kind, names in found.items())


def _said_of_each(node: Node, report: Report, matched: Mapping[str, Verdict]) -> dict[str, Verdict]:
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
    node: Node,
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
            unit=unit.label,
            level=level,
            said=_in_words(report.bounds, report.total, lang),
            known=_in_words(known, report.total if kind == "number" else node.total, lang) if counted else values[0],
            names=", ".join(values),
            more=values[-1],
            otherwise=otherwise if kind == "number" else "",
        )

    which, _, _ = kind.partition(".")
    assert which in ("report", "total", "names", "number")
    return Contradiction(which, unit.label, level, Text(about("vi"), about("en")), values)  # type: ignore[arg-type]


def _in_words(bounds: tuple[int, int], total: int, lang: Lang) -> str:
    low, high = bounds
    met = say("explain.from_to", lang, low=low, high=high) if high > low else grouped(low, lang)
    return f"{met}/{grouped(total, lang)}"
