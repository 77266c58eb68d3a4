"""The requirement proposed for a content of a draft: known measures by their wording, new ones, thresholds."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..errors import QuantityError
from ..messages import Lang, say
from ..normalization import fold, tidy
from ..pack.catalogue import Catalogue
from ..pack.condition import MeasureCondition, Op
from ..pack.measure import Measure
from ..pack.threshold import AXES, Row
from ..quantity.amount import Amount
from ..quantity.conversion import comparable
from ..quantity.unit import unit_label, unit_named
from ..wordings import apart, contrary
from .criteria_table import Content, Value
from .pairing import wording
from .requirement import Kind, Part, yearly

# From this likeness on a measure of the dictionary is proposed for a content.
_PROPOSED = 80


@dataclass(frozen=True)
class Proposal:
    """A measure proposed for a content: from the dictionary with how alike the wordings are, or new (score 0).

    ``apart`` are the words that only one of the two wordings has.
    """

    code: str
    measure: str
    score: int
    words: str
    apart: tuple[str, ...] = ()

    def text(self, lang: Lang = "vi") -> str:
        """The proposal on one line."""
        key = "draft.proposal" if self.score else "draft.proposal_new"
        if self.apart:
            key = "draft.proposal_alike"
        words = ", ".join(self.apart)
        return say(key, lang, code=self.code, measure=self.measure, score=self.score, words=words)


class Proposer:
    """Proposes the requirements of one draft, and keeps what a person should know of them.

    ``made`` are the new measures, ``unsigned`` the codes of contents whose level has no sign and no known measure.
    """

    def __init__(self, shelf: Catalogue) -> None:
        self.known: Mapping[str, Measure] = shelf.measures
        self.called = _called(shelf)
        self.made: dict[str, dict[str, Any]] = {}
        self.proposals: list[Proposal] = []
        self.unsigned: list[str] = []

    def conditions(self, content: Content, code: str, values: Sequence[Value]) -> dict[str, Any] | None:
        """The requirement in measures; ``None`` where the cells do not all ask for the same things in values."""
        asking = [value for value in values if value.asked.kind is Kind.VALUE]
        if not asking or any(value.asked.kind is Kind.MET for value in values):
            return None
        # To "Có mô hình …" a "Không" is an answer, not a level of nought.
        if fold(content.text).startswith("có ") and any(fold(v.words).strip(" .;") == "không" for v in asking):
            return None
        shape = {tuple((_sign(part), part.words, part.unless) for part in value.asked.parts) for value in asking}
        units = {tuple(part.amount.unit for part in value.asked.parts) for value in asking}
        if len(shape) != 1 or len(units) != 1 or any(part.unless for part in asking[0].asked.parts):
            return None
        made, proposed = dict(self.made), len(self.proposals)
        conditions = [
            self._condition(content, code, index, part, values) for index, part in enumerate(asking[0].asked.parts)
        ]
        if None in conditions:
            # What the other parts would have asked of is not asked of.
            self.made, self.proposals[proposed:] = made, []
            return None
        return conditions[0] if len(conditions) == 1 else {"all": conditions}

    def levels_named(self, content: Content, code: str, values: Sequence[Value]) -> dict[str, Any] | None:
        """Levels given by their names ("Khá"), where the dictionary has a measure of that wording that names them."""
        if len(values) < 2:
            return None
        for name, measure in self.known.items():
            numbers = [measure.level(value.asked.words) for value in values]
            if None in numbers or measure.better != "higher":
                continue
            score = self._alike(content.text, name)
            if score >= _PROPOSED:
                self._propose(code, name, score, content.text)
                leaves = [(value.rows, number) for value, number in zip(values, numbers, strict=True)]
                return {"measure": name, Op.AT_LEAST.value: _tabled(leaves)}
        return None

    def left_open(self, content: Content, code: str, values: Sequence[Value]) -> dict[str, Any] | None:
        """A measure of the dictionary without its level: the province sets it, or it is said in prose for all alike.

        Until there is one the agency's conclusion decides, as it would without a measure.
        """
        across = [value for value in content.values if axis_of(value) and value.asked.kind is not Kind.NOT_ASKED]
        left = any(value.asked.kind is Kind.DELEGATED for value in across)
        if not left or any(value.asked.kind not in (Kind.DELEGATED, Kind.BLANK) for value in across):
            return None
        score, name = max(((self._alike(content.text, name), name) for name in self.known), default=(0, ""))
        better = self.known[name].better if score >= _PROPOSED else "neither"
        if better == "neither":
            return None
        self._propose(code, name, score, content.text)
        prose = [value for value in values if value.asked.kind is Kind.WORDS]
        op = Op.AT_LEAST if better == "higher" else Op.AT_MOST
        return {"measure": name, op.value: _leaf(prose[0]) if prose else "delegated"}

    def _propose(self, code: str, name: str, score: int, words: str) -> None:
        """Keep a measure of the dictionary with the words only one of the two wordings has, where they are not one."""
        lone = min((apart(words, called) for called in self.called[name]), key=len)
        self.proposals.append(Proposal(code, name, score, words, lone))

    def _alike(self, words: str, name: str) -> int:
        """How alike a wording is to what a measure is called."""
        scored = ((wording(words, called), called) for called in self.called[name])
        return max((score for score, called in scored if score < _PROPOSED or not contrary(words, called)), default=0)

    def _condition(
        self, content: Content, code: str, index: int, part: Part, values: Sequence[Value]
    ) -> dict[str, Any] | None:
        op = _sign(part)
        text = _unit_left_out(content.text)
        words = f"{text} ({part.words})" if part.words else text
        amounts = [value.asked.parts[index].amount for value in values if value.asked.kind is Kind.VALUE]
        # What stands in brackets is another thing than what it stands behind.
        taken = {proposal.measure for proposal in self.proposals if proposal.code == code}
        measure = self._measure(code, words, part, op, amounts, taken)
        if measure is None:
            self.unsigned.append(code)
            return None
        unit = part.amount.unit
        if measure in self.known:
            unit = self.known[measure].unit
            op = op or (Op.AT_LEAST if self.known[measure].better == "higher" else Op.AT_MOST)
        assert op is not None
        return {"measure": measure, op.value: _table(values, index, unit)}

    def _measure(
        self, code: str, words: str, part: Part, op: Op | None, amounts: Sequence[Amount], taken: set[str]
    ) -> str | None:
        """The nearest measure of the dictionary that takes these amounts; a new one where none is near.

        Of a level without a sign only the dictionary knows whether it is the least or the most: ``None`` without it.
        """
        directions = (op.wants, "neither") if op else ("higher", "lower")
        unit = part.amount.unit
        ranked = sorted(
            (
                (self._alike(words, name), name)
                for name, measure in self.known.items()
                if name not in taken and _takes(measure, amounts)
            ),
            reverse=True,
        )
        if ranked and ranked[0][0] >= _PROPOSED and self.known[ranked[0][1]].better in directions:
            self._propose(code, ranked[0][1], ranked[0][0], words)
            return ranked[0][1]
        if op is None:
            return None
        name = _slug(words, {*self.known, *self.made})
        self.made[name] = {
            "id": name,
            "name": {"vi": words},
            "unit": unit_label(unit or "item", "vi"),
            "better": op.wants,
            **({"domain": {"from": 0, "to": 100}} if unit == "percent" else {"domain": {"from": 0}}),
            "note": say("draft.new_measure" if unit else "draft.new_measure_bare", "vi", code=code),
        }
        self.proposals.append(Proposal(code, name, 0, words))
        return name


def _called(shelf: Catalogue) -> dict[str, tuple[str, ...]]:
    """What each measure is called: its own name, and the contents of installed sets that ask for it alone."""
    called = {name: [measure.name.vi] for name, measure in shelf.measures.items()}
    for info in shelf.packs():
        for indicator in shelf.load(info.reference).indicators():
            if isinstance(indicator.requires, MeasureCondition) and indicator.requires.measure in called:
                called[indicator.requires.measure].append(indicator.text.vi)
    return {name: tuple(dict.fromkeys(texts)) for name, texts in called.items()}


def axis_of(value: Value) -> str:
    """What a value is told apart by, besides years."""
    return next((axis for axis, _ in value.rows if axis != "year"), "")


def _table(values: Sequence[Value], index: int, unit: str) -> Any:
    """The threshold of the values: one leaf, or a table by year, region, group or level."""
    return _tabled([(value.rows, _leaf(value, index, unit)) for value in values])


def _tabled(leaves: Sequence[tuple[tuple[Row, ...], Any]]) -> Any:
    if len(leaves) == 1 and not leaves[0][0]:
        return leaves[0][1]
    axis = leaves[0][0][0][0]
    rows: dict[str, list[tuple[tuple[Row, ...], Any]]] = {}
    for path, leaf in leaves:
        rows.setdefault(path[0][1], []).append((path[1:], leaf))
    cases = {label: _tabled(inside) for label, inside in rows.items()}
    table: dict[str, Any] = {f"by_{axis}": cases} if axis in AXES else {"by_attribute": axis, "cases": cases}
    if axis == "year":
        # The document says nothing of other years.
        table["otherwise"] = {"untranscribed": True}
    return table


def _leaf(value: Value, index: int = 0, unit: str = "") -> Any:
    asked = value.asked
    if asked.kind is Kind.VALUE:
        amount = asked.parts[index].amount
        return (yearly(amount, unit) if amount.unit else amount).plain()
    if asked.kind is Kind.DELEGATED:
        return "delegated"
    return {"untranscribed": True, "note": asked.words or say("document.note_blank", "vi")}


def _sign(part: Part) -> Op | None:
    """The sign of a part; of a share, a bare "100%" cannot be meant otherwise than "≥ 100%"."""
    whole = part.op is None and part.amount.unit == "percent" and part.amount.value == 100
    return Op.AT_LEAST if whole else part.op


def _unit_left_out(text: str) -> str:
    """The words of a content without the unit in brackets behind them."""
    words, _, bracket = text.removesuffix(")").rpartition("(")
    try:
        return tidy(words) if words and text.endswith(")") and unit_named(bracket) else text
    except QuantityError:
        return text


def _takes(measure: Measure, amounts: Iterable[Amount]) -> bool:
    try:
        for amount in (yearly(amount, measure.unit) for amount in amounts):
            if amount.unit and not comparable(amount.unit, measure.unit):
                return False
            measure.read(amount)
    except QuantityError:
        return False
    return True


def _slug(words: str, taken: Iterable[str]) -> str:
    """An identifier of the words: without marks, at most six of them."""
    plain = unicodedata.normalize("NFKD", fold(words).replace("đ", "d")).encode("ascii", "ignore").decode()
    parts = re.findall(r"[a-z]+", plain)
    stem = "_".join(parts[:7]) or "measure"
    used = set(taken)
    return next(name for n in range(1, len(used) + 2) if (name := stem if n == 1 else f"{stem}_{n}") not in used)
