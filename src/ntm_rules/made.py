"""What this library wrote and nobody means to be read as facts or as a decision: reports, worksheets."""

from __future__ import annotations

import re
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from .errors import NtmError, Place, Problem

MARK = "ntm-rules"
WORKSHEET_MARK = "ntm:figure"
"""In the first row of a worksheet of a set's figures."""
_PAGE = f'<meta name="generator" content="{MARK}">'.encode()
_OFFICE = re.compile(rf"<dc:description[^>]*>{MARK}</dc:description>".encode())
_PROPERTIES, _MOST = "docProps/core.xml", 65_536


def refuse_report(path: Path, refusal: type[NtmError]) -> None:
    """Refuse a report of this library by the mark it carries; any other file passes, whatever it is.

    Raises:
        NtmError: of the class given: the file is such a report.
    """
    if _is_report(path):
        raise refusal(Problem("error.own_report", Place(file=path.name)))


def _is_report(path: Path) -> bool:
    kind = path.suffix.casefold()
    try:
        if kind in (".html", ".htm"):
            with path.open("rb") as file:
                return _PAGE in file.read(4096)
        if kind in (".xlsx", ".xlsm", ".docx"):
            with ZipFile(path) as archive, archive.open(_PROPERTIES) as part:
                return _OFFICE.search(part.read(_MOST)) is not None
    except (OSError, BadZipFile, KeyError, NotImplementedError, RuntimeError):
        pass  # what is wrong with a file is told by who reads it
    return False
