"""What was asked for lately."""

from __future__ import annotations

from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Recent(dict[K, V]):
    """So many of the last answers by what was asked: emptied when it is full, so that it neither grows nor gets stuck.

    >>> last = Recent(2)
    >>> [last.keep(number, number * number) for number in (1, 2, 3)], dict(last)
    ([1, 4, 9], {3: 9})
    """

    __slots__ = ("most",)

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most = most

    def keep(self, key: K, value: V) -> V:
        """The value, from now on found under the key."""
        if len(self) >= self.most:
            self.clear()
        self[key] = value
        return value
