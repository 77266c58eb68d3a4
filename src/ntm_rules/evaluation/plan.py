"""Plans: targets of a year or a period held against a tree of units."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal, Self

import msgspec
from pydantic import BeforeValidator, Field, model_validator

from ..assessment.rollup import Contradiction, Rollup, against
from ..assessment.tree import TreeAssessment
from ..day import Day
from ..errors import EvaluationError, Problem, QuantityError
from ..frozen import Frozen
from ..messages import Lang, Text, grouped, say
from ..pack.condition import Op
from ..pack.legal import TextField
from ..pack.loader import read_yaml, validate
from ..pack.reference import REFERENCE_PATTERN
from ..pack.threshold import AskedField
from ..quantity.amount import Amount
from ..territory import Level, levels_text
from .bounds import Bounds
from .rollup import total_of


class Target(Frozen):
    """So many units of some levels meeting a pack by a date: ``at_least`` a share (``50 %``) or a number (``181``)."""

    text: TextField
    level: Annotated[tuple[Level, ...], BeforeValidator(lambda raw: (raw,) if isinstance(raw, str) else raw)]
    meeting: str = Field(pattern=REFERENCE_PATTERN)
    at_least: AskedField
    by: Day
    note: str = ""

    @model_validator(mode="after")
    def _a_share_or_a_number(self) -> Self:
        whole = self.at_least.value == self.at_least.value.to_integral_value()
        if self.at_least.unit not in ("percent", "", "unit") or (self.at_least.unit != "percent" and not whole):
            raise QuantityError(Problem("error.target_amount", amount=self.at_least))
        return self


class Plan(Frozen):
    """Targets for one unit (a province, a district), or for everything in the tree, with where they were set."""

    title: TextField
    unit: str = ""
    targets: tuple[Target, ...] = Field(min_length=1)
    source: str = ""


class TargetResult(msgspec.Struct, frozen=True):
    """How a target stands.

    ``status``: ``reached``; ``missed`` (certainly: its day has passed, or there are too few units to ever reach it);
    ``open`` (``missing`` more are needed, ``unknown`` of the units are undetermined today); ``none`` (there are no such
    units). ``held``, ``judged``, ``reported``, ``open_total``, ``contradictions``, ``doubted_names`` are those of the
    count it rests on; units named in ``late`` were given the title after the target's day and do not count.
    """

    text: Text
    status: Literal["reached", "missed", "open", "none"]
    by: date
    required: Amount
    total: int
    met: int
    unknown: int
    needed: int
    missing: int
    held: int
    judged: int
    reported: int
    open_total: bool
    late: tuple[str, ...]
    held_not_met: tuple[str, ...]
    contradictions: tuple[Contradiction, ...]
    doubted_names: tuple[str, ...]

    def remarks(self, lang: Lang = "vi") -> tuple[str, ...]:
        """What the figures rest on, and what contradicts them: each a clause."""
        found = []
        if self.open_total:
            found.append(say("plan.open_total", lang))
        if self.reported:
            found.append(say("plan.reported", lang, met=self.met + len(self.late)))
        if self.reported and self.judged:
            found.append(say("plan.judged", lang, count=self.judged))
        if self.held_not_met:
            found.append(say("plan.held_not_met", lang, names=", ".join(self.held_not_met)))
        if self.late:
            found.append(say("plan.late", lang, count=len(self.late), by=self.by, names=", ".join(self.late)))
        return (*found, *self.against(lang))

    def against(self, lang: Lang = "vi") -> tuple[str, ...]:
        """What contradicts the figures: each a clause."""
        return tuple(against(self.contradictions, self.doubted_names, lang))

    @property
    def told_as(self) -> str:
        """The ``status`` as it is told: an open target that may be reached already is ``maybe``."""
        if self.open_total and not self.total:
            return "total_unknown"
        return "maybe" if self.status == "open" and self.met + self.unknown >= self.needed else self.status

    def asked(self, lang: Lang = "vi") -> str:
        """What is required, a share with the number of units it comes to."""
        share = self.required.unit == "percent" and self.total
        required = self.required.text(lang)
        return say("plan.asked", lang, required=required, needed=self.needed) if share else required

    def more_needed(self, lang: Lang = "vi") -> str:
        """How many more are needed: from what is certainly lacking to what is not certain yet."""
        least = max(0, self.needed - self.met - self.unknown)
        if least == self.missing:
            return grouped(self.missing, lang)
        return say("explain.from_to", lang, low=least, high=self.missing)

    def say(self, lang: Lang = "vi") -> str:
        """The standing as a sentence, with what it rests on."""
        return "; ".join((self.standing(lang), *self.remarks(lang)))

    def standing(self, lang: Lang = "vi") -> str:
        """The standing alone."""
        key = self.told_as
        return say(
            f"plan.{key}",
            lang,
            text=self.text,
            by=self.by,
            required=self.required,
            total=self.total,
            met=self.met,
            unknown=say("plan.unknown", lang, count=self.unknown) if self.unknown else "",
            needed=self.needed,
            missing=grouped(self.missing, lang) if key == "maybe" else self.more_needed(lang),
        )


def read_plan(path: str | os.PathLike[str]) -> Plan:
    """Read a plan from YAML.

    Raises:
        PackError: the file is refused, with line and path.
    """
    return validate(Plan, read_yaml(Path(path)))


def check_plan(plan: Plan | Mapping[str, object], tree: TreeAssessment) -> tuple[TargetResult, ...]:
    """Each target of a plan held against a tree: reached, certain to be missed, or open and what it takes.

    >>> import ntm_rules as ntm
    >>> units = [ntm.Unit(id="h", level="district"), ntm.Unit(id="x", level="commune", parent="h")]
    >>> tree = ntm.evaluate_tree(units, [], ["vn/commune"], as_of="2023-08-17")
    >>> target = {"text": "Xã NTM", "level": "commune", "meeting": "vn/commune", "at_least": "50 %", "by": "2023-12-31"}
    >>> [result.status for result in check_plan({"title": "2023", "unit": "h", "targets": [target]}, tree)]
    ['open']

    Raises:
        CatalogueError: the plan names a unit or pack that is not in the tree.
        EvaluationError: a target counts units of a level the pack is not for.
    """
    checked = plan if isinstance(plan, Plan) else Plan.model_validate(plan)
    return tuple(_check(target, checked.unit, tree) for target in checked.targets)


def _check(target: Target, unit: str, tree: TreeAssessment) -> TargetResult:
    title = tree.title(target.meeting)
    for level in target.level:
        if level not in tree.levels.get(title, (level,)):
            levels = levels_text(tree.levels[title])
            raise EvaluationError(Problem("error.level", pack=target.meeting, level=level, levels=levels))
    tops = (unit,) if unit else tuple(top.unit.id for top in tree.units if not top.parent)
    counts = [count for top in tops for count in tree.counts(top, target.meeting, target.level)]
    rollup = total_of(counts) if counts else Rollup(0, 0, open_total=True)
    unreported = len(counts) < (len(set(target.level)) if unit else 1) or rollup.open_total
    # A title given after the day of the target does not count for it.
    late = tuple(
        below.unit.label
        for top in tops
        for below in tree.below(top)
        if below.unit.level in target.level and title in below.holdings and below.holdings[title].on > target.by
    )
    total, met = rollup.total, rollup.met - len(late)
    share = target.at_least.unit == "percent"
    needed = Bounds(Op.AT_LEAST, Decimal(target.at_least.value), total, share).low
    over = tree.as_of > target.by
    status: Literal["reached", "missed", "open", "none"]
    if unreported:
        status = "open"
    elif not total:
        status = "none"
    elif met >= needed:
        status = "reached"
    elif needed > total or (over and met + rollup.unknown < needed):
        status = "missed"
    else:
        status = "open"
    required = target.at_least if share else Amount(target.at_least.value)
    return TargetResult(
        target.text,
        status,
        target.by,
        required,
        total,
        met,
        rollup.unknown,
        needed,
        max(0, needed - met),
        rollup.held,
        rollup.judged,
        rollup.reported,
        unreported,
        late,
        rollup.held_not_met,
        rollup.contradictions,
        rollup.doubted_names,
    )
