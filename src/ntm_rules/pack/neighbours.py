"""What the files beside a pack file say they are."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

# A folder is looked through so far, and a file's first lines: a pack says at its beginning what it is.
_FILES, _LINES, _WIDTH = 500, 60, 200


def beside(path: Path, pack_id: str, edition: str) -> tuple[Path, ...]:
    """The YAML files in the same folder that say they are this pack; of each only the beginning is looked at."""
    others = (one for one in sorted(path.absolute().parent.glob("*.y*ml")) if one.name != path.name)
    said = ((one, _said(one)) for one in islice(others, _FILES))
    return tuple(one for one, named in said if named["id"] == pack_id and edition in ("", named["edition"]))


def _said(path: Path) -> dict[str, str]:
    named = {"id": "", "edition": ""}
    try:
        with path.open(encoding="utf-8-sig", errors="replace") as file:
            for _ in range(_LINES):
                key, colon, value = file.readline(_WIDTH).partition(":")
                if colon and key in named:
                    named[key] = named[key] or value.partition(" #")[0].strip().strip("'\"")
    except OSError:
        pass
    return named
