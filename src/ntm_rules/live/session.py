"""Live sessions: figures and conclusions come in one at a time, every standing stays current."""

from __future__ import annotations

import logging
import os
import threading
import weakref
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self, SupportsFloat

from ..assessment.model import Assessment
from ..assessment.tree import TreeAssessment, UnitStanding
from ..day import read_day
from ..errors import CatalogueError, EvaluationError, LiveError, Place, Problem, must_be, nearest
from ..evaluation.tree import TreeEvaluation
from ..messages import LANGS, Lang
from ..normalization import is_blank
from ..pack.catalogue import Catalogue, installed
from ..pack.legal import Verification
from ..pack.model import Pack
from ..pack.reference import split_reference
from ..quantity.amount import Amount
from ..snapshot.child_counts import ChildCounts
from ..snapshot.model import Snapshot
from ..snapshot.observation import FindingValue, read_finding
from ..snapshot.unit import Unit
from ..territory import Level
from ..verdict import Verdict
from .change import Change, change_of, moved
from .engine import Engine
from .fact_store import FactStore
from .history import opening, read_back
from .inputs import Advance, AnyInput, Conclude, Observe, Recognise, Report, Withdraw
from .journal import Journal, Mark, Sync, Torn
from .listeners import Callback, Listeners
from .network import Network

_log = logging.getLogger("ntm_rules.live")
UnitInput = Observe | Conclude | Recognise | Report | Withdraw


class LiveSession:
    """Units, packs, and what is known so far; every input is answered with the changes it caused.

    It is given what ``evaluate_tree`` is given and always stands as ``evaluate_tree`` would judge the same facts: the
    rules engine says what changes, the evaluator is asked about every unit concerned, and a difference between the two
    is a ``LiveError``. Calls may come from many threads; they are taken one at a time.

    >>> import ntm_rules as ntm
    >>> units = [ntm.Unit(id="x", name="Xã X", level="commune", region="btb")]
    >>> with LiveSession(units, packs=["hatinh/commune"], as_of="2023-08-17") as session:
    ...     changes = session.observe("x", "clean_water_centralised_share", "12,8 %", by="UBND xã")
    >>> for change in changes:
    ...     print(change.text("en"))
    Xã X, hatinh/commune, indicator 17.1: undetermined → not met
    Xã X, hatinh/commune, criterion 17: undetermined → not met
    Xã X, hatinh/commune: undetermined → not met
    Xã X, title “New rural commune, Hà Tĩnh province, 2022-2025”: undetermined → not met
    >>> print(changes[0].because.text("en"))
    figure clean_water_centralised_share = 12.8% UBND xã

    Raises:
        NtmError: whatever ``evaluate_tree`` raises on the same arguments.
    """

    def __init__(
        self,
        units: Iterable[Unit] = (),
        snapshots: Iterable[Snapshot] = (),
        packs: Sequence[Pack | str] = (),
        *,
        as_of: date | str | None = None,
        trust: Verification | str = Verification.RECALLED,
        unknown_measures: Literal["error", "ignore"] = "error",
        catalogue: Catalogue | None = None,
    ) -> None:
        day = read_day(as_of) if as_of is not None else None
        catalogue = catalogue or installed()
        climb = TreeEvaluation.prepare(units, snapshots, packs, day, trust, unknown_measures, catalogue)
        self._start(climb, tuple(packs), 0)

    def _start(self, climb: TreeEvaluation, packs: tuple[Pack | str, ...], number: int) -> None:
        climb.run()
        self._lock = threading.Lock()
        self._listeners = Listeners()
        self._packs, self._number = packs, number
        self._journal: Journal | None = None
        self._mark: Mark | None = None
        self._failed: LiveError | None = None
        self._closed = False
        self.changed_packs: tuple[str, ...] = ()
        engine = Engine()
        try:
            network = _checked(climb, engine)
        except BaseException:
            engine.close()
            raise
        self._use(climb, network, engine)

    def _use(self, climb: TreeEvaluation, network: Network, engine: Engine) -> None:
        self._engine, self._network, self._book = engine, network, FactStore(climb)
        # A session that was forgotten must not keep the engine's memory, which is not Python's.
        self._release = weakref.finalize(self, engine.close)

    @property
    def as_of(self) -> date:
        """The day judged."""
        return self._book.climb.day

    @property
    def number(self) -> int:
        """How many inputs were accepted."""
        return self._number

    @property
    def torn(self) -> Torn | None:
        """The unfinished last line of the journal this session was replayed from, where it had one."""
        return self._mark.torn if self._mark else None

    def observe(
        self,
        unit: str | int,
        measure: str,
        value: Amount | str | SupportsFloat | None,
        *,
        as_of: date | str | None = None,
        by: str = "",
        evidence: str = "",
        remark: str = "",
        numbers: Lang | None = None,
    ) -> list[Change]:
        """A figure, in any unit of its dimension; it takes the place of the same reporter's earlier one.

        Nothing, an empty text or pandas' ``NA`` says nothing, as everywhere: what was reported before stands.

        ``numbers`` declares how numbers are written in texts: in ``"vi"`` 1.897 is 1897, in ``"en"`` less than two.

        Figures of different reporters stand side by side: where they differ about the verdict it is open.

        Raises:
            NtmError: the input is refused and nothing has changed: an unknown unit or measure, a value that is no
                number, of another dimension or outside its domain, a day after the one judged, or before that of the
                figure it would replace. Also a ``LiveError`` of a session that is closed or has failed.
        """
        if numbers is not None:
            must_be("numbers", numbers, LANGS)
        if is_blank(value):
            return self._nothing_said()
        amount = self._book.amount(measure, value, numbers)
        said = self._said(as_of, by, evidence, remark)
        return self._take(lambda n: Observe(number=n, unit=unit, measure=measure, value=amount, **said))

    def conclude(
        self,
        unit: str | int,
        pack: str,
        code: str,
        finding: FindingValue | str | bool,
        *,
        by: str = "",
        as_of: date | str | None = None,
        evidence: str = "",
        remark: str = "",
    ) -> list[Change]:
        """A department's conclusion on an indicator, prerequisite or whole criterion of a pack the unit is judged by.

        Raises:
            NtmError: the input is refused and nothing has changed: an unknown unit, pack, code or word, a pack the
                unit is not judged by, or a day as for ``observe``.
        """
        if is_blank(finding):
            return self._nothing_said()
        value = read_finding(finding)
        said = self._said(as_of, by, evidence, remark)

        def made(number: int) -> Conclude:
            known = str(unit) in self._book.climb.register
            named = self._book.code(str(unit), pack, str(code)) if known else str(code)
            return Conclude(number=number, unit=unit, pack=pack, code=named, finding=value, **said)

        return self._take(made, pack)

    def recognise(
        self,
        unit: str | int,
        pack: str,
        *,
        on: date | str,
        decision: str = "",
        until: date | str | None = None,
        revoked: date | str | None = None,
    ) -> list[Change]:
        """A decision that gave the unit a title. Told again with the same number, it is corrected: so is a revocation.

        Raises:
            NtmError: the input is refused and nothing has changed: an unknown unit or pack, a title of another level,
                or a decision after the day judged.
        """
        days = {"on": read_day(on), "until": until and read_day(until), "revoked": revoked and read_day(revoked)}
        return self._take(lambda n: Recognise(number=n, unit=unit, pack=pack, decision=decision, **days), pack)

    def report(self, unit: str | int, level: Level | str, counts: ChildCounts | Mapping[str, object]) -> list[Change]:
        """How many units below meet what, where they are not listed one by one; replaces earlier counts of the level.

        Raises:
            NtmError: the input is refused and nothing has changed: an unknown unit, level or pack, or counts that do
                not add up.
        """
        return self._take(
            lambda n: Report.model_validate({"number": n, "unit": unit, "level": level, "counts": counts})
        )

    def withdraw(
        self,
        unit: str | int,
        *,
        measure: str | None = None,
        pack: str | None = None,
        code: str | None = None,
        by: str | None = None,
        decision: str | None = None,
    ) -> list[Change]:
        """What was said no longer stands: a ``measure``'s figures, the conclusions on a ``pack``'s ``code``, or the
        titles of a ``pack``; only those of one reporter (``by``) or ``decision`` where that is given.

        Raises:
            NtmError: the input is refused and nothing has changed: an unknown unit, nothing of the kind is held (what
                is held is named), or it is not said which of the three is meant.
        """
        fields = {"unit": unit, "measure": measure, "pack": pack, "code": code, "by": by, "decision": decision}
        return self._take(lambda n: Withdraw.model_validate({"number": n, **fields}), pack)

    def advance(self, to: date | str) -> list[Change]:
        """Judge as of a later day: packs, values by year, versions and expiries of that day.

        Raises:
            NtmError: an earlier day, or what ``evaluate_tree`` raises for that day; nothing has changed.
        """
        day = read_day(to)
        with self._lock:
            self._alive()
            if day < self.as_of:
                raise EvaluationError(Problem("error.live_back", day=self.as_of, given=day))
            changes = self._move(Advance(number=self._number + 1, to=day))
        self._listeners.tell()
        return changes

    def _said(self, as_of: date | str | None, by: str, evidence: str, remark: str) -> dict[str, Any]:
        on = read_day(as_of) if as_of is not None else self.as_of
        return {"on": on, "by": by, "evidence": evidence, "remark": remark}

    def _nothing_said(self) -> list[Change]:
        with self._lock:
            self._alive()
        return []

    def _take(self, make: Callable[[int], UnitInput], pack: str | None = None) -> list[Change]:
        if isinstance(pack, str):
            split_reference(pack)
        with self._lock:
            self._alive()
            item = make(self._number + 1)
            changes = self._enter(item)
        self._listeners.tell()
        return changes

    def _enter(self, item: UnitInput) -> list[Change]:
        snapshot = self._book.entered(item)
        standings = self._book.standings_with(snapshot)
        self._write(item)
        with self._stopping():
            self._book.put(snapshot, standings)
            self._network.see(item.unit, snapshot)
            self._touch(item)
            changes = [change_of(step, item) for step in self._network.settle()]
            for standing in standings.values():
                self._network.check(standing)
        self._listeners.queue(changes)
        return changes

    @contextmanager
    def _stopping(self) -> Iterator[None]:
        """What was accepted must be applied: if that is broken off, the session cannot go on."""
        try:
            yield
        except BaseException as error:
            known = isinstance(error, LiveError)
            problems = error.problems if isinstance(error, LiveError) else (_broken_off(error),)
            self._failed = LiveError(Problem("error.live_failed"), *problems)
            if known:
                raise self._failed from error
            raise

    def _touch(self, item: UnitInput) -> None:
        network = self._network
        match item:
            case Observe(unit=unit, measure=measure):
                network.measured(unit, measure)
            case Conclude(unit=unit, pack=pack, code=code):
                network.concluded(unit, pack, code)
            case Recognise(unit=unit):
                network.recognised(unit)
            case Report(unit=unit):
                network.reported(unit)
            case Withdraw(unit=unit, measure=measure) if measure is not None:
                network.measured(unit, measure)
            case Withdraw(unit=unit, pack=pack, code=code) if pack is not None and code is not None:
                network.concluded(unit, pack, code)
            case Withdraw(unit=unit):
                network.recognised(unit)

    def _move(self, item: Advance) -> list[Change]:
        climb = self._book.climb.on(item.to, self._packs)
        climb.run()
        engine = Engine()
        try:
            network = _checked(climb, engine)
            self._write(item)
        except BaseException:
            engine.close()
            raise
        was, release = self._network.standings(), self._release
        with self._stopping():
            self._use(climb, network, engine)
            release()
        changes = list(moved(was, network.standings(), item))
        self._listeners.queue(changes)
        return changes

    def _write(self, item: AnyInput) -> None:
        if self._journal is not None:
            self._journal.append(item)
        self._number = item.number

    def _alive(self) -> None:
        if self._closed:
            raise LiveError(Problem("error.live_closed"))
        if self._failed is not None:
            raise LiveError(*self._failed.problems)

    def assessment(self, unit: str | int, pack: str) -> Assessment:
        """The whole answer for a unit and a pack applied to it, as ``evaluate_tree`` gives it.

        Raises:
            CatalogueError: no such unit, or the pack was not applied to it.
        """
        with self._lock:
            standing, title = self._standing(unit), self._title(pack)
            if title not in standing.assessments:
                near = nearest(pack, standing.assessments)
                raise CatalogueError(Problem("error.pack_not_applied_to", pack=pack, unit=unit, near=near))
            return standing.assessments[title]

    def verdict(self, unit: str | int, pack: str) -> Verdict:
        """Whether the unit holds or meets the pack's title.

        Raises:
            CatalogueError: no such unit, or no such pack was applied.
        """
        with self._lock:
            return self._standing(unit).verdict(self._title(pack))

    def tree(self) -> TreeAssessment:
        """Every unit as it stands."""
        with self._lock:
            self._alive()
            return self._book.climb.assessment()

    def snapshot(self, unit: str | int) -> Snapshot:
        """What is known of a unit.

        Raises:
            CatalogueError: no such unit.
        """
        with self._lock:
            self._alive()
            return self._book.snapshot(str(unit))

    def _standing(self, unit: str | int) -> UnitStanding:
        self._alive()
        self._book.snapshot(str(unit))
        return self._book.climb.done[str(unit)]

    def _title(self, pack: str) -> str:
        pack_id, _ = split_reference(pack)
        titles = {one.id: one.title_id for one in self._book.climb.packs}
        titles |= {title: title for title in titles.values()}
        if pack_id not in titles:
            raise CatalogueError(Problem("error.pack_not_applied", pack=pack, near=nearest(pack_id, titles)))
        return titles[pack_id]

    def on_change(self, callback: Callback) -> Callable[[], None]:
        """Call ``callback(change)`` for every change from now on, in order, one at a time; the answer ends that.

        It is called once the input is accepted and applied, outside the session's lock, so it may use the session. One
        that raises is logged (logger ``ntm_rules.live``): the input stands, and the others and later changes are told.
        A call that caused changes may return while another thread is still telling them.
        """
        return self._listeners.add(callback)

    def journal(self, path: str | os.PathLike[str], *, sync: Sync = "each") -> None:
        """Write every input accepted from now on to a file, before it is acknowledged, after what is known already.

        With ``sync="each"`` every line is on the disk (fsync) when a call returns; with ``"system"`` it is with the
        operating system, which a killed process survives and a power cut may not. A session that was replayed from
        the file goes on in it, and an unfinished last line is cut off.

        Raises:
            LiveError: the file exists and is not the one replayed, is open in another session, or cannot be written.
        """
        with self._lock:
            self._alive()
            if self._journal is not None:
                raise LiveError(Problem("error.journal_twice", Place(file=self._journal.path.name)))
            opened = opening(self._book.climb, self._packs, self._number)
            self._journal = Journal(Path(path), opened, sync, self._mark)

    @classmethod
    def replay(
        cls,
        path: str | os.PathLike[str],
        *,
        packs: Sequence[Pack | str] | None = None,
        catalogue: Catalogue | None = None,
    ) -> Self:
        """The session a journal tells of. ``torn`` says whether its last line was unfinished, and so left out;
        ``changed_packs`` names the packs whose contents are not what they were.

        ``packs`` takes the place of those the journal names. The session does not go on writing until ``journal`` is
        called.

        Raises:
            LiveError: the file cannot be read, has no whole line, or has a line before the last that is damaged,
                missing or refused; with its number.
        """
        past = read_back(Path(path), packs, catalogue or installed())
        session = cls.__new__(cls)
        session._start(past.climb, past.packs, past.number)
        session._mark, session.changed_packs = past.mark, past.changed_packs
        if past.mark.torn is not None:
            _log.warning(past.mark.torn.text("en"))
        return session

    def close(self) -> None:
        """Give back the engine's memory and the journal. Twice is no error; other calls then are."""
        with self._lock:
            self._closed = True
            self._release()
            if self._journal is not None:
                self._journal.close()
                self._journal = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _checked(climb: TreeEvaluation, engine: Engine) -> Network:
    """The network of a climb that was judged, every verdict of it held against the evaluator's."""
    network = Network(climb, engine)
    for standing in climb.done.values():
        network.check(standing)
    return network


def _broken_off(error: BaseException) -> Problem:
    return Problem("error.live_broken_off", reason=repr(error))
