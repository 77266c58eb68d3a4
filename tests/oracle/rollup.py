"""Counts of a tree by trying every way the open units may turn out; written from docs/explanation/rollup.md alone.

A unit is a dict: ``id``, ``level``, ``parent``, ``exempt``, ``held``, ``judged`` (True, False or None), ``reports`` (by
level: ``total``, ``meeting``, ``unknown``, ``meeting_names``, ``not_meeting_names``, ``unknown_names``, ``exempt``).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any, NamedTuple

Plain = dict[str, Any]
TIERS = {"province": 0, "district": 1, "city": 1, "commune": 2, "town": 2, "village": 3}
# Where units of a level can lie, directly or further up.
WITHIN = {
    "district": {"province"},
    "city": {"province"},
    "commune": {"district", "city", "province"},
    "town": {"district", "city", "province"},
    "village": {"commune", "town", "district", "city", "province"},
}


class Answer(NamedTuple):
    """How many units there are, how many meet the title at least and at most, and what is wrong."""

    total: int
    low: int
    high: int
    open_total: bool
    contradicted: bool


class Group(NamedTuple):
    """The units of a level below a unit, by id; anonymous ones are those only a report knows of."""

    units: dict[str, bool | None]
    anonymous: frozenset[str]
    rules: tuple[Any, ...]
    complete: bool
    contradicted: bool
    exempt: frozenset[str]


def stands(unit: Plain) -> bool | None:
    """Held or met; not met; open."""
    return True if unit["held"] else unit["judged"]


def ways(group: Group, extra_rules: tuple[Any, ...] = ()) -> Iterator[dict[str, bool]]:
    """Every way the open units may turn out that no accepted report forbids."""
    names = list(group.units)
    for turn in product(*((known,) if known is not None else (False, True) for known in group.units.values())):
        way = dict(zip(names, turn, strict=True))
        if all(rule(way) for rule in (*group.rules, *extra_rules)):
            yield way


def group_of(tree: dict[str, Plain], parent: str, level: str) -> Group:
    children = [unit for unit in tree.values() if unit["parent"] == parent]
    units: dict[str, bool | None] = {}
    anonymous: frozenset[str] = frozenset()
    rules: tuple[Any, ...] = ()
    complete = contradicted = partial = False
    exempt: frozenset[str] = frozenset()
    for child in children:
        if TIERS[child["level"]] == TIERS[level]:
            complete = True
            if child["level"] == level and child["exempt"]:
                exempt |= {child["name"]}
            elif child["level"] == level:
                units[child["id"]] = stands(child)
        elif TIERS[child["level"]] < TIERS[level]:
            complete = True
            if child["level"] in WITHIN[level]:
                below = group_of(tree, child["id"], level)
                units |= below.units
                anonymous |= below.anonymous
                rules += below.rules
                contradicted |= below.contradicted
                exempt |= below.exempt
                partial |= not below.complete
    group = Group(units, anonymous, rules, complete and not partial, contradicted, exempt)
    report = tree[parent]["reports"].get(level)
    if report is None:
        return group
    if not group.units and not group.exempt:
        group = group._replace(complete=False)
    return beside(tree, group, report, parent)


def beside(tree: dict[str, Plain], group: Group, report: Plain, parent: str) -> Group:
    """The group with a report laid beside it, or told to be contradicted."""
    total = report["total"]
    room = max(0, total - len(group.units))
    new = {f"{parent}?{number}": None for number in range(room)}
    wider = group._replace(units={**group.units, **new}, anonymous=group.anonymous | new.keys())
    refused = group._replace(contradicted=True) if group.complete else wider._replace(contradicted=True)
    if not consistent(report):
        return refused
    # Who takes no part by the one and is counted by the other.
    if group.exempt & told(report).keys():
        return refused
    if any(unit["name"] in report["exempt"] and unit["id"] in group.units for unit in tree.values()):
        return refused
    if total < len(group.units) or (group.complete and total != len(group.units)):
        return refused
    names = {unit["name"]: unit["id"] for unit in tree.values()}
    ids = {names[name] if names.get(name) in group.units else name: said for name, said in told(report).items()}
    strangers = [name for name in ids if name not in group.units]
    if len(strangers) > len(wider.anonymous):
        return refused

    def rule(way: dict[str, bool]) -> bool:
        met = sum(way[name] for name in wider.units)
        if report["meeting"] is not None and not (report["meeting"] <= met <= report["meeting"] + said_unknown(report)):
            return False
        if any(way[name] is not said for name, said in ids.items() if name in way and said is not None):
            return False
        hidden = [way[name] for name in wider.anonymous]
        yes = sum(ids[name] is True for name in strangers)
        no = sum(ids[name] is False for name in strangers)
        return hidden.count(True) >= yes and hidden.count(False) >= no

    accepted = wider._replace(rules=(*group.rules, rule), complete=True)
    return accepted if any(True for _ in ways(accepted)) else refused


def told(report: Plain) -> dict[str, bool | None]:
    said: dict[str, bool | None] = dict.fromkeys(report["unknown_names"])
    return said | dict.fromkeys(report["not_meeting_names"], False) | dict.fromkeys(report["meeting_names"], True)


def said_unknown(report: Plain) -> int:
    return len(report["unknown_names"]) if report["unknown"] is None else report["unknown"]


def consistent(report: Plain) -> bool:
    """Whether the rows of a report can all be true."""
    lists = [set(report[name]) for name in ("meeting_names", "not_meeting_names", "unknown_names")]
    apart = [*lists, set(report["exempt"])]
    if len(set.union(*apart)) != sum(map(len, apart)) or sum(map(len, lists)) > report["total"]:
        return False
    if report["meeting"] is None:
        return True
    met, unknown = report["meeting"], said_unknown(report)
    numbers = (met, report["total"] - met - unknown, unknown)
    return all(len(names) <= number for names, number in zip(lists, numbers, strict=True))


def count(tree: dict[str, Plain], parent: str, level: str) -> Answer:
    """The units of a level below a unit."""
    group = group_of(tree, parent, level)
    found = [sum(way.values()) for way in ways(group)]
    return Answer(len(group.units), min(found), max(found), not group.complete, group.contradicted)
