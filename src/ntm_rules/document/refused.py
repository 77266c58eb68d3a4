"""Documents that are refused: what every reader checks first, in bounded time."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

from ..errors import MissingExtraError, NtmError, Place, Problem
from ..tabular.delimited import read_bytes

MAX_BYTES = 32_000_000
MAX_UNPACKED = 96_000_000
MAX_PART = 48_000_000
MAX_PARTS = 5_000
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


class DocumentError(NtmError):
    """A document that cannot be read, or in which nothing was found that was looked for."""


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


def damaged(place: Place, error: Exception) -> DocumentError:
    """What a library says of a file it cannot make sense of."""
    return DocumentError(Problem("error.document_damaged", place, reason=f"{type(error).__name__}: {error}"[:200]))


Element = Any
"""An element of lxml, which has no types of its own."""
