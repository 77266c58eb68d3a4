"""Journals: every accepted input as a line of JSON, on disk before the input is acknowledged."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal, NamedTuple

from pydantic import TypeAdapter, ValidationError

from ..errors import LiveError, Place, Problem, reason_of
from ..faults import problems_of
from ..messages import Lang, say
from ..pack.model import Pack
from .inputs import AnyInput, Line, Opened

try:
    import fcntl
except ImportError:  # Windows: nothing keeps two sessions from one journal there.
    fcntl = None  # type: ignore[assignment]

Sync = Literal["each", "system"]
_LINE: TypeAdapter[Opened | AnyInput] = TypeAdapter(Line)


class Torn(NamedTuple):
    """A last line that was not written to its end: the input it was to hold had not been acknowledged."""

    file: str
    line: int
    size: int

    def text(self, lang: Lang = "vi") -> str:
        """What was found, as a sentence."""
        return say("live.torn", lang, file=self.file, line=self.line, size=self.size)


class Mark(NamedTuple):
    """How far a journal was read: the file, the bytes of its whole lines and the checksum of the last one, which is
    empty where the journal has none."""

    path: Path
    size: int
    lines: int
    chain: str
    torn: Torn | None


def chained(body: bytes, before: str) -> str:
    """The checksum of a line, which covers every line before it."""
    return sha256(before.encode() + body).hexdigest()[:32]


class Journal:
    """An open journal. With ``each`` a line is on the disk (fsync) when ``append`` returns, with ``system`` it is with
    the operating system: a killed process loses nothing, a power cut may lose the last lines.

    Raises:
        LiveError: the file cannot be written, is open in another session, or holds something else.
    """

    def __init__(self, path: Path, opened: Opened, sync: Sync, mark: Mark | None) -> None:
        self.path, self._sync = path, sync
        self._chain: str | None = ""
        try:
            self._file = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o666)
        except OSError as error:
            raise _cannot_write(path, error) from None
        try:
            self._lock()
            self._size = self._begin(opened, mark)
        except BaseException:
            os.close(self._file)
            raise

    def _lock(self) -> None:
        if fcntl is None:
            return
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise LiveError(Problem("error.journal_busy", Place(file=self.path.name))) from None

    def _begin(self, opened: Opened, mark: Mark | None) -> int:
        size = os.fstat(self._file).st_size
        if mark is not None and mark.path == self.path.resolve():
            if size != mark.size + (mark.torn.size if mark.torn else 0):
                raise LiveError(Problem("error.journal_moved", Place(file=self.path.name)))
            os.ftruncate(self._file, mark.size)
            self._size = mark.size
            # A journal begun without checksums goes on without.
            self._chain = mark.chain or None
            self._flush()
            return mark.size
        if size:
            raise LiveError(Problem("error.journal_exists", Place(file=self.path.name)))
        self._size = 0
        self._write(opened)
        self._flush_folder()
        return self._size

    def append(self, item: AnyInput) -> None:
        """Write one input.

        Raises:
            LiveError: it cannot be written; the journal then ends where it ended before.
        """
        self._write(item)

    def _write(self, item: Opened | AnyInput) -> None:
        body = item.model_dump_json(exclude_none=True).encode()
        chain = None if self._chain is None else chained(body, self._chain)
        line = body + b"\n" if chain is None else b'%s,"chain":"%s"}\n' % (body[:-1], chain.encode())
        try:
            if os.lseek(self._file, 0, os.SEEK_END) != self._size:
                os.ftruncate(self._file, self._size)
                os.lseek(self._file, self._size, os.SEEK_SET)
            written = 0
            while written < len(line):
                written += os.write(self._file, line[written:])
            self._flush()
        except OSError as error:
            # Should this fail as well, half a line stays and is cut off before the next one is written.
            with suppress(OSError):
                os.ftruncate(self._file, self._size)
            raise _cannot_write(self.path, error) from None
        self._size += len(line)
        self._chain = chain

    def _flush(self) -> None:
        if self._sync == "each":
            os.fsync(self._file)

    def _flush_folder(self) -> None:
        """A new file's name is on the disk only when its folder is."""
        if self._sync == "each" and hasattr(os, "O_DIRECTORY"):
            folder = os.open(self.path.resolve().parent, os.O_RDONLY | os.O_DIRECTORY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)

    def close(self) -> None:
        """Let go of the file."""
        os.close(self._file)


class Reading:
    """A journal read line by line; ``mark`` says how far once everything was read.

    Raises:
        LiveError: the file cannot be read, or a line is damaged, changed, missing or out of order.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.mark = Mark(path.resolve(), 0, 0, "", None)

    def lines(self) -> Iterator[tuple[Place, Opened | AnyInput]]:
        """The header and the inputs, each with its place."""
        size = number = 0
        expected: int | None = None
        chain: str | None = ""
        try:
            with self.path.open("rb") as file:
                while raw := file.readline():
                    number += 1
                    place = Place(file=self.path.name, line=number)
                    told = _told(raw)
                    if not raw.endswith(b"\n") or told is None:
                        rest = file.read()
                        if rest:
                            raise LiveError(Problem("error.journal_line", place, reason=_shown(raw)))
                        torn = Torn(self.path.name, number, len(raw))
                        self.mark = self.mark._replace(torn=torn)
                        return
                    if (told.get("kind") == "open") is not (number == 1):
                        raise LiveError(Problem("error.journal_order", place, expected="open" if number == 1 else "…"))
                    if expected is not None and told.get("number") != expected:
                        raise LiveError(Problem("error.journal_order", place, expected=expected))
                    if number == 1 and told.get("format") == 1:
                        chain = None
                    body = raw
                    if chain is not None:
                        body, said = _split(raw)
                        if said != chained(body, chain):
                            raise LiveError(Problem("error.journal_changed", place))
                        chain = said
                    item = _parse(body, place)
                    expected = item.number + 1
                    size += len(raw)
                    self.mark = Mark(self.path.resolve(), size, number, chain or "", None)
                    yield place, item
        except OSError as error:
            raise LiveError(Problem("error.cannot_read", Place(file=self.path.name), reason=reason_of(error))) from None


def digest(pack: Pack) -> str:
    """A fingerprint of a pack's contents."""
    return sha256(pack.model_dump_json().encode()).hexdigest()[:16]


_CHAIN = re.compile(rb',"chain":"([0-9a-f]{32})"}\n')


def _split(raw: bytes) -> tuple[bytes, str]:
    """A line without its checksum, and the checksum; empty where it has none."""
    found = _CHAIN.search(raw, max(0, len(raw) - 60))
    if found is None or found.end() != len(raw):
        return raw.rstrip(b"\n"), ""
    return raw[: found.start()] + b"}", found[1].decode()


def _told(raw: bytes) -> dict[str, Any] | None:
    """What a line says; nothing where it is no JSON."""
    try:
        told = json.loads(raw)
    except (ValueError, RecursionError):
        return None
    return told if isinstance(told, dict) else {}


def _parse(raw: bytes, place: Place) -> Opened | AnyInput:
    try:
        return _LINE.validate_json(raw)
    except ValidationError as error:
        problems = problems_of(error, data=json.loads(raw))
        raise LiveError(
            *(
                Problem("error.journal_line", Place(place.file, place.line, one.place.path), reason=one.at(Place()))
                for one in problems
            )
        ) from None


def _shown(raw: bytes) -> str:
    return raw[:60].decode("utf-8", "replace").strip()


def _cannot_write(path: Path, error: OSError) -> LiveError:
    return LiveError(Problem("error.journal_write", Place(file=path.name), reason=reason_of(error)))
