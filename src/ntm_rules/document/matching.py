"""A document held against a pack: what agrees, is new, differs, or was not understood, figure by figure."""

from __future__ import annotations

from collections.abc import Mapping

from ..errors import Place, Problem
from ..normalization import fold
from ..pack.address import addressed
from ..pack.catalogue import Catalogue, installed
from ..pack.model import Pack
from ..pack.threshold import AXES, Row
from .columns import NO_GROUPS, Groups, letters_of
from .criteria_table import CriteriaTable, criteria_tables, unread_tables
from .document import Document
from .doubts import doubts_of, no_criteria, other_set
from .elsewhere import said_elsewhere
from .figures import Matcher
from .pairing import paired
from .prose import in_prose, unruled
from .reading import Found, Reading, State
from .refused import DocumentError
from .titles import agree, title_of
from .understood import doubted


def match(document: Document, pack: Pack, *, annex: str | None = None, catalogue: Catalogue | None = None) -> Reading:
    """Hold a document, or one of its annexes, against a pack, figure by figure.

    A content of the document belongs to the indicator of its code if their wordings agree, else to the one whose
    wording it has; where code and wording point to different indicators its figures are *not understood*. A cell
    that is not wholly understood is kept as words: nothing is guessed.

    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> from ntm_rules import load_pack
    >>> from ntm_rules.document import read_document
    >>> page = '''<meta charset="utf-8"><p>Số: 51/2025/QĐ-TTg</p><table><tr><th>TT<th>Nội dung tiêu chí<th>Chỉ tiêu
    ...   <tr><td>4<td>4.1. Tỷ lệ lao động qua đào tạo có bằng cấp, chứng chỉ<td>≥27%</table>'''
    >>> with TemporaryDirectory() as folder:
    ...     _ = Path(folder, "51.html").write_text(page, encoding="utf-8")
    ...     reading = match(read_document(Path(folder, "51.html")), load_pack("vn/commune@2026-2030"))
    >>> [(found.address.rows, found.state.value, found.value) for found in reading.found if found.cell][2]
    ((('group', 'nhom3'),), 'agrees', '27 %')

    Raises:
        DocumentError: the document, or the annex, has no table of criteria.
    """
    own = _own_groups(pack)
    tables = tables_of(document, annex, own, unread=True)
    shelf = catalogue or installed()
    read = tables
    tables, aside = _annex_of(pack, tables)
    tables = doubted(tables, pack)
    contents = tuple(content for table in tables for content in table.contents)
    pairs, extra = paired(contents, pack)
    another = list(other_set(document, pack, contents, pairs))
    if another and not any(table.headings for table in tables):
        # Without a level that was read only the pack's own contents make it the table that is sought.
        raise DocumentError(no_criteria(document))
    if annex is None and all(pair.doubt is not None for pair in pairs.values()):
        sentences = in_prose(document, pack)
        if sentences:
            return _read_in_prose(document, pack, sentences)
    unread = unread_tables(document, tables)
    matcher = Matcher(document, pack, shelf, unread, pairs, frozenset(own.values()))
    found = tuple(matcher.figure(address, row) for address, row in addressed(pack))
    doubts = [*doubts_of(document, pack, tables), *another, *aside]
    here = Place(file=document.file)
    doubts += [Problem("document.unread_table", here, table=table.number + 1) for table in unread]
    told = dict.fromkeys(said_elsewhere(document, read, tables))
    doubts += [Problem("document.said_elsewhere", here, words=text[:300]) for text in told]
    if rows := unruled(document):
        doubts.append(Problem("document.unruled_rows", here, count=len(rows), words=rows[0][:120]))
    return Reading(document, pack, found, extra, tuple(doubts), tables)


def _read_in_prose(document: Document, pack: Pack, told: Mapping[str, tuple[int, str]]) -> Reading:
    """A reading of a set whose contents the document has as sentences, outside of every table of criteria."""
    found = []
    for address, row in addressed(pack):
        score, words = told.get(row.indicator.code, (0, ""))
        note = Problem("document.note_in_sentence", words=words[:200]) if words else None
        state = State.NOT_UNDERSTOOD if words else State.NOT_IN_DOCUMENT
        found.append(Found(address, row, state, words=words, score=score, note=note))
    count = len(list(pack.indicators()))
    apart = Problem(
        "document.set_in_prose", Place(file=document.file), count=len(told), total=count, pack=pack.reference
    )
    return Reading(document, pack, tuple(found), (), (*doubts_of(document, pack, ()), apart), ())


def _own_groups(pack: Pack) -> dict[str, Row]:
    """The groups of units that are the pack's own, by the letters of their names."""
    rows = {row for address, _ in addressed(pack) for row in address.rows if row[0] not in AXES}
    return {letters_of(label): (axis, label) for axis, label in rows if label not in ("true", "false", "otherwise")}


def tables_of(
    document: Document, annex: str | None = None, own: Groups = NO_GROUPS, *, unread: bool = False
) -> tuple[CriteriaTable, ...]:
    """The tables of criteria of a document, or of one of its annexes; ``unread`` as ``criteria_tables`` has it.

    Raises:
        DocumentError: there is none.
    """
    tables = criteria_tables(document, own, unread=unread)
    if not tables and (rows := unruled(document)):
        raise DocumentError(
            Problem("error.document_unruled", Place(file=document.file), count=len(rows), words=rows[0][:120])
        )
    if not tables:
        raise DocumentError(no_criteria(document))
    chosen = tuple(table for table in tables if annex is None or fold(table.table.annex) == fold(annex))
    if not chosen:
        names = ", ".join(dict.fromkeys(table.table.annex or "–" for table in tables))
        raise DocumentError(Problem("error.document_no_annex", Place(file=document.file), annex=annex, names=names))
    return chosen


def _annex_of(pack: Pack, tables: tuple[CriteriaTable, ...]) -> tuple[tuple[CriteriaTable, ...], list[Problem]]:
    """The tables of the annex that is this pack's: a decision may set several sets, each with codes from 1 on."""
    annexes = list(dict.fromkeys(table.table.annex for table in tables))
    if len(annexes) < 2:
        return tables, []
    certain: dict[str, int] = {}
    for annex in annexes:
        contents = [content for table in tables if table.table.annex == annex for content in table.contents]
        certain[annex] = sum(pair.doubt is None for pair in paired(contents, pack)[0].values())
    # What the annexes are called comes first: the sets of one decision are much alike.
    called = {annex: {True: 2, None: 1, False: 0}[agree(title_of(annex, tables), pack)] for annex in annexes}
    best, second = sorted(annexes, key=lambda annex: (-called[annex], -certain[annex]))[:2]
    named = called[best] == 2 > called[second] and certain[best]
    if not named and certain[best] < 2 * certain[second] + 1:
        return tables, []
    aside = ", ".join(annex or "–" for annex in annexes if annex != best)
    told = Problem("document.other_annexes", annex=best, aside=aside)
    return tuple(table for table in tables if table.table.annex == best), [told]
