"""Trees of units with their snapshots: provinces of districts of communes, as far as some packs reach."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from hypothesis import strategies as st

from ..pack.catalogue import Catalogue, installed
from ..pack.model import Pack
from ..snapshot.model import Snapshot
from ..snapshot.unit import Unit
from ..territory import PARENT_LEVELS, Level, ended
from .ground import days
from .observing import Kind, snapshots
from .writing import Draw

_ORDER = (
    (Level.PROVINCE,),
    (Level.DISTRICT, Level.DISTRICT_TOWN, Level.CITY),
    (Level.COMMUNE, Level.TOWN, Level.WARD, Level.SPECIAL_ZONE),
    (Level.VILLAGE,),
)


class Tree(NamedTuple):
    """A register of units, what is known of them, and the packs to judge them by: what ``evaluate_tree`` takes."""

    units: tuple[Unit, ...]
    snapshots: tuple[Snapshot, ...]
    packs: tuple[Pack, ...]
    as_of: date


@st.composite
def trees(
    draw: Draw[Any],
    packs: Sequence[Pack | str],
    *,
    children: int = 3,
    kinds: Sequence[Kind] = ("complete", "partial"),
    catalogue: Catalogue | None = None,
) -> Tree:
    """A tree of units of every level the packs apply to, each with up to ``children`` below it.

    Some units have no snapshot, some take no part in the programme. Nothing is counted for a parent: what its
    children come to is for ``evaluate_tree`` to find out.

    >>> import ntm_rules as ntm
    >>> from hypothesis import Phase, find, settings
    >>> quick = settings(phases=[Phase.generate])
    >>> chosen = trees(["vn/commune@2021-2025", "vn/district"])
    >>> tree = find(chosen, lambda tree: len(tree.units) == 2, settings=quick)
    >>> [unit.level.value for unit in tree.units]
    ['district', 'commune']
    """
    catalogue = catalogue or installed()
    chosen = tuple(catalogue.load(pack) if isinstance(pack, str) else pack for pack in packs)
    common = [day for day in days(chosen[0]) if all(day in pack.valid for pack in chosen)]
    day = draw(st.sampled_from(common))
    applied = {level for pack in chosen for level in pack.applies_to if not ended(level, day)}
    ranks = [levels for levels in (tuple(lv for lv in rank if lv in applied) for rank in _ORDER) if levels]
    found: list[Unit] = []
    above: list[Unit] = []
    for depth, levels in enumerate(ranks):
        row: list[Unit] = []
        parents: list[Unit | None] = [*above] if depth else [None]
        for parent in parents:
            fitting = [level for level in levels if parent is None or parent.level in PARENT_LEVELS[level]]
            count = draw(st.integers(0, children)) if depth and fitting else 1
            for _ in range(count):
                row.append(_unit(draw, f"u{len(found) + len(row)}", draw(st.sampled_from(fitting)), parent))
        found += row
        above = row
        if not row:
            break
    known = [_snapshot(draw, unit, chosen, day, kinds, catalogue) for unit in found if draw(st.integers(0, 4)) < 4]
    return Tree(tuple(found), tuple(snapshot for snapshot in known if snapshot is not None), chosen, day)


def _unit(draw: Draw[Any], unit_id: str, level: Level, parent: Unit | None) -> Unit:
    exempt = "ngoài Chương trình" if parent is not None and draw(st.integers(0, 7)) == 7 else ""
    return Unit(id=unit_id, level=level, parent=parent.id if parent else None, exempt=exempt)


def _snapshot(
    draw: Draw[Any], unit: Unit, packs: tuple[Pack, ...], day: date, kinds: Sequence[Kind], catalogue: Catalogue
) -> Snapshot | None:
    fitting = [pack for pack in packs if unit.level in pack.applies_to]
    if not fitting:
        return None
    pack, kind = draw(st.sampled_from(fitting)), draw(st.sampled_from(list(kinds)))
    drawn: Snapshot = draw(snapshots(pack, kind, catalogue=catalogue, on=day))
    placed = unit.model_copy(
        update={"region": drawn.unit.region, "group": drawn.unit.group, "attributes": drawn.unit.attributes}
    )
    return drawn.model_copy(update={"unit": placed, "children": {}})
