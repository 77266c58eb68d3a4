"""A decision as it was read: its head, its annexes, its tables in order."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ..errors import Place, Problem
from ..made import refuse_report
from ..normalization import fold, tidy
from . import docx, html, pdf, xlsx
from .flow import Block, Flow, Paragraph, Sheet, unmarked
from .grid import Grid
from .joining import joined
from .refused import DocumentError, checked_bytes, checked_kind

_READERS: dict[str, Callable[[bytes, Path], Flow]] = {
    ".docx": docx.read,
    ".html": html.read,
    ".htm": html.read,
    ".pdf": pdf.read,
    ".xlsx": xlsx.read,
}
_NUMBER = re.compile(
    r"(?<![/\d])(?<!/\s)(\d{1,6}(?:\s?/\s?\d{4})?\s?/\s?(?:QĐ|NQ|NĐ|TT|KH|CV|HD)[-–][A-ZĐ0-9]+(?:[-–][A-ZĐ0-9]+)*)",
    re.IGNORECASE,
)
_DAY = re.compile(
    r"\bngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})|\bngày\s+(\d{1,2})/(\d{1,2})/(\d{4})", re.IGNORECASE
)
_YEARS = re.compile(r"giai đoạn\s+(?:năm\s+)?(\d{4})\s*[-–—]\s*(\d{4})", re.IGNORECASE)
ANNEX = re.compile(r"^(phụ lục(?:\s+(?:số\s+)?[ivx\d]+[a-z]?)?)\b[\s.:]*(.*)$", re.IGNORECASE | re.DOTALL)
_WITH = re.compile(r"kèm theo quyết định\s+(?:số\b)?(.*)", re.IGNORECASE | re.DOTALL)
_OF = re.compile(r"\bcủa\s+([^;.)]+)", re.IGNORECASE)
_ISSUERS = re.compile(
    r"(?:thủ tướng|chính phủ|ủy ban|uỷ ban|ubnd|hội đồng|ngân hàng nhà nước|sở |bộ (?!tiêu chí|sản phẩm|chỉ số|luật))"
)
_DRAFT = re.compile(r"^[(\[\s]*(?:bản\s+)?dự thảo\b")
_NATION = "cộng hòa xã hội chủ nghĩa việt nam"


@dataclass(frozen=True)
class Table:
    """A table of a document: its grid, the annex it stands in, the texts before it since the last table."""

    number: int
    grid: Grid
    annex: str
    before: tuple[str, ...]
    after: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """The title of the annex the table stands in, where it is said between the annex's name and the table."""
        return titled(self.before)


@dataclass(frozen=True)
class Document:
    """A decision read from a file.

    ``number``, ``day``, ``issuer``, ``title`` are what its head and its annexes say (empty where they do not);
    ``years`` is the period it names; ``digest`` the file's SHA-256; ``unread`` the pages without text;
    ``other_numbers`` what its annexes call themselves an annex of, where that is not ``number``; ``hidden`` the hidden
    sheets of a workbook, which are not read; ``outside`` a page's style sheets in other files; ``no_such_day`` the
    day it gives itself where no calendar has it;
    ``draft`` the line by which it calls itself a draft; ``margins`` the texts of its pages' headers and footers, behind
    its text, and in text boxes.
    """

    file: str
    digest: str
    number: str
    day: date | None
    issuer: str
    title: str
    years: tuple[int, int] | None
    annexes: tuple[str, ...]
    tables: tuple[Table, ...]
    paragraphs: tuple[str, ...]
    notes: tuple[tuple[str, str], ...] = ()
    unread: tuple[int, ...] = ()
    other_numbers: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()
    no_such_day: str = ""
    draft: str = ""
    margins: tuple[str, ...] = ()


def read_document(path: str | os.PathLike[str]) -> Document:
    """Read a decision from a .docx, .html, .pdf or .xlsx file.

    Nothing in the file is run, and nothing it refers to is fetched. Merged cells are kept as one, tables that a page
    break has cut are joined, headings repeated over pages stand once.

    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> page = '''<meta charset="utf-8"><p>Số: 1/QĐ-VD</p><p>Phụ lục I</p>
    ...   <table><tr><th>TT<th>Nội dung tiêu chí<th>Chỉ tiêu<tr><td>1<td>1.1. Tỷ lệ hộ nghèo<td>≤ 2%</table>'''
    >>> with TemporaryDirectory() as folder:
    ...     _ = Path(folder, "1.html").write_text(page, encoding="utf-8")
    ...     document = read_document(Path(folder, "1.html"))
    >>> document.number, document.annexes, document.tables[0].grid.texts(1)
    ('1/QĐ-VD', ('Phụ lục I',), ('1', '1.1. Tỷ lệ hộ nghèo', '≤ 2%'))

    Raises:
        DocumentError: a kind of file that is not read, an old .doc, a protected or damaged file, a scan without text,
            one that would unpack to too much. Each says what to do.
        MissingExtraError: the extra ``document`` is not installed.
    """
    path = Path(path)
    raw = checked_bytes(path)
    refuse_report(path, DocumentError)
    checked_kind(raw, path.suffix.casefold(), Place(file=path.name))
    reader = _READERS.get(path.suffix.casefold())
    if reader is None:
        names = ", ".join(_READERS)
        raise DocumentError(Problem("error.document_kind", Place(file=path.name), suffix=path.suffix, names=names))
    flow = reader(raw, path)
    return _document(path.name, hashlib.sha256(raw).hexdigest(), flow)


def _document(file: str, digest: str, flow: Flow) -> Document:
    blocks = _from_the_heading(joined(flow.blocks))
    annex = ""
    annexes: list[str] = []
    before: list[str] = []
    tables: list[Table] = []
    for index, block in enumerate(blocks):
        if isinstance(block, Sheet):
            tables.append(Table(len(tables), block.grid, annex, tuple(before), _after(blocks, index)))
            before = []
            continue
        said = ANNEX.match(block.text)
        if said and len(block.text) < 300:
            annex = tidy(said[1])
            annexes.append(annex)
        before.append(tidy(block.text))
    paragraphs = tuple(tidy(block.text) for block in blocks if isinstance(block, Paragraph))
    opening = _opening(blocks)
    within = tuple(said[1] for text in (*paragraphs, *_all_with(tables)) if (said := _WITH.search(text)))
    head = _first(_NUMBER, opening)
    named = tuple(dict.fromkeys(_normal(match) for text in within if (match := _first(_NUMBER, (text,)))))
    number = _normal(head) or (named[0] if named else "")
    title = _title(paragraphs)
    years = _years((title, *paragraphs))
    return Document(
        file=file,
        digest=digest,
        number=number,
        day=_day(opening) or _day(within),
        issuer=_issuer(within, opening),
        title=title,
        years=years,
        annexes=tuple(dict.fromkeys(annexes)),
        tables=tuple(tables),
        paragraphs=paragraphs,
        notes=(*_notes(paragraphs), *flow.notes),
        unread=flow.unread,
        other_numbers=tuple(name for name in named if fold(name) != fold(number)),
        hidden=flow.hidden,
        outside=flow.outside,
        no_such_day=_no_such_day(opening) or _no_such_day(within),
        draft=_draft((*opening, *paragraphs, *flow.margins)),
        margins=flow.margins,
    )


def _from_the_heading(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks from the national heading on; before it a saved page has its menus."""
    for index, block in enumerate(blocks):
        if any(fold(text).replace("hoà", "hòa").find(_NATION) >= 0 for text in _texts(block)):
            return tuple(blocks[index:])
        if isinstance(block, Sheet):
            # A form in an annex has the national heading too.
            break
    return tuple(blocks)


def _texts(block: Block) -> tuple[str, ...]:
    if isinstance(block, Paragraph):
        return (block.text,)
    return tuple(cell.text for cell in block.grid.cells[:12])


def _opening(blocks: Sequence[Block]) -> tuple[str, ...]:
    """The texts before the decision's grounds: its number and day stand there."""
    texts: list[str] = []
    for block in blocks[:25]:
        own = _texts(block)
        if any(fold(text).startswith(("căn cứ", "phụ lục", "điều 1")) or _WITH.search(text) for text in own):
            break
        texts += own
    return tuple(tidy(text) for text in texts)


def _all_with(tables: Sequence[Table]) -> tuple[str, ...]:
    """Cells that say which decision an annex belongs to: a title may stand inside the table's frame."""
    return tuple(
        cell.line for table in tables for cell in table.grid.cells if cell.row < 3 and "kèm theo" in fold(cell.text)
    )


def _first(pattern: re.Pattern[str], texts: Sequence[str]) -> re.Match[str] | None:
    return next((found for text in texts if (found := pattern.search(text))), None)


def _normal(match: re.Match[str] | None) -> str:
    return "" if match is None else re.sub(r"\s", "", match[1]).replace("–", "-")


def _day(texts: Sequence[str]) -> date | None:
    found = _first(_DAY, texts)
    if found is None:
        return None
    day, month, year = (int(part) for part in found.groups() if part)
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _no_such_day(texts: Sequence[str]) -> str:
    found = _first(_DAY, texts)
    return tidy(found[0]) if found and _day(texts) is None else ""


def _issuer(within: Sequence[str], opening: Sequence[str]) -> str:
    found = _first(_OF, within)
    if found:
        return tidy(found[1])
    for text in opening:
        name = tidy(re.split(r"\bSố\s*:|CỘNG HÒA|[-_]{3,}", text)[0])
        if _ISSUERS.match(fold(name)):
            return name
    return ""


def titled(texts: Sequence[str]) -> str:
    """The title under the name of the first annex in some texts; empty where there is none."""
    for index, text in enumerate(texts):
        said = ANNEX.match(text)
        if said:
            return unmarked(said[2] or _lines_of_title(texts[index + 1 :]))
    return ""


def _title(paragraphs: Sequence[str]) -> str:
    """What stands under the word for a decision; for an annex alone, what stands under its name."""
    for index, text in enumerate(paragraphs[:60]):
        if fold(text) == "quyết định" and index + 1 < len(paragraphs):
            return unmarked(_lines_of_title(paragraphs[index + 1 :]))
    annexed = titled(paragraphs[:60])
    return annexed or next((unmarked(text) for text in paragraphs if "tiêu chí" in fold(text)), "")


def _lines_of_title(texts: Sequence[str]) -> str:
    """The lines of a title that is cut over paragraphs: capitals only."""
    lines: list[str] = []
    for text in texts[:5]:
        said = re.split(r"\(?\s*kèm theo|\(?\s*ban hành kèm", text, flags=re.IGNORECASE)[0].strip()
        if not said or (lines and not said.isupper()):
            break
        lines.append(said)
        if said != text or not said.isupper():
            break
    return tidy(" ".join(lines))


def sentence(text: str) -> str:
    """A title in capitals as a sentence would write it."""
    if not text.isupper():
        return text
    lowered = text.lower()
    return lowered[:1].upper() + lowered[1:]


def _draft(texts: Sequence[str]) -> str:
    return next((text for text in texts if len(text) < 60 and _DRAFT.match(fold(text))), "")


def _years(texts: Sequence[str]) -> tuple[int, int] | None:
    found = _first(_YEARS, texts)
    return (int(found[1]), int(found[2])) if found else None


def _notes(paragraphs: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Footnotes that stand as paragraphs at the end: "[1] …"."""
    found = (re.match(r"\[(\d{1,3}|\*+)\]\s*(.+)", text, re.DOTALL) for text in paragraphs)
    return tuple((match[1], match[2]) for match in found if match)


def _after(blocks: Sequence[Block], index: int) -> tuple[str, ...]:
    """The texts after a table, up to the next one or the next annex."""
    texts: list[str] = []
    for block in blocks[index + 1 :]:
        if isinstance(block, Sheet) or ANNEX.match(block.text):
            break
        texts.append(tidy(block.text))
    return tuple(texts)
