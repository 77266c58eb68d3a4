"""Every law tried on one pack, and what was found: a small case a person can check, with the answers it got."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable

from ..messages import Lang, say
from ..pack.catalogue import Catalogue, installed
from ..pack.model import Pack
from .laws import LAWS
from .trial import Broken, Law, Trial
from .writing import World

_MOST = 20
_QUIET = tuple(HealthCheck)


class LawReport(NamedTuple):
    """How a law fared: how often it was tried, how many cases of which kind it met, and what breaks it.

    A law that concerns the pack but never met a case it speaks about has shown nothing: it does not hold either.
    """

    law: Law
    concerned: bool
    tries: int
    seen: Mapping[str, int]
    violations: tuple[Broken, ...]

    @property
    def holds(self) -> bool:
        """Whether nothing breaks the law, and it was tried on something."""
        return not self.violations and (bool(self.seen) or not self.concerned)

    def text(self, lang: Lang = "vi") -> str:
        """One line where the law holds, else the cases that break it."""
        statement = self.law.statement.text(lang)
        if self.violations:
            cases = "\n".join(violation.text(lang) for violation in self.violations)
            return f"✗ {statement}\n{cases}"
        if not self.concerned:
            return f"– {statement} ({say('law.not_concerned', lang)})"
        if not self.seen:
            return f"✗ {statement} ({say('law.nothing_seen', lang, tries=self.tries)})"
        return f"✓ {statement} ({say('law.seen', lang, tries=self.tries, seen=sum(self.seen.values()))})"


def check_laws(
    pack: Pack | str | os.PathLike[str],
    *,
    catalogue: Catalogue | None = None,
    laws: Iterable[Law] = LAWS,
    max_examples: int = 100,
) -> tuple[LawReport, ...]:
    """Try every law on a pack. The same pack gives the same report every time.

    ``pack`` may be an id or the path of a pack file.

    >>> from ntm_rules.testing import LAWS
    >>> by_name = {law.name: law for law in LAWS}
    >>> report, = check_laws("vn/urban-ward", laws=[by_name["no_hole"]], max_examples=20)
    >>> report.holds
    True

    Raises:
        CatalogueError: no such pack. PackError: the file is refused.
    """
    catalogue = catalogue or installed()
    if not isinstance(pack, Pack):
        pack = catalogue.load(pack)
    world = World(pack, catalogue)
    return tuple(check_law(law, world, max_examples) for law in laws)


def check_law(law: Law, on: World | st.SearchStrategy[World], max_examples: int = 100) -> LawReport:
    """Try one law, on one pack or on any that a strategy gives."""
    concerned = law.concerns(on) if isinstance(on, World) else True
    worlds = st.just(on) if isinstance(on, World) else on
    tally = _Tally()
    violations = tuple(_violations(law, worlds, max_examples, tally)) if concerned else ()
    return LawReport(law, concerned, tally.tries, dict(tally.seen), violations)


class _Tally:
    def __init__(self) -> None:
        self.tries = 0
        self.seen: Counter[str] = Counter()


def _violations(law: Law, worlds: st.SearchStrategy[World], max_examples: int, tally: _Tally) -> Iterator[Broken]:
    known: frozenset[str] = frozenset()
    for _ in range(_MOST if law.each else 1):
        broken = _first_violation(law, worlds, max_examples, known, tally)
        if broken is None:
            return
        yield broken
        known |= {broken.code}


def _first_violation(
    law: Law, worlds: st.SearchStrategy[World], max_examples: int, known: frozenset[str], tally: _Tally
) -> Broken | None:
    @settings(
        max_examples=max_examples,
        database=None,
        deadline=None,
        derandomize=True,
        report_multiple_bugs=False,
        suppress_health_check=_QUIET,
        phases=(Phase.generate, Phase.target, Phase.shrink),
    )
    @given(st.data())
    def tried(data: Any) -> None:
        trial = Trial(data.draw(worlds), data.draw, law.name, known)
        law.test(trial)
        tally.tries += 1
        tally.seen += trial.seen

    try:
        tried()
    except Broken as broken:
        return broken
    except Unsatisfiable:
        # The pack has nothing the law could be tried on; the report says that nothing was seen.
        return None
    return None
