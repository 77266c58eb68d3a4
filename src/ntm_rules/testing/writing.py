"""Packs that nobody wrote: any valid one, in the short forms of a pack file, with the packs it asks for."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar

from hypothesis import strategies as st

from ..pack.catalogue import Catalogue
from ..pack.condition import ConditionModel, MeasureCondition, Op, walk
from ..pack.dumping import dump_condition
from ..pack.legal import Verification
from ..pack.measure import Domain, Measure
from ..pack.model import Pack
from ..pack.overlay import Overlay, apply
from ..pack.period import Period
from ..quantity.amount import Amount
from ..quantity.conversion import comparable
from ..territory import Group, Level, Region

T = TypeVar("T")
Draw = Callable[[st.SearchStrategy[T]], T]
Plain = dict[str, Any]


class World(NamedTuple):
    """A pack, and the catalogue of everything it asks for.

    >>> World(Pack.model_validate(EXAMPLE), Catalogue.of([])).pack.reference
    'any/example@1'
    """

    pack: Pack
    catalogue: Catalogue

    def __repr__(self) -> str:
        packs = [self.catalogue.load(info.reference) for info in self.catalogue.packs()]
        others = [pack for pack in packs if pack.reference != self.pack.reference]
        return "\n".join(map(shown, (self.pack, *others)))


def shown(pack: Pack) -> str:
    """A pack on a few lines: what each code requires, as its file would say it.

    >>> print(shown(Pack.model_validate(EXAMPLE)))
    any/example@1 for commune
      1.1: {"finding": "met"}
    """
    lines = [f"{pack.reference} for {', '.join(pack.applies_to)}" + _span(pack.valid)]
    lines += [f"  units of {rule.region}{_span(rule.valid)}: {_line(rule.when)}" for rule in pack.region_rules]
    for indicator in pack.coded():
        guard = f" where {_line(indicator.applies_if)}" if indicator.applies_if else ""
        lines.append(f"  {indicator.code}: {_line(indicator.requires)}{guard}")
        lines += [f"    {_span(version.valid).strip()}: {_line(version.requires)}" for version in indicator.versions]
    lines += [f"  {criterion.code}: contents not transcribed" for criterion in pack.criteria if criterion.incomplete]
    return "\n".join(lines)


def _line(condition: ConditionModel) -> str:
    return json.dumps(dump_condition(condition), ensure_ascii=False)


def _span(period: Period) -> str:
    return f", {period.start or '…'} to {period.end or '…'}" if period.start or period.end else ""


def _measure(
    name: str, unit: str, better: str, low: int | None = 0, high: int | None = None, whole: bool = False
) -> Measure:
    title = {"vi": f"Số liệu {name}", "en": f"Measure {name}"}
    domain = Domain.model_validate({"from": low, "to": high, "whole": whole})
    return Measure.model_validate({"id": name, "name": title, "unit": unit, "better": better, "domain": domain})


# One of each kind of quantity: shares, money per head, whole counts, areas, lengths, and one that may be negative.
MEASURES: tuple[Measure, ...] = (
    _measure("share", "%", "higher", high=100),
    _measure("poverty", "%", "lower", high=100),
    _measure("income", "triệu đồng/người/năm", "higher"),
    _measure("works", "công trình", "higher", whole=True),
    _measure("area", "ha", "higher"),
    _measure("distance", "km", "lower"),
    _measure("balance", "tỷ đồng", "neither", low=None),
)
_UNITS: Mapping[str, tuple[str, ...]] = {
    "share": ("percent",),
    "poverty": ("percent",),
    "income": ("million_vnd/person/year", "thousand_vnd/person/year"),
    "works": ("works",),
    "area": ("hectare", "square_metre"),
    "distance": ("kilometre", "metre"),
    "balance": ("billion_vnd", "million_vnd"),
}
EXAMPLE: Plain = {
    "id": "any/example",
    "edition": "1",
    "title": {"vi": "Bộ ví dụ", "en": "Example"},
    "applies_to": ["commune"],
    "legal_basis": [{"id": "qd", "number": "1/QĐ"}],
    "source": {"basis": "qd", "verification": "stated", "url": "https://example.org/qd"},
    "criteria": [
        {
            "code": "1",
            "title": "Tiêu chí 1",
            "indicators": [{"code": "1.1", "text": "a", "requires": {"finding": "met"}}],
        }
    ],
}
UNIT_LEVELS = (Level.COMMUNE, Level.WARD, Level.TOWN)
CHILD_LEVELS = (Level.VILLAGE, Level.COMMUNE)
_GRID = tuple(Decimal(text) for text in ("50", "1", "0", "10", "12.8", "58", "63.8", "99.9", "100"))
_DATED = ({"from": "2024-03-01"}, {"to": "2023-06-29"}, {"from": "2023-01-01", "to": "2023-12-31"})
_VALID = {"from": "2022-01-01", "to": "2025-12-31"}
_NARROW = {"from": "2023-01-01", "to": "2024-12-31"}

_yes = st.booleans()
_REGIONS = tuple(region.value for region in Region)
_GROUPS = tuple(group.value for group in Group)
_op = st.sampled_from([op.value for op in Op])
_verification = st.sampled_from([verification.value for verification in Verification])


# A strategy is dear to make and cheap to draw from: those that a pack draws from again and again are kept.
between = lru_cache(maxsize=256)(st.integers)


@lru_cache(maxsize=256)
def _some(options: tuple[T, ...], least: int, most: int | None) -> st.SearchStrategy[list[T]]:
    return st.lists(st.sampled_from(options), min_size=least, max_size=most, unique=True)


def _source(verification: str) -> Plain:
    return {"verification": verification, "url": "https://example.org/nguon"}


class _Writer:
    """Writes one pack; ``others`` are the packs it may ask for."""

    def __init__(self, draw: Draw[Any], levels: tuple[Level, ...], others: tuple[Pack, ...], own_level: bool) -> None:
        self.draw, self.levels, self.others = draw, levels, others
        # Only a pack for the same kinds of unit can be asked of the unit itself.
        self.peers = tuple(pack for pack in others if {*levels} <= {*pack.applies_to}) if own_level else ()
        # Codes written so far, whose points a later sum may count.
        self.codes: list[str] = []
        self.multiples = [target for pack in others for target in _targets(pack)]

    def pick(self, options: tuple[T, ...] | list[T]) -> T:
        return options[self.number(0, len(options) - 1)]

    def number(self, least: int, most: int) -> int:
        found: int = self.draw(between(least, most))
        return found

    def some(self, options: Iterable[T], least: int = 0, most: int | None = None) -> list[T]:
        """Different ones of the options, in any order."""
        found: list[T] = self.draw(_some(tuple(options), least, most))
        return found

    def figure(self, measure: Measure) -> Any:
        number = self.pick(_GRID)
        if measure.domain.whole:
            number = number.to_integral_value()
        units = _UNITS[measure.id]
        unit = self.pick(units)
        amount = Amount(number, measure.unit)
        value: Any = str(number) if unit == measure.unit else amount.to(unit).plain()
        return self.verified({"value": value}) if self.draw(_yes) else value

    def verified(self, leaf: Plain) -> Plain:
        return {**leaf, "source": _source(self.draw(_verification))}

    def threshold(self, measure: Measure, depth: int = 2) -> Any:
        tables = (
            ["figure", "figure", "figure", "region", "group", "year", "level", "attribute"] if depth else ["figure"]
        )
        multiples = [target for target, unit in self.multiples if comparable(unit, measure.unit)]
        match self.pick([*tables, "delegated", "untranscribed", *(["times"] * 9 if multiples else [])]):
            case "figure":
                return self.figure(measure)
            case "delegated":
                return "delegated"
            case "untranscribed":
                return {"untranscribed": True, "candidates": ["50", "60"]}
            case "times":
                times = self.pick(["1.1", "0.5", "1.05", "3"])
                return self.verified({"times": times, "threshold_of": self.pick(multiples)})
            case "region":
                rows = self.some(_REGIONS, 1, 3)
                return self.table(
                    {"by_region": {row: self.threshold(measure, depth - 1) for row in rows}}, measure, depth
                )
            case "group":
                rows = self.some(_GROUPS, 1, 3)
                return self.table(
                    {"by_group": {row: self.threshold(measure, depth - 1) for row in rows}}, measure, depth
                )
            case "year":
                rows = [*self.pick([("2022", "2023", "2024-2025"), ("2023",), ("2022-2023", "2024")])]
                return self.table(
                    {"by_year": {row: self.threshold(measure, depth - 1) for row in rows}}, measure, depth
                )
            case "level":
                rows = self.some(self.levels, 1)
                return self.table(
                    {"by_level": {row: self.threshold(measure, depth - 1) for row in rows}}, measure, depth
                )
            case _:
                name, cases = self.pick([("island", ["true", "false"]), ("island", ["true"]), ("terrain", ["hill"])])
                table = {"by_attribute": name, "cases": {case: self.threshold(measure, depth - 1) for case in cases}}
                return self.table(table, measure, depth)

    def table(self, table: Plain, measure: Measure, depth: int) -> Plain:
        return {**table, "otherwise": self.threshold(measure, depth - 1)} if self.draw(_yes) else table

    def attribute(self) -> Plain:
        name, value = self.pick([("island", True), ("island", False), ("terrain", "hill")])
        return {"attribute": name, "is": value}

    def comparison(self) -> Plain:
        # What can be multiplied is rare: it is asked for oftener.
        multiplied = [m for m in MEASURES for _, unit in self.multiples if unit == m.unit]
        measure = self.pick([*MEASURES, *multiplied * 3])
        return {"measure": measure.id, self.draw(_op): self.threshold(measure)}

    def total(self) -> Plain:
        measure = self.pick(MEASURES)
        alike = [one.id for one in MEASURES if comparable(one.unit, measure.unit)]
        terms: list[Any] = [measure.id, *(self.pick(alike) for _ in range(self.number(0, 2)))]
        if self.codes and self.draw(_yes):
            terms.append({"indicator": self.pick(self.codes), "points": self.pick(["5", "0.5", "40"])})
        # Sums of two terms are of those that can come to only so much.
        bound = {"never_above": "63.8"} if len(terms) == 2 else {}
        return {"total_of": terms, self.draw(_op): self.threshold(measure, 1), **bound}

    def share(self, of: str) -> Plain:
        levels = self.some(CHILD_LEVELS, 1)
        children = {"level": levels, "meeting": self.pick(self.others).id}
        if of == "every":
            return {"every": children}
        if of == "count":
            return {"count_of": children, self.draw(_op): self.pick(["3", "1", "0", "1.5"])}
        return {"share_of": children, self.draw(_op): self.pick(["50 %", "100 %", "0 %", "33,4 %"])}

    def unmet_share(self) -> Plain:
        other = self.pick(self.peers)
        codes = [criterion.code for criterion in other.criteria]
        named = self.some(codes, most=2)
        found = {"unmet_share_of": other.id, self.draw(_op): self.pick(["30 %", "50 %", "100 %"])}
        return {**found, "including_any": named} if named else found

    def condition(self, depth: int = 2) -> Plain:
        kinds = ["measure", "measure", "measure", "finding", "attribute", "total"]
        kinds += ["share", "count", "every"] if self.others else []
        kinds += ["meets", "unmet_share"] if self.peers else []
        kinds += ["all", "any", "at_least", "choice"] if depth else []
        match self.pick(kinds):
            case "measure":
                return self.comparison()
            case "finding":
                return {"finding": "met"}
            case "attribute":
                return self.attribute()
            case "total":
                return self.total()
            case "meets":
                return {"meets": self.pick(self.peers).id}
            case "unmet_share":
                return self.unmet_share()
            case ("share" | "count" | "every") as counted:
                return self.share(counted)
            case ("all" | "any") as how:
                return {how: self.several(depth)}
            case "at_least":
                of = self.several(depth)
                return {"at_least": self.number(1, len(of)), "of": of}
            case _:
                return {key: self.condition(depth - 1) for key in ("when", "then", "otherwise")}

    def several(self, depth: int) -> list[Plain]:
        return [self.condition(depth - 1) for _ in range(self.number(1, 3))]

    def guard(self, depth: int = 1) -> Plain:
        match self.pick(["applicable", "attribute", "measure", *(["all", "any"] if depth else [])]):
            case "applicable":
                return {"finding": "applicable"}
            case "attribute":
                return self.attribute()
            case "measure":
                return self.comparison()
            case how:
                return {how: [self.guard(depth - 1) for _ in range(self.number(1, 2))]}

    def indicator(self, code: str) -> Plain:
        found: Plain = {"code": code, "text": {"vi": f"Nội dung {code}", "en": f"Content {code}"}}
        found["requires"] = self.condition()
        match self.pick(["plain", "plain", "guarded", "dated", "sourced"]):
            case "guarded":
                found["applies_if"] = self.guard()
            case "dated":
                found["versions"] = [{"valid": self.pick(_DATED), "requires": self.condition()}]
            case "sourced":
                found["source"] = _source(self.draw(_verification))
        self.codes.append(code)
        return found

    def criterion(self, code: str) -> Plain:
        found: Plain = {"code": code, "title": {"vi": f"Tiêu chí {code}", "en": f"Criterion {code}"}}
        match self.pick(["numbered", "numbered", "unnumbered", "incomplete"]):
            case "unnumbered":
                found["indicators"] = [self.indicator(code)]
            case "incomplete":
                found |= {"incomplete": True, "contents": 5, "source": _source("secondary")}
                found["indicators"] = self.numbered(code, 0)
            case _:
                found["indicators"] = self.numbered(code, 1)
        return found

    def numbered(self, code: str, least: int) -> list[Plain]:
        return [self.indicator(f"{code}.{i + 1}") for i in range(self.number(least, 3))]

    def region_rules(self) -> list[Plain]:
        text = {"vi": "Áp dụng mức của vùng khác", "en": "Uses another region's values"}
        source = {"basis": "qd", **_source("stated")}
        rules: list[Plain] = []
        for _ in range(self.pick([0, 0, 1, 1, 2])):
            when: Plain = self.attribute()
            if self.draw(_yes):
                when = {self.pick(["all", "any"]): [when, self.attribute()]}
            dated = {"valid": self.pick(_DATED)} if self.draw(_yes) else {}
            rules.append({"when": when, "region": self.pick(_REGIONS), "text": text, "source": source, **dated})
        return rules

    def pack(self, name: str, own_measures: bool, narrow: bool) -> Plain:
        count = self.number(1, 3)
        return {
            **EXAMPLE,
            "id": f"any/{name}",
            "title": {"vi": f"Bộ tiêu chí {name}", "en": f"Set {name}"},
            "applies_to": list(self.levels),
            "valid": _NARROW if narrow and self.draw(_yes) else _VALID,
            "source": {"basis": "qd", **_source(self.pick(["stated", "secondary", "recalled"]))},
            "attributes": {
                "island": {"name": {"vi": "Xã đảo", "en": "Island commune"}, **self.pick([{"default": False}, {}])},
                "terrain": {"name": {"vi": "Địa hình", "en": "Terrain"}},
            },
            "region_rules": self.region_rules(),
            "prerequisites": [self.indicator(f"P{i + 1}") for i in range(self.number(0, 2))],
            "criteria": [self.criterion(str(i + 1)) for i in range(count)],
            "grades": [self.indicator(f"G{i + 1}") for i in range(self.pick([0, 0, 0, 1, 2]))],
            "measures": [_plain(measure) for measure in MEASURES] if own_measures else [],
        }


def _targets(pack: Pack) -> list[tuple[str, str]]:
    """Indicators whose threshold can be multiplied whatever the date, with their measure's unit."""
    found: list[tuple[str, str]] = []
    units = {measure.id: measure.unit for measure in MEASURES}
    for indicator in (*pack.prerequisites, *pack.indicators()):
        asked = [
            [part.measure for _, part in walk(root) if isinstance(part, MeasureCondition)]
            for root in (indicator.requires, *(version.requires for version in indicator.versions))
        ]
        if all(len(names) == 1 and names == asked[0] for names in asked):
            found.append((f"{pack.id}#{indicator.code}", units[asked[0][0]]))
    return found


def _plain(measure: Measure) -> Plain:
    plain: Plain = measure.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return plain


@st.composite
def pack_files(draw: Draw[Any], others: tuple[Pack, ...] = (), name: str = "generated") -> Plain:
    """What stands in the file of any valid pack, as plain data; it declares the seven measures it may ask for."""
    levels = draw(st.sampled_from([others[0].applies_to] if others else [(UNIT_LEVELS[0],), UNIT_LEVELS]))
    return _Writer(draw, levels, others, own_level=True).pack(name, True, narrow=False)


def packs(others: tuple[Pack, ...] = (), name: str = "generated") -> st.SearchStrategy[Pack]:
    """Any valid pack: every kind of condition, threshold, guard, version and verification.

    It declares its own seven measures, and may ask for ``others`` where they are given (evaluate it with a catalogue
    that holds them).

    >>> from hypothesis import Phase, find, settings
    >>> once = settings(phases=[Phase.generate])
    >>> find(packs(), lambda pack: True, settings=once)
    Pack('any/generated@1')
    """
    return pack_files(others, name).map(Pack.model_validate)


@st.composite
def worlds(draw: Draw[Any]) -> World:
    """A pack with up to two others that it may ask for by ``meets``, shares of children or multiples of thresholds.

    One of the others may be an overlay of the first, as a province's set is.

    >>> from hypothesis import Phase, find, settings
    >>> once = settings(phases=[Phase.generate])
    >>> find(worlds(), lambda world: True, settings=once).pack.reference
    'any/main@1'
    """
    levels = draw(st.sampled_from([(UNIT_LEVELS[0],), UNIT_LEVELS]))
    others: tuple[Pack, ...] = ()
    for name in ("base", "tier")[: draw(st.integers(0, 2))]:
        if others and draw(_yes):
            others = (*others, _laid_over(draw, others[0]))
        else:
            written = _Writer(draw, levels, others, own_level=True).pack(name, False, narrow=True)
            others = (*others, Pack.model_validate(written))
    main = Pack.model_validate(_Writer(draw, levels, others, own_level=True).pack("main", False, narrow=False))
    return World(main, Catalogue.of((*others, main), MEASURES))


def _laid_over(draw: Draw[Any], base: Pack) -> Pack:
    """A province's overlay: new thresholds for some indicators of the base."""
    writer = _Writer(draw, base.applies_to, (), own_level=False)
    known = {measure.id: measure for measure in MEASURES}
    changes: list[Plain] = []
    for indicator in (*base.prerequisites, *base.indicators()):
        asked = [part.measure for _, part in walk(indicator.requires) if isinstance(part, MeasureCondition)]
        if asked and draw(_yes):
            changes.append(
                {"code": indicator.code, "measure": asked[0], "threshold": writer.threshold(known[asked[0]])}
            )
    overlay = {
        "id": "province/base",
        "edition": "1",
        "extends": base.reference,
        "title": {"vi": "Bộ tiêu chí của tỉnh", "en": "The province's set"},
        "valid": base.valid,
        "legal_basis": [{"id": "qd-tinh", "number": "2/QĐ-UBND"}],
        "source": {"basis": "qd-tinh", **_source("stated")},
        "set": changes,
    }
    return apply(Overlay.model_validate(overlay), base)


def amounts() -> st.SearchStrategy[Amount]:
    """Exact amounts in every unit the generated measures come in, with up to six decimals.

    >>> from hypothesis import find
    >>> find(amounts(), lambda amount: amount.value > 0).text("en")
    '1%'
    """
    units = [unit for names in _UNITS.values() for unit in names]
    values = st.integers(-(10**9), 10**9).flatmap(
        lambda digits: st.integers(0, 6).map(lambda places: Decimal(digits).scaleb(-places))
    )
    return st.builds(Amount, values, st.sampled_from(units))
