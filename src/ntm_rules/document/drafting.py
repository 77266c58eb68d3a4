"""A draft of a new pack from a document: what was understood as conditions, all else kept in words for a person."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from ..errors import Problem, QuantityError
from ..messages import Lang, say
from ..normalization import fold, tidy
from ..pack.catalogue import Catalogue, installed
from ..pack.condition import MeasureCondition, Op
from ..pack.loader import dump_yaml, parse_yaml, validate
from ..pack.measure import Measure
from ..pack.model import Pack
from ..pack.threshold import AXES, Row
from ..quantity import Amount, comparable, unit_label, unit_named
from ..wordings import apart, contrary
from .columns import OWN_GROUP, own_groups
from .criteria_table import Content, Value
from .document import Document, sentence
from .matching import match, tables_of, yearly
from .pairing import wording
from .reading import Reading, State, place
from .requirement import Kind, Part
from .understood import unread_notes

# What leaves nothing for a person to work out of the words.
_SETTLED = (Kind.MET, Kind.DELEGATED, Kind.NOT_ASKED)
# From this likeness on a measure of the dictionary is proposed for a content.
_PROPOSED = 80
_LEVELS = (
    ("xã", "commune"), ("phường", "ward"), ("thị trấn", "town"), ("huyện", "district"), ("quận", "urban_district"),
    ("thị xã", "district_town"), ("tỉnh", "province"), ("thôn", "village"),
)  # fmt: skip
_EFFECT = re.compile(
    r"có hiệu lực(?: thi hành)?(?: kể)? từ ngày\s+(\d{1,2})\s*(?:tháng|/)\s*(\d{1,2})\s*(?:năm|/)\s*(\d{4})",
    re.IGNORECASE,
)


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


@dataclass(frozen=True)
class Draft:
    """A pack drafted from a document: its YAML ``text``, loaded as ``pack``, with what a person has to look at.

    ``proposals`` are the measures, ``prose`` the codes of contents kept as a department's conclusion although the
    document says more than that, ``unsigned`` those of them whose levels have no sign, and of which nobody can say
    whether they are the least or the most. ``reading`` holds the document against the draft.
    """

    document: Document
    text: str
    pack: Pack
    proposals: tuple[Proposal, ...]
    prose: tuple[str, ...]
    reading: Reading
    unsigned: tuple[str, ...] = ()

    @property
    def to_see(self) -> tuple[str, ...]:
        """The codes of contents with a cell that is no condition of the draft: a person has to look at each."""
        # A draft that differs from its own document has the direction of a level from elsewhere.
        unsure = (State.NOT_UNDERSTOOD, State.DIFFERS)
        unread = {found.address.code for found in self.reading.found if found.state in unsure}
        asked = {*unread, *self.prose, *(proposal.code for proposal in self.alike)}
        return tuple(i.code for i in self.pack.indicators() if i.code in asked)

    @property
    def alike(self) -> tuple[Proposal, ...]:
        """The measures proposed for contents that do not say quite the same: a person has to say whether they are."""
        return tuple(proposal for proposal in self.proposals if proposal.apart)

    def summary(self, lang: Lang = "vi") -> str:
        """One line that counts what was drafted."""
        new = sum(1 for proposal in self.proposals if not proposal.score)
        return say(
            "draft.summary",
            lang,
            criteria=len(self.pack.criteria),
            contents=sum(1 for _ in self.pack.indicators()),
            proposed=len(self.proposals) - new,
            new=new,
            prose=len(self.prose),
        )


def draft(document: Document, pack_id: str, *, annex: str | None = None, catalogue: Catalogue | None = None) -> Draft:
    """Draft a pack from the tables of criteria of a document, or of one of its annexes.

    Figures that were wholly understood become thresholds, *recalled* at most: nobody has checked them yet. Measures
    are proposed by wording, or made anew with the unit of the figures and the direction of their sign. Everything else
    is left to a department's conclusion, with the words in the note.

    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> from ntm_rules.document import read_document
    >>> page = '''<meta charset="utf-8"><p>Số: 9/QĐ-UBND</p><table><tr><th>TT<th>Nội dung tiêu chí<th>Chỉ tiêu
    ...   <tr><td>4<td>4.1. Tỷ lệ hộ có nhà ở kiên cố<td>≥ 75%</table>'''
    >>> with TemporaryDirectory() as folder:
    ...     _ = Path(folder, "9.html").write_text(page, encoding="utf-8")
    ...     drafted = draft(read_document(Path(folder, "9.html")), "vidu/commune")
    >>> drafted.pack["4.1"].requires.measure, drafted.proposals[0].score
    ('permanent_house_household_share', 100)

    Raises:
        DocumentError: the document, or the annex, has no table of criteria.
        PackError: the id is none.
    """
    shelf = catalogue or installed()
    own = {key: row for table in document.tables for key, row in own_groups(table.grid).items()}
    first = tables_of(document, annex, own)[0].table.annex
    chosen = tables_of(document, first, own)
    drafter = _Drafter(document, pack_id, shelf)
    data = drafter.pack([content for table in chosen for content in table.contents])
    text = dump_yaml(data)
    made = validate(Pack, parse_yaml(text, f"{pack_id}.yaml"))
    reading = match(document, made, annex=first, catalogue=shelf)
    return Draft(document, text, made, tuple(drafter.proposals), tuple(drafter.prose), reading, tuple(drafter.unsigned))


class _Drafter:
    def __init__(self, document: Document, pack_id: str, shelf: Catalogue) -> None:
        self.document, self.id = document, pack_id
        self.known: Mapping[str, Measure] = shelf.measures
        self.called = _called(shelf)
        self.made: dict[str, dict[str, Any]] = {}
        self.proposals: list[Proposal] = []
        self.prose: list[str] = []
        self.unsigned: list[str] = []
        number = re.match(r"\d+", document.number)
        self.basis = f"qd{number[0]}" if number else "document"

    def pack(self, contents: Sequence[Content]) -> dict[str, Any]:
        """The whole pack as plain data."""
        document = self.document
        title = contents[0].table.title or document.title or document.number or document.file
        day = document.day
        years = document.years
        criteria: dict[str, dict[str, Any]] = {}
        used: set[str] = set()
        for content in _numbered(contents):
            code = content.criterion
            criterion = criteria.setdefault(
                code, {"code": code, "title": {"vi": content.title or content.text}, "indicators": []}
            )
            criterion["indicators"].append(self._indicator(content, used))
        data: dict[str, Any] = {
            "id": self.id,
            "edition": f"{years[0]}-{years[1]}" if years else str(day.year if day else 1),
            "title": {"vi": sentence(title)},
            "applies_to": _levels(title, contents),
            "valid": _period(self._effect() or day, years),
            "legal_basis": [self._legal_basis(document.title or title)],
            "notes": [say("draft.note", "vi", file=document.file, digest=document.digest)],
            "criteria": list(criteria.values()),
        }
        groups = _own_groups(contents)
        if groups:
            data["attributes"] = {OWN_GROUP: {"name": {"vi": say("draft.own_group", "vi")}}}
            data["notes"].append(say("draft.own_groups", "vi", names="; ".join(groups)))
        if self.made:
            data["measures"] = list(self.made.values())
        return data

    def _legal_basis(self, title: str) -> dict[str, Any]:
        document = self.document
        basis: dict[str, Any] = {"id": self.basis, "number": document.number or document.file}
        if document.issuer:
            basis["issuer"] = document.issuer
        if document.day:
            basis["issued"] = document.day
        return {**basis, "title": {"vi": sentence(title)}}

    def _effect(self) -> date | None:
        for text in self.document.paragraphs:
            found = _EFFECT.search(text)
            if found:
                try:
                    return date(int(found[3]), int(found[2]), int(found[1]))
                except ValueError:
                    return None
        return None

    def _indicator(self, content: Content, used: set[str]) -> dict[str, Any]:
        code = content.code or str(len(used) + 1)
        while code in used:
            code += "'"
        used.add(code)
        values = _deciding(content)
        understood = self._conditions(content, code, values) or self._levels_named(content, code, values)
        requires: dict[str, Any] = understood or self._left_open(content, code, values) or {"finding": "met"}
        notes = list(self._notes(content, values, understood is None))
        unread = "; ".join(unread_notes(content))
        if unread:
            notes.append(Problem("document.note_context", words=unread[:300]).text("vi"))
        if unread or (understood is None and any(v.asked.kind not in _SETTLED for v in content.values)):
            self.prose.append(code)
        indicator: dict[str, Any] = {"code": code, "text": {"vi": content.text or content.title}}
        exempt = [v.rows[-1][1] for v in content.values if v.asked.kind is Kind.NOT_ASKED and _axis(v) == "group"]
        groups = [v.rows[-1][1] for v in content.values if _axis(v) == "group"]
        if exempt and len(exempt) < len(groups):
            indicator["applies_if"] = {"group": [group for group in groups if group not in exempt]}
        indicator["requires"] = requires
        indicator["source"] = {
            "basis": self.basis,
            "at": place(content, content.values[0]).split(", cột")[0],
            "verification": "recalled",
        }
        if code in self.unsigned:
            notes.append(say("draft.no_sign", "vi"))
        notes += [one.text("vi") for one in self.proposals if one.code == code and one.apart]
        if notes:
            indicator["note"] = " ".join(notes)
        return indicator

    def _notes(self, content: Content, values: Sequence[Value], prose: bool) -> Iterator[str]:
        """The words of every cell that the condition does not say."""
        grouped: dict[str, list[str]] = {}
        for value in content.values:
            kept = value.asked.kind not in (Kind.MET, Kind.VALUE) or (prose and value.asked.kind is Kind.VALUE)
            if value.asked.kind is Kind.VALUE and value not in values:
                kept = True
            words = "; ".join(part.rstrip(".;") for part in (value.words if kept else "", value.guidance) if part)
            if words:
                grouped.setdefault(words, []).append(value.heading.split(" / ")[-1])
        for words, headings in grouped.items():
            yield f"{', '.join(dict.fromkeys(headings))}: {words.rstrip('.')}."

    def _conditions(self, content: Content, code: str, values: Sequence[Value]) -> dict[str, Any] | None:
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

    def _levels_named(self, content: Content, code: str, values: Sequence[Value]) -> dict[str, Any] | None:
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

    def _left_open(self, content: Content, code: str, values: Sequence[Value]) -> dict[str, Any] | None:
        """A measure of the dictionary without its level: the province sets it, or it is said in prose for all alike.

        Until there is one the agency's conclusion decides, as it would without a measure.
        """
        across = [value for value in content.values if _axis(value) and value.asked.kind is not Kind.NOT_ASKED]
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
            "note": say("draft.new_measure", "vi", code=code),
        }
        self.proposals.append(Proposal(code, name, 0, words))
        return name


def _numbered(contents: Sequence[Content]) -> list[Content]:
    """The contents with a criterion each: where no number stands in the document, those under one title are one."""
    numbered: list[Content] = []
    taken = {content.criterion for content in contents}
    title, criterion = "", ""
    for content in contents:
        if not content.criterion:
            if not content.title or content.title != title:
                criterion = next(name for n in range(1, len(taken) + 2) if (name := str(n)) not in taken)
                taken.add(criterion)
            title = content.title
            same = sum(one.criterion == criterion for one in numbered)
            content = replace(content, criterion=criterion, code=f"{criterion}.{same + 1}")
        numbered.append(content)
    return numbered


def _own_groups(contents: Sequence[Content]) -> tuple[str, ...]:
    rows = (row for content in contents for value in content.values for row in value.rows)
    return tuple(dict.fromkeys(label for axis, label in rows if axis == OWN_GROUP))


def _called(shelf: Catalogue) -> dict[str, tuple[str, ...]]:
    """What each measure is called: its own name, and the contents of installed sets that ask for it alone."""
    called = {name: [measure.name.vi] for name, measure in shelf.measures.items()}
    for info in shelf.packs():
        for indicator in shelf.load(info.reference).indicators():
            if isinstance(indicator.requires, MeasureCondition) and indicator.requires.measure in called:
                called[indicator.requires.measure].append(indicator.text.vi)
    return {name: tuple(dict.fromkeys(texts)) for name, texts in called.items()}


def _deciding(content: Content) -> tuple[Value, ...]:
    """The values that decide: by region or group where those say something, else the common one."""
    across = tuple(value for value in content.values if _axis(value))
    common = tuple(value for value in content.values if not _axis(value))
    open_kinds = {Kind.DELEGATED, Kind.NOT_ASKED, Kind.BLANK}
    if not across or (common and all(value.asked.kind in open_kinds for value in across)):
        said = {value.asked.kind for value in common}
        return common if not across or said - {Kind.BLANK} else across
    return tuple(value for value in across if value.asked.kind is not Kind.NOT_ASKED or _axis(value) != "group")


def _axis(value: Value) -> str:
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


def _levels(title: str, contents: Sequence[Content]) -> list[str]:
    """The kinds of unit the title names; a set by groups of communes is one for communes."""
    folded = fold(title)
    found = [level for word, level in _LEVELS if re.search(rf"\b{word}\b", folded)]
    if any(axis == "group" for content in contents for value in content.values for axis, _ in value.rows):
        return ["commune"]
    return found or ["commune"]


def _period(start: date | None, years: tuple[int, int] | None) -> dict[str, Any]:
    period: dict[str, Any] = {}
    if start:
        period["from"] = start
    if years:
        period["to"] = date(years[1], 12, 31)
    return period
