"""What must be settled before a reading is used, and what to say of a document that has no table of criteria."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from ..errors import Place, Problem
from ..normalization import fold, tidy
from ..pack.model import Pack
from .context import beside
from .criteria_table import Content, CriteriaTable, unknown_columns
from .document import Document
from .pairing import Pair
from .titles import another_title

# "Phụ lục I ban hành kèm theo Thông tư này"; "Ban hành kèm theo Quyết định này Quy định …".
_ATTACHED = re.compile(
    r"(Phụ lục(?: (?:số )?[IVX\d]+)?) (?:ban hành )?kèm theo"
    r"|[Kk]èm theo (?:Quyết định|Thông tư|Nghị định) này (Quy định|Quy chế|Bộ tiêu chí|Phụ lục(?: (?:số )?[IVX\d]+)?)"
)


def no_criteria(document: Document) -> Problem:
    """What to say where no table of a document is one of criteria: its annex may be another file."""
    here = Place(file=document.file)
    own = {fold(annex) for annex in document.annexes}
    named = {tidy(one): None for text in document.paragraphs for pair in _ATTACHED.findall(text) for one in pair if one}
    elsewhere = [name for name in named if fold(name) not in own]
    if elsewhere:
        return Problem("error.document_annex_elsewhere", here, names=", ".join(elsewhere[:4]))
    broken = _broken_words(document)
    if broken:
        return Problem("document.broken_words", here, words=broken)
    unknown = unknown_columns(document)
    if unknown:
        return Problem("error.document_columns", here, names="; ".join(unknown[:8]))
    if document.hidden:
        return Problem("error.document_hidden", here, names=", ".join(document.hidden))
    if not document.tables:
        return Problem("error.document_no_tables", here)
    return Problem("error.document_no_criteria", here, count=len(document.tables))


# A consonant that stands alone behind letters: "chun g", as a PDF with letters set apart comes out.
_BROKEN = re.compile(r"[^\W\d_]{2,} [bcdghklmnprstvxđ](?= |$)", re.MULTILINE)


def _broken_words(document: Document) -> str:
    """Some words of the tables that are broken into pieces, where many are."""
    texts = [cell.text for table in document.tables for cell in table.grid.cells]
    found = [word for text in texts for word in _BROKEN.findall(text)]
    count = sum(len(text.split()) for text in texts)
    if len(found) < 3 or 50 * len(found) < count:
        return ""
    return ", ".join(f"“{word}”" for word in dict.fromkeys(found[:3]))


def doubts_of(document: Document, pack: Pack, tables: tuple[CriteriaTable, ...]) -> Iterator[Problem]:
    """What must be settled before a reading is used: another decision or period, a draft, what could not be read."""
    from ..pack.confirmation import basis_number

    here = Place(file=document.file)
    numbers = {basis_number(basis.number): basis for basis in pack.legal_basis}
    basis = numbers.get(basis_number(document.number)) if document.number else None
    if not document.number:
        yield Problem("document.no_number", here)
    elif basis is None:
        names = ", ".join(basis.number for basis in pack.legal_basis)
        yield Problem("document.other_decision", here, number=document.number, pack=pack.reference, names=names)
    elif basis.issued and document.day and basis.issued != document.day:
        yield Problem("document.other_day", here, number=document.number, day=document.day, issued=basis.issued)
    if document.other_numbers:
        yield Problem("document.numbers_differ", here, number=document.number, others=", ".join(document.other_numbers))
    valid = pack.valid
    if document.years and (valid.start or valid.end):
        first, last = document.years
        # A set often takes effect a year into its period, never outside it.
        if (valid.start and not first <= valid.start.year <= last) or (valid.end and valid.end.year != last):
            yield Problem("document.other_period", here, first=first, last=last, pack=pack.reference)
    title = another_title(tables, document.title, pack)
    if title:
        yield Problem("document.other_title", here, title=title, pack=pack.title.vi)
    if document.unread:
        yield Problem("document.unread_pages", here, pages=", ".join(map(str, document.unread)))
    if document.no_such_day:
        yield Problem("document.no_such_day", here, day=document.no_such_day)
    broken = _broken_words(document)
    if broken:
        yield Problem("document.broken_words", here, words=broken)
    if document.draft:
        yield Problem("document.is_draft", here, words=document.draft)
    for table in tables:
        for text in beside(table.table):
            yield Problem("document.said_beside", here, table=table.table.number + 1, words=text[:300])
    if document.hidden:
        yield Problem("document.hidden_sheets", here, names=", ".join(document.hidden))
    if document.outside:
        yield Problem("document.outside_styles", here, names=", ".join(document.outside[:4]))
    for table in tables:
        for heading in table.unknown:
            yield Problem("document.unknown_column", here, heading=heading, table=table.table.number + 1)


def other_set(
    document: Document, pack: Pack, contents: Sequence[Content], pairs: Mapping[str, Pair]
) -> Iterator[Problem]:
    """A doubt where most contents are not the pack's: one decision may set several sets, in one annex each."""
    certain = sum(pair.doubt is None for pair in pairs.values())
    if 2 * certain < len(contents):
        here = Place(file=document.file)
        yield Problem("document.other_set", here, certain=certain, count=len(contents), pack=pack.reference)
