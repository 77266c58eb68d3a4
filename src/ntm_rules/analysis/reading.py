"""A pack read in one case: what must hold of a unit, as formulas.

What is read is a complete snapshot: every figure is reported once, nothing contradicts, no title is held yet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from typing import NamedTuple

from ..assessment.parts import ReasonCode, Required
from ..evaluation import form as forms
from ..evaluation.algebra import Algebra
from ..evaluation.axes import Contexts
from ..evaluation.form import Form
from ..evaluation.lowering import Lowering
from ..messages import Text
from ..pack.catalogue import Catalogue
from ..pack.condition import ConditionModel, MeasureCondition, Op, children_asked, walk
from ..pack.indicator import Criterion, Indicator
from ..pack.legal import Verification
from ..pack.measure import Measure
from ..pack.model import Pack
from ..quantity.amount import Amount
from ..territory import Level
from ..verdict import NOT_MET, UNKNOWN
from .cases import Case
from .formula import FALSE, TRUE, Fact, Flag, Formula, Several, Variable, Within, either, every, negation, several
from .interval import Interval

Childless = frozenset[tuple[str, ...]]
WHOLE = Interval(Decimal(0), True, None, False, True)
PERCENT = Interval(Decimal(0), True, Decimal(100), True)


class Clause(NamedTuple):
    """One thing a pack asks: of an indicator, a prerequisite, or a criterion known by name only."""

    code: str
    formula: Formula
    prerequisite: bool = False


class Reading(NamedTuple):
    """A pack in one case. ``said`` tells where a conclusion on a flag is written down.

    ``criteria`` are those that apply; ``None`` where facts decide whether one applies at all.
    """

    clauses: tuple[Clause, ...]
    said: dict[Flag, tuple[tuple[str, str], ...]]
    criteria: dict[str, Formula] | None

    def formulas(self, prerequisites: bool) -> list[Formula]:
        """Everything that is asked, with or without the prerequisites."""
        return [clause.formula for clause in self.clauses if prerequisites or not clause.prerequisite]


Filling = Callable[[str, str], Formula | None]


class Reader:
    """Reads packs in cases; each reading is made once.

    With ``titles`` a condition that another pack is met is a question of that title, whatever the pack asks.
    """

    def __init__(self, catalogue: Catalogue, trust: Verification, *, titles: bool = False) -> None:
        self.catalogue, self.trust, self.titles = catalogue, trust, titles
        self._kept: dict[tuple[int, Case, Childless, bool], Reading] = {}

    def read(
        self, pack: Pack, case: Case, childless: Childless = frozenset(), filled_by: Pack | None = None
    ) -> Reading:
        """What the pack asks in the case; units of the levels in ``childless`` have no such children.

        ``filled_by`` is an overlay of the pack: what the law leaves to the province is what the overlay says.
        """
        key = id(pack), case, childless, filled_by is None
        if key not in self._kept:
            filling = None if filled_by is None else self._filling(filled_by, case, childless)
            self._kept[key] = Pass(self, pack, case, childless).read(filling)
        return self._kept[key]

    def inner(self, outer: Pass, pack: Pack) -> Reading:
        """Another pack that the one being read asks for."""
        key = id(pack), outer.case, outer.childless, True
        if key not in self._kept:
            self._kept[key] = Pass(self, pack, outer.case, outer.childless, outer.stack).read(None)
        return self._kept[key]

    def _filling(self, overlay: Pack, case: Case, childless: Childless) -> Filling:
        reading = Pass(self, overlay, case, childless)
        held = {item.code: item for item in (*overlay.prerequisites, *overlay.indicators())}

        def filled(code: str, measure: str) -> Formula | None:
            if code not in held:
                return None
            indicator = held[code].on(case.day)
            same = [
                part
                for _, part in walk(indicator.requires)
                if isinstance(part, MeasureCondition) and part.measure == measure
            ]
            return reading.condition(same[0], indicator) if len(same) == 1 else None

        return filled


class Pass(Algebra[Formula | None]):
    """One pack being read in one case."""

    def __init__(
        self, reader: Reader, pack: Pack, case: Case, childless: Childless = frozenset(), stack: tuple[str, ...] = ()
    ) -> None:
        super().__init__()
        self.reader, self.pack, self.case, self.childless = reader, pack, case, childless
        self.catalogue = reader.catalogue
        self.stack = (*stack, pack.reference)
        self.lowering = Lowering(Contexts(case.context(reader.trust)), self.catalogue)
        self.code = ""
        self.said: dict[Flag, tuple[tuple[str, str], ...]] = {}
        self.filling: Filling | None = None

    def read(self, filling: Filling | None) -> Reading:
        """The whole pack."""
        self.filling = filling
        clauses: list[Clause] = []
        for prerequisite in self.pack.prerequisites:
            formula = self.indicator(prerequisite)
            clauses += [Clause(prerequisite.code, formula, True)] if formula is not None else []
        criteria: dict[str, Formula] | None = {}
        for criterion in self.pack.criteria:
            mine = []
            for indicator in criterion.indicators:
                formula = self.indicator(indicator)
                mine += [Clause(indicator.code, formula)] if formula is not None else []
            if criterion.incomplete:
                mine.append(Clause(criterion.code, self.by_name(criterion)))
            clauses += mine
            may_not_apply = all(indicator.applies_if is not None for indicator in criterion.indicators)
            if mine and may_not_apply and not criterion.incomplete:
                criteria = None
            elif mine and criteria is not None:
                criteria[criterion.code] = every(clause.formula for clause in mine)
        return Reading(tuple(clauses), self.said, criteria)

    def flag(self, kind: str, key: tuple[object, ...], code: str, measure: Variable | None = None) -> Formula:
        """A flag that is up; where it is written down is remembered."""
        flag = Flag(kind, key, measure)
        self.said.setdefault(flag, ((self.pack.reference, code),))
        return Fact(flag)

    def by_name(self, criterion: Criterion) -> Formula:
        """A criterion known by name only is concluded on as a whole."""
        key = (self.pack.title_id, criterion.code, words_of(criterion.title))
        return self.flag("criterion", key, criterion.code)

    def indicator(self, dated: Indicator) -> Formula | None:
        """What must hold for the indicator not to fail; ``None`` where it is not applicable."""
        return self._coded(self.lowering.named(self.pack, "indicator", dated), dated)

    def condition(self, condition: ConditionModel, indicator: Indicator) -> Formula | None:
        """A condition as a formula; ``None`` where it is not applicable."""
        return self._coded(self.lowering.condition(self.pack, indicator, condition), indicator)

    def _coded(self, form: Form, indicator: Indicator) -> Formula | None:
        outer, self.code = self.code, indicator.code
        formula = self.fold(form)
        self.code = outer
        return formula

    def settled(self, form: forms.Settled) -> Formula | None:
        """The check: where every figure is there, a finding decides only what is asked of it."""
        return self.fold(form.check)

    def guarded(self, form: forms.Guarded) -> Formula | None:
        asked, applies = self.fold(form.base), self.fold(form.guard)
        if asked is None or applies is None:
            return asked
        # A department's "not applicable" does not outrank a figure, so it only excuses what is left to conclude.
        despite = concluded(applies)
        if despite == FALSE:
            return None
        excused = every((negation(applies), concluded(asked)))
        return either(asked, negation(despite), excused)

    def open(self, form: forms.Open) -> Formula | None:
        return FALSE

    def concluded(self, form: forms.Concluded) -> Formula:
        key = (self.pack.title_id, form.code, words_of(form.text))
        return self.flag("applicable" if form.asks == "applicable" else "finding", key, form.code)

    def attribute(self, form: forms.Attribute) -> Formula:
        if form.verdict is UNKNOWN:
            return self.flag("attribute", (form.attribute, form.expected), self.code)
        return FALSE if form.verdict is NOT_MET else TRUE

    def group(self, form: forms.Group) -> Formula | None:
        parts = [self.fold(part) for part in form.parts]
        if form.how == "choice":
            return _choice(*parts)
        read = [formula for formula in parts if formula is not None]
        if not read:
            return None
        return every(read) if form.how == "all" else several(form.needed or 1, read)

    def compare(self, form: forms.Compare) -> Formula:
        required = form.required
        assert isinstance(required, Required)
        delegated = required.reason is not None and required.reason.code is ReasonCode.THRESHOLD_DELEGATED
        filled = self.filling(self.code, form.measure.id) if delegated and self.filling is not None else None
        return self._compared(variable_of(form.measure), required) if filled is None else filled

    def _compared(self, variable: Variable, required: Required) -> Formula:
        if required.amount is None:
            origin = required.origin
            key = (self.pack.root, self.code, origin.set_by, origin.rows, required.op, variable.key)
            return self.flag("unresolved", key, self.code, variable)
        return within(variable, required.op, required.amount)

    def total(self, form: forms.Total) -> Formula:
        """A sum of figures is a number of its own; where points are earned by conditions it stays open, unless all it
        can come to passes, or nothing.
        """
        found = self._compared(total_of(form), form.required)
        if found in (TRUE, FALSE) or all(isinstance(term, forms.Scored) for term in form.terms):
            return found
        return self.flag("unresolved", (self.pack.root, self.code, "total"), self.code)

    def children(self, form: forms.Children) -> Formula | None:
        kind, domain = ("count", WHOLE) if form.of == "count" else ("share", PERCENT)
        levels = levels_of(form.levels)
        variable = Variable((kind, levels, form.title), domain)
        none_here = levels in self.childless
        if none_here and kind == "share":
            return None
        if form.required is None:
            return within(variable, Op.AT_LEAST, Amount(Decimal(100), "percent"))
        formula = self._compared(variable, form.required)
        if none_here and isinstance(formula, Within):
            return FALSE if formula.interval.meet(NONE).empty else TRUE
        return formula

    def _other(self, form: forms.Holds | forms.UnmetShare) -> Reading | None:
        """Another pack in the same case; ``None`` where it has nothing to say about the unit."""
        pack = form.pack
        if pack is None or not form.in_force or self.case.level not in pack.applies_to or pack.reference in self.stack:
            return None
        other = self.reader.inner(self, pack)
        self.said.update(other.said)
        return other

    def holds(self, form: forms.Holds) -> Formula:
        other = None if self.reader.titles else self._other(form)
        if other is None:
            return self.flag("title", (self.catalogue.title_of(form.reference, self.case.day),), self.code)
        return every(clause.formula for clause in other.clauses)

    def unmet_share(self, form: forms.UnmetShare) -> Formula:
        other, amount = self._other(form), form.required.amount
        met = None if other is None else other.criteria
        if met is None or amount is None:
            return self.flag("title", (form.reference, self.code), self.code)
        numbers = [n for n in range(len(met) + 1) if _share_holds(form.required.op, n, len(met), amount.value)]
        unmet = [negation(formula) for formula in met.values()]
        share = _count_in(numbers, unmet)
        if not form.including_any:
            return share
        among = either(*(negation(met[code]) for code in form.including_any if code in met))
        return every((share, among))


def _choice(when: Formula | None, then: Formula | None, otherwise: Formula | None) -> Formula | None:
    if when is None or when == FALSE:
        return otherwise
    if when == TRUE or then == otherwise:
        return then
    # Where one branch is not applicable the indicator may not be: it does not fail there.
    yes, no = (TRUE if branch is None else branch for branch in (then, otherwise))
    return either(every((when, yes)), every((negation(when), no)))


NONE = Interval(Decimal(0), True, Decimal(0), True)


def variable_of(measure: Measure) -> Variable:
    """The number a measure is."""
    domain = measure.domain
    span = Interval(domain.low, domain.low is not None, domain.high, domain.high is not None, domain.whole)
    return Variable(("measure", measure.id, measure.unit), span)


def total_of(form: forms.Total) -> Variable:
    """The number a sum is; what its terms can be bounds it, an indicator being worth its points or nothing."""
    scored = [term for term in form.terms if isinstance(term, forms.Scored)]
    worth = [term for term in form.terms if isinstance(term, forms.Worth)]
    added = tuple(sorted((term.measure.id, term.times) for term in scored))
    earned = tuple(sorted((term.named.item.code, term.points) for term in worth))
    domains = [(term.measure.domain, term.times) for term in scored]
    low = _added([(domain.low, times) for domain, times in domains])
    high = _added(
        [*((domain.high, times) for domain, times in domains), *((points, Fraction(1)) for _, points in earned)]
    )
    if form.most is not None and (most := finite(form.most)) is not None:
        high = most if high is None else min(high, most)
    return Variable(("total", form.unit, added, earned), Interval(low, low is not None, high, high is not None))


def _added(ends: list[tuple[Decimal | None, Fraction]]) -> Decimal | None:
    """The ends of terms together; ``None`` where one has none."""
    whole = Fraction(0)
    for end, times in ends:
        if end is None:
            return None
        whole += Fraction(end) * times
    return finite(whole)


def terms_of(variable: Variable) -> Iterator[tuple[str, Fraction]]:
    """The measures a number is about, each with what it is multiplied by in a sum."""
    kind, *rest = variable.key
    if kind == "measure":
        yield str(rest[0]), Fraction(1)
    elif kind == "total":
        added = rest[1]
        assert isinstance(added, tuple)
        yield from added


def finite(value: Fraction) -> Decimal | None:
    """The same number as a decimal, where it is one."""
    decimal = Decimal(value.numerator) / Decimal(value.denominator)
    return decimal if Fraction(decimal) == value else None


def within(variable: Variable, op: Op, limit: Amount) -> Formula:
    """The comparison, simplified where the domain decides it."""
    interval = Interval.of(op, limit.value).meet(variable.domain)
    if interval.empty:
        return FALSE
    if not interval.outside(variable.domain):
        return TRUE
    return Within(variable, interval)


def levels_of(levels: Iterable[Level]) -> tuple[str, ...]:
    """The levels children are looked for in, in one order."""
    return tuple(sorted(level.value for level in levels))


def childless_cases(packs: Iterable[Pack]) -> Iterator[Childless]:
    """Which kinds of children a unit may be without: none of them, each, and together."""
    asked: dict[tuple[str, ...], None] = {}
    for pack in packs:
        counted = (children_asked(condition) for _, _, condition in pack.conditions())
        asked.update(dict.fromkeys(levels_of(children.level) for children in counted if children is not None))
    for size in range(len(asked) + 1):
        yield from map(frozenset, combinations(asked, size))


def words_of(text: Text) -> str:
    """A text reduced to what makes two of them the same words."""
    return " ".join(text.text("vi").casefold().split())


def concluded(formula: Formula) -> Formula:
    """The formula where every conclusion a department could draw is favourable."""
    match formula:
        case Fact(flag, up) if flag.kind in ("finding", "applicable"):
            return TRUE if up else FALSE
        case Several(needed, parts):
            return several(needed, map(concluded, parts))
        case _:
            return formula


def _share_holds(op: Op, part: int, total: int, percent: Decimal) -> bool:
    """Whether ``part`` of ``total`` is such a share, compared as whole numbers."""
    numerator, denominator = percent.as_integer_ratio()
    interval = Interval.of(op, Decimal(numerator * total))
    return total > 0 and not interval.meet(_exactly(Decimal(part * 100 * denominator))).empty


def _exactly(value: Decimal) -> Interval:
    return Interval(value, True, value, True)


def _count_in(numbers: list[int], parts: list[Formula]) -> Formula:
    """The number of parts that hold is one of ``numbers``, a run of neighbours."""
    if not numbers:
        return FALSE
    low, high = numbers[0], numbers[-1]
    at_most = several(len(parts) - high, map(negation, parts))
    return every((several(low, parts), at_most))
