"""What a report says, whatever its kind: all its text."""

from __future__ import annotations

import html
import re
from pathlib import Path


def words(path: Path) -> str:
    """All the text of a report, whatever its kind, with single blanks."""
    if path.suffix == ".docx":
        import docx
        from docx.oxml.ns import qn

        body = docx.Document(str(path)).element.body
        text = "\n".join(
            "".join(part.text or " " for part in one.iter(qn("w:t"), qn("w:br"))) for one in body.iter(qn("w:p"))
        )
    elif path.suffix == ".xlsx":
        import openpyxl

        book = openpyxl.load_workbook(path)
        text = "\n".join(str(c.value) for s in book for row in s.iter_rows() for c in row if c.value is not None)
    else:
        text = html.unescape(re.sub(r"<[^>]+>", " ", path.read_text(encoding="utf-8")))
    return re.sub(r"\s+", " ", text).replace(" /", "/")
