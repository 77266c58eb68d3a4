"""Documents that are refused: what every reader checks first, in bounded time."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any

from ..errors import MissingExtraError, NtmError, Place, Problem
from ..messages import in_both
from ..tabular.delimited import read_bytes

MAX_BYTES = 32_000_000
MAX_UNPACKED = 96_000_000
MAX_PART = 48_000_000
MAX_PARTS = 5_000
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


class DocumentError(NtmError):
    """A document that cannot be read, or in which nothing was found that was looked for."""


# How files begin, whatever they are called.
_BEGIN = (
    (b"%PDF", "pdf"), (b"{\\rtf", "rtf"), (b"\x89PNG", "picture"), (b"\xff\xd8\xff", "picture"), (b"GIF8", "picture"),
    (b"II*\x00", "picture"), (b"MM\x00*", "picture"),
)  # fmt: skip
_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body|table|meta|p)\b", re.IGNORECASE)
_KINDS = {".docx": "word", ".xlsx": "excel", ".pdf": "pdf", ".html": "page", ".htm": "page"}


def kind_of(raw: bytes) -> str:
    """What a file is by its first bytes: word, excel, pdf, page, rtf, picture; empty where they do not say.

    >>> kind_of(b"%PDF-1.4"), kind_of(b"<html><body>"), kind_of(b"abc")
    ('pdf', 'page', '')
    """
    head = raw[:4096].lstrip(b"\xef\xbb\xbf\r\n\t ")
    for begin, kind in _BEGIN:
        if head.startswith(begin):
            return kind
    if head.startswith(b"PK"):
        try:
            with zipfile.ZipFile(io.BytesIO(raw)) as archive:
                names = archive.namelist()
        except (zipfile.BadZipFile, ValueError, NotImplementedError):
            return ""
        folders = {name.partition("/")[0] for name in names[:200]}
        return "word" if "word" in folders else "excel" if "xl" in folders else "archive"
    return "page" if _PAGE.search(head) else ""


def checked_kind(raw: bytes, suffix: str, place: Place) -> None:
    """Refuse a file that is another than its name says.

    Raises:
        DocumentError: with what it is, and the ending it should have.
    """
    kind = kind_of(raw)
    if not kind or kind == _KINDS.get(suffix):
        return
    right = next((ending for ending, one in _KINDS.items() if one == kind), "")
    if suffix in _KINDS or right:
        what = in_both(f"document.kind.{kind}")
        key = "error.document_named" if right else "error.document_named_unread"
        raise DocumentError(Problem(key, place, suffix=suffix, kind=what, right=right))


def needs(package: str, place: Place) -> Problem:
    """What to say where a library of the extra ``document`` is missing."""
    return Problem("error.needs_document_extra", place, package=package)


def missing(package: str, place: Place) -> MissingExtraError:
    """The error for a library of the extra ``document`` that is not installed."""
    return MissingExtraError(needs(package, place))


def checked_bytes(path: Path) -> bytes:
    """The file's bytes, if it is no kind that has to be saved anew first.

    Raises:
        DocumentError: too large, empty, an old .doc or .xls, or protected by a password.
    """
    place = Place(file=path.name)
    try:
        raw = read_bytes(path, MAX_BYTES)
    except NtmError as error:
        raise DocumentError(*error.problems) from None
    if not raw:
        raise DocumentError(Problem("error.empty_file", place))
    if raw.startswith(_OLE):
        key = "error.document_protected" if _ENCRYPTED in raw else "error.document_old"
        raise DocumentError(Problem(key, place))
    return raw


def checked_archive(archive: zipfile.ZipFile, place: Place) -> None:
    """Refuse an office file that would unpack to too much, declares entities or carries macros.

    Raises:
        DocumentError: see above.
    """
    parts = archive.infolist()
    if len(parts) > MAX_PARTS:
        raise DocumentError(Problem("error.too_many_parts", place, count=len(parts), limit=MAX_PARTS))
    for size, limit in (
        (max((_size(part) for part in parts), default=0), MAX_PART),
        (sum(map(_size, parts)), MAX_UNPACKED),
    ):
        if size > limit:
            raise DocumentError(Problem("error.unpacks_too_large", place, size=size, limit=limit))
    for part in parts:
        name = part.filename.casefold()
        if name.endswith("vbaproject.bin"):
            raise DocumentError(Problem("error.document_macros", place))
        if name.endswith((".xml", ".rels")):
            with archive.open(part) as file:
                if b"<!DOCTYPE" in file.read(4096):
                    raise DocumentError(Problem("error.document_entities", place))


def _size(part: zipfile.ZipInfo) -> int:
    return part.file_size


def damaged(place: Place) -> DocumentError:
    """What to say of a file that a library cannot make sense of; its own words are the cause of the error."""
    return DocumentError(Problem("error.document_damaged", place))


Element = Any
"""An element of lxml, which has no types of its own."""
