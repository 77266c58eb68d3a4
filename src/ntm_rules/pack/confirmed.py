"""From confirmed figures to an overlay pack that changes exactly those."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ..errors import PackError, Place, Problem
from ..messages import Text, say
from .address import APPLIES_IF, REQUIRES, Address, addressed, rebuilt, roots, with_leaves
from .condition import Comparison, ConditionModel, MeasureCondition, Op, walk
from .confirmation import Confirmed
from .dumping import dump_basis, dump_condition, dump_period, dump_source, dump_text, dump_threshold, dump_version
from .indicator import Indicator, Version
from .legal import Source
from .loader import dump_yaml, parse_yaml, validate
from .model import FigureRow, Pack
from .overlay import Overlay, apply
from .threshold import AnyLeaf, Row


def overlay_of(pack: Pack, confirmed: Iterable[Confirmed], overlay_id: str, title: Text | None = None) -> str:
    """The YAML text of an overlay that gives the confirmed figures their values and sources.

    A figure whose measure stands once in its indicator is ``set``, with its whole table; elsewhere the indicator's
    requirement is written out again. What was not confirmed is repeated as it is, and so stays its origin's.

    Raises:
        PackError: the overlay's id is none.
    """
    by_code: dict[str, dict[Address, Confirmed]] = {}
    for one in confirmed:
        by_code.setdefault(one.address.code, {})[one.address] = one
    known = {basis.id for basis in pack.legal_basis}
    bases = {one.basis.id: one.basis for group in by_code.values() for one in group.values()}
    if title is None and len(bases) == 1 and not known & set(bases):
        # All of it is read in another decision, and that one says what it is.
        title = next(iter(bases.values())).title
    title = title or Text(
        f"{pack.title.vi} ({say('worksheet.title', 'vi')})" if pack.title.vi else "",
        f"{pack.title.en} ({say('worksheet.title', 'en')})" if pack.title.en else "",
    )
    data: dict[str, Any] = {
        "id": overlay_id,
        "edition": pack.edition,
        "extends": pack.reference,
        "restates": True,
        "title": dump_text(title),
        "valid": dump_period(pack.valid),
        "legal_basis": [dump_basis(basis) for name, basis in bases.items() if name not in known],
        "set": [],
        "change": [],
        "looser_than_base": dict(pack.looser_than_base),
    }
    for code, group in by_code.items():
        indicator = pack[code]
        if _settable(indicator, group):
            data["set"] += _set(indicator, group)
        else:
            data["change"].append(_change(pack, indicator, group))
    text = dump_yaml({key: value for key, value in data.items() if value or key == "valid"})
    apply(validate(Overlay, parse_yaml(text, f"{overlay_id}.yaml")), pack)
    return text


def again(pack: Pack, base: Pack, confirmed: Iterable[Confirmed], overlay_id: str) -> str:
    """The YAML text of an overlay over ``base`` with what ``pack``, which restates it, has confirmed already as well.

    Raises:
        PackError: ``pack`` changes more than figures, which would be lost.
    """
    new = {one.address: one for one in confirmed}
    before, now = dict(addressed(base)), dict(addressed(pack))
    if others := [address for address in (*now, *before) if address not in now or address not in before]:
        raise PackError(Problem("error.worksheet_more", Place(file=str(pack.file or "")), code=others[0].code))
    together = []
    for address, row in now.items():
        old = before[address]
        if address in new:
            one = new[address]
            together.append(one._replace(row=old, op=_changed(one.op or _op(row), old)))
        elif (_value(row), row.source, _op(row)) != (_value(old), old.source, _op(old)):
            leaf = None if row.leaf is None else row.leaf.model_copy(update={"source": row.source})
            basis, op = pack.basis(row.source.basis), _changed(_op(row), old)
            together.append(Confirmed(address, old, leaf, row.source, basis, op=op))
    text = overlay_of(base, together, overlay_id, pack.title)
    made = apply(validate(Overlay, parse_yaml(text)), base)
    for said, kept in zip(_words(pack), _words(made), strict=True):
        # The first part is a code, or the id of the set: the new one may have another.
        if said[1:] != kept[1:]:
            raise PackError(Problem("error.worksheet_more", Place(file=str(pack.file or "")), code=said[0]))
    return text


def _value(row: FigureRow) -> object:
    return row.leaf and row.leaf.model_dump(exclude={"source"})


def _op(row: FigureRow) -> Op | None:
    return row.condition.op if isinstance(row.condition, Comparison) else None


def _changed(op: Op | None, row: FigureRow) -> Op | None:
    return None if op is _op(row) else op


def _words(pack: Pack) -> list[tuple[object, ...]]:
    """What a worksheet does not ask about."""
    items = [(one.code, one.text, one.agency, one.agencies, one.note) for one in pack.coded()]
    criteria = [(one.code, one.title, one.agency, one.note) for one in pack.criteria]
    return [
        *items,
        *criteria,
        (pack.id, pack.regions, pack.attributes, pack.region_rules, pack.authorities, pack.notes, pack.valid),
    ]


def _settable(indicator: Indicator, group: dict[Address, Confirmed]) -> bool:
    """Whether ``set`` reaches these figures and no others: it changes a measure wherever the indicator asks for it."""
    if any(one.leaf is None or one.op or one.address.part != REQUIRES for one in group.values()):
        return False
    asked = [
        condition.measure
        for part, root in roots(indicator)
        if part != APPLIES_IF
        for _, condition in walk(root)
        if isinstance(condition, MeasureCondition)
    ]
    wanted = [one.row.condition for one in group.values()]
    return all(isinstance(one, MeasureCondition) and asked.count(one.measure) == 1 for one in wanted)


def _set(indicator: Indicator, group: dict[Address, Confirmed]) -> Iterator[dict[str, Any]]:
    for path, condition in walk(indicator.requires):
        if isinstance(condition, MeasureCondition) and any(address.path == path for address in group):
            new = _replaced(condition, REQUIRES, path, group)
            assert isinstance(new, MeasureCondition)
            yield {"code": indicator.code, "measure": new.measure, "threshold": dump_threshold(new.threshold)}


def _change(pack: Pack, indicator: Indicator, group: dict[Address, Confirmed]) -> dict[str, Any]:
    changed: dict[str, Any] = {"code": indicator.code}
    concluded = {one.address.part: one.source for one in group.values() if one.leaf is None}
    own = concluded.get(REQUIRES)
    touched = {address.part for address in group}
    for part in (REQUIRES, APPLIES_IF):
        root: ConditionModel | None = getattr(indicator, part)
        # A conclusion's source is the indicator's: what took its own from there must now say it.
        if root is not None and (part in touched or own is not None):
            new = _rebuilt(_pinned(pack, indicator, root) if own is not None else root, part, group)
            if new != root:
                changed[part] = dump_condition(new)
    versions = []
    for index, version in enumerate(indicator.versions):
        part = f"version.{index}"
        holder = indicator.reading(version)
        versions.append(_version(pack, holder, version, part, group, concluded.get(part), keep=own is None))
    if versions != list(indicator.versions):
        changed["versions"] = [dump_version(version) for version in versions]
    if own is not None:
        changed["source"] = dump_source(own)
    return changed


def _version(
    pack: Pack,
    holder: Indicator,
    version: Version,
    part: str,
    group: dict[Address, Confirmed],
    concluded: Source | None,
    *,
    keep: bool,
) -> Version:
    source = version.source if keep else pack.source_of(holder)
    root = version.requires if concluded is None and keep else _pinned(pack, holder, version.requires)
    return version.model_copy(update={"requires": _rebuilt(root, part, group), "source": concluded or source})


def _rebuilt(root: ConditionModel, part: str, group: dict[Address, Confirmed]) -> ConditionModel:
    return rebuilt(root, lambda path, condition: _replaced(condition, part, path, group))


def _replaced(condition: ConditionModel, part: str, path: str, group: dict[Address, Confirmed]) -> ConditionModel:
    if not isinstance(condition, Comparison):
        return condition

    def new(rows: tuple[Row, ...], leaf: AnyLeaf) -> AnyLeaf:
        one = next((one for a, one in group.items() if a[1:] == (part, path, rows)), None)
        return leaf if one is None or one.leaf is None else one.leaf

    changed = (one.op for a, one in group.items() if one.op is not None and a[1:3] == (part, path))
    op = next(changed, condition.op)
    return condition.model_copy(update={"op": op, "threshold": with_leaves(condition.threshold, new)})


def _pinned(pack: Pack, holder: Indicator, root: ConditionModel) -> ConditionModel:
    """The same condition, every figure with the source it has now written at it."""

    def pin(_: str, condition: ConditionModel) -> ConditionModel:
        if not isinstance(condition, Comparison):
            return condition
        threshold = with_leaves(
            condition.threshold,
            lambda rows, leaf: leaf.model_copy(update={"source": pack.source_of(holder, leaf)}),
        )
        return condition.model_copy(update={"threshold": threshold})

    return rebuilt(root, pin)
