"""A form folded to expressions over columns: whole frames judged, for every context rows can be in.

What an expression needs twice becomes a column, made once. Beside each verdict stands, where it is asked for, how far
failing measures are from their thresholds and why it is open. One class, because each kind of form is one method.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Any, NamedTuple

from ...assessment.parts import ReasonCode, Required
from ...errors import EvaluationError, Place, Problem
from ...pack.catalogue import Catalogue
from ...pack.condition import GROUP, Op
from ...pack.measure import Measure
from ...pack.model import Pack
from ...pack.related import involved
from ...territory import Level, levels_text
from ...verdict import at_least
from .. import form as forms
from ..algebra import Algebra
from ..axes import ByContext, Contexts, mapped, open_axes
from ..lowering import Lowering
from ..numbering import CODES, NEUTRAL, NO, OPEN, VERDICTS, YES
from ..resolve import Context
from .cells import NOT_TOLD, REASON_NUMBERS, Cell, Detail, Judgement, Result, Tests
from .followed import Parts, per_unit
from .limits import TESTS, Storage, limit
from .names import children_columns, finding_column, recognition_columns, result_column, slug
from .nodes import (
    UNSURE,
    Both,
    Branch,
    Concerned,
    Enough,
    Expired,
    Failing,
    Fixed,
    Gap,
    Gaps,
    Held,
    Made,
    Missing,
    Node,
    Pick,
    Said,
    Scored,
    Silent,
    Sum,
    Tally,
    Test,
    Unmet,
    Unresolved,
    Worth,
    choice,
    compared,
    compares,
    excepted,
    inside,
    least,
    measured,
    most,
    neutral,
    settled,
)
from .sources import ColumnSource


class Given(NamedTuple):
    """What a plan is made from, apart from the packs: the columns at hand and what is the same for every row.

    ``home`` is the pack whose findings have the short names of columns; ``holding`` counts a title in force as met.
    ``listed`` are the levels of children that are listed one by one; ``assumed`` the codes whose thresholds are taken
    as they stand, however far they were verified; ``details`` asks for shortfalls and reasons.
    """

    sources: tuple[tuple[str, ColumnSource], ...]
    base: Context
    home: str = ""
    holding: bool = False
    listed: frozenset[str] = frozenset()
    assumed: tuple[frozenset[str], ...] = ()
    details: bool = False


class Columns(Algebra[Cell]):
    """Cells of the packs a frame is judged against."""

    def __init__(self, packs: tuple[Pack, ...], given: Given, catalogue: Catalogue) -> None:
        super().__init__()
        self.given, self.catalogue = given, catalogue
        self.sources = dict(given.sources)
        # Variants of one pack share its reference, so each is followed for itself.
        each = {id(other): other for pack in packs for other in involved((pack,), catalogue)}
        flags = {name: source.kind == "flag" for name, source in given.sources}
        if "province" in flags and given.base.region is None:
            # Where no region is told, the province may settle it.
            flags.setdefault("region", False)
        self.measures = {name: one for pack in each.values() for name, one in catalogue.measures_for(pack).items()}
        self.contexts = Contexts(given.base, open_axes(packs, tuple(each.values()), given.base, flags, catalogue))
        self.lowering = Lowering(self.contexts, catalogue)
        self.steps: list[list[tuple[str, Node]]] = []
        self.known: dict[Node, Made] = {}
        self.depth: dict[str, int] = {}
        self.judged: dict[tuple[int, frozenset[str]], Judgement] = {}
        self.stack: list[str] = []
        self.reads: dict[str, None] = {}
        self.standings: dict[str, tuple[tuple[Level, ...], str, bool]] = {}
        self.limits: dict[tuple[ByContext[Any], bool], str] = {}
        self.wholes: dict[tuple[str, int], str] = {}
        self.outside: dict[tuple[str, Node], None] = {}

    def judge(self, pack: Pack, assumed: frozenset[str] = frozenset()) -> Judgement:
        """What a pack comes to; ``assumed`` are codes whose thresholds are taken as they stand.

        Raises:
            EvaluationError: packs that ask for each other in a circle.
        """
        # Variants of one pack share its reference, so packs are told apart by identity.
        key = (id(pack), assumed)
        if key in self.judged:
            return self.judged[key]
        if pack.reference in self.stack:
            chain = " → ".join((*self.stack, pack.reference))
            raise EvaluationError(Problem("error.meets_cycle", chain=chain))
        self.stack.append(pack.reference)
        whole = self.lowering.pack(pack, assumed)
        results = [self._result(one.kind, one.item.code, one) for one in whole.prerequisites]
        top = [result.node for result in results]
        for criterion in whole.criteria:
            results += [self._result(one.kind, one.item.code, one) for one in criterion.members]
            results.append(self._result("criterion", criterion.item.code, criterion))
            top.append(results[-1].node)
        results += [self._result(one.kind, one.item.code, one) for one in whole.grades]
        self.stack.pop()
        self.judged[key] = Judgement(tuple(results), self.made(least(top)))
        return self.judged[key]

    def _result(self, kind: str, code: str, form: forms.Form) -> Result:
        cell = self.fold(form)
        node = self.made(cell.node)
        detail = None
        if self.given.details and kind != "criterion":
            detail = Detail(Gaps(cell.gaps) if cell.gaps else None, Pick(cell.where(Test(node, (OPEN,))).whys))
        return Result(result_column(kind, code), code, kind, node, detail)

    def made(self, node: Node) -> Fixed | Made:
        """A node as a column of its own, made once."""
        if isinstance(node, (Fixed, Made)):
            return node
        if node not in self.known:
            depth = 1 + max((self.depth.get(name, -1) for name in _uses(node)), default=-1)
            name = f"v{len(self.known)}"
            self.known[node] = Made(name, neutral(node))
            self.depth[name] = depth
            while len(self.steps) <= depth:
                self.steps.append([])
            self.steps[depth].append((name, node))
        return self.known[node]

    def finding(self, pack: Pack, code: str) -> str | None:
        """The column of findings on a code, where there is one."""
        name = finding_column(pack, code, self.given.home)
        if name not in self.sources:
            return None
        self.reads[name] = None
        return name

    def ratio(self, measure: Measure) -> Fraction:
        """How many of a measure's unit one of its column is; cells read one by one are read into that unit."""
        return per_unit(self.sources[measure.id], measure)

    def _leaf(self, node: Node, *whys: tuple[Tests, Branch], gap: Gap | None = None) -> Cell:
        if not self.given.details:
            return Cell(node)
        made = self.made(node)
        gaps = () if gap is None or made == Fixed(OPEN) else (gap,)
        fails, still_open = Cell(made, gaps).where(Test(made, (NO,))), Cell(made, (), whys).where(Test(made, (OPEN,)))
        return Cell(node, fails.gaps, still_open.whys)

    def compare(self, form: forms.Compare) -> Cell:
        measure, required = form.measure, form.required
        source, parts = self.sources.get(measure.id), self.parts(measure)
        why = ((), _reason(required, ReasonCode.NOT_OBSERVED))
        if parts is not None:
            return self._followed(form, parts, why)
        if source is None:
            return self._leaf(Fixed(OPEN), why)
        node = self._given(form, source)
        return self._leaf(node, why, gap=Gap((), measure.id, float(self.ratio(measure)), _aim(required)))

    def _given(self, form: forms.Compare, source: ColumnSource) -> Node:
        """A figure as its column gives it, against a threshold."""
        measure = form.measure
        self.reads[measure.id] = None
        ratio, storage = self.ratio(measure), source.storage

        def bound(one: Required) -> Branch:
            found = _exact(one)
            return None if found is None else limit(form.op, found / ratio, storage)

        limits = mapped(form.required, bound)
        return compared(measure.id, TESTS[form.op], limits, lambda cases: self.limit_column(cases, storage))

    def parts(self, measure: Measure) -> Parts | None:
        """The columns a measure follows from, where both are there."""
        known, derived = self.measures, measure.derived
        if derived is None or derived.of not in self.sources or derived.over not in self.sources:
            return None
        found = Parts(measure, known[derived.of], known[derived.over], self.sources)
        self.reads.update(dict.fromkeys((derived.of, derived.over)))
        self.outside.update(dict.fromkeys((derived.of, node) for node in found.outside(self.wholes)))
        return found

    def _followed(self, form: forms.Compare, parts: Parts, why: tuple[Tests, Branch]) -> Cell:
        """A figure that follows from its parts, beside the one that was given, against a threshold."""
        measure, required = form.measure, form.required
        source = self.sources.get(measure.id)

        def told(one: Required) -> Node:
            found = _exact(one)
            return Fixed(OPEN) if found is None else parts.follows(form.op, found, self.wholes)

        given = Fixed(OPEN) if source is None else self.made(self._given(form, source))
        made = self.made(mapped(required, told))
        if isinstance(made, Fixed):
            return self._leaf(given, why)
        apart = parts.apart("" if source is None else measure.id)
        gap = Gap((), apart, 1.0 if source is None else float(self.ratio(measure)), _aim(required))
        differ = (Test(made, (NO, YES)), Test(given, (NO, YES))), REASON_NUMBERS[ReasonCode.CONFLICTING]
        return self._leaf(Both(given, made), ((Test(made, (UNSURE,)),), NOT_TOLD), differ, why, gap=gap)

    def limit_column(self, cases: ByContext[Any], storage: Storage) -> str:
        """The column of limits that differ from row to row."""
        return self.limits.setdefault((cases, storage == "integer"), f"l{len(self.limits)}")

    def concluded(self, form: forms.Concluded) -> Cell:
        column = self.finding(form.pack, form.code) if form.heard else None
        if form.asks == "applicable":
            return Cell(Fixed(YES) if column is None else Concerned(column))
        silent = ((), REASON_NUMBERS[ReasonCode.NOT_CONCLUDED])
        if column is None:
            return self._leaf(Fixed(OPEN), silent)
        excepted_here = (Test(Concerned(column), (NO,)),), REASON_NUMBERS[ReasonCode.EXCEPTION_NOT_PROVIDED]
        return self._leaf(Said(column), excepted_here, silent)

    def attribute(self, form: forms.Attribute) -> Cell:
        unknown = ReasonCode.GROUP_NOT_TOLD if form.attribute == GROUP else ReasonCode.ATTRIBUTE_UNKNOWN
        return self._leaf(Fixed(CODES[form.verdict]), ((), REASON_NUMBERS[unknown]))

    def holds(self, form: forms.Holds) -> Cell:
        pack = self._pack(form)
        node = self._other(pack).verdict if form.in_force else Fixed(OPEN)
        names, why = recognition_columns(pack.title_id), _in_force(form, ReasonCode.OTHER_PACK_UNKNOWN)
        root = self.catalogue.root(pack)
        dated = names[1] in self.sources or root.titles_last_months is not None
        if names[0] not in self.sources or not dated:
            return self._leaf(self.held(pack, node), ((), why))
        ran_out = Test(Expired(pack.title_id, root.titles_from, root.titles_last_months), (YES,))
        expired = _in_force(form, ReasonCode.RECOGNITION_EXPIRED)
        return self._leaf(self.held(pack, node), ((ran_out,), expired), ((), why))

    def _pack(self, form: forms.Holds | forms.UnmetShare) -> Pack:
        return form.pack or self.catalogue.named(form.reference, self.contexts.base.on)

    def held(self, pack: Pack, otherwise: Node) -> Node:
        """Met where the title is held, else something other."""
        names = recognition_columns(pack.title_id)
        if names[0] not in self.sources:
            return otherwise
        self.reads.update(dict.fromkeys(name for name in names if name in self.sources))
        root = self.catalogue.root(pack)
        return Held(pack.title_id, root.titles_from, root.titles_last_months, otherwise)

    def _other(self, other: Pack) -> Judgement:
        axis = self.contexts.axes.get("level")
        levels = axis.values if axis else (self.contexts.base.level,)
        strange = [level for level in levels if isinstance(level, Level) and level not in other.applies_to]
        if strange:
            wanted = levels_text(other.applies_to)
            raise EvaluationError(Problem("error.level", pack=other.reference, level=strange[0], levels=wanted))
        return self.judge(other)

    def unmet_share(self, form: forms.UnmetShare) -> Cell:
        pack, required = self._pack(form), form.required
        if not form.in_force:
            return self._leaf(Fixed(OPEN), ((), REASON_NUMBERS[ReasonCode.NO_THRESHOLD_HERE]))
        criteria, found = self._other(pack).criteria(), _exact(required)
        node: Node = Unmet(tuple(criteria.values()), required.op, *((0, 0) if found is None else _ratio(found / 100)))
        if form.including_any:
            named = [criteria[code] for code in form.including_any if code in criteria]
            node = least((node, most([Failing(one) for one in named]) if named else Fixed(NO)))
        return self._leaf(node, ((), _reason(required, ReasonCode.OTHER_PACK_UNKNOWN)))

    def children(self, form: forms.Children) -> Cell:
        standing, required = self.standing(form.levels, form.title, form.exempt), form.required
        silent = ((), _reason(required, ReasonCode.CHILDREN_NOT_REPORTED))
        if standing is None:
            return self._leaf(Fixed(OPEN), silent)
        node: Node
        if required is None:
            node = Tally(standing, Op.AT_LEAST, 1, 1, share=True)
        elif (found := _exact(required)) is None:
            node = Fixed(OPEN) if form.of == "count" else Unresolved(standing)
        else:
            share = form.of == "share"
            node = Tally(standing, required.op, *_ratio(found / 100 if share else found), share=share)
        nobody = (Test(Silent(standing), (YES,)),), silent[1]
        return self._leaf(node, nobody, ((), _reason(required, ReasonCode.CHILDREN_UNKNOWN)))

    def standing(self, levels: tuple[Level, ...], title: str, exempt: bool) -> str | None:
        """The columns of one standing: children of these levels under this title; whether some may take no part."""
        counts = [children_columns(level, title) for level in levels]
        reported = all(total in self.sources for total, _, _ in counts)
        listed = all(level.value in self.given.listed for level in levels)
        if reported and listed:
            raise EvaluationError(Problem("error.frame_children_twice", level=levels[0], column=counts[0][0]))
        # What is counted of some levels only decides nothing, but is looked at.
        for names in counts:
            self.reads.update(dict.fromkeys(name for name in names if name in self.sources))
        if not reported and not listed:
            if lacking := [total for total, *more in counts if total not in self.sources and {*more} & {*self.sources}]:
                raise EvaluationError(Problem("error.children_total", Place(path=lacking[0])))
            return None
        name = "_".join((*(level.value for level in levels), slug(title), *(() if exempt else ("all",))))
        self.standings[name] = (levels, title, exempt)
        return name

    def total(self, form: forms.Total) -> Cell:
        terms: list[Scored | Worth] = []
        whys: list[tuple[Tests, Branch]] = []
        # Terms without a column are one: what they can be together.
        untold: list[tuple[float, float]] = []
        for term in form.terms:
            if isinstance(term, forms.Worth):
                node = self.fold(term.named).node
                terms.append(Worth(node, float(term.points)))
                whys.append(((Test(node, (OPEN, NEUTRAL)),), REASON_NUMBERS[ReasonCode.POINTS_OPEN]))
                continue
            measure = term.measure
            low, high = measure.domain.low, measure.domain.high
            ends = (
                -math.inf if low is None else float(Fraction(low) * term.times),
                math.inf if high is None else float(Fraction(high) * term.times),
            )
            parts = self.parts(measure)
            made = None if parts is None else self.made(parts.present)
            if made is not None:
                whys.append(((Test(made, (YES,)),), NOT_TOLD))
            if measure.id not in self.sources:
                untold.append(ends)
                whys.append(((), REASON_NUMBERS[ReasonCode.NOT_OBSERVED]))
                continue
            self.reads[measure.id] = None
            followed = made if isinstance(made, Made) else None
            terms.append(Scored(measure.id, float(self.ratio(measure) * term.times), *ends, followed))
            whys.append(((Test(Missing(measure.id), (YES,)),), REASON_NUMBERS[ReasonCode.NOT_OBSERVED]))
        if untold:
            lows, highs = zip(*untold, strict=True)
            terms.append(Scored("", 0.0, math.fsum(lows), math.fsum(highs)))
        most = None if form.most is None else float(form.most)
        if most is not None:
            beyond = Sum(tuple(terms), Op.MORE_THAN, most)
            whys.insert(0, ((Test(beyond, (YES,)),), REASON_NUMBERS[ReasonCode.SUM_IMPOSSIBLE]))
        found = _exact(form.required)
        if found is None:
            unset = ((), _reason(form.required, ReasonCode.NOT_OBSERVED))
            return self._leaf(Fixed(OPEN), *whys[: most is not None], unset)
        node = Sum(tuple(terms), form.required.op, float(found), most)
        return self._leaf(node, *whys, gap=Gap((), node, 1.0, float(found)))

    def group(self, form: forms.Group) -> Cell:
        cells = [self.fold(part) for part in form.parts]
        nodes = [cell.node for cell in cells]
        match form.how:
            case "all":
                node = least(nodes)
            case "any":
                node = most([self.made(one) if neutral(one) else one for one in nodes])
            case "at_least":
                node = _enough(form.needed, tuple(map(self.made, nodes)))
            case "choice":
                guard, then, otherwise = map(self.made, nodes)
                node = choice(guard, then, otherwise)
                if self.given.details:
                    # Of a choice whose guard is decided, only the branch that applies matters.
                    ways = ((OPEN,), (YES, OPEN), (NO, OPEN, NEUTRAL))
                    cells = [cell.where(Test(guard, codes)) for cell, codes in zip(cells, ways, strict=True)]
        return Cell(node, _all(cell.gaps for cell in cells), _all(cell.whys for cell in cells))

    def open(self, form: forms.Open) -> Cell:
        return Cell(Fixed(OPEN))

    def settled(self, form: forms.Settled) -> Cell:
        cell, column = self.fold(form.check), self.finding(form.pack, form.code)
        # What an expression uses twice is made once, as a column of its own.
        once = cell.node if column is None or compares(cell.node) else self.made(cell.node)
        if not self.given.details:
            return Cell(settled(once, column))
        check = Test(self.made(cell.node), (OPEN,))
        return Cell(settled(once, column), cell.gaps, cell.where(check).whys)

    def guarded(self, form: forms.Guarded) -> Cell:
        base, check = self.fold(form.base), self.made(self.fold(form.check).node)
        guard, despite = self.fold(form.guard), self.fold(form.despite)
        applies = self.made(measured(check, despite.node, guard.node))
        node = excepted(self.made(base.node), applies)
        if not self.given.details:
            return Cell(node)
        # An open guard is named first.
        unsure = Test(applies, (OPEN,))
        whys = guard.where(unsure).whys
        if form.despite is not form.guard:
            sure = despite.where(unsure, Test(check, (NO, YES))).whys
            whys = (*sure, *guard.where(unsure, Test(check, (OPEN, NEUTRAL))).whys)
        return Cell(node, base.gaps, (*whys, *base.whys))

    def named(self, form: forms.Named) -> Cell:
        cell = self.fold(form.form)
        return cell._replace(node=self.made(cell.node))

    def split(self, form: ByContext[Any]) -> Cell:
        cells = {id(branch): self.fold(branch) for _, branch in form.branches}
        node: Node = mapped(form, lambda branch: self.fold(branch).node)
        if not self.given.details:
            return Cell(node)
        gaps, whys = [], []
        for numbers, branch in form.branches:
            here = Test(ByContext(form.axis, ((numbers, Fixed(YES)), ((), Fixed(NO)))), (YES,))
            cell = cells[id(branch)].where(here)
            gaps.append(cell.gaps)
            whys.append(cell.whys)
        return Cell(node, _all(gaps), _all(whys))


def _all(each: Iterable[tuple[Any, ...]]) -> tuple[Any, ...]:
    return tuple(one for several in each for one in several)


def _exact(required: Required) -> Fraction | None:
    """A threshold, ``None`` where it is unresolved."""
    return None if required.amount is None else Fraction(required.amount.value)


def _aim(required: Any) -> Branch:
    """A threshold as a double; nothing is far from one that is unresolved."""
    found: Branch = mapped(required, lambda one: 0.0 if one.amount is None else float(one.amount.value))
    return found


def _ratio(value: Fraction) -> tuple[int, int]:
    return value.numerator, value.denominator


def _reason(required: Any, otherwise: ReasonCode) -> Branch:
    """Why a threshold is unresolved, or the other reason where it is not, or none is asked for."""
    if required is None:
        return REASON_NUMBERS[otherwise]
    found: Branch = mapped(required, lambda one: REASON_NUMBERS[otherwise if one.reason is None else one.reason.code])
    return found


def _in_force(form: forms.Holds, otherwise: ReasonCode) -> int:
    return REASON_NUMBERS[otherwise if form.in_force else ReasonCode.NO_THRESHOLD_HERE]


def _enough(needed: int, parts: tuple[Node, ...]) -> Node:
    if all(isinstance(part, Fixed) for part in parts):
        return Fixed(CODES[at_least(needed, (VERDICTS[part.code] for part in parts if isinstance(part, Fixed)))])
    return Enough(needed, parts)


def _uses(node: Node) -> Iterator[str]:
    """Columns of verdicts that must have been made before a node."""
    if isinstance(node, Made):
        yield node.name
    else:
        for part in inside(node):
            yield from _uses(part)
