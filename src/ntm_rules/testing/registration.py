"""What ``st.from_type`` gives for this library's types; found by Hypothesis through its entry point."""

from __future__ import annotations

from typing import Any


def register() -> None:
    """Register the strategies. They are built on first use, so that importing Hypothesis stays cheap."""
    from hypothesis import strategies as st

    from ..pack.measure import Measure
    from ..pack.model import Pack
    from ..quantity.amount import Amount
    from ..snapshot.model import Snapshot
    from ..snapshot.unit import Unit

    st.register_type_strategy(Pack, _packs)
    st.register_type_strategy(Snapshot, _snapshots)
    st.register_type_strategy(Unit, _units)
    st.register_type_strategy(Measure, _measures)
    st.register_type_strategy(Amount, _amounts)


def _packs(_: Any) -> Any:
    from .writing import packs

    return packs()


def _snapshots(_: Any) -> Any:
    from .observing import snapshots
    from .writing import worlds

    return worlds().flatmap(lambda world: snapshots(world.pack, "partial", catalogue=world.catalogue))


def _units(_: Any) -> Any:
    return _snapshots(None).map(lambda snapshot: snapshot.unit)


def _measures(_: Any) -> Any:
    from hypothesis import strategies as st

    from .writing import MEASURES

    return st.sampled_from(MEASURES)


def _amounts(_: Any) -> Any:
    from .writing import amounts

    return amounts()
