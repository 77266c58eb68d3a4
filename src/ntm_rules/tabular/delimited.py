"""CSV files as Excel and LibreOffice write them in Vietnam: any delimiter, BOM or none."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path

from ..errors import Place, Problem, SnapshotError, reason_of
from .sheet import MAX_BYTES, Row, Sheet

# Where several serve equally well (a header of one column), the comma.
_DELIMITERS = ",;\t|"
_ZIP = b"PK\x03\x04"


def read_bytes(path: Path, limit: int = MAX_BYTES) -> bytes:
    """A file's bytes, in bounded memory.

    Raises:
        SnapshotError: too large, or not readable.
    """
    place = Place(file=path.name)
    try:
        size = path.stat().st_size
        if size > limit:
            raise SnapshotError(Problem("error.file_too_large", place, size=size, limit=limit))
        with path.open("rb") as file:
            return file.read(limit)
    except OSError as error:
        raise SnapshotError(Problem("error.cannot_read", place, reason=reason_of(error))) from None


def decode(raw: bytes, name: str) -> str:
    """UTF-8, or UTF-16 where its mark says so (Excel's "Unicode text").

    Raises:
        SnapshotError: neither, or a workbook under another name.
    """
    if raw.startswith(_ZIP):
        raise SnapshotError(Problem("error.really_excel", Place(file=name)))
    wide = raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return raw.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError:
        raise SnapshotError(Problem("error.table_not_utf8", Place(file=name))) from None


def read_csv(path: Path, known: Callable[[str], bool]) -> Sheet:
    """A CSV file as a sheet; rows are read as the sheet is.

    ``known`` says whether a text is a column's name: the delimiter is the one that brings out most of them.

    Raises:
        SnapshotError: too large, not UTF-8, or empty; while reading, a quote that is not closed.
    """
    text = decode(read_bytes(path), path.name)
    if not text.strip():
        raise SnapshotError(Problem("error.empty_file", Place(file=path.name)))
    first, _, rest = text.partition("\n")
    delimiter = delimiter_of(text, known)
    if _declared(first):
        return Sheet(path.name, "", _rows(path.name, rest, delimiter, 1))
    return Sheet(path.name, "", _rows(path.name, text, delimiter, 0))


def _declared(first: str) -> str:
    """The delimiter that Excel's first line ``sep=;`` names, if that is what the line is."""
    line = first.strip()
    return line[4] if line.casefold().startswith("sep=") and len(line) == 5 else ""


def delimiter_of(text: str, known: Callable[[str], bool]) -> str:
    """What stands between the fields of a CSV text: as it says itself, or as brings out most known names of columns."""
    if declared := _declared(text.partition("\n")[0]):
        return declared
    lines = text[:200_000].splitlines()[:20]
    counts = {
        delimiter: max(sum(known(cell.strip(' "')) for cell in line.split(delimiter)) for line in lines)
        for delimiter in _DELIMITERS
    }
    return max(_DELIMITERS, key=counts.__getitem__)


def _rows(name: str, text: str, delimiter: str, skipped: int) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number, line = skipped, skipped + 1
    try:
        for fields in reader:
            number += 1
            yield Row(number, line, {i: field for i, field in enumerate(fields, 1) if field and not field.isspace()})
            line = skipped + reader.line_num + 1
    except csv.Error as error:
        place = Place(file=name, line=line)
        raise SnapshotError(Problem("error.csv", place, reason=str(error))) from None
