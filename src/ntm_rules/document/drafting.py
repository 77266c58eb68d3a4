"""A draft of a new pack from a document: what was understood as conditions, all else kept in words for a person."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from ..errors import Problem
from ..messages import Lang, say
from ..normalization import fold
from ..pack.catalogue import Catalogue, installed
from ..pack.loader import dump_yaml, parse_yaml, validate
from ..pack.model import Pack
from .columns import OWN_GROUP, own_groups
from .criteria_table import Content, Value
from .document import Document, sentence
from .matching import match, tables_of
from .proposing import Proposal, Proposer, axis_of
from .reading import Reading, State, place
from .requirement import Kind
from .understood import unread_notes

# What leaves nothing for a person to work out of the words.
_SETTLED = (Kind.MET, Kind.DELEGATED, Kind.NOT_ASKED)
_LEVELS = (
    ("xã", "commune"), ("phường", "ward"), ("thị trấn", "town"), ("huyện", "district"), ("quận", "urban_district"),
    ("thị xã", "district_town"), ("tỉnh", "province"), ("thôn", "village"),
)  # fmt: skip
_EFFECT = re.compile(
    r"có hiệu lực(?: thi hành)?(?: kể)? từ ngày\s+(\d{1,2})\s*(?:tháng|/)\s*(\d{1,2})\s*(?:năm|/)\s*(\d{4})",
    re.IGNORECASE,
)


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
    proposer = drafter.proposer
    data = drafter.pack([content for table in chosen for content in table.contents])
    text = dump_yaml(data)
    made = validate(Pack, parse_yaml(text, f"{pack_id}.yaml"))
    reading = match(document, made, annex=first, catalogue=shelf)
    return Draft(
        document, text, made, tuple(proposer.proposals), tuple(drafter.prose), reading, tuple(proposer.unsigned)
    )


class _Drafter:
    def __init__(self, document: Document, pack_id: str, shelf: Catalogue) -> None:
        self.document, self.id = document, pack_id
        self.proposer = Proposer(shelf)
        self.prose: list[str] = []
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
        if self.proposer.made:
            data["measures"] = list(self.proposer.made.values())
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
        proposer = self.proposer
        understood = proposer.conditions(content, code, values) or proposer.levels_named(content, code, values)
        requires: dict[str, Any] = understood or proposer.left_open(content, code, values) or {"finding": "met"}
        notes = list(self._notes(content, values, understood is None))
        unread = "; ".join(unread_notes(content))
        if unread:
            notes.append(Problem("document.note_context", words=unread[:300]).text("vi"))
        looks = "; ".join(dict.fromkeys(value.look for value in content.values if value.look))
        if looks:
            notes.append(Problem("document.note_look", words=looks[:300]).text("vi"))
        if unread or looks or (understood is None and any(v.asked.kind not in _SETTLED for v in content.values)):
            self.prose.append(code)
        indicator: dict[str, Any] = {"code": code, "text": {"vi": content.text or content.title}}
        exempt = [v.rows[-1][1] for v in content.values if v.asked.kind is Kind.NOT_ASKED and axis_of(v) == "group"]
        groups = [v.rows[-1][1] for v in content.values if axis_of(v) == "group"]
        if exempt and len(exempt) < len(groups):
            indicator["applies_if"] = {"group": [group for group in groups if group not in exempt]}
        indicator["requires"] = requires
        indicator["source"] = {
            "basis": self.basis,
            "at": place(content, content.values[0]).split(", cột")[0],
            "verification": "recalled",
        }
        if code in proposer.unsigned:
            notes.append(say("draft.no_sign", "vi"))
        notes += [one.text("vi") for one in proposer.proposals if one.code == code and one.apart]
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


def _deciding(content: Content) -> tuple[Value, ...]:
    """The values that decide: by region or group where those say something, else the common one."""
    across = tuple(value for value in content.values if axis_of(value))
    common = tuple(value for value in content.values if not axis_of(value))
    open_kinds = {Kind.DELEGATED, Kind.NOT_ASKED, Kind.BLANK}
    if not across or (common and all(value.asked.kind in open_kinds for value in across)):
        said = {value.asked.kind for value in common}
        return common if not across or said - {Kind.BLANK} else across
    return tuple(value for value in across if value.asked.kind is not Kind.NOT_ASKED or axis_of(value) != "group")


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
