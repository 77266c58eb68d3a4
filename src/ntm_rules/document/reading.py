"""What came of holding a document against a pack: each figure's state, and what must be settled first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from ..errors import Problem, SnapshotError
from ..messages import Lang, in_both, say
from ..pack.address import Address
from ..pack.filling import Beyond, Filled, Filling
from ..pack.model import FigureRow, Pack
from .criteria_table import Content, CriteriaTable, Value
from .document import Document, sentence

_ANOTHER = {
    "document.no_number",
    "document.other_decision",
    "document.other_day",
    "document.other_period",
    "document.numbers_differ",
    "document.other_set",
    "document.other_title",
    "document.is_draft",
}


class State(StrEnum):
    """How a figure of the pack stands beside the document, or a content of the document beside the pack."""

    AGREES = "agrees"
    NEW = "new"
    DIFFERS = "differs"
    NOT_UNDERSTOOD = "not_understood"
    NOT_IN_DOCUMENT = "not_in_document"
    ELSEWHERE = "elsewhere"
    NOT_IN_PACK = "not_in_pack"

    def text(self, lang: Lang = "vi") -> str:
        """The state in words."""
        return say(f"document.state.{self.value}", lang)


@dataclass(frozen=True)
class Found:
    """A figure of the pack with what the document says of it.

    ``value`` is what a worksheet's confirmed cell would hold ("65 %", "phân cấp", "đạt"; with its sign, "≥ 65 %", only
    where the document's is not the pack's), empty where nothing can be confirmed; ``words`` the words of the cell,
    ``score`` how alike the two wordings are, in per cent.
    """

    address: Address
    row: FigureRow
    state: State
    value: str = ""
    words: str = ""
    content: Content | None = None
    cell: Value | None = None
    score: int = 0
    note: Problem | None = None


@dataclass(frozen=True)
class Reading:
    """A document read against a pack.

    ``found`` has every figure of the pack, in its order; ``extra`` the contents of the document that are not in the
    pack; ``doubts`` what must be settled first: another decision, another period, pages that could not be read.
    """

    document: Document
    pack: Pack
    found: tuple[Found, ...]
    extra: tuple[Content, ...]
    doubts: tuple[Problem, ...]
    tables: tuple[CriteriaTable, ...] = ()

    @property
    def another(self) -> bool:
        """Whether the document may be another decision, or of another period, than the pack's: to be asked about."""
        return any(doubt.key in _ANOTHER for doubt in self.doubts)

    def counts(self) -> dict[State, int]:
        """How many figures are in each state; of contents not in the pack, how many there are."""
        counted = Counter(found.state for found in self.found)
        counted[State.NOT_IN_PACK] = len(self.extra)
        return {state: counted[state] for state in State}

    def summary(self, lang: Lang = "vi") -> str:
        """One line that counts the states and names the decision.

        Numbers of figures come first, contents that are only in the document last.
        """
        counted = ", ".join(f"{state.text(lang)} {count}" for state, count in self.counts().items())
        day = say("worksheet.day", lang, day=self.document.day) if self.document.day else "–"
        return say(
            "document.summary",
            lang,
            counted=counted,
            number=self.document.number or "–",
            day=day,
            file=self.document.file,
            digest=self.document.digest[:12],
        )

    def filling(self, lang: Lang = "vi", *, accept: Collection[str] = (), by: str = "") -> Filling:
        """The reading for ``ntm_rules.pack.worksheet.write_worksheet``.

        ``accept`` names the states (``"agrees"``, ``"new"``) to be taken over without a look at each row; the result
        says so, and ``by`` whom it was.

        Raises:
            SnapshotError: nobody is named who accepts.
        """
        if accept and not by.strip():
            raise SnapshotError(Problem("error.accept_by"))
        rows = {
            found.address: Filled(
                found.state.value,
                found.value,
                found.words,
                self.place(found) if found.cell is not None else "",
                found.score,
                found.note.text(lang) if found.note else "",
            )
            for found in self.found
        }
        beyond = tuple(
            Beyond(
                content.code,
                content.text,
                "; ".join(f"{value.heading}: {value.words}" for value in content.values),
                place(content, content.values[0]),
            )
            for content in self.extra
            if content.values
        )
        named = {"file": self.document.file, "digest": self.document.digest}
        document = in_both("document.file", **named)
        doubts = tuple(doubt.text(lang) for doubt in self.doubts)
        read = self.document
        return Filling(
            rows,
            beyond,
            self.summary(lang),
            doubts,
            read.number,
            document,
            tuple(accept),
            by,
            issuer=read.issuer,
            issued=read.day,
            title=sentence(read.title),
        )

    def place(self, found: Found, lang: Lang = "vi") -> str:
        """Where the cell of a figure stands: annex, table, content, column, page."""
        return "" if found.content is None or found.cell is None else place(found.content, found.cell, lang)


def place(content: Content, value: Value, lang: Lang = "vi") -> str:
    """Where a value stands: annex, table, its content's code, the heading of its column, page."""
    table = content.table
    parts = [
        table.annex,
        say("document.place_table", lang, table=table.number + 1),
        say("document.place_content", lang, code=content.code),
        say("document.place_column", lang, heading=value.heading.split(" / ")[-1]),
        table.grid.place(value.cell, lang),
        say("document.place_page", lang, page=value.cell.page) if value.cell.page else "",
    ]
    return ", ".join(part for part in parts if part)
