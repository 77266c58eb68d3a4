"""Names of units in a list, as people write it: one a line, numbered, with commas between, or "không có"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ..errors import Problem, QuantityError
from ..naming import read_name, spelling
from ..normalization import fold, tidy

# "1. Xã A", "2) Xã B", "- Xã C": not the number of "Phường 1", nor an id by itself.
_NUMBERED = re.compile(r"(?:\(?\d{1,3}\s*[.)]|[-–+•*])\s*(?=\D)")
_AND = re.compile(r";|\bvà\s+(?=(?:xã|phường|thị trấn|thị xã|huyện|thôn)\s)", re.IGNORECASE)
_ABOVE = re.compile(r"\s*(?:h(?:uyện|\.)|thị xã|tx\.|thành phố|tp\.?|quận|tỉnh)\s*\S", re.IGNORECASE)
_NOBODY = {
    "không", "không có", "không có đơn vị nào", "không có xã nào", "không đơn vị nào", "chưa có", "none",
    "0", "-", "–", "/",
}  # fmt: skip


def read_names(raw: object) -> tuple[str, ...]:
    """The names that a list of texts, or a text, comes to.

    >>> read_names(["1. Xã A", "2. Xã B; Xã C"]), read_names("Không có"), read_names("Xã D, huyện E")
    (('Xã A', 'Xã B', 'Xã C'), (), ('Xã D, huyện E',))

    Raises:
        QuantityError: no text, one name twice, or "không có" beside names.
    """
    texts = [raw] if isinstance(raw, str) else raw
    if not isinstance(texts, Iterable):
        raise QuantityError(Problem("error.name", text=str(raw)[:40]))
    found: dict[str, str] = {}
    nobody = ""
    for name in _each(texts):
        if fold(name) in _NOBODY:
            nobody = name
            continue
        first = found.setdefault(spelling(read_name(name).own) + "|" + read_name(name).within, name)
        if first is not name:
            raise QuantityError(Problem("error.name_twice", one=first, other=name))
    if nobody and found:
        raise QuantityError(Problem("error.name_nobody", text=nobody, names=", ".join(found.values())))
    return tuple(found.values())


def _each(texts: Iterable[object]) -> Iterator[str]:
    for text in texts:
        if text is None:
            continue
        if not isinstance(text, str):
            raise QuantityError(Problem("error.name", text=str(text)[:40]))
        for line in text.split("\n"):
            for part in _parts(line):
                name = _NUMBERED.sub("", tidy(part), count=1) if _NUMBERED.match(tidy(part)) else tidy(part)
                if name:
                    yield name


def _parts(line: str) -> Iterator[str]:
    """What stands between the marks; a unit of a higher kind after a comma says where the one before it lies."""
    for piece in _AND.split(line):
        held = ""
        for part in piece.split(","):
            within = held and _above(part) and not _above(held)
            if within:
                held = f"{held},{part}"
            else:
                if held:
                    yield held
                held = part
        yield held


def _above(name: str) -> bool:
    """Whether a name is of a district or province, by its kind."""
    return _ABOVE.match(name) is not None
