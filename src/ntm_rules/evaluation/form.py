"""The normal form: what a pack asks of a unit, after ``lowering`` has taken its conditions apart.

Every engine is a fold over this form (``algebra``) and sees nothing of how a pack is written. Leaves ask one fact;
``Group`` joins conditions; ``Settled`` and ``Guarded`` say how findings and "if any" enter; ``Named``, ``Criterion``
and ``Whole`` are what people know by a code. Where a context is left open along an axis, ``ByContext`` stands for the
form in each of its values. A form that is needed in two places is one object, so that a fold makes it once.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Literal

import msgspec

from ..assessment.parts import Required
from ..assessment.rollup import Rollup
from ..messages import Text
from ..pack.condition import Op
from ..pack.indicator import Criterion as CriterionModel
from ..pack.indicator import Indicator
from ..pack.measure import Measure
from ..pack.model import Pack
from ..territory import Level
from ..verdict import Verdict
from .axes import ByContext

How = Literal["all", "any", "at_least", "choice"]
Kind = Literal["prerequisite", "indicator", "grade"]


class Compare(msgspec.Struct, frozen=True):
    """A measure against its threshold; open where the threshold is unresolved."""

    measure: Measure
    op: Op
    required: Required | ByContext[Required]


class Concluded(msgspec.Struct, frozen=True):
    """What is concluded on a code: whether it is met, or (``applicable``) whether it applies at all.

    Where it is not ``heard``, no conclusion counts here.
    """

    pack: Pack
    code: str
    text: Text
    asks: Literal["met", "applicable"]
    heard: bool


class Attribute(msgspec.Struct, frozen=True):
    """A fact about the unit itself, known with the context."""

    attribute: str
    name: Text
    expected: bool | str
    value: bool | str | None
    verdict: Verdict


class Children(msgspec.Struct, frozen=True):
    """How many of the unit's children meet a pack; ``every`` has no threshold. ``exempt``: whether some may be."""

    of: Literal["share", "count", "every"]
    levels: tuple[Level, ...]
    meeting: str
    title: str
    required: Required | None
    exempt: bool

    def among(self, below: Rollup) -> Rollup:
        """The children of these levels that count here."""
        return below if self.exempt else below.exempting_none()


class Holds(msgspec.Struct, frozen=True):
    """Whether the unit holds the title of ``pack`` or meets it on the same facts, where it is ``in_force``.

    There is no pack where none is installed: a climb may bring its own.
    """

    reference: str
    pack: Pack | None
    in_force: bool


class UnmetShare(msgspec.Struct, frozen=True):
    """What share of another pack's criteria is not met, and whether one of those named is among them."""

    reference: str
    pack: Pack | None
    in_force: bool
    required: Required
    including_any: tuple[str, ...]


class Scored(msgspec.Struct, frozen=True):
    """A term of a sum that is observed; ``times`` turns the measure's unit into the sum's."""

    measure: Measure
    times: Fraction


class Worth(msgspec.Struct, frozen=True):
    """A term of a sum that is earned by meeting another indicator of the pack."""

    points: Decimal
    named: Named


class Total(msgspec.Struct, frozen=True):
    """A sum against its threshold, in ``unit``; more than ``most`` it cannot be."""

    unit: str
    terms: tuple[Scored | Worth, ...]
    required: Required
    most: Fraction | None


class Group(msgspec.Struct, frozen=True):
    """Conditions taken together; of a ``choice`` the parts are guard, then, otherwise."""

    how: How
    parts: tuple[Form, ...]
    needed: int = 0


class Open(msgspec.Struct, frozen=True):
    """What nobody has transcribed: open, whatever is known of the unit."""


class Settled(msgspec.Struct, frozen=True):
    """A check; what it leaves open, a clear finding on the code decides."""

    check: Form
    pack: Pack
    code: str


class Guarded(msgspec.Struct, frozen=True):
    """``base`` where ``guard`` says that it applies; neutral where not; a failure is certain only where it applies.

    What has been measured exists, whatever a department says of it: where the ``check`` is decided, ``despite`` is
    asked in place of ``guard``.
    """

    check: Form
    base: Form
    guard: Form
    despite: Form


class Named(msgspec.Struct, frozen=True, eq=False):
    """What people know by the code of an indicator, a prerequisite or a grade. ``item`` reads as it does in context."""

    kind: Kind
    pack: Pack
    item: Indicator
    form: Form


class Criterion(msgspec.Struct, frozen=True, eq=False):
    """A criterion: all of its members, and what nobody has transcribed of it, settled by its own finding.

    ``whole`` says so as a form of its own; it is built of the members' forms.
    """

    pack: Pack
    item: CriterionModel
    members: tuple[Named, ...]
    whole: Form


class Whole(msgspec.Struct, frozen=True, eq=False):
    """A pack: its prerequisites and criteria; its grades stand beside them and decide nothing."""

    pack: Pack
    prerequisites: tuple[Named, ...]
    criteria: tuple[Criterion, ...]
    grades: tuple[Named, ...]


Leaf = Compare | Concluded | Attribute | Children | Holds | UnmetShare | Open
Form = Leaf | Total | Group | Settled | Guarded | ByContext["Form"] | Named | Criterion


def inside(form: object) -> Iterator[Form]:
    """The forms directly inside one."""
    match form:
        case Group(parts=parts):
            yield from parts
        case Total(terms=terms):
            yield from (term.named for term in terms if isinstance(term, Worth))
        case Settled(check=check):
            yield check
        case Guarded(base=base, guard=guard):
            yield base
            yield guard
        case ByContext(branches=branches):
            yield from (branch for _, branch in branches)
        case Named(form=form):
            yield form


def walk(form: Form) -> Iterator[Form]:
    """A form and all inside it."""
    yield form
    for part in inside(form):
        yield from walk(part)
