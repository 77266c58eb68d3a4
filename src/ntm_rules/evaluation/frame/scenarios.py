"""The same frame under other thresholds or other packs: which units come to another verdict."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Literal, NamedTuple, TypeVar

from pydantic import TypeAdapter, ValidationError

from ...day import read_day
from ...errors import EvaluationError, NtmError, Problem, QuantityError
from ...faults import problems_of
from ...messages import Lang
from ...pack.catalogue import Catalogue, installed
from ...pack.condition import MeasureCondition, map_thresholds, walk
from ...pack.indicator import Indicator
from ...pack.legal import Verification
from ...pack.model import Pack
from ...pack.threshold import AnyThreshold, Figure, Threshold, leaves
from ...territory import Group, Level, Region
from .answer import Shape
from .evaluate import Judged, Options
from .run import Progress

F = TypeVar("F")
_THRESHOLD: TypeAdapter[AnyThreshold] = TypeAdapter(Threshold)
Scenario = Pack | str | Mapping[str, object]


def what_if(
    pack: Pack | str,
    frame: F,
    scenarios: Mapping[str, Scenario],
    *,
    as_of: date | str | None = None,
    region: Region | str | None = None,
    group: Group | str | None = None,
    level: Level | str | None = None,
    attributes: Mapping[str, bool | str] | None = None,
    trust: Verification | str = Verification.RECALLED,
    units: Mapping[str, str] | None = None,
    columns: Mapping[str, str] | None = None,
    children: Iterable[object] = (),
    keep: Sequence[str] | None = None,
    unknown_columns: Literal["error", "ignore"] = "error",
    progress: Progress | None = None,
    catalogue: Catalogue | None = None,
    numbers: Lang | None = None,
) -> F:
    """Which units come to another verdict when thresholds move, or under other packs.

    ``scenarios`` maps a name to the thresholds it changes, by code (``{"10": "60 triệu đồng/người/năm"}``, written as
    in a pack file), or to another pack. A row of the answer is a unit and a scenario whose verdict is not that of
    ``pack``: columns ``scenario``, ``before``, ``after`` beside those kept. Scenarios share everything they do not
    change, so thousands of them cost little more than one. Assumed thresholds hold at any ``trust``. Rows of a lazy
    frame that hold an unfit cell have no verdict, and so no change. The other parameters are those of
    ``evaluate_frame``.

    >>> import polars as pl
    >>> communes = pl.DataFrame({"id": ["x", "y"], "resident_satisfaction_share": [95.0, 88.0]})
    >>> changed = what_if("vn/commune", communes, {"85 %": {"P2": "85 %"}}, as_of="2023-08-17", trust="uncertain")
    >>> changed.rows()
    [('y', '85 %', 'NOT_MET', 'UNKNOWN')]

    Raises:
        EvaluationError: what ``evaluate_frame`` raises; a code whose threshold cannot be moved.
        QuantityError: a threshold of another dimension.
    """
    options = Options(
        as_of, region, group, level, attributes, trust, units, columns, children, keep, None, unknown_columns,
        progress, catalogue, numbers,
    )  # fmt: skip
    store = catalogue or installed()
    day = None if as_of is None else read_day(as_of)
    base = store.load(pack, None if "@" in pack else day) if isinstance(pack, str) else pack
    if not isinstance(scenarios, Mapping):
        raise EvaluationError(Problem("error.scenario_kind", scenario="", given=repr(scenarios)[:60]))
    variants = [_variant(base, name, scenario, store) for name, scenario in scenarios.items()]
    if not variants:
        raise EvaluationError(Problem("error.frame_no_packs"))
    packs = (base, *(variant.pack for variant in variants))
    assumed = (frozenset[str](), *(variant.assumed for variant in variants))
    judged = Judged(packs, frame, options, assumed=assumed)
    answer: F = judged.run(Shape("scenarios", labels=tuple(scenarios)))
    return answer


class _Variant(NamedTuple):
    pack: Pack | str
    assumed: frozenset[str] = frozenset()


def _variant(base: Pack, name: str, scenario: Scenario, store: Catalogue) -> _Variant:
    named = isinstance(name, str)
    if named and isinstance(scenario, (Pack, str)):
        return _Variant(scenario)
    # A code that is a number is none: 17.1 may have been 17.10.
    if not (named and isinstance(scenario, Mapping) and all(isinstance(code, str) for code in scenario)):
        raise EvaluationError(Problem("error.scenario_kind", scenario=name, given=repr(scenario)[:60]))
    pack = with_thresholds(base, scenario, name)
    for code in scenario:
        _check_units(pack, pack[code], name, store)
    return _Variant(pack, frozenset(scenario))


def _check_units(pack: Pack, indicator: Indicator, name: str, store: Catalogue) -> None:
    """Refuse thresholds that measure something else, saying in which scenario."""
    measured = (part for _, part in walk(indicator.requires) if isinstance(part, MeasureCondition))
    for part in measured:
        unit = store.measures_for(pack)[part.measure].unit
        for _, leaf in leaves(part.threshold):
            try:
                if isinstance(leaf, Figure):
                    leaf.value.to(unit)
            except QuantityError as error:
                told = Problem("error.scenario_unit", scenario=name, code=indicator.code, problem=error.problems[0])
                raise QuantityError(told) from None


def with_thresholds(pack: Pack, thresholds: Mapping[str, object], name: str = "") -> Pack:
    """The pack with other thresholds, by code; what ``what_if`` judges.

    >>> import ntm_rules as ntm
    >>> pack = with_thresholds(ntm.load_pack("vn/commune@2021-2025"), {"P2": "85 %"})
    >>> pack["P2"].requires.threshold.value.text("en")
    '85%'

    Raises:
        EvaluationError: no such threshold, or not one of its own.
        CatalogueError: the pack has no such code.
    """
    changed = {code: _moved(pack, pack[code], raw, name) for code, raw in thresholds.items()}
    criteria = tuple(
        criterion.model_copy(update={"indicators": tuple(changed.get(i.code, i) for i in criterion.indicators)})
        if any(indicator.code in changed for indicator in criterion.indicators)
        else criterion
        for criterion in pack.criteria
    )
    prerequisites = tuple(changed.get(prerequisite.code, prerequisite) for prerequisite in pack.prerequisites)
    return pack.model_copy(update={"criteria": criteria, "prerequisites": prerequisites})


def _moved(pack: Pack, indicator: Indicator, raw: object, name: str) -> Indicator:
    requirements = (indicator.requires, *(version.requires for version in indicator.versions))
    asked = [sum(isinstance(part, MeasureCondition) for _, part in walk(one)) for one in requirements]
    if max(asked) != 1:
        raise EvaluationError(
            Problem("error.scenario_code", code=indicator.code, pack=pack.reference, count=max(asked))
        )
    try:
        threshold = _THRESHOLD.validate_python(raw)
    except (ValidationError, NtmError) as error:
        problems = error.problems if isinstance(error, NtmError) else problems_of(error, data=raw)
        raise EvaluationError(
            *(Problem("error.scenario_unit", scenario=name, code=indicator.code, problem=one) for one in problems)
        ) from None

    def move(_: MeasureCondition) -> AnyThreshold:
        return threshold

    return indicator.model_copy(
        update={
            "requires": map_thresholds(indicator.requires, move),
            "versions": tuple(
                version.model_copy(update={"requires": map_thresholds(version.requires, move)})
                for version in indicator.versions
            ),
        }
    )
