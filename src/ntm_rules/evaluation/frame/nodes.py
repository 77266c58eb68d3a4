"""Verdicts as expressions over columns, before any engine: a small tree that folds what is already known.

A verdict is a small number, as ``numbering`` has it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

import msgspec

from ...pack.condition import Op
from ..axes import ByContext
from ..numbering import NEUTRAL, NO, OPEN, YES
from .limits import Number
from .limits import Test as Comparing

# What no verdict says: numbers of this kind cannot tell.
UNSURE = NEUTRAL


class Fixed(msgspec.Struct, frozen=True):
    """The same for every row."""

    code: int


class Made(msgspec.Struct, frozen=True):
    """A verdict column made before; ``neutral`` says whether it can be ``NOT_APPLICABLE``."""

    name: str
    neutral: bool = True


class Compare(msgspec.Struct, frozen=True):
    """A measure's column against a limit, or against a column of limits."""

    measure: str
    test: Comparing
    limit: Number | str


class Line(msgspec.Struct, frozen=True):
    """Two columns of whole numbers, each taken so many times, and a whole number: the sign of their sum is exact."""

    of: str
    over: str
    times: tuple[int, int]
    plus: int


class Follows(msgspec.Struct, frozen=True):
    """A figure that follows from two measures, against a threshold; told by the sign of a sum, without dividing.

    Open where the figure does not follow, and ``UNSURE`` where numbers of this kind cannot tell. ``near`` are the sum's
    factors as doubles, ``line`` is the same sum in whole numbers, where there is one. ``signed`` says that the divisor
    may be negative.
    """

    of: str
    over: str
    op: Op
    near: tuple[float, float, float]
    line: Line | None
    divides: bool
    signed: bool


class Present(msgspec.Struct, frozen=True):
    """Met where a figure follows from two measures."""

    of: str
    over: str
    divides: bool


class Both(msgspec.Struct, frozen=True):
    """What a figure that was given and one that follows from its parts agree on."""

    given: Fixed | Made
    made: Made


class Said(msgspec.Struct, frozen=True):
    """What the finding in a column concludes: met, not met, or nothing."""

    column: str


class Concerned(msgspec.Struct, frozen=True):
    """Met unless the finding in a column is "not applicable"."""

    column: str


class Settled(msgspec.Struct, frozen=True):
    """A verdict where it is decided; where it is open, what the finding in a column concludes."""

    verdict: Node
    column: str


class Excepted(msgspec.Struct, frozen=True):
    """A verdict under a guard: neutral where the guard fails, open where guard and verdict leave it open."""

    verdict: Node
    guard: Node


class Least(msgspec.Struct, frozen=True):
    """All of them."""

    parts: tuple[Node, ...]


class Most(msgspec.Struct, frozen=True):
    """Any of them."""

    parts: tuple[Node, ...]


class Enough(msgspec.Struct, frozen=True):
    """At least so many of them."""

    needed: int
    parts: tuple[Node, ...]


class Choice(msgspec.Struct, frozen=True):
    """One of two, by a guard."""

    guard: Node
    then: Node
    otherwise: Node


class Measured(msgspec.Struct, frozen=True):
    """``decided`` where the check is decided, ``otherwise`` where it is not."""

    check: Node
    decided: Node
    otherwise: Node


class Held(msgspec.Struct, frozen=True):
    """Met where a recognition of the title is in force, else ``otherwise``; ``start`` is its edition's first day.

    It lasts no longer than so many ``months``, where its set says so.
    """

    title: str
    start: date | None
    months: int | None
    otherwise: Node


class Tally(msgspec.Struct, frozen=True):
    """So many of a unit's children: ``numerator / denominator`` is the threshold, per child where it is a share."""

    standing: str
    op: Op
    numerator: int
    denominator: int
    share: bool


class Unresolved(msgspec.Struct, frozen=True):
    """Children counted against no threshold: open, or neutral where a share is asked of none."""

    standing: str


class Silent(msgspec.Struct, frozen=True):
    """Met where nobody reported the children."""

    standing: str


class Expired(msgspec.Struct, frozen=True):
    """Met where a recognition of the title has run out."""

    title: str
    start: date | None
    months: int | None


class Missing(msgspec.Struct, frozen=True):
    """Met where a measure has no number."""

    measure: str


class Scored(msgspec.Struct, frozen=True):
    """A term of a sum: a measure taken so many times; where it is missing, what its domain allows.

    Where ``made`` is met it also follows from others, and is taken as missing: sums of doubles are not sure of it.
    """

    measure: str
    times: float
    low: float
    high: float
    made: Made | None = None


class Worth(msgspec.Struct, frozen=True):
    """A term of a sum: points where a verdict is met, none where it is not, either where it is open."""

    node: Node
    points: float


class Sum(msgspec.Struct, frozen=True):
    """A sum against a limit; open where it is more than ``most``, which it cannot be."""

    terms: tuple[Scored | Worth, ...]
    op: Op
    limit: float
    most: float | None = None


class Test(NamedTuple):
    """That a verdict is one of some."""

    node: Node
    codes: tuple[int, ...]


class Apart(msgspec.Struct, frozen=True):
    """A figure as given, ``""`` for never, and as it follows.

    That is ``of × scale / over − less``, or ``of × scale − over × less`` where nothing is divided.
    """

    given: str
    of: str
    over: str
    scale: float
    less: float
    divides: bool


class Gap(msgspec.Struct, frozen=True):
    """How far a measure, taken so many times, a sum or a figure that follows is from a threshold.

    It is told where all the tests hold.
    """

    tests: tuple[Test, ...]
    measure: str | Sum | Apart
    times: float
    threshold: Branch


class Gaps(msgspec.Struct, frozen=True):
    """The first of some gaps."""

    gaps: tuple[Gap, ...]


class Pick(msgspec.Struct, frozen=True):
    """The first of some numbers whose tests all hold."""

    numbers: tuple[tuple[tuple[Test, ...], Branch], ...]


class Failing(msgspec.Struct, frozen=True):
    """Met where the other is not met, and the other way round; what does not apply does not fail."""

    verdict: Node


class Unmet(msgspec.Struct, frozen=True):
    """So large a share of these criteria is not met; neutral where none applies, open where no share is set."""

    criteria: tuple[Node, ...]
    op: Op
    numerator: int = 0
    denominator: int = 0


Node = (
    Fixed
    | Made
    | ByContext[Any]
    | Compare
    | Follows
    | Present
    | Both
    | Said
    | Concerned
    | Settled
    | Excepted
    | Least
    | Most
    | Enough
    | Choice
    | Measured
    | Held
    | Tally
    | Unresolved
    | Sum
    | Missing
    | Silent
    | Expired
    | Failing
    | Unmet
    | Gaps
    | Pick
)
Branch = Node | Number | None


def neutral(node: Node) -> bool:
    """Whether a node can be ``NOT_APPLICABLE``."""
    match node:
        case Fixed():
            return node.code == NEUTRAL
        case Made():
            return node.neutral
        case Compare() | Follows() | Present() | Both() | Sum() | Missing() | Said() | Concerned():
            return False
        case Silent() | Expired() | Failing() | Gaps() | Pick():
            return False
        case Excepted():
            return True
        case Least() | Most() | Enough():
            return all(map(neutral, node.parts))
        case Unmet():
            return all(map(neutral, node.criteria))
        case Settled():
            return neutral(node.verdict)
        case Held():
            return neutral(node.otherwise)
        case Choice():
            return neutral(node.then) or neutral(node.otherwise)
        case Measured():
            return neutral(node.decided) or neutral(node.otherwise)
        case Tally():
            return node.share
        case Unresolved():
            return True
        case ByContext():
            return any(neutral(branch) for branch in branches(node))


def inside(node: Node) -> Iterator[Node]:
    """The nodes directly inside one."""
    for field in node.__struct_fields__:
        value = getattr(node, field)
        for part in value if isinstance(value, tuple) else (value,):
            inner = part[1] if isinstance(part, tuple) else part
            if isinstance(inner, (Worth, Scored)):
                inner = inner.node if isinstance(inner, Worth) else inner.made
            if isinstance(inner, msgspec.Struct) and not isinstance(inner, Line):
                yield inner  # type: ignore[misc]


def branches(cases: ByContext[Any]) -> Iterator[Node]:
    """The branches of cases of verdicts."""
    for _, branch in cases.branches:
        assert branch is not None
        assert not isinstance(branch, (int, float))
        yield branch


def least(parts: Iterable[Node]) -> Node:
    """All of them, without those that cannot change the answer."""
    return _folded(parts, decisive=NO, weakest=YES, join=Least)


def most(parts: Iterable[Node]) -> Node:
    """Any of them, without those that cannot change the answer."""
    return _folded(parts, decisive=YES, weakest=NO, join=Most)


def _folded(parts: Iterable[Node], decisive: int, weakest: int, join: type[Least] | type[Most]) -> Node:
    kept = [part for part in dict.fromkeys(parts) if part != Fixed(NEUTRAL)]
    if not kept:
        return Fixed(NEUTRAL)
    if Fixed(decisive) in kept:
        return Fixed(decisive)
    rest = [part for part in kept if part != Fixed(weakest)]
    # The weakest answer only matters where all the others may turn out not to apply.
    if any(not neutral(part) for part in rest):
        kept = rest
    return kept[0] if len(kept) == 1 else join(tuple(kept))


def compared(measure: str, test: Comparing, limits: Branch, column: Callable[[ByContext[Any]], str]) -> Node:
    """A measure against its limits; open where a limit is ``None``. ``column`` names the column of some limits."""
    if limits is None:
        return Fixed(OPEN)
    if not isinstance(limits, ByContext):
        assert isinstance(limits, (int, float))
        return Compare(measure, test, limits)
    known = tuple(branch for branch in limits.branches if not _open(branch[1]))
    split = [(numbers, compared(measure, test, inner, column)) for numbers, inner in limits.branches if _open(inner)]
    if known:
        inner = ByContext(limits.axis, known) if len(known) > 1 else known[0][1]
        assert isinstance(inner, (int, float, ByContext))
        limit = column(inner) if isinstance(inner, ByContext) else inner
        split.append((tuple(n for numbers, _ in known for n in numbers), Compare(measure, test, limit)))
    return split[0][1] if len(split) == 1 else ByContext(limits.axis, tuple(split))


def _open(branch: Branch) -> bool:
    """Whether some limit in a branch is unresolved."""
    return any(_open(inner) for _, inner in branch.branches) if isinstance(branch, ByContext) else branch is None


def compares(node: Node) -> bool:
    """Whether a node is nothing but comparisons of measures, open in places."""
    if isinstance(node, ByContext):
        return all(compares(branch) for branch in branches(node))
    return isinstance(node, Compare) or node == Fixed(OPEN)


def choice(guard: Node, then: Node, otherwise: Node) -> Node:
    """One of two, by a guard."""
    if then == otherwise:
        return then
    if isinstance(guard, Fixed) and guard.code != OPEN:
        return then if guard.code == YES else otherwise
    return Choice(guard, then, otherwise)


def measured(check: Node, decided: Node, otherwise: Node) -> Node:
    """``decided`` where the check is decided."""
    if decided == otherwise:
        return decided
    if isinstance(check, Fixed):
        return decided if check.code in (NO, YES) else otherwise
    return Measured(check, decided, otherwise)


def settled(verdict: Node, column: str | None) -> Node:
    """The verdict, or where it is open the finding in a column."""
    if column is None or (isinstance(verdict, Fixed) and verdict.code != OPEN) or verdict == Said(column):
        return verdict
    return Said(column) if verdict == Fixed(OPEN) else Settled(verdict, column)


def excepted(verdict: Node, guard: Node) -> Node:
    """The verdict under its guard."""
    if guard == Fixed(NO):
        return Fixed(NEUTRAL)
    # An open guard keeps a pass, so it does not fold.
    return verdict if isinstance(guard, Fixed) and guard.code != OPEN else Excepted(verdict, guard)
