"""Reading XLSX workbooks through openpyxl, in bounded time and memory."""

from __future__ import annotations

import posixpath
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any, NamedTuple
from xml.etree import ElementTree

from ..errors import MissingExtraError, NtmError, Place, Problem, SnapshotError
from .delimited import read_bytes
from .sheet import Content, Row, Sheet, Span, Unreadable, Unseen, number_cell

MAX_CELL_XML = 128_000_000
MAX_OTHER_XML = 24_000_000
MAX_PARTS = 5_000
MAX_ELEMENTS = 4_000_000
MAX_PADDED = 20_000_000
MAX_ROWS, MAX_COLUMNS = 1_048_576, 16_384
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".emf", ".wmf")
_STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
_YES = ("1", "true")
_TEXTS = "xl/sharedStrings.xml"
# The author of the notes that say how a table was read.
OURS = "ntm-rules"
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def read_workbook(path: Path) -> tuple[Sheet, ...]:
    """Every worksheet of the file, hidden ones too, in the workbook's order.

    Cells have the values last computed; a formula nobody has computed is an ``Unreadable`` cell.

    Raises:
        SnapshotError: openpyxl is not installed, or the file is too large, protected or damaged.
    """
    place = Place(file=path.name)
    openpyxl = excel_library(place)
    head = read_bytes(path)[: len(_OLE)]
    if not head:
        raise SnapshotError(Problem("error.empty_file", place))
    if head == _OLE:
        raise SnapshotError(Problem("error.old_or_protected_excel", place))
    # openpyxl warns of parts it does not keep (validations, extensions); nothing read here is among them.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with zipfile.ZipFile(path) as archive:
                _check_parts(archive, place)
                _check_dialect(archive, place)
                struck_texts = _struck_texts(archive)
                book = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
                try:
                    return tuple(_sheet(path.name, sheet, archive, struck_texts) for sheet in book.worksheets)
                finally:
                    book.close()
        except NtmError:
            raise
        except Exception as error:  # a damaged file makes openpyxl raise almost anything
            raise SnapshotError(Problem("error.damaged_excel", place)) from error


def excel_library(place: Place) -> Any:
    """openpyxl, or a word on how to get it.

    Raises:
        MissingExtraError: it is not installed.
    """
    try:
        import openpyxl
    except ImportError:
        raise MissingExtraError(Problem("error.needs_openpyxl", place)) from None
    return openpyxl


def _check_parts(archive: zipfile.ZipFile, place: Place) -> None:
    """Refuse what would unpack to too much. A part never unpacks to more than the size it declares.

    Cells are read as a stream and may be large; every other part is read whole and may not.
    """
    parts = archive.infolist()
    if len(parts) > MAX_PARTS:
        raise SnapshotError(Problem("error.too_many_parts", place, count=len(parts), limit=MAX_PARTS))
    streamed = whole = 0
    types = _content_types(archive)
    for part in parts:
        name = "/" + part.filename
        if types.get(name, "").endswith(("worksheet+xml", "sharedStrings+xml")) and name.startswith("/xl/"):
            streamed += part.file_size
        elif not name.casefold().endswith(_PICTURES) or part.file_size > 4 * part.compress_size:
            whole += part.file_size
    for given, limit in ((streamed, MAX_CELL_XML), (whole, MAX_OTHER_XML)):
        if given > limit:
            raise SnapshotError(Problem("error.unpacks_too_large", place, size=given, limit=limit))


def _check_dialect(archive: zipfile.ZipFile, place: Place) -> None:
    """Refuse the strict dialect of the format: openpyxl finds no sheets in it, and all they hold would be lost."""
    for name in archive.namelist():
        if name.endswith("workbook.xml"):
            with archive.open(name) as part:
                if _STRICT in part.read(4096):
                    raise SnapshotError(Problem("error.strict_excel", place))


def _content_types(archive: zipfile.ZipFile) -> dict[str, str]:
    name = "[Content_Types].xml"
    if archive.getinfo(name).file_size > 1_000_000:
        return {}
    types: dict[str, str] = {}
    for element in ElementTree.fromstring(archive.read(name)):
        part, kind = element.get("PartName", ""), element.get("ContentType", "")
        types[part] = kind if types.get(part, kind) == kind else ""
    return types


class _Outline(NamedTuple):
    spans: list[Span]
    uncomputed: set[tuple[int, int]]
    struck: set[tuple[int, int]]
    unseen: Unseen


def _is_struck(element: ElementTree.Element) -> bool:
    """Whether some of a text is struck through: what is struck as a whole cell is told by its style."""
    return any(part.get("val", "1") in _YES for part in _named(element, "strike"))


def _struck_texts(archive: zipfile.ZipFile) -> set[str]:
    """The numbers of the workbook's shared texts of which some is struck through."""
    found: set[str] = set()
    if _TEXTS in archive.namelist():
        number = 0
        with archive.open(_TEXTS) as source:
            for _, element in ElementTree.iterparse(source):
                if element.tag.rpartition("}")[2] == "si":
                    if _is_struck(element):
                        found.add(str(number))
                    number += 1
                    element.clear()
    return found


def _comments(archive: zipfile.ZipFile, sheet: str) -> tuple[str, ...]:
    """What people have noted at cells of a sheet; our own notes on how a table was read are not theirs."""
    folder, _, name = sheet.lstrip("/").rpartition("/")
    related = f"{folder}/_rels/{name}.rels"
    found: list[str] = []
    for link in ElementTree.fromstring(archive.read(related)) if related in archive.namelist() else ():
        part = posixpath.normpath(posixpath.join("/", folder, link.get("Target", ""))).lstrip("/")
        if not link.get("Type", "").endswith("/comments") or part not in archive.namelist():
            continue
        root = ElementTree.fromstring(archive.read(part))
        authors = [author.text for author in _named(root, "author")]
        for comment in _named(root, "comment"):
            number = comment.get("authorId", "")
            ours = number.isdigit() and authors[int(number) : int(number) + 1] == [OURS]
            text = "".join(piece.text or "" for piece in _named(comment, "t")).strip()
            found += [] if ours or not text else [text]
    return tuple(found)


def _named(element: ElementTree.Element, tag: str) -> Iterator[ElementTree.Element]:
    return (part for part in element.iter() if part.tag.rpartition("}")[2] == tag)


def _outline(source: IO[bytes], place: Place, struck_texts: set[str]) -> _Outline:
    """What openpyxl's streaming reader leaves out: merged ranges, hidden rows and columns, formulas not yet computed,
    texts of which a part is struck through.

    It also counts, so that a sheet of endless cells is refused before it is read, and sees to the order
    that reader relies on.
    """
    from openpyxl.utils import range_boundaries
    from openpyxl.utils.cell import coordinate_to_tuple

    found = _Outline([], set(), set(), Unseen(set(), set()))
    elements = padded = number = column = 0
    for event, element in ElementTree.iterparse(source, events=("start", "end")):
        tag = element.tag.rpartition("}")[2]
        if event == "start":
            elements += 1
            if tag == "row":
                previous, number, column = number, int(element.get("r") or number + 1), 0
                if not previous < number <= MAX_ROWS:
                    raise ValueError(f"row {number}")
                if element.get("hidden") in _YES:
                    found.unseen.rows.add(number)
        elif tag == "c":
            before, reference = column, element.get("r")
            row, column = coordinate_to_tuple(reference) if reference else (number, column + 1)
            if row != number or not before < column <= MAX_COLUMNS:
                raise ValueError(f"cell {reference}")
            texts = {child.tag.rpartition("}")[2]: child.text for child in element}
            # A text computed as empty has the type of a text; what nobody has computed has no type.
            if "f" in texts and not texts.get("v") and element.get("t") != "str":
                found.uncomputed.add((number, column))
            kind = element.get("t")
            if (kind == "inlineStr" and _is_struck(element)) or (kind == "s" and texts.get("v") in struck_texts):
                found.struck.add((number, column))
        elif tag == "row":
            padded += column
            element.clear()
        elif tag == "col" and element.get("hidden") in _YES:
            last = min(int(element.get("max", "0")), MAX_COLUMNS)
            found.unseen.columns.update(range(int(element.get("min", "1")), last + 1))
        elif tag == "mergeCell":
            left, top, right, bottom = range_boundaries(element.get("ref", ""))
            found.spans.append(Span(int(top or 1), int(left or 1), int(bottom or 1), int(right or 1)))
        if elements > MAX_ELEMENTS or padded > MAX_PADDED:
            raise SnapshotError(Problem("error.too_many_cells", place, limit=MAX_ELEMENTS // 2))
    return found


def _sheet(file: str, sheet: Any, archive: zipfile.ZipFile, struck_texts: set[str]) -> Sheet:
    place = Place(file=file, sheet=sheet.title)
    with sheet._get_source() as source:
        outline = _outline(source, place, struck_texts)
    unseen = outline.unseen._replace(comments=_comments(archive, sheet._worksheet_path))
    # The size a file declares for a sheet may be wrong, and cells outside it would be lost.
    sheet.reset_dimensions()
    rows = list(_rows(sheet, outline))
    return Sheet(file, sheet.title, rows, outline.spans, hidden=sheet.sheet_state != "visible", unseen=unseen)


def _rows(sheet: Any, outline: _Outline) -> Iterator[Row]:
    for cells in sheet.iter_rows():
        filled: dict[int, Content] = {}
        number = 0
        for cell in cells:
            if not hasattr(cell, "row"):
                continue
            number = cell.row
            content = _content(cell, outline)
            if content is not None:
                filled[cell.column] = content
        if filled:
            yield Row(number, 0, filled)


def _content(cell: Any, outline: _Outline) -> Content | None:
    value, at = cell.value, (cell.row, cell.column)
    if value is None:
        return Unreadable("error.cell_uncomputed") if at in outline.uncomputed else None
    if at in outline.struck or (cell.has_style and cell.font.strike):
        return Unreadable("error.cell_struck", str(value))
    if cell.data_type == "e":
        return Unreadable("error.cell_excel_error", str(value))
    if isinstance(value, bool):
        return value
    if isinstance(value, (int, float)):
        return number_cell(value, cell.number_format or "General")
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, str):
        if (cell.number_format or "").count(";") == 3 and not cell.number_format.rpartition(";")[2]:
            return Unreadable("error.cell_unshown", value)
        return value if value and not value.isspace() else None
    return Unreadable("error.cell_time", str(value))
