"""Snapshots for a pack: complete, partial, and as bad as real ones can be."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, Literal, TypeVar

from hypothesis import strategies as st

from ..errors import QuantityError
from ..evaluation.resolve import Context
from ..pack.catalogue import Catalogue, installed
from ..pack.legal import Verification
from ..pack.measure import Measure
from ..pack.model import Pack
from ..quantity.amount import Amount
from ..quantity.conversion import units_like
from ..snapshot.child_counts import ChildCounts
from ..snapshot.model import Snapshot
from ..snapshot.observation import Finding, FindingValue, Observation
from ..snapshot.recognition import Recognition
from ..snapshot.unit import Unit
from ..territory import Group, Region
from ..units.provinces import regions_of
from .ground import Ground, days, ground, open_codes
from .writing import Draw, between

Kind = Literal["complete", "partial", "hostile"]
T = TypeVar("T")

_CONCLUDED = st.sampled_from([(Finding(finding=FindingValue.MET),), (Finding(finding=FindingValue.NOT_MET),)])
_ANY_FINDING = tuple((Finding(finding=value),) for value in FindingValue)
_NAMES = ("", "Xã Đức Thọ", unicodedata.normalize("NFD", "Xã Đức Thọ"), "<script>alert(1)</script>", "a|b\n\n# c")
_ONE_SAYS = tuple((Finding(finding=value, by="Sở Y tế"),) for value in FindingValue)
_TWO_SAY = tuple((*one, Finding(finding=value, by="<b>")) for one in _ONE_SAYS for value in FindingValue)
_MANY_FINDINGS = (*_ONE_SAYS, *_TWO_SAY, ())


def units(pack: Pack, kind: Kind = "complete", *, catalogue: Catalogue | None = None) -> st.SearchStrategy[Unit]:
    """Units the pack applies to, from every region the pack is for, with the attributes it asks about.

    A ``complete`` unit says all of them; others leave some out.

    >>> import ntm_rules as ntm
    >>> from hypothesis import find
    >>> find(units(ntm.load_pack("vn/commune@2021-2025")), lambda unit: True).level.text("en")
    'commune'
    """
    catalogue = catalogue or installed()
    day = days(pack)[0]
    return _units(ground(pack, catalogue, day), pack, kind, regions_of(pack, day, catalogue))


@lru_cache(maxsize=256)
def _units_of(pack: Pack, catalogue: Catalogue, day: date, kind: Kind) -> st.SearchStrategy[Unit]:
    return _units(ground(pack, catalogue, day), pack, kind, regions_of(pack, day, catalogue))


def _units(ground: Ground, pack: Pack, kind: Kind, own: tuple[Region, ...]) -> st.SearchStrategy[Unit]:
    attributes = _all_or_some(dict(sorted(ground.attributes.items())), kind)
    regions: list[Region | None] = [*(own or Region)]
    groups: list[Group | None] = list(Group)
    return st.builds(
        Unit,
        id=st.just("u"),
        name=st.sampled_from(_NAMES) if kind == "hostile" else st.just(""),
        level=st.sampled_from(pack.applies_to),
        region=st.sampled_from([*regions, None] if kind != "complete" else regions),
        group=st.sampled_from([*groups, None] if kind != "complete" else groups),
        attributes=attributes,
    )


@st.composite
def snapshots(
    draw: Draw[Any],
    pack: Pack,
    kind: Kind = "complete",
    *,
    trust: Verification | str = Verification.UNCERTAIN,
    catalogue: Catalogue | None = None,
    on: date | None = None,
) -> Snapshot:
    """Snapshots for a pack, with values at, beside and far from its thresholds.

    ``complete`` ones leave nothing ``UNKNOWN`` (at that ``trust``) but sums of figures that add up to more than
    they can: each measure once, a finding wherever figures decide nothing. ``partial`` ones leave anything out.
    ``hostile`` ones contradict themselves: several observations in several units, findings that differ, titles
    expired, revoked or not yet given, no region, markup in names. All are of a day on which the pack may read
    differently, unless ``on`` says the day.

    >>> import ntm_rules as ntm
    >>> from hypothesis import Phase, find, settings
    >>> pack, once = ntm.load_pack("vn/commune@2021-2025"), settings(phases=[Phase.generate])
    >>> snapshot = find(snapshots(pack), lambda snapshot: True, settings=once)
    >>> ntm.evaluate(pack, snapshot, trust="uncertain").unknowns()
    ()
    """
    catalogue = catalogue or installed()
    day = on or draw(st.sampled_from(days(pack)))
    unit = draw(_units_of(pack, catalogue, day, kind))
    context = Context.of(unit, day, Verification.of(trust))
    facts = draw(_facts(pack, context, catalogue, kind))
    return Snapshot(unit=unit, as_of=day, **facts)


@lru_cache(maxsize=512)
def _facts(pack: Pack, context: Context, catalogue: Catalogue, kind: Kind) -> st.SearchStrategy[dict[str, Any]]:
    facts = _facts_of_day(pack, context.on, catalogue, kind)
    if kind != "complete":
        return facts
    packs = ground(pack, catalogue, context.on).packs
    told = each({one.id: _conclusions(one, context, catalogue) for one in packs})
    return st.tuples(facts, told).map(lambda pair: {**pair[0], "findings": pair[1]})


@lru_cache(maxsize=256)
def _facts_of_day(pack: Pack, day: date, catalogue: Catalogue, kind: Kind) -> st.SearchStrategy[dict[str, Any]]:
    here = ground(pack, catalogue, day)
    if kind == "hostile":
        known = {name: one for asked in here.packs for name, one in catalogue.measures_for(asked).items()}
        measures = {name: _reported_badly(values, known[name]) for name, values in here.values.items()}
    else:
        measures = {name: tuple((value,) for value in values) for name, values in here.values.items()}
    counted = st.none() if kind != "complete" else st.nothing()
    children = {level: counted | _counted(here.titles, kind) for level in here.child_levels}
    return each(
        {
            "measures": _all_or_some(measures, kind),
            "findings": each({one.id: _anything_said(one, kind) for one in here.packs}),
            "children": each(children).map(_without_absent),
            "recognitions": _recognitions(here, day, kind),
        }
    )


@st.composite
def each(draw: Draw[Any], parts: Mapping[Any, st.SearchStrategy[T]]) -> dict[Any, T]:
    """A value for each name. Unlike Hypothesis's dictionaries it spends no choice on their order."""
    return {name: draw(part) for name, part in parts.items()}


@st.composite
def _all_or_some(draw: Draw[Any], options: Mapping[str, Sequence[T]], kind: Kind) -> dict[str, T]:
    """One option for each name; unless it must be complete, half of the names are left out.

    Each name is a single choice whose simplest outcome is that it is absent: that is what shrinks well.
    """
    chosen: dict[str, T] = {}
    for name, values in options.items():
        absent = 0 if kind == "complete" else len(values)
        number = draw(between(0, absent + len(values) - 1)) - absent
        if number >= 0:
            chosen[name] = values[number]
    return chosen


def _without_absent(chosen: Mapping[Any, T | None]) -> dict[Any, T]:
    return {name: value for name, value in chosen.items() if value is not None}


def _conclusions(pack: Pack, context: Context, catalogue: Catalogue) -> st.SearchStrategy[dict[str, Any]]:
    if context.level not in pack.applies_to:
        return st.just({})
    return each(dict.fromkeys(open_codes(pack, context, catalogue), _CONCLUDED))


def _anything_said(pack: Pack, kind: Kind) -> st.SearchStrategy[dict[str, Any]]:
    if kind == "complete":
        return st.just({})
    codes = (*(i.code for i in pack.coded()), *(c.code for c in pack.criteria))
    return _all_or_some(dict.fromkeys(codes, _MANY_FINDINGS if kind == "hostile" else _ANY_FINDING), kind)


def _reported_badly(values: tuple[Observation, ...], measure: Measure) -> tuple[tuple[Observation, ...], ...]:
    """No, one or two reports of one measure, in whatever unit, by whomever."""
    said = [Observation(value=amount) for value in values for amount in spellings(value.value, measure)]
    rivals = [Observation(value=one.value, by="Sở Tài chính", remark="<i>") for one in said]
    pairs = [(one, rivals[(3 * place + turn) % len(rivals)]) for place, one in enumerate(said) for turn in (0, 1, 4)]
    return (*((one,) for one in said), *pairs, ())


@lru_cache(maxsize=4096)
def spellings(amount: Amount, measure: Measure) -> tuple[Amount, ...]:
    """The same amount in every unit that can say it exactly, its own first; as a bare number, if it may be one."""
    found: list[Amount] = []
    for unit in units_like(amount.unit):
        try:
            found.append(amount.to(unit))
        except QuantityError:
            continue
    bare = Amount(amount.value)
    with suppress(QuantityError):
        measure.read(bare)
        found.append(bare)
    return tuple(found)


@st.composite
def _counted(draw: Draw[Any], titles: tuple[str, ...], kind: Kind) -> ChildCounts:
    total = draw(st.integers(1, 12) if kind == "complete" else st.sampled_from((4, 0, 1, 2, 7, 12, 0)))
    meeting: dict[str, int] = {}
    unknown: dict[str, int] = {}
    for title in titles:
        if kind != "complete" and draw(st.booleans()):
            continue
        meeting[title] = draw(st.integers(0, total))
        if kind != "complete":
            unknown[title] = draw(st.integers(0, total - meeting[title]))
    return ChildCounts(total=total, meeting=meeting, unknown=unknown)


def _recognitions(ground: Ground, day: date, kind: Kind) -> st.SearchStrategy[tuple[Recognition, ...]]:
    titles = ground.packs[1:]
    if not titles:
        return st.just(())
    held = [Recognition(pack=pack.reference, decision="1/QĐ", on=day) for pack in titles]
    if kind == "hostile":
        month = timedelta(30)
        for pack in titles:
            long_ago = day - 12 * month
            held += [
                Recognition(pack=pack.reference, on=day + month),
                Recognition(pack=pack.id, on=long_ago, until=day - month),
                Recognition(pack=pack.id, on=long_ago, revoked=day),
                Recognition(pack=pack.id, on=date(1999, 1, 1)),
                Recognition(pack=f"{pack.id}@1999", on=day - month),
            ]
    return st.lists(st.sampled_from(held), max_size=2).map(tuple)
