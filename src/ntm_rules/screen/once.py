"""The same thing said of many: told once, with how many and the first of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from ..messages import Lang, say

_NAMED = 3


def once(told: Iterable[tuple[str, str]], of: Literal["units", "places"], lang: Lang) -> list[str]:
    """``(who, what)`` gathered by what, in the order in which each is first told.

    >>> once([("Xã A", "thiếu ngày"), ("Xã B", "thiếu ngày"), ("Xã B", "thiếu mã")], "units", "vi")
    ['2 đơn vị (Xã A, Xã B): thiếu ngày', 'Xã B: thiếu mã']
    """
    gathered: dict[str, list[str]] = {}
    for who, what in told:
        gathered.setdefault(what, []).append(who)
    lines = []
    for what, names in gathered.items():
        if len(names) == 1:
            lines.append(f"{names[0]}: {what}" if names[0] else what)
            continue
        first = ", ".join(names[:_NAMED]) + (", …" if len(names) > _NAMED else "")
        lines.append(f"{say(f'screen.same_{of}', lang, count=len(names), names=first)}: {what}")
    return lines
