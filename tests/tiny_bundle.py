"""A small pack with every kind of requirement, and snapshots of all it may be told."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from ntm_rules import Amount, Pack, Snapshot
from ntm_rules.errors import QuantityError
from ntm_rules.pack.bundle import Bundle
from ntm_rules.pack.catalogue import Catalogue
from ntm_rules.snapshot.names import read_names

CATALOGUE = Catalogue((Bundle("tiny", Path(__file__).parent / "bundles" / "tiny"),))
PACK: Pack = CATALOGUE.load("tiny/commune")

_UNITS = {
    "water_share": ["percent"],
    "income": ["million_vnd/person/year", "thousand_vnd/person/year", "vnd/person/month"],
    "poor_share": ["percent"],
    "school_count": ["school"],
    "school_share": ["percent", "percentage_point"],
    "green_land": ["square_metre/person", "hectare/household"],
}
# What people type, and what a spreadsheet might take for something else.
words = st.text(
    st.characters(
        codec="utf-8",
        exclude_categories=("Cc", "Cs", "Cn", "Co"),
        exclude_characters="\ufeff\u200b\u200e\u200f\u2060\u00ad\ufffe\uffff",
    ),
    max_size=12,
).map(lambda text: " ".join(text.split()))
odd_words = st.sampled_from(
    ["=1+1", "+84", "-", "@SUM(A1)", "#N/A", "TRUE", "12,8", "=", "Sở NN&PTNT", "a;b", "1.10", "'x"]
)
texts = words | odd_words
names = texts.filter(bool)
days = st.dates(date(1990, 1, 1), date(2035, 12, 31))
details = st.fixed_dictionaries({}, optional={"by": texts, "on": days, "evidence": texts, "remark": texts})


def same(fact: dict[str, Any]) -> tuple[Any, ...]:
    """What makes two facts one: a snapshot keeps identical ones once."""
    return tuple(sorted((name, str(value)) for name, value in fact.items() if value not in ("", None)))


@st.composite
def amounts(draw: st.DrawFn, measure: str) -> Amount:
    """A value in the measure's domain, in one of the units people use for it."""
    if measure == "school_count":
        return Amount(Decimal(draw(st.integers(0, 60))), "school")
    unit = draw(st.sampled_from(_UNITS[measure]))
    value = draw(st.decimals(0, 100, allow_nan=False, places=draw(st.integers(0, 6)))).normalize() + 0
    if unit == "hectare/household":
        unit = "square_metre/person"
    return Amount(value, unit)


@st.composite
def snapshots(draw: st.DrawFn, unit_id: str = "x") -> Snapshot:
    """Any snapshot whose names the tiny bundle knows."""
    optional: dict[str, Any] = {
        "name": texts,
        "parent": names,
        "province": names,
        "region": st.sampled_from(["btb", "dbsh", "tn"]),
        "exempt": texts,
        "attributes": st.dictionaries(st.just("difficult"), st.booleans()),
    }
    unit = {"id": unit_id, "level": "commune", **draw(st.fixed_dictionaries({}, optional=optional))}
    measures = {
        measure: draw(
            st.lists(st.builds(dict, details, value=amounts(measure)), min_size=1, max_size=3, unique_by=same)
        )
        for measure in draw(st.sets(st.sampled_from(sorted(_UNITS))))
    }
    given = st.builds(dict, details, finding=st.sampled_from(["met", "not_met", "not_applicable"]))
    codes = st.sampled_from(["P1", "1", "1.1", "1.10", "2", "3.1", "3.2", "4.1", "5"])
    findings = draw(
        st.dictionaries(
            st.sampled_from(["tiny/commune", "tiny/commune@2024"]),
            st.dictionaries(codes, st.lists(given, min_size=1, max_size=2, unique_by=same), min_size=1, max_size=4),
        )
    )
    recognised = st.fixed_dictionaries(
        {"pack": st.sampled_from(["tiny/older", "tiny/commune", "vn/gone"]), "on": days, "decision": texts},
        optional={"until": days, "revoked": days},
    ).filter(lambda told: told["on"] <= min(told.get("until", told["on"]), told.get("revoked", told["on"])))
    return Snapshot.model_validate(
        {
            "unit": unit,
            "as_of": draw(days),
            "measures": measures,
            "findings": findings,
            "recognitions": draw(st.lists(recognised, max_size=3, unique_by=same)),
            "children": draw(st.dictionaries(st.sampled_from(["village", "ward"]), children(), max_size=2)),
        }
    )


def _kept(called: list[str]) -> bool:
    """Whether so many units are named, as they are spelt: a number before or a “;” within is no part of a name."""
    try:
        return read_names(called) == tuple(called)
    except QuantityError:
        return False


@st.composite
def children(draw: st.DrawFn) -> dict[str, Any]:
    total = draw(st.integers(0, 20))
    meeting = draw(st.integers(0, total))
    called = st.lists(names, min_size=1, max_size=3).filter(_kept)
    counts: dict[str, Any] = {"total": total, "meeting": {"tiny/village": meeting}}
    if draw(st.booleans()):
        counts["unknown"] = {"tiny/village": draw(st.integers(0, total - meeting))}
    for field in ("not_meeting_names", "unknown_names"):
        if draw(st.booleans()):
            counts[field] = {"tiny/village": draw(called)}
    if draw(st.booleans()):
        counts["exempt"] = draw(called)
    return counts
