"""Results that are one object in many answers of a compiled pack, and what was made of each."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from ..recent import Recent

One = TypeVar("One")
Made = TypeVar("Made")
_MOST = 20_000
_LAST = 1024


class Fixed:
    """What is made of a fixed result is made once, under its identity, which stays certain because it is held."""

    def __init__(self) -> None:
        self.results: dict[int, object] = {}
        # The codes of criteria that are another object in each answer.
        self.anew: set[str] = set()
        self._made: dict[Hashable, dict[int, Any]] = {}
        self._last = Recent[tuple[int, Hashable], tuple[object, object]](_LAST)
        self._law: dict[tuple[Hashable, int], tuple[object, object]] = {}

    def hold(self, result: object) -> None:
        """From now on, what is made of this result is kept."""
        self.results[id(result)] = result

    def made(self, form: Hashable) -> dict[int, Any]:
        """What was made in a form of the results that are held, by their identity."""
        return self._made.setdefault(form, {})

    def again(self, result: object, form: Hashable, make: Callable[[], Made]) -> Made:
        """What ``make`` makes of a result in a form, of the last that were asked for; compared by identity.

        The same facts come to the same object, as when one of a unit's figures is changed and all is told again.
        """
        key = id(result), form
        kept = self._last.get(key)
        if kept is None or kept[0] is not result:
            kept = self._last.keep(key, (result, make()))
        found: Made = kept[1]  # type: ignore[assignment]  # what the same form gave
        return found

    def law(self, form: Hashable, law: One, make: Callable[[One], Made]) -> Made:
        """What ``make`` makes of a part of the compiled pack in a form: under its identity, which is quick."""
        kept = self._law.get((form, id(law)))
        if kept is None:
            kept = make(law), law
            # A pack bounds what it says; should more be asked for some reason, it is made anew.
            if len(self._law) < _MOST:
                self._law[form, id(law)] = kept
        found: Made = kept[0]  # type: ignore[assignment]  # what the same form gave
        return found
